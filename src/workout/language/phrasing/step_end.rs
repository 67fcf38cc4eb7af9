//! What ends a step: a separator, a recovery, or the next step.

use super::PhraseReader;
use super::step_phrase::{StepPhrase, StepPlace};

/// Words before the length of a recovery.
const INTRODUCERS: [&str; 13] =
    ["off", "off a", "r", "ri", "rec", "recs", "rest", "jog", "walk", "recovery", "float", "w", "on"];
/// Words of a recovery that need no length.
const RECOVERIES: [&str; 14] = [
    "leaving every",
    "going every",
    "every",
    "equal",
    "1:1",
    "same time",
    "half time",
    "full recovery",
    "full rest",
    "walk back",
    "jog back",
    "walk down",
    "jog down",
    "recoveries",
];

impl PhraseReader<'_> {
    pub(super) fn step_ends(&mut self, step: &StepPhrase, place: StepPlace) -> bool {
        let Some(next) = self.scan.peek() else { return true };
        if ",;\n)]&".contains(next) || (next == '/' && !self.scan.rest().starts_with("/km")) {
            return true;
        }
        if next == '.' || next == '+' {
            return true;
        }
        let has_end = step.length.is_some() || step.counted.is_some() || step.back.is_some();
        if next == '(' || next == '[' {
            return has_end;
        }
        if has_end && (self.sees_spaced_dash() || self.sees_arrow_to_item()) {
            return true;
        }
        let introduces = [
            "w/",
            "with",
            "w.",
            "then",
            "and",
            "followed by",
            "finally",
            "plus",
            "finishing with",
            "finish with",
            "including",
            "incl",
            "inc",
            "of which",
            "to include",
            "that includes",
            "featuring",
            "into",
            "straight into",
            "in the middle",
            "at the end",
            "at end",
            "at the finish",
            "to finish",
            "at the start",
        ];
        if introduces.iter().any(|word| self.scan.sees(word))
            && !self.scan.sees("w/u")
            && !self.scan.sees("w/d")
        {
            return true;
        }
        if next == 'x' || next == 'X' || next == '×' {
            return has_end;
        }
        has_end && self.ends_body(step, place)
    }

    /// True at a recovery after the body of a repeat, and at the end of a leg.
    pub(super) fn ends_body(&mut self, step: &StepPhrase, place: StepPlace) -> bool {
        if place == StepPlace::Leg {
            return ["for", "until", "forever", "as long as"].iter().any(|word| self.scan.sees(word));
        }
        if place == StepPlace::Item {
            return self.sees_next_step(step);
        }
        // `1' fast 1' slow`: the next length begins another step.
        if place == StepPlace::Pair {
            let worded = step.has_pace() || step.is_worded;
            return worded && self.ahead().length(place).is_ok_and(|length| length.is_some());
        }
        // `30" R=3'`: another recovery begins.
        if matches!(place, StepPlace::Recovery(_)) {
            return ["r", "rec"].iter().any(|word| self.sees_digit_after(word))
                || self.sees_target_of_reps(step);
        }
        if place != StepPlace::Body {
            return false;
        }
        self.sees_recovery(step)
    }

    /// True at `word` and a number, perhaps with a colon or an equals sign between them.
    fn sees_digit_after(&self, word: &str) -> bool {
        let mut ahead = self.scan.clone();
        ahead.take(word) && {
            let _ = ahead.eat(&[':', '=']);
            ahead.peek().is_some_and(|c| c.is_ascii_digit())
        }
    }

    /// True at a recovery after `step`, the body of a repeat.
    fn sees_recovery(&self, step: &StepPhrase) -> bool {
        let digit_after = |word: &str| self.sees_digit_after(word);
        if ["on a", "on the", "off the"].iter().any(|word| digit_after(word)) {
            return true;
        }
        // `30s on 30s off` is a pair; `on 2:30` says when the next rep starts.
        let pair = || {
            let mut ahead = self.ahead();
            let _ = ahead.scan.take("on");
            ahead.step(StepPlace::Recovery(None)).is_ok_and(|s| s.is_off)
        };
        if self.scan.sees("on") && (!digit_after("on") || pair()) {
            return false;
        }
        if INTRODUCERS.iter().any(|word| digit_after(word))
            || RECOVERIES.iter().any(|word| self.scan.sees(word))
        {
            return true;
        }
        // A second length: `6x800m 400m jog`, `30s on 30s off`.
        let mut ahead = self.ahead();
        let recovery = StepPlace::Recovery(step.length_sort());
        self.scan.clone().peek().is_some_and(|c| c.is_ascii_digit())
            && ahead.step(recovery).is_ok_and(|s| s.is_length_after(step))
    }
}
