//! Terms: what a tariff may have besides its shape and bounds: member classes, components, ceilings of single members, the
//! factor of a year, a limit on the yearly change, a joining fee.
//! Rule:    each is the network's own and absent unless it was decided; what is there is a step of every fee.
//! Errors:  those of `Tariff::check`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::FeeYear;
use crate::index::IndexClause;
use crate::money::Sek;
use crate::origin::{Origin, Sourced};
use crate::population::MunicipalityCode;
use crate::portion::Portion;
use crate::shape::Shape;
use crate::tariff::Bounds;

/// A class of members with terms of its own: those wholly within a river basin, those beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberClass {
    /// Its name, as members bear it.
    pub name: String,
    /// Its terms.
    pub terms: ClassTerms,
    /// Where it stands.
    pub origin: Option<Origin>,
}

/// What a class of members pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassTerms {
    /// A shape and bounds of its own, in place of the tariff's.
    Own {
        /// The shape.
        shape: Box<Shape>,
        /// The bounds; none of the tariff's is taken over.
        bounds: Bounds,
    },
    /// The tariff's, times so much, before the bounds.
    Multiplied(Sourced<Portion>),
}

/// A part of the fee that is reckoned by itself and added after the bounds and the index of the tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Its name, as a member reads it.
    pub name: String,
    /// What turns a member into money.
    pub shape: Shape,
    /// Its own floor and ceiling.
    pub bounds: Bounds,
    /// Its own index clause; without one it is not escalated, whatever the tariff's clause says.
    pub index: Option<IndexClause>,
    /// Where it stands.
    pub origin: Option<Origin>,
}

/// A factor on the fees of one year: a rebate or an extra charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearFactor {
    /// The fee year.
    pub year: FeeYear,
    /// What the fees of that year are multiplied by: 90 % is a rebate of a tenth.
    pub factor: Sourced<Portion>,
}

/// How much a fee may differ from that of the year before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct YearlyLimit {
    /// So much more at most; unlimited where absent.
    pub up: Option<Sourced<Portion>>,
    /// So much less at most; unlimited where absent.
    pub down: Option<Sourced<Portion>>,
    /// The fees of the year before the tariff begins, where its own tariff is not at hand. The fees of later years are
    /// computed.
    pub stated: BTreeMap<MunicipalityCode, Sourced<Sek>>,
}

/// What a member paid the year before, for a whole year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviousFee {
    /// The year.
    pub year: FeeYear,
    /// The fee.
    pub fee: Sourced<Sek>,
    /// Whether it was stated, rather than computed by that year's tariff.
    pub is_stated: bool,
}
