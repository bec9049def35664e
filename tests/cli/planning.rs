//! What a board asks, of tariffs of other shapes: `bridge` and `solve` on a folder whose tariff is written here.
//! Inhabitants are Statistics Sweden's of 31 December 2022 and 2023: Ale 32 394 and 32 446, Bengtsfors 9 255 and 9 138, Göteborg 596 841
//! and 604 616, Mellerud 9 263 and 9 165. The tariffs are made up.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::world::{Ran, copy, on, root, scratch};

/// Runs a command on the network of the errors' examples, with other tariffs and, unless they are nothing, other members.
fn under(tariffs: &str, members: &str, command: &str) -> Ran {
    let scratch = scratch();
    copy(&root().join("fixtures/errors/base"), scratch.path());
    let file = scratch.path().join("network.toml");
    let settings = fs::read_to_string(&file).unwrap();
    let (_, agreement) = settings.split_once("[[agreement]]").unwrap();
    fs::write(&file, format!("name = \"Exempelnätverket\"\n\n{tariffs}\n[[agreement]]{agreement}")).unwrap();
    if !members.is_empty() {
        fs::write(scratch.path().join("members.csv"), members).unwrap();
    }
    ran(scratch.path(), command)
}

fn ran(network: &Path, command: &str) -> Ran {
    let ran = on(network, command);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
    ran
}

fn json(tariffs: &str, members: &str, command: &str) -> Value {
    serde_json::from_str(&under(tariffs, members, &format!("{command} --json")).out).unwrap()
}

fn parts(bridge: &Value, code: &str) -> Value {
    let members = bridge["members"].as_array().unwrap();
    members.iter().find(|member| member["code"] == code).unwrap()["parts"].clone()
}

const CLASSES: &str = "\
[[tariff]]
name = \"Mälaren\"
from = 2023
rate = \"1,25 kr\"
floor = \"35 000 kr\"
rounding = \"ore\"

[[tariff.class]]
name = \"granne\"
amount = \"25 000 kr\"
bounds = \"none\"
";

/// Ale becomes a neighbour on 1 January 2024: 40 492,50 → 25 000 kr. 52 inhabitants more are 65 kr; the class −5 557,50, down to the floor
/// that held for it; and −10 000 as it no longer does.
const RECLASSED: &str = "\
municipality_code;name;joined;left;payer;class
1440;Ale kommun;;2023-12-31;ale;
1440;Ale kommun;2024-01-01;;ale;granne
1461;Melleruds kommun;;;dme;
1480;Göteborgs Stad;;;goteborg;
";

#[test]
fn a_change_of_class_is_bridged() {
    let bridge = json(CLASSES, RECLASSED, "bridge --from 2023 --to 2024");
    let ale = parts(&bridge, "1440");
    assert_eq!(
        (&ale["population"], &ale["class"], &ale["bounds"]),
        (&"65.00".into(), &"-5557.50".into(), &"-10000.00".into())
    );
    assert_eq!(ale["tariff"], "0.00");
    let told = under(CLASSES, RECLASSED, "bridge Ale --from 2023 --to 2024").out;
    let class = told.lines().find(|line| line.starts_with("klass")).unwrap();
    assert!(class.contains("granne") && class.ends_with("-5 557,50 kr"), "{told}");
    assert!(!told.contains("vilka som delar"), "{told}");
    let csv = under(CLASSES, RECLASSED, "bridge --from 2023 --to 2024 --format csv").out;
    let header = "from,to,municipality_code,name,fee_from,fee_to,difference,population,figures,others,index,tariff,class,bounds,\
                  limit,proration,federation,membership,rounding";
    assert_eq!(csv.lines().next(), Some(header));
    assert!(csv.contains("2023,2024,1440,Ale kommun,40492.50,25000.00,-15492.50,65.00,0.00,0.00,0.00,0.00,-5557.50,-10000.00,"), "{csv}");
}

const TOTAL: &str = "\
[[tariff]]
name = \"Efter folkmängd\"
from = 2023
total = \"600 000 kr\"
among = \"all\"
keys = [{ key = \"equal\", weight = \"100 %\" }]
";

/// Two share 600 000 kr equally, then Mellerud joins: 300 000 → 200 000 kr each, by who shares; its own 200 000 kr are membership.
#[test]
fn a_shared_total_is_bridged() {
    let members = "\
municipality_code;name;joined;left;payer
1440;Ale kommun;;;ale
1480;Göteborgs Stad;;;goteborg
1461;Melleruds kommun;2024-01-01;;dme
";
    let bridge = json(TOTAL, members, "bridge --from 2023 --to 2024");
    assert_eq!(parts(&bridge, "1440")["others"], "-100000.00");
    assert_eq!(parts(&bridge, "1461")["membership"], "200000.00");
    assert_eq!((&bridge["difference"], &bridge["parts"]["others"]), (&"0.00".into(), &"-200000.00".into()));
    let told = under(TOTAL, members, "bridge --from 2023 --to 2024").out;
    assert!(told.contains("vilka som delar summan  -200 000 kr"), "{told}");
}

/// A total of 750 000 kr gives 750 000 kr; so does a scale of five quarters. A krona below and at it.
#[test]
fn a_total_and_its_scale_are_solved() {
    let solved = json(TOTAL, "", "solve --frame 750000 --for total --year 2024");
    assert_eq!((&solved["from"], &solved["above"]["frame"]), (&"750000/1".into(), &"750000.00".into()));
    assert_eq!(json(TOTAL, "", "solve --frame 750000 --for scale --year 2024")["from"], "5/4");
    let told = under(TOTAL, "", "solve --frame 750000 --for total --year 2024").out;
    assert!(told.contains("Sökt: gemensam summa som ger ramen 750 000 kr"), "{told}");
}

const BASE: &str = "\
[[tariff]]
name = \"Grundavgift och rörlig\"
from = 2023
base = \"4 000 kr\"
rate = \"0,30 kr\"
cap = 150000
";

/// 4 × 4 000 + (32 446 + 9 138 + 150 000 + 9 165) × rate = 116 000 kr: the rate is 100 000 / 200 749 = 0,498134…, between 49 and 50 öre.
/// The CSV has six decimals, the last one rounded, and the exact quotient beside them.
#[test]
fn a_rate_beside_a_base_is_solved_and_its_csv_can_be_read() {
    let csv = under(BASE, "", "solve --frame 116000 --for rate --year 2024 --format csv").out;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "fee_year,sought,target,kind,unit,value_to_6_decimals,value_exact,frame,remainder,at_floor,at_ceiling"
    );
    assert_eq!(lines[1], "2024,rate,116000.00,exact-from,kr,0.498134,100000/200749,,,,");
    // 15 898,54 + 4 477,62 + 73 500 + 4 490,85 and four bases: 19 899 + 8 478 + 77 500 + 8 491.
    assert_eq!(lines[3], "2024,rate,116000.00,below,kr,0.490000,49/100,114368.00,1632.00,0,0");
    assert_eq!(lines[4], "2024,rate,116000.00,above,kr,0.500000,1/2,116375.00,-375.00,0,0");
    let base = json(BASE, "", "solve --frame 100000 --for base --year 2024");
    // 100 000 − 200 749 × 0,30 = 39 775,30 kr, a fourth each.
    assert_eq!(base["from"], "397753/40");
}

/// Of steps no single rate is found; the refusal names what can be.
#[test]
fn steps_are_scaled() {
    let steps = "\
[[tariff]]
name = \"Steg\"
from = 2023
tiers = [{ to = 9999, amount = \"1 000 kr\" }, { from = 10000, amount = \"4 000 kr\" }]
";
    let solved = json(steps, "", "solve --frame 15000 --for scale --year 2024");
    assert_eq!(solved["from"], "3/2"); // 2 × 1 000 + 2 × 4 000
    let csv = under(steps, "", "solve --frame 15000 --for scale --year 2024 --format csv").out;
    assert!(csv.contains("2024,scale,15000.00,exact-from,factor,1.500000,3/2,"), "{csv}");
}
