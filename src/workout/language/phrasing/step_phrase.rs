//! A step as it was phrased, and how it is written as notation.

use super::words::BetweenWhat;
use crate::units::{Millis, PaceUnit};
use crate::workout::language::print;

/// What a length is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LengthSort {
    Seconds,
    Metres,
}

/// A length as notation, with its upper end as a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LengthPhrase {
    pub(super) text: String,
    pub(super) sort: LengthSort,
    /// Seconds or metres.
    pub(super) value: f64,
    /// The lower end of a range.
    pub(super) lower: Option<f64>,
    /// The unit of a pace that belongs to it.
    pub(super) unit: PaceUnit,
    /// Written as `10K`, which alone could be a race's pace.
    pub(super) is_race: bool,
}

/// `seconds` as notation.
pub(super) fn time_text(seconds: f64) -> String {
    print::time(Millis::from_secs_f64(seconds))
}

/// Where a step stands, which says what a bare number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepPlace {
    /// An item of a line.
    Item,
    /// An item after a repeat without a recovery.
    AfterRepeat,
    /// What a repeat repeats.
    Body,
    /// A leg of `alternate`.
    Leg,
    /// One of several steps in brackets without a comma between them.
    Pair,
    /// A recovery after reps that are measured so.
    Recovery(Option<LengthSort>),
}

/// Which part of the step before it a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepPart {
    First,
    Middle,
    Last,
}

/// A step, read.
#[derive(Clone, Debug, Default)]
pub(super) struct StepPhrase {
    pub(super) kind: Option<&'static str>,
    pub(super) length: Option<LengthPhrase>,
    pub(super) within: Option<String>,
    pub(super) targets: Vec<String>,
    pub(super) incline: Option<String>,
    /// Cues, as they were written.
    pub(super) cues: String,
    /// A counted end, such as `12 reps`.
    pub(super) counted: Option<String>,
    pub(super) is_open: bool,
    pub(super) is_share: bool,
    pub(super) is_on: bool,
    pub(super) is_off: bool,
    pub(super) is_progression: bool,
    /// What the step says that it stands between.
    pub(super) between: Option<BetweenWhat>,
    /// The word `float` was read, which only says how easy it is where it stands alone.
    pub(super) is_float: bool,
    pub(super) after_each: bool,
    pub(super) back: Option<&'static str>,
    pub(super) part: Option<StepPart>,
    /// A word without a meaning of its own was read, such as `long run`.
    pub(super) is_worded: bool,
    /// `run` was read, which says that a step beside a walk is easy.
    pub(super) is_run: bool,
    /// `brisk` was read, which only describes a walk.
    pub(super) is_brisk: bool,
    /// The step is a hill whose incline is assumed.
    pub(super) is_hill: bool,
}

/// Targets that are a recovery after a repeat.
pub(super) const RECOVERIES: [&str; 6] = ["rest", "walk", "jog", "recovery", "easy", "very easy"];

impl StepPhrase {
    /// The step as notation.
    pub(super) fn render(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.kind.map(str::to_string));
        parts.extend(self.counted.clone());
        match &self.length {
            Some(length) => parts.push(length.text.clone()),
            None if self.counted.is_none() => parts.push(self.back.unwrap_or("open").to_string()),
            None => {}
        }
        parts.extend(self.within.as_ref().map(|time| format!("in {time}")));
        parts.extend(self.targets.iter().cloned());
        if self.targets.is_empty() && self.is_on {
            parts.push("hard".to_string());
        }
        if self.targets.is_empty() && self.is_off {
            parts.push("easy".to_string());
        }
        if self.is_run && self.is_plain() && !self.has_pace() {
            parts.push("run".to_string());
        }
        parts.extend(self.incline.clone());
        format!("{}{}", parts.join(" "), self.cues)
    }

    pub(super) fn length_sort(&self) -> Option<LengthSort> {
        self.length.as_ref().map(|length| length.sort)
    }

    /// True where the step says how fast it is.
    pub(super) fn has_pace(&self) -> bool {
        self.within.is_some() || !self.targets.is_empty() || self.is_on || self.is_off
    }

    /// Gives the step `target`, where it has none and is no rest. True where it took it.
    pub(super) fn give_target(&mut self, target: &str) -> bool {
        let free = !self.has_pace() && self.counted.is_none() && self.kind.is_none() && self.back.is_none();
        if free {
            self.targets.push(target.to_string());
        }
        free
    }

    /// True for a length with nothing but a word of recovery.
    pub(super) fn is_recovery(&self) -> bool {
        let named = matches!(self.targets.as_slice(), [one] if RECOVERIES.contains(&one.as_str()));
        self.length.is_some() && (named || self.is_off) && self.is_plain()
    }

    /// True for a recovery that stands without any mark after `rep`: `6x800m 400m jog`, `6x400m 5K 90s`.
    pub(super) fn is_length_after(&self, rep: &StepPhrase) -> bool {
        let worded = self.is_recovery() || self.is_off || self.is_share;
        self.length.is_some() && (worded || (self.is_only_time() && rep.has_pace()))
    }

    /// True for a warm-up or cool-down without a length.
    pub(super) fn is_bare_end(&self) -> bool {
        matches!(self.kind, Some("warmup" | "cooldown"))
            && self.length.is_none()
            && self.within.is_none()
            && self.counted.is_none()
            && self.targets.iter().all(|target| RECOVERIES.contains(&target.as_str()))
    }

    /// True where the length is not written, or is a number that has the unit of a whole that stands elsewhere.
    pub(super) fn lacks_length(&self) -> bool {
        self.length.as_ref().is_none_or(|length| length.text.is_empty())
    }

    /// True for a time and nothing else.
    pub(super) fn is_only_time(&self) -> bool {
        self.length_sort() == Some(LengthSort::Seconds) && self.targets.is_empty() && self.is_plain()
    }

    pub(super) fn is_plain(&self) -> bool {
        self.kind.is_none()
            && self.within.is_none()
            && self.incline.is_none()
            && self.counted.is_none()
            && self.cues.is_empty()
    }

    /// The step in two or three, where `part` says what its last, first or middle stretch is; and a note.
    pub(super) fn split(&self, part: &StepPhrase) -> Option<(Vec<StepPhrase>, Option<String>)> {
        let (whole, piece) = (self.length.as_ref()?, self.part_length(part.length.as_ref()?)?);
        let piece = &piece;
        if whole.sort != piece.sort
            || piece.value >= whole.lower.unwrap_or(whole.value)
            || self.within.is_some()
        {
            return None;
        }
        let rest = |share: f64| {
            let value = (whole.value - piece.value) * share;
            let text = |value: f64| self.length_text(value);
            let text = match whole.lower {
                Some(lower) => format!("{}-{}", text((lower - piece.value) * share), text(value)),
                None => text(value),
            };
            StepPhrase { length: Some(LengthPhrase { text, value, ..whole.clone() }), ..self.clone() }
        };
        let part_step = StepPhrase { part: None, length: Some(piece.clone()), ..part.clone() };
        let bare = |step: StepPhrase| StepPhrase { kind: None, cues: String::new(), ..step };
        let steps = match part.part? {
            StepPart::Last => vec![rest(1.0), part_step],
            StepPart::First => vec![part_step, rest(1.0)],
            StepPart::Middle => vec![rest(0.5), part_step, bare(rest(0.5))],
        };
        let note = format!("The {} are taken out of the {}.", piece.text, whole.text);
        Some((steps, Some(note)))
    }

    /// A part's length; a bare number has the unit of the whole.
    pub(super) fn part_length(&self, part: &LengthPhrase) -> Option<LengthPhrase> {
        if !part.text.is_empty() {
            return Some(part.clone());
        }
        let whole = self.length.as_ref()?;
        let size = match whole.sort {
            LengthSort::Seconds => 60.0,
            LengthSort::Metres => whole.unit.metres(),
        };
        let value = part.value * size;
        Some(LengthPhrase { text: self.length_text(value), value, lower: None, ..whole.clone() })
    }

    pub(super) fn length_text(&self, value: f64) -> String {
        let Some(length) = &self.length else { return String::new() };
        match length.sort {
            LengthSort::Seconds => time_text(value),
            LengthSort::Metres if length.text.ends_with("mi") => format!("{}mi", rounded(value / 1609.344)),
            LengthSort::Metres if value >= 1000.0 => format!("{}km", rounded(value / 1000.0)),
            LengthSort::Metres => format!("{}m", rounded(value)),
        }
    }
}

/// `number` without the noise of floating-point arithmetic.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

impl StepPhrase {
    /// The step after a slash.
    pub(super) fn render_recovery(&self) -> String {
        match (self.back, &self.length) {
            (Some(back), None) => back.to_string(),
            _ => self.render(),
        }
    }

    /// True where the step's own words say that it stands between the reps.
    pub(super) fn is_marked_recovery(&self) -> bool {
        self.between.is_some()
            || self.after_each
            || self.is_share
            || (self.back.is_some() && self.length.is_none())
    }
}
