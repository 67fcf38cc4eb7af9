//! Comments as other languages write them.

/// `// easy day`.
pub(super) fn comment(line: &str) -> Option<String> {
    let marks = ["//", "--", ";", "/*", "<!--", "%"];
    let text = marks.iter().find_map(|mark| line.strip_prefix(mark))?;
    let text = text.trim_end_matches("*/").trim_end_matches("-->").trim();
    Some(format!("# {text}"))
}

/// `name = "T" -- easy`.
pub(super) fn comment_behind(line: &str) -> Option<String> {
    let (before, text) = [" -- ", " // "].iter().find_map(|mark| line.split_once(mark))?;
    before.ends_with(['"', '\'', ']', '}']).then(|| format!("{before} # {text}"))
}
