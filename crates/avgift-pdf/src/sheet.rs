//! Sheet: what the template of every printed document gets, whatever it says: who writes to whom, when, and how to pay.

use serde::Serialize;

/// What every printed document has.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// `sv` or `en`.
    pub language: &'static str,
    /// `invoice`, `credit-note`, `draft` or `reminder`.
    pub kind: &'static str,
    /// The title of the file: `Faktura 20240001, Ale kommun`.
    pub title: String,
    /// The heading: `Faktura`.
    pub heading: String,
    /// What stands across every page: `UTKAST` for a draft, nothing else ever.
    pub mark: Option<String>,
    /// The day of the document: year, month, day.
    pub date: [i32; 3],
    /// Who writes, as it calls itself.
    pub sender: String,
    /// What the logo says; none without a logo. The picture is `/logo`.
    pub logo: Option<String>,
    /// The colour of headings and rules, `#00567a`.
    pub colour: Option<String>,
    /// Name and address of who is written to, line by line.
    pub recipient: Vec<String>,
    /// Number, dates and references.
    pub facts: Vec<Fact>,
    /// How to pay.
    pub payment: Payment,
    /// Who writes: name, address, numbers, whom to ask; columns of facts, a fact without a label belonging to the one above.
    pub sender_facts: Vec<Vec<Fact>>,
    /// Headings of tables, and the words of page numbers.
    pub labels: Labels,
    /// The file for machines: its name, kind and what it is. Its bytes are `/attachment`.
    pub attachment: Attached,
}

/// A label and what it says.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// `Fakturanummer`.
    pub label: String,
    /// `20240001`.
    pub value: String,
    /// Where a click leads, where the value is an address of mail or of the web.
    pub link: Option<String>,
}

/// How to pay.
#[derive(Debug, Clone, Serialize)]
pub struct Payment {
    /// `Betalning`.
    pub heading: String,
    /// Payee, bankgiro, reference, amount, due date; none where nothing is to be paid.
    pub facts: Vec<Fact>,
    /// Why nothing is to be paid, where nothing is.
    pub nothing_to_pay: Option<String>,
    /// The text that is read in place of the QR code; none without a code. The picture is `/qr.svg`.
    pub code: Option<String>,
    /// What stands below the code.
    pub code_caption: String,
}

/// Headings of tables, and the words of page numbers.
#[derive(Debug, Clone, Serialize)]
pub struct Labels {
    /// The columns of the lines.
    pub lines: [String; 4],
    /// The columns of an explanation.
    pub explanation: [String; 4],
    /// `Sida {page} av {pages}`, the two to be put in.
    pub page: String,
}

/// The file for machines.
#[derive(Debug, Clone, Serialize)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub mime_type: String,
    /// What it is.
    pub description: String,
}
