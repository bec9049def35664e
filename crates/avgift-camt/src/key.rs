//! Key: by what a payment is known again, in another file or in the same one read anew.
//! Rule:    account and the bank's id of the payment, where there is one and no other payment of the file has it. Else account,
//!          day, amount, payer's account, references and text, and which it is among equals in that file.
//! Rule:    the account is the name that it goes by among ours: a statement and a notification of one payment have one key.
//! Rule:    a reversal may carry the id of the payment it takes back, so every kind but a credit stands in the key.
//! Example: `SE4550000000058398257466|BG270214P1`. Parts are set apart by `|`, a `|` within one is written `\|`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::account::OurAccounts;
use crate::payment::{BankPayment, PaymentKind};

/// By what a payment is known again: a text that stays the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BankKey(String);

impl BankKey {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of the payment that a reversal takes back, where the bank gives both one id; the text is a reversal's.
    #[must_use]
    pub fn reversed_by(reversal: &str) -> Option<&str> {
        reversal.strip_suffix("|reversal").filter(|key| !key.ends_with('\\'))
    }

    /// A key that a journal kept.
    pub(crate) fn remembered(key: String) -> BankKey {
        BankKey(key)
    }

    fn of(parts: &[&str]) -> BankKey {
        let escaped: Vec<String> =
            parts.iter().map(|part| part.replace('\\', "\\\\").replace('|', "\\|")).collect();
        BankKey(escaped.join("|"))
    }

    /// The key of a payment that a person entered.
    pub(crate) fn by_hand(payment: &BankPayment, ordinal: u32) -> BankKey {
        let payer = payment.payer_name.as_deref().unwrap_or_default();
        let amount = payment.amount.to_string();
        let day = payment.booked.to_string();
        let said = said(payment);
        let ordinal = ordinal.to_string();
        let mut parts = vec!["by-hand", &day, &amount, payer, &said, &ordinal];
        if payment.kind != PaymentKind::Credit {
            parts.push(payment.kind.word());
        }
        BankKey::of(&parts)
    }
}

impl fmt::Display for BankKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for BankKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A payment that has no key yet, with what goes into it.
pub(crate) struct Keyless {
    pub(crate) payment: BankPayment,
    /// The bank's id of this payment, and of this alone as far as the bank says.
    pub(crate) id: Option<String>,
    /// Other ids, which a payer may have made up.
    pub(crate) marks: Vec<String>,
}

/// Gives each payment of a file its key.
pub(crate) fn assign(payments: Vec<Keyless>, ours: &OurAccounts) -> Vec<BankPayment> {
    let mut times: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    for keyless in &payments {
        *times.entry(with_id(keyless, ours)).or_default() += 1;
    }
    let mut equals: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    let with_key = |keyless: Keyless| {
        let mut parts = with_id(&keyless, ours);
        if keyless.id.is_none() || times.get(&parts).is_some_and(|times| *times > 1) {
            parts = composed(&keyless, ours);
            let ordinal = equals.entry(parts.clone()).or_default();
            *ordinal += 1;
            parts.push(ordinal.to_string());
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        BankPayment { bank_key: BankKey::of(&parts), ..keyless.payment }
    };
    payments.into_iter().map(with_key).collect()
}

fn with_id(keyless: &Keyless, ours: &OurAccounts) -> Vec<String> {
    let payment = &keyless.payment;
    let mut parts = vec![account(payment, ours), keyless.id.clone().unwrap_or_default()];
    if payment.kind != PaymentKind::Credit {
        parts.push(payment.kind.word().to_owned());
    }
    parts
}

fn composed(keyless: &Keyless, ours: &OurAccounts) -> Vec<String> {
    let payment = &keyless.payment;
    let payer = payment.payer_account.as_ref().map(ToString::to_string);
    let ids: Vec<&str> = keyless.id.iter().chain(&keyless.marks).map(String::as_str).collect();
    let mut parts = vec![
        account(payment, ours),
        payment.booked.to_string(),
        payment.amount.to_string(),
        payer.or_else(|| payment.payer_name.clone()).unwrap_or_default(),
        said(payment),
        ids.join(" "),
    ];
    if payment.kind != PaymentKind::Credit {
        parts.push(payment.kind.word().to_owned());
    }
    parts
}

fn account(payment: &BankPayment, ours: &OurAccounts) -> String {
    payment.account.as_ref().map(|account| ours.name_of(account).to_owned()).unwrap_or_default()
}

/// The references and the text of a payment.
fn said(payment: &BankPayment) -> String {
    let references = payment.references.iter().map(|reference| reference.given.written());
    references.chain(payment.text.iter().cloned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use avgift::Sek;

    fn payment(amount: i64, kind: PaymentKind, id: Option<&str>) -> Keyless {
        let day = "2027-02-14".parse().unwrap();
        let mut payment = BankPayment::of_row(day, Sek::from_ore(amount), Some("100263"), None, None);
        payment.kind = kind;
        Keyless { payment, id: id.map(str::to_owned), marks: Vec::new() }
    }

    fn keys(payments: Vec<Keyless>) -> Vec<String> {
        assign(payments, &OurAccounts::new()).iter().map(|payment| payment.bank_key.to_string()).collect()
    }

    #[test]
    fn equal_payments_are_told_apart_by_their_order() {
        let one = || payment(100, PaymentKind::Credit, None);
        assert_eq!(keys(vec![one(), one()]), ["|2027-02-14|1.00||100263||1", "|2027-02-14|1.00||100263||2"]);
    }

    #[test]
    fn a_reversal_with_the_id_of_its_payment_has_a_key_of_its_own() {
        let payments =
            [PaymentKind::Credit, PaymentKind::Reversal].map(|kind| payment(100, kind, Some("B1")));
        assert_eq!(keys(payments.into()), ["|B1", "|B1|reversal"]);
        assert_eq!(BankKey::reversed_by("|B1|reversal"), Some("|B1"));
        assert_eq!(BankKey::reversed_by("|B1"), None);
        assert_eq!(BankKey::reversed_by(BankKey::of(&["", "B1|reversal"]).as_str()), None);
    }

    /// A bank that gives every payment of a batch the id of the batch would lose all but one.
    #[test]
    fn an_id_that_several_payments_have_is_none() {
        let payments = [100, 200].map(|amount| payment(amount, PaymentKind::Credit, Some("B1")));
        assert_eq!(keys(payments.into()), ["|2027-02-14|1.00||100263|B1|1", "|2027-02-14|2.00||100263|B1|1"]);
    }

    #[test]
    fn a_bar_within_a_part_sets_nothing_apart() {
        assert_ne!(BankKey::of(&["a|b", "c"]), BankKey::of(&["a", "b|c"]));
        assert_ne!(BankKey::of(&["a\\", "b"]), BankKey::of(&["a\\|b"]));
    }
}
