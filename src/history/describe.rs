//! Logged sessions in words, for the screen and for printed tables.
//!
//! Text that people typed is cleaned of control characters, since other programs can write to the log.

use super::queries::{LogEntry, SessionDetails};
use crate::athlete::Zone;
use crate::display;
use crate::formats::activity_reader::{ActivitySource, HeartBeats};
use crate::runner::profile::Units;
use crate::session::answers::{Answers, Breath, breath_words, effort_words};
use crate::session::{CoveredDistance, Lap, ZoneTimes, pauses};
use crate::text::clean;
use crate::units::{Millis, clock, trimmed};
use crate::workout::sequence::{Bend, End, PlannedStep};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// A day: `Fri 20 Nov 2026`.
pub fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// A session's start: `Fri 20 Nov 2026, 07:30`, with the offset from UTC if it differs from `here`.
pub fn start(started: DateTime<FixedOffset>, here: FixedOffset) -> String {
    let there = started.offset();
    let offset = if *there == here { String::new() } else { format!(" (UTC{there})") };
    format!("{}, {}{offset}", day(started.date_naive()), started.format("%H:%M"))
}

/// A duration to the second: `25:00`.
pub fn length(time: Millis) -> String {
    clock(time.whole_secs())
}

/// The active time, with the planned time if that is known and differs: `12:30 of 25:00`.
pub fn done(entry: &LogEntry) -> String {
    done_joined(entry, " of ")
}

/// The time run and the time planned, with `of` between them; only the time run if they are equal or none was planned.
pub fn done_joined(entry: &LogEntry, of: &str) -> String {
    let run = length(entry.active);
    match entry.planned.map(length) {
        Some(planned) if planned != run => format!("{run}{of}{planned}"),
        _ => run,
    }
}

/// The number of steps done: `17 of 17, to the end`.
pub fn steps(entry: &LogEntry) -> String {
    let end = match (entry.finished, entry.steps_done >= entry.steps_planned) {
        (true, true) => "to the end",
        (true, false) => "to the end, some cut short",
        (false, _) => "stopped before the end",
    };
    format!("{} of {}, {end}", entry.steps_done, entry.steps_planned)
}

/// A training load, rounded to a whole number.
pub fn load(load: f64) -> String {
    trimmed(load, 0)
}

/// A session's load and how it is calculated: `175 = RPE 7 × 25 min`.
pub fn load_in_full(entry: &LogEntry) -> Option<String> {
    let (whole, rpe) = (entry.load()?, entry.answers.rpe?);
    Some(format!(
        "{} = RPE {} × {} min",
        load(whole),
        trimmed(rpe, 1),
        trimmed(entry.active.as_secs_f64() / 60.0, 1)
    ))
}

/// A note on sessions that were not timed as run: `rehearsed ×20`, `added by hand`.
pub fn origin(entry: &LogEntry) -> Option<String> {
    match entry.rehearsed {
        Some(rehearsal) => Some(format!("rehearsed ×{}", trimmed(rehearsal.factor(), 1))),
        None => entry.by_hand.then(|| "added by hand".to_string()),
    }
}

/// The file that a session came from: `imported from a FIT file (Garmin)`.
fn import_origin(entry: &LogEntry) -> Option<String> {
    let origin = entry.imported.as_ref()?;
    let maker = origin.maker.as_ref().map(|maker| format!(" ({})", clean(maker))).unwrap_or_default();
    Some(format!("imported from {}{maker}", import_words(origin.format)))
}

/// A format of files in words: `a FIT file`.
fn import_words(format: ActivitySource) -> &'static str {
    match format {
        ActivitySource::Fit => "a FIT file",
        ActivitySource::Tcx => "a TCX file",
        ActivitySource::Gpx => "a GPX file",
        ActivitySource::Strava => "Strava",
    }
}

/// A heart rate: `142 bpm, at most 171`.
fn heart(heart: HeartBeats) -> Option<String> {
    let highest = heart.highest.map(|highest| format!(", at most {highest}")).unwrap_or_default();
    Some(format!("{} bpm{highest}", heart.mean?))
}

/// The activity of a session that was not a run.
pub fn activity(entry: &LogEntry) -> Option<&'static str> {
    (!entry.activity.is_run()).then(|| entry.activity.word())
}

/// The runner's answers, each after its question. Numbers come with the words of their scale.
pub fn answers(answers: &Answers) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Some(rpe) = answers.rpe {
        all.push(("RPE".to_string(), format!("{} – {}", trimmed(rpe, 1), effort_words(rpe))));
    }
    match answers.breath {
        Some(Breath::Borg(borg)) => {
            all.push((
                "Breathlessness".to_string(),
                format!("{} – {}", trimmed(borg, 1), breath_words(borg)),
            ));
        }
        Some(Breath::Talk(talk)) => all.push(("Could still say".to_string(), talk.word().to_string())),
        None => {}
    }
    if let Some(feel) = answers.feel {
        all.push(("Felt".to_string(), feel.word().to_string()));
    }
    all.extend(answers.own.iter().map(|(question, answer)| (clean(question), clean(answer))));
    if let Some(note) = &answers.note {
        all.push(("Note".to_string(), clean(note)));
    }
    all
}

/// Breathlessness, short: `6`, `phrases`.
pub fn breath(breath: Breath) -> String {
    match breath {
        Breath::Borg(borg) => trimmed(borg, 1),
        Breath::Talk(talk) => talk.word().to_string(),
    }
}

/// A zone in two columns: `Z5`, or `–` for no zone.
pub fn zone(zone: Option<Zone>) -> String {
    zone.map_or_else(|| "–".to_string(), |zone| zone.to_string())
}

/// The time in each planned zone: `Z2 17:00, Z5 8:00`.
pub fn zones(zones: &ZoneTimes) -> String {
    let part = |(which, time): (Option<Zone>, Millis)| match which {
        Some(_) => format!("{} {}", zone(which), length(time)),
        None => format!("no zone {}", length(time)),
    };
    zones.parts().into_iter().map(part).collect::<Vec<_>>().join(", ")
}

/// The number of pauses and their total length: `2 pauses, 1:20`. `None` without pauses.
pub fn pauses_of(details: &SessionDetails) -> Option<String> {
    let (count, time) = pauses(&details.events);
    let word = if count == 1 { "pause" } else { "pauses" };
    (count > 0).then(|| format!("{count} {word}, {}", length(time)))
}

/// The runner's changes to the plan, and the time that was planned before: `cut to 12:00; 15:00 was planned`.
pub fn changes(details: &SessionDetails) -> Option<String> {
    let bends = &details.sequence.bends;
    let planned = bends.planned.map(|planned| format!("; {} was planned", length(planned)));
    (!bends.is_empty()).then(|| bends.marks() + &planned.unwrap_or_default())
}

/// The runner's changes to the plan in a few words: `cut to 12:00, one more`, `2 skipped`. `None` for a session that was
/// run as planned, and for one that was stopped before its end.
pub fn marks(entry: &LogEntry) -> Option<String> {
    let skipped = entry.steps_planned.saturating_sub(entry.steps_done);
    // An easy end cuts the step short in which it begins.
    let is_cut = entry.by_hand || entry.imported.is_some() || entry.bends.made.contains(&Bend::EasyToTheEnd);
    let skipped = (entry.finished && !is_cut && skipped > 0).then(|| format!("{skipped} skipped"));
    let bends = (!entry.bends.is_empty()).then(|| entry.bends.marks());
    let marks: Vec<String> = bends.into_iter().chain(skipped).collect();
    (!marks.is_empty()).then(|| marks.join(", "))
}

/// The facts about a session, each after its name.
pub fn facts(details: &SessionDetails, units: Units) -> Vec<(String, String)> {
    let zones = &details.entry.zones;
    facts_with(details, units, (*zones != ZoneTimes::default()).then(|| self::zones(zones)))
}

/// The facts of a session for a page that draws the time in each zone by itself.
pub fn facts_without_zones(details: &SessionDetails, units: Units) -> Vec<(String, String)> {
    facts_with(details, units, None)
}

fn facts_with(details: &SessionDetails, units: Units, zones: Option<String>) -> Vec<(String, String)> {
    let entry = &details.entry;
    let time = if entry.activity.is_run() { "Run" } else { "Time" };
    let mut facts = vec![(time, done(entry))];
    if let Some(covered) = &entry.covered {
        facts.push(("Distance", display::covered(covered, units.distance)));
        facts.push(("Average pace", display::average_pace(covered, units.pace)));
    }
    facts.extend(heart(entry.heart).map(|heart| ("Heart rate", heart)));
    if let Some(origin) = &entry.imported {
        facts.extend(
            origin
                .elapsed
                .filter(|e| e.whole_secs() > entry.active.whole_secs())
                .map(|elapsed| ("With pauses", length(elapsed))),
        );
    } else {
        facts.push(("Steps", steps(entry)));
    }
    facts.extend(activity(entry).map(|word| ("Activity", word.to_string())));
    if details.sequence.steps.is_empty() {
        facts.push(("Planned", "cannot be read: it is damaged, or from a newer pacebell".to_string()));
    }
    facts.extend(changes(details).map(|c| ("Changed", c)));
    facts.extend(pauses_of(details).map(|p| ("Paused", p)));
    facts.extend(load_in_full(entry).map(|l| ("Load", l)));
    // Nobody planned a zone for a run that came from a file.
    facts.extend(zones.filter(|_| entry.imported.is_none()).map(|z| ("By zone", z)));
    facts.extend(origin(entry).or_else(|| import_origin(entry)).map(|o| ("In the log", o)));
    let facts = facts.into_iter().map(|(what, is)| (what.to_string(), is));
    facts.chain(answers(&entry.answers)).collect()
}

/// A lap in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LapInWords {
    /// The planned zone at the start of the step.
    pub zone: Option<Zone>,
    /// The active time at its start: `5:00`.
    pub from: String,
    /// The duration, with the planned one if that differs: `1:00`, `0:40 of 1:00`.
    pub length: String,
    /// The target: `Rep: hard, incline 2%`.
    pub what: String,
    /// The target without the incline: `Rep: hard`.
    pub target: String,
    /// The place in the repeats: `rep 3 of 8`.
    pub reps: String,
    /// The distance, with the planned one if that differs, without its unit; empty if it is unknown.
    pub distance: String,
    /// The average pace, without its unit; empty if it is unknown.
    pub pace: String,
    /// The average speed, with the planned one if that differs, without its unit; empty if it is unknown.
    pub speed: String,
    /// The planned incline: `2%`, `0% → 4%`; empty if it is unknown.
    pub incline: String,
    /// True if the incline is not level all the time.
    pub is_inclined: bool,
}

/// The mean heart rate of a lap behind a comma, if it was measured.
fn lap_heart(details: &SessionDetails, lap: &Lap) -> String {
    let heart = details.laps.iter().zip(&details.lap_hearts).find(|(other, _)| *other == lap);
    heart.and_then(|(_, mean)| *mean).map(|mean| format!(", {mean} bpm")).unwrap_or_default()
}

/// Describes a lap.
pub fn lap(details: &SessionDetails, lap: &Lap, units: Units) -> LapInWords {
    let covered = CoveredDistance::of(&details.sequence, std::slice::from_ref(lap));
    let step = lap.step.and_then(|id| details.sequence.step(id));
    let planned = step.and_then(|s| s.end.planned()).map(length);
    let target = step.map(|step| clean(&display::target(step)));
    let heart = lap_heart(details, lap);
    LapInWords {
        zone: step.and_then(|s| s.target.start.zone),
        from: length(lap.from),
        length: with_planned(length(lap.length()), planned),
        what: match (step, &target, lap.step) {
            (Some(step), Some(target), _) => format!("{target}{}{heart}", display::incline(step)),
            (_, _, Some(_)) => "a step of the plan".to_string(),
            (_, _, None) => "after the workout".to_string(),
        },
        target: target.map(|target| target + &heart).unwrap_or_default(),
        reps: clean(&step.map(|s| display::reps(&details.sequence, s).join(", ")).unwrap_or_default()),
        distance: lap_distance(covered, step, units),
        pace: covered.map(|c| display::pace_number(&c, units.pace)).unwrap_or_default(),
        speed: lap_speed(covered, step, units),
        incline: step.map(display::incline_number).unwrap_or_default(),
        is_inclined: step.is_some_and(|step| !display::incline(step).is_empty()),
    }
}

/// Adds the planned value to the one that was run, if they differ: `0:40 of 1:00`.
fn with_planned(run: String, planned: Option<String>) -> String {
    match planned {
        Some(planned) if planned != run => format!("{run} of {planned}"),
        _ => run,
    }
}

fn lap_distance(covered: Option<CoveredDistance>, step: Option<&PlannedStep>, units: Units) -> String {
    let Some(covered) = covered else { return String::new() };
    let run = display::covered_number(&covered, units.distance);
    let planned = step.and_then(|step| match step.end {
        End::Distance { upper, .. } => Some(upper),
        End::Time { .. } | End::Open => None,
    });
    with_planned(run, planned.map(|planned| format!("{:.2}", planned.metres() / units.distance.metres())))
}

fn lap_speed(covered: Option<CoveredDistance>, step: Option<&PlannedStep>, units: Units) -> String {
    let Some(covered) = covered else { return String::new() };
    let run = display::speed_number(&covered, units.speed);
    let planned = step.and_then(|step| step.target.mean_speed()).filter(|_| !covered.is_estimated);
    with_planned(run, planned.map(|planned| format!("{:.1}", units.speed.number(planned))))
}
