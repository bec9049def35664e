//! The board's page, read by a parser that is not ours: that it stands alone, that every chart has its words and its table,
//! and that any network fits on it. Pages are left in target/judge/html/made/ for the judge.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use avgift::{
    Basis, Bridge, BudgetFrame, Comparison, Language, Member, PopulationFigure, PopulationMode, Populations,
    Tariff, Tariffs, YearOfFees,
};
use avgift_report::{Board, Compared, board_html};
use scraper::{ElementRef, Html, Selector};

fn year(year: i32) -> avgift::FeeYear {
    avgift::FeeYear::new(year).unwrap()
}

/// So many made-up members: the first has 8 000 inhabitants in 2022, each next one 3 % more, and every third shrinks in 2023.
fn basis(names: &[String]) -> Basis {
    let mut populations = Populations::new();
    let mut members = Vec::new();
    let mut inhabitants: u32 = 8_000;
    for (place, name) in names.iter().enumerate() {
        let code = format!("{:02}{:02}", 1 + place / 99, 1 + place % 99).parse().unwrap();
        let later = if place % 3 == 2 { inhabitants - 150 } else { inhabitants + 90 };
        populations.add(PopulationFigure::of_year_end(code, 2022, inhabitants).unwrap()).unwrap();
        populations.add(PopulationFigure::of_year_end(code, 2023, later).unwrap()).unwrap();
        members.push(Member::new(code, name.as_str()));
        inhabitants = (inhabitants + inhabitants * 3 / 100).min(900_000);
    }
    let tariff = Tariff::per_inhabitant("T", year(2023), "1,50".parse().unwrap());
    let tariff = tariff.bounded("15 000".parse().unwrap(), "120 000".parse().unwrap()).unwrap();
    Basis { members, tariffs: Tariffs::new(vec![tariff]).unwrap(), populations, ..Basis::default() }
}

fn fees(basis: &Basis, of: i32) -> YearOfFees {
    basis.assess_year(year(of), PopulationMode::Published).unwrap()
}

/// The page of a network with these members, 2024 held against 2023.
fn page_of(network: &str, names: &[String], language: Language) -> String {
    let basis = basis(names);
    let (from, to) = (fees(&basis, 2023), fees(&basis, 2024));
    let comparison = Comparison::of(&from, &to).unwrap();
    let bridge = Bridge::between(&basis, &from, &to).unwrap();
    let board = Board {
        network,
        scenario: None,
        fees: &to,
        compared: Some(Compared { fees: &from, comparison: &comparison, bridge: &bridge }),
        not_compared: None,
        more_years: &[],
        forecast: None,
        journal: Some((17, "ab12")),
    };
    board_html(&board, language).unwrap()
}

fn made(count: usize) -> Vec<String> {
    (1..=count).map(|place| format!("Kommun {place}")).collect()
}

/// Leaves a page for the judge.
fn leave(name: &str, html: &str) {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("judge/html/made");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join(name), html).unwrap();
}

fn parsed(html: &str) -> Html {
    let page = Html::parse_document(html);
    assert_eq!(page.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    page
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// Where a page is from, and what it may do: nothing but be read.
#[test]
fn the_page_stands_alone() {
    for language in Language::ALL {
        let html = page_of("Nätverket", &made(5), language);
        let page = parsed(&html);
        assert_eq!(
            all(&page, "script, link, img, iframe, object, embed, form, base, [src], [style]").len(),
            0
        );
        assert!(!html.contains("url(") && !html.contains("@import") && !html.contains("http:"));
        assert!(all(&page, "[href]").iter().all(|link| link.attr("href").unwrap().starts_with('#')));
        assert_eq!(all(&page, &format!("html[lang={}] > head > title", language.code())).len(), 1);
        assert_eq!(html, page_of("Nätverket", &made(5), language), "the same input, the same bytes");
    }
}

/// One heading of the page, one a section; every name that something refers to is there, and once.
#[test]
fn the_page_is_in_order() {
    let page = parsed(&page_of("Nätverket", &made(30), Language::Swedish));
    let headings: Vec<&str> =
        all(&page, "h1, h2, h3, h4, h5, h6").iter().map(|heading| heading.value().name()).collect();
    assert_eq!(headings, ["h1", "h2", "h2", "h2", "h2", "h2", "h2", "h2"]);
    let named: Vec<&str> = all(&page, "[id]").iter().map(|element| element.attr("id").unwrap()).collect();
    let names: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), names.len(), "a name stands twice");
    for key in ["aria-labelledby", "aria-describedby"] {
        let selector = format!("[{key}]");
        for name in all(&page, &selector).iter().map(|element| element.attr(key).unwrap()) {
            assert!(names.contains(name), "{name}");
        }
    }
    let links: Vec<&str> = all(&page, "a").iter().map(|link| link.attr("href").unwrap()).collect();
    assert_eq!(links[0], "#content", "the first link leads past the others");
    assert!(links.iter().all(|link| names.contains(&link[1..])), "{links:?}");
    assert_eq!(all(&page, "th:not([scope])").len(), 0);
    assert_eq!(all(&page, "table > caption:first-child").len(), all(&page, "table").len());
}

/// Whoever does not see a picture is told what it is and what it shows, and has its figures in a table.
#[test]
fn every_picture_has_its_words_and_its_table() {
    let page = parsed(&page_of("Nätverket", &made(30), Language::English));
    let pictures = all(&page, "svg[role=img]");
    // The frames, the curve, two of 15 bars each for fees, per inhabitant and changes, the bridge.
    assert_eq!(pictures.len(), 9);
    let part = |picture: &ElementRef<'_>, name| {
        let parts = Selector::parse(name).unwrap();
        picture.select(&parts).next().map(text).unwrap_or_default()
    };
    let titles: BTreeSet<String> = pictures.iter().map(|picture| part(picture, "title")).collect();
    assert_eq!(titles.len(), pictures.len(), "each has a title of its own: {titles:?}");
    assert!(pictures.iter().all(|picture| part(picture, "desc").len() > 20));
    assert_eq!(all(&page, "figure").len(), all(&page, "figure > details > summary + .table tbody").len());
}

/// A network of any size: all members are on the page, in the table, on the curve and beside their bars.
#[test]
fn any_number_of_members_fits() {
    for count in [1, 2, 22, 23, 45, 290] {
        let names = made(count);
        let html = page_of("Nätverket", &names, Language::Swedish);
        leave(&format!("members-{count}.html"), &html);
        let page = parsed(&html);
        let found = |selector: &str| all(&page, selector).into_iter().map(text).collect::<BTreeSet<String>>();
        let names: BTreeSet<String> = names.into_iter().collect();
        assert_eq!(found("#members tbody th"), names);
        // The fees of the first two, at the floor, have not changed, and bars of nothing are not drawn.
        let charts = if count <= 2 { &["fees", "each"][..] } else { &["fees", "each", "changes"] };
        for chart in charts {
            assert_eq!(found(&format!("svg[id^='{chart}-'] text:not(.value)")), names, "{chart}");
        }
        assert_eq!(all(&page, "#curve-1 circle").len(), count);
        let tallest = all(&page, "svg[role=img]")
            .iter()
            .map(|svg| svg.attr("height").unwrap().parse::<u32>().unwrap())
            .max();
        assert!(tallest.unwrap() <= 22 * 34, "none is taller than a sheet of paper");
    }
}

/// Fees that an embedder made, of no member: a frame of nothing, and nothing else that would have to be made up.
#[test]
fn a_year_without_members_is_a_page_too() {
    let fees = fees(&basis(&made(1)), 2024);
    let to = YearOfFees { assessments: Vec::new(), frame: BudgetFrame::of(&[]).unwrap(), ..fees };
    let board = Board {
        network: "Nätverket",
        scenario: None,
        fees: &to,
        compared: None,
        not_compared: None,
        more_years: &[],
        forecast: None,
        journal: None,
    };
    let html = board_html(&board, Language::Swedish).unwrap();
    leave("members-0.html", &html);
    let page = parsed(&html);
    assert_eq!(text(all(&page, ".facts dd")[0]), "0\u{a0}kr");
    assert_eq!(all(&page, "svg").len(), 0);
    let headings: Vec<String> = all(&page, "h2").into_iter().map(text).collect();
    assert_eq!(headings, ["Budgetram", "Källor"]);
}

/// A name is neither markup nor a command to anyone, and one that is long is cut in a drawing alone.
#[test]
fn a_hostile_name_comes_out_right() {
    let names = [
        "<script>alert(1)</script>",
        "</title></style></svg></table><!-- & -->",
        "\"'><img src=x onerror=alert(1)>",
        "&lt;b&gt; &amp; &#x41; &nbsp;",
        "{ $name } =1+1 %s ${x}",
        "\u{5ea}\u{5dc} \u{5d0}\u{5d1}\u{5d9}\u{5d1} (1440)",
        "Ett mycket långt namn på en kommun som ingen kommun bär men som ändå skall få plats här",
        "Ale\u{202e}7\u{1b}\n",
    ]
    .map(str::to_owned);
    for (place, network) in names.iter().enumerate() {
        let html = page_of(network, &names, Language::Swedish);
        if place == 0 || place == 6 {
            leave(&format!("hostile-{place}.html"), &html);
        }
        let page = parsed(&html);
        assert_eq!(all(&page, "script, img").len(), 0);
        let shown = |name: &str| name.replace(avgift::steers, "\u{fffd}");
        let wanted: BTreeSet<String> = names.iter().map(|name| shown(name)).collect();
        let found: BTreeSet<String> = all(&page, "#members tbody th").into_iter().map(text).collect();
        assert_eq!(found, wanted);
        assert!(text(all(&page, "h1")[0]).starts_with(&shown(network)));
        assert!(text(all(&page, "head > title")[0]).starts_with(&shown(network)));
        let drawn: Vec<String> = all(&page, "#fees-1 text:not(.value)").into_iter().map(text).collect();
        assert_eq!(drawn.len(), names.len());
        assert!(drawn.iter().all(|name| name.chars().count() <= 30), "{drawn:?}");
    }
}

/// One goes up and one goes down: the bars of both begin at the line of zero.
#[test]
fn what_goes_down_is_on_the_other_side_of_zero() {
    let page = parsed(&page_of("Nätverket", &made(30), Language::Swedish));
    let place = |element: &ElementRef<'_>, name: &str| {
        let text = element.attr(name).unwrap().trim_end_matches('%');
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        whole.parse::<i64>().unwrap() * 100 + format!("{rest:0<2}").parse::<i64>().unwrap()
    };
    let zero = place(&all(&page, "#changes-1 line.zero")[0], "x1");
    let (up, down) = (all(&page, "svg[id^=changes] rect.up"), all(&page, "svg[id^=changes] rect.down"));
    assert!(up.len() > 10 && down.len() > 5, "{} {}", up.len(), down.len());
    assert!(up.iter().all(|bar| place(bar, "x") == zero));
    assert!(down.iter().all(|bar| place(bar, "x") + place(bar, "width") == zero));
    // The bridge is a chain: each step begins where the one before it ended.
    let steps = all(&page, "#bridge-1 rect");
    let joints: Vec<i64> = all(&page, "#bridge-1 line.joint").iter().map(|line| place(line, "x1")).collect();
    assert_eq!(joints.len() + 1, steps.len());
    for (joint, step) in joints.iter().zip(&steps[1..]) {
        let start = place(step, "x");
        let end = start
            + step.attr("width").filter(|width| width.ends_with('%')).map_or(0, |_| place(step, "width"));
        assert!([start, end].contains(joint), "{joint} {start} {end}");
    }
}
