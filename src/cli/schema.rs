//! `gainsay schema`: JSON Schemas of claims files and of the report.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gainsay::load::{self, Folder};
use gainsay::schema::{SchemaOf, schema_text};

use super::output::{Failure, spare_folder, warn, write};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_enum, value_name = "KIND")]
    of: Kind,

    /// The claims folder whose codebook's names the schema of a source offers [default: claims, if it is there]
    #[arg(long, value_name = "FOLDER", conflicts_with = "generic")]
    claims: Option<PathBuf>,

    /// A schema of a source for any codebook: it takes every id, and offers none
    #[arg(long)]
    generic: bool,

    /// Write it to a file instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const AFTER: &str = "\
A claims file names its schema in `$schema`, and an editor that knows JSON Schema then completes
keys and names while somebody types. After a change of the codebook make that of sources anew.

Examples:
  gainsay schema source -o claims/schemas/source.json
  gainsay schema report

Exit status:
  0  the schema was written
  2  the codebook has faults, or the call was wrong; standard output is then empty";

/// What a schema is of.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// `codebook.json`
    Codebook,
    /// A file of `sources`, with the names of the codebook
    Source,
    /// `waivers.json`
    Waivers,
    /// `omitted.json`
    Omitted,
    /// What `check --format json` prints
    Report,
}

impl From<Kind> for SchemaOf {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Codebook => Self::Codebook,
            Kind::Source => Self::Source,
            Kind::Waivers => Self::Waivers,
            Kind::Omitted => Self::Omitted,
            Kind::Report => Self::Report,
        }
    }
}

pub(super) fn run(args: &SchemaArgs) -> Result<u8, Failure> {
    let default = Path::new("claims");
    // Wherever the names are from: a schema belongs beside the claims, never in their place.
    for folder in [Some(default), args.claims.as_deref()].into_iter().flatten() {
        spare_folder(args.output.as_deref(), folder)?;
    }
    let folder = args.claims.as_deref().or_else(|| default.join("codebook.json").exists().then_some(default));
    let codebook = match folder.filter(|_| !args.generic && args.of == Kind::Source) {
        // A source that somebody is just writing may have any fault; only the codebook matters.
        Some(folder) => Some(load::codebook(&Folder::read_codebook(folder).map_err(Failure::Faults)?)),
        None => None,
    };
    let codebook = codebook.transpose().map_err(Failure::Faults)?;
    if args.of == Kind::Source && codebook.is_none() && !args.generic {
        warn("there is no codebook at `claims`, so this schema offers no names; `--claims FOLDER` says where it is");
    }
    write(args.output.as_deref(), &schema_text(args.of.into(), codebook.as_ref()))?;
    Ok(0)
}
