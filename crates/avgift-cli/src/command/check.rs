//! check: everything that is wrong with the folder, all at once; nothing is changed.

use avgift::{Refusal, Severity};
use avgift_invoice::{Invoice, Letterhead};
use avgift_network::Network;
use avgift_peppol::Error::BuyerMustHaveElectronicAddress;

use super::paper::{Paper, Printed};
use super::{Opened, json};
use crate::args::Check;
use crate::world::Texts;
use crate::{Done, Refused};

pub(super) fn run(opened: &Opened<Result<Network, Vec<Refusal>>>, args: &Check) -> Result<Done, Refused> {
    let refusals = match &opened.network {
        Ok(network) => {
            let mut printers = Printers::default();
            network.check(args.year, |invoice, letterhead| {
                let mut faults = avgift_peppol::check(invoice).err().unwrap_or_default();
                if cfg!(feature = "pdf") {
                    // Who takes no electronic invoice gets the PDF.
                    faults.retain(|fault| !matches!(fault, BuyerMustHaveElectronicAddress { .. }));
                }
                let mut faults: Vec<Refusal> = faults.iter().map(avgift_peppol::Error::refusal).collect();
                faults.extend(printers.check(invoice, letterhead));
                faults
            })
        }
        Err(refusals) => refusals.clone(),
    };
    let texts = Texts::of(&opened.folder, &refusals);
    let out = args.json.then(|| json(&refusals)).transpose()?;
    if refusals.iter().any(|refusal| refusal.severity == Severity::Error) {
        return Err(Refused { texts, out, ..Refused::from(refusals) });
    }
    let years = opened.network.as_ref().map(|network| network.years_on_file(args.year)).unwrap_or_default();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    let said = format!("no errors; fee years computed and invoices drafted: {}\n", years.join(", "));
    Ok(Done { out: out.unwrap_or_default(), said, warnings: refusals, texts })
}

/// A printer for each letterhead that was met.
#[derive(Default)]
struct Printers(Vec<(Letterhead, Option<Paper>)>);

impl Printers {
    /// What of an invoice cannot be printed. The first under each letterhead is printed, which tries logo and template; of
    /// the others the characters are looked at.
    fn check(&mut self, invoice: &Invoice, letterhead: &Letterhead) -> Vec<Refusal> {
        let printed = Printed {
            document: invoice.into(),
            explanations: Vec::new(),
            name: "utkast.json".to_owned(),
            bytes: b"{}",
        };
        if let Some((_, paper)) = self.0.iter().find(|(met, _)| met == letterhead) {
            return paper.as_ref().and_then(|paper| paper.check(&printed).err()).unwrap_or_default();
        }
        let (paper, mut faults) = match Paper::new(letterhead, true) {
            Ok(paper) => (paper, Vec::new()),
            Err(faults) => (None, faults),
        };
        if let Some(paper) = &paper {
            faults.extend(paper.print(&[printed], |_, _| Ok(())).err().unwrap_or_default());
        }
        self.0.push((letterhead.clone(), paper));
        faults
    }
}
