//! Plans and events that are told apart by a text in them. The database has an index for each condition, so that nobody
//! reads every plan: ten years of them are 15 MB of text. SQLite uses an index only where its condition stands word for
//! word.

use crate::session::time_trial;

/// The condition for a plan with steps whose distance is estimated.
pub(super) const ESTIMATED: &str = "instr(sequence, '\"suggested\":') > 0";
/// The condition for a plan that was bent before its session began.
pub(super) const BENT_BEFORE: &str = "instr(sequence, '\"bends\":') > 0";
/// The condition for an event that bent a plan.
pub(super) const BENDS: &str = "instr(what, '\"bent\"') > 0";

/// Returns the condition for the plan of a time trial.
pub(super) fn of_time_trial() -> String {
    format!("instr(sequence, '{}') > 0", time_trial::TAG)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Database;

    #[test]
    fn each_condition_has_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::at(folder.path().join("log.db")).open().unwrap();
        let trial = of_time_trial();
        for (table, condition) in
            [("plan", ESTIMATED), ("plan", BENT_BEFORE), ("event", BENDS), ("plan", trial.as_str())]
        {
            let query = format!("EXPLAIN QUERY PLAN SELECT session FROM {table} WHERE {condition}");
            let how: String = database.query_row(&query, [], |row| row.get("detail")).unwrap();
            assert!(how.contains("INDEX"), "{condition}: {how}");
        }
    }
}
