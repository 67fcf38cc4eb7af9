//! The check-in: four answers by number keys, what they make of today, and three choices.

mod draw;

use super::help::{HelpOverlay, HelpPage};
use super::page::{Page, PageKey};
use crate::agenda::{CheckinAnswers, CheckinChoice, CheckinVerdict, DailyCheckin, UsualValue};
use crate::display::checkin::SCALES;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::theme::Theme;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::text_input::TextInput;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use std::ops::RangeInclusive;

/// The answer of a scale that is accepted without a number.
const USUAL: u8 = 3;
/// The resting heart rates that can be right, in beats per minute.
const HEART_RATES: RangeInclusive<u32> = 20..=200;
/// The digits of a heart rate.
const HEART_DIGITS: usize = 3;
/// The choices from top to bottom.
const CHOICES: [CheckinChoice; 3] = [CheckinChoice::AsPlanned, CheckinChoice::Easier, CheckinChoice::Rest];
/// The rows of the answers: the stop list, the scales and the heart rate.
const ANSWERS: usize = SCALES.len() + 2;

/// The contents of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckinForm {
    /// Today.
    pub on: NaiveDate,
    /// The check-ins before today, in order of their dates.
    pub earlier: Vec<DailyCheckin>,
    /// The answers of today, if they were given already.
    pub given: Option<CheckinAnswers>,
    /// As planned, easier and rest, in words.
    pub choices: [String; 3],
}

/// The runner's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckinOutcome {
    /// The runner answered and made a choice.
    Answered {
        /// The answers.
        answers: CheckinAnswers,
        /// The choice.
        choice: CheckinChoice,
    },
    /// The runner left it out.
    Left,
}

/// A row that the cursor can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CheckinRow {
    Stop,
    Scale(usize),
    Heart,
    Choice(usize),
}

impl CheckinRow {
    fn at(index: usize) -> CheckinRow {
        match index {
            0 => CheckinRow::Stop,
            i if i < ANSWERS - 1 => CheckinRow::Scale(i - 1),
            i if i < ANSWERS => CheckinRow::Heart,
            i => CheckinRow::Choice(i - ANSWERS),
        }
    }
}

/// The check-in page.
#[derive(Clone, Debug)]
pub struct CheckinPage {
    form: CheckinForm,
    must_stop: bool,
    scales: [Option<u8>; SCALES.len()],
    heart: TextInput,
    cursor: ListCursor,
    message: Option<String>,
    help: HelpOverlay,
    theme: Theme,
}

impl CheckinPage {
    /// The page, at its first question, or at the choices if today's answers were given already.
    pub fn new(form: CheckinForm, theme: Theme) -> Self {
        let scales = match form.given {
            Some(CheckinAnswers { sleep, soreness, energy, mood, .. }) => {
                [sleep, soreness, energy, mood].map(Some)
            }
            None => [None; SCALES.len()],
        };
        let heart =
            form.given.and_then(|given| given.resting_heart).map_or_else(String::new, |h| h.to_string());
        let mut page = CheckinPage {
            must_stop: form.given.is_some_and(|given| given.must_stop),
            form,
            scales,
            heart: TextInput::with_limit(HEART_DIGITS, &heart),
            cursor: ListCursor::default(),
            message: None,
            help: HelpOverlay::closed(HelpPage::PLAN),
            theme,
        };
        if page.form.given.is_some() {
            page.go_to_choices();
        }
        page
    }

    fn row(&self) -> CheckinRow {
        CheckinRow::at(self.cursor.index())
    }

    /// Returns the answers, once every scale has one.
    fn answers(&self) -> Option<CheckinAnswers> {
        let [Some(sleep), Some(soreness), Some(energy), Some(mood)] = self.scales else { return None };
        let resting_heart = self.heart.text().parse().ok().filter(|heart| HEART_RATES.contains(heart));
        let must_stop = self.must_stop;
        Some(CheckinAnswers { sleep, soreness, energy, mood, resting_heart, must_stop })
    }

    /// Returns the answers as a check-in, and what they make of the day.
    fn verdict(&self) -> Option<(DailyCheckin, CheckinVerdict)> {
        let checkin = DailyCheckin { on: self.form.on, answers: self.answers()? };
        Some((checkin, CheckinVerdict::new(checkin, &self.form.earlier)))
    }

    /// Returns the usual resting heart rate.
    fn usual_heart(&self) -> Option<UsualValue> {
        let [sleep, soreness, energy, mood] = [USUAL; 4];
        let answers = CheckinAnswers { sleep, soreness, energy, mood, resting_heart: None, must_stop: false };
        CheckinVerdict::new(DailyCheckin { on: self.form.on, answers }, &self.form.earlier).usual_heart
    }

    fn go_to(&mut self, row: usize) {
        self.cursor = ListCursor::at(row);
    }

    /// Goes to the choice that is marked, or to the first scale without an answer.
    fn go_to_choices(&mut self) {
        if let Some((_, verdict)) = self.verdict() {
            let marked = CHOICES.iter().position(|choice| *choice == verdict.choice);
            self.go_to(ANSWERS + marked.unwrap_or(0));
            return;
        }
        let open = self.scales.iter().position(Option::is_none).unwrap_or(0);
        self.go_to(1 + open);
        self.message = SCALES.get(open).map(|scale| format!("{} is still open: 1 to 5.", scale.name));
    }

    /// Goes to the next row. From the heart rate, this is the marked choice.
    fn advance(&mut self) {
        match self.row() {
            CheckinRow::Heart if self.heart_is_wrong() => {
                let (least, most) = (HEART_RATES.start(), HEART_RATES.end());
                self.message =
                    Some(format!("A resting heart rate is {least} to {most} beats a minute, or empty."));
            }
            CheckinRow::Heart => self.go_to_choices(),
            _ => drop(self.cursor.update(Action::Next, ANSWERS + CHOICES.len(), 1)),
        }
    }

    fn heart_is_wrong(&self) -> bool {
        !self.heart.is_blank() && !self.heart.text().parse().is_ok_and(|heart| HEART_RATES.contains(&heart))
    }

    fn type_digit(&mut self, digit: u8) {
        match self.row() {
            // The four numbers can be typed at once, as on the command line.
            CheckinRow::Stop => {
                self.go_to(1);
                self.type_digit(digit);
            }
            CheckinRow::Scale(scale) => match self.scales.get_mut(scale) {
                Some(answer) if (1..=5).contains(&digit) => {
                    *answer = Some(digit);
                    self.advance();
                }
                _ => self.message = Some("Type a number from 1 to 5.".to_string()),
            },
            CheckinRow::Heart => _ = self.heart.push(char::from(b'0' + digit)),
            CheckinRow::Choice(_) => {}
        }
    }

    /// Makes the answer of the row one lower or higher.
    fn change(&mut self, action: Action) {
        match self.row() {
            CheckinRow::Stop => self.must_stop = action == Action::More,
            CheckinRow::Scale(scale) => {
                if let Some(answer) = self.scales.get_mut(scale) {
                    let changed = answer.map(|number| match action {
                        Action::More => number.saturating_add(1),
                        _ => number.saturating_sub(1),
                    });
                    *answer = Some(changed.unwrap_or(USUAL).clamp(1, 5));
                }
            }
            CheckinRow::Heart | CheckinRow::Choice(_) => {}
        }
    }

    fn erase(&mut self, action: Action) {
        match self.row() {
            CheckinRow::Stop => self.must_stop = false,
            CheckinRow::Scale(scale) => {
                if let Some(answer) = self.scales.get_mut(scale) {
                    *answer = None;
                }
            }
            CheckinRow::Heart => _ = self.heart.erase(action),
            CheckinRow::Choice(_) => {}
        }
    }

    /// Accepts the answer of the row, or makes the choice.
    fn keep(&mut self) -> Option<CheckinOutcome> {
        match self.row() {
            CheckinRow::Choice(choice) => {
                let choice = *CHOICES.get(choice)?;
                return self.answers().map(|answers| CheckinOutcome::Answered { answers, choice });
            }
            CheckinRow::Scale(scale) => {
                if let Some(answer) = self.scales.get_mut(scale) {
                    answer.get_or_insert(USUAL);
                }
                self.advance();
            }
            CheckinRow::Stop | CheckinRow::Heart => self.advance(),
        }
        None
    }
}

impl Page for CheckinPage {
    type Outcome = CheckinOutcome;

    fn draw(&self, buf: &mut Buffer) {
        if !self.help.draw(buf, self.theme) {
            draw::draw(self, buf);
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Checkin
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn press(&mut self, key: PageKey) -> Option<CheckinOutcome> {
        let action = key.action?;
        self.message = None;
        match action {
            Action::Close => return Some(CheckinOutcome::Left),
            Action::Keep => return self.keep(),
            Action::Help => self.help.open(),
            Action::Number => {
                let digit = key.typed.and_then(|c| c.to_digit(10)).and_then(|d| u8::try_from(d).ok());
                digit.into_iter().for_each(|digit| self.type_digit(digit));
            }
            Action::Yes | Action::No if self.row() == CheckinRow::Stop => {
                self.must_stop = action == Action::Yes;
                self.advance();
            }
            Action::More | Action::Less => self.change(action),
            Action::Erase => self.erase(action),
            Action::Next if self.row() == CheckinRow::Heart => self.advance(),
            Action::Previous | Action::Next => {
                self.cursor.update(action, ANSWERS + CHOICES.len(), 1);
            }
            _ => {}
        }
        None
    }
}
