//! In which series a host numbers: what is set, whose a series is, and what is refused.

use avgift::FeeYear;
use avgift_network::{Folder, Network};

use crate::{codes, fixture, text};

const OF_THE_COMPANY: &str = "series = \"IN\"\nfirst = \"20230001\"\n";
const OF_THE_FEDERATION: &str = "series = \"GR\"\nfirst = \"20240001\"\n";

/// The fixture with other numbers for the company, host until 2023, and for the federation, host from 2024.
fn numbered(company: &str, federation: &str) -> Folder {
    let settings = text(&fixture(), "network.toml");
    assert!(settings.contains(OF_THE_COMPANY) && settings.contains(OF_THE_FEDERATION));
    let settings = settings.replace(OF_THE_COMPANY, company).replace(OF_THE_FEDERATION, federation);
    fixture().with("network.toml", settings)
}

/// The same where one company is the host in both stretches of time.
fn of_one_host(earlier: &str, later: &str) -> Folder {
    let settings = text(&numbered(earlier, later), "network.toml");
    let settings =
        settings.replace("\"992000-2004\"", "\"992000-1006\"").replace("SE992000200401", "SE992000100601");
    fixture().with("network.toml", settings)
}

fn year(year: i32) -> FeeYear {
    FeeYear::new(year).unwrap()
}

#[test]
fn each_host_numbers_in_its_own_series() {
    let network = Network::read(&fixture()).unwrap();
    for (fee_year, label, first) in [(2023, "IN", "20230001"), (2024, "GR", "20240001")] {
        let numbers = network.numbers_for_issue(year(fee_year)).unwrap();
        assert_eq!(
            (numbers.invoices.label.value.as_str(), numbers.invoices.first.value.to_string()),
            (label, first.into())
        );
        assert_eq!(numbers.credit_notes, numbers.invoices);
        assert_eq!(network.numbers(year(fee_year)), Some(numbers));
    }
}

/// In 2024 the federation is the host; what the company invoiced in 2023 is still the company's to credit.
#[test]
fn a_series_leads_to_its_host() {
    let of_company =
        "series = \"IN\"\nfirst = \"20230001\"\ncredit_series = \"KR\"\ncredit_first = \"90230001\"\n";
    let network = Network::read(&numbered(of_company, OF_THE_FEDERATION)).unwrap();
    let host = |series| network.agreement_of(series).map(|agreement| agreement.host().name.as_str());
    assert_eq!(host("IN"), Some("Innovatum AB"));
    assert_eq!(host("KR"), Some("Innovatum AB"));
    assert_eq!(host("GR"), Some("Göteborgsregionen"));
    assert_eq!(host("XX"), None);
}

#[test]
fn a_series_goes_on_under_the_next_agreement_of_its_host() {
    let network = Network::read(&of_one_host(OF_THE_COMPANY, OF_THE_COMPANY)).unwrap();
    assert_eq!(network.agreement_of("IN").unwrap().host().name, "Göteborgsregionen", "the latest");
}

#[test]
fn a_series_is_of_one_host_and_begins_once() {
    let anew = "series = \"IN\"\nfirst = \"20240001\"\n";
    let same_number = "series = \"GR\"\nfirst = \"20230001\"\n";
    for (folder, code) in [
        (numbered(OF_THE_COMPANY, OF_THE_COMPANY), "series-must-belong-to-one-host"),
        (of_one_host(OF_THE_COMPANY, anew), "series-must-have-one-first-number"),
        (numbered(OF_THE_COMPANY, same_number), "series-must-begin-with-their-own-numbers"),
    ] {
        assert_eq!(codes(&folder), [code]);
    }
}

#[test]
fn numbers_that_are_not_whole_are_refused_all_at_once() {
    let company = "series = \"in\"\nfirst = \"IN-1\"\ncredit_series = \"KR\"\n";
    let federation =
        "series = \"GR\"\nfirst = \"20240001\"\ncredit_series = \"GR\"\ncredit_first = \"1\"\nlast = 9\n";
    assert_eq!(
        codes(&numbered(company, federation)),
        [
            "setting-must-be-of-its-kind",
            "invoice-number-must-be-one-to-twenty-digits",
            "setting-must-have-its-other",
            "setting-must-apply",
            "setting-must-be-known",
        ]
    );
    assert_eq!(codes(&numbered("", OF_THE_FEDERATION)), ["setting-must-be-given", "setting-must-be-given"]);
}

/// Numbers are a seller's.
#[test]
fn numbers_without_a_seller_are_refused() {
    let settings = text(&fixture(), "network.toml");
    let (before, rest) = settings.split_once("[agreement.seller]").unwrap();
    let (_, after) = rest.split_once("[agreement.payment]").unwrap();
    let folder = fixture().with("network.toml", format!("{before}[agreement.payment]{after}"));
    assert_eq!(codes(&folder), ["setting-must-have-its-other"]);
}

#[test]
fn unset_numbers_refuse_the_issue_and_nothing_else() {
    let settings =
        text(&fixture(), "network.toml").replace("[agreement.numbers]\n", "").replace(OF_THE_FEDERATION, "");
    let settings = settings.replace(OF_THE_COMPANY, "");
    let network = Network::read(&fixture().with("network.toml", settings)).unwrap();
    assert_eq!(network.numbers(year(2024)), None);
    assert_eq!(network.numbers_for_issue(year(2024)).unwrap_err().code, "numbers-must-be-set");
    assert!(network.check(None, |_, _| Vec::new()).is_empty());
}
