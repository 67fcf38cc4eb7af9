//! Finds the time for everything that is said: as much as there is room for, by priority, and never over a signal.

use super::cue_plan::{LONGEST_LEAD, SignalCue, onset};
use super::phrase::Phrase;
use super::speech::{QUIET, SpeechWindow};
use crate::units::{Millis, Rehearsal};
use std::collections::BTreeMap;
use std::ops::Range;

/// The silence between two phrases.
const BREATH: Millis = Millis::new(400);

/// A phrase with its time. Times are as in a [`SignalCue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedPhrase {
    /// The index of the speech window.
    pub saying: usize,
    /// The index of the phrase in the window.
    pub phrase: usize,
    /// The active time at which it begins.
    pub at: Millis,
    /// During a count-in, the time by which it begins earlier than `at`. Zero otherwise.
    pub lead: Millis,
    /// The time that it takes, in active time.
    pub length: Millis,
}

/// The time that speech can use.
#[derive(Clone, Copy, Debug)]
pub struct SpeechRoom<'a> {
    /// The signals. Nothing is said over them.
    pub cues: &'a [SignalCue],
    /// The active time before which no speech can begin, except during a count-in.
    pub from: Millis,
    /// The rate of the session's clock. Speech takes real time at any rate.
    pub rehearsal: Rehearsal,
}

/// Chooses a phrase and a time for each window, or drops the window. `length` returns the real time that a phrase takes,
/// or `None` if no voice can say it. The result is in the order of time.
pub fn fit(
    sayings: &[SpeechWindow],
    room: &SpeechRoom<'_>,
    length: impl Fn(&Phrase) -> Option<Millis>,
) -> Vec<PlacedPhrase> {
    let real = |time: Millis| room.rehearsal.session_time(time);
    let mut taken = TakenSpans::default();
    for cue in room.cues {
        let start = onset(cue);
        taken.take(start.saturating_sub(real(QUIET)), start + real(cue.signal.length() + QUIET));
    }
    let mut order: Vec<usize> = (0..sayings.len()).collect();
    order.sort_by_key(|i| sayings.get(*i).map(|s| (s.priority, s.from, s.by, *i)));
    let mut all = Vec::new();
    for (i, saying) in order.into_iter().filter_map(|i| sayings.get(i).map(|s| (i, s))) {
        let on_scale = |time: Millis| (time + LONGEST_LEAD).saturating_sub(saying.lead);
        let earliest = if saying.lead == Millis::ZERO { saying.from.max(room.from) } else { saying.from };
        let window = on_scale(earliest)..on_scale(saying.by);
        let place = saying.phrases.iter().enumerate().find_map(|(k, phrase)| {
            let length = real(length(phrase)?);
            Some((k, taken.place(&window, length, saying.late)?, length))
        });
        let Some((phrase, start, length)) = place else { continue };
        taken.take(start.saturating_sub(real(BREATH)), start + length + real(BREATH));
        let begin = saying.from + LONGEST_LEAD;
        all.push(match saying.lead {
            Millis::ZERO => PlacedPhrase {
                saying: i,
                phrase,
                at: start.saturating_sub(LONGEST_LEAD),
                lead: Millis::ZERO,
                length,
            },
            _ => {
                PlacedPhrase { saying: i, phrase, at: saying.from, lead: begin.saturating_sub(start), length }
            }
        });
    }
    all.sort_by_key(|p| (p.at + LONGEST_LEAD).saturating_sub(p.lead));
    all
}

/// The spans of time in which nothing may be said, as start → end. They do not touch each other.
#[derive(Default)]
struct TakenSpans(BTreeMap<Millis, Millis>);

impl TakenSpans {
    fn take(&mut self, mut start: Millis, mut end: Millis) {
        while let Some((s, e)) =
            self.0.range(..=end).next_back().map(|(s, e)| (*s, *e)).filter(|(_, e)| *e >= start)
        {
            self.0.remove(&s);
            (start, end) = (start.min(s), end.max(e));
        }
        self.0.insert(start, end);
    }

    /// Returns the start of the first free place of this length in a window, or of the last one if `late`.
    fn place(&self, window: &Range<Millis>, length: Millis, late: bool) -> Option<Millis> {
        if late {
            let mut end = window.end;
            loop {
                let start = end.checked_sub(length).filter(|start| *start >= window.start)?;
                match self.0.range(..end).next_back().filter(|(_, e)| **e > start) {
                    Some((s, _)) => end = *s,
                    None => return Some(start),
                }
            }
        }
        let mut start = window.start;
        loop {
            let end = Some(start + length).filter(|end| *end <= window.end)?;
            // The first span that ends after the start.
            let before = self.0.range(..=start).next_back().filter(|(_, e)| **e > start);
            match before.or_else(|| self.0.range(start..end).next()) {
                Some((_, e)) => start = *e,
                None => return Some(start),
            }
        }
    }
}
