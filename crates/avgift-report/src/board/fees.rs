//! The fees of the members, and what they are per inhabitant: sorted bars, the largest first.

use std::cmp::Reverse;

use avgift::{Assessment, Error, Exact, Language, Ratio, Rounding, sort_key};
use maud::{Markup, html};

use super::Board;
use super::bars::{Bar, Bars, Kind};
use super::chart::figure;
use super::table::{Align, Table};
use super::words::{amount, marks, number, per_inhabitant, remarks, shown, with_ore};

pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let year = board.year_name(language);
    let fees = board.fees.assessments.iter().map(|fee| Ok((fee, per_inhabitant(fee)?)));
    let mut fees = fees.collect::<Result<Vec<_>, Error>>()?;
    fees.sort_by_cached_key(|(fee, _)| (Reverse(fee.fee()), sort_key(fee.name()), fee.code()));
    let caption = language.tell("board-fees-caption", &[("year", &year)]);
    let by_fee = chart(
        "fees",
        &caption,
        &fees,
        |fee, _| Ok((fee.fee().ore(), amount(fee.fee(), language))),
        language,
    )?;
    fees.sort_by_cached_key(|(fee, each)| (Reverse(*each), sort_key(fee.name()), fee.code()));
    let caption = language.tell("board-per-inhabitant-caption", &[("year", &year)]);
    let each = chart(
        "each",
        &caption,
        &fees,
        // To a hundredth of an öre, so that a bar is as long as its amount and not as its öre.
        |_, each| Ok((Rounding::Ore.round(each.times(Ratio::whole(100))?)?.ore(), with_ore(each, language)?)),
        language,
    )?;
    Ok(html! { (by_fee) (each) })
}

/// Sorted bars, and the figures in the same order.
fn chart(
    id: &'static str,
    caption: &str,
    fees: &[(&Assessment, Exact)],
    value: impl Fn(&Assessment, Exact) -> Result<(i64, String), Error>,
    language: Language,
) -> Result<Markup, Error> {
    let (mut bars, mut rows) = (Vec::new(), Vec::new());
    for (fee, each) in fees {
        let (length, text) = value(fee, *each)?;
        rows.push(vec![
            shown(fee.name()),
            number(fee.inhabitants().get(), language),
            amount(fee.fee(), language),
            with_ore(*each, language)?,
            remarks(fee, language).join(", "),
        ]);
        let value = [text].into_iter().chain(marks(fee, language)).collect::<Vec<_>>().join(" · ");
        bars.push(Bar { name: shown(fee.name()), value, reach: (0, length), kind: Kind::Amount });
    }
    let longest = bars.iter().map(|bar| bar.reach.1).max().unwrap_or_default();
    let ends = [bars.first(), bars.last()].into_iter().flatten();
    let ends: Vec<(&str, &str)> = ends.map(|bar| (bar.name.as_str(), bar.value.as_str())).collect();
    let description = match ends[..] {
        [(first, most), (last, least)] => language.tell(
            "board-bars-description",
            &[("first", first), ("most", most), ("last", last), ("least", least)],
        ),
        _ => caption.to_owned(),
    };
    let bars = Bars {
        id,
        caption: caption.to_owned(),
        description,
        rows: bars,
        range: (0, longest.max(1)),
        is_chain: false,
    };
    let table = Table {
        id: format!("figures-{id}"),
        caption: caption.to_owned(),
        columns: vec![
            (language.say("column-member"), Align::Start),
            (language.say("column-inhabitants"), Align::End),
            (language.say("column-fee"), Align::End),
            (language.say("board-column-each"), Align::End),
            (language.say("column-standing"), Align::Start),
        ],
        rows,
        sums: None,
    };
    Ok(figure(caption, &bars.pictures(language), &[], &table, language))
}
