//! Dates that cannot be read, and the ones that were probably meant.

use super::{DAYS, FORMS, MONTHS, dotted_date, either_order, iso_date, read_day, time_at_the_end};
use crate::cli::shell_word::shell_word;
use crate::text::certain;
use chrono::{DateTime, FixedOffset};

/// Returns the date that a misspelt `text` may stand for, or the forms of dates.
pub(super) fn help_for(text: &str, now: DateTime<FixedOffset>) -> String {
    let lower = text.trim().to_lowercase();
    let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let known = || DAYS.into_iter().chain(weekdays).chain(MONTHS);
    let corrected: Vec<&str> =
        lower.split_whitespace().map(|word| certain(word, known()).unwrap_or(word)).collect();
    let corrected = corrected.join(" ");
    let fixes = [
        corrected,
        lower.trim_end_matches(" morning").to_string(),
        lower.replacen("this ", "", 1),
        // A month alone.
        format!("1 {lower}"),
        format!("{lower}-01"),
    ];
    if let Some(help) = reordered(&lower, now) {
        return help;
    }
    let fix = fixes.into_iter().find(|fix| *fix != lower && is_date(fix, now));
    let fix = fix.or_else(|| Some(format!("{lower}.")).filter(|dotted| is_date(dotted, now)));
    fix.map_or_else(|| FORMS.to_string(), |fix| format!("did you mean {}?", shell_word(&fix)))
}

/// Returns the help for `28-11-2026`, `2026/11/28`, `20261128` and `2weeks`.
fn reordered(lower: &str, now: DateTime<FixedOffset>) -> Option<String> {
    let digits = lower.bytes().all(|byte| byte.is_ascii_digit());
    if let (true, Some((year, rest))) = (digits && lower.len() == 8, lower.split_at_checked(4)) {
        let (month, day) = rest.split_at_checked(2)?;
        let date = iso_date(&format!("{year}-{month}-{day}"))?;
        return Some(format!("did you mean {date}?"));
    }
    let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = lower.get(number.len()..)?.trim();
    let ago = format!("{number} {unit} ago");
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && is_date(&ago, now) {
        return Some(format!("did you mean {}?", shell_word(&ago)));
    }
    let parts: Vec<&str> = lower.split(['/', '-', '.']).collect();
    let date = match parts[..] {
        [year, month, day] if year.len() == 4 => iso_date(&format!("{year}-{month:0>2}-{day:0>2}"))?,
        [first, second, year] if year.len() == 4 => {
            let slashed = format!("{first}/{second}/{year}");
            if let Some(refusal) = either_order(&slashed, now) {
                return Some(refusal.help);
            }
            let day_first = iso_date(&format!("{year}-{second:0>2}-{first:0>2}"));
            day_first.or_else(|| iso_date(&format!("{year}-{first:0>2}-{second:0>2}")))?
        }
        _ => return None,
    };
    Some(format!("did you mean {date}?"))
}

/// True if `text` can be read. It is one correction away from a text that cannot, so the search ends there.
fn is_date(text: &str, now: DateTime<FixedOffset>) -> bool {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if time_at_the_end(&mut words).is_err() || words.is_empty() {
        return false;
    }
    matches!(words.as_slice(), [one] if dotted_date(one, now.date_naive()).is_some() || iso_date(one).is_some())
        || read_day(&words, now).is_some()
}
