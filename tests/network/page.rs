//! docs/tariffs.md, run: each tariff of the page as it is written there, and each of its fees.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use avgift::{FeeYear, Language, PopulationMode};
use avgift_network::{Folder, Network};

/// A tariff of the page and the fees that stand below it.
pub(crate) struct Example {
    pub(crate) settings: String,
    fees: Vec<Row>,
}

/// `1441  34 999  class delvis  → 35 000 kr`.
struct Row {
    code: String,
    inhabitants: String,
    class: String,
    joined: String,
    payer: String,
    /// Name and value.
    figure: Option<(String, String)>,
    fee: String,
}

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tariffs.md");
    fs::read_to_string(path).unwrap()
}

/// The blocks of the page, each with its language.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let fences = page.split("\n```").skip(1).step_by(2);
    fences.map(|block| block.split_once('\n').unwrap()).collect()
}

fn row(line: &str) -> Row {
    let (left, fee) = line.split_once("→").unwrap();
    let mut parts = left.trim().split("  ");
    let (code, inhabitants) = (parts.next().unwrap().to_owned(), parts.next().unwrap().to_owned());
    let mut row = Row {
        code,
        inhabitants,
        class: String::new(),
        joined: String::new(),
        payer: "x".into(),
        figure: None,
        fee: fee.trim().to_owned(),
    };
    for part in parts {
        let (what, value) = part.split_once(' ').unwrap();
        match what {
            "class" => value.clone_into(&mut row.class),
            "joined" => value.clone_into(&mut row.joined),
            "payer" => value.clone_into(&mut row.payer),
            "figure" => {
                let (name, value) = value.split_once(' ').unwrap();
                row.figure = Some((name.to_owned(), value.to_owned()));
            }
            _ => panic!("`{part}` is not known on this page"),
        }
    }
    row
}

pub(crate) fn examples() -> Vec<Example> {
    let page = page();
    let pairs: Vec<_> = blocks(&page).chunks(2).map(<[_]>::to_vec).collect();
    let example = |pair: Vec<(&str, &str)>| {
        let [("toml", settings), ("fees", fees)] = pair[..] else {
            panic!("a tariff of the page has no fees below it: {}", pair[0].1)
        };
        Example { settings: settings.to_owned(), fees: fees.lines().map(row).collect() }
    };
    pairs.into_iter().map(example).collect()
}

impl Example {
    pub(crate) fn year(&self) -> i32 {
        let from = self.settings.split_once("from = ").unwrap().1.lines().next().unwrap();
        // The factor of the page is that of 2024, and its tariff begins a year before.
        if self.settings.contains("year = 2024") { 2024 } else { from.parse().unwrap() }
    }

    pub(crate) fn folder(&self) -> Folder {
        let mut members = String::from("municipality_code;name;joined;payer;class\n");
        let mut populations = String::from("municipality_code,municipality,year,population\n");
        let mut figures = String::from("municipality_code;figure;fee_year;value\n");
        for row in &self.fees {
            let people = row.inhabitants.replace(' ', "");
            writeln!(members, "{};;{};{};{}", row.code, row.joined, row.payer, row.class).unwrap();
            writeln!(populations, "{},X,{},{people}", row.code, self.year() - 1).unwrap();
            if let Some((name, value)) = &row.figure {
                writeln!(figures, "{};{name};{};{value}", row.code, self.year()).unwrap();
            }
        }
        let agreement = "[[agreement]]\nhost = \"X\"\n";
        let payer = "payer;name;organisation_number;street;postcode;city;endpoint;buyer_reference\n\
                     x;X;992144-0005;Exempelgatan 1;999 40;Exempelstad;0007:9921440005;X\n\
                     dme;DME;992999-9002;Exempelgatan 1;999 40;Exempelstad;0007:9921440005;DME\n";
        Folder::new()
            .with("network.toml", format!("name = \"X\"\n{}\n{agreement}", self.settings))
            .with("members.csv", members)
            .with("payers.csv", payer)
            .with("figures.csv", figures)
            .with("statistics/folkmangd.csv", populations)
    }
}

/// To the krona, or the öre; and each fee replays from its steps alone.
#[test]
fn every_fee_of_the_page_is_what_its_tariff_comes_to() {
    let examples = examples();
    assert!(examples.len() >= 20, "{} examples", examples.len());
    for example in examples {
        let named = example.settings.lines().nth(1).unwrap();
        let network =
            Network::read(&example.folder()).unwrap_or_else(|faults| panic!("{named}: {}", faults[0]));
        let year = FeeYear::new(example.year()).unwrap();
        let fees = network.assess(year, PopulationMode::Published);
        let fees = fees.unwrap_or_else(|faults| panic!("{named}: {}", faults[0]));
        assert_eq!(fees.assessments.len(), example.fees.len(), "{named}");
        for row in &example.fees {
            let fee = fees.assessments.iter().find(|fee| fee.code().as_str() == row.code).unwrap();
            assert_eq!(
                fee.fee().text(Language::Swedish),
                row.fee,
                "{named}: {}",
                fee.explain(Language::Swedish)
            );
            assert_eq!(fee.replay(), Ok(fee.fee()), "{named}");
            let json = serde_json::to_string(fee).unwrap();
            assert_eq!(serde_json::from_str::<avgift::Assessment>(&json).unwrap(), *fee, "{named}");
        }
    }
}

/// Every heading that the table at the top leads to is there.
#[test]
fn the_table_leads_to_headings_of_the_page() {
    let page = page();
    let anchors = page.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap());
    let slug = |heading: &str| heading.trim().to_lowercase().replace(' ', "-");
    let headings: Vec<String> = page.lines().filter_map(|line| line.strip_prefix("## ")).map(slug).collect();
    let mut count = 0;
    for anchor in anchors {
        assert!(headings.iter().any(|heading| heading == anchor), "no heading `{anchor}`");
        count += 1;
    }
    assert!(count > 10);
}
