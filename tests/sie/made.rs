//! Made: one of every kind of file that the program can make.

use avgift::{BrokenUnit, FeeYear, NaiveDate, PayerId, ProrationOrder, ProrationUnit, Sek};
use avgift_invoice::{CreditNote, Invoice, PayableRounding, VatTreatment};
use avgift_sie::{
    Account, Accounts, Anchor, Company, Customer, Dimension, Event, FinancialYears, Head, Object, Objects,
    Payment, Posting, Profile, Reader, Role, SieFile, Target, Transfer, VoucherPer, files,
};

use crate::fixture::{
    agreement, buyer, day, draft, exempt, fees, four, one, outside_scope, prorated, standard, tariff, text,
};

pub(crate) fn kronor(text: &str) -> Sek {
    text.parse().unwrap()
}

/// An invoice of one payer, by its number.
pub(crate) fn invoice(number: &str, name: &str, vat: VatTreatment) -> Invoice {
    let mut invoice = draft(&fees(tariff(), one(32_446)), &buyer(), &agreement(vat));
    invoice.content.buyer.payer = PayerId::new(format!("k{}", &number[number.len() - 1..]));
    invoice.content.buyer.name = text(name);
    invoice.numbered(number.parse().unwrap())
}

pub(crate) fn credit(invoice: &Invoice, number: &str, date: &str) -> CreditNote {
    CreditNote::of(invoice, number.parse().unwrap(), day(date), &text("fel mottagare")).unwrap()
}

/// Four members, one payer, one of them for half the year, and 25 % VAT that gives öre.
pub(crate) fn federation(vat: VatTreatment) -> Invoice {
    let tariff = prorated(ProrationUnit::Months(BrokenUnit::Counted), ProrationOrder::AfterBounds);
    let mut invoice = draft(&fees(tariff, four()), &buyer(), &agreement(vat));
    invoice.content.buyer.name = text("Exempelförbundet Älv & Å");
    invoice.numbered("20240001".parse().unwrap())
}

pub(crate) fn bas() -> Posting {
    Posting::new(company(), Accounts::new(Profile::Bas, []).unwrap())
}

pub(crate) fn company() -> Company {
    Company::new("Exempelnätets huvudman, ideell förening", "802400-0013".parse().unwrap()).unwrap()
}

pub(crate) fn head(profile: Profile) -> Head {
    Head { version: "1.0.0".into(), ..Head::new(company(), profile, day("2024-10-31")) }
}

pub(crate) fn file<'a>(posting: &Posting, events: impl IntoIterator<Item = Event<'a>>) -> SieFile {
    let vouchers = posting.vouchers(events).unwrap();
    let head = Head { version: "1.0.0".into(), ..posting.head(day("2024-10-31")) };
    let mut files = files(&head, &FinancialYears::default(), vouchers).unwrap();
    assert_eq!(files.len(), 1);
    files.remove(0)
}

fn customer(id: &str, name: &str) -> Customer {
    Customer { id: PayerId::new(id), name: name.into() }
}

pub(crate) fn owed(number: &str) -> Target {
    Target::Invoice { number: number.parse().unwrap(), customer: customer("k1", "Åre kommun") }
}

pub(crate) fn payment(date: &str, amount: &str, reference: &str, parts: &[(Target, &str)]) -> Payment {
    Payment {
        date: day(date),
        amount: kronor(amount),
        payer: "ÅRE KOMMUN".into(),
        reference: reference.into(),
        parts: parts.iter().map(|(target, amount)| (target.clone(), kronor(amount))).collect(),
    }
}

/// Exact, partial, too much, one krona short within tolerance, unknown; one taken back; what was too much is used and paid
/// back.
fn payments() -> SieFile {
    let overpaid = Target::Overpayment(customer("k1", "Åre kommun"));
    let payments = [
        payment("2024-02-14", "48 669", "P1", &[(owed("20240001"), "48 669")]),
        payment("2024-02-14", "10 000", "P2", &[(owed("20240002"), "10 000")]),
        payment("2024-02-15", "50 000", "P3", &[(owed("20240003"), "48 669"), (overpaid.clone(), "1 331")]),
        payment(
            "2024-02-15",
            "48 668,50",
            "P4",
            &[(owed("20240004"), "48 669"), (Target::Tolerance, "-0,50")],
        ),
        payment("2024-02-16", "2 500", "P5", &[(Target::Unmatched, "2 500")]),
        payment("2024-02-16", "97 338", "P6", &[(owed("20240005"), "48 669"), (owed("20240006"), "48 669")]),
    ];
    let transfer = |date: &str, amount: &str, from: Target, to: Target| Transfer {
        date: day(date),
        amount: kronor(amount),
        customer: customer("k1", "Åre kommun"),
        from,
        to,
    };
    let transfers = [
        transfer("2024-02-20", "1 000", overpaid.clone(), owed("20240002")),
        transfer("2024-02-21", "331", overpaid, Target::Bank { reference: "U1".into() }),
        transfer("2024-02-22", "2 500", Target::Unmatched, owed("20240002")),
    ];
    let taken_back = Event::Reversed { payment: &payments[0], date: day("2024-02-19") };
    let events = payments.iter().map(Event::Paid).chain([taken_back]);
    file(&bas(), events.chain(transfers.iter().map(Event::Transferred)))
}

/// Three invoices and a credit note of one day, a second credit note of another, and two payments of one day.
fn batch() -> SieFile {
    let invoices = [
        invoice("20240001", "Åre kommun", standard("25")),
        invoice("20240002", "Håbo kommun", standard("25")),
        invoice("20240003", "Örebro kommun", outside_scope()),
    ];
    let credits =
        [credit(&invoices[0], "20240004", "2024-01-15"), credit(&invoices[1], "20240005", "2024-02-01")];
    let payments = [
        payment("2024-02-14", "48 669", "P1", &[(owed("20240003"), "48 669")]),
        payment("2024-02-14", "100", "P2", &[(Target::Unmatched, "100")]),
    ];
    let posting = Posting { voucher_per: VoucherPer::Batch, ..bas() };
    let documents = invoices.iter().map(Event::from).chain(credits.iter().map(Event::from));
    file(&posting, documents.chain(payments.iter().map(Event::Paid)))
}

/// Made-up numbers of a municipal chart.
pub(crate) fn kommun_bas() -> Posting {
    let own = [
        (Role::Receivable, "1511", "Kundfordringar"),
        (Role::FeeRevenue, "3131", "Medlemsavgifter från kommuner"),
        (Role::Bank, "1922", "Bankgiro"),
    ];
    let own = own.map(|(role, number, name)| (role, Account::new(number, name).unwrap()));
    Posting::new(company(), Accounts::new(Profile::KommunBas, own).unwrap())
}

/// The payer as customer; on revenue a cost centre and a code of the organisation's own.
pub(crate) fn with_objects(posting: Posting) -> Posting {
    let object =
        |dimension: Dimension, number: &str, name: &str| Object::new(dimension, number, name).unwrap();
    let cost_centre = Dimension::new(1, None).unwrap();
    let activity = Dimension::new(20, Some("Verksamhet")).unwrap();
    let revenue = vec![object(cost_centre, "100", "Kansliet"), object(activity, "9001", "Nätverket")];
    Posting { objects: Objects::new(Some(Dimension::customer()), revenue).unwrap(), ..posting }
}

/// Names that nobody has.
pub(crate) const HOSTILE: [&str; 8] = [
    "Kommun \"Citat\" \\ snedstreck\\",
    "#TRANS 1510 {} 1.00",
    "} {{ { }",
    "Žižkov – ”Łódź” … 100 €",
    "\u{1f600}\u{200d}\u{1f3f3}\u{fe0f} \u{202e}emmoklim\u{202c}",
    "Kommun\r\n#VER F \"\" 20240101\t\0\u{7f}",
    "日本 עברית",
    "\u{301}",
];

fn hostile(posting: &Posting) -> SieFile {
    let long = "Ö".repeat(200);
    let payments: Vec<Payment> = HOSTILE
        .into_iter()
        .chain([long.as_str()])
        .enumerate()
        .map(|(place, name)| Payment {
            payer: name.into(),
            reference: name.into(),
            parts: vec![(Target::Overpayment(customer(&format!("h{place}"), name)), kronor("100"))],
            ..payment("2024-02-14", "100", "", &[])
        })
        .collect();
    file(posting, payments.iter().map(Event::Paid))
}

/// A financial year from July to June: what is invoiced in January and credited in October stands in two files.
fn broken_years() -> Vec<SieFile> {
    let invoice = invoice("20240001", "Åre kommun", outside_scope());
    let credit_note = credit(&invoice, "20240002", "2024-10-05");
    let vouchers = bas().vouchers([(&invoice).into(), (&credit_note).into()]).unwrap();
    files(&head(Profile::Bas), &FinancialYears::beginning_in(7).unwrap(), vouchers).unwrap()
}

/// The whole, as a reader of simple files wants it.
pub(crate) fn simple(file: &SieFile) -> SieFile {
    let head = Head { reader: Reader::Simple, ..head(Profile::Bas) };
    SieFile::new(head, file.year(), file.vouchers().to_vec()).unwrap()
}

/// A file with its name.
pub(crate) fn all() -> Vec<(&'static str, SieFile)> {
    let single = |name, vat| (name, file(&bas(), [(&invoice("20240001", "Åre kommun", vat)).into()]));
    let federation_25 = federation(standard("25"));
    let not_rounded = {
        let agreement = avgift_invoice::Agreement {
            payable_rounding: PayableRounding::None,
            ..agreement(standard("25"))
        };
        draft(&fees(tariff(), one(32_446)), &buyer(), &agreement).numbered("20240001".parse().unwrap())
    };
    let credited = credit(&federation_25, "20240002", "2024-10-05");
    let outside = federation(outside_scope());
    let paid = payment("2024-02-14", "48 669", "P1", &[(owed("20240001"), "48 669")]);
    let municipal = file(&kommun_bas(), [(&outside).into(), Event::Paid(&paid)]);
    let with_objects = file(&with_objects(bas()), [(&federation_25).into(), (&credited).into()]);
    let anchored = |checksum| {
        let anchor = Some(Anchor { rows: 2..=8, head: "c5b3b369d9b99151".into() });
        let head = Head { anchor, checksum, company: company().numbered("77"), ..head(Profile::Bas) };
        let year = FinancialYears::default().of(FeeYear::new(2024).unwrap().first_day()).unwrap();
        SieFile::new(head, year, bas().vouchers([(&outside).into()]).unwrap()).unwrap()
    };
    let mut all = vec![
        single("single-25", standard("25")),
        single("single-12", standard("12")),
        single("single-6", standard("6")),
        single("single-exempt", exempt()),
        single("single-outside-scope", outside_scope()),
        ("single-not-rounded", file(&bas(), [(&not_rounded).into()])),
        ("federation-25", file(&bas(), [(&federation_25).into()])),
        ("federation-outside-scope", file(&bas(), [(&outside).into()])),
        ("credited", file(&bas(), [(&federation_25).into(), (&credited).into()])),
        ("payments", payments()),
        ("batch", batch()),
        ("kommun-bas", municipal),
        ("objects", with_objects),
        ("anchored", anchored(false)),
        ("checksum", anchored(true)),
        ("hostile", hostile(&bas())),
        ("hostile-objects", hostile(&crate::made::with_objects(bas()))),
    ];
    for (name, file) in ["year-2023-2024", "year-2024-2025"].into_iter().zip(broken_years()) {
        all.push((name, file));
    }
    all.push(("simple", simple(&payments())));
    all
}

/// A day for laws.
pub(crate) fn day_of(year: i32, ordinal: u32) -> NaiveDate {
    NaiveDate::from_yo_opt(year, ordinal).unwrap()
}
