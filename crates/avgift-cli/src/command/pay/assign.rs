//! assign: a person decides where a payment goes.

use std::path::Path;

use avgift::Language;
use avgift_invoice::Text;
use avgift_journal::{Distribution, Journal, Reading};
use avgift_ledger::{Decision, Ledger, payment_id, plan_decision, record_decision, tolerance};
use avgift_network::Network;
use serde::Serialize;

use super::Ground;
use super::words::{places, shown};
use crate::args::Assign;
use crate::command::recording::{Answer, ask, tell_recovery};
use crate::command::{Opened, json};
use crate::{Done, Refused};

/// What was decided.
#[derive(Serialize)]
struct Summary<'a> {
    id: String,
    bank_key: &'a str,
    amount: String,
    date: String,
    before: &'a Distribution,
    to: &'a Distribution,
    reason: &'a str,
    /// The seal of the last line, where something was recorded.
    head: Option<String>,
}

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Assign,
    language: Language,
) -> Result<Done, Refused> {
    let ground = Ground::of(&opened.network, dir, &args.recording)?;
    let Ground { disk, opening, reading: Reading { state, head, .. }, known, mut said } = ground;
    let date = args.date.unwrap_or_else(|| opening.stamp.at.date_naive());
    let (decision, default_reason) = decision(args, language);
    let planned = tolerance(&opened.network).and_then(|tolerance| {
        let ledger = Ledger::new(&disk, &state);
        plan_decision(&ledger, &known, head.seal, tolerance, &args.payment, &decision, date)
    });
    let planned = planned.map_err(|error| error.refusal())?;
    let reason = args.reason.as_ref().map_or(default_reason, Text::to_string);
    let id = payment_id(&planned.bank_key);
    let (amount, day) = (planned.amount.text(language), date.to_string());
    let payer = known.bank_says(&planned.bank_key).and_then(|bank| bank.payer.clone()).unwrap_or_default();
    let mut text = language.tell("decision-heading", &[("id", &id), ("amount", &amount)]);
    if !payer.is_empty() {
        text += &format!(", {}", shown(&payer));
    }
    let before = places(&planned.before, language);
    text += &format!("\n  {}\n", language.tell("decision-before", &[("parts", &before)]));
    let after = places(&planned.to, language);
    text += &format!("  {}\n", language.tell("decision-after", &[("date", &day), ("parts", &after)]));

    let mut now = None;
    let answer = match planned.is_as_before() {
        true => Answer::Stop("it goes there already; nothing was recorded\n"),
        false => ask(&args.recording, &mut text, &language.say("ask-assign"))?,
    };
    match answer {
        Answer::Stop(why) => said += why,
        Answer::Go => {
            let journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
            tell_recovery(&journal, &mut said);
            let journal = record_decision(journal, &planned, &reason).map_err(|error| error.refusal())?;
            let head = journal.finish().map_err(|error| error.refusal())?;
            said += &format!("recorded; head {}\n", head.seal.short());
            now = Some(head.seal.to_string());
        }
    }
    let out = if args.json {
        json(&Summary {
            id,
            bank_key: &planned.bank_key,
            amount: planned.amount.to_string(),
            date: day,
            before: &planned.before,
            to: &planned.to,
            reason: &reason,
            head: now,
        })?
    } else {
        text
    };
    let mut done = opened.done(out);
    done.said += &said;
    Ok(done)
}

/// What is decided, and how the journal says so unless told otherwise. The command line has one of them.
fn decision(args: &Assign, language: Language) -> (Decision, String) {
    if args.as_proposed {
        (Decision::AsProposed, language.say("decided-as-proposed"))
    } else if args.not_ours {
        (Decision::NotOurs, language.say("decided-not-ours"))
    } else if args.refund {
        (Decision::Refund, language.say("decided-refunded"))
    } else if args.reverse {
        (Decision::Reverse { of: args.of.clone() }, language.say("decided-reversed"))
    } else {
        let payer = args.payer.as_ref().map(Text::to_string);
        let decision = Decision::To { invoices: args.invoices.clone(), rest: args.rest.clone(), payer };
        (decision, language.say("decided-assigned"))
    }
}
