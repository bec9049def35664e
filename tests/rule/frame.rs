//! The frame of a fee year: members, payers and sums counted by hand; and the years of tariffs and hosts.

use avgift::Language::Swedish;
use avgift::{
    Basis, BrokenUnit, Error, FeeYear, Host, Member, PayerId, Period, PopulationMode, Proration,
    ProrationUnit, Ratio, Sek, Tariff, Tariffs, check_hosts, host_of_year,
};

use crate::made::{
    MEMBERS, assessed, day, fee, member, network, plain, prorated, sek, tariff_t, to_ore, year,
};

const DALSLAND: [&str; 4] = ["1460", "1438", "1439", "1461"];

/// Dalslands miljö- och energiförbund pays for Bengtsfors, Dals-Ed, Färgelanda and Mellerud.
fn through_dalsland(code: &str) -> Member {
    member(code).paid_by(PayerId::new("dme"))
}

/// Eight members, four of them through Dalsland; Herrljunga joins on 1 July 2024 and owes six months.
fn eight_members() -> Basis {
    let members = MEMBERS.into_iter().map(|(code, _, _)| match code {
        "1466" => member(code).joined_on(day("2024-07-01")),
        code if DALSLAND.contains(&code) => through_dalsland(code),
        code => member(code),
    });
    let months = Proration { unit: ProrationUnit::Months(BrokenUnit::Counted), ..Proration::default() };
    network(members.rev().collect(), prorated(tariff_t(), months))
}

/// Each of the four by the rule: 4 × 15 000 kr. Pooled, their 29 343 inhabitants would cost 44 014,50 kr.
#[test]
fn the_four_of_dalsland_pay_a_floor_each() {
    let basis = network(DALSLAND.map(through_dalsland).to_vec(), tariff_t());
    let fees = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
    assert_eq!((fees.frame.members, fees.frame.payers), (4, 1));
    assert_eq!(fees.frame.sum, sek("60 000"));
    assert_eq!(fees.frame.by_payer.len(), 1);
    assert_eq!((fees.frame.by_payer[0].payer.as_str(), fees.frame.by_payer[0].members), ("dme", 4));
    assert_eq!(fees.frame.by_payer[0].sum, sek("60 000"));
    assert_eq!(fee(&plain(to_ore(tariff_t())), 29_343), "44 014,50 kr");
}

/// | 1438 Dals-Ed | 1439 Färgelanda | 1440 Ale | 1460 Bengtsfors | 1461 Mellerud | 1466 Herrljunga | 1480 Göteborg | 1490 Borås |
/// |---|---|---|---|---|---|---|---|
/// | 15 000 | 15 000 | 48 669 | 15 000 | 15 000 | 15 000 × 6 / 12 = 7 500 | 120 000 | 120 000 |
#[test]
fn a_frame_is_counted_by_hand() {
    let fees = eight_members().assess_year(year(2024), PopulationMode::Published).unwrap();
    let by_code: Vec<(String, String)> =
        fees.assessments.iter().map(|fee| (fee.code().to_string(), fee.fee().text(Swedish))).collect();
    let expected = [
        ("1438", "15 000 kr"),
        ("1439", "15 000 kr"),
        ("1440", "48 669 kr"),
        ("1460", "15 000 kr"),
        ("1461", "15 000 kr"),
        ("1466", "7 500 kr"),
        ("1480", "120 000 kr"),
        ("1490", "120 000 kr"),
    ];
    assert_eq!(by_code, expected.map(|(code, fee)| (code.to_owned(), fee.to_owned())));

    let frame = &fees.frame;
    assert_eq!((frame.members, frame.payers), (8, 5));
    assert_eq!((frame.at_floor, frame.within, frame.at_ceiling), (5, 1, 2));
    assert_eq!(frame.prorated, 1);
    assert_eq!(frame.inhabitants, 790_438); // 4 606 + 6 434 + 32 446 + 9 138 + 9 165 + 9 441 + 604 616 + 114 592
    assert_eq!(frame.sum, sek("356 169")); // 60 000 + 48 669 + 7 500 + 240 000
    let mean = |mean: Option<avgift::Exact>| mean.unwrap().kronor_ratio().unwrap();
    assert_eq!(mean(frame.mean_per_payer), Ratio::new(356_169, 5).unwrap()); // 71 233,80
    assert_eq!(mean(frame.mean_per_inhabitant), Ratio::new(356_169, 790_438).unwrap()); // 0,450…
    let payers: Vec<(&str, usize, Sek)> =
        frame.by_payer.iter().map(|total| (total.payer.as_str(), total.members, total.sum)).collect();
    assert_eq!(
        payers,
        [
            ("1440", 1, sek("48 669")),
            ("1466", 1, sek("7 500")),
            ("1480", 1, sek("120 000")),
            ("1490", 1, sek("120 000")),
            ("dme", 4, sek("60 000")),
        ]
    );
}

/// The sum is of rounded fees: three members of 15 001,50 kr owe 3 × 15 002 kr, not 45 005.
#[test]
fn the_frame_is_the_sum_of_rounded_fees() {
    let schedule = plain(tariff_t());
    let three = [(); 3].map(|()| assessed(&schedule, 10_001));
    let frame = avgift::BudgetFrame::of(&three).unwrap();
    assert_eq!(frame.sum, sek("45 006"));
    assert_eq!(avgift::BudgetFrame::of(&[]).unwrap().mean_per_payer, None);
}

/// The population of 31 December 2024 is not on file: fee year 2025 is refused, or preliminary on that of 2023 and marked so.
#[test]
fn a_fee_on_an_older_population_is_preliminary_and_says_so() {
    let basis = network(vec![member("1440")], tariff_t());
    let refused = basis.assess_year(year(2025), PopulationMode::Published).unwrap_err();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].to_string(), "no population for 1440 on 31 December 2024");
    assert!(refused[0].refusal().mend.contains("22 February 2025"));

    let fees = basis.assess_year(year(2025), PopulationMode::NewestOnFile).unwrap();
    let ale = &fees.assessments[0];
    assert!(ale.is_preliminary());
    assert_eq!(ale.fee(), sek("48 669"));
    let text = ale.explain(Swedish);
    assert!(text.contains("PRELIMINÄR"), "{text}");
    assert!(text.contains("SCB, 31 december 2023\n   i stället för 31 december 2024"), "{text}");

    // Where the figure is there, nothing is preliminary, whatever may be asked for.
    let fees = basis.assess_year(year(2024), PopulationMode::NewestOnFile).unwrap();
    assert!(!fees.assessments[0].is_preliminary());
}

fn tariffs(years: &[(i32, Option<i32>)]) -> Result<Tariffs, Vec<Error>> {
    let tariff = |(from, to): &(i32, Option<i32>)| Tariff {
        name: format!("T{from}"),
        from: year(*from),
        to: to.map(year),
        ..tariff_t()
    };
    Tariffs::new(years.iter().map(tariff).collect())
}

/// One tariff a year: a second that begins in a year of the first is refused, one pair at a time.
#[test]
fn two_tariffs_in_one_year_are_refused() {
    let refused = |years: &[(i32, Option<i32>)]| tariffs(years).unwrap_err().len();
    assert_eq!(refused(&[(2023, Some(2024)), (2024, None)]), 1);
    assert_eq!(refused(&[(2024, None), (2024, None)]), 1);
    assert_eq!(refused(&[(2023, Some(2025)), (2024, Some(2026)), (2025, None)]), 2);
    assert!(tariffs(&[(2023, Some(2023)), (2024, None)]).is_ok());
}

/// A tariff without an end holds until the next begins; a year between two tariffs, or before the first, has none.
#[test]
fn a_year_without_a_tariff_is_refused() {
    let name_in =
        |tariffs: &Tariffs, fee_year: FeeYear| tariffs.in_year(fee_year).map(|tariff| tariff.name.clone());
    let open = tariffs(&[(2025, None), (2023, None)]).unwrap();
    assert_eq!(name_in(&open, year(2024)).unwrap(), "T2023");
    assert_eq!(name_in(&open, year(2025)).unwrap(), "T2025");
    assert!(matches!(open.in_year(year(2022)), Err(Error::TariffMustCoverYear { .. })));
    let hole = tariffs(&[(2023, Some(2023)), (2025, None)]).unwrap();
    assert_eq!(name_in(&hole, year(2023)).unwrap(), "T2023");
    assert!(matches!(hole.in_year(year(2024)), Err(Error::TariffMustCoverYear { .. })));
    assert_eq!(name_in(&hole, year(2199)).unwrap(), "T2025");
}

fn host(name: &str, from: Option<&str>, to: Option<&str>) -> Host {
    Host { name: name.into(), period: Period { from: from.map(day), to: to.map(day) }, origin: None }
}

/// Innovatum AB to 31 December 2023, Göteborgsregionen from 1 January 2024: each fee year has one host.
#[test]
fn a_fee_year_belongs_to_one_host() {
    let innovatum = host("Innovatum AB", None, Some("2023-12-31"));
    let region = host("Göteborgsregionen", Some("2024-01-01"), None);
    let hosts = [&innovatum, &region];
    check_hosts(&hosts).unwrap();
    assert_eq!(host_of_year(&hosts, year(2023)), Ok(0));
    assert_eq!(host_of_year(&hosts, year(2024)), Ok(1));
}

/// A change within the year leaves that year without a host; a day held by two is refused.
#[test]
fn a_host_that_changes_within_the_year_is_refused() {
    let (innovatum, region) =
        (host("Innovatum AB", None, Some("2023-06-30")), host("Göteborgsregionen", Some("2023-07-01"), None));
    assert!(matches!(
        host_of_year(&[&innovatum, &region], year(2023)),
        Err(Error::HostMustHoldTheWholeFeeYear { .. })
    ));
    let too_long = host("Innovatum AB", None, Some("2023-07-01"));
    let refused = check_hosts(&[&too_long, &region]).unwrap_err();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].to_string(), "two hosts on the same day: `Innovatum AB` and `Göteborgsregionen`");
}
