//! Chart: what every picture of the page has: a title and a description for who does not see it, and the same figures in a
//! table below.

use avgift::Language;
use maud::{Markup, html};

use super::table::Table;
use crate::html::{is_right_to_left, text};

/// One picture of a chart.
pub(super) struct Picture {
    /// Its name on the page, unlike any other.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: String,
    /// Its height in pixels; its width is that of the place it stands in.
    pub(super) height: usize,
    pub(super) drawing: Markup,
}

impl Picture {
    fn markup(&self) -> Markup {
        let (title, description) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        html! {
            svg id=(self.id) role="img" aria-labelledby=(title) aria-describedby=(description)
                width="100%" height=(self.height) {
                title id=(title) { (in_svg(&self.title)) }
                desc id=(description) { (in_svg(&self.description)) }
                (self.drawing)
            }
        }
    }
}

/// A chart: its pictures side by side where there is room, what it is below, and the same figures in a table.
pub(super) fn figure(
    caption: &str,
    pictures: &[Picture],
    note: &[String],
    table: &Table,
    language: Language,
) -> Markup {
    html! {
        figure {
            figcaption { (text(caption)) }
            div.pictures { @for picture in pictures { "\n" (picture.markup()) } }
            @for sentence in note { p.note { (text(sentence)) } }
            (table.behind(&language.tell("board-figures", &[("chart", caption)])))
        }
        "\n"
    }
}

/// A text in a drawing, where `bdi` is not known: words from right to left are set apart by the characters for it.
pub(super) fn in_svg(text: &str) -> String {
    if text.contains(is_right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// A name that is cut where it has more than so many characters.
pub(super) fn short(name: &str, most: usize) -> String {
    let cut = name.chars().count() > most;
    let kept: String = name.chars().take(if cut { most - 1 } else { most }).collect();
    in_svg(&if cut { format!("{}…", kept.trim_end()) } else { kept })
}
