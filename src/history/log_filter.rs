//! Filters of the log: the sessions since a day, of a workout, with a tag, or with some words.

use super::SessionId;
use super::queries::LogEntry;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::collections::HashSet;

/// A filter. A part that is not given lets every session through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// The first local date.
    pub since: Option<NaiveDate>,
    /// Words of the workout's name.
    pub workout: Option<String>,
    /// A tag of the workout, or a word of the note with or without `#`.
    pub tag: Option<String>,
}

impl LogFilter {
    /// Leaves the sessions that match.
    pub fn apply(
        &self,
        connection: &Connection,
        mut entries: Vec<LogEntry>,
    ) -> rusqlite::Result<Vec<LogEntry>> {
        let tagged = match &self.tag {
            Some(tag) => tagged(connection, tag)?,
            None => HashSet::new(),
        };
        let has_tag = |entry: &LogEntry, tag: &str| {
            tagged.contains(&entry.id) || note_words(entry).any(|word| word == tag.trim().to_lowercase())
        };
        entries.retain(|entry| {
            self.since.is_none_or(|since| entry.started.date_naive() >= since)
                && self.workout.as_ref().is_none_or(|name| all_words_in(name, &entry.name))
                && self.tag.as_ref().is_none_or(|tag| has_tag(entry, tag.trim_start_matches('#')))
        });
        Ok(entries)
    }
}

/// Returns the sessions whose workout had a tag on that day.
fn tagged(connection: &Connection, tag: &str) -> rusqlite::Result<HashSet<SessionId>> {
    let sql = "SELECT session FROM plan, json_each(plan.sequence, '$.tags') AS tag WHERE lower(tag.value) = lower(?)";
    let tag = tag.trim().trim_start_matches('#');
    connection.prepare(sql)?.query_map([tag], |row| row.get(0))?.collect()
}

/// Returns the words of a note in lower case, without the signs around them.
fn note_words(entry: &LogEntry) -> impl Iterator<Item = String> {
    let note = entry.answers.note.as_deref().unwrap_or_default();
    let words = note.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.map(str::to_lowercase)
}

/// True if every word of `words` is in `text`, whatever its case.
fn all_words_in(words: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// True if every word is in the name, the note, the date or an answer of a session. Dates are `Fri 20 Nov 2026` and
/// `2026-11-20`.
pub fn has_words(entry: &LogEntry, words: &str) -> bool {
    let mut text = format!("{} {}", entry.name, entry.started.format("%a %-d %b %Y %Y-%m-%d"));
    let own = entry.answers.own.iter().map(|(_, answer)| answer.as_str());
    let feel = entry.answers.feel.map(|feel| feel.word());
    for more in entry.answers.note.as_deref().into_iter().chain(own).chain(feel) {
        text.push(' ');
        text.push_str(more);
    }
    if !entry.activity.is_run() {
        text.push(' ');
        text.push_str(entry.activity.word());
    }
    all_words_in(words, &text)
}
