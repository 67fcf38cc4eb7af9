//! Diagnostics as text for a terminal.
//!
//! Whatever it shows of a file is cleaned first, character for character, so that the carets stay where they
//! belong; of a very long line only the part around the underlined text is shown.

use crate::diagnostic::{Diagnostic, LineIndex, Severity, SourceText, SuggestedFix};
use crate::text::{clean, cut, shown};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// More problems than this are counted, not shown.
const MOST: usize = 50;
/// A line is shown whole up to this many characters.
const WIDEST: usize = 140;
/// Otherwise this much before the underlined text, and so much of it and behind it.
const BEFORE: usize = 40;

/// All of `problems` with `source`, in the order given.
pub fn render(problems: &[Diagnostic], source: &SourceText, color: bool) -> String {
    let index = LineIndex::new(&source.text);
    let mut text = String::new();
    for problem in problems.iter().take(MOST) {
        text.push_str(&one(problem, source, &index, color));
        text.push_str("\n\n");
    }
    if problems.len() > MOST {
        text.push_str(&format!("and {} more\n", problems.len() - MOST));
    }
    text.trim_end().to_string() + if text.is_empty() { "" } else { "\n" }
}

fn one(problem: &Diagnostic, source: &SourceText, index: &LineIndex<'_>, color: bool) -> String {
    let at = floor(&source.text, problem.span.start);
    let place = index.place(at);
    let line = index.line_of(at);
    let window = window(&source.text, line, at..problem.span.end);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let name = cut(&source.name, 200);
    let label = clean(&problem.label);
    let column = window.text.get(..window.span.start).unwrap_or_default().chars().count() + 1;
    let snippet = Snippet::source(window.text)
        .path(&name)
        .line_start(place.line as usize)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(window.span).label(label));
    let mut group = Group::with_title(level.primary_title(clean(&problem.message))).element(snippet);
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    if let Some(line) = problem.fix.as_deref().and_then(|fix| corrected(&source.text, fix, index)) {
        group = group.element(Level::HELP.with_name("fix").message(line));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.render(&[group]);
    // Of a line that was cut the renderer counts the columns from the cut.
    let counted = format!("{name}:{}:{column}", place.line);
    text.replacen(&counted, &format!("{name}:{}:{}", place.line, place.column), 1)
}

/// The line of `text` that `fix` changes, as it will be; a very long one is cut around what is written anew.
fn corrected(text: &str, fix: &SuggestedFix, index: &LineIndex<'_>) -> Option<String> {
    let line = index.line_of(fix.span.start);
    let end = line.end.max(fix.span.end);
    let before = text.get(line.start..fix.span.start)?;
    let behind = text.get(fix.span.end..end)?;
    let whole = format!("{before}{}{behind}", fix.replacement);
    let written = before.len()..before.len() + fix.replacement.len();
    Some(window(&whole, 0..whole.len(), written).text.trim().to_string())
}

/// What is shown of a line, and where in it the underlined text stands.
struct VisibleText {
    text: String,
    span: Range<usize>,
}

fn window(text: &str, line: Range<usize>, span: Range<usize>) -> VisibleText {
    let whole = text.get(line.clone()).unwrap_or_default().trim_end_matches('\r');
    let start = span.start.saturating_sub(line.start).min(whole.len());
    let end = floor(whole, span.end.saturating_sub(line.start)).clamp(start, whole.len());
    let mut shown_from = 0;
    if whole.chars().nth(WIDEST).is_some() {
        let before = whole.get(..start).unwrap_or_default();
        shown_from = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(i, _)| i);
    }
    let mut window =
        VisibleText { text: if shown_from > 0 { "…".to_string() } else { String::new() }, span: 0..0 };
    for (i, c) in whole.char_indices().skip_while(|(i, _)| *i < shown_from).take(WIDEST) {
        if i == start {
            window.span.start = window.text.len();
        }
        window.text.push(shown(c));
        if i < end {
            window.span.end = window.text.len();
        }
    }
    if start >= whole.len() {
        window.span.start = window.text.len();
    }
    if shown_from + WIDEST < whole.len()
        && whole.get(shown_from..).is_some_and(|w| w.chars().nth(WIDEST).is_some())
    {
        window.text.push('…');
    }
    window.span.end = window.span.end.max(window.span.start);
    window
}

/// The last boundary between two characters of `text` that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, underlined: &str) -> String {
        let source = SourceText::new("tuesday.toml", text);
        let start = text.find(underlined).unwrap();
        let problem = Diagnostic::error(
            start..start + underlined.len(),
            format!("unknown target `{underlined}`"),
            "not an effort, a pace or a zone",
        );
        render(&[problem.with_help("did you mean `tempo`?")], &source, false)
    }

    #[test]
    fn the_form_is_the_languages() {
        let text = "name = \"T\"\n\n\nsteps = [\"3×5′ tempoo / 1min easy\"]\n";
        assert_eq!(
            rendered(text, "tempoo"),
            "error: unknown target `tempoo`\n \
             --> tuesday.toml:4:16\n  \
             |\n\
             4 | steps = [\"3×5′ tempoo / 1min easy\"]\n  \
             |                ^^^^^^ not an effort, a pace or a zone\n  \
             |\n  \
             = help: did you mean `tempo`?\n"
        );
    }

    #[test]
    fn a_certain_correction_is_shown_as_the_line_it_makes() {
        let source = SourceText::new("x", "name = \"T\"\n  steps = \"1,5km\"\n");
        let problem = Diagnostic::error(22..27, "a comma in it", "a decimal comma?");
        let shown =
            render(&[problem.with_help("write it with a point").with_fix(22..27, "1.5km")], &source, false);
        assert!(shown.ends_with("= help: write it with a point\n  = fix: steps = \"1.5km\"\n"), "{shown}");
    }

    #[test]
    fn nothing_hidden_reaches_the_terminal() {
        let text = "steps = \"5min \u{1b}[31m\u{202e}tempoo\u{7}\"";
        let shown = rendered(text, "tempoo");
        assert!(!shown.chars().any(|c| crate::text::is_hidden(c) && c != '\n'), "{shown:?}");
        let lines: Vec<&str> = shown.lines().collect();
        let column = |line: &str, what: &str| line[..line.find(what).unwrap()].chars().count();
        assert_eq!(column(lines[3], "tempoo"), column(lines[4], "^"));
    }

    #[test]
    fn a_very_long_line_is_cut_around_what_is_underlined() {
        let text = format!("{}tempoo{}", "×".repeat(300_000), "é".repeat(300_000));
        let shown = rendered(&text, "tempoo");
        assert!(shown.chars().count() < 600, "{}", shown.len());
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].ends_with(":1:300001"));
        let problem = Diagnostic::error(600_000..600_006, "unknown", "here");
        let coloured = render(&[problem], &SourceText::new("x", text.as_str()), true);
        assert!(coloured.contains("x:1:300001") && coloured.contains('\u{1b}'));
        let column = |line: &str, what: &str| line[..line.find(what).unwrap()].chars().count();
        assert_eq!(column(lines[3], "tempoo"), column(lines[4], "^"));
    }

    #[test]
    fn many_problems_are_counted() {
        let source = SourceText::new("x", "abc");
        let problems = vec![Diagnostic::error(0..3, "wrong", "here"); 60];
        let shown = render(&problems, &source, false);
        assert_eq!(shown.matches("error: wrong").count(), 50);
        assert!(shown.ends_with("and 10 more\n"));
    }
}
