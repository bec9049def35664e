//! The chart of the fee over inhabitants: the schedule's own curves, floor and ceiling, and every member on it.
//! Rule:    where a fee hangs on more than inhabitants and class there is no curve, and the page says why; the members stand
//!          there all the same.

use avgift::{Error, Inhabitants, Language, Sek, Standing};
use maud::{Markup, html};

use super::Board;
use super::chart::{Picture, figure};
use super::lines::{Lines, class_of, why_none};
use super::plot::Plot;
use super::scale::rounded_up;
use super::table::{Align, Table};
use super::words::{amount, class_heading, number, remarks, shown, whole};

/// So many sentences of jumps are read; beyond that the table of sources has the tiers.
const MOST_JUMPS: usize = 12;

/// Where the bounds are reached and the fee jumps, and the chart.
pub(super) fn section(board: &Board<'_>, language: Language) -> Result<Markup, Error> {
    let fees = board.fees;
    let lines = Lines::of(fees);
    let counts: Vec<u32> = fees.assessments.iter().map(|fee| fee.inhabitants().get()).collect();
    let largest = counts.iter().max().copied().unwrap_or(1);
    let all = Plot::new(board, &lines, largest, language)?;
    let mut plots = vec![(language.say("board-members"), all)];
    if let Some(last) = close_up(&counts) {
        let inhabitants = Inhabitants::new(last)?.text(language);
        let title = language.tell("board-curve-close-up", &[("inhabitants", &whole(&inhabitants))]);
        plots.push((title, Plot::new(board, &lines, last, language)?));
    }
    let message = if lines.drawn.is_empty() { "board-points-caption" } else { "board-curve-caption" };
    let caption = language.tell(message, &[("year", &board.year_name(language))]);
    let pictures: Vec<Picture> = plots
        .iter()
        .enumerate()
        .map(|(place, (title, plot))| Picture {
            id: format!("curve-{}", place + 1),
            title: format!("{caption}: {title}"),
            description: plot.description(),
            height: plot.height(),
            drawing: plot.drawing(title),
        })
        .collect();
    let sentences = sentences(&lines, &plots[0].1, language);
    let note = note(board, &lines, &plots, language);
    Ok(html! {
        @if let [sentence] = &sentences[..] { p { (sentence) } }
        @else if !sentences.is_empty() { ul { @for sentence in &sentences { li { (sentence) } } } }
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

/// Why there is no curve; where there is one, where it comes to a bound and where it jumps; by class where there are several.
fn sentences(lines: &Lines<'_>, plot: &Plot<'_>, language: Language) -> Vec<String> {
    let has_several = lines.drawn.len() + lines.without.len() > 1;
    let named = |name: String, sentence: String| match has_several {
        true => format!("{name}: {sentence}"),
        false => sentence,
    };
    let without = lines.without.iter();
    let without = without.map(|(line, shape)| named(line.name(language), why_none(shape, language)));
    let mut sentences: Vec<String> = without.collect();
    for (line, curve) in &plot.curves {
        let breaks: Vec<String> = curve.breaks.iter().map(|at| break_text(*at, language)).collect();
        let is_read = curve.jumps.len() <= MOST_JUMPS;
        let jumps = curve.jumps.iter().filter(|_| is_read).map(|jump| jump_text(*jump, language));
        let told = [breaks.join(" ")].into_iter().filter(|breaks| !breaks.is_empty()).chain(jumps);
        let told: Vec<String> = told.collect();
        match told.is_empty() {
            true => {}
            false if has_several => sentences.push(named(line.name(language), told.join(" "))),
            false => sentences.extend(told),
        }
    }
    sentences
}

/// What the points and the lines of the chart are, and which members stand beside the curve.
fn note(
    board: &Board<'_>,
    lines: &Lines<'_>,
    plots: &[(String, Plot<'_>)],
    language: Language,
) -> Vec<String> {
    let tariff = board.fees.schedule.tariff();
    let has_curve = !lines.drawn.is_empty();
    let any = |is_so: &dyn Fn(&Plot<'_>) -> bool| plots.iter().any(|(_, plot)| is_so(plot));
    let is_prorated = board.fees.assessments.iter().any(|fee| !fee.share().is_whole());
    let joins = tariff.joining_fee.is_some();
    let notes = [
        (true, "board-curve-points"),
        (any(&|plot| plot.bounds().next().is_some()), "board-curve-bounds"),
        (any(&|plot| plot.curves.iter().any(|(_, curve)| !curve.jumps.is_empty())), "board-curve-jumps"),
        (is_prorated, if has_curve { "board-curve-prorated" } else { "board-points-prorated" }),
        (has_curve && !tariff.ceilings.is_empty(), "board-curve-ceilings"),
        (has_curve && !tariff.federations.is_empty(), "board-curve-federations"),
        (has_curve && tariff.limit.is_some(), "board-curve-limit"),
        (has_curve && joins, "board-curve-joining-fee"),
    ];
    notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, message)| language.say(message)).collect()
}

/// `Golvet höjer avgiften till och med 9 999 invånare.`
fn break_text((first, before, there): (u32, Standing, Standing), language: Language) -> String {
    let tell =
        |message: &str, count: u32| language.tell(message, &[("inhabitants", &count_text(count, language))]);
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

/// `Från 9 999 till 10 000 invånare stiger avgiften från 1 000 kr till 1 800 kr.`
fn jump_text((first, before, there): (u32, Sek, Sek), language: Language) -> String {
    let message = if there > before { "board-jump-up" } else { "board-jump-down" };
    let figures = [
        ("last", number(first - 1, language)),
        ("first", count_text(first, language)),
        ("before", amount(before, language)),
        ("there", amount(there, language)),
    ];
    language.tell(message, &figures.each_ref().map(|(name, figure)| (*name, figure.as_str())))
}

fn count_text(count: u32, language: Language) -> String {
    Inhabitants::new(count).map(|count| whole(&count.text(language))).unwrap_or_default()
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
            class_of(fee).map(shown).unwrap_or_default(),
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
            (class_heading(language), Align::Start),
            (language.say("column-standing"), Align::Start),
        ],
        rows: rows.collect(),
        sums: None,
    }
}
