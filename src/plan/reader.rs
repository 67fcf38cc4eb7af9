//! A plan's file → [`PlanDocument`].

use super::MOST_WEEKS;
use super::day_line::DayLine;
use super::document::{OwnWorkout, PlanDocument, PlanWeekLine, RaceGoal, WeekCells};
use super::item_id::DAYS;
use super::messages::PlanProblem;
use super::quantity::{ValueRange, ValueUnit};
use crate::athlete::Race;
use crate::diagnostic::{Diagnostic, DiagnosticKind, LineIndex, SourceText};
use crate::spanned_toml::{self, SpannedTable, SpannedValue, misspelt, wrong_value};
use crate::text::{clean, cut, nearest};
use crate::units::Distance;
use crate::workout::language::notation::{Notation, is_name};
use chrono::Weekday;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::de::DeValue;

/// Every key of a plan's file.
pub(crate) const KEYS: [&str; 11] =
    ["name", "about", "author", "source", "tags", "race", "starts", "workouts", "progress", "usual", "week"];
/// The keys of `[usual]`.
pub(crate) const CELL_KEYS: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "any"];
/// The keys of a `[[week]]`.
pub(crate) const WEEK_KEYS: [&str; 12] =
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "any", "name", "about", "down", "times"];
/// Names that have a meaning in the line of a day.
const RESERVED: [&str; 5] = ["rest", "race", "optional", "and", "or"];
/// The days in full.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The longest name, in characters. Longer names are cut.
const LONGEST_NAME: usize = 120;

/// Reads a plan. The document keeps the problems of the text: see [`PlanDocument::problems`].
pub fn read_plan(source: &SourceText) -> PlanDocument {
    let (table, syntax) = spanned_toml::parse(source);
    let mut reader = PlanReader { source, problems: Vec::new() };
    let mut document = empty_document(source);
    if let Some(table) = &table {
        reader.file(table, &mut document);
        if syntax.is_empty() {
            reader.report_missing(table, &document);
        }
    }
    // A line that is not TOML was not read as intended, so its other problems are dropped.
    let index = LineIndex::new(&source.text);
    let line = |problem: &Diagnostic| index.place(problem.span.start).line;
    let broken: BTreeSet<u32> = syntax.iter().map(line).collect();
    reader.problems.retain(|problem| !broken.contains(&line(problem)));
    document.problems = syntax;
    document.problems.append(&mut reader.problems);
    document
}

fn empty_document(source: &SourceText) -> PlanDocument {
    PlanDocument {
        name: String::new(),
        about: None,
        author: None,
        origin: None,
        tags: Vec::new(),
        race: None,
        starts: Weekday::Mon,
        text: source.clone(),
        workouts: BTreeMap::new(),
        broken: BTreeSet::new(),
        progress: BTreeMap::new(),
        usual: WeekCells::default(),
        weeks: Vec::new(),
        problems: Vec::new(),
    }
}

/// Returns the help for `start = 2026-12-01` and `race_date = 2027-03-01`: a plan gets its date when it is started.
fn given_at_start(key: &str, value: &SpannedValue<'_>, file: &str) -> Option<String> {
    let DeValue::Datetime(date) = value.get_ref() else { return None };
    let date = date.date?;
    let option = match key {
        "start" | "starts_on" | "start_date" | "begin" | "begins" | "from" => "on",
        "date" | "race_date" | "race_day" | "goal" | "end" | "until" => "race",
        _ => return None,
    };
    Some(format!(
        "leave it out: a plan gets its date when you start it, with `pacebell plan start {} --{option} {date}`",
        clean(file)
    ))
}

/// Reads one plan.
pub(super) struct PlanReader<'a> {
    pub(super) source: &'a SourceText,
    pub(super) problems: Vec<Diagnostic>,
}

impl PlanReader<'_> {
    pub(super) fn report(&mut self, span: Range<usize>, kind: impl DiagnosticKind) {
        self.problems.push(Diagnostic::new(span, kind));
    }

    pub(super) fn wrong(&mut self, key: &str, value: &SpannedValue<'_>, expected: &str) {
        self.problems.push(wrong_value(key, value, expected));
    }

    fn report_missing(&mut self, table: &SpannedTable<'_>, document: &PlanDocument) {
        let end = self.source.text.trim_end().len();
        if table.get("name").is_none() {
            self.report(end..end, PlanProblem::MissingName);
        }
        if table.get("week").is_none() {
            self.report(end..end, PlanProblem::NoWeeks);
        }
        let weeks = document.week_count();
        if weeks > MOST_WEEKS {
            let place = table.get_key_value("week").map_or(end..end, |(key, _)| key.span());
            self.report(place, PlanProblem::TooManyWeeks { weeks });
        }
    }

    fn file(&mut self, table: &SpannedTable<'_>, document: &mut PlanDocument) {
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "name" => {
                    let name = self.text("name", value).unwrap_or_default();
                    document.name = cut(&name, LONGEST_NAME);
                }
                "about" => document.about = self.text("about", value),
                "author" => document.author = self.text("author", value),
                "source" => document.origin = self.text("source", value),
                "tags" => document.tags = self.tags(value),
                "race" => document.race = self.race(value),
                "starts" => document.starts = self.starts(value),
                "workouts" => self.workouts(value, document),
                "progress" => self.progress(value, document),
                "usual" => document.usual = self.usual(value),
                "week" => document.weeks = self.weeks(value),
                name => self.problems.push(match given_at_start(name, value, &self.source.name) {
                    Some(help) => spanned_toml::unknown_key(key, &KEYS).with_help(help),
                    None => misspelt(table, key, &KEYS),
                }),
            }
        }
        let both = document.progress.keys().filter(|name| document.workouts.contains_key(*name));
        let both: Vec<String> = both.cloned().collect();
        for name in both {
            let place = inner_key(table, "progress", &name);
            self.report(place, PlanProblem::TwoMeanings { name: &name });
            document.broken.insert(name);
        }
    }

    /// Reads text and cleans it. Empty text is no text.
    pub(super) fn text(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(key, value, &format!("write `{key}` as text in quotes"));
            return None;
        };
        Some(clean(text.trim())).filter(|text| !text.is_empty())
    }

    fn tags(&mut self, value: &SpannedValue<'_>) -> Vec<String> {
        let DeValue::Array(tags) = value.get_ref() else {
            self.wrong("tags", value, "write a list, like `tags = [\"marathon\"]`");
            return Vec::new();
        };
        tags.iter().filter_map(|tag| self.text("tags", tag)).collect()
    }

    fn race(&mut self, value: &SpannedValue<'_>) -> Option<RaceGoal> {
        let text = self.text("race", value)?;
        let goal = race_goal(&text);
        if goal.is_none() {
            let nearest = nearest(&text, ["half", "marathon"].into_iter());
            self.report(value.span(), PlanProblem::UnknownRace { race: &text, nearest });
        }
        goal
    }

    fn starts(&mut self, value: &SpannedValue<'_>) -> Weekday {
        let Some(text) = self.text("starts", value) else { return Weekday::Mon };
        let day = DAYS.iter().position(|day| day.eq_ignore_ascii_case(&text));
        day.and_then(weekday).unwrap_or_else(|| {
            self.report(value.span(), PlanProblem::UnknownStart { day: &text });
            Weekday::Mon
        })
    }

    fn workouts(&mut self, value: &SpannedValue<'_>, document: &mut PlanDocument) {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong("workouts", value, "write `[workouts]`, and below it `tempo = \"20min MP\"`");
            return;
        };
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            let problems = self.problems.len();
            if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
                self.report(key.span(), PlanProblem::ReservedName { name });
            } else if !is_name(name) {
                self.report(key.span(), PlanProblem::InvalidPlanName { name });
            }
            if self.problems.len() > problems {
                // Its text may have mistakes as well.
                document.broken.insert(name.to_string());
            }
            if !matches!(value.get_ref(), DeValue::String(_) | DeValue::Table(_)) {
                self.wrong(name, value, &format!("write notation in quotes, like `{name} = \"20min MP\"`"));
                document.broken.insert(name.to_string());
            } else {
                let is_table = matches!(value.get_ref(), DeValue::Table(_));
                let mut names = BTreeSet::new();
                self.names_in(value, &mut names);
                document
                    .workouts
                    .insert(name.to_string(), OwnWorkout { span: value.span(), is_table, names });
            }
        }
    }

    /// Collects the names in braces in every text of a value.
    fn names_in(&self, value: &SpannedValue<'_>, into: &mut BTreeSet<String>) {
        match value.get_ref() {
            DeValue::String(_) => into.extend(self.notation(value).names().into_iter().map(|n| n.name)),
            DeValue::Array(values) => values.iter().for_each(|value| self.names_in(value, into)),
            DeValue::Table(table) => table.iter().for_each(|(_, value)| self.names_in(value, into)),
            _ => {}
        }
    }

    /// Decodes a TOML string.
    pub(super) fn notation(&self, value: &SpannedValue<'_>) -> Notation {
        let span = value.span();
        let raw = self.source.text.get(span.clone()).unwrap_or_default();
        Notation::from_toml(raw, span.start)
    }

    fn usual(&mut self, value: &SpannedValue<'_>) -> WeekCells {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong("usual", value, "write `[usual]`, and below it days: `sun = \"75min easy\"`");
            return WeekCells::default();
        };
        for (key, _) in table.iter().filter(|(key, _)| !CELL_KEYS.contains(&key.get_ref().as_ref())) {
            self.unknown_cell(table, key, &CELL_KEYS);
        }
        self.cells(table)
    }

    fn weeks(&mut self, value: &SpannedValue<'_>) -> Vec<PlanWeekLine> {
        let form = "write `[[week]]` in double brackets, and below it days: `sun = \"75min easy\"`";
        let DeValue::Array(weeks) = value.get_ref() else {
            self.wrong("week", value, form);
            return Vec::new();
        };
        let mut lines = Vec::new();
        for week in weeks.iter() {
            match week.get_ref() {
                DeValue::Table(table) => lines.push(self.week(table)),
                _ => self.wrong("week", week, form),
            }
        }
        lines
    }

    fn week(&mut self, table: &SpannedTable<'_>) -> PlanWeekLine {
        let (mut name, mut about, mut down, mut times) = (None, None, false, 1);
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "name" => name = self.text("name", value).map(|name| cut(&name, LONGEST_NAME)),
                "about" => about = self.text("about", value),
                "down" => match value.get_ref() {
                    DeValue::Boolean(is_down) => down = *is_down,
                    _ => self.wrong("down", value, "write `down = true` in an easier week"),
                },
                "times" => {
                    let count = whole_number(value).filter(|times| (1..=MOST_WEEKS).contains(times));
                    if count.is_none() {
                        self.report(value.span(), PlanProblem::InvalidTimes);
                    }
                    times = count.unwrap_or(1);
                }
                known if CELL_KEYS.contains(&known) => {}
                _ => self.unknown_cell(table, key, &WEEK_KEYS),
            }
        }
        PlanWeekLine { name, about, down, times, cells: self.cells(table) }
    }

    /// Reports an unknown key of a week. `monday` has a fix of its own.
    fn unknown_cell(&mut self, table: &SpannedTable<'_>, key: &spanned_toml::SpannedKey<'_>, known: &[&str]) {
        let lower = key.get_ref().to_ascii_lowercase();
        let long = DAYS.iter().find(|day| lower.starts_with(*day) && is_weekday(&lower));
        let problem = match long {
            Some(day) => {
                let problem = Diagnostic::new(key.span(), PlanProblem::LongDayName { day });
                if table.get(*day).is_none() { problem.with_fix(key.span(), *day) } else { problem }
            }
            None => misspelt(table, key, known),
        };
        self.problems.push(problem);
    }

    fn cells(&mut self, table: &SpannedTable<'_>) -> WeekCells {
        let mut cells = WeekCells::default();
        for (day, cell) in DAYS.iter().zip(cells.days.iter_mut()) {
            *cell = self.cell(table, day);
        }
        cells.any = self.cell(table, "any");
        cells
    }

    fn cell(&mut self, table: &SpannedTable<'_>, key: &str) -> Option<DayLine> {
        table.get(key).and_then(|value| self.day(key, value))
    }
}

/// Reads a race: a name, or a distance.
fn race_goal(text: &str) -> Option<RaceGoal> {
    let lower = text.to_lowercase().replace([' ', '-'], "");
    let name = if lower == "halfmarathon" { "half" } else { &lower };
    let known = Race::ALL.into_iter().find(|race| race.key().to_lowercase().replace(' ', "") == name);
    if let Some(race) = known {
        return Some(RaceGoal { name: race.key().to_string(), distance: race.distance() });
    }
    let value = ValueRange::parse(text).filter(|value| value.lower == value.upper && value.upper > 0.0)?;
    let is_distance = matches!(value.unit, ValueUnit::Metres | ValueUnit::Kilometres | ValueUnit::Miles);
    let metres = value.to_unit(ValueUnit::Metres).upper;
    (is_distance && metres <= 1_000_000.0)
        .then(|| RaceGoal { name: value.to_string(), distance: Distance::from_metres(metres) })
}

/// True for the beginning of a weekday in full, with at least four letters: `monday`, `tues`.
fn is_weekday(lower: &str) -> bool {
    lower.len() > 3 && WEEKDAYS.iter().any(|day| day.starts_with(lower))
}

/// Returns the weekday that is this many days after Monday.
pub(super) fn weekday(days: usize) -> Option<Weekday> {
    u8::try_from(days).ok().and_then(|days| Weekday::try_from(days).ok())
}

/// Reads a whole number.
pub(super) fn whole_number(value: &SpannedValue<'_>) -> Option<usize> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        _ => None,
    }
}

/// Returns the place of a key in an inner table.
fn inner_key(table: &SpannedTable<'_>, outer: &str, key: &str) -> Range<usize> {
    match table.get(outer).map(|value| value.get_ref()) {
        Some(DeValue::Table(inner)) => inner.get_key_value(key).map_or(0..0, |(key, _)| key.span()),
        _ => 0..0,
    }
}
