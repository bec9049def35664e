//! ScheduleRule: the core's explained rule as the laws see it. BulkRule: its bulk fees, likewise.
//! Why:    the core takes a member and derives the share; the laws take the share. So a member is made whose dates give
//!         it: the way is the core's own, from the tariff to the last step.
//! Errors: those of the core; ShareMustBeWithinTheYear for a share that no dates of the year give.

use std::sync::{Arc, OnceLock};

use avgift::{
    Assessment, Bounds, BrokenUnit, Carried, ClassTerms, Component, Decimal, Error, EscalationTarget, Exact,
    FeeYear, IndexClause, IndexFigure, IndexStatus, Indices, Inhabitants, Leaving, Member, MemberClass,
    Month, MunicipalityCode, NaiveDate, PopulationFigure, PreviousFee, Proration, ProrationOrder,
    ProrationUnit, Ratio, Rounding, Rule, Schedule, Sek, Shape, ShapeOfYear, Share, Tariff, Value,
};

use crate::rule::FeeRule;
use crate::{scaled, shape_facts};

/// The name of every economic figure that a made-up member has.
pub(crate) const FIGURE: &str = "skatteunderlag";

/// A tariff of the core in one fee year, with the index figures that carry it there, and the member that it is tried on.
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
    /// The class of the member.
    class: Option<String>,
    /// What the member paid the year before, where the tariff limits the change.
    previous: Option<Sek>,
    /// The member's economic figure, in kronor.
    figure: i64,
    /// Shape and bounds of the member with their index, and nothing beside them; then the components, each by itself.
    parts: Vec<Tariff>,
    /// The same in the fee year, made when it is first asked for.
    parts_of_the_year: OnceLock<Vec<Schedule>>,
    /// The schedule with each unit of proration, made when it is first asked for.
    by_unit: [OnceLock<Schedule>; 6],
}

impl ScheduleRule {
    /// A tariff carried to a fee year, for a member without a class.
    ///
    /// # Errors
    /// Those of [`Tariff::schedule`].
    pub fn new(tariff: Tariff, year: FeeYear, indices: Indices) -> Result<ScheduleRule, Error> {
        ScheduleRule::of(tariff, year, indices, None, None, 1_000_000_000)
    }

    /// The same for a member of a class, which paid so much the year before, and has such an economic figure.
    pub(crate) fn of(
        tariff: Tariff,
        year: FeeYear,
        indices: Indices,
        class: Option<String>,
        previous: Option<Sek>,
        figure: i64,
    ) -> Result<ScheduleRule, Error> {
        let schedule = tariff.schedule(year, &indices)?;
        let terms = tariff.classes.iter().find(|one| Some(&one.name) == class.as_ref());
        let (shape, bounds) = match terms.map(|one| &one.terms) {
            Some(ClassTerms::Own { shape, bounds }) => ((**shape).clone(), bounds),
            _ => (tariff.shape.clone(), &tariff.bounds),
        };
        let ceiling = tariff.ceilings.get(&code()?).or(bounds.ceiling());
        let bare = Tariff {
            bounds: Bounds::new(bounds.floor().cloned(), ceiling.cloned())?,
            index: tariff.index.clone(),
            ..Tariff::of("T", tariff.from, shape)
        };
        let added = tariff.components.iter().map(|component| Tariff {
            bounds: component.bounds.clone(),
            index: component.index.clone(),
            ..Tariff::of("T", tariff.from, component.shape.clone())
        });
        let parts = [bare].into_iter().chain(added).collect();
        let (parts_of_the_year, by_unit) = (OnceLock::new(), <[OnceLock<Schedule>; 6]>::default());
        Ok(ScheduleRule {
            tariff,
            indices,
            schedule,
            class,
            previous,
            figure,
            parts,
            parts_of_the_year,
            by_unit,
        })
    }

    /// The schedule of the core.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// What is added to the shape within its bounds, or held against another year: nothing is claimed of the sum but what
    /// its parts promise.
    pub(crate) fn has_more(&self) -> bool {
        self.parts.len() > 1 || self.tariff.joining_fee.is_some() || self.tariff.limit.is_some()
    }

    /// The assessment of a made-up member that owes a share of the year.
    ///
    /// # Errors
    /// Those of [`Schedule::assess`]; `ShareMustBeWithinTheYear` for a share that no dates of the year give.
    pub fn assessment(&self, inhabitants: Inhabitants, share: Share) -> Result<Assessment, Error> {
        let year = self.schedule.year();
        let (unit, joined) = dates_of(share, year)?;
        let place = match unit {
            ProrationUnit::FullYear => 0,
            ProrationUnit::Halves => 1,
            ProrationUnit::Quarters(_) => 2,
            ProrationUnit::Months(_) => 3,
            ProrationUnit::Days => 4,
            ProrationUnit::FullYearIfJoinedBy { .. } => 5,
        };
        let member = self.member()?.joined_on(joined);
        let reference_date = self.tariff.reference_date.in_year(year);
        let code = member.code;
        let population = PopulationFigure { code, reference_date, inhabitants, origin: None };
        if let Some(schedule) = self.by_unit[place].get() {
            return schedule.assess(&member, &population);
        }
        let proration = Proration { unit, leaving: Leaving::FullYear, order: self.tariff.proration.order };
        let mut schedule = Tariff { proration, ..self.tariff.clone() }.schedule(year, &self.indices)?;
        if let (Some(fee), Ok(before)) = (self.previous, FeeYear::new(year.get() - 1)) {
            let previous = PreviousFee { year: before, fee: fee.into(), is_stated: true };
            schedule = schedule.after([(code, previous)].into());
        }
        self.by_unit[place].get_or_init(|| schedule).assess(&member, &population)
    }

    /// The made-up member, without the days that its share hangs on.
    pub(crate) fn member(&self) -> Result<Member, Error> {
        let member = Member::new(code()?, "Ale");
        let member = member.with_figure(FIGURE, self.schedule.year(), self.figure.to_string().parse()?);
        Ok(match &self.class {
            Some(class) => member.in_class(class.as_str()),
            None => member,
        })
    }

    /// Shape and bounds of the member, then its components, in the fee year.
    fn parts(&self) -> &[Schedule] {
        self.parts_of_the_year.get_or_init(|| {
            let schedule = |part: &Tariff| part.schedule(self.schedule.year(), &self.indices);
            let parts = self.parts.iter().map(schedule).collect::<Result<_, Error>>();
            parts.expect("the tariff that they are parts of was carried to the year")
        })
    }

    /// Shape and bounds of the member, and nothing beside them.
    fn alone(&self) -> &Schedule {
        &self.parts()[0]
    }

    /// The fee of a population for a whole year, by another schedule that knows the member's class.
    pub(crate) fn fee_before_the_member(
        &self,
        schedule: &Schedule,
        inhabitants: Inhabitants,
    ) -> Result<Sek, Error> {
        let member = self.member()?;
        let reference_date = self.tariff.reference_date.in_year(self.schedule.year());
        let population = PopulationFigure { code: member.code, reference_date, inhabitants, origin: None };
        schedule.assess(&member, &population).map(|assessment| assessment.fee())
    }

    /// Whether the member's class pays a part of the tariff's fee.
    pub(crate) fn pays_a_part(&self) -> bool {
        let class = self.tariff.classes.iter().find(|one| Some(&one.name) == self.class.as_ref());
        class.is_some_and(|class| matches!(class.terms, ClassTerms::Multiplied(_)))
    }

    /// The class of the member, where it bears one.
    pub(crate) fn class(&self) -> Option<&str> {
        self.class.as_deref()
    }

    /// The shape that the member's fee comes of.
    pub(crate) fn shape(&self) -> &ShapeOfYear {
        self.alone().shape()
    }

    /// Whether something is owed whatever the share.
    pub(crate) fn has_joining_fee(&self) -> bool {
        self.tariff.joining_fee.is_some()
    }

    /// Whether the fee is a function of inhabitants, class and share of the year.
    pub(crate) fn has_bulk_fees(&self) -> bool {
        let hangs_on_the_member = |part: &Schedule| {
            matches!(
                part.shape(),
                Shape::OfFigure(_) | Shape::Decided(_) | Shape::Total { .. } | Shape::Percentages { .. }
            )
        };
        let is_bare =
            !self.has_joining_fee() && self.tariff.limit.is_none() && self.tariff.ceilings.is_empty();
        is_bare && !self.parts().iter().any(hangs_on_the_member)
    }

    /// Whether its money can be scaled by a whole number that is small enough.
    pub(crate) fn can_be_scaled(&self) -> bool {
        !self.is_printed()
    }

    /// Whether it has no index yet and all of it could have one.
    pub(crate) fn can_be_escalated(&self) -> bool {
        self.tariff.index.is_none() && !self.has_more()
    }

    /// Whether its index can be aimed at something else.
    pub(crate) fn can_be_aimed(&self) -> bool {
        self.tariff.index.as_ref().is_some_and(|clause| clause.carried != Carried::Printed)
    }

    /// The schedule without a limit, a joining fee and ceilings of single members: a fall is one of the fee before them.
    pub(crate) fn schedule_without_what_a_fall_is_not_of(&self) -> Result<Schedule, Error> {
        let tariff = Tariff {
            limit: None,
            joining_fee: None,
            ceilings: std::collections::BTreeMap::new(),
            ..self.tariff.clone()
        };
        tariff.schedule(self.schedule.year(), &self.indices)
    }

    /// The same rule with another tariff; none where that is not one.
    fn with(&self, tariff: Tariff, indices: Indices) -> Option<ScheduleRule> {
        let year = self.schedule.year();
        ScheduleRule::of(tariff, year, indices, self.class.clone(), self.previous, self.figure).ok()
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
        let (year, indices) = (self.schedule.year(), self.indices.clone());
        ScheduleRule::of(tariff, year, indices, self.class.clone(), self.previous, self.figure).map(Some)
    }

    /// Whether the tariff, or a component, rounds its escalated parameters, as a printed tariff does.
    fn is_printed(&self) -> bool {
        let own = self.tariff.components.iter().filter_map(|component: &Component| component.index.as_ref());
        self.tariff
            .index
            .iter()
            .chain(own)
            .any(|clause| matches!(clause.target, EscalationTarget::Parameters { printed: Some(_), .. }))
    }

    /// What the member's class multiplies the fee by, before the bounds.
    fn multiplier(&self) -> Ratio {
        let class = |one: &&MemberClass| Some(&one.name) == self.class.as_ref();
        match self.tariff.classes.iter().find(class).map(|class| &class.terms) {
            Some(ClassTerms::Multiplied(multiplier)) => multiplier.value.ratio(),
            _ => Ratio::ONE,
        }
    }

    /// An amount of the tariff in the fee year, with the factor of the year.
    fn of_the_year(&self, amount: Exact) -> Option<Exact> {
        let factor = self.tariff.year_factors.iter().find(|factor| factor.year == self.schedule.year());
        let factor = factor.map_or(Ratio::ONE, |factor| factor.factor.value.ratio());
        self.alone().of_the_year(amount).ok()?.times(factor).ok()
    }
}

/// The code of the made-up member.
fn code() -> Result<MunicipalityCode, Error> {
    "1440".parse()
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
        let floor = self.alone().floor().filter(|_| !self.has_more())?;
        self.of_the_year(floor.value)
    }

    fn ceiling(&self) -> Option<Exact> {
        let ceiling = self.alone().ceiling().filter(|_| !self.has_more())?;
        self.of_the_year(ceiling.value)
    }

    /// Of a flat fee, a rate per inhabitant or per so many in proportion, however capped, and of brackets: the largest.
    fn rate(&self) -> Option<Exact> {
        let rate = shape_facts::rate(self.alone().shape()).filter(|_| !self.has_more())?;
        self.of_the_year(rate.times(self.multiplier()).ok()?)
    }

    /// Whatever is no tier and no rebate; and tiers whose next begins no lower than the one before ends.
    fn is_monotone(&self) -> bool {
        self.parts().iter().all(|part| shape_facts::never_falls(part.shape()))
    }

    fn is_subadditive(&self) -> bool {
        !self.has_more() && shape_facts::is_subadditive(self.alone().shape())
    }

    fn break_points(&self) -> Vec<Inhabitants> {
        let shapes = self.parts().iter().map(Schedule::shape);
        let mut points: Vec<Inhabitants> = shapes.flat_map(avgift::ShapeOfYear::break_points).collect();
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

    /// By a factor that leaves every rate six decimals and every amount whole öre. A printed tariff is not scaled: what it
    /// rounds on the way is not in proportion.
    fn scaled_money(&self, factor: Ratio) -> Option<ScheduleRule> {
        if self.is_printed() {
            return None;
        }
        let previous = match self.previous {
            Some(fee) => Some(scaled::sek(fee, factor)?),
            None => None,
        };
        let tariff = scaled::tariff(&self.tariff, factor)?;
        let figure = scaled::whole(Ratio::whole(self.figure), factor)?;
        let (year, indices) = (self.schedule.year(), self.indices.clone());
        ScheduleRule::of(tariff, year, indices, self.class.clone(), previous, figure).ok()
    }

    /// By a factor that leaves every figure four decimals.
    fn scaled_series(&self, factor: Ratio) -> Option<ScheduleRule> {
        self.indices.iter().next()?;
        let mut indices = Indices::new();
        for figure in self.indices.iter() {
            let tenthousandths = Ratio::from_decimal(figure.value).times(Ratio::whole(10_000)).ok()?;
            let value = Decimal::new(scaled::whole(tenthousandths, factor)?, 4);
            let scaled = IndexFigure::new(Arc::clone(&figure.series), figure.month, figure.status, value);
            indices.add(scaled.ok()?).ok()?;
        }
        self.with(self.tariff.clone(), indices)
    }

    /// Without what is escalated by itself or not at all.
    fn escalated(&self, from: Decimal, to: Decimal) -> Option<ScheduleRule> {
        if self.tariff.index.is_some() || self.has_more() {
            return None;
        }
        let year = self.schedule.year();
        let month = |lag| Month::new(year.get() - lag, 10).ok();
        let clause = IndexClause::new("LÖI", IndexStatus::Final, month(2)?, 1);
        let mut indices = Indices::new();
        for (month, value) in [(month(2)?, from), (month(1)?, to)] {
            indices.add(IndexFigure::new("LÖI", month, IndexStatus::Final, value).ok()?).ok()?;
        }
        self.with(self.tariff.clone().indexed(clause), indices)
    }
}

/// The bulk fees of a tariff: what they give is theirs, all that stands around it is the explained rule's.
#[derive(Debug, Clone)]
pub struct BulkRule(pub ScheduleRule);

impl FeeRule for BulkRule {
    fn exact(&self, inhabitants: Inhabitants, share: Share) -> Result<Exact, Error> {
        self.0.exact(inhabitants, share)
    }

    fn fee(&self, inhabitants: Inhabitants, share: Share) -> Result<Sek, Error> {
        Ok(self.0.schedule.bulk_like(&self.0.member()?, share)?.fee(inhabitants))
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

    fn is_monotone(&self) -> bool {
        self.0.is_monotone()
    }

    fn is_subadditive(&self) -> bool {
        self.0.is_subadditive()
    }

    fn break_points(&self) -> Vec<Inhabitants> {
        self.0.break_points()
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
