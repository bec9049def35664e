//! The explanation as it is printed: whoever has the text alone comes to the same fee, in Swedish and in English.
//! Nothing of the assessment is looked at here but its text and, at the end, its fee.

use avgift::{
    Assessment, Decimal, Exact, Joined, Language, Member, PopulationFigure, PopulationMode, Proration,
    ProrationUnit, Ratio, Rounding, Sek, parse_decimal,
};
use avgift_laws::check;
use avgift_laws::proptest::test_runner::TestCaseError;
use avgift_laws::strategies::{assessable, networks};

use crate::made::{clause, day, indices, member, prorated, tariff_t, year};

const BOTH: [Language; 2] = [Language::Swedish, Language::English];

/// The text of a member at the floor, half a year, with an index and an assumed day: every line has something to say.
#[test]
fn an_explanation_as_it_is_printed() {
    let half_years = Proration { unit: ProrationUnit::Halves, ..Proration::default() };
    let tariff = avgift::Tariff { illustrative: true, ..prorated(tariff_t(), half_years) }
        .indexed(clause(2022, avgift::EscalationTarget::Fee));
    let schedule = tariff.schedule(year(2024), &indices(2022, &["133,5", "137,9"])).unwrap();
    let joined =
        Joined::SomeTimeIn { year: 2024, text: "hösten 2024".into(), assumed: Some(day("2024-10-01")) };
    let dals_ed = Member { joined: joined.into(), ..member("1438") };
    let figure = PopulationFigure::of_year_end(dals_ed.code, 2023, 4_606).unwrap();
    let assessment = schedule.assess(&dals_ed, &figure).unwrap();
    assert_eq!(
        assessment.explain(Language::Swedish),
        "\
Dals-Ed (1438), avgiftsår 2024
Taxa: T
Illustrativ taxa: nätverket har inte beslutat den.
1  invånarantal    4 606 invånare  SCB, 31 december 2023
2  efter invånare     6 909,00 kr  × 1,50 kr
3  golv              15 000,00 kr  15 000 kr
4  tak                    ej nått  120 000 kr
5  uppräkning      15 494,382… kr  × 137,9 / 133,5
   LÖI, oktober 2023 / oktober 2022, preliminär
6  del av året      7 747,191… kr  × 1 / 2 halvår
   antagen inträdesdag 1 oktober 2024; känt är bara `hösten 2024`
7  avrundning            7 747 kr  till hela kronor
   50 öre och mer går uppåt; lag (1970:1029) 2 §"
    );
    for language in BOTH {
        assert_eq!(replayed(&assessment.explain(language), language).unwrap(), assessment.fee());
    }
}

/// Over tariffs of every kind: bounds or none, every target of an index, printed tariffs, three policies, both orders.
#[test]
fn the_printed_steps_lead_to_the_fee() {
    check("printed_explanation_replays", assessable(), |(rule, inhabitants, share)| {
        replays(&rule.assessment(inhabitants, share).unwrap())
    })
    .unwrap();
}

/// Over networks: joining and leaving in every unit, assumed days named in the line.
#[test]
fn the_printed_steps_of_every_member_lead_to_its_fee() {
    check("printed_explanation_replays", networks(6), |(basis, fee_year)| {
        let fees = basis.assess_year(fee_year, PopulationMode::Published).unwrap();
        fees.assessments.iter().try_for_each(replays)
    })
    .unwrap();
}

/// A text with one digit changed leads to another fee or does not lead anywhere.
#[test]
fn a_changed_text_does_not_lead_to_the_fee() {
    let schedule = crate::made::plain(tariff_t());
    let assessment = crate::made::assessed(&schedule, 32_446);
    let text = assessment.explain(Language::Swedish);
    for (printed, changed) in [("32 446 inv", "32 447 inv"), ("× 1,50", "× 1,51"), ("15 000 kr", "50 000 kr")]
    {
        assert_ne!(
            replayed(&text.replace(printed, changed), Language::Swedish),
            Ok(assessment.fee()),
            "{changed}"
        );
    }
}

fn replays(assessment: &Assessment) -> Result<(), TestCaseError> {
    for language in BOTH {
        let text = assessment.explain(language);
        match replayed(&text, language) {
            Ok(fee) if fee == assessment.fee() => {}
            Ok(fee) => return Err(TestCaseError::fail(format!("the text leads to {fee} kr:\n{text}"))),
            Err(reason) => return Err(TestCaseError::fail(format!("{reason}:\n{text}"))),
        }
    }
    Ok(())
}

/// The fee that the numbered lines lead to; or the line that does not follow from those before it.
fn replayed(text: &str, language: Language) -> Result<Sek, String> {
    let mut inhabitants = Ratio::ZERO;
    let mut amount = Exact::ZERO;
    let numbered = |line: &&str| line.starts_with(|first: char| first.is_ascii_digit());
    for line in text.lines().filter(numbered) {
        let columns: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let (label, value) = (columns[1], columns[2]);
        let operand = columns.get(3).copied().unwrap_or_default();
        let unchanged = ["ej nått", "not reached", "gäller ej", "not in force", "hela året", "whole year"];
        let before = amount;
        match label {
            "invånarantal" | "population" => {
                inhabitants = number(before_word(value), language)?;
                continue;
            }
            "efter invånare" | "by population" => {
                amount = fits(parameter(after_times(operand)?, language)?.times(inhabitants))?;
            }
            "golv" | "floor" if !operand.is_empty() => amount = amount.max(parameter(operand, language)?),
            "tak" | "ceiling" if !operand.is_empty() => amount = amount.min(parameter(operand, language)?),
            "uppräkning" | "escalation" if !operand.is_empty() => {
                amount = fits(amount.times(value_of(after_times(operand)?, language)?))?;
            }
            "del av året" | "share of the year" if operand.starts_with('×') => {
                let share = before_word(after_times(operand)?);
                amount = fits(amount.times(value_of(share, language)?))?;
            }
            "avrundning" | "rounding" => {
                let fee = fits(rounding(operand)?.round(amount))?;
                return if fee.text(language) == value {
                    Ok(fee)
                } else {
                    Err(format!("{fee} kr is not `{value}`"))
                };
            }
            // A whole year takes no part away; where its first day was assumed, the amount is printed all the same.
            "del av året" | "share of the year" => {}
            _ if unchanged.contains(&value) => {}
            _ => return Err(format!("`{line}` tells nothing to compute")),
        }
        let printed = if unchanged.contains(&value) { before.text(language) } else { value.to_owned() };
        if amount.text(language) != printed {
            return Err(format!("line `{label}` is {}", amount.text(language)));
        }
    }
    Err("no line rounds the amount".to_owned())
}

/// `1,50 kr`, `1,50 kr × 142,6 / 138,2`, or `1,55 kr (1,50 kr × 142,6 / 138,2; till hela öre)`, which must then agree.
fn parameter(text: &str, language: Language) -> Result<Exact, String> {
    if let Some((printed, how)) = text.split_once(" kr (") {
        let (decided, step) = how.split_once("; ").ok_or("a printed tariff without its rounding")?;
        let printed = parameter(&format!("{printed} kr"), language)?;
        let each_year = step.strip_prefix("varje år ").or(step.strip_prefix("each year "));
        let again = match each_year {
            Some(step) => each_rounded(decided, rounding(step)?, language)?,
            None => fits(rounding(step)?.round(parameter(decided, language)?))?,
        };
        return if printed == again.into() { Ok(printed) } else { Err(format!("`{text}` is {again} kr")) };
    }
    let (decided, factor) = text.split_once(" × ").unwrap_or((text, "1"));
    let kronor = number(before_word(decided), language)?;
    let ore = fits(kronor.times(Ratio::whole(100)))?;
    fits(Exact::from_ore_ratio(ore).times(value_of(factor, language)?))
}

/// `1,50 kr × 142,6 / 138,2 × 147,1 / 142,6`, rounded before the first change and after each.
fn each_rounded(text: &str, step: Rounding, language: Language) -> Result<Sek, String> {
    match last_outside_brackets(text, " × ") {
        None => fits(step.round(parameter(text, language)?)),
        Some((before, change)) => {
            let before = Exact::from(each_rounded(before, step, language)?);
            fits(step.round(fits(before.times(value_of(change, language)?))?))
        }
    }
}

/// What `142,6 / 138,2 × (1 + 90 % × (173 / 170 − 1))` comes to: a sum of products of quotients, brackets and percentages.
fn value_of(text: &str, language: Language) -> Result<Ratio, String> {
    for (operator, apply) in [
        (" + ", Ratio::plus as fn(Ratio, Ratio) -> Result<Ratio, avgift::Error>),
        (" − ", Ratio::minus),
        (" × ", Ratio::times),
        (" / ", Ratio::over),
    ] {
        if let Some((left, right)) = last_outside_brackets(text, operator) {
            return fits(apply(value_of(left, language)?, value_of(right, language)?));
        }
    }
    if let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return value_of(inside, language);
    }
    match text.strip_suffix(" %") {
        Some(percent) => fits(number(percent, language)?.over(Ratio::whole(100))),
        None => number(text, language),
    }
}

/// What stands on either side of the last such operator that no bracket holds.
fn last_outside_brackets<'a>(text: &'a str, operator: &str) -> Option<(&'a str, &'a str)> {
    let is_outside = |place: usize| {
        let count = |bracket| text[..place].matches(bracket).count();
        count('(') == count(')')
    };
    let (place, _) = text.rmatch_indices(operator).find(|(place, _)| is_outside(*place))?;
    Some((&text[..place], &text[place + operator.len()..]))
}

fn rounding(text: &str) -> Result<Rounding, String> {
    let known = [
        ("till hela öre", "to whole öre", Rounding::Ore),
        ("till hela kronor", "to whole kronor", Rounding::Krona),
        ("till hela tiotal kronor", "to whole tens of kronor", Rounding::TenKronor),
        ("till hela hundratal kronor", "to whole hundreds of kronor", Rounding::HundredKronor),
    ];
    let told = known
        .into_iter()
        .find(|(swedish, english, _)| text.starts_with(swedish) || text.starts_with(english));
    told.map(|(_, _, rounding)| rounding).ok_or(format!("`{text}` is no rounding"))
}

/// A number as printed; English sets thousands apart with a comma.
fn number(text: &str, language: Language) -> Result<Ratio, String> {
    let plain = match language {
        Language::Swedish => text.to_owned(),
        Language::English => text.replace(',', ""),
    };
    let number: Option<Decimal> = parse_decimal(&plain);
    number.map(Ratio::from_decimal).ok_or(format!("`{text}` is no number"))
}

/// All but the last word: the number of `4 606 invånare`, of `15 000 kr`, of `6 / 12 månader`.
fn before_word(text: &str) -> &str {
    text.rsplit_once(' ').map_or(text, |(number, _)| number)
}

fn after_times(text: &str) -> Result<&str, String> {
    text.strip_prefix("× ").ok_or(format!("`{text}` has no ×"))
}

fn fits<T>(result: Result<T, avgift::Error>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
