//! The handbook is a year: every `$ avgift …` of docs/handbok.md is run, in its order, on a copy of the fixture network, and
//! prints what is shown. `<!-- 2024-01-15 -->` before a block is the day; what records is told the time and asked nothing.

use std::fs;
use std::path::Path;

use avgift::Sek;

use crate::readme::is_shown;
use crate::world::{Ran, avgift, copy, files, fixture, on, root, scratch};

/// The commands that record.
const RECORDING: [&str; 7] = ["issue", "reconcile", "sent", "credit", "pay", "remind", "repair"];

#[test]
fn the_handbook_shows_what_a_year_prints() {
    let network = scratch();
    copy(&fixture(), network.path());
    copy(&root().join("fixtures/cases/year-2024/bank"), &network.path().join("bank"));
    let book = fs::read_to_string(root().join("docs/handbok.md")).unwrap().replace("\r\n", "\n");
    let (mut day, mut minute, mut commands) = ("2024-01-02".to_owned(), 0, 0);
    for part in book.split("```console\n").map(|part| part.split_once("```")).enumerate() {
        let (before_the_first, Some((block, prose))) = (part.0 == 0, part.1) else { continue };
        if before_the_first {
            continue;
        }
        for run in block.split("$ avgift ").skip(1) {
            let (command, shown) = run.split_once('\n').unwrap();
            minute += 1;
            let ran = run_in(network.path(), command, &format!("{day}T09:{minute:02}:00+01:00"));
            let found = format!("{}{}", ran.out, ran.err);
            assert!(is_shown(shown, &found), "$ avgift {command}\n{found}");
            commands += 1;
        }
        if let Some(next) = prose.rsplit("<!-- ").next().and_then(|text| text.split_once(" -->")) {
            day = next.0.to_owned();
            minute = 0;
        }
    }
    assert!(commands >= 30, "the handbook shows a year");
    ties(network.path());
    let lines = on(network.path(), "journal list").out;
    for words in ["till GR-20240013, överbetalning: ", "till återbetalt: Återbetald"] {
        assert!(lines.contains(words), "{words}\n{lines}");
    }
}

/// The year at its end: issued − credited − paid is open, is what the receivable account of the SIE files comes to, and is Lilla
/// Edet's 22 328 kr; what the bank brought is on its account. 36 invoices of 1 722 621 kr and one of 18 582 kr were issued.
fn ties(network: &Path) {
    let open = on(network, "open --date 2024-12-31 --format json").out;
    let open: serde_json::Value = serde_json::from_str(&open).unwrap();
    let tie = |key: &str| open["tie_out"][key].as_str().unwrap().to_owned();
    assert_eq!([tie("issued"), tie("credited"), tie("paid")], ["1741203.00", "18582.00", "1700293.00"]);
    assert_eq!([tie("open"), tie("difference")], ["22328.00", "0.00"]);
    assert_eq!(balance(network, "1511"), "22328.00".parse().unwrap());
    // What came in less what was paid back: 1 700 293 to invoices, 814,17 interest, 60 reminder fee, 100 too much.
    assert_eq!(balance(network, "1921"), "1701267.17".parse().unwrap());
    assert_eq!(balance(network, "2421"), "-100.00".parse().unwrap());
    assert_eq!(open["received"]["received"], "1751486.17");
    assert_eq!(open["received"]["refunded"], "50219.00");
}

/// What an account comes to over every SIE file.
fn balance(network: &Path, account: &str) -> Sek {
    let row = format!("#TRANS {account} ");
    let of_file = |bytes: Vec<u8>| -> Vec<Sek> {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let rows = text.lines().filter(|line| line.starts_with(&row));
        let amount =
            |line: &str| line.split_once("} ").unwrap().1.split(' ').next().unwrap().parse().unwrap();
        rows.map(amount).collect()
    };
    let files = files(&network.join("documents/bokforing"));
    Sek::sum(files.into_values().flat_map(of_file)).unwrap()
}

fn run_in(network: &Path, command: &str, at: &str) -> Ran {
    let mut args: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    let records = RECORDING.contains(&args[0].as_str()) && args.get(1).is_none_or(|verb| verb != "list")
        || command.starts_with("export sie");
    if records {
        args.extend(["--by", "ekonomi", "--at", at].map(str::to_owned));
        if args[0] != "sent" && !command.contains("--dry-run") {
            args.push("--yes".to_owned());
        }
    }
    // What a person types stands in the network's folder.
    let place =
        |arg: String| if is_file(&arg) { network.join(arg).to_str().unwrap().to_owned() } else { arg };
    let args: Vec<String> = args.into_iter().map(place).collect();
    let mut ran = avgift(args.iter().map(String::as_str).chain(["--network", network.to_str().unwrap()]));
    let here = format!("{}{}", network.display(), std::path::MAIN_SEPARATOR);
    (ran.out, ran.err) = (ran.out.replace(&here, ""), ran.err.replace(&here, ""));
    ran
}

/// The files and folders that the handbook names on its command lines.
fn is_file(arg: &str) -> bool {
    ["utkast", "vårt-nätverk"].contains(&arg)
        || arg.starts_with("bank/")
        || [".xlsx", ".csv", ".html", ".zip"].iter().any(|ending| arg.ends_with(ending))
}
