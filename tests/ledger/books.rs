//! The books of two hosts: each its own vouchers, once, in the financial year of their day, and the same bytes again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use avgift::Sek;
use avgift_journal::{Distribution, Rest, verify};
use avgift_ledger::{BooksFile, Hosts, export_again, find_exports};

use crate::made::{FORMER, PRESENT, TOOL, TWO_HOSTS, World, and_rest, day, host, kr, network, to};
use crate::reader::{Read, read};

/// Puts a file where the judge of SIE finds it.
pub(crate) fn judged(name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/books");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.SI")), bytes).unwrap();
}

fn keep(test: &str, files: &[BooksFile]) -> Vec<Read> {
    let each = |file: &BooksFile| {
        judged(
            &format!("{test}-{}", file.name.rsplit('/').next().unwrap().trim_end_matches(".SI")),
            &file.bytes,
        );
        read(&file.bytes)
    };
    files.iter().map(each).collect()
}

/// The rows of a file: date, account, amount, text.
fn rows(read: &Read) -> Vec<String> {
    let of = |voucher: &crate::reader::ReadVoucher| -> Vec<String> {
        voucher
            .rows
            .iter()
            .map(|row| format!("{} {} {} {}", voucher.date, row.account, row.amount, row.text))
            .collect()
    };
    read.vouchers.iter().flat_map(of).collect()
}

fn balance(reads: &[Read], account: &str) -> Sek {
    Sek::sum(reads.iter().filter_map(|read| read.balances().get(account).copied())).unwrap()
}

/// Two bookkeepings, two charts: 25 % VAT in the first, none in the second, and nothing of one in the other.
#[test]
fn each_host_has_its_own_vouchers() {
    let mut world = World::issued();
    let former = keep("own", &world.export(FORMER, "2024-03-01"));
    let present = keep("own", &world.export(PRESENT, "2024-03-01"));
    let expected = [
        ("1510", "248239"),    // 60 739 + 37 500 + 150 000
        ("2611", "-49647.75"), // 12 147,75 + 7 500 + 30 000
        ("3001", "-198591"),
        ("3740", "-0.25"),
    ];
    let expected: BTreeMap<String, Sek> = expected.map(|(account, sum)| (account.into(), kr(sum))).into();
    assert_eq!(former.len(), 1);
    assert_eq!(former[0].balances(), expected);
    let expected = [("1511", "198669"), ("3131", "-198669")]; // 48 669 + 30 000 + 120 000
    let expected: BTreeMap<String, Sek> = expected.map(|(account, sum)| (account.into(), kr(sum))).into();
    assert_eq!(present[0].balances(), expected);
    // One voucher an invoice there, one a day here.
    assert_eq!((former[0].vouchers.len(), present[0].vouchers.len()), (3, 1));
    // May to April: 1 February 2024 lies in the year that ends on 30 April.
    assert_eq!(present[0].of("#RAR"), [["0", "20230501", "20240430"]]);
    assert_eq!(former[0].of("#RAR"), [["0", "20230101", "20231231"]]);
    assert_eq!(former[0].of("#ORGNR"), [[FORMER]]);
}

/// A line is handed over once: the second export has what came since, and a third has nothing.
#[test]
fn nothing_is_handed_over_twice() {
    let mut world = World::issued();
    world.export(FORMER, "2024-03-01");
    world.pay("9912346|P1", "2024-03-02", "60 739", to(&[("EX-20230001", "60 739")]));
    let second = world.export(FORMER, "2024-03-03");
    let reads = keep("since", &second);
    let expected =
        ["20240302 1930 60739.00 P1".to_owned(), "20240302 1510 -60739.00 Faktura 20230001".to_owned()];
    assert_eq!(rows(&reads[0]), expected);
    assert!(world.plan(FORMER, "2024-03-04").unwrap().files.is_empty());
    // The other host's books are not touched by it.
    assert_eq!(world.plan(PRESENT, "2024-03-04").unwrap().files[0].from_seq, 1);
}

/// A file a financial year, each with its own place in the journal: one year alone leaves the other for later.
#[test]
fn a_year_that_is_exported_alone_leaves_the_other() {
    let mut world = World::issued();
    world.pay("SE9399900000000000000001|P1", "2024-01-02", "1 000", to(&[("EX-20230001", "1 000")]));
    let (hosts, books) = (Hosts::of(&world.network), world.books(FORMER));
    let ending = |year| {
        avgift_ledger::plan_export(&world.history(), &hosts, &books, Some(year), day("2024-03-01"), "0.1.0")
            .unwrap()
    };
    let years = |plan: &avgift_ledger::ExportPlan| -> Vec<String> {
        plan.files.iter().map(|file| file.file.year().end().to_string()).collect()
    };
    assert_eq!(years(&ending(2023)), ["2023-12-31"]);
    assert_eq!(years(&ending(2024)), ["2024-12-31"]);
    assert!(ending(2025).files.is_empty());
    assert_eq!(years(&world.plan(FORMER, "2024-03-01").unwrap()), ["2023-12-31", "2024-12-31"]);
}

/// The former host credits its invoice in 2024: in its own series, chart and books, with its VAT.
#[test]
fn a_former_hosts_invoice_is_credited_in_its_own_books() {
    let mut world = World::issued();
    world.export(FORMER, "2024-03-01");
    world.export(PRESENT, "2024-03-01");
    world.credit("EX-20230002", "2024-03-15", &[]);
    let reads = keep("former", &world.export(FORMER, "2024-03-16"));
    let expected = [
        "20240315 1510 -37500.00 Kred. 20230004 av 20230002",
        "20240315 3001 30000.00 Medlemsavgift 2023",
        "20240315 2611 7500.00 Moms 25 %",
    ];
    assert_eq!(rows(&reads[0]), expected);
    assert_eq!(reads[0].of("#RAR"), [["0", "20240101", "20241231"]]);
    assert!(world.plan(PRESENT, "2024-03-16").unwrap().files.is_empty());
}

/// 60 739 kr are owed. Exact; 0,50 kr short within what is tolerated; too much; unknown; with interest and reminder fee.
#[test]
fn every_part_of_a_payment_has_its_account() {
    let mut world = World::issued();
    world.export(FORMER, "2024-03-01");
    let short = Distribution { rounding: kr("-0,50"), ..to(&[("EX-20230001", "60 739")]) };
    world.pay("9912346|P1", "2024-03-04", "60 738,50", short);
    let over = and_rest(to(&[("EX-20230002", "37 500")]), "100", Rest::Overpayment, Some("dme"));
    world.pay("9912346|P2", "2024-03-05", "37 600", over);
    let late =
        Distribution { interest: kr("81,94"), reminder_fee: kr("60"), ..to(&[("EX-20230003", "150 000")]) };
    world.pay("9912346|P3", "2024-03-06", "150 141,94", late);
    let unknown = and_rest(Distribution::default(), "2 500", Rest::Unmatched, None);
    world.pay("SE9399900000000000000001|P4", "2024-03-07", "2 500", unknown);
    let reads = keep("parts", &world.export(FORMER, "2024-03-08"));
    let expected = [
        "20240304 1930 60738.50 P1",
        "20240304 1510 -60739.00 Faktura 20230001",
        "20240304 3740 0.50 Öresdifferens",
        "20240305 1930 37600.00 P2",
        "20240305 1510 -37500.00 Faktura 20230002",
        "20240305 2420 -100.00 Överbetalning Exempelförbundet",
        "20240306 1930 150141.94 P3",
        "20240306 1510 -150000.00 Faktura 20230003",
        "20240306 8313 -81.94 Dröjsmålsränta",
        "20240306 3990 -60.00 Påminnelseavgift",
        "20240307 1930 2500.00 P4",
        "20240307 2999 -2500.00 Oidentifierad inbetalning",
    ];
    assert_eq!(rows(&reads[0]), expected);
}

/// What waits for a person stands nowhere, and is counted. Decided, it bears the bank's day; moved later, its own.
#[test]
fn what_a_person_decides_bears_the_banks_day_and_what_moves_later_its_own() {
    let mut world = World::issued();
    world.export(FORMER, "2024-03-01");
    let waits = |amount| and_rest(Distribution::default(), amount, Rest::ForAPerson, None);
    world.pay("SE9399900000000000000001|P1", "2024-03-04", "500", waits("500"));
    let others = and_rest(Distribution::default(), "70", Rest::NotOurs, None);
    world.pay("SE9399900000000000000001|P2", "2024-03-04", "70", others);
    let plan = world.plan(FORMER, "2024-03-05").unwrap();
    assert!(plan.files.is_empty());
    assert_eq!((plan.for_a_person.count, plan.for_a_person.sum), (1, kr("500")));
    assert_eq!((plan.not_ours.count, plan.not_ours.sum), (1, kr("70")));
    assert_eq!(world.plan(PRESENT, "2024-03-05").unwrap().for_a_person.count, 0);

    world.reallocate("SE9399900000000000000001|P1", "2024-03-06", to(&[("EX-20230001", "500")]));
    let reads = keep("decided", &world.export(FORMER, "2024-03-07"));
    assert_eq!(rows(&reads[0]), ["20240304 1930 500.00 P1", "20240304 1510 -500.00 Faktura 20230001"]);

    // 300 of it were for another invoice, and 50 too much; those are paid back later.
    let moved =
        and_rest(to(&[("EX-20230001", "150"), ("EX-20230002", "300")]), "50", Rest::Overpayment, Some("dme"));
    world.reallocate("SE9399900000000000000001|P1", "2024-03-08", moved.clone());
    let back = and_rest(moved, "50", Rest::Refunded, Some("dme"));
    world.reallocate("SE9399900000000000000001|P1", "2024-03-09", back);
    let reads = keep("moved", &world.export(FORMER, "2024-03-10"));
    let expected = [
        "20240308 1510 300.00 Faktura 20230001",
        "20240308 1510 -300.00 Faktura 20230002",
        "20240308 1510 50.00 Faktura 20230001",
        "20240308 2420 -50.00 Överbetalning Exempelförbundet",
        "20240309 2420 50.00 Överbetalning Exempelförbundet",
        "20240309 1930 -50.00 P1",
    ];
    assert_eq!(rows(&reads[0]), expected);
}

/// The bank takes a payment back: the same rows with the other sign.
#[test]
fn what_the_bank_takes_back_has_the_other_sign() {
    let mut world = World::issued();
    world.pay("9912346|P1", "2024-03-04", "500", to(&[("EX-20230001", "500")]));
    world.export(FORMER, "2024-03-05");
    world.pay("9912346|P1|reversal", "2024-03-06", "-500", to(&[("EX-20230001", "-500")]));
    let reads = keep("back", &world.export(FORMER, "2024-03-07"));
    let expected = ["20240306 1930 -500.00 reversal", "20240306 1510 500.00 Faktura 20230001"];
    assert_eq!(rows(&reads[0]), expected);
}

/// One payment of 1 000 kr to the former host's account pays 400 kr of its invoice and 600 kr of the present host's.
#[test]
fn what_pays_another_hosts_invoice_is_unmatched_in_both_books() {
    let mut world = World::issued();
    world.export(FORMER, "2024-03-01");
    world.export(PRESENT, "2024-03-01");
    let both = to(&[("EX-20230001", "400"), ("FB-20240001", "600")]);
    world.pay("SE9399900000000000000001|P1", "2024-03-04", "1 000", both);
    let plan = world.plan(FORMER, "2024-03-05").unwrap();
    assert_eq!(plan.warnings[0].code, "payment-should-be-of-one-host");
    let former = keep("crossing", &world.export(FORMER, "2024-03-05"));
    let present = keep("crossing", &world.export(PRESENT, "2024-03-05"));
    let expected = [
        "20240304 1930 1000.00 P1",
        "20240304 1510 -400.00 Faktura 20230001",
        "20240304 2999 -600.00 Oidentifierad inbetalning",
    ];
    assert_eq!(rows(&former[0]), expected);
    let expected =
        ["20240304 2998 600.00 Oidentifierad inbetalning", "20240304 1511 -600.00 Faktura 20240001"];
    assert_eq!(rows(&present[0]), expected);
    assert_eq!(balance(&present, "1921"), Sek::ZERO);
}

/// The account is both hosts': the payment is in the books of whose invoice it pays, and without one in those of the day.
#[test]
fn a_payment_to_an_account_of_both_hosts_is_where_its_invoice_is() {
    let mut world = World::issued();
    world.pay("9912346|P1", "2024-03-04", "400", to(&[("EX-20230001", "400")]));
    let unknown = and_rest(Distribution::default(), "70", Rest::Unmatched, None);
    world.pay("9912346|P2", "2024-03-04", "70", unknown.clone());
    let former = keep("shared", &world.export(FORMER, "2024-03-05"));
    let present = keep("shared", &world.export(PRESENT, "2024-03-05"));
    assert_eq!(balance(&former, "1930"), kr("400"));
    assert_eq!(balance(&present, "1921"), kr("70"));
    // Found to be for the former host's invoice, it stays in the books where it was, as owed to that host.
    world.reallocate("9912346|P2", "2024-03-06", to(&[("EX-20230001", "70")]));
    assert!(world.plan(PRESENT, "2024-03-07").unwrap().files.is_empty());
    let former = keep("shared-later", &world.export(FORMER, "2024-03-07"));
    let expected = ["20240306 2999 70.00 Oidentifierad inbetalning", "20240306 1510 -70.00 Faktura 20230001"];
    assert_eq!(rows(&former[0]), expected);
}

/// A day after the year's end, the files of an earlier year come with a word of warning.
#[test]
fn what_belongs_to_an_earlier_year_than_the_newest_is_told() {
    let mut world = World::issued();
    world.pay("9912346|P1", "2024-01-02", "400", to(&[("EX-20230001", "400")]));
    world.export(FORMER, "2024-03-01");
    world.pay("9912346|P2", "2023-12-28", "300", to(&[("EX-20230002", "300")]));
    let plan = world.plan(FORMER, "2024-03-02").unwrap();
    assert_eq!(plan.files[0].file.year().end(), day("2023-12-31"));
    assert_eq!(plan.warnings[0].code, "file-should-be-of-an-open-year");
}

/// The file is made again from the journal and the settings alone; with other settings it is another, and refused.
#[test]
fn an_export_is_made_again_byte_for_byte() {
    let mut world = World::issued();
    let first = world.export(FORMER, "2024-03-01");
    world.pay("9912346|P1", "2024-03-02", "500", to(&[("EX-20230001", "500")]));
    world.reallocate("9912346|P1", "2024-03-03", to(&[("EX-20230002", "500")]));
    world.export(FORMER, "2024-03-04");
    world.credit("EX-20230001", "2024-03-05", &[]);
    let history = world.history();
    let all = &history.exports;
    assert_eq!(all.len(), 2);
    for exported in all {
        let hosts = Hosts::of(&world.network);
        let again = export_again(&history, &hosts, &world.books(FORMER), exported, "avgift 9.9.9").unwrap();
        assert_eq!(again.bytes, world.folder.files()[&exported.event.file]);
    }
    assert_eq!(world.folder.files()[&first[0].name], first[0].bytes);

    let other = network(&TWO_HOSTS.replace("profile = \"bas\"", "profile = \"bas\"\nvoucher_series = \"B\""));
    let hosts = Hosts::of(&other);
    let books = hosts.books(host(FORMER)).unwrap();
    let told = |tool: &str| export_again(&history, &hosts, &books, &all[0], tool).unwrap_err().remove(0);
    assert_eq!(told(TOOL).code, "export-must-be-made-again");
    assert!(told(TOOL).why.contains("so the settings"), "{}", told(TOOL).why);
    assert!(told("avgift 9.9.9").why.contains("the program changed"));
}

#[test]
fn an_export_is_found_by_its_line_or_is_the_last() {
    let mut world = World::issued();
    assert_eq!(find_exports(&world.history(), None, None).unwrap_err().code(), "export-must-be-found");
    world.pay("9912346|P1", "2024-01-02", "400", to(&[("EX-20230001", "400")]));
    world.export(FORMER, "2024-03-01");
    world.export(PRESENT, "2024-03-01");
    let history = world.history();
    let lines = |host_of: Option<&str>, seq| -> Vec<u64> {
        let found = find_exports(&history, host_of.map(host), seq).unwrap();
        found.iter().map(|export| export.seq).collect()
    };
    let all: Vec<u64> = history.exports.iter().map(|export| export.seq).collect();
    assert_eq!(lines(None, None), all[2..]);
    assert_eq!(lines(Some(FORMER), None), all[..2]);
    assert_eq!(lines(None, Some(all[1])), [all[1]]);
    assert!(find_exports(&history, None, Some(3)).is_err());
}

/// What was exported is a document of the journal: sealed, verified, brought back.
#[test]
fn the_file_is_kept_and_sealed() {
    let mut world = World::issued();
    let files = world.export(FORMER, "2024-03-01");
    assert_eq!(files[0].name, "documents/bokforing/9920001006-2023-12-31-1-9.SI");
    let (verified, _) = verify(&world.folder, None).unwrap();
    assert_eq!(verified.documents, 7);
    world.folder.put(&files[0].name, b"another");
    world.folder.take(".staging/pack");
    assert_eq!(verify(&world.folder, None).unwrap_err()[0].code(), "document-must-be-as-issued");
}

/// 31 December was the end of a year that was exported; by other settings it lies within one.
#[test]
fn a_year_that_was_exported_keeps_its_end() {
    let mut world = World::issued();
    world.export(FORMER, "2024-03-01");
    let moved = "profile = \"bas\"\nfinancial_year = 7";
    world.network = network(&TWO_HOSTS.replace("profile = \"bas\"", moved));
    let refused = world.plan(FORMER, "2024-03-02").unwrap_err();
    assert_eq!(refused[0].code, "financial-year-must-stay-as-exported");
}

/// Every fault of the settings at once, each where it stands.
#[test]
fn settings_that_cannot_be_books_are_refused_where_they_stand() {
    let codes = |settings: &str| -> Vec<String> {
        let network = network(&TWO_HOSTS.replace("profile = \"bas\"", settings));
        let faults = Hosts::of(&network).books(host(FORMER)).unwrap_err();
        faults.iter().map(|fault| format!("{} {}", fault.code, fault.places.len())).collect()
    };
    let two = "company = \"Nätet ”Öst”\"\ncustomer_dimension = 12\n[agreement.bookkeeping.accounts]\nbank = \"1510 Bank\"";
    let expected = [
        "company-name-must-fit-code-page-437 1",
        "role-must-have-its-own-account 1",
        "dimension-must-be-free 1",
    ];
    assert_eq!(codes(two), expected);
    let long = "[[agreement.bookkeeping.years]]\nfrom = 2023-01-01\nto = 2024-12-31";
    assert_eq!(codes(long), ["financial-year-must-be-at-most-eighteen-months 1"]);
    let without = network(&TWO_HOSTS.replace("[agreement.bookkeeping]\nprofile = \"bas\"\n", ""));
    let refused = Hosts::of(&without).books(host(FORMER)).unwrap_err();
    assert_eq!((refused[0].code, refused[0].places.len()), ("books-must-be-set", 1));
}

/// What a posting needs and the settings lack is refused where it is mended: interest without an account in Kommun-Bas, customers as
/// objects in a simple file, a year that would reach into a listed one.
#[test]
fn a_voucher_that_the_settings_cannot_carry_is_refused_at_its_setting() {
    let refused = |from: &str, to: &str| {
        let mut world = World::issued();
        let late = Distribution { interest: kr("10"), ..crate::made::to(&[("FB-20240001", "100")]) };
        world.pay("SE6699900000000000000002|P1", "2024-03-04", "110", late);
        world.network = network(&TWO_HOSTS.replace(from, to));
        let refused = world.plan(PRESENT, "2024-03-05").unwrap_err().remove(0);
        let line = refused.places[0].origin.line as usize;
        (refused.code, TWO_HOSTS.replace(from, to).lines().nth(line - 1).unwrap().to_owned())
    };
    let same = "[agreement.bookkeeping]";
    assert_eq!(refused(same, same), ("roles-must-have-accounts", "profile = \"kommun-bas\"".to_owned()));
    let accounts = "unmatched = \"2998 Ej matchade inbetalningar\"";
    let with_interest = format!("{accounts}\ninterest = \"8313 Ränta\"");
    let listed =
        format!("{with_interest}\n[[agreement.bookkeeping.years]]\nfrom = 2024-03-01\nto = 2024-04-30");
    let (code, line) = refused(accounts, &listed);
    assert_eq!((code, line.as_str()), ("financial-year-must-be-listed", "[[agreement.bookkeeping.years]]"));
    let simple = "voucher = \"batch\"\nreader = \"simple\"\ncustomer_dimension = 8";
    let simple = TWO_HOSTS.replace("voucher = \"batch\"", simple).replace(accounts, &with_interest);
    let (code, line) = refused(TWO_HOSTS, &simple);
    assert_eq!((code, line.as_str()), ("simple-file-must-have-no-objects", "customer_dimension = 8"));
}

/// The host renews its agreement from 1 March 2023 with another account for claims: what happened before stays on the old one, though
/// exported after, and the file of February comes out the same.
#[test]
fn accounts_that_change_with_an_agreement_leave_older_vouchers_alone() {
    let mut world = World::new(TWO_HOSTS);
    world.issue(2023, "2023-02-01");
    let first = world.export(FORMER, "2023-02-02");
    world.pay("9912346|P1", "2023-02-28", "100", to(&[("EX-20230001", "100")]));
    world.pay("9912346|P2", "2023-03-01", "200", to(&[("EX-20230001", "200")]));
    // The same agreement twice: to the last of February, and from then on with account 1519.
    let start = TWO_HOSTS.find("[[agreement]]").unwrap();
    let end = TWO_HOSTS[start + 1..].find("[[agreement]]").unwrap() + start + 1;
    let (before, agreement, after) = (&TWO_HOSTS[..start], &TWO_HOSTS[start..end], &TWO_HOSTS[end..]);
    let older = agreement.replace("to = 2023-12-31", "to = 2023-02-28");
    let renewed = agreement.replace("to = 2023-12-31", "from = 2023-03-01\nto = 2023-12-31").replace(
        "profile = \"bas\"",
        "profile = \"bas\"\n[agreement.bookkeeping.accounts]\nreceivable = \"1519 Kundfordringar\"",
    );
    world.network = network(&format!("{before}{older}{renewed}{after}"));
    let reads = keep("renewed", &world.export(FORMER, "2023-03-02"));
    let expected = [
        "20230228 1930 100.00 P1",
        "20230228 1510 -100.00 Faktura 20230001",
        "20230301 1930 200.00 P2",
        "20230301 1519 -200.00 Faktura 20230001",
    ];
    assert_eq!(rows(&reads[0]), expected);
    let (history, hosts) = (world.history(), Hosts::of(&world.network));
    let again = export_again(&history, &hosts, &world.books(FORMER), &history.exports[0], TOOL).unwrap();
    assert_eq!(again.bytes, first[0].bytes);
}

#[test]
fn a_host_is_found_by_number_or_name() {
    let network = network(TWO_HOSTS);
    let hosts = Hosts::of(&network);
    for text in ["992000-2004", "exempelförbundet", " Exempelförbundet för samverkan"] {
        assert_eq!(hosts.find(text).unwrap(), host(PRESENT), "{text}");
    }
    assert_eq!(hosts.find("Exempel").unwrap_err().code(), "host-must-be-known");
    assert_eq!(hosts.numbers(), [host(FORMER), host(PRESENT)]);
}

/// The simple form, which another program reads to its end, with as many vouchers and rows.
#[test]
fn another_program_reads_the_simple_form() {
    let simple = TWO_HOSTS.replace("profile = \"bas\"", "profile = \"bas\"\nreader = \"simple\"");
    let mut world = World::new(&simple);
    world.issue(2023, "2023-02-01");
    world.pay("9912346|P1", "2023-03-04", "60 739", to(&[("EX-20230001", "60 739")]));
    let files = world.export(FORMER, "2023-03-05");
    let reads = keep("simple", &files);
    let items: Vec<sie4::Item> = sie4::Reader::new(std::io::Cursor::new(&files[0].bytes))
        .map(|item| item.unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let vouchers: Vec<usize> = items
        .iter()
        .filter_map(|item| match item {
            sie4::Item::Ver(voucher) => Some(voucher.transactions.0.len()),
            _ => None,
        })
        .collect();
    let expected: Vec<usize> = reads[0].vouchers.iter().map(|voucher| voucher.rows.len()).collect();
    assert_eq!(vouchers, expected);
    assert_eq!(expected, [4, 3, 3, 2]);
}

/// The golden file of the former host's year: issue, a part credited, a payment with too much, and that paid back.
#[test]
fn a_year_of_books_is_as_expected() {
    let mut world = World::new(TWO_HOSTS);
    world.issue(2023, "2023-02-01");
    let part = avgift_invoice::CreditedPart { line: 1, taken: avgift_invoice::Taken::Amount(kr("8 591")) };
    world.credit("EX-20230001", "2023-02-10", &[part]);
    let over = and_rest(to(&[("EX-20230002", "37 500")]), "500", Rest::Overpayment, Some("dme"));
    world.pay("9912346|P1", "2023-03-01", "38 000", over);
    let back = and_rest(to(&[("EX-20230002", "37 500")]), "500", Rest::Refunded, Some("dme"));
    world.reallocate("9912346|P1", "2023-03-10", back);
    let files = world.export(FORMER, "2023-12-31");
    keep("year", &files);
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/ledger/golden/year.SI");
    if std::env::var_os("AVGIFT_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &files[0].bytes).unwrap();
    }
    assert!(fs::read(&path).unwrap_or_default() == files[0].bytes, "{}", path.display());
}
