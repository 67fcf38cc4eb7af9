//! The running screen on a terminal.

use crate::coach::{Effect, View};
use crate::frontend::{Frontend, Request, Status};
use crate::runner::profile::Units;
use crate::tui::screens::running::{RunningScreen, window_title};
use crate::tui::term::terminal::Terminal;
use crate::tui::theme::Theme;
use crate::units::{Millis, Moment};
use crossterm::event::Event as Input;
use std::io::{self, Stdout, Write};

/// The front that draws on the whole terminal.
#[derive(Debug)]
pub struct Tui<W: Write> {
    screen: RunningScreen,
    terminal: Terminal<W>,
    /// When the terminal's title was last set.
    titled: Option<Moment>,
}

impl Tui<Stdout> {
    /// A front that draws on the terminal on standard output, which is not taken yet.
    pub fn on_stdout(theme: Theme, units: Units) -> Self {
        Tui::drawing_on(Terminal::on_stdout(theme), theme, units)
    }
}

impl<W: Write> Tui<W> {
    /// A front that draws on `out`, which is not taken yet.
    pub fn on(out: W, theme: Theme, units: Units) -> Self {
        Tui::drawing_on(Terminal::new(out, theme), theme, units)
    }

    fn drawing_on(mut terminal: Terminal<W>, theme: Theme, units: Units) -> Self {
        terminal.report_clicks(true);
        Tui { screen: RunningScreen::new(theme, units), terminal, titled: None }
    }

    /// Tells if cleared cells take the current background colour on this terminal. By default its name decides.
    pub fn filling(mut self, fills: bool) -> Self {
        self.terminal.set_clears_in_colour(fills);
        self
    }

    /// Enables or disables the flash at a change of step.
    pub fn flashing(self, is_enabled: bool) -> Self {
        Tui { screen: self.screen.flashing(is_enabled), ..self }
    }
}

impl<W: Write> Frontend for Tui<W> {
    fn handle_effect(
        &mut self,
        effect: &Effect,
        view: &View<'_>,
        status: &Status,
        at: Moment,
    ) -> io::Result<()> {
        self.screen.handle_effect(effect, view, status, at);
        Ok(())
    }

    fn show(&mut self, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()> {
        if self.screen.take_bell() {
            self.terminal.ring();
        }
        // In a rehearsal, at most once per second of real time: titles may be slow to show.
        let second = status.rehearsal.session_time(Millis::from_secs(1));
        let is_rehearsal = !status.rehearsal.is_real_time();
        if !is_rehearsal || self.titled.is_none_or(|last| at.since(last) >= second) {
            self.titled = Some(at);
            self.terminal.set_title(window_title(view, self.screen.units()));
        }
        self.screen.prepare(self.terminal.area(), view, status, at);
        let screen = &self.screen;
        self.terminal.draw(|buf| screen.draw(buf, view, status, at))
    }

    fn next_redraw(&self, view: &View<'_>, at: Moment) -> Option<Millis> {
        self.screen.next_redraw(view, at)
    }

    fn handle_input(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        if let Input::Resize(width, height) = *input {
            self.terminal.resize(width, height);
        }
        self.screen.handle_input(input, view)
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
