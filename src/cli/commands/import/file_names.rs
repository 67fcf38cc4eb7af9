//! Names for workouts that come in.

use std::collections::HashSet;
use std::path::Path;

/// The most characters in a name.
const LONGEST: usize = 60;

/// The names that files of this import have taken.
#[derive(Debug, Default)]
pub struct UsedNames(HashSet<String>);

impl UsedNames {
    /// Takes a name. False if another file has it.
    pub fn take(&mut self, name: &str) -> bool {
        self.0.insert(name.to_lowercase())
    }
}

/// Returns the name of the workout in a file: that of the file, as it can be typed.
pub fn name_of(path: &Path) -> String {
    slug(&path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}

/// Returns a text as a name that can be typed: `FTP Builder, Day 3` becomes `ftp-builder-day-3`.
pub fn slug(text: &str) -> String {
    let mut name = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() => name.push(c),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-');
    match name {
        "" => "imported".to_string(),
        // A number alone could not be told from a length.
        name if !name.chars().any(char::is_alphabetic) => {
            format!("workout-{name}").chars().take(LONGEST).collect()
        }
        name => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_typed() {
        let name = |path: &str| name_of(Path::new(path));
        assert_eq!(name("/x/FTP_Builder_Wk6,_Day_3.zwo"), "ftp-builder-wk6-day-3");
        assert_eq!(name("40_20.zwo"), "workout-40-20");
        assert_eq!(name("'''.zwo"), "imported");
        assert_eq!(name(&format!("{}.zwo", "x".repeat(200))).len(), 60);
    }
}
