//! `pacebell day` on a terminal: the page, which reminds by itself while it is open.

use super::file::{self, LoadedDay};
use super::{actions, first_run, tick};
use crate::cli::context::Context;
use crate::cli::editor::Editor;
use crate::cli::failure::Failure;
use crate::cli::session::display::Display;
use crate::cli::session::page_host::PageHost;
use crate::clock;
use crate::day::{DayAction, DayBoard, DayState, DayTurn, DeskPresence, WallMoment, WinMoment, due};
use crate::display::day as words;
use crate::history::{Database, day_rows, wins};
use crate::notify::{self, Desktop, DesktopPresence, NotificationAnswer};
use crate::settings;
use crate::tui::screens::day::{DayPage, DayRequest, Reminder};
use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// The time between two looks at the rules.
const EACH: Duration = Duration::from_secs(1);
/// The looks between two questions to the desktop, and between two readings of the log.
const LOOKS: u32 = 10;
/// The looks between two turns in the log while nothing is due, so that timers see that the machine was awake.
const TURN_LOOKS: u32 = 60;
/// The quiet time of the key.
const QUIET_MS: i64 = 3_600_000;

/// Shows the day. Without a `day.toml`, offers to write one. False without a screen.
pub fn show(context: &Context) -> Result<bool, Failure> {
    if !context.terminal.has_screen {
        return Ok(false);
    }
    let first = file::load_checked(context)?;
    let mut host = PageHost::new(context, Display::Screen)?;
    let day = match first {
        Some(day) => day,
        None => match first_run::offer(&mut host)? {
            Some(day) => day,
            None => {
                host.leave()?;
                return Ok(true);
            }
        },
    };
    let database = context.log()?;
    let connection = database.open()?;
    DayScreen::new(&mut host, day, database, connection)?.run()?;
    Ok(true)
}

/// The end of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PageEnd {
    /// The runner left.
    Left,
    /// A new page is to be shown, because something else was on the screen.
    Outdated,
}

/// The page with everything that it shows.
struct DayScreen<'h, 'c> {
    host: &'h mut PageHost<'c>,
    day: LoadedDay,
    watch: DayWatch,
    /// A message for the next page.
    message: Option<String>,
}

/// Looks at the rules each second. The log is read now and then, and written when a turn is taken.
struct DayWatch {
    database: Database,
    connection: Connection,
    desktop: Desktop,
    presence: DeskPresence,
    /// The sentence about the desktop.
    desktop_words: String,
    state: DayState,
    wins: Vec<WinMoment>,
    /// The looks so far.
    looks: u32,
    /// The answer to the notification that is shown.
    answer: Option<Receiver<NotificationAnswer>>,
}

impl<'h, 'c> DayScreen<'h, 'c> {
    fn new(
        host: &'h mut PageHost<'c>,
        day: LoadedDay,
        database: Database,
        connection: Connection,
    ) -> Result<Self, Failure> {
        let mut watch = DayWatch {
            database,
            connection,
            desktop: Desktop::connect(),
            presence: DeskPresence::default(),
            desktop_words: String::new(),
            state: DayState::default(),
            wins: Vec::new(),
            looks: 0,
            answer: None,
        };
        watch.read(clock::local_time())?;
        Ok(DayScreen { host, day, watch, message: None })
    }

    fn run(mut self) -> Result<(), Failure> {
        loop {
            let now = clock::local_time();
            let turn = due(&self.day.config, now, &self.watch.state, &self.watch.presence);
            let board = DayBoard::new(&self.day.config, now, &turn, &self.watch.wins);
            let mut page = DayPage::new(board, self.watch.desktop_words.clone(), self.host.context.theme);
            if let Some(message) = self.message.take() {
                page.say(message);
            }
            if self.show(&mut page)? == PageEnd::Left {
                return self.host.leave();
            }
        }
    }

    /// Shows a page until it ends.
    fn show(&mut self, page: &mut DayPage) -> Result<PageEnd, Failure> {
        loop {
            let (day, watch) = (&self.day, &mut self.watch);
            let request = self.host.watch_each(page, EACH, |page| watch.look(day, page))?;
            match request {
                DayRequest::Leave => return Ok(PageEnd::Left),
                DayRequest::Edit => {
                    self.message = self.edit()?;
                    return Ok(PageEnd::Outdated);
                }
                DayRequest::Do(place) => {
                    if let Some(action) = self.day.config.actions.get(place).cloned() {
                        self.do_now(&action)?;
                        self.watch.read(clock::local_time())?;
                        return Ok(PageEnd::Outdated);
                    }
                }
                request => self.watch.answer(&self.day, page, request)?,
            }
        }
    }

    /// Runs the workout of an action, or counts one without.
    fn do_now(&mut self, action: &DayAction) -> Result<(), Failure> {
        match &action.workout {
            Some(workout) => {
                let loaded = actions::load(self.host.context, action, workout, &self.day.source)?;
                actions::run(self.host, action, loaded).map(|_| ())
            }
            None => self.watch.count(action),
        }
    }

    /// Opens `day.toml` in the runner's editor, and reads it again. One with mistakes is not taken over. Returns a message.
    fn edit(&mut self) -> Result<Option<String>, Failure> {
        let Some(path) = settings::day_path() else { return Ok(None) };
        let editor = match Editor::of_the_user() {
            Ok(editor) => editor,
            Err(problem) => return Ok(Some(problem)),
        };
        self.host.leave()?;
        let ended = editor.open_path(&path);
        match file::load_checked(self.host.context) {
            Ok(Some(day)) => self.day = day,
            Ok(None) => {}
            Err(failure) => {
                let problem = failure.one_line().unwrap_or_default();
                return Ok(Some(format!("day.toml stays as it was: {problem}")));
            }
        }
        Ok(ended.unwrap_or_else(Some))
    }
}

impl DayWatch {
    fn explain(&self, error: &rusqlite::Error) -> Failure {
        self.database.explain(error).into()
    }

    /// Reads the state and the wins, and asks the desktop.
    fn read(&mut self, now: DateTime<FixedOffset>) -> Result<(), Failure> {
        let now_ms = now.timestamp_millis();
        let asked = self.desktop.presence();
        let mut presence = DeskPresence {
            idle: asked.idle,
            do_not_disturb: asked.do_not_disturb,
            ..DeskPresence::default()
        };
        let read = day_rows::add_sessions(&self.database, &self.connection, now_ms, &mut presence)
            .and_then(|()| day_rows::read_state(&self.connection, now_ms))
            .and_then(|state| Ok((state, wins::since(&self.connection, now_ms - actions::COUNTED_MS)?)));
        let (state, wins) = read.map_err(|error| self.explain(&error))?;
        (self.state, self.wins, self.presence) = (state, wins, presence);
        self.desktop_words = desktop_words(asked);
        Ok(())
    }

    /// Looks once. Takes the turn in the log if something is due, and now and then.
    fn look(&mut self, day: &LoadedDay, page: &mut DayPage) -> Result<bool, Failure> {
        let now = clock::local_time();
        self.looks = self.looks.wrapping_add(1);
        if self.looks.is_multiple_of(LOOKS) {
            self.read(now)?;
            page.set_desktop(self.desktop_words.clone());
        }
        self.hear_answer(day, page)?;
        let seen = due(&day.config, now, &self.state, &self.presence);
        // The log is read now and then, and must know of a walk before it is read again.
        let has_risen = seen.state.sitting_since_ms != self.state.sitting_since_ms;
        let is_time = self.looks == 1 || self.looks.is_multiple_of(TURN_LOOKS);
        let turn = if seen.remind.is_some() || has_risen || is_time {
            day_rows::take_turn(&mut self.connection, &day.config, now, &self.presence)
                .map_err(|error| self.explain(&error))?
        } else {
            seen
        };
        self.state = turn.state.clone();
        let action = turn.remind.and_then(|place| Some((place, day.config.actions.get(place)?)));
        if let Some((place, action)) = action {
            page.remind(Some(Reminder { place }));
            self.answer = notify::show(tick::notification(action));
        }
        self.end_answered(day, page);
        let board = DayBoard::new(&day.config, now, &turn, &self.wins);
        Ok(page.replace(board) || action.is_some())
    }

    /// Does what a button of the notification said.
    fn hear_answer(&mut self, day: &LoadedDay, page: &mut DayPage) -> Result<(), Failure> {
        let Some(answer) = self.answer.as_ref().and_then(|answer| answer.try_recv().ok()) else {
            return Ok(());
        };
        self.answer = None;
        let Some(reminder) = page.reminder() else { return Ok(()) };
        match answer {
            NotificationAnswer::Done => self.answer(day, page, DayRequest::Done(reminder.place)),
            NotificationAnswer::Later => self.answer(day, page, DayRequest::Later(reminder.place)),
            NotificationAnswer::Nothing => Ok(()),
        }
    }

    /// Ends a reminder that was answered elsewhere, or whose action is due again later.
    fn end_answered(&self, day: &LoadedDay, page: &mut DayPage) {
        let Some(action) = page.reminder().and_then(|reminder| day.config.actions.get(reminder.place)) else {
            return;
        };
        let mark = self.state.mark(&action.key());
        let reminded = mark.reminded.map_or(i64::MIN, |at| at.at_ms);
        if mark.later_ms.is_some() || mark.won.is_some_and(|won| won.at_ms >= reminded) {
            page.remind(None);
        }
    }

    /// Does what the runner asked for on the page.
    fn answer(&mut self, day: &LoadedDay, page: &mut DayPage, request: DayRequest) -> Result<(), Failure> {
        let now = clock::local_time();
        let now_ms = now.timestamp_millis();
        let action = |place: usize| day.config.actions.get(place);
        let said = match request {
            DayRequest::Done(place) => {
                let Some(action) = action(place) else { return Ok(()) };
                self.count(action)?;
                format!("{}: done. u takes it back.", action.name)
            }
            DayRequest::Later(place) => {
                let Some(action) = action(place) else { return Ok(()) };
                let later = day_rows::remind_later(&mut self.connection, &action.key(), now_ms);
                later.map_err(|error| self.explain(&error))?;
                format!("{} again in ten minutes.", action.name)
            }
            DayRequest::Quiet => {
                let until = self.state.quiet_until_ms.is_none().then_some(now_ms.saturating_add(QUIET_MS));
                day_rows::be_quiet(&self.connection, until).map_err(|error| self.explain(&error))?;
                match until {
                    Some(_) => "Quiet for an hour. Q ends it.".to_string(),
                    None => "Reminders come again.".to_string(),
                }
            }
            DayRequest::Undo => {
                let from = actions::start_of_day(now);
                let undone = wins::undo_last(&self.connection, None, from, now_ms);
                match undone.map_err(|error| self.explain(&error))? {
                    Some(win) => {
                        format!("{} at {} no longer counts.", win.action, win.at.local().format("%H:%M"))
                    }
                    None => "There is no win today to take back.".to_string(),
                }
            }
            DayRequest::Do(_) | DayRequest::Edit | DayRequest::Leave => return Ok(()),
        };
        page.say(said);
        self.read(now)?;
        self.end_answered(day, page);
        let turn = due(&day.config, now, &self.state, &self.presence);
        page.replace(DayBoard::new(&day.config, now, &DayTurn { remind: None, ..turn }, &self.wins));
        Ok(())
    }

    fn count(&mut self, action: &DayAction) -> Result<(), Failure> {
        let win = WinMoment { action: action.name.clone(), at: WallMoment::of(clock::local_time()) };
        wins::add(&self.connection, &win, false).map_err(|error| self.explain(&error))
    }
}

/// Says where reminders come, and what is known about the person at the desk.
fn desktop_words(desktop: DesktopPresence) -> String {
    let place = match desktop.shows_notifications {
        true => "Reminders: this terminal, and the desktop.",
        false => "Reminders: this terminal.",
    };
    let sitting = match desktop.idle {
        Some(_) if desktop.do_not_disturb => " Do Not Disturb is on.",
        Some(_) => "",
        None => words::CLOCK_TIME,
    };
    format!("{place}{sitting}")
}
