//! The heart rate: what sensors send, and the words about it.

use super::{Coach, Effect};
use crate::athlete::{HeartRates, Zone};
use crate::cues::TextOnScreen;
use crate::sensors::{
    BeltRecords, Characteristic, HeartBeat, HeartMonitor, HeartReach, HeartReading, MOST_APART,
};
use crate::session::{Command, Phase};
use crate::units::{HeartRate, Millis, Moment};
use crate::workout::sequence::StepId;

/// The time outside the target of a step after which there are words about it.
const OUTSIDE: Millis = Millis::from_secs(20);
/// The shortest time between two words about the target.
const BETWEEN_WORDS: Millis = Millis::from_secs(60);
/// The time without a heart rate after which it counts as lost.
const LOST: Millis = Millis::from_secs(10);

/// The real time by which a measurement of a rehearsal may be late.
const LATE: Millis = Millis::new(250);

/// The heart rate at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartView {
    /// The heart rate, or the reason for its absence.
    pub reading: HeartReading,
    /// The zone of the heart rate, if the athlete's zones are known.
    pub zone: Option<Zone>,
}

/// Follows the heart rate.
#[derive(Clone, Debug)]
pub(super) struct HeartFollower {
    rates: HeartRates,
    monitor: HeartMonitor,
    records: BeltRecords,
    /// The heart rates of a step that ends on one.
    reach: Option<StepReach>,
    /// The time outside the target that goes on.
    outside: Option<TimeOutside>,
    /// The moment of the last words about the target.
    said: Option<Moment>,
    /// True once there were words about the heart rate that is lost.
    is_loss_said: bool,
}

/// A time outside the target of a step.
#[derive(Clone, Copy, Debug)]
struct TimeOutside {
    step: StepId,
    since: Moment,
}

/// The heart rates of a step that ends on one.
#[derive(Clone, Copy, Debug)]
struct StepReach {
    step: StepId,
    reach: HeartReach,
}

/// The heart rates that a step asks for.
#[derive(Clone, Copy, Debug)]
struct HeartTarget {
    step: StepId,
    low: HeartRate,
    high: HeartRate,
}

impl HeartFollower {
    fn deadline(&self) -> Option<Moment> {
        let outside = self.outside.map(|outside| {
            let due = outside.since + OUTSIDE;
            self.said.map_or(due, |said| due.max(said + BETWEEN_WORDS))
        });
        let lost = self.monitor.last().filter(|_| !self.is_loss_said).map(|last| last + LOST);
        outside.into_iter().chain(lost).min()
    }

    /// Returns the words about a heart rate that is lost, once for each loss.
    fn words_of_loss(&mut self, at: Moment) -> Option<String> {
        let is_lost = self.monitor.last().is_some_and(|last| at.since(last) >= LOST);
        let is_new = is_lost && !self.is_loss_said;
        self.is_loss_said = is_lost;
        is_new.then(|| "heart rate lost".to_string())
    }

    /// Returns the words about a heart rate that has been outside the target for long.
    fn words_of_target(&mut self, target: Option<HeartTarget>, at: Moment) -> Option<String> {
        let rate = self.monitor.reading(at).fresh();
        let off = target.zip(rate).and_then(|(target, rate)| Some((target, beats_off(target, rate)?)));
        let Some((target, words)) = off else {
            self.outside = None;
            return None;
        };
        let outside = self.outside.filter(|outside| outside.step == target.step);
        let outside = *self.outside.insert(outside.unwrap_or(TimeOutside { step: target.step, since: at }));
        let is_due = at.since(outside.since) >= OUTSIDE;
        let is_silent = self.said.is_none_or(|said| at.since(said) >= BETWEEN_WORDS);
        (is_due && is_silent).then(|| {
            self.said = Some(at);
            words
        })
    }
}

/// Says how far a heart rate is from the target: `12 bpm above`. `None` within it.
fn beats_off(target: HeartTarget, rate: HeartRate) -> Option<String> {
    let (low, high, bpm) = (target.low.bpm(), target.high.bpm(), rate.bpm());
    match bpm {
        bpm if bpm > high => Some(format!("heart rate {} bpm above", bpm - high)),
        bpm if bpm < low => Some(format!("heart rate {} bpm below", low - bpm)),
        _ => None,
    }
}

impl Coach {
    /// Follows the heart rate of a sensor, in the zones of the athlete.
    pub fn with_heart_sensor(mut self, rates: HeartRates) -> Self {
        self.heart = Some(HeartFollower {
            rates,
            monitor: HeartMonitor::default(),
            records: BeltRecords::default(),
            reach: None,
            outside: None,
            said: None,
            is_loss_said: false,
        });
        self
    }

    /// Takes a value of a sensor. Returns the heart rate in it, if it counts.
    pub fn sense(&mut self, from: Characteristic, bytes: &[u8], at: Moment) -> Option<HeartRate> {
        let heart = self.heart.as_mut()?;
        let rate = match from {
            Characteristic::HeartRate => heart.monitor.take_strap(&HeartBeat::parse(bytes)?, at),
            Characteristic::Treadmill => {
                let bpm = heart.records.take(bytes)?.heart_rate?;
                heart.monitor.take_belt(bpm, at)
            }
        }?;
        self.compare(rate, at);
        Some(rate)
    }

    /// Compares a heart rate with the one that ends the current step.
    fn compare(&mut self, rate: HeartRate, at: Moment) {
        let Some(heart) = &mut self.heart else { return };
        let current = self.session.current().filter(|_| self.session.phase() == Phase::Running);
        let limit = current.and_then(|step| Some((step.id, step.until.as_ref()?)));
        let Some((step, limit)) = limit else {
            heart.reach = None;
            return;
        };
        // A rehearsal that is much faster than real time measures less often.
        let most_apart = MOST_APART.max(self.rehearsal.session_time(LATE));
        let fresh = StepReach { step, reach: HeartReach::new(most_apart) };
        let mut seen = heart.reach.filter(|seen| seen.step == step).unwrap_or(fresh);
        seen.reach.take(limit.is_met(rate), at);
        heart.reach = Some(seen);
    }

    /// Returns the command that ends the current step on the heart rate, as soon as it is due.
    pub fn heart_command(&self, now: Moment) -> Option<Command> {
        let heart = self.heart.as_ref()?;
        let step = self.session.current()?.id;
        let reached = heart.reach.filter(|seen| seen.step == step && seen.reach.is_reached(now));
        let rate = heart.monitor.reading(now).fresh().filter(|_| reached.is_some())?;
        self.session.may_reach(now).then(|| Command::Reach { bpm: rate.bpm() })
    }

    /// Forgets a record that has begun, because the link to the sensor is lost.
    pub fn lose_sensor(&mut self) {
        if let Some(heart) = &mut self.heart {
            heart.records.clear();
        }
    }

    /// Returns the heart rate at a moment; `None` without a sensor.
    pub fn heart(&self, at: Moment) -> Option<HeartView> {
        let heart = self.heart.as_ref()?;
        let reading = heart.monitor.reading(at);
        let zone = match reading {
            HeartReading::Rate { rate, .. } => heart.rates.zone_of(rate),
            HeartReading::Missing | HeartReading::NoContact => None,
        };
        Some(HeartView { reading, zone })
    }

    /// Returns the moment after `now` at which the heart rate changes by growing old.
    pub fn heart_ages(&self, now: Moment) -> Option<Moment> {
        self.heart.as_ref()?.monitor.next_change(now)
    }

    /// Returns the moment at which there may be words about the heart rate.
    pub(super) fn heart_deadline(&self) -> Option<Moment> {
        // After the last step nothing is said, so nothing is due.
        self.session.current().filter(|_| self.session.phase() == Phase::Running)?;
        self.heart.as_ref()?.deadline()
    }

    /// Returns the words about the heart rate that are due. There are none while the clock stands still.
    pub(super) fn heart_words(&mut self, at: Moment) -> Option<Effect> {
        if self.session.phase() != Phase::Running {
            return None;
        }
        let current = self.session.current()?;
        let (step, bpm) = (current.id, current.target.heart_rate.as_ref().and_then(|range| range.bpm));
        let target = bpm.map(|(low, high)| HeartTarget {
            step,
            low: HeartRate::from_bpm(low),
            high: HeartRate::from_bpm(high),
        });
        let position = self.session.position(at);
        let is_asking = self.text_now(&position).is_some_and(|text| text.asks);
        let heart = self.heart.as_mut()?;
        let about_target = heart.words_of_target(target, at);
        let text = heart.words_of_loss(at).or(about_target)?;
        // A question of the workout stays until it is answered.
        if is_asking {
            return None;
        }
        let text = TextOnScreen { at: position.elapsed, step, text, asks: false };
        self.showing = Some(text.clone());
        Some(Effect::Said(text))
    }
}
