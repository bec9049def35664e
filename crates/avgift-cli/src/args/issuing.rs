//! The arguments of what is drawn up and recorded: invoice, issue, reconcile, credit, sent.

use std::path::PathBuf;

use avgift::{FeeYear, NaiveDate, Share, ShareUnit};
use avgift_invoice::{CreditedPart, Taken, Text};
use chrono::{DateTime, FixedOffset};
use clap::{Args, ValueEnum};

use super::Figures;
use super::value::{day, fee_year, text, time, user};

/// avgift invoice
#[derive(Debug, Args)]
pub(crate) struct Invoice {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The folder to write; it must be new or empty.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The invoice date; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Put each document in the envelope that Peppol sends it in (SBDH).
    #[arg(long)]
    pub(crate) envelope: bool,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Replace a folder of drafts that an earlier run wrote.
    #[arg(long)]
    pub(crate) replace: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// How something is recorded in the journal.
#[derive(Debug, Args)]
pub(crate) struct Recording {
    /// Show what would be recorded, and record nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask.
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) stamp: StampArgs,
}

/// Who records, and when.
#[derive(Debug, Args)]
pub(crate) struct StampArgs {
    /// Who does it, as the journal is to say; the user who is logged in unless given.
    #[arg(long, value_name = "NAME", value_parser = user)]
    pub(crate) by: Option<String>,
    /// The time that is recorded; now unless given. For runs that are to be the same byte for byte.
    #[arg(long, value_name = "TIME", value_parser = time, hide_short_help = true)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
}

/// avgift issue
#[derive(Debug, Args)]
pub(crate) struct Issue {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The invoice date; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Issue this instalment alone, by its number; all whose day has come unless given.
    #[arg(long, value_name = "N")]
    pub(crate) instalment: Option<usize>,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print the plan and what came of it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// avgift reconcile
#[derive(Debug, Args)]
pub(crate) struct Reconcile {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The date of the supplements and credit notes; without one, what they would be is told and nothing recorded.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print every fee and what comes of it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift credit
#[derive(Debug, Args)]
pub(crate) struct Credit {
    /// The number of the invoice: `20240001`, or with its series, `GR-20240001`.
    pub(crate) number: String,
    /// Why, as it is to stand on the credit note.
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) reason: Text,
    /// Take back a part: a line and an amount without VAT, `1=10000,50`, a line and a share, `1=6/12`, or the rest of a
    /// line, `1`. Several may be given. All that is left is taken back unless this is given.
    #[arg(long = "part", value_name = "LINE[=AMOUNT|PART/WHOLE]", value_parser = part)]
    pub(crate) parts: Vec<CreditedPart>,
    /// The date of the credit note; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Write no PDF, only what machines read.
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// Print the credit note as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) recording: Recording,
}

/// avgift sent
#[derive(Debug, Args)]
pub(crate) struct Sent {
    /// The numbers of what was sent.
    #[arg(required_unless_present = "year")]
    pub(crate) numbers: Vec<String>,
    /// All that was issued for a fee year.
    #[arg(long, value_parser = fee_year, conflicts_with = "numbers")]
    pub(crate) year: Option<FeeYear>,
    /// By what way.
    #[arg(long, value_enum)]
    pub(crate) channel: Channel,
    /// The receipt, or the operator's id of the sending.
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) receipt: Option<Text>,
    #[command(flatten)]
    pub(crate) stamp: StampArgs,
}

/// How a document is sent.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Channel {
    /// As an electronic invoice, through an access point
    Peppol,
    /// By electronic mail
    Email,
    /// By post
    Post,
}

impl Channel {
    /// As the journal names it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Channel::Peppol => "peppol",
            Channel::Email => "email",
            Channel::Post => "post",
        }
    }
}

/// `1=10000,50`, `1=6/12` or `1`.
fn part(text: &str) -> Result<CreditedPart, String> {
    let (line, taken) = text.split_once('=').map_or((text, None), |(line, taken)| (line, Some(taken)));
    let line = line
        .trim()
        .parse::<usize>()
        .map_err(|_| "begin with the number of a line of the invoice".to_owned())?;
    let taken = match taken.map(|taken| taken.split_once('/').ok_or(taken)) {
        None => Taken::Rest,
        Some(Err(amount)) => {
            Taken::Amount(amount.trim().parse().map_err(|error: avgift::Error| error.to_string())?)
        }
        Some(Ok((part, whole))) => {
            let count =
                |text: &str| text.trim().parse::<u32>().map_err(|_| "write a share as 6/12".to_owned());
            let unit = if count(whole)? > 12 { ShareUnit::Days } else { ShareUnit::Months };
            Taken::Share(Share::new(count(part)?, count(whole)?, unit).map_err(|error| error.to_string())?)
        }
    };
    Ok(CreditedPart { line, taken })
}
