//! Letter: a reminder in words, in the language of who is written to: for paper, and as plain text.
//! Rule:    every word comes from the wording files, every figure is written by the core. Amounts in sums are kronor with two
//!          decimals.

use avgift::{Language, NaiveDate, Ratio, Sek, date_text, decimal_text};

use crate::party::{Buyer, PostalAddress};
use crate::reminder::{InterestSpan, Reminder};
use crate::text::Text;

/// A label and what it says: `Fakturanummer` and `20240001`.
pub type Told = (String, String);

/// A reminder in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterWords {
    /// The language.
    pub language: Language,
    /// The heading: `Påminnelse`.
    pub heading: String,
    /// The title: `Påminnelse 20240001, Ale kommun`.
    pub title: String,
    /// Name and address of who is written to, line by line.
    pub recipient: Vec<String>,
    /// Number, dates and references.
    pub facts: Vec<Told>,
    /// What the letter says.
    pub paragraphs: Vec<String>,
    /// The heading of the sums.
    pub statement_heading: String,
    /// The sums, the amount due last.
    pub statement: Vec<Told>,
    /// How the interest is counted, where it is charged.
    pub interest: Option<InterestWords>,
    /// What interest and fee rest on, and what to do if it is paid.
    pub terms: Vec<String>,
    /// The heading of how to pay.
    pub payment_heading: String,
    /// How to pay.
    pub payment: Vec<Told>,
}

/// How interest is counted: a row for each span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestWords {
    /// Its heading.
    pub heading: String,
    /// The columns.
    pub columns: [String; 4],
    /// Days from and to, how many, what was open, the rate.
    pub rows: Vec<[String; 4]>,
}

impl LetterWords {
    /// The words of a reminder.
    #[must_use]
    pub fn of(reminder: &Reminder) -> LetterWords {
        let buyer = &reminder.buyer;
        let language = buyer.language;
        let ordinal = reminder.ordinal.to_string();
        let heading = match reminder.ordinal {
            1 => language.say("letter-reminder"),
            _ => language.tell("letter-reminder-again", &[("ordinal", &ordinal)]),
        };
        let id = reminder.invoice.to_string();
        let name = buyer.trading_name.as_ref().unwrap_or(&buyer.name).as_str();
        let title =
            language.tell("paper-title", &[("heading", heading.as_str()), ("id", &id), ("buyer", name)]);
        LetterWords {
            language,
            heading,
            title,
            recipient: recipient(buyer),
            facts: facts(reminder, language),
            paragraphs: paragraphs(reminder, language),
            statement_heading: language.say("letter-statement"),
            statement: statement(reminder, language),
            interest: interest(reminder, language),
            terms: terms(reminder, language),
            payment_heading: language.say("paper-payment"),
            payment: payment(reminder, language),
        }
    }

    /// The letter as plain text, for who sends it without a PDF.
    #[must_use]
    pub fn text(&self) -> String {
        let told = |(label, value): &Told| format!("{label}: {value}");
        let mut parts = vec![self.heading.clone(), self.recipient.join("\n")];
        parts.push(self.facts.iter().map(told).collect::<Vec<_>>().join("\n"));
        parts.extend(self.paragraphs.iter().cloned());
        let sums: Vec<String> = self.statement.iter().map(told).collect();
        parts.push(format!("{}\n{}", self.statement_heading, sums.join("\n")));
        if let Some(InterestWords { heading, columns, rows }) = &self.interest {
            let rows: Vec<String> = rows.iter().map(|row| row.join("; ")).collect();
            parts.push(format!("{heading}\n{}\n{}", columns.join("; "), rows.join("\n")));
        }
        parts.extend(self.terms.iter().cloned());
        let pay: Vec<String> = self.payment.iter().map(told).collect();
        parts.push(format!("{}\n{}", self.payment_heading, pay.join("\n")));
        parts.join("\n\n") + "\n"
    }
}

fn told(label: String, value: impl ToString) -> Told {
    (label, value.to_string())
}

fn recipient(buyer: &Buyer) -> Vec<String> {
    let PostalAddress { lines, postcode, city, .. } = &buyer.address;
    let names = [Some(&buyer.name), buyer.trading_name.as_ref()].into_iter().flatten();
    names.chain(lines).map(Text::to_string).chain([format!("{postcode} {city}")]).collect()
}

fn kronor(amount: Sek, language: Language) -> String {
    decimal_text(amount.to_decimal(), language)
}

fn facts(reminder: &Reminder, language: Language) -> Vec<Told> {
    let say = |message: &str| language.say(message);
    let mut facts = vec![
        told(say("paper-number"), reminder.invoice),
        told(say("paper-date"), reminder.invoice_date),
        told(say("paper-due-date"), reminder.due_date),
        told(say("letter-date"), reminder.date),
    ];
    let buyer = &reminder.buyer;
    facts.extend(
        buyer.buyer_reference.as_ref().map(|reference| told(say("paper-buyer-reference"), reference)),
    );
    facts.extend(buyer.order_reference.as_ref().map(|order| told(say("paper-order-reference"), order)));
    facts.push(told(say("paper-buyer-organisation-number"), buyer.organisation_number));
    facts
}

fn paragraphs(reminder: &Reminder, language: Language) -> Vec<String> {
    let (number, year) = (reminder.invoice.to_string(), reminder.fee_year.to_string());
    let (due, open) = (date_text(reminder.due_date, language), reminder.open.text_with_ore(language));
    let figures = [("number", number.as_str()), ("year", &year), ("due", &due), ("open", &open)];
    let mut paragraphs = vec![language.tell("letter-not-paid", &figures)];
    if reminder.ordinal > 1 {
        let ordinal = reminder.ordinal.to_string();
        paragraphs.push(language.tell("letter-reminded-before", &[("ordinal", &ordinal)]));
    }
    paragraphs
}

fn statement(reminder: &Reminder, language: Language) -> Vec<Told> {
    let amount = |label: String, amount: Sek| told(label, kronor(amount, language));
    let less = |amount: Sek| Sek::from_ore(amount.ore().saturating_neg());
    let charges = &reminder.charges;
    let mut rows = vec![amount(language.say("letter-invoiced"), reminder.invoiced)];
    if reminder.credited != Sek::ZERO {
        rows.push(amount(language.say("register-credited"), less(reminder.credited)));
    }
    if reminder.paid != Sek::ZERO {
        rows.push(amount(language.say("register-paid"), less(reminder.paid)));
    }
    rows.push(amount(language.say("letter-open"), reminder.open));
    if charges.interest_due() != Sek::ZERO {
        let until = date_text(reminder.date, language);
        let label = language.tell("letter-interest", &[("date", &until)]);
        rows.push(amount(label, charges.interest_due()));
    }
    if charges.fee != Sek::ZERO {
        rows.push(amount(language.say("ledger-reminder-fee"), charges.fee));
    }
    let due = kronor(reminder.amount_due, language) + " kr";
    rows.push(told(language.say("column-amount-due"), due));
    rows
}

fn interest(reminder: &Reminder, language: Language) -> Option<InterestWords> {
    let charged = reminder.charges.interest.as_ref().filter(|interest| !interest.spans.is_empty())?;
    let row = |span: &InterestSpan| {
        [
            days(span.from, span.to, language),
            span.days.to_string(),
            kronor(span.open, language),
            percent(span.percent, language),
        ]
    };
    Some(InterestWords {
        heading: language.say("letter-interest-heading"),
        columns: [
            language.say("letter-period"),
            language.say("letter-days"),
            language.say("paper-line-amount"),
            language.say("letter-rate"),
        ],
        rows: charged.spans.iter().map(row).collect(),
    })
}

fn days(from: NaiveDate, to: NaiveDate, language: Language) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    language.tell("letter-from-to", &[("from", &from), ("to", &to)])
}

/// A rate, `10,00 %`: reference rates and margins are decimal numbers, so hundredths tell nearly all of them, and what they
/// do not tell is marked.
fn percent(rate: Ratio, language: Language) -> String {
    let hundredths = rate.times(Ratio::whole(100)).unwrap_or(Ratio::ZERO);
    let whole = i64::try_from(hundredths.numerator() / hundredths.denominator()).unwrap_or_default();
    let more = if hundredths.denominator() == 1 { "" } else { "…" };
    format!("{}{more} %", decimal_text(Sek::from_ore(whole).to_decimal(), language))
}

fn terms(reminder: &Reminder, language: Language) -> Vec<String> {
    let charges = &reminder.charges;
    let mut terms = Vec::new();
    if charges.interest_due() != Sek::ZERO
        && let Some(margin) = charges.margin
    {
        let margin = percent(margin, language).replace(" %", "");
        terms.push(language.tell("letter-interest-terms", &[("margin", &margin)]));
        if charges.interest_paid > Sek::ZERO {
            let paid = charges.interest_paid.text_with_ore(language);
            terms.push(language.tell("letter-interest-paid", &[("paid", &paid)]));
        }
    }
    if charges.fee != Sek::ZERO
        && let Some(agreed) = &charges.fee_agreed
    {
        terms.push(language.tell("letter-fee-terms", &[("agreed", Text::as_str(agreed))]));
    }
    terms.push(language.say("letter-if-paid"));
    terms
}

fn payment(reminder: &Reminder, language: Language) -> Vec<Told> {
    let say = |message: &str| language.say(message);
    let mut facts =
        vec![told(say("paper-payee"), &reminder.seller.name), told(say("paper-bankgiro"), reminder.bankgiro)];
    facts.extend(reminder.ocr_reference.map(|reference| told(say("paper-ocr"), reference)));
    facts.push(told(say("paper-amount"), reminder.amount_due.text_with_ore(language)));
    facts.push(told(say("paper-pay-by"), say("letter-at-once")));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_to_the_hundredth_and_marked_beyond() {
        for (numerator, denominator, text) in
            [(10, 1, "10,00 %"), (1050, 100, "10,50 %"), (101, 8, "12,62… %"), (0, 1, "0,00 %")]
        {
            let rate = Ratio::new(numerator, denominator).unwrap();
            assert_eq!(percent(rate, Language::Swedish), text);
        }
    }
}
