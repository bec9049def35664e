//! Plan: the drafts of a fee year held against what was issued.
//! Rule:    a charge is a host, a member, a fee year and a kind; it is issued once. A draft whose charges stand on no
//!          invoice is new. One whose charges stand on one invoice, which leaves as much as the draft, is unchanged.
//!          A supplement to a preliminary invoice counts with it.
//!          Anything else is changed: it is listed, and a credit is proposed; nothing is billed again by itself. What was
//!          issued for the year and is charged by no draft any more is listed too.
//! Rule:    where fees are cut otherwise than they were issued, whole or in other parts or instalments, all that a payer owes is
//!          changed. A draft that is dated later than the day of issue, or of another instalment than was asked for, waits.
//! Errors:  SeriesMustHaveANextNumber, InstalmentMustBeOfTheYear, DateMustNotPrecedeSeries of the journal,
//!          DueDateMustNotPrecedeIssueDate of the invoice.
//! Not here: what is written (see `issuing`).

use avgift::{Assessment, FeeYear, MunicipalityCode, NaiveDate, PayerId, Sek, YearOfFees};
use avgift_invoice::{InstalmentOf, Invoice, InvoiceNumber, Line, OrganisationNumber, PaymentTerms};
use avgift_journal::{ChargeKey, Divided, Issued, Kind, Seal, State};
use avgift_network::{Draft, Series};

use crate::charges::Charges;
use crate::error::Error;

/// Which series a host numbers its documents in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    /// The label of the series: letters and digits.
    pub series: String,
    /// The number that the series begins with.
    pub first: InvoiceNumber,
}

impl From<&Series> for Numbering {
    fn from(series: &Series) -> Numbering {
        Numbering { series: series.label.value.clone(), first: series.first.value }
    }
}

impl Numbering {
    /// The number that comes next.
    ///
    /// # Errors
    /// `SeriesMustHaveANextNumber`.
    pub(crate) fn next(&self, state: &State) -> Result<InvoiceNumber, Error> {
        let Numbering { series, first } = self;
        state.next_number(series, *first).ok_or_else(|| self.ended(state))
    }

    fn ended(&self, state: &State) -> Error {
        let last = state.issued(&self.series).last().map_or(self.first, |last| last.number);
        Error::SeriesMustHaveANextNumber { series: self.series.clone(), last }
    }

    /// Holds a day of issue to the newest of the series.
    ///
    /// # Errors
    /// `DateMustNotPrecedeSeries` of the journal.
    pub(crate) fn check_date(&self, state: &State, date: NaiveDate) -> Result<(), Error> {
        match state.newest_date(&self.series) {
            Some(newest) if date < newest => {
                let series = self.series.clone();
                Err(avgift_journal::Error::DateMustNotPrecedeSeries { origin: None, series, date, newest }
                    .into())
            }
            _ => Ok(()),
        }
    }
}

/// A draft that is to be issued.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// Who pays.
    pub payer: PayerId,
    /// The number that it gets.
    pub number: InvoiceNumber,
    /// The draft.
    pub draft: Invoice,
    /// Its fees, by municipality code.
    pub assessments: Vec<Assessment>,
    /// What it charges, a key a member, in the order of its fees.
    pub keys: Vec<ChargeKey>,
    /// What they were cut from, where the fee is charged in parts or instalments.
    pub divided: Option<Divided>,
}

/// A draft that was issued already, for as much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchanged {
    /// Who pays.
    pub payer: PayerId,
    /// The series of the invoice.
    pub series: String,
    /// Its number.
    pub number: InvoiceNumber,
    /// What it leaves to pay, payments apart.
    pub amount: Sek,
    /// The part and the instalment, for people, where the fee is cut.
    pub cut: Option<String>,
}

/// A draft that was issued already, and comes to something else now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Who pays by the draft.
    pub payer: PayerId,
    /// The invoices that its charges stand on.
    pub invoices: Vec<(String, InvoiceNumber)>,
    /// What they leave to pay, payments apart.
    pub issued: Sek,
    /// What the draft comes to.
    pub computed: Sek,
}

/// A draft that is issued later.
#[derive(Debug, Clone)]
pub struct Later {
    /// Who pays.
    pub payer: PayerId,
    /// The draft, dated the earliest day that it is issued on.
    pub draft: Invoice,
}

/// An invoice whose fees no draft charges any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Who was to pay.
    pub payer: String,
    /// The series of the invoice.
    pub series: String,
    /// Its number.
    pub number: InvoiceNumber,
    /// What it leaves to pay, payments apart.
    pub amount: Sek,
}

/// What issuing a fee year comes to.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The fee year.
    pub year: FeeYear,
    /// The series.
    pub series: String,
    /// The day of issue.
    pub date: NaiveDate,
    /// What is to be issued, by payer.
    pub new: Vec<Fresh>,
    /// What was issued already.
    pub unchanged: Vec<Unchanged>,
    /// What was issued already for another amount.
    pub changed: Vec<Changed>,
    /// What was issued and is charged no more.
    pub gone: Vec<Gone>,
    /// What is to be issued later.
    pub later: Vec<Later>,
    /// The last seal of the journal that it was made on.
    pub head: Seal,
}

/// The key of a membership fee: its kind, the host, the fee year, the member.
#[must_use]
pub fn charge_key(host: OrganisationNumber, year: FeeYear, member: &str) -> ChargeKey {
    cut_key(host, year, member, &[])
}

/// The key of a part or an instalment of a membership fee: that of the fee, and the words that tell it from the others.
pub(crate) fn cut_key(host: OrganisationNumber, year: FeeYear, member: &str, words: &[String]) -> ChargeKey {
    let (host, year) = (host.digits(), year.to_string());
    let fee = ["membership-fee", &host, &year, member];
    ChargeKey::of(&fee.into_iter().chain(words.iter().map(String::as_str)).collect::<Vec<_>>())
}

/// The key of what a final fee is more than the preliminary one: of its own kind, so that either is issued once.
#[must_use]
pub fn supplement_key(host: OrganisationNumber, year: FeeYear, member: &str) -> ChargeKey {
    ChargeKey::of(&["supplement", &host.digits(), &year.to_string(), member])
}

impl Plan {
    /// The plan for the drafts of a year, on a journal.
    ///
    /// # Errors
    /// `SeriesMustHaveANextNumber`, `DateMustNotPrecedeSeries` where something is new, `DueDateMustNotPrecedeIssueDate` where an
    /// instalment that is new was due before, `AmountMustNotOverflow`.
    pub fn of(
        state: &State,
        head: Seal,
        fees: &YearOfFees,
        drafts: &[Draft],
        numbering: &Numbering,
        date: NaiveDate,
    ) -> Result<Plan, Error> {
        Plan::of_instalment(state, head, fees, drafts, numbering, date, None)
    }

    /// The plan for the drafts of a year, of which only one instalment is to be issued, where it is given.
    ///
    /// # Errors
    /// Those of [`Plan::of`]; `InstalmentMustBeOfTheYear`.
    pub fn of_instalment(
        state: &State,
        head: Seal,
        fees: &YearOfFees,
        drafts: &[Draft],
        numbering: &Numbering,
        date: NaiveDate,
        only: Option<usize>,
    ) -> Result<Plan, Error> {
        let year = fees.schedule.year();
        let mut plan = Plan::of_nothing(year, numbering, date, head);
        check_instalment(drafts, only, year)?;
        let mut next = state.next_number(&numbering.series, numbering.first);
        let mut met: Vec<(&str, InvoiceNumber)> = Vec::new();
        for of_payer in drafts.chunk_by(|one, other| one.payer == other.payer) {
            let drafts: Vec<(&PayerId, &Invoice, Charges)> = of_payer
                .iter()
                .filter_map(|Draft { payer, invoice }| Some((payer, invoice.as_ref()?)))
                .map(|(payer, draft)| (payer, draft, Charges::of(draft)))
                .collect();
            let otherwise: Vec<(&str, &Issued)> =
                drafts.iter().flat_map(|(_, _, charges)| cut_otherwise(state, charges)).collect();
            if let (false, Some((payer, ..))) = (otherwise.is_empty(), drafts.first()) {
                let same = drafts
                    .iter()
                    .flat_map(|(_, draft, charges)| charged(state, charges).chain(supplements(state, draft)));
                let standing = each_once(otherwise.iter().copied().chain(same));
                met.extend(standing.iter().map(|(series, issued)| (*series, issued.number)));
                let computed = Sek::sum(drafts.iter().map(|(_, draft, _)| draft.claim()))?;
                plan.changed.push(changed(payer, &standing, computed)?);
                continue;
            }
            for (payer, draft, charges) in drafts {
                let charged: Vec<_> = charged(state, &charges).collect();
                let standing = each_once(charged.iter().copied().chain(supplements(state, draft)));
                met.extend(standing.iter().map(|(series, issued)| (*series, issued.number)));
                let issued = Sek::sum(standing.iter().map(|(_, issued)| left(issued)))?;
                match standing.as_slice() {
                    [] if waits(draft, date, only) => {
                        plan.later.push(Later { payer: payer.clone(), draft: draft.clone() });
                    }
                    [] => {
                        check_due(draft, date)?;
                        let number = next.ok_or_else(|| numbering.ended(state))?;
                        next = number.next().ok();
                        let mine = |fee: &&Assessment| fee.payer() == payer;
                        let mut assessments: Vec<Assessment> =
                            fees.assessments.iter().filter(mine).cloned().collect();
                        assessments.sort_by_key(Assessment::code);
                        let (payer, draft) = (payer.clone(), draft.clone());
                        let Charges { keys, divided } = charges;
                        plan.new.push(Fresh { payer, number, draft, assessments, keys, divided });
                    }
                    [(series, one), others @ ..]
                        if charged.len() == charges.keys.len()
                            && charged.iter().all(|(of, it)| of == series && it.number == one.number)
                            && is_the_same(one, others, issued, draft)
                            && standing.iter().all(|(_, issued)| &*issued.payer == payer.as_str()) =>
                    {
                        let (series, number) = ((*series).to_owned(), one.number);
                        let cut = draft.content.cut_text(draft.content.buyer.language);
                        let payer = payer.clone();
                        plan.unchanged.push(Unchanged { payer, series, number, amount: issued, cut });
                    }
                    several => plan.changed.push(changed(payer, several, draft.claim())?),
                }
            }
        }
        let gone = |one: &&Issued| {
            let is_met = met.contains(&(numbering.series.as_str(), one.number));
            one.kind == Kind::Invoice && i32::from(one.year) == year.get() && left(one) > Sek::ZERO && !is_met
        };
        plan.gone = state.issued(&numbering.series).iter().filter(gone).map(|one| plan.lost(one)).collect();
        if !plan.new.is_empty() {
            numbering.check_date(state, date)?;
        }
        Ok(plan)
    }

    /// A plan that has nothing in it yet.
    pub(crate) fn of_nothing(year: FeeYear, numbering: &Numbering, date: NaiveDate, head: Seal) -> Plan {
        Plan {
            year,
            series: numbering.series.clone(),
            date,
            new: Vec::new(),
            unchanged: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
            later: Vec::new(),
            head,
        }
    }

    fn lost(&self, issued: &Issued) -> Gone {
        let (payer, series) = (issued.payer.to_string(), self.series.clone());
        Gone { payer, series, number: issued.number, amount: left(issued) }
    }

    /// What the new invoices come to.
    ///
    /// # Errors
    /// `AmountMustNotOverflow`.
    pub fn sum(&self) -> Result<Sek, Error> {
        Ok(Sek::sum(self.new.iter().map(|fresh| fresh.draft.claim()))?)
    }
}

/// The invoices that charges stand on, one a charge.
fn charged<'a>(state: &'a State, charges: &Charges) -> impl Iterator<Item = (&'a str, &'a Issued)> {
    let keys = charges.keys.clone();
    keys.into_iter().filter_map(|key| state.charged(key))
}

/// The supplements to what was issued of the same fees.
fn supplements<'a>(state: &'a State, draft: &Invoice) -> impl Iterator<Item = (&'a str, &'a Issued)> {
    let (host, year) = (draft.content.seller.organisation_number, draft.content.fee_year);
    let members: Vec<_> = draft.content.lines.iter().flat_map(Line::members).collect();
    let key = move |member: MunicipalityCode| supplement_key(host, year, &member.to_string());
    members.into_iter().filter_map(move |member| state.charged(key(member)))
}

/// The invoices on which the same fees stand, cut in another way: the whole of what is now in parts, or the other way round.
fn cut_otherwise<'a>(state: &'a State, charges: &Charges) -> Vec<(&'a str, &'a Issued)> {
    let division = charges.divided.as_ref().map(|divided| divided.division);
    let mut found = Vec::new();
    for whole in charges.wholes() {
        found.extend(division.and_then(|_| state.charged(*whole)));
        let others = state.divided(*whole).filter(|(of, _, _)| Some(*of) != division);
        found.extend(others.map(|(_, series, issued)| (series, issued)));
    }
    found
}

/// Each invoice once, in the order of their first charges.
fn each_once<'a>(charged: impl Iterator<Item = (&'a str, &'a Issued)>) -> Vec<(&'a str, &'a Issued)> {
    let mut standing: Vec<(&str, &Issued)> = Vec::new();
    for (series, issued) in charged {
        if !standing.iter().any(|(label, other)| *label == series && other.number == issued.number) {
            standing.push((series, issued));
        }
    }
    standing
}

fn changed(payer: &PayerId, standing: &[(&str, &Issued)], computed: Sek) -> Result<Changed, Error> {
    let issued = Sek::sum(standing.iter().map(|(_, issued)| left(issued)))?;
    let invoices = standing.iter().map(|(series, one)| ((*series).to_owned(), one.number)).collect();
    Ok(Changed { payer: payer.clone(), invoices, issued, computed })
}

/// The instalment that a draft is.
fn instalment(draft: &Invoice) -> Option<&InstalmentOf> {
    draft.content.cut.as_ref()?.instalment.as_ref()
}

/// One instalment that was asked for is one of the year's.
fn check_instalment(drafts: &[Draft], only: Option<usize>, year: FeeYear) -> Result<(), Error> {
    let Some(number) = only else { return Ok(()) };
    let of = |draft: &Draft| draft.invoice.as_ref().and_then(instalment).map(|of| of.of.count());
    let count = drafts.iter().find_map(of).unwrap_or(1);
    let is_one = drafts.iter().any(|draft| of(draft).is_some()) && (1..=count).contains(&number);
    if is_one { Ok(()) } else { Err(Error::InstalmentMustBeOfTheYear { number, count, year }) }
}

/// Whether a draft is not to be issued now: its day has not come, or another instalment was asked for.
fn waits(draft: &Invoice, date: NaiveDate, only: Option<usize>) -> bool {
    instalment(draft)
        .is_some_and(|of| draft.issue_date > date || only.is_some_and(|number| number != of.number))
}

/// An instalment is drawn up on its due date where that has passed; it can be issued no more.
fn check_due(draft: &Invoice, date: NaiveDate) -> Result<(), Error> {
    if instalment(draft).is_none() || date <= draft.due_date {
        return Ok(());
    }
    let terms = PaymentTerms::On(draft.due_date);
    Err(avgift_invoice::Error::DueDateMustNotPrecedeIssueDate { terms, issue_date: date, origin: None }
        .into())
}

/// Whether an invoice, with the supplements to it, leaves what a draft comes to. VAT and whole kronor are reckoned on each, so
/// that of several the amounts without VAT are held together.
fn is_the_same(one: &Issued, supplements: &[(&str, &Issued)], issued: Sek, draft: &Invoice) -> bool {
    match supplements {
        [] => issued == draft.claim(),
        several => {
            let net =
                Sek::sum([one].into_iter().chain(several.iter().map(|(_, one)| *one)).map(|one| one.net));
            net.is_ok_and(|net| net == draft.content.totals.without_vat)
        }
    }
}

/// What credit notes have left of an invoice.
fn left(issued: &Issued) -> Sek {
    // No credit note takes back more than the invoice, so nothing overflows.
    Sek::from_ore(issued.total.ore() - issued.credited.ore())
}
