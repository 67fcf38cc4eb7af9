//! The first run: asks once what the treadmill shows and for a recent race. Both can be skipped.

use super::page::{Page, PageKey};
use crate::athlete::{Athlete, NamedPace, Race, RaceResult};
use crate::keymap;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::profile::read_result;
use crate::tui::theme::Theme;
use crate::tui::widgets::desk::{self, DeskLayout};
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, inset, put, top, wrap};
use crate::tui::widgets::text_input::TextInput;
use crate::units::typed_time::TypedTime;
use crate::units::{Millis, PaceUnit, SpeedUnit};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The answers given; a question that was skipped has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstRunAnswers {
    /// The unit that the treadmill shows.
    pub unit: Option<SpeedUnit>,
    /// A race and its time.
    pub result: Option<(Race, Millis)>,
}

const UNITS: [SpeedUnit; 2] = [SpeedUnit::KmPerHour, SpeedUnit::MilesPerHour];
/// The race that is marked first: most runners have run it.
const USUAL_RACE: usize = 3;

/// A question at the first run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FirstRunQuestion {
    Unit,
    Race,
}

/// The first run page.
#[derive(Clone, Debug)]
pub struct FirstRunPage {
    question: FirstRunQuestion,
    unit: ListCursor,
    answers: FirstRunAnswers,
    race: ListCursor,
    time: TextInput,
    message: Option<String>,
    theme: Theme,
}

/// A question's words.
struct QuestionHeading {
    question: &'static str,
    /// The number of the question.
    count: &'static str,
    note: &'static str,
}

impl FirstRunPage {
    /// The page, at its first question.
    pub fn new(theme: Theme) -> Self {
        FirstRunPage {
            question: FirstRunQuestion::Unit,
            unit: ListCursor::at(0),
            answers: FirstRunAnswers::default(),
            race: ListCursor::at(USUAL_RACE),
            time: TextInput::default(),
            message: None,
            theme,
        }
    }

    fn race(&self) -> Race {
        Race::ALL.get(self.race.index()).copied().unwrap_or(Race::FiveK)
    }

    /// The typed time, and an athlete with that result.
    ///
    /// # Errors
    /// A message for the runner if no such result is possible.
    fn athlete(&self) -> Result<(Millis, Athlete), String> {
        let race = self.race();
        let text = self.time.text();
        let typed = TypedTime::parse(text)
            .filter(|_| text.contains(':'))
            .ok_or("type minutes and seconds, like 22:30, or 1:43:20")?;
        let meant = read_result(race, &typed).or(typed.readings().first().copied());
        let time = meant.map(|reading| reading.time).unwrap_or_default();
        let athlete = Athlete::from_results(vec![RaceResult::undated(race, time)]);
        athlete.map(|athlete| (time, athlete)).ok_or_else(|| format!("no one runs {} in {time}", race.key()))
    }

    fn press_unit(&mut self, action: Action) {
        match action {
            Action::Keep => {
                self.answers.unit = UNITS.get(self.unit.index()).copied();
                self.question = FirstRunQuestion::Race;
            }
            Action::PageOn => self.question = FirstRunQuestion::Race,
            Action::Previous | Action::Next => _ = self.unit.update(action, UNITS.len(), 1),
            _ => {}
        }
    }

    fn press_race(&mut self, action: Action) -> Option<FirstRunAnswers> {
        match action {
            Action::Keep => return self.save_result(),
            Action::PageBack => self.question = FirstRunQuestion::Unit,
            Action::Previous | Action::Next => _ = self.race.update(action, Race::ALL.len(), 1),
            _ => _ = self.time.erase(action),
        }
        None
    }

    fn type_time(&mut self, c: char) {
        match c {
            // A numeric keypad has no colon, and the point is the nearest thing to one.
            '.' | ',' => _ = self.time.push(':'),
            c if c.is_ascii_digit() || c == ':' => _ = self.time.push(c),
            _ => {}
        }
    }

    fn save_result(&mut self) -> Option<FirstRunAnswers> {
        if self.time.is_blank() {
            return Some(self.answers);
        }
        match self.athlete() {
            Ok((time, _)) => {
                self.answers.result = Some((self.race(), time));
                return Some(self.answers);
            }
            Err(message) => self.message = Some(message),
        }
        None
    }

    /// Draws the question and its note, and returns the area below them for `needed` rows of answers.
    fn draw_heading(&self, buf: &mut Buffer, area: Rect, heading: &QuestionHeading, needed: u16) -> Rect {
        let columns = desk::column(area).width;
        let note = wrap(heading.note, columns, 3);
        let gap = u16::from(area.height >= desk::ROOMY);
        // The title stays, whatever else has to go.
        let needed = needed.min(area.height.saturating_sub(1));
        let fits = area.height > needed + note.len() as u16 + gap;
        let note_rows = if fits { note.len() as u16 + gap } else { 0 };
        let layout = DeskLayout::of(area, note_rows + needed, 0);
        layout.draw_title(buf, heading.question, heading.count, self.theme);
        let mut body = layout.body;
        let mut lines = top(&mut body, note_rows);
        for line in &note {
            put(buf, top(&mut lines, 1), line, Side::Left, self.theme.quiet());
        }
        body
    }

    fn draw_units(&self, buf: &mut Buffer, area: Rect) {
        let heading = QuestionHeading {
            question: "What does your treadmill show?",
            count: "1 of 2",
            note: "pacebell then tells you what to press, in that unit. Change it with `pacebell profile set belt.unit mph`.",
        };
        let mut rest = self.draw_heading(buf, area, &heading, UNITS.len() as u16);
        for (i, unit) in UNITS.iter().enumerate() {
            let row = top(&mut rest, 1).intersection(buf.area);
            let marked = i == self.unit.index();
            let (style, sign) = if marked { (self.theme.loud(), '›') } else { (Style::new(), ' ') };
            buf.set_style(row, style);
            put(buf, row, &format!("{sign} {}", unit.name()), Side::Left, style);
        }
    }

    fn draw_races(&self, buf: &mut Buffer, area: Rect) {
        let heading = QuestionHeading {
            question: "A recent race?",
            count: "2 of 2",
            note: "One result is enough for all your paces. Without one, you run by effort.",
        };
        let gap = u16::from(area.height >= desk::ROOMY);
        let mut rest = self.draw_heading(buf, area, &heading, Race::ALL.len() as u16 + 2 + gap);
        let rows = 2.min(rest.height / 3);
        let all = (Race::ALL.len() as u16).min(rest.height - rows);
        let list = top(&mut rest, all);
        let gap = u16::from(rest.height > rows);
        top(&mut rest, gap);
        let style = if self.message.is_some() { self.theme.strong() } else { self.theme.quiet() };
        for line in wrap(&self.race_note(), rest.width.saturating_sub(2), rest.height) {
            put(buf, inset(top(&mut rest, 1), 2), &line, Side::Left, style);
        }
        self.draw_race_list(buf, list);
    }

    fn draw_race_list(&self, buf: &mut Buffer, mut list: Rect) {
        let marked = self.race.index();
        let view = Viewport { rows: Race::ALL.len(), shown: usize::from(list.height).max(1) };
        for i in view.down_to(marked) {
            let Some(race) = Race::ALL.get(i) else { continue };
            let row = top(&mut list, 1).intersection(buf.area);
            let (style, sign, time) = match i == marked {
                true => (self.theme.loud(), '›', format!("{}▏", self.time.text())),
                false => (Style::new(), ' ', String::new()),
            };
            buf.set_style(row, style);
            put(buf, row, &format!("{sign} {:<10} {time}", race.key()), Side::Left, style);
        }
    }

    /// The line below the races: a message, or the paces that follow from what is typed.
    fn race_note(&self) -> String {
        match (&self.message, self.time.is_blank(), self.athlete()) {
            (Some(message), ..) => message.clone(),
            (None, true, _) => "your time, like 22:30 or 1:43:20".to_string(),
            (None, false, Ok((_, athlete))) => self.paces(&athlete),
            (None, false, Err(_)) => String::new(),
        }
    }

    fn paces(&self, athlete: &Athlete) -> String {
        let unit = match self.answers.unit {
            Some(SpeedUnit::MilesPerHour) => PaceUnit::Mi,
            _ => PaceUnit::Km,
        };
        let pace_text = |pace: NamedPace| {
            athlete.speed(pace).map(|speed| format!("{} {}", pace.key(), speed.pace_text(unit)))
        };
        let paces = [NamedPace::Easy, NamedPace::Threshold, NamedPace::Hard];
        paces.into_iter().filter_map(pace_text).collect::<Vec<_>>().join(", ")
    }
}

impl Page for FirstRunPage {
    type Outcome = FirstRunAnswers;

    fn draw(&self, buf: &mut Buffer) {
        let mut rest = buf.area;
        let foot = desk::take_foot(&mut rest);
        let keys = hints(self.theme.keymap(), self.context(), foot.width);
        put(buf, foot, &keys, Side::Left, self.theme.quiet());
        match self.question {
            FirstRunQuestion::Unit => self.draw_units(buf, rest),
            FirstRunQuestion::Race => self.draw_races(buf, rest),
        }
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        match self.question {
            FirstRunQuestion::Unit => KeyContext::Unit,
            FirstRunQuestion::Race => KeyContext::Race,
        }
    }

    fn press(&mut self, key: PageKey) -> Option<FirstRunAnswers> {
        self.message = None;
        match (key.action, self.question) {
            (Some(Action::Close), _) => return Some(self.answers),
            (Some(action), FirstRunQuestion::Unit) => self.press_unit(action),
            (Some(action), FirstRunQuestion::Race) => return self.press_race(action),
            (None, FirstRunQuestion::Race) => key.typed.into_iter().for_each(|c| self.type_time(c)),
            (None, FirstRunQuestion::Unit) => {}
        }
        None
    }

    fn paste(&mut self, text: &str) {
        if self.question == FirstRunQuestion::Race {
            keymap::pasted_line(text).for_each(|c| self.type_time(c));
        }
    }
}
