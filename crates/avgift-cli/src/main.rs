//! The command line: parse, run, report, exit.
//! Exit:   0 done, 1 input refused, 2 command line not understood, 70 a fault of ours, 75 somebody else holds the journal.

#![forbid(unsafe_code)]

mod args;
mod command;
mod error;
mod report;
mod table;
mod world;

use std::io::{self, Write as _};
use std::panic;
use std::process::ExitCode;

use avgift::{Refusal, Severity};
use avgift_network::note_each_once;
use clap::Parser as _;

use crate::args::Cli;
use crate::world::Texts;

/// What a command gives back when it is done.
struct Done {
    /// The data, for stdout.
    out: String,
    /// What else there is to say, for stderr.
    said: String,
    /// Warnings, for stderr.
    warnings: Vec<Refusal>,
    /// The texts that warnings point into.
    texts: Texts,
}

/// Why a command was not done: its refusals, and the texts they point into.
struct Refused {
    refusals: Vec<Refusal>,
    texts: Texts,
    /// Refusals that are the data asked for, as JSON for stdout.
    out: Option<String>,
    /// What was done before it came to the refusal, for stderr; else nothing was changed.
    done: Option<String>,
}

impl Done {
    fn with(out: String) -> Done {
        Done { out, said: String::new(), warnings: Vec::new(), texts: Texts::default() }
    }
}

impl Refused {
    /// 75 where somebody else holds the journal, so that a script may try again; else 1.
    fn exit(&self) -> u8 {
        let is_busy = |refusal: &Refusal| refusal.code == "journal-must-be-free";
        if self.refusals.iter().any(is_busy) { 75 } else { 1 }
    }

    /// Both, each refusal once.
    fn join(&mut self, more: Refused) {
        note_each_once(&mut self.refusals, more.refusals);
        self.texts.join(more.texts);
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        Refused::from(vec![refusal])
    }
}

impl From<Vec<Refusal>> for Refused {
    fn from(refusals: Vec<Refusal>) -> Refused {
        Refused { refusals, texts: Texts::default(), out: None, done: None }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse(); // What is not understood ends here, with 2.
    match panic::catch_unwind(|| command::run(&cli)) {
        Ok(Ok(mut done)) => {
            done.texts.add_journal(&cli.network, &done.warnings);
            tell(&report::render(&done.warnings, &done.texts));
            tell(&done.said);
            print(&done.out, ExitCode::SUCCESS)
        }
        Ok(Err(mut refused)) => {
            refused.texts.add_journal(&cli.network, &refused.refusals);
            tell(&report::render(&refused.refusals, &refused.texts));
            tell(&closing_line(&refused.refusals, refused.done.as_deref()));
            print(refused.out.as_deref().unwrap_or_default(), ExitCode::from(refused.exit()))
        }
        // The panic has already told what happened.
        Err(_) => ExitCode::from(70),
    }
}

fn closing_line(refusals: &[Refusal], done: Option<&str>) -> String {
    let done = done.unwrap_or("nothing was changed");
    let errors = refusals.iter().filter(|refusal| refusal.severity == Severity::Error).count();
    let warnings = refusals.len() - errors;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match warnings {
        0 => format!("{}; {done}\n", plural(errors, "error")),
        _ => format!("{}, {}; {done}\n", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// Messages go to stderr, in colour on a terminal unless NO_COLOR is set. A reader that has gone away is no fault.
fn tell(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// A path for people: what would steer a terminal is made visible.
fn shown(path: &std::path::Path) -> String {
    path.display().to_string().replace(avgift::steers, "\u{fffd}")
}

/// Data goes to stdout, as it is. A reader that has gone away, `avgift fees | head`, is no fault; a full disk is.
fn print(text: &str, code: ExitCode) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            tell(&format!("the output cannot be written: {error}\n"));
            ExitCode::from(1)
        }
        _ => code,
    }
}
