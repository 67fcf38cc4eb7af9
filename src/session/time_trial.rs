//! Time trials: workouts with a tag that says that a distance in them is run against the clock.
//!
//! A tag is free text that every version of the language reads. It changes nothing else about the workout.

use super::{Lap, Session, Summary};
use crate::athlete::{Race, RaceResult, VDOTS};
use crate::units::Millis;
use crate::workout::sequence::{End, PlannedStep};
use chrono::NaiveDate;

/// The tag of a time trial.
pub const TAG: &str = "time-trial";
/// The tolerance for the distance of a race, in metres: a mile may be written as 1.61 km.
const TOLERANCE: f64 = 1.0;

/// Returns the result of a time trial on this day: the last race in it that the runner ended without a pause. A distance
/// that ends by a known pace measures nothing. Returns `None` for a time that no human can run, because then a key was
/// pressed by mistake.
pub fn result(session: &Session, on: NaiveDate) -> Option<RaceResult> {
    let (sequence, summary) = (session.sequence(), Summary::of(session));
    sequence.tags.iter().any(|tag| tag.eq_ignore_ascii_case(TAG)).then_some(())?;
    // A pause exactly at the start or the end does not interrupt a race.
    let is_uninterrupted =
        |lap: &Lap| !session.stood.iter().any(|stood| lap.from < *stood && *stood < lap.to);
    let complete = summary.laps.iter().rev().filter(|lap| lap.complete && is_uninterrupted(lap));
    let mut races = complete.filter_map(|lap| Some((race(sequence.step(lap.step?)?)?, lap.length())));
    let (race, time) = races.next()?;
    let time = Millis::from_secs(time.as_secs_f64().round() as u64);
    let result = RaceResult { race, time, on: Some(on) };
    VDOTS.contains(&result.vdot()).then_some(result)
}

/// Returns the race of a step that only the runner ends.
fn race(step: &PlannedStep) -> Option<Race> {
    let End::Distance { upper, time: None, .. } = step.end else { return None };
    Race::ALL.into_iter().find(|race| (race.distance().metres() - upper.metres()).abs() <= TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Command;
    use crate::units::Moment;
    use crate::workout::{Options, SourceText, compile_file};
    use std::sync::Arc;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    /// Returns the result of running these steps and pressing Enter after these seconds.
    fn result_of(steps: &str, tags: &str, ended: &[u64]) -> Option<RaceResult> {
        let commands: Vec<_> = ended.iter().map(|second| (*second, Command::EndStep)).collect();
        result_with(steps, tags, &commands)
    }

    /// Returns the result of running these steps with these commands.
    fn result_with(steps: &str, tags: &str, commands: &[(u64, Command)]) -> Option<RaceResult> {
        let text = format!("name = \"T\"\ntags = {tags}\nsteps = \"{steps}\"\n");
        let sequence = compile_file(&SourceText::new("t", text), None, &Options::default()).unwrap().sequence;
        let mut session = Session::new(Arc::new(sequence));
        session.apply(Command::Start, Moment::new(0));
        for (second, command) in commands {
            session.apply(*command, Moment::new(second * 1000 + 400));
        }
        session.apply(Command::Stop, Moment::new(9_000_000));
        result(&session, day())
    }

    const TAGGED: &str = "[\"time-trial\"]";

    #[test]
    fn the_time_of_a_race_is_rounded_to_the_second() {
        let result = result_of("10min easy, 5km all-out, 5min easy", TAGGED, &[1950]).unwrap();
        assert_eq!(result, RaceResult { race: Race::FiveK, time: Millis::from_secs(1350), on: Some(day()) });
        assert_eq!(result_of("1mi all-out", TAGGED, &[400]).unwrap().race, Race::Mile);
        assert_eq!(
            result_of("3km all-out, 5min walk, 3km all-out", TAGGED, &[800, 1920]).unwrap().time,
            Millis::from_secs(820)
        );
    }

    #[test]
    fn rejects_everything_that_is_not_a_race() {
        assert_eq!(result_of("5km all-out", "[\"5k\"]", &[1350]), None, "it has no tag");
        assert_eq!(result_of("5km all-out", TAGGED, &[]), None, "it was not ended");
        assert_eq!(result_of("5km all-out", TAGGED, &[200]), None, "nobody runs that fast");
        assert_eq!(result_of("4km all-out", TAGGED, &[1000]), None, "4 km is not a race");
        assert_eq!(result_of("5km 4:30/km, 5min easy", TAGGED, &[]), None, "a pace ended it");
    }

    #[test]
    fn rejects_a_race_with_a_pause() {
        use Command::{Absence, CatchUp, EndStep, Pause, Reopen, Resume, Stop};
        let race = |commands: &[(u64, Command)]| result_with("5km all-out, 5min easy", TAGGED, commands);
        let away = Absence { since: Moment::new(600_000) };
        assert_eq!(race(&[(600, Pause), (660, Resume), (1410, EndStep)]), None);
        assert_eq!(race(&[(660, away), (661, Resume), (1411, EndStep)]), None);
        assert_eq!(race(&[(600, Stop), (660, Reopen), (661, Resume), (1411, EndStep)]), None);
        // An absence that counts as run does not interrupt the race.
        assert_eq!(
            race(&[(660, away), (661, CatchUp), (1350, EndStep)]).unwrap().time,
            Millis::from_secs(1350)
        );
        // Neither does a pause at the finish line, before the start or after the finish.
        assert_eq!(race(&[(1350, Pause), (1360, EndStep)]).unwrap().time, Millis::from_secs(1350));
        assert!(race(&[(1350, EndStep), (1400, Pause), (1500, Resume)]).is_some());
        let warmed_up = [(300, Pause), (400, Resume), (2050, EndStep)];
        assert!(result_with("10min easy, 5km all-out", TAGGED, &warmed_up).is_some());
    }

    #[test]
    fn prefers_a_race_without_a_pause() {
        use Command::{EndStep, Pause, Resume};
        let commands = [(800, EndStep), (1500, Pause), (1600, Resume), (2020, EndStep)];
        let result = result_with("3km all-out, 5min walk, 3km all-out", TAGGED, &commands).unwrap();
        assert_eq!(result.time, Millis::from_secs(800));
    }
}
