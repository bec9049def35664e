//! Wording: everything that a member reads on an invoice, Swedish and English, in one place.
//! Rule:    a text carries its figures, so that the reader can do the sum again.

use avgift::{
    Assessment, Language, NaiveDate, Operand, Rounding, Rule, Sek, Step, YearOfFees, date_text, grouped,
};

use crate::payment::{InvoiceNumber, OcrReference, PaymentTerms};
use crate::text::Text;

/// What the identifier of a draft begins with, in any language: nobody takes it for a number.
pub(crate) const DRAFT: &str = "UTKAST";

/// What the note of a draft begins with.
pub(crate) fn draft_note(statement: &Text, language: Language) -> String {
    let warning =
        language.pick("inte en faktura och inte att betala.", "(draft), not an invoice and not to be paid.");
    format!("{DRAFT}, {warning} {statement}")
}

/// The note: fee year, network, decision, host; and what is made up or not yet final.
pub(crate) fn statement(
    fees: &YearOfFees,
    assessments: &[&Assessment],
    network: &Text,
    host: &Text,
    language: Language,
) -> String {
    let tariff = fees.schedule.tariff();
    let year = fees.schedule.year();
    let mut note = match language {
        Language::Swedish => format!("Medlemsavgift för avgiftsåret {year} i {network}."),
        Language::English => format!("Membership fee for fee year {year} in {network}."),
    };
    if let Some(decision) = &tariff.decision {
        let decision = decision.trim().trim_end_matches('.');
        note.push_str(&format!(" {}: {decision}.", language.pick("Beslut", "Decision")));
    }
    note.push_str(&format!(" {}: {host}.", language.pick("Huvudman", "Host")));
    if assessments.iter().any(|assessment| assessment.is_illustrative()) {
        note.push_str(language.pick(
            " Illustrativ taxa: nätverket har inte beslutat den.",
            " Illustrative tariff: the network has not decided it.",
        ));
    }
    if assessments.iter().any(|assessment| assessment.is_preliminary()) {
        note.push_str(language.pick(
            " PRELIMINÄR avgift: invånarantalet är inte det som taxan anger; avgiften stäms av när det har publicerats.",
            " PRELIMINARY fee: the population is not the one the tariff asks for; the fee is reconciled when that is \
             published.",
        ));
    }
    note
}

/// `Medlemsavgift 2024, Ale kommun`.
pub(crate) fn line_name(assessment: &Assessment, language: Language) -> String {
    format!(
        "{} {}, {}",
        language.pick("Medlemsavgift", "Membership fee"),
        assessment.year(),
        assessment.name()
    )
}

/// `32 446 invånare 31 december 2023 × 1,50 kr × 142,6 / 138,2`.
pub(crate) fn line_description(assessment: &Assessment, language: Language) -> String {
    let mut text = format!(
        "{} {}",
        grouped(assessment.inhabitants().get().into(), language),
        language.pick("invånare", "inhabitants")
    );
    for step in assessment.steps() {
        match &step.operand {
            Operand::Population { reference_date, .. } => {
                text.push_str(&format!(" {}", date_text(*reference_date, language)));
            }
            rate @ Operand::Rate(_) => text.push_str(&format!(" {}", rate.text(language))),
            Operand::Factor(Some(factor)) => text.push_str(&format!(" × {}", factor.text(language))),
            _ => {}
        }
    }
    text
}

/// What a rule added to the fee or took from it; `after` is the amount after the rule.
pub(crate) fn adjustment(step: &Step, after: Sek, language: Language) -> String {
    let amount = after.text(language);
    match (step.rule, &step.operand) {
        (Rule::Floor, _) => {
            format!("{} {amount}", language.pick("Golvtillägg till", "Raised to the floor of"))
        }
        (Rule::Ceiling, _) => {
            format!("{} {amount}", language.pick("Takavdrag till", "Lowered to the ceiling of"))
        }
        (Rule::Proration, Operand::Share { share, assumed }) => {
            let text =
                format!("{} {}", language.pick("Del av året", "Share of the year"), share.text(language));
            match assumed {
                None => text,
                Some((day, _)) => format!(
                    "{text}; {} {}",
                    language.pick("antagen inträdesdag", "assumed joining date"),
                    date_text(*day, language)
                ),
            }
        }
        (Rule::Rounding, Operand::Rounding(rounding)) => {
            let step = match rounding {
                Rounding::Ore => language.pick("hela öre", "whole öre"),
                Rounding::Krona => language.pick("hela kronor", "whole kronor"),
                Rounding::TenKronor => language.pick("hela tiotal kronor", "whole tens of kronor"),
                Rounding::HundredKronor => language.pick("hela hundratal kronor", "whole hundreds of kronor"),
            };
            format!("{} {step}", language.pick("Avrundning till", "Rounding to"))
        }
        _ => format!("{} {amount}", language.pick("Uppräkning till", "Escalation to")),
    }
}

/// `30 dagar netto. Ange OCR 2027000104.`, and what late payment costs.
pub(crate) fn payment_terms(
    terms: PaymentTerms,
    due_date: NaiveDate,
    ocr_reference: Option<OcrReference>,
    late_interest: Option<&Text>,
    language: Language,
) -> String {
    let mut text = match terms {
        PaymentTerms::DaysNet(days) => format!("{days} {}.", language.pick("dagar netto", "days net")),
        PaymentTerms::On(_) => {
            format!("{} {}.", language.pick("Betalas senast", "To be paid by"), date_text(due_date, language))
        }
    };
    if let Some(ocr_reference) = ocr_reference {
        text.push_str(&format!(" {} {ocr_reference}.", language.pick("Ange OCR", "Quote OCR")));
    }
    if let Some(late_interest) = late_interest {
        text.push_str(&format!(" {late_interest}"));
    }
    text
}

/// The note of a credit note: which invoice, and why.
pub(crate) fn credit_note(
    number: InvoiceNumber,
    issue_date: NaiveDate,
    reason: &Text,
    language: Language,
) -> String {
    let issued = date_text(issue_date, language);
    match language {
        Language::Swedish => format!("Krediterar hela faktura {number} av den {issued}. Orsak: {reason}"),
        Language::English => format!("Credits the whole of invoice {number} of {issued}. Reason: {reason}"),
    }
}
