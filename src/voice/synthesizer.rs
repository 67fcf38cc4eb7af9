//! From a phrase to its samples: the program's own clips, else what a speech program made of the words.

use super::clips::{self, VoiceClip};
use super::speech_programs::SpeechProgram;
use crate::audio::SpokenSamples;
use crate::audio::signal_synth::SAMPLE_RATE;
use crate::cues::{Phrase, Word};
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Between two clips of one thing said.
const JOIN: usize = SAMPLE_RATE as usize * 20 / 1000;
/// Where a comma stands.
const PAUSE: usize = SAMPLE_RATE as usize * 80 / 1000;
/// So many texts of one workout at most are handed to a speech program.
const MOST_TEXTS: usize = 200;

/// Says phrases. Whom it has learned nothing from says what the clips can say.
#[derive(Clone, Debug, Default)]
pub struct Synthesizer {
    learned: HashMap<String, Arc<[i16]>>,
}

enum SpeechPiece {
    Clip(VoiceClip),
    Learned(Arc<[i16]>),
}

impl SpeechPiece {
    fn length(&self) -> usize {
        match self {
            SpeechPiece::Clip(clip) => clip.length(),
            SpeechPiece::Learned(samples) => samples.len(),
        }
    }
}

impl Synthesizer {
    /// Learns what words sound like, as [`Word::spoken`] has them.
    pub fn learn(&mut self, spoken: String, samples: Vec<i16>) {
        self.learned.insert(spoken, samples.into());
    }

    /// One that has learned from these programs whatever it could not say of a workout. Takes as long as they take.
    pub fn taught(sequence: &Sequence, programs: &[SpeechProgram]) -> Self {
        let mut speaker = Synthesizer::default();
        for words in unknown(sequence) {
            if let Some(samples) =
                programs.iter().find_map(|program| program.speak(&words, &AtomicBool::new(false)))
            {
                speaker.learn(words, samples);
            }
        }
        speaker
    }

    /// How long a phrase takes; nothing where nobody can say it.
    pub fn length(&self, phrase: &Phrase) -> Option<Millis> {
        let pieces = self.pieces(phrase)?;
        Some(clips::length(pieces.iter().map(|(gap, piece)| gap + piece.length()).sum()))
    }

    /// A phrase's samples; nothing where nobody can say it.
    pub fn say(&self, phrase: &Phrase) -> Option<SpokenSamples> {
        let mut all = Vec::new();
        for (gap, piece) in self.pieces(phrase)? {
            all.resize(all.len() + gap, 0);
            match piece {
                SpeechPiece::Clip(clip) => all.extend(clip.samples()),
                SpeechPiece::Learned(samples) => all.extend_from_slice(&samples),
            }
        }
        Some(SpokenSamples::new(all))
    }

    /// What it is put together from, and the silence before each.
    fn pieces(&self, phrase: &Phrase) -> Option<Vec<(usize, SpeechPiece)>> {
        let mut all: Vec<(usize, SpeechPiece)> = Vec::new();
        let mut gap = 0;
        for word in &phrase.0 {
            let Some(pieces) = self.word(word) else { continue };
            for (piece, pause) in pieces {
                all.push((gap, piece));
                gap = if pause { PAUSE } else { JOIN };
            }
            gap = PAUSE;
        }
        let length: usize = all.iter().map(|(gap, piece)| gap + piece.length()).sum();
        (!all.is_empty() && length <= SpokenSamples::MAX_SAMPLES).then_some(all)
    }

    fn word(&self, word: &Word) -> Option<Vec<(SpeechPiece, bool)>> {
        let of_clips = |text: &str| -> Option<Vec<(SpeechPiece, bool)>> {
            Some(
                clips::cover(text)?
                    .into_iter()
                    .map(|(clip, pause)| (SpeechPiece::Clip(clip), pause))
                    .collect(),
            )
        };
        let spoken = word.spoken();
        let own = of_clips(&spoken);
        let learned =
            || self.learned.get(&spoken).map(|s| vec![(SpeechPiece::Learned(Arc::clone(s)), false)]);
        let instead = || match word {
            Word::Free { instead: Some(instead), .. } => of_clips(instead),
            _ => None,
        };
        own.or_else(learned).or_else(instead)
    }
}

/// The words of a workout that the clips cannot say, as they are said; each once, in a steady order.
pub fn unknown(sequence: &Sequence) -> Vec<String> {
    let steps = sequence.steps.iter().flat_map(|step| {
        let plain = [step.title().to_string(), step.target.words.clone()];
        plain.into_iter().chain(step.cues.iter().map(|cue| cue.text.clone()))
    });
    let texts = steps.chain(sequence.during_ease.iter().cloned());
    let mut seen = BTreeSet::new();
    texts
        .map(|text| Word::free(&text, None).spoken())
        .filter(|spoken| !spoken.is_empty() && clips::cover(spoken).is_none() && seen.insert(spoken.clone()))
        .take(MOST_TEXTS)
        .collect()
}
