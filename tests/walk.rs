//! A random walk through keys, mouse events, pastes, window sizes and time. Whatever comes in, the session must stay
//! consistent.

use crate::fixture;
use chrono::NaiveTime;
use crossterm::event::{
    Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::frontend::{Frontend, LogStatus, Request, SoundStatus, Status};
use pacebell::keymap::Keymap;
use pacebell::runner::profile::Units;
use pacebell::session::{Command, Event, EventKind, Phase, Record, Session, SessionPlace};
use pacebell::tui::{Signs, Theme, Tui};
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::sequence::Sequence;
use std::io;
use std::sync::Arc;

const STEPS: usize = 100_000;
/// The steps between two frames, which cost more than a key.
const DRAW_EVERY: usize = 25;
/// The steps between two large frames, which cost even more.
const LARGE_EVERY: usize = 1_000;
/// The steps after which the recorded events are replayed and a new session begins.
const SESSION: usize = 2_500;
const SEED: u64 = 0x9ace_be11;

/// A random number generator (xorshift64*) that takes the same walk on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// A checked output: only valid text may reach it, and only ASCII if the terminal has no UTF-8.
struct Line {
    ascii: bool,
}

impl io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        assert!(std::str::from_utf8(bytes).is_ok(), "{bytes:?}");
        assert!(!self.ascii || bytes.is_ascii(), "{}", String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A runner who presses anything, with the session and its screen.
struct Walk {
    chance: Chance,
    sequence: Arc<Sequence>,
    coach: Coach,
    tui: Tui<Line>,
    status: Status,
    at: Moment,
    size: (u16, u16),
    events: Vec<Event>,
    /// The furthest active time so far. Only undoing a stop after an absence may reduce it.
    elapsed: Millis,
    /// The latest inputs, to print if the test fails.
    trail: Vec<String>,
}

fn status(chance: &mut Chance) -> Status {
    let silent = chance.below(2) == 0;
    let waits = chance.below(4) == 0;
    Status {
        volume: pacebell::audio::volume::Volume::default(),
        sound: if silent {
            SoundStatus::Silent("none".into())
        } else {
            SoundStatus::Heard("PulseAudio".into())
        },
        log: match waits {
            true => LogStatus::Waiting { problem: "the disk is full".into(), help: "free some space".into() },
            false => LogStatus::Written,
        },
        rehearsal: Rehearsal::REAL_TIME,
        time: NaiveTime::from_hms_opt(23, 59, 30).filter(|_| chance.below(4) > 0),
        may_sleep: (chance.below(4) == 0).then(|| "denied".to_string()),
    }
}

impl Walk {
    fn new(mut chance: Chance) -> Walk {
        let all = [
            fixture::intervals,
            fixture::ramp,
            fixture::open,
            fixture::range,
            fixture::distance,
            fixture::nested,
            fixture::careful,
            fixture::careful,
        ];
        let sequence = chance.of(&all)();
        let status = status(&mut chance);
        let ascii = chance.below(3) == 0;
        let signs = if ascii { Signs::Ascii } else { Signs::All };
        let theme = Theme::new(chance.below(2) == 0).with(signs);
        Walk {
            coach: Coach::new(Arc::clone(&sequence), Treadmill::default(), Rehearsal::REAL_TIME),
            tui: Tui::on(Line { ascii }, theme, Units::default()),
            sequence,
            status,
            at: Moment::default(),
            size: (100, 30),
            events: Vec::new(),
            elapsed: Millis::ZERO,
            trail: Vec::new(),
            chance,
        }
    }

    fn take(&mut self, effects: &[Effect]) {
        let view = self.coach.view(self.at);
        for effect in effects {
            if let Effect::Happened(event) = effect {
                self.events.push(*event);
            }
            self.tui.handle_effect(effect, &view, &self.status, self.at).unwrap();
        }
    }

    fn tell(&mut self, command: Command) {
        self.trail.push(format!("{} {command:?}", self.at.since(Moment::default()).seconds()));
        let effects = self.coach.handle(command, self.at);
        self.take(&effects);
    }

    fn input(&mut self, input: &Input) {
        self.trail.push(format!("{} {input:?}", self.at.since(Moment::default()).seconds()));
        if let Input::Resize(width, height) = *input {
            self.size = (width, height);
        }
        if let Some(Request::Command(command)) = self.tui.handle_input(input, &self.coach.view(self.at)) {
            // Count in as the runtime does if the belt has a lag.
            let stands = matches!(self.coach.session().phase(), Phase::Paused | Phase::Absent { .. });
            let counts = command == Command::Resume && stands && self.chance.below(2) == 0;
            self.tell(if counts { Command::CountIn(Millis::from_secs(5)) } else { command });
        }
    }

    /// Sends a bound key or any other key, a click, a paste or a new window size.
    fn something(&mut self) -> Input {
        let held = [KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL, KeyModifiers::ALT];
        match self.chance.below(20) {
            0..12 => {
                let bindings = Keymap::defaults().bindings();
                let row = &bindings[self.chance.below(bindings.len() as u64) as usize];
                let key = self.chance.of(&row.keys);
                Input::Key(KeyEvent::new(key.code, key.modifiers))
            }
            12..15 => {
                let code =
                    char::from_u32(self.chance.below(0x2600) as u32).map_or(KeyCode::Null, KeyCode::Char);
                let mut key = KeyEvent::new(code, self.chance.of(&held));
                key.kind =
                    self.chance.of(&[KeyEventKind::Press, KeyEventKind::Repeat, KeyEventKind::Release]);
                Input::Key(key)
            }
            15 => {
                let button = self.chance.of(&[MouseButton::Left, MouseButton::Middle, MouseButton::Right]);
                let kind = self.chance.of(&[
                    MouseEventKind::Down(button),
                    MouseEventKind::Up(button),
                    MouseEventKind::Drag(button),
                    MouseEventKind::Moved,
                    MouseEventKind::ScrollDown,
                    MouseEventKind::ScrollUp,
                ]);
                // Also outside the window, which may have been larger when the button went down.
                let (column, row) = (self.chance.below(320) as u16, self.chance.below(110) as u16);
                Input::Mouse(MouseEvent { kind, column, row, modifiers: self.chance.of(&held) })
            }
            16 => Input::Paste(self.chance.of(&["q", "5.2\n", "\u{1b}[2J", "走 ]]]]]]", ""]).to_string()),
            17 => self.chance.of(&[&Input::FocusGained, &Input::FocusLost]).clone(),
            _ => {
                let most = self.chance.of(&[(4, 4), (60, 20), (120, 40), (300, 100)]);
                // Some terminals report no size while they are being created.
                let size = (self.chance.below(most.0 + 1), self.chance.below(most.1 + 1));
                Input::Resize(size.0 as u16, size.1 as u16)
            }
        }
    }

    /// Lets some time pass, sometimes without ticks, as if the machine had slept.
    fn time_passes(&mut self) {
        let wait = match self.chance.below(10) {
            0..5 => 0,
            5..9 => self.chance.below(2_000),
            _ => self.chance.below(120_000),
        };
        let to = self.at + Millis::new(wait);
        if self.chance.below(200) == 0 {
            let since = self.at;
            self.at = to;
            return self.tell(Command::Absence { since });
        }
        loop {
            let next = self.coach.next_deadline().filter(|d| *d <= to).unwrap_or(to);
            self.at = next.max(self.at);
            let effects = self.coach.tick(self.at);
            self.take(&effects);
            if next == to {
                return;
            }
        }
    }

    /// Draws a frame on the terminal, after adapting it to the terminal's abilities.
    fn draw(&mut self, most: (u16, u16)) {
        let view = self.coach.view(self.at);
        let size = (self.size.0.min(most.0), self.size.1.min(most.1));
        if size != self.size {
            self.tui.handle_input(&Input::Resize(size.0, size.1), &view);
            self.size = size;
        }
        self.tui.show(&view, &self.status, self.at).unwrap();
        if view.phase == Phase::Running {
            let next = self.tui.next_redraw(&view, self.at).expect("a running clock moves");
            assert!(next > Millis::ZERO && next <= Millis::from_secs(1), "{next:?}");
        }
    }

    /// Asserts everything that holds at every moment.
    fn check(&mut self) {
        let session = self.coach.session();
        let position = session.position(self.at);
        assert!(position.elapsed >= self.elapsed, "{:?} before {:?}", position.elapsed, self.elapsed);
        self.elapsed = position.elapsed;
        if let SessionPlace::Step(index) = position.place {
            // A bend may have added a rep.
            assert!(index < session.sequence().steps.len());
            assert!(position.length.is_none_or(|length| position.into <= length), "{position:?}");
        }
        let laps = session.laps();
        if let Some(last) = laps.last() {
            let into = if session.phase() == Phase::Stopped { Millis::ZERO } else { position.into };
            assert_eq!(last.to + into, position.elapsed, "all time is in a lap, or in the step being run");
        }
    }

    /// Asserts everything that holds for the whole session, which is too slow after every key.
    fn check_all(&self) {
        let session = self.coach.session();
        let laps = session.laps();
        assert!(laps.first().is_none_or(|lap| lap.from == Millis::ZERO));
        for pair in laps.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "laps follow each other");
        }
        assert!(laps.iter().all(|lap| lap.from <= lap.to));
        for pair in self.events.windows(2) {
            // Catching up after an absence adds its events, and undoing a jump adds those that would have happened since.
            let behind = matches!(pair[0].what, EventKind::CaughtUp | EventKind::Undone);
            assert!(behind || pair[0].elapsed <= pair[1].elapsed, "{pair:?}");
        }
        let mut again =
            Session::replay(Arc::clone(&self.sequence), &Record::new(self.events.clone())).unwrap();
        again.advance(self.at);
        assert_eq!(again.phase(), session.phase());
        assert_eq!(again.position(self.at), session.position(self.at));
        assert_eq!(again.laps(), session.laps());
        assert_eq!(again.pauses(), session.pauses());
    }

    /// Takes one step of the walk.
    fn step(&mut self, number: usize) {
        self.time_passes();
        let input = self.something();
        self.input(&input);
        if number.is_multiple_of(DRAW_EVERY) {
            self.draw(if number.is_multiple_of(LARGE_EVERY) { (300, 100) } else { (100, 30) });
        }
        self.check();
        if number % SESSION == SESSION - 1 {
            self.check_all();
        } else if self.coach.session().phase() == Phase::Stopped {
            // Resume, so that the walk does not end with the first `q s`.
            self.check_all();
            self.tell(Command::Reopen);
        } else if self.coach.session().phase() == Phase::Ready {
            let counts = self.chance.below(2) == 0;
            self.tell(if counts { Command::CountIn(Millis::from_secs(5)) } else { Command::Start });
        }
    }
}

/// Prints the latest inputs if an assertion fails.
impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let last = self.trail.len().saturating_sub(40);
            eprintln!("{}, last of all:\n{}", self.sequence.name, self.trail[last..].join("\n"));
        }
    }
}

#[test]
fn random_inputs_keep_the_session_consistent() {
    let mut chance = Chance(SEED);
    let (mut answered, mut counted_in) = (0, 0);
    for _ in 0..STEPS / SESSION {
        let mut walk = Walk::new(Chance(chance.next() | 1));
        for number in 0..SESSION {
            walk.step(number);
        }
        let answers = |event: &&Event| matches!(event.what, EventKind::Answered { .. } | EventKind::EasedOff);
        answered += walk.events.iter().filter(answers).count();
        counted_in += usize::from(matches!(walk.events[0].what, EventKind::CountingIn { .. }));
    }
    assert!(answered > 20 && counted_in > 0, "{answered} answers, {counted_in} count-ins");
}
