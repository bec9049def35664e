//! What was told replays: every fee of the fixture, computed again from its printed lines alone; and from its JSON alone.

use avgift::{Assessment, Exact, FeeYear, PopulationMode, Ratio, Rounding, Sek, YearOfFees, parse_decimal};
use avgift_invoice::{CreditNote, Invoice, InvoiceNumber, Text};
use avgift_network::{Folder, Network};

use crate::world::{files, fixture, on};

/// The ratio of `142,6 / 138,2`, or of several such with ` × ` between.
fn factor(text: &str) -> Ratio {
    text.split(" × ").fold(Ratio::ONE, |product, pair| {
        let (to, from) = pair.split_once(" / ").unwrap();
        let number =
            |text: &str| Ratio::from_decimal(parse_decimal(text.split(' ').next().unwrap()).unwrap());
        product.times(number(to).over(number(from)).unwrap()).unwrap()
    })
}

/// The fee that the printed lines lead to; nothing but their text is used.
fn replayed(text: &str) -> Sek {
    let mut amount = Exact::ZERO;
    let mut inhabitants = Ratio::ZERO;
    for line in text.lines() {
        let Some((number, rest)) = line.split_once("  ") else { continue };
        if number.parse::<u8>().is_err() {
            continue;
        }
        let columns: Vec<&str> =
            rest.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect();
        let operand = columns.get(2).copied().unwrap_or_default();
        let kronor = |text: &str| Exact::from(text.parse::<Sek>().unwrap());
        match columns[0] {
            "invånarantal" => {
                let count = columns[1].strip_suffix(" invånare").unwrap();
                inhabitants = Ratio::from_decimal(parse_decimal(count).unwrap());
            }
            "efter invånare" => {
                amount = kronor(operand.strip_prefix("× ").unwrap()).times(inhabitants).unwrap()
            }
            "golv" => amount = amount.max(kronor(operand)),
            "tak" => amount = amount.min(kronor(operand)),
            "uppräkning" => amount = amount.times(factor(operand.strip_prefix("× ").unwrap())).unwrap(),
            "del av året" if operand.is_empty() => {}
            "del av året" => amount = amount.times(factor(operand.strip_prefix("× ").unwrap())).unwrap(),
            "avrundning" => {
                assert!(operand.starts_with("till hela kronor"), "{operand}");
                let fee = Rounding::Krona.round(amount).unwrap();
                assert_eq!(columns[1].parse::<Sek>().unwrap(), fee, "{text}");
                return fee;
            }
            other => panic!("a step that nobody knows: {other}"),
        }
    }
    panic!("no rounding in {text}");
}

#[test]
fn every_fee_of_the_fixture_replays_from_its_printed_steps() {
    let mut replays = 0;
    for year in 2023..=2026 {
        let fees = on(&fixture(), &format!("fees --year {year} --format csv")).out;
        for row in fees.lines().skip(1) {
            let fields: Vec<&str> = row.split(',').collect();
            let explained = on(&fixture(), &format!("explain {} --year {year}", fields[1])).out;
            assert_eq!(replayed(&explained).to_string(), fields[8], "{explained}");
            replays += 1;
        }
    }
    assert_eq!(replays, 4 * 39);
}

/// The fixture.
fn network() -> Network {
    let folder =
        files(&fixture()).into_iter().fold(Folder::new(), |folder, (name, bytes)| folder.with(name, bytes));
    Network::read(&folder).unwrap()
}

/// The fees of every year of the fixture.
fn years(network: &Network) -> Vec<YearOfFees> {
    let assess = |year| network.assess(FeeYear::new(year).unwrap(), PopulationMode::Published).unwrap();
    (2023..=2026).map(assess).collect()
}

#[test]
fn every_fee_of_the_fixture_reads_back_and_replays_from_its_json() {
    let fees: Vec<Assessment> = years(&network()).into_iter().flat_map(|fees| fees.assessments).collect();
    assert_eq!(fees.len(), 4 * 39);
    for assessment in fees {
        let json = serde_json::to_string(&assessment).unwrap();
        let stored: Assessment = serde_json::from_str(&json).unwrap();
        assert_eq!(stored, assessment);
        assert_eq!(serde_json::to_string(&stored).unwrap(), json);
        assert_eq!(stored.replay(), Ok(assessment.fee()));
    }
}

/// Each invoice of the fixture, issued, with the credit note over it: what is read back is what was written.
#[test]
fn every_invoice_of_the_fixture_reads_back() {
    let (network, mut number) = (network(), "20240001".parse::<InvoiceNumber>().unwrap());
    let mut read = 0;
    for fees in years(&network) {
        let issue_date = fees.schedule.year().first_day();
        // A year that no agreement covers is not invoiced.
        let Ok(drafts) = network.draft(&fees, issue_date) else { continue };
        for draft in drafts.into_iter().filter_map(|draft| draft.invoice) {
            let invoice = draft.numbered(number);
            let json = serde_json::to_string(&invoice).unwrap();
            let stored: Invoice = serde_json::from_str(&json).unwrap();
            assert_eq!(stored, invoice);
            assert_eq!(serde_json::to_string(&stored).unwrap(), json);
            let next = number.next().unwrap();
            let credit_note = CreditNote::of(&stored, next, issue_date, &Text::new("prov").unwrap()).unwrap();
            let json = serde_json::to_string(&credit_note).unwrap();
            assert_eq!(serde_json::from_str::<CreditNote>(&json).unwrap(), credit_note);
            number = next.next().unwrap();
            read += 1;
        }
    }
    assert!(read > 30, "{read}");
}
