//! bridge: why a fee, or the frame, changed from one year to another, or from what is decided to a scenario.

use std::path::Path;

use avgift::{
    Assessment, Bridge, Cause, FeeYear, Language, MemberBridge, MunicipalityCode, NaiveDate, Rule, YearOfFees,
};
use avgift_network::Network;
use serde::Serialize;

use super::{Opened, Under, both, change_text, csv, heading, is_preliminary, json, member_named};
use crate::args::{self, Between, Format};
use crate::table::{self, Align};
use crate::{Done, Refused};

/// A member's bridge for machines.
#[derive(Serialize)]
struct Row<'a> {
    from: &'a str,
    to: &'a str,
    municipality_code: MunicipalityCode,
    name: &'a str,
    fee_from: Option<String>,
    fee_to: Option<String>,
    difference: String,
    population: String,
    figures: String,
    others: String,
    index: String,
    tariff: String,
    class: String,
    bounds: String,
    limit: String,
    proration: String,
    federation: String,
    membership: String,
    rounding: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
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

/// A bridge for machines, with the names of its sides where they are not two years.
#[derive(Serialize)]
struct Named<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sides: Option<&'a [String; 2]>,
    #[serde(flatten)]
    bridge: Under<'a, T>,
}

/// What a bridge leads from and to: their names, and the folder of each.
struct Sides {
    names: [String; 2],
    /// That of the later side; and of the earlier, where it is another.
    opened: Opened<Network>,
    decided: Option<Opened<Network>>,
}

impl Sides {
    fn open(dir: &Path, args: &args::Bridge) -> Result<(Sides, [FeeYear; 2]), Refused> {
        let known = &args.figures.known;
        Ok(match args.between() {
            Between::Years(from, to) => {
                let opened = Opened::known(dir, args.scenario.file.as_deref(), known)?;
                (Sides { names: [from, to].map(|year| year.to_string()), opened, decided: None }, [from, to])
            }
            Between::Decided(year, file) => {
                let (decided, opened) =
                    both(Opened::known(dir, None, known), Opened::known(dir, Some(file), known))?;
                let scenario = crate::shown(file.file_stem().map_or(file, Path::new));
                (Sides { names: [year.to_string(), scenario], opened, decided: Some(decided) }, [year, year])
            }
        })
    }

    /// The folder of the earlier side.
    fn earlier(&self) -> &Opened<Network> {
        self.decided.as_ref().unwrap_or(&self.opened)
    }

    /// The lines above a table; where one side alone is a scenario, which.
    fn heading(&self, fees: [&YearOfFees; 2], language: Language) -> String {
        let Some((_, file)) = self.decided.as_ref().zip(self.opened.network.scenario()) else {
            return heading(&self.opened.title(language), &fees, language);
        };
        let above = heading(self.opened.network.name(), &fees, language);
        let line = language.tell("side-is-a-scenario", &[("side", &self.names[1]), ("file", file)]);
        format!("{}{line}\n\n", above.strip_suffix('\n').unwrap_or(&above))
    }
}

pub(super) fn run(dir: &Path, args: &args::Bridge, language: Language) -> Result<Done, Refused> {
    let (sides, [from, to]) = Sides::open(dir, args)?;
    let opened = &sides.opened;
    let (from, to) = both(sides.earlier().fees(from, &args.figures), opened.fees(to, &args.figures))?;
    let member = args.member.as_ref().map(|text| member_named(text, &[&from, &to])).transpose()?;
    let bridge = Bridge::of((sides.earlier().network.basis(), &from), (opened.network.basis(), &to));
    let bridge = bridge.map_err(|error| opened.refused(vec![error.refusal()]))?;
    let member = member.and_then(|code| bridge.member(code));
    let years = [&from, &to];
    let out = match (args.output.format(), member) {
        (Format::Json, None) => sides.json(&years, &bridge)?,
        (Format::Json, Some(member)) => sides.json(
            &years,
            &OfMember {
                from_year: bridge.from_year,
                to_year: bridge.to_year,
                index_is_carried: bridge.index_is_carried,
                member,
            },
        )?,
        (Format::Csv, None) => csv(bridge.members.iter().map(|member| sides.row(&years, member))),
        (Format::Csv, Some(member)) => csv([sides.row(&years, member)]),
        (Format::Table, member) => {
            let mut text = sides.heading([&from, &to], language);
            if !bridge.index_is_carried {
                let note = language.tell("index-is-not-carried", &[("year", &bridge.to_year.to_string())]);
                text.push_str(&format!("{note}\n\n"));
            }
            let names = &sides.names;
            text + &match member {
                Some(member) => member_table(names, member, [&from, &to], language),
                None => frame_table(names, &bridge, language) + "\n" + &members_table(&bridge, language),
            }
        }
    };
    Ok(opened.done(out))
}

impl Sides {
    fn json(&self, years: &[&YearOfFees], data: &impl Serialize) -> Result<String, Refused> {
        let bridge = Under::of(&self.opened, years, data);
        let sides = self.decided.as_ref().map(|_| &self.names);
        Ok(json(&Named { sides, bridge })?)
    }

    fn row<'a>(&'a self, years: &[&YearOfFees], member: &'a MemberBridge) -> Row<'a> {
        let part = |cause| member.parts.of(cause).to_string();
        Row {
            from: &self.names[0],
            to: &self.names[1],
            municipality_code: member.code,
            name: &member.name,
            fee_from: member.from.map(|fee| fee.to_string()),
            fee_to: member.to.map(|fee| fee.to_string()),
            difference: member.difference.to_string(),
            population: part(Cause::Population),
            figures: part(Cause::Figures),
            others: part(Cause::Others),
            index: part(Cause::Index),
            tariff: part(Cause::Tariff),
            class: part(Cause::Class),
            bounds: part(Cause::Bounds),
            limit: part(Cause::Limit),
            proration: part(Cause::Proration),
            federation: part(Cause::Federation),
            membership: part(Cause::Membership),
            rounding: part(Cause::Rounding),
            scenario: self.opened.network.scenario(),
            preliminary: is_preliminary(years),
            known_on: self.opened.known_on(),
        }
    }
}

/// One member: what each cause was, what it is, and what that changed.
fn member_table(
    [from, to]: &[String; 2],
    member: &MemberBridge,
    years: [&YearOfFees; 2],
    language: Language,
) -> String {
    let fees = years.map(|fees| fees.assessments.iter().find(|fee| fee.code() == member.code));
    let header = [
        (language.say("column-cause"), Align::Left),
        (from.clone(), Align::Right),
        (to.clone(), Align::Right),
        (language.say("column-change"), Align::Right),
    ];
    let rows = Cause::ALL.into_iter().filter_map(|cause| {
        let worked_with =
            |fee: Option<&Assessment>| fee.map_or_else(String::new, |fee| given(fee, cause, language));
        let (part, [was, is]) = (member.parts.of(cause), fees.map(worked_with));
        let is_told = cause.is_of_every_tariff() || part.ore() != 0 || !(was.is_empty() && is.is_empty());
        is_told.then(|| vec![cause.text(language), was, is, change_text(part, language)])
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
        .tell("bridge-of-member", &[("name", &member.name), ("code", &code), ("from", from), ("to", to)]);
    format!("{title}\n\n{}", table::render(&header, rows.collect(), Some(sum)))
}

/// What a cause was on one side.
fn given(fee: &Assessment, cause: Cause, language: Language) -> String {
    let operand = |rule| fee.step(rule).map_or_else(String::new, |step| step.operand.text(language));
    match cause {
        Cause::Population => fee.inhabitants().text(language),
        Cause::Index => operand(Rule::Escalation),
        Cause::Tariff => operand(Rule::ByPopulation) + &operand(Rule::ByTariff),
        Cause::Class => operand(Rule::Class),
        Cause::Bounds => {
            let bounds = [Rule::Floor, Rule::Ceiling].map(operand);
            match bounds.iter().all(String::is_empty) {
                true => String::new(),
                false => language.tell("bounds-of-year", &[("floor", &bounds[0]), ("ceiling", &bounds[1])]),
            }
        }
        Cause::Limit => operand(Rule::Limit),
        Cause::Proration => match fee.share().is_whole() {
            true => language.say("whole-year"),
            false => fee.share().text(language),
        },
        Cause::Federation => operand(Rule::Split) + &operand(Rule::Discount),
        Cause::Figures | Cause::Others | Cause::Membership => String::new(),
        Cause::Rounding => operand(Rule::Rounding),
    }
}

/// The frame: what each cause changed in all.
fn frame_table([from, to]: &[String; 2], bridge: &Bridge, language: Language) -> String {
    let header = [(language.say("column-cause"), Align::Left), (language.say("column-change"), Align::Right)];
    let frame = |side: &str| format!("{} {side}", language.say("column-budget-frame"));
    let mut rows = vec![vec![frame(from), bridge.from.text(language)]];
    let part = |cause: Cause| vec![cause.text(language), change_text(bridge.parts.of(cause), language)];
    rows.extend(bridge.causes().map(part));
    table::render(&header, rows, Some(vec![frame(to), bridge.to.text(language)]))
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
