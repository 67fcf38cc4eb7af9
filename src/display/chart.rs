//! The chart of a workout: its intensity over the planned time, as bars for the screen or as text.
//!
//! The width of a step is its planned time. An open step, which has none, has a nominal width. Where several steps share a
//! column, the chart shows the hardest. The edges between steps are exact to an eighth of a column, so that equal reps look
//! equal.

mod bar;
mod columns;

pub use bar::{ChartBar, ChartCell, ChartInk};
use columns::{ColumnPart, RisingEdge};

use super::step_colour::{StepColours, speed_at_end, speed_at_start};
use crate::athlete::Zone;
use crate::session::Lap;
use crate::units::{Millis, Speed};
use crate::workout::sequence::{End, Kind, PlannedStep, Sequence};
use std::collections::BTreeMap;

/// The lowest height of a bar, so that standing still is visible too.
const LOWEST: f32 = 0.1;
/// The share of the fastest speed up to which bars have the lowest height. People walk at a third of their sprint.
const SPEED_FLOOR: f32 = 0.25;
/// The height of a bar with an unknown intensity.
const UNKNOWN_HEIGHT: f32 = 0.5;
/// The width of an open step, as a part of the time of all other steps: one sixteenth.
const OPEN_PART: u64 = 16;
/// The shortest width of an open step.
const OPEN_LEAST: Millis = Millis::from_secs(60);

/// The rounds of an endless repeat that are drawn: enough to show that it repeats.
const ROUNDS_DRAWN: u32 = 3;
/// The speed that gives a distance without a known pace its width: 10 km/h.
const USUAL_SPEED: Speed = Speed::from_mps(10.0 / 3.6);

/// The bar where nothing is planned.
const EMPTY_BAR: ChartBar = ChartBar::new(LOWEST, None);

/// A chart of a certain width, with the place of each step.
#[derive(Clone, Debug, PartialEq)]
pub struct IntensityChart {
    /// The bars from left to right.
    pub bars: Vec<ChartBar>,
    /// The column at which each step starts, and the end of the last one.
    edges: Vec<f32>,
}

impl IntensityChart {
    /// Draws a sequence in `width` columns.
    pub fn new(sequence: &Sequence, width: u16) -> Self {
        let segments = ChartSegment::planned(sequence);
        IntensityChart::of(&segments, &HeightScale::of(sequence), width, RisingEdge::AtEighths)
    }

    /// Draws the laps of a session. Each has the length that was run and the intensity that was planned.
    pub fn of_laps(sequence: &Sequence, laps: &[Lap], width: u16) -> Self {
        let segments = ChartSegment::done(sequence, laps);
        IntensityChart::of(&segments, &HeightScale::of(sequence), width, RisingEdge::AtEighths)
    }

    /// Draws a sequence and the laps of a session on the same scale of time. The longer chart is `width` columns wide.
    pub fn planned_and_done(sequence: &Sequence, laps: &[Lap], width: u16) -> (Self, Self) {
        let open = open_length(sequence);
        let planned = sequence.steps.iter().map(|s| drawn(s, open)).fold(0, u64::saturating_add);
        let done = laps.iter().map(|l| l.length().get()).fold(0, u64::saturating_add);
        let columns = |length: u64| {
            let share = length as f64 / planned.max(done).max(1) as f64;
            ((share * f64::from(width)).round() as u16).max(u16::from(length > 0)).min(width)
        };
        (
            IntensityChart::new(sequence, columns(planned)),
            IntensityChart::of_laps(sequence, laps, columns(done)),
        )
    }

    fn of(stretches: &[ChartSegment<'_>], scale: &HeightScale, width: u16, rises: RisingEdge) -> Self {
        let edges = edges(stretches, width);
        let heights = stretches.iter().map(|stretch| stretch.bar(scale, 0.5).height);
        let spans = columns::spans(&edges, heights, rises);
        let bar = |part: ColumnPart| {
            let mut bar = stretches.get(part.step).map_or(EMPTY_BAR, |s| s.bar(scale, part.middle));
            bar.is_rounded = part.is_rounded;
            bar
        };
        IntensityChart { bars: columns::bars(&spans, width, bar), edges }
    }

    /// Returns the column of a step of which `part` (0 to 1) has been run. The step after the last one is the end.
    pub fn column(&self, step: usize, part: f32) -> u16 {
        let last = self.edges.last().copied().unwrap_or(0.0);
        let from = self.edges.get(step).copied().unwrap_or(last);
        let to = self.edges.get(step + 1).copied().unwrap_or(last);
        let most = (self.bars.len() as u16).saturating_sub(1);
        ((from + (to - from) * part.clamp(0.0, 1.0)) as u16).min(most)
    }
}

/// Draws a sequence as bars, in `width` columns.
pub fn profile(sequence: &Sequence, width: u16) -> Vec<ChartBar> {
    IntensityChart::new(sequence, width).bars
}

/// Draws a sequence as bars for a single row of a list, in `width` columns.
pub fn profile_in_a_list(sequence: &Sequence, width: u16) -> Vec<ChartBar> {
    profile(sequence, width).into_iter().enumerate().map(|(column, bar)| bar.in_a_list(column)).collect()
}

/// Draws a sequence as lines of block characters, from the top, without spaces at the ends.
pub fn text(sequence: &Sequence, width: u16, rows: u16) -> String {
    printed(sequence, &ChartSegment::planned(sequence), width, rows)
}

/// Draws the laps of a session as lines of block characters.
pub fn text_of_laps(sequence: &Sequence, laps: &[Lap], width: u16, rows: u16) -> String {
    printed(sequence, &ChartSegment::done(sequence, laps), width, rows)
}

fn printed(sequence: &Sequence, segments: &[ChartSegment<'_>], width: u16, rows: u16) -> String {
    let scale = HeightScale::of(sequence);
    let bars = IntensityChart::of(segments, &scale, width, RisingEdge::AtHalves).bars;
    let line = |row: u16| {
        let line: String = bars.iter().map(|b| b.printed(row, rows)).collect();
        line.trim_end().to_string()
    };
    (0..rows).rev().map(|r| line(r) + "\n").collect()
}

/// Returns the planned time in each zone, the easiest first, and the time without a zone last. Steps without a known time
/// do not count. A ramp counts half for its first and half for its last zone.
pub fn time_in_zones(sequence: &Sequence) -> Vec<(Option<Zone>, Millis)> {
    let mut times: BTreeMap<(bool, Option<Zone>), Millis> = BTreeMap::new();
    for step in sequence.steps.iter().filter(|step| !step.is_endless()) {
        let whole = step.end.planned().unwrap_or_default();
        let late = whole.half();
        let parts = [(&step.target.start, whole.saturating_sub(late)), (step.target.end(), late)];
        for (at, time) in parts.into_iter().filter(|(_, time)| *time > Millis::ZERO) {
            let sum = times.entry((at.zone.is_none(), at.zone)).or_default();
            *sum += time;
        }
    }
    times.into_iter().map(|((_, zone), time)| (zone, time)).collect()
}

/// A part of the chart: a step, or the part of it that was run.
struct ChartSegment<'a> {
    /// The step, or `None` if nothing is planned.
    step: Option<&'a PlannedStep>,
    /// The length, in milliseconds.
    length: u64,
    /// The length of the whole step, in milliseconds.
    of: u64,
}

impl<'a> ChartSegment<'a> {
    fn planned(sequence: &'a Sequence) -> Vec<Self> {
        let open = open_length(sequence);
        let segment = |s| ChartSegment { step: Some(s), length: drawn(s, open), of: drawn(s, open) };
        sequence.steps.iter().map(segment).collect()
    }

    fn done(sequence: &'a Sequence, laps: &[Lap]) -> Vec<Self> {
        let segment = |lap: &Lap| {
            let step = lap.step.and_then(|id| sequence.step(id));
            let length = lap.length().get();
            let planned = step.and_then(|s| s.end.planned()).map_or(length, Millis::get);
            ChartSegment { step, length, of: planned.max(length) }
        };
        laps.iter().map(segment).collect()
    }

    /// Returns the bar after `part` (0 to 1) of the segment.
    fn bar(&self, scale: &HeightScale, part: f32) -> ChartBar {
        let of_the_step = self.length as f32 / self.of.max(1) as f32;
        self.step.map_or(EMPTY_BAR, |step| scale.bar(step, part * of_the_step))
    }
}

/// Returns the width of an open step.
fn open_length(sequence: &Sequence) -> Millis {
    let known = sequence.totals().time;
    OPEN_LEAST.max(Millis::new(known.get() / OPEN_PART))
}

/// Returns the width of a step, in milliseconds.
fn drawn(step: &PlannedStep, open: Millis) -> u64 {
    if step.reps.iter().any(|rep| rep.is_endless() && rep.n > ROUNDS_DRAWN) {
        return 0;
    }
    match step.end {
        End::Distance { upper, time: None, .. } => upper.time_at(USUAL_SPEED).get(),
        end => end.planned().unwrap_or(open).get(),
    }
}

fn edges(stretches: &[ChartSegment<'_>], width: u16) -> Vec<f32> {
    let total = stretches.iter().map(|s| s.length).fold(0, u64::saturating_add).max(1);
    let mut at: u64 = 0;
    let mut edges = vec![0.0];
    for stretch in stretches {
        at = at.saturating_add(stretch.length);
        edges.push((at as f64 / total as f64 * f64::from(width)) as f32);
    }
    edges
}

/// The measure of the heights of bars, and their colours.
struct HeightScale {
    measure: HeightMeasure,
    colours: StepColours,
}

/// The measure of the heights of bars.
enum HeightMeasure {
    /// Shares of the fastest speed, in m/s, if all speeds are known. On a slope, the speed on the flat that is as hard.
    Speed(f32),
    /// Zones, if not all speeds are known. A step without a zone has the height of the one whose colour it has.
    Zone,
}

impl HeightMeasure {
    fn of(sequence: &Sequence) -> HeightMeasure {
        let mut fastest: f32 = 0.0;
        for step in &sequence.steps {
            let (Some(from), Some(to)) = (speed_at_start(step), speed_at_end(step)) else {
                return HeightMeasure::Zone;
            };
            fastest = fastest.max(from.mps() as f32).max(to.mps() as f32);
        }
        match fastest > 0.0 {
            true => HeightMeasure::Speed(fastest),
            false => HeightMeasure::Zone,
        }
    }
}

impl HeightScale {
    fn of(sequence: &Sequence) -> HeightScale {
        HeightScale { measure: HeightMeasure::of(sequence), colours: StepColours::of(sequence) }
    }

    /// Returns the bar of a step after `part` (0 to 1) of it.
    fn bar(&self, step: &PlannedStep, part: f32) -> ChartBar {
        let from = &step.target.start;
        let part = part.clamp(0.0, 1.0);
        let resting = step.kind == Kind::Rest && from.zone.is_none() && from.speed.is_none();
        let colour = |late| self.colours.zone(step, late);
        let (a, b) = match resting {
            true => (LOWEST, LOWEST),
            false => {
                let (start, end) = (speed_at_start(step), speed_at_end(step));
                (self.height(start, colour(false)), self.height(end, colour(true)))
            }
        };
        ChartBar::new((a + (b - a) * part).clamp(LOWEST, 1.0), colour(part >= 0.5))
    }

    fn height(&self, speed: Option<Speed>, colour: Option<Zone>) -> f32 {
        match &self.measure {
            HeightMeasure::Speed(fastest) => {
                let share = speed.map_or(0.0, |s| s.mps() as f32 / fastest);
                (share - SPEED_FLOOR) / (1.0 - SPEED_FLOOR)
            }
            HeightMeasure::Zone => colour.map_or(UNKNOWN_HEIGHT, |z| f32::from(z.number()) / 5.0),
        }
    }
}
