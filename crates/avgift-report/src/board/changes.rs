//! Winners and losers: whose fee is higher than in the year it is compared with, and whose is lower.

use avgift::{Comparison, Difference, Language, Sek};
use maud::{Markup, html};

use super::Board;
use super::bars::{Bar, Bars, Kind};
use super::chart::figure;
use super::table::{Align, Table};
use super::words::{amount, change, shown, standing};

pub(super) fn section(board: &Board<'_>, comparison: &Comparison, language: Language) -> Markup {
    let (from, to) = (board.compared_name(comparison.from.year, language), board.year_name(language));
    let years = [("from", from.as_str()), ("to", to.as_str())];
    let caption = language.tell("board-changes-caption", &years);
    let differences = || comparison.members.iter().map(|member| member.difference.ore());
    let bar = |member: &Difference| Bar {
        name: shown(&member.name),
        value: change(member.difference, language),
        reach: (0, member.difference.ore()),
        kind: if member.difference < Sek::ZERO { Kind::Down } else { Kind::Up },
    };
    let range = (differences().min().unwrap_or(0).min(0), differences().max().unwrap_or(0).max(0));
    let sentences = sentences(comparison, language);
    let bars = Bars {
        id: "changes",
        caption: caption.clone(),
        description: sentences.join(" "),
        rows: comparison.members.iter().map(bar).collect(),
        range: if range == (0, 0) { (0, 1) } else { range },
        is_chain: false,
    };
    let table = Table {
        id: "figures-changes".into(),
        caption: caption.clone(),
        columns: vec![
            (language.say("column-member"), Align::Start),
            (from.clone(), Align::End),
            (to.clone(), Align::End),
            (language.say("column-change"), Align::End),
            (language.say("column-standing"), Align::Start),
        ],
        rows: comparison.all().map(|member| row(member, [&from, &to], language)).collect(),
        sums: Some(vec![
            language.say("sum"),
            amount(comparison.from.sum, language),
            amount(comparison.to.sum, language),
            change(comparison.difference, language),
            String::new(),
        ]),
    };
    html! {
        ul { @for sentence in sentences { li { (sentence) } } }
        // Bars of nothing say nothing.
        @if comparison.members.is_empty() || range == (0, 0) { (table.markup()) }
        @else { (figure(&caption, &bars.pictures(language), &[], &table, language)) }
    }
}

/// How many pay more, less and the same, who came and who went: their amounts sum to the change of the frame.
fn sentences(comparison: &Comparison, language: Language) -> Vec<String> {
    let count = |count: usize| count.to_string();
    let told = |message: &str, members: usize, by: Sek| {
        language.tell(message, &[("members", &count(members)), ("change", &change(by, language))])
    };
    let mut sentences = vec![
        told("pay-more", comparison.raised, comparison.raised_by),
        told("pay-less", comparison.lowered, comparison.lowered_by),
        language.tell("pay-the-same", &[("members", &count(comparison.unchanged))]),
    ];
    if !comparison.only_in_to.is_empty() {
        sentences.push(told("board-came", comparison.only_in_to.len(), comparison.come));
    }
    if !comparison.only_in_from.is_empty() {
        sentences.push(told("board-went", comparison.only_in_from.len(), comparison.gone));
    }
    sentences
}

fn row(member: &Difference, [from, to]: [&str; 2], language: Language) -> Vec<String> {
    let fee = |side: Option<avgift::MemberFee>| {
        side.map_or_else(|| language.say("no-member"), |side| amount(side.fee, language))
    };
    let name = |side: avgift::MemberFee| {
        standing(side.standing, language).unwrap_or_else(|| language.say("standing-within"))
    };
    let remark = match (member.from, member.to) {
        (Some(before), Some(there)) if before.standing == there.standing => {
            standing(there.standing, language).unwrap_or_default()
        }
        (Some(before), Some(there)) => {
            language.tell("standing-from-to", &[("from", &name(before)), ("to", &name(there))])
        }
        (Some(_), None) => language.tell("only-in-side", &[("side", from)]),
        (None, Some(_)) => language.tell("only-in-side", &[("side", to)]),
        (None, None) => String::new(),
    };
    vec![shown(&member.name), fee(member.from), fee(member.to), change(member.difference, language), remark]
}
