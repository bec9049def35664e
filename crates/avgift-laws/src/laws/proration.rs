//! Proration: the parts of a year sum to it, none is negative, and each is within a step of exact.
//! Two kinds of law: of a rule that is given the share, and of the counting that makes a share out of dates. Where the
//! bounds come after the share, each part is raised to the whole floor; the first kind then says nothing.

use avgift::{
    Error, Exact, FeeYear, Inhabitants, Member, NaiveDate, ProrationOrder, Ratio, Sek, Share, ShareUnit,
};
use proptest::{prop_assert, prop_assert_eq};

use super::{Held, got, told};
use crate::rule::FeeRule;

/// A share costs that share of the whole, exactly.
///
/// # Errors
/// Another amount.
pub fn share_is_taken_of_the_whole<R: FeeRule>(rule: &R, inhabitants: Inhabitants, share: Share) -> Held {
    if rule.order() == ProrationOrder::BeforeBounds {
        return Ok(());
    }
    let expected = got(got(rule.exact(inhabitants, Share::WHOLE))?.times(share.ratio()))?;
    let exact = got(rule.exact(inhabitants, share))?;
    prop_assert!(exact == expected, "{} is not the share of the whole: {}", told(exact), told(expected));
    Ok(())
}

/// No part of a year costs less than nothing or more than the whole, rounded or not.
///
/// # Errors
/// A fee outside.
pub fn fee_of_a_share_lies_between_nothing_and_the_whole<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
) -> Held {
    let (fee, whole) = (got(rule.fee(inhabitants, share))?, got(rule.fee(inhabitants, Share::WHOLE))?);
    prop_assert!(fee >= Sek::ZERO, "{fee} kr is less than nothing");
    prop_assert!(fee <= whole, "{fee} kr is more than the whole, {whole} kr");
    Ok(())
}

/// 0 of 12 months cost nothing; 12 of 12 months, and every other whole, cost the same.
///
/// # Errors
/// Another fee.
pub fn no_months_cost_nothing_and_twelve_the_whole<R: FeeRule>(rule: &R, inhabitants: Inhabitants) -> Held {
    let whole = got(rule.fee(inhabitants, Share::WHOLE))?;
    prop_assert_eq!(got(rule.fee(inhabitants, months(12)?))?, whole);
    prop_assert_eq!(got(rule.fee(inhabitants, months(0)?))?, Sek::ZERO);
    Ok(())
}

/// Twelve times one month is the whole, exactly; and each month, rounded, is within a step of its twelfth.
///
/// # Errors
/// Another sum, or a month that is a step off.
pub fn twelve_single_months_sum_to_the_whole<R: FeeRule>(rule: &R, inhabitants: Inhabitants) -> Held {
    if rule.order() == ProrationOrder::BeforeBounds {
        return Ok(());
    }
    let (whole, month) = (got(rule.exact(inhabitants, Share::WHOLE))?, months(1)?);
    let one = got(rule.exact(inhabitants, month))?;
    let sum = (0..12).try_fold(Exact::ZERO, |sum: Exact, _| got(sum.plus(one)))?;
    prop_assert!(sum == whole, "twelve months sum to {}, the whole is {}", told(sum), told(whole));
    let twelfth = got(whole.times(got(Ratio::new(1, 12))?))?;
    let fee = Exact::from(got(rule.fee(inhabitants, month))?);
    let above = got(fee.minus(twelfth))?.ore_ratio();
    let step = Ratio::whole(rule.step().step_ore());
    prop_assert!(
        above < step && got(Ratio::ZERO.minus(above))? < step,
        "a month is a step off: {}",
        told(fee)
    );
    Ok(())
}

/// A part of a year and the rest of it sum to the whole, exactly.
///
/// # Errors
/// Another sum.
pub fn two_parts_of_a_year_sum_to_the_whole<R: FeeRule>(
    rule: &R,
    inhabitants: Inhabitants,
    share: Share,
) -> Held {
    if rule.order() == ProrationOrder::BeforeBounds {
        return Ok(());
    }
    let unit = match share.whole() {
        1 => ShareUnit::Year,
        2 => ShareUnit::Halves,
        4 => ShareUnit::Quarters,
        12 => ShareUnit::Months,
        _ => ShareUnit::Days,
    };
    let rest = got(Share::new(share.whole() - share.part(), share.whole(), unit))?;
    let sum = got(got(rule.exact(inhabitants, share))?.plus(got(rule.exact(inhabitants, rest))?))?;
    let whole = got(rule.exact(inhabitants, Share::WHOLE))?;
    prop_assert!(sum == whole, "the parts sum to {}, the whole is {}", told(sum), told(whole));
    Ok(())
}

/// Who leaves on a day, and who joins on the next, owe the whole year together: no day is lost or counted twice.
///
/// Holds for days on every day, and for months, quarters and halves where the day is the last of one.
///
/// # Errors
/// Shares that do not sum to one.
pub fn who_leaves_and_who_follows_owe_the_year(
    share_of: impl Fn(&Member, FeeYear) -> Result<Share, Error>,
    member: Member,
    year: FeeYear,
    last_day: NaiveDate,
) -> Held {
    let Some(next) = last_day.succ_opt().filter(|day| year.contains(*day)) else { return Ok(()) };
    let left = got(share_of(&member.clone().left_on(last_day), year))?;
    let joined = got(share_of(&member.joined_on(next), year))?;
    let sum = got(left.ratio().plus(joined.ratio()))?;
    prop_assert!(
        sum == Ratio::ONE,
        "leaving on {last_day} owes {}/{}, joining the next day {}/{}",
        left.part(),
        left.whole(),
        joined.part(),
        joined.whole()
    );
    Ok(())
}

/// Who joins later in a year never owes more of it; and a share is never more than the year.
///
/// # Errors
/// A later member that owes more.
pub fn joining_later_never_owes_more(
    share_of: impl Fn(&Member, FeeYear) -> Result<Share, Error>,
    member: Member,
    year: FeeYear,
    days: (NaiveDate, NaiveDate),
) -> Held {
    let (early, late) = (days.0.min(days.1), days.0.max(days.1));
    let owed_early = got(share_of(&member.clone().joined_on(early), year))?.ratio();
    let owed_late = got(share_of(&member.joined_on(late), year))?.ratio();
    prop_assert!(Ratio::ZERO <= owed_late && owed_early <= Ratio::ONE);
    prop_assert!(owed_late <= owed_early, "joining on {late} owes more than on {early}");
    Ok(())
}

fn months(part: u32) -> Result<Share, proptest::test_runner::TestCaseError> {
    got(Share::new(part, 12, ShareUnit::Months))
}
