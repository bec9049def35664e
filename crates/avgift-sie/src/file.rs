//! File: vouchers of one financial year as SIE 4I, the file that a ledger imports.
//! Rule:    records and their order as SIE 4 has them, groups 1 to 4 (paragraph 5.12), CR and LF at the line ends; every
//!          account, dimension and object that is used is declared. The number of a voucher is empty, for the ledger gives
//!          it. Dates, amounts and what is a code stand without quotation marks, which some importers ask for.
//! Rule:    the same values give the same bytes: the day of the file and the version of the program are given, not asked
//!          for.
//! Errors:  VoucherMustLieInFinancialYear, SimpleFileMustHaveNoObjects, FinancialYearMustBeListed.
//! Not here: balances, which only a ledger may export (4E).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use avgift::{Language, NaiveDate, Refusal};

use crate::accounts::{AccountNumber, Profile};
use crate::company::Company;
use crate::error::Error;
use crate::object::Object;
use crate::pc8::Pc8Text;
use crate::record::Records;
use crate::voucher::{Row, Series, Voucher};
use crate::year::{FinancialYear, FinancialYears};

/// What of the journal a file holds, said in the file, so that ledger and auditor hold the head of the journal too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The rows of the journal.
    pub rows: RangeInclusive<u64>,
    /// The hash of the last row, or its beginning.
    pub head: String,
}

/// For which reader a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// A ledger.
    #[default]
    Ledger,
    /// A reader that knows few records and wants numbers: no `#PROSA`, no objects, and vouchers numbered from 1 in each
    /// series. Not for a ledger, which gives its own numbers.
    Simple,
}

/// What stands before the vouchers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Whose books the vouchers are for.
    pub company: Company,
    /// The chart of accounts.
    pub profile: Profile,
    /// The day of the export, as it was recorded (#GEN).
    pub generated: NaiveDate,
    /// The version of the program that exported, as it was recorded (#PROGRAM).
    pub version: String,
    /// What of the journal the file holds (#PROSA).
    pub anchor: Option<Anchor>,
    /// For which reader the file is.
    pub reader: Reader,
    /// Whether a checksum is written (#KSUMMA). Off unless asked for: some readers refuse a right one.
    pub checksum: bool,
    /// The language of the one sentence in it.
    pub language: Language,
}

impl Head {
    /// A head for a ledger, without anchor and checksum, by this version of the program, in Swedish.
    #[must_use]
    pub fn new(company: Company, profile: Profile, generated: NaiveDate) -> Head {
        Head {
            company,
            profile,
            generated,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            anchor: None,
            reader: Reader::Ledger,
            checksum: false,
            language: Language::Swedish,
        }
    }
}

/// The vouchers of one financial year, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SieFile {
    head: Head,
    year: FinancialYear,
    vouchers: Vec<Voucher>,
}

/// A file for each financial year that has vouchers, the earliest first; the vouchers keep their order.
///
/// # Errors
/// `FinancialYearMustBeListed`, once a voucher; `SimpleFileMustHaveNoObjects`.
pub fn files(
    head: &Head,
    years: &FinancialYears,
    vouchers: Vec<Voucher>,
) -> Result<Vec<SieFile>, Vec<Error>> {
    let mut errors = Vec::new();
    let mut of_year: BTreeMap<FinancialYear, Vec<Voucher>> = BTreeMap::new();
    for voucher in vouchers {
        match years.of(voucher.date()) {
            Ok(year) => of_year.entry(year).or_default().push(voucher),
            Err(error) => errors.push(error),
        }
    }
    let mut files = Vec::new();
    for (year, vouchers) in of_year {
        match SieFile::new(head.clone(), year, vouchers) {
            Ok(file) => files.push(file),
            Err(faults) => errors.extend(faults),
        }
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

impl SieFile {
    /// The file of a financial year.
    ///
    /// # Errors
    /// `VoucherMustLieInFinancialYear`, once a voucher; `SimpleFileMustHaveNoObjects`.
    pub fn new(head: Head, year: FinancialYear, vouchers: Vec<Voucher>) -> Result<SieFile, Vec<Error>> {
        let outside = vouchers.iter().filter(|voucher| !year.contains(voucher.date()));
        let mut errors: Vec<Error> = outside
            .map(|voucher| Error::VoucherMustLieInFinancialYear {
                date: voucher.date(),
                text: voucher.text().to_string(),
                year,
            })
            .collect();
        let has_objects = rows(&vouchers).any(|row| !row.objects.is_empty());
        if head.reader == Reader::Simple && has_objects {
            errors.push(Error::SimpleFileMustHaveNoObjects);
        }
        if errors.is_empty() { Ok(SieFile { head, year, vouchers }) } else { Err(errors) }
    }

    /// The financial year.
    #[must_use]
    pub const fn year(&self) -> FinancialYear {
        self.year
    }

    /// The vouchers, in the order of the file.
    #[must_use]
    pub fn vouchers(&self) -> &[Voucher] {
        &self.vouchers
    }

    /// What was folded to fit the code page: a warning for each text that reads otherwise in the file, each once.
    #[must_use]
    pub fn warnings(&self) -> Vec<Refusal> {
        let mut told = BTreeSet::new();
        let mut warnings = Vec::new();
        let number = self.head.company.number().into_iter();
        let of_objects = |object| [Object::dimension(object).name(), object.name()];
        let of_rows = rows(&self.vouchers).flat_map(|row| {
            [&row.text, &row.account.name].into_iter().chain(row.objects.iter().flat_map(of_objects))
        });
        for text in number.chain(self.vouchers.iter().map(Voucher::text)).chain(of_rows) {
            if let Some(given) = text.folded_from()
                && told.insert(given.to_owned())
            {
                let (text, written) = (given.to_owned(), text.to_string());
                warnings.push(Error::TextShouldFitCodePage437 { text, written }.refusal());
            }
        }
        warnings
    }

    /// The bytes of the file. By custom its name ends in `.SI`, and `FAKT.SI` is one of an invoicing system.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut records = Records::default();
        records.record("#FLAGGA").code("0");
        if self.head.checksum {
            records.start_checksum();
        }
        self.write_identification(&mut records);
        self.write_accounts_and_objects(&mut records);
        let mut numbers: BTreeMap<&Series, u32> = BTreeMap::new();
        for voucher in &self.vouchers {
            let number = numbers.entry(voucher.series()).or_default();
            *number += 1;
            let number = (self.head.reader == Reader::Simple).then_some(*number);
            write_voucher(&mut records, voucher, number);
        }
        records.into_bytes()
    }

    fn write_identification(&self, records: &mut Records) {
        let Head { company, language, .. } = &self.head;
        records.record("#PROGRAM").text(&Pc8Text::new("avgift")).text(&Pc8Text::new(&self.head.version));
        records.record("#FORMAT").code("PC8");
        records.record("#GEN").date(self.head.generated);
        records.record("#SIETYP").code("4");
        if let (Some(anchor), Reader::Ledger) = (&self.head.anchor, self.head.reader) {
            let (first, last) = (anchor.rows.start().to_string(), anchor.rows.end().to_string());
            let figures = [("first", first.as_str()), ("last", &last), ("head", &anchor.head)];
            records.record("#PROSA").text(&Pc8Text::new(language.tell("ledger-anchor", &figures)));
        }
        if let Some(number) = company.number() {
            records.record("#FNR").text(number);
        }
        records.record("#ORGNR").code(&company.organisation_number().to_string());
        records.record("#FNAMN").text(company.name());
        records.record("#RAR").code("0").date(self.year.start()).date(self.year.end());
        if self.head.profile == Profile::Bas {
            records.record("#KPTYP").code("EUBAS97");
        }
    }

    /// Group 3. Where a name was changed between two vouchers, the later one stands.
    fn write_accounts_and_objects(&self, records: &mut Records) {
        let mut accounts: BTreeMap<&AccountNumber, &Pc8Text> = BTreeMap::new();
        let mut dimensions: BTreeMap<u16, &Pc8Text> = BTreeMap::new();
        let mut objects: BTreeMap<(u16, &str), &Object> = BTreeMap::new();
        for row in rows(&self.vouchers) {
            accounts.insert(&row.account.number, &row.account.name);
            for object in &row.objects {
                let dimension = object.dimension();
                dimensions.insert(dimension.number(), dimension.name());
                objects.insert((dimension.number(), object.number().as_str()), object);
            }
        }
        for (number, name) in accounts {
            records.record("#KONTO").code(number.as_str()).text(name);
        }
        for (number, name) in dimensions {
            records.record("#DIM").code(&number.to_string()).text(name);
        }
        for ((dimension, _), object) in objects {
            records.record("#OBJEKT").code(&dimension.to_string()).text(object.number()).text(object.name());
        }
    }
}

fn rows(vouchers: &[Voucher]) -> impl Iterator<Item = &Row> {
    vouchers.iter().flat_map(Voucher::rows)
}

fn write_voucher(records: &mut Records, voucher: &Voucher, number: Option<u32>) {
    let head = records.record("#VER").code(voucher.series().as_str());
    match number {
        Some(number) => head.code(&number.to_string()),
        None => head.text(&Pc8Text::new("")),
    }
    .date(voucher.date())
    .text(voucher.text());
    records.line("{");
    for row in voucher.rows() {
        records
            .record("#TRANS")
            .code(row.account.number.as_str())
            .objects(&row.objects)
            .code(&row.amount.to_string())
            .date(voucher.date())
            .text(&row.text);
    }
    records.line("}");
}
