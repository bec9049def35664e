//! Sampling: the fee over inhabitants, as the schedule itself gives it; nothing is known here of the shape of a tariff.
//! Rule:    the fee is asked for evenly, at every member, and between two answers wherever the middle is not where a straight
//!          line would have it, down to the one inhabitant more that changes the fee. Where the fee comes to another bound, the
//!          number of inhabitants is found exactly.
//! Units:   inhabitants and whole öre; what is left out lies within a third of a pixel of the line.
//! Errors:  those of [`Schedule::assess`].

use std::collections::BTreeMap;

use avgift::{
    Assessment, Error, Inhabitants, Member, MunicipalityCode, PopulationFigure, Schedule, Sek, Standing,
};

use super::lines::Line;

/// The fee of a whole year over inhabitants.
#[derive(Debug)]
pub(super) struct Curve {
    /// Inhabitants and fee, from one inhabitant on; straight lines between them.
    pub(super) points: Vec<(u32, Sek)>,
    /// Where the fee jumps at the end of a tier: the first number of inhabitants beyond it, the fee before and there.
    pub(super) jumps: Vec<(u32, Sek, Sek)>,
    /// Where the fee comes to another bound: the first number of inhabitants, and the standing before and there.
    pub(super) breaks: Vec<(u32, Standing, Standing)>,
}

/// So many even steps.
const STEPS: u32 = 96;
/// A chart shows a difference of a thousandth of its height.
const SEEN: i64 = 1_000;
/// Nor one inhabitant of so many, unless the standing changes there.
const SEEN_ACROSS: u32 = 2_000;

impl Curve {
    /// The curve of a line from one inhabitant to `last`, through every member of `through`.
    pub(super) fn of(
        schedule: &Schedule,
        line: Line<'_>,
        last: Inhabitants,
        through: impl IntoIterator<Item = Inhabitants>,
    ) -> Result<Curve, Error> {
        let last = last.get();
        let answer = |count: u32| answer(schedule, line, count);
        let even = (0..=STEPS).map(|step| 1 + step * (last / STEPS)).chain([last]);
        let mut asked = BTreeMap::new();
        // Both sides of the end of a tier, and one inhabitant further on either side.
        let knots: Vec<u32> = line.knots(schedule.tariff()).into_iter().filter(|knot| *knot < last).collect();
        let beside = |knot: &u32| knot.saturating_sub(1)..=knot.saturating_add(2);
        let through = through.into_iter().map(Inhabitants::get).chain(knots.iter().flat_map(beside));
        for count in even.chain(through).filter(|count| (1..=last).contains(count)) {
            asked.insert(count, answer(count)?);
        }
        let highest = asked.values().map(|(fee, _)| fee.ore()).max().unwrap_or_default();
        let tolerance = (highest / SEEN).max(schedule.tariff().rounding.step_ore());
        let finest = (last / SEEN_ACROSS).max(1);
        let mut open: Vec<(u32, u32)> = asked.keys().copied().zip(asked.keys().copied().skip(1)).collect();
        while let Some((low, high)) = open.pop() {
            let middle = u32::midpoint(low, high);
            if middle == low {
                continue;
            }
            let (before, after, between) = (asked[&low], asked[&high], answer(middle)?);
            let is_straight = lies_on((low, before.0), (high, after.0), (middle, between.0), tolerance);
            let same_standing = before.1 == between.1 && between.1 == after.1;
            if same_standing && (is_straight || high - low <= finest) {
                continue;
            }
            asked.insert(middle, between);
            open.extend([(low, middle), (middle, high)]);
        }
        let breaks = asked.iter().zip(asked.iter().skip(1));
        let breaks = breaks.filter(|((_, before), (_, after))| before.1 != after.1);
        let breaks = breaks.map(|((_, before), (count, after))| (*count, before.1, after.1)).collect();
        let step = schedule.tariff().rounding.step_ore();
        let jumps: Vec<_> = knots.iter().filter_map(|knot| jump(&asked, *knot, step)).collect();
        let points: Vec<(u32, Sek)> = asked.into_iter().map(|(count, (fee, _))| (count, fee)).collect();
        let mut kept = Vec::new();
        let mut rest = points.as_slice();
        for (first, ..) in &jumps {
            let (piece, after) = rest.split_at(rest.partition_point(|(count, _)| count < first));
            kept.extend(without_what_lies_between(piece, tolerance));
            rest = after;
        }
        kept.extend(without_what_lies_between(rest, tolerance));
        Ok(Curve { points: kept, jumps, breaks })
    }

    /// The curve between its jumps.
    pub(super) fn pieces(&self) -> Vec<&[(u32, Sek)]> {
        let mut pieces = Vec::new();
        let mut rest = self.points.as_slice();
        for (first, ..) in &self.jumps {
            let (piece, after) = rest.split_at(rest.partition_point(|(count, _)| count < first));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        pieces
    }

    /// What the curve spans.
    pub(super) fn least_and_most(&self) -> (Sek, Sek) {
        let fees = || self.points.iter().map(|(_, fee)| *fee);
        (fees().min().unwrap_or_default(), fees().max().unwrap_or_default())
    }
}

/// The jump after a number of inhabitants: one more changes the fee more than twice what one more does on either side.
fn jump(asked: &BTreeMap<u32, (Sek, Standing)>, last: u32, step: i64) -> Option<(u32, Sek, Sek)> {
    let fee = |count: u32| asked.get(&count).map(|(fee, _)| *fee);
    let change = |from: Option<Sek>, to: Option<Sek>| Some((to?.ore() - from?.ore()).abs());
    let (before, there) = (fee(last)?, fee(last + 1)?);
    let across = change(Some(before), Some(there))?;
    let sides = [change(fee(last - 1), Some(before)), change(Some(there), fee(last + 2))];
    let usual = sides.into_iter().flatten().max().unwrap_or_default();
    (across > usual.saturating_mul(2).saturating_add(step)).then_some((last + 1, before, there))
}

/// The fee of a member of a line that has so many inhabitants and owes the whole year.
fn probe(schedule: &Schedule, line: Line<'_>, inhabitants: Inhabitants) -> Result<Assessment, Error> {
    let code = MunicipalityCode::from_ascii(b"0101").expect("a county and a municipality");
    let figure = PopulationFigure {
        code,
        reference_date: schedule.tariff().reference_date.in_year(schedule.year()),
        inhabitants,
        origin: None,
    };
    let class = line.class.map(|class| class.to_owned().into());
    schedule.assess(&Member { class, ..Member::new(code, "") }, &figure)
}

fn answer(schedule: &Schedule, line: Line<'_>, count: u32) -> Result<(Sek, Standing), Error> {
    let fee = probe(schedule, line, Inhabitants::new(count)?)?;
    Ok((fee.fee(), fee.standing()))
}

/// Whether a point lies within so many öre of the line between two others.
fn lies_on(from: (u32, Sek), to: (u32, Sek), point: (u32, Sek), tolerance: i64) -> bool {
    let wide = |(count, fee): (u32, Sek)| (i128::from(count), i128::from(fee.ore()));
    let ((low, first), (high, last), (middle, between)) = (wide(from), wide(to), wide(point));
    let on_line = first * (high - middle) + last * (middle - low);
    (between * (high - low) - on_line).abs() <= i128::from(tolerance) * (high - low)
}

/// The points that a drawing needs: each one left out lies on the line between its neighbours that are kept.
fn without_what_lies_between(points: &[(u32, Sek)], tolerance: i64) -> Vec<(u32, Sek)> {
    let mut kept: Vec<usize> = points.first().map(|_| 0).into_iter().collect();
    for place in 1..points.len().saturating_sub(1) {
        let from = kept.last().copied().unwrap_or_default();
        let all_on_line = points[from + 1..=place]
            .iter()
            .all(|point| lies_on(points[from], points[place + 1], *point, tolerance));
        if !all_on_line {
            kept.push(place);
        }
    }
    kept.extend((points.len() > 1).then(|| points.len() - 1));
    kept.into_iter().map(|place| points[place]).collect()
}

#[cfg(test)]
mod tests {
    use avgift::{FeeYear, Indices, Shape, Tariff, Tier, Tiers};

    use super::*;

    fn schedule(rate: &str, bounds: Option<(&str, &str)>) -> Schedule {
        let year = FeeYear::new(2024).unwrap();
        let tariff = Tariff::per_inhabitant("T", year, rate.parse().unwrap());
        let tariff = match bounds {
            Some((floor, ceiling)) => {
                tariff.bounded(floor.parse().unwrap(), ceiling.parse().unwrap()).unwrap()
            }
            None => tariff,
        };
        tariff.schedule(year, &Indices::new()).unwrap()
    }

    const PLAIN: Line<'static> = Line { class: None };

    fn inhabitants(count: u32) -> Inhabitants {
        Inhabitants::new(count).unwrap()
    }

    /// 1,50 kr, 15 000 to 120 000 kr: 10 000 and 80 000 inhabitants come to the bounds by themselves.
    #[test]
    fn the_breaks_are_found_to_the_inhabitant() {
        let curve =
            Curve::of(&schedule("1,50", Some(("15 000", "120 000"))), PLAIN, inhabitants(604_616), [])
                .unwrap();
        use Standing::{AtCeiling, AtFloor, Within};
        assert_eq!(curve.breaks, [(10_000, AtFloor, Within), (80_001, Within, AtCeiling)]);
        let kronor = |kronor| Sek::from_kronor(kronor).unwrap();
        assert_eq!(curve.least_and_most(), (kronor(15_000), kronor(120_000)));
        assert!((4..=8).contains(&curve.points.len()), "{:?}", curve.points);
    }

    /// Every fee, and not only those that were asked for, lies on the line that is drawn.
    #[test]
    fn the_line_is_where_the_fees_are() {
        for (schedule, last) in [
            (schedule("1,50", Some(("15 000", "120 000"))), 100_000),
            (schedule("72,64", None), 30_000),
            (schedule("0", None), 500),
            (schedule("9 999,99", Some(("1", "2"))), 90),
        ] {
            let curve = Curve::of(&schedule, PLAIN, inhabitants(last), []).unwrap();
            let tolerance = 2 * (curve.least_and_most().1.ore() / SEEN).max(100);
            let fees = schedule.bulk(avgift::Share::WHOLE).unwrap();
            for pair in curve.points.windows(2) {
                for count in pair[0].0..=pair[1].0 {
                    let fee = fees.fee(inhabitants(count));
                    assert!(lies_on(pair[0], pair[1], (count, fee), tolerance), "{count}: {fee}, {pair:?}");
                }
            }
            assert_eq!((curve.points[0].0, curve.points.last().unwrap().0), (1, last));
        }
    }

    /// Steps, a rate by size and brackets: where one inhabitant more costs another tier, both ends are kept, to the inhabitant.
    #[test]
    fn a_jump_has_both_its_ends() {
        let kronor = |kronor| Sek::from_kronor(kronor).unwrap();
        let year = FeeYear::new(2024).unwrap();
        let curve = |shape: Shape| {
            let schedule = Tariff::of("T", year, shape).schedule(year, &Indices::new()).unwrap();
            Curve::of(&schedule, PLAIN, inhabitants(60_000), []).unwrap()
        };
        let amount = |from, to, of: i64| Tier::of_amount(from, to, kronor(of));
        let steps = vec![
            amount(1, Some(9_999), 1_000),
            amount(10_000, Some(29_999), 1_800),
            amount(30_000, None, 2_200),
        ];
        let steps = curve(Shape::Tiers(Tiers::new(steps).unwrap()));
        assert_eq!(
            steps.jumps,
            [(10_000, kronor(1_000), kronor(1_800)), (30_000, kronor(1_800), kronor(2_200))]
        );
        let flat = |from, to, of| vec![(from, kronor(of)), (to, kronor(of))];
        assert_eq!(
            steps.pieces(),
            [flat(1, 9_999, 1_000), flat(10_000, 29_999, 1_800), flat(30_000, 60_000, 2_200)]
        );

        let rate = |from, to, rate: &str| Tier::of_rate(from, to, rate.parse().unwrap());
        // 19 999 × 2,00 is 39 998 kr, 20 000 × 1,50 is 30 000 kr: one more costs less.
        let sizes = vec![rate(1, Some(19_999), "2,00"), rate(20_000, None, "1,50")];
        assert_eq!(
            curve(Shape::Tiers(Tiers::new(sizes.clone()).unwrap())).jumps,
            [(20_000, kronor(39_998), kronor(30_000))]
        );
        // The same rates by bracket bend the line at 20 000, and nothing jumps.
        let bent = curve(Shape::Brackets(Tiers::new(sizes).unwrap()));
        assert_eq!((bent.jumps, bent.points.len()), (vec![], 3));
    }

    /// A stair has a riser of one inhabitant: 10 000 kr more for the 5 001st, seen although the even steps miss it.
    #[test]
    fn a_riser_is_kept_and_a_straight_stretch_is_not() {
        let fee = |count: u32| Sek::from_ore(if count > 5_000 { 2_000_000 } else { 1_000_000 });
        let points: Vec<(u32, Sek)> = (1..=10_000).map(|count| (count, fee(count))).collect();
        let kept = without_what_lies_between(&points, 2_000);
        assert_eq!(kept.iter().map(|point| point.0).collect::<Vec<_>>(), [1, 5_000, 5_001, 10_000]);
    }
}
