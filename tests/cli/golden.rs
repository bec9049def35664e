//! The fixture network's fees, explanations and frames, as they are printed, held to the files in expected/.

use crate::world::{expect, fixture, on};

/// Fee years 2023 to 2026, in every form; every explanation in both languages.
#[test]
fn the_fixture_prints_what_is_expected() {
    let explained = ["Ale", "Dals-Ed", "Borås", "Göteborg", "Partille"];
    let mut commands: Vec<(String, String)> = Vec::new();
    for year in 2023..=2026 {
        commands.push((format!("fees-{year}.txt"), format!("fees --year {year}")));
        commands.push((format!("fees-{year}.csv"), format!("fees --year {year} --format csv")));
        for member in explained {
            let file = format!("explain-{}-{year}.txt", member.to_lowercase());
            commands.push((file, format!("explain {member} --year {year}")));
        }
    }
    commands.push(("fees-2024-en.txt".into(), "fees --year 2024 --lang en".into()));
    commands.push(("explain-partille-2023-en.txt".into(), "explain 1402 --year 2023 --lang en".into()));
    for language in ["sv", "en"] {
        // Partille joined in a year that is only known as "hösten 2023": its explanation has every kind of note but one.
        for (format, ending) in [("markdown", "md"), ("html", "html"), ("json", "json")] {
            let file = format!("explain-partille-2023-{language}.{ending}");
            commands.push((file, format!("explain 1402 --year 2023 --lang {language} --format {format}")));
        }
    }
    commands.push(("explain-ale-2024.json".into(), "explain Ale --year 2024 --json".into()));
    commands.push(("frame.txt".into(), "frame --years 2023..2026".into()));
    commands.push(("frame-2024.txt".into(), "frame --year 2024".into()));
    commands.push(("frame.csv".into(), "frame --years 2023..2026 --format csv".into()));
    commands.push(("compare-2023-2024.txt".into(), "compare 2023 2024".into()));
    commands.push(("compare-2023-2024-en.txt".into(), "compare 2023 2024 --lang en".into()));
    commands.push(("compare-2023-2024.csv".into(), "compare 2023 2024 --format csv".into()));
    commands.push(("bridge-2023-2024.txt".into(), "bridge --from 2023 --to 2024".into()));
    commands.push(("bridge-2023-2024.csv".into(), "bridge --from 2023 --to 2024 --format csv".into()));
    commands.push(("bridge-partille.txt".into(), "bridge Partille --from 2023 --to 2024".into()));
    commands.push(("bridge-partille-en.txt".into(), "bridge 1402 --from 2023 --to 2024 --lang en".into()));
    commands.push(("bridge-partille.json".into(), "bridge 1402 --from 2023 --to 2024 --json".into()));
    for sought in ["rate", "floor", "ceiling", "scale"] {
        let solve = format!("solve --frame 2000000 --for {sought} --year 2024");
        commands.push((format!("solve-{sought}.txt"), solve));
    }
    let english = "solve --frame 2000000 --for rate --year 2024 --lang en";
    commands.push(("solve-rate-en.txt".into(), english.into()));
    let in_csv = "solve --frame 2000000 --for rate --year 2024 --format csv";
    commands.push(("solve-rate.csv".into(), in_csv.into()));
    let forecast = "forecast --years 2025..2029 --population-growth 0,4 --index-growth 2,5 --band 0,5";
    commands.push(("forecast.txt".into(), forecast.into()));
    commands.push(("forecast-en.txt".into(), format!("{forecast} --lang en")));
    commands.push(("forecast.csv".into(), format!("{forecast} --format csv")));
    commands.push(("forecast.json".into(), format!("{forecast} --json")));
    for (file, command) in commands {
        let ran = on(&fixture(), &command);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
        expect(&fixture().join("expected").join(file), &ran.out);
    }
}

/// The same figures by hand: 32 446 × 1,50 × 142,6 / 138,2 = 50 218,52; the floor 15 000 × 142,6 / 138,2 = 15 477,57;
/// the ceiling 120 000 × 142,6 / 138,2 = 123 820,55.
#[test]
fn four_fees_of_2024_are_those_worked_out_by_hand() {
    let fees = on(&fixture(), "fees --year 2024 --format csv").out;
    for row in [
        "2024,1440,Ale kommun,ale,32446,within,12,12,50219.00,false,true",
        "2024,1438,Dals-Eds kommun,dme,4606,at-floor,12,12,15478.00,false,true",
        "2024,1490,Borås Stad,boras,114592,at-ceiling,12,12,123821.00,false,true",
        "2024,1480,Göteborgs Stad,goteborg,604616,at-ceiling,12,12,123821.00,false,true",
    ] {
        assert!(fees.lines().any(|line| line == row), "{row}\n{fees}");
    }
}

/// Partille joined in October 2023: 39 852 × 1,50 × 3 / 12 = 14 944,50, and 50 öre go up; 2024 is a whole year.
#[test]
fn a_comparison_in_json_names_both_sides() {
    let json: serde_json::Value =
        serde_json::from_str(&on(&fixture(), "compare 2023 2024 --json").out).unwrap();
    assert_eq!(json["sides"], serde_json::json!(["2023", "2024"]));
    let first = &json["members"][0];
    assert_eq!((&first["code"], &first["difference"]), (&"1402".into(), &"48095.00".into()));
    assert_eq!((&first["from"]["fee"], &first["to"]["fee"]), (&"14945.00".into(), &"63040.00".into()));
    assert_eq!(json["difference"], "119087.00");
}

/// By hand, to the öre: 39 852 × 1,50 × 3 / 12 = 14 944,50; with 40 730 inhabitants 15 273,75; × 142,6 / 138,2 = 15 760,03;
/// for the whole year 63 040,14. The roundings leave (63 040 − 63 040,14) − (14 945 − 14 944,50).
#[test]
fn the_bridge_of_partille_is_the_one_worked_out_by_hand() {
    let json: serde_json::Value =
        serde_json::from_str(&on(&fixture(), "bridge Partille --from 2023 --to 2024 --json").out).unwrap();
    let parts = [("population", "329.25"), ("index", "486.28"), ("tariff", "0.00"), ("bounds", "0.00")];
    for (cause, part) in parts.into_iter().chain([("proration", "47280.11"), ("rounding", "-0.64")]) {
        assert_eq!(json["parts"][cause], part, "{cause}");
    }
    assert_eq!(json["difference"], "48095.00");
}

/// A value found is tried: written into network.toml, it gives the frame that was told beside it.
#[test]
fn a_rate_that_was_found_gives_the_frame_that_was_told() {
    let solved = on(&fixture(), "solve --frame 2000000 --for rate --year 2024 --json").out;
    let solved: serde_json::Value = serde_json::from_str(&solved).unwrap();
    let scratch = crate::world::scratch();
    crate::world::copy(&fixture(), scratch.path());
    let settings = std::fs::read_to_string(scratch.path().join("network.toml")).unwrap();
    for side in ["below", "above"] {
        let (kronor, whole) = solved[side]["value"].as_str().unwrap().split_once('/').unwrap();
        let hundredths = kronor.parse::<u32>().unwrap() * 100 / whole.parse::<u32>().unwrap();
        let rate = format!("rate = \"{},{:02} kr\"", hundredths / 100, hundredths % 100);
        std::fs::write(scratch.path().join("network.toml"), settings.replace("rate = \"1,50 kr\"", &rate))
            .unwrap();
        let frame: serde_json::Value =
            serde_json::from_str(&on(scratch.path(), "frame --year 2024 --json").out).unwrap();
        assert_eq!(frame[0]["frame"]["sum"], solved[side]["frame"], "{side}");
    }
}

/// A year that is on file is the frame itself, whatever is assumed.
#[test]
fn a_forecast_of_a_year_on_file_is_the_frame() {
    let forecast =
        on(&fixture(), "forecast --years 2026..2026 --population-growth 5 --index-growth -3 --json").out;
    let forecast: serde_json::Value = serde_json::from_str(&forecast).unwrap();
    let frame: serde_json::Value =
        serde_json::from_str(&on(&fixture(), "frame --year 2026 --json").out).unwrap();
    assert_eq!(forecast["years"][0]["mid"]["sum"], frame[0]["frame"]["sum"]);
    assert_eq!(forecast["years"][0]["is_on_file"], true);
    assert_eq!(forecast["assumptions"]["index"], "-3");
}
