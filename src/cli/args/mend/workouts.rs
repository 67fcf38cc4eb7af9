//! Workouts of a command line: with a mistake in their notation, or behind a word for what they are.

use super::{Mender, TAKE_WORKOUT, is_option, is_workout_text};
use crate::diagnostic::apply_fixes;
use crate::library::{NOTATION, user_plans};
use crate::workout::{self, Options, SourceText};

/// Words for a workout in front of its name.
const NOUNS: [&str; 5] = ["workout", "session", "the", "file", "named"];

impl Mender {
    /// Returns `line` with its workout as it was probably meant: with the first fix of its mistake. Nothing if the words of
    /// the runner were joined to something that is no workout.
    pub(super) fn with_readable_workout(
        &self,
        words: &[String],
        mut line: Vec<String>,
    ) -> Option<Vec<String>> {
        let (depth, _) = self.split(&line);
        let text = line.get(depth).filter(|word| !is_option(word))?.clone();
        if words.contains(&text) {
            return Some(line);
        }
        let fixed = fixed(&text);
        let begins_with_length = text.starts_with(|c: char| c.is_ascii_digit() || c == '(');
        match fixed {
            Some(fixed) => *line.get_mut(depth)? = fixed,
            // Its own error says what is wrong with the notation.
            None if begins_with_length => {}
            None => return None,
        }
        Some(line)
    }

    /// `run workout hills`, `show plan half-12`: without the word for what it is, or with the command for it.
    pub(super) fn without_noun(
        &self,
        before: &[String],
        loose: &[String],
        behind: &[String],
    ) -> Vec<Vec<String>> {
        let Some((first, rest)) = loose.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let takes_workout = TAKE_WORKOUT.contains(&before.join(" ").as_str());
        if takes_workout && NOUNS.contains(&first.as_str()) && is_workout_text(&rest.join(" ")) {
            lines.push([before, &[rest.join(" ")], behind].concat());
        }
        let inner = before.last().filter(|_| before.len() == 1);
        if let Some(inner) = inner.filter(|inner| self.is_subcommand(std::slice::from_ref(first), inner)) {
            lines.push([&[first.clone(), inner.clone()], rest, behind].concat());
        }
        lines
    }
}

/// Returns notation with the first fix of each of its mistakes, if it can be read then.
fn fixed(text: &str) -> Option<String> {
    let compile =
        |text: &str| workout::compile_notation(&SourceText::new(NOTATION, text), None, &Options::default());
    let problem = compile(text).err()?.into_iter().next()?;
    let fix = problem.alternatives.first().cloned()?;
    let fixed = apply_fixes(text, &[problem.with_fix(fix.span, fix.replacement)]);
    compile(&fixed).is_ok().then_some(fixed)
}

/// `plan start half marathon`: a plan by its title.
pub(super) fn with_meant_plan(before: &[String], loose: &[String], behind: &[String]) -> Option<Vec<String>> {
    let takes_plan = matches!(before, [plan, command] if plan == "plan" && ["show", "start", "check"].contains(&command.as_str()));
    let name = meant_plan(&loose.join(" ")).filter(|_| takes_plan)?;
    Some([before, &[name], behind].concat())
}

/// Returns the name of the plan that `words` mean: a part of its title, such as `half marathon`.
pub(super) fn meant_plan(words: &str) -> Option<String> {
    let wanted: Vec<String> = words.to_lowercase().split([' ', '-']).map(str::to_string).collect();
    let mut found = user_plans::all().into_iter().filter_map(|plan| {
        let title = crate::plan::read_plan(&plan.source().ok()?).name.to_lowercase();
        let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
        wanted.iter().all(|word| words.contains(&word.as_str())).then_some(plan.name)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
