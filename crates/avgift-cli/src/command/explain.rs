//! explain: why this amount.

use avgift::{Assessment, Explanation, Language};
use avgift_network::{Network, names};
use serde::Serialize;

use super::{Opened, json};
use crate::args::{Explain, ExplanationFormat};
use crate::error::Error;
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
    let named = names::by_name(&args.member).map(|municipality| municipality.code);
    let wanted = named.or_else(|| args.member.parse().ok());
    let Some(fee) = fees.assessments.iter().find(|fee| Some(fee.code()) == wanted) else {
        let near = if wanted.is_some() { Vec::new() } else { names::suggestions(&args.member) };
        let members = near.iter().filter(|near| fees.assessments.iter().any(|fee| fee.code() == near.code));
        let near = members.map(|near| format!("{} ({})", near.name, near.code)).collect();
        return Err(Error::MemberMustBeInTheYear { text: args.member.clone(), year: args.year, near }
            .refusal()
            .into());
    };
    let explanation = fee.explanation(language);
    let out = match args.format() {
        ExplanationFormat::Text => explanation.text() + "\n",
        ExplanationFormat::Markdown => avgift_report::explanation_markdown(&explanation),
        ExplanationFormat::Html => avgift_report::explanation_html(&explanation),
        ExplanationFormat::Json => json(&Explained { fee, explanation })?,
    };
    Ok(opened.done(out))
}
