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

#![forbid(unsafe_code)]

mod check;
mod federated;
pub mod laws;
mod rule;
mod schedule_rule;
pub mod strategies;

pub use check::{BrokenLaw, BrokenLaws, check, check_all};
pub use rule::FeeRule;
pub use schedule_rule::{BulkRule, ScheduleRule};

/// The proptest that the laws and strategies are made with.
pub use proptest;
