//! Shape facts: what a shape promises of its growth, read from its amounts and rates before any fee is computed.
//! Rule:    docs of the laws name the shapes: only of those is growth claimed. Class rates promise nothing.
//! Units:   exact öre, as the shape stands in its fee year.

use avgift::{
    Broken, Exact, FeeRate, Inhabitants, OfFigure, Parameter, Ratio, Sek, Shape, ShapeOfYear, Tier,
};

type TierOfYear = Tier<Parameter<Sek>, Parameter<FeeRate>>;

fn rate_of(tier: &TierOfYear) -> Exact {
    tier.rate.as_ref().map_or(Exact::ZERO, |rate| rate.value)
}

/// The most that one inhabitant more costs; none where a unit or a tier may begin with it.
pub(crate) fn rate(shape: &ShapeOfYear) -> Option<Exact> {
    match shape {
        Shape::Flat { .. } | Shape::Decided(_) => Some(Exact::ZERO),
        Shape::PerInhabitant { rate } => Some(rate.value),
        Shape::Linear { rate, per, .. } if per.broken == Broken::InProportion => {
            rate.value.times(Ratio::new(1, per.size.get().into()).ok()?).ok()
        }
        Shape::Brackets(brackets) => brackets.iter().map(rate_of).max(),
        Shape::OfFigure(OfFigure { per_inhabitant: false, rebate: None, .. }) => Some(Exact::ZERO),
        _ => None,
    }
}

/// Whether a larger population never costs less: all but rebates, and tiers of which one begins lower than the one before ends.
pub(crate) fn never_falls(shape: &ShapeOfYear) -> bool {
    let Shape::Tiers(tiers) = shape else {
        return !matches!(shape, Shape::OfFigure(OfFigure { rebate: Some(_), .. }));
    };
    shape.break_points().into_iter().all(|end| {
        let at = |count: u32| {
            let count = Inhabitants::new(count).ok()?;
            let tier = tiers.holding(count)?;
            let amount = tier.amount.as_ref().map_or(Exact::ZERO, |amount| amount.value);
            amount.plus(rate_of(tier).times(Ratio::whole(count.get().into())).ok()?).ok()
        };
        // Nobody has more inhabitants than there may be, so nobody's fee falls there.
        end == Inhabitants::MAX || at(end.get()) <= at(end.get() + 1)
    })
}

/// Whether two together never cost more than two apart: a base is paid once, a unit begun is begun by either, and no bracket costs
/// more than the one before it. A unit that counts when it is full may be filled by two.
pub(crate) fn is_subadditive(shape: &ShapeOfYear) -> bool {
    match shape {
        Shape::Flat { .. } | Shape::PerInhabitant { .. } | Shape::Decided(_) => true,
        Shape::Linear { per, .. } => per.broken != Broken::Full || per.size == Inhabitants::ONE,
        Shape::Brackets(brackets) => {
            brackets.iter().zip(brackets.iter().skip(1)).all(|(one, next)| rate_of(one) >= rate_of(next))
        }
        Shape::OfFigure(of) => of.rebate.is_none(),
        _ => false,
    }
}
