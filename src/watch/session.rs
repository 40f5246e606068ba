//! One build after another, each doing no more than what has changed asks for.

use std::time::{Duration, Instant};

use super::{Kind, Snapshot};
use crate::{
    Basis, BuildOptions, Computed, Progress, Summary, comments,
    diagnostics::{Diagnostic, Outcome},
    gather,
    inputs::{Files, Inputs},
    on_threads, reports,
};

/// What is kept from one build to the next.
pub struct Session {
    options: BuildOptions,
    files: Files,
    seen: Snapshot,
    /// What is computed; `None` before the first build, and after a mistake in what it is computed from.
    kept: Option<Kept>,
    /// What a mistake has left undone.
    owed: Option<Kind>,
    /// Only the report that somebody looks at was made; the others are to follow.
    rest: bool,
}

struct Kept {
    computed: Computed,
    warnings: Vec<Diagnostic>,
    inputs: Inputs,
}

/// One build.
pub struct Round {
    /// What was done again.
    pub kind: Kind,
    /// The files that had changed, by name; none of the first build, and of the rest of one.
    pub changed: Vec<String>,
    /// Only the report that somebody looks at was made.
    pub is_part: bool,
    /// What came of it.
    pub outcome: Outcome<Summary>,
    /// How long it took.
    pub took: Duration,
    /// How long reading and computing took of that.
    pub computing: Duration,
}

impl Session {
    /// A session that has built nothing yet. Pages stay in memory from one build to the next.
    pub fn new(options: BuildOptions) -> Self {
        let options = BuildOptions { watching: true, ..options };
        Self {
            options,
            files: Files::default(),
            seen: Snapshot::default(),
            kept: None,
            owed: None,
            rest: false,
        }
    }

    /// The files that a change is looked for in.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What is computed, if the last build came so far.
    pub fn computed(&self) -> Option<&Computed> {
        self.kept.as_ref().map(|kept| &kept.computed)
    }

    /// Builds if a file has changed since the last build; the first time in any case. While only pages change, the report that
    /// somebody looks at is made first, by the names in `first`, and the next step makes the others.
    pub fn step(&mut self, first: &[String], progress: &(dyn Fn(Progress) + Sync)) -> Option<Round> {
        let is_first = self.seen == Snapshot::default();
        self.files = self.find();
        let now = Snapshot::of(&self.files);
        let rest = std::mem::take(&mut self.rest);
        let (kind, changed) = now.since(&self.seen).or_else(|| rest.then(|| (Kind::Pages, Vec::new())))?;
        self.seen = now;
        let kind = if self.kept.is_none() {
            Kind::Everything
        } else {
            self.owed.map_or(kind, |owed| owed.max(kind))
        };
        let is_part = kind == Kind::Pages && !first.is_empty() && !changed.is_empty();
        let only = if is_part { first } else { &[] };
        let changed = if is_first { Vec::new() } else { changed };
        let started = Instant::now();
        let (outcome, computing) = on_threads(self.options.jobs, || self.build(kind, only, progress))
            .unwrap_or_else(|errors| (Err(errors), Duration::ZERO));
        self.rest = is_part;
        Some(Round { kind, changed, is_part, outcome, took: started.elapsed(), computing })
    }

    /// Is there more to do at once?
    pub fn has_rest(&self) -> bool {
        self.rest
    }

    /// The files as they are found now; those that were found before where they cannot be found.
    fn find(&self) -> Files {
        let found = match &self.kept {
            Some(kept) => Files::of(&self.options, &kept.computed.catalogue),
            None => Files::find(&self.options),
        };
        found.unwrap_or_else(|_| {
            let beside = Files::beside(&self.options).unwrap_or_else(|_| self.files.clone());
            Files { data: self.files.data.clone(), ..beside }
        })
    }

    /// Brings everything up to the files as they are and renders; `only` narrows it further than the session's own names.
    fn build(
        &mut self,
        kind: Kind,
        only: &[String],
        progress: &(dyn Fn(Progress) + Sync),
    ) -> (Outcome<Summary>, Duration) {
        let started = Instant::now();
        self.owed = Some(kind);
        let prepared = self.prepare(kind, progress);
        let computing = started.elapsed();
        let outcome = prepared.and_then(|()| {
            self.owed = None;
            let Some(kept) = &self.kept else { return Err(Vec::new()) };
            let mut warnings = kept.warnings.clone();
            let mut options = self.options.clone();
            let mut inputs = kept.inputs.clone();
            if !only.is_empty() {
                options.only = only.to_vec();
                // A part is not the build that was asked for.
                inputs.from.clear();
            }
            let only_pages = kind == Kind::Pages;
            let basis = Basis { inputs, warnings: warnings.len(), only_pages };
            let rendered = crate::render(&options, &kept.computed, basis, progress);
            let summary = gather(&mut warnings, rendered)?;
            Ok((summary, warnings))
        });
        (outcome, computing)
    }

    /// Brings what is computed up to the files as they are. After a mistake in the catalogue or data nothing is kept: what was
    /// computed is not what the files say.
    fn prepare(&mut self, kind: Kind, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), Vec<Diagnostic>> {
        match &mut self.kept {
            Some(kept) if kind < Kind::Everything => {
                let known = Some(&kept.inputs.read);
                kept.inputs = Inputs::hashed(&self.options, reports::PROGRAM, &self.files, known)?;
                if kind == Kind::Comments {
                    let folder = comments::folder(&self.options.catalogue);
                    let (read, _) = comments::read(&folder, &kept.computed.places)?;
                    kept.computed.comments = read.comments;
                }
            }
            kept => {
                *kept = None;
                let inputs = Inputs::of(&self.options, reports::PROGRAM);
                let (computed, warnings) = crate::compute(&self.options, progress)?;
                *kept = Some(Kept { computed, warnings, inputs: inputs? });
            }
        }
        Ok(())
    }
}
