//! Error: every way a folder is refused, each named by the rule it guards, and what it tells the user.

use std::sync::Arc;

use avgift::{Fall, FeeYear, Language, NaiveDate, Origin, Refusal, date_text};
use avgift_invoice::InvoiceNumber;
use thiserror::Error as ThisError;

use crate::names::{LONGEST_NAME, Municipality, suggestions};
use crate::sheet::Field;

/// A text as the user wrote it, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

impl From<Field> for Written {
    fn from(field: Field) -> Written {
        Written { text: field.text, origin: field.origin }
    }
}

/// A rule of the folder that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("there is no file `{file}`")]
    FileMustExist { file: Arc<str> },
    #[error("`{file}` is not text in UTF-8")]
    SettingsMustBeUtf8 { file: Arc<str>, origin: Origin },
    #[error("this is not TOML: {message}")]
    SettingsMustBeToml { message: String, origin: Origin },
    #[error("`{}` is not a setting of {section}", .key.text)]
    SettingMustBeKnown { key: Written, section: String, known: Vec<&'static str> },
    #[error("{section} has no `{key}`")]
    SettingMustBeGiven { key: &'static str, section: String, hint: &'static str, origin: Origin },
    #[error("`{}` is not {expected}", .value.text)]
    SettingMustBeOfItsKind { value: Written, key: String, expected: String },
    #[error("`{key}` has no meaning {beside}")]
    SettingMustApply { key: &'static str, beside: &'static str, origin: Origin },
    #[error("`{}` needs `{other}` beside it", .value.text)]
    SettingMustHaveItsOther { value: Written, other: &'static str },

    #[error("a fee has one shape, and here are two: `{first}` and `{second}`")]
    TariffMustHaveOneShape { first: &'static str, second: &'static str, origins: Vec<Origin> },

    #[error("`{file}` is empty")]
    SheetMustHaveAHeader { file: Arc<str> },
    #[error("`{}` is not a column of this file", .name.text)]
    ColumnMustBeKnown { name: Written, known: Vec<&'static str> },
    #[error("the column `{name}` is not there")]
    ColumnMustBeGiven { name: &'static str, origin: Origin },
    #[error("the column `{}` stands twice", .name.text)]
    ColumnMustStandOnce { name: Written, first: Origin },
    #[error("{found} fields where the header has {expected}")]
    RowMustHaveItsColumns { origin: Origin, found: usize, expected: usize },
    #[error("a line of this file is longer than 20 000 characters")]
    LineMustBeOfAReasonableLength { origin: Origin },
    #[error("a quoted field does not end on its line")]
    FieldMustEndOnItsLine { origin: Origin },
    #[error("`{column}` is empty")]
    FieldMustBeGiven { column: &'static str, origin: Origin },
    #[error("`{}` is not a date", .value.text)]
    DateMustBeADate { value: Written },

    #[error("no municipality is named `{}`", .name.text)]
    MunicipalityMustBeKnown { name: Written },
    #[error("no municipality has the code `{}`", .code.text)]
    MunicipalityCodeMustBeInUse { code: Written, today: Option<Municipality> },
    #[error("`{}` is {}, and `{}` is not its code", .name.text, .named.name, .code.text)]
    NameMustMatchItsCode { name: Written, code: Written, named: Municipality },
    #[error("`joined_assumed` is `{}`, and the day of joining is known", .assumed.text)]
    AssumptionMustFillAGap { assumed: Written },
    #[error("no payer is called `{}`", .payer.text)]
    PayerMustBeKnown { payer: Written, known: Vec<String> },
    #[error("the payer `{}` stands twice", .payer.text)]
    PayerMustStandOnce { payer: Written, first: Origin },
    #[error("`{}` is no short name for a payer", .payer.text)]
    PayerNameMustBePlain { payer: Written },
    #[error("the payer `{}` pays for no member", .payer.text)]
    PayerShouldPayForSomebody { payer: Written },
    #[error("`{class}` is a class, and the tariff `{tariff}` of {year} has no classes")]
    MemberClassShouldHaveTerms {
        class: String,
        tariff: String,
        year: FeeYear,
        member: Option<Origin>,
        origin: Option<Origin>,
    },

    #[error("{}from {} to {} inhabitants {} falls from {} to {}", of_class(.fall), count(.fall.inhabitants.get()),
        count(.fall.inhabitants.get() + 1), if .fall.of_each_hundred { "each 100 kr of the fee" } else { "the fee" },
        .fall.fee.text(Language::English), .fall.fee_of_one_more.text(Language::English))]
    FeeShouldNotFallWithPopulation { fall: Box<Fall> },
    #[error("this figure stands twice: `{}`", .value.text)]
    FigureMustStandOnce { value: Written, first: Option<Origin> },
    #[error("no member has the code `{}`", .code.text)]
    FigureMustBeOfAMember { code: Written },

    #[error("no fee year has both a tariff and population figures")]
    FiguresMustCoverAFeeYear,
    #[error("statistics/ holds no population figures")]
    StatisticsMustHoldPopulations,
    #[error("`{file}` holds neither populations nor index figures")]
    StatisticsMustBeOfUse { file: Arc<str> },
    #[error("`{}` is not a file of the folder", .file.text)]
    IndexFileMustExist { file: Written, known: Vec<String> },
    #[error("`{}` is not a file of the folder", .file.text)]
    NamedFileMustExist { file: Written },
    #[error("`{}` does not lie in the network's folder", .file.text)]
    FileMustLieInTheFolder { file: Written },
    #[error("the agreement with `{host}` does not say how its fees stand to VAT")]
    VatMustBeSet { host: String, origin: Origin },
    #[error("an instalment is not due later than the one before it")]
    InstalmentsMustFollowEachOther { origins: Vec<Origin> },
    #[error("an instalment is due before it is issued")]
    InstalmentMustBeIssuedBeforeItIsDue { origins: Vec<Origin> },

    #[error("the agreement with `{host}` does not say how its documents are numbered")]
    NumbersMustBeSet { host: String, origin: Origin },
    #[error("the series `{}` is another host's", .series.text)]
    SeriesMustBelongToOneHost { series: Written, earlier: Origin },
    #[error("the series `{series}` would begin with {} and with {earlier_number}", .first.text)]
    SeriesMustHaveOneFirstNumber {
        series: String,
        first: Written,
        earlier_number: InvoiceNumber,
        earlier: Origin,
    },
    #[error("two series would begin with {}", .first.text)]
    SeriesMustBeginWithTheirOwnNumbers { first: Written, earlier: Origin },

    #[error("a reference rate cannot begin on {}", date_text(*.from, Language::English))]
    ReferenceRateMustBeginAHalfYear { from: NaiveDate, origin: Option<Origin> },
    #[error("the reference rate from {from} does not follow that from {before}")]
    ReferenceRatesMustFollowEachOther {
        from: NaiveDate,
        before: NaiveDate,
        expected: NaiveDate,
        origins: Vec<Origin>,
    },
    #[error("there is no reference rate for {}", date_text(*.day, Language::English))]
    ReferenceRateMustBeKnown { day: NaiveDate, half: NaiveDate, nearest: Option<Origin> },
}

avgift::error_codes! {
    FileMustExist "file-must-exist"
    SettingsMustBeUtf8 "settings-must-be-utf8"
    SettingsMustBeToml "settings-must-be-toml"
    SettingMustBeKnown "setting-must-be-known"
    SettingMustBeGiven "setting-must-be-given"
    SettingMustBeOfItsKind "setting-must-be-of-its-kind"
    SettingMustApply "setting-must-apply"
    SettingMustHaveItsOther "setting-must-have-its-other"
    TariffMustHaveOneShape "tariff-must-have-one-shape"
    SheetMustHaveAHeader "sheet-must-have-a-header"
    ColumnMustBeKnown "column-must-be-known"
    ColumnMustBeGiven "column-must-be-given"
    ColumnMustStandOnce "column-must-stand-once"
    RowMustHaveItsColumns "row-must-have-its-columns"
    LineMustBeOfAReasonableLength "line-must-be-of-a-reasonable-length"
    FieldMustEndOnItsLine "field-must-end-on-its-line"
    FieldMustBeGiven "field-must-be-given"
    DateMustBeADate "date-must-be-a-date"
    MunicipalityMustBeKnown "municipality-must-be-known"
    MunicipalityCodeMustBeInUse "municipality-code-must-be-in-use"
    NameMustMatchItsCode "name-must-match-its-code"
    AssumptionMustFillAGap "assumption-must-fill-a-gap"
    PayerMustBeKnown "payer-must-be-known"
    PayerMustStandOnce "payer-must-stand-once"
    PayerNameMustBePlain "payer-name-must-be-plain"
    PayerShouldPayForSomebody "payer-should-pay-for-somebody"
    MemberClassShouldHaveTerms "member-class-should-have-terms"
    FeeShouldNotFallWithPopulation "fee-should-not-fall-with-population"
    FigureMustStandOnce "figure-must-stand-once"
    FigureMustBeOfAMember "figure-must-be-of-a-member"
    FiguresMustCoverAFeeYear "figures-must-cover-a-fee-year"
    StatisticsMustHoldPopulations "statistics-must-hold-populations"
    StatisticsMustBeOfUse "statistics-must-be-of-use"
    IndexFileMustExist "index-file-must-exist"
    NamedFileMustExist "named-file-must-exist"
    FileMustLieInTheFolder "file-must-lie-in-the-folder"
    VatMustBeSet "vat-must-be-set"
    InstalmentsMustFollowEachOther "instalments-must-follow-each-other"
    InstalmentMustBeIssuedBeforeItIsDue "instalment-must-be-issued-before-it-is-due"
    NumbersMustBeSet "numbers-must-be-set"
    SeriesMustBelongToOneHost "series-must-belong-to-one-host"
    SeriesMustHaveOneFirstNumber "series-must-have-one-first-number"
    SeriesMustBeginWithTheirOwnNumbers "series-must-begin-with-their-own-numbers"
    ReferenceRateMustBeginAHalfYear "reference-rate-must-begin-a-half-year"
    ReferenceRatesMustFollowEachOther "reference-rates-must-follow-each-other"
    ReferenceRateMustBeKnown "reference-rate-must-be-known"
}

impl Error {
    /// The refusal: code, message, places, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = match self {
            Error::PayerShouldPayForSomebody { .. }
            | Error::MemberClassShouldHaveTerms { .. }
            | Error::FeeShouldNotFallWithPopulation { .. } => Refusal::warning(self.code(), self.to_string()),
            _ => Refusal::error(self.code(), self.to_string()),
        };
        let refusal = refusal.why(self.why()).mend(self.mend());
        self.places().into_iter().fold(refusal, |refusal, (origin, label)| refusal.at(&origin, label))
    }

    fn places(&self) -> Vec<(Origin, &'static str)> {
        match self {
            Error::FileMustExist { .. }
            | Error::FiguresMustCoverAFeeYear
            | Error::StatisticsMustHoldPopulations => Vec::new(),
            Error::SettingsMustBeUtf8 { origin, .. } => vec![(origin.clone(), "the first byte that is not")],
            Error::SheetMustHaveAHeader { file } | Error::StatisticsMustBeOfUse { file } => {
                vec![(Origin::new(file.clone(), 1, 1, 0), "this file")]
            }
            Error::SettingsMustBeToml { origin, .. } => vec![(origin.clone(), "here")],
            Error::SettingMustBeKnown { key, .. } => vec![(key.origin.clone(), "not known")],
            Error::SettingMustBeGiven { origin, .. } => vec![(origin.clone(), "belongs here")],
            Error::SettingMustBeOfItsKind { value, .. } => vec![(value.origin.clone(), "this value")],
            Error::SettingMustApply { origin, .. } => vec![(origin.clone(), "changes nothing")],
            Error::TariffMustHaveOneShape { origins, .. } => {
                let labels = ["the one", "the other"];
                origins.iter().cloned().zip(labels).collect()
            }
            Error::SettingMustHaveItsOther { value, .. } => vec![(value.origin.clone(), "this value")],
            Error::ColumnMustBeKnown { name, .. } => vec![(name.origin.clone(), "not known")],
            Error::ColumnMustBeGiven { origin, .. } => vec![(origin.clone(), "the header")],
            Error::ColumnMustStandOnce { name, first } => {
                vec![(name.origin.clone(), "again"), (first.clone(), "first")]
            }
            Error::RowMustHaveItsColumns { origin, .. } => vec![(origin.clone(), "this row")],
            Error::LineMustBeOfAReasonableLength { origin } => vec![(origin.clone(), "begins here")],
            Error::FieldMustEndOnItsLine { origin } => vec![(origin.clone(), "no closing quote")],
            Error::FieldMustBeGiven { origin, .. } => vec![(origin.clone(), "belongs here")],
            Error::DateMustBeADate { value } => vec![(value.origin.clone(), "not a date")],
            Error::MunicipalityMustBeKnown { name } => vec![(name.origin.clone(), "not a municipality")],
            Error::MunicipalityCodeMustBeInUse { code, .. } => vec![(code.origin.clone(), "not in use")],
            Error::NameMustMatchItsCode { name, code, .. } => {
                vec![(code.origin.clone(), "the code"), (name.origin.clone(), "the name")]
            }
            Error::AssumptionMustFillAGap { assumed } => vec![(assumed.origin.clone(), "not needed")],
            Error::PayerMustBeKnown { payer, .. } => vec![(payer.origin.clone(), "not in payers.csv")],
            Error::PayerMustStandOnce { payer, first } => {
                vec![(payer.origin.clone(), "again"), (first.clone(), "first")]
            }
            Error::PayerNameMustBePlain { payer } => vec![(payer.origin.clone(), "not plain")],
            Error::PayerShouldPayForSomebody { payer } => vec![(payer.origin.clone(), "no member names it")],
            Error::MemberClassShouldHaveTerms { member, origin, .. } => {
                let places = [(member, "the class"), (origin, "the tariff")];
                places.into_iter().filter_map(|(place, label)| Some((place.clone()?, label))).collect()
            }
            Error::FeeShouldNotFallWithPopulation { fall } => {
                fall.origins.iter().cloned().zip(["lower from here on", "higher up to here"]).collect()
            }
            Error::FigureMustStandOnce { value, first } => {
                let first = first.iter().map(|first| (first.clone(), "first"));
                [(value.origin.clone(), "again")].into_iter().chain(first).collect()
            }
            Error::FigureMustBeOfAMember { code } => vec![(code.origin.clone(), "not in members.csv")],
            Error::IndexFileMustExist { file, .. } => vec![(file.origin.clone(), "not there")],
            Error::NamedFileMustExist { file } => vec![(file.origin.clone(), "not there")],
            Error::FileMustLieInTheFolder { file } => vec![(file.origin.clone(), "this path")],
            Error::VatMustBeSet { origin, .. } => vec![(origin.clone(), "no `vat`")],
            Error::InstalmentsMustFollowEachOther { origins } => {
                origins.iter().cloned().zip(["due then", "the one before it"]).collect()
            }
            Error::InstalmentMustBeIssuedBeforeItIsDue { origins } => {
                origins.iter().cloned().zip(["due", "issued"]).collect()
            }
            Error::NumbersMustBeSet { origin, .. } => vec![(origin.clone(), "no `numbers`")],
            Error::SeriesMustBelongToOneHost { series, earlier } => {
                vec![(series.origin.clone(), "again"), (earlier.clone(), "the other host")]
            }
            Error::SeriesMustHaveOneFirstNumber { first, earlier, .. } => {
                vec![(first.origin.clone(), "another number"), (earlier.clone(), "first")]
            }
            Error::SeriesMustBeginWithTheirOwnNumbers { first, earlier } => {
                vec![(first.origin.clone(), "again"), (earlier.clone(), "first")]
            }
            Error::ReferenceRateMustBeginAHalfYear { origin, .. } => {
                origin.iter().map(|origin| (origin.clone(), "this day")).collect()
            }
            Error::ReferenceRatesMustFollowEachOther { origins, .. } => {
                origins.iter().cloned().zip(["this one", "the one before"]).collect()
            }
            Error::ReferenceRateMustBeKnown { nearest, .. } => {
                nearest.iter().map(|origin| (origin.clone(), "the nearest")).collect()
            }
        }
    }

    fn why(&self) -> &'static str {
        match self {
            Error::FileMustExist { .. } => {
                "a network's folder has network.toml, members.csv, payers.csv and statistics/"
            }
            Error::SettingsMustBeUtf8 { .. } => {
                "TOML is always UTF-8; å, ä and ö look different in an older code page"
            }
            Error::SettingsMustBeToml { .. } => "nothing can be read safely from a file that is not whole",
            Error::SettingMustBeKnown { .. } => {
                "a misspelt setting would otherwise be passed over in silence"
            }
            Error::SettingMustBeGiven { .. } => {
                "without it the settings are not complete, and the program never guesses a decision"
            }
            Error::SettingMustBeOfItsKind { .. } => {
                "a value that is not understood is refused, never taken for another"
            }
            Error::SettingMustApply { .. } => "a setting that changes nothing looks as if it did",
            Error::SettingMustHaveItsOther { .. } => "the one is not complete without the other",
            Error::TariffMustHaveOneShape { .. } => {
                "each of them says by itself what turns a member into money, and nobody can know which is meant"
            }
            Error::SheetMustHaveAHeader { .. } => "the first row names the columns",
            Error::ColumnMustBeKnown { .. } => "a misspelt column would otherwise be passed over in silence",
            Error::ColumnMustBeGiven { .. } => "every row needs it",
            Error::ColumnMustStandOnce { .. } => "nobody can know which of the two is meant",
            Error::RowMustHaveItsColumns { .. } => {
                "a row with too few or too many fields has shifted somewhere"
            }
            Error::LineMustBeOfAReasonableLength { .. } => {
                "a row of a table that people keep is short; this file has lost its line ends, or is of another kind"
            }
            Error::FieldMustEndOnItsLine { .. } => {
                "a quote that is not closed would swallow the rows below it"
            }
            Error::FieldMustBeGiven { .. } => "the row means nothing without it",
            Error::DateMustBeADate { .. } => {
                "a date is year, month and day, so that nobody mixes day and month up"
            }
            Error::MunicipalityMustBeKnown { .. } => {
                "a name means the municipality that bears it, to the letter; å, ä and ö are letters of their own"
            }
            Error::MunicipalityCodeMustBeInUse { .. } => {
                "figures are found by code, and no figure is published under this one"
            }
            Error::NameMustMatchItsCode { .. } => {
                "one of the two is wrong, and the fee would be another municipality's"
            }
            Error::AssumptionMustFillAGap { .. } => {
                "an assumption fills in what is unknown; beside a known day it could only contradict it"
            }
            Error::PayerMustBeKnown { .. } => "an invoice needs a payer with address and organisation number",
            Error::PayerMustStandOnce { .. } => "one payer gets one invoice",
            Error::PayerNameMustBePlain { .. } => {
                "the short name becomes a file's name, on Windows and Mac alike: lower-case a to z, digits and hyphens"
            }
            Error::PayerShouldPayForSomebody { .. } => "it would never get an invoice",
            Error::MemberClassShouldHaveTerms { .. } => {
                "the member pays as all others do, and its class says that it should not"
            }
            Error::FeeShouldNotFallWithPopulation { .. } => {
                "a tariff may do so, but a member that grows would pay less, and nobody should be surprised by it"
            }
            Error::FigureMustStandOnce { .. } => "nobody can know which of the two is meant",
            Error::FigureMustBeOfAMember { .. } => {
                "a figure that no fee rests on may be that of the member next to it"
            }
            Error::FiguresMustCoverAFeeYear => "there is nothing to compute",
            Error::StatisticsMustHoldPopulations => "the fee rests on Statistics Sweden's figures",
            Error::StatisticsMustBeOfUse { .. } => {
                "a file that is passed over in silence may be the one you counted on"
            }
            Error::IndexFileMustExist { .. } => "the series is read from a file in statistics/",
            Error::NamedFileMustExist { .. } => {
                "a document without its logo or template is not the one you set"
            }
            Error::FileMustLieInTheFolder { .. } => {
                "the folder goes to the auditor and to next year as a whole, and is read the same on every machine"
            }
            Error::VatMustBeSet { .. } => {
                "whether a fee carries VAT is decided for each agreement, and the program never guesses it"
            }
            Error::InstalmentsMustFollowEachOther { .. } => {
                "they are numbered as they are paid, the first one first"
            }
            Error::InstalmentMustBeIssuedBeforeItIsDue { .. } => "nobody can pay before there is an invoice",
            Error::NumbersMustBeSet { .. } => {
                "a number once given stands for ever, so the host chooses the series and where it begins"
            }
            Error::SeriesMustBelongToOneHost { .. } => {
                "a series without gaps is what shows that no invoice is missing, and each host keeps its own books"
            }
            Error::SeriesMustHaveOneFirstNumber { .. } => {
                "a series goes on by one from agreement to agreement, and never begins anew"
            }
            Error::SeriesMustBeginWithTheirOwnNumbers { .. } => {
                "a number alone names a document: an OCR reference carries no series, and a payment could be for either"
            }
            Error::ReferenceRateMustBeginAHalfYear { .. } => {
                "the Riksbank sets the rate for half a calendar year at a time"
            }
            Error::ReferenceRatesMustFollowEachOther { .. } => {
                "a reference rate holds half a year; where one is left out, interest would be counted by an older one"
            }
            Error::ReferenceRateMustBeKnown { .. } => {
                "the Riksbank sets the rate anew for every half-year, and an older one is never used in its place"
            }
        }
    }

    fn mend(&self) -> String {
        match self {
            Error::FileMustExist { file } => format!("add `{file}`, or point at the right folder with `--network`; `avgift init` makes one to start from"),
            Error::SettingsMustBeUtf8 { .. } => "save the file as UTF-8".into(),
            Error::SettingsMustBeToml { .. } => {
                "put amounts and texts in quotes, write numbers without spaces or commas, and look at the line and the one \
                 before it for a quote or bracket that is missing"
                    .into()
            }
            Error::SettingMustBeKnown { key, section, known } => {
                elsewhere(&key.text, section, known).unwrap_or_else(|| did_you_mean(&key.text, known))
            }
            Error::SettingMustBeGiven { key, hint, .. } if key.starts_with('[') => format!("add `{key}` {hint}"),
            Error::SettingMustBeGiven { key, hint, .. } => {
                let (value, more) = hint.split_at(end_of_value(hint));
                format!("add `{key} = {value}`{more}")
            }
            Error::SettingMustBeOfItsKind { key, expected, .. } => format!("give `{key}` {expected}"),
            Error::SettingMustApply { key, .. } => format!("take `{key}` away, or change what stands beside it"),
            Error::SettingMustHaveItsOther { other, .. } => {
                let start = other.find(" = ").map_or(0, |at| at + 3);
                let (setting, more) = other.split_at(start + end_of_value(&other[start..]));
                format!("add `{setting}`{more}")
            }
            Error::TariffMustHaveOneShape { .. } => {
                "keep one of them; an amount beside a rate is its `base`, and what comes on top is a `[[tariff.component]]`".into()
            }
            Error::SheetMustHaveAHeader { .. } => "write the header, or start from the file that `avgift init` makes".into(),
            Error::ColumnMustBeKnown { name, known } => did_you_mean(&name.text, known),
            Error::ColumnMustBeGiven { name, .. } => format!("add the column `{name}`"),
            Error::ColumnMustStandOnce { .. } => "take one of the two away".into(),
            Error::RowMustHaveItsColumns { .. } => "put a field that holds a separator in quotes, and count the separators".into(),
            Error::LineMustBeOfAReasonableLength { .. } => {
                "save the table as CSV anew, with a row on each line".into()
            }
            Error::FieldMustEndOnItsLine { .. } => "close the quote, or double it where it belongs to the text".into(),
            Error::FieldMustBeGiven { column, .. } => format!("fill in `{column}`"),
            Error::DateMustBeADate { .. } => "write `2023-10-01`; where only the year is known, `2023` or `hösten 2023`".into(),
            Error::MunicipalityMustBeKnown { name } => match suggestions(&name.text).as_slice() {
                [] => "write the name as Statistics Sweden does, or the code in `municipality_code`".into(),
                near => {
                    let near: Vec<String> = near.iter().map(|one| format!("{} ({})", one.name, one.code)).collect();
                    format!("did you mean {}?", near.join(" or "))
                }
            },
            Error::MunicipalityCodeMustBeInUse { today: Some(today), .. } => format!("write `{}`, the code of {} today", today.code, today.name),
            Error::MunicipalityCodeMustBeInUse { .. } => "look the code up in Statistics Sweden's table".into(),
            Error::NameMustMatchItsCode { named, .. } => format!("write `{}` if {} is meant, or correct the name", named.code, named.name),
            Error::AssumptionMustFillAGap { .. } => {
                "empty `joined_assumed`, or write in `joined` what is really known, `hösten 2023`".into()
            }
            Error::PayerMustBeKnown { payer, known } => {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                match nearest(&payer.text, &known) {
                    Some(near) => format!("did you mean `{near}`? Or add a row to payers.csv"),
                    None => "add a row to payers.csv".into(),
                }
            }
            Error::PayerMustStandOnce { .. } => "take one of the rows away, or give it another short name".into(),
            Error::PayerNameMustBePlain { .. } => "write a short name such as `ale` or `dals-ed`, at most 40 characters".into(),
            Error::PayerShouldPayForSomebody { .. } => "name it in the column `payer` of members.csv, or take the row away".into(),
            Error::MemberClassShouldHaveTerms { class, .. } => format!(
                "add a `[[tariff.class]]` with `name = \"{class}\"` and its terms, `multiplier = \"100 %\"` if it pays as all others \
                 do, or leave the column `class` empty"
            ),
            Error::FeeShouldNotFallWithPopulation { .. } => {
                "if that is what was decided, leave it; else write brackets, or raise the amounts of the larger".into()
            }
            Error::FigureMustStandOnce { .. } => "take one of the two rows away".into(),
            Error::FigureMustBeOfAMember { .. } => "correct the code, or take the row away".into(),
            Error::FiguresMustCoverAFeeYear => {
                "download the population of the reference date into statistics/, or look at `from` and `to` of the tariffs".into()
            }
            Error::StatisticsMustHoldPopulations => {
                "download the population by municipality (table BefolkningNy, from 2025 BefolkningCKM) into statistics/".into()
            }
            Error::StatisticsMustBeOfUse { .. } => {
                "download it anew with its heading, codes and contents, or move it out of statistics/".into()
            }
            Error::IndexFileMustExist { known, .. } if known.is_empty() => "download it into statistics/".into(),
            Error::IndexFileMustExist { known, .. } => format!("write one of {}", backticked(known)),
            Error::NamedFileMustExist { .. } => {
                "put the file there, or write its path from the folder on, in its own capitals and small letters".into()
            }
            Error::FileMustLieInTheFolder { .. } => {
                "copy the file into the folder and write its path with `/`, `brev/logga.svg`".into()
            }
            Error::VatMustBeSet { .. } => {
                "add `vat = { category = \"S\", rate = 25 }`, or category \"E\" or \"O\" with a `reason`, as the network has decided".into()
            }
            Error::InstalmentsMustFollowEachOther { .. } => {
                "put them in the order of their due dates; a day of the year after the fee year is written `next 01-31`".into()
            }
            Error::InstalmentMustBeIssuedBeforeItIsDue { .. } => {
                "choose an earlier day of issue, or a later due date; a day of the year before is written `previous 12-15`".into()
            }
            Error::NumbersMustBeSet { .. } => {
                "add `numbers = { series = \"F\", first = \"20270001\" }`, a series that nothing else is numbered in".into()
            }
            Error::SeriesMustBelongToOneHost { .. } => {
                "give each host a series of its own; the same host has the same organisation number".into()
            }
            Error::SeriesMustHaveOneFirstNumber { earlier_number, .. } => {
                format!("write {earlier_number}, or give the agreement a series of its own")
            }
            Error::SeriesMustBeginWithTheirOwnNumbers { .. } => {
                "begin one of them far from the other, so that they never meet".into()
            }
            Error::ReferenceRateMustBeginAHalfYear { .. } => "write 1 January or 1 July of its year".into(),
            Error::ReferenceRatesMustFollowEachOther { expected, .. } => {
                format!("write the rate from {expected} after it, the earliest first and each half-year once")
            }
            Error::ReferenceRateMustBeKnown { half, .. } => {
                format!("add `[[reference_rate]]` with `from = {half}`, and those between, as the Riksbank has set them")
            }
        }
    }
}

/// Whose fee it is, where it is that of a class.
fn of_class(fall: &Fall) -> String {
    fall.class.as_ref().map_or_else(String::new, |class| format!("in the class `{class}`, "))
}

fn count(number: u32) -> String {
    avgift::grouped(number.into(), Language::English)
}

/// Where the value ends with which an example begins: `"S"` of `"S", "E" or "O"`.
fn end_of_value(hint: &str) -> usize {
    let end = match hint.strip_prefix('"') {
        Some(text) => text.find('"').map(|at| at + 2),
        None if hint.starts_with(['[', '{']) => None,
        None => hint.find(", ").or_else(|| hint.find(" or ")),
    };
    end.unwrap_or(hint.len())
}

/// The settings of a `[[tariff]]` that stand in it itself.
const OF_A_TARIFF: [&str; 21] = [
    "amount",
    "among",
    "base",
    "brackets",
    "cap",
    "ceiling",
    "decision",
    "floor",
    "from",
    "illustrative",
    "joining_fee",
    "keys",
    "of_figure",
    "per",
    "rate",
    "rounding",
    "tiers",
    "to",
    "total",
    "units",
    "name",
];
/// Its tables, and whether each is one of a list.
const TABLES_OF_A_TARIFF: [(&str, bool); 9] = [
    ("amounts", false),
    ("ceilings", false),
    ("class", true),
    ("component", true),
    ("limit", false),
    ("percentages", false),
    ("population", false),
    ("proration", false),
    ("year_factor", true),
];
/// Words that somebody may use, and the setting that is meant.
const OTHER_WORDS: [(&str, &str); 12] = [
    ("min", "`floor`"),
    ("minimum", "`floor`"),
    ("golv", "`floor`"),
    ("max", "`ceiling`; inhabitants are capped by `cap`"),
    ("maximum", "`ceiling`; inhabitants are capped by `cap`"),
    ("tak", "`ceiling`; inhabitants are capped by `cap`"),
    ("rebate", REBATE),
    ("discount", REBATE),
    ("rabatt", REBATE),
    ("fee", "`amount` for a flat fee, `rate` for one per inhabitant"),
    ("avgift", "`amount` for a flat fee, `rate` for one per inhabitant"),
    ("fixed", "`amount` for a flat fee, `base` beside a `rate`"),
];
const REBATE: &str = "what is left to pay: 10 % off is `multiplier = \"90 %\"` of a `[[tariff.class]]`, or `factor = \"90 %\"` of a \
                      `[[tariff.year_factor]]`";

/// How to mend a setting that is known elsewhere, or by another word; nothing of any other.
pub(crate) fn elsewhere(written: &str, section: &str, known: &[&str]) -> Option<String> {
    if let Some((_, meant)) = OTHER_WORDS.iter().find(|(word, _)| *word == written) {
        return Some(format!("write {meant}"));
    }
    if let Some((_, is_list)) = TABLES_OF_A_TARIFF.iter().find(|(table, _)| *table == written) {
        let (open, close) = if *is_list { ("[[", "]]") } else { ("[", "]") };
        let is_near = section == "network.toml" || section.contains("tariff");
        return is_near
            .then(|| format!("write `{open}tariff.{written}{close}`, below the tariff that it is of"));
    }
    // In a row of a list only what no such row has is taken for the tariff's.
    let may_be_misplaced = match section.starts_with("[[tariff.") {
        true => ["decision", "illustrative", "joining_fee", "rounding"].contains(&written),
        false => section == "network.toml" || section.starts_with("[tariff."),
    };
    (may_be_misplaced && OF_A_TARIFF.contains(&written) && !known.contains(&written)).then(|| {
        format!("`{written}` is a setting of [[tariff]]: write it there, above the first `[tariff.…]` of that tariff")
    })
}

fn did_you_mean(written: &str, known: &[&str]) -> String {
    match nearest(written, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", backticked(known)),
    }
}

fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    if written.len() > LONGEST_NAME {
        return None;
    }
    let distance = |one: &&str| strsim::damerau_levenshtein(&written.to_lowercase(), &one.to_lowercase());
    known
        .iter()
        .copied()
        .min_by_key(|one| distance(one))
        .filter(|one| distance(one) <= 1 + one.chars().count() / 4)
}

fn backticked<T: AsRef<str>>(texts: &[T]) -> String {
    texts.iter().map(|text| format!("`{}`", text.as_ref())).collect::<Vec<_>>().join(", ")
}
