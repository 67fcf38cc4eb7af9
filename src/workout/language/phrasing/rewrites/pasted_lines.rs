//! Workouts pasted from other programs, line by line: headings, verbs and paces on lines of their own.

use super::super::common_forms::CommonForm;

/// Headings that say nothing of how to run.
const TITLES: [&str; 9] =
    ["main set", "main", "workout", "the workout", "session", "main workout", "intervals", "ms", "set"];
/// Headings that belong to the next line.
const HEADINGS: [(&str, &str); 22] = [
    ("warm up", "warmup"),
    ("warm-up", "warmup"),
    ("warmup", "warmup"),
    ("wu", "warmup"),
    ("cool down", "cooldown"),
    ("cool-down", "cooldown"),
    ("cooldown", "cooldown"),
    ("cd", "cooldown"),
    ("run", ""),
    ("interval", ""),
    ("work", ""),
    ("active", ""),
    ("go", ""),
    ("on", ""),
    ("recover", "recovery"),
    ("recovery", "recovery"),
    ("rest", "rest"),
    ("walk", "walk"),
    ("jog", "jog"),
    ("off", "recovery"),
    ("hard", "hard"),
    ("easy", "easy"),
];

/// Returns pasted lines with each step in one line.
pub(super) fn in_lines(text: &str) -> Option<CommonForm> {
    let text = spread_numbers(text).unwrap_or_else(|| text.to_string());
    if !text.contains('\n') {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    let mut heading: Option<&str> = None;
    let mut has_open_ends = false;
    let written: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    for (at, line) in written.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let mut content = line.trim().trim_start_matches(['-', '*', '•', '–', '·']).trim().to_string();
        if content.is_empty() {
            continue;
        }
        let (name, rest) = split_heading(&content);
        let lower = name.to_lowercase();
        if TITLES.contains(&lower.as_str()) {
            if rest.is_empty() {
                continue;
            }
            content = rest.to_string();
        }
        let (name, rest) = split_heading(&content);
        let lower = name.to_lowercase();
        if let Some((_, meaning)) = HEADINGS.iter().find(|(name, _)| *name == lower) {
            // A warm-up before reps and a cool-down at the end have no length.
            let is_open = match *meaning {
                "warmup" => written.get(at + 1).is_some_and(|next| is_counted(next)),
                "cooldown" => at + 1 == written.len() && at > 0,
                _ => false,
            };
            if rest.is_empty() && is_open {
                has_open_ends = true;
                lines.push(if *meaning == "warmup" { "WU" } else { "CD" }.to_string());
                continue;
            }
            if rest.is_empty() {
                heading = Some(meaning);
                continue;
            }
            content = format!("{meaning} {rest}").trim().to_string();
        }
        let continues = content.starts_with(['@', '(']) || content.to_lowercase().starts_with("at ");
        if continues && let Some(last) = lines.last_mut() {
            *last = format!("{last} {content}");
            continue;
        }
        if let Some(heading) = heading.take() {
            content = format!("{heading} {content}").trim().to_string();
        }
        lines.push(format!("{}{content}", " ".repeat(indent)));
    }
    let lines = with_sets(lines);
    let written = lines.join(if has_open_ends { ", " } else { "\n" });
    (heading.is_none() && written != text).then(|| CommonForm { text: written, notes: Vec::new() })
}

/// True for a line that begins with a count: `5 x 1 km`.
fn is_counted(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '*', '•']).trim_start();
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < line.len() && after.trim_start().starts_with(['x', 'X', '×'])
}

/// Splits `Interval: 400 m` and `Run 3:00` into the heading and what follows.
fn split_heading(line: &str) -> (&str, &str) {
    if let Some((name, rest)) = line.split_once(':')
        && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-')
    {
        return (name.trim(), rest.trim());
    }
    if let Some((name, rest)) = line.split_once(" - ").or_else(|| line.split_once(" – "))
        && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-')
    {
        return (name.trim(), rest.trim());
    }
    let end = line.find(|c: char| c.is_ascii_digit()).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    (name.trim().trim_end_matches(" for"), rest.trim())
}

/// Puts what is indented below `4 times:`, or what follows it up to a warm-up or a cool-down, in brackets.
fn with_sets(lines: Vec<String>) -> Vec<String> {
    let mut read: Vec<String> = Vec::new();
    let mut set: Option<(String, usize, Vec<String>)> = None;
    let close = |set: &mut Option<(String, usize, Vec<String>)>, read: &mut Vec<String>| {
        if let Some((count, _, steps)) = set.take() {
            read.push(format!("{count} x ({})", steps.join(", ")));
        }
    };
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        if let Some((_, outer, steps)) = &mut set {
            let is_kind = ["warmup", "cooldown"].iter().any(|kind| content.starts_with(kind));
            let is_out =
                !steps.is_empty() && indent <= *outer && steps.iter().any(|step| step.starts_with(' '));
            if !is_kind && !is_out && count_of(content).is_none() {
                steps.push(if indent > *outer { format!(" {content}") } else { content.to_string() });
                continue;
            }
            close(&mut set, &mut read);
        }
        match count_of(content) {
            Some(count) => set = Some((count, indent, Vec::new())),
            None => read.push(content.to_string()),
        }
    }
    close(&mut set, &mut read);
    read
}

/// Returns the count of a line that only counts: `4 times:`, `Repeat 4x`, `x5`.
fn count_of(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let mut rest = lower.trim().trim_end_matches(':').trim();
    for word in ["repeat", "do", "the following"] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim();
    }
    let rest = rest.trim_start_matches(['x', '×']).trim();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (count, word) = rest.split_at(end);
    let is_counted =
        ["x", "×", "times", "sets", "rounds", "reps", "sets of", "rounds of"].contains(&word.trim());
    let is_headed = word.trim().is_empty() && (lower.contains(['x', '×']) || lower.contains("repeat"));
    let count: u32 = count.parse().ok()?;
    ((is_counted || is_headed) && (2..=100).contains(&count)).then(|| count.to_string())
}

/// Puts the numbered items of one line on lines of their own: `1) 10 min easy 2) 20 min tempo`.
fn spread_numbers(text: &str) -> Option<String> {
    if text.contains('\n') {
        return None;
    }
    let mark = if text.starts_with("1) ") {
        ") "
    } else if text.starts_with("1. ") {
        ". "
    } else {
        return None;
    };
    let mut lines = Vec::new();
    let mut rest = text.strip_prefix('1')?.strip_prefix(mark)?;
    for number in 2..100 {
        let Some((item, next)) = rest.split_once(&format!(" {number}{mark}")) else { break };
        lines.push(item.trim().trim_end_matches([',', ';']));
        rest = next;
    }
    lines.push(rest.trim());
    (lines.len() > 1).then(|| lines.join("\n"))
}
