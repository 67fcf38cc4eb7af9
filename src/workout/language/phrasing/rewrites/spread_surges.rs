//! Something short, again and again in a run: `5 miles easy w/ a 100m stride every km`, `8 mi easy w/ 8x20s pickups in
//! the second half`, `45 min easy, walk break every 5 min`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{FoundLength, take_length};

/// Words for the run, and the effort that they mean.
const RUNS: [(&str, &str); 15] = [
    ("walk", "walk"),
    ("easy run", "easy"),
    ("easy jog", "jog"),
    ("easy", "easy"),
    ("steady run", "steady"),
    ("steady", "steady"),
    ("jog", "jog"),
    ("long run", "easy"),
    ("lr", "easy"),
    ("aerobic", "easy"),
    ("relaxed", "easy"),
    ("fartlek", "easy"),
    ("run", "easy"),
    ("total", "easy"),
    ("of", "easy"),
];
/// Words between the run and what is in it.
const JOINTS: [&str; 12] =
    [",", ";", ":", "with", "w/", "including", "incl.", "incl", "plus", "and", "+", "doing"];
/// What is short: its words, its target, and its usual length in seconds.
const SHORT: [(&str, &str, Option<f64>); 25] = [
    ("jog", "jog", None),
    ("walk breaks", "walk", Some(60.0)),
    ("walk break", "walk", Some(60.0)),
    ("walking breaks", "walk", Some(60.0)),
    ("walking break", "walk", Some(60.0)),
    ("walking", "walk", None),
    ("walk", "walk", None),
    ("strides", "strides", Some(20.0)),
    ("stride", "strides", Some(20.0)),
    ("pick ups", "fast", None),
    ("pick up", "fast", None),
    ("pickups", "fast", None),
    ("pickup", "fast", None),
    ("surges", "fast", None),
    ("surge", "fast", None),
    ("accelerations", "fast", None),
    ("bursts", "fast", None),
    ("burst", "fast", None),
    ("sprints", "all-out", None),
    ("sprint", "all-out", None),
    ("efforts", "hard", None),
    ("hard", "hard", None),
    ("fast", "fast", None),
    ("on", "hard", None),
    ("at 5k pace", "5K", None),
];
/// Where in the run the reps are, and how much of it that is.
const PARTS: [(&str, f64); 7] = [
    ("second half", 0.5),
    ("last half", 0.5),
    ("2nd half", 0.5),
    ("final half", 0.5),
    ("last third", 1.0 / 3.0),
    ("final third", 1.0 / 3.0),
    ("last quarter", 0.25),
];
const MOST_ROUNDS: f64 = 60.0;
/// The share of a round that is no round of its own.
const LITTLE: f64 = 0.1;
/// Metres a second of a surge and of a walk, where nothing says how fast they are.
const SURGE_SPEED: f64 = 3.7;
const WALK_SPEED: f64 = 1.4;

/// A run with something short in it.
struct SurgedRun<'a> {
    whole: FoundLength,
    effort: &'static str,
    count: Option<f64>,
    short: FoundLength,
    target: &'static str,
    is_guessed: bool,
    rest: TextScanner<'a>,
}

impl SurgedRun<'_> {
    /// The length of what is short, in the sort of `like`.
    fn short_as(&self, like: &FoundLength) -> f64 {
        let speed = if self.target == "walk" { WALK_SPEED } else { SURGE_SPEED };
        match (self.short.is_time, like.is_time) {
            (true, false) => round_to(self.short.value * speed, 10.0),
            (false, true) => round_to(self.short.value / speed, 5.0),
            _ => self.short.value,
        }
    }

    fn notes(&self, said: String) -> Vec<String> {
        let guess =
            format!("How long each {} is, is not written: taken as {}.", self.target, self.short.text);
        [said].into_iter().chain(self.is_guessed.then_some(guess)).collect()
    }
}

/// `5 miles easy w/ a 100m stride every km`, `45 min easy, walk break every 5 min`.
pub(super) fn every_so_far(text: &str) -> Option<CommonForm> {
    let mut run = surged_run(text)?;
    if !(run.rest.take("for every") || run.rest.take("every") || run.rest.take("each")) {
        return None;
    }
    let period = take_length(&mut run.rest).or_else(|| one_of(&mut run.rest))?;
    let alike = period.is_time == run.whole.is_time;
    if run.count.is_some() || !alike || !ends(&mut run.rest) {
        return None;
    }
    let rounds = (run.whole.value / period.value + 1e-6).floor();
    let left = run.whole.value - rounds * period.value;
    // A few metres are spread over the rounds.
    let is_little = left / period.value < LITTLE;
    // `42 min with 30s pickups every 5 min`: is the end easy, or one more round?
    if period.is_time && left > 1e-6 {
        return None;
    }
    let period_value = if is_little { run.whole.value / rounds } else { period.value };
    let between = period_value - run.short_as(&period);
    let is_exact = run.short.is_time == period.is_time;
    let between = if is_exact || period.is_time { between } else { round_to(between, 10.0) };
    if !(2.0..=MOST_ROUNDS).contains(&rounds) || between <= run.short_as(&period) / 4.0 {
        return None;
    }
    let effort = run.effort;
    let mut written = format!(
        "{rounds} x ({} {effort}, {} {})",
        length(between, period.is_time),
        run.short.text,
        run.target
    );
    if !is_little {
        written += &format!(", then {} {effort}", length(left, period.is_time));
    }
    let said = format!("Each of the {rounds} rounds ends with {} {}.", run.short.text, run.target);
    Some(CommonForm { text: written, notes: run.notes(said) })
}

/// `8 mi easy w/ 8 x 20 sec pickups in second half`, `60 min easy w/ 6 x 20s strides in last 10 min`.
pub(super) fn in_part_of_run(text: &str) -> Option<CommonForm> {
    let mut run = surged_run(text)?;
    let count = run.count?;
    if !["in", "during", "over", "within", "throughout"].iter().any(|word| run.rest.take(word)) {
        return None;
    }
    let _ = run.rest.take("the");
    let part = match run.rest.longest(&PARTS) {
        Some(share) => run.whole.value * share,
        None => {
            if !(run.rest.take("last") || run.rest.take("final")) {
                return None;
            }
            let part = take_length(&mut run.rest).or_else(|| one_of(&mut run.rest))?;
            (part.is_time == run.whole.is_time).then_some(part.value)?
        }
    };
    let before = run.whole.value - part;
    let each = part / count;
    let between = each - run.short_as(&run.whole);
    if !ends(&mut run.rest) || before <= 0.0 || between <= run.short_as(&run.whole) / 4.0 {
        return None;
    }
    let is_time = run.whole.is_time;
    let between = length(if is_time { between.floor() } else { round_to(between, 10.0) }, is_time);
    let effort = run.effort;
    let written = format!(
        "{} {effort}, {count} x ({between} {effort}, {} {})",
        length(before, is_time),
        run.short.text,
        run.target
    );
    let said = format!("The {count} reps are spread evenly, with {between} {effort} before each.");
    Some(CommonForm { text: written, notes: run.notes(said) })
}

/// Reads the run, the word between, and what is short.
fn surged_run(text: &str) -> Option<SurgedRun<'_>> {
    let mut scan = TextScanner { text, at: 0 };
    let mut effort = scan.longest(&RUNS);
    let whole = take_length(&mut scan)?;
    while let Some(said) = scan.longest(&RUNS) {
        effort = effort.filter(|effort| *effort != "easy").or(Some(said));
    }
    let mut joined = false;
    while JOINTS.iter().any(|joint| scan.take(joint)) {
        joined = true;
    }
    let _ = ["a", "an", "one", "short"].iter().any(|word| scan.take(word));
    let mark = scan.clone();
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=40.0).contains(n));
    let count = count.filter(|_| scan.eat(&['x', 'X', '×']).is_some());
    if count.is_none() {
        scan = mark;
    }
    let short = take_length(&mut scan);
    let _ = scan.eat(&['-']);
    let (target, usual) = scan.longest(&SHORT.map(|(word, target, usual)| (word, (target, usual))))?;
    let is_guessed = short.is_none();
    let short = match (short, usual) {
        (Some(short), _) => short,
        (None, Some(seconds)) => FoundLength {
            at: 0..0,
            text: format!("{seconds}s"),
            value: seconds,
            is_time: true,
            number: seconds,
        },
        (None, None) => return None,
    };
    joined.then_some(SurgedRun {
        whole,
        effort: effort.unwrap_or("easy"),
        count,
        short,
        target,
        is_guessed,
        rest: scan,
    })
}

/// `every km`, `every mile`, `every minute`: one of them.
fn one_of(scan: &mut TextScanner<'_>) -> Option<FoundLength> {
    const UNITS: [(&str, (f64, bool)); 7] = [
        ("km", (1000.0, false)),
        ("k", (1000.0, false)),
        ("kilometre", (1000.0, false)),
        ("kilometer", (1000.0, false)),
        ("mile", (1609.344, false)),
        ("mi", (1609.344, false)),
        ("minute", (60.0, true)),
    ];
    let start = scan.at;
    let (value, is_time) = scan.longest(&UNITS)?;
    Some(FoundLength { at: start..scan.at, text: length(value, is_time), value, is_time, number: 1.0 })
}

fn ends(scan: &mut TextScanner<'_>) -> bool {
    let _ = scan.eat(&['.']);
    scan.is_done()
}

fn round_to(value: f64, unit: f64) -> f64 {
    (value / unit).round() * unit
}

/// A length as it is written: a mile is one, other distances are metres.
fn length(value: f64, is_time: bool) -> String {
    let miles = value / 1609.344;
    if is_time {
        format!("{}s", value.round())
    } else if (miles * 4.0 - (miles * 4.0).round()).abs() < 1e-9 {
        format!("{miles}mi")
    } else {
        format!("{}m", value.round())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_run_is_written_out() {
        let written = |text| every_so_far(text).or_else(|| in_part_of_run(text)).map(|form| form.text);
        for (text, meant) in [
            ("8k easy with 100m strides every km", "8 x (900m easy, 100m strides)"),
            ("5 miles easy w/ a 100m stride every km", "8 x (906m easy, 100m strides)"),
            ("45 min easy, walk break every 5 min", "9 x (240s easy, 60s walk)"),
            ("10k with 1 min hard every 2km", "5 x (1780m easy, 60s hard)"),
            ("60 min easy w/ 6x20s strides in last 10 min", "3000s easy, 6 x (80s easy, 20s strides)"),
            ("8 mi easy w/ 8x20 sec pickups in second half", "4mi easy, 8 x (730m easy, 20s fast)"),
        ] {
            assert_eq!(written(text).as_deref(), Some(meant), "{text}");
        }
        for text in [
            "45 min easy, surge every 5 min",
            "42 min easy with 30s pickups every 5 min",
            "5k easy with 6 strides",
            "10 min hard every 2km",
        ] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
