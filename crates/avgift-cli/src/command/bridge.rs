//! bridge: why a fee, or the frame, changed from one year to another.

use avgift::{
    Assessment, Bridge, Cause, FeeYear, Language, MemberBridge, MunicipalityCode, NaiveDate, Rule, YearOfFees,
};
use avgift_network::Network;
use serde::Serialize;

use super::{Opened, Under, change_text, csv, heading, is_preliminary, json, member_named};
use crate::args::{self, Format};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A member's bridge for machines.
#[derive(Serialize)]
struct Row<'a> {
    from: FeeYear,
    to: FeeYear,
    municipality_code: MunicipalityCode,
    name: &'a str,
    fee_from: Option<String>,
    fee_to: Option<String>,
    difference: String,
    population: String,
    index: String,
    tariff: String,
    bounds: String,
    proration: String,
    membership: String,
    rounding: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminary: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<NaiveDate>,
}

/// One member's bridge for machines, with its years.
#[derive(Serialize)]
struct OfMember<'a> {
    from_year: FeeYear,
    to_year: FeeYear,
    index_is_carried: bool,
    #[serde(flatten)]
    member: &'a MemberBridge,
}

pub(super) fn run(
    opened: &Opened<Network>,
    args: &args::Bridge,
    language: Language,
) -> Result<Done, Refused> {
    let (from, to) = opened.two_years(args.from, args.to, &args.figures)?;
    let member = args.member.as_ref().map(|text| member_named(text, &[&from, &to])).transpose()?;
    let bridge = Bridge::between(opened.network.basis(), &from, &to);
    let bridge = bridge.map_err(|error| opened.refused(vec![error.refusal()]))?;
    let member = member.and_then(|code| bridge.member(code));
    let years = [&from, &to];
    let out = match (args.output.format(), member) {
        (Format::Json, None) => json(&Under::of(opened, &years, &bridge))?,
        (Format::Json, Some(member)) => {
            let (from_year, to_year) = (bridge.from_year, bridge.to_year);
            let index_is_carried = bridge.index_is_carried;
            json(&Under::of(opened, &years, OfMember { from_year, to_year, index_is_carried, member }))?
        }
        (Format::Csv, member) => {
            let members = member.map_or(&bridge.members[..], std::slice::from_ref);
            let (preliminary, known_on) = (is_preliminary(&years), opened.known_on());
            csv(members.iter().map(|member| Row { preliminary, known_on, ..row(&bridge, member) }))
        }
        (Format::Table, member) => {
            let mut text = heading(&opened.title(language), &[&from, &to], language);
            if !bridge.index_is_carried {
                let note = language.tell("index-is-not-carried", &[("year", &bridge.to_year.to_string())]);
                text.push_str(&format!("{note}\n\n"));
            }
            text + &match member {
                Some(member) => member_table(&bridge, member, [&from, &to], language),
                None => frame_table(&bridge, language) + "\n" + &members_table(&bridge, language),
            }
        }
    };
    Ok(opened.done(out))
}

fn row<'a>(bridge: &Bridge, member: &'a MemberBridge) -> Row<'a> {
    let part = |cause| member.parts.of(cause).to_string();
    Row {
        from: bridge.from_year,
        to: bridge.to_year,
        municipality_code: member.code,
        name: &member.name,
        fee_from: member.from.map(|fee| fee.to_string()),
        fee_to: member.to.map(|fee| fee.to_string()),
        difference: member.difference.to_string(),
        population: part(Cause::Population),
        index: part(Cause::Index),
        tariff: part(Cause::Tariff),
        bounds: part(Cause::Bounds),
        proration: part(Cause::Proration),
        membership: part(Cause::Membership),
        rounding: part(Cause::Rounding),
        preliminary: None,
        known_on: None,
    }
}

/// One member: what each cause was, what it is, and what that changed.
fn member_table(
    bridge: &Bridge,
    member: &MemberBridge,
    years: [&YearOfFees; 2],
    language: Language,
) -> String {
    let (from, to) = (bridge.from_year.to_string(), bridge.to_year.to_string());
    let fees = years.map(|fees| fees.assessments.iter().find(|fee| fee.code() == member.code));
    let header = [
        (language.say("column-cause"), Align::Left),
        (from.clone(), Align::Right),
        (to.clone(), Align::Right),
        (language.say("column-change"), Align::Right),
    ];
    let rows = Cause::ALL.into_iter().map(|cause| {
        let worked_with =
            |fee: Option<&Assessment>| fee.map_or_else(String::new, |fee| given(fee, cause, language));
        let change = change_text(member.parts.of(cause), language);
        vec![cause.text(language), worked_with(fees[0]), worked_with(fees[1]), change]
    });
    let fee =
        |fee: Option<avgift::Sek>| fee.map_or_else(|| language.say("no-member"), |fee| fee.text(language));
    let sum = vec![
        language.say("column-fee"),
        fee(member.from),
        fee(member.to),
        change_text(member.difference, language),
    ];
    let code = member.code.to_string();
    let title = language
        .tell("bridge-of-member", &[("name", &member.name), ("code", &code), ("from", &from), ("to", &to)]);
    format!("{title}\n\n{}", table::render(&header, rows.collect(), Some(sum)))
}

/// What a cause was in one year.
fn given(fee: &Assessment, cause: Cause, language: Language) -> String {
    let operand = |rule| fee.step(rule).map_or_else(String::new, |step| step.operand.text(language));
    match cause {
        Cause::Population => fee.inhabitants().text(language),
        Cause::Index => operand(Rule::Escalation),
        Cause::Tariff => operand(Rule::ByPopulation),
        Cause::Bounds => {
            let bounds = [Rule::Floor, Rule::Ceiling].map(operand);
            match bounds.iter().all(String::is_empty) {
                true => String::new(),
                false => language.tell("bounds-of-year", &[("floor", &bounds[0]), ("ceiling", &bounds[1])]),
            }
        }
        Cause::Proration => match fee.share().is_whole() {
            true => language.say("whole-year"),
            false => fee.share().text(language),
        },
        Cause::Membership => String::new(),
        Cause::Rounding => operand(Rule::Rounding),
    }
}

/// The frame: what each cause changed in all.
fn frame_table(bridge: &Bridge, language: Language) -> String {
    let header = [(language.say("column-cause"), Align::Left), (language.say("column-change"), Align::Right)];
    let mut rows = vec![vec![
        format!("{} {}", language.say("column-budget-frame"), bridge.from_year),
        bridge.from.text(language),
    ]];
    rows.extend(
        Cause::ALL.map(|cause| vec![cause.text(language), change_text(bridge.parts.of(cause), language)]),
    );
    let sum =
        vec![format!("{} {}", language.say("column-budget-frame"), bridge.to_year), bridge.to.text(language)];
    table::render(&header, rows, Some(sum))
}

/// Every member: a column for each cause that changed anything.
fn members_table(bridge: &Bridge, language: Language) -> String {
    let changes = |cause: &Cause| bridge.members.iter().any(|member| member.parts.of(*cause).ore() != 0);
    let causes: Vec<Cause> = Cause::ALL.into_iter().filter(changes).collect();
    let mut header = vec![
        (language.say("column-code"), Align::Left),
        (language.say("column-member"), Align::Left),
        (language.say("column-change"), Align::Right),
    ];
    header.extend(causes.iter().map(|cause| (cause.text(language), Align::Right)));
    let cells = |difference, parts: &avgift::Parts| {
        let parts = causes.iter().map(|cause| change_text(parts.of(*cause), language));
        [change_text(difference, language)].into_iter().chain(parts).collect::<Vec<_>>()
    };
    let mut members: Vec<&MemberBridge> = bridge.members.iter().collect();
    members.sort_by_cached_key(|member| (avgift::sort_key(&member.name), member.code));
    let rows = members.into_iter().map(|member| {
        let mut row = vec![member.code.to_string(), member.name.clone()];
        row.extend(cells(member.difference, &member.parts));
        row
    });
    let mut sum = vec![String::new(), language.say("sum")];
    sum.extend(cells(bridge.difference, &bridge.parts));
    table::render(&header, rows.collect(), Some(sum))
}
