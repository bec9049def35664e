//! Population (folkmängd): who has how many inhabitants on which day.
//! Rule:    the number of inhabitants is Statistics Sweden's published figure for a reference date (avläsningsdag).
//! Units:   whole inhabitants, 1 to 9 999 999; a municipality code is four digits and text (90 of 290 begin with 0).
//! Errors:  PopulationMustBeUnique, PopulationMustExist, PopulationMustBePublished; as known on a day, those of `publication`. A
//!          missing or zero figure is an error, never the floor and never a neighbour's figure.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use crate::error::Error;
use crate::language::Language;
use crate::number::grouped;
use crate::origin::Origin;
use crate::publication::{Knowledge, Publications, PublishedFigure, View};
use crate::reading::as_written;

/// A municipality code (kommunkod): four digits, the first two of them the county. Text, never a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode([u8; 4]);

impl MunicipalityCode {
    /// The code as text: `0114`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("????") // Four ASCII digits, checked where it is made.
    }

    /// The code that four ASCII digits write, or nothing.
    #[must_use]
    pub fn from_ascii(bytes: &[u8]) -> Option<MunicipalityCode> {
        let code: [u8; 4] = bytes.try_into().ok()?;
        // 00 is the country; a county or municipality number begins at 01.
        (code.iter().all(u8::is_ascii_digit) && &code[..2] != b"00" && &code[2..] != b"00")
            .then_some(MunicipalityCode(code))
    }
}

impl FromStr for MunicipalityCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<MunicipalityCode, Error> {
        MunicipalityCode::from_ascii(text.as_bytes())
            .ok_or_else(|| Error::MunicipalityCodeMustBeFourDigits { text: text.to_owned() })
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MunicipalityCode({})", self.as_str())
    }
}

impl Serialize for MunicipalityCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Number of inhabitants (invånarantal) of one municipality on one reference date. Range: 1 to 9 999 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct Inhabitants(u32);

impl Inhabitants {
    /// The largest number that is taken for a municipality's: Sweden has 10,6 million in all, Stockholm one.
    pub const MAX: Inhabitants = Inhabitants(9_999_999);

    /// One inhabitant.
    pub const ONE: Inhabitants = Inhabitants(1);

    /// A number of inhabitants.
    ///
    /// # Errors
    /// `InhabitantsMustBeInRange` for zero and for more than 9 999 999.
    pub fn new(count: u32) -> Result<Inhabitants, Error> {
        if (1..=Inhabitants::MAX.0).contains(&count) {
            Ok(Inhabitants(count))
        } else {
            Err(Error::InhabitantsMustBeInRange { text: count.to_string() })
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The number for people: `32 446 invånare`.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        language.tell("inhabitants", &[("number", &grouped(self.0.into(), language))])
    }
}

impl TryFrom<u32> for Inhabitants {
    type Error = Error;

    fn try_from(count: u32) -> Result<Inhabitants, Error> {
        Inhabitants::new(count)
    }
}

impl FromStr for Inhabitants {
    type Err = Error;

    /// Reads `32446` and `32 446`; decimals other than zeros are refused, and so is `32.000`, which could be thousands.
    fn from_str(text: &str) -> Result<Inhabitants, Error> {
        let refused = || Error::InhabitantsMustBeInRange { text: text.to_owned() };
        if crate::number::could_group_thousands(text) {
            return Err(refused());
        }
        let number = crate::number::parse_decimal(text).ok_or_else(refused)?.normalize();
        if number.scale() != 0 {
            return Err(refused());
        }
        u32::try_from(number.mantissa())
            .ok()
            .and_then(|count| Inhabitants::new(count).ok())
            .ok_or_else(refused)
    }
}

/// A published number of inhabitants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationFigure {
    /// Whose.
    pub code: MunicipalityCode,
    /// The day that was counted: 31 December, as a rule.
    #[serde(deserialize_with = "as_written")]
    pub reference_date: NaiveDate,
    /// How many.
    pub inhabitants: Inhabitants,
    /// Where it was read.
    #[serde(deserialize_with = "Option::deserialize")]
    pub origin: Option<Origin>,
}

impl PopulationFigure {
    /// The figure of 31 December of `year`.
    ///
    /// # Errors
    /// `InhabitantsMustBeInRange`, `YearMustBeInRange`.
    pub fn of_year_end(
        code: MunicipalityCode,
        year: i32,
        inhabitants: u32,
    ) -> Result<PopulationFigure, Error> {
        let reference_date = NaiveDate::from_ymd_opt(year, 12, 31)
            .ok_or(Error::YearMustBeInRange { text: year.to_string() })?;
        Ok(PopulationFigure {
            code,
            reference_date,
            inhabitants: Inhabitants::new(inhabitants)?,
            origin: None,
        })
    }
}

/// A cell that holds no number: `..`, `.`, `-` or a zero. Kept, so that who needs it is told where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPopulation {
    /// Whose.
    pub code: MunicipalityCode,
    /// The day that was counted.
    pub reference_date: NaiveDate,
    /// What stands in the cell.
    pub symbol: String,
    /// Where it stands.
    pub origin: Origin,
}

/// All population figures at hand, by municipality and reference date.
#[derive(Debug, Clone, Default)]
pub struct Populations {
    figures: BTreeMap<(MunicipalityCode, NaiveDate), PopulationFigure>,
    missing: BTreeMap<(MunicipalityCode, NaiveDate), MissingPopulation>,
    view: View,
}

impl Populations {
    /// No figures yet.
    #[must_use]
    pub fn new() -> Populations {
        Populations::default()
    }

    /// The figures with the calendar of their publications.
    #[must_use]
    pub fn published_by(self, publications: Arc<Publications>) -> Populations {
        Populations { view: View::by(publications), ..self }
    }

    /// What of them was known on a day.
    pub(crate) fn as_known_on(&self, day: NaiveDate) -> Populations {
        let view = self.view.on(day);
        let shows = |counted: NaiveDate| view.shows(&PublishedFigure::Population(counted));
        let figures = self.figures.iter().filter(|((_, counted), _)| shows(*counted));
        let missing = self.missing.iter().filter(|((_, counted), _)| shows(*counted));
        Populations {
            figures: figures.map(|(key, figure)| (*key, figure.clone())).collect(),
            missing: missing.map(|(key, missing)| (*key, missing.clone())).collect(),
            view,
        }
    }

    /// Those of days that were counted until a day, that day among them.
    pub(crate) fn counted_until(&self, day: NaiveDate) -> Populations {
        let figures = self.figures.iter().filter(|((_, counted), _)| *counted <= day);
        let missing = self.missing.iter().filter(|((_, counted), _)| *counted <= day);
        Populations {
            figures: figures.map(|(key, figure)| (*key, figure.clone())).collect(),
            missing: missing.map(|(key, missing)| (*key, missing.clone())).collect(),
            view: self.view.clone(),
        }
    }

    /// Which of them may be looked at.
    pub(crate) fn view(&self) -> &View {
        &self.view
    }

    /// Takes a figure in. The same figure read twice is one figure; the first place is kept.
    ///
    /// # Errors
    /// `PopulationMustBeUnique` where another number is already there for that municipality and day.
    pub fn add(&mut self, figure: PopulationFigure) -> Result<(), Error> {
        let key = (figure.code, figure.reference_date);
        match self.figures.get(&key) {
            Some(first) if first.inhabitants != figure.inhabitants => Err(Error::PopulationMustBeUnique {
                first: Box::new(first.clone()),
                second: Box::new(figure),
            }),
            Some(_) => Ok(()),
            None => {
                self.figures.insert(key, figure);
                Ok(())
            }
        }
    }

    /// Takes note of a cell without a number.
    pub fn add_missing(&mut self, missing: MissingPopulation) {
        self.missing.entry((missing.code, missing.reference_date)).or_insert(missing);
    }

    /// How many figures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.figures.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }

    /// All figures, by code and day.
    pub fn iter(&self) -> impl Iterator<Item = &PopulationFigure> {
        self.figures.values()
    }

    /// The figures of one municipality, by day.
    pub fn of(&self, code: MunicipalityCode) -> impl Iterator<Item = &PopulationFigure> {
        self.figures.range((code, NaiveDate::MIN)..=(code, NaiveDate::MAX)).map(|(_, figure)| figure)
    }

    /// The cells without a number, by code and day.
    pub fn iter_missing(&self) -> impl Iterator<Item = &MissingPopulation> {
        self.missing.values()
    }

    /// The published figure of one municipality on one day.
    ///
    /// # Errors
    /// `PopulationMustBePublished` where the cell holds a missing symbol or zero, else `PopulationMustExist`; `FigureMustBeKnown`
    /// and `PublicationMustBeKnown` where it was not known on the day that is asked for.
    pub fn published(&self, code: MunicipalityCode, date: NaiveDate) -> Result<&PopulationFigure, Error> {
        if let Some(figure) = self.figures.get(&(code, date)) {
            return Ok(figure);
        }
        if let Knowledge::NotYet(error) | Knowledge::Unclear(error) =
            self.view.knows(&PublishedFigure::Population(date))
        {
            return Err(error);
        }
        match self.missing.get(&(code, date)) {
            Some(missing) => Err(Error::PopulationMustBePublished { missing: Box::new(missing.clone()) }),
            None => Err(self.must_exist(code, date)),
        }
    }

    /// The newest figure of one municipality counted on or before a day, for a preliminary calculation.
    ///
    /// # Errors
    /// `PopulationMustExist` where there is none at all, `FigureMustBeKnown` where none was known on the day that is asked for;
    /// `PublicationMustBeKnown` where the one of the day may or may not have been.
    pub fn newest(&self, code: MunicipalityCode, date: NaiveDate) -> Result<&PopulationFigure, Error> {
        let not_yet = match self.view.knows(&PublishedFigure::Population(date)) {
            Knowledge::Known => None,
            Knowledge::NotYet(error) => Some(error),
            Knowledge::Unclear(error) => return Err(error),
        };
        let newest = self.figures.range((code, NaiveDate::MIN)..=(code, date)).next_back();
        newest.map(|(_, figure)| figure).ok_or_else(|| not_yet.unwrap_or_else(|| self.must_exist(code, date)))
    }

    fn must_exist(&self, code: MunicipalityCode, date: NaiveDate) -> Error {
        Error::PopulationMustExist {
            codes: vec![code],
            reference_date: date,
            published: self.view.publication(&PublishedFigure::Population(date)),
            member: None,
        }
    }
}
