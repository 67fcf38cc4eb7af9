//! What stands around a session in words: `warm-up, 10 mins + … + cool-down, 10 mins`, `6 x 800m … → 40-45 min`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{lengths_in, take_length};

const WARMUPS: [&str; 5] = ["warm up", "warm-up", "warmup", "wu", "w/u"];
const COOLDOWNS: [&str; 7] = ["cool down", "cool-down", "cooldown", "cd", "c/d", "warm down", "warm-down"];

/// `warm-up, 10 mins + 4 x 5 min … + cool-down, 10 mins`: the length after the comma is that of the warm-up.
pub(super) fn length_after_comma(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("down") && !lower.contains("up,") && !lower.contains("wu,") && !lower.contains("cd,") {
        return None;
    }
    let marks: Vec<(usize, &str)> = text.match_indices([',', '+', ';', '\n']).collect();
    let starts = std::iter::once(0).chain(marks.iter().map(|(at, _)| at + 1));
    let ends = marks.iter().map(|(at, _)| *at).chain([text.len()]);
    let pieces: Vec<&str> = starts.zip(ends).filter_map(|(start, end)| text.get(start..end)).collect();
    let is_one_of =
        |piece: &str, words: &[&str]| words.iter().any(|word| piece.trim().eq_ignore_ascii_case(word));
    let is_length = |piece: &&str| {
        let lengths = lengths_in(piece);
        matches!(lengths.as_slice(), [only] if only.at.start == piece.len() - piece.trim_start().len()
            && piece.get(only.at.end..).is_some_and(|rest| rest.trim().trim_end_matches('.').is_empty()))
    };
    let mut joined = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let is_comma = marks.get(index).is_some_and(|(_, mark)| *mark == ",");
        let has_length = is_comma && pieces.get(index + 1).is_some_and(is_length);
        let next = pieces.get(index + 2);
        // `warm up, 3 miles, cool down` has its session between.
        let warms_up = is_one_of(piece, &WARMUPS) && next.is_some_and(|next| !is_one_of(next, &COOLDOWNS));
        let cools_down = is_one_of(piece, &COOLDOWNS) && next.is_none();
        if has_length && (warms_up || cools_down) {
            joined.push(index);
        }
    }
    let mut written = text.to_string();
    for index in joined.iter().rev() {
        let (at, mark) = marks.get(*index)?;
        written.replace_range(*at..at + mark.len(), "");
    }
    (!joined.is_empty()).then_some(CommonForm { text: written, notes: Vec::new() })
}

/// `4-5 x 800m … → 20-25 min`: how long all of it takes, which is no step of its own.
pub(super) fn total_after_arrow(text: &str) -> Option<CommonForm> {
    let (at, mark) =
        ["→", "->", "=>", "≈", "="].iter().filter_map(|mark| Some((text.rfind(mark)?, *mark))).max()?;
    let total = text.get(at + mark.len()..)?.trim().trim_end_matches('.');
    let (low, high) = total.split_once(['-', '–'])?;
    let low: f64 = low.trim().parse().ok()?;
    let lengths = lengths_in(high);
    let [length] = lengths.as_slice() else { return None };
    let is_total = length.at == (0..high.len()) && length.is_time && low < length.value / 60.0 && low >= 5.0;
    let session = text.get(..at)?.trim_end();
    let has_reps = session.contains(['x', 'X', '×']);
    (is_total && has_reps).then(|| CommonForm {
        text: session.to_string(),
        notes: vec![format!("`{total}` at the end is taken as the total, which is no step.")],
    })
}

/// `10 minute warm-up 2 x 1200m (2:00 RI) 4 x 800m (2:00 RI) 10 minute cool-down`: the pieces without their commas.
pub(super) fn commas_of_blocks(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("warm") && !lower.contains("wu") && !lower.contains(") ") {
        return None;
    }
    let mut places = Vec::new();
    let warmup = WARMUPS.iter().filter_map(|word| {
        let at = lower.find(&format!(" {word} "))? + 1 + word.len();
        let behind = lower.get(at..)?.trim_start();
        behind.starts_with(|c: char| c.is_ascii_digit()).then_some(at)
    });
    places.extend(warmup.take(1));
    for (at, _) in lower.match_indices(") ") {
        let mut scan = TextScanner { text: &lower, at: at + 1 };
        let is_length = take_length(&mut scan).is_some();
        let ends = is_length && COOLDOWNS.iter().any(|word| scan.take(word));
        let mut scan = TextScanner { text: &lower, at: at + 1 };
        let is_counted = scan.number().is_some_and(|n| n.fract() == 0.0) && scan.eat(&['x', '×']).is_some();
        if ends || is_counted {
            places.push(at + 1);
        }
    }
    let mut written = text.to_string();
    for at in places.iter().rev() {
        written.insert(*at, ',');
    }
    (!places.is_empty() && lower.len() == text.len())
        .then_some(CommonForm { text: written, notes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_after_a_comma_is_that_of_the_end() {
        for (text, written) in [
            ("warm-up, 10mins + 4 x 5mins tempo + cool-down, 10mins", {
                "warm-up 10mins + 4 x 5mins tempo + cool-down 10mins"
            }),
            ("wu, 10 min, 6x400m 5K, cd, 5 min", "wu 10 min, 6x400m 5K, cd 5 min"),
        ] {
            assert_eq!(length_after_comma(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        for text in ["warm up, 3 miles, cool down", "wu, 10 min tempo, cd", "wu, 6x400m 5K, cool down"] {
            assert!(length_after_comma(text).is_none(), "{text}");
        }
    }

    #[test]
    fn blocks_without_commas_get_them() {
        for (text, written) in [
            ("10 min warm-up 2 x 1200m (2:00 RI) 4 x 800m (2:00 RI) 10 min cool-down", {
                "10 min warm-up, 2 x 1200m (2:00 RI), 4 x 800m (2:00 RI), 10 min cool-down"
            }),
            ("10 min warm up 400, 600 (400 RI) 10 min cool down", {
                "10 min warm up, 400, 600 (400 RI), 10 min cool down"
            }),
        ] {
            assert_eq!(commas_of_blocks(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        for text in ["10 min warm-up, 6x400m (60s)", "6x400m (60s) 5 min easy", "10 min warm up easy"] {
            assert!(commas_of_blocks(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_range_after_an_arrow_is_the_total() {
        let read = total_after_arrow("4 x 800m 5K w/ 2 min jog → 20–25 min").map(|form| form.text);
        assert_eq!(read.as_deref(), Some("4 x 800m 5K w/ 2 min jog"));
        for text in ["6x3min hard -> 10 min", "10 min easy → 20-25 min", "4 x 1k 5:00 -> 4:30/km"] {
            assert!(total_after_arrow(text).is_none(), "{text}");
        }
    }
}
