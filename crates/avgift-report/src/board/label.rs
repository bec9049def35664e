//! Label: words in a drawing that find room, or give way.
//! Why:     a drawing does not know how wide it will be, nor its reader's letters; so words are measured as on a narrow screen
//!          with wide letters, and what might stand in other words is left to the table.

use maud::{Markup, html};

use super::scale::Hundredths;

/// Words in the drawing: where they begin or end across, in hundredths of a percent, and the line they stand on.
pub(super) struct Label {
    pub(super) words: String,
    pub(super) place: i64,
    /// Whether the words end at their place; else they begin there.
    pub(super) ends: bool,
    pub(super) y: Hundredths,
}

impl Label {
    /// From where to where the words reach on a narrow screen, of 320 pixels; on a wide one they reach less far.
    pub(super) fn reach(&self) -> (i64, i64) {
        let length = i64::try_from(self.words.chars().count()).unwrap_or(i64::MAX).min(100) * 280;
        if self.ends { (self.place - length, self.place) } else { (self.place, self.place + length) }
    }

    /// Notes the words unless they would stand in others, or outside.
    pub(super) fn noted(self, noted: &mut Vec<Label>) -> bool {
        let (left, right) = self.reach();
        let meets = |other: &Label| {
            let (from, to) = other.reach();
            left < to && from < right && (self.y.0 - other.y.0).abs() < 1_700
        };
        let is_free = left >= 0 && right <= 10_000 && !noted.iter().any(meets);
        if is_free {
            noted.push(self);
        }
        is_free
    }

    pub(super) fn markup(&self, class: &str) -> Markup {
        html! {
            text class={ (class) @if self.ends { " end" } } x={ (Hundredths(self.place)) "%" } y=(self.y) { (self.words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(words: &str, place: i64, ends: bool, y: i64) -> Label {
        Label { words: words.to_owned(), place, ends, y: Hundredths(y) }
    }

    /// Ten letters take 28 % of a narrow screen.
    #[test]
    fn words_give_way_to_those_before_them() {
        let mut noted = Vec::new();
        assert!(label("0123456789", 0, false, 5_000).noted(&mut noted));
        assert!(!label("9", 2_799, false, 5_000).noted(&mut noted));
        assert!(label("9", 2_800, false, 5_000).noted(&mut noted));
        assert!(!label("9", 1_000, false, 6_699).noted(&mut noted));
        assert!(label("9", 1_000, false, 6_700).noted(&mut noted));
        assert!(!label("012", 839, true, 9_000).noted(&mut noted), "it would stand outside");
        assert!(label("012", 840, true, 9_000).noted(&mut noted));
        assert_eq!(noted.len(), 4);
    }
}
