//! The chart of the fee over inhabitants: the schedule's own curve, floor and ceiling, and every member on it.

use avgift::{Error, Inhabitants, Language, Rule, Sek, Standing};
use maud::{Markup, html};

use super::Board;
use super::chart::{Picture, figure, short};
use super::label::Label;
use super::sampling::Curve;
use super::scale::{Hundredths, Scale, rounded_up, ticks};
use super::table::{Align, Table};
use super::words::{amount, number, remarks, shown, whole};

const HEIGHT: usize = 340;
const TOP: i64 = 3_200;
const BOTTOM: i64 = 30_800;

/// A part of the curve, from no inhabitants to `last`.
struct Part<'a> {
    board: &'a Board<'a>,
    curve: Curve,
    last: u32,
    across: Scale,
    up: Scale,
    floor: Option<Sek>,
    ceiling: Option<Sek>,
    language: Language,
}

/// Where the bounds are reached, and the chart.
pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let fees = board.fees;
    let counts: Vec<u32> = fees.assessments.iter().map(|fee| fee.inhabitants().get()).collect();
    let largest = counts.iter().max().copied().unwrap_or(1);
    let all = Part::new(board, largest, language)?;
    let mut parts = vec![(language.say("board-members"), all)];
    if let Some(last) = close_up(&counts) {
        let inhabitants = Inhabitants::new(last)?.text(language);
        let title = language.tell("board-curve-close-up", &[("inhabitants", &whole(&inhabitants))]);
        parts.push((title, Part::new(board, last, language)?));
    }
    let caption = language.tell("board-curve-caption", &[("year", &fees.schedule.year().to_string())]);
    let pictures: Vec<Picture> = parts
        .iter()
        .enumerate()
        .map(|(place, (title, part))| Picture {
            id: format!("curve-{}", place + 1),
            title: format!("{caption}: {title}"),
            description: part.description(),
            height: HEIGHT,
            drawing: part.drawing(title),
        })
        .collect();
    let curve = &parts[0].1.curve;
    let mut note = vec![language.say("board-curve-points")];
    if fees.assessments.iter().any(|fee| !fee.share().is_whole()) {
        note.push(language.say("board-curve-prorated"));
    }
    let sentences: Vec<String> = curve.breaks.iter().map(|at| break_text(*at, language)).collect();
    Ok(html! {
        @if !sentences.is_empty() { p { (sentences.join(" ")) } }
        (figure(&caption, &pictures, &note, &table(board, &caption, language), language))
    })
}

/// Where most members are so small that the whole curve has them in a corner: up to where three quarters of them stand.
fn close_up(counts: &[u32]) -> Option<u32> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let largest = i64::from(*sorted.last()?);
    let last = rounded_up(i64::from(sorted[(sorted.len() - 1) * 3 / 4]));
    (last * 3 <= largest).then(|| u32::try_from(last).ok()).flatten()
}

/// `Golvet höjer avgiften till och med 9 999 invånare.`
fn break_text((first, before, there): (u32, Standing, Standing), language: Language) -> String {
    let tell = |message: &str, count: u32| {
        let count = Inhabitants::new(count).map(|count| whole(&count.text(language)));
        language.tell(message, &[("inhabitants", &count.unwrap_or_default())])
    };
    let left = match before {
        Standing::AtFloor => Some(tell("board-floor-until", first - 1)),
        Standing::AtCeiling => Some(tell("board-ceiling-until", first - 1)),
        Standing::Within => None,
    };
    let reached = match there {
        Standing::AtFloor => Some(tell("board-floor-from", first)),
        Standing::AtCeiling => Some(tell("board-ceiling-from", first)),
        Standing::Within => None,
    };
    [left, reached].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Every point of the chart: the members by number of inhabitants.
fn table(board: &Board<'_>, caption: &str, language: Language) -> Table {
    let mut fees: Vec<_> = board.fees.assessments.iter().collect();
    fees.sort_by_key(|fee| (fee.inhabitants(), fee.code()));
    let rows = fees.into_iter().map(|fee| {
        vec![
            shown(fee.name()),
            number(fee.inhabitants().get(), language),
            amount(fee.fee(), language),
            remarks(fee, language).join(", "),
        ]
    });
    Table {
        id: "figures-curve".into(),
        caption: caption.to_owned(),
        columns: vec![
            (language.say("column-member"), Align::Start),
            (language.say("column-inhabitants"), Align::End),
            (language.say("column-fee"), Align::End),
            (language.say("column-standing"), Align::Start),
        ],
        rows: rows.collect(),
        sums: None,
    }
}

impl<'a> Part<'a> {
    fn new(board: &'a Board<'a>, last: u32, language: Language) -> Result<Part<'a>, Error> {
        let schedule = &board.fees.schedule;
        let through = board.fees.assessments.iter().map(avgift::Assessment::inhabitants);
        let curve = Curve::of(schedule, Inhabitants::new(last)?, through)?;
        let bound = |bound: Option<&avgift::Parameter<Sek>>| {
            let amount = bound.map(|bound| schedule.of_the_year(bound.value)).transpose()?;
            amount.map(|amount| schedule.tariff().rounding.round(amount)).transpose()
        };
        let on_it = board.fees.assessments.iter().filter(|fee| fee.inhabitants().get() <= last);
        let highest =
            on_it.map(avgift::Assessment::fee).max().unwrap_or_default().max(curve.least_and_most().1);
        // A little air above the highest.
        let top = highest.ore().saturating_add(highest.ore() / 20).max(100);
        Ok(Part {
            board,
            across: Scale::new((0, i64::from(last)), (0, 9_800)),
            up: Scale::new((0, top), (BOTTOM, TOP)),
            floor: bound(schedule.floor())?,
            ceiling: bound(schedule.ceiling())?,
            curve,
            last,
            language,
        })
    }

    fn description(&self) -> String {
        let (least, most) = self.curve.least_and_most();
        let last = Inhabitants::new(self.last).map(|last| whole(&last.text(self.language)));
        let members = self.members().count().to_string();
        self.language.tell(
            "board-curve-description",
            &[
                ("inhabitants", &last.unwrap_or_default()),
                ("members", &members),
                ("least", &amount(least, self.language)),
                ("most", &amount(most, self.language)),
            ],
        )
    }

    fn members(&self) -> impl Iterator<Item = &'a avgift::Assessment> {
        self.board.fees.assessments.iter().filter(|fee| fee.inhabitants().get() <= self.last)
    }

    fn x(&self, count: u32) -> String {
        format!("{}%", self.across.place(count.into()))
    }

    fn y(&self, fee: Sek) -> Hundredths {
        self.up.place(fee.ore())
    }

    fn drawing(&self, title: &str) -> Markup {
        let (labels, ticks) = self.labels();
        html! {
            text.heading y="14" { (title) }
            (self.grid())
            @for tick in ticks { (tick.markup("tick")) }
            // The line itself is drawn in a frame of its own, which stretches with the width; its stroke does not.
            "\n" svg.line x="0" y="0" width="100%" height=(HEIGHT)
                viewBox={ "0 0 100 " (HEIGHT) } preserveAspectRatio="none" {
                polyline points=(self.line()) vector-effect="non-scaling-stroke" {}
            }
            (self.bounds())
            @for fee in self.members() {
                "\n" circle cx=(self.x(fee.inhabitants().get())) cy=(self.y(fee.fee())) r="4.5"
                    class=[(!fee.share().is_whole()).then_some("part")] {
                    title { (self.point_text(fee)) }
                }
            }
            @for label in labels { (label.markup("name")) }
        }
    }

    fn line(&self) -> String {
        let points = self.curve.points.iter();
        let points =
            points.map(|(count, fee)| format!("{},{}", self.across.place((*count).into()), self.y(*fee)));
        points.collect::<Vec<_>>().join(" ")
    }

    /// The amounts that have a line of their own, in öre.
    fn amounts(&self) -> impl Iterator<Item = Sek> {
        let highest = self.curve.least_and_most().1.ore() / 100;
        ticks(0, highest, 6).into_iter().map(|kronor| Sek::from_ore(kronor * 100))
    }

    fn grid(&self) -> Markup {
        let (end, line) = (Hundredths(BOTTOM + 500), Hundredths(BOTTOM + 1_900));
        html! {
            @for amount in self.amounts() {
                @let y = self.y(amount);
                line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
            }
            @for (place, count) in ticks(0, self.last.into(), 7).into_iter().enumerate() {
                @let at = self.across.place(count);
                @let x = format!("{at}%");
                line.grid x1=(x) x2=(x) y1=(Hundredths(BOTTOM)) y2=(end) {}
                // On a narrow screen every second number would stand in the next.
                text.tick.across.alternate[place % 2 == 1].first[count == 0].last[at.0 > 9_200] x=(x) y=(line) {
                    (number(count, self.language))
                }
            }
            text.tick.across.last x="100%" y=(Hundredths(BOTTOM + 3_100)) { (self.language.say("column-inhabitants")) }
        }
    }

    /// Floor and ceiling, where they lie within the part.
    fn bounds(&self) -> Markup {
        let highest = self.curve.least_and_most().1;
        let bounds = [self.floor, self.ceiling].into_iter().flatten().filter(|bound| *bound <= highest);
        html! {
            @for y in bounds.map(|bound| self.y(bound)) { line.bound x1="0" x2="100%" y1=(y) y2=(y) {} }
        }
    }

    /// What the lines and the largest members are called, and the amounts of the grid; what finds no room gives way to what
    /// stands before it, and the table has all.
    fn labels(&self) -> (Vec<Label>, Vec<Label>) {
        let mut noted = Vec::new();
        let highest = self.curve.least_and_most().1;
        // Above its line to the left, and above the floor to the right, there is no curve that rises.
        for (bound, rule, place) in [(self.ceiling, Rule::Ceiling, 0), (self.floor, Rule::Floor, 7_000)] {
            if let Some(bound) = bound.filter(|bound| *bound <= highest) {
                let words = format!("{} {}", rule.text(self.language), amount(bound, self.language));
                let y = Hundredths(self.y(bound).0 - 600);
                Label { words, place, ends: rule == Rule::Floor, y }.noted(&mut noted);
            }
        }
        let mut members: Vec<_> = self.members().collect();
        members.sort_by_key(|fee| (std::cmp::Reverse(fee.inhabitants()), fee.code()));
        let mut named = 0;
        for fee in members {
            // Above to the left of a curve that rises there is room, and so is below to the right.
            let (place, y) = (self.across.place(fee.inhabitants().get().into()).0, self.y(fee.fee()).0);
            let words = short(&shown(fee.name()), 26);
            let label = match place > 5_000 {
                true => Label { words, place: place - 60, ends: true, y: Hundredths(y - 1_000) },
                false => Label { words, place: place + 200, ends: false, y: Hundredths(y + 1_700) },
            };
            if named < 3 && label.noted(&mut noted) {
                named += 1;
            }
        }
        let names = noted.len();
        for amount in self.amounts().filter(|amount| *amount > Sek::ZERO) {
            let y = Hundredths(self.y(amount).0 - 400);
            Label { words: super::words::amount(amount, self.language), place: 10_000, ends: true, y }
                .noted(&mut noted);
        }
        let ticks = noted.split_off(names);
        (noted, ticks)
    }

    fn point_text(&self, fee: &avgift::Assessment) -> String {
        let inhabitants = whole(&fee.inhabitants().text(self.language));
        format!(
            "{}: {inhabitants}, {}",
            super::chart::in_svg(&shown(fee.name())),
            amount(fee.fee(), self.language)
        )
    }
}
