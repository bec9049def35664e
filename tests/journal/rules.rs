//! The rules of receivables, each at its edge; and the journal read again is what was written.

use avgift::Sek;
use avgift_journal::{
    Batch, Document, Error, Event, Journal, Kind, Note, PaymentReallocated, Reading, ReminderSent, Seal,
    Simulated, verify,
};
use proptest::prelude::*;

use crate::made::{
    batch_of, credit, day, invoice, issue, key, number, one, opening, opening_on, payment, sealed, to,
};

/// Two issued invoices of 12 345 and 12 346 kr, and the journal open a month later.
fn issued() -> Journal<Simulated> {
    let folder = Simulated::new();
    issue(folder.clone(), opening("09:00:00"), 2).unwrap();
    Journal::open(folder, opening_on("2027-02-20", "09:00:00")).unwrap()
}

fn credited(batch: &str, place: usize, credits: usize, ore: i64) -> Batch {
    let (event, documents) = credit(batch, place, credits, ore);
    Batch { events: vec![event], documents }
}

fn refused(journal: Journal<Simulated>, batch: Batch) -> Error {
    journal.commit(batch).map(drop).unwrap_err()
}

#[test]
fn a_number_is_the_next_of_its_series() {
    for place in [0, 1, 3, 100] {
        let mut batch = batch_of("2027-2", [place]);
        if let Event::InvoiceIssued(event) = &mut batch.events[0] {
            event.keys = vec![key(900)];
            event.documents.clear();
        }
        batch.documents.clear();
        assert_eq!(refused(issued(), batch).code(), "number-must-be-next", "{place}");
    }
    issued().commit(batch_of("2027-2", [2])).unwrap();
}

#[test]
fn a_charge_is_issued_again_only_after_it_was_credited_in_full() {
    let again = |place: usize| {
        let (Event::InvoiceIssued(mut event), documents) = invoice("2027-3", place) else { unreachable!() };
        event.keys = vec![key(0)];
        event.date = day("2027-01-20");
        Batch { events: vec![event.into()], documents }
    };
    let journal = issued().commit(credited("2027-2", 2, 0, 1_234_499)).unwrap();
    assert!(journal.state().charged(key(0)).is_some());
    assert_eq!(refused(journal, again(3)).code(), "charge-must-not-be-issued-twice");
    let journal = issued().commit(credited("2027-2", 2, 0, 1_234_500)).unwrap();
    assert!(journal.state().charged(key(0)).is_none());
    let journal = journal.commit(again(3)).unwrap();
    assert_eq!(journal.state().charged(key(0)).unwrap().1.number, number(3));
    verify(journal.folder(), None).unwrap();
}

#[test]
fn a_series_does_not_go_back_in_dates() {
    let journal = issued().commit(credited("2027-2", 2, 0, 1)).unwrap();
    assert_eq!(refused(journal, batch_of("2027-3", [3])).code(), "date-must-not-precede-series");
}

#[test]
fn a_first_batch_that_is_refused_leaves_no_journal() {
    let folder = Simulated::new();
    let journal = Journal::open(folder.clone(), opening_on("2027-01-15", "09:00:00")).unwrap();
    let error = journal.commit(one(payment("b1", 0, 100, 0))).unwrap_err();
    assert_eq!(error.code(), "invoice-must-be-in-journal");
    assert_eq!(folder.files().get("journal.jsonl"), None);
}

#[test]
fn credits_take_back_the_invoice_at_most() {
    let journal = issued().commit(credited("2027-2", 2, 0, 1_000_000)).unwrap();
    assert_eq!(journal.state().find("F", number(0)).unwrap().open(), Sek::from_ore(234_500));
    assert_eq!(refused(journal, credited("2027-3", 3, 0, 234_501)).code(), "credit-must-not-exceed-invoice");
    let journal = issued().commit(credited("2027-2", 2, 0, 1_234_500)).unwrap();
    // A credit note is not credited, nor what was never issued.
    assert_eq!(refused(journal, credited("2027-3", 3, 2, 1)).code(), "invoice-must-be-in-journal");
    assert_eq!(refused(issued(), credited("2027-2", 2, 7, 1)).code(), "invoice-must-be-in-journal");
}

/// The first credit note of its own series, and the next.
#[test]
fn credit_notes_may_have_a_series_of_their_own() {
    let own = |mut batch: Batch, series: &str| {
        let Event::CreditIssued(event) = &mut batch.events[0] else { unreachable!() };
        event.credits_series = Some(event.series.clone());
        event.series = series.to_owned();
        batch
    };
    let journal = issued().commit(own(credited("2027-2", 50, 0, 1_000_000), "K")).unwrap();
    assert_eq!(journal.state().find("F", number(0)).unwrap().open(), Sek::from_ore(234_500));
    assert_eq!(journal.state().find("K", number(50)).unwrap().kind, Kind::Credit(number(0)));
    let journal = journal.commit(own(credited("2027-3", 51, 0, 234_500), "K")).unwrap();
    assert_eq!(refused(journal, own(credited("2027-4", 53, 1, 1), "K")).code(), "number-must-be-next");
}

#[test]
fn a_payment_is_posted_once_and_pays_what_is_open() {
    let pay = |key: &str, ore, unallocated| one(payment(key, 0, ore, unallocated));
    let journal = issued().commit(pay("b1", 1_234_500, 500)).unwrap();
    assert_eq!(journal.state().find("F", number(0)).unwrap().open(), Sek::ZERO);
    assert_eq!(refused(journal, pay("b1", 0, 1)).code(), "payment-must-be-registered-once");
    assert_eq!(refused(issued(), pay("b1", 1_234_501, 0)).code(), "allocation-must-not-exceed-open");
    assert_eq!(refused(issued(), pay("b1", -1, 0)).code(), "allocation-must-not-exceed-open");
    let mut uneven = payment("b1", 0, 100, 0);
    uneven.amount = Sek::from_ore(101);
    assert_eq!(refused(issued(), one(uneven)).code(), "allocations-must-sum-to-payment");
    assert_eq!(refused(issued(), one(payment("b1", 5, 1, 0))).code(), "invoice-must-be-in-journal");
}

#[test]
fn a_payment_goes_elsewhere_as_a_whole() {
    let elsewhere = |bank_key: &str, place: usize| {
        one(PaymentReallocated {
            bank_key: bank_key.to_owned(),
            date: day("2027-02-19"),
            to: to(place, 700, 300),
            reason: "Fel OCR".to_owned(),
        })
    };
    let journal = issued().commit(one(payment("b1", 0, 1_000, 0))).unwrap();
    let journal = journal.commit(elsewhere("b1", 1)).unwrap();
    let paid = |place| journal.state().find("F", number(place)).unwrap().paid;
    assert_eq!([paid(0), paid(1)], [Sek::ZERO, Sek::from_ore(700)]);
    assert_eq!(journal.state().payment("b1").unwrap().to.unallocated, Sek::from_ore(300));
    let open = |date: &str| -> Vec<i64> {
        journal.state().open(day(date)).iter().map(|item| item.open.ore()).collect()
    };
    assert_eq!(open("2027-02-18"), [1_233_500, 1_234_600]);
    assert_eq!(open("2027-02-19"), [1_234_500, 1_233_900]);
    assert_eq!(refused(issued(), elsewhere("b9", 1)).code(), "payment-must-be-in-journal");
}

/// Booked the 14th, decided anew on the 20th: each day knows where the payment stood then.
#[test]
fn a_payment_knows_where_it_went_on_a_day() {
    let journal = issued().commit(one(payment("account|1", 0, 1_234_500, 0))).unwrap();
    let (date, reason) = (day("2027-02-20"), "Fel OCR".to_owned());
    let to_other = to(1, 1_234_500, 0);
    let event = PaymentReallocated { bank_key: "account|1".to_owned(), date, to: to_other.clone(), reason };
    let journal = journal.commit(one(event)).unwrap();
    let payment = journal.state().payment("account|1").unwrap();
    assert_eq!(payment.on(day("2027-02-13")), None);
    assert_eq!(payment.on(day("2027-02-14")), Some(&to(0, 1_234_500, 0)));
    assert_eq!(payment.on(day("2027-02-19")), Some(&to(0, 1_234_500, 0)));
    assert_eq!(payment.on(day("2027-02-20")), Some(&to_other));
}

/// 300 payments of a file, 256 of them in a first batch: the file is not done before the second.
#[test]
fn a_bank_file_is_done_with_its_last_batch() {
    let of_file = |key: &str, to_follow: u32| {
        let mut event = payment(key, 0, 100, 0);
        event.source.to_follow = to_follow;
        one(event)
    };
    let journal = issued().commit(of_file("account|1", 44)).unwrap();
    let seal = payment("", 0, 0, 0).source.sha256;
    assert_eq!(journal.state().imported(seal).unwrap().to_follow, 44);
    let journal = journal.commit(of_file("account|2", 0)).unwrap();
    assert_eq!(journal.state().imported(seal).unwrap().to_follow, 0);
    assert_eq!(journal.state().imported(Seal::of(b"another")), None);
}

/// The bank's file is a document like any other: written with its payment, and looked after by `verify`.
#[test]
fn a_bank_file_is_kept_with_its_payments() {
    let file = Document { name: "documents/bank/0123-f.xml".to_owned(), bytes: b"<Document/>".to_vec() };
    let mut event = payment("account|1", 0, 100, 0);
    event.documents = sealed(std::slice::from_ref(&file));
    let journal =
        issued().commit(Batch { events: vec![event.into()], documents: vec![file.clone()] }).unwrap();
    let folder = journal.folder().clone();
    drop(journal);
    assert_eq!(folder.files()[&file.name], file.bytes);
    verify(&folder, None).unwrap();
    folder.put(&file.name, b"<Document>1</Document>");
    assert_eq!(verify(&folder, None).unwrap_err()[0].code(), "document-must-be-as-issued");
}

#[test]
fn an_invoice_knows_its_reminders() {
    let reminded = |date: &str, fee: i64| ReminderSent {
        batch: None,
        series: "F".to_owned(),
        invoice: number(0),
        date: day(date),
        open: Sek::from_ore(1_234_500),
        fee: Sek::from_ore(fee),
        interest: Sek::ZERO,
        documents: Vec::new(),
    };
    let journal = issued().commit(one(reminded("2027-02-20", 6_000))).unwrap();
    let journal = journal.commit(one(reminded("2027-03-20", 0))).unwrap();
    let fees: Vec<i64> =
        journal.state().reminders("F", number(0)).iter().map(|reminder| reminder.fee.ore()).collect();
    assert_eq!(fees, [6_000, 0]);
    assert_eq!(journal.state().reminders("F", number(1)), []);
}

#[test]
fn what_could_not_be_read_back_is_not_written() {
    for inner in ["{\"a\":1,\"a\":2}", "{\"a\":1.5}", "[{\"b\":{\"c\":0,\"c\":0}}]"] {
        let (Event::InvoiceIssued(mut event), documents) = invoice("2027-2", 2) else { unreachable!() };
        event.inputs = serde_json::from_str(inner).unwrap();
        let error = refused(issued(), Batch { events: vec![event.into()], documents });
        assert_eq!(error.code(), "line-must-be-well-formed", "{inner}");
    }
}

#[test]
#[should_panic(expected = "sealed in an event")]
fn a_document_is_sealed_in_an_event() {
    let mut batch = batch_of("2027-2", [2]);
    batch.documents[0].bytes.push(b'!');
    let _ = issued().commit(batch);
}

/// A step that somebody takes.
#[derive(Debug, Clone)]
enum Step {
    Issue(usize),
    Credit(usize, i64),
    Pay(usize, i64, i64),
    Move(usize, usize),
    Note(String),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1_usize..4).prop_map(Step::Issue),
        (0_usize..12, 1_i64..2_000_000).prop_map(|(place, ore)| Step::Credit(place, ore)),
        (0_usize..12, 1_i64..2_000_000, 0_i64..1_000)
            .prop_map(|(place, ore, rest)| Step::Pay(place, ore, rest)),
        (0_usize..6, 0_usize..12).prop_map(|(payment, place)| Step::Move(payment, place)),
        "\\PC{0,20}".prop_map(Step::Note),
    ];
    proptest::collection::vec(step, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done, what is refused changes no line, and the journal read again comes to the state it was written in.
    #[test]
    fn the_journal_read_again_is_the_state_it_was_written_in(steps in steps()) {
        let folder = Simulated::new();
        let mut keys = 0;
        for (minute, step) in steps.into_iter().enumerate() {
            let now = opening_on("2027-02-20", &format!("09:{minute:02}:00"));
            let journal = Journal::open(folder.clone(), now).unwrap();
            let next = journal.state().issued("F").len();
            let batch = journal.state().next_batch(2027);
            let batch = match step {
                Step::Issue(count) => batch_of(&batch, next..next + count),
                Step::Credit(place, ore) => credited(&batch, next, place, ore),
                Step::Pay(place, ore, rest) => {
                    keys += 1;
                    one(payment(&format!("b{keys}"), place, ore, rest))
                }
                Step::Move(payment, place) => {
                    let bank_key = format!("b{payment}");
                    let amount = journal.state().payment(&bank_key).map_or(Sek::ZERO, |payment| payment.amount);
                    one(PaymentReallocated {
                        bank_key,
                        date: day("2027-02-20"),
                        to: to(place, amount.ore(), 0),
                        reason: "Flyttad".to_owned(),
                    })
                }
                Step::Note(text) => one(Note { text }),
            };
            let before = folder.files().get("journal.jsonl").cloned().unwrap_or_default();
            match journal.commit(batch) {
                Ok(journal) => {
                    let reading = Reading::of(&folder).unwrap();
                    prop_assert_eq!(&reading.state, journal.state());
                    prop_assert_eq!(reading.head, journal.head());
                }
                Err(error) => {
                    let now = folder.files().get("journal.jsonl").cloned().unwrap_or_default();
                    let is_same = now == before || (before.is_empty() && now.iter().filter(|byte| **byte == b'\n').count() == 1);
                    prop_assert!(is_same, "{}", error);
                }
            }
        }
        let reading = Reading::of(&folder).unwrap();
        let open = reading.state.open(day("2027-12-31"));
        let sum: i64 = open.iter().map(|item| item.open.ore()).sum();
        let today: i64 = reading.state.issued("F").iter().map(|issued| issued.open().ore()).sum();
        prop_assert_eq!(sum, today);
    }
}
