//! No input makes the reader panic: arbitrary bytes, good files with a few bytes changed, and what is made to be large.

use std::collections::BTreeSet;

use avgift::Sek;
use avgift_camt::{OpenItem, PaymentKind, Tolerance, match_all};
use proptest::prelude::*;

use crate::disturbing::{changed, changes};
use crate::{bytes, files, ours};

/// What comes out must hold together, and can be matched.
fn ask(name: &str, bytes: &[u8]) {
    match avgift_camt::read(name, bytes, &ours()) {
        Ok(file) => {
            let keys: BTreeSet<_> = file.payments.iter().map(|payment| &payment.bank_key).collect();
            assert_eq!(keys.len(), file.payments.len(), "two payments with one key");
            assert!(
                file.payments.iter().all(|payment| payment.amount >= Sek::ZERO && payment.origin.is_some())
            );
            assert!(
                file.payments
                    .iter()
                    .all(|one| one.account.as_ref().is_none_or(|account| ours().hold(account)))
            );
            let item = OpenItem {
                number: "1002".parse().unwrap(),
                ocr: "100263".parse().unwrap(),
                payer_name: "Håbo kommun".to_owned(),
                payer_accounts: Vec::new(),
                amount: Sek::from_ore(1_993_800),
                open: Sek::from_ore(1_993_800),
                credited: false,
            };
            let posted: i64 = match_all(&file.payments, &[item], Tolerance::default())
                .iter()
                .zip(&file.payments)
                .inspect(|(found, payment)| {
                    assert!(found.allocations().is_empty() || payment.kind == PaymentKind::Credit);
                })
                .flat_map(|(found, _)| found.allocations().iter().map(|one| one.amount.ore()))
                .sum();
            assert!(posted <= 1_993_800, "more was posted than is open");
            serde_json::to_string(&file).unwrap();
        }
        Err(faults) => {
            assert!(!faults.is_empty() && faults.len() <= 100);
            for fault in faults {
                let refusal = fault.refusal();
                assert!(refusal.places[0].origin.line > 0 && refusal.places[0].origin.column > 0);
            }
        }
    }
}

/// The bytes that tell this reader something.
const TELLING: &[u8] = b"\"\"<>/&;=, \n\r019.-\xc3\xa5\xe5\xff\x00";

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        ask("f", &bytes);
    }

    #[test]
    fn arbitrary_rows_are_read_or_refused(text in "(datum[;,]belopp[;,]ocr\\n)?[\"a-zåäö0-9;,\\t \\r\\n.-]{0,80}") {
        ask("f", text.as_bytes());
    }

    #[test]
    fn a_changed_file_is_read_or_refused(
        file in any::<prop::sample::Index>(),
        changes in changes(TELLING),
    ) {
        let names = [files("good"), files("bad")].concat();
        let name = file.get(&names);
        ask(name, &changed(bytes(name), changes));
    }

    /// A part of one file in the middle of another, elements and all.
    #[test]
    fn a_file_spliced_into_another_is_read_or_refused(
        (one, other) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        (from, to, at) in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let names = files("good");
        let (one, other): (&String, &String) = (one.get(&names), other.get(&names));
        let part = bytes(other);
        let mut bytes = bytes(one);
        let (from, to) = (from.index(part.len()), to.index(part.len()));
        let at = at.index(bytes.len());
        bytes.splice(at..at, part[from.min(to)..from.max(to)].iter().copied());
        ask("f", &bytes);
    }
}

/// A tree as deep as a file may be long, on the stack of a thread of a test.
#[test]
fn a_deep_tree_is_refused() {
    let deep = "<a>".repeat(1_000_000);
    ask("f", deep.as_bytes());
    ask("f", (deep + &"</a>".repeat(1_000_000)).as_bytes());
    ask("f", "<a/>".repeat(2_500_000).as_bytes());
    ask("f", ["<r>", &"<a/>".repeat(2_500_000), "</r>"].concat().as_bytes());
}

/// What would grow without end is refused before it is read.
#[test]
fn entities_are_never_expanded() {
    let text = "<!DOCTYPE a [<!ENTITY x \"xxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]><a>&y;&y;</a>";
    let faults = avgift_camt::read("f.xml", text.as_bytes(), &ours()).unwrap_err();
    assert_eq!(faults[0].code(), "bank-xml-must-not-have-a-document-type");
}
