//! Workouts that are written inside another file, such as a training plan. Their problems point into that file.

use super::language::document::{Document, Spanned};
use super::language::file;
use super::language::file_reader::FileReader;
use super::language::notation::Notation;
use super::language::references::References;
use super::{Compiled, Options, advice, finish, trial};
use crate::athlete::Athlete;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::spanned_toml::SpannedTable;
use std::collections::{BTreeMap, BTreeSet};

/// A file that contains workouts, and the runner for whom they are compiled.
#[derive(Clone, Copy)]
pub(crate) struct EmbeddingFile<'a> {
    /// The whole file.
    pub(crate) source: &'a SourceText,
    /// The athlete, if there is a profile.
    pub(crate) athlete: Option<&'a Athlete>,
}

/// The names in braces that an embedded workout may use.
#[derive(Clone, Debug, Default)]
pub(crate) struct EmbeddedNames {
    /// The values of the names.
    pub(crate) values: BTreeMap<String, String>,
    /// Names without a value, whose problem was reported.
    pub(crate) broken: BTreeSet<String>,
}

impl EmbeddedNames {
    fn references(&self, athlete: Option<&Athlete>) -> References {
        let mut references = References::with_trial(trial::trial(athlete));
        references.values.clone_from(&self.values);
        references.broken.clone_from(&self.broken);
        references
    }
}

impl EmbeddingFile<'_> {
    /// Compiles notation of the file under the name `name`.
    ///
    /// # Errors
    /// If the notation has errors. All of them are returned.
    pub(crate) fn compile_notation(
        self,
        notation: Notation,
        names: &EmbeddedNames,
        name: &str,
    ) -> Result<Compiled, Vec<Diagnostic>> {
        let references = names.references(self.athlete);
        let mut problems = Vec::new();
        let filled = references.fill(notation, &mut problems);
        let parsed = advice::parse(&filled.notation, &references, 0);
        let items = (!parsed.incomplete).then_some(parsed.items.as_slice());
        problems.extend(filled.explain(parsed.problems, items));
        if problems.is_empty() {
            problems.extend(file::lone_clock(&parsed.items, &filled.notation));
            advice::advise(&filled.notation, &references, &mut problems);
        }
        if filled.has_unusable_names() || !problems.is_empty() {
            return Err(problems);
        }
        let document = Document {
            name: Some(Spanned::new(name.to_string(), 0..0)),
            items: parsed.items,
            notes: parsed.notes,
            ..Document::default()
        };
        finish(document, problems, self.source, self.athlete, &Options::default()).map_err(|mut problems| {
            advice::advise(&filled.notation, &references, &mut problems);
            filled.explain(problems, None)
        })
    }

    /// Compiles a table of the file that has the keys of a workout file. A table without a name is called `name`.
    ///
    /// # Errors
    /// If the table has errors. All of them are returned.
    pub(crate) fn compile_table(
        self,
        table: &SpannedTable<'_>,
        names: &EmbeddedNames,
        name: &str,
        options: &Options,
    ) -> Result<Compiled, Vec<Diagnostic>> {
        let mut reader = FileReader::new(self.source);
        reader.names = names.references(self.athlete);
        let mut document = reader.file(table, &options.parameters);
        document.name.get_or_insert_with(|| Spanned::new(name.to_string(), 0..0));
        finish(document, reader.problems, self.source, self.athlete, options)
    }
}
