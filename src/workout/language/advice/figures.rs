//! Whole lines with a number that is written in another way: `1/2 mile`, `5'000m`, `1h:30`.

use super::slip::{Advice, Rule, Slip};
use super::words::{first_word, last_word, leading_number};

/// The rules, the most certain first.
pub(super) const RULES: [Rule; 11] = [
    seconds_beyond,
    hours_and_minutes,
    letters_for_digits,
    pace_for_length,
    fraction,
    grouped_thousands,
    clock_with_marks,
    clock_without_minutes,
    pace_without_unit,
    percent_in_front,
    slower_than,
];

/// `3x1k @ 4:75/km`: a decimal, two figures the wrong way round, or 75 seconds.
fn seconds_beyond(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text;
    let (minutes, end, seconds) = text.match_indices(':').find_map(|(at, _)| {
        let before = text.get(..at)?;
        let start = before.len() - before.chars().rev().take_while(char::is_ascii_digit).count();
        let seconds = text.get(at + 1..at + 3).filter(|two| two.bytes().all(|byte| byte.is_ascii_digit()))?;
        let is_pace = text.get(at + 3..)?.trim_start().starts_with(['/', '-', '–']);
        let is_beyond = seconds >= "60" && is_pace && start < at && !before.get(..start)?.ends_with(':');
        is_beyond.then_some((start..at, at + 3, seconds))
    })?;
    let value = |text: &str| text.parse::<u64>().unwrap_or_default();
    let (whole, part) = (value(text.get(minutes.clone())?), value(seconds));
    let of = |clock: String| {
        let line = format!(
            "{}{clock}{}",
            text.get(..minutes.start).unwrap_or_default(),
            text.get(end..).unwrap_or_default()
        );
        slip.widened().rewrite(line).computed()
    };
    let turned = (part % 10) * 10 + part / 10;
    let mut candidates = vec![of(format!("{whole}:{:02}", (part * 60 + 50) / 100)).noted("for a decimal")];
    if turned < 60 {
        candidates.push(of(format!("{whole}:{turned:02}")).noted("for two figures the wrong way round"));
    }
    let carried = of(format!("{}:{:02}", whole + 1, part - 60));
    candidates.push(carried.noted(&format!("for {part} seconds")));
    Some(Advice::new("two digits from 00 to 59 come after the colon", candidates))
}

/// `1.30 easy`: an hour and a half, or a minute and a half.
fn hours_and_minutes(slip: &Slip<'_>) -> Option<Advice> {
    let (number, rest) = first_word(slip.text.trim());
    let (hours, minutes) = number.split_once('.')?;
    let are_digits = [hours, minutes].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (hours, minutes): (u32, u32) =
        (hours.parse().ok()?, minutes.parse().ok().filter(|_| minutes.len() == 2)?);
    let is_easy = ["", "easy", "long", "jog", "run", "steady", "Z2"].iter().any(|word| rest.trim() == *word);
    (are_digits && (1..4).contains(&hours) && minutes < 60 && is_easy).then(|| {
        let of = |time: String| slip.widened().rewrite(format!("{time} {rest}").trim_end()).computed();
        let candidates = vec![
            of(format!("{}min", hours * 60 + minutes)).noted("for hours and minutes"),
            of(format!("{}s", hours * 60 + minutes)).noted("for minutes and seconds"),
        ];
        Advice::new("a time has a colon", candidates)
    })
}

/// `4OOm`, `1Okm`, `l0min`: letters that look like figures.
fn letters_for_digits(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.text;
    let letters: Vec<char> = text.chars().collect();
    let mut written = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let before = written.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let next = letters.iter().skip(i).find(|c| !matches!(c, 'O' | 'o'));
        let is_end = next.is_none_or(|c| !c.is_alphabetic() || matches!(c, 'm' | 'k' | 's' | 'M' | 'K'));
        let is_one = matches!(letter, 'l' | 'I')
            && !written.chars().next_back().is_some_and(char::is_alphanumeric)
            && letters.get(i + 1).is_some_and(char::is_ascii_digit);
        written.push(match letter {
            'O' | 'o' if before && is_end => '0',
            _ if is_one => '1',
            letter => *letter,
        });
    }
    (written != text).then(|| {
        let lead = "a letter stands in the place of a figure";
        Advice::new(lead, vec![slip.widened().rewrite(written).computed()])
    })
}

/// `5.30/km for 10km`: the length comes first.
fn pace_for_length(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (pace, length) = text.split_once(" for ")?;
    let (clock, unit) = pace.trim().trim_start_matches("@ ").split_once('/')?;
    let clock = clock.trim().replace(['.', ','], ":");
    let (minutes, seconds) = clock.split_once(':')?;
    let are_digits = [minutes, seconds].iter().all(|part| part.chars().all(|c| c.is_ascii_digit()));
    let unit = match unit.trim() {
        "km" | "k" => "km",
        "mi" | "mile" | "miles" => "mi",
        _ => return None,
    };
    (are_digits && seconds.len() == 2 && leading_number(length.trim_start()).is_some()).then(|| {
        let line = format!("{} {clock}/{unit}", length.trim());
        Advice::new("the length comes first", vec![slip.rewrite(line).computed()])
    })
}

/// Fractions that are written with a slash.
const FRACTIONS: [(&str, f64); 5] =
    [("1/2", 0.5), ("1/4", 0.25), ("3/4", 0.75), ("1/3", 0.33), ("2/3", 0.67)];

/// `1/2 mile easy`, `1 1/2 miles easy`.
fn fraction(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (written, value, at) =
        FRACTIONS.iter().find_map(|(written, value)| Some((*written, *value, text.find(written)?)))?;
    let behind = text.get(at + written.len()..)?;
    let before = text.get(..at)?;
    let is_number = behind.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '/');
    if is_number || before.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let (head, whole) = last_word(before);
    let (head, number) = match whole.parse::<f64>() {
        Ok(whole) => (head, whole + value),
        Err(_) => (before, value),
    };
    let unit = behind.trim_start();
    let unit = unit.strip_prefix("of a ").or_else(|| unit.strip_prefix("a ")).unwrap_or(unit);
    let text = format!("{head}{number}{unit}");
    Some(Advice::new("a fraction is written with a point", vec![slip.rewrite(text).computed()]))
}

/// `5'000m`, `5.000m`, `5 000 m`.
fn grouped_thousands(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let at = text.char_indices().find_map(|(at, mark)| {
        let behind = text.get(at + mark.len_utf8()..)?;
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        let unit = behind.get(digits..)?.trim_start();
        let is_metres = unit.starts_with('m') && !unit.starts_with("mi");
        let is_mark = matches!(mark, '\'' | '.' | ' ' | '’' | '\u{a0}' | '\u{202f}');
        (is_mark && digits == 3 && is_metres && is_digit(text.get(..at)?.chars().next_back()))
            .then_some(at..at + mark.len_utf8())
    })?;
    let text = format!("{}{}", text.get(..at.start)?, text.get(at.end..)?);
    Some(Advice::new("a number has no mark between its figures", vec![slip.rewrite(text).computed()]))
}

/// `1h:30 easy`, `1.00.00 easy`.
fn clock_with_marks(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (first, rest) = first_word(text);
    let plain = if first.contains("h:") {
        first.replacen("h:", "h", 1)
    } else if first.matches('.').count() == 2 && first.chars().all(|c| c.is_ascii_digit() || c == '.') {
        first.replace('.', ":")
    } else {
        return None;
    };
    let text = format!("{plain} {rest}");
    Some(Advice::new("a time has colons", vec![slip.rewrite(text.trim_end()).computed()]))
}

/// `10x100m in :20`, `10x100m :20`.
fn clock_without_minutes(slip: &Slip<'_>) -> Option<Advice> {
    let (before, behind) = slip.whole().split_once(" :")?;
    let (seconds, rest) = leading_number(behind)?;
    let is_clock =
        (1.0..60.0).contains(&seconds) && behind.chars().take_while(char::is_ascii_digit).count() == 2;
    if !is_clock {
        return None;
    }
    let of = |join: &str| slip.rewrite(format!("{before}{join}{seconds}s{rest}"));
    let candidates = match before.ends_with(" in") || before.ends_with('/') || before.ends_with('@') {
        true => vec![of(" ")],
        false => vec![of(" in ").noted("for the rep's time"), of(" / ").noted("for a recovery")],
    };
    Some(Advice::new("seconds have a unit", candidates))
}

/// `20min @ 5min30`, `3x1km 4'00`, `20min @ 5:30km`, `20min @ 5:30-5:45 min`.
fn pace_without_unit(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let colon = text.rfind([':', '\'', '′']).or_else(|| text.rfind("min"))?;
    let mark =
        if text.get(colon..)?.starts_with("min") { 3 } else { text.get(colon..)?.chars().next()?.len_utf8() };
    let behind = text.get(colon + mark..)?;
    let (seconds, rest) =
        behind.split_at_checked(2).filter(|(s, _)| s.chars().all(|c| c.is_ascii_digit()))?;
    let (head, minutes) = last_word(text.get(..colon)?);
    let minutes = minutes.trim_start_matches('@');
    if !minutes.ends_with(|c: char| c.is_ascii_digit()) || head.trim().is_empty() {
        return None;
    }
    let is_clock = text.get(colon..)?.starts_with(':');
    let is_range = minutes.contains(['-', '–']);
    let (unit, more) = first_word(rest);
    let more = if more.is_empty() { String::new() } else { format!(" {more}") };
    let head = head.trim_end().trim_end_matches('@').trim_end();
    let of = |unit: &str| slip.rewrite(format!("{head} {minutes}:{seconds}/{unit}{more}")).computed();
    let candidates = match unit.to_lowercase().as_str() {
        "km" | "k" | "kmh" | "kilometre" | "kilometer" => vec![of("km")],
        "mi" | "mile" | "miles" | "mls" => vec![of("mi")],
        "min" | "mins" | "minutes" if is_range || !is_clock => vec![of("km").noted("for the pace"), of("mi")],
        "" if !is_clock => vec![of("km").noted("for the pace"), of("mi")],
        _ => return None,
    };
    Some(Advice::new("a pace has a unit", candidates))
}

/// `10km @ %90 MP`.
fn percent_in_front(slip: &Slip<'_>) -> Option<Advice> {
    let (before, behind) = slip.whole().split_once('%')?;
    let (number, rest) = leading_number(behind)?;
    let text = format!("{before}{number}%{rest}");
    (!before.ends_with(|c: char| c.is_ascii_digit()))
        .then(|| Advice::new("the sign comes after the number", vec![slip.rewrite(text).computed()]))
}

/// `10km 10s/km slower than MP`.
fn slower_than(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (sign, (before, pace)) = [(" slower than ", '+'), (" faster than ", '-')]
        .iter()
        .find_map(|(words, sign)| Some((*sign, text.split_once(words)?)))?;
    let (pace, rest) = first_word(pace);
    let words: Vec<&str> = before.split_whitespace().collect();
    let at = words.iter().rposition(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let (seconds, unit) = leading_number(words.get(at)?)?;
    let unit = if unit.contains("mi") || words.get(at + 1..)?.iter().any(|word| word.contains("/mi")) {
        "s/mi"
    } else {
        "s/km"
    };
    let head = words.get(..at)?.join(" ");
    let head = head.trim_end_matches('@').trim_end();
    let text = format!("{head} {pace}{sign}{seconds}{unit} {rest}");
    Some(Advice::new("", vec![slip.rewrite(text.trim_end()).computed()]))
}
