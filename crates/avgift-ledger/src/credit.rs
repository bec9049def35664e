//! Credit: a credit note over an invoice of the journal, in full or in part.
//! Rule:    it takes back no more than earlier credit notes have left, names its invoice, and is the host's who issued
//!          that: its series is given with the invoice, whoever is host today. A fee that is credited in full may be
//!          issued anew.
//! Errors:  CreditMustHaveSomethingLeft, SeriesMustHaveANextNumber, DateMustNotPrecedeSeries of the journal, and those of
//!          the credit note.

use avgift::{NaiveDate, Refusal, Sek};
use avgift_invoice::{CreditNote, CreditedPart, Taken, Text, left_of};
use avgift_journal::{Batch, CreditIssued, Folder, Issued, Journal, Seal};

use crate::error::Error;
use crate::issuing::{Rendered, Sheet, category, magnitude, raw, sealed, written};
use crate::plan::Numbering;
use crate::refused;
use crate::stored::{Ledger, StoredInvoice};

/// How much is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditExtent {
    /// All that is left.
    All,
    /// Parts of chosen lines.
    Parts(Vec<CreditedPart>),
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct CreditOrder {
    /// How much.
    pub extent: CreditExtent,
    /// The day of issue.
    pub date: NaiveDate,
    /// Why, as it is to stand on the credit note.
    pub reason: Text,
}

/// A credit note that is to be issued.
#[derive(Debug, Clone)]
pub struct PlannedCredit {
    /// The series of the invoice.
    pub invoice_series: String,
    /// The invoice.
    pub invoice: StoredInvoice,
    /// The series of the credit note.
    pub series: String,
    /// The credit note.
    pub credit_note: CreditNote,
    /// Why.
    pub reason: Text,
    /// What is left of the invoice after it, payments apart.
    pub left: Sek,
    /// What was paid of the invoice beyond what is left then: it is owed back.
    pub owed_back: Sek,
    /// The last seal of the journal that it was planned on.
    pub head: Seal,
}

impl<F: Folder> Ledger<'_, F> {
    /// The credit note over an invoice, numbered in the series of the host that issued it.
    ///
    /// # Errors
    /// Those named at the top of this file, and those of reading what is stored.
    pub fn plan_credit(
        &self,
        head: Seal,
        invoice_series: &str,
        issued: &Issued,
        numbering: &Numbering,
        order: &CreditOrder,
    ) -> Result<PlannedCredit, Error> {
        let stored = self.invoice(invoice_series, issued)?;
        let earlier = self.credits(invoice_series, issued.number)?;
        let earlier: Vec<&CreditNote> = earlier.iter().map(|credit| &credit.credit_note).collect();
        let Numbering { series, .. } = numbering;
        let number = numbering.next(self.state())?;
        numbering.check_date(self.state(), order.date)?;
        let left = left_of(&stored.invoice, &earlier)?;
        let remaining = left.iter().filter(|left| left.amount > Sek::ZERO);
        let rest = |line| CreditedPart { line, taken: Taken::Rest };
        let all: Vec<CreditedPart> = remaining.map(|left| rest(left.line)).collect();
        if all.is_empty() {
            let document = format!("{invoice_series}-{}", issued.number);
            return Err(Error::CreditMustHaveSomethingLeft { document });
        }
        let CreditOrder { extent, date, reason } = order;
        let credit_note = match extent {
            CreditExtent::All if earlier.is_empty() => {
                CreditNote::of(&stored.invoice, number, *date, reason)?
            }
            CreditExtent::All => CreditNote::of_part(&stored.invoice, &earlier, number, *date, reason, &all)?,
            CreditExtent::Parts(parts) => {
                CreditNote::of_part(&stored.invoice, &earlier, number, *date, reason, parts)?
            }
        };
        let left = issued.total.minus(issued.credited)?.minus(magnitude(credit_note.claim()))?;
        Ok(PlannedCredit {
            invoice_series: invoice_series.to_owned(),
            invoice: stored,
            series: series.clone(),
            credit_note,
            reason: reason.clone(),
            left,
            owed_back: issued.paid.minus(left)?.max(Sek::ZERO),
            head,
        })
    }
}

/// Renders and records a credit note.
///
/// # Errors
/// `HeadMustNotHaveMoved`, what `render` refuses, and those of the journal: nothing was issued then.
pub fn issue_credit<F: Folder>(
    journal: Journal<F>,
    planned: &PlannedCredit,
    mut render: impl FnMut(&[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>>,
) -> Result<Journal<F>, Vec<Refusal>> {
    journal.expect_head(planned.head).map_err(refused)?;
    let PlannedCredit { series, credit_note, .. } = planned;
    let year = credit_note.content.fee_year.get();
    let sheet = Sheet {
        document: credit_note.into(),
        explanations: Vec::new(),
        name: format!("{series}-{}", credit_note.number),
    };
    let files = render(&[sheet])?.pop().unwrap_or_default();
    let documents = written(year, series, credit_note.into(), files);
    let totals = &credit_note.content.totals;
    let invoice_series = &planned.invoice_series;
    let event = CreditIssued {
        batch: journal.state().next_batch(year),
        series: series.clone(),
        number: credit_note.number,
        credits: credit_note.preceding_invoice.number,
        credits_series: (invoice_series != series).then(|| invoice_series.clone()),
        reason: planned.reason.to_string(),
        date: credit_note.issue_date,
        total: magnitude(credit_note.claim()),
        net: totals.without_vat,
        vat: totals.vat,
        vat_category: category(credit_note.content.vat_breakdown.category),
        documents: sealed(&documents),
        credit_note: raw(credit_note).map_err(refused)?,
    };
    journal.commit(Batch { events: vec![event.into()], documents }).map_err(refused)
}
