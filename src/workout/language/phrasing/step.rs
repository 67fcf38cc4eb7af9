//! A step as runners phrase it: its length, how hard, its incline and its words, in any order.

use super::step_phrase::{LengthPhrase, LengthSort, RECOVERIES, StepPart, StepPhrase, StepPlace};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::units::PaceUnit;

/// The longest stride, in seconds. Anything longer is run fast.
pub(super) const LONGEST_STRIDE: f64 = 45.0;

impl PhraseReader<'_> {
    /// Skips words without a meaning of their own.
    pub(super) fn fillers(&mut self) {
        loop {
            let before = self.scan.clone();
            match self.scan.longest(PHRASES) {
                // `1 min on 1 min of`: something is missing behind the word.
                Some(PhraseMeaning::Filler) if !self.ends_with_of(before.at) => {}
                _ => {
                    self.scan = before;
                    return;
                }
            }
        }
    }

    /// True where `of` was read at `start`, and nothing stands behind it.
    pub(super) fn ends_with_of(&self, start: usize) -> bool {
        self.since(start).eq_ignore_ascii_case("of") && self.sees_item_end()
    }

    /// A step, up to what ends it.
    pub(super) fn step(&mut self, place: StepPlace) -> PhraseResult<StepPhrase> {
        let mut step = StepPhrase::default();
        self.step_parts(&mut step, place)?;
        self.finish(&mut step, place)?;
        Ok(step)
    }

    /// The parts of a step, up to what ends it.
    pub(super) fn step_parts(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<()> {
        loop {
            let before = self.scan.at;
            if self.step_ends(step, place)
                && !self.bracketed_target(step, place)?
                && !self.incline_after_with(step)?
            {
                return Ok(());
            }
            if self.step_ends(step, place) {
                continue;
            }
            self.one_part(step, place)?;
            if self.scan.at == before {
                return Err(PhrasingError::Unread);
            }
        }
    }

    /// `6mph with 1% incline`.
    fn incline_after_with(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let with = ["with a", "with", "w/"].iter().any(|word| self.scan.take(word));
        if with && step.incline.is_none() && self.incline(step)? {
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// `5km easy (Z2)`, `6x400m (5K pace)`: nothing but targets in brackets.
    fn bracketed_target(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<bool> {
        let before = self.scan.clone();
        if place == StepPlace::Item && self.bracketed_clock(step)? {
            return Ok(true);
        }
        let Some(open) = self.scan.eat(&['(', '[']) else { return Ok(false) };
        let mut inside = StepPhrase::default();
        let mut found = false;
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        while step.length.is_some() && !self.scan.peek().is_none_or(|c| c == ')' || c == ']') {
            let read =
                self.incline(&mut inside)? || self.heart_rate(&mut inside)? || self.pace(&mut inside)?;
            let named = if read { None } else { self.named_target() };
            if !read && named.is_none() {
                found = false;
                break;
            }
            inside.targets.extend(named);
            self.fillers();
            found = true;
        }
        // `6x400m (jog)` could be the recovery.
        let recovery = place == StepPlace::Body
            && inside.targets.iter().any(|target| RECOVERIES.contains(&target.as_str()));
        if !found || recovery || self.scan.eat(&[if open == '(' { ')' } else { ']' }]).is_none() {
            self.scan = before;
            return Ok(false);
        }
        for target in inside.targets {
            self.add_target(step, target)?;
        }
        step.incline = step.incline.take().or(inside.incline);
        Ok(true)
    }

    /// `3mi tempo (7:15)`: a step that is not repeated has no recovery, so the clock is its pace or its time.
    fn bracketed_clock(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let notes = self.notes.len();
        let mut timed = step.clone();
        let metres = step.length_sort() == Some(LengthSort::Metres) && step.within.is_none();
        if metres
            && self.scan.eat(&['(']).is_some()
            && self.unitless(&mut timed, true)?
            && self.scan.eat(&[')']).is_some()
        {
            *step = timed;
            return Ok(true);
        }
        self.notes.truncate(notes);
        self.scan = before;
        Ok(false)
    }

    /// Reads one part of a step.
    pub(super) fn one_part(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<()> {
        // `Recovery run - 30 min`.
        if step.length.is_none() && self.sees_spaced_dash() {
            self.scan.eat(&['-', '–', '—']);
            return Ok(());
        }
        // `20 min - tempo`.
        if step.length.is_some() && step.targets.is_empty() && self.dash_before_target() {
            return Ok(());
        }
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
        if at && step.length.is_some() && self.after_at(step)? {
            return Ok(());
        }
        if at {
            self.fillers();
            self.race_pace_over_effort(step);
        } else {
            self.scan = before;
        }
        if self.pace(step)? {
            return Ok(());
        }
        if self.part_or_share(step, place)? {
            return Ok(());
        }
        if !at
            && step.length.is_none()
            && step.counted.is_none()
            && let Some(length) = self.length(bare_length_place(step, place))?
        {
            let named = ["km", "mi"].iter().any(|unit| length.text.ends_with(unit));
            self.pace_unit = Some(length.unit).filter(|_| named);
            step.length = Some(length);
            self.or_second_length(step)?;
            return Ok(());
        }
        if !at && step.length.is_some() && step.within.is_none() && self.unitless(step, false)? {
            return Ok(());
        }
        self.phrase(step)
    }

    /// Takes a dash with spaces around it before an effort or a pace.
    fn dash_before_target(&mut self) -> bool {
        let before = self.scan.clone();
        let spaced = self.scan.text.get(..before.at).is_some_and(|text| text.ends_with(' '))
            || self.scan.rest().starts_with(' ');
        let dash = self.scan.eat(&['-', '–', '—']).is_some();
        let target = self.scan.rest().starts_with(' ') && self.ahead().named_target().is_some();
        if !(spaced && dash && target) {
            self.scan = before;
            return false;
        }
        self.scan.skip_spaces();
        true
    }

    /// `@ 4:10`, `@ 90s`, `at 50:00` after a length.
    pub(super) fn after_at(&mut self, step: &mut StepPhrase) -> PhraseResult<bool> {
        self.fillers();
        let before = self.scan.clone();
        if self.pace(step)? || self.incline(step)? || self.heart_rate(step)? {
            return Ok(true);
        }
        if self.unitless(step, true)? {
            return Ok(true);
        }
        if self.timed(step)? {
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// `last 15min`, and `50-90%` of the rep.
    pub(super) fn part_or_share(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let _ = self.scan.take("the");
        let parts = [
            ("last", StepPart::Last),
            ("final", StepPart::Last),
            ("finishing with", StepPart::Last),
            ("finish with", StepPart::Last),
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
                && self.sees_target_of_part(part)
            {
                // In the unit of the whole, which a clock after it belongs to as well.
                let sort = if self.pace_unit.is_some() { LengthSort::Metres } else { LengthSort::Seconds };
                step.length = Some(LengthPhrase {
                    text: String::new(),
                    sort,
                    value: number,
                    lower: None,
                    unit: self.pace_unit.unwrap_or(PaceUnit::Km),
                    is_race: false,
                });
            } else {
                self.scan = mark;
            }
            return Ok(true);
        }
        self.scan = before.clone();
        if matches!(place, StepPlace::Recovery(_) | StepPlace::AfterRepeat)
            && step.length.is_none()
            && let Some(share) = self.percent_range()
            && self.share_of_rep()
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
                unit: PaceUnit::Km,
                is_race: false,
            });
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// Cues as they are, from the first bar to the step's end.
    pub(super) fn cue_text(&mut self) -> String {
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

    pub(super) fn finish(&mut self, step: &mut StepPhrase, place: StepPlace) -> PhraseResult<()> {
        if step.is_brisk && step.targets.is_empty() && step.length.is_some() {
            self.notes.push("`brisk` is taken as steady.".to_string());
            step.targets.push("steady".to_string());
        } else if step.is_brisk && step.targets != ["walk"] {
            return Err(PhrasingError::Unread);
        }
        if step.is_on && step.is_off {
            return Err(PhrasingError::Unread);
        }
        if step.is_progression && !step.targets.iter().any(|target| target.contains("->")) {
            return Err(PhrasingError::Unread);
        }
        // Pickups of a minute are no strides.
        let is_long = step.seconds().is_some_and(|seconds| seconds > LONGEST_STRIDE);
        if is_long
            && let [only] = step.targets.as_mut_slice()
            && only == "strides"
        {
            *only = "fast".to_string();
        }
        // `walk down 90s`: the length says how long the walk is.
        if step.length.is_some()
            && step.targets.is_empty()
            && let Some(target) = step.back.and_then(|back| back.strip_prefix("open "))
        {
            step.targets.push(target.to_string());
            step.back = None;
        }
        // `WU, 6x400m, CD`: the runner ends them.
        step.is_open |= matches!(place, StepPlace::Item | StepPlace::AfterRepeat)
            && step.is_bare_end()
            && self.scan.peek() != Some('\n');
        let complete = step.length.is_some() || step.counted.is_some() || step.is_open || step.back.is_some();
        if !complete || (step.length.is_some() && step.is_open) {
            return Err(PhrasingError::Unread);
        }
        let bare = step.targets.is_empty() && step.kind.is_none() && step.within.is_none() && !step.is_worded;
        let race = step.length.as_ref().is_some_and(|length| length.is_race);
        // `1k` is the pace of no race; in `3k, 2k, 1k` all are lengths.
        let metres = step.length.as_ref().map_or(0.0, |length| length.value);
        let race = race && [3000.0, 5000.0, 10_000.0, 15_000.0].contains(&metres) && !self.sees_kilometres();
        if race && bare && matches!(place, StepPlace::Item | StepPlace::AfterRepeat) && step.part.is_none() {
            return Err(PhrasingError::Unread);
        }
        Ok(())
    }
}

impl PhraseReader<'_> {
    /// True at a comma and another length in `k`.
    fn sees_kilometres(&self) -> bool {
        let mut ahead = self.ahead();
        ahead.scan.eat(&[',']).is_some()
            && ahead.scan.number().is_some()
            && ahead.scan.longest(&[("k", ()), ("km", ())]).is_some()
    }
}

/// Where a bare number stands: after a word of recovery it is one's length.
fn bare_length_place(step: &StepPhrase, place: StepPlace) -> StepPlace {
    let recovery = step.targets.first().is_some_and(|target| RECOVERIES.contains(&target.as_str()));
    match place {
        StepPlace::AfterRepeat if recovery => StepPlace::Recovery(Some(LengthSort::Metres)),
        _ => place,
    }
}
