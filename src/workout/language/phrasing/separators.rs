//! What joins the items of a line: commas, `+`, `then`, line ends, and the marks of pasted lists.

use super::PhraseReader;

impl PhraseReader<'_> {
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
            if self.scan.peek() == Some('+') && self.is_offset() {
                return None;
            }
            if let Some(mark) = self.scan.eat(&[',', ';', '\n', '+', '&']) {
                if comma && mark == ',' {
                    return None;
                }
                (any, comma) = (true, mark == ',');
            } else if ["followed by", "then", "finally", "and then"].iter().any(|w| self.scan.take(w)) {
                (any, then) = (true, true);
            } else if any && (self.scan.take("whichever comes first") || self.scan.take("whichever first")) {
                comma = false;
            } else if self.scan.take("and") || self.scan.take("plus") {
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

    /// True behind a comma that nothing follows.
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
            && !digits.trim_start().starts_with(['x', 'X', '×'])
    }

    pub(super) fn at_sentence_end(&self) -> bool {
        let rest = self.scan.rest().get(1..).unwrap_or_default();
        rest.trim_start_matches([' ', '\t']).is_empty() || rest.starts_with('\n')
    }

    /// True at `with last 15min …` and `w/ 4 strides`, behind a step; the introducing word is taken.
    pub(super) fn sees_part_of_step(&mut self) -> bool {
        let mut ahead = self.scan.clone();
        if !["with", "w/", "finishing with"].iter().any(|word| ahead.take(word)) {
            return false;
        }
        let after = ahead.at;
        let _ = ahead.take("the");
        let part = ["last", "first", "middle"].iter().any(|word| ahead.take(word));
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
