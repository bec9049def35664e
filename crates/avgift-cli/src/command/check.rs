//! check: everything that is wrong with the folder, all at once; nothing is changed.

use avgift::{Refusal, Severity};
use avgift_network::Network;

use super::{Opened, json};
use crate::args::Check;
use crate::world::Texts;
use crate::{Done, Refused};

pub(super) fn run(opened: &Opened<Result<Network, Vec<Refusal>>>, args: &Check) -> Result<Done, Refused> {
    let refusals = match &opened.network {
        Ok(network) => network.check(args.year, |invoice| {
            let faults = avgift_peppol::check(invoice).err().unwrap_or_default();
            faults.iter().map(avgift_peppol::Error::refusal).collect()
        }),
        Err(refusals) => refusals.clone(),
    };
    let texts = Texts::of(&opened.folder, &refusals);
    let out = args.json.then(|| json(&refusals)).transpose()?;
    if refusals.iter().any(|refusal| refusal.severity == Severity::Error) {
        return Err(Refused { refusals, texts, out });
    }
    let years = opened.network.as_ref().map(|network| network.years_on_file(args.year)).unwrap_or_default();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    let said = format!("no errors; fee years computed and invoices drafted: {}\n", years.join(", "));
    Ok(Done { out: out.unwrap_or_default(), said, warnings: refusals, texts })
}
