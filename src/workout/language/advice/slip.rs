//! A problem with the text around it, and what a runner may have meant.

use crate::workout::language::lexer::{Lexer, Tok};
use std::ops::Range;

/// A problem in a line of notation.
pub(super) struct Slip<'a> {
    /// The line.
    pub(super) text: &'a str,
    /// The items of the line: the bytes between its commas.
    pub(super) items: Vec<Range<usize>>,
    /// The item with the problem.
    pub(super) scope: Range<usize>,
    /// The underlined bytes.
    pub(super) at: Range<usize>,
    /// The code of the problem.
    pub(super) code: &'static str,
    /// The help of the problem.
    pub(super) help: &'a str,
}

/// A text that may be what was meant. It is shown only if it can be read.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The bytes of the line that it replaces.
    pub(super) range: Range<usize>,
    /// The text.
    pub(super) text: String,
    /// The meaning of this reading, in a few words.
    pub(super) note: String,
    /// True if numbers or efforts of the text are left out or calculated on purpose.
    pub(super) is_computed: bool,
    /// The text that was meant, if typos in it were corrected.
    pub(super) stands_for: Option<String>,
    /// True for the reading of a whole text as it stands.
    pub(super) is_reading: bool,
}

/// The way in which the fixes are introduced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    /// ``write `A` or `B` ``
    #[default]
    Write,
    /// ``did you mean `A`?``
    Ask,
}

/// Help for one problem: what it is about, and candidates for the fix, the most likely first.
#[derive(Clone, Debug, Default)]
pub(super) struct Advice {
    pub(super) lead: String,
    pub(super) candidates: Vec<Candidate>,
    pub(super) tone: Tone,
    /// True if the readings differ in length, so that their totals help to choose.
    pub(super) shows_totals: bool,
}

/// A rule that looks at a whole line.
pub(super) type Rule = fn(&Slip<'_>) -> Option<Advice>;

impl Advice {
    pub(super) fn new(lead: impl Into<String>, candidates: Vec<Candidate>) -> Self {
        Advice { lead: lead.into(), candidates, ..Advice::default() }
    }

    pub(super) fn ask(candidates: Vec<Candidate>) -> Self {
        Advice { candidates, tone: Tone::Ask, ..Advice::default() }
    }

    pub(super) fn with_totals(self) -> Self {
        Advice { shows_totals: true, ..self }
    }
}

impl Candidate {
    pub(super) fn noted(self, note: &str) -> Self {
        Candidate { note: format!(" {note}"), ..self }
    }

    pub(super) fn computed(self) -> Self {
        Candidate { is_computed: true, ..self }
    }

    pub(super) fn standing_for(self, text: String) -> Self {
        Candidate { stands_for: Some(text), ..self }
    }

    /// Returns `text` with the candidate in the place of what it replaces.
    pub(super) fn apply(&self, text: &str) -> String {
        let before = text.get(..self.range.start).unwrap_or_default();
        let behind = text.get(self.range.end..).unwrap_or_default();
        format!("{before}{}{behind}", self.text)
    }
}

impl<'a> Slip<'a> {
    pub(super) fn new(text: &'a str, at: Range<usize>, code: &'static str, help: &'a str) -> Self {
        let at = trimmed(text, at);
        let items = items(text, &at);
        let scope = items.iter().find(|item| item.start <= at.start && at.end <= item.end).cloned();
        let scope = scope.unwrap_or(0..text.len());
        Slip { text, items, scope, at, code, help }
    }

    /// Returns this problem with the whole line as its item.
    pub(super) fn widened(&self) -> Slip<'a> {
        let scope = 0..self.text.len();
        Slip { items: vec![scope.clone()], scope, at: self.at.clone(), ..*self }
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the underlined text.
    pub(super) fn word(&self) -> &'a str {
        self.slice(self.at.clone())
    }

    /// Returns the item up to the underlined text.
    pub(super) fn before(&self) -> &'a str {
        self.slice(self.scope.start..self.at.start)
    }

    /// Returns the item from the end of the underlined text on.
    pub(super) fn behind(&self) -> &'a str {
        self.slice(self.at.end..self.scope.end)
    }

    /// Returns the whole item.
    pub(super) fn whole(&self) -> &'a str {
        self.slice(self.scope.clone())
    }

    /// Returns the item with `text` in the place of the underlined text.
    pub(super) fn swap(&self, text: impl AsRef<str>) -> Candidate {
        self.rewrite(format!("{}{}{}", self.before(), text.as_ref(), self.behind()))
    }

    /// Returns `text` in the place of the item.
    pub(super) fn rewrite(&self, text: impl Into<String>) -> Candidate {
        Candidate {
            range: self.scope.clone(),
            text: text.into(),
            note: String::new(),
            is_computed: false,
            stands_for: None,
            is_reading: false,
        }
    }

    /// Returns the text of the item before this one.
    pub(super) fn previous(&self) -> Option<&'a str> {
        Some(self.slice(self.items.get(self.index()?.checked_sub(1)?)?.clone()))
    }

    /// Returns the text of the item after this one.
    pub(super) fn next(&self) -> Option<&'a str> {
        Some(self.slice(self.items.get(self.index()? + 1)?.clone()))
    }

    fn index(&self) -> Option<usize> {
        self.items.iter().position(|item| *item == self.scope)
    }

    /// Returns `text` in the place of this item and the one before it.
    pub(super) fn with_previous(&self, text: impl Into<String>) -> Candidate {
        let start = self.index().and_then(|i| self.items.get(i.checked_sub(1)?)).map_or(0, |item| item.start);
        Candidate {
            range: start..self.scope.end,
            text: text.into(),
            note: String::new(),
            is_computed: false,
            stands_for: None,
            is_reading: false,
        }
    }

    /// Returns `text` in the place of this item and the one after it.
    pub(super) fn with_next(&self, text: impl Into<String>) -> Candidate {
        let end = self.index().and_then(|i| self.items.get(i + 1)).map_or(self.scope.end, |item| item.end);
        Candidate {
            range: self.scope.start..end,
            text: text.into(),
            note: String::new(),
            is_computed: false,
            stands_for: None,
            is_reading: false,
        }
    }

    /// Returns the word that the problem's own help asks for: ``did you mean `tempo`?``
    pub(super) fn nearest(&self) -> Option<&'a str> {
        let word = self.help.strip_prefix("did you mean `")?.split('`').next()?;
        // A short word or a name in capitals is rather another word than a slip.
        let is_code = self.word().chars().all(char::is_uppercase) || self.word().chars().nth(2).is_none();
        (!is_code).then_some(word)
    }

    /// Returns the line with the notation in back quotes in the problem's own help: in the place of the line, of the
    /// item and of the underlined text.
    pub(super) fn quoted(&self) -> Vec<String> {
        let quotes = self.help.split('`').skip(1).step_by(2);
        quotes
            .flat_map(|text| {
                [text.to_string(), self.rewrite(text).apply(self.text), self.swap(text).apply(self.text)]
            })
            .collect()
    }

    /// Returns the notation in back quotes in the problem's own help, each in the place of the underlined text.
    pub(super) fn local(&self) -> Vec<Candidate> {
        self.help.split('`').skip(1).step_by(2).map(|text| self.swap(text)).collect()
    }
}

/// Returns `at` without the white space at its ends.
fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    let written = text.get(at.clone()).unwrap_or_default();
    let start = at.start + (written.len() - written.trim_start().len());
    start..start.max(at.start + written.trim_end().len())
}

/// Returns the bytes of each item of a line. A separator within `at` is none.
fn items(text: &str, at: &Range<usize>) -> Vec<Range<usize>> {
    let lexer = Lexer::new(text);
    let mut items = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    let mut position = 0;
    let mut depth = 0_usize;
    loop {
        let token = lexer.token(position);
        let separates = match token.tok {
            Tok::End => true,
            Tok::Comma | Tok::Newline | Tok::Unknown(';') => {
                depth == 0 && !(at.start < token.start && token.end < at.end)
            }
            _ => false,
        };
        if separates {
            items.extend(start.take().map(|start| start..end));
            if token.tok == Tok::End {
                return items;
            }
        } else {
            let is_then = start.is_none()
                && !items.is_empty()
                && text.get(token.range()).is_some_and(|word| word.eq_ignore_ascii_case("then"));
            match token.tok {
                Tok::Open => depth += 1,
                Tok::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if !is_then {
                start.get_or_insert(token.start);
                end = token.end;
            }
        }
        position = token.end.max(position + 1);
    }
}
