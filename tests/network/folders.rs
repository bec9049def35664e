//! What the settings and files mean, by amounts worked out by hand for fee year 2024 and Ale's 32 446 inhabitants.

use avgift::{FeeYear, Language, PopulationMode, Sek};
use avgift_network::{Folder, Network};

use crate::{fixture, text};

const CLAUSE: &str = "series = \"LÖI arbetare C\" # löneindex för arbetare, tillverkningsindustri\n\
                      status = \"preliminary\"    # preliminär mot preliminär, aldrig mot definitiv";

fn year(year: i32) -> FeeYear {
    FeeYear::new(year).unwrap()
}

fn read(folder: &Folder) -> Network {
    Network::read(folder).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

fn fee(folder: &Folder, code: &str, year_of_fee: i32) -> Sek {
    let fees = read(folder).assess(year(year_of_fee), PopulationMode::Published);
    let fees = fees.unwrap_or_else(|faults| panic!("{}", faults[0]));
    fees.assessments.iter().find(|fee| fee.code().as_str() == code).unwrap().fee()
}

/// The fixture with a piece of network.toml put in another's place.
fn with(old: &str, new: &str) -> Folder {
    let settings = text(&fixture(), "network.toml");
    assert!(settings.contains(old), "{old}");
    fixture().with("network.toml", settings.replace(old, new))
}

/// A table of Statistics Sweden with preliminary and final figures as two contents, and the `[[index]]` that names them.
/// 32 446 × 1,50 × 130,0 / 125,0 = 50 615,76; the second October has no final figure yet.
#[test]
fn an_index_series_is_read_from_a_table_of_the_database() {
    let table = "\"SNI2007\";\"månad\";\"Arbetskostnadsindex preliminär\";\"Arbetskostnadsindex definitiv\"\r\n\
                 \"B-S exkl.O\";\"2021M10\";124.9;125.0\r\n\"B-S exkl.O\";\"2022M10\";129.8;130.0\r\n\
                 \"B-S exkl.O\";\"2023M10\";133.3;..\r\n\"C\";\"2021M10\";1.0;1.0\r\n\"C\";\"2022M10\";9.0;9.0\r\n\
                 \"C\";\"2023M10\";9.0;9.0\r\n";
    let series = "[[index]]\nseries = \"AKI\"\nfile = \"statistics/aki.csv\"\nvalues = { SNI2007 = \"B-S exkl.O\" }\n\
                  preliminary = \"Arbetskostnadsindex preliminär\"\nfinal = \"Arbetskostnadsindex definitiv\"\n";
    let settings = text(&fixture(), "network.toml");
    let settings = settings.replace(CLAUSE, "series = \"AKI\"\nstatus = \"final\"") + series;
    let folder = fixture().with("network.toml", settings).with("statistics/aki.csv", table);
    assert_eq!(fee(&folder, "1440", 2024).to_string(), "50616.00");
    let refused = read(&folder).assess(year(2025), PopulationMode::Published).unwrap_err();
    assert_eq!(refused[0].code, "index-figure-must-be-published");
    assert_eq!(refused[0].places[0].origin.to_string(), "statistics/aki.csv:4:30");
}

/// 1,50 × 142,6 / 138,2 = 1,5477… is printed as 1,55; the floor 15 477,57 as 15 500; the ceiling 123 820,55 as 123 800.
#[test]
fn a_printed_tariff_is_rounded_before_the_fee() {
    let folder = with("applies_to = \"fee\"", "printed = { rate = \"ore\", bounds = \"hundred-kronor\" } #");
    assert_eq!(fee(&folder, "1440", 2024).to_string(), "50291.00"); // 32 446 × 1,55 = 50 291,30
    assert_eq!(fee(&folder, "1438", 2024).to_string(), "15500.00");
    assert_eq!(fee(&folder, "1480", 2024).to_string(), "123800.00");
}

/// Only the rate: the floor stays 15 000 and the ceiling 120 000.
#[test]
fn the_index_may_apply_to_the_rate_alone() {
    let folder = with("applies_to = \"fee\"", "applies_to = [\"rate\"]");
    assert_eq!(fee(&folder, "1440", 2024).to_string(), "50219.00");
    assert_eq!(fee(&folder, "1438", 2024).to_string(), "15000.00");
    assert_eq!(fee(&folder, "1480", 2024).to_string(), "120000.00");
}

/// Bare numbers of TOML are read from their own characters.
#[test]
fn a_bare_number_is_as_exact_as_a_text() {
    let folder = with("rate = \"1,50 kr\" ", "rate = 1.50 ");
    let settings = text(&folder, "network.toml").replace("\"15 000 kr\"", "15000");
    let folder = folder.with("network.toml", settings);
    assert_eq!(fee(&folder, "1440", 2024).to_string(), "50219.00");
}

/// The population of two years before: 32 394 on 31 December 2022. 32 394 × 1,50 × 142,6 / 138,2 = 50 138,04.
#[test]
fn the_lag_of_the_population_is_a_setting() {
    let folder = with(
        "reference = \"12-31\"       # \"SCB:s befolkningsstatistik för föregående år\"\nlag_years = 1",
        "lag_years = 2",
    );
    assert_eq!(fee(&folder, "1440", 2024).to_string(), "50138.00");
}

/// As Excel in Sweden saves it: Windows-1252, CRLF; and with tabs.
#[test]
fn members_are_read_in_any_code_page_and_with_any_separator() {
    let members = text(&fixture(), "members.csv");
    let western: Vec<u8> =
        members.replace('\n', "\r\n").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(fee(&fixture().with("members.csv", western), "1492", 2024).to_string(), "18582.00");
    assert_eq!(
        fee(&fixture().with("members.csv", members.replace(';', "\t")), "1492", 2024).to_string(),
        "18582.00"
    );
}

/// Names alone are enough, in the spellings of the annual report.
#[test]
fn members_may_be_written_by_name() {
    let members = "name;payer\nDals Eds kommun;dme\nGöteborgs Stad;goteborg\nFalköping kommun;falkoping\n";
    let network = read(&fixture().with("members.csv", members));
    let fees = network.assess(year(2024), PopulationMode::Published).unwrap();
    let codes: Vec<String> = fees.assessments.iter().map(|fee| fee.code().to_string()).collect();
    assert_eq!(codes, ["1438", "1480", "1499"]);
    assert_eq!(network.warnings().len(), 33, "a payer who pays for nobody is told");
}

/// A fee year belongs to one host: 2023 to the company, with VAT; 2024 to the federation, without.
#[test]
fn the_host_changes_at_the_turn_of_the_year() {
    let network = read(&fixture());
    for (fee_year, host, vat) in
        [(2023, "Innovatum AB", true), (2024, "Göteborgsregionens kommunalförbund", false)]
    {
        let fees = network.assess(year(fee_year), PopulationMode::Published).unwrap();
        let drafts = network.draft(&fees, year(fee_year).first_day()).unwrap();
        let invoice = drafts[0].invoice.as_ref().unwrap();
        assert_eq!(invoice.content.seller.name.as_str(), host);
        assert_eq!(invoice.content.totals.vat > Sek::ZERO, vat);
    }
}

/// VAT has no default: fees are computed without it, and invoices are refused.
#[test]
fn unset_vat_refuses_the_invoice_and_not_the_fee() {
    let folder = with("vat = { category = \"O\"", "# vat = { category = \"O\"");
    let network = read(&folder);
    let fees = network.assess(year(2024), PopulationMode::Published).unwrap();
    let refused = network.draft(&fees, year(2024).first_day()).unwrap_err();
    assert_eq!(refused.iter().map(|refusal| refusal.code).collect::<Vec<_>>(), ["vat-must-be-set"]);
}

/// Two files that agree are one source; two that differ are refused with both places.
#[test]
fn a_figure_given_twice_must_be_the_same() {
    let tidy = |count| format!("municipality_code,municipality,year,population\n1440,Ale,2023,{count}\n");
    assert_eq!(
        fee(&fixture().with("statistics/tidy.csv", tidy(32_446)), "1440", 2024).to_string(),
        "50219.00"
    );
    let refused = Network::read(&fixture().with("statistics/tidy.csv", tidy(32_447))).unwrap_err();
    assert_eq!(refused[0].code, "population-must-be-unique");
    assert_eq!(refused[0].places.len(), 2);
}

/// A payer whose members owe nothing gets no invoice, and is named.
#[test]
fn who_owes_nothing_gets_no_invoice() {
    let settings = text(&fixture(), "network.toml");
    let settings =
        settings.replace("unit = \"months\" ", "unit = \"full-year-if-joined-by\"\njoined_by = \"06-30\" ");
    let settings = settings.replace("broken = \"counted\"", "#");
    let network = read(&fixture().with("network.toml", settings));
    let fees = network.assess(year(2023), PopulationMode::Published).unwrap();
    let drafts = network.draft(&fees, year(2023).first_day()).unwrap();
    let without: Vec<&str> =
        drafts.iter().filter(|draft| draft.invoice.is_none()).map(|draft| draft.payer.as_str()).collect();
    assert_eq!(without, ["bollebygd", "herrljunga", "partille"]);
}

/// How the documents look belongs to the agreement: the host of 2024 has a letterhead, that of 2023 has none.
#[test]
fn a_letterhead_belongs_to_its_host() {
    let settings = text(&fixture(), "network.toml")
        + "\n[agreement.document]\nlogo = \"brev/logga.svg\"\nlogo_text = \"Nätverket\"\ncolour = \"#7A1F3D\"\n\
           opening = \"Hej!\"\nopening_en = \"Hello!\"\nclosing = \"Tack!\"\ncontact = [\"Kansliet\", \"www.example.se\"]\n\
           template = \"faktura.typ\"\n";
    assert_eq!(avgift_network::named_files(settings.as_bytes()), ["brev/logga.svg", "faktura.typ"]);
    let folder = fixture()
        .with("network.toml", settings)
        .with("brev/logga.svg", "<svg/>")
        .with("faktura.typ", "= Hej");
    let network = read(&folder);
    let letterhead = network.letterhead(year(2024)).unwrap();
    let logo = letterhead.logo.as_ref().unwrap();
    assert_eq!((logo.bytes.as_ref(), logo.alternative.as_str()), (&b"<svg/>"[..], "Nätverket"));
    assert_eq!(letterhead.colour.unwrap().to_string(), "#7a1f3d");
    let opening = |language| letterhead.opening.in_language(language).unwrap().as_str();
    assert_eq!([opening(Language::Swedish), opening(Language::English)], ["Hej!", "Hello!"]);
    assert_eq!(letterhead.closing.in_language(Language::English), None);
    assert_eq!(letterhead.contact_lines.len(), 2);
    assert_eq!(letterhead.template.as_ref().unwrap().text.as_ref(), "= Hej");
    assert_eq!(network.letterhead(year(2023)).unwrap(), &avgift_invoice::Letterhead::default());
}
