//! `pacebell show`, `explain`, `schema` and `language`: a workout as a table and a chart or in a sentence, and how to
//! write one.

use crate::belt::{Belt, BeltCourse, BeltNote, PlannedStretch, PressSchedule};
use crate::cli::args::SchemaKind;
use crate::cli::args::workout::WorkoutArguments;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::{self, LoadedWorkout};
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::display::{self, chart};
use crate::formats::{json, schema};
use crate::runner::profile::Profile;
use crate::units::Millis;
use crate::workout::sequence::{End, PlannedStep, Rep, Sequence};

use crate::workout::{self, lengths, on_belt};
use std::io::{self, BufWriter, IsTerminal, Write};

/// The height of the chart, in rows.
const CHART_HEIGHT: u16 = 5;

/// Runs `show`.
pub fn show(context: &Context, arguments: &WorkoutArguments, as_json: bool) -> Result<(), Failure> {
    let LoadedWorkout { sequence, profile, .. } = load_workout::load(context, arguments)?;
    if as_json {
        return Ok(io::stdout().write_all(json::text(&sequence).as_bytes())?);
    }
    let mut out = BufWriter::new(SpelledOutput::stdout());
    let painter = TextPainter::of_stdout(context);
    let columns = usize::from(output_width());
    writeln!(out, "{}", painter.paint(&sequence.name, TextLook::Title))?;
    writeln!(
        out,
        "{}",
        workout::line(&sequence, &profile.line_style().with_end_key(context.end_key())).fit(columns)
    )?;
    for line in sequence.about.iter().flat_map(|about| wrap(about, columns, "")) {
        writeln!(out, "{}", painter.paint(&line, TextLook::Quiet))?;
    }
    writeln!(out, "\nTotal: {}\n", display::total_distance_and_steps(&sequence, profile.units.distance))?;
    let bars = chart::profile(&sequence, output_width());
    let plain = || chart::text(&sequence, output_width(), CHART_HEIGHT);
    writeln!(out, "{}", painter.chart(&bars, CHART_HEIGHT, plain))?;
    let layout =
        TableLayout { right: RIGHT, flexible: &FLEXIBLE, optional: &OPTIONAL, columns, has_heading: true };
    for row in layout.lines(&rows(&sequence, &profile, context.end_key()), &painter) {
        writeln!(out, "{row}")?;
    }
    for line in notes(&sequence).iter().flat_map(|note| wrap(note, columns, "")) {
        writeln!(out, "{}", painter.paint(&line, TextLook::Quiet))?;
    }
    for (heading, texts) in lists(&sequence) {
        writeln!(out, "\n{}", painter.paint(&heading, TextLook::Title))?;
        for line in texts.iter().flat_map(|text| wrap(text, columns.saturating_sub(2), "  ")) {
            writeln!(out, "  {line}")?;
        }
    }
    // Warnings are on standard error, below the text that they are about.
    for (i, sentence) in sequence.assumptions.iter().enumerate() {
        let sentence = format!("Assumed: {sentence}");
        writeln!(out, "{}{}", if i == 0 { "\n" } else { "" }, wrap(&sentence, columns, "  ").join("\n"))?;
    }
    Ok(out.flush()?)
}

/// Runs `explain`: prints the workout in a sentence, wrapped where the output is a terminal.
pub fn explain(context: &Context, arguments: &WorkoutArguments) -> Result<(), Failure> {
    let LoadedWorkout { sequence, profile, .. } = load_workout::load(context, arguments)?;
    let text = workout::explain(&sequence, &profile.line_style().with_end_key(context.end_key()));
    let mut out = BufWriter::new(SpelledOutput::stdout());
    for line in text.lines() {
        match io::stdout().is_terminal() {
            true => writeln!(out, "{}", wrap(line, output_width().into(), "").join("\n"))?,
            false => writeln!(out, "{line}")?,
        }
    }
    Ok(out.flush()?)
}

/// Explains the lengths that only the console shows.
fn notes(sequence: &Sequence) -> Vec<String> {
    let is_on_console = |step: &PlannedStep| matches!(step.end, End::Distance { time: None, .. });
    match sequence.steps.iter().any(is_on_console) {
        true => vec![format!("\n{CONSOLE}: press Enter when the console shows this distance")],
        false => Vec::new(),
    }
}

/// Runs `schema`: prints the JSON Schema of workout files or of plans.
pub fn schema(kind: SchemaKind) -> Result<(), Failure> {
    let text = match kind {
        SchemaKind::Workout => schema::TEXT,
        SchemaKind::Plan => schema::PLAN_SCHEMA,
    };
    Ok(io::stdout().write_all(text.as_bytes())?)
}

/// Runs `language`: prints the workout language reference.
pub fn language() -> Result<(), Failure> {
    Ok(SpelledOutput::stdout().write_all(include_str!("../../../docs/language.md").as_bytes())?)
}

/// Returns the checklist before the workout, the ways to ease off and the warning signs.
fn lists(sequence: &Sequence) -> Vec<(String, &[String])> {
    let mut all: Vec<(String, &[String])> = Vec::new();
    if let Some(before) = &sequence.before {
        let advice = before.advice.as_ref().map(|advice| format!(" ({advice})")).unwrap_or_default();
        all.push((format!("Do not run today if any of these is true{advice}:"), &before.stop_if_any));
    }
    all.push(("To ease off during the workout, in this order:".to_string(), &sequence.during_ease));
    all.push(("Ease off at any of these signs:".to_string(), &sequence.during_signs));
    all.retain(|(_, texts)| !texts.is_empty());
    all
}

const COLUMNS: usize = 7;
/// Columns that are aligned to the right: numbers and times.
const RIGHT: [bool; COLUMNS] = [true, true, true, false, false, false, false];
/// Columns that are cut on a narrow terminal: the belt as far as its number, then the target, then all.
const FLEXIBLE: [CutColumn; 4] = [
    CutColumn { column: 5, least: 15 },
    CutColumn { column: 4, least: 8 },
    CutColumn { column: 5, least: 8 },
    CutColumn { column: 6, least: 8 },
];
/// The column that a narrow terminal leaves out: the rep.
const OPTIONAL: [usize; 1] = [6];
/// The mark of a length that only the console shows.
const CONSOLE: &str = "*";

/// Returns the steps, below the titles of the columns. `end_key` ends an open step.
fn rows(sequence: &Sequence, profile: &Profile, end_key: &str) -> Vec<[TableCell; COLUMNS]> {
    let title = ["", "from", "length", "zone", "target", "belt", "rep"];
    let title = title.map(|title| match title {
        "belt" if !profile.has_belt() => "speed",
        _ => title,
    });
    let title = title.map(TableCell::from);
    let belt = BeltColumns::of(sequence, profile);
    // The rounds of an endless repeat are all like the first.
    let steps = sequence.steps.iter().enumerate().filter(|(_, step)| !step.is_later_round());
    let steps = steps.map(|(index, step)| row(sequence, index, step, &belt, end_key));
    std::iter::once(title).chain(steps).collect()
}

fn row(
    sequence: &Sequence,
    index: usize,
    step: &PlannedStep,
    belt: &BeltColumns<'_>,
    end_key: &str,
) -> [TableCell; COLUMNS] {
    let zone = step.target.start.zone;
    let rep = |r: &Rep| {
        let repeat = sequence.repeat(r.id);
        let label = repeat.and_then(|repeat| repeat.label.as_deref());
        let label = label.map(|label| format!("{label} ")).unwrap_or_default();
        match (r.of, repeat.and_then(|repeat| repeat.least)) {
            (Some(of), Some(least)) => format!("{label}{}/{least}–{of}", r.n),
            (Some(of), None) => format!("{label}{}/{of}", r.n),
            (None, _) => format!("{label}repeats until {end_key}"),
        }
    };
    let reps: Vec<String> = step.reps.iter().map(rep).collect();
    [
        TableCell::new(sequence.step_number(index).to_string(), TextLook::Quiet),
        start(sequence, index).into(),
        match step.end {
            End::Distance { time: None, .. } => format!("{}{CONSOLE}", display::length(step)).into(),
            _ => display::length_in_full(step, end_key).into(),
        },
        TableCell::new(zone.map_or_else(String::new, |zone| zone.to_string()), TextLook::Zone(zone)),
        (display::target(step) + &display::incline(step)).into(),
        if sequence.show_pace { belt.words(index, step).into() } else { TableCell::default() },
        TableCell::new(reps.join(" "), TextLook::Quiet),
    ]
}

/// Returns when a step starts, to the second. It is an estimate after a step whose time is one.
fn start(sequence: &Sequence, index: usize) -> String {
    let Some(offset) = sequence.steps.get(index).and_then(|step| step.offset) else { return "?".to_string() };
    let is_estimated = sequence.steps.iter().take(index).any(PlannedStep::is_estimated);
    let mark = if is_estimated { lengths::ESTIMATE } else { "" };
    format!("{mark}{}", lengths::seconds(offset))
}

/// The treadmill's settings for each step of a workout.
struct BeltColumns<'a> {
    profile: &'a Profile,
    belt: Belt,
    presses: PressSchedule,
}

impl<'a> BeltColumns<'a> {
    fn of(sequence: &Sequence, profile: &'a Profile) -> Self {
        let belt = profile.belt();
        let stretches = on_belt::stretches(sequence);
        let ceiling = profile.athlete.ceiling;
        let presses = belt.plan_presses(&BeltCourse {
            stretches: &stretches,
            ceiling,
            from: Millis::ZERO,
            shown: None,
            before: None,
        });
        BeltColumns { profile, belt, presses }
    }

    /// Returns the number to set for a step and the pace it stands for, or what happens instead.
    fn words(&self, index: usize, step: &PlannedStep) -> String {
        let Some(planned) = self.presses.stretches.get(index) else { return String::new() };
        let Some(begins) = planned.begins.filter(|setting| setting.number > 0.0) else {
            return String::new();
        };
        if planned.on_rails {
            return "on the rails while the belt keeps its speed".to_string();
        }
        let unit = self.belt.unit.name();
        let (number, pace) = display::number_and_pace(&self.belt, begins, self.profile.units.pace);
        let number = if step.target.start.speed.is_none() { format!("from {number}") } else { number };
        let presses = self.presses.speeds.iter().filter(|press| press.ramp && press.stretch == index).count();
        if let Some(ends) = planned.ends.filter(|ends| ends.number != begins.number) {
            let [from, to] = [begins, ends].map(|setting| self.belt.text(setting.number));
            let s = if presses == 1 { "" } else { "es" };
            return format!("{from} → {to} {unit}, {presses} press{s}");
        }
        format!("{number}  {pace}{}", self.incline(planned, step))
    }

    /// Returns the incline that replaces speed the belt does not reach, or the flat pace that is as hard as a slope.
    fn incline(&self, planned: &PlannedStretch, step: &PlannedStep) -> String {
        if planned
            .notes
            .iter()
            .any(|note| matches!(note, BeltNote::PastTop { .. } | BeltNote::BeyondBelt { .. }))
        {
            return format!(" at {}", planned.incline);
        }
        let speed = planned.begins.map(|setting| setting.speed).filter(|_| step.incline_to.is_none());
        let flat =
            speed.and_then(|speed| on_belt::speed_on_flat(&self.profile.athlete, speed, planned.incline));
        // The unit stands before it, and 80 columns have no room to say it twice.
        let pace = flat.map(|flat| flat.pace_text(self.profile.units.pace));
        let pace = pace.as_deref().and_then(|pace| pace.split('/').next());
        pace.map(|pace| format!(" ({pace} flat)")).unwrap_or_default()
    }
}
