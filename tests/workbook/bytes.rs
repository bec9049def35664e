//! The same input gives the same bytes, and what does not fit a workbook is refused.

use avgift::{EscalationTarget, FallPolicy, Language};
use avgift_report::{Error, workbook};

use crate::made::{clause, fee_of, fees, indices, members, sweden, tariff_t};

#[test]
fn the_same_input_gives_the_same_bytes() {
    let figures = sweden();
    let tariff = tariff_t().indexed(clause(EscalationTarget::Fee, FallPolicy::Follow));
    let made = || {
        let indices = indices(&["138,2", "142,6", "147,1"]);
        let years =
            [2023, 2024].map(|year| fees(&tariff, &members(&figures, true), &figures, &indices, year));
        let day = "2024-02-28".parse().ok();
        [None, day].map(|created| workbook("Sverige", &years, Language::Swedish, created).unwrap())
    };
    let (first, second) = (made(), made());
    assert!(first == second);
    assert!(first[0] != first[1], "the day of creation stands in the file");
}

#[test]
fn no_year_and_a_year_twice_are_refused() {
    let fees = fee_of(&tariff_t(), 32_446);
    let refused = |years: &[avgift::YearOfFees]| workbook("N", years, Language::Swedish, None).unwrap_err();
    assert_eq!(refused(&[]), Error::WorkbookMustHaveAYear);
    assert!(matches!(refused(&[fees.clone(), fees]), Error::FeeYearMustStandOnce { .. }));
}

/// A cell holds 32 767 characters, and one outside the first plane counts as two.
#[test]
fn a_text_that_no_cell_holds_is_refused() {
    let fees = [fee_of(&tariff_t(), 32_446)];
    let network = |letter: &str, count| workbook(&letter.repeat(count), &fees, Language::Swedish, None);
    assert!(network("x", 32_700).is_ok());
    assert!(matches!(network("x", 32_768), Err(Error::TextMustFitACell { length: 32_768, .. })));
    assert!(matches!(network("🏛", 16_384), Err(Error::TextMustFitACell { length: 32_768, .. })));
}

/// Ten thousand billion kronor are sixteen digits of öre.
#[test]
fn an_amount_of_sixteen_digits_is_refused() {
    let floor = |kronor: &str| {
        let tariff = crate::made::tariff("1,50");
        tariff.bounded(kronor.parse().unwrap(), "90 000 000 000 000".parse().unwrap()).unwrap()
    };
    let refused = workbook("N", &[fee_of(&floor("10 000 000 000 000"), 1)], Language::Swedish, None);
    assert!(matches!(refused, Err(Error::AmountMustFitASpreadsheet { .. })));
}
