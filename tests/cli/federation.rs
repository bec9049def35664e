//! A federation through every command: Dalslands miljö- och energiförbund of the fixture pays for Bengtsfors, Dals-Ed, Färgelanda
//! and Mellerud.
//!
//! Under T with the figures of 31 December 2023 and without an index the four pay 4 × 15 000 = 60 000 kr by the rule; pooled
//! (9 138 + 4 606 + 6 434 + 9 165) × 1,50 = 29 343 × 1,50 = 44 014,50 kr, and 50 öre go up.
//! With the index of the fixture: 15 000 × 142,6 / 138,2 is 15 477,56…, 15 478 kr each and 61 912 kr together; pooled 45 415,82…,
//! 45 416 kr. By code that is 7 128,99…, 9 958,30…, 14 143,45… and 14 185,24…; all down is 45 414, and two kronor go to the largest
//! remainders, Dals-Ed and Bengtsfors.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::issue::record;
use crate::world::{Ran, copy, files, fixture, on, scratch};

const POOLED: &str = "mode = \"pooled\"\nsplit = \"population\"\n";
const EACH: &str = "mode = \"pooled\"\nsplit = \"population\"\nlines = \"each\"\n";
const FLAT: &str = "mode = \"flat\"\namount = \"25 000 kr\"\nsplit = \"equal\"\n";
const DISCOUNTED: &str = "mode = \"discounted\"\ndiscount = \"10 %\"\n";

/// The federation of the fixture with a mode of its own.
fn federation(mode: &str) -> String {
    format!("\n[[tariff.federation]]\npayer = \"dme\"\n{mode}\n")
}

/// A copy of the fixture whose federation has a mode; none where that is empty.
fn network(mode: &str) -> TempDir {
    let scratch = scratch();
    copy(&fixture(), scratch.path());
    set(scratch.path(), mode);
    scratch
}

/// Sets the mode of the federation in place of any that is there.
fn set(network: &Path, mode: &str) {
    let (file, of_fixture) = (network.join("network.toml"), fixture().join("network.toml"));
    let text = fs::read_to_string(of_fixture).unwrap();
    let (before, after) = text.split_once("# ---- Huvudmännen").unwrap();
    let mode = if mode.is_empty() { String::new() } else { federation(mode) };
    fs::write(file, format!("{before}{mode}# ---- Huvudmännen{after}")).unwrap();
}

fn done(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

/// The fees of the four by code, and their sum.
fn fees(network: &Path, more: &str) -> (Vec<String>, i64) {
    let out = done(on(network, &format!("fees --year 2024 --format csv {more}")));
    let rows = out.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    let own: Vec<String> = rows.filter(|row| row[3] == "dme").map(|row| row[8].to_owned()).collect();
    let sum = own.iter().map(|fee| fee.strip_suffix(".00").unwrap().parse::<i64>().unwrap()).sum();
    (own, sum)
}

/// The line of a table that begins with these words.
fn row<'a>(out: &'a str, words: &str) -> &'a str {
    let row = out.lines().find(|line| line.starts_with(words));
    row.unwrap_or_else(|| panic!("no row `{words}` in {out}")).trim_start_matches(words).trim()
}

#[test]
fn four_floors_or_one_fee_of_all_inhabitants() {
    let network = network("");
    // Without its index clause the tariff stands at the price level of 2023.
    let file = network.path().join("network.toml");
    let plain = fs::read_to_string(&file).unwrap();
    let (before, rest) = plain.split_once("[tariff.index]").unwrap();
    let (_, after) = rest.split_once("[tariff.proration]").unwrap();
    let (terms, agreements) = after.split_once("# ---- Huvudmännen").unwrap();
    let with = |mode: &str| {
        let text = format!("{before}[tariff.proration]{terms}{mode}# ---- Huvudmännen{agreements}");
        fs::write(&file, text).unwrap();
    };
    with("");
    assert_eq!(fees(network.path(), ""), (vec!["15000.00".to_owned(); 4], 60_000));
    with(&federation(POOLED));
    assert_eq!(
        fees(network.path(), ""),
        (["6909.00", "9651.00", "13707.00", "13748.00"].map(str::to_owned).to_vec(), 44_015)
    );
    let explained = done(on(network.path(), "explain 1460 --year 2024"));
    assert!(explained.contains("29 343 invånare  4 medlemmar, en avgift"), "{explained}");
    assert!(explained.contains("44 014,50 kr  × 1,50 kr"), "{explained}");
    assert!(explained.contains("13 707 kr  44 015 kr × 9 138 / 29 343"), "{explained}");
}

/// Members and payers are two things: 39 and 36, whatever the mode.
#[test]
fn tables_count_members_and_payers_apart_and_sum_to_the_frame() {
    let network = network(POOLED);
    let path = network.path();
    assert!(done(on(path, "check")).is_empty());
    let (own, sum) = fees(path, "");
    assert_eq!(own, ["7129.00", "9958.00", "14144.00", "14185.00"]);
    assert_eq!(sum, 45_416);
    let frame = done(on(path, "frame --year 2024"));
    assert_eq!((row(&frame, "Medlemmar"), row(&frame, "Betalare")), ("39", "36"));
    // The fixture without a mode: 1 722 621 kr, of which 4 × 15 478 is 61 912; 61 912 − 45 416 is 16 496.
    assert_eq!(row(&frame, "Summa"), "1 706 125 kr");
    let told = "dme: en avgift för medlemmarnas invånare tillsammans, fördelas efter invånarantal";
    assert!(frame.lines().any(|line| line == told), "{frame}");
    let table = done(on(path, "fees --year 2024"));
    let mellerud = table.lines().find(|line| line.contains("Mellerud")).unwrap();
    assert!(mellerud.contains("del av en gemensam avgift"), "{mellerud}");
    let english = done(on(path, "frame --year 2024 --lang en"));
    assert!(
        english.contains("dme: one fee for the inhabitants of all members together, shared by population")
    );
    let json: Value = serde_json::from_str(&done(on(path, "fees --year 2024 --format json"))).unwrap();
    assert_eq!(json["frame"]["by_payer"].as_array().unwrap().len(), 36);
    let compared = done(on(path, "compare 2023 2024"));
    assert!(compared.contains("1 706 125 kr"), "{compared}");
    let ahead = "forecast --years 2024..2027 --population-growth 0,8 --index-growth 2,5 --band 1";
    assert!(done(on(path, ahead)).contains("1 706 125 kr"));
    // To 2024 the inhabitants and the index change; how dme is charged is told as itself, in either year.
    let bridge = done(on(path, "bridge --from 2023 --to 2024"));
    assert!(row(&bridge, "hur förbundet debiteras").ends_with(" kr"), "{bridge}");
    let solved = done(on(path, "solve --frame 1700000 --for rate --year 2024"));
    assert!(solved.contains("1 700 000 kr"), "{solved}");
}

/// As a scenario over what is decided: who pays less, to the krona, and that it is a scenario.
#[test]
fn a_mode_is_tried_as_a_scenario() {
    let network = network("");
    let file = network.path().join("gemensam.toml");
    fs::write(&file, format!("[[tariff]]\nname = \"T\"\n{}", federation(POOLED))).unwrap();
    let over = format!("--scenario {}", file.display());
    assert_eq!(fees(network.path(), "").1, 61_912);
    assert_eq!(fees(network.path(), &over).1, 45_416);
    let json = done(on(network.path(), &format!("compare 2024 {} --json", file.display())));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["lowered"], &json["raised"]), (&4.into(), &0.into()));
    assert_eq!(json["difference"], "-16496.00");
    // A fault points into the file that has it.
    fs::write(&file, format!("[[tariff]]\nname = \"T\"\n{}", federation("mode = \"pooled\"\n"))).unwrap();
    let ran = on(network.path(), &format!("fees --year 2024 {over}"));
    assert!(ran.err.contains("[[tariff.federation]] has no `split`"), "{}", ran.err);
}

/// The judge's folder for what is written here, emptied of what an earlier run left.
fn judged(name: &str) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge").join(name);
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    out
}

/// Every mode as an electronic invoice: lines, quantity, price, amounts; target/judge/federation/ is held to the official rules.
#[test]
fn every_mode_is_an_invoice_of_its_own() {
    let out = judged("federation");
    let invoice = |name: &str, mode: &str| {
        let (network, drafts) = (network(mode), scratch());
        let drafts = drafts.path().join("ut");
        done(on(network.path(), &format!("invoice --year 2024 --no-pdf --out {}", drafts.display())));
        let of = |ending: &str| {
            let mut found = files(&drafts).into_iter().filter(|(file, _)| file.ends_with(ending));
            found.find(|(file, _)| file.contains("dme")).unwrap().1
        };
        fs::write(out.join(format!("{name}.xml")), of(".xml")).unwrap();
        // However many lines it has, the invoice is for four members.
        let list = fs::read_to_string(drafts.join("drafts.csv")).unwrap();
        assert!(list.lines().any(|row| row.starts_with("dme,dme.xml,4,")), "{list}");
        serde_json::from_slice::<Value>(&of(".json")).unwrap()
    };
    let pooled = invoice("pooled", POOLED);
    let [line] = &pooled["lines"].as_array().unwrap()[..] else { panic!("not one line") };
    assert_eq!((&line["quantity"], &line["unit"]), (&29_343.into(), &"IE".into()));
    assert_eq!(line["net_amount"], "45416.00");
    assert_eq!(line["others"], serde_json::json!(["1439", "1460", "1461"]));
    assert_eq!(pooled["totals"]["sum_of_lines"], "45416.00");
    assert_eq!(line["name"], "Medlemsavgift 2024, Dalslands miljö- och energiförbund");
    let each = invoice("each", EACH);
    let lines = each["lines"].as_array().unwrap();
    let nets: Vec<&str> = lines.iter().map(|line| line["net_amount"].as_str().unwrap()).collect();
    assert_eq!(nets, ["7129.00", "9958.00", "14144.00", "14185.00"]);
    // 25 000 × 142,6 / 138,2 is 25 795,94…, one piece, and its rounding.
    let flat = invoice("flat", FLAT);
    assert_eq!((&flat["lines"][0]["quantity"], &flat["lines"][0]["unit"]), (&1.into(), &"C62".into()));
    assert_eq!(flat["totals"]["sum_of_lines"], "25796.00");
    // 15 477,56… × 0,9 is 13 929,81….
    let discounted = invoice("discounted", DISCOUNTED);
    assert_eq!(discounted["lines"].as_array().unwrap().len(), 4);
    assert_eq!(discounted["totals"]["sum_of_lines"], "55720.00");
}

/// One line charges four members: nothing is billed twice when the mode changes, a part can be credited, and all of it is proved
/// and booked.
#[test]
fn what_is_issued_stays_proved_whatever_the_mode_becomes() {
    let network = network(POOLED);
    let path = network.path();
    done(record(path, "2024-02-01", "issue --year 2024"));
    let journal = fs::read_to_string(path.join("journal.jsonl")).unwrap();
    let line = journal.lines().find(|line| line.contains("\"payer\":\"dme\"")).unwrap();
    let issued: Value = serde_json::from_str(line).unwrap();
    assert_eq!(issued["keys"].as_array().unwrap().len(), 4);
    assert_eq!(issued["inputs"].as_array().unwrap().len(), 4);
    assert_eq!(issued["invoice"]["lines"].as_array().unwrap().len(), 1);
    let number = issued["number"].as_str().unwrap().to_owned();
    // The same again has nothing new, and neither has any other mode.
    for mode in [POOLED, EACH, FLAT, DISCOUNTED, ""] {
        set(path, mode);
        done(record(path, "2024-02-02", "issue --year 2024"));
        assert_eq!(fs::read_to_string(path.join("journal.jsonl")).unwrap(), journal, "{mode}");
    }
    set(path, POOLED);
    done(record(path, "2024-02-03", &format!("credit {number} --part 1=1000 --reason Jämkning")));
    let against = on(path, "verify --rebuild --against-folder --json");
    let against: Value = serde_json::from_str(&done(against)).unwrap();
    let differing = against["against_folder"]["differing"].as_array().unwrap();
    let left: i64 = differing
        .iter()
        .map(|one| one["issued"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap())
        .sum();
    // 45 416 kr less 1 000 kr, told of four members to the öre.
    assert_eq!((differing.len(), left), (4, 4_441_600));
    done(on(path, "export sie --yes --by ekonomi --at 2024-02-04T09:00:00+01:00"));
    let vouchers = files(path).into_iter().find(|(name, _)| name.ends_with(".SI")).unwrap().1;
    let text = String::from_utf8_lossy(&vouchers).into_owned();
    assert!(text.contains("45416.00"), "{text}");
    done(record(path, "2024-02-05", &format!("credit {number} --reason Återtas")));
    // Taken back in full, each member may be charged anew: by the rule, a line each.
    set(path, "");
    done(record(path, "2024-02-06", "issue --year 2024"));
    let journal = fs::read_to_string(path.join("journal.jsonl")).unwrap();
    let anew: Value =
        serde_json::from_str(journal.lines().rfind(|line| line.contains("\"payer\":\"dme\"")).unwrap())
            .unwrap();
    assert_eq!(anew["invoice"]["totals"]["sum_of_lines"], "61912.00");
    assert_eq!(anew["keys"], issued["keys"]);
    done(on(path, "verify --rebuild"));
}

/// The page for the board and the workbook name the federation; its fees are the program's, and say so.
#[test]
fn page_and_workbook_tell_the_one_fee() {
    let network = network(POOLED);
    let out = judged("html/federation").join("sida.html");
    let report =
        format!("report --year 2024 --years 2023..2026 --compare 2023 --replace --out {}", out.display());
    done(on(network.path(), &report));
    let page = fs::read_to_string(&out).unwrap();
    assert!(
        page.contains("dme: en avgift för medlemmarnas invånare tillsammans, fördelas efter invånarantal.")
    );
    assert!(page.contains("del av en gemensam avgift"));
    let out = judged("xlsx/federation").join("fees.xlsx");
    done(on(network.path(), &format!("export xlsx --years 2023..2024 --replace --out {}", out.display())));
    assert!(fs::metadata(out).unwrap().len() > 10_000);
}
