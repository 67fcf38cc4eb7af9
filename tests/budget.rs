//! The amount and the timing of the output to the terminal.

use crate::fixture;
use crate::paper::Paper;
use crate::terminal::Session;
use chrono::NaiveTime;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use pacebell::audio::volume::Volume;
use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::frontend::{Frontend, LogStatus, Request, SoundStatus, Status};
use pacebell::runner::profile::Units;
use pacebell::session::{Command, Phase};
use pacebell::tui::{Theme, Tui};
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, SourceText, compile_notation};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The most bytes a minute at 100 columns and 30 rows, since the terminal may be at the end of a slow line.
const MINUTE: usize = 60 * 1024;
/// The longest delay between a second and its frame.
const LATE: Duration = Duration::from_millis(16);

/// The screen of a session with recorded output, woken at the same times as in the runtime.
struct Run {
    coach: Coach,
    tui: Tui<Paper>,
    paper: Paper,
    status: Status,
    at: Moment,
}

impl Run {
    fn of(sequence: Arc<Sequence>, sound: SoundStatus) -> Run {
        let paper = Paper::default();
        let mut tui = Tui::on(paper.clone(), Theme::new(true), Units::default()).filling(true);
        let mut coach = Coach::new(sequence, Treadmill::default(), Rehearsal::REAL_TIME);
        let time = NaiveTime::from_hms_opt(18, 42, 0);
        let volume = Volume::default();
        let status = Status {
            sound,
            volume,
            log: LogStatus::Written,
            rehearsal: Rehearsal::REAL_TIME,
            time,
            may_sleep: None,
        };
        let at = Moment::default();
        let effects = coach.handle(Command::Start, at);
        assert_eq!(tui.handle_input(&Input::Resize(100, 30), &coach.view(at)), None);
        let mut run = Run { coach, tui, paper, status, at };
        run.take(&effects);
        run
    }

    fn take(&mut self, effects: &[Effect]) {
        let view = self.coach.view(self.at);
        for effect in effects {
            self.tui.handle_effect(effect, &view, &self.status, self.at).unwrap();
        }
        self.tui.show(&view, &self.status, self.at).unwrap();
    }

    fn press(&mut self, code: KeyCode) {
        let input = Input::Key(KeyEvent::new(code, KeyModifiers::NONE));
        let request = self.tui.handle_input(&input, &self.coach.view(self.at));
        let effects = match request {
            Some(Request::Command(command)) => self.coach.handle(command, self.at),
            _ => Vec::new(),
        };
        self.take(&effects);
    }

    /// Runs until `to`, and returns the number of bytes written.
    fn until(&mut self, to: Moment) -> usize {
        loop {
            let picture = self.tui.next_redraw(&self.coach.view(self.at), self.at).map(|wait| self.at + wait);
            let next = picture.into_iter().chain(self.coach.next_deadline()).min().filter(|next| *next < to);
            self.at = next.unwrap_or(to);
            // The wall clock runs too.
            self.status.time = NaiveTime::from_num_seconds_from_midnight_opt(
                67_320 + self.at.since(Moment::default()).whole_secs() as u32,
                0,
            );
            let effects = self.coach.tick(self.at);
            self.take(&effects);
            if next.is_none() {
                return self.paper.take().len();
            }
        }
    }
}

/// Runs with and without sound: without it, the screen rings as well.
fn sounds() -> [SoundStatus; 2] {
    [SoundStatus::Silent("no sound server".into()), SoundStatus::Heard("PulseAudio".into())]
}

#[test]
fn short_steps_write_no_more_than_sixty_kibibytes() {
    for text in ["60×(20s 14km/h, 10s easy)", "60×(20s hard, 10s easy)", "180×(10s 14km/h, 10s easy)"] {
        for sound in sounds() {
            let source = SourceText { name: "short".into(), text: text.into() };
            let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
            let mut run = Run::of(Arc::new(sequence), sound);
            let minutes: Vec<usize> = (1..=3).map(|minute| run.until(Moment::new(minute * 60_000))).collect();
            let most = minutes.iter().max().copied().unwrap_or_default();
            println!("{text}: {minutes:?}");
            assert!(most <= MINUTE, "{text}: {most} bytes in a minute of {minutes:?}");
        }
    }
}

#[test]
fn no_minute_writes_more_than_sixty_kibibytes() {
    let workouts = [fixture::intervals, fixture::ramp, fixture::open, fixture::range, fixture::nested];
    for workout in workouts {
        // Without sound the screen flashes as well.
        let mut run = Run::of(workout(), SoundStatus::Silent("no sound server".into()));
        let name = run.coach.session().sequence().name.clone();
        let minutes: Vec<usize> = (1..=10).map(|minute| run.until(Moment::new(minute * 60_000))).collect();
        let most = minutes.iter().max().copied().unwrap_or_default();
        println!("{name}: {minutes:?}");
        assert!(most <= MINUTE, "{name}: {most} bytes in a minute of {minutes:?}");
        assert!(minutes.iter().all(|bytes| *bytes > 60), "{name}: nothing is shown: {minutes:?}");
    }
}

#[test]
fn a_pause_writes_nothing_and_resuming_little() {
    let mut run = Run::of(fixture::intervals(), SoundStatus::Heard("PulseAudio".into()));
    run.until(Moment::new(452_000));
    run.press(KeyCode::Char(' '));
    let pausing = run.paper.take().len();
    assert_eq!(run.coach.session().phase(), Phase::Paused);
    let view = run.coach.view(run.at);
    // Only the time of day at which the workout will end changes.
    let wait = run.tui.next_redraw(&view, run.at).unwrap();
    assert!(wait <= Millis::from_secs(60), "{wait}");
    run.paper.take();
    let minutes: usize = (1..=3).map(|k| run.until(Moment::new(452_000 + k * 60_000))).sum();
    assert!(minutes < 1000, "{minutes} bytes in three minutes");
    run.press(KeyCode::Char(' '));
    let going_on = run.paper.take().len();
    assert!(pausing + going_on < MINUTE / 2, "{pausing} and {going_on} bytes");
}

/// Returns the deviations from the best-fit grid of whole seconds, in order of size, and the median interval.
///
/// The grid's phase is the median of all phases, taken around that of the first.
fn off_the_grid(times: &[Duration]) -> Vec<f64> {
    let phase = |time: &Duration| (time.as_secs_f64() - times[0].as_secs_f64() + 0.5).rem_euclid(1.0) - 0.5;
    let mut phases: Vec<f64> = times.iter().map(phase).collect();
    phases.sort_by(f64::total_cmp);
    let median = phases[phases.len() / 2];
    let mut off: Vec<f64> = phases.iter().map(|phase| (phase - median).abs()).collect();
    off.sort_by(f64::total_cmp);
    off
}

#[test]
fn the_grid_is_fitted_at_any_phase() {
    let times: Vec<Duration> =
        (0..100).map(|n| Duration::from_millis(990 + n * 1000 + if n == 0 { 40 } else { n % 3 })).collect();
    let off = off_the_grid(&times);
    assert!((off[99] - 0.039).abs() < 1e-6, "the first was late: {off:?}");
    assert!(off[98] < 0.0015, "{off:?}");
}

/// Real time: a hundred seconds, or as many minutes as `PACEBELL_MINUTES` says. The machine has to be quiet.
#[test]
#[ignore = "takes a hundred seconds"]
fn every_second_is_shown_on_time() {
    let minutes = std::env::var("PACEBELL_MINUTES").ok().and_then(|m| m.parse::<u64>().ok());
    // Of a hundred, one may be late.
    let seconds = minutes.map_or(100, |minutes| minutes * 60);
    let mut session = Session::start(&["run", &format!("{}min easy", seconds / 60 + 5)]);
    session.until("easy");
    let begin = Instant::now();
    let before = session.arrivals().len();
    std::thread::sleep(Duration::from_secs(seconds) + Duration::from_millis(500));
    // Look only at changes of the number in the title: it is written together with the number on the screen.
    let arrivals = session.arrivals().split_off(before);
    session.press("\x03");
    session.end();
    let mut last = String::new();
    let mut times = Vec::new();
    for (at, title) in arrivals {
        if title != last && at >= begin {
            times.push(at.duration_since(begin));
        }
        last = title;
    }
    let seconds = seconds as usize;
    assert!(
        (seconds - 1..=seconds + 1).contains(&times.len()),
        "{} new seconds were seen in {seconds}",
        times.len()
    );
    let off = off_the_grid(&times);
    let at = |share: f64| off[((off.len() as f64 * share).ceil() as usize).clamp(1, off.len()) - 1];
    println!(
        "off the grid: median {:.1} ms, p99 {:.1} ms, worst {:.1} ms of {}",
        at(0.5) * 1e3,
        at(0.99) * 1e3,
        at(1.0) * 1e3,
        off.len()
    );
    let worst: Vec<String> = off.iter().rev().take(5).map(|off| format!("{:.1}", off * 1e3)).collect();
    assert!(
        at(0.99) <= LATE.as_secs_f64(),
        "99 of 100 seconds have to show within {} ms of the best-fit grid; the worst were {} ms off, the median {:.1} \
         ms. Where the median is small the machine was busy; where it is not, the program is late.",
        LATE.as_millis(),
        worst.join(", "),
        at(0.5) * 1e3
    );
}
