//! Year: the fees of all members in one fee year, or every reason why not.

use serde::Serialize;

use crate::calendar::FeeYear;
use crate::error::Error;
use crate::explanation::Assessment;
use crate::frame::BudgetFrame;
use crate::index::Indices;
use crate::membership::{Member, members_in};
use crate::population::Populations;
use crate::tariff::{Schedule, Tariffs};

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
    /// Whether any fee rests on an older population than the tariff asks for.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.assessments.iter().any(Assessment::is_preliminary)
    }
}

impl Basis {
    /// The fees of all members in a year.
    ///
    /// # Errors
    /// Every reason at once: one for each member and figure that is missing or wrong.
    pub fn assess_year(&self, year: FeeYear, mode: PopulationMode) -> Result<YearOfFees, Vec<Error>> {
        let members = members_in(&self.members, year);
        let schedule = self.tariffs.in_year(year).and_then(|tariff| tariff.schedule(year, &self.indices));
        let (members, schedule) = match (members, schedule) {
            (Ok(members), Ok(schedule)) => (members, schedule),
            (members, schedule) => {
                let mut errors = members.err().unwrap_or_default();
                errors.extend(schedule.err());
                return Err(errors);
            }
        };
        let (mut assessments, mut errors) = (Vec::with_capacity(members.len()), Vec::new());
        for member in members {
            match self.assess(&schedule, member, mode) {
                Ok(assessment) => assessments.push(assessment),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let frame = BudgetFrame::of(&assessments).map_err(|error| vec![error])?;
        Ok(YearOfFees { schedule, assessments, frame })
    }

    fn assess(
        &self,
        schedule: &Schedule,
        member: &Member,
        mode: PopulationMode,
    ) -> Result<Assessment, Error> {
        let date = schedule.tariff().reference_date.in_year(schedule.year());
        let population = match (self.populations.published(member.code, date), mode) {
            (Err(Error::PopulationMustExist { .. }), PopulationMode::NewestOnFile) => {
                self.populations.newest(member.code, date)
            }
            (found, _) => found,
        }?;
        schedule.assess(member, population)
    }
}
