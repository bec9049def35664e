//! Federation: the lines of a payer whose members are charged as one.
//! Rule:    one line for all of them: the pooled inhabitants × the rate, what each rule added or took away, and the fee of the
//!          federation as its net amount. Or a line each: one piece at the member's part, which is its fee. Either way each
//!          member is named, and each is charged.
//! Errors:  those of a line.

use avgift::{Assessment, FederationLines, Language, Tariff};

use crate::error::Error;
use crate::line::{Line, UNIT_ONE};
use crate::party::Buyer;
use crate::price::{Price, Quantity};
use crate::text::Text;
use crate::vat::VatTreatment;
use crate::wording;

/// The fees of a payer, those of one line together.
pub(crate) fn by_line<'a, 'b>(
    fees: &'b [&'a Assessment],
    buyer: &Buyer,
    tariff: &Tariff,
) -> Vec<&'b [&'a Assessment]> {
    let lines = tariff.federation(&buyer.payer).and_then(|federation| federation.mode.as_one());
    match lines {
        Some((_, FederationLines::One)) if !fees.is_empty() => vec![fees],
        _ => fees.chunks(1).collect(),
    }
}

/// The line of one member, or that of all members of a federation together.
pub(crate) fn line(
    id: usize,
    fees: &[&Assessment],
    buyer: &Buyer,
    tariff: &Tariff,
    vat: &VatTreatment,
) -> Result<Line, Error> {
    let language = buyer.language;
    let (first, others) = fees.split_first().expect("a line is of a fee");
    if first.split().is_none() || is_of_one(fees, tariff) {
        return line_of_one(id, first, tariff, vat, language);
    }
    Ok(Line {
        name: Text::new(wording::fee_of(first.year(), buyer.name.as_str(), language))?,
        others: others.iter().map(|fee| fee.code()).collect(),
        ..Line::of(id, first, tariff, vat, language)?
    })
}

/// The line of one member: its own fee, or its part of a federation's.
pub(crate) fn line_of_one(
    id: usize,
    fee: &Assessment,
    tariff: &Tariff,
    vat: &VatTreatment,
    language: Language,
) -> Result<Line, Error> {
    let line = Line::of(id, fee, tariff, vat, language)?;
    if fee.split().is_some() { part(line, fee, language) } else { Ok(line) }
}

/// Whether a line is that of one member with its part.
fn is_of_one(fees: &[&Assessment], tariff: &Tariff) -> bool {
    let mode = fees.first().and_then(|fee| tariff.federation(fee.payer()));
    matches!(mode.and_then(|federation| federation.mode.as_one()), Some((_, FederationLines::Each)))
}

/// One piece at the member's part of the fee.
fn part(line: Line, fee: &Assessment, language: Language) -> Result<Line, Error> {
    Ok(Line {
        description: Text::new(wording::part_description(fee, language))?,
        quantity: Quantity::ONE,
        unit: UNIT_ONE,
        price: Price::of(fee.fee().into(), Quantity::ONE)?,
        adjustments: Vec::new(),
        net_amount: fee.fee(),
        ..line
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::fixture::{agreement, buyer, clause, fees, indices, tariff};
    use crate::invoice::Invoice;
    use crate::line::{AdjustmentKind, UNIT_PERSON};
    use avgift::{
        Federation, FederationMode, Indices, Member, PayerId, Portion, Sek, SplitKey, YearFactor, YearOfFees,
    };
    use proptest::prelude::*;

    const DALSLAND: [(&str, &str, u32); 4] = [
        ("1438", "Dals-Eds kommun", 4_606),
        ("1439", "Färgelanda kommun", 6_434),
        ("1460", "Bengtsfors kommun", 9_138),
        ("1461", "Melleruds kommun", 9_165),
    ];

    fn pooled(lines: FederationLines) -> FederationMode {
        FederationMode::Pooled { split: SplitKey::Population.into(), lines }
    }

    fn flat(lines: FederationLines) -> FederationMode {
        let amount = "25 000".parse::<Sek>().unwrap().into();
        FederationMode::Flat { amount, split: SplitKey::Equal.into(), lines }
    }

    fn with(tariff: Tariff, mode: FederationMode) -> Tariff {
        let federation = Federation { payer: PayerId::new("dme"), mode, origin: None };
        Tariff { federations: vec![federation], ..tariff }
    }

    fn dalsland(tariff: Tariff, indices: Indices) -> YearOfFees {
        let member = |(code, name, count): (&str, &str, u32)| {
            (Member::new(code.parse().unwrap(), name).paid_by(PayerId::new("dme")), count)
        };
        fees(tariff, indices, DALSLAND.map(member).to_vec())
    }

    fn drafted(fees: &YearOfFees) -> Invoice {
        let draft = Invoice::draft(fees, &buyer("dme"), &agreement(), "2024-01-15".parse().unwrap());
        let invoice = draft.unwrap().unwrap();
        assert_eq!(Document::from(&invoice).check_sums(), Ok(()));
        assert_eq!(invoice.content.totals.sum_of_lines, fees.frame.sum);
        let members = invoice.content.lines.iter().flat_map(Line::members);
        assert!(members.eq(fees.assessments.iter().map(Assessment::code)));
        invoice
    }

    /// Quantity and price, adjustments with sign and reason, and net amount, as text.
    fn told(line: &Line) -> Vec<String> {
        assert_eq!(line.proof(), Ok(line.net_amount));
        let adjustments = line.adjustments.iter().map(|adjustment| {
            let sign = if adjustment.kind == AdjustmentKind::Charge { '+' } else { '-' };
            format!("{sign}{} {}", adjustment.amount, adjustment.reason)
        });
        let price = format!("{} {} × {}", line.quantity.get(), line.unit, line.price);
        [price].into_iter().chain(adjustments).chain([format!("= {}", line.net_amount)]).collect()
    }

    /// 4 606 + 6 434 + 9 138 + 9 165 is 29 343; × 1,50 is 44 014,50, and 50 öre go up.
    #[test]
    fn one_line_has_the_pooled_inhabitants_and_names_the_members() {
        let fees = dalsland(with(tariff(), pooled(FederationLines::One)), Indices::new());
        let invoice = drafted(&fees);
        let [line] = &invoice.content.lines[..] else { panic!("not one line") };
        assert_eq!(told(line), ["29343 IE × 1.50", "+0.50 Avrundning till hela kronor", "= 44015.00"]);
        assert_eq!(line.unit, UNIT_PERSON);
        assert_eq!(line.name.as_str(), "Medlemsavgift 2024, Exempelby kommun");
        assert_eq!(
            line.description.as_str(),
            "29 343 invånare 31 december 2023 × 1,50 kr; Dals-Eds kommun 4 606 + Färgelanda kommun 6 434 + \
             Bengtsfors kommun 9 138 + Melleruds kommun 9 165"
        );
        assert_eq!(
            serde_json::to_value(line).unwrap()["others"],
            serde_json::json!(["1439", "1460", "1461"])
        );
        let numbered = invoice.numbered("1".parse().unwrap());
        let json = serde_json::to_string(&numbered).unwrap();
        assert_eq!(serde_json::from_str::<Invoice>(&json).unwrap(), numbered);
        let empty = json.replace(r#""others":["1439","1460","1461"]"#, r#""others":[]"#);
        let refused = serde_json::from_str::<Invoice>(&empty).unwrap_err().to_string();
        assert!(refused.contains("an empty list is left out"), "{refused}");
    }

    /// 29 343 × 0,40 is 11 737,20, raised to 15 000; × 142,6 / 138,2 that is 12 110,889… and 15 477,568….
    #[test]
    fn floor_and_ceiling_stand_beside_the_pooled_price() {
        let low = Tariff {
            shape: Tariff::per_inhabitant("T", crate::fixture::year(), "0,40".parse().unwrap()).shape,
            ..tariff()
        };
        let fees =
            dalsland(with(low.indexed(clause()), pooled(FederationLines::One)), indices("138.2", "142.6"));
        let line = &drafted(&fees).content.lines[0];
        assert_eq!(
            told(line),
            [
                "29343 IE × 0.4127352",
                "+3366.68 Golvtillägg till 15 477,57 kr",
                "+0.43 Avrundning till hela kronor",
                "= 15478.00"
            ]
        );
    }

    /// A line each is one piece at the member's part: 44 015 × 9 165 / 29 343 is 13 747,66, the largest remainder.
    #[test]
    fn a_line_each_comes_to_the_part_of_the_member() {
        let fees = dalsland(with(tariff(), pooled(FederationLines::Each)), Indices::new());
        let lines = drafted(&fees).content.lines;
        let all: Vec<Vec<String>> = lines.iter().map(told).collect();
        assert_eq!(all[3], ["1 C62 × 13748.00", "= 13748.00"]);
        let parts: Vec<String> = lines.iter().map(|line| line.net_amount.to_string()).collect();
        assert_eq!(parts, ["6909.00", "9651.00", "13707.00", "13748.00"]);
        assert_eq!(lines[3].name.as_str(), "Medlemsavgift 2024, Melleruds kommun");
        assert_eq!(
            lines[3].description.as_str(),
            "44 015 kr × 9 165 / 29 343; fördelas efter invånarantal; 29 343 invånare 31 december 2023 × 1,50 kr; \
             Dals-Eds kommun 4 606 + Färgelanda kommun 6 434 + Bengtsfors kommun 9 138 + Melleruds kommun 9 165"
        );
        assert!(lines.iter().all(|line| line.others.is_empty()));
    }

    /// One piece at the flat amount, and a tenth off in this year; 22 500 / 4 is 5 625 each.
    #[test]
    fn a_flat_fee_is_one_piece() {
        let portion = "90 %".parse::<Portion>().unwrap().into();
        let year_factors = vec![YearFactor { year: crate::fixture::year(), factor: portion }];
        let of = |lines| {
            let tariff = Tariff { year_factors: year_factors.clone(), ..with(tariff(), flat(lines)) };
            drafted(&dalsland(tariff, Indices::new())).content.lines
        };
        assert_eq!(
            told(&of(FederationLines::One)[0]),
            ["1 C62 × 25000.00", "-2500.00 Enligt årets faktor: × 90 %", "= 22500.00"]
        );
        assert_eq!(told(&of(FederationLines::Each)[2]), ["1 C62 × 5625.00", "= 5625.00"]);
    }

    #[test]
    fn a_discount_is_an_allowance_on_each_line() {
        let discount = "10 %".parse::<Portion>().unwrap().into();
        let fees = dalsland(with(tariff(), FederationMode::Discounted { discount }), Indices::new());
        assert_eq!(
            told(&drafted(&fees).content.lines[0]),
            [
                "4606 IE × 1.50",
                "+8091.00 Golvtillägg till 15 000 kr",
                "-1500.00 Enligt förbundsrabatt: \u{2212}10 %",
                "= 13500.00"
            ]
        );
    }

    proptest! {
        /// However a federation is charged, every line proves its amount, the lines sum to its fee, and each member is named once.
        #[test]
        fn lines_of_a_federation_are_its_fee(
            inhabitants in proptest::collection::vec(1_u32..200_000, 1..8),
            rate in 1_i64..1_000_000,
            is_flat in any::<bool>(),
            is_each in any::<bool>(),
        ) {
            let lines = if is_each { FederationLines::Each } else { FederationLines::One };
            let rate = avgift::FeeRate::new(avgift::Decimal::new(rate, 4)).unwrap();
            let tariff = Tariff::per_inhabitant("T", crate::fixture::year(), rate);
            let mode = if is_flat { flat(lines) } else { pooled(lines) };
            let tariff = with(tariff.indexed(clause()), mode);
            let member = |(place, count): (usize, u32)| {
                let member = Member::new(format!("14{:02}", place + 1).parse().unwrap(), format!("Ort {place}"));
                (member.paid_by(PayerId::new("dme")), count)
            };
            let members = inhabitants.into_iter().enumerate().map(member).collect();
            let fees = fees(tariff, indices("133.5", "137.9"), members);
            prop_assume!(fees.frame.sum > Sek::ZERO);
            let invoice = drafted(&fees);
            prop_assert_eq!(invoice.content.lines.len(), if is_each { fees.assessments.len() } else { 1 });
            for line in &invoice.content.lines {
                prop_assert_eq!(line.proof(), Ok(line.net_amount));
            }
        }
    }
}
