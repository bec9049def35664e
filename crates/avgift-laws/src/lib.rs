//! Laws that every membership fee keeps, as property tests; strategies that make the cases; a runner that is the same
//! every time.
//! Rule:    a law is a function of a rule and a case. It gives back what is wrong, and `check_all` tries all of them on
//!          the core's rule or on anyone's own, with 256 cases each and the smallest one that breaks the law.
//! Units:   as the core's: inhabitants, exact amounts, whole öre, shares of the year.
//! Errors:  [`BrokenLaws`], each with its name and its smallest case. Not here: numbers worked out by hand (see `tests`).
//!
//! An own rule is tried in a few lines. This one costs 4 000 kr and 30 öre per inhabitant, to the öre:
//!
//! ```
//! use avgift::{Error, Exact, Inhabitants, Ratio, Rounding, Sek, Share};
//! use avgift_laws::{FeeRule, check_all};
//!
//! struct BasePlusRate;
//!
//! impl FeeRule for BasePlusRate {
//!     fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error> {
//!         Exact::from(Sek::from_ore(400_000 + 30 * i64::from(inhabitants.get()))).times(share.ratio())
//!     }
//!     fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
//!         Rounding::Ore.round(self.exact(inhabitants, share)?)
//!     }
//!     fn step(&self) -> Rounding {
//!         Rounding::Ore
//!     }
//!     fn rate(&self) -> Option<Exact> {
//!         Some(Exact::from_ore_ratio(Ratio::whole(30)))
//!     }
//! }
//!
//! check_all(&BasePlusRate)?;
//! # Ok::<(), avgift_laws::BrokenLaws>(())
//! ```
//!
//! # Which law is claimed of which shape
//!
//! [`CLAIMS`] is the table; `tests/claims.rs` tries each pair until the law has spoken of a hundred thousand cases. A case is a
//! tariff, a population and a share of the year, with two factors and three index figures; of the populations two in five lie one
//! below, at, or one above a turn. **Each tariff that is drawn is tried on ten such cases**, and a case of which a law says nothing,
//! as a law of the index of a tariff without one, is not counted. Half the tariffs have more than a shape, bounds, an index clause
//! and a proration: classes (a multiplier, or terms of their own), components, a factor of the year, a limit, a joining fee, a ceiling
//! of the member. `AVGIFT_CASES=2000` makes a quick round of it.
//!
//! | laws | of which shapes |
//! |---|---|
//! | [`rounding`](laws::rounding), [`explanation`](laws::explanation) | all |
//! | [`bounds`](laws::bounds) | all, where nothing is added after the bounds |
//! | [`proration`](laws::proration) | all; that parts sum to the whole, where the share comes last and no joining fee is owed |
//! | [`scaling`](laws::scaling), [`index`](laws::index) | all; not of printed tariffs, which round on the way; escalating the fee or all parameters: not of a portion of a figure, which is no parameter |
//! | `larger_population_never_pays_less` | flat, per inhabitant, base and rate, units, rising steps, brackets, decided |
//! | `one_inhabitant_more_costs_at_most_the_rate` | flat, per inhabitant, base and rate, brackets (the largest rate), decided |
//! | `two_together_pay_at_most_as_two_apart` | flat, per inhabitant, base and rate, units begun, brackets that do not rise, decided |
//! | `every_population_falls_in_exactly_one_tier` | steps, class rates, fixed parts, brackets |
//! | `two_rules_give_the_same_fee`, explained and in bulk | all but a portion of a figure and decided amounts; of those, that bulk is refused |
//! | [`falls`](laws::falls), the lint | all that hang on inhabitants alone, over 10 000 tariffs and the first 120 populations of each |
//! | [`division`](laws::division), [`federation`](laws::federation) | parts and instalments of a fee of any shape; the one fee of a federation, a network a case |
//! | [`total`](laws::total), [`order`](laws::order) | totals by keys and by percentages, of two to six members, a network a case |
//!
//! Growth is claimed of no class rate, and of no total that a larger one never lowers a share: the largest remainders have the Alabama
//! paradox, keys 6, 6, 2 sharing 10 as 4, 4, 2 and 11 as 5, 5, 1 (`the_largest_remainders_are_rounded_up` in the core's `total`).
//!
//! Laws that hang on no shape are in `tests/core.rs`, as often: the order of the members, fall policies, parts, splices, thresholds,
//! weights, years that are parted between members, text, and what does not fit. Laws of what lies above the core stand where it is
//! made: a credit note and its invoice sum to nothing in `avgift-invoice/src/credit_note/tests.rs`, as often, and on every account in
//! `tests/sie/laws.rs`; names of all 290 municipalities read back in
//! `avgift-network/src/names.rs`.

#![forbid(unsafe_code)]

mod check;
mod claims;
mod federated;
mod kind;
pub mod laws;
mod rule;
mod scaled;
mod schedule_rule;
mod shape_facts;
mod shared_claims;
pub mod strategies;

pub use check::{BrokenLaw, BrokenLaws, cases, check, check_all, check_over};
pub use claims::{CLAIMS, Case, Claim, check_claims, check_falls};
pub use kind::Kind;
pub use rule::FeeRule;
pub use schedule_rule::{BulkRule, ScheduleRule};
pub use shared_claims::check_shared;

/// The proptest that the laws and strategies are made with.
pub use proptest;
