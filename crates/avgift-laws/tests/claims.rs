//! Every law of every shape that it is claimed for, over at least a hundred thousand cases each; what a case is, `CLAIMS` says.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use avgift_laws::strategies::SharedBy;
use avgift_laws::{BrokenLaw, CLAIMS, Kind, cases, check_claims, check_falls, check_shared};

macro_rules! claims {
    ($($name:ident: $kind:ident;)+) => {$(
        #[test]
        fn $name() {
            let cases = cases();
            let spoken = check_claims(Kind::$kind, cases).unwrap();
            assert_eq!(spoken.len(), CLAIMS.iter().filter(|claim| claim.is_of(Kind::$kind)).count());
            assert!(spoken.iter().all(|(_, spoken)| *spoken >= cases), "{spoken:?}");
        }
    )+};
}

claims! {
    flat_fees_keep_their_laws: Flat;
    rates_per_inhabitant_keep_their_laws: PerInhabitant;
    bases_with_a_rate_keep_their_laws: BaseAndRate;
    units_keep_their_laws: Units;
    steps_keep_their_laws: Steps;
    class_rates_keep_their_laws: ClassRates;
    fixed_parts_keep_their_laws: FixedParts;
    brackets_keep_their_laws: Brackets;
    portions_of_a_figure_keep_their_laws: OfFigure;
    decided_amounts_keep_their_laws: Decided;
}

#[test]
fn totals_shared_by_keys_keep_their_laws() -> Result<(), BrokenLaw> {
    check_shared(SharedBy::Keys, cases())
}

#[test]
fn totals_shared_by_percentages_keep_their_laws() -> Result<(), BrokenLaw> {
    check_shared(SharedBy::Percentages, cases())
}

/// It names the cliffs of class rates and of fixed parts, often enough to have tried it; and of shapes that never fall it names none
/// but those of a component beside them.
#[test]
fn the_lint_names_every_cliff_and_nothing_else() {
    // Of each tariff the fees of 120 populations are compared: 1,2 million fees a kind.
    let tariffs = cases() / 10;
    for kind in Kind::ALL.into_iter().filter(|kind| kind.hangs_on_inhabitants()) {
        let falling = check_falls(kind, tariffs).unwrap();
        match kind.is_monotone() {
            true => assert!(falling < tariffs / 5, "{falling} of {kind:?}"),
            false => assert!(falling > tariffs / 20, "{falling} of {kind:?}"),
        }
    }
}

/// No growth is claimed of what may fall, and nothing of what hangs on the member is claimed in bulk.
#[test]
fn nothing_is_claimed_of_a_shape_that_does_not_promise_it() {
    let of = |law: &str| -> Vec<Kind> {
        let claim = CLAIMS.iter().find(|claim| claim.law == law).unwrap();
        Kind::ALL.into_iter().filter(|kind| claim.is_of(*kind)).collect()
    };
    let monotone = of("larger_population_never_pays_less");
    for kind in [Kind::ClassRates, Kind::FixedParts, Kind::OfFigure] {
        assert!(!monotone.contains(&kind), "{kind:?}");
    }
    assert!(!of("two_together_pay_at_most_as_two_apart").contains(&Kind::Steps));
    assert!(!of("one_inhabitant_more_costs_at_most_the_rate").contains(&Kind::Units));
    for kind in [Kind::OfFigure, Kind::Decided] {
        assert!(!of("two_rules_give_the_same_fee").contains(&kind), "{kind:?}");
    }
}
