//! The voice. It turns planned speech into samples on its own thread, and hands them on shortly before they are heard.
//!
//! - `built_in_clips`: the phrases that come with the program
//! - `speech_programs`: other programs on this system that can speak, and `speech_wav`, which reads what they answer
//! - `synthesizer`: phrases put together from both
//! - `speech_queue`: which of the planned phrases are said
//! - `worker`: the thread
//! - `default_voice`: how much is said unless the user chooses
//!
//! Nothing waits for the voice. Speech that is not ready in time is dropped rather than late, and words that nothing can
//! pronounce are left out.

mod built_in_clips;
pub(crate) mod default_voice;
mod errors;
mod resample;
mod speech_programs;
mod speech_queue;
mod speech_wav;
mod synthesizer;
mod worker;

pub use built_in_clips::all as clips;
pub use errors::SpeechError;
pub use speech_programs::{SpeechProgram, find_programs, installed_programs};
pub use speech_queue::spoken_phrases;
pub use synthesizer::{Synthesizer, unknown_texts};

use crate::audio::SoundCue;
use crate::cues::{SignalCue, SpeechWindow};
use crate::units::{Millis, Rehearsal};
use crate::workout::sequence::Sequence;
use speech_programs::Speakers;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use worker::{VoiceRequest, VoiceWorker};

/// The relation between active time and the clock that sound goes by.
#[derive(Clone, Copy, Debug)]
pub struct VoiceTimeline {
    /// The instant at which the active time is `elapsed`.
    pub start: Instant,
    /// The active time at `start`.
    pub elapsed: Millis,
    /// The rate of the session's clock.
    pub rehearsal: Rehearsal,
}

impl VoiceTimeline {
    /// Returns the instant that comes `lead` before the active time `at`.
    fn instant(&self, at: Millis, lead: Millis) -> Instant {
        let instant = self.start + self.rehearsal.real_time(at.saturating_sub(self.elapsed));
        instant.checked_sub(self.rehearsal.real_time(lead)).unwrap_or(instant)
    }

    /// Returns the active time at `instant`.
    fn elapsed_at(&self, instant: Instant) -> Millis {
        let since = instant.saturating_duration_since(self.start);
        self.elapsed + self.rehearsal.session_time(Millis::from_secs_f64(since.as_secs_f64()))
    }
}

/// The speech planned for a session. It replaces every earlier script.
#[derive(Clone, Debug)]
pub struct VoiceScript {
    /// The revision, returned with the speech made of this script.
    pub revision: u64,
    /// The clock. Missing while time stands still, and then nothing is said.
    pub timeline: Option<VoiceTimeline>,
    /// True if speech in progress is cut off and may be said again.
    pub cuts: bool,
    /// The signals, which speech must not overlap.
    pub cues: Arc<[SignalCue]>,
    /// The things to say.
    pub sayings: Arc<[SpeechWindow]>,
}

/// All speech to be heard for now, including speech in progress. It replaces every earlier notice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeechNotice {
    /// The revision of the script.
    pub revision: u64,
    /// The speech.
    pub cues: Vec<SoundCue>,
}

/// The longest wait for the programs that speak to end.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// The interval between two checks if they have ended.
const CHECK: Duration = Duration::from_millis(10);

/// A voice on its own thread. Dropping it ends the thread and every program that speaks for it.
#[derive(Debug)]
pub struct VoiceThread {
    requests: Sender<VoiceRequest>,
    /// Set when no more speech is needed.
    stop: Arc<AtomicBool>,
    learning: Option<JoinHandle<()>>,
}

impl Drop for VoiceThread {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // A program is killed within a moment. If even that hangs, the thread is left to itself.
        let Some(learning) = self.learning.take() else { return };
        let mut waited = Duration::ZERO;
        while !learning.is_finished() && waited < LAST_WORDS {
            std::thread::sleep(CHECK);
            waited += CHECK;
        }
    }
}

impl VoiceThread {
    /// Starts a voice for a workout and returns at once. `notify` receives the speech. For words that the clips lack, the
    /// voice asks each of `programs` until one answers.
    pub fn open(
        sequence: &Sequence,
        programs: Vec<SpeechProgram>,
        notify: impl Fn(SpeechNotice) + Send + 'static,
    ) -> VoiceThread {
        let (requests, received) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let learning = if programs.is_empty() {
            None
        } else {
            let texts = unknown_texts(sequence);
            let (learned, stop) = (requests.clone(), Arc::clone(&stop));
            let thread = Builder::new().name("voice-learning".to_string());
            thread.spawn(move || learn(texts, programs, &learned, &stop)).ok()
        };
        // If the system has no thread left, there is no voice.
        let thread = Builder::new().name("voice".to_string());
        let _ = thread.spawn(move || VoiceWorker::new(notify).run(&received));
        VoiceThread { requests, stop, learning }
    }

    /// Replaces the speech planned so far.
    pub fn announce(&self, script: VoiceScript) {
        // If the thread is gone, the voice is silent.
        let _ = self.requests.send(VoiceRequest::Script(script));
    }

    /// Says `text` as soon as there is room for it.
    pub fn answer(&self, text: &str) {
        let _ = self.requests.send(VoiceRequest::Answer(text.to_string()));
    }
}

/// Has the programs speak each text, until `stop` is set.
fn learn(
    texts: Vec<String>,
    programs: Vec<SpeechProgram>,
    learned: &Sender<VoiceRequest>,
    stop: &AtomicBool,
) {
    let mut speakers = Speakers::new(programs);
    for text in texts {
        let samples = speakers.speak(&text, stop);
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let Some(samples) = samples else { continue };
        if learned.send(VoiceRequest::Learned { text, samples }).is_err() {
            return;
        }
    }
}
