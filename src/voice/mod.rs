//! The voice: what is planned to be said becomes samples, on a thread of its own, and is handed on shortly before.
//!
//! `clips` holds the phrases that come with the program, `programs` what else can speak on this system, `speaker` puts
//! phrases together, `script` decides which of them. Nothing here is waited for: what is not ready is not said.
//!
//! Not promised: that all is said. Speech is dropped rather than late, and what nobody can pronounce is left out.

mod clips;
mod resample;
mod speech_programs;
mod speech_queue;
mod synthesizer;

pub use clips::{all as clips, length};
pub use speech_programs::{SpeechProgram, found};
pub use speech_queue::spoken;
pub use synthesizer::{Synthesizer, unknown};

use crate::audio::{self, SoundContent};
use crate::clock::monotonic;
use crate::cues::{Phrase, SignalCue, SpeechRoom, SpeechWindow, Word};
use crate::units::Millis;
use crate::workout::sequence::{Sequence, StepId};
use speech_queue::SpokenMemory;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Speech is made when it is so near …
const NEAR: Duration = Duration::from_secs(20);
/// … and with it all that is as near as this: few samples are held at a time, however long the session.
const AHEAD: Duration = Duration::from_secs(60);
/// What is begun sooner than this after it was thought of would begin late.
const SOONEST: Duration = Duration::from_millis(400);
/// So long what is said of itself, at the runner's key, may take to find a place.
const ANSWER_BY: Millis = Millis::from_secs(5);

/// Where active time stands on the clock that sound goes by.
#[derive(Clone, Copy, Debug)]
pub struct VoiceTimeline {
    /// At this instant …
    pub start: Instant,
    /// … this was, or will be, the active time.
    pub elapsed: Millis,
    /// How many seconds of it pass in a real one.
    pub speed: f64,
}

impl VoiceTimeline {
    fn real(&self, time: Millis) -> Duration {
        Duration::try_from_secs_f64(time.as_secs_f64() / self.speed).unwrap_or_default()
    }

    /// When an active time is, or so much earlier.
    fn instant(&self, at: Millis, lead: Millis) -> Instant {
        let instant = self.start + self.real(at.saturating_sub(self.elapsed));
        instant.checked_sub(self.real(lead)).unwrap_or(instant)
    }

    fn elapsed_at(&self, instant: Instant) -> Millis {
        let since = instant.saturating_duration_since(self.start);
        self.elapsed + Millis::from_secs_f64(since.as_secs_f64() * self.speed)
    }
}

/// What is announced to a voice. It replaces everything that was announced before.
#[derive(Clone, Debug)]
pub struct VoiceScript {
    /// Handed back with the speech that is made of it.
    pub revision: u64,
    /// Nothing where time stands still: then nothing is said.
    pub timeline: Option<VoiceTimeline>,
    /// Whether what is being said is cut off, and may be said again.
    pub cuts: bool,
    /// The signals.
    pub cues: Arc<[SignalCue]>,
    /// What there is to say.
    pub sayings: Arc<[SpeechWindow]>,
}

/// All the speech that is to be expected for now, in place of what was told before. What is being said is among it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeechNotice {
    /// The revision of the script that it belongs to.
    pub revision: u64,
    /// The speech.
    pub cues: Vec<audio::SoundCue>,
}

enum VoiceOrder {
    Script(VoiceScript),
    Answer(String),
    Learned(String, Vec<i16>),
}

fn thread(name: &str) -> Builder {
    Builder::new().name(name.to_string())
}

/// A voice on a thread of its own, which ends when this is dropped.
#[derive(Debug)]
pub struct VoiceThread {
    orders: Sender<VoiceOrder>,
    /// Nobody will say anything any more.
    stop: Arc<AtomicBool>,
    learning: Option<JoinHandle<()>>,
}

impl Drop for VoiceThread {
    /// No program that speaks is left behind.
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(learning) = self.learning.take() {
            // One that panicked has ended, too.
            let _ = learning.join();
        }
    }
}

impl VoiceThread {
    /// A voice for a workout. Returns at once; what it has to say arrives through `notify`. Words that the clips lack
    /// are asked of `programs`, the first of them that answers.
    pub fn open(
        sequence: &Sequence,
        programs: Vec<SpeechProgram>,
        notify: impl Fn(SpeechNotice) + Send + 'static,
    ) -> VoiceThread {
        let (orders, received) = channel();
        let sequence = (!programs.is_empty()).then(|| sequence.clone());
        let learn = orders.clone();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let learning = thread("words").spawn(move || {
            for words in sequence.iter().flat_map(unknown) {
                let heard = programs.iter().find_map(|program| program.speak(&words, &stopped));
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let Some(samples) = heard else { continue };
                if learn.send(VoiceOrder::Learned(words, samples)).is_err() {
                    return;
                }
            }
        });
        // A system that has no thread to give has no voice.
        let _ = thread("voice").spawn(move || VoiceWork::new(notify).run(&received));
        VoiceThread { orders, stop, learning: learning.ok() }
    }

    /// Replaces what there is to say.
    pub fn announce(&self, script: VoiceScript) {
        // A voice that is gone is silent.
        let _ = self.orders.send(VoiceOrder::Script(script));
    }

    /// Says something as soon as there is room for it.
    pub fn answer(&self, text: &str) {
        let _ = self.orders.send(VoiceOrder::Answer(text.to_string()));
    }
}

/// Something that has been made, or will be.
struct PlannedSpeech {
    saying: usize,
    phrase: usize,
    at: Millis,
    instant: Instant,
}

struct VoiceWork<F> {
    notify: F,
    speaker: Synthesizer,
    memory: SpokenMemory,
    script: Option<VoiceScript>,
    /// In order; what was made is taken off.
    planned: std::collections::VecDeque<PlannedSpeech>,
    /// What the player has, or still plays; with what it says and when it begins.
    made: Vec<(audio::SoundCue, SpeechWindow, Millis)>,
    /// What was told of it.
    told: SpeechNotice,
}

impl<F: Fn(SpeechNotice)> VoiceWork<F> {
    fn new(notify: F) -> Self {
        VoiceWork {
            notify,
            speaker: Synthesizer::default(),
            memory: SpokenMemory::default(),
            script: None,
            planned: std::collections::VecDeque::new(),
            made: Vec::new(),
            told: SpeechNotice::default(),
        }
    }

    fn run(mut self, orders: &Receiver<VoiceOrder>) {
        loop {
            let order = match self.planned.front() {
                Some(next) => {
                    let wait = next.instant.saturating_duration_since(monotonic() + NEAR);
                    orders.recv_timeout(wait)
                }
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(VoiceOrder::Script(script)) => self.begin(script),
                Ok(VoiceOrder::Answer(text)) => self.answer(&text),
                Ok(VoiceOrder::Learned(words, samples)) => {
                    self.speaker.learn(words, samples);
                    self.plan(monotonic());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.make();
        }
    }

    fn begin(&mut self, script: VoiceScript) {
        if script.cuts {
            self.made.clear();
            self.memory.forget();
        }
        self.script = Some(script);
        self.plan(monotonic());
    }

    /// The runner's key has an answer. It comes before everything that can wait.
    fn answer(&mut self, text: &str) {
        let now = monotonic();
        let Some(script) = &mut self.script else { return };
        let Some(timeline) = script.timeline else { return };
        let step = script.sayings.first().map_or(StepId(0), |s| s.step);
        let from = timeline.elapsed_at(now + SOONEST);
        let answer = SpeechWindow {
            from,
            by: from + ANSWER_BY,
            lead: Millis::ZERO,
            importance: 0,
            phrases: vec![Phrase(vec![Word::free(text, None)])],
            late: false,
            step,
        };
        script.sayings = script.sayings.iter().cloned().chain([answer]).collect();
        self.plan(now);
    }

    /// Finds a place for all that is still to be said. What is being said goes on; what was not begun is taken back.
    fn plan(&mut self, now: Instant) {
        self.planned.clear();
        let sayings = self.script.as_ref().filter(|s| s.timeline.is_some()).map(|s| Arc::clone(&s.sayings));
        // What is about to begin could not be placed again in time.
        let stays = |saying: &SpeechWindow| sayings.as_ref().is_some_and(|all| all.contains(saying));
        let begun = std::mem::take(&mut self.made)
            .into_iter()
            .filter(|(cue, saying, _)| cue.at <= now || cue.at <= now + SOONEST && stays(saying));
        for (cue, saying, at) in begun {
            if !self.memory.holds(&saying) {
                self.memory.keep(&saying, at);
            }
            if now < cue.at + cue.content.duration() {
                self.made.push((cue, saying, at));
            }
        }
        let Some((script, timeline)) = self.script.as_ref().and_then(|s| Some((s, s.timeline?))) else {
            return;
        };
        let busy = self.made.iter().map(|(cue, ..)| cue.at + cue.content.duration()).max();
        let from = busy.map_or(now + SOONEST, |busy| busy.max(now) + SOONEST);
        let room = SpeechRoom { cues: &script.cues, from: timeline.elapsed_at(from), speed: timeline.speed };
        let placed = speech_queue::place(&script.sayings, &self.memory, &room, &self.speaker);
        let planned = placed.into_iter().map(|p| PlannedSpeech {
            saying: p.saying,
            phrase: p.phrase,
            at: p.at,
            instant: timeline.instant(p.at, p.lead),
        });
        self.planned = planned.filter(|p| p.instant >= from).collect();
    }

    /// Makes what is near, and tells of it; and of what was taken back.
    fn make(&mut self) {
        let now = monotonic();
        let Some(script) = &self.script else { return };
        for (_, saying, at) in self.made.iter().filter(|(cue, ..)| cue.at <= now) {
            if !self.memory.holds(saying) {
                self.memory.keep(saying, *at);
            }
        }
        self.made.retain(|(cue, ..)| now < cue.at + cue.content.duration());
        if self.planned.front().is_some_and(|next| next.instant <= now + NEAR) {
            let ready = self.planned.partition_point(|next| next.instant <= now + AHEAD);
            for next in self.planned.drain(..ready) {
                let Some(saying) = script.sayings.get(next.saying) else { continue };
                let speech = saying.phrases.get(next.phrase).and_then(|phrase| self.speaker.say(phrase));
                let Some(speech) = speech else { continue };
                let cue = audio::SoundCue { at: next.instant, content: SoundContent::Speech(speech) };
                self.made.push((cue, saying.clone(), next.at));
            }
        }
        let cues = self.made.iter().map(|(cue, ..)| cue.clone()).collect();
        let notice = SpeechNotice { revision: script.revision, cues };
        if notice != self.told {
            self.told.clone_from(&notice);
            (self.notify)(notice);
        }
    }
}
