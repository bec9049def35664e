//! The words of a reckoning: what a shape worked with for one member, so that a reader can do the sum again.

use rust_decimal::Decimal;

use crate::index::IndexFactor;
use crate::language::Language;
use crate::money::{FeeRate, Sek};
use crate::number::{decimal_text, grouped};
use crate::population::Inhabitants;
use crate::ratio::Ratio;
use crate::reckoning::Reckoning;
use crate::schedule::Parameter;
use crate::shape::{Broken, RebateOn, Shape, ShapeOfYear, Tier};
use crate::total::{Key, KeyShare};
use crate::words::{figures, parameter, shown};

fn amount(amount: &Parameter<Sek>, language: Language) -> String {
    parameter(amount, amount.decided.value.text(language), language)
}

fn rate(rate: &Parameter<FeeRate>, language: Language) -> String {
    parameter(rate, rate.decided.value.text(language), language)
}

fn per_inhabitant(per: &Parameter<FeeRate>, language: Language) -> String {
    language.tell("terms-rate", &[("rate", &rate(per, language))])
}

fn number(count: u32, language: Language) -> String {
    grouped(count.into(), language)
}

/// A key for people: a number of inhabitants, of members, or a figure.
fn quantity(key: Ratio, language: Language) -> String {
    let places = (0..=6).find(|places| 10_i128.pow(*places) % key.denominator() == 0);
    let scaled = places.and_then(|places| {
        let scaled = key.numerator().checked_mul(10_i128.pow(places) / key.denominator())?;
        Decimal::try_from_i128_with_scale(scaled, places).ok()
    });
    match scaled {
        Some(decimal) => decimal_text(decimal, language),
        None => format!("{}/{}", key.numerator(), key.denominator()),
    }
}

impl Key {
    /// The key, for people: `invånarantal`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Key::Population => language.say("rule-population"),
            Key::Equal => language.say("key-equal"),
            Key::Figure(name) => shown(name),
        }
    }
}

impl<A, R> Tier<A, R> {
    /// Which populations it holds, for people: `10 000–29 999 invånare`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let from = number(self.from, language);
        match self.to {
            Some(to) => language.tell("tier-from-to", &[("from", &from), ("to", &number(to, language))]),
            None => language.tell("tier-from", &[("from", &from)]),
        }
    }
}

impl ShapeOfYear {
    /// The shape in a few words, for people: `1,50 kr per invånare`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let tiers = |count: usize, message: &str| language.tell(message, &[("count", &count.to_string())]);
        match self {
            Shape::Flat { amount: flat } => {
                language.tell("terms-flat", &[("amount", &amount(flat, language))])
            }
            Shape::PerInhabitant { rate: per } => per_inhabitant(per, language),
            Shape::Linear { base, rate, per, cap } => {
                let reckoning =
                    Reckoning::Linear { base: base.clone(), rate: rate.clone(), per: *per, cap: cap.clone() };
                joined([Some(reckoning.text(language)), reckoning.cap_text(language)]).unwrap_or_default()
            }
            Shape::Tiers(of) => tiers(of.iter().count(), "terms-tiers"),
            Shape::Brackets(of) => tiers(of.iter().count(), "terms-brackets"),
            Shape::OfFigure(of) => {
                let portion = of.portion.value.text(language);
                language.tell("terms-of-figure", &[("portion", &portion), ("figure", &shown(&of.figure))])
            }
            Shape::Decided(_) => language.say("terms-decided"),
            Shape::Total { total, .. } | Shape::Percentages { total, .. } => {
                language.tell("terms-shared", &[("total", &amount(total, language))])
            }
        }
    }
}

impl Reckoning {
    /// What it works with, for people: `4 000 kr + 0,25 kr per invånare`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Reckoning::Flat { amount: flat } => amount(flat, language),
            Reckoning::Linear { base, rate: per, per: counting, .. } => {
                let per = match (counting.size, counting.broken) {
                    (Inhabitants::ONE, Broken::InProportion) => per_inhabitant(per, language),
                    (size, broken) => {
                        let (rate, size) = (rate(per, language), number(size.get(), language));
                        let figures = [("rate", &*rate), ("size", &*size)];
                        match broken {
                            Broken::InProportion => language.tell("per-so-many", &figures),
                            Broken::Started => language.tell("per-so-many-started", &figures),
                            Broken::Full => language.tell("per-so-many-full", &figures),
                        }
                    }
                };
                match base {
                    Some(base) => format!("{} + {per}", amount(base, language)),
                    None => per,
                }
            }
            Reckoning::Tier(tier) => match (&tier.amount, &tier.rate) {
                (Some(flat), Some(per)) => {
                    format!("{} + {}", amount(flat, language), per_inhabitant(per, language))
                }
                (Some(flat), None) => amount(flat, language),
                (None, Some(per)) => format!("× {}", rate(per, language)),
                (None, None) => language.say("tier-exempt"),
            },
            Reckoning::Brackets(brackets) => {
                let bracket = |bracket: &Tier<Parameter<Sek>, Parameter<FeeRate>>| {
                    bracket.rate.as_ref().map(|per| rate(per, language)).unwrap_or_default()
                };
                let full = brackets.iter().rev().skip(1).rev().map(|full| {
                    let people = full.to.map_or(0, |to| to.saturating_add(1).saturating_sub(full.from));
                    format!("{} × {}", number(people, language), bracket(full))
                });
                // The last bracket that is reached counts those that are left.
                let last = brackets.last().map(|last| match last.from {
                    0 | 1 => format!("× {}", bracket(last)),
                    from => {
                        let (rate, below) = (bracket(last), number(from - 1, language));
                        language.tell("bracket-above", &[("rate", &rate), ("below", &below)])
                    }
                });
                let told: Vec<String> = full.chain(last).collect();
                told.join(" + ")
            }
            Reckoning::OfFigure { portion, name, figure, .. } => {
                format!(
                    "{} × {} ({})",
                    portion.value.text(language),
                    figure.value.text(language),
                    shown(name)
                )
            }
            Reckoning::Shared { total, keys, .. } => {
                let part = |share: &KeyShare| {
                    let (own, all) = (quantity(share.own, language), quantity(share.all, language));
                    if share.weight.value.ratio() == Ratio::ONE {
                        format!("{own} / {all}")
                    } else {
                        format!("{} × {own} / {all}", share.weight.value.text(language))
                    }
                };
                let parts = keys.iter().map(part).collect::<Vec<_>>().join(" + ");
                let parts = if keys.len() > 1 { format!("({parts})") } else { parts };
                format!("{} × {parts}", amount(total, language))
            }
            Reckoning::Percentage { total, portion } => {
                format!("{} × {}", amount(total, language), portion.value.text(language))
            }
        }
    }

    /// What else there is to know of it: the tier, the cap, the rebate, the index figures.
    #[must_use]
    pub fn note(&self, language: Language) -> Option<String> {
        let note = match self {
            Reckoning::Linear { .. } => self.cap_text(language),
            Reckoning::Tier(tier) => Some(tier.text(language)),
            Reckoning::OfFigure { per_inhabitant, rebate, .. } => {
                let per = per_inhabitant.then(|| language.say("figure-per-inhabitant"));
                let rebate = rebate.as_ref().map(|rebate| {
                    let (above, portion) = (rebate.above.text(language), rebate.portion.value.text(language));
                    let figures = [("portion", &*portion), ("above", &*above)];
                    match rebate.on {
                        RebateOn::Whole => language.tell("rebate-on-whole", &figures),
                        RebateOn::PartAbove => language.tell("rebate-on-part", &figures),
                    }
                });
                joined([per, rebate])
            }
            Reckoning::Shared { keys, .. } => {
                let keys = keys.iter().map(|share| share.key.text(language));
                let keys = keys.collect::<Vec<_>>().join(", ");
                Some(language.tell("shared-by", &[("keys", &keys)]))
            }
            _ => None,
        };
        joined([note, self.factor().and_then(|factor| figures(factor, language))])
    }

    fn cap_text(&self, language: Language) -> Option<String> {
        let Reckoning::Linear { cap: Some(cap), .. } = self else { return None };
        Some(language.tell("at-most-counted", &[("inhabitants", &cap.value.text(language))]))
    }

    /// The factor that carries its amounts or rates to the fee year; one clause has one factor.
    #[must_use]
    pub fn factor(&self) -> Option<&IndexFactor> {
        match self {
            Reckoning::Flat { amount } => amount.factor.as_ref(),
            Reckoning::Linear { base, rate, .. } => {
                rate.factor.as_ref().or_else(|| base.as_ref()?.factor.as_ref())
            }
            Reckoning::Tier(tier) => of_tier(tier),
            Reckoning::Brackets(brackets) => brackets.iter().find_map(of_tier),
            Reckoning::Shared { total, .. } | Reckoning::Percentage { total, .. } => total.factor.as_ref(),
            Reckoning::OfFigure { .. } => None,
        }
    }
}

fn of_tier(tier: &Tier<Parameter<Sek>, Parameter<FeeRate>>) -> Option<&IndexFactor> {
    let rate = tier.rate.as_ref().and_then(|rate| rate.factor.as_ref());
    rate.or_else(|| tier.amount.as_ref()?.factor.as_ref())
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
