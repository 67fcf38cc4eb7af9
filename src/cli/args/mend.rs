//! Corrects a command line that cannot be read. Every correction is read before it is shown.

mod exports;
mod options;
mod positionals;
mod refused;
mod subcommands;
mod values;
mod workouts;

use super::loose_words::{LooseWords, sort};
use crate::cli::profile_file::full_key;
use crate::library::{self, NOTATION, user_plans};
use crate::workout::{self, Options, SourceText};
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The most mistakes in one command line that are corrected.
const MOST_MISTAKES: usize = 3;
/// The most command lines that are read.
const MOST_TRIES: usize = 60;
/// The longest command line that is corrected, in words.
const LONGEST_LINE: usize = 40;

/// Returns `words`, the arguments after the program's name, without their mistakes. `error` is the first mistake.
/// `read` reads a command line.
pub fn mended(
    words: &[String],
    error: &clap::Error,
    command: Command,
    read: ReadWords,
) -> Option<Vec<String>> {
    let mut mender = Mender { command, read, tries: MOST_TRIES };
    if words.len() > LONGEST_LINE {
        return None;
    }
    // A workout that can be read is likelier than one that cannot.
    mender.search(words, error, MOST_MISTAKES, true).or_else(|| {
        mender.tries = MOST_TRIES;
        mender.search(words, error, MOST_MISTAKES, false)
    })
}

/// Reads the arguments after the program's name.
pub type ReadWords = fn(&[String]) -> Result<(), clap::Error>;

/// The commands that take a workout.
const TAKE_WORKOUT: [&str; 7] = ["run", "show", "explain", "simulate", "export", "check", "log add"];

/// Returns `words` with the full name of a workout in the place of a name that is nearly one: `run hills`.
///
/// A key of the profile gets its table: `profile set units miles`.
pub fn with_known_workout(mut words: Vec<String>) -> Vec<String> {
    if let [profile, set, rest @ ..] = words.as_slice()
        && (profile.as_str(), set.as_str()) == ("profile", "set")
        && let Some(line) = full_key::set_line(rest)
    {
        return line;
    }
    let is_run = words.first().is_some_and(|command| TAKE_WORKOUT.contains(&command.as_str()));
    if let Some(word) = words.get_mut(1).filter(|word| is_run && !is_option(word))
        && !is_workout_text(word)
        && let Some(name) = library::meant_name(word)
    {
        *word = name;
    }
    words
}

struct Mender {
    command: Command,
    read: ReadWords,
    tries: usize,
}

impl Mender {
    fn search(
        &mut self,
        words: &[String],
        error: &clap::Error,
        depth: usize,
        strict: bool,
    ) -> Option<Vec<String>> {
        let depth = depth.checked_sub(1)?;
        let mut failed = Vec::new();
        for line in self.candidates(words, error) {
            if loses_a_number(words, &line)
                || self.loses_the_command(words, &line)
                || refused::has_new_nonsense(words, &line)
            {
                continue;
            }
            self.tries = self.tries.checked_sub(1)?;
            let asks_again = words.first().is_some_and(|word| word == "help");
            match (self.read)(&line) {
                Ok(()) if self.is_sensible(&line) => return Some(line),
                Ok(()) if !strict => {
                    if let Some(line) = self.with_readable_workout(words, line) {
                        return Some(line);
                    }
                }
                Ok(()) => {}
                Err(error) if error.use_stderr() => failed.push((line, error)),
                Err(_) if asks_for_help(&line) && (asks_again || !asks_for_help(words)) => return Some(line),
                Err(_) => {}
            }
        }
        failed.iter().find_map(|(line, error)| self.search(line, error, depth, strict))
    }

    /// True if `words` begin with a command, and `line` with a word that is none: `pacebell 9 checkin 3 3 4`.
    fn loses_the_command(&self, words: &[String], line: &[String]) -> bool {
        let is_command = |words: &[String]| {
            words.first().is_some_and(|word| self.command.find_subcommand(word).is_some() || is_option(word))
        };
        is_command(words) && !is_command(line)
    }

    /// Returns the number of words up to the end of the command and its subcommand, and the words after them.
    fn split<'w>(&self, words: &'w [String]) -> (usize, &'w [String]) {
        let mut command = &self.command;
        let mut depth = self.leading_options(words);
        while let Some(inner) = words.get(depth).and_then(|word| command.find_subcommand(word)) {
            command = inner;
            depth += 1;
        }
        (depth, words.get(depth..).unwrap_or_default())
    }

    /// Returns the number of words before the command: options, and their values.
    fn leading_options(&self, words: &[String]) -> usize {
        let has_options = words.first().is_some_and(|word| is_option(word));
        let command = words.iter().position(|word| self.command.find_subcommand(word).is_some());
        command.filter(|_| has_options).unwrap_or(0)
    }

    /// Returns the long names of the options of the command.
    fn options(&self, words: &[String]) -> Vec<String> {
        let mut command = &self.command;
        for word in words {
            command = command.find_subcommand(word).unwrap_or(command);
        }
        command.get_arguments().filter_map(|arg| arg.get_long()).map(|name| format!("--{name}")).collect()
    }

    /// True if the words after the command read as a workout, where they have to.
    fn is_sensible(&self, words: &[String]) -> bool {
        let (depth, rest) = self.split(words);
        let command = words.get(depth.saturating_sub(2)..depth).unwrap_or_default().join(" ");
        let is_workout = TAKE_WORKOUT.contains(&command.as_str())
            || depth == 1 && words.first().is_some_and(|word| TAKE_WORKOUT.contains(&word.as_str()));
        !is_workout
            || rest.first().is_some_and(|workout| is_workout_text(workout) || workout.starts_with('-'))
    }

    fn candidates(&self, words: &[String], error: &clap::Error) -> Vec<Vec<String>> {
        let argument = text_of(error, ContextKind::InvalidArg);
        let value = text_of(error, ContextKind::InvalidValue);
        match error.kind() {
            ErrorKind::UnknownArgument => {
                let at = argument.and_then(|argument| last_position(words, &argument));
                let Some(at) = at else { return without_hyphens(words) };
                if words.get(at).is_some_and(|word| word.starts_with('-')) {
                    self.other_options(words, at)
                } else {
                    [self.without_fillers(words, at), self.as_option(words, at), self.joined(words, at)]
                        .concat()
                }
            }
            ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
                match value.and_then(|value| position(words, &value)) {
                    Some(at) => values::other_values(words, at, self.split(words).0, error),
                    None => missing_value(words, error),
                }
            }
            ErrorKind::WrongNumberOfValues => positionals::checkin(words).into_iter().collect(),
            ErrorKind::MissingRequiredArgument => self.with_missing(words),
            ErrorKind::InvalidSubcommand => {
                let word = text_of(error, ContextKind::InvalidSubcommand);
                match word.and_then(|word| position(words, &word)) {
                    Some(at) => self.other_commands(words, at),
                    None => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// The words around `at` with their options, or as one word for a workout without quotes, or as the value of an
    /// option.
    fn joined(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let (depth, _) = self.split(words);
        let is_word = |i: usize| words.get(i).is_some_and(|word| !is_option(word));
        let mut start = at;
        while start > depth && is_word(start - 1) {
            start -= 1;
        }
        let end = (at..words.len()).find(|i| !is_word(*i)).unwrap_or(words.len());
        let (before, behind) = (words.get(..start), words.get(end..));
        let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
        let loose = words.get(start..end).unwrap_or_default();
        let mut lines = Vec::new();
        lines.extend(positionals::as_output(words, at));
        lines.extend(exports::with_format(words, at));
        if words.first().is_some_and(|command| command == "profile")
            && words.iter().any(|word| ["set", "unset"].contains(&word.as_str()))
        {
            return positionals::with_key(before, loose, behind);
        }
        lines.extend(positionals::of_two(before, loose, behind));
        lines.extend(self.without_noun(before, loose, behind));
        lines.extend(workouts::with_meant_plan(before, loose, behind));
        let whole = loose.join(" ");
        if start > depth {
            lines.push([before, &[whole], behind].concat());
        } else {
            let hyphened = loose.join("-");
            if library::name_of(&hyphened).is_some() {
                lines.push([before, &[hyphened], behind].concat());
            }
            let sorted = sort(loose, &self.options(words));
            // `easy 45min` is a workout, and `5km 25:00` a run with its time.
            let is_plain = |loose: &LooseWords| {
                !loose.options.iter().any(|word| word.contains([':', '=']) || word == "--rpe")
            };
            if sorted.as_ref().is_none_or(is_plain) && is_workout_text(&whole) {
                lines.push([before, &[whole], behind].concat());
            }
            let is_one = self.positionals(words) == 1;
            lines.extend(sorted.into_iter().map(|LooseWords { options, rest }| {
                let rest = if is_one { vec![rest.join(" ")] } else { rest };
                [before, &rest, &options, behind].concat()
            }));
        }
        for from in start..at {
            let text = words.get(from..end).unwrap_or_default().join(" ");
            lines.push([words.get(..from).unwrap_or_default(), &[text], behind].concat());
        }
        lines
    }

    /// Returns the number of arguments of the command that are no options.
    fn positionals(&self, words: &[String]) -> usize {
        let mut command = &self.command;
        for word in words {
            command = command.find_subcommand(word).unwrap_or(command);
        }
        command.get_positionals().filter(|argument| !argument.is_hide_set()).count()
    }
}

fn is_workout_text(text: &str) -> bool {
    let source = SourceText::new(NOTATION, text);
    library::name_of(text).is_some()
        || std::path::Path::new(text).is_file()
        || workout::compile_notation(&source, None, &Options::default()).is_ok()
}

/// True if a number of `words` is not in `line`. Of `6/10`, the scale may go.
fn loses_a_number(words: &[String], line: &[String]) -> bool {
    let digits = |words: &[String]| words.concat().replace(|c: char| !c.is_ascii_digit(), "");
    if digits(words) == digits(line) {
        return false;
    }
    let numbers = |words: &[String]| -> Vec<String> {
        // `hills.mp3` may be written as another file, and the plan that is followed goes without its name.
        let plain = |word: &String| {
            if user_plans::all().iter().any(|plan| plan.name == *word) {
                return String::new();
            }
            word.replace("/10", "").replace(".mp3", "").replace(".m4a", "")
        };
        let all: Vec<String> = words.iter().map(plain).collect();
        let all = all.join(" ").replace([':', '.', ','], "");
        all.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_string).collect()
    };
    let kept = numbers(line);
    numbers(words).iter().any(|number| !kept.contains(number))
}

/// `-5min easy`: a workout that begins with a hyphen, like an item of a list.
fn without_hyphens(words: &[String]) -> Vec<Vec<String>> {
    let is_item = |word: &str| {
        word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let at = words.iter().position(|word| is_item(word));
    let without = |at: usize| {
        replaced(words, at, &[words.get(at).map_or("", |word| word.trim_start_matches('-')).to_string()])
    };
    at.map(without).into_iter().collect()
}

/// True if `words` print help or the version.
fn asks_for_help(words: &[String]) -> bool {
    words.first().is_some_and(|word| word == "help")
        || words.iter().any(|word| ["--help", "--version"].contains(&word.as_str()))
}

/// An option at the end without its value: `--color always`, `--warmup 5min`.
fn missing_value(words: &[String], error: &clap::Error) -> Vec<Vec<String>> {
    if words.last().is_some_and(|last| ["-w", "--warmup", "-c", "--cooldown"].contains(&last.as_str())) {
        return vec![[words, &["5min".to_string()]].concat()];
    }
    let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue) else { return Vec::new() };
    let usual = values.iter().find(|value| *value == "always").or(values.first());
    usual.map(|value| [words, std::slice::from_ref(value)].concat()).into_iter().collect()
}

/// True for `--plain` and `-w`, and false for `-` and `-90s`, which may be parts of a workout.
pub fn is_option(word: &str) -> bool {
    word.starts_with("--") || word.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

fn text_of(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Returns the index of the word that is `text`, or an option with this name or value.
fn position(words: &[String], text: &str) -> Option<usize> {
    let exact = words.iter().position(|word| word == text);
    exact.or_else(|| {
        words
            .iter()
            .position(|word| word.split_once('=').is_some_and(|(name, value)| name == text || value == text))
    })
}

/// As [`position`], but the last such word: the ones before it were read.
fn last_position(words: &[String], text: &str) -> Option<usize> {
    words.iter().rposition(|word| word == text).or_else(|| position(words, text))
}

fn replaced(words: &[String], at: usize, by: &[String]) -> Vec<String> {
    let before = words.get(..at).unwrap_or_default();
    let behind = words.get(at + 1..).unwrap_or_default();
    [before, by, behind].concat()
}

#[cfg(test)]
mod tests {
    use crate::cli::args::mended;

    fn mend(line: &[&str]) -> String {
        let words: Vec<String> = line.iter().map(|word| (*word).to_string()).collect();
        mended(&words).map_or("nothing".to_string(), |words| words.join("|"))
    }

    #[test]
    fn mends_what_a_runner_types() {
        for (typed, meant) in [
            (&["run", "8x60s", "hard", "/", "60s", "easy"][..], "run|8x60s hard / 60s easy"),
            (&["log", "add", "8", "miles"], "log|add|8 miles"),
            (&["log", "add", "5km", "25:00"], "log|add|5km|--took|25:00"),
            (&["log", "add", "8km easy", "--time", "45:00"], "log|add|8km easy|--took|45:00"),
            (&["log", "add", "8km easy", "--took", "45m"], "log|add|8km easy|--took|45min"),
            (&["log", "add", "45min easy", "--rpe", "6/10"], "log|add|45min easy|--rpe|6"),
            (&["profile", "race", "22:30", "5K"], "profile|race|5K|22:30"),
            (&["profile", "race", "5K", "22.30"], "profile|race|5K|22:30"),
            (&["profile", "race", "parkrun", "22:30"], "profile|race|5K|22:30"),
            (&["profile", "race", "10", "mile", "1:15:00"], "profile|race|10 mile|1:15:00"),
            (
                &["profile", "race", "5K", "22:30", "--date", "yesterday"],
                "profile|race|5K|22:30|--on|yesterday",
            ),
            (&["export", "short-intervals", "out.wav"], "export|short-intervals|-o|out.wav"),
            (&["export", "short-intervals"], "export|short-intervals|-o|short-intervals.wav"),
            (&["run", "fifths", "--no-voice"], "run|fifths|--voice|off"),
            (&["show", "fifths", "--jsn"], "show|fifths|--json"),
            (&["--audio", "off", "run", "20s", "hard,", "20s", "easy"], "--audio|off|run|20s hard, 20s easy"),
            (&["--log", "w.db", "log", "add", "5km", "25:00"], "--log|w.db|log|add|5km|--took|25:00"),
            (&["run", "20s", "hard,", "20s", "easy", "-w", "5min"], "run|20s hard, 20s easy|-w|5min"),
            (&["export", "5min", "easy", "-o", "x.wav"], "export|5min easy|-o|x.wav"),
            (&["log", "add", "5km", "25min"], "log|add|5km|--took|25min"),
            (&["log", "add", "5km", "25", "min"], "log|add|5km|--took|25 min"),
            (&["log", "add", "5km", "yesterday"], "log|add|5km|--on|yesterday"),
            (
                &["log", "add", "5km", "easy", "yesterday", "25:00"],
                "log|add|5km easy|--on|yesterday|--took|25:00",
            ),
            (&["log", "add", "yesterday", "5km", "in", "25:00"], "log|add|5km|--on|yesterday|--took|25:00"),
            (
                &["log", "add", "5km easy", "--on", "2026-11-20", "07:30"],
                "log|add|5km easy|--on|2026-11-20 07:30",
            ),
            (&["log", "add", "5km easy", "--on", "tuesday", "7am"], "log|add|5km easy|--on|tuesday 7am"),
            (&["log", "add", "easy", "45", "min"], "log|add|easy 45 min"),
            (&["log", "history"], "log"),
            (&["profile", "5K", "22:30"], "profile|race|5K|22:30"),
            (&["explain", "-5min easy"], "explain|5min easy"),
            (&["log", "remove", "12"], "log|delete|12"),
            (&["log", "show", "1", "2"], "nothing"),
            (&["run", "short-intervals", "reps=5"], "run|short-intervals|--set|reps=5"),
            (&["run", "short", "intervals"], "run|short-intervals"),
            (&["profile", "race", "5K", "2230"], "profile|race|5K|22:30"),
            (&["profile", "race", "half", "14320"], "profile|race|half|1:43:20"),
            (&["profile", "race", "5K", "22:30", "on", "saturday"], "profile|race|5K|22:30|--on|saturday"),
            (
                &["log", "add", "30min easy", "--date", "yesterday", "--feel", "ok"],
                "log|add|30min easy|--on|yesterday|--feel|so-so",
            ),
            (&["log", "add", "45min easy", "--km", "8"], "log|add|45min easy|--distance|8km"),
            (&["log", "add", "45min easy", "--hr", "150"], "log|add|45min easy|--note|hr 150"),
            (&["log", "add", "45min easy", "--rpe", "seven"], "log|add|45min easy|--rpe|7"),
        ] {
            assert_eq!(mend(typed), meant, "{typed:?}");
        }
    }

    #[test]
    fn mends_what_stands_in_another_place() {
        let rows = [
            (&["new", "Tuesday", "Hills", "6x90s hard"][..], "new|Tuesday Hills|6x90s hard"),
            (&["log", "add", "--distance", "5km", "--took", "25:00"], "log|add|5km|--took|25:00"),
            (&["log", "add", "-d", "5km", "-t", "25:00"], "log|add|5km|--took|25:00"),
            (&["log", "add", "5km", "--took", "25:00", "--rpe", "hard"], "log|add|5km|--took|25:00|--rpe|8"),
            (&["log", "list", "--since", "last", "week"], "log|list|--since|last week"),
            (&["log", "today"], "log|list|--since|today"),
            (&["log", "last", "week"], "log|list|--since|last week"),
            (&["log", "this", "week"], "log|list|--since|monday"),
            (&["log", "trends", "4", "weeks"], "log|trends|--weeks|4"),
            (&["log", "csv"], "log|--csv"),
            (&["log", "--format", "json"], "log|--json"),
            (&["log", "export", "all", "-o", "x.csv"], "log|export|--since|2000-01-01|-o|x.csv"),
            (&["log", "export", "-o", "x.csv"], "log|export|-o|x.csv|--since|2000-01-01"),
            (&["log", "search", "tempo"], "log|list|--workout|tempo"),
            (&["plan", "skip", "tuesday", "wednesday"], "nothing"),
            (&["plan", "take", "sun", "90", "min"], "plan|take|sun|90 min"),
            (&["plan", "export"], "plan|export|-o|plan.ics"),
            (&["plan", "export", "run.ics"], "plan|export|-o|run.ics"),
            (&["plan", "micro-run"], "plan|show|micro-run"),
            (&["plan", "?"], "plan|--help"),
            (&["plan", "add", "tue", "30min easy"], "nothing"),
            (&["week", "next", "week"], "week|next week"),
            (&["profile", "race", "5km", "in", "22:30"], "profile|race|5km|22:30"),
            (&["profile", "race", "half", "marathon", "1:45:00"], "profile|race|half marathon|1:45:00"),
            (&["profile", "race", "5K=22:30"], "profile|race|5K|22:30"),
            (&["profile", "race", "5mi", "40:00"], "nothing"),
            (&["profile", "add", "race", "5K", "22:30"], "profile|race|5K|22:30"),
            (&["profile", "unset", "race", "5K"], "profile|unset|athlete.5K"),
            (&["profile", "remove", "hr_max"], "profile|unset|athlete.hr_max"),
            (&["profile", "set", "weight", "70", "kg"], "profile|set|athlete.weight|70kg"),
            (&["run", "hills", "reps", "6"], "run|hill-repeats|--set|reps=6"),
            (&["run", "hills", "--set", "reps:6"], "run|hill-repeats|--set|reps=6"),
            (&["run", "fifths", "strides-open"], "nothing"),
            (&["run", "fifths", "-w"], "run|fifths|-w|5min"),
            (&["export", "fifths", "fifths.mp3"], "export|fifths|-o|fifths.flac"),
            (&["day", "do", "walk"], "day|now|walk"),
            (&["day", "quiet", "for", "30min"], "day|quiet|30min"),
            (&["day", "add", "walk"], "nothing"),
            (&["checkin", "--skip"], "nothing"),
            (&["log", "add", "5km", "--date", "12/09/2026"], "log|add|5km|--on|12/09/2026"),
            (&["-?"], "--help"),
            (&["-v"], "--version"),
        ];
        let wrong = rows.iter().filter(|(typed, meant)| mend(typed) != *meant);
        let wrong: Vec<String> = wrong.map(|(typed, _)| format!("{typed:?}: {}", mend(typed))).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn mends_commands_as_other_programs_call_them() {
        for (typed, meant) in [
            (&["log", "45min", "easy"][..], "log|add|45min easy"),
            (&["log", "12"], "log|show|12"),
            (&["log", "last"], "log|show"),
            (&["log", "show", "newest"], "log|show"),
            (&["log", "list", "hills"], "log|list|--workout|hills"),
            (&["log", "trends", "12"], "log|trends|--weeks|12"),
            (&["log", "edit", "1", "rpe", "6"], "log|edit|1|--rpe|6"),
            (&["log", "export", "3"], "log|export|3|-o|session-3.fit"),
            (&["log", "export", "--all", "-o", "x.csv"], "log|export|--since|2000-01-01|-o|x.csv"),
            (&["plan", "move", "sunday", "to", "saturday"], "plan|move|sunday|saturday"),
            (&["plan", "cancel"], "plan|stop"),
            (&["plan", "today"], "today"),
            (&["plan", "pause"], "nothing"),
            (&["profile", "show"], "profile"),
            (&["profile", "hr_max", "186"], "profile|set|athlete.hr_max|186"),
            (&["profile", "set", "hr_max=186"], "profile|set|athlete.hr_max|186"),
            (&["profile", "race", "5", "24:10"], "profile|race|5K|24:10"),
            (&["list", "--tag", "hills"], "list|hills"),
            (&["list", "--all"], "list"),
            (&["run", "fifths", "--no-audio"], "run|fifths|--audio|off"),
            (&["run", "--workout", "fifths"], "run|fifths"),
            (&["new", "8x400m", "--name", "yasso"], "new|yasso|8x400m"),
            (&["checkin", "4,3,3,4"], "checkin|4|3|3|4"),
            (&["checkin", "4", "3", "3", "4", "52"], "checkin|4|3|3|4|--heart|52"),
            (&["checkin", "today", "now"], "checkin"),
            (&["simulate", "20min easy", "--speed", "10"], "nothing"),
            (&["list", "--colour"], "list|--colour|always"),
            (&["show", "fifths", "--frobnicate"], "nothing"),
        ] {
            assert_eq!(mend(typed), meant, "{typed:?}");
        }
    }
}
