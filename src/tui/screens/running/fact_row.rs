//! Several short facts in one row.

use crate::tui::widgets::text;

/// Joins as many facts as fit into a row of this many columns, none of them cut: `km/h · 4:17/km · incline 1%`.
pub fn join_fitting(facts: &[String], columns: u16) -> String {
    let mut row = String::new();
    for fact in facts {
        let gap = if row.is_empty() { "" } else { " · " };
        if text::width(&row) + text::width(gap) + text::width(fact) <= columns {
            row.push_str(gap);
            row.push_str(fact);
        }
    }
    row
}
