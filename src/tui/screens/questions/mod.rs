//! The questions after a session, one a screen. Each can be skipped, gone back to, and answered another day, and the
//! answers so far are available at any time.

mod draw;
mod rating;
mod scale;

use super::page::{Page, PageKey};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::session::answers::{Answers, LONGEST_TEXT, SessionQuestion, written};
use crate::tui::theme::Theme;
use crate::tui::widgets::text_input::TextInput;
use ratatui::buffer::Buffer;
use rating::Rating;

/// The questions page.
#[derive(Clone, Debug)]
pub struct QuestionsPage {
    questions: Vec<SessionQuestion>,
    /// A field for each question.
    fields: Vec<QuestionField>,
    /// The index of the question on the screen.
    current: usize,
    accepted: Answers,
    /// The accepted answers and the text being typed, which must not be lost if the page ends early.
    so_far: Answers,
    theme: Theme,
}

/// A field for an answer.
#[derive(Clone, Debug)]
enum QuestionField {
    List(Rating),
    Text {
        line: TextInput,
        /// True until a key changes the line. An earlier answer may be longer than the line.
        untouched: bool,
    },
}

impl QuestionField {
    fn of(question: &SessionQuestion, answers: &Answers) -> QuestionField {
        let text = |text: Option<&str>| {
            let text = text.and_then(written).unwrap_or_default();
            QuestionField::Text { line: TextInput::with_limit(LONGEST_TEXT, &text), untouched: true }
        };
        match question {
            SessionQuestion::Effort => QuestionField::List(Rating::effort(answers.rpe)),
            SessionQuestion::Breath => QuestionField::List(Rating::breath(answers.breath)),
            SessionQuestion::Feel => QuestionField::List(Rating::feel(answers.feel)),
            SessionQuestion::Own(question) => text(answers.own(question)),
            SessionQuestion::Note => text(answers.note.as_deref()),
        }
    }
}

impl QuestionsPage {
    /// The page at its first question, filled in with earlier answers.
    pub fn new(questions: Vec<SessionQuestion>, answers: Answers, theme: Theme) -> Self {
        let fields = questions.iter().map(|q| QuestionField::of(q, &answers)).collect();
        QuestionsPage { questions, fields, current: 0, accepted: answers.clone(), so_far: answers, theme }
    }

    /// The answers so far, with the text being typed.
    pub fn answers(&self) -> &Answers {
        &self.so_far
    }

    /// Handles a key that changes the answer on the screen.
    fn edit(&mut self, key: PageKey) {
        match (self.fields.get_mut(self.current), key.action) {
            (Some(QuestionField::List(rating)), Some(action)) => rating.update(action, key.typed),
            (Some(QuestionField::Text { line, untouched }), Some(action)) => {
                *untouched &= !line.erase(action)
            }
            (Some(QuestionField::Text { line, untouched }), None) => {
                *untouched &= !key.typed.is_some_and(|c| line.push(c));
            }
            (Some(QuestionField::List(_)), None) | (None, _) => {}
        }
        self.note_text();
    }

    fn is_text(&self) -> bool {
        matches!(self.fields.get(self.current), Some(QuestionField::Text { .. }))
    }

    /// Adds the text being typed to the answers so far.
    fn note_text(&mut self) {
        if self.is_text() {
            self.so_far = self.with_current();
        }
    }

    fn accept(&mut self) {
        self.accepted = self.with_current();
        self.so_far = self.accepted.clone();
    }

    /// Accepts a typed text, whatever key ends it. A mark on a list has to be accepted with Enter, since it may only
    /// have been moved in passing.
    fn accept_text(&mut self) {
        if self.is_text() {
            self.accept();
        }
    }

    fn next(&mut self) -> Option<Answers> {
        if self.current + 1 < self.questions.len() {
            self.current += 1;
            return None;
        }
        Some(self.accepted.clone())
    }

    /// The accepted answers and the one on the screen.
    fn with_current(&self) -> Answers {
        let mut answers = self.accepted.clone();
        let (Some(question), Some(field)) = (self.questions.get(self.current), self.fields.get(self.current))
        else {
            return answers;
        };
        match (question, field) {
            (SessionQuestion::Effort, QuestionField::List(rating)) => answers.rpe = rating.as_effort(),
            (SessionQuestion::Breath, QuestionField::List(rating)) => answers.breath = rating.as_breath(),
            (SessionQuestion::Feel, QuestionField::List(rating)) => answers.feel = rating.as_feel(),
            (SessionQuestion::Note, QuestionField::Text { line, untouched: false }) => {
                answers.note = written(line.text())
            }
            (SessionQuestion::Own(question), QuestionField::Text { line, untouched: false }) => {
                answers.answer_own(&self.questions, question, written(line.text()));
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

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        if self.is_text() { KeyContext::Writing } else { KeyContext::Rating }
    }

    fn press(&mut self, key: PageKey) -> Option<Answers> {
        match key.action {
            Some(Action::Keep) => {
                self.accept();
                return self.next();
            }
            Some(Action::PageOn) => {
                self.so_far = self.accepted.clone();
                return self.next();
            }
            Some(Action::PageBack) => {
                self.accept_text();
                self.current = self.current.saturating_sub(1);
            }
            Some(Action::Close) => {
                self.accept_text();
                return Some(self.accepted.clone());
            }
            _ => self.edit(key),
        }
        None
    }

    /// Takes all of a pasted text, with its line breaks as spaces.
    fn paste(&mut self, text: &str) {
        if let Some(QuestionField::Text { line, untouched }) = self.fields.get_mut(self.current) {
            for c in text.chars() {
                *untouched &= !line.push(if c.is_whitespace() { ' ' } else { c });
            }
            self.note_text();
        }
    }
}
