//! `gainsay completions` and `gainsay man`: the shell's helpers, made from the definition of the arguments.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Args;
use super::output::{Failure, nearest, write, write_file};

#[derive(Debug, clap::Args)]
#[command(after_help = COMPLETIONS_AFTER)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const COMPLETIONS_AFTER: &str = "\
Examples:
  gainsay completions bash > ~/.local/share/bash-completion/completions/gainsay
  gainsay completions zsh > ~/.zfunc/_gainsay
  gainsay completions fish > ~/.config/fish/completions/gainsay.fish";

#[derive(Debug, clap::Args)]
#[command(after_help = MAN_AFTER)]
pub(crate) struct ManArgs {
    /// The command to tell about; without one, gainsay as a whole
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    /// Write the pages of gainsay and of all its commands into this folder, which has to be there
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

const MAN_AFTER: &str = "\
Examples:
  gainsay man check | man -l -
  gainsay man --dir ~/.local/share/man/man1";

pub(super) fn completions(args: &CompletionsArgs) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "gainsay", &mut script);
    write(None, &String::from_utf8_lossy(&script))?;
    Ok(0)
}

pub(super) fn man(args: &ManArgs) -> Result<u8, Failure> {
    let pages = pages();
    if let Some(folder) = &args.dir {
        for (name, page) in &pages {
            write_file(&folder.join(format!("{name}.1")), page.as_bytes())?;
        }
        return Ok(0);
    }
    let wanted = args.command.as_ref().map_or("gainsay".to_owned(), |command| format!("gainsay-{command}"));
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, page)) => write(None, page).map(|()| 0),
        None => {
            let known: Vec<&str> = pages.iter().filter_map(|(name, _)| name.strip_prefix("gainsay-")).collect();
            let name = args.command.as_deref().unwrap_or_default();
            let help = nearest(name, &known)
                .map_or_else(|| format!("known are: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            let name = gainsay::report::harmless(name);
            Err(Failure::call(format!("there is no command `{name}`"), Some(help)))
        }
    }
}

/// Every page by its name.
fn pages() -> Vec<(String, String)> {
    // `help` tells what these pages tell.
    let mut main = Args::command().disable_help_subcommand(true);
    main.build();
    let commands = main.get_subcommands().map(|command| {
        // OK because building gives each its full name.
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        (name, page(command.clone()))
    });
    let commands: Vec<(String, String)> = commands.collect();
    std::iter::once(("gainsay".to_owned(), page(main))).chain(commands).collect()
}

fn page(command: clap::Command) -> String {
    let mut page = Vec::new();
    // OK because writing to memory does not fail.
    let _ = Man::new(command).render(&mut page);
    String::from_utf8(page).unwrap_or_default()
}
