//! `pacebell log merge`: brings in the sessions of another machine's log.

use super::print_lines;
use crate::cli::failure::Failure;
use crate::clock;
use crate::history::{Database, MergeSummary};
use std::path::Path;

/// Merges the log in `file` into the log, and prints what came in.
pub fn merge(database: &Database, file: &Path) -> Result<(), Failure> {
    let summary = database.merge(file, clock::since_1970())?;
    print_lines(&describe(&summary))
}

/// Returns lines that say what came in.
fn describe(summary: &MergeSummary) -> Vec<String> {
    let MergeSummary {
        added,
        updated,
        deleted,
        unchanged,
        kept_deleted,
        unfinished,
        running,
        plans,
        checkins,
    } = *summary;
    let mut lines = vec![if added + updated + deleted > 0 {
        let parts =
            [(added, "added"), (updated, "updated"), (deleted, "deleted"), (unchanged, "already here")];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).enumerate();
        // Only the first count says what is counted.
        let text = |(i, (count, what)): (usize, (usize, &str))| match i {
            0 => format!("{} {what}", sessions(count)),
            _ => format!("{count} {what}"),
        };
        parts.map(text).collect::<Vec<_>>().join(", ")
    } else {
        match unchanged {
            _ if plans + checkins > 0 => "No new sessions.".to_string(),
            0 if kept_deleted > 0 => "Nothing new.".to_string(),
            0 => "No sessions came in: the other log has none.".to_string(),
            1 => "Nothing new: 1 session is already here.".to_string(),
            _ => format!("Nothing new: {unchanged} sessions are already here."),
        }
    }];
    let others = [(plans, "plan"), (checkins, "check-in")].into_iter().filter(|(count, _)| *count > 0);
    lines.extend(others.map(|(count, what)| format!("{} added or updated.", count_of(count, what))));
    if kept_deleted > 0 {
        let (were, stay) = if kept_deleted == 1 { ("was", "stays") } else { ("were", "stay") };
        lines.push(format!("{} {were} deleted here, and {stay} deleted.", sessions(kept_deleted)));
    }
    if unfinished > 0 {
        let (are, they) = if unfinished == 1 { ("is", "it is") } else { ("are", "they are") };
        let sessions = sessions(unfinished);
        lines.push(format!("{sessions} {are} unfinished there. Merge again when {they} logged."));
    }
    if running > 0 {
        let are = if running == 1 { "is" } else { "are" };
        lines.push(format!("{} {are} running here. Merge again afterwards.", sessions(running)));
    }
    if summary.has_changes() {
        lines.push("To undo it: pacebell log undo".to_string());
    }
    lines
}

/// Returns a line that says what undoing a merge did. `others` are the numbers of what else is as before.
pub fn describe_undone(removed: usize, restored: usize, others: &[(usize, &str)]) -> String {
    let mut parts = Vec::new();
    match (removed, restored) {
        (0, 0) => {}
        (removed, 0) => parts.push(format!("{} removed", sessions(removed))),
        (0, restored) => parts.push(format!("{} as before", sessions(restored))),
        _ => parts.push(format!("{} removed, {restored} as before", sessions(removed))),
    }
    let others = others.iter().filter(|(count, _)| *count > 0);
    parts.extend(others.map(|(count, what)| format!("{} as before", count_of(*count, what))));
    format!("The merge was undone: {}", parts.join(", "))
}

fn count_of(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn sessions(count: usize) -> String {
    count_of(count, "session")
}
