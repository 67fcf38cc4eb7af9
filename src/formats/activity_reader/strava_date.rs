//! Dates of Strava's list, which are in UTC and in the language of the account: `Jan 5, 2025, 6:30:12 AM`.

use chrono::{DateTime, NaiveDate, Utc};

/// The beginnings of the names of the months, in English, German, French, Spanish, Portuguese, Italian, Dutch, the
/// Scandinavian languages, Polish and Czech.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "led"],
    &["feb", "fév", "fev", "lut", "úno"],
    &["mar", "mär", "mrt", "mär", "bře"],
    &["apr", "avr", "abr", "kwi", "dub"],
    &["may", "mai", "maj", "mag", "mei", "kvě"],
    &["jun", "juin", "giu", "cze", "červn"],
    &["jul", "juil", "lug", "lip", "červe"],
    &["aug", "aoû", "aou", "ago", "sie", "srp"],
    &["sep", "set", "wrz", "zář"],
    &["oct", "okt", "ott", "out", "paź", "říj"],
    &["nov", "lis"],
    &["dec", "déc", "dez", "dic", "des", "gru", "pro"],
];

/// Reads a date with its time of day. `None` if it is none.
pub fn date(text: &str) -> Option<DateTime<Utc>> {
    let lower = text.trim().to_lowercase();
    let numbers = numbers(&lower)?;
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let month = words.iter().find_map(|word| month(word));
    let half = day_half(&words);
    let (day, rest) = match (month, &numbers[..]) {
        // The year has four digits, and the day is the other number.
        (Some(month), [a, b, rest @ ..]) => {
            let (year, day) = if *a >= 1000 { (*a, *b) } else { (*b, *a) };
            (NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, rest)
        }
        (None, [a, b, c, rest @ ..]) => {
            let [year, month, day] = match () {
                () if *a >= 1000 => [*a, *b, *c],
                // Only American dates have the month first, and only those have slashes with halves of the day.
                () if lower.contains('/') && *a <= 12 && (half.is_some() || *b > 12) => [*c, *a, *b],
                () => [*c, *b, *a],
            };
            (NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, rest)
        }
        _ => return None,
    };
    let (hour, minute, second) = match rest {
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second, ..] => (*hour, *minute, *second),
        _ => return None,
    };
    let hour = match half {
        Some(DayHalf::Morning) if hour == 12 => 0,
        Some(DayHalf::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    let time = day.and_hms_opt(hour, minute, second)?.and_utc();
    // Nobody ran with a watch before there was GPS.
    (time.timestamp() > 0).then_some(time)
}

#[derive(Clone, Copy)]
enum DayHalf {
    Morning,
    Afternoon,
}

fn day_half(words: &[&str]) -> Option<DayHalf> {
    let spelled = |letter: &str| words.windows(2).any(|pair| pair == [letter, "m"]);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    if has(&["pm", "午後", "下午", "오후"]) || spelled("p") {
        Some(DayHalf::Afternoon)
    } else if has(&["am", "午前", "上午", "오전"]) || spelled("a") {
        Some(DayHalf::Morning)
    } else {
        None
    }
}

fn numbers(text: &str) -> Option<Vec<u32>> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.parse().ok()).collect()
}

fn month(word: &str) -> Option<u32> {
    let begins = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    let number = MONTHS.iter().position(begins)? + 1;
    u32::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_several_languages_are_read() {
        for text in [
            "Jan 5, 2025, 6:30:12 AM",
            "Jan 5, 2025, 6:30:12\u{202f}AM",
            "5 Jan 2025, 06:30:12",
            "05.01.2025, 06:30:12",
            "5 janv. 2025 à 06:30:12",
            "5 ene 2025, 6:30:12",
            "5 ene. 2025, 6:30:12 a.\u{a0}m.",
            "5 de jan. de 2025, 06:30:12",
            "5 gen 2025, 06:30:12",
            "5 jan. 2025 06:30:12",
            "2025-01-05 06:30:12",
            "2025/01/05 6:30:12",
            "2025年1月5日 6:30:12",
            "1/5/2025, 6:30:12 AM",
            "05/01/2025, 06:30:12",
        ] {
            assert_eq!(
                date(text).map(|d| d.to_rfc3339()).as_deref(),
                Some("2025-01-05T06:30:12+00:00"),
                "{text}"
            );
        }
        for (text, expected) in [
            ("Dec 31, 2024, 12:05:00 AM", "2024-12-31T00:05:00+00:00"),
            ("Jul 4, 2024, 12:05:00 PM", "2024-07-04T12:05:00+00:00"),
            ("4 juil. 2024, 18:05:00", "2024-07-04T18:05:00+00:00"),
            ("4. März 2024, 18:05", "2024-03-04T18:05:00+00:00"),
            ("4 de ago. de 2024 6:05:00 p. m.", "2024-08-04T18:05:00+00:00"),
        ] {
            assert_eq!(date(text).map(|d| d.to_rfc3339()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "Morning Run", "12345", "Feb 30, 2025, 6:30:12 AM", "Jan 5, 2025", "Jan 5, 2025, 25:30:12"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
