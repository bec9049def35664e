//! Terms: totals that are shared, classes, components, the factor of a year, the limit on the change, the joining fee.

use std::collections::BTreeMap;

use avgift::{
    Among, Assessment, Basis, Bounds, ClassTerms, Component, Counting, EscalationTarget, Key, Language,
    Member, MemberClass, PopulationFigure, PopulationMode, Populations, Portion, Proration, ProrationUnit,
    Rounding, Rule, Sek, Shape, Sourced, Tariff, Tariffs, WeightedKey, YearFactor, YearlyLimit,
};

use crate::made::{assessed, clause, day, exact, fee, indices, member, network, plain, sek, tariff_t, year};

fn amount(text: &str) -> Sourced<Sek> {
    sek(text).into()
}

fn portion(text: &str) -> Sourced<Portion> {
    text.parse::<Portion>().unwrap().into()
}

fn per_inhabitant(rate: &str) -> Shape {
    Shape::PerInhabitant { rate: rate.parse::<avgift::FeeRate>().unwrap().into() }
}

fn keys(keys: &[(Key, &str)]) -> Vec<WeightedKey> {
    keys.iter().map(|(key, weight)| WeightedKey { key: key.clone(), weight: portion(weight) }).collect()
}

fn total(kronor: &str, weighted: &[(Key, &str)]) -> Tariff {
    let shape = Shape::Total { total: amount(kronor), keys: keys(weighted), among: Among::All };
    Tariff::of("T", year(2023), shape)
}

/// The four of Dalsland: 9 138, 4 606, 6 434 and 9 165 inhabitants.
fn dalsland(tariff: Tariff) -> Basis {
    network(["1460", "1438", "1439", "1461"].map(member).to_vec(), tariff)
}

/// The fees of 2024 by code, in kronor; each of them replays and is what `assess` of that member alone gives.
fn fees(basis: &Basis) -> Vec<String> {
    let fees = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
    for fee in &fees.assessments {
        assert_eq!(fee.replay(), Ok(fee.fee()));
        let json = serde_json::to_string(fee).unwrap();
        assert_eq!(serde_json::from_str::<Assessment>(&json).unwrap(), *fee);
        avgift_laws::laws::explanation::assessment_replays(fee).unwrap();
    }
    fees.assessments.iter().map(|fee| fee.fee().text(Language::Swedish)).collect()
}

fn refusals(basis: &Basis) -> Vec<String> {
    let errors = basis.assess_year(year(2024), PopulationMode::Published).unwrap_err();
    errors.iter().map(ToString::to_string).collect()
}

/// 100 003 kr by population: 31 142,95; 15 697,48; 21 927,37; 31 235,20 in the order of the codes below.
#[test]
fn a_total_is_shared_by_population_to_the_krona() {
    let basis = dalsland(total("100 003", &[(Key::Population, "100 %")]));
    // By code: 1438, 1439, 1460, 1461.
    assert_eq!(fees(&basis), ["15 698 kr", "21 927 kr", "31 143 kr", "31 235 kr"]);
}

/// 600 000 kr, 30 % in equal parts and 70 % by population: 175 796 / 110 928 / 137 093 / 176 183.
#[test]
fn a_total_is_shared_by_weighted_keys() {
    let basis = dalsland(total("600 000", &[(Key::Equal, "30 %"), (Key::Population, "70 %")]));
    assert_eq!(fees(&basis), ["110 928 kr", "137 093 kr", "175 796 kr", "176 183 kr"]);
}

/// Brandkåren Norra Dalarna 2021: 17,5 / 34,7 / 10,8 / 12,6 / 24,4 % of 57 649 000 kr.
#[test]
fn a_total_is_shared_by_decided_percentages() {
    let shares =
        [("2021", "17,5 %"), ("2023", "34,7 %"), ("2031", "10,8 %"), ("2034", "12,6 %"), ("2039", "24,4 %")];
    let portions = shares.map(|(code, share)| (code.parse().unwrap(), portion(share))).into_iter().collect();
    let shape = Shape::Percentages { total: amount("57 649 000"), portions };
    let mut populations = Populations::new();
    for (code, _) in shares {
        populations.add(PopulationFigure::of_year_end(code.parse().unwrap(), 2023, 7_000).unwrap()).unwrap();
    }
    let members = shares.map(|(code, _)| Member::new(code.parse().unwrap(), code)).to_vec();
    let tariffs = Tariffs::new(vec![Tariff::of("Andelar", year(2023), shape)]).unwrap();
    let basis = Basis { members, tariffs, populations, ..Basis::default() };
    assert_eq!(
        fees(&basis),
        ["10 088 575 kr", "20 004 203 kr", "6 226 092 kr", "7 263 774 kr", "14 066 356 kr"]
    );
}

/// By taxable income: 1, 2 and 5 parts of eight; a third of a krona is nobody's, and the largest remainder gets it.
#[test]
fn a_total_is_shared_by_a_figure_of_the_members() {
    let with = |code, value: &str| member(code).with_figure("inkomst", year(2024), value.parse().unwrap());
    let members = vec![with("1438", "100"), with("1439", "200"), with("1460", "500")];
    let tariff = total("1 000", &[(Key::Figure("inkomst".into()), "100 %")]);
    assert_eq!(fees(&network(members.clone(), tariff.clone())), ["125 kr", "250 kr", "625 kr"]);
    let without = network(vec![with("1438", "0"), with("1439", "0")], tariff.clone());
    assert_eq!(refusals(&without), ["nobody has anything of the key `inkomst` in 2024"]);
    let missing = network(vec![with("1438", "1"), member("1439")], tariff);
    assert_eq!(refusals(&missing), ["`Färgelanda` (1439) has no figure `inkomst` for 2024"]);
}

/// The index carries the total; 100 003 × 1,1 is 110 003,30, and the shares sum to 110 003 kr.
#[test]
fn an_escalated_total_is_shared_whole() {
    let target = EscalationTarget::Fee;
    let tariff = total("100 003", &[(Key::Population, "100 %")]).indexed(clause(2022, target));
    let basis = Basis { indices: indices(2022, &["100", "110"]), ..dalsland(tariff) };
    let year_of_fees = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
    assert_eq!(year_of_fees.frame.sum, sek("110 003"));
    assert_eq!(fees(&basis).len(), 4);
}

/// The rounding tells which place the remainder has, and how many are rounded up.
#[test]
fn the_largest_remainder_stands_in_the_explanation() {
    let basis = dalsland(total("600 000", &[(Key::Equal, "30 %"), (Key::Population, "70 %")]));
    let fees = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
    let steps = fees.assessments[2].explanation(Language::Swedish).steps;
    assert_eq!(steps[1].operand, "600 000 kr × (30 % × 1 / 4 + 70 % × 9 138 / 29 343)");
    assert_eq!(steps[1].note.as_deref(), Some("fördelas efter lika delar, invånarantal"));
    assert_eq!(steps[1].value, "175 796,442… kr");
    let rounding = steps.last().unwrap();
    assert_eq!(rounding.value, "175 796 kr");
    assert_eq!(rounding.note.as_deref(), Some("störst rest: plats 4 av 4; 3 avrundas uppåt, övriga nedåt"));
}

/// Who shares is part of the decision: one that is not listed, one that is and is no member, and shares that are not whole.
#[test]
fn a_total_has_all_its_members_and_no_other() {
    let these = |codes: &[&str]| {
        let among = codes.iter().map(|code| (code.parse().unwrap(), None)).collect();
        let keys = keys(&[(Key::Equal, "100 %")]);
        Tariff::of("T", year(2023), Shape::Total { total: amount("8"), keys, among: Among::These(among) })
    };
    assert_eq!(fees(&dalsland(these(&["1438", "1439", "1460", "1461"]))), ["2 kr"; 4]);
    assert_eq!(
        refusals(&dalsland(these(&["1438", "1439", "1460", "1490"]))),
        [
            "`Mellerud` (1461) has no share of the total in 2024",
            "1490 has a share of the total and is no member that shares it in 2024"
        ]
    );
    let lopsided = total("100", &[(Key::Equal, "30 %"), (Key::Population, "69,9 %")]);
    assert_eq!(refusals(&dalsland(lopsided)), ["the portions sum to 99.9 %, not to 100 %"]);
    let alone = total("100", &[(Key::Equal, "100 %")]).schedule(year(2024), &avgift::Indices::new()).unwrap();
    let population = PopulationFigure::of_year_end("1438".parse().unwrap(), 2023, 5).unwrap();
    let refused = alone.assess(&member("1438"), &population).unwrap_err();
    assert_eq!(refused.code(), "total-must-have-its-members");
}

/// What would make the shares sum to another total is refused.
#[test]
fn a_total_is_shared_whole() {
    let plain = total("100", &[(Key::Equal, "100 %")]);
    let months =
        Proration { unit: ProrationUnit::Months(avgift::BrokenUnit::Counted), ..Proration::default() };
    let component = Component {
        name: "Projekt".into(),
        shape: per_inhabitant("1"),
        bounds: Bounds::default(),
        index: None,
        origin: None,
    };
    let beside = |tariff: Tariff| tariff.check().unwrap_err()[0].to_string();
    assert_eq!(plain.check(), Ok(()));
    assert_eq!(
        beside(plain.clone().bounded(sek("1"), sek("2")).unwrap()),
        "a total does not stand beside a floor or a ceiling"
    );
    assert_eq!(
        beside(Tariff { proration: months, ..plain.clone() }),
        "a total does not stand beside a share of the year"
    );
    assert_eq!(
        beside(Tariff { components: vec![component], ..plain.clone() }),
        "a total does not stand beside a component"
    );
    assert_eq!(
        beside(Tariff { joining_fee: Some(amount("5")), ..plain.clone() }),
        "a total does not stand beside a joining fee"
    );
    assert_eq!(
        beside(Tariff { limit: Some(YearlyLimit::default()), ..plain }),
        "a total does not stand beside a yearly limit"
    );
}

/// Mälarens vattenvårdsförbund: 1,25 kr wholly in the basin, 1,00 partly, both within 35 000 and 500 000 kr; a neighbour 25 000.
fn malaren() -> Tariff {
    let own = |name: &str, shape, bounds| MemberClass {
        name: name.into(),
        terms: ClassTerms::Own { shape: Box::new(shape), bounds },
        origin: None,
    };
    let bounds = Bounds::new(Some(amount("35 000")), Some(amount("500 000"))).unwrap();
    let neighbour = Shape::Flat { amount: amount("25 000") };
    Tariff {
        bounds: bounds.clone(),
        rounding: Rounding::Ore,
        classes: vec![
            own("delvis", per_inhabitant("1,00"), bounds),
            own("granne", neighbour, Bounds::default()),
        ],
        ..Tariff::of("Mälaren", year(2023), per_inhabitant("1,25"))
    }
}

#[test]
fn a_class_has_a_fee_of_its_own() {
    let schedule = plain(malaren());
    let of = |class: Option<&str>, inhabitants| {
        let ale = Member::new("1440".parse().unwrap(), "Ale");
        let ale = class.map_or(ale.clone(), |class| ale.in_class(class));
        let population = PopulationFigure::of_year_end(ale.code, 2023, inhabitants).unwrap();
        let assessment = schedule.assess(&ale, &population).unwrap();
        assert_eq!(assessment.replay(), Ok(assessment.fee()));
        assessment.fee().text(Language::Swedish)
    };
    assert_eq!(of(None, 28_001), "35 001,25 kr");
    assert_eq!(of(Some("delvis"), 34_999), "35 000 kr");
    assert_eq!(of(Some("delvis"), 35_001), "35 001 kr");
    assert_eq!(of(Some("granne"), 28_001), "25 000 kr");
    assert_eq!(of(Some("granne"), 900_000), "25 000 kr");
    let stranger = Member::new("1440".parse().unwrap(), "Ale").in_class("grannar");
    let population = PopulationFigure::of_year_end(stranger.code, 2023, 5).unwrap();
    assert_eq!(
        schedule.assess(&stranger, &population).unwrap_err().to_string(),
        "`Ale` (1440) is of the class `grannar`, which the tariff does not have"
    );
}

/// Half the fee, then the floor: 32 446 × 1,50 × 50 % is 24 334,50; 18 000 × 1,50 × 50 % is 13 500, below the floor.
#[test]
fn a_multiplier_comes_before_the_bounds() {
    let half =
        MemberClass { name: "halv".into(), terms: ClassTerms::Multiplied(portion("50 %")), origin: None };
    let schedule = plain(Tariff { classes: vec![half], ..tariff_t() });
    let of = |inhabitants| {
        let ale = Member::new("1440".parse().unwrap(), "Ale").in_class("halv");
        schedule.assess(&ale, &PopulationFigure::of_year_end(ale.code, 2023, inhabitants).unwrap()).unwrap()
    };
    assert_eq!(exact(&of(32_446)), "24 334,50 kr");
    assert_eq!(exact(&of(18_000)), "15 000,00 kr");
    assert_eq!(of(18_000).replay(), Ok(sek("15 000")));
    let step = &of(32_446).explanation(Language::Swedish).steps[2];
    assert_eq!((&*step.label, &*step.operand, &*step.value), ("klass", "halv × 50 %", "24 334,50 kr"));
    assert_eq!(fee(&schedule, 32_446), "48 669 kr");
    assert_eq!(assessed(&schedule, 32_446).step(Rule::Class).unwrap().outcome, avgift::Outcome::NotInForce);
}

/// A ceiling for one member stands in place of the tariff's, also where it is the higher.
#[test]
fn a_member_may_have_a_ceiling_of_its_own() {
    let of = |ceiling: &str| {
        let ceilings = BTreeMap::from([("1440".parse().unwrap(), amount(ceiling))]);
        fee(&plain(Tariff { ceilings, ..tariff_t() }), 100_000) // 150 000 kr by population.
    };
    assert_eq!(of("40 000"), "40 000 kr");
    assert_eq!(of("140 000"), "140 000 kr");
    let ceilings = BTreeMap::from([("1440".parse().unwrap(), amount("14 999"))]);
    let below = Tariff { ceilings, ..tariff_t() }.check().unwrap_err();
    assert_eq!(below[0].to_string(), "the floor is higher than the ceiling");
}

/// A rebate of a tenth in 2024 alone: 48 669 × 0,9 = 43 802,10.
#[test]
fn a_factor_is_that_of_its_year() {
    let factor = YearFactor { year: year(2024), factor: portion("90 %") };
    let tariff = Tariff { year_factors: vec![factor.clone()], ..tariff_t() };
    assert_eq!(exact(&assessed(&plain(tariff.clone()), 32_446)), "43 802,10 kr");
    let next = tariff.schedule(year(2025), &avgift::Indices::new()).unwrap();
    assert_eq!(exact(&assessed(&next, 32_446)), "48 669,00 kr");
    let twice = Tariff { year_factors: vec![factor.clone(), factor], ..tariff_t() };
    assert_eq!(twice.check().unwrap_err()[0].to_string(), "the factor of 2024 stands twice");
}

/// The main fee is capped at 36 000 kr; a project of 50 öre each comes on top and has an index of its own: 0,50 × 1,1.
#[test]
fn a_component_is_added_outside_the_ceiling_with_an_index_of_its_own() {
    let base = Shape::Linear {
        base: Some(amount("4 000")),
        rate: "0,25".parse::<avgift::FeeRate>().unwrap().into(),
        per: Counting::EACH,
        cap: None,
    };
    let project = Component {
        name: "Projekt".into(),
        shape: per_inhabitant("0,50"),
        bounds: Bounds::new(None, Some(amount("100 000"))).unwrap(),
        index: Some(clause(2022, EscalationTarget::Fee)),
        origin: None,
    };
    let bounds = Bounds::new(None, Some(amount("36 000"))).unwrap();
    let tariff = Tariff { bounds, components: vec![project], ..Tariff::of("T", year(2023), base) };
    let schedule = tariff.schedule(year(2024), &indices(2022, &["100", "110"])).unwrap();
    let of = |inhabitants| assessed(&schedule, inhabitants);
    assert_eq!(exact(&of(13_000)), "14 400,00 kr"); // 7 250 + 7 150
    assert_eq!(exact(&of(128_000)), "106 400,00 kr"); // 36 000 + 70 400
    assert_eq!(exact(&of(604_616)), "146 000,00 kr"); // 36 000 + 100 000 × 1,1
    for inhabitants in [13_000, 128_000, 604_616] {
        assert_eq!(of(inhabitants).replay(), Ok(of(inhabitants).fee()));
        avgift_laws::laws::explanation::assessment_replays(&of(inhabitants)).unwrap();
    }
    let steps = of(128_000).explanation(Language::Swedish).steps;
    let told: Vec<(&str, &str)> = steps.iter().map(|step| (&*step.label, &*step.value)).collect();
    assert_eq!(
        told[4..10],
        [
            ("uppräkning", "gäller ej"),
            ("Projekt: efter invånare", "64 000,00 kr"),
            ("Projekt: golv", "gäller ej"),
            ("Projekt: tak", "ej nått"),
            ("Projekt: uppräkning", "70 400,00 kr"),
            ("med Projekt", "106 400,00 kr"),
        ]
    );
    // The fee stands at the ceiling of the main fee; that of the component is its own.
    assert_eq!(of(604_616).standing(), avgift::Standing::AtCeiling);
    assert_eq!(of(13_000).standing(), avgift::Standing::Within);
}

/// 1,50 kr in 2023 and 2,00 kr from 2024, at most 10 % more a year: 48 669 kr, 53 535,90 kr, then 58 889,49 kr.
fn limited(stated: &[(&str, &str)]) -> Basis {
    let first = Tariff::of("Gammal", year(2023), per_inhabitant("1,50"));
    let stated = stated.iter().map(|(code, kronor)| (code.parse().unwrap(), amount(kronor))).collect();
    let limit = YearlyLimit { up: Some(portion("10 %")), down: Some(portion("5 %")), stated };
    let second = Tariff { limit: Some(limit), ..Tariff::of("Ny", year(2024), per_inhabitant("2,00")) };
    let mut populations = Populations::new();
    for year in 2022..=2024 {
        let figure = PopulationFigure::of_year_end("1440".parse().unwrap(), year, 32_446).unwrap();
        populations.add(figure).unwrap();
    }
    let tariffs = Tariffs::new(vec![first, second]).unwrap();
    Basis { members: vec![member("1440")], tariffs, populations, ..Basis::default() }
}

#[test]
fn a_change_is_limited_against_the_fee_of_the_year_before() {
    let basis = limited(&[]);
    let of = |of| basis.assess_year(year(of), PopulationMode::Published).unwrap().assessments.swap_remove(0);
    assert_eq!(of(2023).fee(), sek("48 669"));
    assert_eq!(exact(&of(2024)), "53 535,90 kr");
    assert_eq!(of(2024).fee(), sek("53 536"));
    assert_eq!(exact(&of(2025)), "58 889,60 kr"); // 53 536 × 1,1
    assert_eq!(of(2025).replay(), Ok(sek("58 890")));
    let step = of(2024).explanation(Language::Swedish).steps.swap_remove(5);
    assert_eq!((&*step.label, &*step.operand), ("högsta ändring", "+10 %, \u{2212}5 %"));
    assert_eq!(step.note.as_deref(), Some("mot 48 669 kr för 2023, beräknat"));
}

/// What was paid before the tariff begins may be stated: then it is what the first year is held against, for everyone.
#[test]
fn a_fee_of_the_year_before_may_be_stated() {
    let of = |stated: &[(&str, &str)]| limited(stated).assess_year(year(2024), PopulationMode::Published);
    let fee = |kronor| of(&[("1440", kronor)]).unwrap().assessments[0].fee();
    assert_eq!(fee("58 992"), sek("64 891")); // × 1,1 is 64 891,20; 32 446 × 2,00 is 64 892.
    assert_eq!(fee("58 993"), sek("64 892")); // × 1,1 is 64 892,30: not reached.
    assert_eq!(fee("68 308"), sek("64 893")); // × 0,95 is 64 892,60.
    let errors = of(&[("1490", "1")]).unwrap_err();
    assert_eq!(errors[0].to_string(), "`Ale` (1440) has no fee stated for 2023");
}

/// A member that joined last year is held against what the whole year would have cost; who joins this year has no limit.
#[test]
fn a_part_of_a_year_is_no_measure() {
    let months =
        Proration { unit: ProrationUnit::Months(avgift::BrokenUnit::Counted), ..Proration::default() };
    let of = |joined: &str| {
        let mut basis = limited(&[]);
        basis.members = vec![member("1440").joined_on(day(joined))];
        let tariffs = basis.tariffs.iter().map(|tariff| Tariff { proration: months, ..tariff.clone() });
        basis.tariffs = Tariffs::new(tariffs.collect()).unwrap();
        basis.members.push(Member::new("1441".parse().unwrap(), "Lerum").left_on(day("2023-12-31")));
        let lerum = PopulationFigure::of_year_end("1441".parse().unwrap(), 2022, 5).unwrap();
        basis.populations.add(lerum).unwrap();
        let fees = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
        exact(&fees.assessments[0])
    };
    assert_eq!(of("2023-07-01"), "53 535,90 kr");
    assert_eq!(of("2024-01-01"), "64 892,00 kr");
}

/// 5 000 kr once, with the fee of the year of joining, whole also where the year is not: 48 669 × 6 / 12 + 5 000.
#[test]
fn a_joining_fee_is_paid_once_and_whole() {
    let months =
        Proration { unit: ProrationUnit::Months(avgift::BrokenUnit::Counted), ..Proration::default() };
    let tariff = Tariff { joining_fee: Some(amount("5 000")), proration: months, ..tariff_t() };
    let of = |of, joined: &str| {
        let ale = member("1440").joined_on(day(joined));
        let population = PopulationFigure::of_year_end(ale.code, of - 1, 32_446).unwrap();
        let schedule = tariff.schedule(year(of), &avgift::Indices::new()).unwrap();
        let assessment = schedule.assess(&ale, &population).unwrap();
        assert_eq!(assessment.replay(), Ok(assessment.fee()));
        exact(&assessment)
    };
    assert_eq!(of(2024, "2024-07-01"), "29 334,50 kr");
    assert_eq!(of(2025, "2024-07-01"), "48 669,00 kr");
    assert_eq!(of(2024, "2024-01-01"), "53 669,00 kr");
    assert_eq!(of(2024, "2023-12-31"), "48 669,00 kr");
}
