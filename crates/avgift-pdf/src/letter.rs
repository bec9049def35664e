//! Letter: everything that the letter's template gets of a reminder, as texts that need no more than a place.
//! Rule:    as for an invoice: every word comes from the wording files, every figure is written by the core.

use avgift_invoice::{InterestWords, LetterWords, Letterhead, Reminder, Told};
use serde::Serialize;

use crate::page::{day, fact, labels, sender_facts};
use crate::sheet::{Attached, Fact, Payment, Sheet};
use crate::typesetter::Attachment;

/// A letter, as its template gets it.
#[derive(Debug, Clone, Serialize)]
pub struct LetterPage {
    /// What every printed document has.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// What the letter says.
    pub paragraphs: Vec<String>,
    /// The heading of the sums.
    pub statement_heading: String,
    /// The sums, the amount due last.
    pub statement: Vec<Fact>,
    /// How the interest is counted, where it is charged.
    pub interest: Option<InterestTable>,
    /// What interest and fee rest on, and what to do if it is paid.
    pub terms: Vec<String>,
}

/// How interest is counted: a row for each span of days.
#[derive(Debug, Clone, Serialize)]
pub struct InterestTable {
    /// Its heading.
    pub heading: String,
    /// The columns.
    pub columns: [String; 4],
    /// Days from and to, how many, what was open, the rate.
    pub rows: Vec<[String; 4]>,
}

impl LetterPage {
    /// What the template gets of a reminder; `has_code` where a QR code can be printed.
    #[must_use]
    pub fn of(
        reminder: &Reminder,
        attachment: Attachment<'_>,
        letterhead: &Letterhead,
        has_code: bool,
    ) -> LetterPage {
        let words = LetterWords::of(reminder);
        let language = words.language;
        let read: Vec<String> =
            words.payment.iter().map(|(label, value)| format!("{label}: {value}")).collect();
        let sheet = Sheet {
            language: language.code(),
            kind: "reminder",
            heading: words.heading,
            mark: None,
            date: day(reminder.date),
            sender: reminder.seller.trading_name.as_ref().unwrap_or(&reminder.seller.name).to_string(),
            logo: letterhead.logo.as_ref().map(|logo| logo.alternative.to_string()),
            colour: letterhead.colour.map(|colour| colour.to_string()),
            recipient: words.recipient,
            facts: told(words.facts),
            payment: Payment {
                heading: words.payment_heading,
                code: has_code.then(|| language.tell("paper-code", &[("facts", &read.join(", "))])),
                facts: told(words.payment),
                nothing_to_pay: None,
                code_caption: language.say("paper-code-caption"),
            },
            sender_facts: sender_facts(&reminder.seller, &letterhead.contact_lines, language),
            labels: labels(&[], language),
            attachment: Attached {
                name: attachment.name.to_owned(),
                mime_type: attachment.mime_type.to_owned(),
                description: language.tell("letter-attachment", &[("title", &words.title)]),
            },
            title: words.title,
        };
        LetterPage {
            sheet,
            paragraphs: words.paragraphs,
            statement_heading: words.statement_heading,
            statement: told(words.statement)
                .into_iter()
                .map(|row| Fact { value: row.value.replace('-', "\u{2212}"), ..row })
                .collect(),
            interest: words.interest.map(|InterestWords { heading, columns, rows }| InterestTable {
                heading,
                columns,
                rows,
            }),
            terms: words.terms,
        }
    }
}

fn told(facts: Vec<Told>) -> Vec<Fact> {
    facts.into_iter().map(|(label, value)| fact(label, value)).collect()
}
