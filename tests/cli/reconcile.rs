//! reconcile: from preliminary invoices to the final fees, through every command that has to do with an invoice.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::issue::record;
use crate::world::{Ran, copy, files, on, root, scratch};

/// The small network of the refusals with the populations of 31 December 2022 alone: Ale 32 394, Bengtsfors 9 255, Mellerud 9 263 (one
/// payer), Göteborg 596 841; 1,50 kr × 142,6 / 138,2, at least 15 000 kr and at most 120 000 kr, 25 % VAT.
fn before_february() -> TempDir {
    let network = scratch();
    copy(&root().join("fixtures/errors/base"), network.path());
    let table = population(network.path());
    let text = fs::read_to_string(&table).unwrap();
    let cut = |line: &str| match line.split(';').collect::<Vec<_>>().as_slice() {
        [area, first, _] => format!("{area};{first}"),
        _ => line.to_owned(),
    };
    fs::write(&table, text.lines().map(|line| cut(line.trim_end()) + "\r\n").collect::<String>()).unwrap();
    network
}

fn population(network: &Path) -> std::path::PathBuf {
    network.join("statistics/folkmangd.csv")
}

/// The figures of 31 December 2023 come: Ale 32 446; in this test Göteborg has 50 000 inhabitants, so that something is credited.
fn february(network: &Path) {
    let table = fs::read_to_string(root().join("fixtures/errors/base/statistics/folkmangd.csv")).unwrap();
    fs::write(population(network), table.replace(";604616", ";50000")).unwrap();
}

fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    ran
}

fn last_line(ran: &Ran) -> &str {
    ran.err.lines().last().unwrap()
}

/// Issued on 10 January on the figures of 2022, reconciled on 1 March.
fn reconciled() -> TempDir {
    let network = before_february();
    let refused = record(network.path(), "2024-01-10", "issue --year 2024");
    assert!(refused.err.contains("it is published about 22 February 2024"), "{}", refused.err);
    done(record(network.path(), "2024-01-10", "issue --year 2024 --preliminary"));
    february(network.path());
    done(record(network.path(), "2024-03-01", "reconcile --year 2024 --date 2024-03-01"));
    network
}

/// Ale: 32 394 × 1,50 × 142,6 / 138,2 = 50 138,03…, and 32 446 gives 50 218,51…: 50 138 and 50 219, 81 kr more, with VAT 101,25.
/// Göteborg: 123 820,54… at the ceiling, and 50 000 × 1,50 × … = 77 387,84…: 123 821 and 77 388, 46 433 kr less, with VAT 58 041,25.
#[test]
fn the_difference_is_told_recorded_once_and_then_settled() {
    let network = before_february();
    let issued = done(record(network.path(), "2024-01-10", "issue --year 2024 --preliminary"));
    assert!(issued.out.contains("PRELIMINÄRT"), "{}", issued.out);
    let xml = fs::read_to_string(network.path().join("documents/2024/EX-20240001.xml")).unwrap();
    assert!(xml.contains("PRELIMINÄR avgift"), "{xml}");
    // Before the figure is there, there is nothing to hold the fee to.
    let early = record(network.path(), "2024-02-01", "reconcile --year 2024");
    assert!(early.err.contains("[population-must-exist]"), "{}", early.err);
    february(network.path());
    let before = files(network.path());
    for told in ["reconcile --year 2024", "reconcile --year 2024 --date 2024-03-01 --dry-run"] {
        let told = done(record(network.path(), "2024-03-01", told));
        assert_eq!(last_line(&told), "2 new, 2 settled");
        for row in [
            "Ale kommun         EX-20240001            50 138 kr   50 138 kr       50 219 kr      +81 kr  tillägg",
            "Göteborgs Stad     EX-20240003           123 821 kr  123 821 kr       77 388 kr  -46 433 kr  kreditering",
            "Tilläggsfaktura  EX-20240004    EX-20240001   Ale kommun          101 kr",
            "Kreditfaktura    EX-20240005    EX-20240003   Göteborgs Stad  -58 041 kr",
        ] {
            assert!(told.out.contains(row), "{row}\n{}", told.out);
        }
        assert_eq!(files(network.path()), before);
    }
    // `issue` bills nothing again, and says what to do.
    let again = done(record(network.path(), "2024-03-01", "issue --year 2024"));
    assert!(again.err.contains("`avgift reconcile --year 2024`"), "{}", again.err);
    assert_eq!(last_line(&again), "0 new, 1 unchanged, 2 changed");

    let recorded = done(record(network.path(), "2024-03-01", "reconcile --year 2024 --date 2024-03-01"));
    assert!(
        recorded.err.contains("2 issued, recorded and written to documents/2024; head "),
        "{}",
        recorded.err
    );
    let after = files(network.path());
    for document in ["EX-20240004.xml", "EX-20240005.xml"] {
        assert!(after.contains_key(&format!("documents/2024/{document}")), "{document}");
    }
    let second = done(record(network.path(), "2024-03-02", "reconcile --year 2024 --date 2024-03-02"));
    assert_eq!(last_line(&second), "0 new, 4 settled");
    let again = done(record(network.path(), "2024-03-02", "issue --year 2024"));
    assert_eq!(last_line(&again), "0 new, 3 unchanged");
    assert_eq!(files(network.path()), after);
}

/// Who does not answer has not agreed; who gives no date is told and records nothing.
#[test]
fn nothing_is_recorded_without_an_answer() {
    let network = before_february();
    done(record(network.path(), "2024-01-10", "issue --year 2024 --preliminary"));
    february(network.path());
    let before = files(network.path());
    let asked = on(
        network.path(),
        "reconcile --year 2024 --date 2024-03-01 --no-pdf --by ekonomi --at 2024-03-01T09:00:00+01:00",
    );
    assert!(asked.err.contains("[answer-must-be-given]"), "{}", asked.err);
    assert_eq!(files(network.path()), before);
}

/// What machines get: each fee with both amounts, each document, and that it leads to nothing any more.
#[test]
fn what_came_of_it_is_told_as_json() {
    let network = reconciled();
    let ran = done(record(network.path(), "2024-03-02", "reconcile --year 2024 --json"));
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (told["new"].as_u64(), told["settled"].as_u64(), told["head"].is_null()),
        (Some(0), Some(4), true)
    );
    let ale = &told["rows"][0];
    let fields =
        ["code", "number", "reference_date", "preliminary", "stands", "final_fee", "difference", "leads_to"];
    let fields = fields.map(|field| ale[field].as_str().unwrap());
    assert_eq!(
        fields,
        ["1440", "20240001", "2022-12-31", "50138.00", "50219.00", "50219.00", "0.00", "settled"]
    );
}

/// The supplement is an invoice as any: its line proves itself, it names the one before, it is paid, overdue, reminded of, posted,
/// listed and proved.
#[test]
fn a_supplement_is_an_invoice_to_every_command() {
    let network = reconciled();
    let xml = fs::read_to_string(network.path().join("documents/2024/EX-20240004.xml")).unwrap();
    for part in [
        "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
        "Redan fakturerat, faktura 20240001",
        "Tillägg till faktura 20240001 av den 10 januari 2024",
        ">32446</cbc:InvoicedQuantity>",
        "<cbc:PayableAmount currencyID=\"SEK\">101.00</cbc:PayableAmount>",
    ] {
        assert!(xml.contains(part), "{part}\n{xml}");
    }
    let reference = "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>20240001</cbc:ID>\
                     <cbc:IssueDate>2024-01-10</cbc:IssueDate>";
    let bare: String = xml.lines().map(str::trim).collect();
    assert!(bare.contains(reference), "{bare}");
    assert!(!xml.contains("PRELIMIN"), "the final fee is no preliminary one");

    let shown = done(on(network.path(), "journal show EX-20240004")).out;
    assert!(shown.contains("Ale kommun"), "{shown}");
    let open = done(on(network.path(), "open --date 2024-04-10"));
    assert!(open.out.contains("101 kr"), "{}", open.out);
    let reminded = done(record(network.path(), "2024-05-01", "remind --date 2024-05-01 --dry-run"));
    assert!(reminded.out.contains("20240004"), "{}", reminded.out);
    let reference = xml.split("<cbc:PaymentID>").nth(1).unwrap().split('<').next().unwrap();
    let paid = format!(
        "pay by-hand --ocr {reference} --amount 101 --date 2024-03-20 --yes --by ekonomi --at 2024-03-20T09:00:00+01:00"
    );
    done(on(network.path(), &paid));
    let open = done(on(network.path(), "open --date 2024-04-10 --format csv")).out;
    assert!(open.contains("20240001") && !open.contains("20240004"), "{open}");
    let register = done(on(network.path(), "export csv --register invoices")).out;
    assert!(register.contains("20240004"), "{register}");
    let proved = done(on(network.path(), "verify --rebuild --against-folder")).out;
    assert!(proved.contains("4 utfärdade avgifter, 0 skiljer sig"), "{proved}");
}

/// The vouchers of the invoices, the supplement and the credit note come to the final fees: 50 219 + 2 × 15 478 + 77 388 kr of
/// revenue, and as much of a receivable as is to be paid.
#[test]
fn the_ledger_has_the_final_fees() {
    let network = reconciled();
    let settings = network.path().join("network.toml");
    let books = "\n[agreement.bookkeeping]\nprofile = \"bas\"\nfinancial_year = 1\n";
    fs::write(&settings, fs::read_to_string(&settings).unwrap() + books).unwrap();
    let out = network.path().join("sie");
    let command =
        format!("export sie --out {} --yes --by ekonomi --at 2024-03-31T09:00:00+02:00", out.display());
    done(on(network.path(), &command));
    let mut of_account = std::collections::BTreeMap::<String, i64>::new();
    for bytes in files(&out).into_values() {
        // Code page 437, of which only digits matter here.
        for line in
            String::from_utf8_lossy(&bytes).lines().filter(|line| line.trim_start().starts_with("#TRANS"))
        {
            let (before, after) = (line.split('{').next().unwrap(), line.split('}').nth(1).unwrap());
            let account = before.split_whitespace().nth(1).unwrap().to_owned();
            let (kronor, ore) = after.split_whitespace().next().unwrap().split_once('.').unwrap();
            let ore = format!("{kronor}{ore:0<2}").parse::<i64>().unwrap();
            *of_account.entry(account).or_default() += ore;
        }
    }
    assert_eq!(of_account["3001"], -(50_219 + 2 * 15_478 + 77_388) * 100, "{of_account:?}");
    assert_eq!(of_account.values().sum::<i64>(), 0);
}

/// Printed, too: three invoices, a supplement and a credit note, each as PDF and XML, are made again to the byte.
#[cfg(feature = "pdf")]
#[test]
fn every_document_is_made_again() {
    let network = before_february();
    let recorded = |day: &str, command: &str| {
        done(on(network.path(), &format!("{command} --yes --by ekonomi --at {day}T09:00:00+01:00")))
    };
    recorded("2024-01-10", "issue --year 2024 --preliminary");
    february(network.path());
    recorded("2024-03-01", "reconcile --year 2024 --date 2024-03-01");
    let documents = files(network.path()).into_keys().filter(|name| name.starts_with("documents/"));
    assert_eq!(documents.filter(|name| name.ends_with(".pdf")).count(), 5);
    let proved = done(on(network.path(), "verify --rebuild")).out;
    assert!(proved.contains("lika till varje byte: 10"), "{proved}");
}
