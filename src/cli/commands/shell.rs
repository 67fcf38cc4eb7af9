//! `pacebell completions` and `pacebell man`: what shells and `man` need, made from the definition of the arguments.

use crate::cli::args::Arguments;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use clap::CommandFactory;
use clap_complete::Shell;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pacebell", &mut script);
    Ok(io::stdout().write_all(&script)?)
}

/// Prints the manual page, or writes the pages of all commands into `folder`.
pub fn man(folder: Option<&Path>) -> Result<(), Failure> {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
        return Ok(io::stdout().write_all(&page)?);
    };
    let written =
        fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Arguments::command(), folder));
    written.map_err(|error| {
        let problem = format!("the manual pages cannot be written to {}: {error}", folder.display());
        Failure::System(Report::new(problem).with_help("choose a folder that you may write to"))
    })
}
