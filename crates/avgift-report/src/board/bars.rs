//! Bars: sorted rows of a name, a figure and a bar, one below the other; a bar may begin elsewhere than at zero.
//! Rule:    a bar says nothing that the figure beside it does not say, so nothing is told by colour alone. Many rows are
//!          shared out on several pictures, so that none is taller than a screen or a sheet of paper.

use avgift::Language;
use maud::{Markup, html};

use super::chart::{Picture, short};
use super::scale::Scale;
use super::words::even_out;

/// A row.
pub(super) struct Bar {
    pub(super) name: String,
    /// The figure, as text.
    pub(super) value: String,
    /// From where to where the bar goes, in the units of the scale.
    pub(super) reach: (i64, i64),
    /// Which way, or what, the bar shows.
    pub(super) kind: Kind,
}

/// What a bar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An amount.
    Amount,
    /// What goes up.
    Up,
    /// What goes down.
    Down,
    /// A level: a mark where it stands, and no bar, since the scale does not begin at zero.
    Level,
}

/// The rows of a chart and how they are drawn.
pub(super) struct Bars {
    pub(super) id: &'static str,
    pub(super) caption: String,
    pub(super) description: String,
    pub(super) rows: Vec<Bar>,
    /// The least and the greatest value of the scale.
    pub(super) range: (i64, i64),
    /// Whether each row goes on where the one above it ended.
    pub(super) is_chain: bool,
}

/// The height of a row, and in it the line of the words and the top of the bar.
const ROW: usize = 34;
const NAME: usize = 14;
const BAR: usize = 19;
const MOST_ROWS: usize = 22;

impl Bars {
    /// The pictures: one, or several of about the same height.
    pub(super) fn pictures(mut self, language: Language) -> Vec<Picture> {
        even_out(&mut self.rows.iter_mut().map(|bar| &mut bar.value).collect::<Vec<_>>());
        let count = self.rows.len().div_ceil(MOST_ROWS).max(1);
        let each = self.rows.len().div_ceil(count).max(1);
        let picture = |(place, rows): (usize, &[Bar])| {
            let first = place * each + 1;
            let figures = [
                ("chart", self.caption.clone()),
                ("from", first.to_string()),
                ("to", (first + rows.len() - 1).to_string()),
                ("count", self.rows.len().to_string()),
            ];
            let figures = figures.each_ref().map(|(name, figure)| (*name, figure.as_str()));
            Picture {
                id: format!("{}-{}", self.id, place + 1),
                title: if count == 1 { self.caption.clone() } else { language.tell("board-part", &figures) },
                description: self.description.clone(),
                height: rows.len() * ROW,
                drawing: self.drawing(rows),
            }
        };
        self.rows.chunks(each).enumerate().map(picture).collect()
    }

    fn drawing(&self, rows: &[Bar]) -> Markup {
        let scale = Scale::new(self.range, (0, 10_000));
        let zero = (self.range.0 < 0 && self.range.1 > 0).then(|| scale.place(0));
        html! {
            // What goes on from one row to the next lies below the words.
            @if self.is_chain {
                @for (place, bar) in rows.iter().enumerate().take(rows.len() - 1) {
                    @let end = percent(scale.place(bar.reach.1));
                    line.joint x1=(end) x2=(end) y1=(place * ROW + BAR) y2=((place + 1) * ROW + BAR) {}
                }
            }
            @for (place, bar) in rows.iter().enumerate() {
                @let (name, top) = (place * ROW + NAME, place * ROW + BAR);
                @let (start, length) = scale.between(bar.reach.0, bar.reach.1);
                "\n" text.over[self.is_chain] y=(name) { (short(&bar.name, room_beside(&bar.value))) }
                text.value.over[self.is_chain] x="100%" y=(name) { (bar.value) }
                @if !self.is_chain { rect.track y=(top) width="100%" height="7" {} }
                @match bar.kind {
                    Kind::Amount => rect.bar x=(percent(start)) y=(top) width=(percent(length)) height="7" {},
                    Kind::Up => rect.up x=(percent(start)) y=(top) width=(percent(length)) height="7" {},
                    Kind::Down => rect.down x=(percent(start)) y=(top) width=(percent(length)) height="7" {},
                    Kind::Level => rect.level x=(percent(start)) y=(top - 2) width="4" height="11" {},
                }
            }
            @if let Some(zero) = zero {
                line.zero x1=(percent(zero)) x2=(percent(zero)) y1=(BAR - 3) y2=(rows.len() * ROW - 5) {}
            }
        }
    }
}

/// How many characters of a name a narrow screen has room for beside a figure.
fn room_beside(value: &str) -> usize {
    41_usize.saturating_sub(value.chars().count()).clamp(8, 28)
}

fn percent(share: super::scale::Hundredths) -> String {
    format!("{share}%")
}
