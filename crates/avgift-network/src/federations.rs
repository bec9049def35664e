//! Federations: `[[tariff.federation]]`, how the members of one payer are charged where not each by the rule.
//! Rule:    the mode is written, and so is by what one fee is told member by member: neither is assumed. What has no meaning in
//!          a mode is refused.
//! Errors:  those of `settings`; PayerMustBeKnown for who is not in payers.csv. Not here: what a year's members may not have
//!          of their own (see the core).

use avgift::{
    Federation, FederationLines, FederationMode, PayerId, Portion, Refusal, Sek, SplitKey, Tariffs,
};
use avgift_invoice::Text;

use crate::error::{Error, Written};
use crate::payers::ReadPayer;
use crate::settings::Section;

/// The modes, as they are written.
#[derive(Clone, Copy)]
enum Mode {
    Pooled,
    Flat,
    Discounted,
}

const MODES: [(&str, Mode); 3] =
    [("pooled", Mode::Pooled), ("flat", Mode::Flat), ("discounted", Mode::Discounted)];
const SPLITS: [(&str, SplitKey); 2] = [("population", SplitKey::Population), ("equal", SplitKey::Equal)];
const LINES: [(&str, FederationLines); 2] = [("one", FederationLines::One), ("each", FederationLines::Each)];

/// The federations of a tariff; nothing where one has faults, which are noted.
pub(crate) fn read(tariff: &Section<'_, '_>) -> Option<Vec<Federation>> {
    let federations: Vec<_> = tariff.sections("federation").into_iter().map(federation).collect();
    federations.into_iter().collect()
}

fn federation(section: Section<'_, '_>) -> Option<Federation> {
    let payer = section.required::<Text>("payer", "\"dme\"");
    if !section.has("mode") {
        section.missing("mode", "\"pooled\", \"flat\" or \"discounted\"");
    }
    let mode = match section.choice("mode", &MODES) {
        Some(Mode::Pooled) => {
            section.without_effect("amount", "unless `mode` is flat");
            section.without_effect("discount", "unless `mode` is discounted");
            let (split, lines) = (split(&section), lines(&section));
            split.zip(lines).map(|(split, lines)| FederationMode::Pooled { split, lines })
        }
        Some(Mode::Flat) => {
            section.without_effect("discount", "unless `mode` is discounted");
            let amount = section.required::<Sek>("amount", "\"25 000 kr\"");
            let (split, lines) = (split(&section), lines(&section));
            amount.zip(split).zip(lines).map(|((amount, split), lines)| FederationMode::Flat {
                amount,
                split,
                lines,
            })
        }
        Some(Mode::Discounted) => {
            for key in ["split", "lines"] {
                section.without_effect(key, "where `mode` is discounted");
            }
            section.without_effect("amount", "unless `mode` is flat");
            let discount = section.required::<Portion>("discount", "\"10 %\"");
            discount.map(|discount| FederationMode::Discounted { discount })
        }
        None => {
            // The settings of every mode are known, so that each is not a fault of its own.
            for key in ["amount", "discount", "split", "lines"] {
                section.has(key);
            }
            None
        }
    };
    section.finish();
    let payer = payer?;
    Some(Federation { payer: PayerId::new(payer.value.as_str()), mode: mode?, origin: payer.origin })
}

/// By what the one fee is told member by member; never assumed.
fn split(section: &Section<'_, '_>) -> Option<avgift::Sourced<SplitKey>> {
    if !section.has("split") {
        section.missing("split", "\"population\" or \"equal\"");
    }
    section.chosen("split", &SPLITS)
}

/// What the invoice shows; one line unless it says otherwise, and nothing where that is faulty.
fn lines(section: &Section<'_, '_>) -> Option<FederationLines> {
    if section.has("lines") { section.choice("lines", &LINES) } else { Some(FederationLines::One) }
}

/// Federations that are in no row of payers.csv.
pub(crate) fn check(tariffs: &Tariffs, payers: &[ReadPayer], faults: &mut Vec<Refusal>) {
    let federations = tariffs.iter().flat_map(|tariff| &tariff.federations);
    for Federation { payer, origin, .. } in federations {
        // What is read has its place.
        let Some(origin) = origin.clone() else { continue };
        if !payers.iter().any(|known| known.id.text == payer.as_str()) {
            let known = payers.iter().map(|known| known.id.text.clone()).collect();
            let payer = Written { text: payer.to_string(), origin };
            faults.push(Error::PayerMustBeKnown { payer, known }.refusal());
        }
    }
}
