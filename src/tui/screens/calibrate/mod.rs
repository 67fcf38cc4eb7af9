//! Getting to know a belt: how long it takes from one number to another, and how fast it really runs. It is told when
//! each input came; what is measured is handed over only when the runner takes it.

mod draw;
mod factor;
mod lag;

use super::help::Help;
use super::page::{Page, Wish};
use crate::belt::Belt;
use crate::keymap;
use crate::keymap::{Action, Context};
use crate::tui::theme::Theme;
use crate::units::Moment;
use crossterm::event::{Event as Input, KeyEvent};
use factor::Factor;
use lag::Lag;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::cell::Cell;

/// What the runner wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Calibrated {
    /// Keep this lag, in seconds for each of the belt's unit.
    Lag(f64),
    /// Keep this factor.
    Factor(f64),
    /// Leave the page.
    Leave,
}

/// Which part is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Lag,
    Factor,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Calibration {
    belt: Belt,
    /// What the belt is called, where it has a name.
    name: Option<String>,
    part: Part,
    lag: Lag,
    factor: Factor,
    /// When the input came that is next.
    now: Moment,
    /// What there is to say until the next key.
    message: Option<String>,
    help: Option<Help>,
    area: Cell<Rect>,
    theme: Theme,
}

impl Calibration {
    /// A page before anything is measured.
    pub fn new(belt: Belt, name: Option<String>, theme: Theme) -> Self {
        Calibration {
            belt,
            name,
            part: Part::Lag,
            lag: Lag::of(&belt),
            factor: Factor::of(&belt),
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
        if self.part == Part::Lag {
            self.part = Part::Factor;
        }
    }

    /// Says something until the next key.
    pub fn say(&mut self, message: String) {
        self.message = Some(message);
    }

    fn context(&self) -> Context {
        match (self.help.is_some(), self.part) {
            (true, _) => Context::Reading,
            (_, Part::Lag) => Context::Lag,
            (_, Part::Factor) => Context::Factor,
        }
    }

    fn press(&mut self, key: &KeyEvent) -> Option<Wish<Calibrated>> {
        let action = keymap::action(self.context(), key);
        match action {
            Some(Action::Interrupt) => return Some(Wish::Interrupt),
            Some(Action::Suspend) => return Some(Wish::Suspend),
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
            Some(Action::Close) => Some(Wish::Done(Calibrated::Leave)),
            Some(Action::Keep) => self.keep().map(Wish::Done),
            Some(action) => {
                self.act(action);
                None
            }
            None => {
                if let (Part::Factor, Some(c)) = (self.part, keymap::typed(key)) {
                    self.factor.push(c);
                }
                None
            }
        }
    }

    fn keep(&mut self) -> Option<Calibrated> {
        let nothing = "Nothing is measured yet.".to_string();
        match self.part {
            Part::Lag => match self.lag.result().filter(|_| self.lag.since.is_none()) {
                Some(lag) => return Some(Calibrated::Lag(lag)),
                None => self.message = Some(nothing),
            },
            Part::Factor => match self.factor.result(&self.belt) {
                Some(Ok(factor)) => return Some(Calibrated::Factor(factor)),
                Some(Err(why)) => self.message = Some(why),
                None => self.message = Some("Fill in all four first.".to_string()),
            },
        }
        None
    }

    fn act(&mut self, action: Action) {
        match (action, self.part) {
            (Action::Help, _) => self.help = Some(Help::CALIBRATING),
            (Action::PageOn, Part::Lag) => {
                self.lag.since = None;
                self.part = Part::Factor;
            }
            (Action::PageBack, Part::Factor) => self.part = Part::Lag,
            (Action::Mark, Part::Lag) => self.message = self.lag.mark(self.now),
            (Action::Erase, Part::Lag) => _ = self.lag.take_back(),
            (Action::More, Part::Lag) => self.lag.aim(&self.belt, 1.0),
            (Action::Less, Part::Lag) => self.lag.aim(&self.belt, -1.0),
            (Action::Next, Part::Factor) => self.factor.go(true),
            (Action::Previous, Part::Factor) => self.factor.go(false),
            (Action::Erase | Action::EraseAll | Action::EraseWord, Part::Factor) => self.factor.erase(action),
            _ => {}
        }
    }
}

impl Page for Calibration {
    type Outcome = Calibrated;

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

    fn input(&mut self, input: &Input) -> Option<Wish<Calibrated>> {
        match input {
            Input::Key(key) => return self.press(key),
            Input::Paste(text) if self.context() == Context::Factor => {
                keymap::pasted(text).filter_map(|key| keymap::typed(&key)).for_each(|c| self.factor.push(c));
            }
            _ => {}
        }
        None
    }
}
