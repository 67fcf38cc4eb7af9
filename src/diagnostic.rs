//! Problems found in a text, as data: where, what is wrong, and what to write instead.
//!
//! Nothing here prints; `cli::render` does. The module lies below `workout` because the profile and the settings
//! report their problems in the same way.

pub mod kind;
mod line_index;

pub use kind::DiagnosticKind;
pub use line_index::{LineIndex, SourcePlace};

use std::ops::Range;

/// A text and the name it is reported under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// A path, or `workout` for notation typed on the command line.
    pub name: String,
    /// The text itself.
    pub text: String,
}

impl SourceText {
    /// Creates a source called `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        SourceText { name: name.into(), text: text.into() }
    }
}

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing runs until it is fixed.
    Error,
    /// It runs, but probably not as intended.
    Warning,
}

/// One problem in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The stable name of the kind of problem.
    code: &'static str,
    /// The bytes of the source to underline.
    pub span: Range<usize>,
    /// One line that says what is wrong.
    pub message: String,
    /// A few words under the underlined text.
    pub label: String,
    /// What to write or do instead.
    pub help: Option<String>,
    /// The correction, if only one is possible.
    pub fix: Option<Box<SuggestedFix>>,
    /// The fixes that the help shows, the most likely first. Each was read before it was shown.
    pub alternatives: Vec<SuggestedFix>,
    /// The whole text that was probably meant, if more than a line of it has to change. It was read before.
    pub meant: Option<Box<str>>,
}

/// An unambiguous correction: replace some bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedFix {
    /// The bytes to replace; an empty range inserts.
    pub span: Range<usize>,
    /// The text to write there, escaped as the source needs it.
    pub replacement: String,
}

impl Diagnostic {
    /// Creates a problem of `kind` about the bytes in `span`.
    pub fn new(span: Range<usize>, kind: impl DiagnosticKind) -> Self {
        let kind::Wording { message, label, help } = kind.wording();
        Diagnostic {
            severity: kind.severity(),
            code: kind.code(),
            span,
            message,
            label,
            help,
            fix: None,
            alternatives: Vec::new(),
            meant: None,
        }
    }

    /// Creates an error that has no [`DiagnosticKind`]; its code is `invalid-value`.
    pub fn error(span: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            code: "invalid-value",
            span,
            message: message.into(),
            label: label.into(),
            help: None,
            fix: None,
            alternatives: Vec::new(),
            meant: None,
        }
    }

    /// Creates a warning that has no [`DiagnosticKind`]; its code is `doubtful-value`.
    pub fn warning(span: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Self {
        let problem = Diagnostic::error(span, message, label);
        Diagnostic { severity: Severity::Warning, code: "doubtful-value", ..problem }
    }

    /// Returns the stable code of the kind of problem, in kebab-case: `missing-unit`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Returns the problem without the whole text that was meant.
    #[must_use]
    pub fn without_meant(&self) -> Self {
        Diagnostic { meant: None, ..self.clone() }
    }

    /// Sets the help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the correction: write `replacement` over the bytes in `span`.
    #[must_use]
    pub fn with_fix(mut self, span: Range<usize>, replacement: impl Into<String>) -> Self {
        self.fix = Some(Box::new(SuggestedFix { span, replacement: replacement.into() }));
        self
    }
}

/// Applies every fix of `problems` to `text` and keeps all other bytes.
///
/// If two fixes overlap, only the first is applied. Checking the result reports the other problem again.
pub fn apply_fixes(text: &str, problems: &[Diagnostic]) -> String {
    let mut fixes: Vec<&SuggestedFix> =
        problems.iter().filter_map(|problem| problem.fix.as_deref()).collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut fixed = String::with_capacity(text.len());
    let mut copied = 0;
    let mut last = None;
    for fix in fixes {
        let (Some(before), Some(_)) = (text.get(copied..fix.span.start), text.get(fix.span.clone())) else {
            continue;
        };
        if last == Some(fix) {
            continue;
        }
        fixed.push_str(before);
        fixed.push_str(&fix.replacement);
        copied = fix.span.end;
        last = Some(fix);
    }
    fixed.push_str(text.get(copied..).unwrap_or_default());
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_changes_only_its_own_bytes() {
        let wrong = |span: Range<usize>| Diagnostic::error(span, "wrong", "here");
        let text = "a = \"1,5km esy,\"  # é\r\n";
        let problems = [
            wrong(14..15).with_fix(14..15, ""),
            wrong(5..8).with_fix(5..8, "1.5"),
            wrong(11..14).with_help("either of two"),
            wrong(5..10).with_fix(6..9, "overlaps"),
            wrong(21..22).with_fix(21..22, "cuts a character in two"),
        ];
        assert_eq!(apply_fixes(text, &problems), "a = \"1.5km esy\"  # é\r\n");
    }
}
