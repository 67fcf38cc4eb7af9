//! Diagnostics as text for a terminal.
//!
//! Text from a file is cleaned first, character for character, so the carets stay where they belong. A line that is
//! wider than the terminal is cut around the underlined text, and a label that does not fit beside its caret becomes
//! a note: a line that the terminal wraps would put the caret under another word.

use crate::diagnostic::{Diagnostic, LineIndex, Severity, SourceText, SuggestedFix};
use crate::text::{clean, cut, shown};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// The most problems that are shown; the rest are counted.
const MOST: usize = 50;
/// The fewest columns that an excerpt takes, on the narrowest terminal.
const NARROWEST: usize = 20;
/// The most columns of a line, on the widest terminal.
const WIDEST: usize = 140;
/// The columns before the underlined text that are kept if the label has to go.
const LEAST_BEFORE: usize = 12;

/// The line above a whole file that was probably meant.
const MEANT: &str = "The file was probably meant like this:";

/// The look of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorStyle {
    /// With colours.
    pub color: bool,
    /// The width of the terminal.
    pub columns: usize,
}

/// Renders `problems` with their lines of `source`, in the order given.
pub fn render(problems: &[Diagnostic], source: &SourceText, style: ErrorStyle) -> String {
    let index = LineIndex::new(&source.text);
    let mut text = String::new();
    for problem in problems.iter().take(MOST) {
        text.push_str(&one(problem, source, &index, style));
        text.push_str("\n\n");
    }
    if problems.len() > MOST {
        text.push_str(&format!("and {} more\n", problems.len() - MOST));
    }
    text.extend(meant(problems));
    text.trim_end().to_string() + if text.is_empty() { "" } else { "\n" }
}

/// Returns the whole file that was probably meant, below a line that says so.
pub fn meant(problems: &[Diagnostic]) -> Option<String> {
    let meant = problems.iter().find_map(|problem| problem.meant.as_deref())?;
    let lines: Vec<String> = meant.lines().map(clean).collect();
    Some(format!("{MEANT}\n\n{}", lines.join("\n")))
}

fn one(problem: &Diagnostic, source: &SourceText, index: &LineIndex<'_>, style: ErrorStyle) -> String {
    let at = floor(&source.text, problem.span.start);
    let place = index.place(at);
    let line = source.text.get(index.line_of(at)).unwrap_or_default().trim_end_matches('\r');
    let line_start = index.line_of(at).start;
    let span = at - line_start..problem.span.end.saturating_sub(line_start);
    let gutter = place.line.to_string().len() + " | ".len();
    let columns = style.columns.saturating_sub(gutter).clamp(NARROWEST, WIDEST);
    let label = clean(&problem.label);
    let beside = label.width() + 1;
    let fits = beside + LEAST_BEFORE <= columns;
    let window = window(line, span, columns, if fits { beside } else { 0 });
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let name = cut(&source.name, 200);
    let column = window.text.get(..window.span.start).unwrap_or_default().chars().count() + 1;
    let caret = AnnotationKind::Primary.span(window.span);
    let has_room = fits && window.has_room;
    let caret = if has_room { caret.label(label.as_str()) } else { caret };
    let snippet = Snippet::source(window.text)
        .path(&name)
        .line_start(place.line as usize)
        .fold(false)
        .annotation(caret);
    let mut group = Group::with_title(level.primary_title(clean(&problem.message))).element(snippet);
    if !has_room && !label.is_empty() {
        group = group.element(Level::NOTE.message(label.as_str()));
    }
    if let Some(help) = &problem.help {
        let indent = gutter + "= help: ".len() - 1;
        group =
            group.element(Level::HELP.message(wrapped(&clean(help), style.columns.saturating_sub(indent))));
    }
    let columns = style.columns.saturating_sub("  = fix: ".len()).clamp(NARROWEST, WIDEST);
    if let Some(line) = problem.fix.as_deref().and_then(|fix| corrected(&source.text, fix, index, columns)) {
        group = group.element(Level::HELP.with_name("fix").message(line));
    }
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.term_width(2 * WIDEST).render(&[group]);
    // The renderer counts the columns of a cut line from the cut.
    let counted = format!("{name}:{}:{column}", place.line);
    text.replacen(&counted, &format!("{name}:{}:{}", place.line, place.column), 1)
}

/// Returns the line of `text` that `fix` changes, as it will be. A wide one is cut around the change.
fn corrected(text: &str, fix: &SuggestedFix, index: &LineIndex<'_>, columns: usize) -> Option<String> {
    let line = index.line_of(fix.span.start);
    let end = line.end.max(fix.span.end);
    let before = text.get(line.start..fix.span.start)?;
    let behind = text.get(fix.span.end..end)?;
    let whole = format!("{before}{}{behind}", fix.replacement);
    let indent = whole.len() - whole.trim_start().len();
    let start = before.len().saturating_sub(indent);
    Some(window(whole.trim(), start..start + fix.replacement.len(), columns, 0).text)
}

/// Breaks `text` between words, and between fixes rather than within one, so that no line is wider than `columns`.
fn wrapped(text: &str, columns: usize) -> String {
    let columns = columns.max(NARROWEST);
    let mut lines = String::new();
    let mut used = 0;
    for piece in pieces(text, columns) {
        let wide = piece.trim_end().width();
        if used > 0 && used + wide > columns {
            lines.truncate(lines.trim_end().len());
            lines.push('\n');
            used = 0;
        }
        lines += piece;
        used += piece.width();
    }
    lines
}

/// Splits `text` after each space; a quoted piece stays whole if it is no wider than `columns`.
fn pieces(text: &str, columns: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quote): (usize, Option<usize>) = (0, None);
    for (at, letter) in text.char_indices() {
        match letter {
            '`' => quote = if quote.is_some() { None } else { Some(at) },
            ' ' => {
                let length = |from: usize| text.get(from..).and_then(|rest| rest.get(1..)?.find('`'));
                let is_short = |from: usize| {
                    length(from)
                        .and_then(|end| text.get(from..from + end + 2))
                        .is_some_and(|all| all.width() < columns)
                };
                if !quote.is_some_and(is_short) {
                    pieces.extend(text.get(start..=at));
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

/// The part of a line that is shown, and the underlined bytes in it.
struct VisibleText {
    text: String,
    span: Range<usize>,
    /// The label fits beside the caret.
    has_room: bool,
}

/// Cuts `line` to `columns` around `span`, with room for a label of `beside` columns after the caret.
fn window(line: &str, span: Range<usize>, columns: usize, beside: usize) -> VisibleText {
    let start = floor(line, span.start);
    let end = floor(line, span.end).max(start);
    let width = |range: Range<usize>| columns_of(line.get(range).unwrap_or_default());
    let (before, marked) = (width(0..start), width(start..end).max(1));
    let is_whole = width(0..line.len()) <= columns && before + marked + beside <= columns;
    let has_room = is_whole || 1 + LEAST_BEFORE + marked + beside <= columns;
    let kept = if is_whole {
        before
    } else {
        // One column on each side is for the ellipsis.
        let behind = if has_room { beside } else { 0 }.max(width(end..line.len()).min(columns / 4));
        columns
            .saturating_sub(2 + marked + behind)
            .clamp(LEAST_BEFORE.min(columns / 2), columns / 2 + columns / 4)
    };
    let from = if before <= kept { 0 } else { start_of_last(line.get(..start).unwrap_or_default(), kept) };
    let mut window = VisibleText { text: String::new(), span: 0..0, has_room };
    let mut used = 0;
    if from > 0 {
        window.text.push('…');
        used = 1;
    }
    let all_fits = used + width(from..line.len()) <= columns;
    let room = if all_fits { columns } else { columns.saturating_sub(1) };
    let mut cut_off = false;
    for (i, c) in line.get(from..).unwrap_or_default().char_indices().map(|(i, c)| (from + i, shown(c))) {
        let wide = c.width().unwrap_or(0);
        if used + wide > room {
            cut_off = true;
            break;
        }
        if i == start {
            window.span.start = window.text.len();
        }
        window.text.push(c);
        used += wide;
        if i < end {
            window.span.end = window.text.len();
        }
    }
    if start >= line.len() {
        window.span.start = window.text.len();
    }
    if cut_off {
        window.text.push('…');
    }
    window.span.end = window.span.end.max(window.span.start);
    window
}

/// Returns the columns that `text` takes once it is cleaned.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| shown(c).width().unwrap_or(0)).sum()
}

/// Returns where the last `columns` of `text` begin. A mark that combines with the letter before it stays with it.
fn start_of_last(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let mut from = text.len();
    for (i, c) in text.char_indices().rev() {
        used += shown(c).width().unwrap_or(0);
        if used > columns {
            break;
        }
        if shown(c).width().unwrap_or(0) > 0 {
            from = i;
        }
    }
    from
}

/// Returns the last boundary between two characters of `text` up to `at`.
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

    const PLAIN: ErrorStyle = ErrorStyle { color: false, columns: 80 };

    fn rendered(text: &str, underlined: &str) -> String {
        rendered_at(text, underlined, 80)
    }

    fn rendered_at(text: &str, underlined: &str, columns: usize) -> String {
        let source = SourceText::new("tuesday.toml", text);
        let start = text.find(underlined).unwrap();
        let problem = Diagnostic::error(
            start..start + underlined.len(),
            format!("unknown target `{underlined}`"),
            "not an effort, a pace or a zone",
        );
        render(&[problem.with_help("did you mean `tempo`?")], &source, ErrorStyle { color: false, columns })
    }

    /// The column at which `what` begins, as a terminal shows it.
    fn column(line: &str, what: &str) -> usize {
        line[..line.find(what).unwrap()].width()
    }

    #[test]
    fn the_caret_stands_under_its_word_at_every_width() {
        let long = "steps = [\"10min easy, 6×400m 5K / 90s jog, 3×5min tempoo / 1min easy, 4×20s strides, 10min easy\"]";
        let wide = "about = \"朝のランニング 朝のランニング 朝のランニング 朝のランニング\" # tempoo 🏃🏃🏃 朝のランニング";
        let combining = format!(
            "about = \"{}\" # tempoo and more of it, up to the end of a very long line",
            "e\u{301}".repeat(70)
        );
        for text in [long, wide, &combining, "steps = \"5min tempoo\"", &format!("{}tempoo", " ".repeat(200))]
        {
            for columns in [40, 60, 80, 100] {
                let shown = rendered_at(text, "tempoo", columns);
                let lines: Vec<&str> = shown.lines().collect();
                assert!(lines[3].width() <= columns && lines[4].width() <= columns, "{columns}:\n{shown}");
                assert_eq!(column(lines[3], "tempoo"), column(lines[4], "^"), "{columns}:\n{shown}");
                assert_eq!(lines[4].matches('^').count(), 6, "{columns}:\n{shown}");
                assert!(shown.contains("not an effort, a pace or a zone"), "{shown}");
            }
        }
    }

    #[test]
    fn no_help_is_wider_than_the_terminal_and_no_fix_is_broken() {
        let text = "steps = \"3×(20s hard ^6% / 20s easy)\"";
        let fix = "3×(20s hard incline 6%, 20s easy)";
        let help = format!(
            "write `3×20s hard incline 6% / 20s easy` for 2 of the second (1:40 in all), `{fix}` for 3 (2:00)"
        );
        for columns in [40, 60, 80, 100] {
            let problem =
                Diagnostic::error(0..5, "a slash", "nothing is repeated here").with_help(help.as_str());
            let shown = render(&[problem], &SourceText::new("x", text), ErrorStyle { color: false, columns });
            assert!(shown.lines().all(|line| line.width() <= columns), "{columns}:\n{shown}");
            assert!(columns < 60 || shown.contains(fix), "{columns}:\n{shown}");
            let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&help), "{columns}:\n{shown}");
        }
    }

    #[test]
    fn underlined_text_wider_than_the_terminal_is_cut() {
        let text = format!("steps = \"{}\"", "tempoo".repeat(40));
        for columns in [10, 60, 80, 100] {
            let shown = rendered_at(&text, &"tempoo".repeat(40), columns);
            let lines: Vec<&str> = shown.lines().collect();
            assert_eq!(column(lines[3], "tempoo"), column(lines[4], "^"), "{shown}");
            assert!(lines[4].width() <= columns.max(NARROWEST + 4), "{shown}");
        }
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
            render(&[problem.with_help("write it with a point").with_fix(22..27, "1.5km")], &source, PLAIN);
        assert!(shown.ends_with("= help: write it with a point\n  = fix: steps = \"1.5km\"\n"), "{shown}");
    }

    #[test]
    fn nothing_hidden_reaches_the_terminal() {
        let text = "steps = \"5min \u{1b}[31m\u{202e}tempoo\u{7}\"";
        let shown = rendered(text, "tempoo");
        assert!(!shown.chars().any(|c| crate::text::is_hidden(c) && c != '\n'), "{shown:?}");
        let lines: Vec<&str> = shown.lines().collect();
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
        let coloured =
            render(&[problem], &SourceText::new("x", text.as_str()), ErrorStyle { color: true, ..PLAIN });
        assert!(coloured.contains("x:1:300001") && coloured.contains('\u{1b}'));
        assert_eq!(column(lines[3], "tempoo"), column(lines[4], "^"));
    }

    #[test]
    fn many_problems_are_counted() {
        let source = SourceText::new("x", "abc");
        let problems = vec![Diagnostic::error(0..3, "wrong", "here"); 60];
        let shown = render(&problems, &source, PLAIN);
        assert_eq!(shown.matches("error: wrong").count(), 50);
        assert!(shown.ends_with("and 10 more\n"));
    }
}
