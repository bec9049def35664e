//! Terms: what a tariff may have besides its shape, drawn together, since not all of them agree.

use avgift::{
    Bounds, ClassTerms, Component, FeeYear, MemberClass, Portion, Sek, Shape, Sourced, Tariff, YearFactor,
    YearlyLimit,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::prop_oneof;

use super::shapes::shapes_of;
use super::tariffs::{Decided, decided};
use super::{amounts, bounds, fee_years};
use crate::kind::Kind;
use crate::schedule_rule::ScheduleRule;

/// What stands beside the shape.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    class: Class,
    /// Shape, bounds, and whether it has the index of the tariff.
    components: Vec<(Shape, Bounds, bool)>,
    factor: Option<u16>,
    /// Percent up, percent down, and the fee of the year before.
    limit: Option<(u8, u8, Sek)>,
    joining_fee: Option<Sek>,
    ceiling: Option<Sek>,
}

#[derive(Debug, Clone, Default)]
enum Class {
    #[default]
    None,
    /// So many percent of the fee.
    Multiplied(u16),
    /// The shape is that of the class; the tariff has another one with these bounds.
    Own(Sek, Bounds),
}

const CLASS: &str = "delvis";

fn percent(percent: u16) -> Option<Sourced<Portion>> {
    Some(format!("{percent} %").parse::<Portion>().ok()?.into())
}

/// Nothing beside the shape as often as something.
pub(super) fn terms() -> BoxedStrategy<Terms> {
    let class = prop_oneof![
        2 => Just(Class::None),
        1 => (0..=200_u16).prop_map(Class::Multiplied),
        1 => (amounts(), bounds()).prop_map(|(amount, bounds)| Class::Own(amount, bounds)),
    ];
    let of =
        [Kind::Flat, Kind::PerInhabitant, Kind::BaseAndRate, Kind::Units, Kind::FixedParts, Kind::Brackets];
    let shape = proptest::strategy::Union::new(of.map(shapes_of));
    let components = prop_oneof![2 => Just(Vec::new()), 1 => vec((shape, bounds(), any::<bool>()), 1..=2)];
    let factor = option::weighted(0.2, 0..=150_u16);
    let limit = option::weighted(0.1, (0..=50_u8, 0..=50_u8, amounts()));
    let (joining_fee, ceiling) = (option::weighted(0.05, amounts()), option::weighted(0.1, amounts()));
    let some = (class, components, factor, limit, joining_fee, ceiling).prop_map(
        |(class, components, factor, limit, joining_fee, ceiling)| Terms {
            class,
            components,
            factor,
            limit,
            joining_fee,
            ceiling,
        },
    );
    prop_oneof![Just(Terms::default()), some].boxed()
}

impl Terms {
    /// A tariff with a shape and these terms, and the member that it is tried on; none where they do not agree.
    fn rule(&self, decided: Decided, shape: Shape, year: FeeYear) -> Option<ScheduleRule> {
        let (tariff, indices) = decided.in_year(year)?;
        let mut tariff = Tariff { shape, ..tariff };
        tariff.year_factors = match self.factor {
            Some(factor) => vec![YearFactor { year, factor: percent(factor)? }],
            None => Vec::new(),
        };
        tariff.joining_fee = self.joining_fee.map(Into::into);
        if let Some(ceiling) = self.ceiling {
            tariff.ceilings = [("1440".parse().ok()?, ceiling.into())].into();
        }
        let index = tariff.index.clone();
        let component = |(place, (shape, bounds, is_indexed)): (usize, &(Shape, Bounds, bool))| Component {
            name: format!("Del {place}"),
            shape: shape.clone(),
            bounds: bounds.clone(),
            index: index.clone().filter(|_| *is_indexed),
            origin: None,
        };
        tariff.components = self.components.iter().enumerate().map(component).collect();
        if let Some((up, down, _)) = self.limit {
            let (up, down) = (percent(up.into()), percent(down.into()));
            tariff.limit = Some(YearlyLimit { up, down, ..YearlyLimit::default() });
        }
        if tariff.limit.is_some() || !tariff.components.is_empty() {
            tariff.proration.order = avgift::ProrationOrder::AfterBounds;
        }
        let class = match &self.class {
            Class::None => None,
            Class::Multiplied(portion) => Some(ClassTerms::Multiplied(percent(*portion)?)),
            Class::Own(amount, bounds) => {
                let shape = std::mem::replace(&mut tariff.shape, Shape::Flat { amount: (*amount).into() });
                let bounds = std::mem::replace(&mut tariff.bounds, bounds.clone());
                Some(ClassTerms::Own { shape: Box::new(shape), bounds })
            }
        };
        let name = class.is_some().then(|| CLASS.to_owned());
        let class = class.map(|terms| MemberClass { name: CLASS.into(), terms, origin: None });
        tariff.classes = class.into_iter().collect();
        let previous = self.limit.map(|(_, _, fee)| fee);
        ScheduleRule::of(tariff, year, indices, name, previous, 1_000_000_000).ok()
    }
}

/// Rules of the core whose member has a shape of a kind, beside everything else that a tariff may have.
pub fn rules_of(kind: Kind) -> BoxedStrategy<ScheduleRule> {
    rules_with(shapes_of(kind))
}

pub(crate) fn rules_with(shapes: BoxedStrategy<Shape>) -> BoxedStrategy<ScheduleRule> {
    (fee_years(), decided(), shapes, terms())
        .prop_filter_map("the terms agree", |(year, decided, shape, terms)| terms.rule(decided, shape, year))
        .boxed()
}
