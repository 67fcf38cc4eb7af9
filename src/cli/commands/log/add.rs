//! `pacebell log add`: a session that was not timed.

use super::edit::refused;
use super::{details, print, say, wrong};
use crate::cli::args::log::AddArguments;
use crate::cli::failure::Failure;
use crate::cli::session::record;
use crate::cli::{human_date, load_workout};
use crate::clock;
use crate::history::edits;
use crate::history::edits::Added;
use crate::history::{Database, SessionStartRow, describe};
use crate::session::manual_entry::{FitResult, UnknownLength, untimed};
use crate::units::Millis;
use chrono::{Duration, NaiveTime, SubsecRound};

/// Adds it, and says what it took for granted.
pub fn add(store: &Database, arguments: &AddArguments) -> Result<(), Failure> {
    let chosen = load_workout::choose(&arguments.workout)?;
    let fitted = untimed(&chosen.sequence, arguments.took).map_err(unknown)?;
    // Nobody knows it to the millisecond.
    let now = clock::local_time().trunc_subsecs(0);
    let length = Duration::milliseconds(i64::try_from(fitted.summary.active.get()).unwrap_or(i64::MAX));
    let found = match &arguments.on {
        None => human_date::DateMatch { start: now - length, guessed: false },
        Some(on) => human_date::read(on, now)
            .and_then(|when| human_date::start(when, NOON, (length, now), clock::local))
            .map_err(|why| refused(&why))?,
    };
    let added = Added {
        start: SessionStartRow {
            settings: record::settings(&chosen.profile),
            sequence: chosen.sequence,
            source: chosen.source,
            started: found.start,
            speed: 1.0,
        },
        summary: fitted.summary,
        answers: arguments.answers(),
    };
    let mut connection = store.open()?;
    let id = edits::add(&mut connection, &added, clock::since_1970()).map_err(|e| store.explain(&e))?;
    print::line_of(&details(store, id)?.entry)?;
    let mut said = Vec::new();
    said.extend(in_words(fitted.fitted));
    if arguments.on.is_none() {
        said.push("It is logged as having just ended: `--on yesterday` says another day.".to_string());
    } else if found.guessed {
        let time = found.start.format("%H:%M");
        said.push(format!(
            "Nobody said at what time: {time} is assumed. `pacebell log edit {id} --on 7:30` would change it."
        ));
    }
    said.push("`pacebell log undo` takes it back.".to_string());
    say(&said)
}

/// When a session of a day began of which nobody says more.
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

/// What was taken for granted.
fn in_words(fitted: FitResult) -> Option<String> {
    let length = |time: Millis| describe::length(time);
    match fitted {
        FitResult::Planned => None,
        FitResult::RangesAtMost => Some(
            "Ranges count with the most that they may be: `--took TIME` says how long it was.".to_string(),
        ),
        FitResult::Rest { length: rest } => {
            Some(format!("The step without a fixed length gets what the others left: {}.", length(rest)))
        }
        FitResult::Shared { steps, length: rest } => Some(format!(
            "{steps} steps have no fixed length. They took {} together; how long each was nobody knows, so there are no laps.",
            length(rest)
        )),
        FitResult::Left { undone } => {
            Some(format!("The last {} of the plan count as not run.", length(undone)))
        }
        FitResult::WentOn { after } => {
            Some(format!("{} of it count as run after the last step.", length(after)))
        }
    }
}

fn unknown(why: UnknownLength) -> Failure {
    match why {
        UnknownLength::Lengths(steps) => {
            let are = if steps == 1 {
                "1 of its steps has no length"
            } else {
                &format!("{steps} of its steps have no length")
            };
            wrong(
                &format!("nobody knows how long it was: {are}"),
                "say how long it took in all: `--took 45min`",
            )
        }
        UnknownLength::TooShort(least) => wrong(
            &format!(
                "its steps take {} at least, and which of them were shorter nobody knows",
                describe::length(least)
            ),
            "write what was run as notation: pacebell log add \"20min easy, 3min walk\"",
        ),
    }
}
