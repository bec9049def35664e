//! report: the fees of a year as a page for the board.

use std::path::Path;

use avgift::{Bridge, Comparison, FeeYear, Forecast, Language, YearOfFees};
use avgift_journal::{Disk, Reading};
use avgift_network::Network;
use avgift_report::{Board, Compared, board_html};

use super::{Opened, both, export};
use crate::args::{Figures, Report};
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
    let (earlier, not_compared) = earlier(opened, args.year, args.compare, &args.figures)?;
    let refused = |error: avgift::Error| error.refusal();
    let held = earlier.as_ref().map(|earlier| {
        let comparison = Comparison::of(earlier, &fees)?;
        Ok((comparison, Bridge::between(opened.network.basis(), earlier, &fees)?))
    });
    let held = held.transpose().map_err(refused)?;
    let compared = earlier.as_ref().zip(held.as_ref());
    let compared =
        compared.map(|(fees, (comparison, bridge))| Compared { fees, comparison, bridge: Some(bridge) });
    let head = Reading::of(&Disk::new(dir)).map_err(|error| error.refusal())?.head;
    let seal = head.seal.to_string();
    let network = opened.title(language);
    let board = Board {
        network: &network,
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

/// The fees to hold those of a year against: of the year that was asked for, which must be there; else of the one before, or
/// the year before itself where they cannot be computed.
fn earlier(
    opened: &Opened<Network>,
    year: FeeYear,
    asked_for: Option<FeeYear>,
    figures: &Figures,
) -> Result<(Option<YearOfFees>, Option<FeeYear>), Refused> {
    if let Some(asked_for) = asked_for {
        return opened.fees(asked_for, figures).map(|fees| (Some(fees), None));
    }
    let Ok(before) = FeeYear::new(year.get() - 1) else { return Ok((None, None)) };
    Ok(match opened.fees(before, figures) {
        Ok(fees) => (Some(fees), None),
        Err(_) => (None, Some(before)),
    })
}
