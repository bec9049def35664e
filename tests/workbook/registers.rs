//! Registers as a workbook: sums, balances and what ties them, read by a reader that is not ours.

use std::io::Cursor;

use avgift::{Language, Sek};
use avgift_report::{RegisterBook, RegisterCell as Cell, RegisterColumn, RegisterSheet, register_workbook};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};

fn kr(text: &str) -> Sek {
    text.parse().unwrap()
}

fn column(heading: &str, is_figures: bool, is_summed: bool) -> RegisterColumn {
    RegisterColumn { heading: heading.into(), width: 16, is_figures, is_summed, is_printed: true }
}

/// Two payers: 60 739 kr and 20 000 kr paid of it, 37 500,10 kr; and a sheet that ties them.
fn book() -> RegisterBook {
    let row = |kind: &str, amount: &str, balance: Cell| {
        vec![Cell::Text(kind.into()), Cell::Amount(kr(amount)), balance]
    };
    let ledger = RegisterSheet {
        name: "Reskontra".into(),
        about: String::new(),
        columns: vec![
            column("Slag", false, false),
            column("Belopp", true, true),
            column("Saldo", true, false),
        ],
        rows: vec![
            row("Faktura", "60 739", Cell::Across(vec![1], vec![], kr("60 739"))),
            row("Inbetalning", "-20 000", Cell::Running(1, kr("40 739"))),
            row("Faktura", "37 500,10", Cell::Across(vec![1], vec![], kr("37 500,10"))),
        ],
        sum: Some("Summa".into()),
    };
    let of = |is: &str, negated, value: &str| Cell::Where {
        sheet: 1,
        column: 0,
        is: is.into(),
        of: 1,
        negated,
        value: kr(value),
    };
    let item = |item: &str, cell| vec![Cell::Text(item.into()), cell];
    let ties = RegisterSheet {
        name: "Avstämning".into(),
        about: String::new(),
        columns: vec![column("Post", false, false), column("Belopp", true, false)],
        rows: vec![
            item("Fakturerat", of("Faktura", false, "98 239,10")),
            item("Betalt", of("Inbetalning", true, "20 000")),
            item("Obetalt", Cell::Above(vec![2], vec![1], kr("78 239,10"))),
            item("Reskontra", Cell::Whole { sheet: 1, of: 1, value: kr("78 239,10") }),
        ],
        sum: None,
    };
    RegisterBook {
        title: "Nätverket".into(),
        notice: "huvud 2dc34053cdb41535".into(),
        sheets: vec![ties, ledger],
    }
}

fn opened(book: &RegisterBook) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = register_workbook(book, Language::Swedish).unwrap();
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

#[test]
fn sums_and_balances_are_formulas_with_their_values() {
    let mut read = opened(&book());
    assert_eq!(read.sheet_names(), ["Avstämning", "Reskontra"]);
    let formulas = read.worksheet_formula("Reskontra").unwrap();
    let formula = |row, column| formulas.get_value((row, column)).unwrap().as_str();
    assert_eq!(formula(5, 2), "ROUND(B6,2)");
    assert_eq!(formula(6, 2), "ROUND(C6+B7,2)");
    assert_eq!(formula(7, 2), "ROUND(B8,2)");
    assert_eq!(formula(9, 1), "ROUND(SUM('Reskontra'!$B$6:$B$8),2)");
    let values = read.worksheet_range("Reskontra").unwrap();
    assert_eq!(values.get_value((9, 1)), Some(&Data::Float(78_239.10)));
    assert_eq!(values.get_value((6, 2)), Some(&Data::Float(40_739.0)));
    assert_eq!(values.get_value((2, 0)), Some(&Data::String("huvud 2dc34053cdb41535".into())));
    let formulas = read.worksheet_formula("Avstämning").unwrap();
    let formula = |row| formulas.get_value((row, 1)).unwrap().as_str();
    let where_it_is = "SUMIF('Reskontra'!$A$6:$A$8,\"Inbetalning\",'Reskontra'!$B$6:$B$8)";
    assert_eq!(formula(6), format!("ROUND(-{where_it_is},2)"));
    assert_eq!(formula(7), "ROUND(B6-B7,2)");
    assert_eq!(formula(8), "ROUND(SUM('Reskontra'!$B$6:$B$8),2)");
}

/// A register without rows has sums of nothing, and no range that goes backwards.
#[test]
fn a_register_without_rows_sums_to_nothing() {
    let mut empty = book();
    empty.sheets[1].rows.clear();
    for cells in &mut empty.sheets[0].rows {
        cells[1] = match std::mem::replace(&mut cells[1], Cell::Empty) {
            Cell::Where { sheet, column, is, of, negated, .. } => {
                Cell::Where { sheet, column, is, of, negated, value: Sek::ZERO }
            }
            Cell::Whole { sheet, of, .. } => Cell::Whole { sheet, of, value: Sek::ZERO },
            Cell::Above(plus, minus, _) => Cell::Above(plus, minus, Sek::ZERO),
            cell => cell,
        };
    }
    let mut read = opened(&empty);
    let formulas = read.worksheet_formula("Reskontra").unwrap();
    assert_eq!(formulas.get_value((6, 1)).map(String::as_str), Some("0"));
    let formulas = read.worksheet_formula("Avstämning").unwrap();
    assert_eq!(formulas.get_value((5, 1)).map(String::as_str), Some("0"));
}

/// One row below, at and above what a sheet has room for, with its headings and its sums.
#[test]
fn more_rows_than_a_sheet_has_are_refused() {
    let of = |rows: usize| {
        let mut book = book();
        book.sheets.truncate(1);
        book.sheets[0].rows = vec![Vec::new(); rows];
        register_workbook(&book, Language::Swedish).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(of(1_048_567), Ok(()));
    assert_eq!(of(1_048_568), Ok(()));
    assert_eq!(of(1_048_569), Err("rows-must-fit-a-sheet"));
}
