//! Supplement (tilläggsfaktura): what a final fee is more than the preliminary one that was invoiced.
//! Rule:    a line is that of the final fee with its proof, less what stands on the preliminary invoice; so the two lines
//!          together are the final fee. A fee that is not more has no line: what is less is credited (see `credit_note`).
//! Units:   whole öre. VAT and whole kronor are reckoned on the supplement itself, as on any invoice.
//! Errors:  those of `invoice`.
//! Example: 32 446 × 1,50 kr was invoiced as 48 669 kr; 32 517 × 1,50 kr is 48 776 kr: the line 48 776 − 48 669 is 107 kr.

use std::collections::BTreeMap;

use avgift::{Assessment, MunicipalityCode, NaiveDate, Sek, YearOfFees};

use crate::credit_note::PrecedingInvoice;
use crate::error::Error;
use crate::invoice::{Agreement, Invoice, content};
use crate::line::{Adjustment, Line};
use crate::party::Buyer;
use crate::text::Text;
use crate::wording;

impl Invoice {
    /// The draft of a payer's supplement to its preliminary invoice, on which each member stands with the amount in `billed`.
    /// Nothing where no fee is more than that.
    ///
    /// # Errors
    /// As [`Invoice::draft`].
    pub fn supplement(
        fees: &YearOfFees,
        buyer: &Buyer,
        agreement: &Agreement,
        issue_date: NaiveDate,
        preceding: PrecedingInvoice,
        billed: &BTreeMap<MunicipalityCode, Sek>,
    ) -> Result<Option<Invoice>, Vec<Error>> {
        let is_more = |fee: &&Assessment| billed.get(&fee.code()).is_some_and(|billed| fee.fee() > *billed);
        let assessments: Vec<Assessment> = fees.assessments.iter().filter(is_more).cloned().collect();
        if assessments.is_empty() {
            return Ok(None);
        }
        let of_them = YearOfFees { assessments, ..fees.clone() };
        let Some(mut draft) = Invoice::draft(&of_them, buyer, agreement, issue_date)? else {
            return Ok(None);
        };
        let one = |error: avgift::Error| vec![Error::Fee(error)];
        let language = buyer.language;
        let lines = std::mem::take(&mut draft.content.lines).into_iter();
        let less_billed = |line: Line| {
            let already = billed.get(&line.municipality).copied().unwrap_or_default();
            let reason = wording::already_billed(preceding.number, language);
            let adjustments =
                line.adjustments.into_iter().chain(Adjustment::left_out(already, reason)).collect();
            Ok(Line { adjustments, net_amount: line.net_amount.minus(already)?, ..line })
        };
        let lines = lines.map(less_billed).collect::<Result<Vec<Line>, avgift::Error>>().map_err(one)?;
        let content = content(draft.content.fee_year, buyer, agreement, None, lines).map_err(one)?;
        let agreed = draft.agreed.map(|mut agreed| {
            let more = wording::supplement(preceding.number, preceding.issue_date, language);
            agreed.statement = Text::composed(format!("{} {more}", agreed.statement));
            agreed
        });
        let statement = agreed.as_ref().map_or(&draft.note, |agreed| &agreed.statement);
        let note = Text::composed(wording::draft_note(statement, language));
        Ok(Some(Invoice { note, supplements: Some(preceding), content, agreed, ..draft }))
    }

    /// What of a line of a supplement stands on the invoice before it; nothing on any other invoice.
    #[must_use]
    pub fn billed_before(&self, line: &Line) -> Sek {
        // On an invoice only this takes away without a rule of the fee.
        let billed = line.adjustments.iter().find(|adjustment| adjustment.rule.is_none());
        let billed = billed.filter(|_| self.supplements.is_some());
        billed.map_or(Sek::ZERO, |adjustment| adjustment.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::fixture::{agreement, almby, buyer, fees, tariff};
    use crate::payment::InvoiceNumber;
    use avgift::Indices;

    fn number(digits: &str) -> InvoiceNumber {
        digits.parse().unwrap()
    }

    fn supplement(inhabitants: u32, billed: &str) -> Option<Invoice> {
        let member = almby();
        let billed = BTreeMap::from([(member.code, billed.parse().unwrap())]);
        let fees = fees(tariff(), Indices::new(), vec![(member, inhabitants)]);
        let issue_date = "2024-03-01".parse().unwrap();
        let preceding =
            PrecedingInvoice { number: number("20240001"), issue_date: "2024-01-10".parse().unwrap() };
        Invoice::supplement(&fees, &buyer("almby"), &agreement(), issue_date, preceding, &billed).unwrap()
    }

    /// 32 517 × 1,50 = 48 775,50, rounded 48 776, and 48 669 were invoiced: one krona more, the same, one less.
    #[test]
    fn a_supplement_is_what_the_final_fee_is_more() {
        let invoice = supplement(32_517, "48 669").unwrap().numbered(number("20240002"));
        let line = &invoice.content.lines[0];
        assert_eq!(
            (line.net_amount, invoice.content.totals.sum_of_lines),
            ("107".parse().unwrap(), "107".parse().unwrap())
        );
        assert_eq!(
            (line.proof().unwrap(), invoice.billed_before(line)),
            (line.net_amount, "48 669".parse().unwrap())
        );
        let told: Vec<&str> = line.adjustments.iter().map(|adjustment| adjustment.reason.as_str()).collect();
        assert_eq!(told, ["Avrundning till hela kronor", "Redan fakturerat, faktura 20240001"]);
        assert!(invoice.note.as_str().contains("Tillägg till faktura 20240001 av den 10 januari 2024"));
        Document::from(&invoice).check_sums().unwrap();
        for (billed, is_more) in [("48 775", true), ("48 776", false), ("48 777", false)] {
            assert_eq!(supplement(32_517, billed).is_some(), is_more, "{billed}");
        }
    }

    /// What is stored says which invoice it adds to, and reads back as it was.
    #[test]
    fn a_supplement_reads_back() {
        let invoice = supplement(32_517, "48 669").unwrap().numbered(number("20240002"));
        let stored = serde_json::to_string(&invoice).unwrap();
        assert!(
            stored.contains(r#""supplements":{"number":"20240001","issue_date":"2024-01-10"}"#),
            "{stored}"
        );
        assert_eq!(serde_json::from_str::<Invoice>(&stored).unwrap(), invoice);
        // It adds to an earlier invoice, and not to itself.
        for (from, to) in [
            (r#""number":"20240001""#, r#""number":"20240002""#),
            (r#""issue_date":"2024-01-10""#, r#""issue_date":"2024-03-02""#),
        ] {
            assert!(stored.contains(from));
            assert!(serde_json::from_str::<Invoice>(&stored.replace(from, to)).is_err(), "{to}");
        }
    }
}
