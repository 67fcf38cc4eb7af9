//! Workouts of intervals.icu as text: a line for each step, as in `- 10m ramp 60-80% Pace`.
//!
//! The syntax is that of <https://forum.intervals.icu/t/workout-builder-syntax-quick-guide/123701>. There `m` is minutes and
//! `mtr` metres.

use super::bike_power::{PowerReading, zone_share};
use super::intervals_tokens::{IntervalsLength, IntervalsTarget, TargetUnit, lap_key, length, target};
use super::limits::{MOST_REPEATS, hold_steps};
use super::model::{
    CuePlace, FIVE_ZONES, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget,
    ForeignWorkout, HIGHEST_ZONE,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::{ReadOptions, UnreadableWorkout};
use crate::units::Millis;
use crate::workout::sequence::Kind;

/// Reads a workout.
///
/// # Errors
/// If it has too many steps.
pub fn read(text: &str, options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let mut reader = IntervalsReader { power: options.power, ..IntervalsReader::default() };
    let mut about = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        let step = line.strip_prefix(['-', '*']).filter(|rest| rest.starts_with(char::is_whitespace));
        match step {
            Some(step) => {
                hold_steps(reader.steps as u64)?;
                reader.step(step.trim(), number);
            }
            None if line.is_empty() => reader.close_block(),
            None => {
                reader.close_block();
                if reader.heading(line) {
                    continue;
                }
                if !reader.items.is_empty() {
                    let place = ReportPlace { step: None, line: Some(number) };
                    let text = "text between and after the steps is in the description";
                    reader.report.push(place.note(ReportKind::KeptAsWords, Some(line.to_string()), text));
                }
                about.push(line);
            }
        }
    }
    reader.close_block();
    if reader.has_power {
        reader.report.push(ConversionNote::new(ReportKind::Changed, options.power.sentence()));
    }
    Ok(ForeignWorkout {
        about: Some(about.join(" ")).filter(|about| !about.is_empty()),
        items: reader.items,
        report: reader.report.finish(),
        ..ForeignWorkout::default()
    })
}

#[derive(Default)]
struct IntervalsReader {
    power: PowerReading,
    report: ConversionNotes,
    items: Vec<ForeignItem>,
    /// The repeats and the steps of the current block.
    count: u32,
    block: Vec<ForeignItem>,
    kind: Option<Kind>,
    steps: usize,
    has_power: bool,
}

impl IntervalsReader {
    /// Reads a heading such as `Main Set 6x`. False for any other text.
    fn heading(&mut self, line: &str) -> bool {
        let last = line.split_whitespace().next_back().unwrap_or_default();
        let count = last.strip_suffix(['x', 'X', '×']).and_then(|count| count.parse().ok());
        self.count = count.unwrap_or(1_u32).clamp(1, MOST_REPEATS);
        let lower = line.to_lowercase();
        self.kind = match lower.replace([' ', '-'], "") {
            words if words.starts_with("warmup") => Some(Kind::Warmup),
            words if words.starts_with("cooldown") => Some(Kind::Cooldown),
            _ => None,
        };
        count.is_some() || self.kind.is_some() || lower.starts_with("main set")
    }

    fn close_block(&mut self) {
        let items = std::mem::take(&mut self.block);
        if items.is_empty() {
            return;
        }
        let place = ReportPlace { step: Some(self.steps), line: None };
        match self.count {
            0 | 1 => self.items.extend(items),
            count => self.items.push(ForeignItem::Repeat(ForeignRepeat {
                count,
                items,
                place,
                ..ForeignRepeat::default()
            })),
        }
        self.count = 1;
        self.kind = None;
    }

    fn step(&mut self, text: &str, line: usize) {
        self.steps += 1;
        let place = ReportPlace { step: Some(self.steps), line: Some(line) };
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let key = lap_key(&words);
        if let Some(at) = key {
            words.drain(at..at + 2);
        }
        let found = words.iter().zip(0..).find_map(|(word, at)| Some((at, spelled_length(word)?)));
        let (at, end, rest) = match (found, key) {
            (Some((at, _)), Some(_)) => {
                let original = words.get(at).map(|word| (*word).to_string());
                let text = "the length of a step that waits for a key, which is an estimate";
                self.report.push(place.note(ReportKind::LeftOut, original, text));
                (at, ForeignEnd::Open, at + 1)
            }
            (Some((at, IntervalsLength::Time(time))), None) => (at, ForeignEnd::Time(time), at + 1),
            (Some((at, IntervalsLength::Metres(metres))), None) => (at, ForeignEnd::Distance(metres), at + 1),
            (None, Some(at)) => (at, ForeignEnd::Open, at),
            (None, None) => {
                let note = place.note(ReportKind::LeftOut, Some(text.to_string()), "a line without a length");
                return self.report.push(note);
            }
        };
        let rest = words.get(rest..).unwrap_or_default();
        let target = self.target(rest, place);
        let mut step = ForeignStep { kind: self.kind, ..ForeignStep::new(place, end, target) };
        let prompt = words.get(..at).unwrap_or_default().join(" ");
        let (label, cues) = prompts(&prompt);
        step.label = label;
        step.cues = cues;
        self.block.push(ForeignItem::Step(step));
    }

    fn target(&mut self, words: &[&str], place: ReportPlace) -> ForeignTarget {
        let is_ramp = words.iter().any(|word| word.eq_ignore_ascii_case("ramp"));
        let mut found = None;
        let mut written = String::new();
        for (at, word) in words.iter().enumerate() {
            let lower = word.to_lowercase();
            if lower == "ramp" || is_unit(word) {
                continue;
            }
            if lower == "freeride" {
                let text = "a free ride has no target, so it is easy";
                self.report.push(place.note(ReportKind::Assumed, Some((*word).to_string()), text));
                return ForeignTarget::Effort("easy");
            }
            if lower.ends_with("rpm") {
                self.report.push(place.note(ReportKind::LeftOut, Some((*word).to_string()), "a cadence"));
                continue;
            }
            match target(word, words.get(at + 1).copied()) {
                Some(read) if found.is_none() => {
                    found = Some(read);
                    let unit = words.get(at + 1).filter(|next| is_unit(next));
                    written = unit.map_or((*word).to_string(), |unit| format!("{word} {unit}"));
                }
                Some(_) => {
                    let note = place.note(ReportKind::LeftOut, Some((*word).to_string()), "a second target");
                    self.report.push(note);
                }
                None => {
                    let note = place.note(
                        ReportKind::LeftOut,
                        Some((*word).to_string()),
                        "a word that is not a target",
                    );
                    self.report.push(note);
                }
            }
        }
        let Some(read) = found else {
            self.report.push(place.note(ReportKind::Assumed, None, "a step without a target is easy"));
            return ForeignTarget::Effort("easy");
        };
        self.converted(read, is_ramp, &TargetSource { place, written })
    }

    fn converted(&mut self, read: IntervalsTarget, is_ramp: bool, source: &TargetSource) -> ForeignTarget {
        let IntervalsTarget { low: first, high: last, unit } = read;
        let (low, high) = (first.min(last), first.max(last));
        let ramp = |from, to| ForeignTarget::Ramp(Box::new(from), Box::new(to));
        let is_ramp = is_ramp && low != high;
        let is_range_only = matches!(
            unit,
            TargetUnit::MaxHeart | TargetUnit::ThresholdHeart | TargetUnit::HeartZone | TargetUnit::PaceZone
        );
        if is_ramp && is_range_only {
            let text = "only power and pace have ramps, so it became a range";
            self.tell(source, ReportKind::Changed, text);
        }
        match unit {
            TargetUnit::Ftp => self.power(first, last, is_ramp, source),
            TargetUnit::PowerZone => self.power(zone_share(first), zone_share(last), is_ramp, source),
            TargetUnit::Pace if is_ramp => {
                let at = |share| ForeignTarget::Fraction { low: share, high: share, of: "threshold" };
                ramp(at(first), at(last))
            }
            TargetUnit::Pace => ForeignTarget::Fraction { low, high, of: "threshold" },
            TargetUnit::Speed if is_ramp => {
                let at = |speed| ForeignTarget::Speed { slow: speed, fast: speed };
                ramp(at(first), at(last))
            }
            TargetUnit::Speed => ForeignTarget::Speed { slow: low, fast: high },
            TargetUnit::MaxHeart => {
                ForeignTarget::HeartShare { low: low * 100.0, high: high * 100.0, of: "HRmax" }
            }
            TargetUnit::ThresholdHeart => {
                ForeignTarget::HeartShare { low: low * 100.0, high: high * 100.0, of: "LTHR" }
            }
            TargetUnit::HeartZone => {
                if high > HIGHEST_ZONE {
                    self.tell(source, ReportKind::Changed, FIVE_ZONES);
                }
                ForeignTarget::Zone(low.min(HIGHEST_ZONE) as u8, high.min(HIGHEST_ZONE) as u8)
            }
            TargetUnit::PaceZone => {
                // The zones of a runner who has not changed them, in percent of threshold pace.
                const EDGES: [f64; 7] = [0.6, 0.775, 0.877, 0.943, 1.0, 1.034, 1.115];
                let edge = |zone: f64| EDGES.get(zone as usize).copied().unwrap_or(1.115);
                let text = "a zone of pace has the usual share of threshold pace";
                self.tell(source, ReportKind::Assumed, text);
                ForeignTarget::Fraction { low: edge(low - 1.0), high: edge(high), of: "threshold" }
            }
            TargetUnit::Watts => {
                let words = if low == high { format!("{low} W") } else { format!("{low}-{high} W") };
                self.tell(source, ReportKind::KeptAsWords, "watts stay words");
                ForeignTarget::Words(words)
            }
        }
    }

    /// Returns the target for shares of threshold power.
    fn power(&mut self, first: f64, last: f64, is_ramp: bool, source: &TargetSource) -> ForeignTarget {
        self.has_power = true;
        if is_ramp {
            let (target, is_kept) = self.power.ramp(first, last);
            if !is_kept {
                self.tell(source, ReportKind::Changed, self.power.lost_ramp());
            }
            return target;
        }
        if first != last {
            self.tell(source, ReportKind::Changed, "a range of power became its average");
        }
        self.power.target((first + last) / 2.0)
    }

    fn tell(&mut self, source: &TargetSource, kind: ReportKind, text: &str) {
        self.report.push(source.place.note(kind, Some(source.written.clone()), text));
    }
}

/// Where a target stands, and how it is written.
struct TargetSource {
    place: ReportPlace,
    written: String,
}

/// Reads a length, also `10min`, which people write for `10m`.
fn spelled_length(word: &str) -> Option<IntervalsLength> {
    length(word).or_else(|| length(&format!("{}m", word.strip_suffix("min")?)))
}

/// True for a word that says of what the share before it is.
fn is_unit(word: &str) -> bool {
    let units = ["pace", "hr", "lthr", "ftp", "intensity", "maxhr"];
    units.iter().any(|unit| unit.eq_ignore_ascii_case(word))
}

/// Returns the label and the texts in what stands before a length: `Easy 60^Relax` has a text at 60 s.
fn prompts(text: &str) -> (Option<String>, Vec<ForeignCue>) {
    let mut cues = Vec::new();
    let mut pieces = text.split('^');
    let mut words = pieces.next().unwrap_or_default().to_string();
    let mut at: Option<u64> = None;
    let mut label = None;
    for piece in pieces.map(Some).chain([None]) {
        // The number in front of the mark is the time of what follows.
        let (before, number) = match piece {
            Some(_) => match words.rsplit_once(char::is_whitespace) {
                Some((before, number)) => (before.to_string(), number.parse().ok()),
                None => (String::new(), words.parse().ok()),
            },
            None => (words.clone(), None),
        };
        let said = before.replace("<!>", "").trim().to_string();
        match at {
            _ if said.is_empty() => {}
            None => label = Some(said),
            Some(second) => cues
                .push(ForeignCue { at: CuePlace::Time(Millis::from_secs(second.min(86_400))), text: said }),
        }
        at = number.or(Some(0));
        words = piece
            .unwrap_or_default()
            .split_once(' ')
            .map_or(piece.unwrap_or_default(), |(first, rest)| {
                // `60^30 text` gives the length of the text as well.
                if first.parse::<u64>().is_ok() { rest } else { piece.unwrap_or_default() }
            })
            .to_string();
    }
    (label, cues)
}
