//! Bridge (brygga): why a fee, and with it the frame, changed from one fee year to another, or from one tariff to another.
//! Rule:    one thing after another is carried from the earlier side to the later, in the order of [`Cause::ALL`]: first what
//!          nobody decided (inhabitants, figures, who shares a total, index), then what the network decided (the tariff, the
//!          classes, the bounds, the limit, the share of the year, how a federation is charged). A part is the difference that its own step makes; what the
//!          roundings of the two fees leave is the last part. The steps themselves: see `path`.
//! Order:   another order would share out otherwise what two causes change together; one order, stated, keeps a part the
//!          same for every member and every reader. See docs/decisions.md.
//! Units:   whole öre: each evaluation is the fee before its rounding, told to the öre, so that the parts that are shown
//!          sum to the change that is shown.
//! Errors:  AmountMustNotOverflow. Not here: the rule (see `assess`); it is asked again, never retold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::path::{Held, Path};
use crate::calendar::FeeYear;
use crate::error::Error;
use crate::explanation::{Assessment, Rule};
use crate::language::Language;
use crate::money::Sek;
use crate::population::MunicipalityCode;
use crate::year::{Basis, YearOfFees};

/// Why a fee changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The inhabitants: the member's own, and of those with whom it shares a total.
    Population,
    /// The economic figures that the fee rests on: the member's own, and of those with whom it shares a total.
    Figures,
    /// Who else shares the total: members that came or went.
    Others,
    /// The index: the earlier tariff carried to the later year by its own clause.
    Index,
    /// What turns a member into money, with its clause, its components and the factor of the year, as the later tariff has it.
    Tariff,
    /// The member's class, or its terms.
    Class,
    /// Floor and ceiling, as the later tariff has them.
    Bounds,
    /// The limit on the yearly change, and the fee of the year before.
    Limit,
    /// The share of the year, and whether it comes before or after the bounds.
    Proration,
    /// How the members of a federation are charged: one fee of all, one amount, a discount.
    Federation,
    /// The member came or went, or paid for joining.
    Membership,
    /// What the roundings of the two fees leave.
    Rounding,
}

impl Cause {
    /// Every cause, in the order in which a change is split.
    pub const ALL: [Cause; 12] = [
        Cause::Population,
        Cause::Figures,
        Cause::Others,
        Cause::Index,
        Cause::Tariff,
        Cause::Class,
        Cause::Bounds,
        Cause::Limit,
        Cause::Proration,
        Cause::Federation,
        Cause::Membership,
        Cause::Rounding,
    ];

    /// Whether every tariff has it; the others are told where they changed something.
    #[must_use]
    pub fn is_of_every_tariff(self) -> bool {
        !matches!(self, Cause::Figures | Cause::Others | Cause::Class | Cause::Limit | Cause::Federation)
    }

    /// The cause for people: `invånarantal`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        match self {
            Cause::Population => Rule::Population.text(language),
            Cause::Figures => language.say("cause-figures"),
            Cause::Others => language.say("cause-others"),
            Cause::Index => language.say("cause-index"),
            Cause::Tariff => language.say("cause-tariff"),
            Cause::Class => Rule::Class.text(language),
            Cause::Bounds => language.say("cause-bounds"),
            Cause::Limit => Rule::Limit.text(language),
            Cause::Proration => Rule::Proration.text(language),
            Cause::Federation => language.say("cause-federation"),
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
    /// By economic figures.
    pub figures: Sek,
    /// By who else shares the total.
    pub others: Sek,
    /// By the index.
    pub index: Sek,
    /// By rates and amounts.
    pub tariff: Sek,
    /// By the class.
    pub class: Sek,
    /// By floor and ceiling.
    pub bounds: Sek,
    /// By the limit on the yearly change.
    pub limit: Sek,
    /// By the share of the year.
    pub proration: Sek,
    /// By how the members of a federation are charged.
    pub federation: Sek,
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

impl Bridge {
    /// Why the fees changed; the order of members changes nothing.
    ///
    /// `basis` is what the later year was assessed from: its members and its index figures are looked up again.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn between(basis: &Basis, from: &YearOfFees, to: &YearOfFees) -> Result<Bridge, Error> {
        Bridge::of((basis, from), (basis, to))
    }

    /// Why the fees of two sides differ, each with what it was assessed from: two years, or what is decided and a scenario, in one
    /// year or two.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of(
        (from_basis, from): (&Basis, &YearOfFees),
        (to_basis, to): (&Basis, &YearOfFees),
    ) -> Result<Bridge, Error> {
        let path = Path::between((from_basis, from), (to_basis, to))?;
        let mut changes: BTreeMap<MunicipalityCode, Change<'_>> =
            from.assessments.iter().map(|fee| (fee.code(), Change::Gone(fee))).collect();
        for fee in &to.assessments {
            let change = match changes.get(&fee.code()) {
                Some(Change::Gone(first)) => Change::Both(first, fee),
                _ => Change::Come(fee),
            };
            changes.insert(fee.code(), change);
        }
        let members = changes.into_values().map(|change| change.explained([from_basis, to_basis], &path));
        let members = members.collect::<Result<Vec<MemberBridge>, Error>>()?;
        Ok(Bridge {
            from_year: from.schedule.year(),
            to_year: to.schedule.year(),
            from: from.frame.sum,
            to: to.frame.sum,
            difference: to.frame.sum.minus(from.frame.sum)?,
            parts: members.iter().try_fold(Parts::default(), |sum, member| sum.plus(&member.parts))?,
            index_is_carried: path.index_is_carried(),
            members,
        })
    }

    /// The causes that are told of it: those of every tariff, and any other that changed something for somebody.
    pub fn causes(&self) -> impl Iterator<Item = Cause> + '_ {
        let changes = |cause: Cause| self.members.iter().any(|member| member.parts.of(cause) != Sek::ZERO);
        Cause::ALL.into_iter().filter(move |cause| cause.is_of_every_tariff() || changes(*cause))
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
    fn explained(&self, [from_basis, to_basis]: [&Basis; 2], path: &Path<'_>) -> Result<MemberBridge, Error> {
        let (named, from, to) = match self {
            Change::Gone(fee) => (fee, Some(fee.fee()), None),
            Change::Both(first, second) => (second, Some(first.fee()), Some(second.fee())),
            Change::Come(fee) => (fee, None, Some(fee.fee())),
        };
        let difference = to.unwrap_or(Sek::ZERO).minus(from.unwrap_or(Sek::ZERO))?;
        let parts = match self {
            Change::Both(first, second) => {
                path.parts(&Held::of(from_basis, first), &Held::of(to_basis, second))?
            }
            Change::Gone(_) | Change::Come(_) => Parts { membership: difference, ..Parts::default() },
        };
        Ok(MemberBridge { code: named.code(), name: named.name().to_owned(), from, to, difference, parts })
    }
}

impl Parts {
    /// The part of one cause.
    #[must_use]
    pub fn of(&self, cause: Cause) -> Sek {
        match cause {
            Cause::Population => self.population,
            Cause::Figures => self.figures,
            Cause::Others => self.others,
            Cause::Index => self.index,
            Cause::Tariff => self.tariff,
            Cause::Class => self.class,
            Cause::Bounds => self.bounds,
            Cause::Limit => self.limit,
            Cause::Proration => self.proration,
            Cause::Federation => self.federation,
            Cause::Membership => self.membership,
            Cause::Rounding => self.rounding,
        }
    }

    /// The parts of two changes, cause by cause.
    fn plus(&self, other: &Parts) -> Result<Parts, Error> {
        let sum = |cause| self.of(cause).plus(other.of(cause));
        Ok(Parts {
            population: sum(Cause::Population)?,
            figures: sum(Cause::Figures)?,
            others: sum(Cause::Others)?,
            index: sum(Cause::Index)?,
            tariff: sum(Cause::Tariff)?,
            class: sum(Cause::Class)?,
            bounds: sum(Cause::Bounds)?,
            limit: sum(Cause::Limit)?,
            proration: sum(Cause::Proration)?,
            federation: sum(Cause::Federation)?,
            membership: sum(Cause::Membership)?,
            rounding: sum(Cause::Rounding)?,
        })
    }
}
