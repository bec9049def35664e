//! Credit note (kreditfaktura): takes an invoice back, the whole of it or a part.
//! Rule:    an issued invoice is never changed or deleted; it is credited, with a clear reference to it (ML 17 kap.
//!          22 §). The amounts of a whole credit are those of the invoice, positive and never rounded anew: the type tells
//!          the sign. A part takes back an amount of chosen lines, never more than is left of each. What is left is always
//!          an invoice of its own: VAT and whole kronor are reckoned on it, and a credit note is the difference between
//!          what was left before it and after it. So all credit notes together are the invoice, to the öre.
//! Example: 48 669,00 + 25 % is 60 836,25, rounded 60 836 kr. Taking back 10 000,10 leaves 38 668,90 + 9 667,23 (half an
//!          öre goes up) = 48 336,13, rounded 48 336 kr: the credit note is 10 000,10 + 2 500,02 - 0,12 = 12 500 kr.
//! Errors:  CreditedInvoiceMustBeIssued, CreditNoteMustHaveItsOwnNumber, CreditNoteMustNotPrecedeInvoice,
//!          CreditedLineMustBeOfTheInvoice, CreditedLineMustStandOnce, CreditMustTakeSomethingBack,
//!          CreditMustNotExceedWhatIsLeft, EarlierCreditMustBeOfTheInvoice, EarlierCreditsMustBeComplete,
//!          DocumentMustAddUp.

use std::collections::BTreeMap;

use avgift::{Exact, Language, NaiveDate, Rounding, Sek, Share, as_written, present};
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use crate::document::{Content, Document, DocumentId};
use crate::error::Error;
use crate::invoice::Invoice;
use crate::line::{Adjustment, Line};
use crate::payment::InvoiceNumber;
use crate::reading::{self, Code, refuse_more};
use crate::sums::taken_back;
use crate::text::Text;
use crate::wording::{self, Extent};

/// The invoice that a credit note takes back (BG-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrecedingInvoice {
    /// Its number (BT-25).
    pub number: InvoiceNumber,
    /// The day of its issue (BT-26).
    #[serde(deserialize_with = "as_written")]
    pub issue_date: NaiveDate,
}

/// A credit note over an invoice or a part of it. It has no due date: there is nothing to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CreditNote {
    /// The number, of the same series as the invoices (BT-1).
    pub number: InvoiceNumber,
    /// The day of issue (BT-2).
    pub issue_date: NaiveDate,
    /// The type (BT-3): always 381, credit note.
    pub type_code: Code,
    /// Which invoice it takes back, and why (BT-22).
    pub note: Text,
    /// The invoice that it takes back (BG-3).
    pub preceding_invoice: PrecedingInvoice,
    /// The sum of the lines that was still charged before it; none where it takes the whole invoice back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_before: Option<Sek>,
    /// The content of the invoice as it stands there; of a part, the lines that are taken back and their sums.
    #[serde(flatten)]
    pub content: Content,
}

impl<'de> Deserialize<'de> for CreditNote {
    /// A credit note that adds up, over another document than itself.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CreditNote, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            number: InvoiceNumber,
            #[serde(deserialize_with = "as_written")]
            issue_date: NaiveDate,
            #[serde(deserialize_with = "reading::credit_note_type")]
            type_code: Code,
            note: Text,
            preceding_invoice: PrecedingInvoice,
            #[serde(default, deserialize_with = "present")]
            left_before: Option<Sek>,
            #[serde(flatten)]
            content: Content,
            #[serde(flatten)]
            more: BTreeMap<String, IgnoredAny>,
        }
        let stored = Stored::deserialize(deserializer)?;
        refuse_more(&stored.more)?;
        let Stored { number, issue_date, type_code, note, preceding_invoice, left_before, content, .. } =
            stored;
        let PrecedingInvoice { number: credited, issue_date: invoiced } = preceding_invoice;
        check_own(number, issue_date, credited, invoiced).map_err(D::Error::custom)?;
        let credit_note =
            CreditNote { number, issue_date, type_code, note, preceding_invoice, left_before, content };
        Document::from(&credit_note).check_sums().map_err(D::Error::custom)?;
        Ok(credit_note)
    }
}

/// A credit note has a number of its own and is not older than its invoice.
fn check_own(
    number: InvoiceNumber,
    issue_date: NaiveDate,
    credited: InvoiceNumber,
    invoiced: NaiveDate,
) -> Result<(), Error> {
    if credited == number {
        return Err(Error::CreditNoteMustHaveItsOwnNumber { number });
    }
    if issue_date < invoiced {
        return Err(Error::CreditNoteMustNotPrecedeInvoice { issue_date, invoiced });
    }
    Ok(())
}

impl CreditNote {
    /// The credit note over the whole of an issued invoice.
    ///
    /// # Errors
    /// `CreditedInvoiceMustBeIssued`, `CreditNoteMustHaveItsOwnNumber`, `CreditNoteMustNotPrecedeInvoice`.
    pub fn of(
        invoice: &Invoice,
        number: InvoiceNumber,
        issue_date: NaiveDate,
        reason: &Text,
    ) -> Result<CreditNote, Error> {
        let Some(credited) = invoice.number() else {
            return Err(Error::CreditedInvoiceMustBeIssued { id: invoice.id.to_string() });
        };
        check_own(number, issue_date, credited, invoice.issue_date)?;
        let language = invoice.content.buyer.language;
        Ok(CreditNote {
            number,
            issue_date,
            type_code: "381",
            note: Text::composed(wording::credit_note(
                Extent::Whole,
                credited,
                invoice.issue_date,
                reason,
                language,
            )),
            preceding_invoice: PrecedingInvoice { number: credited, issue_date: invoice.issue_date },
            left_before: None,
            content: invoice.content.clone(),
        })
    }

    /// The credit note over a part of an issued invoice. `earlier` holds every credit note over it so far.
    ///
    /// A line of it is the line of the invoice with its proof, less what was credited earlier and what remains charged; it
    /// keeps its place on the invoice as its own.
    ///
    /// # Errors
    /// `CreditedInvoiceMustBeIssued`, `CreditNoteMustHaveItsOwnNumber`, `CreditNoteMustNotPrecedeInvoice`;
    /// `EarlierCreditMustBeOfTheInvoice`, `EarlierCreditsMustBeComplete`; `CreditedLineMustBeOfTheInvoice`,
    /// `CreditedLineMustStandOnce`, `CreditMustTakeSomethingBack`, `CreditMustNotExceedWhatIsLeft`; `AmountMustNotOverflow`.
    pub fn of_part(
        invoice: &Invoice,
        earlier: &[&CreditNote],
        number: InvoiceNumber,
        issue_date: NaiveDate,
        reason: &Text,
        parts: &[CreditedPart],
    ) -> Result<CreditNote, Error> {
        let whole = CreditNote::of(invoice, number, issue_date, reason)?;
        if earlier.iter().any(|credit_note| credit_note.number == number) {
            return Err(Error::CreditNoteMustHaveItsOwnNumber { number });
        }
        let left = left_of(invoice, earlier)?;
        let mut lines = Vec::with_capacity(parts.len());
        for (line, left) in invoice.content.lines.iter().zip(&left) {
            let mut chosen = parts.iter().filter(|part| part.line == line.id);
            let Some(part) = chosen.next() else { continue };
            if chosen.next().is_some() {
                return Err(Error::CreditedLineMustStandOnce { line: line.id });
            }
            lines.push(part.of(line, left.amount, invoice.content.buyer.language)?);
        }
        let has_line = |part: &&CreditedPart| left.iter().any(|left| left.line == part.line);
        if let Some(unknown) = parts.iter().find(|part| !has_line(part)) {
            let (invoice, line) = (whole.preceding_invoice.number, unknown.line);
            return Err(Error::CreditedLineMustBeOfTheInvoice { invoice, line, lines: left.len() });
        }
        if lines.is_empty() {
            return Err(Error::CreditMustTakeSomethingBack { line: None });
        }
        let left_before = Sek::sum(left.iter().map(|left| left.amount))?;
        let sum = Sek::sum(lines.iter().map(|line| line.net_amount))?;
        let vat = Document::from(invoice).vat_treatment()?;
        let (vat_breakdown, totals) = taken_back(&vat, &invoice.content, Some(left_before), sum)?;
        let PrecedingInvoice { number: credited, issue_date: invoiced } = whole.preceding_invoice;
        let language = invoice.content.buyer.language;
        Ok(CreditNote {
            note: Text::composed(wording::credit_note(Extent::Part, credited, invoiced, reason, language)),
            left_before: Some(left_before),
            content: Content { totals, vat_breakdown, lines, ..whole.content },
            ..whole
        })
    }

    /// Holds the credit note to its invoice and to the credit notes before it: the same lines, parties and amounts come of
    /// taking the same back again. The words of the note are its own.
    ///
    /// # Errors
    /// Those of [`CreditNote::of_part`]; `DocumentMustAddUp` with the first part that differs.
    pub fn check_against(&self, invoice: &Invoice, earlier: &[&CreditNote]) -> Result<(), Error> {
        let again = match self.left_before {
            None => CreditNote::of(invoice, self.number, self.issue_date, &self.note)?,
            Some(_) => {
                let taken =
                    |line: &Line| CreditedPart { line: line.id, taken: Taken::Amount(line.net_amount) };
                let parts: Vec<CreditedPart> = self.content.lines.iter().map(taken).collect();
                CreditNote::of_part(invoice, earlier, self.number, self.issue_date, &self.note, &parts)?
            }
        };
        let document = Document::from(self);
        document.hold(
            "the number of the invoice",
            self.preceding_invoice.number,
            again.preceding_invoice.number,
        )?;
        document.hold(
            "the date of the invoice",
            self.preceding_invoice.issue_date,
            again.preceding_invoice.issue_date,
        )?;
        let told = |left: Option<Sek>| left.map_or("all of it".to_owned(), |left| left.to_string());
        document.hold("what was left before it", told(self.left_before), told(again.left_before))?;
        let differing =
            self.content.lines.iter().zip(&again.content.lines).find(|(line, again)| line != again);
        if let Some((line, _)) = differing {
            return Err(document.differs(format!("line {}", line.id), "another", "that of the invoice"));
        }
        document.hold("the amount due", self.content.totals.amount_due, again.content.totals.amount_due)?;
        match self.content == again.content {
            true => Ok(()),
            false => Err(document.differs("the content", "another", "that of the invoice")),
        }
    }

    /// What it claims of the payer: the amount due, taken back.
    #[must_use]
    pub const fn claim(&self) -> Sek {
        Sek::from_ore(-self.content.totals.amount_due.ore())
    }
}

/// What of a line is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditedPart {
    /// The line, by its place on the invoice.
    pub line: usize,
    /// How much of it.
    pub taken: Taken,
}

/// How much of a line is taken back, without VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// An amount.
    Amount(Sek),
    /// A share of the fee that the invoice has on the line, to the öre: `6 / 12 months`.
    Share(Share),
    /// All that earlier credit notes have left of it.
    Rest,
}

impl CreditedPart {
    /// The line of the credit note, where so much is left of the line of the invoice.
    fn of(self, line: &Line, left: Sek, language: Language) -> Result<Line, Error> {
        let amount = match self.taken {
            Taken::Amount(amount) => amount,
            Taken::Share(share) => Rounding::Ore.round(Exact::from(line.net_amount).times(share.ratio())?)?,
            Taken::Rest => left,
        };
        if amount <= Sek::ZERO {
            return Err(Error::CreditMustTakeSomethingBack { line: Some(self.line) });
        }
        if amount > left {
            return Err(Error::CreditMustNotExceedWhatIsLeft { line: self.line, left, amount });
        }
        let earlier = Adjustment::left_out(line.net_amount.minus(left)?, wording::credited_earlier(language));
        let remains = Adjustment::left_out(left.minus(amount)?, wording::remains_charged(language));
        let adjustments = line.adjustments.iter().cloned().chain(earlier).chain(remains).collect();
        Ok(Line { adjustments, net_amount: amount, ..line.clone() })
    }
}

/// What is left of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LineLeft {
    /// The line, by its place on the invoice.
    pub line: usize,
    /// How much of its net amount no credit note has taken back.
    pub amount: Sek,
}

/// What credit notes have left of each line of an invoice, in the order of its lines.
///
/// # Errors
/// `EarlierCreditMustBeOfTheInvoice`; `EarlierCreditsMustBeComplete` where one of them is missing or given twice.
pub fn left_of(invoice: &Invoice, earlier: &[&CreditNote]) -> Result<Vec<LineLeft>, Error> {
    let id = &invoice.id;
    if let Some(other) = earlier.iter().find(|note| DocumentId::Issued(note.preceding_invoice.number) != *id)
    {
        return Err(Error::EarlierCreditMustBeOfTheInvoice { number: other.number, invoice: id.to_string() });
    }
    // Each says what was left before it, so there is one order in which they follow one another.
    let whole = invoice.content.totals.sum_of_lines;
    let before = |note: &CreditNote| note.left_before.unwrap_or(whole);
    let mut in_order: Vec<&CreditNote> = earlier.to_vec();
    in_order.sort_by_key(|note| std::cmp::Reverse(before(note)));
    let mut left = whole;
    for note in in_order {
        if before(note) != left {
            let stated = before(note);
            return Err(Error::EarlierCreditsMustBeComplete { number: note.number, stated, left });
        }
        left = left.minus(note.content.totals.sum_of_lines)?;
    }
    let of_line = |line: &Line| {
        let taken = earlier.iter().flat_map(|note| &note.content.lines).filter(|taken| taken.id == line.id);
        let amount = line.net_amount.minus(Sek::sum(taken.map(|taken| taken.net_amount))?)?;
        Ok(LineLeft { line: line.id, amount })
    };
    invoice.content.lines.iter().map(of_line).collect()
}

#[cfg(test)]
mod tests;
