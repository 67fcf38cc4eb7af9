//! Keys that are about a file as a whole: tags, and what is asked before, during and after.

use super::file::FileReader;
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::text::clean;
use crate::workout::sequence::{Checklist, Question};
use toml::de::DeValue;

/// The longest text of a list, in characters: it is read on a treadmill.
const LONGEST_TEXT: usize = 200;
/// The most texts in a list.
const MOST_TEXTS: usize = 20;

const TAGS: &str = "write a list of words in quotes: `tags = [\"vo2max\", \"short\"]`";
const BEFORE: &str = "write `before = { stop_if_any = [\"Sharp pain\"], advice = \"Rest today.\" }`";
const DURING: &str = "write `during = { ease = [\"Slow down\", \"Walk\", \"Stop\"] }`";
const SIGNS: &str = "write `during = { signs = [\"No full sentences\", \"Soreness grows\"] }`";
const AFTER: &str = "write `after = { ask = [\"rpe\", \"breathlessness\", \"feel\"] }`";

impl FileReader<'_> {
    pub(crate) fn tags(&mut self, value: &SpannedValue<'_>) -> Vec<String> {
        if let DeValue::String(text) = value.get_ref() {
            let raw = self.source.text.get(value.span()).unwrap_or_default();
            let fix = (!text.contains(',')).then(|| format!("[{raw}]"));
            self.wrong("tags", value, TAGS);
            if let (Some(problem), Some(fix)) = (self.problems.last_mut(), fix) {
                *problem = problem.clone().with_fix(value.span(), fix);
            }
            return Vec::new();
        }
        self.texts("tags", value, TAGS)
    }

    pub(crate) fn before(&mut self, value: &SpannedValue<'_>) -> Option<Checklist> {
        let table = self.table_of("before", value, &["stop_if_any", "advice"], BEFORE)?;
        let stop_if_any =
            table.get("stop_if_any").map(|v| self.texts("stop_if_any", v, BEFORE)).unwrap_or_default();
        if table.get("stop_if_any").is_none() {
            self.lacks("before", "stop_if_any", value, BEFORE);
        }
        let advice = match table.get("advice") {
            Some(advice) => self.text("advice", advice, BEFORE),
            None => None,
        };
        Some(Checklist { stop_if_any, advice })
    }

    /// Ways to ease off, and signs that it is time to.
    pub(crate) fn during(&mut self, value: &SpannedValue<'_>) -> (Vec<String>, Vec<String>) {
        let Some(table) = self.table_of("during", value, &["ease", "signs"], DURING) else {
            return Default::default();
        };
        if table.get("ease").is_none() && table.get("signs").is_none() {
            self.lacks("during", "ease", value, DURING);
        }
        let ease = table.get("ease").map(|list| self.texts("ease", list, DURING));
        let signs = table.get("signs").map(|list| self.texts("signs", list, SIGNS));
        (ease.unwrap_or_default(), signs.unwrap_or_default())
    }

    pub(crate) fn after(&mut self, value: &SpannedValue<'_>) -> Vec<Question> {
        let Some(table) = self.table_of("after", value, &["ask"], AFTER) else {
            return Vec::new();
        };
        let Some(list) = table.get("ask") else {
            self.lacks("after", "ask", value, AFTER);
            return Vec::new();
        };
        let question = |text: String| match text.to_lowercase().as_str() {
            "rpe" => Question::Rpe,
            "breathlessness" => Question::Breathlessness,
            "feel" => Question::Feel,
            _ => Question::Text(text),
        };
        self.texts("ask", list, AFTER).into_iter().map(question).collect()
    }

    fn lacks(&mut self, outer: &str, key: &str, value: &SpannedValue<'_>, help: &str) {
        let known = value.get_ref().as_table().is_some_and(|table| !table.is_empty());
        // An unknown key was probably meant to be the missing one.
        if !known || self.problems.last().is_none_or(|p| !p.message.starts_with("unknown key")) {
            let message = format!("`{outer}` without `{key}`");
            self.problems.push(Diagnostic::error(value.span(), message, "nothing in it").with_help(help));
        }
    }

    /// `value` as a table with no other keys than `keys`.
    fn table_of<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v SpannedValue<'i>,
        keys: &[&str],
        wanted: &str,
    ) -> Option<&'v SpannedTable<'i>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, value, wanted);
            return None;
        };
        for (inner, _) in table.iter().filter(|(inner, _)| !keys.contains(&inner.get_ref().as_ref())) {
            self.problems.push(misspelt(table, inner, keys));
        }
        Some(table)
    }

    /// A list of texts, cleaned.
    fn texts(&mut self, key: &str, value: &SpannedValue<'_>, wanted: &str) -> Vec<String> {
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong(key, value, wanted);
            return Vec::new();
        };
        if list.len() > MOST_TEXTS {
            let message = format!("`{key}` holds more than {MOST_TEXTS} texts");
            let problem = Diagnostic::error(value.span(), message, "too many");
            self.problems.push(problem.with_help("keep those that matter most"));
            return Vec::new();
        }
        list.iter().filter_map(|text| self.text(key, text, wanted)).collect()
    }

    /// A text, cleaned.
    pub(crate) fn text(&mut self, key: &str, value: &SpannedValue<'_>, wanted: &str) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(key, value, wanted);
            return None;
        };
        let (message, help) = if text.trim().is_empty() {
            (format!("`{key}` has an empty text in it"), "write something, or leave it out")
        } else if text.chars().nth(LONGEST_TEXT).is_some() {
            (format!("a text of `{key}` is longer than {LONGEST_TEXT} characters"), "shorten it")
        } else {
            return Some(clean(text.trim()));
        };
        self.problems.push(Diagnostic::error(value.span(), message, "not shown").with_help(help));
        None
    }
}
