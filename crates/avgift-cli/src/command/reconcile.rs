//! reconcile: preliminary fees that were issued, held to the final ones: supplementary invoices for what is more, credit notes for
//! what is less. Without a date it tells what it would come to.

use std::path::Path;

use avgift::{Language, NaiveDate, Sek};
use avgift_invoice::Document;
use avgift_journal::{Disk, Journal};
use avgift_ledger::{LeadsTo, Ledger, Reconciled, Reconciliation, Sheet, WhyAPerson, reconcile};
use avgift_network::Network;
use serde::Serialize;

use super::issue::FAR_AHEAD;
use super::recording::{Answer, Office, ask, opening, read, stamp, tell_recovery};
use super::{Opened, change_text, heading, json, refused};
use crate::args::{Figures, Known, Reconcile};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A document that comes of it.
#[derive(Serialize)]
struct Issuing {
    kind: &'static str,
    number: String,
    /// The invoice that it adds to or takes from.
    of: String,
    payer: String,
    amount_due: String,
}

/// A preliminary fee, and what is to be known of it.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    row: &'a Reconciled,
    difference: Sek,
}

/// What it comes to, and the head of the journal after it was carried out.
#[derive(Serialize)]
struct Summary<'a> {
    fee_year: i32,
    date: Option<NaiveDate>,
    new: usize,
    settled: usize,
    for_a_person: usize,
    rows: Vec<Row<'a>>,
    documents: Vec<Issuing>,
    /// The seal of the last line, where something was recorded.
    head: Option<String>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Reconcile,
    language: Language,
) -> Result<Done, Refused> {
    let network = &opened.network;
    let with_texts = |faults| refused(&opened.folder, faults);
    let stamp = stamp(&args.recording.stamp);
    let today = stamp.at.date_naive();
    let date = args.date.unwrap_or(today);
    // A final fee rests on published figures, and on nothing that stands in for them.
    let fees = opened.fees(args.year, &Figures { preliminary: false, known: Known::default() })?;
    let agreement = network.agreement(args.year).map_err(|fault| with_texts(vec![fault]))?;
    let (disk, opening, mut said) = (Disk::new(dir), opening(network, agreement, stamp), String::new());
    let is_told = args.date.is_none() || args.recording.dry_run;
    let reading = read(&disk, &opening, is_told, &mut said)?;
    let ledger = Ledger::new(&disk, &reading.state);
    let plan = Reconciliation::of(&ledger, reading.head.seal, network, &fees, date).map_err(with_texts)?;
    let office = Office::new(agreement.letterhead(), !args.no_pdf).map_err(with_texts)?;
    let supplements = plan.supplements.new.iter().map(|fresh| Document::from(&fresh.draft));
    let documents = supplements.chain(plan.credits.iter().map(|planned| (&planned.credit_note).into()));
    let sheets =
        documents.map(|document| Sheet { document, explanations: Vec::new(), name: "utkast".into() });
    let faults = office.check(&sheets.collect::<Vec<_>>());
    if !faults.is_empty() {
        return Err(with_texts(faults));
    }

    let mut shown = heading(network.name(), &[&fees], language) + &told(&plan, language);
    let mut head = None;
    let answer = match plan.count() {
        0 => Answer::Stop(""),
        _ if args.date.is_none() => {
            Answer::Stop("nothing was recorded; to issue them: the same with `--date YYYY-MM-DD`\n")
        }
        count => {
            let question = language.tell("ask-reconcile", &[("count", &count.to_string())]);
            ask(&args.recording, &mut shown, &question)?
        }
    };
    match answer {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal =
                reconcile(journal, &plan, |sheets| office.write(sheets)).map_err(|failed| Refused {
                    done: (failed.issued > 0).then(|| {
                        format!("{} were issued before it; the same command issues the rest", failed.issued)
                    }),
                    ..with_texts(failed.refusals)
                })?;
            let now = journal.finish().map_err(|error| error.refusal())?;
            let (count, short) = (plan.count(), now.seal.short());
            said +=
                &format!("{count} issued, recorded and written to documents/{}; head {short}\n", args.year);
            head = Some(now.seal.to_string());
        }
    }
    let out = if args.json { json(&summary(&plan, args, head))? } else { shown };
    let mut done = opened.done(out);
    let days = (date - today).num_days();
    if days > FAR_AHEAD && plan.count() > 0 {
        done.warnings.push(avgift_ledger::Error::IssueDateShouldBeToday { date, days }.refusal());
    }
    done.said += &said;
    done.said += &counts(&plan);
    Ok(done)
}

/// `2 new, 37 settled`, and how many a person decides on.
fn counts(plan: &Reconciliation) -> String {
    let person = match plan.for_a_person() {
        0 => String::new(),
        count => format!(", {count} for a person"),
    };
    format!("{} new, {} settled{person}\n", plan.count(), plan.settled())
}

/// The documents, in the order in which they are recorded.
fn documents(plan: &Reconciliation) -> Vec<Issuing> {
    let series = &plan.supplements.series;
    let supplements = plan.supplements.new.iter().map(|fresh| Issuing {
        kind: "supplement",
        number: format!("{series}-{}", fresh.number),
        of: fresh.draft.supplements.map_or_else(String::new, |before| format!("{series}-{}", before.number)),
        payer: fresh.draft.content.buyer.name.to_string(),
        amount_due: fresh.draft.claim().to_string(),
    });
    let credits = plan.credits.iter().map(|planned| Issuing {
        kind: "credit",
        number: format!("{}-{}", planned.series, planned.credit_note.number),
        of: format!("{}-{}", planned.invoice_series, planned.invoice.event.number),
        payer: planned.credit_note.content.buyer.name.to_string(),
        amount_due: planned.credit_note.claim().to_string(),
    });
    supplements.chain(credits).collect()
}

fn summary<'a>(plan: &'a Reconciliation, args: &Reconcile, head: Option<String>) -> Summary<'a> {
    Summary {
        fee_year: args.year.get(),
        date: args.date,
        new: plan.count(),
        settled: plan.settled(),
        for_a_person: plan.for_a_person(),
        rows: plan.rows.iter().map(|row| Row { row, difference: row.difference() }).collect(),
        documents: documents(plan),
        head,
    }
}

/// Every preliminary fee beside the final one, and below it what is to be issued.
fn told(plan: &Reconciliation, language: Language) -> String {
    if plan.rows.is_empty() {
        return language.say("reconcile-nothing") + "\n";
    }
    let header = [
        (language.say("column-member"), Align::Left),
        (language.say("paper-number"), Align::Left),
        (language.say("reconcile-preliminary"), Align::Right),
        (language.say("reconcile-stands"), Align::Right),
        (language.say("reconcile-final"), Align::Right),
        (language.say("column-change"), Align::Right),
        (String::new(), Align::Left),
    ];
    let mut rows: Vec<&Reconciled> = plan.rows.iter().collect();
    rows.sort_by_cached_key(|row| (avgift::sort_key(&row.name), row.code));
    let row = |row: &Reconciled| {
        vec![
            row.name.clone(),
            format!("{}-{}", row.series, row.number),
            row.preliminary.text(language),
            row.stands.text(language),
            row.final_fee.map_or_else(String::new, |fee| fee.text(language)),
            change_text(row.difference(), language),
            leads_to(row.leads_to, language),
        ]
    };
    let rows = rows.into_iter().map(row).collect();
    let mut text = table::render(&header, rows, None);
    let documents = documents(plan);
    if !documents.is_empty() {
        let header = [
            (language.say("reconcile-to-issue"), Align::Left),
            (language.say("paper-number"), Align::Left),
            (language.say("reconcile-of"), Align::Left),
            (language.say("column-payer"), Align::Left),
            (language.say("column-amount-due"), Align::Right),
        ];
        let row = |document: &Issuing| {
            let kind = match document.kind {
                "supplement" => language.say("reconcile-supplement"),
                _ => language.say("paper-credit-note"),
            };
            let amount = document.amount_due.parse::<Sek>().unwrap_or_default().text(language);
            vec![kind, document.number.clone(), document.of.clone(), document.payer.clone(), amount]
        };
        text.push('\n');
        text += &table::render(&header, documents.iter().map(row).collect(), None);
    }
    text
}

fn leads_to(leads_to: LeadsTo, language: Language) -> String {
    language.say(match leads_to {
        LeadsTo::Supplement => "reconcile-leads-to-supplement",
        LeadsTo::Credit => "reconcile-leads-to-credit",
        LeadsTo::Settled => "reconcile-settled",
        LeadsTo::APerson(WhyAPerson::NotCharged) => "reconcile-not-charged",
        LeadsTo::APerson(WhyAPerson::OtherParties) => "reconcile-other-parties",
        LeadsTo::APerson(WhyAPerson::OtherTariff) => "reconcile-other-tariff",
        LeadsTo::APerson(WhyAPerson::Credited) => "reconcile-credited",
        LeadsTo::APerson(WhyAPerson::NotInOne) => "reconcile-not-in-one",
        LeadsTo::APerson(WhyAPerson::NothingToPay) => "reconcile-nothing-to-pay",
    })
}
