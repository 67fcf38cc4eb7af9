//! Time trials: a workout that says of itself, by a tag, that a distance in it is run against the clock.
//!
//! A tag is free text, which every version of the language reads: nothing else about the workout changes.

use super::{Lap, Session, Summary};
use crate::athlete::{Race, RaceResult, VDOTS};
use crate::units::Millis;
use crate::workout::sequence::{End, PlannedStep};
use chrono::NaiveDate;

/// The tag of a workout whose race may become a result.
pub const TAG: &str = "time-trial";
/// A distance is a race's up to so many metres: a mile may be written as 1.61 km.
const NEAR: f64 = 1.0;

/// What a time trial came to on this day: the last race in it that the runner ran in one go and ended. A distance that a
/// known pace ended measures nothing, and a race with a rest in it is none. Nothing where no human runs like that: a key
/// was pressed by mistake.
pub fn result(session: &Session, on: NaiveDate) -> Option<RaceResult> {
    let (sequence, summary) = (session.sequence(), Summary::of(session));
    sequence.tags.iter().any(|tag| tag.eq_ignore_ascii_case(TAG)).then_some(())?;
    // Where the clock stood at the start or at the end of a race it was run in one go.
    let in_one_go = |lap: &Lap| !session.stood.iter().any(|stood| lap.from < *stood && *stood < lap.to);
    let complete = summary.laps.iter().rev().filter(|lap| lap.complete && in_one_go(lap));
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
    use crate::session::Command;
    use crate::units::Moment;
    use crate::workout::{Options, SourceText, compile_file};
    use std::sync::Arc;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    /// What comes of running these steps, and pressing Enter after so many seconds.
    fn of(steps: &str, tags: &str, ended: &[u64]) -> Option<RaceResult> {
        let commands: Vec<_> = ended.iter().map(|second| (*second, Command::EndStep)).collect();
        told(steps, tags, &commands)
    }

    /// The same, told these commands.
    fn told(steps: &str, tags: &str, commands: &[(u64, Command)]) -> Option<RaceResult> {
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

    #[test]
    fn a_race_with_a_rest_in_it_is_none() {
        use Command::{Absence, CatchUp, EndStep, Pause, Reopen, Resume, Stop};
        let race = |commands: &[(u64, Command)]| told("5km all-out, 5min easy", TAGGED, commands);
        let away = Absence { since: Moment::new(600_000) };
        assert_eq!(race(&[(600, Pause), (660, Resume), (1410, EndStep)]), None);
        assert_eq!(race(&[(660, away), (661, Resume), (1411, EndStep)]), None);
        assert_eq!(race(&[(600, Stop), (660, Reopen), (661, Resume), (1411, EndStep)]), None);
        // Whoever ran on while nothing was alive has run it in one go.
        assert_eq!(
            race(&[(660, away), (661, CatchUp), (1350, EndStep)]).unwrap().time,
            Millis::from_secs(1350)
        );
        // So has who stopped the clock at the line, or stood before the start or after the finish.
        assert_eq!(race(&[(1350, Pause), (1360, EndStep)]).unwrap().time, Millis::from_secs(1350));
        assert!(race(&[(1350, EndStep), (1400, Pause), (1500, Resume)]).is_some());
        let warmed_up = [(300, Pause), (400, Resume), (2050, EndStep)];
        assert!(told("10min easy, 5km all-out", TAGGED, &warmed_up).is_some());
    }

    #[test]
    fn of_two_races_the_one_without_a_rest_counts() {
        use Command::{EndStep, Pause, Resume};
        let commands = [(800, EndStep), (1500, Pause), (1600, Resume), (2020, EndStep)];
        let result = told("3km all-out, 5min walk, 3km all-out", TAGGED, &commands).unwrap();
        assert_eq!(result.time, Millis::from_secs(800));
    }
}
