//! Something short at regular times of a run: `40 min easy with 30s pickups every 5 min`, `30 min fartlek, 1 min hard every 5 min`.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;

/// Units of time in seconds.
const UNITS: [(&str, f64); 14] = [
    ("min", 60.0),
    ("mins", 60.0),
    ("minute", 60.0),
    ("minutes", 60.0),
    ("'", 60.0),
    ("s", 1.0),
    ("sec", 1.0),
    ("secs", 1.0),
    ("second", 1.0),
    ("seconds", 1.0),
    ("\"", 1.0),
    ("h", 3600.0),
    ("hour", 3600.0),
    ("hr", 3600.0),
];
/// Words for what is short and hard, and the targets that they mean.
const EFFORTS: [(&str, &str); 20] = [
    ("walk break", "walk"),
    ("walk breaks", "walk"),
    ("walking break", "walk"),
    ("walking", "walk"),
    ("walk", "walk"),
    ("surges", "fast"),
    ("surge", "fast"),
    ("pickups", "fast"),
    ("pickup", "fast"),
    ("pick ups", "fast"),
    ("pick up", "fast"),
    ("strides", "strides"),
    ("stride", "strides"),
    ("fast", "fast"),
    ("sprint", "all-out"),
    ("sprints", "all-out"),
    ("hard", "hard"),
    ("tempo", "tempo"),
    ("on", "hard"),
    ("bursts", "fast"),
];

/// A time in the text: where it begins and ends, in tokens, and its seconds.
struct WrittenTime {
    start: usize,
    end: usize,
    seconds: f64,
}

/// Returns the text as a repeat of the run and the surge, which ends each round.
pub(super) fn every_few_minutes(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let every = tokens.find("every").or_else(|| tokens.find("each"))?;
    let times = written_times(&tokens);
    let period = times.iter().find(|time| time.start > every && time.start <= every + 2)?;
    // Between the surge and `every` only its effort stands.
    let (effort, surge) = EFFORTS.iter().find_map(|(word, target)| {
        let at = tokens.find(word).filter(|at| *at < every)?;
        let end = at + TextTokens::of(word).len();
        let is_next = tokens.slice(end..every).trim().is_empty();
        let surge = times.iter().rev().find(|time| time.end <= at)?;
        let is_near = tokens.slice(surge.end..at).trim_matches([' ', '-']).is_empty();
        (is_next && is_near).then_some((*target, surge))
    })?;
    let total = times.iter().find(|time| time.start != surge.start && time.start != period.start)?;
    if times.len() != 3 {
        return None;
    }
    let base = base_effort(&tokens, total, surge, every)?;
    let rounds = total.seconds / period.seconds;
    let run = period.seconds - surge.seconds;
    if rounds.fract().abs() > 1e-6 || !(2.0..=100.0).contains(&rounds) || run <= 0.0 {
        return None;
    }
    let text = format!("{rounds} x ({run}s {base}, {}s {effort})", surge.seconds);
    let note = format!("Each of the {rounds} rounds ends with {} seconds {effort}.", surge.seconds);
    Some(CommonForm { text, notes: vec![note] })
}

/// Returns the effort of the run between the surges. Nothing if the text says more than that.
fn base_effort(
    tokens: &TextTokens,
    total: &WrittenTime,
    surge: &WrittenTime,
    every: usize,
) -> Option<&'static str> {
    let mut words = Vec::new();
    for i in 0..tokens.len() {
        let token = tokens.get(i).to_lowercase();
        let is_time = (total.start..total.end).contains(&i);
        let is_surge = i >= surge.start && i < every;
        if is_time || is_surge || i >= every {
            continue;
        }
        words.push(token);
    }
    let known = [
        "run",
        "fartlek",
        "with",
        "w",
        "/",
        ",",
        " ",
        "a",
        "for",
        ":",
        "of",
        "in",
        "the",
        "-",
        "easy",
        "jog",
        "steady",
        "long",
        "incl",
        "including",
    ];
    if !words.iter().all(|word| known.contains(&word.as_str())) {
        return None;
    }
    let said = |effort: &str| words.iter().any(|word| word == effort);
    let after = tokens.slice(every..tokens.len()).to_lowercase();
    let is_over = after.split_whitespace().all(|word| {
        ["every", "each", "for", "min", "mins", "minutes", "minute"].contains(&word)
            || word.chars().all(|c| c.is_ascii_digit() || c == '\'')
            || word.trim_end_matches(char::is_alphabetic).chars().all(|c| c.is_ascii_digit())
    });
    is_over.then_some(if said("steady") {
        "steady"
    } else if said("jog") {
        "jog"
    } else {
        "easy"
    })
}

fn written_times(tokens: &TextTokens) -> Vec<WrittenTime> {
    let time = |start: usize| {
        let number = tokens.number(start)?;
        let spaced = usize::from([" ", "-"].contains(&tokens.get(start + 1)));
        let unit = tokens.get(start + 1 + spaced).to_lowercase();
        let (_, seconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
        Some(WrittenTime { start, end: start + 2 + spaced, seconds: number * seconds })
    };
    (0..tokens.len()).filter_map(time).collect()
}
