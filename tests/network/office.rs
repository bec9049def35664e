//! What a host's office needs after the fees are known: its books, its bank, and what is done about who pays late.

use avgift::{FeeYear, Language, NaiveDate, Ratio, Sek};
use avgift_network::{AgreementVersion, BankAccount, Chart, Folder, LedgerReader, Network, VoucherPer};

use crate::{codes, fixture, text};

/// The fixture with settings added at the end: of the agreement with the federation, or of the file.
fn and(more: &str) -> Folder {
    let settings = text(&fixture(), "network.toml");
    fixture().with("network.toml", format!("{}\n{more}", bare(&settings)))
}

/// The settings without what the fixture says of books, late payers and rates.
fn bare(settings: &str) -> String {
    let mut kept = true;
    let is_kept = |line: &&str| {
        if line.starts_with('[') {
            kept = !["bookkeeping", "late", "reference_rate"].iter().any(|name| line.contains(name));
        }
        kept
    };
    settings.lines().filter(is_kept).map(|line| format!("{line}\n")).collect()
}

fn of_2024(network: &Network) -> &AgreementVersion {
    network.agreement(FeeYear::new(2024).unwrap()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn nothing_has_to_be_set() {
    let network = Network::read(&and("")).unwrap();
    let agreement = of_2024(&network);
    assert!(agreement.bookkeeping().is_none());
    assert!(agreement.late().interest.is_none() && agreement.late().reminder_fee.is_none());
    assert_eq!(agreement.late().reminder_days.value, 5);
    assert!(network.reference_rates().is_empty());
}

#[test]
fn each_host_has_its_own_books() {
    let network = Network::read(&fixture()).unwrap();
    let company = network.agreement(FeeYear::new(2023).unwrap()).unwrap().bookkeeping().unwrap();
    assert_eq!((company.chart.value, company.voucher_per), (Chart::Bas, VoucherPer::Invoice));
    assert!(company.accounts.is_empty() && company.revenue_objects.is_empty());
    assert_eq!([&company.voucher_series.value, &company.payment_series.value], ["F", "I"]);
    let federation = of_2024(&network).bookkeeping().unwrap();
    assert_eq!((federation.chart.value, federation.voucher_per), (Chart::KommunBas, VoucherPer::Batch));
    let roles: Vec<&str> = federation.accounts.iter().map(|account| account.role).collect();
    let set =
        ["receivable", "fee_revenue", "rounding", "bank", "overpayment", "unmatched", "interest", "reminder"];
    assert_eq!(roles, set);
    let receivable = &federation.accounts[0].account.value;
    assert_eq!(
        (receivable.number.as_str(), receivable.name.as_ref().unwrap().as_str()),
        ("1511", "Kundfordringar")
    );
    assert_eq!(federation.customer_dimension.as_ref().unwrap().value.number, "8");
    let object = &federation.revenue_objects[0];
    assert_eq!((object.dimension.value.number.as_str(), object.number.value.as_str()), ("1", "910"));
}

#[test]
fn everything_of_the_books_can_be_set() {
    let folder = and(
        "[agreement.bookkeeping]\nfinancial_year = 7\nvoucher_series = \"b2\"\ncompany = \"GR\"\n\
        company_number = 12\nreader = \"simple\"\nchecksum = true\nlanguage = \"en\"\n\
        customer_dimension = { number = 20, name = \"Medlem\" }\nobjects = [{ dimension = \"21 Verksamhet\", number = 7 }]\n\
        years = [{ from = 2025-07-01, to = 2026-12-31 }]\n\
        accounts = { bank = { number = 1920, name = \"Plusgiro\" } }\n",
    );
    let network = Network::read(&folder).unwrap_or_else(|faults| panic!("{}", faults[0]));
    let books = of_2024(&network).bookkeeping().unwrap();
    assert_eq!((books.chart.value, books.first_month.value), (Chart::Bas, 7));
    assert_eq!(
        (books.reader, books.checksum, books.language),
        (LedgerReader::Simple, true, Language::English)
    );
    assert_eq!(books.company.as_ref().unwrap().value.as_str(), "GR");
    assert_eq!(books.company_number.as_ref().unwrap().value.as_str(), "12");
    assert_eq!(books.customer_dimension.as_ref().unwrap().value.name.as_ref().unwrap().as_str(), "Medlem");
    assert_eq!(books.revenue_objects[0].dimension.value.name.as_ref().unwrap().as_str(), "Verksamhet");
    assert_eq!(books.listed_years[0].value.to, Some(day("2026-12-31")));
    let bank = &books.accounts[0].account;
    assert_eq!((books.accounts[0].role, bank.value.number.as_str()), ("bank", "1920"));
    let settings = text(&folder, "network.toml");
    let line = settings.lines().position(|line| line.starts_with("accounts = {")).unwrap() + 1;
    assert_eq!(bank.origin.as_ref().unwrap().to_string(), format!("network.toml:{line}:21"));
}

#[test]
fn what_is_wrong_with_the_books_is_told_all_at_once() {
    let folder = and(
        "[agreement.bookkeeping]\nprofile = \"bas-2024\"\nfinancial_year = 13\nvoucher_series = \"Å\"\n\
        customer_dimension = \"Kund\"\nchecksum = \"ja\"\nobjects = [{ dimension = 1 }]\nyears = [{ from = 2025-07-01 }]\n\
        program = \"avgift\"\naccounts = { bank = 1930, recievable = \"1510 Kundfordringar\", rounding = { number = 1 } }\n",
    );
    let mut told = codes(&folder);
    told.sort_unstable();
    let of_kind = ["setting-must-be-of-its-kind"; 7];
    let known = ["setting-must-be-known"; 2]; // `recievable` and `program`
    assert_eq!(told, [&["setting-must-be-given"; 2][..], &known, &of_kind].concat());
}

#[test]
fn the_bank_of_a_host_is_known_by_all_its_accounts() {
    let settings = text(&fixture(), "network.toml");
    let iban = "iban = \"SE66 9990 0000 0000 0000 0002\"";
    let read = |payment: &str| {
        let folder = fixture().with("network.toml", settings.replace(iban, payment));
        Network::read(&folder).map(|network| of_2024(&network).bank().cloned().unwrap())
    };
    let bank = read(iban).unwrap();
    assert_eq!(bank.iban.unwrap().value.to_string(), "SE6699900000000000000002");
    assert_eq!((bank.accounts.len(), bank.tolerance), (0, None));
    let more =
        read("accounts = [\"5050-1055\", \"SE93 9990 0000 0000 0000 0001\", \"9990 123 45 67\"]").unwrap();
    assert!(more.iban.is_none() && more.accounts.len() == 3);
    assert_eq!(more.accounts[2].value, BankAccount::Number("9990 123 45 67".to_owned()));
    let refused =
        |payment: &str| read(payment).unwrap_err().iter().map(|refusal| refusal.code).collect::<Vec<_>>();
    assert_eq!(refused("iban = \"SE66 9990 0000 0000 0000 0003\""), ["iban-must-pass-its-check"]);
    assert_eq!(
        refused("accounts = [\"991-2347\", \"konto\"]\niban = \"SE67 9990 0000 0000 0000 0002\""),
        ["iban-must-pass-its-check", "bankgiro-number-must-pass-luhn", "iban-must-have-its-form"]
    );
}

/// 0 and 99 öre, and a krona.
#[test]
fn a_tolerance_is_below_a_krona() {
    let settings = text(&fixture(), "network.toml");
    let iban = "iban = \"SE66 9990 0000 0000 0000 0002\"";
    let with = |amount: &str| {
        fixture().with("network.toml", settings.replace(iban, &format!("tolerance = \"{amount}\"")))
    };
    for (amount, ore) in [("0 kr", 0), ("0,99 kr", 99)] {
        let network = Network::read(&with(amount)).unwrap();
        let tolerance = of_2024(&network).bank().unwrap().tolerance.clone().unwrap();
        assert_eq!(tolerance.value, Sek::from_ore(ore));
    }
    for amount in ["1 kr", "-0,01 kr"] {
        assert_eq!(codes(&with(amount)), ["setting-must-be-of-its-kind"], "{amount}");
    }
}

const RATE: &str = "[[reference_rate]]\nfrom = 2024-07-01\nrate = \"4,00\"\nsource = \"Riksbanken\"\n";

#[test]
fn interest_is_the_reference_rate_and_a_margin() {
    let network = Network::read(&fixture()).unwrap();
    let late = of_2024(&network).late();
    assert_eq!(late.interest.as_ref().unwrap().margin.value, Ratio::whole(8));
    let unset = and(&format!("[agreement.late]\ninterest = \"reference-rate\"\n{RATE}"));
    let network = Network::read(&unset).unwrap();
    assert_eq!(of_2024(&network).late().interest.as_ref().unwrap().margin.value, Ratio::whole(8), "by law");
    assert_eq!(
        codes(&and("[agreement.late]\ninterest = \"reference-rate\"\n")),
        ["setting-must-have-its-other"]
    );
    assert_eq!(codes(&and("[agreement.late]\nmargin = 8\n")), ["setting-must-apply"]);
}

/// 60 kr and an öre more; 0 kr is none.
#[test]
fn a_reminder_fee_is_at_most_sixty_kronor_and_agreed_on() {
    let with = |fee: &str, agreed: &str| and(&format!("[agreement.late]\n{fee}\n{agreed}\n"));
    let agreed = "reminder_fee_agreed = \"Avtalet § 7\"";
    let network = Network::read(&with("reminder_fee = \"60 kr\"", agreed)).unwrap();
    let fee = of_2024(&network).late().reminder_fee.clone().unwrap();
    assert_eq!((fee.amount.value, fee.agreed.value.as_str()), (Sek::from_ore(60_00), "Avtalet § 7"));
    assert_eq!(codes(&with("reminder_fee = \"60,01 kr\"", agreed)), ["setting-must-be-of-its-kind"]);
    assert_eq!(codes(&with("reminder_fee = \"60 kr\"", "")), ["setting-must-have-its-other"]);
    assert_eq!(codes(&with("", agreed)), ["setting-must-apply"]);
    let none = Network::read(&with("reminder_fee = \"0 kr\"", "")).unwrap();
    assert!(of_2024(&none).late().reminder_fee.is_none());
}

/// The day before a half-year, its first and its last.
#[test]
fn a_reference_rate_holds_half_a_year() {
    let network = Network::read(&fixture()).unwrap();
    let rate = |on: &str| network.reference_rates().rate_on(day(on)).map(|rate| rate.rate.value);
    let percent = |tenths| Ratio::new(tenths, 10).unwrap();
    for (on, tenths) in
        [("2023-01-01", 25), ("2023-06-30", 25), ("2023-07-01", 35), ("2023-12-31", 35), ("2024-01-01", 40)]
    {
        assert_eq!(rate(on), Ok(percent(tenths)), "{on}");
    }
    for on in ["2022-12-31", "2025-01-01"] {
        assert_eq!(rate(on).unwrap_err().code, "reference-rate-must-be-known");
    }
}

#[test]
fn reference_rates_leave_out_no_half_year_and_have_none_twice() {
    let rates =
        |days: &[&str]| and(&days.iter().map(|day| RATE.replace("2024-07-01", day)).collect::<String>());
    assert!(codes(&rates(&["2023-07-01", "2024-01-01", "2024-07-01"])).is_empty());
    for days in [["2023-07-01", "2024-07-01"], ["2024-01-01", "2024-01-01"], ["2024-07-01", "2024-01-01"]] {
        assert_eq!(codes(&rates(&days)), ["reference-rates-must-follow-each-other"], "{days:?}");
    }
    assert_eq!(codes(&rates(&["2024-06-30"])), ["reference-rate-must-begin-a-half-year"]);
    assert_eq!(codes(&and("[[reference_rate]]\nfrom = 2024-07-01\n")), ["setting-must-be-given"; 2]);
}
