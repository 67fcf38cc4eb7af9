//! The screen of a running session. [`RunningScreen`] knows what is shown and draws it, a pure function of what it is
//! given; [`Tui`] puts it on a terminal.

pub mod screens;
pub mod term;
mod theme;
pub(crate) mod widgets;

pub use crate::tui::screens::running::ClickTarget;
pub use crate::tui::screens::running::labels::Units;
pub use theme::{Palette, Signs, Theme};

use crate::audio::volume::{Percent, Volume};
use crate::coach::{Effect, View};
use crate::cues::{Signal, SignalCue};
use crate::display::chart::IntensityChart;
use crate::frontend::{Frontend, LogStatus, Request, SoundStatus, Status};
use crate::keymap;
use crate::keymap::KeyContext;
use crate::session::{EventKind, Phase};
use crate::tui::screens::help::HelpPage;
use crate::tui::screens::running;
use crate::tui::screens::running::console_distance::ConsoleDistance;
use crate::tui::screens::running::flash::{Flash, LATE};
use crate::tui::screens::running::input;
use crate::tui::screens::running::labels;
use crate::tui::screens::running::step_list::StepList;
use crate::tui::screens::running::warning_signs;
use crate::tui::term::terminal::Terminal;
use crate::tui::term::title;
use crate::tui::widgets::choice::ChoicePrompt;
use crate::tui::widgets::key_hints;
use crate::tui::widgets::toast::Toast;
use crate::units::{Millis, Moment};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io::{self, Stdout, Write};

/// A status of which nothing is known: what can be pointed at does not depend on it.
const BLANK: Status = Status {
    sound: SoundStatus::Opening,
    volume: Volume { percent: Percent::FULL, muted: false },
    log: LogStatus::Written,
    speed: None,
    time: None,
    may_sleep: None,
};

/// What lies over the running screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Overlay {
    Nothing,
    Quitting(ChoicePrompt),
    Correcting(ConsoleDistance),
    Help(HelpPage),
    Listing(StepList),
    Signs(warning_signs::WarningSigns),
}

/// What is shown, and what keys mean there. It reads no clock and writes nowhere.
#[derive(Clone, Debug)]
pub struct RunningScreen {
    theme: Theme,
    units: Units,
    area: Rect,
    over: Overlay,
    absence: ChoicePrompt,
    flash: Flash,
    /// When the time of day at which it ends reads otherwise, while time stands still.
    ends_later: Option<Moment>,
    /// The latest moment that it was told of.
    now: Moment,
    said: Option<Toast>,
    /// The volume that it was last told of.
    volume: Option<Volume>,
    /// Nothing but the number.
    digits_only: bool,
    /// No key but one does anything.
    locked: bool,
    bell: bool,
    /// Made once for each width of the window: a workout may have ten thousand steps.
    profile: Option<(u16, IntensityChart)>,
}

impl RunningScreen {
    /// A screen before anything has happened.
    pub fn new(theme: Theme, units: Units) -> Self {
        RunningScreen {
            theme,
            units,
            area: Rect::default(),
            over: Overlay::Nothing,
            absence: ChoicePrompt::ABSENCE,
            flash: Flash::READY,
            ends_later: None,
            now: Moment::default(),
            said: None,
            volume: None,
            digits_only: false,
            locked: false,
            bell: false,
            profile: None,
        }
    }

    /// The same with changes of step that light the whole screen for a moment, or do not.
    pub fn flashing(self, on: bool) -> Self {
        RunningScreen { flash: self.flash.turned(on), ..self }
    }

    /// The same with nothing but the number and one line, or with everything.
    pub fn with_digits_only(self, on: bool) -> Self {
        RunningScreen { digits_only: on, ..self }
    }

    /// Takes note of something that happened or sounded.
    pub fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) {
        self.now = self.now.max(at);
        self.flash.effect(effect, view.position.elapsed, status, at);
        match effect {
            Effect::Sounded(cue) if status.wants_a_bell() => self.stand_in(cue, view),
            Effect::Happened(event) => match event.what {
                EventKind::WasAbsent { .. } => {
                    self.over = Overlay::Nothing;
                    // It asks something.
                    self.locked = false;
                    self.absence = ChoicePrompt::ABSENCE;
                }
                EventKind::Stopped => self.over = Overlay::Nothing,
                EventKind::StepBegan { .. } | EventKind::Finished => self.leave_step(at),
                what => self.said = input::way_back(what, at).or(self.said.take()),
            },
            _ => {}
        }
    }

    /// What was asked in a step holds for no other.
    fn leave_step(&mut self, at: Moment) {
        self.said = self.said.take().filter(|said| !said.is_asking(at));
        if let Overlay::Correcting(_) = self.over {
            self.over = Overlay::Nothing;
            self.said = Some(Toast::telling("the step is over: the distance was not taken", at));
        }
    }

    /// The bell, instead of a sound.
    fn stand_in(&mut self, cue: &SignalCue, view: &View<'_>) {
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
        if self.volume.replace(status.volume).is_some_and(|before| before != status.volume) {
            self.said = Some(Toast::telling(&status.volume.to_string(), at));
        }
        self.ends_later = labels::ends_later_in(view, status).map(|wait| at + wait);
        let width = running::profile_width(area.width);
        if self.profile.as_ref().is_none_or(|(w, _)| *w != width) {
            self.profile = Some((width, IntensityChart::new(view.sequence, width)));
        }
    }

    /// Draws the whole screen, as last prepared.
    pub fn draw(&self, buf: &mut Buffer, view: &View<'_>, status: &Status, at: Moment) {
        if self.flash.left(at).is_some() {
            // Light, and nothing else: what is read in it is read again a quarter of a second later, and a slow line has
            // less to carry.
            return buf.set_style(buf.area, self.theme.flash());
        }
        self.draw_what_is(buf, view, status, at);
    }

    /// What stands at a column and a row of the running screen, as last prepared.
    pub fn spot(&self, (column, row): (u16, u16), view: &View<'_>, status: &Status) -> Option<ClickTarget> {
        running::target(self.area, &self.scene(view, status, self.now)?, column, row)
    }

    fn scene<'a>(
        &'a self,
        view: &'a View<'a>,
        status: &'a Status,
        at: Moment,
    ) -> Option<running::RunningScene<'a>> {
        Some(running::RunningScene {
            view,
            status,
            theme: self.theme,
            units: self.units,
            profile: self.profile.as_ref().map(|(_, profile)| profile)?,
            said: self.said(view, at),
            answers: view.asks.then(answers).unwrap_or_default(),
            locked: self.locked,
            digits_only: self.digits_only,
        })
    }

    fn draw_what_is(&self, buf: &mut Buffer, view: &View<'_>, status: &Status, at: Moment) {
        let area = buf.area;
        let away = matches!(view.phase, Phase::Absent { .. });
        match self.over {
            Overlay::Help(help) if !away => {
                return help.draw(buf, area, &labels::big(view, self.units), self.theme);
            }
            Overlay::Signs(page) if !away => return page.draw(buf, area, view, (self.units, self.theme)),
            _ => {}
        }
        let Some(scene) = self.scene(view, status, at) else { return };
        // The clock may be going on: it makes room for what lies over it and stays in sight.
        let above = |rows: u16| Rect { height: area.height - rows, ..area };
        if let Some(choice) = self.asked(view) {
            running::draw(buf, above(choice.prompt.rows(area, choice.text())), &scene);
            return choice.prompt.draw(buf, area, choice.text(), self.theme);
        }
        match self.over {
            Overlay::Correcting(correct) => {
                running::draw(buf, above(ConsoleDistance::rows(area)), &scene);
                correct.draw(buf, area, self.theme);
            }
            Overlay::Listing(steps) => {
                running::draw(buf, above(StepList::rows(area, view)), &scene);
                steps.draw(buf, area, view, self.theme);
            }
            _ => running::draw(buf, area, &scene),
        }
    }

    /// What is said in the place of the keys.
    fn said(&self, view: &View<'_>, at: Moment) -> Option<&str> {
        let said = self.said.as_ref().filter(|said| !said.gives_way() || view.words.is_none());
        said.and_then(|said| said.words(at))
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

    /// True once the session is over: what was done stands on a page of its own.
    pub fn is_done(&self, view: &View<'_>) -> bool {
        view.phase == Phase::Stopped
    }
}

/// The keys that answer what the workout asks: `y yes   n no`.
fn answers() -> String {
    let answers = keymap::of(KeyContext::Answering).filter(|b| !b.keys.is_empty());
    key_hints::join(&answers.map(key_hints::hint).collect::<Vec<_>>())
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
    screen: RunningScreen,
    terminal: Terminal<W>,
    /// When the terminal's title was last told.
    titled: Option<Moment>,
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
        let mut terminal = Terminal::new(out, theme);
        terminal.heed_clicks(true);
        Tui { screen: RunningScreen::new(theme, units), terminal, titled: None }
    }

    /// The same on a terminal whose cleared cells take the colour that is set, or on one that may leave them black;
    /// usually its name tells.
    pub fn filling(mut self, on: bool) -> Self {
        self.terminal.fills_cleared(on);
        self
    }

    /// The same with changes of step that light the whole screen for a moment, or do not.
    pub fn flashing(self, on: bool) -> Self {
        Tui { screen: self.screen.flashing(on), ..self }
    }
}

impl<W: Write> Frontend for Tui<W> {
    fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()> {
        self.screen.effect(effect, view, status, at);
        Ok(())
    }

    fn show(&mut self, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()> {
        if self.screen.take_bell() {
            self.terminal.ring();
        }
        // Once a second of real time: whatever shows titles may be slow, and a rehearsal is not.
        let second = Millis::from_secs_f64(status.speed.map_or(1.0, |rehearsal| rehearsal.0));
        let rehearsed = status.speed.is_some();
        if !rehearsed || self.titled.is_none_or(|last| at.since(last) >= second) {
            self.titled = Some(at);
            self.terminal.title(title::title(view, self.screen.units));
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
