//! Labels that say what to run, which a label cannot do: `with 90s jog:`.

/// True for `with 90s jog`, `long run 90 min` and `paces`: a label that says what to run instead of naming what follows.
///
/// A name such as `400m reps` before `6×400m 5K` repeats a number of its item. An instruction has a number of its own,
/// begins with a word that carries one, or names a list of paces.
pub(crate) fn is_instruction(label: &str, item: &str) -> bool {
    let words: Vec<String> = label.split_whitespace().map(str::to_lowercase).collect();
    let item = item.lines().next().unwrap_or_default();
    let is_list_of_paces = words.last().is_some_and(|word| PACE_LISTS.contains(&word.as_str()));
    if is_list_of_paces && begins_with_clock(item.trim_start()) {
        return true;
    }
    // `EMOM 10: 200m` says how often.
    if words.iter().any(|word| ["emom", "amrap"].contains(&word.as_str())) {
        return true;
    }
    // `do 3 sets of: 400m hard, 200m jog`
    let counts = |pair: &[String]| {
        ["sets", "rounds", "reps", "repetitions"].contains(&pair[0].as_str()) && pair[1] == "of"
    };
    if words.len() > 2 && words.windows(2).next_back().is_some_and(counts) {
        return true;
    }
    let carries = words.first().is_some_and(|word| CARRIERS.contains(&word.as_str()));
    let next = words.iter().skip(1).map(Some).chain([None]);
    words.iter().zip(next).any(|(word, next)| {
        let Some(number) = quantity(word, next.map(String::as_str)) else { return false };
        carries || !item.split(|c: char| !c.is_ascii_digit()).any(|run| run == number)
    })
}

/// First words of an instruction that has a number: `with 90s jog`, `rest 2 min`, `warm up 2 miles`.
const CARRIERS: [&str; 12] =
    ["with", "w", "off", "after", "at", "rest", "recovery", "jog", "walk", "warm", "warmup", "cool"];

/// Last words of a label that makes a list of paces of the clocks after it: `tempo miles: 7:30, 7:20`.
const PACE_LISTS: [&str; 5] = ["pace", "paces", "miles", "kms", "splits"];

const UNITS: [&str; 22] = [
    "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour",
    "hours", "m", "km", "kms", "mi", "mile", "miles", "metres", "%",
];

/// Returns the digits of a word that is a quantity by itself or with the next word: `90s`, `4:10`, `6%`, `2` `miles`.
fn quantity<'a>(word: &'a str, next: Option<&str>) -> Option<&'a str> {
    let digits = &word[..word.bytes().take_while(u8::is_ascii_digit).count()];
    let rest = &word[digits.len()..];
    let is_clock = rest.strip_prefix(':').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    let has_unit =
        UNITS.contains(&rest) || (rest.is_empty() && next.is_some_and(|next| UNITS.contains(&next)));
    (!digits.is_empty() && (is_clock || has_unit)).then_some(digits)
}

/// True for `7:30` and `7:30, 7:20`: a clock with nothing else in its item.
fn begins_with_clock(item: &str) -> bool {
    let first = item.split(',').next().unwrap_or_default().trim();
    first.split_once(':').is_some_and(|(minutes, seconds)| {
        [minutes, seconds].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}
