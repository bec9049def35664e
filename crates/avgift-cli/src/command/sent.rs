//! sent: what was sent is recorded after it was sent, so that an interruption leaves "issued, not sent" and never a doubt.

use std::path::Path;

use avgift_journal::{BATCH_MAX, Batch, Disk, DocumentSent, Journal, Kind, Reading};
use avgift_ledger::Ledger;
use avgift_network::Network;
use chrono::Datelike as _;

use super::Opened;
use super::recording::{opening, stamp, tell_recovery};
use crate::args::Sent;
use crate::error::Error;
use crate::{Done, Refused};

pub(super) fn run(opened: &Opened<Network>, dir: &Path, args: &Sent) -> Result<Done, Refused> {
    let disk = Disk::new(dir);
    let reading = Reading::of(&disk).map_err(|error| error.refusal())?;
    let ledger = Ledger::new(&disk, &reading.state);
    let mut named: Vec<(String, _)> = Vec::new();
    let mut refusals = Vec::new();
    for number in &args.numbers {
        match ledger.find(number) {
            Ok((series, issued)) => named.push((series.to_owned(), issued.number)),
            Err(error) => refusals.push(error.refusal()),
        }
    }
    if let Some(year) = args.year {
        for series in reading.state.series() {
            let of_year = reading
                .state
                .issued(series)
                .iter()
                .filter(|issued| issued.kind != Kind::Burnt && i32::from(issued.year) == year.get());
            named.extend(of_year.map(|issued| (series.to_owned(), issued.number)));
        }
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let mut said = String::new();
    if named.is_empty() {
        said.push_str("nothing was issued that could have been sent\n");
        return Ok(Done { said, ..opened.done(String::new()) });
    }
    let Some(agreement) = opened.network.agreement_of(&named[0].0) else {
        return Err(Error::SeriesMustHaveItsAgreement { series: named[0].0.clone() }.refusal().into());
    };
    let opening = opening(&opened.network, agreement, stamp(&args.stamp));
    let year = opening.stamp.at.year();
    let mut journal = Journal::open(disk, opening).map_err(|error| error.refusal())?;
    tell_recovery(&journal, &mut said);
    for some in named.chunks(BATCH_MAX) {
        let batch = journal.state().next_batch(year);
        let sent = |(series, number): &(String, _)| DocumentSent {
            batch: Some(batch.clone()),
            series: series.clone(),
            number: *number,
            channel: args.channel.name().to_owned(),
            receipt: args.receipt.as_ref().map(ToString::to_string),
        };
        let events = some.iter().map(|named| sent(named).into()).collect();
        journal = journal.commit(Batch { events, documents: Vec::new() }).map_err(|error| error.refusal())?;
    }
    let head = journal.finish().map_err(|error| error.refusal())?;
    said += &format!("{} recorded as sent; head {}\n", named.len(), head.seal.short());
    let mut done = opened.done(String::new());
    done.said += &said;
    Ok(done)
}
