//! The log as CSV, for spreadsheets: what `pacebell log --csv` prints.
//!
//! One row of names, then a row for each session, the oldest first; UTF-8, fields in quotes where they need them.
//! `date` and `time` are local to then and there, `started` is the same in RFC 3339 with its offset. Lengths are
//! decimal minutes. `z0_minutes` (standing) to `z5_minutes` have the time in each planned zone, `no_zone_minutes` what
//! had none. What was not said is empty. `rehearsed` is how many times as fast it went, and empty for a session that
//! was run. `answers` has the workout's own questions: `question: answer`, with `; ` between.
//!
//! A spreadsheet takes a field that begins with `=`, `+`, `-` or `@` for a formula, whoever wrote it. Text that begins
//! like one gets an apostrophe in front. Control characters are replaced, and line breaks become spaces.

use super::queries::LogEntry;
use crate::session::answers::Breath;
use crate::text::clean;
use crate::units::{Millis, trimmed};
use csv::Writer;

const NAMES: [&str; 25] = [
    "id",
    "date",
    "time",
    "started",
    "workout",
    "minutes_planned",
    "minutes",
    "steps_planned",
    "steps_done",
    "finished",
    "z0_minutes",
    "z1_minutes",
    "z2_minutes",
    "z3_minutes",
    "z4_minutes",
    "z5_minutes",
    "no_zone_minutes",
    "rpe",
    "breathlessness",
    "talk",
    "feel",
    "load",
    "rehearsed",
    "by_hand",
    "note",
];
/// Behind all the others, so that a column that is added later does not move them.
const ANSWERS: &str = "answers";

/// The log, which is given with the latest session first.
pub fn log(entries: &[LogEntry]) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let names = NAMES.iter().copied().chain([ANSWERS]);
    // Writing to memory never fails, nor does a row of the same length as all others.
    let _ = writer.write_record(names);
    for entry in entries.iter().rev() {
        let _ = writer.write_record(row(entry));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(entry: &LogEntry) -> Vec<String> {
    let answers = &entry.answers;
    let number = |n: Option<f64>| n.map(|n| trimmed(n, 3)).unwrap_or_default();
    let (borg, talk) = match answers.breath {
        Some(Breath::Borg(borg)) => (Some(borg), ""),
        Some(Breath::Talk(talk)) => (None, talk.word()),
        None => (None, ""),
    };
    let yes = |is: bool| if is { "yes" } else { "no" }.to_string();
    let own: Vec<String> =
        answers.own.iter().map(|(question, answer)| format!("{question}: {answer}")).collect();
    let mut row = vec![
        entry.id.to_string(),
        entry.started.format("%Y-%m-%d").to_string(),
        entry.started.format("%H:%M").to_string(),
        entry.started.to_rfc3339(),
        harmless(&entry.name),
        entry.planned.map(minutes).unwrap_or_default(),
        minutes(entry.active),
        entry.steps_planned.to_string(),
        entry.steps_done.to_string(),
        yes(entry.finished),
    ];
    row.extend((0..6).map(Some).chain([None]).map(|zone| minutes(entry.zones.of(zone))));
    row.extend([
        number(answers.rpe),
        number(borg),
        talk.to_string(),
        answers.feel.map_or("", |f| f.word()).to_string(),
        number(entry.load()),
        number(entry.rehearsed),
        yes(entry.by_hand),
        harmless(answers.note.as_deref().unwrap_or_default()),
        harmless(&own.join("; ")),
    ]);
    row
}

fn minutes(time: Millis) -> String {
    trimmed(time.as_secs_f64() / 60.0, 3)
}

/// Text that no spreadsheet takes for a formula, spaces in front or not. The full-width signs count as the others in
/// some languages.
fn harmless(text: &str) -> String {
    let text = clean(text);
    let first = text.trim_start().chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r') => format!("'{text}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        for text in ["=1+1", "+49 run", "-5 °C", "@home", " =HYPERLINK(\"x\")", "\t=1", "\u{1b}=1", "＝1"] {
            let safe = harmless(text);
            assert!(safe.starts_with('\'') || safe.starts_with('\u{FFFD}'), "{text:?}: {safe:?}");
        }
        assert_eq!(harmless("8×60s hard - easy"), "8×60s hard - easy");
    }
}
