//! Lists of lengths without targets: `2 mile, 1 mile, 800`, `20/15/10 min`, `3 x 10 min`.

/// The most pieces of a list.
pub(super) const MOST_PIECES: usize = 30;
/// The largest number of minutes in a list without units, and the smallest number of metres.
const MOST_MINUTES: f64 = 60.0;
const LEAST_METRES: f64 = 200.0;
/// The total, in minutes, past which a list of numbers without units can only be minutes.
const LONGEST_DISTANCE: f64 = 30.0;
/// Units of lengths, as they are written and as they are read.
const UNITS: [(&str, &str); 25] = [
    ("minutes", "min"),
    ("minute", "min"),
    ("mins", "min"),
    ("min", "min"),
    ("'", "min"),
    ("′", "min"),
    ("’", "min"),
    ("seconds", "s"),
    ("secs", "s"),
    ("sec", "s"),
    ("s", "s"),
    ("\"", "s"),
    ("″", "s"),
    ("miles", "mi"),
    ("mile", "mi"),
    ("mi", "mi"),
    ("kms", "km"),
    ("km", "km"),
    ("k", "km"),
    ("metres", "m"),
    ("meters", "m"),
    ("m", "m"),
    ("hours", "h"),
    ("hour", "h"),
    ("h", "h"),
];

/// The pieces before a list of paces.
pub(super) struct LengthList {
    pub(super) start: usize,
    pub(super) lengths: Vec<String>,
    /// True for a list in brackets.
    pub(super) is_bracket: bool,
}

/// Returns the list of lengths that ends at byte `end`, from its earliest beginning.
pub(super) fn lengths_before(text: &str, end: usize) -> Option<LengthList> {
    let head = text.get(..end)?.trim_end();
    let is_bracket = head.ends_with(')');
    let inner = head.strip_suffix(')').unwrap_or(head);
    let starts: Vec<usize> = if is_bracket {
        vec![inner.rfind('(')? + 1]
    } else {
        let marks =
            inner.char_indices().filter(|(_, c)| [',', ';', '\n', ':', '+', '/', '-', ' '].contains(c));
        std::iter::once(0).chain(marks.map(|(i, c)| i + c.len_utf8())).collect()
    };
    starts.into_iter().find_map(|start| {
        let lengths = lengths_of(inner.get(start..)?)?;
        let spaces = inner.get(start..)?.len() - inner.get(start..)?.trim_start().len();
        let start = if is_bracket { start - 1 } else { start + spaces };
        Some(LengthList { start, lengths, is_bracket })
    })
}

/// Reads a text that is two or more lengths and nothing else.
fn lengths_of(list: &str) -> Option<Vec<String>> {
    let list = list.replace(" and ", ",").replace(",,", ",");
    let parts: Vec<&str> = list.split([',', '/', '-', '–']).map(str::trim).collect();
    if parts.len() < 2 || parts.len() > MOST_PIECES {
        return None;
    }
    let read: Option<Vec<(f64, Option<&str>)>> = parts.iter().map(|part| length(part)).collect();
    let read = read?;
    let last_unit = read.last()?.1;
    let numbers: Vec<f64> = read.iter().map(|(number, _)| *number).collect();
    let is_track = |number: f64| number >= LEAST_METRES && number % 50.0 == 0.0;
    let are_bare = read.iter().all(|(_, unit)| unit.is_none());
    let sum: f64 = numbers.iter().sum();
    let minutes = are_bare && numbers.iter().all(|n| *n <= MOST_MINUTES) && sum > LONGEST_DISTANCE;
    let unit_of = |number: f64, unit: Option<&'static str>| match unit {
        Some(unit) => Some(unit),
        None if is_track(number) => Some("m"),
        None if minutes => Some("min"),
        None => last_unit.filter(|_| number < LEAST_METRES),
    };
    read.iter()
        .map(|(number, unit)| {
            let unit = UNITS.iter().find(|(_, meaning)| Some(*meaning) == *unit).map(|(_, meaning)| *meaning);
            Some(format!("{number}{}", unit_of(*number, unit)?))
        })
        .collect()
}

/// Reads a number and perhaps its unit.
fn length(text: &str) -> Option<(f64, Option<&'static str>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: f64 = number.parse().ok()?;
    let unit = unit.trim().to_lowercase();
    if unit.is_empty() {
        return Some((number, None));
    }
    let (_, meaning) = UNITS.iter().find(|(written, _)| *written == unit)?;
    Some((number, Some(meaning)))
}

/// Reads a length that says its unit, or is metres of the track.
pub(super) fn whole_length(text: &str) -> Option<String> {
    let text = text.trim();
    match length(text)? {
        (number, Some(unit)) => Some(format!("{number}{unit}")),
        (number, None) if number >= 100.0 && number % 50.0 == 0.0 => Some(format!("{number}m")),
        _ => None,
    }
}

/// Returns where the length that ends at byte `end` begins.
pub(super) fn start_of_length(text: &str, end: usize) -> Option<usize> {
    let head = text.get(..end)?;
    let digit = head.rfind(|c: char| c.is_ascii_digit())?;
    let number = head.get(..=digit)?;
    let start = number.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |i| i + 1);
    whole_length(head.get(start..)?).map(|_| number.get(..start).map_or(0, str::len))
}

/// `3 x 10 min`, `4x1k`: so many lengths.
pub(super) fn reps_before(text: &str, end: usize) -> Option<LengthList> {
    let head = text.get(..end)?.trim_end();
    let start = start_of_length(head, head.len()).or_else(|| {
        let digits = head.trim_end_matches(|c: char| c.is_ascii_digit());
        (digits.len() < head.len()).then_some(digits.len())
    })?;
    let length = whole_length(head.get(start..)?)?;
    let before = head.get(..start)?.trim_end().strip_suffix(['x', 'X', '×'])?.trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let count: usize = before.get(digits.len()..)?.parse().ok()?;
    if !(2..=MOST_PIECES).contains(&count) {
        return None;
    }
    Some(LengthList { start: digits.len(), lengths: vec![length; count], is_bracket: false })
}
