//! credit: an issued invoice is taken back by a credit note, in full or in part; the host who issued it credits it.

use std::path::Path;

use avgift::Language;
use avgift_invoice::CreditNote;
use avgift_journal::{Disk, Journal};
use avgift_ledger::{CreditExtent, CreditOrder, Ledger, Numbering, PlannedCredit, Sheet, issue_credit};
use avgift_network::Network;
use serde::Serialize;

use super::recording::{Answer, Office, ask, opening, read, stamp, tell_recovery};
use super::{Opened, json, refused};
use crate::args::Credit;
use crate::error::Error;
use crate::{Done, Refused};

/// What came of it.
#[derive(Serialize)]
struct Summary<'a> {
    credits: String,
    credit_note: &'a CreditNote,
    left_of_the_invoice: String,
    owed_back: String,
    /// The seal of the last line, where it was recorded.
    head: Option<String>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Credit,
    language: Language,
) -> Result<Done, Refused> {
    let network = &opened.network;
    let stamp = stamp(&args.recording.stamp);
    let date = args.date.unwrap_or_else(|| stamp.at.date_naive());
    let (disk, mut said) = (Disk::new(dir), String::new());
    let reading = avgift_journal::Reading::of(&disk).map_err(|error| error.refusal())?;
    let (series, _) =
        Ledger::new(&disk, &reading.state).find(&args.number).map_err(|error| error.refusal())?;
    let Some(agreement) = network.agreement_of(series) else {
        return Err(Error::SeriesMustHaveItsAgreement { series: series.to_owned() }.refusal().into());
    };
    let numbers = agreement.numbers_for_issue().map_err(|fault| refused(&opened.folder, vec![fault]))?;
    let opening = opening(network, agreement, stamp);
    let reading = read(&disk, &opening, args.recording.dry_run, &mut said)?;
    let ledger = Ledger::new(&disk, &reading.state);
    let extent = match args.parts.as_slice() {
        [] => CreditExtent::All,
        parts => CreditExtent::Parts(parts.to_vec()),
    };
    let order = CreditOrder { extent, date, reason: args.reason.clone() };
    let numbering = Numbering::from(&numbers.credit_notes);
    let planned = ledger.find(&args.number).and_then(|(series, issued)| {
        ledger.plan_credit(reading.head.seal, series, issued, &numbering, &order)
    });
    let planned = planned.map_err(|error| error.refusal())?;
    let with_texts = |faults| refused(&opened.folder, faults);
    let office = Office::new(agreement.letterhead(), !args.no_pdf).map_err(with_texts)?;
    let name = format!("{}-{}", planned.series, planned.credit_note.number);
    let sheet =
        Sheet { document: (&planned.credit_note).into(), explanations: Vec::new(), name: name.clone() };
    let faults = office.check(&[sheet]);
    if !faults.is_empty() {
        return Err(with_texts(faults));
    }

    let mut shown = shown(&planned, &name, language);
    let mut head = None;
    match ask(&args.recording, &mut shown, &language.say("ask-credit"))? {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal =
                issue_credit(journal, &planned, |sheets| office.write(sheets)).map_err(with_texts)?;
            let now = journal.finish().map_err(|error| error.refusal())?;
            said += &format!("{name} issued, recorded and written; head {}\n", now.seal.short());
            head = Some(now.seal.to_string());
        }
    }
    let out = if args.json {
        json(&Summary {
            credits: format!("{}-{}", planned.invoice_series, planned.invoice.event.number),
            credit_note: &planned.credit_note,
            left_of_the_invoice: planned.left.to_string(),
            owed_back: planned.owed_back.to_string(),
            head,
        })?
    } else {
        shown
    };
    let mut done = opened.done(out);
    done.said += &said;
    Ok(done)
}

fn shown(planned: &PlannedCredit, name: &str, language: Language) -> String {
    let PlannedCredit { invoice, credit_note, left, owed_back, .. } = planned;
    let credited = format!("{}-{}", planned.invoice_series, invoice.event.number);
    let payer = credit_note.content.buyer.name.as_str();
    let mut lines =
        vec![language.tell("credit-heading", &[("number", name), ("credited", &credited), ("payer", payer)])];
    for line in &credit_note.content.lines {
        let (id, amount) = (line.id.to_string(), line.net_amount.text(language));
        let member = line.name.as_str();
        lines.push(language.tell("credit-line", &[("line", &id), ("name", member), ("amount", &amount)]));
    }
    let totals = &credit_note.content.totals;
    lines.push(language.tell("credit-vat", &[("amount", &totals.vat.text(language))]));
    lines.push(language.tell("credit-total", &[("amount", &totals.amount_due.text(language))]));
    lines.push(language.tell("credit-left", &[("amount", &left.text(language))]));
    if *owed_back > avgift::Sek::ZERO {
        lines.push(language.tell("credit-owed-back", &[("amount", &owed_back.text(language))]));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
