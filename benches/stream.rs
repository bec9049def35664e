//! A million rows read, assessed and written as CSV, beside the csv crate reading them; and the memory each holds.
#![allow(missing_docs, reason = "a bench has no readers of its documentation")]

use avgift::Share;
use avgift_benches::{populations, schedule};
use avgift_scb::PopulationStream;
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

const ROWS: [u32; 2] = [10_000, 1_000_000];

fn file(rows: u32) -> String {
    let mut file = String::from("municipality_code,municipality,year,population\n");
    for inhabitants in populations(rows).expect("in range") {
        file += &format!("1440,Ale,2023,{}\n", inhabitants.get());
    }
    file
}

#[divan::bench(args = ROWS, sample_count = 20)]
fn csv_crate_reads(bencher: Bencher<'_, '_>, rows: u32) {
    let file = file(rows);
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        let mut reader = csv::Reader::from_reader(black_box(file.as_bytes()));
        let mut record = csv::ByteRecord::new();
        let mut fields = 0;
        while reader.read_byte_record(&mut record).expect("well-formed") {
            fields += black_box(&record).len();
        }
        fields
    });
}

#[divan::bench(args = ROWS, sample_count = 20)]
fn read_assessed_and_written(bencher: Bencher<'_, '_>, rows: u32) {
    let file = file(rows);
    let fees = schedule().and_then(|schedule| schedule.bulk(Share::WHOLE)).expect("tariff T is sound");
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        let mut writer = csv::Writer::from_writer(std::io::sink());
        let mut amount = Vec::with_capacity(24);
        for row in
            PopulationStream::new("population.csv", black_box(file.as_bytes())).expect("has its header")
        {
            let (code, _, inhabitants) = row.expect("well-formed");
            amount.clear();
            std::io::Write::write_fmt(&mut amount, format_args!("{}", fees.fee(inhabitants)))
                .expect("into memory");
            writer.write_record([code.as_str().as_bytes(), &amount]).expect("into the sink");
        }
        writer.flush()
    });
}
