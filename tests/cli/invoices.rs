//! invoice: drafts as a whole folder or not at all, their sum the frame, the same bytes every time.

use std::fs;

use avgift::Sek;

use crate::world::{files, fixture, on, scratch};

fn drafts(year: i32, out: &std::path::Path) -> crate::world::Ran {
    on(&fixture(), &format!("invoice --year {year} --date {year}-02-28 --no-pdf --out {}", out.display()))
}

/// The amounts between two tags of all documents, added up.
fn sum_of(documents: &std::collections::BTreeMap<String, Vec<u8>>, element: &str) -> Sek {
    let amounts = documents.iter().filter(|(name, _)| name.ends_with(".xml")).map(|(name, bytes)| {
        let text = std::str::from_utf8(bytes).unwrap();
        let total = &text[text.find("<cac:LegalMonetaryTotal>").unwrap()..];
        let from =
            total.find(&format!("<cbc:{element} currencyID=\"SEK\">")).unwrap_or_else(|| panic!("{name}"));
        let amount = total[from..].split(['<', '>']).nth(2).unwrap();
        amount.parse::<Sek>().unwrap()
    });
    Sek::sum(amounts).unwrap()
}

#[test]
fn the_sum_of_the_invoices_is_the_frame() {
    for (year, frame) in
        [(2023, "1603534.00"), (2024, "1722621.00"), (2025, "1796684.00"), (2026, "1858944.00")]
    {
        let scratch = scratch();
        let out = scratch.path().join("ut");
        let ran = drafts(year, &out);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let documents = files(&out);
        assert_eq!(documents.keys().filter(|name| name.ends_with(".xml")).count(), 36);
        assert_eq!(sum_of(&documents, "TaxExclusiveAmount").to_string(), frame);
        let printed = on(&fixture(), &format!("frame --year {year} --format csv")).out;
        assert!(printed.lines().last().unwrap().contains(&format!(",{frame},")), "{printed}");
    }
}

#[test]
fn the_federation_has_one_invoice_with_a_line_for_each_of_its_four_members() {
    let scratch = scratch();
    let out = scratch.path().join("ut");
    drafts(2024, &out);
    let xml = fs::read_to_string(out.join("dme.xml")).unwrap();
    assert_eq!(xml.matches("<cac:InvoiceLine>").count(), 4);
    for name in ["Bengtsfors kommun", "Dals-Eds kommun", "Färgelanda kommun", "Melleruds kommun"] {
        assert!(xml.contains(&format!("Medlemsavgift 2024, {name}")), "{name}");
    }
    assert!(xml.contains("UTKAST"));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let scratch = scratch();
    let (first, second) = (scratch.path().join("a"), scratch.path().join("b"));
    for out in [&first, &second] {
        assert_eq!(drafts(2025, out).code, 0);
    }
    assert_eq!(files(&first), files(&second));
}

#[test]
fn a_folder_that_is_in_use_is_left_alone() {
    let scratch = scratch();
    let out = scratch.path().join("ut");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("letter.txt"), "mine").unwrap();
    for command in ["", " --replace"] {
        let year_and_out = format!("invoice --year 2024 --out {}{command}", out.display());
        let ran = on(&fixture(), &year_and_out);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("error[out-must-be-new]"), "{}", ran.err);
        assert_eq!(files(scratch.path()).into_keys().collect::<Vec<_>>(), ["ut/letter.txt"]);
    }
}

#[test]
fn a_folder_of_drafts_is_replaced_when_asked_for() {
    let scratch = scratch();
    let out = scratch.path().join("ut");
    assert_eq!(drafts(2024, &out).code, 0);
    fs::write(out.join("old.xml"), "old").unwrap();
    assert_eq!(drafts(2025, &out).code, 1);
    let replaced = on(
        &fixture(),
        &format!("invoice --year 2025 --date 2025-02-28 --no-pdf --replace --out {}", out.display()),
    );
    assert_eq!(replaced.code, 0, "{}", replaced.err);
    assert!(!out.join("old.xml").exists());
    assert!(fs::read_to_string(out.join("ale.xml")).unwrap().contains("UTKAST-2025-ale"));
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1, "nothing is left of the staging");
}

#[test]
fn an_envelope_names_sender_and_receiver() {
    let scratch = scratch();
    let out = scratch.path().join("ut");
    let command =
        format!("invoice --year 2024 --date 2024-02-28 --no-pdf --envelope --out {}", out.display());
    assert_eq!(on(&fixture(), &command).code, 0);
    let xml = fs::read_to_string(out.join("ale.xml")).unwrap();
    assert!(xml.contains("<StandardBusinessDocument"), "{xml}");
    assert!(xml.contains("0007:9920002004") && xml.contains("0007:9921440005"), "{xml}");
}

/// One PDF a draft, the same bytes in two runs, with the XML that lies beside it inside.
#[cfg(feature = "pdf")]
#[test]
fn each_draft_is_printed() {
    let scratch = scratch();
    let outs = ["a", "b"].map(|name| scratch.path().join(name));
    for out in &outs {
        let ran = on(&fixture(), &format!("invoice --year 2024 --date 2024-02-28 --out {}", out.display()));
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let documents = files(&outs[0]);
    assert!(documents == files(&outs[1]));
    let ending = |ending: &str| documents.keys().filter(|name| name.ends_with(ending)).count();
    assert_eq!((ending(".pdf"), ending(".xml"), ending(".json")), (36, 36, 36));
    assert!(documents["ale.pdf"].starts_with(b"%PDF-1.7"));
}

/// Who takes no electronic invoice gets the PDF alone, with the document as JSON inside; the others get both.
#[cfg(feature = "pdf")]
#[test]
fn a_payer_without_an_electronic_address_gets_the_pdf() {
    let scratch = scratch();
    let (folder, out) = (scratch.path().join("folder"), scratch.path().join("ut"));
    crate::world::copy(&fixture(), &folder);
    let payers = fs::read_to_string(folder.join("payers.csv")).unwrap();
    fs::write(folder.join("payers.csv"), payers.replace("0007:9921440005", "")).unwrap();
    let ran = on(&folder, &format!("invoice --year 2024 --date 2024-02-28 --out {}", out.display()));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("no electronic invoice to ale"), "{}", ran.err);
    assert!(out.join("ale.pdf").exists() && out.join("ale.json").exists() && !out.join("ale.xml").exists());
    assert!(out.join("amal.xml").exists());
    assert!(fs::read_to_string(out.join("drafts.csv")).unwrap().contains("ale,ale.pdf,"));
    assert_eq!(on(&folder, "check").code, 0);
    let without = on(&folder, &format!("invoice --year 2024 --no-pdf --out {}x", out.display()));
    assert!(without.err.contains("error[buyer-must-have-electronic-address]"), "{}", without.err);
}

/// A fault of one document is a fault of the run: nothing is written, and what was there stays.
#[cfg(feature = "pdf")]
#[test]
fn a_template_that_fails_leaves_nothing_behind() {
    let scratch = scratch();
    let (folder, out) = (scratch.path().join("folder"), scratch.path().join("ut"));
    crate::world::copy(&fixture(), &folder);
    let settings = fs::read_to_string(folder.join("network.toml")).unwrap();
    fs::write(
        folder.join("network.toml"),
        settings + "\n[agreement.document]\ntemplate = \"brev/faktura.typ\"\n",
    )
    .unwrap();
    fs::create_dir(folder.join("brev")).unwrap();
    // It fails for one payer of thirty-six.
    fs::write(
        folder.join("brev/faktura.typ"),
        "#let p = json(\"/data.json\")\n#set document(title: p.title, date: datetime(year: 2024, month: 1, day: 1))\n\
         #set text(font: \"IBM Plex Sans\", lang: p.language)\n= #p.heading\n#if \"Åmåls kommun\" in p.recipient { nothing }\n",
    )
    .unwrap();
    let ran = on(&folder, &format!("invoice --year 2024 --date 2024-02-28 --out {}", out.display()));
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("error[template-must-compile]") && ran.err.contains("brev/faktura.typ:5:"),
        "{}",
        ran.err
    );
    assert_eq!(files(scratch.path()).keys().filter(|name| !name.starts_with("folder/")).count(), 0);
}

/// Once, a run took the null device for a folder and replaced it.
#[cfg(unix)]
#[test]
fn what_is_neither_absent_nor_a_folder_is_left_alone() {
    let scratch = scratch();
    let (folder, link) = (scratch.path().join("folder"), scratch.path().join("link"));
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    let socket = scratch.path().join("socket");
    let _open = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for out in [&link, &socket] {
        for replace in ["", " --replace"] {
            let ran = on(&fixture(), &format!("invoice --year 2024 --out {}{replace}", out.display()));
            assert_eq!(ran.code, 1);
            assert!(ran.err.contains("error[out-must-be-new]"), "{}", ran.err);
        }
        assert!(!fs::symlink_metadata(out).unwrap().is_dir());
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn the_invoice_date_is_a_day_of_a_fee_year() {
    for date in ["9999-12-31", "0000-01-01", "2024-1-1", "2024-02-30", "28/2 2024"] {
        let ran = crate::world::avgift(["invoice", "--year", "2024", "--out", "ut", "--date", date]);
        assert_eq!(ran.code, 2, "{date}");
    }
}
