//! Keys about a file as a whole: tags, and the lists asked or offered before, during and after a run.

use super::file_reader::FileReader;
use super::messages::activity::ActivityProblem;
use super::messages::file::FileProblem;
use super::messages::forms::KeyForm;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::text::clean;
use crate::workout::bounds::{LONGEST_TEXT, MOST_TEXTS};
use crate::workout::sequence::{Activity, Checklist, Question};
use toml::de::DeValue;

/// The table of one of the file's keys.
struct InnerTable<'v, 'i> {
    table: &'v SpannedTable<'i>,
    /// A key of it is unknown, and probably meant to be a missing one.
    misspelt: bool,
}

impl FileReader<'_> {
    pub(crate) fn activity(&mut self, value: &SpannedValue<'_>) -> Activity {
        let DeValue::String(word) = value.get_ref() else {
            self.wrong("activity", value, KeyForm::Activity);
            return Activity::default();
        };
        Activity::from_word(&word.trim().to_lowercase()).unwrap_or_else(|| {
            self.report(value.span(), ActivityProblem::UnknownActivity { word });
            Activity::default()
        })
    }

    pub(crate) fn tags(&mut self, value: &SpannedValue<'_>) -> Vec<String> {
        if let DeValue::String(text) = value.get_ref() {
            let raw = self.source.text.get(value.span()).unwrap_or_default();
            let fix = (!text.contains(',')).then(|| format!("[{raw}]"));
            self.wrong("tags", value, KeyForm::Tags);
            if let (Some(problem), Some(fix)) = (self.problems.last_mut(), fix) {
                *problem = problem.clone().with_fix(value.span(), fix);
            }
            return Vec::new();
        }
        self.texts("tags", value, KeyForm::Tags)
    }

    pub(crate) fn before(&mut self, value: &SpannedValue<'_>) -> Option<Checklist> {
        let form = KeyForm::Before;
        let keys = ["stop_if_any", "advice"];
        let InnerTable { table, misspelt } = self.inner_table("before", value, &keys, form)?;
        let stop_if_any = table.get("stop_if_any").map(|v| self.texts("stop_if_any", v, form));
        if stop_if_any.is_none() && !misspelt {
            let problem = FileProblem::MissingInnerKey { outer: "before", key: "stop_if_any", form };
            self.report(value.span(), problem);
        }
        let advice = table.get("advice").and_then(|advice| self.text("advice", advice, form));
        Some(Checklist { stop_if_any: stop_if_any.unwrap_or_default(), advice })
    }

    /// Reads the ways to ease off, and the signs that it is time to.
    pub(crate) fn during(&mut self, value: &SpannedValue<'_>) -> (Vec<String>, Vec<String>) {
        let form = KeyForm::During;
        let Some(InnerTable { table, misspelt }) =
            self.inner_table("during", value, &["ease", "signs"], form)
        else {
            return Default::default();
        };
        if table.get("ease").is_none() && table.get("signs").is_none() && !misspelt {
            self.report(value.span(), FileProblem::MissingInnerKey { outer: "during", key: "ease", form });
        }
        let ease = table.get("ease").map(|list| self.texts("ease", list, form));
        let signs = table.get("signs").map(|list| self.texts("signs", list, KeyForm::Signs));
        (ease.unwrap_or_default(), signs.unwrap_or_default())
    }

    pub(crate) fn after(&mut self, value: &SpannedValue<'_>) -> Vec<Question> {
        let form = KeyForm::After;
        let Some(InnerTable { table, misspelt }) = self.inner_table("after", value, &["ask"], form) else {
            return Vec::new();
        };
        let Some(list) = table.get("ask") else {
            if !misspelt {
                self.report(value.span(), FileProblem::MissingInnerKey { outer: "after", key: "ask", form });
            }
            return Vec::new();
        };
        let question = |text: String| match text.to_lowercase().as_str() {
            "rpe" => Question::Rpe,
            "breathlessness" => Question::Breathlessness,
            "feel" => Question::Feel,
            _ => Question::Text(text),
        };
        self.texts("ask", list, form).into_iter().map(question).collect()
    }

    /// Reads `value` as a table and reports keys other than `keys`.
    fn inner_table<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v SpannedValue<'i>,
        keys: &[&str],
        form: KeyForm<'_>,
    ) -> Option<InnerTable<'v, 'i>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, value, form);
            if let (DeValue::Array(_), Some(inner)) = (value.get_ref(), keys.first()) {
                self.offer(
                    value,
                    |raw| format!("{{ {inner} = {raw} }}"),
                    |fix| format!("write `{key} = {fix}`"),
                );
            }
            return None;
        };
        let before = self.problems.len();
        for (inner, _) in table.iter().filter(|(inner, _)| !keys.contains(&inner.get_ref().as_ref())) {
            self.problems.push(misspelt(table, inner, keys));
        }
        Some(InnerTable { table, misspelt: self.problems.len() > before })
    }

    /// Reads a list of texts and cleans them.
    fn texts(&mut self, key: &str, value: &SpannedValue<'_>, form: KeyForm<'_>) -> Vec<String> {
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong(key, value, form);
            if let DeValue::String(_) = value.get_ref() {
                self.offer(value, |raw| format!("[{raw}]"), |fix| format!("write a list: `{key} = {fix}`"));
            }
            return Vec::new();
        };
        if list.len() > MOST_TEXTS {
            self.report(value.span(), FileProblem::TooManyTexts { key });
            return Vec::new();
        }
        list.iter().filter_map(|text| self.text(key, text, form)).collect()
    }

    /// Reads a text and cleans it.
    pub(crate) fn text(&mut self, key: &str, value: &SpannedValue<'_>, form: KeyForm<'_>) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(key, value, form);
            return None;
        };
        if text.trim().is_empty() {
            self.report(value.span(), FileProblem::EmptyListText { key });
            return None;
        }
        if text.chars().nth(LONGEST_TEXT).is_some() {
            self.report(value.span(), FileProblem::ListTextTooLong { key });
            return None;
        }
        Some(clean(text.trim()))
    }
}
