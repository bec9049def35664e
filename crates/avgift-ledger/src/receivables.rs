//! Receivables: what is open at the end of a day, by age and by payer, what waits for a person, and what is owed back.
//! Rule:    issued less credited less paid is open, öre by öre: the sums on either side come by ways of their own, the one
//!          from documents and payments, the other from what lowered each invoice.
//! Rule:    a day past due is the day after the due date: 1 to 30, 31 to 60, 61 to 90, more than 90 days.
//! Units:   whole öre, days. Errors: AmountMustNotOverflow.
//! Not here: interest (see `interest`).

use avgift::{NaiveDate, Sek};
use avgift_journal::{Issued, Kind, OpenItem, Payment, Rest, State};
use serde::Serialize;

use crate::error::Error;

/// How long an invoice has been due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// It is not due yet, or due today.
    NotDue,
    /// 1 to 30 days past due.
    #[serde(rename = "1-30")]
    UpTo30,
    /// 31 to 60 days past due.
    #[serde(rename = "31-60")]
    UpTo60,
    /// 61 to 90 days past due.
    #[serde(rename = "61-90")]
    UpTo90,
    /// More than 90 days past due.
    #[serde(rename = "over-90")]
    Over90,
}

impl Age {
    /// Every age, the youngest first.
    pub const ALL: [Age; 5] = [Age::NotDue, Age::UpTo30, Age::UpTo60, Age::UpTo90, Age::Over90];

    /// The age of what has been due for so many days.
    ///
    /// ```
    /// use avgift_ledger::Age;
    /// assert_eq!([0, 1, 30, 31, 91].map(Age::of), [Age::NotDue, Age::UpTo30, Age::UpTo30, Age::UpTo60, Age::Over90]);
    /// ```
    #[must_use]
    pub const fn of(days: i64) -> Age {
        match days {
            ..=0 => Age::NotDue,
            1..=30 => Age::UpTo30,
            31..=60 => Age::UpTo60,
            61..=90 => Age::UpTo90,
            91.. => Age::Over90,
        }
    }
}

/// An invoice of which something is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpaid<'a> {
    /// The series.
    pub series: &'a str,
    /// The invoice, as it stands today.
    pub issued: &'a Issued,
    /// What was open at the end of the day.
    pub open: Sek,
    /// How many days past due it was; 0 or below before.
    pub days: i64,
    /// Its age.
    pub age: Age,
}

/// Why something is owed back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwedBack<'a> {
    /// A payment was more than its invoices.
    Overpaid {
        /// The key of the payment.
        bank_key: &'a str,
        /// Whose it is.
        payer: Option<&'a str>,
        /// How much.
        amount: Sek,
    },
    /// An invoice was credited after it was paid.
    CreditedAfterPayment {
        /// The series.
        series: &'a str,
        /// The invoice.
        issued: &'a Issued,
        /// How much.
        amount: Sek,
    },
}

/// What came in, and where it stands; the parts sum to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Incoming {
    /// What came in less what the bank took back.
    pub received: Sek,
    /// To invoices.
    pub to_invoices: Sek,
    /// Interest.
    pub interest: Sek,
    /// Fees of reminders.
    pub reminder_fees: Sek,
    /// Öre that payments were off.
    pub rounding: Sek,
    /// Overpaid, and owed back.
    pub overpaid: Sek,
    /// Of no invoice that is known.
    pub unmatched: Sek,
    /// Nothing to do with the fees.
    pub not_ours: Sek,
    /// Paid back.
    pub refunded: Sek,
    /// Waits for a person.
    pub waiting: Sek,
}

/// Issued less credited less paid is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TieOut {
    /// The sum of all invoices.
    pub issued: Sek,
    /// The sum of all credit notes.
    pub credited: Sek,
    /// What payments paid of invoices.
    pub paid: Sek,
    /// The sum of what is open of each invoice, less what was credited after it was paid.
    pub open: Sek,
    /// What the first three leave beyond what is open: nothing.
    pub difference: Sek,
}

/// What is open at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receivables<'a> {
    /// The day.
    pub day: NaiveDate,
    /// The unpaid invoices, by payer, the oldest first.
    pub unpaid: Vec<Unpaid<'a>>,
    /// What is owed back.
    pub owed_back: Vec<OwedBack<'a>>,
    /// The payments that wait for a person, by key, the oldest first.
    pub waiting: Vec<(&'a str, &'a Payment)>,
    /// What came in, and where it stands.
    pub received: Incoming,
    /// How all of it ties.
    pub tie_out: TieOut,
}

impl<'a> Receivables<'a> {
    /// What was open at the end of a day.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of(state: &'a State, day: NaiveDate) -> Result<Receivables<'a>, Error> {
        let items = state.open(day);
        let open = Sek::sum(items.iter().map(|item| item.open))?;
        let (mut unpaid, mut owed_back) = (Vec::new(), Vec::new());
        for OpenItem { series, issued, open } in items {
            if open > Sek::ZERO {
                let days = (day - issued.due).num_days();
                unpaid.push(Unpaid { series, issued, open, days, age: Age::of(days) });
            } else {
                let amount = Sek::ZERO.minus(open)?;
                owed_back.push(OwedBack::CreditedAfterPayment { series, issued, amount });
            }
        }
        unpaid.sort_by_key(|one| (one.issued.payer.clone(), one.issued.due, one.issued.number));
        let mut received = Incoming::default();
        let mut waiting = Vec::new();
        for (bank_key, payment) in state.payments() {
            let Some(to) = payment.on(day) else { continue };
            received.take(payment, to)?;
            match to.rest.as_ref().map(|rest| (rest.to, rest.payer.as_deref())) {
                Some((Rest::ForAPerson, _)) => waiting.push((bank_key, payment)),
                Some((Rest::Overpayment, payer)) if to.unallocated != Sek::ZERO => {
                    owed_back.push(OwedBack::Overpaid { bank_key, payer, amount: to.unallocated });
                }
                _ => {}
            }
        }
        waiting.sort_by_key(|(_, payment)| (payment.booked, payment.offset));
        let (issued, credited) = documents(state, day)?;
        let paid = received.to_invoices;
        let difference = issued.minus(credited)?.minus(paid)?.minus(open)?;
        let tie_out = TieOut { issued, credited, paid, open, difference };
        Ok(Receivables { day, unpaid, owed_back, waiting, received, tie_out })
    }

    /// What is open of an age.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of_age(&self, age: Age) -> Result<Sek, Error> {
        Ok(Sek::sum(self.unpaid.iter().filter(|one| one.age == age).map(|one| one.open))?)
    }

    /// What is open of all unpaid invoices.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn unpaid_sum(&self) -> Result<Sek, Error> {
        Ok(Sek::sum(self.unpaid.iter().map(|one| one.open))?)
    }

    /// What is owed back.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn owed_back_sum(&self) -> Result<Sek, Error> {
        Ok(Sek::sum(self.owed_back.iter().map(OwedBack::amount))?)
    }
}

impl OwedBack<'_> {
    /// How much.
    #[must_use]
    pub const fn amount(&self) -> Sek {
        match self {
            OwedBack::Overpaid { amount, .. } | OwedBack::CreditedAfterPayment { amount, .. } => *amount,
        }
    }
}

impl Incoming {
    fn take(&mut self, payment: &Payment, to: &avgift_journal::Distribution) -> Result<(), Error> {
        let add = |place: &mut Sek, amount: Sek| -> Result<(), Error> {
            *place = place.plus(amount)?;
            Ok(())
        };
        add(&mut self.received, payment.amount)?;
        add(&mut self.to_invoices, Sek::sum(to.allocations.iter().map(|part| part.amount))?)?;
        add(&mut self.interest, to.interest)?;
        add(&mut self.reminder_fees, to.reminder_fee)?;
        add(&mut self.rounding, to.rounding)?;
        let place = match to.rest.as_ref().map(|rest| rest.to) {
            Some(Rest::ForAPerson) => &mut self.waiting,
            Some(Rest::Overpayment) => &mut self.overpaid,
            Some(Rest::NotOurs) => &mut self.not_ours,
            Some(Rest::Refunded) => &mut self.refunded,
            Some(Rest::Unmatched) | None => &mut self.unmatched,
        };
        add(place, to.unallocated)
    }
}

/// What was invoiced and what was credited until a day.
fn documents(state: &State, day: NaiveDate) -> Result<(Sek, Sek), Error> {
    let (mut issued, mut credited) = (Sek::ZERO, Sek::ZERO);
    for one in state.series().flat_map(|series| state.issued(series)).filter(|one| one.date <= day) {
        match one.kind {
            Kind::Invoice => issued = issued.plus(one.total)?,
            Kind::Credit(_) => credited = credited.plus(one.total)?,
            Kind::Burnt => {}
        }
    }
    Ok((issued, credited))
}
