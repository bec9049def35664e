//! All text that a member, a board or an auditor reads, Swedish and English: one wording file a language.
//!
//! The files are `wording/sv.ftl` and `wording/en.ftl`, in the format of [Project Fluent](https://projectfluent.org): anybody
//! can read and correct them without reading code. A message carries its figures as `{ $name }`.
//!
//! ```
//! use avgift_wording::Language;
//! assert_eq!(Language::Swedish.say("rule-floor"), "golv");
//! assert_eq!(Language::English.tell("inhabitants", &[("number", "32,446")]), "32,446 inhabitants");
//! assert_eq!(Language::English.tell("inhabitants", &[("number", "1")]), "1 inhabitant");
//! ```
//!
//! Tests hold the two files to each other, message by message and figure by figure, and to the code that says them: no
//! message is missing, and none is there that nobody says.
//!
//! Not here: refusals, which are English and stand beside the rule they guard; numbers and dates, which the core writes.

#![forbid(unsafe_code)]

mod catalogue;
mod language;

pub use catalogue::{Message, messages};
pub use language::Language;
