//! A federation on the journal: each of its members is charged, however its invoice looks, so nothing is billed twice when the
//! mode changes; and all of it computes again.
//!
//! The federation of the refusals pays for Bengtsfors (9 138) and Mellerud (9 165), 18 303 inhabitants. 2024 by the rule:
//! 15 000 × 142,6 / 138,2 is 15 477,57, so 15 478 kr each. Pooled: 27 454,50 × 142,6 / 138,2 is 28 328,59, so 28 329 kr; of
//! that 9 138 / 18 303 is 14 143,60 and 9 165 / 18 303 is 14 185,40.

use avgift::{FeeYear, NaiveDate, PopulationMode, Refusal, Sek, YearOfFees};
use avgift_invoice::{CreditedPart, Taken, Text};
use avgift_journal::{Journal, Kind, Opening, Reading, Simulated, Stamp, verify};
use avgift_ledger::{
    CreditExtent, CreditOrder, IssuedFees, Ledger, Numbering, Plan, Rendered, Sheet, issue, issue_credit,
    recompute,
};
use avgift_network::{Draft, Folder, Network};
use proptest::prelude::*;
use proptest::sample::select;

const BY_THE_RULE: &str = "";
const POOLED: &str = "[[tariff.federation]]\npayer = \"dme\"\nmode = \"pooled\"\nsplit = \"population\"\n";
const EACH: &str =
    "[[tariff.federation]]\npayer = \"dme\"\nmode = \"pooled\"\nsplit = \"population\"\nlines = \"each\"\n";
const FLAT: &str =
    "[[tariff.federation]]\npayer = \"dme\"\nmode = \"flat\"\namount = \"25 000 kr\"\nsplit = \"equal\"\n";
const DISCOUNTED: &str =
    "[[tariff.federation]]\npayer = \"dme\"\nmode = \"discounted\"\ndiscount = \"10 %\"\n";

/// The small network of the refusals with a mode of its federation.
fn network(mode: &str) -> Network {
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/errors/base");
    let mut folder = Folder::new();
    for name in ["network.toml", "members.csv", "payers.csv"] {
        let text = std::fs::read_to_string(format!("{base}/{name}")).unwrap();
        folder.add(name, text.replace("[[agreement]]\n", &format!("{mode}\n[[agreement]]\n")));
    }
    for name in ["statistics/folkmangd.csv", "statistics/loi-arbetare-c.csv"] {
        folder.add(name, std::fs::read(format!("{base}/{name}")).unwrap());
    }
    Network::read(&folder).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn kr(text: &str) -> Sek {
    text.parse().unwrap()
}

fn fees(network: &Network) -> YearOfFees {
    network.assess(FeeYear::new(2024).unwrap(), PopulationMode::Published).unwrap()
}

fn numbering(network: &Network) -> Numbering {
    Numbering::from(&network.numbers_for_issue(FeeYear::new(2024).unwrap()).unwrap().invoices)
}

fn opening(day: NaiveDate) -> Opening {
    let at = format!("{day}T09:00:00+01:00").parse().unwrap();
    let stamp = Stamp { by: "ekonomi".to_owned(), at, tool: "avgift test".to_owned() };
    Opening { stamp, machine: "test".to_owned(), org: "Exempelnätverket".to_owned(), orgnr: String::new() }
}

/// Each document as the text of its number.
fn render(sheets: &[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>> {
    Ok(sheets.iter().map(|sheet| vec![(".txt", sheet.name.clone().into_bytes())]).collect())
}

fn plan(folder: &Simulated, mode: &str, date: NaiveDate) -> Plan {
    let network = network(mode);
    let reading = Reading::of(folder).unwrap();
    let fees = fees(&network);
    let drafts: Vec<Draft> = network.draft(&fees, date).unwrap();
    Plan::of(&reading.state, reading.head.seal, &fees, &drafts, &numbering(&network), date).unwrap()
}

fn issue_all(folder: &Simulated, mode: &str, date: NaiveDate) {
    let plan = plan(folder, mode, date);
    let journal = Journal::open(folder.clone(), opening(date)).unwrap();
    issue(journal, &plan, render).unwrap().finish().unwrap();
}

/// Credits so much of the first line of an invoice, or all that is left of it.
fn credit(folder: &Simulated, place: usize, taken: Option<Taken>, date: NaiveDate) {
    let reading = Reading::of(folder).unwrap();
    let ledger = Ledger::new(folder, &reading.state);
    let Some(issued) = reading.state.issued("EX").get(place) else { return };
    let part = taken.map(|taken| CreditExtent::Parts(vec![CreditedPart { line: 1, taken }]));
    let extent = part.unwrap_or(CreditExtent::All);
    let order = CreditOrder { extent, date, reason: Text::new("Fel").unwrap() };
    let numbering = numbering(&network(BY_THE_RULE));
    // A credit note is not credited, nor more than is left.
    let Ok(planned) = ledger.plan_credit(reading.head.seal, "EX", issued, &numbering, &order) else { return };
    let journal = Journal::open(folder.clone(), opening(date)).unwrap();
    issue_credit(journal, &planned, render).unwrap().finish().unwrap();
}

/// By payer: ale, dme, goteborg.
const DME: usize = 1;

#[test]
fn one_line_charges_every_member() {
    let folder = Simulated::new();
    issue_all(&folder, POOLED, day("2024-02-01"));
    let reading = Reading::of(&folder).unwrap();
    let issued = &reading.state.issued("EX")[DME];
    let stored = Ledger::new(&folder, &reading.state).invoice("EX", issued).unwrap();
    assert_eq!(stored.event.keys.len(), 2);
    let fees: Vec<Sek> = stored.assessments.iter().map(avgift::Assessment::fee).collect();
    assert_eq!(fees, [kr("14 144"), kr("14 185")]);
    let [line] = &stored.invoice.content.lines[..] else { panic!("not one line") };
    assert_eq!(line.net_amount, kr("28 329"));
    verify(&folder, None).unwrap();
    assert_eq!(recompute(&folder).unwrap().fees, 4);
}

/// Whatever the mode becomes, what was issued is told as changed and never billed again by itself; the lines alone change nothing.
#[test]
fn another_mode_bills_nobody_twice() {
    for (first, second, computed) in [
        (POOLED, BY_THE_RULE, "30 956"),
        (BY_THE_RULE, POOLED, "28 329"),
        (POOLED, FLAT, "25 796"),     // 25 000 × 142,6 / 138,2 is 25 795,95
        (EACH, DISCOUNTED, "27 860"), // 15 477,57 × 0,9 is 13 929,81
    ] {
        let folder = Simulated::new();
        issue_all(&folder, first, day("2024-02-01"));
        let plan = plan(&folder, second, day("2024-02-02"));
        assert!(plan.new.is_empty() && plan.gone.is_empty());
        let [changed] = &plan.changed[..] else { panic!("not one is changed") };
        assert_eq!(changed.payer.as_str(), "dme");
        let with_vat = |kronor: &str| {
            // A fourth more, to whole kronor.
            let vat = kr(kronor).ore() * 5 / 4;
            Sek::from_ore((vat + 50).div_euclid(100) * 100)
        };
        assert_eq!(changed.computed, with_vat(computed));
    }
    let folder = Simulated::new();
    issue_all(&folder, POOLED, day("2024-02-01"));
    let plan = plan(&folder, EACH, day("2024-02-02"));
    assert_eq!((plan.new.len(), plan.changed.len(), plan.unchanged.len()), (0, 0, 3));
}

/// Of 28 329 kr a third is credited, 9 443; the 18 886 left are told by the fees: 14 144 / 28 329 of it is 9 429,33, and the rest
/// 9 456,67. By the rule today each pays 15 478 kr.
#[test]
fn what_is_left_of_one_line_is_told_member_by_member() {
    let folder = Simulated::new();
    issue_all(&folder, POOLED, day("2024-02-01"));
    let against = |mode| {
        let reading = Reading::of(&folder).unwrap();
        let issued = IssuedFees::of(&Ledger::new(&folder, &reading.state)).unwrap();
        assert_eq!(issued.count(FeeYear::new(2024).unwrap()), 4);
        let told =
            |one: avgift_ledger::Differing| (one.issued.unwrap().to_string(), one.now.unwrap().to_string());
        issued.differing(&fees(&network(mode))).into_iter().map(told).collect::<Vec<_>>()
    };
    let told = |was: &str, is: &str| (was.to_owned(), is.to_owned());
    assert_eq!(against(POOLED), []);
    assert_eq!(against(BY_THE_RULE), [told("14144.00", "15478.00"), told("14185.00", "15478.00")]);
    credit(&folder, DME, Some(Taken::Amount(kr("9 443"))), day("2024-02-02"));
    assert_eq!(against(POOLED), [told("9429.33", "14144.00"), told("9456.67", "14185.00")]);
    assert_eq!(recompute(&folder).unwrap().credit_notes, 1);
    // All of it taken back, each member may be charged anew: by the rule, a line each.
    credit(&folder, DME, None, day("2024-02-03"));
    let plan = plan(&folder, BY_THE_RULE, day("2024-02-04"));
    let [fresh] = &plan.new[..] else { panic!("not one is new") };
    assert_eq!((fresh.payer.as_str(), fresh.keys.len(), fresh.draft.content.lines.len()), ("dme", 2, 2));
}

/// A step of somebody's year.
#[derive(Debug, Clone)]
enum Step {
    Issue(&'static str),
    Credit(usize),
    CreditPart(usize, i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => select(vec![BY_THE_RULE, POOLED, EACH, FLAT, DISCOUNTED]).prop_map(Step::Issue),
        1 => (0_usize..12).prop_map(Step::Credit),
        1 => (0_usize..12, 1_i64..3_000_000).prop_map(|(place, ore)| Step::CreditPart(place, ore)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// However the mode changes between issues and credits: of the federation at most one invoice has anything left, everything
    /// computes again, and what was issued last is not new once more.
    #[test]
    fn no_mode_bills_a_member_twice(steps in proptest::collection::vec(step(), 1..8)) {
        let folder = Simulated::new();
        let mut date = day("2024-02-01");
        for step in &steps {
            match step {
                Step::Issue(mode) => issue_all(&folder, mode, date),
                Step::Credit(place) => credit(&folder, *place, None, date),
                Step::CreditPart(place, ore) => {
                    credit(&folder, *place, Some(Taken::Amount(Sek::from_ore(*ore))), date);
                }
            }
            date = date.succ_opt().unwrap();
        }
        let reading = Reading::of(&folder).unwrap();
        let issued = reading.state.issued("EX");
        let left = issued.iter().filter(|one| {
            one.kind == Kind::Invoice && &*one.payer == "dme" && one.credited < one.total
        });
        prop_assert!(left.count() <= 1);
        if !issued.is_empty() {
            verify(&folder, None).unwrap();
            recompute(&folder).unwrap();
            IssuedFees::of(&Ledger::new(&folder, &reading.state)).unwrap();
        }
        if let Some(Step::Issue(mode)) = steps.last() {
            prop_assert!(plan(&folder, mode, date).new.is_empty());
        }
    }
}
