//! How one value on the command line is read; what it should have been is said where it is not.

use avgift::{Decimal, FeeYear, Growth, NaiveDate, Sek};
use avgift_invoice::Text;
use chrono::{DateTime, FixedOffset};

use super::Years;

/// A name of a user: a line of text.
pub(super) fn user(name: &str) -> Result<String, String> {
    Text::new(name).map(|name| name.to_string()).map_err(|error| error.to_string())
}

pub(super) fn text(text: &str) -> Result<Text, String> {
    Text::new(text).map_err(|error| error.to_string())
}

pub(super) fn time(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text).map_err(|_| "write a time as 2024-02-28T09:00:00+01:00".to_owned())
}

pub(super) fn kronor(text: &str) -> Result<Sek, String> {
    text.parse().map_err(|error: avgift::Error| error.to_string())
}

pub(super) fn growth(text: &str) -> Result<Growth, String> {
    text.parse().map_err(|error: avgift::Error| error.to_string())
}

pub(super) fn decimal(text: &str) -> Result<Decimal, String> {
    let number = text.trim_end_matches("kr").trim_end_matches('%').trim_end();
    avgift::parse_decimal(number).ok_or_else(|| "write a number as 0,01".to_owned())
}

pub(super) fn fee_year(text: &str) -> Result<FeeYear, String> {
    text.parse().map_err(|error: avgift::Error| error.to_string())
}

pub(super) fn fee_years(text: &str) -> Result<Years, String> {
    let (first, last) = text.split_once("..").ok_or("write the first and the last year, 2023..2026")?;
    let (first, last) = (fee_year(first)?, fee_year(last.trim_start_matches('='))?);
    let years: Result<Vec<FeeYear>, avgift::Error> = (first.get()..=last.get()).map(FeeYear::new).collect();
    match years {
        Ok(years) if !years.is_empty() => Ok(Years(years)),
        _ => Err("the first year comes before the last".to_owned()),
    }
}

/// A day of a fee year, written with all its digits.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok().filter(|_| text.len() == 10);
    let day = day.filter(|_| fee_year(&text[..4]).is_ok());
    day.ok_or_else(|| "write a day as 2024-02-28".to_owned())
}
