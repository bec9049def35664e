//! Event: what is posted: a document that was issued, a payment that came in or was taken back, money that moved on.
//! Units:   whole öre.
//! Not here: the rows that an event becomes (see `posting`).

use avgift::{NaiveDate, PayerId, Sek};
use avgift_invoice::{Buyer, CreditNote, Document, Invoice, InvoiceNumber};

/// Who owes or paid, as a row names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its short name within the network: the number of its object.
    pub id: PayerId,
    /// Its registered name.
    pub name: String,
}

impl From<&Buyer> for Customer {
    fn from(buyer: &Buyer) -> Customer {
        Customer { id: buyer.payer.clone(), name: buyer.name.to_string() }
    }
}

/// What a part of a payment goes to, or what a transfer moves money from or to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An invoice.
    Invoice {
        /// Its number.
        number: InvoiceNumber,
        /// Who owes it.
        customer: Customer,
    },
    /// What a customer has paid too much.
    Overpayment(Customer),
    /// What belongs to no invoice that is known.
    Unmatched,
    /// The öre that a payment is off, within what the network tolerates: above zero where too much was paid, below where too
    /// little.
    Tolerance,
    /// Interest on late payment (dröjsmålsränta) that a customer paid.
    Interest(Customer),
    /// The fee of a reminder (påminnelseavgift) that a customer paid.
    ReminderFee(Customer),
    /// The bank: what is paid back.
    Bank {
        /// How the bank names it.
        reference: String,
    },
}

/// A payment that came in, and what each part of it goes to. The parts sum to the amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The day that the bank booked it.
    pub date: NaiveDate,
    /// What came in.
    pub amount: Sek,
    /// Who paid, as the bank says.
    pub payer: String,
    /// How the bank names it.
    pub reference: String,
    /// What each part goes to.
    pub parts: Vec<(Target, Sek)>,
}

/// Money that is already in the books and goes somewhere else: an overpayment to the next invoice, or back to who paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The day of the decision, or of the bank's booking.
    pub date: NaiveDate,
    /// How much.
    pub amount: Sek,
    /// Whose it is.
    pub customer: Customer,
    /// Where it lay.
    pub from: Target,
    /// Where it goes.
    pub to: Target,
}

/// An event that is posted.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// An invoice or a credit note was issued.
    Issued(Document<'a>),
    /// A payment came in.
    Paid(&'a Payment),
    /// The bank took a payment back.
    Reversed {
        /// The payment, as it was posted.
        payment: &'a Payment,
        /// The day that the bank took it back.
        date: NaiveDate,
    },
    /// Money went from one purpose to another.
    Transferred(&'a Transfer),
}

impl<'a> From<&'a Invoice> for Event<'a> {
    fn from(invoice: &'a Invoice) -> Event<'a> {
        Event::Issued(invoice.into())
    }
}

impl<'a> From<&'a CreditNote> for Event<'a> {
    fn from(credit_note: &'a CreditNote) -> Event<'a> {
        Event::Issued(credit_note.into())
    }
}
