//! Claims: which law holds of which shape, each tried until it has spoken of as many cases as were asked for.
//! Rule:    a pair of law and kind is counted by the cases in which the law says something. A case is a tariff, a population and a
//!          share of the year, with factors and index figures; each tariff drawn is tried on ten of them. A law of the index says
//!          nothing of a tariff without one, and such a case is not counted.
//! Errors:  BrokenLaw, with the smallest case found.

use std::cell::Cell;

use avgift::{Decimal, Error, Inhabitants, ProrationOrder, Ratio, Share, ShareUnit};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use crate::check::{BrokenLaw, runner_of_round, told};
use crate::kind::Kind;
use crate::laws::{
    Held, agreement, bounds, explanation, falls, growth, index, proration, rounding, scaling, tiers,
};
use crate::rule::FeeRule;
use crate::schedule_rule::{BulkRule, ScheduleRule};
use crate::strategies;

/// What one case is asked with, besides its rule.
#[derive(Debug, Clone)]
pub struct Case {
    /// A population, often one below, at, or one above a turn of the rule.
    pub inhabitants: Inhabitants,
    /// Another one.
    pub other: Inhabitants,
    /// A share of the year.
    pub share: Share,
    /// Another one.
    pub other_share: Share,
    /// Two factors above nothing.
    pub factors: [Ratio; 2],
    /// Three index figures.
    pub figures: [Decimal; 3],
}

/// Whether a law said something of a case; or what is wrong.
type Said = Result<bool, TestCaseError>;

/// A law and the kinds of shape that it is claimed for.
#[derive(Clone, Copy)]
pub struct Claim {
    /// The name of the law: its function.
    pub law: &'static str,
    of: fn(Kind) -> bool,
    says: fn(&ScheduleRule, &Case) -> Said,
}

impl Claim {
    /// Whether it is claimed for a kind of shape.
    #[must_use]
    pub fn is_of(&self, kind: Kind) -> bool {
        (self.of)(kind)
    }
}

const fn all(_: Kind) -> bool {
    true
}

fn said(held: Held) -> Said {
    held.map(|()| true)
}

fn said_if(speaks: bool, held: impl FnOnce() -> Held) -> Said {
    if speaks { said(held()) } else { Ok(false) }
}

/// Whether a share of the year is a share of the whole amount.
fn is_prorated_last(rule: &ScheduleRule) -> bool {
    rule.order() == ProrationOrder::AfterBounds && !rule.has_joining_fee()
}

macro_rules! claims {
    ($($of:expr => $theme:ident :: $law:ident: |$rule:ident, $case:ident| $says:expr;)+) => {
        &[$(Claim { law: stringify!($law), of: $of, says: |$rule, $case| $says },)+]
    };
}

/// Every claim of a law for shapes that a member has by itself.
pub const CLAIMS: &[Claim] = claims! {
    all => rounding::fee_is_a_multiple_of_the_step: |rule, case|
        said(rounding::fee_is_a_multiple_of_the_step(rule, case.inhabitants, case.share));
    all => rounding::fee_is_within_half_a_step: |rule, case|
        said(rounding::fee_is_within_half_a_step(rule, case.inhabitants, case.share));
    all => rounding::half_a_step_goes_up: |rule, case|
        said(rounding::half_a_step_goes_up(rule, case.inhabitants, case.share));
    all => rounding::asking_again_changes_nothing: |rule, case|
        said(rounding::asking_again_changes_nothing(
            rule, (case.inhabitants, case.share), (case.other, case.other_share)));
    all => bounds::exact_amount_keeps_the_bounds: |rule, case|
        said_if(rule.floor().or(rule.ceiling()).is_some(), ||
            bounds::exact_amount_keeps_the_bounds(rule, case.inhabitants, case.share));
    all => bounds::fee_keeps_the_rounded_bounds: |rule, case|
        said_if(rule.floor().or(rule.ceiling()).is_some(), ||
            bounds::fee_keeps_the_rounded_bounds(rule, case.inhabitants, case.share));
    Kind::is_monotone => growth::larger_population_never_pays_less: |rule, case| {
        // What is added may be of another kind; the shape itself must promise it.
        prop_assert!(rule.is_monotone() || rule.has_more(), "the shape does not promise to rise");
        said_if(rule.is_monotone(), ||
            growth::larger_population_never_pays_less(rule, case.inhabitants, case.other, case.share))
    };
    |kind| matches!(kind, Kind::Flat | Kind::PerInhabitant | Kind::BaseAndRate | Kind::Brackets | Kind::Decided)
        => growth::one_inhabitant_more_costs_at_most_the_rate: |rule, case| {
        prop_assert!(rule.rate().is_some() || rule.has_more(), "the shape has no rate");
        said_if(rule.rate().is_some() && case.inhabitants < Inhabitants::MAX, ||
            growth::one_inhabitant_more_costs_at_most_the_rate(rule, case.inhabitants, case.share))
    };
    |kind| matches!(kind, Kind::Flat | Kind::PerInhabitant | Kind::BaseAndRate | Kind::Units | Kind::Brackets | Kind::Decided)
        => growth::two_together_pay_at_most_as_two_apart: |rule, case|
        said_if(rule.is_subadditive() && Inhabitants::new(case.inhabitants.get() + case.other.get()).is_ok(), ||
            growth::two_together_pay_at_most_as_two_apart(rule, case.inhabitants, case.other, case.share));
    all => proration::share_is_taken_of_the_whole: |rule, case|
        said_if(is_prorated_last(rule), ||
            proration::share_is_taken_of_the_whole(rule, case.inhabitants, case.share));
    all => proration::fee_of_a_share_lies_between_nothing_and_the_whole: |rule, case|
        said_if(!rule.has_joining_fee(), ||
            proration::fee_of_a_share_lies_between_nothing_and_the_whole(rule, case.inhabitants, case.share));
    all => proration::no_months_cost_nothing_and_twelve_the_whole: |rule, case|
        said_if(!rule.has_joining_fee(), ||
            proration::no_months_cost_nothing_and_twelve_the_whole(rule, case.inhabitants));
    all => proration::twelve_single_months_sum_to_the_whole: |rule, case|
        said_if(is_prorated_last(rule), ||
            proration::twelve_single_months_sum_to_the_whole(rule, case.inhabitants));
    all => proration::two_parts_of_a_year_sum_to_the_whole: |rule, case|
        said_if(is_prorated_last(rule), ||
            proration::two_parts_of_a_year_sum_to_the_whole(rule, case.inhabitants, case.share));
    all => scaling::factor_one_changes_nothing: |rule, case|
        said_if(rule.can_be_scaled(), ||
            scaling::factor_one_changes_nothing(rule, case.inhabitants, case.share));
    all => scaling::money_scales_the_exact_fee: |rule, case|
        said_if(rule.scaled_money(case.factors[0]).is_some(), ||
            scaling::money_scales_the_exact_fee(rule, case.inhabitants, case.share, case.factors[0]));
    all => scaling::scaling_twice_is_scaling_by_the_product: |rule, case| {
        let [a, b] = case.factors;
        let twice = rule.scaled_money(a).and_then(|once| once.scaled_money(b));
        let product = a.times(b).ok().and_then(|product| rule.scaled_money(product));
        said_if(twice.is_some() && product.is_some(), ||
            scaling::scaling_twice_is_scaling_by_the_product(rule, case.inhabitants, case.share, a, b))
    };
    all => index::equal_figures_change_nothing: |rule, case|
        said_if(rule.can_be_escalated(), ||
            index::equal_figures_change_nothing(rule, case.inhabitants, case.share, case.figures[0]));
    all => index::escalation_is_exact: |rule, case|
        said_if(rule.can_be_escalated(), || {
            let [from, to, _] = case.figures;
            index::escalation_is_exact(rule, case.inhabitants, case.share, from, to)
        });
    all => index::escalating_twice_is_escalating_once: |rule, case|
        said_if(rule.can_be_escalated(), ||
            index::escalating_twice_is_escalating_once(rule, case.inhabitants, case.share, case.figures));
    all => index::scaling_the_series_changes_nothing: |rule, case|
        said_if(rule.scaled_series(case.factors[0]).is_some(), ||
            index::scaling_the_series_changes_nothing(rule, case.inhabitants, case.share, case.factors[0]));
    |kind| kind != Kind::OfFigure => index::fee_or_all_three_parameters_is_the_same: |rule, case|
        said_if(rule.can_be_aimed(), ||
            index::fee_or_all_three_parameters_is_the_same(rule, case.inhabitants, case.share));
    all => explanation::assessment_replays: |rule, case| {
        let assessment = rule.assessment(case.inhabitants, case.share);
        let assessment = assessment.map_err(|error| TestCaseError::fail(error.to_string()))?;
        said(explanation::assessment_replays(&assessment))
    };
    Kind::hangs_on_inhabitants => agreement::two_rules_give_the_same_fee: |rule, case|
        said_if(rule.has_bulk_fees(), ||
            agreement::two_rules_give_the_same_fee(rule, &BulkRule(rule.clone()), case.inhabitants, case.share));
    all => agreement::bulk_is_refused_where_it_would_guess: |rule, case|
        said(agreement::bulk_is_refused_where_it_would_guess(rule, case.share));
    |kind| matches!(kind, Kind::Steps | Kind::ClassRates | Kind::FixedParts | Kind::Brackets)
        => tiers::every_population_falls_in_exactly_one_tier: |rule, case|
        said(tiers::every_population_falls_in_exactly_one_tier(rule.shape(), case.inhabitants));
};

/// How many populations each tariff is tried on.
const POPULATIONS: usize = 10;

/// How many tariffs are drawn before it is asked which laws have spoken often enough.
const TARIFFS: u32 = 500;

/// Tries every law that is claimed for a kind of shape, each until it has spoken of so many cases. Gives back of how many each
/// did.
///
/// # Errors
/// The first law that is broken, with the smallest case.
pub fn check_claims(kind: Kind, cases: u32) -> Result<Vec<(&'static str, u32)>, BrokenLaw> {
    let claims: Vec<&Claim> = CLAIMS.iter().filter(|claim| claim.is_of(kind)).collect();
    let spoken: Vec<Cell<u32>> = claims.iter().map(|_| Cell::new(0)).collect();
    let broken = Cell::new("");
    let drawn = (strategies::rules_of(kind), vec(any_case(), POPULATIONS)).prop_map(|(rule, cases)| {
        let (points, days) = (rule.break_points(), rule.days_of_the_year());
        let cases: Vec<Case> = cases.iter().map(|case| case.near(&points, days)).collect();
        (rule, cases)
    });
    // A law that speaks of one case in a thousand would take so many rounds, and should be drawn for.
    for round in 0..cases.div_ceil(5) {
        let todo: Vec<usize> = (0..claims.len()).filter(|place| spoken[*place].get() < cases).collect();
        if todo.is_empty() {
            return Ok(claims.iter().zip(spoken).map(|(claim, spoken)| (claim.law, spoken.get())).collect());
        }
        let held = runner_of_round(round, TARIFFS).run(&drawn, |(rule, cases)| {
            for place in &todo {
                broken.set(claims[*place].law);
                for case in &cases {
                    let speaks = (claims[*place].says)(&rule, case)?;
                    spoken[*place].set(spoken[*place].get() + u32::from(speaks));
                }
            }
            Ok(())
        });
        held.map_err(|error| told(broken.get(), error))?;
    }
    let silent = claims.iter().zip(&spoken).find(|(_, spoken)| spoken.get() < cases);
    let law = silent.map_or("", |(claim, _)| claim.law);
    Err(BrokenLaw { law, reason: "it speaks of too few cases".to_owned(), case: String::new() })
}

/// The last population whose fee the lint is held against.
const LAST: u32 = 120;

/// Tries the lint on so many tariffs of a kind whose turns lie within 90 inhabitants: of each, the fees of the first 120 populations
/// are compared with one another. Gives back how many had a fall.
///
/// # Errors
/// `falls_are_those_of_every_two_neighbours`, with the smallest case.
pub fn check_falls(kind: Kind, tariffs: u32) -> Result<u32, BrokenLaw> {
    let falling = Cell::new(0);
    let shapes = strategies::rules_with(strategies::turned_by(kind, 90));
    let held = runner_of_round(0, tariffs).run(&shapes, |rule| {
        let refused = |error: Error| TestCaseError::fail(error.to_string());
        let schedule = rule.schedule_without_what_a_fall_is_not_of().map_err(refused)?;
        // Components turn where they like; what lies beyond the last population is not looked at.
        let mut named = schedule.falls().map_err(refused)?;
        named.retain(|fall| fall.inhabitants.get() < LAST);
        let member = rule.member().map_err(refused)?;
        let fees = schedule.bulk_like(&member, Share::WHOLE).map_err(refused)?;
        // A class may fall where the tariff does not, and the other way round.
        let (own, others): (Vec<_>, Vec<_>) =
            named.into_iter().partition(|fall| fall.class.as_deref() == rule.class());
        let told = others.iter().filter(|_| rule.pays_a_part()).map(|fall| fall.inhabitants);
        let told: Vec<Inhabitants> = told.collect();
        for fall in &own {
            let one_more = Inhabitants::new(fall.inhabitants.get() + 1).map_err(refused)?;
            let explained = |count| rule.fee_before_the_member(&schedule, count).map_err(refused);
            prop_assert_eq!(explained(fall.inhabitants)?, fall.fee);
            prop_assert_eq!(explained(one_more)?, fall.fee_of_one_more);
        }
        falling.set(falling.get() + u32::from(!own.is_empty()));
        falls::falls_are_those_of_every_two_neighbours(&own, &told, LAST, |count| fees.fee(count))
    });
    held.map_err(|error| told("falls_are_those_of_every_two_neighbours", error))?;
    Ok(falling.get())
}

/// A case before its rule is known.
#[derive(Debug, Clone)]
struct AnyCase {
    inhabitants: [Inhabitants; 2],
    /// For each of the two: whether it is near a point, which point, and which side of it.
    near: [(u8, u8, u8); 2],
    shares: [(u8, u16); 2],
    factors: [Ratio; 2],
    figures: [Decimal; 3],
}

fn any_case() -> impl Strategy<Value = AnyCase> + Clone {
    let (people, factor, figure) =
        (strategies::inhabitants(), strategies::factors().boxed(), strategies::index_value());
    (
        [people.clone(), people],
        any::<[(u8, u8, u8); 2]>(),
        any::<[(u8, u16); 2]>(),
        [factor.clone(), factor],
        [figure.clone(), figure.clone(), figure],
    )
        .prop_map(|(inhabitants, near, shares, factors, figures)| AnyCase {
            inhabitants,
            near,
            shares,
            factors,
            figures,
        })
}

impl AnyCase {
    /// Two in five populations are moved one below, to, or one above a turn; the second one as often next to the first.
    fn near(&self, points: &[Inhabitants], days: u32) -> Case {
        let moved = |place: usize, points: &[Inhabitants]| {
            let (is_near, which, side) = self.near[place];
            let point = points.get(usize::from(which) % points.len().max(1)).filter(|_| is_near < 102);
            let moved = point.map(|point| Inhabitants::new((point.get() + u32::from(side % 3)).max(2) - 1));
            moved.and_then(Result::ok).unwrap_or(self.inhabitants[place])
        };
        let inhabitants = moved(0, points);
        Case {
            inhabitants,
            other: moved(1, &[inhabitants]),
            share: share(self.shares[0], days),
            other_share: share(self.shares[1], days),
            factors: self.factors,
            figures: self.figures,
        }
    }
}

/// A share of the year: as often all of it as in months, in days, or in larger parts.
fn share((kind, part): (u8, u16), days: u32) -> Share {
    let (whole, unit) = match kind % 8 {
        0 | 1 => return Share::WHOLE,
        2 | 3 => (12, ShareUnit::Months),
        4 | 5 => (days, ShareUnit::Days),
        6 => (4, ShareUnit::Quarters),
        _ => (2, ShareUnit::Halves),
    };
    Share::new(u32::from(part) % (whole + 1), whole, unit).unwrap_or(Share::WHOLE)
}
