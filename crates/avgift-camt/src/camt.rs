//! camt: account statements (camt.053) and notifications (camt.054) of ISO 20022 to payments.
//! Rule:    the namespace says which message it is; below it elements are found by their local name, so that every version
//!          whose fields are there is read. Only what is booked is a payment. Of an entry, its payments sum to its amount and
//!          are as many as the bank counts.
//! Read:    versions .02 and .08, in the dialect of the Nordic banks; OCR references are those of type SCOR.
//! Errors:  BankXmlMustBeReadable, BankXmlMustNotHaveADocumentType, BankMessageMustBeRead, BankFieldMustBeThere,
//!          BankCodeMustBeKnown, BankAccountMustBeOurs, BankCurrencyMustBeSek, AmountMustBeInKronor, DateMustBeADate,
//!          BankPaymentsMustSumToTheirEntry, BankPaymentsMustBeCounted; and LumpSumShouldHaveItsPayments, a warning.

use avgift::{NaiveDate, Origin, Refusal, Sek};
use roxmltree::{Document, ParsingOptions};

use crate::account::{Account, OurAccounts, Scheme};
use crate::error::{Error, Written};
use crate::key::{BankKey, Keyless};
use crate::payment::{
    BankFormat, BankPayment, CreditTaken, Detail, Given, Message, PassedOver, PaymentKind, Reference,
};
use avgift_text::Source;

use crate::text;

/// A payment takes a hundred nodes, so that these are more than the largest file of payments holds.
const MOST_NODES: u32 = 2_000_000;

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

type Node<'a> = roxmltree::Node<'a, 'a>;

/// Reads a message, or tells all its faults.
pub(crate) fn read(source: &Source, ours: &OurAccounts) -> Result<Message, Vec<Error>> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(source.text(), options)
        .map_err(|fault| vec![unreadable(source, &fault)])?;
    let (format, body, reports) = message(source, document.root_element()).map_err(|fault| vec![fault])?;
    let mut reader =
        Reader { source, ours, faults: Vec::new(), passed_over: Vec::new(), warnings: Vec::new() };
    let mut payments = Vec::new();
    let header = child(body, "GrpHdr");
    if reports.is_empty() {
        reader.lacking(body, if matches!(format, BankFormat::Camt053 { .. }) { "Stmt" } else { "Ntfctn" });
    }
    let mut is_copy = false;
    for report in reports {
        is_copy |= child(report, "CpyDplctInd").is_some();
        reader.report(report, &mut payments);
    }
    let Reader { faults, passed_over, warnings, .. } = reader;
    if !faults.is_empty() {
        return Err(faults);
    }
    let of_header = |name| header.and_then(|header| text_at(header, &[name]));
    let (id, created) = (of_header("MsgId"), of_header("CreDtTm"));
    Ok(Message { format, id, created, is_copy, payments, passed_over, warnings })
}

fn unreadable(source: &Source, fault: &roxmltree::Error) -> Error {
    if matches!(fault, roxmltree::Error::DtdDetected) {
        let at = source.text().find("<!DOCTYPE").unwrap_or(0);
        let end =
            source.text().get(at..).and_then(|rest| rest.find('>')).map_or(at, |length| at + length + 1);
        return Error::BankXmlMustNotHaveADocumentType { origin: source.origin(at..end) };
    }
    let place = fault.pos();
    let said = fault.to_string();
    let said = said.rsplit_once(" at ").map_or(said.as_str(), |(said, _)| said);
    let origin = match fault {
        // The reader gives these no place; what is lacking is lacking at the end.
        roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream => {
            let end = source.text().trim_end().len();
            source.origin(end..end)
        }
        _ => Origin::new(source.file().clone(), place.row, place.col, 1),
    };
    Error::BankXmlMustBeReadable { fault: said.to_owned(), origin }
}

/// Which message it is, by its namespace; its body, and the reports in it.
fn message<'a>(source: &Source, root: Node<'a>) -> Result<(BankFormat, Node<'a>, Vec<Node<'a>>), Error> {
    let namespace = root.tag_name().namespace().unwrap_or_default();
    let name = namespace.strip_prefix(NAMESPACE).unwrap_or_default();
    let version = |prefix: &str| {
        let digits = name.strip_prefix(prefix)?;
        digits
            .parse::<u8>()
            .ok()
            .filter(|_| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (format, body, report) = if let Some(version) = version("camt.053.001.") {
        (BankFormat::Camt053 { version }, "BkToCstmrStmt", "Stmt")
    } else if let Some(version) = version("camt.054.001.") {
        (BankFormat::Camt054 { version }, "BkToCstmrDbtCdtNtfctn", "Ntfctn")
    } else {
        let root_name = format!("XML with the root `{}`", root.tag_name().name());
        let found = match (name, namespace) {
            ("", "") => root_name,
            ("", _) => format!("{root_name} in `{namespace}`"),
            _ => format!("the message `{name}`"),
        };
        return Err(Error::BankMessageMustBeRead { found, origin: place(source, root) });
    };
    match child(root, body) {
        Some(node) => Ok((format, node, children(node, report).collect())),
        None => {
            let within = root.tag_name().name().to_owned();
            Err(Error::BankFieldMustBeThere { field: body, within, origin: place(source, root) })
        }
    }
}

/// Goes through a message and gathers what is wrong with it.
struct Reader<'a> {
    source: &'a Source,
    ours: &'a OurAccounts,
    faults: Vec<Error>,
    passed_over: Vec<PassedOver>,
    warnings: Vec<Refusal>,
}

/// What an entry says of all its payments.
struct Entry<'a> {
    node: Node<'a>,
    account: Option<Account>,
    amount: Option<Sek>,
    is_credit: Option<bool>,
    is_reversal: bool,
    booked: Option<NaiveDate>,
    value_date: Option<NaiveDate>,
}

impl Reader<'_> {
    fn report(&mut self, report: Node<'_>, payments: &mut Vec<Keyless>) {
        let account = self.account_of_ours(report);
        if let Some(currency) = at(report, &["Acct", "Ccy"]) {
            let written = self.written(currency);
            self.must_be_kronor(written);
        }
        for node in children(report, "Ntry") {
            if self.faults.len() >= crate::MOST_FAULTS {
                return;
            }
            self.entry(node, account.as_ref(), payments);
        }
    }

    fn account_of_ours(&mut self, report: Node<'_>) -> Option<Account> {
        let Some(node) = at(report, &["Acct", "Id"]) else {
            self.lacking(report, "Acct/Id");
            return None;
        };
        let Some((account, number)) = account(node) else {
            self.lacking(node, "IBAN");
            return None;
        };
        if !self.ours.hold(&account) {
            let account = self.written(number);
            let ours = self.ours.iter().map(ToString::to_string).collect();
            self.faults.push(Error::BankAccountMustBeOurs { account, ours });
        }
        Some(account)
    }

    fn entry(&mut self, node: Node<'_>, account: Option<&Account>, payments: &mut Vec<Keyless>) {
        let Some(status) = child(node, "Sts") else {
            self.lacking(node, "Sts");
            return;
        };
        let status = status.first_element_child().unwrap_or(status);
        let is_booked = text(status).is_some_and(|status| status == "BOOK");
        if !is_booked {
            let Written { text: status, origin } = self.written(status);
            self.passed_over.push(PassedOver { status, origin });
            return;
        }
        let entry = Entry {
            node,
            account: account.cloned(),
            amount: self.amount(node, &["Amt"], "Amt"),
            is_credit: self.is_credit(node),
            is_reversal: self.is_reversal(node),
            booked: self.day(node, "BookgDt", true),
            value_date: self.day(node, "ValDt", false),
        };
        if entry.is_credit.is_none() && child(node, "CdtDbtInd").is_none() {
            self.lacking(node, "CdtDbtInd");
        }
        let batches: Vec<Node<'_>> = children(node, "NtryDtls").collect();
        let within: Vec<Node<'_>> = batches.iter().flat_map(|batch| children(*batch, "TxDtls")).collect();
        if within.is_empty() {
            payments.extend(self.lump_sum(&entry, &batches));
            return;
        }
        let is_single = within.len() == 1;
        let mut sum = Some(0_i128);
        for batch in batches {
            let mut count = 0;
            for details in children(batch, "TxDtls") {
                count += 1;
                let signed = self.payment(&entry, details, is_single, payments);
                sum = sum.zip(signed).map(|(sum, signed)| sum + signed);
            }
            self.must_be_counted(batch, count);
        }
        if let (Some(sum), Some(amount)) = (sum, entry.amount)
            && sum != i128::from(amount.ore())
        {
            let origin = child(node, "Amt")
                .map_or_else(|| place(self.source, node), |amount| self.written(amount).origin);
            let payments = within.len();
            self.faults.push(Error::BankPaymentsMustSumToTheirEntry { entry: amount, sum, payments, origin });
        }
    }

    fn must_be_counted(&mut self, batch: Node<'_>, found: usize) {
        if let Some(node) = at(batch, &["Btch", "NbOfTxs"]) {
            let counted = self.written(node);
            if found > 0 && counted.text.parse() != Ok(found) {
                self.faults.push(Error::BankPaymentsMustBeCounted { found, counted });
            }
        }
    }

    /// An entry of which the bank tells the sum alone.
    fn lump_sum(&mut self, entry: &Entry<'_>, batches: &[Node<'_>]) -> Option<Keyless> {
        let node = entry.node;
        let kind = kind(entry.is_credit?, entry.is_reversal);
        let amount = entry.amount?;
        if kind == PaymentKind::Credit {
            let origin = place(self.source, node);
            self.warnings.push(Error::LumpSumShouldHaveItsPayments { amount, origin }.refusal());
        }
        let id = text_at(node, &["AcctSvcrRef"]);
        let ids = batches.iter().filter_map(|batch| text_at(*batch, &["Btch", "PmtInfId"]));
        Some(Keyless {
            payment: BankPayment {
                bank_key: BankKey::default(),
                account: entry.account.clone(),
                booked: entry.booked?,
                value_date: entry.value_date,
                amount,
                kind,
                detail: Detail::LumpSum,
                references: Vec::new(),
                credits_taken: Vec::new(),
                text: text_at(node, &["AddtlNtryInf"]).into_iter().collect(),
                payer_name: None,
                payer_account: None,
                bank_reference: id.clone(),
                origin: Some(place(self.source, node)),
            },
            id,
            marks: ids.collect(),
        })
    }

    /// One payment of an entry; what it adds to the entry's amount, in öre, where that can be read.
    fn payment(
        &mut self,
        entry: &Entry<'_>,
        node: Node<'_>,
        is_single: bool,
        payments: &mut Vec<Keyless>,
    ) -> Option<i128> {
        let amount = if child(node, "Amt").is_some() {
            self.amount(node, &["Amt"], "Amt")
        } else if at(node, &["AmtDtls", "TxAmt", "Amt"]).is_some() || !is_single {
            self.amount(node, &["AmtDtls", "TxAmt", "Amt"], "AmtDtls/TxAmt/Amt")
        } else {
            entry.amount
        };
        let is_credit = self.is_credit(node).or(entry.is_credit);
        let (references, credits_taken, mut said) = self.remittance(node);
        said.extend(text_at(node, &["AddtlTxInf"]));
        let parties = child(node, "RltdPties");
        let debtor =
            parties.and_then(|parties| child(parties, "Dbtr").or_else(|| child(parties, "UltmtDbtr")));
        let name =
            debtor.and_then(|debtor| text_at(debtor, &["Nm"]).or_else(|| text_at(debtor, &["Pty", "Nm"])));
        let payer_account = parties.and_then(|parties| at(parties, &["DbtrAcct", "Id"])).and_then(account);
        let id_of = |name| text_at(node, &["Refs", name]).filter(|id| id != "NOTPROVIDED");
        let id = id_of("AcctSvcrRef");
        let marks: Vec<String> = ["TxId", "EndToEndId"].into_iter().filter_map(id_of).collect();
        // A payment of ours that came back is told by its own element, without the entry being a reversal.
        let is_reversal = entry.is_reversal || child(node, "RtrInf").is_some();
        let (amount, is_credit) = (amount?, is_credit?);
        payments.extend(entry.booked.map(|booked| Keyless {
            payment: BankPayment {
                bank_key: BankKey::default(),
                account: entry.account.clone(),
                booked,
                value_date: entry.value_date,
                amount,
                kind: kind(is_credit, is_reversal),
                detail: Detail::Payment,
                references,
                credits_taken,
                text: said,
                payer_name: name,
                payer_account: payer_account.map(|(account, _)| account),
                bank_reference: id.clone().or_else(|| marks.first().cloned()),
                origin: Some(place(self.source, node)),
            },
            id,
            marks,
        }));
        let adds = entry.is_credit.is_none_or(|entry| entry == is_credit);
        Some(if adds { i128::from(amount.ore()) } else { -i128::from(amount.ore()) })
    }

    /// What the payer wrote: references, credit notes taken off, and texts.
    fn remittance(&mut self, node: Node<'_>) -> (Vec<Reference>, Vec<CreditTaken>, Vec<String>) {
        let (mut references, mut credits, mut said) = (Vec::new(), Vec::new(), Vec::new());
        for information in children(node, "RmtInf") {
            said.extend(children(information, "Ustrd").filter_map(text));
            for structured in children(information, "Strd") {
                let paid = self.optional_amount(structured, &["RfrdDocAmt", "RmtdAmt"]);
                let taken = self.optional_amount(structured, &["RfrdDocAmt", "CdtNoteAmt"]);
                let documents: Vec<Node<'_>> = children(structured, "RfrdDocInf").collect();
                let is_credit_note = documents.iter().any(|document| {
                    text_at(*document, &["Tp", "CdOrPrtry", "Cd"]).as_deref() == Some("CREN")
                });
                let mut numbers = documents.iter().filter_map(|document| text_at(*document, &["Nb"]));
                let reference = child(structured, "CdtrRefInf");
                let reference = reference.and_then(|node| Some((text_at(node, &["Ref"])?, is_ocr(node))));
                said.extend(children(structured, "AddtlRmtInf").filter_map(text));
                if is_credit_note {
                    let number = numbers.next().or(reference.map(|(text, _)| text));
                    credits.push(CreditTaken { number, amount: taken.or(paid) });
                    continue;
                }
                let given = match reference {
                    Some((text, true)) => Some(Given::read(&text)),
                    Some((text, false)) => Some(Given::Other(text)),
                    None => numbers.next().map(Given::InvoiceNumber),
                };
                references.extend(given.map(|given| Reference { given, amount: paid }));
                said.extend(numbers);
                if taken.is_some() {
                    credits.push(CreditTaken { number: None, amount: taken });
                }
            }
        }
        (references, credits, said)
    }

    /// Credit or debit, where the node says and says it readably.
    fn is_credit(&mut self, node: Node<'_>) -> Option<bool> {
        let node = child(node, "CdtDbtInd")?;
        let value = self.written(node);
        match value.text.as_str() {
            "CRDT" => Some(true),
            "DBIT" => Some(false),
            _ => {
                self.faults.push(Error::BankCodeMustBeKnown {
                    value,
                    field: "CdtDbtInd",
                    known: &["CRDT", "DBIT"],
                });
                None
            }
        }
    }

    fn is_reversal(&mut self, node: Node<'_>) -> bool {
        let Some(node) = child(node, "RvslInd") else { return false };
        let value = self.written(node);
        match value.text.as_str() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => {
                self.faults.push(Error::BankCodeMustBeKnown {
                    value,
                    field: "RvslInd",
                    known: &["true", "false"],
                });
                false
            }
        }
    }

    fn optional_amount(&mut self, node: Node<'_>, path: &[&str]) -> Option<Sek> {
        at(node, path).and_then(|_| self.amount(node, path, ""))
    }

    /// The amount at a path, in kronor; `field` is its name where it is lacking.
    fn amount(&mut self, node: Node<'_>, path: &[&str], field: &'static str) -> Option<Sek> {
        let Some(amount) = at(node, path) else {
            self.lacking(node, field);
            return None;
        };
        let value = self.written(amount);
        if let Some(currency) = amount.attribute_node("Ccy") {
            let origin = self.source.origin(currency.range_value());
            self.must_be_kronor(Written { text: currency.value().to_owned(), origin });
        } else {
            self.lacking(amount, "Ccy");
        }
        // A file knows no comma and no sign: what has one was changed by hand.
        let is_plain = value.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        // Here a point is a decimal mark and nothing else, so `500.000` is five hundred kronor.
        let text = value.text.strip_suffix('0').filter(|_| avgift::could_group_thousands(&value.text));
        let read = text.unwrap_or(&value.text).parse().ok().filter(|_| is_plain);
        if read.is_none() {
            self.faults.push(Error::AmountMustBeInKronor { value });
        }
        read
    }

    fn must_be_kronor(&mut self, currency: Written) {
        if currency.text != "SEK" {
            self.faults.push(Error::BankCurrencyMustBeSek { currency });
        }
    }

    /// The day in `Dt` or `DtTm` of a field, without its time and zone.
    fn day(&mut self, node: Node<'_>, field: &'static str, is_needed: bool) -> Option<NaiveDate> {
        let found = child(node, field).and_then(|date| child(date, "Dt").or_else(|| child(date, "DtTm")));
        let Some(found) = found else {
            if is_needed {
                self.lacking(node, field);
            }
            return None;
        };
        let value = self.written(found);
        let day = value.text.get(..10).filter(|_| {
            let rest = value.text.get(10..).unwrap_or_default();
            rest.is_empty() || rest.starts_with(['T', 'Z', '+', '-'])
        });
        let day = day.and_then(text::day);
        if day.is_none() {
            self.faults.push(Error::DateMustBeADate { value });
        }
        day
    }

    fn lacking(&mut self, node: Node<'_>, field: &'static str) {
        let within = node.tag_name().name().to_owned();
        self.faults.push(Error::BankFieldMustBeThere { field, within, origin: place(self.source, node) });
    }

    /// The text of an element, and its place; of an empty one the element's.
    fn written(&self, node: Node<'_>) -> Written {
        let origin = match node.children().find(|child| child.is_text()) {
            Some(within) => match self.source.text().get(within.range()) {
                Some(part) => self.source.place_of(part.trim()),
                None => place(self.source, node),
            },
            None => place(self.source, node),
        };
        Written { text: text(node).unwrap_or_default(), origin }
    }
}

const fn kind(is_credit: bool, is_reversal: bool) -> PaymentKind {
    match (is_credit, is_reversal) {
        (true, false) => PaymentKind::Credit,
        (true, true) => PaymentKind::DebitReversal,
        (false, true) => PaymentKind::Reversal,
        (false, false) => PaymentKind::Debit,
    }
}

/// Whether a reference is of the type in which OCR references come; one issued under ISO 11649 (RF…) is not.
fn is_ocr(reference: Node<'_>) -> bool {
    text_at(reference, &["Tp", "CdOrPrtry", "Cd"]).as_deref() == Some("SCOR")
        && text_at(reference, &["Tp", "Issr"]).as_deref() != Some("ISO")
}

/// The account of an `Id` element, and the element of its number.
fn account<'a>(id: Node<'a>) -> Option<(Account, Node<'a>)> {
    if let Some(iban) = child(id, "IBAN") {
        return Some((Account::new(Scheme::Iban, &text(iban)?), iban));
    }
    let other = child(id, "Othr")?;
    let number = child(other, "Id")?;
    let scheme = ["Prtry", "Cd"].iter().find_map(|name| text_at(other, &["SchmeNm", name]));
    let scheme = match scheme.as_deref() {
        Some("BGNR") => Scheme::Bankgiro,
        Some("PGNR") => Scheme::Plusgiro,
        None | Some("BBAN") => Scheme::Number,
        Some(name) => Scheme::Other(name.to_owned()),
    };
    Some((Account::new(scheme, &text(number)?), number))
}

fn children<'a>(node: Node<'a>, name: &str) -> impl Iterator<Item = Node<'a>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a>(node: Node<'a>, name: &str) -> Option<Node<'a>> {
    children(node, name).next()
}

fn at<'a>(node: Node<'a>, path: &[&str]) -> Option<Node<'a>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

/// The text of an element, its white space made single spaces; nothing where there is none.
fn text(node: Node<'_>) -> Option<String> {
    let whole: String =
        node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
    let words: Vec<&str> = whole.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn text_at(node: Node<'_>, path: &[&str]) -> Option<String> {
    at(node, path).and_then(text)
}

/// The place of an element: its first line.
fn place(source: &Source, node: Node<'_>) -> Origin {
    source.origin(node.range())
}
