//! The board's page under every shape of docs/tariffs.md and the real tariffs of other networks: the sections that can be told
//! of it and no other, and in every table the figures that a machine is given. Pages are left for the judge.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use avgift::Sek;
use scraper::Html;
use serde_json::Value;
use tempfile::TempDir;

use crate::page::{
    Table, amount, facts, json_of, number, of, ore_each, page_of, rows, selected, text, words, write,
};
use crate::world::{on, root, scratch};

/// A network with a tariff of its own, and what its chart of fees over inhabitants is to have.
struct Made {
    name: String,
    dir: PathBuf,
    year: i32,
    curves: usize,
    jumps: usize,
    /// What the folder lies in, deleted with it.
    _scratch: Option<TempDir>,
}

/// The headings of docs/tariffs.md with an example below; the curves and the jumps of each.
const SHAPES: [(&str, usize, usize); 28] = [
    ("A flat fee", 1, 0),
    ("So much per inhabitant", 1, 0),
    ("At least and at most", 1, 0),
    ("A base and a rate", 1, 0),
    ("A cap in inhabitants", 1, 0),
    ("Per so many inhabitants", 1, 0),
    // 9 999, 29 999, 49 999 and 99 999: one more is another step, up to the largest of 100 000.
    ("Steps", 1, 4),
    ("A rate by class of size", 1, 1),
    ("A fixed part by size and a rate", 1, 2),
    ("Brackets", 1, 0),
    ("A portion of an economic figure", 0, 0),
    ("A portion of an economic figure", 0, 0),
    ("An amount for each member", 0, 0),
    ("A total shared by keys", 0, 0),
    ("A total shared by keys", 0, 0),
    ("A total shared by keys", 0, 0),
    ("A total shared by percentages", 0, 0),
    // Without a class, `delvis`, `granne` and `halv`.
    ("Classes of members", 4, 0),
    ("A ceiling of one member", 1, 0),
    ("Components", 1, 0),
    ("Components", 1, 0),
    ("A factor of one year", 1, 0),
    ("A limit on the yearly change", 1, 0),
    ("A joining fee", 1, 0),
    // The curve is that of who pays by the rule.
    ("Members of a federation", 1, 0),
    ("Members of a federation", 1, 0),
    ("Members of a federation", 1, 0),
    ("Who joins or leaves within the year", 1, 0),
];

/// The examples of docs/tariffs.md: the settings and the members below them, in fee years 2023 and 2024.
fn examples() -> Vec<Made> {
    let docs = fs::read_to_string(root().join("docs/tariffs.md")).unwrap();
    let mut found = Vec::new();
    for section in docs.split("\n## ") {
        let heading = section.lines().next().unwrap();
        let blocks: Vec<&str> = section.split("\n```").skip(1).step_by(2).collect();
        for pair in blocks.chunks(2).filter(|pair| pair.len() == 2) {
            let settings = pair[0].strip_prefix("toml\n").unwrap();
            found.push((heading, settings, pair[1].strip_prefix("fees\n").unwrap()));
        }
    }
    assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), SHAPES.map(|shape| shape.0));
    let mut earlier: Vec<&str> = Vec::new();
    let made =
        |((_, settings, fees), (heading, curves, jumps)): ((&str, &str, &str), (&'static str, _, _))| {
            let scratch = scratch();
            example(scratch.path(), settings, fees);
            earlier.push(heading);
            // Of several examples below one heading, the second and the third say so.
            let name = match earlier.iter().filter(|other| **other == heading).count() {
                1 => heading.to_owned(),
                place => format!("{heading} {place}"),
            };
            let dir = scratch.path().to_owned();
            Made { name, dir, year: 2024, curves, jumps, _scratch: Some(scratch) }
        };
    found.into_iter().zip(SHAPES).map(made).collect()
}

/// The folder of an example. In 2022 every member has 37 inhabitants less, and its figures are the same.
fn example(dir: &Path, settings: &str, fees: &str) {
    let mut members = String::from("municipality_code;name;joined;payer;class\n");
    let mut populations = String::from("municipality_code,municipality,year,population\n");
    let mut figures = String::from("municipality_code;figure;fee_year;value\n");
    for row in fees.lines() {
        let mut parts = row.split('→').next().unwrap().trim().split("  ");
        let (code, people) = (parts.next().unwrap(), parts.next().unwrap().replace(' ', ""));
        let part = |what: &str| {
            let parts = row.split('→').next().unwrap().trim().split("  ");
            parts.filter_map(|part| part.strip_prefix(what)).next().unwrap_or_default().to_owned()
        };
        let payer = if part("payer ").is_empty() { "x".to_owned() } else { part("payer ") };
        writeln!(members, "{code};;{};{payer};{}", part("joined "), part("class ")).unwrap();
        let people: u32 = people.parse().unwrap();
        for (year, people) in [(2022, people - 37), (2023, people)] {
            writeln!(populations, "{code},X,{year},{people}").unwrap();
        }
        if let Some((name, value)) = part("figure ").split_once(' ') {
            for year in [2023, 2024] {
                writeln!(figures, "{code};{name};{year};{value}").unwrap();
            }
        }
    }
    let settings = settings.lines().filter(|line| !line.starts_with("to = "));
    let settings = settings.map(|line| if line.starts_with("from = ") { "from = 2023" } else { line });
    let settings = settings.collect::<Vec<_>>().join("\n");
    let network = format!("name = \"X\"\n{settings}\n\n[[agreement]]\nhost = \"X\"\n");
    let payer = "payer;name;organisation_number;street;postcode;city;endpoint;buyer_reference\n\
                 x;X;992144-0005;Exempelgatan 1;999 40;Exempelstad;0007:9921440005;X\n\
                 dme;DME;992999-9002;Exempelgatan 1;999 40;Exempelstad;0007:9921440005;DME\n";
    fs::create_dir(dir.join("statistics")).unwrap();
    for (file, text) in [
        ("network.toml", network.as_str()),
        ("members.csv", &members),
        ("payers.csv", payer),
        ("figures.csv", &figures),
        ("statistics/folkmangd.csv", &populations),
    ] {
        fs::write(dir.join(file), text).unwrap();
    }
}

/// The real tariffs of other networks. Stockholm has 988 943 inhabitants, Göteborg some 600 000.
fn real() -> Vec<Made> {
    let networks = [
        ("goteborgsregionen", 2024, 1, 0),
        ("klimatkommunerna", 2019, 1, 0),
        ("klimatkommunerna", 2023, 1, 0),
        ("malaren", 2024, 3, 0),
        ("miljokommuner", 2023, 1, 4),
        ("norra-dalarna", 2021, 0, 0),
        ("skr", 2024, 0, 0),
    ];
    let made = |(name, year, curves, jumps)| Made {
        name: format!("{name}-{year}"),
        dir: root().join("fixtures/networks").join(name),
        year,
        curves,
        jumps,
        _scratch: None,
    };
    networks.map(made).into()
}

fn all() -> Vec<Made> {
    examples().into_iter().chain(real()).collect()
}

impl Made {
    fn page(&self, more: &str) -> Html {
        page_of(&self.dir, &format!("--year {}{more}", self.year))
    }

    fn json(&self, command: &str) -> Value {
        json_of(&self.dir, command)
    }

    /// Whether a command is answered.
    fn answers(&self, command: &str) -> bool {
        on(&self.dir, command).code == 0
    }

    fn years(&self) -> (i32, i32) {
        (self.year - 1, self.year)
    }
}

/// The sections that can be told, in their order, and no other; what is drawn is drawn as it is.
#[test]
fn every_shape_has_the_sections_that_can_be_told_of_it() {
    for made in all() {
        let (name, page) = (&made.name, made.page(""));
        let (from, to) = made.years();
        let is_compared = made.answers(&format!("fees --year {from}"));
        let is_bridged = is_compared && made.answers(&format!("bridge --from {from} --to {to}"));
        let wanted = [
            (true, "frame"),
            (true, "curve"),
            (true, "fees"),
            (is_compared, "changes"),
            (is_bridged, "bridge"),
            (true, "all"),
            (true, "sources"),
        ];
        let wanted: Vec<&str> = wanted.iter().filter(|section| section.0).map(|section| section.1).collect();
        let found: Vec<&str> =
            selected(&page, "h2").iter().map(|heading| heading.attr("id").unwrap()).collect();
        assert_eq!(found, wanted, "{name}");
        assert_eq!(words(&page).contains("går inte att räkna ut"), !is_compared, "{name}");
        let is_empty =
            |id: &str| selected(&page, &format!("section[aria-labelledby={id}] :is(table, svg)")).is_empty();
        assert!(!wanted.iter().any(|id| *id != "frame" && is_empty(id)), "{name}");

        let members = made.json(&format!("fees --year {to}"))["assessments"].as_array().unwrap().len();
        assert_eq!(selected(&page, "#curve-1 circle").len(), members, "{name}");
        let pieces = selected(&page, "#curve-1 polyline:not(.jump)").len();
        assert_eq!(pieces, made.curves + made.jumps, "{name}");
        assert_eq!(selected(&page, "#curve-1 polyline.jump").len(), made.jumps, "{name}");
        assert_eq!(selected(&page, "#curve-1 rect.square").len(), 2 * made.jumps, "{name}");
        let samples = selected(&page, "#curve-1 line.sample").len();
        assert_eq!(samples, if made.curves > 1 { made.curves } else { 0 }, "{name}");
        let words = words(&page);
        assert_eq!(words.contains("Här finns ingen kurva: "), made.curves == 0, "{name}");
        assert_eq!(words.contains("Avgiften efter invånarantal"), made.curves > 0, "{name}");
        assert_eq!(words.contains("De streckade linjerna"), !selected(&page, "svg line.bound").is_empty());
    }
}

/// Floor and ceiling are counted where the tariff has them, and nowhere else.
#[test]
fn a_bound_that_is_not_there_is_not_counted() {
    let both = ["At least and at most", "Classes of members", "Members of a federation", "malaren-2024"];
    let floor =
        ["A portion of an economic figure 2", "Members of a federation 2", "Members of a federation 3"];
    let ceiling = [
        "A base and a rate",
        "A ceiling of one member",
        "Components",
        "Components 2",
        "klimatkommunerna-2019",
    ];
    for made in all() {
        let facts: Vec<String> = facts(&made.page("")).into_iter().map(|fact| fact.0).collect();
        let is_told = |name: &str| facts.iter().any(|fact| fact == name);
        let is_of = |names: &[&str]| names.contains(&made.name.as_str());
        assert_eq!(is_told("Vid golvet"), is_of(&both) || is_of(&floor), "{}", made.name);
        assert_eq!(is_told("Vid taket"), is_of(&both) || is_of(&ceiling), "{}", made.name);
        assert_eq!(is_told("Mellan golv och tak"), is_of(&both), "{}", made.name);
    }
}

/// The figures of every table are those of the same run, whatever the shape.
#[test]
fn every_figure_of_every_shape_is_the_one_a_machine_is_given() {
    for made in all() {
        let (from, to) = made.years();
        let page = made.page("");
        let fees = made.json(&format!("fees --year {to}"));
        holds_fees(&page, &fees, &to.to_string(), &made.name);
        if selected(&page, "#changes").is_empty() {
            continue;
        }
        let compared = made.json(&format!("compare {from} {to}"));
        holds_changes(&page, &compared, [&from.to_string(), &to.to_string()], &made.name);
        holds_frames(&page, &made.json(&format!("frame --years {from}..{to}")), &made.name);
        if !selected(&page, "#bridge").is_empty() {
            holds_bridge(&page, &made.json(&format!("bridge --from {from} --to {to}")), &made.name);
        }
    }
}

/// Fees, inhabitants and kronor per inhabitant in each of the tables that have them, and the boxes at the top.
fn holds_fees(page: &Html, fees: &Value, year: &str, name: &str) {
    let assessments = fees["assessments"].as_array().unwrap();
    for (id, fee_heading) in [
        ("figures-curve", "Avgift".to_owned()),
        ("figures-fees", "Avgift".to_owned()),
        ("figures-each", "Avgift".to_owned()),
        ("members", format!("Avgift {year}")),
    ] {
        let table = Table::of(page, id);
        let sums = usize::from(id == "members");
        assert_eq!(table.rows.len(), assessments.len() + sums, "{name}, {id}");
        for row in &table.rows[..assessments.len()] {
            let fee = assessments.iter().find(|fee| fee["name"] == row[0]).unwrap();
            let inhabitants = fee["inhabitants"].as_u64().unwrap();
            assert_eq!(number(table.at(row, "Invånare")), inhabitants, "{name}, {id}");
            assert_eq!(amount(table.at(row, &fee_heading)), of(&fee["fee"]), "{name}, {id}");
            if id != "figures-curve" {
                let each = amount(table.at(row, "Kr per invånare"));
                assert_eq!(each, ore_each(of(&fee["fee"]), inhabitants), "{name}, {id}");
            }
        }
        if let Some(sums) = table.rows.get(assessments.len()) {
            assert_eq!(amount(table.at(sums, &fee_heading)), of(&fees["frame"]["sum"]), "{name}");
            assert_eq!(number(table.at(sums, "Invånare")), fees["frame"]["inhabitants"].as_u64().unwrap());
        }
    }
    // What stands beside a bar is what its table has, in the same order.
    for (id, heading) in [("fees", "Avgift"), ("each", "Kr per invånare")] {
        let table = Table::of(page, &format!("figures-{id}"));
        let values = selected(page, &format!("svg[id^='{id}-'] text.value")).into_iter().map(text);
        let values: Vec<String> = values.map(|value| value.split(" · ").next().unwrap().to_owned()).collect();
        let wanted: Vec<&str> = table.rows.iter().map(|row| table.at(row, heading)).collect();
        assert_eq!(values, wanted, "{name}, {id}");
    }
    let frame = &fees["frame"];
    for (fact, value) in facts(page) {
        let counts = [("Medlemmar", "members"), ("Betalare", "payers"), ("Vid golvet", "at_floor")];
        let counts =
            counts.into_iter().chain([("Mellan golv och tak", "within"), ("Vid taket", "at_ceiling")]);
        match fact.as_str() {
            _ if fact == format!("Budgetram {year}") => {
                assert_eq!(amount(&value), of(&frame["sum"]), "{name}")
            }
            "Invånare" => assert_eq!(number(&value), frame["inhabitants"].as_u64().unwrap(), "{name}"),
            "Medel per invånare" => {
                let mean = ore_each(of(&frame["sum"]), frame["inhabitants"].as_u64().unwrap());
                assert_eq!(amount(&value), mean, "{name}");
            }
            "Medel per betalare" => {
                let mean = ore_each(of(&frame["sum"]), frame["payers"].as_u64().unwrap());
                assert_eq!(amount(&value), mean, "{name}");
            }
            _ if fact.starts_with("Ändring från ") => {}
            _ => {
                let key = counts.into_iter().find(|count| count.0 == fact);
                let key = key.unwrap_or_else(|| panic!("{name}: nobody knows {fact}")).1;
                assert_eq!(number(&value), frame[key].as_u64().unwrap(), "{name}: {fact}");
            }
        }
    }
}

/// Who pays more and less, in the chart, its table and the table of members.
fn holds_changes(page: &Html, compared: &Value, [from, to]: [&str; 2], name: &str) {
    let table = Table::of(page, "figures-changes");
    let members =
        ["members", "only_in_from", "only_in_to"].map(|list| compared[list].as_array().unwrap().clone());
    let members: Vec<Value> = members.concat();
    assert_eq!(table.rows.len(), members.len() + 1, "{name}");
    let fee = |shown: &str, side: &Value| match side {
        Value::Null => assert_eq!(shown, "inte medlem", "{name}"),
        side => assert_eq!(amount(shown), of(&side["fee"]), "{name}"),
    };
    for row in &table.rows[..members.len()] {
        let member = members.iter().find(|member| member["name"] == row[0]).unwrap();
        fee(table.at(row, from), &member["from"]);
        fee(table.at(row, to), &member["to"]);
        assert_eq!(amount(table.at(row, "Skillnad")), of(&member["difference"]), "{name}");
    }
    let sums = &table.rows[members.len()];
    assert_eq!(amount(table.at(sums, "Skillnad")), of(&compared["difference"]), "{name}");
    let facts = facts(page);
    let (_, change) = facts.iter().find(|fact| fact.0 == format!("Ändring från {from}")).unwrap();
    assert_eq!(amount(change.split(" (").next().unwrap()), of(&compared["difference"]), "{name}");
    // A bar for who is a member of both; where nothing changed at all, none.
    let bars = selected(page, "svg[id^='changes-'] text.value").len();
    let has_changed =
        compared["members"].as_array().unwrap().iter().any(|member| member["difference"] != "0.00");
    assert_eq!(bars, if has_changed { compared["members"].as_array().unwrap().len() } else { 0 }, "{name}");
    let table = Table::of(page, "members");
    for row in &table.rows[..table.rows.len() - 1] {
        let member = members.iter().find(|member| member["name"] == row[0]).unwrap();
        fee(table.at(row, &format!("Avgift {from}")), &member["from"]);
        assert_eq!(amount(table.at(row, "Skillnad")), of(&member["difference"]), "{name}");
    }
}

/// The frames side by side.
fn holds_frames(page: &Html, frames: &Value, name: &str) {
    let table = Table::of(page, "figures-frames");
    let frames = frames.as_array().unwrap();
    assert_eq!(table.headings.len(), frames.len() + 1, "{name}");
    for (place, year) in frames.iter().enumerate() {
        let frame = &year["frame"];
        for row in &table.rows {
            let count = match row[0].as_str() {
                "Medlemmar" => "members",
                "Betalare" => "payers",
                "Vid golvet" => "at_floor",
                "Mellan golv och tak" => "within",
                "Vid taket" => "at_ceiling",
                "Del av året" => "prorated",
                "Invånare" => "inhabitants",
                "Summa" => {
                    assert_eq!(amount(&row[place + 1]), of(&frame["sum"]), "{name}");
                    continue;
                }
                _ => continue,
            };
            assert_eq!(number(&row[place + 1]), frame[count].as_u64().unwrap(), "{name}: {count}");
        }
    }
}

/// The bridge: whatever causes a machine is given, the page has no other sum.
fn holds_bridge(page: &Html, bridge: &Value, name: &str) {
    let rows = rows(page, "figures-bridge");
    let parts: Vec<Sek> = rows[1..rows.len() - 1].iter().map(|row| amount(&row[1])).collect();
    let mut shown: Vec<Sek> = parts.iter().copied().filter(|part| *part != Sek::ZERO).collect();
    let mut given: Vec<Sek> = bridge["parts"].as_object().unwrap().values().map(of).collect();
    given.retain(|part| *part != Sek::ZERO);
    shown.sort_unstable();
    given.sort_unstable();
    assert_eq!(shown, given, "{name}");
    assert_eq!(amount(&rows[0][2]), of(&bridge["from"]), "{name}");
    let last = rows.last().unwrap();
    assert_eq!(
        (amount(&last[1]), amount(&last[2])),
        (of(&bridge["difference"]), of(&bridge["to"])),
        "{name}"
    );
}

/// The frame ahead under every shape: where a machine is given it, the page has it; where it is refused, the page is too.
#[test]
fn the_frame_ahead_of_every_shape_is_the_one_a_machine_is_given() {
    let ahead = "--years 2024..2027 --population-growth 0,8 --index-growth 2,5 --band 1";
    let scratch = scratch();
    let mut answered = 0;
    for made in examples() {
        let forecast = on(&made.dir, &format!("forecast {ahead} --json"));
        let out = scratch.path().join(format!("{answered}.html"));
        let ran = write(&made.dir, &format!("--year 2024 {ahead} --replace"), &out);
        assert_eq!(ran.code, forecast.code, "{}: {}", made.name, ran.err);
        if ran.code != 0 {
            continue;
        }
        answered += 1;
        let forecast: Value = serde_json::from_str(&forecast.out).unwrap();
        let page = Html::parse_document(&fs::read_to_string(&out).unwrap());
        let table = Table::of(&page, "figures-forecast");
        let years = forecast["years"].as_array().unwrap();
        assert_eq!(table.rows.len(), years.len());
        for (row, year) in table.rows.iter().zip(years) {
            assert_eq!(row[0], year["year"].to_string());
            assert_eq!(number(table.at(row, "Invånare")), year["mid"]["inhabitants"].as_u64().unwrap());
            for (heading, point) in [("Lågt", "low"), ("Mellan", "mid"), ("Högt", "high")] {
                assert_eq!(amount(table.at(row, heading)), of(&year[point]["sum"]), "{}: {point}", made.name);
            }
        }
    }
    assert!(answered >= 15, "{answered}");
}

/// A jump is told with both its ends: 9 999 pay 1 000 kr and 10 000 pay 1 800; 19 999 × 2,00 is more than 20 000 × 1,50.
#[test]
fn a_jump_is_told_with_both_its_ends() {
    let made = examples();
    let told = |name: &str| {
        let words = words(&made.iter().find(|made| made.name == name).unwrap().page(""));
        words.replace('\u{a0}', " ")
    };
    let steps = told("Steps");
    assert!(steps.contains("Från 9 999 till 10 000 invånare stiger avgiften från 1 000 kr till 1 800 kr."));
    assert!(steps.contains("Från 99 999 till 100 000 invånare stiger avgiften från 2 800 kr till 4 800 kr."));
    let sizes = told("A rate by class of size");
    assert!(
        sizes.contains("Från 19 999 till 20 000 invånare sjunker avgiften från 39 998 kr till 30 000 kr.")
    );
    let classes = told("Classes of members");
    assert!(classes.contains("Utan klass: Golvet höjer avgiften till och med 27 999 invånare."));
    assert!(classes.contains("Klass delvis: Golvet höjer avgiften till och med 34 999 invånare."));
    let ceilings = told("A ceiling of one member");
    assert!(ceilings.contains("Den som har ett eget tak kan ligga vid sidan av kurvan."));
}

/// The shapes that are drawn in a way of their own.
const JUDGED: [&str; 13] = [
    "So much per inhabitant",
    "Per so many inhabitants",
    "Steps",
    "A rate by class of size",
    "A portion of an economic figure",
    "An amount for each member",
    "A total shared by percentages",
    "Classes of members",
    "A ceiling of one member",
    "A limit on the yearly change",
    "goteborgsregionen-2024",
    "malaren-2024",
    "miljokommuner-2023",
];

/// Pages for the judge of pages, in either language by turns: wide, narrow, light, dark, printed, scripts off.
#[test]
fn pages_of_shapes_are_left_for_the_judge() {
    let judged = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/html/shapes");
    fs::create_dir_all(&judged).unwrap();
    let made = all();
    for (place, name) in JUDGED.iter().enumerate() {
        let made = made.iter().find(|made| made.name == *name).unwrap();
        let file = judged.join(format!("{}.html", name.to_lowercase().replace(' ', "-")));
        let language = if place % 2 == 0 { "sv" } else { "en" };
        let ran = write(&made.dir, &format!("--year {} --lang {language} --replace", made.year), &file);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
    }
}
