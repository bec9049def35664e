//! Term: a piece of a formula, with the exact value that it has and how often a spreadsheet rounds on the way to it.
//! Rule:    text and value are made by the same operation, so a formula is never written whose value the program does not
//!          know. A term whose value does not fit 128 bits has none, and its cell holds the engine's.
//! Units:   whatever its cells have; amounts are kronor.

use avgift::Ratio;

use super::exact::{decimal, is_sure_to_round};

/// How tightly the last operation of a term holds it together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Atom,
}

/// A piece of a formula.
#[derive(Debug, Clone)]
pub(super) struct Term {
    text: String,
    value: Option<Ratio>,
    roundings: u32,
    binding: Binding,
}

impl Term {
    /// A cell, a name or a number, of which a spreadsheet holds the nearest double.
    pub(super) fn of(text: impl Into<String>, value: Ratio) -> Term {
        let roundings = u32::from(value.denominator() != 1);
        Term { text: text.into(), value: Some(value), roundings, binding: Binding::Atom }
    }

    /// A cell, a name or a number that is whole.
    pub(super) fn whole(text: impl Into<String>, value: u32) -> Term {
        Term::of(text, Ratio::whole(value.into()))
    }

    /// A function of other terms, whose value the caller knows.
    pub(super) fn function(text: String, value: Option<Ratio>, roundings: u32) -> Term {
        Term { text, value, roundings, binding: Binding::Atom }
    }

    /// The same, now that it stands in a cell.
    pub(super) fn at(&self, cell: impl Into<String>) -> Term {
        Term { text: cell.into(), binding: Binding::Atom, ..self.clone() }
    }

    /// The formula.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The value, where it is known.
    pub(super) fn value(&self) -> Option<Ratio> {
        self.value
    }

    /// How often a spreadsheet rounds on the way to it.
    pub(super) fn roundings(&self) -> u32 {
        self.roundings
    }

    /// The value as decimal text.
    pub(super) fn decimal(&self) -> Option<String> {
        self.value.map(decimal)
    }

    pub(super) fn plus(&self, other: &Term) -> Term {
        let value = self.with(other, Ratio::plus);
        let roundings = self.roundings.max(other.roundings) + 1;
        Term { text: format!("{}+{}", self.text, other.text), value, roundings, binding: Binding::Sum }
    }

    /// A difference, of changes alone: of two amounts that are nearly equal a spreadsheet loses all but the last digits.
    pub(super) fn minus(&self, other: &Term) -> Term {
        let value = self.with(other, Ratio::minus);
        let roundings = self.roundings.max(other.roundings) + 1;
        let text = format!("{}-{}", self.text, other.bound(Binding::Product));
        Term { text, value, roundings, binding: Binding::Sum }
    }

    pub(super) fn times(&self, other: &Term) -> Term {
        let text = format!("{}*{}", self.bound(Binding::Product), other.bound(Binding::Product));
        self.product(other, text, self.with(other, Ratio::times))
    }

    pub(super) fn over(&self, other: &Term) -> Term {
        let text = format!("{}/{}", self.bound(Binding::Product), other.bound(Binding::Atom));
        self.product(other, text, self.with(other, Ratio::over))
    }

    /// The larger of two.
    pub(super) fn raised_to(&self, floor: &Term) -> Term {
        self.one_of("MAX", floor, |left, right| left.max(right))
    }

    /// The smaller of two.
    pub(super) fn lowered_to(&self, ceiling: &Term) -> Term {
        self.one_of("MIN", ceiling, |left, right| left.min(right))
    }

    /// An amount rounded to a step, half a step up; both in kronor, the step in öre and in a cell. None where a spreadsheet is
    /// not sure to come to it.
    pub(super) fn rounded(&self, step_cell: &str, step: i64) -> Option<Term> {
        let amount = self.value?.times(Ratio::whole(100)).ok()?;
        let parts = amount.denominator();
        if !is_sure_to_round(amount, self.roundings + 2, parts, step.into()) {
            return None;
        }
        let in_parts = format!("ROUND({}*{}00,0)", self.bound(Binding::Product), parts);
        let of_step = if parts == 1 { step_cell.to_owned() } else { format!("({step_cell}*{parts})") };
        let text = format!("INT((2*{in_parts}+{of_step})/(2*{of_step}))*{step_cell}/100");
        let steps = amount.over(Ratio::whole(step)).ok()?.plus(Ratio::new(1, 2).ok()?).ok()?;
        let whole = steps.numerator().div_euclid(steps.denominator());
        let value = Ratio::new(whole.checked_mul(step.into())?, 100).ok()?;
        Some(Term { text, value: Some(value), roundings: 1, binding: Binding::Product })
    }

    fn product(&self, other: &Term, text: String, value: Option<Ratio>) -> Term {
        Term { text, value, roundings: self.roundings + other.roundings + 1, binding: Binding::Product }
    }

    fn with(
        &self,
        other: &Term,
        operation: fn(Ratio, Ratio) -> Result<Ratio, avgift::Error>,
    ) -> Option<Ratio> {
        operation(self.value?, other.value?).ok()
    }

    fn one_of(&self, function: &str, other: &Term, choice: fn(Ratio, Ratio) -> Ratio) -> Term {
        let value = self.value.zip(other.value).map(|(left, right)| choice(left, right));
        let roundings = self.roundings.max(other.roundings);
        Term::function(format!("{function}({},{})", self.text, other.text), value, roundings)
    }

    /// The text, in parentheses where it would else come apart.
    fn bound(&self, at_least: Binding) -> String {
        if self.binding < at_least { format!("({})", self.text) } else { self.text.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str, numerator: i128, denominator: i128) -> Term {
        Term::of(text, Ratio::new(numerator, denominator).unwrap())
    }

    /// 2 × (3 + 4) / (5 × 6): what belongs together stays together.
    #[test]
    fn a_sum_within_a_product_stands_in_parentheses() {
        let [a, b, c, d] =
            [("A1", 2), ("A2", 3), ("A3", 4), ("A4", 5)].map(|(name, number)| term(name, number, 1));
        let product = a.times(&b.plus(&c)).over(&d.times(&term("A5", 6, 1)));
        assert_eq!(product.text(), "A1*(A2+A3)/(A4*A5)");
        assert_eq!(product.value(), Some(Ratio::new(7, 15).unwrap()));
        assert_eq!(b.plus(&c).lowered_to(&a).text(), "MIN(A2+A3,A1)");
    }

    /// 10 500 kr × 173 / 170 is 10 685,294… kr; to whole kronor 10 685, to hundreds 10 700.
    #[test]
    fn an_amount_is_rounded_to_its_step() {
        let amount = term("A1", 10_500, 1).times(&term("A2", 173, 1)).over(&term("A3", 170, 1));
        let rounded = amount.rounded("A4", 100).unwrap();
        assert_eq!(rounded.text(), "INT((2*ROUND(A1*A2/A3*1700,0)+(A4*17))/(2*(A4*17)))*A4/100");
        assert_eq!(rounded.value(), Some(Ratio::whole(10_685)));
        assert_eq!(amount.rounded("A4", 10_000).unwrap().value(), Some(Ratio::whole(10_700)));
        let half = term("A1", 21, 2).rounded("A4", 100).unwrap();
        assert_eq!(half.value(), Some(Ratio::whole(11)));
    }

    /// Each decimal number is rounded once when it is read, each operation once more.
    #[test]
    fn roundings_are_counted() {
        let (rate, people) = (term("A1", 3, 2), term("A2", 32_446, 1));
        assert_eq!(rate.times(&people).roundings(), 2);
        assert_eq!(rate.times(&people).plus(&people).roundings(), 3);
        assert_eq!(people.lowered_to(&rate).roundings(), 1);
        assert_eq!(people.at("D6").roundings(), 0);
    }
}
