//! `avgift audit`: the package of a fee year, unpacked and checked by tools that are not ours.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::recorded::Recorded;
use crate::world::{files, scratch};

/// A network with two fee years issued, and one invoice credited in part.
fn two_years() -> Recorded {
    let recorded = Recorded::credited();
    let issue = "issue --year 2025 --no-pdf --yes --by ekonomi --at 2025-02-03T09:00:00+01:00";
    let ran = recorded.run(issue);
    assert_eq!(ran.code, 0, "{}", ran.err);
    recorded
}

/// Runs a program that is not ours; nothing where it is not there.
fn other(dir: &Path, program: &str, args: &[&str]) -> Option<(bool, String)> {
    match Command::new(program).args(args).current_dir(dir).output() {
        Ok(output) => {
            let text = [output.stdout, output.stderr].concat();
            Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => panic!("{program}: {error}"),
    }
}

/// Inputs 6, fees 2 × 39, 37 documents, and what is beside them.
#[test]
fn the_package_holds_the_year_and_its_own_list() {
    let recorded = two_years();
    let out = scratch();
    let package = out.path().join("granskning");
    let ran = recorded.run(&format!("audit --year 2024 --out {}", package.display()));
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let files = files(&package);
    let count = |start: &str| files.keys().filter(|name| name.starts_with(start)).count();
    assert_eq!((count("forklaringar/"), count("documents/2024/"), count("documents/2025/")), (78, 37, 0));
    for name in
        ["README.txt", "arbetsbok.xlsx", "avgifter.csv", "taxa.txt", "systemdokumentation.md", "kontroll.txt"]
    {
        assert!(files.contains_key(name), "{name}");
    }
    // What came from the folder is as it is there.
    for name in
        ["network.toml", "members.csv", "payers.csv", "journal.jsonl", "documents/2024/GR-20240037.xml"]
    {
        assert_eq!(files[name], fs::read(recorded.file(name)).unwrap(), "{name}");
    }
    assert_eq!(count("statistics/"), crate::world::files(&recorded.file("statistics")).len());
    let explained = String::from_utf8(files["forklaringar/1440.txt"].clone()).unwrap();
    assert!(explained.starts_with("GR-20240001\n\nAle kommun (1440), avgiftsår 2024"), "{explained}");
    let checked = String::from_utf8(files["kontroll.txt"].clone()).unwrap();
    assert!(checked.contains("Ale kommun (1440)  49 219 kr  50 219 kr  GR-20240001"), "{checked}");
    let manifest = String::from_utf8(files["manifest.sha256"].clone()).unwrap();
    assert_eq!(manifest.lines().count(), files.len() - 1);
    assert!(!manifest.contains('\\'));
    // The other year's documents are in the other year's package.
    let next = out.path().join("nästa");
    assert_eq!(recorded.run(&format!("audit --year 2025 --out {}", next.display())).code, 0);
    assert!(next.join("documents/2025/GR-20240038.xml").is_file());
}

/// Without this program: `sha256sum -c`, and a byte that was changed is named.
#[cfg(unix)]
#[test]
fn sha256sum_checks_the_package() {
    let recorded = Recorded::credited();
    let out = scratch();
    let package = out.path().join("granskning");
    assert_eq!(recorded.run(&format!("audit --year 2024 --out {}", package.display())).code, 0);
    let check = || other(&package, "sha256sum", &["--quiet", "-c", "manifest.sha256"]).unwrap();
    assert_eq!(check(), (true, String::new()));
    fs::write(package.join("documents/2024/GR-20240005.xml"), "<Invoice/>").unwrap();
    let (holds, told) = check();
    assert!(!holds && told.contains("documents/2024/GR-20240005.xml: FAILED"), "{told}");
    // The chain too, as the documentation in the package says.
    let documentation = fs::read_to_string(package.join("systemdokumentation.md")).unwrap();
    let script = documentation.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(other(&package, "sh", &["-c", script]).unwrap(), (true, recorded.head() + "\n"));
    // And the seals of the documents, as README.txt says: each is listed on its line.
    let readme = fs::read_to_string(package.join("README.txt")).unwrap();
    let listing = readme.lines().find(|line| line.trim_start().starts_with("grep -o")).unwrap();
    let (_, sealed) = other(&package, "sh", &["-c", listing]).unwrap();
    assert_eq!(sealed.lines().count(), 37);
    let (_, sums) = other(&package, "sha256sum", &["documents/2024/GR-20240001.xml"]).unwrap();
    let sum = sums.split(' ').next().unwrap();
    assert!(sealed.contains(&format!("documents/2024/GR-20240001.xml {sum}")), "{sealed}");
}

/// The same folder gives the same bytes, as a folder and as a ZIP file, which Python and unzip read.
#[test]
fn the_zip_file_is_the_same_twice_and_others_read_it() {
    let recorded = Recorded::issued();
    let out = scratch();
    let [first, second, folder] = ["a.zip", "b.ZIP", "mapp"].map(|name| out.path().join(name));
    for to in [&first, &second, &folder] {
        let ran = recorded.run(&format!("audit --year 2024 --out {}", to.display()));
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let bytes = fs::read(&first).unwrap();
    assert!(bytes == fs::read(&second).unwrap());
    let expected = files(&folder);
    let unpack = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                  assert {i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}; z.extractall(sys.argv[2])";
    let mut readers = 0;
    let python = other(out.path(), "python3", &["-c", unpack, "a.zip", "python"]);
    let unzip = other(out.path(), "unzip", &["-q", "a.zip", "-d", "unzip"]);
    for (name, ran) in [("python", python), ("unzip", unzip)] {
        let Some((done, told)) = ran else { continue };
        assert!(done, "{name}: {told}");
        assert!(files(&out.path().join(name)) == expected, "{name}");
        readers += 1;
    }
    assert!(readers > 0, "neither python3 nor unzip is here");
}

#[test]
fn a_package_replaces_only_a_package() {
    let recorded = Recorded::issued();
    let out = scratch();
    let audit =
        |to: &Path, rest: &str| recorded.run(&format!("audit --year 2024 --out {} {rest}", to.display()));
    let package = out.path().join("granskning");
    assert_eq!(audit(&package, "").code, 0);
    let again = audit(&package, "");
    assert!(again.code == 1 && again.err.contains("for a package from an earlier run"), "{}", again.err);
    assert_eq!(audit(&package, "--replace").code, 0);
    let other = out.path().join("annat");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("viktigt.txt"), "").unwrap();
    assert!(audit(&other, "--replace").err.starts_with("error[out-must-be-new]"));
    let zip = out.path().join("a.zip");
    assert_eq!(audit(&zip, "").code, 0);
    assert!(audit(&zip, "").err.starts_with("error[out-must-be-new]"));
    assert_eq!(audit(&zip, "--replace").code, 0);
}

/// A package is made of a journal that holds, and of a year that was issued.
#[test]
fn what_does_not_hold_is_not_handed_over() {
    let recorded = Recorded::issued();
    let out = scratch();
    let audit =
        |year: &str| recorded.run(&format!("audit --year {year} --out {}", out.path().join("ut").display()));
    assert!(audit("2025").err.starts_with("error[year-must-be-issued]"));
    fs::remove_file(recorded.file("documents/2024/GR-20240003.xml")).unwrap();
    assert!(audit("2024").err.starts_with("error[document-must-be-as-issued]"));
    assert!(!out.path().join("ut").exists());
}

/// A figure that is gone today takes the workbook with it, and nothing else.
#[test]
fn a_year_that_cannot_be_computed_today_is_handed_over_without_its_workbook() {
    let recorded = Recorded::issued();
    fs::remove_file(recorded.file("statistics/loi-arbetare-c.csv")).unwrap();
    let out = scratch();
    let package = out.path().join("ut");
    let ran = recorded.run(&format!("audit --year 2024 --out {}", package.display()));
    assert!(ran.code == 0 && ran.err.contains("cannot be computed from the folder of today"), "{}", ran.err);
    assert!(!package.join("arbetsbok.xlsx").exists() && package.join("forklaringar/1440.html").exists());
    let checked = fs::read_to_string(package.join("kontroll.txt")).unwrap();
    assert!(checked.contains("Avgiftsår 2024 går inte att räkna i dag"), "{checked}");
}

/// What paid the year and what the ledger got of it: the bank's file and the vouchers, each as it was sealed; what belongs to
/// another year alone is not in the package, and the other year has them.
#[test]
fn bank_files_and_vouchers_of_the_year_are_in_its_package() {
    let recorded = Recorded::issued();
    let record = |day: &str, command: &str| {
        let ran = recorded.run(&format!("{command} --yes --by ekonomi --at {day}T09:00:00+01:00"));
        assert_eq!(ran.code, 0, "{command}: {}", ran.err);
    };
    let bank = |name: &str, row: &str| {
        let path = recorded.file(name);
        fs::write(&path, format!("datum;belopp;ocr;betalare;text;konto;bankreferens\n{row}\n")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // Ale's 50 219 kr, in part.
    let february = bank("februari.csv", "2024-02-20;50000;2024000107;Ale kommun;;991-2346;B1");
    record("2024-02-21", &format!("pay {february}"));
    record("2024-02-22", "export sie");
    record("2025-02-03", "issue --year 2025 --no-pdf");
    // The first invoice of 2025 is Ale's: GR-20240037.
    let of_2025 = recorded.run("journal show 20240037").out;
    let ocr = of_2025.split("OCR ").nth(1).unwrap().lines().next().unwrap();
    let later = bank("mars.csv", &format!("2025-03-01;100;{ocr};Ale kommun;;991-2346;B2"));
    record("2025-03-02", &format!("pay {later}"));
    record("2025-03-03", "export sie");

    let out = scratch();
    let package = |year: &str| {
        let to = out.path().join(year);
        let ran = recorded.run(&format!("audit --year {year} --out {}", to.display()));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let names = files(&to).into_keys().filter(|name| name.starts_with("documents/"));
        names.filter(|name| !name.contains("/GR-")).collect::<Vec<String>>()
    };
    let (first, second) = (package("2024"), package("2025"));
    let ends = |names: &[String], end: &str| names.iter().filter(|name| name.ends_with(end)).count();
    assert_eq!(
        (ends(&first, "-februari.csv"), ends(&first, "-mars.csv"), ends(&first, ".SI")),
        (1, 0, 1),
        "{first:?}"
    );
    assert_eq!((ends(&second, "-februari.csv"), ends(&second, "-mars.csv")), (0, 1), "{second:?}");
    assert!(ends(&second, ".SI") >= 1 && second.iter().all(|name| !first.contains(name)), "{second:?}");

    // The payment stands on the invoice, and what is left of it is open: 50 219 − 50 000 kr.
    let shown = recorded.run("journal show 20240001").out;
    assert!(shown.contains("Betalt 50 000 kr\n") && shown.contains("Öppet 219 kr\n"), "{shown}");
    // Letters, bank files and vouchers are no documents that are made again, and that is no fault.
    let proved = recorded.run("verify --rebuild");
    assert!(
        proved.out.contains("Handlingar som inte kan göras på nytt här: 4\n"),
        "{}{}",
        proved.out,
        proved.err
    );
}
