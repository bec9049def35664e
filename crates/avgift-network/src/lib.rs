//! The folder of a network: settings, members, payers and statistics, each value with the place it was read.
//! Read:    network.toml, members.csv, payers.csv, figures.csv where there is one, and every file of statistics/, as bytes; no disk is touched here.
//! Errors:  all faults of the folder at once, each a `Refusal`.
//! Not here: the rule (see `avgift`), the formats of Statistics Sweden (see `avgift-scb`).

#![forbid(unsafe_code)]

mod agreements;
mod bank;
mod bookkeeping;
mod division;
mod error;
mod federations;
mod figures;
mod folder;
mod index_clause;
mod late;
mod letterhead;
mod members;
pub mod names;
mod numbers;
mod payers;
mod publications;
mod settings;
mod shapes;
mod sheet;
mod statistics;
mod tariffs;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use avgift::{
    Basis, FeeYear, Host, Member, MunicipalityCode, NaiveDate, Origin, PayerId, PopulationMode, Refusal, Sek,
    YearOfFees, host_of_year,
};
use avgift_invoice::{Buyer, Invoice, Letterhead, PrecedingInvoice, Text};

use crate::members::ReadMember;
use crate::payers::ReadPayer;
use crate::settings::{Section, Source};

pub use agreements::AgreementVersion;
pub use bank::{Bank, BankAccount};
pub use bookkeeping::{
    Bookkeeping, Chart, LedgerReader, Numbered, ROLES, RevenueObject, RoleAccount, VoucherPer,
};
pub use error::{CODES, Error, Written};
pub use folder::Folder;
pub use late::{Interest, Late, ReferenceRate, ReferenceRates, ReminderFee};
pub use numbers::{Numbers, Series};

/// What a payer is to be sent.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who pays.
    pub payer: PayerId,
    /// The draft; none for who owes nothing.
    pub invoice: Option<Invoice>,
}

/// A network whose folder holds no fault.
#[derive(Debug, Clone)]
pub struct Network {
    name: Text,
    basis: Basis,
    buyers: Vec<Buyer>,
    agreements: Vec<AgreementVersion>,
    reference_rates: ReferenceRates,
    warnings: Vec<Refusal>,
    scenario: Option<String>,
}

impl Network {
    /// Reads a folder.
    ///
    /// # Errors
    /// Every fault of every file, in the order of settings, members, payers, statistics.
    pub fn read(folder: &Folder) -> Result<Network, Vec<Refusal>> {
        let mut faults = Vec::new();
        let settings =
            file(folder, "network.toml", &mut faults).and_then(|bytes| settings(bytes, folder, &mut faults));
        let mut members = file(folder, "members.csv", &mut faults)
            .map(|bytes| members::read("members.csv", bytes, &mut faults))
            .unwrap_or_default();
        let payers = file(folder, "payers.csv", &mut faults)
            .map(|bytes| payers::read("payers.csv", bytes, &mut faults))
            .unwrap_or_default();
        if let Some(bytes) = folder.file(figures::FILE) {
            figures::read(bytes, &mut members, &mut faults);
        }
        let mut warnings = Vec::new();
        if payers.is_whole {
            check_payers(&members, &payers.payers, &mut faults, &mut warnings);
            if let Some(settings) = &settings {
                federations::check(&settings.tariffs, &payers.payers, &mut faults);
            }
        }
        let series = settings.as_ref().map_or(&[][..], |settings| &settings.series);
        let (populations, indices) = statistics::read(folder, series, &mut faults);
        let Some(settings) = settings else { return Err(faults) };
        let as_read: Vec<&Member> = members.iter().map(|read| &read.member).collect();
        let of_population = statistics::populations_as_series(&settings.series);
        let calendar = settings.publications.calendar(&indices, &of_population, &as_read, &mut faults);
        let calendar = Arc::new(calendar);
        let (Some(name), true) = (settings.name, faults.is_empty()) else { return Err(faults) };
        let populations = populations.published_by(Arc::clone(&calendar));
        let indices = indices.published_by(calendar);
        let members = members.into_iter().map(|read| read.member).collect();
        Ok(Network {
            name,
            basis: Basis { members, tariffs: settings.tariffs, populations, indices },
            buyers: payers.payers.into_iter().filter_map(|payer| payer.buyer).collect(),
            agreements: settings.agreements,
            reference_rates: settings.reference_rates,
            warnings,
            scenario: folder.scenario().map(|(file, _)| file.to_owned()),
        })
    }

    /// The file of the scenario that was laid over the network's settings: nothing of what follows was decided.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        self.scenario.as_deref()
    }

    /// The network's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// What is odd about the folder and no fault.
    pub fn warnings(&self) -> &[Refusal] {
        &self.warnings
    }

    /// What the fees rest on.
    #[must_use]
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// The network with what of its figures was known on a day ([`Basis::as_known_on`]); all else is as its folder has it today.
    #[must_use]
    pub fn as_known_on(self, day: NaiveDate) -> Network {
        Network { basis: self.basis.as_known_on(day), ..self }
    }

    /// The fees of a year.
    ///
    /// # Errors
    /// Every reason at once.
    pub fn assess(&self, year: FeeYear, mode: PopulationMode) -> Result<YearOfFees, Vec<Refusal>> {
        self.basis
            .assess_year(year, mode)
            .map_err(|errors| errors.iter().map(avgift::Error::refusal).collect())
    }

    /// The drafts of each payer's invoices, by payer: one, or one an instalment and VAT treatment; a payer that owes nothing that
    /// year has none. The draft of an instalment bears a day from its day of issue to its due date.
    ///
    /// # Errors
    /// Every reason at once: no host for the year, VAT not set, and those of each invoice.
    pub fn draft(&self, fees: &YearOfFees, issue_date: NaiveDate) -> Result<Vec<Draft>, Vec<Refusal>> {
        let year = fees.schedule.year();
        let version = self.agreement(year).map_err(|refusal| vec![refusal])?;
        let agreement = version.for_invoices(&self.name)?;
        let division = version.division(year).map_err(|refusal| vec![refusal])?;
        let (mut drafts, mut faults) = (Vec::new(), Vec::new());
        for total in &fees.frame.by_payer {
            // Every payer of a member stands in payers.csv, or the folder was refused.
            let Some(buyer) = self.buyers.iter().find(|buyer| buyer.payer == total.payer) else { continue };
            let draft = |invoice| Draft { payer: total.payer.clone(), invoice };
            match Invoice::drafts(fees, buyer, &agreement, &division, issue_date) {
                Ok(invoices) if invoices.is_empty() => drafts.push(draft(None)),
                Ok(invoices) => drafts.extend(invoices.into_iter().map(|invoice| draft(Some(invoice)))),
                Err(errors) => note_each_once(&mut faults, errors.iter().map(avgift_invoice::Error::refusal)),
            }
        }
        if faults.is_empty() { Ok(drafts) } else { Err(faults) }
    }

    /// The draft of a payer's supplement to its preliminary invoice, on which each member stands with the amount in `billed`; none
    /// where no fee is more than that, or nobody of payers.csv has that name.
    ///
    /// # Errors
    /// As [`Network::draft`].
    pub fn draft_supplement(
        &self,
        fees: &YearOfFees,
        payer: &PayerId,
        preceding: PrecedingInvoice,
        billed: &BTreeMap<MunicipalityCode, Sek>,
        issue_date: NaiveDate,
    ) -> Result<Option<Invoice>, Vec<Refusal>> {
        let agreement = self.agreement(fees.schedule.year()).map_err(|refusal| vec![refusal])?;
        let agreement = agreement.for_invoices(&self.name)?;
        let Some(buyer) = self.buyers.iter().find(|buyer| buyer.payer == *payer) else { return Ok(None) };
        Invoice::supplement(fees, buyer, &agreement, issue_date, preceding, billed)
            .map_err(|errors| errors.iter().map(avgift_invoice::Error::refusal).collect())
    }

    /// How the documents of a fee year look: as its host set it.
    ///
    /// # Errors
    /// No host for the year.
    pub fn letterhead(&self, year: FeeYear) -> Result<&Letterhead, Vec<Refusal>> {
        self.agreement(year).map(AgreementVersion::letterhead).map_err(|refusal| vec![refusal])
    }

    /// The agreements, as they stand in the file.
    #[must_use]
    pub fn agreements(&self) -> &[AgreementVersion] {
        &self.agreements
    }

    /// The agreement that a fee year belongs to.
    ///
    /// # Errors
    /// `HostMustHoldTheWholeFeeYear`.
    pub fn agreement(&self, year: FeeYear) -> Result<&AgreementVersion, Refusal> {
        let hosts: Vec<&Host> = self.agreements.iter().map(AgreementVersion::host).collect();
        let place = host_of_year(&hosts, year).map_err(|error| error.refusal())?;
        Ok(&self.agreements[place])
    }

    /// The agreement whose documents are numbered in a series, so that a former host credits what it invoiced; where its
    /// host goes on with the series under several agreements, the latest of them.
    #[must_use]
    pub fn agreement_of(&self, series: &str) -> Option<&AgreementVersion> {
        let numbers_in = |agreement: &&AgreementVersion| {
            agreement.numbers().is_some_and(|numbers| numbers.series(series).is_some())
        };
        // No two agreements overlap, so the latest is the one that begins last.
        self.agreements.iter().filter(numbers_in).max_by_key(|agreement| agreement.host().period.from)
    }

    /// The reference rates that interest is counted by.
    #[must_use]
    pub fn reference_rates(&self) -> &ReferenceRates {
        &self.reference_rates
    }

    /// How the documents of a fee year are numbered, where its host has set it.
    #[must_use]
    pub fn numbers(&self, year: FeeYear) -> Option<&Numbers> {
        self.agreement(year).ok()?.numbers()
    }

    /// How the documents of a fee year are numbered, for who is about to issue them.
    ///
    /// # Errors
    /// No host for the year; `NumbersMustBeSet`.
    pub fn numbers_for_issue(&self, year: FeeYear) -> Result<&Numbers, Refusal> {
        self.agreement(year)?.numbers_for_issue()
    }

    /// The fee years that the figures on file can answer for: those whose reference date has a population of a member.
    /// One year that was asked for is taken as it is.
    #[must_use]
    pub fn years_on_file(&self, asked_for: Option<FeeYear>) -> Vec<FeeYear> {
        if let Some(year) = asked_for {
            return vec![year];
        }
        let days: BTreeSet<NaiveDate> =
            self.basis.populations.iter().map(|figure| figure.reference_date).collect();
        let years = (1968..=2199).filter_map(|year| FeeYear::new(year).ok());
        years
            .filter(|year| {
                let tariff = self.basis.tariffs.in_year(*year);
                tariff.is_ok_and(|tariff| days.contains(&tariff.reference_date.in_year(*year)))
            })
            .collect()
    }

    /// Everything that is wrong or odd in the years on file: fees that cannot be computed, invoices that cannot be drafted,
    /// and what `document` says of each draft under its letterhead.
    pub fn check(
        &self,
        asked_for: Option<FeeYear>,
        mut document: impl FnMut(&Invoice, &Letterhead) -> Vec<Refusal>,
    ) -> Vec<Refusal> {
        let mut faults = self.warnings.clone();
        let years = self.years_on_file(asked_for);
        if years.is_empty() {
            faults.push(Error::FiguresMustCoverAFeeYear.refusal());
        }
        if asked_for.is_none() {
            note_each_once(&mut faults, self.basis.tariffs.gaps().iter().map(avgift::Error::refusal));
        }
        for year in years {
            let fees = self.assess(year, PopulationMode::Published);
            note_each_once(&mut faults, fees.iter().flat_map(|fees| self.classes_without_terms(fees)));
            let falls = fees.as_ref().map(|fees| fees.schedule.falls().unwrap_or_default());
            let falls = falls.unwrap_or_default().into_iter().map(Box::new);
            note_each_once(
                &mut faults,
                falls.map(|fall| Error::FeeShouldNotFallWithPopulation { fall }.refusal()),
            );
            let drafts = fees
                // The first day of the year stands in for the invoice date, which no other rule hangs on.
                .and_then(|fees| Ok((self.draft(&fees, year.first_day())?, self.letterhead(year)?)));
            match drafts {
                Ok((drafts, letterhead)) => {
                    for invoice in drafts.iter().filter_map(|draft| draft.invoice.as_ref()) {
                        note_each_once(&mut faults, document(invoice, letterhead));
                    }
                }
                Err(refusals) => note_each_once(&mut faults, refusals),
            }
        }
        faults
    }
}

impl Network {
    /// The classes of a year that its tariff knows nothing of, since it has none; the first member of each.
    fn classes_without_terms(&self, fees: &YearOfFees) -> Vec<Refusal> {
        let (tariff, year) = (fees.schedule.tariff(), fees.schedule.year());
        if !tariff.classes.is_empty() {
            return Vec::new();
        }
        let mut told: Vec<&str> = Vec::new();
        let mut warnings = Vec::new();
        for class in self
            .basis
            .members
            .iter()
            .filter(|member| member.is_member_in(year))
            .filter_map(|it| it.class.as_ref())
        {
            if told.contains(&class.value.as_str()) {
                continue;
            }
            told.push(&class.value);
            let (member, origin) = (class.origin.clone(), tariff.origin.clone());
            let (class, tariff) = (class.value.clone(), tariff.name.clone());
            warnings
                .push(Error::MemberClassShouldHaveTerms { class, tariff, year, member, origin }.refusal());
        }
        warnings
    }
}

/// Notes refusals that are not noted yet: a fault of the settings comes back with every payer and every year.
pub fn note_each_once(faults: &mut Vec<Refusal>, more: impl IntoIterator<Item = Refusal>) {
    for fault in more {
        let is_the_same = |noted: &Refusal| {
            let same_place = !noted.places.is_empty() && noted.places == fault.places;
            noted.code == fault.code && (same_place || *noted == fault)
        };
        if !faults.iter().any(is_the_same) {
            faults.push(fault);
        }
    }
}

/// The bytes of a file that must be there.
fn file<'a>(folder: &'a Folder, name: &'static str, faults: &mut Vec<Refusal>) -> Option<&'a [u8]> {
    let bytes = folder.file(name);
    if bytes.is_none() {
        faults.push(Error::FileMustExist { file: name.into() }.refusal());
    }
    bytes
}

/// The files that network.toml names besides those that every folder has, logos and templates, by their paths inside the
/// folder. What is wrong with the settings is told by [`Network::read`].
#[must_use]
pub fn named_files(settings: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(settings);
    let source = Source::new("network.toml", &text);
    let table = source.parse();
    letterhead::files(&Section::root(&source, &table))
}

/// What network.toml says.
struct Settings {
    name: Option<Text>,
    tariffs: avgift::Tariffs,
    agreements: Vec<AgreementVersion>,
    reference_rates: ReferenceRates,
    series: Vec<statistics::NamedSeries>,
    publications: publications::Rows,
}

fn settings(bytes: &[u8], folder: &Folder, faults: &mut Vec<Refusal>) -> Option<Settings> {
    let text = text_of("network.toml", bytes, faults);
    let over = folder.scenario();
    let over = over.map(|(file, bytes)| text_of(file, bytes, faults).map(|text| Source::new(file, text)));
    let source = Source::new("network.toml", text?);
    let table = source.parse();
    let mut root = Section::root(&source, &table);
    let over = match over {
        Some(None) => return None,
        Some(Some(over)) => Some(over),
        None => None,
    };
    let over_table = over.as_ref().map(Source::parse);
    if let (Some(over), Some(table)) = (&over, &over_table) {
        root = root.under(over, table);
    }
    if !root.has("name") {
        root.missing("name", "\"Kommunnätverket\"");
    }
    let settings = Settings {
        name: root.parsed::<Text>("name").map(|name| name.value),
        tariffs: tariffs::read(&root),
        agreements: agreements::read(&root, folder),
        reference_rates: late::reference_rates(&root),
        series: statistics::named_series(&root),
        publications: publications::read(&root),
    };
    root.finish();
    faults.extend(source.into_faults());
    faults.extend(over.into_iter().flat_map(Source::into_faults));
    Some(settings)
}

/// A file of settings as text.
fn text_of<'a>(file: &str, bytes: &'a [u8], faults: &mut Vec<Refusal>) -> Option<&'a str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let refused = |error: std::str::Utf8Error| {
        let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let origin = Origin::of_span(file, &sound, sound.len(), sound.len());
        faults.push(Error::SettingsMustBeUtf8 { file: file.into(), origin }.refusal());
    };
    std::str::from_utf8(bytes).map_err(refused).ok()
}

/// Every member's payer is there, and every payer pays for somebody.
fn check_payers(
    members: &[ReadMember],
    payers: &[ReadPayer],
    faults: &mut Vec<Refusal>,
    warnings: &mut Vec<Refusal>,
) {
    for member in members {
        if !payers.iter().any(|payer| payer.id.text == member.payer.text) {
            let known = payers.iter().map(|payer| payer.id.text.clone()).collect();
            faults.push(Error::PayerMustBeKnown { payer: member.payer.clone(), known }.refusal());
        }
    }
    for payer in
        payers.iter().filter(|payer| !members.iter().any(|member| member.payer.text == payer.id.text))
    {
        warnings.push(Error::PayerShouldPayForSomebody { payer: payer.id.clone() }.refusal());
    }
}
