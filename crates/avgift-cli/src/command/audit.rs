//! audit: the auditor's package of a fee year: the inputs, the fees as formulas, why each amount, the documents, the whole journal,
//! and a list of SHA-256 that any system checks. The same folder gives the same bytes.

use std::path::Path;

use avgift::{Language, PopulationMode, YearOfFees};
use avgift_journal::{Error as JournalError, JOURNAL, Seal};
use avgift_ledger::{
    Ledger, MANIFEST, Package, Proof, RecordedFee, Selection, YearOfRecords, entries, prove,
};
use avgift_report::{explanation_html, workbook};

use super::verify::{Checked, against};
use super::{Opened, fees, heading, journal, registers};
use crate::args::Audit;
use crate::error::{Error, Wanted};
use crate::world;
use crate::{Done, Refused};

/// How a person without the program checks the package.
const README: &str = include_str!("../../../../docs/granskning.txt");
/// How the system computes, numbers, records and keeps.
const SYSTEM: &str = include_str!("../../../../docs/systemdokumentation.md");

pub(super) fn run(dir: &Path, args: &Audit, language: Language) -> Result<Done, Refused> {
    let opened = Opened::network(dir)?;
    let disk = world::journal_of(dir)?;
    let Proof { verified, recomputed, state } = prove(&disk, None)?;
    let records = YearOfRecords::of(&disk, &state, args.year).map_err(|error| error.refusal())?;
    if records.fees.is_empty() {
        return Err(Error::YearMustBeIssued { year: args.year }.refusal().into());
    }
    let mut package = Package::default();
    package.add("README.txt", README);
    package.add("systemdokumentation.md", SYSTEM);
    for (name, bytes) in opened.folder.files() {
        package.add(name, bytes);
    }
    for name in records.files.keys().map(String::as_str).chain([JOURNAL]) {
        package.add(name, recorded(dir, &records, name)?);
    }
    for RecordedFee { documents, fee, cuts } in &records.fees {
        let mut explanation = fee.explanation(language);
        explanation.remarks.extend(cuts.iter().flat_map(|content| content.charged_here(fee, language)));
        let (name, numbers) = (format!("forklaringar/{}", fee.code()), documents.join(", "));
        package.add(format!("{name}.txt"), format!("{numbers}\n\n{}\n", explanation.text()));
        package.add(format!("{name}.html"), explanation_html(&explanation));
    }
    let (lines, reading) =
        entries(&disk, &Selection::default(), language).map_err(|error| error.refusal())?;
    package.add("journal.txt", journal::table(&lines, reading.head, language));
    package.add("register.xlsx", registers::whole(&opened, dir, language)?);
    let mut done = opened.done(String::new());
    match opened.network.assess(args.year, PopulationMode::Published) {
        Ok(fees) => of_today(&mut package, opened.network.name(), &fees, language)?,
        Err(_) => {
            done.said += &format!(
                "{} cannot be computed from the folder of today: the package has no workbook, and says why\n",
                args.year
            );
        }
    }
    let mut checked = Checked::of(&verified, Some(recomputed));
    checked.against_folder = Some(against(&opened, &Ledger::new(&disk, &state))?);
    package.add("kontroll.txt", checked.text(language));

    let count = package.len() + 1;
    write(package, args)?;
    done.said += &format!(
        "{count} files written to {}; check them with `sha256sum -c {MANIFEST}`; head {}\n",
        crate::shown(&args.out),
        verified.head.seal.short()
    );
    Ok(done)
}

/// What the folder of today gives for the year.
fn of_today(package: &mut Package, name: &str, fees: &YearOfFees, language: Language) -> Result<(), Refused> {
    package.add("taxa.txt", heading(name, &[fees], language));
    package.add("avgifter.csv", fees::rows(fees, None));
    let workbook =
        workbook(name, std::slice::from_ref(fees), language, None).map_err(|error| error.refusal())?;
    package.add("arbetsbok.xlsx", workbook);
    Ok(())
}

/// The bytes of a file that the journal names, which were held to their seal a moment ago.
fn recorded(dir: &Path, records: &YearOfRecords, name: &str) -> Result<Vec<u8>, Refused> {
    let bytes = world::read_recorded(dir, name)?;
    match records.files.get(name) {
        Some(sha256) if Seal::of(&bytes) != *sha256 => {
            let (document, sha256) = (name.to_owned(), *sha256);
            Err(JournalError::DocumentMustBeAsIssued { document, is_missing: false, sha256 }.refusal().into())
        }
        _ => Ok(bytes),
    }
}

/// Writes the package as a ZIP file or a folder, whole or not at all.
fn write(package: Package, args: &Audit) -> Result<(), Refused> {
    let out = &args.out;
    if out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        let unwritable = |error: std::io::Error| world::unwritable(out, &error);
        let bytes = package.zip().map_err(unwritable)?;
        world::write_file(out, &bytes, args.replace)?;
    } else {
        let staging = world::Staging::new(out, args.replace.then_some(MANIFEST), Wanted::Package)?;
        for (name, bytes) in package.files() {
            staging.write(&name, &bytes)?;
        }
        staging.finish()?;
    }
    Ok(())
}
