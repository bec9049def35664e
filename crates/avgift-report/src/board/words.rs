//! Words: amounts and names as they stand on the page.
//! Rule:    an amount is never broken over two lines, a minus is a minus sign and not a hyphen, and a user's own text steers
//!          neither the screen nor the page.

use avgift::{Assessment, Error, Exact, Language, Ratio, Rounding, Rule, Sek, Standing, grouped};

/// Spaces that no line is broken at, and a minus.
pub(super) fn whole(text: &str) -> String {
    text.replace(' ', "\u{a0}").replace('-', "\u{2212}")
}

/// `15 000 kr`.
pub(super) fn amount(amount: Sek, language: Language) -> String {
    whole(&amount.text(language))
}

/// Gives every amount of a column öre where one of them has any, so that kronor stand below kronor.
pub(super) fn even_out(cells: &mut [&mut String]) {
    const UNIT: &str = "\u{a0}kr";
    // What parts kronor from öre: the third character from the end of the number.
    let mark = |cell: &str| {
        let number = cell.split(" · ").next()?.strip_suffix(UNIT)?;
        let mark = number.chars().rev().nth(2)?;
        ",.".contains(mark).then_some(mark)
    };
    let Some(found) = cells.iter().find_map(|cell| mark(cell)) else { return };
    for cell in cells.iter_mut().filter(|cell| mark(cell).is_none()) {
        let end = cell.find(UNIT).filter(|end| cell[..*end].ends_with(|last: char| last.is_ascii_digit()));
        if let Some(end) = end {
            cell.insert_str(end, &format!("{found}00"));
        }
    }
}

/// `+5 122 kr`, `−80 kr`, `0 kr`.
pub(super) fn change(change: Sek, language: Language) -> String {
    let sign = if change > Sek::ZERO { "+" } else { "" };
    format!("{sign}{}", amount(change, language))
}

/// `32 446`.
pub(super) fn number(number: impl Into<i128>, language: Language) -> String {
    whole(&grouped(number.into(), language))
}

/// An exact amount to whole öre, for showing only: `1,55 kr`.
pub(super) fn with_ore(amount: Exact, language: Language) -> Result<String, Error> {
    Ok(whole(&Rounding::Ore.round(amount)?.text_with_ore(language)))
}

/// Kronor per inhabitant.
pub(super) fn per_inhabitant(fee: &Assessment) -> Result<Exact, Error> {
    Exact::from(fee.fee()).times(Ratio::new(1, i128::from(fee.inhabitants().get()))?)
}

/// A change in percent of what was before, to tenths: `+4,5`; none where nothing was before.
pub(super) fn percent(change: Sek, before: Sek, language: Language) -> Result<Option<String>, Error> {
    if before == Sek::ZERO {
        return Ok(None);
    }
    // A percent stands where an öre does in an amount, and a tenth is ten of them.
    let percent =
        Ratio::new(i128::from(change.ore()), i128::from(before.ore()))?.times(Ratio::whole(1_000))?;
    let tenths = Rounding::Ore.round(Exact::from_ore_ratio(percent))?.ore();
    let sign = if tenths > 0 { "+" } else { "" };
    let percent = avgift::decimal_text(avgift::Decimal::new(tenths, 1), language);
    Ok(Some(format!("{sign}{}", whole(&percent))))
}

/// A user's own text; what would steer a screen is made visible.
pub(super) fn shown(text: &str) -> String {
    text.replace(avgift::steers, "\u{fffd}")
}

/// The heading of a column of classes.
pub(super) fn class_heading(language: Language) -> String {
    crate::capitalised(&Rule::Class.text(language))
}

/// Where a fee stands between the bounds; nothing where neither was reached.
pub(super) fn standing(standing: Standing, language: Language) -> Option<String> {
    match standing {
        Standing::AtFloor => Some(Rule::Floor.text(language)),
        Standing::Within => None,
        Standing::AtCeiling => Some(Rule::Ceiling.text(language)),
    }
}

/// What is to be known of a fee beside its amount: the bound it stands at, that it is part of one fee or discounted, the share of
/// the year, that it is preliminary.
pub(super) fn remarks(fee: &Assessment, language: Language) -> Vec<String> {
    let share = (!fee.share().is_whole()).then(|| whole(&fee.share().text(language)));
    let preliminary = fee.is_preliminary().then(|| language.say("preliminary"));
    let federation = fee.federation_text(language);
    [standing(fee.standing(), language), federation, share, preliminary].into_iter().flatten().collect()
}

/// The same beside a bar, in few characters: `golv`, `6/12`.
pub(super) fn marks(fee: &Assessment, language: Language) -> Vec<String> {
    let share = fee.share();
    let share = (!share.is_whole()).then(|| format!("{}/{}", share.part(), share.whole()));
    [standing(fee.standing(), language), share].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 74 063 of 1 648 558 are 4,4926… %; half a tenth goes away from zero.
    #[test]
    fn a_percentage_is_rounded_once() {
        let percent = |change, before| {
            percent(Sek::from_ore(change), Sek::from_ore(before), Language::Swedish).unwrap()
        };
        assert_eq!(percent(7_406_300, 164_855_800).unwrap(), "+4,5");
        assert_eq!(percent(5, 10_000).unwrap(), "+0,1", "0,05 % goes up");
        assert_eq!(percent(-5, 10_000).unwrap(), "\u{2212}0,1");
        assert_eq!(percent(0, 10_000).unwrap(), "0,0");
        assert_eq!(percent(5, 0), None);
    }

    #[test]
    fn kronor_stand_below_kronor() {
        let even = |cells: [&str; 4]| {
            let mut cells = cells.map(|cell| cell.replace(' ', "\u{a0}").replace("_·_", " · "));
            even_out(&mut cells.each_mut());
            cells.map(|cell| cell.replace('\u{a0}', " "))
        };
        assert_eq!(
            even(["2 896 520 kr", "−40,50 kr", "inte medlem", ""]),
            ["2 896 520,00 kr", "−40,50 kr", "inte medlem", ""]
        );
        assert_eq!(
            even(["1,234 kr", "5,000 kr_·_floor", "0.05 kr", "32 446"]),
            ["1,234.00 kr", "5,000.00 kr · floor", "0.05 kr", "32 446"]
        );
        let whole = ["1 234 kr", "5 kr", "0 kr", "1,234 kr"];
        assert_eq!(even(whole), whole, "none has öre");
    }

    #[test]
    fn an_amount_stays_on_its_line() {
        assert_eq!(change(Sek::from_ore(512_200), Language::Swedish), "+5\u{a0}122\u{a0}kr");
        assert_eq!(change(Sek::from_ore(-8_050), Language::English), "\u{2212}80.50\u{a0}kr");
        assert_eq!(change(Sek::ZERO, Language::Swedish), "0\u{a0}kr");
    }
}
