//! Error: what the command line itself refuses: files it cannot read or write, members it does not find.

use avgift::{FeeYear, Refusal};
use thiserror::Error as ThisError;

use crate::world::Place;

/// A rule of the command line that was not kept.
#[derive(Debug, ThisError)]
pub(crate) enum Error {
    #[error("`{path}` cannot be read: {reason}")]
    FolderMustBeReadable { path: String, reason: String },
    #[error("`{out}` is there already{}", .wanted.instead())]
    OutMustBeNew { out: String, wanted: Wanted },
    #[error("`{out}` cannot be written: {reason}")]
    OutMustBeWritable { out: String, reason: String },
    #[error("no agreement of network.toml numbers in series `{series}`")]
    SeriesMustHaveItsAgreement { series: String },
    #[error("nothing was issued for {year}")]
    YearMustBeIssued { year: FeeYear },
    #[error("`{path}` cannot be read: {reason}")]
    BankFileMustBeReadable { path: String, reason: String },
    #[error("`{path}` lies {}", .place.in_words())]
    FolderShouldLieOnOneMachine { path: String, place: Place },
    #[error("nobody is there to agree")]
    AnswerMustBeGiven,
    #[error("`{text}` is not a member in {}", listed(.years))]
    MemberMustBeInTheYear { text: String, years: Vec<FeeYear>, near: Vec<String> },
}

/// What was to be written where something is already.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted {
    /// A folder.
    Folder,
    /// A folder of an auditor's package.
    Package,
    /// A file, where there is one.
    File,
    /// A file, where there is something else: a folder, a link, a device.
    FileOverOther,
}

impl Wanted {
    fn instead(self) -> &'static str {
        match self {
            Wanted::Folder | Wanted::Package => ", and is no empty folder",
            Wanted::File => "",
            Wanted::FileOverOther => ", and is no file",
        }
    }

    fn mend(self) -> &'static str {
        match self {
            Wanted::Folder => {
                "choose a new folder, or give `--replace` for a folder of drafts from an earlier run"
            }
            Wanted::Package => "choose a new folder, or give `--replace` for a package from an earlier run",
            Wanted::File => "choose a new name, or give `--replace` for a file from an earlier run",
            Wanted::FileOverOther => "choose a new name; a folder, a link or a device is never replaced",
        }
    }
}

impl Place {
    fn in_words(&self) -> String {
        match self {
            Place::Copied(service) => format!("in a folder that {service} copies between machines"),
            Place::Server => "on a server".to_owned(),
        }
    }
}

impl Error {
    fn code(&self) -> &'static str {
        match self {
            Error::FolderMustBeReadable { .. } => "folder-must-be-readable",
            Error::OutMustBeNew { .. } => "out-must-be-new",
            Error::OutMustBeWritable { .. } => "out-must-be-writable",
            Error::MemberMustBeInTheYear { .. } => "member-must-be-in-the-year",
            Error::SeriesMustHaveItsAgreement { .. } => "series-must-have-its-agreement",
            Error::YearMustBeIssued { .. } => "year-must-be-issued",
            Error::BankFileMustBeReadable { .. } => "bank-file-must-be-readable",
            Error::FolderShouldLieOnOneMachine { .. } => "folder-should-lie-on-one-machine",
            Error::AnswerMustBeGiven => "answer-must-be-given",
        }
    }

    /// The refusal: code, message, why and how to mend.
    pub(crate) fn refusal(&self) -> Refusal {
        let (why, mend) = match self {
            Error::FolderMustBeReadable { .. } => (
                "everything is computed from the files of the network's folder",
                "point at the folder with `--network`, or make one with `avgift init`".to_owned(),
            ),
            Error::OutMustBeNew { wanted, .. } => {
                ("nothing that somebody else put there is overwritten", wanted.mend().to_owned())
            }
            Error::OutMustBeWritable { .. } => (
                "what is written is written as a whole or not at all",
                "choose a place where you may write, with room on the disk; close programs that hold it open"
                    .to_owned(),
            ),
            Error::MemberMustBeInTheYear { near, .. } if near.is_empty() => {
                ("only members have a fee", "look the member up with `avgift fees`".to_owned())
            }
            Error::MemberMustBeInTheYear { near, .. } => {
                ("only members have a fee", format!("did you mean {}?", near.join(" or ")))
            }
            Error::SeriesMustHaveItsAgreement { series } => (
                "a document belongs to the host whose series it is numbered in, also when the host has changed",
                format!("keep the agreement with `series = \"{series}\"` under `[agreement.numbers]`"),
            ),
            Error::YearMustBeIssued { .. } => (
                "an auditor looks at what was issued, and the journal has no invoice for that fee year",
                "look up the fee years with `avgift journal list --type invoice`".to_owned(),
            ),
            Error::BankFileMustBeReadable { .. } => (
                "payments are registered from the bank's own file, which is kept with the journal",
                "give the path of a file that the bank sent".to_owned(),
            ),
            Error::FolderShouldLieOnOneMachine { place: Place::Copied(_), .. } => (
                "the lock holds on this machine alone: two that write at once give the same numbers, and the service makes two journals of one",
                "let one person issue, on one machine; or move the folder to a server or to git".to_owned(),
            ),
            Error::FolderShouldLieOnOneMachine { place: Place::Server, .. } => (
                "the journal's lock holds only where the server passes it on to every machine",
                "let one person issue; look at `avgift journal verify` after each run".to_owned(),
            ),
            Error::AnswerMustBeGiven => (
                "what is recorded in the journal stays there, so somebody looks at the plan first",
                "run it at a terminal, or give `--yes` once the plan of `--dry-run` is right".to_owned(),
            ),
        };
        let refusal = match self {
            Error::FolderShouldLieOnOneMachine { .. } => Refusal::warning(self.code(), self.to_string()),
            _ => Refusal::error(self.code(), self.to_string()),
        };
        refusal.why(why).mend(mend)
    }
}

/// `2024`, `2023 or 2024`.
fn listed(years: &[FeeYear]) -> String {
    years.iter().map(FeeYear::to_string).collect::<Vec<_>>().join(" or ")
}
