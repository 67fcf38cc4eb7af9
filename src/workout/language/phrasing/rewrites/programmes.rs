//! Programmes that a runner knows by their shape: `mona fartlek (2x90s, 4x60s, …)`, `90s jog, 90s walk, …, x2`,
//! `AMRAP 12 min: …`, `1-2-3-2-1 w/ 1 min jog`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{label_end, lengths_in, take_length};

const TABATA: &str = "8 x 20s all out / 10s rest";
const MOST_ROUNDS: u32 = 20;
/// The longest first walk, in seconds, that a programme repeats. A longer one is its warm-up.
const LONGEST_FIRST_WALK: f64 = 240.0;
/// Words for a run and a walk.
const RUNS: [&str; 4] = ["jog", "run", "jogging", "running"];
const WALKS: [&str; 2] = ["walk", "walking"];
/// Words that say that what stands before them is repeated.
const TIMES: [(&str, u32); 4] = [("twice", 2), ("repeat", 2), ("repeat once", 2), ("thrice", 3)];

/// `mona fartlek (2x90s, 4x60s with equal float)`: the brackets hold the whole session, so the float is that of all sets.
pub(super) fn fartlek_in_brackets(text: &str) -> Option<CommonForm> {
    let (name, list) = text.trim().split_once('(')?;
    let list = list.strip_suffix(')').filter(|list| !list.contains(['(', ')']))?;
    let name = name.trim().trim_end_matches(':');
    let is_name = name.to_lowercase().ends_with("fartlek")
        && name.chars().all(|c| c.is_alphabetic() || " '’-".contains(c));
    let sets = list.split(',').filter(|set| set.contains(['x', 'X', '×'])).count();
    (is_name && sets > 1).then(|| CommonForm {
        text: list.to_string(),
        notes: vec![format!("`{name}` is taken as the name of the session.")],
    })
}

/// `90s jog, 90s walk, 3 min jog, 3 min walk, x2`: the count repeats the whole programme.
pub(super) fn run_walk_programme(text: &str) -> Option<CommonForm> {
    let (label, body) = match label_end(text) {
        Some(at) => (text.get(..=at)?, text.get(at + 1..)?.trim_start()),
        None => ("", text.trim_start()),
    };
    // A cool-down may follow the count.
    let (body, end) = match body.rsplit_once([',', ';']) {
        Some((before, last)) if counted(body).is_none() && run_or_walk(last.trim()).is_some() => {
            (before, last)
        }
        _ => (body, ""),
    };
    let (list, count) = counted(body)?;
    let list = list.trim_end_matches([',', ';', ' ']);
    let pieces: Vec<&str> = list.split([',', ';']).map(str::trim).collect();
    let sorts: Vec<Option<(bool, f64)>> = pieces.iter().map(|piece| run_or_walk(piece)).collect();
    let is_warmup =
        pieces.len() % 2 == 1 && matches!(sorts.first(), Some(Some((true, s))) if *s > LONGEST_FIRST_WALK);
    let from = usize::from(is_warmup);
    let programme = sorts.get(from..)?;
    let in_turn = programme.iter().all(Option::is_some)
        && programme.windows(2).all(|pair| pair[0].map(|p| p.0) != pair[1].map(|p| p.0));
    if programme.len() < 4 || programme.len() % 2 == 1 || !in_turn {
        return None;
    }
    let warmup = if is_warmup { format!("{}, ", pieces.first()?) } else { String::new() };
    let steps = pieces.get(from..)?.join(", ");
    let end = if end.is_empty() { String::new() } else { format!(", {}", end.trim()) };
    let space = if label.is_empty() { "" } else { " " };
    let note = format!("The whole programme is repeated {count} times.");
    Some(CommonForm { text: format!("{label}{space}{warmup}{count} x ({steps}){end}"), notes: vec![note] })
}

/// Splits the count at the end off: `…, x2`, `… x 3`, `… repeat 2 times`, `… twice`.
fn counted(body: &str) -> Option<(&str, u32)> {
    let lower = body.trim_end_matches([' ', '.']).to_ascii_lowercase();
    for (word, count) in TIMES {
        if let Some(head) = lower.strip_suffix(word) {
            return Some((body.get(..head.len())?.trim_end(), count));
        }
    }
    let head = lower.trim_end_matches("times").trim_end();
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let count: u32 = head.get(digits.len()..)?.parse().ok().filter(|n| (2..=MOST_ROUNDS).contains(n))?;
    let before = digits.trim_end();
    let list = ["repeat x", "repeat", "x", "×"].iter().find_map(|mark| before.strip_suffix(mark))?;
    Some((body.get(..list.len())?.trim_end(), count))
}

/// True for a walk, false for a run, with its seconds.
fn run_or_walk(piece: &str) -> Option<(bool, f64)> {
    let lengths = lengths_in(piece);
    let [length] = lengths.as_slice() else { return None };
    let words = format!("{} {}", piece.get(..length.at.start)?, piece.get(length.at.end..)?).to_lowercase();
    let mut words = words.split_whitespace();
    let word = words.next()?;
    let is_walk = WALKS.contains(&word);
    let is_known = (is_walk || RUNS.contains(&word)) && words.next().is_none();
    (is_known && length.is_time).then_some((is_walk, length.value))
}

/// `AMRAP 12 min: 10 burpees, 200m run`: a clock of that time, with what is done on the screen.
pub(super) fn as_many_rounds(text: &str) -> Option<CommonForm> {
    let (head, list) = text.split_once([':', '\n'])?;
    let lower = head.to_ascii_lowercase();
    let at = lower.find("amrap")?;
    let around = format!("{} {}", head.get(..at)?, head.get(at + 5..)?);
    let mut scan = TextScanner { text: around.trim(), at: 0 };
    let _ = scan.take("in");
    let time = take_length(&mut scan).filter(|length| length.is_time && scan.is_done())?;
    let list = list.trim().trim_end_matches('.').replace('\n', ", ");
    let is_plain =
        list.len() <= 60 && !list.contains(['"', '\'', '|', '“']) && list.contains(char::is_alphabetic);
    is_plain.then(|| CommonForm {
        text: format!("{} \"AMRAP: {list}\"", time.text),
        notes: vec!["The rounds are yours to count: the timer runs for the whole time.".to_string()],
    })
}

/// `Tabata`, `tabata sprints`: the one form that the word has.
pub(super) fn tabata(text: &str) -> Option<CommonForm> {
    let lower = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_tabata =
        ["tabata", "a tabata", "one tabata", "tabata sprints", "tabata intervals"].contains(&lower.as_str());
    is_tabata.then(|| CommonForm {
        text: TABATA.to_string(),
        notes: vec!["A tabata is eight times 20 s all-out with 10 s rest between.".to_string()],
    })
}

/// `1-2-3-2-1 w/ 1 min jog`, `5/4/3/2/1 with half recovery`: small numbers with a recovery are minutes.
pub(super) fn minutes_of_ladder(text: &str) -> Option<CommonForm> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "-/–".contains(c)))?;
    let (list, rest) = text.split_at(end);
    let numbers: Option<Vec<u32>> = list.split(['-', '/', '–']).map(|number| number.parse().ok()).collect();
    let numbers =
        numbers.filter(|numbers| numbers.len() >= 4 && numbers.iter().all(|n| (1..=10).contains(n)))?;
    let lower = rest.trim_start().to_ascii_lowercase();
    let introduced = ["w/ ", "with ", "off "].iter().find_map(|word| lower.strip_prefix(word))?;
    let is_timed = introduced.starts_with("half")
        || introduced.starts_with("equal")
        || lengths_in(introduced).first().is_some_and(|length| length.is_time);
    // Three in a row at most: `10-20-30` is another session.
    let is_ladder = numbers.windows(2).all(|pair| pair[0].abs_diff(pair[1]) <= 2);
    (is_timed && is_ladder).then(|| CommonForm {
        text: format!("{list} min {}", rest.trim_start()),
        notes: vec![format!("`{list}` is taken as minutes.")],
    })
}

/// `10 rounds 30s hard 30s easy`: rounds are counted like reps.
pub(super) fn rounds_of_reps(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let at = tokens.find("rounds")?;
    let number = tokens.word_before(at).filter(|number| tokens.number(*number).is_some())?;
    let of = tokens.word_after(at).filter(|of| tokens.is_word(*of, "of"));
    let end = of.map_or(at + 1, |of| of + 1);
    tokens.starts_number(end).then_some(())?;
    // `5 rounds 400m run, 10 squats` is a list of stations, and the count would be that of the first.
    let is_list = tokens.slice(end..tokens.len()).contains([',', '+', ';', '\n']);
    tokens.replace(at..end, "x");
    (number + 2 >= at && !is_list).then(|| CommonForm { text: tokens.text(), notes: Vec::new() })
}

/// `600 400 200 x 3 w/ 200 jog`: a list with spaces alone.
pub(super) fn spaced_list(text: &str) -> Option<CommonForm> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ' '))?;
    let (list, rest) = text.split_at(end);
    let lengths: Option<Vec<u32>> = list.split_whitespace().map(|length| length.parse().ok()).collect();
    let is_track = |metres: &u32| (100..=3000).contains(metres) && metres.is_multiple_of(50);
    let lengths = lengths.filter(|lengths| lengths.len() >= 3 && lengths.iter().all(is_track))?;
    let listed = lengths.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let mut scan = TextScanner { text: rest, at: 0 };
    let text = match scan.eat(&['x', 'X', '×']) {
        Some(_) => {
            let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=20.0).contains(n))?;
            format!("{count} x ({listed}){}", scan.rest())
        }
        // `800 400 200m`: what follows belongs to the last.
        None => format!("{listed} {rest}"),
    };
    Some(CommonForm { text, notes: Vec::new() })
}

/// `8 miles total: 6x800m 5K w/ 400m jog`: the reps are in a run of that length.
pub(super) fn reps_in_total(text: &str) -> Option<CommonForm> {
    let (total, reps) = text.split_once(':')?;
    let mut scan = TextScanner { text: total, at: 0 };
    let length = take_length(&mut scan)?;
    let is_total = scan.take("total") && scan.is_done();
    let is_reps = reps.trim_start().starts_with(|c: char| c.is_ascii_digit())
        && reps.matches(['x', 'X', '×']).count() == 1
        && !reps.contains([',', ';', '+', '(', '\n']);
    (is_total && is_reps)
        .then(|| CommonForm { text: format!("{} with {}", length.text, reps.trim()), notes: Vec::new() })
}

/// `5k tempo w/ 2k wu and 2k cd`: what stands before and after the run.
pub(super) fn with_both_ends(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, joint) =
        [" w/ ", " with a ", " with "].iter().find_map(|joint| Some((lower.find(joint)?, joint.len())))?;
    let (run, ends) = (text.get(..at)?.trim(), text.get(at + joint..)?);
    let (first, second) =
        [" and a ", " and ", " & ", ", ", " + "].iter().find_map(|joint| ends.split_once(joint))?;
    let end = |piece: &str, words: &[&str]| {
        let lengths = lengths_in(piece);
        let [length] = lengths.as_slice() else { return None };
        let around =
            format!("{} {}", piece.get(..length.at.start)?, piece.get(length.at.end..)?).to_lowercase();
        let word = around.split_whitespace().collect::<Vec<_>>().join(" ");
        words.contains(&word.trim_end_matches('.')).then(|| length.text.clone())
    };
    let warmup = end(first, &["wu", "w/u", "warmup", "warm up", "warm-up", "wup"])?;
    let cooldown = end(second, &["cd", "c/d", "cooldown", "cool down", "cool-down", "warm down"])?;
    let mut scan = TextScanner { text: run, at: 0 };
    let run = match take_length(&mut scan) {
        Some(length) => format!("{}{}", length.text, scan.rest()),
        None => run.to_string(),
    };
    Some(CommonForm { text: format!("warmup {warmup}, {run}, cooldown {cooldown}"), notes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programmes_are_written_out() {
        let forms = [
            fartlek_in_brackets,
            run_walk_programme,
            as_many_rounds,
            tabata,
            minutes_of_ladder,
            rounds_of_reps,
            spaced_list,
            with_both_ends,
            reps_in_total,
        ];
        for (text, written) in [
            ("mona fartlek (2x90s, 4x60s with equal float)", "2x90s, 4x60s with equal float"),
            (
                "90s jog, 90s walk, 3 min jog, 3 min walk, x2",
                "2 x (90s jog, 90s walk, 3 min jog, 3 min walk)",
            ),
            (
                "5 min walk, 90s jog, 90s walk, 3 min jog, 3 min walk, repeat 2 times",
                "5 min walk, 2 x (90s jog, 90s walk, 3 min jog, 3 min walk)",
            ),
            (
                "90s jog, 90s walk, 3 min jog, 3 min walk, x2, 5 min walk",
                "2 x (90s jog, 90s walk, 3 min jog, 3 min walk), 5 min walk",
            ),
            ("12 min AMRAP: 10 burpees, 200m run", "720s \"AMRAP: 10 burpees, 200m run\""),
            ("600 400 200 x 3 w/ 200 jog", "3 x (600, 400, 200) w/ 200 jog"),
            ("5k tempo w/ 2k wu and 2k cd", "warmup 2km, 5km tempo, cooldown 2km"),
            ("8 miles total: 6x800m 5K w/ 400m jog", "8mi with 6x800m 5K w/ 400m jog"),
            ("Tabata", "8 x 20s all out / 10s rest"),
            ("1-2-3-2-1 w/ 1 min jog", "1-2-3-2-1 min w/ 1 min jog"),
            ("10 rounds 30s hard 30s easy", "10 x 30s hard 30s easy"),
        ] {
            let found = forms.iter().find_map(|form| form(text)).map(|form| form.text);
            assert_eq!(found.as_deref(), Some(written), "{text}");
        }
        for text in [
            "run 1 min, walk 1 min x 6",
            "5 min jog, 60s walk, 60s jog, 60s walk, 6x400m",
            "10-20-30 w/ 1 min",
        ] {
            assert!(forms.iter().all(|form| form(text).is_none()), "{text}");
        }
    }
}
