//! Workbooks for the judge, target/judge/xlsx/: all 290 municipalities with their real populations under tariffs of every
//! variety, and networks that no human would think of. `tools/recalculate` holds their stored values to LibreOffice's.

use std::fs;
use std::path::{Path, PathBuf};

use avgift::{
    BrokenUnit, Carried, Counting, DecidedChange, EscalationTarget, FallPolicy, FeeRate, IndexClause,
    Indices, Inhabitants, Language, Leaving, PopulationMode, Proration, ProrationOrder, ProrationUnit,
    Rounding, Sek, Shape, Tariff, Tier, Tiers, YearOfFees,
};
use avgift_laws::proptest::strategy::{Strategy as _, ValueTree as _};
use avgift_laws::proptest::test_runner::TestRunner;
use avgift_laws::strategies;
use avgift_report::workbook;

use crate::made::{clause, fees, indices, members, parameters, sweden, tariff, tariff_t};
use crate::texts::hostile_network;

const ROUNDINGS: [(&str, Rounding); 4] = [
    ("ore", Rounding::Ore),
    ("krona", Rounding::Krona),
    ("ten", Rounding::TenKronor),
    ("hundred", Rounding::HundredKronor),
];
const ORDERS: [(&str, ProrationOrder); 2] =
    [("after", ProrationOrder::AfterBounds), ("before", ProrationOrder::BeforeBounds)];

/// The folder of the judge, emptied of what an earlier run wrote under this name.
pub(crate) fn folder(name: &str) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/xlsx").join(name);
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    out
}

/// A series that rises, falls and rises again.
pub(crate) fn october_figures() -> Indices {
    indices(&["138,2", "142,6", "141,9", "147,1", "146,35"])
}

/// A base and a rate with a cap; brackets; a flat fee.
fn shapes() -> [(&'static str, Shape); 3] {
    let people = |count| Inhabitants::new(count).unwrap();
    let rate = |text: &str| text.parse::<FeeRate>().unwrap();
    let linear = Shape::Linear {
        base: Some("4 000,50".parse::<Sek>().unwrap().into()),
        rate: rate("0,305").into(),
        per: Counting::EACH,
        cap: Some(people(150_000).into()),
    };
    let brackets =
        vec![Tier::of_rate(1, Some(20_000), rate("2,675")), Tier::of_rate(20_001, None, rate("0,333333"))];
    let flat = Shape::Flat { amount: "25 000".parse::<Sek>().unwrap().into() };
    [("base-rate-cap", linear), ("brackets", Shape::Brackets(Tiers::new(brackets).unwrap())), ("flat", flat)]
}

/// The tariffs that the 290 municipalities are judged under, each with a name.
fn tariffs() -> Vec<(String, Tariff)> {
    let mut tariffs = Vec::new();
    let mut add = |name: String, tariff: Tariff| tariffs.push((name, tariff));
    for (name, rounding) in ROUNDINGS {
        add(format!("plain-{name}"), Tariff { rounding, ..tariff_t() });
        let indexed = tariff_t().indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
        add(format!("indexed-{name}"), Tariff { rounding, ..indexed });
        // Rates that meet half a step again and again, and none of which is a binary fraction but the first.
        for rate in ["1,25", "0,005", "2,675", "0,125", "1,234567", "0,000001"] {
            add(format!("halves-{rate}-{name}"), Tariff { rounding, ..tariff(rate) });
        }
        let printed = parameters([true; 3], Some((Rounding::Ore, rounding)));
        add(format!("printed-{name}"), tariff_t().indexed(clause(printed, FallPolicy::Follow)));
    }
    for (name, shape) in shapes() {
        for (order_name, order) in ORDERS {
            let unit = ProrationUnit::Months(BrokenUnit::Counted);
            let proration = Proration { unit, leaving: Leaving::Prorated, order };
            let shaped = Tariff { shape: shape.clone(), proration, ..tariff_t() };
            add(format!("{name}-{order_name}"), shaped.clone());
            let printed = parameters([true; 3], Some((Rounding::Ore, Rounding::HundredKronor)));
            let all = parameters([true; 3], None);
            for (target_name, target) in [("fee", EscalationTarget::Fee), ("all", all), ("printed", printed)]
            {
                let indexed = shaped.clone().indexed(clause(target, FallPolicy::Follow));
                add(format!("{name}-{order_name}-{target_name}"), indexed);
            }
        }
    }
    for policy in [FallPolicy::NeverDown, FallPolicy::HighWater] {
        add(format!("policy-{policy:?}"), tariff_t().indexed(clause(EscalationTarget::Fee, policy)));
    }
    for (place, chosen) in
        [[true; 3], [true, false, false], [false, true, true], [true, true, false]].into_iter().enumerate()
    {
        let target = parameters(chosen, None);
        add(format!("parameters-{place}"), tariff_t().indexed(clause(target, FallPolicy::NeverDown)));
        let target = parameters(chosen, Some((Rounding::Ore, Rounding::HundredKronor)));
        add(format!("printed-{place}"), tariff_t().indexed(clause(target, FallPolicy::Follow)));
    }
    for (name, clause) in terms() {
        for (target_name, target) in [
            ("fee", EscalationTarget::Fee),
            ("all", parameters([true; 3], None)),
            ("printed", parameters([true; 3], Some((Rounding::Ore, Rounding::HundredKronor)))),
        ] {
            let clause = IndexClause { target, ..clause.clone() };
            if clause.check().is_ok() {
                add(format!("terms-{name}-{target_name}"), tariff_t().indexed(clause));
            }
        }
    }
    let one_bound = |floor: Option<&str>, ceiling: Option<&str>| {
        let sek = |text: &str| text.parse::<avgift::Sek>().unwrap().into();
        Tariff { bounds: avgift::Bounds::new(floor.map(sek), ceiling.map(sek)).unwrap(), ..tariff("1,50") }
    };
    add("floor-alone".into(), one_bound(Some("15 000,50"), None));
    add("ceiling-alone".into(), one_bound(None, Some("120 000,50")));
    // Integers that no spreadsheet holds.
    let target = parameters([true; 3], None);
    let largest = tariff("9999,999999").indexed(clause(target, FallPolicy::NeverDown));
    add("largest".into(), Tariff { rounding: Rounding::Ore, ..largest });
    tariffs
}

/// Clauses that are more than figures of one series, each with a name.
fn terms() -> Vec<(&'static str, IndexClause)> {
    let plain = clause(EscalationTarget::Fee, FallPolicy::Follow);
    let decided = DecidedChange {
        year: avgift::FeeYear::new(2024).unwrap(),
        percent: "3,2 %".parse().unwrap(),
        decision: "Årsmötet 2023, § 7".into(),
        origin: None,
    };
    let part = IndexClause { pass_through: Some("90 %".parse().unwrap()), ..plain.clone() };
    let yearly = IndexClause { carried: Carried::Yearly, ..part.clone() };
    let threshold = Some("2,0 %".parse().unwrap());
    vec![
        ("part", part),
        ("point", IndexClause { point: Some("1,0 %".parse().unwrap()), ..yearly.clone() }),
        ("decided", IndexClause { decided: vec![decided], ..yearly.clone() }),
        ("threshold", IndexClause { threshold, ..plain.clone() }),
        ("chained", IndexClause { carried: Carried::Printed, ..plain.clone() }),
        ("chained-part", IndexClause { carried: Carried::Printed, ..yearly }),
        (
            "chained-high-water",
            IndexClause { carried: Carried::Printed, policy: FallPolicy::HighWater, ..plain },
        ),
    ]
}

/// The ways of dividing a year.
fn prorations() -> Vec<(String, Proration)> {
    use BrokenUnit::{Counted, Free};
    let units = [
        ("months-counted", ProrationUnit::Months(Counted)),
        ("months-free", ProrationUnit::Months(Free)),
        ("days", ProrationUnit::Days),
        ("quarters-counted", ProrationUnit::Quarters(Counted)),
        ("quarters-free", ProrationUnit::Quarters(Free)),
        ("halves", ProrationUnit::Halves),
        ("joined-by", ProrationUnit::FullYearIfJoinedBy { month: 6, day: 30 }),
    ];
    let of = |(name, unit): (&str, ProrationUnit)| {
        ORDERS.map(|(order_name, order)| {
            (format!("{name}-{order_name}"), Proration { unit, leaving: Leaving::Prorated, order })
        })
    };
    units.into_iter().flat_map(of).collect()
}

pub(crate) fn write(out: &Path, name: &str, years: &[YearOfFees], language: Language) {
    let network = "Alla kommuner i Sverige";
    fs::write(out.join(format!("{name}.xlsx")), workbook(network, years, language, None).unwrap()).unwrap();
}

#[test]
fn every_tariff_over_all_municipalities_is_written_for_the_judge() {
    let (out, figures, indices) = (folder("tariffs"), sweden(), october_figures());
    let members = members(&figures, false);
    for (name, tariff) in tariffs() {
        write(&out, &name, &[fees(&tariff, &members, &figures, &indices, 2025)], Language::Swedish);
    }
}

#[test]
fn every_proration_over_all_municipalities_is_written_for_the_judge() {
    let (out, figures, indices) = (folder("prorations"), sweden(), october_figures());
    let members = members(&figures, true);
    for (name, proration) in prorations() {
        for (rounding_name, rounding) in ROUNDINGS {
            let indexed = tariff_t().indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
            let tariff = Tariff { proration, rounding, ..indexed };
            let years = [fees(&tariff, &members, &figures, &indices, 2024)];
            write(&out, &format!("{name}-{rounding_name}"), &years, Language::English);
        }
    }
}

/// Three years, the last of them preliminary, in both languages; and a network of hostile names.
#[test]
fn several_years_and_hostile_names_are_written_for_the_judge() {
    let (out, figures, indices) = (folder("years"), sweden(), october_figures());
    let tariff = tariff_t().indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
    let members = members(&figures, true);
    let years: Vec<YearOfFees> =
        (2023..=2026).map(|year| fees(&tariff, &members, &figures, &indices, year)).collect();
    for language in Language::ALL {
        write(&out, language.code(), &years, language);
    }
    let (network, fees) = hostile_network();
    fs::write(out.join("hostile.xlsx"), workbook(&network, &[fees], Language::Swedish, None).unwrap())
        .unwrap();
}

/// Networks from the strategies of the laws: every mix of rate, bounds, index, printed tariff, proration and rounding.
#[test]
fn networks_that_nobody_thought_of_are_written_for_the_judge() {
    let out = folder("networks");
    let mut runner = TestRunner::deterministic();
    for place in 0..100 {
        let (basis, year) = strategies::networks(20).new_tree(&mut runner).unwrap().current();
        // A joining day that is not known is refused, and so is a year that has no member.
        let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { continue };
        write(&out, &format!("{place}"), &[fees], Language::Swedish);
    }
    assert!(fs::read_dir(out).unwrap().count() > 90);
}

/// The same of every shape that the strategies know, and of totals that are shared.
#[test]
fn shapes_that_nobody_thought_of_are_written_for_the_judge() {
    let out = folder("shaped-networks");
    let mut runner = TestRunner::deterministic();
    for place in 0..100 {
        let (basis, year) = strategies::networks(20).new_tree(&mut runner).unwrap().current();
        let shape = strategies::shapes().new_tree(&mut runner).unwrap().current();
        let with_figure = |member: avgift::Member| {
            let figure = (7_919 * u64::from(year.get().unsigned_abs()) * 1_000_003).to_string();
            member.with_figure("skatteunderlag", year, figure.parse().unwrap())
        };
        let members = basis.members.into_iter().map(with_figure).collect();
        let tariffs = basis.tariffs.iter().map(|tariff| Tariff { shape: shape.clone(), ..tariff.clone() });
        let tariffs = avgift::Tariffs::new(tariffs.collect()).unwrap();
        let basis = avgift::Basis { members, tariffs, ..basis };
        let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { continue };
        write(&out, &format!("{place}"), &[fees], Language::Swedish);
        let (basis, year) = strategies::sharing_networks(20).new_tree(&mut runner).unwrap().current();
        let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { continue };
        write(&out, &format!("shared-{place}"), &[fees], Language::English);
    }
    assert!(fs::read_dir(out).unwrap().count() > 150);
}

/// The populations that come nearest to half a krona, from below, from above and to the point: of a rate in parts of an öre
/// that `scale` makes whole, × 142,6 / 138,2.
fn nearest_to_half(rate: u64, scale: u64) -> Vec<u32> {
    let denominator = 100 * scale * 1_382;
    let distance = |inhabitants: &u32| {
        let rest = (2 * u64::from(*inhabitants) * rate * 1_426 + denominator) % (2 * denominator);
        rest.min(2 * denominator - rest)
    };
    let mut populations: Vec<u32> = (9_000_000..=9_999_999).collect();
    populations.select_nth_unstable_by_key(290, distance);
    populations.truncate(290);
    populations
}

/// What would be rounded to the wrong side by a hair: the largest populations there are, each as near to half a krona as
/// any. Some of these integers are beyond what a spreadsheet divides exactly, and the engine's value stands for them.
#[test]
fn fees_a_hair_from_half_a_krona_are_written_for_the_judge() {
    let (out, figures, indices) = (folder("halves"), sweden(), october_figures());
    let members = members(&figures, false);
    for (text, rate, scale) in [
        ("1,50", 150, 1),
        ("2,675", 2_675, 10),
        ("0,005", 5, 10),
        ("1,2345", 12_345, 100),
        ("1,234567", 1_234_567, 10_000),
    ] {
        let populations = nearest_to_half(rate, scale);
        let figure = |(member, inhabitants): (&avgift::Member, &u32)| {
            avgift::PopulationFigure::of_year_end(member.code, 2022, *inhabitants).unwrap()
        };
        let figures: Vec<_> = members.iter().zip(&populations).map(figure).collect();
        let indexed = tariff(text).indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
        write(&out, text, &[fees(&indexed, &members, &figures, &indices, 2023)], Language::Swedish);
    }
}
