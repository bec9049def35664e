//! export sie: every line for the ledger once, in the books of its host, kept, sealed and made again.
//! What stands on the vouchers is for tests/ledger; here is the fixture's year as a finance officer exports it.

use std::fs;
use std::path::Path;

use avgift::Sek;
use avgift_journal::{
    Allocation, BankSays, Batch, Disk, Distribution, Journal, Opening, PaymentReallocated, PaymentRegistered,
    Rest, RestOf, Seal, SourceFile, Stamp,
};
use tempfile::TempDir;

use crate::issue::record;
use crate::world::{Ran, copy, expect, files, fixture, on, root, scratch};

fn export(network: &Path, day: &str, more: &str) -> Ran {
    let command = format!("export sie --yes --by ekonomi --at {day}T09:00:00+01:00 {more}");
    on(network, command.trim_end())
}

fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

fn open(network: &Path, day: &str) -> Journal<Disk> {
    let at = format!("{day}T08:00:00+01:00").parse().unwrap();
    let stamp = Stamp { by: "ekonomi".into(), at, tool: "avgift 0.1.0".into() };
    let opening = Opening { stamp, machine: "m".into(), org: "n".into(), orgnr: "992000-2004".into() };
    Journal::open(Disk::new(network), opening).unwrap()
}

/// So much to an invoice of the present host, and the rest.
fn to(number: &str, paid: i64, rest: i64, goes: Rest) -> Distribution {
    Distribution {
        allocations: vec![Allocation {
            series: "GR".into(),
            invoice: number.parse().unwrap(),
            amount: Sek::from_ore(paid),
        }],
        unallocated: Sek::from_ore(rest),
        rest: (rest != 0).then(|| RestOf { to: goes, payer: Some("alingsas".into()), reason: None }),
        ..Distribution::default()
    }
}

fn pay(network: &Path, day: &str, reference: &str, amount: i64, to: Distribution) {
    let payment = PaymentRegistered {
        batch: None,
        bank_key: format!("SE6699900000000000000002|{reference}"),
        amount: Sek::from_ore(amount),
        value_date: day.parse().unwrap(),
        booked: None,
        bank: Some(BankSays {
            payer: Some("KOMMUNEN".into()),
            bank_reference: Some(reference.to_owned()),
            ..BankSays::default()
        }),
        to,
        source: SourceFile { file: "bank/2024.xml".into(), sha256: Seal::of(b"bank"), to_follow: 0 },
        documents: Vec::new(),
    };
    let batch = Batch { events: vec![payment.into()], documents: Vec::new() };
    open(network, day).commit(batch).unwrap().finish().unwrap();
}

/// A copy of the fixture with its fee year 2024 issued, one invoice taken back and issued anew, and four payments.
fn year() -> TempDir {
    let scratch = scratch();
    copy(&fixture(), scratch.path());
    let network = scratch.path();
    done(record(network, "2024-02-01", "issue --year 2024"));
    done(record(network, "2024-02-05", "credit GR-20240001 --reason Fel"));
    done(record(network, "2024-02-06", "issue --year 2024"));
    let owed = amount_of(network, "20240002");
    pay(network, "2024-02-14", "BG1", owed + 10_000, to("20240002", owed, 10_000, Rest::Overpayment));
    pay(network, "2024-02-14", "BG2", 1_000_000, to("20240003", 1_000_000, 0, Rest::Unmatched));
    let waits = Distribution {
        unallocated: Sek::from_ore(50_000),
        rest: Some(RestOf { to: Rest::ForAPerson, payer: None, reason: Some("text-only".into()) }),
        ..Distribution::default()
    };
    pay(network, "2024-02-15", "BG3", 50_000, waits);
    let back = PaymentReallocated {
        bank_key: "SE6699900000000000000002|BG1".into(),
        date: "2024-02-20".parse().unwrap(),
        to: to("20240002", owed, 10_000, Rest::Refunded),
        reason: "återbetalt".into(),
    };
    let batch = Batch { events: vec![back.into()], documents: Vec::new() };
    open(network, "2024-02-20").commit(batch).unwrap().finish().unwrap();
    scratch
}

/// What an invoice comes to, by the journal's own text.
fn amount_of(network: &Path, number: &str) -> i64 {
    let journal = fs::read_to_string(network.join("journal.jsonl")).unwrap();
    let line = journal.lines().find(|line| line.contains(&format!("\"number\":\"{number}\""))).unwrap();
    let after = line.split("\"total_ore\":").nth(1).unwrap();
    after.split(',').next().unwrap().parse().unwrap()
}

fn sie(network: &Path) -> Vec<(String, Vec<u8>)> {
    files(network).into_iter().filter(|(name, _)| name.ends_with(".SI")).collect()
}

#[test]
fn a_year_is_exported_once_and_made_again() {
    let network = year();
    let network = network.path();
    let case = root().join("fixtures/cases/books-2024/expected");
    let shown = |name: &str, command: &str, ran: &Ran| {
        expect(&case.join(name), &format!("$ avgift {command}\n{}{}", ran.out, ran.err));
    };
    let dry = done(export(network, "2024-03-01", "--dry-run"));
    assert!(sie(network).is_empty() && dry.err.contains("nothing was recorded"), "{}", dry.err);
    let first = done(export(network, "2024-03-01", ""));
    shown("1-export.txt", "export sie", &first);
    let exported = sie(network);
    assert_eq!(exported.len(), 1);
    judged("fixture-2024", &exported[0].1);
    let golden = case.join("vouchers.SI");
    if std::env::var_os("AVGIFT_BLESS").is_some() {
        fs::write(&golden, &exported[0].1).unwrap();
    }
    assert!(fs::read(&golden).unwrap() == exported[0].1, "{}", golden.display());

    let before = files(network);
    let second = done(export(network, "2024-03-02", ""));
    shown("2-again-nothing.txt", "export sie", &second);
    assert_eq!(files(network), before);

    // Gone, it is made again from the journal, and a copy is put where the ledger takes it.
    fs::remove_file(network.join(&exported[0].0)).unwrap();
    let out = network.join("till-ekonomi");
    let again = done(export(network, "2024-03-03", &format!("--again --out {}", out.display())));
    assert!(again.err.contains("the same bytes"), "{}", again.err);
    assert_eq!(sie(network).iter().map(|(_, bytes)| bytes).collect::<Vec<_>>(), [&exported[0].1; 2]);
    assert_eq!(fs::read(network.join("journal.jsonl")).unwrap(), before["journal.jsonl"]);
}

/// Puts a file where the judge of SIE finds it.
fn judged(name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/books");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.SI")), bytes).unwrap();
}

/// The host changed at the turn of the year: two files of two companies, and one of them alone when asked for.
#[test]
fn each_host_has_its_own_file() {
    let scratch = scratch();
    copy(&fixture(), scratch.path());
    let network = scratch.path();
    done(record(network, "2023-02-01", "issue --year 2023"));
    done(record(network, "2024-02-01", "issue --year 2024"));
    done(export(network, "2024-03-01", "--host 992000-1006"));
    let names = |files: Vec<(String, Vec<u8>)>| -> Vec<String> {
        files.into_iter().map(|(name, _)| name.rsplit('/').next().unwrap()[..21].to_owned()).collect()
    };
    assert_eq!(names(sie(network)), ["9920001006-2023-12-31"]);
    done(export(network, "2024-03-02", ""));
    assert_eq!(names(sie(network)), ["9920001006-2023-12-31", "9920002004-2024-12-31"]);
    let unknown = export(network, "2024-03-03", "--host Innovatum");
    assert!(unknown.err.contains("host-must-be-known"), "{}", unknown.err);
}

/// What was asked to be copied where something else lies is refused before anything is recorded.
#[test]
fn a_copy_that_cannot_be_written_records_nothing() {
    let network = year();
    let network = network.path();
    let out = network.join("ut");
    fs::create_dir(&out).unwrap();
    let dry = done(export(network, "2024-03-01", "--dry-run --json"));
    let file = dry.out.split("\"file\": \"documents/bokforing/").nth(1).unwrap().split('"').next().unwrap();
    fs::write(out.join(file), "something else").unwrap();
    let before = files(network);
    let refused = export(network, "2024-03-01", &format!("--out {}", out.display()));
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("out-must-be-new"), "{}", refused.err);
    assert_eq!(files(network), before);
}

#[test]
fn other_settings_make_another_file_and_that_is_told() {
    let network = year();
    let network = network.path();
    done(export(network, "2024-03-01", ""));
    let settings = network.join("network.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("1511 Kundfordringar", "1512 Kundfordringar")).unwrap();
    let refused = export(network, "2024-03-02", "--again");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("export-must-be-made-again"), "{}", refused.err);
    assert!(refused.err.contains("so the settings"), "{}", refused.err);
}

/// The registers of the same year, in every form; fixtures/cases/books-2024/README.md tells the events.
#[test]
fn the_registers_of_a_year_are_as_expected() {
    let network = year();
    let network = network.path();
    let case = root().join("fixtures/cases/books-2024/expected");
    let mut said = String::new();
    for register in ["invoices", "receivables", "payments", "vat"] {
        let ran = done(on(network, &format!("export csv --register {register}")));
        expect(&case.join(format!("{register}.csv")), &ran.out);
        said = ran.err;
    }
    let head = said.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert_eq!((head.len(), said.starts_with("journal to line 46, head ")), (16, true), "{said}");
    let json = done(on(network, "export json --from 2024-02-10 --to 2024-02-20 --host Göteborgsregionen"));
    expect(&case.join("registers.json"), &json.out);
    assert!(json.out.contains(&format!("\"journal_head\": \"{head}\"")));
    // To a file, the same bytes.
    let out = network.join("moms.csv");
    let filed = done(on(network, &format!("export csv --register vat --out {}", out.display())));
    assert_eq!(filed.out, "");
    assert_eq!(fs::read_to_string(out).unwrap(), fs::read_to_string(case.join("vat.csv")).unwrap());
}

/// Workbooks of all days, of some days and of none, in both languages, left for the judge.
#[test]
fn registers_are_a_workbook() {
    let network = year();
    let network = network.path();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/xlsx/registers");
    let periods = [
        ("all", ""),
        ("february", "--from 2024-02-05 --to 2024-02-14 --host 992000-2004"),
        ("before", "--to 2023-12-31"),
    ];
    for (name, period) in periods {
        for lang in ["sv", "en"] {
            let file = out.join(format!("{name}-{lang}.xlsx"));
            let command =
                format!("export xlsx --registers {period} --lang {lang} --replace --out {}", file.display());
            let ran = done(on(network, &command));
            assert!(ran.err.contains("head "), "{}", ran.err);
            let first = fs::read(&file).unwrap();
            done(on(network, &command));
            assert!(first.starts_with(b"PK") && first == fs::read(&file).unwrap(), "the same bytes again");
        }
    }
    for command in ["export xlsx --registers --year 2024", "export xlsx --year 2024 --from 2024-01-01"] {
        assert_eq!(on(network, &format!("{command} --out x.xlsx")).code, 2, "{command}");
    }
    let turned = on(network, "export csv --register vat --from 2024-12-31 --to 2024-01-01");
    assert!(turned.err.contains("period-must-begin-before-it-ends"), "{}", turned.err);
}

/// Before anything was issued a register has its header and no rows.
#[test]
fn an_empty_journal_has_empty_registers() {
    let ran = done(on(&fixture(), "export csv --register vat"));
    assert_eq!(ran.out.lines().count(), 1);
    assert!(done(on(&fixture(), "export json")).out.contains("\"invoices\": []"));
}
