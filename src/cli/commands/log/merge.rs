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
    let MergeSummary { added, updated, deleted, unchanged, unfinished, running } = *summary;
    let mut lines = vec![if summary.has_changes() {
        let more = [(updated, "updated"), (deleted, "deleted"), (unchanged, "already here")];
        let more = more.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = more.map(|(count, what)| format!("{count} {what}")).collect();
        [vec![format!("{} added", sessions(added))], parts].concat().join(", ")
    } else {
        match unchanged {
            0 => "No sessions came in: the other log has none.".to_string(),
            1 => "Nothing new: its session is already here.".to_string(),
            _ => format!("Nothing new: its {unchanged} sessions are already here."),
        }
    }];
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

/// Returns a line that says what undoing a merge did.
pub fn describe_undone(removed: usize, restored: usize) -> String {
    let what = match (removed, restored) {
        (removed, 0) => format!("{} removed", sessions(removed)),
        (0, restored) => format!("{} as before", sessions(restored)),
        _ => format!("{} removed, {restored} as before", sessions(removed)),
    };
    format!("The merge was undone: {what}")
}

fn sessions(count: usize) -> String {
    if count == 1 { "1 session".to_string() } else { format!("{count} sessions") }
}
