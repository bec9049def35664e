//! Fees in parts and in instalments: whatever is issued, credited and settled anew, no fee is billed twice, and all of it computes
//! again. Fees of 2024 at 1,50 kr: Ale 48 669 kr, the federation 15 000 kr twice, Göteborg 120 000 kr.

use avgift::{FeeYear, NaiveDate, PopulationMode, Sek};
use avgift_invoice::Text;
use avgift_journal::{Journal, Kind, Reading, Simulated, verify};
use avgift_ledger::{
    CreditExtent, CreditOrder, IssuedFees, Ledger, Numbering, Plan, StoredInvoice, issue, issue_credit,
    recompute,
};
use avgift_network::Network;
use proptest::prelude::*;

use crate::made::{day, kr, network};
use crate::plan::{opening, render};

const BASE: &str = include_str!("../../fixtures/errors/base/network.toml");
const VAT: &str = "vat = { category = \"S\", rate = 25 }\n";
const DAYS: &str = "[agreement.payment]\ndays = 30\n";

/// How the fees are charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Charged {
    /// The share of the membership fee in percent, where there are parts.
    parts: Option<u32>,
    /// The due dates, where there are instalments.
    instalments: &'static [&'static str],
}

const WHOLE: Charged = Charged { parts: None, instalments: &[] };
const PARTS: Charged = Charged { parts: Some(10), instalments: &[] };
const OTHER_PARTS: Charged = Charged { parts: Some(20), instalments: &[] };
const TWICE: Charged = Charged { parts: None, instalments: &["03-31", "09-30"] };
const LATER: Charged = Charged { parts: None, instalments: &["04-30", "10-31"] };
const THRICE: Charged = Charged { parts: None, instalments: &["03-31", "06-30", "09-30"] };
const PARTS_TWICE: Charged = Charged { parts: Some(10), instalments: &["03-31", "09-30"] };

impl Charged {
    fn network(self) -> Network {
        let mut settings = settings();
        if let Some(share) = self.parts {
            settings = settings.replace(VAT, "");
            settings += &format!(
                "\n[[agreement.part]]\nname = \"Medlemsavgift\"\nshare = \"{share} %\"\n\
                 vat = {{ category = \"O\", reason = \"Medlemsavgift\" }}\n\
                 \n[[agreement.part]]\nname = \"Serviceavgift\"\nrest = true\n{VAT}"
            );
        }
        if !self.instalments.is_empty() {
            settings = settings.replace(DAYS, "");
            for due in self.instalments {
                settings += &format!("\n[[agreement.instalment]]\ndue = \"{due}\"\n");
            }
        }
        network(&settings)
    }
}

/// The small network of the refusals, without its index.
fn settings() -> String {
    let (before, rest) = BASE.split_once("[tariff.index]").unwrap();
    let (_, after) = rest.split_once("[tariff.proration]").unwrap();
    format!("{before}[tariff.proration]{after}")
}

fn year() -> FeeYear {
    FeeYear::new(2024).unwrap()
}

fn plan(folder: &Simulated, charged: Charged, only: Option<usize>, date: NaiveDate) -> Plan {
    try_plan(folder, charged, only, date).unwrap()
}

fn try_plan(
    folder: &Simulated,
    charged: Charged,
    only: Option<usize>,
    date: NaiveDate,
) -> Result<Plan, avgift_ledger::Error> {
    let network = charged.network();
    let fees = network.assess(year(), PopulationMode::Published).unwrap();
    let drafts = network.draft(&fees, date).unwrap();
    let numbering = Numbering::from(&network.numbers_for_issue(year()).unwrap().invoices);
    let reading = Reading::of(folder).unwrap();
    Plan::of_instalment(&reading.state, reading.head.seal, &fees, &drafts, &numbering, date, only)
}

fn issued(folder: &Simulated, charged: Charged, only: Option<usize>, date: &str) -> Plan {
    let plan = plan(folder, charged, only, day(date));
    let journal = Journal::open(folder.clone(), opening(day(date))).unwrap();
    issue(journal, &plan, render).unwrap().finish().unwrap();
    plan
}

fn credit(folder: &Simulated, place: usize, date: NaiveDate) {
    let network = WHOLE.network();
    let numbering = Numbering::from(&network.numbers_for_issue(year()).unwrap().invoices);
    let reading = Reading::of(folder).unwrap();
    let ledger = Ledger::new(folder, &reading.state);
    let Some(issued) = reading.state.issued("EX").get(place) else { return };
    let order = CreditOrder { extent: CreditExtent::All, date, reason: Text::new("Fel").unwrap() };
    let Ok(planned) = ledger.plan_credit(reading.head.seal, "EX", issued, &numbering, &order) else { return };
    let journal = Journal::open(folder.clone(), opening(date)).unwrap();
    issue_credit(journal, &planned, render).unwrap().finish().unwrap();
}

/// How many are new, unchanged, changed, gone and later.
fn counts(plan: &Plan) -> [usize; 5] {
    [plan.new.len(), plan.unchanged.len(), plan.changed.len(), plan.gone.len(), plan.later.len()]
}

fn counted(folder: &Simulated, charged: Charged, only: Option<usize>, date: &str) -> [usize; 5] {
    counts(&plan(folder, charged, only, day(date)))
}

/// 10 % of 48 669 kr is 4 867 kr; 43 802 kr and 25 % are 54 752,50, due as 54 753 kr.
#[test]
fn parts_are_two_invoices_and_a_second_run_has_none() {
    let folder = Simulated::new();
    let plan = issued(&folder, PARTS, None, "2024-02-01");
    let told: Vec<(String, String)> =
        plan.new.iter().map(|new| (new.payer.to_string(), new.draft.claim().to_string())).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(payer, due)| (payer.as_str(), due.as_str())).collect();
    assert_eq!(told[..2], [("ale", "4867.00"), ("ale", "54753.00")]);
    assert_eq!(told.len(), 6);
    assert_eq!(counted(&folder, PARTS, None, "2024-02-02"), [0, 6, 0, 0, 0]);
    verify(&folder, None).unwrap();
    let recomputed = recompute(&folder).unwrap();
    assert_eq!((recomputed.invoices, recomputed.fees), (6, 8)); // Four members, each on two invoices.
}

/// What was issued as a whole is changed, and what it would be now is told as a sum; nothing is new.
#[test]
fn a_whole_fee_that_was_issued_is_not_billed_again_in_parts_or_instalments() {
    let folder = Simulated::new();
    issued(&folder, WHOLE, None, "2024-02-01");
    for charged in [PARTS, TWICE, THRICE, PARTS_TWICE] {
        let plan = plan(&folder, charged, None, day("2024-02-02"));
        assert_eq!(counts(&plan), [0, 0, 3, 0, 0], "{charged:?}");
        assert_eq!(plan.changed[0].invoices.len(), 1);
    }
    let plan = plan(&folder, PARTS, None, day("2024-02-02"));
    assert_eq!((plan.changed[0].issued, plan.changed[0].computed), (kr("60 836"), kr("59 620")));
    // Credited in full, it is free to be charged in parts.
    credit(&folder, 0, day("2024-02-03"));
    assert_eq!(counted(&folder, PARTS, None, "2024-02-04"), [2, 0, 2, 0, 0]);
    assert_eq!(counted(&folder, WHOLE, None, "2024-02-04"), [1, 2, 0, 0, 0]);
}

#[test]
fn one_instalment_that_was_issued_is_not_billed_again_as_a_whole_or_in_three() {
    let folder = Simulated::new();
    let plan = issued(&folder, TWICE, Some(1), "2024-02-01");
    assert_eq!(counts(&plan), [3, 0, 0, 0, 3]);
    for charged in [WHOLE, PARTS, THRICE, PARTS_TWICE] {
        assert_eq!(counted(&folder, charged, None, "2024-02-02"), [0, 0, 3, 0, 0], "{charged:?}");
    }
    // Other due dates are the same instalments; the second of them is new, and no other.
    assert_eq!(counted(&folder, LATER, None, "2024-02-02"), [3, 3, 0, 0, 0]);
    issued(&folder, LATER, None, "2024-02-02");
    assert_eq!(counted(&folder, TWICE, None, "2024-02-03"), [0, 6, 0, 0, 0]);
    // One of two is credited: the whole is not free yet; both are: it is.
    credit(&folder, 0, day("2024-02-04"));
    assert_eq!(counted(&folder, WHOLE, None, "2024-02-05"), [0, 0, 3, 0, 0]);
    credit(&folder, 3, day("2024-02-05"));
    assert_eq!(counted(&folder, WHOLE, None, "2024-02-06"), [1, 0, 2, 0, 0]);
    recompute(&folder).unwrap();
}

#[test]
fn other_shares_of_the_parts_are_told_and_not_billed() {
    let folder = Simulated::new();
    issued(&folder, PARTS, None, "2024-02-01");
    let plan = plan(&folder, OTHER_PARTS, None, day("2024-02-02"));
    assert_eq!(counts(&plan), [0, 0, 3, 0, 0]);
    assert_eq!(plan.changed[0].invoices.len(), 2);
}

/// The second instalment is drawn up after the first was due: the first is issued, so that is no fault. Where it was not, it is.
#[test]
fn an_instalment_is_not_issued_after_it_was_due() {
    let folder = Simulated::new();
    let refused = try_plan(&folder, TWICE, None, day("2024-04-01")).unwrap_err();
    assert_eq!(refused.code(), "due-date-must-not-precede-issue-date");
    assert_eq!(counted(&folder, TWICE, Some(2), "2024-04-01"), [3, 0, 0, 0, 3]);
    assert_eq!(counted(&folder, TWICE, None, "2024-03-31"), [6, 0, 0, 0, 0]);
    issued(&folder, TWICE, Some(1), "2024-03-31");
    assert_eq!(counted(&folder, TWICE, None, "2024-04-01"), [3, 3, 0, 0, 0]);
    for only in [0, 3] {
        let refused = try_plan(&folder, TWICE, Some(only), day("2024-04-01")).unwrap_err();
        assert_eq!(refused.code(), "instalment-must-be-of-the-year");
    }
    let refused = try_plan(&folder, WHOLE, Some(1), day("2024-04-01")).unwrap_err();
    assert_eq!(refused.code(), "instalment-must-be-of-the-year");
}

/// The journal itself refuses a plan that was made without looking: the rule is where the numbers are given.
#[test]
fn the_journal_refuses_the_whole_of_what_was_cut() {
    let folder = Simulated::new();
    let whole = plan(&folder, WHOLE, None, day("2024-02-01"));
    let parts = plan(&folder, PARTS, None, day("2024-02-01"));
    let refused = |first: &Plan, second: &Plan| {
        let folder = Simulated::new();
        let mut opened = Journal::open(folder.clone(), opening(day("2024-02-01"))).unwrap();
        opened = issue(opened, first, render).unwrap();
        opened.finish().unwrap();
        let reading = Reading::of(&folder).unwrap();
        let mut second = Plan { head: reading.head.seal, ..second.clone() };
        for fresh in &mut second.new {
            let next = reading.state.next_number("EX", fresh.number).unwrap();
            fresh.number = next;
        }
        second.new.truncate(1);
        let opened = Journal::open(folder, opening(day("2024-02-01"))).unwrap();
        issue(opened, &second, render).unwrap_err().refusals[0].code
    };
    assert_eq!(refused(&whole, &parts), "charge-must-not-be-issued-twice");
    assert_eq!(refused(&parts, &whole), "charge-must-not-be-issued-twice");
}

/// Of a fee whose first instalment was issued, half is held against what the folder gives.
#[test]
fn what_was_issued_of_a_fee_is_held_against_as_much_of_it() {
    let folder = Simulated::new();
    issued(&folder, TWICE, Some(1), "2024-02-01");
    let reading = Reading::of(&folder).unwrap();
    let ledger = Ledger::new(&folder, &reading.state);
    let fees = WHOLE.network().assess(year(), PopulationMode::Published).unwrap();
    assert_eq!(IssuedFees::of(&ledger).unwrap().differing(&fees), []);
    let higher = network(&settings().replace("rate = \"1,50 kr\"", "rate = \"1,51 kr\""));
    let higher = higher.assess(year(), PopulationMode::Published).unwrap();
    let differing = IssuedFees::of(&ledger).unwrap().differing(&higher);
    // 32 446 × 1,51 is 48 993,46; half of 48 993 is 24 497 where the first gets the krona, and of 48 669 24 335.
    let told = |one: &avgift_ledger::Differing| (one.name.clone(), one.issued, one.now);
    assert_eq!(
        differing.iter().map(told).collect::<Vec<_>>(),
        [("Ale kommun".to_owned(), Some(kr("24 335")), Some(kr("24 497")))]
    );
}

#[derive(Debug, Clone)]
enum Step {
    Issue(Charged, Option<usize>),
    Credit(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let charged = prop::sample::select(vec![WHOLE, PARTS, OTHER_PARTS, TWICE, LATER, THRICE, PARTS_TWICE]);
    let only = prop_oneof![3 => Just(None), 1 => Just(Some(1)), 1 => Just(Some(2))];
    let step = prop_oneof![
        2 => (charged, only).prop_map(|(charged, only)| Step::Issue(charged, only)),
        1 => (0_usize..16).prop_map(Step::Credit),
    ];
    proptest::collection::vec(step, 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What is left of all invoices of a payer is never more than its fees, without VAT and rounding.
    #[test]
    fn no_fee_is_billed_twice_however_it_is_cut(steps in steps()) {
        let folder = Simulated::new();
        let mut date = day("2024-02-01");
        for step in &steps {
            match step {
                Step::Issue(charged, only) => {
                    let only = only.filter(|only| *only <= charged.instalments.len());
                    let plan = plan(&folder, *charged, only, date);
                    let journal = Journal::open(folder.clone(), opening(date)).unwrap();
                    issue(journal, &plan, render).unwrap().finish().unwrap();
                    prop_assert_eq!(plan_again(&folder, *charged, only, date), 0);
                }
                Step::Credit(place) => credit(&folder, *place, date),
            }
            date = date.succ_opt().unwrap();
        }
        let reading = Reading::of(&folder).unwrap();
        let ledger = Ledger::new(&folder, &reading.state);
        let fees = WHOLE.network().assess(year(), PopulationMode::Published).unwrap();
        for total in &fees.frame.by_payer {
            let is_left = |one: &&avgift_journal::Issued| {
                one.kind == Kind::Invoice && &*one.payer == total.payer.as_str() && one.credited < one.total
            };
            let left = reading.state.issued("EX").iter().filter(is_left);
            let net = left.map(|one| {
                let StoredInvoice { invoice, .. } = ledger.invoice("EX", one).unwrap();
                invoice.content.totals.sum_of_lines
            });
            prop_assert!(Sek::sum(net).unwrap() <= total.sum, "{}", total.payer);
        }
        if !reading.state.issued("EX").is_empty() {
            verify(&folder, None).unwrap();
            recompute(&folder).unwrap();
        }
    }
}

fn plan_again(folder: &Simulated, charged: Charged, only: Option<usize>, date: NaiveDate) -> usize {
    plan(folder, charged, only, date).new.len()
}
