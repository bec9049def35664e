//! Invoice (faktura): what one payer owes for a fee year, made from the assessments of its members.
//! Rule:    one invoice a payer, one line a member, by municipality code; the sum of all lines of all invoices is the
//!          budget frame. A draft has no number from the series and no OCR reference; numbering gives it both and
//!          changes no amount.
//! Errors:  PayerMustHaveMembers, BuyerReferenceMustBeGiven, StandardRateMustHaveVatNumber,
//!          ExemptionMustHaveTaxRegistration, VatNumberMustBelongToSeller, DueDateMustNotPrecedeIssueDate, and those of
//!          `text`.

use std::collections::BTreeMap;

use avgift::{Assessment, FeeYear, NaiveDate, Origin, Sek, YearOfFees, as_written, present};
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use crate::credit_note::PrecedingInvoice;
use crate::document::{Content, Document, DocumentId, InvoicePeriod};
use crate::error::Error;
use crate::federation;
use crate::line::Line;
use crate::part::{Charge, Cut, Division};
use crate::party::{Buyer, Seller};
use crate::payment::{InvoiceNumber, OcrMode, OcrReference, PaymentInstructions, PaymentTerms};
use crate::reading::{self, Code, refuse_more};
use crate::text::Text;
use crate::totals::{PayableRounding, Totals, VatBreakdown};
use crate::vat::VatTreatment;
use crate::wording;

/// What the network and its host agreed on how fees are invoiced, for a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// The network that the fee is for.
    pub network: Text,
    /// The host, who invoices.
    pub seller: Seller,
    /// How the fee stands to VAT.
    pub vat: VatTreatment,
    /// When an invoice is due.
    pub terms: PaymentTerms,
    /// What late payment costs, in the words that are to stand on the invoice.
    pub late_interest: Option<Text>,
    /// How an OCR reference is made.
    pub ocr_mode: OcrMode,
    /// Whether the amount due is rounded to whole kronor.
    pub payable_rounding: PayableRounding,
    /// Where it was read.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

/// An invoice, a draft until it is numbered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Invoice {
    /// The number, or a draft's name (BT-1).
    pub id: DocumentId,
    /// The day of issue (BT-2).
    pub issue_date: NaiveDate,
    /// The type (BT-3): always 380, commercial invoice.
    pub type_code: Code,
    /// Förfallodag (BT-9).
    pub due_date: NaiveDate,
    /// The terms in words (BT-20).
    pub payment_terms: Text,
    /// What the fee rests on (BT-22).
    pub note: Text,
    /// The preliminary invoice that it adds to (BG-3), where it is a supplement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplements: Option<PrecedingInvoice>,
    /// How to pay (BG-16).
    pub payment: PaymentInstructions,
    /// What a credit note over it will hold too.
    #[serde(flatten)]
    pub content: Content,
    /// What numbering a draft needs; an invoice that is numbered has none, and none is stored.
    #[serde(skip)]
    pub(crate) agreed: Option<Box<Agreed>>,
}

/// What a draft keeps of the agreement until it is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Agreed {
    terms: PaymentTerms,
    late_interest: Option<Text>,
    ocr_mode: OcrMode,
    /// The note without the mark of a draft.
    pub(crate) statement: Text,
}

impl<'de> Deserialize<'de> for Invoice {
    /// An issued invoice that adds up. A draft is not read back: it is drawn up anew from what it was made of.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Invoice, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            id: DocumentId,
            #[serde(deserialize_with = "as_written")]
            issue_date: NaiveDate,
            #[serde(deserialize_with = "reading::invoice_type")]
            type_code: Code,
            #[serde(deserialize_with = "as_written")]
            due_date: NaiveDate,
            payment_terms: Text,
            note: Text,
            #[serde(default, deserialize_with = "present")]
            supplements: Option<PrecedingInvoice>,
            payment: PaymentInstructions,
            #[serde(flatten)]
            content: Content,
            #[serde(flatten)]
            more: BTreeMap<String, IgnoredAny>,
        }
        let stored = Stored::deserialize(deserializer)?;
        refuse_more(&stored.more)?;
        if let DocumentId::Draft(name) = &stored.id {
            return Err(D::Error::custom(format!(
                "`{name}` is a draft, and only what was issued is read back"
            )));
        }
        let invoice = Invoice {
            id: stored.id,
            issue_date: stored.issue_date,
            type_code: stored.type_code,
            due_date: stored.due_date,
            payment_terms: stored.payment_terms,
            note: stored.note,
            supplements: stored.supplements,
            payment: stored.payment,
            content: stored.content,
            agreed: None,
        };
        Document::from(&invoice).check_sums().map_err(D::Error::custom)?;
        Ok(invoice)
    }
}

impl Invoice {
    /// The draft of a payer's invoice: a line for each of its members, or one for all of a federation. Nothing where it owes nothing.
    ///
    /// # Errors
    /// All that is wrong at once: `PayerMustHaveMembers`, `BuyerReferenceMustBeGiven`, `StandardRateMustHaveVatNumber`,
    /// `ExemptionMustHaveTaxRegistration`, `VatNumberMustBelongToSeller`, `DueDateMustNotPrecedeIssueDate`,
    /// `TextMustBeXmlSafe` for a member's name or the decision, `AmountMustNotOverflow`.
    pub fn draft(
        fees: &YearOfFees,
        buyer: &Buyer,
        agreement: &Agreement,
        issue_date: NaiveDate,
    ) -> Result<Option<Invoice>, Vec<Error>> {
        Invoice::draft_of(fees, buyer, agreement, &Charge::whole(agreement.vat.clone()), issue_date)
    }

    /// The drafts of a payer where its fees are charged in parts or instalments: instalment by instalment, and of each one a VAT
    /// treatment, since what lies outside the scope of VAT stands on an invoice of its own (BR-O-11). What comes to nothing has
    /// no draft. Of parts, the VAT is their own, and of instalments the terms; the agreement's hold where there are none.
    ///
    /// # Errors
    /// All that is wrong at once: those of [`Invoice::draft`], `PartMustNameAComponent`, `PartMustHaveItsShare`.
    pub fn drafts(
        fees: &YearOfFees,
        buyer: &Buyer,
        agreement: &Agreement,
        division: &Division,
        issue_date: NaiveDate,
    ) -> Result<Vec<Invoice>, Vec<Error>> {
        let (mut drafts, mut errors) = (Vec::new(), Vec::new());
        for charge in division.charges(&agreement.vat) {
            let terms = charge.row.as_ref().map_or(agreement.terms, |row| PaymentTerms::On(row.due));
            let agreement = Agreement { vat: charge.vat.clone(), terms, ..agreement.clone() };
            let day = charge.row.as_ref().map_or(issue_date, |row| row.drawn_up_on(issue_date));
            match Invoice::draft_of(fees, buyer, &agreement, &charge, day) {
                Ok(draft) => drafts.extend(draft),
                Err(more) => {
                    for error in more {
                        if !errors.contains(&error) {
                            errors.push(error);
                        }
                    }
                }
            }
        }
        if errors.is_empty() { Ok(drafts) } else { Err(errors) }
    }

    /// The draft of what one invoice charges.
    fn draft_of(
        fees: &YearOfFees,
        buyer: &Buyer,
        agreement: &Agreement,
        charge: &Charge,
        issue_date: NaiveDate,
    ) -> Result<Option<Invoice>, Vec<Error>> {
        let year = fees.schedule.year();
        let mut assessments: Vec<&Assessment> =
            fees.assessments.iter().filter(|assessment| *assessment.payer() == buyer.payer).collect();
        assessments.sort_by_key(|assessment| assessment.code());
        let mut errors = check_parties(buyer, agreement);
        if assessments.is_empty() {
            let (payer, origin) = (buyer.payer.clone(), buyer.origin.clone());
            errors.push(Error::PayerMustHaveMembers { payer, year, origin });
        }
        let due_date = agreement.terms.due_date(issue_date);
        if due_date.is_none() {
            errors.push(Error::DueDateMustNotPrecedeIssueDate {
                terms: agreement.terms,
                issue_date,
                origin: agreement.origin.clone(),
            });
        }
        let (of_each, tariff) = (charge.of_each_fee(), fees.schedule.tariff());
        let lines = match &charge.cut {
            None => {
                let by_line = federation::by_line(&assessments, buyer, tariff);
                gathered(&mut errors, by_line.iter().zip(1..), |(fees, id)| {
                    federation::line(id, fees, buyer, tariff, &agreement.vat)
                })
            }
            // A fee is cut member by member, also that of a federation that has one line otherwise.
            Some(cut) => {
                let charged =
                    assessments.iter().flat_map(|fee| of_each.iter().map(move |part| (*fee, *part)));
                gathered(&mut errors, charged.zip(1..), |((fee, part), id)| {
                    let line = federation::line_of_one(id, fee, tariff, &agreement.vat, buyer.language)?;
                    line.cut(cut, part, fee, buyer.language)
                })
            }
        };
        let parts: Vec<&str> = of_each.iter().copied().flatten().collect();
        let instalment = charge.cut.as_ref().and_then(|cut| cut.instalment.as_ref());
        let statement = Text::new(wording::statement(
            fees,
            &assessments,
            &agreement.network,
            &agreement.seller.name,
            (&parts, instalment),
            buyer.language,
        ));
        let (Some(due_date), Ok(statement), true) = (due_date, &statement, errors.is_empty()) else {
            errors.extend(statement.err());
            return Err(errors);
        };
        let content = content(year, buyer, agreement, charge.cut.clone(), lines)
            .map_err(|error| vec![Error::Fee(error)])?;
        if content.totals.sum_of_lines == Sek::ZERO {
            return Ok(None);
        }
        let agreed = Agreed {
            terms: agreement.terms,
            late_interest: agreement.late_interest.clone(),
            ocr_mode: agreement.ocr_mode,
            statement: statement.clone(),
        };
        let name = format!("{}-{year}-{}{}", wording::DRAFT, buyer.payer, content.file_suffix());
        let name = Text::new(name).map_err(|error| vec![error])?;
        Ok(Some(Invoice {
            id: DocumentId::Draft(name),
            issue_date,
            type_code: "380",
            due_date,
            payment_terms: agreed.payment_terms(due_date, None, buyer),
            note: Text::composed(wording::draft_note(statement, buyer.language)),
            supplements: None,
            payment: PaymentInstructions::to_bankgiro(agreement.seller.bankgiro, None),
            content,
            agreed: Some(Box::new(agreed)),
        }))
    }

    /// The invoice with its number and the OCR reference made of it. No amount changes. It stands for itself from then on:
    /// where seller and buyer were read is no longer known.
    ///
    /// # Panics
    /// Where it has a number already: an invoice is never numbered twice.
    #[must_use]
    pub fn numbered(self, number: InvoiceNumber) -> Invoice {
        let Some(agreed) = self.agreed else { panic!("an invoice is numbered once") };
        let ocr_reference = OcrReference::of(number, agreed.ocr_mode);
        let seller = Seller { origin: None, ..self.content.seller };
        let buyer = Buyer { origin: None, ..self.content.buyer };
        Invoice {
            id: DocumentId::Issued(number),
            payment_terms: agreed.payment_terms(self.due_date, Some(ocr_reference), &buyer),
            note: agreed.statement,
            payment: PaymentInstructions { ocr_reference: Some(ocr_reference), ..self.payment },
            content: Content { seller, buyer, ..self.content },
            agreed: None,
            ..self
        }
    }

    /// Whether it is a draft still.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        matches!(self.id, DocumentId::Draft(_))
    }

    /// The running number; a draft has none.
    #[must_use]
    pub const fn number(&self) -> Option<InvoiceNumber> {
        match self.id {
            DocumentId::Draft(_) => None,
            DocumentId::Issued(number) => Some(number),
        }
    }

    /// What it claims of the payer: the amount due.
    #[must_use]
    pub const fn claim(&self) -> Sek {
        self.content.totals.amount_due
    }
}

impl Agreed {
    fn payment_terms(&self, due_date: NaiveDate, ocr_reference: Option<OcrReference>, buyer: &Buyer) -> Text {
        Text::composed(wording::payment_terms(
            self.terms,
            due_date,
            ocr_reference,
            self.late_interest.as_ref(),
            buyer.language,
        ))
    }
}

/// What the buyer or the agreement lacks for this kind of VAT.
fn check_parties(buyer: &Buyer, agreement: &Agreement) -> Vec<Error> {
    let (seller, origin) = (&agreement.seller, || agreement.seller.origin.clone());
    let mut errors = Vec::new();
    if buyer.buyer_reference.is_none() && buyer.order_reference.is_none() {
        let (payer, origin) = (buyer.payer.clone(), buyer.origin.clone());
        errors.push(Error::BuyerReferenceMustBeGiven { payer, origin });
    }
    match (&agreement.vat, seller.vat_number) {
        (VatTreatment::Standard(rate), None) => {
            errors.push(Error::StandardRateMustHaveVatNumber { rate: *rate, origin: origin() });
        }
        (VatTreatment::Exempt { .. }, None) if !seller.approved_for_f_tax => {
            errors.push(Error::ExemptionMustHaveTaxRegistration { origin: origin() });
        }
        _ => {}
    }
    if let Some(vat_number) = seller.vat_number
        && vat_number.organisation_number() != seller.organisation_number
    {
        errors.push(Error::VatNumberMustBelongToSeller {
            vat_number,
            organisation_number: seller.organisation_number,
            origin: origin(),
        });
    }
    errors
}

pub(crate) fn content(
    year: FeeYear,
    buyer: &Buyer,
    agreement: &Agreement,
    cut: Option<Cut>,
    lines: Vec<Line>,
) -> Result<Content, avgift::Error> {
    let sum_of_lines = Sek::sum(lines.iter().map(|line| line.net_amount))?;
    let vat_breakdown = VatBreakdown::of(&agreement.vat, sum_of_lines)?;
    // Outside the scope of VAT nobody's VAT number may stand on the invoice (BR-O-02).
    let vat_number = match agreement.vat {
        VatTreatment::OutsideScope { .. } => None,
        VatTreatment::Standard(_) | VatTreatment::Exempt { .. } => agreement.seller.vat_number,
    };
    Ok(Content {
        fee_year: year,
        cut,
        currency_code: "SEK",
        period: InvoicePeriod::of_year(year),
        seller: Seller { vat_number, ..agreement.seller.clone() },
        buyer: buyer.clone(),
        payable_rounding: agreement.payable_rounding,
        totals: Totals::of(sum_of_lines, vat_breakdown.tax_amount, agreement.payable_rounding)?,
        vat_breakdown,
        lines,
    })
}

/// What came out well; what did not is put to the errors.
fn gathered<T, U>(
    errors: &mut Vec<Error>,
    items: impl Iterator<Item = T>,
    make: impl Fn(T) -> Result<U, Error>,
) -> Vec<U> {
    let mut good = Vec::new();
    for item in items {
        match make(item) {
            Ok(value) => good.push(value),
            Err(error) => errors.push(error),
        }
    }
    good
}

#[cfg(test)]
mod tests;
