//! Whatever is issued, credited and issued anew: no fee is billed twice, no number is skipped, and all of it computes again.

use avgift::{FeeYear, NaiveDate, PopulationMode, Refusal, Sek, YearOfFees};
use avgift_invoice::{CreditedPart, Taken, Text};
use avgift_journal::{Journal, Kind, Opening, Reading, Simulated, Stamp, verify};
use avgift_ledger::{
    CreditExtent, CreditOrder, Ledger, Numbering, Plan, Rendered, Sheet, issue, issue_credit, recompute,
};
use avgift_network::{Draft, Folder, Network};
use proptest::prelude::*;

/// The small network of the refusals, at a rate of so many öre per inhabitant.
fn network(rate: u32) -> Network {
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/errors/base");
    let mut folder = Folder::new();
    for name in ["network.toml", "members.csv", "payers.csv"] {
        let text = std::fs::read_to_string(format!("{base}/{name}")).unwrap();
        let rated = format!("rate = \"{},{:02} kr\"", rate / 100, rate % 100);
        folder.add(name, text.replace("rate = \"1,50 kr\"", &rated));
    }
    for entry in std::fs::read_dir(format!("{base}/statistics")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("statistics/{}", path.file_name().unwrap().to_str().unwrap());
        folder.add(name, std::fs::read(path).unwrap());
    }
    Network::read(&folder).unwrap()
}

fn year() -> FeeYear {
    FeeYear::new(2024).unwrap()
}

fn drafts(network: &Network, date: NaiveDate) -> (YearOfFees, Vec<Draft>) {
    let fees = network.assess(year(), PopulationMode::Published).unwrap();
    let drafts = network.draft(&fees, date).unwrap();
    (fees, drafts)
}

fn numbering(network: &Network) -> Numbering {
    Numbering::from(&network.numbers_for_issue(year()).unwrap().invoices)
}

pub(crate) fn opening(day: NaiveDate) -> Opening {
    let at = format!("{day}T09:00:00+01:00").parse().unwrap();
    let stamp = Stamp { by: "ekonomi".to_owned(), at, tool: "avgift test".to_owned() };
    Opening { stamp, machine: "test".to_owned(), org: "Exempelnätverket".to_owned(), orgnr: String::new() }
}

/// Each document as the text of its number.
pub(crate) fn render(sheets: &[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>> {
    Ok(sheets.iter().map(|sheet| vec![(".txt", sheet.name.clone().into_bytes())]).collect())
}

fn plan(folder: &Simulated, network: &Network, date: NaiveDate) -> Plan {
    let reading = Reading::of(folder).unwrap();
    let (fees, drafts) = drafts(network, date);
    Plan::of(&reading.state, reading.head.seal, &fees, &drafts, &numbering(network), date).unwrap()
}

/// A step of somebody's year.
#[derive(Debug, Clone)]
enum Step {
    /// Issues at a rate.
    Issue(u32),
    /// Credits an invoice in full.
    Credit(usize),
    /// Credits so many öre of its first line.
    CreditPart(usize, i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (100_u32..300).prop_map(Step::Issue),
        (0_usize..12).prop_map(Step::Credit),
        (0_usize..12, 1_i64..9_000_000).prop_map(|(place, ore)| Step::CreditPart(place, ore)),
    ]
}

fn take(folder: &Simulated, step: &Step, day: NaiveDate) {
    match step {
        Step::Issue(rate) => {
            let plan = plan(folder, &network(*rate), day);
            let journal = Journal::open(folder.clone(), opening(day)).unwrap();
            issue(journal, &plan, render).unwrap().finish().unwrap();
        }
        Step::Credit(place) | Step::CreditPart(place, _) => {
            let network = network(150);
            let reading = Reading::of(folder).unwrap();
            let ledger = Ledger::new(folder, &reading.state);
            let Some(issued) = reading.state.issued("EX").get(*place) else { return };
            let extent = match step {
                Step::CreditPart(_, ore) => {
                    let taken = Taken::Amount(Sek::from_ore(*ore));
                    CreditExtent::Parts(vec![CreditedPart { line: 1, taken }])
                }
                _ => CreditExtent::All,
            };
            let order = CreditOrder { extent, date: day, reason: Text::new("Fel").unwrap() };
            let head = reading.head.seal;
            // A credit note is not credited, nor more than is left.
            let Ok(planned) = ledger.plan_credit(head, "EX", issued, &numbering(&network), &order) else {
                return;
            };
            let journal = Journal::open(folder.clone(), opening(day)).unwrap();
            issue_credit(journal, &planned, render).unwrap().finish().unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_fee_is_billed_twice_and_all_computes_again(steps in proptest::collection::vec(step(), 1..9)) {
        let folder = Simulated::new();
        let mut day: NaiveDate = "2024-02-01".parse().unwrap();
        for step in &steps {
            take(&folder, step, day);
            day = day.succ_opt().unwrap();
        }
        let reading = Reading::of(&folder).unwrap();
        let issued = reading.state.issued("EX");
        // One unbroken series.
        for (number, issued) in (20_240_001_u64..).zip(issued) {
            prop_assert_eq!(issued.number.to_string(), number.to_string());
        }
        // Of each payer at most one invoice has anything left.
        for payer in ["ale", "dme", "goteborg"] {
            let left = issued.iter().filter(|one| {
                one.kind == Kind::Invoice && &*one.payer == payer && one.credited < one.total
            });
            prop_assert!(left.count() <= 1, "{}", payer);
        }
        if !issued.is_empty() {
            verify(&folder, None).unwrap();
            let recomputed = recompute(&folder).unwrap();
            let invoices = issued.iter().filter(|one| one.kind == Kind::Invoice).count() as u64;
            prop_assert_eq!(recomputed.invoices, invoices);
            prop_assert_eq!(recomputed.credit_notes, issued.len() as u64 - invoices);
        }
        // What was issued last at a rate is unchanged at that rate.
        if let Some(Step::Issue(rate)) = steps.last() {
            prop_assert!(plan(&folder, &network(*rate), day).new.is_empty());
        }
    }
}

/// Somebody else recorded something while the plan was looked at.
#[test]
fn a_plan_is_carried_out_on_the_journal_that_it_was_made_on() {
    let folder = Simulated::new();
    let day: NaiveDate = "2024-02-01".parse().unwrap();
    let stale = plan(&folder, &network(150), day);
    take(&folder, &Step::Issue(150), day);
    let journal = Journal::open(folder.clone(), opening(day)).unwrap();
    let stopped = issue(journal, &stale, render).unwrap_err();
    assert_eq!(stopped.issued, 0);
    assert_eq!(stopped.refusals[0].code, "head-must-not-have-moved");
    assert_eq!(Reading::of(&folder).unwrap().state.issued("EX").len(), 3);
}

/// What cannot be rendered is not issued.
#[test]
fn a_document_that_cannot_be_written_is_not_issued() {
    let folder = Simulated::new();
    let day: NaiveDate = "2024-02-01".parse().unwrap();
    let plan = plan(&folder, &network(150), day);
    let journal = Journal::open(folder.clone(), opening(day)).unwrap();
    let refuse = |_: &[Sheet<'_>]| Err(vec![Refusal::error("no-paper", "no paper".to_owned())]);
    assert_eq!(issue(journal, &plan, refuse).unwrap_err().refusals[0].code, "no-paper");
    assert!(!folder.files().contains_key("journal.jsonl"));
}
