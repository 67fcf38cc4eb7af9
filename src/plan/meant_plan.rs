//! The plan that was probably meant: one with guessed keys, in YAML or JSON, or with lines that are not TOML.

use super::item_id::DAYS;
use crate::loose_file::{self, LooseTable, LooseValue, WrittenFormat, quoted};
use toml::de::DeTable;

/// Keys about the whole plan, and other words for them.
const ABOUT: [(&[&str], &str); 6] = [
    (&["name", "title", "plan"], "name"),
    (&["about", "description", "desc", "notes", "note", "goal"], "about"),
    (&["author", "coach"], "author"),
    (&["source", "url", "link"], "source"),
    (&["race"], "race"),
    (&["starts", "first_day", "week_starts"], "starts"),
];
/// Keys of the plan that are kept as they are.
const KEPT: [&str; 3] = ["tags", "workouts", "progress"];
/// Keys for the number of times that a week is run.
const COUNTS: [&str; 5] = ["times", "repeat", "repeats", "count", "weeks"];
/// Keys for the number of a week, which its place says.
const NUMBERS: [&str; 5] = ["week", "number", "nr", "no", "index"];
/// Words for a day without a run.
const REST: [&str; 7] = ["", "-", "–", "off", "none", "rest day", "day off"];

/// Returns the plan that was probably meant by `text`, as TOML. Nothing if a part of it has no known meaning. The result
/// may still have mistakes: compile it before it is shown.
pub(super) fn meant_plan(text: &str) -> Option<(WrittenFormat, String)> {
    let (format, table) = loose_file::read(text)?;
    let mut meant = MeantPlan::default();
    for (key, value) in table {
        meant.add(&key, value)?;
    }
    Some((format, meant.print()?))
}

#[derive(Default)]
struct MeantPlan {
    /// `key = value`.
    lines: Vec<String>,
    /// Keys without a meaning, as comments.
    comments: Vec<String>,
    /// Days of every week.
    usual: LooseTable,
    /// The lines of each week.
    weeks: Vec<Vec<String>>,
    /// The number of weeks, if only the plan says it.
    count: Option<String>,
}

impl MeantPlan {
    fn add(&mut self, key: &str, value: LooseValue) -> Option<()> {
        let word = key.trim().to_lowercase().replace(['-', ' '], "_");
        let number = word.trim_start_matches("week").trim_start_matches('_');
        if let Some((_, known)) = ABOUT.iter().find(|(words, _)| words.contains(&word.as_str())) {
            let value = value.words().map_or_else(|| value.to_toml(), |words| quoted(&words));
            self.lines.push(format!("{known} = {value}"));
        } else if KEPT.contains(&word.as_str()) {
            self.lines.push(format!("{word} = {}", value.to_toml()));
        } else if day(&word).is_some() || word == "any" {
            self.usual.push((word, value));
        } else if let ("usual", LooseValue::Table(days)) = (word.as_str(), &value) {
            self.usual.extend(days.iter().cloned());
        } else if word == "week"
            || word == "weeks"
            || word.starts_with("week") && number.parse::<u32>().is_ok()
        {
            match value {
                LooseValue::List(weeks) => {
                    for week in weeks {
                        self.week(week)?;
                    }
                }
                LooseValue::Number(count) => self.count = Some(count),
                week => self.week(week)?,
            }
        } else {
            self.comments.push(format!("# {key} = {}", value.to_toml().replace('\n', " ")));
        }
        Some(())
    }

    fn week(&mut self, value: LooseValue) -> Option<()> {
        let LooseValue::Table(keys) = value else { return None };
        self.weeks.push(week_lines(keys)?);
        Some(())
    }

    fn print(self) -> Option<String> {
        let mut text: String =
            self.lines.iter().chain(&self.comments).map(|line| format!("{line}\n")).collect();
        if !self.lines.iter().any(|line| line.starts_with("name = ")) {
            text = format!("name = \"My plan\"\n{text}");
        }
        let mut weeks = self.weeks;
        if !self.usual.is_empty() {
            text += "\n[usual]\n";
            text.extend(week_lines(self.usual)?.iter().map(|line| format!("{line}\n")));
            if weeks.is_empty() {
                weeks.push(vec![format!("times = {}", self.count.unwrap_or("1".to_string()))]);
            }
        }
        for week in &weeks {
            text += "\n[[week]]\n";
            text.extend(week.iter().map(|line| format!("{line}\n")));
        }
        (!weeks.is_empty() && DeTable::parse(&text).is_ok()).then_some(text)
    }
}

/// Returns the lines of a week under their right names.
fn week_lines(keys: LooseTable) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for (key, value) in keys {
        let word = key.trim().to_lowercase();
        if let Some(day) = day(&word) {
            lines.push(format!("{day} = {}", day_value(&value)?));
        } else if COUNTS.contains(&word.as_str()) {
            lines.push(format!("times = {}", value.words()?));
        } else if let "name" | "about" | "down" | "any" = word.as_str() {
            lines.push(format!("{word} = {}", value.to_toml()));
        } else if !NUMBERS.contains(&word.as_str()) {
            return None;
        }
    }
    Some(lines)
}

/// Returns the key of a day: `monday` and `Mo` are `mon`.
fn day(word: &str) -> Option<&'static str> {
    let is_day = |day: &&&str| word.starts_with(**day) && word.ends_with("day") || word == **day;
    let short = |day: &&&str| word.len() == 2 && day.starts_with(word);
    DAYS.iter().find(is_day).or_else(|| DAYS.iter().find(short)).copied()
}

/// Returns what is run on a day: a list is several sessions.
fn day_value(value: &LooseValue) -> Option<String> {
    match value {
        LooseValue::Text(text) if REST.contains(&text.trim().to_lowercase().as_str()) => Some(quoted("rest")),
        LooseValue::Text(text) => Some(quoted(text.trim())),
        LooseValue::List(items) => {
            let items = items.iter().map(LooseValue::words).collect::<Option<Vec<_>>>()?;
            Some(quoted(&items.join(" and ")))
        }
        LooseValue::Table(_) => Some(value.to_toml()),
        LooseValue::Number(_) | LooseValue::Switch(_) => None,
    }
}
