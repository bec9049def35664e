//! The table of all members, by name: what a browser searches.

use avgift::{Error, Language, sort_key};
use maud::Markup;

use super::Board;
use super::lines::class_of;
use super::table::{Align, Table};
use super::words::{amount, change, class_heading, number, per_inhabitant, remarks, shown, with_ore};

pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let year = board.year_name(language);
    let earlier = board.compared.as_ref();
    let earlier = earlier.map(|compared| board.compared_name(compared.comparison.from.year, language));
    let mut columns = vec![
        (language.say("column-member"), Align::Start),
        (language.say("column-code"), Align::Start),
        (language.say("column-payer"), Align::Start),
        (language.say("column-inhabitants"), Align::End),
        (language.say("board-column-each"), Align::End),
        (class_heading(language), Align::Start),
        (language.say("column-standing"), Align::Start),
    ];
    if let Some(earlier) = &earlier {
        columns.push((language.tell("board-fee-of", &[("year", earlier)]), Align::End));
    }
    columns.push((language.tell("board-fee-of", &[("year", &year)]), Align::End));
    if earlier.is_some() {
        columns.push((language.say("column-change"), Align::End));
    }
    let mut fees: Vec<_> = board.fees.assessments.iter().collect();
    fees.sort_by_cached_key(|fee| (sort_key(fee.name()), fee.code()));
    let mut rows = Vec::with_capacity(fees.len());
    for fee in fees {
        let mut row = vec![
            shown(fee.name()),
            fee.code().to_string(),
            shown(fee.payer().as_str()),
            number(fee.inhabitants().get(), language),
            with_ore(per_inhabitant(fee)?, language)?,
            class_of(fee).map(shown).unwrap_or_default(),
            remarks(fee, language).join(", "),
        ];
        let difference = board
            .compared
            .as_ref()
            .and_then(|compared| compared.comparison.all().find(|member| member.code == fee.code()));
        if earlier.is_some() {
            let before = difference.and_then(|difference| difference.from);
            row.push(before.map_or_else(|| language.say("no-member"), |side| amount(side.fee, language)));
        }
        row.push(amount(fee.fee(), language));
        row.extend(difference.map(|difference| change(difference.difference, language)));
        rows.push(row);
    }
    let frame = &board.fees.frame;
    let mean = frame.mean_per_inhabitant.map_or(Ok(String::new()), |mean| with_ore(mean, language))?;
    let empty = String::new;
    let mut sums = vec![
        language.say("sum"),
        empty(),
        empty(),
        number(frame.inhabitants, language),
        mean,
        empty(),
        empty(),
    ];
    if let Some(compared) = &board.compared {
        // Who is no member any more has no row here, and the sum is that of the rows.
        let left = compared.comparison.gone;
        sums.push(amount(compared.comparison.from.sum.plus(left)?, language));
        sums.push(amount(frame.sum, language));
        sums.push(change(compared.comparison.difference.minus(left)?, language));
    } else {
        sums.push(amount(frame.sum, language));
    }
    let caption = language.tell("board-members-caption", &[("year", &year)]);
    Ok(Table { id: "members".into(), caption, columns, rows, sums: Some(sums) }.markup())
}
