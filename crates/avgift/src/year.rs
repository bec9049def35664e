//! Year: the fees of all members in one fee year, or every reason why not.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::calendar::FeeYear;
use crate::error::Error;
use crate::explanation::Assessment;
use crate::figure::MemberFigure;
use crate::frame::BudgetFrame;
use crate::index::Indices;
use crate::membership::{Member, members_in};
use crate::population::{MunicipalityCode, PopulationFigure, Populations};
use crate::publication::{Knowledge, Publication, PublishedFigure, is_unclear};
use crate::schedule::Schedule;
use crate::tariff::Tariffs;
use crate::terms::PreviousFee;

/// Which population a fee may rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PopulationMode {
    /// The one that the tariff asks for, or none.
    #[default]
    Published,
    /// The newest on file where that one is not yet published; the fee is then marked preliminary.
    NewestOnFile,
}

/// What the fees of a network rest on.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    /// The members, in any order.
    pub members: Vec<Member>,
    /// The tariffs.
    pub tariffs: Tariffs,
    /// The populations.
    pub populations: Populations,
    /// The index figures.
    pub indices: Indices,
}

/// The fees of one fee year.
#[derive(Debug, Clone, Serialize)]
pub struct YearOfFees {
    /// The tariff, carried to the year.
    pub schedule: Schedule,
    /// The fees, by municipality code.
    pub assessments: Vec<Assessment>,
    /// Their totals.
    pub frame: BudgetFrame,
}

impl YearOfFees {
    /// The day that they rest on the knowledge of, where one was asked for.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.schedule.known_on()
    }

    /// Whether any fee rests on an older population than the tariff asks for.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.assessments.iter().any(Assessment::is_preliminary)
    }
}

impl Basis {
    /// What of the figures was known on a day, by the calendar of their publications ([`Publications`]). Who asks for a later one is
    /// told when it comes, whether it is on file or not; members, tariffs and what else a network decided are as they are.
    ///
    /// ```
    /// use avgift::{Basis, FeeYear, Member, NaiveDate, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
    /// let year = FeeYear::new(2025)?;
    /// let mut populations = Populations::new();
    /// for (of, inhabitants) in [(2023, 32_446), (2024, 32_517)] {
    ///     populations.add(PopulationFigure::of_year_end("1440".parse()?, of, inhabitants)?)?;
    /// }
    /// let basis = Basis {
    ///     members: vec![Member::new("1440".parse()?, "Ale")],
    ///     tariffs: Tariffs::new(vec![Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)]).unwrap(),
    ///     populations,
    ///     ..Basis::default()
    /// };
    /// let day: NaiveDate = "2025-02-10".parse().unwrap();
    /// let known = basis.as_known_on(day);
    /// let refused = known.assess_year(year, PopulationMode::Published).unwrap_err();
    /// assert_eq!(refused[0].code(), "figure-must-be-known");
    /// let fees = known.assess_year(year, PopulationMode::NewestOnFile).unwrap();
    /// assert_eq!(fees.assessments[0].inhabitants().get(), 32_446);
    /// assert_eq!((fees.is_preliminary(), fees.known_on()), (true, Some(day)));
    /// # Ok::<(), avgift::Error>(())
    /// ```
    ///
    /// [`Publications`]: crate::Publications
    #[must_use]
    pub fn as_known_on(&self, day: NaiveDate) -> Basis {
        let populations = self.populations.as_known_on(day);
        let view = populations.view();
        let shows = |figure: &MemberFigure| {
            view.shows(&PublishedFigure::OfMembers { name: figure.name.clone(), year: figure.year })
        };
        let known = |member: &Member| {
            let figures = member.figures.iter().filter(|figure| shows(figure)).cloned().collect();
            Member { figures, ..member.clone() }
        };
        Basis {
            members: self.members.iter().map(known).collect(),
            tariffs: self.tariffs.clone(),
            indices: self.indices.as_known_on(day),
            populations,
        }
    }

    /// The same without every population that was counted after a day: what a preliminary fee on that day's rests on.
    #[must_use]
    pub fn with_populations_until(&self, day: NaiveDate) -> Basis {
        Basis { populations: self.populations.counted_until(day), ..self.clone() }
    }

    /// The day that the figures were known on, where one was asked for.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.populations.view().known_on()
    }

    /// The fees of all members in a year.
    ///
    /// # Errors
    /// Every reason at once; populations that are not there are one reason, which names the members.
    pub fn assess_year(&self, year: FeeYear, mode: PopulationMode) -> Result<YearOfFees, Vec<Error>> {
        let mut errors = Vec::new();
        let members = members_in(&self.members, year).unwrap_or_else(|faults| {
            errors.extend(faults);
            Vec::new()
        });
        let tariff = self.tariffs.in_year(year).map_err(|error| errors.push(error)).ok();
        let schedule = tariff.map(|tariff| tariff.schedule(year, &self.indices));
        let schedule = schedule.and_then(|schedule| schedule.map_err(|error| errors.push(error)).ok());
        let schedule = schedule.map(|schedule| schedule.resting_on(self.known_on()));
        let (mut present, mut without_population) = (Vec::with_capacity(members.len()), Vec::new());
        let mut not_known = None;
        for member in members {
            // Without a schedule the population is looked for all the same: what is missing is told in one run.
            let Some(tariff) = tariff else { break };
            match self.population(member, tariff.reference_date.in_year(year), mode) {
                Ok(population) => present.push((member, population)),
                Err(Error::PopulationMustExist { .. }) => without_population.push(member),
                // The population of a day is published of all municipalities at once: one reason, and not one a member.
                Err(error @ (Error::FigureMustBeKnown { .. } | Error::PublicationMustBeKnown { .. })) => {
                    not_known = not_known.or(Some(error.needed_at(member.origin.as_ref())));
                }
                Err(error) => errors.push(error),
            }
        }
        errors.extend(not_known);
        let is_complete = errors.is_empty() && without_population.is_empty();
        let schedule = schedule.and_then(|schedule| match is_complete {
            true => self.with_its_members(schedule, &present, mode, &mut errors),
            // Who shares a total is not known yet, and what would be said of it is not the fault.
            false => Some(schedule).filter(|schedule| !schedule.is_shared()),
        });
        let mut assessments = Vec::with_capacity(present.len());
        if let Some(schedule) = &schedule {
            for (member, population) in present {
                match schedule.assess(member, population) {
                    Ok(assessment) => assessments.push(assessment),
                    Err(error) => errors.push(error),
                }
            }
        }
        if let (Some(tariff), false) = (tariff, without_population.is_empty()) {
            errors.push(Error::PopulationMustExist {
                codes: without_population.iter().map(|member| member.code).collect(),
                reference_date: tariff.reference_date.in_year(year),
                published: self.published(tariff.reference_date.in_year(year)),
                member: without_population.first().and_then(|member| member.origin.clone()),
            });
        }
        let (Some(schedule), true) = (schedule, errors.is_empty()) else {
            return Err(self.told_once(errors));
        };
        let frame = BudgetFrame::of(&assessments).map_err(|error| vec![error])?;
        Ok(YearOfFees { schedule, assessments, frame })
    }

    /// The schedule with what hangs on all members: the denominators of a total, the fees of the year before.
    fn with_its_members(
        &self,
        schedule: Schedule,
        present: &[(&Member, &PopulationFigure)],
        mode: PopulationMode,
        errors: &mut Vec<Error>,
    ) -> Option<Schedule> {
        let previous = match self.previous_fees(&schedule, present, mode) {
            Ok(previous) => previous,
            Err(faults) => {
                errors.extend(faults);
                return None;
            }
        };
        let schedule = match previous {
            Some(previous) => schedule.after(previous),
            None => schedule,
        };
        schedule.among(present).map_err(|faults| errors.extend(faults)).ok()
    }

    /// What each member paid the year before, where the tariff limits the change: stated in its first year, where anything is
    /// stated; else computed by that year's tariff.
    fn previous_fees(
        &self,
        schedule: &Schedule,
        present: &[(&Member, &PopulationFigure)],
        mode: PopulationMode,
    ) -> Result<Option<BTreeMap<MunicipalityCode, PreviousFee>>, Vec<Error>> {
        let (tariff, year) = (schedule.tariff(), schedule.year());
        let Some(limit) = &tariff.limit else { return Ok(None) };
        let before = FeeYear::new(year.get() - 1).map_err(|error| vec![error])?;
        if year == tariff.from && !limit.stated.is_empty() {
            let joined_before = |member: &Member| member.first_day().is_none_or(|day| day < year.first_day());
            let unstated = present
                .iter()
                .map(|(member, _)| *member)
                .filter(|member| joined_before(member) && !limit.stated.contains_key(&member.code));
            let unstated: Vec<Error> = unstated
                .map(|member| Error::PreviousFeeMustBeStated {
                    member: Box::new(member.clone()),
                    year: before,
                })
                .collect();
            if !unstated.is_empty() {
                return Err(unstated);
            }
            let stated = limit
                .stated
                .iter()
                .map(|(code, fee)| (*code, PreviousFee { year: before, fee: fee.clone(), is_stated: true }));
            return Ok(Some(stated.collect()));
        }
        let fees = self.assess_year(before, mode)?;
        let computed = fees.assessments.iter().map(|fee| {
            let paid = fee.fee_of_the_whole_year()?;
            Ok((fee.code(), PreviousFee { year: before, fee: paid.into(), is_stated: false }))
        });
        computed.collect::<Result<_, Error>>().map(Some).map_err(|error| vec![error])
    }

    /// When the population of a day is published, as far as that is known.
    fn published(&self, day: NaiveDate) -> Option<Publication> {
        self.populations.view().publication(&PublishedFigure::Population(day))
    }

    /// The errors, a figure that was not known told once, however many need it.
    fn told_once(&self, errors: Vec<Error>) -> Vec<Error> {
        let not_known = |error: &Error| match error {
            Error::FigureMustBeKnown { figure, .. } | Error::PublicationMustBeKnown { figure, .. } => {
                Some(figure.clone())
            }
            _ => None,
        };
        let mut told: Vec<Error> = Vec::with_capacity(errors.len());
        for error in errors.into_iter().map(|error| self.whether_known(error)) {
            let figure = not_known(&error);
            if figure.is_none() || !told.iter().any(|known| not_known(known) == figure) {
                told.push(error);
            }
        }
        told
    }

    /// A figure of a member that is not there, where it was left out since it was not known; else the error as it is.
    fn whether_known(&self, error: Error) -> Error {
        let Error::MemberMustHaveItsFigure { member, name, year } = error else { return error };
        let figure = PublishedFigure::OfMembers { name: name.clone(), year };
        match self.populations.view().knows(&figure) {
            Knowledge::Known => Error::MemberMustHaveItsFigure { member, name, year },
            Knowledge::NotYet(error) | Knowledge::Unclear(error) => error.needed_at(member.origin.as_ref()),
        }
    }

    fn population(
        &self,
        member: &Member,
        date: NaiveDate,
        mode: PopulationMode,
    ) -> Result<&PopulationFigure, Error> {
        let not_yet = |error: &Error| match error {
            Error::PopulationMustExist { .. } => true,
            Error::FigureMustBeKnown { .. } => true,
            Error::PublicationMustBeKnown { .. } => !is_unclear(error),
            // `..` is a figure that is not there yet; a zero is a mistake.
            Error::PopulationMustBePublished { missing } => missing.symbol.starts_with('.'),
            _ => false,
        };
        match self.populations.published(member.code, date) {
            Err(error) if mode == PopulationMode::NewestOnFile && not_yet(&error) => {
                self.populations.newest(member.code, date)
            }
            found => found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{IndexClause, IndexStatus};
    use crate::tariff::Tariff;

    /// A series that is not there does not hide the populations that are not there either.
    #[test]
    fn every_reason_is_told_at_once() {
        let year = FeeYear::new(2024).unwrap();
        let clause = IndexClause::new("LÖI", IndexStatus::Preliminary, "2021M10".parse().unwrap(), 2);
        let tariff = Tariff::per_inhabitant("T", year, "1,50".parse().unwrap()).indexed(clause);
        let members = ["1440", "1480"].map(|code| Member::new(code.parse().unwrap(), code)).to_vec();
        let tariffs = Tariffs::new(vec![tariff]).unwrap();
        let errors = Basis { members, tariffs, ..Basis::default() }
            .assess_year(year, PopulationMode::Published)
            .unwrap_err();
        let codes: Vec<&str> = errors.iter().map(Error::code).collect();
        assert_eq!(codes, ["index-series-must-be-known", "population-must-exist"]);
        assert_eq!(errors[1].to_string(), "no population for 1440, 1480 on 31 December 2023");
    }
}
