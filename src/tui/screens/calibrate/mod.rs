//! The calibration page: measures how long the belt takes to change speed, and how fast it really runs. A measurement
//! counts only once the runner accepts it.

mod draw;
mod factor;
mod lag;

use super::help::{HelpOverlay, HelpPage};
use super::page::{Page, PageKey};
use crate::belt::Belt;
use crate::keymap;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::theme::Theme;
use crate::units::Moment;
use factor::FactorMeasurement;
use lag::LagMeasurement;
use ratatui::buffer::Buffer;

/// The runner's request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CalibrationResult {
    /// Save this lag, in seconds per unit of the belt.
    Lag(f64),
    /// Save this factor.
    Factor(f64),
    /// Close the page.
    Leave,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CalibrationPart {
    Lag,
    Factor,
}

/// The calibration page.
#[derive(Clone, Debug)]
pub struct CalibrationPage {
    belt: Belt,
    /// The belt's name, if it has one.
    name: Option<String>,
    part: CalibrationPart,
    lag: LagMeasurement,
    factor: FactorMeasurement,
    /// The moment of the next input.
    now: Moment,
    /// A message until the next key.
    message: Option<String>,
    help: HelpOverlay,
    theme: Theme,
}

impl CalibrationPage {
    /// The page before the first measurement.
    pub fn new(belt: Belt, name: Option<String>, theme: Theme) -> Self {
        CalibrationPage {
            belt,
            name,
            part: CalibrationPart::Lag,
            lag: LagMeasurement::of(&belt),
            factor: FactorMeasurement::of(&belt),
            now: Moment::default(),
            message: None,
            help: HelpOverlay::closed(HelpPage::CALIBRATING),
            theme,
        }
    }

    /// Takes the belt with the saved value, shows a message, and moves on to the other part.
    pub fn show_saved(&mut self, belt: Belt, message: String) {
        self.belt = belt;
        self.message = Some(message);
        if self.part == CalibrationPart::Lag {
            self.part = CalibrationPart::Factor;
        }
    }

    /// Shows a message until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn save(&mut self) -> Option<CalibrationResult> {
        match self.part {
            CalibrationPart::Lag => match self.lag.result().filter(|_| self.lag.since.is_none()) {
                Some(lag) => return Some(CalibrationResult::Lag(lag)),
                None => self.say("Nothing measured yet.".to_string()),
            },
            CalibrationPart::Factor => match self.factor.result(&self.belt) {
                Some(Ok(factor)) => return Some(CalibrationResult::Factor(factor)),
                Some(Err(message)) => self.say(message),
                None => self.say("Fill in all four fields first.".to_string()),
            },
        }
        None
    }

    fn act(&mut self, action: Action) {
        match (action, self.part) {
            (Action::Help, _) => self.help.open(),
            (Action::PageOn, CalibrationPart::Lag) => {
                self.lag.since = None;
                self.part = CalibrationPart::Factor;
            }
            (Action::PageBack, CalibrationPart::Factor) => self.part = CalibrationPart::Lag,
            (Action::Mark, CalibrationPart::Lag) => self.message = self.lag.mark(self.now),
            (Action::Erase, CalibrationPart::Lag) => _ = self.lag.undo(),
            (Action::More, CalibrationPart::Lag) => self.lag.aim(&self.belt, 1.0),
            (Action::Less, CalibrationPart::Lag) => self.lag.aim(&self.belt, -1.0),
            (Action::Next, CalibrationPart::Factor) => self.factor.next_field(),
            (Action::Previous, CalibrationPart::Factor) => self.factor.previous_field(),
            (Action::Erase | Action::EraseAll | Action::EraseWord, CalibrationPart::Factor) => {
                self.factor.erase(action)
            }
            _ => {}
        }
    }
}

impl Page for CalibrationPage {
    type Outcome = CalibrationResult;

    fn draw(&self, buf: &mut Buffer) {
        if !self.help.draw(buf, self.theme) {
            draw::draw(self, buf);
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        match self.part {
            CalibrationPart::Lag => KeyContext::Lag,
            CalibrationPart::Factor => KeyContext::Factor,
        }
    }

    fn help(&mut self) -> Option<&mut HelpOverlay> {
        Some(&mut self.help)
    }

    fn set_time(&mut self, now: Moment) {
        self.now = now;
    }

    fn press(&mut self, key: PageKey) -> Option<CalibrationResult> {
        self.message = None;
        match (key.action, self.part) {
            (Some(Action::Close), _) => return Some(CalibrationResult::Leave),
            (Some(Action::Keep), _) => return self.save(),
            (Some(action), _) => self.act(action),
            (None, CalibrationPart::Factor) => key.typed.into_iter().for_each(|c| self.factor.push(c)),
            (None, CalibrationPart::Lag) => {}
        }
        None
    }

    fn paste(&mut self, text: &str) {
        if self.part == CalibrationPart::Factor {
            keymap::pasted_line(text).for_each(|c| self.factor.push(c));
        }
    }
}
