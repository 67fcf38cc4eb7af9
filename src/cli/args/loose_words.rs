//! Words of a command line without their option: `log add 5km yesterday 25:00`, `run hills reps=6`.

use crate::cli::human_date::{self, HumanDate};
use crate::clock;
use crate::units::typed_time::TypedTime;
use crate::workout::parse_time;

/// The most words of a date: `last sunday 7:30 pm`.
const LONGEST_DATE: usize = 4;
/// Words in front of a date or a time.
const FILLERS: [&str; 5] = ["on", "at", "in", "for", "took"];

/// Returns `line` with `--on "yesterday 22:30"` in the place of `--on yesterday --took 22:30`, where `words` have the two
/// side by side: the clock may be the time of day.
pub fn with_time_of_day(words: &[String], line: &[String]) -> Option<Vec<String>> {
    let at = line.windows(4).position(|four| {
        matches!(four, [on, day, took, clock] if on == "--on" && took == "--took"
            && words.windows(2).any(|two| matches!(two, [a, b] if day.ends_with(a.as_str()) && b == clock)))
    })?;
    let moment = format!("{} {}", line.get(at + 1)?, line.get(at + 3)?);
    let is_moment = matches!(human_date::read(&moment, clock::local_time()), Ok(HumanDate::Local(_)));
    is_moment.then(|| {
        [line.get(..=at).unwrap_or_default(), &[moment], line.get(at + 4..).unwrap_or_default()].concat()
    })
}

/// The words that belong to options, and the others.
pub struct LooseWords {
    /// Options and their values.
    pub options: Vec<String>,
    /// The words that are left.
    pub rest: Vec<String>,
}

/// Gives dates, times and parameters at either end of `words` their option, as far as the command takes it. Nothing if
/// there are none, or if no other word is left.
pub fn sort(words: &[String], options: &[String]) -> Option<LooseWords> {
    let mut loose = LooseWords { options: Vec::new(), rest: words.to_vec() };
    let takes = |name: &str, loose: &LooseWords| {
        options.iter().any(|option| option == name)
            && (name == "--set" || !loose.options.iter().any(|option| option == name))
    };
    loop {
        let count = loose.rest.len();
        let ends = (1..=LONGEST_DATE.min(count)).rev().flat_map(|n| [count - n..count, 0..n]);
        let found = ends.into_iter().find_map(|range| {
            let text = loose.rest.get(range.clone())?.join(" ");
            let mut found = option_of(&text)
                .or_else(|| effort(&text).filter(|_| range.end == count).map(|rpe| ("--rpe", rpe)));
            // `log add 8km at 5:30`
            if let Some((option @ "--took", value)) = &mut found
                && ["at ", "@ "].iter().any(|at| text.starts_with(at))
                && value.split_once(':').is_some_and(|(minutes, _)| minutes.len() == 1)
            {
                *option = "--pace";
            }
            // `run hills 30min`: the time that the runner has.
            if let Some((option @ "--took", _)) = &mut found
                && !takes(option, &loose)
            {
                *option = "--in";
            }
            let (option, value) = found.filter(|(option, _)| takes(option, &loose))?;
            Some((range, option, value))
        });
        let Some((range, option, value)) = found else { break };
        loose.rest.drain(range);
        while loose.rest.last().is_some_and(|word| FILLERS.contains(&word.as_str())) {
            loose.rest.pop();
        }
        loose.options.splice(0..0, [option.to_string(), value]);
    }
    (!loose.options.is_empty() && !loose.rest.is_empty()).then_some(loose)
}

/// Returns the option whose value `text` is, and the value.
fn option_of(text: &str) -> Option<(&'static str, String)> {
    let value = FILLERS.iter().find_map(|filler| text.strip_prefix(&format!("{filler} "))).unwrap_or(text);
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    if let Some((name, _)) = value.split_once('=') {
        return (is_name(name) && !name.starts_with('-')).then(|| ("--set", value.to_string()));
    }
    let is_time = TypedTime::parse(value).is_some() && value.contains(':') || parse_time(value).is_some();
    if is_time {
        return Some(("--took", value.to_string()));
    }
    match human_date::read(value, clock::local_time()) {
        // `yesterday 25:00` is a day and the time that the run took, and so is `yesterday 22:30`.
        Ok(HumanDate::Local(_)) if last_word(value).is_some_and(|time| TypedTime::parse(time).is_some()) => {
            None
        }
        Ok(HumanDate::Day(_) | HumanDate::Local(_) | HumanDate::Moment(_)) => {
            Some(("--on", value.to_string()))
        }
        _ => None,
    }
}

/// `6` and `6/10` behind a run: how hard it was, from 1 to 10.
fn effort(text: &str) -> Option<String> {
    let number = text.strip_suffix("/10").unwrap_or(text);
    number.parse::<u8>().ok().filter(|number| (1..=10).contains(number)).map(|number| number.to_string())
}

fn last_word(text: &str) -> Option<&str> {
    text.rsplit(' ').next()
}
