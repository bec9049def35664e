//! issue and credit: numbers once and without a gap, nothing billed twice, nothing changed without a word.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::world::{Ran, copy, expect, files, fixture, on, root, scratch};

/// A copy of a network, to record in.
fn copied(network: &Path) -> TempDir {
    let scratch = scratch();
    copy(network, scratch.path());
    scratch
}

/// The small network of the refusals: three payers under 25 % VAT.
fn small() -> TempDir {
    copied(&root().join("fixtures/errors/base"))
}

/// Records on a day, at nine in the morning.
pub(crate) fn record(network: &Path, day: &str, command: &str) -> Ran {
    on(network, &format!("{command} --no-pdf --yes --by ekonomi --at {day}T09:00:00+01:00"))
}

fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

fn journal(network: &Path) -> Vec<u8> {
    fs::read(network.join("journal.jsonl")).unwrap()
}

fn edit(network: &Path, file: &str, from: &str, to: &str) {
    let path = network.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn last_line(ran: &Ran) -> &str {
    ran.err.lines().last().unwrap()
}

/// fixtures/cases/issue-and-credit/README.md tells the steps and works the amounts out.
#[test]
fn issuing_crediting_and_issuing_anew_print_and_record_what_is_expected() {
    let network = small();
    let case = root().join("fixtures/cases/issue-and-credit/expected");
    let steps = [
        ("1-issue", "2024-02-01", "issue --year 2024"),
        ("2-again", "2024-02-02", "issue --year 2024"),
        ("3-credit-part", "2024-02-03", "credit 20240001 --part 1=10000,50 --reason Jämkning"),
        ("4-after-the-part", "2024-02-04", "issue --year 2024"),
        ("5-credit-rest", "2024-02-05", "credit EX-20240001 --reason Återtas"),
        ("6-anew", "2024-02-06", "issue --year 2024"),
    ];
    for (name, day, command) in steps {
        let ran = done(record(network.path(), day, command));
        expect(&case.join(format!("{name}.txt")), &format!("$ avgift {command}\n{}{}", ran.out, ran.err));
    }
    let journal = String::from_utf8(journal(network.path())).unwrap();
    expect(&case.join("journal.jsonl"), &journal);
    let written: Vec<String> =
        files(network.path()).into_keys().filter(|name| name.starts_with("documents/")).collect();
    expect(&case.join("documents.txt"), &(written.join("\n") + "\n"));
}

#[test]
fn a_second_run_issues_nothing_and_leaves_every_byte() {
    let network = copied(&fixture());
    let first = done(record(network.path(), "2024-02-01", "issue --year 2024"));
    assert_eq!(last_line(&first), "36 new, 0 unchanged");
    let before = files(network.path());
    assert_eq!(before.keys().filter(|name| name.starts_with("documents/2024/GR-")).count(), 36);
    let second = done(record(network.path(), "2024-02-02", "issue --year 2024"));
    assert_eq!(last_line(&second), "0 new, 36 unchanged");
    assert_eq!(files(network.path()), before);
}

/// Two folders, the same commands: the same bytes everywhere, the lock's file apart, which names the machine.
#[test]
fn the_same_run_writes_the_same_bytes() {
    let [one, other] = [small(), small()];
    for network in [&one, &other] {
        done(record(network.path(), "2024-02-01", "issue --year 2024"));
    }
    assert_eq!(files(one.path()), files(other.path()));
}

#[test]
fn a_dry_run_shows_the_numbers_and_writes_nothing() {
    let network = small();
    let before = files(network.path());
    let ran = done(on(network.path(), "issue --year 2024 --dry-run --no-pdf"));
    assert!(ran.out.contains("EX-20240001"), "{}", ran.out);
    assert!(ran.err.contains("dry run: nothing was recorded"), "{}", ran.err);
    assert_eq!(files(network.path()), before);
}

/// 2,00 kr in place of 1,50: 32 446 × 2,00 × 142,6 / 138,2 is 66 958,03, so 66 958 kr; with VAT 83 697,50, rounded 83 698 kr.
/// Bengtsfors' 9 138 inhabitants now come above the floor; Göteborg stays at the ceiling.
#[test]
fn a_changed_amount_is_told_and_never_billed_by_itself() {
    let network = small();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    let issued = journal(network.path());
    edit(network.path(), "network.toml", "rate = \"1,50 kr\"", "rate = \"2,00 kr\"");
    let ran = done(record(network.path(), "2024-02-02", "issue --year 2024"));
    assert_eq!(last_line(&ran), "0 new, 1 unchanged, 2 changed");
    let told = "ale: issued 62,774 kr, now 83,698 kr; nothing was changed; to bill anew: \
                `avgift credit EX-20240001 --reason …`, then `avgift issue --year 2024`";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert_eq!(journal(network.path()), issued);

    done(record(network.path(), "2024-02-03", "credit 20240001 --reason Taxa"));
    let anew = done(record(network.path(), "2024-02-03", "issue --year 2024"));
    assert_eq!(last_line(&anew), "1 new, 1 unchanged, 1 changed");
    assert!(anew.out.contains("EX-20240005") && anew.out.contains("83 698 kr"), "{}", anew.out);
}

#[test]
fn what_was_issued_and_is_charged_no_more_is_told() {
    let network = small();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    edit(network.path(), "members.csv", "1440;Ale kommun;;;;ale\n", "");
    let ran = done(record(network.path(), "2024-02-02", "issue --year 2024"));
    assert_eq!(last_line(&ran), "0 new, 2 unchanged, 1 no longer charged");
    let told = "ale: 62,774 kr were issued and nothing is charged any more; to take it back: \
                `avgift credit EX-20240001 --reason …`";
    assert!(ran.err.contains(told), "{}", ran.err);
}

/// The fee stands on the invoice of one payer; by today's members.csv another pays it.
#[test]
fn a_fee_that_goes_to_another_payer_is_told_and_not_billed_twice() {
    let network = small();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    edit(network.path(), "members.csv", "1440;Ale kommun;;;;ale\n", "1440;Ale kommun;;;;goteborg\n");
    let ran = done(record(network.path(), "2024-02-02", "issue --year 2024"));
    assert_eq!(last_line(&ran), "0 new, 1 unchanged, 1 changed");
    assert!(
        ran.err.contains("`avgift credit EX-20240001 --reason …`, `avgift credit EX-20240003"),
        "{}",
        ran.err
    );
}

/// The day before the newest, the same day, the day after.
#[test]
fn a_series_does_not_go_back_in_dates() {
    let network = small();
    done(record(network.path(), "2024-02-02", "issue --year 2024"));
    let dated = |date: &str| {
        on(network.path(), &format!("credit 20240001 --reason Fel --dry-run --no-pdf --date {date}"))
    };
    let refused = dated("2024-02-01");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("error[date-must-not-precede-series]"), "{}", refused.err);
    assert_eq!([dated("2024-02-02").code, dated("2024-02-03").code], [0, 0]);
}

/// One öre less than is left, all of it, one öre more.
#[test]
fn a_credit_takes_back_what_is_left_at_most() {
    let network = small();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    done(record(network.path(), "2024-02-02", "credit 20240001 --part 1=50000 --reason Fel"));
    let part = |amount: &str| {
        on(network.path(), &format!("credit 20240001 --part 1={amount} --reason Fel --dry-run --no-pdf"))
    };
    assert_eq!([part("218,99").code, part("219").code, part("219,01").code], [0, 0, 1]);
    let too_much = part("219,01").err;
    assert!(too_much.contains("error[credit-must-not-exceed-what-is-left]"), "{too_much}");
    let unknown = on(network.path(), "credit 20240001 --part 2=1 --reason Fel --dry-run --no-pdf");
    assert!(unknown.err.contains("error[credited-line-must-be-of-the-invoice]"), "{}", unknown.err);
}

/// Innovatum was host to the end of 2023, in series IN with 25 % VAT; Göteborgsregionen invoices in GR, outside of VAT.
#[test]
fn a_former_host_credits_what_it_invoiced_in_its_own_series() {
    let network = copied(&fixture());
    done(record(network.path(), "2024-01-02", "issue --year 2023"));
    done(record(network.path(), "2024-01-03", "issue --year 2024"));
    let ran = done(record(network.path(), "2024-01-04", "credit IN-20230001 --reason Fel --json"));
    let summary: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let note = &summary["credit_note"];
    assert_eq!(summary["credits"], "IN-20230001");
    assert_eq!(note["seller"]["name"], "Innovatum AB");
    assert_eq!(note["vat_breakdown"]["category"], "S");
    assert!(
        network.path().join(format!("documents/2023/IN-{}.xml", note["number"].as_str().unwrap())).exists()
    );
    let again = done(record(network.path(), "2024-01-05", "issue --year 2024"));
    assert_eq!(last_line(&again), "0 new, 36 unchanged");
}

/// A number, all of a year, and a number that was never issued.
#[test]
fn what_was_sent_is_recorded() {
    let network = small();
    done(record(network.path(), "2024-02-01", "issue --year 2024"));
    let sent = |command: &str| {
        on(network.path(), &format!("sent {command} --by ekonomi --at 2024-02-02T09:00:00+01:00"))
    };
    assert!(done(sent("20240001 --channel email")).err.starts_with("1 recorded as sent; head "));
    assert!(
        done(sent("--year 2024 --channel peppol --receipt AP-1"))
            .err
            .starts_with("3 recorded as sent; head ")
    );
    let before = journal(network.path());
    let text = String::from_utf8(before.clone()).unwrap();
    assert_eq!(text.matches(r#""type":"document.sent""#).count(), 4);
    assert_eq!(text.matches(r#""channel":"peppol","receipt":"AP-1""#).count(), 3);
    assert!(sent("20240001 20240009 --channel post").err.contains("error[invoice-must-be-found]"));
    assert_eq!(journal(network.path()), before);
}

#[test]
fn parts_are_written_as_line_and_amount_or_share() {
    let network = small();
    for part in ["", "x", "1=", "1=6/", "1=13/12", "1=1,001", "=5"] {
        let ran = on(network.path(), &format!("credit 1 --reason Fel --part {part}"));
        assert_eq!(ran.code, 2, "{part}: {}", ran.err);
    }
}

/// With PDF: each invoice as PDF with its XML beside it, and the credit note too; for the judge.
#[cfg(feature = "pdf")]
#[test]
fn what_is_issued_is_printed_with_its_explanation() {
    let network = small();
    let record = |day: &str, command: &str| {
        done(on(network.path(), &format!("{command} --yes --by ekonomi --at {day}T09:00:00+01:00")))
    };
    record("2024-02-01", "issue --year 2024");
    record("2024-02-02", "credit 20240002 --reason Fel");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/issued");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    let documents = files(&network.path().join("documents/2024"));
    let names: Vec<&str> = documents.keys().map(String::as_str).collect();
    let numbered = |ending| (1..=4).map(move |number| format!("EX-2024000{number}.{ending}"));
    let mut expected: Vec<String> = numbered("pdf").chain(numbered("xml")).collect();
    expected.sort();
    assert_eq!(names, expected);
    for (name, bytes) in &documents {
        if name.ends_with(".pdf") {
            assert!(bytes.starts_with(b"%PDF-"), "{name}");
        }
        fs::write(out.join(name), bytes).unwrap();
    }
}
