//! A scenario laid over the settings: what it changes, that everything it gives says so, and where its faults are told.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::world::{Ran, avgift, copy, fixture, on, scratch};

/// 1,40 kr and a floor of 20 000 kr instead of 1,50 kr and 15 000 kr; the ceiling, the index and all else stay.
const HIGHER_FLOOR: &str = "[[tariff]]\nname = \"T\"\nrate = \"1,40 kr\"\nfloor = \"20 000 kr\"\n";

/// Runs a command on the fixture with a scenario of this text; `{scenario}` stands for its file, which lies outside.
fn under(scenario: &str, command: &str) -> (Ran, String) {
    let scratch = scratch();
    let file = scratch.path().join("förslag.toml");
    fs::write(&file, scenario).unwrap();
    let (file, network) = (file.to_str().unwrap(), fixture());
    let args = command.split_whitespace().map(|arg| arg.replace("{scenario}", file));
    let ran = avgift(args.chain(["--network".to_owned(), network.to_str().unwrap().to_owned()]));
    (ran, file.replace('\\', "/"))
}

fn json(scenario: &str, command: &str) -> Value {
    let (ran, _) = under(scenario, command);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
    serde_json::from_str(&ran.out).unwrap()
}

/// 4 606 × 1,40 is below the floor: 20 000 × 142,6 / 138,2 = 20 636,76; Ale pays 32 446 × 1,40 × 142,6 / 138,2 = 46 870,62;
/// the ceiling stays at 123 820,55.
#[test]
fn a_scenario_replaces_what_it_gives_and_nothing_else() {
    let fees = json(HIGHER_FLOOR, "fees --year 2024 --scenario {scenario} --json");
    let fee = |code: &str| {
        let fees = fees["assessments"].as_array().unwrap();
        fees.iter().find(|fee| fee["code"] == code).unwrap()["fee"].clone()
    };
    assert_eq!(
        (fee("1438"), fee("1440"), fee("1480")),
        ("20637.00".into(), "46871.00".into(), "123821.00".into())
    );
    assert!(fees["scenario"].as_str().unwrap().ends_with("förslag.toml"));
}

/// The same as if the values stood in network.toml.
#[test]
fn a_scenario_is_the_network_with_its_values_written_in() {
    let scratch = scratch();
    copy(&fixture(), scratch.path());
    let settings = fs::read_to_string(scratch.path().join("network.toml")).unwrap();
    let changed = settings.replace("\"1,50 kr\"", "\"1,40 kr\"").replace("\"15 000 kr\"", "\"20 000 kr\"");
    fs::write(scratch.path().join("network.toml"), changed).unwrap();
    for command in [
        "frame --years 2023..2026 --json",
        "solve --frame 2000000 --for rate --year 2024 --json",
        "forecast --years 2026..2028 --population-growth 0,4 --index-growth 2,5 --json",
    ] {
        let written: Value = serde_json::from_str(&on(scratch.path(), command).out).unwrap();
        let mut laid_over = json(HIGHER_FLOOR, &format!("{command} --scenario {{scenario}}"));
        for row in laid_over.as_array_mut().map_or(Vec::new(), |rows| rows.iter_mut().collect()) {
            assert!(row.as_object_mut().unwrap().remove("scenario").is_some(), "{command}");
        }
        if let Some(object) = laid_over.as_object_mut() {
            assert!(object.remove("scenario").is_some(), "{command}");
        }
        assert_eq!(laid_over, written, "{command}");
    }
}

/// Every output says that it comes of a scenario, and of which.
#[test]
fn what_comes_of_a_scenario_says_so() {
    for (command, swedish) in [
        ("fees --year 2024", true),
        ("frame --year 2024", true),
        ("solve --frame 2000000 --for rate --year 2024", true),
        ("bridge --from 2023 --to 2024", true),
        ("bridge Ale --from 2023 --to 2024", true),
        ("forecast --years 2024..2025 --population-growth 0 --index-growth 0", true),
        ("fees --year 2024 --format csv", false),
        ("frame --year 2024 --format csv", false),
        ("solve --frame 2000000 --for rate --year 2024 --format csv", false),
        ("bridge --from 2023 --to 2024 --format csv", false),
        ("forecast --years 2024..2025 --population-growth 0 --index-growth 0 --format csv", false),
    ] {
        let (ran, file) = under(HIGHER_FLOOR, &format!("{command} --scenario {{scenario}}"));
        assert_eq!(ran.code, 0, "{command}: {}", ran.err);
        if swedish {
            let title = format!("Kommunnätverket för hållbar utveckling – SCENARIO {file}, inget beslut\n");
            assert!(ran.out.starts_with(&title), "{command}: {}", ran.out);
        } else {
            let mut lines = ran.out.lines();
            assert!(lines.next().unwrap().ends_with(",scenario"), "{command}");
            assert!(lines.all(|line| line.ends_with(&format!(",{file}"))), "{command}: {}", ran.out);
        }
        assert!(!on(&fixture(), command).out.to_lowercase().contains("scenario"), "{command}");
    }
}

/// What is decided against a scenario, in the fee year of the other side; and two scenarios, in a year that is given.
#[test]
fn a_scenario_is_compared_with_what_is_decided() {
    let comparison = json(HIGHER_FLOOR, "compare 2024 {scenario} --json");
    assert_eq!(comparison["sides"], serde_json::json!(["2024", "förslag"]));
    assert_eq!(comparison["scenarios"][0], Value::Null);
    assert_eq!(comparison["to"]["year"], 2024);
    let dals_ed = comparison["members"].as_array().unwrap().iter().find(|member| member["code"] == "1438");
    assert_eq!(dals_ed.unwrap()["difference"], "5159.00"); // 20 637 − 15 478
    let (told, file) = under(HIGHER_FLOOR, "compare 2024 {scenario}");
    assert!(
        told.out.contains(&format!("\nförslag är ett SCENARIO ({file}), inget beslut.\n")),
        "{}",
        told.out
    );

    let same = json(HIGHER_FLOOR, "compare {scenario} {scenario} --year 2025 --json");
    assert_eq!((&same["unchanged"], &same["from"]["year"]), (&39.into(), &2025.into()));
    let under_it = json(HIGHER_FLOOR, "compare 2024 2025 --scenario {scenario} --json");
    let alone = json(HIGHER_FLOOR, "frame --year 2025 --scenario {scenario} --json");
    assert_eq!(under_it["to"]["sum"], alone[0]["frame"]["sum"]);
    for not_understood in ["compare {scenario} {scenario}", "compare 2024 2025 --year 2024"] {
        assert_eq!(under(HIGHER_FLOOR, not_understood).0.code, 2, "{not_understood}");
    }
}

/// An explanation says it in every form: beside its title, and in JSON as a value too.
#[test]
fn an_explanation_under_a_scenario_says_so() {
    for form in ["text", "markdown", "html"] {
        let command = format!("explain Ale --year 2024 --format {form}");
        let (ran, _) = under(HIGHER_FLOOR, &format!("{command} --scenario {{scenario}}"));
        assert!(ran.out.contains("SCENARIO") && ran.out.contains("inget beslut"), "{}", ran.out);
        assert!(ran.out.contains("46 870,618") || ran.out.contains("46\u{a0}870,618"), "{}", ran.out);
        assert!(!on(&fixture(), &command).out.contains("SCENARIO"));
    }
    let explained = json(HIGHER_FLOOR, "explain Ale --year 2024 --format json --scenario {scenario}");
    assert_eq!(explained["fee"], "46871.00");
    assert!(explained["scenario"].as_str().unwrap().ends_with("förslag.toml"));
    assert!(explained["explanation"]["remarks"][0].as_str().unwrap().contains("SCENARIO"));
}

/// From what is decided to the scenario, in one year. Dals-Ed stands at the floor: 5 000 kr × 142,6 / 138,2 = 5 159,1895… kr more;
/// Ale pays 32 446 × 0,10 kr × 142,6 / 138,2 = 3 347,9013… kr less, and its roundings leave the rest of 50 219 → 46 871 kr.
#[test]
fn what_is_decided_is_bridged_to_a_scenario() {
    let bridge = json(HIGHER_FLOOR, "bridge --year 2024 --scenario {scenario} --json");
    assert_eq!(bridge["sides"], serde_json::json!(["2024", "förslag"]));
    assert!(bridge["scenario"].as_str().unwrap().ends_with("förslag.toml"));
    let parts = |code: &str| {
        let members = bridge["members"].as_array().unwrap();
        members.iter().find(|member| member["code"] == code).unwrap()["parts"].clone()
    };
    assert_eq!(parts("1438")["bounds"], "5159.19");
    assert_eq!((&parts("1440")["tariff"], &parts("1440")["rounding"]), (&"-3347.90".into(), &"-0.10".into()));
    assert_eq!(parts("1440")["index"], "0.00");
    let compared = json(HIGHER_FLOOR, "compare 2024 {scenario} --json");
    assert_eq!(bridge["difference"], compared["difference"]);

    let (told, file) = under(HIGHER_FLOOR, "bridge Dals-Ed --year 2024 --scenario {scenario}");
    assert!(
        told.out.contains(&format!("\nförslag är ett SCENARIO ({file}), inget beslut.\n")),
        "{}",
        told.out
    );
    assert!(told.out.contains("+5 159,19 kr"), "{}", told.out);
    for not_understood in [
        "bridge --year 2024",
        "bridge --from 2023 --to 2024 --year 2024 --scenario {scenario}",
        "bridge --from 2023",
    ] {
        assert_eq!(under(HIGHER_FLOOR, not_understood).0.code, 2, "{not_understood}");
    }
}

/// A tariff whose name is not there is a new one: from 2025 on it follows the other.
#[test]
fn a_tariff_of_another_name_is_added() {
    let proposal = "[[tariff]]\nname = \"Förslag\"\nfrom = 2025\nrate = \"2,00 kr\"\n";
    let frames = json(proposal, "frame --years 2024..2025 --scenario {scenario} --json");
    let decided: Value = serde_json::from_str(&on(&fixture(), "frame --year 2024 --json").out).unwrap();
    assert_eq!(frames[0]["frame"], decided[0]["frame"]);
    assert_eq!(frames[1]["frame"]["sum"], "3330874.00"); // 1 665 437 × 2,00, without bounds or index
}

/// A part of the index clause is laid over the clause, too: a lag of one year would need October 2025 for 2026.
#[test]
fn a_table_within_a_tariff_is_laid_over_its_own() {
    let shorter = "[[tariff]]\nname = \"T\"\n[tariff.index]\nlag_years = 1\n";
    let frame = json(shorter, "frame --year 2025 --scenario {scenario} --json");
    // 153,5 / 138,2 instead of 148,5 / 138,2: the factor that fee year 2026 has.
    let fees = json(shorter, "fees --year 2025 --scenario {scenario} --json");
    assert_eq!(fees["schedule"]["fee_factor"]["ratio"], "1535/1382");
    assert_ne!(frame[0]["frame"]["sum"], "1796684.00");
}

/// A fault is told in the file that holds it, with its line.
#[test]
fn a_fault_points_into_the_right_file() {
    let told = |scenario: &str, code: &str, place: &str| {
        let (ran, file) = under(scenario, "fees --year 2024 --scenario {scenario}");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{scenario}");
        assert!(ran.err.contains(&format!("error[{code}]")), "{}", ran.err);
        let place = place.replace("{scenario}", &file);
        assert!(ran.err.replace('\\', "/").contains(&format!("--> {place}\n")), "{place}: {}", ran.err);
        ran.err
    };
    told("[[tariff]]\nname = \"T\"\nrat = \"2\"\n", "setting-must-be-known", "{scenario}:3:1");
    told("[[tariff]]\nname = \"T\"\nrate = \"två\"\n", "rate-must-be-in-kronor", "{scenario}:3:9");
    told("[[tariff]]\nname = \"T\"\nrounding = true\n", "setting-must-be-of-its-kind", "{scenario}:3:12");
    told("[[tariff]]\nname = \"Ny\"\nfrom = 2030\n", "setting-must-be-given", "{scenario}:1:1");
    told("tariff = 3\n", "setting-must-be-of-its-kind", "{scenario}:1:10");
    told("[[tariff]\n", "settings-must-be-toml", "{scenario}:1:10");
    // A floor of the scenario above a ceiling of network.toml: both places, each with its line.
    let both = told(
        "[[tariff]]\nname = \"T\"\nfloor = \"200 000 kr\"\n",
        "floor-must-not-exceed-ceiling",
        "{scenario}:3:10",
    );
    assert!(both.contains("network.toml:14:12") || both.contains("ceiling = \"120 000 kr\""), "{both}");
    // A ceiling of the scenario below the floor of network.toml: the floor is the first place.
    told(
        "[[tariff]]\nname = \"T\"\nceiling = \"1 000 kr\"\n",
        "floor-must-not-exceed-ceiling",
        "network.toml:13:10",
    );
    let missing = on(&fixture(), "fees --year 2024 --scenario nowhere.toml");
    assert!(
        missing.err.starts_with("error[scenario-must-be-readable]: the scenario `nowhere.toml`"),
        "{}",
        missing.err
    );
}

/// The scenario of the fixture is one that can be read.
#[test]
fn the_scenario_of_the_fixture_is_sound() {
    let scenario = fixture().join("scenarios/hogre-golv.toml");
    let command = format!("frame --year 2024 --json --scenario {}", Path::new(&scenario).display());
    let frame: Value = serde_json::from_str(&on(&fixture(), &command).out).unwrap();
    assert_eq!(frame[0]["frame"]["at_floor"], 17);
}
