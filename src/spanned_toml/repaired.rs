//! A file whose lines are not TOML, with every line that was probably meant.

use super::file_fix::file_fixes;
use super::line_fix::line_fix;
use std::collections::BTreeSet;
use toml::de::DeTable;

/// The most lines that are corrected.
const MOST_REPAIRS: usize = 24;

/// Returns `text` with its broken lines as they were probably meant. Nothing if they do not make TOML.
pub fn repaired(text: &str) -> Option<String> {
    let mut text = with_list_headers(&with_gathered_steps(&with_straight_quotes(text)));
    if text.matches("\"\"\"").count() % 2 == 1 {
        text += "\"\"\"\n";
    }
    let mut is_closed = false;
    for _ in 0..MOST_REPAIRS {
        let (_, errors) = DeTable::parse_recoverable(&text);
        let Some(first) =
            errors.iter().min_by_key(|error| error.span().map_or(text.len(), |span| span.start))
        else {
            return Some(text);
        };
        if first.message().contains("duplicate key") {
            return None;
        }
        let at = first.span().map_or(text.len(), |span| span.start);
        let next = match line_fix(&text, at) {
            Some(fix) => {
                let (before, behind) = (text.get(..fix.span.start)?, text.get(fix.span.end..)?);
                format!("{before}{}{behind}", fix.line.replace("` and `", "\n"))
            }
            // Open brackets are searched for once, because that takes many readings of the file.
            None if !is_closed => {
                is_closed = true;
                closed(&text)?
            }
            None => return None,
        };
        if next == text {
            return None;
        }
        text = next;
    }
    None
}

/// Returns `text` with its open brackets and quotes closed.
fn closed(text: &str) -> Option<String> {
    let mut fixes = file_fixes(text)?;
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.span.start));
    let mut fixed = text.to_string();
    for fix in fixes {
        let (before, behind) = (fixed.get(..fix.span.start)?, fixed.get(fix.span.end..)?);
        fixed = format!("{before}{}{behind}", fix.line);
    }
    Some(fixed)
}

/// Returns `text` with straight quotes in the lines that have none.
fn with_straight_quotes(text: &str) -> String {
    let line = |line: &str| match line.contains('"') {
        true => format!("{line}\n"),
        false => line.replace(['“', '”', '„'], "\"") + "\n",
    };
    text.lines().map(line).collect()
}

/// Returns `text` with two brackets around the name of each table that is there twice.
fn with_list_headers(text: &str) -> String {
    let header = |line: &str| {
        let line = line.trim();
        let name = line.strip_prefix('[')?.strip_suffix(']')?;
        (!name.contains(['[', ']', '"', ',', ' '])).then(|| name.to_string())
    };
    let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for name in text.lines().filter_map(header) {
        if !seen.insert(name.clone()) {
            twice.insert(name);
        }
    }
    let line = |line: &str| match header(line) {
        Some(name) if twice.contains(&name) => format!("[[{name}]]\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Returns `text` with lines that are steps alone in a list, and without the line `[steps]` above them.
fn with_gathered_steps(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut steps: Vec<String> = Vec::new();
    let (mut open, mut is_text) = (0_usize, false);
    for line in text.lines().chain([""]) {
        let step = bare_step(line).filter(|_| open == 0 && !is_text);
        if step.is_none() && !steps.is_empty() {
            while lines.last().is_some_and(|last| last.trim().is_empty()) {
                lines.pop();
            }
            if lines.last().is_some_and(|last| is_steps_header(last)) {
                lines.pop();
            }
            lines.push(format!("steps = [{}]", std::mem::take(&mut steps).join(", ")));
        }
        match step {
            Some(step) => steps.push(step),
            None => {
                is_text ^= line.matches("\"\"\"").count() % 2 == 1;
                open = (open + line.matches('[').count()).saturating_sub(line.matches(']').count());
                lines.push(line.to_string());
            }
        }
    }
    lines.join("\n")
}

fn is_steps_header(line: &str) -> bool {
    let name = line.trim().trim_matches(['[', ']', ':']).trim();
    line.trim().starts_with('[') && ["steps", "step", "intervals", "workout"].contains(&name)
}

/// Returns the step in quotes if `line` holds one and nothing else: `10min easy`, `- 10min easy`, `"10min easy",`.
fn bare_step(line: &str) -> Option<String> {
    let step = line.trim().trim_start_matches(['-', '*', ' ']).trim_end_matches([',', ';']);
    let step = step.trim_matches(['"', '\'']);
    let is_step =
        step.starts_with(|c: char| c.is_ascii_digit()) && !step.contains(['=', '"', '\\', '[', ']', '{']);
    is_step.then(|| format!("\"{step}\""))
}
