//! Bookkeeping: `[agreement.bookkeeping]` of network.toml: the books of a host, as the export to its ledger needs them.
//! Rule:    each host has books of its own, with its own chart of accounts, series, financial year and objects. What is not
//!          set has the default of the export: BAS with its accounts, calendar years, a voucher for each event, series F and
//!          I, no objects, no checksum, Swedish. Which account is right only the host's own chart tells.
//! Errors:  those of `settings`.
//! Not here: what an export makes of it, and what it refuses: a role without an account, two roles that must not share one,
//!          a dimension that the standard keeps. Each value has its place, so that it can point there.

use avgift::{Language, Period, Sourced};
use avgift_invoice::Text;

use crate::settings::Section;

/// The roles that an account may play, by their keys in `[agreement.bookkeeping.accounts]`.
pub const ROLES: [&str; 14] = [
    "receivable",
    "fee_revenue",
    "service_revenue_25",
    "service_revenue_12",
    "service_revenue_6",
    "vat_out_25",
    "vat_out_12",
    "vat_out_6",
    "rounding",
    "bank",
    "overpayment",
    "unmatched",
    "interest",
    "reminder",
];

/// The chart of accounts that a host keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chart {
    /// BAS: an association or a company.
    #[default]
    Bas,
    /// Kommun-Bas: a local federation or a municipality. It has no default accounts.
    KommunBas,
}

/// How many events a voucher holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VoucherPer {
    /// One.
    #[default]
    Invoice,
    /// All of a kind and a day.
    Batch,
}

/// For which reader the file of vouchers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LedgerReader {
    /// A ledger.
    #[default]
    Ledger,
    /// A reader that knows few records.
    Simple,
}

/// A number with a name: an account, or a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The number: digits.
    pub number: String,
    /// The name, where one is given.
    pub name: Option<Text>,
}

/// The account of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAccount {
    /// The role: one of [`ROLES`].
    pub role: &'static str,
    /// The account, one to nine digits, with its name in the chart.
    pub account: Sourced<Numbered>,
}

/// What every row of revenue carries besides its account: a cost centre, a project, a code of an own dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevenueObject {
    /// The dimension; an own one has a name.
    pub dimension: Sourced<Numbered>,
    /// The number of the object within the dimension.
    pub number: Sourced<Text>,
    /// Its name.
    pub name: Option<Sourced<Text>>,
}

/// The books of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookkeeping {
    /// The chart of accounts.
    pub chart: Sourced<Chart>,
    /// The accounts that are set, in the order of [`ROLES`].
    pub accounts: Vec<RoleAccount>,
    /// The month that a financial year begins in, 1 to 12.
    pub first_month: Sourced<u32>,
    /// Financial years of another length, both days known, in the order of the file.
    pub listed_years: Vec<Sourced<Period>>,
    /// How many events a voucher holds.
    pub voucher_per: VoucherPer,
    /// The series of vouchers of invoices and credit notes.
    pub voucher_series: Sourced<String>,
    /// The series of vouchers of payments.
    pub payment_series: Sourced<String>,
    /// The name by which the ledger knows the company; without it the seller's.
    pub company: Option<Sourced<Text>>,
    /// The number by which the ledger knows the company (#FNR), where it asks for one.
    pub company_number: Option<Sourced<Text>>,
    /// The dimension in which customers are objects.
    pub customer_dimension: Option<Sourced<Numbered>>,
    /// What every row of revenue carries.
    pub revenue_objects: Vec<RevenueObject>,
    /// For which reader the file is.
    pub reader: LedgerReader,
    /// Whether a checksum is written (#KSUMMA).
    pub checksum: bool,
    /// The language of the texts.
    pub language: Language,
}

pub(crate) fn read(section: Section<'_, '_>) -> Bookkeeping {
    let charts = [("bas", Chart::Bas), ("kommun-bas", Chart::KommunBas)];
    let vouchers = [("invoice", VoucherPer::Invoice), ("batch", VoucherPer::Batch)];
    let readers = [("ledger", LedgerReader::Ledger), ("simple", LedgerReader::Simple)];
    let languages = [("sv", Language::Swedish), ("en", Language::English)];
    let series = |key, default: &str| {
        let read = section.read(key, "one to ten letters A to Z or digits", voucher_series);
        read.unwrap_or_else(|| default.to_owned().into())
    };
    let bookkeeping = Bookkeeping {
        chart: section.chosen("profile", &charts).unwrap_or_else(|| Chart::default().into()),
        accounts: section.section("accounts").map(accounts).unwrap_or_default(),
        first_month: first_month(&section),
        listed_years: section.sections("years").into_iter().filter_map(listed_year).collect(),
        voucher_per: section.choice("voucher", &vouchers).unwrap_or_default(),
        voucher_series: series("voucher_series", "F"),
        payment_series: series("payment_series", "I"),
        company: section.parsed("company"),
        company_number: section.parsed("company_number"),
        customer_dimension: numbered(&section, "customer_dimension", DIMENSION, dimension),
        revenue_objects: section.sections("objects").into_iter().filter_map(revenue_object).collect(),
        reader: section.choice("reader", &readers).unwrap_or_default(),
        checksum: section.boolean("checksum").unwrap_or(false),
        language: section.choice("language", &languages).unwrap_or_default(),
    };
    section.finish();
    bookkeeping
}

const ACCOUNT: &str = "one to nine digits, a space and the name, `1510 Kundfordringar`";
const DIMENSION: &str = "a number from 1 to 9999, and the name of an own one, `8` or `20 Verksamhet`";

fn accounts(section: Section<'_, '_>) -> Vec<RoleAccount> {
    let account =
        |role| numbered(&section, role, ACCOUNT, account).map(|account| RoleAccount { role, account });
    let accounts = ROLES.into_iter().filter_map(account).collect();
    section.finish();
    accounts
}

/// An account has a number and a name.
fn account(numbered: &Numbered) -> bool {
    numbered.number.len() <= 9 && numbered.name.is_some()
}

fn dimension(numbered: &Numbered) -> bool {
    numbered.number.len() <= 4 && !numbered.number.starts_with('0')
}

/// `"1510 Kundfordringar"`, or `{ number = 1510, name = "Kundfordringar" }`.
fn numbered(
    section: &Section<'_, '_>,
    key: &'static str,
    expected: &'static str,
    rule: fn(&Numbered) -> bool,
) -> Option<Sourced<Numbered>> {
    if !section.is_table(key) {
        return section.read(key, expected, |text| number_and_name(text).filter(rule));
    }
    let table = section.section(key)?;
    let origin = table.origin();
    if !table.has("number") {
        table.missing("number", "\"…\"");
    }
    let number = table.text("number");
    let name = table.parsed::<Text>("name");
    let has_name = table.has("name");
    table.finish();
    let (number, name) = (number?.value, name.map(|name| name.value));
    let numbered = Numbered { number, name };
    let is_sound = numbered.number.bytes().all(|byte| byte.is_ascii_digit()) && !numbered.number.is_empty();
    if is_sound && rule(&numbered) {
        return Some(Sourced::at(numbered, origin));
    }
    // A name that could not be read has its own refusal.
    if !has_name || numbered.name.is_some() {
        section.must_be(key, expected);
    }
    None
}

/// The number that a text begins with, and the name after it.
fn number_and_name(text: &str) -> Option<Numbered> {
    let (number, name) = match text.split_once(' ') {
        Some((number, name)) => (number, Some(Text::new(name).ok()?)),
        None => (text, None),
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Numbered { number: number.to_owned(), name })
}

fn first_month(section: &Section<'_, '_>) -> Sourced<u32> {
    let month = section.integer("financial_year", 1, 12);
    let month = month.and_then(|month| {
        let value = u32::try_from(month.value).ok()?;
        Some(Sourced { value, origin: month.origin })
    });
    month.unwrap_or_else(|| 1.into())
}

/// `[[agreement.bookkeeping.years]]`: a financial year of another length.
fn listed_year(section: Section<'_, '_>) -> Option<Sourced<Period>> {
    for (key, hint) in [("from", "2027-07-01"), ("to", "2028-12-31")] {
        if !section.has(key) {
            section.missing(key, hint);
        }
    }
    let (from, to) = (section.date("from"), section.date("to"));
    let origin = section.origin();
    section.finish();
    Some(Sourced::at(Period { from: Some(from?.value), to: Some(to?.value) }, origin))
}

/// `[[agreement.bookkeeping.objects]]`.
fn revenue_object(section: Section<'_, '_>) -> Option<RevenueObject> {
    if !section.has("dimension") {
        section.missing("dimension", "1");
    }
    let dimension = numbered(&section, "dimension", DIMENSION, dimension);
    let number = section.required::<Text>("number", "\"…\", the cost centre or project");
    let name = section.parsed::<Text>("name");
    section.finish();
    Some(RevenueObject { dimension: dimension?, number: number?, name })
}

/// The series of a voucher.
fn voucher_series(text: &str) -> Option<String> {
    let is_plain = (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_before_its_name() {
        let of =
            |text| number_and_name(text).map(|read| (read.number, read.name.map(|name| name.to_string())));
        assert_eq!(of("1510 Kundfordringar"), Some(("1510".into(), Some("Kundfordringar".into()))));
        assert_eq!(of("20 Egen verksamhet"), Some(("20".into(), Some("Egen verksamhet".into()))));
        assert_eq!(of("8"), Some(("8".into(), None)));
        for text in
            ["", " ", "1510 ", "Kundfordringar", "Kundfordringar 1510", "15x10 Kund", "-8", "１５１０"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }

    /// Nine digits and ten; a name is part of an account. Four digits and five; no zero in front.
    #[test]
    fn an_account_has_its_digits_and_its_name() {
        let is = |rule: fn(&Numbered) -> bool, text| number_and_name(text).as_ref().is_some_and(rule);
        for (text, is_account) in
            [("1 K", true), ("123456789 K", true), ("1234567890 K", false), ("1510", false)]
        {
            assert_eq!(is(account, text), is_account, "{text}");
        }
        for (text, is_dimension) in
            [("1", true), ("9999 Egen", true), ("10000 Egen", false), ("0", false), ("08", false)]
        {
            assert_eq!(is(dimension, text), is_dimension, "{text}");
        }
    }

    #[test]
    fn a_series_of_vouchers_is_letters_or_digits() {
        for text in ["F", "b2", "ABCDEFGHIJ"] {
            assert_eq!(voucher_series(text).as_deref(), Some(text));
        }
        for text in ["", "ABCDEFGHIJK", "Å", "F 1"] {
            assert_eq!(voucher_series(text), None, "{text}");
        }
    }
}
