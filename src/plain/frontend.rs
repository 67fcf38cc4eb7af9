//! The front that prints lines.

use super::lines::Lines;
use crate::audio::volume::Volume;
use crate::coach::{Effect, View};
use crate::frontend::actions::{self, ActionMeaning};
use crate::frontend::{Frontend, LogStatus, MinutesChoice, MinutesKey, Request, SoundStatus, Status, bends};
use crate::keymap::{Action, KeyBinding, KeyContext, Keymap};
use crate::session::{Command, EventKind, Phase, SessionPlace};
use crate::units::{Millis, Moment, PaceUnit};
use crate::workout::sequence::{PlannedStep, Sequence};
use crossterm::event::Event as Input;
use std::io::{self, Write};

/// True for actions of the running screen that lines of text have too.
fn has_action(action: Action) -> bool {
    !matches!(action, Action::Console | Action::Steps | Action::Digits | Action::Lock)
}

/// The description of a key. Unlike the screen, this front stops without asking.
fn description(key: &KeyBinding) -> &'static str {
    match key.action {
        Action::Quit => "Stop at once, without a question",
        _ => key.description,
    }
}

/// The front that prints lines. It reads keys if standard input is a terminal. If standard output is one, the bell
/// replaces signals that cannot be heard.
pub struct Plain<W: Write> {
    out: W,
    lines: Lines,
    keymap: &'static Keymap,
    /// The end of a line: a terminal in raw mode needs a carriage return too.
    newline: &'static str,
    reads_keys: bool,
    to_terminal: bool,
    /// True if the keys have been asked for and not printed yet.
    wants_keys: bool,
    /// The sound status printed last.
    sound: Option<SoundStatus>,
    /// The volume printed last.
    volume: Option<Volume>,
    /// The log status printed last.
    log: LogStatus,
    has_begun: bool,
    /// Lines that answer a key, to be printed without a time.
    replies: Vec<String>,
    /// True if the runner's ceiling has just held the belt back.
    held_at_ceiling: bool,
    /// The minutes that are left, while they are being chosen.
    minutes: Option<MinutesChoice>,
}

impl<W: Write> Plain<W> {
    /// A front that prints to `out`, which may be a terminal. With `reads_keys`, the terminal is put into raw mode to
    /// read single keys.
    pub fn new(out: W, reads_keys: bool, to_terminal: bool) -> Self {
        Plain {
            out,
            lines: Lines::default(),
            keymap: Keymap::defaults(),
            newline: if reads_keys && to_terminal { "\r\n" } else { "\n" },
            reads_keys,
            to_terminal,
            wants_keys: false,
            sound: None,
            volume: None,
            log: LogStatus::Written,
            has_begun: false,
            replies: Vec::new(),
            held_at_ceiling: false,
            minutes: None,
        }
    }

    /// Reads and names these keys instead of the default ones.
    pub fn with_keymap(mut self, keymap: &'static Keymap) -> Self {
        self.lines.set_end_key(keymap.label(KeyContext::Running, Action::EndStep));
        Plain { keymap, ..self }
    }

    /// Prints paces in this unit instead of the belt's.
    pub fn paced(mut self, unit: PaceUnit) -> Self {
        self.lines = self.lines.paced(unit);
        self
    }

    fn print(&mut self, line: &str) -> io::Result<()> {
        write!(self.out, "{line}{}", self.newline)?;
        self.out.flush()
    }

    /// Prints a line that belongs to the one before it.
    fn print_note(&mut self, note: &str) -> io::Result<()> {
        self.print(&format!("           {note}"))
    }

    /// Prints a line with the active time.
    fn print_at(&mut self, elapsed: Millis, words: &str) -> io::Result<()> {
        self.print(&format!("{:>9}  {words}", elapsed.seconds()))
    }

    /// Prints what the runner can do after an effect.
    fn print_hint(&mut self, effect: &Effect, view: &View<'_>) -> io::Result<()> {
        if matches!(effect, Effect::Said(_)) && view.asks && self.reads_keys {
            let keys: Vec<String> = self
                .keymap
                .of(KeyContext::Answering)
                .filter(|key| !key.keys.is_empty())
                .map(|key| format!("{}: {}", key.all_labels(), key.description))
                .collect();
            return self.print_note(&keys.join(", "));
        }
        let Effect::Happened(event) = effect else { return Ok(()) };
        match event.what {
            EventKind::CountingIn { .. } => {
                let Some(setting) = view.setting else { return Ok(()) };
                let belt = &view.treadmill.belt;
                let number = format!("belt: {} {}", belt.text(setting.number), belt.unit.name());
                let key = self.keymap.label(KeyContext::Running, Action::EndStep);
                self.print_note(&format!("{number}; {key} starts now"))
            }
            EventKind::WasAbsent { .. } if self.reads_keys => {
                let keys = self.absence_keys();
                self.print_note(&keys)
            }
            EventKind::StepBegan { .. } if !self.reads_keys && view.position.length.is_none() => {
                self.print_note("no keys are read: this step lasts until the program ends")
            }
            EventKind::StepBegan { step } if self.reads_keys && view.ends_repeat => {
                let key = self.keymap.label(KeyContext::Running, Action::EndStep);
                match view.sequence.index(step).filter(|index| view.sequence.may_end_repeat_from(*index)) {
                    Some(_) if view.step().is_some_and(PlannedStep::is_endless) => {
                        self.print_note(&format!("this repeats until you press {key}"))
                    }
                    Some(_) => self.print_note(&format!("you may stop: {key} ends the reps")),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The keys that answer the question after an absence.
    fn absence_keys(&self) -> String {
        let answers = [
            (&[Action::Resume, Action::Choose][..], "resume from there"),
            (&[Action::CatchUp], "count the absence as run"),
            (&[Action::Stop], "stop"),
        ];
        let hint = |(actions, words): &(&[Action], &str)| {
            let labels = actions.iter().map(|action| self.keymap.label(KeyContext::Absence, *action));
            let labels: Vec<&str> = labels.filter(|label| !label.is_empty()).collect();
            (!labels.is_empty()).then(|| format!("{}: {words}", labels.join(" or ")))
        };
        answers.iter().filter_map(hint).collect::<Vec<_>>().join(", ")
    }

    /// Prints the keys, and the answers to keys.
    fn print_replies(&mut self, elapsed: Millis) -> io::Result<()> {
        if std::mem::take(&mut self.wants_keys) {
            let applies = |key: &&KeyBinding| has_action(key.action) && !key.keys.is_empty();
            for key in self.keymap.of(KeyContext::Running).filter(applies) {
                self.print_note(&format!("{}: {}", key.all_labels(), description(key)))?;
            }
        }
        for line in std::mem::take(&mut self.replies) {
            self.print_note(&line)?;
        }
        if std::mem::take(&mut self.held_at_ceiling) {
            self.print_at(elapsed, "held at your ceiling; you can go past it only on the screen")?;
        }
        Ok(())
    }

    /// Prints the log, volume and sound if they have changed.
    fn print_status(&mut self, status: &Status, elapsed: Millis) -> io::Result<()> {
        if self.log != status.log {
            self.log = status.log.clone();
            let words = match &self.log {
                LogStatus::Written => "saved: the log can be written again".to_string(),
                waiting => waiting.to_string(),
            };
            self.print_at(elapsed, &words)?;
        }
        let before = self.volume.replace(status.volume);
        if before.map_or(status.volume.muted, |before| before != status.volume) {
            self.print_at(elapsed, &status.volume.to_string())?;
        }
        if status.sound == SoundStatus::Opening || self.sound.as_ref() == Some(&status.sound) {
            return Ok(());
        }
        self.sound = Some(status.sound.clone());
        let words = match &status.sound {
            SoundStatus::Silent(why) if self.to_terminal => {
                format!("no sound: the terminal's bell instead ({why})")
            }
            SoundStatus::Silent(why) => format!("no sound: {why}"),
            heard => heard.to_string(),
        };
        self.print_at(elapsed, &words)
    }

    /// Handles an action that is not about the session.
    fn handle_front_action(&mut self, action: Action, view: &View<'_>) {
        match action {
            Action::Help => self.wants_keys = true,
            Action::Signs => self.replies = sign_lines(view.sequence),
            Action::Minutes => {
                let choice = MinutesChoice::below(view.position.left);
                self.replies.push(minutes_line(choice, view));
                self.replies.push(MinutesChoice::hints(self.keymap, "cuts").join(", "));
                self.minutes = Some(choice);
            }
            _ => {}
        }
    }

    /// Handles a key while the minutes that are left are being chosen.
    fn handle_minutes(
        &mut self,
        mut choice: MinutesChoice,
        action: Action,
        view: &View<'_>,
    ) -> Option<Request> {
        match choice.press(action) {
            MinutesKey::Open => {
                if self.minutes != Some(choice) {
                    self.replies.push(minutes_line(choice, view));
                }
                self.minutes = Some(choice);
                None
            }
            MinutesKey::Cancel => {
                self.minutes = None;
                self.replies.push("nothing was cut".to_string());
                None
            }
            MinutesKey::Chosen(left) => match bends::within(view, left) {
                Ok(command) => {
                    self.minutes = None;
                    Some(Request::Command(command))
                }
                Err(refusal) => {
                    self.replies.push(refusal.text(view, self.keymap));
                    None
                }
            },
        }
    }
}

/// The minutes that are left as they stand, and what a cut to them changes.
fn minutes_line(choice: MinutesChoice, view: &View<'_>) -> String {
    format!("{} minutes left: {}", choice.minutes(), bends::rest_within(view, choice.time()))
}

/// The workout's warning signs, one per line.
fn sign_lines(sequence: &Sequence) -> Vec<String> {
    let heading = "any one of these: slow down, walk or stop".to_string();
    let signs = sequence.during_signs.iter().map(|sign| format!("- {sign}"));
    std::iter::once(heading).chain(signs).collect()
}

impl<W: Write> Frontend for Plain<W> {
    fn handle_effect(
        &mut self,
        effect: &Effect,
        view: &View<'_>,
        status: &Status,
        _: Moment,
    ) -> io::Result<()> {
        if let Effect::Sounded(cue) = effect
            && self.to_terminal
            && status.wants_bell()
            && !cue.signal.is_soft()
        {
            self.out.write_all(b"\x07")?;
        }
        self.lines.set_treadmill(*view.treadmill);
        let Some(line) = self.lines.line(effect, view.sequence) else {
            return Ok(());
        };
        if !std::mem::replace(&mut self.has_begun, true)
            && let Some(resumed) = self.lines.resumed(effect, view)
        {
            self.print(&resumed)?;
        }
        self.print(&line)?;
        self.print_hint(effect, view)
    }

    fn show(&mut self, view: &View<'_>, status: &Status, _: Moment) -> io::Result<()> {
        let elapsed = view.position.elapsed;
        self.print_replies(elapsed)?;
        self.print_status(status, elapsed)
    }

    fn next_redraw(&self, _: &View<'_>, _: Moment) -> Option<Millis> {
        None
    }

    fn handle_input(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        let Input::Key(key) = input else { return None };
        let is_absent = matches!(view.phase, Phase::Absent { .. });
        let context = if is_absent { KeyContext::Absence } else { KeyContext::Running };
        if let Some(choice) = self.minutes.filter(|_| !is_absent)
            && let Some(action) = self.keymap.action(KeyContext::Minutes, key)
            && !matches!(action, Action::Interrupt | Action::Suspend)
        {
            return self.handle_minutes(choice, action, view);
        }
        let action = match actions::action_of_key(key, self.keymap, context, view)? {
            // There is no list of answers here, so Enter stands for the usual one.
            Action::Choose => Action::Resume,
            action => action,
        };
        match actions::meaning(action, view) {
            ActionMeaning::Request(request) => Some(request),
            ActionMeaning::Stop => Some(Request::Command(Command::Stop)),
            ActionMeaning::PastCeiling { .. } => {
                self.held_at_ceiling = true;
                None
            }
            ActionMeaning::Refused(refusal) => {
                self.replies.push(refusal.text(view, self.keymap));
                None
            }
            ActionMeaning::FrontOnly => {
                self.handle_front_action(action, view);
                None
            }
        }
    }

    fn is_unattended(&self) -> bool {
        !self.reads_keys
    }

    /// True: lines have no count-in to look at, and recorded lines start at second 0.
    fn starts_at_once(&self) -> bool {
        true
    }

    /// True after the last step: nobody at the other end of a pipe could end an open cool-down.
    fn is_done(&self, view: &View<'_>) -> bool {
        view.phase == Phase::Stopped || view.position.place == SessionPlace::After
    }

    fn leave(&mut self) -> io::Result<()> {
        self.out.flush()?;
        if self.reads_keys { crossterm::terminal::disable_raw_mode() } else { Ok(()) }
    }

    fn enter(&mut self) -> io::Result<()> {
        if self.reads_keys {
            // A shell may have left raw mode in the meantime, which `enable_raw_mode` would not notice.
            crossterm::terminal::disable_raw_mode()?;
            crossterm::terminal::enable_raw_mode()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::KeyPress;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn the_question_after_an_absence_names_the_keys_of_the_runner() {
        let plain = Plain::new(Vec::new(), true, true);
        assert_eq!(
            plain.absence_keys(),
            "r or Enter: resume from there, c: count the absence as run, s: stop"
        );
        let mut keymap = Keymap::default();
        let x = KeyPress::of(&KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE));
        keymap.rebind(KeyContext::Absence, Action::Resume, &[x]);
        keymap.rebind(KeyContext::Absence, Action::CatchUp, &[]);
        let plain = plain.with_keymap(Box::leak(Box::new(keymap)));
        assert_eq!(plain.absence_keys(), "x or Enter: resume from there, s: stop");
    }
}
