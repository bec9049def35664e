//! Membership fees of municipal networks: the rule, exact to the öre, and its explanation.

#![forbid(unsafe_code)]

mod assess;
mod bulk;
mod calendar;
mod error;
mod explanation;
mod frame;
mod index;
mod language;
mod membership;
mod money;
mod number;
mod origin;
mod population;
mod proration;
mod ratio;
mod refusal;
mod rounding;
mod tariff;
mod year;

pub use bulk::BulkFees;
pub use calendar::{FeeYear, Month, Period, ReferenceDate, Share, ShareUnit};
pub use error::{CODES, Error};
pub use explanation::{Assessment, Operand, Outcome, Rule, Standing, Step, Value};
pub use frame::{BudgetFrame, PayerTotal};
pub use index::{
    FallPolicy, FigurePair, IndexFactor, IndexFigure, IndexStatus, Indices, MissingIndexFigure, SeriesName,
};
pub use language::{Language, date_text};
pub use membership::{Host, Joined, Member, PayerId, check_hosts, host_of_year, members_in};
pub use money::{Exact, FeeRate, Sek};
pub use number::{decimal_text, grouped, parse_decimal};
pub use origin::{Origin, Sourced};
pub use population::{
    Inhabitants, MissingPopulation, MunicipalityCode, PopulationFigure, Populations, expected_publication,
};
pub use proration::{BrokenUnit, Leaving, Proration, ProrationOrder, ProrationUnit};
pub use ratio::Ratio;
pub use refusal::{Place, Refusal, Severity};
pub use rounding::Rounding;
pub use tariff::{
    Bounds, EscalationTarget, IndexClause, Parameter, PrintedTariff, Schedule, Shape, Tariff, Tariffs,
};
pub use year::{Basis, PopulationMode, YearOfFees};

pub use chrono::NaiveDate;
pub use rust_decimal::Decimal;
