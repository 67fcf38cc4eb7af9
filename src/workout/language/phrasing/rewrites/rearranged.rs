//! Parts of a session in another order: `Zone 2 run, 45 min`, `5K pace: 5 x 1000 w/ 2:30`, `10 x 1 min in the middle of a 40 min
//! run`, `2 up, 4 tempo, 2 down (miles)`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::counted_efforts::up_and_down;
use super::written_lengths::{label_end, lengths_in, only_words, take_length, take_pace, whole};

/// Words beside the effort of a run.
const RUN_WORDS: [&str; 12] =
    ["run", "running", "pace", "effort", "jog", "session", "workout", "today", "long", "base", "a", "the"];
/// Units that a bracket gives to all numbers, and how each is written.
const UNITS: [(&str, &str); 13] = [
    ("min", "min"),
    ("miles", "mi"),
    ("mi", "mi"),
    ("mile", "mi"),
    ("in miles", "mi"),
    ("all in miles", "mi"),
    ("km", "km"),
    ("kms", "km"),
    ("in km", "km"),
    ("all in km", "km"),
    ("minutes", "min"),
    ("mins", "min"),
    ("in minutes", "min"),
];

/// `Zone 2 run, 45 min`, `Threshold run - 5 miles`: the length after how hard it is.
pub(super) fn length_last(text: &str) -> Option<CommonForm> {
    let (head, tail) = [", ", " - ", " – ", ": ", "; "].iter().find_map(|mark| text.split_once(mark))?;
    let length = whole(tail.trim_end_matches('.'))?;
    let mut scan = TextScanner { text: head, at: 0 };
    let target = take_zone(&mut scan).or_else(|| take_pace(&mut scan))?;
    let is_bare = head.get(..scan.at)?.ends_with(char::is_alphanumeric);
    (is_bare && only_words(scan.rest(), &RUN_WORDS))
        .then(|| CommonForm { text: format!("{} {target}", length.text), notes: Vec::new() })
}

/// Takes `Zone 2`, `Z2`.
fn take_zone(scan: &mut TextScanner<'_>) -> Option<String> {
    let before = scan.clone();
    let named = scan.take("zone") || scan.eat(&['Z', 'z']).is_some();
    let zone = scan.number().filter(|zone| named && (1.0..=5.0).contains(zone) && zone.fract() == 0.0);
    if zone.is_none() {
        *scan = before;
    }
    zone.map(|zone| format!("Z{zone}"))
}

/// `5K pace: 5 x 1000 w/ 2:30`: the pace of the reps before them.
pub(super) fn pace_in_label(text: &str) -> Option<CommonForm> {
    let end = label_end(text)?;
    let (label, body) = (text.get(..end)?.trim(), text.get(end + 1..)?.trim_start());
    let mut scan = TextScanner { text: label, at: 0 };
    let pace = take_pace(&mut scan)?;
    let is_label =
        only_words(scan.rest(), &["reps", "repeats", "intervals", "pace", "work", "session", "effort"]);
    if !is_label || body.contains(['@', ',', ';', '\n']) || body.contains(" at ") {
        return None;
    }
    let mut scan = TextScanner { text: body, at: 0 };
    scan.number()?;
    scan.eat(&['x', 'X', '×'])?;
    let mark = scan.clone();
    if take_length(&mut scan).is_none() {
        scan = mark;
        scan.number()?;
    }
    let (reps, rest) = body.split_at(scan.at);
    Some(CommonForm {
        text: format!("{reps} @ {pace}{rest}"),
        notes: vec![format!("`{label}` is taken as the pace of the reps.")],
    })
}

/// `10 x (1 min fast, 1 min slow) in the middle of a 40 min run`.
pub(super) fn reps_in_the_middle(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, size) = [
        "in the middle of a",
        "in the middle of an",
        "in the middle of",
        "in middle of",
        "within a",
        "inside a",
        "during a",
    ]
    .iter()
    .find_map(|words| Some((lower.find(&format!(" {words} "))?, words.len() + 2)))?;
    let reps = text.get(..at)?.trim();
    let run = text.get(at + size..)?.trim();
    let [length] = lengths_in(run).try_into().ok()?;
    let around = format!("{} {}", run.get(..length.at.start)?, run.get(length.at.end..)?);
    let is_easy = only_words(&around, &["run", "easy", "jog", "long", "steady", "a", "an"]);
    let effort = if around.contains("steady") { "steady" } else { "easy" };
    let counted = reps.starts_with(|c: char| c.is_ascii_digit()) && !reps.contains([';', '\n']);
    // Without brackets the second of a pair stands between the reps.
    let reps = match reps.strip_suffix(')').and_then(|reps| reps.split_once('(')) {
        Some((count, pair)) if !pair.contains('(') => format!("{count}{}", pair.replace([',', '/'], "")),
        _ => reps.to_string(),
    };
    (is_easy && counted).then(|| CommonForm {
        text: format!("{} {effort} w/ {reps} in the middle", length.text),
        notes: Vec::new(),
    })
}

/// `2 up, 4 tempo, 2 down (miles)`: one unit for all numbers.
pub(super) fn unit_of_all(text: &str) -> Option<CommonForm> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    let open = trimmed.rfind('(')?;
    let inside = trimmed.get(open + 1..)?.strip_suffix(')')?.trim().to_ascii_lowercase();
    let (_, unit) = UNITS.iter().find(|(written, _)| *written == inside)?;
    let mut tokens = TextTokens::of(trimmed.get(..open)?.trim_end());
    let is_bare = |tokens: &TextTokens, at: usize| {
        let touching = tokens.get(at + 1);
        let next = tokens.word_after(at).map_or("", |next| tokens.get(next)).to_ascii_lowercase();
        let before = tokens.word_before(at).map_or("", |before| tokens.get(before));
        let has_unit = super::super::units::LENGTHS.iter().any(|(name, _)| *name == next)
            || super::super::units::TIMES.iter().any(|(name, _)| *name == next);
        tokens.number(at).is_some_and(|n| n < 100.0)
            && !has_unit
            && ![":", "%", "/", "-", "."].contains(&touching)
            && !["x", "×", "k", "strides", "reps"].contains(&next.as_str())
            && ![":", "@", "/", "z", "Z", "zone", "Zone", "RPE"].contains(&before)
    };
    let bare: Vec<usize> = (0..tokens.len()).filter(|at| is_bare(&tokens, *at)).collect();
    for at in bare.iter().rev() {
        let text = format!("{}{unit}", tokens.get(*at));
        tokens.replace(*at..*at + 1, &text);
    }
    let text = tokens.text();
    let form = up_and_down(&text).unwrap_or(CommonForm { text, notes: Vec::new() });
    (!bare.is_empty()).then_some(form)
}
