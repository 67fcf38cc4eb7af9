//! `pacebell list`, and the overview that `pacebell` prints without a terminal.

use crate::cli::args::ListArguments;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::shorten;
use crate::cli::workout_text::WorkoutText;
use crate::display;
use crate::formats::library::{self as library_json, LibraryItem};
use crate::library::{self, LibraryWorkout, WorkoutGroup};
use crate::runner::profile::Profile;
use crate::text::{clean, quoted};
use crate::workout::sequence::Sequence;
use crate::workout::{self, LineStyle, Options};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use unicode_width::UnicodeWidthStr;

/// The heading of the user's own workouts.
const MINE: &str = "Mine";
/// The blanks in front of a title, and of the line below it.
const INDENTS: [&str; 2] = ["  ", "    "];

/// Runs the command.
pub fn list(context: &Context, arguments: &ListArguments) -> Result<(), Failure> {
    let profile = load_workout::profile_if_usable();
    if arguments.json {
        return print_json(&arguments.words, &profile, context.end_key());
    }
    let mut printer = LibraryPrinter::new(context, &profile);
    let listed = printer.print(&arguments.words)?;
    if listed == 0 && !arguments.words.is_empty() {
        return Err(nothing_found(&arguments.words));
    }
    Ok(())
}

fn nothing_found(words: &[String]) -> Failure {
    let report = Report::new(format!("no workout in the library matches {}", quoted(&words.join(" "))));
    let help = match words {
        [word] if ["plan", "plans", "programs"].contains(&word.as_str()) => {
            "`pacebell plan list` lists the plans"
        }
        _ => "`pacebell list` lists all of them",
    };
    Failure::Input(report.with_help(help))
}

/// Prints the library and what to type next.
pub fn overview(context: &Context) -> Result<(), Failure> {
    writeln!(io::stdout(), "pacebell times running workouts, with a sound at every change.\n")?;
    LibraryPrinter::new(context, &load_workout::profile_if_usable()).print(&[])?;
    let mut out = SpelledOutput::stdout();
    writeln!(out, "\nRun a workout:   pacebell run short-intervals")?;
    writeln!(out, "Look at it:      pacebell show short-intervals")?;
    writeln!(out, "Type your own:   pacebell run \"8×60s hard / 60s easy\"")?;
    Ok(writeln!(out, "All commands:    pacebell --help")?)
}

fn print_json(words: &[String], profile: &Profile, end_key: &'static str) -> Result<(), Failure> {
    let rows = sorted(words, profile);
    let style = profile.line_style().with_end_key(end_key);
    let items: Vec<LibraryItem<'_>> = rows.iter().map(|row| row.item(&style)).collect();
    Ok(io::stdout().write_all(library_json::text(&items).as_bytes())?)
}

/// Returns the workouts that match, the user's own first and the others by their group.
fn sorted(words: &[String], profile: &Profile) -> Vec<LibraryRow> {
    let mut query = ListQuery::new(words);
    let rows = library::all().iter().map(|workout| LibraryRow::of(workout, profile)).collect::<Vec<_>>();
    let mut rows: Vec<LibraryRow> = rows.into_iter().filter(|row| query.matches(row)).collect();
    rows.sort_by_key(|row| (!row.is_mine, row.group().filter(|_| !row.is_mine)));
    rows
}

/// Prints the library.
struct LibraryPrinter<'a> {
    profile: &'a Profile,
    style: LineStyle,
    painter: TextPainter,
    columns: usize,
    out: BufWriter<SpelledOutput<io::StdoutLock<'static>>>,
    /// True once something was printed.
    began: bool,
}

impl<'a> LibraryPrinter<'a> {
    fn new(context: &Context, profile: &'a Profile) -> Self {
        LibraryPrinter {
            profile,
            style: profile.line_style().with_end_key(context.end_key()),
            painter: TextPainter::of_stdout(context),
            columns: output_width().into(),
            out: BufWriter::new(SpelledOutput::stdout()),
            began: false,
        }
    }

    /// Prints the workouts that match every word and returns how many they are. The user's own come first and are printed
    /// as they are read, since there may be thousands.
    fn print(&mut self, words: &[String]) -> Result<usize, Failure> {
        let mut query = ListQuery::new(words);
        let (mine, built_in): (Vec<_>, Vec<_>) =
            library::all().into_iter().partition(LibraryWorkout::is_mine);
        let mut listed = 0;
        for workout in &mine {
            let row = LibraryRow::of(workout, self.profile);
            if query.matches(&row) {
                self.heading((listed == 0).then_some(MINE))?;
                self.row(&row)?;
                listed += 1;
                if listed == 1 {
                    self.out.flush()?;
                }
            }
        }
        let mut groups: BTreeMap<Option<WorkoutGroup>, Vec<LibraryRow>> = BTreeMap::new();
        for workout in &built_in {
            let row = LibraryRow::of(workout, self.profile);
            if query.matches(&row) {
                groups.entry(row.group()).or_default().push(row);
                listed += 1;
            }
        }
        for (group, rows) in &groups {
            self.heading(Some(group.unwrap_or(WorkoutGroup::Other).heading()))?;
            for row in rows {
                self.row(row)?;
            }
        }
        self.out.flush()?;
        Ok(listed)
    }

    /// Begins a group, if it has a heading.
    fn heading(&mut self, heading: Option<&str>) -> io::Result<()> {
        let Some(heading) = heading else { return Ok(()) };
        if std::mem::replace(&mut self.began, true) {
            writeln!(self.out)?;
        }
        writeln!(self.out, "{}", self.painter.paint(heading, TextLook::Title))
    }

    fn row(&mut self, row: &LibraryRow) -> io::Result<()> {
        let [first, second] = INDENTS;
        let own = match (row.is_mine, row.replaces) {
            (true, true) => "  (yours, instead of the built-in one)",
            _ => "",
        };
        let quiet = format!("{}{own}", row.name);
        let room = self.columns.saturating_sub(first.len() + quiet.width() + 2);
        let title = row.title().map(|title| shorten(title, room.max(8))).unwrap_or_default();
        let gap = if title.is_empty() { "" } else { "  " };
        let quiet = self.painter.paint(&quiet, TextLook::Quiet);
        writeln!(self.out, "{first}{}{gap}{quiet}", self.painter.paint(&title, TextLook::Title))?;
        let room = self.columns.saturating_sub(second.len());
        let text = match &row.content {
            Ok(sequence) => {
                let total = display::total(sequence);
                let reading = workout::line(sequence, &self.style);
                format!("{total}  {}", reading.fit_pieces(room.saturating_sub(total.width() + 2)))
            }
            Err(problem) => self.painter.paint(problem, TextLook::Bad),
        };
        writeln!(self.out, "{}", format!("{second}{text}").trim_end())
    }
}

/// A workout as the list shows it.
struct LibraryRow {
    name: String,
    is_mine: bool,
    /// True if it replaces a built-in workout.
    replaces: bool,
    /// The workout, or how to find out what is wrong with it.
    content: Result<Sequence, String>,
}

impl LibraryRow {
    fn of(workout: &LibraryWorkout, profile: &Profile) -> Self {
        let name = clean(&workout.name);
        let content = match workout.source() {
            Ok(source) => match WorkoutText::file(source).compile(profile, &Options::default()) {
                Ok(compiled) => Ok(compiled.sequence),
                Err(_) => Err(format!("has mistakes: see `pacebell check {name}`")),
            },
            Err(_) => Err(format!("cannot be read: see `pacebell check {name}`")),
        };
        LibraryRow { name, is_mine: workout.is_mine(), replaces: workout.shadows(), content }
    }

    fn title(&self) -> Option<&str> {
        self.content.as_ref().ok().map(|sequence| sequence.name.as_str())
    }

    fn group(&self) -> Option<WorkoutGroup> {
        self.content.as_ref().ok().map(WorkoutGroup::of)
    }

    fn item(&self, style: &LineStyle) -> LibraryItem<'_> {
        let sequence = self.content.as_ref().map_err(String::as_str);
        LibraryItem {
            name: &self.name,
            group: self.group().map(WorkoutGroup::key),
            mine: self.is_mine,
            replaces: self.replaces,
            sequence,
            reading: sequence.ok().map(|sequence| workout::line(sequence, style).fit(usize::MAX)),
        }
    }
}

/// The words that a workout must have to be listed. Case and accents do not matter.
struct ListQuery {
    words: Vec<Atom>,
    matcher: Matcher,
}

impl ListQuery {
    fn new(words: &[String]) -> Self {
        let words = words.iter().flat_map(|word| word.split_whitespace());
        let atom =
            |word| Atom::new(word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring, false);
        ListQuery { words: words.map(atom).collect(), matcher: Matcher::new(Config::DEFAULT) }
    }

    /// True if every word is part of the workout's name, title, tags or group.
    fn matches(&mut self, row: &LibraryRow) -> bool {
        let ListQuery { words, matcher } = self;
        let tags = row.content.as_ref().map(|sequence| sequence.tags.as_slice()).unwrap_or_default();
        let group = if row.is_mine { Some(MINE) } else { row.group().map(WorkoutGroup::heading) };
        let texts = || {
            [Some(row.name.as_str()), row.title(), group]
                .into_iter()
                .flatten()
                .chain(tags.iter().map(String::as_str))
        };
        let mut buffer = Vec::new();
        words
            .iter()
            .all(|word| texts().any(|text| word.score(Utf32Str::new(text, &mut buffer), matcher).is_some()))
    }
}
