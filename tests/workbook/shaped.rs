//! Workbooks of every shape and term for the judge: all 290 municipalities with their real populations, each shape under every
//! kind of index clause; and of each, that no fee is a value where a formula would do.

use std::collections::BTreeMap;

use avgift::{
    Among, Bounds, Broken, BrokenUnit, Carried, ClassTerms, Component, Counting, EscalationTarget,
    FallPolicy, FeeRate, IndexClause, Inhabitants, Key, Language, Leaving, Member, MemberClass,
    MunicipalityCode, OfFigure, PopulationFigure, Portion, Proration, ProrationOrder, ProrationUnit,
    RebateOn, Rounding, Sek, Shape, SizeRebate, Sourced, Tariff, Tier, Tiers, WeightedKey, YearFactor,
    YearOfFees, YearlyLimit,
};

use crate::judge::{folder, october_figures, write};
use crate::made::{clause, fees, members, parameters, sweden, tariff_t, year};
use crate::opened::Opened;

fn sek(text: &str) -> Sourced<Sek> {
    text.parse::<Sek>().unwrap().into()
}

fn rate(text: &str) -> Sourced<FeeRate> {
    text.parse::<FeeRate>().unwrap().into()
}

fn portion(text: &str) -> Sourced<Portion> {
    text.parse::<Portion>().unwrap().into()
}

fn people(count: u32) -> Inhabitants {
    Inhabitants::new(count).unwrap()
}

/// Tiers with these upper ends, each of an amount, a rate or both.
fn tiers(rows: &[(Option<u32>, Option<&str>, Option<&str>)]) -> Tiers {
    let mut from = 1;
    let tier = |(to, amount, of): &(Option<u32>, Option<&str>, Option<&str>)| {
        let tier = Tier { from, to: *to, amount: amount.map(sek), rate: of.map(rate), origin: None };
        from = to.unwrap_or_default() + 1;
        tier
    };
    Tiers::new(rows.iter().map(tier).collect()).unwrap()
}

/// Every shape that a member has by itself.
pub(crate) fn shapes(codes: &[MunicipalityCode]) -> Vec<(&'static str, Shape)> {
    let linear = |size, broken, cap: Option<u32>| Shape::Linear {
        base: Some(sek("4 000,50")),
        rate: rate("0,305"),
        per: Counting { size: people(size), broken },
        cap: cap.map(|cap| people(cap).into()),
    };
    let steps = [
        (Some(9_999), Some("1 000"), None),
        (Some(29_999), Some("1 800"), None),
        (Some(99_999), Some("2 800,25"), None),
        (None, Some("4 800"), None),
    ];
    let class_rates = [(Some(19_999), None, Some("2,675")), (None, None, Some("1,333333"))];
    let fixed = [
        (Some(4_999), None, None),
        (Some(19_999), Some("1 000"), Some("0,125")),
        (None, Some("3 000"), Some("0,105")),
    ];
    let brackets = [
        (Some(20_000), None, Some("2,675")),
        (Some(100_000), None, Some("1,00")),
        (None, None, Some("0,333333")),
    ];
    let of_figure = |per_inhabitant, on: Option<RebateOn>| {
        let rebate = on.map(|on| SizeRebate { above: people(60_000), portion: portion("10 %"), on });
        let portion = if per_inhabitant { portion("0,0098 ‰") } else { portion("0,1098 ‰") };
        Shape::OfFigure(OfFigure { portion, figure: "skatteunderlag".into(), per_inhabitant, rebate })
    };
    let amount = |(place, code): (usize, &MunicipalityCode)| {
        (*code, Sek::from_ore(1_234_567 + 7_919 * i64::try_from(place).unwrap()).into())
    };
    vec![
        ("flat", Shape::Flat { amount: sek("25 000,45") }),
        ("per-inhabitant", Shape::PerInhabitant { rate: rate("1,255") }),
        ("linear", linear(1, Broken::InProportion, Some(150_000))),
        ("per-300", linear(300, Broken::InProportion, None)),
        ("per-1000-started", linear(1_000, Broken::Started, None)),
        ("per-1000-full", linear(1_000, Broken::Full, Some(100_500))),
        ("steps", Shape::Tiers(tiers(&steps))),
        ("class-rates", Shape::Tiers(tiers(&class_rates))),
        ("fixed-and-rate", Shape::Tiers(tiers(&fixed))),
        ("brackets", Shape::Brackets(tiers(&brackets))),
        ("figure", of_figure(false, None)),
        ("figure-per-inhabitant", of_figure(true, Some(RebateOn::PartAbove))),
        ("figure-rebate-whole", of_figure(false, Some(RebateOn::Whole))),
        ("figure-rebate-part", of_figure(false, Some(RebateOn::PartAbove))),
        ("decided", Shape::Decided(codes.iter().enumerate().map(amount).collect())),
    ]
}

/// Totals, shared by every kind of key, and by percentages that sum to the whole.
fn totals(codes: &[MunicipalityCode]) -> Vec<(&'static str, Shape)> {
    let keys = |keys: &[(Key, &str)]| Shape::Total {
        total: sek("6 000 003"),
        keys: keys
            .iter()
            .map(|(key, weight)| WeightedKey { key: key.clone(), weight: portion(weight) })
            .collect(),
        among: Among::All,
    };
    let (last, others) = codes.split_last().unwrap();
    let mut portions: BTreeMap<MunicipalityCode, Sourced<Portion>> =
        others.iter().map(|code| (*code, portion("0,3 %"))).collect();
    // 289 × 0,3 % are 86,7 %.
    let rest = format!("{}.{} %", (1_000 - 3 * others.len()) / 10, (1_000 - 3 * others.len()) % 10);
    portions.insert(*last, portion(&rest));
    let figure = || Key::Figure("skatteunderlag".into());
    vec![
        ("total-equal", keys(&[(Key::Equal, "100 %")])),
        ("total-population", keys(&[(Key::Population, "100 %")])),
        ("total-equal-population", keys(&[(Key::Equal, "30 %"), (Key::Population, "70 %")])),
        ("total-figure", keys(&[(figure(), "100 %")])),
        ("total-all", keys(&[(figure(), "25 %"), (Key::Equal, "25 %"), (Key::Population, "50 %")])),
        ("percentages", Shape::Percentages { total: sek("57 649 000"), portions }),
    ]
}

/// All municipalities, each with a tax base that is made up; every fifth in a class, every seventh in another.
fn members_with_figures(figures: &[PopulationFigure], with_joiners: bool, with_classes: bool) -> Vec<Member> {
    let with_figure = |(place, member): (usize, Member)| {
        let base = 1_000_000_007_u64 + 12_345_678_901 * u64::try_from(place).unwrap() % 90_000_000_000;
        let mut member = member;
        for fee_year in 2023..=2025 {
            member = member.with_figure("skatteunderlag", year(fee_year), base.to_string().parse().unwrap());
        }
        match place {
            _ if !with_classes => member,
            _ if place % 5 == 0 => member.in_class("delvis"),
            _ if place % 7 == 0 => member.in_class("halv"),
            _ => member,
        }
    };
    members(figures, with_joiners).into_iter().enumerate().map(with_figure).collect()
}

/// All of them under one clause, under the others every eighth: a workbook of 290 rows takes a second to write and to judge.
fn some(members: Vec<Member>, clause_name: &str) -> Vec<Member> {
    let step = if clause_name == "fee" { 1 } else { 8 };
    members.into_iter().step_by(step).collect()
}

/// The index clauses that every shape is tried under, each with a name.
fn clauses() -> Vec<(&'static str, Option<IndexClause>)> {
    let printed = parameters([true; 3], Some((Rounding::Ore, Rounding::HundredKronor)));
    let of = |target| clause(target, FallPolicy::Follow);
    let part = IndexClause { pass_through: Some("90 %".parse().unwrap()), ..of(EscalationTarget::Fee) };
    vec![
        ("none", None),
        ("fee", Some(of(EscalationTarget::Fee))),
        ("fee-part", Some(part)),
        ("all", Some(of(parameters([true; 3], None)))),
        ("printed", Some(of(printed))),
        ("chained", Some(IndexClause { carried: Carried::Printed, ..of(printed) })),
    ]
}

fn tariff(shape: &Shape, clause: Option<&IndexClause>) -> Tariff {
    Tariff { index: clause.cloned(), illustrative: true, ..Tariff::of("Prov", year(2023), shape.clone()) }
}

/// How many fees of a year are values, and how many formulas.
fn values_and_formulas(fees: &YearOfFees) -> (usize, usize) {
    let mut book = Opened::of("N", std::slice::from_ref(fees), Language::English);
    let sheet = format!("Fees {}", fees.schedule.year());
    let formulas = book.column_of_formulas(&sheet, "Fee");
    let fees = &formulas[..fees.assessments.len()];
    let values = fees.iter().filter(|formula| formula.is_empty()).count();
    (values, fees.len() - values)
}

/// Every shape under every clause, with bounds; whole years, and shares of it before and after the bounds.
#[test]
fn every_shape_over_all_municipalities_is_written_for_the_judge() {
    let (out, figures, indices) = (folder("shapes"), sweden(), october_figures());
    let codes: Vec<MunicipalityCode> = members(&figures, false).iter().map(|member| member.code).collect();
    for (name, shape) in shapes(&codes) {
        for (clause_name, clause) in clauses() {
            let bounds = Bounds::new(Some(sek("1 500")), Some(sek("120 000"))).unwrap();
            let order = if clause_name.len() % 2 == 0 {
                ProrationOrder::BeforeBounds
            } else {
                ProrationOrder::AfterBounds
            };
            let unit = ProrationUnit::Months(BrokenUnit::Counted);
            let proration = Proration { unit, leaving: Leaving::Prorated, order };
            let rounding = if clause_name == "fee" { Rounding::Ore } else { Rounding::Krona };
            let tariff = Tariff { bounds, proration, rounding, ..tariff(&shape, clause.as_ref()) };
            let members = some(members_with_figures(&figures, true, false), clause_name);
            let fees = fees(&tariff, &members, &figures, &indices, 2024);
            let (values, formulas) = values_and_formulas(&fees);
            assert_eq!((values, formulas), (0, fees.assessments.len()), "{name} under {clause_name}");
            write(&out, &format!("{name}-{clause_name}"), &[fees], Language::Swedish);
        }
    }
}

#[test]
fn every_total_over_all_municipalities_is_written_for_the_judge() {
    let (out, figures, indices) = (folder("totals"), sweden(), october_figures());
    for (place, (clause_name, clause)) in clauses().into_iter().enumerate() {
        let members = some(members_with_figures(&figures, false, false), clause_name);
        let codes: Vec<MunicipalityCode> = members.iter().map(|member| member.code).collect();
        for (name, shape) in totals(&codes) {
            let rounding = if place % 2 == 0 { Rounding::Ore } else { Rounding::Krona };
            let tariff = Tariff { rounding, ..tariff(&shape, clause.as_ref()) };
            let fees = fees(&tariff, &members, &figures, &indices, 2024);
            let (values, formulas) = values_and_formulas(&fees);
            assert_eq!((values, formulas), (0, members.len()), "{name} under {clause_name}");
            write(&out, &format!("{name}-{clause_name}"), &[fees], Language::English);
        }
    }
}

/// Classes, ceilings of single members, components, the factor of a year, a limit on the change, a joining fee; one by one
/// and all that go together.
#[test]
fn every_term_over_all_municipalities_is_written_for_the_judge() {
    let (out, figures, indices) = (folder("terms"), sweden(), october_figures());
    let codes: Vec<MunicipalityCode> = members(&figures, false).iter().map(|member| member.code).collect();
    for (clause_name, clause) in clauses() {
        for (name, with_classes, tariff) in terms(&codes, clause.as_ref()) {
            let members = some(members_with_figures(&figures, true, with_classes), clause_name);
            let fees = fees(&tariff, &members, &figures, &indices, 2024);
            // All terms at once make more parts than there is room for, and a few fees lie on the half.
            let most = if name == "all" { 5 } else { 0 };
            assert!(values_and_formulas(&fees).0 <= most, "{name} under {clause_name}");
            write(&out, &format!("{name}-{clause_name}"), &[fees], Language::Swedish);
        }
    }
}

fn terms(codes: &[MunicipalityCode], clause: Option<&IndexClause>) -> Vec<(&'static str, bool, Tariff)> {
    let unit = ProrationUnit::Months(BrokenUnit::Counted);
    let proration = Proration { unit, leaving: Leaving::Prorated, order: ProrationOrder::AfterBounds };
    let base = Tariff { index: clause.cloned(), proration, ..tariff_t() };
    let brackets = shapes(codes).into_iter().find(|(name, _)| *name == "brackets").unwrap().1;
    let steps = shapes(codes).into_iter().find(|(name, _)| *name == "fixed-and-rate").unwrap().1;
    let own = |shape: &Shape, bounds: Bounds| ClassTerms::Own { shape: Box::new(shape.clone()), bounds };
    let class = |name: &str, terms| MemberClass { name: name.into(), terms, origin: None };
    let classes = vec![
        class("delvis", own(&brackets, Bounds::new(None, Some(sek("90 000"))).unwrap())),
        class("halv", ClassTerms::Multiplied(portion("33,333 %"))),
    ];
    let component = |name: &str, shape: &Shape, index| Component {
        name: name.into(),
        shape: shape.clone(),
        bounds: Bounds::new(Some(sek("500")), Some(sek("60 000"))).unwrap(),
        index,
        origin: None,
    };
    let part = IndexClause {
        pass_through: Some("80 %".parse().unwrap()),
        ..crate::made::clause(EscalationTarget::Fee, FallPolicy::NeverDown)
    };
    let part = IndexClause { carried: Carried::Yearly, ..part };
    let components =
        vec![component("Projekt", &steps, None), component("Luft & vatten", &brackets, Some(part))];
    let year_factors = vec![YearFactor { year: year(2024), factor: portion("92,5 %") }];
    let stated = codes.iter().map(|code| (*code, sek("20 000,37"))).collect();
    let limit = Some(YearlyLimit { up: Some(portion("7,5 %")), down: Some(portion("4,25 %")), stated });
    let ceilings: BTreeMap<_, _> = codes.iter().step_by(11).map(|code| (*code, sek("55 555,55"))).collect();
    let joining_fee = Some(sek("5 000,50"));
    let all = Tariff {
        classes: classes.clone(),
        components: components.clone(),
        year_factors: year_factors.clone(),
        limit: limit.clone(),
        ceilings: ceilings.clone(),
        joining_fee: joining_fee.clone(),
        rounding: Rounding::Ore,
        ..base.clone()
    };
    vec![
        ("classes", true, Tariff { classes, ..base.clone() }),
        ("components", false, Tariff { components, ..base.clone() }),
        ("year-factor", false, Tariff { year_factors, ..base.clone() }),
        ("limit", false, Tariff { limit, ..base.clone() }),
        ("ceilings", false, Tariff { ceilings, ..base.clone() }),
        ("joining-fee", false, Tariff { joining_fee, ..base.clone() }),
        ("all", true, all),
    ]
}
