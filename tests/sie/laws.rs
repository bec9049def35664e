//! Laws: whatever comes in, the file that comes out reads back, balances, and is the same each time.

use std::collections::BTreeMap;

use avgift::{PayerId, Sek};
use avgift_invoice::{PayableRounding, VatTreatment};
use avgift_sie::{
    Company, Customer, Event, FinancialYears, Head, Payment, Posting, Profile, Target, VoucherPer, files,
};
use proptest::prelude::*;

use crate::fixture::{agreement, buyer, day, draft, exempt, fees, one, outside_scope, standard, tariff};
use crate::made::{HOSTILE, bas, company, credit, day_of, file, head, owed, with_objects};
use crate::reader::read;

fn kind_of_vat() -> impl Strategy<Value = VatTreatment> {
    prop_oneof![
        Just(standard("25")),
        Just(standard("12")),
        Just(standard("6")),
        Just(exempt()),
        Just(outside_scope())
    ]
}

fn posting() -> impl Strategy<Value = Posting> {
    (any::<bool>(), any::<bool>()).prop_map(|(batch, objects)| {
        let voucher_per = if batch { VoucherPer::Batch } else { VoucherPer::Invoice };
        let posting = Posting { voucher_per, ..bas() };
        if objects { with_objects(posting) } else { posting }
    })
}

/// Any text, and those that were thought of.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,200}",
        "[\"\\\\{}#\t\r\nåÅ\u{1f600} ]{0,80}",
        prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
    ]
}

fn payment(name: &str, reference: &str, date: u32, parts: &[i64]) -> Payment {
    let customer = Customer { id: PayerId::new("k1"), name: name.to_owned() };
    let target = |place: usize| match place % 6 {
        0 => owed("20240001"),
        1 => Target::Overpayment(customer.clone()),
        2 => Target::Unmatched,
        3 => Target::Interest(customer.clone()),
        4 => Target::ReminderFee(customer.clone()),
        _ => Target::Tolerance,
    };
    Payment {
        date: day_of(2024, date),
        amount: Sek::from_ore(parts.iter().sum()),
        payer: name.to_owned(),
        reference: reference.to_owned(),
        parts: parts.iter().enumerate().map(|(place, ore)| (target(place), Sek::from_ore(*ore))).collect(),
    }
}

proptest! {
    /// Invoices of any size and kind, each credited: nothing is left on any account, one voucher an invoice or a day.
    #[test]
    fn invoices_and_their_credit_notes_sum_to_nothing(
        invoices in prop::collection::vec((1_u32..200_000, kind_of_vat(), any::<bool>()), 1..5),
        posting in posting(),
    ) {
        let mut documents = Vec::new();
        for (place, (inhabitants, vat, krona)) in invoices.into_iter().enumerate() {
            let payable_rounding = if krona { PayableRounding::Krona } else { PayableRounding::None };
            let agreement = avgift_invoice::Agreement { payable_rounding, ..agreement(vat) };
            let draft = draft(&fees(tariff(), one(inhabitants)), &buyer(), &agreement);
            let invoice = draft.numbered(format!("2024{place:04}").parse().unwrap());
            let credit_note = credit(&invoice, &format!("2025{place:04}"), "2024-10-05");
            documents.push((invoice, credit_note));
        }
        let issued = || documents.iter().map(|(invoice, _)| Event::from(invoice));
        let owed: i64 = documents.iter().map(|(invoice, _)| invoice.claim().ore()).sum();
        let claimed = read(&file(&posting, issued()).write());
        prop_assert_eq!(claimed.balances()["1510"], Sek::from_ore(owed));
        let receivables = claimed.vouchers.iter().flat_map(|voucher| &voucher.rows);
        prop_assert_eq!(receivables.filter(|row| row.account == "1510").count(), documents.len());
        let credited = documents.iter().map(|(_, credit_note)| Event::from(credit_note));
        let both = read(&file(&posting, issued().chain(credited)).write());
        prop_assert!(both.balances().values().all(|balance| *balance == Sek::ZERO));
    }

    /// A voucher a day says the same of every account as one an invoice.
    #[test]
    fn a_batch_changes_no_balance(
        payments in prop::collection::vec((1_u32..4, prop::collection::vec(-1_000_000_i64..1_000_000, 1..6)), 1..8),
    ) {
        let payments: Vec<Payment> =
            payments.iter().map(|(date, parts)| payment("Åre", "P", *date, parts)).collect();
        let balances = |voucher_per| {
            let posting = Posting { voucher_per, ..bas() };
            read(&file(&posting, payments.iter().map(Event::Paid)).write()).balances()
        };
        let some = |balances: BTreeMap<String, Sek>| -> BTreeMap<String, Sek> {
            balances.into_iter().filter(|(_, balance)| *balance != Sek::ZERO).collect()
        };
        prop_assert_eq!(some(balances(VoucherPer::Invoice)), some(balances(VoucherPer::Batch)));
    }

    /// Any name, any reference of a bank: the file reads back, and it is the same the second time.
    #[test]
    fn a_hostile_name_breaks_no_file(
        names in prop::collection::vec((name(), name()), 1..6),
        posting in posting(),
        checksum in any::<bool>(),
    ) {
        let payments: Vec<Payment> =
            names.iter().map(|(name, reference)| payment(name, reference, 45, &[100, 200])).collect();
        let vouchers = posting.vouchers(payments.iter().map(Event::Paid)).unwrap();
        let head = Head { version: names[0].0.clone(), company: company().numbered(&names[0].1), ..head(Profile::Bas) };
        let made = files(&head, &FinancialYears::default(), vouchers).unwrap();
        prop_assert_eq!(made[0].write(), made[0].write());
        let again = posting.vouchers(payments.iter().map(Event::Paid)).unwrap();
        let with_checksum = Head { checksum, ..head.clone() };
        let again = files(&with_checksum, &FinancialYears::default(), again).unwrap();
        prop_assert!(checksum || again[0].write() == made[0].write());
        let read = read(&made[0].write());
        prop_assert_eq!(read.vouchers.len(), made[0].vouchers().len());
        prop_assert_eq!(read.of("#FNAMN")[0][0].as_str(), "Exempelnätets huvudman, ideell förening");
    }

    /// A name of a company stands in the file as it is, or there is no file.
    #[test]
    fn a_company_is_never_renamed(name in name()) {
        match Company::new(&name, "802400-0013".parse().unwrap()) {
            Err(error) => prop_assert_eq!(error.code(), "company-name-must-fit-code-page-437"),
            Ok(company) => {
                let head = Head { company, ..head(Profile::Bas) };
                let vouchers = bas().vouchers([Event::Paid(&payment("Åre", "", 45, &[100]))]).unwrap();
                let files = files(&head, &FinancialYears::default(), vouchers).unwrap();
                let read = read(&files[0].write());
                let composed = Company::new(&read.of("#FNAMN")[0][0], "802400-0013".parse().unwrap()).unwrap();
                prop_assert_eq!(&composed, &head.company);
            }
        }
    }

    /// Parts that do not sum to the payment, or sum to more than there is, give no voucher.
    #[test]
    fn what_does_not_balance_is_no_voucher(parts in prop::collection::vec(any::<i64>(), 1..5), amount in any::<i64>()) {
        let mut payment = payment("Åre", "", 45, &[0]);
        payment.amount = Sek::from_ore(amount);
        payment.parts = parts.iter().map(|ore| (Target::Unmatched, Sek::from_ore(*ore))).collect();
        let sum: i128 = parts.iter().copied().map(i128::from).sum();
        match bas().vouchers([Event::Paid(&payment)]) {
            Ok(_) => prop_assert_eq!(sum, i128::from(amount)),
            Err(errors) => {
                let code = errors[0].code();
                prop_assert!(["voucher-must-balance", "voucher-must-have-rows", "amount-must-not-overflow"].contains(&code));
            }
        }
    }

    /// Each voucher stands in the file of its own year, whichever month the year begins in.
    #[test]
    fn each_file_holds_one_financial_year(
        month in 1_u32..=12,
        days in prop::collection::vec((2023_i32..2027, 1_u32..366), 1..20),
    ) {
        let payments: Vec<Payment> = days
            .iter()
            .map(|(year, ordinal)| Payment { date: day_of(*year, *ordinal), ..payment("Åre", "", 1, &[100]) })
            .collect();
        let vouchers = bas().vouchers(payments.iter().map(Event::Paid)).unwrap();
        let files = files(&head(Profile::Bas), &FinancialYears::beginning_in(month).unwrap(), vouchers).unwrap();
        prop_assert_eq!(files.iter().map(|file| file.vouchers().len()).sum::<usize>(), days.len());
        prop_assert!(files.is_sorted_by_key(|file| file.year()));
        for file in files {
            let read = read(&file.write());
            let (start, end) = (&read.of("#RAR")[0][1], &read.of("#RAR")[0][2]);
            prop_assert!(read.vouchers.iter().all(|voucher| *start <= voucher.date && voucher.date <= *end));
            prop_assert!(read.vouchers.iter().all(|voucher| voucher.series == "I" && voucher.number.is_empty()));
            let first_day = format!("{month:02}01");
            prop_assert!(start.ends_with(&first_day));
        }
    }
}

/// The same events, the same bytes, and each row's text as it was.
#[test]
fn a_second_export_is_the_same_to_the_byte() {
    let payment = payment("Åre kommun", "BG1", 45, &[100, 20]);
    let export = || file(&bas(), [Event::Paid(&payment)]).write();
    assert_eq!(export(), export());
    let read = read(&export());
    assert_eq!(read.vouchers[0].rows[0].text, "BG1");
    assert!(read.vouchers[0].rows[0].objects.is_empty());
    assert_eq!(read.vouchers[0].date, day("2024-02-14").format("%Y%m%d").to_string());
}
