//! Why: the reason of each rule, as the refusal gives it.

use super::Error;
use super::mend::is_unclear;

impl Error {
    /// Why the rule is one.
    pub(super) fn why(&self) -> &'static str {
        match self {
            Error::AmountMustNotOverflow => "an amount that does not fit is an error, never a smaller amount",
            Error::AmountMustBeInKronor { text }
            | Error::RateMustBeInKronor { text }
            | Error::InhabitantsMustBeInRange { text }
            | Error::FigureMustBeANumber { text }
                if is_unclear(text) =>
            {
                "a point or a comma stands before decimals, a space between thousands; here nobody can know which is meant"
            }
            Error::AmountMustBeInKronor { .. } => "an amount has at most two decimals and no sign but minus",
            Error::RateMustBeInKronor { .. } => {
                "a rate lies from 0 to 9 999,999999 kr, with at most six decimals"
            }
            Error::MunicipalityCodeMustBeFourDigits { .. } => {
                "a code is four digits and text: 90 of 290 municipalities have a code that begins with 0"
            }
            Error::InhabitantsMustBeInRange { .. } => {
                "a population is a whole number from 1 to 9 999 999; zero is never taken for the floor"
            }
            Error::YearMustBeInRange { .. } => "Statistics Sweden's populations begin in 1968",
            Error::MonthMustBeAMonth { .. } => "a month is written 2022M10, a day of the year 12-31",
            Error::PortionMustBeInPercent { .. } => {
                "a portion names what it is of and lies from 0 to 1 000 %, with at most six decimals"
            }
            Error::FigureMustBeANumber { .. } => {
                "a figure is a number from 0 to a million billion, with at most six decimals"
            }
            Error::ShareMustBeWithinTheYear { .. } => "nobody owes more than the whole year",
            Error::PopulationMustBeUnique { .. } => {
                "one of the two figures is wrong, and the program cannot know which"
            }
            Error::PopulationMustExist { .. } => {
                "the fee rests on the published figure; no other year's is taken for it"
            }
            Error::PopulationMustBePublished { .. } => {
                "a missing or zero population is an error, never the floor"
            }
            Error::FigureMustBeKnown { .. } => {
                "what was known on a day is made of figures that were published by then, and of no others"
            }
            Error::PublicationMustBeKnown { .. } => {
                "without the day of its publication nobody can tell whether a figure was known, and none is assumed"
            }
            Error::PublicationMustStandOnce { .. } => {
                "one of the two days is wrong, and the program cannot know which"
            }
            Error::PublicationMustFollowItsFigure { .. } => {
                "nothing is counted before its day, or measured before its month, is over"
            }
            Error::IndexFigureMustBeInRange { .. } => {
                "an index figure lies above 0, with at most four decimals"
            }
            Error::IndexFigureMustBeUnique { .. } => {
                "one of the two figures is wrong, and the program cannot know which"
            }
            Error::IndexSeriesMustBeKnown { .. } => {
                "an index clause names its series: index, workers or salaried, section"
            }
            Error::IndexFigureMustExist { .. } => "no other month's figure is taken for a missing one",
            Error::IndexFigureMustBePublished { .. } | Error::IndexFigureMustBeFinal { .. } => {
                "final figures come some fourteen months after their month, preliminary ones about two, and a \
                 preliminary one is never set against a final one"
            }
            Error::IndexSeriesMustMatch { .. } => "both ends of an escalation are figures of one series",
            Error::IndexMonthMustMatch { .. } => "both ends of an escalation are the same month of two years",
            Error::IndexStatusMustMatch { .. } => {
                "Statistics Sweden asks for two preliminary or two final figures, never one of each"
            }
            Error::IndexBaseMustNotBeLater { .. } => {
                "a tariff is escalated from its base onwards, never backwards"
            }
            Error::PercentMustBeAChange { .. } => {
                "a change is written with its sign, above -100 % to 1 000 %, with at most four decimals"
            }
            Error::PartMustBeWithinTheWhole { .. } => {
                "a part is written with its sign, above 0 to 100 %, with at most four decimals: `0,90` could be ninety \
                 hundredths or less than one"
            }
            Error::IndexTermsMustAgree { conflict, .. } => conflict.why(),
            Error::WeightsMustSumToTheWhole { .. } => {
                "series that are weighed together share one whole; what is missing of it would stand still, and what is too \
                 much would count twice"
            }
            Error::SpliceMustContinueTheSeries { .. } => {
                "a series goes on times old figure / new figure of one month that both have: the month of the base in a year \
                 after it, and after every splice before"
            }
            Error::ForecastMustBeUsed { .. } => {
                "a forecast stands in for a figure that the clause asks for, once, in the years before it is corrected; what \
                 was printed is corrected the year after"
            }
            Error::DecidedChangeMustStandOnce { .. } => "a fee year has one change from the year before",
            Error::DecidedChangeMustFollowTheBase { .. } => {
                "in the year of its price level a tariff is as decided, and before that year it is not carried"
            }
            Error::ChangeMustBeDecided { .. } => "no other year's change is taken for a missing one",
            Error::FactorMustBeAboveZero { .. } => {
                "a fee that is escalated is still a fee, never nothing or less"
            }
            Error::FactorMustBeHeldExactly { .. } => {
                "every change is a fraction of its own, and nothing is rounded between them"
            }
            Error::FloorMustNotExceedCeiling { .. } | Error::EscalatedFloorMustNotExceedCeiling { .. } => {
                "a fee is raised to the floor, then lowered to the ceiling; both hold only if the floor is not the higher"
            }
            Error::TariffAmountMustNotBeNegative { .. } | Error::RebateMustNotExceedTheFee { .. } => {
                "a member pays a fee and is never paid one"
            }
            Error::TierMustHoldAPopulation { .. }
            | Error::TiersMustNotOverlap { .. }
            | Error::TiersMustNotLeaveAHole { .. } => "every population falls in exactly one tier",
            Error::PortionsMustSumToTheWhole { .. } | Error::TotalMustBeSharedWhole { .. } => {
                "the shares of a total sum to the total: what is decided is raised, neither more nor less"
            }
            Error::TotalMustHaveItsMembers { .. } => "each share hangs on all members that share",
            Error::MemberMustHaveAShare { .. } => {
                "who shares a total is part of the decision, and a member that was left out would pay nothing"
            }
            Error::ShareMustBeOfAMember { .. } => "what nobody pays is missing from the total",
            Error::KeyMustNotBeNothing { .. } => "nothing can be shared by a key that is nothing",
            Error::FederationMustPayForAMember { .. } => {
                "a mode of a federation that nobody pays through changes nothing, and was meant to"
            }
            Error::FederationMembersMustBeAlike { .. } => {
                "one fee is computed once: what each of them has of its own has no place in it"
            }
            Error::PooledFeeMustHangOnInhabitants { .. } => {
                "inhabitants can be summed over members, and the fee then be computed of the sum; nothing else of them can"
            }
            Error::FederationMustHaveItsMembers { .. } => "each part of the one fee hangs on all members",
            Error::TermMustStandOnce { .. } => "nobody can know which of the two is meant",
            Error::BoundsMustComeBeforeTheShare { .. } => {
                "it is reckoned of the whole year, and floor and ceiling would work on a part of it"
            }
            Error::MemberClassMustBeKnown { .. } => {
                "a member of a class without terms would be charged as if it were of none"
            }
            Error::PartsMustHaveOneRest { .. } | Error::SharesMustLeaveARest { .. } => {
                "the parts are rounded, and one takes what is left, so that they sum to the fee"
            }
            Error::PartsMustBeOfOneKind { .. } => {
                "whether the share is one of the whole fee or of what the components leave of it, nobody can know"
            }
            Error::PartMustNameAComponent { .. } => {
                "a part that is made of components is what they contributed to the fee of its year"
            }
            Error::PartMustHaveItsShare { .. } => {
                "the limit on the change keeps up a fee that its tariff makes nothing, and of nothing no part has a share"
            }
            Error::InstalmentsMustBeSeveral { .. } => "a fee is paid at once, or in 2 to 36 instalments",
            Error::LimitMustHaveItsPreviousFees { .. } => {
                "a limit that is not held against anything would be none"
            }
            Error::PreviousFeeMustBeStated { .. } => {
                "the change is limited against that fee, and a member without one would have no limit"
            }
            Error::PreviousFeeMustBeOfAWholeYear { .. } => {
                "the change is that between two whole years, and this one was reckoned of a part before its bounds"
            }
            Error::BulkFeesMustHangOnInhabitants { .. } => {
                "a row of bulk fees is a number of inhabitants, and nothing else of a member is known of it"
            }
            Error::MemberMustHaveItsAmount { .. } => {
                "this tariff is an amount decided for each member, and none is made up"
            }
            Error::MemberMustHaveItsFigure { .. } => {
                "the fee rests on that figure; neither another year's nor another member's is taken for it"
            }
            Error::TariffsMustNotOverlap { .. } => "a fee year has one tariff",
            Error::TariffMustCoverYear { .. } => "no other year's tariff is taken for a missing one",
            Error::MemberMustStandOnceAYear { .. } => {
                "a municipality owes one fee a year, to be paid by one payer"
            }
            Error::MemberMustJoinBeforeItLeaves { .. } => "a membership has at least one day",
            Error::JoiningDateMustBeKnown { .. } => {
                "the share of the year hangs on the day, and the program never guesses one"
            }
            Error::AssumedDateMustBeInItsYear { .. } => {
                "an assumption fills in what is unknown; it does not contradict what is known"
            }
            Error::AssessmentMustReplay { .. } => {
                "a fee follows from its stored inputs alone; one that does not was changed after it was stored, or computed \
                 by another rule than today's"
            }
            Error::TargetFrameMustBeAttainable { .. } => {
                "the other amounts of the tariff stay as they are, and the bounds hold every fee between them"
            }
            Error::SoughtAmountMustNotBeChained { .. } => {
                "every year since the base was rounded before the next, and no decided amount follows from this year's"
            }
            Error::SoughtAmountMustBeSet { .. } => {
                "a value is sought of an amount that stands in the tariff: what the index does to one that does not is for the network to say"
            }
            Error::GrowthMustBeInRange { .. } => {
                "a growth lies from -50 to 50 percent a year, with at most four decimals"
            }
            Error::SolveStepMustBeAboveZero { .. } => "values are told in multiples of the step",
            Error::FeeYearMustHaveMembers { .. } => "a frame without members is a mistake in the dates",
            Error::HostMustHoldTheWholeFeeYear { .. } => "a fee year belongs to one host, who invoices it",
            Error::HostsMustNotOverlap { .. } => "on each day one host holds the agreement",
        }
    }
}
