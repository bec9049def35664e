//! Reconciling (avstämning): preliminary fees that were issued, held to the final ones once the figure is published.
//! Rule:    a fee is preliminary where its stored assessment rests on an older population than the tariff asks for. Its final fee is
//!          that of the same tariff on the published figure: more is a supplement, less a credit note over its line, the same
//!          leads to nothing. What stands then is the final fee, and a second run finds that.
//! Rule:    nothing is guessed. Where the tariff gives another preliminary fee today than was issued, where another pays, or where
//!          credit notes left something that is neither fee, a person decides.
//! Errors:  those of numbering, of the drafts and the credit notes, and of reading what is stored.
//! Not here: preliminary index figures: a clause that wants the final ones asks for them, and one that corrects a forecast does
//!          so in a later year.

use std::collections::BTreeMap;

use avgift::{
    Assessment, FeeYear, Language, MunicipalityCode, NaiveDate, Operand, PayerId, PopulationMode, Refusal,
    Rule, Sek, Step, YearOfFees,
};
use avgift_invoice::{
    CreditNote, CreditedPart, Invoice, InvoiceNumber, Line, PrecedingInvoice, Taken, Text, left_of,
};
use avgift_journal::{Folder, Issued, Journal, Kind, Seal};
use avgift_network::Network;
use serde::Serialize;

use crate::against::of_each;
use crate::credit::{CreditExtent, CreditOrder, PlannedCredit, issue_credit};
use crate::error::Error;
use crate::issuing::{Rendered, Sheet, Stopped, issue};
use crate::plan::{Fresh, Numbering, Plan, charge_key, supplement_key};
use crate::refused;
use crate::stored::{Ledger, StoredInvoice};

/// Why a person has to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyAPerson {
    /// The member has no fee in the folder any more.
    NotCharged,
    /// Another pays, or another host or series issues.
    OtherParties,
    /// The folder gives another fee on the same population than was issued: tariff, index or dates were changed.
    OtherTariff,
    /// Credit notes and supplements left something that is neither the preliminary fee nor the final one.
    Credited,
    /// The fee is charged in parts or instalments, or with others on one line: its invoice is credited, and the final fee issued.
    NotInOne,
    /// The difference is less than can be paid.
    NothingToPay,
}

/// What a preliminary fee leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "leads_to", content = "why")]
pub enum LeadsTo {
    /// A supplementary invoice over the difference.
    Supplement,
    /// A credit note over the difference.
    Credit,
    /// Nothing: the final fee stands.
    Settled,
    /// Nothing by itself.
    APerson(WhyAPerson),
}

/// A preliminary fee held to the final one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reconciled {
    /// Who pays.
    pub payer: String,
    /// The member.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// The series of the preliminary invoice.
    pub series: String,
    /// Its number.
    #[serde(serialize_with = "as_text")]
    pub number: InvoiceNumber,
    /// The line.
    pub line: usize,
    /// The day of the population that the fee rests on.
    pub reference_date: NaiveDate,
    /// The fee as it was issued.
    pub preliminary: Sek,
    /// What stands of it, with its supplement.
    pub stands: Sek,
    /// The final fee; none where the member has none.
    pub final_fee: Option<Sek>,
    /// What comes of it.
    #[serde(flatten)]
    pub leads_to: LeadsTo,
}

impl Reconciled {
    /// The final fee less what stands; nothing where there is no final fee.
    #[must_use]
    pub fn difference(&self) -> Sek {
        // Both are fees, far from the ends of what can be held.
        self.final_fee.and_then(|fee| fee.minus(self.stands).ok()).unwrap_or_default()
    }
}

fn as_text<S: serde::Serializer>(number: &InvoiceNumber, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

/// What reconciling a fee year comes to.
#[derive(Debug, Clone)]
pub struct Reconciliation {
    /// Every preliminary fee that stands, by series, number and line.
    pub rows: Vec<Reconciled>,
    /// The supplementary invoices, as a plan that has nothing but new ones.
    pub supplements: Plan,
    /// The credit notes.
    pub credits: Vec<PlannedCredit>,
}

/// An invoice of the year with preliminary fees.
struct Before<'a> {
    series: &'a str,
    issued: &'a Issued,
    stored: StoredInvoice,
    left: Vec<Sek>,
}

impl Before<'_> {
    /// The row of a fee on a line, as if nothing had come after it.
    fn row(&self, fee: &Assessment, line: &Line, reference_date: NaiveDate) -> Reconciled {
        Reconciled {
            payer: self.stored.event.payer.clone(),
            code: fee.code(),
            name: fee.name().to_owned(),
            series: self.series.to_owned(),
            number: self.issued.number,
            line: line.id,
            reference_date,
            preliminary: fee.fee(),
            stands: fee.fee(),
            final_fee: None,
            leads_to: LeadsTo::Settled,
        }
    }
}

/// What is held to what.
struct Held<'a> {
    network: &'a Network,
    year: FeeYear,
    fees: &'a YearOfFees,
    /// The fees on the population of a day, by the day: what the folder gives for what was issued.
    again: BTreeMap<NaiveDate, YearOfFees>,
    /// What stands of supplements, by member, with the number of the invoice before.
    supplemented: BTreeMap<(MunicipalityCode, InvoiceNumber), Sek>,
}

impl Reconciliation {
    /// Holds every preliminary fee of a year that was issued to its final one. `fees` are those on published figures alone.
    ///
    /// # Errors
    /// Every reason at once; see the top of this file.
    pub fn of<F: Folder>(
        ledger: &Ledger<'_, F>,
        head: Seal,
        network: &Network,
        fees: &YearOfFees,
        date: NaiveDate,
    ) -> Result<Reconciliation, Vec<Refusal>> {
        let year = fees.schedule.year();
        let numbers = network.numbers_for_issue(year).map_err(|fault| vec![fault])?;
        let (invoices, credit_notes) =
            (Numbering::from(&numbers.invoices), Numbering::from(&numbers.credit_notes));
        let mut held = Held { network, year, fees, again: BTreeMap::new(), supplemented: BTreeMap::new() };
        let before = held.read(ledger)?;
        let mut plan = Reconciliation {
            rows: Vec::new(),
            supplements: Plan::of_nothing(year, &invoices, date, head),
            credits: Vec::new(),
        };
        let mut next = Next(BTreeMap::new());
        let mut credits = Vec::new();
        for before in &before {
            let mut rows = held.rows(ledger, before, &invoices)?;
            if let Some((payer, draft)) = held.supplement(before, &rows, date)? {
                if draft.claim() > Sek::ZERO {
                    let number = next.take(&invoices, ledger).map_err(refused)?;
                    plan.supplements.new.push(held.fresh(payer, number, draft));
                } else {
                    nothing_to_pay(&mut rows, LeadsTo::Supplement);
                }
            }
            let parts: Vec<CreditedPart> = rows.iter().filter_map(credited_part).collect();
            if !parts.is_empty() {
                let language = before.stored.invoice.content.buyer.language;
                let order = CreditOrder {
                    extent: CreditExtent::Parts(parts),
                    date,
                    reason: reason(year, language).map_err(|error| vec![error.refusal()])?,
                };
                let planned = ledger
                    .plan_credit(head, before.series, before.issued, &credit_notes, &order)
                    .map_err(refused)?;
                match planned.credit_note.claim() < Sek::ZERO {
                    true => credits.push(planned),
                    false => nothing_to_pay(&mut rows, LeadsTo::Credit),
                }
            }
            plan.rows.extend(rows);
        }
        // Numbers are given in the order in which they are recorded: every supplement, then every credit note.
        for mut planned in credits {
            planned.credit_note.number = next.take(&credit_notes, ledger).map_err(refused)?;
            plan.credits.push(planned);
        }
        if !plan.supplements.new.is_empty() {
            invoices.check_date(ledger.state(), date).map_err(refused)?;
        }
        Ok(plan)
    }

    /// How many documents are to be issued.
    #[must_use]
    pub fn count(&self) -> usize {
        self.supplements.new.len() + self.credits.len()
    }

    /// How many fees stand as they are to.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.rows.iter().filter(|row| row.leads_to == LeadsTo::Settled).count()
    }

    /// How many fees a person has to decide on.
    #[must_use]
    pub fn for_a_person(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.leads_to, LeadsTo::APerson(_))).count()
    }
}

/// Renders and records what a reconciliation comes to: the supplements in their batches, then each credit note. What is left when it
/// is stopped, the same command does.
///
/// # Errors
/// As [`issue`] and [`issue_credit`].
pub fn reconcile<F: Folder>(
    journal: Journal<F>,
    plan: &Reconciliation,
    mut render: impl FnMut(&[Sheet<'_>]) -> Result<Vec<Rendered>, Vec<Refusal>>,
) -> Result<Journal<F>, Stopped> {
    let mut journal = issue(journal, &plan.supplements, &mut render)?;
    for (issued, planned) in (plan.supplements.new.len()..).zip(&plan.credits) {
        // The journal is ours since the plan was held to its head.
        let planned = PlannedCredit { head: journal.head().seal, ..planned.clone() };
        journal =
            issue_credit(journal, &planned, &mut render).map_err(|refusals| Stopped { issued, refusals })?;
    }
    Ok(journal)
}

/// The numbers that are given to a plan, series by series.
struct Next(BTreeMap<String, InvoiceNumber>);

impl Next {
    fn take<F: Folder>(
        &mut self,
        numbering: &Numbering,
        ledger: &Ledger<'_, F>,
    ) -> Result<InvoiceNumber, Error> {
        let number = match self.0.get(&numbering.series) {
            Some(last) => last.next()?,
            None => numbering.next(ledger.state())?,
        };
        self.0.insert(numbering.series.clone(), number);
        Ok(number)
    }
}

impl<'a> Held<'a> {
    /// The invoices of the year with preliminary fees; what stands of supplements is noted on the way.
    fn read<F: Folder>(&mut self, ledger: &Ledger<'a, F>) -> Result<Vec<Before<'a>>, Vec<Refusal>> {
        let mut before = Vec::new();
        let state = ledger.state();
        for series in state.series() {
            let of_the_year =
                |issued: &&Issued| issued.kind == Kind::Invoice && i32::from(issued.year) == self.year.get();
            for issued in state.issued(series).iter().filter(of_the_year) {
                let stored = ledger.invoice(series, issued).map_err(refused)?;
                let is_preliminary = stored.assessments.iter().any(Assessment::is_preliminary);
                if stored.invoice.supplements.is_none() && !is_preliminary {
                    continue;
                }
                let credits = ledger.credits(series, issued.number).map_err(refused)?;
                let credits: Vec<&CreditNote> = credits.iter().map(|credit| &credit.credit_note).collect();
                let left = left_of(&stored.invoice, &credits).map_err(refused)?;
                let left: Vec<Sek> = left.iter().map(|left| left.amount).collect();
                match stored.invoice.supplements {
                    Some(preceding) => {
                        for (line, left) in stored.invoice.content.lines.iter().zip(&left) {
                            let stands =
                                self.supplemented.entry((line.municipality, preceding.number)).or_default();
                            *stands = stands.plus(*left).map_err(refused)?;
                        }
                    }
                    None => before.push(Before { series, issued, stored, left }),
                }
            }
        }
        Ok(before)
    }

    /// A row for each preliminary fee that is charged by an invoice.
    fn rows<F: Folder>(
        &mut self,
        ledger: &Ledger<'_, F>,
        before: &Before<'_>,
        invoices: &Numbering,
    ) -> Result<Vec<Reconciled>, Vec<Refusal>> {
        let Before { series, issued, stored, left } = before;
        let content = &stored.invoice.content;
        if content.cut.is_some() || content.lines.iter().any(|line| !line.others.is_empty()) {
            return self.rows_not_in_one(before);
        }
        let host = stored.invoice.content.seller.organisation_number;
        let is_ours = self
            .network
            .agreement(self.year)
            .ok()
            .and_then(|agreement| agreement.seller())
            .is_some_and(|seller| seller.organisation_number == host && invoices.series == *series);
        let mut rows = Vec::new();
        for ((fee, line), left) in stored.assessments.iter().zip(&stored.invoice.content.lines).zip(left) {
            let member = fee.code().to_string();
            let charged = ledger.state().charged(charge_key(host, self.year, &member));
            let is_charged_here =
                charged.is_some_and(|(label, one)| label == *series && one.number == issued.number);
            // Who was credited in full is issued anew, on the final figure.
            let Some(reference_date) = preliminary_on(fee).filter(|_| is_charged_here) else { continue };
            let supplemented = self.supplemented.get(&(fee.code(), issued.number));
            let stands = left.plus(supplemented.copied().unwrap_or_default()).map_err(refused)?;
            let has_supplement = ledger.state().charged(supplement_key(host, self.year, &member)).is_some();
            let last = self.fees.assessments.iter().find(|last| last.code() == fee.code());
            let leads_to = match last {
                None => LeadsTo::APerson(WhyAPerson::NotCharged),
                Some(last) if last.fee() == stands => LeadsTo::Settled,
                Some(last) if !is_ours || last.payer() != fee.payer() => {
                    LeadsTo::APerson(WhyAPerson::OtherParties)
                }
                Some(_) if stands != fee.fee() || has_supplement => LeadsTo::APerson(WhyAPerson::Credited),
                Some(_) if !self.gives_again(fee, reference_date)? => {
                    LeadsTo::APerson(WhyAPerson::OtherTariff)
                }
                Some(last) if last.fee() > stands => LeadsTo::Supplement,
                Some(_) => LeadsTo::Credit,
            };
            let final_fee = last.map(Assessment::fee);
            rows.push(Reconciled { stands, final_fee, leads_to, ..before.row(fee, line, reference_date) });
        }
        Ok(rows)
    }

    /// A row for each preliminary fee on an invoice whose lines are no whole fees of one member: what its line leaves, and what the
    /// same part of the final fee is.
    fn rows_not_in_one(&self, before: &Before<'_>) -> Result<Vec<Reconciled>, Vec<Refusal>> {
        let Before { stored, left, .. } = before;
        let content = &stored.invoice.content;
        let mut rows = Vec::new();
        for (line, left) in content.lines.iter().zip(left).filter(|(_, left)| **left != Sek::ZERO) {
            let of = |member| stored.assessments.iter().find(|fee| fee.code() == member);
            let own: Vec<Assessment> = line.members().filter_map(of).cloned().collect();
            let part = line.part.as_ref().map(Text::as_str);
            let charged = |fee: &Assessment| match &content.cut {
                Some(cut) => cut.amount(part, fee),
                None => Ok(fee.fee()),
            };
            for (fee, stands) in own.iter().zip(of_each(*left, &own).map_err(refused)?) {
                let Some(reference_date) = preliminary_on(fee) else { continue };
                let last = self.fees.assessments.iter().find(|last| last.code() == fee.code());
                let final_fee = last.map(charged).transpose().map_err(refused)?;
                let leads_to = match final_fee {
                    None => LeadsTo::APerson(WhyAPerson::NotCharged),
                    Some(fee) if fee == stands => LeadsTo::Settled,
                    Some(_) => LeadsTo::APerson(WhyAPerson::NotInOne),
                };
                let preliminary = charged(fee).map_err(refused)?;
                let row = before.row(fee, line, reference_date);
                rows.push(Reconciled { preliminary, stands, final_fee, leads_to, ..row });
            }
        }
        Ok(rows)
    }

    /// Whether the folder still gives the preliminary fee that was issued, step by step: then the final one differs by nothing but
    /// the population.
    fn gives_again(&mut self, fee: &Assessment, reference_date: NaiveDate) -> Result<bool, Vec<Refusal>> {
        if !self.again.contains_key(&reference_date) {
            let basis = self.network.basis().with_populations_until(reference_date);
            let again = basis.assess_year(self.year, PopulationMode::NewestOnFile);
            let again = again
                .map_err(|errors| errors.iter().map(avgift::Error::refusal).collect::<Vec<Refusal>>())?;
            self.again.insert(reference_date, again);
        }
        let again = self.again.get(&reference_date).map(|fees| &fees.assessments);
        let again = again.and_then(|fees| fees.iter().find(|again| again.code() == fee.code()));
        let told = |step: &Step| {
            let component = step.component.as_ref().map(ToString::to_string);
            (step.rule, component, step.outcome, step.operand.text(Language::English), step.value)
        };
        Ok(again.is_some_and(|again| again.steps().iter().map(told).eq(fee.steps().iter().map(told))))
    }

    /// The supplement to an invoice, with who pays it.
    fn supplement(
        &self,
        before: &Before<'_>,
        rows: &[Reconciled],
        date: NaiveDate,
    ) -> Result<Option<(PayerId, Invoice)>, Vec<Refusal>> {
        let more = rows.iter().filter(|row| row.leads_to == LeadsTo::Supplement);
        let billed: BTreeMap<MunicipalityCode, Sek> = more.map(|row| (row.code, row.preliminary)).collect();
        if billed.is_empty() {
            return Ok(None);
        }
        let payer = before.stored.invoice.content.buyer.payer.clone();
        let preceding =
            PrecedingInvoice { number: before.issued.number, issue_date: before.stored.invoice.issue_date };
        let draft = self.network.draft_supplement(self.fees, &payer, preceding, &billed, date)?;
        Ok(draft.map(|draft| (payer, draft)))
    }

    fn fresh(&self, payer: PayerId, number: InvoiceNumber, draft: Invoice) -> Fresh {
        let host = draft.content.seller.organisation_number;
        let lines = &draft.content.lines;
        let of =
            |code: MunicipalityCode| self.fees.assessments.iter().find(|fee| fee.code() == code).cloned();
        Fresh {
            payer,
            number,
            assessments: lines.iter().filter_map(|line| of(line.municipality)).collect(),
            keys: lines
                .iter()
                .map(|line| supplement_key(host, self.year, &line.municipality.to_string()))
                .collect(),
            draft,
            divided: None,
        }
    }
}

/// The day of the population that a preliminary fee rests on; none of a final fee.
fn preliminary_on(fee: &Assessment) -> Option<NaiveDate> {
    match fee.step(Rule::Population).map(|step| &step.operand) {
        Some(Operand::Population { reference_date, .. }) if fee.is_preliminary() => Some(*reference_date),
        _ => None,
    }
}

/// What of its line a fee that is less takes back.
fn credited_part(row: &Reconciled) -> Option<CreditedPart> {
    let amount = row.stands.minus(row.final_fee?).ok()?;
    (row.leads_to == LeadsTo::Credit).then_some(CreditedPart { line: row.line, taken: Taken::Amount(amount) })
}

fn nothing_to_pay(rows: &mut [Reconciled], of: LeadsTo) {
    for row in rows.iter_mut().filter(|row| row.leads_to == of) {
        row.leads_to = LeadsTo::APerson(WhyAPerson::NothingToPay);
    }
}

/// Why, as it stands on a credit note.
fn reason(year: FeeYear, language: Language) -> Result<Text, Error> {
    let reason = language.tell("reconciled-to-the-final-fee", &[("year", &year.to_string())]);
    Ok(Text::new(reason)?)
}
