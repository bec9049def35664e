//! Compare (jämförelse): two fee years, or one year under two tariffs: who pays more, who less, who meets a bound.
//! Rule:    a difference is the later fee less the earlier one, both rounded; members of one side alone are named apart, so
//!          that the differences of all sum to that of the frames.
//! Order:   the largest increase first; equal differences by name as Swedish sorts it, then by code.
//! Units:   whole öre; kronor per inhabitant are exact ratios.
//! Errors:  AmountMustNotOverflow.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar::FeeYear;
use crate::error::Error;
use crate::explanation::{Assessment, Standing};
use crate::language::sort_key;
use crate::money::{Exact, Sek};
use crate::population::{Inhabitants, MunicipalityCode};
use crate::ratio::Ratio;
use crate::year::YearOfFees;

/// One side of a comparison: its tariff and its totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The fee year.
    pub year: FeeYear,
    /// The name of the tariff.
    pub tariff: String,
    /// Whether the tariff is a made-up one.
    pub illustrative: bool,
    /// Whether any fee rests on an older population than the tariff asks for.
    pub preliminary: bool,
    /// How many members there are.
    pub members: usize,
    /// How many are raised to the floor.
    pub at_floor: usize,
    /// How many stand between the bounds.
    pub within: usize,
    /// How many are lowered to the ceiling.
    pub at_ceiling: usize,
    /// The inhabitants of all members.
    pub inhabitants: u64,
    /// The sum of the fees.
    pub sum: Sek,
    /// The sum over the inhabitants; none without members.
    pub per_inhabitant: Option<Exact>,
}

/// What one member pays on one side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MemberFee {
    /// Its inhabitants.
    pub inhabitants: Inhabitants,
    /// Where its fee stands between the bounds.
    pub standing: Standing,
    /// Its fee.
    pub fee: Sek,
    /// Its fee over its inhabitants.
    pub per_inhabitant: Exact,
}

/// What one member pays on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its municipality code.
    pub code: MunicipalityCode,
    /// Its name; the later one where it has two.
    pub name: String,
    /// The first side; none where it is a member of the second alone.
    pub from: Option<MemberFee>,
    /// The second side; none where it is a member of the first alone.
    pub to: Option<MemberFee>,
    /// The second fee less the first: above zero where the member pays more.
    pub difference: Sek,
}

/// Two sides held against each other.
///
/// ```
/// use avgift::{Basis, Comparison, FeeYear, Member, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
/// let year = FeeYear::new(2024)?;
/// let fees = |rate: &str| {
///     let mut populations = Populations::new();
///     populations.add(PopulationFigure::of_year_end("1440".parse()?, 2023, 32_446)?)?;
///     let basis = Basis {
///         members: vec![Member::new("1440".parse()?, "Ale")],
///         tariffs: Tariffs::new(vec![Tariff::per_inhabitant("T", year, rate.parse()?)]).unwrap(),
///         populations,
///         ..Basis::default()
///     };
///     Ok::<_, avgift::Error>(basis.assess_year(year, PopulationMode::Published).unwrap())
/// };
/// let comparison = Comparison::of(&fees("1,50")?, &fees("2,00")?)?;
/// assert_eq!(comparison.difference, "16 223 kr".parse()?); // 64 892 − 48 669
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The first side.
    pub from: Side,
    /// The second side.
    pub to: Side,
    /// The members of both sides, the largest increase first.
    pub members: Vec<Difference>,
    /// The members of the first side alone, by name.
    pub only_in_from: Vec<Difference>,
    /// The members of the second side alone, by name.
    pub only_in_to: Vec<Difference>,
    /// How many members of both sides pay more.
    pub raised: usize,
    /// How many pay less.
    pub lowered: usize,
    /// How many pay the same.
    pub unchanged: usize,
    /// What those who pay more pay more in all.
    pub raised_by: Sek,
    /// What those who pay less pay less in all; zero or below.
    pub lowered_by: Sek,
    /// What the members of the first side alone paid, with a minus.
    pub gone: Sek,
    /// What the members of the second side alone pay.
    pub come: Sek,
    /// The second frame less the first: the four before it, summed.
    pub difference: Sek,
}

impl Comparison {
    /// Two sides held against each other; the order of members changes nothing.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn of(from: &YearOfFees, to: &YearOfFees) -> Result<Comparison, Error> {
        let mut firsts: BTreeMap<_, _> = from.assessments.iter().map(|fee| (fee.code(), fee)).collect();
        let (mut members, mut only_in_to) = (Vec::new(), Vec::new());
        for fee in &to.assessments {
            match firsts.remove(&fee.code()) {
                Some(first) => members.push(Difference::of(fee, Some(first), Some(fee))?),
                None => only_in_to.push(Difference::of(fee, None, Some(fee))?),
            }
        }
        let only_in_from = firsts.into_values().map(|fee| Difference::of(fee, Some(fee), None));
        let mut only_in_from = only_in_from.collect::<Result<Vec<_>, Error>>()?;
        members.sort_by_cached_key(|member| (Reverse(member.difference), member.by_name()));
        only_in_from.sort_by_cached_key(Difference::by_name);
        only_in_to.sort_by_cached_key(Difference::by_name);

        let differences = || members.iter().map(|member| member.difference);
        let of = |fees: &[Difference]| Sek::sum(fees.iter().map(|member| member.difference));
        let count = |wanted: fn(&Sek) -> bool| differences().filter(wanted).count();
        Ok(Comparison {
            raised: count(|difference| *difference > Sek::ZERO),
            lowered: count(|difference| *difference < Sek::ZERO),
            unchanged: count(|difference| *difference == Sek::ZERO),
            raised_by: Sek::sum(differences().filter(|difference| *difference > Sek::ZERO))?,
            lowered_by: Sek::sum(differences().filter(|difference| *difference < Sek::ZERO))?,
            gone: of(&only_in_from)?,
            come: of(&only_in_to)?,
            difference: to.frame.sum.minus(from.frame.sum)?,
            from: Side::of(from),
            to: Side::of(to),
            members,
            only_in_from,
            only_in_to,
        })
    }

    /// All members: those of both sides, then those of the first alone, then those of the second alone.
    pub fn all(&self) -> impl Iterator<Item = &Difference> {
        self.members.iter().chain(&self.only_in_from).chain(&self.only_in_to)
    }
}

impl Side {
    fn of(fees: &YearOfFees) -> Side {
        let (tariff, frame) = (fees.schedule.tariff(), &fees.frame);
        Side {
            year: fees.schedule.year(),
            tariff: tariff.name.clone(),
            illustrative: tariff.illustrative,
            preliminary: fees.is_preliminary(),
            members: frame.members,
            at_floor: frame.at_floor,
            within: frame.within,
            at_ceiling: frame.at_ceiling,
            inhabitants: frame.inhabitants,
            sum: frame.sum,
            per_inhabitant: frame.mean_per_inhabitant,
        }
    }
}

impl Difference {
    /// Of a member, named by `named`, what it pays on each side.
    fn of(
        named: &Assessment,
        from: Option<&Assessment>,
        to: Option<&Assessment>,
    ) -> Result<Difference, Error> {
        let fee = |fee: Option<&Assessment>| fee.map_or(Sek::ZERO, Assessment::fee);
        Ok(Difference {
            code: named.code(),
            name: named.name().to_owned(),
            difference: fee(to).minus(fee(from))?,
            from: from.map(MemberFee::of).transpose()?,
            to: to.map(MemberFee::of).transpose()?,
        })
    }

    fn by_name(&self) -> (Vec<u32>, MunicipalityCode) {
        (sort_key(&self.name), self.code)
    }
}

impl MemberFee {
    fn of(fee: &Assessment) -> Result<MemberFee, Error> {
        let inhabitants = fee.inhabitants();
        let share = Ratio::new(1, i128::from(inhabitants.get()))?;
        let per_inhabitant = Exact::from(fee.fee()).times(share)?;
        Ok(MemberFee { inhabitants, standing: fee.standing(), fee: fee.fee(), per_inhabitant })
    }
}
