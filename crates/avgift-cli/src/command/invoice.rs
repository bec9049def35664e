//! invoice: draft invoices of a fee year, one a payer, written as a whole folder or not at all.

use avgift::{Language, Sek};
use avgift_network::names::sort_key;
use avgift_network::{Draft, Network, note_each_once};
use avgift_peppol::{envelope, to_ubl};
use serde::Serialize;

use super::{Opened, csv, heading, json, refused};
use crate::args::Invoice;
use crate::table::{self, Align};
use crate::world::{self, DRAFTS_MARK};
use crate::{Done, Refused};

/// A row of drafts.csv and of the summary.
#[derive(Serialize)]
struct Row {
    payer: String,
    file: String,
    members: usize,
    fees: String,
    vat: String,
    rounding: String,
    amount_due: String,
    due_date: String,
}

pub(super) fn run(opened: &Opened<Network>, args: &Invoice, language: Language) -> Result<Done, Refused> {
    let fees = opened.fees(args.year, &args.figures)?;
    let date = args.date.unwrap_or_else(world::today);
    let drafts = opened.network.draft(&fees, date).map_err(|faults| refused(&opened.folder, faults))?;
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for Draft { payer, invoice } in &drafts {
        let Some(invoice) = invoice else { continue };
        let document =
            if args.envelope { to_ubl(invoice).and_then(|_| envelope(invoice)) } else { to_ubl(invoice) };
        match document {
            Ok(xml) => files.push((format!("{payer}.xml"), xml.into_bytes())),
            Err(errors) => note_each_once(&mut faults, errors.iter().map(avgift_peppol::Error::refusal)),
        }
        files.push((format!("{payer}.json"), json(invoice)?.into_bytes()));
    }
    if !faults.is_empty() {
        return Err(refused(&opened.folder, faults));
    }
    let rows: Vec<Row> = drafts.iter().filter_map(row).collect();
    files.push((DRAFTS_MARK.to_owned(), csv(&rows).into_bytes()));
    world::write_folder(&args.out, &files, args.replace)?;

    let claims = drafts.iter().filter_map(|draft| draft.invoice.as_ref()).map(avgift_invoice::Invoice::claim);
    let due = Sek::sum(claims).map_err(|error| error.refusal())?;
    let mut done = opened.done(if args.json {
        json(&rows)?
    } else {
        heading(opened.network.name(), &[&fees], language) + &summary(&drafts, fees.frame.sum, due, language)
    });
    for Draft { payer, .. } in drafts.iter().filter(|draft| draft.invoice.is_none()) {
        done.said += &format!("no invoice to {payer}: nothing is owed for {}\n", args.year);
    }
    done.said += &format!("{} drafts written to {}\n", rows.len(), crate::shown(&args.out));
    Ok(done)
}

fn row(draft: &Draft) -> Option<Row> {
    let invoice = draft.invoice.as_ref()?;
    let totals = &invoice.content.totals;
    Some(Row {
        payer: draft.payer.to_string(),
        file: format!("{}.xml", draft.payer),
        members: invoice.content.lines.len(),
        fees: totals.sum_of_lines.to_string(),
        vat: totals.vat.to_string(),
        rounding: totals.rounding.unwrap_or_default().to_string(),
        amount_due: totals.amount_due.to_string(),
        due_date: invoice.due_date.to_string(),
    })
}

fn summary(drafts: &[Draft], frame: Sek, due: Sek, language: Language) -> String {
    let header = [
        (language.say("column-draft-to"), Align::Left),
        (language.say("column-members"), Align::Right),
        (language.say("column-fees"), Align::Right),
        (language.say("column-vat"), Align::Right),
        (language.say("column-amount-due"), Align::Right),
    ];
    let row = |draft: &Draft| {
        let invoice = draft.invoice.as_ref()?;
        let totals = &invoice.content.totals;
        Some(vec![
            invoice.content.buyer.name.to_string(),
            invoice.content.lines.len().to_string(),
            totals.sum_of_lines.text(language),
            totals.vat.text(language),
            totals.amount_due.text(language),
        ])
    };
    let mut sorted: Vec<&Draft> = drafts.iter().collect();
    let name =
        |draft: &Draft| draft.invoice.as_ref().map(|invoice| sort_key(invoice.content.buyer.name.as_str()));
    sorted.sort_by_key(|draft| name(draft));
    let rows: Vec<Vec<String>> = sorted.into_iter().filter_map(row).collect();
    let sum = vec![
        language.say("sum-of-frame"),
        String::new(),
        frame.text(language),
        String::new(),
        due.text(language),
    ];
    table::render(&header, rows, Some(sum))
}
