//! Names: which municipality a written name means, or none and what may have been meant.
//! Rule:    exact first; then without a footnote mark and the last word "kommun" or "stad"; then without one genitive s;
//!          then with space for hyphen. å, ä and ö are never folded (Habo and Håbo are two), and the s of Alingsås,
//!          Bengtsfors, Borås and Sotenäs is tried as part of the name first. A near miss is suggested, never taken.
//! Source:  data/municipalities.csv, the 290 of Statistics Sweden.

use std::sync::LazyLock;

use avgift::MunicipalityCode;
pub use avgift::sort_key;

static REGISTER: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    let rows = include_str!("../data/municipalities.csv").lines().skip(1);
    let municipality = |row: &'static str| {
        let (code, name) = row.split_once(',')?;
        Some(Municipality { code: code.parse().ok()?, name })
    };
    rows.filter_map(municipality).collect() // A test holds the number of rows to 290.
});

/// No name is longer, by far; nearer ones of a longer text are not looked for.
pub(crate) const LONGEST_NAME: usize = 100;

/// A municipality of Sweden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Municipality {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its name as Statistics Sweden writes it: `Ale`.
    pub name: &'static str,
}

/// All 290 municipalities, by code.
pub fn municipalities() -> impl Iterator<Item = Municipality> {
    REGISTER.iter().copied()
}

/// The municipality with a code that is in use today.
#[must_use]
pub fn by_code(code: MunicipalityCode) -> Option<Municipality> {
    municipalities().find(|municipality| municipality.code == code)
}

/// The municipality that a written name means.
///
/// ```
/// use avgift_network::names;
/// assert_eq!(names::by_name("Dals Eds kommun").unwrap().name, "Dals-Ed");
/// assert_eq!(names::by_name("Borås Stad").unwrap().code.as_str(), "1490");
/// assert!(names::by_name("Möndals Stad").is_none());
/// assert_eq!(names::suggestions("Möndals Stad")[0].name, "Mölndal");
/// ```
#[must_use]
pub fn by_name(text: &str) -> Option<Municipality> {
    spellings(text).iter().find_map(|spelling| named(spelling))
}

/// The municipalities that a name which means none may have meant: the nearest, at most three where several are as near.
#[must_use]
pub fn suggestions(text: &str) -> Vec<Municipality> {
    if text.len() > LONGEST_NAME {
        return Vec::new();
    }
    let distance = |municipality: &Municipality| {
        let name = municipality.name.to_lowercase();
        spellings(text)
            .iter()
            .map(|spelling| strsim::damerau_levenshtein(&spelling.to_lowercase(), &name))
            .min()
    };
    let mut near: Vec<(usize, Municipality)> =
        municipalities().filter_map(|municipality| Some((distance(&municipality)?, municipality))).collect();
    near.retain(|(distance, municipality)| *distance <= 1 + municipality.name.chars().count() / 4);
    near.sort_by_key(|(distance, municipality)| (*distance, municipality.code));
    let nearest = near.first().map(|(distance, _)| *distance);
    near.retain(|(distance, _)| Some(*distance) == nearest);
    near.into_iter().take(3).map(|(_, municipality)| municipality).collect()
}

fn named(name: &str) -> Option<Municipality> {
    municipalities().find(|municipality| municipality.name == name)
}

/// The spellings to try, in the order of the rule.
fn spellings(text: &str) -> Vec<String> {
    let text = text.trim();
    let unmarked =
        text.trim_end_matches(['*', '¹', '²', '³', ')', '†']).trim_end_matches(|c: char| c.is_ascii_digit());
    let short = match unmarked.trim_end().rsplit_once(' ') {
        Some((rest, last)) if ["kommun", "stad"].contains(&last.to_lowercase().as_str()) => rest,
        _ => unmarked,
    };
    let short = short.trim_end();
    let nominative = short.strip_suffix('s').unwrap_or(short);
    let hyphened = [short.replace(' ', "-"), nominative.replace(' ', "-")];
    [text, short, nominative].into_iter().map(str::to_owned).chain(hyphened).collect()
}

/// The code that a municipality had on a day, where it was another one: Heby was 1917 until the end of 2006.
#[must_use]
pub fn code_today(code: &str) -> Option<MunicipalityCode> {
    (code == "1917").then(|| "0331".parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_290_municipalities() {
        assert_eq!(municipalities().count(), 290);
    }

    /// name → code → name for every municipality, plain, with "kommun", and in the genitive with "kommun" and "Stad".
    #[test]
    fn every_municipality_resolves_in_every_spelling_of_the_law() {
        for municipality in municipalities() {
            let name = municipality.name;
            // A Swedish name that ends in s, x or z takes no s in the genitive.
            let genitive = if name.ends_with(['s', 'x', 'z']) { name.to_owned() } else { format!("{name}s") };
            for spelling in [
                name.to_owned(),
                format!("{name} kommun"),
                format!("{genitive} kommun"),
                format!("{genitive} Stad"),
                format!("{genitive} stad*"),
                format!("{name}¹"),
                name.replace('-', " "),
                format!("{} kommun", genitive.replace('-', " ")),
            ] {
                assert_eq!(by_name(&spelling), Some(municipality), "{spelling}");
            }
            assert_eq!(by_code(municipality.code).unwrap().name, name);
        }
    }

    #[test]
    fn letters_are_never_folded() {
        assert_ne!(by_name("Habo").unwrap().code, by_name("Håbo").unwrap().code);
        for name in ["Alingså", "Borå", "Mölndahl", "Goteborg", "", "kommun", "Stad", "s"] {
            assert_eq!(by_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_near_miss_is_suggested_and_not_taken() {
        assert_eq!(by_name("Möndals Stad"), None);
        assert_eq!(suggestions("Möndals Stad")[0].name, "Mölndal");
        assert_eq!(suggestions("Götebrg")[0].name, "Göteborg");
        assert!(suggestions("Xyzzyxyzzy").is_empty());
    }
}
