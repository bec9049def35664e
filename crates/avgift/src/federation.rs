//! Federation (förbund): a payer that pays for several members, charged in another way than each member by the rule.
//! Rule:    without a mode each member is assessed by itself: the default. Pooled: one fee, of the inhabitants of all its
//!          members together, through every step to the one rounding. Flat: one fixed amount in place of shape, class and
//!          bounds, and then every later step. Of both the one fee is split back onto the members, so that tables, books and
//!          explanations go on member by member (see `pool`). Discounted: each member by the rule, less a part.
//! Why:     under 1,50 kr with a floor of 15 000 kr four members of 29 343 inhabitants pay 60 000 kr by the rule, and
//!          44 014,50 kr pooled: never a silent choice.
//! Errors:  FederationMustPayForAMember, FederationMembersMustBeAlike, PooledFeeMustHangOnInhabitants,
//!          FederationMustHaveItsMembers, TermMustStandOnce, RebateMustNotExceedTheFee, TotalMustBeSharedWhole.

use serde::Serialize;

use crate::error::Error;
use crate::language::Language;
use crate::membership::{Member, PayerId};
use crate::money::Sek;
use crate::origin::{Origin, Sourced};
use crate::pool::{Pool, PooledMember, SplitKey};
use crate::population::PopulationFigure;
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::schedule::{Charge, Schedule};
use crate::shape::Shape;
use crate::tariff::Tariff;
use crate::terms::{ClassTerms, PreviousFee};

/// How the members of one payer are charged.
///
/// ```
/// use avgift::{FeeYear, Federation, FederationLines, FederationMode, Indices, Member, PayerId, PopulationFigure, Sek, SplitKey, Tariff};
/// let year = FeeYear::new(2024)?;
/// let mode = FederationMode::Pooled { split: SplitKey::Population.into(), lines: FederationLines::One };
/// let federation = Federation { payer: PayerId::new("dme"), mode, origin: None };
/// let tariff = Tariff::per_inhabitant("T", year, "1,50 kr".parse()?).bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?;
/// let schedule = Tariff { federations: vec![federation], ..tariff }.schedule(year, &Indices::new())?;
/// let of = |code: &str, count| {
///     let member = Member::new(code.parse()?, code).paid_by(PayerId::new("dme"));
///     Ok::<_, avgift::Error>((member, PopulationFigure::of_year_end(code.parse()?, 2023, count)?))
/// };
/// let members = [of("1438", 4_606)?, of("1439", 6_434)?, of("1460", 9_138)?, of("1461", 9_165)?];
/// let together: Vec<_> = members.iter().map(|(member, population)| (member, population)).collect();
/// let schedule = schedule.among(&together).expect("all four are whole-year members");
/// let fees = members.iter().map(|(member, population)| Ok(schedule.assess(member, population)?.fee()));
/// // 29 343 × 1,50 is 44 014,50; 50 öre go up.
/// assert_eq!(Sek::sum(fees.collect::<Result<Vec<_>, avgift::Error>>()?)?, "44 015 kr".parse()?);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Federation {
    /// Who pays.
    pub payer: PayerId,
    /// How its members are charged.
    pub mode: FederationMode,
    /// Where the payer is named.
    pub origin: Option<Origin>,
}

/// How a federation is charged, where not each of its members by the rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FederationMode {
    /// One fee, of the inhabitants of all its members together.
    Pooled {
        /// By what the fee is told member by member.
        split: Sourced<SplitKey>,
        /// What its invoice shows.
        lines: FederationLines,
    },
    /// One fixed amount, whatever its members.
    Flat {
        /// The amount.
        amount: Sourced<Sek>,
        /// By what the fee is told member by member.
        split: Sourced<SplitKey>,
        /// What its invoice shows.
        lines: FederationLines,
    },
    /// Each member by the rule, less a part: before the limit, the share of the year and the one rounding.
    Discounted {
        /// What is taken off.
        discount: Sourced<Portion>,
    },
}

/// What the invoice of a federation with one fee shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FederationLines {
    /// One line for all members.
    #[default]
    One,
    /// A line for each member, with its part.
    Each,
}

impl FederationMode {
    /// By what its one fee is split, and what its invoice shows; none where each member has a fee of its own.
    #[must_use]
    pub fn as_one(&self) -> Option<(&Sourced<SplitKey>, FederationLines)> {
        match self {
            FederationMode::Pooled { split, lines } | FederationMode::Flat { split, lines, .. } => {
                Some((split, *lines))
            }
            FederationMode::Discounted { .. } => None,
        }
    }
}

/// A federation in a fee year, in the order of those of the tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FederationOfYear {
    pub(crate) payer: PayerId,
    /// What a flat one pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) charge: Option<Charge>,
    /// The members of one that is charged as one, once they are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pool: Option<Pool>,
}

impl Tariff {
    /// The mode of a payer; none where its members are charged each by the rule.
    ///
    /// ```
    /// # use avgift::{FeeYear, PayerId, Tariff};
    /// let tariff = Tariff::per_inhabitant("T", FeeYear::new(2024)?, "1,50 kr".parse()?);
    /// assert!(tariff.federation(&PayerId::new("dme")).is_none());
    /// # Ok::<(), avgift::Error>(())
    /// ```
    #[must_use]
    pub fn federation(&self, payer: &PayerId) -> Option<&Federation> {
        self.federations.iter().find(|federation| federation.payer == *payer)
    }

    /// What is wrong with the federations, whoever their members are.
    pub(crate) fn check_federations(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        for (place, federation) in self.federations.iter().enumerate() {
            let Federation { payer, mode, origin } = federation;
            if let Some(first) = self.federations[..place].iter().find(|other| other.payer == *payer) {
                let origins = [origin, &first.origin].into_iter().flatten().cloned().collect();
                errors.push(Error::TermMustStandOnce { name: format!("federation `{payer}`"), origins });
            }
            match mode {
                FederationMode::Pooled { .. } => errors.extend(self.breaks_a_pool(federation)),
                FederationMode::Flat { amount, .. } if amount.value < Sek::ZERO => {
                    errors.push(Error::TariffAmountMustNotBeNegative { amount: amount.clone() });
                }
                FederationMode::Discounted { discount } if discount.value.ratio() > Ratio::ONE => {
                    errors.push(Error::RebateMustNotExceedTheFee { portion: discount.clone() });
                }
                FederationMode::Flat { .. } | FederationMode::Discounted { .. } => {}
            }
            if let (Shape::Total { total, .. } | Shape::Percentages { total, .. }, false) =
                (&self.shape, matches!(mode, FederationMode::Pooled { .. }))
            {
                let beside = "beside a federation with a fee or a discount of its own";
                errors.push(Error::TotalMustBeSharedWhole { beside, total: total.clone() });
            }
        }
        errors
    }

    /// A shape that hangs on more than inhabitants has no amount for the inhabitants of several.
    fn breaks_a_pool(&self, federation: &Federation) -> Option<Error> {
        let own = self.classes.iter().filter_map(|class| match &class.terms {
            ClassTerms::Own { shape, .. } => Some((shape.as_ref(), &class.origin)),
            ClassTerms::Multiplied(_) => None,
        });
        let components = self.components.iter().map(|one| (&one.shape, &one.origin));
        let mut shapes = [(&self.shape, &self.origin)].into_iter().chain(own).chain(components);
        let (shape, place) = shapes.find_map(|(shape, origin)| Some((hangs_on(shape)?, origin.clone())))?;
        let origins = [federation.origin.clone(), place].into_iter().flatten().collect();
        Some(Error::PooledFeeMustHangOnInhabitants { payer: federation.payer.clone(), shape, origins })
    }
}

/// What a shape hangs on besides inhabitants.
const fn hangs_on(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Total { .. } | Shape::Percentages { .. } => Some("a total that is shared"),
        Shape::Decided(_) => Some("an amount that was decided for each member"),
        Shape::OfFigure(_) => Some("an economic figure of each member"),
        Shape::Flat { .. }
        | Shape::PerInhabitant { .. }
        | Shape::Linear { .. }
        | Shape::Tiers(_)
        | Shape::Brackets(_) => None,
    }
}

/// A member of a federation that is charged as one, in a fee year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pooled<'a> {
    pub(crate) pool: &'a Pool,
    /// What a flat one pays.
    pub(crate) charge: Option<&'a Charge>,
    pub(crate) key: &'a Sourced<SplitKey>,
}

impl Schedule {
    /// The federation that a member is charged through as one; none for all others.
    ///
    /// # Errors
    /// `FederationMustHaveItsMembers` where the member does not stand among them with this population.
    pub(crate) fn pooled(
        &self,
        member: &Member,
        population: &PopulationFigure,
    ) -> Result<Option<Pooled<'_>>, Error> {
        let Some(federation) = self.tariff.federation(&member.payer) else { return Ok(None) };
        let Some((key, _)) = federation.mode.as_one() else { return Ok(None) };
        let of_year = self.federations.iter().find(|of_year| of_year.payer == member.payer);
        let pool = of_year.and_then(|of_year| of_year.pool.as_ref()).filter(|pool| pool.holds(population));
        let charge = of_year.and_then(|of_year| of_year.charge.as_ref());
        pool.map(|pool| Some(Pooled { pool, charge, key })).ok_or_else(|| {
            Error::FederationMustHaveItsMembers { payer: member.payer.clone(), year: self.year }
        })
    }

    /// What a federation takes off the fee of its members; none for all others.
    pub(crate) fn discount(&self, member: &Member) -> Option<&Sourced<Portion>> {
        match &self.tariff.federation(&member.payer)?.mode {
            FederationMode::Discounted { discount } => Some(discount),
            FederationMode::Pooled { .. } | FederationMode::Flat { .. } => None,
        }
    }

    /// The schedule with the members of each federation that is charged as one.
    ///
    /// # Errors
    /// All at once: `FederationMustPayForAMember`, `FederationMembersMustBeAlike`, `InhabitantsMustBeInRange`, and those of the
    /// shares of the year and the classes.
    pub(crate) fn federated(self, members: &[(&Member, &PopulationFigure)]) -> Result<Schedule, Vec<Error>> {
        let mut errors = Vec::new();
        let mut federations = self.federations.clone();
        for (federation, of_year) in self.tariff.federations.iter().zip(&mut federations) {
            let mut own: Vec<(&Member, &PopulationFigure)> =
                members.iter().filter(|(member, _)| member.payer == federation.payer).copied().collect();
            own.sort_by_key(|(member, _)| member.code);
            if own.is_empty() {
                errors.push(Error::FederationMustPayForAMember {
                    payer: federation.payer.clone(),
                    year: self.year,
                    origin: federation.origin.clone(),
                });
            }
            if own.is_empty() || federation.mode.as_one().is_none() {
                continue;
            }
            let own_members: Vec<&Member> = own.iter().map(|(member, _)| *member).collect();
            match self.unlike(&own_members) {
                Ok(unlike) => {
                    errors.extend(unlike.into_iter().map(|what| self.not_one(federation, &own_members, what)))
                }
                Err(error) => errors.push(error),
            }
            match Pool::new(own.iter().map(|(member, figure)| PooledMember::of(member, figure)).collect()) {
                Ok(pool) => of_year.pool = Some(pool),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(Schedule { federations, ..self }) } else { Err(errors) }
    }

    fn not_one(&self, federation: &Federation, members: &[&Member], what: String) -> Error {
        let rows = members.iter().filter_map(|member| member.origin.clone());
        Error::FederationMembersMustBeAlike {
            payer: federation.payer.clone(),
            year: self.year,
            what,
            origins: federation.origin.iter().cloned().chain(rows).collect(),
        }
    }

    /// Every reason why members have no fee as one: what each of them has of its own.
    fn unlike(&self, members: &[&Member]) -> Result<Vec<String>, Error> {
        let english = Language::English;
        let mut unlike = Vec::new();
        let mut shares = Vec::with_capacity(members.len());
        let mut classes = Vec::with_capacity(members.len());
        for member in members {
            let share = self.tariff.proration.share(member, self.year)?;
            shares.push((share.ratio(), share.text(english)));
            let class = self.class_of(member)?.map(|class| class.name.clone());
            classes.push((class.clone(), class.map_or("no class".to_owned(), |class| format!("`{class}`"))));
        }
        if let Some(told) = different(members, &shares) {
            unlike.push(format!("owe different shares of the year: {told}"));
        }
        if let Some(told) = different(members, &classes) {
            unlike.push(format!("are of different classes: {told}"));
        }
        let named = |wanted: &dyn Fn(&Member) -> bool| {
            let names: Vec<&str> =
                members.iter().filter(|member| wanted(member)).map(|member| member.name.as_str()).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        if let Some(names) = named(&|member| self.tariff.ceilings.contains_key(&member.code)) {
            unlike.push(format!("have ceilings of their own: {names}"));
        }
        if let (Some(_), Some(names)) =
            (&self.tariff.joining_fee, named(&|member| member.joins_in(self.year)))
        {
            unlike.push(format!("owe a joining fee each: {names}"));
        }
        if let Some(previous) = &self.previous {
            let without = named(&|member| !previous.contains_key(&member.code));
            let is_everybody = members.iter().all(|member| !previous.contains_key(&member.code));
            if let (Some(names), false) = (without, is_everybody) {
                unlike.push(format!("have a fee of the year before, but not all: {names} has none"));
            }
        }
        Ok(unlike)
    }

    /// What a member paid the year before, or all members of a federation that is charged as one; and where else than at its
    /// own place that was read.
    pub(crate) fn previous_of(
        &self,
        member: &Member,
        pooled: Option<Pooled<'_>>,
    ) -> Result<(Option<PreviousFee>, Vec<Origin>), Error> {
        let fees = self.previous.as_ref().ok_or(Error::LimitMustHaveItsPreviousFees { year: self.year })?;
        let Some(Pooled { pool, .. }) = pooled else {
            return Ok((fees.get(&member.code).cloned(), Vec::new()));
        };
        let all: Vec<&PreviousFee> = pool.members().filter_map(|member| fees.get(&member.code)).collect();
        let Some(first) = all.first() else { return Ok((None, Vec::new())) };
        let fee = Sek::sum(all.iter().map(|previous| previous.fee.value))?.into();
        let is_stated = all.iter().any(|previous| previous.is_stated);
        let places = all.iter().filter_map(|previous| previous.fee.origin.clone()).collect();
        Ok((Some(PreviousFee { year: first.year, fee, is_stated }), places))
    }
}

/// What each of several members has, where it is not the same.
fn different<T: PartialEq>(members: &[&Member], of: &[(T, String)]) -> Option<String> {
    let is_one = of.windows(2).all(|pair| pair[0].0 == pair[1].0);
    let told = members.iter().zip(of).map(|(member, (_, told))| format!("{} {told}", member.name));
    (!is_one).then(|| told.collect::<Vec<_>>().join(", "))
}

impl PooledMember {
    fn of(member: &Member, figure: &PopulationFigure) -> PooledMember {
        PooledMember {
            code: member.code,
            name: member.name.clone(),
            inhabitants: figure.inhabitants,
            reference_date: figure.reference_date,
            origin: figure.origin.clone(),
        }
    }
}
