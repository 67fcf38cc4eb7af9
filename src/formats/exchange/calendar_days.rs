//! The days of a plan of calendar-hack: titles such as `Recovery\n{5:8}`, where 5 is miles and 8 kilometres.

use super::report::{ConversionNote, ConversionNotes, ReportKind};
use super::toml_step::{plain, string};
use crate::diagnostic::SourceText;
use crate::plan::{Calendar, PlanAnchor, PlannedSession, WorkoutLookup, compile_plan, read_plan};
use crate::units::{METRES_PER_MILE, trimmed};
use chrono::{Days, NaiveDate};

/// The most characters of the words of a session.
const LONGEST_TRIED: usize = 400;
/// The longest words of a target.
const LONGEST_WORDS: usize = 60;
/// The words in front of what may be done on a day of rest.
const REST_OR: &str = "rest or ";
/// The share by which the distance of a title may differ from the distance of the day.
const SAME_WITHIN: f64 = 0.02;

/// A day as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct CalendarDayText<'a> {
    /// The title, which may have several lines.
    pub title: &'a str,
    /// A description.
    pub about: Option<&'a str>,
    /// The distance in the plan's unit.
    pub distance: Option<f64>,
    /// The number of the week.
    pub week: usize,
    /// The key of the day.
    pub day: &'static str,
}

/// Reads days, and collects what became of them.
pub struct CalendarDayReader {
    /// True for kilometres, and false for miles.
    pub is_metric: bool,
    /// The report.
    pub notes: ConversionNotes,
}

impl CalendarDayReader {
    /// Returns the day as TOML. `None` for a day of rest.
    pub fn day(&mut self, day: &CalendarDayText<'_>) -> Option<String> {
        let (title, in_title) = self.with_unit(day.title);
        let lines: Vec<&str> = title.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let first = lines.first().copied().unwrap_or_default();
        if first.is_empty() || is_rest(first) && lines.len() == 1 && day.about.is_none() {
            return None;
        }
        let distance = in_title.or(day.distance);
        let length = distance.map(|distance| format!("{}{}", trimmed(distance, 2), self.unit()));
        let words = words(&lines, length.as_deref());
        let all = lines.join(", ");
        let with_length = length.as_ref().map(|length| format!("{length} {}", words.to_lowercase()));
        let mut candidates = vec![all.clone(), all.to_lowercase()];
        // A distance on a line of its own comes first in a session.
        let at = if lines.len() > 1 { 0 } else { candidates.len() };
        candidates.splice(at..at, with_length);
        // Further lines say what is in the run, so its first words are not the effort of all of it.
        let more = lines.iter().filter(|line| length.as_deref() != Some(**line)).count() > 1;
        let read = candidates
            .into_iter()
            .filter(|_| !more)
            .find(|text| text.len() <= LONGEST_TRIED && self.is_day(text, distance));
        let is_exact = read.is_some();
        let session = read.unwrap_or_else(|| {
            let other = words.get(..REST_OR.len()).is_some_and(|start| start.eq_ignore_ascii_case(REST_OR));
            let (rest, words) = match words.get(REST_OR.len()..) {
                Some(after) if other => (REST_OR, after),
                _ => ("", words.as_str()),
            };
            let length = length.clone().unwrap_or_else(|| "open".to_string());
            format!("{rest}{length} '{}'", cut_words(words))
        });
        if !is_exact {
            let text = match length {
                Some(_) => "words that are neither an effort nor a workout stay words",
                None => "a day without a length or a workout that can be read is open, with its words",
            };
            self.tell(day, ReportKind::KeptAsWords, text);
        }
        // Many descriptions only say the title again, on lines of their own.
        let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let about = day.about.filter(|about| bare(about) != bare(day.title));
        let full: Vec<String> = about.map(|about| self.with_unit(about).0).into_iter().collect();
        let has_more = more || !full.is_empty() || (!is_exact && words.chars().count() > LONGEST_WORDS);
        if !has_more {
            return Some(string(&session));
        }
        if more || !full.is_empty() {
            self.tell(day, ReportKind::KeptAsWords, "the rest of the text is the note of the day");
        }
        let note = std::iter::once(title.trim().to_string()).chain(full).collect::<Vec<_>>().join("\n");
        Some(format!("{{ do = {}, about = {} }}", string(&session), string(&note)))
    }

    /// Returns the day of the race as TOML. What its text says beyond that is the note of the day.
    pub fn race_day(&mut self, day: &CalendarDayText<'_>) -> String {
        let title = self.with_unit(day.title).0.trim().to_string();
        let is_plain = matches!(
            title.to_lowercase().trim_end_matches(['!', '.']),
            "race" | "race day" | "marathon" | "half marathon"
        );
        if is_plain && day.about.is_none() {
            return string("race");
        }
        self.tell(day, ReportKind::KeptAsWords, "the text of the race is the note of the day");
        let about = day.about.map(|about| self.with_unit(about).0);
        let note = std::iter::once(title).chain(about).collect::<Vec<_>>().join("\n");
        format!("{{ do = \"race\", about = {} }}", string(&note))
    }

    fn unit(&self) -> &'static str {
        if self.is_metric { "km" } else { "mi" }
    }

    fn tell(&mut self, day: &CalendarDayText<'_>, kind: ReportKind, text: &str) {
        let original = Some(day.title.replace('\n', ", "));
        let text = format!("week {}, {}: {text}", day.week, day.day);
        self.notes.push(ConversionNote { original, ..ConversionNote::new(kind, text) });
    }

    /// Writes `{5:8}` as `5mi` or `8km`, and returns the first such distance.
    fn with_unit(&self, title: &str) -> (String, Option<f64>) {
        let mut text = String::new();
        let mut first = None;
        let mut rest = title;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let pair = after.split_once('}').and_then(|(pair, behind)| {
                let (miles, kilometres) = pair.split_once(':')?;
                let number = if self.is_metric { kilometres } else { miles };
                Some((number.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0)?, behind))
            });
            rest = match pair {
                Some((number, behind)) => {
                    first = first.or(Some(number));
                    text.push_str(&format!("{}{}", trimmed(number, 2), self.unit()));
                    behind
                }
                None => after,
            };
        }
        text.push_str(rest);
        (text, first)
    }

    /// True if a text is a day of a plan, with the distance that the file gives.
    fn is_day(&self, text: &str, distance: Option<f64>) -> bool {
        let plan = format!("name = \"x\"\n[[week]]\nmon = {}\n", string(text));
        let Ok(calendar) = compiles(&plan) else { return false };
        let metres =
            distance.map(|distance| distance * if self.is_metric { 1000.0 } else { METRES_PER_MILE });
        let usual = calendar.weeks.first().and_then(|week| week.items().next()).map(|item| item.usual());
        match (usual, metres) {
            (Some(PlannedSession::Workout(workout)), Some(metres)) => {
                let planned = workout.figures.distance.map(|distance| distance.metres());
                planned.is_some_and(|planned| (planned - metres).abs() <= metres * SAME_WITHIN)
            }
            (Some(PlannedSession::Workout(_) | PlannedSession::Rest), None) | (None, None) => true,
            _ => false,
        }
    }
}

fn is_rest(line: &str) -> bool {
    matches!(line.to_lowercase().trim_end_matches('.'), "rest" | "off" | "rest day" | "day off")
}

/// Returns the words of a session: the first line that is more than a distance.
fn words(lines: &[&str], length: Option<&str>) -> String {
    let is_length = |line: &str| length.is_some_and(|length| line == length);
    let line = lines.iter().find(|line| !is_length(line)).copied().unwrap_or("easy");
    let line = length.map_or(line.to_string(), |length| line.replace(length, " "));
    plain(&line).trim_matches(|c: char| !c.is_alphanumeric()).to_string()
}

fn cut_words(words: &str) -> String {
    let words = words.replace('\'', "’");
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}

/// A library without workouts, so that no title is taken for the name of one.
struct NoNames;

impl WorkoutLookup for NoNames {
    fn workout(&self, _name: &str) -> Option<SourceText> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Compiles a plan.
///
/// # Errors
/// If it has a mistake: the first one as a sentence.
pub fn compiles(text: &str) -> Result<Calendar, String> {
    let document = read_plan(&SourceText::new("plan", text));
    // The first Monday of 1970: which dates the weeks are on changes nothing here.
    let anchor = PlanAnchor::start(NaiveDate::default() + Days::new(4));
    compile_plan(&document, anchor, None, &NoNames)
        .map_err(|problems| problems.first().map(|problem| problem.message.clone()).unwrap_or_default())
}
