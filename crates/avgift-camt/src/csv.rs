//! CSV: payments as a person writes them, each field with its place.
//! Read:    a header with the columns that stand at `read`, in any order, in Swedish or English; semicolon, tab or comma;
//!          quotes doubled inside quotes; decimal comma or point; a row without any field is passed over.
//! Errors:  those of a column, a row and a field; BankMessageMustBeRead where no column of the header is known.

use avgift::Origin;
use avgift_text::{Field, FieldFault, Source, fields, separator};

use crate::MOST_FAULTS;
use crate::account::{Account, OurAccounts, Scheme};
use crate::error::{Error, Written};
use crate::key::Keyless;
use crate::payment::{BankFormat, BankPayment, Message};
use crate::text;

/// The columns by their names; the first of a row is the one that errors name.
const COLUMNS: [&[&str]; 7] = [
    &["date", "datum"],
    &["amount", "belopp"],
    &["reference", "referens", "ocr"],
    &["payer", "betalare"],
    &["text", "meddelande"],
    &["account", "konto"],
    &["bank_reference", "bankreferens"],
];
const DATE: usize = 0;
const AMOUNT: usize = 1;
const REFERENCE: usize = 2;
const PAYER: usize = 3;
const TEXT: usize = 4;
const ACCOUNT: usize = 5;
const BANK_REFERENCE: usize = 6;

/// Reads the payments of a CSV.
pub(crate) fn read(source: &Source, ours: &OurAccounts) -> Result<Message, Vec<Error>> {
    let mut lines = source.text().split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let header = lines.find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut faults = Vec::new();
    let separator = separator(header);
    let names = parted(source, header, separator, &mut faults);
    let places = columns(source, header, &names, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut payments = Vec::new();
    for line in lines {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        let before = faults.len();
        let fields = parted(source, line, separator, &mut faults);
        if fields.iter().all(|field| field.text.is_empty()) || faults.len() > before {
            continue;
        }
        let more = fields.get(names.len()..).unwrap_or(&[]);
        if fields.len() < names.len() || more.iter().any(|field| !field.text.is_empty()) {
            let (found, expected) = (fields.len(), names.len());
            faults.push(Error::RowMustHaveItsColumns {
                found,
                expected,
                origin: source.place_of(line.trim()),
            });
            continue;
        }
        let field = |column: usize| places[column].and_then(|place| fields.get(place));
        payments.extend(payment(
            &Row { field: &field, line: source.place_of(line.trim()) },
            ours,
            &mut faults,
        ));
    }
    if faults.is_empty() { Ok(Message::new(BankFormat::Csv, payments)) } else { Err(faults) }
}

/// A row: its fields by column, and its place.
struct Row<'a> {
    field: &'a dyn Fn(usize) -> Option<&'a Written>,
    line: Origin,
}

impl Row<'_> {
    fn given(&self, column: usize) -> Option<&Written> {
        (self.field)(column).filter(|field| !field.text.is_empty())
    }

    fn text(&self, column: usize) -> Option<String> {
        self.given(column).map(|field| field.text.clone())
    }

    /// The field of a column that each row needs, read; where it is empty or cannot be read, the fault.
    fn read<T>(
        &self,
        column: usize,
        read: impl FnOnce(&str) -> Option<T>,
        fault: impl FnOnce(Written) -> Error,
    ) -> Result<T, Error> {
        match (self.field)(column) {
            Some(field) if !field.text.is_empty() => read(&field.text).ok_or_else(|| fault(field.clone())),
            field => Err(Error::FieldMustBeGiven {
                column: COLUMNS[column][0],
                origin: field.map_or_else(|| self.line.clone(), |field| field.origin.clone()),
            }),
        }
    }
}

fn payment(row: &Row<'_>, ours: &OurAccounts, faults: &mut Vec<Error>) -> Option<Keyless> {
    let mut kept = |fault: Error| faults.push(fault);
    let booked = row.read(DATE, text::day, |value| Error::DateMustBeADate { value }).map_err(&mut kept).ok();
    let amount = row
        .read(AMOUNT, |text| text.parse().ok(), |value| Error::AmountMustBeInKronor { value })
        .map_err(&mut kept)
        .ok();
    let account = row.given(ACCOUNT).map(|field| (Account::new(Scheme::Number, &field.text), field));
    if let Some((_, field)) = account.as_ref().filter(|(account, _)| !ours.hold(account)) {
        let ours = ours.iter().map(ToString::to_string).collect();
        kept(Error::BankAccountMustBeOurs { account: (*field).clone(), ours });
    }
    let reference = row.text(REFERENCE);
    let mut payment =
        BankPayment::of_row(booked?, amount?, reference.as_deref(), row.text(PAYER), row.text(TEXT));
    payment.account = account.map(|(account, _)| account);
    payment.bank_reference = row.text(BANK_REFERENCE);
    payment.origin = Some(row.line.clone());
    Some(Keyless { id: payment.bank_reference.clone(), payment, marks: Vec::new() })
}

/// Where each column stands in the header.
fn columns(source: &Source, header: &str, names: &[Written], faults: &mut Vec<Error>) -> Vec<Option<usize>> {
    let column_of = |name: &Written| {
        let name = name.text.to_lowercase();
        COLUMNS.iter().position(|column| column.contains(&name.as_str()))
    };
    let found: Vec<Option<usize>> = names.iter().map(column_of).collect();
    if found.iter().all(Option::is_none) && faults.is_empty() {
        let found =
            if header.starts_with("01BGMAX") { "BgMax" } else { "text without a header that is known" };
        faults.push(Error::BankMessageMustBeRead {
            found: found.to_owned(),
            origin: source.place_of(header.trim()),
        });
        return Vec::new();
    }
    for (place, (name, column)) in names.iter().zip(&found).enumerate() {
        if name.text.is_empty() {
            continue; // Spreadsheet programs leave empty columns to the right.
        }
        if column.is_none() {
            faults.push(Error::ColumnMustBeKnown { name: name.clone() });
        } else if let Some(first) = found.iter().take(place).position(|other| other == column) {
            faults
                .push(Error::ColumnMustStandOnce { name: name.clone(), first: names[first].origin.clone() });
        }
    }
    let place = |column: usize| found.iter().position(|found| *found == Some(column));
    for column in [DATE, AMOUNT] {
        if place(column).is_none() {
            let origin = source.place_of(header.trim());
            faults.push(Error::ColumnMustBeGiven { name: COLUMNS[column][0], origin });
        }
    }
    (0..COLUMNS.len()).map(place).collect()
}

/// The fields of a line; none where it has a fault.
fn parted(source: &Source, line: &str, separator: char, faults: &mut Vec<Error>) -> Vec<Written> {
    let fields = fields(source, line, separator).map_err(|fault| match fault {
        FieldFault::LineIsTooLong(origin) => Error::LineMustBeOfAReasonableLength { origin },
        FieldFault::QuoteStaysOpen(origin) => Error::FieldMustEndOnItsLine { origin },
    });
    let fields = fields.map_err(|fault| faults.push(fault)).unwrap_or_default();
    fields.into_iter().map(|Field { text, origin }| Written { text, origin }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::{Given, PaymentKind};
    use avgift::Sek;

    fn ours() -> OurAccounts {
        OurAccounts::new().with("991-2346".parse::<avgift_invoice::BankgiroNumber>().unwrap())
    }

    fn payments(text: &str) -> Vec<BankPayment> {
        let source = text::decode("bank.csv", text.as_bytes()).unwrap();
        read(&source, &ours()).unwrap().payments.into_iter().map(|keyless| keyless.payment).collect()
    }

    fn faults(text: &str) -> Vec<String> {
        let source = text::decode("bank.csv", text.as_bytes()).unwrap();
        let faults = read(&source, &ours()).err().unwrap();
        faults.iter().map(|fault| format!("{} {}", fault.origin().unwrap(), fault.code())).collect()
    }

    #[test]
    fn columns_are_read_in_swedish_and_in_english() {
        let swedish =
            payments("datum;belopp;ocr;betalare;text\n2027-02-14;19 938,00;100263;Håbo kommun;Tack\n");
        let english =
            payments("payer,Text,reference,date,amount\r\nHåbo kommun,Tack,100263,2027-02-14,19938.00\r\n");
        assert_eq!(swedish[0].origin.as_ref().unwrap().to_string(), "bank.csv:2:1");
        let without_place = |payment: &BankPayment| BankPayment { origin: None, ..payment.clone() };
        assert_eq!(without_place(&swedish[0]), without_place(&english[0]));
        assert_eq!(swedish[0].amount, Sek::from_ore(1_993_800));
        assert_eq!(swedish[0].references[0].given, Given::Ocr("100263".parse().unwrap()));
    }

    #[test]
    fn a_reference_that_is_no_ocr_reference_stays_as_written() {
        let found = payments("datum;belopp;ocr\n2027-02-14;-2500;F 1007\n\n;;\n2027-02-15;1;\n");
        assert_eq!(found[0].references[0].given, Given::Other("F 1007".to_owned()));
        assert_eq!((found[0].kind, found[0].amount), (PaymentKind::Debit, Sek::from_ore(250_000)));
        assert_eq!((found.len(), found[1].references.len()), (2, 0));
    }

    #[test]
    fn every_fault_is_told_where_it_stands() {
        assert_eq!(
            faults(
                "datum;belopp;konto\n14/2-27;ett;991-2346\n;5,005;9912345\n2027-02-14;1;2;3\n\"2027-02-14;1;2\n"
            ),
            [
                "bank.csv:2:1 date-must-be-a-date",
                "bank.csv:2:9 amount-must-be-in-kronor",
                "bank.csv:3:1 field-must-be-given",
                "bank.csv:3:2 amount-must-be-in-kronor",
                "bank.csv:3:8 bank-account-must-be-ours",
                "bank.csv:4:1 row-must-have-its-columns",
                "bank.csv:5:1 field-must-end-on-its-line",
            ]
        );
        assert_eq!(
            faults("datum;date;summa\n"),
            [
                "bank.csv:1:7 column-must-stand-once",
                "bank.csv:1:12 column-must-be-known",
                "bank.csv:1:1 column-must-be-given"
            ]
        );
        assert_eq!(faults("01BGMAX               01\n"), ["bank.csv:1:1 bank-message-must-be-read"]);
        assert_eq!(faults("date,amount\n2027-02-14,19938,00\n"), ["bank.csv:2:1 row-must-have-its-columns"]);
        assert_eq!(
            faults(&format!("date;amount\n{}", "å".repeat(20_000))),
            ["bank.csv:2:1 line-must-be-of-a-reasonable-length"]
        );
    }
}
