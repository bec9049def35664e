//! Plan: the drafts of a fee year held against what was issued.
//! Rule:    a charge is a host, a member, a fee year and a kind; it is issued once. A draft whose charges stand on no
//!          invoice is new. One whose charges stand on one invoice, which leaves as much as the draft, is unchanged.
//!          A supplement to a preliminary invoice counts with it.
//!          Anything else is changed: it is listed, and a credit is proposed; nothing is billed again by itself. What was
//!          issued for the year and is charged by no draft any more is listed too.
//! Errors:  SeriesMustHaveANextNumber, DateMustNotPrecedeSeries of the journal.
//! Not here: what is written (see `issuing`).

use avgift::{Assessment, FeeYear, NaiveDate, PayerId, Sek, YearOfFees};
use avgift_invoice::{Invoice, InvoiceNumber, OrganisationNumber};
use avgift_journal::{ChargeKey, Issued, Kind, Seal, State};
use avgift_network::{Draft, Series};

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
    /// Its fees, a line each.
    pub assessments: Vec<Assessment>,
    /// What it charges, a key a line.
    pub keys: Vec<ChargeKey>,
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
    /// The last seal of the journal that it was made on.
    pub head: Seal,
}

/// The key of a membership fee: its kind, the host, the fee year, the member.
#[must_use]
pub fn charge_key(host: OrganisationNumber, year: FeeYear, member: &str) -> ChargeKey {
    ChargeKey::of(&["membership-fee", &host.digits(), &year.to_string(), member])
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
    /// `SeriesMustHaveANextNumber`, `DateMustNotPrecedeSeries` where something is new, `AmountMustNotOverflow`.
    pub fn of(
        state: &State,
        head: Seal,
        fees: &YearOfFees,
        drafts: &[Draft],
        numbering: &Numbering,
        date: NaiveDate,
    ) -> Result<Plan, Error> {
        let year = fees.schedule.year();
        let mut plan = Plan {
            year,
            series: numbering.series.clone(),
            date,
            new: Vec::new(),
            unchanged: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
            head,
        };
        let mut next = state.next_number(&numbering.series, numbering.first);
        let mut met: Vec<(&str, InvoiceNumber)> = Vec::new();
        for Draft { payer, invoice } in drafts {
            let Some(draft) = invoice else { continue };
            let host = draft.content.seller.organisation_number;
            let keys: Vec<ChargeKey> = draft
                .content
                .lines
                .iter()
                .map(|line| charge_key(host, year, &line.municipality.to_string()))
                .collect();
            let mut standing: Vec<(&str, &Issued)> = Vec::new();
            let charged: Vec<_> = keys.iter().filter_map(|key| state.charged(*key)).collect();
            let of_supplement = |line: &avgift_invoice::Line| {
                state.charged(supplement_key(host, year, &line.municipality.to_string()))
            };
            let supplements: Vec<_> = draft.content.lines.iter().filter_map(of_supplement).collect();
            for (series, issued) in charged.iter().chain(&supplements) {
                if !standing.iter().any(|(label, other)| label == series && other.number == issued.number) {
                    standing.push((series, issued));
                }
            }
            met.extend(standing.iter().map(|(series, issued)| (*series, issued.number)));
            let issued = Sek::sum(standing.iter().map(|(_, issued)| left(issued)))?;
            match standing.as_slice() {
                [] => {
                    let number = next.ok_or_else(|| numbering.ended(state))?;
                    next = number.next().ok();
                    let mine = |fee: &&Assessment| fee.payer() == payer;
                    let mut assessments: Vec<Assessment> =
                        fees.assessments.iter().filter(mine).cloned().collect();
                    assessments.sort_by_key(Assessment::code);
                    let (payer, draft) = (payer.clone(), draft.clone());
                    plan.new.push(Fresh { payer, number, draft, assessments, keys });
                }
                [(series, one), others @ ..]
                    if charged.len() == keys.len()
                        && charged
                            .iter()
                            .all(|(label, charge)| label == series && charge.number == one.number)
                        && is_the_same(one, others, issued, draft)
                        && standing.iter().all(|(_, issued)| &*issued.payer == payer.as_str()) =>
                {
                    let (series, number) = ((*series).to_owned(), one.number);
                    plan.unchanged.push(Unchanged { payer: payer.clone(), series, number, amount: issued });
                }
                several => plan.changed.push(Changed {
                    payer: payer.clone(),
                    invoices: several
                        .iter()
                        .map(|(series, one)| ((*series).to_owned(), one.number))
                        .collect(),
                    issued,
                    computed: draft.claim(),
                }),
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
