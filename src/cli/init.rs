//! `kvarter init`: a folder to start from.

use std::path::PathBuf;

use clap::Args;

use crate::{
    demo,
    diagnostics::{At, Diagnostic, Outcome, Severity},
    templates,
};

/// Write a folder to start from: catalogue, templates and the demonstration municipality's data
#[derive(Args)]
pub struct Init {
    /// The folder; it must be new or empty
    dir: PathBuf,
    /// Leave out the demonstration data
    #[arg(long)]
    empty: bool,
}

impl Init {
    pub(super) fn run(self) -> Outcome<String> {
        let failed = |code, message: String| {
            vec![Diagnostic::new(Severity::Error, code, message, At::File(self.dir.display().to_string()))]
        };
        if std::fs::read_dir(&self.dir).is_ok_and(|mut entries| entries.next().is_some()) {
            let error = Diagnostic::new(
                Severity::Error,
                "folder-not-empty",
                "the folder is not empty",
                At::File(self.dir.display().to_string()),
            );
            return Err(vec![error.hint("nothing is overwritten").hint("name a new folder")]);
        }
        templates::write(&self.dir).map_err(|e| failed("cannot-write", format!("cannot write: {e}")))?;
        if !self.empty {
            demo::write(&self.dir.join("data"))
                .map_err(|e| failed("cannot-write", format!("cannot write: {e}")))?;
        }
        let dir = self.dir.display();
        Ok((format!("{dir} is ready. Next: cd {dir} && kvarter build\n"), Vec::new()))
    }
}
