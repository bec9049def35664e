//! `avgift verify` and `avgift journal`: what holds is told in figures, and the first thing that does not, with its place.

use std::fs;

use crate::recorded::Recorded;

/// 36 invoices and a credit note: 1 + 36 + 1 + 1 + 1 lines, 37 documents, 39 fees.
#[test]
fn what_holds_is_told_in_figures() {
    let recorded = Recorded::credited();
    recorded.prints("verify --rebuild", "verify.txt");
    recorded.prints("verify --rebuild --lang en", "verify-en.txt");
    recorded.prints("journal verify", "journal-verify.txt");
    let json = recorded.run("verify --json").out;
    for figure in
        ["\"lines\": 40", "\"documents\": 37", "\"fees\": 39", "\"invoices\": 36", "\"credit_notes\": 1"]
    {
        assert!(json.contains(figure), "{figure}: {json}");
    }
    assert_eq!(recorded.run(&format!("verify --head {}", recorded.head())).code, 0);
}

#[test]
fn an_empty_folder_has_an_empty_journal_and_no_folder_is_refused() {
    let recorded = Recorded::new();
    assert_eq!(recorded.run("verify").out, "Journalen är tom: inget har utfärdats.\n");
    assert_eq!(recorded.run("journal list").out, "Journalen är tom: inget har utfärdats.\n");
    assert!(recorded.run("journal show 1").err.starts_with("error[invoice-must-be-found]"));
    fs::create_dir(recorded.file("tom")).unwrap();
    let ran = crate::world::on(&recorded.file("ingenstans"), "verify");
    assert!(ran.err.starts_with("error[folder-must-be-readable]"), "{}", ran.err);
}

/// Every hand that changes something, and where it is found.
#[test]
fn each_change_is_found_at_its_place() {
    // The amount of a stored invoice, every seal made anew: only the sums tell.
    let recorded = Recorded::issued();
    recorded.forge(4, "\"amount_due\":\"18582.00\"", "\"amount_due\":\"28582.00\"");
    recorded.says(1, "verify", "amount-changed.stderr");
    assert_eq!(recorded.run("journal verify").code, 0);

    // What the journal counts with, and the batch's sum with it.
    let recorded = Recorded::issued();
    recorded.forge(4, "\"total_ore\":1858200", "\"total_ore\":1858100");
    recorded.forge(38, "\"sum_ore\":172262100", "\"sum_ore\":172262000");
    recorded.says(1, "verify", "record-changed.stderr");

    // An operand of a fee: 32 446 inhabitants become 32 447.
    let recorded = Recorded::issued();
    recorded.forge(2, "{\"inhabitants\":32446}", "{\"inhabitants\":32447}");
    recorded.says(1, "verify", "operand-changed.stderr");

    // The same without new seals.
    let recorded = Recorded::issued();
    let text = recorded.journal().replacen("{\"inhabitants\":32446}", "{\"inhabitants\":32447}", 1);
    recorded.write_journal(&text);
    recorded.says(1, "verify", "line-changed.stderr");
}

/// The text of a stored invoice that no sum knows: the document made again tells.
#[test]
fn a_stored_invoice_that_is_not_the_document_is_found_by_rebuilding() {
    let recorded = Recorded::issued();
    recorded.forge(2, "\"buyer_reference\":\"EXEMPEL-1440\"", "\"buyer_reference\":\"EXEMPEL-1441\"");
    assert_eq!(recorded.run("verify").code, 0);
    recorded.says(1, "verify --rebuild", "reference-changed.stderr");
}

/// All faults are told, in the order of their lines.
#[test]
fn two_faults_are_both_told_the_first_first() {
    let recorded = Recorded::issued();
    recorded.forge(6, "{\"inhabitants\":", "{\"inhabitants\":1");
    let changed = recorded.file("documents/2024/GR-20240003.xml");
    let text = fs::read_to_string(&changed).unwrap().replacen("18582.00", "18581.00", 1);
    fs::write(changed, text).unwrap();
    fs::remove_file(recorded.file("documents/2024/GR-20240007.xml")).unwrap();
    recorded.says(1, "verify", "three-faults.stderr");
}

/// An older copy is a sound journal; only what was printed of the newer one tells, and its documents.
#[test]
fn an_older_copy_is_found_by_the_printed_head() {
    let recorded = Recorded::issued();
    let older = recorded.journal();
    let credit = "credit GR-20240002 --reason Fel --no-pdf --yes --by ekonomi --at 2024-02-05T10:00:00+01:00";
    assert_eq!(recorded.run(credit).code, 0);
    let head = recorded.head();
    recorded.write_journal(&older);
    recorded.says(1, "verify", "older-copy.stderr");
    // Somebody takes the document away too.
    fs::remove_file(recorded.file("documents/2024/GR-20240037.xml")).unwrap();
    assert_eq!(recorded.run("verify").code, 0);
    recorded.says(1, &format!("verify --head {head}"), "older-head.stderr");
}

/// A line moved, a line gone.
#[test]
fn lines_in_another_order_are_found() {
    let recorded = Recorded::issued();
    let text = recorded.journal();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(4, 5);
    recorded.write_journal(&(lines.join("\n") + "\n"));
    recorded.says(1, "verify", "another-order.stderr");
}

/// 1 000 kr were credited of Ale; and a rate of 1,60 kr would give others, which is told and no fault.
#[test]
fn what_the_folder_gives_today_is_information() {
    let recorded = Recorded::credited();
    recorded.prints("verify --against-folder", "against-folder.txt");
    let settings = fs::read_to_string(recorded.file("network.toml")).unwrap();
    let others = settings.replacen("rate = \"1,50 kr\"", "rate = \"1,60 kr\"", 1);
    fs::write(recorded.file("network.toml"), others).unwrap();
    let ran = recorded.run("verify --against-folder");
    assert_eq!(ran.code, 0);
    // The 29 between floor and ceiling pay by the rate, Ale among them; Bollebygd and Herrljunga, with 9 733 and 9 441
    // inhabitants, rise above the floor, whose break point goes from 10 000 to 9 375.
    assert!(ran.out.contains("39 utfärdade avgifter, 31 skiljer sig"), "{}", ran.out);
    fs::remove_file(recorded.file("statistics/loi-arbetare-c.csv")).unwrap();
    let ran = recorded.run("verify --against-folder");
    assert!(
        ran.code == 0 && ran.out.contains("Avgiftsår 2024 går inte att räkna i dag"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn the_journal_is_listed_in_words() {
    let recorded = Recorded::credited();
    recorded.prints("journal list", "list.txt");
    recorded.prints("journal list --type credit --lang en", "list-credit-en.txt");
    let csv = recorded.run("journal list --from 2024-02-02 --format csv").out;
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(
        csv.lines().nth(1).unwrap().starts_with("39,2024-02-05T10:00:00+01:00,ekonomi,credit.issued,"),
        "{csv}"
    );
    assert!(recorded.run("journal list --to 2024-02-01 --json").out.contains("\"seq\": 38"));
    assert!(!recorded.run("journal list --to 2024-01-31 --json").out.contains("\"seq\""));
    let ran = recorded.run("journal list --type faktura");
    assert!(ran.code == 2 && ran.err.contains("invoice.issued"), "{}", ran.err);
}

#[test]
fn a_document_and_a_line_are_shown() {
    let recorded = Recorded::credited();
    recorded.prints("journal show 20240001", "show-invoice.txt");
    recorded.prints("journal show GR-20240037 --lang en", "show-credit-note-en.txt");
    recorded.prints("journal show 40", "show-line.txt");
    // Line 2 is the invoice.
    assert_eq!(recorded.run("journal show 2").out, recorded.run("journal show GR-20240001").out);
    let json = recorded.run("journal show 20240001 --json").out;
    for part in [
        "\"open\": \"49219.00\"",
        "\"number\": \"GR-20240037\"",
        "\"explanations\"",
        "\"total_ore\": 5021900",
    ] {
        assert!(json.contains(part), "{part}: {json}");
    }
    let ran = recorded.run("journal show 41");
    assert!(ran.code == 1 && ran.err.starts_with("error[invoice-must-be-found]"), "{}", ran.err);
    let ran = recorded.run("journal show 41 --line");
    assert!(ran.code == 1 && ran.err.contains("1 to 40"), "{}", ran.err);
}
