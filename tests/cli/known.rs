//! As known on a date: what was published later is not there, every output says so, and what is fetched later changes no byte.

use std::fs;
use std::path::Path;

use crate::world::{copy, files, fixture, on, scratch};

/// The population of 31 December 2024 comes about 22 February 2025: the day before, the day, the day after.
#[test]
fn a_figure_that_was_not_published_yet_is_refused_with_the_day_it_comes() {
    let on_the = |day: &str| on(&fixture(), &format!("fees --year 2025 --as-known-on {day}"));
    let refused = on_the("2025-02-21");
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    let says = "the population of 31 December 2024 comes about 22 February 2025; \
                you asked for what was known on 21 February 2025";
    assert!(refused.err.contains(says), "{}", refused.err);
    assert!(refused.err.contains("--preliminary") && refused.err.contains("\n1 error"), "{}", refused.err);
    for day in ["2025-02-22", "2025-02-23"] {
        assert_eq!(on_the(day).code, 0, "{day}");
    }
}

/// What the index clause needs is not taken by `--preliminary` from an older month: October 2022 comes in December 2022.
#[test]
fn an_index_figure_has_no_stand_in() {
    let on_the = |day: &str| on(&fixture(), &format!("fees --year 2024 --preliminary --as-known-on {day}"));
    let refused = on_the("2022-12-30");
    let says = "the preliminary figure of `LÖI arbetare C` for 2022M10 comes about 31 December 2022";
    assert!(refused.err.contains(says), "{}", refused.err);
    assert!(refused.err.contains("network.toml:22"), "where the clause stands: {}", refused.err);
    // In December 2022 nobody had any population that stands in the files.
    assert!(refused.err.contains("the population of 31 December 2023 comes about 22 February 2024"));
    let fees = on_the("2023-02-22");
    assert_eq!(fees.code, 0, "{}", fees.err);
}

/// Ale had 32 446 inhabitants on 31 December 2023 and 32 517 a year later; on 10 February 2025 only the first was known.
/// 32 446 × 1,50 × 148,5 / 138,2 = 52 296,3…
#[test]
fn a_preliminary_fee_rests_on_the_newest_that_was_known() {
    let row = |options: &str| {
        let fees = on(&fixture(), &format!("fees --year 2025 --format csv {options}"));
        assert_eq!(fees.code, 0, "{}", fees.err);
        let header = fees.out.lines().next().unwrap().to_owned();
        (header, fees.out.lines().find(|line| line.contains(",1440,")).unwrap().to_owned())
    };
    let (header, ale) = row("--preliminary --as-known-on 2025-02-10");
    assert_eq!(ale, "2025,1440,Ale kommun,ale,32446,within,12,12,52296.00,true,true,2025-02-10");
    assert!(header.ends_with(",preliminary,illustrative,known_on"), "{header}");
    let (header, ale) = row("");
    assert!(ale.contains(",false,true") && !header.contains("known_on"), "{header}\n{ale}");
}

/// A command, the files that it writes, and what of its output says that it is preliminary and known on the day.
const MARKED: &[(&str, &str, &[&str])] = &[
    ("fees --year 2025", "", &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"]),
    ("fees --year 2025 --lang en", "", &["PRELIMINARY", "As known on 10 February 2025"]),
    ("fees --year 2025 --format csv", "", &[",true,true,2025-02-10"]),
    (
        "fees --year 2025 --json",
        "",
        &["\"preliminary\": true", "\"known_on\": \"2025-02-10\"", "\"asked_for\": \"2024-12-31\""],
    ),
    ("fees --year 2025 --out {out}", "{out}", &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"]),
    ("explain Ale --year 2025", "", &["PRELIMINÄR avgift", "Som det var känt den 10 februari 2025"]),
    ("explain Ale --year 2025 --format markdown", "", &["PRELIMINÄR avgift", "känt den 10 februari 2025"]),
    ("explain Ale --year 2025 --format html", "", &["PRELIMINÄR avgift", "känt den 10 februari 2025"]),
    ("explain Ale --year 2025 --json", "", &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""]),
    ("frame --years 2024..2025", "", &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"]),
    ("frame --year 2025 --json", "", &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""]),
    ("frame --year 2025 --format csv", "", &[",true,true,2025-02-10"]),
    ("compare 2024 2025", "", &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"]),
    ("compare 2024 2025 --json", "", &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""]),
    (
        "compare 2024 2025 --format csv",
        "",
        &["preliminary_from,preliminary_to,known_on", ",false,true,2025-02-10"],
    ),
    ("bridge --from 2024 --to 2025", "", &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"]),
    (
        "bridge Ale --from 2024 --to 2025 --json",
        "",
        &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""],
    ),
    ("bridge --from 2024 --to 2025 --json", "", &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""]),
    ("bridge Ale --from 2024 --to 2025 --format csv", "", &[",true,2025-02-10"]),
    ("solve --frame 2400000 --for rate --year 2025", "", &["PRELIMINÄRT", "känt den 10 februari 2025"]),
    ("solve --frame 2400000 --for rate --year 2025 --json", "", &["\"preliminary\": true", "2025-02-10"]),
    ("solve --frame 2400000 --for rate --year 2025 --format csv", "", &[",true,2025-02-10"]),
    ("report --year 2025 --out {out}", "{out}", &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"]),
    (
        "invoice --year 2025 --date 2025-02-10 --no-pdf --json --out {out}",
        "",
        &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""],
    ),
    (
        "invoice --year 2025 --date 2025-02-10 --no-pdf --out {out}",
        "{out}/ale.xml",
        &["PRELIMINÄR avgift", "Som det var känt den 10 februari 2025"],
    ),
    ("invoice --year 2025 --date 2025-02-10 --no-pdf --out {out}", "{out}/drafts.csv", &[",true,2025-02-10"]),
    (
        "issue --year 2025 --date 2025-02-10 --no-pdf --dry-run",
        "",
        &["PRELIMINÄRT", "Som det var känt den 10 februari 2025"],
    ),
    (
        "issue --year 2025 --date 2025-02-10 --no-pdf --dry-run --json",
        "",
        &["\"preliminary\": true", "\"known_on\": \"2025-02-10\""],
    ),
];

#[test]
fn every_output_says_that_it_is_preliminary_and_known_on_which_day() {
    for (command, file, marks) in MARKED {
        let scratch = scratch();
        copy(&fixture(), scratch.path());
        let out = scratch.path().join("ut").to_str().unwrap().to_owned();
        let command = command.replace("{out}", &out) + " --preliminary --as-known-on 2025-02-10";
        let ran = on(scratch.path(), &command);
        assert_eq!(ran.code, 0, "{command}: {}", ran.err);
        let text =
            if file.is_empty() { ran.out } else { fs::read_to_string(file.replace("{out}", &out)).unwrap() };
        for mark in *marks {
            assert!(text.contains(mark), "{command} does not say {mark}:\n{text}");
        }
    }
}

/// The fixture with what was fetched in November 2024: populations to 2023, the index to August 2024.
fn cut(folder: &Path) {
    copy(&fixture(), folder);
    let statistics = folder.join("statistics");
    fs::remove_file(statistics.join("TAB5557_2025.json")).unwrap();
    let population = statistics.join("BE0101N1_2022-2024.csv");
    let bytes = fs::read(&population).unwrap();
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| {
        let columns: Vec<&[u8]> = line.split(|byte| *byte == b';').collect();
        if columns.len() < 4 { line.to_vec() } else { [&columns[..3].join(&b';'), &b"\r"[..]].concat() }
    });
    fs::write(&population, lines.collect::<Vec<_>>().join(&b'\n')).unwrap();
    let index = statistics.join("loi-arbetare-c.csv");
    let text = fs::read_to_string(&index).unwrap();
    let known = text
        .lines()
        .filter(|line| !line.contains(",2024M09,") && !line.contains(",2024M10,"))
        .map(|line| line.to_owned() + "\n");
    fs::write(&index, known.collect::<String>()).unwrap();
}

/// Everything that a run printed and wrote.
fn everything(folder: &Path, command: &str) -> (i32, String, String, Vec<(String, Vec<u8>)>) {
    let out = scratch();
    let place = out.path().join("ut");
    let ran = on(folder, &command.replace("{out}", place.to_str().unwrap()));
    let err = ran.err.replace(place.to_str().unwrap(), "{out}");
    (ran.code, ran.out, err, files(out.path()).into_iter().collect())
}

/// What is fetched later, and only adds later figures, changes nothing of what was known before: not a byte, not a refusal.
#[test]
fn a_run_as_known_on_a_day_is_the_same_for_ever() {
    let (before, after) = (scratch(), scratch());
    cut(before.path());
    copy(&fixture(), after.path());
    let mut commands: Vec<String> =
        MARKED.iter().map(|(command, _, _)| format!("{command} --preliminary")).collect();
    commands.extend(
        [
            "fees --year 2024",
            "fees --year 2025",
            "fees --year 2026",
            "fees --year 2027 --preliminary",
            "frame --years 2023..2024 --format csv",
            "forecast --years 2024..2028 --population-growth 0,4 --index-growth 2,5",
            "forecast --years 2025..2028 --population-growth 0,4 --index-growth 2,5 --band 1 --json",
            "report --year 2024 --years 2024..2028 --population-growth 0,4 --index-growth 2,5 --out {out}",
            "fees --year 2025 --preliminary --format xlsx --out {out}",
            "export xlsx --years 2023..2025 --preliminary --out {out}",
        ]
        .map(str::to_owned),
    );
    for command in commands {
        let command = format!("{command} --as-known-on 2024-11-15");
        let (code, out, err, files) = everything(before.path(), &command);
        let later = everything(after.path(), &command);
        assert_eq!((code, &out, &err), (later.0, &later.1, &later.2), "{command}");
        assert!(files == later.3, "{command}: the files that it writes differ");
        let is_refused = ["fees --year 2025 --as", "2026", "2027"].iter().any(|year| command.contains(year));
        assert_eq!(code, i32::from(is_refused && !command.contains("..")), "{command}: {err}");
    }
}

/// Without the day, what was fetched later does change it: the test above cannot pass by looking away.
#[test]
fn without_the_day_later_figures_count() {
    let before = scratch();
    cut(before.path());
    let fees = |folder: &Path| on(folder, "fees --year 2025 --preliminary --format csv").out;
    assert_ne!(fees(before.path()), fees(&fixture()));
    let forecast = |folder: &Path, known: &str| {
        on(folder, &format!("forecast --years 2025..2026 --population-growth 0,4 --index-growth 2,5 {known}"))
            .out
    };
    assert_ne!(forecast(before.path(), ""), forecast(&fixture(), ""));
    assert!(
        forecast(&fixture(), "--as-known-on 2025-02-10").contains("Som det var känt den 10 februari 2025")
    );
}

/// A network with these `[[publication]]` rows.
fn with_rows(rows: &str) -> tempfile::TempDir {
    let folder = scratch();
    copy(&fixture(), folder.path());
    let settings = folder.path().join("network.toml");
    fs::write(&settings, fs::read_to_string(&settings).unwrap() + rows).unwrap();
    folder
}

/// The table came a day before the calendar says: on 20 February it was not there, on the 21st it was.
#[test]
fn what_network_toml_states_comes_before_the_calendar() {
    let folder = with_rows(
        "\n[[publication]]\nwhat = \"population\"\nreference = 2024-12-31\npublished = 2025-02-21\nsource = \"SCB\"\n\
         \n[[publication]]\nwhat = \"LÖI arbetare C\"\nmonth = \"2022M10\"\nstatus = \"preliminary\"\n\
         published = 2022-12-14\nsource = \"SCB\"\n",
    );
    assert_eq!(on(folder.path(), "check").code, 0);
    let refused = on(folder.path(), "fees --year 2025 --as-known-on 2025-02-20").err;
    assert!(refused.contains("the population of 31 December 2024 comes on 21 February 2025"), "{refused}");
    assert_eq!(on(folder.path(), "fees --year 2025 --as-known-on 2025-02-21").code, 0);
    for (day, is_said) in [("2022-12-13", true), ("2022-12-14", false)] {
        let refused = on(folder.path(), &format!("fees --year 2024 --as-known-on {day}")).err;
        assert_eq!(
            refused.contains("LÖI arbetare C` for 2022M10 comes on 14 December 2022"),
            is_said,
            "{refused}"
        );
    }
    // The day is told to who has no file at all, too.
    fs::remove_file(folder.path().join("statistics/TAB5557_2025.json")).unwrap();
    let absent = on(folder.path(), "fees --year 2026").err;
    assert!(absent.contains("it is published on 24 February 2026"), "{absent}");
}

/// A row that states nothing, or something of nothing, is refused where it stands.
#[test]
fn a_row_about_no_figure_is_refused() {
    for (row, says) in [
        ("what = \"population\"\npublished = 2025-02-21\nsource = \"SCB\"", "has no `reference`"),
        ("what = \"population\"\nreference = 2024-12-31\nsource = \"SCB\"", "has no `published`"),
        ("what = \"population\"\nreference = 2024-12-31\npublished = 2025-02-21", "has no `source`"),
        ("reference = 2024-12-31\npublished = 2025-02-21\nsource = \"SCB\"", "has no `what`"),
        (
            "what = \"population\"\nreference = 2024-12-31\nmonth = \"2024M12\"\npublished = 2025-02-21\nsource = \"SCB\"",
            "`month` has no meaning for a population",
        ),
        (
            "what = \"LÖI arbetare D\"\nmonth = \"2024M10\"\nstatus = \"final\"\npublished = 2026-01-15\nsource = \"SCB\"",
            "no index series is named `LÖI arbetare D`",
        ),
        (
            "what = \"skatteunderlag\"\nyear = 2025\npublished = 2025-01-15\nsource = \"SCB\"",
            "`skatteunderlag` is not the name of a figure of figures.csv",
        ),
        (
            "what = \"LÖI arbetare C\"\nmonth = \"2024M10\"\npublished = 2024-12-15\nsource = \"SCB\"",
            "has no `status`",
        ),
    ] {
        let folder = with_rows(&format!("\n[[publication]]\n{row}\n"));
        let refused = on(folder.path(), "check");
        assert_eq!(refused.code, 1, "{row}");
        assert!(
            refused.err.contains(says) || refused.out.contains(says),
            "{row}\n{}{}",
            refused.out,
            refused.err
        );
        assert!((refused.out + &refused.err).contains("network.toml:1"), "{row}");
    }
}
