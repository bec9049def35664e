//! The core keeps the laws that hang on no shape, over a hundred thousand cases each, and all of them for the illustrative tariff and
//! for anyone who asks as our readers do, over 256; the same ones every time. Shapes: see `claims`.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use avgift::{
    Assessment, BrokenUnit, Decimal, Error, EscalationTarget, FallPolicy, FeeYear, Figure, IndexClause,
    IndexFigure, IndexStatus, Indices, Language, Leaving, Member, Month, NaiveDate, Percent, Portion,
    PrintedTariff, Proration, ProrationOrder, ProrationUnit, Rounding, Sek, Tariff,
};
use avgift_laws::laws::{
    agreement, bounds, explanation, growth, index, order, proration, rounding, scaling, text,
};
use avgift_laws::proptest::collection::vec;
use avgift_laws::proptest::prelude::{Just, Strategy, any};
use avgift_laws::proptest::test_runner::TestCaseError;
use avgift_laws::strategies::{
    amounts, assessable, codes, days_of, factors, fee_years, index_series, index_value, inhabitants,
    largest_tariffs, networks, rates, schedules, shares,
};
use avgift_laws::{BrokenLaw, BulkRule, FeeRule, ScheduleRule, cases, check, check_all, check_over};

type Tried = Result<(), BrokenLaw>;

/// Tariff T: 1,50 kr, 15 000 kr, 120 000 kr, and whatever else is decided, in fee year 2024.
fn tariff_t(decided: impl Fn(Tariff) -> Tariff) -> ScheduleRule {
    let year = FeeYear::new(2024).unwrap();
    let tariff = Tariff::per_inhabitant("T", FeeYear::new(2023).unwrap(), "1,50 kr".parse().unwrap())
        .bounded("15 000 kr".parse().unwrap(), "120 000 kr".parse().unwrap())
        .unwrap();
    let mut indices = Indices::new();
    for (month, value) in [("2021M10", "133.5"), ("2022M10", "132.1"), ("2023M10", "137.9")] {
        let month: Month = month.parse().unwrap();
        indices
            .add(IndexFigure::new("LÖI", month, IndexStatus::Final, value.parse().unwrap()).unwrap())
            .unwrap();
    }
    ScheduleRule::new(decided(tariff), year, indices).unwrap()
}

fn clause(policy: FallPolicy, target: EscalationTarget) -> IndexClause {
    IndexClause {
        policy,
        target,
        ..IndexClause::new("LÖI", IndexStatus::Final, "2021M10".parse().unwrap(), 1)
    }
}

/// Explained and in bulk, every law: plain, indexed in each way, printed, to other steps, with the share before the bounds.
#[test]
fn every_law_holds_of_the_illustrative_tariff() {
    let only_rate = EscalationTarget::Parameters {
        rate: true,
        amount: true,
        floor: false,
        ceiling: false,
        printed: None,
    };
    let printed = EscalationTarget::Parameters {
        rate: true,
        amount: true,
        floor: true,
        ceiling: true,
        printed: Some(PrintedTariff { rate: Rounding::Ore, bounds: Rounding::HundredKronor }),
    };
    let before = Proration { order: ProrationOrder::BeforeBounds, ..Proration::default() };
    for rule in [
        tariff_t(|tariff| tariff),
        tariff_t(|tariff| tariff.indexed(clause(FallPolicy::Follow, EscalationTarget::Fee))),
        tariff_t(|tariff| tariff.indexed(clause(FallPolicy::NeverDown, EscalationTarget::Fee))),
        tariff_t(|tariff| tariff.indexed(clause(FallPolicy::HighWater, only_rate))),
        tariff_t(|tariff| tariff.indexed(clause(FallPolicy::Follow, printed))),
        tariff_t(|tariff| Tariff { rounding: Rounding::Ore, ..tariff }),
        tariff_t(|tariff| Tariff { rounding: Rounding::HundredKronor, ..tariff }),
        tariff_t(|tariff| Tariff { proration: before, ..tariff }),
    ] {
        check_all(&rule).unwrap();
        check_all(&BulkRule(rule)).unwrap();
    }
}

/// A law of a rule, a population and a share, on tariffs of every kind, explained and in bulk.
macro_rules! holds {
    ($($name:ident: $law:expr;)+) => {$(
        #[test]
        fn $name() -> Tried {
            check(stringify!($name), assessable(), |(rule, n, share)| {
                $law(&rule, n, share)?;
                $law(&BulkRule(rule), n, share)
            })
        }
    )+};
}

holds! {
    fee_is_a_multiple_of_the_step: rounding::fee_is_a_multiple_of_the_step;
    fee_is_within_half_a_step: rounding::fee_is_within_half_a_step;
    half_a_step_goes_up: rounding::half_a_step_goes_up;
    exact_amount_keeps_the_bounds: bounds::exact_amount_keeps_the_bounds;
    fee_keeps_the_rounded_bounds: bounds::fee_keeps_the_rounded_bounds;
    one_inhabitant_more_costs_at_most_the_rate: growth::one_inhabitant_more_costs_at_most_the_rate;
    share_is_taken_of_the_whole: proration::share_is_taken_of_the_whole;
    fee_of_a_share_lies_between_nothing_and_the_whole: proration::fee_of_a_share_lies_between_nothing_and_the_whole;
    two_parts_of_a_year_sum_to_the_whole: proration::two_parts_of_a_year_sum_to_the_whole;
    factor_one_changes_nothing: scaling::factor_one_changes_nothing;
}

#[test]
fn bulk_equals_explained_for_every_tariff_share_and_population() -> Tried {
    check(
        "two_rules_give_the_same_fee",
        (assessable(), vec(inhabitants(), 8)),
        |((rule, edge, share), more)| {
            let bulk = BulkRule(rule.clone());
            for n in more.into_iter().chain([edge]) {
                agreement::two_rules_give_the_same_fee(&rule, &bulk, n, share)?;
            }
            Ok(())
        },
    )
}

#[test]
fn fees_grow_with_the_population_and_no_merger_makes_them_dearer() -> Tried {
    check("growth", (assessable(), inhabitants()), |((rule, a, share), b)| {
        growth::larger_population_never_pays_less(&rule, a, b, share)?;
        growth::two_together_pay_at_most_as_two_apart(&rule, a, b, share)
    })
}

#[test]
fn months_sum_to_the_year() -> Tried {
    check("months", assessable(), |(rule, n, _)| {
        proration::no_months_cost_nothing_and_twelve_the_whole(&rule, n)?;
        proration::twelve_single_months_sum_to_the_whole(&rule, n)
    })
}

#[test]
fn money_scales() -> Tried {
    check("scaling", (assessable(), factors(), factors()), |((rule, n, share), a, b)| {
        scaling::money_scales_the_exact_fee(&rule, n, share, a)?;
        scaling::scaling_twice_is_scaling_by_the_product(&rule, n, share, a, b)
    })
}

#[test]
fn an_escalation_is_exact_and_a_rebased_series_the_same() -> Tried {
    let figures = [index_value(), index_value(), index_value()];
    check("index", (assessable(), figures, factors()), |((rule, n, share), figures, factor)| {
        index::equal_figures_change_nothing(&rule, n, share, figures[0])?;
        index::escalation_is_exact(&rule, n, share, figures[0], figures[1])?;
        index::escalating_twice_is_escalating_once(&rule, n, share, figures)?;
        index::scaling_the_series_changes_nothing(&rule, n, share, factor)
    })
}

/// The laws above say nothing of a rule that cannot be scaled; so the strategies must give enough that can.
#[test]
fn enough_rules_can_be_scaled_carried_and_rebased() {
    let (scaled, carried, rebased) =
        (std::cell::Cell::new(0), std::cell::Cell::new(0), std::cell::Cell::new(0));
    check("strategies", (schedules(), factors()), |(rule, factor)| {
        let count = |cell: &std::cell::Cell<u32>, done: bool| cell.set(cell.get() + u32::from(done));
        count(&scaled, rule.scaled_money(factor).is_some());
        count(&carried, rule.escalated(Decimal::from(100), Decimal::from(103)).is_some());
        count(&rebased, rule.scaled_series(factor).is_some());
        Ok(())
    })
    .unwrap();
    assert!(
        scaled.get() > 64 && carried.get() > 32 && rebased.get() > 64,
        "{scaled:?} {carried:?} {rebased:?}"
    );
}

#[test]
fn escalating_the_fee_is_escalating_all_three_parameters() -> Tried {
    check("index", assessable(), |(rule, n, share)| {
        index::fee_or_all_three_parameters_is_the_same(&rule, n, share)
    })
}

#[test]
fn follow_is_at_most_high_water_and_high_water_at_most_never_down() -> Tried {
    check_over(cases(), "index", index_series(), |figures| index::fall_policies_stand_in_order(&figures))
}

#[test]
fn a_part_of_a_change_is_within_it() -> Tried {
    let part = (1..=10_000_i64).prop_map(|part| format!("{} %", Decimal::new(part, 2)).parse().unwrap());
    check_over(cases(), "index", (part, index_value(), index_value()), |(part, from, to)| {
        index::a_part_of_a_change_lies_within_it(part, from, to)
    })
}

#[test]
fn a_rebased_series_may_be_spliced_in() -> Tried {
    check_over(cases(), "index", (index_series(), 1..=9_u8, 1..=6_usize), |(figures, times, after)| {
        index::a_splice_to_the_series_rebased_changes_nothing(&figures, times, after)
    })
}

#[test]
fn a_threshold_keeps_near() -> Tried {
    let threshold = (1..=600_i64).prop_map(|part| format!("{} %", Decimal::new(part, 2)).parse().unwrap());
    check_over(cases(), "index", (index_series(), threshold), |(figures, threshold)| {
        index::a_threshold_keeps_the_tariff_near_its_index(&figures, threshold)
    })
}

#[test]
fn a_weighed_change_is_between_those_of_its_series() -> Tried {
    let two = || [index_value(), index_value()];
    check_over(cases(), "index", (1..=99_u8, two(), two()), |(weight, first, second)| {
        index::a_weighed_change_lies_between_its_series(weight, first, second)
    })
}

#[test]
fn an_explanation_replays_to_the_fee() -> Tried {
    check("explanation", assessable(), |(rule, n, share)| {
        let assessment: Assessment = rule.assessment(n, share).unwrap();
        explanation::assessment_replays(&assessment)
    })
}

#[test]
fn the_order_of_the_members_changes_nothing_and_every_explanation_replays() -> Tried {
    let shuffled = networks(5).prop_flat_map(|(basis, year)| {
        let members = Just(basis.members.clone()).prop_shuffle();
        (Just(basis), members, Just(year))
    });
    check_over(cases(), "order", shuffled, |(basis, members, year)| {
        order::order_of_members_changes_nothing(&basis, members, year)?;
        let fees = basis.assess_year(year, avgift::PopulationMode::Published).unwrap();
        fees.assessments.iter().try_for_each(explanation::assessment_replays)
    })
}

/// Every frame is its members': fees sum to the sum, standings to the members, payers to both.
#[test]
fn a_frame_adds_up() -> Tried {
    check("frame", networks(12), |(basis, year)| {
        let fees = basis.assess_year(year, avgift::PopulationMode::Published).unwrap();
        let frame = &fees.frame;
        let sum: i64 = fees.assessments.iter().map(|assessment| assessment.fee().ore()).sum();
        let by_payer: i64 = frame.by_payer.iter().map(|payer| payer.sum.ore()).sum();
        let members: usize = frame.by_payer.iter().map(|payer| payer.members).sum();
        let agrees = frame.sum == Sek::from_ore(sum)
            && by_payer == sum
            && members == frame.members
            && frame.members == basis.members.len()
            && frame.at_floor + frame.within + frame.at_ceiling == frame.members
            && frame.payers == frame.by_payer.len();
        if agrees { Ok(()) } else { Err(TestCaseError::fail(format!("{frame:?}"))) }
    })
}

/// For every unit the year may be parted at the end of a quarter or half that it has; for days, on any day.
#[test]
fn a_year_parted_between_two_members_is_owed_once() -> Tried {
    let days = fee_years().prop_flat_map(|year| (Just(year), days_of(year)));
    check_over(cases(), "proration", days, |(year, day)| {
        let member = Member::new("1466".parse().unwrap(), "Herrljunga");
        let owed = |unit| {
            let proration =
                Proration { unit, leaving: Leaving::Prorated, order: ProrationOrder::AfterBounds };
            move |member: &Member, year| proration.share(member, year)
        };
        let parted = |unit, day| {
            proration::who_leaves_and_who_follows_owe_the_year(owed(unit), member.clone(), year, day)
        };
        parted(ProrationUnit::Days, day)?;
        let end_of_june = NaiveDate::from_ymd_opt(year.get(), 6, 30).unwrap();
        let end_of_february = NaiveDate::from_ymd_opt(year.get(), 3, 1).unwrap().pred_opt().unwrap();
        for broken in [BrokenUnit::Counted, BrokenUnit::Free] {
            parted(ProrationUnit::Months(broken), end_of_february)?;
            parted(ProrationUnit::Quarters(broken), end_of_june)?;
        }
        parted(ProrationUnit::Halves, end_of_june)
    })
}

#[test]
fn joining_later_never_owes_more_in_any_unit() -> Tried {
    let days = fee_years().prop_flat_map(|year| (Just(year), days_of(year), days_of(year)));
    check_over(cases(), "proration", (days, avgift_laws::strategies::prorations()), |((year, a, b), rule)| {
        let member = Member::new("1466".parse().unwrap(), "Herrljunga");
        proration::joining_later_never_owes_more(
            |member, year| rule.share(member, year),
            member,
            year,
            (a, b),
        )
    })
}

/// The largest rates, bounds and figures there are, in a product of up to seven quotients.
#[test]
fn what_does_not_fit_is_an_error_and_never_a_panic() -> Tried {
    let largest = fee_years().prop_flat_map(|year| (Just(year), largest_tariffs(year), shares(year.days())));
    check_over(cases(), "overflow", (largest, inhabitants()), |((year, (tariff, indices), share), n)| {
        let rule = match ScheduleRule::new(tariff, year, indices) {
            Ok(rule) => rule,
            Err(
                Error::AmountMustNotOverflow
                | Error::EscalatedFloorMustNotExceedCeiling { .. }
                | Error::FactorMustBeAboveZero { .. }
                | Error::FactorMustBeHeldExactly { .. },
            ) => {
                return Ok(());
            }
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        agreement::overflow_is_an_error(&rule, n, share)?;
        agreement::overflow_is_an_error(&BulkRule(rule.clone()), n, share)?;
        if let (Ok(assessment), Ok(bulk)) = (rule.assessment(n, share), rule.schedule().bulk(share)) {
            for language in [Language::Swedish, Language::English] {
                let _ = assessment.explain(language);
            }
            if bulk.fee(n) != assessment.fee() {
                return Err(TestCaseError::fail("bulk and explained differ"));
            }
        }
        Ok(())
    })
}

#[test]
fn what_is_written_is_read_back() -> Tried {
    let amount = || {
        any::<i64>().prop_filter_map("an amount has room", |ore| (ore > i64::MIN).then(|| Sek::from_ore(ore)))
    };
    let month = (1900..=2199, 1..=12_u32).prop_map(|(year, month)| Month::new(year, month).unwrap());
    let parts = (0..=1_000_000_000_i64, 0..=6_u32, any::<bool>(), -9_999..=99_999_i64).prop_map(
        |(number, scale, mille, hundredths)| {
            let portion = Decimal::new(number % (10 * 10_i64.pow(scale + 2)), scale);
            let portion: Portion = format!("{portion} {}", if mille { '‰' } else { '%' }).parse().unwrap();
            let percent: Percent = format!("{} %", Decimal::new(hundredths, 2)).parse().unwrap();
            let figure: Figure = Decimal::new(number, scale).to_string().parse().unwrap();
            (portion, percent, figure)
        },
    );
    let decimal = (any::<i64>(), 0..=28_u32).prop_map(|(value, scale)| Decimal::new(value, scale));
    check_over(
        cases(),
        "text",
        ((codes(), month, fee_years(), amount(), amounts()), (rates(), decimal, inhabitants(), parts)),
        |(
            (code, month, year, any_amount, amount),
            (rate, decimal, inhabitants, (portion, percent, figure)),
        )| {
            text::plain_text_reads_back(&code)?;
            text::plain_text_reads_back(&month)?;
            text::plain_text_reads_back(&year)?;
            for amount in [any_amount, amount] {
                text::plain_text_reads_back(&amount)?;
                text::amount_reads_back_from_swedish(amount)?;
            }
            text::plain_text_reads_back(&rate)?;
            text::plain_text_reads_back(&portion)?;
            text::plain_text_reads_back(&percent)?;
            text::plain_text_reads_back(&figure)?;
            text::reads_back(&portion, &portion.text(Language::Swedish))?;
            text::reads_back(&percent, &percent.text(Language::Swedish))?;
            text::rate_reads_back_from_swedish(rate)?;
            text::decimal_reads_back(decimal)?;
            text::reads_back(&inhabitants, &avgift::grouped(inhabitants.get().into(), Language::Swedish))
        },
    )
}
