//! Bulk: the fees of a million rows, amounts alone, equal to the explained ones.
//! Rule:    that of `assess`, for every tariff whose fee hangs on the inhabitants, the class and the share of the year alone.
//! Why:     an assessment costs its explanation. Here the whole rule is brought to one table; a row is then a search in it and,
//!          where the fee is not level, a multiplication and a division in 64-bit integers.
//! Errors:  AmountMustNotOverflow, and BulkFeesMustHangOnInhabitants, when the table is made; no row can fail after that.

mod pieces;
mod segment;

use self::pieces::Pieces;
use self::segment::Segment;
use crate::calendar::Share;
use crate::error::Error;
use crate::membership::Member;
use crate::money::Sek;
use crate::population::Inhabitants;
use crate::proration::ProrationOrder;
use crate::schedule::{Charge, ClassOfYear, Schedule};

/// A schedule, a class and a share of the year, made ready for many rows.
///
/// ```
/// use avgift::{FeeYear, Indices, Inhabitants, Tariff};
/// let year = FeeYear::new(2024)?;
/// let schedule = Tariff::per_inhabitant("T", year, "1,25 kr".parse()?)
///     .bounded("35 000 kr".parse()?, "500 000 kr".parse()?)?
///     .schedule(year, &Indices::new())?;
/// let fees = schedule.bulk(avgift::Share::WHOLE)?;
/// assert_eq!(fees.fee(Inhabitants::new(27_999)?), "35 000 kr".parse()?);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct BulkFees {
    /// The smallest population of every segment but the first, in order.
    starts: Vec<u32>,
    segments: Segments,
    step: i64,
}

/// In 64 bits where every segment fits there.
#[derive(Debug, Clone)]
enum Segments {
    Narrow(Vec<Segment<u64>>),
    Wide(Vec<Segment<i128>>),
}

impl Schedule {
    /// The fees of this schedule for rows that owe the same share of the year and bear no class.
    ///
    /// # Errors
    /// `AmountMustNotOverflow` where the largest population would not fit; `BulkFeesMustHangOnInhabitants` where the fee hangs on a
    /// figure or an amount of the member, on other members, or on the year before.
    pub fn bulk(&self, share: Share) -> Result<BulkFees, Error> {
        self.bulk_of(None, share)
    }

    /// The fees of this schedule for rows that owe the same share of the year and bear the class of a member.
    ///
    /// ```
    /// use avgift::{Bounds, ClassTerms, FeeYear, Indices, Inhabitants, Member, MemberClass, Shape, Share, Tariff};
    /// let year = FeeYear::new(2024)?;
    /// let flat = Shape::Flat { amount: "25 000 kr".parse::<avgift::Sek>()?.into() };
    /// let terms = ClassTerms::Own { shape: Box::new(flat), bounds: Bounds::default() };
    /// let classes = vec![MemberClass { name: "granne".into(), terms, origin: None }];
    /// let tariff = Tariff { classes, ..Tariff::per_inhabitant("T", year, "1,25 kr".parse()?) };
    /// let neighbour = Member::new("1440".parse()?, "Ale").in_class("granne");
    /// let schedule = tariff.schedule(year, &Indices::new())?;
    /// let fees = schedule.bulk_like(&neighbour, Share::WHOLE)?;
    /// assert_eq!(fees.fee(Inhabitants::new(32_446)?), "25 000 kr".parse()?);
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Schedule::bulk`], and `MemberClassMustBeKnown`.
    pub fn bulk_like(&self, member: &Member, share: Share) -> Result<BulkFees, Error> {
        self.bulk_of(self.class_of(member)?, share)
    }

    /// The rule of `assess`, step by step, on a fee that is a function of the inhabitants.
    fn bulk_of(&self, class: Option<&ClassOfYear>, share: Share) -> Result<BulkFees, Error> {
        let tariff = &self.tariff;
        let refused = |what| Error::BulkFeesMustHangOnInhabitants {
            tariff: tariff.name.clone(),
            what,
            origin: tariff.origin.clone(),
        };
        let hindrances = [
            (!tariff.ceilings.is_empty(), "ceilings of single members"),
            (!tariff.federations.is_empty(), "who pays, and for whom else"),
            (tariff.limit.is_some(), "the fee of the year before"),
            (tariff.joining_fee.is_some(), "who joins in the year"),
        ];
        if let Some((_, what)) = hindrances.into_iter().find(|(is_there, _)| *is_there) {
            return Err(refused(what));
        }
        let shape_of = |charge: &Charge| Pieces::of(&charge.shape, refused);
        let charge = class.and_then(|class| class.own.as_ref()).unwrap_or(&self.main);
        let mut fees = shape_of(charge)?;
        if let Some(multiplier) = class.and_then(|class| class.multiplier.as_ref()) {
            fees = fees.times(multiplier.value.ratio())?;
        }
        fees = match tariff.proration.order {
            ProrationOrder::AfterBounds => fees.bounded(charge)?,
            // Who owes no part of the year is not raised to the floor.
            ProrationOrder::BeforeBounds if share.is_nothing() => fees.times(share.ratio())?,
            ProrationOrder::BeforeBounds => fees.times(share.ratio())?.bounded(charge)?,
        };
        fees = of_the_year(fees, charge)?;
        for component in &self.components {
            let added = shape_of(&component.charge)?.bounded(&component.charge)?;
            fees = fees.plus(of_the_year(added, &component.charge)?)?;
        }
        if let Some(factor) = tariff.year_factors.iter().find(|factor| factor.year == self.year) {
            fees = fees.times(factor.factor.value.ratio())?;
        }
        if tariff.proration.order == ProrationOrder::AfterBounds {
            fees = fees.times(share.ratio())?;
        }
        let mut starts = Vec::new();
        let mut segments: Vec<(Segment<i128>, u32)> = Vec::new();
        for (piece, to) in fees.stretches() {
            let segment = Segment::of(&piece, to, tariff.rounding)?;
            match segments.last_mut() {
                Some((last, its_to)) if *last == segment => *its_to = to,
                _ => {
                    starts.push(piece.from);
                    segments.push((segment, to));
                }
            }
        }
        starts.remove(0);
        let narrow = segments.iter().map(|(segment, to)| segment.narrow(*to)).collect();
        let wide = || segments.iter().map(|(segment, _)| segment.clone()).collect();
        let segments = match narrow {
            Some(narrow) => Segments::Narrow(narrow),
            None => Segments::Wide(wide()),
        };
        Ok(BulkFees { starts, segments, step: tariff.rounding.step_ore() })
    }
}

/// Times the factor of the index, where it works on the fee.
fn of_the_year(fees: Pieces, charge: &Charge) -> Result<Pieces, Error> {
    match &charge.fee_factor {
        Some(factor) => fees.times(factor.ratio()),
        None => Ok(fees),
    }
}

/// Up to so many cuts are counted one by one, which is quicker than to halve them.
const FEW: usize = 16;

impl BulkFees {
    /// The fee of one row.
    #[must_use]
    #[inline]
    pub fn fee(&self, inhabitants: Inhabitants) -> Sek {
        let count = inhabitants.get();
        let place = match self.starts.len() {
            ..=FEW => self.starts.iter().map(|start| usize::from(*start <= count)).sum(),
            _ => self.starts.partition_point(|start| *start <= count),
        };
        let steps = match &self.segments {
            Segments::Narrow(segments) => segments[place].steps(count) as i64,
            Segments::Wide(segments) => segments[place].steps(count) as i64,
        };
        Sek::from_ore(steps * self.step)
    }

    /// The fees of many rows, appended to `fees` in their order.
    pub fn assess_many(&self, rows: &[Inhabitants], fees: &mut Vec<Sek>) {
        fees.extend(rows.iter().map(|inhabitants| self.fee(*inhabitants)));
    }
}
