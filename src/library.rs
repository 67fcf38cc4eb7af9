//! Where workouts come from: files, standard input, the library that is built in, or the notation itself.

use crate::workout::Source;
use include_dir::{Dir, include_dir};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/workouts");

/// The longest text of a workout, in bytes.
pub const LONGEST: u64 = 1024 * 1024;

/// A workout of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What to type to run it: its file's name without the ending.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Entry {
    /// Its text with the name under which errors speak of it.
    pub fn source(&self) -> Source {
        Source { name: format!("{}.toml", self.name), text: self.text.to_string() }
    }
}

/// The workouts that come with the program, by name.
pub fn built_in() -> Vec<Entry> {
    let entry = |f: &'static include_dir::File<'static>| {
        let name = f.path().file_name()?.to_str()?.strip_suffix(".toml")?;
        Some(Entry { name, text: f.contents_utf8()? })
    };
    let mut all: Vec<Entry> = BUILT_IN.files().filter_map(entry).collect();
    all.sort_by_key(|e| e.name);
    all
}

/// What the words on the command line turned out to mean.
#[derive(Debug)]
pub enum Found {
    /// A workout file's text.
    File(Source),
    /// The notation itself.
    Notation(Source),
}

/// Why there is no workout to read: what is wrong, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct NotFound {
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

fn not_found(problem: String, help: impl Into<String>) -> NotFound {
    NotFound { problem, help: help.into() }
}

/// Finds what `what` means: `-` is standard input; then an existing file, a library name, the unique beginning of
/// one; everything else is read as notation, unless it looks like a name.
///
/// # Errors
/// Where nothing fits, more than one name fits, or the file cannot be read as text of at most [`LONGEST`] bytes.
pub fn find(what: &str) -> Result<Found, NotFound> {
    if what == "-" {
        return read("standard input", io::stdin().lock()).map(Found::File);
    }
    let path = Path::new(what);
    if path.is_dir() {
        return Err(not_found(format!("`{what}` is a folder"), "name a workout file in it"));
    }
    if path.exists() {
        return read_file(what, path).map(Found::File);
    }
    let library = built_in();
    let wanted = what.to_lowercase();
    if let Some(entry) = library.iter().find(|e| e.name == wanted) {
        return Ok(Found::File(entry.source()));
    }
    let names: Vec<&str> = library.iter().map(|e| e.name).collect();
    let fits: Vec<&Entry> =
        library.iter().filter(|e| !wanted.is_empty() && e.name.starts_with(&wanted)).collect();
    match fits[..] {
        [only] => Ok(Found::File(only.source())),
        [_, ..] => {
            let fitting: Vec<&str> = fits.iter().map(|e| e.name).collect();
            Err(not_found(
                format!("`{what}` begins more than one name"),
                format!("write one of: {}", fitting.join(", ")),
            ))
        }
        [] if wanted.ends_with(".toml") => {
            Err(not_found(format!("there is no file `{what}`"), "check the path, or see `pacebell list`"))
        }
        [] if looks_like_a_name(&wanted) => Err(no_such_name(what, &wanted, &names)),
        [] => Ok(Found::Notation(Source { name: "notation".to_string(), text: what.to_string() })),
    }
}

/// Letters and hyphens, no digit in front: nobody writes notation like that, but for the one word `open`.
fn looks_like_a_name(wanted: &str) -> bool {
    let named = wanted.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    named && wanted != "open" && wanted.chars().any(char::is_alphabetic) && !notation_like(wanted)
}

/// `60s`, `5km`, `8x60s`: digits, then letters, without a hyphen. `5k-progression` is a name.
fn notation_like(wanted: &str) -> bool {
    wanted.starts_with(|c: char| c.is_ascii_digit()) && !wanted.contains('-')
}

fn no_such_name(what: &str, wanted: &str, names: &[&str]) -> NotFound {
    let near = names
        .iter()
        .map(|n| (strsim::jaro_winkler(wanted, n), n))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let help = match near {
        Some((_, name)) => format!("did you mean `{name}`? `pacebell list` shows them all"),
        None => "`pacebell list` shows the library; a file or the notation itself works too: \
                 pacebell run \"8×60s hard / 60s easy\""
            .to_string(),
    };
    not_found(format!("there is no workout called `{what}`"), help)
}

/// Reads a file of at most [`LONGEST`] bytes as text; `name` is what errors call it.
///
/// # Errors
/// Where it cannot be opened or read, is longer, or is not UTF-8.
pub fn read_file(name: &str, path: &Path) -> Result<Source, NotFound> {
    let file = File::open(path)
        .map_err(|e| not_found(format!("`{name}` cannot be read: {e}"), "check the file's permissions"))?;
    read(name, file)
}

/// Reads at most [`LONGEST`] bytes, whatever the source would give.
fn read(name: &str, from: impl Read) -> Result<Source, NotFound> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|e| {
        not_found(format!("`{name}` cannot be read: {e}"), "check that it is a file you may read")
    })?;
    if bytes.len() as u64 > LONGEST {
        let help = "a workout is a few lines of text; is this the right file?";
        return Err(not_found(format!("`{name}` is longer than 1 MiB"), help));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        not_found(format!("`{name}` is not text: byte {at} is not UTF-8"), "save it as plain UTF-8 text")
    })?;
    Ok(Source { name: name.to_string(), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_files_and_notation_are_told_apart() {
        for name in ["short-intervals", "short", "SHORT", "5k-progression", "tempo"] {
            assert!(looks_like_a_name(&name.to_lowercase()), "{name}");
        }
        for notation in [
            "8×60s hard / 60s easy",
            "60s",
            "5km",
            "8x60s",
            "open",
            "30min easy",
            "(1min, 2min) / 1min",
            "60s/60s",
        ] {
            assert!(!looks_like_a_name(notation), "{notation}");
        }
    }

    #[test]
    fn endless_input_is_refused_after_a_megabyte() {
        let refused = read("zeros", io::repeat(b'a')).map(|_| ()).expect_err("too long");
        assert!(refused.problem.contains("longer than 1 MiB"));
    }

    #[test]
    fn rubbish_is_named_with_its_place() {
        let refused = read("x", &b"name\xff"[..]).map(|_| ()).expect_err("not text");
        assert!(refused.problem.contains("byte 4"), "{refused:?}");
    }
}
