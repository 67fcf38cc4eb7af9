//! The questions after a session, one on each screen. Every one can be skipped, gone back to, and answered another
//! day; what was answered so far can be had at any time.

mod draw;
mod rating;

use super::page::{Page, PageRequest};
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::session::answers::{Answers, LONGEST_TEXT, SessionQuestion, written};
use crate::tui::theme::Theme;
use crate::tui::widgets::text_input::TextInput;
use crossterm::event::{Event as Input, KeyEvent};
use ratatui::buffer::Buffer;
use rating::Rating;

/// The questions with what was answered so far.
#[derive(Clone, Debug)]
pub struct QuestionsPage {
    asked: Vec<SessionQuestion>,
    fields: Vec<QuestionField>,
    /// Which is being asked.
    at: usize,
    given: Answers,
    /// The same with what is being typed: nobody has taken it yet, but nobody wants it lost either.
    so_far: Answers,
    theme: Theme,
}

/// What stands on a screen.
#[derive(Clone, Debug)]
enum QuestionField {
    List(Rating),
    Text {
        line: TextInput,
        /// As it was before anything was typed: it may be longer than a line can be.
        untouched: bool,
    },
}

impl QuestionField {
    fn of(asked: &SessionQuestion, given: &Answers) -> QuestionField {
        let text = |text: Option<&str>| {
            let text = text.and_then(written).unwrap_or_default();
            QuestionField::Text { line: TextInput::of(LONGEST_TEXT, &text), untouched: true }
        };
        match asked {
            SessionQuestion::Effort => QuestionField::List(Rating::effort(given.rpe)),
            SessionQuestion::Breath => QuestionField::List(Rating::breath(given.breath)),
            SessionQuestion::Feel => QuestionField::List(Rating::feel(given.feel)),
            SessionQuestion::Own(question) => text(given.own(question)),
            SessionQuestion::Note => text(given.note.as_deref()),
        }
    }
}

impl QuestionsPage {
    /// The first of some questions, filled in with what was answered before.
    pub fn new(asked: Vec<SessionQuestion>, answers: Answers, theme: Theme) -> Self {
        let fields = asked.iter().map(|a| QuestionField::of(a, &answers)).collect();
        QuestionsPage { asked, fields, at: 0, given: answers.clone(), so_far: answers, theme }
    }

    /// What was answered so far, with what is being typed.
    pub fn answers(&self) -> &Answers {
        &self.so_far
    }

    fn context(&self) -> KeyContext {
        match self.fields.get(self.at) {
            Some(QuestionField::Text { .. }) => KeyContext::Writing,
            _ => KeyContext::Rating,
        }
    }

    fn press(&mut self, key: &KeyEvent) -> Option<PageRequest<Answers>> {
        let action = keymap::action(self.context(), key);
        match action {
            Some(Action::Interrupt) => return Some(PageRequest::Interrupt),
            Some(Action::Suspend) => return Some(PageRequest::Suspend),
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
                return Some(PageRequest::Done(self.given.clone()));
            }
            _ => {}
        }
        match (self.fields.get_mut(self.at)?, action) {
            (QuestionField::List(rating), Some(action)) => rating.update(action, keymap::typed(key)),
            (QuestionField::List(_), None) => {}
            (QuestionField::Text { line, untouched }, Some(action)) => *untouched &= !line.erase(action),
            (QuestionField::Text { line, untouched }, None) => {
                *untouched &= !keymap::typed(key).is_some_and(|c| line.push(c));
            }
        }
        self.typed();
        None
    }

    /// A text from the clipboard, line breaks turned into blanks.
    fn paste(&mut self, text: &str) {
        if let Some(QuestionField::Text { line, untouched }) = self.fields.get_mut(self.at) {
            for c in text.chars() {
                *untouched &= !line.push(if c.is_whitespace() { ' ' } else { c });
            }
            self.typed();
        }
    }

    /// Takes note of what is being typed.
    fn typed(&mut self) {
        if let Some(QuestionField::Text { .. }) = self.fields.get(self.at) {
            self.so_far = self.with_this();
        }
    }

    fn take(&mut self) {
        self.given = self.with_this();
        self.so_far = self.given.clone();
    }

    /// Words that were typed are meant, whatever key comes behind them; a mark may have been moved in passing.
    fn take_words(&mut self) {
        if let Some(QuestionField::Text { .. }) = self.fields.get(self.at) {
            self.take();
        }
    }

    fn next(&mut self) -> Option<PageRequest<Answers>> {
        if self.at + 1 < self.asked.len() {
            self.at += 1;
            return None;
        }
        Some(PageRequest::Done(self.given.clone()))
    }

    /// The answers with the one on the screen.
    fn with_this(&self) -> Answers {
        let mut answers = self.given.clone();
        let (Some(asked), Some(field)) = (self.asked.get(self.at), self.fields.get(self.at)) else {
            return answers;
        };
        match (asked, field) {
            (SessionQuestion::Effort, QuestionField::List(rating)) => answers.rpe = rating.as_effort(),
            (SessionQuestion::Breath, QuestionField::List(rating)) => answers.breath = rating.as_breath(),
            (SessionQuestion::Feel, QuestionField::List(rating)) => answers.feel = rating.as_feel(),
            (SessionQuestion::Note, QuestionField::Text { line, untouched: false }) => {
                answers.note = written(line.text())
            }
            (SessionQuestion::Own(question), QuestionField::Text { line, untouched: false }) => {
                answers.answer_own(&self.asked, question, written(line.text()));
            }
            _ => {}
        }
        answers
    }
}

impl Page for QuestionsPage {
    type Outcome = Answers;

    fn draw(&self, buf: &mut Buffer) {
        draw::draw(self, buf);
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<Answers>> {
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
