//! Laws: every network of the strategies becomes a workbook whose stored fees, sums and standings are the engine's.

use avgift::{Language, PopulationMode, Standing};
use avgift_laws::proptest::prelude::*;
use avgift_laws::strategies;
use calamine::Data;

use crate::opened::Opened;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

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
}
