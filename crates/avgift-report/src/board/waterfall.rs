//! The bridge of the frame: from the earlier one to the later, a step a cause.

use avgift::{Bridge, Cause, Error, Language, Sek};
use maud::{Markup, html};

use super::Board;
use super::bars::{Bar, Bars, Kind};
use super::chart::figure;
use super::table::{Align, Table};
use super::words::{amount, change};

pub(super) fn section(board: &Board<'_>, bridge: &Bridge, language: Language) -> Result<Markup, Error> {
    let (from, to) = (board.compared_name(bridge.from_year, language), board.year_name(language));
    let caption = language.tell("board-bridge-caption", &[("from", &from), ("to", &to)]);
    let frame_of = |year: &str| language.tell("board-frame-of", &[("year", year)]);
    let level = |name: String, level: Sek| Bar {
        name,
        value: amount(level, language),
        reach: (level.ore(), level.ore()),
        kind: Kind::Level,
    };
    let mut bars = vec![level(frame_of(&from), bridge.from)];
    let mut rows = Vec::new();
    let mut reached = bridge.from;
    for cause in bridge.causes() {
        let part = bridge.parts.of(cause);
        let after = reached.plus(part)?;
        rows.push(vec![cause_name(cause, language), change(part, language), amount(after, language)]);
        if part != Sek::ZERO {
            bars.push(Bar {
                name: cause_name(cause, language),
                value: change(part, language),
                reach: (reached.ore(), after.ore()),
                kind: if part < Sek::ZERO { Kind::Down } else { Kind::Up },
            });
        }
        reached = after;
    }
    bars.push(level(frame_of(&to), bridge.to));
    let levels = || bars.iter().flat_map(|bar| [bar.reach.0, bar.reach.1]);
    let (lowest, highest) = (levels().min().unwrap_or_default(), levels().max().unwrap_or_default());
    let air = (highest.saturating_sub(lowest) / 20).max(100);
    let range = (lowest.saturating_sub(air), highest.saturating_add(air));
    let description = language.tell(
        "board-bridge-description",
        &[
            ("from", &amount(bridge.from, language)),
            ("to", &amount(bridge.to, language)),
            ("change", &change(bridge.difference, language)),
        ],
    );
    let bars =
        Bars { id: "bridge", caption: caption.clone(), description, rows: bars, range, is_chain: true };
    let table = Table {
        id: "figures-bridge".into(),
        caption: caption.clone(),
        columns: vec![
            (language.say("column-cause"), Align::Start),
            (language.say("column-change"), Align::End),
            (language.say("column-budget-frame"), Align::End),
        ],
        rows: [vec![frame_of(&from), String::new(), amount(bridge.from, language)]]
            .into_iter()
            .chain(rows)
            .collect(),
        sums: Some(vec![frame_of(&to), change(bridge.difference, language), amount(bridge.to, language)]),
    };
    let note = [language.say("board-bridge-scale")];
    Ok(html! {
        p { (language.say("board-bridge-lead")) }
        @if !bridge.index_is_carried { p { (language.tell("index-is-not-carried", &[("year", &to)])) } }
        (figure(&caption, &bars.pictures(language), &note, &table, language))
    })
}

/// `Invånarantal`.
fn cause_name(cause: Cause, language: Language) -> String {
    crate::capitalised(&cause.text(language))
}
