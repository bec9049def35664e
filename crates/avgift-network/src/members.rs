//! Members: members.csv as members of the core, each name and code held against the register of municipalities.
//! Rule:    a code or a name is enough; where both stand, they agree. A day of joining that is not known is written as it
//!          is known, `hösten 2023`, and the day to reckon with stands beside it in `joined_assumed`.
//! Errors:  MunicipalityMustBeKnown, MunicipalityCodeMustBeInUse, NameMustMatchItsCode, DateMustBeADate,
//!          AssumptionMustFillAGap, FieldMustBeGiven, those of `sheet`, and the core's of a member's dates.

use avgift::{Joined, Member, MunicipalityCode, NaiveDate, PayerId, Refusal, Sourced};

use crate::error::{Error, Written};
use crate::names::{self, Municipality};
use crate::settings::Refusable;
use crate::sheet::{self, Column, Field, Row};

const COLUMNS: [Column; 8] = [
    Column { name: "municipality_code", required: false },
    Column { name: "name", required: true },
    Column { name: "joined", required: false },
    Column { name: "joined_assumed", required: false },
    Column { name: "left", required: false },
    Column { name: "payer", required: true },
    Column { name: "note", required: false },
    Column { name: "class", required: false },
];

/// A member and where its payer is named.
pub(crate) struct ReadMember {
    pub(crate) member: Member,
    pub(crate) payer: Written,
}

/// The members of the file; those with faults are left out, and the faults noted.
pub(crate) fn read(file: &str, bytes: &[u8], faults: &mut Vec<Refusal>) -> Vec<ReadMember> {
    let (rows, sheet_faults) = sheet::read(file, bytes, &COLUMNS);
    faults.extend(sheet_faults);
    let mut members = Vec::new();
    for row in &rows {
        if faults.len() >= sheet::MOST_FAULTS {
            break; // A file that is wrong from end to end is told well enough.
        }
        members.extend(member(row, faults));
    }
    members
}

fn member(row: &Row, faults: &mut Vec<Refusal>) -> Option<ReadMember> {
    let [code, name, joined, assumed, left, payer] = [0, 1, 2, 3, 4, 5].map(|column| row.field(column));
    let municipality = municipality(row, code, name, faults);
    let joined = joining(joined, assumed, faults);
    let left = match left.given() {
        Some(_) => day(left, faults).map(|day| Some(Sourced::at(day, left.origin.clone()))),
        None => Some(None),
    };
    if payer.given().is_none() {
        faults.push(Error::FieldMustBeGiven { column: "payer", origin: payer.origin.clone() }.refusal());
    }
    let municipality = municipality?;
    let member = Member {
        code: municipality.code,
        name: name.given().unwrap_or(municipality.name).to_owned(),
        joined: joined?,
        left: left?,
        payer: PayerId::new(payer.given()?),
        class: row.field(7).given().map(|class| Sourced::at(class.to_owned(), row.field(7).origin.clone())),
        figures: Vec::new(),
        origin: Some(row.origin.clone()),
    };
    match member.check() {
        Ok(()) => Some(ReadMember { member, payer: payer.clone().into() }),
        // The assumption is what is to be mended, so its place comes first.
        Err(error @ avgift::Error::AssumedDateMustBeInItsYear { .. }) => {
            let mut refusal = error.refusal().at(&assumed.origin, "assumed here");
            refusal.places.rotate_right(1);
            faults.push(refusal);
            None
        }
        Err(error) => {
            faults.push(error.refusal());
            None
        }
    }
}

/// The municipality that code and name mean.
fn municipality(row: &Row, code: &Field, name: &Field, faults: &mut Vec<Refusal>) -> Option<Municipality> {
    let by_code = code.given().map(|text| in_use(text, code, faults));
    let by_name = name.given().map(|text| {
        let found = names::by_name(text);
        if found.is_none() {
            faults.push(Error::MunicipalityMustBeKnown { name: name.clone().into() }.refusal());
        }
        found
    });
    match (by_code, by_name) {
        (None, None) => {
            let error = Error::FieldMustBeGiven { column: "municipality_code", origin: row.origin.clone() };
            faults.push(error.refusal());
            None
        }
        (Some(by_code), None) => by_code,
        (None, Some(by_name)) => by_name,
        (Some(by_code), Some(by_name)) => {
            let (by_code, named) = (by_code?, by_name?);
            if by_code != named {
                let (name, code) = (name.clone().into(), code.clone().into());
                faults.push(Error::NameMustMatchItsCode { name, code, named }.refusal());
            }
            (by_code == named).then_some(by_code)
        }
    }
}

pub(crate) fn in_use(text: &str, field: &Field, faults: &mut Vec<Refusal>) -> Option<Municipality> {
    let code: MunicipalityCode = match text.parse::<MunicipalityCode>() {
        Ok(code) => code,
        Err(error) => {
            faults.push(error.refused_at(Some(&field.origin)));
            return None;
        }
    };
    let found = names::by_code(code);
    if found.is_none() {
        let today = names::code_today(text).and_then(names::by_code);
        faults.push(Error::MunicipalityCodeMustBeInUse { code: field.clone().into(), today }.refusal());
    }
    found
}

/// `2023-10-01` is a day; `2023`, `2023-10`, `hösten 2023` and `under 2023` are some time in a year.
fn joining(joined: &Field, assumed: &Field, faults: &mut Vec<Refusal>) -> Option<Sourced<Joined>> {
    let assumed_day = match assumed.given() {
        Some(_) => Some(day(assumed, faults)?),
        None => None,
    };
    let joining = match joined.given() {
        None => Joined::BeforeRecords,
        Some(text) => match some_time_in(text) {
            Some(year) => Joined::SomeTimeIn { year, text: text.to_owned(), assumed: assumed_day },
            None => Joined::On(day(joined, faults)?),
        },
    };
    if assumed_day.is_some() && !matches!(joining, Joined::SomeTimeIn { .. }) {
        faults.push(Error::AssumptionMustFillAGap { assumed: assumed.clone().into() }.refusal());
        return None;
    }
    Some(Sourced::at(joining, joined.origin.clone()))
}

/// The year of a text that names a year and no day.
fn some_time_in(text: &str) -> Option<i32> {
    let year = |digits: &str| {
        let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_year.then(|| digits.parse().ok()).flatten()
    };
    let is_month =
        |digits: &str| digits.len() == 2 && digits.parse().is_ok_and(|month: u32| (1..=12).contains(&month));
    match (text.rsplit_once(' '), text.split_once('-')) {
        (Some((words, last)), _) if words.chars().all(|letter| letter.is_alphabetic() || letter == ' ') => {
            year(last)
        }
        (None, Some((first, month))) if is_month(month) => year(first),
        (None, None) => year(text),
        _ => None,
    }
}

/// A day, `2023-10-01`.
fn day(field: &Field, faults: &mut Vec<Refusal>) -> Option<NaiveDate> {
    let day = field.text.parse().ok().filter(|_| field.text.len() == 10);
    if day.is_none() {
        faults.push(Error::DateMustBeADate { value: field.clone().into() }.refusal());
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_without_a_day_is_some_time_in_it() {
        for text in ["2023", "2023-10", "hösten 2023", "under 2023", "någon gång 2023"] {
            assert_eq!(some_time_in(text), Some(2023), "{text}");
        }
        for text in ["2023-10-01", "2023-13", "1/10 2023", "23", "hösten", "hösten 23", ""] {
            assert_eq!(some_time_in(text), None, "{text}");
        }
    }
}
