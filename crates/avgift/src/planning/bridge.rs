//! Bridge (brygga): why a fee, and with it the frame, changed from one fee year to another.
//! Rule:    one thing after another is carried from the earlier year to the later, in the order of [`Cause::ALL`]: first
//!          what nobody decided (inhabitants, index), then what the network decided (rate, bounds, the share of the year).
//!          A part is the difference that its own step makes; what the roundings of the two fees leave is the last part.
//! Order:   another order would share out otherwise what two causes change together; one order, stated, keeps a part the
//!          same for every member and every reader. See docs/decisions.md.
//! Units:   whole öre: each evaluation is the fee before its rounding, told to the öre, so that the parts that are shown
//!          sum to the change that is shown.
//! Errors:  AmountMustNotOverflow. Not here: the rule (see `assess`); it is asked again, never retold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::before_rounding;
use super::hybrid::{carried, with_bounds_of, with_order_of};
use crate::calendar::{FeeYear, Share};
use crate::error::Error;
use crate::explanation::{Assessment, Rule};
use crate::language::Language;
use crate::membership::Member;
use crate::money::Sek;
use crate::population::{MunicipalityCode, PopulationFigure};
use crate::rounding::Rounding;
use crate::tariff::Schedule;
use crate::year::{Basis, YearOfFees};

/// Why a fee changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The inhabitants.
    Population,
    /// The index: the earlier tariff carried to the later year by its own clause.
    Index,
    /// What turns inhabitants into money, with its clause, as the later tariff has it.
    Tariff,
    /// Floor and ceiling, as the later tariff has them.
    Bounds,
    /// The share of the year, and whether it comes before or after the bounds.
    Proration,
    /// The member came or went.
    Membership,
    /// What the roundings of the two fees leave.
    Rounding,
}

impl Cause {
    /// Every cause, in the order in which a change is split.
    pub const ALL: [Cause; 7] = [
        Cause::Population,
        Cause::Index,
        Cause::Tariff,
        Cause::Bounds,
        Cause::Proration,
        Cause::Membership,
        Cause::Rounding,
    ];

    /// The cause for people: `invånarantal`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        match self {
            Cause::Population => Rule::Population.text(language),
            Cause::Index => language.say("cause-index"),
            Cause::Tariff => language.say("cause-tariff"),
            Cause::Bounds => language.say("cause-bounds"),
            Cause::Proration => Rule::Proration.text(language),
            Cause::Membership => language.say("cause-membership"),
            Cause::Rounding => Rule::Rounding.text(language),
        }
    }
}

/// A change, split into its causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Parts {
    /// By inhabitants.
    pub population: Sek,
    /// By the index.
    pub index: Sek,
    /// By the rate.
    pub tariff: Sek,
    /// By floor and ceiling.
    pub bounds: Sek,
    /// By the share of the year.
    pub proration: Sek,
    /// By coming or going.
    pub membership: Sek,
    /// By the roundings.
    pub rounding: Sek,
}

/// Why one member's fee changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberBridge {
    /// Its municipality code.
    pub code: MunicipalityCode,
    /// Its name; the later one where it has two.
    pub name: String,
    /// Its earlier fee; none where it was no member.
    pub from: Option<Sek>,
    /// Its later fee; none where it is no member.
    pub to: Option<Sek>,
    /// The later fee less the earlier one.
    pub difference: Sek,
    /// The difference, split.
    pub parts: Parts,
}

/// Why the fees of all members, and with them the frame, changed.
///
/// ```
/// use avgift::{Basis, Bridge, FeeYear, Member, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
/// let mut populations = Populations::new();
/// for (year, inhabitants) in [(2022, 32_394), (2023, 32_446)] {
///     populations.add(PopulationFigure::of_year_end("1440".parse()?, year, inhabitants)?)?;
/// }
/// let tariff = Tariff::per_inhabitant("T", FeeYear::new(2023)?, "1,50 kr".parse()?);
/// let basis = Basis {
///     members: vec![Member::new("1440".parse()?, "Ale")],
///     tariffs: Tariffs::new(vec![tariff]).unwrap(),
///     populations,
///     ..Basis::default()
/// };
/// let fees = |year| basis.assess_year(year, PopulationMode::Published).unwrap();
/// let bridge = Bridge::between(&basis, &fees(FeeYear::new(2023)?), &fees(FeeYear::new(2024)?))?;
/// assert_eq!(bridge.parts.population, "78 kr".parse()?); // 52 inhabitants more
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bridge {
    /// The earlier fee year.
    pub from_year: FeeYear,
    /// The later fee year.
    pub to_year: FeeYear,
    /// The earlier frame.
    pub from: Sek,
    /// The later frame.
    pub to: Sek,
    /// The later frame less the earlier one.
    pub difference: Sek,
    /// The difference, split: the sums over the members.
    pub parts: Parts,
    /// Whether the clause of the earlier tariff reaches the later year. Where it does not, its series ended, say, nothing can
    /// be told of the index alone, and what it changed stands with the tariff.
    pub index_is_carried: bool,
    /// The members of either year, by code.
    pub members: Vec<MemberBridge>,
}

/// The schedules that lie between two years, each one step from the one before.
struct Path<'a> {
    from: &'a Schedule,
    /// The earlier tariff in the later year.
    indexed: Schedule,
    /// The later tariff, with the bounds and the order of proration of the earlier one.
    with_rate: Schedule,
    /// The later tariff, with the order of proration of the earlier one.
    with_bounds: Schedule,
    to: &'a Schedule,
}

impl Bridge {
    /// Why the fees changed; the order of members changes nothing.
    ///
    /// `basis` is what the later year was assessed from: its members and its index figures are looked up again.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn between(basis: &Basis, from: &YearOfFees, to: &YearOfFees) -> Result<Bridge, Error> {
        let indexed = match carried(&from.schedule, to.schedule.year(), &basis.indices) {
            Err(Error::AmountMustNotOverflow) => return Err(Error::AmountMustNotOverflow),
            other => other.ok(),
        };
        let index_is_carried = indexed.is_some();
        let indexed = indexed.unwrap_or_else(|| from.schedule.clone());
        let with_bounds = with_order_of(&to.schedule, &from.schedule);
        let path = Path {
            from: &from.schedule,
            with_rate: with_bounds_of(&with_bounds, &indexed)?,
            with_bounds,
            indexed,
            to: &to.schedule,
        };
        let mut changes: BTreeMap<MunicipalityCode, Change<'_>> =
            from.assessments.iter().map(|fee| (fee.code(), Change::Gone(fee))).collect();
        for fee in &to.assessments {
            let change = match changes.get(&fee.code()) {
                Some(Change::Gone(first)) => Change::Both(first, fee),
                _ => Change::Come(fee),
            };
            changes.insert(fee.code(), change);
        }
        let members = changes.into_values().map(|change| change.explained(basis, &path));
        let members = members.collect::<Result<Vec<MemberBridge>, Error>>()?;
        Ok(Bridge {
            from_year: from.schedule.year(),
            to_year: to.schedule.year(),
            from: from.frame.sum,
            to: to.frame.sum,
            difference: to.frame.sum.minus(from.frame.sum)?,
            parts: members.iter().try_fold(Parts::default(), |sum, member| sum.plus(&member.parts))?,
            index_is_carried,
            members,
        })
    }

    /// Why the fee of one member changed; none for who is a member in neither year.
    #[must_use]
    pub fn member(&self, code: MunicipalityCode) -> Option<&MemberBridge> {
        self.members.iter().find(|member| member.code == code)
    }
}

/// What one member paid, and what it pays.
enum Change<'a> {
    Gone(&'a Assessment),
    Both(&'a Assessment, &'a Assessment),
    Come(&'a Assessment),
}

impl Change<'_> {
    fn explained(&self, basis: &Basis, path: &Path<'_>) -> Result<MemberBridge, Error> {
        let (named, from, to) = match self {
            Change::Gone(fee) => (fee, Some(fee.fee()), None),
            Change::Both(first, second) => (second, Some(first.fee()), Some(second.fee())),
            Change::Come(fee) => (fee, None, Some(fee.fee())),
        };
        let difference = to.unwrap_or(Sek::ZERO).minus(from.unwrap_or(Sek::ZERO))?;
        let parts = match self {
            Change::Both(first, second) => path.parts(&member_of(basis, second), first, second)?,
            Change::Gone(_) | Change::Come(_) => Parts { membership: difference, ..Parts::default() },
        };
        Ok(MemberBridge { code: named.code(), name: named.name().to_owned(), from, to, difference, parts })
    }
}

/// The member that an assessment is of.
fn member_of(basis: &Basis, fee: &Assessment) -> Member {
    let is_it = |member: &&Member| member.code == fee.code() && member.is_member_in(fee.year());
    basis.members.iter().find(is_it).cloned().unwrap_or_else(|| Member::new(fee.code(), fee.name()))
}

impl Path<'_> {
    /// The change of one member's fee, step by step.
    fn parts(&self, member: &Member, from: &Assessment, to: &Assessment) -> Result<Parts, Error> {
        let evaluate = |schedule: &Schedule, inhabitants: &Assessment, share: Share| {
            let figure = PopulationFigure {
                code: member.code,
                reference_date: schedule.tariff().reference_date.in_year(schedule.year()),
                inhabitants: inhabitants.inhabitants(),
                origin: None,
            };
            Rounding::Ore.round(before_rounding(&schedule.assess_share(member, &figure, share)?))
        };
        let first = evaluate(self.from, from, from.share())?;
        let populated = evaluate(self.from, to, from.share())?;
        let indexed = evaluate(&self.indexed, to, from.share())?;
        let with_rate = evaluate(&self.with_rate, to, from.share())?;
        let with_bounds = evaluate(&self.with_bounds, to, from.share())?;
        let last = evaluate(self.to, to, to.share())?;
        Ok(Parts {
            population: populated.minus(first)?,
            index: indexed.minus(populated)?,
            tariff: with_rate.minus(indexed)?,
            bounds: with_bounds.minus(with_rate)?,
            proration: last.minus(with_bounds)?,
            membership: Sek::ZERO,
            rounding: to.fee().minus(last)?.minus(from.fee().minus(first)?)?,
        })
    }
}

impl Parts {
    /// The part of one cause.
    #[must_use]
    pub fn of(&self, cause: Cause) -> Sek {
        match cause {
            Cause::Population => self.population,
            Cause::Index => self.index,
            Cause::Tariff => self.tariff,
            Cause::Bounds => self.bounds,
            Cause::Proration => self.proration,
            Cause::Membership => self.membership,
            Cause::Rounding => self.rounding,
        }
    }

    /// The parts of two changes, cause by cause.
    fn plus(&self, other: &Parts) -> Result<Parts, Error> {
        let sum = |cause| self.of(cause).plus(other.of(cause));
        Ok(Parts {
            population: sum(Cause::Population)?,
            index: sum(Cause::Index)?,
            tariff: sum(Cause::Tariff)?,
            bounds: sum(Cause::Bounds)?,
            proration: sum(Cause::Proration)?,
            membership: sum(Cause::Membership)?,
            rounding: sum(Cause::Rounding)?,
        })
    }
}
