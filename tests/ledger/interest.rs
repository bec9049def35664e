//! Interest: worked examples, each edge of the days and of the half-years, and laws.

use avgift::{NaiveDate, Ratio, Sek};
use avgift_invoice::{LateInterest, Text};
use avgift_ledger::{Debt, late_interest};
use avgift_network::{ReferenceRate, ReferenceRates};
use chrono::Days;
use proptest::prelude::*;

use crate::paying::{day, kronor};

/// Reference rates of half-years, in hundredths of a percent.
fn rates(halves: &[(&str, i128)]) -> ReferenceRates {
    let rate = |(from, hundredths): &(&str, i128)| ReferenceRate {
        from: day(from).into(),
        rate: Ratio::new(*hundredths, 100).unwrap().into(),
        source: Text::new("påhittad").unwrap().into(),
    };
    ReferenceRates::new(halves.iter().map(rate).collect()).unwrap()
}

/// 2,00 % throughout, so that with a margin of 8 the rate is 10 %.
fn two_percent() -> ReferenceRates {
    rates(&[("2026-07-01", 200), ("2027-01-01", 200), ("2027-07-01", 200), ("2028-01-01", 200)])
}

fn debt(owed: &str, due: &str, paid: &[(&str, &str)]) -> Debt {
    Debt {
        owed: kronor(owed),
        due: day(due),
        paid: paid.iter().map(|(on, amount)| (day(on), kronor(amount))).collect(),
    }
}

fn counted(debt: &Debt, to: &str, rates: &ReferenceRates) -> LateInterest {
    late_interest(debt, day(to), Ratio::whole(8), rates).unwrap()
}

/// 19 938,00 × 10 % × 15 / 365 = 81,9369…; 12 345,00 × 10 % × 137 / 365 = 463,3602…
#[test]
fn the_worked_examples_come_out() {
    let found = counted(&debt("19 938", "2027-02-14", &[]), "2027-03-01", &two_percent());
    assert_eq!((found.spans.len(), found.spans[0].days, found.amount), (1, 15, kronor("81,94")));
    let found = counted(&debt("12 345", "2027-02-14", &[]), "2027-07-01", &two_percent());
    assert_eq!((found.spans.len(), found.spans[0].days, found.amount), (1, 137, kronor("463,36")));
}

/// The due date itself bears no interest, the next day one: 36 500 kr at 10 % are 10 kr a day.
#[test]
fn the_first_day_is_the_one_after_the_due_date() {
    let debt = debt("36 500", "2027-02-14", &[]);
    for (to, interest) in
        [("2027-02-13", "0"), ("2027-02-14", "0"), ("2027-02-15", "10"), ("2027-02-16", "20")]
    {
        assert_eq!(counted(&debt, to, &two_percent()).amount, kronor(interest), "{to}");
    }
    assert_eq!(counted(&debt, "2027-02-14", &two_percent()), LateInterest::default());
}

/// 2 % to 30 June and 3 % from 1 July: 36 500 kr cost 10 kr a day, then 11 kr.
#[test]
fn the_rate_changes_with_the_half_year() {
    let rates = rates(&[("2027-01-01", 200), ("2027-07-01", 300), ("2028-01-01", 300)]);
    let debt = debt("36 500", "2027-06-28", &[]);
    for (to, interest, spans) in
        [("2027-06-30", "20", 1), ("2027-07-01", "31", 2), ("2027-07-02", "42", 2), ("2028-01-01", "2055", 2)]
    {
        let found = counted(&debt, to, &rates);
        assert_eq!((found.amount, found.spans.len()), (kronor(interest), spans), "{to}");
    }
}

/// 36 500 kr, of which 18 250 kr are paid on 20 February: that day costs 10 kr still, the next 5 kr.
#[test]
fn a_part_that_is_paid_bears_interest_to_the_day_it_is_paid() {
    let debt = debt("36 500", "2027-02-14", &[("2027-02-20", "18 250")]);
    for (to, interest) in
        [("2027-02-19", "50"), ("2027-02-20", "60"), ("2027-02-21", "65"), ("2027-02-22", "70")]
    {
        assert_eq!(counted(&debt, to, &two_percent()).amount, kronor(interest), "{to}");
    }
    let spans = counted(&debt, "2027-02-22", &two_percent()).spans;
    let said: Vec<(String, String, u32, Sek)> =
        spans.iter().map(|span| (span.from.to_string(), span.to.to_string(), span.days, span.open)).collect();
    assert_eq!(
        said,
        [
            ("2027-02-15".to_owned(), "2027-02-20".to_owned(), 6, kronor("36 500")),
            ("2027-02-21".to_owned(), "2027-02-22".to_owned(), 2, kronor("18 250")),
        ]
    );
}

/// Paid before it was due, paid in full, and taken back by the bank on the 25th: it is open again from the day after.
#[test]
fn what_is_not_open_bears_nothing() {
    let paid_early = debt("36 500", "2027-02-14", &[("2027-02-01", "18 250")]);
    assert_eq!(counted(&paid_early, "2027-02-16", &two_percent()).amount, kronor("10"));
    let settled = debt("36 500", "2027-02-14", &[("2027-02-16", "36 500")]);
    assert_eq!(counted(&settled, "2027-12-31", &two_percent()).amount, kronor("20"));
    let taken_back = debt("36 500", "2027-02-14", &[("2027-02-16", "36 500"), ("2027-02-25", "-36 500")]);
    let found = counted(&taken_back, "2027-02-26", &two_percent());
    assert_eq!((found.amount, found.spans.len()), (kronor("30"), 2));
}

/// 2028 has 366 days, and a day of it is still the 365th part of a year: 29 February costs 10 kr like any other.
#[test]
fn a_leap_year_has_days_of_the_same_price() {
    let debt = debt("36 500", "2028-02-27", &[]);
    let rates = rates(&[("2028-01-01", 200), ("2028-07-01", 200)]);
    for (to, interest) in [("2028-02-28", "10"), ("2028-02-29", "20"), ("2028-03-01", "30")] {
        assert_eq!(counted(&debt, to, &rates).amount, kronor(interest), "{to}");
    }
}

/// The table ends on 30 June 2028 and begins on 1 July 2026: a day beyond is refused, and so is one before.
#[test]
fn nothing_is_counted_beyond_the_table() {
    let code = |debt: &Debt, to: &str| {
        late_interest(debt, day(to), Ratio::whole(8), &two_percent()).map_err(|refusal| refusal.code)
    };
    let debt_of = |due| debt("100", due, &[]);
    assert!(code(&debt_of("2027-02-14"), "2028-06-30").is_ok());
    assert_eq!(code(&debt_of("2027-02-14"), "2028-07-01"), Err("reference-rate-must-be-known"));
    assert!(code(&debt_of("2026-06-30"), "2026-07-01").is_ok());
    assert_eq!(code(&debt_of("2026-06-29"), "2026-07-01"), Err("reference-rate-must-be-known"));
    let settled = debt("100", "2027-02-14", &[("2027-02-14", "100")]);
    assert!(code(&settled, "2030-01-01").is_ok(), "nothing was open, so no rate is asked for");
}

/// −0,50 % and no margin would pay who pays late.
#[test]
fn interest_is_never_below_nothing() {
    let rates = rates(&[("2027-01-01", -50)]);
    let debt = debt("36 500", "2027-02-14", &[]);
    for (margin, interest) in [(0, "0"), (1, "0,50")] {
        let found = late_interest(&debt, day("2027-02-15"), Ratio::whole(margin), &rates).unwrap();
        assert_eq!(found.amount, kronor(interest), "{margin}");
    }
}

/// Every day by itself, summed exactly in millionths of a krona, by another way.
fn day_by_day(debt: &Debt, to: NaiveDate, rates: &ReferenceRates) -> i128 {
    let mut sum = 0;
    let mut on = debt.due.checked_add_days(Days::new(1)).unwrap();
    while on <= to {
        let before: i64 =
            debt.paid.iter().filter(|(paid, _)| *paid < on).map(|(_, amount)| amount.ore()).sum();
        let open = (debt.owed.ore() - before).max(0);
        let rate = rates.rate_on(on).unwrap().rate.value.plus(Ratio::whole(8)).unwrap();
        let hundredths = rate.times(Ratio::whole(100)).unwrap();
        assert_eq!(hundredths.denominator(), 1);
        sum += i128::from(open) * hundredths.numerator();
        on = on.checked_add_days(Days::new(1)).unwrap();
    }
    sum // In öre × hundredths of a percent × days: to be divided by 100 × 100 × 365.
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_sum_to_every_day_by_itself(
        owed in 1..100_000_000_i64,
        due in 0..300_u64,
        late in 0..400_u64,
        paid in prop::collection::vec((0..700_u64, 1..50_000_000_i64), 0..5),
        hundredths in prop::collection::vec(0..500_i128, 4),
    ) {
        let rates = rates(&[
            ("2026-07-01", hundredths[0]), ("2027-01-01", hundredths[1]), ("2027-07-01", hundredths[2]), ("2028-01-01", hundredths[3]),
        ]);
        let on = |days: u64| day("2026-07-01").checked_add_days(Days::new(days)).unwrap();
        let debt = Debt {
            owed: Sek::from_ore(owed),
            due: on(due),
            paid: paid.into_iter().map(|(days, ore)| (on(days), Sek::from_ore(ore))).collect(),
        };
        let to = on(due + late);
        let found = late_interest(&debt, to, Ratio::whole(8), &rates).unwrap();
        let expected = day_by_day(&debt, to, &rates);
        let divisor = 100 * 100 * 365;
        prop_assert_eq!(i128::from(found.amount.ore()), (2 * expected + divisor) / (2 * divisor));
        let days: u32 = found.spans.iter().map(|span| span.days).sum();
        prop_assert!(u64::from(days) <= late);
        for pair in found.spans.windows(2) {
            prop_assert!(pair[0].to < pair[1].from);
            prop_assert!(pair[0].open != pair[1].open || pair[0].percent != pair[1].percent || pair[0].to.succ_opt() != Some(pair[1].from));
        }
    }
}
