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
mod tests {
    use super::*;
    use crate::fixture::{agreement, almby, buyer, fees, tariff, text};
    use crate::line::AdjustmentKind;
    use crate::totals::PayableRounding;
    use crate::vat::{VatRate, VatTreatment};
    use avgift::{Indices, Member, PayerId, ShareUnit, Tariff};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sek(text: &str) -> Sek {
        text.parse().unwrap()
    }

    /// Almby 32 446 inhabitants, 48 669 kr; Björkby 9 000, raised to 15 000 kr; 25 % VAT.
    fn invoice(payable_rounding: PayableRounding) -> Invoice {
        let bjorkby = Member::new("0103".parse().unwrap(), "Björkby kommun").paid_by(PayerId::new("almby"));
        let fees = fees(tariff(), Indices::new(), vec![(almby(), 32_446), (bjorkby, 9_000)]);
        let agreement = crate::Agreement { payable_rounding, ..agreement() };
        let draft = Invoice::draft(&fees, &buyer("almby"), &agreement, day("2024-01-15")).unwrap().unwrap();
        draft.numbered("1".parse().unwrap())
    }

    fn part(
        invoice: &Invoice,
        earlier: &[&CreditNote],
        parts: &[(usize, Taken)],
    ) -> Result<CreditNote, Error> {
        let number = (earlier.len() + 2).to_string().parse().unwrap();
        let parts: Vec<_> =
            parts.iter().map(|(line, taken)| CreditedPart { line: *line, taken: *taken }).collect();
        CreditNote::of_part(invoice, earlier, number, day("2024-03-01"), &text("fel medlem"), &parts)
    }

    fn amount(text: &str) -> Taken {
        Taken::Amount(sek(text))
    }

    /// Sum, VAT, rounding, amount due.
    fn told(credit_note: &CreditNote) -> String {
        let totals = credit_note.content.totals;
        let rounding = totals.rounding.unwrap_or_default();
        format!("{} + {} {rounding} = {}", totals.sum_of_lines, totals.vat, totals.amount_due)
    }

    /// 63 669 + 15 917,25 is 79 586,25, 79 586 kr due. 53 668,90 left has 13 417,225 VAT, half an öre goes up: 67 086,13,
    /// 67 086 kr. The difference is 2 500,02 VAT and 12 500 kr; 25 % of 10 000,10 itself would be 2 500,03.
    #[test]
    fn a_part_is_what_was_left_before_less_what_is_left_after() {
        let invoice = invoice(PayableRounding::Krona);
        assert_eq!(invoice.claim(), sek("79 586"));
        let first = part(&invoice, &[], &[(1, amount("10 000,10"))]).unwrap();
        assert_eq!(told(&first), "10000.10 + 2500.02 -0.12 = 12500.00");
        assert_eq!(first.left_before, Some(sek("63 669")));
        assert_eq!(
            first.note.as_str(),
            "Krediterar en del av faktura 1 av den 15 januari 2024. Orsak: fel medlem"
        );
        let second = part(&invoice, &[&first], &[(1, Taken::Rest), (2, Taken::Rest)]).unwrap();
        assert_eq!(told(&second), "53668.90 + 13417.23 -0.13 = 67086.00");
        assert_eq!(Sek::sum([invoice.claim(), first.claim(), second.claim()]), Ok(Sek::ZERO));
        let left = left_of(&invoice, &[&second, &first]).unwrap();
        assert!(left.iter().all(|left| left.amount == Sek::ZERO));
    }

    /// The line keeps its proof: 9 000 × 1,50 + 1 500 golvtillägg, less what was credited earlier and what stays charged.
    #[test]
    fn a_line_says_what_remains_charged() {
        let invoice = invoice(PayableRounding::Krona);
        let months = Share::new(6, 12, ShareUnit::Months).unwrap();
        let first = part(&invoice, &[], &[(2, amount("1 000"))]).unwrap();
        let second = part(&invoice, &[&first], &[(2, Taken::Share(months))]).unwrap();
        let line = &second.content.lines[0];
        let adjustments: Vec<String> =
            line.adjustments.iter().map(|it| format!("{:?} {} {}", it.kind, it.amount, it.reason)).collect();
        assert_eq!(
            adjustments,
            [
                "Charge 1500.00 Golvtillägg till 15 000 kr",
                "Allowance 1000.00 Krediterat tidigare",
                "Allowance 6500.00 Återstår debiterat"
            ]
        );
        assert_eq!((line.id, line.net_amount, line.proof().unwrap()), (2, sek("7 500"), sek("7 500")));
        assert_eq!(line.quantity, invoice.content.lines[1].quantity);
        assert!(
            line.adjustments[1..].iter().all(|it| it.kind == AdjustmentKind::Allowance && it.rule.is_none())
        );
        let third = part(&invoice, &[&second, &first], &[(2, Taken::Rest)]).unwrap();
        assert_eq!(third.content.totals.sum_of_lines, sek("6 500"));
        // All of a line at once is the line of the invoice.
        let whole = part(&invoice, &[], &[(1, Taken::Rest)]).unwrap();
        assert_eq!(whole.content.lines[0], invoice.content.lines[0]);
    }

    #[test]
    fn no_more_is_taken_back_than_is_left() {
        let invoice = invoice(PayableRounding::Krona);
        let code = |outcome: Result<CreditNote, Error>| outcome.unwrap_err().code();
        let refused = |parts: &[(usize, Taken)]| code(part(&invoice, &[], parts));
        assert!(part(&invoice, &[], &[(2, amount("15 000"))]).is_ok());
        assert_eq!(refused(&[(2, amount("15 000,01"))]), "credit-must-not-exceed-what-is-left");
        assert_eq!(refused(&[(2, amount("0"))]), "credit-must-take-something-back");
        assert_eq!(refused(&[(2, amount("-1"))]), "credit-must-take-something-back");
        assert_eq!(refused(&[(2, Taken::Share(Share::NOTHING))]), "credit-must-take-something-back");
        assert_eq!(refused(&[]), "credit-must-take-something-back");
        assert_eq!(refused(&[(3, Taken::Rest)]), "credited-line-must-be-of-the-invoice");
        assert_eq!(refused(&[(2, amount("1")), (2, amount("1"))]), "credited-line-must-stand-once");
        let first = part(&invoice, &[], &[(2, amount("14 999"))]).unwrap();
        let after = |earlier: &[&CreditNote], taken| code(part(&invoice, earlier, &[(2, taken)]));
        assert_eq!(after(&[&first], amount("1,01")), "credit-must-not-exceed-what-is-left");
        let whole = CreditNote::of(&invoice, "9".parse().unwrap(), day("2024-02-01"), &text("x")).unwrap();
        assert_eq!(after(&[&whole], amount("1")), "credit-must-not-exceed-what-is-left");
        assert_eq!(after(&[&whole], Taken::Rest), "credit-must-take-something-back");
    }

    /// What is left hangs on all earlier credit notes; one of another invoice, one missing or one twice is seen.
    #[test]
    fn the_earlier_credit_notes_are_all_there() {
        let invoice = invoice(PayableRounding::Krona);
        let first = part(&invoice, &[], &[(1, amount("1"))]).unwrap();
        let second = part(&invoice, &[&first], &[(1, amount("1"))]).unwrap();
        assert_eq!(second.check_against(&invoice, &[&first]), Ok(()));
        let changed = |change: fn(&mut CreditNote)| {
            let mut note = second.clone();
            change(&mut note);
            note.check_against(&invoice, &[&first]).unwrap_err().to_string()
        };
        assert_eq!(
            changed(|it| it.left_before = Some(sek("1"))),
            "document 3: what was left before it is 1.00, and 63668.00 is reckoned"
        );
        assert_eq!(
            changed(|it| it.content.lines[0].name = text("Medlemsavgift 2023, Almby kommun")),
            "document 3: line 1 is another, and that of the invoice is reckoned"
        );
        assert_eq!(
            changed(|it| it.content.buyer.name = text("Annan")),
            "document 3: the content is another, and that of the invoice is reckoned"
        );
        let code = |earlier: &[&CreditNote]| left_of(&invoice, earlier).unwrap_err().code();
        assert_eq!(code(&[&second]), "earlier-credits-must-be-complete");
        assert_eq!(code(&[&first, &first, &second]), "earlier-credits-must-be-complete");
        let mut other = first.clone();
        other.preceding_invoice.number = "7".parse().unwrap();
        assert_eq!(code(&[&other]), "earlier-credit-must-be-of-the-invoice");
        let taken = CreditNote::of_part(
            &invoice,
            &[&first],
            first.number,
            day("2024-03-01"),
            &text("x"),
            &[CreditedPart { line: 1, taken: Taken::Rest }],
        );
        assert_eq!(taken.unwrap_err().code(), "credit-note-must-have-its-own-number");
    }

    fn stored(credit_note: &CreditNote) -> CreditNote {
        serde_json::from_str(&serde_json::to_string(credit_note).unwrap()).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// An invoice and the credit note over all of it sum to nothing, whatever the fee, its VAT and the rounding of the amount due.
        #[test]
        fn a_credit_note_and_its_invoice_sum_to_nothing(
            inhabitants in 1_u32..2_000_000,
            rate in 1_i64..1_000_000,
            vat in 0_usize..4,
            krona in any::<bool>(),
        ) {
            let rate = avgift::FeeRate::new(avgift::Decimal::new(rate, 4)).unwrap();
            let tariff = Tariff { rounding: Rounding::Ore, ..Tariff::per_inhabitant("T", crate::fixture::year(), rate) };
            let member = Member::new("0101".parse().unwrap(), "Ort").paid_by(PayerId::new("almby"));
            let fees = fees(tariff, Indices::new(), vec![(member, inhabitants)]);
            let vat = match vat {
                0 => VatTreatment::OutsideScope { reason: text("ej momspliktig") },
                at => VatTreatment::Standard([VatRate::Six, VatRate::Twelve, VatRate::TwentyFive][at - 1]),
            };
            let payable_rounding = if krona { PayableRounding::Krona } else { PayableRounding::None };
            let agreement = crate::Agreement { vat, payable_rounding, ..agreement() };
            let draft = Invoice::draft(&fees, &buyer("almby"), &agreement, day("2024-01-15")).unwrap();
            prop_assume!(draft.is_some());
            let invoice = draft.unwrap().numbered("1".parse().unwrap());
            let note = CreditNote::of(&invoice, "2".parse().unwrap(), day("2024-02-01"), &text("fel")).unwrap();
            prop_assert_eq!(invoice.claim().plus(note.claim()).unwrap(), Sek::ZERO);
            prop_assert_eq!(invoice.content.totals, note.content.totals);
        }
    }

    proptest! {
        /// However an invoice is taken back in parts, the parts are the invoice: sum, VAT and amount due, to the öre; each
        /// keeps its proofs, adds up, and reads back.
        #[test]
        fn all_parts_together_are_the_invoice(
            inhabitants in proptest::collection::vec(1_u32..200_000, 1..4),
            rate in 1_i64..1_000_000,
            vat in 0_usize..4,
            krona in any::<bool>(),
            steps in proptest::collection::vec((0_usize..4, 0_u32..=100), 1..6),
        ) {
            let member = |(place, inhabitants): (usize, u32)| {
                let member = Member::new(format!("01{:02}", place + 1).parse().unwrap(), "Ort");
                (member.paid_by(PayerId::new("almby")), inhabitants)
            };
            let rate = avgift::FeeRate::new(avgift::Decimal::new(rate, 4)).unwrap();
            let tariff = Tariff { rounding: Rounding::Ore, ..Tariff::per_inhabitant("T", crate::fixture::year(), rate) };
            let fees = fees(tariff, Indices::new(), inhabitants.into_iter().enumerate().map(member).collect());
            let agreement = crate::Agreement {
                vat: match vat {
                    0 => VatTreatment::OutsideScope { reason: text("ej momspliktig") },
                    at => VatTreatment::Standard([VatRate::Six, VatRate::Twelve, VatRate::TwentyFive][at - 1]),
                },
                payable_rounding: if krona { PayableRounding::Krona } else { PayableRounding::None },
                ..agreement()
            };
            let draft = Invoice::draft(&fees, &buyer("almby"), &agreement, day("2024-01-15")).unwrap();
            prop_assume!(draft.is_some());
            let invoice = draft.unwrap().numbered("1".parse().unwrap());
            let mut notes: Vec<CreditNote> = Vec::new();
            for (line, percent) in steps {
                let earlier: Vec<&CreditNote> = notes.iter().collect();
                let share = Share::new(percent, 100, ShareUnit::Days).unwrap();
                if let Ok(note) = part(&invoice, &earlier, &[(line + 1, Taken::Share(share))]) {
                    notes.push(note);
                }
            }
            let earlier: Vec<&CreditNote> = notes.iter().collect();
            let left = left_of(&invoice, &earlier).unwrap();
            prop_assert!(left.iter().all(|left| left.amount >= Sek::ZERO));
            let rest: Vec<_> = left.iter().filter(|left| left.amount > Sek::ZERO).map(|left| (left.line, Taken::Rest)).collect();
            if !rest.is_empty() {
                let last = part(&invoice, &earlier, &rest).unwrap();
                notes.push(last);
            }
            let totals = invoice.content.totals;
            let amounts: [fn(&crate::Totals) -> Sek; 4] = [|it| it.sum_of_lines, |it| it.vat, |it| it.with_vat, |it| it.amount_due];
            for of in amounts {
                prop_assert_eq!(Sek::sum(notes.iter().map(|note| of(&note.content.totals))).unwrap(), of(&totals));
            }
            for note in &notes {
                let found = note.content.totals;
                prop_assert_eq!(Document::from(note).check_sums(), Ok(()));
                prop_assert!(found.vat >= Sek::ZERO && found.amount_due >= Sek::ZERO);
                prop_assert!(found.rounding.unwrap_or_default().ore().abs() < 100);
                let direct = agreement.vat.on(found.sum_of_lines).unwrap();
                prop_assert!((direct.ore() - found.vat.ore()).abs() <= 1);
                prop_assert_eq!(&stored(note), note);
            }
        }
    }
}
