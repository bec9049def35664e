//! Scaled: a tariff with all its money times a factor, where every amount of it stays one that a tariff may have.
//! Units:  whole öre for amounts, six decimals for rates. Portions, populations and index figures are no money.

use avgift::{
    Bounds, ClassTerms, Component, Exact, FeeRate, MemberClass, Ratio, Sek, Shape, Sourced, Tariff, Tier,
    Tiers, YearlyLimit,
};
use rust_decimal::Decimal;

/// The tariff with every amount and rate times a factor; none where one of them cannot be scaled by it.
pub(crate) fn tariff(tariff: &Tariff, factor: Ratio) -> Option<Tariff> {
    let class = |class: &MemberClass| {
        let terms = match &class.terms {
            ClassTerms::Own { shape: own, bounds: its } => {
                ClassTerms::Own { shape: Box::new(shape(own, factor)?), bounds: bounds(its, factor)? }
            }
            ClassTerms::Multiplied(multiplier) => ClassTerms::Multiplied(multiplier.clone()),
        };
        Some(MemberClass { terms, ..class.clone() })
    };
    let component = |component: &Component| {
        let (shape, bounds) = (shape(&component.shape, factor)?, bounds(&component.bounds, factor)?);
        Some(Component { shape, bounds, ..component.clone() })
    };
    let limit = |limit: &YearlyLimit| {
        let stated = limit.stated.iter().map(|(code, fee)| Some((*code, amount(fee, factor)?)));
        Some(YearlyLimit { stated: stated.collect::<Option<_>>()?, ..limit.clone() })
    };
    Some(Tariff {
        shape: shape(&tariff.shape, factor)?,
        bounds: bounds(&tariff.bounds, factor)?,
        classes: tariff.classes.iter().map(class).collect::<Option<_>>()?,
        ceilings: tariff
            .ceilings
            .iter()
            .map(|(code, ceiling)| Some((*code, amount(ceiling, factor)?)))
            .collect::<Option<_>>()?,
        components: tariff.components.iter().map(component).collect::<Option<_>>()?,
        limit: optional(tariff.limit.as_ref(), limit)?,
        joining_fee: optional(tariff.joining_fee.as_ref(), |fee| amount(fee, factor))?,
        ..tariff.clone()
    })
}

/// The product, where it is a whole number.
pub(crate) fn whole(value: Ratio, factor: Ratio) -> Option<i64> {
    let product = value.times(factor).ok()?;
    (product.denominator() == 1).then(|| i64::try_from(product.numerator()).ok()).flatten()
}

/// An amount in whole öre.
pub(crate) fn sek(amount: Sek, factor: Ratio) -> Option<Sek> {
    whole(Exact::from(amount).ore_ratio(), factor).map(Sek::from_ore)
}

fn amount(amount: &Sourced<Sek>, factor: Ratio) -> Option<Sourced<Sek>> {
    Some(sek(amount.value, factor)?.into())
}

fn rate(rate: &Sourced<FeeRate>, factor: Ratio) -> Option<Sourced<FeeRate>> {
    let millionths = Ratio::from_decimal(rate.value.kronor()).times(Ratio::whole(1_000_000)).ok()?;
    Some(FeeRate::new(Decimal::new(whole(millionths, factor)?, 6)).ok()?.into())
}

fn bounds(bounds: &Bounds, factor: Ratio) -> Option<Bounds> {
    let bound = |bound: Option<&Sourced<Sek>>| optional(bound, |bound| amount(bound, factor));
    Bounds::new(bound(bounds.floor())?, bound(bounds.ceiling())?).ok()
}

fn shape(of: &Shape, factor: Ratio) -> Option<Shape> {
    let tiers = |tiers: &Tiers| {
        let tier = |tier: &Tier| {
            Some(Tier {
                amount: optional(tier.amount.as_ref(), |fixed| amount(fixed, factor))?,
                rate: optional(tier.rate.as_ref(), |per| rate(per, factor))?,
                ..tier.clone()
            })
        };
        Tiers::new(tiers.iter().map(tier).collect::<Option<_>>()?).ok()
    };
    Some(match of {
        Shape::Flat { amount: flat } => Shape::Flat { amount: amount(flat, factor)? },
        Shape::PerInhabitant { rate: per } => Shape::PerInhabitant { rate: rate(per, factor)? },
        Shape::Linear { base, rate: per, per: counting, cap } => Shape::Linear {
            base: optional(base.as_ref(), |base| amount(base, factor))?,
            rate: rate(per, factor)?,
            per: *counting,
            cap: cap.clone(),
        },
        Shape::Tiers(of) => Shape::Tiers(tiers(of)?),
        Shape::Brackets(of) => Shape::Brackets(tiers(of)?),
        // The money is the member's figure, and not the tariff's.
        Shape::OfFigure(of) => Shape::OfFigure(of.clone()),
        Shape::Decided(amounts) => {
            let amounts = amounts.iter().map(|(code, decided)| Some((*code, amount(decided, factor)?)));
            Shape::Decided(amounts.collect::<Option<_>>()?)
        }
        Shape::Total { total, keys, among } => {
            let (keys, among) = (keys.clone(), among.clone());
            Shape::Total { total: amount(total, factor)?, keys, among }
        }
        Shape::Percentages { total, portions } => {
            Shape::Percentages { total: amount(total, factor)?, portions: portions.clone() }
        }
        _ => return None,
    })
}

/// What may be absent, scaled where it is there.
fn optional<T, U>(value: Option<&T>, scaled: impl Fn(&T) -> Option<U>) -> Option<Option<U>> {
    match value {
        Some(value) => scaled(value).map(Some),
        None => Some(None),
    }
}
