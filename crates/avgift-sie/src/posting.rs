//! Posting (kontering): which rows an event of the invoice journal becomes.
//! Rule:    invoice     debit receivable what is due; credit revenue what the lines sum to, the VAT, and the rounding to
//!                      whole kronor (öresavrundning, BT-114). Revenue with VAT is a service's, else a fee's.
//!          credit note the same rows with the other sign, so that it and its invoice sum to nothing on every account.
//!          payment     debit bank what came in; credit each invoice its part, and overpayment, unmatched or rounding the
//!                      rest, or interest and reminder fee that it pays, both of them without VAT. Taken back by the bank: the same rows with the other sign, on the day that it was taken.
//!          transfer    debit where it lay, credit where it goes: overpayment to an invoice, or paid back by the bank.
//! Rule:    one voucher an event, or one a day for all invoices, all credit notes, all payments of the day. Such a voucher
//!          still has a row for each invoice on the receivable; revenue, VAT and rounding are summed.
//! Units:   whole öre, debit positive. Rows of nothing are left out, but for the receivable's.
//! Errors:  RolesMustHaveAccounts, DraftMustNotBePosted, DocumentMustBePostedOnce, DocumentMustBelongToCompany,
//!          VoucherMustBalance, ObjectMustHaveNumber, AmountMustNotOverflow.
//! Not here: what was posted in an earlier run, which the journal knows.

use std::collections::BTreeSet;

use avgift::{Language, NaiveDate, Sek, date_text};
use avgift_invoice::{Content, Document, DocumentId, VatCategory};

use crate::accounts::{Accounts, Role};
use crate::company::Company;
use crate::error::Error;
use crate::event::{Customer, Event, Payment, Target, Transfer};
use crate::file::Head;
use crate::object::{Object, Objects};
use crate::pc8::Pc8Text;
use crate::voucher::{Row, Series, Voucher};

/// How many events a voucher holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VoucherPer {
    /// One event.
    #[default]
    Invoice,
    /// All invoices of a day, all credit notes, or all payments: a voucher for several events (gemensam verifikation).
    Batch,
}

/// How events become vouchers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Whose books they are: documents of another seller are refused.
    pub company: Company,
    /// The account of each role.
    pub accounts: Accounts,
    /// How many events a voucher holds.
    pub voucher_per: VoucherPer,
    /// The series of invoices and credit notes.
    pub document_series: Series,
    /// The series of payments and transfers.
    pub payment_series: Series,
    /// Which rows carry which objects.
    pub objects: Objects,
    /// The language of the texts.
    pub language: Language,
}

impl Posting {
    /// One voucher an event, the series F for documents and I for payments, no objects, in Swedish.
    ///
    /// # Panics
    /// Never: the two series are letters.
    #[must_use]
    pub fn new(company: Company, accounts: Accounts) -> Posting {
        let series = |letter: &str| letter.parse().expect("a letter is a series");
        Posting {
            company,
            accounts,
            voucher_per: VoucherPer::Invoice,
            document_series: series("F"),
            payment_series: series("I"),
            objects: Objects::default(),
            language: Language::Swedish,
        }
    }

    /// The head of a file for the same company and chart, in the same language: see [`Head::new`].
    #[must_use]
    pub fn head(&self, generated: NaiveDate) -> Head {
        let head = Head::new(self.company.clone(), self.accounts.profile(), generated);
        Head { language: self.language, ..head }
    }

    /// The vouchers of events, in their order; a voucher of several stands where the first of them does.
    ///
    /// # Errors
    /// All that is wrong at once: `RolesMustHaveAccounts` with every role that is missing, `DraftMustNotBePosted`,
    /// `DocumentMustBePostedOnce`, `DocumentMustBelongToCompany`, `VoucherMustBalance`, `ObjectMustHaveNumber`,
    /// `AmountMustNotOverflow`.
    pub fn vouchers<'a>(
        &self,
        events: impl IntoIterator<Item = Event<'a>>,
    ) -> Result<Vec<Voucher>, Vec<Error>> {
        let mut errors = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut posted = BTreeSet::new();
        for event in events {
            if let Event::Issued(document) = event
                && let DocumentId::Issued(number) = document.id()
                && !posted.insert(number)
            {
                errors.push(Error::DocumentMustBePostedOnce { id: number.to_string() });
            }
            match self.entry(event) {
                Err(error) => errors.push(error),
                Ok(entry) => {
                    let is_shared = |other: &&mut Entry| {
                        self.voucher_per == VoucherPer::Batch
                            && entry.kind.is_of_many()
                            && entry.is_like(other)
                    };
                    match entries.iter_mut().find(is_shared) {
                        Some(other) => other.take(entry),
                        None => entries.push(entry),
                    }
                }
            }
        }
        let needed = entries.iter().flat_map(|entry| &entry.rows).map(|row| row.role);
        errors.extend(self.accounts.require(needed).err());
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut vouchers = Vec::with_capacity(entries.len());
        for entry in entries {
            match self.voucher(entry) {
                Ok(voucher) => vouchers.push(voucher),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(vouchers) } else { Err(errors) }
    }

    fn entry(&self, event: Event<'_>) -> Result<Entry, Error> {
        match event {
            Event::Issued(document) => self.document(document),
            Event::Paid(payment) => self.payment(payment),
            Event::Reversed { payment, date } => {
                let paid = self.payment(payment)?;
                let text = self.language.tell("ledger-reversal", &[("name", &payment.payer)]);
                Ok(Entry { kind: Kind::Reversal, date, text, rows: mirrored(paid.rows)?, ..paid })
            }
            Event::Transferred(transfer) => self.transfer(transfer),
        }
    }

    fn document(&self, document: Document<'_>) -> Result<Entry, Error> {
        let DocumentId::Issued(number) = document.id() else {
            return Err(Error::DraftMustNotBePosted { id: document.id().to_string() });
        };
        let content = document.content();
        let (seller, company) = (content.seller.organisation_number, self.company.organisation_number());
        if seller != company {
            return Err(Error::DocumentMustBelongToCompany { id: number.to_string(), seller, company });
        }
        let number = number.to_string();
        let name = content.buyer.name.as_str();
        let (kind, text, owed) = match document {
            Document::Invoice(_) => {
                let text = self.language.tell("ledger-invoice", &[("number", &number), ("name", name)]);
                (Kind::Invoice, text, self.language.tell("ledger-invoice-row", &[("number", &number)]))
            }
            Document::CreditNote(credit_note) => {
                let credited = credit_note.preceding_invoice.number.to_string();
                let numbers = [("number", number.as_str()), ("credited", &credited)];
                let named = [numbers[0], numbers[1], ("name", name)];
                let text = self.language.tell("ledger-credit-note", &named);
                (Kind::CreditNote, text, self.language.tell("ledger-credit-note-row", &numbers))
            }
        };
        let rows = self.invoice_rows(content, owed)?;
        let rows = if kind == Kind::CreditNote { mirrored(rows)? } else { rows };
        let (date, series) = (document.issue_date(), self.document_series.clone());
        Ok(Entry { kind, series, date, text, rows, count: 1 })
    }

    /// The rows of an invoice.
    fn invoice_rows(&self, content: &Content, owed: String) -> Result<Vec<PlainRow>, Error> {
        let (totals, vat) = (content.totals, &content.vat_breakdown);
        let (revenue, vat_out) = match (vat.category, vat.percent) {
            (VatCategory::S, Some(12)) => (Role::ServiceRevenue12, Role::VatOut12),
            (VatCategory::S, Some(6)) => (Role::ServiceRevenue6, Role::VatOut6),
            (VatCategory::S, _) => (Role::ServiceRevenue25, Role::VatOut25),
            (VatCategory::E | VatCategory::O, _) => (Role::FeeRevenue, Role::VatOut25),
        };
        let customer = self.customer(&Customer::from(&content.buyer))?;
        let of_revenue = [self.objects.revenue(), &customer].concat();
        let percent = vat.percent.unwrap_or_default().to_string();
        let (fee, tax) = (self.fee_text(content), self.language.tell("ledger-vat", &[("percent", &percent)]));
        let credit = |amount| Sek::ZERO.minus(amount);
        let mut rows = vec![
            PlainRow::new(Role::Receivable, totals.amount_due, customer, owed),
            PlainRow::new(revenue, credit(totals.without_vat)?, of_revenue, fee),
            PlainRow::new(vat_out, credit(totals.vat)?, Vec::new(), tax),
            PlainRow::new(
                Role::Rounding,
                credit(totals.rounding.unwrap_or(Sek::ZERO))?,
                Vec::new(),
                self.language.say("paper-rounding"),
            ),
        ];
        rows.retain(PlainRow::stands);
        Ok(rows)
    }

    /// `Medlemsavgift 2024`, or the parts of the fee that stand on the document.
    fn fee_text(&self, content: &Content) -> String {
        let year = content.fee_year.to_string();
        match content.parts().as_slice() {
            [] => self.language.tell("ledger-fee", &[("year", &year)]),
            parts => {
                let parts: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
                format!("{} {year}", parts.join(", "))
            }
        }
    }

    fn payment(&self, payment: &Payment) -> Result<Entry, Error> {
        let bank = Target::Bank { reference: payment.reference.clone() };
        let mut rows = vec![self.row(&bank, payment.amount)?];
        for (target, amount) in &payment.parts {
            rows.push(self.row(target, Sek::ZERO.minus(*amount)?)?);
        }
        rows.retain(PlainRow::stands);
        let text = self.language.tell("ledger-payment", &[("name", &payment.payer)]);
        let series = self.payment_series.clone();
        Ok(Entry { kind: Kind::Payment, series, date: payment.date, text, rows, count: 1 })
    }

    fn transfer(&self, transfer: &Transfer) -> Result<Entry, Error> {
        let credited = Sek::ZERO.minus(transfer.amount)?;
        let rows = vec![self.row(&transfer.from, transfer.amount)?, self.row(&transfer.to, credited)?];
        let name = [("name", transfer.customer.name.as_str())];
        let text = match transfer.to {
            Target::Bank { .. } => self.language.tell("ledger-refund", &name),
            _ => self.language.tell("ledger-transfer", &name),
        };
        let series = self.payment_series.clone();
        Ok(Entry { kind: Kind::Transfer, series, date: transfer.date, text, rows, count: 1 })
    }

    fn row(&self, target: &Target, amount: Sek) -> Result<PlainRow, Error> {
        Ok(match target {
            Target::Invoice { number, customer } => {
                let text = self.language.tell("ledger-invoice-row", &[("number", &number.to_string())]);
                PlainRow::new(Role::Receivable, amount, self.customer(customer)?, text)
            }
            Target::Overpayment(customer) => {
                let text = self.language.tell("ledger-overpayment", &[("name", &customer.name)]);
                PlainRow::new(Role::Overpayment, amount, self.customer(customer)?, text)
            }
            Target::Unmatched => {
                PlainRow::new(Role::Unmatched, amount, Vec::new(), self.language.say("ledger-unmatched"))
            }
            Target::Tolerance => {
                PlainRow::new(Role::Rounding, amount, Vec::new(), self.language.say("ledger-tolerance"))
            }
            Target::Interest(customer) => {
                let objects = [self.objects.revenue(), &self.customer(customer)?].concat();
                PlainRow::new(Role::Interest, amount, objects, self.language.say("ledger-interest"))
            }
            Target::ReminderFee(customer) => {
                let objects = [self.objects.revenue(), &self.customer(customer)?].concat();
                PlainRow::new(Role::ReminderFee, amount, objects, self.language.say("ledger-reminder-fee"))
            }
            Target::Bank { reference } => PlainRow::new(Role::Bank, amount, Vec::new(), reference.clone()),
        })
    }

    /// The object of a customer, where customers are a dimension.
    fn customer(&self, customer: &Customer) -> Result<Vec<Object>, Error> {
        match self.objects.customer() {
            None => Ok(Vec::new()),
            Some(dimension) => {
                Ok(vec![Object::new(dimension.clone(), customer.id.as_str(), &customer.name)?])
            }
        }
    }

    fn voucher(&self, entry: Entry) -> Result<Voucher, Error> {
        let (day, count) = (date_text(entry.date, self.language), entry.count.to_string());
        let figures = [("day", day.as_str()), ("count", &count)];
        let text = match (entry.count, entry.kind) {
            (1, _) => entry.text,
            (_, Kind::CreditNote) => self.language.tell("ledger-credit-notes", &figures),
            (_, Kind::Payment) => self.language.tell("ledger-payments", &figures),
            (_, _) => self.language.tell("ledger-invoices", &figures),
        };
        let rows = if entry.count == 1 { entry.rows } else { summed(entry.rows)? };
        let rows = rows.into_iter().filter_map(|row| {
            // Every role that is used was required before.
            let account = self.accounts.of(row.role)?.clone();
            Some(Row { account, amount: row.amount, objects: row.objects, text: Pc8Text::cut(row.text) })
        });
        Voucher::new(entry.series, entry.date, &text, rows.collect())
    }
}

/// What an entry is of; those of a day that are of one kind may share a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Invoice,
    CreditNote,
    Payment,
    Reversal,
    Transfer,
}

impl Kind {
    /// What is put right or decided singly has a voucher of its own, for it must be easy to find (BFL 5 kap. 9 §).
    const fn is_of_many(self) -> bool {
        matches!(self, Kind::Invoice | Kind::CreditNote | Kind::Payment)
    }
}

/// A voucher to be, before roles are accounts.
struct Entry {
    kind: Kind,
    series: Series,
    date: NaiveDate,
    text: String,
    rows: Vec<PlainRow>,
    count: usize,
}

impl Entry {
    fn is_like(&self, other: &Entry) -> bool {
        self.kind == other.kind && self.date == other.date
    }

    fn take(&mut self, other: Entry) {
        self.rows.extend(other.rows);
        self.count += other.count;
    }
}

struct PlainRow {
    role: Role,
    amount: Sek,
    objects: Vec<Object>,
    text: String,
}

impl PlainRow {
    const fn new(role: Role, amount: Sek, objects: Vec<Object>, text: String) -> PlainRow {
        PlainRow { role, amount, objects, text }
    }

    fn stands(&self) -> bool {
        self.role == Role::Receivable || self.amount != Sek::ZERO
    }

    /// Whether a batch sums it with others: what is not owed by, owed to or paid by somebody.
    const fn is_summed(&self) -> bool {
        !matches!(self.role, Role::Receivable | Role::Bank | Role::Overpayment | Role::Unmatched)
    }

    fn adds_to(&self, other: &PlainRow) -> bool {
        self.is_summed()
            && self.role == other.role
            && self.objects == other.objects
            && self.text == other.text
    }
}

/// The same rows with the other sign.
fn mirrored(rows: Vec<PlainRow>) -> Result<Vec<PlainRow>, Error> {
    rows.into_iter().map(|row| Ok(PlainRow { amount: Sek::ZERO.minus(row.amount)?, ..row })).collect()
}

/// The rows of several events: those of somebody first, each by itself, then the sums.
fn summed(rows: Vec<PlainRow>) -> Result<Vec<PlainRow>, Error> {
    let (others, mut kept): (Vec<PlainRow>, Vec<PlainRow>) = rows.into_iter().partition(PlainRow::is_summed);
    let mut sums: Vec<PlainRow> = Vec::new();
    for row in others {
        match sums.iter_mut().find(|sum| row.adds_to(sum)) {
            Some(sum) => sum.amount = sum.amount.plus(row.amount)?,
            None => sums.push(row),
        }
    }
    sums.retain(PlainRow::stands);
    sums.sort_by_key(|sum| sum.role);
    kept.append(&mut sums);
    Ok(kept)
}
