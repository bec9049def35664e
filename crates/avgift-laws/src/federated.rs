//! Federated: networks in which one payer is charged in another way than each of its members by the rule.
//! Rule:    the members of the federation owe the same share of the year, so that one fee can be computed; the others come and
//!          go as they like.

use avgift::{
    Basis, Federation, FederationLines, FederationMode, FeeYear, Joined, Member, PayerId, Portion, Shape,
    SplitKey, Tariff, Tariffs,
};
use proptest::option;
use proptest::prelude::Strategy;
use proptest::prop_oneof;
use proptest::sample::select;

use crate::strategies::{amounts, days_of, networks, shapes};

/// The payer that the federation is.
const PAYER: &str = "forbund";

/// The modes of a federation: pooled, flat, discounted.
pub fn federation_modes() -> impl Strategy<Value = FederationMode> + Clone {
    let split = || select(vec![SplitKey::Population, SplitKey::Equal]);
    let lines = || select(vec![FederationLines::One, FederationLines::Each]);
    let pooled =
        (split(), lines()).prop_map(|(split, lines)| FederationMode::Pooled { split: split.into(), lines });
    let flat = (amounts(), split(), lines()).prop_map(|(amount, split, lines)| FederationMode::Flat {
        amount: amount.into(),
        split: split.into(),
        lines,
    });
    let discounted = (0..=1_000_u32).prop_filter_map("a discount in percent", |tenths| {
        let discount = format!("{}.{} %", tenths / 10, tenths % 10).parse::<Portion>().ok()?.into();
        Some(FederationMode::Discounted { discount })
    });
    prop_oneof![3 => pooled.boxed(), 1 => flat.boxed(), 1 => discounted.boxed()]
}

/// Networks of which one payer, of one member or several, is a federation with a mode of its own.
pub fn federated_networks(most: usize) -> impl Strategy<Value = (Basis, FeeYear)> + Clone {
    let with_day = move |(basis, year): (Basis, FeeYear)| {
        (proptest::prelude::Just((basis, year)), option::weighted(0.3, days_of(year)))
    };
    let network = networks(most).boxed().prop_flat_map(with_day).boxed();
    (network, federation_modes().boxed(), shapes(), 1..=most)
        .prop_filter_map("the inhabitants fit, and so do the amounts", |(network, mode, shape, own)| {
            let ((basis, year), day) = network;
            let joined = day.map_or(Joined::BeforeRecords, Joined::On);
            let member = |(place, member): (usize, Member)| match place < own {
                true => {
                    Member { payer: PayerId::new(PAYER), joined: joined.clone().into(), left: None, ..member }
                }
                false => member,
            };
            let members = basis.members.into_iter().enumerate().map(member).collect();
            let federation = Federation { payer: PayerId::new(PAYER), mode, origin: None };
            let tariff = basis.tariffs.in_year(year).ok()?.clone();
            let shape = if matches!(shape, Shape::OfFigure(_)) { tariff.shape.clone() } else { shape };
            let tariff = Tariff { shape, federations: vec![federation], ..tariff };
            let basis = Basis { members, tariffs: Tariffs::new(vec![tariff]).ok()?, ..basis };
            basis.assess_year(year, avgift::PopulationMode::Published).ok()?;
            Some((basis, year))
        })
        .boxed()
}
