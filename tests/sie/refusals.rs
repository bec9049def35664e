//! Refusals: what is not posted and not written, and what is told beside a file.

use avgift::Severity;
use avgift_sie::{
    Company, Error, Event, FinancialYears, Head, Posting, Profile, Reader, Role, SieFile, Target, files,
};

use crate::fixture::{agreement, buyer, day, draft, fees, one, outside_scope, standard, tariff};
use crate::made::{bas, credit, file, head, invoice, kommun_bas, owed, payment, with_objects};

fn codes(errors: &[Error]) -> Vec<&'static str> {
    errors.iter().map(Error::code).collect()
}

/// An invoice with VAT needs three roles that the made-up chart does not set, a second one no more; a payment two others.
#[test]
fn every_role_that_is_missing_is_told_at_once_and_once() {
    let invoices = [
        invoice("20240001", "Åre kommun", standard("25")),
        invoice("20240002", "Håbo kommun", standard("25")),
    ];
    let parts = [(owed("20240001"), "99"), (Target::Tolerance, "-1"), (Target::Unmatched, "2")];
    let paid = payment("2024-02-14", "100", "", &parts);
    let events = invoices.iter().map(Event::from).chain([Event::Paid(&paid)]);
    let missing = vec![Role::ServiceRevenue25, Role::VatOut25, Role::Rounding, Role::Unmatched];
    assert_eq!(kommun_bas().vouchers(events), Err(vec![Error::RolesMustHaveAccounts { roles: missing }]));
    let outside = invoice("20240003", "Åre kommun", outside_scope());
    assert!(
        kommun_bas().vouchers([Event::from(&outside)]).is_ok(),
        "a role that nothing needs may be missing"
    );
}

#[test]
fn a_draft_is_not_posted_and_the_rest_is_told_too() {
    let draft = draft(&fees(tariff(), one(32_446)), &buyer(), &agreement(standard("25")));
    let unbalanced = payment("2024-02-14", "100", "", &[(owed("20240001"), "99")]);
    assert_eq!(codes(&bas().vouchers([(&draft).into()]).unwrap_err()), ["draft-must-not-be-posted"]);
    let invoice = invoice("20240001", "Åre kommun", standard("25"));
    let both = kommun_bas().vouchers([(&draft).into(), (&invoice).into()]).unwrap_err();
    assert_eq!(codes(&both), ["draft-must-not-be-posted", "roles-must-have-accounts"]);
    let twice = bas().vouchers([Event::Paid(&unbalanced), Event::Paid(&unbalanced)]).unwrap_err();
    assert_eq!(codes(&twice), ["voucher-must-balance", "voucher-must-balance"]);
}

/// After a change of host the old host's documents stay in the old host's books.
#[test]
fn what_another_issued_is_not_posted() {
    let mut other = invoice("20240001", "Åre kommun", outside_scope());
    other.content.seller.organisation_number = "212000-9903".parse().unwrap();
    let own = invoice("20240002", "Åre kommun", outside_scope());
    let refused = bas().vouchers([(&other).into(), (&own).into()]).unwrap_err();
    assert_eq!(codes(&refused), ["document-must-belong-to-company"]);
}

#[test]
fn nothing_is_posted_twice() {
    let invoice = invoice("20240001", "Åre kommun", outside_scope());
    let credit_note = credit(&invoice, "20240002", "2024-10-05");
    assert!(bas().vouchers([(&invoice).into(), (&credit_note).into()]).is_ok());
    let refused = bas().vouchers([(&invoice).into(), (&credit_note).into(), (&invoice).into()]).unwrap_err();
    assert_eq!(codes(&refused), ["document-must-be-posted-once"]);
}

#[test]
fn a_payer_that_is_no_number_is_no_customer_object() {
    let mut invoice = invoice("20240001", "Łódź", outside_scope());
    invoice.content.buyer.payer = avgift::PayerId::new("łódź");
    let refused = with_objects(bas()).vouchers([(&invoice).into()]).unwrap_err();
    assert_eq!(codes(&refused), ["object-must-have-number"]);
}

#[test]
fn a_file_holds_one_financial_year() {
    let invoice = invoice("20240001", "Åre kommun", outside_scope());
    let credit_note = credit(&invoice, "20240002", "2025-01-01");
    let vouchers = bas().vouchers([(&invoice).into(), (&credit_note).into()]).unwrap();
    let years = FinancialYears::default();
    let refused = SieFile::new(head(Profile::Bas), years.of(day("2024-12-31")).unwrap(), vouchers.clone());
    assert_eq!(codes(&refused.unwrap_err()), ["voucher-must-lie-in-financial-year"]);
    let files = files(&head(Profile::Bas), &years, vouchers).unwrap();
    assert_eq!(
        files.iter().map(|file| file.year().start()).collect::<Vec<_>>(),
        [day("2024-01-01"), day("2025-01-01")]
    );
}

#[test]
fn a_simple_file_drops_no_objects() {
    let vouchers =
        with_objects(bas()).vouchers([(&invoice("20240001", "Åre kommun", outside_scope())).into()]).unwrap();
    let simple = Head { reader: Reader::Simple, ..head(Profile::Bas) };
    let refused = files(&simple, &FinancialYears::default(), vouchers).unwrap_err();
    assert_eq!(codes(&refused), ["simple-file-must-have-no-objects"]);
}

#[test]
fn a_company_keeps_its_name() {
    let named = |name: &str| Company::new(name, "802400-0013".parse().unwrap());
    assert!(named("Kommunnätverket Samverkan Öst").is_ok());
    for name in ["Nätverket – Öst", "Nätverket \"Öst\"", "Žižkov", "", "\u{200b}", "A\\B"] {
        assert_eq!(named(name).unwrap_err().code(), "company-name-must-fit-code-page-437", "{name}");
    }
}

/// Twice in the vouchers, told once; what is cut or composed anew is not folded.
#[test]
fn every_fold_is_told_once_and_none_is_an_error() {
    let named = |number: &str, name: &str| invoice(number, name, outside_scope());
    let invoices = [
        named("20240001", "Łódź – kommun"),
        named("20240002", "A\u{30a}re"),
        named("20240003", &"å".repeat(200)),
    ];
    let posting: Posting = with_objects(bas());
    let warnings = file(&posting, invoices.iter().map(Event::from)).warnings();
    let told: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "`Faktura 20240001 Łódź – kommun` is written `Faktura 20240001 Lódz - kommun`",
            "`Łódź – kommun` is written `Lódz - kommun`"
        ]
    );
    assert!(warnings.iter().all(|warning| warning.severity == Severity::Warning));
}
