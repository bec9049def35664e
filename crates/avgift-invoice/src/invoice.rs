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
        let Stored {
            id,
            issue_date,
            type_code,
            due_date,
            payment_terms,
            note,
            supplements,
            payment,
            content,
            ..
        } = stored;
        if let DocumentId::Draft(name) = id {
            return Err(D::Error::custom(format!(
                "`{name}` is a draft, and only what was issued is read back"
            )));
        }
        let invoice = Invoice {
            id,
            issue_date,
            type_code,
            due_date,
            payment_terms,
            note,
            supplements,
            payment,
            content,
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
mod tests {
    use super::*;
    use crate::credit_note::CreditNote;
    use crate::fixture::{agreement, almby, buyer, clause, fees, indices, tariff, text, year};
    use crate::vat::VatRate;
    use avgift::{Indices, Language, Member, PayerId, Tariff};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn almby_alone() -> YearOfFees {
        fees(tariff(), Indices::new(), vec![(almby(), 32_446)])
    }

    fn drafted(buyer: &Buyer, agreement: &Agreement) -> Result<Option<Invoice>, Vec<Error>> {
        Invoice::draft(&almby_alone(), buyer, agreement, day("2024-01-15"))
    }

    fn draft() -> Invoice {
        drafted(&buyer("almby"), &agreement()).unwrap().unwrap()
    }

    fn codes(outcome: Result<Option<Invoice>, Vec<Error>>) -> Vec<&'static str> {
        outcome.unwrap_err().iter().map(Error::code).collect()
    }

    /// 48 669,00 + 25 % = 60 836,25, and 25 öre are dropped.
    #[test]
    fn a_draft_has_every_amount_and_no_number() {
        let draft = draft();
        assert_eq!(draft.id.to_string(), "UTKAST-2024-almby");
        assert_eq!(draft.number(), None);
        assert_eq!(draft.payment.ocr_reference, None);
        assert_eq!(draft.payment_terms.as_str(), "30 dagar netto.");
        assert_eq!(
            draft.note.as_str(),
            "UTKAST, inte en faktura och inte att betala. Medlemsavgift för avgiftsåret 2024 i Exempelnätverket. \
             Huvudman: Samverkansföreningen Älv & Kust."
        );
        assert_eq!(draft.due_date, day("2024-02-14"));
        assert_eq!(draft.claim(), "60 836 kr".parse().unwrap());
    }

    #[test]
    fn numbering_gives_number_and_reference_and_changes_no_amount() {
        let draft = draft();
        let invoice = draft.clone().numbered("20270001".parse().unwrap());
        assert_eq!(invoice.id.to_string(), "20270001");
        assert_eq!(invoice.payment.ocr_reference, Some("2027000104".parse().unwrap()));
        assert_eq!(invoice.payment_terms.as_str(), "30 dagar netto. Ange OCR 2027000104.");
        assert!(!invoice.note.as_str().contains("UTKAST"));
        assert_eq!(invoice.content, draft.content);
    }

    #[test]
    #[should_panic(expected = "numbered once")]
    fn an_invoice_is_numbered_once() {
        let number = "20270001".parse().unwrap();
        let _ = draft().numbered(number).numbered(number);
    }

    #[test]
    fn a_fixed_due_date_and_late_interest_stand_in_the_terms() {
        let agreement = Agreement {
            terms: PaymentTerms::On(day("2024-03-31")),
            late_interest: Some(text("Vid sen betalning ränta enligt räntelagen.")),
            ..agreement()
        };
        let invoice = drafted(&buyer("almby"), &agreement).unwrap().unwrap().numbered("1".parse().unwrap());
        assert_eq!(
            invoice.payment_terms.as_str(),
            "Betalas senast 31 mars 2024. Ange OCR 133. Vid sen betalning ränta enligt räntelagen."
        );
    }

    #[test]
    fn the_note_names_decision_and_what_is_not_final() {
        let tariff =
            Tariff { decision: Some("årsmötet 12 juni 2023.".into()), illustrative: true, ..tariff() };
        let fees = fees(tariff, Indices::new(), vec![(almby(), 32_446)]);
        let buyer = Buyer { language: Language::English, ..buyer("almby") };
        let draft = Invoice::draft(&fees, &buyer, &agreement(), day("2024-01-15")).unwrap().unwrap();
        assert_eq!(
            draft.numbered("1".parse().unwrap()).note.as_str(),
            "Membership fee for fee year 2024 in Exempelnätverket. Decision: årsmötet 12 juni 2023. Host: \
             Samverkansföreningen Älv & Kust. Illustrative tariff: the network has not decided it."
        );
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let mut agreement = agreement();
        agreement.seller.vat_number = None;
        agreement.terms = PaymentTerms::On(day("2024-01-14"));
        let nobody = Buyer { buyer_reference: None, ..buyer("nobody") };
        assert_eq!(
            codes(drafted(&nobody, &agreement)),
            [
                "buyer-reference-must-be-given",
                "standard-rate-must-have-vat-number",
                "payer-must-have-members",
                "due-date-must-not-precede-issue-date"
            ]
        );
    }

    #[test]
    fn an_order_number_does_for_a_buyer_reference() {
        let buyer = Buyer { buyer_reference: None, order_reference: Some(text("PO-1")), ..buyer("almby") };
        assert!(drafted(&buyer, &agreement()).is_ok());
    }

    #[test]
    fn another_ones_vat_number_is_refused() {
        let mut agreement = agreement();
        agreement.seller.vat_number = Some("SE212000990301".parse().unwrap());
        assert_eq!(codes(drafted(&buyer("almby"), &agreement)), ["vat-number-must-belong-to-seller"]);
    }

    /// BR-E-02: an exempt seller names a VAT number or its F-tax; BR-O-02: outside the scope nobody names a VAT number.
    #[test]
    fn each_kind_of_vat_has_the_numbers_that_it_needs() {
        let exempt = VatTreatment::Exempt { reason: text("Undantagen"), code: None };
        let outside = VatTreatment::OutsideScope { reason: text("Medlemsavgift, ej momspliktig") };
        let with = |vat: &VatTreatment, vat_number, approved_for_f_tax| {
            let mut agreement = Agreement { vat: vat.clone(), ..agreement() };
            agreement.seller.vat_number = vat_number;
            agreement.seller.approved_for_f_tax = approved_for_f_tax;
            drafted(&buyer("almby"), &agreement)
        };
        let registered = agreement().seller.vat_number;
        assert_eq!(codes(with(&exempt, None, false)), ["exemption-must-have-tax-registration"]);
        assert!(with(&exempt, None, true).is_ok());
        assert_eq!(with(&exempt, registered, false).unwrap().unwrap().content.seller.vat_number, registered);
        assert!(with(&outside, None, false).is_ok());
        assert_eq!(with(&outside, registered, true).unwrap().unwrap().content.seller.vat_number, None);
    }

    #[test]
    fn a_hostile_name_is_refused_and_a_strange_one_is_not() {
        let named = |name: &str| {
            let member = Member { name: name.to_owned(), ..almby() };
            let fees = fees(tariff(), Indices::new(), vec![(member, 32_446)]);
            Invoice::draft(&fees, &buyer("almby"), &agreement(), day("2024-01-15"))
        };
        assert!(named("Älv & Kust <AB> \"x\"").is_ok());
        assert_eq!(codes(named("Almby\u{8}")), ["text-must-be-xml-safe"]);
    }

    /// Joined too late to owe anything: 0 kr, and nobody is invoiced nothing.
    #[test]
    fn who_owes_nothing_gets_no_invoice() {
        let mut tariff = tariff();
        tariff.proration.unit = avgift::ProrationUnit::FullYearIfJoinedBy { month: 6, day: 30 };
        let fees = fees(tariff, Indices::new(), vec![(almby().joined_on(day("2024-07-01")), 32_446)]);
        assert_eq!(Invoice::draft(&fees, &buyer("almby"), &agreement(), day("2024-01-15")), Ok(None));
    }

    #[test]
    fn a_credit_note_takes_the_invoice_back() {
        let invoice = draft().numbered("20270001".parse().unwrap());
        let credit = |number: &str, date| {
            CreditNote::of(&invoice, number.parse().unwrap(), day(date), &text("fel beställarreferens"))
        };
        let credit_note = credit("20270002", "2024-10-05").unwrap();
        assert_eq!(
            credit_note.note.as_str(),
            "Krediterar hela faktura 20270001 av den 15 januari 2024. Orsak: fel beställarreferens"
        );
        assert_eq!(credit_note.content, invoice.content);
        assert_eq!(invoice.claim().plus(credit_note.claim()), Ok(Sek::ZERO));
        assert_eq!(
            credit("20270001", "2024-10-05").unwrap_err().code(),
            "credit-note-must-have-its-own-number"
        );
        assert_eq!(
            credit("20270002", "2024-01-14").unwrap_err().code(),
            "credit-note-must-not-precede-invoice"
        );
        let of_draft = CreditNote::of(&draft(), "2".parse().unwrap(), day("2024-10-05"), &text("x"));
        assert_eq!(of_draft.unwrap_err().code(), "credited-invoice-must-be-issued");
    }

    /// Amounts are text in JSON, and the fields that the document does not have are not there.
    #[test]
    fn json_carries_amounts_as_text() {
        let json = serde_json::to_value(draft().numbered("20270001".parse().unwrap())).unwrap();
        assert_eq!(json["id"], "20270001");
        assert_eq!(json["issue_date"], "2024-01-15");
        assert_eq!(json["payment"]["ocr_reference"], "2027000104");
        assert_eq!(json["payment"]["bankgiro"], "991-2346");
        assert_eq!(json["totals"]["amount_due"], "60836.00");
        assert_eq!(json["totals"]["rounding"], "-0.25");
        assert_eq!(json["lines"][0]["price"], "1.50");
        assert_eq!(json["lines"][0]["municipality"], "0102");
        assert_eq!(json["vat_breakdown"]["category"], "S");
        assert_eq!(json["buyer"]["electronic_address"], "0007:2120009903");
        assert!(json.get("agreed").is_none() && json["seller"].get("origin").is_none());
    }

    /// The JSON of the invoice with one thing changed: why it is not read.
    fn unread(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut json = serde_json::to_value(draft().numbered("20270001".parse().unwrap())).unwrap();
        change(&mut json);
        serde_json::from_value::<Invoice>(json).unwrap_err().to_string()
    }

    #[test]
    fn what_no_invoice_writes_is_not_read() {
        let set = |pointer: &'static str, value: serde_json::Value| {
            unread(move |it| *it.pointer_mut(pointer).unwrap() = value)
        };
        assert_eq!(set("/type_code", "384".into()), "`384` stands where only `380` can");
        assert_eq!(set("/currency_code", "EUR".into()), "`EUR` stands where only `SEK` can");
        assert_eq!(set("/lines/0/unit", "EA".into()), "`EA` stands where only `IE`, `C62` can");
        assert_eq!(
            set("/lines/0/unit", "C62".into()),
            "document 20270001: the quantity of line 1 is 32446, and 1 is reckoned"
        );
        assert_eq!(set("/id", "F-1".into()), "`F-1` is not an invoice number");
        assert_eq!(
            set("/id", "UTKAST-2024-almby".into()),
            "`UTKAST-2024-almby` is a draft, and only what was issued is read back"
        );
        assert_eq!(set("/note", " x".into()), "` x` is written `x`");
        assert_eq!(
            set("/seller/name", "a\u{7}".into()),
            "`a\u{fffd}` holds a character that no invoice can carry: U+0007"
        );
        assert_eq!(
            set("/buyer/organisation_number", "212000-9904".into()),
            "the check digit of the organisation number `212000-9904` is wrong"
        );
        assert_eq!(set("/seller/bankgiro", "9912346".into()), "`9912346` is written `991-2346`");
        assert_eq!(set("/lines/0/price", "1.5".into()), "`1.5` is not a price");
        assert_eq!(set("/lines/0/price", "-1.50".into()), "`-1.50` is not a price");
        assert_eq!(unread(|it| it["more"] = 1.into()), "unknown field `more`");
        assert_eq!(
            unread(|it| it["vat_breakdown"]["exemption_code"] = "VATEX-EU-O".into()),
            "document 20270001: the kind of VAT is S Some(25) Some(\"VATEX-EU-O\"), and another is reckoned"
        );
        assert!(unread(|it| it["lines"][0]["more"] = 1.into()).starts_with("unknown field `more`"));
        assert!(
            unread(|it| it["vat_breakdown"]["percent"] = serde_json::Value::Null)
                .starts_with("invalid type: null")
        );
    }

    /// 48 669,00 + 12 167,25 - 0,25 = 60 836,00: the first amount that does not follow is named.
    #[test]
    fn what_does_not_add_up_is_not_read() {
        let set = |pointer: &'static str, text: &'static str| {
            unread(move |it| *it.pointer_mut(pointer).unwrap() = text.into())
        };
        let says = |place: &str, stored: &str, reckoned: &str| {
            format!("document 20270001: {place} is {stored}, and {reckoned} is reckoned")
        };
        assert_eq!(
            set("/lines/0/net_amount", "48669.01"),
            says("the net amount of line 1", "48669.01", "48669.00")
        );
        assert_eq!(set("/lines/0/price", "1.51"), says("the net amount of line 1", "48669.00", "48993.46"));
        assert_eq!(set("/lines/0/vat_category", "E"), says("the VAT category of line 1", "E", "S"));
        assert_eq!(
            set("/totals/sum_of_lines", "48669.01"),
            says("the sum of the lines", "48669.01", "48669.00")
        );
        assert_eq!(
            set("/vat_breakdown/tax_amount", "12167.26"),
            says("the VAT of the category", "12167.26", "12167.25")
        );
        assert_eq!(set("/totals/vat", "12167.24"), says("the VAT", "12167.24", "12167.25"));
        assert_eq!(set("/totals/rounding", "0.75"), says("the rounding", "0.75", "-0.25"));
        assert_eq!(set("/payable_rounding", "none"), says("the rounding", "-0.25", "none"));
        assert_eq!(set("/totals/amount_due", "60837.00"), says("the amount due", "60837.00", "60836.00"));
        assert_eq!(
            set("/payment/bankgiro", "5050-1055"),
            says("the bankgiro number", "5050-1055", "991-2346")
        );
        assert_eq!(set("/payment/ocr_reference", "12351"), says("the OCR reference", "12351", "2027000104"));
    }

    /// Where the parties were read is the draft's to tell; an issued invoice stands for itself.
    #[test]
    fn an_issued_invoice_no_longer_knows_where_its_parties_were_read() {
        let origin = Some(Origin::new("payers.csv", 2, 1, 5));
        let buyer = Buyer { origin: origin.clone(), ..buyer("almby") };
        let draft = drafted(&buyer, &agreement()).unwrap().unwrap();
        assert_eq!(draft.content.buyer.origin, origin);
        let invoice = draft.numbered("1".parse().unwrap());
        assert_eq!(invoice.content.buyer.origin, None);
        let back: Invoice = serde_json::from_str(&serde_json::to_string(&invoice).unwrap()).unwrap();
        assert_eq!(back, invoice);
    }

    proptest! {
        /// All lines of all invoices are the budget frame, and each invoice with its credit note is nothing.
        #[test]
        fn all_invoices_together_are_the_frame(
            members in proptest::collection::vec((1_u32..200_000, 0_u8..4), 1..12),
            rate in 0_usize..3,
            krona in any::<bool>(),
        ) {
            let of = |((inhabitants, payer), code): ((u32, u8), u16)| {
                let member = Member::new(format!("{code:04}").parse().unwrap(), format!("Ort {code}"));
                (member.paid_by(PayerId::new(payer.to_string())), inhabitants)
            };
            let members: Vec<_> = members.into_iter().zip(101_u16..).map(of).collect();
            let fees = fees(tariff().indexed(clause()), indices("133.5", "137.9"), members);
            let agreement = Agreement {
                vat: VatTreatment::Standard([VatRate::Six, VatRate::Twelve, VatRate::TwentyFive][rate]),
                payable_rounding: if krona { PayableRounding::Krona } else { PayableRounding::None },
                ..agreement()
            };
            let mut sum = Sek::ZERO;
            for total in &fees.frame.by_payer {
                let buyer = buyer(total.payer.as_str());
                let invoice = Invoice::draft(&fees, &buyer, &agreement, day("2024-01-15")).unwrap().unwrap();
                let totals = invoice.content.totals;
                prop_assert_eq!(totals.sum_of_lines, total.sum);
                prop_assert_eq!(invoice.content.lines.len(), total.members);
                prop_assert!(invoice.content.lines.is_sorted_by_key(|line| line.municipality));
                let rounding = totals.rounding.unwrap_or(Sek::ZERO);
                prop_assert_eq!(totals.with_vat.plus(rounding).unwrap(), totals.amount_due);
                prop_assert!(rounding.ore().abs() <= 50);
                sum = sum.plus(totals.sum_of_lines).unwrap();
                let invoice = invoice.numbered("1".parse().unwrap());
                let credit_note =
                    CreditNote::of(&invoice, "2".parse().unwrap(), day("2024-02-01"), &text("prov")).unwrap();
                prop_assert_eq!(invoice.claim().plus(credit_note.claim()).unwrap(), Sek::ZERO);
                let json = serde_json::to_string(&invoice).unwrap();
                let back: Invoice = serde_json::from_str(&json).unwrap();
                prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
                prop_assert_eq!(back, invoice);
                let json = serde_json::to_string(&credit_note).unwrap();
                let back: CreditNote = serde_json::from_str(&json).unwrap();
                prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
                prop_assert_eq!(back, credit_note);
            }
            prop_assert_eq!(sum, fees.frame.sum);
        }
    }

    #[test]
    fn the_fee_year_is_the_period() {
        assert_eq!(draft().content.period, InvoicePeriod::of_year(year()));
    }
}
