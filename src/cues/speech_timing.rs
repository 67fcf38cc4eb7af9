//! When each thing is said: as much as there is room for, what matters most first, never over a signal.

use super::cue_plan::{LONGEST_LEAD, SignalCue, onset};
use super::phrase::Phrase;
use super::speech::{QUIET, SpeechWindow};
use crate::units::{Millis, Rehearsal};
use std::collections::BTreeMap;

/// Silence kept between two things said.
const BREATH: Millis = Millis::new(400);

/// What has found its place. Its times are like a [`SignalCue`]'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedPhrase {
    /// Which saying.
    pub saying: usize,
    /// Which of its phrases.
    pub phrase: usize,
    /// The active time of its beginning.
    pub at: Millis,
    /// How much earlier than that it begins, while the clock is still being counted in.
    pub lead: Millis,
    /// How long it takes, in active time.
    pub length: Millis,
}

/// What there is room between.
#[derive(Clone, Copy, Debug)]
pub struct SpeechRoom<'a> {
    /// The signals, none of which is spoken over.
    pub cues: &'a [SignalCue],
    /// Nothing can begin before this active time; what is said during the count-in is not held to it.
    pub from: Millis,
    /// How fast the session runs. Words take real time to say, however fast that is.
    pub rehearsal: Rehearsal,
}

/// Finds a place for each saying, or drops it. `length` says how long a phrase takes to say, in real time; nothing
/// where nobody can say it. The outcome is in the order of time, and depends on nothing else.
pub fn fit(
    sayings: &[SpeechWindow],
    room: &SpeechRoom<'_>,
    length: impl Fn(&Phrase) -> Option<Millis>,
) -> Vec<PlacedPhrase> {
    let real = |time: Millis| room.rehearsal.session_time(time);
    let mut taken = TakenSpan::default();
    for cue in room.cues {
        let start = onset(cue);
        taken.take(start.saturating_sub(real(QUIET)), start + real(cue.signal.length() + QUIET));
    }
    let mut order: Vec<usize> = (0..sayings.len()).collect();
    order.sort_by_key(|i| sayings.get(*i).map(|s| (s.importance, s.from, s.by, *i)));
    let mut all = Vec::new();
    for (i, saying) in order.into_iter().filter_map(|i| sayings.get(i).map(|s| (i, s))) {
        let on_scale = |time: Millis| (time + LONGEST_LEAD).saturating_sub(saying.lead);
        let earliest = if saying.lead == Millis::ZERO { saying.from.max(room.from) } else { saying.from };
        let window = (on_scale(earliest), on_scale(saying.by));
        let place = saying.phrases.iter().enumerate().find_map(|(k, phrase)| {
            let length = real(length(phrase)?);
            Some((k, taken.place(window, length, saying.late)?, length))
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

/// Stretches of time in which nothing may be said: start → end, apart from each other.
#[derive(Default)]
struct TakenSpan(BTreeMap<Millis, Millis>);

impl TakenSpan {
    fn take(&mut self, mut start: Millis, mut end: Millis) {
        while let Some((s, e)) =
            self.0.range(..=end).next_back().map(|(s, e)| (*s, *e)).filter(|(_, e)| *e >= start)
        {
            self.0.remove(&s);
            (start, end) = (start.min(s), end.max(e));
        }
        self.0.insert(start, end);
    }

    /// The first place of this length in a window, or the last.
    fn place(&self, (from, by): (Millis, Millis), length: Millis, late: bool) -> Option<Millis> {
        if late {
            let mut end = by;
            loop {
                let start = end.checked_sub(length).filter(|start| *start >= from)?;
                match self.0.range(..end).next_back().filter(|(_, e)| **e > start) {
                    Some((s, _)) => end = *s,
                    None => return Some(start),
                }
            }
        }
        let mut start = from;
        loop {
            let end = Some(start + length).filter(|end| *end <= by)?;
            // The first stretch that is not over by then.
            let before = self.0.range(..=start).next_back().filter(|(_, e)| **e > start);
            match before.or_else(|| self.0.range(start..end).next()) {
                Some((_, e)) => start = *e,
                None => return Some(start),
            }
        }
    }
}
