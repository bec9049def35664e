//! QR: what the QR code of an invoice says to the app of a bank, in the format UsingQR, and the code as a picture.
//! Rule:    UsingQR, revision 2: JSON with one-word keys; dates as eight digits, the account with its hyphen, the
//!          reference as `iref`. Everything is ASCII, other letters escaped: some readers take bare UTF-8 for another
//!          code page.
//! Not here: credit notes and drafts have none, since nobody is to pay them.

use avgift_invoice::{Document, Reminder};
use fast_qr::convert::{Builder as _, Shape, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use serde::Serialize;
use serde_json::value::RawValue;

/// How many characters of the seller's name are said; more would make the code too fine to print.
const LONGEST_NAME: usize = 50;

/// The content of the QR code of an invoice.
///
/// Fields and their order as in the format; amounts are decimal numbers with two decimals.
#[derive(Debug, Serialize)]
pub struct UsingQr {
    /// The version of the format.
    uqr: u8,
    /// The kind of document: 1 is an invoice.
    tp: u8,
    /// The name of who is paid.
    nme: String,
    /// Its country.
    cc: &'static str,
    /// Its organisation number.
    cid: String,
    /// The reference of the payment: OCR.
    iref: String,
    /// The day of issue, `20240228`.
    idt: String,
    /// The due date.
    ddt: String,
    /// The amount due.
    due: Box<RawValue>,
    /// The VAT in it; a reminder tells none.
    #[serde(skip_serializing_if = "Option::is_none")]
    vat: Option<Box<RawValue>>,
    /// The currency.
    cur: &'static str,
    /// The kind of account: BG is a bankgiro number.
    pt: &'static str,
    /// The account.
    acc: String,
}

impl UsingQr {
    /// What the code of an invoice says; nothing for a draft or a credit note, or where nothing is to be paid.
    #[must_use]
    pub fn of(document: Document<'_>) -> Option<UsingQr> {
        let Document::Invoice(invoice) = document else { return None };
        let ocr_reference = invoice.payment.ocr_reference?;
        let (seller, totals) = (&invoice.content.seller, &invoice.content.totals);
        if totals.amount_due <= avgift::Sek::ZERO {
            return None;
        }
        Some(UsingQr {
            uqr: 1,
            tp: 1,
            nme: seller.name.as_str().chars().take(LONGEST_NAME).collect(),
            cc: seller.address.country_code,
            cid: seller.organisation_number.to_string(),
            iref: ocr_reference.to_string(),
            idt: day(invoice.issue_date),
            ddt: day(invoice.due_date),
            due: amount(totals.amount_due),
            vat: Some(amount(totals.vat)),
            cur: invoice.content.currency_code,
            pt: "BG",
            acc: invoice.payment.bankgiro.to_string(),
        })
    }

    /// What the code of a reminder says: the same payment, of what is due now; nothing without a reference.
    #[must_use]
    pub fn of_reminder(reminder: &Reminder) -> Option<UsingQr> {
        let ocr_reference = reminder.ocr_reference?;
        if reminder.amount_due <= avgift::Sek::ZERO {
            return None;
        }
        let seller = &reminder.seller;
        Some(UsingQr {
            uqr: 1,
            tp: 1,
            nme: seller.name.as_str().chars().take(LONGEST_NAME).collect(),
            cc: seller.address.country_code,
            cid: seller.organisation_number.to_string(),
            iref: ocr_reference.to_string(),
            idt: day(reminder.invoice_date),
            ddt: day(reminder.due_date),
            due: amount(reminder.amount_due),
            vat: None,
            cur: "SEK",
            pt: "BG",
            acc: reminder.bankgiro.to_string(),
        })
    }

    /// The text of the code: JSON in ASCII.
    #[must_use]
    pub fn text(&self) -> String {
        let json = serde_json::to_string(self).expect("texts and numbers are written into memory");
        let mut ascii = String::with_capacity(json.len());
        for character in json.chars() {
            match character.is_ascii() {
                true => ascii.push(character),
                false => {
                    let units = character.encode_utf16(&mut [0; 2]).to_vec();
                    units.iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")));
                }
            }
        }
        ascii
    }

    /// The code as an SVG picture, with the quiet zone around it; error correction level M.
    pub(crate) fn svg(&self) -> String {
        // A name of fifty characters of two units, twelve ASCII characters each, leaves it well within a code's 2 331.
        let code =
            QRBuilder::new(self.text()).ecl(ECL::M).build().expect("the text is short enough for a code");
        SvgBuilder::default().shape(Shape::Square).margin(4).to_str(&code)
    }
}

fn day(date: avgift::NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

fn amount(amount: avgift::Sek) -> Box<RawValue> {
    RawValue::from_string(amount.to_string()).expect("digits and a point are a number of JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str) -> UsingQr {
        let amount = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        UsingQr {
            uqr: 1,
            tp: 1,
            nme: name.to_owned(),
            cc: "SE",
            cid: "802400-0013".into(),
            iref: "2026000105".into(),
            idt: "20260115".into(),
            ddt: "20260214".into(),
            due: amount("34786.00"),
            vat: Some(amount("6957.25")),
            cur: "SEK",
            pt: "BG",
            acc: "991-2346".into(),
        }
    }

    #[test]
    fn the_text_is_json_in_ascii() {
        assert_eq!(
            said("Företag 𝄞 \"AB\"").text(),
            r#"{"uqr":1,"tp":1,"nme":"F\u00f6retag \ud834\udd1e \"AB\"","cc":"SE","cid":"802400-0013","iref":"2026000105","idt":"20260115","ddt":"20260214","due":34786.00,"vat":6957.25,"cur":"SEK","pt":"BG","acc":"991-2346"}"#
        );
    }

    #[test]
    fn the_longest_name_fits() {
        assert!(said(&"𝄞".repeat(LONGEST_NAME)).svg().starts_with("<svg"));
    }
}
