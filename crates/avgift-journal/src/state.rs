//! State: what the events that count come to: series, charges, what is open, payments, exports.
//! Rule:    a series rises by one, in numbers and not back in dates; a charge stands on one invoice that is not credited in
//!          full, as a whole or cut in one way; credits take back what was invoiced at most; a payment is posted once, all of it somewhere, and pays what
//!          is open at most.
//! Errors:  NumberMustBeNext, DateMustNotPrecedeSeries, ChargeMustNotBeIssuedTwice, InvoiceMustBeInJournal,
//!          CreditMustNotExceedInvoice, PaymentMustBeInJournal, PaymentMustBeRegisteredOnce,
//!          AllocationsMustSumToPayment, AllocationMustNotExceedOpen, AmountMustNotOverflow.
//! Not here: files, seals, batches. The same events give the same state, whoever reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use avgift::{NaiveDate, Origin, Sek};
use avgift_invoice::InvoiceNumber;
use chrono::{DateTime, FixedOffset};

use crate::error::Error;
use crate::event::{
    Allocation, CreditIssued, Distribution, Divided, Event, ExportSie, InvoiceIssued, JournalCreated,
    PaymentReallocated, PaymentRegistered, Rest, Stamp,
};
use crate::seal::{ChargeKey, Seal};

/// What a number of a series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An invoice.
    Invoice,
    /// A credit note over the invoice of this number.
    Credit(InvoiceNumber),
    /// Nothing: the batch never counted, and the number is burnt.
    Burnt,
}

/// A number of a series and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The number.
    pub number: InvoiceNumber,
    /// What it is.
    pub kind: Kind,
    /// The fee year; a credit note has its invoice's.
    pub year: u16,
    /// The payer's id; a credit note has its invoice's.
    pub payer: Arc<str>,
    /// The day of issue.
    pub date: NaiveDate,
    /// The day it is due; a credit note's is its date.
    pub due: NaiveDate,
    /// The amount of the document, above nothing.
    pub total: Sek,
    /// The same without VAT; of an invoice, less what credit notes took back.
    pub net: Sek,
    /// What credit notes took back of an invoice.
    pub credited: Sek,
    /// What payments paid of it.
    pub paid: Sek,
    /// At which byte of the journal its line begins.
    pub offset: u64,
}

impl Issued {
    /// What is open of an invoice; below nothing where it was credited after it was paid.
    #[must_use]
    pub fn open(&self) -> Sek {
        match self.kind {
            // Each was held to the total when it came, so nothing can overflow.
            Kind::Invoice => Sek::from_ore(self.total.ore() - self.credited.ore() - self.paid.ore()),
            Kind::Credit(_) | Kind::Burnt => Sek::ZERO,
        }
    }
}

/// A series: one a host and kind of charge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Series {
    /// Every number, in order and without a gap.
    issued: Vec<Issued>,
    newest: Option<NaiveDate>,
}

impl Series {
    fn place(&self, number: InvoiceNumber) -> Option<usize> {
        self.issued.binary_search_by_key(&number, |issued| issued.number).ok()
    }
}

/// A payment and where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// How much.
    pub amount: Sek,
    /// The day it counts from, for interest.
    pub value_date: NaiveDate,
    /// The day that the bank booked it.
    pub booked: NaiveDate,
    /// Where it goes now.
    pub to: Distribution,
    /// From which day.
    pub since: NaiveDate,
    /// Where it went before, and from which day, the oldest first.
    pub earlier: Vec<(NaiveDate, Distribution)>,
    /// At which byte of the journal its line begins.
    pub offset: u64,
}

impl Payment {
    /// Where it went at the end of a day; nowhere before it was booked.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&Distribution> {
        let earlier = || self.earlier.iter().rev().find(|(since, _)| *since <= day).map(|(_, to)| to);
        if self.since <= day { Some(&self.to) } else { earlier() }
    }

    /// Whether a person has to decide where it goes.
    #[must_use]
    pub fn is_for_a_person(&self) -> bool {
        self.to.rest.as_ref().is_some_and(|rest| rest.to == Rest::ForAPerson)
    }
}

/// A reminder that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// The day of the letter.
    pub date: NaiveDate,
    /// The interest that it asked for.
    pub interest: Sek,
    /// The fee that it asked for.
    pub fee: Sek,
}

/// A bank file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The name that it had.
    pub file: String,
    /// How many of its payments are still to be registered: a run was interrupted between two batches.
    pub to_follow: u32,
}

/// Something that lowered, or raised, what is open of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Posting {
    series: Arc<str>,
    place: usize,
    date: NaiveDate,
    amount: Sek,
}

/// What is open of an invoice at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem<'a> {
    /// The series.
    pub series: &'a str,
    /// The invoice, as it stands today.
    pub issued: &'a Issued,
    /// What was open that day.
    pub open: Sek,
}

/// What the events that count come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    created: Option<JournalCreated>,
    series: BTreeMap<Arc<str>, Series>,
    payers: BTreeSet<Arc<str>>,
    charges: BTreeMap<ChargeKey, (Arc<str>, u32)>,
    /// Of each whole charge that was cut: in which way, and on which invoices its parts stand.
    divided: BTreeMap<ChargeKey, Vec<(ChargeKey, Arc<str>, u32)>>,
    payments: BTreeMap<String, Payment>,
    postings: Vec<Posting>,
    imports: BTreeMap<Seal, Import>,
    reminders: BTreeMap<(Arc<str>, usize), Vec<Reminder>>,
    exports: Vec<ExportSie>,
    batches: BTreeSet<String>,
    set_aside: BTreeSet<String>,
    newest_at: Option<DateTime<FixedOffset>>,
}

impl State {
    /// The state of an empty journal.
    #[must_use]
    pub fn new() -> State {
        State::default()
    }

    /// Whose journal it is; nothing before the first line.
    #[must_use]
    pub const fn created(&self) -> Option<&JournalCreated> {
        self.created.as_ref()
    }

    /// The labels of the series.
    pub fn series(&self) -> impl Iterator<Item = &str> {
        self.series.keys().map(|label| &**label)
    }

    /// The ids of everybody who was invoiced.
    pub fn payers(&self) -> impl Iterator<Item = &str> {
        self.payers.iter().map(|payer| &**payer)
    }

    /// Every number of a series, in order.
    #[must_use]
    pub fn issued(&self, series: &str) -> &[Issued] {
        self.series.get(series).map_or(&[], |series| &series.issued)
    }

    /// A number of a series.
    #[must_use]
    pub fn find(&self, series: &str, number: InvoiceNumber) -> Option<&Issued> {
        let series = self.series.get(series)?;
        series.issued.get(series.place(number)?)
    }

    /// The number that comes next in a series; `first` where it has none yet. Nothing after the last of twenty digits.
    #[must_use]
    pub fn next_number(&self, series: &str, first: InvoiceNumber) -> Option<InvoiceNumber> {
        self.issued(series).last().map_or(Some(first), |last| last.number.next().ok())
    }

    /// The newest date of a series: none may be earlier.
    #[must_use]
    pub fn newest_date(&self, series: &str) -> Option<NaiveDate> {
        self.series.get(series)?.newest
    }

    /// The invoice that a charge stands on; none where it was credited in full, so that it may be charged anew.
    #[must_use]
    pub fn charged(&self, key: ChargeKey) -> Option<(&str, &Issued)> {
        let (series, place) = self.charges.get(&key)?;
        let issued = self.series.get(series)?.issued.get(*place as usize)?;
        (issued.credited < issued.total).then_some((series, issued))
    }

    /// The invoices that parts and instalments of a whole charge stand on, each with the key of its division; not those that
    /// were credited in full.
    pub fn divided(&self, whole: ChargeKey) -> impl Iterator<Item = (ChargeKey, &str, &Issued)> {
        let cuts = self.divided.get(&whole).into_iter().flatten();
        cuts.filter_map(|(division, series, place)| {
            let issued = self.series.get(series)?.issued.get(*place as usize)?;
            (issued.credited < issued.total).then_some((*division, &**series, issued))
        })
    }

    /// The invoice that stands in the way of an event's charges: one that has them, as a whole or cut in another way.
    fn in_the_way(&self, event: &InvoiceIssued) -> Option<(ChargeKey, InvoiceNumber)> {
        let charged = |key: &ChargeKey| self.charged(*key).map(|(_, issued)| (*key, issued.number));
        let cut_otherwise = |key: &ChargeKey, division: Option<ChargeKey>| {
            let mut cuts = self.divided(*key);
            cuts.find(|(of, _, _)| Some(*of) != division).map(|(_, _, issued)| (*key, issued.number))
        };
        let same = event.keys.iter().find_map(charged);
        same.or_else(|| match &event.divided {
            None => event.keys.iter().find_map(|key| cut_otherwise(key, None)),
            Some(Divided { division, of }) => of
                .iter()
                .find_map(charged)
                .or_else(|| of.iter().find_map(|whole| cut_otherwise(whole, Some(*division)))),
        })
    }

    /// A payment by what the bank knows it by.
    #[must_use]
    pub fn payment(&self, bank_key: &str) -> Option<&Payment> {
        self.payments.get(bank_key)
    }

    /// All payments by what the bank knows them by.
    pub fn payments(&self) -> impl Iterator<Item = (&str, &Payment)> {
        self.payments.iter().map(|(key, payment)| (key.as_str(), payment))
    }

    /// A bank file that was read; none where no payment came of it.
    #[must_use]
    pub fn imported(&self, sha256: Seal) -> Option<&Import> {
        self.imports.get(&sha256)
    }

    /// The reminders of an invoice, the oldest first.
    #[must_use]
    pub fn reminders(&self, series: &str, number: InvoiceNumber) -> &[Reminder] {
        let place = || {
            let (label, series) = self.series.get_key_value(series)?;
            self.reminders.get(&(Arc::clone(label), series.place(number)?))
        };
        place().map_or(&[], Vec::as_slice)
    }

    /// What was exported to the ledger.
    #[must_use]
    pub fn exports(&self) -> &[ExportSie] {
        &self.exports
    }

    /// The last line that an export for the books of a host holds.
    #[must_use]
    pub fn exported_to(&self, orgnr: &str) -> u64 {
        let ours = |export: &&ExportSie| export.orgnr.as_deref().is_none_or(|of| of == orgnr);
        self.exports.iter().filter(ours).map(|export| export.to_seq).max().unwrap_or(0)
    }

    /// The name of the next batch of a year: `2027-1`, `2027-2`, …
    #[must_use]
    pub fn next_batch(&self, year: i32) -> String {
        let start = format!("{year}-");
        let ordinals = self.batches.range(start.clone()..).take_while(|name| name.starts_with(&start));
        let newest = ordinals.filter_map(|name| name[start.len()..].parse::<u64>().ok()).max().unwrap_or(0);
        format!("{start}{}", newest + 1)
    }

    /// When the newest line was written.
    #[must_use]
    pub const fn newest_at(&self) -> Option<DateTime<FixedOffset>> {
        self.newest_at
    }

    /// Whether a file of bytes that were set aside is accounted for.
    pub(crate) fn knows_set_aside(&self, file: &str) -> bool {
        self.set_aside.contains(file)
    }

    /// Whether a batch of that name was.
    pub(crate) fn knows_batch(&self, batch: &str) -> bool {
        self.batches.contains(batch)
    }

    /// The newest number that a document has, in any series.
    pub(crate) fn newest_number(&self) -> Option<InvoiceNumber> {
        self.series.values().filter_map(|series| Some(series.issued.last()?.number)).max()
    }

    /// The invoices of which something is open at the end of a day, in the order of series and number.
    #[must_use]
    pub fn open(&self, day: NaiveDate) -> Vec<OpenItem<'_>> {
        let mut lowered: BTreeMap<(&str, usize), i64> = BTreeMap::new();
        for posting in self.postings.iter().filter(|posting| posting.date <= day) {
            *lowered.entry((&posting.series, posting.place)).or_default() += posting.amount.ore();
        }
        let mut items = Vec::new();
        for (label, series) in &self.series {
            for (place, issued) in series.issued.iter().enumerate() {
                let lowered = lowered.get(&(&**label, place)).copied().unwrap_or(0);
                let open = Sek::from_ore(issued.total.ore() - lowered);
                if issued.kind == Kind::Invoice && issued.date <= day && open != Sek::ZERO {
                    items.push(OpenItem { series: label, issued, open });
                }
            }
        }
        items
    }

    /// Takes an event that counts. After an error the state is of no use: part of the event may have been taken.
    ///
    /// # Errors
    /// The rule that it breaks, see the top of this file.
    pub fn apply(
        &mut self,
        event: &Event,
        stamp: &Stamp,
        offset: u64,
        origin: Option<&Origin>,
    ) -> Result<(), Error> {
        self.newest_at = self.newest_at.max(Some(stamp.at));
        match event {
            Event::JournalCreated(event) => self.created = Some(event.clone()),
            Event::InvoiceIssued(event) => self.invoice(event, offset, origin)?,
            Event::CreditIssued(event) => self.credit(event, offset, origin)?,
            Event::PaymentRegistered(event) => self.register(event, offset, origin)?,
            Event::PaymentReallocated(event) => self.reallocate(event, origin)?,
            Event::DocumentSent(event) => {
                self.issued_place(&event.series, event.number, origin)?;
            }
            Event::ReminderSent(event) => {
                let place = self.invoice_place(&event.series, event.invoice, origin)?;
                let reminder = Reminder { date: event.date, interest: event.interest, fee: event.fee };
                self.reminders.entry(place).or_default().push(reminder);
            }
            Event::ExportSie(event) => self.exports.push(event.clone()),
            Event::BatchCommitted(event) => {
                self.batches.insert(event.batch.clone());
            }
            Event::BatchAborted(event) => {
                self.batches.insert(event.batch.clone());
            }
            Event::Recovered(event) => {
                self.set_aside.insert(event.file.clone());
            }
            Event::Note(_) => {}
        }
        Ok(())
    }

    /// Takes an event of a batch that never counted: its number, if it has one, is burnt.
    ///
    /// # Errors
    /// `NumberMustBeNext`.
    pub fn burn(&mut self, event: &Event, offset: u64, origin: Option<&Origin>) -> Result<(), Error> {
        let (series, number, date) = match event {
            Event::InvoiceIssued(event) => (&event.series, event.number, event.date),
            Event::CreditIssued(event) => (&event.series, event.number, event.date),
            _ => return Ok(()),
        };
        let burnt = Issued {
            number,
            kind: Kind::Burnt,
            year: 0,
            payer: "".into(),
            date,
            due: date,
            total: Sek::ZERO,
            net: Sek::ZERO,
            credited: Sek::ZERO,
            paid: Sek::ZERO,
            offset,
        };
        self.number(series, burnt, origin).map(|_| ())
    }

    /// Puts a number at the end of its series.
    fn number(
        &mut self,
        label: &str,
        issued: Issued,
        origin: Option<&Origin>,
    ) -> Result<(Arc<str>, usize), Error> {
        let label: Arc<str> =
            self.series.get_key_value(label).map_or_else(|| label.into(), |(label, _)| Arc::clone(label));
        let series = self.series.entry(Arc::clone(&label)).or_default();
        if let Some(next) = series.issued.last().and_then(|last| last.number.next().ok())
            && next != issued.number
        {
            let (origin, series) = (boxed(origin), label.to_string());
            return Err(Error::NumberMustBeNext { origin, series, number: issued.number, next });
        }
        if let Some(newest) = series.newest
            && issued.date < newest
        {
            let (origin, series) = (boxed(origin), label.to_string());
            return Err(Error::DateMustNotPrecedeSeries { origin, series, date: issued.date, newest });
        }
        series.newest = Some(issued.date);
        series.issued.push(issued);
        let place = series.issued.len() - 1;
        Ok((label, place))
    }

    fn invoice(&mut self, event: &InvoiceIssued, offset: u64, origin: Option<&Origin>) -> Result<(), Error> {
        if let Some((key, number)) = self.in_the_way(event) {
            return Err(Error::ChargeMustNotBeIssuedTwice { origin: boxed(origin), key, number });
        }
        let payer: Arc<str> =
            self.payers.get(&*event.payer).cloned().unwrap_or_else(|| event.payer.as_str().into());
        self.payers.insert(Arc::clone(&payer));
        let issued = Issued {
            number: event.number,
            kind: Kind::Invoice,
            year: event.year,
            payer,
            date: event.date,
            due: event.due,
            total: event.total,
            net: event.net,
            credited: Sek::ZERO,
            paid: Sek::ZERO,
            offset,
        };
        let (label, place) = self.number(&event.series, issued, origin)?;
        let place = u32::try_from(place).map_err(|_| avgift::Error::AmountMustNotOverflow)?;
        for key in &event.keys {
            if let Some((_, earlier)) = self.charges.insert(*key, (Arc::clone(&label), place))
                && earlier == place
            {
                let (origin, number) = (boxed(origin), event.number);
                return Err(Error::ChargeMustNotBeIssuedTwice { origin, key: *key, number });
            }
        }
        if let Some(Divided { division, of }) = &event.divided {
            for whole in of {
                self.divided.entry(*whole).or_default().push((*division, Arc::clone(&label), place));
            }
        }
        Ok(())
    }

    fn credit(&mut self, event: &CreditIssued, offset: u64, origin: Option<&Origin>) -> Result<(), Error> {
        let (label, place) = self.invoice_place(event.credits_series(), event.credits, origin)?;
        let invoice = self.at(&label, place);
        let left = invoice.total.minus(invoice.credited)?;
        if event.total <= Sek::ZERO || event.total > left {
            let (origin, number) = (boxed(origin), event.credits);
            return Err(Error::CreditMustNotExceedInvoice { origin, number, credit: event.total, left });
        }
        invoice.credited = invoice.credited.plus(event.total)?;
        invoice.net = invoice.net.minus(event.net)?;
        let (payer, year) = (Arc::clone(&invoice.payer), invoice.year);
        let issued = Issued {
            number: event.number,
            kind: Kind::Credit(event.credits),
            year,
            payer,
            date: event.date,
            due: event.date,
            total: event.total,
            net: event.net,
            credited: Sek::ZERO,
            paid: Sek::ZERO,
            offset,
        };
        self.number(&event.series, issued, origin)?;
        self.postings.push(Posting { series: label, place, date: event.date, amount: event.total });
        Ok(())
    }

    fn register(
        &mut self,
        event: &PaymentRegistered,
        offset: u64,
        origin: Option<&Origin>,
    ) -> Result<(), Error> {
        let PaymentRegistered { bank_key, amount, to, .. } = event;
        if self.payments.contains_key(bank_key) {
            let (origin, bank_key) = (boxed(origin), bank_key.clone());
            return Err(Error::PaymentMustBeRegisteredOnce { origin, bank_key });
        }
        check_sum(bank_key, *amount, to, origin)?;
        let booked = event.booked();
        self.allocate(&to.allocations, booked, origin)?;
        let import = Import { file: event.source.file.clone(), to_follow: 0 };
        self.imports.entry(event.source.sha256).or_insert(import).to_follow = event.source.to_follow;
        let payment = Payment {
            amount: *amount,
            value_date: event.value_date,
            booked,
            to: to.clone(),
            since: booked,
            earlier: Vec::new(),
            offset,
        };
        self.payments.insert(bank_key.clone(), payment);
        Ok(())
    }

    fn reallocate(&mut self, event: &PaymentReallocated, origin: Option<&Origin>) -> Result<(), Error> {
        let PaymentReallocated { bank_key, date, to, .. } = event;
        let Some(mut payment) = self.payments.get(bank_key).cloned() else {
            return Err(Error::PaymentMustBeInJournal { origin: boxed(origin), bank_key: bank_key.clone() });
        };
        check_sum(bank_key, payment.amount, to, origin)?;
        // What waited for a decision was on no account yet: it counts from the day that the bank booked it, as its voucher does.
        let since = if payment.is_for_a_person() { payment.since } else { *date };
        let back = |part: &Allocation| Allocation {
            amount: Sek::from_ore(part.amount.ore().saturating_neg()),
            ..part.clone()
        };
        let back: Vec<Allocation> = payment.to.allocations.iter().map(back).collect();
        self.allocate(&back, since, origin)?;
        self.allocate(&to.allocations, since, origin)?;
        payment.earlier.push((payment.since, std::mem::replace(&mut payment.to, to.clone())));
        payment.since = since;
        self.payments.insert(bank_key.clone(), payment);
        Ok(())
    }

    fn allocate(
        &mut self,
        allocations: &[Allocation],
        date: NaiveDate,
        origin: Option<&Origin>,
    ) -> Result<(), Error> {
        for Allocation { series, invoice: number, amount } in allocations {
            let (label, place) = self.invoice_place(series, *number, origin)?;
            let invoice = self.at(&label, place);
            let open = invoice.open();
            let is_paying = *amount > Sek::ZERO;
            let paid = invoice.paid.plus(*amount)?;
            if (is_paying && *amount > open) || paid < Sek::ZERO {
                let (origin, number) = (boxed(origin), *number);
                return Err(Error::AllocationMustNotExceedOpen { origin, number, allocated: *amount, open });
            }
            invoice.paid = paid;
            self.postings.push(Posting { series: label, place, date, amount: *amount });
        }
        Ok(())
    }

    fn at(&mut self, label: &Arc<str>, place: usize) -> &mut Issued {
        let series = self.series.get_mut(label).expect("a place that was found");
        &mut series.issued[place]
    }

    /// The place of an invoice or a credit note.
    fn issued_place(
        &self,
        label: &str,
        number: InvoiceNumber,
        origin: Option<&Origin>,
    ) -> Result<(Arc<str>, usize), Error> {
        let found = self.series.get_key_value(label).and_then(|(label, series)| {
            let place = series.place(number)?;
            (series.issued[place].kind != Kind::Burnt).then(|| (Arc::clone(label), place))
        });
        found.ok_or_else(|| Error::InvoiceMustBeInJournal {
            origin: boxed(origin),
            series: label.to_owned(),
            number,
        })
    }

    /// The place of an invoice.
    fn invoice_place(
        &self,
        label: &str,
        number: InvoiceNumber,
        origin: Option<&Origin>,
    ) -> Result<(Arc<str>, usize), Error> {
        let (label, place) = self.issued_place(label, number, origin)?;
        if self.series.get(&label).is_some_and(|series| series.issued[place].kind == Kind::Invoice) {
            return Ok((label, place));
        }
        Err(Error::InvoiceMustBeInJournal { origin: boxed(origin), series: label.to_string(), number })
    }
}

/// The place of a fault, where what is faulty stands in the journal already.
fn boxed(origin: Option<&Origin>) -> Option<Box<Origin>> {
    origin.cloned().map(Box::new)
}

fn check_sum(bank_key: &str, amount: Sek, to: &Distribution, origin: Option<&Origin>) -> Result<(), Error> {
    let rest = [to.rounding, to.interest, to.reminder_fee, to.unallocated];
    let sum = Sek::sum(to.allocations.iter().map(|part| part.amount).chain(rest))?;
    if sum == amount {
        return Ok(());
    }
    let (origin, bank_key) = (boxed(origin), bank_key.to_owned());
    Err(Error::AllocationsMustSumToPayment { origin, bank_key, amount, sum })
}
