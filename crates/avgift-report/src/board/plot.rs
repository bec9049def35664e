//! Plot: the drawing of fees over inhabitants: curves, bounds, members, the amounts of its lines and the inhabitants below.
//! Rule:    no curve is told from another by colour: each has strokes of its own and its name beside them. A jump is drawn
//!          broken, with a square at the last inhabitant before it and one at the first beyond it.

use avgift::{Assessment, Error, Inhabitants, Language, Rule, Sek};
use maud::{Markup, html};

use super::Board;
use super::chart::{in_svg, short};
use super::label::Label;
use super::lines::{Line, Lines};
use super::sampling::Curve;
use super::scale::{Hundredths, Scale, ticks};
use super::words::{amount, number, shown, whole};

/// Where the drawing begins without and below the names of its curves, and how long it is from there.
const TOP: i64 = 3_200;
const LENGTH: i64 = 27_600;
/// A line of names of curves.
const NAMED: i64 = 1_900;
/// What the numbers below take.
const BELOW: i64 = 3_200;
/// So many members have points of full size.
const MOST_LARGE_POINTS: usize = 100;

/// The fees from no inhabitants to `last`.
pub(super) struct Plot<'a> {
    board: &'a Board<'a>,
    pub(super) curves: Vec<(Line<'a>, Curve)>,
    last: u32,
    bottom: i64,
    across: Scale,
    up: Scale,
    /// The highest amount that is drawn.
    highest: Sek,
    floor: Option<Sek>,
    ceiling: Option<Sek>,
    language: Language,
}

impl<'a> Plot<'a> {
    pub(super) fn new(
        board: &'a Board<'a>,
        lines: &Lines<'a>,
        last: u32,
        language: Language,
    ) -> Result<Plot<'a>, Error> {
        let (schedule, assessments) = (&board.fees.schedule, &board.fees.assessments);
        let curve = |line: &Line<'a>| {
            let on_it = assessments.iter().filter(|fee| line.holds(fee));
            let curve =
                Curve::of(schedule, *line, Inhabitants::new(last)?, on_it.map(Assessment::inhabitants))?;
            Ok((*line, curve))
        };
        let curves = lines.drawn.iter().map(curve).collect::<Result<Vec<_>, Error>>()?;
        let of_curves = curves.iter().map(|(_, curve)| curve.least_and_most().1);
        let in_it = assessments.iter().filter(|fee| fee.inhabitants().get() <= last);
        let highest = in_it.map(Assessment::fee).chain(of_curves).max().unwrap_or_default();
        // A little air above the highest.
        let air = highest.ore().saturating_add(highest.ore() / 20).max(100);
        let names = if curves.len() > 1 { i64::try_from(curves.len()).unwrap_or(0) } else { 0 };
        let top = TOP + names * NAMED;
        let bottom = top + LENGTH;
        let bound = |bound: Option<&avgift::Parameter<Sek>>| {
            let amount = bound.map(|bound| schedule.of_the_year(bound.value)).transpose()?;
            amount.map(|amount| schedule.tariff().rounding.round(amount)).transpose()
        };
        Ok(Plot {
            board,
            across: Scale::new((0, i64::from(last)), (0, 9_800)),
            up: Scale::new((0, air), (bottom, top)),
            floor: bound(schedule.floor())?,
            ceiling: bound(schedule.ceiling())?,
            curves,
            last,
            bottom,
            highest,
            language,
        })
    }

    /// The height of the drawing, in pixels.
    pub(super) fn height(&self) -> usize {
        usize::try_from((self.bottom + BELOW) / 100).unwrap_or_default()
    }

    pub(super) fn description(&self) -> String {
        let last = Inhabitants::new(self.last).map(|last| whole(&last.text(self.language)));
        let fees = || self.members().map(Assessment::fee);
        let of_curves = || self.curves.iter().map(|(_, curve)| curve.least_and_most());
        let least = of_curves().map(|(least, _)| least).min().or_else(|| fees().min());
        let most = of_curves().map(|(_, most)| most).max().or_else(|| fees().max());
        let text = |fee: Option<Sek>| amount(fee.unwrap_or_default(), self.language);
        let message = match self.curves.len() {
            0 => "board-points-description",
            1 => "board-curve-description",
            _ => "board-curves-description",
        };
        self.language.tell(
            message,
            &[
                ("inhabitants", &last.unwrap_or_default()),
                ("members", &self.members().count().to_string()),
                ("curves", &self.curves.len().to_string()),
                ("least", &text(least)),
                ("most", &text(most)),
            ],
        )
    }

    fn members(&self) -> impl Iterator<Item = &'a Assessment> {
        self.board.fees.assessments.iter().filter(|fee| fee.inhabitants().get() <= self.last)
    }

    fn x(&self, count: u32) -> String {
        format!("{}%", self.across.place(count.into()))
    }

    fn y(&self, fee: Sek) -> Hundredths {
        self.up.place(fee.ore())
    }

    pub(super) fn drawing(&self, title: &str) -> Markup {
        let (labels, ticks) = self.labels();
        let height = self.height();
        let radius = if self.is_crowded() { "2.5" } else { "4.5" };
        html! {
            text.heading y="14" { (title) }
            @if self.curves.len() > 1 { (self.names()) }
            (self.grid())
            // The lines are drawn in a frame of their own, which stretches with the width; their strokes do not.
            @if !self.curves.is_empty() {
                "\n" svg.line x="0" y="0" width="100%" height=(height)
                    viewBox={ "0 0 100 " (height) } preserveAspectRatio="none" {
                    @for (place, (_, curve)) in self.curves.iter().enumerate() { (self.line(place, curve)) }
                }
            }
            @for bound in self.bounds() {
                @let y = self.y(bound);
                line.bound x1="0" x2="100%" y1=(y) y2=(y) {}
            }
            @for (count, fee) in self.curves.iter().flat_map(|(_, curve)| ends(curve)) {
                rect.square x=(self.x(count)) y=(self.y(fee)) width="6" height="6" {}
            }
            @for tick in ticks { (tick.markup(if tick.ends { "tick" } else { "tick amount" })) }
            @for fee in self.members() {
                "\n" circle cx=(self.x(fee.inhabitants().get())) cy=(self.y(fee.fee())) r=(radius)
                    class=[self.class_of_point(fee)] {
                    title { (self.point_text(fee)) }
                }
            }
            @for label in labels { (label.markup("name")) }
        }
    }

    /// The pieces of a curve, and its jumps between them.
    fn line(&self, place: usize, curve: &Curve) -> Markup {
        let points = |points: &[(u32, Sek)]| {
            let points = points.iter();
            let points =
                points.map(|(count, fee)| format!("{},{}", self.across.place((*count).into()), self.y(*fee)));
            points.collect::<Vec<_>>().join(" ")
        };
        html! {
            @for piece in curve.pieces() {
                polyline class=(stroke(place)) points=(points(piece)) vector-effect="non-scaling-stroke" {}
            }
            @for (first, before, there) in &curve.jumps {
                polyline.jump points=(points(&[(first - 1, *before), (*first, *there)]))
                    vector-effect="non-scaling-stroke" {}
            }
        }
    }

    /// What each curve is called, beside a stretch of its strokes.
    fn names(&self) -> Markup {
        html! {
            @for (place, (line, _)) in self.curves.iter().enumerate() {
                @let y = TOP - 600 + i64::try_from(place).unwrap_or(0) * NAMED;
                line class={ "sample " (stroke(place)) } x1="0" x2="34" y1=(Hundredths(y)) y2=(Hundredths(y)) {}
                text x="42" y=(Hundredths(y + 450)) { (short(&line.name(self.language), 30)) }
            }
        }
    }

    /// The amounts that have a line of their own, in öre.
    fn amounts(&self) -> impl Iterator<Item = Sek> {
        ticks(0, self.highest.ore() / 100, 6).into_iter().map(|kronor| Sek::from_ore(kronor * 100))
    }

    fn grid(&self) -> Markup {
        let (end, line) = (Hundredths(self.bottom + 500), Hundredths(self.bottom + 1_900));
        html! {
            @for amount in self.amounts() {
                @let y = self.y(amount);
                line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
            }
            @for (place, count) in ticks(0, self.last.into(), 7).into_iter().enumerate() {
                @let at = self.across.place(count);
                @let x = format!("{at}%");
                line.grid x1=(x) x2=(x) y1=(Hundredths(self.bottom)) y2=(end) {}
                // On a narrow screen every second number would stand in the next.
                text.tick.across.alternate[place % 2 == 1].first[count == 0].last[at.0 > 9_200] x=(x) y=(line) {
                    (number(count, self.language))
                }
            }
            text.tick.across.last x="100%" y=(Hundredths(self.bottom + 3_100)) {
                (self.language.say("column-inhabitants"))
            }
        }
    }

    /// Floor and ceiling, where they lie within the drawing and a fee of the tariff stands at them: not where something is added
    /// to it afterwards, or it is multiplied.
    pub(super) fn bounds(&self) -> impl Iterator<Item = Sek> {
        [self.ceiling, self.floor].into_iter().flatten().filter(|bound| self.has_line(*bound))
    }

    fn has_line(&self, bound: Sek) -> bool {
        let schedule = &self.board.fees.schedule;
        let tariff = schedule.tariff();
        let is_changed = !tariff.components.is_empty()
            || tariff.year_factors.iter().any(|factor| factor.year == schedule.year());
        !is_changed && bound <= self.highest
    }

    /// What the bounds and the largest members are called, and the amounts of the grid; what finds no room gives way to what
    /// stands before it, and the table has all.
    fn labels(&self) -> (Vec<Label>, Vec<Label>) {
        let mut noted = Vec::new();
        // Above its line to the left, and above the floor to the right, there is no curve that rises.
        for (bound, rule, place) in [(self.ceiling, Rule::Ceiling, 0), (self.floor, Rule::Floor, 7_000)] {
            if let Some(bound) = bound.filter(|bound| self.has_line(*bound)) {
                let words = format!("{} {}", rule.text(self.language), amount(bound, self.language));
                let y = Hundredths(self.y(bound).0 - 600);
                Label { words, place, ends: rule == Rule::Floor, y }.noted(&mut noted);
            }
        }
        let mut members: Vec<_> = self.members().collect();
        members.sort_by_key(|fee| (std::cmp::Reverse(fee.inhabitants()), fee.code()));
        let mut named = 0;
        for fee in members {
            let (place, y) = (self.across.place(fee.inhabitants().get().into()).0, self.y(fee.fee()).0);
            let label = |above: bool| {
                let ends = place > 5_000;
                let words = short(&shown(fee.name()), 26);
                let place = if ends { place - 60 } else { place + 200 };
                Label { words, place, ends, y: Hundredths(if above { y - 1_000 } else { y + 1_700 }) }
            };
            // Above to the left of a curve that rises there is room, and so is below to the right; else on the other side, where
            // no curve stands there. Below the line of no kronor stand the inhabitants.
            let is_free = |label: &Label| label.y.0 < self.bottom - 300;
            let first = place > 5_000;
            let is_named = |noted: &mut Vec<Label>| {
                let (usual, other) = (label(first), label(!first));
                (is_free(&usual) && usual.noted(noted))
                    || (is_free(&other) && !self.is_met(&other) && other.noted(noted))
            };
            if named < 3 && is_named(&mut noted) {
                named += 1;
            }
        }
        let names = noted.len();
        for label in self.amount_labels() {
            label.noted(&mut noted);
        }
        let ticks = noted.split_off(names);
        (noted, ticks)
    }

    /// The amounts of the grid, on the side where fewer of them stand in a curve or on a member, and not those that do where
    /// two others are left.
    fn amount_labels(&self) -> Vec<Label> {
        let side = |ends: bool| {
            let amounts = self.amounts().filter(|amount| *amount > Sek::ZERO);
            let labels = amounts.map(|amount| Label {
                words: super::words::amount(amount, self.language),
                place: if ends { 10_000 } else { 0 },
                ends,
                y: Hundredths(self.y(amount).0 - 400),
            });
            labels.collect::<Vec<Label>>()
        };
        let crowded = |labels: &[Label]| labels.iter().filter(|label| self.is_met(label)).count();
        let (right, left) = (side(true), side(false));
        let mut labels = if crowded(&left) < crowded(&right) { left } else { right };
        if labels.len() >= crowded(&labels) + 2 {
            labels.retain(|label| !self.is_met(label));
        }
        labels
    }

    /// Whether a curve or a member stands where the words would.
    fn is_met(&self, label: &Label) -> bool {
        let (left, right) = label.reach();
        let place = |(count, fee): (u32, Sek)| (self.across.place(count.into()).0, self.y(fee).0);
        let (above, below) = (label.y.0 - 1_400, label.y.0 + 400);
        let meets = |(x, y): (i64, i64)| left <= x && x <= right && above <= y && y <= below;
        // Of a straight stretch, so many places tell.
        let along = |(from, to): ((i64, i64), (i64, i64))| {
            (0..=40)
                .map(move |part| (from.0 + (to.0 - from.0) * part / 40, from.1 + (to.1 - from.1) * part / 40))
        };
        let curves = self.curves.iter().flat_map(|(_, curve)| curve.points.windows(2));
        let mut of_curves = curves.flat_map(|pair| along((place(pair[0]), place(pair[1]))));
        let mut of_members = self.members().map(|fee| place((fee.inhabitants().get(), fee.fee())));
        of_curves.any(meets) || of_members.any(meets)
    }

    /// Whether so many members stand there that large points would hide the curve.
    fn is_crowded(&self) -> bool {
        self.members().count() > MOST_LARGE_POINTS
    }

    fn class_of_point(&self, fee: &Assessment) -> Option<&'static str> {
        match (fee.share().is_whole(), self.is_crowded()) {
            (false, _) => Some("part"),
            (true, true) => Some("many"),
            (true, false) => None,
        }
    }

    fn point_text(&self, fee: &Assessment) -> String {
        let inhabitants = whole(&fee.inhabitants().text(self.language));
        format!("{}: {inhabitants}, {}", in_svg(&shown(fee.name())), amount(fee.fee(), self.language))
    }
}

/// The strokes of a curve: four kinds, and then again.
fn stroke(place: usize) -> &'static str {
    ["stroke-1", "stroke-2", "stroke-3", "stroke-4"][place % 4]
}

/// Both ends of every jump.
fn ends(curve: &Curve) -> impl Iterator<Item = (u32, Sek)> {
    curve.jumps.iter().flat_map(|(first, before, there)| [(first - 1, *before), (*first, *there)])
}
