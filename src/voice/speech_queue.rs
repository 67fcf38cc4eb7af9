//! Decides what is said of a session's announcements, in the order in which they came. Pure.

use super::synthesizer::Synthesizer;
use crate::coach::Announcement;
use crate::cues::{Phrase, PlacedPhrase, SpeechRoom, SpeechWindow, speech_timing};
use crate::units::{Millis, Rehearsal};
use crate::workout::sequence::StepId;
use std::collections::VecDeque;

/// The number of phrases remembered: more than is ever said about the start of one step.
const REMEMBERED: usize = 32;
/// The silence between speech in progress when plans change and the next speech.
const BREATH: Millis = Millis::new(400);

/// The latest speech, kept to avoid saying anything twice.
#[derive(Clone, Debug, Default)]
pub struct SpokenMemory(VecDeque<SpokenWindow>);

#[derive(Clone, Debug)]
struct SpokenWindow {
    step: StepId,
    phrases: Vec<Phrase>,
    at: Millis,
}

impl SpokenMemory {
    /// Records speech at an active time, unless it is recorded already.
    pub fn remember(&mut self, window: &SpeechWindow, at: Millis) {
        if self.contains(window) {
            return;
        }
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(SpokenWindow { step: window.step, phrases: window.phrases.clone(), at });
    }

    /// Forgets everything. After a skip or a pause the same words are news again.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns true if this was said at its time.
    pub fn contains(&self, window: &SpeechWindow) -> bool {
        let is_same = |spoken: &SpokenWindow| {
            spoken.step == window.step && spoken.at >= window.from && spoken.phrases == window.phrases
        };
        window.lead == Millis::ZERO && self.0.iter().any(is_same)
    }
}

/// Finds a place for each of `sayings` that was not said already. The indices returned are those of `sayings`.
pub fn place(
    sayings: &[SpeechWindow],
    memory: &SpokenMemory,
    room: &SpeechRoom<'_>,
    synthesizer: &Synthesizer,
) -> Vec<PlacedPhrase> {
    let is_new = |(_, window): &(usize, &SpeechWindow)| !memory.contains(window);
    let new = sayings.iter().enumerate().filter(is_new).map(|(i, window)| (i, window.clone()));
    let (indices, new): (Vec<usize>, Vec<SpeechWindow>) = new.unzip();
    let placed = speech_timing::fit(&new, room, |phrase| synthesizer.length(phrase));
    placed.into_iter().filter_map(|p| Some(PlacedPhrase { saying: *indices.get(p.saying)?, ..p })).collect()
}

/// Returns what is said in a finished session, each phrase with its active time, for export to a file. Takes the session's
/// announcements in order.
///
/// Leaves out phrases that would be cut off, and those said before second 0, during the count-in.
pub fn spoken_phrases(announcements: &[Announcement], synthesizer: &Synthesizer) -> Vec<(Millis, Phrase)> {
    let mut all: Vec<(Millis, Phrase)> = Vec::new();
    let mut memory = SpokenMemory::default();
    let mut silent_from = Millis::ZERO;
    for (i, now) in announcements.iter().enumerate() {
        let next = announcements.get(i + 1);
        if now.cuts {
            memory.clear();
        }
        let room =
            SpeechRoom { cues: &now.cues, from: now.from.max(silent_from), rehearsal: Rehearsal::REAL_TIME };
        for placed in place(&now.sayings, &memory, &room, synthesizer) {
            let end = placed.at + placed.length;
            let replaced = |n: &Announcement| placed.at >= n.from || (n.cuts && end > n.from);
            if placed.lead > Millis::ZERO || next.is_some_and(replaced) {
                continue;
            }
            let Some(window) = now.sayings.get(placed.saying) else { continue };
            let Some(phrase) = window.phrases.get(placed.phrase) else { continue };
            memory.remember(window, placed.at);
            silent_from = end + BREATH;
            all.push((placed.at, phrase.clone()));
        }
    }
    all
}
