//! Training plans of calendar-hack, in JSON and YAML: weeks with seven days, each with a title and perhaps a distance.
//!
//! The fields are those of <https://github.com/defy-org/calendar-hack>. A title is words for people. Where it reads as a
//! day of a plan it becomes one; everything else becomes words, with the distance as the length.

use super::UnreadableWorkout;
use super::calendar_days::{CalendarDayReader, CalendarDayText, compiles};
use super::json_fields::{list, number, parse, text};
use super::report::{ConversionNote, ConversionNotes, ReportKind};
use super::toml_step::string;
use super::yaml;
use crate::plan::MOST_WEEKS;
use serde_json::Value;

/// The keys of the days, the first one first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// The most characters of a description.
const LONGEST_ABOUT: usize = 2000;

/// A plan of another program as a plan of pacebell.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignPlan {
    /// The name.
    pub name: String,
    /// The text of the plan's file.
    pub text: String,
    /// The number of weeks.
    pub weeks: usize,
    /// The number of days with a session.
    pub sessions: usize,
    /// Everything that was assumed, changed, left out or kept as words.
    pub report: Vec<ConversionNote>,
}

/// True for the first bytes of such a plan as text.
pub fn is_plan(start: &str) -> bool {
    let is_json = start.starts_with('{') && start.contains("\"schedule\"") && start.contains("\"workouts\"");
    let has_key = |key: &str| start.lines().any(|line| line.trim_start_matches(['-', ' ']).starts_with(key));
    is_json || has_key("schedule:") && has_key("workouts:")
}

/// Reads a plan.
///
/// # Errors
/// If it is damaged, has no weeks or too many, or does not fit into a plan.
pub fn read(source: &str, name: &str, origin: &str) -> Result<ForeignPlan, UnreadableWorkout> {
    let json: Value = match source.trim_start().starts_with('{') {
        true => parse(source)?,
        false => yaml::read(source)?,
    };
    let weeks = list(&json, "schedule");
    if weeks.is_empty() {
        return Err(UnreadableWorkout::new("it has no weeks"));
    }
    if weeks.len() > MOST_WEEKS {
        let problem = format!("it has {} weeks, and a plan has at most {MOST_WEEKS}", weeks.len());
        return Err(UnreadableWorkout::new(problem));
    }
    let mut notes = ConversionNotes::default();
    let is_metric = is_metric(&json, &mut notes);
    let mut reader = CalendarDayReader { is_metric, notes };
    let mut writer = PlanText { weeks: String::new(), sessions: 0, race: None };
    for (week, number) in weeks.iter().zip(1..) {
        let race = race(&json).filter(|_| number == weeks.len());
        writer.week(week, number, race, &mut reader);
    }
    let head = |key: &str, value: Option<&str>| {
        let value = value.map(|value| cut(value.trim())).filter(|value| !value.is_empty());
        value.map(|value| format!("{key:<6} = {}\n", string(&value))).unwrap_or_default()
    };
    let title = text(&json, "name").or(text(&json, "title")).unwrap_or(name).to_string();
    let source = match text(&json, "source") {
        Some(source) => format!("{source}, imported from {origin}"),
        None => format!("imported from {origin}"),
    };
    let text = format!(
        "{}{}{}{}{}",
        head("name", Some(&title)),
        head("about", text(&json, "description")),
        head("source", Some(&source)),
        head("race", writer.race),
        writer.weeks
    );
    compiles(&text)
        .map_err(|problem| UnreadableWorkout::new(format!("it does not fit into a plan: {problem}")))?;
    let (weeks, sessions, report) = (weeks.len(), writer.sessions, reader.notes.finish());
    Ok(ForeignPlan { name: title, text, weeks, sessions, report })
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_ABOUT).collect()
}

/// Tells whether distances are kilometres.
fn is_metric(json: &Value, notes: &mut ConversionNotes) -> bool {
    match text(json, "units") {
        Some(unit) if unit.starts_with("mi") => false,
        Some(unit) if unit.starts_with("km") || unit.starts_with("kilo") => true,
        _ => {
            let text = "the unit of distances is not named, and miles are usual";
            notes.push(ConversionNote::new(ReportKind::Assumed, text));
            false
        }
    }
}

/// Returns the race that the plan is for.
fn race(json: &Value) -> Option<&'static str> {
    let kind = text(json, "type")?.to_lowercase();
    match kind {
        kind if kind == "5k" => Some("5K"),
        kind if kind == "10k" => Some("10K"),
        kind if kind.contains("half") => Some("half"),
        kind if kind.contains("marathon") => Some("marathon"),
        _ => None,
    }
}

/// The weeks of the plan as text.
struct PlanText {
    weeks: String,
    sessions: usize,
    race: Option<&'static str>,
}

impl PlanText {
    /// Adds a week. `race` is the race at the end of the last one.
    fn week(
        &mut self,
        week: &Value,
        number: usize,
        race: Option<&'static str>,
        reader: &mut CalendarDayReader,
    ) {
        self.weeks.push_str("\n[[week]]\n");
        if let Some(about) = text(week, "description") {
            self.weeks.push_str(&format!("about = {}\n", string(&cut(about))));
        }
        // Older files have the days of a week without a key.
        let days = week.as_array().map_or_else(|| list(week, "workouts"), Vec::as_slice);
        for (nth, day) in days.iter().enumerate() {
            let Some(key) = DAYS.get(nth) else {
                let note = ConversionNote::new(
                    ReportKind::LeftOut,
                    format!("week {number} has more than seven days"),
                );
                reader.notes.push(note);
                break;
            };
            let (title, about) = (text(day, "title").unwrap_or_default(), text(day, "description"));
            let read = CalendarDayText { title, about, distance: number_of(day), week: number, day: key };
            let lower = title.to_lowercase();
            let is_race = nth + 1 == DAYS.len() && (lower.contains("race") || lower.contains("marathon"));
            if let Some(race) = race.filter(|_| is_race) {
                self.race = Some(race);
                self.sessions += 1;
                self.weeks.push_str(&format!("{key} = {}\n", reader.race_day(&read)));
                continue;
            }
            if let Some(line) = reader.day(&read) {
                self.sessions += usize::from(!line.trim_start_matches("{ do = ").starts_with("\"rest"));
                self.weeks.push_str(&format!("{key} = {line}\n"));
            }
        }
    }
}

fn number_of(day: &Value) -> Option<f64> {
    number(day, "distance").filter(|distance| *distance > 0.0)
}
