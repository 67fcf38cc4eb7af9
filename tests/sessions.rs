//! Session scripts: a runner's actions with their times, and every event that must follow.
//!
//! A script names a workout in its notation, then has a line for each command, `SECOND COMMAND`, and indented
//! below it everything that happens from then on until the next command: `SECOND ACTIVE-SECOND EVENT`. Each script
//! is run with time passing in one jump between commands and in many small steps, and its events are replayed.

use pacebell::belt::Treadmill;
use pacebell::coach::{Coach, Effect};
use pacebell::session::{Command, Event, EventKind, Record, RepsDone, Session, Summary};
use pacebell::units::{Distance, Millis, Moment, Rehearsal, Speed};
use pacebell::workout::sequence::{Bend, Sequence, StepId};
use pacebell::workout::{Options, SourceText, compile_notation};
use std::path::Path;
use std::sync::Arc;

struct Script {
    sequence: Arc<Sequence>,
    /// Each command, with the events expected after it.
    steps: Vec<(Moment, Option<Command>, Vec<String>)>,
}

fn moment(text: &str) -> Moment {
    Moment::new((text.parse::<f64>().unwrap() * 1000.0).round() as u64)
}

fn command(words: &[&str]) -> Option<Command> {
    Some(match words {
        ["start"] => Command::Start,
        ["pause"] => Command::Pause,
        ["resume"] => Command::Resume,
        ["skip"] => Command::Skip,
        ["back"] => Command::Back,
        ["extend"] => Command::Extend(Millis::from_secs(10)),
        ["end-step"] => Command::EndStep,
        ["end-repeat"] => Command::EndRepeat,
        ["reach", bpm] => Command::Reach { bpm: bpm.parse().unwrap() },
        ["absent-since", since] => Command::Absence { since: moment(since) },
        ["catch-up"] => Command::CatchUp,
        ["stop"] => Command::Stop,
        ["reopen"] => Command::Reopen,
        ["count-in", length] => Command::CountIn(Millis::new(moment(length).get())),
        ["adjust", kmh] => Command::Adjust(Speed::from_kmh(kmh.parse().unwrap())),
        ["correct", metres] => Command::Correct(Distance::from_metres(metres.parse().unwrap())),
        ["go-to", step] => Command::GoTo(StepId(step.parse().unwrap())),
        ["undo"] => Command::Undo,
        ["longer-recoveries"] => Command::Bend(Bend::LongerRecoveries),
        ["slower-work"] => Command::Bend(Bend::SlowerWork),
        ["fewer-reps"] => Command::Bend(Bend::FewerReps),
        ["easy-to-the-end"] => Command::Bend(Bend::EasyToTheEnd),
        ["one-more"] => Command::Bend(Bend::OneMore),
        ["within", total] => Command::Bend(Bend::Within(Millis::new(moment(total).get()))),
        ["ease-off"] => Command::EaseOff,
        ["answer", answer] => Command::Answer { yes: *answer == "yes" },
        ["wait"] => return None,
        other => panic!("unknown command {other:?}"),
    })
}

fn parse(text: &str) -> Script {
    let notation =
        text.lines().find_map(|l| l.strip_prefix("workout: ")).expect("a script names its workout");
    let source = SourceText { name: "script".into(), text: notation.into() };
    let sequence =
        compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence;
    let mut steps: Vec<(Moment, Option<Command>, Vec<String>)> = Vec::new();
    for line in
        text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#') && !l.starts_with("workout:"))
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with(' ') {
            steps.last_mut().expect("a command comes first").2.push(words.join(" "));
        } else {
            steps.push((moment(words[0]), command(&words[1..]), Vec::new()));
        }
    }
    Script { sequence: Arc::new(sequence), steps }
}

fn described(effect: &Effect, sequence: &Sequence) -> Option<String> {
    let n = |id| sequence.index(id).unwrap() + 1;
    let event = match effect {
        Effect::Happened(event) => event,
        Effect::Said(words) => return Some(format!("text {} {}", words.at.seconds(), words.text)),
        Effect::Announce(_) | Effect::Sounded(_) | Effect::Changed(_) | Effect::Tilted(_) => return None,
    };
    let what = match event.what {
        EventKind::Started => "started".to_string(),
        EventKind::StepBegan { step } => format!("step {}", n(step)),
        EventKind::Paused => "paused".to_string(),
        EventKind::Resumed => "resumed".to_string(),
        EventKind::Skipped { step } => format!("skipped {}", n(step)),
        EventKind::WentBack => "went-back".to_string(),
        EventKind::Extended { step, by } => format!("extended {} by {}", n(step), by.seconds()),
        EventKind::StepEnded { step } => format!("ended {}", n(step)),
        EventKind::Reached { step, bpm } => format!("reached {bpm} in {}", n(step)),
        EventKind::RepeatEnded { step } => format!("ended-repeat in {}", n(step)),
        EventKind::WasAbsent { since } => format!("absent-since {}", Millis::new(since.get()).seconds()),
        EventKind::CaughtUp => "caught-up".to_string(),
        EventKind::Finished => "finished".to_string(),
        EventKind::Stopped => "stopped".to_string(),
        EventKind::Reopened => "reopened".to_string(),
        EventKind::CountingIn { until } => {
            format!("counting-in until {}", Millis::new(until.get()).seconds())
        }
        EventKind::Adjusted { step, to } => format!("adjusted {} to {to}", n(step)),
        EventKind::Corrected { step, distance } => {
            format!("corrected {} to {} m", n(step), distance.metres())
        }
        EventKind::WentTo { step } => format!("went-to {}", n(step)),
        EventKind::Undone => "undone".to_string(),
        EventKind::Bent { bend } => bend.mark(),
        EventKind::EasedOff => "eased-off".to_string(),
        EventKind::Answered { yes } => format!("answered {}", if yes { "yes" } else { "no" }),
    };
    Some(format!("{} {} {what}", Millis::new(event.at.get()).seconds(), event.elapsed.seconds()))
}

/// Runs a script with ticks `grain` apart. Returns the events after each command, and all events.
fn run(script: &Script, grain: Millis) -> (Vec<Vec<String>>, Vec<Event>, Coach) {
    let mut coach = Coach::new(Arc::clone(&script.sequence), Treadmill::default(), Rehearsal::REAL_TIME);
    let (mut outcomes, mut events) = (Vec::new(), Vec::new());
    // An absence begins before its command: no ticks happen in between.
    let end = |(at, command, _): &(Moment, Option<Command>, Vec<String>)| match command {
        Some(Command::Absence { since }) => *since,
        _ => *at,
    };
    let ends = script.steps.iter().skip(1).map(|step| Some(end(step))).chain([None]);
    for ((at, command, _), end) in script.steps.iter().zip(ends) {
        let mut effects = match command {
            Some(command) => coach.handle(*command, *at),
            None => coach.tick(*at),
        };
        let mut now = *at;
        while let Some(end) = end.filter(|e| now + Millis::new(1) < *e) {
            now = (now + grain).min(end.before(Millis::new(1)));
            effects.extend(coach.tick(now));
        }
        events.extend(effects.iter().filter_map(|e| match e {
            Effect::Happened(event) => Some(*event),
            _ => None,
        }));
        outcomes.push(effects.iter().filter_map(|e| described(e, coach.session().sequence())).collect());
    }
    (outcomes, events, coach)
}

fn check(name: &str, text: &str) {
    let script = parse(text);
    for grain in [Millis::from_secs(100_000), Millis::from_secs(1), Millis::new(77)] {
        let (outcomes, events, coach) = run(&script, grain);
        for ((at, command, expected), got) in script.steps.iter().zip(&outcomes) {
            let second = Millis::new(at.get()).seconds();
            assert_eq!(got, expected, "{name}, from {second} {command:?} on, in steps of {grain}");
        }
        let replayed = Session::replay(Arc::clone(&script.sequence), &Record::new(events)).unwrap();
        let now = script.steps.last().unwrap().0;
        assert_eq!(replayed.position(now), coach.session().position(now), "{name}, replayed");
        assert_eq!(replayed.laps(), coach.session().laps(), "{name}, replayed");
    }
}

#[test]
fn every_script_produces_its_events() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        check(&path.file_name().unwrap().to_string_lossy(), &std::fs::read_to_string(&path).unwrap());
        count += 1;
    }
    assert!(count >= 6, "only {count} scripts were found");
}

/// Returns the number of reps done if one step was skipped and the others were run.
fn reps_without(notation: &str, skipped: usize) -> RepsDone {
    let source = SourceText { name: "reps".into(), text: notation.into() };
    let sequence =
        compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence;
    let mut session = Session::new(Arc::new(sequence.clone()));
    session.apply(Command::Start, moment("0"));
    let mut now = 0;
    for (i, step) in sequence.steps.iter().enumerate() {
        if i == skipped {
            session.apply(Command::Skip, Moment::new(now));
        } else {
            now += step.end.planned().unwrap().get();
            session.advance(Moment::new(now));
        }
    }
    RepsDone::of(&sequence, &Summary::of(&session).laps).unwrap()
}

#[test]
fn a_rep_is_done_when_its_work_is_done() {
    for notation in [
        "2×30s hard / 20s easy",
        "2×(30s hard, 20s easy)",
        "2×(30s 12km/h, 20s easy)",
        "2×(30s 12km/h, 20s 8km/h)",
        "2×(30s 12km/h, 20s recovery)",
        "2×(5s 8->12km/h, 30s 12km/h, 20s 8km/h)",
    ] {
        let ramps = notation.contains("->");
        let (work, recovery) = if ramps { (1, 2) } else { (0, 1) };
        assert_eq!(
            reps_without(notation, work),
            RepsDone { done: 1, planned: 2, is_open: false },
            "{notation} without its work"
        );
        let without = reps_without(notation, recovery);
        assert_eq!(
            without,
            RepsDone { done: 2, planned: 2, is_open: false },
            "{notation} without its recovery"
        );
    }
}

#[test]
fn every_step_as_hard_as_the_work_belongs_to_the_rep() {
    for skipped in [0, 1] {
        let done = reps_without("2×(30s hard, 30s incline 2% hard, 20s easy)", skipped);
        assert_eq!(done, RepsDone { done: 1, planned: 2, is_open: false }, "without step {skipped}");
    }
}
