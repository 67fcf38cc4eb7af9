//! Steps of a workout file of pacebell as text.

use super::model::{CuePlace, ForeignCue, ForeignEnd, ForeignStep, ForeignTarget};
use crate::text::shown;
use crate::units::{METRES_PER_MILE, Millis, trimmed};
use crate::workout::sequence::Kind;

/// Returns a time with its unit: `60s`, `10min`, `2min30s`, `40.2s`.
pub fn time(time: Millis) -> String {
    let ms = time.get();
    let (minutes, rest) = (ms / 60_000, ms % 60_000);
    let seconds = trimmed(rest as f64 / 1000.0, 3);
    match (minutes, rest) {
        (0 | 1, _) if ms < 100_000 => format!("{}s", trimmed(ms as f64 / 1000.0, 3)),
        (minutes, 0) => format!("{minutes}min"),
        // A time of several units takes no decimals.
        (_, rest) if rest % 1000 > 0 => format!("{}s", trimmed(ms as f64 / 1000.0, 3)),
        (minutes, _) => format!("{minutes}min{seconds}s"),
    }
}

/// Returns a distance with its unit: `400m`, `1.2km`, `3mi`.
pub fn distance(metres: f64) -> String {
    let miles = metres / METRES_PER_MILE;
    let is_round = |number: f64| number >= 0.25 && (number * 4.0 - (number * 4.0).round()).abs() < 1e-9;
    if is_round(miles) {
        return format!("{}mi", trimmed(miles, 2));
    }
    if metres >= 1000.0 && (metres / 10.0).fract() == 0.0 {
        return format!("{}km", trimmed(metres / 1000.0, 2));
    }
    // Below a hundred, `m` alone could be minutes.
    let unit = if metres < 100.0 { " metres" } else { "m" };
    format!("{}{unit}", trimmed(metres, 3))
}

/// Returns an end: `60s`, `400m`, `open`.
pub fn end(end: ForeignEnd) -> String {
    match end {
        ForeignEnd::Time(length) => time(length),
        ForeignEnd::Distance(metres) => distance(metres),
        ForeignEnd::Open => "open".to_string(),
    }
}

fn range(low: f64, high: f64, decimals: usize) -> String {
    let (low, high) = (trimmed(low, decimals), trimmed(high, decimals));
    if low == high { low } else { format!("{low}-{high}") }
}

/// Returns a pace such as `5:05/km` if it is one in whole seconds.
fn pace(metres_per_second: f64) -> Option<String> {
    let seconds = 1000.0 / metres_per_second;
    let whole = seconds.round();
    ((seconds - whole).abs() < 0.05 && (90.0..1200.0).contains(&whole)).then(|| {
        let whole = whole as u64;
        format!("{}:{:02}", whole / 60, whole % 60)
    })
}

fn speed(slow: f64, fast: f64) -> String {
    match (pace(slow), pace(fast)) {
        (Some(slow), Some(fast)) if slow == fast => format!("{slow}/km"),
        (Some(slow), Some(fast)) => format!("{fast}-{slow}/km"),
        _ => format!("{}km/h", range(slow * 3.6, fast * 3.6, 3)),
    }
}

/// Returns a target in the workout language.
pub fn target(target: &ForeignTarget) -> String {
    match target {
        ForeignTarget::Effort(word) => (*word).to_string(),
        ForeignTarget::Fraction { low, high, of } if low == high && *low == 1.0 => (*of).to_string(),
        ForeignTarget::Fraction { low, high, of } => format!("{}% {of}", range(low * 100.0, high * 100.0, 2)),
        ForeignTarget::Speed { slow, fast } => speed(*slow, *fast),
        ForeignTarget::Beats(low, high) => format!("{}bpm", range(*low, *high, 0)),
        ForeignTarget::HeartShare { low, high, of } => format!("{}%{of}", range(*low, *high, 1)),
        ForeignTarget::Zone(low, high) if low == high => format!("Z{low}"),
        ForeignTarget::Zone(low, high) => format!("Z{low}-{high}"),
        ForeignTarget::Rpe(low, high) => format!("RPE {}", range(*low, *high, 1)),
        ForeignTarget::Ramp(from, to) => format!("{} -> {}", self::target(from), self::target(to)),
        ForeignTarget::Words(words) => format!("'{}'", plain(words).replace('\'', "’")),
    }
}

/// Returns a text for a label or a target: in one line, without what stands between steps.
pub fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(shown)
        .map(|c| if matches!(c, ',' | '/' | '(' | ')' | '|' | '{' | '}') { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text within a step as TOML. Braces would stand for a parameter, so they become brackets.
fn inner_string(text: &str) -> String {
    string(&text.trim().replace('{', "(").replace('}', ")"))
}

/// Returns a text as TOML, without control characters.
pub fn string(text: &str) -> String {
    let text: String = text.chars().map(shown).collect();
    toml::Value::String(text).to_string()
}

fn targets(step: &ForeignStep) -> String {
    step.targets.iter().map(target).collect::<Vec<_>>().join(" ")
}

fn inclines(step: &ForeignStep) -> Option<String> {
    let (from, to) = step.incline?;
    let (from, to) = (trimmed(from, 2), trimmed(to, 2));
    Some(if from == to { format!("{from}%") } else { format!("{from} -> {to}%") })
}

/// Returns a step as notation. `None` if it has something that needs a table.
pub fn notation(step: &ForeignStep) -> Option<String> {
    if step.label.is_some() || !step.cues.is_empty() {
        return None;
    }
    let kind = step.kind.filter(|kind| *kind != Kind::Run).map(|kind| kind.word().to_string());
    let incline = inclines(step).map(|incline| format!("incline {incline}"));
    let parts = [kind, Some(end(step.end)), Some(targets(step)), incline];
    Some(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Returns a step as a table.
pub fn table(step: &ForeignStep, indent: usize) -> String {
    let mut keys = vec![match step.end {
        ForeignEnd::Time(length) => format!("time = \"{}\"", time(length)),
        ForeignEnd::Distance(metres) => format!("distance = \"{}\"", distance(metres)),
        ForeignEnd::Open => "open = true".to_string(),
    }];
    let targets = targets(step);
    if !targets.is_empty() {
        keys.push(format!("target = {}", string(&targets)));
    }
    keys.extend(inclines(step).map(|incline| format!("incline = \"{incline}\"")));
    keys.extend(step.label.as_ref().map(|label| format!("label = {}", inner_string(label))));
    keys.extend(
        step.kind.filter(|kind| *kind != Kind::Run).map(|kind| format!("kind = \"{}\"", kind.word())),
    );
    keys.extend(cues(&step.cues, indent));
    format!("{{ {} }}", keys.join(", "))
}

/// Returns the key with texts, a line each. `None` if there are none.
pub fn cues(cues: &[ForeignCue], indent: usize) -> Option<String> {
    if cues.is_empty() {
        return None;
    }
    let space = " ".repeat(indent);
    let lines = cues.iter().map(|cue| {
        let at = match cue.at {
            CuePlace::Time(at) if at == Millis::ZERO => "start".to_string(),
            CuePlace::Time(at) => time(at),
            CuePlace::Metres(metres) => distance(metres),
        };
        format!("{space}  {{ at = \"{at}\", say = {} }},\n", inner_string(&cue.text))
    });
    Some(format!("cues = [\n{}{space}]", lines.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_so_that_they_have_one_reading() {
        let seconds = |seconds| time(Millis::from_secs(seconds));
        assert_eq!(
            [seconds(60), seconds(99), seconds(120), seconds(150), seconds(4200)],
            ["60s", "99s", "2min", "2min30s", "70min"]
        );
        assert_eq!([time(Millis::new(40_200)), time(Millis::new(150_500))], ["40.2s", "150.5s"]);
        assert_eq!(
            [distance(400.0), distance(50.0), distance(1500.0), distance(1609.344)],
            ["400m", "50 metres", "1.5km", "1mi"]
        );
        assert_eq!(distance(1234.5), "1234.5m");
    }

    #[test]
    fn paces_in_whole_seconds_are_written_as_paces() {
        let at = |mps: f64| target(&ForeignTarget::Speed { slow: mps, fast: mps });
        assert_eq!([at(1000.0 / 300.0), at(9.85447 / 3.6)], ["5:00/km", "9.854km/h"]);
    }
}
