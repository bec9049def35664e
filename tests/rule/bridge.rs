//! Why a fee changed: splits worked out by hand, and the laws of every split.

use avgift::{
    Basis, Bridge, Cause, Counting, EscalationTarget, FeeRate, FeeYear, IndexClause, Inhabitants, Member,
    Parts, PopulationFigure, PopulationMode, Populations, ReferenceDate, Sek, Shape, Tariff, Tariffs,
    YearOfFees,
};
use avgift_laws::proptest::collection::vec;
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies::{inhabitants, networks, tariffs};

use crate::made::{clause, day, indices, member, sek, tariff, year};

/// Inhabitants on 31 December 2022 and 2023 (Statistics Sweden; those of Dals-Ed and Mellerud in 2022 are made up).
const INHABITANTS: [(&str, u32, u32); 3] =
    [("1438", 4_650, 4_606), ("1440", 32_394, 32_446), ("1461", 9_200, 9_165)];

/// Tariffs from 2023 and 2024 on, and October figures 100,0 in 2022 and 103,0 in 2023 (made up).
fn network(members: Vec<Member>, tariffs: [Tariff; 2]) -> Basis {
    let mut populations = Populations::new();
    for (code, of_2022, of_2023) in INHABITANTS {
        for (year, count) in [(2022, of_2022), (2023, of_2023)] {
            let figure = PopulationFigure::of_year_end(code.parse().unwrap(), year, count);
            populations.add(figure.unwrap()).unwrap();
        }
    }
    let [first, second] = tariffs;
    let tariffs = [Tariff { to: Some(year(2023)), ..first }, Tariff { from: year(2024), ..second }];
    let tariffs = Tariffs::new(tariffs.to_vec()).unwrap();
    Basis { members, tariffs, populations, indices: indices(2022, &["100,0", "103,0"]) }
}

fn fees(basis: &Basis, of: FeeYear) -> YearOfFees {
    basis.assess_year(of, PopulationMode::Published).unwrap()
}

fn bridge(basis: &Basis) -> Bridge {
    Bridge::between(basis, &fees(basis, year(2023)), &fees(basis, year(2024))).unwrap()
}

fn on_the_fee() -> IndexClause {
    clause(2022, EscalationTarget::Fee)
}

/// The parts that are something.
pub(crate) fn parts<const N: usize>(of: [(Cause, &str); N]) -> Parts {
    let part =
        |wanted| of.iter().find(|(cause, _)| *cause == wanted).map_or(Sek::ZERO, |(_, part)| sek(part));
    Parts {
        population: part(Cause::Population),
        figures: part(Cause::Figures),
        others: part(Cause::Others),
        index: part(Cause::Index),
        tariff: part(Cause::Tariff),
        class: part(Cause::Class),
        bounds: part(Cause::Bounds),
        limit: part(Cause::Limit),
        proration: part(Cause::Proration),
        federation: part(Cause::Federation),
        membership: part(Cause::Membership),
        rounding: part(Cause::Rounding),
    }
}

/// 2023: 4 000 kr and 0,25 kr per inhabitant; 2024: 4 000 kr and 0,30 kr for at most 32 400 inhabitants. Ale: 32 394 × 0,25 = 8 098,50,
/// 32 446 × 0,25 = 8 111,50, 32 400 × 0,30 = 9 720. The roundings: 12 098,50 goes up to 12 099, and 13 720 stays.
#[test]
fn a_base_beside_a_rate_is_told_apart_too() {
    let linear = |rate: &str, cap: Option<u32>| Shape::Linear {
        base: Some(sek("4 000").into()),
        rate: rate.parse::<FeeRate>().unwrap().into(),
        per: Counting::EACH,
        cap: cap.map(|cap| Inhabitants::new(cap).unwrap().into()),
    };
    let tariffs = [linear("0,25", None), linear("0,30", Some(32_400))];
    let tariffs = tariffs.map(|shape| Tariff::of("T", year(2023), shape));
    let bridge = bridge(&network(vec![member("1440")], tariffs));
    assert_eq!((bridge.from, bridge.to), (sek("12 099"), sek("13 720")));
    let split = [(Cause::Population, "13"), (Cause::Tariff, "1 608,50"), (Cause::Rounding, "-0,50")];
    assert_eq!(bridge.parts, parts(split));
}

/// 2023: 1,50 kr, floor 15 000, ceiling 120 000, index 100 / 100. 2024: 1,60 kr, floor 16 000, ceiling 50 000, index 103 / 100.
///
/// | | Ale | Dals-Ed |
/// |---|---|---|
/// | 2023 | 32 394 × 1,50 = 48 591,00 | 15 000,00 |
/// | inhabitants | 32 446 × 1,50 = 48 669,00: +78,00 | 15 000,00: 0 |
/// | index | × 1,03 = 50 129,07: +1 460,07 | 15 450,00: +450,00 |
/// | rate | 32 446 × 1,60 × 1,03 = 53 471,008, told as ,01: +3 341,94 | 15 450,00: 0 |
/// | bounds | 50 000 × 1,03 = 51 500,00: −1 971,01 | 16 000 × 1,03 = 16 480,00: +1 030,00 |
///
/// Mellerud joins on 1 January 2024: its whole fee of 16 480 kr is membership.
#[test]
fn a_change_is_split_by_hand() {
    let members = vec![member("1461").joined_on(day("2024-01-01")), member("1440"), member("1438")];
    let tariffs = [
        tariff("1,50", "15 000", "120 000").indexed(on_the_fee()),
        tariff("1,60", "16 000", "50 000").indexed(on_the_fee()),
    ];
    let bridge = bridge(&network(members, tariffs));
    let ale = bridge.member("1440".parse().unwrap()).unwrap();
    assert_eq!((ale.from, ale.to, ale.difference), (Some(sek("48 591")), Some(sek("51 500")), sek("2 909")));
    assert_eq!(
        ale.parts,
        parts([
            (Cause::Population, "78"),
            (Cause::Index, "1 460,07"),
            (Cause::Tariff, "3 341,94"),
            (Cause::Bounds, "-1 971,01"),
        ])
    );
    let dals_ed = bridge.member("1438".parse().unwrap()).unwrap();
    assert_eq!((dals_ed.parts.index, dals_ed.parts.bounds), (sek("450"), sek("1 030")));
    assert_eq!(dals_ed.difference, sek("1 480"));
    let mellerud = bridge.member("1461".parse().unwrap()).unwrap();
    assert_eq!((mellerud.from, mellerud.parts.membership), (None, sek("16 480")));
    assert_eq!((bridge.difference, bridge.parts.membership), (sek("20 869"), sek("16 480")));
    assert_eq!((bridge.parts.index, bridge.parts.bounds), (sek("1 910,07"), sek("-941,01")));
}

/// 1,545 kr at the prices of 2023 is 1,50 kr at those of 2022 × 1,03: a tariff that is only rebased has no part.
#[test]
fn a_rebased_tariff_has_no_part() {
    let rebased = tariff("1,545", "15 450", "123 600").indexed(clause(2023, EscalationTarget::Fee));
    let tariffs = [tariff("1,50", "15 000", "120 000").indexed(on_the_fee()), rebased];
    let bridge = bridge(&network(vec![member("1440"), member("1438")], tariffs));
    assert!(bridge.index_is_carried);
    assert_eq!((bridge.parts.tariff, bridge.parts.bounds), (Sek::ZERO, Sek::ZERO));
    assert_eq!(bridge.parts.index, sek("1 910,07")); // 1 460,07 + 450,00
}

/// The clause of the earlier tariff asks for a series that ended: what it would have changed stands with the tariff.
#[test]
fn an_index_that_does_not_reach_the_later_year_stands_with_the_tariff() {
    let ended = tariff("1,50", "15 000", "120 000").indexed(on_the_fee());
    let mut basis = network(vec![member("1440")], [ended, tariff("1,60", "15 000", "120 000")]);
    basis.indices = indices(2022, &["100,0"]);
    let bridge = bridge(&basis);
    assert!(!bridge.index_is_carried);
    assert_eq!((bridge.parts.index, bridge.parts.tariff), (Sek::ZERO, sek("3 244,60"))); // 32 446 × 0,10
}

/// A network in a year and the next, with another tariff and other inhabitants in the second, and members that come and go.
fn two_years() -> BoxedStrategy<(Basis, FeeYear, FeeYear)> {
    let years = networks(6).boxed();
    let two = years.prop_flat_map(|(basis, first)| {
        let second = FeeYear::new(first.get() + 1).unwrap();
        let same_or_other = prop_oneof![Just(None), tariffs(second).prop_map(Some)].boxed();
        (Just((basis, first, second)), same_or_other, vec(inhabitants(), 6)).prop_map(in_both_years).boxed()
    });
    // Values of these strategies are large; on the heap they do not overflow the stack of a test.
    two.boxed()
}

type Later = Option<(Tariff, avgift::Indices)>;

fn in_both_years(
    ((mut basis, first, second), later, counts): ((Basis, FeeYear, FeeYear), Later, Vec<Inhabitants>),
) -> (Basis, FeeYear, FeeYear) {
    let reference_date = ReferenceDate::default().in_year(second);
    for (member, inhabitants) in basis.members.iter().zip(counts) {
        let figure = PopulationFigure { code: member.code, reference_date, inhabitants, origin: None };
        basis.populations.add(figure).unwrap();
    }
    let earlier = basis.tariffs.in_year(first).unwrap().clone();
    if let Some((tariff, indices)) = later {
        // Of two figures for one month the first stays: the second tariff may then be refused, and the case is passed over.
        for figure in indices.iter() {
            let _ = basis.indices.add(figure.clone());
        }
        let earlier = Tariff { to: Some(first), ..earlier };
        basis.tariffs = Tariffs::new(vec![earlier, Tariff { from: second, ..tariff }]).unwrap();
    }
    (basis, first, second)
}

pub(crate) fn sum(parts: &Parts) -> Sek {
    Sek::sum(Cause::ALL.map(|cause| parts.of(cause))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// The parts of every member sum to its change, those of the frame to the frame's, to the öre; the order of members
    /// changes nothing.
    #[test]
    fn parts_sum_to_the_change((basis, first, second) in two_years()) {
        let fees = |basis: &Basis, year| basis.assess_year(year, PopulationMode::Published);
        let (Ok(from), Ok(to)) = (fees(&basis, first), fees(&basis, second)) else { return Ok(()) };
        let bridge = Bridge::between(&basis, &from, &to).unwrap();
        for member in &bridge.members {
            prop_assert_eq!(sum(&member.parts), member.difference, "{:?}", member);
        }
        prop_assert_eq!(sum(&bridge.parts), bridge.difference);
        prop_assert_eq!(bridge.from.plus(bridge.difference).unwrap(), bridge.to);

        let turned = Basis { members: basis.members.iter().rev().cloned().collect(), ..basis.clone() };
        let (from, to) = (fees(&turned, first).unwrap(), fees(&turned, second).unwrap());
        prop_assert_eq!(Bridge::between(&turned, &from, &to).unwrap(), bridge);
    }

    /// Nothing changed, and every part is nothing.
    #[test]
    fn no_change_has_no_parts((basis, year) in networks(6)) {
        let fees = basis.assess_year(year, PopulationMode::Published).unwrap();
        let bridge = Bridge::between(&basis, &fees, &fees).unwrap();
        prop_assert!(bridge.index_is_carried);
        for member in &bridge.members {
            prop_assert_eq!(member.parts, Parts::default());
        }
    }

    /// Where inhabitants alone changed, nothing but inhabitants and rounding has a part.
    #[test]
    fn what_did_not_change_has_no_part((basis, year) in networks(6), counts in vec(inhabitants(), 6)) {
        let before = basis.assess_year(year, PopulationMode::Published).unwrap();
        let mut grown = Basis { populations: Populations::new(), ..basis.clone() };
        let reference_date = ReferenceDate::default().in_year(year);
        for (member, inhabitants) in basis.members.iter().zip(counts) {
            let figure = PopulationFigure { code: member.code, reference_date, inhabitants, origin: None };
            grown.populations.add(figure).unwrap();
        }
        let after = grown.assess_year(year, PopulationMode::Published).unwrap();
        let bridge = Bridge::between(&grown, &before, &after).unwrap();
        for member in &bridge.members {
            let moved = Parts { population: Sek::ZERO, rounding: Sek::ZERO, ..member.parts };
            prop_assert_eq!(moved, Parts::default());
        }
    }
}
