//! The fixture network's fees, explanations and frames, as they are printed, held to the files in expected/.

use crate::world::{expect, fixture, on, root};

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

/// The real tariffs of other networks, over real populations: what is real of each stands in its README.
#[test]
fn real_tariffs_give_the_expected_fees() {
    let networks = [
        ("goteborgsregionen", 2024),
        ("klimatkommunerna", 2019),
        ("klimatkommunerna", 2023),
        ("malaren", 2024),
        ("miljokommuner", 2023),
        ("norra-dalarna", 2021),
        ("skr", 2024),
    ];
    for (name, year) in networks {
        let folder = root().join("fixtures/networks").join(name);
        let ran = on(&folder, &format!("fees --year {year} --format csv"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
        expect(&folder.join(format!("expected/fees-{year}.csv")), &ran.out);
        let checked = on(&folder, "check");
        assert_eq!(checked.code, 0, "{name}: {}", checked.err);
    }
}

/// By hand: Ale 32 446 × 72,64; Göteborg capped at 150 000 × 0,30 + 4 000 and, in 2019, at 36 000 kr; Haninge of a class with a flat fee;
/// Stockholm at the ceiling; Mora 34,7 % of 57 649 000 kr.
#[test]
fn fees_of_real_tariffs_are_those_worked_out_by_hand() {
    for (name, year, row) in [
        ("goteborgsregionen", 2024, "1440,Ale,k1440,32446,within,1,1,2356877.44"),
        ("klimatkommunerna", 2019, "1480,Göteborg,k1480,571868,at-ceiling,1,1,36000.00"),
        ("klimatkommunerna", 2023, "1480,Göteborg,k1480,596841,within,1,1,49000.00"),
        ("malaren", 2024, "0180,Stockholm,k0180,988943,at-ceiling,1,1,500000.00"),
        ("malaren", 2024, "0136,Haninge,k0136,99751,within,1,1,25000.00"),
        ("norra-dalarna", 2021, "2062,Mora,k2062,20492,within,1,1,20004203.00"),
    ] {
        let folder = root().join("fixtures/networks").join(name);
        let fees = on(&folder, &format!("fees --year {year} --format csv")).out;
        let row = format!("{year},{row},false,false");
        assert!(fees.lines().any(|line| line == row), "{row}\n{fees}");
    }
}
