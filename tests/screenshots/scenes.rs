//! The pages that a runner sees, each at one moment.

use super::{day_scenes, desk_scenes, plan_scenes};
use chrono::{DateTime, NaiveTime, Weekday};
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use pacebell::audio::volume::Volume;
use pacebell::belt::Treadmill;
use pacebell::coach::Coach;
use pacebell::formats::activity_reader::HeartBeats;
use pacebell::frontend::{FinishedSession, LogStatus, SoundStatus, Status};
use pacebell::history::SessionId;
use pacebell::history::queries::LogEntry;
use pacebell::keymap::{Action, KeyContext};
use pacebell::library::{self, BuiltInWorkout};
use pacebell::runner::profile::Profile;
use pacebell::sensors::Characteristic;
use pacebell::session::answers::{Answers, SessionQuestion};
use pacebell::session::manual_entry::untimed;
use pacebell::session::{Command, CoveredDistance};
use pacebell::tui::screens::ending::EndingPage;
use pacebell::tui::screens::first_run::FirstRunPage;
use pacebell::tui::screens::log::LogListPage;
use pacebell::tui::screens::page::Page;
use pacebell::tui::screens::picker::{EntryContent, EntryOwner, Picker, PickerEntry, PickerNeed};
use pacebell::tui::screens::questions::QuestionsPage;
use pacebell::tui::{RunningScreen, Theme};
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, SourceText, compile_file, compile_notation, on_belt, parameters};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use std::sync::Arc;

const PROFILE: &str = "[athlete]\n5K = \"22:30\"\nhr_max = 185\n\
                       [belt]\nunit = \"km/h\"\ntop = 18\nincline_top = 15\nlag = 2";
const INTERVALS: &str = include_str!("../../workouts/short-intervals.toml");
const STRENGTH: &str = "name = \"Circuit\"\nactivity = \"strength\"\n\
                        steps = \"3×(40s 'plank', 20s rest, 40s 'squats', 20s rest) / 60s\"\n";

/// Draws a page at a size.
pub type PageDrawing = Box<dyn FnMut(Size) -> Buffer>;

/// A page at one moment.
pub struct PageScene {
    /// The name for files.
    pub name: &'static str,
    /// What is going on.
    pub caption: &'static str,
    /// Opens the page in a theme.
    pub open: fn(Theme) -> PageDrawing,
}

/// The pages in the order in which a runner meets them.
pub const SCENES: [PageScene; 39] = [
    scene("first-run", "The first start", |theme| page(FirstRunPage::new(theme), theme)),
    scene("picker", "The library", picker),
    scene("count-in", "The count-in", |theme| running(intervals(), Run::counting_in(), theme)),
    scene("easy-step", "An easy step", |theme| running(intervals(), Run::to(700.0), theme)),
    scene("hard-step", "A hard rep", |theme| running(intervals(), Run::to(752.0), theme)),
    scene("last-seconds", "Its last seconds", |theme| running(intervals(), Run::to(773.0), theme)),
    scene("words", "Words of the workout", |theme| {
        running(notation("5min 12km/h | 60s: can you say a full sentence?, 2min walk"), Run::to(62.0), theme)
    }),
    scene("incline", "Speed and incline", |theme| {
        running(notation("4×(90s 10.5km/h ^6%, 2min 7km/h ^1.5%)"), Run::to(252.0), theme)
    }),
    scene("ramp", "A ramp", |theme| {
        running(notation("10min 8->12km/h ^0->4%, 20min 12km/h ^4%"), Run::to(130.0), theme)
    }),
    scene("distance", "A step of a distance", |theme| {
        running(notation("10min easy, 6×800m 5K / 400m jog"), Run::to(700.0), theme)
    }),
    scene("heart-rate", "A heart rate to hold", |theme| {
        running(notation("10min easy, 20min 80-85%HRmax, 5min walk"), Run::to(900.0), theme)
    }),
    scene("measured", "A measured heart rate", |theme| {
        running(intervals(), Run::to(752.0).measuring(168, 0), theme)
    }),
    scene("measured-too-high", "A heart rate above its target", |theme| {
        let plan = notation("10min easy, 20min 80-85%HRmax, 5min walk");
        running(plan, Run::to(905.0).measuring(171, 0), theme)
    }),
    scene("measured-stale", "A heart rate that is three seconds old", |theme| {
        running(notation("45min easy"), Run::to(900.0).measuring(131, 3_000), theme)
    }),
    scene("measured-lost", "A strap that sends nothing", |theme| {
        running(
            notation("4×(90s 10.5km/h ^6%, 2min 7km/h ^1.5%)"),
            Run::to(252.0).measuring(131, 9_000),
            theme,
        )
    }),
    scene("strength", "Strength", |theme| running(workout(STRENGTH, 0), Run::to(12.0), theme)),
    scene("breathing-in", "A breath in", |theme| {
        running(workout(include_str!("../../workouts/breathing-60s.toml"), 0), Run::to(22.5), theme)
    }),
    scene("breathing-out", "A breath out", |theme| {
        running(workout(include_str!("../../workouts/breathing-60s.toml"), 0), Run::to(28.0), theme)
    }),
    scene("no-profile", "Without a profile", |theme| {
        running(without_profile("3×20s 10km/h / 20s 7km/h"), Run::to(45.0), theme)
    }),
    scene("paused", "Paused", |theme| running(intervals(), Run::to(752.0).then(Command::Pause), theme)),
    scene("skipped", "A skip that can be undone", |theme| {
        running(intervals(), Run::to(752.0).then(Command::Skip), theme)
    }),
    scene("steps", "The list of steps", |theme| {
        running(intervals(), Run::to(752.0).pressing(Action::Steps), theme)
    }),
    scene("keys", "The keys", |theme| running(intervals(), Run::to(752.0).pressing(Action::Help), theme)),
    scene("stop", "Stop?", |theme| running(intervals(), Run::to(752.0).pressing(Action::Quit), theme)),
    scene("absence", "After an interruption", |theme| {
        let absence = Command::Absence { since: Moment::new(752_000) };
        running(intervals(), Run::to(752.0).then(absence), theme)
    }),
    scene("after", "After the last step", |theme| running(intervals(), Run::to(1930.0), theme)),
    scene("effort", "The effort", |theme| {
        page(QuestionsPage::new(vec![SessionQuestion::Effort], Answers::default(), theme), theme)
    }),
    scene("ending", "The summary", ending),
    scene("log", "The log", log),
    scene("today", "Today, with a plan", plan_scenes::today),
    scene("week", "A week of the plan", plan_scenes::week),
    scene("plan", "The whole plan", plan_scenes::plan),
    scene("day-offer", "The first run of the day", day_scenes::offer),
    scene("day", "The day", day_scenes::day),
    scene("day-reminder", "A reminder", day_scenes::reminder),
    scene("session", "A session of the log", desk_scenes::session),
    scene("trends", "Trends", desk_scenes::trends),
    scene("check-in", "The check-in", desk_scenes::checkin),
    scene("calibration", "The belt's lag", desk_scenes::calibration),
];

const fn scene(name: &'static str, caption: &'static str, open: fn(Theme) -> PageDrawing) -> PageScene {
    PageScene { name, caption, open }
}

/// Returns the scene with a name.
pub fn scene_named(name: &str) -> &'static PageScene {
    SCENES.iter().find(|scene| scene.name == name).unwrap()
}

/// Opens a page.
pub fn page(page: impl Page + 'static, theme: Theme) -> PageDrawing {
    Box::new(move |size| {
        let mut buffer = Buffer::empty(Rect::from(size));
        page.draw(&mut buffer);
        on_ground(buffer, theme)
    })
}

/// Gives cells without a colour those of the page, as the terminal does.
fn on_ground(mut buffer: Buffer, theme: Theme) -> Buffer {
    let or =
        |colour, other: Option<Color>| if colour == Color::Reset { other.unwrap_or(colour) } else { colour };
    for cell in &mut buffer.content {
        (cell.fg, cell.bg) = (or(cell.fg, theme.ground().fg), or(cell.bg, theme.ground().bg));
    }
    buffer
}

/// The runner of the scenes.
pub fn profile() -> Profile {
    Profile::parse(&SourceText::new("profile", PROFILE), None).unwrap().profile
}

/// A workout and the treadmill to run it on.
pub struct Plan {
    /// The steps.
    pub sequence: Arc<Sequence>,
    treadmill: Treadmill,
}

fn fitted(sequence: Sequence, profile: &Profile) -> Plan {
    let treadmill = Treadmill { belt: profile.belt(), ceiling: None };
    Plan { sequence: Arc::new(on_belt::fit(sequence, &treadmill)), treadmill }
}

fn workout(text: &str, warmup: u64) -> Plan {
    let profile = profile();
    let options = Options { warmup: Some(Millis::from_secs(warmup)), ..Options::default() };
    let source = SourceText::new("workout", text);
    fitted(compile_file(&source, Some(&profile.athlete), &options).unwrap().sequence, &profile)
}

/// Ten minutes easy, and eight hard reps of a minute.
fn intervals() -> Plan {
    workout(INTERVALS, 600)
}

/// Compiles notation for the runner.
pub fn notation(text: &str) -> Plan {
    let profile = profile();
    let source = SourceText::new("notation", text);
    let compiled = compile_notation(&source, Some(&profile.athlete), &Options::default()).unwrap();
    fitted(compiled.sequence, &profile)
}

fn without_profile(text: &str) -> Plan {
    let source = SourceText::new("notation", text);
    let compiled = compile_notation(&source, None, &Options::default()).unwrap();
    fitted(compiled.sequence, &Profile::default())
}

/// The runner's commands.
struct Run {
    first: Command,
    seconds: f64,
    last: Option<Command>,
    /// What the runner asks the screen for.
    key: Option<Action>,
    /// The heart rate of a strap, and its age in milliseconds at the end.
    heart: Option<(u8, u64)>,
}

impl Run {
    /// Runs for this many seconds.
    fn to(seconds: f64) -> Run {
        Run { first: Command::Start, seconds, last: None, key: None, heart: None }
    }

    fn counting_in() -> Run {
        Run { first: Command::CountIn(Millis::from_secs(5)), ..Run::to(2.0) }
    }

    fn then(self, command: Command) -> Run {
        Run { last: Some(command), ..self }
    }

    /// Wears a strap.
    fn measuring(self, bpm: u8, age: u64) -> Run {
        Run { heart: Some((bpm, age)), ..self }
    }

    fn pressing(self, action: Action) -> Run {
        Run { key: Some(action), ..self }
    }
}

/// The event of a typed character.
pub fn key_event(key: char) -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE))
}

/// The input of the first key that a theme's keymap has for an action of the running screen.
fn input_for(theme: Theme, action: Action) -> Input {
    let binding = theme.keymap().of(KeyContext::Running).find(|binding| binding.action == action).unwrap();
    Input::Key(KeyEvent::new(binding.keys[0].code, binding.keys[0].modifiers))
}

/// Runs a workout and draws its screen.
fn running(plan: Plan, run: Run, theme: Theme) -> PageDrawing {
    let mut coach = Coach::new(plan.sequence, plan.treadmill, Rehearsal::REAL_TIME);
    let mut screen = RunningScreen::new(theme, profile().units).flashing(false);
    let status = Status {
        sound: SoundStatus::Heard("PulseAudio".to_string()),
        volume: Volume::default(),
        log: LogStatus::Written,
        rehearsal: Rehearsal::REAL_TIME,
        time: NaiveTime::from_hms_opt(18, 42, 0),
        may_sleep: None,
    };
    let (mut at, end) = (Moment::new(0), Moment::new((run.seconds * 1000.0) as u64));
    if let Some((bpm, age)) = run.heart {
        coach = coach.with_heart_sensor(profile().athlete.heart);
        coach.sense(Characteristic::HeartRate, &[0, bpm], end.before(Millis::new(age)));
    }
    let mut effects = coach.handle(run.first, at);
    loop {
        for effect in &effects {
            screen.handle_effect(effect, &coach.view(at), &status, at);
        }
        if at == end {
            break;
        }
        at = coach.next_deadline().map_or(end, |deadline| deadline.min(end));
        effects = coach.tick(at);
    }
    if let Some(Command::Absence { .. }) = run.last {
        at = at + Millis::from_secs(260);
    }
    if let Some(command) = run.last {
        for effect in coach.handle(command, at) {
            screen.handle_effect(&effect, &coach.view(at), &status, at);
        }
    }
    if let Some(action) = run.key {
        screen.handle_input(&input_for(theme, action), &coach.view(at));
    }
    Box::new(move |size| {
        let mut buffer = Buffer::empty(Rect::from(size));
        screen.prepare(buffer.area, &coach.view(at), &status, at);
        screen.draw(&mut buffer, &coach.view(at), &status, at);
        on_ground(buffer, theme)
    })
}

fn ending(theme: Theme) -> PageDrawing {
    let plan = intervals();
    let mut coach = Coach::new(plan.sequence, plan.treadmill, Rehearsal::REAL_TIME);
    coach.handle(Command::Start, Moment::new(0));
    let end = Moment::new(1_930_000);
    while let Some(deadline) = coach.next_deadline().filter(|deadline| *deadline < end) {
        coach.tick(deadline);
    }
    coach.handle(Command::Stop, end);
    let ended = FinishedSession::of(coach.session(), Rehearsal::REAL_TIME, LogStatus::Written);
    page(EndingPage::new(ended.in_units(profile().units), theme), theme)
}

fn picker(theme: Theme) -> PageDrawing {
    let profile = profile();
    let workouts = library::built_in();
    let entry = |workout: &BuiltInWorkout| PickerEntry {
        group: workout.group(),
        ..PickerEntry::unread(workout.name, EntryOwner::BuiltIn)
    };
    let recent = vec!["cruise-intervals".to_string(), "10x400".to_string()];
    let mut picker = Picker::new(workouts.iter().map(entry).collect(), recent, theme);
    while let Some(PickerNeed::Workout(index, options)) = picker.next_to_read() {
        let source = workouts[index].source();
        let compiled = compile_file(&source, Some(&profile.athlete), &options.options).unwrap();
        let content =
            EntryContent::runs(Arc::new(compiled.sequence), parameters(&source), &profile.line_style());
        picker.set_content(index, &options, content);
    }
    page(picker, theme)
}

fn log(theme: Theme) -> PageDrawing {
    let sessions = [
        ("2026-11-19T18:30:00+01:00", intervals(), None, 7.5),
        ("2026-11-17T07:05:00+01:00", notation("35min easy"), None, 3.0),
        ("2026-11-15T09:00:00+01:00", notation("80min easy, 20min 15K"), None, 6.0),
        ("2026-11-12T18:40:00+01:00", notation("15min easy, 5×1km 10K / 400m jog, 10min easy"), None, 8.0),
        ("2026-11-10T07:10:00+01:00", notation("40min easy"), Some(1500), 4.0),
        ("2026-11-08T09:10:00+01:00", notation("70min easy"), None, 4.0),
        ("2026-11-05T18:35:00+01:00", notation("15min easy, 20min T, 10min easy"), None, 7.0),
    ];
    let ids = (1..=sessions.len() as i64).rev();
    let entries = sessions.iter().zip(ids).map(|((started, plan, took, rpe), id)| {
        let sequence = &plan.sequence;
        let summary = untimed(sequence, took.map(Millis::from_secs)).unwrap().summary;
        LogEntry {
            id: SessionId(id),
            name: sequence.name.clone(),
            started: DateTime::parse_from_rfc3339(started).unwrap(),
            planned: summary.planned,
            active: summary.active,
            steps_done: summary.steps_done,
            steps_planned: summary.steps_planned,
            finished: summary.finished,
            zones: summary.zones,
            answers: Answers { rpe: Some(*rpe), ..Answers::default() },
            rehearsed: None,
            by_hand: false,
            activity: sequence.activity,
            covered: CoveredDistance::of(sequence, &summary.laps),
            imported: None,
            heart: HeartBeats::default(),
            bends: Default::default(),
        }
    });
    let now = DateTime::parse_from_rfc3339("2026-11-20T20:00:00+01:00").unwrap();
    let list = LogListPage::new(entries.collect(), Weekday::Mon, now, theme);
    page(list.in_units(profile().units), theme)
}
