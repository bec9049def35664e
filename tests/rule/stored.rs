//! Stored: what an assessment writes as JSON it reads back, and its amounts follow from that alone.

use avgift::{Assessment, EscalationTarget, FallPolicy, Outcome, Proration, ProrationUnit, Sek, Tariff};
use avgift_laws::check;
use avgift_laws::proptest::prelude::Strategy;
use avgift_laws::proptest::{prop_assert, prop_assert_eq};
use avgift_laws::strategies::{assessable, networks};
use serde_json::Value;

use crate::made::{assessed, clause, day, indices, plain, prorated, tariff_t, year};

fn read(json: &Value) -> Result<Assessment, String> {
    serde_json::from_str(&json.to_string()).map_err(|error| error.to_string())
}

/// What is wrong with a stored assessment: the error of reading it, or that of its replay.
fn fault(json: &Value) -> Option<String> {
    match read(json) {
        Err(refused) => Some(refused),
        Ok(assessment) => assessment.replay().err().map(|error| error.to_string()),
    }
}

/// Ale, 32 446 inhabitants × 1,50 kr × 142,6 / 138,2 = 50 218,5195…, and that is 50 219 kr.
fn escalated() -> Assessment {
    let tariff = tariff_t().indexed(clause(2022, EscalationTarget::Fee));
    assessed(&tariff.schedule(year(2024), &indices(2022, &["138,2", "142,6"])).unwrap(), 32_446)
}

/// The fault of the escalated fee after one change.
fn after(change: impl FnOnce(&mut Value)) -> String {
    let mut json = serde_json::to_value(escalated()).unwrap();
    assert_eq!(fault(&json), None);
    change(&mut json);
    let fault = fault(&json).unwrap();
    fault.split(" at line ").next().unwrap().to_owned()
}

#[test]
fn the_first_difference_is_named_with_both_values() {
    assert_eq!(
        after(|it| it["steps"][1]["value"]["exact"] = "48670/1".into()),
        "1440, fee year 2024: the value of step 2, by population, is stored as 48,670.00 kr, and comes to 48,669.00 kr"
    );
    assert_eq!(
        after(|it| it["steps"][2]["outcome"] = "applied".into()),
        "1440, fee year 2024: the outcome of step 3, floor, is stored as applied, and comes to not reached"
    );
    assert_eq!(
        after(|it| it["steps"][3]["operand"]["bound"]["value"] = "120001/1".into()),
        "1440, fee year 2024: the amount of the year of step 4, ceiling, is stored as 120,001.00 kr, and comes to \
         120,000.00 kr"
    );
    assert_eq!(
        after(|it| it["fee"] = "50218.00".into()),
        "1440, fee year 2024: the fee is stored as 50,218 kr, and comes to 50,219 kr"
    );
    assert_eq!(
        after(|it| it["standing"] = "at-floor".into()),
        "1440, fee year 2024: the standing is stored as AtFloor, and comes to Within"
    );
}

/// Figures and factor are stored side by side; a factor that its figures do not make is not read at all.
#[test]
fn a_factor_is_that_of_its_figures() {
    let figures = |it: &mut Value| it["steps"][4]["operand"]["factor"].take();
    assert_eq!(
        after(|it| {
            let mut factor = figures(it);
            factor["pairs"][0]["to"]["value"] = "142.7".into();
            it["steps"][4]["operand"]["factor"] = factor;
        }),
        "the factor 713/691 is not that of its figures, 142.7 / 138.2"
    );
    assert_eq!(
        after(|it| it["steps"][4]["operand"]["factor"]["pairs"][0]["to"]["status"] = "final".into()),
        "a final figure is set against a preliminary one"
    );
}

/// Each type refuses what it could not have written, in its own words.
#[test]
fn what_no_assessment_writes_is_not_read() {
    let set =
        |pointer: &'static str, value: Value| after(move |it| *it.pointer_mut(pointer).unwrap() = value);
    assert_eq!(set("/code", "144".into()), "`144` is not a municipality code");
    assert_eq!(set("/inhabitants", 0.into()), "`0` is not a number of inhabitants of a municipality");
    assert_eq!(set("/year", 1967.into()), "`1967` is not a year from 1968 to 2199");
    assert_eq!(set("/fee", "50 219 kr".into()), "`50 219 kr` is written `50219.00`");
    assert_eq!(
        set("/fee", serde_json::from_str("50219.00").unwrap()),
        "invalid type: floating point `50219.0`, expected a string"
    );
    assert_eq!(
        set("/inhabitants", serde_json::from_str("32446.0").unwrap()),
        "invalid type: floating point `32446.0`, expected u32"
    );
    for ratio in ["2/2", "1/0", "1/-1", "+1/1", "1", "1/1/1", ""] {
        assert_eq!(
            set("/steps/5/value/exact", ratio.into()),
            format!("`{ratio}` is not a ratio in lowest terms")
        );
    }
    let rate = "/steps/1/operand/rate/decided/value";
    assert_eq!(set(rate, "10000".into()), "`10000` is not a rate in kronor per inhabitant");
    assert_eq!(set(rate, "1,50".into()), "`1,50` is written `1.50`");
    assert_eq!(set("/share/part", 2.into()), "2 of 1 is not a share of a year");
    assert_eq!(
        set("/steps/0/operand/population/reference_date", "2023-12-1".into()),
        "`2023-12-1` is written `2023-12-01`"
    );
    let figure = |field: &str| ["/steps/4/operand/factor/pairs/0/to/", field].concat();
    let set_figure =
        |field: &str, text: &str| after(|it| *it.pointer_mut(&figure(field)).unwrap() = text.into());
    assert_eq!(set_figure("value", "0"), "`0` is not an index figure");
    assert_eq!(set_figure("value", "1_42.6"), "`1_42.6` is written `142.6`");
    assert_eq!(set_figure("month", "202310"), "`202310` is written `2023M10`");
    assert_eq!(
        set("/steps/2/operand/bound/decided/value", "-1.00".into()),
        "an amount of the tariff is negative: `-1 kr`"
    );
    assert_eq!(
        set("/steps/2/operand/bound/decided/value", "120000.01".into()),
        "the floor is higher than the ceiling"
    );
    assert_eq!(set("/steps/2/rule", "ceiling".into()), "the steps do not stand in the order of the rule");
    assert_eq!(
        after(|it| it["steps"][2]["operand"] = it["steps"][4]["operand"].clone()),
        "the step `floor` holds a value or an operand of another step"
    );
}

/// 32 446 × 1,50 × 6 / 12 = 24 334,50; the day was assumed, and that is stored with what is known.
#[test]
fn an_assumed_day_reads_back() {
    use avgift::{BrokenUnit, Joined, Member, PopulationFigure};
    let unit = ProrationUnit::Months(BrokenUnit::Counted);
    let schedule = plain(prorated(tariff_t(), Proration { unit, ..Proration::default() }));
    let joined = Joined::SomeTimeIn { year: 2024, text: "sommaren".into(), assumed: Some(day("2024-07-01")) };
    let member = Member { joined: joined.into(), ..Member::new("1440".parse().unwrap(), "Ale") };
    let population = PopulationFigure::of_year_end(member.code, 2023, 32_446).unwrap();
    let assessment = schedule.assess(&member, &population).unwrap();
    let json = serde_json::to_value(&assessment).unwrap();
    assert_eq!(read(&json), Ok(assessment));
    assert_eq!(read(&json).unwrap().replay(), Ok("24 335 kr".parse::<Sek>().unwrap()));
    let changed = json.to_string().replace("[\"2024-07-01\",", "[\"2024-7-1\",");
    assert!(serde_json::from_str::<Assessment>(&changed).is_err());
}

/// Where the index fell, the factor is a product of rises: 99,2 / 100 is passed over, 103 / 99,2 is not.
#[test]
fn a_factor_of_several_rises_reads_back() {
    let clause = avgift::IndexClause { policy: FallPolicy::NeverDown, ..clause(2020, EscalationTarget::Fee) };
    let tariff = Tariff { from: year(2022), ..tariff_t() }.indexed(clause);
    let schedule = tariff.schedule(year(2024), &indices(2020, &["100", "101", "99,2", "103"])).unwrap();
    let assessment = assessed(&schedule, 32_446);
    let json = serde_json::to_value(&assessment).unwrap();
    assert_eq!(json["steps"][4]["operand"]["factor"]["pairs"].as_array().unwrap().len(), 2);
    assert_eq!(read(&json).as_ref(), Ok(&assessment));
    assert_eq!(assessment.replay(), Ok(assessment.fee()));
}

/// The same assessment, and the same bytes when it is written again.
#[test]
fn every_assessment_reads_back_and_replays() -> Result<(), avgift_laws::BrokenLaw> {
    let one = |assessment: &Assessment| {
        let json = serde_json::to_string(assessment).unwrap();
        let back: Assessment = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, assessment);
        prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
        prop_assert_eq!(back.replay(), Ok(assessment.fee()));
        Ok(())
    };
    check("reads_back", assessable(), |(rule, n, share)| one(&rule.assessment(n, share).unwrap()))?;
    check("reads_back", networks(6), |(basis, year)| {
        let fees = basis.assess_year(year, avgift::PopulationMode::Published).unwrap();
        fees.assessments.iter().try_for_each(one)
    })
}

/// Every value of a JSON text with the path to it.
fn leaves(json: &Value, path: &str, found: &mut Vec<String>) {
    match json {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// What else could stand in place of a value: other digits, the other names of the same list.
fn others(leaf: &Value) -> Vec<Value> {
    let lists: [&[&str]; 5] = [
        &["applied", "not-reached", "not-in-force"],
        &["at-floor", "within", "at-ceiling"],
        &["ore", "krona", "ten-kronor", "hundred-kronor"],
        &["year", "halves", "quarters", "months", "days"],
        &["preliminary", "final"],
    ];
    match leaf {
        Value::Bool(value) => vec![Value::Bool(!value)],
        Value::Number(number) => {
            let number = number.as_u64().unwrap();
            vec![(number + 1).into(), number.saturating_sub(1).into(), (number * 10).into()]
                .into_iter()
                .filter(|other| other != leaf)
                .collect()
        }
        Value::String(text) => {
            if let Some(list) = lists.iter().find(|list| list.contains(&text.as_str())) {
                return list.iter().filter(|other| *other != text).map(|other| Value::from(*other)).collect();
            }
            let changed = |(at, digit): (usize, char)| {
                let other = (digit.to_digit(10)? + 1) % 10;
                Some(Value::from(format!("{}{other}{}", &text[..at], &text[at + 1..])))
            };
            text.char_indices().filter_map(changed).collect()
        }
        Value::Null | Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}

/// What no amount hangs on, and what one figure may say as long as another agrees; see `replay`.
fn is_free(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap();
    let told = ["/code", "/name", "/payer", "/year", "/tariff", "/decision", "/illustrative"].contains(&path);
    let decided_in_place_of_the_index = path.contains("/changes/") && ["year", "decision"].contains(&last);
    told || decided_in_place_of_the_index
        || ["reference_date", "asked_for", "month"].contains(&last)
        || path.contains("/assumed/")
        || path.contains("/waiting/")
}

/// Whether the rate or bound that a decided value belongs to is rounded as in a printed tariff.
fn is_printed(json: &Value, decided: &str) -> bool {
    let parameter = decided.strip_suffix("/decided/value").unwrap();
    !json.pointer(parameter).unwrap()["printed"].is_null()
}

/// One number, one outcome, one figure changed, wherever it stands: it is noticed. What a rounding takes away is the one
/// exception: another step that gives the same amounts, a decided value that is printed as the same; no amount changes.
#[test]
fn every_change_of_a_number_is_noticed() -> Result<(), avgift_laws::BrokenLaw> {
    let cases = assessable().prop_map(|(rule, n, share)| rule.assessment(n, share).unwrap());
    check("noticed", cases, |assessment| {
        let json = serde_json::to_value(&assessment).unwrap();
        let mut paths = Vec::new();
        leaves(&json, "", &mut paths);
        prop_assert!(paths.len() > 30);
        for path in paths.iter().filter(|path| !is_free(path)) {
            for other in others(json.pointer(path).unwrap()) {
                let mut changed = json.clone();
                *changed.pointer_mut(path).unwrap() = other.clone();
                let again = read(&changed).ok().filter(|again| *again != assessment);
                let Some(Ok(fee)) = again.map(|again| again.replay()) else { continue };
                let is_rounding = path.ends_with("/operand/rounding") || path.ends_with("/printed");
                let is_rounded_away = path.ends_with("/decided/value") && is_printed(&json, path);
                // A part of no change at all is nothing, whatever part it is.
                let is_part = path.ends_with("/pass_through");
                // So is a figure of an earlier year, where what was printed then comes out the same.
                let chain = path.split_once("/factor/").and_then(|(parameter, _)| json.pointer(parameter));
                let is_chained = chain.is_some_and(|parameter| parameter["factor"]["chained"] == true);
                let is_harmless =
                    (is_rounding || is_rounded_away || is_part || is_chained) && fee == assessment.fee();
                prop_assert!(
                    is_harmless,
                    "{path}: {other} in place of {} is not noticed",
                    json.pointer(path).unwrap()
                );
            }
        }
        Ok(())
    })
}

/// A field less, a field more.
#[test]
fn every_field_is_there_and_no_other() {
    fn objects(json: &Value, path: &str, found: &mut Vec<String>) {
        match json {
            Value::Object(fields) => {
                found.push(path.to_owned());
                fields.iter().for_each(|(name, value)| objects(value, &format!("{path}/{name}"), found));
            }
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(at, value)| objects(value, &format!("{path}/{at}"), found));
            }
            _ => {}
        }
    }
    let json = serde_json::to_value(escalated()).unwrap();
    let mut paths = Vec::new();
    objects(&json, "", &mut paths);
    assert!(paths.len() > 20);
    for path in paths {
        let mut more = json.clone();
        more.pointer_mut(&path).unwrap()["more"] = Value::Null;
        assert!(read(&more).is_err(), "{path}: a field more");
        for field in json.pointer(&path).unwrap().as_object().unwrap().keys() {
            let mut less = json.clone();
            less.pointer_mut(&path).unwrap().as_object_mut().unwrap().remove(field);
            assert!(read(&less).is_err(), "{path}/{field}: a field less");
        }
    }
}

#[test]
fn an_outcome_is_one_of_three() {
    assert_eq!(serde_json::from_str::<Outcome>("\"not-reached\"").unwrap(), Outcome::NotReached);
    assert!(serde_json::from_str::<Outcome>("\"Applied\"").is_err());
}
