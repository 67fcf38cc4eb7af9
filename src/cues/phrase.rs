//! The words that the voice says: numbers and times in letters, and signs as words.

use crate::units::{Distance, DistanceUnit, Millis, WrittenDistance, trimmed};

/// The longest text that is said, in characters. Nobody listens to more while running.
pub const LONGEST_TEXT: usize = 200;

/// The word that begins the announcement of the next step.
const NEXT: &str = "next";

/// The words that every workout needs besides numbers and times. Every voice can say them.
pub const FIXED: [&str; 29] = [
    NEXT,
    "last one",
    "last of the set",
    "set",
    "of",
    "number",
    "now",
    "halfway",
    "halfway through the workout",
    "warm-up",
    "cool-down",
    "recovery",
    "rest",
    "faster",
    "easier",
    "the same again",
    "finished, well done",
    "stop the belt",
    "onto the rails",
    "incline",
    "percent",
    "until you press enter",
    "then press enter",
    "enter ends it from here on",
    "left",
    "to",
    "a kilometre",
    "a mile",
    "minus",
];

/// A part of a phrase that is said in one breath.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// `next`, which begins the announcement of the next step.
    Next,
    /// [`FIXED`] words, numbers and times, in letters. Every voice can say them.
    Known(String),
    /// The workout's own words, as they were written.
    Free {
        /// The words.
        text: String,
        /// The words to say if no voice can say these. `None` to be silent.
        instead: Option<&'static str>,
    },
}

impl Word {
    /// Creates a word that every voice can say.
    pub fn known(words: impl Into<String>) -> Self {
        Word::Known(words.into())
    }

    /// Creates a word from the workout's own words. A long text is cut.
    pub fn free(text: &str, instead: Option<&'static str>) -> Self {
        Word::Free { text: crate::text::cut(text, LONGEST_TEXT), instead }
    }

    /// Returns the words in letters, without signs and digits. Empty if there is nothing to say.
    pub fn spoken(&self) -> String {
        match self {
            Word::Next => NEXT.to_string(),
            Word::Known(words) => words.clone(),
            Word::Free { text, .. } => spoken(text),
        }
    }
}

/// Something to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase(pub Vec<Word>);

impl Phrase {
    /// Returns the phrase as a sentence: `Next: easy, sixty seconds`.
    pub fn text(&self) -> String {
        let mut all = String::new();
        let mut separator = "";
        for word in &self.0 {
            all.push_str(separator);
            all.push_str(match word {
                Word::Next => NEXT,
                Word::Known(words) => words,
                Word::Free { text, .. } => text,
            });
            separator = if *word == Word::Next { ": " } else { ", " };
        }
        let mut letters = all.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn below_twenty(n: u64) -> &'static str {
    usize::try_from(n).ok().and_then(|n| ONES.get(n)).copied().unwrap_or_default()
}

/// Returns a whole number in letters. From a million on, it is said digit by digit.
pub fn number(n: u64) -> String {
    match n {
        0..20 => below_twenty(n).to_string(),
        20..100 => {
            let tens = usize::try_from(n / 10).ok().and_then(|t| TENS.get(t)).copied().unwrap_or_default();
            if n.is_multiple_of(10) { tens.to_string() } else { format!("{tens}-{}", below_twenty(n % 10)) }
        }
        100..1000 => joined(format!("{} hundred", number(n / 100)), n % 100),
        1000..1_000_000 => joined(format!("{} thousand", number(n / 1000)), n % 1000),
        _ => digits(&n.to_string()),
    }
}

fn joined(begin: String, rest: u64) -> String {
    if rest == 0 { begin } else { format!("{begin} {}", number(rest)) }
}

fn digits(text: &str) -> String {
    let each: Vec<&str> =
        text.chars().filter_map(|c| c.to_digit(10)).map(|d| below_twenty(d.into())).collect();
    each.join(" ")
}

/// Returns a written number in letters: `twelve point five` for `12.5`.
pub fn decimal(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.parse().map_or_else(|_| digits(whole), number);
    if part.is_empty() { whole } else { format!("{whole} point {}", digits(part)) }
}

fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// Returns a length of time as a runner says it: `sixty seconds`, `two minutes thirty`, `seventy-five minutes`.
pub fn duration(time: Millis) -> String {
    let seconds = time.to_nearest_second().whole_secs();
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match single_unit(seconds) {
        Some(SpokenAmount { count, one, many }) => counted(count, one, many),
        None if minutes < 60 => format!("{} {}", counted(minutes, "minute", "minutes"), number(rest)),
        None => {
            let hours = counted(minutes / 60, "hour", "hours");
            format!("{hours} {}", counted(minutes % 60, "minute", "minutes"))
        }
    }
}

/// Returns a range of times. A unit that both share is said once: `seventy-five to ninety minutes`.
pub fn duration_range(lower: Millis, upper: Millis) -> String {
    let amount = |time: Millis| single_unit(time.to_nearest_second().whole_secs());
    let lower = match (amount(lower), amount(upper)) {
        (Some(low), Some(high)) if low.unit() == high.unit() => number(low.count),
        _ => duration(lower),
    };
    format!("{lower} to {}", duration(upper))
}

/// An amount of one unit.
struct SpokenAmount {
    count: u64,
    one: &'static str,
    many: &'static str,
}

impl SpokenAmount {
    fn unit(&self) -> &'static str {
        if self.count == 1 { self.one } else { self.many }
    }
}

/// Returns the amount of a time that is said in one unit.
fn single_unit(seconds: u64) -> Option<SpokenAmount> {
    let minutes = seconds / 60;
    if seconds <= 90 {
        Some(SpokenAmount { count: seconds, one: "second", many: "seconds" })
    } else if seconds.is_multiple_of(60) && minutes < 100 {
        Some(SpokenAmount { count: minutes, one: "minute", many: "minutes" })
    } else if minutes >= 60 && minutes.is_multiple_of(60) {
        Some(SpokenAmount { count: minutes / 60, one: "hour", many: "hours" })
    } else {
        None
    }
}

/// Returns the time left in a step: `one minute left`, `five minutes left`.
pub fn left(time: Millis) -> String {
    if time == Millis::from_secs(60) {
        "one minute left".to_string()
    } else {
        format!("{} left", duration(time))
    }
}

/// Returns a distance as a runner says it: `four hundred metres`, `one point five kilometres`.
pub fn distance(distance: Distance) -> String {
    let WrittenDistance { number, unit } = distance.written();
    let (one, many) = match unit {
        DistanceUnit::Metres => ("metre", "metres"),
        DistanceUnit::Kilometres => ("kilometre", "kilometres"),
        DistanceUnit::Miles => ("mile", "miles"),
    };
    format!("{} {}", decimal(&number), if number == "1" { one } else { many })
}

/// Returns a percentage in letters: `two percent`, `minus one point five percent`.
pub fn percent(percent: f64) -> String {
    let sign = if percent < 0.0 { "minus " } else { "" };
    format!("{sign}{} percent", decimal(&trimmed(percent.abs(), 1)))
}

/// The abbreviations and signs of the workout language, and the words for them.
const SAID: [(&str, &str); 25] = [
    ("mp", "marathon pace"),
    ("hmp", "half marathon pace"),
    ("10k", "ten k pace"),
    ("5k", "five k pace"),
    ("3k", "three k pace"),
    ("hrmax", "of maximum heart rate"),
    ("hrr", "of heart rate reserve"),
    ("lthr", "of threshold heart rate"),
    ("rpe", "effort"),
    ("bpm", "beats a minute"),
    ("km", "kilometres"),
    ("m", "metres"),
    ("mi", "miles"),
    ("s", "seconds"),
    ("sec", "seconds"),
    ("min", "minutes"),
    ("h", "hours"),
    ("mph", "miles an hour"),
    ("km/h", "kilometres an hour"),
    ("/km", "a kilometre"),
    ("/mi", "a mile"),
    ("s/km", "seconds a kilometre"),
    ("s/mi", "seconds a mile"),
    ("+", "plus"),
    ("%", "percent"),
];

/// Returns a written text as it is said: in letters, with separators as commas and all other signs left out.
///
/// The result is safe to pass to another program: it has no character with a special meaning.
pub fn spoken(text: &str) -> String {
    let mut all = String::new();
    for token in tokens(text) {
        let lower = token.to_lowercase();
        let said = match lower.as_str() {
            "," | "·" | ":" | ";" | "." => ",".to_string(),
            "→" => "to".to_string(),
            "−" => "minus".to_string(),
            "×" => "times".to_string(),
            word => match SAID.iter().find(|(written, _)| *written == word) {
                Some((_, said)) => said.to_string(),
                None => in_letters(word),
            },
        };
        if said == "," {
            if !all.is_empty() && !all.ends_with(',') {
                all.push(',');
            }
            continue;
        }
        if !all.is_empty() && !said.is_empty() {
            all.push(' ');
        }
        all.push_str(&said);
    }
    all.trim_end_matches(',').to_string()
}

/// Returns a word, a number, a clock time or a zone in letters.
fn in_letters(word: &str) -> String {
    let numeric = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if let Some(zone) = word.strip_prefix('z').filter(|zone| numeric(zone)) {
        return format!("zone {}", decimal(zone));
    }
    if let Some((minutes, seconds)) = word.split_once(':') {
        return match seconds.parse::<u64>() {
            Ok(0) => counted(minutes.parse().unwrap_or_default(), "minute", "minutes"),
            Ok(seconds @ 1..10) => format!("{} zero {}", decimal(minutes), number(seconds)),
            Ok(seconds) => format!("{} {}", decimal(minutes), number(seconds)),
            Err(_) => digits(word),
        };
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let (amount, unit) = word.split_at(end);
        let unit = SAID.iter().find(|(written, _)| *written == unit).map_or(unit, |(_, said)| said);
        return format!("{} {unit}", decimal(amount.trim_end_matches('.'))).trim_end().to_string();
    }
    word.replace('/', " ")
}

/// Splits a text into words with their apostrophes and hyphens, numbers with their points and colons, and signs that are
/// said.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().take(LONGEST_TEXT).collect();
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for (i, &c) in letters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| letters.get(i)).copied().unwrap_or(' ');
        let after = letters.get(i + 1).copied().unwrap_or(' ');
        let inside = match c {
            '\'' | '’' | '-' => before.is_alphanumeric() && after.is_alphanumeric(),
            '.' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
            // `km/h`, `s/mi`, `4:23/km`.
            '/' => before.is_alphanumeric() && after.is_alphabetic(),
            c => c.is_alphanumeric(),
        };
        let c = if c == '’' { '\'' } else { c };
        let after_number = c == '/' && before.is_ascii_digit();
        match all.last_mut().filter(|_| open && inside && !after_number) {
            Some(word) => word.push(c),
            None if inside => all.push(c.to_string()),
            None if ",·:;.→−×+%".contains(c) => all.push(c.to_string()),
            // Between numbers a dash is a range, between words a pause.
            None if c == '–' && before.is_ascii_digit() && after.is_ascii_digit() => {
                all.push("→".to_string())
            }
            None if c == '—' || c == '–' => all.push(",".to_string()),
            None => {}
        }
        open = inside;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_in_letters() {
        for (n, words) in [
            (0, "zero"),
            (20, "twenty"),
            (45, "forty-five"),
            (400, "four hundred"),
            (1600, "one thousand six hundred"),
        ] {
            assert_eq!(number(n), words);
        }
        assert_eq!(decimal("12.5"), "twelve point five");
        assert_eq!(decimal("7.25"), "seven point two five");
        assert_eq!(decimal("14.0"), "fourteen point zero");
        for (seconds, words) in [
            (1, "one second"),
            (20, "twenty seconds"),
            (60, "sixty seconds"),
            (90, "ninety seconds"),
            (120, "two minutes"),
            (150, "two minutes thirty"),
            (4500, "seventy-five minutes"),
            (7200, "two hours"),
            (9000, "two hours thirty minutes"),
        ] {
            assert_eq!(duration(Millis::from_secs(seconds)), words);
        }
        assert_eq!(left(Millis::from_secs(60)), "one minute left");
        for (lower, upper, words) in [
            (4500, 5400, "seventy-five to ninety minutes"),
            (30, 60, "thirty to sixty seconds"),
            (60, 120, "sixty seconds to two minutes"),
            (150, 210, "two minutes thirty to three minutes thirty"),
        ] {
            assert_eq!(duration_range(Millis::from_secs(lower), Millis::from_secs(upper)), words);
        }
        assert_eq!(percent(-1.5), "minus one point five percent");
        for (metres, words) in [
            (400.0, "four hundred metres"),
            (1000.0, "one kilometre"),
            (1500.0, "one point five kilometres"),
            (1609.344, "one mile"),
        ] {
            assert_eq!(distance(Distance::from_metres(metres)), words);
        }
    }

    #[test]
    fn the_notation_of_targets_is_said_in_words() {
        for (written, said) in [
            ("MP +90–120 s/mi", "marathon pace plus ninety to one hundred twenty seconds a mile"),
            ("10K", "ten k pace"),
            ("8 → 12 km/h", "eight to twelve kilometres an hour"),
            ("hard · 90–95% HRmax", "hard, ninety to ninety-five percent of maximum heart rate"),
            ("4:23/km", "four twenty-three a kilometre"),
            ("4:00–4:05/km", "four minutes to four zero five a kilometre"),
            ("Z3", "zone three"),
            ("RPE 8", "effort eight"),
            ("legs lighter? if not: ease off", "legs lighter if not, ease off"),
            ("don’t stop – yet", "don't stop, yet"),
            ("all-out", "all-out"),
            ("400m at 12.5km", "four hundred metres at twelve point five kilometres"),
        ] {
            assert_eq!(spoken(written), said, "{written}");
        }
    }

    #[test]
    fn leaves_nothing_that_a_program_could_interpret() {
        for evil in
            ["$(rm -rf ~)", "`id`", "'; reboot #", "--stdin -o /tmp/x", "a\nb\0c\u{1b}[2J", "\"x\" & <b>|y>"]
        {
            let said = spoken(evil);
            assert!(
                said.chars().all(|c| c.is_alphanumeric() || " ,'-".contains(c)) && !said.starts_with('-'),
                "{evil:?} is said {said:?}"
            );
        }
        assert!(spoken(&"x y ".repeat(10_000)).len() <= 2 * LONGEST_TEXT);
    }
}
