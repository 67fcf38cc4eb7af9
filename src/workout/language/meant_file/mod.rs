//! The file that was probably meant: one with guessed keys, in YAML or JSON, or with lines that are not TOML.
//!
//! Nothing here decides whether the file is right: it is compiled before it is shown.

mod step_words;

use crate::loose_file::{self, LooseTable, LooseValue, WrittenFormat, quoted};
use toml::de::DeTable;

/// A file that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MeantFile {
    /// The format of the file as it was written.
    pub(crate) format: WrittenFormat,
    /// The whole file, as TOML.
    pub(crate) text: String,
}

/// Returns the file that was probably meant by `text`. Nothing if a part of it has no known meaning. The result may still
/// have mistakes: compile it before it is shown.
pub(crate) fn meant_file(text: &str) -> Option<MeantFile> {
    let (format, table) = loose_file::read(text)?;
    let text = MeantKeys::of(unwrapped(table))?.print()?;
    Some(MeantFile { format, text })
}

/// Returns the keys of a file that stand in a table: `[workout]`, `[[workout]]`.
fn unwrapped(mut table: LooseTable) -> LooseTable {
    let inner = match table.as_slice() {
        [(key, LooseValue::Table(_) | LooseValue::List(_))] if !is_kind_or_steps(key) => table.pop(),
        _ => None,
    };
    match inner {
        Some((_, LooseValue::Table(inner))) => inner,
        Some((key, LooseValue::List(mut list))) => match list.pop() {
            Some(LooseValue::Table(inner)) if list.is_empty() => inner,
            last => {
                list.extend(last);
                vec![(key, LooseValue::List(list))]
            }
        },
        _ => table,
    }
}

/// Keys that hold the steps of a workout.
const STEPS: [&str; 16] = [
    "steps",
    "step",
    "intervals",
    "interval",
    "workout",
    "session",
    "segments",
    "segment",
    "exercises",
    "blocks",
    "block",
    "main",
    "main_set",
    "mainset",
    "sets",
    "structure",
];
/// Keys of a single step, above the steps.
const STEP_KEYS: [&str; 20] = [
    "time",
    "duration",
    "length",
    "minutes",
    "distance",
    "km",
    "miles",
    "target",
    "pace",
    "speed",
    "effort",
    "zone",
    "hr",
    "heart_rate",
    "intensity",
    "repeat",
    "repeats",
    "reps",
    "rest",
    "recovery",
];
/// Keys of the language that are kept as they are.
const KEPT: [&str; 7] = ["parameters", "parts", "before", "during", "after", "show_pace", "activity"];
/// Keys about the whole file, and other words for them.
const ABOUT: [(&[&str], &str); 4] = [
    (&["name", "title", "workout_name"], "name"),
    (&["about", "description", "desc", "notes", "note", "comment", "goal"], "about"),
    (&["author", "coach"], "author"),
    (&["source", "url", "link"], "source"),
];
/// Other words for the tags.
const TAGS: [&str; 5] = ["tags", "tag", "keywords", "category", "categories"];

fn is_kind_or_steps(key: &str) -> bool {
    let key = plain(key);
    key != "workout" && STEPS.contains(&key.as_str()) || step_words::kind(&key).is_some()
}

fn plain(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

/// The keys of a file under their right names.
#[derive(Default)]
struct MeantKeys {
    /// `key = value`.
    lines: Vec<(&'static str, String)>,
    /// Keys without a meaning, as comments.
    comments: Vec<String>,
    /// Each in quotes, or a table.
    steps: Vec<String>,
    /// Keys of a single step.
    single: LooseTable,
}

impl MeantKeys {
    fn of(table: LooseTable) -> Option<Self> {
        let mut meant = MeantKeys::default();
        let mut ends = (Vec::new(), Vec::new());
        for (key, value) in table {
            let word = plain(&key);
            match step_words::kind(&word) {
                // JSON has no order, and a warm-up comes first wherever it stands.
                Some(kind @ "warmup") => ends.0.extend(step_words::items(&value, Some(kind))?),
                Some(kind @ "cooldown") => ends.1.extend(step_words::items(&value, Some(kind))?),
                _ => meant.add(&key, &word, value)?,
            }
        }
        if !meant.single.is_empty() {
            meant.add_single()?;
        }
        meant.steps = [ends.0, std::mem::take(&mut meant.steps), ends.1].concat();
        (!meant.steps.is_empty()).then_some(meant)
    }

    fn add(&mut self, key: &str, word: &str, value: LooseValue) -> Option<()> {
        let numbered = word.trim_start_matches("step").trim_start_matches('_');
        if let Some((_, known)) = ABOUT.iter().find(|(words, _)| words.contains(&word)) {
            self.set(known, quoted(&value.words()?))?;
        } else if TAGS.contains(&word) {
            self.set("tags", tags(&value)?)?;
        } else if word == "incline" {
            self.set("incline", value.words()?.trim_end_matches('%').trim().replace(',', "."))?;
        } else if let Some(known) = KEPT.iter().find(|known| **known == word) {
            self.set(known, kept(known, &value))?;
        } else if STEPS.contains(&word) || !numbered.is_empty() && numbered.parse::<u32>().is_ok() {
            self.steps.extend(step_words::items(&value, None)?);
        } else if STEP_KEYS.contains(&word) {
            self.single.push((word.to_string(), value));
        } else if let (true, LooseValue::Text(text)) = (key.starts_with(|c: char| c.is_ascii_digit()), &value)
        {
            self.steps.push(quoted(&format!("{key} {text}")));
        } else {
            self.comments.push(format!("# {key} = {}", value.to_toml().replace('\n', " ")));
        }
        Some(())
    }

    fn set(&mut self, key: &'static str, value: String) -> Option<()> {
        let is_new = self.lines.iter().all(|(known, _)| *known != key);
        is_new.then(|| self.lines.push((key, value)))
    }

    /// Adds the keys of a step above the steps: a count repeats the steps, and the others are a step.
    fn add_single(&mut self) -> Option<()> {
        let mut single = std::mem::take(&mut self.single);
        if !self.steps.is_empty() {
            let steps = self.steps.iter().map(|step| text_of(step)).collect::<Option<Vec<_>>>()?;
            single.push(("steps".to_string(), LooseValue::List(steps)));
        }
        self.steps = step_words::items(&LooseValue::Table(single), None)?;
        Some(())
    }

    fn print(self) -> Option<String> {
        let value =
            |key: &str| self.lines.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str());
        let mut text = format!("name = {}\n", value("name").unwrap_or("\"Tuesday\""));
        for key in ["about", "author", "source", "tags", "activity", "incline", "show_pace"] {
            text.extend(value(key).map(|value| format!("{key} = {value}\n")));
        }
        text.extend(self.comments.iter().map(|comment| format!("{comment}\n")));
        match self.steps.as_slice() {
            [one] => text += &format!("steps = [{one}]\n"),
            all => {
                let items: String = all.iter().map(|step| format!("    {step},\n")).collect();
                text += &format!("steps = [\n{items}]\n");
            }
        }
        for key in ["parameters", "parts", "before", "during", "after"] {
            text.extend(value(key).map(|value| format!("{key} = {value}\n")));
        }
        DeTable::parse(&text).is_ok().then_some(text)
    }
}

fn text_of(step: &str) -> Option<LooseValue> {
    let line = format!("x = {step}");
    let table = DeTable::parse(&line).ok()?;
    Some(LooseValue::from_toml(table.get_ref().get("x")?.get_ref()))
}

/// Returns a list of tags, of which a text may hold several.
fn tags(value: &LooseValue) -> Option<String> {
    let words = match value {
        LooseValue::List(items) => items.iter().map(LooseValue::words).collect::<Option<Vec<_>>>()?,
        other => other.words()?.split(',').map(|word| word.trim().to_string()).collect(),
    };
    Some(format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ")))
}

/// Returns the value of a key of the language. A switch may be a word.
fn kept(key: &str, value: &LooseValue) -> String {
    let word = value.words().unwrap_or_default().to_lowercase();
    match word.as_str() {
        "no" | "off" | "false" if key == "show_pace" => "false".to_string(),
        "yes" | "on" | "true" if key == "show_pace" => "true".to_string(),
        _ => value.to_toml(),
    }
}
