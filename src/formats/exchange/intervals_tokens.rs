//! Lengths and targets of intervals.icu.

use crate::units::{METRES_PER_MILE, Millis};

/// The length of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IntervalsLength {
    /// A time.
    Time(Millis),
    /// A distance.
    Metres(f64),
}

/// The unit of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetUnit {
    /// A share of threshold power.
    Ftp,
    /// A share of threshold pace.
    Pace,
    /// A speed in metres per second.
    Speed,
    /// A share of the highest heart rate.
    MaxHeart,
    /// A share of the threshold heart rate.
    ThresholdHeart,
    /// A zone of the heart rate.
    HeartZone,
    /// A zone of pace.
    PaceZone,
    /// A zone of power.
    PowerZone,
    /// Watts.
    Watts,
}

/// A target, as a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalsTarget {
    /// The first number.
    pub low: f64,
    /// The second number.
    pub high: f64,
    /// The unit.
    pub unit: TargetUnit,
}

/// Reads a length.
pub fn length(word: &str) -> Option<IntervalsLength> {
    distance(word).map(IntervalsLength::Metres).or_else(|| time(word).map(IntervalsLength::Time))
}

/// Returns the place of the words `press lap`, which make a step wait for the lap key.
pub fn lap_key(words: &[&str]) -> Option<usize> {
    words.windows(2).position(|pair| match pair {
        [press, lap] => press.eq_ignore_ascii_case("press") && lap.eq_ignore_ascii_case("lap"),
        _ => false,
    })
}

/// The distances that a pace is for, in metres.
const PACE_UNITS: [(&str, f64); 7] = [
    ("/km", 1000.0),
    ("/mi", METRES_PER_MILE),
    ("/100m", 100.0),
    ("/250m", 250.0),
    ("/400m", 400.0),
    ("/500m", 500.0),
    ("/100y", 91.44),
];

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && (0.0..1e6).contains(number))
}

fn distance(word: &str) -> Option<f64> {
    let lower = word.to_lowercase();
    let of = |unit: &str, metres: f64| Some(number(lower.strip_suffix(unit)?)? * metres);
    let metres = of("mtr", 1.0).or_else(|| of("km", 1000.0)).or_else(|| of("mi", METRES_PER_MILE));
    metres.filter(|metres| *metres >= 1.0)
}

/// Reads `10m`, `1h2m30s`, `1m30`, `5'` and `30"`.
fn time(word: &str) -> Option<Millis> {
    let mut seconds = 0.0;
    let mut digits = String::new();
    let mut last = 0.0;
    for c in word.chars() {
        let unit = match c {
            '0'..='9' | '.' => {
                digits.push(c);
                continue;
            }
            'h' | 'H' => 3600.0,
            'm' | 'M' | '\'' | '′' => 60.0,
            's' | 'S' | '"' | '″' => 1.0,
            _ => return None,
        };
        seconds += number(&std::mem::take(&mut digits))? * unit;
        last = unit;
    }
    if !digits.is_empty() {
        // `1m30` is a minute and a half.
        if last != 60.0 {
            return None;
        }
        seconds += number(&digits)?;
    }
    (seconds > 0.0 && seconds < 1e7).then(|| Millis::from_secs_f64(seconds))
}

/// Reads a target. The word after it may say of what.
pub fn target(word: &str, next: Option<&str>) -> Option<IntervalsTarget> {
    let lower = word.to_lowercase();
    let next = next.unwrap_or_default().to_lowercase();
    if lower.ends_with('%') {
        let (low, high) = range(&lower.replace('%', ""), number)?;
        let unit = match next.as_str() {
            "pace" => TargetUnit::Pace,
            "hr" | "maxhr" => TargetUnit::MaxHeart,
            "lthr" => TargetUnit::ThresholdHeart,
            _ => TargetUnit::Ftp,
        };
        return Some(IntervalsTarget { low: low / 100.0, high: high / 100.0, unit });
    }
    if lower.ends_with('w') {
        let (low, high) = range(&lower.replace('w', ""), number)?;
        return Some(IntervalsTarget { low, high, unit: TargetUnit::Watts });
    }
    if lower.starts_with('z') {
        let (low, high) = range(&lower.replace('z', ""), |text| {
            number(text).filter(|zone| (1.0..=7.0).contains(zone) && zone.fract() == 0.0)
        })?;
        let unit = match next.as_str() {
            "hr" => TargetUnit::HeartZone,
            "pace" => TargetUnit::PaceZone,
            _ => TargetUnit::PowerZone,
        };
        return Some(IntervalsTarget { low, high, unit });
    }
    let (unit, metres) = PACE_UNITS.into_iter().find(|(unit, _)| lower.ends_with(unit))?;
    let paces = lower.replace(unit, "");
    let speed = |text: &str| {
        let (minutes, seconds) = text.split_once(':')?;
        let total = number(minutes)? * 60.0 + number(seconds)?;
        (total > 0.0).then(|| metres / total)
    };
    let (low, high) = range(&paces, speed)?;
    Some(IntervalsTarget { low, high, unit: TargetUnit::Speed })
}

fn range(text: &str, read: impl Fn(&str) -> Option<f64>) -> Option<(f64, f64)> {
    match text.split_once('-') {
        Some((low, high)) => Some((read(low)?, read(high)?)),
        None => read(text).map(|number| (number, number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_m_and_metres_are_mtr() {
        let of = length;
        let seconds = |seconds| Some(IntervalsLength::Time(Millis::from_secs(seconds)));
        assert_eq!(
            [of("10m"), of("1h2m30s"), of("1m30"), of("5'"), of("30\"")],
            [seconds(600), seconds(3750), seconds(90), seconds(300), seconds(30)]
        );
        assert_eq!(
            [of("400mtr"), of("2km")],
            [Some(IntervalsLength::Metres(400.0)), Some(IntervalsLength::Metres(2000.0))]
        );
        assert_eq!([of("easy"), of("100"), of("60%")], [None; 3]);
    }

    #[test]
    fn the_word_after_a_share_says_of_what() {
        let of = |word, next| target(word, next).map(|read| (read.low, read.high, read.unit));
        assert_eq!(of("60-80%", Some("Pace")), Some((0.6, 0.8, TargetUnit::Pace)));
        assert_eq!(of("75%", None), Some((0.75, 0.75, TargetUnit::Ftp)));
        assert_eq!(of("50%-75%", None), Some((0.5, 0.75, TargetUnit::Ftp)));
        assert_eq!(of("200w-240w", None), Some((200.0, 240.0, TargetUnit::Watts)));
        assert_eq!(of("0:20/100m-0:25/100m", Some("Pace")), Some((5.0, 4.0, TargetUnit::Speed)));
        assert_eq!(of("Z2-Z3", Some("HR")), Some((2.0, 3.0, TargetUnit::HeartZone)));
        assert_eq!(of("5:00/km", Some("Pace")), Some((1000.0 / 300.0, 1000.0 / 300.0, TargetUnit::Speed)));
        assert_eq!(of("quick", None), None);
    }
}
