//! ScheduleRule: the core's explained rule as the laws see it. BulkRule: its bulk fees, likewise.
//! Why:    the core takes a member and derives the share; the laws take the share. So a member is made whose dates give
//!         it: the way is the core's own, from the tariff to the last step.
//! Errors: those of the core; ShareMustBeWithinTheYear for a share that no dates of the year give.

use std::sync::Arc;

use avgift::{
    Assessment, BrokenUnit, Carried, Counting, Decimal, Error, EscalationTarget, Exact, FeeRate, FeeYear,
    IndexClause, IndexFigure, IndexStatus, Indices, Inhabitants, Leaving, Member, Month, MunicipalityCode,
    NaiveDate, PopulationFigure, Proration, ProrationOrder, ProrationUnit, Ratio, Rounding, Rule, Schedule,
    Sek, Shape, Share, Sourced, Tariff, Value,
};

use crate::rule::FeeRule;

/// A tariff of the core in one fee year, with the index figures that carry it there.
///
/// ```
/// use avgift::{FeeYear, Indices, Tariff};
/// use avgift_laws::{ScheduleRule, check_all};
/// let year = FeeYear::new(2024)?;
/// let tariff = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)
///     .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?;
/// check_all(&ScheduleRule::new(tariff, year, Indices::new())?).unwrap();
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct ScheduleRule {
    tariff: Tariff,
    indices: Indices,
    schedule: Schedule,
}

impl ScheduleRule {
    /// A tariff carried to a fee year.
    ///
    /// # Errors
    /// Those of [`Tariff::schedule`].
    pub fn new(tariff: Tariff, year: FeeYear, indices: Indices) -> Result<ScheduleRule, Error> {
        let schedule = tariff.schedule(year, &indices)?;
        Ok(ScheduleRule { tariff, indices, schedule })
    }

    /// The schedule of the core.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// The assessment of a made-up member that owes a share of the year.
    ///
    /// # Errors
    /// Those of [`Schedule::assess`]; `ShareMustBeWithinTheYear` for a share that no dates of the year give.
    pub fn assessment(&self, inhabitants: Inhabitants, share: Share) -> Result<Assessment, Error> {
        let year = self.schedule.year();
        let (unit, joined) = dates_of(share, year)?;
        let order = self.tariff.proration.order;
        let proration = Proration { unit, leaving: Leaving::FullYear, order };
        let schedule = Tariff { proration, ..self.tariff.clone() }.schedule(year, &self.indices)?;
        let code: MunicipalityCode = "1440".parse()?;
        let member = Member::new(code, "Ale").joined_on(joined);
        let member = match &self.tariff.shape {
            // Made up; no law hangs on how large it is.
            Shape::OfFigure(of) => member.with_figure(&*of.figure, year, "1 000 000 000".parse()?),
            _ => member,
        };
        let reference_date = self.tariff.reference_date.in_year(year);
        schedule.assess(&member, &PopulationFigure { code, reference_date, inhabitants, origin: None })
    }

    /// The same tariff with its index clause aimed at something else; none without a clause, nor where it is carried from
    /// what was printed.
    ///
    /// # Errors
    /// Those of [`Tariff::schedule`].
    pub fn aimed_at(&self, target: EscalationTarget) -> Result<Option<ScheduleRule>, Error> {
        let clause = self.tariff.index.clone().filter(|clause| clause.carried != Carried::Printed);
        let Some(clause) = clause else { return Ok(None) };
        let tariff = self.tariff.clone().indexed(IndexClause { target, ..clause });
        ScheduleRule::new(tariff, self.schedule.year(), self.indices.clone()).map(Some)
    }

    /// Whether the tariff rounds its escalated parameters, as a printed tariff does.
    fn is_printed(&self) -> bool {
        let target = self.tariff.index.as_ref().map(|clause| clause.target);
        matches!(target, Some(EscalationTarget::Parameters { printed: Some(_), .. }))
    }
}

/// A unit, and a joining day of the year that makes a member owe the share.
fn dates_of(share: Share, year: FeeYear) -> Result<(ProrationUnit, NaiveDate), Error> {
    let (part, whole) = (share.part(), share.whole());
    let refused = || Error::ShareMustBeWithinTheYear { part, whole };
    let day = |month, day| NaiveDate::from_ymd_opt(year.get(), month, day).ok_or_else(refused);
    if part == 0 {
        return Ok((ProrationUnit::FullYearIfJoinedBy { month: 1, day: 1 }, year.last_day()));
    }
    let broken = BrokenUnit::Counted; // The days below are first days, so no unit is broken.
    match whole {
        1 => Ok((ProrationUnit::FullYear, year.first_day())),
        2 => Ok((ProrationUnit::Halves, day(13 - 6 * part, 1)?)),
        4 => Ok((ProrationUnit::Quarters(broken), day(13 - 3 * part, 1)?)),
        12 => Ok((ProrationUnit::Months(broken), day(13 - part, 1)?)),
        days if days == year.days() => NaiveDate::from_yo_opt(year.get(), days + 1 - part)
            .map(|day| (ProrationUnit::Days, day))
            .ok_or_else(refused),
        _ => Err(refused()),
    }
}

impl FeeRule for ScheduleRule {
    fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error> {
        let assessment = self.assessment(inhabitants, share)?;
        let before = assessment.steps().iter().rev().find(|step| step.rule != Rule::Rounding);
        Ok(match before.map(|step| step.value) {
            Some(Value::Exact(amount)) => amount,
            _ => Exact::ZERO,
        })
    }

    fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
        self.assessment(inhabitants, share).map(|assessment| assessment.fee())
    }

    fn step(&self) -> Rounding {
        self.tariff.rounding
    }

    fn floor(&self) -> Option<Exact> {
        self.schedule.floor().and_then(|floor| self.schedule.of_the_year(floor.value).ok())
    }

    fn ceiling(&self) -> Option<Exact> {
        self.schedule.ceiling().and_then(|ceiling| self.schedule.of_the_year(ceiling.value).ok())
    }

    /// Of a rate per inhabitant, and of a base with one, however capped.
    fn rate(&self) -> Option<Exact> {
        match self.schedule.shape() {
            Shape::PerInhabitant { rate } | Shape::Linear { rate, per: Counting::EACH, .. } => {
                self.schedule.of_the_year(rate.value).ok()
            }
            _ => None,
        }
    }

    /// Whatever is no tier and no rebate; and tiers whose next begins no lower than the one before ends.
    fn is_monotone(&self) -> bool {
        match self.schedule.shape() {
            Shape::OfFigure(of) => of.rebate.is_none(),
            Shape::Tiers(tiers) => self.schedule.shape().break_points().into_iter().all(|end| {
                let at = |count: u32| {
                    let count = Inhabitants::new(count).ok()?;
                    let tier = tiers.holding(count)?;
                    let rate = tier.rate.as_ref().map_or(Exact::ZERO, |rate| rate.value);
                    let amount = tier.amount.as_ref().map_or(Exact::ZERO, |amount| amount.value);
                    amount.plus(rate.times(Ratio::whole(count.get().into())).ok()?).ok()
                };
                at(end.get()) <= at(end.get() + 1)
            }),
            _ => true,
        }
    }

    fn break_points(&self) -> Vec<Inhabitants> {
        let mut points = self.schedule.shape().break_points();
        if let Some(rate) = self.rate() {
            let point = |bound: Exact| {
                let count = bound.ore_ratio().over(rate.ore_ratio()).ok()?;
                Inhabitants::new(u32::try_from(count.numerator() / count.denominator()).ok()?).ok()
            };
            points.extend([self.floor(), self.ceiling()].into_iter().flatten().filter_map(point));
        }
        points
    }

    fn order(&self) -> ProrationOrder {
        self.tariff.proration.order
    }

    fn days_of_the_year(&self) -> u32 {
        self.schedule.year().days()
    }

    /// By a factor that leaves the rate six decimals and the bounds whole öre. A printed tariff is not scaled: what it
    /// rounds on the way is not in proportion.
    fn scaled_money(&self, factor: Ratio) -> Option<ScheduleRule> {
        if self.is_printed() {
            return None;
        }
        let bound = |bound: Option<&Sourced<Sek>>| match bound {
            None => Some(None),
            Some(bound) => whole(Exact::from(bound.value).ore_ratio(), factor).map(Sek::from_ore).map(Some),
        };
        let (floor, ceiling) = (bound(self.tariff.bounds.floor())?, bound(self.tariff.bounds.ceiling())?);
        let kronor = Ratio::from_decimal(self.schedule.rate()?.decided.value.kronor());
        let millionths = whole(kronor.times(Ratio::whole(1_000_000)).ok()?, factor)?;
        let rate = FeeRate::new(Decimal::new(millionths, 6)).ok()?;
        let bounds = avgift::Bounds::new(floor.map(Into::into), ceiling.map(Into::into)).ok()?;
        let tariff = Tariff {
            shape: avgift::Shape::PerInhabitant { rate: rate.into() },
            bounds,
            ..self.tariff.clone()
        };
        ScheduleRule::new(tariff, self.schedule.year(), self.indices.clone()).ok()
    }

    /// By a factor that leaves every figure four decimals.
    fn scaled_series(&self, factor: Ratio) -> Option<ScheduleRule> {
        self.tariff.index.as_ref()?;
        let mut indices = Indices::new();
        for figure in self.indices.iter() {
            let tenthousandths = Ratio::from_decimal(figure.value).times(Ratio::whole(10_000)).ok()?;
            let value = Decimal::new(whole(tenthousandths, factor)?, 4);
            let scaled = IndexFigure::new(Arc::clone(&figure.series), figure.month, figure.status, value);
            indices.add(scaled.ok()?).ok()?;
        }
        ScheduleRule::new(self.tariff.clone(), self.schedule.year(), indices).ok()
    }

    fn escalated(&self, from: Decimal, to: Decimal) -> Option<ScheduleRule> {
        if self.tariff.index.is_some() {
            return None;
        }
        let year = self.schedule.year();
        let month = |lag| Month::new(year.get() - lag, 10).ok();
        let clause = IndexClause::new("LÖI", IndexStatus::Final, month(2)?, 1);
        let mut indices = Indices::new();
        for (month, value) in [(month(2)?, from), (month(1)?, to)] {
            indices.add(IndexFigure::new("LÖI", month, IndexStatus::Final, value).ok()?).ok()?;
        }
        ScheduleRule::new(self.tariff.clone().indexed(clause), year, indices).ok()
    }
}

/// The product, where it is a whole number.
fn whole(value: Ratio, factor: Ratio) -> Option<i64> {
    let product = value.times(factor).ok()?;
    (product.denominator() == 1).then(|| i64::try_from(product.numerator()).ok()).flatten()
}

/// The bulk fees of a tariff: what they give is theirs, all that stands around it is the explained rule's.
#[derive(Debug, Clone)]
pub struct BulkRule(pub ScheduleRule);

impl FeeRule for BulkRule {
    fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error> {
        self.0.exact(inhabitants, share)
    }

    fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
        Ok(self.0.schedule.bulk(share)?.fee(inhabitants))
    }

    fn step(&self) -> Rounding {
        self.0.step()
    }

    fn floor(&self) -> Option<Exact> {
        self.0.floor()
    }

    fn ceiling(&self) -> Option<Exact> {
        self.0.ceiling()
    }

    fn rate(&self) -> Option<Exact> {
        self.0.rate()
    }

    fn order(&self) -> ProrationOrder {
        self.0.order()
    }

    fn days_of_the_year(&self) -> u32 {
        self.0.days_of_the_year()
    }

    fn scaled_money(&self, factor: Ratio) -> Option<BulkRule> {
        self.0.scaled_money(factor).map(BulkRule)
    }

    fn scaled_series(&self, factor: Ratio) -> Option<BulkRule> {
        self.0.scaled_series(factor).map(BulkRule)
    }

    fn escalated(&self, from: Decimal, to: Decimal) -> Option<BulkRule> {
        self.0.escalated(from, to).map(BulkRule)
    }
}
