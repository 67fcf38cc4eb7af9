//! Numbers, units, times and distances.

use super::slip::{Advice, Candidate, Slip};
use super::words::{first_word, is_target, last_word, leading_count, leading_number, trailing_count};
use crate::units::Millis;
use crate::workout::language::print;

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    Some(match slip.code {
        "missing-unit" => missing_unit(slip),
        "ambiguous-m" => ambiguous_m(slip),
        "ambiguous-capital-m" => Advice::new(
            "",
            vec![
                slip.swap(unit(slip, "mi")).noted("for miles"),
                slip.swap(unit(slip, "min")).noted("for minutes"),
            ],
        ),
        "plural-reps" => plural_reps(slip),
        "comma-in-number" => {
            let number = slip.word();
            // `4,8,12,16` is a list, no number with decimals.
            let is_list = slip.text.matches(',').count() > 2 && !slip.text.contains(", ");
            let decimal = (!is_list).then(|| slip.swap(number.replace(',', ".")));
            let corrected = slip.local().into_iter().chain(decimal).filter(|_| !is_list);
            Advice::new("a comma stands between two steps", corrected.collect())
        }
        "fraction-sign" => fraction_sign(slip),
        "unknown-unit" => unknown_unit(slip),
        "race-pace-for-distance" => race_pace_for_distance(slip),
        "pace-for-length" => pace_for_length(slip),
        "zero-time" => Advice::new("this lasts no time at all", vec![slip.swap("60s")]),
        "zero-distance" => {
            let example = if slip.word().contains('k') { "1km" } else { "400m" };
            Advice::new("this is no distance at all", vec![slip.swap(example)])
        }
        "invalid-count" => invalid_count(slip),
        "unclear-units" => unclear_units(slip),
        "distance-for-time" | "no-time-after-in" => time_needed(slip),
        "missing-number" => missing_number(slip),
        _ => return None,
    })
}

/// Returns the underlined number with another unit.
fn unit(slip: &Slip<'_>, unit: &str) -> String {
    let number = slip.word().trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.').trim_end();
    format!("{number}{unit}")
}

fn missing_unit(slip: &Slip<'_>) -> Advice {
    special_number(slip).unwrap_or_else(|| {
        let units = likely_units(slip);
        let candidates = units.into_iter().map(|number| slip.swap(number)).collect();
        Advice::new(format!("`{}` has no unit", slip.word()), candidates)
    })
}

/// Numbers without a unit that are no length alone: `1/2/3/2/1 min`, `30/30 x 10`, `2 laps`, `50% jog`, `10 frogs`.
fn special_number(slip: &Slip<'_>) -> Option<Advice> {
    let behind = slip.behind();
    let number: f64 = slip.word().parse().ok()?;
    if let Some(advice) = ladder(slip).or_else(|| pairs(slip)) {
        return Some(advice);
    }
    if behind.starts_with('%') && slip.before().trim().is_empty() {
        let lead = "a share of what? It comes after a repeat's slash";
        return Some(Advice::new(lead, vec![slip.rewrite(format!("6×800m 5K / {}", slip.whole()))]));
    }
    let is_rep = slip.before().trim_end().ends_with(['×', 'x', 'X']);
    if behind.starts_with(' ')
        && leading_number(behind.trim_start()).is_some()
        && (2.0..=100.0).contains(&number)
        && !is_rep
    {
        let text = format!("{}{number}×{}", slip.before(), behind.trim_start());
        return Some(Advice::new("a count has a times sign", vec![slip.rewrite(text)]));
    }
    let (word, rest) = first_word(behind);
    if ["hill", "hills", "uphill"].iter().any(|hill| hill.eq_ignore_ascii_case(word)) {
        let reps = slip.rewrite(format!("{}{number}×30s hard incline 6%", slip.before())).computed();
        return Some(Advice::new("how long, and how steep?", vec![reps]));
    }
    if ["lap", "laps"].iter().any(|lap| lap.eq_ignore_ascii_case(word)) {
        let metres = number * 400.0;
        let text = format!("{}{metres}m {rest}", slip.before());
        return Some(Advice::new("a lap of a track is 400 m", vec![slip.rewrite(text).computed()]));
    }
    if let Some(advice) = decimal_time(slip, number) {
        return Some(advice);
    }
    if slip.before().trim_end().ends_with(" in") {
        return time_of_distance(slip, number);
    }
    let is_noun = word.chars().nth(2).is_some() && word.chars().all(char::is_alphabetic) && !is_target(word);
    if is_noun
        && !behind.contains(['/', '\'', '"', '@', '%', '('])
        && !rest.contains(|c: char| c.is_ascii_digit())
    {
        let text = format!("{}{number} reps '{}'", slip.before(), behind.trim());
        return Some(Advice::new("words go in quotes", vec![slip.rewrite(text)]));
    }
    None
}

/// `1h75`: more minutes than an hour has.
pub(super) fn minutes_past_the_hour(slip: &Slip<'_>, number: f64) -> Option<Advice> {
    let (head, hours) = last_word(slip.before());
    let hours: f64 = hours.trim_end_matches(['h', 'H']).parse().ok().filter(|hours| *hours < 10.0)?;
    let is_hours = slip.before().ends_with(['h', 'H']) && (60.0..=240.0).contains(&number);
    let of = |text: String| slip.rewrite(format!("{head}{text}{}", slip.behind())).computed();
    let all = of(format!("{}min", hours * 60.0 + number)).noted(&format!("for {hours} h and {number} min"));
    let alone = of(format!("{number}min")).noted(&format!("for {number} min"));
    is_hours.then(|| Advice::new("an hour has 60 minutes", vec![all, alone]))
}

/// `400m in 1.30`, `rest 1.30`: a clock with a point?
fn decimal_time(slip: &Slip<'_>, number: f64) -> Option<Advice> {
    let (minutes, seconds) = slip.word().split_once('.').filter(|(_, s)| s.len() == 2 && *s < "60")?;
    let clock = slip.swap(format!("{minutes}:{seconds}")).computed().noted("for minutes and seconds");
    let decimal = slip.swap(format!("{number}min")).noted("for a decimal");
    Some(Advice::new("", vec![clock, decimal]))
}

/// `5km in 90`: the units that give a possible speed; a usual time where none does.
fn time_of_distance(slip: &Slip<'_>, number: f64) -> Option<Advice> {
    let length = slip.before().trim_end().trim_end_matches("in").trim_end();
    let (_, length) = last_word(length);
    let (distance, unit) = leading_number(length)?;
    let km = match unit.trim() {
        "km" | "k" | "K" => distance,
        "mi" => distance * 1.609,
        "m" => distance / 1000.0,
        _ => return None,
    };
    let possible = |seconds: f64| (5.0..26.0).contains(&(km * 3600.0 / seconds));
    let mut candidates = Vec::new();
    if possible(number) {
        candidates.push(slip.swap(format!("{number}s")));
    }
    if possible(number * 60.0) {
        candidates.push(slip.swap(format!("{number}min")));
    }
    if !candidates.is_empty() {
        return Some(Advice::new(format!("`{}` has no unit", slip.word()), candidates));
    }
    let usual = print::time(Millis::from_secs_f64((km * 6.0).max(1.0).round() * 60.0));
    let lead = format!("{number} seconds and {number} minutes are both no run");
    Some(Advice::new(lead, vec![slip.rewrite(format!("{}{usual}", slip.before())).computed()]))
}

/// Returns the number with its most likely units.
fn likely_units(slip: &Slip<'_>) -> Vec<String> {
    let number = slip.word();
    let value: f64 = number.parse().unwrap_or_default();
    let before = slip.before().trim_end();
    let is_rep = before.ends_with(['×', 'x', 'X']);
    let is_recovery = before.ends_with('/');
    let with = |units: &[&str]| units.iter().map(|unit| format!("{number}{unit}")).collect();
    match value {
        _ if before.contains('|') => with(&["min", "s"]),
        v if before.ends_with(" on") => with(if v < 10.0 { &["min"] } else { &["s"] }),
        v if (100.0..=600.0).contains(&v) && (is_rep || is_recovery) => {
            vec![print::time(Millis::from_secs_f64(v.min(86_400.0))), format!("{number}m")]
        }
        v if v >= 100.0 => with(&["m", "min"]),
        v if (5.0..=40.0).contains(&v) && is_rep && is_sustained(slip.behind()) => with(&["min", "s"]),
        v if v >= 20.0 && (is_rep || is_recovery) => with(&["s", "min"]),
        _ if is_recovery => with(&["min", "s"]),
        _ => with(&["min", "km", "mi"]),
    }
}

/// True before an effort that is run for minutes.
fn is_sustained(behind: &str) -> bool {
    let mut words = behind.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.any(|word| {
        ["ftp", "threshold", "tempo", "steady", "lt", "t", "mp", "hmp", "z3", "z4"].contains(&word.as_str())
    })
}

/// `1/2/3/2/1 min hard`: a ladder.
fn ladder(slip: &Slip<'_>) -> Option<Advice> {
    let whole = slip.whole().trim();
    let rest = whole.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-'));
    let numbers: Vec<&str> = whole.get(..whole.len() - rest.len())?.split(['/', '-']).collect();
    if numbers.len() < 3 || numbers.iter().any(|number| number.is_empty()) {
        return None;
    }
    let (unit, target) = first_word(rest);
    let (unit, recovery) = match unit.to_lowercase().as_str() {
        "min" | "mins" | "minutes" | "m" | "'" => ("min", "60s easy"),
        "s" | "sec" | "secs" | "seconds" => ("s", "60s easy"),
        "km" | "k" => ("km", "2min easy"),
        "" if numbers.iter().all(|number| number.len() > 2) => ("m", "90s easy"),
        _ => return None,
    };
    let target = if target.is_empty() { "hard" } else { target };
    let rungs: Vec<String> = numbers.iter().map(|number| format!("{number}{unit} {target}")).collect();
    let text = format!("({}) / {recovery}", rungs.join(", "));
    Some(Advice::new("a ladder stands in brackets", vec![slip.rewrite(text)]))
}

/// `30/30 x 10`: the count comes first.
fn pairs(slip: &Slip<'_>) -> Option<Advice> {
    let (pair, count) = trailing_count(slip.whole())?;
    let (first, second) = pair.split_once('/')?;
    let (first, second): (f64, f64) = (first.trim().parse().ok()?, second.trim().parse().ok()?);
    let units: &[&str] = if first < 10.0 { &["min"] } else { &["s", "min"] };
    let written = units.iter().map(|unit| slip.rewrite(format!("{count}×{first}{unit} / {second}{unit}")));
    Some(Advice::new("the count comes first", written.take(1).collect()))
}

fn ambiguous_m(slip: &Slip<'_>) -> Advice {
    let number = unit(slip, "");
    let units: &[&str] = if slip.before().contains('|') { &["min"] } else { &["min", " metres", "mi"] };
    let mut candidates: Vec<Candidate> =
        units.iter().map(|unit| slip.swap(format!("{number}{unit}"))).collect();
    // `6x80m` may lack a zero.
    let is_rep = slip.before().trim_end().ends_with(['×', 'x', 'X']);
    let has_target = slip.behind().starts_with(' ') && !slip.behind().trim_start().starts_with(['/', '|']);
    if is_rep && has_target && ["20", "30", "40", "60", "80"].contains(&number.as_str()) {
        candidates.push(slip.swap(format!("{number}0m")).noted("with one more zero").computed());
    }
    Advice::new("", candidates)
}

fn plural_reps(slip: &Slip<'_>) -> Advice {
    let number = unit(slip, "");
    let clock = print::time(Millis::from_secs_f64(number.parse().unwrap_or(400.0)));
    Advice::new(
        "",
        vec![slip.swap(format!("{number}m")).noted("for metres"), slip.swap(clock).noted("for seconds")],
    )
}

fn fraction_sign(slip: &Slip<'_>) -> Advice {
    let sign = slip.word().chars().next().unwrap_or('½');
    let decimals = match sign {
        '¼' => ".25",
        '¾' => ".75",
        '⅓' => ".33",
        '⅔' => ".67",
        _ => ".5",
    };
    let before = slip.before().trim_end();
    let digit = if before.ends_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    Advice::new("", vec![slip.rewrite(format!("{before}{digit}{decimals}{}", slip.behind().trim_start()))])
}

fn unknown_unit(slip: &Slip<'_>) -> Advice {
    let word = slip.word().to_lowercase();
    if ["set", "sets", "round", "rounds", "time", "times"].contains(&word.as_str()) {
        return sets(slip);
    }
    if word == "in" {
        let text = format!("{}m in{}", slip.before().trim_end(), slip.behind());
        return Advice::new("a distance has a unit", vec![slip.rewrite(text)]);
    }
    let units: &[&str] = match word.as_str() {
        "mt" | "mts" | "mtr" | "mtrs" | "metre" | "metr" => &["m"],
        "mn" | "mns" | "mi n" | "minuts" | "minut" => &["min"],
        w if w.starts_with('k') => &["km"],
        w if w.starts_with("me") => &["m"],
        w if w.starts_with("mil") => &["mi"],
        w if w.starts_with('m') => &["min", "m", "mi"],
        w if w.starts_with('s') => &["s"],
        w if w.starts_with('h') => &["h"],
        w if w.starts_with('y') => &["m"],
        _ => &[],
    };
    if units.is_empty() {
        return unknown_noun(slip);
    }
    if ["kmh", "kph", "mph"].contains(&word.as_str()) {
        let (head, number) = last_word(slip.before());
        let paced = slip.rewrite(format!("{head}10min {}{word}{}", number.trim(), slip.behind()));
        let length = slip.swap(if word == "mph" { "mi" } else { "km" }).noted("for a distance").computed();
        return Advice::new("a speed is no length", vec![length, paced.noted("for a speed")]);
    }
    let nearest = slip.nearest();
    let mut units = units.to_vec();
    if let Some(nearest) = nearest.filter(|nearest| !units.contains(nearest)) {
        units.push(nearest);
    }
    units.truncate(2);
    Advice::ask(units.into_iter().map(|unit| slip.swap(unit)).collect())
}

/// `3 sets of`: what is repeated?
fn sets(slip: &Slip<'_>) -> Advice {
    let count = slip.before().trim();
    let behind = slip.behind().trim();
    let behind = behind.strip_prefix("of").unwrap_or(behind).trim();
    let written = if behind.is_empty() { "400m 5K, 60s rest" } else { behind };
    let text = slip.rewrite(format!("{count}×({written})"));
    let text = if behind.is_empty() { text.computed() } else { text };
    Advice::new("what is repeated comes after the count", vec![text])
}

/// `10 frogs`: reps of something, or a word that is no unit.
fn unknown_noun(slip: &Slip<'_>) -> Advice {
    let (rest, number) = last_word(slip.before());
    let reps = format!("{rest}{} reps '{}{}'", number.trim(), slip.word(), slip.behind());
    let minutes = format!("{}min {}{}", slip.before().trim_end(), slip.word(), slip.behind());
    let dropped = format!("{}min {}", slip.before().trim_end(), slip.behind());
    let is_noun =
        slip.word().chars().nth(3).is_some() && !slip.behind().contains(|c: char| !c.is_alphabetic());
    let first = if is_noun { vec![slip.rewrite(reps)] } else { Vec::new() };
    let rest = [slip.rewrite(minutes), slip.rewrite(dropped)];
    Advice::new("", first.into_iter().chain(rest).collect())
}

fn race_pace_for_distance(slip: &Slip<'_>) -> Advice {
    let number = unit(slip, "");
    if slip.behind().trim().is_empty() {
        return Advice::new(
            "",
            vec![
                slip.swap(format!("{number}km easy")).noted("for the distance"),
                slip.swap(format!("{number}km {number}K")).noted("to run it at that pace"),
            ],
        );
    }
    Advice::new("", vec![slip.swap(format!("{number}km")), slip.swap(format!("10min {number}K"))])
}

fn pace_for_length(slip: &Slip<'_>) -> Advice {
    let lead = "a step begins with how long it lasts";
    Advice::new(lead, vec![slip.swap(format!("10min {}", slip.word()))])
}

fn invalid_count(slip: &Slip<'_>) -> Advice {
    let value: f64 = slip.word().parse().unwrap_or_default();
    let count = if value < 1.0 { "8".to_string() } else { format!("{}", value.round()) };
    Advice::new("a repeat has a whole number of reps", vec![slip.swap(count)])
}

/// `4x4/3`.
fn unclear_units(slip: &Slip<'_>) -> Advice {
    let whole = slip.whole();
    let parts = leading_count(whole).and_then(|(count, body)| {
        let (first, rest) = leading_number(body)?;
        let (second, rest) = leading_number(rest.trim_start().strip_prefix('/')?.trim_start())?;
        let both = |unit: &str| slip.rewrite(format!("{count}×{first}{unit}{rest} / {second}{unit}"));
        Some(vec![both("min"), both("s")])
    });
    Advice::new("", parts.unwrap_or_default()).with_totals()
}

fn time_needed(slip: &Slip<'_>) -> Advice {
    let before = slip.before().trim_end();
    let without = before.strip_suffix("in").unwrap_or(before);
    let candidates: Vec<Candidate> =
        vec![slip.rewrite(format!("{without}{}", slip.behind())), slip.swap("5min"), slip.swap("90s")];
    Advice::new("a time is needed here", candidates.into_iter().take(2).collect())
}

/// `warmup ~`, `/ ?`: a mark where a length should stand.
fn missing_number(slip: &Slip<'_>) -> Advice {
    let dropped = slip.swap("");
    let lead = "a number with its unit is needed here";
    Advice::new(lead, vec![dropped, slip.swap("60s "), slip.swap("10min ")])
}
