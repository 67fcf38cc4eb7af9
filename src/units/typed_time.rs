//! A time as it is typed on the command line: `1:10` may be minutes and seconds, or hours and minutes.

use super::{Millis, parse};

/// A typed time and everything that it can mean, the most usual first.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedTime {
    /// The text as typed.
    pub text: String,
    readings: Vec<TimeReading>,
}

/// One meaning of a typed time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeReading {
    /// The time.
    pub time: Millis,
    /// The units of the numbers.
    pub unit: TypedUnit,
}

/// The units of the numbers of a typed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedUnit {
    /// The text says its unit, or has hours, minutes and seconds.
    Written,
    /// `22:30`
    MinutesAndSeconds,
    /// `1:45`
    HoursAndMinutes,
    /// `55`
    Minutes,
    /// `4`
    Hours,
    /// `90`
    Seconds,
}

impl TypedUnit {
    /// Returns the units in words, or `None` if the text says them.
    pub const fn words(self) -> Option<&'static str> {
        match self {
            TypedUnit::Written => None,
            TypedUnit::MinutesAndSeconds => Some("minutes and seconds"),
            TypedUnit::HoursAndMinutes => Some("hours and minutes"),
            TypedUnit::Minutes => Some("minutes"),
            TypedUnit::Hours => Some("hours"),
            TypedUnit::Seconds => Some("seconds"),
        }
    }
}

impl TypedTime {
    /// Reads a clock, a number, or a time with its unit. Returns `None` if the text is no time, or is zero.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if is_decimal_clock(text) {
            return None;
        }
        let readings = match parse::number(text) {
            Some(number) => vec![
                reading(number * 60.0, TypedUnit::Minutes),
                reading(number * 3600.0, TypedUnit::Hours),
                reading(number, TypedUnit::Seconds),
            ],
            None => clock_readings(text)?,
        };
        let is_positive = readings.iter().all(|reading| reading.time > Millis::ZERO);
        is_positive.then(|| TypedTime { text: text.to_string(), readings })
    }

    /// A time with one meaning.
    pub fn written(text: &str, time: Millis) -> Self {
        TypedTime { text: text.to_string(), readings: vec![TimeReading { time, unit: TypedUnit::Written }] }
    }

    /// Returns every meaning, the most usual first.
    pub fn readings(&self) -> &[TimeReading] {
        &self.readings
    }

    /// Returns the first meaning that is possible. A time that says its unit is taken as it is.
    pub fn first(&self, is_possible: impl Fn(Millis) -> bool) -> Option<TimeReading> {
        match self.readings.as_slice() {
            [only] if only.unit == TypedUnit::Written => Some(*only),
            several => several.iter().find(|reading| is_possible(reading.time)).copied(),
        }
    }

    /// Returns the meanings of a clock or a number in words: `1:10 (minutes and seconds) or 1:10:00 (hours and minutes)`.
    pub fn meanings(&self) -> String {
        let meaning = |reading: &TimeReading| match reading.unit.words() {
            Some(words) => format!("{} ({words})", reading.time),
            None => reading.time.to_string(),
        };
        self.readings.iter().map(meaning).collect::<Vec<_>>().join(" or ")
    }
}

/// True for `22.30` and `1.45`: a clock to some, a decimal number to others, so it has no sure meaning.
fn is_decimal_clock(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(whole, rest)| is_number(whole) && rest.len() == 2 && is_number(rest))
}

fn reading(seconds: f64, unit: TypedUnit) -> TimeReading {
    TimeReading { time: Millis::from_secs_f64(seconds), unit }
}

fn clock_readings(text: &str) -> Option<Vec<TimeReading>> {
    let time = parse::time(text)?;
    let parts: Vec<&str> = text.split(':').collect();
    let [first, last] = parts.as_slice() else {
        return Some(vec![TimeReading { time, unit: TypedUnit::Written }]);
    };
    let minutes = TimeReading { time, unit: TypedUnit::MinutesAndSeconds };
    // Nobody writes hours with one digit of minutes or with a fraction.
    let has_hours = last.len() == 2 && first.len() <= 2;
    let hours = has_hours.then_some(TimeReading { time: time.times(60), unit: TypedUnit::HoursAndMinutes });
    Some(std::iter::once(minutes).chain(hours).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_of_two_parts_has_two_meanings() {
        let seconds = |text: &str| -> Vec<u64> {
            TypedTime::parse(text).unwrap().readings().iter().map(|r| r.time.whole_secs()).collect()
        };
        assert_eq!(seconds("1:10"), [70, 4200]);
        assert_eq!(seconds("22:30"), [1350, 81_000]);
        assert_eq!(seconds("1:10:00"), [4200]);
        assert_eq!(seconds("70min"), [4200]);
        assert_eq!(seconds("14:55.3"), [895]);
        assert_eq!(seconds("55"), [3300, 198_000, 55]);
        assert_eq!(seconds("0:45"), [45, 2700]);
        for text in ["22.30", "1.45", "", "0", "0:00", "x", "1:60", "-5", "1:2:3:4"] {
            assert_eq!(TypedTime::parse(text), None, "{text}");
        }
    }

    #[test]
    fn takes_the_first_possible_meaning() {
        let from_an_hour = |time: Millis| time >= Millis::from_secs(3600);
        let time = TypedTime::parse("1:45").unwrap().first(from_an_hour).unwrap();
        assert_eq!((time.time, time.unit), (Millis::from_secs(6300), TypedUnit::HoursAndMinutes));
        assert_eq!(TypedTime::parse("0:45").unwrap().first(from_an_hour), None);
        let from_ten_minutes = |time: Millis| time >= Millis::from_secs(600);
        assert_eq!(
            TypedTime::parse("0:45").unwrap().first(from_ten_minutes).unwrap().time.whole_secs(),
            2700
        );
        // A time with its unit is what it says.
        assert_eq!(TypedTime::parse("45min").unwrap().first(from_an_hour).unwrap().time.whole_secs(), 2700);
    }
}
