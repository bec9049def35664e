//! Planning: the questions of a board that prepares a budget, one a file. All of it is the rule again, asked otherwise: no
//! amount here is computed in a second way.

mod bridge;
mod compare;
mod curve;
mod forecast;
mod goal_seek;
mod growth;
mod hybrid;
mod path;
mod rows;
mod sought;

pub use bridge::{Bridge, Cause, MemberBridge, Parts};
pub use compare::{Comparison, Difference, MemberFee, Side};
pub use forecast::{Assumptions, Forecast, ForecastYear, Outlook, Point};
pub use goal_seek::{Neighbour, Solution};
pub use growth::{Growth, GrowthOver};
pub use sought::Sought;

use crate::explanation::{Assessment, Step, Value};
use crate::money::Exact;

/// The amount that the one rounding rounds.
fn before_rounding(fee: &Assessment) -> Exact {
    let exact = |step: &Step| match step.value {
        Value::Exact(amount) => Some(amount),
        Value::Inhabitants(_) | Value::Fee(_) => None,
    };
    fee.steps().iter().rev().find_map(exact).unwrap_or(Exact::ZERO)
}
