//! Error: every way a file of Statistics Sweden is refused, each named by the rule it guards, and what it tells the user.

use avgift::{Origin, Refusal};
use thiserror::Error as ThisError;

use crate::number;
use crate::table::{Cell, CellValue};

/// A rule of the file formats, or of the figures in them, that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[allow(
    missing_docs,
    reason = "the name of a variant is its rule, and its message and reason stand beside it"
)]
pub enum Error {
    #[error("the file is empty")]
    FileMustNotBeEmpty { origin: Origin },
    #[error("the file is a workbook")]
    FileMustNotBeAWorkbook { origin: Origin },
    #[error("the file is a web page, or XML")]
    FileMustNotBeAWebPage { origin: Origin },
    #[error("the file is neither px, JSON nor CSV")]
    FileMustBeOfAKnownFormat { origin: Origin },
    #[error("the code page `{name}` is not known")]
    CodePageMustBeKnown { name: String, origin: Origin },
    #[error("a text begins with a quote and does not end on its line")]
    FieldMustEndOnItsLine { origin: Origin },

    #[error("the table has no rows")]
    TableMustHaveRows { origin: Origin },
    #[error("the table would have {} cells for {values} values", sizes_text(.sizes))]
    TableMustNotBeMostlyEmpty { sizes: Vec<usize>, values: usize, origin: Origin },
    #[error("one cell holds both {} and {}", value_text(.first), value_text(.second))]
    CellMustBeUnique { first: Box<Cell>, second: Box<Cell> },
    #[error("`{text}` is neither a number nor a symbol for a missing one")]
    CellMustBeANumber { text: String, origin: Origin },
    #[error("`{text}` of `{dimension}` has no code")]
    CategoryMustHaveCode { dimension: String, text: String, origin: Origin },

    #[error("the header begins with an empty column")]
    HeaderMustStandOnOneLine { origin: Origin },
    #[error("the column `{text}` names no year or month")]
    HeaderMustNameAPeriod { text: String, origin: Origin },
    #[error("the header has no column `{text}`")]
    HeaderMustNameItsColumns { text: String, origin: Origin },
    #[error("the row has {columns} columns, and the header has {expected}")]
    CsvRowMustHaveItsColumns { columns: usize, expected: usize, origin: Origin, header: Origin },

    #[error("the JSON cannot be read: {fault}")]
    JsonMustBeReadable { fault: String, origin: Origin },
    #[error("the JSON is no table")]
    JsonMustBeAStatTable { origin: Origin },
    #[error("the JSON has no usable `{part}`")]
    JsonPartMustBeThere { part: String, origin: Origin },
    #[error("the JSON has {found} {what}, and its sizes ask for {expected}")]
    JsonSizesMustMatch { what: String, found: usize, expected: usize, origin: Origin },
    #[error("`{text}` is no position that `{dimension}` has free")]
    JsonPositionMustBeFree { dimension: String, text: String, origin: Origin },
    #[error("the row has {}, and the columns ask for {expected}", counted(*.found, .what))]
    JsonRowMustHaveItsColumns { what: &'static str, found: usize, expected: usize, origin: Origin },

    #[error("a px statement does not end")]
    PxStatementMustEnd { origin: Origin },
    #[error("no px statement begins here")]
    PxStatementMustBeReadable { origin: Origin },
    #[error("the px file has no `{keyword}`")]
    PxKeywordMustBeThere { keyword: String, origin: Origin },
    #[error("`{dimension}` has {} for {}", counted(*.codes, "codes"), counted(*.values, "values"))]
    PxCodesMustMatchValues { dimension: String, codes: usize, values: usize, origin: Origin },
    #[error("the px file holds {}, and its variables ask for {expected}", counted(*.found, "cells"))]
    PxDataMustFillItsCells { found: usize, expected: usize, origin: Origin },
    #[error("`{text}` is no value of `{dimension}`")]
    PxKeyMustBeKnown { text: String, dimension: String, origin: Origin },

    #[error("the table has no municipality")]
    TableMustHaveAMunicipality { origin: Origin },
    #[error("the table has no year or month")]
    TableMustHaveAPeriod { origin: Origin },
    #[error("{}", area_text(.text, *.others))]
    AreaMustHaveCode { text: String, others: usize, origin: Origin },
    #[error("`{code}` is no code of the country, a county or a municipality")]
    AreaCodeMustBeKnown { code: String, origin: Origin },
    #[error("{}", contents_text(.found))]
    ContentsMustBePopulation { found: Vec<String>, origin: Origin },
    #[error("`{dimension}` has parts and no total")]
    TotalMustBeGiven { dimension: String, found: Vec<String>, origin: Origin },
    #[error("{}", period_text(.text, *.others))]
    PeriodMustBeAYearOrMonth { text: String, others: usize, origin: Origin },
    #[error("`{text}` is not a number of inhabitants of a municipality")]
    PopulationMustBeAWholeNumber { text: String, origin: Origin },
    #[error("the file cannot be read on: {fault}")]
    FileMustBeReadable { fault: String, origin: Origin },

    #[error("the table holds no series by itself")]
    IndexSelectionMustBeGiven { dimensions: Vec<String>, origin: Origin },
    #[error("the table has no dimension `{name}`")]
    IndexDimensionMustBeKnown { name: String, known: Vec<String>, origin: Origin },
    #[error("`{dimension}` has no category `{name}`")]
    IndexCategoryMustBeKnown { dimension: String, name: String, known: Vec<String>, origin: Origin },
    #[error("no category of `{dimension}` is chosen for the series")]
    IndexDimensionMustBeChosen { dimension: String, known: Vec<String>, origin: Origin },
    #[error("neither preliminary nor final contents are chosen for the series")]
    IndexContentsMustBeChosen { known: Vec<String>, origin: Origin },
    #[error("no period of the table is a month")]
    IndexPeriodMustBeAMonth { found: String, origin: Origin },
}

avgift::error_codes! {
    FileMustNotBeEmpty "file-must-not-be-empty"
    FileMustNotBeAWorkbook "file-must-not-be-a-workbook"
    FileMustNotBeAWebPage "file-must-not-be-a-web-page"
    FileMustBeOfAKnownFormat "file-must-be-of-a-known-format"
    CodePageMustBeKnown "code-page-must-be-known"
    FieldMustEndOnItsLine "field-must-end-on-its-line"
    TableMustHaveRows "table-must-have-rows"
    TableMustNotBeMostlyEmpty "table-must-not-be-mostly-empty"
    CellMustBeUnique "cell-must-be-unique"
    CellMustBeANumber "cell-must-be-a-number"
    CategoryMustHaveCode "category-must-have-code"
    HeaderMustStandOnOneLine "header-must-stand-on-one-line"
    HeaderMustNameAPeriod "header-must-name-a-period"
    HeaderMustNameItsColumns "header-must-name-its-columns"
    CsvRowMustHaveItsColumns "csv-row-must-have-its-columns"
    JsonMustBeReadable "json-must-be-readable"
    JsonMustBeAStatTable "json-must-be-a-stat-table"
    JsonPartMustBeThere "json-part-must-be-there"
    JsonSizesMustMatch "json-sizes-must-match"
    JsonPositionMustBeFree "json-position-must-be-free"
    JsonRowMustHaveItsColumns "json-row-must-have-its-columns"
    PxStatementMustEnd "px-statement-must-end"
    PxStatementMustBeReadable "px-statement-must-be-readable"
    PxKeywordMustBeThere "px-keyword-must-be-there"
    PxCodesMustMatchValues "px-codes-must-match-values"
    PxDataMustFillItsCells "px-data-must-fill-its-cells"
    PxKeyMustBeKnown "px-key-must-be-known"
    TableMustHaveAMunicipality "table-must-have-a-municipality"
    TableMustHaveAPeriod "table-must-have-a-period"
    AreaMustHaveCode "area-must-have-code"
    AreaCodeMustBeKnown "area-code-must-be-known"
    ContentsMustBePopulation "contents-must-be-population"
    TotalMustBeGiven "total-must-be-given"
    PeriodMustBeAYearOrMonth "period-must-be-a-year-or-month"
    PopulationMustBeAWholeNumber "population-must-be-a-whole-number"
    FileMustBeReadable "file-must-be-readable"
    IndexSelectionMustBeGiven "index-selection-must-be-given"
    IndexDimensionMustBeKnown "index-dimension-must-be-known"
    IndexCategoryMustBeKnown "index-category-must-be-known"
    IndexDimensionMustBeChosen "index-dimension-must-be-chosen"
    IndexContentsMustBeChosen "index-contents-must-be-chosen"
    IndexPeriodMustBeAMonth "index-period-must-be-a-month"
}

const DOWNLOAD: &str = "download the table anew as CSV or JSON-stat2, by `Save result as` in the database";

impl Error {
    /// The refusal: code, message, places, why and how to mend.
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::error(self.code(), self.to_string()).why(self.why()).mend(self.mend());
        self.places().into_iter().fold(refusal, |refusal, (origin, label)| refusal.at(origin, label))
    }

    fn places(&self) -> Vec<(&Origin, String)> {
        match self {
            Error::CellMustBeUnique { first, second } => vec![
                (&second.origin, format!("{} here", value_text(second))),
                (&first.origin, format!("{} here", value_text(first))),
            ],
            Error::CsvRowMustHaveItsColumns { columns, expected, origin, header } => vec![
                (origin, format!("{columns} columns")),
                (header, format!("the header, {expected} columns")),
            ],
            Error::FileMustNotBeEmpty { origin } => vec![(origin, "nothing here".to_owned())],
            Error::FileMustNotBeAWorkbook { origin }
            | Error::FileMustNotBeAWebPage { origin }
            | Error::FileMustBeOfAKnownFormat { origin } => vec![(origin, "begins here".to_owned())],
            Error::CodePageMustBeKnown { origin, .. } => vec![(origin, "the code page".to_owned())],
            Error::FieldMustEndOnItsLine { origin } => vec![(origin, "begins here".to_owned())],
            Error::TableMustHaveRows { origin }
            | Error::TableMustNotBeMostlyEmpty { origin, .. }
            | Error::IndexSelectionMustBeGiven { origin, .. }
            | Error::TableMustHaveAMunicipality { origin }
            | Error::TableMustHaveAPeriod { origin } => vec![(origin, "this table".to_owned())],
            Error::CellMustBeANumber { origin, .. } => vec![(origin, "no number".to_owned())],
            Error::CategoryMustHaveCode { origin, .. } | Error::AreaMustHaveCode { origin, .. } => {
                vec![(origin, "a text alone".to_owned())]
            }
            Error::HeaderMustStandOnOneLine { origin } => vec![(origin, "no name before it".to_owned())],
            Error::HeaderMustNameAPeriod { origin, .. } => vec![(origin, "no year or month".to_owned())],
            Error::HeaderMustNameItsColumns { origin, .. } => vec![(origin, "the header".to_owned())],
            Error::JsonMustBeReadable { origin, .. } => vec![(origin, "read as far as here".to_owned())],
            Error::JsonMustBeAStatTable { origin } => vec![(origin, "no table".to_owned())],
            Error::JsonPartMustBeThere { part, origin } => vec![(origin, format!("`{part}` belongs here"))],
            Error::JsonSizesMustMatch { found, origin, .. } => vec![(origin, format!("{found} here"))],
            Error::JsonPositionMustBeFree { origin, .. } => vec![(origin, "the position".to_owned())],
            Error::JsonRowMustHaveItsColumns { found, what, origin, .. } => {
                vec![(origin, counted(*found, what))]
            }
            Error::PxStatementMustEnd { origin } => vec![(origin, "begins here".to_owned())],
            Error::PxStatementMustBeReadable { origin } => {
                vec![(origin, "no keyword in capitals".to_owned())]
            }
            Error::PxKeywordMustBeThere { origin, .. } => vec![(origin, "this file".to_owned())],
            Error::PxCodesMustMatchValues { codes, origin, .. } => vec![(origin, counted(*codes, "codes"))],
            Error::PxDataMustFillItsCells { found, origin, .. } => vec![(origin, counted(*found, "cells"))],
            Error::PxKeyMustBeKnown { origin, .. } => vec![(origin, "the key of a row".to_owned())],
            Error::AreaCodeMustBeKnown { origin, .. } => vec![(origin, "the code".to_owned())],
            Error::ContentsMustBePopulation { origin, .. } => vec![(origin, "the contents".to_owned())],
            Error::TotalMustBeGiven { origin, .. } => vec![(origin, "a part".to_owned())],
            Error::PeriodMustBeAYearOrMonth { origin, .. }
            | Error::IndexPeriodMustBeAMonth { origin, .. } => {
                vec![(origin, "the period".to_owned())]
            }
            Error::PopulationMustBeAWholeNumber { origin, .. } => vec![(origin, "the population".to_owned())],
            Error::FileMustBeReadable { origin, .. } => vec![(origin, "read as far as here".to_owned())],
            Error::IndexDimensionMustBeKnown { origin, .. } => vec![(origin, "this table".to_owned())],
            Error::IndexCategoryMustBeKnown { origin, .. }
            | Error::IndexDimensionMustBeChosen { origin, .. }
            | Error::IndexContentsMustBeChosen { origin, .. } => {
                vec![(origin, "the first category".to_owned())]
            }
        }
    }

    fn why(&self) -> &'static str {
        match self {
            Error::FileMustNotBeEmpty { .. } => "a download that was broken off leaves an empty file",
            Error::FileMustNotBeAWorkbook { .. } => {
                "a workbook is laid out for people: blank cells, notes under the table, codes in a column or not"
            }
            Error::FileMustNotBeAWebPage { .. } => {
                "a web page is laid out for people, and an address that needs a form answers with one"
            }
            Error::FileMustBeOfAKnownFormat { .. } => {
                "the format is told by the content: px, JSON-stat, JSON, or CSV with a header of several columns"
            }
            Error::CodePageMustBeKnown { .. } => {
                "the code page says which characters å, ä and ö are, and they are never guessed"
            }
            Error::FieldMustEndOnItsLine { .. } => {
                "a quote that is not closed would take the rows below into one text"
            }
            Error::TableMustHaveRows { .. } => "a table without a number has nothing to count by",
            Error::TableMustNotBeMostlyEmpty { .. } => {
                "columns that are no variables of a table multiply into cells that nobody filled"
            }
            Error::CellMustBeUnique { .. } => "one of the two is wrong, and the program cannot know which",
            Error::CellMustBeANumber { .. } => {
                "a cell holds a number, or `.`, `..` or `-` where there is none; nothing is guessed from other texts"
            }
            Error::CategoryMustHaveCode { .. } => {
                "tables are set beside each other by their codes, never by texts"
            }
            Error::HeaderMustStandOnOneLine { .. } => {
                "the header names every column on one line; one broken over several lines says nothing of the order"
            }
            Error::HeaderMustNameAPeriod { .. } | Error::TableMustHaveAPeriod { .. } => {
                "a figure is a figure of a year or month; without it nobody knows which fee year it is for"
            }
            Error::HeaderMustNameItsColumns { .. } => {
                "the tidy file has the columns `municipality_code`, `municipality`, `year` and `population`"
            }
            Error::CsvRowMustHaveItsColumns { .. } => {
                "a row that is longer or shorter than its header has its numbers under the wrong names"
            }
            Error::JsonMustBeReadable { .. } => "a download that was broken off ends in the middle",
            Error::JsonMustBeAStatTable { .. } => {
                "a table in JSON is JSON-stat (`dataset`, or `class` with `version` 2.0), or has `columns` and `data`"
            }
            Error::JsonPartMustBeThere { .. } => {
                "JSON-stat names its dimensions, their sizes, categories and values"
            }
            Error::JsonSizesMustMatch { .. } | Error::JsonRowMustHaveItsColumns { .. } => {
                "values stand in order alone; where one is missing, all after it belong to others"
            }
            Error::JsonPositionMustBeFree { .. } => {
                "each category has a position of its own, from 0 on; the order of the keys says nothing"
            }
            Error::PxStatementMustEnd { .. } => {
                "a statement ends with `;`, and so does the file: else it was cut off"
            }
            Error::PxStatementMustBeReadable { .. } => {
                "a px file is keywords in capitals, each with `=`, its values and `;`"
            }
            Error::PxKeywordMustBeThere { .. } => "the keyword says what the numbers under DATA are",
            Error::PxCodesMustMatchValues { .. } => {
                "codes belong to values in order; where one is missing, all after it belong to others"
            }
            Error::PxDataMustFillItsCells { .. } => {
                "numbers stand in order alone; where one is missing, all after it belong to others"
            }
            Error::PxKeyMustBeKnown { .. } => {
                "with KEYS each row names its categories, as VALUES or CODES has them"
            }
            Error::TableMustHaveAMunicipality { .. } => {
                "a fee is counted by municipalities; the database leaves the regions out where none was chosen"
            }
            Error::AreaMustHaveCode { .. } => {
                "municipalities are matched by code and never by name: Statistics Sweden's own files have misprints"
            }
            Error::AreaCodeMustBeKnown { .. } => {
                "`00` is the country, two digits a county, four a municipality; other areas have no fee"
            }
            Error::ContentsMustBePopulation { .. } => {
                "a table of births or of the increase has the same shape, and would make a fee just as well"
            }
            Error::TotalMustBeGiven { .. } => {
                "ages and sexes are never added up: from 2025 each published cell carries a small noise of its own"
            }
            Error::PeriodMustBeAYearOrMonth { .. } => {
                "a population is counted on a day: 31 December of a year, or the last day of a month"
            }
            Error::PopulationMustBeAWholeNumber { .. } => {
                "a population is a whole number from 1 to 9 999 999; zero is never taken for the floor"
            }
            Error::FileMustBeReadable { .. } => "a file that cannot be read to its end is not read in part",
            Error::IndexSelectionMustBeGiven { .. } => {
                "an index table holds many series: workers and salaried, sections, preliminary and final"
            }
            Error::IndexDimensionMustBeKnown { .. } | Error::IndexCategoryMustBeKnown { .. } => {
                "a series is picked by the codes or texts of its table"
            }
            Error::IndexDimensionMustBeChosen { .. } => {
                "a series has one category of each dimension but time and contents"
            }
            Error::IndexContentsMustBeChosen { .. } => {
                "preliminary and final figures stand side by side as contents, and are never set against each other"
            }
            Error::IndexPeriodMustBeAMonth { .. } => {
                "an index clause sets a month against the same month of another year"
            }
        }
    }

    fn mend(&self) -> String {
        match self {
            Error::FileMustNotBeEmpty { .. }
            | Error::FileMustNotBeAWorkbook { .. }
            | Error::FileMustNotBeAWebPage { .. }
            | Error::FileMustBeOfAKnownFormat { .. }
            | Error::TableMustHaveRows { .. }
            | Error::HeaderMustStandOnOneLine { .. }
            | Error::JsonMustBeReadable { .. }
            | Error::JsonPartMustBeThere { .. }
            | Error::JsonSizesMustMatch { .. }
            | Error::JsonPositionMustBeFree { .. }
            | Error::JsonRowMustHaveItsColumns { .. }
            | Error::PxStatementMustEnd { .. }
            | Error::PxStatementMustBeReadable { .. }
            | Error::PxKeywordMustBeThere { .. }
            | Error::PxCodesMustMatchValues { .. }
            | Error::PxDataMustFillItsCells { .. }
            | Error::PxKeyMustBeKnown { .. }
            | Error::FileMustBeReadable { .. } => DOWNLOAD.into(),
            Error::CodePageMustBeKnown { .. } => "save the file as UTF-8, and write CODEPAGE=\"utf-8\"".into(),
            Error::FieldMustEndOnItsLine { .. } => "close the quote before the separator, or take it away".into(),
            Error::TableMustNotBeMostlyEmpty { .. } => {
                "take columns with names, notes or numbers of rows out, and keep the variables".into()
            }
            Error::CellMustBeUnique { .. } => "keep the row that Statistics Sweden published last".into(),
            Error::CellMustBeANumber { text, .. } => without_mark(text).map_or_else(
                || "look the figure up in Statistics Sweden's table".into(),
                |number| format!("write `{number}`: the mark after it belongs to a note"),
            ),
            Error::CategoryMustHaveCode { .. } | Error::AreaMustHaveCode { .. } => {
                "download the table with codes, or with codes and texts".into()
            }
            Error::HeaderMustNameAPeriod { .. } | Error::TableMustHaveAPeriod { .. } => {
                "choose at least one year in the database, and download the table anew".into()
            }
            Error::HeaderMustNameItsColumns { text, .. } => format!("write `{text}` above its column"),
            Error::CsvRowMustHaveItsColumns { .. } => {
                "look for a separator or a line end within a text; what follows the table needs an empty line before it"
                    .into()
            }
            Error::JsonMustBeAStatTable { .. } => {
                "choose JSON-stat2 as the format; an answer with `status` or `error` is a message of the interface".into()
            }
            Error::TableMustHaveAMunicipality { .. } => {
                "choose the municipalities in the variable `region`, and download the table anew".into()
            }
            Error::AreaCodeMustBeKnown { code, .. } if is_without_leading_zero(code) => {
                format!("write `0{code}`: a spreadsheet has taken the leading zero away")
            }
            Error::AreaCodeMustBeKnown { .. } => "choose municipalities, not other areas, in the variable `region`".into(),
            Error::ContentsMustBePopulation { .. } => {
                "choose Folkmängd (BE0101N1, from 2025 000007ME) as contents, and save the table with its heading".into()
            }
            Error::TotalMustBeGiven { dimension, found, .. } => format!(
                "choose the total of `{dimension}` in the database, or choose nothing of it; here are {}",
                listed(found)
            ),
            Error::PeriodMustBeAYearOrMonth { .. } => "choose years or months in the database".into(),
            Error::PopulationMustBeAWholeNumber { .. } => "look the figure up in Statistics Sweden's table".into(),
            Error::IndexSelectionMustBeGiven { dimensions, .. } => {
                format!(
                    "name the series in an `[[index]]` of network.toml: its `file`, and in `values` the category of {}",
                    listed(dimensions)
                )
            }
            Error::IndexDimensionMustBeKnown { known, .. }
            | Error::IndexCategoryMustBeKnown { known, .. }
            | Error::IndexDimensionMustBeChosen { known, .. } => format!("choose among {}", listed(known)),
            Error::IndexContentsMustBeChosen { known, .. } => format!(
                "add `final = \"…\"` or `preliminary = \"…\"` to the `[[index]]` of the series, with one of {}",
                listed(known)
            ),
            Error::IndexPeriodMustBeAMonth { found, .. } => format!(
                "choose months in the variable of time, here is `{found}`; or copy the figures into a file of your own with the \
                 header `series,period,value,status`, a quarter or year as its last month"
            ),
        }
    }
}

/// The first names in backticks; a list of 312 areas helps nobody.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        shown.push(format!("and {} more", names.len() - SHOWN));
    }
    shown.join(", ")
}

fn sizes_text(sizes: &[usize]) -> String {
    sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(" × ")
}

fn value_text(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Number(number) => format!("`{number}`"),
        CellValue::Missing(symbol) => format!("`{symbol}`"),
        CellValue::Absent => "nothing".to_owned(),
    }
}

/// `1 code`, `2 codes`.
fn counted(count: usize, many: &str) -> String {
    match count {
        1 => format!("1 {}", many.strip_suffix('s').unwrap_or(many)),
        _ => format!("{count} {many}"),
    }
}

fn area_text(text: &str, others: usize) -> String {
    match others {
        0 => format!("the area `{text}` has no code"),
        _ => format!("`{text}` and other areas, {others} in number, have no code"),
    }
}

fn period_text(text: &str, others: usize) -> String {
    match others {
        0 => format!("`{text}` is neither a year nor a month"),
        _ => format!("`{text}` and other periods, {others} in number, are neither years nor months"),
    }
}

fn contents_text(found: &[String]) -> String {
    match found {
        [] => "nothing tells what the numbers are".to_owned(),
        _ => format!("the contents are {}, not the population", listed(found)),
    }
}

/// The number before a mark or footnote that cannot be a digit.
fn without_mark(text: &str) -> Option<&str> {
    let number = text.trim().trim_end_matches(|letter: char| !letter.is_ascii_digit());
    (number.len() < text.trim().len() && number::decimal(number).is_some()).then_some(number)
}

/// One digit or three: `00` and `0114` as a spreadsheet keeps them.
fn is_without_leading_zero(code: &str) -> bool {
    matches!(code.len(), 1 | 3) && code.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_its_leading_zero_is_told_so() {
        let refusal =
            Error::AreaCodeMustBeKnown { code: "114".to_owned(), origin: Origin::new("f", 2, 1, 3) }
                .refusal();
        assert_eq!(refusal.mend, "write `0114`: a spreadsheet has taken the leading zero away");
    }

    #[test]
    fn a_mark_after_a_number_is_told_as_one() {
        let refusal =
            Error::CellMustBeANumber { text: "32394*".to_owned(), origin: Origin::new("f", 2, 1, 6) }
                .refusal();
        assert_eq!(refusal.mend, "write `32394`: the mark after it belongs to a note");
        assert_eq!(without_mark("ett"), None);
    }

    #[test]
    fn a_long_list_is_cut_short() {
        let names: Vec<String> = (0..15).map(|n| n.to_string()).collect();
        assert!(listed(&names).ends_with("`11`, and 3 more"));
    }
}
