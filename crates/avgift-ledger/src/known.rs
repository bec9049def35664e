//! Known: the invoices of a journal as a payment may name them, and what the bank said of the payments before it.
//! Read:    the journal once, from its first line to its last.
//! Rule:    every invoice is there, paid and credited ones too, so that a second payment is told as one. An account from
//!          which a payer has paid before speaks for that payer's invoices.
//! Errors:  those of reading the journal. Not here: which payment pays what (see `importing`, `deciding`).

use std::collections::{BTreeMap, BTreeSet};

use avgift::Sek;
use avgift_camt::{Account, BankPayment, OpenItem, Reason, Remembered, Scheme};
use avgift_invoice::{InvoiceNumber, OcrReference};
use avgift_journal::{BankSays, Event, Folder, Line, Payment, State, read_each};
use serde::Deserialize;

use crate::error::Error;

/// An invoice that a payment may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payable {
    /// The series.
    pub series: String,
    /// The number.
    pub number: InvoiceNumber,
    /// The OCR reference.
    pub ocr: OcrReference,
    /// Who pays: the payer's id.
    pub payer: String,
    /// The payer's name, as it stands on the invoice.
    pub payer_name: String,
}

/// What the bank said of a payment, and why it was for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Said {
    bank: BankSays,
    reason: Option<Reason>,
}

/// What a journal knows of invoices and payments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    invoices: Vec<Payable>,
    said: BTreeMap<String, Said>,
}

/// The name of a buyer within a stored invoice; the rest is not looked at.
#[derive(Deserialize)]
struct OfBuyer {
    buyer: Named,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Known {
    /// What a journal knows.
    ///
    /// # Errors
    /// Those of reading the journal.
    pub fn read(folder: &impl Folder) -> Result<Known, Error> {
        let mut known = Known::default();
        read_each(folder, |line: &Line, _| -> Result<(), Error> {
            match &line.event {
                Event::InvoiceIssued(event) => {
                    // Who wrote no name on the invoice is found by everything else.
                    let name = event.invoice.read::<OfBuyer>().map(|of| of.buyer.name).unwrap_or_default();
                    known.invoices.push(Payable {
                        series: event.series.clone(),
                        number: event.number,
                        ocr: event.ocr,
                        payer: event.payer.clone(),
                        payer_name: name,
                    });
                }
                Event::PaymentRegistered(event) => {
                    let reason = event.to.rest.as_ref().and_then(|rest| rest.reason.as_deref());
                    let said = Said {
                        bank: event.bank.clone().unwrap_or_default(),
                        reason: reason.and_then(Reason::of_word),
                    };
                    known.said.insert(event.bank_key.clone(), said);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(known)
    }

    /// The invoices, in the order of the journal.
    #[must_use]
    pub fn invoices(&self) -> &[Payable] {
        &self.invoices
    }

    /// The invoice of a number, where one series alone has it.
    #[must_use]
    pub fn payable(&self, number: InvoiceNumber) -> Option<&Payable> {
        let mut found = self.invoices.iter().filter(|invoice| invoice.number == number);
        found.next().filter(|_| found.next().is_none())
    }

    /// What the bank said of a payment.
    #[must_use]
    pub fn bank_says(&self, bank_key: &str) -> Option<&BankSays> {
        self.said.get(bank_key).map(|said| &said.bank)
    }

    /// Why a payment was for a person when it came in; nothing where it was not.
    #[must_use]
    pub fn reason(&self, bank_key: &str) -> Option<Reason> {
        self.said.get(bank_key)?.reason
    }

    /// A payment of the journal, to be matched again.
    #[must_use]
    pub fn remembered(&self, bank_key: &str, payment: &Payment) -> BankPayment {
        let Said { bank, reason } = self.said.get(bank_key).cloned().unwrap_or_default();
        BankPayment::from(Remembered {
            bank_key: bank_key.to_owned(),
            booked: payment.booked,
            value_date: payment.value_date,
            amount: payment.amount,
            reason,
            references: bank.references,
            text: bank.text,
            payer_name: bank.payer,
            payer_account: bank.payer_account,
            bank_reference: bank.bank_reference,
        })
    }

    /// Every invoice as payments are matched to it.
    #[must_use]
    pub fn items(&self, state: &State) -> Vec<OpenItem> {
        let accounts = self.accounts(state);
        let item = |payable: &Payable| {
            let issued = state.find(&payable.series, payable.number)?;
            let of_payer = accounts.get(payable.payer.as_str()).into_iter().flatten();
            Some(OpenItem {
                number: payable.number,
                ocr: payable.ocr,
                payer_name: payable.payer_name.clone(),
                payer_accounts: of_payer.map(|number| Account::new(Scheme::Number, number)).collect(),
                amount: issued.total,
                open: issued.open(),
                credited: issued.credited == issued.total && issued.total > Sek::ZERO,
            })
        };
        self.invoices.iter().filter_map(item).collect()
    }

    /// The accounts that each payer has paid from, as payments that found their invoices tell.
    fn accounts<'a>(&'a self, state: &'a State) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
        let mut accounts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (key, payment) in state.payments() {
            let Some(account) = self.bank_says(key).and_then(|bank| bank.payer_account.as_deref()) else {
                continue;
            };
            for part in payment.to.allocations.iter().filter(|part| part.amount > Sek::ZERO) {
                if let Some(issued) = state.find(&part.series, part.invoice) {
                    accounts.entry(&issued.payer).or_default().insert(account);
                }
            }
        }
        accounts
    }
}
