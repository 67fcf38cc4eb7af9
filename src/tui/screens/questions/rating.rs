//! A list of answers with a mark on one of them, moved with arrows or typed as a number.

use crate::keymap::{Action, KeyContext, Keymap};
use crate::session::answers::{Breath, Feel, Talk, breath_words, effort_words};
use crate::tui::widgets::list_cursor::ListCursor;
use crate::units::trimmed;

/// The scale of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RatingScale {
    /// Effort from 0 to 10, in the words of Borg's CR-10 scale.
    Effort,
    /// Breathlessness from 0 to 10, in the words of the modified Borg scale, or the talk test.
    Breath,
    /// Five words.
    Feel,
}

/// A marked answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RatingMark {
    /// A number from 0 to 10, in halves.
    Number(f64),
    /// An answer to the talk test.
    Talk(Talk),
    /// A feeling.
    Feel(Feel),
}

/// The end of a number being typed, which the next digit may continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TypedDigits {
    /// The next digit starts a new number.
    Nothing,
    /// A digit: after a 1, a 0 makes 10.
    Digit,
    /// A decimal point, which added a half.
    Half,
}

/// A list of answers.
#[derive(Clone, Debug)]
pub struct Rating {
    scale: RatingScale,
    mark: Option<RatingMark>,
    typed: TypedDigits,
}

/// An answer in the list.
pub struct RatingRow {
    /// The key that marks it, or for a number the number itself.
    pub key: String,
    /// The characters of the key before its decimal point.
    pub whole_digits: usize,
    /// The number, if the answer is one.
    pub value: Option<f64>,
    /// The meaning.
    pub words: &'static str,
}

/// The marked answer, to be shown large beside the list.
pub struct RatingDetail {
    /// The number, if it is one.
    pub number: Option<String>,
    /// The meaning.
    pub words: &'static str,
}

impl Rating {
    /// A list for effort.
    pub fn effort(given: Option<f64>) -> Self {
        Rating::new(RatingScale::Effort, given.map(RatingMark::Number))
    }

    /// A list for breathlessness.
    pub fn breath(given: Option<Breath>) -> Self {
        let mark = |breath| match breath {
            Breath::Borg(number) => RatingMark::Number(number),
            Breath::Talk(talk) => RatingMark::Talk(talk),
        };
        Rating::new(RatingScale::Breath, given.map(mark))
    }

    /// A list for how it felt.
    pub fn feel(given: Option<Feel>) -> Self {
        Rating::new(RatingScale::Feel, given.map(RatingMark::Feel))
    }

    fn new(scale: RatingScale, mark: Option<RatingMark>) -> Self {
        Rating { scale, mark, typed: TypedDigits::Nothing }
    }

    /// The marked effort.
    pub fn as_effort(&self) -> Option<f64> {
        match self.mark? {
            RatingMark::Number(number) => Some(number),
            RatingMark::Talk(_) | RatingMark::Feel(_) => None,
        }
    }

    /// The marked breathlessness.
    pub fn as_breath(&self) -> Option<Breath> {
        match self.mark? {
            RatingMark::Number(number) => Some(Breath::Borg(number)),
            RatingMark::Talk(talk) => Some(Breath::Talk(talk)),
            RatingMark::Feel(_) => None,
        }
    }

    /// The marked feeling.
    pub fn as_feel(&self) -> Option<Feel> {
        match self.mark? {
            RatingMark::Feel(feel) => Some(feel),
            RatingMark::Number(_) | RatingMark::Talk(_) => None,
        }
    }

    /// Moves the mark as `action` asks; `typed` is the character of the key.
    pub fn update(&mut self, action: Action, typed: Option<char>) {
        let digit = typed.and_then(|c| c.to_digit(10));
        match (action, self.scale) {
            (Action::Previous | Action::Next, _) => self.step(action),
            (Action::Erase, _) => self.mark = None,
            (Action::Number, RatingScale::Feel) => {
                let index = digit.and_then(|d| (d as usize).checked_sub(1));
                let feel = index.and_then(|i| Feel::ALL.get(i));
                self.mark = feel.map(|f| RatingMark::Feel(*f)).or(self.mark);
            }
            (Action::Number, _) => return self.type_number(digit),
            (Action::Sentences, RatingScale::Breath) => self.mark = Some(RatingMark::Talk(Talk::Sentences)),
            (Action::Phrases, RatingScale::Breath) => self.mark = Some(RatingMark::Talk(Talk::Phrases)),
            (Action::Gasps, RatingScale::Breath) => self.mark = Some(RatingMark::Talk(Talk::Gasps)),
            _ => return,
        }
        self.typed = TypedDigits::Nothing;
    }

    /// Moves the mark up or down. The first step goes to the middle, which is near every answer.
    fn step(&mut self, action: Action) {
        let answers = self.answers();
        let middle = if self.scale == RatingScale::Feel { 2 } else { 5 };
        let mut cursor = ListCursor::at(self.marked_row().unwrap_or(middle));
        let on_half = self.mark != answers.get(cursor.index()).copied();
        // Up from a half is the whole number in its own row.
        if self.mark.is_some() && !(on_half && action == Action::Previous) {
            cursor.update(action, answers.len(), 1);
        }
        self.mark = answers.get(cursor.index()).copied();
    }

    /// Types a digit, or with `None` a decimal point, which adds a half.
    fn type_number(&mut self, digit: Option<u32>) {
        let whole = match self.mark {
            Some(RatingMark::Number(number)) if self.typed != TypedDigits::Nothing => Some(number.floor()),
            _ => None,
        };
        let (number, typed) = match (self.typed, whole, digit) {
            (TypedDigits::Digit, Some(1.0), Some(0)) => (10.0, TypedDigits::Nothing),
            // The point has added the half already; a 5 after it confirms that, a 0 takes it back.
            (TypedDigits::Half, Some(whole), Some(5)) => ((whole + 0.5).min(10.0), TypedDigits::Nothing),
            (TypedDigits::Half, Some(whole), Some(0)) => (whole, TypedDigits::Nothing),
            (_, _, Some(digit)) => (f64::from(digit), TypedDigits::Digit),
            (_, _, None) => {
                let whole = self.as_effort().map_or(0.0, f64::floor);
                ((whole + 0.5).min(10.0), TypedDigits::Half)
            }
        };
        (self.mark, self.typed) = (Some(RatingMark::Number(number)), typed);
    }

    fn answers(&self) -> Vec<RatingMark> {
        let numbers = (0..=10).map(|n| RatingMark::Number(f64::from(n)));
        match self.scale {
            RatingScale::Effort => numbers.collect(),
            RatingScale::Breath => numbers.chain(Talk::ALL.map(RatingMark::Talk)).collect(),
            RatingScale::Feel => Feel::ALL.map(RatingMark::Feel).to_vec(),
        }
    }

    /// The row of the marked answer. A half is in the row of the whole number below it.
    pub fn marked_row(&self) -> Option<usize> {
        let mark = match self.mark? {
            RatingMark::Number(number) => RatingMark::Number(number.floor()),
            other => other,
        };
        self.answers().iter().position(|a| *a == mark)
    }

    /// The number of rows of the list.
    pub fn row_count(&self) -> usize {
        self.answers().len()
    }

    /// The rows of the list.
    pub fn rows(&self, keymap: &Keymap) -> Vec<RatingRow> {
        let marked = self.marked_row();
        let row = |(i, answer): (usize, RatingMark)| {
            let answer = self.mark.filter(|_| marked == Some(i)).unwrap_or(answer);
            RatingRow {
                key: key(answer, keymap),
                whole_digits: if answer == RatingMark::Number(10.0) { 2 } else { 1 },
                value: value(answer),
                words: self.words(answer),
            }
        };
        self.answers().into_iter().enumerate().map(row).collect()
    }

    /// The marked number, if the marked answer is one.
    pub fn marked_value(&self) -> Option<f64> {
        self.mark.and_then(value)
    }

    fn words(&self, answer: RatingMark) -> &'static str {
        match answer {
            RatingMark::Number(number) if self.scale == RatingScale::Effort => effort_words(number),
            RatingMark::Number(number) => breath_words(number),
            RatingMark::Talk(talk) => talk.meaning(),
            RatingMark::Feel(feel) => feel.word(),
        }
    }

    /// The marked answer, unless the list itself shows it large enough.
    pub fn detail(&self) -> Option<RatingDetail> {
        let mark = self.mark.filter(|m| !matches!(m, RatingMark::Feel(_)))?;
        let number = match mark {
            RatingMark::Number(number) => Some(trimmed(number, 1)),
            _ => None,
        };
        Some(RatingDetail { number, words: self.words(mark) })
    }

    /// True for the scale of effort.
    pub fn is_effort(&self) -> bool {
        self.scale == RatingScale::Effort
    }

    /// True for a short list of words.
    pub fn is_short(&self) -> bool {
        self.scale == RatingScale::Feel
    }
}

fn value(answer: RatingMark) -> Option<f64> {
    match answer {
        RatingMark::Number(number) => Some(number),
        RatingMark::Talk(_) | RatingMark::Feel(_) => None,
    }
}

/// The action that marks how a runner could speak.
fn action_of(talk: Talk) -> Action {
    match talk {
        Talk::Sentences => Action::Sentences,
        Talk::Phrases => Action::Phrases,
        Talk::Gasps => Action::Gasps,
    }
}

/// The key that marks an answer, or for a number the number itself.
fn key(answer: RatingMark, keymap: &Keymap) -> String {
    match answer {
        RatingMark::Number(number) => trimmed(number, 1),
        RatingMark::Talk(talk) => keymap.label(KeyContext::Rating, action_of(talk)).to_string(),
        RatingMark::Feel(feel) => {
            let index = Feel::ALL.iter().position(|f| *f == feel).unwrap_or(0);
            (index + 1).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(rating: &mut Rating, text: &str) -> Option<f64> {
        for c in text.chars() {
            rating.update(Action::Number, Some(c));
        }
        rating.as_effort()
    }

    #[test]
    fn numbers_are_typed_as_on_paper() {
        for (text, number) in [
            ("0", 0.0),
            ("7", 7.0),
            ("10", 10.0),
            ("4.5", 4.5),
            ("4,5", 4.5),
            ("4.", 4.5),
            (".5", 0.5),
            ("4.0", 4.0),
            ("10.", 10.0),
            ("10.5", 10.0),
            ("73", 3.0),
            ("101", 1.0),
            ("1010", 10.0),
            ("4.57", 7.0),
            ("9.5", 9.5),
            ("4.4", 4.0),
        ] {
            assert_eq!(typed(&mut Rating::effort(None), text), Some(number), "{text}");
        }
        let mut rating = Rating::effort(Some(1.0));
        assert_eq!(typed(&mut rating, "0"), Some(0.0), "an earlier answer is replaced");
    }

    #[test]
    fn arrows_go_from_a_half_to_its_neighbours() {
        for (action, number) in [(Action::Next, 5.0), (Action::Previous, 4.0)] {
            let mut rating = Rating::effort(Some(4.5));
            rating.step(action);
            assert_eq!(rating.as_effort(), Some(number));
        }
    }

    #[test]
    fn every_number_has_a_word() {
        for rating in [Rating::effort(None), Rating::breath(None)] {
            assert!(rating.rows(Keymap::defaults()).iter().all(|row| !row.words.is_empty()));
        }
        let half = &Rating::effort(Some(6.5)).rows(Keymap::defaults())[6];
        assert_eq!((half.key.as_str(), half.words), ("6.5", "strong, heavy"));
    }
}
