//! The training plans of the library: the user's own, one file for each, and the built-in ones.

use super::text_file::{read, read_file};
use super::{BUILT_IN_PLANS, BuiltInPlan, LibraryError, WorkoutOrigin, user_workouts};
use crate::diagnostic::SourceText;
use crate::folders;
use crate::text::nearest;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A plan of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryPlan {
    /// The name to start it by: its file's name without `.toml`.
    pub name: String,
    origin: PlanOrigin,
}

/// The place that a plan comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PlanOrigin {
    BuiltIn(BuiltInPlan),
    Mine(PathBuf),
}

/// The plan that an argument means.
#[derive(Clone, Debug)]
pub struct FoundPlan {
    /// The name in the library, or the absolute path of a file: what [`find_again`] takes.
    pub name: String,
    /// The text.
    pub source: SourceText,
}

impl LibraryPlan {
    /// The text of the file, with the file's name for errors.
    ///
    /// # Errors
    /// If the user's file cannot be read as text.
    pub fn source(&self) -> Result<SourceText, LibraryError> {
        match &self.origin {
            PlanOrigin::BuiltIn(plan) => Ok(plan.source()),
            PlanOrigin::Mine(path) => read_file(&path.display().to_string(), path),
        }
    }

    /// True for the user's own plan.
    pub fn is_mine(&self) -> bool {
        matches!(self.origin, PlanOrigin::Mine(_))
    }

    fn found(&self) -> Result<FoundPlan, LibraryError> {
        Ok(FoundPlan { name: self.name.clone(), source: self.source()? })
    }
}

/// The folder of the user's plans: `plans` in our folder for data. `None` if there is no home directory.
pub fn folder() -> Option<PathBuf> {
    Some(folders::data()?.join("plans"))
}

/// All plans: the user's own by name, then the built-in ones that no plan of the user replaces.
pub fn all() -> Vec<LibraryPlan> {
    merge(folder().map(|folder| list(&folder)).unwrap_or_default())
}

/// Lists the plans in a folder: its `.toml` files, except hidden ones and pipes. A missing folder has none.
fn list(folder: &Path) -> Vec<LibraryPlan> {
    let files = user_workouts::list(folder).into_iter();
    let mut plans: Vec<LibraryPlan> = files
        .filter_map(|file| match file.origin {
            WorkoutOrigin::Mine { path, .. } => {
                Some(LibraryPlan { name: file.name, origin: PlanOrigin::Mine(path) })
            }
            WorkoutOrigin::BuiltIn(_) => None,
        })
        .collect();
    plans.sort_by(|a, b| a.name.cmp(&b.name));
    plans
}

fn merge(mut mine: Vec<LibraryPlan>) -> Vec<LibraryPlan> {
    let is_replaced = |name: &str| mine.iter().any(|plan| plan.name == name);
    let kept: Vec<LibraryPlan> = BUILT_IN_PLANS
        .iter()
        .filter(|plan| !is_replaced(plan.name))
        .map(|plan| LibraryPlan { name: plan.name.to_string(), origin: PlanOrigin::BuiltIn(*plan) })
        .collect();
    mine.extend(kept);
    mine
}

/// Finds the plan that `argument` means: standard input for `-`, else an existing file, else a name in the library or
/// the only name that begins like that.
///
/// # Errors
/// If nothing fits, if several names begin like that, or if the file cannot be read.
pub fn find(argument: &str) -> Result<FoundPlan, LibraryError> {
    if argument == "-" {
        let source = read("standard input", io::stdin().lock())?;
        return Ok(FoundPlan { name: source.name.clone(), source });
    }
    let path = Path::new(argument);
    if path.is_dir() {
        return Err(LibraryError::new(format!("`{argument}` is a folder"), "name a plan file in it"));
    }
    if path.exists() {
        let source = read_file(argument, path)?;
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        return Ok(FoundPlan { name: absolute.display().to_string(), source });
    }
    find_name(argument, &all())?.found()
}

/// Finds a plan by the name that [`find`] returned before.
///
/// # Errors
/// If it is gone or cannot be read.
pub fn find_again(name: &str) -> Result<FoundPlan, LibraryError> {
    let path = Path::new(name);
    if path.is_absolute() {
        return Ok(FoundPlan { name: name.to_string(), source: read_file(name, path)? });
    }
    match all().into_iter().find(|plan| plan.name == name) {
        Some(plan) => plan.found(),
        None => Err(LibraryError::new(
            format!("the file of the plan `{name}` is gone"),
            "the plan goes on as it was started; `pacebell plan stop` ends it",
        )),
    }
}

fn find_name<'a>(argument: &str, plans: &'a [LibraryPlan]) -> Result<&'a LibraryPlan, LibraryError> {
    let lower = argument.to_lowercase();
    if let Some(plan) = plans.iter().find(|plan| plan.name.to_lowercase() == lower) {
        return Ok(plan);
    }
    let begins = |plan: &&LibraryPlan| !lower.is_empty() && plan.name.to_lowercase().starts_with(&lower);
    let matches: Vec<&LibraryPlan> = plans.iter().filter(begins).collect();
    match matches[..] {
        [only] => Ok(only),
        [] if lower.ends_with(".toml") || argument.contains('/') => {
            let help = "check the path, or see `pacebell plan list`";
            Err(LibraryError::new(format!("there is no file `{argument}`"), help))
        }
        [] => {
            let help = match nearest(&lower, plans.iter().map(|plan| plan.name.as_str())) {
                Some(name) => format!("did you mean `{name}`? `pacebell plan list` shows all plans"),
                None => "see `pacebell plan list`, or name a file".to_string(),
            };
            Err(LibraryError::new(format!("there is no plan called `{argument}`"), help))
        }
        _ => {
            let names: Vec<&str> = matches.iter().map(|plan| plan.name.as_str()).collect();
            let help = format!("write one of: {}", names.join(", "));
            Err(LibraryError::new(format!("several plans begin with `{argument}`"), help))
        }
    }
}

/// Writes a new plan file that shows the language, and returns its path.
///
/// # Errors
/// If the name is taken or not valid, or the file cannot be written.
pub fn create(folder: &Path, name: &str) -> Result<PathBuf, LibraryError> {
    let path = folder.join(format!("{}.toml", user_workouts::file_name(name)?));
    let write = || {
        folders::create_private(folder)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        // An empty file would keep the name from being used. The first error matters more.
        file.write_all(template(name).as_bytes()).inspect_err(|_| _ = fs::remove_file(&path))
    };
    match write() {
        Ok(()) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let problem = format!("you already have a plan called `{name}`");
            Err(LibraryError::new(problem, "choose another name"))
        }
        Err(error) => {
            let problem = format!("cannot write `{}`: {error}", path.display());
            Err(LibraryError::new(problem, "check the folder's permissions"))
        }
    }
}

/// The text of a new plan: one that can be started, with a summary of the language.
pub fn template(name: &str) -> String {
    include_str!("plan_template.toml").replace("NAME", &crate::text::clean(name).replace(['"', '\\'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(name: &str) -> LibraryPlan {
        LibraryPlan { name: name.to_string(), origin: PlanOrigin::Mine(PathBuf::from(name)) }
    }

    #[test]
    fn a_users_plan_replaces_the_built_in_one() {
        let plans = merge(vec![plan("half-12"), plan("spring")]);
        let halves: Vec<&LibraryPlan> = plans.iter().filter(|plan| plan.name == "half-12").collect();
        assert!(halves.len() == 1 && halves[0].is_mine());
        assert!(plans.iter().any(|plan| plan.name == "micro-run" && !plan.is_mine()));
    }

    #[test]
    fn finds_names_and_their_beginnings() {
        let plans = merge(vec![plan("Spring"), plan("spring-half"), plan("marathon-fast")]);
        let name = |argument: &str| find_name(argument, &plans).map(|plan| plan.name.clone());
        assert_eq!(name("spring").unwrap(), "Spring", "the whole name, in any case");
        assert_eq!(name("micro").unwrap(), "micro-run");
        assert!(name("marathon").unwrap_err().help.contains("marathon-16"), "several");
        assert!(name("mikro-run").unwrap_err().help.contains("did you mean `micro-run`"));
        assert!(name("half.toml").unwrap_err().problem.contains("no file"));
        assert!(name("").is_err());
    }

    #[test]
    fn lists_only_regular_files_and_overwrites_none() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("plans");
        let path = create(&folder, "my spring").unwrap();
        assert!(path.ends_with("my-spring.toml"));
        assert!(create(&folder, "my spring").unwrap_err().problem.contains("already"));
        assert!(create(&folder, "../up").is_err());
        fs::create_dir(folder.join("folder.toml")).unwrap();
        fs::write(folder.join(".hidden.toml"), "x").unwrap();
        let names: Vec<String> = list(&folder).into_iter().map(|plan| plan.name).collect();
        assert_eq!(names, ["my-spring"]);
    }
}
