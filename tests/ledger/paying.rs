//! Made: a journal with invoices of given amounts, and payments in a few words.

use avgift::{NaiveDate, Sek};
use avgift_camt::{BankPayment, ManualEntry, OurAccounts, Tolerance};
use avgift_invoice::{Iban, InvoiceNumber, OcrMode, OcrReference};
use avgift_journal::{
    Batch, ChargeKey, CreditIssued, InvoiceIssued, Journal, Opening, Payment, Raw, Reading, Simulated, Stamp,
    State,
};
use avgift_ledger::{
    BankInput, Decision, ImportPlan, Known, Ledger, PlannedDecision, plan_decision, record_decision, register,
};

pub(crate) fn opening() -> Opening {
    Opening {
        stamp: Stamp {
            by: "ekonomi".to_owned(),
            at: "2027-03-01T09:00:00+01:00".parse().unwrap(),
            tool: "avgift 0.1.0".to_owned(),
        },
        machine: "ekonomi-1".to_owned(),
        org: "Exempelnätverket".to_owned(),
        orgnr: "802400-0013".to_owned(),
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn kronor(text: &str) -> Sek {
    text.parse().unwrap()
}

pub(crate) fn number(text: &str) -> InvoiceNumber {
    text.parse().unwrap()
}

/// A payer, its name and what it owes: the invoice of that number, due on 14 February 2027.
pub(crate) struct Owed {
    pub(crate) number: &'static str,
    pub(crate) payer: &'static str,
    pub(crate) name: &'static str,
    pub(crate) amount: &'static str,
}

/// Håbo 19 938 kr on 1001, Åre 12 345 kr on 1002, and 1 250 kr on 1003.
pub(crate) const OWED: [Owed; 3] = [
    Owed { number: "1001", payer: "habo", name: "Håbo kommun", amount: "19 938" },
    Owed { number: "1002", payer: "are", name: "Åre kommun", amount: "12 345" },
    Owed { number: "1003", payer: "are", name: "Åre kommun", amount: "1 250" },
];

pub(crate) fn ocr(number: &str) -> OcrReference {
    OcrReference::of(number.parse().unwrap(), OcrMode::CheckAndLength)
}

pub(crate) fn invoice(owed: &Owed) -> InvoiceIssued {
    let total = kronor(owed.amount);
    InvoiceIssued {
        batch: "2027-1".to_owned(),
        series: "F".to_owned(),
        number: number(owed.number),
        keys: vec![ChargeKey::of(&["membership-fee", owed.number])],
        divided: None,
        year: 2027,
        payer: owed.payer.to_owned(),
        date: day("2027-01-15"),
        due: day("2027-02-14"),
        ocr: ocr(owed.number),
        total,
        net: total,
        vat: Sek::ZERO,
        vat_category: "O".to_owned(),
        documents: Vec::new(),
        inputs: Raw::of(&"what the fee was computed from").unwrap(),
        invoice: Raw::of(&serde_json::json!({ "buyer": { "name": owed.name } })).unwrap(),
    }
}

/// A folder in which these invoices were issued.
pub(crate) fn issued(owed: &[Owed]) -> Simulated {
    let folder = Simulated::new();
    let events = owed.iter().map(|owed| invoice(owed).into()).collect();
    open(&folder).commit(Batch { events, documents: Vec::new() }).unwrap();
    folder
}

pub(crate) fn open(folder: &Simulated) -> Journal<Simulated> {
    Journal::open(folder.clone(), opening()).unwrap()
}

pub(crate) fn state(folder: &Simulated) -> State {
    Reading::of(folder).unwrap().state
}

/// Credits a part of an invoice, by the number that comes next.
pub(crate) fn credit(folder: &Simulated, credits: &str, amount: &str, credit_note: &str) {
    let total = kronor(amount);
    let journal = open(folder);
    let event = CreditIssued {
        batch: journal.state().next_batch(2027),
        series: "F".to_owned(),
        number: number(credit_note),
        credits: number(credits),
        credits_series: None,
        reason: "Fel".to_owned(),
        date: day("2027-01-20"),
        total,
        net: total,
        vat: Sek::ZERO,
        vat_category: "O".to_owned(),
        documents: Vec::new(),
        credit_note: Raw::of(&"credit note").unwrap(),
    };
    journal.commit(Batch { events: vec![event.into()], documents: Vec::new() }).unwrap();
}

/// The bankgiro number and the account of the bank files of fixtures/payments, which are one.
pub(crate) fn ours() -> OurAccounts {
    let bankgiro: avgift_invoice::BankgiroNumber = "991-2346".parse().unwrap();
    let iban: Iban = "SE45 5000 0000 0583 9825 7466".parse().unwrap();
    OurAccounts::new().with(bankgiro).with_named(&iban, &bankgiro.digits())
}

/// The plan for bank files.
pub(crate) fn plan(folder: &Simulated, files: &[(&str, &[u8])]) -> Result<ImportPlan, Vec<avgift::Refusal>> {
    let reading = Reading::of(folder).unwrap();
    let known = Known::read(folder).unwrap();
    let inputs: Vec<BankInput<'_>> = files.iter().map(|(name, bytes)| BankInput { name, bytes }).collect();
    ImportPlan::of(&reading.state, reading.head.seal, &known, &ours(), Tolerance::default(), &inputs)
}

/// Imports a bank file; how many payments were new.
pub(crate) fn import(folder: &Simulated, name: &str, bytes: &[u8]) -> usize {
    let plan = plan(folder, &[(name, bytes)]).unwrap_or_else(|faults| panic!("{}", faults[0]));
    if plan.count() > 0 {
        register(open(folder), &plan).unwrap();
    }
    plan.count()
}

/// Registers a payment that a person enters: an amount and a reference. Its key.
pub(crate) fn paid(folder: &Simulated, amount: &str, reference: &str) -> String {
    let payment = BankPayment::from(ManualEntry::new(day("2027-02-14"), kronor(amount)).reference(reference));
    let reading = Reading::of(folder).unwrap();
    let known = Known::read(folder).unwrap();
    let tolerance = Tolerance::default();
    let plan = ImportPlan::by_hand(&reading.state, reading.head.seal, &known, tolerance, &payment).unwrap();
    register(open(folder), &plan).unwrap();
    payment.bank_key.to_string()
}

/// A decision on a payment, not yet recorded.
pub(crate) fn decided(
    folder: &Simulated,
    payment: &str,
    decision: &Decision,
) -> Result<PlannedDecision, avgift_ledger::Error> {
    let reading = Reading::of(folder).unwrap();
    let known = Known::read(folder).unwrap();
    let ledger = Ledger::new(folder, &reading.state);
    let head = reading.head.seal;
    plan_decision(&ledger, &known, head, Tolerance::default(), payment, decision, day("2027-03-01"))
}

/// Decides on a payment.
pub(crate) fn decide(folder: &Simulated, payment: &str, decision: &Decision) -> Payment {
    let planned = decided(folder, payment, decision).unwrap_or_else(|error| panic!("{}", error.refusal()));
    record_decision(open(folder), &planned, "prov").unwrap();
    state(folder).payment(&planned.bank_key).unwrap().clone()
}

/// What is open of an invoice, in kronor.
pub(crate) fn left(folder: &Simulated, invoice: &str) -> Sek {
    state(folder).find("F", number(invoice)).unwrap().open()
}

/// The bytes of the journal.
pub(crate) fn journal(folder: &Simulated) -> Vec<u8> {
    folder.files()[avgift_journal::JOURNAL].clone()
}
