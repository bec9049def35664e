//! export: files for other programs.

use std::path::Path;

use avgift::{Language, YearOfFees};
use avgift_network::Network;
use avgift_report::workbook;

use super::{Opened, books, registers};
use crate::args::{Export, NewFile};
use crate::world;
use crate::{Done, Refused};

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Export,
    language: Language,
) -> Result<Done, Refused> {
    match args {
        Export::Sie(args) => books::run(opened, dir, args, language),
        Export::Csv(args) => registers::csv(opened, dir, args),
        Export::Json(args) => registers::json(opened, dir, args),
        Export::Xlsx(args) if args.registers => registers::xlsx(opened, dir, args, language),
        Export::Xlsx(args) => {
            let years = opened.years(&args.span(), &args.figures)?;
            xlsx(opened, &years, &args.file, language)
        }
    }
}

/// Writes a workbook. It bears no day, so that the same figures give the same bytes.
pub(super) fn xlsx(
    opened: &Opened<Network>,
    years: &[YearOfFees],
    file: &NewFile,
    language: Language,
) -> Result<Done, Refused> {
    let bytes = workbook(opened.network.name(), years, language, None).map_err(|error| error.refusal())?;
    to_file(opened, &bytes, file)
}

/// Writes a file and says so.
pub(super) fn to_file(opened: &Opened<Network>, bytes: &[u8], file: &NewFile) -> Result<Done, Refused> {
    world::write_file(&file.out, bytes, file.replace)?;
    let said = format!("written to {}\n", crate::shown(&file.out));
    Ok(Done { said, ..opened.done(String::new()) })
}
