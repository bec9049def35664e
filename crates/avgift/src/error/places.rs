//! Places: where each refusal points, with a word for each place; the first one first.

use super::Error;
use crate::index::IndexFigure;
use crate::language::Language;
use crate::origin::Origin;

impl Error {
    /// Where it stands, the first place first.
    pub(super) fn places(&self) -> Vec<(&Origin, String)> {
        let figure = |figure: &IndexFigure| format!("{} {} {}", figure.status, figure.month, figure.value);
        let places: Vec<(Option<&Origin>, String)> = match self {
            Error::PopulationMustBeUnique { first, second } => vec![
                (second.origin.as_ref(), format!("{} here", second.inhabitants.get())),
                (first.origin.as_ref(), format!("{} here", first.inhabitants.get())),
            ],
            Error::PopulationMustExist { member, codes, .. } => {
                let label = if codes.len() > 1 { "the first of them" } else { "this member" };
                vec![(member.as_ref(), label.to_owned())]
            }
            Error::IndexSeriesMustBeKnown { clause, .. } | Error::IndexFigureMustExist { clause, .. } => {
                vec![(clause.as_ref(), "asked for here".to_owned())]
            }
            Error::PopulationMustBePublished { missing } => {
                vec![(Some(&missing.origin), "no population".to_owned())]
            }
            Error::FigureMustBeKnown { origin, .. } | Error::PublicationMustBeKnown { origin, .. } => {
                vec![(origin.as_ref(), "needed here".to_owned())]
            }
            Error::PublicationMustStandOnce { origins, .. } => {
                let labels = ["again", "first"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PublicationMustFollowItsFigure { stated } => {
                vec![(stated.origin.as_ref(), "this day".to_owned())]
            }
            Error::IndexFigureMustBeUnique { first, second } => {
                vec![(second.origin.as_ref(), figure(second)), (first.origin.as_ref(), figure(first))]
            }
            Error::IndexFigureMustBePublished { missing } => {
                let label = match missing.symbol.starts_with('.') {
                    true => "Statistics Sweden has not published it yet",
                    false => "no index figure",
                };
                vec![(Some(&missing.origin), label.to_owned())]
            }
            Error::IndexFigureMustBeFinal { preliminary } => {
                vec![(preliminary.origin.as_ref(), "only a preliminary figure".to_owned())]
            }
            Error::IndexSeriesMustMatch { from, to }
            | Error::IndexMonthMustMatch { from, to }
            | Error::IndexStatusMustMatch { from, to } => {
                vec![(to.origin.as_ref(), figure(to)), (from.origin.as_ref(), figure(from))]
            }
            Error::IndexBaseMustNotBeLater { origin, .. } => {
                vec![(origin.as_ref(), "the clause with that base".to_owned())]
            }
            Error::IndexTermsMustAgree { origin, .. }
            | Error::WeightsMustSumToTheWhole { origin, .. }
            | Error::ChangeMustBeDecided { origin, .. }
            | Error::FactorMustBeHeldExactly { clause: origin, .. } => {
                vec![(origin.as_ref(), "this clause".to_owned())]
            }
            Error::DecidedChangeMustStandOnce { origins, .. } => {
                let labels = ["again", "first"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::DecidedChangeMustFollowTheBase { origin, .. }
            | Error::SpliceMustContinueTheSeries { origin, .. }
            | Error::ForecastMustBeUsed { origin, .. } => {
                vec![(origin.as_ref(), "this row".to_owned())]
            }
            Error::FactorMustBeAboveZero { origin, .. } => {
                vec![(origin.as_ref(), "among its figures".to_owned())]
            }
            Error::FloorMustNotExceedCeiling { floor, ceiling } => {
                let above = floor.value.minus(ceiling.value).map_or_else(
                    |_| "above it".to_owned(),
                    |above| format!("{} above it", above.text(Language::Swedish)),
                );
                vec![(floor.origin.as_ref(), above), (ceiling.origin.as_ref(), "the ceiling".to_owned())]
            }
            Error::EscalatedFloorMustNotExceedCeiling { floor, ceiling, .. } => {
                vec![(floor.as_ref(), "the floor".to_owned()), (ceiling.as_ref(), "the ceiling".to_owned())]
            }
            Error::TariffAmountMustNotBeNegative { amount } => {
                vec![(amount.origin.as_ref(), "below zero".to_owned())]
            }
            Error::SoughtAmountMustBeSet { tariff, .. }
            | Error::SoughtAmountMustNotBeChained { tariff, .. } => {
                vec![(tariff.as_ref(), "this tariff".to_owned())]
            }
            Error::RebateMustNotExceedTheFee { portion } => {
                vec![(portion.origin.as_ref(), "more than the whole".to_owned())]
            }
            Error::TierMustHoldAPopulation { origin, .. } => {
                vec![(origin.as_ref(), "ends before it begins".to_owned())]
            }
            Error::TiersMustNotOverlap { origins, .. } => {
                let labels = ["falls here", "and here"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::TiersMustNotLeaveAHole { from, origins, .. } => {
                let labels =
                    if *from == 1 { ["begins above it", ""] } else { ["begins above it", "ends below it"] };
                let labels = if origins.len() == 1 && *from > 1 { ["ends below it", ""] } else { labels };
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PortionsMustSumToTheWhole { origins, .. } => {
                origins.iter().map(|origin| (Some(origin), "of 100 %".to_owned())).collect()
            }
            Error::TotalMustBeSharedWhole { total, .. } => {
                vec![(total.origin.as_ref(), "the total".to_owned())]
            }
            Error::ShareMustBeOfAMember { origin, .. } => {
                vec![(origin.as_ref(), "shares the total".to_owned())]
            }
            Error::KeyMustNotBeNothing { origin, .. } => vec![(origin.as_ref(), "shared by it".to_owned())],
            Error::FederationMustPayForAMember { origin, .. } => {
                vec![(origin.as_ref(), "no member names it".to_owned())]
            }
            Error::FederationMembersMustBeAlike { origins, .. } => {
                let labels = ["charged as one"].into_iter().chain(std::iter::repeat("pays through it"));
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PooledFeeMustHangOnInhabitants { origins, .. } => {
                let labels = ["pooled", "hangs on more than inhabitants"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::TermMustStandOnce { origins, .. } => {
                let labels = ["again", "first"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::BoundsMustComeBeforeTheShare { origin, .. } => {
                vec![(origin.as_ref(), "comes after the bounds".to_owned())]
            }
            Error::MemberClassMustBeKnown { member, .. } => {
                let place = member.class.as_ref().and_then(|class| class.origin.as_ref());
                vec![(place, "no class of the tariff".to_owned())]
            }
            Error::PartsMustHaveOneRest { count, origins } => {
                let label = if *count == 0 { "not the rest" } else { "the rest" };
                origins.iter().map(|origin| (Some(origin), label.to_owned())).collect()
            }
            Error::SharesMustLeaveARest { origins, .. } => {
                origins.iter().map(|origin| (Some(origin), "a share".to_owned())).collect()
            }
            Error::PartsMustBeOfOneKind { origins } => {
                let labels = ["a share", "components"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::PartMustNameAComponent { origin, .. } | Error::PartMustHaveItsShare { origin, .. } => {
                vec![(origin.as_ref(), "this part".to_owned())]
            }
            Error::BulkFeesMustHangOnInhabitants { what, origin, .. } => {
                vec![(origin.as_ref(), (*what).to_owned())]
            }
            Error::MemberMustHaveItsAmount { member, .. }
            | Error::MemberMustHaveItsFigure { member, .. }
            | Error::MemberMustHaveAShare { member, .. }
            | Error::PreviousFeeMustBeStated { member, .. } => {
                vec![(member.origin.as_ref(), "this member".to_owned())]
            }
            Error::TariffMustCoverYear { newest, .. } => {
                vec![(newest.as_ref(), "the nearest tariff".to_owned())]
            }
            Error::TariffsMustNotOverlap { origins, .. } | Error::HostsMustNotOverlap { origins, .. } => {
                let labels = ["begins while the other still holds", "the other"];
                origins.iter().zip(labels).map(|(origin, label)| (Some(origin), label.to_owned())).collect()
            }
            Error::HostMustHoldTheWholeFeeYear { origins, .. } => {
                origins.iter().map(|origin| (Some(origin), "not the whole year".to_owned())).collect()
            }
            Error::MemberMustStandOnceAYear { first, second, .. } => {
                vec![
                    (second.origin.as_ref(), "again".to_owned()),
                    (first.origin.as_ref(), "first".to_owned()),
                ]
            }
            Error::MemberMustJoinBeforeItLeaves { member } => {
                vec![
                    (member.left.as_ref().and_then(|left| left.origin.as_ref()), "leaves".to_owned()),
                    (member.joined.origin.as_ref(), "joins".to_owned()),
                ]
            }
            Error::JoiningDateMustBeKnown { member, .. } => {
                vec![(member.joined.origin.as_ref(), "not a day".to_owned())]
            }
            Error::AssumedDateMustBeInItsYear { member, .. } => {
                vec![(member.joined.origin.as_ref(), "what is known".to_owned())]
            }
            _ => Vec::new(),
        };
        places.into_iter().filter_map(|(origin, label)| Some((origin?, label))).collect()
    }
}
