//! Error: every way the core refuses, each named by the rule it guards, and its message. Where it stands, why and how to mend it: a
//! file each.

mod mend;
mod places;
mod why;

use chrono::NaiveDate;
use thiserror::Error as ThisError;

use crate::calendar::{FeeYear, Month};
use crate::index::{Conflict, IndexFigure, IndexStatus, MissingIndexFigure, SeriesName};
use crate::language::{Language, date_text};
use crate::membership::{Member, PayerId};
use crate::money::{Exact, Sek};
use crate::number::{decimal_text, grouped};
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
