//! Forecast (prognos): the frame ahead, under assumptions that are stated.
//! Rule:    a figure that is on file is taken as it is; one that lies after the newest on file is grown from that one, by so
//!          many percent a year (see `growth`). Tariffs and members are those of the network. So a year whose figures are all
//!          there is the real run, to the öre; and a hole among the figures on file is refused, never filled in.
//! Units:   whole inhabitants, index figures with four decimals, whole öre.
//! Errors:  those of the rule, all at once; GrowthMustBeInRange.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::growth::{Growth, GrowthOver};
use crate::calendar::{FeeYear, Month, Share};
use crate::error::Error;
use crate::index::{IndexClause, IndexFigure, IndexStatus, Indices, SeriesName};
use crate::membership::{Member, members_in};
use crate::money::Sek;
use crate::population::{Inhabitants, MunicipalityCode, PopulationFigure};
use crate::publication::is_unclear;
use crate::tariff::Tariff;
use crate::year::{Basis, PopulationMode, YearOfFees};

/// What is assumed of the years ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Assumptions {
    /// How the inhabitants of every member grow.
    pub population: Growth,
    /// How every index series grows.
    pub index: Growth,
}

/// What several years ahead hang on, looked up once, for one set of assumptions or ten thousand.
#[derive(Debug)]
pub struct Outlook<'a> {
    basis: &'a Basis,
    years: Vec<YearAhead<'a>>,
    /// The index figures on file that the years need.
    figures: Indices,
    /// Those that they need and that are not there.
    grown: Vec<GrownFigure<'a>>,
    /// The most years that anything grows.
    longest: u32,
}

#[derive(Debug)]
struct YearAhead<'a> {
    year: FeeYear,
    tariff: &'a Tariff,
    reference_date: NaiveDate,
    members: Vec<MemberAhead>,
    alike: Vec<Alike<'a>>,
    is_on_file: bool,
}

/// Members that owe the same share of the year and bear the same class: one of them, and of each the newest figure and for how many
/// years it grows.
#[derive(Debug)]
struct Alike<'a> {
    share: Share,
    one: &'a Member,
    rows: Vec<(Inhabitants, u32)>,
}

#[derive(Debug)]
struct MemberAhead {
    code: MunicipalityCode,
    newest: Inhabitants,
    years: u32,
}

#[derive(Debug)]
struct GrownFigure<'a> {
    newest: &'a IndexFigure,
    month: Month,
    years: u32,
}

impl<'a> Outlook<'a> {
    /// The years ahead.
    ///
    /// # Errors
    /// Every reason at once: those of [`Basis::assess_year`], but for figures that lie after the newest on file.
    pub fn new(basis: &'a Basis, years: &[FeeYear]) -> Result<Outlook<'a>, Vec<Error>> {
        let mut outlook =
            Outlook { basis, years: Vec::new(), figures: Indices::new(), grown: Vec::new(), longest: 0 };
        let mut errors = Vec::new();
        for year in years {
            match outlook.year(*year) {
                Ok(year) => outlook.years.push(year),
                Err(more) => errors
                    .extend(more.into_iter().filter(|error| !errors.contains(error)).collect::<Vec<_>>()),
            }
        }
        let members = outlook.years.iter().flat_map(|year| &year.members).map(|member| member.years);
        outlook.longest = members.chain(outlook.grown.iter().map(|figure| figure.years)).max().unwrap_or(0);
        if errors.is_empty() { Ok(outlook) } else { Err(errors) }
    }

    fn year(&mut self, year: FeeYear) -> Result<YearAhead<'a>, Vec<Error>> {
        let members = members_in(&self.basis.members, year)?;
        let tariff = self.basis.tariffs.in_year(year).map_err(|error| vec![error])?;
        let reference_date = tariff.reference_date.in_year(year);
        let mut errors = Vec::new();
        for clause in clauses(tariff) {
            errors.extend(self.index(clause, year).err());
        }
        let mut alike: Vec<Alike<'a>> = Vec::new();
        let class = |member: &'a Member| member.class.as_ref().map(|class| &class.value);
        let mut ahead = Vec::with_capacity(members.len());
        for member in members {
            let share = tariff.proration.share(member, year);
            match (self.newest(member, reference_date), share) {
                (Ok((newest, years)), Ok(share)) => {
                    ahead.push(MemberAhead { code: member.code, newest, years });
                    let is_alike =
                        |known: &&mut Alike<'a>| known.share == share && class(known.one) == class(member);
                    match alike.iter_mut().find(is_alike) {
                        Some(known) => known.rows.push((newest, years)),
                        None => alike.push(Alike { share, one: member, rows: vec![(newest, years)] }),
                    }
                }
                (newest, share) => errors.extend(newest.err().into_iter().chain(share.err())),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let is_on_file = ahead.iter().all(|member| member.years == 0)
            && !clauses(tariff).any(|clause| self.grows(clause, year));
        Ok(YearAhead { year, tariff, reference_date, members: ahead, alike, is_on_file })
    }

    /// The population of a member on a day, or the newest before it and how many years that is to grow.
    fn newest(&self, member: &Member, date: NaiveDate) -> Result<(Inhabitants, u32), Error> {
        let refused = match self.basis.populations.published(member.code, date) {
            Ok(figure) => return Ok((figure.inhabitants, 0)),
            // A zero is a mistake; `..` is a figure that is not there yet.
            Err(Error::PopulationMustBePublished { missing }) if !missing.symbol.starts_with('.') => {
                return Err(Error::PopulationMustBePublished { missing });
            }
            Err(Error::PopulationMustExist { codes, reference_date, published, .. }) => {
                Error::PopulationMustExist { codes, reference_date, published, member: member.origin.clone() }
            }
            // It may be known, and then nothing grows.
            Err(error) if is_unclear(&error) => return Err(error),
            Err(error) => error,
        };
        let of_the_day = |figure: &&PopulationFigure| {
            let day = figure.reference_date;
            figure.code == member.code && (day.month(), day.day()) == (date.month(), date.day())
        };
        let newest = self.basis.populations.of(member.code).filter(of_the_day).last();
        match newest.filter(|newest| newest.reference_date < date) {
            Some(newest) => {
                let years = date.year() - newest.reference_date.year();
                Ok((newest.inhabitants, years.unsigned_abs()))
            }
            None => Err(refused),
        }
    }

    /// The figures that a clause needs in a year: those on file, and those that are grown.
    fn index(&mut self, clause: &IndexClause, year: FeeYear) -> Result<(), Error> {
        let Some(measured) = clause.plain_series() else { return self.walked(clause, year) };
        let months = clause.months(year)?;
        for month in months {
            match self.basis.indices.figure(&measured.series, measured.status, month) {
                Ok(figure) => self.figures.add(figure.clone())?,
                Err(error) if is_unclear(&error) => return Err(clause.asked_for(error)),
                Err(error) => {
                    self.grow(&measured.series, measured.status, month).ok_or(error)?;
                }
            }
        }
        Ok(())
    }

    /// The same for a clause that is more than one series: it is walked, and every figure that it misses is grown. Which
    /// figures it asks for hangs on its terms, and never on what the figures say.
    fn walked(&mut self, clause: &IndexClause, year: FeeYear) -> Result<(), Error> {
        let of_the_clause =
            |figure: &&IndexFigure| clause.measure.status_of(&figure.series) == Some(figure.status);
        for figure in self.basis.indices.iter().filter(of_the_clause) {
            self.figures.add(figure.clone())?;
        }
        let mut figures = self.figures.clone();
        loop {
            let (series, status, month) = match clause.factor(year, &figures) {
                Ok(_) => return Ok(()),
                Err(Error::IndexFigureMustExist { ref series, status, month, .. }) => {
                    (series.clone(), status, month)
                }
                Err(Error::IndexFigureMustBeFinal { ref preliminary }) => {
                    (preliminary.series.clone(), IndexStatus::Final, preliminary.month)
                }
                Err(Error::IndexFigureMustBePublished { ref missing }) => {
                    (missing.series.clone(), missing.status, missing.month)
                }
                Err(error) => return Err(error),
            };
            match self.basis.indices.figure(&series, status, month) {
                Err(error) if is_unclear(&error) => return Err(clause.asked_for(error)),
                _ => {}
            }
            let Some(newest) = self.grow(&series, status, month) else {
                return clause.factor(year, &figures).map(drop);
            };
            figures.add(IndexFigure::new(series, month, status, newest.value)?)?;
        }
    }

    /// Notes that a figure is to be grown from the newest one before it, where there is one.
    fn grow(&mut self, series: &SeriesName, status: IndexStatus, month: Month) -> Option<&'a IndexFigure> {
        let newest = newest_figure(&self.basis.indices, series, status, month)?;
        let years = (month.year() - newest.month.year()).unsigned_abs();
        if !self.grown.iter().any(|known| known.month == month && known.newest == newest) {
            self.grown.push(GrownFigure { newest, month, years });
        }
        Some(newest)
    }

    /// Whether a clause needs a figure in a year that is grown.
    fn grows(&self, clause: &IndexClause, year: FeeYear) -> bool {
        let Some(measured) = clause.plain_series() else {
            return clause.factor(year, &self.basis.indices).is_err();
        };
        let Ok(months) = clause.months(year) else { return false };
        months.iter().any(|month| {
            let is_it = |grown: &GrownFigure<'_>| {
                grown.month == *month
                    && grown.newest.series == measured.series
                    && grown.newest.status == measured.status
            };
            self.grown.iter().any(is_it)
        })
    }

    /// The figures with those that are grown.
    fn indices(&self, growth: &[GrowthOver], figures: &Indices) -> Result<Indices, Error> {
        let mut indices = figures.clone();
        for GrownFigure { newest, month, years } in &self.grown {
            let value = growth[*years as usize].of_figure(newest.value)?;
            indices.add(IndexFigure::new(newest.series.clone(), *month, newest.status, value)?)?;
        }
        Ok(indices)
    }

    /// A growth over none, one, two … of the years that anything grows.
    fn table(&self, growth: Growth) -> Vec<GrowthOver> {
        (0..=self.longest).map(|years| growth.over(years)).collect()
    }

    /// The frames of the years, in their order: amounts alone, for many sets of assumptions.
    ///
    /// # Errors
    /// `BulkFeesMustHangOnInhabitants`, `MemberClassMustBeKnown`; `InhabitantsMustBeInRange`, `IndexFigureMustBeInRange` for what grows beyond all sense;
    /// `AmountMustNotOverflow`.
    pub fn frames(&self, assumptions: Assumptions) -> Result<Vec<Sek>, Error> {
        let growth = self.table(assumptions.population);
        let indices = self.indices(&self.table(assumptions.index), &self.figures)?;
        let frame = |ahead: &YearAhead<'_>| {
            let schedule = ahead.tariff.schedule(ahead.year, &indices)?;
            let mut sum = Sek::ZERO;
            for Alike { share, one, rows } in &ahead.alike {
                let fees = schedule.bulk_like(one, *share)?;
                for (newest, years) in rows {
                    sum = sum.plus(fees.fee(growth[*years as usize].of_inhabitants(*newest)?))?;
                }
            }
            Ok(sum)
        };
        self.years.iter().map(frame).collect()
    }

    /// The fees of the years, in their order, each explained; what is grown has no place in any file.
    ///
    /// # Errors
    /// As [`Outlook::frames`], but of every shape, and those of [`Basis::assess_year`]: what a tariff rests on besides inhabitants
    /// and index is not grown, and is refused where it is not on file.
    pub fn fees(&self, assumptions: Assumptions) -> Result<Vec<YearOfFees>, Vec<Error>> {
        let one = |error| vec![error];
        let growth = self.table(assumptions.population);
        let mut basis = self.basis.clone();
        basis.indices = self.indices(&self.table(assumptions.index), &self.basis.indices).map_err(one)?;
        for ahead in &self.years {
            for MemberAhead { code, newest, years } in ahead.members.iter().filter(|member| member.years > 0)
            {
                let inhabitants = growth[*years as usize].of_inhabitants(*newest).map_err(one)?;
                let reference_date = ahead.reference_date;
                let figure = PopulationFigure { code: *code, reference_date, inhabitants, origin: None };
                basis.populations.add(figure).map_err(one)?;
            }
        }
        self.years.iter().map(|ahead| basis.assess_year(ahead.year, PopulationMode::Published)).collect()
    }
}

/// The newest figure of a series, with a status and for a month of the year, where none of a later year is on file.
fn newest_figure<'a>(
    indices: &'a Indices,
    series: &SeriesName,
    status: IndexStatus,
    month: Month,
) -> Option<&'a IndexFigure> {
    let is_like_it = |figure: &&IndexFigure| {
        figure.series == *series && figure.status == status && figure.month.month() == month.month()
    };
    let newest = indices.iter().filter(is_like_it).max_by_key(|figure| figure.month)?;
    (newest.month < month).then_some(newest)
}

/// Every clause that a year of a tariff needs figures for.
fn clauses(tariff: &Tariff) -> impl Iterator<Item = &IndexClause> {
    tariff.index.iter().chain(tariff.components.iter().filter_map(|component| component.index.as_ref()))
}

/// The totals of one year ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The sum of the fees.
    pub sum: Sek,
    /// The inhabitants of all members.
    pub inhabitants: u64,
    /// How many are raised to the floor.
    pub at_floor: usize,
    /// How many are lowered to the ceiling.
    pub at_ceiling: usize,
}

/// One year ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForecastYear {
    /// The fee year.
    pub year: FeeYear,
    /// Whether every figure is on file: the year is then the real run, and nothing in it is assumed.
    pub is_on_file: bool,
    /// The name of the tariff.
    pub tariff: String,
    /// Whether the tariff is a made-up one.
    pub illustrative: bool,
    /// How many members there are.
    pub members: usize,
    /// How many pay.
    pub payers: usize,
    /// Both growths less the band; none without a band.
    pub low: Option<Point>,
    /// As assumed.
    pub mid: Point,
    /// Both growths and the band; none without a band.
    pub high: Option<Point>,
}

/// The frame ahead.
///
/// ```
/// use avgift::{Assumptions, Basis, FeeYear, Forecast, Member, PopulationFigure, Populations, Tariff, Tariffs};
/// let first = FeeYear::new(2024)?;
/// let mut populations = Populations::new();
/// populations.add(PopulationFigure::of_year_end("1440".parse()?, 2023, 32_446)?)?;
/// let basis = Basis {
///     members: vec![Member::new("1440".parse()?, "Ale")],
///     tariffs: Tariffs::new(vec![Tariff::per_inhabitant("T", first, "1,50 kr".parse()?)]).unwrap(),
///     populations,
///     ..Basis::default()
/// };
/// let assumed = Assumptions { population: "0,8 %".parse()?, index: "0 %".parse()? };
/// let forecast = Forecast::of(&basis, &[first, FeeYear::new(2025)?], assumed, None).unwrap();
/// assert_eq!(forecast.years[0].mid.sum, "48 669 kr".parse()?); // on file
/// assert_eq!(forecast.years[1].mid.sum, "49 059 kr".parse()?); // 32 706 × 1,50
/// # Ok::<(), avgift::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// What is assumed.
    pub assumptions: Assumptions,
    /// How many percentage points lower and higher both growths are in the band.
    pub band: Option<Growth>,
    /// The years, in the order that was asked for.
    pub years: Vec<ForecastYear>,
}

impl Forecast {
    /// The frame of several years under assumptions, with a band around it where one is given.
    ///
    /// # Errors
    /// Every reason at once: those of [`Outlook::new`] and [`Outlook::fees`]; `GrowthMustBeInRange` for a band beyond it.
    pub fn of(
        basis: &Basis,
        years: &[FeeYear],
        assumptions: Assumptions,
        band: Option<Growth>,
    ) -> Result<Forecast, Vec<Error>> {
        let outlook = Outlook::new(basis, years)?;
        let mid = outlook.fees(assumptions)?;
        let beside = |band: Option<Growth>| {
            let Some(band) = band else { return Ok(None) };
            let moved = |growth: Growth| growth.plus(band).map_err(|error| vec![error]);
            let (population, index) = (moved(assumptions.population)?, moved(assumptions.index)?);
            outlook.fees(Assumptions { population, index }).map(Some)
        };
        let (low, high) = (beside(band.map(Growth::turned))?, beside(band)?);
        let years = outlook.years.iter().zip(&mid).enumerate().map(|(place, (ahead, fees))| ForecastYear {
            year: ahead.year,
            is_on_file: ahead.is_on_file,
            tariff: ahead.tariff.name.clone(),
            illustrative: ahead.tariff.illustrative,
            members: fees.frame.members,
            payers: fees.frame.payers,
            low: low.as_ref().map(|years| Point::of(&years[place])),
            mid: Point::of(fees),
            high: high.as_ref().map(|years| Point::of(&years[place])),
        });
        Ok(Forecast { assumptions, band, years: years.collect() })
    }
}

impl Point {
    fn of(fees: &YearOfFees) -> Point {
        let frame = &fees.frame;
        Point {
            sum: frame.sum,
            inhabitants: frame.inhabitants,
            at_floor: frame.at_floor,
            at_ceiling: frame.at_ceiling,
        }
    }
}
