//! Where workouts come from: files, standard input, the user's folder, the library that is built in, or the
//! notation itself.

pub mod recent;
pub mod user_workouts;

use crate::workout::SourceText;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/workouts");

/// What stands for the name of a workout that was typed and never was a file.
pub const NOTATION: &str = "notation";

/// The longest text of a workout, in bytes.
pub const LONGEST: u64 = 1024 * 1024;

/// A workout that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltInWorkout {
    /// What to type to run it: its file's name without the ending.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl BuiltInWorkout {
    /// Its text with the name under which errors speak of it.
    pub fn source(&self) -> SourceText {
        SourceText { name: format!("{}.toml", self.name), text: self.text.to_string() }
    }
}

/// A workout of the library, whosever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryWorkout {
    /// What to type to run it: its file's name without the ending.
    pub name: String,
    /// Whose it is.
    pub origin: WorkoutOrigin,
}

/// Whose a workout is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkoutOrigin {
    /// It comes with the program.
    BuiltIn(BuiltInWorkout),
    /// It is a file in the user's folder.
    Mine {
        /// The file.
        path: PathBuf,
        /// There is a built-in workout of the same name, and this one is used instead.
        shadows: bool,
        /// When it was last written and how long it is: as long as both stay, so does its text.
        stamp: Option<(SystemTime, u64)>,
    },
}

impl LibraryWorkout {
    /// Its text with the name under which errors speak of it.
    ///
    /// # Errors
    /// Where the user's file cannot be read as text.
    pub fn source(&self) -> Result<SourceText, NotFound> {
        match &self.origin {
            WorkoutOrigin::BuiltIn(entry) => Ok(entry.source()),
            WorkoutOrigin::Mine { path, .. } => read_file(&path.display().to_string(), path),
        }
    }

    /// True for a workout that stands in the user's folder.
    pub fn is_mine(&self) -> bool {
        matches!(self.origin, WorkoutOrigin::Mine { .. })
    }

    /// True for a user's workout that is used instead of the built-in one of that name.
    pub fn shadows(&self) -> bool {
        matches!(self.origin, WorkoutOrigin::Mine { shadows: true, .. })
    }
}

/// The workouts that come with the program, by name.
pub fn built_in() -> Vec<BuiltInWorkout> {
    let entry = |f: &'static include_dir::File<'static>| {
        let name = f.path().file_name()?.to_str()?.strip_suffix(".toml")?;
        Some(BuiltInWorkout { name, text: f.contents_utf8()? })
    };
    let mut all: Vec<BuiltInWorkout> = BUILT_IN.files().filter_map(entry).collect();
    all.sort_by_key(|e| e.name);
    all
}

/// The whole library by name: the user's workouts, and those built-in ones whose names they do not take.
pub fn all() -> Vec<LibraryWorkout> {
    merged(user_workouts::folder().map(|f| user_workouts::list(&f)).unwrap_or_default())
}

/// The built-in workouts with the user's in front of them.
fn merged(own: Vec<LibraryWorkout>) -> Vec<LibraryWorkout> {
    let built = |e: BuiltInWorkout| {
        (e.name.to_string(), LibraryWorkout { name: e.name.to_string(), origin: WorkoutOrigin::BuiltIn(e) })
    };
    let mut all: BTreeMap<String, LibraryWorkout> = built_in().into_iter().map(built).collect();
    for mut entry in own {
        if let (WorkoutOrigin::Mine { shadows, .. }, Some(_)) = (&mut entry.origin, all.get(&entry.name)) {
            *shadows = true;
        }
        all.insert(entry.name.clone(), entry);
    }
    all.into_values().collect()
}

/// What the words on the command line turned out to mean.
#[derive(Debug)]
pub enum WorkoutSource {
    /// A workout file's text.
    File(SourceText),
    /// The notation itself.
    Notation(SourceText),
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
pub fn find(what: &str) -> Result<WorkoutSource, NotFound> {
    if what == "-" {
        return read("standard input", io::stdin().lock()).map(WorkoutSource::File);
    }
    let path = Path::new(what);
    if path.is_dir() {
        return Err(not_found(format!("`{what}` is a folder"), "name a workout file in it"));
    }
    if path.exists() {
        return read_file(what, path).map(WorkoutSource::File);
    }
    let library = all();
    if let Some(entry) = named(what, &library)? {
        return entry.source().map(WorkoutSource::File);
    }
    let wanted = what.to_lowercase();
    if wanted.ends_with(".toml") {
        return Err(not_found(
            format!("there is no file `{what}`"),
            "check the path, or see `pacebell list`",
        ));
    }
    if looks_like_a_path(what) {
        return Err(not_found(format!("there is no file `{what}`"), "check the path"));
    }
    let names: Vec<&str> = library.iter().map(|e| e.name.as_str()).collect();
    if looks_like_a_name(&wanted) || nearest(&wanted, &names, 0.92).is_some() {
        return Err(no_such_name(what, &wanted, &names));
    }
    Ok(WorkoutSource::Notation(SourceText { name: NOTATION.to_string(), text: what.to_string() }))
}

/// The name of the workout in the library that `what` means, if it means one.
pub fn name_of(what: &str) -> Option<String> {
    if what == "-" || Path::new(what).exists() {
        return None;
    }
    let library = all();
    named(what, &library).ok().flatten().map(|e| e.name.clone())
}

/// The one of `library` with this name, whatever its case, else the only one whose name begins like that.
fn named<'a>(what: &str, library: &'a [LibraryWorkout]) -> Result<Option<&'a LibraryWorkout>, NotFound> {
    let wanted = what.to_lowercase();
    let exact = library.iter().find(|e| e.name == what);
    if let Some(entry) = exact.or_else(|| library.iter().find(|e| e.name.to_lowercase() == wanted)) {
        return Ok(Some(entry));
    }
    let begins = |e: &&LibraryWorkout| !wanted.is_empty() && e.name.to_lowercase().starts_with(&wanted);
    let fits: Vec<&LibraryWorkout> = library.iter().filter(begins).collect();
    match fits[..] {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        _ => {
            let fitting: Vec<&str> = fits.iter().map(|e| e.name.as_str()).collect();
            Err(not_found(
                format!("`{what}` begins more than one name"),
                format!("write one of: {}", fitting.join(", ")),
            ))
        }
    }
}

/// A letter in front, then letters, digits and hyphens: nobody writes notation like that, but for the word `open`.
fn looks_like_a_name(wanted: &str) -> bool {
    let named = wanted.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    named && wanted != "open" && wanted.starts_with(char::is_alphabetic)
}

/// A slash without a space, and neither a digit nor a bracket in front: notation has a step there.
fn looks_like_a_path(what: &str) -> bool {
    let begins = what.starts_with(|c: char| c.is_alphabetic() || "./~".contains(c));
    begins && what.contains('/') && !what.contains(char::is_whitespace) && !what.starts_with("open/")
}

/// The name most like `wanted`, where one is at least so much like it.
fn nearest<'a>(wanted: &str, names: &[&'a str], likeness: f64) -> Option<&'a str> {
    let like = names.iter().map(|n| (strsim::jaro_winkler(wanted, n), *n));
    like.filter(|(l, _)| *l > likeness).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn no_such_name(what: &str, wanted: &str, names: &[&str]) -> NotFound {
    let near = nearest(wanted, names, 0.75);
    let help = match near {
        Some(name) => format!("did you mean `{name}`? `pacebell list` shows them all"),
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
pub fn read_file(name: &str, path: &Path) -> Result<SourceText, NotFound> {
    let file = File::open(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => not_found(format!("there is no file `{name}`"), "check the path"),
        _ => not_found(format!("`{name}` cannot be read: {e}"), "check the file's permissions"),
    })?;
    read(name, file)
}

/// Reads at most [`LONGEST`] bytes, whatever the source would give.
fn read(name: &str, from: impl Read) -> Result<SourceText, NotFound> {
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
    Ok(SourceText { name: name.to_string(), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mine(name: &str) -> LibraryWorkout {
        let origin = WorkoutOrigin::Mine { path: PathBuf::from(name), shadows: false, stamp: None };
        LibraryWorkout { name: name.to_string(), origin }
    }

    #[test]
    fn a_users_workout_takes_the_place_of_the_built_in_one() {
        let library = merged(vec![mine("fifths"), mine("tuesday")]);
        let of = |name: &str| library.iter().filter(|e| e.name == name).collect::<Vec<_>>();
        assert_eq!(of("fifths").len(), 1);
        assert!(of("fifths")[0].is_mine() && of("fifths")[0].shadows());
        assert!(of("tuesday")[0].is_mine() && !of("tuesday")[0].shadows());
        assert!(!of("short-intervals")[0].is_mine());
    }

    #[test]
    fn names_and_their_beginnings_reach_both() {
        let library = merged(vec![mine("Tuesday"), mine("tuesday-long"), mine("shorter")]);
        let name = |what: &str| named(what, &library).map(|e| e.map(|e| e.name.clone()));
        assert_eq!(name("tuesday"), Ok(Some("Tuesday".to_string())), "the whole name, whatever its case");
        assert_eq!(name("tuesday-l"), Ok(Some("tuesday-long".to_string())));
        assert_eq!(name("short-i"), Ok(Some("short-intervals".to_string())));
        assert_eq!(name("wednesday"), Ok(None));
        assert_eq!(name(""), Ok(None));
        let both = name("short").expect_err("two names begin like that");
        assert!(both.help.contains("short-intervals") && both.help.contains("shorter"), "{both:?}");
    }

    #[test]
    fn names_files_and_notation_are_told_apart() {
        for name in ["short-intervals", "short", "SHORT", "tempo"] {
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
            "75-90min",
            "1h-1h30",
            "½km",
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
