//! The board's page under a scenario, where things are missing, and in either language with no word of the other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use avgift::Sek;
use avgift_wording::{Language, messages};
use scraper::Html;
use serde_json::Value;

use crate::page::{
    Table, amount, facts, json, json_of, number, of, page, page_of, rows, selected, text, words, write,
};
use crate::world::{copy, fixture, on, root, scratch};

/// A floor of 20 000 kr instead of 15 000 kr, and 1,40 kr instead of 1,50 kr.
const SCENARIO: &str = "[[tariff]]\nname = \"T\"\nrate = \"1,40 kr\"\nfloor = \"20 000 kr\"\n";

/// Where pages are left for the judge.
fn judged(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/html/board");
    fs::create_dir_all(&dir).unwrap();
    dir.join(name)
}

fn read(file: &Path) -> Html {
    Html::parse_document(&fs::read_to_string(file).unwrap())
}

/// Who wins and who loses by a scenario, in its year, against what is in force: the figures of `compare`.
#[test]
fn a_scenario_is_held_against_what_is_in_force() {
    let scratch = scratch();
    let (scenario, out) = (scratch.path().join("dyrare.toml"), judged("scenario.html"));
    fs::write(&scenario, SCENARIO).unwrap();
    let scenario = scenario.display().to_string();
    let ahead = "--years 2024..2028 --population-growth 0,8 --index-growth 2,5 --band 1";
    let ran = write(&fixture(), &format!("--year 2024 --scenario {scenario} {ahead} --replace"), &out);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = read(&out);

    let compared = json(&format!("compare 2024 {scenario}"));
    assert_eq!(compared["to"]["year"], 2024);
    let changes = Table::of(&page, "figures-changes");
    let members = compared["members"].as_array().unwrap();
    assert_eq!(changes.rows.len(), members.len() + 1);
    for (row, member) in changes.rows.iter().zip(members) {
        assert_eq!(row[0], member["name"].as_str().unwrap());
        assert_eq!(amount(changes.at(row, "2024 (gällande)")), of(&member["from"]["fee"]));
        assert_eq!(amount(changes.at(row, "2024 (SCENARIO)")), of(&member["to"]["fee"]));
        assert_eq!(amount(changes.at(row, "Skillnad")), of(&member["difference"]));
    }
    let facts = facts(&page);
    let fact = |name: &str| &facts.iter().find(|fact| fact.0 == name).unwrap().1;
    assert_eq!(amount(fact("Budgetram 2024 (SCENARIO)")), of(&compared["to"]["sum"]));
    let change = fact("Ändring från 2024 (gällande)").split(" (").next().unwrap();
    assert_eq!(amount(change), of(&compared["difference"]));

    // The bridge has the same ends, and no part of it is one of inhabitants or of the index: the year is the same.
    let bridge = rows(&page, "figures-bridge");
    assert_eq!(amount(&bridge[0][2]), of(&compared["from"]["sum"]));
    let last = bridge.last().unwrap();
    assert_eq!(
        (amount(&last[1]), amount(&last[2])),
        (of(&compared["difference"]), of(&compared["to"]["sum"]))
    );
    let part = |name: &str| amount(&bridge.iter().find(|row| row[0] == name).unwrap()[1]);
    assert_eq!((part("Invånarantal"), part("Index")), (Sek::ZERO, Sek::ZERO));

    // Every frame under the scenario is that of `frame` and `forecast` under it; what is in force stands beside it, once.
    let frames = Table::of(&page, "figures-frames");
    let sums = frames.rows.last().unwrap();
    for year in json(&format!("frame --years 2024..2026 --scenario {scenario}")).as_array().unwrap() {
        let heading = format!("{} (SCENARIO)", year["fee_year"]);
        assert_eq!(amount(frames.at(sums, &heading)), of(&year["frame"]["sum"]));
    }
    assert_eq!(amount(frames.at(sums, "2024 (gällande)")), of(&json("frame --year 2024")[0]["frame"]["sum"]));
    assert_eq!(frames.headings.len(), 1 + 3 + 1, "{:?}", frames.headings);
}

/// Torn out of the page, each chart and each table of amounts still says that it comes of a scenario.
#[test]
fn a_scenario_is_marked_everywhere() {
    let scenario = fixture().join("scenarios/hogre-golv.toml").display().to_string();
    for (language, in_force) in [("sv", "(gällande)"), ("en", "(in force)")] {
        let ahead = "--years 2024..2028 --population-growth 0,8 --index-growth 2,5";
        let page = page(&format!("--year 2024 --scenario {scenario} {ahead} --lang {language}"));
        for selector in ["head > title", "h1", "header .notice p:first-child", "figcaption", "svg > title"] {
            let told: Vec<String> = selected(&page, selector).into_iter().map(text).collect();
            assert!(!told.is_empty(), "{selector}");
            // A title of a part ends in which rows it has.
            assert!(told.iter().all(|words| words.contains("SCENARIO")), "{selector}: {told:?}");
        }
        let captions = selected(&page, "table:not(#files) > caption").into_iter().map(text);
        let captions: Vec<String> = captions.collect();
        let is_marked = |words: &String| words.contains("SCENARIO") || words.contains(in_force);
        assert!(captions.iter().all(is_marked), "{captions:?}");
        // The file by its name alone; where it was read stands among the sources.
        let h1 = text(selected(&page, "h1")[0]);
        assert!(h1.contains("SCENARIO hogre-golv.toml, "), "{h1}");
        assert!(rows(&page, "files").iter().any(|row| row[0].ends_with("/scenarios/hogre-golv.toml")));
        assert!(
            !selected(&page, "#places-2024").is_empty()
                && !selected(&page, "#places-2024-in-force").is_empty()
        );
    }
    let words = words(&page("--year 2024"));
    assert!(!words.contains("SCENARIO") && !words.contains("gällande"));
}

/// Another year to hold it against is one of what is in force, too; and where nothing is in force, the page says so.
#[test]
fn what_a_scenario_is_held_against_is_never_the_scenario() {
    let scratch = scratch();
    let scenario = scratch.path().join("dyrare.toml");
    fs::write(&scenario, SCENARIO).unwrap();
    let under = format!("--year 2024 --scenario {}", scenario.display());
    let against_2023 = page(&format!("{under} --compare 2023"));
    let changes = Table::of(&against_2023, "figures-changes");
    let sums = changes.rows.last().unwrap();
    let frame = |command: &str| of(&json(command)[0]["frame"]["sum"]);
    assert_eq!(amount(changes.at(sums, "2023 (gällande)")), frame("frame --year 2023"));
    assert_eq!(amount(changes.at(sums, "2024 (SCENARIO)")), frame(&format!("frame {under}")));

    let later = scratch.path().join("network");
    copy(&fixture(), &later);
    let settings = fs::read_to_string(later.join("network.toml")).unwrap();
    fs::write(later.join("network.toml"), settings.replacen("from = 2023", "from = 2025", 1)).unwrap();
    fs::write(&scenario, "[[tariff]]\nname = \"T\"\nfrom = 2024\n").unwrap();
    let page = page_of(&later, &under);
    assert!(words(&page).contains("Avgiftsår 2024 (gällande) går inte att räkna ut"), "{}", words(&page));
    assert!(selected(&page, "#changes, #bridge").is_empty());
}

/// A network of one member; and one whose name is markup and longer than a line, as is that of a class, and of whose members
/// one joined within the year.
#[test]
fn small_and_odd_networks_have_a_page() {
    let scratch = scratch();
    let made = |name: &str, members: &str| {
        let dir = scratch.path().join(name);
        copy(&root().join("fixtures/networks/miljokommuner"), &dir);
        let members = format!("municipality_code;name;joined;payer;class\n{members}");
        fs::write(dir.join("members.csv"), members).unwrap();
        dir
    };
    let one = made("one", "1438;;;k1438;\n");
    let class = "<i>Klassen med ett namn som är så långt att ingen rad på en telefon har plats för det</i>";
    let odd = made("odd", &format!("1438;;;k1438;{class}\n1440;;2023-07-01;k1440;\n1490;;;k1490;\n"));
    let settings = fs::read_to_string(odd.join("network.toml")).unwrap();
    let name = "<script>alert(1)</script> & nätverket med ett namn som är längre än någon rad på ett papper";
    let (first, rest) = settings.split_once("\n\n[[tariff]]").unwrap();
    assert!(first.contains("name = "), "{first}");
    let more = format!(
        "[tariff.proration]\nunit = \"months\"\nbroken = \"counted\"\n\n\
         [[tariff.class]]\nname = \"{class}\"\nmultiplier = \"50 %\"\n\n[[agreement]]"
    );
    let rest = rest.replacen("[[agreement]]", &more, 1);
    fs::write(odd.join("network.toml"), format!("name = \"{name}\"\n\n[[tariff]]{rest}")).unwrap();
    for (file, dir, members) in [("one", &one, 1), ("odd", &odd, 3)] {
        let out = judged(&format!("{file}.html"));
        let ran = write(dir, "--year 2023 --replace", &out);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page = read(&out);
        assert_eq!(selected(&page, "i, script, img").len(), 0);
        assert_eq!(selected(&page, "#curve-1 circle").len(), members);
        assert_eq!(rows(&page, "members").len(), members + 1);
        let fees = json_of(dir, "fees --year 2023");
        let table = Table::of(&page, "members");
        for fee in fees["assessments"].as_array().unwrap() {
            let row = table.rows.iter().find(|row| row[0] == *fee["name"].as_str().unwrap()).unwrap();
            assert_eq!(amount(table.at(row, "Avgift 2023")), of(&fee["fee"]));
        }
    }
    let page = read(&judged("odd.html"));
    assert!(text(selected(&page, "h1")[0]).starts_with(name));
    let table = Table::of(&page, "members");
    let row = |code: &str| table.rows.iter().find(|row| row[1] == code).unwrap();
    // Half of the lowest step of 1 000 kr; half a year of that of 2 200 kr, as a hollow point with a note.
    let (dals_ed, ale) = (row("1438"), row("1440"));
    assert_eq!(table.at(dals_ed, "Klass"), class);
    assert_eq!(amount(table.at(dals_ed, "Avgift 2023")), Sek::from_kronor(500).unwrap());
    assert_eq!(amount(table.at(ale, "Avgift 2023")), Sek::from_kronor(1_100).unwrap());
    assert_eq!(selected(&page, "#curve-1 circle.part").len(), 1);
    assert!(table.at(ale, "Läge").contains('6') && words(&page).contains("En ofylld punkt"));
    let curves: Vec<String> = selected(&page, "#curve-1 text").into_iter().map(text).collect();
    assert!(
        curves.iter().any(|name| name.starts_with("Klass <i>Klassen") && name.ends_with('…')),
        "{curves:?}"
    );
}

/// All 290 municipalities, Göteborg beside Dals-Ed and Bjurholm: every one is on the page, and every amount is that of `fees`.
#[test]
fn all_municipalities_fit_on_a_page() {
    let scratch = scratch();
    let dir = scratch.path();
    copy(&fixture(), dir);
    let mut members = String::from("municipality_code;name;payer\n");
    let mut populations = String::from("municipality_code,municipality,year,population\n");
    for (place, municipality) in avgift_network::names::municipalities().enumerate() {
        let (code, name) = (municipality.code, municipality.name);
        members.push_str(&format!("{code};{name};{}\n", if place % 2 == 0 { "ale" } else { "boras" }));
        let people = if code.as_str() == "1480" { 604_616 } else { 2_400 + place * 331 };
        for year in [2022, 2023] {
            populations.push_str(&format!("{code},{name},{year},{}\n", people - (2023 - year) * 7));
        }
    }
    fs::write(dir.join("members.csv"), members).unwrap();
    for file in ["BE0101N1_2022-2024.csv", "TAB5557_2025.json"] {
        fs::remove_file(dir.join("statistics").join(file)).unwrap();
    }
    fs::write(dir.join("statistics/folkmangd.csv"), populations).unwrap();
    let out = judged("all-municipalities.html");
    let ran = write(dir, "--year 2024 --replace", &out);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let size = fs::metadata(&out).unwrap().len();
    assert!(size < 1_000_000, "{size} bytes");
    let page = read(&out);
    let fees = json_of(dir, "fees --year 2024");
    let fees = fees["assessments"].as_array().unwrap();
    assert_eq!(fees.len(), 290);
    let table = Table::of(&page, "members");
    assert_eq!(table.rows.len(), 291);
    for fee in fees {
        let row = table.rows.iter().find(|row| fee["code"] == row[1]).unwrap();
        assert_eq!(amount(table.at(row, "Avgift 2024")), of(&fee["fee"]));
        assert_eq!(number(table.at(row, "Invånare")), fee["inhabitants"].as_u64().unwrap());
    }
    assert_eq!(selected(&page, "#curve-1 circle").len(), 290);
    assert_eq!(selected(&page, "svg[id^='fees-'] text.value").len(), 290);
}

/// The fixed parts of every message of a language, but not those of the other.
fn parts_of(language: Language) -> BTreeSet<String> {
    let parts = |language: Language| -> BTreeSet<String> {
        let told = messages(language).into_iter().map(|message| {
            let figures: Vec<(&str, &str)> =
                message.figures.iter().map(|name| (name.as_str(), "\u{1}")).collect();
            language.tell(&message.name, &figures)
        });
        let parts = told.flat_map(|text| text.split('\u{1}').map(plain).collect::<Vec<_>>());
        parts.filter(|part| part.chars().filter(|letter| letter.is_alphabetic()).count() >= 3).collect()
    };
    let other = Language::ALL.into_iter().find(|other| *other != language).unwrap();
    let others = parts(other);
    let is_alike = |part: &String| others.iter().any(|other| holds(other, part));
    parts(language).into_iter().filter(|part| !is_alike(part)).collect()
}

/// Words in small letters with one space between them and around.
fn plain(text: &str) -> String {
    let letters = text.to_lowercase();
    let words = letters.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether words stand among others, whole.
fn holds(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

/// A page is of one language: no message of the other stands on it, in no drawing and no description. Of names, the user's own
/// words, no more is said here than that ours do not stand in them.
#[test]
fn a_page_is_of_one_language() {
    let networks = [
        (fixture(), "--year 2024 --years 2023..2028 --population-growth 0,8 --index-growth 2,5 --band 1"),
        (fixture(), "--year 2023"),
        (root().join("fixtures/networks/malaren"), "--year 2024"),
        (root().join("fixtures/networks/norra-dalarna"), "--year 2021"),
        (root().join("fixtures/networks/miljokommuner"), "--year 2023"),
        (root().join("fixtures/networks/skr"), "--year 2024"),
    ];
    let scenario = fixture().join("scenarios/hogre-golv.toml").display().to_string();
    let under = format!("--year 2024 --scenario {scenario}");
    let networks = networks.into_iter().chain([(fixture(), under.as_str())]);
    let (swedish, english) = (parts_of(Language::Swedish), parts_of(Language::English));
    assert!(swedish.len() > 300 && english.len() > 300, "{} {}", swedish.len(), english.len());
    for (dir, command) in networks {
        let settings = fs::read_to_string(dir.join("network.toml")).unwrap();
        let name = settings.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
        let name = name.trim_matches('"').to_owned();
        for (language, own, others) in [("sv", &swedish, &english), ("en", &english, &swedish)] {
            let page = page_of(&dir, &format!("{command} --lang {language}"));
            let titles = selected(&page, "head > title").into_iter().map(text).collect::<String>();
            let labels = selected(&page, "[aria-label]")
                .into_iter()
                .map(|at| at.attr("aria-label").unwrap().to_owned());
            let said = selected(&page, "body")[0].text().map(str::to_owned).chain(labels).chain([titles]);
            // The names of files and of the network are the user's own.
            let is_file = |word: &&str| [".csv", ".toml", ".json"].iter().any(|end| word.contains(end));
            let without_names = |part: String| {
                let part = part.replace(&name, "");
                part.split(' ').filter(|word| !is_file(word)).collect::<Vec<_>>().join(" ")
            };
            let said: Vec<String> = said.map(|part| plain(&without_names(part))).collect();
            let found = |part: &String| said.iter().find(|words| holds(words, part));
            for part in others {
                assert_eq!(
                    found(part),
                    None,
                    "`{part}` on the {language} page of {command}, {}",
                    dir.display()
                );
            }
            assert!(own.iter().filter(|part| found(part).is_some()).count() > 25, "{language}");
        }
    }
}

/// The search itself: a word of the other language is found, alone and in a sentence, and not within a word.
#[test]
fn a_word_of_the_other_language_would_be_found() {
    let swedish = parts_of(Language::Swedish);
    for part in ["golv", "tak", "budgetram", "hela året", "medlem"] {
        assert!(swedish.iter().any(|there| there == part), "{part}");
    }
    assert!(holds(&plain("Up to Golv 15\u{a0}000"), "golv") && !holds(&plain("Golvet"), "golv"));
    assert!(!swedish.contains("index"), "what both languages say belongs to both");
}

/// No journal, and the head of one: the last line and its seal.
#[test]
fn nothing_is_made_up_where_there_is_no_journal() {
    let page = page("--year 2024 --lang en");
    assert!(words(&page).contains("it has no journal"));
    assert!(!words(&page).contains("seal "));
    let value: Value = json("frame --year 2024");
    assert_eq!(of(&value[0]["frame"]["sum"]), amount(&facts(&page)[0].1.replace(',', "")));
    assert_eq!(on(&fixture(), "journal list").code, 0);
}
