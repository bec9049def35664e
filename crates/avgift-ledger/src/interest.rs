//! Interest: what late payment of an invoice costs, day by day.
//! Rule:    räntelagen (1975:635) 6 §: the reference rate at any time and a margin. It changes on 1 January and 1 July (9 §).
//!          Simple, over 365 days of every year, since the law sets no count of days and custom has this one; never on fees.
//! Rule:    the first day is the one after the due date, and the day of a payment still bears interest on what it pays. What
//!          was credited was never owed, and bears none. All days are summed exactly and rounded once, to öre.
//! Units:   whole öre, percent a year.
//! Errors:  ReferenceRateMustBeKnown of the network: past the end of its table nothing is counted. AmountMustNotOverflow.
//! Example: 19 938,00 kr due on 14 February 2027 and paid on 1 March, at 10 %: 15 days, 81,94 kr.

use std::collections::BTreeSet;

use avgift::{Exact, NaiveDate, Ratio, Refusal, Rounding, Sek};
use avgift_invoice::{InterestSpan, LateInterest};
use avgift_network::ReferenceRates;
use chrono::{Datelike as _, Days};

/// What was owed when, of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    /// What was invoiced, less what was credited.
    pub owed: Sek,
    /// The day it was due.
    pub due: NaiveDate,
    /// What was paid, and from which day it counts; below nothing where the bank took it back.
    pub paid: Vec<(NaiveDate, Sek)>,
}

/// The interest on a debt to the end of a day.
///
/// ```
/// use avgift::{Ratio, Sek};
/// use avgift_ledger::{Debt, late_interest};
/// use avgift_network::{ReferenceRate, ReferenceRates};
/// let day = |text: &str| text.parse::<avgift::NaiveDate>().expect("a day");
/// let rate = |from: &str| ReferenceRate {
///     from: day(from).into(),
///     rate: Ratio::whole(2).into(),
///     source: avgift_invoice::Text::new("made up").expect("a text").into(),
/// };
/// let rates = ReferenceRates::new(vec![rate("2027-01-01")]).map_err(|errors| errors[0].refusal())?;
/// let debt = Debt { owed: Sek::from_ore(1_993_800), due: day("2027-02-14"), paid: Vec::new() };
/// let interest = late_interest(&debt, day("2027-03-01"), Ratio::whole(8), &rates)?;
/// assert_eq!((interest.spans[0].days, interest.amount), (15, Sek::from_ore(8_194)));
/// # Ok::<(), avgift::Refusal>(())
/// ```
///
/// # Errors
/// `ReferenceRateMustBeKnown`, `AmountMustNotOverflow`.
pub fn late_interest(
    debt: &Debt,
    to: NaiveDate,
    margin: Ratio,
    rates: &ReferenceRates,
) -> Result<LateInterest, Refusal> {
    let refusal = |error: avgift::Error| error.refusal();
    let mut spans: Vec<InterestSpan> = Vec::new();
    let mut exact = Exact::ZERO;
    let starts: Vec<NaiveDate> = starts(debt, to).into_iter().collect();
    for (place, from) in starts.iter().enumerate() {
        let last = starts.get(place + 1).and_then(|next| next.pred_opt()).unwrap_or(to);
        let before = debt.paid.iter().filter(|(day, _)| day < from).map(|(_, amount)| *amount);
        let open = debt.owed.minus(Sek::sum(before).map_err(refusal)?).map_err(refusal)?;
        if open <= Sek::ZERO {
            continue;
        }
        let reference = rates.rate_on(*from)?.rate.value;
        // The reference rate has been below nothing; interest never is.
        let percent = reference.plus(margin).map_err(refusal)?.max(Ratio::ZERO);
        let days = (last - *from).num_days() + 1;
        let of_year = Ratio::new(i128::from(days), 100 * 365).map_err(refusal)?;
        let share = percent.times(of_year).map_err(refusal)?;
        exact = Exact::from(open).times(share).and_then(|interest| exact.plus(interest)).map_err(refusal)?;
        let days = u32::try_from(days).map_err(|_| refusal(avgift::Error::AmountMustNotOverflow))?;
        match spans.last_mut() {
            Some(span)
                if span.open == open && span.percent == percent && span.to.succ_opt() == Some(*from) =>
            {
                span.to = last;
                span.days += days;
            }
            _ => spans.push(InterestSpan { from: *from, to: last, days, open, percent }),
        }
    }
    let amount = Rounding::Ore.round(exact).map_err(refusal)?;
    Ok(LateInterest { spans, amount })
}

/// The days on which an amount or a rate begins to hold, from the day after the due date on.
fn starts(debt: &Debt, to: NaiveDate) -> BTreeSet<NaiveDate> {
    let next = |day: NaiveDate| day.checked_add_days(Days::new(1));
    let mut starts: BTreeSet<NaiveDate> = debt.paid.iter().filter_map(|(day, _)| next(*day)).collect();
    for year in debt.due.year()..=to.year() {
        starts.extend([1, 7].into_iter().filter_map(|month| NaiveDate::from_ymd_opt(year, month, 1)));
    }
    let first = next(debt.due);
    starts.extend(first);
    starts.retain(|day| Some(*day) >= first && *day <= to);
    starts
}
