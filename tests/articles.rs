//! Compares the library with the articles it comes from. `articles.toml` holds their figures, added up by hand.

use pacebell::athlete::{Athlete, Race, RaceResult};
use pacebell::library::{BuiltInWorkout, built_in};
use pacebell::units::{METRES_PER_MILE, Millis};
use pacebell::workout::sequence::{End, Question, Sequence};
use pacebell::workout::{Compiled, Options, compile_file};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The warning about a distance that lasts until a key press, because the pace is unknown.
const UNKNOWN_PACE: &str = "pacebell cannot tell how long this distance takes";
/// The most characters that a runner can read on the belt, two metres away.
const LONGEST_LABEL: usize = 16;
const LONGEST_CUE: usize = 40;
const LONGEST_ABOUT: usize = 160;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Articles {
    session: Vec<Session>,
}

/// A session as its article describes it. The top of the file explains the fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    name: String,
    article: Option<String>,
    #[serde(default)]
    quote: Vec<String>,
    #[serde(rename = "ruling")]
    _ruling: Option<String>,
    sum: Option<String>,
    #[serde(default)]
    total_s: u64,
    least_s: Option<u64>,
    miles: Option<f64>,
    km: Option<f64>,
    steps: usize,
    #[serde(default)]
    open: bool,
    minutes: Option<Vec<u64>>,
    miles_each: Option<Vec<f64>>,
    seconds: Option<Vec<f64>>,
    #[serde(default)]
    set: BTreeMap<String, String>,
}

fn sessions() -> Vec<Session> {
    toml::from_str::<Articles>(include_str!("articles.toml")).unwrap().session
}

fn entry(name: &str) -> BuiltInWorkout {
    built_in().into_iter().find(|e| e.name == name).unwrap_or_else(|| panic!("{name} is not in the library"))
}

fn compile(name: &str, set: &BTreeMap<String, String>, athlete: Option<&Athlete>) -> Compiled {
    let parameters = set.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    let options = Options { parameters, ..Options::default() };
    compile_file(&entry(name).source(), athlete, &options).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

fn library() -> impl Iterator<Item = (&'static str, Sequence)> {
    built_in().into_iter().map(|e| (e.name, compile(e.name, &BTreeMap::new(), None).sequence))
}

/// A runner who races every distance at 5:00/km.
fn even_runner() -> Athlete {
    let results = Race::ALL
        .map(|race| RaceResult::undated(race, Millis::from_secs_f64(race.distance().metres() * 0.3)));
    Athlete::from_results(results.to_vec()).unwrap()
}

/// Returns the total distance of the steps that end after a distance, in metres.
fn metres(sequence: &Sequence) -> f64 {
    let metres = |end: &End| if let End::Distance { upper, .. } = end { upper.metres() } else { 0.0 };
    sequence.steps.iter().map(|s| metres(&s.end)).sum()
}

#[test]
fn every_total_matches_the_article() {
    for session in sessions() {
        let name = &session.name;
        let sequence = compile(name, &session.set, None).sequence;
        let totals = sequence.totals();
        assert_eq!(totals.time, Millis::from_secs(session.total_s), "{name}");
        assert_eq!(totals.least, Millis::from_secs(session.least_s.unwrap_or(session.total_s)), "{name}");
        let wanted = session.miles.unwrap_or(0.0) * METRES_PER_MILE + session.km.unwrap_or(0.0) * 1000.0;
        assert!((metres(&sequence) - wanted).abs() < 0.001, "{name}: {} m, not {wanted}", metres(&sequence));
        assert_eq!(sequence.steps.len(), session.steps, "{name}");
        let open = sequence.steps.iter().any(|s| s.end == End::Open);
        assert_eq!(open, session.open, "{name}");
    }
}

#[test]
fn every_listed_step_has_the_length_in_the_article() {
    for session in sessions() {
        let name = &session.name;
        let steps = compile(name, &session.set, None).sequence.steps;
        if let Some(minutes) = &session.minutes {
            let wanted: Vec<_> = minutes.iter().map(|m| Some(Millis::from_secs(m * 60))).collect();
            assert_eq!(steps.iter().map(|s| s.end.planned()).collect::<Vec<_>>(), wanted, "{name}");
        }
        if let Some(miles) = &session.miles_each {
            assert_eq!(steps.len(), miles.len(), "{name}");
            for (step, miles) in steps.iter().zip(miles) {
                let upper = if let End::Distance { upper, .. } = step.end { upper.miles() } else { 0.0 };
                assert!((upper - miles).abs() < 1e-6, "{name}: {upper} miles, not {miles}");
            }
        }
    }
}

#[test]
fn every_pace_matches_the_article() {
    let runner = even_runner();
    let mut asked = 0;
    for session in sessions() {
        let Some(seconds) = &session.seconds else { continue };
        let steps = compile(&session.name, &session.set, Some(&runner)).sequence.steps;
        assert_eq!(steps.len(), seconds.len(), "{}", session.name);
        for (i, (step, wanted)) in steps.iter().zip(seconds).enumerate().filter(|(_, (_, w))| **w > 0.0) {
            let planned = step.end.planned();
            assert_eq!(planned, Some(Millis::from_secs_f64(*wanted)), "{} step {}", session.name, i + 1);
            asked += 1;
        }
    }
    assert!(asked >= 40, "only {asked} steps were looked at");
}

#[test]
fn only_unknown_paces_cause_warnings_and_a_profile_removes_them() {
    let runner = even_runner();
    for session in sessions() {
        let name = &session.name;
        let warnings = compile(name, &session.set, None).warnings;
        assert!(warnings.iter().all(|w| w.message.starts_with(UNKNOWN_PACE)), "{name}: {warnings:?}");
        // Yasso's distances have times of their own, and a time trial is there to find one.
        let timed = ["yasso-800s", "5k-time-trial"].contains(&name.as_str());
        let distances = (session.miles.is_some() || session.km.is_some()) && !timed;
        assert_eq!(!warnings.is_empty(), distances, "{name}");
        let warnings = compile(name, &session.set, Some(&runner)).warnings;
        assert!(warnings.is_empty(), "{name}: {warnings:?}");
    }
}

#[test]
fn every_workout_is_listed_with_its_article_or_its_sum() {
    let sessions = sessions();
    let listed: BTreeSet<&str> = sessions.iter().map(|s| s.name.as_str()).collect();
    let bundled: BTreeSet<&str> = built_in().iter().map(|e| e.name).collect();
    assert_eq!(listed, bundled);
    for session in &sessions {
        let name = &session.name;
        let source = compile(name, &session.set, None).sequence.source.unwrap();
        match &session.article {
            Some(article) => {
                assert!(source.to_lowercase().contains(&article.to_lowercase()), "{name}: {source}");
                assert!(!session.quote.is_empty() && session.sum.is_none(), "{name}");
            }
            None => {
                assert!(session.sum.is_some() && session.quote.is_empty(), "{name}");
                assert!(source.contains("classic") || source.contains("pacebell"), "{name}: {source}");
            }
        }
    }
    assert!(sessions.iter().filter(|s| s.article.is_none()).count() >= 12);
}

#[test]
fn every_workout_states_its_purpose_and_source() {
    let mut names = BTreeSet::new();
    for (file, sequence) in library() {
        let about = sequence.about.unwrap_or_default();
        assert!((20..=LONGEST_ABOUT).contains(&about.chars().count()), "{file}: {about}");
        assert!(about.ends_with('.'), "{file}: {about}");
        assert!(sequence.source.is_some_and(|s| s.len() > 10), "{file}");
        assert!(!sequence.tags.is_empty(), "{file}");
        assert!(sequence.tags.iter().all(|t| slug(t) == *t), "{file}: {:?}", sequence.tags);
        assert_eq!(slug(&sequence.name), file);
        assert!(names.insert(sequence.name.to_lowercase()), "{file}: two are called {}", sequence.name);
    }
}

/// Returns the file name for a title: `VO2 6×60` becomes `vo2-6x60`.
fn slug(name: &str) -> String {
    let plain = name.to_lowercase().replace('×', "x");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[test]
fn cues_are_short_and_every_target_is_explicit() {
    for (file, sequence) in library() {
        // The library must not rely on assumptions, since runners learn the language from it.
        assert_eq!(sequence.assumptions, Vec::<String>::new(), "{file}");
        for step in &sequence.steps {
            let label = step.label.as_deref().unwrap_or_default();
            assert!(label.chars().count() <= LONGEST_LABEL, "{file}: {label}");
            for cue in &step.cues {
                assert!(cue.text.chars().count() <= LONGEST_CUE, "{file}: {}", cue.text);
            }
        }
    }
}

#[test]
fn a_recovery_run_has_a_checklist_no_pace_ways_to_ease_off_and_questions() {
    let run = compile("recovery-run", &BTreeMap::new(), Some(&even_runner())).sequence;
    assert!(!run.show_pace);
    let before = run.before.unwrap();
    // The four headings of "When You Should Not Do a Recovery Run".
    let checks = ["sharp pain", "race", "sleep", "new to running"];
    assert_eq!(before.stop_if_any.len(), checks.len());
    for (said, wanted) in before.stop_if_any.iter().zip(checks) {
        assert!(said.to_lowercase().contains(wanted), "{said}");
    }
    assert!(before.advice.is_some_and(|a| a.contains("Rest")));
    assert_eq!(run.during_ease, ["Slow down", "Walk", "Stop"]);
    // The six headings of "What Turns a Recovery Run Into an Actual Workout?".
    let signs = ["pace creeps", "full sentences", "muscle", "soreness", "heart rate", "tired, not refreshed"];
    assert_eq!(run.during_signs.len(), signs.len());
    for (said, wanted) in run.during_signs.iter().zip(signs) {
        assert!(said.to_lowercase().contains(wanted), "{said}");
    }
    assert_eq!(run.after_ask[..3], [Question::Rpe, Question::Breathlessness, Question::Feel]);
    assert!(run.steps.iter().all(|s| s.incline.percent() == 0.0));
    assert!(run.steps[0].cues.iter().any(|c| c.text.contains("full sentence")));
}

#[test]
fn workouts_by_feel_show_no_pace() {
    let by_feel: Vec<&str> = library().filter(|(_, s)| !s.show_pace).map(|(name, _)| name).collect();
    assert_eq!(by_feel, ["fartlek", "recovery-run"]);
}
