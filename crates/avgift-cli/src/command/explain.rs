//! explain: why this amount.

use avgift::{Assessment, Explanation, Language};
use avgift_network::Network;
use serde::Serialize;

use super::{Opened, Under, json, member_named};
use crate::args::{Explain, ExplanationFormat};
use crate::{Done, Refused};

/// An assessment for machines: its values, and the words that people read.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    fee: &'a Assessment,
    explanation: Explanation,
}

pub(super) fn run(opened: &Opened<Network>, args: &Explain, language: Language) -> Result<Done, Refused> {
    let fees = opened.fees(args.year, &args.figures)?;
    let code = member_named(&args.member, &[&fees])?;
    // It was looked up among these.
    let fee = fees.assessments.iter().find(|fee| fee.code() == code).expect("a member of the year has a fee");
    let mut explanation = fee.explanation(language);
    if opened.network.scenario().is_some() {
        explanation.remarks.insert(0, opened.title(language));
    }
    let out = match args.format() {
        ExplanationFormat::Text => explanation.text() + "\n",
        ExplanationFormat::Markdown => avgift_report::explanation_markdown(&explanation),
        ExplanationFormat::Html => avgift_report::explanation_html(&explanation),
        ExplanationFormat::Json => json(&Under::of(opened, &[&fees], &Explained { fee, explanation }))?,
    };
    Ok(opened.done(out))
}
