//! Two fee years, or one year under two tariffs, held against each other: differences worked out by hand, and their laws.

use avgift::{Basis, Comparison, Member, PopulationMode, Ratio, Standing, Tariff, YearOfFees};
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies::networks;

use crate::made::{MEMBERS, day, member, network, sek, tariff, tariff_t, year};

fn fees(members: Vec<Member>, tariff: Tariff) -> YearOfFees {
    network(members, tariff).assess_year(year(2024), PopulationMode::Published).unwrap()
}

/// 1,50 kr against 1,00 kr and a floor of 10 000 kr, the ceiling as before:
///
/// | | Dals-Ed 4 606 | Ale 32 446 | Göteborg 604 616 | Herrljunga 9 441 | Mellerud 9 165 |
/// |---|---|---|---|---|---|
/// | before | 15 000 (floor) | 48 669 | 120 000 (ceiling) | 15 000 (floor) | – |
/// | after | 10 000 (floor) | 32 446 | 120 000 (ceiling) | – | 10 000 (floor) |
/// | difference | −5 000 | −16 223 | 0 | −15 000 | +10 000 |
#[test]
fn two_tariffs_are_held_against_each_other() {
    let before = fees(["1438", "1440", "1480", "1466"].map(member).to_vec(), tariff_t());
    let after =
        fees(["1461", "1480", "1440", "1438"].map(member).to_vec(), tariff("1,00", "10 000", "120 000"));
    let comparison = Comparison::of(&before, &after).unwrap();
    let rows: Vec<_> = comparison.all().map(|row| (row.name.as_str(), row.difference)).collect();
    assert_eq!(
        rows,
        [
            ("Göteborg", sek("0")),
            ("Dals-Ed", sek("-5 000")),
            ("Ale", sek("-16 223")),
            ("Herrljunga", sek("-15 000")),
            ("Mellerud", sek("10 000")),
        ]
    );
    assert_eq!((comparison.raised, comparison.lowered, comparison.unchanged), (0, 2, 1));
    assert_eq!((comparison.raised_by, comparison.lowered_by), (sek("0"), sek("-21 223")));
    assert_eq!((comparison.gone, comparison.come), (sek("-15 000"), sek("10 000")));
    assert_eq!(comparison.difference, sek("-26 223")); // 172 446 − 198 669
    assert_eq!((comparison.from.sum, comparison.to.sum), (sek("198 669"), sek("172 446")));
    assert_eq!((comparison.from.at_floor, comparison.to.at_floor), (2, 2));

    let ale = &comparison.members[2];
    assert_eq!(ale.from.unwrap().per_inhabitant.kronor_ratio(), Ratio::new(48_669, 32_446)); // 1,50
    assert_eq!(ale.to.unwrap().per_inhabitant.kronor_ratio(), Ok(Ratio::ONE));
    assert_eq!(comparison.only_in_from[0].to, None);
    assert_eq!(comparison.only_in_to[0].to.unwrap().standing, Standing::AtFloor);
}

/// Equal differences stand as Swedish sorts the names: Ale before Åmål before Öckerö, whatever their codes say.
#[test]
fn equal_differences_stand_in_swedish_order() {
    let named = [("1407", "Öckerö"), ("1440", "Ale"), ("1480", "Åmål"), ("1490", "Borås")];
    let members = named.map(|(code, name)| Member { name: name.to_owned(), ..member_of(code) }).to_vec();
    let flat = |amount: &str| tariff("0", amount, amount);
    let mut basis = network(members, flat("15 000"));
    basis.populations.add(population("1407", 12_819)).unwrap();
    let before = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
    basis.tariffs = avgift::Tariffs::new(vec![flat("16 000")]).unwrap();
    let after = basis.assess_year(year(2024), PopulationMode::Published).unwrap();
    let comparison = Comparison::of(&before, &after).unwrap();
    let names: Vec<&str> = comparison.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Ale", "Borås", "Åmål", "Öckerö"]);
    assert!(comparison.members.iter().all(|member| member.difference == sek("1 000")));
}

fn member_of(code: &str) -> Member {
    Member::new(code.parse().unwrap(), code)
}

fn population(code: &str, inhabitants: u32) -> avgift::PopulationFigure {
    avgift::PopulationFigure::of_year_end(code.parse().unwrap(), 2023, inhabitants).unwrap()
}

/// Who leaves before 2024 is a member of 2023 alone, and its whole fee is gone.
#[test]
fn a_member_of_one_year_is_named_apart() {
    let members = vec![member("1440"), member("1480").left_on(day("2023-12-31"))];
    let mut basis = network(members, tariff_t());
    for (code, _, inhabitants) in MEMBERS {
        let figure = avgift::PopulationFigure::of_year_end(code.parse().unwrap(), 2022, inhabitants);
        basis.populations.add(figure.unwrap()).unwrap();
    }
    let fees = |of: i32| basis.assess_year(year(of), PopulationMode::Published).unwrap();
    let comparison = Comparison::of(&fees(2023), &fees(2024)).unwrap();
    assert_eq!(comparison.only_in_from[0].name, "Göteborg");
    assert_eq!((comparison.gone, comparison.difference), (sek("-120 000"), sek("-120 000")));
}

/// Half of the members of a network, and the other half: what they have in common is one member at most.
fn halves(basis: &Basis) -> (Basis, Basis) {
    let middle = basis.members.len() / 2;
    let half = |members: &[Member]| Basis { members: members.to_vec(), ..basis.clone() };
    (half(&basis.members[..=middle]), half(&basis.members[middle..]))
}

proptest! {
    /// The differences of all members are the difference of the frames, whoever is a member of which side.
    #[test]
    fn differences_sum_to_the_frames((basis, year) in networks(8)) {
        let (first, second) = halves(&basis);
        let fees = |basis: &Basis| basis.assess_year(year, PopulationMode::Published);
        let (Ok(first), Ok(second)) = (fees(&first), fees(&second)) else { return Ok(()) };
        let comparison = Comparison::of(&first, &second).unwrap();
        let sum = avgift::Sek::sum(comparison.all().map(|member| member.difference)).unwrap();
        prop_assert_eq!(sum, comparison.difference);
        let parts = [comparison.raised_by, comparison.lowered_by, comparison.gone, comparison.come];
        prop_assert_eq!(avgift::Sek::sum(parts).unwrap(), comparison.difference);
        let counted = comparison.raised + comparison.lowered + comparison.unchanged;
        prop_assert_eq!(counted, comparison.members.len());
        prop_assert!(comparison.members.windows(2).all(|pair| pair[0].difference >= pair[1].difference));
    }

    /// The other way round every difference has the other sign; a year against itself has none.
    #[test]
    fn a_comparison_turned_round_changes_its_signs((basis, year) in networks(8)) {
        let (first, second) = halves(&basis);
        let fees = |basis: &Basis| basis.assess_year(year, PopulationMode::Published);
        let (Ok(first), Ok(second)) = (fees(&first), fees(&second)) else { return Ok(()) };
        let there = Comparison::of(&first, &second).unwrap();
        let back = Comparison::of(&second, &first).unwrap();
        prop_assert_eq!(there.difference.ore(), -back.difference.ore());
        prop_assert_eq!(there.only_in_from.len(), back.only_in_to.len());
        let same = Comparison::of(&first, &first).unwrap();
        prop_assert_eq!((same.raised, same.lowered, same.difference.ore()), (0, 0, 0));
        prop_assert_eq!(same.unchanged, first.assessments.len());
    }
}
