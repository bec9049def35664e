//! remind: who is reminded when, what each letter asks for, and that a payment which may be for it is looked at first.

use std::fs;

use tempfile::TempDir;

use crate::pay::{bank, done, id_of, issued, journal, record};
use crate::world::{Ran, files, on};

/// Interest and a fee, ten days after the due date; 4 % in both halves of 2024, so that the rate is 12 %.
const LATE: &str = "
[agreement.late]
interest = \"reference-rate\"
margin = 8
reminder_fee = \"60 kr\"
reminder_fee_agreed = \"avtalet § 7\"
reminder_days = 10

[[reference_rate]]
from = 2024-01-01
rate = \"4,00\"
source = \"Riksbanken\"

[[reference_rate]]
from = 2024-07-01
rate = \"4,00\"
source = \"Riksbanken\"
";

/// The small network, its three invoices issued and due on 2 March 2024, with these settings.
fn network(late: &str) -> TempDir {
    let network = issued();
    let path = network.path().join("network.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text + late).unwrap();
    network
}

fn remind(network: &TempDir, day: &str) -> Ran {
    done(record(network.path(), day, "remind --no-pdf"))
}

fn letter(network: &TempDir, name: &str) -> String {
    fs::read_to_string(network.path().join(format!("documents/2024/{name}.txt"))).unwrap()
}

/// Ten days overdue is not more than ten. On the eleventh, 62 774 kr × 12 % × 11 / 365 are 227,0183…, so 227,02 kr.
#[test]
fn a_reminder_is_written_once_an_invoice_is_overdue_for_longer_than_set() {
    let network = network(LATE);
    let before = files(network.path());
    let early = remind(&network, "2024-03-12");
    assert_eq!((early.out.as_str(), early.err.as_str()), ("", "0 reminders\n"));
    assert_eq!(files(network.path()), before);

    let ran = remind(&network, "2024-03-13");
    let row = "EX-20240001    Ale kommun               11              1   62 774 kr       227,02 kr             60 kr   63 061,02 kr";
    assert!(ran.out.contains(row), "{}", ran.out);
    assert!(ran.err.ends_with("3 reminders\n"), "{}", ran.err);
    let letter = letter(&network, "EX-20240001-reminder-1");
    for said in [
        "Påminnelse\n\nAle kommun",
        "faktura 20240001, medlemsavgift 2024, som skulle ha betalats senast 2 mars 2024. 62 774,00 kr är fortfarande obetalt.",
        "Dröjsmålsränta till och med 13 mars 2024: 227,02",
        "2024-03-03 till 2024-03-13; 11; 62 774,00; 12,00 %",
        "referensräntan och 8,00 procentenheter",
        "Påminnelseavgift enligt lag (1981:739), avtalad: avtalet § 7",
        "Att betala: 63 061,02 kr",
        "OCR-referens: 2024000107",
    ] {
        assert!(letter.contains(said), "{said}: {letter}");
    }
    let sent = "\"type\":\"reminder.sent\",\"batch\":\"2024-2\",\"series\":\"EX\",\"invoice\":\"20240001\",\"date\":\"2024-03-13\",\
                \"open_ore\":6277400,\"fee_ore\":6000,\"interest_ore\":22702";
    assert!(journal(&network).contains(sent));
}

/// The same day, and ten days later, nothing; on the eleventh the second letter, which says so, with the fee once.
#[test]
fn nobody_is_reminded_twice_within_the_days() {
    let network = network(LATE);
    remind(&network, "2024-03-13");
    let before = files(network.path());
    for day in ["2024-03-13", "2024-03-23"] {
        let again = remind(&network, day);
        assert!(
            again.err.starts_with("EX-20240001: held back, since it was reminded of on 2024-03-13\n"),
            "{}",
            again.err
        );
        assert!(again.err.ends_with("0 reminders\n"), "{}", again.err);
    }
    assert_eq!(files(network.path()), before);
    remind(&network, "2024-03-24");
    let second = letter(&network, "EX-20240001-reminder-2");
    assert!(second.starts_with("Påminnelse nr 2\n"), "{second}");
    assert!(second.contains("Detta är påminnelse nr 2 om fakturan."), "{second}");
    // 62 774 kr × 12 % × 22 / 365 are 454,0366…
    assert!(second.contains("2024: 454,04\nPåminnelseavgift: 60,00\nAtt betala: 63 288,04 kr"), "{second}");
}

/// 10 000 kr on 5 March: 38 695 kr for three days, then 28 695 kr for eight: (38 695 × 3 + 28 695 × 8) × 12 % / 365 are 113,6384…
#[test]
fn interest_is_on_what_was_open_each_day() {
    let network = network(LATE);
    let file = bank(&network, "mars.csv", "2024-03-05;10000;2024000206;Exempelförbundet;;991-2346;B1\n");
    done(record(network.path(), "2024-03-06", &format!("pay {file}")));
    remind(&network, "2024-03-13");
    let letter = letter(&network, "EX-20240002-reminder-1");
    for said in [
        "Betalt: -10 000,00\nObetalt: 28 695,00\n",
        "2024-03-03 till 2024-03-05; 3; 38 695,00; 12,00 %\n2024-03-06 till 2024-03-13; 8; 28 695,00; 12,00 %\n",
        "13 mars 2024: 113,64\n",
    ] {
        assert!(letter.contains(said), "{said}: {letter}");
    }
}

/// Who pays what the letter asks for, to the öre: the list proposes the interest and the fee, and nothing is open.
#[test]
fn who_pays_what_a_letter_asks_for_owes_nothing_more() {
    let network = network(LATE);
    remind(&network, "2024-03-13");
    let file = bank(&network, "mars.csv", "2024-03-15;63061,02;2024000107;Ale kommun;;991-2346;B1\n");
    done(record(network.path(), "2024-03-16", &format!("pay {file}")));
    let listed = done(on(network.path(), "pay list")).out;
    let proposed = "förslag: EX-20240001 62 774 kr, dröjsmålsränta 227,02 kr, påminnelseavgift 60 kr";
    assert!(listed.contains(proposed), "{listed}");
    let id = id_of(&listed, "Ale kommun");
    done(record(network.path(), "2024-03-16", &format!("pay assign {id} --as-proposed")));
    let open = done(on(network.path(), "open --date 2024-03-16")).out;
    assert!(open.contains("+ dröjsmålsränta") && !open.contains("EX-20240001"), "{open}");
}

/// Somebody paid in words: whether it is for the invoice is decided before anybody is reminded of it.
#[test]
fn an_invoice_for_which_a_payment_may_wait_is_held_back() {
    let network = network(LATE);
    let file = bank(&network, "mars.csv", "2024-03-05;100;;Okänd;faktura 20240001;991-2346;B1\n");
    done(record(network.path(), "2024-03-06", &format!("pay {file}")));
    let ran = remind(&network, "2024-03-13");
    assert!(ran.err.contains("EX-20240001: held back, since payment "), "{}", ran.err);
    assert!(ran.err.ends_with("2 reminders\n"), "{}", ran.err);
    assert!(!network.path().join("documents/2024/EX-20240001-reminder-1.txt").exists());
}

/// Unless the host says so, a letter reminds and charges nothing, five days after the due date.
#[test]
fn nothing_is_charged_unless_it_is_set() {
    let network = network("");
    assert!(remind(&network, "2024-03-07").err.ends_with("0 reminders\n"));
    remind(&network, "2024-03-08");
    let letter = letter(&network, "EX-20240001-reminder-1");
    assert!(letter.contains("Obetalt: 62 774,00\nAtt betala: 62 774,00 kr\n"), "{letter}");
    assert!(!letter.contains("ränta") && !letter.contains("Påminnelseavgift"), "{letter}");
}

/// No rate is known for 2025, and that of 2024 is not used in its place: nothing is written.
#[test]
fn no_interest_is_counted_beyond_the_table_of_rates() {
    let network = network(LATE);
    let before = files(network.path());
    let ran = record(network.path(), "2025-01-01", "remind --no-pdf");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[reference-rate-must-be-known]"), "{}", ran.err);
    assert_eq!(files(network.path()), before);
    assert!(remind(&network, "2024-12-31").err.ends_with("3 reminders\n"));
}

#[test]
fn a_dry_run_writes_no_letter() {
    let network = network(LATE);
    let before = files(network.path());
    let ran = done(on(network.path(), "remind --no-pdf --dry-run --date 2024-03-13 --json"));
    let summary: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(summary["letters"].as_array().unwrap().len(), 3);
    assert_eq!(summary["letters"][0]["amount_due"], "63061.02");
    assert_eq!(summary["letters"][0]["charges"]["interest"]["spans"][0]["days"], 11);
    assert_eq!(files(network.path()), before);
}

/// Paid in time, or credited in full: no letter.
#[test]
fn who_owes_nothing_is_not_reminded() {
    let network = network(LATE);
    let file = bank(&network, "mars.csv", "2024-03-02;62774;2024000107;Ale kommun;;991-2346;B1\n");
    done(record(network.path(), "2024-03-06", &format!("pay {file}")));
    done(record(network.path(), "2024-03-07", "credit 20240003 --reason Fel --no-pdf"));
    let ran = remind(&network, "2024-03-13");
    assert!(ran.out.contains("EX-20240002") && ran.err.ends_with("1 reminder\n"), "{} {}", ran.out, ran.err);
}
