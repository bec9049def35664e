//! Board: what a board needs to set its budget, on one page of HTML that stands alone.
//! Rule:    no script and nothing from outside, and the page itself forbids both. Every chart has its figures in a table below
//!          it; nothing is told by colour alone. What is illustrative or preliminary is said before any figure. A section whose
//!          figures are not there is left out, or says why.
//! Units:   text of whole öre and inhabitants as the core writes them; places in the charts are integers (see `scale`).
//! Errors:  AmountMustNotOverflow.
//! Not here: the comparison, the bridge and the forecast (see `avgift`), the journal (its head is an argument).

mod bars;
mod changes;
mod chart;
mod curve;
mod fees;
mod forecast;
mod frame;
mod label;
mod lines;
mod members;
mod plot;
mod sampling;
mod scale;
mod sources;
mod table;
mod waterfall;
mod words;

use std::collections::BTreeSet;

use avgift::{
    Bridge, Comparison, Federation, FeeYear, Forecast, ForecastYear, Language, YearOfFees, known_on_text,
};
use maud::{DOCTYPE, Markup, html};

use crate::error::Error;
use crate::html::head;
use crate::html::text;
use lines::Lines;
use words::shown;

const STYLE: &str = include_str!("board.css");

/// What a page for the board is made of.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    /// The network's name; under a scenario, with what says so.
    pub network: &'a str,
    /// The scenario that the fees of the page's own year, of more years and ahead come of: its file. What they are held against
    /// is then what is in force. None where all of it is in force.
    pub scenario: Option<&'a str>,
    /// The fees of the year that the page is about.
    pub fees: &'a YearOfFees,
    /// What they are held against.
    pub compared: Option<Compared<'a>>,
    /// The year that they were to be held against where its fees could not be computed, so that the page says so; under a
    /// scenario, in force.
    pub not_compared: Option<FeeYear>,
    /// The fees of more years, for the frames side by side; a year that is there already stands once.
    pub more_years: &'a [YearOfFees],
    /// The frame ahead, where it is asked for.
    pub forecast: Option<&'a Forecast>,
    /// How far the journal goes: the number of its last line and the seal of that line.
    pub journal: Option<(u64, &'a str)>,
}

/// The year that fees are held against, and what comes of it.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// Its fees; not under the scenario of the page.
    pub fees: &'a YearOfFees,
    /// Who pays more, who less; from that year to the page's own.
    pub comparison: &'a Comparison,
    /// Why the frame changed, from that year to the page's own.
    pub bridge: &'a Bridge,
}

/// The fees of a year, and what the year is called on the page.
struct NamedYear<'a> {
    fees: &'a YearOfFees,
    name: String,
    /// Whether it is the year that the page is about.
    is_own: bool,
}

impl<'a> Board<'a> {
    /// All years whose fees are at hand, each once, in their order; in force before under the scenario.
    fn years(&self, language: Language) -> Vec<NamedYear<'a>> {
        let is_scenario = self.scenario.is_some();
        let compared = self.compared.as_ref().map(|compared| (compared.fees, false));
        let own = [self.fees].into_iter().chain(self.more_years).map(|fees| (fees, is_scenario));
        let mut years: Vec<(&'a YearOfFees, bool)> = own.chain(compared).collect();
        let key = |(fees, is_scenario): &(&YearOfFees, bool)| (fees.schedule.year(), *is_scenario);
        years.sort_by_key(key);
        years.dedup_by_key(|year| key(year));
        let year = self.fees.schedule.year();
        let named = |(fees, under): (&'a YearOfFees, bool)| NamedYear {
            fees,
            name: self.named(fees.schedule.year(), under, language),
            is_own: fees.schedule.year() == year && under == is_scenario,
        };
        years.into_iter().map(named).collect()
    }

    /// `2024`; where there is a scenario, whether it comes of it or is in force.
    fn named(&self, year: FeeYear, under: bool, language: Language) -> String {
        let year = year.to_string();
        match (self.scenario, under) {
            (None, _) => year,
            (Some(_), true) => language.tell("board-year-scenario", &[("year", &year)]),
            (Some(_), false) => language.tell("board-year-in-force", &[("year", &year)]),
        }
    }

    /// What the year of the page is called.
    fn year_name(&self, language: Language) -> String {
        self.named(self.fees.schedule.year(), true, language)
    }

    /// What a year is called that it is held against.
    fn compared_name(&self, year: FeeYear, language: Language) -> String {
        self.named(year, false, language)
    }
}

/// A part of the page: its name in an address, its heading, what it says.
struct Section {
    id: &'static str,
    heading: String,
    content: Markup,
}

/// The page. The same input gives the same bytes.
///
/// ```
/// use avgift::{Basis, FeeYear, Language, Member, PopulationFigure, PopulationMode, Populations, Tariff, Tariffs};
/// let year = FeeYear::new(2024)?;
/// let ale = Member::new("1440".parse()?, "Ale");
/// let mut populations = Populations::new();
/// populations.add(PopulationFigure::of_year_end(ale.code, 2023, 32_446)?)?;
/// let tariffs = Tariffs::new(vec![Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)]).expect("one tariff");
/// let basis = Basis { members: vec![ale], tariffs, populations, ..Basis::default() };
/// let fees = basis.assess_year(year, PopulationMode::Published).expect("all is there");
/// let board = avgift_report::Board {
///     network: "Nätverket",
///     scenario: None,
///     fees: &fees,
///     compared: None,
///     not_compared: None,
///     more_years: &[],
///     forecast: None,
///     journal: None,
/// };
/// let page = avgift_report::board_html(&board, Language::Swedish)?;
/// assert!(page.contains("48\u{a0}669\u{a0}kr"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `AmountMustNotOverflow`.
pub fn board_html(board: &Board<'_>, language: Language) -> Result<String, Error> {
    let sections = sections(board, language)?;
    let year = board.year_name(language);
    let network = shown(board.network);
    let title = language.tell("board-title", &[("network", &network), ("year", &year)]);
    let notices = notices(board, language);
    let page = html! {
        (DOCTYPE) "\n"
        html lang=(language.code()) {
            (head(&title, STYLE))
            "\n"
            body {
                a.skip href="#content" { (language.say("board-skip")) }
                header {
                    h1 { (text(&network)) " " span { (language.tell("board-heading", &[("year", &year)])) } }
                    @if !notices.is_empty() {
                        div.notice { @for notice in &notices { p { strong { (text(notice)) } } } }
                    }
                    nav aria-label=(language.say("board-contents")) {
                        ul { @for section in &sections { li { a href={ "#" (section.id) } { (section.heading) } } } }
                    }
                }
                "\n"
                main id="content" tabindex="-1" {
                    @for Section { id, heading, content } in &sections {
                        "\n" section aria-labelledby=(id) { h2 id=(id) { (heading) } "\n" (content) }
                    }
                }
            }
        }
        "\n"
    };
    Ok(page.into_string())
}

fn sections(board: &Board<'_>, language: Language) -> Result<Vec<Section>, Error> {
    let section = |id, heading: &str, content| Section { id, heading: language.say(heading), content };
    let mut sections = vec![section("frame", "column-budget-frame", frame::section(board, language)?)];
    let has_members = !board.fees.assessments.is_empty();
    if has_members {
        let heading = if Lines::of(board.fees).drawn.is_empty() { "board-points" } else { "board-curve" };
        sections.push(section("curve", heading, curve::section(board, language)?));
        sections.push(section("fees", "board-fees", fees::section(board, language)?));
    }
    if let Some(compared) = &board.compared {
        sections.push(section(
            "changes",
            "board-changes",
            changes::section(board, compared.comparison, language),
        ));
        sections.push(section(
            "bridge",
            "board-bridge",
            waterfall::section(board, compared.bridge, language)?,
        ));
    }
    if let Some(forecast) = board.forecast {
        sections.push(section("forecast", "board-forecast", forecast::section(board, forecast, language)?));
    }
    if has_members {
        sections.push(section("all", "board-members", members::section(board, language)?));
    }
    sections.push(section("sources", "board-sources", sources::section(board, language)));
    Ok(sections)
}

/// What is to be known before any figure is read, and of which years.
fn notices(board: &Board<'_>, language: Language) -> Vec<String> {
    let years = board.years(language);
    let of_years = |is_so: &dyn Fn(&YearOfFees) -> bool| -> Vec<FeeYear> {
        let years = years.iter().map(|year| year.fees).filter(|fees| is_so(fees));
        years.map(|fees| fees.schedule.year()).collect()
    };
    let ahead = |is_so: fn(&ForecastYear) -> bool| -> Vec<FeeYear> {
        let years = board.forecast.into_iter().flat_map(|forecast| &forecast.years);
        years.filter(|year| is_so(year)).map(|year| year.year).collect()
    };
    let has_preliminary_index = |fees: &YearOfFees| {
        let tariff = fees.schedule.tariff();
        let of_components = tariff.components.iter().filter_map(|component| component.index.as_ref());
        let mut clauses = tariff.index.iter().chain(of_components);
        let is_preliminary = |series: &avgift::IndexedSeries| {
            let goes_on = series.splices.iter().map(|splice| splice.status);
            [series.status]
                .into_iter()
                .chain(goes_on)
                .any(|status| status == avgift::IndexStatus::Preliminary)
        };
        clauses.any(|clause| clause.measure.series().any(is_preliminary))
    };
    let illustrative = of_years(&|fees| fees.schedule.tariff().illustrative);
    let notices = [
        ("tariff-is-illustrative", [illustrative, ahead(|year| year.illustrative)].concat()),
        ("populations-are-older", of_years(&YearOfFees::is_preliminary)),
        ("board-index-is-preliminary", of_years(&has_preliminary_index)),
        ("forecast-title", ahead(|year| !year.is_on_file)),
    ];
    let mut federations: Vec<String> = Vec::new();
    for federation in years.iter().flat_map(|year| &year.fees.schedule.tariff().federations) {
        let told = format!("{}.", federation.text(language));
        if !federations.contains(&told) {
            federations.push(told);
        }
    }
    let federations = federations.into_iter().map(|told| {
        let is_it = |federation: &Federation| format!("{}.", federation.text(language)) == told;
        let years = of_years(&|fees| fees.schedule.tariff().federations.iter().any(is_it));
        (told, years)
    });
    let notice = |(told, years): (String, Vec<FeeYear>)| {
        let years: BTreeSet<i32> = years.into_iter().map(FeeYear::get).collect();
        let of_years = language.tell("board-of-years", &[("years", &years_text(&years))]);
        (!years.is_empty()).then(|| format!("{told} {of_years}"))
    };
    let scenario = board.scenario.map(|file| language.tell("board-scenario", &[("file", &shown(file))]));
    let known_on = board.fees.known_on().map(|day| known_on_text(day, language));
    let notices = notices.map(|(message, years)| (language.say(message), years));
    let notices = notices.into_iter().chain(federations).filter_map(notice);
    scenario.into_iter().chain(notices).chain(known_on).collect()
}

/// `2023, 2025–2028`: three years and more in a row are told by the first and the last.
fn years_text(years: &BTreeSet<i32>) -> String {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for year in years {
        match runs.last_mut().filter(|(_, last)| *last == year - 1) {
            Some((_, last)) => *last = *year,
            None => runs.push((*year, *year)),
        }
    }
    let run = |(first, last)| match last - first {
        0 => format!("{first}"),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_row_are_told_by_their_ends() {
        let text = |years: &[i32]| years_text(&years.iter().copied().collect());
        assert_eq!(text(&[2024]), "2024");
        assert_eq!(text(&[2024, 2023]), "2023, 2024");
        assert_eq!(text(&[2023, 2024, 2025]), "2023–2025");
        assert_eq!(text(&[2023, 2025, 2026, 2027, 2029, 2030]), "2023, 2025–2027, 2029, 2030");
    }
}
