//! Refusals of bookkeeping, caused through the library as an embedder would: no command posts yet.

use std::collections::BTreeMap;

use avgift::{NaiveDate, PayerId, Refusal, Sek};
use avgift_invoice::Invoice;
use avgift_sie::{
    Account, Accounts, Company, Customer, Dimension, Event, FinancialYear, FinancialYears, Head, Object,
    Objects, Payment, Posting, Profile, Reader, Role, SieFile, Target, Voucher, files,
};

/// The crate of settings does not know that of vouchers, and names the same roles.
#[test]
fn every_role_of_an_account_is_a_setting() {
    assert_eq!(avgift_network::ROLES, Role::ALL.map(Role::key));
}

/// Each code with the refusal that the library gives.
pub(crate) fn causes(draft: &Invoice, issued: &Invoice) -> BTreeMap<&'static str, Refusal> {
    BTreeMap::from([
        ("voucher-must-balance", refused(bas(), Event::Paid(&payment("99 kr", "Ale kommun")))),
        (
            "voucher-must-have-rows",
            Voucher::new(series(), day("2024-03-01"), "Inbetalning", Vec::new()).unwrap_err().refusal(),
        ),
        ("draft-must-not-be-posted", refused(bas(), draft.into())),
        ("document-must-be-posted-once", posted_twice(issued)),
        ("document-must-belong-to-company", refused(bas(), issued.into())),
        ("account-must-be-digits", Account::new("15 10", "Kundfordringar").unwrap_err().refusal()),
        ("role-must-have-its-own-account", bank_among_receivables()),
        ("roles-must-have-accounts", refused(Posting::new(company_of(issued), kommun_bas()), issued.into())),
        ("series-must-be-letters-or-digits", "Å".parse::<avgift_sie::Series>().unwrap_err().refusal()),
        ("dimension-must-be-free", Dimension::new(12, Some("Verksamhet")).unwrap_err().refusal()),
        ("dimension-must-stand-once", customer_twice()),
        (
            "object-must-have-number",
            Object::new(Dimension::customer(), "łódź", "Łódź").unwrap_err().refusal(),
        ),
        (
            "financial-year-must-be-at-most-eighteen-months",
            FinancialYear::new(day("2024-07-01"), day("2026-06-30")).unwrap_err().refusal(),
        ),
        ("financial-year-must-be-listed", short_year_unlisted()),
        ("voucher-must-lie-in-financial-year", year_before()),
        ("simple-file-must-have-no-objects", simple_with_customers(issued)),
        (
            "company-name-must-fit-code-page-437",
            Company::new("Nätverket ”Öst”", "802400-0013".parse().unwrap()).unwrap_err().refusal(),
        ),
        ("text-should-fit-code-page-437", paid_from_abroad()),
    ])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn series() -> avgift_sie::Series {
    "I".parse().unwrap()
}

fn kronor(text: &str) -> Sek {
    text.parse().unwrap()
}

fn bas() -> Posting {
    Posting::new(company(), Accounts::new(Profile::Bas, []).unwrap())
}

/// A municipal chart, of which the receivable is set and nothing else.
fn kommun_bas() -> Accounts {
    let receivable = Account::new("1511", "Kundfordringar").unwrap();
    Accounts::new(Profile::KommunBas, [(Role::Receivable, receivable)]).unwrap()
}

/// 100 kr came in, of which this is put to an invoice.
fn payment(part: &str, payer: &str) -> Payment {
    let customer = Customer { id: PayerId::new("ale"), name: "Ale kommun".into() };
    let invoice = Target::Invoice { number: "20240001".parse().unwrap(), customer };
    Payment {
        date: day("2024-03-01"),
        amount: kronor("100 kr"),
        payer: payer.to_owned(),
        reference: "BG240301P1".to_owned(),
        parts: vec![(invoice, kronor(part))],
    }
}

fn refused(posting: Posting, event: Event<'_>) -> Refusal {
    posting.vouchers([event]).unwrap_err()[0].refusal()
}

fn bank_among_receivables() -> Refusal {
    let bank = Account::new("1510", "Bankgiro").unwrap();
    Accounts::new(Profile::Bas, [(Role::Bank, bank)]).unwrap_err()[0].refusal()
}

fn customer_twice() -> Refusal {
    let object = Object::new(Dimension::customer(), "1", "Kommuner").unwrap();
    Objects::new(Some(Dimension::customer()), vec![object]).unwrap_err().refusal()
}

/// The financial year was changed by a short one, and the year before the change is not listed.
fn short_year_unlisted() -> Refusal {
    let short = FinancialYear::new(day("2024-07-01"), day("2024-12-31")).unwrap();
    FinancialYears::default().listing(short).unwrap().of(day("2024-03-01")).unwrap_err().refusal()
}

fn company() -> Company {
    Company::new("Exempelnätet", "802400-0013".parse().unwrap()).unwrap()
}

/// The company whose books an invoice belongs to.
fn company_of(issued: &Invoice) -> Company {
    Company::new("Exempelnätet", issued.content.seller.organisation_number).unwrap()
}

fn posted_twice(issued: &Invoice) -> Refusal {
    let posting = Posting { company: company_of(issued), ..bas() };
    posting.vouchers([issued.into(), issued.into()]).unwrap_err()[0].refusal()
}

fn head() -> Head {
    bas().head(day("2024-03-31"))
}

fn year_before() -> Refusal {
    let payment = payment("100 kr", "Ale kommun");
    let vouchers = bas().vouchers([Event::Paid(&payment)]).unwrap();
    let year = FinancialYears::default().of(day("2023-12-31")).unwrap();
    SieFile::new(head(), year, vouchers).unwrap_err()[0].refusal()
}

fn simple_with_customers(issued: &Invoice) -> Refusal {
    let objects = Objects::new(Some(Dimension::customer()), Vec::new()).unwrap();
    let vouchers =
        Posting { objects, company: company_of(issued), ..bas() }.vouchers([issued.into()]).unwrap();
    let simple = Head { reader: Reader::Simple, ..head() };
    files(&simple, &FinancialYears::default(), vouchers).unwrap_err()[0].refusal()
}

fn paid_from_abroad() -> Refusal {
    let payment = payment("100 kr", "Žižkov – kommun");
    let vouchers = bas().vouchers([Event::Paid(&payment)]).unwrap();
    files(&head(), &FinancialYears::default(), vouchers).unwrap()[0].warnings().remove(0)
}
