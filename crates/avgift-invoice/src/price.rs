//! Price: what one inhabitant, or one fee, costs on a line; Quantity: how many of them.
//! Rule:    price × quantity gives the amount to the öre, with the fewest decimals, two at least (PEPPOL-EN16931-R120).
//! Units:   kronor with two to ten decimals; 1 to 9 999 999 pieces. Errors: AmountMustNotOverflow.

use std::fmt;

use avgift::{Decimal, Exact, Inhabitants, Ratio, Rounding, as_written};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many (BT-129): inhabitants, or one fee. From 1 to 9 999 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(Inhabitants);

impl Quantity {
    /// One fee.
    pub const ONE: Quantity = Quantity(Inhabitants::ONE);

    /// So many inhabitants.
    #[must_use]
    pub const fn of(inhabitants: Inhabitants) -> Quantity {
        Quantity(inhabitants)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

/// The price of one inhabitant, or of one fee, in kronor (BT-146): two to ten decimals, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(Decimal);

impl Price {
    /// A price in kronor.
    #[must_use]
    pub const fn from_kronor(kronor: Decimal) -> Price {
        Price(kronor)
    }

    /// The price in kronor.
    #[must_use]
    pub const fn kronor(self) -> Decimal {
        self.0
    }

    /// The price times a quantity.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn times(self, quantity: Quantity) -> Result<Exact, avgift::Error> {
        let kronor = Ratio::from_decimal(self.0).times(Ratio::whole(quantity.get().into()))?;
        Ok(Exact::from_ore_ratio(kronor.times(Ratio::whole(100))?))
    }

    /// The price that times `quantity` gives `amount` to the öre, with the fewest decimals.
    pub(crate) fn of(amount: Exact, quantity: Quantity) -> Result<Price, avgift::Error> {
        let kronor = amount.kronor_ratio()?.over(Ratio::whole(quantity.get().into()))?;
        let ore = Rounding::Ore.round(amount)?;
        let slack = Exact::from_ore_ratio(Ratio::new(1, 10)?);
        for decimals in 2..=10 {
            let scaled = kronor.times(Ratio::new(10_i128.pow(decimals), 1)?)?;
            let below = scaled.numerator().div_euclid(scaled.denominator());
            let rest = scaled.numerator().rem_euclid(scaled.denominator());
            let is_above_half = rest > scaled.denominator() - rest;
            // The nearer neighbour first. The other one is needed where the exact amount lies on half an öre.
            for mantissa in if is_above_half { [below + 1, below] } else { [below, below + 1] } {
                let price = Decimal::try_from_i128_with_scale(mantissa, decimals)
                    .map(Price)
                    .map_err(|_| avgift::Error::AmountMustNotOverflow)?;
                let product = price.times(quantity)?;
                let off = product.minus(amount)?;
                let is_near = off.max(Exact::ZERO.minus(off)?) <= slack;
                if is_near && Rounding::Ore.round(product)? == ore {
                    return Ok(price);
                }
            }
        }
        // Ten decimals times ten million inhabitants are within 0,001 kr, and one neighbour lies on either side of
        // the half: only an amount that does not fit gets here.
        Err(avgift::Error::AmountMustNotOverflow)
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Price, D::Error> {
        let kronor: Decimal = as_written(deserializer)?;
        let is_price = !kronor.is_sign_negative() && (2..=10).contains(&kronor.scale());
        if is_price { Ok(Price(kronor)) } else { Err(D::Error::custom(format!("`{kronor}` is not a price"))) }
    }
}
