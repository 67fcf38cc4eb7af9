//! Turns phrases into samples, from the built-in clips and from what speech programs have spoken.

use super::built_in_clips::{self, VoiceClip};
use super::speech_programs::{Speakers, SpeechProgram};
use crate::audio::SpokenSamples;
use crate::audio::signal_synth::SAMPLE_RATE;
use crate::cues::{Phrase, Word};
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Samples between two clips of one word or phrase: 20 ms.
const JOIN: usize = SAMPLE_RATE as usize * 20 / 1000;
/// Samples at a comma: 80 ms.
const PAUSE: usize = SAMPLE_RATE as usize * 80 / 1000;
/// The most texts of one workout that are handed to a speech program.
const MAX_TEXTS: usize = 200;

/// Says phrases. The default one knows the built-in clips only.
#[derive(Clone, Debug, Default)]
pub struct Synthesizer {
    learned: HashMap<String, Arc<[i16]>>,
}

/// A part of a phrase and the silence around it.
struct SpeechPiece {
    sound: PieceSound,
    /// Samples of silence before it.
    gap: usize,
    /// True if a comma follows.
    pause_after: bool,
}

enum PieceSound {
    Clip(VoiceClip),
    Learned(Arc<[i16]>),
}

impl SpeechPiece {
    fn new(sound: PieceSound, pause_after: bool) -> Self {
        SpeechPiece { sound, gap: 0, pause_after }
    }

    /// Returns the number of samples, including the silence.
    fn length(&self) -> usize {
        self.gap
            + match &self.sound {
                PieceSound::Clip(clip) => clip.length(),
                PieceSound::Learned(samples) => samples.len(),
            }
    }
}

impl Synthesizer {
    /// Returns a synthesizer that has learned from `programs` all texts of a workout that the clips lack. Takes as long as
    /// the programs take.
    pub fn for_workout(sequence: &Sequence, programs: &[SpeechProgram]) -> Self {
        let mut synthesizer = Synthesizer::default();
        let never = AtomicBool::new(false);
        let mut speakers = Speakers::new(programs.to_vec());
        for text in unknown_texts(sequence) {
            if let Some(samples) = speakers.speak(&text, &never) {
                synthesizer.learn(text, samples);
            }
        }
        synthesizer
    }

    /// Learns the samples of a text, which is in the form of [`Word::spoken`].
    pub fn learn(&mut self, text: String, samples: Vec<i16>) {
        self.learned.insert(text, samples.into());
    }

    /// Returns the length of a phrase, or `None` if it cannot be said.
    pub fn length(&self, phrase: &Phrase) -> Option<Millis> {
        let pieces = self.pieces(phrase)?;
        let samples: usize = pieces.iter().map(SpeechPiece::length).sum();
        Some(Millis::new((samples as u64 * 1000).div_ceil(u64::from(SAMPLE_RATE))))
    }

    /// Returns the samples of a phrase, or `None` if it cannot be said.
    pub fn say(&self, phrase: &Phrase) -> Option<SpokenSamples> {
        let mut all = Vec::new();
        for piece in self.pieces(phrase)? {
            all.resize(all.len() + piece.gap, 0);
            match piece.sound {
                PieceSound::Clip(clip) => all.extend(clip.samples()),
                PieceSound::Learned(samples) => all.extend_from_slice(&samples),
            }
        }
        Some(SpokenSamples::new(all))
    }

    /// Returns the parts of a phrase. Words that cannot be said are left out. Returns `None` if nothing is left, or too
    /// much.
    fn pieces(&self, phrase: &Phrase) -> Option<Vec<SpeechPiece>> {
        let mut all: Vec<SpeechPiece> = Vec::new();
        let mut gap = 0;
        for word in &phrase.0 {
            let Some(pieces) = self.pieces_of_word(word) else { continue };
            for piece in pieces {
                let next_gap = if piece.pause_after { PAUSE } else { JOIN };
                all.push(SpeechPiece { gap, ..piece });
                gap = next_gap;
            }
            gap = PAUSE;
        }
        let length: usize = all.iter().map(SpeechPiece::length).sum();
        (!all.is_empty() && length <= SpokenSamples::MAX_SAMPLES).then_some(all)
    }

    /// Returns the parts of a word: from clips, else as learned, else of the words to say instead.
    fn pieces_of_word(&self, word: &Word) -> Option<Vec<SpeechPiece>> {
        let spoken = word.spoken();
        let learned = || {
            let samples = self.learned.get(&spoken)?;
            Some(vec![SpeechPiece::new(PieceSound::Learned(Arc::clone(samples)), false)])
        };
        let instead = || match word {
            Word::Free { instead: Some(instead), .. } => pieces_from_clips(instead),
            _ => None,
        };
        pieces_from_clips(&spoken).or_else(learned).or_else(instead)
    }
}

fn pieces_from_clips(text: &str) -> Option<Vec<SpeechPiece>> {
    let clips = built_in_clips::cover(text)?.into_iter();
    Some(clips.map(|c| SpeechPiece::new(PieceSound::Clip(c.clip), c.pause_after)).collect())
}

/// Returns the texts of a workout that the clips cannot say, in the form of [`Word::spoken`]. Each occurs once, and their
/// order is fixed.
pub fn unknown_texts(sequence: &Sequence) -> Vec<String> {
    let steps = sequence.steps.iter().flat_map(|step| {
        let titles = [step.spoken_title().to_string(), step.target.spoken_words().to_string()];
        titles.into_iter().chain(step.cues.iter().map(|cue| cue.text.clone()))
    });
    let texts = steps.chain(sequence.during_ease.iter().cloned());
    let mut seen = BTreeSet::new();
    texts
        .map(|text| Word::free(&text, None).spoken())
        .filter(|spoken| !spoken.is_empty() && built_in_clips::cover(spoken).is_none())
        .filter(|spoken| seen.insert(spoken.clone()))
        .take(MAX_TEXTS)
        .collect()
}
