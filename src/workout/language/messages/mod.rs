//! The language's errors and warnings: their codes, their data and their wording, one file for each subject.
//!
//! The parser reports a kind with its data and knows no wording; what a runner reads stands only here. Codes are
//! stable: a program may match them, so a kind may be reworded but not renamed.

pub mod activity;
pub mod cue;
pub mod file;
pub mod forms;
pub mod found;
pub mod item;
pub mod lint;
pub mod names;
pub mod number;
pub mod pace;
pub mod phrase;
pub mod size;
pub mod step;
pub mod table;
pub mod target;
pub mod until;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned_toml::messages::TomlProblem;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_unique_and_in_kebab_case() {
        let lists = [
            TomlProblem::CODES,
            activity::ActivityProblem::CODES,
            cue::CueProblem::CODES,
            file::FileProblem::CODES,
            item::ItemProblem::CODES,
            lint::LintWarning::CODES,
            names::NameProblem::CODES,
            number::NumberProblem::CODES,
            pace::PaceProblem::CODES,
            phrase::PhraseProblem::CODES,
            size::SizeProblem::CODES,
            step::StepProblem::CODES,
            table::TableProblem::CODES,
            target::TargetProblem::CODES,
            until::UntilProblem::CODES,
        ];
        let mut seen = BTreeSet::from(["invalid-value", "doubtful-value"]);
        for code in lists.into_iter().flatten() {
            assert!(seen.insert(code), "`{code}` stands for two kinds");
            let kebab = code.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase()));
            assert!(kebab, "`{code}` is not in kebab-case");
        }
    }
}
