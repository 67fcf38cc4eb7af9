//! The values of a plan's names in one week.

use super::document::OwnWorkout;
use crate::workout::embedded::EmbeddedNames;
use crate::workout::language::notation::Notation;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The values of `[progress]` in one week.
#[derive(Clone, Debug, Default)]
pub(super) struct WeekValues {
    /// The number of the week, from 1.
    pub(super) week: usize,
    /// The values, and the names that have a problem.
    pub(super) names: EmbeddedNames,
    /// Lists that have no value for this week, with the number of their values.
    pub(super) short: BTreeMap<String, usize>,
}

impl WeekValues {
    /// Returns the values of the week, without names that have none and were reported.
    pub(super) fn without(&self, unknown: BTreeSet<String>) -> WeekValues {
        let mut values = self.clone();
        values.names.broken.extend(unknown);
        values
    }

    /// Returns the values of the week, with `guess` for names that have none.
    pub(super) fn with_guess(&self, unknown: &BTreeSet<String>, guess: &str) -> WeekValues {
        let mut values = self.clone();
        for name in unknown {
            values.names.broken.remove(name);
            values.names.values.insert(name.clone(), guess.to_string());
        }
        values
    }

    /// Fills in the values of names in braces.
    pub(super) fn fill(&self, text: &Notation) -> String {
        let names = text.names();
        let value = |name: &str| self.names.values.get(name).map(String::as_str);
        let stretches: Vec<(Range<usize>, &str)> =
            names.into_iter().filter_map(|name| Some((name.at, value(&name.name)?))).collect();
        text.with(&stretches).text
    }

    /// Returns a key that is the same for sessions that compile to the same workout.
    pub(super) fn cache_key(&self, filled: &str, own: Option<&OwnWorkout>) -> String {
        let mut key = filled.trim().to_string();
        for name in own.into_iter().flat_map(|own| &own.names) {
            let value = self.names.values.get(name).map_or("", String::as_str);
            key += &format!("\u{1}{name}={value}");
        }
        key
    }
}
