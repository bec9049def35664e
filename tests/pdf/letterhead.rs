//! Letterheads: a logo, a colour, words and contact lines; and a template of the network's own, good and bad.

use avgift_invoice::{Letterhead, Logo, LogoFormat, Template, Words};
use avgift_pdf::Typesetter;

use crate::fixture::text;
use crate::made::{Made, all};

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><path fill="#7a1f3d" d="M0 30a30 30 0 1 0 60 0a30 30 0 1 0 -60 0"/><path fill="#7a1f3d" d="M75 10h150v12h-150zM75 38h110v12h-110z"/></svg>"##;

/// Everything that network.toml can set, but a template.
pub(crate) fn dressed() -> Letterhead {
    Letterhead {
        logo: Some(logo(LOGO.as_bytes())),
        colour: Some("#7a1f3d".parse().unwrap()),
        opening: Words { swedish: Some(text("Tack för att ni är med i nätverket.")), english: None },
        closing: Words { swedish: Some(text("Frågor om avgiften besvaras av kansliet.")), english: None },
        contact_lines: vec![text("Kansliet"), text("Måndag till fredag 9 till 15"), text("www.example.se")],
        template: None,
    }
}

fn logo(bytes: &[u8]) -> Logo {
    Logo {
        bytes: bytes.into(),
        format: LogoFormat::Svg,
        alternative: text("Exempelnätet"),
        origin: Some(avgift::Origin::new("network.toml", 50, 9, 9)),
    }
}

/// The smallest template that is a document: that of docs/template.md.
const OWN: &str = r#"#let p = json("/data.json")
#let (year, month, day) = p.date
#set document(title: p.title, date: datetime(year: year, month: month, day: day))
#set text(font: "IBM Plex Sans", lang: p.language)
#pdf.attach(p.attachment.name, read("/attachment", encoding: none), relationship: "alternative",
  mime-type: p.attachment.mime_type, description: p.attachment.description)
= #p.heading
#for fact in p.facts [#fact.label: #fact.value \ ]
#for sum in p.totals [#sum.label: #sum.value \ ]
#if p.payment.code != none { image("/qr.svg", alt: p.payment.code, width: 29mm) }
"#;

pub(crate) fn own_template() -> Letterhead {
    with_template(OWN)
}

fn with_template(source: &str) -> Letterhead {
    Letterhead {
        template: Some(Template { file: "faktura.typ".into(), text: source.into() }),
        ..Letterhead::default()
    }
}

fn told(letterhead: Letterhead) -> Vec<String> {
    let made = Made { letterhead, ..all().remove(0) };
    made.pdf().unwrap_err().iter().map(|error| error.refusal().to_string()).collect()
}

/// A fault of the template is told at its place in it, whatever its line ends are.
#[test]
fn a_fault_of_a_template_has_its_place() {
    for source in
        [OWN.replace("p.heading", "p.headline"), OWN.replace("p.heading", "p.headline").replace('\n', "\r\n")]
    {
        let told = told(with_template(&source));
        assert!(told[0].contains("error[template-must-compile]"), "{told:?}");
        assert!(told[0].contains("--> faktura.typ:7:"), "{told:?}");
        assert!(told[0].contains("headline"), "{told:?}");
    }
}

/// Once, a font that is not there was only a warning, and the page came out in another.
#[test]
fn a_warning_is_a_fault() {
    let told = told(with_template(&OWN.replace("IBM Plex Sans", "Comic Neue")));
    assert!(told[0].contains("unknown font family: comic neue"), "{told:?}");
}

/// A page without a title, or a picture without its words, is no accessible document, and is not written.
#[test]
fn a_template_cannot_make_less_than_the_standards_ask() {
    let untitled = told(with_template(&OWN.replace("title: p.title, ", "")));
    assert!(untitled[0].contains("title"), "{untitled:?}");
    let silent = told(with_template(&OWN.replace("alt: p.payment.code, ", "")));
    assert!(silent[0].contains("alt"), "{silent:?}");
}

/// A template reaches the files of its own document and nothing else.
#[test]
fn a_template_reaches_no_other_file() {
    for stray in [
        "#read(\"/etc/hostname\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#read(\"../../Cargo.toml\")",
        "#datetime.today()",
    ] {
        let told = told(with_template(&format!("{OWN}\n{stray}")));
        assert!(told[0].contains("error[template-must-compile]"), "{stray}: {told:?}");
    }
}

#[test]
fn a_template_that_never_ends_is_refused() {
    let told = told(with_template(&format!("{OWN}\n#while true {{}}")));
    assert!(told[0].contains("error[template-must-compile]"), "{told:?}");
}

#[test]
fn a_logo_that_is_none_is_refused() {
    let letterhead = Letterhead { logo: Some(logo(b"<svg")), ..Letterhead::default() };
    let errors = Typesetter::new(&letterhead).unwrap_err();
    let told = errors[0].refusal().to_string();
    assert!(told.contains("error[logo-must-be-printable]") && told.contains("network.toml:50:9"), "{told}");
}

fn documentation() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/template.md");
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

#[test]
fn the_documented_template_is_the_one_that_is_tried() {
    assert!(documentation().contains(&format!("```typst\n{OWN}```")));
}

/// A template that puts out what it got: every field of it is documented, and no other.
#[test]
fn every_field_that_a_template_gets_is_documented() {
    fn keys(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
        match value {
            serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
            serde_json::Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                found.insert(key.clone());
                keys(value, found);
            }),
            _ => {}
        }
    }
    let documentation = documentation();
    let mut found = std::collections::BTreeSet::new();
    for made in all() {
        keys(&serde_json::to_value(made.page()).unwrap(), &mut found);
    }
    let undocumented: Vec<_> =
        found.iter().filter(|key| !documentation.contains(&format!("`{key}`"))).collect();
    assert!(undocumented.is_empty(), "{undocumented:?}");
    let table = documentation.split("## `/data.json`").nth(1).unwrap();
    let named = table
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
    let values = ["sv", "en", "invoice", "draft", "none"];
    let unknown: Vec<_> = named.filter(|name| !found.contains(*name) && !values.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
