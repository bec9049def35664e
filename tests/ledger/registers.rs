//! The registers, worked out by hand for a small year; and that their sums tie, with each other and with the ledger's files,
//! whatever happens in whatever order.

use std::collections::BTreeMap;

use avgift::{Period, Sek};
use avgift_invoice::{CreditedPart, Taken};
use avgift_journal::{Distribution, Reading, Rest};
use avgift_ledger::registers::{
    Extent, MovementKind, PartOf, Tie, invoices, payments, receivables, tie, vat,
};
use avgift_ledger::{Hosts, export_again};
use proptest::prelude::*;

use crate::made::{FORMER, PRESENT, TOOL, World, and_rest, day, host, kr, to, to_ore};
use crate::reader::read;

fn of(host_number: &str, from: Option<&str>, to: Option<&str>) -> Extent {
    let period = Period { from: from.map(day), to: to.map(day) };
    Extent { period, host: Some(host(host_number)) }
}

/// The former host's 2023: 60 739, 37 500 and 150 000 kr issued; 10 739 kr of the first credited, the second paid with
/// 500 kr too much, which is paid back, 20 000 kr of the first paid.
fn year() -> World {
    let mut world = World::issued();
    let part = CreditedPart { line: 1, taken: Taken::Amount(kr("8 591")) };
    world.credit("EX-20230001", "2024-02-10", &[part]);
    let over = and_rest(to(&[("EX-20230002", "37 500")]), "500", Rest::Overpayment, Some("dme"));
    world.pay("SE9399900000000000000001|P1", "2024-03-01", "38 000", over);
    world.pay("SE9399900000000000000001|P2", "2024-03-05", "20 000", to(&[("EX-20230001", "20 000")]));
    let back = and_rest(to(&[("EX-20230002", "37 500")]), "500", Rest::Refunded, Some("dme"));
    world.reallocate("SE9399900000000000000001|P1", "2024-03-10", back);
    world
}

#[test]
fn the_invoice_register_says_what_became_of_each() {
    let world = year();
    let rows = invoices(&world.history(), &of(FORMER, None, None)).unwrap();
    let short: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}-{} {} {} = {} + {} {}; -{} -{} = {} {:?} {:?}",
                row.series,
                row.number,
                row.date,
                row.total,
                row.net,
                row.vat,
                row.rounding,
                row.credited,
                row.paid,
                row.open,
                row.credits.as_deref().unwrap_or("-"),
                row.credited_by
            )
        })
        .collect();
    let expected = [
        "EX-20230001 2023-02-01 60739.00 = 48591.00 + 12147.75 0.25; -10739.00 -20000.00 = 30000.00 \"-\" [\"EX-20230004\"]",
        "EX-20230002 2023-02-01 37500.00 = 30000.00 + 7500.00 0.00; -0.00 -37500.00 = 0.00 \"-\" []",
        "EX-20230003 2023-02-01 150000.00 = 120000.00 + 30000.00 0.00; -0.00 -0.00 = 150000.00 \"-\" []",
        "EX-20230004 2024-02-10 -10739.00 = -8591.00 + -2147.75 -0.25; -0.00 -0.00 = 0.00 \"EX-20230001\" []",
    ];
    assert_eq!(short, expected);
    assert_eq!(rows[0].due, Some(day("2023-03-03")));
    assert_eq!((rows[0].line, rows[0].documents.len()), (2, 1));
    assert!(rows[0].documents[0].starts_with("documents/2023/EX-20230001.txt "), "{}", rows[0].documents[0]);
    // On 4 March the payment of the fifth had not come.
    let then = invoices(&world.history(), &of(FORMER, None, Some("2024-03-04"))).unwrap();
    assert_eq!((then[0].paid, then[0].open), (kr("0"), kr("50 000")));
}

#[test]
fn a_payers_balance_runs_from_what_was_owed_before() {
    let world = year();
    let rows = receivables(&world.history(), &of(FORMER, Some("2024-02-01"), Some("2024-03-31"))).unwrap();
    let short: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{} {} {:?} {} {} {}",
                row.payer, row.date, row.kind, row.reference, row.amount, row.balance
            )
        })
        .collect();
    let expected = [
        "ale 2024-02-01 Opening  60739.00 60739.00",
        "ale 2024-02-10 CreditNote EX-20230004 -10739.00 50000.00",
        "ale 2024-03-05 Payment P2 -20000.00 30000.00",
        "dme 2024-02-01 Opening  37500.00 37500.00",
        "dme 2024-03-01 Payment P1 -37500.00 0.00",
        "goteborg 2024-02-01 Opening  150000.00 150000.00",
    ];
    assert_eq!(short, expected);
    let expected = Tie {
        opening: kr("248 239"),
        issued: kr("0"),
        credited: kr("10 739"),
        paid: kr("57 500"),
        moved: kr("0"),
        open: kr("180 000"),
    };
    let found = tie(&world.history(), &of(FORMER, Some("2024-02-01"), Some("2024-03-31"))).unwrap();
    assert_eq!(found, expected);
}

#[test]
fn each_part_of_a_payment_is_where_it_was_at_the_end_of_the_period() {
    let world = year();
    let hosts = Hosts::of(&world.network);
    let parts = |end: &str| -> Vec<(PartOf, String, Sek)> {
        let rows = payments(&world.history(), &hosts, &of(FORMER, None, Some(end))).unwrap();
        rows.into_iter().map(|row| (row.part_of, row.of, row.part)).collect()
    };
    let first = (PartOf::Invoice, "EX-20230002".to_owned(), kr("37 500"));
    assert_eq!(parts("2024-03-04"), [first.clone(), (PartOf::Overpayment, "dme".into(), kr("500"))]);
    assert_eq!(parts("2024-03-31")[..2], [first, (PartOf::Refunded, "dme".into(), kr("500"))]);
    assert!(payments(&world.history(), &hosts, &of(PRESENT, None, None)).unwrap().is_empty());
    let amounts: Vec<Option<Sek>> = payments(&world.history(), &hosts, &of(FORMER, None, None))
        .unwrap()
        .iter()
        .map(|row| row.amount)
        .collect();
    assert_eq!(amounts, [Some(kr("38 000")), None, Some(kr("20 000"))]);
}

/// 25 % of 198 591 less 8 591 kr; the other host's fees lie outside.
#[test]
fn vat_is_of_invoices_less_credit_notes() {
    let world = year();
    let rows = vat(&world.history(), &Extent::default()).unwrap();
    let short: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {:?} {} {}", row.host, row.category.code(), row.percent, row.base, row.vat))
        .collect();
    let expected = ["992000-1006 S Some(25) 190000.00 47500.00", "992000-2004 O None 198669.00 0.00"];
    assert_eq!(short, expected);
    assert_eq!((rows[0].invoices, rows[0].credit_notes, rows[0].credited_vat), (3, 1, kr("2 147,75")));
    let of_credits = vat(&world.history(), &of(FORMER, Some("2024-01-01"), None)).unwrap();
    assert_eq!((of_credits[0].base, of_credits[0].vat), (kr("-8 591"), kr("-2 147,75")));
}

/// What may happen next; figures choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Credit { invoice: usize, ore: i64 },
    Pay { account: usize, parts: Vec<(usize, i64)>, rest: i64, goes: usize, days_ago: u64 },
    TakeBack { payment: usize },
    Move { payment: usize, parts: Vec<(usize, i64)>, goes: usize },
    Export { host: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let parts = || prop::collection::vec((0..6_usize, 1..8_000_000_i64), 0..3);
    prop_oneof![
        (0..6_usize, 1..6_000_000_i64).prop_map(|(invoice, ore)| Step::Credit { invoice, ore }),
        (0..3_usize, parts(), 0..200_000_i64, 0..5_usize, 0..40_u64).prop_map(
            |(account, parts, rest, goes, days_ago)| Step::Pay { account, parts, rest, goes, days_ago }
        ),
        (0..9_usize).prop_map(|payment| Step::TakeBack { payment }),
        (0..9_usize, parts(), 0..5_usize).prop_map(|(payment, parts, goes)| Step::Move {
            payment,
            parts,
            goes
        }),
        (0..2_usize).prop_map(|host| Step::Export { host }),
    ]
}

const INVOICES: [&str; 6] =
    ["EX-20230001", "EX-20230002", "EX-20230003", "FB-20240001", "FB-20240002", "FB-20240003"];
const ACCOUNTS: [&str; 3] = ["SE9399900000000000000001", "SE6699900000000000000002", "9912346"];
const GOES: [Rest; 5] = [Rest::Unmatched, Rest::Overpayment, Rest::ForAPerson, Rest::NotOurs, Rest::Refunded];

/// Parts that fit what is open, and all else as the rest.
fn distribution(
    world: &World,
    amount: Option<Sek>,
    parts: &[(usize, i64)],
    rest: i64,
    goes: usize,
) -> (Sek, Distribution) {
    let state = Reading::of(&world.folder).unwrap().state;
    let (mut left, mut given) = (amount.map(Sek::ore), Vec::new());
    let mut taken: BTreeMap<usize, i64> = BTreeMap::new();
    for (place, ore) in parts {
        let (series, number) = INVOICES[*place].split_once('-').unwrap();
        let open = state.find(series, number.parse().unwrap()).unwrap().open().ore();
        let taken = taken.entry(*place).or_default();
        let part = (*ore).min(open - *taken).min(left.unwrap_or(i64::MAX));
        if part > 0 {
            *taken += part;
            left = left.map(|left| left - part);
            given.push((INVOICES[*place], Sek::from_ore(part)));
        }
    }
    let rest = left.unwrap_or(rest);
    let allocated: i64 = given.iter().map(|(_, part)| part.ore()).sum();
    let payer = (GOES[goes] == Rest::Overpayment).then_some("dme");
    let to = and_rest(to_ore(&given), "0", GOES[goes], payer);
    let rest_of = to.rest.clone().filter(|_| rest != 0);
    (Sek::from_ore(allocated + rest), Distribution { unallocated: Sek::from_ore(rest), rest: rest_of, ..to })
}

fn negated(to: &Distribution) -> Distribution {
    let mut to = to.clone();
    for part in &mut to.allocations {
        part.amount = Sek::ZERO.minus(part.amount).unwrap();
    }
    to.unallocated = Sek::ZERO.minus(to.unallocated).unwrap();
    to
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// issued − credited − paid − moved = open = the sum of what is open = the last balances = the account of receivables in all files
    /// that were exported, for each host. The bank's account is what came in, less what waits and what was paid back. And
    /// each file is made again, byte for byte, at the end.
    #[test]
    fn whatever_happens_the_sums_tie(steps in prop::collection::vec(step(), 1..14)) {
        let mut world = World::issued();
        let mut files: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut reversed: Vec<String> = Vec::new();
        let start = day("2024-03-20");
        for (place, step) in steps.iter().enumerate() {
            let today = start + chrono::Days::new(place as u64 * 17);
            let on = today.to_string();
            match step {
                Step::Credit { invoice, ore } => {
                    let part = CreditedPart { line: 1, taken: Taken::Amount(Sek::from_ore(*ore)) };
                    world.try_credit(INVOICES[*invoice], &on, &[part]);
                }
                Step::Pay { account, parts, rest, goes, days_ago } => {
                    let (amount, to) = distribution(&world, None, parts, *rest, *goes);
                    if amount > Sek::ZERO {
                        let booked = (today - chrono::Days::new(*days_ago)).to_string();
                        world.pay_ore(&format!("{}|P{place}", ACCOUNTS[*account]), &booked, amount, to);
                    }
                }
                Step::TakeBack { payment } => {
                    let history = world.history();
                    let Some(received) = history.payments.get(*payment) else { continue };
                    let key = received.event.bank_key.clone();
                    if received.event.amount > Sek::ZERO && !reversed.contains(&key) {
                        let amount = Sek::ZERO.minus(received.event.amount).unwrap();
                        world.pay_ore(&format!("{key}|reversal"), &on, amount, negated(received.now()));
                        reversed.push(key);
                    }
                }
                Step::Move { payment, parts, goes } => {
                    let history = world.history();
                    let Some(received) = history.payments.get(*payment) else { continue };
                    let key = received.event.bank_key.clone();
                    if received.event.amount > Sek::ZERO && !reversed.contains(&key) {
                        let amount = received.event.amount;
                        let (_, to) = distribution(&world, Some(amount), parts, 0, *goes);
                        world.reallocate(&key, &on, to);
                    }
                }
                Step::Export { host } => {
                    let exported = world.export([FORMER, PRESENT][*host], &on);
                    files.extend(exported.into_iter().map(|file| (*host, file.bytes)));
                }
            }
        }
        for (place, host) in [FORMER, PRESENT].into_iter().enumerate() {
            files.extend(world.export(host, "2025-12-31").into_iter().map(|file| (place, file.bytes)));
        }
        check(&world, &files);
    }
}

fn check(world: &World, files: &[(usize, Vec<u8>)]) {
    let history = world.history();
    let hosts = Hosts::of(&world.network);
    let state = Reading::of(&world.folder).unwrap().state;
    for (place, (number, receivable, bank)) in
        [(FORMER, "1510", "1930"), (PRESENT, "1511", "1921")].into_iter().enumerate()
    {
        let extent = of(number, None, None);
        let sums = tie(&history, &extent).unwrap();
        assert_eq!(
            sums.open.ore(),
            sums.issued.ore() - sums.credited.ore() - sums.paid.ore() - sums.moved.ore()
        );
        let rows = invoices(&history, &extent).unwrap();
        assert_eq!(Sek::sum(rows.iter().map(|row| row.open)), Ok(sums.open));
        let of_state = INVOICES[place * 3..][..3].iter().map(|invoice| {
            let (series, number) = invoice.split_once('-').unwrap();
            state.find(series, number.parse().unwrap()).unwrap().open()
        });
        assert_eq!(Sek::sum(of_state), Ok(sums.open));
        let mut last: BTreeMap<String, Sek> = BTreeMap::new();
        for row in receivables(&history, &extent).unwrap() {
            last.insert(row.payer, row.balance);
            assert_ne!(row.kind, MovementKind::Opening);
        }
        assert_eq!(Sek::sum(last.into_values()), Ok(sums.open));
        let account = |account: &str| {
            let own = files.iter().filter(|(of, _)| *of == place);
            Sek::sum(own.filter_map(|(_, bytes)| read(bytes).balances().get(account).copied())).unwrap()
        };
        assert_eq!(account(receivable), sums.open, "{number}");
        let came = payments(&history, &hosts, &extent).unwrap();
        let in_bank = came
            .iter()
            .filter(|row| !matches!(row.part_of, PartOf::ForAPerson | PartOf::NotOurs | PartOf::Refunded));
        assert_eq!(Sek::sum(in_bank.map(|row| row.part)), Ok(account(bank)), "{number}");
    }
    for exported in &history.exports {
        let books = hosts.books(exported.event.orgnr.as_ref().unwrap().parse().unwrap()).unwrap();
        let again = export_again(&history, &hosts, &books, exported, TOOL).unwrap();
        assert!(again.bytes == world.folder.files()[&exported.event.file]);
    }
}
