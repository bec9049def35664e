//! Wording: everything that a member reads on an invoice; the words themselves stand in the wording files.
//! Rule:    a text carries its figures, so that the reader can do the sum again.

use avgift::{
    Assessment, FeeYear, Language, NaiveDate, Operand, Pool, Rule, Sek, Step, YearOfFees, date_text,
    known_on_text,
};

use crate::instalment::InstalmentOf;
use crate::payment::{InvoiceNumber, OcrReference, PaymentTerms};
use crate::text::Text;

/// What the identifier of a draft begins with, in any language: nobody takes it for a number.
pub(crate) const DRAFT: &str = "UTKAST";

/// An instalment in the names of files, in any language.
pub(crate) const INSTALMENT: &str = "delbetalning";

/// What the note of a draft begins with.
pub(crate) fn draft_note(statement: &Text, language: Language) -> String {
    language.tell("draft-note", &[("draft", DRAFT), ("statement", statement.as_str())])
}

/// The note: fee year, network, what of the fee is charged, decision, host; and what is made up or not yet final.
pub(crate) fn statement(
    fees: &YearOfFees,
    assessments: &[&Assessment],
    network: &Text,
    host: &Text,
    (parts, instalment): (&[&str], Option<&InstalmentOf>),
    language: Language,
) -> String {
    let year = fees.schedule.year().to_string();
    let figures = [("year", year.as_str()), ("network", network.as_str())];
    let mut note = vec![match parts {
        [] => language.tell("membership-fee-of-year", &figures),
        parts => language.tell("part-of-year", &[("part", &parts.join(", ")), figures[0], figures[1]]),
    }];
    note.extend(instalment.map(|instalment| {
        let text = instalment.text(language);
        language.tell("charges-cut", &[("cut", &text)])
    }));
    if let Some(decision) = &fees.schedule.tariff().decision {
        let decision = decision.trim().trim_end_matches('.');
        note.push(language.tell("decided-by", &[("decision", decision)]));
    }
    note.push(language.tell("hosted-by", &[("host", host.as_str())]));
    if assessments.iter().any(|assessment| assessment.is_illustrative()) {
        note.push(language.say("tariff-is-illustrative"));
    }
    if assessments.iter().any(|assessment| assessment.is_preliminary()) {
        note.push(language.say("fee-is-preliminary"));
    }
    note.extend(fees.known_on().map(|day| known_on_text(day, language)));
    note.join(" ")
}

/// `Medlemsavgift 2024, Ale kommun`.
pub(crate) fn line_name(assessment: &Assessment, language: Language) -> String {
    fee_of(assessment.year(), assessment.name(), language)
}

/// What of the fee a document charges: `Serviceavgift, delbetalning 1 av 2`; nothing for a fee in one and at once.
pub(crate) fn cut(parts: &[&str], instalment: Option<&InstalmentOf>, language: Language) -> Option<String> {
    let parts = (!parts.is_empty()).then(|| parts.join(", "));
    match (parts, instalment) {
        (None, None) => None,
        (Some(parts), None) => Some(parts),
        (None, Some(instalment)) => Some(instalment.text(language)),
        (Some(parts), Some(instalment)) => {
            let (number, count) = (instalment.number.to_string(), instalment.of.count().to_string());
            let figures = [("what", parts.as_str()), ("number", &number), ("count", &count)];
            Some(language.tell("in-instalment", &figures))
        }
    }
}

/// `Serviceavgift 2024 för Ale kommun, delbetalning 1 av 2`.
pub(crate) fn cut_line_name(
    assessment: &Assessment,
    part: Option<&str>,
    instalment: Option<&InstalmentOf>,
    language: Language,
) -> String {
    let (year, name) = (assessment.year().to_string(), assessment.name());
    let line = match part {
        Some(part) => language.tell("part-of-member", &[("part", part), ("year", &year), ("name", name)]),
        None => line_name(assessment, language),
    };
    match instalment {
        None => line,
        Some(instalment) => {
            let (number, count) = (instalment.number.to_string(), instalment.of.count().to_string());
            let figures = [("what", line.as_str()), ("number", &number), ("count", &count)];
            language.tell("in-instalment", &figures)
        }
    }
}

/// `Medlemsavgift 2024, Dalslands miljö- och energiförbund`.
pub(crate) fn fee_of(year: FeeYear, name: &str, language: Language) -> String {
    language.tell("membership-fee-of-member", &[("year", &year.to_string()), ("name", name)])
}

/// `32 446 invånare 31 december 2023 × 1,50 kr × 142,6 / 138,2`; of members that are charged as one, the inhabitants of all, and
/// then each by name.
pub(crate) fn line_description(assessment: &Assessment, language: Language) -> String {
    let pool = assessment.pool();
    let mut text = pool.map_or(assessment.inhabitants(), Pool::inhabitants).text(language);
    for step in assessment.steps().iter().filter(|step| step.component.is_none()) {
        match &step.operand {
            // Where figures of several days are summed, each member is told with its own.
            Operand::Population { reference_date, .. } if pool.is_none_or(Pool::is_of_one_day) => {
                text.push_str(&format!(" {}", date_text(*reference_date, language)));
            }
            rate @ Operand::Rate(_) => text.push_str(&format!(" {}", rate.text(language))),
            Operand::Reckoning(reckoning) => {
                let told = [Some(reckoning.text(language)), reckoning.note(language)];
                let told: Vec<String> = told.into_iter().flatten().collect();
                text.push_str(&format!(": {}", told.join("; ")));
            }
            Operand::Factor(Some(factor)) => text.push_str(&format!(" × {}", factor.text(language))),
            _ => {}
        }
    }
    if let Some(pool) = pool {
        text.push_str(&format!("; {}", pool.text(language)));
    }
    text
}

/// `44 015 kr × 9 138 / 29 343`, by what it is told member by member, and what the fee of all is made of.
pub(crate) fn part_description(assessment: &Assessment, language: Language) -> String {
    let of_all = line_description(assessment, language);
    let told = |step: &Step| match &step.operand {
        operand @ Operand::Split(split) => {
            let keys = split.key.value.text(language);
            let shared = language.tell("shared-by", &[("keys", &keys)]);
            Some(format!("{}; {shared}; {of_all}", operand.text(language)))
        }
        _ => None,
    };
    assessment.steps().last().and_then(told).unwrap_or_default()
}

/// What a rule added to the fee or took from it: `after` is the amount after the rule, `difference` what it made.
pub(crate) fn adjustment(step: &Step, after: Sek, difference: Sek, language: Language) -> String {
    let amount = after.text(language);
    match (step.rule, &step.operand) {
        (Rule::ByTariff, _) => language.tell("base-charge", &[("amount", &difference.text(language))]),
        (Rule::Class | Rule::YearFactor | Rule::Discount | Rule::Limit, operand) => {
            let told = [Some(operand.text(language)), operand.note(language)];
            let told = told.into_iter().flatten().collect::<Vec<_>>().join("; ");
            let rule = step.rule.text(language);
            language.tell("by-rule", &[("rule", &rule), ("terms", &told)])
        }
        (Rule::Component, _) => {
            let component = step.component.as_deref().unwrap_or_default();
            let amount = difference.text(language);
            language.tell("component-charge", &[("component", component), ("amount", &amount)])
        }
        (Rule::JoiningFee, _) => {
            language.tell("joining-fee-charge", &[("amount", &difference.text(language))])
        }
        (Rule::Rounding, Operand::Apportioned(apportioned)) => {
            language.tell("rounded-to-step", &[("step", &apportioned.rounding.text(language))])
        }
        (Rule::Floor, _) => language.tell("raised-to-floor", &[("amount", &amount)]),
        (Rule::Ceiling, _) => language.tell("lowered-to-ceiling", &[("amount", &amount)]),
        (Rule::Proration, Operand::Share { share, assumed }) => {
            let text = language.tell("owed-share", &[("share", &share.text(language))]);
            match assumed {
                None => text,
                Some((day, _)) => {
                    let day = date_text(*day, language);
                    format!("{text}; {}", language.tell("assumed-joining-date", &[("day", &day)]))
                }
            }
        }
        (Rule::Rounding, Operand::Rounding(rounding)) => {
            language.tell("rounded-to-step", &[("step", &rounding.text(language))])
        }
        _ => language.tell("escalated-to", &[("amount", &amount)]),
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
        PaymentTerms::DaysNet(days) => language.tell("days-net", &[("days", &days.to_string())]),
        PaymentTerms::On(_) => language.tell("to-be-paid-by", &[("day", &date_text(due_date, language))]),
    };
    if let Some(ocr_reference) = ocr_reference {
        let reference = ocr_reference.to_string();
        text.push_str(&format!(" {}", language.tell("quote-ocr", &[("reference", &reference)])));
    }
    if let Some(late_interest) = late_interest {
        text.push_str(&format!(" {late_interest}"));
    }
    text
}

/// How much of an invoice a credit note takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// A part.
    Part,
}

/// The note of a credit note: which invoice, and why.
pub(crate) fn credit_note(
    extent: Extent,
    number: InvoiceNumber,
    issue_date: NaiveDate,
    reason: &Text,
    language: Language,
) -> String {
    let (number, issued) = (number.to_string(), date_text(issue_date, language));
    let figures = [("number", number.as_str()), ("issued", &issued), ("reason", reason.as_str())];
    match extent {
        Extent::Whole => language.tell("credits-invoice", &figures),
        Extent::Part => language.tell("credits-part-of-invoice", &figures),
    }
}

/// What an earlier credit note took back of a line.
pub(crate) fn credited_earlier(language: Language) -> String {
    language.say("credited-earlier")
}

/// What of a line stands on an earlier invoice.
pub(crate) fn already_billed(invoice: InvoiceNumber, language: Language) -> String {
    language.tell("already-billed", &[("number", &invoice.to_string())])
}

/// Which invoice a supplement adds to, and why.
pub(crate) fn supplement(invoice: InvoiceNumber, issue_date: NaiveDate, language: Language) -> String {
    let (number, issued) = (invoice.to_string(), date_text(issue_date, language));
    language.tell("supplements-invoice", &[("number", &number), ("issued", &issued)])
}

/// What of a line is not taken back.
pub(crate) fn remains_charged(language: Language) -> String {
    language.say("remains-charged")
}
