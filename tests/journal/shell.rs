//! A person without this program: the chain by `sed` and `sha256sum`, as the documentation of the crate says.
#![cfg(unix)]

use std::process::Command;

use avgift_journal::Disk;

use crate::made::{issue, opening};

#[test]
fn the_chain_is_checked_with_sed_and_sha256sum() {
    let scratch = tempfile::tempdir().unwrap();
    let (_, head) = issue(Disk::new(scratch.path()), opening("09:00:00"), 12).unwrap();
    let script = r#"
        set -e
        last=$(wc -l < journal.jsonl)
        for n in $(seq 2 "$last"); do
            is=$(sed -n "$((n - 1))p" journal.jsonl | tr -d '\n' | sha256sum | cut -d ' ' -f 1)
            says=$(sed -n "${n}p" journal.jsonl | cut -d '"' -f 6)
            [ "$is" = "$says" ] || { echo "line $n: $is, not $says"; exit 1; }
        done
        sed -n "${last}p" journal.jsonl | tr -d '\n' | sha256sum | cut -c 1-16
    "#;
    let ran = Command::new("sh").args(["-c", script]).current_dir(scratch.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    assert_eq!(String::from_utf8(ran.stdout).unwrap().trim(), head.seal.short());
    let documents = "cd documents/2027 && sha256sum F-20270001.pdf | cut -d ' ' -f 1";
    let ran = Command::new("sh").args(["-c", documents]).current_dir(scratch.path()).output().unwrap();
    let journal = std::fs::read_to_string(scratch.path().join("journal.jsonl")).unwrap();
    assert!(journal.contains(String::from_utf8(ran.stdout).unwrap().trim()));
}
