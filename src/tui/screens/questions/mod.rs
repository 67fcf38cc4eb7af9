//! The questions after a session, one on each screen. Every one can be skipped, gone back to, and answered another
//! day; what was answered so far can be had at any time.

mod draw;
mod rating;

use super::page::{Page, Wish};
use crate::keymap;
use crate::keymap::{Action, Context};
use crate::session::answers::{Answers, Asked, LONGEST_TEXT, written};
use crate::tui::theme::Theme;
use crate::tui::widgets::text_input::Line;
use crossterm::event::{Event as Input, KeyEvent};
use ratatui::buffer::Buffer;
use rating::Rating;

/// The questions with what was answered so far.
#[derive(Clone, Debug)]
pub struct Questions {
    asked: Vec<Asked>,
    fields: Vec<Field>,
    /// Which is being asked.
    at: usize,
    given: Answers,
    /// The same with what is being typed: nobody has taken it yet, but nobody wants it lost either.
    so_far: Answers,
    theme: Theme,
}

/// What stands on a screen.
#[derive(Clone, Debug)]
enum Field {
    List(Rating),
    Text {
        line: Line,
        /// As it was before anything was typed: it may be longer than a line can be.
        untouched: bool,
    },
}

impl Field {
    fn of(asked: &Asked, given: &Answers) -> Field {
        let text = |text: Option<&str>| {
            let text = text.and_then(written).unwrap_or_default();
            Field::Text { line: Line::of(LONGEST_TEXT, &text), untouched: true }
        };
        match asked {
            Asked::Effort => Field::List(Rating::effort(given.rpe)),
            Asked::Breath => Field::List(Rating::breath(given.breath)),
            Asked::Feel => Field::List(Rating::feel(given.feel)),
            Asked::Own(question) => text(given.own(question)),
            Asked::Note => text(given.note.as_deref()),
        }
    }
}

impl Questions {
    /// The first of some questions, filled in with what was answered before.
    pub fn new(asked: Vec<Asked>, answers: Answers, theme: Theme) -> Self {
        let fields = asked.iter().map(|a| Field::of(a, &answers)).collect();
        Questions { asked, fields, at: 0, given: answers.clone(), so_far: answers, theme }
    }

    /// What was answered so far, with what is being typed.
    pub fn answers(&self) -> &Answers {
        &self.so_far
    }

    fn context(&self) -> Context {
        match self.fields.get(self.at) {
            Some(Field::Text { .. }) => Context::Writing,
            _ => Context::Rating,
        }
    }

    fn press(&mut self, key: &KeyEvent) -> Option<Wish<Answers>> {
        let action = keymap::action(self.context(), key);
        match action {
            Some(Action::Interrupt) => return Some(Wish::Interrupt),
            Some(Action::Suspend) => return Some(Wish::Suspend),
            Some(Action::Keep) => {
                self.take();
                return self.next();
            }
            Some(Action::PageOn) => {
                self.so_far = self.given.clone();
                return self.next();
            }
            Some(Action::PageBack) => {
                self.take_words();
                self.at = self.at.saturating_sub(1);
                return None;
            }
            Some(Action::Close) => {
                self.take_words();
                return Some(Wish::Done(self.given.clone()));
            }
            _ => {}
        }
        match (self.fields.get_mut(self.at)?, action) {
            (Field::List(rating), Some(action)) => rating.update(action, keymap::typed(key)),
            (Field::List(_), None) => {}
            (Field::Text { line, untouched }, Some(action)) => *untouched &= !line.erase(action),
            (Field::Text { line, untouched }, None) => {
                *untouched &= !keymap::typed(key).is_some_and(|c| line.push(c));
            }
        }
        self.typed();
        None
    }

    /// A text from the clipboard, line breaks turned into blanks.
    fn paste(&mut self, text: &str) {
        if let Some(Field::Text { line, untouched }) = self.fields.get_mut(self.at) {
            for c in text.chars() {
                *untouched &= !line.push(if c.is_whitespace() { ' ' } else { c });
            }
            self.typed();
        }
    }

    /// Takes note of what is being typed.
    fn typed(&mut self) {
        if let Some(Field::Text { .. }) = self.fields.get(self.at) {
            self.so_far = self.with_this();
        }
    }

    fn take(&mut self) {
        self.given = self.with_this();
        self.so_far = self.given.clone();
    }

    /// Words that were typed are meant, whatever key comes behind them; a mark may have been moved in passing.
    fn take_words(&mut self) {
        if let Some(Field::Text { .. }) = self.fields.get(self.at) {
            self.take();
        }
    }

    fn next(&mut self) -> Option<Wish<Answers>> {
        if self.at + 1 < self.asked.len() {
            self.at += 1;
            return None;
        }
        Some(Wish::Done(self.given.clone()))
    }

    /// The answers with the one on the screen.
    fn with_this(&self) -> Answers {
        let mut answers = self.given.clone();
        let (Some(asked), Some(field)) = (self.asked.get(self.at), self.fields.get(self.at)) else {
            return answers;
        };
        match (asked, field) {
            (Asked::Effort, Field::List(rating)) => answers.rpe = rating.as_effort(),
            (Asked::Breath, Field::List(rating)) => answers.breath = rating.as_breath(),
            (Asked::Feel, Field::List(rating)) => answers.feel = rating.as_feel(),
            (Asked::Note, Field::Text { line, untouched: false }) => answers.note = written(line.text()),
            (Asked::Own(question), Field::Text { line, untouched: false }) => {
                answers.answer_own(&self.asked, question, written(line.text()));
            }
            _ => {}
        }
        answers
    }
}

impl Page for Questions {
    type Outcome = Answers;

    fn draw(&self, buf: &mut Buffer) {
        draw::draw(self, buf);
    }

    fn input(&mut self, input: &Input) -> Option<Wish<Answers>> {
        match input {
            Input::Key(key) => self.press(key),
            Input::Paste(text) => {
                self.paste(text);
                None
            }
            _ => None,
        }
    }
}
