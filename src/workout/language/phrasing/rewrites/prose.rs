//! Sentences around a session: `Start with 10 min easy, then 20 min tempo, and finish with 10 min easy`.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;

/// Words at the beginning that say nothing.
const OPENINGS: [&str; 14] = [
    "start with",
    "start off with",
    "starting with",
    "begin with",
    "beginning with",
    "start by running",
    "start by",
    "first",
    "today",
    "workout",
    "session",
    "main set",
    "main",
    "the workout",
];
/// Phrases before a number, and the words that are read.
const BEFORE_NUMBER: [(&str, &str); 25] = [
    ("and then finish with", ", then"),
    ("and finish with", ", then"),
    ("and finish off with", ", then"),
    ("finishing off with", ", then"),
    ("and end with", ", then"),
    ("then finish with", ", then"),
    ("then end with", ", then"),
    ("ending with", ", then"),
    ("end with", ", then"),
    ("followed up with", ", then"),
    ("followed by", ", then"),
    ("before", ", then"),
    ("next", ", then"),
    ("after that", ", then"),
    ("afterwards", ", then"),
    ("going into", ", then"),
    ("moving into", ", then"),
    ("straight into", ", then"),
    ("taking", "w/"),
    ("taking a", "w/"),
    ("recovering for", "w/"),
    ("jogging for", "w/ jog"),
    ("recover for", "recovery"),
    ("recover", "recovery"),
    ("walking for", "w/ walk"),
];
/// Phrases with one meaning wherever they stand.
const ANYWHERE: [(&str, &str); 39] = [
    ("to warm up", "warm up"),
    ("as a warm up", "warm up"),
    ("as warm up", "warm up"),
    ("for a warm up", "warm up"),
    ("as a warmup", "warm up"),
    ("as warmup", "warm up"),
    ("for warm up", "warm up"),
    ("for warmup", "warm up"),
    ("to cool down", "cool down"),
    ("as a cool down", "cool down"),
    ("as cool down", "cool down"),
    ("for a cool down", "cool down"),
    ("as a cooldown", "cool down"),
    ("as cooldown", "cool down"),
    ("for cool down", "cool down"),
    ("for cooldown", "cool down"),
    ("in between each", "between"),
    ("in between reps", "between reps"),
    ("in between each rep", "between reps"),
    ("in between sets", "between sets"),
    ("set break", "between sets"),
    ("set rest", "between sets"),
    ("set recovery", "between sets"),
    ("a minute's rest", "1 min rest"),
    ("a minute rest", "1 min rest"),
    ("a minute's jog", "1 min jog"),
    ("a minute jog", "1 min jog"),
    ("one minute's rest", "1 min rest"),
    ("jog back down", "jog down"),
    ("jog down recovery", "jog down"),
    ("jog down to recover", "jog down"),
    ("leaving on", "on"),
    ("goal half marathon", "half marathon"),
    ("goal hm", "hm"),
    ("goal 10k", "10k"),
    ("goal 5k", "5k"),
    ("with no walking", ""),
    ("without walking", ""),
    ("without stopping", ""),
];
/// Numbers as words, after `repeated`.
pub(super) const COUNTS: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Returns the text without the words of a sentence.
pub(super) fn sentences(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    // `first 2 miles easy, …, last 2 miles easy` are the parts of one run.
    let has_last = ["last", "final"].iter().any(|word| tokens.find(word).is_some());
    for opening in OPENINGS {
        let size = TextTokens::of(opening).len();
        if opening == "first" && has_last {
            continue;
        }
        if tokens.find(opening) == Some(0) && tokens.starts_number(size) {
            tokens.replace(0..size, "");
        }
    }
    for (phrase, meaning) in ANYWHERE {
        replace_all(&mut tokens, phrase, meaning, |_, _| true);
    }
    for (phrase, meaning) in BEFORE_NUMBER {
        replace_all(&mut tokens, phrase, meaning, |tokens, end| tokens.starts_number(end));
    }
    // Without reps, `10 miles, finish with 2 miles at MP` has its end inside.
    let has_reps = ["x", "×", "times"].iter().any(|word| tokens.find(word).is_some());
    if has_reps {
        for phrase in ["finish with", "finishing with", "finish off with", "finish on", "to finish"] {
            replace_all(&mut tokens, phrase, ", then", TextTokens::starts_number);
        }
    }
    repeated(&mut tokens);
    let written = tokens.text();
    if written == text {
        return None;
    }
    let mut written = written.replace(" , ", ", ");
    for (doubled, single) in
        [(", , then", ", then"), (",, then", ", then"), (". , then", ", then"), (", then, then", ", then")]
    {
        written = written.replace(doubled, single);
    }
    let is_opened = text.starts_with(',');
    let written = if is_opened { written } else { written.trim_start_matches([' ', ',']).to_string() };
    Some(CommonForm { text: written, notes: Vec::new() })
}

/// `…, repeated eight times`, `… repeated 8x`.
fn repeated(tokens: &mut TextTokens) {
    let Some(at) = tokens.find("repeated").or_else(|| tokens.find("repeating")) else { return };
    let mut number = at + 2;
    if tokens.is_word(number, "for") {
        number += 2;
    }
    let count = match tokens.number(number) {
        Some(count) => count.to_string(),
        None => match COUNTS.iter().position(|word| tokens.is_word(number, word)) {
            Some(index) => (index + 2).to_string(),
            None => return,
        },
    };
    let mut end = number + 1;
    if tokens.get(end) == " " {
        end += 1;
    }
    if !["times", "x", "×"].iter().any(|word| tokens.is_word(end, word)) {
        return;
    }
    let start = tokens.word_before(at).filter(|before| tokens.get(*before) == ",").unwrap_or(at);
    tokens.replace(start..end + 1, &format!(" x {count}"));
}

/// Replaces `phrase` where `fits` says that it may be. `fits` gets the index after it.
pub(super) fn replace_all(
    tokens: &mut TextTokens,
    phrase: &str,
    meaning: &str,
    fits: impl Fn(&TextTokens, usize) -> bool,
) {
    let mut from = 0;
    while let Some(at) = tokens.find_from(phrase, from) {
        let size = TextTokens::of(phrase).len();
        if fits(tokens, at + size) {
            tokens.replace(at..at + size, meaning);
        }
        from = at + 1;
    }
}

/// Names of sessions, of coaches and of days that say nothing of how to run.
const NAMES: [&str; 34] = [
    "billat",
    "kenyan fartlek",
    "swedish fartlek",
    "kenyan",
    "moneghetti",
    "mona fartlek",
    "ronnestad",
    "rønnestad",
    "norwegian",
    "norwegian singles",
    "double threshold",
    "deek's quarters",
    "deeks quarters",
    "michigan",
    "gibala",
    "daniels",
    "pfitz",
    "hansons",
    "hanson",
    "higdon",
    "lydiard",
    "canova",
    "treadmill",
    "tm",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// `Kenyan fartlek 10 x 1 min on 1 min off`, `20 x 30/30 billat`: a name before or after a session.
pub(super) fn names(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let name = NAMES.iter().filter(|name| tokens.find(name).is_some()).max_by_key(|name| name.len())?;
    let at = tokens.find(name)?;
    let end = at + TextTokens::of(name).len();
    let begins = at == 0 && tokens.word_after(end - 1).is_some();
    let ends = (end..tokens.len()).all(|i| tokens.get(i).trim().is_empty());
    if !begins && !ends {
        return None;
    }
    tokens.replace(at..end, "");
    let text = tokens.text().trim_matches([' ', ':', '-', ',', '–']).to_string();
    let is_session = text.contains(['x', 'X', '×', '/']) || text.contains(" on ");
    if !text.contains(|c: char| c.is_ascii_digit()) || (name.contains("fartlek") && !is_session) {
        return None;
    }
    Some(CommonForm { text, notes: vec![format!("`{name}` is taken as a name.")] })
}

/// `alternate 3 min hard 2 min easy for 30 min`, `20 min alternating 1 min hard and 1 min easy`.
pub(super) fn alternating(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let at = ["alternate", "alternating"].iter().find_map(|word| tokens.find(word))?;
    let head = tokens.slice(0..at).trim().trim_end_matches([',', ':']).to_string();
    let end = tokens.find_from("for", at).unwrap_or(tokens.len());
    let units = [
        "min", "mins", "minutes", "minute", "s", "sec", "secs", "seconds", "m", "km", "k", "mi", "mile",
        "miles", "'",
    ];
    let is_length = |i: &usize| {
        let spaced = usize::from(tokens.get(i + 1) == " ");
        let unit = tokens.get(i + 1 + spaced).to_lowercase();
        tokens.number(*i).is_some() && units.contains(&unit.as_str())
    };
    let lengths: Vec<usize> = (at..end).filter(is_length).collect();
    let [first, second] = lengths.as_slice() else { return None };
    let work = tokens.slice(*first..*second);
    let work = work.trim().trim_end_matches([',', '/', '&']);
    let work = work.trim_end_matches(" and").trim_end_matches(" then").trim_end();
    let rest = tokens.slice(*second..end).trim().to_string();
    let tail = tokens.slice(end..tokens.len()).trim().to_string();
    let is_told = |step: &str| step.split_whitespace().count() > 1 && !step.contains(['/', '(', ',']);
    if !is_told(work) || !is_told(&rest) || head.is_empty() == tail.is_empty() {
        return None;
    }
    let total = if tail.is_empty() { format!("for {head}") } else { tail };
    let text = format!("alternate {work} / {rest} {total}");
    Some(CommonForm { text, notes: Vec::new() })
}

/// `run 5 min walk 3 min run 5 min`: runs and walks without commas.
pub(super) fn runs_and_walks(text: &str) -> Option<CommonForm> {
    let verbs = ["run", "walk", "jog"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_verb = |word: &str| verbs.iter().any(|verb| word.eq_ignore_ascii_case(verb));
    let starts: Vec<usize> =
        words.iter().enumerate().filter(|(_, word)| is_verb(word)).map(|(i, _)| i).collect();
    if starts.len() < 3 || starts.first() != Some(&0) || text.contains([',', ';', '/', '(', '\n']) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    let steps: Vec<String> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| words.get(*start..end).unwrap_or_default().join(" "))
        .collect();
    let has_length =
        |step: &String| step.contains(|c: char| c.is_ascii_digit()) && step.split_whitespace().count() <= 3;
    steps.iter().all(has_length).then(|| CommonForm { text: steps.join(", "), notes: Vec::new() })
}
