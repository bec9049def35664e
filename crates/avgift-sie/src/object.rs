//! Objects: what a row is followed up by besides its account: a customer, a project, a cost centre, or an own dimension.
//! Rule:    none unless chosen (paragraph 8.18: only where they are called for). The standard gives the dimensions 1 to 19
//!          their meaning; those it keeps for later are not for use, and own ones begin at 20 (paragraph 8.17).
//! Errors:  DimensionMustBeFree, DimensionMustStandOnce, ObjectMustHaveNumber.

use crate::error::Error;
use crate::pc8::Pc8Text;

/// A dimension (dimension).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    number: u16,
    name: Pc8Text,
}

impl Dimension {
    /// A dimension by its number; a name that is given stands in place of the standard's.
    ///
    /// # Errors
    /// `DimensionMustBeFree` for those that the standard keeps for later, and for an own one without a name.
    pub fn new(number: u16, name: Option<&str>) -> Result<Dimension, Error> {
        let standard = match number {
            1 => Some("Kostnadsställe"),
            2 => Some("Kostnadsbärare"),
            6 => Some("Projekt"),
            7 => Some("Anställd"),
            8 => Some("Kund"),
            9 => Some("Leverantör"),
            10 => Some("Faktura"),
            _ => None,
        };
        let name = match name {
            Some(name) if number >= 20 || standard.is_some() => Some(name),
            _ => standard,
        };
        name.map(|name| Dimension { number, name: Pc8Text::new(name) })
            .ok_or(Error::DimensionMustBeFree { number })
    }

    /// Kund, dimension 8.
    #[must_use]
    pub fn customer() -> Dimension {
        Dimension { number: 8, name: Pc8Text::new("Kund") }
    }

    /// The number.
    #[must_use]
    pub const fn number(&self) -> u16 {
        self.number
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &Pc8Text {
        &self.name
    }
}

/// An object (objekt) of a dimension: one customer, one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    dimension: Dimension,
    number: Pc8Text,
    name: Pc8Text,
}

impl Object {
    /// An object.
    ///
    /// # Errors
    /// `ObjectMustHaveNumber` where the number is empty, or the code page has nothing of it.
    pub fn new(dimension: Dimension, number: &str, name: &str) -> Result<Object, Error> {
        let (written, name) = (Pc8Text::new(number), Pc8Text::new(name));
        // Two numbers that are folded into one would be one object.
        if written.as_str().is_empty() || written.folded_from().is_some() {
            let dimension = dimension.number;
            return Err(Error::ObjectMustHaveNumber { dimension, number: number.to_owned() });
        }
        Ok(Object { dimension, number: written, name })
    }

    /// The dimension.
    #[must_use]
    pub const fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// The number within the dimension.
    #[must_use]
    pub const fn number(&self) -> &Pc8Text {
        &self.number
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &Pc8Text {
        &self.name
    }
}

/// Which rows carry which objects; none by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Objects {
    customer: Option<Dimension>,
    revenue: Vec<Object>,
}

impl Objects {
    /// The dimension of the payer, on receivable, revenue and overpayment; and what every row of revenue carries besides: a
    /// cost centre, a project, a code of an own dimension.
    ///
    /// # Errors
    /// `DimensionMustStandOnce`: a row has one object of a dimension.
    pub fn new(customer: Option<Dimension>, revenue: Vec<Object>) -> Result<Objects, Error> {
        let mut numbers: Vec<u16> = revenue.iter().map(|object| object.dimension.number).collect();
        numbers.extend(customer.as_ref().map(|dimension| dimension.number));
        numbers.sort_unstable();
        match numbers.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::DimensionMustStandOnce { number: pair[0] }),
            None => Ok(Objects { customer, revenue }),
        }
    }

    /// The dimension of the payer, where customers are followed up.
    #[must_use]
    pub const fn customer(&self) -> Option<&Dimension> {
        self.customer.as_ref()
    }

    /// What every row of revenue carries.
    #[must_use]
    pub fn revenue(&self) -> &[Object] {
        &self.revenue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 5 and 19 are kept, 1, 6 and 8 have a meaning, 20 is one's own.
    #[test]
    fn a_dimension_is_one_of_the_standards_or_ones_own() {
        for (number, name) in [(1, "Kostnadsställe"), (6, "Projekt"), (8, "Kund")] {
            assert_eq!(Dimension::new(number, None).unwrap().name().as_str(), name);
        }
        assert_eq!(Dimension::new(1, Some("Ansvar")).unwrap().name().as_str(), "Ansvar");
        assert_eq!(Dimension::new(20, Some("Verksamhet")).unwrap().number(), 20);
        for (number, name) in [(0, None), (3, Some("x")), (5, Some("x")), (19, Some("x")), (20, None)] {
            assert_eq!(Dimension::new(number, name), Err(Error::DimensionMustBeFree { number }));
        }
        assert_eq!(Ok(Dimension::customer()), Dimension::new(8, None));
    }

    #[test]
    fn the_number_of_an_object_is_never_folded() {
        assert!(Object::new(Dimension::customer(), "1440", "Ale – kommun").is_ok());
        for number in ["", " ", "\u{200b}", "Łódź", "a\"b"] {
            let refused = Object::new(Dimension::customer(), number, "Ale").unwrap_err();
            assert_eq!(refused.code(), "object-must-have-number");
        }
    }

    #[test]
    fn a_row_has_one_object_of_a_dimension() {
        let object = |dimension, number| Object::new(dimension, number, "").unwrap();
        let project = |number| object(Dimension::new(6, None).unwrap(), number);
        let refused = |customer, revenue| Objects::new(customer, revenue).unwrap_err();
        assert_eq!(
            refused(None, vec![project("1"), project("2")]),
            Error::DimensionMustStandOnce { number: 6 }
        );
        let customer = Dimension::customer();
        let twice = refused(Some(customer.clone()), vec![object(customer.clone(), "1")]);
        assert_eq!(twice, Error::DimensionMustStandOnce { number: 8 });
        assert!(Objects::new(Some(customer), vec![project("1")]).is_ok());
    }
}
