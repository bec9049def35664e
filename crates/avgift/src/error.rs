//! Error: every way the core refuses, each named by the rule it guards, and what it tells the user.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;
use thiserror::Error as ThisError;

use crate::calendar::{FeeYear, Month};
use crate::index::{Conflict, IndexFigure, IndexStatus, MissingIndexFigure, SeriesName};
use crate::language::{Language, date_text};
use crate::membership::{Member, PayerId};
use crate::money::{Exact, Sek};
use crate::number::{could_group_thousands, decimal_text, grouped, parse_decimal};
use crate::origin::{Origin, Sourced};
use crate::planning::Sought;
use crate::population::{MissingPopulation, MunicipalityCode, PopulationFigure};
use crate::portion::Portion;
use crate::publication::{Publication, PublishedFigure, StatedPublication};
use crate::ratio::Ratio;
use crate::refusal::Refusal;
use crate::total::Key;

/// A rule of the fee that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("the amount is larger than can be held exactly")]
    AmountMustNotOverflow,
    #[error("`{text}` is not an amount in kronor")]
    AmountMustBeInKronor { text: String },
    #[error("`{text}` is not a rate in kronor per inhabitant")]
    RateMustBeInKronor { text: String },
    #[error("`{text}` is not a municipality code")]
    MunicipalityCodeMustBeFourDigits { text: String },
    #[error("`{text}` is not a number of inhabitants of a municipality")]
    InhabitantsMustBeInRange { text: String },
    #[error("`{text}` is not a year from 1968 to 2199")]
    YearMustBeInRange { text: String },
    #[error("`{text}` is not a month or day that every year has")]
    MonthMustBeAMonth { text: String },
    #[error("`{text}` is not a portion in percent or per mille")]
    PortionMustBeInPercent { text: String },
    #[error("`{text}` is not a figure of a member")]
    FigureMustBeANumber { text: String },
    #[error("{part} of {whole} is not a share of a year")]
    ShareMustBeWithinTheYear { part: u32, whole: u32 },

    #[error("two different populations for {} on {}", .first.code, date_text(.first.reference_date, Language::English))]
    PopulationMustBeUnique { first: Box<PopulationFigure>, second: Box<PopulationFigure> },
    #[error("no population for {} on {}", listed(.codes), date_text(*.reference_date, Language::English))]
    PopulationMustExist {
        codes: Vec<MunicipalityCode>,
        reference_date: NaiveDate,
        published: Option<Publication>,
        member: Option<Origin>,
    },
    #[error("the population of {} on {} is `{}`, not a number above zero", .missing.code,
        date_text(.missing.reference_date, Language::English), .missing.symbol)]
    PopulationMustBePublished { missing: Box<MissingPopulation> },
    #[error("{} comes {}; you asked for what was known on {}", .figure.text(), .comes.text(),
        date_text(*.known_on, Language::English))]
    FigureMustBeKnown {
        figure: Box<PublishedFigure>,
        comes: Publication,
        known_on: NaiveDate,
        origin: Option<Origin>,
    },
    #[error("nobody says when {} is published; you asked for what was known on {}", .figure.text(),
        date_text(*.known_on, Language::English))]
    PublicationMustBeKnown { figure: Box<PublishedFigure>, known_on: NaiveDate, origin: Option<Origin> },
    #[error("two days of publication are stated for {}", .figure.text())]
    PublicationMustStandOnce { figure: Box<PublishedFigure>, origins: Vec<Origin> },
    #[error("{} would be published {}", .stated.figure.text(), Publication::On(.stated.published).text())]
    PublicationMustFollowItsFigure { stated: Box<StatedPublication> },

    #[error("`{text}` is not an index figure")]
    IndexFigureMustBeInRange { text: String },
    #[error("two different {} figures of `{}` for {}", .first.status, .first.series, .first.month)]
    IndexFigureMustBeUnique { first: Box<IndexFigure>, second: Box<IndexFigure> },
    #[error("no index series is named `{series}`")]
    IndexSeriesMustBeKnown { series: SeriesName, known: Vec<SeriesName>, clause: Option<Origin> },
    #[error("no {status} figure of `{series}` for {month}")]
    IndexFigureMustExist {
        series: SeriesName,
        status: IndexStatus,
        month: Month,
        newest: Option<Month>,
        clause: Option<Origin>,
    },
    #[error("the {} figure of `{}` for {} is `{}`, not a number", .missing.status, .missing.series, .missing.month,
        .missing.symbol)]
    IndexFigureMustBePublished { missing: Box<MissingIndexFigure> },
    #[error("no final index figure of `{}` for {}", .preliminary.series, .preliminary.month)]
    IndexFigureMustBeFinal { preliminary: Box<IndexFigure> },
    #[error("a figure of `{}` is set against one of `{}`", .to.series, .from.series)]
    IndexSeriesMustMatch { from: Box<IndexFigure>, to: Box<IndexFigure> },
    #[error("the figure for {} is set against one for {}", .to.month, .from.month)]
    IndexMonthMustMatch { from: Box<IndexFigure>, to: Box<IndexFigure> },
    #[error("a {} figure is set against a {} one", .to.status, .from.status)]
    IndexStatusMustMatch { from: Box<IndexFigure>, to: Box<IndexFigure> },
    #[error("fee year {year} lies before the base of its index clause, {base}")]
    IndexBaseMustNotBeLater { year: FeeYear, base: Month, origin: Option<Origin> },
    #[error("`{text}` is not a change in percent")]
    PercentMustBeAChange { text: String },
    #[error("`{text}` is not a part of the whole in percent")]
    PartMustBeWithinTheWhole { text: String },
    #[error("{}", .conflict.message())]
    IndexTermsMustAgree { conflict: Conflict, origin: Option<Origin> },
    #[error("the weights sum to {sum}, not to 100 %")]
    WeightsMustSumToTheWhole { sum: String, origin: Option<Origin> },
    #[error("the splice in {at} does not continue the figures that end in {before}")]
    SpliceMustContinueTheSeries { at: Month, before: Month, origin: Option<Origin> },
    #[error("the forecast for {month} is never used")]
    ForecastMustBeUsed { month: Month, origin: Option<Origin> },
    #[error("two changes were decided for {year}")]
    DecidedChangeMustStandOnce { year: FeeYear, origins: Vec<Origin> },
    #[error("a change is decided for {year}, and the first year that can change is {first_year}")]
    DecidedChangeMustFollowTheBase { year: FeeYear, first_year: i32, origin: Option<Origin> },
    #[error("no change is decided for {year}, and the clause measures no index")]
    ChangeMustBeDecided { year: FeeYear, origin: Option<Origin> },
    #[error("the change {change} leaves nothing of an amount")]
    FactorMustBeAboveZero { change: String, origin: Option<Origin> },
    #[error("the factor of {changes} changes has more digits than can be held exactly")]
    FactorMustBeHeldExactly { changes: usize, clause: Option<Origin> },

    #[error("the floor is higher than the ceiling")]
    FloorMustNotExceedCeiling { floor: Sourced<Sek>, ceiling: Sourced<Sek> },
    #[error("in fee year {year} the escalated floor is higher than the escalated ceiling")]
    EscalatedFloorMustNotExceedCeiling { year: FeeYear, floor: Option<Origin>, ceiling: Option<Origin> },
    #[error("an amount of the tariff is negative: `{}`", .amount.value.text(Language::Swedish))]
    TariffAmountMustNotBeNegative { amount: Sourced<Sek> },
    #[error("a rebate of `{}` is more than the fee", .portion.value.text(Language::Swedish))]
    RebateMustNotExceedTheFee { portion: Sourced<Portion> },
    #[error("a tier from {} to {} holds no population", count(*.from), count(*.to))]
    TierMustHoldAPopulation { from: u32, to: u32, origin: Option<Origin> },
    #[error("a population of {} falls in two tiers", count(*.population))]
    TiersMustNotOverlap { population: u32, origins: Vec<Origin> },
    #[error("no tier holds a population of {}", hole(*.from, *.to))]
    TiersMustNotLeaveAHole { from: u32, to: Option<u32>, origins: Vec<Origin> },
    #[error("the portions sum to {}, not to 100 %", percent(**.sum))]
    PortionsMustSumToTheWhole { sum: Box<Ratio>, origins: Vec<Origin> },
    #[error("a total does not stand {beside}")]
    TotalMustBeSharedWhole { beside: &'static str, total: Sourced<Sek> },
    #[error("a total is shared in {year}, and the members are not known")]
    TotalMustHaveItsMembers { year: FeeYear },
    #[error("`{}` ({}) has no share of the total in {year}", .member.name, .member.code)]
    MemberMustHaveAShare { member: Box<Member>, year: FeeYear },
    #[error("{code} has a share of the total and is no member that shares it in {year}")]
    ShareMustBeOfAMember { code: MunicipalityCode, year: FeeYear, origin: Option<Origin> },
    #[error("nobody has anything of the key `{}` in {year}", .key.text(Language::English))]
    KeyMustNotBeNothing { key: Key, year: FeeYear, origin: Option<Origin> },
    #[error("the payer `{payer}` pays for no member in {year}")]
    FederationMustPayForAMember { payer: PayerId, year: FeeYear, origin: Option<Origin> },
    #[error("`{payer}` has one fee in {year}, and its members {what}")]
    FederationMembersMustBeAlike { payer: PayerId, year: FeeYear, what: String, origins: Vec<Origin> },
    #[error("the members of `{payer}` are pooled, and the fee hangs on {shape}")]
    PooledFeeMustHangOnInhabitants { payer: PayerId, shape: &'static str, origins: Vec<Origin> },
    #[error("`{payer}` has one fee in {year}, and its members and their populations are not known")]
    FederationMustHaveItsMembers { payer: PayerId, year: FeeYear },
    #[error("the {name} stands twice")]
    TermMustStandOnce { name: String, origins: Vec<Origin> },
    #[error("{what} needs the bounds to come before the share of the year")]
    BoundsMustComeBeforeTheShare { what: &'static str, origin: Option<Origin> },
    #[error("`{}` ({}) is of the class `{}`, which the tariff does not have", .member.name, .member.code,
        .member.class.as_ref().map_or("", |class| &class.value))]
    MemberClassMustBeKnown { member: Box<Member>, known: Vec<String> },
    #[error("{} of the parts of a fee {} the rest", number(*.count), if *.count > 1 { "are" } else { "is" })]
    PartsMustHaveOneRest { count: usize, origins: Vec<Origin> },
    #[error("the shares sum to {}, and the rest is nothing", percent(**.sum))]
    SharesMustLeaveARest { sum: Box<Ratio>, origins: Vec<Origin> },
    #[error("one part is a share of the fee, and another is components of it")]
    PartsMustBeOfOneKind { origins: Vec<Origin> },
    #[error("the tariff of {year} has no component `{component}`")]
    PartMustNameAComponent { component: String, known: Vec<String>, year: FeeYear, origin: Option<Origin> },
    #[error("{code} owes a fee in {year} that no component contributed to")]
    PartMustHaveItsShare { code: MunicipalityCode, year: FeeYear, origin: Option<Origin> },
    #[error("a fee is not paid in {count} {}", if *.count == 1 { "instalment" } else { "instalments" })]
    InstalmentsMustBeSeveral { count: usize },
    #[error("the change to {year} is limited, and the fees of the year before are not known")]
    LimitMustHaveItsPreviousFees { year: FeeYear },
    #[error("`{}` ({}) has no fee stated for {year}", .member.name, .member.code)]
    PreviousFeeMustBeStated { member: Box<Member>, year: FeeYear },
    #[error("{code} owed a part of {year} only, and what the whole year would have cost is not known")]
    PreviousFeeMustBeOfAWholeYear { code: MunicipalityCode, year: FeeYear },
    #[error("the fees of tariff `{tariff}` hang on {what}")]
    BulkFeesMustHangOnInhabitants { tariff: String, what: &'static str, origin: Option<Origin> },
    #[error("two tariffs are in force in {year}: `{first}` and `{second}`")]
    TariffsMustNotOverlap { year: FeeYear, first: String, second: String, origins: Vec<Origin> },
    #[error("no tariff is in force in {year}")]
    TariffMustCoverYear { year: FeeYear, newest: Option<Origin> },

    #[error("`{}` ({}) stands twice in {year}", .first.name, .first.code)]
    MemberMustStandOnceAYear { year: FeeYear, first: Box<Member>, second: Box<Member> },
    #[error("`{}` ({}) leaves before it joins", .member.name, .member.code)]
    MemberMustJoinBeforeItLeaves { member: Box<Member> },
    #[error("`{}` ({}) joined `{text}`, and that is no date to prorate from", .member.name, .member.code)]
    JoiningDateMustBeKnown { member: Box<Member>, text: String },
    #[error("the assumed joining date of `{}` ({}) is not in {}", .member.name, .member.code, .year)]
    AssumedDateMustBeInItsYear { member: Box<Member>, year: i32 },
    #[error("{code}, fee year {year}: {place} is stored as {stored}, and comes to {recomputed}")]
    AssessmentMustReplay {
        code: MunicipalityCode,
        year: FeeYear,
        place: String,
        stored: String,
        recomputed: String,
    },
    #[error("no {} gives a frame of {} in {year}", sought_word(*.sought), .target.text(Language::English))]
    TargetFrameMustBeAttainable {
        target: Sek,
        sought: Sought,
        year: FeeYear,
        range: Box<(Exact, Option<Exact>)>,
    },
    #[error("the tariff of {year} has no {}{}", if *.sought == Sought::Rate { "single " } else { "" }, sought_word(*.sought))]
    SoughtAmountMustBeSet { sought: Sought, year: FeeYear, tariff: Option<Origin> },
    #[error("the {} of {year} is carried from the printed tariff of the year before", sought_word(*.sought))]
    SoughtAmountMustNotBeChained { sought: Sought, year: FeeYear, tariff: Option<Origin> },
    #[error("`{text}` is not a growth in percent a year")]
    GrowthMustBeInRange { text: String },
    #[error("a step of `{text}` leads nowhere")]
    SolveStepMustBeAboveZero { text: String },
    #[error("`{}` ({}) has no amount in {year}", .member.name, .member.code)]
    MemberMustHaveItsAmount { member: Box<Member>, year: FeeYear },
    #[error("`{}` ({}) has no figure `{name}` for {year}", .member.name, .member.code)]
    MemberMustHaveItsFigure { member: Box<Member>, name: String, year: FeeYear },
    #[error("no member in {year}")]
    FeeYearMustHaveMembers { year: FeeYear },
    #[error("no host holds the whole of {year}")]
    HostMustHoldTheWholeFeeYear { year: FeeYear, origins: Vec<Origin> },
    #[error("two hosts on the same day: `{first}` and `{second}`")]
    HostsMustNotOverlap { first: String, second: String, origins: Vec<Origin> },
}

crate::error_codes! {
    AmountMustNotOverflow "amount-must-not-overflow"
    AmountMustBeInKronor "amount-must-be-in-kronor"
    RateMustBeInKronor "rate-must-be-in-kronor"
    MunicipalityCodeMustBeFourDigits "municipality-code-must-be-four-digits"
    InhabitantsMustBeInRange "inhabitants-must-be-in-range"
    YearMustBeInRange "year-must-be-in-range"
    MonthMustBeAMonth "month-must-be-a-month"
    PortionMustBeInPercent "portion-must-be-in-percent"
    FigureMustBeANumber "figure-must-be-a-number"
    ShareMustBeWithinTheYear "share-must-be-within-the-year"
    PopulationMustBeUnique "population-must-be-unique"
    PopulationMustExist "population-must-exist"
    PopulationMustBePublished "population-must-be-published"
    FigureMustBeKnown "figure-must-be-known"
    PublicationMustBeKnown "publication-must-be-known"
    PublicationMustStandOnce "publication-must-stand-once"
    PublicationMustFollowItsFigure "publication-must-follow-its-figure"
    IndexFigureMustBeInRange "index-figure-must-be-in-range"
    IndexFigureMustBeUnique "index-figure-must-be-unique"
    IndexSeriesMustBeKnown "index-series-must-be-known"
    IndexFigureMustExist "index-figure-must-exist"
    IndexFigureMustBePublished "index-figure-must-be-published"
    IndexFigureMustBeFinal "index-figure-must-be-final"
    IndexSeriesMustMatch "index-series-must-match"
    IndexMonthMustMatch "index-month-must-match"
    IndexStatusMustMatch "index-status-must-match"
    IndexBaseMustNotBeLater "index-base-must-not-be-later"
    PercentMustBeAChange "percent-must-be-a-change"
    PartMustBeWithinTheWhole "part-must-be-within-the-whole"
    IndexTermsMustAgree "index-terms-must-agree"
    WeightsMustSumToTheWhole "weights-must-sum-to-the-whole"
    SpliceMustContinueTheSeries "splice-must-continue-the-series"
    ForecastMustBeUsed "forecast-must-be-used"
    DecidedChangeMustStandOnce "decided-change-must-stand-once"
    DecidedChangeMustFollowTheBase "decided-change-must-follow-the-base"
    ChangeMustBeDecided "change-must-be-decided"
    FactorMustBeAboveZero "factor-must-be-above-zero"
    FactorMustBeHeldExactly "factor-must-be-held-exactly"
    FloorMustNotExceedCeiling "floor-must-not-exceed-ceiling"
    EscalatedFloorMustNotExceedCeiling "escalated-floor-must-not-exceed-ceiling"
    TariffAmountMustNotBeNegative "tariff-amount-must-not-be-negative"
    RebateMustNotExceedTheFee "rebate-must-not-exceed-the-fee"
    TierMustHoldAPopulation "tier-must-hold-a-population"
    TiersMustNotOverlap "tiers-must-not-overlap"
    TiersMustNotLeaveAHole "tiers-must-not-leave-a-hole"
    PortionsMustSumToTheWhole "portions-must-sum-to-the-whole"
    TotalMustBeSharedWhole "total-must-be-shared-whole"
    TotalMustHaveItsMembers "total-must-have-its-members"
    MemberMustHaveAShare "member-must-have-a-share"
    ShareMustBeOfAMember "share-must-be-of-a-member"
    KeyMustNotBeNothing "key-must-not-be-nothing"
    FederationMustPayForAMember "federation-must-pay-for-a-member"
    FederationMembersMustBeAlike "federation-members-must-be-alike"
    PooledFeeMustHangOnInhabitants "pooled-fee-must-hang-on-inhabitants"
    FederationMustHaveItsMembers "federation-must-have-its-members"
    TermMustStandOnce "term-must-stand-once"
    BoundsMustComeBeforeTheShare "bounds-must-come-before-the-share"
    MemberClassMustBeKnown "member-class-must-be-known"
    PartsMustHaveOneRest "parts-must-have-one-rest"
    SharesMustLeaveARest "shares-must-leave-a-rest"
    PartsMustBeOfOneKind "parts-must-be-of-one-kind"
    PartMustNameAComponent "part-must-name-a-component"
    PartMustHaveItsShare "part-must-have-its-share"
    InstalmentsMustBeSeveral "instalments-must-be-several"
    LimitMustHaveItsPreviousFees "limit-must-have-its-previous-fees"
    PreviousFeeMustBeStated "previous-fee-must-be-stated"
    PreviousFeeMustBeOfAWholeYear "previous-fee-must-be-of-a-whole-year"
    BulkFeesMustHangOnInhabitants "bulk-fees-must-hang-on-inhabitants"
    TariffsMustNotOverlap "tariffs-must-not-overlap"
    TariffMustCoverYear "tariff-must-cover-year"
    MemberMustStandOnceAYear "member-must-stand-once-a-year"
    MemberMustJoinBeforeItLeaves "member-must-join-before-it-leaves"
    JoiningDateMustBeKnown "joining-date-must-be-known"
    AssumedDateMustBeInItsYear "assumed-date-must-be-in-its-year"
    AssessmentMustReplay "assessment-must-replay"
    TargetFrameMustBeAttainable "target-frame-must-be-attainable"
    SoughtAmountMustBeSet "sought-amount-must-be-set"
    SoughtAmountMustNotBeChained "sought-amount-must-not-be-chained"
    GrowthMustBeInRange "growth-must-be-in-range"
    SolveStepMustBeAboveZero "solve-step-must-be-above-zero"
    MemberMustHaveItsAmount "member-must-have-its-amount"
    MemberMustHaveItsFigure "member-must-have-its-figure"
    FeeYearMustHaveMembers "fee-year-must-have-members"
    HostMustHoldTheWholeFeeYear "host-must-hold-the-whole-fee-year"
    HostsMustNotOverlap "hosts-must-not-overlap"
}

impl Error {
    /// The error with the place of who needs the figure that is not known.
    pub(crate) fn needed_at(self, place: Option<&Origin>) -> Error {
        let origin = place.cloned();
        match self {
            Error::FigureMustBeKnown { figure, comes, known_on, .. } => {
                Error::FigureMustBeKnown { figure, comes, known_on, origin }
            }
            Error::PublicationMustBeKnown { figure, known_on, .. } => {
                Error::PublicationMustBeKnown { figure, known_on, origin }
            }
            other => other,
        }
    }

    /// The refusal: code, message, places, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::error(self.code(), self.to_string()).why(self.why()).mend(self.mend());
        self.places().into_iter().fold(refusal, |refusal, (origin, label)| refusal.at(origin, label))
    }

    fn places(&self) -> Vec<(&Origin, String)> {
        let figure = |figure: &IndexFigure| format!("{} {} {}", figure.status, figure.month, figure.value);
        let places: Vec<(Option<&Origin>, String)> = match self {
            Error::PopulationMustBeUnique { first, second } => vec![
                (second.origin.as_ref(), format!("{} here", second.inhabitants.get())),
                (first.origin.as_ref(), format!("{} here", first.inhabitants.get())),
            ],
            Error::PopulationMustExist { member, codes, .. } => {
                let label = if codes.len() > 1 { "the first of them" } else { "this member" };
                vec![(member.as_ref(), label.to_owned())]
            }
            Error::IndexSeriesMustBeKnown { clause, .. } | Error::IndexFigureMustExist { clause, .. } => {
                vec![(clause.as_ref(), "asked for here".to_owned())]
            }
            Error::PopulationMustBePublished { missing } => {
                vec![(Some(&missing.origin), "no population".to_owned())]
            }
            Error::FigureMustBeKnown { origin, .. } | Error::PublicationMustBeKnown { origin, .. } => {
                vec![(origin.as_ref(), "needed here".to_owned())]
            }
            Error::PublicationMustStandOnce { origins, .. } => {
                let labels = ["again", "first"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PublicationMustFollowItsFigure { stated } => {
                vec![(stated.origin.as_ref(), "this day".to_owned())]
            }
            Error::IndexFigureMustBeUnique { first, second } => {
                vec![(second.origin.as_ref(), figure(second)), (first.origin.as_ref(), figure(first))]
            }
            Error::IndexFigureMustBePublished { missing } => {
                let label = match missing.symbol.starts_with('.') {
                    true => "Statistics Sweden has not published it yet",
                    false => "no index figure",
                };
                vec![(Some(&missing.origin), label.to_owned())]
            }
            Error::IndexFigureMustBeFinal { preliminary } => {
                vec![(preliminary.origin.as_ref(), "only a preliminary figure".to_owned())]
            }
            Error::IndexSeriesMustMatch { from, to }
            | Error::IndexMonthMustMatch { from, to }
            | Error::IndexStatusMustMatch { from, to } => {
                vec![(to.origin.as_ref(), figure(to)), (from.origin.as_ref(), figure(from))]
            }
            Error::IndexBaseMustNotBeLater { origin, .. } => {
                vec![(origin.as_ref(), "the clause with that base".to_owned())]
            }
            Error::IndexTermsMustAgree { origin, .. }
            | Error::WeightsMustSumToTheWhole { origin, .. }
            | Error::ChangeMustBeDecided { origin, .. }
            | Error::FactorMustBeHeldExactly { clause: origin, .. } => {
                vec![(origin.as_ref(), "this clause".to_owned())]
            }
            Error::DecidedChangeMustStandOnce { origins, .. } => {
                let labels = ["again", "first"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::DecidedChangeMustFollowTheBase { origin, .. }
            | Error::SpliceMustContinueTheSeries { origin, .. }
            | Error::ForecastMustBeUsed { origin, .. } => {
                vec![(origin.as_ref(), "this row".to_owned())]
            }
            Error::FactorMustBeAboveZero { origin, .. } => {
                vec![(origin.as_ref(), "among its figures".to_owned())]
            }
            Error::FloorMustNotExceedCeiling { floor, ceiling } => {
                let above = floor.value.minus(ceiling.value).map_or_else(
                    |_| "above it".to_owned(),
                    |above| format!("{} above it", above.text(Language::Swedish)),
                );
                vec![(floor.origin.as_ref(), above), (ceiling.origin.as_ref(), "the ceiling".to_owned())]
            }
            Error::EscalatedFloorMustNotExceedCeiling { floor, ceiling, .. } => {
                vec![(floor.as_ref(), "the floor".to_owned()), (ceiling.as_ref(), "the ceiling".to_owned())]
            }
            Error::TariffAmountMustNotBeNegative { amount } => {
                vec![(amount.origin.as_ref(), "below zero".to_owned())]
            }
            Error::SoughtAmountMustBeSet { tariff, .. }
            | Error::SoughtAmountMustNotBeChained { tariff, .. } => {
                vec![(tariff.as_ref(), "this tariff".to_owned())]
            }
            Error::RebateMustNotExceedTheFee { portion } => {
                vec![(portion.origin.as_ref(), "more than the whole".to_owned())]
            }
            Error::TierMustHoldAPopulation { origin, .. } => {
                vec![(origin.as_ref(), "ends before it begins".to_owned())]
            }
            Error::TiersMustNotOverlap { origins, .. } => {
                let labels = ["falls here", "and here"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::TiersMustNotLeaveAHole { from, origins, .. } => {
                let labels =
                    if *from == 1 { ["begins above it", ""] } else { ["begins above it", "ends below it"] };
                let labels = if origins.len() == 1 && *from > 1 { ["ends below it", ""] } else { labels };
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PortionsMustSumToTheWhole { origins, .. } => {
                origins.iter().map(|origin| (Some(origin), "of 100 %".to_owned())).collect()
            }
            Error::TotalMustBeSharedWhole { total, .. } => {
                vec![(total.origin.as_ref(), "the total".to_owned())]
            }
            Error::ShareMustBeOfAMember { origin, .. } => {
                vec![(origin.as_ref(), "shares the total".to_owned())]
            }
            Error::KeyMustNotBeNothing { origin, .. } => vec![(origin.as_ref(), "shared by it".to_owned())],
            Error::FederationMustPayForAMember { origin, .. } => {
                vec![(origin.as_ref(), "no member names it".to_owned())]
            }
            Error::FederationMembersMustBeAlike { origins, .. } => {
                let labels = ["charged as one"].into_iter().chain(std::iter::repeat("pays through it"));
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PooledFeeMustHangOnInhabitants { origins, .. } => {
                let labels = ["pooled", "hangs on more than inhabitants"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::TermMustStandOnce { origins, .. } => {
                let labels = ["again", "first"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::BoundsMustComeBeforeTheShare { origin, .. } => {
                vec![(origin.as_ref(), "comes after the bounds".to_owned())]
            }
            Error::MemberClassMustBeKnown { member, .. } => {
                let place = member.class.as_ref().and_then(|class| class.origin.as_ref());
                vec![(place, "no class of the tariff".to_owned())]
            }
            Error::PartsMustHaveOneRest { count, origins } => {
                let label = if *count == 0 { "not the rest" } else { "the rest" };
                origins.iter().map(|origin| (Some(origin), label.to_owned())).collect()
            }
            Error::SharesMustLeaveARest { origins, .. } => {
                origins.iter().map(|origin| (Some(origin), "a share".to_owned())).collect()
            }
            Error::PartsMustBeOfOneKind { origins } => {
                let labels = ["a share", "components"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PartMustNameAComponent { origin, .. } | Error::PartMustHaveItsShare { origin, .. } => {
                vec![(origin.as_ref(), "this part".to_owned())]
            }
            Error::BulkFeesMustHangOnInhabitants { what, origin, .. } => {
                vec![(origin.as_ref(), (*what).to_owned())]
            }
            Error::MemberMustHaveItsAmount { member, .. }
            | Error::MemberMustHaveItsFigure { member, .. }
            | Error::MemberMustHaveAShare { member, .. }
            | Error::PreviousFeeMustBeStated { member, .. } => {
                vec![(member.origin.as_ref(), "this member".to_owned())]
            }
            Error::TariffMustCoverYear { newest, .. } => {
                vec![(newest.as_ref(), "the nearest tariff".to_owned())]
            }
            Error::TariffsMustNotOverlap { origins, .. } | Error::HostsMustNotOverlap { origins, .. } => {
                let labels = ["begins while the other still holds", "the other"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::HostMustHoldTheWholeFeeYear { origins, .. } => {
                origins.iter().map(|origin| (Some(origin), "not the whole year".to_owned())).collect()
            }
            Error::MemberMustStandOnceAYear { first, second, .. } => {
                vec![
                    (second.origin.as_ref(), "again".to_owned()),
                    (first.origin.as_ref(), "first".to_owned()),
                ]
            }
            Error::MemberMustJoinBeforeItLeaves { member } => {
                vec![
                    (member.left.as_ref().and_then(|left| left.origin.as_ref()), "leaves".to_owned()),
                    (member.joined.origin.as_ref(), "joins".to_owned()),
                ]
            }
            Error::JoiningDateMustBeKnown { member, .. } => {
                vec![(member.joined.origin.as_ref(), "not a day".to_owned())]
            }
            Error::AssumedDateMustBeInItsYear { member, .. } => {
                vec![(member.joined.origin.as_ref(), "what is known".to_owned())]
            }
            _ => Vec::new(),
        };
        places.into_iter().filter_map(|(origin, label)| Some((origin?, label))).collect()
    }

    fn why(&self) -> &'static str {
        match self {
            Error::AmountMustNotOverflow => "an amount that does not fit is an error, never a smaller amount",
            Error::AmountMustBeInKronor { text }
            | Error::RateMustBeInKronor { text }
            | Error::InhabitantsMustBeInRange { text }
            | Error::FigureMustBeANumber { text }
                if is_unclear(text) =>
            {
                "a point or a comma stands before decimals, a space between thousands; here nobody can know which is meant"
            }
            Error::AmountMustBeInKronor { .. } => "an amount has at most two decimals and no sign but minus",
            Error::RateMustBeInKronor { .. } => {
                "a rate lies from 0 to 9 999,999999 kr, with at most six decimals"
            }
            Error::MunicipalityCodeMustBeFourDigits { .. } => {
                "a code is four digits and text: 90 of 290 municipalities have a code that begins with 0"
            }
            Error::InhabitantsMustBeInRange { .. } => {
                "a population is a whole number from 1 to 9 999 999; zero is never taken for the floor"
            }
            Error::YearMustBeInRange { .. } => "Statistics Sweden's populations begin in 1968",
            Error::MonthMustBeAMonth { .. } => "a month is written 2022M10, a day of the year 12-31",
            Error::PortionMustBeInPercent { .. } => {
                "a portion names what it is of and lies from 0 to 1 000 %, with at most six decimals"
            }
            Error::FigureMustBeANumber { .. } => {
                "a figure is a number from 0 to a million billion, with at most six decimals"
            }
            Error::ShareMustBeWithinTheYear { .. } => "nobody owes more than the whole year",
            Error::PopulationMustBeUnique { .. } => {
                "one of the two figures is wrong, and the program cannot know which"
            }
            Error::PopulationMustExist { .. } => {
                "the fee rests on the published figure; no other year's is taken for it"
            }
            Error::PopulationMustBePublished { .. } => {
                "a missing or zero population is an error, never the floor"
            }
            Error::FigureMustBeKnown { .. } => {
                "what was known on a day is made of figures that were published by then, and of no others"
            }
            Error::PublicationMustBeKnown { .. } => {
                "without the day of its publication nobody can tell whether a figure was known, and none is assumed"
            }
            Error::PublicationMustStandOnce { .. } => {
                "one of the two days is wrong, and the program cannot know which"
            }
            Error::PublicationMustFollowItsFigure { .. } => {
                "nothing is counted before its day, or measured before its month, is over"
            }
            Error::IndexFigureMustBeInRange { .. } => {
                "an index figure lies above 0, with at most four decimals"
            }
            Error::IndexFigureMustBeUnique { .. } => {
                "one of the two figures is wrong, and the program cannot know which"
            }
            Error::IndexSeriesMustBeKnown { .. } => {
                "an index clause names its series: index, workers or salaried, section"
            }
            Error::IndexFigureMustExist { .. } => "no other month's figure is taken for a missing one",
            Error::IndexFigureMustBePublished { .. } | Error::IndexFigureMustBeFinal { .. } => {
                "final figures come some fourteen months after their month, preliminary ones about two, and a \
                 preliminary one is never set against a final one"
            }
            Error::IndexSeriesMustMatch { .. } => "both ends of an escalation are figures of one series",
            Error::IndexMonthMustMatch { .. } => "both ends of an escalation are the same month of two years",
            Error::IndexStatusMustMatch { .. } => {
                "Statistics Sweden asks for two preliminary or two final figures, never one of each"
            }
            Error::IndexBaseMustNotBeLater { .. } => {
                "a tariff is escalated from its base onwards, never backwards"
            }
            Error::PercentMustBeAChange { .. } => {
                "a change is written with its sign, above -100 % to 1 000 %, with at most four decimals"
            }
            Error::PartMustBeWithinTheWhole { .. } => {
                "a part is written with its sign, above 0 to 100 %, with at most four decimals: `0,90` could be ninety \
                 hundredths or less than one"
            }
            Error::IndexTermsMustAgree { conflict, .. } => conflict.why(),
            Error::WeightsMustSumToTheWhole { .. } => {
                "series that are weighed together share one whole; what is missing of it would stand still, and what is too \
                 much would count twice"
            }
            Error::SpliceMustContinueTheSeries { .. } => {
                "a series goes on times old figure / new figure of one month that both have: the month of the base in a year \
                 after it, and after every splice before"
            }
            Error::ForecastMustBeUsed { .. } => {
                "a forecast stands in for a figure that the clause asks for, once, in the years before it is corrected; what \
                 was printed is corrected the year after"
            }
            Error::DecidedChangeMustStandOnce { .. } => "a fee year has one change from the year before",
            Error::DecidedChangeMustFollowTheBase { .. } => {
                "in the year of its price level a tariff is as decided, and before that year it is not carried"
            }
            Error::ChangeMustBeDecided { .. } => "no other year's change is taken for a missing one",
            Error::FactorMustBeAboveZero { .. } => {
                "a fee that is escalated is still a fee, never nothing or less"
            }
            Error::FactorMustBeHeldExactly { .. } => {
                "every change is a fraction of its own, and nothing is rounded between them"
            }
            Error::FloorMustNotExceedCeiling { .. } | Error::EscalatedFloorMustNotExceedCeiling { .. } => {
                "a fee is raised to the floor, then lowered to the ceiling; both hold only if the floor is not the higher"
            }
            Error::TariffAmountMustNotBeNegative { .. } | Error::RebateMustNotExceedTheFee { .. } => {
                "a member pays a fee and is never paid one"
            }
            Error::TierMustHoldAPopulation { .. }
            | Error::TiersMustNotOverlap { .. }
            | Error::TiersMustNotLeaveAHole { .. } => "every population falls in exactly one tier",
            Error::PortionsMustSumToTheWhole { .. } | Error::TotalMustBeSharedWhole { .. } => {
                "the shares of a total sum to the total: what is decided is raised, neither more nor less"
            }
            Error::TotalMustHaveItsMembers { .. } => "each share hangs on all members that share",
            Error::MemberMustHaveAShare { .. } => {
                "who shares a total is part of the decision, and a member that was left out would pay nothing"
            }
            Error::ShareMustBeOfAMember { .. } => "what nobody pays is missing from the total",
            Error::KeyMustNotBeNothing { .. } => "nothing can be shared by a key that is nothing",
            Error::FederationMustPayForAMember { .. } => {
                "a mode of a federation that nobody pays through changes nothing, and was meant to"
            }
            Error::FederationMembersMustBeAlike { .. } => {
                "one fee is computed once: what each of them has of its own has no place in it"
            }
            Error::PooledFeeMustHangOnInhabitants { .. } => {
                "inhabitants can be summed over members, and the fee then be computed of the sum; nothing else of them can"
            }
            Error::FederationMustHaveItsMembers { .. } => "each part of the one fee hangs on all members",
            Error::TermMustStandOnce { .. } => "nobody can know which of the two is meant",
            Error::BoundsMustComeBeforeTheShare { .. } => {
                "it is reckoned of the whole year, and floor and ceiling would work on a part of it"
            }
            Error::MemberClassMustBeKnown { .. } => {
                "a member of a class without terms would be charged as if it were of none"
            }
            Error::PartsMustHaveOneRest { .. } | Error::SharesMustLeaveARest { .. } => {
                "the parts are rounded, and one takes what is left, so that they sum to the fee"
            }
            Error::PartsMustBeOfOneKind { .. } => {
                "whether the share is one of the whole fee or of what the components leave of it, nobody can know"
            }
            Error::PartMustNameAComponent { .. } => {
                "a part that is made of components is what they contributed to the fee of its year"
            }
            Error::PartMustHaveItsShare { .. } => {
                "the limit on the change keeps up a fee that its tariff makes nothing, and of nothing no part has a share"
            }
            Error::InstalmentsMustBeSeveral { .. } => "a fee is paid at once, or in 2 to 36 instalments",
            Error::LimitMustHaveItsPreviousFees { .. } => {
                "a limit that is not held against anything would be none"
            }
            Error::PreviousFeeMustBeStated { .. } => {
                "the change is limited against that fee, and a member without one would have no limit"
            }
            Error::PreviousFeeMustBeOfAWholeYear { .. } => {
                "the change is that between two whole years, and this one was reckoned of a part before its bounds"
            }
            Error::BulkFeesMustHangOnInhabitants { .. } => {
                "a row of bulk fees is a number of inhabitants, and nothing else of a member is known of it"
            }
            Error::MemberMustHaveItsAmount { .. } => {
                "this tariff is an amount decided for each member, and none is made up"
            }
            Error::MemberMustHaveItsFigure { .. } => {
                "the fee rests on that figure; neither another year's nor another member's is taken for it"
            }
            Error::TariffsMustNotOverlap { .. } => "a fee year has one tariff",
            Error::TariffMustCoverYear { .. } => "no other year's tariff is taken for a missing one",
            Error::MemberMustStandOnceAYear { .. } => {
                "a municipality owes one fee a year, to be paid by one payer"
            }
            Error::MemberMustJoinBeforeItLeaves { .. } => "a membership has at least one day",
            Error::JoiningDateMustBeKnown { .. } => {
                "the share of the year hangs on the day, and the program never guesses one"
            }
            Error::AssumedDateMustBeInItsYear { .. } => {
                "an assumption fills in what is unknown; it does not contradict what is known"
            }
            Error::AssessmentMustReplay { .. } => {
                "a fee follows from its stored inputs alone; one that does not was changed after it was stored, or computed \
                 by another rule than today's"
            }
            Error::TargetFrameMustBeAttainable { .. } => {
                "the other amounts of the tariff stay as they are, and the bounds hold every fee between them"
            }
            Error::SoughtAmountMustNotBeChained { .. } => {
                "every year since the base was rounded before the next, and no decided amount follows from this year's"
            }
            Error::SoughtAmountMustBeSet { .. } => {
                "a value is sought of an amount that stands in the tariff: what the index does to one that does not is for the network to say"
            }
            Error::GrowthMustBeInRange { .. } => {
                "a growth lies from -50 to 50 percent a year, with at most four decimals"
            }
            Error::SolveStepMustBeAboveZero { .. } => "values are told in multiples of the step",
            Error::FeeYearMustHaveMembers { .. } => "a frame without members is a mistake in the dates",
            Error::HostMustHoldTheWholeFeeYear { .. } => "a fee year belongs to one host, who invoices it",
            Error::HostsMustNotOverlap { .. } => "on each day one host holds the agreement",
        }
    }

    fn mend(&self) -> String {
        match self {
            Error::AmountMustNotOverflow => "look for a misplaced decimal mark among the figures".into(),
            Error::AmountMustBeInKronor { text } => {
                two_readings(text, " kr", 2).unwrap_or_else(|| "write `15 000 kr` or `15000.50`".into())
            }
            Error::RateMustBeInKronor { text } => two_readings(text, " kr", 6).unwrap_or_else(|| {
                "write `1,50 kr` or `1.50`, and nothing after it; 80 öre are `0,80 kr`".into()
            }),
            Error::MunicipalityCodeMustBeFourDigits { text } if text.len() == 3 && text.parse::<u16>().is_ok() => {
                format!("write `0{text}`: a spreadsheet has taken the leading zero away")
            }
            Error::MunicipalityCodeMustBeFourDigits { .. } => "write the four digits, `0114`".into(),
            Error::InhabitantsMustBeInRange { text } => two_readings(text, "", 0).unwrap_or_else(|| {
                "write the number alone, `150000`; that of a municipality stands in Statistics Sweden's table".into()
            }),
            Error::YearMustBeInRange { .. } => "write the year with four digits, `2024`".into(),
            Error::MonthMustBeAMonth { text } => month_meant(text),
            Error::PortionMustBeInPercent { .. } => "write `17,5 %` or `0,1098 ‰`".into(),
            Error::FigureMustBeANumber { text } => {
                two_readings(text, "", 6).unwrap_or_else(|| "write the number alone, `6 891 204 300`".into())
            }
            Error::ShareMustBeWithinTheYear { .. } => "count the units again".into(),
            Error::PopulationMustBeUnique { .. } => {
                "keep the file that Statistics Sweden published last, and take the other out of statistics/".into()
            }
            Error::PopulationMustExist { reference_date, published, .. } => match published {
                Some(published) => format!(
                    "download the table with {} into statistics/ ({}); it is published {}",
                    date_text(*reference_date, Language::English),
                    if reference_date.month() == 11 { "FolkmangdNov" } else { "BefolkningNy, from 2025 BefolkningCKM" },
                    published.text()
                ),
                None if reference_date.succ_opt().is_some_and(|next| next.day() == 1) => {
                    "download the table of populations by month (BefolkManad, from 2025 BefolkManadCKM) into statistics/".into()
                }
                None => "choose a day that is published, `12-31`, `11-01` or the last of a month; 1 January is `12-31` with \
                         one more in `lag_years`"
                    .into(),
            },
            Error::PopulationMustBePublished { .. } => {
                "check the municipality's code in that year, and download the table anew".into()
            }
            Error::FigureMustBeKnown { figure, .. } => match &**figure {
                PublishedFigure::Population(_) => {
                    "wait until then and ask for a later day, or compute with `--preliminary` on the newest that was known".into()
                }
                _ => "wait until then and ask for a later day, or choose a longer lag in the clause".into(),
            },
            Error::PublicationMustBeKnown { .. } => {
                "look the day up and state it in a `[[publication]]` of network.toml, or leave out `--as-known-on`".into()
            }
            Error::PublicationMustStandOnce { .. } => "keep one of the two, and take the other out".into(),
            Error::PublicationMustFollowItsFigure { stated } => match stated.figure.last_day() {
                Some(last) => format!("state the day that it came, after {}", date_text(last, Language::English)),
                None => "state the day that it came".into(),
            },
            Error::IndexFigureMustBeInRange { .. } => "write the figure as published, `142,6`".into(),
            Error::IndexFigureMustBeUnique { .. } => "keep one of the two, and take the other out".into(),
            Error::IndexSeriesMustBeKnown { known, .. } => {
                let read = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let read = if known.is_empty() { read } else { format!("write one of those read, {read}, or ") };
                format!(
                    "{read}put the table of Statistics Sweden into statistics/ and name the series in an `[[index]]`, or the \
                     figures in a file with the header `series,period,value,status`"
                )
            }
            Error::IndexFigureMustExist { newest: Some(newest), .. } => format!(
                "download the series anew; the newest figure on file is for {newest}. Or choose a longer lag in the clause"
            ),
            Error::IndexFigureMustExist { newest: None, status, .. } => {
                format!("the series has no {status} figures on file: download them, or let `status` ask for the other kind")
            }
            Error::IndexFigureMustBePublished { missing } if missing.status == IndexStatus::Preliminary => {
                "wait until it is published and download the table anew, or choose a longer lag in the clause".into()
            }
            Error::IndexFigureMustBePublished { .. } | Error::IndexFigureMustBeFinal { .. } => {
                "choose a longer lag in the clause, or let `status` ask for preliminary figures at both ends".into()
            }
            Error::IndexSeriesMustMatch { .. } => "take both figures from one series".into(),
            Error::IndexMonthMustMatch { .. } => "take the figure for the same month".into(),
            Error::IndexStatusMustMatch { .. } => "take two figures of the same status".into(),
            Error::IndexBaseMustNotBeLater { .. } => {
                "set `base` to the month of the tariff's price level, or add the tariff of that year".into()
            }
            Error::PercentMustBeAChange { .. } => "write `3,2 %` or `-0,5 %`".into(),
            Error::PartMustBeWithinTheWhole { .. } => "write `90 %`".into(),
            Error::IndexTermsMustAgree { conflict, .. } => conflict.mend().into(),
            Error::WeightsMustSumToTheWhole { .. } => {
                "correct a weight, or add the series that is missing".into()
            }
            Error::SpliceMustContinueTheSeries { before, .. } => {
                format!("set `at` to a later year than {}, as {}M{:02}", before.year(), before.year() + 1, before.month())
            }
            Error::ForecastMustBeUsed { .. } => {
                "correct its month, its series, or the fee year in `corrected`; or take it out".into()
            }
            Error::DecidedChangeMustStandOnce { .. } => "keep the one that was decided last".into(),
            Error::DecidedChangeMustFollowTheBase { first_year, .. } => format!(
                "take the row out, or set `base` so that the tariff's own year comes before {first_year}"
            ),
            Error::ChangeMustBeDecided { year, .. } => {
                format!("add the row of {year} with its decision, or a series to measure")
            }
            Error::FactorMustBeAboveZero { .. } => "look for a misplaced decimal mark or minus".into(),
            Error::FactorMustBeHeldExactly { .. } => {
                "let each year work on the printed tariff of the year before (`carried = \"printed\"`), if that is what was decided, \
                 or begin a new tariff at the price level of a later year".into()
            }
            Error::FloorMustNotExceedCeiling { .. } => "swap the two values, or set them as in the decision".into(),
            Error::EscalatedFloorMustNotExceedCeiling { .. } => {
                "let the index apply to both bounds, or to neither".into()
            }
            Error::TariffAmountMustNotBeNegative { .. } => "write the amount without the minus".into(),
            Error::RebateMustNotExceedTheFee { .. } => "write a portion of at most 100 %".into(),
            Error::TierMustHoldAPopulation { .. } => "swap the two ends, or correct one of them".into(),
            Error::TiersMustNotOverlap { population: 1, .. } => {
                "a tier without a lower end begins at 1: give each but the first its `from`, or `above` where the one before it ends"
                    .into()
            }
            Error::TiersMustNotOverlap { .. } => {
                "write which of the two holds it: `to` counts its end in, `below` does not".into()
            }
            Error::TiersMustNotLeaveAHole { .. } => {
                "let each tier begin where the one before it ends, and leave the end of the last one out".into()
            }
            Error::PortionsMustSumToTheWhole { .. } => "correct the portions, so that they sum to 100 %".into(),
            Error::TotalMustBeSharedWhole { .. } => {
                "take the one away, or let another tariff than a total have it".into()
            }
            Error::TotalMustHaveItsMembers { .. } => {
                "call `Schedule::among` with every member and its population first".into()
            }
            Error::MemberMustHaveAShare { member, .. } => {
                format!("give {} a share, or a class with a fee of its own", member.code)
            }
            Error::ShareMustBeOfAMember { .. } => {
                "look at the dates in `joined` and `left`, or decide the shares anew".into()
            }
            Error::KeyMustNotBeNothing { .. } => "look at the figures, or share by another key".into(),
            Error::FederationMustPayForAMember { .. } => {
                "look at the column `payer` of members.csv and at the dates in `joined` and `left`, or take the row away".into()
            }
            Error::FederationMembersMustBeAlike { payer, .. } => {
                format!("let a tariff of that year charge each member of `{payer}` by itself, without a mode or discounted")
            }
            Error::PooledFeeMustHangOnInhabitants { .. } => {
                "write `mode = \"flat\"` with an amount, `mode = \"discounted\"`, or take the row away".into()
            }
            Error::FederationMustHaveItsMembers { .. } => {
                "call `Schedule::among` with every member and its population first, or `Basis::assess_year`".into()
            }
            Error::TermMustStandOnce { .. } => "take one of the two away, or give it another name".into(),
            Error::BoundsMustComeBeforeTheShare { .. } => "set `order = \"after-bounds\"`".into(),
            Error::MemberClassMustBeKnown { known, .. } => {
                format!("write one of {}, or leave the class out", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
            Error::PartsMustHaveOneRest { .. } => "write `rest = true` in one part".into(),
            Error::SharesMustLeaveARest { .. } => {
                "write shares that sum to less than 100 %, and leave the share of the last part to `rest = true`".into()
            }
            Error::PartsMustBeOfOneKind { .. } => "let every part but the rest be a share, or none".into(),
            Error::PartMustNameAComponent { known, .. } if known.is_empty() => {
                "add a `[[tariff.component]]` of that name, or let the parts be shares".into()
            }
            Error::PartMustNameAComponent { known, .. } => {
                format!("write one of {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
            Error::PartMustHaveItsShare { .. } => {
                "let the parts be shares of the fee, or take the limit away for the year".into()
            }
            Error::InstalmentsMustBeSeveral { .. } => {
                "write a second `[[agreement.instalment]]`, or `days` or `due` under `[agreement.payment]` for a fee that is \
                 paid at once"
                    .into()
            }
            Error::LimitMustHaveItsPreviousFees { .. } => {
                "call `Schedule::after` with what each member paid the year before, or `Basis::assess_year`".into()
            }
            Error::PreviousFeeMustBeStated { member, .. } => {
                format!("add what {} paid under `[tariff.limit.previous]`", member.code)
            }
            Error::PreviousFeeMustBeOfAWholeYear { code, .. } => {
                format!("state what {code} would have paid for the whole year, under `[tariff.limit.previous]`")
            }
            Error::BulkFeesMustHangOnInhabitants { .. } => {
                "use `Schedule::assess` for each member; `Basis::assess_year` does so for all of a year".into()
            }
            Error::MemberMustHaveItsAmount { member, .. } => {
                format!("add the amount that was decided for {}", member.code)
            }
            Error::MemberMustHaveItsFigure { name, year, .. } => {
                format!("add a row with `{name}` for {year} to figures.csv")
            }
            Error::TariffsMustNotOverlap { .. } => {
                "let each begin in a year of its own; an earlier one ends by itself when the next begins, or with its `to`"
                    .into()
            }
            Error::TariffMustCoverYear { year, .. } => format!("add the tariff that was decided for {year}"),
            Error::MemberMustStandOnceAYear { .. } => {
                "end the first row before the second begins, at a turn of the year".into()
            }
            Error::MemberMustJoinBeforeItLeaves { .. } => "correct one of the two dates".into(),
            Error::JoiningDateMustBeKnown { .. } => {
                "write the day in `joined`, or the day to reckon with in `joined_assumed`: it is then named in the explanation"
                    .into()
            }
            Error::AssumedDateMustBeInItsYear { year, .. } => format!("assume a day in {year}"),
            Error::AssessmentMustReplay { .. } => {
                "hold what is stored against its backup, and against the figures and the decision that it names; correct a fee \
                 that was invoiced by a credit note and a new invoice"
                    .into()
            }
            Error::TargetFrameMustBeAttainable { range, .. } => {
                let (least, most) = (range.0.text(Language::English), range.1.map(|most| most.text(Language::English)));
                match most {
                    Some(most) => format!("ask for a frame from {least} to {most}, or change another amount too"),
                    None => format!("ask for a frame of {least} or more, or change another amount too"),
                }
            }
            Error::SoughtAmountMustNotBeChained { year, .. } => {
                format!("solve with a scenario whose tariff begins in {year}, or for the scale")
            }
            Error::SoughtAmountMustBeSet { sought, .. } => {
                let word = sought_word(*sought);
                format!("set a `{word}` in the tariff, or in a scenario; or solve for the scale, which every tariff has")
            }
            Error::GrowthMustBeInRange { .. } => "write `0,8 %` or `-0.8`".into(),
            Error::SolveStepMustBeAboveZero { .. } => "give a step above zero, such as `0,01 kr`".into(),
            Error::FeeYearMustHaveMembers { .. } => "look at the dates in `joined` and `left`".into(),
            Error::HostMustHoldTheWholeFeeYear { year, .. } => {
                format!("let one agreement run from {year}-01-01 or earlier to {year}-12-31 or later")
            }
            Error::HostsMustNotOverlap { .. } => "end the earlier agreement on the day before the later begins".into(),
        }
    }
}

/// What is sought, as the command line and network.toml name it.
fn sought_word(sought: Sought) -> &'static str {
    match sought {
        Sought::Rate => "rate",
        Sought::Base => "base",
        Sought::Floor => "floor",
        Sought::Ceiling => "ceiling",
        Sought::Total => "total",
        Sought::Scale => "scale",
    }
}

/// A ratio in percent, for people.
fn percent(ratio: Ratio) -> String {
    let whole = ratio.times(Ratio::whole(100)).ok();
    let scaled = whole.and_then(|percent| {
        let places = (0..=9).find(|places| 10_i128.pow(*places) % percent.denominator() == 0)?;
        let scaled = percent.numerator().checked_mul(10_i128.pow(places) / percent.denominator())?;
        rust_decimal::Decimal::try_from_i128_with_scale(scaled, places).ok()
    });
    match scaled {
        Some(percent) => format!("{} %", decimal_text(percent.normalize(), Language::English)),
        None => format!("{}/{} of the whole", ratio.numerator(), ratio.denominator()),
    }
}

/// How many, with none in a word.
fn number(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

fn count(number: u32) -> String {
    grouped(number.into(), Language::English)
}

/// The populations of a hole between tiers.
fn hole(from: u32, to: Option<u32>) -> String {
    match to {
        Some(to) if to == from => count(from),
        Some(to) => format!("{} to {}", count(from), count(to)),
        None => format!("{} or more", count(from)),
    }
}

/// The first codes of a list, and how many more there are: a whole year that is missing is one fault, not forty.
fn listed(codes: &[MunicipalityCode]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = codes.iter().take(SHOWN).map(MunicipalityCode::as_str).collect();
    match codes.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The number before `kr`, where it could as well be a thousand times as much.
fn unclear(text: &str) -> Option<&str> {
    let number = text.strip_suffix("kr").unwrap_or(text).trim_end();
    Some(number).filter(|number| could_group_thousands(number))
}

fn is_unclear(text: &str) -> bool {
    unclear(text).is_some()
}

/// How to write the two things that `15.000` could mean, where there may be so many decimals; nothing of a text that means one.
fn two_readings(text: &str, unit: &str, most: u32) -> Option<String> {
    let number = parse_decimal(unclear(text)?)?;
    let thousands = grouped((number * Decimal::ONE_THOUSAND).normalize().mantissa(), Language::Swedish);
    let plain = number.normalize();
    let decimals = decimal_text(plain, Language::Swedish);
    Some(match plain.scale() {
        scale if scale > most => format!("write `{thousands}{unit}`"),
        3 => format!("write `{thousands}{unit}` if thousands are meant, `{decimals}0{unit}` if not"),
        _ => format!("write `{thousands}{unit}` if thousands are meant, `{decimals}{unit}` if not"),
    })
}

/// How to write a month or a day, by what somebody wrote.
fn month_meant(text: &str) -> String {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let quarter = text.split_once(['K', 'Q']).filter(|(year, _)| digits(year) && year.len() == 4);
    let quarter = quarter.and_then(|(year, quarter)| Some((year, quarter.parse::<u32>().ok()?)));
    match (quarter, text.split_once('-')) {
        (Some((year, quarter @ 1..=4)), _) => {
            format!(
                "write the last month of the quarter, `{year}M{:02}`, here and beside its figure",
                3 * quarter
            )
        }
        _ if digits(text) && text.len() == 4 => {
            format!("write the last month of the year, `{text}M12`, here and beside its figure")
        }
        (_, Some((year, month))) if year.len() == 4 && digits(year) && digits(month) && month.len() == 2 => {
            format!("write the month as `{year}M{month}`")
        }
        (_, Some((day, month))) if digits(day) && digits(month) && text.len() == 5 => {
            format!("write the month first, `{month}-{day}`")
        }
        _ => "write the month as `2022M10`, the day as `12-31`".into(),
    }
}
