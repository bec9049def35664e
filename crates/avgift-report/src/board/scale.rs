//! Scale: where a value stands in a chart, in integers alone.
//! Units:   in, whole öre, inhabitants or hundredths of an öre; out, hundredths of a percent of the width, or of a pixel.
//! Why:     a chart whose horizontal places are shares of its width fits any screen, and its text keeps its size.
//! Range:   values of 64 bits; a product with a length of seven digits stays far within 128.

use std::fmt;

/// A number with two decimals as SVG takes it: `12.34`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hundredths(pub(super) i64);

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{sign}{whole}"),
            (_, 0) => write!(f, "{sign}{whole}.{}", rest / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

/// From values to places: `low` stands at `from`, `high` at `to`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: i64,
    high: i64,
    from: i64,
    to: i64,
}

impl Scale {
    /// A scale between two values and the places where they stand, in hundredths; equal values all stand at `from`.
    pub(super) fn new((low, high): (i64, i64), (from, to): (i64, i64)) -> Scale {
        Scale { low, high, from, to }
    }

    /// The place of a value; what lies outside stands at the end.
    pub(super) fn place(&self, value: i64) -> Hundredths {
        let value = i128::from(value.clamp(self.low, self.high.max(self.low)));
        let range = i128::from(self.high) - i128::from(self.low);
        if range <= 0 {
            return Hundredths(self.from);
        }
        let length = i128::from(self.to) - i128::from(self.from);
        let twice = (value - i128::from(self.low)) * length * 2;
        // To the nearest: half is added before the floor is taken.
        let moved = (twice + range).div_euclid(range * 2);
        Hundredths(self.from + i64::try_from(moved).expect("a place between the ends of a scale"))
    }

    /// From the place of the lesser of two values to that of the greater.
    pub(super) fn between(&self, one: i64, other: i64) -> (Hundredths, Hundredths) {
        let (start, end) = (self.place(one.min(other)), self.place(one.max(other)));
        (start, Hundredths(end.0 - start.0))
    }
}

/// Round values from the first at or above `low` to the last at or below `high`: steps of 1, 2 or 5 times a power of ten, at
/// most `most` of them.
pub(super) fn ticks(low: i64, high: i64, most: i64) -> Vec<i64> {
    let (low, high) = (i128::from(low), i128::from(high));
    let range = (high - low).max(1);
    let mut power: i128 = 1;
    let step = loop {
        let fits =
            [1, 2, 5].map(|digit| digit * power).into_iter().find(|step| range / step < i128::from(most));
        match fits {
            Some(step) => break step,
            None => power *= 10,
        }
    };
    let first = low.div_euclid(step) * step;
    let first = if first < low { first + step } else { first };
    let mut ticks = Vec::new();
    let mut tick = first;
    while tick <= high {
        ticks.extend(i64::try_from(tick));
        tick += step;
    }
    ticks
}

/// The least round value at or above a value above zero: 1, 2, 2,5, 4, 5 or 8 times a power of ten.
pub(super) fn rounded_up(value: i64) -> i64 {
    let value = i128::from(value.max(1));
    let mut power: i128 = 1;
    loop {
        let found =
            [10, 20, 25, 40, 50, 80].map(|digit| digit * power).into_iter().find(|round| *round >= value);
        match found {
            Some(round) => return i64::try_from(round).unwrap_or(i64::MAX),
            None => power *= 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_written_without_what_says_nothing() {
        for (hundredths, text) in
            [(0, "0"), (5, "0.05"), (50, "0.5"), (100, "1"), (1_234, "12.34"), (-5, "-0.05"), (-150, "-1.5")]
        {
            assert_eq!(Hundredths(hundredths).to_string(), text);
        }
    }

    /// 1 of 3 is 33,33 %, 2 of 3 are 66,67 %: to the nearest, also where the scale falls.
    #[test]
    fn a_place_is_the_nearest_hundredth() {
        let rising = Scale::new((0, 3), (0, 10_000));
        assert_eq!([0, 1, 2, 3].map(|value| rising.place(value).0), [0, 3_333, 6_667, 10_000]);
        let falling = Scale::new((0, 3), (10_000, 0));
        assert_eq!([0, 1, 2, 3].map(|value| falling.place(value).0), [10_000, 6_667, 3_333, 0]);
        assert_eq!(rising.place(4), Hundredths(10_000), "what lies outside stands at the end");
        assert_eq!(rising.place(-1), Hundredths(0));
        assert_eq!(rising.between(2, 1), (Hundredths(3_333), Hundredths(3_334)));
    }

    #[test]
    fn a_scale_holds_the_largest_amounts_and_none() {
        let whole = Scale::new((i64::MIN, i64::MAX), (0, 10_000));
        assert_eq!([i64::MIN, 0, i64::MAX].map(|value| whole.place(value).0), [0, 5_000, 10_000]);
        assert_eq!(Scale::new((7, 7), (100, 9_700)).place(7), Hundredths(100));
    }

    #[test]
    fn ticks_are_round_and_not_too_many() {
        assert_eq!(ticks(0, 604_616, 7), [0, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000]);
        assert_eq!(ticks(-130, 260, 5), [-100, 0, 100, 200]);
        assert_eq!(ticks(0, 0, 5), [0]);
        assert!(ticks(i64::MIN, i64::MAX, 5).len() <= 5);
        assert_eq!(
            [1, 10, 11, 39_875, 40_000, 40_001, 90_000].map(rounded_up),
            [10, 10, 20, 40_000, 40_000, 50_000, 100_000]
        );
        assert_eq!(rounded_up(i64::MAX), i64::MAX);
    }
}
