//! Getting to know a belt: how long it takes from one number to another, and how fast it really runs. It is told when
//! each input came; what is measured is handed over only when the runner takes it.

mod draw;
mod factor;
mod lag;

use super::help::HelpPage;
use super::page::{Page, PageRequest};
use crate::belt::Belt;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::tui::theme::Theme;
use crate::units::Moment;
use crossterm::event::{Event as Input, KeyEvent};
use factor::FactorMeasurement;
use lag::LagMeasurement;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::Cell;

/// What the runner wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CalibrationResult {
    /// Keep this lag, in seconds for each of the belt's unit.
    Lag(f64),
    /// Keep this factor.
    Factor(f64),
    /// Leave the page.
    Leave,
}

/// Which part is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CalibrationPart {
    Lag,
    Factor,
}

/// The page.
#[derive(Clone, Debug)]
pub struct CalibrationPage {
    belt: Belt,
    /// What the belt is called, where it has a name.
    name: Option<String>,
    part: CalibrationPart,
    lag: LagMeasurement,
    factor: FactorMeasurement,
    /// When the input came that is next.
    now: Moment,
    /// What there is to say until the next key.
    message: Option<String>,
    help: Option<HelpPage>,
    area: Cell<Rect>,
    theme: Theme,
}

impl CalibrationPage {
    /// A page before anything is measured.
    pub fn new(belt: Belt, name: Option<String>, theme: Theme) -> Self {
        CalibrationPage {
            belt,
            name,
            part: CalibrationPart::Lag,
            lag: LagMeasurement::of(&belt),
            factor: FactorMeasurement::of(&belt),
            now: Moment::default(),
            message: None,
            help: None,
            area: Cell::new(Rect::default()),
            theme,
        }
    }

    /// Takes note that a value was kept, and goes on to what is not measured yet.
    pub fn kept(&mut self, belt: Belt, said: String) {
        self.belt = belt;
        self.message = Some(said);
        if self.part == CalibrationPart::Lag {
            self.part = CalibrationPart::Factor;
        }
    }

    /// Says something until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn context(&self) -> KeyContext {
        match (self.help.is_some(), self.part) {
            (true, _) => KeyContext::Reading,
            (_, CalibrationPart::Lag) => KeyContext::Lag,
            (_, CalibrationPart::Factor) => KeyContext::Factor,
        }
    }

    fn press(&mut self, key: &KeyEvent) -> Option<PageRequest<CalibrationResult>> {
        let action = keymap::action(self.context(), key);
        match action {
            Some(Action::Interrupt) => return Some(PageRequest::Interrupt),
            Some(Action::Suspend) => return Some(PageRequest::Suspend),
            _ => {}
        }
        if let (Some(help), Some(action)) = (&mut self.help, action) {
            if help.update(action, self.area.get()) {
                self.help = None;
            }
            return None;
        }
        self.message = None;
        match action {
            Some(Action::Close) => Some(PageRequest::Done(CalibrationResult::Leave)),
            Some(Action::Keep) => self.keep().map(PageRequest::Done),
            Some(action) => {
                self.act(action);
                None
            }
            None => {
                if let (CalibrationPart::Factor, Some(c)) = (self.part, keymap::typed(key)) {
                    self.factor.push(c);
                }
                None
            }
        }
    }

    fn keep(&mut self) -> Option<CalibrationResult> {
        let nothing = "Nothing is measured yet.".to_string();
        match self.part {
            CalibrationPart::Lag => match self.lag.result().filter(|_| self.lag.since.is_none()) {
                Some(lag) => return Some(CalibrationResult::Lag(lag)),
                None => self.message = Some(nothing),
            },
            CalibrationPart::Factor => match self.factor.result(&self.belt) {
                Some(Ok(factor)) => return Some(CalibrationResult::Factor(factor)),
                Some(Err(why)) => self.message = Some(why),
                None => self.message = Some("Fill in all four first.".to_string()),
            },
        }
        None
    }

    fn act(&mut self, action: Action) {
        match (action, self.part) {
            (Action::Help, _) => self.help = Some(HelpPage::CALIBRATING),
            (Action::PageOn, CalibrationPart::Lag) => {
                self.lag.since = None;
                self.part = CalibrationPart::Factor;
            }
            (Action::PageBack, CalibrationPart::Factor) => self.part = CalibrationPart::Lag,
            (Action::Mark, CalibrationPart::Lag) => self.message = self.lag.mark(self.now),
            (Action::Erase, CalibrationPart::Lag) => _ = self.lag.take_back(),
            (Action::More, CalibrationPart::Lag) => self.lag.aim(&self.belt, 1.0),
            (Action::Less, CalibrationPart::Lag) => self.lag.aim(&self.belt, -1.0),
            (Action::Next, CalibrationPart::Factor) => self.factor.go(true),
            (Action::Previous, CalibrationPart::Factor) => self.factor.go(false),
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
        self.area.set(buf.area);
        match &self.help {
            Some(help) => help.draw(buf, buf.area, "", self.theme),
            None => draw::draw(self, buf),
        }
    }

    fn at(&mut self, now: Moment) {
        self.now = now;
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<CalibrationResult>> {
        match input {
            Input::Key(key) => return self.press(key),
            Input::Paste(text) if self.context() == KeyContext::Factor => {
                keymap::pasted(text).filter_map(|key| keymap::typed(&key)).for_each(|c| self.factor.push(c));
            }
            _ => {}
        }
        None
    }
}
