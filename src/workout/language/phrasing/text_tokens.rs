//! A text as words, numbers, marks and spaces, of which some can be replaced.

use std::ops::Range;

/// The longest text that is put into other words, in bytes.
pub(super) const LONGEST_TEXT: usize = 2000;

/// The tokens of a text, in order. Together they are the text.
#[derive(Clone, Debug)]
pub(super) struct TextTokens(Vec<String>);

impl TextTokens {
    pub(super) fn of(text: &str) -> TextTokens {
        #[derive(PartialEq)]
        enum Class {
            Number,
            Word,
            Space,
        }
        let mut tokens: Vec<(Option<Class>, String)> = Vec::new();
        let mut read = text.chars().peekable();
        while let Some(c) = read.next() {
            let next_is_digit = read.peek().is_some_and(char::is_ascii_digit);
            let next_is_letter = read.peek().is_some_and(|c| c.is_alphabetic());
            let last = tokens.last().and_then(|(class, _)| class.as_ref());
            let class = match c {
                c if c.is_ascii_digit() => Some(Class::Number),
                '.' if last == Some(&Class::Number) && next_is_digit => Some(Class::Number),
                c if c.is_alphabetic() => Some(Class::Word),
                '\'' | '’' if last == Some(&Class::Word) && next_is_letter => Some(Class::Word),
                ' ' | '\t' => Some(Class::Space),
                _ => None,
            };
            match tokens.last_mut() {
                Some((last, token)) if class.is_some() && *last == class => token.push(c),
                _ => tokens.push((class, c.to_string())),
            }
        }
        TextTokens(tokens.into_iter().map(|(_, token)| token).collect())
    }

    pub(super) fn text(&self) -> String {
        self.0.concat()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The token at `index`; empty past the end.
    pub(super) fn get(&self, index: usize) -> &str {
        self.0.get(index).map_or("", String::as_str)
    }

    pub(super) fn number(&self, index: usize) -> Option<f64> {
        let token = self.get(index);
        token.starts_with(|c: char| c.is_ascii_digit()).then(|| token.parse().ok())?
    }

    /// True for a word, in any case.
    pub(super) fn is_word(&self, index: usize, word: &str) -> bool {
        self.get(index).eq_ignore_ascii_case(word)
    }

    /// True for `4:15`.
    pub(super) fn is_clock(&self, index: usize) -> bool {
        self.number(index).is_some() && self.get(index + 1) == ":" && self.get(index + 2).len() == 2
    }

    /// True if a number stands at `index`, perhaps after a space.
    pub(super) fn starts_number(&self, index: usize) -> bool {
        self.number(index).is_some() || (self.get(index) == " " && self.number(index + 1).is_some())
    }

    /// Returns the index at which the words of `phrase` stand.
    pub(super) fn find(&self, phrase: &str) -> Option<usize> {
        self.find_from(phrase, 0)
    }

    /// Returns the first index from `from` on at which the words of `phrase` stand.
    pub(super) fn find_from(&self, phrase: &str, from: usize) -> Option<usize> {
        // Most texts do not hold most phrases: a look at the first letters spares taking the phrase apart.
        let first = phrase.chars().next()?;
        let begins = |at: usize| self.get(at).chars().next().is_some_and(|c| c.eq_ignore_ascii_case(&first));
        let from = (from..self.len()).find(|at| begins(*at))?;
        let wanted = TextTokens::of(phrase);
        let size = wanted.len();
        (from..(self.len() + 1).saturating_sub(size))
            .find(|at| (0..size).all(|i| self.is_word(at + i, wanted.get(i))))
    }

    /// Returns the index of the token after `index` that is no space.
    pub(super) fn word_after(&self, index: usize) -> Option<usize> {
        (index + 1..self.len()).find(|i| !self.get(*i).trim().is_empty())
    }

    /// Returns the index of the token before `index` that is no space.
    pub(super) fn word_before(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|i| !self.get(*i).trim().is_empty())
    }

    pub(super) fn count_words(&self) -> usize {
        self.0.iter().filter(|token| token.starts_with(char::is_alphabetic)).count()
    }

    pub(super) fn count_numbers(&self) -> usize {
        self.0.iter().filter(|token| token.starts_with(|c: char| c.is_ascii_digit())).count()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> String {
        self.0.get(range).unwrap_or_default().concat()
    }

    pub(super) fn replace(&mut self, range: Range<usize>, text: &str) {
        let end = range.end.min(self.len());
        self.0.splice(range.start.min(end)..end, [text.to_string()]);
    }

    pub(super) fn remove_first(&mut self) {
        if !self.0.is_empty() {
            self.0.remove(0);
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.0.push(text.to_string());
    }
}
