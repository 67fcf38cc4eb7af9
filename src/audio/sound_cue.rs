//! A sound and the instant at which it is heard.

use super::signal_synth::{self, SAMPLE_RATE};
use crate::cues::Signal;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A sound and the instant, on [`crate::clock::monotonic`], at which its first sample must be heard.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundCue {
    /// The instant at which it begins.
    pub at: Instant,
    /// The sound.
    pub content: SoundContent,
}

/// A signal or a spoken phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum SoundContent {
    /// A signal.
    Signal(Signal),
    /// A spoken phrase.
    Speech(SpokenSamples),
}

impl SoundContent {
    /// Returns the samples, mono at [`SAMPLE_RATE`]. The first one is the onset.
    pub fn samples(&self) -> &[i16] {
        match self {
            SoundContent::Signal(signal) => signal_synth::samples(*signal),
            SoundContent::Speech(speech) => &speech.0,
        }
    }

    /// Returns the time from the first sample to the end of the last.
    pub fn duration(&self) -> Duration {
        Duration::from_secs_f64(self.samples().len() as f64 / f64::from(SAMPLE_RATE))
    }
}

impl From<Signal> for SoundContent {
    fn from(signal: Signal) -> Self {
        SoundContent::Signal(signal)
    }
}

/// The samples of a spoken phrase, in the format of [`SoundContent::samples`]. Cheap to clone.
#[derive(Clone)]
pub struct SpokenSamples(Arc<[i16]>);

impl SpokenSamples {
    /// The longest phrase, in seconds. Longer advice is of no use to a runner.
    pub const MAX_SECONDS: usize = 12;

    /// The longest phrase, in samples.
    pub const MAX_SAMPLES: usize = SpokenSamples::MAX_SECONDS * SAMPLE_RATE as usize;

    /// The highest peak: 0.35 of full scale. Together with 0.6 for a signal and 0.01 for the keepalive tone it stays
    /// below full scale.
    pub const MAX_PEAK: u16 = 11_468;

    /// Samples in the fade at each end: 5 ms.
    const FADE: usize = 240;

    /// Wraps samples of speech. Cuts them off after [`SpokenSamples::MAX_SECONDS`], lowers them to
    /// [`SpokenSamples::MAX_PEAK`] if they are louder, and fades both ends to avoid clicks.
    pub fn new(mut samples: Vec<i16>) -> Self {
        samples.truncate(SpokenSamples::MAX_SAMPLES);
        let peak = samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
        if peak > SpokenSamples::MAX_PEAK {
            for sample in &mut samples {
                *sample = (i32::from(*sample) * i32::from(SpokenSamples::MAX_PEAK) / i32::from(peak)) as i16;
            }
        }
        let (length, fade) = (samples.len(), SpokenSamples::FADE.min(samples.len() / 2));
        for (i, sample) in samples.iter_mut().enumerate() {
            let from_nearest_end = i.min(length - 1 - i);
            if from_nearest_end < fade {
                *sample = (i32::from(*sample) * from_nearest_end as i32 / fade as i32) as i16;
            }
        }
        SpokenSamples(samples.into())
    }

    /// Returns how many owners share the samples.
    #[cfg(test)]
    pub(super) fn owners(&self) -> usize {
        Arc::strong_count(&self.0)
    }
}

/// Compares by identity: two renderings of one phrase are different, however alike they sound.
impl PartialEq for SpokenSamples {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for SpokenSamples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Speech({} samples)", self.0.len())
    }
}
