//! Sums: whether a document adds up, every amount computed again from its lines.
//! Rule:    line = price × quantity + charges − allowances; the sum of the lines; VAT on that sum; the amount due. A credit
//!          note over a part takes the VAT and the rounding of what it leaves from those of what was left before it.
//! Why:     a stored document is data, and its fields can be changed by whoever can write it. What a document says of itself
//!          twice is held to be the same.
//! Errors:  DocumentMustAddUp, with the first difference; AmountMustNotOverflow.
//! Not here: whether the fee of a line is right (see `avgift::Assessment::replay`), the rules of Peppol.

use avgift::Sek;

use crate::credit_note::CreditNote;
use crate::document::{Content, Document, DocumentId};
use crate::error::Error;
use crate::line::UNIT_ONE;
use crate::payment::{OcrMode, OcrReference};
use crate::totals::{Totals, VatBreakdown};
use crate::vat::VatTreatment;

impl Document<'_> {
    /// The VAT and the totals that the lines lead to.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`; `DocumentMustAddUp` where the VAT is of no kind there is.
    pub fn reckoned(self) -> Result<(VatBreakdown, Totals), Error> {
        let content = self.content();
        let vat = self.vat_treatment()?;
        let sum = Sek::sum(content.lines.iter().map(|line| line.net_amount))?;
        Ok(taken_back(&vat, content, self.left_before(), sum)?)
    }

    /// How the fee stands to VAT, read from category, rate and reason.
    pub(crate) fn vat_treatment(self) -> Result<VatTreatment, Error> {
        let vat = &self.content().vat_breakdown;
        let told = || format!("{} {:?} {:?}", vat.category.code(), vat.percent, vat.exemption_code);
        vat.treatment().ok_or_else(|| self.differs("the kind of VAT", told(), "another"))
    }

    /// The sum of the lines that was charged before a credit note over a part.
    const fn left_before(self) -> Option<Sek> {
        match self {
            Document::Invoice(_) => None,
            Document::CreditNote(credit_note) => credit_note.left_before,
        }
    }

    /// Holds every amount to the lines, and what stands twice to itself.
    ///
    /// # Errors
    /// `DocumentMustAddUp` with the first difference; `AmountMustNotOverflow`.
    pub fn check_sums(self) -> Result<(), Error> {
        let content = self.content();
        for line in &content.lines {
            let of_line = |what: &str| format!("{what} of line {}", line.id);
            self.hold(&of_line("the net amount"), line.net_amount, line.proof()?)?;
            if let Some(adjustment) = line.adjustments.iter().find(|it| it.amount <= Sek::ZERO) {
                return Err(self.differs(
                    of_line("an adjustment"),
                    adjustment.amount,
                    "an amount above zero",
                ));
            }
            if line.unit == UNIT_ONE {
                self.hold(&of_line("the quantity"), line.quantity.get(), 1)?;
            }
            let (vat, kind) = (&content.vat_breakdown, |percent: Option<u8>| {
                percent.map_or("none".into(), |it| it.to_string())
            });
            self.hold(&of_line("the VAT category"), line.vat_category.code(), vat.category.code())?;
            self.hold(&of_line("the VAT rate"), kind(line.vat_percent), kind(vat.percent))?;
        }
        self.check_cut()?;
        let (vat, totals) = self.reckoned()?;
        let stated = &content.totals;
        self.hold("the sum of the lines", stated.sum_of_lines, totals.sum_of_lines)?;
        self.hold(
            "the amount that VAT is reckoned on",
            content.vat_breakdown.taxable_amount,
            vat.taxable_amount,
        )?;
        self.hold("the VAT of the category", content.vat_breakdown.tax_amount, vat.tax_amount)?;
        self.hold("the amount without VAT", stated.without_vat, totals.without_vat)?;
        self.hold("the VAT", stated.vat, totals.vat)?;
        self.hold("the amount with VAT", stated.with_vat, totals.with_vat)?;
        self.hold("the rounding", told(stated.rounding), told(totals.rounding))?;
        self.hold("the amount due", stated.amount_due, totals.amount_due)?;
        match self {
            Document::Invoice(invoice) => {
                if invoice.due_date < invoice.issue_date {
                    return Err(self.differs(
                        "the due date",
                        invoice.due_date,
                        format!("{} or later", invoice.issue_date),
                    ));
                }
                if let Some(before) = invoice.supplements {
                    let (number, date) = (before.number, before.issue_date);
                    if invoice.number() == Some(number) {
                        return Err(self.differs("the invoice before it", number, "another number"));
                    }
                    if date > invoice.issue_date {
                        let latest = format!("{} or earlier", invoice.issue_date);
                        return Err(self.differs("the date of the invoice before it", date, latest));
                    }
                }
                self.hold("the bankgiro number", invoice.payment.bankgiro, content.seller.bankgiro)?;
                self.check_reference(invoice.payment.ocr_reference)
            }
            Document::CreditNote(CreditNote { left_before: Some(left), .. })
                if *left < totals.sum_of_lines =>
            {
                Err(self.differs("what was left before it", left, format!("{} or more", totals.sum_of_lines)))
            }
            Document::CreditNote(_) => Ok(()),
        }
    }

    /// The OCR reference is made of the number, in one of the two ways; a draft has none.
    fn check_reference(self, reference: Option<OcrReference>) -> Result<(), Error> {
        let told = |reference: Option<OcrReference>| reference.map_or("none".to_owned(), |it| it.to_string());
        let made: Vec<Option<OcrReference>> = match self.id() {
            DocumentId::Draft(_) => vec![None],
            DocumentId::Issued(number) => [OcrMode::CheckAndLength, OcrMode::Check]
                .map(|mode| Some(OcrReference::of(number, mode)))
                .into(),
        };
        match made.contains(&reference) {
            true => Ok(()),
            false => Err(self.differs("the OCR reference", told(reference), told(made[0]))),
        }
    }

    pub(crate) fn hold<T: PartialEq + std::fmt::Display>(
        self,
        what: &str,
        stored: T,
        reckoned: T,
    ) -> Result<(), Error> {
        if stored == reckoned { Ok(()) } else { Err(self.differs(what, stored, reckoned)) }
    }

    pub(crate) fn differs(
        self,
        place: impl Into<String>,
        stored: impl std::fmt::Display,
        reckoned: impl std::fmt::Display,
    ) -> Error {
        Error::DocumentMustAddUp {
            id: self.id().to_string(),
            place: place.into(),
            stored: stored.to_string(),
            reckoned: reckoned.to_string(),
        }
    }
}

/// VAT and totals of a sum; of a part of `left_before`, what VAT and amount due are less once it is taken back.
pub(crate) fn taken_back(
    vat: &VatTreatment,
    content: &Content,
    left_before: Option<Sek>,
    sum: Sek,
) -> Result<(VatBreakdown, Totals), avgift::Error> {
    let of = |sum: Sek| {
        let breakdown = VatBreakdown::of(vat, sum)?;
        let totals = Totals::of(sum, breakdown.tax_amount, content.payable_rounding)?;
        Ok::<_, avgift::Error>((breakdown, totals))
    };
    let Some(before) = left_before else { return of(sum) };
    let ((vat_before, before), (vat_after, after)) = (of(before)?, of(before.minus(sum)?)?);
    let tax_amount = vat_before.tax_amount.minus(vat_after.tax_amount)?;
    let breakdown = VatBreakdown { taxable_amount: sum, tax_amount, ..vat_before };
    Ok((breakdown, Totals::between(before, after)?))
}

fn told(rounding: Option<Sek>) -> String {
    rounding.map_or("none".to_owned(), |rounding| rounding.to_string())
}
