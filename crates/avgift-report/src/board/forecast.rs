//! The frame ahead: what is on file, and what is assumed, with its band.

use avgift::{Assumptions, Error, Forecast, ForecastYear, Language, Point, Sek, decimal_text};
use maud::{Markup, html};

use super::Board;
use super::chart::{Picture, figure};
use super::label::Label;
use super::scale::{Hundredths, Scale, ticks};
use super::table::{Align, Table};
use super::words::{amount, number, whole};

const HEIGHT: usize = 300;
const TOP: i64 = 2_600;
const BOTTOM: i64 = 27_000;

/// What is assumed, the chart, and its figures.
pub(super) fn section(board: &Board<'_>, forecast: &Forecast, language: Language) -> Result<Markup, Error> {
    let [Some(first), Some(last)] = [forecast.years.first(), forecast.years.last()] else {
        return Ok(html! {});
    };
    let (from, to) = (first.year.to_string(), board.named(last.year, true, language));
    let caption = language.tell("board-forecast-caption", &[("from", &from), ("to", &to)]);
    let ends = [amount(first.mid.sum, language), amount(last.mid.sum, language)];
    let description = language.tell(
        "board-forecast-description",
        &[("from", &from), ("first", &ends[0]), ("to", &to), ("last", &ends[1])],
    );
    let picture = Picture {
        id: "forecast-1".into(),
        title: caption.clone(),
        description: [Some(description), band_text(forecast, language)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        height: HEIGHT,
        drawing: Drawing::of(forecast, language).markup(),
    };
    let Assumptions { population, index } = forecast.assumptions;
    let growths = [population, index].map(|growth| whole(&growth.text(language)));
    let assumed = [("population", growths[0].as_str()), ("index", growths[1].as_str())];
    let note = [language.say("board-forecast-points"), language.say("board-bridge-scale")];
    Ok(html! {
        p { (language.say("forecast-title")) }
        p { (language.tell("forecast-assumes", &assumed)) }
        @if let Some(band) = band_text(forecast, language) { p { (band) } }
        p { (language.say("forecast-rounding")) }
        (figure(&caption, &[picture], &note, &table(forecast, &caption, language), language))
    })
}

/// How far the band goes, where there is one.
fn band_text(forecast: &Forecast, language: Language) -> Option<String> {
    let band = whole(&decimal_text(forecast.band?.percent(), language));
    Some(language.tell("forecast-band", &[("band", &band)]))
}

fn table(forecast: &Forecast, caption: &str, language: Language) -> Table {
    let mut columns = vec![
        (language.say("paper-fee-year"), Align::Start),
        (language.say("forecast-figures"), Align::Start),
        (language.say("column-members"), Align::End),
        (language.say("column-inhabitants"), Align::End),
        (language.say("frame-at-floor"), Align::End),
        (language.say("frame-at-ceiling"), Align::End),
    ];
    let frames = match forecast.band {
        Some(_) => {
            vec![language.say("forecast-low"), language.say("forecast-mid"), language.say("forecast-high")]
        }
        None => vec![language.say("column-budget-frame")],
    };
    columns.extend(frames.into_iter().map(|frame| (frame, Align::End)));
    let row = |year: &ForecastYear| {
        let mut row = vec![
            year.year.to_string(),
            language.say(if year.is_on_file { "forecast-on-file" } else { "forecast-assumed" }),
            year.members.to_string(),
            number(year.mid.inhabitants, language),
            year.mid.at_floor.to_string(),
            year.mid.at_ceiling.to_string(),
        ];
        let points = [year.low, Some(year.mid), year.high].into_iter().flatten();
        row.extend(points.map(|point: Point| amount(point.sum, language)));
        row
    };
    Table {
        id: "figures-forecast".into(),
        caption: caption.to_owned(),
        columns,
        rows: forecast.years.iter().map(row).collect(),
        sums: None,
    }
}

struct Drawing<'a> {
    years: &'a [ForecastYear],
    across: Scale,
    up: Scale,
    /// The least and the greatest öre of the scale.
    range: (i64, i64),
    language: Language,
}

impl<'a> Drawing<'a> {
    fn of(forecast: &'a Forecast, language: Language) -> Drawing<'a> {
        let years = &forecast.years;
        let sums = || years.iter().flat_map(|year| [year.low, Some(year.mid), year.high]).flatten();
        let least = sums().map(|point| point.sum.ore()).min().unwrap_or_default();
        let most = sums().map(|point| point.sum.ore()).max().unwrap_or_default();
        let air = (most.saturating_sub(least) / 10).max(100);
        let range = (least.saturating_sub(air).max(0), most.saturating_add(air));
        let last = i64::try_from(years.len()).unwrap_or(i64::MAX) - 1;
        Drawing {
            years,
            across: Scale::new((0, last), (600, 9_400)),
            up: Scale::new(range, (BOTTOM, TOP)),
            range,
            language,
        }
    }

    fn x(&self, place: usize) -> Hundredths {
        self.across.place(i64::try_from(place).unwrap_or(i64::MAX))
    }

    fn y(&self, sum: Sek) -> Hundredths {
        self.up.place(sum.ore())
    }

    fn line(&self, points: impl Iterator<Item = (usize, Sek)>) -> String {
        points.map(|(place, sum)| format!("{},{}", self.x(place), self.y(sum))).collect::<Vec<_>>().join(" ")
    }

    fn markup(&self) -> Markup {
        let mid = self.years.iter().map(|year| year.mid.sum).enumerate();
        let low = self.years.iter().filter_map(|year| year.low).map(|low| low.sum).enumerate();
        let high = self.years.iter().filter_map(|year| year.high).map(|high| high.sum).enumerate();
        // Along the upper edge and back along the lower.
        let band = self.line(high.chain(low.collect::<Vec<_>>().into_iter().rev()));
        let (names, amounts) = self.labels();
        html! {
            (self.grid())
            @for label in amounts { (label.markup("tick amount")) }
            "\n" svg.line x="0" y="0" width="100%" height=(HEIGHT)
                viewBox={ "0 0 100 " (HEIGHT) } preserveAspectRatio="none" {
                @if !band.is_empty() { polygon points=(band) vector-effect="non-scaling-stroke" {} }
                polyline points=(self.line(mid)) vector-effect="non-scaling-stroke" {}
            }
            @for (place, year) in self.years.iter().enumerate() {
                "\n" circle cx={ (self.x(place)) "%" } cy=(self.y(year.mid.sum)) r="4.5"
                    class=[(!year.is_on_file).then_some("part")] {
                    title { (year.year) ": " (amount(year.mid.sum, self.language)) }
                }
            }
            @for label in names { (label.markup("name")) }
        }
    }

    /// The amounts that have a line of their own.
    fn amounts(&self) -> impl Iterator<Item = Sek> {
        let (least, most) = self.range;
        ticks(least / 100, most / 100, 5).into_iter().map(|kronor| Sek::from_ore(kronor * 100))
    }

    fn grid(&self) -> Markup {
        // Eight years at most have their numbers below; the table has all.
        let each = self.years.len().div_ceil(8).max(1);
        html! {
            @for y in self.amounts().map(|amount| self.y(amount)) { line.grid x1="0" x2="100%" y1=(y) y2=(y) {} }
            @for (place, year) in self.years.iter().enumerate().step_by(each) {
                text.tick.across x={ (self.x(place)) "%" } y=(Hundredths(BOTTOM + 1_900)) { (year.year) }
            }
        }
    }

    /// The last frame and the first, and the amounts of the grid where there is room beside them.
    fn labels(&self) -> (Vec<Label>, Vec<Label>) {
        let mut noted = Vec::new();
        let last = self.years.len().saturating_sub(1);
        // At the last above, within the band if there is one; at the first on the side that the line turns from.
        let rises = self
            .years
            .get(1)
            .zip(self.years.first())
            .is_none_or(|(next, first)| next.mid.sum >= first.mid.sum);
        for (place, below) in [(last, -1_000), (0, if rises { 1_800 } else { -1_000 })] {
            let Some(year) = self.years.get(place) else { continue };
            let words = amount(year.mid.sum, self.language);
            let y = Hundredths(self.y(year.mid.sum).0 + below);
            let ends = place > 0;
            Label { words, place: if ends { 9_900 } else { 300 }, ends, y }.noted(&mut noted);
        }
        let names = noted.len();
        // Nor do the amounts stand at the first point.
        let first = self.years.first().map_or(Hundredths(0), |year| self.y(year.mid.sum));
        for sum in self.amounts().filter(|sum| (self.y(*sum).0 - 400 - first.0).abs() >= 1_400) {
            let y = Hundredths(self.y(sum).0 - 400);
            Label { words: amount(sum, self.language), place: 0, ends: false, y }.noted(&mut noted);
        }
        let amounts = noted.split_off(names);
        (noted, amounts)
    }
}
