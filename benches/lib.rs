//! What the benches have in common: the fixture network and a tariff.

#![forbid(unsafe_code)]

use std::fs;
use std::path::Path;

use avgift::{
    Basis, Bounds, Broken, Component, Counting, Error, FeeRate, FeeYear, IndexClause, IndexFigure,
    IndexStatus, Indices, Inhabitants, Member, Month, PopulationFigure, Populations, Schedule, Sek, Shape,
    Tariff, Tariffs, Tier, Tiers,
};
use avgift_network::Folder;

/// The folder of the fixture network, read from the disk.
#[must_use]
pub fn fixture() -> Folder {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/networks/hallbar-utveckling"));
    let mut folder = Folder::new();
    let statistics = fs::read_dir(root.join("statistics")).expect("the fixture is there");
    let names = statistics
        .map(|entry| format!("statistics/{}", entry.expect("readable").file_name().to_string_lossy()));
    for name in ["network.toml", "members.csv", "payers.csv"].map(str::to_owned).into_iter().chain(names) {
        let bytes = fs::read(root.join(&name)).expect("the fixture is readable");
        folder.add(name, bytes);
    }
    folder
}

/// Tariff T: 1,50 kr, floor 15 000 kr, ceiling 120 000 kr; illustrative.
///
/// # Errors
/// None: its figures are right.
pub fn schedule() -> Result<Schedule, Error> {
    let year = FeeYear::new(2024)?;
    Tariff::per_inhabitant("T", year, "1,50 kr".parse()?)
        .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?
        .schedule(year, &Indices::new())
}

/// A schedule of each shape that has bulk fees, with its name; tariff T first.
///
/// # Panics
/// Never: the tariffs are right.
#[must_use]
pub fn shapes() -> [(&'static str, Schedule); 8] {
    let year = FeeYear::new(2024).expect("a fee year");
    let sek = |text: &str| text.parse::<Sek>().expect("an amount");
    let rate = |text: &str| text.parse::<FeeRate>().expect("a rate");
    let tiers = |tiers: &[(u32, Option<u32>, &str, &str)]| {
        let tier = |(from, to, amount, per): &(u32, Option<u32>, &str, &str)| Tier {
            from: *from,
            to: *to,
            amount: Some(sek(amount).into()),
            rate: Some(rate(per).into()),
            origin: None,
        };
        Tiers::new(tiers.iter().map(tier).collect()).expect("tiers without a hole")
    };
    let twenty = (0..20_u32).map(|place| {
        let to = (place < 19).then_some((place + 1) * 5_000);
        Tier::of_rate(place * 5_000 + 1, to, rate(&format!("1,{}", 50 - place)))
    });
    let linear = |base: &str, per: &str, size, broken| Shape::Linear {
        base: Some(sek(base).into()),
        rate: rate(per).into(),
        per: Counting { size: Inhabitants::new(size).expect("someone"), broken },
        cap: None,
    };
    let component =
        |shape| Component { name: "B".into(), shape, bounds: Bounds::default(), index: None, origin: None };
    let of = |shape| Tariff::of("T", year, shape);
    let with = |tariff: Tariff, shape| Tariff { components: vec![component(shape)], ..tariff };
    let started = || linear("0", "500", 1_000, Broken::Started);
    let ends = [(1, Some(20_000), "0", "2"), (20_001, Some(80_000), "0", "1"), (80_001, None, "0", "0,50")];
    let base = of(linear("4 000", "0,25", 1, Broken::InProportion));
    [
        ("per inhabitant with bounds", schedule().expect("tariff T is sound").tariff().clone()),
        ("flat", of(Shape::Flat { amount: sek("25 000").into() })),
        ("base and rate", base.clone()),
        ("per thousand begun", of(started())),
        ("three class rates", of(Shape::Tiers(tiers(&ends)))),
        ("twenty class rates", of(Shape::Tiers(Tiers::new(twenty.collect()).expect("tiers without a hole")))),
        ("three brackets", of(Shape::Brackets(tiers(&ends)))),
        ("base and rate, and per thousand begun", with(base, started())),
    ]
    .map(|(name, tariff)| (name, tariff.schedule(year, &Indices::new()).expect("a tariff without an index")))
}

/// Populations from 1 000 to 101 000, in no order that a branch could learn.
///
/// # Errors
/// None: they are in range.
pub fn populations(count: u32) -> Result<Vec<Inhabitants>, Error> {
    (0..count).map(|place| Inhabitants::new(1_000 + place.wrapping_mul(2_654_435_761) % 100_000)).collect()
}

/// A network as large as Sweden: 290 members with populations of 31 December 2023, tariff T, and an index of 103,0 / 100,0
/// on the fee from fee year 2024 on. Every tenth member joined in 2024 and owes a part of that year.
///
/// # Errors
/// None: its figures are right.
pub fn sweden() -> Result<Basis, Error> {
    let mut populations = Populations::new();
    let mut members = Vec::new();
    for (place, inhabitants) in (0_u32..).zip(self::populations(290)?) {
        let code = format!("{:02}{:02}", place / 90 + 1, place % 90 + 1).parse()?;
        populations.add(PopulationFigure::of_year_end(code, 2023, inhabitants.get())?)?;
        let member = Member::new(code, code.as_str());
        let joined = (place % 10 == 0).then(|| FeeYear::new(2024).map(FeeYear::last_day)).transpose()?;
        members.push(match joined {
            Some(day) => member.joined_on(day),
            None => member,
        });
    }
    let mut indices = Indices::new();
    for (year, tenths) in [(2022, 1_000), (2023, 1_030)] {
        let value = avgift::Decimal::new(tenths, 1);
        indices.add(IndexFigure::new("LÖI", Month::new(year, 10)?, IndexStatus::Preliminary, value)?)?;
    }
    let clause = IndexClause::new("LÖI", IndexStatus::Preliminary, Month::new(2022, 10)?, 1);
    let months = avgift::ProrationUnit::Months(avgift::BrokenUnit::Counted);
    let proration = avgift::Proration { unit: months, ..avgift::Proration::default() };
    let tariff = Tariff::per_inhabitant("T", FeeYear::new(2024)?, "1,50 kr".parse()?)
        .bounded("15 000 kr".parse()?, "120 000 kr".parse()?)?
        .indexed(clause);
    // One tariff never overlaps another.
    let tariffs = Tariffs::new(vec![Tariff { proration, ..tariff }]).unwrap_or_default();
    Ok(Basis { members, tariffs, populations, indices })
}
