//! Preliminary fees held to the final ones: whatever is credited, issued and reconciled in whatever order, the final fee stands
//! in the end and nothing is billed twice.

use std::collections::BTreeMap;

use avgift::{FeeYear, MunicipalityCode, NaiveDate, PopulationMode, Refusal, Sek, YearOfFees};
use avgift_invoice::{CreditNote, CreditedPart, Taken, Text, left_of};
use avgift_journal::{Journal, Kind, Opening, Reading, Seal, Simulated, Stamp, verify};
use avgift_ledger::{
    CreditExtent, CreditOrder, IssuedFees, LeadsTo, Ledger, Numbering, Plan, Reconciliation, Rendered, Sheet,
    WhyAPerson, issue, issue_credit, recompute, reconcile,
};
use avgift_network::{Folder, Network};
use proptest::prelude::*;

/// The members of the small network of the refusals: Ale and Göteborg for themselves, two for one federation.
const CODES: [&str; 4] = ["1440", "1460", "1461", "1480"];

/// The small network with these populations of 31 December 2022 and, where they are published, 2023; without an index, so that the
/// fees are easy to see. 1,50 kr, 15 000 to 120 000 kr, 25 % VAT.
fn network(first: [u32; 4], second: Option<[u32; 4]>, settings: &[(&str, &str)]) -> Network {
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/errors/base");
    let mut folder = Folder::new();
    for name in ["network.toml", "members.csv", "payers.csv"] {
        let mut text = std::fs::read_to_string(format!("{base}/{name}")).unwrap();
        let index = "[tariff.index]\nseries = \"LÖI arbetare C\"\nstatus = \"preliminary\"\nbase = \"2021M10\"\nlag_years = 2\n";
        text = text.replace(index, "");
        for (from, to) in settings {
            text = text.replace(from, to);
        }
        folder.add(name, text);
    }
    let years =
        if second.is_some() { "\"Folkmängd 2022\";\"Folkmängd 2023\"" } else { "\"Folkmängd 2022\"" };
    let mut csv = format!("\"Folkmängd\"\r\n\r\n\"region\";{years}\r\n");
    for (place, code) in CODES.iter().enumerate() {
        let later = second.map_or(String::new(), |second| format!(";{}", second[place]));
        csv.push_str(&format!("\"{code} Namn\";{}{later}\r\n", first[place]));
    }
    folder.add("statistics/folkmangd.csv", csv);
    Network::read(&folder).unwrap()
}

fn year() -> FeeYear {
    FeeYear::new(2024).unwrap()
}

fn kr(text: &str) -> Sek {
    text.parse().unwrap()
}

fn fees(network: &Network) -> YearOfFees {
    network.assess(year(), PopulationMode::NewestOnFile).unwrap()
}

fn opening(day: NaiveDate) -> Opening {
    let at = format!("{day}T09:00:00+01:00").parse().unwrap();
    let stamp = Stamp { by: "ekonomi".to_owned(), at, tool: "avgift test".to_owned() };
    Opening { stamp, machine: "test".to_owned(), org: "Exempelnätverket".to_owned(), orgnr: String::new() }
}

fn render(sheets: &[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>> {
    Ok(sheets.iter().map(|sheet| vec![(".txt", sheet.name.clone().into_bytes())]).collect())
}

/// A journal and its next day.
struct Office {
    folder: Simulated,
    day: NaiveDate,
}

impl Office {
    fn new() -> Office {
        Office { folder: Simulated::new(), day: "2024-01-10".parse().unwrap() }
    }

    fn journal(&mut self) -> Journal<Simulated> {
        let journal = Journal::open(self.folder.clone(), opening(self.day)).unwrap();
        self.day = self.day.succ_opt().unwrap();
        journal
    }

    fn plan(&self, network: &Network) -> Plan {
        let reading = Reading::of(&self.folder).unwrap();
        let fees = fees(network);
        let drafts = network.draft(&fees, self.day).unwrap();
        let numbering = Numbering::from(&network.numbers_for_issue(year()).unwrap().invoices);
        Plan::of(&reading.state, reading.head.seal, &fees, &drafts, &numbering, self.day).unwrap()
    }

    /// Issues what is new; how many.
    fn issue(&mut self, network: &Network) -> usize {
        let plan = self.plan(network);
        issue(self.journal(), &plan, render).unwrap().finish().unwrap();
        plan.new.len()
    }

    fn reconciliation(&self, network: &Network) -> Reconciliation {
        let reading = Reading::of(&self.folder).unwrap();
        let ledger = Ledger::new(&self.folder, &reading.state);
        Reconciliation::of(&ledger, reading.head.seal, network, &fees(network), self.day).unwrap()
    }

    /// Reconciles; how many documents came of it.
    fn reconcile(&mut self, network: &Network) -> usize {
        let plan = self.reconciliation(network);
        reconcile(self.journal(), &plan, render).unwrap().finish().unwrap();
        plan.count()
    }

    /// Takes back the whole of an invoice, or so many öre of its first line; what cannot be taken back is left.
    fn credit(&mut self, network: &Network, place: usize, ore: Option<i64>) {
        let reading = Reading::of(&self.folder).unwrap();
        let ledger = Ledger::new(&self.folder, &reading.state);
        let Some(issued) = reading.state.issued("EX").get(place) else { return };
        let part = |ore| CreditedPart { line: 1, taken: Taken::Amount(Sek::from_ore(ore)) };
        let extent = ore.map_or(CreditExtent::All, |ore| CreditExtent::Parts(vec![part(ore)]));
        let order = CreditOrder { extent, date: self.day, reason: Text::new("Fel").unwrap() };
        let numbering = Numbering::from(&network.numbers_for_issue(year()).unwrap().credit_notes);
        let planned = ledger.plan_credit(reading.head.seal, "EX", issued, &numbering, &order);
        if let Ok(planned) = planned.as_ref()
            && planned.credit_note.claim() < Sek::ZERO
        {
            issue_credit(self.journal(), planned, render).unwrap().finish().unwrap();
        }
    }

    /// What stands of each member's fee on all documents together, and how many documents there are of each kind.
    fn stands(&self) -> BTreeMap<MunicipalityCode, Sek> {
        let reading = Reading::of(&self.folder).unwrap();
        let ledger = Ledger::new(&self.folder, &reading.state);
        let mut stands: BTreeMap<MunicipalityCode, Sek> = BTreeMap::new();
        for issued in reading.state.issued("EX").iter().filter(|one| one.kind == Kind::Invoice) {
            let stored = ledger.invoice("EX", issued).unwrap();
            let credits = ledger.credits("EX", issued.number).unwrap();
            let credits: Vec<&CreditNote> = credits.iter().map(|credit| &credit.credit_note).collect();
            for (line, left) in
                stored.invoice.content.lines.iter().zip(left_of(&stored.invoice, &credits).unwrap())
            {
                let of_member = stands.entry(line.municipality).or_default();
                *of_member = of_member.plus(left.amount).unwrap();
            }
        }
        stands
    }

    fn leads_to(&self, network: &Network) -> Vec<LeadsTo> {
        self.reconciliation(network).rows.iter().map(|row| row.leads_to).collect()
    }
}

fn fees_by_code(network: &Network) -> BTreeMap<MunicipalityCode, Sek> {
    fees(network).assessments.iter().map(|fee| (fee.code(), fee.fee())).collect()
}

/// Ale 32 394 → 32 446: 48 591 → 48 669 kr, 78 more. Göteborg stays at the ceiling. Of the federation's two, 12 000 → 11 000 is
/// 18 000 → 16 500, 1 500 less, and 10 000 → 10 002 is 15 000 → 15 003, 3 more.
const FIRST: [u32; 4] = [32_394, 12_000, 10_000, 596_841];
const SECOND: [u32; 4] = [32_446, 11_000, 10_002, 604_616];

#[test]
fn more_is_a_supplement_less_a_credit_note_and_the_same_nothing() {
    let (before, after) = (network(FIRST, None, &[]), network(FIRST, Some(SECOND), &[]));
    let mut office = Office::new();
    assert_eq!(office.issue(&before), 3);
    let plan = office.reconciliation(&after);
    let rows: Vec<_> = plan
        .rows
        .iter()
        .map(|row| (row.code.to_string(), row.preliminary, row.final_fee.unwrap(), row.leads_to))
        .collect();
    let row =
        |code: &str, preliminary, last, leads_to| (code.to_owned(), kr(preliminary), kr(last), leads_to);
    assert_eq!(
        rows,
        [
            row("1440", "48 591", "48 669", LeadsTo::Supplement),
            row("1460", "18 000", "16 500", LeadsTo::Credit),
            row("1461", "15 000", "15 003", LeadsTo::Supplement),
            row("1480", "120 000", "120 000", LeadsTo::Settled),
        ]
    );
    // 78 + 19,50 = 97,50, rounded 98 kr; 3 + 0,75 is 4 kr.
    let claims: Vec<Sek> = plan.supplements.new.iter().map(|fresh| fresh.draft.claim()).collect();
    assert_eq!(claims, [kr("98"), kr("4")]);
    // 1 500 + 375.
    let claims: Vec<Sek> = plan.credits.iter().map(|credit| credit.credit_note.claim()).collect();
    assert_eq!(claims, [kr("-1 875")]);
    let numbers = plan.supplements.new.iter().map(|fresh| fresh.number.to_string());
    let numbers: Vec<String> =
        numbers.chain(plan.credits.iter().map(|credit| credit.credit_note.number.to_string())).collect();
    assert_eq!(numbers, ["20240004", "20240005", "20240006"]);

    assert_eq!(office.reconcile(&after), 3);
    assert_eq!(office.stands(), fees_by_code(&after));
    assert_eq!(office.leads_to(&after), [LeadsTo::Settled; 4]);
    assert_eq!(office.reconcile(&after), 0);
    // The year is issued, each charge once; and what is held to the folder of today does not differ.
    let plan = office.plan(&after);
    assert_eq!((plan.new.len(), plan.unchanged.len(), plan.changed.len(), plan.gone.len()), (0, 3, 0, 0));
    let reading = Reading::of(&office.folder).unwrap();
    let issued = IssuedFees::of(&Ledger::new(&office.folder, &reading.state)).unwrap();
    assert!(issued.differing(&fees(&after)).is_empty());
    verify(&office.folder, None).unwrap();
    assert_eq!(recompute(&office.folder).unwrap().invoices, 5);
}

/// An invoice that was credited in full is issued anew on the final figure, and is then no matter of reconciling.
#[test]
fn a_fee_that_was_credited_in_full_is_issued_and_not_reconciled() {
    let (before, after) = (network(FIRST, None, &[]), network(FIRST, Some(SECOND), &[]));
    let mut office = Office::new();
    office.issue(&before);
    office.credit(&after, 0, None);
    assert_eq!(office.leads_to(&after).len(), 3, "Ale's fee is charged by nothing");
    assert_eq!((office.issue(&after), office.reconcile(&after)), (1, 2));
    assert_eq!(office.stands(), fees_by_code(&after));
}

/// A supplement that was taken back may be issued anew; while it stands, crediting the invoice before it does not make the whole
/// fee be billed beside it.
#[test]
fn a_supplement_counts_with_its_invoice() {
    let (before, after) = (network(FIRST, None, &[]), network(FIRST, Some(SECOND), &[]));
    let mut office = Office::new();
    office.issue(&before);
    office.reconcile(&after);
    office.credit(&after, 3, None); // Ale's supplement.
    assert_eq!(office.leads_to(&after)[0], LeadsTo::Supplement);
    assert_eq!(office.reconcile(&after), 1);
    assert_eq!(office.stands(), fees_by_code(&after));
    office.credit(&after, 0, None); // The invoice before it.
    let plan = office.plan(&after);
    assert_eq!((plan.new.len(), plan.changed.len()), (0, 1));
    let ale = &plan.changed[0];
    // 78 + 19,50, rounded: what stands; the whole is 48 669 + 12 167,25.
    assert_eq!((ale.issued, ale.computed), (kr("98"), kr("60 836")));
    office.credit(&after, 7, None); // And the supplement, the second one.
    assert_eq!(office.issue(&after), 1);
    assert_eq!(office.stands(), fees_by_code(&after));
}

/// Ale was credited 100 kr for some reason: what stands is neither fee. Where it was just the difference, it is settled.
#[test]
fn what_was_credited_in_part_is_for_a_person_unless_the_final_fee_stands() {
    let down = [32_300, 12_000, 10_000, 596_841]; // 48 450 kr, 141 less.
    let (before, after) = (network(FIRST, None, &[]), network(FIRST, Some(down), &[]));
    for (ore, leads_to) in [
        (14_000, LeadsTo::APerson(WhyAPerson::Credited)),
        (14_100, LeadsTo::Settled),
        (14_200, LeadsTo::APerson(WhyAPerson::Credited)),
    ] {
        let mut office = Office::new();
        office.issue(&before);
        office.credit(&after, 0, Some(ore));
        assert_eq!(office.leads_to(&after)[0], leads_to, "{ore}");
    }
}

/// Pooled on one line, 22 000 × 1,50 = 33 000 kr are 18 000 and 15 000; of 21 002 inhabitants 31 503 kr, 16 500 and 15 003. In parts
/// of 10 and 90 %, Ale's 48 591 kr are 4 859 and 43 732, the final 48 669 kr 4 867 and 43 802. Both are told, and for a person; what
/// is credited in full is issued anew.
#[test]
fn what_is_no_whole_fee_on_a_line_of_its_own_is_for_a_person() {
    let proration = "unit = \"months\"\nbroken = \"counted\"\n";
    let pooled = format!(
        "{proration}\n[[tariff.federation]]\npayer = \"dme\"\nmode = \"pooled\"\nsplit = \"population\"\n"
    );
    let vat = "vat = { category = \"S\", rate = 25 }\n";
    let parts = format!(
        "[[agreement.part]]\nname = \"Medlemsavgift\"\nshare = \"10 %\"\nvat = {{ category = \"O\", reason = \"x\" }}\n\
         [[agreement.part]]\nname = \"Serviceavgift\"\nrest = true\n{vat}\n"
    );
    let not_in_one = LeadsTo::APerson(WhyAPerson::NotInOne);
    for (settings, invoices, place, wanted, then) in [
        (
            (proration, pooled.as_str()),
            3,
            1,
            vec![
                ("48591.00", Some("48669.00"), LeadsTo::Supplement),
                ("18000.00", Some("16500.00"), not_in_one),
                ("15000.00", Some("15003.00"), not_in_one),
                ("120000.00", Some("120000.00"), LeadsTo::Settled),
            ],
            vec![LeadsTo::Supplement, LeadsTo::Settled],
        ),
        (
            (vat, parts.as_str()),
            6,
            0,
            vec![
                ("4859.00", Some("4867.00"), not_in_one),
                ("43732.00", Some("43802.00"), not_in_one),
                ("1800.00", Some("1650.00"), not_in_one),
                ("1500.00", Some("1500.00"), LeadsTo::Settled),
                ("16200.00", Some("14850.00"), not_in_one),
                ("13500.00", Some("13503.00"), not_in_one),
                ("12000.00", Some("12000.00"), LeadsTo::Settled),
                ("108000.00", Some("108000.00"), LeadsTo::Settled),
            ],
            [vec![not_in_one], vec![not_in_one, LeadsTo::Settled, not_in_one, not_in_one]].concat(),
        ),
    ] {
        let (before, after) = (network(FIRST, None, &[settings]), network(FIRST, Some(SECOND), &[settings]));
        let mut office = Office::new();
        assert_eq!(office.issue(&before), invoices);
        let told = office.reconciliation(&after);
        let found: Vec<(String, Option<String>, LeadsTo)> = told
            .rows
            .iter()
            .map(|row| {
                assert_eq!(row.stands, row.preliminary);
                (row.preliminary.to_string(), row.final_fee.map(|fee| fee.to_string()), row.leads_to)
            })
            .collect();
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|(was, is, leads_to)| (was.to_owned(), is.map(str::to_owned), leads_to))
            .collect();
        assert_eq!(found, wanted);
        office.credit(&after, place, None);
        assert_eq!(office.leads_to(&after)[..then.len()], then);
        assert_eq!(office.issue(&after), 1);
        recompute(&office.folder).unwrap();
    }
}

/// Whatever changed besides the population is for a person.
#[test]
fn another_tariff_payer_or_member_is_for_a_person() {
    let before = network(FIRST, None, &[]);
    for (from, to, row, why) in [
        ("rate = \"1,50 kr\"", "rate = \"1,60 kr\"", 0, WhyAPerson::OtherTariff),
        ("1440;Ale kommun;;;;ale", "1440;Ale kommun;;;;goteborg", 0, WhyAPerson::OtherParties),
        ("1440;Ale kommun;;;;ale", "1440;Ale kommun;;;2023-12-31;ale", 0, WhyAPerson::NotCharged),
        ("series = \"EX\"", "series = \"EY\"", 0, WhyAPerson::OtherParties),
    ] {
        let mut office = Office::new();
        office.issue(&before);
        let changed = network(FIRST, Some(SECOND), &[(from, to)]);
        assert_eq!(office.leads_to(&changed)[row], LeadsTo::APerson(why), "{to}");
    }
}

/// An invoice that rests on the final figure is not touched.
#[test]
fn a_final_fee_is_not_reconciled() {
    let after = network(FIRST, Some(SECOND), &[]);
    let mut office = Office::new();
    office.issue(&after);
    assert!(office.reconciliation(&after).rows.is_empty());
}

/// The lines with every seal made anew, as by somebody who knows how.
fn sealed_anew(journal: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in journal.lines() {
        let mut fields: Vec<&str> = line.splitn(7, '"').collect();
        let seal = lines.last().map(|last| Seal::of(last.as_bytes()).to_string());
        if let Some(seal) = &seal {
            fields[5] = seal;
        }
        lines.push(fields.join("\""));
    }
    lines.join("\n") + "\n"
}

/// What somebody changed in a stored supplement is found: what it takes off is the preliminary fee, and no other amount.
#[test]
fn a_supplement_takes_off_the_preliminary_fee_and_nothing_else() {
    let (before, after) = (network(FIRST, None, &[]), network(FIRST, Some(SECOND), &[]));
    let mut office = Office::new();
    office.issue(&before);
    office.reconcile(&after);
    let journal = String::from_utf8(office.folder.files()["journal.jsonl"].clone()).unwrap();
    assert!(journal.contains(r#""supplements":{"number":"20240001","issue_date":"2024-01-10"}"#));
    // It is said to supplement another invoice, on which Ale does not stand.
    let forged =
        journal.replace(r#""supplements":{"number":"20240001""#, r#""supplements":{"number":"20240003""#);
    let folder = Simulated::new();
    folder.put("journal.jsonl", sealed_anew(&forged).as_bytes());
    let faults = recompute(&folder).unwrap_err();
    assert!(faults[0].message.contains("what was invoiced before"), "{}", faults[0].message);
}

/// A step of somebody's year.
#[derive(Debug, Clone)]
enum Step {
    Issue,
    Publish,
    Reconcile,
    Credit(usize),
    CreditPart(usize, i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Issue),
        1 => Just(Step::Publish),
        3 => Just(Step::Reconcile),
        2 => (0_usize..12).prop_map(Step::Credit),
        1 => (0_usize..12, 1_i64..3_000_000).prop_map(|(place, ore)| Step::CreditPart(place, ore)),
    ]
}

fn counts() -> impl Strategy<Value = [u32; 4]> {
    [5_000_u32..90_000, 5_000_u32..90_000, 9_000_u32..11_000, 79_000_u32..81_000]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// For any preliminary and final populations, what stands after reconciling is the final fee, member by member and to the öre;
    /// and all of it computes again.
    #[test]
    fn what_stands_after_reconciling_is_the_final_fee(first in counts(), second in counts()) {
        let (before, after) = (network(first, None, &[]), network(first, Some(second), &[]));
        let mut office = Office::new();
        office.issue(&before);
        prop_assert_eq!(office.stands(), fees_by_code(&before));
        office.reconcile(&after);
        prop_assert_eq!(office.stands(), fees_by_code(&after));
        prop_assert_eq!(office.reconcile(&after), 0);
        let plan = office.plan(&after);
        prop_assert_eq!((plan.new.len(), plan.unchanged.len()), (0, 3));
        verify(&office.folder, None).unwrap();
        recompute(&office.folder).unwrap();
    }

    /// In any order of issuing, publishing, crediting and reconciling no member is billed more than the larger of its two fees; and
    /// once everything is taken back, or nothing ever was, the final fee is reached.
    #[test]
    fn nothing_is_billed_twice_in_any_order(
        first in counts(),
        second in counts(),
        steps in proptest::collection::vec(step(), 1..10),
    ) {
        let (before, after) = (network(first, None, &[]), network(first, Some(second), &[]));
        let (least, most) = (fees_by_code(&before), fees_by_code(&after));
        let mut office = Office::new();
        let mut current = &before;
        for step in &steps {
            match step {
                Step::Issue => drop(office.issue(current)),
                Step::Publish => current = &after,
                Step::Reconcile => drop(office.reconcile(current)),
                Step::Credit(place) => office.credit(current, *place, None),
                Step::CreditPart(place, ore) => office.credit(current, *place, Some(*ore)),
            }
            for (code, stands) in office.stands() {
                prop_assert!(stands <= least[&code].max(most[&code]), "{} {:?}", code, steps);
            }
        }
        for place in 0..Reading::of(&office.folder).unwrap().state.issued("EX").len() {
            office.credit(&after, place, None);
        }
        office.issue(&after);
        office.reconcile(&after);
        prop_assert_eq!(office.stands(), most);
        verify(&office.folder, None).unwrap();
        recompute(&office.folder).unwrap();
    }
}
