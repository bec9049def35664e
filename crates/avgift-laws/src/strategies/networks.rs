//! Networks: members with their populations, a tariff and a year.

use std::collections::BTreeMap;

use avgift::{
    Among, Basis, Bounds, ClassTerms, Decimal, FeeYear, Inhabitants, Joined, Key, Member, MemberClass,
    MunicipalityCode, NaiveDate, PayerId, PopulationFigure, Populations, Portion, Proration, ReferenceDate,
    Shape, Tariff, Tariffs, WeightedKey,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Strategy, any};
use proptest::sample::select;

use super::tariffs::decided;
use super::{amounts, codes, fee_years, inhabitants, roundings, tariffs};
use crate::schedule_rule::FIGURE;

/// Members of a year, each code once: of long standing, joined on a day, joined some time in a year with a day assumed;
/// some leave; some have another payer.
pub fn members(year: FeeYear, most: usize) -> impl Strategy<Value = Vec<Member>> + Clone {
    let day = move |(later, day): (i32, u32)| NaiveDate::from_yo_opt(year.get() + later, day);
    let joined = (0..4_u8, -2..=0_i32, 1..=365_u32).prop_filter_map(
        "a day on the calendar",
        move |(kind, later, ordinal)| {
            let (day, year) = (day((later, ordinal))?, year.get() + later);
            Some(match kind {
                0 | 1 => Joined::BeforeRecords,
                2 => Joined::On(day),
                _ => Joined::SomeTimeIn { year, text: format!("hösten {year}"), assumed: Some(day) },
            })
        },
    );
    let left = option::weighted(0.3, (0..=1_i32, 1..=365_u32).prop_filter_map("a day on the calendar", day));
    let payer = option::weighted(0.2, select(vec!["dme", "gr"]));
    vec((codes(), joined, left, payer), 1..=most).prop_map(move |rows| {
        let mut members = BTreeMap::new();
        for (code, joined, left, payer) in rows {
            let stays = Member { joined: joined.into(), ..Member::new(code, format!("Kommun {code}")) };
            let stays = payer.map_or(stays.clone(), |payer| stays.paid_by(PayerId::new(payer)));
            // Who would leave before joining stays.
            let leaves = left.map(|day| stays.clone().left_on(day)).filter(|member| member.check().is_ok());
            members.insert(code, leaves.unwrap_or(stays));
        }
        members.into_values().collect()
    })
}

/// Networks: members, a tariff that prorates in any way, populations and index figures, and the fee year.
pub fn networks(most: usize) -> impl Strategy<Value = (Basis, FeeYear)> + Clone {
    fee_years().prop_flat_map(move |year| {
        (members(year, most), tariffs(year), vec(inhabitants(), most)).prop_filter_map(
            "every member has its population",
            move |(members, (tariff, indices), counts)| {
                let mut populations = Populations::new();
                let reference_date = ReferenceDate::default().in_year(year);
                for (member, inhabitants) in members.iter().zip(counts) {
                    let code = member.code;
                    let figure = PopulationFigure { code, reference_date, inhabitants, origin: None };
                    populations.add(figure).ok()?;
                }
                let tariffs = Tariffs::new(vec![tariff]).ok()?;
                Some((Basis { members, tariffs, populations, indices }, year))
            },
        )
    })
}

/// Networks that share a total, by keys of which the weights sum to the whole.
pub fn sharing_networks(most: usize) -> impl Strategy<Value = (Basis, FeeYear)> + Clone {
    let weight = 0..=100_u32;
    let figures = vec(1..=1_000_000_u32, most);
    (networks(most).boxed(), amounts(), weight, roundings(), any::<bool>(), figures).prop_filter_map(
        "every member has its figure",
        |((basis, year), total, weight, rounding, is_by_figure, figures)| {
            let weighted = |key, percent: u32| {
                Some(WeightedKey { key, weight: format!("{percent} %").parse::<Portion>().ok()?.into() })
            };
            let first = if is_by_figure { Key::Figure("inkomst".into()) } else { Key::Equal };
            let keys = vec![weighted(first, weight)?, weighted(Key::Population, 100 - weight)?];
            let shape = Shape::Total { total: total.into(), keys, among: Among::All };
            let first_year = FeeYear::new(1968).ok()?;
            let tariff = Tariff { rounding, ..Tariff::of("T", first_year, shape) };
            let with_figure = |(member, figure): (Member, u32)| {
                Some(member.with_figure("inkomst", year, figure.to_string().parse().ok()?))
            };
            let members = basis.members.into_iter().zip(figures).map(with_figure).collect::<Option<_>>()?;
            let tariffs = Tariffs::new(vec![tariff]).ok()?;
            Some((Basis { members, tariffs, populations: basis.populations, indices: basis.indices }, year))
        },
    )
}

/// What members share a total by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedBy {
    /// Inhabitants, equal parts or a figure, with weights.
    Keys,
    /// Decided percentages.
    Percentages,
}

/// Networks of two to six members that share a total, with an index or without, and a member beside them that has a fee of its own.
pub fn totals(by: SharedBy) -> BoxedStrategy<(Basis, FeeYear)> {
    let member = (inhabitants(), 1..=1_000_000_u32, 0..=1_000_u32);
    let parts = (vec(member, 2..=6), any::<bool>(), 0..=100_u32, any::<bool>());
    (fee_years(), decided(), amounts(), parts)
        .prop_filter_map(
            "a total has no bounds and no share of the year",
            move |(year, decided, total, (members, is_by_figure, weight, has_neighbour))| {
                let (tariff, indices) = decided.in_year(year)?;
                let weighted = |key, percent: u32| {
                    let weight = format!("{percent} %").parse::<Portion>().ok()?.into();
                    Some(WeightedKey { key, weight })
                };
                let code = |place: usize| format!("14{:02}", 40 + place).parse::<MunicipalityCode>().ok();
                let first = if is_by_figure { Key::Figure(FIGURE.into()) } else { Key::Equal };
                let shape = match by {
                    SharedBy::Keys => Shape::Total {
                        total: total.into(),
                        keys: vec![weighted(first, weight)?, weighted(Key::Population, 100 - weight)?],
                        among: Among::All,
                    },
                    SharedBy::Percentages => {
                        // The whole in tenths of a percent, cut at as many places as there are members but one.
                        let mut cuts: Vec<u32> = members.iter().skip(1).map(|(_, _, cut)| *cut).collect();
                        cuts.sort_unstable();
                        let ends = [0].into_iter().chain(cuts.clone()).zip(cuts.into_iter().chain([1_000]));
                        let portion = |(place, (from, to)): (usize, (u32, u32))| {
                            let tenths = Decimal::new((to - from).into(), 1);
                            Some((code(place)?, format!("{tenths} %").parse::<Portion>().ok()?.into()))
                        };
                        let portions = ends.enumerate().map(portion).collect::<Option<_>>()?;
                        Shape::Percentages { total: total.into(), portions }
                    }
                };
                let flat = ClassTerms::Own {
                    shape: Box::new(Shape::Flat { amount: total.into() }),
                    bounds: Bounds::default(),
                };
                let tariff = Tariff {
                    shape,
                    bounds: Bounds::default(),
                    proration: Proration::default(),
                    classes: vec![MemberClass { name: "granne".into(), terms: flat, origin: None }],
                    ..tariff
                };
                let (mut populations, mut sharing) = (Populations::new(), Vec::new());
                let reference_date = tariff.reference_date.in_year(year);
                for (place, (inhabitants, figure, _)) in members.into_iter().enumerate() {
                    let code = code(place)?;
                    populations
                        .add(PopulationFigure { code, reference_date, inhabitants, origin: None })
                        .ok()?;
                    let figure = figure.to_string().parse().ok()?;
                    sharing.push(Member::new(code, code.as_str()).with_figure(FIGURE, year, figure));
                }
                if has_neighbour {
                    let (code, inhabitants) = (code(9)?, Inhabitants::ONE);
                    populations
                        .add(PopulationFigure { code, reference_date, inhabitants, origin: None })
                        .ok()?;
                    sharing.push(Member::new(code, code.as_str()).in_class("granne"));
                }
                let tariffs = Tariffs::new(vec![tariff]).ok()?;
                Some((Basis { members: sharing, tariffs, populations, indices }, year))
            },
        )
        .boxed()
}
