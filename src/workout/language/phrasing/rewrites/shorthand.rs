//! Short forms and turns of phrase between the numbers: `b/w sets`, `incl. 6 strides`, `5x1000I`, `8 hill repeats of 1 min`.

use super::super::common_forms::CommonForm;
use super::super::scanner::NUMBERS;
use super::super::text_tokens::TextTokens;
use super::super::units::{LENGTHS, TIMES};
use super::prose::replace_all;

/// Short forms with one meaning wherever they stand.
const SHORT_FORMS: [(&str, &str); 119] = [
    ("no walk breaks", ""),
    ("no breaks", ""),
    ("no stopping", ""),
    ("long run,", ","),
    ("run : ", "run / "),
    ("same float", "w/ equal float"),
    ("full rec", "full recovery"),
    ("full recs", "full recovery"),
    ("hike", "walk"),
    ("hiking", "walk"),
    ("pick ups", "pickups"),
    ("set recovery", "between sets"),
    ("set recs", "between sets"),
    ("set rec", "between sets"),
    ("30k pace", "MP-HMP"),
    ("kenyan hills", "hills"),
    ("active recoveries", "active recovery"),
    ("jr", "jog"),
    ("hill climbs", "hills"),
    ("hill climb", "hill"),
    ("steep hill", "hill"),
    ("steep hills", "hills"),
    ("recovery back to the start", "recovery"),
    ("jog back to start", "jog back"),
    ("goal mp", "mp"),
    ("goal marathon", "marathon"),
    ("over hills", "over rolling hills"),
    ("on hills", "over rolling hills"),
    ("hilly course", "hilly"),
    ("ms", "main set"),
    ("10kp", "10k"),
    ("5kp", "5k"),
    ("3kp", "3k"),
    ("rest feet on the sides", "rest"),
    ("rest feet on the rails", "rest"),
    ("feet on the sides", "rest"),
    ("feet on the rails", "rest"),
    ("no walking", ""),
    ("a minute off", "1 min off"),
    ("a minute on", "1 min on"),
    ("float recoveries", "float"),
    ("then do", "then"),
    ("jog rest", "jog"),
    ("full walk back recovery", "walk back"),
    ("full walk back", "walk back"),
    ("full jog back", "jog back"),
    ("last mile", "last 1 mile"),
    ("final mile", "last 1 mile"),
    ("last km", "last 1 km"),
    ("final km", "last 1 km"),
    ("between the reps", "between reps"),
    ("rounds for time", "rounds"),
    ("jump off for", "rest"),
    ("jump off", "rest"),
    ("hop off", "rest"),
    ("half time jog recoveries", "w/ half jog"),
    ("half time jog recovery", "w/ half jog"),
    ("half-time jog recoveries", "w/ half jog"),
    ("half time recoveries", "w/ half recovery"),
    ("half time recovery", "w/ half recovery"),
    ("half the time recovery", "w/ half recovery"),
    ("half time jog", "w/ half jog"),
    ("equal time jog recoveries", "w/ equal jog"),
    ("equal jog recoveries", "w/ equal jog"),
    ("rest on the rails", "rest"),
    ("rest on the sides", "rest"),
    ("rest off the belt", "rest"),
    ("b/w", "between"),
    ("b/t", "between"),
    ("b/n", "between"),
    ("btwn", "between"),
    ("btween", "between"),
    ("betw.", "between"),
    ("betw", "between"),
    ("bet.", "between"),
    ("inbetween", "between"),
    ("incl.", "with"),
    ("incl", "with"),
    ("including", "with"),
    ("inc.", "with"),
    ("inc", "with"),
    ("containing", "with"),
    ("w. ", "w/ "),
    ("int.", "intervals"),
    ("mins.", "min"),
    ("min.", "min"),
    ("sec.", "sec"),
    ("secs.", "sec"),
    ("every minute on the minute", "on 1:00"),
    ("on the minute", "on 1:00"),
    ("on the min", "on 1:00"),
    ("walk back down to recover", "walk back"),
    ("walk back down", "walk back"),
    ("walking back down", "walk back"),
    ("easy walk back", "walk back"),
    ("walk downhill", "walk back"),
    ("walk back to start", "walk back"),
    ("walk back to the start", "walk back"),
    ("walk back recovery", "walk back"),
    ("walk back for recovery", "walk back"),
    ("walk back rest", "walk back"),
    ("jog back down to recover", "jog back"),
    ("jog back down", "jog back"),
    ("easy jog back", "jog back"),
    ("jogging back down", "jog back"),
    ("jog easy back down", "jog back"),
    ("jog downhill", "jog back"),
    ("easy jog down", "jog back"),
    ("easy jog downhill", "jog back"),
    ("jog back to start", "jog back"),
    ("jog back to the start", "jog back"),
    ("jog back for recovery", "jog back"),
    ("down jog recovery", "jog back"),
    ("jog down for recovery", "jog back"),
    ("jog down the hill", "jog back"),
    ("walk down the hill", "walk back"),
    ("walk down to recover", "walk back"),
    ("walk down for recovery", "walk back"),
    ("walk down recovery", "walk back"),
];
/// Words before a session that say nothing.
const OPENINGS: [&str; 6] = ["and then", "then", "finally", "ok", "okay", "so"];
/// Returns the text with its short forms spelled out.
pub(super) fn spelled_out(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    for opening in OPENINGS {
        let size = TextTokens::of(opening).len();
        if tokens.find(opening) == Some(0) && tokens.word_after(size - 1).is_some() {
            tokens.replace(0..size, "");
            tokens = TextTokens::of(tokens.text().trim_start_matches([' ', ',', ':']));
        }
    }
    for (short, long) in SHORT_FORMS {
        replace_all(&mut tokens, short, long, |_, _| true);
    }
    let written = tokens.text().replace(", w/ ", " w/ ").replace("with w/ ", "w/ ").replace("w/ w/ ", "w/ ");
    let mut tokens = TextTokens::of(&written);
    split_letters(&mut tokens);
    numbers_in_words(&mut tokens);
    let mut notes = Vec::new();
    let mut written = tokens.text();
    notes.extend(german(&mut written));
    notes.extend(orangetheory(&mut written));
    heart_limit(&mut written);
    kilometres_around_with(&mut written);
    (written != text).then_some(CommonForm { text: written, notes })
}

/// `5x1000I`, `4x200R`, `20minT`: a letter of Daniels that touches its length.
fn split_letters(tokens: &mut TextTokens) {
    let letters = ["E", "I", "R", "T"];
    let units = ["min", "km", "mi", "k", "m", "mile", "miles", "mins", "sec", "s"];
    for i in 1..tokens.len() {
        let word = tokens.get(i).to_string();
        let Some(number) = tokens.number(i - 1) else { continue };
        let is_track = number >= 100.0 && number % 50.0 == 0.0;
        if letters.contains(&word.as_str()) && is_track {
            tokens.replace(i..i + 1, &format!("m {word}"));
        }
        let split = letters.iter().find_map(|letter| Some((word.strip_suffix(letter)?, *letter)));
        if let Some((unit, letter)) = split.filter(|(unit, _)| units.contains(unit)) {
            tokens.replace(i..i + 1, &format!("{unit} {letter}"));
        }
    }
}

/// `five by one minute`, `6 by 800`: a count before its length, and numbers in words.
fn numbers_in_words(tokens: &mut TextTokens) {
    let is_unit = |word: &str| {
        TIMES.iter().any(|(unit, _)| *unit == word)
            || LENGTHS.iter().any(|(unit, _)| *unit == word)
            || ["x", "by", "times", "×", "sets", "reps"].contains(&word)
    };
    for i in 0..tokens.len() {
        let next = tokens.word_after(i).map_or("", |next| tokens.get(next)).to_ascii_lowercase();
        let number = NUMBERS.iter().find(|(word, _)| tokens.is_word(i, word));
        if let Some((_, number)) = number.filter(|_| is_unit(&next)) {
            tokens.replace(i..i + 1, &number.to_string());
        }
    }
    // `ten 400s`: a count before reps that are named by their length.
    for i in 0..tokens.len() {
        let next = tokens.word_after(i).filter(|next| tokens.number(*next).is_some_and(|n| n >= 200.0));
        let number = NUMBERS.iter().find(|(word, _)| tokens.is_word(i, word));
        if let (Some((_, number)), Some(next)) = (number, next)
            && tokens.is_word(next + 1, "s")
        {
            tokens.replace(i..i + 1, &number.to_string());
        }
    }
    // `2min r`: a rest.
    for i in (2..tokens.len()).rev() {
        let ends = tokens
            .word_after(i)
            .is_none_or(|next| [",", "/", ")", ";", "|", "\n"].contains(&tokens.get(next)));
        let unit = tokens.word_before(i).filter(|unit| is_unit(&tokens.get(*unit).to_ascii_lowercase()));
        let is_length =
            unit.and_then(|unit| tokens.word_before(unit)).is_some_and(|n| tokens.number(n).is_some());
        if tokens.get(i) == "r" && tokens.get(i - 1) == " " && ends && is_length {
            tokens.replace(i..i + 1, "rest");
        }
    }
    // `.5 mph`
    for i in (1..tokens.len()).rev() {
        if tokens.get(i) == "." && tokens.get(i - 1) == " " && tokens.number(i + 1).is_some() {
            tokens.replace(i..i + 1, "0.");
        }
    }
    for i in 1..tokens.len() {
        let is_number = |at: Option<usize>| at.is_some_and(|at| tokens.number(at).is_some());
        if tokens.is_word(i, "by") && is_number(tokens.word_before(i)) && is_number(tokens.word_after(i)) {
            tokens.replace(i..i + 1, "x");
        }
    }
}

/// `15' EL, 8x400m 90" TP, 10' AL`: the German short forms, in capitals.
fn german(written: &mut String) -> Option<String> {
    let mut tokens = TextTokens::of(written);
    let mut said = Vec::new();
    for (short, long) in [("EL", "warm up"), ("AL", "cool down"), ("TP", "jog")] {
        for i in 0..tokens.len() {
            if tokens.get(i) == short && tokens.get(i + 1) != ":" {
                tokens.replace(i..i + 1, long);
                said.push(format!("`{short}` as {long}"));
            }
        }
    }
    if said.is_empty() {
        return None;
    }
    *written = tokens.text();
    said.dedup();
    Some(format!("The German short forms are read: {}.", said.join(", ")))
}

/// `3 min base, 1 min push, 1 min all out`: the words of a treadmill class.
fn orangetheory(written: &mut String) -> Option<String> {
    let mut tokens = TextTokens::of(written);
    let (base, push) = (tokens.find("base")?, tokens.find("push")?);
    let is_exercise = ["ups", "up"].iter().any(|word| tokens.is_word(push + 2, word));
    if is_exercise || base == push {
        return None;
    }
    replace_all(&mut tokens, "walking recovery", "walk", |_, _| true);
    replace_all(&mut tokens, "base pace", "steady", |_, _| true);
    replace_all(&mut tokens, "push pace", "hard", |_, _| true);
    replace_all(&mut tokens, "base", "steady", |_, _| true);
    replace_all(&mut tokens, "push", "hard", |_, _| true);
    *written = tokens.text();
    // A block of a class ends with its walk.
    let last = written.rfind([',', '\n']).unwrap_or(0);
    if last > 0 && written.get(last..).is_some_and(|piece| piece.to_lowercase().contains("walk")) {
        written.insert_str(last + 1, " then");
    }
    Some("`base` is taken as steady, `push` as hard.".to_string())
}

/// `40 min below 145`: a heart rate is the only limit in this range.
fn heart_limit(written: &mut String) {
    let mut tokens = TextTokens::of(written);
    for at in (0..tokens.len()).rev() {
        let is_rate = tokens.number(at).is_some_and(|n| (100.0..=190.0).contains(&n) && n.fract() == 0.0);
        let limit = tokens
            .word_before(at)
            .filter(|i| ["below", "under", "<"].iter().any(|word| tokens.is_word(*i, word)));
        let is_bare =
            tokens.word_after(at).is_none_or(|next| [",", ";", ")", "."].contains(&tokens.get(next)));
        if let Some(limit) = limit
            && is_rate
            && is_bare
        {
            let text = format!("under {} bpm", tokens.get(at));
            tokens.replace(limit..at + 1, &text);
        }
    }
    *written = tokens.text();
}

/// `10k w/ 5k @ HMP`: a run of ten kilometres, as part of it has another pace.
fn kilometres_around_with(written: &mut String) {
    let mut tokens = TextTokens::of(written);
    let is_k = |tokens: &TextTokens, at: usize| tokens.number(at).is_some() && tokens.is_word(at + 1, "k");
    let with = |tokens: &TextTokens, at: usize| {
        tokens.word_after(at + 1).is_some_and(|next| {
            tokens.is_word(next, "with") || (tokens.is_word(next, "w") && tokens.get(next + 1) == "/")
        })
    };
    if !(is_k(&tokens, 0) && with(&tokens, 0)) {
        return;
    }
    for at in (0..tokens.len()).rev() {
        let ends = tokens.word_after(at + 1).is_some_and(|next| ["@", "at"].contains(&tokens.get(next)));
        if is_k(&tokens, at) && (at == 0 || ends) {
            tokens.replace(at + 1..at + 2, " km");
        }
    }
    *written = tokens.text();
}
