//! Figures: figures.csv as economic figures of members, for tariffs that rest on any: a tax base, a number of employees.
//! Rule:    a row is one figure of one municipality for one fee year. The file may be absent, and so may a figure until a
//!          fee rests on it; what stands there is read and checked all the same.
//! Errors:  FigureMustStandOnce, FigureMustBeOfAMember, those of `sheet` and of a municipality's code, and the core's.

use avgift::{FeeYear, Figure, MemberFigure, MunicipalityCode, Refusal, Sourced, could_group_thousands};

use crate::error::Error;
use crate::members::{self, ReadMember};
use crate::settings::Refusable;
use crate::sheet::{self, Column, Field, Row};

/// The name of the file.
pub(crate) const FILE: &str = "figures.csv";

const COLUMNS: [Column; 5] = [
    Column { name: "municipality_code", required: true },
    Column { name: "figure", required: true },
    Column { name: "fee_year", required: true },
    Column { name: "value", required: true },
    Column { name: "note", required: false },
];

/// Gives each member the figures of the file; what is wrong with a row is noted.
pub(crate) fn read(bytes: &[u8], members: &mut [ReadMember], faults: &mut Vec<Refusal>) {
    let (rows, sheet_faults) = sheet::read(FILE, bytes, &COLUMNS);
    faults.extend(sheet_faults);
    let mut read: Vec<(MunicipalityCode, MemberFigure)> = Vec::new();
    for row in &rows {
        if faults.len() >= sheet::MOST_FAULTS {
            break; // A file that is wrong from end to end is told well enough.
        }
        let Some((code, figure)) = figure(row, faults) else { continue };
        let first = read
            .iter()
            .find(|(other, first)| *other == code && first.name == figure.name && first.year == figure.year);
        if let Some((_, first)) = first {
            let first = first.value.origin.clone();
            let value = row.field(3).clone().into();
            faults.push(Error::FigureMustStandOnce { value, first }.refusal());
            continue;
        }
        if !members.iter().any(|read| read.member.code == code) {
            faults.push(Error::FigureMustBeOfAMember { code: row.field(0).clone().into() }.refusal());
        }
        read.push((code, figure));
    }
    for ReadMember { member, .. } in members {
        let own = read.iter().filter(|(code, _)| *code == member.code);
        member.figures.extend(own.map(|(_, figure)| figure.clone()));
    }
}

fn figure(row: &Row, faults: &mut Vec<Refusal>) -> Option<(MunicipalityCode, MemberFigure)> {
    let [code, name, year, value] = [0, 1, 2, 3].map(|column| row.field(column));
    let mut is_given = |field: &Field, column| {
        if field.given().is_none() {
            faults.push(Error::FieldMustBeGiven { column, origin: field.origin.clone() }.refusal());
        }
        field.given().is_some()
    };
    let columns = ["municipality_code", "figure", "fee_year", "value"];
    let fields = [code, name, year, value].into_iter().zip(columns);
    if fields.filter(|(field, column)| !is_given(field, column)).count() > 0 {
        return None;
    }
    let municipality = members::in_use(&code.text, code, faults);
    let mut noted = |error: &avgift::Error, field: &Field| faults.push(error.refused_at(Some(&field.origin)));
    let year = year.text.parse::<FeeYear>().map_err(|error| noted(&error, year)).ok();
    // With a point, or a needless zero, three decimals could be thousands; a spreadsheet writes neither.
    let is_unclear =
        could_group_thousands(&value.text) && (value.text.contains('.') || value.text.ends_with('0'));
    let figure = match is_unclear {
        true => Err(avgift::Error::FigureMustBeANumber { text: value.text.clone() }),
        false => value.text.parse::<Figure>(),
    };
    let figure = figure.map_err(|error| noted(&error, value)).ok();
    let value = Sourced::at(figure?, value.origin.clone());
    Some((municipality?.code, MemberFigure { name: name.text.clone(), year: year?, value }))
}
