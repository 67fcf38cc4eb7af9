//! The screen of a running session. [`Screen`] knows what is shown and draws it, a pure function of what it is
//! given; [`Tui`] puts it on a terminal.

mod ask;
pub mod calibrate;
mod correct;
mod digits;
pub mod ending;
pub mod first;
mod flash;
mod help;
mod hints;
mod large;
mod letters;
pub mod log;
pub mod offer;
pub mod page;
pub mod picker;
pub mod profile;
pub mod questions;
mod reading;
mod run;
mod said;
pub mod terminal;
mod text;
mod theme;
pub mod trial;
mod typing;
mod zones;

pub use reading::Units;
pub use run::Spot;
pub use theme::Theme;

use crate::coach::{Effect, View};
use crate::cues::{Cue, Signal};
use crate::front::{Front, Request, Status};
use crate::keys::{self, Action, Context};
use crate::picture::Profile;
use crate::session::{Command, Happened, Phase, Place};
use crate::units::{Millis, Moment};
use ask::Ask;
use correct::Correct;
use crossterm::event::Event as Input;
use flash::{Flash, LATE};
use help::Help;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use said::Said;
use std::io::{self, Stdout, Write};
use terminal::Terminal;

/// What lies over the running screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Over {
    Nothing,
    Quitting(Ask),
    Correcting(Correct),
    Help(Help),
}

/// What is shown, and what keys mean there. It reads no clock and writes nowhere.
#[derive(Clone, Debug)]
pub struct Screen {
    theme: Theme,
    units: Units,
    area: Rect,
    over: Over,
    absence: Ask,
    flash: Flash,
    /// Whether there is nothing but the number and one line.
    digits_only: bool,
    /// When the time of day at which it ends reads otherwise, while time stands still.
    ends_later: Option<Moment>,
    /// The latest moment that it was told of.
    now: Moment,
    said: Option<Said>,
    bell: bool,
    /// Made once for each width of the window: a workout may have ten thousand steps.
    profile: Option<(u16, Profile)>,
}

impl Screen {
    /// A screen before anything has happened.
    pub fn new(theme: Theme, units: Units) -> Self {
        Screen {
            theme,
            units,
            area: Rect::default(),
            over: Over::Nothing,
            absence: Ask::ABSENCE,
            flash: Flash::READY,
            digits_only: false,
            ends_later: None,
            now: Moment::default(),
            said: None,
            bell: false,
            profile: None,
        }
    }

    /// The same with changes of step that light the whole screen for a moment, or do not.
    pub fn flashing(self, on: bool) -> Self {
        Screen { flash: self.flash.turned(on), ..self }
    }

    /// The same with nothing but the number and one line, or with everything.
    pub fn with_digits_only(self, on: bool) -> Self {
        Screen { digits_only: on, ..self }
    }

    /// Takes note of something that happened or sounded.
    pub fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) {
        self.flash.effect(effect, view.position.elapsed, status, at);
        match effect {
            Effect::Sounded(cue) if status.sound.is_silent() => self.stand_in(cue, view),
            Effect::Happened(event) => match event.what {
                Happened::WasAbsent { .. } => {
                    self.over = Over::Nothing;
                    self.absence = Ask::ABSENCE;
                }
                Happened::Stopped => self.over = Over::Nothing,
                Happened::StepBegan { .. } | Happened::Finished => self.leave_step(at),
                _ => {}
            },
            _ => {}
        }
    }

    /// What was asked in a step holds for no other.
    fn leave_step(&mut self, at: Moment) {
        self.said = self.said.take().filter(|said| !said.is_asking(at));
        if let Over::Correcting(_) = self.over {
            self.over = Over::Nothing;
            self.said = Some(Said::telling("the step is over: the distance was not taken", at));
        }
    }

    /// The bell, instead of a sound.
    fn stand_in(&mut self, cue: &Cue, view: &View<'_>) {
        self.bell |= view.position.elapsed.saturating_sub(cue.at) <= LATE && cue.signal != Signal::Tick;
    }

    /// True once after something that the bell is to ring for.
    pub fn take_bell(&mut self) -> bool {
        std::mem::take(&mut self.bell)
    }

    /// Makes ready to draw on an area, as of a moment.
    pub fn prepare(&mut self, area: Rect, view: &View<'_>, status: &Status, at: Moment) {
        self.area = area;
        self.now = at;
        self.ends_later = reading::ends_later_in(view, status).map(|wait| at + wait);
        let width = run::profile_width(area.width);
        if self.profile.as_ref().is_none_or(|(w, _)| *w != width) {
            self.profile = Some((width, Profile::new(view.sequence, width)));
        }
    }

    /// Draws the whole screen, as last prepared.
    pub fn draw(&self, buf: &mut Buffer, view: &View<'_>, status: &Status, at: Moment) {
        self.draw_what_is(buf, view, status, at);
        if self.flash.left(at).is_some() {
            buf.set_style(buf.area, self.theme.flash());
        }
    }

    /// What stands at a column and a row of the running screen, as last prepared.
    pub fn spot(&self, (column, row): (u16, u16), view: &View<'_>, status: &Status) -> Option<Spot> {
        run::target(self.area, &self.scene(view, status, self.now)?, column, row)
    }

    fn scene<'a>(&'a self, view: &'a View<'a>, status: &'a Status, at: Moment) -> Option<run::Scene<'a>> {
        Some(run::Scene {
            view,
            status,
            theme: self.theme,
            units: self.units,
            profile: self.profile.as_ref().map(|(_, profile)| profile)?,
            said: self.said.as_ref().and_then(|said| said.words(at)),
            digits_only: self.digits_only,
        })
    }

    fn draw_what_is(&self, buf: &mut Buffer, view: &View<'_>, status: &Status, at: Moment) {
        let area = buf.area;
        if let (Over::Help(help), false) = (self.over, matches!(view.phase, Phase::Absent { .. })) {
            return help.draw(buf, area, &reading::big(view, self.units), self.theme);
        }
        let Some(scene) = self.scene(view, status, at) else { return };
        let (ask, question, note) = match (view.phase, self.over) {
            (Phase::Absent { since, until }, _) => {
                let (question, note) = ask::absence(until.since(since), view.position.elapsed);
                (self.absence, question, note)
            }
            (_, Over::Correcting(correct)) => {
                let above = Rect { height: area.height - Correct::rows(area), ..area };
                run::draw(buf, above, &scene);
                return correct.draw(buf, area, self.theme);
            }
            (_, Over::Quitting(ask)) => (ask, "Stop here?".to_string(), String::new()),
            _ => return run::draw(buf, area, &scene),
        };
        // The clock may be going on: it makes room for the question and stays in sight.
        let above = Rect { height: area.height - ask.rows(area, (&question, &note)), ..area };
        run::draw(buf, above, &scene);
        ask.draw(buf, area, (&question, &note), self.theme);
    }

    /// How much later than `at` the picture changes by itself.
    pub fn next_picture(&self, view: &View<'_>, at: Moment) -> Option<Millis> {
        let counts = matches!(view.phase, Phase::Running | Phase::CountIn { .. });
        let seconds = counts.then(|| next_second(view));
        let said = self.said.as_ref().and_then(|said| said.left(at));
        let stands = !counts && view.phase != Phase::Stopped;
        let minute =
            self.ends_later.filter(|_| stands).map(|m| if m > at { m.since(at) } else { Millis::new(1) });
        self.flash.left(at).into_iter().chain(seconds).chain(said).chain(minute).min()
    }

    /// What the runner wants with an input.
    pub fn update(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        let Input::Key(key) = input else { return None };
        let action = keys::action(self.context(view), key)?;
        match action {
            Action::Interrupt => return Some(Request::Interrupt),
            Action::Suspend => return Some(Request::Suspend),
            _ => {}
        }
        if view.phase == Phase::Stopped {
            return None;
        }
        if let Phase::Absent { .. } = view.phase {
            return self.absence.update(action).and_then(answer).map(Request::Command);
        }
        self.act(action, view).map(Request::Command)
    }

    fn act(&mut self, action: Action, view: &View<'_>) -> Option<Command> {
        match &mut self.over {
            Over::Quitting(ask) => {
                let given = ask.update(action)?;
                self.over = Over::Nothing;
                // Going on is what the clock does anyway.
                answer(given).filter(|c| *c == Command::Stop)
            }
            Over::Correcting(correct) => {
                let command = correct.update(action, view)?;
                self.over = Over::Nothing;
                command
            }
            Over::Help(help) => {
                if help.update(action, self.area) {
                    self.over = Over::Nothing;
                }
                None
            }
            Over::Nothing => self.run(action, view),
        }
    }

    fn run(&mut self, action: Action, view: &View<'_>) -> Option<Command> {
        let done = view.position.place == Place::After;
        match (action, view.phase) {
            (Action::Pause | Action::EndStep, Phase::Ready) => Some(Command::Start),
            (Action::Pause | Action::EndStep, Phase::Paused) => Some(Command::Resume),
            (Action::EndStep, Phase::CountIn { .. }) => Some(Command::Resume),
            (Action::Pause, _) => Some(Command::Pause),
            (Action::EndStep | Action::Quit, _) if done => Some(Command::Stop),
            (Action::EndStep, _) => Some(Command::EndStep),
            (Action::Quit, Phase::Ready) => Some(Command::Stop),
            (Action::Quit, _) => {
                self.over = Over::Quitting(Ask::QUITTING);
                None
            }
            (Action::Help, _) => {
                self.over = Over::Help(Help::RUNNING);
                None
            }
            (Action::Skip, _) => Some(Command::Skip),
            (Action::Back, _) => Some(Command::Back),
            (Action::Extend, _) => Some(Command::Extend(keys::EXTENSION)),
            (Action::Faster, _) => self.adjust(1, view),
            (Action::Slower, _) => self.adjust(-1, view),
            (Action::Console, _) => {
                self.over = Correct::begin(view, self.units).map_or(Over::Nothing, Over::Correcting);
                None
            }
            _ => None,
        }
    }

    /// The belt so many steps faster. Past the ceiling only for who asks twice.
    fn adjust(&mut self, by: i64, view: &View<'_>) -> Option<Command> {
        if !view.sequence.show_pace || view.setting.is_none() {
            return None;
        }
        let Some((setting, note)) = view.adjusted(by) else {
            let why =
                if view.on_rails { "not from the rails" } else { "not now: the next number is on its way" };
            self.said = Some(Said::telling(why, self.now));
            return None;
        };
        let belt = &view.treadmill.belt;
        let Some(note) = note else { return Some(Command::Adjust(setting.speed)) };
        if self.said.take_if(|said| said.is_asking(self.now)).is_some() {
            let past = view.setting.map(|now| belt.stepped(now, by).speed)?;
            return Some(Command::Adjust(past));
        }
        let says = format!("{}: ] again goes past it", reading::note(&note, belt));
        self.said = Some(Said::asking(says, self.now));
        None
    }

    fn context(&self, view: &View<'_>) -> Context {
        match (view.phase, self.over) {
            (Phase::Absent { .. }, _) => Context::Absence,
            (_, Over::Quitting(_)) => Context::Quitting,
            (_, Over::Correcting(_)) => Context::Correcting,
            (_, Over::Help(_)) => Context::Reading,
            (_, Over::Nothing) => Context::Running,
        }
    }

    /// True once the session is over: what was done stands on a page of its own.
    pub fn is_done(&self, view: &View<'_>) -> bool {
        view.phase == Phase::Stopped
    }
}

/// The command that an answer stands for.
fn answer(given: Action) -> Option<Command> {
    match given {
        Action::Stop => Some(Command::Stop),
        Action::GoOn => Some(Command::Resume),
        Action::CatchUp => Some(Command::CatchUp),
        _ => None,
    }
}

/// When the next of the seconds on the screen flips.
fn next_second(view: &View<'_>) -> Millis {
    let position = &view.position;
    let up = |counted: Millis| 1000 - counted.get() % 1000;
    let down = |left: Millis| match left.get() % 1000 {
        0 => 1000,
        part => part,
    };
    if let Some(left) = view.count_in {
        return Millis::new(down(left));
    }
    let mut next = up(position.elapsed).min(up(position.into));
    if let Some(remaining) = position.remaining() {
        next = next.min(down(remaining)).min(down(position.left));
    }
    let may_end_in = view.may_end_from.and_then(|from| from.checked_sub(position.into));
    if let Some(wait) = may_end_in.filter(|w| *w > Millis::ZERO) {
        next = next.min(wait.get());
    }
    Millis::new(next)
}

/// The screen on a terminal.
#[derive(Debug)]
pub struct Tui<W: Write> {
    screen: Screen,
    terminal: Terminal<W>,
}

impl Tui<Stdout> {
    /// Takes the terminal for a session.
    pub fn open(theme: Theme, units: Units) -> io::Result<Self> {
        let mut tui = Tui::on(io::stdout(), theme, units);
        tui.enter()?;
        Ok(tui)
    }
}

impl<W: Write> Tui<W> {
    /// A screen that is written to `out`, which is not taken yet.
    pub fn on(out: W, theme: Theme, units: Units) -> Self {
        Tui { screen: Screen::new(theme, units), terminal: Terminal::new(out) }
    }

    /// The same with changes of step that light the whole screen for a moment, or do not.
    pub fn flashing(self, on: bool) -> Self {
        Tui { screen: self.screen.flashing(on), ..self }
    }
}

impl<W: Write> Front for Tui<W> {
    fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()> {
        self.screen.effect(effect, view, status, at);
        Ok(())
    }

    fn show(&mut self, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()> {
        if self.screen.take_bell() {
            self.terminal.ring();
        }
        self.screen.prepare(self.terminal.area(), view, status, at);
        let screen = &self.screen;
        self.terminal.draw(|buf| screen.draw(buf, view, status, at))
    }

    fn next_picture(&self, view: &View<'_>, at: Moment) -> Option<Millis> {
        self.screen.next_picture(view, at)
    }

    fn input(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        if let Input::Resize(width, height) = *input {
            self.terminal.resize(width, height);
        }
        self.screen.update(input, view)
    }

    fn is_done(&self, view: &View<'_>) -> bool {
        self.screen.is_done(view)
    }

    fn leave(&mut self) -> io::Result<()> {
        self.terminal.leave()
    }

    fn enter(&mut self) -> io::Result<()> {
        self.terminal.enter()
    }
}
