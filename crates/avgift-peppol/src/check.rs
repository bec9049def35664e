//! Check: the rules of Peppol BIS Billing 3.0 under their own numbers, held before a document leaves.
//! Rule:    types already keep check digits, forms and code lists. Here stands what holds between fields: the sums,
//!          exact where the official rules allow a krona; the kinds of VAT; the periods. SE-R-011 and SE-R-012 are
//!          warnings in Peppol and errors here. A rule of ours that no official one covers is numbered `own-…`.
//! Errors:  ProfileRuleMustHold, BuyerMustHaveElectronicAddress, SellerMustHaveElectronicAddress.

use avgift::{Decimal, Exact, Ratio, Rounding, Sek};
use avgift_invoice::{Document, DocumentId, Line, OcrMode, VatCategory};

use crate::error::Error;

/// A rule of the profile.
#[derive(Debug, Clone, Copy)]
pub struct ProfileRule {
    /// Its number in EN 16931, Peppol or Sweden's own part of it.
    pub number: &'static str,
    /// What it says.
    pub says: &'static str,
    broken: fn(Document<'_>) -> Broken,
}

/// What was found to break a rule, or nothing.
type Broken = Result<Option<String>, avgift::Error>;

impl PartialEq for ProfileRule {
    fn eq(&self, other: &ProfileRule) -> bool {
        self.number == other.number
    }
}

impl Eq for ProfileRule {}

/// All rules that a document is checked against, besides those that its types keep.
pub fn rules() -> impl Iterator<Item = ProfileRule> {
    RULES.iter().copied()
}

/// Checks a document against all rules.
///
/// # Errors
/// One for each rule that is broken.
pub fn check<'a>(document: impl Into<Document<'a>>) -> Result<(), Vec<Error>> {
    let document = document.into();
    let content = document.content();
    let mut errors = Vec::new();
    if content.seller.electronic_address.is_none() {
        errors.push(Error::SellerMustHaveElectronicAddress { origin: content.seller.origin.clone() });
    }
    if content.buyer.electronic_address.is_none() {
        let (payer, origin) = (content.buyer.payer.clone(), content.buyer.origin.clone());
        errors.push(Error::BuyerMustHaveElectronicAddress { payer, origin });
    }
    for rule in rules() {
        match (rule.broken)(document) {
            Ok(None) => {}
            Ok(Some(found)) => {
                errors.push(Error::ProfileRuleMustHold { id: document.id().to_string(), rule, found });
            }
            Err(error) => errors.push(Error::Fee(error)),
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

const fn rule(number: &'static str, says: &'static str, broken: fn(Document<'_>) -> Broken) -> ProfileRule {
    ProfileRule { number, says, broken }
}

const RULES: &[ProfileRule] = &[
    rule("BR-16", "a document has at least one line", |document| {
        found(document.content().lines.is_empty(), "no line")
    }),
    rule("BR-27", "a price is not negative", |document| {
        each_line(document, |line| found(line.price.kronor() < Decimal::ZERO, line.price))
    }),
    rule("PEPPOL-EN16931-R120", "a line is price × quantity + charges - allowances", |document| {
        each_line(document, |line| equal(line.net_amount, line.proof()?))
    }),
    rule("own-adjustment", "what an adjustment adds or takes away is above zero", |document| {
        each_line(document, |line| {
            let amount = line.adjustments.iter().map(|adjustment| adjustment.amount).min();
            found(amount.is_some_and(|amount| amount <= Sek::ZERO), amount.unwrap_or_default())
        })
    }),
    rule("PEPPOL-EN16931-R110", "the period of a line begins within the period of the invoice", |document| {
        let period = document.content().period;
        each_line(document, |line| {
            let start = line.period.map_or(period.start, |period| period.start);
            found(start < period.start || period.end < start, start)
        })
    }),
    rule("PEPPOL-EN16931-R111", "the period of a line ends within the period of the invoice", |document| {
        let period = document.content().period;
        each_line(document, |line| {
            let end = line.period.map_or(period.end, |period| period.end);
            found(end < period.start || period.end < end, end)
        })
    }),
    rule("BR-30", "a period of a line does not end before it begins", |document| {
        each_line(document, |line| {
            let turned = line.period.filter(|period| period.end < period.start);
            Ok(turned.map(|period| format!("{} to {}", period.start, period.end)))
        })
    }),
    rule("BR-CO-10", "the sum of the lines is their sum", |document| {
        equal(document.content().totals.sum_of_lines, sum_of_lines(document)?)
    }),
    rule("BR-CO-13", "without VAT is the sum of the lines", |document| {
        let totals = document.content().totals;
        equal(totals.without_vat, totals.sum_of_lines)
    }),
    rule("BR-CO-14", "the VAT is the sum of its breakdown", |document| {
        equal(document.content().totals.vat, document.content().vat_breakdown.tax_amount)
    }),
    rule("BR-CO-15", "with VAT is without VAT + VAT", |document| {
        let totals = document.content().totals;
        equal(totals.with_vat, totals.without_vat.plus(totals.vat)?)
    }),
    rule("BR-CO-16", "the amount due is with VAT + rounding", |document| {
        let totals = document.content().totals;
        equal(totals.amount_due, totals.with_vat.plus(totals.rounding.unwrap_or_default())?)
    }),
    rule("BR-CO-17", "the VAT of a category is its sum × rate, to the öre, halves up", |document| {
        let vat = &document.content().vat_breakdown;
        let rate = Ratio::new(vat.percent.unwrap_or(0).into(), 100)?;
        let on = |sum: Sek| Rounding::Ore.round(Exact::from(sum).times(rate)?);
        // A part takes back the difference: at most an öre from the VAT on itself, where the official rule allows a krona.
        let reckoned = match left_before(document) {
            None => on(vat.taxable_amount)?,
            Some(before) => on(before)?.minus(on(before.minus(vat.taxable_amount)?)?)?,
        };
        equal(vat.tax_amount, reckoned)
    }),
    rule(
        "own-rounding",
        "rounding moves the amount due by at most 50 öre, of a part by less than a krona",
        |document| {
            let rounding = document.content().totals.rounding.unwrap_or_default();
            // The difference of two roundings, where what is left before and after is rounded.
            let most = if left_before(document).is_some() { 99 } else { 50 };
            found(rounding.ore().abs() > most, rounding)
        },
    ),
    rule("BR-S-08", "a category's sum is the sum of its lines (as BR-E-08 and BR-O-08)", |document| {
        equal(document.content().vat_breakdown.taxable_amount, sum_of_lines(document)?)
    }),
    rule("BR-O-11", "all lines have the one kind of VAT that the document has (to BR-O-14)", |document| {
        let vat = &document.content().vat_breakdown;
        each_line(document, |line| {
            let same = (line.vat_category, line.vat_percent) == (vat.category, vat.percent);
            found(!same, line.vat_category.code())
        })
    }),
    rule("SE-R-006", "Sweden has the VAT rates 25, 12 and 6 %", |document| {
        let vat = &document.content().vat_breakdown;
        let swedish = matches!(vat.percent, Some(25 | 12 | 6));
        found(vat.category == VatCategory::S && !swedish, format_args!("{:?}", vat.percent))
    }),
    rule("BR-E-05", "an exempt fee has the rate 0", |document| {
        let vat = &document.content().vat_breakdown;
        found(vat.category == VatCategory::E && vat.percent != Some(0), format_args!("{:?}", vat.percent))
    }),
    rule("BR-O-05", "a fee outside the scope of VAT has no rate", |document| {
        let vat = &document.content().vat_breakdown;
        found(vat.category == VatCategory::O && vat.percent.is_some(), format_args!("{:?}", vat.percent))
    }),
    rule("BR-S-10", "a fee with VAT gives no reason for having none", |document| {
        found(document.content().vat_breakdown.category == VatCategory::S && has_reason(document), "a reason")
    }),
    rule("BR-E-10", "a fee without VAT says why (as BR-O-10)", |document| {
        found(
            document.content().vat_breakdown.category != VatCategory::S && !has_reason(document),
            "no reason",
        )
    }),
    rule("PEPPOL-EN16931-P0105", "VATEX-EU-O stands with category O alone, and always there", |document| {
        let vat = &document.content().vat_breakdown;
        let is_outside = vat.exemption_code == Some("VATEX-EU-O");
        found(is_outside != (vat.category == VatCategory::O), vat.exemption_code.unwrap_or("no code"))
    }),
    rule("BR-S-02", "a fee with VAT names the seller's VAT number", |document| {
        let content = document.content();
        found(content.vat_breakdown.category == VatCategory::S && content.seller.vat_number.is_none(), "none")
    }),
    rule("BR-E-02", "an exempt fee names the seller's VAT number or its F-tax", |document| {
        let content = document.content();
        let registered = content.seller.vat_number.is_some() || content.seller.approved_for_f_tax;
        found(content.vat_breakdown.category == VatCategory::E && !registered, "neither")
    }),
    rule("BR-O-02", "a fee outside the scope of VAT names nobody's VAT number", |document| {
        let content = document.content();
        let named = content.seller.vat_number.filter(|_| content.vat_breakdown.category == VatCategory::O);
        Ok(named.map(|number| number.to_string()))
    }),
    rule("own-vat-number", "the VAT number is made of the seller's own organisation number", |document| {
        let seller = &document.content().seller;
        let foreign =
            seller.vat_number.filter(|number| number.organisation_number() != seller.organisation_number);
        Ok(foreign.map(|number| number.to_string()))
    }),
    rule("PEPPOL-EN16931-R003", "a document has a buyer reference or an order number", |document| {
        let buyer = &document.content().buyer;
        found(buyer.buyer_reference.is_none() && buyer.order_reference.is_none(), "neither")
    }),
    rule("PEPPOL-EN16931-R051", "all amounts are in the currency of the document, SEK", |document| {
        found(document.content().currency_code != "SEK", document.content().currency_code)
    }),
    rule("PEPPOL-EN16931-P0100", "an invoice has the type 380, a credit note 381 (P0101)", |document| {
        let expected = match document {
            Document::Invoice(_) => "380",
            Document::CreditNote(_) => "381",
        };
        found(document.type_code() != expected, document.type_code())
    }),
    rule("SE-R-011", "a bankgiro number is paid by code 30 and SE:BANKGIRO (as SE-R-012)", |document| {
        let Document::Invoice(invoice) = document else { return Ok(None) };
        let payment = &invoice.payment;
        let right = payment.means_code == "30" && payment.provider == "SE:BANKGIRO";
        found(!right, format_args!("{} {}", payment.means_code, payment.provider))
    }),
    rule("own-ocr", "an invoice has the OCR reference made of its number, a draft has none", |document| {
        let Document::Invoice(invoice) = document else { return Ok(None) };
        let reference = invoice.payment.ocr_reference;
        let leads_to = |mode| reference.and_then(|reference| reference.invoice_number(mode));
        let right = match invoice.id {
            DocumentId::Draft(_) => reference.is_none(),
            DocumentId::Issued(number) => {
                [OcrMode::Check, OcrMode::CheckAndLength].map(leads_to).contains(&Some(number))
            }
        };
        found(!right, reference.map_or("none".to_owned(), |reference| reference.to_string()))
    }),
    rule("own-due-date", "an invoice is not due before it is issued", |document| {
        let Document::Invoice(invoice) = document else { return Ok(None) };
        found(invoice.due_date < invoice.issue_date, invoice.due_date)
    }),
    rule("own-credit", "a credit note names an earlier document than itself", |document| {
        let Document::CreditNote(credit_note) = document else { return Ok(None) };
        let preceding = credit_note.preceding_invoice;
        let itself = preceding.number == credit_note.number || credit_note.issue_date < preceding.issue_date;
        found(itself, format_args!("{} of {}", preceding.number, preceding.issue_date))
    }),
];

fn found(broken: bool, what: impl std::fmt::Display) -> Broken {
    Ok(broken.then(|| what.to_string()))
}

fn equal(stated: Sek, reckoned: Sek) -> Broken {
    found(stated != reckoned, format_args!("{stated} is stated, {reckoned} is reckoned"))
}

/// The first line that breaks a rule.
fn each_line(document: Document<'_>, broken: impl Fn(&Line) -> Broken) -> Broken {
    for line in &document.content().lines {
        if let Some(found) = broken(line)? {
            return Ok(Some(format!("line {}, {found}", line.id)));
        }
    }
    Ok(None)
}

fn sum_of_lines(document: Document<'_>) -> Result<Sek, avgift::Error> {
    Sek::sum(document.content().lines.iter().map(|line| line.net_amount))
}

/// The sum of the lines that was charged before a credit note over a part.
fn left_before(document: Document<'_>) -> Option<Sek> {
    match document {
        Document::Invoice(_) => None,
        Document::CreditNote(credit_note) => credit_note.left_before,
    }
}

fn has_reason(document: Document<'_>) -> bool {
    let vat = &document.content().vat_breakdown;
    vat.exemption_reason.is_some() || vat.exemption_code.is_some()
}
