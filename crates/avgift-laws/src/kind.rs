//! Kind: the shapes of a fee by what is claimed of them, finer than the core's: steps that rise promise more than class rates.

/// A kind of shape that one member has by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The same amount for everyone.
    Flat,
    /// So much per inhabitant.
    PerInhabitant,
    /// A base or none, and so much per inhabitant or per so many in proportion, up to a cap or not.
    BaseAndRate,
    /// A base or none, and so much per so many inhabitants, where a broken unit counts as a whole or not at all.
    Units,
    /// An amount by size that does not fall as the size grows.
    Steps,
    /// A rate by size on the whole population: one inhabitant more can lower the fee.
    ClassRates,
    /// An amount by size and a rate by size, as they come: either may fall.
    FixedParts,
    /// Each inhabitant at the rate of its bracket.
    Brackets,
    /// A portion of an economic figure of the member, with a rebate or without.
    OfFigure,
    /// An amount decided for each member.
    Decided,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 10] = [
        Kind::Flat,
        Kind::PerInhabitant,
        Kind::BaseAndRate,
        Kind::Units,
        Kind::Steps,
        Kind::ClassRates,
        Kind::FixedParts,
        Kind::Brackets,
        Kind::OfFigure,
        Kind::Decided,
    ];

    /// Whether its fee hangs on the inhabitants and on nothing else of the member.
    #[must_use]
    pub fn hangs_on_inhabitants(self) -> bool {
        !matches!(self, Kind::OfFigure | Kind::Decided)
    }

    /// Whether a larger population never pays less, whatever its amounts and rates are.
    #[must_use]
    pub fn is_monotone(self) -> bool {
        !matches!(self, Kind::ClassRates | Kind::FixedParts | Kind::OfFigure)
    }
}
