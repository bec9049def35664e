//! Planning: the questions of a board that prepares a budget, one a file. All of it is the rule again, asked otherwise: no
//! amount here is computed in a second way.

mod bridge;
mod compare;
mod hybrid;

pub use bridge::{Bridge, Cause, MemberBridge, Parts};
pub use compare::{Comparison, Difference, MemberFee, Side};
