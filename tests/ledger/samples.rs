//! The bank files of fixtures/payments, imported one after the other: the same seven payments by three files of the bank.
//! payments-expected.json is the answer key: which invoices are open, and what becomes of each payment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use avgift::Sek;
use avgift_camt::Tolerance;
use avgift_journal::{Reading, Simulated};
use avgift_ledger::{Known, waiting};

use crate::answer_key::{Payment, answers};
use crate::paying::{Owed, import, issued, journal, left, plan, state};

fn payments() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/payments")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(payments().join("good").join(name)).unwrap()
}

/// The invoices of the answer key; 1004, which it leaves out, is of somebody else.
const INVOICES: [Owed; 7] = [
    Owed { number: "1001", payer: "are", name: "Åre kommun", amount: "12 345" },
    Owed { number: "1002", payer: "habo", name: "Håbo kommun", amount: "19 938" },
    Owed { number: "1003", payer: "ostersund", name: "Östersunds kommun", amount: "1 250" },
    Owed { number: "1004", payer: "ale", name: "Ale kommun", amount: "4 711" },
    Owed { number: "1005", payer: "vasby", name: "Upplands Väsby kommun", amount: "8 000" },
    Owed { number: "1006", payer: "vasby", name: "Upplands Väsby kommun", amount: "4 000" },
    Owed { number: "1007", payer: "vast", name: "Kommunal Redovisning Väst", amount: "2 500" },
];

fn network() -> Simulated {
    let folder = issued(&INVOICES);
    let answers = answers(&payments());
    for (number, invoice) in &answers.invoices {
        assert_eq!(left(&folder, number).ore(), invoice.open_ore, "{number}");
        assert_eq!(crate::paying::ocr(number).to_string(), invoice.ocr);
    }
    folder
}

/// The word of the answer key for why a payment waits.
fn word(reason: &str) -> &str {
    match reason {
        "already-paid" => "already_paid",
        "text-only" => "text_only",
        "bad-check-digit" => "bad_check",
        other => other,
    }
}

/// Every payment of the key posts or waits as the key says, and no öre is lost between.
fn meets_the_answer_key(folder: &Simulated) {
    let (state, known) = (state(folder), Known::read(folder).unwrap());
    let waits: BTreeMap<&str, &str> = state
        .payments()
        .filter(|(_, payment)| payment.is_for_a_person())
        .map(|(key, _)| (key, word(known.reason(key).unwrap().word())))
        .collect();
    for Payment { id, expect, amount_ore, .. } in answers(&payments()).payments {
        let key = format!("9912346|BG270214{id}");
        let payment = state.payment(&key).unwrap();
        assert_eq!(payment.amount.ore(), amount_ore, "{id}");
        match expect.as_str() {
            "exact" | "partial" => assert_eq!(payment.to.allocations.len(), 1, "{id}"),
            "two_invoices" => assert_eq!(payment.to.allocations.len(), 2, "{id}"),
            waits_for => assert_eq!(waits.get(key.as_str()), Some(&waits_for), "{id}"),
        }
    }
    // 19 938 kr pay 1002; 10 000 kr are a part of 1001; 8 000 and 4 000 kr pay 1005 and 1006; the others wait.
    for (number, open) in
        [("1001", 234_500), ("1002", 0), ("1003", 125_000), ("1005", 0), ("1006", 0), ("1007", 250_000)]
    {
        assert_eq!(left(folder, number), Sek::from_ore(open), "{number}");
    }
}

#[test]
fn each_of_the_files_alone_meets_the_answer_key() {
    for name in ["camt053-v02.xml", "camt054-v02.xml", "camt054-v08.xml"] {
        let folder = network();
        let reversals = usize::from(name == "camt054-v08.xml");
        assert_eq!(import(&folder, name, &bytes(name)), 7 + reversals, "{name}");
        meets_the_answer_key(&folder);
    }
}

/// The same payments by statement and by notification in two versions: only the first posts. Of the eighth payment only the last camt file tells: the bank takes P1 or P5 back.
#[test]
fn only_the_first_of_the_files_posts() {
    let folder = network();
    assert_eq!(import(&folder, "camt053-v02.xml", &bytes("camt053-v02.xml")), 7);
    let after_the_first = journal(&folder);
    assert_eq!(import(&folder, "camt054-v02.xml", &bytes("camt054-v02.xml")), 0);
    assert_eq!(journal(&folder), after_the_first);
    assert_eq!(import(&folder, "camt054-v08.xml", &bytes("camt054-v08.xml")), 1);
    meets_the_answer_key(&folder);
    let reversal = state(&folder).payment("9912346|BG270214P8|reversal").unwrap().clone();
    assert_eq!((reversal.amount.ore(), reversal.is_for_a_person()), (-1_993_800, true));

    let before = journal(&folder);
    for name in ["camt053-v02.xml", "camt054-v08.xml"] {
        assert_eq!(import(&folder, name, &bytes(name)), 0, "{name}");
    }
    assert_eq!(journal(&folder), before);
}

/// The CSV names the account and the bank's id of P1, so that one is known. Its second row has no id: it is P6 told anew,
/// under a key of its own, and waits as P6 does. The third is a fee of the bank.
#[test]
fn a_csv_of_the_same_payments_posts_none_of_them() {
    let folder = network();
    import(&folder, "camt054-v02.xml", &bytes("camt054-v02.xml"));
    let csv = bytes("payments-sv.csv");
    let plan = plan(&folder, &[("payments-sv.csv", &csv)]).unwrap();
    let file = &plan.files[0];
    assert_eq!((file.known, file.new.len(), file.own), (1, 1, (1, Sek::from_ore(12_550))));
    assert!(!file.new[0].posts_itself());
    assert_eq!(import(&folder, "payments-sv.csv", &csv), 1);
    meets_the_answer_key(&folder);
    let before = journal(&folder);
    assert_eq!(import(&folder, "payments-sv.csv", &csv), 0);
    assert_eq!(journal(&folder), before);
}

/// P7 has the reference of 1007 with a wrong digit, and its amount is open on 1007 alone; P6 names it in words.
#[test]
fn a_person_is_shown_what_is_likely() {
    let folder = network();
    import(&folder, "camt054-v02.xml", &bytes("camt054-v02.xml"));
    let Reading { state, .. } = Reading::of(&folder).unwrap();
    let known = Known::read(&folder).unwrap();
    let waiting = waiting(&state, &known, Tolerance::default());
    let of = |id: &str| waiting.iter().find(|one| one.bank_key.ends_with(id)).unwrap();
    for id in ["P6", "P7"] {
        assert_eq!(of(id).suggestions[0].invoice.number.to_string(), "1007", "{id}");
        let parts = &of(id).proposal.as_ref().unwrap().allocations;
        assert_eq!((parts.len(), parts[0].amount.ore()), (1, 250_000), "{id}");
    }
    let over = of("P3").proposal.clone().unwrap();
    assert_eq!((over.allocations[0].amount.ore(), over.unallocated.ore()), (125_000, 5_000));
    assert_eq!(over.rest.unwrap().payer.as_deref(), Some("ostersund"));
    let twice = of("P5").proposal.clone().unwrap();
    assert_eq!((twice.allocations.len(), twice.unallocated.ore()), (0, 1_993_800));
    assert_eq!(twice.rest.unwrap().payer.as_deref(), Some("habo"));
}
