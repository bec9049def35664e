//! Membership fees of municipal networks: the rule, exact to the öre, and its explanation.
//!
//! Inhabitants × rate, raised to the floor, lowered to the ceiling, escalated by a wage index, for the share of the year that
//! is owed, rounded once:
//!
//! ```
//! use avgift::{FeeYear, Indices, Language, Member, PopulationFigure, Tariff};
//!
//! let year = FeeYear::new(2024)?;
//! let tariff = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)
//!     .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?;
//! let schedule = tariff.schedule(year, &Indices::new())?;
//!
//! let ale = Member::new("1440".parse()?, "Ale");
//! let fee = schedule.assess(&ale, &PopulationFigure::of_year_end(ale.code, 2023, 32_446)?)?;
//! assert_eq!(fee.fee(), "48 669 kr".parse()?);
//! assert!(fee.explain(Language::English).contains("32,446 inhabitants"));
//! # Ok::<(), avgift::Error>(())
//! ```
//!
//! The rooms:
//!
//! | | |
//! |---|---|
//! | values | [`Sek`], [`Exact`], [`FeeRate`], [`Ratio`], [`Inhabitants`], [`MunicipalityCode`], [`Percent`], [`Part`], [`FeeYear`], [`Month`], [`Share`] |
//! | what was decided | [`Tariff`], [`Shape`], [`Bounds`], [`Federation`], [`IndexClause`], [`Proration`], [`Rounding`], [`Tariffs`] |
//! | who | [`Member`], [`PayerId`], [`Host`] |
//! | figures | [`Populations`], [`Indices`], [`IndexFactor`], each with its [`Origin`]; when they came: [`Publications`] |
//! | the rule | [`Schedule::assess`], [`Schedule::bulk`], [`Basis::assess_year`] |
//! | how it is charged | [`FeeParts`], [`Instalments`] |
//! | what comes of it | [`Assessment`] and its [`Step`]s, its [`Explanation`] in words, [`BudgetFrame`] |
//! | what a board asks | [`Comparison`], [`Bridge`], [`Solution`], [`Forecast`] |
//! | what is stored | an [`Assessment`] reads back what it wrote; [`Assessment::replay`] computes it again from that alone |
//! | what is refused | [`Error`], [`Refusal`] |
//!
//! Nothing here reads a file, a clock or the environment, and no binary float is near an amount, a population or an index.

#![forbid(unsafe_code)]

mod assess;
mod bulk;
mod calendar;
mod charge;
mod error;
mod explanation;
mod falls;
mod federation;
mod figure;
mod frame;
mod index;
mod instalments;
mod language;
mod membership;
mod money;
mod number;
mod origin;
mod parts;
mod percent;
mod planning;
mod pool;
mod population;
mod portion;
mod proration;
mod publication;
mod ratio;
mod reading;
mod reckoning;
mod reckoning_words;
mod refusal;
mod replay;
mod rounding;
mod schedule;
mod shape;
mod tariff;
mod tariff_check;
mod terms;
mod total;
mod trace;
mod words;
mod year;

pub use bulk::BulkFees;
pub use calendar::{FeeYear, Month, Period, ReferenceDate, Share, ShareUnit};
pub use error::{CODES, Error};
pub use explanation::{Assessment, Operand, Outcome, Rule, Standing, Step, Value};
pub use falls::Fall;
pub use federation::{Federation, FederationLines, FederationMode};
pub use figure::{Figure, MemberFigure};
pub use frame::{BudgetFrame, PayerTotal};
pub use index::{
    Carried, ComposedChange, Conflict, DecidedChange, FallPolicy, FigurePair, ForecastFigure, IndexChange,
    IndexClause, IndexFactor, IndexFigure, IndexStatus, IndexTerm, IndexedSeries, Indices, Measure,
    MissingIndexFigure, SeriesName, Splice, WaitingChange, WeighedSeries,
};
pub use instalments::Instalments;
pub use language::{Language, date_text, sort_key};
pub use membership::{Host, Joined, Member, PayerId, check_hosts, host_of_year, members_in};
pub use money::{Exact, FeeRate, Sek};
pub use number::{could_group_thousands, decimal_text, grouped, parse_decimal};
pub use origin::{Origin, Sourced};
pub use parts::{FeePart, FeeParts, PartSize};
pub use percent::{Part, Percent};
pub use planning::{
    Assumptions, Bridge, Cause, Comparison, Difference, Forecast, ForecastYear, Growth, GrowthOver,
    MemberBridge, MemberFee, Neighbour, Outlook, Parts, Point, Side, Solution, Sought,
};
pub use pool::{Pool, PooledMember, Split, SplitKey};
pub use population::{Inhabitants, MissingPopulation, MunicipalityCode, PopulationFigure, Populations};
pub use portion::Portion;
pub use proration::{BrokenUnit, Leaving, Proration, ProrationOrder, ProrationUnit};
pub use publication::{Publication, Publications, PublishedFigure, StatedPublication};
pub use ratio::Ratio;
pub use reading::{AsWritten, as_written, present};
pub use reckoning::Reckoning;
pub use refusal::{Place, Refusal, Severity, steers};
pub use rounding::Rounding;
pub use schedule::{Charge, ClassOfYear, ComponentOfYear, Parameter, Schedule};
pub use shape::{Broken, Counting, OfFigure, RebateOn, Shape, ShapeOfYear, SizeRebate, Tier, Tiers};
pub use tariff::{Bounds, EscalationTarget, PrintedTariff, Tariff, Tariffs};
pub use terms::{ClassTerms, Component, MemberClass, PreviousFee, YearFactor, YearlyLimit};
pub use total::{Among, Apportioned, Key, KeyShare, WeightedKey, apportion};
pub use words::{ExplainedStep, Explanation, known_on_text};
pub use year::{Basis, PopulationMode, YearOfFees};

/// A day; `chrono`'s, so that an embedder needs no other crate.
#[doc(no_inline)]
pub use chrono::NaiveDate;
/// A decimal number; `rust_decimal`'s, so that an embedder needs no other crate.
#[doc(no_inline)]
pub use rust_decimal::Decimal;

/// The README's own example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
