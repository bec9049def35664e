//! Planted bugs: for each mistake that fee programs make, a rule that makes it, and the laws that catch it.
//! Where it can be, the bug's fee stands beside the right one, worked out by hand. The sound rule keeps every law.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use std::cell::Cell;

use avgift::{
    Decimal, Error, Exact, Fall, FeeYear, Indices, Inhabitants, Member, NaiveDate, Outcome, Ratio, Rounding,
    Rule, Sek, Shape, Share, ShareUnit, Tariff, Tier, Tiers, Value,
};
use avgift_laws::laws::{agreement, explanation, falls, order, proration, text, tiers};
use avgift_laws::proptest::collection::vec;
use avgift_laws::proptest::prelude::{Just, Strategy, any};
use avgift_laws::strategies::{days_of, fee_years, inhabitants, inhabitants_near, shares};
use avgift_laws::{FeeRule, ScheduleRule, check, check_all};

type ExactOf = fn(&Own, Inhabitants, Share) -> Result<Exact, Error>;
type FeeOf = fn(&Own, Inhabitants, Share) -> Result<Sek, Error>;

/// A rule of somebody's own, in the shape of tariff T; a bug replaces one of its two functions.
#[derive(Clone)]
struct Own {
    rate: Exact,
    floor: Exact,
    ceiling: Exact,
    days: u32,
    points: Vec<Inhabitants>,
    figures: Option<(Decimal, Decimal)>,
    exact: ExactOf,
    fee: FeeOf,
}

impl Own {
    /// 1,50 kr, floor 15 000 kr, ceiling 120 000 kr, to whole kronor, and no bug.
    fn sound() -> Own {
        Own {
            rate: kronor("1,50"),
            floor: kronor("15 000"),
            ceiling: kronor("120 000"),
            days: 365,
            points: vec![people(10_000), people(80_000)],
            figures: None,
            exact: |own, inhabitants, share| {
                own.bounded(own.by_population(inhabitants)?).times(own.factor()?)?.times(share.ratio())
            },
            fee: |own, inhabitants, share| Rounding::Krona.round(own.exact(inhabitants, share)?),
        }
    }

    fn with_exact(exact: ExactOf) -> Own {
        Own { exact, ..Own::sound() }
    }

    fn with_fee(fee: FeeOf) -> Own {
        Own { fee, ..Own::sound() }
    }

    fn by_population(&self, inhabitants: Inhabitants) -> Result<Exact, Error> {
        self.rate.times(count(inhabitants))
    }

    fn bounded(&self, amount: Exact) -> Exact {
        amount.max(self.floor).min(self.ceiling)
    }

    fn factor(&self) -> Result<Ratio, Error> {
        let (from, to) = self.figures.unwrap_or((Decimal::ONE, Decimal::ONE));
        Ratio::from_decimal(to).over(Ratio::from_decimal(from))
    }
}

impl FeeRule for Own {
    fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error> {
        (self.exact)(self, inhabitants, share)
    }

    fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
        (self.fee)(self, inhabitants, share)
    }

    fn step(&self) -> Rounding {
        Rounding::Krona
    }

    fn floor(&self) -> Option<Exact> {
        self.floor.times(self.factor().ok()?).ok()
    }

    fn ceiling(&self) -> Option<Exact> {
        self.ceiling.times(self.factor().ok()?).ok()
    }

    fn rate(&self) -> Option<Exact> {
        self.rate.times(self.factor().ok()?).ok()
    }

    fn days_of_the_year(&self) -> u32 {
        self.days
    }

    fn break_points(&self) -> Vec<Inhabitants> {
        self.points.clone()
    }

    fn scaled_money(&self, factor: Ratio) -> Option<Own> {
        let scaled = |amount: Exact| amount.times(factor).ok();
        let (rate, floor, ceiling) = (scaled(self.rate)?, scaled(self.floor)?, scaled(self.ceiling)?);
        Some(Own { rate, floor, ceiling, ..self.clone() })
    }

    fn scaled_series(&self, factor: Ratio) -> Option<Own> {
        let scaled = |value: Decimal| {
            let value = Ratio::from_decimal(value).times(factor).ok()?.times(Ratio::whole(10_000)).ok()?;
            (value.denominator() == 1).then(|| Decimal::from_i128_with_scale(value.numerator(), 4))
        };
        let (from, to) = self.figures?;
        Some(Own { figures: Some((scaled(from)?, scaled(to)?)), ..self.clone() })
    }

    fn escalated(&self, from: Decimal, to: Decimal) -> Option<Own> {
        self.figures.is_none().then(|| Own { figures: Some((from, to)), ..self.clone() })
    }
}

fn kronor(text: &str) -> Exact {
    text.parse::<Sek>().unwrap().into()
}

fn figure(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn count(inhabitants: Inhabitants) -> Ratio {
    Ratio::whole(inhabitants.get().into())
}

fn people(count: u32) -> Inhabitants {
    Inhabitants::new(count).unwrap()
}

/// The fee for the whole year, in öre.
fn ore(rule: &impl FeeRule, count: u32) -> i64 {
    rule.fee(people(count), Share::WHOLE).unwrap().ore()
}

/// The names of the laws that a rule breaks.
fn broken(rule: &impl FeeRule) -> Vec<&'static str> {
    check_all(rule).map_or_else(|laws| laws.names(), |()| Vec::new())
}

#[test]
fn the_sound_rule_keeps_every_law_and_agrees_with_the_core() {
    assert_eq!(broken(&Own::sound()), Vec::<&str>::new());
    let leap = Own { days: 366, ..Own::sound() };
    assert_eq!(broken(&leap), Vec::<&str>::new());
    let carried = Own::sound().escalated(figure("133.5"), figure("137.9")).unwrap();
    assert_eq!(broken(&carried), Vec::<&str>::new());

    let year = FeeYear::new(2023).unwrap();
    let tariff = Tariff::per_inhabitant("T", year, "1,50".parse().unwrap())
        .bounded("15 000".parse().unwrap(), "120 000".parse().unwrap())
        .unwrap();
    let core = ScheduleRule::new(tariff, year, Indices::new()).unwrap();
    check("two_rules_give_the_same_fee", (inhabitants(), shares(365)), |(n, share)| {
        agreement::two_rules_give_the_same_fee(&Own::sound(), &core, n, share)
    })
    .unwrap();
}

/// 13 050 × 1,15 kr is 15 007,50 kr, and 50 öre go up. A binary 1,15 is a hair less, and the fee a krona.
#[test]
fn a_binary_float_is_caught() {
    fn in_floats(own: &Own, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
        let rate =
            own.rate.ore_ratio().numerator() as f64 / own.rate.ore_ratio().denominator() as f64 / 100.0;
        let (floor, ceiling) = (own.floor.ore_ratio().numerator(), own.ceiling.ore_ratio().numerator());
        let amount =
            (rate * f64::from(inhabitants.get())).max(floor as f64 / 100.0).min(ceiling as f64 / 100.0);
        let share = f64::from(share.part()) / f64::from(share.whole());
        Sek::from_kronor((amount * share).round() as i64)
    }
    let sound = Own { rate: kronor("1,15"), ..Own::sound() };
    let bug = Own { fee: in_floats, figures: Some((Decimal::ONE, Decimal::ONE)), ..sound.clone() };
    assert_eq!((ore(&sound, 13_050), ore(&bug, 13_050)), (1_500_800, 1_500_700));
    assert_eq!(broken(&sound), Vec::<&str>::new());
    assert!(broken(&bug).contains(&"half_a_step_goes_up"));
}

/// 2,50 kr to the nearest even krona is 2 kr; the law says 3.
#[test]
fn bankers_rounding_is_caught() {
    let bug = Own::with_fee(|own, inhabitants, share| {
        let exact = own.exact(inhabitants, share)?;
        let (up, krona) = (Rounding::Krona.round(exact)?, Sek::from_kronor(1)?);
        let is_half = Exact::from(up).minus(exact)? == Exact::from(Sek::from_ore(50));
        if is_half && up.ore() % 200 != 0 { up.minus(krona) } else { Ok(up) }
    });
    // 10 003 × 1,50 is 15 004,50.
    assert_eq!((ore(&Own::sound(), 10_003), ore(&bug, 10_003)), (1_500_500, 1_500_400));
    assert_eq!(broken(&bug), ["half_a_step_goes_up"]);
}

/// Rounded down, and to öre where kronor are promised: each its own law.
#[test]
fn another_step_or_direction_is_caught() {
    let down = Own::with_fee(|own, inhabitants, share| {
        let ore = own.exact(inhabitants, share)?.ore_ratio();
        Sek::from_kronor(i64::try_from(ore.numerator() / ore.denominator() / 100).unwrap())
    });
    assert_eq!(broken(&down), ["fee_is_within_half_a_step", "half_a_step_goes_up"]);
    let to_ore = Own::with_fee(|own, inhabitants, share| Rounding::Ore.round(own.exact(inhabitants, share)?));
    assert!(broken(&to_ore).contains(&"fee_is_a_multiple_of_the_step"));
}

/// 137,9 / 133,5 is 1,032958…; as 1,0330 it makes the floor 15 495 kr, and exact it is 15 494,38 kr: 15 494.
#[test]
fn a_factor_rounded_to_four_decimals_is_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let factor = Decimal::new(
            Rounding::Ore.round(Exact::from_ore_ratio(own.factor()?.times(Ratio::whole(10_000))?))?.ore(),
            4,
        );
        own.bounded(own.by_population(inhabitants)?).times(Ratio::from_decimal(factor))?.times(share.ratio())
    });
    let carried = |own: Own| own.escalated(figure("133.5"), figure("137.9")).unwrap();
    assert_eq!(
        (ore(&carried(Own::sound()), 4_606), ore(&carried(bug.clone()), 4_606)),
        (1_549_400, 1_549_500)
    );
    assert_eq!(broken(&bug), ["escalation_is_exact", "escalating_twice_is_escalating_once"]);
}

/// 10 003 × 1,50 is 15 004,50 = 105 × 142,9; times 144,7 / 142,9 it is 105 × 144,7 = 15 193,50, and that is 15 194 kr.
/// The factor with 28 decimals is a hair less, and the fee a krona.
#[test]
fn a_factor_rounded_to_28_decimals_is_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let (from, to) = own.figures.unwrap_or((Decimal::ONE, Decimal::ONE));
        own.bounded(own.by_population(inhabitants)?)
            .times(Ratio::from_decimal(to / from))?
            .times(share.ratio())
    });
    let carried = |own: Own| own.escalated(figure("142.9"), figure("144.7")).unwrap();
    assert_eq!(
        (ore(&carried(Own::sound()), 10_003), ore(&carried(bug.clone()), 10_003)),
        (1_519_400, 1_519_300)
    );
    assert_eq!(broken(&bug), ["escalation_is_exact", "escalating_twice_is_escalating_once"]);
}

/// The floor ends at 10 000 inhabitants. `<=` where the table says "from 10 001 on" keeps the floor for one more.
#[test]
fn a_break_point_off_by_one_is_caught() {
    let floor = Own::with_exact(|own, inhabitants, share| {
        let amount = if inhabitants.get() <= 10_001 { own.floor } else { own.by_population(inhabitants)? };
        amount.min(own.ceiling).times(own.factor()?)?.times(share.ratio())
    });
    // 10 001 × 1,50 is 15 001,50: 15 002 kr. The next inhabitant then costs 3 kr, and the rate is 1,50.
    assert_eq!((ore(&Own::sound(), 10_001), ore(&floor, 10_001)), (1_500_200, 1_500_000));
    assert!(broken(&floor).contains(&"one_inhabitant_more_costs_at_most_the_rate"));

    let ceiling = Own::with_exact(|own, inhabitants, share| {
        let amount = if inhabitants.get() > 80_001 { own.ceiling } else { own.by_population(inhabitants)? };
        amount.max(own.floor).times(own.factor()?)?.times(share.ratio())
    });
    // 80 001 × 1,50 is 120 001,50, and the ceiling 120 000.
    assert_eq!((ore(&Own::sound(), 80_001), ore(&ceiling, 80_001)), (12_000_000, 12_000_200));
    assert!(broken(&ceiling).contains(&"exact_amount_keeps_the_bounds"));
    assert!(broken(&ceiling).contains(&"larger_population_never_pays_less"));
}

/// An index on the floor alone lifts it to 150 000 kr, above the ceiling. Raised last, the fee passes the ceiling; the core
/// refuses such a tariff.
#[test]
fn a_floor_raised_after_the_ceiling_is_caught() {
    let bug = Own {
        floor: kronor("150 000"),
        ..Own::with_exact(|own, inhabitants, share| {
            let lowered = own.by_population(inhabitants)?.min(own.ceiling);
            lowered.max(own.floor).times(own.factor()?)?.times(share.ratio())
        })
    };
    assert!(broken(&bug).contains(&"exact_amount_keeps_the_bounds"));
    assert!(broken(&bug).contains(&"fee_keeps_the_rounded_bounds"));
}

/// The floor raised once more after the share: a month costs 15 000 kr, and so does none.
#[test]
fn a_floor_raised_after_the_share_is_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let owed = own.bounded(own.by_population(inhabitants)?).times(share.ratio())?;
        owed.max(own.floor).times(own.factor()?)
    });
    assert_eq!(
        broken(&bug),
        [
            "share_is_taken_of_the_whole",
            "no_months_cost_nothing_and_twelve_the_whole",
            "twelve_single_months_sum_to_the_whole",
            "two_parts_of_a_year_sum_to_the_whole",
        ]
    );
}

/// A year of 365 days in a leap year: 31 December alone is one day too much, and the whole year costs 366 / 365.
#[test]
fn a_leap_year_of_365_days_is_caught() {
    let bug = Own {
        days: 366,
        ..Own::with_exact(|own, inhabitants, share| {
            let whole = if share.whole() == 366 { 365 } else { share.whole() };
            own.bounded(own.by_population(inhabitants)?)
                .times(own.factor()?)?
                .times(Ratio::new(share.part().into(), whole.into())?)
        })
    };
    let laws = broken(&bug);
    assert!(laws.contains(&"share_is_taken_of_the_whole"), "{laws:?}");
    assert!(laws.contains(&"two_parts_of_a_year_sum_to_the_whole"), "{laws:?}");
}

/// Days counted as last − first: from 1 October to 31 December they are 91 and not 92.
#[test]
fn a_lost_day_is_caught() {
    let owed = |lost: i64| {
        move |member: &Member, year: FeeYear| {
            let period = member.period();
            let first = period.from.unwrap_or(year.first_day()).max(year.first_day());
            let last = period.to.unwrap_or(year.last_day()).min(year.last_day());
            let days = (last - first).num_days() + 1 - lost;
            Share::new(u32::try_from(days).unwrap(), year.days(), ShareUnit::Days)
        }
    };
    let tried = |lost| {
        let days = fee_years().prop_flat_map(|year| (Just(year), days_of(year)));
        check("who_leaves_and_who_follows_owe_the_year", days, move |(year, last_day)| {
            let member = Member::new("1466".parse().unwrap(), "Herrljunga");
            proration::who_leaves_and_who_follows_owe_the_year(owed(lost), member, year, last_day)
        })
    };
    let joins = Member::new("1466".parse().unwrap(), "Herrljunga")
        .joined_on(NaiveDate::from_ymd_opt(2023, 10, 1).unwrap());
    let year = FeeYear::new(2023).unwrap();
    assert_eq!((owed(0)(&joins, year).unwrap().part(), owed(1)(&joins, year).unwrap().part()), (92, 91));
    assert_eq!(tried(0), Ok(()));
    assert!(tried(1).is_err());
}

/// The first share asked for is kept, and every later member owes it too.
#[test]
fn a_stale_share_is_caught() {
    struct Stale(Own, Cell<Option<Share>>);
    impl FeeRule for Stale {
        fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error> {
            let kept = self.1.get().unwrap_or(share);
            self.1.set(Some(share));
            self.0.exact(inhabitants, kept)
        }
        fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
            Rounding::Krona.round(self.exact(inhabitants, share)?)
        }
        fn step(&self) -> Rounding {
            Rounding::Krona
        }
    }
    let laws = broken(&Stale(Own::sound(), Cell::new(None)));
    assert!(laws.contains(&"asking_again_changes_nothing"), "{laws:?}");
    assert!(laws.contains(&"share_is_taken_of_the_whole"), "{laws:?}");
}

/// A floor written into the program stays 15 000 kr when the tariff is scaled and when the index carries it.
#[test]
fn a_floor_written_into_the_program_is_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let amount = own.by_population(inhabitants)?.min(own.ceiling).times(own.factor()?)?;
        amount.max(kronor("15 000")).times(share.ratio())
    });
    let laws = broken(&bug);
    assert!(laws.contains(&"money_scales_the_exact_fee"), "{laws:?}");
    assert!(laws.contains(&"escalation_is_exact"), "{laws:?}");
    // A floor carried and held against a floor that was not: 1 000 inhabitants at the factor one still pay the same.
    assert!(!laws.contains(&"equal_figures_change_nothing"));
}

/// An index counted as an amount added, not multiplied: factor one then adds a krona.
#[test]
fn a_factor_that_changes_something_at_one_is_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let added = if own.figures.is_some() { kronor("1") } else { Exact::ZERO };
        own.bounded(own.by_population(inhabitants)?).times(own.factor()?)?.times(share.ratio())?.plus(added)
    });
    assert!(broken(&bug).contains(&"equal_figures_change_nothing"));
}

/// Index points taken for per cent: from 133,5 to 137,9 are 4,4 points and 3,3 per cent. 48 669 kr become 50 810,44.
#[test]
fn points_taken_for_per_cent_are_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let (from, to) = own.figures.unwrap_or((Decimal::ONE, Decimal::ONE));
        let factor = Ratio::ONE.plus(Ratio::from_decimal(to - from).over(Ratio::whole(100))?)?;
        own.bounded(own.by_population(inhabitants)?).times(factor)?.times(share.ratio())
    });
    let carried = |own: Own| own.escalated(figure("133.5"), figure("137.9")).unwrap();
    assert_eq!(
        (ore(&carried(Own::sound()), 32_446), ore(&carried(bug.clone()), 32_446)),
        (5_027_300, 5_081_000)
    );
    assert_eq!(broken(&bug), ["escalation_is_exact", "escalating_twice_is_escalating_once"]);
    assert!(broken(&carried(bug)).contains(&"scaling_the_series_changes_nothing"));
}

/// One day too few of every share: who owes no day is paid for one.
#[test]
fn a_share_below_nothing_is_caught() {
    let bug = Own::with_exact(|own, inhabitants, share| {
        let lost = i128::from(!share.is_whole());
        let share = Ratio::new(i128::from(share.part()) - lost, share.whole().into())?;
        own.bounded(own.by_population(inhabitants)?).times(own.factor()?)?.times(share)
    });
    let laws = broken(&bug);
    assert!(laws.contains(&"fee_of_a_share_lies_between_nothing_and_the_whole"), "{laws:?}");
    assert!(laws.contains(&"no_months_cost_nothing_and_twelve_the_whole"), "{laws:?}");
    assert!(laws.contains(&"twelve_single_months_sum_to_the_whole"), "{laws:?}");
}

/// Class rates, 1,50 kr to 50 000 inhabitants and 1,00 kr for all from there on: one inhabitant more saves 25 000 kr.
#[test]
fn a_class_rate_that_claims_to_be_monotone_is_caught() {
    let bug = Own {
        points: vec![people(50_000)],
        ..Own::with_exact(|own, inhabitants, share| {
            let amount = match inhabitants.get() {
                ..50_000 => own.by_population(inhabitants)?,
                _ => own.rate.times(Ratio::new(2, 3)?)?.times(count(inhabitants))?,
            };
            own.bounded(amount).times(own.factor()?)?.times(share.ratio())
        })
    };
    assert_eq!((ore(&bug, 49_999), ore(&bug, 50_000)), (7_499_900, 5_000_000));
    assert!(broken(&bug).contains(&"larger_population_never_pays_less"));
}

/// Per inhabitant from 20 000 on, and only a third of that below: a merger makes two members dearer.
#[test]
fn a_merger_made_dearer_is_caught() {
    let bug = Own {
        floor: Exact::ZERO,
        ..Own::with_exact(|own, inhabitants, share| {
            let part = if inhabitants.get() < 20_000 { Ratio::new(1, 3)? } else { Ratio::ONE };
            own.by_population(inhabitants)?
                .times(part)?
                .min(own.ceiling)
                .times(own.factor()?)?
                .times(share.ratio())
        })
    };
    assert!(broken(&bug).contains(&"two_together_pay_at_most_as_two_apart"));
}

/// Öre in 32 bits: from 21 474 836,47 kr on the fee is a smaller one, or less than nothing.
#[test]
fn an_amount_that_wraps_is_caught() {
    let bug = Own {
        ceiling: kronor("100 000 000 000"),
        rate: kronor("9 000"),
        ..Own::with_fee(|own, inhabitants, share| {
            let fee = Rounding::Krona.round(own.exact(inhabitants, share)?)?;
            Ok(Sek::from_ore(i64::from(fee.ore() as i32)))
        })
    };
    let tried = |rule: Own| {
        check("overflow_is_an_error", (inhabitants(), shares(365)), move |(n, share)| {
            agreement::overflow_is_an_error(&rule, n, share)
        })
    };
    assert!(tried(bug.clone()).is_err());
    assert_eq!(tried(Own { fee: Own::sound().fee, ..bug }), Ok(()));
}

/// A panic is a broken law, told with its case: here an `unwrap` on a product in 32 bits.
#[test]
fn a_panic_is_caught() {
    let bug = Own::with_fee(|_, inhabitants, _| {
        Ok(Sek::from_ore(inhabitants.get().checked_mul(15_000).unwrap().into()))
    });
    assert!(broken(&bug).contains(&"fee_is_a_multiple_of_the_step"));
}

/// A running total rounded to the even krona at each member: 0,50 and 1,00 and 0,50 kr make 2 kr, in another order 1 kr.
#[test]
fn a_sum_that_hangs_on_the_order_is_caught() {
    fn to_even_krona(ore: i64) -> i64 {
        let (krona, rest) = (ore.div_euclid(100), ore.rem_euclid(100));
        (krona + i64::from(rest > 50 || (rest == 50 && krona % 2 == 1))) * 100
    }
    let as_it_goes = |amounts: &[i64]| amounts.iter().fold(0, |total, ore| to_even_krona(total + ore));
    let once = |amounts: &[i64]| to_even_krona(amounts.iter().sum());
    assert_eq!((as_it_goes(&[50, 100, 50]), as_it_goes(&[50, 50, 100])), (200, 100));
    assert_eq!((once(&[50, 100, 50]), once(&[50, 50, 100])), (200, 200));
    let tried = |total: fn(&[i64]) -> i64| {
        let amounts = vec((0..=20_i64).prop_map(|halves| halves * 50), 2..8);
        let both = amounts.prop_flat_map(|amounts| (Just(amounts.clone()), Just(amounts).prop_shuffle()));
        check("order_changes_no_total", both, move |(amounts, shuffled)| {
            order::order_changes_no_total(&amounts, &shuffled, total)
        })
    };
    assert_eq!(tried(once), Ok(()));
    assert!(tried(as_it_goes).is_err());
}

/// A quick table for many rows whose rate was cut to whole öre: 72,645 kr times 200 is 14 529 kr, cut it is 14 528.
#[test]
fn a_quick_way_that_differs_is_caught() {
    let year = FeeYear::new(2024).unwrap();
    let tariff = |rate: &str| {
        ScheduleRule::new(Tariff::per_inhabitant("T", year, rate.parse().unwrap()), year, Indices::new())
            .unwrap()
    };
    let (exact, cut) = (tariff("72,645"), tariff("72,64"));
    assert_eq!((ore(&exact, 200), ore(&cut, 200)), (1_452_900, 1_452_800));
    let tried = |other: ScheduleRule| {
        let exact = exact.clone();
        check("two_rules_give_the_same_fee", inhabitants(), move |n| {
            agreement::two_rules_give_the_same_fee(&exact, &other, n, Share::WHOLE)
        })
    };
    assert_eq!(tried(exact.clone()), Ok(()));
    assert!(tried(cut).is_err());
}

/// Every step of an explanation in turn a krona off, or said not to have been reached; the law tells all of them.
#[test]
fn a_doctored_explanation_is_caught() {
    let year = FeeYear::new(2024).unwrap();
    let tariff = Tariff::per_inhabitant("T", year, "1,50".parse().unwrap())
        .bounded("15 000".parse().unwrap(), "120 000".parse().unwrap())
        .unwrap();
    let rule = ScheduleRule::new(tariff, year, Indices::new()).unwrap();
    let half_year = Share::new(6, 12, ShareUnit::Months).unwrap();
    let assessment = rule.assessment(people(4_606), half_year).unwrap();
    explanation::assessment_replays(&assessment).unwrap();
    for place in 0..assessment.steps().len() {
        let mut steps = assessment.steps().to_vec();
        let krona = Sek::from_ore(100);
        steps[place].value = match steps[place].value {
            Value::Inhabitants(_) => Value::Inhabitants(people(20_000)),
            Value::Exact(amount) => Value::Exact(amount.plus(krona.into()).unwrap()),
            Value::Fee(fee) => Value::Fee(fee.plus(krona).unwrap()),
        };
        assert!(explanation::steps_lead_to(&steps, assessment.fee()).is_err(), "{:?}", steps[place].rule);
    }
    let mut steps = assessment.steps().to_vec();
    let floor = steps.iter_mut().find(|step| step.rule == Rule::Floor).unwrap();
    floor.outcome = Outcome::NotReached;
    assert!(explanation::steps_lead_to(&steps, assessment.fee()).is_err());
    assert!(explanation::steps_lead_to(assessment.steps(), Sek::ZERO).is_err());
    assert!(explanation::steps_lead_to(&assessment.steps()[..6], assessment.fee()).is_err());
}

/// "7 000–15 000 / 15 000–25 000": who has 15 000 stands in two tiers; "under 5 000 / 5 001–10 000": who has 5 000 in none.
#[test]
fn tiers_that_overlap_or_leave_a_hole_are_caught() {
    let tried = |ends: &'static [(u32, Option<u32>)]| {
        let near =
            inhabitants_near(ends.iter().filter_map(|(_, to)| Inhabitants::new((*to)?).ok()).collect());
        check("tiers", near, move |n| tiers::one_of_them_holds(ends, n))
    };
    assert_eq!(tried(&[(1, Some(15_000)), (15_001, None)]), Ok(()));
    assert!(tried(&[(1, Some(15_000)), (15_000, None)]).is_err());
    assert!(tried(&[(1, Some(4_999)), (5_001, None)]).is_err());
}

/// A lint that is silent, that names a cliff one inhabitant too late, or that names one of another year's amounts: 2 kr to 40, 1 kr
/// above, so 80 kr and then 41.
#[test]
fn a_lint_that_is_silent_or_wrong_is_caught() {
    let year = FeeYear::new(2024).unwrap();
    let rate = |from, to, rate: &str| Tier::of_rate(from, to, rate.parse().unwrap());
    let rates = Tiers::new(vec![rate(1, Some(40), "2"), rate(41, None, "1")]).unwrap();
    let schedule = Tariff::of("T", year, Shape::Tiers(rates)).schedule(year, &Indices::new()).unwrap();
    let (named, fees) = (schedule.falls().unwrap(), schedule.bulk(Share::WHOLE).unwrap());
    let tried =
        |named: &[Fall]| falls::falls_are_those_of_every_two_neighbours(named, &[], 120, |n| fees.fee(n));
    assert_eq!((named[0].fee.ore(), named[0].fee_of_one_more.ore()), (8_000, 4_100));
    tried(&named).unwrap();
    assert!(tried(&[]).is_err());
    assert!(tried(&[Fall { inhabitants: people(41), ..named[0].clone() }]).is_err());
    assert!(tried(&[Fall { fee: Sek::from_ore(8_240), ..named[0].clone() }]).is_err());
    assert!(tried(&[named[0].clone(), Fall { inhabitants: people(60), ..named[0].clone() }]).is_err());
}

/// Brackets whose rates rise, 1 kr for the first 10 000 and 3 kr above, that claim to be concave: two of 10 000 pay 20 000 kr, and one
/// of 20 000 pays 40 000.
#[test]
fn brackets_that_rise_are_not_concave() {
    let bug = Own {
        points: vec![people(10_000)],
        floor: Exact::ZERO,
        ceiling: kronor("100 000 000 000"),
        rate: kronor("3"),
        ..Own::with_exact(|own, inhabitants, share| {
            let (below, above) = (inhabitants.get().min(10_000), inhabitants.get().saturating_sub(10_000));
            let thirds = Ratio::new(i128::from(below + 3 * above), 3)?;
            own.rate.times(thirds)?.times(own.factor()?)?.times(share.ratio())
        })
    };
    assert_eq!((ore(&bug, 10_000), ore(&bug, 20_000)), (1_000_000, 4_000_000));
    assert_eq!(broken(&bug), ["two_together_pay_at_most_as_two_apart"]);
}

/// An amount written without the zero of its öre: 1 kr and 5 öre as `1,5`.
#[test]
fn a_text_that_reads_back_as_something_else_is_caught() {
    let tried = |written: fn(i64) -> String| {
        check("reads_back", any::<u32>(), move |ore| {
            let ore = i64::from(ore);
            text::reads_back(&Sek::from_ore(ore), &written(ore))
        })
    };
    assert_eq!(tried(|ore| format!("{},{:02}", ore / 100, ore % 100)), Ok(()));
    assert!(tried(|ore| format!("{},{}", ore / 100, ore % 100)).is_err());
}

/// What a broken law says: its name, what was wrong, and the smallest case. The same words on every run.
#[test]
fn a_broken_law_is_told_with_its_smallest_case() {
    let bug = Own::with_fee(|own, inhabitants, share| Rounding::Ore.round(own.exact(inhabitants, share)?));
    let (first, again) = (check_all(&bug).unwrap_err(), check_all(&bug).unwrap_err());
    assert_eq!(first, again);
    let told = first.to_string();
    assert!(told.starts_with("the law `fee_is_a_multiple_of_the_step` is broken: "), "{told}");
    assert!(told.contains(" kr is not a multiple of 100 öre"), "{told}");
    assert!(told.contains("\n  case: (Inhabitants(1), Share"), "{told}");
}
