//! completions and man: the command line's own help, made from its arguments.

use clap::CommandFactory as _;

use crate::args::Cli;
use crate::{Done, Refused};

pub(super) fn completions(shell: clap_complete::Shell) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "avgift", &mut script);
    Done::with(String::from_utf8_lossy(&script).into_owned())
}

pub(super) fn page() -> Result<Done, Refused> {
    let mut page = Vec::new();
    for command in with_all_below(Cli::command()) {
        let _ = clap_mangen::Man::new(command).render(&mut page); // Into memory; nothing can fail.
    }
    Ok(Done::with(String::from_utf8_lossy(&page).into_owned()))
}

/// A command and every verb below it, however deep.
fn with_all_below(command: clap::Command) -> Vec<clap::Command> {
    let below: Vec<clap::Command> = command.get_subcommands().cloned().flat_map(with_all_below).collect();
    [command].into_iter().chain(below).collect()
}
