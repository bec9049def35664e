//! A journal of 100 000 invoices written without documents, and one of a million read and verified; the syncs it takes,
//! and the memory each holds.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use std::cell::Cell;
use std::fs::File;
use std::io;
use std::rc::Rc;
use std::sync::OnceLock;

use avgift::{NaiveDate, Sek};
use avgift_invoice::{InvoiceNumber, OcrMode, OcrReference};
use avgift_journal::{
    BATCH_MAX, Batch, ChargeKey, Disk, Event, Folder, InvoiceIssued, Journal, Locked, Opening, Raw, Reading,
    Stamp, verify,
};
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const WRITTEN: usize = 100_000;
const READ: usize = 1_000_000;

fn main() {
    divan::main();
}

/// A disk that counts how often it is asked to be sure.
#[derive(Debug, Clone)]
struct Counted {
    disk: Disk,
    syncs: Rc<Cell<usize>>,
}

impl Folder for Counted {
    type Lock = File;

    fn lock(&self, name: &str, holder: &str) -> io::Result<Locked<File>> {
        self.disk.lock(name, holder)
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        self.disk.length(name)
    }

    fn read_at(&self, name: &str, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.disk.read_at(name, at, buffer)
    }

    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.names(folder)
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.disk.append(name, bytes)
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        self.syncs.set(self.syncs.get() + 1);
        self.disk.sync(name)
    }

    fn truncate(&self, name: &str, length: u64) -> io::Result<()> {
        self.disk.truncate(name, length)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(name, bytes)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        self.disk.make_folder(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.syncs.set(self.syncs.get() + 1);
        self.disk.sync_folder(folder)
    }
}

fn opening() -> Opening {
    Opening {
        stamp: Stamp {
            by: "asa.ek".to_owned(),
            at: "2027-01-15T09:00:00+01:00".parse().expect("a time"),
            tool: "avgift 0.1.0".to_owned(),
        },
        machine: "ekonomi-1".to_owned(),
        org: "Exempelnätverket".to_owned(),
        orgnr: "802400-0013".to_owned(),
    }
}

fn invoice(batch: &str, place: usize) -> Event {
    let number: InvoiceNumber = (10_000_001 + place).to_string().parse().expect("digits");
    let date = NaiveDate::from_ymd_opt(2027, 1, 15).expect("a day");
    let total = Sek::from_ore(1_234_500);
    InvoiceIssued {
        batch: batch.to_owned(),
        series: "F".to_owned(),
        number,
        keys: vec![ChargeKey::of(&["membership-fee", "2027", &place.to_string(), "1"])],
        divided: None,
        year: 2027,
        payer: format!("ort-{}", place % 290),
        date,
        due: date,
        ocr: OcrReference::of(number, OcrMode::CheckAndLength),
        total,
        net: total,
        vat: Sek::ZERO,
        vat_category: "O".to_owned(),
        documents: Vec::new(),
        inputs: Raw::of(&"inputs").expect("text"),
        invoice: Raw::of(&"the whole invoice").expect("text"),
    }
    .into()
}

/// Writes so many invoices to a new folder; how often it asked the disk to be sure.
fn write(folder: &TempDir, count: usize) -> usize {
    let counted = Counted { disk: Disk::new(folder.path()), syncs: Rc::default() };
    let mut journal = Journal::open(counted.clone(), opening()).expect("a new folder");
    for start in (0..count).step_by(BATCH_MAX) {
        let name = format!("2027-{}", start / BATCH_MAX + 1);
        let events = (start..count.min(start + BATCH_MAX)).map(|place| invoice(&name, place)).collect();
        journal = journal.commit(Batch { events, documents: Vec::new() }).expect("sound");
    }
    journal.finish().expect("synced");
    counted.syncs.get()
}

/// A journal of a million invoices, written once.
fn million() -> &'static TempDir {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let _ = write(&folder, READ);
        folder
    })
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn invoices_written(bencher: Bencher<'_, '_>) {
    let syncs = Cell::new(0);
    bencher
        .counter(ItemsCount::new(WRITTEN))
        .with_inputs(|| tempfile::tempdir().expect("a folder"))
        .bench_local_refs(|folder| syncs.set(write(folder, WRITTEN)));
    #[allow(clippy::print_stdout, reason = "a figure of the bench, beside divan's own")]
    {
        println!(
            "{} syncs for {WRITTEN} invoices; allowed are {}",
            syncs.get(),
            2 * WRITTEN.div_ceil(BATCH_MAX) + 8
        );
    }
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_opened(bencher: Bencher<'_, '_>) {
    let disk = Disk::new(million().path());
    bencher.counter(ItemsCount::new(READ)).bench_local(|| Reading::of(&disk).expect("sound").head);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_verified(bencher: Bencher<'_, '_>) {
    let disk = Disk::new(million().path());
    bencher.counter(ItemsCount::new(READ)).bench_local(|| verify(&disk, None).expect("sound").0.head);
}
