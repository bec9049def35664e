//! The line as the proof of its fee, worked by hand, and that it comes to it whatever the tariff.

use super::*;
use crate::fixture::{almby, clause, indices, tariff};
use crate::vat::VatRate;
use avgift::{
    Bounds, BrokenUnit, Decimal, EscalationTarget, FeeRate, FeeYear, Indices, Inhabitants, Member,
    PopulationFigure, PrintedTariff, Proration, ProrationOrder, ProrationUnit, Sourced,
};
use proptest::prelude::*;

const YEAR: i32 = 2024;

fn line(tariff: &Tariff, indices: &Indices, member: &Member, inhabitants: u32) -> Line {
    let schedule = tariff.schedule(FeeYear::new(YEAR).unwrap(), indices).unwrap();
    let population = PopulationFigure::of_year_end(member.code, YEAR - 1, inhabitants).unwrap();
    let assessment = schedule.assess(member, &population).unwrap();
    let vat = VatTreatment::Standard(VatRate::TwentyFive);
    let line = Line::of(1, &assessment, tariff, &vat, Language::Swedish).unwrap();
    assert_eq!(line.net_amount, assessment.fee());
    assert_eq!(line.proof().unwrap(), line.net_amount);
    line
}

/// Price, adjustments with sign and reason, and net amount, as text.
fn told(line: &Line) -> Vec<String> {
    let adjustments = line.adjustments.iter().map(|adjustment| {
        let sign = if adjustment.kind == AdjustmentKind::Charge { '+' } else { '-' };
        format!("{sign}{} {}", adjustment.amount, adjustment.reason)
    });
    let price = format!("{} × {}", line.quantity.get(), line.price);
    [price].into_iter().chain(adjustments).chain([format!("= {}", line.net_amount)]).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn prorated(unit: ProrationUnit, order: ProrationOrder) -> Tariff {
    Tariff { proration: Proration { unit, leaving: Leaving::FullYear, order }, ..tariff() }
}

/// 32 446 × 1,50 is 48 669; 9 999 × 1,50 is 14 998,50, and 1,50 short of the floor; 80 001 × 1,50 is 120 001,50.
#[test]
fn floor_and_ceiling_stand_beside_the_price() {
    let none = Indices::new();
    let told = |inhabitants| told(&line(&tariff(), &none, &almby(), inhabitants));
    assert_eq!(told(32_446), ["32446 × 1.50", "= 48669.00"]);
    assert_eq!(told(9_999), ["9999 × 1.50", "+1.50 Golvtillägg till 15 000 kr", "= 15000.00"]);
    assert_eq!(told(10_000), ["10000 × 1.50", "= 15000.00"]);
    assert_eq!(told(10_001), ["10001 × 1.50", "+0.50 Avrundning till hela kronor", "= 15002.00"]);
    assert_eq!(told(80_000), ["80000 × 1.50", "= 120000.00"]);
    assert_eq!(told(80_001), ["80001 × 1.50", "-1.50 Takavdrag till 120 000 kr", "= 120000.00"]);
}

/// Base 4 000 and 0,30 kr up to 150 000 inhabitants: 13 000 × 0,30 is 3 900; 150 000 × 0,30 is 45 000. Steps: one fee.
#[test]
fn what_is_no_rate_alone_is_a_base_beside_it_or_one_fee() {
    let linear = avgift::Shape::Linear {
        base: Some("4 000".parse::<Sek>().unwrap().into()),
        rate: "0,30".parse::<FeeRate>().unwrap().into(),
        per: Counting::EACH,
        cap: Some(Inhabitants::new(150_000).unwrap().into()),
    };
    let year = FeeYear::new(YEAR).unwrap();
    let none = Indices::new();
    let of =
        |shape: avgift::Shape, inhabitants| line(&Tariff::of("T", year, shape), &none, &almby(), inhabitants);
    let base = "+4000.00 Grundavgift 4 000 kr";
    assert_eq!(told(&of(linear.clone(), 13_000)), ["13000 × 0.30", base, "= 7900.00"]);
    let capped = of(linear, 604_616);
    assert_eq!(told(&capped), ["150000 × 0.30", base, "= 49000.00"]);
    assert_eq!(
        capped.description.as_str(),
        "604 616 invånare 31 december 2023: 4 000 kr + 0,30 kr per invånare; räknas: högst 150 000 invånare"
    );
    let flat = of(avgift::Shape::Flat { amount: "25 000".parse::<Sek>().unwrap().into() }, 13_000);
    assert_eq!(told(&flat), ["1 × 25000.00", "= 25000.00"]);
    assert_eq!((flat.unit, capped.unit), (UNIT_ONE, UNIT_PERSON));
}

/// Half of 13 000 × 1,50 is 9 750, raised to 15 000; a project of 50 öre each is 6 500; nine tenths of both is 19 350.
#[test]
fn classes_components_and_factors_stand_beside_the_price() {
    let portion = |text: &str| text.parse::<avgift::Portion>().unwrap().into();
    let terms = avgift::ClassTerms::Multiplied(portion("50 %"));
    let class = avgift::MemberClass { name: "halv".into(), terms, origin: None };
    let project = avgift::Component {
        name: "Projekt".into(),
        shape: avgift::Shape::PerInhabitant { rate: "0,50".parse::<FeeRate>().unwrap().into() },
        bounds: Bounds::default(),
        index: None,
        origin: None,
    };
    let factor = avgift::YearFactor { year: FeeYear::new(YEAR).unwrap(), factor: portion("90 %") };
    let tariff = Tariff {
        classes: vec![class],
        components: vec![project],
        year_factors: vec![factor],
        joining_fee: Some("5 000".parse::<Sek>().unwrap().into()),
        ..tariff()
    };
    let member = almby().in_class("halv").joined_on(day("2024-01-01"));
    let line = line(&tariff, &Indices::new(), &member, 13_000);
    assert_eq!(
        told(&line),
        [
            "13000 × 1.50",
            "-9750.00 Enligt klass: halv × 50 %",
            "+5250.00 Golvtillägg till 15 000 kr",
            "+6500.00 Projekt 6 500 kr",
            "-2150.00 Enligt årets faktor: × 90 %",
            "+5000.00 Inträdesavgift 5 000 kr",
            "= 24350.00"
        ]
    );
    assert_eq!(line.description.as_str(), "13 000 invånare 31 december 2023 × 1,50 kr");
}

/// 1,50 × 142,6 / 138,2 is 1,547756874…; times 32 446 it is 50 218,5195…, and that is 50 219 kr.
#[test]
fn the_price_has_as_many_decimals_as_its_ore_needs() {
    let escalated = tariff().indexed(clause());
    let line = line(&escalated, &indices("138.2", "142.6"), &almby(), 32_446);
    assert_eq!(told(&line), ["32446 × 1.5477569", "+0.48 Avrundning till hela kronor", "= 50219.00"]);
    assert_eq!(line.description.as_str(), "32 446 invånare 31 december 2023 × 1,50 kr × 142,6 / 138,2");
    assert_eq!(line.name.as_str(), "Medlemsavgift 2024, Almby kommun");
}

/// The floor of the year is 15 000 × 142,6 / 138,2 = 15 477,568…: the text says what the year's floor is.
#[test]
fn an_escalated_floor_is_that_of_the_year() {
    let escalated = tariff().indexed(clause());
    let line = line(&escalated, &indices("138.2", "142.6"), &almby(), 9_000);
    assert_eq!(line.adjustments[0].reason.as_str(), "Golvtillägg till 15 477,57 kr");
    assert_eq!(line.net_amount.to_string(), "15478.00");
}

/// A printed tariff: 1,5477… kr is printed as 1,55 kr, and the description says what it was made of.
#[test]
fn a_printed_rate_is_the_price() {
    let printed = Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor });
    let target =
        EscalationTarget::Parameters { rate: true, amount: true, floor: true, ceiling: true, printed };
    let tariff = tariff().indexed(IndexClause { target, ..clause() });
    let line = line(&tariff, &indices("138.2", "142.6"), &almby(), 32_446);
    assert_eq!(line.price.to_string(), "1.55");
    assert_eq!(
        line.description.as_str(),
        "32 446 invånare 31 december 2023 × 1,55 kr (1,50 kr × 142,6 / 138,2; till hela öre)"
    );
}

/// Joined on 1 July: six of twelve months. 32 446 × 1,50 is 48 669, half of it 24 334,50, and 50 öre go up.
#[test]
fn a_joining_year_is_an_allowance_and_a_shorter_period() {
    let months = ProrationUnit::Months(BrokenUnit::Counted);
    let joins = almby().joined_on(day("2024-07-01"));
    let after = line(&prorated(months, ProrationOrder::AfterBounds), &Indices::new(), &joins, 32_446);
    assert_eq!(
        told(&after),
        [
            "32446 × 1.50",
            "-24334.50 Del av året 6 / 12 månader",
            "+0.50 Avrundning till hela kronor",
            "= 24335.00"
        ]
    );
    assert_eq!(after.period, Some(InvoicePeriod { start: day("2024-07-01"), end: day("2024-12-31") }));
    // 9 999 × 1,50 × 1/2 is 7 499,25, and the whole floor comes after it.
    let before = line(&prorated(months, ProrationOrder::BeforeBounds), &Indices::new(), &joins, 9_999);
    assert_eq!(
        told(&before),
        [
            "9999 × 1.50",
            "-7499.25 Del av året 6 / 12 månader",
            "+7500.75 Golvtillägg till 15 000 kr",
            "= 15000.00"
        ]
    );
}

/// 15 August 2024 is day 228 of 366: 139 days are owed; August to December is five months; two quarters; one half.
#[test]
fn the_period_is_the_part_of_the_year_that_is_owed() {
    use BrokenUnit::{Counted, Free};
    let joins = almby().joined_on(day("2024-08-15"));
    let start = |unit| {
        let tariff = prorated(unit, ProrationOrder::AfterBounds);
        line(&tariff, &Indices::new(), &joins, 32_446).period.map(|period| period.start)
    };
    assert_eq!(start(ProrationUnit::Days), Some(day("2024-08-15")));
    assert_eq!(start(ProrationUnit::Months(Counted)), Some(day("2024-08-01")));
    assert_eq!(start(ProrationUnit::Months(Free)), Some(day("2024-09-01")));
    assert_eq!(start(ProrationUnit::Quarters(Counted)), Some(day("2024-07-01")));
    assert_eq!(start(ProrationUnit::Quarters(Free)), Some(day("2024-10-01")));
    assert_eq!(start(ProrationUnit::Halves), Some(day("2024-07-01")));
    assert_eq!(start(ProrationUnit::FullYear), Some(day("2024-01-01")));
    assert_eq!(start(ProrationUnit::FullYearIfJoinedBy { month: 6, day: 30 }), None);
}

/// Who leaves on 30 June and who joins on 1 July owe the same part; which part it was, an assessment does not tell.
#[test]
fn a_part_that_could_be_either_end_of_the_year_has_no_period() {
    let proration = Proration {
        unit: ProrationUnit::Months(BrokenUnit::Counted),
        leaving: Leaving::Prorated,
        order: ProrationOrder::AfterBounds,
    };
    let tariff = Tariff { proration, ..tariff() };
    assert_eq!(line(&tariff, &Indices::new(), &almby().left_on(day("2024-06-30")), 32_446).period, None);
    let whole = line(&tariff, &Indices::new(), &almby(), 32_446).period;
    assert_eq!(whole, Some(InvoicePeriod::of_year(FeeYear::new(YEAR).unwrap())));
}

/// 0,015 kr is half an öre above 0,01 and becomes 0,02: a price below the exact one would lose that öre.
#[test]
fn an_exact_half_ore_keeps_its_ore() {
    let exact = Exact::from_ore_ratio(Ratio::new(3, 2).unwrap());
    let price = Price::of(exact, Quantity::of(Inhabitants::new(3).unwrap())).unwrap(); // 0,005 kr each: 3 × 0,005 is 0,015.
    assert_eq!(price.to_string(), "0.005");
    let seventh = Price::of(exact, Quantity::of(Inhabitants::new(7).unwrap())).unwrap(); // 0,0021428…: 0,0021 × 7 is 0,0147.
    assert!(
        Rounding::Ore
            .round(seventh.times(Quantity::of(Inhabitants::new(7).unwrap())).unwrap())
            .unwrap()
            .ore()
            == 2
    );
    assert_eq!(seventh.to_string(), "0.0022");
}

prop_compose! {
    fn any_tariff()(
        rate in 0_i64..20_000_000,
        decimals in 0_u32..=6,
        floor in 0_i64..5_000_000,
        width in proptest::option::of(0_i64..20_000_000),
        rounding in 0..4_usize,
        unit in 0..6_usize,
        before in any::<bool>(),
        target in 0..4_usize,
    ) -> Tariff {
        let rate = FeeRate::new(Decimal::new(rate % 10_i64.pow(decimals + 3), decimals)).unwrap();
        let sourced = |ore| Sourced::from(Sek::from_ore(ore));
        let bounds = Bounds::new(Some(sourced(floor)), width.map(|width| sourced(floor + width))).unwrap();
        let units = [
            ProrationUnit::FullYear,
            ProrationUnit::Months(BrokenUnit::Counted),
            ProrationUnit::Months(BrokenUnit::Free),
            ProrationUnit::Days,
            ProrationUnit::Quarters(BrokenUnit::Counted),
            ProrationUnit::Halves,
        ];
        let order = if before { ProrationOrder::BeforeBounds } else { ProrationOrder::AfterBounds };
        let printed = PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor };
        let parameters = |printed| EscalationTarget::Parameters { rate: true, amount: true, floor: true, ceiling: true, printed };
        let tariff = Tariff {
            bounds,
            rounding: [Rounding::Ore, Rounding::Krona, Rounding::TenKronor, Rounding::HundredKronor][rounding],
            proration: Proration { unit: units[unit], leaving: Leaving::Prorated, order },
            ..Tariff::per_inhabitant("T", FeeYear::new(YEAR).unwrap(), rate)
        };
        match target {
            0 => tariff,
            1 => tariff.indexed(IndexClause { target: EscalationTarget::Fee, ..clause() }),
            2 => tariff.indexed(IndexClause { target: parameters(None), ..clause() }),
            _ => tariff.indexed(IndexClause { target: parameters(Some(printed)), ..clause() }),
        }
    }
}

use avgift::IndexClause;

proptest! {
    /// The line is the proof: whatever the tariff, price and adjustments come to the fee, to the öre.
    #[test]
    fn a_line_comes_to_the_fee(
        tariff in any_tariff(),
        from in 500_u32..3000,
        to in 500_u32..3000,
        joins in 1_u32..=366,
        leaves in proptest::option::of(1_u32..=366),
        inhabitants in 1_u32..=9_999_999,
    ) {
        let indices = indices(&Decimal::new(from.into(), 1).to_string(), &Decimal::new(to.into(), 1).to_string());
        let of_year = |ordinal| NaiveDate::from_yo_opt(YEAR, ordinal).unwrap();
        let mut member = almby().joined_on(of_year(joins));
        if let Some(leaves) = leaves.filter(|leaves| joins <= *leaves) {
            member = member.left_on(of_year(leaves));
        }
        let line = line(&tariff, &indices, &member, inhabitants);
        prop_assert!(line.price.kronor() >= Decimal::ZERO);
        prop_assert!((2..=10).contains(&line.price.kronor().scale()));
        prop_assert!(line.adjustments.iter().all(|adjustment| adjustment.amount > Sek::ZERO));
        let year = InvoicePeriod::of_year(FeeYear::new(YEAR).unwrap());
        prop_assert!(line.period.is_none_or(|period| year.contains(period)));
        // PEPPOL-EN16931-R120 reckons without rounding and allows 0,02 kr.
        let unrounded = line.price.times(line.quantity).unwrap();
        let rounded = Exact::from(Rounding::Ore.round(unrounded).unwrap());
        let off = unrounded.minus(rounded).unwrap();
        prop_assert!(off.max(Exact::ZERO.minus(off).unwrap()) <= Exact::from(Sek::from_ore(2)));
    }
}
