//! Posting: the rows of each event, worked out by hand.

use avgift::{Language, Sek};
use avgift_invoice::VatTreatment;
use avgift_sie::{Event, Posting, Target, Voucher, VoucherPer};

use crate::fixture::{buyer, cuts, day, exempt, fees, one, outside_scope, standard, tariff};
use crate::made::{bas, credit, file, invoice, kommun_bas, owed, payment, with_objects};

/// The vouchers of events as lines: date and text, then account, amount and text of each row.
fn posted<'a>(posting: &Posting, events: impl IntoIterator<Item = Event<'a>>) -> Vec<String> {
    let line = |voucher: &Voucher| {
        let rows = voucher.rows().iter();
        let rows = rows.map(|row| format!("{} {} {}", row.account.number, row.amount, row.text));
        let mut lines = vec![format!("{} {} {}", voucher.series(), voucher.date(), voucher.text())];
        lines.extend(rows.map(|row| row.trim_end().to_owned()));
        lines
    };
    posting.vouchers(events).unwrap().iter().flat_map(line).collect()
}

fn of_vat(vat: VatTreatment) -> Vec<String> {
    let mut posted = posted(&bas(), [(&invoice("20240001", "Åre kommun", vat)).into()]);
    assert_eq!(posted.remove(0), "F 2024-01-15 Faktura 20240001 Åre kommun");
    posted
}

/// 32 446 × 1,50 kr = 48 669 kr; 25 % of it are 12 167,25 kr, and 25 öre are dropped.
#[test]
fn an_invoice_with_vat() {
    let expected = [
        "1510 60836.00 Faktura 20240001",
        "3001 -48669.00 Medlemsavgift 2024",
        "2611 -12167.25 Moms 25 %",
        "3740 0.25 Öresavrundning",
    ];
    assert_eq!(of_vat(standard("25")), expected);
}

/// A tenth of 48 669 kr is 4 867 kr, its first half 2 434 kr; 43 802 kr are left, half of them 21 901 kr, with 25 % 27 376,25 kr.
#[test]
fn each_part_of_a_fee_is_posted_by_its_vat_under_its_name() {
    let invoices = cuts(&fees(tariff(), one(32_446)), &buyer());
    let posted = posted(&bas(), invoices.iter().map(Event::from));
    assert_eq!(
        posted[..7],
        [
            "F 2024-01-15 Faktura 20240011 Exempelkommun",
            "1510 2434.00 Faktura 20240011",
            "3010 -2434.00 Medlemsavgift 2024",
            "F 2024-01-15 Faktura 20240012 Exempelkommun",
            "1510 27376.00 Faktura 20240012",
            "3001 -21901.00 Serviceavgift 2024",
            "2611 -5475.25 Moms 25 %",
        ]
    );
}

/// 12 % are 5 840,28 kr, and 28 öre are dropped; 6 % are 2 920,14 kr, and 14 are.
#[test]
fn each_rate_has_its_own_accounts() {
    let twelve = [
        "1510 54509.00 Faktura 20240001",
        "3002 -48669.00 Medlemsavgift 2024",
        "2621 -5840.28 Moms 12 %",
        "3740 0.28 Öresavrundning",
    ];
    assert_eq!(of_vat(standard("12")), twelve);
    let six = [
        "1510 51589.00 Faktura 20240001",
        "3003 -48669.00 Medlemsavgift 2024",
        "2631 -2920.14 Moms 6 %",
        "3740 0.14 Öresavrundning",
    ];
    assert_eq!(of_vat(standard("6")), six);
}

/// Whole kronor without VAT: two rows, and no rounding of nothing.
#[test]
fn a_fee_without_vat_is_no_service() {
    let expected = ["1510 48669.00 Faktura 20240001", "3010 -48669.00 Medlemsavgift 2024"];
    assert_eq!(of_vat(outside_scope()), expected);
    assert_eq!(of_vat(exempt()), expected);
}

#[test]
fn a_credit_note_is_the_mirror_of_its_invoice() {
    let invoice = invoice("20240001", "Åre kommun", standard("25"));
    let credit_note = credit(&invoice, "20240007", "2024-10-05");
    let expected = [
        "F 2024-10-05 Kred. 20240007 av 20240001 Åre kommun",
        "1510 -60836.00 Kred. 20240007 av 20240001",
        "3001 48669.00 Medlemsavgift 2024",
        "2611 12167.25 Moms 25 %",
        "3740 -0.25 Öresavrundning",
    ];
    assert_eq!(posted(&bas(), [(&credit_note).into()]), expected);
}

#[test]
fn a_payment_goes_to_its_invoices_and_the_rest_is_owed_back() {
    let customer = avgift_sie::Customer { id: avgift::PayerId::new("k1"), name: "Åre kommun".into() };
    let parts = [
        (owed("20240001"), "60 000"),
        (owed("20240002"), "30 000"),
        (Target::Overpayment(customer), "10 000"),
    ];
    let payment = payment("2024-02-14", "100 000", "BG1", &parts);
    let expected = [
        "I 2024-02-14 Inbetalning ÅRE KOMMUN",
        "1930 100000.00 BG1",
        "1510 -60000.00 Faktura 20240001",
        "1510 -30000.00 Faktura 20240002",
        "2420 -10000.00 Överbetalning Åre kommun",
    ];
    assert_eq!(posted(&bas(), [Event::Paid(&payment)]), expected);
    let taken_back = posted(&bas(), [Event::Reversed { payment: &payment, date: day("2024-02-20") }]);
    assert_eq!(taken_back[0], "I 2024-02-20 Återförd inbetalning ÅRE KOMMUN");
    assert_eq!(taken_back[1..3], ["1930 -100000.00 BG1", "1510 60000.00 Faktura 20240001"]);
}

/// One öre too little, and one too much, settle the invoice where the network tolerates it.
#[test]
fn what_is_tolerated_goes_to_rounding() {
    let settled = |paid: &str, off: &str| {
        let parts = [(owed("20240001"), "100"), (Target::Tolerance, off)];
        posted(&bas(), [Event::Paid(&payment("2024-02-14", paid, "BG1", &parts))])[1..].to_vec()
    };
    let under = ["1930 99.99 BG1", "1510 -100.00 Faktura 20240001", "3740 0.01 Öresdifferens"];
    assert_eq!(settled("99,99", "-0,01"), under);
    let over = ["1930 100.01 BG1", "1510 -100.00 Faktura 20240001", "3740 -0.01 Öresdifferens"];
    assert_eq!(settled("100,01", "0,01"), over);
}

/// 19 938 kr, 81,94 kr of interest and the fee of a reminder, paid at once. No receivable stood on the last two.
#[test]
fn interest_and_reminder_fee_are_revenue_when_they_are_paid() {
    let customer = avgift_sie::Customer { id: avgift::PayerId::new("k1"), name: "Åre kommun".into() };
    let parts = [
        (owed("20240001"), "19 938"),
        (Target::Interest(customer.clone()), "81,94"),
        (Target::ReminderFee(customer), "60"),
    ];
    let paid = payment("2024-03-01", "20 079,94", "BG1", &parts);
    let expected = [
        "1930 20079.94 BG1",
        "1510 -19938.00 Faktura 20240001",
        "8313 -81.94 Dröjsmålsränta",
        "3990 -60.00 Påminnelseavgift",
    ];
    assert_eq!(posted(&bas(), [Event::Paid(&paid)])[1..], expected);
    let taken_back = posted(&bas(), [Event::Reversed { payment: &paid, date: day("2024-03-05") }]);
    assert_eq!(taken_back[3..], ["8313 81.94 Dröjsmålsränta", "3990 60.00 Påminnelseavgift"]);
    let missing = kommun_bas().vouchers([Event::Paid(&paid)]).unwrap_err();
    assert_eq!(missing[0].to_string(), "no account is set for `interest` and `reminder`");
}

/// Two invoices of a day are one voucher, with a row of each on the receivable; the credit note has its own.
#[test]
fn a_batch_still_lists_each_invoice() {
    let first = invoice("20240001", "Åre kommun", standard("25"));
    let second = invoice("20240002", "Håbo kommun", standard("25"));
    let credit_note = credit(&first, "20240003", "2024-01-15");
    let posting = Posting { voucher_per: VoucherPer::Batch, ..bas() };
    let expected = [
        "F 2024-01-15 Fakturor 15 januari 2024, 2 st",
        "1510 60836.00 Faktura 20240001",
        "1510 60836.00 Faktura 20240002",
        "3001 -97338.00 Medlemsavgift 2024",
        "2611 -24334.50 Moms 25 %",
        "3740 0.50 Öresavrundning",
        "F 2024-01-15 Kred. 20240003 av 20240001 Åre kommun",
    ];
    let posted = posted(&posting, [(&first).into(), (&credit_note).into(), (&second).into()]);
    assert_eq!(posted[..7], expected);
}

/// The fees of two years, or of two customers, stand on rows of their own; VAT has neither and is one sum.
#[test]
fn a_batch_sums_what_is_alike_and_nothing_else() {
    let first = invoice("20240001", "Åre kommun", standard("25"));
    let mut second = invoice("20240002", "Håbo kommun", standard("25"));
    let revenue = |posting: Posting, second: &avgift_invoice::Invoice| -> Vec<String> {
        let posting = Posting { voucher_per: VoucherPer::Batch, ..posting };
        let posted = posted(&posting, [(&first).into(), second.into()]);
        posted.into_iter().filter(|row| row.starts_with("3001") || row.starts_with("2611")).collect()
    };
    let vat = "2611 -24334.50 Moms 25 %";
    assert_eq!(revenue(bas(), &second), ["3001 -97338.00 Medlemsavgift 2024", vat]);
    let fee = "3001 -48669.00 Medlemsavgift 2024";
    assert_eq!(revenue(with_objects(bas()), &second), [fee, fee, vat]);
    second.content.fee_year = avgift::FeeYear::new(2025).unwrap();
    assert_eq!(revenue(bas(), &second), [fee, "3001 -48669.00 Medlemsavgift 2025", vat]);
}

#[test]
fn the_texts_are_also_english() {
    let posting = Posting { language: Language::English, ..bas() };
    let posted = posted(&posting, [(&invoice("20240001", "Åre kommun", standard("25"))).into()]);
    assert_eq!(posted[0], "F 2024-01-15 Invoice 20240001 Åre kommun");
    assert_eq!(posted[2], "3001 -48669.00 Membership fee 2024");
}

/// Numbers of 20 digits are the longest there are, and both are told; a name is cut.
#[test]
fn no_number_is_ever_cut() {
    let mut invoice = invoice("20240001", &"Ö".repeat(200), outside_scope());
    invoice.id = avgift_invoice::DocumentId::Issued("99999999999999999998".parse().unwrap());
    let credit_note = credit(&invoice, "99999999999999999999", "2024-10-05");
    for language in Language::ALL {
        let posting = Posting { language, ..bas() };
        for line in posted(&posting, [(&credit_note).into()])[..2].iter() {
            assert!(line.contains("99999999999999999998") && line.contains("99999999999999999999"), "{line}");
        }
    }
}

#[test]
fn objects_stand_where_they_are_chosen() {
    let posting = with_objects(kommun_bas());
    let vouchers = posting.vouchers([(&invoice("20240001", "Åre kommun", outside_scope())).into()]).unwrap();
    let objects = |place: usize| -> Vec<String> {
        let row: &avgift_sie::Row = &vouchers[0].rows()[place];
        let named =
            |it: &avgift_sie::Object| format!("{} {} {}", it.dimension().number(), it.number(), it.name());
        row.objects.iter().map(named).collect()
    };
    assert_eq!(objects(0), ["8 k1 Åre kommun"]);
    assert_eq!(objects(1), ["1 100 Kansliet", "20 9001 Nätverket", "8 k1 Åre kommun"]);
}

/// An invoice of 0,39 kr with VAT is rounded to nothing: it still stands on the receivable, with nothing.
#[test]
fn an_invoice_of_nothing_still_stands() {
    let mut nothing = invoice("20240001", "Åre kommun", standard("25"));
    let totals = &mut nothing.content.totals;
    (totals.without_vat, totals.vat) = (Sek::from_ore(39), Sek::from_ore(10));
    (totals.rounding, totals.amount_due) = (Some(Sek::from_ore(-49)), Sek::ZERO);
    let file = file(&bas(), [(&nothing).into()]);
    assert_eq!(file.vouchers()[0].rows().len(), 4);
}
