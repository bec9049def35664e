//! The board's page as a file: `report`. Every figure on it is the one that `fees`, `frame`, `compare` and `bridge` give a
//! machine. What a browser makes of it is for the judge, for whom pages are left in target/judge/html/.

use std::fs;
use std::path::{Path, PathBuf};

use avgift::Sek;
use scraper::Html;
use serde_json::Value;

use crate::page::{amount, json, number, of, ore_each, page, rows, selected, text, write};
use crate::world::{copy, expect, fixture, on, root, scratch};

const COMMAND: &str = "--year 2024 --years 2023..2026";

#[test]
fn every_fee_on_the_page_is_the_one_a_machine_is_given() {
    let (page, fees) = (page(COMMAND), json("fees --year 2024"));
    let compared = json("compare 2023 2024");
    let assessments = fees["assessments"].as_array().unwrap();
    let found = |name: &str| assessments.iter().find(|fee| fee["name"] == name).unwrap();

    let members = rows(&page, "members");
    let (sums, members) = members.split_last().unwrap();
    assert_eq!(members.len(), assessments.len());
    for row in members {
        let fee = found(&row[0]);
        let inhabitants = fee["inhabitants"].as_u64().unwrap();
        assert_eq!((&*row[1], &*row[2]), (fee["code"].as_str().unwrap(), fee["payer"].as_str().unwrap()));
        assert_eq!(number(&row[3]), inhabitants);
        assert_eq!(amount(&row[4]), ore_each(of(&fee["fee"]), inhabitants));
        let standing = match fee["standing"].as_str().unwrap() {
            "at-floor" => "golv",
            "at-ceiling" => "tak",
            _ => "",
        };
        assert_eq!(row[5], standing);
        let difference = compared["members"].as_array().unwrap();
        let difference = difference.iter().find(|member| member["code"] == *row[1]).unwrap();
        assert_eq!(amount(&row[6]), of(&difference["from"]["fee"]));
        assert_eq!(amount(&row[7]), of(&fee["fee"]));
        assert_eq!(amount(&row[8]), of(&difference["difference"]));
    }
    assert_eq!(number(&sums[3]), fees["frame"]["inhabitants"].as_u64().unwrap());
    assert_eq!(amount(&sums[6]), of(&compared["from"]["sum"]));
    assert_eq!(amount(&sums[7]), of(&fees["frame"]["sum"]));
    assert_eq!(amount(&sums[8]), of(&compared["difference"]));

    for id in ["figures-fees", "figures-each"] {
        let rows = rows(&page, id);
        assert_eq!(rows.len(), assessments.len());
        for row in &rows {
            let fee = found(&row[0]);
            assert_eq!(number(&row[1]), fee["inhabitants"].as_u64().unwrap());
            assert_eq!(amount(&row[2]), of(&fee["fee"]));
            assert_eq!(amount(&row[3]), ore_each(of(&fee["fee"]), number(&row[1])));
        }
        let column = if id == "figures-fees" { 2 } else { 3 };
        let amounts: Vec<Sek> = rows.iter().map(|row| amount(&row[column])).collect();
        assert!(amounts.is_sorted_by(|first, second| first >= second), "the largest first");
    }
    for row in rows(&page, "figures-curve") {
        let fee = found(&row[0]);
        assert_eq!(number(&row[1]), fee["inhabitants"].as_u64().unwrap());
        assert_eq!(amount(&row[2]), of(&fee["fee"]));
    }
}

/// What a chart writes beside a bar is what its table has, row by row; and a bar is as long as its amount.
#[test]
fn a_drawing_shows_the_figures_of_its_table() {
    let page = page(COMMAND);
    for (id, column) in [("fees", 2), ("each", 3), ("changes", 3)] {
        let rows = rows(&page, &format!("figures-{id}"));
        let of_chart = |part: &str| selected(&page, &format!("svg[id^='{id}-'] {part}"));
        let values: Vec<String> = of_chart("text.value").into_iter().map(text).collect();
        // Sums, and who is a member on one side alone, have no bar.
        assert!(values.len() >= 39, "{id}: {}", values.len());
        for (row, value) in rows.iter().zip(&values) {
            assert_eq!(&row[column], value.split(" · ").next().unwrap());
        }
        let widths = of_chart("rect:not(.track)");
        let hundredths = |width: &str| {
            let (whole, rest) =
                width.trim_end_matches('%').split_once('.').unwrap_or((width.trim_end_matches('%'), ""));
            whole.parse::<i64>().unwrap() * 100 + format!("{rest:0<2}").parse::<i64>().unwrap()
        };
        let longest =
            values.iter().map(|value| amount(value.split(" · ").next().unwrap()).ore()).max().unwrap();
        for (value, bar) in values.iter().zip(&widths) {
            let ore = amount(value.split(" · ").next().unwrap()).ore();
            let width = hundredths(bar.attr("width").unwrap());
            // Within a hundredth of a percent; öre per inhabitant are rounded more coarsely than they are drawn.
            let coarse = if id == "each" { 10_000 } else { 0 };
            assert!(
                (width * longest - ore * 10_000).abs() <= longest + coarse,
                "{id}: {value} is {width} long"
            );
        }
    }
    assert_eq!(selected(&page, "#curve-1 circle").len(), 39, "every member is on the curve");
}

#[test]
fn the_frames_on_the_page_are_those_a_machine_is_given() {
    let (page, frames) = (page(COMMAND), json("frame --years 2023..2026"));
    let frames: Vec<&Value> = frames.as_array().unwrap().iter().map(|year| &year["frame"]).collect();
    let rows = rows(&page, "figures-frames");
    for (place, frame) in frames.iter().enumerate() {
        let column: Vec<&str> = rows.iter().map(|row| row[place + 1].as_str()).collect();
        let counts = ["members", "payers", "at_floor", "within", "at_ceiling", "prorated", "inhabitants"];
        for (name, shown) in counts.iter().zip(&column) {
            assert_eq!(number(shown), frame[name].as_u64().unwrap(), "{name}");
        }
        let sum = of(&frame["sum"]);
        assert_eq!(amount(column[7]), ore_each(sum, frame["inhabitants"].as_u64().unwrap()));
        assert_eq!(amount(column[8]), ore_each(sum, frame["payers"].as_u64().unwrap()));
        assert_eq!(amount(column[9]), sum);
    }
    let facts: Vec<String> = selected(&page, ".facts dd").into_iter().map(text).collect();
    assert_eq!(amount(&facts[0]), of(&frames[1]["sum"]));
    let change = of(&frames[1]["sum"]).minus(of(&frames[0]["sum"])).unwrap();
    assert_eq!(amount(facts[1].split(" (").next().unwrap()), change);
    // 119 087 of 1 603 534 are 7,4265… %.
    assert_eq!(facts[1], "+119\u{a0}087\u{a0}kr (+7,4\u{a0}%)");
    assert_eq!(number(&facts[7]), frames[1]["inhabitants"].as_u64().unwrap());
}

#[test]
fn changes_and_bridge_are_those_a_machine_is_given() {
    let (page, compared, bridge) =
        (page(COMMAND), json("compare 2023 2024"), json("bridge --from 2023 --to 2024"));
    let changes = rows(&page, "figures-changes");
    let (sums, changes) = changes.split_last().unwrap();
    assert_eq!(changes.len(), 39);
    for (row, member) in changes.iter().zip(compared["members"].as_array().unwrap()) {
        assert_eq!(row[0], member["name"].as_str().unwrap());
        assert_eq!(amount(&row[1]), of(&member["from"]["fee"]));
        assert_eq!(amount(&row[2]), of(&member["to"]["fee"]));
        assert_eq!(amount(&row[3]), of(&member["difference"]));
    }
    assert_eq!(amount(&sums[3]), of(&compared["difference"]));

    let steps = rows(&page, "figures-bridge");
    assert_eq!(amount(&steps[0][2]), of(&bridge["from"]));
    let causes = ["population", "index", "tariff", "bounds", "proration", "membership", "rounding"];
    assert_eq!(steps.len(), causes.len() + 2);
    let mut reached = of(&bridge["from"]);
    for (row, cause) in steps[1..].iter().zip(causes) {
        assert_eq!(amount(&row[1]), of(&bridge["parts"][cause]), "{cause}");
        reached = reached.plus(amount(&row[1])).unwrap();
        assert_eq!(amount(&row[2]), reached);
    }
    let last = steps.last().unwrap();
    assert_eq!((amount(&last[1]), amount(&last[2])), (of(&bridge["difference"]), of(&bridge["to"])));
    assert_eq!(reached, of(&bridge["to"]));
}

const AHEAD: &str = "--years 2023..2031 --population-growth 0,8 --index-growth 2,5 --band 1";

#[test]
fn the_frame_ahead_is_the_one_a_machine_is_given() {
    let (page, forecast) = (page(&format!("--year 2024 {AHEAD}")), json(&format!("forecast {AHEAD}")));
    let years = forecast["years"].as_array().unwrap();
    let rows = rows(&page, "figures-forecast");
    assert_eq!(rows.len(), years.len());
    for (row, year) in rows.iter().zip(years) {
        assert_eq!(row[0], year["year"].to_string());
        assert_eq!(row[1] == "på fil", year["is_on_file"].as_bool().unwrap());
        for (column, name) in [(2, "members"), (3, "inhabitants"), (4, "at_floor"), (5, "at_ceiling")] {
            let value = year.get(name).unwrap_or(&year["mid"][name]);
            assert_eq!(number(&row[column]), value.as_u64().unwrap(), "{name}");
        }
        for (column, point) in [(6, "low"), (7, "mid"), (8, "high")] {
            assert_eq!(amount(&row[column]), of(&year[point]["sum"]), "{point}");
        }
    }
    // 2023 to 2026 are on file, 2027 to 2031 are not: said at the top, and drawn hollow.
    assert_eq!(selected(&page, "#forecast-1 circle").len(), 9);
    assert_eq!(selected(&page, "#forecast-1 circle.part").len(), 5);
    let notices: Vec<String> = selected(&page, "header .notice p").into_iter().map(text).collect();
    assert!(notices[0].ends_with("Gäller avgiftsår 2023–2031."), "{notices:?}");
    assert!(
        notices[2].starts_with("Prognos ") && notices[2].ends_with("Gäller avgiftsår 2027–2031."),
        "{notices:?}"
    );
    // Without a band there is one frame a year, and no field; half of an assumption is none.
    let page = self::page(&format!("--year 2024 {}", AHEAD.split(" --band").next().unwrap()));
    assert_eq!(selected(&page, "#forecast-1 polygon").len(), 0);
    assert_eq!(self::rows(&page, "figures-forecast")[8].len(), 7);
    let scratch = scratch();
    let half = "--year 2024 --years 2023..2031 --population-growth 1";
    assert_eq!(write(&fixture(), half, &scratch.path().join("sida.html")).code, 2);
}

/// Where a figure was read stands on the page: every origin of every assessment, in every year that is shown.
#[test]
fn every_place_is_among_the_sources() {
    let page = page(COMMAND);
    for year in 2023..=2026 {
        let sources: Vec<String> = rows(&page, &format!("places-{year}")).concat();
        let fees = json(&format!("fees --year {year}"));
        let mut places = 0;
        for step in
            fees["assessments"].as_array().unwrap().iter().flat_map(|fee| fee["steps"].as_array().unwrap())
        {
            for origin in step["origins"].as_array().unwrap() {
                let (file, line, column) =
                    (origin["file"].as_str().unwrap(), &origin["line"], &origin["column"]);
                let place = format!("{line}:{column}");
                let (whole, short) = (format!("{file}:{place}"), format!(" {place}"));
                let is_there = |cell: &String| {
                    cell.split(" och ").any(|word| word == whole)
                        || (cell.contains(file) && format!("{cell} ").contains(&format!("{short} ")))
                };
                assert!(sources.iter().any(is_there), "{year}: {file}:{place}");
                places += 1;
            }
        }
        assert!(places >= 39 * 5, "{places}");
    }
    let files: Vec<Vec<String>> = rows(&page, "files");
    let file =
        |name: &str| files.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name}")).clone();
    assert_eq!(file("statistics/TAB5557_2025.json")[1..3], ["TAB5557", "24\u{a0}februari\u{a0}2026"]);
    assert_eq!(number(&file("statistics/TAB5557_2025.json")[3]), 39);
    assert_eq!(number(&file("statistics/BE0101N1_2022-2024.csv")[3]), 3 * 39);
}

/// Illustrative and preliminary stand before any figure, with the years they are about.
#[test]
fn what_is_not_as_it_seems_is_said_at_the_top() {
    let notices: Vec<String> =
        selected(&page("--year 2024"), "header .notice p").into_iter().map(text).collect();
    assert_eq!(
        notices,
        [
            "Illustrativ taxa: nätverket har inte beslutat den. Gäller avgiftsår 2023, 2024.",
            "Uppräkningen vilar på preliminära indextal, som taxan anger. Gäller avgiftsår 2023, 2024."
        ]
    );
    let scratch = scratch();
    copy(&fixture(), scratch.path());
    fs::remove_file(scratch.path().join("statistics/TAB5557_2025.json")).unwrap();
    let out = scratch.path().join("sida.html");
    assert_eq!(write(scratch.path(), "--year 2026 --preliminary", &out).code, 0);
    let page = Html::parse_document(&fs::read_to_string(out).unwrap());
    let notices: Vec<String> = selected(&page, "header .notice p").into_iter().map(text).collect();
    assert!(
        notices[1].starts_with("PRELIMINÄRT: ") && notices[1].ends_with("Gäller avgiftsår 2026."),
        "{notices:?}"
    );
    assert!(rows(&page, "members")[0][5].contains("preliminär"));
}

/// A page under a scenario says so in its first line and its title, and has the scenario's figures.
#[test]
fn a_scenario_is_said_before_anything_else() {
    let scratch = scratch();
    let (scenario, out) = (scratch.path().join("dyrare.toml"), scratch.path().join("sida.html"));
    fs::write(&scenario, "[[tariff]]\nname = \"T\"\nrate = \"2,00 kr\"\n").unwrap();
    let under = format!("--year 2024 --scenario {}", scenario.display());
    assert_eq!(write(&fixture(), &under, &out).code, 0);
    let page = Html::parse_document(&fs::read_to_string(out).unwrap());
    for selector in ["h1", "head > title"] {
        let words = text(selected(&page, selector)[0]);
        assert!(words.contains("SCENARIO") && words.contains("inget beslut"), "{words}");
    }
    let sum = of(&json(&format!("frame {under}"))[0]["frame"]["sum"]);
    assert_eq!(amount(&text(selected(&page, ".facts dd")[0])), sum);
    assert!(sum > of(&json("frame --year 2024")[0]["frame"]["sum"]));
}

/// 2022 has no tariff and no population: the page says so, and leaves out what needs it. Asked for, it is refused.
#[test]
fn a_year_that_cannot_be_compared_with_is_named() {
    let page = page("--year 2023");
    let words: String = page.root_element().text().collect();
    assert!(words.contains("Avgiftsår 2022 går inte att räkna ut"), "{words}");
    assert!(selected(&page, "#changes, #bridge, #figures-changes, #figures-bridge").is_empty());
    assert_eq!(selected(&page, "#curve-1 circle.part").len(), 3, "three members joined within the year");
    let scratch = scratch();
    let out = scratch.path().join("sida.html");
    let refused = write(&fixture(), "--year 2023 --compare 2022", &out);
    assert_eq!(refused.code, 1);
    assert!(!out.exists());
    // Two years apart, and against a later year.
    for (year, other) in [(2026, 2023), (2023, 2026)] {
        let page = self::page(&format!("--year {year} --compare {other}"));
        assert_eq!(
            amount(&rows(&page, "figures-bridge")[0][2]),
            of(&json(&format!("frame --year {other}"))[0]["frame"]["sum"])
        );
    }
}

/// The whole page of 2024, byte for byte; and pages of every kind for the judge.
#[test]
fn the_page_of_the_fixture_is_the_expected_one() {
    let judged = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/html/fixture");
    let file = |name: &str| -> PathBuf { judged.join(name) };
    for (name, command) in [
        ("board-2024.html", "--year 2024"),
        ("board-2024-en.html", "--year 2024 --lang en"),
        ("board-2023.html", "--year 2023"),
        ("board-2026-years.html", "--year 2026 --compare 2023 --years 2023..2026"),
        ("board-ahead.html", &format!("--year 2026 {AHEAD}")),
        (
            "board-ahead-en.html",
            "--year 2026 --lang en --years 2026..2050 --population-growth -2 --index-growth -1",
        ),
        ("board-2023-falling.html", "--year 2023 --compare 2024"),
    ] {
        assert_eq!(write(&fixture(), &format!("{command} --replace"), &file(name)).code, 0);
    }
    let text = fs::read_to_string(file("board-2024.html")).unwrap();
    expect(&root().join("tests/report/golden/board-2024.html"), &text);
}

/// The head of the journal stands on the page once something is issued, and a damaged journal is told, not shown.
#[test]
fn the_head_of_the_journal_is_on_the_page() {
    let scratch = scratch();
    let network = scratch.path().join("network");
    copy(&fixture(), &network);
    let out = scratch.path().join("sida.html");
    assert_eq!(write(&network, "--year 2024", &out).code, 0);
    assert!(fs::read_to_string(&out).unwrap().contains("den har ingen journal"));
    let issue =
        "issue --year 2024 --no-pdf --date 2024-02-01 --by ekonomi --at 2024-02-01T09:00:00+01:00 --yes";
    assert_eq!(on(&network, issue).code, 0);
    assert_eq!(write(&network, "--year 2024 --replace", &out).code, 0);
    let journal = fs::read_to_string(network.join("journal.jsonl")).unwrap();
    let page = fs::read_to_string(&out).unwrap();
    let last = journal.lines().last().unwrap();
    let seal = avgift_journal::Seal::of(last.as_bytes()).to_string();
    assert!(page.contains(&format!("slutar med rad {}, sigill {seal}.", journal.lines().count())), "{seal}");

    fs::write(network.join("journal.jsonl"), journal.replacen("ekonomi", "ekonomy", 1)).unwrap();
    let refused = write(&network, "--year 2024 --replace", &out);
    assert_eq!(refused.code, 1);
    assert_eq!(fs::read_to_string(&out).unwrap(), page, "the page of before is left");
}

#[test]
fn a_page_is_written_over_nobodys_file() {
    let scratch = scratch();
    let out = scratch.path().join("sida.html");
    assert_eq!(on(&fixture(), "report --year 2024").code, 2, "a page is always a file");
    fs::write(&out, "somebody's own").unwrap();
    assert!(write(&fixture(), "--year 2024", &out).err.contains("error[out-must-be-new]"));
    assert_eq!(fs::read_to_string(&out).unwrap(), "somebody's own");
    assert_eq!(write(&fixture(), "--year 2024 --replace", &out).code, 0);
    assert_eq!(write(&fixture(), "--year 2024 --years 2026..2028 --replace", &out).code, 1);
    assert!(fs::read_to_string(&out).unwrap().starts_with("<!DOCTYPE html>"));
}
