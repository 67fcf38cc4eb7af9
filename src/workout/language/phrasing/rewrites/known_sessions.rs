//! Sessions with a name of their own: `norwegian 4x4`, `30-20-10 x 5, 3 sets, 2 min rest`, `c25k w1d1`,
//! `over-under: 3 x (2' @ 105%, 3' @ 95%)`, `AMRAP 15: …`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::take_length;

/// The four long intervals of the Norwegian study (Helgerud and others, 2007).
const FOUR_BY_FOUR: &str = "4 x 4 min hard / 3 min jog";
/// A round of Gunnarsson and Bangsbo's training.
const THIRTY_TWENTY_TEN: &str = "(30s easy, 20s steady, 10s all-out)";
/// Names of the programme from walking to five kilometres.
const COUCH: [&str; 5] = ["couch to 5k", "couch-to-5k", "c25k", "couch 2 5k", "ct5k"];
/// The sessions of its weeks, without the walks before and after. Weeks 5 and 6 have one for each day.
const COUCH_WEEKS: [[&str; 3]; 9] = [
    ["8 x (60s run, 90s walk)"; 3],
    ["6 x (90s run, 2 min walk)"; 3],
    ["2 x (90s run, 90s walk, 3 min run, 3 min walk)"; 3],
    ["3 min run, 90s walk, 5 min run, 150s walk, 3 min run, 90s walk, 5 min run"; 3],
    [
        "5 min run, 3 min walk, 5 min run, 3 min walk, 5 min run",
        "8 min run, 5 min walk, 8 min run",
        "20 min run",
    ],
    [
        "5 min run, 3 min walk, 8 min run, 3 min walk, 5 min run",
        "10 min run, 3 min walk, 10 min run",
        "25 min run",
    ],
    ["25 min run"; 3],
    ["28 min run"; 3],
    ["30 min run"; 3],
];
/// Words around the rounds of 30-20-10 that say nothing more.
const AROUND_ROUNDS: [&str; 16] = [
    "between sets",
    "between blocks",
    "between",
    "intervals",
    "of",
    "with",
    "w/",
    "secs",
    "seconds",
    "sec",
    "s",
    "in",
    "and",
    "billat",
    "recovery",
    "off",
];
/// Words that say that percentages are of the threshold.
const OF_THRESHOLD: [&str; 8] = [
    "over-under",
    "over under",
    "over/under",
    "over-unders",
    "over unders",
    "over/unders",
    "ftp",
    "threshold",
];

/// `norwegian 4x4`, `4x4 norwegian`.
pub(super) fn norwegian(text: &str) -> Option<CommonForm> {
    let words: Vec<String> = text
        .split([' ', ',', ':', '-', '(', ')'])
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let known = [
        "norwegian",
        "norwegians",
        "4x4",
        "4×4",
        "x",
        "4",
        "intervals",
        "the",
        "session",
        "workout",
        "min",
        "4min",
    ];
    let is_named = words.iter().any(|word| word.starts_with("norwegian"));
    let joined = words.join(" ");
    let is_four = ["4x4", "4×4", "4 x 4"].iter().any(|four| joined.contains(four));
    let is_whole = words.iter().all(|word| known.contains(&word.as_str()) || word == "4x4min");
    (is_named && is_four && is_whole).then(|| CommonForm {
        text: FOUR_BY_FOUR.to_string(),
        notes: vec!["The Norwegian 4x4 is taken as 4 x 4 min hard with 3 min jog between.".to_string()],
    })
}

/// `30-20-10 x 5, 3 sets, 2 min rest`, `3 sets of 5 x 30-20-10, 2 min rest between sets`.
pub(super) fn thirty_twenty_ten(text: &str) -> Option<CommonForm> {
    let name = ["30-20-10", "10-20-30", "30/20/10", "10/20/30"].iter().find(|name| text.contains(*name))?;
    let at = text.find(name)?;
    let rest = format!("{} {}", text.get(..at)?, text.get(at + name.len()..)?);
    let tokens = TextTokens::of(&rest);
    let (mut counts, mut sets, mut recovery, mut verb) = (Vec::new(), None, None, "rest");
    let mut scan = TextScanner { text: &rest, at: 0 };
    while !scan.is_done() {
        let before = scan.clone();
        if let Some(length) = take_length(&mut scan) {
            recovery = recovery.is_none().then_some(length.text);
            recovery.as_ref()?;
            continue;
        }
        scan = before;
        if let Some(number) = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=20.0).contains(n)) {
            if ["sets", "blocks", "rounds"].iter().any(|word| scan.take(word)) {
                sets = Some(number);
            } else {
                counts.push(number);
            }
            continue;
        }
        let verbs = ["jog", "walk", "easy", "rest"];
        if let Some(word) = verbs.iter().find(|word| scan.take(word)) {
            verb = word;
            continue;
        }
        let is_known = scan.eat(&['x', 'X', '×', ',', '(', ')', ':', ';', '/', '-']).is_some()
            || AROUND_ROUNDS.iter().any(|word| scan.take(word));
        if !is_known {
            return None;
        }
    }
    let rounds = match (counts.as_slice(), sets) {
        ([count], _) => *count,
        ([first, second], None) => {
            sets = Some(*first);
            *second
        }
        _ => return None,
    };
    let block = format!("{rounds} x {THIRTY_TWENTY_TEN}");
    let written = match (sets, recovery) {
        (Some(sets), Some(recovery)) => format!("{sets} x ({block}) / {recovery} {verb}"),
        (Some(_), None) | (None, Some(_)) => return None,
        (None, None) => block,
    };
    let note = format!("`{name}` is taken as 30 s easy, 20 s steady and 10 s all-out.");
    (tokens.len() > 1).then(|| CommonForm { text: written, notes: vec![note] })
}

/// `over-under: 3 x (2' @ 105%, 3' @ 95%)`, `10' @ 65% FTP, 5x3' @ 105%`: the percentages are of the threshold.
pub(super) fn of_threshold(text: &str) -> Option<CommonForm> {
    let lower = text.to_lowercase();
    let name = OF_THRESHOLD.iter().find(|name| lower.contains(**name))?;
    let is_other = ["hr", "bpm", "incline", "mp", "vo2", "vo2max", "5k", "10k", "max", "hrmax"]
        .iter()
        .any(|other| lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == *other));
    if is_other {
        return None;
    }
    let mut tokens = TextTokens::of(text);
    let mut count = 0;
    for at in (1..tokens.len()).rev() {
        let is_pace = tokens.number(at - 1).is_some_and(|percent| (30.0..=150.0).contains(&percent));
        if tokens.get(at) != "%" || !is_pace {
            continue;
        }
        let mut end = at + 1;
        let mut next = tokens.word_after(at);
        while let Some(word) = next.filter(|next| {
            ["of", "ftp", "threshold", "pace", "t"].iter().any(|word| tokens.is_word(*next, word))
        }) {
            end = word + 1;
            next = tokens.word_after(word);
        }
        count += 1;
        tokens.replace(at..end, "% threshold");
    }
    let mut written = tokens.text();
    // `over-under:` is only the name of the session.
    if name.starts_with("over")
        && let Some((title, session)) = written.split_once(':')
        && title.trim().eq_ignore_ascii_case(name)
    {
        written = session.trim().to_string();
    }
    (count > 0 && written != text).then(|| CommonForm {
        text: written,
        notes: vec!["The percentages are taken as of the threshold pace.".to_string()],
    })
}

/// `c25k w1d1`, `couch to 5k week 3 day 2`: the session of that week, with a walk before it and after it.
pub(super) fn couch_to_five(text: &str) -> Option<CommonForm> {
    let lower = text.trim().to_ascii_lowercase();
    let rest = COUCH.iter().find_map(|name| lower.strip_prefix(name))?;
    let rest = rest.trim_start_matches([' ', ':', ',', '-']);
    let rest =
        rest.strip_prefix("week").or_else(|| rest.strip_prefix("wk")).or_else(|| rest.strip_prefix('w'))?;
    let rest = rest.trim_start();
    let week: usize = rest.get(..1)?.parse().ok()?;
    let rest = rest.get(1..)?.trim_start_matches([' ', ',', '-']);
    let day = match rest {
        "" => None,
        rest => {
            let day = ["day", "run", "d", "r"].iter().find_map(|word| rest.strip_prefix(word))?;
            Some(day.trim().parse::<usize>().ok().filter(|day| (1..=3).contains(day))?)
        }
    };
    let days = COUCH_WEEKS.get(week.checked_sub(1)?)?;
    let is_same = days.iter().all(|session| *session == days[0]);
    let day = day.or(is_same.then_some(1))?;
    let session = days.get(day - 1)?;
    Some(CommonForm {
        text: format!("5 min walk warm up, {session}, 5 min walk cool down"),
        notes: vec![format!("Week {week} of Couch to 5K, with a walk of 5 min before and after.")],
    })
}

/// `AMRAP 15: 10 burpees, 200m run`: the minutes stand behind the name.
pub(super) fn rounds_in_minutes(text: &str) -> Option<CommonForm> {
    let tokens = TextTokens::of(text);
    let at = tokens.find("amrap").filter(|at| *at == 0)?;
    let number = tokens.word_after(at).filter(|next| tokens.number(*next).is_some())?;
    let mut end = number + 1;
    while ["min", "mins", "minutes", "'", " "].contains(&tokens.get(end).to_lowercase().as_str()) {
        end += 1;
    }
    let list = tokens.slice(end..tokens.len());
    let list = list.trim_start_matches([':', ' ', '\n', '-', '–']);
    (!list.is_empty())
        .then(|| CommonForm { text: format!("{} min AMRAP: {list}", tokens.get(number)), notes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sessions_are_written_out() {
        let forms = [norwegian, thirty_twenty_ten, of_threshold, couch_to_five, rounds_in_minutes];
        for (text, written) in [
            ("norwegian 4x4", FOUR_BY_FOUR),
            ("4 x 4 Norwegian", FOUR_BY_FOUR),
            ("30-20-10 x 5, 3 sets, 2 min rest", "3 x (5 x (30s easy, 20s steady, 10s all-out)) / 120s rest"),
            ("3 sets of 5 x 30-20-10, 2 min jog", "3 x (5 x (30s easy, 20s steady, 10s all-out)) / 120s jog"),
            ("over-under: 3 x (2' @ 105%, 3' @ 95%)", "3 x (2' @ 105% threshold, 3' @ 95% threshold)"),
            ("10' @ 65% FTP, 3' @ 105%", "10' @ 65% threshold, 3' @ 105% threshold"),
            ("c25k w2d1", "5 min walk warm up, 6 x (90s run, 2 min walk), 5 min walk cool down"),
            ("Couch to 5k week 5 day 3", "5 min walk warm up, 20 min run, 5 min walk cool down"),
            ("AMRAP 15: 10 burpees, 200m run", "15 min AMRAP: 10 burpees, 200m run"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in
            ["c25k", "couch to 5k week 5", "norwegian singles: 10 x 3 min", "30-20-10 w/ 1 min", "4x4min"]
        {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
