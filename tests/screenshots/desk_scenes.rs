//! The pages at the desk: a session of the log, trends, the check-in and the calibration.

use super::scenes::{PageDrawing, key_event, notation, page, profile};
use chrono::{DateTime, Days, NaiveDate, Weekday};
use pacebell::agenda::{CheckinAnswers, DailyCheckin};
use pacebell::athlete::{Race, RaceResult, Zone};
use pacebell::diagnostic::SourceText;
use pacebell::formats::activity_reader::HeartBeats;
use pacebell::history::SessionId;
use pacebell::history::queries::{LogEntry, SessionDetails};
use pacebell::session::answers::{Answers, Breath, Feel};
use pacebell::session::{Command, CoveredDistance, Session, Summary, ZoneTimes};
use pacebell::trends::{TrendInput, TrendSession, Trends};
use pacebell::tui::Theme;
use pacebell::tui::screens::calibrate::CalibrationPage;
use pacebell::tui::screens::checkin::{CheckinForm, CheckinPage};
use pacebell::tui::screens::log::{SessionPage, TrendsPage};
use pacebell::tui::screens::page::Page;
use pacebell::units::{Distance, Millis, Moment};
use std::sync::Arc;

/// Hill repeats, one of them skipped, stopped in the cool-down.
pub fn session(theme: Theme) -> PageDrawing {
    let sequence = notation("10min easy, 4×(90s 10.5km/h ^6%, 2min 7km/h ^1%), 800m easy").sequence;
    let mut run = Session::new(Arc::clone(&sequence));
    let mut events = run.apply(Command::Start, Moment::new(0));
    for (command, second) in
        [(Command::Pause, 400), (Command::Resume, 480), (Command::Skip, 1100), (Command::Stop, 1600)]
    {
        events.extend(run.apply(command, Moment::new(second * 1000)));
    }
    let summary = Summary::of(&run);
    let note = "Legs heavy from Tuesday, better from the third rep on".to_string();
    let entry = LogEntry {
        id: SessionId(7),
        name: "Hill repeats".to_string(),
        started: DateTime::parse_from_rfc3339("2026-11-19T18:30:00+01:00").unwrap(),
        planned: summary.planned,
        active: summary.active,
        steps_done: summary.steps_done,
        steps_planned: summary.steps_planned,
        finished: summary.finished,
        zones: summary.zones,
        answers: Answers {
            rpe: Some(7.0),
            breath: Some(Breath::Borg(6.0)),
            feel: Some(Feel::Good),
            note: Some(note),
            ..Answers::default()
        },
        rehearsed: None,
        by_hand: false,
        activity: sequence.activity,
        covered: CoveredDistance::of(&sequence, &summary.laps),
        heart: HeartBeats::default(),
        bends: Default::default(),
        imported: None,
    };
    let details = SessionDetails {
        entry,
        sequence: (*sequence).clone(),
        laps: summary.laps,
        lap_hearts: Vec::new(),
        samples: Vec::new(),
        events,
        athlete: None,
        source: SourceText::new("hills.toml", ""),
    };
    let here = *details.entry.started.offset();
    page(SessionPage::new(details, here, theme).in_units(profile().units), theme)
}

const TODAY: &str = "2026-11-29";

fn day(before: u64) -> NaiveDate {
    let today: NaiveDate = TODAY.parse().unwrap();
    today.checked_sub_days(Days::new(before)).unwrap()
}

/// A run so many days ago: its name, its minutes, its RPE and its pace in seconds per kilometre.
fn run(id: i64, before: u64, name: &str, [minutes, rpe, pace]: [f64; 3]) -> TrendSession {
    let time = Millis::from_secs_f64(minutes * 60.0);
    let distance = |minutes: f64| Distance::from_metres(minutes * 60.0 / pace * 1000.0);
    let mut zones = ZoneTimes::default();
    let hard = if rpe >= 5.0 { 0.4 } else { 0.0 };
    zones.add(Zone::new(2), Millis::from_secs_f64(minutes * 60.0 * (1.0 - hard)));
    zones.add(Zone::new(4), Millis::from_secs_f64(minutes * 60.0 * hard));
    let covered = CoveredDistance { distance: distance(minutes), time, is_estimated: false };
    TrendSession {
        id,
        on: day(before),
        name: name.to_string(),
        time,
        rpe: (rpe > 0.0).then_some(rpe),
        is_run: true,
        zones,
        covered: Some(covered),
        work: (rpe >= 5.0).then_some(covered),
    }
}

/// The page of the trends.
pub fn trends(theme: Theme) -> PageDrawing {
    page(TrendsPage::new(trends_of(12), profile().units, theme), theme)
}

/// Sixteen weeks with a tempo run each week that gets faster, and a long run that grew too quickly once.
pub fn trends_of(weeks: usize) -> Trends {
    let mut sessions = Vec::new();
    for week in (0..16_u64).rev() {
        let (id, grown) = ((16 - week) as i64 * 10, (16 - week) as f64);
        let long =
            if week == 4 { 105.0 } else { 60.0 + grown * 2.0 - f64::from(u8::from(week % 4 == 0)) * 15.0 };
        let tempo = run(id, week * 7 + 5, "Tempo micro", [20.0 + grown, 6.0, 318.0 - grown]);
        sessions.push(tempo);
        sessions.push(run(id + 1, week * 7 + 3, "Easy", [40.0, if week == 1 { 0.0 } else { 3.0 }, 372.0]));
        sessions.push(run(id + 2, week * 7, "Long run", [long, 4.0, 366.0]));
    }
    let trial = |before, seconds| RaceResult {
        race: Race::FiveK,
        time: Millis::from_secs(seconds),
        on: Some(day(before)),
    };
    let results = [trial(72, 1368), trial(44, 1351), trial(16, 1332)];
    let today = day(0);
    Trends::new(TrendInput {
        sessions: &sessions,
        results: &results,
        today,
        week_starts: Weekday::Mon,
        weeks,
    })
}

/// The page of a check-in.
pub fn checkin(theme: Theme) -> PageDrawing {
    page(CheckinPage::new(checkin_form(), theme), theme)
}

/// A morning after a short night, with ten check-ins before it, at the choices.
pub fn checkin_form() -> CheckinForm {
    let answers = |sleep, mood, resting_heart| CheckinAnswers {
        sleep,
        soreness: 4,
        energy: 4,
        mood,
        resting_heart: Some(resting_heart),
        must_stop: false,
    };
    // The sums are 16 15 17 16 14 15 16 17 15 16, so the usual one is 15.7 ± 0.95.
    let moods = [5, 4, 5, 5, 3, 4, 5, 5, 4, 5];
    let sleeps = [3, 3, 4, 3, 3, 3, 3, 4, 3, 3];
    let earlier = sleeps.into_iter().zip(moods).zip((2..12).rev()).map(|((sleep, mood), before)| {
        DailyCheckin { on: day(before), answers: answers(sleep, mood, 48 + before as u32 % 4) }
    });
    CheckinForm {
        on: day(0),
        earlier: earlier.collect(),
        given: Some(answers(2, 4, 52)),
        choices: ["As planned: Easy 15", "Easier: 10min easy", "Rest"].map(String::from),
    }
}

/// The lag, before it is measured.
pub fn calibration(theme: Theme) -> PageDrawing {
    let mut calibration = CalibrationPage::new(profile().belt(), None, theme);
    calibration.input(&key_event(' '));
    page(calibration, theme)
}
