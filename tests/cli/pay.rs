//! pay: bank files are registered once, what waits is listed, and a person decides; open ties issued to paid.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::world::{Ran, copy, files, on, root, scratch};

/// The small network with its three invoices: Ale 62 774 kr, the federation 38 695 kr, Göteborg 154 776 kr, due 2 March.
pub(crate) fn issued() -> TempDir {
    let network = scratch();
    copy(&root().join("fixtures/errors/base"), network.path());
    let issue = "issue --year 2024 --no-pdf --yes --by ekonomi --at 2024-02-01T09:00:00+01:00";
    done(on(network.path(), issue));
    network
}

pub(crate) fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

/// Records on a day, at nine in the morning.
pub(crate) fn record(network: &Path, day: &str, command: &str) -> Ran {
    on(network, &format!("{command} --yes --by ekonomi --at {day}T09:00:00+01:00"))
}

/// Puts a file of the bank beside the network's, and gives its path.
pub(crate) fn bank(network: &TempDir, name: &str, rows: &str) -> String {
    let path = network.path().join(name);
    fs::write(&path, format!("datum;belopp;ocr;betalare;text;konto;bankreferens\n{rows}")).unwrap();
    path.to_str().unwrap().to_owned()
}

pub(crate) fn journal(network: &TempDir) -> String {
    fs::read_to_string(network.path().join("journal.jsonl")).unwrap()
}

/// Ale in full, the federation in part, somebody in words, Ale again, and the rent.
const FEBRUARY: &str = "\
2024-02-20;62774;2024000107;Ale kommun;;991-2346;B1
2024-02-21;10000;2024000206;Exempelförbundet;;991-2346;B2
2024-02-21;154776;;Göteborgs Stad;faktura 20240003;991-2346;B3
2024-02-23;62774;2024000107;Ale kommun;;991-2346;B4
2024-02-25;-8000;;;Hyra;991-2346;B5
";

#[test]
fn a_bank_file_posts_what_it_says_and_lists_the_rest() {
    let network = issued();
    let file = bank(&network, "februari.csv", FEBRUARY);
    let dry = done(on(network.path(), &format!("pay {file} --dry-run")));
    assert!(dry.out.contains("betalar en del av EX-20240002"), "{}", dry.out);
    assert!(dry.err.contains("dry run: nothing was recorded"), "{}", dry.err);
    assert!(!journal(&network).contains("payment.registered"));

    let ran = done(record(network.path(), "2024-02-26", &format!("pay {file}")));
    assert!(ran.err.contains("februari.csv: a payment of ours, 8,000 kr, is passed over"), "{}", ran.err);
    assert!(
        ran.err.ends_with("februari.csv: 4 new (2 posted, 2 for a person), 0 registered before\n"),
        "{}",
        ran.err
    );

    let listed = done(on(network.path(), "pay list")).out;
    assert!(listed.starts_with("2 betalningar väntar på beslut, tillsammans 217 550 kr\n"), "{listed}");
    assert!(
        listed.contains(
            "kan gälla EX-20240003, Göteborgs Stad: numret står i texten, enda fakturan med beloppet"
        )
    );
    assert!(listed.contains("förslag: EX-20240003 154 776 kr"), "{listed}");
    assert!(listed.contains("förslag: för mycket betalt 62 774 kr"), "{listed}");
}

#[test]
fn importing_again_says_so_and_leaves_every_byte() {
    let network = issued();
    let file = bank(&network, "februari.csv", FEBRUARY);
    done(record(network.path(), "2024-02-26", &format!("pay {file}")));
    let before = files(network.path());
    let again = done(record(network.path(), "2024-02-27", &format!("pay {file}")));
    assert_eq!(again.err, "februari.csv: already imported, 0 new\n");
    // The same payments in another file.
    let other = bank(&network, "mars.csv", &FEBRUARY.replace("Hyra", "Hyran"));
    let ran = done(record(network.path(), "2024-03-01", &format!("pay {other}")));
    assert!(ran.err.ends_with("mars.csv: 0 new, 4 registered before\n"), "{}", ran.err);
    fs::remove_file(other).unwrap();
    assert_eq!(files(network.path()), before);
    let kept = before.keys().find(|name| name.starts_with("documents/bank/")).unwrap();
    assert!(kept.ends_with("-februari.csv"), "{kept}");
    assert_eq!(before[kept], before["februari.csv"]);
}

/// The id of the payment in the list that has this text.
pub(crate) fn id_of(listed: &str, text: &str) -> String {
    let block = listed.split("\n\n").find(|block| block.contains(text)).unwrap();
    block.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_person_decides_and_may_decide_anew() {
    let network = issued();
    let file = bank(&network, "februari.csv", FEBRUARY);
    done(record(network.path(), "2024-02-26", &format!("pay {file}")));
    let listed = done(on(network.path(), "pay list")).out;
    let (in_words, twice) = (id_of(&listed, "faktura 20240003"), id_of(&listed, "dubbelbetalning"));

    let ran = done(record(network.path(), "2024-02-27", &format!("pay assign {in_words} --as-proposed")));
    assert!(ran.out.contains("från 2024-02-27: EX-20240003 154 776 kr"), "{}", ran.out);
    assert!(journal(&network).contains("\"reason\":\"som föreslaget\""));
    let short = &twice[..4];
    let to = format!("pay assign {short} --to EX-20240002 --rest overpayment --payer ale --reason Avräknas");
    done(record(network.path(), "2024-02-28", &to));
    assert!(journal(&network).contains("\"reason\":\"Avräknas\""));
    let nothing = done(record(network.path(), "2024-02-28", &to));
    assert!(nothing.err.contains("it goes there already; nothing was recorded"), "{}", nothing.err);
    let listed = done(on(network.path(), "pay list")).out;
    assert_eq!(listed, "Ingen betalning väntar på beslut.\n");
    // 62 774 kr less the 28 695 kr that were open of EX-20240002.
    let back =
        done(record(network.path(), "2024-03-05", &format!("pay assign {twice} --refund --date 2024-03-04")));
    assert!(
        back.out.contains("från 2024-03-04: EX-20240002 28 695 kr, återbetalt 34 079 kr"),
        "{}",
        back.out
    );
}

#[test]
fn a_payment_by_hand_is_entered_once() {
    let network = issued();
    let by_hand = "pay by-hand --date 2024-02-20 --amount 62774 --ocr 2024000107 --payer Ale";
    let first = done(record(network.path(), "2024-02-26", by_hand));
    assert!(first.out.contains("betalar EX-20240001"), "{}", first.out);
    let before = journal(&network);
    let second = done(record(network.path(), "2024-02-26", by_hand));
    assert!(second.err.contains("`--nr 2` enters a second one"), "{}", second.err);
    assert_eq!(journal(&network), before);
    let third = done(record(network.path(), "2024-02-26", &format!("{by_hand} --nr 2")));
    assert!(third.out.contains("redan betald"), "{}", third.out);
}

#[test]
fn a_script_reads_what_happened() {
    let network = issued();
    let file = bank(&network, "februari.csv", FEBRUARY);
    let ran = done(record(network.path(), "2024-02-26", &format!("pay {file} --json")));
    let summary: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&summary["new"], &summary["posted"]), (&4.into(), &2.into()));
    assert_eq!(summary["files"][0]["own_payments_sum"], "8000.00");
    assert_eq!(summary["head"].as_str().unwrap().len(), 64);
    let listed: serde_json::Value =
        serde_json::from_str(&done(on(network.path(), "pay list --json")).out).unwrap();
    assert_eq!(listed[0]["reason"], "text-only");
    assert_eq!(listed[0]["suggestions"][0]["invoice"], "EX-20240003");
    assert_eq!(listed[1]["proposal"]["rest"]["to"], "overpayment");
}

/// What is not understood ends with 2: nothing decided, two things decided, no file.
#[test]
fn a_decision_is_one_decision() {
    let network = issued();
    for command in [
        "pay",
        "pay assign 0000",
        "pay assign 0000 --not-ours --refund --date 2024-02-01",
        "pay assign 0000 --as-proposed --to 20240001",
        "pay assign 0000 --refund",
        "pay assign 0000 --not-ours --rest overpayment",
        "pay assign 0000 --rest elsewhere",
        "pay assign 0000 --of 1111 --not-ours",
        "pay by-hand --date 2024-02-20 --amount 0",
        "pay by-hand --date 2024-02-20 --amount -1",
    ] {
        assert_eq!(on(network.path(), command).code, 2, "{command}");
    }
}

/// 256 245 kr invoiced; 72 774 kr paid of them, 217 550 kr wait. On 5 April the due date of 2 March is 34 days ago.
#[test]
fn what_is_open_ties_to_what_was_issued_and_paid() {
    let network = issued();
    let file = bank(&network, "februari.csv", FEBRUARY);
    done(record(network.path(), "2024-02-26", &format!("pay {file}")));
    let open = done(on(network.path(), "open --date 2024-04-05")).out;
    let expected = "\
Exempelnätverket
Öppet vid utgången av 2024-04-05

Betalare          Ej förfallet  1–30 dagar  31–60 dagar  61–90 dagar  över 90 dagar       Öppet
Exempelförbundet                              28 695 kr                               28 695 kr
Göteborgs Stad                               154 776 kr                              154 776 kr

Summa                                        183 471 kr                              183 471 kr

Fakturanummer  Betalare          Förfaller   Dagar sen       Öppet
EX-20240002    Exempelförbundet  2024-03-02         34   28 695 kr
EX-20240003    Göteborgs Stad    2024-03-02         34  154 776 kr
";
    assert_eq!(open.split("\n\nVäntar").next().unwrap().to_owned() + "\n", expected);
    let ties = "\
Avstämning av fakturor
Fakturerat              256 245 kr
− krediterat                  0 kr
− betalt på fakturor     72 774 kr
= öppet                 183 471 kr

Avstämning av inbetalningar
Betalt på fakturor            72 774 kr
+ väntar på beslut           217 550 kr
= kommit in                  290 324 kr
";
    assert!(open.ends_with(ties), "{open}");
    let before = done(on(network.path(), "open --date 2024-02-20 --format csv")).out;
    assert_eq!(before.lines().count(), 3, "Ale paid on that day: {before}");
    assert!(before.contains(
        "EX-20240003,goteborg,Göteborgs Stad,2024,2024-02-01,2024-03-02,-11,not-due,154776.00,154776.00"
    ));
    let english = done(on(network.path(), "open --date 2024-04-05 --lang en")).out;
    assert!(english.contains("31–60 days") && english.contains("+ waits for a decision"), "{english}");
}

#[test]
fn where_nothing_was_issued_nothing_is_open() {
    let network = scratch();
    copy(&root().join("fixtures/errors/base"), network.path());
    let open = done(on(network.path(), "open --date 2024-04-05")).out;
    assert!(open.contains("Ingen faktura är obetald."), "{open}");
    assert!(!network.path().join("journal.jsonl").exists());
}
