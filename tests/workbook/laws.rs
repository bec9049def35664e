//! Laws: every network of the strategies becomes a workbook whose stored fees, sums and standings are the engine's.

use avgift::{Basis, Language, PopulationMode, Standing, Tariff, Tariffs};
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies;
use calamine::Data;

use crate::opened::Opened;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever its shape: where a spreadsheet cannot come to the fee, the engine's value stands there.
    #[test]
    fn every_shape_becomes_a_workbook_with_the_engines_values(
        (basis, year) in strategies::networks(6),
        shape in strategies::shapes(),
    ) {
        let tariffs = basis.tariffs.iter().map(|tariff| Tariff { shape: shape.clone(), ..tariff.clone() });
        let tariffs = Tariffs::new(tariffs.collect()).unwrap();
        let Ok(fees) = (Basis { tariffs, ..basis }).assess_year(year, PopulationMode::Published) else {
            return Ok(());
        };
        let mut book = Opened::of("Nätverket", std::slice::from_ref(&fees), Language::English);
        let amounts = book.column(&format!("Fees {year}"), "Fee");
        for (fee, amount) in fees.assessments.iter().zip(&amounts) {
            prop_assert_eq!(amount, &Data::Float(fee.fee().to_string().parse().unwrap()));
        }
    }

    #[test]
    fn every_network_becomes_a_workbook_with_the_engines_values((basis, year) in strategies::networks(8)) {
        let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { return Ok(()) };
        let mut book = Opened::of("Nätverket", std::slice::from_ref(&fees), Language::English);
        let sheet = format!("Fees {year}");
        let (amounts, standings) = (book.column(&sheet, "Fee"), book.column(&sheet, "Standing"));
        for (fee, (amount, standing)) in fees.assessments.iter().zip(amounts.iter().zip(&standings)) {
            prop_assert_eq!(amount, &Data::Float(fee.fee().to_string().parse().unwrap()));
            let word = match fee.standing() {
                Standing::AtFloor => "floor",
                Standing::Within => "within",
                Standing::AtCeiling => "ceiling",
            };
            prop_assert_eq!(standing, &Data::String(word.into()));
        }
        let sum = Data::Float(fees.frame.sum.to_string().parse().unwrap());
        prop_assert_eq!(book.beside("Budget frame", "Sum"), sum);
    }

    /// Shares of a total, dealt out by formulas or by the engine: they are its fees, and they sum to the total.
    #[test]
    fn every_total_becomes_a_workbook_with_the_engines_values((basis, year) in strategies::sharing_networks(8)) {
        let Ok(fees) = basis.assess_year(year, PopulationMode::Published) else { return Ok(()) };
        let mut book = Opened::of("Nätverket", std::slice::from_ref(&fees), Language::English);
        let sheet = format!("Fees {year}");
        let amounts = book.column(&sheet, "Fee");
        for (fee, amount) in fees.assessments.iter().zip(&amounts) {
            prop_assert_eq!(amount, &Data::Float(fee.fee().to_string().parse().unwrap()));
        }
        // All of them are formulas, or none is.
        let formulas = book.column_of_formulas(&sheet, "Fee");
        let count = formulas[..fees.assessments.len()].iter().filter(|formula| !formula.is_empty()).count();
        prop_assert!(count == 0 || count == fees.assessments.len());
    }
}
