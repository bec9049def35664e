//! Sheets: the columns of each register, in one place for CSV and workbook.

use avgift::{Language, NaiveDate, Sek, date_text};
use avgift_ledger::registers::{InvoiceRow, MovementKind, PartOf, PaymentRow, ReceivableRow, Tie, VatRow};
use avgift_report::{RegisterBook, RegisterCell as Cell, RegisterColumn, RegisterSheet};

use super::Read;
use crate::Refused;

/// In which words a register says what a row is: a language's, or the keys that machines know.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) Option<Language>);

impl Words {
    fn kind(self, kind: MovementKind) -> String {
        let Some(language) = self.0 else { return kind.key().to_owned() };
        match kind {
            MovementKind::Opening => language.say("movement-opening"),
            MovementKind::Invoice => language.say("paper-invoice"),
            MovementKind::CreditNote => language.say("paper-credit-note"),
            MovementKind::Payment => language.say("movement-payment"),
            MovementKind::Moved => language.say("movement-moved"),
        }
    }

    fn part_of(self, part: PartOf) -> String {
        let Some(language) = self.0 else { return part.key().to_owned() };
        match part {
            PartOf::Invoice => language.say("paper-invoice"),
            PartOf::Rounding => language.say("ledger-tolerance"),
            PartOf::Interest => language.say("ledger-interest"),
            PartOf::ReminderFee => language.say("ledger-reminder-fee"),
            PartOf::ForAPerson => language.say("part-for-a-person"),
            PartOf::Overpayment => language.say("part-overpayment"),
            PartOf::Unmatched => language.say("ledger-unmatched"),
            PartOf::NotOurs => language.say("part-not-ours"),
            PartOf::Refunded => language.say("part-refunded"),
        }
    }
}

/// What the cells of a column are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Texts,
    Figures,
    /// Figures that are summed.
    Amounts,
    /// Texts that are too long to be printed.
    Aside,
}

/// A register: its columns by key, heading, width and content, and its rows.
pub(super) struct Table {
    columns: Vec<(&'static str, String, u8, Of)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// With a header, plain figures, and the head of the journal on every row.
    pub(super) fn csv(&self, head: &str) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let keys = self.columns.iter().map(|(key, ..)| *key).chain(["journal_head"]);
        writer.write_record(keys).expect("a row of texts is written into memory");
        for row in &self.rows {
            let cells = row.iter().map(plain).chain([head.to_owned()]);
            writer.write_record(cells).expect("a row of texts is written into memory");
        }
        let bytes = writer.into_inner().expect("memory takes what is flushed");
        String::from_utf8(bytes).expect("rows of text are text")
    }

    fn sheet(self, name: String, about: String, sum: Option<String>) -> RegisterSheet {
        let column = |(_, heading, width, of): (_, String, u8, Of)| RegisterColumn {
            heading,
            width,
            is_figures: matches!(of, Of::Figures | Of::Amounts),
            is_summed: of == Of::Amounts,
            is_printed: of != Of::Aside,
        };
        let columns = self.columns.into_iter().map(column).collect();
        RegisterSheet { name, about, columns, rows: self.rows, sum }
    }
}

/// A cell in plain text: days as 2024-02-01, amounts as 60739.00.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Date(day) => day.to_string(),
        Cell::Year(year) => year.to_string(),
        Cell::Count(count) => count.to_string(),
        cell => cell.amount().map_or_else(String::new, |amount| amount.to_string()),
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn maybe(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

pub(super) fn invoices(rows: &[InvoiceRow], words: Words) -> Table {
    let say = |message: &str| words.0.unwrap_or_default().say(message);
    let columns = vec![
        ("number", say("paper-number"), 13, Of::Texts),
        ("series", say("register-series"), 9, Of::Texts),
        ("kind", say("register-kind"), 13, Of::Texts),
        ("date", say("register-date"), 11, Of::Figures),
        ("due", say("paper-due-date"), 12, Of::Figures),
        ("payer", say("column-payer"), 13, Of::Texts),
        ("name", say("register-name"), 27, Of::Texts),
        ("organisation_number", say("paper-organisation-number"), 14, Of::Texts),
        ("fee_year", say("paper-fee-year"), 8, Of::Figures),
        ("net", say("register-net"), 15, Of::Amounts),
        ("vat", say("column-vat"), 15, Of::Amounts),
        ("rounding", say("paper-rounding"), 12, Of::Amounts),
        ("total", say("column-amount-due"), 15, Of::Amounts),
        ("credited", say("register-credited"), 15, Of::Amounts),
        ("paid", say("register-paid"), 15, Of::Amounts),
        ("open", say("register-open"), 15, Of::Amounts),
        ("credits", say("register-credits"), 13, Of::Texts),
        ("credited_by", say("register-credited-by"), 13, Of::Texts),
        ("ocr", say("paper-ocr"), 13, Of::Texts),
        ("host", say("column-host"), 13, Of::Texts),
        ("line", say("register-line"), 8, Of::Figures),
        ("documents", say("register-documents"), 60, Of::Aside),
    ];
    let row = |row: &InvoiceRow| {
        let is_invoice = row.kind == MovementKind::Invoice;
        // The total is that of net, VAT and rounding; what is open of an invoice, the total less what went.
        let open = match is_invoice {
            true => Cell::Across(vec![12], vec![13, 14], row.open),
            false => Cell::Amount(row.open),
        };
        vec![
            text(&row.number),
            text(&row.series),
            Cell::Text(words.kind(row.kind)),
            Cell::Date(row.date),
            row.due.map_or(Cell::Empty, Cell::Date),
            text(&row.payer),
            text(&row.name),
            text(&row.organisation_number),
            Cell::Year(row.fee_year),
            Cell::Amount(row.net),
            Cell::Amount(row.vat),
            Cell::Amount(row.rounding),
            Cell::Across(vec![9, 10, 11], Vec::new(), row.total),
            Cell::Amount(row.credited),
            Cell::Amount(row.paid),
            open,
            maybe(row.credits.as_deref()),
            Cell::Text(row.credited_by.join(" ")),
            maybe(row.ocr.as_deref()),
            text(&row.host),
            Cell::Count(row.line),
            Cell::Text(row.documents.join("; ")),
        ]
    };
    Table { columns, rows: rows.iter().map(row).collect() }
}

/// The columns of kind and amount in the register of receivables.
const KIND: u16 = 3;
const AMOUNT: u16 = 6;

pub(super) fn receivables(rows: &[ReceivableRow], words: Words) -> Table {
    let say = |message: &str| words.0.unwrap_or_default().say(message);
    let columns = vec![
        ("payer", say("column-payer"), 14, Of::Texts),
        ("name", say("register-name"), 30, Of::Texts),
        ("date", say("register-date"), 12, Of::Figures),
        ("kind", say("register-kind"), 18, Of::Texts),
        ("reference", say("register-reference"), 22, Of::Texts),
        ("invoice", say("paper-invoice"), 16, Of::Texts),
        ("amount", say("paper-amount"), 16, Of::Amounts),
        ("balance", say("register-balance"), 16, Of::Figures),
        ("host", say("column-host"), 14, Of::Texts),
        ("line", say("register-line"), 10, Of::Figures),
    ];
    let mut before: Option<&ReceivableRow> = None;
    let mut cells = Vec::with_capacity(rows.len());
    for row in rows {
        let goes_on = before.is_some_and(|before| (&before.host, &before.payer) == (&row.host, &row.payer));
        let balance = match goes_on {
            true => Cell::Running(AMOUNT, row.balance),
            false => Cell::Across(vec![AMOUNT], Vec::new(), row.balance),
        };
        cells.push(vec![
            text(&row.payer),
            text(&row.name),
            Cell::Date(row.date),
            Cell::Text(words.kind(row.kind)),
            text(&row.reference),
            text(&row.invoice),
            Cell::Amount(row.amount),
            balance,
            text(&row.host),
            row.line.map_or(Cell::Empty, Cell::Count),
        ]);
        before = Some(row);
    }
    Table { columns, rows: cells }
}

pub(super) fn payments(rows: &[PaymentRow], words: Words) -> Table {
    let say = |message: &str| words.0.unwrap_or_default().say(message);
    let columns = vec![
        ("booked", say("register-booked"), 12, Of::Figures),
        ("value_date", say("register-value-date"), 12, Of::Figures),
        ("payer", say("register-paid-by"), 30, Of::Texts),
        ("reference", say("register-reference"), 22, Of::Texts),
        ("amount", say("register-came-in"), 16, Of::Amounts),
        ("part_of", say("register-part-of"), 22, Of::Texts),
        ("of", say("register-whose"), 16, Of::Texts),
        ("part", say("register-part"), 16, Of::Amounts),
        ("decided", say("register-decided"), 14, Of::Figures),
        ("reason", say("register-reason"), 24, Of::Texts),
        ("file", say("column-file"), 24, Of::Texts),
        ("host", say("column-host"), 14, Of::Texts),
        ("line", say("register-line"), 10, Of::Figures),
    ];
    let row = |row: &PaymentRow| {
        vec![
            Cell::Date(row.booked),
            Cell::Date(row.value_date),
            text(&row.payer),
            text(&row.reference),
            row.amount.map_or(Cell::Empty, Cell::Amount),
            Cell::Text(words.part_of(row.part_of)),
            text(&row.of),
            Cell::Amount(row.part),
            Cell::Date(row.decided),
            maybe(row.reason.as_deref()),
            text(&row.file),
            maybe(row.host.as_deref()),
            Cell::Count(row.line),
        ]
    };
    Table { columns, rows: rows.iter().map(row).collect() }
}

pub(super) fn vat(rows: &[VatRow], words: Words) -> Table {
    let say = |message: &str| words.0.unwrap_or_default().say(message);
    let columns = vec![
        ("host", say("column-host"), 14, Of::Texts),
        ("category", say("register-category"), 12, Of::Texts),
        ("percent", say("register-percent"), 12, Of::Figures),
        ("invoices", say("register-count-invoices"), 12, Of::Figures),
        ("invoiced_base", say("register-invoiced-base"), 18, Of::Amounts),
        ("invoiced_vat", say("register-invoiced-vat"), 18, Of::Amounts),
        ("credit_notes", say("register-count-credit-notes"), 16, Of::Figures),
        ("credited_base", say("register-credited-base"), 18, Of::Amounts),
        ("credited_vat", say("register-credited-vat"), 18, Of::Amounts),
        ("base", say("register-base"), 18, Of::Amounts),
        ("vat", say("column-vat"), 18, Of::Amounts),
    ];
    let row = |row: &VatRow| {
        vec![
            text(&row.host),
            text(row.category.code()),
            row.percent.map_or(Cell::Empty, |percent| Cell::Count(percent.into())),
            Cell::Count(row.invoices as u64),
            Cell::Amount(row.invoiced_base),
            Cell::Amount(row.invoiced_vat),
            Cell::Count(row.credit_notes as u64),
            Cell::Amount(row.credited_base),
            Cell::Amount(row.credited_vat),
            Cell::Across(vec![4], vec![7], row.base),
            Cell::Across(vec![5], vec![8], row.vat),
        ]
    };
    Table { columns, rows: rows.iter().map(row).collect() }
}

/// A sheet a register, and before them how they tie.
pub(super) fn book(read: &Read<'_>, language: Language) -> Result<RegisterBook, Refused> {
    let words = Words(Some(language));
    let say = |message: &str| language.say(message);
    let sum = || Some(say("sum"));
    let sheets = vec![
        ties(&read.tie()?, words).sheet(say("register-tie"), say("register-about-tie"), None),
        invoices(&read.invoices()?, words).sheet(
            say("register-invoices"),
            say("register-about-invoices"),
            sum(),
        ),
        receivables(&read.receivables()?, words).sheet(
            say("register-receivables"),
            say("register-about-receivables"),
            sum(),
        ),
        payments(&read.payments()?, words).sheet(
            say("register-payments"),
            say("register-about-payments"),
            sum(),
        ),
        vat(&read.vat()?, words).sheet(say("register-vat"), say("register-about-vat"), sum()),
    ];
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| date_text(day, language));
    let (line, head) = (read.history.head.seq.to_string(), read.head());
    let (from, to) = (day(read.extent.period.from), day(read.extent.period.to));
    let figures = [("line", line.as_str()), ("head", &head), ("from", &from), ("to", &to)];
    let notice = language.tell("register-notice", &figures);
    let name = read.network.name().to_owned();
    let title = match read.extent.host {
        Some(host) => format!("{name}, {}", read.hosts.name(host)),
        None => name,
    };
    Ok(RegisterBook { title, notice, sheets })
}

/// The places of the registers among the sheets.
const INVOICES: usize = 1;
const RECEIVABLES: usize = 2;
/// The column of amounts due in the register of invoices.
const TOTAL: u16 = 12;

/// What was owed, issued, credited and paid comes to what is open, and so does the other register.
fn ties(tie: &Tie, words: Words) -> Table {
    let say = |message: &str| words.0.unwrap_or_default().say(message);
    let columns =
        vec![("item", say("workbook-item"), 60, Of::Texts), ("amount", say("paper-amount"), 18, Of::Figures)];
    let of = |is: MovementKind, negated, value| Cell::Where {
        sheet: RECEIVABLES,
        column: KIND,
        is: words.kind(is),
        of: AMOUNT,
        negated,
        value,
    };
    let moved = of(MovementKind::Moved, true, tie.moved);
    let paid = of(MovementKind::Payment, true, tie.paid);
    let open = Cell::Above(vec![5, 4], vec![3, 2, 1], tie.open);
    let documents = Sek::from_ore(tie.issued.ore().saturating_sub(tie.credited.ore()));
    let rows = vec![
        vec![Cell::Text(say("tie-opening")), of(MovementKind::Opening, false, tie.opening)],
        vec![Cell::Text(say("tie-issued")), of(MovementKind::Invoice, false, tie.issued)],
        vec![Cell::Text(say("tie-credited")), of(MovementKind::CreditNote, true, tie.credited)],
        vec![Cell::Text(say("tie-paid")), paid],
        vec![Cell::Text(say("tie-moved")), moved],
        vec![Cell::Text(say("tie-open")), open],
        vec![Cell::Text(say("tie-documents")), Cell::Whole { sheet: INVOICES, of: TOTAL, value: documents }],
        vec![Cell::Text(say("tie-difference")), Cell::Above(vec![1, 5], vec![6], Sek::ZERO)],
    ];
    Table { columns, rows }
}
