//! issue: the invoices of a fee year get their numbers, are recorded in the journal, and written. What was issued already
//! is left alone: a changed amount is told, with the credit that would mend it.

use std::collections::BTreeMap;
use std::path::Path;

use avgift::{Language, NaiveDate, PayerId, Refusal, Sek};
use avgift_invoice::{Invoice, InvoiceNumber};
use avgift_journal::{Disk, Journal};
use avgift_ledger::{Changed, Error, Gone, Later, Ledger, Plan, Sheet, Unchanged, issue};
use avgift_network::{AgreementVersion, Draft, Network};
use serde::Serialize;

use super::recording::{Answer, Office, ask, opening, read, stamp, tell_recovery};
use super::{Opened, heading, is_preliminary, json, refused};
use crate::args::Issue;
use crate::table::{self, Align};
use crate::{Done, Refused};

/// So many days ahead a date is odd.
pub(super) const FAR_AHEAD: i64 = 7;

/// A row of the plan.
#[derive(Serialize)]
struct Row {
    standing: &'static str,
    /// The number that it gets, or those of the invoices that it stands on.
    numbers: Vec<String>,
    payer: String,
    /// The payer's name; of who stands in payers.csv no more, the id.
    name: String,
    /// The part and the instalment, where the fee is cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<String>,
    /// What it comes to now, where it is still charged.
    amount_due: Option<String>,
    /// What earlier invoices leave to pay, payments apart.
    issued: Option<String>,
}

/// The plan, and the head of the journal after it was carried out.
#[derive(Serialize)]
struct Summary {
    fee_year: i32,
    date: String,
    new: usize,
    unchanged: usize,
    changed: usize,
    gone: usize,
    /// Instalments that are issued another day.
    #[serde(skip_serializing_if = "is_none")]
    later: usize,
    sum_of_new: String,
    rows: Vec<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
    /// The seal of the last line, where something was recorded.
    head: Option<String>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Issue,
    language: Language,
) -> Result<Done, Refused> {
    let network = &opened.network;
    let stamp = stamp(&args.recording.stamp);
    let today = stamp.at.date_naive();
    let date = args.date.unwrap_or(today);
    let fees = opened.fees(args.year, &args.figures)?;
    let with_texts = |faults| refused(&opened.folder, faults);
    let agreement = network.agreement(args.year).map_err(|fault| with_texts(vec![fault]))?;
    let numbers = agreement.numbers_for_issue().map_err(|fault| with_texts(vec![fault]))?;
    let drafts = network.draft(&fees, date).map_err(with_texts)?;

    let (disk, opening, mut said) = (Disk::new(dir), opening(network, agreement, stamp), String::new());
    let reading = read(&disk, &opening, args.recording.dry_run, &mut said)?;
    let (state, head, numbering) = (&reading.state, reading.head.seal, (&numbers.invoices).into());
    let plan = Plan::of_instalment(state, head, &fees, &drafts, &numbering, date, args.instalment)
        .map_err(|error| with_texts(vec![at_instalments(&error, agreement)]))?;
    let preliminary = preliminary(&Ledger::new(&disk, &reading.state), &plan)?;
    let office = Office::new(agreement.letterhead(), !args.no_pdf).map_err(with_texts)?;
    let sheets = plan.new.iter().map(|fresh| Sheet {
        document: (&fresh.draft).into(),
        explanations: Vec::new(),
        name: fresh.payer.to_string(),
    });
    let faults = office.check(&sheets.collect::<Vec<_>>());
    if !faults.is_empty() {
        return Err(with_texts(faults));
    }

    let mut summary = Summary {
        preliminary: is_preliminary(&[&fees]),
        known_on: fees.known_on(),
        ..summary(&plan, &drafts)?
    };
    let mut shown = heading(network.name(), &[&fees], language) + &table(&plan, &summary, language);
    let counts = counts(&plan);
    let answer = if plan.new.is_empty() {
        Answer::Stop("")
    } else {
        ask(
            &args.recording,
            &mut shown,
            &language.tell("ask-issue", &[("count", &plan.new.len().to_string())]),
        )?
    };
    match answer {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal = issue(journal, &plan, |sheets| office.write(sheets)).map_err(|failed| Refused {
                done: (failed.issued > 0).then(|| {
                    format!("{} were issued before it; the same command issues the rest", failed.issued)
                }),
                ..with_texts(failed.refusals)
            })?;
            let head = journal.finish().map_err(|error| error.refusal())?;
            summary.head = Some(head.seal.to_string());
            said += &format!(
                "{} issued, recorded and written to documents/{}; head {}\n",
                plan.new.len(),
                args.year,
                head.seal.short()
            );
        }
    }
    let mut done = opened.done(if args.json { json(&summary)? } else { shown });
    let days = (date - today).num_days();
    if days > FAR_AHEAD && !plan.new.is_empty() {
        done.warnings.push(Error::IssueDateShouldBeToday { date, days }.refusal());
    }
    done.said += &said;
    for line in proposals(&plan, &preliminary) {
        done.said += &line;
    }
    done.said += &counts;
    Ok(done)
}

/// Which invoices that come to something else now rest on a preliminary population.
fn preliminary(ledger: &Ledger<'_, Disk>, plan: &Plan) -> Result<Vec<(String, InvoiceNumber)>, Refused> {
    let mut preliminary = Vec::new();
    for (series, number) in plan.changed.iter().flat_map(|changed| &changed.invoices) {
        let Some(issued) = ledger.state().find(series, *number) else { continue };
        let stored = ledger.invoice(series, issued).map_err(|error| error.refusal())?;
        if stored.assessments.iter().any(avgift::Assessment::is_preliminary) {
            preliminary.push((series.clone(), *number));
        }
    }
    Ok(preliminary)
}

/// The refusal of a plan; what the instalments are refused for points at their agreement.
fn at_instalments(error: &Error, agreement: &AgreementVersion) -> Refusal {
    let refusal = error.refusal();
    let is_of_them = match error {
        Error::InstalmentMustBeOfTheYear { .. } => true,
        Error::Invoice(invoice) => {
            matches!(**invoice, avgift_invoice::Error::DueDateMustNotPrecedeIssueDate { .. })
        }
        _ => false,
    };
    if is_of_them { refusal.at(agreement.origin(), "the agreement of its instalments") } else { refusal }
}

fn counts(plan: &Plan) -> String {
    let counted = [
        (plan.new.len(), "new", true),
        (plan.unchanged.len(), "unchanged", true),
        (plan.changed.len(), "changed", false),
        (plan.gone.len(), "no longer charged", false),
        (plan.later.len(), "later", false),
    ];
    let told = counted.iter().filter(|(count, _, always)| *count > 0 || *always);
    told.map(|(count, word, _)| format!("{count} {word}")).collect::<Vec<_>>().join(", ") + "\n"
}

/// What would mend what was issued for another amount.
fn proposals(plan: &Plan, preliminary: &[(String, InvoiceNumber)]) -> Vec<String> {
    let credit =
        |series: &str, number: &InvoiceNumber| format!("`avgift credit {series}-{number} --reason …`");
    let changed = plan.changed.iter().map(|changed| {
        if changed.invoices.iter().any(|invoice| preliminary.contains(invoice)) {
            return format!(
                "{}: issued {} on a preliminary population, now {}; nothing was changed; to reconcile: `avgift reconcile --year {}`\n",
                changed.payer,
                changed.issued.text(Language::English),
                changed.computed.text(Language::English),
                plan.year
            );
        }
        let credits: Vec<String> =
            changed.invoices.iter().map(|(series, number)| credit(series, number)).collect();
        format!(
            "{}: issued {}, now {}; nothing was changed; to bill anew: {}, then `avgift issue --year {}`\n",
            changed.payer,
            changed.issued.text(Language::English),
            changed.computed.text(Language::English),
            credits.join(", "),
            plan.year
        )
    });
    let gone = plan.gone.iter().map(|gone| {
        let (amount, credit) = (gone.amount.text(Language::English), credit(&gone.series, &gone.number));
        format!(
            "{}: {amount} were issued and nothing is charged any more; to take it back: {credit}\n",
            gone.payer
        )
    });
    changed.chain(gone).chain(waiting(plan)).collect()
}

/// When what waits is issued.
fn waiting(plan: &Plan) -> Vec<String> {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for later in &plan.later {
        *days.entry(later.draft.issue_date).or_default() += 1;
    }
    let told = |(day, count): (NaiveDate, usize)| match day > plan.date {
        true => {
            format!("{count} not before {day}: `avgift issue --year {}` on that day or later\n", plan.year)
        }
        false => format!("{count} of other instalments: `avgift issue --year {}`\n", plan.year),
    };
    days.into_iter().map(told).collect()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_none(count: &usize) -> bool {
    *count == 0
}

/// The part and the instalment of a draft, in the buyer's language, as they stand on it.
fn cut(draft: &Invoice) -> Option<String> {
    draft.content.cut_text(draft.content.buyer.language)
}

fn summary(plan: &Plan, drafts: &[Draft]) -> Result<Summary, Refused> {
    let name = |payer: &PayerId| {
        let draft = drafts.iter().find(|draft| draft.payer == *payer);
        let name = draft.and_then(|draft| Some(draft.invoice.as_ref()?.content.buyer.name.to_string()));
        name.unwrap_or_else(|| payer.to_string())
    };
    let new = plan.new.iter().map(|fresh| Row {
        standing: "new",
        numbers: vec![format!("{}-{}", plan.series, fresh.number)],
        payer: fresh.payer.to_string(),
        name: name(&fresh.payer),
        cut: cut(&fresh.draft),
        amount_due: Some(fresh.draft.claim().to_string()),
        issued: None,
    });
    let unchanged = plan.unchanged.iter().map(|Unchanged { payer, series, number, amount, cut }| Row {
        standing: "unchanged",
        numbers: vec![format!("{series}-{number}")],
        payer: payer.to_string(),
        name: name(payer),
        cut: cut.clone(),
        amount_due: Some(amount.to_string()),
        issued: Some(amount.to_string()),
    });
    let changed = plan.changed.iter().map(|Changed { payer, invoices, issued, computed }| Row {
        standing: "changed",
        numbers: invoices.iter().map(|(series, number)| format!("{series}-{number}")).collect(),
        payer: payer.to_string(),
        name: name(payer),
        cut: None,
        amount_due: Some(computed.to_string()),
        issued: Some(issued.to_string()),
    });
    let gone = plan.gone.iter().map(|Gone { payer, series, number, amount }| Row {
        standing: "gone",
        numbers: vec![format!("{series}-{number}")],
        payer: payer.clone(),
        name: payer.clone(),
        cut: None,
        amount_due: None,
        issued: Some(amount.to_string()),
    });
    let later = plan.later.iter().map(|Later { payer, draft }| Row {
        standing: "later",
        numbers: Vec::new(),
        payer: payer.to_string(),
        name: name(payer),
        cut: cut(draft),
        amount_due: Some(draft.claim().to_string()),
        issued: None,
    });
    Ok(Summary {
        fee_year: plan.year.get(),
        date: plan.date.to_string(),
        new: plan.new.len(),
        unchanged: plan.unchanged.len(),
        changed: plan.changed.len(),
        gone: plan.gone.len(),
        later: plan.later.len(),
        sum_of_new: plan.sum().map_err(|error| error.refusal())?.to_string(),
        rows: new.chain(unchanged).chain(changed).chain(gone).chain(later).collect(),
        preliminary: None,
        known_on: None,
        head: None,
    })
}

fn table(plan: &Plan, summary: &Summary, language: Language) -> String {
    let header = [
        (language.say("column-standing"), Align::Left),
        (language.say("paper-number"), Align::Left),
        (language.say("column-payer"), Align::Left),
        (language.say("column-issued"), Align::Right),
        (language.say("column-amount-due"), Align::Right),
    ];
    let standing = |standing: &str| match standing {
        "new" => language.say("standing-new"),
        "unchanged" => language.say("standing-unchanged"),
        "changed" => language.say("standing-changed"),
        "later" => language.say("standing-later"),
        _ => language.say("standing-gone"),
    };
    let amount = |amount: &Option<String>| {
        amount
            .as_ref()
            .and_then(|text| text.parse::<Sek>().ok())
            .map_or_else(String::new, |sek| sek.text(language))
    };
    let row = |row: &Row| {
        let (issued, due) = (amount(&row.issued), amount(&row.amount_due));
        let name = [Some(row.name.as_str()), row.cut.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        vec![standing(row.standing), row.numbers.join(", "), name.join(", "), issued, due]
    };
    let sum = plan.sum().map(|sum| sum.text(language)).unwrap_or_default();
    let sum = vec![language.say("sum-of-new"), String::new(), String::new(), String::new(), sum];
    table::render(&header, summary.rows.iter().map(row).collect(), Some(sum))
}
