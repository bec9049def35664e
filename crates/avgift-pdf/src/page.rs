//! Page: everything that a template gets of a document, as texts that need no more than a place: `json("/data.json")`.
//! Rule:    every word comes from the wording files, every figure is written by the core, so that a template holds neither.
//!          Amounts in columns are kronor with two decimals; the unit stands in the heading.

use avgift::{Explanation, Language, NaiveDate, Rounding, Sek, decimal_text, grouped};
use avgift_invoice::{
    AdjustmentKind, Buyer, CreditNote, Document, Invoice, Letterhead, Line, PostalAddress, Seller, Text,
    Totals, UNIT_PERSON, VatBreakdown, VatCategory,
};
use serde::Serialize;

use crate::fit::fit;
use crate::qr::UsingQr;
use crate::sheet::{Attached, Fact, Labels, Payment, Sheet};
use crate::typesetter::Job;

/// A document, as a template gets it.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// What every printed document has.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// The host's own words above the lines.
    pub opening: Option<String>,
    /// What the fee rests on.
    pub note: String,
    /// The lines, one a member.
    pub lines: Vec<PageLine>,
    /// The sums, the amount due last.
    pub totals: Vec<Fact>,
    /// Why there is no VAT.
    pub vat_note: Option<String>,
    /// The terms of payment.
    pub terms: Option<String>,
    /// The host's own words below the terms.
    pub closing: Option<String>,
    /// Why each fee is what it is; none without explanations.
    pub appendix: Option<Appendix>,
}

/// A line: one member's fee.
#[derive(Debug, Clone, Serialize)]
pub struct PageLine {
    /// `Medlemsavgift 2024, Ale kommun`.
    pub name: String,
    /// The figures that the price is made of.
    pub description: String,
    /// The part of the year, where it is not the whole.
    pub period: Option<String>,
    /// The inhabitants.
    pub quantity: String,
    /// Kronor per inhabitant.
    pub price: String,
    /// Price × quantity.
    pub amount: String,
    /// What other rules added or took away, and then the fee; none where nothing did.
    pub adjustments: Vec<Adjustment>,
    /// `Avgift`: the label of the fee below its adjustments.
    pub net_label: String,
    /// The fee.
    pub net_amount: String,
}

/// What a rule added to a line or took from it.
#[derive(Debug, Clone, Serialize)]
pub struct Adjustment {
    /// Why.
    pub reason: String,
    /// How much, with its sign.
    pub amount: String,
}

/// Why each fee is what it is.
#[derive(Debug, Clone, Serialize)]
pub struct Appendix {
    /// `Bilaga: så är avgiften räknad`.
    pub heading: String,
    /// One explanation a member.
    pub explanations: Vec<Explanation>,
}

impl Page {
    /// What the template gets of a document.
    #[must_use]
    pub fn of(job: &Job<'_>, letterhead: &Letterhead) -> Page {
        let document = job.document;
        let code = UsingQr::of(document);
        let content = document.content();
        let (seller, buyer) = (&content.seller, &content.buyer);
        let language = buyer.language;
        let kind = Kind::of(document);
        let own = |words: &avgift_invoice::Words| words.in_language(language).map(Text::to_string);
        let heading = language.say(kind.heading());
        let id = document.id().to_string();
        let date = document.issue_date();
        let sheet = Sheet {
            language: language.code(),
            kind: kind.name(),
            title: language
                .tell("paper-title", &[("heading", &heading), ("id", &id), ("buyer", shown_name(buyer))]),
            mark: (kind == Kind::Draft).then(|| language.say("paper-draft-mark")),
            heading,
            date: day(date),
            sender: seller.trading_name.as_ref().unwrap_or(&seller.name).to_string(),
            logo: letterhead.logo.as_ref().map(|logo| logo.alternative.to_string()),
            colour: letterhead.colour.map(|colour| colour.to_string()),
            recipient: recipient(buyer),
            facts: facts(document, kind, language),
            payment: payment(document, kind, code.is_some(), language),
            sender_facts: sender_facts(seller, &letterhead.contact_lines, language),
            labels: labels(&content.lines, language),
            attachment: Attached {
                name: job.attachment.name.to_owned(),
                mime_type: job.attachment.mime_type.to_owned(),
                description: language.tell("paper-attachment", &[("id", &id)]),
            },
        };
        Page {
            sheet,
            opening: own(&letterhead.opening),
            note: document.note().to_string(),
            lines: content.lines.iter().map(|line| page_line(line, content.period, language)).collect(),
            totals: totals(&content.totals, &content.vat_breakdown, kind, language),
            vat_note: vat_note(&content.vat_breakdown, language),
            terms: match document {
                Document::Invoice(invoice) => Some(invoice.payment_terms.to_string()),
                Document::CreditNote(_) => None,
            },
            closing: own(&letterhead.closing),
            appendix: (!job.explanations.is_empty()).then(|| Appendix {
                heading: language.say("paper-appendix"),
                explanations: job.explanations.to_vec(),
            }),
        }
    }
}

/// A page as JSON, its texts made fit for paper; the name of its attachment stays.
pub(crate) fn json_of(page: &impl Serialize) -> Vec<u8> {
    let mut value = serde_json::to_value(page).expect("texts and numbers are written into memory");
    let attachment = value["attachment"].take();
    each_text(&mut value, &mut |text| *text = fit(text));
    value["attachment"] = attachment;
    serde_json::to_vec(&value).expect("a value is written into memory")
}

/// Every text of a page.
pub(crate) fn texts_of(page: &impl Serialize) -> Vec<String> {
    let mut value = serde_json::to_value(page).expect("texts and numbers are written into memory");
    let mut texts = Vec::new();
    each_text(&mut value, &mut |text| texts.push(text.clone()));
    texts
}

fn each_text(value: &mut serde_json::Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        serde_json::Value::String(text) => visit(text),
        serde_json::Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, visit)),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(|value| each_text(value, visit)),
        _ => {}
    }
}

/// What a document is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Draft,
    Invoice,
    CreditNote,
}

impl Kind {
    fn of(document: Document<'_>) -> Kind {
        match document {
            Document::Invoice(invoice) if invoice.is_draft() => Kind::Draft,
            Document::Invoice(_) => Kind::Invoice,
            Document::CreditNote(_) => Kind::CreditNote,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Kind::Draft => "draft",
            Kind::Invoice => "invoice",
            Kind::CreditNote => "credit-note",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Kind::Draft => "paper-draft",
            Kind::Invoice => "paper-invoice",
            Kind::CreditNote => "paper-credit-note",
        }
    }
}

pub(crate) fn fact(label: String, value: impl ToString) -> Fact {
    let value = value.to_string();
    Fact { label, link: link(&value), value }
}

/// `ekonomi@example.se` and `www.example.se`, where the whole text is one.
fn link(text: &str) -> Option<String> {
    let is_one_word = !text.contains(char::is_whitespace);
    let is_mail = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    match text {
        _ if !is_one_word => None,
        _ if text.starts_with("https://") || text.starts_with("http://") => Some(text.to_owned()),
        _ if text.starts_with("www.") => Some(format!("https://{text}")),
        _ if is_mail => Some(format!("mailto:{text}")),
        _ => None,
    }
}

pub(crate) fn day(date: NaiveDate) -> [i32; 3] {
    use chrono::Datelike as _;
    let small = |number: u32| i32::try_from(number).unwrap_or_default(); // A month or a day.
    [date.year(), small(date.month()), small(date.day())]
}

fn shown_name(buyer: &Buyer) -> &str {
    buyer.trading_name.as_ref().unwrap_or(&buyer.name).as_str()
}

fn recipient(buyer: &Buyer) -> Vec<String> {
    let names = [Some(&buyer.name), buyer.trading_name.as_ref()].into_iter().flatten();
    names.map(Text::to_string).chain(address(&buyer.address)).collect()
}

fn address(address: &PostalAddress) -> Vec<String> {
    let place = format!("{} {}", address.postcode, address.city);
    address.lines.iter().map(Text::to_string).chain([place]).collect()
}

fn facts(document: Document<'_>, kind: Kind, language: Language) -> Vec<Fact> {
    let content = document.content();
    let say = |message: &str| language.say(message);
    let mut facts = Vec::new();
    // A draft has a name for machines, and no number.
    if kind != Kind::Draft {
        facts.push(fact(say("paper-number"), document.id()));
    }
    facts.push(fact(say("paper-date"), document.issue_date()));
    match document {
        Document::Invoice(invoice) => {
            facts.push(fact(say("paper-due-date"), invoice.due_date));
            let supplements = invoice.supplements;
            facts.extend(supplements.map(|preceding| fact(say("paper-supplements"), preceding.number)));
        }
        Document::CreditNote(CreditNote { preceding_invoice, .. }) => {
            facts.push(fact(say("paper-credits"), preceding_invoice.number));
            facts.push(fact(say("paper-credited-date"), preceding_invoice.issue_date));
        }
    }
    facts.push(fact(say("paper-fee-year"), content.fee_year));
    let buyer = &content.buyer;
    facts.extend(
        buyer.buyer_reference.as_ref().map(|reference| fact(say("paper-buyer-reference"), reference)),
    );
    facts.extend(buyer.order_reference.as_ref().map(|order| fact(say("paper-order-reference"), order)));
    facts.push(fact(say("paper-buyer-organisation-number"), buyer.organisation_number));
    facts
}

fn page_line(line: &Line, whole: avgift_invoice::InvoicePeriod, language: Language) -> PageLine {
    // The document was made from these figures, so their product fits.
    let amount =
        line.price.times(line.quantity).and_then(|amount| Rounding::Ore.round(amount)).unwrap_or_default();
    let adjustments = line.adjustments.iter().map(|adjustment| {
        let sign = match adjustment.kind {
            AdjustmentKind::Charge => '+',
            AdjustmentKind::Allowance => '\u{2212}',
        };
        Adjustment {
            reason: adjustment.reason.to_string(),
            amount: format!("{sign}{}", kronor(adjustment.amount, language)),
        }
    });
    let part = line.period.filter(|period| *period != whole);
    PageLine {
        name: line.name.to_string(),
        description: line.description.to_string(),
        period: part.map(|period| {
            let (start, end) = (period.start.to_string(), period.end.to_string());
            language.tell("paper-period", &[("start", &start), ("end", &end)])
        }),
        quantity: grouped(line.quantity.get().into(), language),
        price: decimal_text(line.price.kronor(), language),
        amount: kronor(amount, language),
        adjustments: adjustments.collect(),
        net_label: language.say("column-fee"),
        net_amount: kronor(line.net_amount, language),
    }
}

/// `48 669,00`, the sign a minus of its own width.
fn kronor(amount: Sek, language: Language) -> String {
    decimal_text(amount.to_decimal(), language).replace('-', "\u{2212}")
}

fn totals(totals: &Totals, vat: &VatBreakdown, kind: Kind, language: Language) -> Vec<Fact> {
    let amount = |message: &str, amount: Sek| fact(language.say(message), kronor(amount, language));
    let mut rows = vec![amount("paper-sum-of-fees", totals.sum_of_lines)];
    if let (VatCategory::S, Some(percent)) = (vat.category, vat.percent) {
        let (percent, taxable) = (percent.to_string(), kronor(vat.taxable_amount, language));
        let label = language.tell("paper-vat", &[("percent", &percent), ("taxable", &taxable)]);
        rows.push(fact(label, kronor(totals.vat, language)));
        rows.push(amount("paper-with-vat", totals.with_vat));
    }
    if let Some(rounding) = totals.rounding {
        rows.push(amount("paper-rounding", rounding));
    }
    let due = if kind == Kind::CreditNote { "paper-amount-credited" } else { "column-amount-due" };
    rows.push(fact(language.say(due), kronor(totals.amount_due, language) + " kr"));
    rows
}

fn vat_note(vat: &VatBreakdown, language: Language) -> Option<String> {
    let reason = vat.exemption_reason.as_ref()?;
    Some(language.tell("paper-no-vat", &[("reason", reason.as_str())]))
}

fn payment(document: Document<'_>, kind: Kind, has_code: bool, language: Language) -> Payment {
    let say = |message: &str| language.say(message);
    let (facts, nothing) = match document {
        Document::Invoice(invoice) if kind == Kind::Invoice && invoice.claim() > Sek::ZERO => {
            (payment_facts(invoice, language), None)
        }
        _ => {
            let message = match kind {
                Kind::Draft => "paper-draft-is-not-paid",
                Kind::CreditNote => "paper-credit-note-is-not-paid",
                Kind::Invoice => "paper-nothing-to-pay",
            };
            (Vec::new(), Some(say(message)))
        }
    };
    let read = |facts: &[Fact]| -> String {
        facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect::<Vec<_>>().join(", ")
    };
    Payment {
        heading: say("paper-payment"),
        code: has_code.then(|| language.tell("paper-code", &[("facts", &read(&facts))])),
        facts,
        nothing_to_pay: nothing,
        code_caption: say("paper-code-caption"),
    }
}

fn payment_facts(invoice: &Invoice, language: Language) -> Vec<Fact> {
    let say = |message: &str| language.say(message);
    let mut facts = vec![
        fact(say("paper-payee"), &invoice.content.seller.name),
        fact(say("paper-bankgiro"), invoice.payment.bankgiro),
    ];
    facts.extend(invoice.payment.ocr_reference.map(|reference| fact(say("paper-ocr"), reference)));
    facts.push(fact(say("paper-amount"), invoice.claim().text_with_ore(language)));
    facts.push(fact(say("paper-pay-by"), invoice.due_date));
    facts
}

pub(crate) fn sender_facts(seller: &Seller, contact_lines: &[Text], language: Language) -> Vec<Vec<Fact>> {
    let say = |message: &str| language.say(message);
    let names = [Some(&seller.name), seller.trading_name.as_ref()].into_iter().flatten();
    let lines: Vec<String> = names.map(Text::to_string).chain(address(&seller.address)).collect();
    let who = under(say("paper-sender"), lines);
    let mut numbers = vec![fact(say("paper-organisation-number"), seller.organisation_number)];
    numbers.extend(seller.vat_number.map(|number| fact(say("paper-vat-number"), number)));
    if seller.approved_for_f_tax {
        numbers.push(fact(String::new(), say("paper-f-tax")));
    }
    numbers.extend(seller.legal_information.as_ref().map(|information| fact(String::new(), information)));
    let mut contact = Vec::new();
    if contact_lines.is_empty() {
        let given = seller.contact.clone().unwrap_or_default();
        contact.extend(given.name.map(|name| fact(say("paper-contact"), name)));
        contact.extend(given.telephone.map(|telephone| fact(say("paper-telephone"), telephone)));
        contact.extend(given.email.map(|email| fact(say("paper-email"), email)));
    } else {
        let lines: Vec<String> = contact_lines.iter().map(Text::to_string).collect();
        contact.extend(under(say("paper-contact"), lines));
    }
    [who, numbers, contact].into_iter().filter(|facts| !facts.is_empty()).collect()
}

/// Lines under one label, which stands with the first.
fn under(label: String, lines: Vec<String>) -> Vec<Fact> {
    let labels = [label].into_iter().chain(std::iter::repeat(String::new()));
    labels.zip(lines).map(|(label, line)| fact(label, line)).collect()
}

pub(crate) fn labels(lines: &[Line], language: Language) -> Labels {
    let say = |message: &str| language.say(message);
    let counts_people = lines.iter().all(|line| line.unit == UNIT_PERSON);
    let quantity = if counts_people { say("column-inhabitants") } else { say("column-quantity") };
    Labels {
        lines: [say("column-fee"), quantity, say("paper-price"), say("paper-line-amount")],
        explanation: [say("column-step"), say("column-value"), say("column-operand"), say("column-origins")],
        page: language.tell("paper-page", &[("page", "{page}"), ("pages", "{pages}")]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_somewhere() {
        for (text, leads) in [
            ("ekonomi@example.se", Some("mailto:ekonomi@example.se")),
            ("www.example.se", Some("https://www.example.se")),
            ("https://example.se/avgift", Some("https://example.se/avgift")),
            ("Ekonomi", None),
            ("@SUM(A1:A9)", None),
            ("a@b", None),
            ("skriv till ekonomi@example.se", None),
        ] {
            assert_eq!(link(text).as_deref(), leads, "{text}");
        }
    }
}
