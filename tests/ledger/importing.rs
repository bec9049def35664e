//! Importing: nothing twice, nothing skipped, whatever a run is interrupted by.

use std::path::Path;

use avgift::Sek;
use avgift_camt::{Match, Reason};
use avgift_journal::{BATCH_MAX, Batch, ChargeKey, Death, Seal, Simulated, verify};
use avgift_ledger::{Standing, our_accounts, register};
use avgift_network::{Folder, Network};

use crate::paying::{OWED, Owed, import, invoice, issued, journal, left, ocr, open, paid, plan, state};

/// A CSV of the account with these rows.
fn csv(rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let row = |(amount, reference, id): &(&str, &str, &str)| {
        format!("2027-02-14;{amount};{reference};991-2346;{id}\n")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("datum;belopp;ocr;konto;bankreferens\n{rows}").into_bytes()
}

fn reference(number: &str) -> String {
    ocr(number).to_string()
}

/// What becomes of one payment of this amount with the reference of 1001, on which 19 938 kr are open.
fn becomes(amount: &str) -> Match {
    let folder = issued(&OWED);
    let file = csv(&[(amount, &reference("1001"), "B1")]);
    plan(&folder, &[("b.csv", &file)]).unwrap().files[0].new[0].found.clone()
}

/// 19 937 kr leave a krona open, so it is a part; 19 937,01 leave 99 öre, and a person looks at it.
#[test]
fn a_payment_posts_itself_up_to_what_is_open() {
    assert!(matches!(becomes("19 938"), Match::Exact(_)));
    assert!(matches!(becomes("19 937"), Match::Partial(_)));
    assert!(matches!(becomes("0,01"), Match::Partial(_)));
    for (amount, reason) in
        [("19 937,01", Reason::NearlyPaid), ("19 938,99", Reason::NearlyPaid), ("19 939", Reason::Overpaid)]
    {
        let Match::ForAPerson(person) = becomes(amount) else { panic!("{amount} posts itself") };
        assert_eq!(person.reason, reason, "{amount}");
    }
}

/// What one file pays is no longer open to the next of the same run, and the same payment in both comes once.
#[test]
fn files_of_one_run_are_one_after_the_other() {
    let folder = issued(&OWED);
    let first = csv(&[("19 938", &reference("1001"), "B1")]);
    let second = csv(&[("19 938", &reference("1001"), "B1"), ("19 938", &reference("1001"), "B2")]);
    let plan = plan(&folder, &[("1.csv", &first), ("2.csv", &second)]).unwrap();
    assert_eq!((plan.files[0].new.len(), plan.files[1].known, plan.files[1].new.len()), (1, 1, 1));
    assert!(plan.files[0].new[0].posts_itself() && !plan.files[1].new[0].posts_itself());
    register(open(&folder), &plan).unwrap();
    assert_eq!(left(&folder, "1001"), Sek::ZERO);
}

#[test]
fn a_file_is_kept_and_known_by_its_bytes_whatever_its_name() {
    let folder = issued(&OWED);
    let file = csv(&[("19 938", &reference("1001"), "B1")]);
    assert_eq!(import(&folder, "bank/februari åä.csv", &file), 1);
    let kept = format!("documents/bank/{}-februari___.csv", Seal::of(&file).short());
    assert_eq!(folder.files()[&kept], file);
    let before = journal(&folder);
    let again = plan(&folder, &[("other.csv", &file)]).unwrap();
    assert_eq!((again.files[0].standing, again.count()), (Standing::Imported, 0));
    assert_eq!(journal(&folder), before);
    verify(&folder, None).unwrap();
}

/// The bank's id stands for one payment: another amount under it refuses the file, and nothing of it is registered.
#[test]
fn the_same_id_with_another_amount_is_for_a_person() {
    let folder = issued(&OWED);
    import(&folder, "1.csv", &csv(&[("100", &reference("1001"), "B1")]));
    let before = journal(&folder);
    let file = csv(&[("12 345", &reference("1002"), "B2"), ("100,01", &reference("1001"), "B1")]);
    let faults = plan(&folder, &[("2.csv", &file)]).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].code, "payment-must-be-as-registered");
    assert_eq!(faults[0].places[0].origin.to_string(), "2.csv:3:1");
    assert_eq!(journal(&folder), before);
}

#[test]
fn all_files_are_refused_where_one_is() {
    let folder = issued(&OWED);
    let good = csv(&[("19 938", &reference("1001"), "B1")]);
    let faults = plan(&folder, &[("1.csv", &good), ("2.csv", b"datum;belopp\nx;y\n")]).unwrap_err();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["date-must-be-a-date", "amount-must-be-in-kronor"]);
}

/// Entered twice by hand it is one payment, unless the person says that it is the second.
#[test]
fn a_payment_by_hand_is_registered_once() {
    let folder = issued(&OWED);
    paid(&folder, "100", &reference("1001"));
    assert_eq!(left(&folder, "1001").ore(), 1_983_800);
    assert_eq!(state(&folder).payments().count(), 1);
}

/// So many payments of a krona each as make three batches.
fn large() -> Vec<u8> {
    let rows: Vec<(String, String)> =
        (0..2 * BATCH_MAX + 3).map(|place| (reference("1001"), format!("B{place}"))).collect();
    csv(&rows.iter().map(|(reference, id)| ("1", reference.as_str(), id.as_str())).collect::<Vec<_>>())
}

#[test]
fn a_large_file_is_registered_in_batches() {
    let folder = issued(&OWED);
    assert_eq!(import(&folder, "large.csv", &large()), 2 * BATCH_MAX + 3);
    let import = state(&folder).imported(Seal::of(&large())).cloned().unwrap();
    assert_eq!(import.to_follow, 0);
    let lines = String::from_utf8(journal(&folder)).unwrap();
    for (to_follow, lines_of) in [(BATCH_MAX + 3, BATCH_MAX), (3, BATCH_MAX)] {
        assert_eq!(lines.matches(&format!("\"to_follow\":{to_follow}}}")).count(), lines_of);
    }
    assert_eq!(lines.matches("\"documents\":[{\"name\":\"documents/bank/").count(), 1);
}

/// Killed at any change of the disk, the same command registers what is left, and a third run nothing.
#[test]
fn an_import_that_was_interrupted_goes_on_where_it_stopped() {
    let whole = issued(&OWED);
    let before = whole.changes();
    import(&whole, "large.csv", &large());
    let changes = whole.changes() - before;
    let mut resumed = 0;
    for change in 0..changes {
        let folder = issued(&OWED);
        let plan = plan(&folder, &[("large.csv", &large())]).unwrap();
        let journal_of = open(&folder);
        folder.die_at(folder.changes() + change, Death::Before);
        if register(journal_of, &plan).is_ok() {
            continue; // The change was one of opening.
        }
        let folder = Simulated::of(&folder.files());
        drop(open(&folder)); // Whoever writes next finishes what was decided.
        let standing = self::plan(&folder, &[("large.csv", &large())]).unwrap().files[0].standing;
        resumed += usize::from(matches!(standing, Standing::Begun(_)));
        import(&folder, "large.csv", &large());
        assert_eq!(state(&folder).payments().count(), 2 * BATCH_MAX + 3, "{change}");
        assert_eq!(import(&folder, "large.csv", &large()), 0, "{change}");
        verify(&folder, None).unwrap();
    }
    assert!(resumed > 0, "some run was killed between two batches");
}

/// Between the two runs somebody gave the account another name: registered under new keys, payments would stand twice.
#[test]
fn an_import_does_not_go_on_under_other_keys() {
    let folder = issued(&OWED);
    let whole = plan(&folder, &[("large.csv", &large())]).unwrap();
    let events = killed_after_the_first_batch(&folder, &whole);
    assert_eq!(state(&events).imported(Seal::of(&large())).unwrap().to_follow as usize, BATCH_MAX + 3);
    let reading = avgift_journal::Reading::of(&events).unwrap();
    let known = avgift_ledger::Known::read(&events).unwrap();
    let bankgiro: avgift_invoice::BankgiroNumber = "991-2346".parse().unwrap();
    let renamed = avgift_camt::OurAccounts::new().with_named(bankgiro, "another");
    let bytes = large();
    let inputs = [avgift_ledger::BankInput { name: "large.csv", bytes: &bytes }];
    let refused = avgift_ledger::ImportPlan::of(
        &reading.state,
        reading.head.seal,
        &known,
        &renamed,
        Default::default(),
        &inputs,
    );
    assert_eq!(refused.unwrap_err()[0].code, "import-must-go-on-as-it-began");
}

/// The folder as a run leaves it that is killed after its first batch.
fn killed_after_the_first_batch(folder: &Simulated, plan: &avgift_ledger::ImportPlan) -> Simulated {
    let killed = |change: usize| {
        let copy = Simulated::of(&folder.files());
        let journal = open(&copy);
        copy.die_at(copy.changes() + change, Death::Before);
        let _ = register(journal, plan); // It dies on the way.
        let copy = Simulated::of(&copy.files());
        drop(open(&copy));
        copy
    };
    (0..100).map(killed).find(|copy| state(copy).payments().count() == BATCH_MAX).unwrap()
}

/// A bankgiro number and an IBAN of each host; those of one share its name. The fixture's hosts have one number between them,
/// made up, so the second gets another here.
#[test]
fn the_accounts_of_a_host_go_by_one_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/networks/hallbar-utveckling");
    let mut folder = Folder::new();
    for name in ["network.toml", "members.csv", "payers.csv"] {
        folder.add(name, std::fs::read(root.join(name)).unwrap());
    }
    for file in std::fs::read_dir(root.join("statistics")).unwrap() {
        let path = file.unwrap().path();
        let name = format!("statistics/{}", path.file_name().unwrap().to_str().unwrap());
        folder.add(name, std::fs::read(path).unwrap());
    }
    let toml = std::fs::read_to_string(root.join("network.toml")).unwrap();
    let (before, after) = toml.rsplit_once("991-2346").unwrap();
    folder.add("network.toml", format!("{before}5050-1055{after}").into_bytes());
    let network = Network::read(&folder).unwrap();
    let ours = our_accounts(&network);
    let names: Vec<(String, &str)> =
        ours.iter().map(|account| (account.to_string(), ours.name_of(account))).collect();
    let expected = [
        ("SE6699900000000000000002", "50501055"),
        ("SE9399900000000000000001", "9912346"),
        ("50501055", "50501055"),
        ("9912346", "9912346"),
    ];
    assert_eq!(names, expected.map(|(account, name)| (account.to_owned(), name)));
}

/// The same number in two series has one reference: no file says which is meant, so a person does.
#[test]
fn two_invoices_of_one_reference_are_never_guessed_between() {
    let folder = issued(&OWED);
    let mut other = invoice(&Owed { number: "1001", payer: "ale", name: "Ale kommun", amount: "100" });
    (other.series, other.batch) = ("G".to_owned(), "2027-2".to_owned());
    other.keys = vec![ChargeKey::of(&["membership-fee", "another"])];
    open(&folder).commit(Batch { events: vec![other.into()], documents: Vec::new() }).unwrap();
    let file = csv(&[("100", &reference("1001"), "B1")]);
    let found = plan(&folder, &[("b.csv", &file)]).unwrap().files[0].new[0].found.clone();
    let Match::ForAPerson(person) = found else { panic!("{found:?}") };
    assert_eq!(person.reason, Reason::AmbiguousReference);
}
