//! The workbook in numbers worked out by hand, and its formulas as an auditor reads them.

use avgift::{EscalationTarget, FallPolicy, Language, Member, Rounding, Tariff};
use calamine::Data;

use crate::made::{clause, fee_of, fees, indices, members, parameters, sweden, tariff, tariff_t};
use crate::opened::Opened;

fn number(value: f64) -> Data {
    Data::Float(value)
}

/// Ale, 32 394 inhabitants on 31 December 2022: × 1,50 kr is 48 591 kr; × 142,6 / 138,2 it is 50 138,036… kr.
#[test]
fn a_fee_is_computed_from_the_tariff_and_the_members() {
    let tariff = tariff_t().indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
    let member = [Member::new("1440".parse().unwrap(), "Ale")];
    let fees = fees(&tariff, &member, &sweden(), &indices(&["138,2", "142,6"]), 2023);
    let mut book = Opened::of("Nätverket", &[fees], Language::Swedish);
    assert_eq!(book.sheets(), ["Budgetram", "Taxa 2023", "Medlemmar 2023", "Avgifter 2023", "Betalare"]);
    assert_eq!(book.beside("Taxa 2023", "Sats"), number(1.5));
    assert_eq!(book.beside("Taxa 2023", "Indextal oktober 2022 (över strecket)"), number(142.6));
    assert_eq!(book.beside("Budgetram", "Summa"), number(50_138.0));
    let sheet = "Avgifter 2023";
    for (heading, formula, value) in [
        ("Invånare", "'Medlemmar 2023'!D6", 32_394.0),
        ("Efter invånare", "D6*Sats_2023", 48_591.0),
        ("Golv", "MAX(E6,Golv_2023)", 48_591.0),
        ("Tak", "MIN(F6,Tak_2023)", 48_591.0),
        ("Uppräknat", "G6*Faktor_2023", 50_138.036_179_450_07),
        ("Del av året", "H6*'Medlemmar 2023'!G6/'Medlemmar 2023'!H6", 50_138.036_179_450_07),
        ("Beloppet i delar", "ROUND(I6*100*Delar_2023,0)", 3_464_538_300.0),
        ("Avgift", "INT((2*M6+Stegdelar_2023)/(2*Stegdelar_2023))*Avrundningssteg_2023/100", 50_138.0),
    ] {
        assert_eq!(book.formula(sheet, heading), formula);
        assert_eq!(book.column(sheet, heading)[0], number(value), "{heading}");
    }
    // 142,6 / 138,2 is 713 / 691: 48 591 kr × 713 are so many parts of 1/691 öre.
    assert_eq!(book.beside("Taxa 2023", "Delar av ett öre"), number(691.0));
    let standing = "IF(E6>Tak_2023,\"tak\",IF(E6<Golv_2023,\"golv\",\"mellan\"))";
    assert_eq!(book.formula(sheet, "Läge"), standing);
}

/// 2,675 kr × 100 inhabitants is 267,50 kr, and half a krona goes up; binary fractions would make it 267,499….
#[test]
fn half_a_step_goes_up() {
    for (rate, inhabitants, fee) in
        [("2,675", 100, 268.0), ("0,005", 100, 1.0), ("1,25", 2, 3.0), ("0,005", 99, 0.0)]
    {
        let mut book = Opened::of("N", &[fee_of(&tariff(rate), inhabitants)], Language::English);
        assert_eq!(book.column("Fees 2024", "Fee")[0], number(fee), "{rate}");
    }
}

/// 1,50 kr × 147,1 / 138,2 is 1,5965… kr, printed as 1,60; 15 000 kr become 15 965,99… and 16 000, 120 000 kr 127 700.
#[test]
fn a_printed_tariff_is_rounded_before_the_fee() {
    let printed = parameters([true; 3], Some((Rounding::Ore, Rounding::HundredKronor)));
    let clause = avgift::IndexClause { lag_years: 1, ..clause(printed, FallPolicy::Follow) };
    let mut book = Opened::of("N", &[fee_of(&tariff_t().indexed(clause), 32_446)], Language::Swedish);
    let values = book.values("Taxa 2024");
    let of_the_year = (0..=values.end().unwrap().0)
        .position(|row| values.get_value((row, 0)).is_some_and(|cell| *cell == *"I avgiftsåret 2024"));
    let first = u32::try_from(of_the_year.unwrap()).unwrap() + 1;
    let value = |row: u32| values.get_value((first + row, 1)).cloned().unwrap();
    assert_eq!([value(0), value(1), value(2)], [number(1.6), number(16_000.0), number(127_700.0)]);
    assert_eq!(book.column("Avgifter 2024", "Avgift")[0], number(51_914.0)); // 51 913,60
}

/// Every stored value of the 290 fees is the engine's, to the öre.
#[test]
fn the_stored_values_are_the_engines() {
    let figures = sweden();
    let tariff = Tariff { rounding: Rounding::Ore, ..tariff_t() };
    let tariff = tariff.indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
    let fees =
        fees(&tariff, &members(&figures, true), &figures, &indices(&["138,2", "142,6", "147,1"]), 2024);
    let mut book = Opened::of("Sverige", std::slice::from_ref(&fees), Language::English);
    let column = book.column("Fees 2024", "Fee");
    assert_eq!(column.len(), 291);
    for (fee, found) in fees.assessments.iter().zip(&column) {
        assert_eq!(*found, number(fee.fee().to_string().parse().unwrap()));
    }
    assert_eq!(column[290], number(fees.frame.sum.to_string().parse().unwrap()));
    assert_eq!(
        book.beside("Budget frame", "Payers"),
        number(f64::from(u32::try_from(fees.frame.payers).unwrap()))
    );
}

/// What no spreadsheet computes exactly is the engine's own value, and the row says so.
#[test]
fn an_amount_that_does_not_fit_is_a_value_and_says_so() {
    // 0,005 kr × 9 999 997 × 99 999,99 / 99 999,97 is 9 999 999 halves of an öre, and an öre has 19 999 994 parts.
    let clause = clause(parameters([true, false, false], None), FallPolicy::Follow);
    let tariff = Tariff { rounding: Rounding::Ore, ..tariff("0,005") }.indexed(clause);
    let series = ["99999,97", "99999,98", "99999,99", "99999,99"];
    let member = [Member::new("1440".parse().unwrap(), "Ale")];
    let figure = avgift::PopulationFigure::of_year_end(member[0].code, 2024, 9_999_997).unwrap();
    let fees = fees(&tariff, &member, &[figure], &indices(&series), 2025);
    let mut book = Opened::of("N", &[fees], Language::Swedish);
    assert_eq!(book.formula("Avgifter 2025", "Avgift"), "");
    assert_eq!(book.column("Avgifter 2025", "Avgift")[0], number(50_000.0)); // 49 999,995
    let remark = book.column("Avgifter 2025", "Anmärkning")[0].to_string();
    assert!(remark.contains("programmets eget"), "{remark}");
}
