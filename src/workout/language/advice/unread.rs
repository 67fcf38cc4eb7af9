//! The pieces of a line that keep the rest of it from being read.
//!
//! A phrase is read as a whole or not at all, so the parser reports the first thing that is no notation: in
//! `WU, then 8x400m on trail w/ 90s jog` that is `then`, which is right. Here the smallest pieces are looked for without
//! which the line can be read, and those become the problems. The help is the line as it is read then.

mod asides;
mod number_forms;
mod suspect;
mod suspects;

use super::read_texts::ReadTexts;
use super::{Adviser, sentence, spoken, totals};
use crate::diagnostic::{Diagnostic, SuggestedFix};
use crate::workout::language::messages::target::TargetProblem;
use crate::workout::language::notation::Notation;
use crate::workout::language::references::References;
use suspect::Suspect;
use suspects::suspects;

/// The longest line that is searched, in bytes.
const LONGEST_SEARCHED: usize = 400;
/// The most pieces that are looked at.
const MOST_SUSPECTS: usize = 8;
/// The most pieces that one line may have too many.
const MOST_UNREAD: usize = 5;

/// Returns one problem for each piece without which, or with another spelling of which, the line can be read. Nothing if
/// `problems` name nothing else.
pub(super) fn problems(
    notation: &Notation,
    names: &References,
    problems: &[Diagnostic],
    read: &ReadTexts,
) -> Option<Vec<Diagnostic>> {
    let text = notation.text.as_str();
    let is_left_alone = text.len() > LONGEST_SEARCHED
        || names.knows_any()
        || text.contains(['|', '{'])
        || notation.source(0..text.len()).len() != text.len()
        || problems.iter().all(|problem| super::asks(problem.code()))
        // Those say more: what a comma means.
        || problems.iter().all(|problem| problem.code() == "comma-in-number")
        // A total is no step of its own.
        || text.to_lowercase().contains("total");
    if problems.is_empty() || is_left_alone {
        return None;
    }
    let suspects = suspects(text)?;
    if suspects.is_empty() || suspects.len() > MOST_SUSPECTS {
        return None;
    }
    // The rules know more about a single unknown word: whether it is an effort, a zone or an exercise.
    let is_word_told = |problem: &Diagnostic| {
        let at = notation.decoded(problem.span.clone());
        suspects
            .iter()
            .any(|suspect| suspect.has_rule() && suspect.at.start <= at.start && at.end <= suspect.at.end)
    };
    if problems.iter().all(is_word_told) {
        return None;
    }
    let adviser =
        Adviser { text, names, read_texts: read, tries: 0, has_others: false, known: problems.len() };
    let (unread, line) = adviser.without_unread(&suspects)?;
    let told = unread.iter().enumerate().map(|(i, suspect)| {
        let at = notation.source(suspect.at.clone());
        let written = text.get(suspect.at.clone()).unwrap_or_default();
        let mut problem = Diagnostic::new(
            at,
            TargetProblem::UnreadPiece { what: suspect.what(written), why: suspect.why() },
        );
        problem.help = Some(match i {
            0 => help(text, &unread, &line),
            _ => sentence::CORRECTED.to_string(),
        });
        if i == 0 {
            let whole = notation.source(0..text.len());
            problem.alternatives = vec![SuggestedFix { span: whole, replacement: line.clone() }];
        }
        problem
    });
    Some(told.collect())
}

/// Returns the line as it is read, with what it leaves out.
fn help(text: &str, unread: &[&Suspect], line: &str) -> String {
    let quoted = |suspect: &&Suspect| format!("`{}`", text.get(suspect.at.clone()).unwrap_or_default());
    let dropped: Vec<String> = unread.iter().filter(|suspect| suspect.is_dropped()).map(quoted).collect();
    match dropped.split_last() {
        None => format!("write `{line}`"),
        Some((only, [])) => format!("without {only}: `{line}`"),
        Some((last, others)) => format!("without {} and {last}: `{line}`", others.join(", ")),
    }
}

impl Adviser<'_> {
    /// Returns the fewest of `suspects` without which the line can be read, and the notation of that line.
    fn without_unread<'s>(&self, suspects: &'s [Suspect]) -> Option<(Vec<&'s Suspect>, String)> {
        let (words, others): (Vec<&Suspect>, Vec<&Suspect>) =
            suspects.iter().partition(|suspect| suspect.is_surely_unread());
        let with = |more: &[&'s Suspect]| {
            let mut all: Vec<&Suspect> = words.iter().chain(more).copied().collect();
            all.sort_by_key(|suspect| suspect.at.start);
            all
        };
        let mut choices = Vec::new();
        if !words.is_empty() {
            choices.push(with(&[]));
        }
        choices.extend(others.iter().map(|other| with(&[*other])));
        if others.len() > 1 {
            choices.push(with(&others));
        }
        let found = choices.into_iter().find_map(|choice| Some((self.read_without(&choice)?, choice)));
        let (mut line, mut unread) = found?;
        // A piece that is read beside the others is not to blame.
        let mut i = 0;
        while unread.len() > 1 && i < unread.len() {
            // A sum is read as one more step.
            if unread.get(i).is_some_and(|suspect| suspect.is_sum()) {
                i += 1;
                continue;
            }
            let mut fewer = unread.clone();
            fewer.remove(i);
            match self.read_without(&fewer) {
                Some(better) => (line, unread) = (better, fewer),
                None => i += 1,
            }
        }
        (unread.len() <= MOST_UNREAD).then_some((unread, line))
    }

    /// Returns the notation of the line with each of `unread` left out or replaced, if that can be read.
    fn read_without(&self, unread: &[&Suspect]) -> Option<String> {
        let line = suspects::applied(self.text, unread)?;
        let parsed = self.read(&line);
        let is_read = parsed.problems.is_empty()
            && !parsed.items.is_empty()
            && !parsed.incomplete
            && self.passes(&parsed.items, &line)
            && !totals::is_too_short(&parsed.items);
        is_read.then(|| spoken(&parsed.items))
    }
}
