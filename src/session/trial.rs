//! Time trials: a workout that says of itself, by a tag, that a distance in it is run against the clock.
//!
//! A tag is free text, which every version of the language reads: nothing else about the workout changes.

use super::Summary;
use crate::athlete::{Race, RaceResult, VDOTS};
use crate::units::Millis;
use crate::workout::sequence::{End, PlannedStep, Sequence};
use chrono::NaiveDate;

/// The tag of a workout whose race may become a result.
pub const TAG: &str = "time-trial";
/// A distance is a race's up to so many metres: a mile may be written as 1.61 km.
const NEAR: f64 = 1.0;

/// What a time trial came to on this day: the last race in it that the runner ended. A distance that a known pace ended
/// measures nothing. Nothing where no human runs like that: a key was pressed by mistake.
pub fn result(sequence: &Sequence, summary: &Summary, on: NaiveDate) -> Option<RaceResult> {
    sequence.tags.iter().any(|tag| tag.eq_ignore_ascii_case(TAG)).then_some(())?;
    let complete = summary.laps.iter().rev().filter(|lap| lap.complete);
    let mut races = complete.filter_map(|lap| Some((race(sequence.step(lap.step?)?)?, lap.length())));
    let (race, time) = races.next()?;
    let time = Millis::from_secs(time.as_secs_f64().round() as u64);
    let result = RaceResult { race, time, on: Some(on) };
    VDOTS.contains(&result.vdot()).then_some(result)
}

/// The race that a step is, where only the runner ends it.
fn race(step: &PlannedStep) -> Option<Race> {
    let End::Distance { upper, time: None, .. } = step.end else { return None };
    Race::ALL.into_iter().find(|race| (race.distance().metres() - upper.metres()).abs() <= NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session};
    use crate::units::Moment;
    use crate::workout::{Options, Source, compile_file};
    use std::sync::Arc;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    /// What comes of running these steps, and pressing Enter after so many seconds.
    fn of(steps: &str, tags: &str, ended: &[u64]) -> Option<RaceResult> {
        let text = format!("name = \"T\"\ntags = {tags}\nsteps = \"{steps}\"\n");
        let sequence = compile_file(&Source::new("t", text), None, &Options::default()).unwrap().sequence;
        let mut session = Session::new(Arc::new(sequence.clone()));
        session.apply(Command::Start, Moment::new(0));
        for second in ended {
            session.apply(Command::EndStep, Moment::new(second * 1000 + 400));
        }
        session.apply(Command::Stop, Moment::new(9_000_000));
        result(&sequence, &Summary::of(&session), day())
    }

    const TAGGED: &str = "[\"time-trial\"]";

    #[test]
    fn the_race_that_the_runner_ended_counts_to_the_second() {
        let result = of("10min easy, 5km all-out, 5min easy", TAGGED, &[1950]).unwrap();
        assert_eq!(result, RaceResult { race: Race::FiveK, time: Millis::from_secs(1350), on: Some(day()) });
        assert_eq!(of("1mi all-out", TAGGED, &[400]).unwrap().race, Race::Mile);
        assert_eq!(
            of("3km all-out, 5min walk, 3km all-out", TAGGED, &[800, 1920]).unwrap().time,
            Millis::from_secs(820)
        );
    }

    #[test]
    fn nothing_else_counts() {
        assert_eq!(of("5km all-out", "[\"5k\"]", &[1350]), None, "it says nothing of a trial");
        assert_eq!(of("5km all-out", TAGGED, &[]), None, "it was left");
        assert_eq!(of("5km all-out", TAGGED, &[200]), None, "no one runs like that");
        assert_eq!(of("4km all-out", TAGGED, &[1000]), None, "that is no race");
        assert_eq!(of("5km 4:30/km, 5min easy", TAGGED, &[]), None, "a pace ended it");
    }
}
