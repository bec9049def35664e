//! Reader: what a SIE file says, read back by the text of the standard and by nothing of the writer's. Whatever it does not
//! expect stops the test.

use std::collections::{BTreeMap, BTreeSet};

use avgift::Sek;
use codepage_437::{CP437_CONTROL, FromCp437};

/// A file as it was read.
pub(crate) struct Read {
    /// Every record before the vouchers, its label first.
    pub(crate) records: Vec<Vec<String>>,
    pub(crate) vouchers: Vec<ReadVoucher>,
}

pub(crate) struct ReadVoucher {
    pub(crate) series: String,
    pub(crate) number: String,
    pub(crate) date: String,
    pub(crate) text: String,
    pub(crate) rows: Vec<ReadRow>,
}

pub(crate) struct ReadRow {
    pub(crate) account: String,
    pub(crate) objects: Vec<(String, String)>,
    pub(crate) amount: Sek,
    pub(crate) text: String,
}

impl Read {
    /// The fields of the records of a label.
    pub(crate) fn of(&self, label: &str) -> Vec<&[String]> {
        self.records.iter().filter(|record| record[0] == label).map(|record| &record[1..]).collect()
    }

    /// What the vouchers sum to on each account.
    pub(crate) fn balances(&self) -> BTreeMap<String, Sek> {
        let mut balances = BTreeMap::new();
        for row in self.vouchers.iter().flat_map(|voucher| &voucher.rows) {
            let balance: &mut Sek = balances.entry(row.account.clone()).or_default();
            *balance = balance.plus(row.amount).unwrap();
        }
        balances
    }
}

/// Which group of the file a label belongs to (paragraph 5.12).
fn group(label: &str) -> u8 {
    match label {
        "#FLAGGA" => 1,
        "#KONTO" | "#DIM" | "#OBJEKT" => 3,
        "#VER" | "#TRANS" => 4,
        "#PROGRAM" | "#FORMAT" | "#GEN" | "#SIETYP" | "#PROSA" | "#FNR" | "#ORGNR" | "#FNAMN" | "#RAR"
        | "#KPTYP" => 2,
        _ => panic!("{label} is no record that we write"),
    }
}

/// Reads a file; everything in it is as the standard wants it.
pub(crate) fn read(bytes: &[u8]) -> Read {
    assert!(bytes.ends_with(b"\r\n"), "the last line ends");
    assert!(bytes.iter().all(|byte| *byte >= 32 && *byte != 127 || b"\r\n".contains(byte)));
    let text = String::from_cp437(bytes.to_vec(), &CP437_CONTROL);
    let mut read = Read { records: Vec::new(), vouchers: Vec::new() };
    let mut open = false;
    let mut last_group = 1;
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{line}");
        match line {
            "{" => {
                assert!(!open && read.vouchers.last().unwrap().rows.is_empty());
                open = true;
                continue;
            }
            "}" => {
                assert!(open);
                open = false;
                continue;
            }
            _ => {}
        }
        let (fields, objects) = fields(line);
        assert!(group(&fields[0]) >= last_group, "{line}");
        last_group = group(&fields[0]);
        match fields[0].as_str() {
            "#VER" => {
                assert!(!open && fields.len() == 5, "{line}");
                let [series, number, date, text] = [1, 2, 3, 4].map(|place| fields[place].clone());
                assert!(text.chars().count() <= 50, "{text}");
                read.vouchers.push(ReadVoucher { series, number, date, text, rows: Vec::new() });
            }
            "#TRANS" => {
                assert!(open && fields.len() == 5, "{line}");
                let voucher = read.vouchers.last_mut().unwrap();
                assert_eq!(fields[3], voucher.date);
                let text = fields[4].clone();
                assert!(text.chars().count() <= 50, "{text}");
                let amount = fields[2].parse().unwrap();
                voucher.rows.push(ReadRow { account: fields[1].clone(), objects, amount, text });
            }
            _ => read.records.push(fields),
        }
    }
    assert!(!open);
    check(&read);
    read
}

/// What holds between the records.
fn check(read: &Read) {
    let declared = |label: &str, fields: usize| -> BTreeSet<Vec<String>> {
        let keys = read.of(label).into_iter().map(|record| record[..fields].to_vec());
        let count = read.of(label).len();
        let set: BTreeSet<Vec<String>> = keys.collect();
        assert_eq!(set.len(), count, "{label} is declared once each");
        set
    };
    let (accounts, dimensions, objects) =
        (declared("#KONTO", 1), declared("#DIM", 1), declared("#OBJEKT", 2));
    for voucher in &read.vouchers {
        assert!(!voucher.rows.is_empty());
        assert_eq!(Sek::sum(voucher.rows.iter().map(|row| row.amount)), Ok(Sek::ZERO), "{}", voucher.text);
        for row in &voucher.rows {
            assert!(accounts.contains(&vec![row.account.clone()]), "{}", row.account);
            for (dimension, number) in &row.objects {
                assert!(dimensions.contains(&vec![dimension.clone()]), "{dimension}");
                assert!(objects.contains(&vec![dimension.clone(), number.clone()]), "{number}");
            }
        }
    }
    for label in ["#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#ORGNR", "#FNAMN", "#RAR"] {
        assert_eq!(read.of(label).len(), 1, "{label}");
    }
}

/// The fields of a line, and the pairs of its list of objects, which counts as an empty field no more.
fn fields(line: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut fields, mut listed) = (Vec::new(), Vec::new());
    let (mut rest, mut in_list) = (line, false);
    loop {
        rest = rest.trim_start_matches(' ');
        let Some(first) = rest.chars().next() else { break };
        let field = match first {
            '{' | '}' => {
                assert_ne!(in_list, first == '{', "{line}");
                in_list = first == '{';
                rest = &rest[1..];
                continue;
            }
            '"' => {
                let (field, after) = rest[1..].split_once('"').unwrap_or_else(|| panic!("{line}"));
                assert!(after.is_empty() || after.starts_with([' ', '}']), "{line}");
                rest = after;
                field
            }
            _ => {
                let end = rest.find([' ', '}']).unwrap_or(rest.len());
                let (field, after) = rest.split_at(end);
                assert!(!field.contains(['"', '{']), "{line}");
                rest = after;
                field
            }
        };
        assert!(!field.contains('\\'), "{line}");
        if in_list { &mut listed } else { &mut fields }.push(field.to_owned());
    }
    assert!(!in_list && listed.len() % 2 == 0, "{line}");
    (fields, listed.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect())
}
