//! `avgift repair`: what an interruption, a careless hand or a service that copies folders leaves, and what is done about it.

use std::fs;

use crate::recorded::{AT, Recorded};
use crate::world::files;

const LATER: &str = "--by ekonomi --at 2024-02-01T09:30:00+01:00";

#[test]
fn a_missing_document_is_made_again_to_the_byte() {
    let recorded = Recorded::credited();
    let before = files(recorded.path());
    for name in ["documents/2024/GR-20240003.xml", "documents/2024/GR-20240037.xml"] {
        fs::remove_file(recorded.file(name)).unwrap();
    }
    recorded.says(0, "repair --dry-run", "repair-dry-run.stderr");
    assert!(!recorded.file("documents/2024/GR-20240003.xml").exists());
    let repair = "repair --by ekonomi --at 2024-02-06T09:00:00+01:00";
    recorded.says(0, repair, "repair-missing.stderr");
    let after = files(recorded.path());
    // The lock tells who came last; the pack, of which all is in place, is let go of the next time.
    let kept = |name: &&String| !name.starts_with("journal.lock") && !name.starts_with(".staging");
    assert!(before.iter().filter(|(name, _)| kept(name)).eq(after.iter().filter(|(name, _)| kept(name))));
    assert_eq!(recorded.run(repair).err, "there was nothing to mend\n");
}

/// A changed document is never overwritten: somebody may want to see what was done. Moved away, it is made again.
#[test]
fn a_changed_document_is_left_where_it_is() {
    let recorded = Recorded::issued();
    let document = recorded.file("documents/2024/GR-20240003.xml");
    let issued = fs::read(&document).unwrap();
    fs::write(&document, "<Invoice/>").unwrap();
    recorded.says(1, &format!("repair {LATER}"), "repair-changed.stderr");
    assert_eq!(fs::read(&document).unwrap(), b"<Invoice/>");
    fs::rename(&document, recorded.file("moved.xml")).unwrap();
    assert_eq!(recorded.run(&format!("repair {LATER}")).code, 0);
    assert_eq!(fs::read(&document).unwrap(), issued);
}

/// What another version made may come out otherwise, so it is not tried.
#[test]
fn a_document_of_another_version_is_to_be_brought_from_a_copy() {
    let recorded = Recorded::issued();
    recorded.forge(
        4,
        &format!("\"tool\":\"avgift {}\"", env!("CARGO_PKG_VERSION")),
        "\"tool\":\"avgift 0.0.9\"",
    );
    fs::remove_file(recorded.file("documents/2024/GR-20240003.xml")).unwrap();
    recorded.says(1, &format!("repair {LATER}"), "repair-other-version.stderr");
    assert!(!recorded.file("documents/2024/GR-20240003.xml").exists());
    let ran = recorded.run("verify --rebuild --lang en");
    assert!(ran.err.contains("is missing"), "{}", ran.err);
}

/// The run was killed while it wrote the journal: what it had decided is finished to the same bytes.
#[test]
fn an_interrupted_run_is_finished() {
    let recorded = Recorded::issued();
    let whole = recorded.journal();
    recorded.write_journal(&whole[..whole.len() / 2]);
    fs::remove_file(recorded.file("documents/2024/GR-20240036.xml")).unwrap();
    recorded.prints("journal list", "list-interrupted.txt");
    // Its documents are there and its lines are not.
    let ran = recorded.run("verify");
    assert!(
        ran.code == 1 && ran.err.contains("`avgift repair` finishes it; then verify again"),
        "{}",
        ran.err
    );
    recorded.says(0, "repair --dry-run", "repair-interrupted-dry-run.stderr");
    assert_eq!(recorded.journal().len(), whole.len() / 2);
    recorded.says(0, &format!("repair {LATER}"), "repair-interrupted.stderr");
    assert_eq!(recorded.journal(), whole);
    assert_eq!(recorded.run("verify").code, 0);
}

/// A torn end is kept in a file of its own, cut off, and accounted for.
#[test]
fn a_torn_end_is_kept_and_cut() {
    let recorded = Recorded::issued();
    let whole = recorded.journal();
    recorded.write_journal(&(whole.clone() + "{\"seq\":39,\"prev\":\"4ae4"));
    let ran = recorded.run("verify");
    assert!(ran.code == 0 && ran.out.contains("22 byte av en avbruten körning"), "{}{}", ran.out, ran.err);
    recorded.says(0, &format!("repair {LATER}"), "repair-torn.stderr");
    assert_eq!(
        fs::read(recorded.file("journal.torn-20240201T093000")).unwrap(),
        b"{\"seq\":39,\"prev\":\"4ae4"
    );
    assert!(recorded.journal().starts_with(&whole));
    assert_eq!(recorded.run("verify").code, 0);
    assert!(recorded.run("journal list --type recovered").out.contains("journal.torn-20240201T093000"));
}

/// Two machines wrote at once: where the two part, what each gave out, what of it was sent.
#[test]
fn two_journals_are_told_apart() {
    let recorded = Recorded::issued();
    let common = recorded.journal();
    let credit = |number: &str| {
        let command = format!(
            "credit {number} --reason Fel --no-pdf --yes --by ekonomi --at 2024-02-05T10:00:00+01:00"
        );
        assert_eq!(recorded.run(&command).code, 0);
    };
    credit("20240002");
    credit("20240003");
    let theirs = recorded.journal();
    // The machine that keeps journal.jsonl credited another invoice.
    recorded.write_journal(&common);
    for number in ["37", "38"] {
        fs::remove_file(recorded.file(&format!("documents/2024/GR-202400{number}.xml"))).unwrap();
    }
    fs::remove_dir_all(recorded.file(".staging")).unwrap();
    credit("20240005");
    let sent = "sent 20240037 --channel post --by ekonomi --at 2024-02-05T11:00:00+01:00";
    assert_eq!(recorded.run(sent).code, 0, "{}", recorded.run(sent).err);
    fs::write(recorded.file("journal-EKONOMI-2.jsonl"), theirs).unwrap();
    recorded.says(1, &format!("repair {LATER}"), "conflict-copy.stderr");
    let told = recorded.run("repair --dry-run").out;
    crate::world::expect(&crate::world::root().join("fixtures/cases/proof/conflict-copy.txt"), &told);
    // No command records beside a second journal.
    recorded.says(1, &format!("issue --year 2025 --no-pdf --yes {AT}"), "conflict-copy-issue.stderr");
    fs::remove_file(recorded.file("journal-EKONOMI-2.jsonl")).unwrap();
    assert_eq!(recorded.run("verify").code, 0);
}

#[test]
fn an_empty_folder_is_left_empty() {
    let recorded = Recorded::new();
    let before = files(recorded.path());
    let ran = recorded.run("repair --by ekonomi");
    assert_eq!((ran.code, ran.out.as_str()), (0, "Journalen är tom: inget har utfärdats.\n"));
    assert_eq!(files(recorded.path()), before);
}
