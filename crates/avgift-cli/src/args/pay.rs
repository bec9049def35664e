//! pay, open, remind: payments that are registered, listed and decided on, what is unpaid, and who is reminded.

use std::path::PathBuf;

use avgift::{NaiveDate, Sek};
use avgift_invoice::Text;
use avgift_ledger::{RestTo, ToInvoice};
use clap::{Args, Subcommand};

use super::value::{day, text};
use super::{Output, Recording};

/// avgift pay
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Pay {
    #[command(subcommand)]
    pub(crate) verb: Option<PayVerb>,
    /// Files from the bank: camt.054, camt.053, or a plain CSV. What names its invoice posts itself; the rest waits.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Print the plan and what came of it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// What else there is to do with payments.
#[derive(Debug, Subcommand)]
pub(crate) enum PayVerb {
    /// Enter one payment that no file of the bank tells of.
    ByHand(ByHand),
    /// Show the payments that wait for a decision: why, which invoices they may be for, and what is proposed.
    List(List),
    /// Decide where a payment goes.
    Assign(Box<Assign>),
}

/// avgift pay by-hand
#[derive(Debug, Args)]
pub(crate) struct ByHand {
    /// The day it was booked.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: NaiveDate,
    /// How much, in kronor.
    #[arg(long, value_name = "KR", value_parser = amount)]
    pub(crate) amount: Sek,
    /// The OCR reference.
    #[arg(long, value_name = "REF", value_parser = text)]
    pub(crate) ocr: Option<Text>,
    /// Who paid.
    #[arg(long, value_name = "NAME", value_parser = text)]
    pub(crate) payer: Option<Text>,
    /// What the payer wrote.
    #[arg(long, value_parser = text)]
    pub(crate) text: Option<Text>,
    /// Which it is among payments that are otherwise the same: 2 for the second of the day.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=999))]
    pub(crate) nr: u32,
    /// Print the plan and what came of it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift pay list
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Print the list as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// avgift pay assign
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("decision").required(true).multiple(true)
    .args(["as_proposed", "invoices", "rest", "not_ours", "refund", "reverse"]))]
#[command(group = clap::ArgGroup::new("one").multiple(false).args(["as_proposed", "not_ours", "refund", "reverse"]))]
#[command(group = clap::ArgGroup::new("parts").multiple(true).args(["invoices", "rest"]).conflicts_with("one"))]
pub(crate) struct Assign {
    /// The payment: its id in the list, or the first four digits of it or more.
    pub(crate) payment: String,
    /// As the list proposes.
    #[arg(long)]
    pub(crate) as_proposed: bool,
    /// To an invoice, `20240001`, or a part of it, `20240001=10000,50`. Several may be given.
    #[arg(long = "to", value_name = "NUMBER[=KR]", value_parser = to_invoice)]
    pub(crate) invoices: Vec<ToInvoice>,
    /// Where the rest goes: overpayment, unmatched, not-ours, interest, reminder-fee or rounding, each with an amount if
    /// several are given: `interest=81,94`.
    #[arg(long, value_name = "WHERE[=KR]", value_parser = rest)]
    pub(crate) rest: Vec<(RestTo, Option<Sek>)>,
    /// Whose an overpayment is, where the invoices do not tell: the name in payers.csv.
    #[arg(long, value_name = "PAYER", requires = "parts", value_parser = text)]
    pub(crate) payer: Option<Text>,
    /// It has nothing to do with the fees.
    #[arg(long)]
    pub(crate) not_ours: bool,
    /// What is left of it was paid back, on the day of --date.
    #[arg(long, requires = "date")]
    pub(crate) refund: bool,
    /// It takes back another payment: the one with the same bank reference, or the one of --of.
    #[arg(long)]
    pub(crate) reverse: bool,
    /// The payment that it takes back.
    #[arg(long, value_name = "ID", requires = "reverse", conflicts_with_all = ["as_proposed", "not_ours", "refund"])]
    pub(crate) of: Option<String>,
    /// The day of the decision, or of the payment back; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Why, as the journal is to say; what was done, unless given.
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) reason: Option<Text>,
    /// Print the decision as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift open
#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The day at whose end it is told; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// avgift remind
#[derive(Debug, Args)]
pub(crate) struct Remind {
    /// The day of the letters; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Write no PDF, only text and what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print the letters as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// An amount above nothing.
fn amount(text: &str) -> Result<Sek, String> {
    let amount: Sek = text.trim().parse().map_err(|error: avgift::Error| error.to_string())?;
    if amount > Sek::ZERO { Ok(amount) } else { Err("write an amount above 0".to_owned()) }
}

/// `20240001=10000,50` or `20240001`.
fn to_invoice(text: &str) -> Result<ToInvoice, String> {
    let (number, paid) = text.split_once('=').map_or((text, None), |(number, paid)| (number, Some(paid)));
    let amount = paid.map(amount).transpose()?;
    Ok(ToInvoice { number: number.trim().to_owned(), amount })
}

/// `overpayment` or `interest=81,94`; only rounding may be below nothing.
fn rest(text: &str) -> Result<(RestTo, Option<Sek>), String> {
    let (place, paid) = text.split_once('=').map_or((text, None), |(place, paid)| (place, Some(paid)));
    let place = match place.trim() {
        "overpayment" => RestTo::Overpayment,
        "unmatched" => RestTo::Unmatched,
        "not-ours" => RestTo::NotOurs,
        "interest" => RestTo::Interest,
        "reminder-fee" => RestTo::ReminderFee,
        "rounding" => RestTo::Rounding,
        _ => {
            return Err(
                "write overpayment, unmatched, not-ours, interest, reminder-fee or rounding".to_owned()
            );
        }
    };
    let amount = match (paid, place) {
        (None, _) => None,
        (Some(paid), RestTo::Rounding) => {
            Some(paid.trim().parse().map_err(|error: avgift::Error| error.to_string())?)
        }
        (Some(paid), _) => Some(amount(paid)?),
    };
    Ok((place, amount))
}
