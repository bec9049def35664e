//! Workbook: the fees of a network, each computed by live formulas from what was decided, with the engine's values stored.
//! Rule:    a fee year has a sheet of the tariff with its index figures, one of its tiers where it has any, one of the members
//!          with their inhabitants, and one of the fees step by step; a frame and the payers span all years. Recalculated, no cell differs from the engine.
//! Units:   kronor in cells, whole öre or exact ratios in the engine; `exact` shows why the two agree.
//! Errors:  WorkbookMustHaveAYear, FeeYearMustStandOnce, AmountMustFitASpreadsheet, TextMustFitACell, and those of the core.
//! Not here: files (the bytes are given back) and the clock (the day of creation is an argument).

mod charges;
mod columns;
mod cut;
mod exact;
mod fees;
mod frame;
mod index;
mod lines;
mod members;
mod parts;
mod registers;
mod row;
mod shape;
mod sheet;
mod tariff;
mod term;
mod tiers;

use std::collections::BTreeSet;

use avgift::{FeeYear, Language, NaiveDate, YearOfFees, known_on_text};
use rust_xlsxwriter::{DocProperties, Workbook};

use crate::capitalised;
use crate::error::Error;
use members::MembersTable;
use parts::Parts;

pub use registers::{RegisterBook, RegisterCell, RegisterColumn, RegisterSheet, register_workbook};

/// The fees of one fee year or several as the bytes of an XLSX file. The same input gives the same bytes; without a day of
/// creation, the file bears that of the format's own calendar.
///
/// ```
/// use avgift::{Basis, FeeYear, Language, Member, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
/// let year = FeeYear::new(2024)?;
/// let ale = Member::new("1440".parse()?, "Ale");
/// let mut populations = Populations::new();
/// populations.add(PopulationFigure::of_year_end(ale.code, 2023, 32_446)?)?;
/// let tariffs = Tariffs::new(vec![Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)]).expect("one tariff");
/// let basis = Basis { members: vec![ale], tariffs, populations, ..Basis::default() };
/// let fees = basis.assess_year(year, PopulationMode::Published).expect("all is there");
/// let bytes = avgift_report::workbook("Nätverket", &[fees], Language::Swedish, None)?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `WorkbookMustHaveAYear`, `FeeYearMustStandOnce`, `AmountMustFitASpreadsheet`, `TextMustFitACell`, `AmountMustNotOverflow`.
pub fn workbook(
    network: &str,
    years: &[YearOfFees],
    language: Language,
    created: Option<NaiveDate>,
) -> Result<Vec<u8>, Error> {
    let mut seen = BTreeSet::new();
    let mut gathered = Vec::with_capacity(years.len());
    for fees in years {
        let fee_year = fees.schedule.year();
        if !seen.insert(fee_year) {
            return Err(Error::FeeYearMustStandOnce { year: fee_year });
        }
        gathered.push(Year { network, fees, parts: Parts::of(fees), language });
    }
    let (Some(first), Some(last)) = (seen.first(), seen.last()) else {
        return Err(Error::WorkbookMustHaveAYear);
    };
    let years_text = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let title = language.tell("workbook-title", &[("network", network), ("years", &years_text)]);

    let mut workbook = Workbook::new();
    let mut sheets = Vec::new();
    let mut tables = Vec::new();
    for year in &gathered {
        let members = MembersTable::of(year);
        let members_sheet = members::sheet(year, &members)?;
        let (mut fees_sheet, table) = fees::sheet(year, &members)?;
        let (tariff_sheet, names) = tariff::sheet(year, &members, &table)?;
        let (tiers_sheet, names_of_tiers) = tiers::sheet(year)?.unzip();
        for (name, address) in names.into_iter().chain(names_of_tiers.into_iter().flatten()) {
            workbook.define_name(name, &format!("={address}")).expect("a name of letters and a year");
        }
        // One year is opened for its fees, several for their frame.
        fees_sheet.set_active(gathered.len() == 1);
        tables.push((year, members, table));
        sheets.push(tariff_sheet);
        sheets.extend(tiers_sheet);
        sheets.extend([members_sheet, fees_sheet]);
    }
    workbook.push_worksheet(frame::sheet(&title, &tables)?);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(frame::payers_sheet(&title, &tables)?);

    let created = sheet::excel_date(created.unwrap_or(NO_DAY));
    let properties =
        DocProperties::new().set_title(sheet::fit_for_xml(&title)).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook.save_to_buffer().expect("the sheets and names are the program's own, and memory takes them"))
}

/// The first day of the calendar of ZIP, which an XLSX file is one of.
const NO_DAY: NaiveDate = NaiveDate::from_ymd_opt(1980, 1, 1).expect("a day of the calendar");

/// A fee year that is being written.
struct Year<'a> {
    network: &'a str,
    fees: &'a YearOfFees,
    parts: Parts,
    language: Language,
}

impl Year<'_> {
    fn number(&self) -> FeeYear {
        self.fees.schedule.year()
    }

    fn say(&self, message: &str) -> String {
        self.language.say(message)
    }

    /// A message as a heading.
    fn heading(&self, message: &str) -> String {
        capitalised(&self.say(message))
    }

    /// A message that carries the year.
    fn tell(&self, message: &str) -> String {
        self.language.tell(message, &[("year", &self.number().to_string())])
    }

    /// The name of a cell of the tariff, `Sats_2024`: the same in every formula that works with it.
    fn named(&self, message: &str) -> String {
        format!("{}_{}", self.name(message), self.number())
    }

    /// A message as the beginning of a name, which has no spaces.
    fn name(&self, message: &str) -> String {
        self.heading(message).replace(' ', "_")
    }

    /// What is to be known of every figure of the year.
    fn notice(&self) -> String {
        notice(&[self.fees], self.language)
    }
}

/// What is to be known of every figure of some years: whether they are illustrative or preliminary.
fn notice(years: &[&YearOfFees], language: Language) -> String {
    let illustrative = years.iter().any(|fees| fees.schedule.tariff().illustrative);
    let preliminary = years.iter().any(|fees| fees.is_preliminary());
    let known_on = years.iter().find_map(|fees| fees.known_on());
    [(illustrative, "tariff-is-illustrative"), (preliminary, "populations-are-older")]
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, message)| language.say(message))
        .chain(known_on.map(|day| known_on_text(day, language)))
        .collect::<Vec<_>>()
        .join(" ")
}
