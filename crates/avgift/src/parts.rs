//! Parts: a fee that is charged in parts, each with VAT of its own: a membership fee of 10 %, a service fee of 90 %.
//! Rule:    a part is a share of the rounded fee, or what one or more components contributed to it, or the rest. One part
//!          is the rest, so the parts sum to the fee. The others are rounded to the step of the fee together with those
//!          before them, and each is what its own adds: with one of them that is its share, rounded. None is below nothing, and
//!          each is within a step of what it is exactly.
//! Rule:    a component contributed its share of the sum of the fee and its components; the factor of the year, the limit
//!          and the share of the year work on that sum, and leave its shares as they are. A joining fee is of no component.
//! Example: 11 350 kr is 1 135 kr (10 %) and 10 215 kr.
//! Errors:  PartsMustHaveOneRest, SharesMustLeaveARest, PartsMustBeOfOneKind, TermMustStandOnce, PartMustNameAComponent,
//!          PartMustHaveItsShare, AmountMustNotOverflow.
//! Not here: VAT, and which parts stand on one invoice (see `avgift-invoice`).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::explanation::{Assessment, Operand, Rule, Step, Value};
use crate::language::Language;
use crate::money::{Exact, Sek};
use crate::number::decimal_text;
use crate::origin::Origin;
use crate::portion::Portion;
use crate::ratio::Ratio;
use crate::rounding::Rounding;

/// How large a part is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartSize {
    /// A share of the fee.
    Share(Portion),
    /// What these components of the tariff contributed to the fee.
    Components(Vec<String>),
    /// What the other parts leave.
    Rest,
}

/// A part of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeePart {
    /// What it is called: `Serviceavgift`.
    pub name: String,
    /// How large it is.
    pub size: PartSize,
    /// Where it was read.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

impl FeePart {
    /// Its name as a part of a file's name: small letters without marks, digits and hyphens.
    ///
    /// ```
    /// use avgift::{FeePart, PartSize};
    /// let part = FeePart { name: "Avgift för tjänster (25 %)".into(), size: PartSize::Rest, origin: None };
    /// assert_eq!(part.file_name(), "avgift-for-tjanster-25");
    /// ```
    #[must_use]
    pub fn file_name(&self) -> String {
        let plain = |letter: char| match letter {
            'å' | 'ä' | 'á' | 'à' => 'a',
            'ö' | 'ó' | 'ø' => 'o',
            'é' | 'è' => 'e',
            'ü' => 'u',
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => ' ',
        };
        let letters: String = self.name.to_lowercase().chars().map(plain).collect();
        letters.split_whitespace().collect::<Vec<_>>().join("-")
    }
}

/// The parts of a fee: one is the rest, the others are shares or components.
///
/// ```
/// use avgift::{FeePart, FeeParts, FeeYear, Indices, Member, PartSize, PopulationFigure, Sek, Tariff};
/// let part = |name: &str, size| FeePart { name: name.into(), size, origin: None };
/// let member_fee = part("Medlemsavgift", PartSize::Share("10 %".parse()?));
/// let parts = FeeParts::new(vec![member_fee, part("Serviceavgift", PartSize::Rest)]).map_err(|mut errors| errors.remove(0))?;
///
/// let year = FeeYear::new(2024)?;
/// let schedule = Tariff::per_inhabitant("T", year, "1 kr".parse()?).schedule(year, &Indices::new())?;
/// let member = Member::new("0102".parse()?, "Exempelkommun");
/// let fee = schedule.assess(&member, &PopulationFigure::of_year_end(member.code, 2023, 11_350)?)?;
/// assert_eq!(parts.divide(&fee)?, ["1 135".parse::<Sek>()?, "10 215".parse()?]);
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<FeePart>")]
pub struct FeeParts(Vec<FeePart>);

impl TryFrom<Vec<FeePart>> for FeeParts {
    type Error = Error;

    fn try_from(parts: Vec<FeePart>) -> Result<FeeParts, Error> {
        FeeParts::new(parts).map_err(|mut errors| errors.remove(0))
    }
}

impl FeeParts {
    /// The parts of a fee, in the order that they are charged in.
    ///
    /// # Errors
    /// All at once: `PartsMustHaveOneRest`, `SharesMustLeaveARest`, `PartsMustBeOfOneKind`, `TermMustStandOnce` for a name
    /// or a component.
    pub fn new(parts: Vec<FeePart>) -> Result<FeeParts, Vec<Error>> {
        let mut errors = Vec::new();
        let rests: Vec<&FeePart> = parts.iter().filter(|part| part.size == PartSize::Rest).collect();
        if rests.len() != 1 {
            let of = if rests.is_empty() { parts.iter().collect() } else { rests.clone() };
            errors.push(Error::PartsMustHaveOneRest { count: rests.len(), origins: places(&of) });
        }
        let shares: Vec<&FeePart> =
            parts.iter().filter(|part| matches!(part.size, PartSize::Share(_))).collect();
        if !rests.is_empty() {
            errors.extend(check_shares(&shares).err());
        }
        let of_components: Vec<&FeePart> =
            parts.iter().filter(|part| matches!(part.size, PartSize::Components(_))).collect();
        if let ([share, ..], [components, ..]) = (shares.as_slice(), of_components.as_slice()) {
            errors.push(Error::PartsMustBeOfOneKind { origins: places(&[share, components]) });
        }
        for (place, part) in parts.iter().enumerate() {
            errors.extend(parts[..place].iter().find_map(|earlier| part.check_beside(earlier)));
        }
        if errors.is_empty() { Ok(FeeParts(parts)) } else { Err(errors) }
    }

    /// The parts, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &FeePart> {
        self.0.iter()
    }

    /// The place of a part, from 0.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|part| part.name == name)
    }

    /// The share of the fee that a part is, for people: `90 %`; nothing where parts are components.
    ///
    /// ```
    /// use avgift::{FeePart, FeeParts, Language, PartSize};
    /// let part = |name: &str, size| FeePart { name: name.into(), size, origin: None };
    /// let shares = vec![part("A", PartSize::Share("12,5 %".parse()?)), part("B", PartSize::Rest)];
    /// let parts = FeeParts::new(shares).map_err(|mut errors| errors.remove(0))?;
    /// assert_eq!(parts.share_text(1, Language::Swedish).as_deref(), Some("87,5 %"));
    /// # Ok::<(), avgift::Error>(())
    /// ```
    #[must_use]
    pub fn share_text(&self, place: usize, language: Language) -> Option<String> {
        let mut rest = Ratio::ONE;
        for part in &self.0 {
            match &part.size {
                PartSize::Share(portion) => rest = rest.minus(portion.ratio()).ok()?,
                PartSize::Components(_) => return None,
                PartSize::Rest => {}
            }
        }
        match &self.0.get(place)?.size {
            PartSize::Share(portion) => Some(portion.text(language)),
            _ => {
                // Six decimals of a per mille are seven of a percent.
                let tenths = rest.times(Ratio::whole(1_000_000_000)).ok()?;
                let whole = tenths.numerator() / tenths.denominator();
                let percent = Decimal::try_from_i128_with_scale(whole, 7).ok()?.normalize();
                Some(format!("{} %", decimal_text(percent, language)))
            }
        }
    }

    /// What each part of a fee comes to, in the order of the parts. They sum to the fee.
    ///
    /// # Errors
    /// `PartMustNameAComponent`, `PartMustHaveItsShare`, `AmountMustNotOverflow`.
    pub fn divide(&self, assessment: &Assessment) -> Result<Vec<Sek>, Error> {
        let step = assessment.rounding();
        let (mut exact, mut rounded) = (Exact::ZERO, Sek::ZERO);
        let mut amounts = Vec::with_capacity(self.0.len());
        for part in &self.0 {
            exact = exact.plus(part.exact(assessment)?)?;
            let so_far = step.round(exact)?;
            amounts.push(so_far.minus(rounded)?);
            rounded = so_far;
        }
        let rest = self.0.iter().position(|part| part.size == PartSize::Rest);
        if let Some(amount) = rest.and_then(|rest| amounts.get_mut(rest)) {
            *amount = assessment.fee().minus(rounded)?;
        }
        Ok(amounts)
    }
}

impl FeePart {
    /// What a part comes to before its rounding; nothing for the rest.
    fn exact(&self, assessment: &Assessment) -> Result<Exact, Error> {
        match &self.size {
            PartSize::Rest => Ok(Exact::ZERO),
            PartSize::Share(portion) => Exact::from(assessment.fee()).times(portion.ratio()),
            PartSize::Components(names) => {
                names.iter().try_fold(Exact::ZERO, |sum, name| sum.plus(self.of_component(name, assessment)?))
            }
        }
    }

    /// What a component contributed to the fee: its share of the sum of fee and components, of what became of that sum.
    fn of_component(&self, name: &str, assessment: &Assessment) -> Result<Exact, Error> {
        let steps = assessment.steps();
        let added = |step: &&Step| step.rule == Rule::Component;
        let own = steps.iter().filter(added).find(|step| step.component.as_deref() == Some(name));
        let (Some(own), Some(last)) = (own, steps.iter().rfind(added)) else {
            let known = steps.iter().filter(added).filter_map(|step| step.component.clone()).collect();
            let (component, year, origin) = (name.to_owned(), assessment.year(), self.origin.clone());
            return Err(Error::PartMustNameAComponent { component, known, year, origin });
        };
        let before = if let Operand::Added(before) = own.operand { before } else { Exact::ZERO };
        let (contributed, whole) = (amount(own).minus(before)?, amount(last));
        let ends = |step: &&Step| !matches!(step.rule, Rule::JoiningFee | Rule::Rounding);
        let owed = steps.iter().rfind(ends).map_or(Exact::ZERO, amount);
        if owed == whole {
            return Ok(contributed);
        }
        if whole == Exact::ZERO {
            let (code, year, origin) = (assessment.code(), assessment.year(), self.origin.clone());
            return Err(Error::PartMustHaveItsShare { code, year, origin });
        }
        owed.times(contributed.ore_ratio().over(whole.ore_ratio())?)
    }

    /// What two parts must not have in common: a name, the name of a file, a component.
    fn check_beside(&self, earlier: &FeePart) -> Option<Error> {
        let twice = |name: String| {
            let origins = places(&[self, earlier]);
            Error::TermMustStandOnce { name, origins }
        };
        if self.name == earlier.name {
            return Some(twice(format!("part `{}`", self.name)));
        }
        // A payer's name may end as another part's begins, so no file name is the end of another.
        let (mine, theirs) = (self.file_name(), earlier.file_name());
        let ends = |long: &str, short: &str| long == short || long.ends_with(&format!("-{short}"));
        if ends(&mine, &theirs) || ends(&theirs, &mine) {
            let short = if mine.len() < theirs.len() { mine } else { theirs };
            return Some(twice(format!("file name of a part that ends in `{short}`")));
        }
        let (PartSize::Components(mine), PartSize::Components(theirs)) = (&self.size, &earlier.size) else {
            return None;
        };
        let component = mine.iter().find(|component| theirs.contains(component))?;
        Some(twice(format!("component `{component}`")))
    }
}

impl Assessment {
    /// The step that the fee was rounded to.
    #[must_use]
    pub fn rounding(&self) -> Rounding {
        match self.steps().last().map(|step| &step.operand) {
            Some(Operand::Rounding(rounding)) => *rounding,
            Some(Operand::Apportioned(apportioned)) => apportioned.rounding,
            _ => Rounding::Ore,
        }
    }
}

/// The amount after a step.
fn amount(step: &Step) -> Exact {
    match step.value {
        Value::Exact(amount) => amount,
        Value::Fee(fee) => fee.into(),
        Value::Inhabitants(_) => Exact::ZERO,
    }
}

fn check_shares(shares: &[&FeePart]) -> Result<(), Error> {
    let portion = |part: &&FeePart| match part.size {
        PartSize::Share(portion) => portion.ratio(),
        PartSize::Components(_) | PartSize::Rest => Ratio::ZERO,
    };
    let sum = shares.iter().map(portion).try_fold(Ratio::ZERO, Ratio::plus)?;
    if sum < Ratio::ONE {
        return Ok(());
    }
    Err(Error::SharesMustLeaveARest { sum: Box::new(sum), origins: places(shares) })
}

fn places(parts: &[&FeePart]) -> Vec<Origin> {
    parts.iter().filter_map(|part| part.origin.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::calendar::FeeYear;
    use crate::index::Indices;
    use crate::membership::Member;
    use crate::population::PopulationFigure;
    use crate::proration::{BrokenUnit, Leaving, Proration, ProrationOrder, ProrationUnit};
    use crate::shape::Shape;
    use crate::tariff::{Bounds, Tariff};
    use crate::terms::{Component, PreviousFee, YearFactor, YearlyLimit};

    fn year() -> FeeYear {
        FeeYear::new(2024).unwrap()
    }

    fn part(name: &str, size: PartSize) -> FeePart {
        FeePart { name: name.to_owned(), size, origin: None }
    }

    fn share(name: &str, portion: &str) -> FeePart {
        part(name, PartSize::Share(portion.parse().unwrap()))
    }

    fn components(name: &str, components: &[&str]) -> FeePart {
        part(name, PartSize::Components(components.iter().map(|name| (*name).to_owned()).collect()))
    }

    fn rest() -> FeePart {
        part("Serviceavgift", PartSize::Rest)
    }

    fn parts(parts: Vec<FeePart>) -> FeeParts {
        FeeParts::new(parts).unwrap()
    }

    fn codes(parts: Vec<FeePart>) -> Vec<&'static str> {
        FeeParts::new(parts).unwrap_err().iter().map(Error::code).collect()
    }

    /// A krona an inhabitant.
    fn tariff() -> Tariff {
        Tariff::per_inhabitant("T", year(), "1 kr".parse().unwrap())
    }

    fn assessed(tariff: &Tariff, joined: Option<&str>, inhabitants: u32) -> Assessment {
        let member = Member::new("0102".parse().unwrap(), "Exempelkommun");
        let member = match joined {
            Some(day) => member.joined_on(day.parse().unwrap()),
            None => member,
        };
        let population = PopulationFigure::of_year_end(member.code, 2023, inhabitants).unwrap();
        let fee = "12 000".parse::<Sek>().unwrap().into();
        let fees = [(member.code, PreviousFee { year: FeeYear::new(2023).unwrap(), fee, is_stated: false })];
        let schedule = tariff.schedule(year(), &Indices::new()).unwrap().after(fees.into_iter().collect());
        schedule.assess(&member, &population).unwrap()
    }

    fn divided(parts: &FeeParts, fee: &Assessment) -> Vec<String> {
        parts.divide(fee).unwrap().iter().map(Sek::to_string).collect()
    }

    /// 10 % of 11 350 is 1 135. Of 11 354 it is 1 135,40, of 11 355 half a krona more than 1 135, which goes up.
    #[test]
    fn a_share_is_rounded_and_the_rest_is_what_it_leaves() {
        let parts = parts(vec![share("Medlemsavgift", "10 %"), rest()]);
        let of = |fee| divided(&parts, &assessed(&tariff(), None, fee));
        assert_eq!(of(11_350), ["1135.00", "10215.00"]);
        assert_eq!(of(11_354), ["1135.00", "10219.00"]);
        assert_eq!(of(11_355), ["1136.00", "10219.00"]);
        assert_eq!(of(11_356), ["1136.00", "10220.00"]);
        assert_eq!(of(4), ["0.00", "4.00"]);
        assert_eq!(of(5), ["1.00", "4.00"]);
    }

    /// 33 % of 101 is 33,33: 33. Twice that is 66,66: 67, so the second adds 34. Nine times 10 % of 5 kr: 0,5 kr each.
    #[test]
    fn several_shares_are_rounded_together_with_those_before_them() {
        let three = parts(vec![share("A", "33 %"), share("B", "33 %"), rest()]);
        assert_eq!(divided(&three, &assessed(&tariff(), None, 101)), ["33.00", "34.00", "34.00"]);
        let tenths = (1..=9).map(|place| share(&format!("Del {place}"), "10 %")).chain([rest()]).collect();
        assert_eq!(
            divided(&parts(tenths), &assessed(&tariff(), None, 5)),
            ["1.00", "0.00", "1.00", "0.00", "1.00", "0.00", "1.00", "0.00", "1.00", "0.00"]
        );
        let rest_first = parts(vec![rest(), share("A", "33 %")]);
        assert_eq!(divided(&rest_first, &assessed(&tariff(), None, 101)), ["68.00", "33.00"]);
    }

    fn with_project() -> Tariff {
        let shape = Shape::Flat { amount: "2 000".parse::<Sek>().unwrap().into() };
        let project =
            Component { name: "Projekt".into(), shape, bounds: Bounds::default(), index: None, origin: None };
        Tariff { components: vec![project], ..tariff() }
    }

    /// 13 000 + 2 000 is 15 000; nine tenths are 13 500; half the year 6 750, of which 2 / 15 are 900. Joining costs 500.
    #[test]
    fn a_component_keeps_its_share_through_factor_and_share_of_the_year() {
        let parts = parts(vec![components("Projektavgift", &["Projekt"]), rest()]);
        let plain = with_project();
        assert_eq!(divided(&parts, &assessed(&plain, None, 13_000)), ["2000.00", "13000.00"]);
        let factor = YearFactor { year: year(), factor: "90 %".parse::<Portion>().unwrap().into() };
        let proration = Proration {
            unit: ProrationUnit::Months(BrokenUnit::Counted),
            leaving: Leaving::FullYear,
            order: ProrationOrder::AfterBounds,
        };
        let joining_fee = Some("500".parse::<Sek>().unwrap().into());
        let tariff = Tariff { year_factors: vec![factor], proration, joining_fee, ..plain.clone() };
        let fee = assessed(&tariff, Some("2024-07-01"), 13_000);
        assert_eq!(fee.fee(), "7 250".parse().unwrap());
        assert_eq!(divided(&parts, &fee), ["900.00", "6350.00"]);
        // 12 000 the year before and 5 % more at most: 12 600, of which 2 / 15 are 1 680.
        let limit = YearlyLimit {
            up: Some("5 %".parse::<Portion>().unwrap().into()),
            down: None,
            stated: BTreeMap::new(),
        };
        let limited = Tariff { limit: Some(limit), ..plain };
        assert_eq!(divided(&parts, &assessed(&limited, None, 13_000)), ["1680.00", "10920.00"]);
    }

    #[test]
    fn a_component_that_the_tariff_does_not_have_is_refused() {
        let parts = parts(vec![components("Projektavgift", &["Projektet"]), rest()]);
        let refused =
            |tariff: &Tariff| parts.divide(&assessed(tariff, None, 13_000)).unwrap_err().to_string();
        assert_eq!(refused(&with_project()), "the tariff of 2024 has no component `Projektet`");
        assert_eq!(refused(&tariff()), "the tariff of 2024 has no component `Projektet`");
    }

    /// Nothing by the tariff, and 12 000 the year before less a tenth at most: 10 800 that are no component's.
    #[test]
    fn of_nothing_no_part_has_a_share() {
        let parts = parts(vec![components("Projektavgift", &["Projekt"]), rest()]);
        let nothing = Shape::Flat { amount: Sek::ZERO.into() };
        let mut tariff = with_project();
        tariff.shape = nothing.clone();
        tariff.components[0].shape = nothing;
        assert_eq!(divided(&parts, &assessed(&tariff, None, 13_000)), ["0.00", "0.00"]);
        let limit = YearlyLimit {
            up: None,
            down: Some("10 %".parse::<Portion>().unwrap().into()),
            stated: BTreeMap::new(),
        };
        let limited = Tariff { limit: Some(limit), ..tariff };
        let refused = parts.divide(&assessed(&limited, None, 13_000)).unwrap_err();
        assert_eq!(refused.code(), "part-must-have-its-share");
    }

    #[test]
    fn one_part_is_the_rest_and_no_two_are_the_same() {
        assert_eq!(codes(vec![share("A", "10 %"), share("B", "80 %")]), ["parts-must-have-one-rest"]);
        assert_eq!(codes(vec![rest(), part("B", PartSize::Rest)]), ["parts-must-have-one-rest"]);
        assert!(FeeParts::new(vec![share("A", "60 %"), share("B", "39,999999 %"), rest()]).is_ok());
        assert_eq!(codes(vec![share("A", "60 %"), share("B", "40 %"), rest()]), ["shares-must-leave-a-rest"]);
        assert_eq!(codes(vec![share("A", "60 %"), share("B", "41 %"), rest()]), ["shares-must-leave-a-rest"]);
        let mixed = vec![share("A", "60 %"), components("B", &["Projekt"]), rest()];
        assert_eq!(codes(mixed), ["parts-must-be-of-one-kind"]);
        assert_eq!(codes(vec![share("Serviceavgift", "10 %"), rest()]), ["term-must-stand-once"]);
        assert_eq!(
            codes(vec![share("SERVICE avgift", "10 %"), part("Service-avgift", PartSize::Rest)]),
            ["term-must-stand-once"]
        );
        assert_eq!(codes(vec![share("Ny serviceavgift", "10 %"), rest()]), ["term-must-stand-once"]);
        let twice = vec![components("A", &["X", "Y"]), components("B", &["Y"]), rest()];
        assert_eq!(codes(twice), ["term-must-stand-once"]);
        assert_eq!(codes(Vec::new()), ["parts-must-have-one-rest"]);
    }
}
