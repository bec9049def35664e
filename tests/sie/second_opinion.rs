//! A second opinion: another program's reading of SIE 4 and of code page 437, over the simple form of every file.

use std::io::Cursor;

use avgift::Sek;
use avgift_sie::{Account, FinancialYears, Pc8Text, Profile, Row, SieFile, Voucher};
use codepage_437::{CP437_CONTROL, FromCp437, ToCp437};
use sie4::Item;

use crate::fixture::day;
use crate::made::{all, company, head, simple};

/// The items of a file, every byte of which the other program understood.
fn items(file: &SieFile) -> Vec<Item> {
    let bytes = file.write();
    let labels = bytes.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"#")).count();
    let items: Vec<Item> = sie4::Reader::new(Cursor::new(&bytes))
        .map(|item| item.unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let rows: usize = file.vouchers().iter().map(|voucher| voucher.rows().len()).sum();
    assert_eq!(items.len() + rows, labels, "it stopped before the end");
    items
}

#[test]
fn vouchers_sums_and_names_are_the_same_elsewhere() {
    let mut tried = 0;
    for (name, file) in all() {
        if file.vouchers().iter().any(|it| it.rows().iter().any(|row| !row.objects.is_empty())) {
            continue;
        }
        let file = simple(&file);
        let mut vouchers = file.vouchers().iter();
        let mut numbers = std::collections::BTreeMap::new();
        for item in items(&file) {
            match item {
                Item::FNamn(it) => assert_eq!(it.name, "Exempelnätets huvudman, ideell förening", "{name}"),
                Item::Konto(it) => {
                    let rows = file.vouchers().iter().flat_map(Voucher::rows);
                    let known = |row: &&Row| row.account.number.as_str() == it.no.to_string();
                    let accounts: Vec<&Row> = rows.filter(known).collect();
                    assert_eq!(it.name, accounts.last().unwrap().account.name.as_str(), "{name}");
                }
                Item::Ver(it) => {
                    let voucher = vouchers.next().unwrap();
                    let number = numbers.entry(it.series.clone()).or_insert(0);
                    *number += 1;
                    assert_eq!(it.no, *number, "{name}");
                    assert_eq!(it.series, voucher.series().as_str(), "{name}");
                    assert_eq!(it.date.to_string(), voucher.date().to_string(), "{name}");
                    assert_eq!(it.text.as_deref(), Some(voucher.text().as_str()), "{name}");
                    assert_eq!(it.transactions.0.len(), voucher.rows().len(), "{name}");
                    for (found, row) in it.transactions.0.iter().zip(voucher.rows()) {
                        assert_eq!(found.account.to_string(), row.account.number.as_str(), "{name}");
                        assert_eq!(found.amount, row.amount.to_decimal(), "{name}");
                        assert_eq!(found.text.as_deref(), Some(row.text.as_str()), "{name}");
                    }
                }
                _ => {}
            }
        }
        assert_eq!(vouchers.next(), None, "{name}");
        tried += 1;
    }
    assert!(tried > 10, "{tried} files were tried");
}

/// Each character of the code page that we write is the other program's too, byte for byte.
#[test]
fn the_code_page_is_the_same_elsewhere() {
    let bytes: Vec<u8> = (0x20..0x7f).chain(0x80..=0xfe).filter(|byte| !b"\"\\{}".contains(byte)).collect();
    let letters = String::from_cp437(bytes.clone(), &CP437_CONTROL);
    let mut written = 0;
    for letter in letters.chars().filter(|letter| *letter != ' ') {
        let text = Pc8Text::new(letter.to_string());
        assert_eq!(text.as_str(), letter.to_string());
        assert_eq!(text.folded_from(), None);
        let file = named(&text);
        let byte = letter.to_string().to_cp437(&CP437_CONTROL).unwrap().into_owned();
        let field = [b"#KONTO 1510 \"".as_slice(), &byte, b"\"\r\n"].concat();
        assert!(file.windows(field.len()).any(|window| window == field), "{letter}");
        written += 1;
    }
    assert_eq!(written, bytes.len() - 1);
}

/// A file with one account of this name.
fn named(name: &Pc8Text) -> Vec<u8> {
    let account = Account { name: name.clone(), ..Account::new("1510", "").unwrap() };
    let rows = vec![Row::new(account, Sek::ZERO, "")];
    let voucher = Voucher::new("F".parse().unwrap(), day("2024-01-15"), "Prov", rows).unwrap();
    let year = FinancialYears::default().of(day("2024-01-15")).unwrap();
    let head = avgift_sie::Head { company: company(), ..head(Profile::Bas) };
    SieFile::new(head, year, vec![voucher]).unwrap().write()
}
