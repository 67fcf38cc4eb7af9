//! The layers in `src/lib.rs`: no module uses a higher layer, and the core neither reads a clock nor does I/O.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and its layer. A module may use its own layer and the ones below.
const FLOORS: &[(&str, u8)] = &[
    ("text", 0),
    ("units", 0),
    ("diagnostic", 1),
    ("spanned_toml", 2),
    ("loose_file", 2),
    ("athlete", 3),
    ("belt", 3),
    ("sensors", 3),
    ("workout", 4),
    ("runner", 5),
    ("plan", 5),
    ("formats", 6),
    ("agenda", 6),
    ("session", 6),
    ("trends", 6),
    ("day", 6),
    ("cues", 7),
    ("coach", 8),
    ("clock", 9),
    ("atomic_file", 9),
    ("folders", 9),
    ("programs", 9),
    ("keymap", 9),
    ("display", 9),
    ("audio", 10),
    ("keep_awake", 10),
    ("notify", 10),
    ("radio", 10),
    ("voice", 10),
    ("library", 10),
    ("settings", 10),
    ("history", 10),
    ("frontend", 10),
    ("plain", 11),
    ("tui", 11),
    ("runtime", 12),
    ("cli", 13),
];

/// The highest layer that must not do I/O.
const CORE: u8 = 8;

/// The names that stand for I/O.
const WORLD: &[&str] = &[
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "Instant",
    "SystemTime",
    "crossterm",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
];

fn sources() -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, into: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs")
                && path.file_stem().is_some_and(|s| !s.to_string_lossy().ends_with("tests"))
            {
                let text = fs::read_to_string(&path).unwrap();
                into.insert(path, text);
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

fn module(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_string();
    (first != "lib" && first != "main").then_some(first)
}

fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found
        .unwrap_or_else(|| {
            panic!("`{module}` has no floor: add it to the picture in src/lib.rs and to FLOORS")
        })
        .1
}

/// Returns the modules named after `crate::` in a line, including those in `{…}` lists.
fn used(line: &str) -> Vec<String> {
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    line.match_indices("crate::")
        .flat_map(|(at, _)| {
            let rest = &line[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(list) => list.split(',').map(|s| word(s.trim())).collect(),
                None => vec![word(rest)],
            }
        })
        .filter(|name| FLOORS.iter().any(|(known, _)| known == name))
        .collect()
}

/// Returns a file's text without the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap()
}

#[test]
fn no_module_imports_from_a_higher_layer() {
    for (path, text) in sources() {
        let Some(here) = module(&path) else { continue };
        for line in without_tests(&text).lines().filter(|l| !l.trim_start().starts_with("//")) {
            for other in used(line) {
                assert!(
                    floor(&other) <= floor(&here),
                    "{}: `{here}` uses `{other}`, which is above it",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_core_does_no_io() {
    for (path, text) in sources() {
        let Some(here) = module(&path).filter(|m| floor(m) <= CORE) else {
            continue;
        };
        for line in without_tests(&text).lines().filter(|l| !l.trim_start().starts_with("//")) {
            for word in WORLD {
                assert!(
                    !line.contains(word),
                    "{}: `{here}` is core and says `{word}`: {line}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn only_the_clock_reads_a_clock() {
    for (path, text) in sources() {
        let may = module(&path).is_some_and(|m| m == "clock");
        assert!(may || !without_tests(&text).contains("::now()"), "{} reads a clock", path.display());
    }
}

#[test]
fn every_layer_is_in_the_picture() {
    let picture = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let picture: String = picture.lines().filter(|l| l.starts_with("//!")).collect();
    for (name, _) in FLOORS {
        assert!(picture.contains(name), "`{name}` is missing from the picture in src/lib.rs");
    }
}
