//! Division: `[[agreement.part]]` and `[[agreement.instalment]]` of network.toml: whether a fee is charged in parts, each with its
//! VAT, and whether it is paid in instalments.
//! Rule:    both belong to the agreement, as VAT and terms do: beside parts it has no `vat`, beside instalments no days to pay.
//!          A part is a share of the fee, or components of the tariff, or the rest. Instalments are equal, or each has a share;
//!          each is due later than the one before it, on a day of the fee year or of a year beside it.
//! Errors:  InstalmentsMustFollowEachOther, InstalmentMustBeIssuedBeforeItIsDue, those of `settings`, the core's of parts and
//!          instalments.
//! Not here: whether a component is one of the tariff's, which hangs on the year.

use avgift::{FeePart, FeeYear, NaiveDate, Origin, PartSize, Portion, Sourced};
use avgift_invoice::{Division, InstalmentRow, Text, VatPart, VatTreatment};

use crate::error::Error;
use crate::settings::Section;

/// A day of the fee year, or of the year before or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    years_after: i32,
    month: u32,
    day: u32,
}

impl Day {
    /// `03-31`, `next 01-31`, `previous 12-15`: a day that every year has.
    fn read(text: &str) -> Option<Day> {
        let (years_after, of_year) = match (text.strip_prefix("next "), text.strip_prefix("previous ")) {
            (Some(rest), _) => (1, rest),
            (None, Some(rest)) => (-1, rest),
            (None, None) => (0, text),
        };
        let (month, day) = of_year.split_once('-')?;
        let is_written =
            of_year.len() == 5 && of_year.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // 2001 is no leap year: 29 February is not a day of every year.
        (is_written && NaiveDate::from_ymd_opt(2001, month, day).is_some()).then_some(Day {
            years_after,
            month,
            day,
        })
    }

    fn of(self, year: FeeYear) -> NaiveDate {
        // A day of every year, and years from 1967: always a date.
        NaiveDate::from_ymd_opt(year.get() + self.years_after, self.month, self.day).unwrap_or_default()
    }
}

/// One `[[agreement.instalment]]`.
#[derive(Debug, Clone)]
struct Row {
    share: Option<Sourced<Portion>>,
    issue: Option<Sourced<Day>>,
    due: Sourced<Day>,
}

/// How an agreement charges its fees.
#[derive(Debug, Clone, Default)]
pub(crate) struct Charging {
    parts: Division,
    /// The VAT of the first part, where there are parts.
    pub(crate) vat: Option<VatTreatment>,
    rows: Vec<Row>,
}

impl Charging {
    /// How the fees of a year are charged.
    ///
    /// # Errors
    /// None for an agreement that was read without a fault.
    pub(crate) fn division(&self, year: FeeYear) -> Result<Division, avgift::Error> {
        if self.rows.is_empty() {
            return Ok(self.parts.clone());
        }
        let row = |row: &Row| InstalmentRow {
            share: row.share.clone(),
            issue: row.issue.as_ref().map(|issue| issue.value.of(year)),
            due: row.due.value.of(year),
        };
        self.parts.clone().in_instalments(self.rows.iter().map(row).collect())
    }
}

/// Parts and instalments of an agreement; nothing where they have faults, which are noted.
pub(crate) fn read(
    agreement: &Section<'_, '_>,
    vat: impl Fn(Section<'_, '_>) -> Option<VatTreatment>,
) -> Option<Charging> {
    let parts: Vec<Option<VatPart>> =
        agreement.sections("part").into_iter().map(|section| part(section, &vat)).collect();
    let rows: Vec<Option<Row>> = agreement.sections("instalment").into_iter().map(row).collect();
    let (parts, rows) =
        (parts.into_iter().collect::<Option<Vec<_>>>(), rows.into_iter().collect::<Option<Vec<_>>>());
    let parts = parts.and_then(|parts| divided(agreement, parts));
    let rows = rows.filter(|rows| are_instalments(agreement, rows));
    let (parts, vat) = parts?;
    Some(Charging { parts, vat, rows: rows? })
}

/// The parts, and the VAT of the first; the whole fee where there are none.
fn divided(agreement: &Section<'_, '_>, parts: Vec<VatPart>) -> Option<(Division, Option<VatTreatment>)> {
    let Some(first) = parts.first() else { return Some(Default::default()) };
    agreement.without_effect("vat", "beside `[[agreement.part]]`: each part has its own");
    let vat = Some(first.vat.clone());
    match Division::default().in_parts(parts) {
        Ok(division) => Some((division, vat)),
        Err(errors) => {
            errors.iter().for_each(|error| agreement.fault(error.refusal()));
            None
        }
    }
}

fn part(section: Section<'_, '_>, vat: &impl Fn(Section<'_, '_>) -> Option<VatTreatment>) -> Option<VatPart> {
    let name = section.required::<Text>("name", "\"Serviceavgift\"");
    if !section.has("vat") {
        section.missing("vat", "{ category = \"S\", rate = 25 }, or category \"E\" or \"O\" with a `reason`");
    }
    let vat = section.section("vat").and_then(vat);
    let size = size(&section);
    section.finish();
    let (size, origin) = size?;
    let part = FeePart { name: name?.value.to_string(), size, origin: Some(origin) };
    Some(VatPart { part, vat: vat? })
}

/// How large a part is, and where that stands.
fn size(section: &Section<'_, '_>) -> Option<(PartSize, Origin)> {
    let origin = |key| section.place(key).unwrap_or_else(|| section.origin());
    let keys = ["rest", "share", "components"];
    let given: Vec<&'static str> = keys.into_iter().filter(|key| section.has(key)).collect();
    for key in given.iter().skip(1) {
        let beside = if given[0] == "rest" { "beside `rest`" } else { "beside `share`" };
        section.without_effect(key, beside);
    }
    match given.first() {
        Some(&"rest") => match section.boolean("rest") {
            Some(true) => Some((PartSize::Rest, origin("rest"))),
            Some(false) => {
                section.must_be("rest", "`true`");
                None
            }
            None => None,
        },
        Some(&"share") => {
            section.parsed::<Portion>("share").map(|share| (PartSize::Share(share.value), origin("share")))
        }
        Some(_) => {
            let names = section.texts("components")?.into_iter().map(|name| name.value).collect();
            Some((PartSize::Components(names), origin("components")))
        }
        None => {
            section.missing("share", "\"10 %\", or `components = [\"…\"]`, or `rest = true`");
            None
        }
    }
}

fn row(section: Section<'_, '_>) -> Option<Row> {
    let expected = "a day of the fee year, `03-31`, or of a year beside it, `next 01-31`, `previous 12-15`";
    if !section.has("due") {
        section.missing("due", "\"03-31\"");
    }
    let due = section.read("due", expected, Day::read);
    let issue = section.read("issue", expected, Day::read);
    let (share, has_share) = (section.parsed::<Portion>("share"), section.has("share"));
    let is_faulty = (section.has("issue") && issue.is_none()) || (has_share && share.is_none());
    section.finish();
    if is_faulty {
        return None;
    }
    Some(Row { share, issue, due: due? })
}

/// Whether the instalments are several, follow each other, and sum to the whole.
fn are_instalments(agreement: &Section<'_, '_>, rows: &[Row]) -> bool {
    let mut is_right = true;
    let mut fault = |refusal| {
        agreement.fault(refusal);
        is_right = false;
    };
    for row in rows {
        if let Some(issue) = row.issue.as_ref().filter(|issue| row.due.value < issue.value) {
            let origins = [&row.due, issue].iter().filter_map(|day| day.origin.clone()).collect();
            fault(Error::InstalmentMustBeIssuedBeforeItIsDue { origins }.refusal());
        }
    }
    for pair in rows.windows(2) {
        if pair[1].due.value <= pair[0].due.value {
            let origins = [&pair[1].due, &pair[0].due].iter().filter_map(|day| day.origin.clone()).collect();
            fault(Error::InstalmentsMustFollowEachOther { origins }.refusal());
        }
    }
    if rows.is_empty() {
        return is_right;
    }
    // The days are held to each other above.
    let rows = rows.iter().map(|row| InstalmentRow {
        share: row.share.clone(),
        issue: None,
        due: NaiveDate::default(),
    });
    let rows: Vec<InstalmentRow> = rows.collect();
    let first = agreement.sections("instalment").first().map(Section::origin);
    if let Err(error) = Division::default().in_instalments(rows) {
        let is_told = matches!(&error, avgift::Error::PortionsMustSumToTheWhole { .. });
        let refusal = error.refusal();
        fault(if is_told { refusal } else { refusal.at(first.as_ref(), "the only one, or one too many") });
    }
    is_right
}
