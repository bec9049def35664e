//! report: the fees of a year as a page for the board.

use std::path::Path;

use avgift::{Bridge, Comparison, FeeYear, Forecast, Language, YearOfFees};
use avgift_journal::{Disk, Reading};
use avgift_network::Network;
use avgift_report::{Board, Compared, board_html};

use super::{Opened, both, export};
use crate::args::Report;
use crate::{Done, Refused};

pub(super) fn run(
    opened: &Opened<Network>,
    dir: &Path,
    args: &Report,
    language: Language,
) -> Result<Done, Refused> {
    let forecast = args.assumptions().map(|assumptions| {
        let forecast = Forecast::of(opened.network.basis(), args.years(), assumptions, args.band);
        forecast.map_err(|errors| opened.refused(errors.iter().map(avgift::Error::refusal).collect()))
    });
    let forecast = forecast.transpose()?;
    // Of years ahead, those whose figures are all on file stand among the others too.
    let on_file: Vec<FeeYear> = match &forecast {
        Some(forecast) => {
            forecast.years.iter().filter(|year| year.is_on_file).map(|year| year.year).collect()
        }
        None => args.years().to_vec(),
    };
    let (fees, more_years) =
        both(opened.fees(args.year, &args.figures), opened.years(&on_file, &args.figures))?;
    let in_force =
        args.scenario.file.as_ref().map(|_| Opened::known(dir, None, &args.figures.known)).transpose()?;
    let (earlier, not_compared) = earlier(opened, in_force.as_ref(), args)?;
    let refused = |error: avgift::Error| error.refusal();
    let before = in_force.as_ref().unwrap_or(opened);
    let held = earlier.as_ref().map(|earlier| {
        let comparison = Comparison::of(earlier, &fees)?;
        Ok((comparison, Bridge::of((before.network.basis(), earlier), (opened.network.basis(), &fees))?))
    });
    let held = held.transpose().map_err(refused)?;
    let compared = earlier.as_ref().zip(held.as_ref());
    let compared = compared.map(|(fees, (comparison, bridge))| Compared { fees, comparison, bridge });
    let head = Reading::of(&Disk::new(dir)).map_err(|error| error.refusal())?.head;
    let seal = head.seal.to_string();
    // A page that is handed out names the file, not where it lies on somebody's disk.
    let scenario =
        args.scenario.file.as_deref().map(|file| crate::shown(file.file_name().map_or(file, Path::new)));
    let name = opened.network.name();
    let network = match &scenario {
        Some(file) => language.tell("scenario-of-network", &[("network", name), ("file", file)]),
        None => name.to_owned(),
    };
    let board = Board {
        network: &network,
        scenario: scenario.as_deref(),
        fees: &fees,
        compared,
        not_compared,
        more_years: &more_years,
        forecast: forecast.as_ref(),
        journal: (head.seq > 0).then_some((head.seq, seal.as_str())),
    };
    let page = board_html(&board, language).map_err(|error| error.refusal())?;
    export::to_file(opened, page.as_bytes(), &args.file)
}

/// The fees to hold those of a year against: of the year that was asked for, which must be there; else of the one before. What
/// comes of a scenario is held against what is in force, in the same year unless another was asked for. Where the fees cannot be
/// computed, their year.
fn earlier(
    opened: &Opened<Network>,
    in_force: Option<&Opened<Network>>,
    args: &Report,
) -> Result<(Option<YearOfFees>, Option<FeeYear>), Refused> {
    let (from, before) = match in_force {
        Some(in_force) => (in_force, Ok(args.year)),
        None => (opened, FeeYear::new(args.year.get() - 1)),
    };
    if let Some(asked_for) = args.compare {
        return from.fees(asked_for, &args.figures).map(|fees| (Some(fees), None));
    }
    let Ok(before) = before else { return Ok((None, None)) };
    Ok(match from.fees(before, &args.figures) {
        Ok(fees) => (Some(fees), None),
        Err(_) => (None, Some(before)),
    })
}
