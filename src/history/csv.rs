//! The log as CSV, for spreadsheets: what `pacebell log --csv` prints.
//!
//! The first row has the names of the columns, then follows a row for each session, the oldest first. The text is
//! UTF-8, and fields are quoted where necessary. `date` and `time` are local; `started` is the same time in RFC 3339,
//! with its offset from UTC. Durations are decimal minutes. `z0_minutes` (standing) to `z5_minutes` are the times in
//! the planned zones, `no_zone_minutes` is the time without one. Missing answers are empty. `rehearsed` is the speed
//! factor of a rehearsal and empty for a run. `activity` is `run` or `strength`. `distance_km`, `moving_minutes` (without standing) and
//! `pace_s_per_km` are empty if the distance of a part is not known. `imported_from` is the format of the file that a session came
//! from; heart rates are in beats per minute. `changes` are
//! the runner's changes to the plan, with `; ` in between, and `minutes_before_changes` is the time that was planned before. `answers` are those to the workout's own questions, as
//! `question: answer` with `; ` in between.
//!
//! Spreadsheets read a field that begins with `=`, `+`, `-` or `@` as a formula, so such text gets an apostrophe in
//! front. Control characters are replaced, and line breaks become spaces.

use super::queries::LogEntry;
use crate::athlete::Zone;
use crate::session::answers::Breath;
use crate::text::clean;
use crate::units::{Millis, PaceUnit, Rehearsal, trimmed};
use csv::Writer;

const NAMES: [&str; 35] = [
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
    "activity",
    "distance_km",
    "moving_minutes",
    "pace_s_per_km",
    "distance_estimated",
    "imported_from",
    "mean_heart",
    "highest_heart",
    "changes",
    "minutes_before_changes",
];
/// The last column. New columns go before it, so that the others keep their places.
const ANSWERS: &str = "answers";

/// Prints the log. `entries` has the latest session first.
pub fn log(entries: &[LogEntry]) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let names = NAMES.iter().copied().chain([ANSWERS]);
    // Writing rows of equal length to memory cannot fail.
    let _ = writer.write_record(names);
    for entry in entries.iter().rev() {
        let _ = writer.write_record(row(entry));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(entry: &LogEntry) -> Vec<String> {
    let (answers, covered) = (&entry.answers, entry.covered);
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
    row.extend(Zone::ALL.into_iter().map(Some).chain([None]).map(|zone| minutes(entry.zones.of(zone))));
    row.extend([
        number(answers.rpe),
        number(borg),
        talk.to_string(),
        answers.feel.map_or("", |f| f.word()).to_string(),
        number(entry.load()),
        number(entry.rehearsed.map(Rehearsal::factor)),
        yes(entry.by_hand),
        harmless(answers.note.as_deref().unwrap_or_default()),
        entry.activity.word().to_string(),
        number(covered.map(|covered| covered.distance.metres() / 1000.0)),
        covered.map(|covered| minutes(covered.time)).unwrap_or_default(),
        number(covered.map(|covered| covered.speed().pace(PaceUnit::Km))),
        covered.map(|covered| yes(covered.is_estimated)).unwrap_or_default(),
        entry.imported.as_ref().map_or("", |origin| origin.format.word()).to_string(),
        entry.heart.mean.map(|beats| beats.to_string()).unwrap_or_default(),
        entry.heart.highest.map(|beats| beats.to_string()).unwrap_or_default(),
        entry.bends.made.iter().map(|bend| bend.mark()).collect::<Vec<_>>().join("; "),
        entry.bends.planned.map(minutes).unwrap_or_default(),
        harmless(&own.join("; ")),
    ]);
    row
}

fn minutes(time: Millis) -> String {
    trimmed(time.as_secs_f64() / 60.0, 3)
}

/// Makes sure that no spreadsheet reads a text as a formula. Some languages also use the full-width signs, and leading
/// spaces do not matter.
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
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+49 run", "-5 °C", "@home", " =HYPERLINK(\"x\")", "\t=1", "\u{1b}=1", "＝1"] {
            let safe = harmless(text);
            assert!(safe.starts_with('\'') || safe.starts_with('\u{FFFD}'), "{text:?}: {safe:?}");
        }
        assert_eq!(harmless("8×60s hard - easy"), "8×60s hard - easy");
    }
}
