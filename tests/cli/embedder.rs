//! Refusals that no folder of a network can cause, caused through the libraries as an embedder would.

use std::collections::BTreeMap;
use std::io::{self, Read};

use avgift::{
    Decimal, FeeYear, Growth, IndexFactor, IndexFigure, IndexStatus, Inhabitants, NaiveDate, PayerId,
    PopulationMode, Refusal, Sek, Share, ShareUnit, YearOfFees,
};
use avgift_camt::{Iban, OurAccounts, Tolerance};
use avgift_invoice::{
    Agreement, BankgiroNumber, Buyer, CreditNote, CreditedPart, Document, Invoice, InvoiceNumber, Letterhead,
    OcrMode, OcrReference, PayableRounding, PaymentTerms, PostalAddress, Taken, Text, VatTreatment,
};
use avgift_network::{Folder, Network};
use avgift_pdf::{Attachment, Job, Typesetter};
use avgift_report::{RegisterBook, RegisterSheet, register_workbook};
use avgift_scb::PopulationStream;

use crate::bookkeeping;
use crate::errors::{folders, name};
use crate::importing;
use crate::journal;
use crate::world::{expect, files, root};

#[test]
fn every_refusal_of_the_libraries_reads_as_expected() {
    for (code, refusal) in causes() {
        assert_eq!(refusal.code, code);
        expect(&root().join("fixtures/errors").join(code).join("refusal.txt"), &format!("{refusal}\n"));
    }
}

#[test]
fn what_an_embedder_did_stands_in_the_folder_of_each_cause() {
    let described: Vec<String> = folders()
        .iter()
        .filter(|folder| folder.join("embedder").exists())
        .map(|folder| name(folder).to_owned())
        .collect();
    assert_eq!(described, causes().into_keys().collect::<Vec<_>>());
}

fn bulk_fees_of_decided_amounts() -> Refusal {
    let year = FeeYear::new(2024).unwrap();
    let amount = Sek::from_kronor(25_000).unwrap().into();
    let shape = avgift::Shape::Decided([("1440".parse().unwrap(), amount)].into());
    let schedule = avgift::Tariff::of("T", year, shape).schedule(year, &avgift::Indices::new()).unwrap();
    schedule.bulk(Share::WHOLE).unwrap_err().refusal()
}

fn share_of_a_total_alone() -> Refusal {
    let year = FeeYear::new(2024).unwrap();
    let weight = "100 %".parse::<avgift::Portion>().unwrap().into();
    let keys = vec![avgift::WeightedKey { key: avgift::Key::Population, weight }];
    let total = Sek::from_kronor(600_000).unwrap().into();
    let shape = avgift::Shape::Total { total, keys, among: avgift::Among::All };
    let schedule = avgift::Tariff::of("T", year, shape).schedule(year, &avgift::Indices::new()).unwrap();
    let ale = avgift::Member::new("1440".parse().unwrap(), "Ale");
    let population = avgift::PopulationFigure::of_year_end(ale.code, 2023, 32_446).unwrap();
    schedule.assess(&ale, &population).unwrap_err().refusal()
}

fn part_of_a_federation_alone() -> Refusal {
    let year = FeeYear::new(2024).unwrap();
    let (split, lines) = (avgift::SplitKey::Population.into(), avgift::FederationLines::One);
    let mode = avgift::FederationMode::Pooled { split, lines };
    let federation = avgift::Federation { payer: PayerId::new("dme"), mode, origin: None };
    let tariff = avgift::Tariff::per_inhabitant("T", year, "1,50 kr".parse().unwrap());
    let tariff = avgift::Tariff { federations: vec![federation], ..tariff };
    let schedule = tariff.schedule(year, &avgift::Indices::new()).unwrap();
    let mellerud = avgift::Member::new("1461".parse().unwrap(), "Mellerud").paid_by(PayerId::new("dme"));
    let population = avgift::PopulationFigure::of_year_end(mellerud.code, 2023, 9_165).unwrap();
    schedule.assess(&mellerud, &population).unwrap_err().refusal()
}

fn limit_against_nothing() -> Refusal {
    let year = FeeYear::new(2024).unwrap();
    let up = Some("10 %".parse::<avgift::Portion>().unwrap().into());
    let limit = Some(avgift::YearlyLimit { up, ..avgift::YearlyLimit::default() });
    let tariff = avgift::Tariff::per_inhabitant("T", year, "1,50 kr".parse().unwrap());
    let schedule = avgift::Tariff { limit, ..tariff }.schedule(year, &avgift::Indices::new()).unwrap();
    let ale = avgift::Member::new("1440".parse().unwrap(), "Ale");
    let population = avgift::PopulationFigure::of_year_end(ale.code, 2023, 32_446).unwrap();
    schedule.assess(&ale, &population).unwrap_err().refusal()
}

/// Each code with the refusal that the libraries give.
pub(crate) fn causes() -> BTreeMap<&'static str, Refusal> {
    let draft = draft();
    let number: InvoiceNumber = "20240001".parse().unwrap();
    let issued = draft.clone().numbered(number);
    let later: InvoiceNumber = "20240002".parse().unwrap();
    let reason = Text::new("Fel medlem").unwrap();
    let credit = |invoice: &Invoice, number, date| {
        CreditNote::of(invoice, number, day(date), &reason).unwrap_err().refusal()
    };
    let text = |error: avgift_invoice::Error| error.refusal();

    let mut causes = BTreeMap::from([
        ("share-must-be-within-the-year", Share::new(13, 12, ShareUnit::Months).unwrap_err().refusal()),
        ("growth-must-be-in-range", "100 %".parse::<Growth>().unwrap_err().refusal()),
        ("bulk-fees-must-hang-on-inhabitants", bulk_fees_of_decided_amounts()),
        ("limit-must-have-its-previous-fees", limit_against_nothing()),
        ("total-must-have-its-members", share_of_a_total_alone()),
        ("federation-must-have-its-members", part_of_a_federation_alone()),
        ("inhabitants-must-be-in-range", Inhabitants::new(0).unwrap_err().refusal()),
        ("index-figure-must-be-in-range", figure("AKI", "2022M10", "0").unwrap_err().refusal()),
        ("index-series-must-match", set_against("AKI tjänstemän C", "2022M10", IndexStatus::Preliminary)),
        ("index-month-must-match", set_against("LÖI arbetare C", "2022M09", IndexStatus::Preliminary)),
        ("index-status-must-match", set_against("LÖI arbetare C", "2022M10", IndexStatus::Final)),
        ("assessment-must-replay", fee_changed()),
        ("category-must-have-code", category_without_a_code()),
        ("reference-rate-must-be-known", rate_of_later()),
        ("numbers-must-be-set", without_numbers()),
        ("header-must-name-its-columns", streamed("municipality_code,municipality,year,count\n")),
        (
            "population-must-be-a-whole-number",
            streamed("municipality_code,municipality,year,population\n1440,Ale,2023,32446.5\n"),
        ),
        ("file-must-be-readable", broken_off()),
        (
            "ocr-reference-must-be-two-to-twenty-five-digits",
            text("2024 0001 07".parse::<OcrReference>().unwrap_err()),
        ),
        ("ocr-reference-must-pass-luhn", text("2024000170".parse::<OcrReference>().unwrap_err())),
        (
            "invoice-number-must-be-one-to-twenty-digits",
            text("F-2024-1".parse::<InvoiceNumber>().unwrap_err()),
        ),
        ("address-must-have-at-most-three-lines", address_of_four_lines()),
        ("payer-must-have-members", payer_of_nobody(&draft)),
        ("credited-invoice-must-be-issued", credit(&draft, later, "2024-03-15")),
        ("credit-note-must-have-its-own-number", credit(&issued, number, "2024-03-15")),
        ("credit-note-must-not-precede-invoice", credit(&issued, later, "2024-02-27")),
        ("credited-line-must-be-of-the-invoice", part(&issued, &[], 7, Taken::Rest).unwrap_err().refusal()),
        ("credited-line-must-stand-once", line_twice(&issued)),
        (
            "credit-must-take-something-back",
            part(&issued, &[], 1, Taken::Amount(Sek::ZERO)).unwrap_err().refusal(),
        ),
        ("credit-must-not-exceed-what-is-left", more_than_is_left(&issued)),
        ("earlier-credit-must-be-of-the-invoice", credit_of_another(&issued)),
        ("earlier-credits-must-be-complete", credit_left_out(&issued)),
        ("document-must-add-up", document_changed(&issued)),
        ("document-must-be-typeset", attached(&draft)),
        ("workbook-must-have-a-year", workbook_of("Exempelnätverket", 0)),
        ("fee-year-must-stand-once", workbook_of("Exempelnätverket", 2)),
        ("rows-must-fit-a-sheet", register_of_a_million_rows()),
        ("text-must-fit-a-cell", workbook_of(&"Exempelnätverket ".repeat(2_000), 1)),
        ("profile-rule-must-hold", amount_changed(draft.clone())),
        ("bank-file-must-not-be-too-large", bank_file("bank/2027.xml", &vec![b' '; (16 << 20) + 1])),
        ("lump-sum-should-have-its-payments", lump_sum()),
        ("iban-must-have-its-form", "SE45 5000 0000 0583 9825 746".parse::<Iban>().unwrap_err().refusal()),
        ("iban-must-pass-its-check", "SE45 5000 0000 0583 9825 7646".parse::<Iban>().unwrap_err().refusal()),
        ("tolerance-must-be-below-a-krona", Tolerance::new(Sek::from_ore(100)).unwrap_err().refusal()),
    ]);
    causes.insert("import-must-go-on-as-it-began", importing::under_other_keys());
    causes.extend(bookkeeping::causes(&draft, &issued));
    causes.extend(journal::causes());
    causes.extend(BAD_BANK_FILES.map(|code| (code, bad_bank_file(code))));
    causes
}

/// A register of one row more than a sheet has room for.
fn register_of_a_million_rows() -> Refusal {
    let register = RegisterSheet {
        name: "Fakturajournal".to_owned(),
        about: String::new(),
        columns: Vec::new(),
        rows: vec![Vec::new(); 1_048_569],
        sum: None,
    };
    let book = RegisterBook { title: String::new(), notice: String::new(), sheets: vec![register] };
    register_workbook(&book, avgift::Language::Swedish).unwrap_err().refusal()
}

/// The draft as a PDF with a file in it whose kind is none.
fn attached(draft: &Invoice) -> Refusal {
    let attachment = Attachment { name: "utkast.xml", mime_type: "none", bytes: b"<x/>" };
    let job = Job { document: draft.into(), explanations: &[], attachment };
    let typesetter = Typesetter::new(&Letterhead::default()).unwrap();
    typesetter.typeset(&job).unwrap_err()[0].refusal()
}

/// The codes that a file in fixtures/payments/bad shows, and that no other crate has.
const BAD_BANK_FILES: [&str; 10] = [
    "bank-account-must-be-ours",
    "bank-code-must-be-known",
    "bank-currency-must-be-sek",
    "bank-field-must-be-there",
    "bank-message-must-be-read",
    "bank-payments-must-be-counted",
    "bank-payments-must-sum-to-their-entry",
    "bank-text-must-be-of-its-encoding",
    "bank-xml-must-be-readable",
    "bank-xml-must-not-have-a-document-type",
];

fn bad_bank_file(code: &str) -> Refusal {
    let bytes = std::fs::read(root().join("fixtures/payments/bad").join(format!("{code}.xml"))).unwrap();
    bank_file("bank/2027-02-15.xml", &bytes)
}

/// The first fault of a file of the bank.
fn bank_file(name: &str, bytes: &[u8]) -> Refusal {
    avgift_camt::read(name, bytes, &our_accounts()).unwrap_err()[0].refusal()
}

fn our_accounts() -> OurAccounts {
    let bankgiro: BankgiroNumber = "991-2346".parse().unwrap();
    let iban: Iban = "SE45 5000 0000 0583 9825 7466".parse().unwrap();
    OurAccounts::new().with(bankgiro).with(&iban)
}

/// A statement without its payments, which is read with a warning.
fn lump_sum() -> Refusal {
    let bytes = std::fs::read(root().join("fixtures/payments/good/camt053-v08-lump-sum.xml")).unwrap();
    avgift_camt::read("bank/2027-02-15.xml", &bytes, &our_accounts()).unwrap().warnings[0].clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn figure(series: &str, month: &str, value: &str) -> Result<IndexFigure, avgift::Error> {
    let value: Decimal = value.parse().unwrap();
    IndexFigure::new(series, month.parse().unwrap(), IndexStatus::Preliminary, value)
}

/// A later figure of some series, month and status, set against one of October 2021.
fn set_against(series: &str, month: &str, status: IndexStatus) -> Refusal {
    let from = figure("LÖI arbetare C", "2021M10", "138.2").unwrap();
    let to = IndexFigure { status, ..figure(series, month, "142.6").unwrap() };
    IndexFactor::between(&from, &to).unwrap_err().refusal()
}

/// A network with the reference rate of half a year, and a day after it.
fn rate_of_later() -> Refusal {
    let mut base = files(&root().join("fixtures/errors/base"));
    let rate = "\n[[reference_rate]]\nfrom = 2024-07-01\nrate = \"4,00\"\nsource = \"Riksbanken\"\n";
    base.get_mut("network.toml").unwrap().extend(rate.bytes());
    network_of(base).reference_rates().rate_on(day("2025-01-01")).unwrap_err()
}

/// A stored fee was changed, and nothing that it rests on.
fn fee_changed() -> Refusal {
    let network = network();
    let mut stored = serde_json::to_value(&fees(&network).assessments[0]).unwrap();
    stored["steps"][1]["value"]["exact"] = "48670/1".into();
    let assessment: avgift::Assessment = serde_json::from_value(stored).unwrap();
    assessment.replay().unwrap_err().refusal()
}

/// Two tables were to be set beside each other, and one of them has texts alone.
fn category_without_a_code() -> Refusal {
    let file = "\"region\";\"Folkmängd 2023\"\n\"Ale\";32446\n\"Göteborg\";604616\n";
    let table = avgift_scb::read("statistics/folkmangd.csv", file.as_bytes()).unwrap();
    table.coded().unwrap_err()[0].refusal()
}

/// The first fault of a tidy file that is read row by row.
fn streamed(file: &str) -> Refusal {
    match PopulationStream::new("population.csv", file.as_bytes()) {
        Err(error) => error.refusal(),
        Ok(mut rows) => rows.find_map(Result::err).unwrap().refusal(),
    }
}

/// A file whose connection breaks.
fn broken_off() -> Refusal {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the connection was closed"))
        }
    }
    PopulationStream::new("population.csv", Broken).err().unwrap().refusal()
}

fn address_of_four_lines() -> Refusal {
    let lines =
        ["c/o Ekonomi", "Kommunhuset", "Exempelgatan 83", "Box 12"].map(|line| Text::new(line).unwrap());
    let city = Text::new("Exempelstad").unwrap();
    PostalAddress::new(lines.into(), "999 40".parse().unwrap(), city).unwrap_err().refusal()
}

/// The fees of fee year 2024 of the sound network.
fn fees(network: &Network) -> YearOfFees {
    network.assess(FeeYear::new(2024).unwrap(), PopulationMode::Published).unwrap()
}

fn network() -> Network {
    network_of(files(&root().join("fixtures/errors/base")))
}

fn network_of(files: BTreeMap<String, Vec<u8>>) -> Network {
    Network::read(&files.into_iter().fold(Folder::new(), |folder, (name, bytes)| folder.with(name, bytes)))
        .unwrap()
}

/// The sound network before somebody set its series.
fn without_numbers() -> Refusal {
    let mut files = files(&root().join("fixtures/errors/base"));
    let settings = String::from_utf8(files["network.toml"].clone()).unwrap();
    let (before, _) = settings.split_once("[agreement.numbers]").unwrap();
    files.insert("network.toml".to_owned(), before.as_bytes().to_vec());
    network_of(files).numbers_for_issue(FeeYear::new(2024).unwrap()).unwrap_err()
}

/// A draft of the sound network.
fn draft() -> Invoice {
    let network = network();
    let drafts = network.draft(&fees(&network), day("2024-02-28")).unwrap();
    drafts.into_iter().find_map(|draft| draft.invoice).unwrap()
}

/// The parties of a draft, and another payer, for whom no member is paid.
fn payer_of_nobody(draft: &Invoice) -> Refusal {
    let network = network();
    let agreement = Agreement {
        network: Text::new(network.name()).unwrap(),
        seller: draft.content.seller.clone(),
        vat: VatTreatment::Standard("25".parse().unwrap()),
        terms: PaymentTerms::DaysNet(30),
        late_interest: None,
        ocr_mode: OcrMode::default(),
        payable_rounding: PayableRounding::default(),
        origin: None,
    };
    let nobody = Buyer { payer: PayerId::new("exempel"), origin: None, ..draft.content.buyer.clone() };
    let faults = Invoice::draft(&fees(&network), &nobody, &agreement, day("2024-02-28")).unwrap_err();
    faults[0].refusal()
}

/// A workbook of fee year 2024, so many times.
fn workbook_of(name: &str, years: usize) -> Refusal {
    let years = vec![fees(&network()); years];
    avgift_report::workbook(name, &years, avgift::Language::Swedish, None).unwrap_err().refusal()
}

/// A credit note over a part of one line; it is numbered after the earlier ones.
fn part(
    invoice: &Invoice,
    earlier: &[&CreditNote],
    line: usize,
    taken: Taken,
) -> Result<CreditNote, Box<avgift_invoice::Error>> {
    let number = format!("2024000{}", earlier.len() + 2).parse().unwrap();
    let reason = Text::new("Fel medlem").unwrap();
    CreditNote::of_part(invoice, earlier, number, day("2024-03-15"), &reason, &[CreditedPart { line, taken }])
        .map_err(Box::new)
}

/// One line was chosen twice.
fn line_twice(issued: &Invoice) -> Refusal {
    let parts = [Sek::from_ore(100), Sek::from_ore(200)];
    let parts = parts.map(|amount| CreditedPart { line: 1, taken: Taken::Amount(amount) });
    let (number, reason) = ("20240002".parse().unwrap(), Text::new("Fel medlem").unwrap());
    CreditNote::of_part(issued, &[], number, day("2024-03-15"), &reason, &parts).unwrap_err().refusal()
}

/// One krona less was taken back before than is asked for now.
fn more_than_is_left(issued: &Invoice) -> Refusal {
    let most = issued.content.lines[0].net_amount;
    let first = part(issued, &[], 1, Taken::Amount(most.minus(Sek::from_ore(100)).unwrap())).unwrap();
    part(issued, &[&first], 1, Taken::Amount(Sek::from_ore(200))).unwrap_err().refusal()
}

/// A credit note over one invoice was given for another.
fn credit_of_another(issued: &Invoice) -> Refusal {
    let first = part(issued, &[], 1, Taken::Amount(Sek::from_ore(100))).unwrap();
    let other = draft().numbered("20240007".parse().unwrap());
    part(&other, &[&first], 1, Taken::Rest).unwrap_err().refusal()
}

/// The first of two credit notes was left out.
fn credit_left_out(issued: &Invoice) -> Refusal {
    let first = part(issued, &[], 1, Taken::Amount(Sek::from_ore(100))).unwrap();
    let second = part(issued, &[&first], 1, Taken::Amount(Sek::from_ore(100))).unwrap();
    avgift_invoice::left_of(issued, &[&second]).unwrap_err().refusal()
}

/// An amount of an issued invoice was changed.
fn document_changed(issued: &Invoice) -> Refusal {
    let mut invoice = issued.clone();
    invoice.content.totals.amount_due = Sek::from_ore(100);
    Document::from(&invoice).check_sums().unwrap_err().refusal()
}

/// A document is what it was made as; whoever changes an amount afterwards is found out.
fn amount_changed(mut draft: Invoice) -> Refusal {
    draft.content.totals.amount_due = Sek::ZERO;
    avgift_peppol::to_ubl(&draft).unwrap_err()[0].refusal()
}
