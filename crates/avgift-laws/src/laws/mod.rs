//! The laws, by theme. Each is a function of a rule, or of something the rule is made of, and a case.
//! Errors: what is wrong, as proptest's own failure; so that a law runs in anyone's `proptest!` too. An error of the rule
//!         is a broken law, but where the law is about errors.

pub mod agreement;
pub mod bounds;
pub mod division;
pub mod explanation;
pub mod falls;
pub mod federation;
pub mod growth;
pub mod index;
pub mod order;
pub mod proration;
pub mod rounding;
pub mod scaling;
pub mod text;
pub mod tiers;
pub mod total;

use avgift::{Error, Exact, Language};
use proptest::test_runner::TestCaseError;

/// What a law comes to.
pub type Held = Result<(), TestCaseError>;

/// The value, or the rule's error as a broken law.
fn got<T>(result: Result<T, Error>) -> Result<T, TestCaseError> {
    result.map_err(|error| TestCaseError::fail(format!("the rule refused: {error}")))
}

/// An amount for people, exact where kronor and öre do not tell all of it.
fn told(amount: Exact) -> String {
    let ore = amount.ore_ratio();
    match ore.denominator() {
        1 => amount.text(Language::English),
        below => format!("{} ({}/{below} öre)", amount.text(Language::English), ore.numerator()),
    }
}
