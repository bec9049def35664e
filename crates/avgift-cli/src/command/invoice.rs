//! invoice: draft invoices of a fee year, one a payer, or one a part and instalment, written as a whole folder or not at all.

use std::collections::BTreeSet;

use avgift::{Assessment, Language, NaiveDate, PayerId, Sek, YearOfFees};
use avgift_invoice::Line;
use avgift_network::names::sort_key;
use avgift_network::{Draft, Network, note_each_once};
use avgift_peppol::{envelope, to_ubl};
use serde::Serialize;

use super::paper::{Paper, Printed};
use super::{Opened, csv, heading, is_preliminary, json, refused};
use crate::args::Invoice;
use crate::error::Wanted;
use crate::table::{self, Align};
use crate::world::{self, DRAFTS_MARK, Staging};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
}

pub(super) fn run(opened: &Opened<Network>, args: &Invoice, language: Language) -> Result<Done, Refused> {
    let fees = opened.fees(args.year, &args.figures)?;
    let date = args.date.unwrap_or_else(world::today);
    let drafts = opened.network.draft(&fees, date).map_err(|faults| refused(&opened.folder, faults))?;
    let letterhead =
        opened.network.letterhead(args.year).map_err(|faults| refused(&opened.folder, faults))?;
    let (paper, mut faults) = match Paper::new(letterhead, !args.no_pdf) {
        Ok(paper) => (paper, Vec::new()),
        Err(faults) => (None, faults),
    };
    let mut written = Vec::new();
    for Draft { payer, invoice } in &drafts {
        let Some(invoice) = invoice else { continue };
        let on_paper_only = paper.is_some() && invoice.content.buyer.electronic_address.is_none();
        let xml = match args.envelope {
            _ if on_paper_only => Ok(None),
            true => to_ubl(invoice).and_then(|_| envelope(invoice)).map(Some),
            false => to_ubl(invoice).map(Some),
        };
        let xml = xml.unwrap_or_else(|errors| {
            note_each_once(&mut faults, errors.iter().map(avgift_peppol::Error::refusal));
            None
        });
        written.push(Written { payer, invoice, xml, json: json(invoice)? });
    }
    let printed: Vec<Printed<'_>> = written.iter().map(|written| written.printed(&fees)).collect();
    if let Some(paper) = &paper {
        for printed in &printed {
            note_each_once(&mut faults, paper.check(printed).err().unwrap_or_default());
        }
    }
    if !faults.is_empty() {
        return Err(refused(&opened.folder, faults));
    }
    let rows: Vec<Row> = written.iter().map(|written| row(written, &fees)).collect();
    let staging = Staging::new(&args.out, args.replace.then_some(DRAFTS_MARK), Wanted::Folder)?;
    if let Some(paper) = &paper {
        let write = |printed: &Printed<'_>, pdf: &[u8]| {
            let content = printed.document.content();
            staging.write(&format!("{}{}.pdf", content.buyer.payer, content.file_suffix()), pdf)
        };
        paper.print(&printed, write).map_err(|faults| refused(&opened.folder, faults))?;
    }
    for written in &written {
        if let Some(xml) = &written.xml {
            staging.write(&written.file("xml"), xml.as_bytes())?;
        }
        staging.write(&written.file("json"), written.json.as_bytes())?;
    }
    staging.write(DRAFTS_MARK, csv(&rows).as_bytes())?;
    staging.finish()?;

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
    for Written { payer, .. } in written.iter().filter(|written| written.xml.is_none()) {
        done.said +=
            &format!("no electronic invoice to {payer}, which has no electronic address: send the PDF\n");
    }
    done.said += &format!("{} drafts written to {}\n", rows.len(), crate::shown(&args.out));
    Ok(done)
}

/// What is written of a draft.
struct Written<'a> {
    payer: &'a PayerId,
    invoice: &'a avgift_invoice::Invoice,
    /// The electronic invoice; none to who takes none and gets the PDF alone.
    xml: Option<String>,
    json: String,
}

impl Written<'_> {
    fn file(&self, extension: &str) -> String {
        format!("{}{}.{extension}", self.payer, self.invoice.content.file_suffix())
    }

    /// What is printed of it, with the best that a machine can read inside.
    fn printed(&self, fees: &YearOfFees) -> Printed<'_> {
        let mine = |fee: &&Assessment| fee.payer() == self.payer;
        let explanation =
            |fee: &Assessment| self.invoice.content.explanation(fee, self.invoice.content.buyer.language);
        let (name, bytes) = match &self.xml {
            Some(xml) => (self.file("xml"), xml.as_bytes()),
            None => (self.file("json"), self.json.as_bytes()),
        };
        let explanations = fees.assessments.iter().filter(mine).map(explanation).collect();
        Printed { document: self.invoice.into(), explanations, name, bytes }
    }
}

fn row(written: &Written<'_>, fees: &YearOfFees) -> Row {
    let content = &written.invoice.content;
    Row {
        payer: written.payer.to_string(),
        file: written.file(if written.xml.is_some() { "xml" } else { "pdf" }),
        members: members(&content.lines),
        fees: content.totals.sum_of_lines.to_string(),
        vat: content.totals.vat.to_string(),
        rounding: content.totals.rounding.unwrap_or_default().to_string(),
        amount_due: content.totals.amount_due.to_string(),
        due_date: written.invoice.due_date.to_string(),
        preliminary: is_preliminary(&[fees]),
        known_on: fees.known_on(),
    }
}

/// How many members have a line; one whose fee is in parts has several.
fn members(lines: &[Line]) -> usize {
    lines.iter().flat_map(Line::members).collect::<BTreeSet<_>>().len()
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
        let cut = invoice.content.cut_text(language).map(|cut| format!(", {cut}")).unwrap_or_default();
        Some(vec![
            format!("{}{cut}", invoice.content.buyer.name),
            members(&invoice.content.lines).to_string(),
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
