//! A step as runners phrase it: its length, how hard, its incline and its words, in any order.

use super::ends::{LengthPhrase, LengthSort, time_text};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError};

/// Where a step stands, which says what a bare number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepPlace {
    /// An item of a line.
    Item,
    /// An item behind a repeat without a recovery.
    BehindRepeat,
    /// What a repeat repeats.
    Body,
    /// A leg of `alternate`.
    Leg,
    /// A recovery behind reps that are measured so.
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
    pub(super) between: bool,
    pub(super) after_each: bool,
    pub(super) back: Option<&'static str>,
    pub(super) part: Option<StepPart>,
    /// A word without a meaning of its own was read, such as `long run`.
    pub(super) is_worded: bool,
}

/// Targets that are a recovery behind a repeat.
const RECOVERIES: [&str; 6] = ["rest", "walk", "jog", "recovery", "easy", "very easy"];

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

    /// True for a time and nothing else.
    pub(super) fn is_only_time(&self) -> bool {
        self.length_sort() == Some(LengthSort::Seconds) && self.targets.is_empty() && self.is_plain()
    }

    fn is_plain(&self) -> bool {
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
    fn part_length(&self, part: &LengthPhrase) -> Option<LengthPhrase> {
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

    fn length_text(&self, value: f64) -> String {
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

impl PhraseReader<'_> {
    /// Skips words without a meaning of their own.
    pub(super) fn fillers(&mut self) {
        loop {
            let before = self.scan.clone();
            match self.scan.longest(PHRASES) {
                Some(PhraseMeaning::Filler) => {}
                _ => {
                    self.scan = before;
                    return;
                }
            }
        }
    }

    /// A step, up to what ends it.
    pub(super) fn step(&mut self, place: StepPlace) -> PhraseResult<StepPhrase> {
        let mut step = StepPhrase::default();
        loop {
            let before = self.scan.at;
            if self.step_ends(&step, place) {
                break;
            }
            self.one_part(&mut step, place)?;
            if self.scan.at == before {
                return Err(PhrasingError::Unread);
            }
        }
        self.finish(&mut step, place)?;
        Ok(step)
    }

    fn step_ends(&mut self, step: &StepPhrase, place: StepPlace) -> bool {
        let Some(next) = self.scan.peek() else { return true };
        if ",;\n)]&".contains(next) || (next == '/' && !self.scan.rest().starts_with("/km")) {
            return true;
        }
        if next == '.' || next == '+' {
            return true;
        }
        let has_end = step.length.is_some() || step.counted.is_some() || step.back.is_some();
        if next == '(' || next == '[' {
            return has_end;
        }
        let introduces =
            ["w/", "with", "w.", "then", "and", "followed by", "finally", "plus", "finishing with"];
        if introduces.iter().any(|word| self.scan.sees(word))
            && !self.scan.sees("w/u")
            && !self.scan.sees("w/d")
        {
            return true;
        }
        if next == 'x' || next == 'X' || next == '×' {
            return has_end;
        }
        has_end && self.ends_body(step, place)
    }

    /// True at a recovery behind the body of a repeat, and at the end of a leg.
    fn ends_body(&mut self, step: &StepPhrase, place: StepPlace) -> bool {
        if place == StepPlace::Leg {
            return self.scan.sees("for") || self.scan.sees("until");
        }
        if place != StepPlace::Body {
            return false;
        }
        let digit_behind = |word: &str| {
            let mut ahead = self.scan.clone();
            ahead.take(word) && {
                let _ = ahead.eat(&[':', '=']);
                ahead.peek().is_some_and(|c| c.is_ascii_digit())
            }
        };
        // `30s on 30s off` is a pair; `on 2:30` says when the next rep starts.
        let pair = || {
            let mut ahead = PhraseReader { scan: self.scan.clone(), notes: Vec::new(), depth: 0 };
            let _ = ahead.scan.take("on");
            ahead.step(StepPlace::Recovery(None)).is_ok_and(|s| s.is_off)
        };
        if self.scan.sees("on") && (!digit_behind("on") || pair()) {
            return false;
        }
        let words =
            ["off", "off a", "r", "rec", "recs", "rest", "jog", "walk", "recovery", "float", "w", "on"];
        if words.iter().any(|word| digit_behind(word)) {
            return true;
        }
        let plain = [
            "leaving every",
            "going every",
            "every",
            "equal",
            "1:1",
            "same time",
            "half time",
            "full recovery",
            "full rest",
            "walk back",
            "jog back",
            "walk down",
            "jog down",
            "recoveries",
        ];
        if plain.iter().any(|word| self.scan.sees(word)) {
            return true;
        }
        // A second length: `6x800m 400m jog`, `30s on 30s off`.
        let mut ahead = PhraseReader { scan: self.scan.clone(), notes: Vec::new(), depth: 0 };
        let recovery = StepPlace::Recovery(step.length_sort());
        self.scan.clone().peek().is_some_and(|c| c.is_ascii_digit())
            && ahead
                .step(recovery)
                .is_ok_and(|s| s.length.is_some() && (s.is_recovery() || s.is_off || s.is_share))
    }

    /// Reads one part of a step.
    fn one_part(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<()> {
        if self.scan.peek() == Some('|') {
            step.cues = self.cue_text();
            return Ok(());
        }
        if self.incline(step)? || self.heart_rate(step)? || self.counted(step)? {
            return Ok(());
        }
        if let Some(time) = self.within(step)? {
            step.within = Some(time);
            return Ok(());
        }
        let before = self.scan.clone();
        let at = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        if at && step.length.is_some() && self.behind_at(step)? {
            return Ok(());
        }
        if at {
            self.fillers();
        } else {
            self.scan = before;
        }
        if self.pace(step)? {
            return Ok(());
        }
        if self.part_or_share(step, place)? {
            return Ok(());
        }
        if step.length.is_none()
            && step.counted.is_none()
            && let Some(length) = self.length(place)?
        {
            step.length = Some(length);
            self.or_second_length(step)?;
            return Ok(());
        }
        if !at && step.length.is_some() && step.within.is_none() && self.unitless(step, false)? {
            return Ok(());
        }
        self.phrase(step)
    }

    /// `10min or 2km`.
    fn or_second_length(&mut self, step: &mut StepPhrase) -> PhraseResult<()> {
        let before = self.scan.clone();
        if self.scan.take("or")
            && let Some(second) = self.length(StepPlace::Item)?
            && let Some(first) = &mut step.length
            && first.sort != second.sort
        {
            first.text = format!("{} or {}", first.text, second.text);
            return Ok(());
        }
        self.scan = before;
        Ok(())
    }

    /// `@ 4:10`, `@ 90s`, `at 50:00` behind a length.
    fn behind_at(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        self.fillers();
        let before = self.scan.clone();
        if self.pace(step)? || self.incline(step)? || self.heart_rate(step)? {
            return Ok(true);
        }
        if self.unitless(step, true)? {
            return Ok(true);
        }
        if step.length_sort() == Some(LengthSort::Metres)
            && let Ok(Some(time)) = self.length(StepPlace::Item)
            && time.sort == LengthSort::Seconds
        {
            step.within = Some(time.text);
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// `last 15min`, and `50-90%` of the rep.
    fn part_or_share(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let _ = self.scan.take("the");
        let parts = [
            ("last", StepPart::Last),
            ("final", StepPart::Last),
            ("first", StepPart::First),
            ("middle", StepPart::Middle),
        ];
        if step.length.is_none()
            && let Some(part) = self.scan.longest(&parts)
        {
            step.part = Some(part);
            let mark = self.scan.clone();
            // `the last 3 at MP`: in the unit of the whole.
            if let Some(number) = self.scan.number()
                && (self.scan.sees("at") || self.scan.peek() == Some('@'))
            {
                let unit = crate::units::PaceUnit::Km;
                let text = String::new();
                step.length = Some(LengthPhrase {
                    text,
                    sort: LengthSort::Metres,
                    value: number,
                    lower: None,
                    unit,
                    is_race: false,
                });
            } else {
                self.scan = mark;
            }
            return Ok(true);
        }
        self.scan = before.clone();
        if matches!(place, StepPlace::Recovery(_))
            && step.length.is_none()
            && let Some(share) = self.percent_range()
            && self.named_target().is_none_or(|target| {
                let recovery = RECOVERIES.contains(&target.as_str());
                step.targets.push(target);
                recovery
            })
        {
            step.is_share = true;
            step.length = Some(LengthPhrase {
                text: share,
                sort: LengthSort::Seconds,
                value: 0.0,
                lower: None,
                unit: crate::units::PaceUnit::Km,
                is_race: false,
            });
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// A word or a phrase of the table.
    fn phrase(&mut self, step: &mut StepPhrase) -> PhraseResult<()> {
        let start = self.scan.at;
        if let Some(target) = self.named_target() {
            // Before a length these two are kinds.
            match target.as_str() {
                "recovery" if step.length.is_none() && step.kind.is_none() => step.kind = Some("recovery"),
                _ => return self.add_target(step, target),
            }
            return Ok(());
        }
        match self.scan.longest(PHRASES) {
            Some(PhraseMeaning::Kind(kind)) if step.kind.is_none() => step.kind = Some(kind),
            Some(PhraseMeaning::Filler) => {
                // `4 miles pace` does not say which.
                let word = self.since(start).to_lowercase();
                if (word == "pace" || word == "effort") && step.targets.is_empty() && step.within.is_none() {
                    return Err(PhrasingError::Unread);
                }
                step.is_worded = true;
            }
            Some(PhraseMeaning::On) => step.is_on = true,
            Some(PhraseMeaning::Off) => step.is_off = true,
            Some(PhraseMeaning::Strides) => return self.add_target(step, "strides".to_string()),
            Some(PhraseMeaning::Between) => step.between = true,
            Some(PhraseMeaning::AfterEach) => step.after_each = true,
            Some(PhraseMeaning::Back(back)) => step.back = Some(back),
            Some(PhraseMeaning::Open) => step.is_open = true,
            Some(PhraseMeaning::Progression) => step.is_progression = true,
            _ => return self.not_a_phrase(start, step),
        }
        Ok(())
    }

    fn not_a_phrase(&mut self, start: usize, step: &StepPhrase) -> PhraseResult<()> {
        let length = step.length.as_ref().map_or("20min", |length| length.text.as_str());
        let which = ["goal pace", "race pace", "target pace", "pb pace", "gp", "rp"];
        if which.iter().any(|word| self.scan.take(word)) {
            let help =
                format!("write the race: `{length} 5K`, `{length} 10K`, `{length} HMP` or `{length} MP`");
            return self.unclear(start, "which race's pace?".to_string(), "the pace of no race", help);
        }
        if self.scan.take("maf") {
            let help = format!("write the beats: `{length} 130-140bpm`");
            return self.unclear(start, "`MAF` depends on your age".to_string(), "which heart rate?", help);
        }
        if ["hills", "hill", "uphill", "on a hill"].iter().any(|word| self.scan.take(word)) {
            let help = format!("write how steep: `{length} hard incline 6%`");
            return self.unclear(
                start,
                "a treadmill needs the hill's incline".to_string(),
                "how steep?",
                help,
            );
        }
        Err(PhrasingError::Unread)
    }

    /// Adds a target; two words of one rank are one.
    pub(super) fn add_target(&mut self, step: &mut StepPhrase, target: String) -> PhraseResult<()> {
        let rank = |target: &str| match target {
            "jog" | "easy" => 3,
            "recovery" | "very easy" => 2,
            _ => 0,
        };
        let last = step.targets.last().cloned().unwrap_or_default();
        match (last.as_str(), target.as_str()) {
            ("", _) => step.targets.push(target),
            (a, b) if a == b => {}
            // `jog recovery` and `recovery jog` are a jog.
            ("jog" | "walk" | "rest", "recovery" | "rest") => {}
            ("recovery", "jog" | "walk") => {
                step.targets.pop();
                step.targets.push(target);
            }
            (a, b) if rank(a) > 0 && rank(a) == rank(b) => {}
            (a, _) if step.is_progression && !a.contains("->") => {
                step.targets.pop();
                step.targets.push(format!("{a} -> {target}"));
            }
            _ => return Err(PhrasingError::Unread),
        }
        Ok(())
    }

    /// Cues as they are, from the first bar to the step's end.
    fn cue_text(&mut self) -> String {
        let rest = self.scan.rest();
        let mut end = rest.len();
        let mut quote = None;
        let mut after_space = false;
        for (i, c) in rest.char_indices() {
            match (quote, c) {
                (Some(close), c) if c == close => quote = None,
                (Some(_), _) => {}
                (None, '"') => quote = Some('"'),
                (None, '“') => quote = Some('”'),
                (None, '\'') if after_space => quote = Some('\''),
                (None, ',' | ')' | '\n') => {
                    end = i;
                    break;
                }
                (None, '/') if after_space => {
                    end = i;
                    break;
                }
                _ => {}
            }
            after_space = c == ' ';
        }
        self.scan.at += end;
        format!(" {}", rest[..end].trim_end())
    }

    fn finish(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<()> {
        if step.is_on && step.is_off {
            return Err(PhrasingError::Unread);
        }
        if step.is_progression && !step.targets.iter().any(|target| target.contains("->")) {
            return Err(PhrasingError::Unread);
        }
        let complete = step.length.is_some() || step.counted.is_some() || step.is_open || step.back.is_some();
        if !complete || (step.length.is_some() && step.is_open) {
            return Err(PhrasingError::Unread);
        }
        let bare = step.targets.is_empty() && step.kind.is_none() && step.within.is_none() && !step.is_worded;
        let race = step.length.as_ref().is_some_and(|length| length.is_race);
        if race && bare && place == StepPlace::Item && step.part.is_none() {
            return Err(PhrasingError::Unread);
        }
        Ok(())
    }
}
