//! Texts: whatever a name holds comes out as it went in, and never as a formula.

use avgift::{
    Basis, FeeYear, Language, Member, PayerId, PopulationFigure, PopulationMode, Populations, Tariff,
    Tariffs, YearOfFees,
};
use calamine::Data;

use crate::made::{clause, fees, indices, tariff_t};
use crate::opened::Opened;

/// Names that a spreadsheet, XML or a reader's eye could take for something else.
fn hostile() -> Vec<String> {
    let names = [
        "=1+1",
        "+46",
        "-x",
        "@SUM(A1)",
        "'=1",
        "<c r=\"A1\"><v>1</v></c>",
        "&amp; \" ' ]]> <!--",
        "_x0041_ _x000D_",
        " first and last ",
        "two\nlines\tand a tab",
        "TRUE",
        "0114",
        "1e5",
        "#REF!",
        "*",
        "?",
        ">0",
        "~",
        "ALE",
        "ale",
        "\u{202e}kommun",
        "\u{5d9}\u{5e8}\u{5d5}\u{5e9}\u{5dc}\u{5d9}\u{5dd} \u{0645}",
        "a\u{30a} å \u{212b}",
        "🏛️ 👩‍👩‍👧",
    ];
    names.map(str::to_owned).into_iter().chain(["Å".repeat(200)]).collect()
}

/// A network whose name, tariff, members and payers all are hostile.
pub(crate) fn hostile_network() -> (String, YearOfFees) {
    let names = hostile();
    let member = |(place, name): (usize, &String)| {
        let code = format!("01{:02}", place + 1).parse().unwrap();
        Member::new(code, name.clone()).paid_by(PayerId::new(name.as_str()))
    };
    let members: Vec<Member> = names.iter().enumerate().map(member).collect();
    let population = |(place, member): (usize, &Member)| {
        PopulationFigure::of_year_end(member.code, 2023, 1_000 + 7_919 * u32::try_from(place).unwrap())
    };
    let populations: Vec<_> = members.iter().enumerate().map(|pair| population(pair).unwrap()).collect();
    let clause = clause(avgift::EscalationTarget::Fee, avgift::FallPolicy::Follow);
    let tariff = Tariff {
        name: "=HYPERLINK(\"x\")".into(),
        decision: Some("+46 & <b>".into()),
        ..tariff_t().indexed(clause)
    };
    let fees = fees(&tariff, &members, &populations, &indices(&["138,2", "142,6", "147,1"]), 2024);
    ("=cmd|' /C calc'!A0 & <nätverk>".to_owned(), fees)
}

#[test]
fn a_text_stays_what_it_is() {
    let (network, fees) = hostile_network();
    let mut book = Opened::of(&network, &[fees], Language::Swedish);
    for sheet in ["Medlemmar 2024", "Avgifter 2024"] {
        for heading in ["Medlem", "Betalare"] {
            let column = book.column(sheet, heading);
            for (found, name) in column.iter().zip(hostile()) {
                assert_eq!(*found, Data::String(name), "{sheet}, {heading}");
            }
            assert_eq!(book.formula(sheet, heading), "", "{sheet}, {heading}");
        }
        assert_eq!(book.values(sheet).get_value((0, 0)), Some(&Data::String(network.clone())));
        assert_eq!(book.column(sheet, "Kod")[0], Data::String("0101".into()));
    }
    assert_eq!(book.formulas("Taxa 2024").get_value((6, 2)), None);
}

/// Whoever looks at one sheet alone is told that no network decided the tariff, and that older populations stand in.
#[test]
fn every_sheet_says_what_is_illustrative_and_preliminary() {
    let figures = crate::made::sweden();
    let member = [Member::new("1440".parse().unwrap(), "Ale")];
    let fees = fees(&tariff_t(), &member, &figures, &indices(&[]), 2026);
    let mut book = Opened::of("N", &[fees], Language::English);
    for sheet in book.sheets() {
        let notice = book.values(&sheet).get_value((2, 0)).cloned().unwrap().to_string();
        assert!(
            notice.contains("Illustrative tariff") && notice.contains("PRELIMINARY"),
            "{sheet}: {notice}"
        );
    }
    assert_eq!(
        book.column("Members 2026", "Remark")[0].to_string(),
        "preliminary; instead of 31 December 2025"
    );
}

/// The same of a day that the figures were known on: that of 31 December 2025 came on 24 February 2026.
#[test]
fn every_sheet_says_what_day_its_figures_were_known_on() {
    let mut populations = Populations::new();
    for figure in crate::made::sweden() {
        populations.add(figure).unwrap();
    }
    let members = vec![Member::new("1440".parse().unwrap(), "Ale")];
    let basis = Basis {
        members,
        tariffs: Tariffs::new(vec![tariff_t()]).unwrap(),
        populations,
        indices: indices(&[]),
    };
    let known = basis.as_known_on("2026-02-23".parse().unwrap());
    let fees = known.assess_year(FeeYear::new(2026).unwrap(), PopulationMode::NewestOnFile).unwrap();
    let mut book = Opened::of("N", &[fees], Language::English);
    for sheet in book.sheets() {
        let notice = book.values(&sheet).get_value((2, 0)).cloned().unwrap().to_string();
        assert!(notice.contains("As known on 23 February 2026"), "{sheet}: {notice}");
    }
}
