//! What parts and instalments of an agreement are refused for, and what they make of a year's drafts.

use avgift::{FeeYear, PopulationMode};
use avgift_network::Network;

use crate::fixture;

const TARIFF: &str =
    "name = \"X\"\n[[tariff]]\nname = \"T\"\nfrom = 2023\nrate = \"0,10 kr\"\n[[agreement]]\nhost = \"X\"\n";
const SELLER: &str = "[agreement.seller]\nlegal_name = \"X\"\norganisation_number = \"992000-1006\"\n\
                      vat_number = \"SE992000100601\"\nf_tax = true\nstreet = \"Gatan 1\"\npostcode = \"999 01\"\n\
                      city = \"Orten\"\nbankgiro = \"991-2346\"\n";
const OUTSIDE: &str = "vat = { category = \"O\", reason = \"Medlemsavgift\" }";
const SERVICE: &str = "vat = { category = \"S\", rate = 25 }";

fn read(agreement: &str) -> Result<Network, Vec<avgift::Refusal>> {
    Network::read(&fixture().with("network.toml", format!("{TARIFF}{agreement}\n")))
}

/// The faults of an agreement, each with its line.
fn faults(agreement: &str) -> Vec<String> {
    let faults = read(agreement).err().unwrap_or_default();
    faults.into_iter().map(|fault| fault.message).collect()
}

fn part(settings: &str, vat: &str) -> String {
    format!("[[agreement.part]]\n{settings}\n{vat}\n")
}

fn rest() -> String {
    part("name = \"Serviceavgift\"\nrest = true", SERVICE)
}

fn instalments(rows: &[&str]) -> String {
    rows.iter().map(|row| format!("[[agreement.instalment]]\n{row}\n")).collect()
}

#[test]
fn a_part_has_one_size_and_its_vat() {
    let beside_rest = |first: String| faults(&(first + &rest()));
    assert_eq!(beside_rest(part("name = \"A\"\nshare = \"10 %\"", OUTSIDE)), [""; 0]);
    assert_eq!(beside_rest(part("name = \"A\"\ncomponents = [\"P\"]", OUTSIDE)), [""; 0]);
    assert_eq!(beside_rest(part("name = \"A\"\nshare = \"10 %\"", "")), ["[[agreement.part]] has no `vat`"]);
    assert_eq!(beside_rest(part("name = \"A\"", OUTSIDE)), ["[[agreement.part]] has no `share`"]);
    assert_eq!(beside_rest(part("share = \"10 %\"", OUTSIDE)), ["[[agreement.part]] has no `name`"]);
    assert_eq!(
        beside_rest(part("name = \"A\"\nshare = \"10 %\"\ncomponents = [\"P\"]", OUTSIDE)),
        ["`components` has no meaning beside `share`"]
    );
    assert_eq!(
        faults(&part("name = \"A\"\nrest = true\nshare = \"10 %\"", OUTSIDE)),
        ["`share` has no meaning beside `rest`"]
    );
    assert_eq!(beside_rest(part("name = \"A\"\nrest = false", OUTSIDE)), ["`false` is not `true`"]);
    assert_eq!(
        beside_rest(part("name = \"A\"\nshare = \"0,1\"", OUTSIDE)),
        ["`0,1` is not a portion in percent or per mille"]
    );
    assert_eq!(
        beside_rest(part("name = \"A\"\nshare = \"10 %\"\nrate = 25", OUTSIDE)),
        ["`rate` is not a setting of [[agreement.part]]"]
    );
    assert_eq!(
        faults(&format!("{SERVICE}\n{}", rest())),
        ["`vat` has no meaning beside `[[agreement.part]]`: each part has its own"]
    );
    assert_eq!(
        beside_rest(part("name = \"Serviceavgift\"\nshare = \"10 %\"", OUTSIDE)),
        ["the part `Serviceavgift` stands twice"]
    );
}

#[test]
fn an_instalment_has_a_day_that_every_year_has() {
    let second = "due = \"09-30\"";
    let with = |first: &str| faults(&instalments(&[first, second]));
    let expected =
        "a day of the fee year, `03-31`, or of a year beside it, `next 01-31`, `previous 12-15`".to_owned();
    for good in ["03-31", "previous 12-15", "09-29", "02-28"] {
        assert_eq!(with(&format!("due = \"{good}\"")), [""; 0], "{good}");
    }
    for bad in ["02-29", "3-31", "03-32", "13-01", "2024-03-31", "nästa 01-31", "03-3x", "next  01-31"] {
        assert_eq!(with(&format!("due = \"{bad}\"")), [format!("`{bad}` is not {expected}")]);
    }
    assert_eq!(with("issue = \"01-15\""), ["[[agreement.instalment]] has no `due`"]);
    let not_later = ["an instalment is not due later than the one before it"];
    assert_eq!(with("due = \"09-30\""), not_later);
    assert_eq!(with("due = \"10-01\""), not_later);
    assert_eq!(with("due = \"next 01-31\""), not_later);
    let before = ["an instalment is due before it is issued"];
    assert_eq!(with("due = \"03-31\"\nissue = \"03-31\""), [""; 0]);
    assert_eq!(with("due = \"03-31\"\nissue = \"04-01\""), before);
    assert_eq!(with("due = \"01-31\"\nissue = \"previous 12-15\""), [""; 0]);
}

#[test]
fn shares_of_instalments_are_the_whole_and_several() {
    let with = |shares: [&str; 2]| {
        let row = |(due, share): (&str, &str)| format!("due = \"{due}\"\n{share}");
        faults(&instalments(&[&row(("03-31", shares[0])), &row(("09-30", shares[1]))]))
    };
    assert_eq!(with(["share = \"40 %\"", "share = \"60 %\""]), [""; 0]);
    assert_eq!(with(["share = \"40 %\"", "share = \"59 %\""]), ["the portions sum to 99 %, not to 100 %"]);
    assert_eq!(with(["share = \"40 %\"", ""]), ["the portions sum to 40 %, not to 100 %"]);
    assert_eq!(faults(&instalments(&["due = \"03-31\""])), ["a fee is not paid in 1 instalment"]);
    let days = format!("{SELLER}[agreement.payment]\ndays = 30\n");
    let halves = instalments(&["due = \"03-31\"", "due = \"09-30\""]);
    assert_eq!(
        faults(&(days + &halves)),
        ["`days` has no meaning beside `[[agreement.instalment]]`: each has its own due date"]
    );
}

/// A day beside the fee year: due dates of fee year 2024.
#[test]
fn due_dates_lie_in_the_fee_year_or_beside_it() {
    let rows = ["due = \"previous 12-15\"", "due = \"06-30\"", "due = \"next 01-31\""];
    let network = read(&format!("{SERVICE}\n{}{SELLER}", instalments(&rows))).unwrap();
    let year = FeeYear::new(2024).unwrap();
    let fees = network.assess(year, PopulationMode::Published).unwrap();
    let drafts = network.draft(&fees, "2023-12-01".parse().unwrap()).unwrap();
    let due: Vec<String> =
        drafts.iter().take(3).map(|draft| draft.invoice.as_ref().unwrap().due_date.to_string()).collect();
    assert_eq!(due, ["2023-12-15", "2024-06-30", "2025-01-31"]);
}
