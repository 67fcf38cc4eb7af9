//! A step with guessed keys, in the words of the notation.

use crate::loose_file::{LooseTable, LooseValue, quoted};

/// Keys for the length of a step, and the unit of a bare number.
const LENGTHS: [(&[&str], &str); 7] = [
    (&["time", "duration", "length", "long", "for", "end"], ""),
    (&["minutes", "mins", "min"], "min"),
    (&["seconds", "secs", "sec"], "s"),
    (&["hours"], "h"),
    (&["distance", "dist"], ""),
    (&["km", "kilometers", "kilometres"], "km"),
    (&["miles", "mi"], "mi"),
];
/// Keys for a count of reps.
const COUNTS: [&str; 9] =
    ["repeat", "repeats", "reps", "rep", "repetitions", "times", "count", "sets", "rounds"];
/// Keys for what stands between reps.
const RECOVERIES: [&str; 8] =
    ["between", "rest", "recovery", "recover", "float", "off", "rest_time", "recovery_time"];
/// Keys for the work of reps.
const WORK: [&str; 5] = ["work", "on", "run", "interval", "effort_time"];
/// Keys for a list of steps.
const STEPS: [&str; 8] =
    ["steps", "step", "intervals", "workout", "segments", "exercises", "blocks", "structure"];
/// Keys for the target of a step.
const TARGETS: [&str; 8] = ["target", "pace", "speed", "effort", "intensity", "heart_rate", "zone", "rpe"];
/// Other words for a heart rate and its zone.
const HEART: [(&str, &str); 5] = [
    ("hr", "heart_rate"),
    ("bpm", "heart_rate"),
    ("pulse", "heart_rate"),
    ("heartrate", "heart_rate"),
    ("hr_zone", "zone"),
];
/// Keys for an incline.
const INCLINES: [&str; 5] = ["incline", "grade", "gradient", "slope", "inclination"];
/// Keys for what a step is called.
const LABELS: [&str; 4] = ["label", "name", "title", "step_name"];
/// Keys for what is said in a step.
const CUES: [&str; 7] = ["cue", "note", "notes", "say", "text", "message", "comment"];
/// Keys of the language's own tables that notation says in another way.
const OWN_KEYS: [&str; 6] = ["share", "in", "ladder", "alternate", "open", "cues"];

/// The kinds of steps, and other words for them.
const KINDS: [(&[&str], &str); 4] = [
    (&["warmup", "warm_up", "warm-up", "warm up", "wu"], "warmup"),
    (&["cooldown", "cool_down", "cool-down", "cool down", "cd"], "cooldown"),
    (&["recovery", "recover"], "recovery"),
    (&["rest"], "rest"),
];
/// Kinds that need no word.
const PLAIN_KINDS: [&str; 8] = ["run", "interval", "intervals", "work", "active", "step", "main", "repeat"];

/// Returns the kind of step that `word` names.
pub(super) fn kind(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    KINDS.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, kind)| *kind)
}

/// The pieces of a step.
#[derive(Default)]
struct StepPieces {
    count: Option<String>,
    kind: Option<&'static str>,
    length: Option<String>,
    unit: Option<String>,
    targets: Vec<String>,
    label: Option<String>,
    cues: Vec<String>,
    inner: Vec<String>,
    between: Option<String>,
}

/// Returns the items of a list of steps, each in quotes or as a table of TOML. Nothing if one of them is unknown.
pub(super) fn items(value: &LooseValue, kind: Option<&str>) -> Option<Vec<String>> {
    let with_kind = |text: &str| match kind {
        Some(kind) if !text.to_lowercase().starts_with(kind) => format!("{kind} {text}"),
        _ => text.to_string(),
    };
    match value {
        LooseValue::Text(text) => {
            let lines = text.lines().map(|line| line.trim().trim_end_matches([',', ';']));
            let lines = lines.map(|line| line.strip_prefix("- ").unwrap_or(line));
            Some(lines.filter(|line| !line.is_empty()).map(|line| quoted(&with_kind(line))).collect())
        }
        LooseValue::Number(number) => Some(vec![quoted(&with_kind(&format!("{number}min")))]),
        LooseValue::List(list) => {
            let all = list.iter().map(|item| items(item, kind)).collect::<Option<Vec<_>>>()?;
            Some(all.concat())
        }
        LooseValue::Table(table) => match step(table, kind) {
            Some(step) => Some(vec![quoted(&step)]),
            None => has_own_keys(table).then(|| vec![value.to_toml()]),
        },
        LooseValue::Switch(_) => None,
    }
}

fn has_own_keys(table: &LooseTable) -> bool {
    table.iter().any(|(key, _)| OWN_KEYS.contains(&key.as_str()))
}

/// Returns the notation of the step in `table`. Nothing if a key is unknown, or has no place in notation.
fn step(table: &LooseTable, kind: Option<&str>) -> Option<String> {
    if let [(key, value)] = table.as_slice()
        && let Some(step) = single(key, value)
    {
        return Some(step);
    }
    let mut pieces = StepPieces { kind: kind.and_then(self::kind), ..StepPieces::default() };
    for (key, value) in table {
        pieces.add(&key.trim().to_lowercase().replace(['-', ' '], "_"), value)?;
    }
    pieces.notation()
}

/// `warmup: 10min`, `easy: 5min`, `10min: easy`.
fn single(key: &str, value: &LooseValue) -> Option<String> {
    let words = value.words().filter(|words| !words.is_empty())?;
    let plain = key.trim().to_lowercase().replace(['-', ' '], "_");
    let is_known = [&COUNTS[..], &STEPS[..], &WORK[..], &TARGETS[..]].concat().contains(&plain.as_str())
        || LENGTHS.iter().any(|(keys, _)| keys.contains(&plain.as_str()));
    if let Some(kind) = kind(key) {
        return Some(format!("{kind} {}", with_unit(&words, "min")));
    }
    if is_known {
        return None;
    }
    if key.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("{} {words}", key.trim()));
    }
    words
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| format!("{} {}", with_unit(&words, "min"), key.trim()))
}

fn with_unit(words: &str, unit: &str) -> String {
    if words.parse::<f64>().is_ok() { format!("{words}{unit}") } else { words.to_string() }
}

impl StepPieces {
    /// Adds the value of a key. Nothing if the key is unknown.
    fn add(&mut self, key: &str, value: &LooseValue) -> Option<()> {
        let words = || value.words().filter(|words| !words.is_empty());
        let target = HEART.iter().find(|(other, _)| *other == key).map_or(key, |(_, known)| *known);
        if LENGTHS.iter().any(|(keys, _)| keys.contains(&key)) {
            if self.length.is_some() {
                return None;
            }
            self.length = Some(length(key, &words()?, self.unit.is_some()));
        } else if COUNTS.contains(&key) {
            let words = words()?;
            let count = words.trim_end_matches(['x', 'X', '×', ' ']);
            self.count = Some(count.trim_end_matches(" times").to_string());
        } else if RECOVERIES.contains(&key) {
            self.between = Some(match value {
                LooseValue::Table(table) => step(table, None)?,
                _ => words()?,
            });
        } else if STEPS.contains(&key) || WORK.contains(&key) {
            self.inner.extend(notations(value)?);
        } else if TARGETS.contains(&target) {
            self.targets.push(named_target(target, &words()?));
        } else if INCLINES.contains(&key) {
            self.targets.push(format!("incline {}%", words()?.trim_end_matches('%').replace(',', ".")));
        } else if key == "unit" || key == "units" {
            self.unit = Some(words()?);
        } else if key == "kind" || key == "type" {
            let word = words()?;
            self.kind = kind(&word);
            if self.kind.is_none() && !PLAIN_KINDS.contains(&word.to_lowercase().as_str()) {
                self.targets.push(word);
            }
        } else if LABELS.contains(&key) {
            let word = words()?;
            match kind(&word) {
                Some(kind) => self.kind = Some(kind),
                None => self.label = Some(word),
            }
        } else if CUES.contains(&key) {
            self.cues.push(words()?);
        } else {
            return None;
        }
        Some(())
    }

    fn notation(self) -> Option<String> {
        let length = self.length.map(|length| match self.unit {
            Some(unit) if length.parse::<f64>().is_ok() => format!("{length}{unit}"),
            Some(unit) => length.trim_end_matches("km").trim_end_matches('m').to_string() + &unit,
            None => length,
        });
        let kind = self.kind.map(str::to_string);
        let words: Vec<String> = kind.into_iter().chain(length.clone()).chain(self.targets).collect();
        let inner = match (length.is_some(), self.inner.is_empty()) {
            (true, true) => vec![words.join(" ")],
            (false, false) => self.inner,
            _ => return None,
        };
        let is_plain = |text: &str| !text.contains([',', '/', '|', '(']);
        // `steps = "60s hard / 60s easy"` beside `repeat` is what the whole repeat reads.
        let is_pair = |text: &str| text.split(" / ").all(is_plain) && self.between.is_none();
        let is_single = matches!(inner.as_slice(), [one] if is_plain(one) || is_pair(one));
        let body = if is_single { inner.join(", ") } else { format!("({})", inner.join(", ")) };
        let whole = match (&self.count, &self.between) {
            (Some(count), Some(between)) => format!("{count}×{body} / {between}"),
            (Some(count), None) => format!("{count}×{body}"),
            (None, Some(between)) if is_single => format!("{body}, {between}"),
            (None, Some(_)) => return None,
            (None, None) => inner.join(", "),
        };
        let label = self.label.filter(|label| is_plain(label)).map(|label| format!("{label}: "));
        let cues: String =
            self.cues.iter().map(|cue| format!(" | start: '{}'", cue.replace('\'', "’"))).collect();
        Some(format!("{}{whole}{cues}", label.unwrap_or_default()))
    }
}

/// Returns the notation of each step of a repeat.
fn notations(value: &LooseValue) -> Option<Vec<String>> {
    match value {
        LooseValue::List(list) => {
            let all = list.iter().map(notations).collect::<Option<Vec<_>>>()?;
            Some(all.concat())
        }
        LooseValue::Table(table) => Some(vec![step(table, None)?]),
        LooseValue::Text(text) if !text.trim().is_empty() => Some(vec![text.trim().to_string()]),
        _ => None,
    }
}

/// Returns a length with a unit: that of its key, or the likeliest. `has_unit` says that another key has it.
fn length(key: &str, words: &str, has_unit: bool) -> String {
    let words = words.replace(',', ".");
    let Ok(number) = words.parse::<f64>() else { return words };
    let known = LENGTHS.iter().find(|(keys, _)| keys.contains(&key));
    let is_distance = known.is_some_and(|(keys, _)| keys.contains(&"distance"));
    let unit = match known.map_or("", |(_, unit)| *unit) {
        "" if is_distance && has_unit => "",
        "" if is_distance && number < 100.0 => "km",
        "" if is_distance => "m",
        "" if number < 60.0 => "min",
        "" => "s",
        unit => unit,
    };
    format!("{words}{unit}")
}

/// Returns a target in its own words: `speed = 12` is `12km/h`.
fn named_target(key: &str, words: &str) -> String {
    let is_number = words.starts_with(|c: char| c.is_ascii_digit())
        && words.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '-'));
    let words = words.trim();
    if !is_number {
        return words.to_string();
    }
    match key {
        "pace" if words.contains(':') => format!("{words}/km"),
        "speed" => format!("{}km/h", words.replace(',', ".")),
        "zone" => format!("Z{words}"),
        "rpe" => format!("RPE {words}"),
        "heart_rate" => format!("{words}bpm"),
        "intensity" | "effort" if words.parse::<f64>().is_ok_and(|number| number > 10.0) => {
            format!("{words}%HRmax")
        }
        "intensity" | "effort" => format!("RPE {words}"),
        _ if words.contains(':') => format!("{words}/km"),
        _ => format!("{words}bpm"),
    }
}
