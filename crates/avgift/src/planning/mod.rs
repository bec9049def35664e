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

pub use bridge::{Bridge, Cause, MemberBridge, Parts};
pub use compare::{Comparison, Difference, MemberFee, Side};
pub use forecast::{Assumptions, Forecast, ForecastYear, Outlook, Point};
pub use goal_seek::{Neighbour, Solution, Sought};
pub use growth::{Growth, GrowthOver};

use crate::error::Error;
use crate::explanation::{Assessment, Step, Value};
use crate::money::{Exact, FeeRate};
use crate::schedule::{Parameter, Schedule};

/// The amount that the one rounding rounds.
fn before_rounding(fee: &Assessment) -> Exact {
    let exact = |step: &Step| match step.value {
        Value::Exact(amount) => Some(amount),
        Value::Inhabitants(_) | Value::Fee(_) => None,
    };
    fee.steps().iter().rev().find_map(exact).unwrap_or(Exact::ZERO)
}

/// The rate of a tariff that is one rate per inhabitant with its bounds, and nothing else.
fn rate_of(schedule: &Schedule) -> Result<&Parameter<FeeRate>, Error> {
    schedule.rate().filter(|_| schedule.tariff().is_plain()).ok_or_else(|| {
        Error::SoughtTariffMustBePerInhabitant {
            year: schedule.year(),
            tariff: schedule.tariff().origin.clone(),
        }
    })
}
