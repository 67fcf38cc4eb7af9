//! The thread of the voice. It plans speech for a script, and makes the samples shortly before they are needed.

use super::speech_queue::{self, SpokenMemory};
use super::synthesizer::Synthesizer;
use super::{SpeechNotice, VoiceScript};
use crate::audio::{SoundContent, SoundCue};
use crate::clock::monotonic;
use crate::cues::{Phrase, Priority, SpeechRoom, SpeechWindow, Word};
use crate::units::Millis;
use crate::workout::sequence::StepId;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Samples are made when the next speech is this near.
const NEAR: Duration = Duration::from_secs(20);
/// Along with it, all speech up to this far ahead is made. This bounds the memory, however long the session is.
const AHEAD: Duration = Duration::from_secs(60);
/// The shortest time from planning speech to its beginning. Anything sooner would be late.
const MIN_NOTICE: Duration = Duration::from_millis(400);
/// The longest wait of an answer for a place.
const ANSWER_WITHIN: Millis = Millis::from_secs(5);

/// A request to the thread.
#[derive(Debug)]
pub enum VoiceRequest {
    /// Replace the planned speech.
    Script(VoiceScript),
    /// Say this as soon as possible.
    Answer(String),
    /// A program has spoken a text.
    Learned { text: String, samples: Vec<i16> },
}

/// Speech that has a place and no samples yet.
struct PlannedSpeech {
    /// The index of the window in the script.
    saying: usize,
    /// The index of the phrase in the window.
    phrase: usize,
    elapsed: Millis,
    instant: Instant,
}

/// Speech that the player has, or is playing.
struct PreparedSpeech {
    cue: SoundCue,
    window: SpeechWindow,
    /// The active time at which it begins.
    elapsed: Millis,
}

impl PreparedSpeech {
    fn end(&self) -> Instant {
        self.cue.at + self.cue.content.duration()
    }
}

/// The state of the thread.
pub struct VoiceWorker<F> {
    notify: F,
    synthesizer: Synthesizer,
    memory: SpokenMemory,
    script: Option<VoiceScript>,
    /// In order of time.
    planned: VecDeque<PlannedSpeech>,
    prepared: Vec<PreparedSpeech>,
    last_notice: SpeechNotice,
}

impl<F: Fn(SpeechNotice)> VoiceWorker<F> {
    /// Returns a worker without a script.
    pub fn new(notify: F) -> Self {
        VoiceWorker {
            notify,
            synthesizer: Synthesizer::default(),
            memory: SpokenMemory::default(),
            script: None,
            planned: VecDeque::new(),
            prepared: Vec::new(),
            last_notice: SpeechNotice::default(),
        }
    }

    /// Works until every sender of requests is gone.
    pub fn run(mut self, requests: &Receiver<VoiceRequest>) {
        loop {
            let request = match self.planned.front() {
                Some(next) => {
                    let wait = next.instant.saturating_duration_since(monotonic() + NEAR);
                    requests.recv_timeout(wait)
                }
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match request {
                Ok(VoiceRequest::Script(script)) => self.begin(script),
                Ok(VoiceRequest::Answer(text)) => self.answer(&text),
                Ok(VoiceRequest::Learned { text, samples }) => {
                    self.synthesizer.learn(text, samples);
                    self.plan(monotonic());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.prepare();
        }
    }

    fn begin(&mut self, script: VoiceScript) {
        if script.cuts {
            self.prepared.clear();
            self.memory.clear();
        }
        self.script = Some(script);
        self.plan(monotonic());
    }

    /// Adds an answer to a key press to the script. It has precedence over everything else.
    fn answer(&mut self, text: &str) {
        let now = monotonic();
        let Some(script) = &mut self.script else { return };
        let Some(timeline) = script.timeline else { return };
        let step = script.sayings.first().map_or(StepId(0), |s| s.step);
        let from = timeline.elapsed_at(now + MIN_NOTICE);
        let answer = SpeechWindow {
            from,
            by: from + ANSWER_WITHIN,
            lead: Millis::ZERO,
            priority: Priority::HIGHEST,
            phrases: vec![Phrase(vec![Word::free(text, None)])],
            late: false,
            step,
        };
        script.sayings = script.sayings.iter().cloned().chain([answer]).collect();
        self.plan(now);
    }

    /// Finds a place for everything still to be said. Speech in progress continues; speech not begun yet is taken back.
    fn plan(&mut self, now: Instant) {
        self.planned.clear();
        self.take_back_prepared(now);
        let Some((script, timeline)) = self.script.as_ref().and_then(|s| Some((s, s.timeline?))) else {
            return;
        };
        let busy_until = self.prepared.iter().map(PreparedSpeech::end).max();
        let from = busy_until.map_or(now + MIN_NOTICE, |busy| busy.max(now) + MIN_NOTICE);
        let room =
            SpeechRoom { cues: &script.cues, from: timeline.elapsed_at(from), rehearsal: timeline.rehearsal };
        let placed = speech_queue::place(&script.sayings, &self.memory, &room, &self.synthesizer);
        let planned = placed.into_iter().map(|p| PlannedSpeech {
            saying: p.saying,
            phrase: p.phrase,
            elapsed: p.at,
            instant: timeline.instant(p.at, p.lead),
        });
        self.planned = planned.filter(|p| p.instant >= from).collect();
    }

    /// Drops prepared speech that has not begun. Speech about to begin stays if the script still contains it, because it
    /// could not be placed again in time.
    fn take_back_prepared(&mut self, now: Instant) {
        let sayings = self.script.as_ref().filter(|s| s.timeline.is_some()).map(|s| Arc::clone(&s.sayings));
        let is_planned = |window: &SpeechWindow| sayings.as_ref().is_some_and(|all| all.contains(window));
        let begun = std::mem::take(&mut self.prepared)
            .into_iter()
            .filter(|p| p.cue.at <= now || p.cue.at <= now + MIN_NOTICE && is_planned(&p.window));
        for speech in begun {
            self.memory.remember(&speech.window, speech.elapsed);
            if now < speech.end() {
                self.prepared.push(speech);
            }
        }
    }

    /// Makes the samples of speech that is near, and notifies if anything has changed.
    fn prepare(&mut self) {
        let now = monotonic();
        let Some(script) = &self.script else { return };
        for speech in self.prepared.iter().filter(|p| p.cue.at <= now) {
            self.memory.remember(&speech.window, speech.elapsed);
        }
        self.prepared.retain(|p| now < p.end());
        if self.planned.front().is_some_and(|next| next.instant <= now + NEAR) {
            let ready = self.planned.partition_point(|next| next.instant <= now + AHEAD);
            for next in self.planned.drain(..ready) {
                let Some(window) = script.sayings.get(next.saying) else { continue };
                let phrase = window.phrases.get(next.phrase);
                let Some(speech) = phrase.and_then(|phrase| self.synthesizer.say(phrase)) else { continue };
                let cue = SoundCue { at: next.instant, content: SoundContent::Speech(speech) };
                let (window, elapsed) = (window.clone(), next.elapsed);
                self.prepared.push(PreparedSpeech { cue, window, elapsed });
            }
        }
        let cues = self.prepared.iter().map(|p| p.cue.clone()).collect();
        let notice = SpeechNotice { revision: script.revision, cues };
        if notice != self.last_notice {
            self.last_notice.clone_from(&notice);
            (self.notify)(notice);
        }
    }
}
