//! Exporting: what was recorded for a host since its last export, as files for its ledger.
//! Rule:    a file holds the vouchers of one financial year. A line of the journal is handed over once for each year that it
//!          has vouchers in: a file holds the lines after those that the last file of that host and year held.
//! Rule:    the file is kept with the journal and sealed in it. The same file is made again from the journal with the day and
//!          the version that the export was recorded with.
//! Errors:  FinancialYearMustStayAsExported, ExportMustBeFound, ExportMustBeMadeAgain, those of the bookkeeping file and of
//!          the journal. Warnings: FileShouldBeOfAnOpenYear, PaymentShouldBeOfOneHost, and texts that were folded.

use avgift::{NaiveDate, Refusal, Sek};
use avgift_invoice::OrganisationNumber;
use avgift_journal::{Batch, DOCUMENTS, Document as Written, ExportSie, Folder, Journal, Rest, Seal};
use avgift_network::note_each_once;
use avgift_sie::{Anchor, Event, FinancialYear, Head, SieFile};

use crate::books::{Books, Hosts};
use crate::error::Error;
use crate::history::{Exported, History, Recorded};
use crate::placing::{Moved, Placing};
use crate::refused;

/// A file that is to be exported, or was.
#[derive(Debug, Clone)]
pub struct BooksFile {
    /// Its place in the network's folder.
    pub name: String,
    /// The file.
    pub file: SieFile,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The first line of the journal that it may hold.
    pub from_seq: u64,
    /// The last.
    pub to_seq: u64,
}

impl BooksFile {
    /// What its rows on the debit side sum to.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn turnover(&self) -> Result<Sek, Error> {
        let rows = self.file.vouchers().iter().flat_map(|voucher| voucher.rows());
        Ok(Sek::sum(rows.map(|row| row.amount.max(Sek::ZERO)))?)
    }
}

/// Payments that stand on no account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unposted {
    /// How many.
    pub count: usize,
    /// What they come to.
    pub sum: Sek,
}

impl Unposted {
    fn take(&mut self, amount: Sek) -> Result<(), Error> {
        (self.count, self.sum) = (self.count + 1, self.sum.plus(amount)?);
        Ok(())
    }
}

/// What is to be exported for a host.
#[derive(Debug, Clone)]
pub struct ExportPlan {
    /// Whose books.
    pub host: OrganisationNumber,
    /// The name of the host.
    pub name: String,
    /// A file for each financial year that has something new, the earliest first.
    pub files: Vec<BooksFile>,
    /// Payments that wait for a person.
    pub for_a_person: Unposted,
    /// Payments that have nothing to do with the fees.
    pub not_ours: Unposted,
    /// What is odd and no fault.
    pub warnings: Vec<Refusal>,
    /// The last seal of the journal that it was made on.
    pub head: Seal,
}

/// What stands in a file besides its vouchers.
#[derive(Debug, Clone, Copy)]
struct Marks<'a> {
    generated: NaiveDate,
    version: &'a str,
}

/// Documents and payments of a journal, in the books of one host.
struct Posted<'a> {
    history: &'a History,
    books: &'a Books,
    /// Each with its line, in the order of the lines.
    entries: Vec<(u64, Entry<'a>)>,
}

enum Entry<'a> {
    Document(&'a Recorded),
    Moved(Box<Moved>),
}

impl Entry<'_> {
    fn date(&self) -> NaiveDate {
        match self {
            Entry::Document(recorded) => recorded.date(),
            Entry::Moved(moved) => moved.date(),
        }
    }

    fn event(&self) -> Event<'_> {
        match self {
            Entry::Document(recorded) => Event::Issued(recorded.document()),
            Entry::Moved(moved) => moved.event(),
        }
    }
}

impl<'a> Posted<'a> {
    fn of(history: &'a History, hosts: &Hosts<'_>, books: &'a Books) -> Result<Posted<'a>, Error> {
        let ours = history.documents.iter().filter(|recorded| recorded.host() == books.host);
        let mut entries: Vec<(u64, Entry<'a>)> =
            ours.map(|recorded| (recorded.seq, Entry::Document(recorded))).collect();
        for received in &history.payments {
            let placing = Placing { history, received };
            let moves = placing.moves(books.host, placing.owner(hosts))?;
            entries.extend(moves.into_iter().map(|(seq, moved)| (seq, Entry::Moved(Box::new(moved)))));
        }
        entries.sort_by_key(|(seq, _)| *seq);
        Ok(Posted { history, books, entries })
    }

    /// The file of a financial year over lines of the journal; none where it would have no voucher.
    fn file(
        &self,
        year: FinancialYear,
        from_seq: u64,
        to_seq: u64,
        marks: Marks<'_>,
    ) -> Result<Option<BooksFile>, Vec<Refusal>> {
        let is_in = |(seq, entry): &&(u64, Entry<'_>)| {
            (from_seq..=to_seq).contains(seq) && year.contains(entry.date())
        };
        let entries: Vec<&Entry<'_>> = self.entries.iter().filter(is_in).map(|(_, entry)| entry).collect();
        let Some(first) = entries.iter().map(|entry| entry.date()).min() else { return Ok(None) };
        let mut vouchers = Vec::new();
        for version in self.books.versions() {
            let of_it = |entry: &&&Entry<'_>| std::ptr::eq(self.books.on(entry.date()), version);
            let events: Vec<Event<'_>> = entries.iter().filter(of_it).map(|entry| entry.event()).collect();
            vouchers.extend(version.posting.vouchers(events).map_err(|errors| version.refusals(&errors))?);
        }
        let settled = self.books.on(first);
        let seal = self.history.seal(to_seq).unwrap_or(Seal::NONE);
        let head = Head {
            version: marks.version.to_owned(),
            anchor: Some(Anchor { rows: from_seq..=to_seq, head: seal.short() }),
            reader: settled.reader,
            checksum: settled.checksum,
            ..settled.posting.head(marks.generated)
        };
        let file = SieFile::new(head, year, vouchers).map_err(|errors| settled.refusals(&errors))?;
        let host = self.books.host;
        let bytes = file.write();
        let name = format!("{DOCUMENTS}/bokforing/{}-{}-{from_seq}-{to_seq}.SI", host.digits(), year.end());
        Ok(Some(BooksFile { name, file, bytes, from_seq, to_seq }))
    }
}

/// What is to be exported of the books of a host; `ending` takes the financial year that ends in that calendar year alone.
///
/// # Errors
/// Those named at the top of this file.
pub fn plan_export(
    history: &History,
    hosts: &Hosts<'_>,
    books: &Books,
    ending: Option<i32>,
    generated: NaiveDate,
    version: &str,
) -> Result<ExportPlan, Vec<Refusal>> {
    let earlier = earlier(history, books);
    check_years(&earlier, books)?;
    let posted = Posted::of(history, hosts, books).map_err(refused)?;
    let mut years = std::collections::BTreeSet::new();
    for (_, entry) in &posted.entries {
        let settled = books.on(entry.date());
        years.insert(settled.years.of(entry.date()).map_err(|error| settled.refusals(&[error]))?);
    }
    let mut plan = ExportPlan {
        host: books.host,
        name: books.name.clone(),
        files: Vec::new(),
        for_a_person: Unposted::default(),
        not_ours: Unposted::default(),
        warnings: Vec::new(),
        head: history.head.seal,
    };
    for year in years {
        if ending.is_some_and(|ending| chrono::Datelike::year(&year.end()) != ending) {
            continue;
        }
        let of_year =
            earlier.iter().filter(|export| export.event.year_end.is_none_or(|end| end == year.end()));
        let from_seq = of_year.map(|export| export.event.to_seq).max().unwrap_or(0) + 1;
        let marks = Marks { generated, version };
        let Some(file) = posted.file(year, from_seq, history.head.seq, marks)? else { continue };
        if earlier.iter().any(|export| export.event.year_end.is_some_and(|end| end > year.end())) {
            let (host, vouchers) = (books.name.clone(), file.file.vouchers().len());
            let error = Error::FileShouldBeOfAnOpenYear { host, year: year.end(), vouchers };
            plan.warnings.push(error.refusal());
        }
        note_each_once(&mut plan.warnings, file.file.warnings());
        plan.files.push(file);
    }
    plan.tell_payments(history, hosts).map_err(refused)?;
    Ok(plan)
}

impl ExportPlan {
    /// Counts the payments that stand on no account, and warns of those that pay invoices of two hosts.
    fn tell_payments(&mut self, history: &History, hosts: &Hosts<'_>) -> Result<(), Error> {
        for received in &history.payments {
            let placing = Placing { history, received };
            let owner = placing.owner(hosts);
            if owner != Some(self.host) {
                continue;
            }
            match placing.unposted() {
                Some((Rest::ForAPerson, amount)) => self.for_a_person.take(amount)?,
                Some((_, amount)) => self.not_ours.take(amount)?,
                None => {}
            }
            if placing.crosses(owner) {
                let (bank_key, host) = (received.event.bank_key.clone(), self.name.clone());
                self.warnings.push(Error::PaymentShouldBeOfOneHost { bank_key, host }.refusal());
            }
        }
        Ok(())
    }
}

/// The exports of the books of a host; an older one that names no host is everybody's.
fn earlier<'a>(history: &'a History, books: &Books) -> Vec<&'a Exported> {
    let number = books.host.to_string();
    let ours = |export: &&Exported| export.event.orgnr.as_ref().is_none_or(|of| *of == number);
    history.exports.iter().filter(ours).collect()
}

/// A year that was exported must still end on the day that it ended: else its vouchers would belong to another year, and be
/// handed over again.
fn check_years(earlier: &[&Exported], books: &Books) -> Result<(), Vec<Refusal>> {
    let mut faults = Vec::new();
    for end in earlier.iter().filter_map(|export| export.event.year_end) {
        let settled = books.on(end);
        let found = settled.years.of(end).map(FinancialYear::end);
        if found != Ok(end) {
            let host = books.name.clone();
            let error = Error::FinancialYearMustStayAsExported { host, end, found: found.ok() };
            note_each_once(&mut faults, [settled.at_years(error.refusal())]);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Records a plan and keeps its files with the journal.
///
/// # Errors
/// `HeadMustNotHaveMoved` where the journal went on since the plan was made, and the others of the journal. Files of earlier
/// years that were recorded before it stay so, and are not handed over again.
pub fn export<F: Folder>(mut journal: Journal<F>, plans: &[ExportPlan]) -> Result<Journal<F>, Vec<Refusal>> {
    if let Some(plan) = plans.first() {
        journal.expect_head(plan.head).map_err(refused)?;
    }
    for plan in plans {
        for BooksFile { name, file, bytes, from_seq, to_seq } in &plan.files {
            let event = ExportSie {
                file: name.clone(),
                sha256: Seal::of(bytes),
                from_seq: *from_seq,
                to_seq: *to_seq,
                orgnr: Some(plan.host.to_string()),
                year_end: Some(file.year().end()),
            };
            let documents = vec![Written { name: name.clone(), bytes: bytes.clone() }];
            journal = journal.commit(Batch { events: vec![event.into()], documents }).map_err(refused)?;
        }
    }
    Ok(journal)
}

/// The exports of the books of a host that a user names by a line, or those of the last run.
///
/// # Errors
/// `ExportMustBeFound`.
pub fn find_exports(
    history: &History,
    host: Option<OrganisationNumber>,
    seq: Option<u64>,
) -> Result<Vec<&Exported>, Error> {
    let number = host.map(|host| host.to_string());
    let ours = |export: &&Exported| {
        export.event.year_end.is_some() && (number.is_none() || export.event.orgnr == number)
    };
    let all: Vec<&Exported> = history.exports.iter().filter(ours).collect();
    let found: Vec<&Exported> = match seq {
        Some(seq) => all.iter().copied().filter(|export| export.seq == seq).collect(),
        None => {
            let last = all.last().map(|export| (export.event.to_seq, export.stamp.at));
            let is_of_it = |export: &&Exported| Some((export.event.to_seq, export.stamp.at)) == last;
            all.iter().copied().filter(is_of_it).collect()
        }
    };
    if found.is_empty() {
        let known = all.iter().rev().take(3).map(|export| export.seq).collect();
        return Err(Error::ExportMustBeFound { seq, known });
    }
    Ok(found)
}

/// The file of an export, made again from the journal alone and held to its seal.
///
/// # Errors
/// `ExportMustBeMadeAgain` where it comes out otherwise; it tells whether the program or the settings changed.
pub fn export_again(
    history: &History,
    hosts: &Hosts<'_>,
    books: &Books,
    exported: &Exported,
    tool: &str,
) -> Result<BooksFile, Vec<Refusal>> {
    let Exported { event, stamp, seq } = exported;
    let version = stamp.tool.rsplit_once(' ').map_or(stamp.tool.as_str(), |(_, version)| version);
    let marks = Marks { generated: stamp.at.date_naive(), version };
    let end = event.year_end.unwrap_or(marks.generated);
    let settled = books.on(end);
    let year = settled.years.of(end).map_err(|error| settled.refusals(&[error]))?;
    let posted = Posted::of(history, hosts, books).map_err(refused)?;
    let made = posted.file(year, event.from_seq, event.to_seq, marks)?;
    match made {
        Some(made) if Seal::of(&made.bytes) == event.sha256 => {
            Ok(BooksFile { name: event.file.clone(), ..made })
        }
        _ => Err(refused(Error::ExportMustBeMadeAgain {
            file: event.file.clone(),
            seq: *seq,
            recorded: event.sha256,
            then: stamp.tool.clone(),
            now: tool.to_owned(),
        })),
    }
}
