//! What is read of each good file, and the code of each bad one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use avgift_camt::{CODES, OurAccounts};

use crate::{bank_file, bytes, files, ours, root};

/// `AVGIFT_BLESS=1` writes them anew; the difference is read like source.
#[test]
fn each_good_file_is_read_as_its_golden_says() {
    for name in files("good") {
        let stem = name.trim_start_matches("good/");
        let path = root().join("tests/camt/golden").join(format!("{stem}.json"));
        let found = serde_json::to_string_pretty(&bank_file(&name)).unwrap() + "\n";
        if std::env::var_os("AVGIFT_BLESS").is_some() {
            fs::write(&path, &found).unwrap();
        }
        let expected =
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is not there", path.display()));
        assert_eq!(found, expected.replace("\r\n", "\n"), "{name}");
    }
}

/// In XML a point is a decimal mark and nothing else: `500.000` is five hundred kronor there, whoever types it elsewhere.
#[test]
fn a_needless_decimal_of_a_bank_is_read() {
    let name = "good/camt054-v13.xml";
    let text = String::from_utf8(bytes(name)).unwrap();
    let long = text.replace(">500.00<", ">500.000<");
    assert_ne!(long, text);
    let read = avgift_camt::read(name, long.as_bytes(), &ours())
        .unwrap_or_else(|faults| panic!("{}", faults[0].refusal()));
    let amounts =
        |file: &avgift_camt::BankFile| file.payments.iter().map(|payment| payment.amount).collect::<Vec<_>>();
    assert_eq!(amounts(&read), amounts(&bank_file(name)));
}

#[test]
fn each_bad_file_is_refused_with_its_name() {
    for name in files("bad") {
        let code = Path::new(&name).file_stem().unwrap().to_str().unwrap();
        let faults = avgift_camt::read(&name, &bytes(&name), &ours()).err().unwrap_or_default();
        let codes: BTreeSet<_> = faults.iter().map(|fault| fault.code()).collect();
        assert_eq!(codes, BTreeSet::from([code]), "{name}");
        for fault in faults {
            let refusal = fault.refusal();
            assert!(
                !refusal.places.is_empty() && !refusal.why.is_empty() && !refusal.mend.is_empty(),
                "{name}"
            );
        }
    }
}

/// The others are tried beside their code: an IBAN, a tolerance, a file of seventeen megabytes, a warning.
#[test]
fn each_code_of_a_file_has_a_file() {
    let names = files("bad");
    let shown: BTreeSet<_> =
        names.iter().map(|name| Path::new(name).file_stem().unwrap().to_str().unwrap()).collect();
    let elsewhere = [
        "bank-file-must-not-be-too-large",
        "lump-sum-should-have-its-payments",
        "tolerance-must-be-below-a-krona",
    ];
    let lacking: Vec<_> =
        CODES.iter().filter(|code| !shown.contains(**code) && !elsewhere.contains(code)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

/// An account that is not ours, a wrong sum and count, another currency thrice, a code: all told, in the order of the file.
#[test]
fn all_faults_of_a_file_are_told_with_their_places() {
    let text = String::from_utf8(bytes("good/camt054-v08.xml")).unwrap();
    let text = text.replacen("<NbOfTxs>7<", "<NbOfTxs>8<", 1).replacen(">19938.00<", ">19938.01<", 1);
    let text = text
        .replacen("<CdtDbtInd>DBIT<", "<CdtDbtInd>DEBIT<", 1)
        .replace("Ccy=\"SEK\">2500", "Ccy=\"EUR\">2500");
    let faults = avgift_camt::read("f.xml", text.as_bytes(), &OurAccounts::new()).unwrap_err();
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{} {}", fault.origin().unwrap(), fault.code())).collect();
    assert_eq!(
        told,
        [
            "f.xml:13:12 bank-account-must-be-ours",
            "f.xml:19:20 bank-payments-must-sum-to-their-entry",
            "f.xml:42:16 bank-payments-must-be-counted",
            "f.xml:262:17 bank-currency-must-be-sek",
            "f.xml:290:17 bank-currency-must-be-sek",
            "f.xml:302:24 bank-currency-must-be-sek",
            "f.xml:320:16 bank-code-must-be-known",
        ]
    );
}

/// The same payments come in all three files, and are known by the same keys: the second import is "0 new".
#[test]
fn a_payment_has_the_same_key_in_every_file_that_tells_of_it() {
    let keys = |name: &str| -> Vec<String> {
        bank_file(name).payments.iter().map(|payment| payment.bank_key.to_string()).collect()
    };
    let first = keys("good/camt054-v02.xml");
    assert_eq!(first[0], "SE4550000000058398257466|BG270214P1");
    assert_eq!(first, keys("good/camt053-v02.xml"));
    assert_eq!(first, keys("good/camt054-v08.xml")[..7]);
    for name in files("good") {
        let keys = keys(&name);
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{name}");
    }
}
