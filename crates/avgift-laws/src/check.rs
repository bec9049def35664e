//! Check: a law tried on many cases, the same ones every time; all laws tried on one rule.
//! Why:    a test that fails today and passes tomorrow mends nothing. The cases come from a fixed seed, and no file of
//!         earlier failures is kept.
//! Errors: BrokenLaw, with the smallest case found; BrokenLaws, all of a rule's at once.

use std::fmt;

use proptest::prelude::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::laws::{bounds, growth, index, proration, rounding, scaling};
use crate::rule::FeeRule;
use crate::strategies;

/// How many cases a law is tried on.
const CASES: u32 = 256;

/// A law that a rule does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenLaw {
    /// The name of the law: its function.
    pub law: &'static str,
    /// What was wrong.
    pub reason: String,
    /// The smallest case that breaks it; empty where none could be made.
    pub case: String,
}

impl fmt::Display for BrokenLaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the law `{}` is broken: {}", self.law, self.reason)?;
        if self.case.is_empty() { Ok(()) } else { write!(f, "\n  case: {}", self.case) }
    }
}

impl std::error::Error for BrokenLaw {}

/// All laws that a rule does not keep; never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenLaws(Vec<BrokenLaw>);

impl BrokenLaws {
    /// The broken laws, in the order they were tried.
    pub fn iter(&self) -> impl Iterator<Item = &BrokenLaw> {
        self.0.iter()
    }

    /// Their names.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|broken| broken.law).collect()
    }
}

impl fmt::Display for BrokenLaws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, broken) in self.0.iter().enumerate() {
            write!(f, "{}{broken}", if place == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for BrokenLaws {}

/// Tries a law on 256 cases from a fixed seed. A panic on the way is a broken law too.
///
/// # Errors
/// The law, with the smallest case that breaks it.
pub fn check<S: Strategy>(
    law: &'static str,
    cases: S,
    holds: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), BrokenLaw> {
    runner(CASES).run(&cases, holds).map_err(|error| told(law, error))
}

/// How many cases our own tests ask for of each law and shape: a hundred thousand, or what `AVGIFT_CASES` says. It is set lower where
/// somebody works on a rule and wants an answer soon.
#[must_use]
pub fn cases() -> u32 {
    std::env::var("AVGIFT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100_000)
}

/// Tries a law on so many cases from a fixed seed, as [`check`] does on 256; the seed is another one.
///
/// # Errors
/// The law, with the smallest case that breaks it.
pub fn check_over<S: Strategy>(
    count: u32,
    law: &'static str,
    cases: S,
    holds: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), BrokenLaw> {
    runner_of_round(0, count).run(&cases, holds).map_err(|error| told(law, error))
}

/// A runner from the fixed seed.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new_with_rng(config(cases), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_local_rejects: u32::MAX, ..Config::default() }
}

/// A runner from a seed of its own for each round: always the same one for the same round. Where cases are many, a third of the time
/// went to ChaCha.
pub(crate) fn runner_of_round(round: u32, cases: u32) -> TestRunner {
    // Spread over all bits: neighbouring seeds of an xorshift begin alike.
    let mixed = u128::from(round).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    TestRunner::new_with_rng(config(cases), TestRng::from_seed(RngAlgorithm::XorShift, &mixed.to_le_bytes()))
}

/// What a runner found of a law.
pub(crate) fn told<T: fmt::Debug>(law: &'static str, error: TestError<T>) -> BrokenLaw {
    match error {
        TestError::Fail(reason, case) => {
            BrokenLaw { law, reason: reason.message().to_owned(), case: format!("{case:?}") }
        }
        TestError::Abort(reason) => {
            BrokenLaw { law, reason: reason.message().to_owned(), case: String::new() }
        }
    }
}

/// Tries a law under its own name: `law!(rounding::fee_is_…, cases, |(inhabitants, share)| rule, inhabitants, share)`.
macro_rules! law {
    ($theme:ident :: $law:ident, $cases:expr, |$case:pat_param| $($argument:expr),+) => {
        check(stringify!($law), $cases, |$case| $theme::$law($($argument),+)).err()
    };
}

/// Tries every law that the rule has the answers for.
///
/// # Errors
/// All laws that it breaks, each with its smallest case.
pub fn check_all<R: FeeRule>(rule: &R) -> Result<(), BrokenLaws> {
    let people = || strategies::inhabitants_near(rule.break_points());
    let shares = || strategies::shares(rule.days_of_the_year());
    let one = || (people(), shares());
    let two = || (strategies::pairs_near(rule.break_points()), shares());
    let factors = strategies::factors;
    let figure = strategies::index_value;
    let broken: Vec<BrokenLaw> = [
        law!(rounding::fee_is_a_multiple_of_the_step, one(), |(n, share)| rule, n, share),
        law!(rounding::fee_is_within_half_a_step, one(), |(n, share)| rule, n, share),
        law!(rounding::half_a_step_goes_up, one(), |(n, share)| rule, n, share),
        law!(rounding::asking_again_changes_nothing, (one(), one()), |(first, second)| rule, first, second),
        law!(bounds::exact_amount_keeps_the_bounds, one(), |(n, share)| rule, n, share),
        law!(bounds::fee_keeps_the_rounded_bounds, one(), |(n, share)| rule, n, share),
        law!(growth::larger_population_never_pays_less, two(), |((a, b), share)| rule, a, b, share),
        law!(growth::one_inhabitant_more_costs_at_most_the_rate, one(), |(n, share)| rule, n, share),
        law!(growth::two_together_pay_at_most_as_two_apart, two(), |((a, b), share)| rule, a, b, share),
        law!(proration::share_is_taken_of_the_whole, one(), |(n, share)| rule, n, share),
        law!(
            proration::fee_of_a_share_lies_between_nothing_and_the_whole,
            one(),
            |(n, share)| rule,
            n,
            share
        ),
        law!(proration::no_months_cost_nothing_and_twelve_the_whole, people(), |n| rule, n),
        law!(proration::twelve_single_months_sum_to_the_whole, people(), |n| rule, n),
        law!(proration::two_parts_of_a_year_sum_to_the_whole, one(), |(n, share)| rule, n, share),
        law!(scaling::factor_one_changes_nothing, one(), |(n, share)| rule, n, share),
        law!(scaling::money_scales_the_exact_fee, (one(), factors()), |((n, share), c)| rule, n, share, c),
        law!(
            scaling::scaling_twice_is_scaling_by_the_product,
            (one(), factors(), factors()),
            |((n, share), a, b)| rule,
            n,
            share,
            a,
            b
        ),
        law!(index::equal_figures_change_nothing, (one(), figure()), |((n, share), f)| rule, n, share, f),
        law!(
            index::escalation_is_exact,
            (one(), figure(), figure()),
            |((n, share), from, to)| rule,
            n,
            share,
            from,
            to
        ),
        law!(
            index::escalating_twice_is_escalating_once,
            (one(), [figure(), figure(), figure()]),
            |((n, share), figures)| rule,
            n,
            share,
            figures
        ),
        law!(
            index::scaling_the_series_changes_nothing,
            (one(), factors()),
            |((n, share), c)| rule,
            n,
            share,
            c
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    if broken.is_empty() { Ok(()) } else { Err(BrokenLaws(broken)) }
}
