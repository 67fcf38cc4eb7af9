//! What is asked once, before anything else: what the treadmill shows, and a race that was run lately. Both can be
//! skipped, and everything runs without them.

use super::page::{Page, PageRequest};
use crate::athlete::{Athlete, NamedPace, Race};
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::large_text::{broken, large};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{Side, bottom, inset, put, top, wrap};
use crate::tui::widgets::text_input::TextInput;
use crate::units::{Millis, PaceUnit, SpeedUnit, parse};
use crossterm::event::{Event as Input, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstRunAnswers {
    /// What the treadmill shows.
    pub unit: Option<SpeedUnit>,
    /// A race, and how long it took.
    pub result: Option<(Race, Millis)>,
}

const UNITS: [SpeedUnit; 2] = [SpeedUnit::KmPerHour, SpeedUnit::MilesPerHour];
/// The race that most have run.
const USUAL: usize = 2;

/// The page.
#[derive(Clone, Debug)]
pub struct FirstRunPage {
    /// True once the unit is answered, or skipped.
    at_race: bool,
    /// Which of the units is marked.
    unit: usize,
    answers: FirstRunAnswers,
    /// Which of the races is marked.
    race: usize,
    time: TextInput,
    message: Option<String>,
    theme: Theme,
}

impl FirstRunPage {
    /// The first question.
    pub fn new(theme: Theme) -> Self {
        FirstRunPage {
            at_race: false,
            unit: 0,
            answers: FirstRunAnswers::default(),
            race: USUAL,
            time: TextInput::default(),
            message: None,
            theme,
        }
    }

    fn context(&self) -> KeyContext {
        if self.at_race { KeyContext::Race } else { KeyContext::Unit }
    }

    fn race(&self) -> Race {
        Race::ALL.get(self.race).copied().unwrap_or(Race::FiveK)
    }

    /// The athlete that a result makes.
    ///
    /// # Errors
    /// What to say of a result that is none.
    fn athlete(&self) -> Result<(Millis, Athlete), String> {
        let race = self.race();
        let time =
            parse::race_time(self.time.text()).ok_or("write minutes and seconds, like 22:30, or 1:43:20")?;
        let athlete = Athlete::from_results(vec![(race, time).into()]);
        athlete.map(|athlete| (time, athlete)).ok_or_else(|| format!("no one runs {} in {time}", race.key()))
    }

    fn press(&mut self, key: &KeyEvent) -> Option<PageRequest<FirstRunAnswers>> {
        self.message = None;
        match (keymap::action(self.context(), key), self.at_race) {
            (Some(Action::Interrupt), _) => return Some(PageRequest::Interrupt),
            (Some(Action::Suspend), _) => return Some(PageRequest::Suspend),
            (Some(Action::Close), _) => return Some(PageRequest::Done(self.answers)),
            (Some(Action::Keep), false) => {
                self.answers.unit = UNITS.get(self.unit).copied();
                self.at_race = true;
            }
            (Some(Action::PageOn), false) => self.at_race = true,
            (Some(Action::Previous), false) => self.unit = 0,
            (Some(Action::Next), false) => self.unit = UNITS.len() - 1,
            (Some(Action::Keep), true) => return self.keep(),
            (Some(Action::PageBack), true) => self.at_race = false,
            (Some(Action::Previous), true) => self.race = self.race.saturating_sub(1),
            (Some(Action::Next), true) => self.race = (self.race + 1).min(Race::ALL.len() - 1),
            (Some(action), true) => _ = self.time.erase(action),
            (None, true) => self.write(key),
            _ => {}
        }
        None
    }

    fn write(&mut self, key: &KeyEvent) {
        // On a numeric keypad the point is the nearest thing to a colon.
        match keymap::typed(key) {
            Some('.' | ',') => _ = self.time.push(':'),
            Some(c) if c.is_ascii_digit() || c == ':' => _ = self.time.push(c),
            _ => {}
        }
    }

    fn keep(&mut self) -> Option<PageRequest<FirstRunAnswers>> {
        if self.time.is_blank() {
            return Some(PageRequest::Done(self.answers));
        }
        match self.athlete() {
            Ok((time, _)) => {
                self.answers.result = Some((self.race(), time));
                return Some(PageRequest::Done(self.answers));
            }
            Err(why) => self.message = Some(why),
        }
        None
    }

    /// The question, as large as there is room for above so many rows.
    fn heading(&self, buf: &mut Buffer, rest: &mut Rect, (question, note): (&str, &str), needed: u16) {
        let room = rest.height.saturating_sub(needed + 2);
        match broken(question, rest.width).filter(|lines| lines.len() as u16 * 3 <= room) {
            Some(lines) => {
                for line in &lines {
                    large(buf, top(rest, 3), line, Side::Left, self.theme.strong());
                }
            }
            None => drop(put(buf, top(rest, 1), question, Side::Left, self.theme.strong())),
        }
        for line in wrap(note, rest.width, if rest.height > needed + 2 { 2 } else { 0 }) {
            put(buf, top(rest, 1), &line, Side::Left, self.theme.quiet());
        }
        let apart = u16::from(rest.height > needed);
        top(rest, apart);
    }

    fn units(&self, buf: &mut Buffer, mut rest: Rect) {
        let note = "pacebell then says what to press, in its numbers. `pacebell profile set belt.unit mph` changes it.";
        self.heading(buf, &mut rest, ("What does your treadmill show?", note), 6);
        let rows = (rest.height / UNITS.len() as u16).clamp(1, 4);
        for (i, unit) in UNITS.iter().enumerate() {
            let row = top(&mut rest, rows).intersection(buf.area);
            let style = if i == self.unit { self.theme.loud() } else { Style::new() };
            buf.set_style(row, style);
            match letters::largest(unit.name(), row.width.saturating_sub(2), rows.min(3)) {
                Some(scale) => letters::draw(buf, inset(row, 1), unit.name(), scale, style),
                None => {
                    let sign = if i == self.unit { '›' } else { ' ' };
                    put(buf, row, &format!("{sign} {}", unit.name()), Side::Left, style);
                }
            }
        }
    }

    fn races(&self, buf: &mut Buffer, mut rest: Rect) {
        let note = "One result gives all of your paces. Without one everything runs by effort.";
        self.heading(buf, &mut rest, ("A race you ran lately?", note), Race::ALL.len() as u16 + 3);
        let words = match (&self.message, self.time.is_blank(), self.athlete()) {
            (Some(message), ..) => message.clone(),
            (None, true, _) => "its time, like 22:30 or 1:43:20".to_string(),
            (None, false, Ok((_, athlete))) => self.paces(&athlete),
            (None, false, Err(_)) => String::new(),
        };
        let style = if self.message.is_some() { self.theme.strong() } else { self.theme.quiet() };
        let rows = 2.min(rest.height / 3);
        let all = (Race::ALL.len() as u16).min(rest.height - rows);
        let mut list = top(&mut rest, all);
        let apart = u16::from(rest.height > rows);
        top(&mut rest, apart);
        let mut below = rest;
        for line in wrap(&words, below.width, below.height) {
            put(buf, top(&mut below, 1), &line, Side::Left, style);
        }
        let shown = usize::from(list.height).max(1);
        let first = (self.race + 1).saturating_sub(shown);
        for (i, race) in Race::ALL.iter().enumerate().skip(first).take(shown) {
            let row = top(&mut list, 1).intersection(buf.area);
            let marked = i == self.race;
            let style = if marked { self.theme.loud() } else { Style::new() };
            buf.set_style(row, style);
            let sign = if marked { '›' } else { ' ' };
            let typed = if marked { format!("{}▏", self.time.text()) } else { String::new() };
            put(buf, row, &format!("{sign} {:<10} {typed}", race.key()), Side::Left, style);
        }
    }

    /// What follows from a result, in a line.
    fn paces(&self, athlete: &Athlete) -> String {
        let unit = match self.answers.unit {
            Some(SpeedUnit::MilesPerHour) => PaceUnit::Mi,
            _ => PaceUnit::Km,
        };
        let one = |pace: NamedPace| {
            athlete.speed(pace).map(|speed| format!("{} {}", pace.key(), speed.pace_text(unit)))
        };
        let paces = [NamedPace::Easy, NamedPace::Threshold, NamedPace::Hard];
        paces.into_iter().filter_map(one).collect::<Vec<_>>().join(", ")
    }
}

impl Page for FirstRunPage {
    type Outcome = FirstRunAnswers;

    fn draw(&self, buf: &mut Buffer) {
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        if rest.height >= 5 {
            let foot = bottom(&mut rest, 1);
            put(buf, foot, &hints(self.context(), "", foot.width), Side::Left, self.theme.quiet());
            bottom(&mut rest, 1);
        }
        if self.at_race { self.races(buf, rest) } else { self.units(buf, rest) }
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<FirstRunAnswers>> {
        match input {
            Input::Key(key) => return self.press(key),
            Input::Paste(text) if self.at_race => keymap::pasted(text).for_each(|key| self.write(&key)),
            _ => {}
        }
        None
    }
}
