//! Pieces: a fee as a function of the inhabitants alone, cut where it bends or jumps.
//! Rule:    on each piece the fee is an amount and so much per unit of inhabitants. The rule of `assess` works on pieces as it
//!          does on amounts: times a factor, raised to a floor, lowered to a ceiling, added.
//! Units:   exact öre. No amount and no rate of a tariff is below nothing, so a fee never falls within a piece.
//! Errors:  AmountMustNotOverflow, BulkFeesMustHangOnInhabitants. Not here: the rounding (see `segment`).

use std::iter;

use crate::error::Error;
use crate::money::{Exact, FeeRate, Sek};
use crate::population::Inhabitants;
use crate::ratio::Ratio;
use crate::schedule::{Charge, Parameter};
use crate::shape::{Broken, Counting, Shape, ShapeOfYear, Tier};

type TierOfYear = Tier<Parameter<Sek>, Parameter<FeeRate>>;

/// How many units so many inhabitants are: ⌊(inhabitants + lift) / size⌋.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) size: u32,
    /// What is added first: one less than the size where a unit counts that is begun; below nothing in a bracket, where the
    /// inhabitants of those before it are not counted again.
    pub(super) lift: i32,
}

impl Units {
    /// Each inhabitant by itself.
    pub(super) const EACH: Units = Units { size: 1, lift: 0 };

    /// Each inhabitant above so many.
    fn above(count: u32) -> Result<Units, Error> {
        let lift = i32::try_from(count).map_err(|_| Error::AmountMustNotOverflow)?;
        Ok(Units { size: 1, lift: -lift })
    }

    /// The units of so many inhabitants; they are at least as many as are taken off first.
    #[inline]
    pub(super) fn of(self, count: u32) -> u32 {
        let lifted = count.wrapping_add_signed(self.lift);
        if self.size == 1 { lifted } else { lifted / self.size }
    }

    /// The fewest inhabitants that are so many units.
    fn fewest(self, units: i128) -> Option<i128> {
        units.checked_mul(self.size.into())?.checked_sub(self.lift.into())
    }
}

/// So much a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) rate: Exact,
    pub(super) units: Units,
}

/// A stretch of populations on which the fee is an amount and so much per unit.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The smallest population on it; it ends before the next one begins.
    pub(super) from: u32,
    pub(super) amount: Exact,
    /// Nothing a unit where the fee is level.
    pub(super) term: Term,
    /// What other units cost besides: only where components count in units of their own.
    pub(super) more: Vec<Term>,
}

impl Piece {
    fn level(from: u32, amount: Exact) -> Piece {
        Piece { from, amount, term: Term { rate: Exact::ZERO, units: Units::EACH }, more: Vec::new() }
    }

    fn rising(from: u32, amount: Exact, rate: Exact, units: Units) -> Piece {
        Piece { from, amount, term: Term { rate, units }, more: Vec::new() }
    }

    pub(super) fn terms(&self) -> impl Iterator<Item = &Term> {
        [&self.term].into_iter().chain(&self.more)
    }

    /// Adds so much a unit, to what the same units cost already.
    fn add(&mut self, added: Term) -> Result<(), Error> {
        if added.rate == Exact::ZERO {
            return Ok(());
        }
        if self.term.rate == Exact::ZERO {
            self.term = added;
            return Ok(());
        }
        let known = match self.term.units == added.units {
            true => Some(&mut self.term),
            false => self.more.iter_mut().find(|term| term.units == added.units),
        };
        match known {
            Some(term) => term.rate = term.rate.plus(added.rate)?,
            None => self.more.push(added),
        }
        Ok(())
    }

    /// The amount for a population on it.
    pub(super) fn at(&self, count: u32) -> Result<Exact, Error> {
        self.terms().try_fold(self.amount, |sum, term| {
            sum.plus(term.rate.times(Ratio::whole(term.units.of(count).into()))?)
        })
    }

    /// The smallest population from which on the amount is more than a bound, or at least as much; the piece may be left
    /// before that.
    fn first(&self, is_there: Reached, bound: Exact, to: u32) -> Result<u32, Error> {
        if is_there.by(self.amount, bound) {
            return Ok(self.from);
        }
        if self.more.is_empty() {
            if self.term.rate == Exact::ZERO {
                return Ok(to.saturating_add(1));
            }
            if let Some(count) = self.solve(is_there, bound) {
                return Ok(u32::try_from(count).unwrap_or(u32::MAX).max(self.from));
            }
        }
        // Where the numbers do not fit, halving the piece finds it too.
        let (mut low, mut high) = (self.from, to.saturating_add(1));
        while low < high {
            let middle = u32::midpoint(low, high);
            if is_there.by(self.at(middle)?, bound) { high = middle } else { low = middle + 1 }
        }
        Ok(low)
    }

    /// The fewest inhabitants that cost more than a bound that the amount alone does not reach, or at least as much; none where
    /// that does not fit.
    fn solve(&self, is_there: Reached, bound: Exact) -> Option<i128> {
        let missing = if self.amount == Exact::ZERO { bound } else { bound.minus(self.amount).ok()? };
        let (missing, rate) = (missing.ore_ratio(), self.term.rate.ore_ratio());
        let above = missing.numerator().checked_mul(rate.denominator())?;
        let below = missing.denominator().checked_mul(rate.numerator())?;
        let (whole, rest) = (above / below, above % below);
        let units = match is_there {
            Reached::Above => whole + 1,
            Reached::At => whole + i128::from(rest != 0),
        };
        self.term.units.fewest(units)
    }
}

/// When a bound is reached.
#[derive(Debug, Clone, Copy)]
enum Reached {
    Above,
    At,
}

impl Reached {
    fn by(self, amount: Exact, bound: Exact) -> bool {
        match self {
            Reached::Above => amount > bound,
            Reached::At => amount >= bound,
        }
    }
}

/// A fee as a function of the inhabitants, from one to as many as there may be.
#[derive(Debug, Clone)]
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    /// What a shape comes to; `refused` makes the error where it hangs on something else.
    pub(super) fn of(shape: &ShapeOfYear, refused: impl Fn(&'static str) -> Error) -> Result<Pieces, Error> {
        let value = |amount: Option<&Parameter<Sek>>| amount.map_or(Exact::ZERO, |amount| amount.value);
        let rate = |tier: &TierOfYear| tier.rate.as_ref().map_or(Exact::ZERO, |rate| rate.value);
        let is_met = |tier: &&TierOfYear| tier.from <= Inhabitants::MAX.get();
        Ok(Pieces(match shape {
            Shape::Flat { amount } => vec![Piece::level(1, amount.value)],
            Shape::PerInhabitant { rate } => {
                vec![Piece::rising(1, Exact::ZERO, rate.value, Units::EACH)]
            }
            Shape::Linear { base, rate, per, cap } => {
                let (rate, units) = counted(rate.value, *per)?;
                let rising = Piece::rising(1, value(base.as_ref()), rate, units);
                match cap {
                    Some(cap) => {
                        let cap = cap.value.get();
                        let level = Piece::level(cap, rising.at(cap)?);
                        [rising].into_iter().filter(|_| cap > 1).chain([level]).collect()
                    }
                    None => vec![rising],
                }
            }
            Shape::Tiers(tiers) => {
                let piece = |tier: &TierOfYear| {
                    Piece::rising(tier.from, value(tier.amount.as_ref()), rate(tier), Units::EACH)
                };
                tiers.iter().filter(is_met).map(piece).collect()
            }
            Shape::Brackets(brackets) => {
                let mut below = Exact::ZERO;
                let mut pieces = Vec::new();
                for bracket in brackets.iter().filter(is_met) {
                    let units = Units::above(bracket.from - 1)?;
                    let piece = Piece::rising(bracket.from, below, rate(bracket), units);
                    below = piece.at(bracket.to.unwrap_or(bracket.from).min(Inhabitants::MAX.get()))?;
                    pieces.push(piece);
                }
                pieces
            }
            Shape::OfFigure(_) => return Err(refused("a figure of each member")),
            Shape::Decided(_) => return Err(refused("an amount decided for each member")),
            Shape::Total { .. } | Shape::Percentages { .. } => {
                return Err(refused("a total that the members share"));
            }
        }))
    }

    /// Times a factor.
    pub(super) fn times(mut self, factor: Ratio) -> Result<Pieces, Error> {
        if factor == Ratio::ONE {
            return Ok(self);
        }
        let times = |amount: Exact| if amount == Exact::ZERO { Ok(amount) } else { amount.times(factor) };
        for piece in &mut self.0 {
            piece.amount = times(piece.amount)?;
            for term in [&mut piece.term].into_iter().chain(&mut piece.more) {
                term.rate = times(term.rate)?;
            }
        }
        Ok(self)
    }

    /// Raised to the floor, lowered to the ceiling.
    pub(super) fn bounded(self, charge: &Charge) -> Result<Pieces, Error> {
        let raised = match &charge.floor {
            Some(floor) => self.raised(floor.value)?,
            None => self,
        };
        match &charge.ceiling {
            Some(ceiling) => raised.lowered(ceiling.value),
            None => Ok(raised),
        }
    }

    fn raised(self, floor: Exact) -> Result<Pieces, Error> {
        let mut raised = Vec::with_capacity(self.0.len() + 2);
        for (piece, to) in self.stretches() {
            let above = piece.first(Reached::Above, floor, to)?;
            if above > piece.from {
                raised.push(Piece::level(piece.from, floor));
            }
            if above <= to {
                raised.push(Piece { from: above, ..piece });
            }
        }
        Ok(Pieces(raised))
    }

    fn lowered(self, ceiling: Exact) -> Result<Pieces, Error> {
        let mut lowered = Vec::with_capacity(self.0.len() + 1);
        for (piece, to) in self.stretches() {
            let at = piece.first(Reached::At, ceiling, to)?;
            if at > piece.from {
                lowered.push(piece);
            }
            if at <= to {
                lowered.push(Piece::level(at, ceiling));
            }
        }
        Ok(Pieces(lowered))
    }

    /// The sum of both, cut where either is.
    pub(super) fn plus(self, other: Pieces) -> Result<Pieces, Error> {
        let mut starts: Vec<u32> = self.0.iter().chain(&other.0).map(|piece| piece.from).collect();
        starts.sort_unstable();
        starts.dedup();
        let sum = |from: u32| {
            let mut sum = Piece { from, ..self.holding(from).clone() };
            let added = other.holding(from);
            sum.amount = sum.amount.plus(added.amount)?;
            added.terms().try_for_each(|term| sum.add(*term))?;
            Ok(sum)
        };
        starts.into_iter().map(sum).collect::<Result<_, Error>>().map(Pieces)
    }

    /// The piece that a population stands on; the first begins at one.
    fn holding(&self, count: u32) -> &Piece {
        let after = self.0.partition_point(|piece| piece.from <= count);
        &self.0[after.saturating_sub(1)]
    }

    /// Every piece with the largest population on it.
    pub(super) fn stretches(self) -> impl Iterator<Item = (Piece, u32)> {
        let mut pieces = self.0.into_iter().peekable();
        iter::from_fn(move || {
            let piece = pieces.next()?;
            let to = pieces.peek().map_or(Inhabitants::MAX.get(), |next| next.from - 1);
            Some((piece, to))
        })
    }
}

/// What a unit costs, and how units are counted: a broken one that counts its part is so much for each inhabitant.
fn counted(rate: Exact, per: Counting) -> Result<(Exact, Units), Error> {
    let size = per.size.get();
    let lift = i32::try_from(size - 1).map_err(|_| Error::AmountMustNotOverflow)?;
    Ok(match per.broken {
        Broken::InProportion => (rate.times(Ratio::new(1, size.into())?)?, Units::EACH),
        Broken::Started => (rate, Units { size, lift }),
        Broken::Full => (rate, Units { size, lift: 0 }),
    })
}
