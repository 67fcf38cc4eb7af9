//! Paces, speeds, heart rates and offsets.

use super::slip::{Advice, Candidate, Slip};
use super::words::{
    clock_seconds, first_word, is_target, last_word, leading_count, leading_number, trailing_count,
};
use super::{heart, numbers, pace_units, speed_slips};
use crate::workout::language::lexicon;

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    Some(match slip.code {
        "missing-target-unit" => missing_target_unit(slip),
        "offset-without-unit" => offset_without_unit(slip),
        "percent-offset" => percent_offset(slip),
        "percentage-of-nothing" => percentage_of_nothing(slip),
        "unknown-race-pace" => unknown_race_pace(slip),
        "range-of-race-paces" => range_of_race_paces(slip),
        "invalid-named-range" => invalid_named_range(slip),
        "second-length" => second_length(slip),
        "repeat-in-step" => {
            let text = format!("{}, {}{}", slip.before().trim_end(), slip.word(), slip.behind());
            Advice::new("a comma is missing before the repeat", vec![slip.rewrite(text)])
        }
        "unclear-pace-unit" => unclear_pace_unit(slip),
        "unclear-clock" => unclear_clock(slip),
        "unclear-bracket" => unclear_bracket(slip),
        "unknown-race" => races(slip, "which race?"),
        "filler-without-pace" => filler(slip),
        "bare-m" => Advice::new("", vec![slip.swap("MP"), without_space(slip, "mi")]),
        "maximum-aerobic-rate" => {
            Advice::new("it depends on your age; in beats", vec![slip.swap("130-140bpm")])
        }
        "hill-without-incline" => hill(slip),
        "ramp-start-without-unit" | "impossible-speed" | "slow-pace" | "clock-with-unit" => speeds(slip),
        "impossible-heart-rate" => heart::impossible(slip),
        "impossible-heart-percentage" => {
            Advice::new("a percentage of a heart rate is from 30 to 100", vec![slip.swap("75%HRmax")])
        }
        "pace-percentage-out-of-range" | "offset-too-far" | "offset-out-of-reach" => {
            Advice::new("this is far from that pace", vec![slip.swap("95% 5K"), slip.swap("5K")])
        }
        _ => return None,
    })
}

fn without_space(slip: &Slip<'_>, text: &str) -> Candidate {
    slip.rewrite(format!("{}{text}{}", slip.before().trim_end(), slip.behind()))
}

/// Returns the text before the underlined text, without `@` or `at` at its end.
pub(super) fn before_at<'a>(slip: &Slip<'a>) -> &'a str {
    let before = slip.before().trim_end();
    let before = before.strip_suffix('@').or_else(|| before.strip_suffix(" at")).unwrap_or(before);
    before.trim_end()
}

fn missing_target_unit(slip: &Slip<'_>) -> Advice {
    let number = slip.word();
    let value: f64 = number.parse().unwrap_or_default();
    if let Some(advice) = numbers::minutes_past_the_hour(slip, value) {
        return advice;
    }
    let behind = slip.behind().trim_start();
    let before = before_at(slip);
    let with = |text: &str| slip.rewrite(format!("{before} {text}{}", slip.behind()));
    if let Some(advice) = power_or_cadence(slip, before) {
        return advice;
    }
    let (next, rest) = first_word(behind);
    if ["incline", "grade", "gradient", "slope", "inclination"].contains(&next) {
        let text = format!("{before} incline {number}% {rest}");
        return Advice::new("an incline is in percent", vec![slip.rewrite(text.trim_end()).computed()]);
    }
    if is_target(next) && (40.0..=130.0).contains(&value) {
        let lead = format!("`{number}` has no unit");
        return Advice::new(lead, vec![with(&format!("{number}%")).computed()]);
    }
    if let Some(candidate) = pace_units::misspelt(slip, before) {
        return Advice::new(format!("`{number}` has no unit that is known"), vec![candidate]);
    }
    let race = match number {
        "800" | "1500" | "1600" | "1609" => Some("mile"),
        "3000" | "3200" => Some("3K"),
        "5000" => Some("5K"),
        "10000" => Some("10K"),
        _ => None,
    };
    if let Some(race) = race {
        let timed = slip.rewrite(format!("{before} in 90s{}", slip.behind())).noted("for a time");
        let lead = format!("`{number}` is not a race pace that is known");
        return Advice::new(lead, vec![with(race).computed(), timed]);
    }
    let lead = format!("`{number}` has no unit");
    // Other steps of the line may say which unit their speeds have.
    let (speed, distance) = if slip.text.contains("mph") { ("mph", "mi") } else { ("km/h", "km") };
    let candidates = match value {
        v if (2.0..=12.0).contains(&v) && v.fract() == 0.0 => {
            vec![with(&format!("{number}{speed}")), with(&format!("{number}:00/{distance}"))]
        }
        v if (1.0..=30.0).contains(&v) => vec![with(&format!("{number}{speed}"))],
        v if (90.0..=220.0).contains(&v) => vec![with(&format!("{number}bpm"))],
        v if (40.0..=120.0).contains(&v) => {
            vec![with(&format!("{number}% 5K")), with(&format!("{number}%HRmax"))]
        }
        _ => vec![with(""), with("easy")],
    };
    Advice::new(lead, candidates)
}

/// `20min @ 250 W`, `5min @ 180 spm`: numbers that no treadmill takes.
fn power_or_cadence(slip: &Slip<'_>, before: &str) -> Option<Advice> {
    let (number, behind) = (slip.word(), slip.behind().trim_start());
    if behind.starts_with(['W', 'w']) && !behind.starts_with("with") && !behind.starts_with("w/") {
        let rest = behind.trim_start_matches(|c: char| c.is_alphabetic());
        let of = |text: &str| slip.rewrite(format!("{before} {text}{rest}"));
        let words = format!("'at {number} W'");
        return Some(Advice::new(
            "watts steer no treadmill",
            vec![of("threshold"), of(&words).noted("to see the words")],
        ));
    }
    if ["spm", "rpm", "cadence"].iter().any(|unit| behind.starts_with(unit)) {
        let (_, rest) = first_word(behind);
        let words = slip.rewrite(format!("{before} 'at {number} steps' {rest}"));
        return Some(Advice::new("a cadence steers no treadmill", vec![words.noted("to see the words")]));
    }
    None
}

/// `MP+15`, and `8 mi easy + 4`.
fn offset_without_unit(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    if let Some((base, number)) =
        word.split_once([' ', '\u{a0}']).filter(|(_, rest)| rest.starts_with(['-', '–']))
    {
        let number = number.trim_start_matches(['-', '–']).trim_start();
        let text = format!("{}{base}, {number}{}", slip.before(), slip.behind());
        return Advice::new("a comma stands between two steps", vec![slip.rewrite(text)]);
    }
    let Some((base, number)) = word.split_once('+') else {
        let of = |unit: &str| slip.swap(format!("{word}{unit}"));
        return Advice::new("", vec![of("s/km"), of("s/mi")]);
    };
    let number = number.trim();
    let (unit, rest) = first_word(slip.behind());
    let unit = unit.to_lowercase();
    if let Some(per) =
        unit.split(['/', 'p']).nth(1).filter(|_| unit.starts_with('s') || unit.starts_with(['/', '"']))
    {
        let unit = if per.starts_with('m') { "s/mi" } else { "s/km" };
        let space = if rest.is_empty() { "" } else { " " };
        let text = format!("{}{}+{number}{unit}{space}{rest}", slip.before(), base.trim_end());
        return Advice::ask(vec![slip.rewrite(text)]);
    }
    if ["s", "sec", "secs", "second", "seconds", "\""].contains(&unit.as_str()) {
        let space = if rest.is_empty() { "" } else { " " };
        let of = |unit: &str| {
            slip.rewrite(format!("{}{}+{number}{unit}{space}{rest}", slip.before(), base.trim_end()))
        };
        return Advice::new("seconds for each what?", vec![of("s/km"), of("s/mi")]);
    }
    let is_effort = lexicon::pace(base.trim()).is_some_and(|(base, _)| base.is_effort());
    if base.ends_with(' ') && is_effort {
        let (_, length) = last_word(slip.before());
        let unit = leading_number(length).map_or(length, |(_, unit)| unit).trim();
        let first = format!("{}{}", slip.before(), base.trim_end());
        let rest = slip.behind();
        return Advice::new(
            format!("`{number}` has no unit"),
            vec![
                slip.rewrite(format!("{first}, {number}{unit} {}{rest}", base.trim())),
                slip.rewrite(format!("{first}, {number}×20s strides{rest}")),
            ],
        );
    }
    let of = |unit: &str| slip.swap(format!("{}+{number}{unit}", base.trim_end()));
    Advice::new(format!("`{number}` has no unit"), vec![of("s/km"), of("s/mi")])
}

/// `MP+15%`: by the clock or by the speed?
fn percent_offset(slip: &Slip<'_>) -> Advice {
    let word = slip.word().trim_end_matches('%').trim_end();
    let parts = word.split_once(['+', '-', '−', '–']).and_then(|(base, number)| {
        Some((base.trim(), number.trim().parse::<f64>().ok().filter(|number| *number < 60.0)?))
    });
    let Some((base, percent)) = parts else { return Advice::new("", slip.local()) };
    let slower = (100.0 * 100.0 / (100.0 + percent)).round();
    let faster = (100.0 + percent).round();
    let slower =
        slip.swap(format!("{slower}% {base}")).noted(&format!("for {percent} % slower by the clock"));
    let faster = slip.swap(format!("{faster}% {base}")).noted(&format!("for {percent} % faster"));
    let both = if word.contains('+') { vec![slower, faster] } else { vec![faster, slower] };
    Advice::new("a percentage of a pace's speed stands in front of it", both)
}

fn percentage_of_nothing(slip: &Slip<'_>) -> Advice {
    let written = slip.word();
    let before = slip.before().trim_end();
    if let Some(head) = before.strip_suffix("HR").or_else(|| before.strip_suffix("heart rate")) {
        return heart::bases(slip, head, written);
    }
    let value: f64 = leading_number(written).map_or(0.0, |(value, _)| value);
    let mut candidates = Vec::new();
    if value <= 25.0 {
        candidates.push(slip.swap(format!("incline {written}")));
    }
    let (word, rest) = first_word(slip.behind());
    let is_power = ["ftp", "power", "cp", "lt", "pace"].contains(&word.to_lowercase().as_str());
    let rest = if is_power { format!(" {rest}") } else { slip.behind().to_string() };
    let of = |base: &str| slip.rewrite(format!("{}{written}{base}{rest}", slip.before()));
    if let Some((low, high)) = written.trim_end_matches('%').split_once(['-', '–'])
        && let Some(head) = before.strip_suffix("ramp")
    {
        let ramp = format!("{head}{low}% threshold -> {high}% threshold{rest}");
        candidates.push(slip.rewrite(ramp).computed());
    }
    candidates.push(of(" threshold"));
    candidates.push(of(" 5K"));
    candidates.push(of("HRmax"));
    Advice::new("a percentage of what?", candidates)
}

fn unknown_race_pace(slip: &Slip<'_>) -> Advice {
    let known = slip.word().trim_end_matches(|c: char| c.is_alphabetic()).parse::<f64>().unwrap_or(5.0);
    let nearest = match known {
        n if n < 2.5 => "mile",
        n if n < 4.0 => "3K",
        n if n < 7.5 => "5K",
        n if n < 15.5 => "10K",
        n if n < 31.0 => "HMP",
        _ => "MP",
    };
    let nearest = if slip.behind().starts_with(['-', '–']) && nearest == "5K" { "10K" } else { nearest };
    let lead = format!("`{}` is not a race pace that is known", slip.word());
    let mut races = vec![nearest];
    races.extend(["10K", "5K"].into_iter().filter(|race| *race != nearest));
    let candidates = races.into_iter().map(|race| slip.swap(race)).take(2).collect();
    Advice::new(lead, candidates)
}

fn range_of_race_paces(slip: &Slip<'_>) -> Advice {
    let ramp = slip.word().replacen(['-', '–'], " -> ", 1);
    Advice::new("", vec![slip.swap(ramp)])
}

/// `rest-walk`: a range with something that has no pace.
fn invalid_named_range(slip: &Slip<'_>) -> Advice {
    let second = slip.word().trim_start_matches(['-', '–']).trim();
    let (head, first) = last_word(slip.before());
    let lead = if first == "rest" || second == "rest" {
        "standing has no pace to be in a range with"
    } else {
        "a range stands between two paces"
    };
    let second = slip.rewrite(format!("{head}{second}{}", slip.behind()));
    Advice::new(lead, vec![second, slip.swap("")])
}

fn second_length(slip: &Slip<'_>) -> Advice {
    if let Some((_, count)) = trailing_count(slip.whole()) {
        let behind = trailing_count(slip.behind()).map_or("", |(behind, _)| behind);
        let (first, second) = (slip.before().trim_end(), format!("{}{behind}", slip.word()));
        let both = slip.rewrite(format!("{count}×({first}, {second})")).noted("for both");
        let last = slip.rewrite(format!("{first}, {count}×{second}")).noted("for the last");
        return Advice::new("the count comes first", vec![both, last]).with_totals();
    }
    let text = format!("{}, {}{}", slip.before().trim_end(), slip.word(), slip.behind());
    let slashed = format!("{} / {}{}", slip.before().trim_end(), slip.word(), slip.behind());
    let mut candidates = vec![slip.rewrite(text)];
    if slip.before().contains(['×', 'x']) {
        candidates.insert(0, slip.rewrite(slashed));
    }
    Advice::new("two lengths: put a comma between two steps, a slash before a recovery", candidates)
}

fn unclear_pace_unit(slip: &Slip<'_>) -> Advice {
    let clock = slip.word();
    let before = before_at(slip);
    let of = |unit: &str| slip.rewrite(format!("{before} {clock}/{unit}{}", slip.behind()));
    let mile_first = clock_seconds(clock).is_some_and(|seconds| seconds >= 450);
    Advice::new("", if mile_first { vec![of("mi"), of("km")] } else { vec![of("km"), of("mi")] })
}

/// `1200m @ 4:30`: the time of the whole, or the pace of a kilometre?
fn unclear_clock(slip: &Slip<'_>) -> Advice {
    let clock = slip.word();
    let before = before_at(slip);
    let unit = if before.ends_with("mi") || before.ends_with("mile") || before.ends_with("miles") {
        "mi"
    } else {
        "km"
    };
    let pace = slip.rewrite(format!("{before} {clock}/{unit}{}", slip.behind())).noted("for the pace");
    let whole = slip.rewrite(format!("{before} in {clock}{}", slip.behind())).noted("for the whole time");
    Advice::new("", if unit == "mi" { vec![pace, whole] } else { vec![whole, pace] }).with_totals()
}

/// `6x400m (1:30)`.
fn unclear_bracket(slip: &Slip<'_>) -> Advice {
    let inner = slip.word().trim_matches(['(', ')', ' ']);
    let time = if inner.contains(':') { inner.to_string() } else { format!("{inner}s") };
    let before = slip.before().trim_end().trim_end_matches('(').trim_end();
    let behind = slip.behind().trim_start().trim_start_matches(')');
    Advice::new(
        "",
        vec![
            slip.rewrite(format!("{before} in {time}{behind}")).noted("for the rep's time"),
            slip.rewrite(format!("{before} @ {time}/km{behind}")).noted("for the pace"),
            slip.rewrite(format!("{before} / {time}{behind}")).noted("for the recovery"),
        ],
    )
    .with_totals()
}

fn races(slip: &Slip<'_>, lead: &str) -> Advice {
    let order = if slip.word().to_lowercase().contains("goal") || slip.word().eq_ignore_ascii_case("gp") {
        ["MP", "HMP", "10K", "5K"]
    } else {
        ["10K", "5K", "HMP", "MP"]
    };
    let before = before_at(slip);
    let of = |race: &str| slip.rewrite(format!("{before} {race}{}", slip.behind()));
    Advice::new(lead, order.into_iter().map(of).collect())
}

fn filler(slip: &Slip<'_>) -> Advice {
    let before = before_at(slip);
    let pace = if before.contains("mi") && !before.contains("min") { "8:00/mi" } else { "5:00/km" };
    let of = |race: &str| slip.rewrite(format!("{before} {race}{}", slip.behind()));
    // `400m effort` is seldom at marathon pace.
    let first = if slip.word().eq_ignore_ascii_case("effort") { "hard" } else { "MP" };
    Advice::new("which pace?", [first, "10K", pace].into_iter().map(of).collect())
}

fn hill(slip: &Slip<'_>) -> Advice {
    let before = slip.before().trim_end();
    let (kind, rest) = first_word(slip.behind());
    let is_sprint = ["sprint", "sprints", "repeats", "reps", "intervals", "strides", "runs"].contains(&kind);
    if is_sprint && leading_count(before).is_some() {
        let of = |recovery: &str| slip.rewrite(format!("{before} hard incline 6%{recovery}")).computed();
        let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
        let mut candidates = vec![of(" / 90s walk"), of(&rest).noted("without a recovery")];
        if !rest.is_empty() {
            candidates.swap(0, 1);
            candidates.truncate(1);
        }
        return Advice::new("how steep?", candidates);
    }
    let digit = slip.behind().find(|c: char| c.is_ascii_digit());
    if let (true, Some(digit)) = (before.is_empty(), digit) {
        let reps = slip.behind().get(digit..).unwrap_or_default();
        return Advice::new("how steep?", vec![slip.rewrite(format!("{reps} hard incline 6%"))]);
    }
    if before.ends_with(['x', 'X', '×']) {
        let of = |recovery: &str| slip.rewrite(format!("{before}30s hard incline 6%{recovery}")).computed();
        if let Some((_, recovery)) = slip.behind().split_once('/') {
            return Advice::new("how long, and how steep?", vec![of(&format!(" / {}", recovery.trim()))]);
        }
        let candidates = vec![of(" / 90s walk"), of("").noted("without a recovery")];
        return Advice::new("how long, and how steep?", candidates);
    }
    if slip.behind().trim().is_empty() && !before.contains('/') && leading_count(before).is_some() {
        let reps = slip.rewrite(format!("{before} hard incline 6%"));
        let walked = slip.rewrite(format!("{before} hard incline 6% / 90s walk")).computed();
        // `6×30s hills, jog back` has a recovery.
        if slip.next().is_some_and(|next| is_target(first_word(next).0)) {
            return Advice::new("how steep?", vec![reps]);
        }
        return Advice::new("how steep?", vec![walked, reps.noted("without a recovery")]);
    }
    let slashed = slip.behind().replacen("w/", "/ ", 1).replacen(" with ", " / ", 1);
    let of = |behind: &str| slip.rewrite(format!("{before} hard incline 6%{behind}"));
    let lead = if slip.whole().contains('%') { "" } else { "how steep?" };
    Advice::new(lead, vec![of(slip.behind()), of(&slashed)])
}

fn speeds(slip: &Slip<'_>) -> Advice {
    if slip.code == "ramp-start-without-unit" {
        let number = slip.word().trim_end_matches(|c: char| !c.is_ascii_digit());
        return Advice::new("both ends have a unit", vec![slip.swap(format!("{number}km/h"))]);
    }
    let likely = speed_slips::likely(slip.word()).into_iter().map(|text| slip.swap(text).computed());
    let usual = [slip.swap("10km/h"), slip.swap("5:00/km")];
    Advice::new("a pace is like `5:00/km`, a speed like `10.5km/h`", likely.chain(usual).collect())
}
