//! Membership: member, payer and host, three dated facts that are not one.
//! Rule:    a municipality is a member from a day to a day; somebody pays for it, itself or a federation; a host
//!          (huvudman) holds the agreement and invoices. A fee year belongs to one host.
//! Errors:  MemberMustStandOnceAYear, MemberMustJoinBeforeItLeaves, AssumedDateMustBeInItsYear,
//!          HostMustHoldTheWholeFeeYear, HostsMustNotOverlap.

use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};

use crate::calendar::{FeeYear, Period};
use crate::error::Error;
use crate::figure::{Figure, MemberFigure};
use crate::origin::{Origin, Sourced};
use crate::population::MunicipalityCode;

/// The short name of a payer within a network: `ale`, `dme`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct PayerId(Arc<str>);

impl PayerId {
    /// A payer's short name.
    pub fn new(id: impl Into<Arc<str>>) -> PayerId {
        PayerId(id.into())
    }

    /// The short name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for PayerId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// When a municipality joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joined {
    /// Before anyone's notes: a member in every year on record.
    BeforeRecords,
    /// On a day.
    On(NaiveDate),
    /// Some time within a year: `hösten 2023`. Fees that hang on the day are refused unless a day is assumed.
    SomeTimeIn {
        /// The year that is known.
        year: i32,
        /// What the user wrote.
        text: String,
        /// The day to reckon with, stated by the user and named in the explanation.
        assumed: Option<NaiveDate>,
    },
}

/// A member municipality, for one unbroken stretch of membership under one payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its municipality code.
    pub code: MunicipalityCode,
    /// Its name as the network writes it: `Ale kommun`.
    pub name: String,
    /// When it joined.
    pub joined: Sourced<Joined>,
    /// The last day of membership, where it has left.
    pub left: Option<Sourced<NaiveDate>>,
    /// Who pays for it.
    pub payer: PayerId,
    /// The class it belongs to, where the tariff has classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Sourced<String>>,
    /// Its economic figures, where the fee rests on any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<MemberFigure>,
    /// Where the row stands.
    pub origin: Option<Origin>,
}

impl Member {
    /// A member of long standing that pays for itself.
    #[must_use]
    pub fn new(code: MunicipalityCode, name: impl Into<String>) -> Member {
        Member {
            code,
            name: name.into(),
            joined: Joined::BeforeRecords.into(),
            left: None,
            payer: PayerId::new(code.as_str()),
            class: None,
            figures: Vec::new(),
            origin: None,
        }
    }

    /// The member with the day it joined.
    #[must_use]
    pub fn joined_on(self, day: NaiveDate) -> Member {
        Member { joined: Joined::On(day).into(), ..self }
    }

    /// The member with its last day.
    #[must_use]
    pub fn left_on(self, day: NaiveDate) -> Member {
        Member { left: Some(day.into()), ..self }
    }

    /// The member with another payer than itself.
    #[must_use]
    pub fn paid_by(self, payer: PayerId) -> Member {
        Member { payer, ..self }
    }

    /// The member in a class.
    #[must_use]
    pub fn in_class(self, class: impl Into<String>) -> Member {
        Member { class: Some(class.into().into()), ..self }
    }

    /// Whether it joins within a year, as far as is known.
    #[must_use]
    pub fn joins_in(&self, year: FeeYear) -> bool {
        self.first_day().is_some_and(|day| year.contains(day))
    }

    /// The member with a figure for a fee year.
    #[must_use]
    pub fn with_figure(mut self, name: impl Into<String>, year: FeeYear, value: Figure) -> Member {
        self.figures.push(MemberFigure { name: name.into(), year, value: value.into() });
        self
    }

    /// Its figure of a name for a fee year.
    ///
    /// # Errors
    /// `MemberMustHaveItsFigure`; no other year's figure is taken for it.
    pub fn figure(&self, name: &str, year: FeeYear) -> Result<&Sourced<Figure>, Error> {
        let found = self.figures.iter().find(|figure| figure.name == name && figure.year == year);
        found.map(|figure| &figure.value).ok_or_else(|| Error::MemberMustHaveItsFigure {
            member: Box::new(self.clone()),
            name: name.to_owned(),
            year,
        })
    }

    /// The first day of membership as far as it is known, an assumed one included.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        match &self.joined.value {
            Joined::BeforeRecords => None,
            Joined::On(day) => Some(*day),
            Joined::SomeTimeIn { year, assumed, .. } => {
                assumed.or_else(|| NaiveDate::from_ymd_opt(*year, 1, 1))
            }
        }
    }

    /// The stretch of membership; of an unknown day in a known year, the whole year.
    #[must_use]
    pub fn period(&self) -> Period {
        Period { from: self.first_day(), to: self.left.as_ref().map(|left| left.value) }
    }

    /// Whether it is a member on at least one day of the year.
    #[must_use]
    pub fn is_member_in(&self, year: FeeYear) -> bool {
        self.period().overlaps(Period { from: Some(year.first_day()), to: Some(year.last_day()) })
    }

    /// Checks that the dates agree with each other.
    ///
    /// # Errors
    /// `MemberMustJoinBeforeItLeaves`, `AssumedDateMustBeInItsYear`.
    pub fn check(&self) -> Result<(), Error> {
        if let Joined::SomeTimeIn { year, assumed: Some(assumed), .. } = &self.joined.value
            && assumed.year() != *year
        {
            return Err(Error::AssumedDateMustBeInItsYear { member: Box::new(self.clone()), year: *year });
        }
        match (self.first_day(), &self.left) {
            (Some(first), Some(left)) if left.value < first => {
                Err(Error::MemberMustJoinBeforeItLeaves { member: Box::new(self.clone()) })
            }
            _ => Ok(()),
        }
    }
}

/// The members of a fee year, by code; each municipality once, its dates in order.
///
/// # Errors
/// Those of [`Member::check`]; `MemberMustStandOnceAYear`, one for each that stands twice; `FeeYearMustHaveMembers` where
/// there is none.
pub fn members_in(members: &[Member], year: FeeYear) -> Result<Vec<&Member>, Vec<Error>> {
    let mut present: Vec<&Member> = members.iter().filter(|member| member.is_member_in(year)).collect();
    present.sort_by_key(|member| member.code); // Stable: of two rows the first in the file stays first.
    let twice = |pair: &[&Member]| {
        let [first, second] = pair else { return None };
        (first.code == second.code).then(|| Error::MemberMustStandOnceAYear {
            year,
            first: Box::new((*first).clone()),
            second: Box::new((*second).clone()),
        })
    };
    let mut errors: Vec<Error> = members.iter().filter_map(|member| member.check().err()).collect();
    errors.extend(present.windows(2).filter_map(twice));
    match (errors.is_empty(), present.is_empty()) {
        (false, _) => Err(errors),
        (true, true) => Err(vec![Error::FeeYearMustHaveMembers { year }]),
        (true, false) => Ok(present),
    }
}

/// The host (huvudman) of the network for a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Host {
    /// Its name: `Innovatum AB`.
    pub name: String,
    /// From which day to which.
    pub period: Period,
    /// Where it stands.
    pub origin: Option<Origin>,
}

/// Checks that no two hosts hold the same day.
///
/// # Errors
/// `HostsMustNotOverlap`, one for each pair.
pub fn check_hosts(hosts: &[&Host]) -> Result<(), Vec<Error>> {
    let mut errors = Vec::new();
    for (place, first) in hosts.iter().enumerate() {
        for second in hosts.iter().skip(place + 1).filter(|second| first.period.overlaps(second.period)) {
            errors.push(Error::HostsMustNotOverlap {
                first: first.name.clone(),
                second: second.name.clone(),
                origins: [&second.origin, &first.origin].into_iter().flatten().cloned().collect(),
            });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The place in `hosts` of the one that holds every day of a fee year.
///
/// # Errors
/// `HostMustHoldTheWholeFeeYear`.
pub fn host_of_year(hosts: &[&Host], year: FeeYear) -> Result<usize, Error> {
    let holds =
        |host: &&Host| host.period.contains(year.first_day()) && host.period.contains(year.last_day());
    hosts.iter().position(holds).ok_or_else(|| Error::HostMustHoldTheWholeFeeYear {
        year,
        origins: hosts.iter().filter_map(|host| host.origin.clone()).collect(),
    })
}
