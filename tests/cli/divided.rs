//! Fees in parts, each with its VAT, and in instalments, from the settings to the ledger: fixtures/cases/parts-and-instalments/,
//! whose README works the amounts out.

use std::fs;
use std::path::Path;

use crate::issue::record;
use crate::world::{Ran, copy, expect, files, on, root, scratch};

fn case() -> std::path::PathBuf {
    root().join("fixtures/cases/parts-and-instalments")
}

fn network() -> tempfile::TempDir {
    let scratch = scratch();
    copy(&case().join("input"), scratch.path());
    scratch
}

fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

fn edit(network: &Path, change: impl Fn(&str) -> String) {
    let path = network.join("network.toml");
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(path, changed).unwrap();
}

fn last_line(ran: &Ran) -> String {
    ran.err.lines().last().unwrap().to_owned()
}

/// Twelve drafts, each with a name of its own, and the sum of all lines is the frame.
#[test]
fn drafts_are_one_a_part_and_instalment() {
    let network = network();
    let out = network.path().join("ut");
    let command = format!("invoice --year 2024 --date 2024-02-01 --no-pdf --out {}", out.display());
    let ran = done(on(network.path(), &command));
    expect(&case().join("expected/drafts.txt"), &ran.out);
    let written = files(&out);
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 25); // An XML and a JSON each, and drafts.csv.
    let read = |name: &str| String::from_utf8(written[name].clone()).unwrap();
    expect(&case().join("expected/drafts.csv"), &read("drafts.csv"));
    for name in ["ale-medlemsavgift-delbetalning-2.xml", "ale-serviceavgift-delbetalning-2.xml"] {
        expect(&case().join("expected").join(name), &read(name));
    }
}

#[test]
fn a_year_of_instalments_prints_and_records_what_is_expected() {
    let network = network();
    let network = network.path();
    let expected = case().join("expected");
    let steps = [
        ("1-spring", "2024-02-01", "issue --year 2024"),
        ("2-again", "2024-02-02", "issue --year 2024"),
        ("3-autumn", "2024-08-15", "issue --year 2024"),
        ("4-again", "2024-08-16", "issue --year 2024"),
        ("5-credit", "2024-08-17", "credit EX-20240008 --reason Återtas"),
        ("6-anew", "2024-08-18", "issue --year 2024"),
    ];
    for (name, day, command) in steps {
        let ran = done(record(network, day, command));
        expect(&expected.join(format!("{name}.txt")), &format!("$ avgift {command}\n{}{}", ran.out, ran.err));
    }
    let export = on(network, "export sie --yes --by ekonomi --at 2024-08-19T09:00:00+02:00");
    assert_eq!(export.code, 0, "{}", export.err);
    let verify = done(on(network, "verify --rebuild --against-folder"));
    expect(&expected.join("7-verify.txt"), &verify.out);
    let open = done(on(network, "open --date 2024-10-01"));
    expect(&expected.join("8-open.txt"), &open.out);
    expect(&expected.join("journal.jsonl"), &fs::read_to_string(network.join("journal.jsonl")).unwrap());
    let documents = files(&network.join("documents"));
    let names: String = documents.keys().map(|name| format!("{name}\n")).collect();
    expect(&expected.join("documents.txt"), &names);
    let (_, sie) = documents.iter().find(|(name, _)| name.ends_with(".SI")).unwrap();
    let text =
        sie.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect::<String>();
    // What is outside the scope of VAT is a fee, and what carries 25 % is a service.
    assert!(text.contains("#TRANS 3010 {} -567.00 20240815 \"Medlemsavgift 2024\""), "{text}");
    assert!(text.contains("#TRANS 3001 {} -5107.00 20240815 \"Serviceavgift 2024\""), "{text}");
    judge(&documents, "parts");
    let audit = network.join("revision");
    let ran = on(network, &format!("audit --year 2024 --out {}", audit.display()));
    assert_eq!(ran.code, 0, "{}", ran.err);
    expect(&expected.join("1440.txt"), &fs::read_to_string(audit.join("forklaringar/1440.txt")).unwrap());
}

/// The electronic documents, for the judge.
fn judge(documents: &std::collections::BTreeMap<String, Vec<u8>>, name: &str) {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge").join(name);
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    for (path, bytes) in documents.iter().filter(|(path, _)| path.ends_with(".xml")) {
        fs::write(out.join(path.rsplit('/').next().unwrap()), bytes).unwrap();
    }
}

/// 11 350 kr at the floor are 1 135 and 10 215 kr: without instalments, two invoices.
#[test]
fn eleven_thousand_three_hundred_and_fifty_is_ten_and_ninety_percent() {
    let network = network();
    edit(network.path(), |text| {
        let (before, rest) = text.split_once("# Var del betalas").unwrap();
        let (_, after) = rest.split_once("[agreement.seller]").unwrap();
        format!("{before}[agreement.payment]\ndays = 30\n\n[agreement.seller]{after}")
    });
    let ran = done(record(network.path(), "2024-02-01", "issue --year 2024"));
    assert_eq!(last_line(&ran), "6 new, 0 unchanged");
    let xml = |number: &str| {
        fs::read_to_string(network.path().join(format!("documents/2024/EX-{number}.xml"))).unwrap()
    };
    let holds = |text: &str, element: &str| assert!(text.contains(element), "{element} is not in {text}");
    let (membership, service) = (xml("20240001"), xml("20240002"));
    holds(&membership, "<cbc:TaxExclusiveAmount currencyID=\"SEK\">1135.00<");
    holds(&membership, "<cbc:PayableAmount currencyID=\"SEK\">1135.00<");
    holds(&membership, "<cbc:AllowanceChargeReason>Del: Medlemsavgift 10 %<");
    holds(&service, "<cbc:TaxExclusiveAmount currencyID=\"SEK\">10215.00<");
    holds(&service, "<cbc:TaxAmount currencyID=\"SEK\">2553.75<");
    holds(&service, "<cbc:PayableAmount currencyID=\"SEK\">12769.00<");
    holds(&service, "<cbc:AllowanceChargeReason>Del: Serviceavgift 90 %<");
    // Outside the scope of VAT no VAT number stands on the invoice (BR-O-02), and no rate.
    assert!(!membership.contains("SE992000100601") && !membership.contains("<cbc:Percent>"), "{membership}");
    holds(&service, "SE992000100601");
    let again = done(record(network.path(), "2024-02-02", "issue --year 2024"));
    assert_eq!(last_line(&again), "0 new, 6 unchanged");
}

/// What was issued in parts and instalments is not issued again as a whole.
#[test]
fn settings_that_change_after_issue_bill_nothing_again() {
    let network = network();
    let first = done(record(network.path(), "2024-02-01", "issue --year 2024 --instalment 1"));
    assert_eq!(last_line(&first), "6 new, 0 unchanged, 6 later");
    edit(network.path(), |text| {
        let (before, rest) = text.split_once("# En tiondel").unwrap();
        let (_, after) = rest.split_once("[agreement.seller]").unwrap();
        let whole = "vat = { category = \"S\", rate = 25 }\n[agreement.payment]\ndays = 30\n";
        format!("{before}{whole}[agreement.seller]{after}")
    });
    let ran = done(record(network.path(), "2024-02-02", "issue --year 2024"));
    assert_eq!(last_line(&ran), "0 new, 0 unchanged, 3 changed");
    let told = "ale: issued 6,953 kr, now 14,188 kr; nothing was changed; to bill anew: `avgift credit EX-20240001 \
                --reason …`, `avgift credit EX-20240002 --reason …`, then `avgift issue --year 2024`";
    assert!(ran.err.contains(told), "{}", ran.err);
}

/// On the day it was due, and a day later.
#[test]
fn an_instalment_that_was_due_is_refused_at_its_agreement() {
    let network = network();
    let late = record(network.path(), "2024-04-01", "issue --year 2024");
    assert_eq!(late.code, 1);
    let told = "error[due-date-must-not-precede-issue-date]";
    assert!(late.err.contains(told) && late.err.contains("--> network.toml:11:1"), "{}", late.err);
    let in_time = done(record(network.path(), "2024-03-31", "issue --year 2024"));
    assert_eq!(last_line(&in_time), "6 new, 0 unchanged, 6 later");
}

#[test]
fn an_instalment_that_there_is_not_is_refused() {
    let network = network();
    let ran = record(network.path(), "2024-02-01", "issue --year 2024 --instalment 3");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("error[instalment-must-be-of-the-year]: 2024 has no instalment 3"),
        "{}",
        ran.err
    );
}

/// The reference of the second invoice, 20240002, pays that one: 568 kr of the other part stay open, and VAT is told by treatment.
#[test]
fn an_instalment_of_a_part_is_paid_by_its_own_reference() {
    let network = network();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    let pay = "pay by-hand --date 2024-03-28 --amount 6385 --ocr 2024000206 --payer Ale --yes --by ekonomi \
               --at 2024-03-28T09:00:00+01:00";
    done(on(network.path(), pay));
    let open = done(on(network.path(), "open --date 2024-04-01"));
    assert!(
        open.out.contains("EX-20240001    Ale kommun        2024-03-31          1     568 kr"),
        "{}",
        open.out
    );
    assert!(!open.out.contains("EX-20240002"), "{}", open.out);
    let vat = done(on(network.path(), "export csv --register vat"));
    assert!(vat.out.contains("992000-1006,O,,3,4727.00,0.00,"), "{}", vat.out);
    assert!(vat.out.contains("992000-1006,S,25,3,42532.00,10633.00,"), "{}", vat.out);
}

/// Each letter is about one invoice: of the first instalment once it is late, not of the second.
#[test]
fn a_late_instalment_is_reminded_of() {
    let network = network();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    done(record(network.path(), "2024-08-15", "issue --year 2024"));
    let ran = on(
        network.path(),
        "remind --date 2024-09-01 --dry-run --by ekonomi --at 2024-09-01T09:00:00+02:00 --json",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for number in 20_240_001..=20_240_006 {
        assert!(
            ran.out.contains(&format!("EX-{number}")) || ran.out.contains(&number.to_string()),
            "{}",
            ran.out
        );
    }
    assert!(!ran.out.contains("20240007"), "{}", ran.out);
}
