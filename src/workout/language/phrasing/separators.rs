//! What joins the items of a line: commas, `+`, `then`, line ends, and the marks of pasted lists.

use super::PhraseReader;
use super::piece::{PhraseBody, PhrasePiece};
use super::scanner::TextScanner;
use super::step_phrase::{StepPhrase, StepPlace};

/// Words that say what comes next.
const SEQUENCE: [&str; 7] =
    ["followed by", "then", "finally", "and then", "straight into", "into", "and finally"];
/// Words before a part of a step.
pub(super) const PART_WORDS: [&str; 13] = [
    "with",
    "w/",
    "finishing with",
    "finish with",
    "including",
    "to include",
    "that includes",
    "featuring",
    "incl.",
    "incl",
    "inc.",
    "inc",
    "of which",
];

/// True for a length or a range of lengths, and nothing else.
fn is_length_alone(text: &str) -> bool {
    let mut reader = PhraseReader::new(TextScanner { text, at: 0 });
    matches!(reader.length(StepPlace::Item), Ok(Some(_))) && reader.scan.is_done()
}

impl PhraseReader<'_> {
    /// Takes a dash with spaces around it, before a number.
    fn spaced_dash(&mut self) -> bool {
        if !self.sees_spaced_dash() {
            return false;
        }
        self.scan.eat(&['-', '–', '—']).is_some()
    }

    /// True at a dash with spaces around it, before a number: `6x3min hard - 2min jog`.
    pub(super) fn sees_spaced_dash(&self) -> bool {
        let before = self.scan.text.get(..self.scan.at).unwrap_or_default();
        let rest = self.scan.rest();
        let dash = rest.trim_start();
        let spaced = before.ends_with(' ') || rest.starts_with(' ');
        let next = dash.strip_prefix(['-', '–', '—']).filter(|next| next.starts_with(' '));
        spaced && next.is_some_and(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Takes an arrow before a number: `10min easy -> 20min tempo`.
    fn arrow_between_items(&mut self) -> bool {
        self.sees_arrow_to_item() && self.arrow()
    }

    pub(super) fn sees_arrow_to_item(&self) -> bool {
        let rest = self.scan.rest().trim_start();
        let next = ["-->", "->", "→"].iter().find_map(|arrow| rest.strip_prefix(arrow));
        // `6:00 -> 5:00` is a ramp that lacks its unit.
        let mut ahead = self.scan.clone();
        ahead.at = ahead.text.len() - next.map_or(0, str::len);
        let clock = ahead.clock().is_some() && !ahead.peek().is_some_and(char::is_alphabetic);
        // `… → 20-25 min` at the end is how long all of it takes.
        let is_total = next.is_some_and(is_length_alone);
        next.is_some_and(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit()))
            && !clock
            && !is_total
    }

    /// True at the next step of a list without commas: `20 min easy 20 min tempo 10 min easy`. Each of its steps begins
    /// with a length and ends with how hard it is.
    pub(super) fn sees_next_step(&self, step: &StepPhrase) -> bool {
        let is_told = |step: &StepPhrase| !step.targets.is_empty() || step.kind.is_some();
        if !is_told(step) || step.length.is_none() || step.part.is_some() || !step.cues.is_empty() {
            return false;
        }
        let mut ahead = self.ahead();
        let is_number = ahead.scan.peek().is_some_and(|c| c.is_ascii_digit());
        // `30 min easy 10 x 20s fast`
        if is_number && ahead.ahead().sees_repeat() {
            return true;
        }
        let is_clock = ahead.scan.clone().clock().is_some() || ahead.ahead().one_pace().is_some();
        if !is_number || is_clock {
            return false;
        }
        // One look ahead does not begin another, or a long list would take a time exponential in its length.
        if self.is_ahead {
            return matches!(ahead.length(StepPlace::Item), Ok(Some(_)));
        }
        ahead.is_ahead = true;
        ahead
            .step(StepPlace::Item)
            .is_ok_and(|next| next.length.is_some() && is_told(&next) && !next.is_marked_recovery())
    }

    /// True at a count and what is repeated.
    fn sees_repeat(&mut self) -> bool {
        matches!(self.count(), Ok(Some((_, false)))) && self.scan.peek().is_some_and(|c| c.is_ascii_digit())
    }

    /// True if a step without a comma follows the last of `pieces`.
    pub(super) fn sees_step_after(&self, pieces: &[PhrasePiece]) -> bool {
        match pieces.last().map(|piece| &piece.body) {
            Some(PhraseBody::Step(step)) => self.sees_next_step(step),
            _ => false,
        }
    }

    /// Skips `-`, `•` or `1.` in front of a line's first item.
    pub(super) fn skip_list_mark(&mut self) {
        while self.scan.peek() == Some('\n') {
            self.scan.at += 1;
        }
        let before = self.scan.text.get(..self.scan.at).unwrap_or_default();
        if !before.trim_end_matches([' ', '\t']).is_empty()
            && !before.trim_end_matches([' ', '\t']).ends_with('\n')
        {
            return;
        }
        let rest = self.scan.rest();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let numbered = (1..=2).contains(&digits) && rest[digits..].starts_with(['.', ')']);
        let mark = if numbered {
            digits + 1
        } else {
            rest.chars().next().filter(|c| "-*•–#".contains(*c)).map_or(0, char::len_utf8)
        };
        if mark > 0 && rest.get(mark..).is_some_and(|r| r.starts_with(' ')) {
            self.scan.at += mark;
        }
    }

    /// Takes what joins two items. `Some(true)` where it says *after*.
    pub(super) fn separator(&mut self) -> Option<bool> {
        let (mut any, mut then, mut comma) = (false, false, false);
        loop {
            if self.scan.peek() == Some('+') && (self.is_offset() || self.is_offset_of_seconds()) {
                return None;
            }
            if let Some(mark) = self.scan.eat(&[',', ';', '\n', '+', '&']) {
                if comma && mark == ',' {
                    return None;
                }
                (any, comma) = (true, mark == ',');
            } else if SEQUENCE.iter().any(|w| self.scan.take(w)) {
                (any, then) = (true, true);
            } else if any && (self.scan.take("whichever comes first") || self.scan.take("whichever first")) {
                comma = false;
            } else if self.scan.take("and")
                || self.scan.take("plus")
                || (!any && (self.spaced_dash() || self.arrow_between_items()))
            {
                any = true;
            } else if self.scan.peek() == Some('.') && self.at_sentence_end() {
                self.scan.at += 1;
                any = true;
            } else if !any && self.sees_part_of_step() {
                return Some(false);
            } else {
                // A comma at the end says that something is missing.
                let dangling = comma && (self.scan.is_done() || self.scan.peek() == Some(')'));
                return (any && !dangling).then_some(then);
            }
        }
    }

    /// True after a comma that nothing follows.
    pub(super) fn dangles(&self) -> bool {
        self.scan.text.get(..self.scan.at).unwrap_or_default().trim_end().ends_with(',')
    }

    /// True for a `+` that touches a number and what stands before it: `MP+15s` is a pace that lacks its unit.
    pub(super) fn is_offset(&self) -> bool {
        let before = self.scan.text.get(..self.scan.at).unwrap_or_default();
        let after = self.scan.rest().get(1..).unwrap_or_default();
        let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
        before.ends_with(char::is_alphabetic)
            && digits.len() < after.len()
            && !digits.trim_start().starts_with(['x', 'X', '×', '*'])
    }

    /// True for `+5s` without anything after it: an offset that lacks its unit, not a step of five seconds.
    fn is_offset_of_seconds(&self) -> bool {
        let mut ahead = self.scan.clone();
        let _ = ahead.eat(&['+']);
        let short = ahead.number().is_some_and(|number| number <= 60.0);
        let seconds = short && ["s", "sec", "secs", "seconds", "\"", "″"].iter().any(|unit| ahead.take(unit));
        seconds && ahead.peek().is_none_or(|c| ",;\n)/".contains(c) || c == 'w')
    }

    pub(super) fn at_sentence_end(&self) -> bool {
        let rest = self.scan.rest().get(1..).unwrap_or_default();
        let next = rest.trim_start_matches([' ', '\t']);
        let begins = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        next.is_empty() || next.starts_with('\n') || (rest.starts_with(' ') && begins)
    }

    /// True at `with last 15min …` and `w/ 4 strides`, after a step; the introducing word is taken.
    pub(super) fn sees_part_of_step(&mut self) -> bool {
        let mut ahead = self.scan.clone();
        // `finishing with 20min tempo` is a part by itself.
        let finishing = ["finishing with", "finish with"].iter().any(|word| ahead.take(word));
        if finishing && ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
            let mut reader = self.ahead();
            reader.scan = ahead.clone();
            if reader.sees_repeat() {
                self.scan = ahead;
            }
            return true;
        }
        let mut ahead = self.scan.clone();
        if !PART_WORDS.iter().any(|word| ahead.take(word)) {
            return false;
        }
        let after = ahead.at;
        let _ = ahead.take("the");
        let part = ["last", "final", "first", "middle"].iter().any(|word| ahead.take(word));
        let mut strides = self.scan.clone();
        strides.at = after;
        let rest = strides.rest();
        let end = rest.find([',', ';', '\n', '(', ')']).unwrap_or(rest.len());
        let is_strides = rest[..end].to_lowercase().contains("stride") && strides.number().is_some();
        if part || is_strides {
            self.scan.at = after;
        }
        part || is_strides
    }
}
