//! Fixes of one item, as the whole line with them.

use super::sentence::TriedFix;
use super::{Adviser, LONGEST_WHOLE, spoken};

impl Adviser<'_> {
    /// Returns each fix as the whole line with it, so that whoever types the fix loses nothing.
    pub(super) fn widened(&self, fixes: Vec<TriedFix>) -> Vec<TriedFix> {
        if self.text.len() > LONGEST_WHOLE || self.names.knows_any() || self.text.contains('|') {
            return fixes;
        }
        let mut wide: Vec<TriedFix> = Vec::new();
        for fix in fixes {
            let before = self.text.get(..fix.range.start).unwrap_or_default();
            let behind = self.text.get(fix.range.end..).unwrap_or_default();
            let parsed = self.read(&format!("{before}{}{behind}", fix.text));
            let is_whole = before.trim().is_empty() && behind.trim().is_empty();
            let fix = if is_whole || !parsed.problems.is_empty() {
                fix
            } else {
                let (text, total) = (spoken(&parsed.items), self.total(&parsed.items));
                TriedFix { range: 0..self.text.len(), text, total, ..fix }
            };
            if wide.iter().all(|known| known.text != fix.text) {
                wide.push(fix);
            }
        }
        wide
    }
}
