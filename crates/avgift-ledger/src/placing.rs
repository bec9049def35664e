//! Placing: where the parts of a payment stand in the books of a host, and what moves when a payment goes elsewhere.
//! Rule:    a payment is in the books of the host whose account it came to. A part that pays another host's invoice is
//!          `unmatched` in both books: owed to the other in the first, owed by the first in the other, until they settle.
//! Rule:    what waits for a person, and what is not ours, stands on no account. A payment that is first posted when a person
//!          has decided bears the day that the bank booked it; whatever moves later, the day of the decision.
//! Units:   whole öre; what the bank took back is below nothing.
//! Not here: accounts and vouchers, which the bookkeeping file has.

use avgift::{NaiveDate, PayerId, Sek};
use avgift_invoice::OrganisationNumber;
use avgift_journal::{Distribution, Rest};
use avgift_sie::{Customer, Event, Payment, Target, Transfer};

use crate::books::Hosts;
use crate::error::Error;
use crate::history::{History, Numbered, Received, Stage};

/// Where a part of a payment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Invoice(Numbered),
    Tolerance,
    Interest(PayerId),
    ReminderFee(PayerId),
    Overpayment(PayerId),
    Unmatched,
    /// Back with who paid it.
    PaidBack,
}

/// What a line of the journal moves in the books of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Moved {
    Paid(Payment),
    Reversed(Payment, NaiveDate),
    Transferred(Transfer),
}

impl Moved {
    pub(crate) fn event(&self) -> Event<'_> {
        match self {
            Moved::Paid(payment) => Event::Paid(payment),
            Moved::Reversed(payment, date) => Event::Reversed { payment, date: *date },
            Moved::Transferred(transfer) => Event::Transferred(transfer),
        }
    }

    /// The day of its voucher.
    pub(crate) fn date(&self) -> NaiveDate {
        match self {
            Moved::Paid(payment) => payment.date,
            Moved::Reversed(_, date) => *date,
            Moved::Transferred(transfer) => transfer.date,
        }
    }
}

/// What a line pays of an invoice; below nothing where it takes back.
pub(crate) struct Paid {
    pub(crate) seq: u64,
    pub(crate) date: NaiveDate,
    /// Whether it was in the books before, and went elsewhere.
    pub(crate) is_moved: bool,
    pub(crate) invoice: Numbered,
    pub(crate) amount: Sek,
}

/// A payment of a journal.
pub(crate) struct Placing<'a> {
    pub(crate) history: &'a History,
    pub(crate) received: &'a Received,
}

impl Placing<'_> {
    /// The host in whose books it is: the one whose account it came to; where several have the account, or none, the one
    /// whose invoice it paid when it was first posted; else the host of the day. Where it goes later changes nothing.
    pub(crate) fn owner(&self, hosts: &Hosts<'_>) -> Option<OrganisationNumber> {
        let account = self.received.event.bank_key.split('|').next().unwrap_or_default();
        let candidates = hosts.paid_to(account);
        if let [one] = candidates.as_slice() {
            return Some(*one);
        }
        let first = self.received.stages.iter().map(|stage| &stage.to).find(|to| self.is_posted(to));
        let mut paid = first.into_iter().flat_map(|to| &to.allocations);
        let paid = paid.find_map(|part| Some(self.history.invoice(&part.series, part.invoice)?.host()));
        let booked = hosts.on(self.received.event.booked());
        paid.or(booked).or_else(|| candidates.first().copied())
    }

    /// Whether any of it stands on an account.
    fn is_posted(&self, to: &Distribution) -> bool {
        !to.allocations.is_empty()
            || to.rounding != Sek::ZERO
            || (to.unallocated != Sek::ZERO && self.rest(to).is_some())
    }

    /// What each line moves in the books of a host, with the line.
    pub(crate) fn moves(
        &self,
        host: OrganisationNumber,
        owner: Option<OrganisationNumber>,
    ) -> Result<Vec<(u64, Moved)>, Error> {
        let mut moves = Vec::new();
        let mut before: Vec<(Place, Sek)> = Vec::new();
        let mut is_posted = false;
        for stage in &self.received.stages {
            let standing = self.standing(&stage.to, host, owner == Some(host))?;
            let mut change = standing.clone();
            for (place, amount) in &before {
                add(&mut change, place.clone(), Sek::ZERO.minus(*amount)?)?;
            }
            change.retain(|(_, amount)| *amount != Sek::ZERO);
            if !change.is_empty() {
                let date = self.date(stage, is_posted);
                moves.extend(self.moved(&change, date)?.into_iter().map(|moved| (stage.seq, moved)));
            }
            is_posted |= self.is_posted(&stage.to);
            before = standing;
        }
        Ok(moves)
    }

    /// What each line pays of invoices, or takes back, whoever's they are.
    pub(crate) fn paid(&self) -> Result<Vec<Paid>, Error> {
        let mut paid = Vec::new();
        let mut before: Vec<(Numbered, Sek)> = Vec::new();
        let mut is_posted = false;
        for (place, stage) in self.received.stages.iter().enumerate() {
            let mut standing = Vec::new();
            for part in &stage.to.allocations {
                add(&mut standing, (part.series.clone(), part.invoice), part.amount)?;
            }
            let mut change = standing.clone();
            for (invoice, amount) in &before {
                add(&mut change, invoice.clone(), Sek::ZERO.minus(*amount)?)?;
            }
            change.retain(|(_, amount)| *amount != Sek::ZERO);
            let date = self.date(stage, is_posted);
            let is_moved = place > 0 && is_posted;
            paid.extend(change.into_iter().map(|(invoice, amount)| Paid {
                seq: stage.seq,
                date,
                is_moved,
                invoice,
                amount,
            }));
            is_posted |= self.is_posted(&stage.to);
            before = standing;
        }
        Ok(paid)
    }

    /// The day on which a stage is in the books.
    fn date(&self, stage: &Stage, is_posted: bool) -> NaiveDate {
        if is_posted { stage.date } else { self.received.event.booked() }
    }

    /// What of it waits for a person, or is not ours.
    pub(crate) fn unposted(&self) -> Option<(Rest, Sek)> {
        let Distribution { unallocated, rest, .. } = self.received.now();
        let to = rest.as_ref()?.to;
        (matches!(to, Rest::ForAPerson | Rest::NotOurs) && *unallocated != Sek::ZERO)
            .then_some((to, *unallocated))
    }

    /// Whether it pays invoices of others than its owner.
    pub(crate) fn crosses(&self, owner: Option<OrganisationNumber>) -> bool {
        let others = |part: &avgift_journal::Allocation| {
            self.history
                .invoice(&part.series, part.invoice)
                .is_some_and(|invoice| Some(invoice.host()) != owner)
        };
        self.received.now().allocations.iter().any(others)
    }

    /// Where its parts stand in the books of a host.
    fn standing(
        &self,
        to: &Distribution,
        host: OrganisationNumber,
        is_owner: bool,
    ) -> Result<Vec<(Place, Sek)>, Error> {
        let mut standing = Vec::new();
        for part in &to.allocations {
            let invoice = self.history.invoice(&part.series, part.invoice);
            let is_ours = invoice.is_some_and(|invoice| invoice.host() == host);
            if is_ours {
                add(&mut standing, Place::Invoice((part.series.clone(), part.invoice)), part.amount)?;
            }
            match (is_ours, is_owner) {
                (true, false) => add(&mut standing, Place::Unmatched, Sek::ZERO.minus(part.amount)?)?,
                (false, true) => add(&mut standing, Place::Unmatched, part.amount)?,
                _ => {}
            }
        }
        if is_owner {
            add(&mut standing, Place::Tolerance, to.rounding)?;
            // Whoever is charged of has an invoice; else it is known from the rest.
            let of = |place: fn(PayerId) -> Place| self.payer_of(to).map_or(Place::Unmatched, place);
            add(&mut standing, of(Place::Interest), to.interest)?;
            add(&mut standing, of(Place::ReminderFee), to.reminder_fee)?;
            if let Some(place) = self.rest(to) {
                add(&mut standing, place, to.unallocated)?;
            }
        }
        Ok(standing)
    }

    /// Where what is left of it stands; nowhere where it waits.
    fn rest(&self, to: &Distribution) -> Option<Place> {
        match to.rest.as_ref().map(|rest| rest.to) {
            None | Some(Rest::Unmatched) => Some(Place::Unmatched),
            Some(Rest::Overpayment) => Some(self.payer_of(to).map_or(Place::Unmatched, Place::Overpayment)),
            Some(Rest::ForAPerson | Rest::NotOurs) => None,
            Some(Rest::Refunded) => Some(Place::PaidBack),
        }
    }

    /// Whose the money is: as was said of the rest, else who owes the first invoice that it pays.
    fn payer_of(&self, to: &Distribution) -> Option<PayerId> {
        let named = to.rest.as_ref().and_then(|rest| rest.payer.as_deref()).map(PayerId::new);
        named.or_else(|| {
            let part = to.allocations.first()?;
            Some(self.history.invoice(&part.series, part.invoice)?.buyer().payer.clone())
        })
    }

    /// A change as an event: money that came or went is one, money that moved is one for each two places.
    fn moved(&self, change: &[(Place, Sek)], date: NaiveDate) -> Result<Vec<Moved>, Error> {
        let amount = Sek::sum(change.iter().map(|(_, amount)| *amount))?;
        if amount != Sek::ZERO {
            let came = amount > Sek::ZERO;
            let signed = |amount: Sek| if came { Ok(amount) } else { Sek::ZERO.minus(amount) };
            let parts: Result<Vec<_>, avgift::Error> =
                change.iter().map(|(place, amount)| Ok((self.target(place), signed(*amount)?))).collect();
            let payment = Payment {
                date,
                amount: signed(amount)?,
                payer: self.payer(),
                reference: self.reference(),
                parts: parts?,
            };
            return Ok(vec![if came { Moved::Paid(payment) } else { Moved::Reversed(payment, date) }]);
        }
        let (mut from, mut to): (Vec<_>, Vec<_>) =
            change.iter().cloned().partition(|(_, amount)| *amount < Sek::ZERO);
        let mut transfers = Vec::new();
        while let (Some((source, lay)), Some((goal, goes))) = (from.first_mut(), to.first_mut()) {
            let amount = Sek::ZERO.minus(*lay)?.min(*goes);
            let customer = self.customer(goal).or_else(|| self.customer(source));
            let payer = || Customer { id: PayerId::new(""), name: self.payer() };
            transfers.push(Moved::Transferred(Transfer {
                date,
                amount,
                customer: customer.unwrap_or_else(payer),
                from: self.target(source),
                to: self.target(goal),
            }));
            (*lay, *goes) = (lay.plus(amount)?, goes.minus(amount)?);
            from.retain(|(_, left)| *left != Sek::ZERO);
            to.retain(|(_, left)| *left != Sek::ZERO);
        }
        Ok(transfers)
    }

    fn target(&self, place: &Place) -> Target {
        match (place, self.customer(place)) {
            (Place::Invoice((_, number)), Some(customer)) => Target::Invoice { number: *number, customer },
            (Place::Overpayment(_), Some(customer)) => Target::Overpayment(customer),
            (Place::Interest(_), Some(customer)) => Target::Interest(customer),
            (Place::ReminderFee(_), Some(customer)) => Target::ReminderFee(customer),
            (Place::Tolerance, _) => Target::Tolerance,
            (Place::PaidBack, _) => Target::Bank { reference: self.reference() },
            _ => Target::Unmatched,
        }
    }

    /// Whose a place is.
    fn customer(&self, place: &Place) -> Option<Customer> {
        match place {
            Place::Invoice((series, number)) => {
                self.history.invoice(series, *number).map(|invoice| Customer::from(invoice.buyer()))
            }
            Place::Overpayment(payer) | Place::Interest(payer) | Place::ReminderFee(payer) => {
                let name = self.history.name_of(payer.as_str()).unwrap_or(payer.as_str());
                Some(Customer { id: payer.clone(), name: name.to_owned() })
            }
            _ => None,
        }
    }

    /// Who paid: as the bank says, else whose invoice it paid.
    pub(crate) fn payer(&self) -> String {
        let said = self.received.event.bank.as_ref().and_then(|bank| bank.payer.clone());
        let of_invoice = || {
            let part = self.received.stages.iter().find_map(|stage| stage.to.allocations.first())?;
            Some(self.history.invoice(&part.series, part.invoice)?.buyer().name.to_string())
        };
        said.or_else(of_invoice).unwrap_or_default()
    }

    /// How the bank names it, else the end of its key.
    pub(crate) fn reference(&self) -> String {
        let said = self.received.event.bank.as_ref().and_then(|bank| bank.bank_reference.clone());
        let key = &self.received.event.bank_key;
        said.unwrap_or_else(|| key.split_once('|').map_or(key.as_str(), |(_, rest)| rest).to_owned())
    }
}

/// Adds to what stands at a place.
fn add<P: PartialEq>(standing: &mut Vec<(P, Sek)>, place: P, amount: Sek) -> Result<(), Error> {
    if amount == Sek::ZERO {
        return Ok(());
    }
    match standing.iter_mut().find(|(there, _)| *there == place) {
        Some((_, there)) => *there = there.plus(amount)?,
        None => standing.push((place, amount)),
    }
    Ok(())
}
