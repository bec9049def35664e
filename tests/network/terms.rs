//! What a tariff's settings are refused for, beside the examples of docs/tariffs.md that are read.

use avgift_network::Network;

use crate::fixture;

/// The faults of the fixture with a tariff of these settings.
fn faults(settings: &str) -> Vec<String> {
    let tariff = format!("name = \"X\"\n[[tariff]]\nname = \"T\"\nfrom = 2023\n{settings}\n");
    let folder = fixture().with("network.toml", tariff + "[[agreement]]\nhost = \"X\"\n");
    match Network::read(&folder) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| fault.message).collect(),
    }
}

/// The first fault, in words.
fn refused(settings: &str) -> String {
    let faults = faults(settings);
    faults.first().unwrap_or_else(|| panic!("{settings} is taken")).clone()
}

#[test]
fn a_shape_is_one_and_whole() {
    assert_eq!(faults("rate = \"1,50 kr\""), [""; 0]);
    assert_eq!(
        refused("rate = \"1,50 kr\"\ntotal = \"5 kr\""),
        "a fee has one shape, and here are two: `rate` and `total`"
    );
    assert_eq!(refused("amount = \"5 kr\"\ncap = 5"), "`cap` has no meaning unless `rate` stands beside it");
    assert_eq!(
        refused("rate = \"1 kr\"\nkeys = []"),
        "`keys` has no meaning unless `total` stands beside it"
    );
    assert_eq!(
        refused("rate = \"1 kr\"\nper = 100"),
        "`100` needs `units = \"in-proportion\", \"started\" or \"full\"` beside it"
    );
    assert_eq!(
        refused("rate = \"1 kr\"\nunits = \"full\""),
        "`units` has no meaning unless `per` stands beside it"
    );
    assert_eq!(refused("rate = \"1 kr\"\ncap = 0"), "`0` is not a number of inhabitants of a municipality");
    assert_eq!(refused("rate = \"1 kr\"\nbase = \"-5 kr\""), "an amount of the tariff is negative: `-5 kr`");
    assert_eq!(refused(""), "[[tariff]] has no `rate`");
}

#[test]
fn tiers_are_read_end_by_end() {
    assert_eq!(faults("tiers = [{ below = 10, amount = \"1 kr\" }, { from = 10 }]"), [""; 0]);
    assert_eq!(refused("tiers = []"), "`[]` is not a list of tables, `[[tariff.tiers]]`");
    assert_eq!(refused("tiers = 5"), "`5` is not a list of tables, `[[tariff.tiers]]`");
    assert_eq!(
        refused("tiers = [{ to = 5, below = 6 }, { from = 6 }]"),
        "`below` has no meaning beside `to`"
    );
    assert_eq!(refused("tiers = [{ until = 5 }]"), "`until` is not a setting of [[tariff.tiers]]");
    assert_eq!(refused("tiers = [{ to = -1 }]"), "`-1` is not a whole number from 0 to 9999999");
    assert_eq!(refused("tiers = [{ below = 0 }, { from = 0 }]"), "a tier from 1 to 0 holds no population");
    assert_eq!(refused("brackets = [{ amount = \"5 kr\" }]"), "[[tariff.brackets]] has no `rate`");
}

#[test]
fn a_total_says_by_what_and_among_whom() {
    let among = "among = \"all\"\n";
    let keys = "keys = [{ key = \"equal\", weight = \"100 %\" }]\n";
    assert_eq!(refused(&["total = \"5 kr\"\n", keys].concat()), "[[tariff]] has no `among`");
    assert_eq!(refused(&["total = \"5 kr\"\n", among].concat()), "[[tariff]] has no `keys`");
    let with = |key: &str| refused(&["total = \"5 kr\"\n", among, "keys = [", key, "]"].concat());
    assert_eq!(with("{ key = \"equal\" }"), "[[tariff.keys]] has no `weight`");
    assert_eq!(with("{ key = \"figure\", weight = \"100 %\" }"), "[[tariff.keys]] has no `figure`");
    assert_eq!(
        with("{ key = \"equal\", figure = \"x\", weight = \"100 %\" }"),
        "`figure` has no meaning unless `key` is figure"
    );
    assert_eq!(
        with("{ key = \"income\", weight = \"100 %\" }"),
        "`income` is not one of \"population\", \"equal\", \"figure\""
    );
    let total = ["total = \"5 kr\"\namong = [\"144\"]\n", keys].concat();
    assert_eq!(refused(&total), "`144` is not a municipality code");
    let total = ["total = \"5 kr\"\n", among, keys, "[tariff.proration]\nunit = \"days\""].concat();
    assert_eq!(refused(&total), "a total does not stand beside a share of the year");
}

#[test]
fn a_class_takes_over_nothing_in_silence() {
    let tariff = "rate = \"1 kr\"\nfloor = \"5 kr\"\n";
    let class = |class: &str| refused(&[tariff, "[[tariff.class]]\nname = \"x\"\n", class].concat());
    let taken = [tariff, "[[tariff.class]]\nname = \"x\"\namount = \"9 kr\"\nbounds = \"none\""].concat();
    assert_eq!(faults(&taken), [""; 0]);
    assert_eq!(class("amount = \"9 kr\""), "[[tariff.class]] has no `bounds`");
    assert_eq!(
        class("amount = \"9 kr\"\nfloor = \"1 kr\"\nbounds = \"none\""),
        "`bounds` has no meaning beside `floor` or `ceiling`"
    );
    assert_eq!(
        class("multiplier = \"50 %\"\nfloor = \"1 kr\""),
        "`floor` has no meaning beside `multiplier`"
    );
    assert_eq!(
        class("multiplier = \"50 %\"\namount = \"1 kr\"\nbounds = \"none\""),
        "`multiplier` has no meaning beside a shape of the class"
    );
    assert_eq!(class("multiplier = \"0,5\""), "`0,5` is not a portion in percent or per mille");
    assert_eq!(class("decision = \"x\""), "[[tariff.class]] has no `multiplier`");
}

#[test]
fn what_stands_beside_the_shape_is_whole() {
    let with = |terms: &str| refused(&["rate = \"1 kr\"\n", terms].concat());
    assert_eq!(with("[tariff.limit]"), "[tariff.limit] has no `up`");
    assert_eq!(with("[tariff.limit]\ndown = \"101 %\""), "`101 %` is not a portion of at most 100 %");
    assert_eq!(with("[[tariff.year_factor]]\nyear = 2024"), "[[tariff.year_factor]] has no `factor`");
    assert_eq!(with("[[tariff.component]]\nrate = \"1 kr\""), "[[tariff.component]] has no `name`");
    assert_eq!(with("[[tariff.component]]\nname = \"P\""), "[[tariff.component]] has no `rate`");
    assert_eq!(with("[tariff.ceilings]\n1499x = \"5 kr\""), "`1499x` is not a municipality code");
    assert_eq!(with("[tariff.ceilings]\n1403 = \"5 kr\""), "no municipality has the code `1403`");
    assert_eq!(with("[tariff.ceilings]\n1440 = []"), "`[]` is not a text in quotes");
    assert_eq!(with("joining_fee = \"-1 kr\""), "an amount of the tariff is negative: `-1 kr`");
    let twice = "[[tariff.component]]\nname = \"P\"\nrate = \"1 kr\"\n";
    assert_eq!(with(&twice.repeat(2)), "the component `P` stands twice");
}

/// 2024 lies between the tariff that ends with 2023 and the one that begins with 2025, and its figures are on file.
#[test]
fn a_year_between_two_tariffs_is_told() {
    let told = |first: &str| {
        let settings = format!(
            "name = \"X\"\n[[tariff]]\nname = \"A\"\nfrom = 2023\n{first}rate = \"1 kr\"\n\
             [[tariff]]\nname = \"B\"\nfrom = 2025\nrate = \"1 kr\"\n[[agreement]]\nhost = \"X\"\n"
        );
        let network = Network::read(&fixture().with("network.toml", settings)).unwrap();
        let faults = network.check(None, |_, _| Vec::new());
        faults
            .into_iter()
            .filter(|fault| fault.code == "tariff-must-cover-year")
            .map(|fault| fault.message)
            .collect()
    };
    let gap: Vec<String> = told("to = 2023\n");
    assert_eq!(gap, ["no tariff is in force in 2024"]);
    let none: Vec<String> = told("");
    assert_eq!(none, [""; 0]);
}

#[test]
fn a_federation_says_its_mode_and_how_its_fee_is_told() {
    let of = |settings: &str| faults(&["rate = \"1 kr\"\n[[tariff.federation]]\n", settings].concat());
    let one = |settings: &str| of(settings).first().unwrap_or_else(|| panic!("{settings} is taken")).clone();
    let payer = "dme";
    let with = |settings: &str| one(&format!("payer = \"{payer}\"\n{settings}"));
    let taken = |settings: &str| assert_eq!(of(&format!("payer = \"{payer}\"\n{settings}")), [""; 0]);
    taken("mode = \"pooled\"\nsplit = \"population\"");
    taken("mode = \"pooled\"\nsplit = \"equal\"\nlines = \"each\"");
    taken("mode = \"flat\"\namount = \"25 000 kr\"\nsplit = \"equal\"\nlines = \"one\"");
    taken("mode = \"discounted\"\ndiscount = \"0 %\"");
    taken("mode = \"discounted\"\ndiscount = \"100 %\"");
    assert_eq!(one("mode = \"pooled\"\nsplit = \"equal\""), "[[tariff.federation]] has no `payer`");
    assert_eq!(with("split = \"equal\""), "[[tariff.federation]] has no `mode`");
    assert_eq!(of(&format!("payer = \"{payer}\"\nsplit = \"equal\"\ndiscount = \"1 %\"")).len(), 1);
    assert_eq!(with("mode = \"each\""), "`each` is not one of \"pooled\", \"flat\", \"discounted\"");
    assert_eq!(with("mode = \"pooled\""), "[[tariff.federation]] has no `split`");
    assert_eq!(with("mode = \"flat\"\namount = \"5 kr\""), "[[tariff.federation]] has no `split`");
    assert_eq!(with("mode = \"flat\"\nsplit = \"equal\""), "[[tariff.federation]] has no `amount`");
    assert_eq!(with("mode = \"discounted\""), "[[tariff.federation]] has no `discount`");
    let pooled = "mode = \"pooled\"\nsplit = \"equal\"\n";
    let beside = |settings: &str| with(&[pooled, settings].concat());
    assert_eq!(beside("amount = \"5 kr\""), "`amount` has no meaning unless `mode` is flat");
    assert_eq!(beside("discount = \"5 %\""), "`discount` has no meaning unless `mode` is discounted");
    assert_eq!(beside("lines = \"two\""), "`two` is not one of \"one\", \"each\"");
    assert_eq!(beside("weight = 5"), "`weight` is not a setting of [[tariff.federation]]");
    let flat = "mode = \"flat\"\namount = \"-5 kr\"\nsplit = \"equal\"";
    assert_eq!(with(flat), "an amount of the tariff is negative: `-5 kr`");
    let discounted = "mode = \"discounted\"\ndiscount = \"10 %\"\n";
    let beside = |settings: &str| with(&[discounted, settings].concat());
    assert_eq!(beside("split = \"equal\""), "`split` has no meaning where `mode` is discounted");
    assert_eq!(beside("lines = \"one\""), "`lines` has no meaning where `mode` is discounted");
    assert_eq!(beside("amount = \"5 kr\""), "`amount` has no meaning unless `mode` is flat");
    assert_eq!(
        with("mode = \"discounted\"\ndiscount = \"100,01 %\""),
        "a rebate of `100,01 %` is more than the fee"
    );
    assert_eq!(
        with("mode = \"discounted\"\ndiscount = \"-1 %\""),
        "`-1 %` is not a portion in percent or per mille"
    );
}

/// A payer that is in no row of payers.csv, and one that stands twice in a tariff.
#[test]
fn a_federation_is_a_payer_and_stands_once() {
    let payer = "dme";
    let row = |payer: &str| {
        format!("[[tariff.federation]]\npayer = \"{payer}\"\nmode = \"discounted\"\ndiscount = \"1 %\"\n")
    };
    let of = |rows: [String; 2]| faults(&format!("rate = \"1 kr\"\n{}", rows.concat()));
    assert_eq!(of([row("dem"), String::new()]), ["no payer is called `dem`"]);
    assert_eq!(of([row(payer), row(payer)]), [format!("the federation `{payer}` stands twice")]);
}

/// Fifteen kronor or fifteen thousand, 150 inhabitants or 150 000: nobody can know, so nobody guesses.
#[test]
fn a_mark_that_could_group_thousands_is_refused() {
    for (settings, value) in [
        ("amount = \"15.000 kr\"", "15.000 kr"),
        ("amount = 15.000", "15.000"),
        ("rate = \"1 kr\"\nfloor = \"15,000\"", "15,000"),
        ("total = \"900.000\"\nkeys = [{ key = \"equal\", weight = \"100 %\" }]\namong = \"all\"", "900.000"),
    ] {
        assert_eq!(refused(settings), format!("`{value}` is not an amount in kronor"), "{settings}");
    }
    for cap in ["150.000", "\"150.000\"", "\"150,000\""] {
        let number = cap.trim_matches('"');
        assert_eq!(
            refused(&format!("rate = \"1 kr\"\ncap = {cap}")),
            format!("`{number}` is not a number of inhabitants of a municipality")
        );
    }
    for settings in ["rate = \"1.500 kr\"\nper = 1000\nunits = \"started\"", "tiers = [{ rate = \"1,500\" }]"]
    {
        assert!(refused(settings).ends_with("is not a rate in kronor per inhabitant"), "{settings}");
    }
    assert_eq!(faults("rate = \"2,675 kr\"\nbase = \"15 000,50 kr\""), [""; 0]);
}

#[test]
fn a_figure_that_could_be_thousands_is_refused() {
    let head = "municipality_code;figure;fee_year;value\n1440;x;2024;";
    let fault = |value: &str| {
        let folder = fixture().with("figures.csv", format!("{head}{value}\n"));
        Network::read(&folder).err().map(|faults| faults[0].mend.clone())
    };
    assert_eq!(fault("900.000"), Some("write `900 000` if thousands are meant, `900` if not".to_owned()));
    assert_eq!(fault("17.345"), Some("write `17 345` if thousands are meant, `17,3450` if not".to_owned()));
    for value in ["17,345", "17.3450", "900000", "900 000,5", "0.125"] {
        assert_eq!(fault(value), None, "{value}");
    }
}

/// How to mend the first fault of a tariff with these settings.
fn mend(settings: &str) -> String {
    let tariff = format!("name = \"X\"\n[[tariff]]\nname = \"T\"\nfrom = 2023\n{settings}\n");
    let folder = fixture().with("network.toml", tariff + "[[agreement]]\nhost = \"X\"\n");
    Network::read(&folder).err().map(|faults| faults[0].mend.clone()).unwrap_or_default()
}

/// A setting under the wrong heading, and one by another word: the refusal says where it belongs, and what it is called.
#[test]
fn a_mend_says_where_a_setting_belongs() {
    let rate = "rate = \"1 kr\"\n";
    assert_eq!(
        mend(&format!("{rate}[tariff.proration]\nrounding = \"ore\"")),
        "`rounding` is a setting of [[tariff]]: write it there, above the first `[tariff.…]` of that tariff"
    );
    assert_eq!(
        mend("amount = \"1 kr\"\n[tariff.ceilings]\n1440 = \"5 kr\"\nrounding = \"ore\""),
        "`rounding` is a setting of [[tariff]]: write it there, above the first `[tariff.…]` of that tariff"
    );
    assert_eq!(
        mend("brackets = [{ amount = \"1 kr\", rate = \"1 kr\" }]"),
        "write one of `above`, `below`, `from`, `rate`, `to`"
    );
    assert_eq!(
        mend(&format!("{rate}[limit]\nup = \"10 %\"")),
        "write `[tariff.limit]`, below the tariff that it is of"
    );
    assert_eq!(mend(&format!("{rate}minimum = \"5 kr\"")), "write `floor`");
    assert!(
        mend(&format!("{rate}[[tariff.class]]\nname = \"x\"\nmultiplier = \"90 %\"\nrebate = \"10 %\""))
            .contains("`multiplier = \"90 %\"`")
    );
    assert_eq!(
        mend(&format!("{rate}[tariff.year_factor]\nyear = 2024\nfactor = \"90 %\"")),
        "give `year_factor` a list of tables, `[[tariff.year_factor]]`"
    );
}

/// What a mend says to add can be copied as it stands.
#[test]
fn a_mend_shows_one_value_and_names_the_others() {
    assert_eq!(
        mend("rate = \"1 kr\"\nper = 100"),
        "add `units = \"in-proportion\"`, \"started\" or \"full\""
    );
    assert_eq!(
        mend("total = \"5 kr\"\nkeys = [{ key = \"equal\", weight = \"100 %\" }]"),
        "add `among = \"all\"`, or a list of municipality codes"
    );
    assert_eq!(
        mend("rate = \"1 kr\"\n[[tariff.class]]\nname = \"x\""),
        "add `multiplier = \"50 %\"`, or a fee of its own: `rate`, `amount`, `tiers` or another shape"
    );
    assert!(
        mend("rate = \"1 kr\"\n[[tariff.class]]\nname = \"x\"\nratio = \"5\"\nmultiplier = \"5 %\"")
            .contains("rate")
    );
    let index = "rate = \"1 kr\"\n[tariff.index]\nseries = \"X\"\nstatus = \"final\"\nlag_years = 1\n";
    assert_eq!(
        mend(&format!("{index}base = \"2022M10\"\napplies_to = \"rate\"")),
        "give `applies_to` \"fee\", or a list, `[\"rate\", \"amount\", \"floor\", \"ceiling\"]`"
    );
    for (base, mended) in [
        ("2022K4", "write the last month of the quarter, `2022M12`, here and beside its figure"),
        ("2022", "write the last month of the year, `2022M12`, here and beside its figure"),
        ("2022-10", "write the month as `2022M10`"),
        ("oktober 2022", "write the month as `2022M10`, the day as `12-31`"),
    ] {
        assert_eq!(mend(&format!("{index}base = \"{base}\"")), mended);
    }
    assert_eq!(
        mend(
            "tiers = [{ to = 1000, amount = \"1 kr\" }, { to = 5000, amount = \"2 kr\" }, { above = 5000 }]"
        ),
        "a tier without a lower end begins at 1: give each but the first its `from`, or `above` where the one before it ends"
    );
}

/// A class in members.csv that a tariff without classes knows nothing of: the member pays as all others do, and `check` says so.
#[test]
fn a_class_without_terms_is_told_by_check() {
    let warnings = |class: &str, terms: &str| -> Vec<String> {
        let members = format!("municipality_code;name;joined;payer;class\n1440;Ale kommun;;dme;{class}\n");
        let settings = format!(
            "name = \"X\"\n[[tariff]]\nname = \"T\"\nfrom = 2023\nrate = \"1 kr\"\n{terms}[[agreement]]\nhost = \"X\"\n"
        );
        let folder = fixture().with("network.toml", settings).with("members.csv", members);
        let found = Network::read(&folder).unwrap().check(None, |_, _| Vec::new());
        let told = found.into_iter().filter(|refusal| refusal.code == "member-class-should-have-terms");
        told.map(|refusal| refusal.message).collect()
    };
    let granne = "[[tariff.class]]\nname = \"granne\"\nmultiplier = \"100 %\"\n";
    let told = warnings("granne", "");
    assert_eq!(told[0], "`granne` is a class, and the tariff `T` of 2023 has no classes");
    assert_eq!(warnings("granne", granne), [""; 0]);
    assert_eq!(warnings("", ""), [""; 0]);
}
