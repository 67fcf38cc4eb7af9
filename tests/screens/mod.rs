//! What is on the screen: pictures with injected time, and what keys do there.

mod belt;
mod ending;
mod log;
mod offer;
mod picker;
mod profile;
mod questions;
mod running;
mod styles;
mod themes;
mod title;
mod volume;
mod ways;

use crate::fixture;
use chrono::NaiveTime;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use pacebell::audio::volume::Volume;
use pacebell::belt::{Belt, Treadmill};
use pacebell::coach::{Coach, Effect};
use pacebell::frontend::{Frontend, LogStatus, Request, SoundStatus, Status, VolumeChange};
use pacebell::keymap;
use pacebell::keymap::KeyContext;
use pacebell::runner::profile::Units;
use pacebell::session::{Command, Phase};
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::{RunningScreen, Theme, Tui};
use pacebell::units::{HeartRateRange, Incline, Millis, Moment, SpeedUnit};
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

/// A session with its screen, at a moment.
struct Run {
    coach: Coach,
    screen: RunningScreen,
    status: Status,
    at: Moment,
    /// The window.
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

    /// Before anything has happened.
    fn ready(sequence: Arc<Sequence>, treadmill: Treadmill) -> Run {
        Run {
            coach: Coach::new(sequence, treadmill, 1.0),
            screen: RunningScreen::new(Theme::new(true), Units::default()),
            status: Status {
                sound: SoundStatus::Heard("PulseAudio".to_string()),
                volume: Volume::default(),
                log: LogStatus::Written,
                rehearsal: None,
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

    /// Lets time pass up to so many seconds after the start.
    fn to(mut self, seconds: f64) -> Run {
        self.wait_until(Moment::new((seconds * 1000.0) as u64));
        self
    }

    /// As the runtime does: at each deadline on the way, and at the end.
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

    /// As the runtime does: there is a picture before every input.
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

    /// What is to be read: once a flash is over, where there is one.
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

/// A page that stands for itself, drawn.
fn drawn(page: &impl Page, (width, height): (u16, u16)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    page.draw(&mut buffer);
    buffer
}

/// What a page makes of keys, up to the first that asks for something.
fn press<P: Page>(page: &mut P, codes: &[KeyCode]) -> Option<PageRequest<P::Outcome>> {
    codes.iter().find_map(|code| page.input(&key(*code)))
}

fn control(c: char) -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn key(code: KeyCode) -> Input {
    Input::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// The symbols of a buffer, a line for each row; what a wide letter covers is not there.
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
fn a_hard_step() {
    insta::assert_snapshot!(hard().pictures());
}

#[test]
fn an_easy_step_about_to_end() {
    insta::assert_snapshot!(Run::of(fixture::intervals()).to(413.0).pictures());
}

#[test]
fn words_to_read() {
    insta::assert_snapshot!(Run::of(fixture::intervals()).to(433.0).pictures());
}

#[test]
fn a_ramp() {
    insta::assert_snapshot!(Run::of(fixture::ramp()).to(130.0).pictures());
}

#[test]
fn an_open_step() {
    insta::assert_snapshot!(Run::of(fixture::open()).to(663.0).pictures());
}

#[test]
fn a_range_before_and_after_its_lower_bound() {
    let mut run = Run::of(fixture::range()).to(4000.0);
    assert!(run.text((100, 30)).contains("Enter ends it from 1:15:00 on"));
    assert!(!run.text((100, 30)).contains("km/h"), "it is run by feel");
    run.wait_until(Moment::new(4_500_000));
    assert!(run.text((40, 12)).contains("Enter ends it now"));
    assert_eq!(run.press(KeyCode::Enter), Some(Request::Command(Command::EndStep)));
    assert!(run.text((100, 30)).contains("step 2 of 2"));
}

#[test]
fn a_distance_that_only_the_console_knows() {
    insta::assert_snapshot!(Run::of(fixture::distance()).mute().to(83.0).pictures());
}

#[test]
fn sets_of_sets_in_wide_letters() {
    insta::assert_snapshot!(Run::of(fixture::nested()).to(130.0).pictures());
}

#[test]
fn paused() {
    insta::assert_snapshot!(hard().after(&[KeyCode::Char(' ')]).pictures());
}

#[test]
fn away() {
    insta::assert_snapshot!(absent().pictures());
}

#[test]
fn asked_whether_to_stop() {
    insta::assert_snapshot!(hard().after(&[KeyCode::Char('q')]).pictures());
}

#[test]
fn help() {
    insta::assert_snapshot!(hard().after(&[KeyCode::Char('?')]).pictures());
}

#[test]
fn done_and_cooling_down() {
    insta::assert_snapshot!(Run::of(fixture::intervals()).to(1585.0).pictures());
}

#[test]
fn the_field_says_how_hard_it_is_and_the_row_below_it_what_comes_next() {
    let on = |run: Run, x: u16, y: u16| run_at(run, x, y).bg;
    let hard_field = on(hard(), 0, 5);
    let easy_field = on(Run::of(fixture::intervals()).to(370.0), 0, 5);
    assert_ne!(hard_field, easy_field);
    assert!(![hard_field, easy_field].contains(&Color::Reset));
    // In the easy step the next row shows the colour of the hard one, and the other way round.
    assert_eq!(on(hard(), 0, 26), easy_field);
    assert_eq!(on(Run::of(fixture::intervals()).to(370.0), 0, 26), hard_field);
}

fn run_at(mut run: Run, x: u16, y: u16) -> Cell {
    run.draw((100, 30))[(x, y)].clone()
}

#[test]
fn a_pause_takes_the_colour_away_and_says_how_to_go_on() {
    let running = run_at(hard(), 0, 15);
    let mut paused = hard().after(&[KeyCode::Char(' ')]);
    assert_ne!(run_at(hard().after(&[KeyCode::Char(' ')]), 0, 15).bg, running.bg);
    assert!(paused.text((60, 20)).contains("Space resumes"));
    // 18:42:00 and 17:28 left: at 18:59:28 it would end, which is 19:00 to the nearest minute from 18:59:30 on.
    assert_eq!(paused.next_redraw(), Some(Millis::from_secs(2)), "nothing else moves");
    paused.status.time = None;
    paused.text((60, 20));
    assert_eq!(paused.next_redraw(), None, "nothing moves");
    assert_eq!(paused.press(KeyCode::Enter), Some(Request::Command(Command::Resume)));
    assert_eq!(run_at(paused, 0, 15).bg, running.bg);
}

#[test]
fn without_colour_everything_is_said_in_words() {
    let mut run = hard().plain();
    let buffer = run.draw((100, 30));
    assert!(cells(&buffer).all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
    let text = text(&run.draw((40, 12)));
    for said in ["hard", "Z5", "rep 2 of 8", "14.0 km/h", "4:17/km", "next  easy  1:00", "▼ easier", "Z2"] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    let mut paused = run.after(&[KeyCode::Char(' ')]);
    let buffer = paused.draw((100, 30));
    assert!(cells(&buffer).any(|c| c.modifier.contains(Modifier::REVERSED)));
}

#[test]
fn what_is_run_looks_different_from_what_is_to_come() {
    let mut run = Run::of(fixture::intervals()).to(750.0);
    let buffer = run.draw((100, 30));
    let colours = |columns: std::ops::Range<u16>| -> Vec<Color> {
        let mut all: Vec<Color> = columns.map(|x| buffer[(x, 28)].fg).collect();
        all.dedup();
        all
    };
    // Half of 25 minutes is run: nothing to the left of the middle looks like anything to the right of it.
    let (run, to_come) = (colours(1..48), colours(52..99));
    assert!(run.iter().all(|c| !to_come.contains(c)), "{run:?} {to_come:?}");
}

#[test]
fn a_flash_lights_every_corner_whatever_lies_over_the_screen() {
    for codes in [&[][..], &[KeyCode::Char('?')], &[KeyCode::Char('q')]] {
        let mut run = Run::of(fixture::intervals()).mute().to(359.0).after(codes).to(360.0);
        let buffer = run.draw((100, 30));
        let first = buffer[(0, 0)].bg;
        assert!(first != Color::Reset && cells(&buffer).all(|c| c.bg == first), "{codes:?}");
    }
}

#[test]
fn what_is_known_of_a_step_is_said() {
    let mut step = fixture::step("Z3", 600, 3, 10.0);
    step.target.heart_rate = Some(HeartRateRange { words: "Z3".to_string(), bpm: Some((144, 156)) });
    step.incline = Incline::from_percent(1.5);
    step.label = Some("Cruise".to_string());
    let mut run = Run::of(fixture::plan("one").then(step).done()).to(1.0);
    let text = run.text((60, 20));
    for said in ["Cruise", "Z3", "144–156 bpm", "incline 1.5%", "6:00/km", "then  the finish"] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
}

#[test]
fn a_belt_in_miles_is_told_in_miles() {
    let mut run = Run::of(fixture::intervals());
    run.coach = Coach::new(
        fixture::intervals(),
        Treadmill { belt: Belt { unit: SpeedUnit::MilesPerHour, ..Belt::default() }, ceiling: None },
        1.0,
    );
    run.tell(Command::Start);
    let units = Units::of(SpeedUnit::MilesPerHour);
    run.screen = RunningScreen::new(Theme::new(true), units);
    // 9 km/h are 5.59 mph; the belt takes 5.6, which is 10:43 a mile.
    assert!(run.text((40, 12)).contains("5.6 mph · 10:43/mi"));
}

#[test]
fn half_way_neither_rings_nor_flashes() {
    let mut run = Run::of(fixture::ramp()).mute().to(450.0);
    run.screen.take_bell();
    let before = run.draw((100, 30))[(0, 5)].bg;
    // Half of the plateau from 5:00 to 20:00.
    run.wait_until(Moment::new(750_000));
    assert!(!run.screen.take_bell());
    assert_eq!(run.draw((100, 30))[(0, 5)].bg, before);
}

#[test]
fn after_an_absence_there_is_one_bell_and_no_flash_for_what_passed() {
    let mut run = absent().mute();
    run.screen.take_bell();
    run.press(KeyCode::Char('c'));
    assert_eq!(run.phase(), Phase::Running);
    assert!(!run.screen.take_bell());
}

#[test]
fn the_question_whether_to_stop_lets_the_clock_run() {
    let mut run = hard().after(&[KeyCode::Char('q')]);
    assert_eq!(run.phase(), Phase::Running);
    assert!(run.next_redraw().is_some());
    assert_eq!(run.press(KeyCode::Esc), None);
    assert!(!run.text((100, 30)).contains("Stop here"));
    run.press(KeyCode::Char('q'));
    run.press(KeyCode::Down);
    assert_eq!(run.press(KeyCode::Enter), None, "going on needs no command");
    run.press(KeyCode::Char('q'));
    assert_eq!(run.press(KeyCode::Enter), Some(Request::Command(Command::Stop)));
    assert!(run.screen.is_done(&run.coach.view(run.at)), "what was done is another page");
    assert_eq!(run.press(KeyCode::Enter), None);
}

#[test]
fn after_the_last_step_one_key_ends_it() {
    for code in [KeyCode::Enter, KeyCode::Char('q'), KeyCode::Esc] {
        let mut run = Run::of(fixture::intervals()).to(1510.0);
        assert_eq!(run.press(code), Some(Request::Command(Command::Stop)));
        assert_eq!(run.phase(), Phase::Stopped);
    }
}

#[test]
fn every_answer_to_an_absence_is_one_key() {
    for (code, command) in [
        (KeyCode::Char('g'), Command::Resume),
        (KeyCode::Char(' '), Command::Resume),
        (KeyCode::Enter, Command::Resume),
        (KeyCode::Char('c'), Command::CatchUp),
        (KeyCode::Char('s'), Command::Stop),
    ] {
        assert_eq!(absent().press(code), Some(Request::Command(command)), "{code:?}");
    }
}

#[test]
fn an_absence_comes_before_whatever_was_open() {
    let mut run = hard().after(&[KeyCode::Char('?')]);
    let since = run.at;
    run.at = since + Millis::from_secs(90);
    run.tell(Command::Absence { since });
    assert!(run.text((60, 20)).contains("Go on from there"));
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
fn the_next_redraw_comes_when_a_second_flips() {
    // Begun on a whole second, elapsed and remaining flip together; extended by a part of one they do not.
    let run = Run::of(fixture::intervals()).to(370.4);
    assert_eq!(run.next_redraw(), Some(Millis::new(600)));
    let mut run = Run::of(fixture::intervals()).to(370.4);
    run.tell(Command::Extend(Millis::new(250)));
    // 49.6 s + 0.25 s are left: the countdown flips 850 ms from now, elapsed already in 600 ms.
    assert_eq!(run.next_redraw(), Some(Millis::new(600)));
    run.wait_until(Moment::new(371_100));
    // 49.15 s are left: 150 ms.
    assert_eq!(run.next_redraw(), Some(Millis::new(150)));
}

/// Takes what is written, and counts the writes.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<(Vec<u8>, usize)>>);

impl io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut wire = self.0.borrow_mut();
        wire.0.extend_from_slice(bytes);
        wire.1 += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_terminal_shows_what_was_drawn_with_one_write_a_frame() {
    let wire = Wire::default();
    let mut tui = Tui::on(wire.clone(), Theme::new(true), Units::default());
    let mut parser = vt100::Parser::new(NonZero::new(30).unwrap(), NonZero::new(100).unwrap(), 0);
    let mut run = Run::of(fixture::nested());
    tui.handle_input(&Input::Resize(100, 30), &run.coach.view(run.at));
    for second in 0..130 {
        run.wait_until(Moment::new(second * 1000));
        let view = run.coach.view(run.at);
        tui.show(&view, &run.status, run.at).unwrap();
        let (bytes, writes) = wire.0.replace(Default::default());
        assert_eq!(writes, 1, "second {second}");
        parser.process(&bytes);
        let shown: Vec<String> = parser.screen().rows(0, 100).map(|r| r.trim_end().to_string()).collect();
        // A full block is a blank in its colour.
        let drawn = run.text((100, 30)).replace('█', " ");
        assert_eq!(shown, drawn.lines().map(str::trim_end).collect::<Vec<_>>(), "second {second}");
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

/// Every key that does something while a workout runs, wherever that is, and one that does nothing.
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
    for key in places.into_iter().flat_map(keymap::of).flat_map(|b| &b.keys) {
        if !all.contains(&key.code) {
            all.push(key.code);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_walk_of_keys_sizes_and_time_breaks_the_screen(
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
