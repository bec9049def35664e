//! The journals behind the refusals of exports, as fixtures/errors shows them through the binary: made here, and held to what
//! lies there. With AVGIFT_BLESS=1 they are written anew.

use std::fs;
use std::path::Path;

use avgift_journal::{Distribution, Rest};

use crate::made::{FORMER, PRESENT, TWO_HOSTS, World, and_rest, to};

/// Holds the input of a refusal to what is made here.
fn expect(code: &str, world: &World, settings: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/errors").join(code).join("input");
    let journal = world.folder.files()["journal.jsonl"].clone();
    for (name, bytes) in [("journal.jsonl", journal), ("network.toml", settings.as_bytes().to_vec())] {
        let path = folder.join(name);
        if std::env::var_os("AVGIFT_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        assert!(fs::read(&path).unwrap_or_default() == bytes, "{}", path.display());
    }
}

#[test]
fn the_journals_of_refused_exports_are_as_made() {
    let mut exported = World::new(TWO_HOSTS);
    exported.issue(2023, "2023-02-01");
    exported.export(FORMER, "2023-02-02");
    let with = |more: &str| TWO_HOSTS.replace("profile = \"bas\"", &format!("profile = \"bas\"\n{more}"));
    expect("financial-year-must-stay-as-exported", &exported, &with("financial_year = 7"));
    expect("export-must-be-made-again", &exported, &with("voucher_series = \"B\""));

    // Read from the bank's file in March, a payment of December.
    let mut late = World::issued();
    late.pay("9912346|P1", "2024-01-02", "400", to(&[("EX-20230001", "400")]));
    late.export(FORMER, "2024-03-01");
    late.pay("9912346|P2", "2023-12-28", "300", to(&[("EX-20230002", "300")]));
    expect("file-should-be-of-an-open-year", &late, TWO_HOSTS);

    let mut crossing = World::issued();
    let both = to(&[("EX-20230001", "400"), ("FB-20240001", "600")]);
    crossing.pay("SE9399900000000000000001|P1", "2024-03-04", "1 000", both);
    let waits = and_rest(Distribution::default(), "500", Rest::ForAPerson, None);
    crossing.pay("SE6699900000000000000002|P2", "2024-03-04", "500", waits);
    assert_eq!(crossing.plan(PRESENT, "2024-03-05").unwrap().for_a_person.count, 1);
    expect("payment-should-be-of-one-host", &crossing, TWO_HOSTS);
}
