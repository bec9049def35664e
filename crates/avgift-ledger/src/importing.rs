//! Importing: the payments of bank files, held against what the journal knows, and registered.
//! Rule:    what an OCR reference says in full posts itself; every other payment that came in, and every one that the bank
//!          took back, is registered and stands for a person. Payments of ours are passed over, counted.
//! Rule:    nothing twice, by three keys: the file's SHA-256, the bank's key of a payment, and within that key, where the
//!          bank gives no id, all that it says. A file is done with its last batch: one whose import was interrupted goes on.
//! Rule:    the file is kept as it came, with the first of its payments: documents/bank/.
//! Errors:  PaymentMustBeAsRegistered, ImportMustGoOnAsItBegan, those of the bank file and of the journal.
//! Not here: what becomes of a payment that is for a person (see `deciding`).

use std::collections::BTreeMap;

use avgift::{Origin, Refusal, Sek};
use avgift_camt::{BankFile, BankPayment, Match, OurAccounts, PaymentKind, Reason, Tolerance, match_all};
use avgift_journal::{
    Allocation, BATCH_MAX, BankSays, Batch, DOCUMENTS, Distribution, Document, DocumentSeal, Folder, Journal,
    PaymentRegistered, Rest, RestOf, Seal, SourceFile, State,
};
use avgift_network::{BankAccount, Network};
use chrono::Datelike as _;

use crate::error::Error;
use crate::issuing::{Stopped, sealed};
use crate::known::Known;
use crate::refused;

/// The accounts of all agreements of a network. Those of one agreement go by its bankgiro number, so that a statement and
/// a notification of one payment have one key; an account that an earlier agreement had keeps its name.
#[must_use]
pub fn our_accounts(network: &Network) -> OurAccounts {
    let mut agreements: Vec<_> = network.agreements().iter().collect();
    agreements.sort_by_key(|agreement| agreement.host().period.from);
    let mut ours = OurAccounts::new();
    for agreement in agreements {
        let Some(seller) = agreement.seller() else { continue };
        let name = seller.bankgiro.digits();
        ours = ours.with(seller.bankgiro);
        let Some(bank) = agreement.bank() else { continue };
        if let Some(iban) = &bank.iban {
            ours = ours.with_named(&iban.value, &name);
        }
        for account in &bank.accounts {
            ours = match &account.value {
                BankAccount::Bankgiro(number) => ours.with_named(*number, &name),
                BankAccount::Iban(iban) => ours.with_named(iban, &name),
                BankAccount::Number(number) => {
                    let account = avgift_camt::Account::new(avgift_camt::Scheme::Number, number);
                    ours.with_named(account, &name)
                }
            };
        }
    }
    ours
}

/// How far a payment may be off: what the newest agreement says, and nothing where it does not.
///
/// # Errors
/// Those of the bank file's own rule; settings are held to it already.
pub fn tolerance(network: &Network) -> Result<Tolerance, Error> {
    let newest = network.agreements().iter().max_by_key(|agreement| agreement.host().period.from);
    let set = newest.and_then(|agreement| agreement.bank()?.tolerance.as_ref());
    Ok(Tolerance::new(set.map_or(Sek::ZERO, |tolerance| tolerance.value))?)
}

/// A file from the bank.
#[derive(Debug, Clone, Copy)]
pub struct BankInput<'a> {
    /// The name that it goes by in messages: the path that was given.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A payment that is to be registered.
#[derive(Debug, Clone)]
pub struct NewPayment {
    /// What the bank says of it.
    pub payment: BankPayment,
    /// What it pays.
    pub found: Match,
    /// Where it goes.
    pub to: Distribution,
}

impl NewPayment {
    /// Whether it posts itself.
    #[must_use]
    pub fn posts_itself(&self) -> bool {
        !matches!(self.found, Match::ForAPerson(_))
    }
}

/// What the journal knows of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    New,
    /// All of it was registered.
    Imported,
    /// A run that registered it was interrupted; so many of its payments were still to come.
    Begun(u32),
}

/// What of a file is to be registered.
#[derive(Debug, Clone)]
pub struct FilePlan {
    /// Its name, without folders.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: Seal,
    /// What the journal knows of it.
    pub standing: Standing,
    /// The payments that are new, in the order of the file.
    pub new: Vec<NewPayment>,
    /// How many payments of it were registered before.
    pub known: usize,
    /// How many payments of ours it holds, and their sum; they are passed over.
    pub own: (usize, Sek),
    /// How many entries are not booked yet; they are passed over.
    pub not_booked: usize,
    /// What a person should know of it.
    pub warnings: Vec<Refusal>,
    bytes: Option<Vec<u8>>,
}

/// What the import of bank files comes to.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// The files, in the order that they were given.
    pub files: Vec<FilePlan>,
    /// The last seal of the journal that it was made on.
    pub head: Seal,
}

impl ImportPlan {
    /// The plan for files, on a journal.
    ///
    /// # Errors
    /// Every fault of every file: those of the bank file, `PaymentMustBeAsRegistered`, `ImportMustGoOnAsItBegan`.
    pub fn of(
        state: &State,
        head: Seal,
        known: &Known,
        ours: &OurAccounts,
        tolerance: Tolerance,
        inputs: &[BankInput<'_>],
    ) -> Result<ImportPlan, Vec<Refusal>> {
        let mut faults = Vec::new();
        let mut registered: BTreeMap<String, Sek> =
            state.payments().map(|(key, payment)| (key.to_owned(), payment.amount)).collect();
        let mut files = Vec::new();
        for input in inputs {
            match file_plan(state, ours, &mut registered, input) {
                Ok(file) => files.push(file),
                Err(more) => faults.extend(more),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let fresh: Vec<BankPayment> = files.iter().flat_map(|(_, payments)| payments).cloned().collect();
        let found = match_all(&fresh, &known.items(state), tolerance);
        let mut found = fresh.into_iter().zip(found);
        let plan = |(mut file, payments): (FilePlan, Vec<BankPayment>)| {
            file.new = found
                .by_ref()
                .take(payments.len())
                .map(|(payment, found)| placed(known, payment, found))
                .collect();
            file
        };
        Ok(ImportPlan { files: files.into_iter().map(plan).collect(), head })
    }

    /// The plan for a payment that a person enters.
    ///
    /// # Errors
    /// `PaymentMustBeAsRegistered`.
    pub fn by_hand(
        state: &State,
        head: Seal,
        known: &Known,
        tolerance: Tolerance,
        payment: &BankPayment,
    ) -> Result<ImportPlan, Error> {
        let key = payment.bank_key.as_str();
        let mut file = FilePlan {
            file: BY_HAND.to_owned(),
            sha256: Seal::of(key.as_bytes()),
            standing: Standing::New,
            new: Vec::new(),
            known: 0,
            own: (0, Sek::ZERO),
            not_booked: 0,
            warnings: Vec::new(),
            bytes: None,
        };
        if state.payment(key).is_some() {
            file.known = 1;
        } else {
            let found = match_all(std::slice::from_ref(payment), &known.items(state), tolerance);
            file.new = found.into_iter().map(|found| placed(known, payment.clone(), found)).collect();
        }
        Ok(ImportPlan { files: vec![file], head })
    }

    /// How many payments are new.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.iter().map(|file| file.new.len()).sum()
    }

    /// The payments that are new.
    pub fn new_payments(&self) -> impl Iterator<Item = &NewPayment> {
        self.files.iter().flat_map(|file| &file.new)
    }
}

/// The name of the source of what a person entered.
const BY_HAND: &str = "by-hand";

/// What of a file is new by its keys, not yet matched.
fn file_plan(
    state: &State,
    ours: &OurAccounts,
    registered: &mut BTreeMap<String, Sek>,
    input: &BankInput<'_>,
) -> Result<(FilePlan, Vec<BankPayment>), Vec<Refusal>> {
    let name = file_name(input.name);
    let sha256 = Seal::of(input.bytes);
    let standing = match state.imported(sha256) {
        None => Standing::New,
        Some(import) if import.to_follow == 0 => Standing::Imported,
        Some(import) => Standing::Begun(import.to_follow),
    };
    let mut plan = FilePlan {
        file: name.to_owned(),
        sha256,
        standing,
        new: Vec::new(),
        known: 0,
        own: (0, Sek::ZERO),
        not_booked: 0,
        warnings: Vec::new(),
        bytes: (standing == Standing::New).then(|| input.bytes.to_vec()),
    };
    if standing == Standing::Imported {
        return Ok((plan, Vec::new()));
    }
    let refusals =
        |faults: Vec<avgift_camt::Error>| faults.iter().map(avgift_camt::Error::refusal).collect::<Vec<_>>();
    let BankFile { payments, passed_over, warnings, .. } =
        avgift_camt::read(input.name, input.bytes, ours).map_err(refusals)?;
    (plan.not_booked, plan.warnings) = (passed_over.len(), warnings);
    let (mut fresh, mut faults) = (Vec::new(), Vec::new());
    for payment in payments {
        if payment.kind == PaymentKind::Debit {
            let sum = plan.own.1.plus(payment.amount).map_err(refused)?;
            plan.own = (plan.own.0 + 1, sum);
            continue;
        }
        let (key, amount) = (payment.bank_key.to_string(), payment.signed());
        match registered.get(&key) {
            Some(before) if *before == amount => plan.known += 1,
            Some(before) => faults.push(differs(&payment, *before)),
            None => {
                registered.insert(key, amount);
                fresh.push(payment);
            }
        }
    }
    if let Standing::Begun(to_follow) = standing
        && fresh.len() > to_follow as usize
    {
        let (file, found) = (name.to_owned(), fresh.len());
        faults.push(Error::ImportMustGoOnAsItBegan { file, to_follow, found }.refusal());
    }
    if faults.is_empty() { Ok((plan, fresh)) } else { Err(faults) }
}

fn differs(payment: &BankPayment, registered: Sek) -> Refusal {
    let key = payment.bank_key.to_string();
    let found = payment.signed();
    let origin: Option<Box<Origin>> = payment.origin.clone().map(Box::new);
    Error::PaymentMustBeAsRegistered { id: payment_id(&key), key, registered, found, origin }.refusal()
}

/// The last part of a path, by either slash.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A short name of a payment, to ask for it by: the first eight digits of the SHA-256 of its key.
#[must_use]
pub fn payment_id(bank_key: &str) -> String {
    format!("{:.8}", Seal::of(bank_key.as_bytes()))
}

/// A payment and where it goes. One that names a number of two series is for a person.
fn placed(known: &Known, payment: BankPayment, found: Match) -> NewPayment {
    match distribution(known, &payment, &found) {
        Some(to) => NewPayment { payment, found, to },
        None => {
            let person = avgift_camt::ForAPerson {
                reason: Reason::AmbiguousReference,
                suggestions: Vec::new(),
                proposal: None,
            };
            let to = for_a_person(payment.signed(), person.reason);
            NewPayment { payment, found: Match::ForAPerson(Box::new(person)), to }
        }
    }
}

/// Where a payment goes by what was found; nothing where a number of it is of two series.
fn distribution(known: &Known, payment: &BankPayment, found: &Match) -> Option<Distribution> {
    if let Match::ForAPerson(person) = found {
        return Some(for_a_person(payment.signed(), person.reason));
    }
    let rounding = match found {
        Match::Rounded { difference, .. } => *difference,
        _ => Sek::ZERO,
    };
    Some(Distribution {
        allocations: allocations(known, found.allocations())?,
        rounding,
        ..Distribution::default()
    })
}

/// What goes to invoices, each with its series; nothing where a number is of two.
pub(crate) fn allocations(known: &Known, parts: &[avgift_camt::Allocation]) -> Option<Vec<Allocation>> {
    let part = |part: &avgift_camt::Allocation| {
        let payable = known.payable(part.number)?;
        Some(Allocation { series: payable.series.clone(), invoice: part.number, amount: part.amount })
    };
    parts.iter().map(part).collect()
}

fn for_a_person(amount: Sek, reason: Reason) -> Distribution {
    let rest = RestOf { to: Rest::ForAPerson, payer: None, reason: Some(reason.word().to_owned()) };
    Distribution { unallocated: amount, rest: Some(rest), ..Distribution::default() }
}

/// Registers what a plan has new, at most [`BATCH_MAX`] payments at a time.
///
/// # Errors
/// `HeadMustNotHaveMoved` where the journal went on since the plan was made, and those of the journal. What earlier batches
/// registered stays; the same import goes on with the rest.
pub fn register<F: Folder>(mut journal: Journal<F>, plan: &ImportPlan) -> Result<Journal<F>, Stopped> {
    let mut issued = 0;
    let all = || {
        journal.expect_head(plan.head).map_err(refused)?;
        for file in &plan.files {
            let mut left = file.new.len();
            for payments in file.new.chunks(BATCH_MAX) {
                let is_first = left == file.new.len();
                left -= payments.len();
                let batch = batch(journal.state(), file, payments, left, is_first);
                journal = journal.commit(batch).map_err(refused)?;
                issued += payments.len();
            }
        }
        Ok(journal)
    };
    all().map_err(|refusals| Stopped { issued, refusals })
}

fn batch(state: &State, file: &FilePlan, payments: &[NewPayment], left: usize, is_first: bool) -> Batch {
    let documents: Vec<Document> = file
        .bytes
        .iter()
        .filter(|_| is_first)
        .map(|bytes| Document { name: kept_as(&file.file, file.sha256), bytes: bytes.clone() })
        .collect();
    let mut seals: Vec<DocumentSeal> = sealed(&documents);
    let name = state.next_batch(payments.first().map_or(0, |first| first.payment.booked.year()));
    let source = SourceFile {
        file: file.file.clone(),
        sha256: file.sha256,
        to_follow: u32::try_from(left).unwrap_or(u32::MAX),
    };
    let event = |new: &NewPayment| {
        let NewPayment { payment, to, .. } = new;
        let value_date = payment.value_date.unwrap_or(payment.booked);
        PaymentRegistered {
            batch: Some(name.clone()),
            bank_key: payment.bank_key.to_string(),
            amount: payment.signed(),
            value_date,
            booked: (payment.booked != value_date).then_some(payment.booked),
            bank: Some(bank_says(payment)),
            to: to.clone(),
            source: source.clone(),
            documents: std::mem::take(&mut seals),
        }
        .into()
    };
    Batch { events: payments.iter().map(event).collect(), documents }
}

fn bank_says(payment: &BankPayment) -> BankSays {
    BankSays {
        payer: payment.payer_name.clone(),
        payer_account: payment.payer_account.as_ref().map(ToString::to_string),
        references: payment.references.iter().map(|reference| reference.given.written()).collect(),
        text: payment.text.clone(),
        bank_reference: payment.bank_reference.clone(),
    }
}

/// The place of a bank file: `documents/bank/0123456789abcdef-februari.xml`. Letters that a disk may write in two ways, or
/// not at all, become `_`.
fn kept_as(file: &str, sha256: Seal) -> String {
    const LONGEST: usize = 80;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let mut name = String::new();
    for letter in file.chars() {
        let is_inner_point = letter == '.' && !name.is_empty() && !name.ends_with('.');
        name.push(if is_plain(letter) || is_inner_point { letter } else { '_' });
    }
    let start = name.len().saturating_sub(LONGEST); // The ending says what the file is.
    format!("{DOCUMENTS}/bank/{}-{}", sha256.short(), name[start..].trim_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_file_is_kept_under_a_name_that_every_disk_takes() {
        let seal = Seal::of(b"");
        let kept = |file: &str| kept_as(file, seal);
        assert_eq!(kept("camt054-v08.xml"), "documents/bank/e3b0c44298fc1c14-camt054-v08.xml");
        assert_eq!(kept("å.ö 1.xml."), "documents/bank/e3b0c44298fc1c14-_.__1.xml");
        assert_eq!(kept(".."), "documents/bank/e3b0c44298fc1c14-_");
        assert!(kept(&"x".repeat(300)).len() < 120);
        assert!(!kept("a...b").contains(".."));
    }

    #[test]
    fn a_path_ends_in_the_name_of_its_file() {
        for path in ["februari.xml", "bank/februari.xml", "C:\\bank\\februari.xml"] {
            assert_eq!(file_name(path), "februari.xml");
        }
    }
}
