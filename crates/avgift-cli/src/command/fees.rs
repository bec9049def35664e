//! fees: the fee of every member.

use avgift::{Assessment, Language, Rule, Standing, YearOfFees, grouped};
use avgift_network::names::sort_key;
use serde::Serialize;

use super::{Opened, Under, csv, export, heading, json};
use crate::args::{Fees, FeesFormat};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A row for machines.
#[derive(Serialize)]
struct Row<'a> {
    fee_year: avgift::FeeYear,
    municipality_code: avgift::MunicipalityCode,
    name: &'a str,
    payer: &'a str,
    inhabitants: u32,
    standing: Standing,
    share_part: u32,
    share_whole: u32,
    fee: String,
    preliminary: bool,
    illustrative: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<avgift::NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
}

pub(super) fn run(
    opened: &Opened<avgift_network::Network>,
    args: &Fees,
    language: Language,
) -> Result<Done, Refused> {
    let fees = opened.fees(args.year, &args.figures)?;
    let file = args.file();
    let out = match args.format() {
        FeesFormat::Xlsx => {
            // The command line is not understood without one.
            let file = file.expect("a workbook has a file to be written to");
            return export::xlsx(opened, &[fees], &file, language);
        }
        FeesFormat::Json => json(&Under::of(opened, &[&fees], &fees))?,
        FeesFormat::Csv => rows(&fees, opened.network.scenario()),
        FeesFormat::Table => {
            let mut rows: Vec<&Assessment> = fees.assessments.iter().collect();
            rows.sort_by_key(|fee| (sort_key(fee.name()), fee.code()));
            let sum = vec![
                String::new(),
                language.say("sum"),
                grouped(fees.frame.inhabitants.into(), language),
                fees.frame.sum.text(language),
            ];
            let header = [
                (language.say("column-code"), Align::Left),
                (language.say("column-member"), Align::Left),
                (language.say("column-inhabitants"), Align::Right),
                (language.say("column-fee"), Align::Right),
                (String::new(), Align::Left),
                (language.say("column-payer"), Align::Left),
            ];
            let rows = rows.into_iter().map(|fee| row(fee, language)).collect();
            heading(&opened.title(language), &[&fees], language) + &table::render(&header, rows, Some(sum))
        }
    };
    match file {
        Some(file) => export::to_file(opened, out.as_bytes(), &file),
        None => Ok(opened.done(out)),
    }
}

/// The fees as comma-separated values.
pub(super) fn rows(fees: &YearOfFees, scenario: Option<&str>) -> String {
    csv(fees.assessments.iter().map(|fee| Row {
        fee_year: fee.year(),
        municipality_code: fee.code(),
        name: fee.name(),
        payer: fee.payer().as_str(),
        inhabitants: fee.inhabitants().get(),
        standing: fee.standing(),
        share_part: fee.share().part(),
        share_whole: fee.share().whole(),
        fee: fee.fee().to_string(),
        preliminary: fee.is_preliminary(),
        illustrative: fee.is_illustrative(),
        known_on: fee.known_on(),
        scenario,
    }))
}

fn row(fee: &Assessment, language: Language) -> Vec<String> {
    let standing = match fee.standing() {
        Standing::AtFloor => Some(Rule::Floor.text(language)),
        Standing::Within => None,
        Standing::AtCeiling => Some(Rule::Ceiling.text(language)),
    };
    let share = (!fee.share().is_whole()).then(|| fee.share().text(language));
    let preliminary = fee.is_preliminary().then(|| language.say("preliminary"));
    let federation = fee.federation_text(language);
    let remarks: Vec<String> = [standing, federation, share, preliminary].into_iter().flatten().collect();
    vec![
        fee.code().to_string(),
        fee.name().to_owned(),
        grouped(fee.inhabitants().get().into(), language),
        fee.fee().text(language),
        remarks.join(", "),
        fee.payer().to_string(),
    ]
}
