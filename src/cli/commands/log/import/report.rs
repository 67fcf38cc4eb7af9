//! Says what came in with an import, and what did not.

use super::reading::LeftOut;
use crate::history::SessionId;
use crate::history::imports::{ImportedSession, ImprovedSession};
use crate::runner::profile::Units;
use crate::text::clean;
use crate::units::{clock, trimmed};

/// The most lines about single sessions that are not a problem.
const FEW: usize = 20;

/// What an import did, or would do.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// The sessions that came in, the earliest first.
    pub added: Vec<ImportedSession>,
    /// The sessions of the log that a file has more detail of.
    pub improved: Vec<ImprovedSession>,
    /// The files whose session is in the log already.
    pub known: Vec<(String, SessionId)>,
    /// The files whose session was deleted from the log.
    pub deleted: Vec<String>,
    /// The files that have a run once more.
    pub repeated: Vec<String>,
    /// The things that did not come in.
    pub left_out: Vec<LeftOut>,
    /// The number of sessions whose files do not say where they were, so that their local time is that of this machine.
    pub without_zone: usize,
    /// True if nothing was written.
    pub is_dry_run: bool,
}

impl ImportReport {
    /// True if no session comes in or changes.
    pub fn changes_nothing(&self) -> bool {
        self.added.is_empty() && self.improved.is_empty()
    }

    /// Returns the lines to print, the sums last.
    pub fn lines(&self, units: Units) -> Vec<String> {
        let mut lines = Vec::new();
        if self.is_dry_run || self.added.len() <= FEW {
            lines.extend(self.added.iter().map(|session| line_of(session, units)));
        }
        for session in &self.added {
            lines.extend(
                session.activity.remarks.iter().map(|remark| format!("note: {}: {remark}", session.file)),
            );
        }
        let verb = if self.is_dry_run { "would improve" } else { "improved" };
        if self.improved.len() <= FEW {
            lines.extend(self.improved.iter().map(|ImprovedSession { id, detail: session }| {
                format!("{verb}: {}: session {id}: {}", session.file, detail(session, units))
            }));
        }
        if self.known.len() <= FEW {
            lines.extend(
                self.known.iter().map(|(file, id)| format!("already in the log: {file}: session {id}")),
            );
        }
        if self.repeated.len() <= FEW {
            lines.extend(self.repeated.iter().map(|file| format!("the same run once more: {file}")));
        }
        let deleted = self.deleted.iter();
        lines.extend(deleted.map(|file| format!("left out: {file}: you deleted it from the log")));
        lines
            .extend(self.left_out.iter().map(|LeftOut { what, why, .. }| format!("left out: {what}: {why}")));
        lines.extend(self.sums(units));
        lines
    }

    /// Returns the sums.
    fn sums(&self, units: Units) -> Vec<String> {
        let mut lines = vec![self.added_line(units)];
        let without = self.added.iter().filter(|session| session.activity.distance.is_none()).count();
        if without > 0 {
            lines.push(format!("{} without a distance", count_of(without, "of them is", "of them are")));
        }
        let counts = [
            (
                self.without_zone,
                "of them has the local time of this machine, because its file names no place",
                "of them have the local time of this machine, because their files name no place",
            ),
            (self.improved.len(), "session of the log gains detail", "sessions of the log gain detail"),
            (self.known.len(), "was already in the log", "were already in the log"),
            (self.repeated.len(), "file has a run once more", "files have a run once more"),
            (self.deleted.len(), "was deleted from the log before", "were deleted from the log before"),
            (self.left_out.len(), "left out", "left out"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        lines.extend(counts.map(|(count, one, many)| count_of(count, one, many)));
        lines
    }

    fn added_line(&self, units: Units) -> String {
        let verb = if self.is_dry_run { "would come in" } else { "added" };
        let (Some(first), Some(last)) = (self.added.first(), self.added.last()) else {
            return if self.is_dry_run { "Nothing would come in." } else { "Nothing new." }.to_string();
        };
        let days = [first, last].map(|session| local(session).format("%Y-%m-%d").to_string());
        let when = if days[0] == days[1] { days[0].clone() } else { format!("{} to {}", days[0], days[1]) };
        let metres: f64 = self.added.iter().filter_map(|s| s.activity.distance).map(|d| d.metres()).sum();
        let seconds: u64 = self.added.iter().map(|session| session.activity.active.get()).sum::<u64>() / 1000;
        let distance = format!("{} {}", trimmed(metres / units.distance.metres(), 1), units.distance.name());
        let count = self.added.len();
        let sessions = if count == 1 { "session" } else { "sessions" };
        format!("{count} {sessions} {verb}: {when}, {distance} in {}", clock(seconds))
    }
}

/// What a file says about a session: `2 laps, 8 km, 142 bpm`.
fn detail(session: &ImportedSession, units: Units) -> String {
    let activity = &session.activity;
    let laps = count_of(activity.laps.len(), "lap", "laps");
    let distance = activity.distance.map(|distance| {
        format!("{} {}", trimmed(distance.metres() / units.distance.metres(), 2), units.distance.name())
    });
    let heart = activity.heart.mean.map(|beats| format!("{beats} bpm"));
    [Some(laps), distance, heart].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn line_of(session: &ImportedSession, units: Units) -> String {
    let activity = &session.activity;
    let distance = activity.distance.map(|distance| {
        format!("  {} {}", trimmed(distance.metres() / units.distance.metres(), 2), units.distance.name())
    });
    let name =
        activity.name.as_deref().map(|name| format!("  {}", crate::text::cut(name, 40))).unwrap_or_default();
    let when = local(session).format("%a %Y-%m-%d %H:%M");
    let time = clock(activity.active.whole_secs());
    format!("{when}  {time}{}{name}  ({})", distance.unwrap_or_default(), clean(&session.file))
}

fn local(session: &ImportedSession) -> chrono::NaiveDateTime {
    let activity = &session.activity;
    match activity.offset {
        Some(offset) => activity.started.with_timezone(&offset).naive_local(),
        None => activity.started.naive_utc(),
    }
}

fn count_of(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
