//! Texts that are no notation: as phrases, else in other words.

use super::{ParsedNotation, is_unclear, parse_notation, parse_phrases};
use crate::workout::language::notation::Notation;
use crate::workout::language::phrasing::{CommonForm, rewrites};
use crate::workout::language::references::References;
use std::collections::VecDeque;

/// The most texts in other words that are tried for one text.
const MOST_REWRITTEN: usize = 40;

/// Parses a text as a phrase, else in other words. Returns nothing if no words can be read.
pub(super) fn parse(notation: &Notation, names: &References, depth: usize) -> Option<ParsedNotation> {
    let reread = |form: &CommonForm| {
        let rewritten = notation.with(&[(0..notation.text.len(), form.text.as_str())]);
        let strict = parse_notation(&rewritten, names, depth);
        let mut parsed = if strict.problems.is_empty() {
            strict
        } else {
            let is_asked = strict.problems.iter().all(is_unclear);
            parse_phrases(&rewritten, names, depth).or(is_asked.then_some(strict))?
        };
        parsed.notes.splice(0..0, form.notes.clone());
        Some(parsed)
    };
    let forms = rewrites::of_misread(&notation.text);
    let misread = forms.iter().find_map(reread);
    if let Some(read) = misread.or_else(|| parse_phrases(notation, names, depth)) {
        return Some(read);
    }
    let mut seen: Vec<String> = forms.iter().map(|form| form.text.clone()).collect();
    seen.push(notation.text.clone());
    // What would be misread comes first, in case it needs more than one change.
    let mut waiting = VecDeque::from(forms);
    waiting.push_back(CommonForm { text: notation.text.clone(), notes: Vec::new() });
    while let Some(form) = waiting.pop_front() {
        let misread = if form.text != notation.text { rewrites::of_misread(&form.text) } else { Vec::new() };
        for next in misread.into_iter().chain(rewrites::of_unread(&form.text)) {
            if seen.contains(&next.text) || seen.len() > MOST_REWRITTEN {
                continue;
            }
            seen.push(next.text.clone());
            let notes = form.notes.iter().cloned().chain(next.notes).collect();
            let next = CommonForm { text: next.text, notes };
            if let Some(read) = reread(&next) {
                return Some(read);
            }
            waiting.push_back(next);
        }
    }
    None
}
