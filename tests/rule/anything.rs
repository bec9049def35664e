//! Networks of any tariff: every shape, with classes, components, a factor of the year, limits, joining fees, ceilings of single
//! members, totals and amounts decided for each, and members that come, go and change class between two years.

use avgift::{
    Among, Basis, Bounds, ClassTerms, Component, Counting, Decimal, FeeYear, IndexFigure, Indices,
    Inhabitants, Key, Member, MemberClass, Month, MunicipalityCode, PopulationFigure, Populations, Portion,
    Proration, ReferenceDate, Sek, Shape, Sourced, Tariff, Tariffs, WeightedKey, YearFactor, YearlyLimit,
};
use avgift_laws::proptest::collection::vec;
use avgift_laws::proptest::option;
use avgift_laws::proptest::prelude::*;
use avgift_laws::proptest::sample::select;
use avgift_laws::strategies::{amounts, bounds, inhabitants, members, rates, shaped_tariffs, shapes};

/// The figures that the shapes of the strategies, and the keys of totals here, ask for.
const FIGURES: [&str; 2] = ["skatteunderlag", "inkomst"];

fn portion(percent: u32) -> Sourced<Portion> {
    format!("{percent} %").parse::<Portion>().unwrap().into()
}

/// What a shape has for each of the members: amounts, or a total that they share.
fn shapes_by_member(codes: Vec<MunicipalityCode>) -> BoxedStrategy<Shape> {
    let each = vec(amounts(), codes.len());
    let named = codes.clone();
    let decided = each.prop_map(move |amounts| {
        Shape::Decided(named.iter().copied().zip(amounts.into_iter().map(Into::into)).collect())
    });
    let keys = (0..=100_u32, 0..=100_u32).prop_map(|(a, b)| {
        let (first, second) = (a.min(b), a.max(b) - a.min(b));
        let weights = [first, second, 100 - first - second];
        let keys = [Key::Equal, Key::Population, Key::Figure("inkomst".into())];
        let keys = keys.into_iter().zip(weights).filter(|(_, weight)| *weight > 0);
        keys.map(|(key, weight)| WeightedKey { key, weight: portion(weight) }).collect()
    });
    let total = (amounts(), keys).prop_map(|(total, keys)| Shape::Total {
        total: total.into(),
        keys,
        among: Among::All,
    });
    let percentages = (amounts(), 0..=100_u32).prop_map(move |(total, first)| {
        let last = codes.len() - 1;
        let each = |place: usize| match place {
            _ if last == 0 => 100,
            0 => first,
            place if place == last => 100 - first,
            _ => 0,
        };
        let portions = codes.iter().enumerate().map(|(place, code)| (*code, portion(each(place))));
        Shape::Percentages { total: total.into(), portions: portions.collect() }
    });
    prop_oneof![decided.boxed(), total.boxed(), percentages.boxed()].boxed()
}

/// The terms beside a shape.
#[derive(Debug, Clone)]
struct Beside {
    classes: bool,
    own: (Shape, Bounds),
    multiplier: u32,
    component: Option<(Shape, Bounds, bool)>,
    factor: Option<u32>,
    limit: Option<(Option<u32>, Option<u32>, Vec<Sek>)>,
    joining: Option<Sek>,
    ceiling: Option<(usize, Sek)>,
}

fn besides(members: usize) -> BoxedStrategy<Beside> {
    let limit = (option::of(0..=30_u32), option::of(0..=30_u32), vec(amounts(), members));
    (
        any::<bool>(),
        (shapes(), bounds()),
        0..=150_u32,
        option::weighted(0.4, (shapes(), bounds(), any::<bool>())),
        option::weighted(0.4, 0..=150_u32),
        option::weighted(0.4, limit),
        option::weighted(0.3, amounts()),
        option::weighted(0.3, (0..members, amounts())),
    )
        .prop_map(|(classes, own, multiplier, component, factor, limit, joining, ceiling)| Beside {
            classes,
            own,
            multiplier,
            component,
            factor,
            limit,
            joining,
            ceiling,
        })
        .boxed()
}

impl Beside {
    fn around(self, tariff: Tariff, codes: &[MunicipalityCode], year: FeeYear) -> Tariff {
        let is_shared = matches!(tariff.shape, Shape::Total { .. } | Shape::Percentages { .. });
        let (shape, bounds) = self.own;
        let own = ClassTerms::Own { shape: Box::new(shape), bounds };
        let class = |name: &str, terms| MemberClass { name: name.into(), terms, origin: None };
        let multiplied =
            (!is_shared).then(|| class("halv", ClassTerms::Multiplied(portion(self.multiplier))));
        // Decided percentages name everyone; a class of its own would leave one of them without a member.
        let has_own = !matches!(tariff.shape, Shape::Percentages { .. });
        let own = has_own.then(|| class("egen", own));
        let classes = own.into_iter().chain(multiplied).filter(|_| self.classes).collect();
        let year_factors =
            self.factor.map(|percent| YearFactor { year, factor: portion(percent) }).into_iter().collect();
        if is_shared {
            let proration = Proration::default();
            return Tariff { bounds: Bounds::default(), classes, year_factors, proration, ..tariff };
        }
        let index = tariff.index.clone();
        let components = self.component.map(|(shape, bounds, is_indexed)| Component {
            name: "Projekt".into(),
            shape,
            bounds,
            index: index.filter(|_| is_indexed),
            origin: None,
        });
        let limit = self.limit.map(|(up, down, stated)| YearlyLimit {
            up: up.map(portion),
            down: down.map(portion),
            stated: codes.iter().copied().zip(stated.into_iter().map(Into::into)).collect(),
        });
        let ceilings = self.ceiling.map(|(place, ceiling)| (codes[place], ceiling.into()));
        Tariff {
            classes,
            year_factors,
            components: components.into_iter().collect(),
            limit,
            joining_fee: self.joining.map(Into::into),
            ceilings: ceilings.into_iter().collect(),
            from: year,
            ..tariff
        }
    }
}

/// Tariffs of any kind for these members, from a year on, with the index figures that carry them there.
pub(crate) fn any_tariffs(year: FeeYear, codes: Vec<MunicipalityCode>) -> BoxedStrategy<(Tariff, Indices)> {
    let per_inhabitant = rates().prop_map(|rate| Some(Shape::PerInhabitant { rate: rate.into() }));
    let with_a_base =
        (amounts(), rates(), option::weighted(0.3, inhabitants())).prop_map(|(base, rate, cap)| {
            let cap = cap.map(Into::into);
            Some(Shape::Linear { base: Some(base.into()), rate: rate.into(), per: Counting::EACH, cap })
        });
    let another = prop_oneof![
        3 => Just(None),
        3 => shapes_by_member(codes.clone()).prop_map(Some),
        2 => per_inhabitant,
        2 => with_a_base,
    ];
    (shaped_tariffs(year), another, besides(codes.len()))
        .prop_filter_map("the terms agree", move |((tariff, indices), another, beside)| {
            let shape = another.unwrap_or_else(|| tariff.shape.clone());
            let tariff = beside.around(Tariff { shape, from: year, ..tariff }, &codes, year);
            tariff.check().ok()?;
            tariff.schedule(year, &indices).ok()?;
            Some((tariff, indices))
        })
        .boxed()
}

/// What a member is in a year: its class, its figures, its inhabitants.
type Facts = (Option<&'static str>, [u32; 2], Inhabitants);

fn facts() -> BoxedStrategy<Facts> {
    (select(vec![None, None, Some("egen"), Some("halv")]), any::<[u32; 2]>(), inhabitants()).boxed()
}

fn with_facts(member: Member, year: FeeYear, (class, figures, _): Facts) -> Member {
    let member = class.map_or(member.clone(), |class| member.in_class(class));
    FIGURES.iter().zip(figures).fold(member, |member, (name, figure)| {
        member.with_figure(*name, year, figure.to_string().parse().unwrap())
    })
}

fn count(populations: &mut Populations, code: MunicipalityCode, year: FeeYear, inhabitants: Inhabitants) {
    let reference_date = ReferenceDate::default().in_year(year);
    populations.add(PopulationFigure { code, reference_date, inhabitants, origin: None }).unwrap();
}

/// A network of any tariff in one year.
pub(crate) fn any_network(most: usize) -> BoxedStrategy<(Basis, FeeYear)> {
    let years = (1990..=2150).prop_map(|year| FeeYear::new(year).unwrap());
    years
        .prop_flat_map(move |year| (Just(year), members(year, most), vec(facts(), most)))
        .prop_flat_map(|(year, members, facts)| {
            let codes = members.iter().map(|member| member.code).collect();
            (Just((year, members, facts)), any_tariffs(year, codes))
        })
        .prop_map(|((year, members, facts), (tariff, indices))| {
            let mut populations = Populations::new();
            let members = members.into_iter().zip(facts).map(|(member, facts)| {
                count(&mut populations, member.code, year, facts.2);
                with_facts(member, year, facts)
            });
            let members = members.collect();
            let tariffs = Tariffs::new(vec![tariff]).unwrap();
            (Basis { members, tariffs, populations, indices }, year)
        })
        .boxed()
}

/// A figure more at the end of every series, a year after its last, so that a clause reaches the next year too.
fn grow(indices: &mut Indices) {
    let known: Vec<IndexFigure> = indices.iter().cloned().collect();
    for figure in &known {
        let month = Month::new(figure.month.year() + 1, figure.month.month()).unwrap();
        let is_last = !known.iter().any(|other| other.series == figure.series && other.month > figure.month);
        if is_last {
            let value = figure.value + Decimal::ONE;
            indices.add(IndexFigure { month, value, ..figure.clone() }).unwrap();
        }
    }
}

/// A network in a year and the next: the tariff stays or is another; each member stays as it is, changes class, or its figures.
pub(crate) fn any_two_years(most: usize) -> BoxedStrategy<(Basis, FeeYear, FeeYear)> {
    let network = any_network(most);
    network
        .prop_flat_map(move |(basis, year)| {
            let next = FeeYear::new(year.get() + 1).unwrap();
            let codes = basis.members.iter().map(|member| member.code).collect();
            let later = prop_oneof![Just(None), any_tariffs(next, codes).prop_map(Some)];
            (Just((basis, year, next)), later, vec((facts(), any::<bool>()), most))
        })
        .prop_map(|((mut basis, year, next), later, facts)| {
            let earlier = basis.tariffs.in_year(year).unwrap().clone();
            grow(&mut basis.indices);
            if let Some((tariff, indices)) = later {
                for figure in indices.iter() {
                    // Of two figures for one month the first stays, and the year may then be refused.
                    let _ = basis.indices.add(figure.clone());
                }
                basis.tariffs = Tariffs::new(vec![Tariff { to: Some(year), ..earlier }, tariff]).unwrap();
            }
            let mut rows = Vec::new();
            for (member, (facts, changes_class)) in basis.members.drain(..).zip(facts) {
                count(&mut basis.populations, member.code, next, facts.2);
                let class = member.class.clone();
                let stays =
                    member.left.is_none() && member.first_day().is_none_or(|day| day < year.last_day());
                if changes_class && stays {
                    let again =
                        Member { joined: avgift::Joined::On(next.first_day()).into(), ..member.clone() };
                    let again = Member { class: None, ..again };
                    rows.push(member.left_on(year.last_day()));
                    rows.push(with_facts(again, next, facts));
                } else {
                    let with_figures = with_facts(member, next, facts);
                    rows.push(Member { class, ..with_figures });
                }
            }
            basis.members = rows;
            (basis, year, next)
        })
        .boxed()
}
