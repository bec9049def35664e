//! `[tariff.index]` as it is written, by fees worked out by hand: Ale, 32 446 inhabitants × 1,50 kr = 48 669 kr in 2024,
//! × October figures of the fixture, 138,2 (2021, the base), 142,6 (2022, used by fee year 2024).

use avgift::{FeeYear, Language, PopulationMode, Rule};
use avgift_network::{Folder, Network};

use crate::{codes, fixture, text};

const TARGET: &str = "applies_to = \"fee\"        # avgiften och gränserna, alltså satsen, golvet och taket";

/// The fixture with more settings in its index clause.
fn with(more: &str) -> Folder {
    let settings = text(&fixture(), "network.toml");
    assert!(settings.contains(TARGET));
    fixture().with("network.toml", settings.replace(TARGET, &format!("{TARGET}\n{more}")))
}

/// Ale's fee of a year and the words of its escalation.
fn ale(folder: &Folder, fee_year: i32) -> (String, String) {
    let network = Network::read(folder).unwrap_or_else(|faults| panic!("{}", faults[0]));
    let fees = network.assess(FeeYear::new(fee_year).unwrap(), PopulationMode::Published);
    let fees = fees.unwrap_or_else(|faults| panic!("{}", faults[0]));
    let ale = fees.assessments.iter().find(|fee| fee.code().as_str() == "1440").unwrap();
    let words = ale.step(Rule::Escalation).unwrap().operand.text(Language::Swedish);
    (ale.fee().to_string(), words)
}

/// 48 669 × (1 + 0,9 × 4,4 / 138,2) = 48 669 × 142,16 / 138,2 = 50 063,57.
#[test]
fn a_part_may_be_passed_on() {
    let (fee, words) = ale(&with("pass_through = \"90 %\""), 2024);
    assert_eq!((fee.as_str(), words.as_str()), ("50064.00", "× (1 + 90 % × (142,6 / 138,2 − 1))"));
}

/// 48 669 × (142,6 / 138,2 + 0,01) = 50 218,52 + 486,69 = 50 705,21.
#[test]
fn a_point_may_be_added() {
    let (fee, words) = ale(&with("carried = \"yearly\"\npoint = \"1,0 %\""), 2024);
    assert_eq!((fee.as_str(), words.as_str()), ("50705.00", "× (142,6 / 138,2 + 1,0 %)"));
}

/// A change of 3,18 % does not wait under 3,0 %, and waits under 3,2 %.
#[test]
fn a_small_change_may_wait() {
    assert_eq!(ale(&with("threshold = \"3,0 %\""), 2024).0, "50219.00");
    assert_eq!(ale(&with("threshold = \"3,2 %\""), 2024), ("48669.00".to_owned(), "× 1".to_owned()));
}

/// The inhabitants of Ale and Dals-Ed together, 31 December 2023 / 2022: 48 669 × (32 446 + 4 606) / (32 394 + 4 650).
#[test]
fn a_population_may_be_the_index() {
    let settings = text(&fixture(), "network.toml");
    let clause = settings
        .replace("\"LÖI arbetare C\"", "\"Folkmängd\"")
        .replace("status = \"preliminary\"", "status = \"final\"");
    let clause = clause.replace("\"2021M10\"", "\"2022M12\"").replace("lag_years = 2 ", "lag_years = 1 ");
    let with = |codes: &str| {
        let series = format!("[[index]]\nseries = \"Folkmängd\"\npopulation_of = {codes}\n");
        fixture().with("network.toml", clause.clone() + &series)
    };
    let (fee, words) = ale(&with("[\"1440\", \"1438\"]"), 2024);
    assert_eq!(words, "× 37 052 / 37 044");
    assert_eq!(fee, "48680.00"); // 48 679,51
    assert_eq!(codes(&with("[\"1440\", \"1440\"]")), ["setting-must-be-of-its-kind"]);
    assert_eq!(codes(&with("[\"144\"]")), ["municipality-code-must-be-four-digits"]);
    assert_eq!(codes(&with("[\"1440\"]\nfile = \"statistics/x.csv\"")), ["setting-must-apply"]);
}

/// Consumer prices, made up: 300,0 → 309,0 is 3 %. 48 669 × (0,7 × 142,6 / 138,2 + 0,3 × 1,03) = 50 191,68.
#[test]
fn several_series_may_be_weighed_together() {
    let settings = text(&fixture(), "network.toml");
    let (before, rest) = settings.split_once("series = \"LÖI arbetare C\"").unwrap();
    let (_, after) = rest.split_once("base = \"2021M10\"").unwrap();
    let (clause, after) = after.split_once("[tariff.proration]").unwrap();
    let row = |series: &str, status: &str, weight: &str| {
        format!(
            "[[tariff.index.basket]]\nseries = \"{series}\"\nstatus = \"{status}\"\nweight = \"{weight}\"\n"
        )
    };
    let with = |rows: &str| {
        let settings = format!("{before}base = \"2021M10\"{clause}{rows}\n[tariff.proration]{after}");
        let prices = "series,period,value,status\nKPI,2021M10,300.0,final\nKPI,2022M10,309.0,final\n";
        fixture().with("network.toml", settings).with("statistics/kpi.csv", prices)
    };
    let (wages, prices) = (row("LÖI arbetare C", "preliminary", "70 %"), row("KPI", "final", "30 %"));
    let (fee, words) = ale(&with(&(wages.clone() + &prices)), 2024);
    assert_eq!(fee, "50192.00");
    assert_eq!(words, "× (70 % × 142,6 / 138,2 + 30 % × 309,0 / 300,0)");
    assert_eq!(codes(&with(&wages)), ["weights-must-sum-to-the-whole"]);
    assert_eq!(
        codes(&with(&(wages + &prices.replace("weight", "wait")))),
        ["setting-must-be-given", "setting-must-be-known"]
    );
}

/// 48 669 × 1,032 = 50 226,41, and the figures of the index are not asked for.
#[test]
fn a_year_may_be_decided() {
    let row = "[[tariff.index.decided]]\nyear = 2024\npercent = \"3,2 %\"\ndecision = \"Direktionen, § 12\"";
    let (fee, words) = ale(&with(row), 2024);
    assert_eq!((fee.as_str(), words.as_str()), ("50226.00", "× (1 + 3,2 %)"));
}

/// The same without any index: base and lag say that 2023 is the year of the price level.
#[test]
fn every_year_may_be_decided() {
    let settings = text(&fixture(), "network.toml");
    let (before, rest) = settings.split_once("[tariff.index]").unwrap();
    let (_, after) = rest.split_once("[tariff.proration]").unwrap();
    let clause = "[tariff.index]\nbase = \"2023M01\"\nlag_years = 0\n\n[[tariff.index.decided]]\nyear = 2024\n\
                  percent = \"3,2 %\"\ndecision = \"Direktionen, § 12\"\n\n[tariff.proration]";
    let folder = fixture().with("network.toml", format!("{before}{clause}{after}"));
    assert_eq!(ale(&folder, 2024), ("50226.00".to_owned(), "× (1 + 3,2 %)".to_owned()));
    assert_eq!(ale(&folder, 2023).1, "× 1");
}

/// A made-up series goes on after October 2022: 48 669 × 71,6 / 70,0 × 142,6 / 138,2 in fee year 2025 (lag two years);
/// and 142,0 was expected for October 2022, which fee year 2024 uses.
#[test]
fn a_series_may_go_on_as_another_and_a_figure_be_a_forecast() {
    let splice = "[[tariff.index.splice]]\nat = \"2022M10\"\nseries = \"LÖI ny\"\nstatus = \"final\"\n";
    let figures = "series,period,value,status\nLÖI ny,2022M10,70.0,final\nLÖI ny,2023M10,71.6,final\n";
    let spliced = with(splice).with("statistics/loi-ny.csv", figures);
    assert_eq!(ale(&spliced, 2024).1, "× 142,6 / 138,2");
    assert_eq!(ale(&spliced, 2025).1, "× (71,6 / 70,0 × 142,6 / 138,2)");
    assert_eq!(codes(&with(&splice.replace("2022M10", "2021M10"))), ["splice-must-continue-the-series"]);
    let forecast = "[[tariff.index.forecast]]\nmonth = \"2022M10\"\nfigure = \"142,0\"\nsource = \"SKR\"\ncorrected = 2025\n";
    let (fee, words) = ale(&with(forecast), 2024);
    assert_eq!((fee.as_str(), words.as_str()), ("50007.00", "× 142,0 / 138,2")); // 50 007,22
    assert_eq!(codes(&with(&forecast.replace("2025", "2024"))), ["forecast-must-be-used"]);
    assert_eq!(codes(&with(&forecast.replace("142,0", "0"))), ["index-figure-must-be-in-range"]);
    assert_eq!(codes(&with(&forecast.replace("source = \"SKR\"\n", ""))), ["setting-must-be-given"]);
}

/// What measures something has no meaning where every year is decided, nor beside a basket.
#[test]
fn a_term_without_its_series_is_refused() {
    let settings = text(&fixture(), "network.toml");
    let (before, rest) = settings.split_once("[tariff.index]").unwrap();
    let (_, after) = rest.split_once("[tariff.proration]").unwrap();
    let decided = "\n[[tariff.index.decided]]\nyear = 2024\npercent = \"3,2 %\"\ndecision = \"§ 12\"\n";
    let basket = "\n[[tariff.index.basket]]\nseries = \"LÖI arbetare C\"\nstatus = \"preliminary\"\nweight = \"100 %\"\n";
    let splice = "\n[[tariff.index.splice]]\nat = \"2024M01\"\nseries = \"X\"\nstatus = \"final\"\n";
    for (terms, tables, expected) in [
        ("threshold = \"2 %\"\n", decided.to_owned(), vec!["setting-must-apply"]),
        ("", format!("{decided}{splice}"), vec!["setting-must-apply"]),
        ("", format!("{basket}{splice}"), vec!["setting-must-apply"]),
        ("status = \"final\"\n", basket.to_owned(), vec!["setting-must-apply"]),
        ("", decided.to_owned(), vec![]),
    ] {
        let clause =
            format!("[tariff.index]\nbase = \"2023M01\"\nlag_years = 0\n{terms}{tables}\n[tariff.proration]");
        let folder = fixture().with("network.toml", format!("{before}{clause}{after}"));
        assert_eq!(codes(&folder), expected, "{clause}");
    }
}

/// Every fault of the clause at its own place, and all at once.
#[test]
fn what_is_wrong_with_the_terms_is_told() {
    let row = |year: &str, percent: &str| {
        format!("[[tariff.index.decided]]\nyear = {year}\npercent = {percent}\ndecision = \"§ 1\"\n")
    };
    for (more, expected) in [
        ("pass_through = 0.90".to_owned(), vec!["part-must-be-within-the-whole"]),
        (
            "pass_through = \"0 %\"\npoint = \"1\"".into(),
            vec!["part-must-be-within-the-whole", "percent-must-be-a-change"],
        ),
        ("carried = \"chained\"".into(), vec!["setting-must-be-of-its-kind"]),
        ("point = \"1 %\"".into(), vec!["index-terms-must-agree"]),
        (row("2023", "\"1 %\""), vec!["decided-change-must-follow-the-base"]),
        (row("2024", "\"1 %\"") + &row("2024", "\"2 %\""), vec!["decided-change-must-stand-once"]),
        (row("2024", "1"), vec!["percent-must-be-a-change"]),
        (
            "[[tariff.index.decided]]\nyear = 2024\nprocent = 1".into(),
            vec!["setting-must-be-given", "setting-must-be-given", "setting-must-be-known"],
        ),
    ] {
        assert_eq!(codes(&with(&more)), expected, "{more}");
    }
}

/// docs/tariffs-index.md: each clause of the page with the folder that has it, and what is told below it.
pub(crate) fn clauses_of_the_page() -> Vec<(String, Folder, String)> {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tariffs-index.md");
    let page = std::fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let settings = text(&fixture(), "network.toml");
    let (before, rest) = settings.split_once("[tariff.index]").unwrap();
    let (_, after) = rest.split_once("[tariff.proration]").unwrap();
    let example = |example: &str| {
        let (clause, rest) = example.split_once("```\n").unwrap();
        let (clause, series) = clause.split_once("[[index]]").unwrap_or((clause, ""));
        let series = if series.is_empty() { String::new() } else { format!("\n[[index]]{series}") };
        let folder = fixture()
            .with("network.toml", format!("{before}{clause}\n[tariff.proration]{after}{series}"))
            .with(
                "statistics/kpi.csv",
                "series,period,value,status\nKPI,2021M10,300.0,final\nKPI,2022M10,309.0,final\n",
            )
            .with(
                "statistics/loi-forr.csv",
                "series,period,value,status\nLÖI förr,2020M10,70.0,final\nLÖI förr,2021M10,70.7,final\n",
            );
        (clause.to_owned(), folder, rest.split("Ale 2024: **").nth(1).unwrap().to_owned())
    };
    page.split("```toml\n").skip(1).map(example).collect()
}

/// docs/tariffs-index.md: each clause as it is written there comes to what is told there.
#[test]
fn every_clause_of_the_documentation_comes_to_what_it_says() {
    let mut count = 0;
    for (clause, folder, told) in clauses_of_the_page() {
        let (fee, told) = told.split_once("**").unwrap();
        let words = told.split('`').nth(1).unwrap();
        let network = Network::read(&folder).unwrap_or_else(|faults| panic!("{clause}: {}", faults[0]));
        let fees = network.assess(FeeYear::new(2024).unwrap(), PopulationMode::Published).unwrap();
        let ale = fees.assessments.iter().find(|fee| fee.code().as_str() == "1440").unwrap();
        assert_eq!(ale.fee().text(Language::Swedish), fee, "{clause}");
        let operands = [Rule::Escalation, Rule::ByPopulation]
            .map(|rule| ale.step(rule).unwrap().operand.text(Language::Swedish));
        assert!(operands.contains(&words.to_owned()), "{words} is none of {operands:?}");
        count += 1;
    }
    assert_eq!(count, 12);
}
