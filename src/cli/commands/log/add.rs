//! `pacebell log add`: adds a session that pacebell did not time.

use super::distance::GivenDistance;
use super::edit::date_refused;
use super::{details, print, print_lines};
use crate::cli::args::log::AddArguments;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, DateMatch, HumanDate};
use crate::cli::load_workout;
use crate::cli::report::Report;
use crate::cli::session::record;
use crate::clock;
use crate::history::edits::{self, Added};
use crate::history::{Database, SessionStartRow, describe};
use crate::session::manual_entry::{FitResult, UnknownLength, untimed};
use crate::session::took::{UnclearTime, read_total};
use crate::text::clean;
use crate::units::typed_time::{TimeReading, TypedTime, TypedUnit};
use crate::units::{Distance, Rehearsal};
use crate::workout::sequence::{End, PlannedStep, Sequence};
use chrono::{Duration, NaiveTime, SubsecRound};

/// When a session is taken to have begun if only its day is known.
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

/// Adds the session, and prints it with everything that was assumed.
pub fn add(context: &Context, database: &Database, arguments: &AddArguments) -> Result<(), Failure> {
    let workout = load_workout::load(context, &arguments.workout)?;
    let took = match &arguments.took {
        Some(typed) => {
            Some(read_total(&workout.sequence, typed).map_err(|problem| unclear_time(problem, typed))?)
        }
        None => None,
    };
    let given = GivenDistance::read(arguments, workout.profile.units)?;
    let time = took.map(|reading| reading.time).or_else(|| given.time(written_distance(&workout.sequence)));
    let mut entry = untimed(&workout.sequence, time).map_err(unknown_length)?;
    given.apply(&mut entry.summary)?;
    // Nobody knows the start to the millisecond.
    let now = clock::local_time().trunc_subsecs(0);
    let length = Duration::milliseconds(i64::try_from(entry.summary.active.get()).unwrap_or(i64::MAX));
    let date = match &arguments.on {
        // A session of the plan that just ended after midnight counts for the day that asked for it.
        None if workout.item.is_some() && (now - length).date_naive() < now.date_naive() => {
            let today = HumanDate::Day(now.date_naive());
            human_date::start(today, NOON, length, now, clock::local)
                .map_err(|refusal| date_refused(&refusal))?
        }
        None => DateMatch { start: now - length, guessed: false },
        Some(on) => human_date::read(on, now)
            .and_then(|date| human_date::start(date, NOON, length, now, clock::local))
            .map_err(|refusal| date_refused(&refusal))?,
    };
    let added = Added {
        start: SessionStartRow {
            settings: record::settings(&workout.profile),
            sequence: workout.sequence,
            source: workout.source,
            started: date.start,
            rehearsal: Rehearsal::REAL_TIME,
            item: workout.item,
        },
        summary: entry.summary,
        answers: arguments.answers(),
    };
    let mut connection = database.open()?;
    let id =
        edits::add(&mut connection, &added, clock::since_1970()).map_err(|error| database.explain(&error))?;
    print::line_of(&details(database, id)?.entry)?;
    let mut notes: Vec<String> =
        arguments.took.iter().zip(took).filter_map(|(typed, reading)| reading_note(typed, reading)).collect();
    notes.extend(assumption(entry.fitted));
    if arguments.on.is_none() {
        notes.push("It is logged as having just ended. For another day, use `--on yesterday`.".to_string());
    } else if date.guessed {
        let time = date.start.format("%H:%M");
        notes.push(format!(
            "The start is assumed to be {time}. To change it: pacebell log edit {id} --on 7:30"
        ));
    }
    notes.push("To remove it again: pacebell log undo".to_string());
    print_lines(&notes)
}

/// Returns the distance of a workout that consists of distances.
fn written_distance(sequence: &Sequence) -> Option<Distance> {
    let written = |step: &PlannedStep| match step.end {
        End::Distance { upper, .. } => Some(upper.metres()),
        End::Time { .. } | End::Open => None,
    };
    sequence.steps.iter().map(written).sum::<Option<f64>>().map(Distance::from_metres)
}

/// Returns a sentence about a time without a unit, unless it is minutes and seconds as usual.
fn reading_note(typed: &TypedTime, reading: TimeReading) -> Option<String> {
    let words = reading.unit.words().filter(|_| reading.unit != TypedUnit::MinutesAndSeconds)?;
    Some(format!("{} is read as {}: {words}.", clean(&typed.text), reading.time))
}

fn unclear_time(problem: UnclearTime, typed: &TypedTime) -> Failure {
    let text = clean(&typed.text);
    let problem = match problem {
        UnclearTime::Ambiguous => format!("`--took {text}` may be {}", typed.meanings()),
        UnclearTime::Impossible => {
            format!("`--took {text}` does not fit this workout: it would be {}", typed.meanings())
        }
    };
    let help = match text.strip_suffix(":00").filter(|clock| clock.contains(':')) {
        Some(clock) => format!("if it was minutes and seconds, write `--took {clock}`"),
        None => {
            "write the time with its unit, such as `--took 65min`, or with hours, such as `--took 1:05:00`"
                .to_string()
        }
    };
    Failure::Input(Report::new(problem).with_help(help))
}

/// Returns a sentence about what was assumed, if anything was.
fn assumption(fitted: FitResult) -> Option<String> {
    match fitted {
        FitResult::Planned => None,
        FitResult::RangesAtMost => {
            Some("Ranges count at their upper end. If it took less, add `--took TIME`.".to_string())
        }
        FitResult::Rest { length } => {
            Some(format!("The step without a fixed length gets the rest: {}.", describe::length(length)))
        }
        FitResult::Shared { steps, length } => Some(format!(
            "{steps} steps have no fixed length. They took {} together. How long each took is not known, \
             so there are no laps.",
            describe::length(length)
        )),
        FitResult::Left { undone } => {
            Some(format!("The last {} of the plan counts as not run.", describe::length(undone)))
        }
        FitResult::WentOn { after } => {
            Some(format!("{} of it counts as run after the last step.", describe::length(after)))
        }
    }
}

fn unknown_length(error: UnknownLength) -> Failure {
    let report = match error {
        UnknownLength::Lengths(steps) => {
            let have = if steps == 1 {
                "1 of its steps has no length".to_string()
            } else {
                format!("{steps} of its steps have no length")
            };
            Report::new(format!("cannot tell how long it took: {have}"))
                .with_help("give the total time: `--took 45min`")
        }
        UnknownLength::TooShort(shortest) => Report::new(format!(
            "its steps take at least {}, so some were shorter, but it is unclear which",
            describe::length(shortest)
        ))
        .with_help("write what you ran as notation: pacebell log add \"20min easy, 3min walk\""),
    };
    Failure::Input(report)
}
