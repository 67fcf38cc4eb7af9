//! A session's announcements in the order in which they came, and what of them is really said. Pure.

use super::synthesizer::Synthesizer;
use crate::coach::Announcement;
use crate::cues::{Phrase, PlacedPhrase, SpeechRoom, SpeechWindow, speech_timing};
use crate::units::Millis;
use crate::workout::sequence::StepId;
use std::collections::VecDeque;

/// So much of what was said is remembered: more than is ever said of one step's beginning.
const REMEMBERED: usize = 32;
/// Silence between what is being said when plans change and the next thing.
const BREATH: Millis = Millis::new(400);

/// What was said lately: nobody is told twice.
#[derive(Clone, Debug, Default)]
pub struct SpokenMemory(VecDeque<(StepId, Vec<Phrase>, Millis)>);

impl SpokenMemory {
    /// Remembers that something was said at an active time.
    pub fn keep(&mut self, saying: &SpeechWindow, at: Millis) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((saying.step, saying.phrases.clone(), at));
    }

    /// Forgets all of it: after a skip or a pause it means something new.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    /// True where this has been said when it was to be said.
    pub fn holds(&self, saying: &SpeechWindow) -> bool {
        let same = |(step, phrases, at): &(StepId, Vec<Phrase>, Millis)| {
            *step == saying.step && *at >= saying.from && *phrases == saying.phrases
        };
        saying.lead == Millis::ZERO && self.0.iter().any(same)
    }
}

/// What to say of what was announced, without what was said already. The indices are those of `sayings`.
pub fn place(
    sayings: &[SpeechWindow],
    memory: &SpokenMemory,
    room: &SpeechRoom<'_>,
    speaker: &Synthesizer,
) -> Vec<PlacedPhrase> {
    let fresh: Vec<(usize, SpeechWindow)> =
        sayings.iter().enumerate().filter(|(_, s)| !memory.holds(s)).map(|(i, s)| (i, s.clone())).collect();
    let (indices, fresh): (Vec<usize>, Vec<SpeechWindow>) = fresh.into_iter().unzip();
    let placed = speech_timing::fit(&fresh, room, |phrase| speaker.length(phrase));
    placed.into_iter().filter_map(|p| Some(PlacedPhrase { saying: *indices.get(p.saying)?, ..p })).collect()
}

/// What is said in a session that has been lived through, by its announcements, each at its active time: what a file
/// of it holds. It sounds as [`Synthesizer::say`] has it; what would be cut off is left out, and so is what is said while
/// the clock is counted in, before second 0.
pub fn spoken(announcements: &[Announcement], speaker: &Synthesizer) -> Vec<(Millis, Phrase)> {
    let mut all: Vec<(Millis, Phrase)> = Vec::new();
    let mut memory = SpokenMemory::default();
    let mut silent_from = Millis::ZERO;
    for (i, now) in announcements.iter().enumerate() {
        let next = announcements.get(i + 1);
        if now.cuts {
            memory.forget();
        }
        let room = SpeechRoom { cues: &now.cues, from: now.from.max(silent_from), speed: 1.0 };
        for placed in place(&now.sayings, &memory, &room, speaker) {
            let end = placed.at + placed.length;
            let over = |n: &Announcement| placed.at >= n.from || (n.cuts && end > n.from);
            if placed.lead > Millis::ZERO || next.is_some_and(over) {
                continue;
            }
            let Some(saying) = now.sayings.get(placed.saying) else { continue };
            let Some(phrase) = saying.phrases.get(placed.phrase) else { continue };
            memory.keep(saying, placed.at);
            silent_from = end + BREATH;
            all.push((placed.at, phrase.clone()));
        }
    }
    all
}
