//! Fixes as a sentence.

use super::slip::{Advice, Tone};
use crate::units::Millis;
use std::ops::Range;

/// The longest help, in characters.
const LONGEST_HELP: usize = 400;

/// A fix that was read.
pub(super) struct TriedFix {
    /// The bytes of the line that it replaces.
    pub(super) range: Range<usize>,
    /// Canonical notation.
    pub(super) text: String,
    /// The time it takes, where that needs no profile.
    pub(super) total: Option<Millis>,
    /// The meaning of this reading, in a few words.
    pub(super) note: String,
}

/// Returns the help: the lead, and as many of `fixes` as fit.
pub(super) fn sentence(advice: &Advice, fixes: &[TriedFix]) -> String {
    let Some(most) = (1..=fixes.len()).rev().find(|most| {
        *most == 1 || written(advice, fixes.get(..*most).unwrap_or_default()).chars().count() <= LONGEST_HELP
    }) else {
        return advice.lead.clone();
    };
    written(advice, fixes.get(..most).unwrap_or_default())
}

fn written(advice: &Advice, fixes: &[TriedFix]) -> String {
    let lead = match advice.lead.as_str() {
        "" => String::new(),
        lead if lead.ends_with('?') => format!("{lead} "),
        lead => format!("{lead}: "),
    };
    let totals: Vec<Millis> = fixes.iter().filter_map(|fix| fix.total).collect();
    let differ = totals.first().is_some_and(|first| totals.iter().any(|total| total != first));
    let shows_totals = advice.shows_totals && differ;
    let noted = fixes.iter().any(|fix| !fix.note.is_empty());
    let mut text = String::new();
    for (i, fix) in fixes.iter().enumerate() {
        let last = i + 1 == fixes.len();
        text += match i {
            0 => "",
            _ if last && !noted => " or ",
            _ => ", ",
        };
        text += &format!("`{}`{}", fix.text, fix.note);
        if let (true, Some(total)) = (shows_totals, fix.total) {
            text += &format!(" ({total}{})", if i == 0 { " in all" } else { "" });
        }
    }
    match advice.tone {
        Tone::Write => format!("{lead}write {text}"),
        Tone::Ask => format!("{lead}did you mean {text}?"),
    }
}

/// Returns the help for a problem none of whose fixes can be read, because something else is wrong. `help` is the
/// parser's own: it is kept if it only shows an example.
pub(super) fn explanation(code: &str, lead: &str, help: &str) -> String {
    let is_example = !help.is_empty()
        && (help.contains("like `") || !help.contains("write `"))
        && !help.starts_with("did you mean");
    if let Some(known) = without_fix(code) {
        return known.to_string();
    }
    match (is_example, lead.is_empty() || lead.ends_with('?')) {
        (true, _) => help.to_string(),
        (false, true) => EXAMPLE.to_string(),
        (false, false) => format!("{lead}; {EXAMPLE}"),
    }
}

/// The help of a problem in an item that an earlier fix corrects.
pub(super) const CORRECTED: &str = "the fix above corrects this too";
/// The help where nothing better is known.
const EXAMPLE: &str = "a step is like `5min easy`, a repeat like `8×60s hard / 60s easy`";

fn without_fix(code: &str) -> Option<&'static str> {
    Some(match code {
        "ambiguous-m" | "ambiguous-capital-m" => "the unit is `min`, `metres` or `mi`",
        "plural-reps" => "the unit is `m` for metres, `s` for seconds",
        "race-pace-for-distance" => "`km` is the unit of a distance",
        "decimal-clock" => "minutes and seconds have a colon between them",
        "fraction-sign" => "a fraction is written with a point, like `1.5km`",
        "unknown-unit" => "the units are `s`, `min`, `h`, `m`, `km` and `mi`",
        _ => return None,
    })
}
