//! Lines: which curves a tariff has over inhabitants, one for each class of members, and why some have none.
//! Rule:    a curve is drawn of a fee that follows from the inhabitants of its member alone, once its class is known. What one
//!          member has besides, a ceiling of its own, a limit on its change, puts its point beside the curve, and is said.
//! Not here: what the fee is (see `sampling`, which asks the schedule).

use avgift::{Assessment, ClassTerms, Language, Operand, Shape, Tariff, YearOfFees};

use super::words::shown;

/// A curve: that of the members of one class, or of those that bear none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The class.
    pub(super) class: Option<&'a str>,
}

/// The curves of a year, in the order of the tariff, and the classes that have none, each with its shape.
pub(super) struct Lines<'a> {
    pub(super) drawn: Vec<Line<'a>>,
    pub(super) without: Vec<(Line<'a>, &'a Shape)>,
}

impl<'a> Lines<'a> {
    /// Those of the classes that have a member.
    pub(super) fn of(fees: &'a YearOfFees) -> Lines<'a> {
        let tariff = fees.schedule.tariff();
        let named = tariff.classes.iter().map(|class| Some(class.name.as_str()));
        let classes = [None].into_iter().chain(named);
        let has_members = |class: &Option<&str>| fees.assessments.iter().any(|fee| class_of(fee) == *class);
        let mut lines = Lines { drawn: Vec::new(), without: Vec::new() };
        for line in classes.filter(has_members).map(|class| Line { class }) {
            match line.shapes(tariff).find(|shape| !is_by_inhabitants(shape)) {
                None => lines.drawn.push(line),
                Some(shape) => lines.without.push((line, shape)),
            }
        }
        lines
    }
}

impl<'a> Line<'a> {
    /// Whether the fee of a member stands on this curve, or would.
    pub(super) fn holds(&self, fee: &Assessment) -> bool {
        class_of(fee) == self.class
    }

    /// The shapes that its fee is made of.
    fn shapes(self, tariff: &'a Tariff) -> impl Iterator<Item = &'a Shape> {
        let class = tariff.classes.iter().find(|class| Some(class.name.as_str()) == self.class);
        let own = class.and_then(|class| match &class.terms {
            ClassTerms::Own { shape, .. } => Some(shape.as_ref()),
            ClassTerms::Multiplied(_) => None,
        });
        let components = tariff.components.iter().map(|component| &component.shape);
        [own.unwrap_or(&tariff.shape)].into_iter().chain(components)
    }

    /// Numbers of inhabitants after which the fee may go on otherwise: the ends of tiers and brackets, a cap.
    pub(super) fn knots(self, tariff: &'a Tariff) -> Vec<u32> {
        let ends = |shape: &Shape| match shape {
            Shape::Tiers(tiers) | Shape::Brackets(tiers) => tiers.iter().filter_map(|tier| tier.to).collect(),
            Shape::Linear { cap, .. } => cap.iter().map(|cap| cap.value.get()).collect(),
            _ => Vec::new(),
        };
        self.shapes(tariff).flat_map(ends).collect()
    }

    /// What the curve is called beside others.
    pub(super) fn name(&self, language: Language) -> String {
        match self.class {
            Some(class) => language.tell("named-class", &[("name", &shown(class))]),
            None => language.say("board-no-class"),
        }
    }
}

/// The class that a fee was reckoned by; none where the member bears none.
pub(super) fn class_of(fee: &Assessment) -> Option<&str> {
    fee.steps().iter().find_map(|step| match &step.operand {
        Operand::Class { name, .. } => name.as_deref(),
        _ => None,
    })
}

fn is_by_inhabitants(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Flat { .. }
            | Shape::PerInhabitant { .. }
            | Shape::Linear { .. }
            | Shape::Tiers(_)
            | Shape::Brackets(_)
    )
}

/// Why a fee of this shape has no curve.
pub(super) fn why_none(shape: &Shape, language: Language) -> String {
    match shape {
        Shape::OfFigure(of) => language.tell("board-no-curve-of-figure", &[("figure", &shown(&of.figure))]),
        Shape::Decided(_) => language.say("board-no-curve-decided"),
        Shape::Percentages { .. } => language.say("board-no-curve-percentages"),
        _ => language.say("board-no-curve-shared"),
    }
}

/// Whether any member of a year can stand at a floor, and at a ceiling.
pub(super) fn has_floor_and_ceiling(tariff: &Tariff) -> (bool, bool) {
    let own = tariff.classes.iter().filter_map(|class| match &class.terms {
        ClassTerms::Own { bounds, .. } => Some(bounds),
        ClassTerms::Multiplied(_) => None,
    });
    let bounds: Vec<_> = [&tariff.bounds].into_iter().chain(own).collect();
    let floor = bounds.iter().any(|bounds| bounds.floor().is_some());
    let ceiling = bounds.iter().any(|bounds| bounds.ceiling().is_some()) || !tariff.ceilings.is_empty();
    (floor, ceiling)
}
