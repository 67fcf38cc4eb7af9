//! Times with a colon, and ranges.

use super::slip::{Advice, Candidate, Slip};
use super::words::{clock_seconds, leading_number};
use crate::units::Millis;
use crate::workout::language::print;

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    Some(match slip.code {
        "decimal-hours" => Advice::new("", slip.local().into_iter().map(Candidate::computed).collect()),
        "lone-clock" => lone_clock(slip),
        "decimal-clock" => decimal_clock(slip),
        "invalid-clock" => invalid_clock(slip),
        "descending-range" => descending_range(slip),
        "mixed-range" => mixed_range(slip),
        "descending-count" => descending_count(slip),
        _ => return None,
    })
}

/// `1:30 easy`, typed alone.
fn lone_clock(slip: &Slip<'_>) -> Advice {
    let clock = slip.word();
    let seconds = clock_seconds(clock).unwrap_or(90);
    if slip.whole().trim() == clock {
        let paced = slip.swap(format!("10min {clock}/km")).noted("for a pace");
        return Advice::new("", vec![paced, slip.swap(format!("{clock} easy")).noted("for the time")]);
    }
    // Minutes and seconds have the figures of hours and minutes.
    let hours = slip.swap(format!("{seconds}min")).noted("for hours and minutes");
    Advice::new("", vec![hours, slip.swap(format!("{seconds}s")).noted("for minutes and seconds")])
}

/// `4.30/km`, `2.30min`.
fn decimal_clock(slip: &Slip<'_>) -> Advice {
    let number = slip.word().trim_end_matches(|c: char| !c.is_ascii_digit());
    let (minutes, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let behind = slip.behind();
    let behind = behind.trim_start().strip_prefix("min").unwrap_or(behind);
    let part = format!("0.{decimals}").parse::<f64>().unwrap_or_default();
    let seconds = (part * 60.0).round();
    let of = |clock: String| slip.rewrite(format!("{}{clock}{behind}", slip.before()));
    Advice::new(
        "",
        vec![
            of(format!("{minutes}:{decimals:0<2}")).noted("for minutes and seconds"),
            of(format!("{minutes}:{seconds:02}")).noted("for a decimal"),
        ],
    )
}

/// `1:75`: 75 seconds are a minute and a quarter. `1:5` lacks a digit.
fn invalid_clock(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    let mut candidates = Vec::new();
    if let Some(seconds) = clock_seconds(word) {
        let two_digits = word.rsplit(':').next().is_some_and(|seconds| seconds.len() == 2);
        if !two_digits && let Some((minutes, seconds)) = word.split_once(':') {
            candidates.push(slip.swap(format!("{minutes}:{seconds:0>2}")));
            candidates.push(slip.swap(format!("{minutes}:{seconds:0<2}")));
        }
        let carried = slip.swap(print::time(Millis::from_secs(seconds.clamp(1, 86_400))));
        // Minutes and seconds have the figures of hours and minutes: `1:75 easy` is no run of two minutes.
        if two_digits && seconds < 300 && slip.whole().trim().starts_with(word) {
            let hours = slip.swap(format!("{seconds}min")).noted("for hours and minutes");
            candidates.extend([carried.noted("for minutes and seconds"), hours]);
        } else {
            candidates.push(carried);
        }
    }
    candidates.push(slip.swap("1:30"));
    candidates.truncate(2);
    Advice::new("two digits from 00 to 59 come after the colon", candidates)
}

fn ends(text: &str) -> Option<(&str, &str)> {
    let (low, high) = text.split_once(['-', '–'])?;
    Some((low.trim(), high.trim()))
}

fn descending_range(slip: &Slip<'_>) -> Advice {
    let candidates = ends(slip.word()).map(|(high, low)| {
        let (_, unit) = leading_number(low).unwrap_or_default();
        let (low, own) = (low.trim_end_matches(unit).trim(), leading_number(high).unwrap_or_default().1);
        let text = if own.trim().is_empty() {
            if low == high { format!("{low}{unit}") } else { format!("{low}-{high}{unit}") }
        } else {
            format!("{low}{unit}-{high}")
        };
        slip.swap(text)
    });
    Advice::new("the shorter end comes first", candidates.into_iter().collect())
}

fn mixed_range(slip: &Slip<'_>) -> Advice {
    let candidates = ends(slip.word())
        .map(|(first, second)| slip.swap(format!("{first} or {second}")).noted("for whichever comes first"));
    Advice::new("one is a time, one a distance", candidates.into_iter().collect())
}

fn descending_count(slip: &Slip<'_>) -> Advice {
    let counts = ends(slip.word()).and_then(|(a, b)| Some((a.parse::<u64>().ok()?, b.parse::<u64>().ok()?)));
    let candidates = match counts {
        Some((a, b)) if a == b => vec![slip.swap(a.to_string()), slip.swap(format!("{a}-{}", a + 2))],
        Some((a, b)) => vec![slip.swap(format!("{}-{}", b.max(1), a)), slip.swap(a.to_string())],
        None => vec![slip.swap("8")],
    };
    Advice::new("the smaller count comes first", candidates)
}
