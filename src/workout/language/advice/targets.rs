//! Efforts, zones, ramps, inclines and words.

use super::clauses::{count_behind, with_clause};
use super::heart;
use super::paces::before_at;
use super::slip::{Advice, Candidate, Slip};
use super::words::{first_word, is_target, last_word, leading_count, leading_number};
use crate::text::certain;

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    Some(match slip.code {
        "unknown-target" => unknown_target(slip),
        "unexpected-in-targets" => unexpected_mark(slip),
        "duplicate-target" | "pace-beside-in" => duplicate_target(slip),
        "ramp-without-ends" => {
            let (head, _) = last_word(slip.before());
            let of = |before: &str| slip.rewrite(format!("{before} easy -> MP"));
            Advice::new("from what to what?", vec![of(slip.before().trim_end()), of(head.trim_end())])
        }
        "missing-ramp-end" => {
            let text = format!("{}{} MP{}", slip.before(), slip.word(), slip.behind());
            Advice::new(
                "to what?",
                vec![slip.rewrite(text), slip.swap(format!("MP{}", slip.word())), slip.swap("MP")],
            )
        }
        "second-ramp" => Advice::new("a ramp goes once", vec![slip.rewrite(slip.before())]),
        "invalid-ramp-end" => invalid_ramp_end(slip),
        "empty-words" => Advice::new("these quotes are empty", vec![slip.swap("'squats'")]),
        "missing-target-number" | "invalid-rpe" => {
            let (head, name) = last_word(slip.before());
            if slip.code == "invalid-rpe" {
                return Some(Advice::new("RPE goes from 1 to 10", ends(slip, "10", "1")));
            }
            let named = if name.to_lowercase().starts_with('z') { "Z2" } else { "RPE 6" };
            let whole = slip.rewrite(format!("{head}{named}{}", slip.behind()));
            Advice::new("a number is needed here", vec![whole, slip.swap("6"), slip.swap("RPE 6")])
        }
        "invalid-zone" => {
            let doubled = doubled_zone(slip.word()).map(|zone| slip.swap(zone));
            let zones = doubled.into_iter().chain(ends(slip, "5", "1")).collect();
            Advice::new("the zones go from Z1 to Z5", zones)
        }
        "breathing-without-unit" | "impossible-breathing" | "invalid-breathing-ratio" => Advice::new(
            "a breathing pace is in breaths a minute",
            vec![slip.swap("breathe 6/min"), slip.swap("6/min")],
        ),
        "incline-without-percent" => {
            Advice::new("an incline is in percent", vec![slip.swap(format!("{}%", slip.word()))])
        }
        "impossible-incline" => Advice::new("no treadmill is this steep", slopes(slip)),
        "second-incline" => Advice::new("there is one incline already", vec![slip.swap("")]),
        "misplaced-in" => Advice::new(
            "only a distance has a time of its own",
            vec![slip.rewrite(slip.before().trim_end()), slip.swap("")],
        ),
        _ => return None,
    })
}

/// Returns the item with a slope that a treadmill has: the number with its point, and the steepest.
fn slopes(slip: &Slip<'_>) -> Vec<Candidate> {
    let word = slip.word();
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | ' '));
    let name = if name.is_empty() { "" } else { "incline " };
    let number = word.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(['%', ' ']);
    let number = number.parse::<f64>().ok().filter(|_| !word.contains('-'));
    let slope = |percent: f64| slip.swap(format!("{name}{percent}%"));
    number.and_then(possible_slope).into_iter().chain([15.0]).map(slope).collect()
}

/// Returns the incline that was meant by one that no treadmill has: `400%` has two zeros too many.
pub(super) fn possible_slope(percent: f64) -> Option<f64> {
    [10.0, 100.0].into_iter().map(|zeros| percent / zeros).find(|slope| *slope <= 15.0)
}

/// `2min uphill 45%`: the number is the slope.
fn uphill(slip: &Slip<'_>) -> Option<Advice> {
    let (percent, rest) = slip.behind().trim_start().split_once('%')?;
    let percent: f64 = percent.trim().parse().ok()?;
    let is_possible = (0.0..=15.0).contains(&percent);
    let slopes = match possible_slope(percent) {
        _ if is_possible => vec![percent],
        Some(slope) => vec![slope, 15.0],
        None => vec![15.0],
    };
    let of = |slope: f64| slip.rewrite(format!("{}incline {slope}%{rest}", slip.before())).computed();
    let lead = if is_possible { "" } else { "no treadmill is this steep" };
    Some(Advice::new(lead, slopes.into_iter().map(of).collect()))
}

/// Returns the zone that `Z22` stands for: a key was pressed twice.
fn doubled_zone(word: &str) -> Option<String> {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut digits = word.get(name.len()..)?.chars();
    let (first, second) = (digits.next()?, digits.next()?);
    let is_doubled = first == second && ('1'..='5').contains(&first) && digits.next().is_none();
    is_doubled.then(|| format!("{name}{first}"))
}

/// Returns the item with the nearest end of a scale in the place of a number beyond it, with its name or alone.
fn ends(slip: &Slip<'_>, top: &str, bottom: &str) -> Vec<Candidate> {
    let word = slip.word();
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = word.get(name.len()..).and_then(|number| number.parse::<f64>().ok()).unwrap_or_default();
    let within = format!("{}", number.round());
    let end = match number {
        number if number < 1.0 => bottom,
        number if top.parse().is_ok_and(|top: f64| number > top) => top,
        _ => &within,
    };
    vec![slip.swap(format!("{name}{end}"))]
}

/// Everyday words for an effort.
fn effort_like(word: &str) -> Option<&'static str> {
    known_effort(word).or_else(|| known_effort(certain(word, EVERYDAY.iter().copied())?))
}

/// Words that are also known with a typo.
const EVERYDAY: [&str; 16] = [
    "jogging",
    "walking",
    "running",
    "standing",
    "sprinting",
    "quickly",
    "slowly",
    "gently",
    "relaxed",
    "lightly",
    "moderate",
    "moderately",
    "comfortable",
    "comfortably",
    "conversational",
    "aerobic",
];

pub(super) fn known_effort(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "jogging" | "down" | "downhill" => "jog",
        "walking" => "walk",
        "standing" => "rest",
        "running" => "easy",
        "sprinting" => "all-out",
        "quick" | "quickly" | "swift" | "swiftly" | "brisk" | "briskly" | "speedy" | "rapid" | "faster"
        | "pickup" | "pickups" | "surge" | "surges" => "fast",
        "slow" | "slowly" | "gentle" | "gently" | "relaxed" | "light" | "lightly" | "comfy" | "chill"
        | "easily" | "loose" | "conversational" => "easy",
        "comfortable" | "comfortably" | "moderate" | "moderately" | "medium" | "aerobic" => "steady",
        "strong" | "strongly" | "harder" | "tough" | "intense" | "vigorous" => "hard",
        "max" | "maximum" | "maximal" | "flat" => "all-out",
        "lt" | "anaerobic" | "cruise" => "threshold",
        "gmp" | "gp" => "MP",
        _ => return None,
    })
}

fn unknown_target(slip: &Slip<'_>) -> Advice {
    if let Some(advice) = common_target(slip).or_else(|| count_behind(slip)).or_else(|| with_clause(slip)) {
        return advice;
    }
    if let Some(nearest) = slip.nearest() {
        return Advice::ask(vec![slip.swap(nearest), slip.swap(format!("{nearest} ")), piece(slip, nearest)]);
    }
    kinds_of_targets(slip)
}

/// Words that stand for a target or a ramp in a way of their own.
fn common_target(slip: &Slip<'_>) -> Option<Advice> {
    let before = slip.before().trim_end();
    let behind = slip.behind();
    Some(match slip.word().to_lowercase().as_str() {
        "to" => {
            let behind = behind.trim();
            let behind = behind.strip_suffix("pace").unwrap_or(behind).trim();
            if let Some(kind) = ["warm", "cool"].into_iter().find(|kind| behind.starts_with(kind)) {
                let kind = if kind == "warm" { "warmup" } else { "cooldown" };
                let text = slip.rewrite(format!("{kind} {before}"));
                return Some(Advice::new("the kind of a step stands before it", vec![text]));
            }
            let even = slip.rewrite(format!("{before}-{behind}")).noted("for even between the two");
            let ramp = slip.rewrite(format!("{before} -> {behind}")).noted("for a ramp");
            Advice::new("", vec![even, ramp])
        }
        "progression" | "progressive" | "prog" | "build" | "building" | "progressing" => Advice::new(
            "from what to what?",
            vec![
                slip.rewrite(format!("{before} easy -> MP{behind}")),
                slip.rewrite(format!("{before} easy -> MP")),
            ],
        ),
        "hr" | "heart" | "hrt" if behind.trim_start().contains('%') => {
            let rest = behind.trim_start().trim_start_matches("rate").trim_start();
            let percent = rest.get(..=rest.find('%')?)?;
            heart::bases(slip, slip.before(), percent)
        }
        "hr" | "heart" | "hrt" | "pulse" => heart::in_words(slip),
        "uphill" | "hill" | "hills" | "climb" | "grade" | "incline" | "inclination"
            if behind.contains('%') =>
        {
            return uphill(slip);
        }
        "lt" | "vt" | "aet" if behind.starts_with('1') || slip.word().eq_ignore_ascii_case("aet") => {
            let rest = behind.strip_prefix('1').unwrap_or(behind);
            let of = |text: &str| slip.rewrite(format!("{before} {text}{rest}")).computed();
            Advice::new("", vec![of("steady"), of("140-150bpm").noted("in beats")])
        }
        "minus" | "plus" | "less" => {
            let sign = if slip.word().eq_ignore_ascii_case("plus") { '+' } else { '-' };
            let (number, rest) = first_word(behind);
            let number = number.trim_end_matches(char::is_alphabetic);
            let of = |unit: &str| slip.rewrite(format!("{before}{sign}{number}{unit} {rest}")).computed();
            Advice::new("an offset is in seconds", vec![of("s/km"), of("s/mi")])
        }
        "sub" => {
            let (name, rest) = first_word(behind.trim_start_matches(['-', ' ']));
            let base = match name.to_lowercase().as_str() {
                "t" | "lt" | "threshold" | "tempo" => "threshold",
                _ => name,
            };
            let space = if rest.is_empty() { "" } else { " " };
            let of = |text: &str| slip.rewrite(format!("{before} {text}{space}{rest}"));
            Advice::new("", vec![of(&format!("97% {base}")), of("HMP")])
        }
        _ => return None,
    })
}

/// Returns the item with `target` in the place of the unknown word, and with a slash before a length that follows.
fn piece(slip: &Slip<'_>, target: &str) -> Candidate {
    let behind = slip.behind();
    let follows = behind.trim_start();
    let is_repeat = leading_count(slip.whole()).is_some() && !slip.before().contains('/');
    if leading_number(follows).is_some() && is_repeat {
        return slip.rewrite(format!("{}{target} / {follows}", slip.before()));
    }
    if leading_number(follows).is_some() {
        return slip.rewrite(format!("{}{target}, {follows}", slip.before()));
    }
    slip.swap(target)
}

/// An effort, a pace, a zone, or words in quotes.
fn kinds_of_targets(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    let behind = slip.behind();
    // The unknown words up to the next mark, number or target.
    let mut end = 0;
    for part in behind.split_inclusive(' ') {
        let plain = part.trim();
        if !plain.chars().all(char::is_alphabetic) || (is_target(plain) && !plain.is_empty()) {
            break;
        }
        end += part.len();
    }
    let (more, rest) = behind.split_at(end);
    let space = if more.ends_with(' ') && !rest.is_empty() { " " } else { "" };
    let follows = rest.trim_start();
    let is_repeat = leading_count(slip.whole()).is_some() && !slip.before().contains('/');
    let has_recovery = is_repeat && leading_number(follows).is_some();
    let of = |target: &str| {
        let join = if has_recovery { " / " } else { space };
        let rest = if has_recovery { follows } else { rest };
        slip.rewrite(format!("{}{target}{join}{rest}", slip.before()))
    };
    let quoted = of(&format!("'{}'", format!("{word}{more}").trim())).noted("for words");
    let known = effort_like(word);
    let effort = of(known.unwrap_or("easy")).noted("for an effort");
    let pace = of("5K").noted("for a pace");
    let zone = of(if known == Some("fast") { "Z4" } else { "Z2" }).noted("for a zone");
    let dropped = of("").noted("without it");
    let lead = match has_recovery {
        true => {
            format!("`{word}` is no effort, pace, zone or heart rate, and a slash stands before a recovery")
        }
        false => format!("`{word}` is no effort, pace, zone or heart rate"),
    };
    let is_filler =
        certain(word, ["pace", "effort", "run", "running", "speed", "intensity"].into_iter()).is_some();
    if is_filler {
        return Advice::new(lead, vec![dropped]);
    }
    let mut candidates = match known {
        Some(_) => vec![effort, pace, zone, quoted],
        None => vec![quoted, effort, pace, zone],
    };
    candidates.push(dropped);
    candidates.truncate(if has_recovery { 2 } else { 5 });
    Advice::new(lead, candidates)
}

/// A mark that does not belong among the targets.
fn unexpected_mark(slip: &Slip<'_>) -> Advice {
    let (before, behind) = (slip.before().trim_end(), slip.behind());
    let word = slip.word();
    if word == "(" {
        return bracket(slip);
    }
    if word.starts_with(['-', '→'])
        && let Some(advice) = zones(slip)
    {
        return advice;
    }
    if let Some(advice) = count_behind(slip) {
        return advice;
    }
    if word.starts_with(['"', '\'', '“', '‘']) {
        let text = behind.trim_end();
        let closed = slip.rewrite(format!("{before} '{text}'"));
        return Advice::new("a quote is not closed", vec![closed, slip.rewrite(format!("{before} {text}"))]);
    }
    if word == ":" && !before.contains('|') {
        let cue = slip.rewrite(format!("{before} | start: {}", behind.trim()));
        return Advice::new("a cue comes after a bar, with its time", vec![cue]);
    }
    if word.starts_with(['-', '→', '>']) && leading_number(last_word(before).1).is_some() {
        let ramp = slip.rewrite(format!("{before} easy -> {}", behind.trim_start()));
        return Advice::new("a ramp goes from one pace to another", vec![ramp]);
    }
    let dropped = slip.rewrite(format!("{before} {}", behind.trim_start()));
    let split = slip.rewrite(format!("{before}, {}", behind.trim_start()));
    Advice::new(
        format!("`{word}` does not belong here: a comma stands between two steps, a bar before a cue"),
        vec![split, dropped, slip.rewrite(before)],
    )
}

/// `5min easy (hard)`: brackets hold steps or a recovery.
fn bracket(slip: &Slip<'_>) -> Advice {
    let before = slip.before().trim_end();
    let behind = slip.behind();
    let (inner, rest) = behind.split_once(')').unwrap_or((behind, ""));
    let inner = inner.trim();
    let (head, _) = last_word(before);
    let mut candidates = Vec::new();
    if leading_number(inner).is_some() {
        candidates.push(slip.rewrite(format!("{before} / {inner}{rest}")));
        candidates.push(slip.rewrite(format!("{before}, {inner}{rest}")));
    }
    // One of two efforts goes.
    let one = |text: String| Candidate { is_computed: is_target(inner), ..slip.rewrite(text) };
    candidates.push(one(format!("{before}{rest}")));
    candidates.push(one(format!("{head}{inner}{rest}")));
    candidates.push(slip.rewrite(format!("{before} '{inner}'{rest}")));
    candidates.truncate(3);
    Advice::new("brackets hold steps or a recovery", candidates)
}

/// `20min Z2 -> Z3`: heart-rate zones have no ramp.
fn zones(slip: &Slip<'_>) -> Option<Advice> {
    let (head, first) = last_word(slip.before());
    let (second, rest) = first_word(slip.behind());
    let zone = |word: &str| word.strip_prefix(['Z', 'z']).and_then(|n| n.parse::<u8>().ok());
    let (low, high) = (zone(first)?, zone(second)?);
    let (length, unit) = leading_number(head)?;
    let unit = unit.trim();
    let half = length / 2.0;
    let two = slip.rewrite(format!("{half}{unit} Z{low}, {half}{unit} Z{high} {rest}")).computed();
    let range = slip.rewrite(format!("{head}Z{}-{} {rest}", low.min(high), low.max(high)));
    Some(Advice::new("heart-rate zones have no ramp", vec![two, range]))
}

fn duplicate_target(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    let before = before_at(slip);
    let (head, first) = last_word(before);
    let kept = slip.rewrite(format!("{before}{}", slip.behind()));
    let replaced = match before.rsplit_once(" in ") {
        Some((distance, _)) if slip.code == "pace-beside-in" => {
            slip.rewrite(format!("{distance} {word}{}", slip.behind()))
        }
        _ => slip.rewrite(format!("{head}{word}{}", slip.behind())),
    };
    let ramp = slip.rewrite(format!("{before} -> {word}{}", slip.behind())).noted("for a ramp");
    let lead = if slip.code == "pace-beside-in" {
        "the time after `in` is the pace already".to_string()
    } else {
        format!("`{first}` and `{word}` are two of a kind")
    };
    Advice::new(lead, vec![kept, replaced, ramp])
}

fn invalid_ramp_end(slip: &Slip<'_>) -> Advice {
    if let Some((before, second)) = slip.whole().split_once("->").or_else(|| slip.whole().split_once('→')) {
        let arrow = Slip {
            items: slip.items.clone(),
            scope: slip.scope.clone(),
            at: slip.scope.start + before.len()..slip.scope.end - second.len(),
            ..*slip
        };
        if let Some(advice) = zones(&arrow) {
            return advice;
        }
    }
    Advice::new("a ramp goes between two paces or efforts", vec![slip.swap("MP"), slip.swap("10K")])
}
