//! Explanations as Markdown, HTML, JSON and text, read back by readers that are not ours: they have the words of the core, letter by letter.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops, in its helpers as in itself"
)]

mod board;
mod made;

use avgift::{ExplainedStep, Explanation, Language};
use avgift_report::{explanation_html, explanation_markdown};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Selector};

use crate::made::{explanation, named};

/// What a reader finds: the title, the remarks, and the cells of the steps that hold something, notes among them.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    title: String,
    remarks: Vec<String>,
    cells: Vec<String>,
}

/// The words of the core, in the order of reading.
fn told(explanation: &Explanation) -> Found {
    let cells = |step: &ExplainedStep| {
        let ExplainedStep { number, label, value, operand, origins, note, .. } = step.clone();
        [number.to_string(), label, value, operand, origins, note.unwrap_or_default()]
    };
    let cells = explanation.steps.iter().flat_map(cells).filter(|cell| !cell.is_empty()).collect();
    Found { title: explanation.title.clone(), remarks: explanation.remarks.clone(), cells }
}

/// What a reader of CommonMark with every extension finds; anything but a heading, paragraphs, a table and text is a fault.
fn in_markdown(markdown: &str) -> Found {
    let mut found = Found { title: String::new(), remarks: Vec::new(), cells: Vec::new() };
    let (mut text, mut is_head) = (String::new(), false);
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(more) => text.push_str(&more),
            Event::Start(Tag::TableHead) => is_head = true,
            Event::Start(
                Tag::Heading { .. } | Tag::Paragraph | Tag::Table(_) | Tag::TableRow | Tag::TableCell,
            ) => {}
            Event::End(TagEnd::Heading(_)) => found.title = std::mem::take(&mut text),
            Event::End(TagEnd::Paragraph) => found.remarks.push(std::mem::take(&mut text)),
            Event::End(TagEnd::TableCell) if is_head || text.is_empty() => text.clear(),
            Event::End(TagEnd::TableCell) => found.cells.push(std::mem::take(&mut text)),
            Event::End(TagEnd::TableHead) => is_head = false,
            Event::End(TagEnd::Table | TagEnd::TableRow) => {}
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    found
}

/// What a browser finds.
fn in_html(html: &str) -> Found {
    let page = Html::parse_document(html);
    assert_eq!(page.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    let text = |element: ElementRef<'_>| element.text().collect::<String>();
    let all = |selector| page.select(&Selector::parse(selector).unwrap()).map(text).collect::<Vec<String>>();
    assert_eq!(all("head > title"), all("h1"));
    let mut cells = all("tbody td, tbody th");
    cells.retain(|cell| !cell.is_empty());
    Found { title: all("h1").concat(), remarks: all("p"), cells }
}

/// What a machine finds.
fn in_json(json: &serde_json::Value) -> Found {
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let all = |name: &str| json[name].as_array().unwrap().iter();
    let names = ["number", "label", "value", "operand", "origins", "note"];
    let cells = all("steps").flat_map(|step| names.map(|name| step[name].clone()));
    let cells = cells.filter(|cell| !cell.is_null() && *cell != "").map(|cell| text(&cell)).collect();
    Found { title: text(&json["title"]), remarks: all("remarks").map(text).collect(), cells }
}

fn is_found_whole(explanation: &Explanation) {
    let told = told(explanation);
    assert_eq!(in_markdown(&explanation_markdown(explanation)), told);
    assert_eq!(in_html(&explanation_html(explanation)), told);
    assert_eq!(in_json(&serde_json::to_value(explanation).unwrap()), told);
    let text = explanation.text();
    let mut rest = text.as_str();
    for words in [told.title].iter().chain(&told.remarks).chain(&told.cells) {
        let at = rest.find(words.as_str());
        rest = &rest[at.unwrap_or_else(|| panic!("`{words}` is not where it belongs in\n{text}"))..];
    }
}

/// Every form has the same words in the same order, in both languages, with every kind of note.
#[test]
fn every_form_tells_the_same_words() {
    for language in Language::ALL {
        let explanation = explanation(language);
        assert!(explanation.steps.iter().filter(|step| step.note.is_some()).count() >= 3);
        is_found_whole(&explanation);
    }
}

/// A name is neither markup nor formula nor command to anyone, whatever it is made of.
#[test]
fn a_hostile_name_comes_out_right() {
    let long = "Å".repeat(200);
    for name in [
        "<script>alert(1)</script>",
        "</title></style></table><!-- & -->",
        "&lt;b&gt; &amp; &#x41; &nbsp;",
        "\"'><img src=x onerror=alert(1)>",
        "<![CDATA[x]]> <?xml version=\"1.0\"?>",
        "**Ale** _Ale_ ~~Ale~~ `Ale` ``Ale``",
        "[Ale](http://x.se) ![Ale](x.png) <http://x.se> http://x.se www.x.se a@x.se [^1] [x]: y",
        "# Ale ##",
        "- Ale",
        "+ Ale",
        "1. Ale",
        "12) Ale",
        "> Ale",
        "---",
        "===",
        "| Ale | Borås |",
        "Ale \\| Borås \\",
        "\\*Ale\\*",
        "$x^2$ $$y$$ H~2~O ^sup^ {#id .class} :smile: [!NOTE] ++ins++ ==mark== {{x}} {% x %}",
        "#set page(width: 1pt) #link(\"x\")[y] $ sum $ @ref <label>",
        "\\input{x} %s %n ${x} $(x) `x`",
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "=cmd|' /C calc'!A0",
        "{ $name }",
        "\u{5ea}\u{5dc} \u{5d0}\u{5d1}\u{5d9}\u{5d1}",
        "\u{639}\u{645}\u{627}\u{646} (1440), 2024",
        "  Ale  kommun  ",
        "    Ale",
        "a\u{308}\u{301} 👩‍👩‍👧 𝔸 ﬁ",
        &long,
    ] {
        for language in Language::ALL {
            let explanation = named(name, language);
            assert!(explanation.title.starts_with(name) && explanation.remarks[0].contains(name), "{name}");
            is_found_whole(&explanation);
        }
    }
}

/// What steers a screen does not reach one: no line is forged, no direction turned, no colour set.
#[test]
fn a_steering_character_is_made_visible() {
    for steering in ['\n', '\r', '\t', '\0', '\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}'] {
        let explanation = named(&format!("Ale{steering}7"), Language::Swedish);
        assert!(explanation.title.starts_with("Ale\u{fffd}7"), "{steering:?}");
        is_found_whole(&explanation);
    }
}

/// Where a page is from, and what it may do: nothing but be read.
#[test]
fn the_page_stands_alone() {
    let html = explanation_html(&explanation(Language::English));
    let page = Html::parse_document(&html);
    let count = |selector| page.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(count("script, link, img, iframe, object, embed, form, base, [src], [href], [style]"), 0);
    assert!(!html.contains("url(") && !html.contains("@import") && !html.contains("http:"));
    assert_eq!(count("html[lang=en] > head > meta[charset=utf-8]:first-child"), 1);
    assert_eq!(count("meta[name=viewport]"), 1);
    assert_eq!(count("h1"), 1);
    assert_eq!(count("table > caption"), 1);
    assert_eq!(count("thead th:not([scope=col])"), 0);
    assert_eq!(count("tbody th[scope=rowgroup]"), 7);
    // Each row has as many columns as the heading, with those that reach into it from the row above.
    for rows in page.select(&Selector::parse("tbody").unwrap()) {
        let cell = Selector::parse("td, th").unwrap();
        let number =
            |cell: &ElementRef<'_>, name| cell.attr(name).map_or(1, |text| text.parse::<usize>().unwrap());
        let area: usize =
            rows.select(&cell).map(|cell| number(&cell, "rowspan") * number(&cell, "colspan")).sum();
        assert_eq!(area, 5 * rows.select(&Selector::parse("tr").unwrap()).count());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever text stands in whichever place: markup at its beginning, at its end, across two places.
    #[test]
    fn any_text_comes_out_right(
        texts in proptest::collection::vec("[ \\\\`*_\\[\\]<>&#|~$^:/.!(){}=+\\-0-9a-zåא\"'@;%]{1,12}", 6),
    ) {
        let mut explanation = explanation(Language::Swedish);
        explanation.title.clone_from(&texts[0]);
        explanation.remarks = vec![texts[1].clone()];
        let step = &mut explanation.steps[0];
        step.label.clone_from(&texts[2]);
        step.operand.clone_from(&texts[3]);
        step.origins.clone_from(&texts[4]);
        step.note = Some(texts[5].clone());
        let told = told(&explanation);
        prop_assert_eq!(&in_markdown(&explanation_markdown(&explanation)), &told);
        prop_assert_eq!(&in_html(&explanation_html(&explanation)), &told);
    }
}
