//! What is said, as words: numbers and times in letters, the language's signs as one says them. No sound.

use crate::units::{Distance, DistanceUnit, Millis, WrittenDistance, trimmed};

/// Longer text than this is cut: nobody listens to it while running.
pub const LONGEST_TEXT: usize = 200;

/// The words that every workout needs, beside numbers and times. Each can always be said.
pub const FIXED: [&str; 29] = [
    "next",
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

/// One thing said in one breath.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// Made of [`FIXED`] words, numbers and times, in letters: it can always be said.
    Known(String),
    /// Somebody's own words, as they were written.
    Free {
        /// The words.
        text: String,
        /// What to say where nothing can say them; nothing where it is better to be silent.
        instead: Option<&'static str>,
    },
}

impl Word {
    /// A word that can always be said.
    pub fn known(words: impl Into<String>) -> Self {
        Word::Known(words.into())
    }

    /// Somebody's own words, cut where they are too long.
    pub fn free(text: &str, instead: Option<&'static str>) -> Self {
        Word::Free { text: crate::text::cut(text, LONGEST_TEXT), instead }
    }

    /// In letters, as it is said: no signs, no digits. Empty where there is nothing in it to say.
    pub fn spoken(&self) -> String {
        match self {
            Word::Known(words) => words.clone(),
            Word::Free { text, .. } => spoken(text),
        }
    }
}

/// Something to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase(pub Vec<Word>);

impl Phrase {
    /// As a sentence: `Next: easy, sixty seconds`.
    pub fn text(&self) -> String {
        let mut all = String::new();
        for word in &self.0 {
            let text = match word {
                Word::Known(words) => words,
                Word::Free { text, .. } => text,
            };
            match all.as_str() {
                "" => {}
                "next" => all.push_str(": "),
                _ => all.push_str(", "),
            }
            all.push_str(text);
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

/// A whole number in letters; one of a million and more digit by digit.
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

/// A number as it is written, in letters: `12.5` is `twelve point five`.
pub fn decimal(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.parse().map_or_else(|_| digits(whole), number);
    if part.is_empty() { whole } else { format!("{whole} point {}", digits(part)) }
}

fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// A length of time as a runner says it: `sixty seconds`, `two minutes thirty`, `seventy-five minutes`.
pub fn duration(time: Millis) -> String {
    let seconds = (time.get() + 500) / 1000;
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (seconds, rest) {
        (0..=90, _) => counted(seconds, "second", "seconds"),
        (_, 0) if minutes < 100 => counted(minutes, "minute", "minutes"),
        _ if minutes < 60 => format!("{} {}", counted(minutes, "minute", "minutes"), number(rest)),
        _ => {
            let hours = counted(minutes / 60, "hour", "hours");
            if minutes % 60 == 0 {
                hours
            } else {
                format!("{hours} {}", counted(minutes % 60, "minute", "minutes"))
            }
        }
    }
}

/// What is left of a step: `one minute left`, `five minutes left`.
pub fn left(time: Millis) -> String {
    if time == Millis::from_secs(60) {
        "one minute left".to_string()
    } else {
        format!("{} left", duration(time))
    }
}

/// A distance as a runner says it: `four hundred metres`, `one point five kilometres`.
pub fn distance(distance: Distance) -> String {
    let WrittenDistance { number, unit } = distance.written();
    let (one, many) = match unit {
        DistanceUnit::Metres => ("metre", "metres"),
        DistanceUnit::Kilometres => ("kilometre", "kilometres"),
        DistanceUnit::Miles => ("mile", "miles"),
    };
    format!("{} {}", decimal(&number), if number == "1" { one } else { many })
}

/// A percentage, with its sign in letters: `two percent`, `minus one point five percent`.
pub fn percent(percent: f64) -> String {
    let sign = if percent < 0.0 { "minus " } else { "" };
    format!("{sign}{} percent", decimal(&trimmed(percent.abs(), 1)))
}

/// Signs and shortened words of the language, and how they are said.
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

/// Written text as it is said: in letters, what separates as a comma, every other sign left out. Nothing in it can
/// mean anything to a program that it is handed to.
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

/// A word, a number, a clock time, a zone.
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

/// Words with their apostrophes and hyphens, numbers with their points and colons, and the signs that are said.
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
            // From one number to another; between words a pause.
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
    fn what_the_language_writes_is_said_in_words() {
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
    fn nothing_that_a_program_could_read_is_left() {
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
