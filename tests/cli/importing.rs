//! The import that went on under other keys, which no folder of a network can show without a journal of its own.

use avgift::{Refusal, Sek};
use avgift_camt::{OurAccounts, Tolerance};
use avgift_invoice::BankgiroNumber;
use avgift_journal::{
    Batch, Distribution, Journal, PaymentRegistered, Reading, Rest, RestOf, Seal, Simulated, SourceFile,
};
use avgift_ledger::{BankInput, ImportPlan, Known};

use crate::journal::opening;

const FILE: &str = "datum;belopp;konto;bankreferens
2027-02-14;100;991-2346;B1
2027-02-14;200;991-2346;B2
2027-02-14;300;991-2346;B3
";

/// Of three payments one was registered, and the account had another name then.
pub(crate) fn under_other_keys() -> Refusal {
    let folder = Simulated::new();
    let amount = Sek::from_ore(10_000);
    let rest = RestOf { to: Rest::ForAPerson, payer: None, reason: Some("text-only".to_owned()) };
    let first = PaymentRegistered {
        batch: None,
        bank_key: "before|B1".to_owned(),
        amount,
        value_date: "2027-02-14".parse().unwrap(),
        booked: None,
        bank: None,
        to: Distribution { unallocated: amount, rest: Some(rest), ..Distribution::default() },
        source: SourceFile { file: "mars.csv".to_owned(), sha256: Seal::of(FILE.as_bytes()), to_follow: 2 },
        documents: Vec::new(),
    };
    let journal = Journal::open(folder.clone(), opening("09:00:00")).unwrap();
    drop(journal.commit(Batch { events: vec![first.into()], documents: Vec::new() }).unwrap());
    let Reading { state, head, .. } = Reading::of(&folder).unwrap();
    let ours = OurAccounts::new().with("991-2346".parse::<BankgiroNumber>().unwrap());
    let inputs = [BankInput { name: "mars.csv", bytes: FILE.as_bytes() }];
    let known = Known::read(&folder).unwrap();
    let refused = ImportPlan::of(&state, head.seal, &known, &ours, Tolerance::default(), &inputs);
    refused.unwrap_err().remove(0)
}
