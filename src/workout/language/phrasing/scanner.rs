//! A cursor over text that matches phrases, numbers and units.

/// Numbers that are written as words.
pub(super) const NUMBERS: [(&str, f64); 18] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("sixty", 60.0),
    ("ninety", 90.0),
];

/// A cursor over a text.
#[derive(Clone, Debug)]
pub(super) struct TextScanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> TextScanner<'a> {
    /// The text that has not been read.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips spaces, but not line ends.
    pub(super) fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
    }

    /// The next character after spaces.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.skip_spaces();
        self.rest().chars().next()
    }

    /// Takes the next character if it is one of `marks`.
    pub(super) fn eat(&mut self, marks: &[char]) -> Option<char> {
        let next = self.peek().filter(|c| marks.contains(c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The length of `phrase` at the cursor, where it stands there as whole words.
    pub(super) fn length_of(&self, phrase: &str) -> Option<usize> {
        let rest = self.rest();
        // Most phrases differ in the first letter, and hundreds are tried at each place.
        if let (Some(a), Some(b)) = (rest.bytes().next(), phrase.bytes().next())
            && a.is_ascii()
            && b.is_ascii_alphanumeric()
            && !a.eq_ignore_ascii_case(&b)
        {
            return None;
        }
        let mut read = rest.char_indices().peekable();
        let mut end = 0;
        for wanted in phrase.chars() {
            if wanted == ' ' {
                while let Some((i, c)) = read.peek().copied().filter(|(_, c)| is_joint(*c)) {
                    end = i + c.len_utf8();
                    read.next();
                }
                continue;
            }
            let (i, c) = read.next()?;
            if !is_same_letter(c, wanted) {
                return None;
            }
            end = i + c.len_utf8();
        }
        let last = phrase.chars().last().unwrap_or(' ');
        let next = rest.get(end..).and_then(|r| r.chars().next());
        let inside = last.is_alphanumeric()
            && next.is_some_and(|n| n.is_alphabetic() || (n.is_ascii_digit() && last.is_ascii_digit()));
        (!inside).then_some(end)
    }

    /// Takes `phrase` where it stands next.
    pub(super) fn take(&mut self, phrase: &str) -> bool {
        let before = self.at;
        self.skip_spaces();
        let length = self.length_of(phrase);
        self.at = length.map_or(before, |length| self.at + length);
        length.is_some()
    }

    /// True where `phrase` stands next.
    pub(super) fn sees(&self, phrase: &str) -> bool {
        self.clone().take(phrase)
    }

    /// Takes the longest of `phrases` that stands next.
    pub(super) fn longest<T: Copy>(&mut self, phrases: &[(&str, T)]) -> Option<T> {
        let before = self.at;
        self.skip_spaces();
        let found = phrases.iter().filter_map(|(phrase, value)| Some((self.length_of(phrase)?, *value)));
        let longest = found.max_by_key(|(length, _)| *length);
        self.at = longest.map_or(before, |(length, _)| self.at + length);
        longest.map(|(_, value)| value)
    }

    /// Takes a number: digits, perhaps with a point and more digits.
    pub(super) fn number(&mut self) -> Option<f64> {
        self.skip_spaces();
        let rest = self.rest();
        let digits = |s: &str| s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
        let mut length = digits(rest);
        if length == 0 {
            return self.number_in_words();
        }
        if let Some(decimals) = rest.get(length..).and_then(|r| r.strip_prefix('.')) {
            length += if digits(decimals) > 0 { 1 + digits(decimals) } else { 0 };
        }
        let number: f64 = rest.get(..length)?.parse().ok()?;
        self.at += length;
        Some(number)
    }

    /// Takes a number written as a word.
    fn number_in_words(&mut self) -> Option<f64> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (_, value) = NUMBERS.iter().find(|(word, _)| word.eq_ignore_ascii_case(&rest[..end]))?;
        self.at += end;
        Some(*value)
    }

    /// Takes `1/2`, `1 1/2`, `½` or `1½`: a whole number, and halves or quarters.
    pub(super) fn fraction(&mut self) -> Option<f64> {
        const PARTS: [(&str, f64); 6] =
            [("1/2", 0.5), ("1/4", 0.25), ("3/4", 0.75), ("½", 0.5), ("¼", 0.25), ("¾", 0.75)];
        let before = self.at;
        let part = |scan: &mut Self| {
            scan.skip_spaces();
            let (text, value) = PARTS.iter().find(|(text, _)| scan.rest().starts_with(text))?;
            scan.at += text.len();
            (!scan.rest().starts_with(|c: char| c.is_ascii_digit() || c == '/')).then_some(*value)
        };
        if let Some(value) = part(self) {
            return Some(value);
        }
        self.at = before;
        let found = self.number().filter(|n| n.fract() == 0.0).and_then(|whole| Some(whole + part(self)?));
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// Takes `1:30` or `1:02:30`, in seconds.
    pub(super) fn clock(&mut self) -> Option<f64> {
        let before = self.at;
        let clock = self.clock_parts();
        if clock.is_none() {
            self.at = before;
        }
        clock
    }

    /// Takes `:30`, in seconds.
    pub(super) fn seconds_of_clock(&mut self) -> Option<f64> {
        let seconds = self.peek().filter(|c| *c == ':').and_then(|_| self.rest().get(1..3))?;
        let both = seconds.bytes().all(|b| b.is_ascii_digit());
        let value: u32 = seconds.parse().ok().filter(|s| both && (1..60).contains(s))?;
        let ends = !self.rest().get(3..)?.starts_with(|c: char| c.is_ascii_digit() || ":.".contains(c));
        ends.then(|| {
            self.at += 3;
            f64::from(value)
        })
    }

    pub(super) fn clock_parts(&mut self) -> Option<f64> {
        let mut seconds = self.number().filter(|n| n.fract() == 0.0)?;
        let mut parts = 1;
        while parts < 3 && self.rest().starts_with(':') {
            let part = self.rest().get(1..3)?;
            let value: u32 = part.parse().ok().filter(|v| *v < 60)?;
            self.at += 3;
            seconds = seconds * 60.0 + f64::from(value);
            parts += 1;
        }
        let ends = !self.rest().starts_with(|c: char| c.is_ascii_digit());
        (parts > 1 && ends).then_some(seconds)
    }

    /// Takes `4'30` or `4′30″`, in seconds.
    pub(super) fn prime_clock(&mut self) -> Option<f64> {
        let before = self.at;
        let found = (|| {
            let minutes = self.number().filter(|n| n.fract() == 0.0)?;
            let mark = self.rest().chars().next().filter(|c| "'′’".contains(*c))?;
            self.at += mark.len_utf8();
            let seconds: u32 = self.rest().get(..2)?.parse().ok().filter(|s| *s < 60)?;
            self.at += 2;
            let _ = ["''", "\"", "″", "”"].iter().any(|mark| self.take(mark));
            let ends = !self.rest().starts_with(|c: char| c.is_ascii_alphanumeric());
            ends.then_some(minutes * 60.0 + f64::from(seconds))
        })();
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// Takes the mark of a range between two values: a hyphen, a dash, dots or `to`.
    pub(super) fn range_mark(&mut self) -> bool {
        self.skip_spaces();
        if self.rest().starts_with("->") {
            return false;
        }
        for mark in ["..", "-", "–", "—", "\u{2212}", "\u{2010}", "\u{2011}"] {
            if self.rest().starts_with(mark) {
                self.at += mark.len();
                return true;
            }
        }
        self.take("to")
    }

    /// True at the end of the text.
    pub(super) fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }
}

/// True for a character that may stand between the words of a phrase.
fn is_joint(c: char) -> bool {
    c == ' ' || c == '-' || c == '\u{2010}' || c == '\u{2011}' || c == '\u{A0}' || c == '\u{2009}'
}

/// True for two characters that differ in case at most. The lower case of a character beyond ASCII costs a search
/// in a table, and thousands of phrases are compared to explain one mistake.
fn is_same_letter(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(&b)
    } else {
        a.to_lowercase().eq(b.to_lowercase())
    }
}
