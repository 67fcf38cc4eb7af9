//! The screens: what they show at a given time and size, and what their keys do.

mod belt;
mod checkin;
mod ending;
mod glance;
mod log;
mod messages;
mod numbers;
mod own_keys;
mod pages;
mod picker;
mod plan;
mod profile;
mod questions;
mod repeats;
mod running;
mod strokes;
mod styles;
mod themes;
mod title;
mod trends;
mod unfinished;
mod volume;
mod ways;

use crate::fixture;
use chrono::NaiveTime;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use pacebell::athlete::HeartRates;
use pacebell::audio::volume::Volume;
use pacebell::belt::{Belt, Treadmill};
use pacebell::coach::{Coach, Effect};
use pacebell::frontend::{Frontend, LogStatus, Request, SoundStatus, Status, VolumeChange};
use pacebell::keymap::{KeyContext, Keymap};
use pacebell::runner::profile::Units;
use pacebell::sensors::Characteristic;
use pacebell::session::{Command, Phase};
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::{RunningScreen, Theme, Tui};
use pacebell::units::{HeartRateRange, Incline, Millis, Moment, Rehearsal, SpeedUnit};
use pacebell::workout::sequence::Sequence;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::cell::RefCell;
use std::io;
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

const SIZES: [(u16, u16); 7] = [(200, 60), (120, 35), (100, 30), (80, 24), (60, 20), (40, 12), (30, 8)];

/// A session and its screen at a point in time.
struct Run {
    coach: Coach,
    screen: RunningScreen,
    status: Status,
    at: Moment,
    /// The size of the window.
    size: (u16, u16),
}

impl Run {
    fn of(sequence: Arc<Sequence>) -> Run {
        Run::on(sequence, Treadmill::default())
    }

    fn on(sequence: Arc<Sequence>, treadmill: Treadmill) -> Run {
        let mut run = Run::ready(sequence, treadmill);
        run.tell(Command::Start);
        run
    }

    /// A session that has not started.
    fn ready(sequence: Arc<Sequence>, treadmill: Treadmill) -> Run {
        Run {
            coach: Coach::new(sequence, treadmill, Rehearsal::REAL_TIME),
            screen: RunningScreen::new(Theme::new(true), Units::default()),
            status: Status {
                sound: SoundStatus::Heard("PulseAudio".to_string()),
                volume: Volume::default(),
                log: LogStatus::Written,
                rehearsal: Rehearsal::REAL_TIME,
                time: NaiveTime::from_hms_opt(18, 42, 0),
                may_sleep: None,
            },
            at: Moment::new(0),
            size: (100, 30),
        }
    }

    fn mute(mut self) -> Run {
        self.status.sound = SoundStatus::Silent("no sound server answers".to_string());
        self
    }

    fn plain(mut self) -> Run {
        self.screen = RunningScreen::new(Theme::new(false), Units::default());
        self
    }

    /// Wears a strap that has just sent this heart rate.
    fn measuring(mut self, bpm: u8) -> Run {
        self.coach = self.coach.with_heart_sensor(HeartRates::default());
        self.coach.sense(Characteristic::HeartRate, &[0, bpm], self.at);
        self
    }

    fn show(&mut self, effects: &[Effect]) {
        let view = self.coach.view(self.at);
        for effect in effects {
            self.screen.handle_effect(effect, &view, &self.status, self.at);
        }
    }

    fn tell(&mut self, command: Command) {
        let effects = self.coach.handle(command, self.at);
        self.show(&effects);
    }

    /// Lets time pass until this many seconds after the start.
    fn to(mut self, seconds: f64) -> Run {
        self.wait_until(Moment::new((seconds * 1000.0) as u64));
        self
    }

    /// Ticks at each deadline on the way and at the end, as the runtime does.
    fn wait_until(&mut self, at: Moment) {
        loop {
            let next = self.coach.next_deadline().filter(|d| *d <= at).unwrap_or(at);
            self.at = next;
            let effects = self.coach.tick(next);
            self.show(&effects);
            if next == at {
                return;
            }
        }
    }

    fn press(&mut self, code: KeyCode) -> Option<Request> {
        self.input(&key(code))
    }

    /// Draws before the input, as the runtime does.
    fn input(&mut self, input: &Input) -> Option<Request> {
        self.draw(self.size);
        let request = self.screen.handle_input(input, &self.coach.view(self.at));
        match request {
            Some(Request::Command(command)) => self.tell(command),
            Some(Request::ChangeVolume(change)) => self.status.volume = change.apply(self.status.volume),
            _ => {}
        }
        request
    }

    fn after(mut self, codes: &[KeyCode]) -> Run {
        for code in codes {
            self.press(*code);
        }
        self
    }

    fn draw(&mut self, (width, height): (u16, u16)) -> Buffer {
        self.size = (width, height);
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let view = self.coach.view(self.at);
        self.screen.prepare(buffer.area, &view, &self.status, self.at);
        self.screen.draw(&mut buffer, &view, &self.status, self.at);
        buffer
    }

    /// The text on the screen, after any flash.
    fn text(&mut self, size: (u16, u16)) -> String {
        text(&self.unlit(size))
    }

    fn pictures(&mut self) -> String {
        pictures(|size| self.unlit(size))
    }

    fn unlit(&mut self, size: (u16, u16)) -> Buffer {
        let lit = self.screen.clone();
        self.screen = lit.clone().flashing(false);
        let buffer = self.draw(size);
        self.screen = lit;
        self.draw(size);
        buffer
    }

    fn next_redraw(&self) -> Option<Millis> {
        self.screen.next_redraw(&self.coach.view(self.at), self.at)
    }

    fn phase(&self) -> Phase {
        self.coach.session().phase()
    }
}

/// A page, drawn at a size.
fn drawn(page: &impl Page, (width, height): (u16, u16)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    page.draw(&mut buffer);
    buffer
}

/// Presses keys up to the first that makes a request, and returns it.
fn press<P: Page>(page: &mut P, codes: &[KeyCode]) -> Option<PageRequest<P::Outcome>> {
    codes.iter().find_map(|code| page.input(&key(*code)))
}

fn control(c: char) -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn key(code: KeyCode) -> Input {
    Input::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// The symbols of a buffer, one line a row, without the cells that a wide character covers.
fn text(buffer: &Buffer) -> String {
    let mut lines = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += (symbol.width() as u16).max(1);
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// The text of a screen at every size.
fn pictures(mut draw: impl FnMut((u16, u16)) -> Buffer) -> String {
    let one = |size: &(u16, u16)| format!("── {}x{} ──\n{}", size.0, size.1, text(&draw(*size)));
    SIZES.iter().map(one).collect()
}

fn cells(buffer: &Buffer) -> impl Iterator<Item = &Cell> {
    buffer.content.iter()
}

fn hard() -> Run {
    Run::of(fixture::intervals()).to(452.0)
}

fn absent() -> Run {
    let mut run = hard();
    let since = run.at;
    run.at = since + Millis::from_secs(200);
    run.tell(Command::Absence { since });
    run
}

#[test]
fn an_open_step() {
    insta::assert_snapshot!(Run::of(fixture::open()).to(663.0).pictures());
}

#[test]
fn a_range_before_and_after_its_lower_bound() {
    let mut run = Run::of(fixture::range()).to(4000.0);
    assert!(run.text((100, 30)).contains("Enter ends it from 1:15:00 on"));
    assert!(!run.text((100, 30)).contains("km/h"), "the pace is by feel");
    run.wait_until(Moment::new(4_500_000));
    assert!(run.text((40, 12)).contains("Enter ends it now"));
    assert_eq!(run.press(KeyCode::Enter), Some(Request::Command(Command::EndStep)));
    assert!(run.text((100, 30)).contains("step 2 of 2"));
}

#[test]
fn a_distance_that_only_the_treadmill_knows() {
    insta::assert_snapshot!(Run::of(fixture::distance()).mute().to(83.0).pictures());
}

#[test]
fn nested_repeats_with_wide_characters() {
    insta::assert_snapshot!(Run::of(fixture::nested()).to(130.0).pictures());
}

#[test]
fn after_an_absence() {
    insta::assert_snapshot!(absent().pictures());
}

#[test]
fn the_stop_prompt() {
    insta::assert_snapshot!(hard().after(&[KeyCode::Char('q')]).pictures());
}

#[test]
fn help() {
    insta::assert_snapshot!(hard().after(&[KeyCode::Char('?')]).pictures());
}

#[test]
fn the_field_and_the_row_below_have_the_colours_of_their_zones() {
    let on = |run: Run, x: u16, y: u16| run_at(run, x, y).bg;
    let hard_field = on(hard(), 0, 5);
    let easy_field = on(Run::of(fixture::intervals()).to(370.0), 0, 5);
    assert_ne!(hard_field, easy_field);
    assert!(![hard_field, easy_field].contains(&Color::Reset));
    // In an easy step the next row has the colour of the hard one, and the other way round.
    assert_eq!(on(hard(), 0, 24), easy_field);
    assert_eq!(on(Run::of(fixture::intervals()).to(370.0), 0, 24), hard_field);
}

fn run_at(mut run: Run, x: u16, y: u16) -> Cell {
    run.draw((100, 30))[(x, y)].clone()
}

#[test]
fn a_pause_drops_the_colour_and_says_how_to_resume() {
    let running = run_at(hard(), 0, 15);
    let mut paused = hard().after(&[KeyCode::Char(' ')]);
    assert_ne!(run_at(hard().after(&[KeyCode::Char(' ')]), 0, 15).bg, running.bg);
    assert!(paused.text((60, 20)).contains("Space resumes"));
    // 18:42:00 and 17:28 left: at 18:59:28 it would end, which is 19:00 to the nearest minute from 18:59:30 on.
    assert_eq!(paused.next_redraw(), Some(Millis::from_secs(2)), "only the time of the end changes");
    paused.status.time = None;
    paused.text((60, 20));
    assert_eq!(paused.next_redraw(), None, "nothing changes");
    assert_eq!(paused.press(KeyCode::Enter), Some(Request::Command(Command::Resume)));
    assert_eq!(run_at(paused, 0, 15).bg, running.bg);
}

#[test]
fn without_colour_everything_is_in_words() {
    let mut run = hard().plain();
    let buffer = run.draw((100, 30));
    assert!(cells(&buffer).all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
    let text = text(&run.draw((40, 12)));
    for words in ["hard", "rep 2 of 8", "km/h", "4:17/km", "next  ▼ easier  9.0  easy  1:00"] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    let mut paused = run.after(&[KeyCode::Char(' ')]);
    let buffer = paused.draw((100, 30));
    assert!(cells(&buffer).any(|c| c.modifier.contains(Modifier::REVERSED)));
}

#[test]
fn the_chart_tells_past_from_future() {
    let mut run = Run::of(fixture::intervals()).to(750.0);
    let buffer = run.draw((100, 30));
    let colours = |columns: std::ops::Range<u16>| -> Vec<Color> {
        let mut all: Vec<Color> = columns.map(|x| buffer[(x, 28)].fg).collect();
        all.dedup();
        all
    };
    // Halfway through 25 minutes, no colour left of the middle also appears right of it.
    let (run, to_come) = (colours(1..48), colours(52..99));
    assert!(run.iter().all(|c| !to_come.contains(c)), "{run:?} {to_come:?}");
}

#[test]
fn a_flash_covers_the_whole_screen_and_any_overlay() {
    for codes in [&[][..], &[KeyCode::Char('?')], &[KeyCode::Char('q')]] {
        let mut run = Run::of(fixture::intervals()).mute().to(359.0).after(codes).to(360.0);
        let buffer = run.draw((100, 30));
        let first = buffer[(0, 0)].bg;
        assert!(first != Color::Reset && cells(&buffer).all(|c| c.bg == first), "{codes:?}");
    }
}

#[test]
fn shows_every_detail_of_a_step() {
    let mut step = fixture::step("Z3", 600, 3, 10.0);
    step.target.heart_rate = Some(HeartRateRange { words: "Z3".to_string(), bpm: Some((144, 156)) });
    step.incline = Incline::from_percent(1.5);
    step.label = Some("Cruise".to_string());
    let mut run = Run::of(fixture::plan("one").then(step).done()).to(1.0);
    let text = run.text((60, 20));
    for words in ["Cruise", "Z3", "144–156 bpm", "incline 1.5%", "6:00/km", "then  the finish"] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn a_belt_in_miles_shows_miles() {
    let mut run = Run::of(fixture::intervals());
    run.coach = Coach::new(
        fixture::intervals(),
        Treadmill { belt: Belt { unit: SpeedUnit::MilesPerHour, ..Belt::default() }, ceiling: None },
        Rehearsal::REAL_TIME,
    );
    run.tell(Command::Start);
    let units = Units::of(SpeedUnit::MilesPerHour);
    run.screen = RunningScreen::new(Theme::new(true), units);
    // 9 km/h is 5.59 mph, which the belt rounds to 5.6, or 10:43 a mile.
    let text = run.text((40, 12));
    assert!(text.contains("mph") && text.contains("10:43/mi"), "{text}");
}

#[test]
fn halfway_neither_rings_nor_flashes() {
    let mut run = Run::of(fixture::ramp()).mute().to(450.0);
    run.screen.take_bell();
    let before = run.draw((100, 30))[(0, 5)].bg;
    // Halfway through the plateau from 5:00 to 20:00.
    run.wait_until(Moment::new(750_000));
    assert!(!run.screen.take_bell());
    assert_eq!(run.draw((100, 30))[(0, 5)].bg, before);
}

#[test]
fn catching_up_does_not_ring_for_missed_cues() {
    let mut run = absent().mute();
    run.screen.take_bell();
    run.press(KeyCode::Char('c'));
    assert_eq!(run.phase(), Phase::Running);
    assert!(!run.screen.take_bell());
}

#[test]
fn the_clock_runs_during_the_stop_prompt() {
    let mut run = hard().after(&[KeyCode::Char('q')]);
    assert_eq!(run.phase(), Phase::Running);
    assert!(run.next_redraw().is_some());
    assert_eq!(run.press(KeyCode::Esc), None);
    assert!(!run.text((100, 30)).contains("Stop here"));
    run.press(KeyCode::Char('q'));
    run.press(KeyCode::Down);
    assert_eq!(run.press(KeyCode::Enter), None, "the session is still running");
    run.press(KeyCode::Char('q'));
    assert_eq!(run.press(KeyCode::Enter), Some(Request::Command(Command::Stop)));
    assert!(run.screen.is_done(&run.coach.view(run.at)), "the summary is a page of its own");
    assert_eq!(run.press(KeyCode::Enter), None);
}

#[test]
fn one_key_ends_the_session_after_the_last_step() {
    for code in [KeyCode::Enter, KeyCode::Char('q'), KeyCode::Esc] {
        let mut run = Run::of(fixture::intervals()).to(1510.0);
        assert_eq!(run.press(code), Some(Request::Command(Command::Stop)));
        assert_eq!(run.phase(), Phase::Stopped);
    }
}

#[test]
fn every_answer_to_an_absence_is_one_key() {
    for (code, command) in [
        (KeyCode::Char('r'), Command::Resume),
        (KeyCode::Char(' '), Command::Resume),
        (KeyCode::Enter, Command::Resume),
        (KeyCode::Char('c'), Command::CatchUp),
        (KeyCode::Char('s'), Command::Stop),
    ] {
        assert_eq!(absent().press(code), Some(Request::Command(command)), "{code:?}");
    }
}

#[test]
fn an_absence_closes_any_overlay() {
    let mut run = hard().after(&[KeyCode::Char('?')]);
    let since = run.at;
    run.at = since + Millis::from_secs(90);
    run.tell(Command::Absence { since });
    assert!(run.text((60, 20)).contains("Resume from there"));
}

#[test]
fn keys_do_what_the_help_says() {
    for (code, command) in [
        (KeyCode::Char(' '), Command::Pause),
        (KeyCode::Right, Command::Skip),
        (KeyCode::PageDown, Command::Skip),
        (KeyCode::Left, Command::Back),
        (KeyCode::PageUp, Command::Pause),
        (KeyCode::Up, Command::Extend(Millis::from_secs(10))),
    ] {
        assert_eq!(hard().press(code), Some(Request::Command(command)), "{code:?}");
    }
    for (key, change) in [
        ('+', VolumeChange::Louder),
        ('=', VolumeChange::Louder),
        ('-', VolumeChange::Softer),
        ('m', VolumeChange::ToggleMute),
    ] {
        assert_eq!(hard().press(KeyCode::Char(key)), Some(Request::ChangeVolume(change)), "{key}");
    }
    assert_eq!(hard().input(&control('c')), Some(Request::Interrupt));
    assert_eq!(absent().input(&control('c')), Some(Request::Interrupt));
    assert_eq!(hard().after(&[KeyCode::Char('q')]).input(&control('z')), Some(Request::Suspend));
}

#[test]
fn redraws_when_a_second_flips() {
    // A step that starts on a whole second flips elapsed and remaining together; extended by 250 ms, it does not.
    let run = Run::of(fixture::intervals()).to(370.4);
    assert_eq!(run.next_redraw(), Some(Millis::new(600)));
    let mut run = Run::of(fixture::intervals()).to(370.4);
    run.tell(Command::Extend(Millis::new(250)));
    // With 49.6 s + 0.25 s left, the countdown flips in 850 ms, elapsed in 600 ms.
    assert_eq!(run.next_redraw(), Some(Millis::new(600)));
    run.wait_until(Moment::new(371_100));
    // With 49.15 s left, the countdown flips in 150 ms.
    assert_eq!(run.next_redraw(), Some(Millis::new(150)));
}

/// Records what is written, and counts the writes.
#[derive(Clone, Default)]
struct RecordingWriter(Rc<RefCell<(Vec<u8>, usize)>>);

impl io::Write for RecordingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut record = self.0.borrow_mut();
        record.0.extend_from_slice(bytes);
        record.1 += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the lines of a picture, with the same character for a block and for the one that covers the other part of
/// the cell. A terminal may show either, with the colours swapped.
fn without_ink(picture: &str) -> Vec<String> {
    let plain = |c| match c {
        '█' => ' ',
        '▟' => '▘',
        '▙' => '▝',
        '▜' => '▖',
        '▛' => '▗',
        '▄' => '▀',
        '▐' => '▌',
        '▚' => '▞',
        c => c,
    };
    picture.lines().map(|line| line.chars().map(plain).collect::<String>().trim_end().to_string()).collect()
}

#[test]
fn a_frame_is_one_write_and_shows_what_was_drawn() {
    let writer = RecordingWriter::default();
    let mut tui = Tui::on(writer.clone(), Theme::new(true), Units::default());
    let mut parser = vt100::Parser::new(NonZero::new(30).unwrap(), NonZero::new(100).unwrap(), 0);
    let mut run = Run::of(fixture::nested());
    tui.handle_input(&Input::Resize(100, 30), &run.coach.view(run.at));
    for second in 0..130 {
        run.wait_until(Moment::new(second * 1000));
        let view = run.coach.view(run.at);
        tui.show(&view, &run.status, run.at).unwrap();
        let (bytes, writes) = writer.0.replace(Default::default());
        assert_eq!(writes, 1, "second {second}");
        parser.process(&bytes);
        let shown = parser.screen().rows(0, 100).collect::<Vec<_>>().join("\n");
        assert_eq!(without_ink(&shown), without_ink(&run.text((100, 30))), "second {second}");
    }
}

#[test]
fn tiny_windows_show_the_time() {
    assert!(Run::of(fixture::intervals()).to(360.0).text((30, 8)).contains('█'));
    for size in [(10, 3), (4, 1)] {
        assert!(hard().text(size).contains("0:28"), "{size:?}");
    }
    for (width, height) in [(1, 1), (2, 1), (1, 9), (39, 12), (40, 11), (0, 0)] {
        for mut run in [hard(), absent(), hard().after(&[KeyCode::Char('?')])] {
            run.draw((width, height));
        }
    }
}

/// Every key that does something while a workout runs, in any context, and one that does nothing.
fn all_keys() -> Vec<KeyCode> {
    let places = [
        KeyContext::Running,
        KeyContext::Answering,
        KeyContext::Listing,
        KeyContext::Signs,
        KeyContext::Quitting,
        KeyContext::Correcting,
        KeyContext::Absence,
        KeyContext::Reading,
    ];
    let mut all = vec![KeyCode::Char('x')];
    for key in places.into_iter().flat_map(|context| Keymap::defaults().of(context)).flat_map(|b| &b.keys) {
        if !all.contains(&key.code) {
            all.push(key.code);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_keys_sizes_and_times_never_panic(
        which in 0..7_usize,
        audible: bool,
        walk in prop::collection::vec((0..120_usize, 0..90_000_u64, 0..170_u16, 0..60_u16), 1..48),
    ) {
        let sequences = [
            fixture::intervals, fixture::ramp, fixture::open, fixture::range, fixture::distance, fixture::nested,
            ways::recovery,
        ];
        let keys = all_keys();
        let mut run = Run::of(sequences[which]());
        if !audible {
            run = run.mute();
        }
        for (what, wait, width, height) in walk {
            let at = run.at + Millis::new(wait);
            match what {
                110.. => {
                    let since = run.at;
                    run.at = at;
                    run.tell(Command::Absence { since });
                }
                _ => {
                    run.wait_until(at);
                    let click = MouseEventKind::Down(MouseButton::Left);
                    match (keys.get(what % (keys.len() + 12)), what % 4) {
                        (Some(code), _) => _ = run.press(*code),
                        (None, 0) => _ = run.input(&Input::Paste("q y l\n".to_string())),
                        (None, 1) => _ = run.input(&ways::mouse(MouseEventKind::ScrollDown, (width, height))),
                        (None, _) => _ = run.input(&ways::mouse(click, (width / 2, height / 2))),
                    }
                }
            }
            run.draw((width, height));
            if run.phase() == Phase::Running {
                let wait = run.next_redraw().unwrap();
                prop_assert!(wait > Millis::ZERO && wait <= Millis::from_secs(1));
            }
        }
    }
}
