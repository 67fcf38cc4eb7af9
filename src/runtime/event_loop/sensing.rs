//! Sensors: their values go to the coach, which says what they mean.

use super::Runtime;
use crate::clock::monotonic;
use crate::radio::{News, Radio};
use crate::sensors::{
    Characteristic, MinuteData, RecordedNews, RecordedSensor, Sample, SensorRecord, VirtualStrap,
};
use crate::session::Phase;
use crate::units::{HeartRate, Millis, Moment, Speed};
use std::io;

/// The source of sensor values.
pub enum SensorSource {
    /// A radio that holds the link to a device. It is told nothing more; dropping it gives the device back.
    Radio(Box<dyn Radio>),
    /// A strap that does not exist.
    Virtual(VirtualStrap),
    /// A sensor that does again what was recorded.
    Recorded(RecordedSensor),
}

impl Runtime<'_> {
    /// Returns the next moment at which the heart rate changes without a notice.
    pub(super) fn sensor_deadline(&self) -> Option<Moment> {
        let strap = match &self.sensor {
            Some(SensorSource::Virtual(strap)) => Some(strap.next()),
            Some(SensorSource::Recorded(recorded)) => recorded.next(),
            Some(SensorSource::Radio(_)) | None => None,
        };
        strap.into_iter().chain(self.coach.heart_ages(self.now)).min()
    }

    /// Lets a virtual strap measure, or a recorded sensor send. Returns true if the heart rate on the screen has changed since `before`.
    pub(super) fn sense(&mut self, before: Moment) -> bool {
        let shown = self.coach.heart(before);
        let speed = self.planned_speed();
        if let Some(SensorSource::Virtual(strap)) = &mut self.sensor
            && let Some(measurement) = strap.measure(self.now, speed)
        {
            self.coach.sense(Characteristic::HeartRate, &measurement.bytes, measurement.at);
            let from = Characteristic::HeartRate;
            self.record(RecordedNews::Value { from, bytes: measurement.bytes }, measurement.at);
        }
        while let Some(SensorSource::Recorded(recorded)) = &mut self.sensor
            && let Some(SensorRecord { at, what }) = recorded.take(self.now)
        {
            match &what {
                RecordedNews::Value { from, bytes } => drop(self.coach.sense(*from, bytes, at)),
                RecordedNews::Lost => self.coach.lose_sensor(),
                RecordedNews::Linked => {}
            }
            self.record(what, at);
        }
        self.coach.heart(self.now) != shown
    }

    /// Records what the sensor did, if that is asked for.
    fn record(&mut self, what: RecordedNews, at: Moment) {
        if let Some(recorder) = &mut self.recorder {
            recorder.add(what, at);
        }
    }

    /// Returns the speed of the runner as planned; `None` if it is unknown.
    fn planned_speed(&self) -> Option<Speed> {
        match self.coach.session().phase() {
            Phase::Running => self.coach.view(self.now).running,
            _ => Some(Speed::default()),
        }
    }

    /// Handles news of the radio.
    pub(super) fn handle_sensor(&mut self, news: News) {
        match news {
            News::Bytes { characteristic, bytes, at } => {
                let age = monotonic().saturating_duration_since(at).as_millis();
                let age = Millis::new(u64::try_from(age).unwrap_or(u64::MAX));
                let moment = self.now.before(self.clock.rehearsal().session_time(age));
                if let Some(heart) = self.coach.sense(characteristic, &bytes, moment) {
                    self.keep_sample(heart, moment);
                }
                self.record(RecordedNews::Value { from: characteristic, bytes }, moment);
            }
            News::Lost(_) | News::Absent(_) => {
                self.coach.lose_sensor();
                self.record(RecordedNews::Lost, self.now);
            }
            News::Linked => self.record(RecordedNews::Linked, self.now),
            News::Found(_) => {}
        }
    }

    /// Ends the step that waits for the present heart rate.
    pub(super) fn end_on_heart_rate(&mut self) -> io::Result<()> {
        match self.coach.heart_command(self.now) {
            Some(command) => self.command(command),
            None => Ok(()),
        }
    }

    /// Keeps a heart rate for the journal while the clock runs. Those of a virtual strap are not kept: nobody had them.
    fn keep_sample(&mut self, heart: HeartRate, at: Moment) {
        if self.coach.session().phase() != Phase::Running {
            return;
        }
        let at = self.coach.session().position(at).elapsed;
        let minutes = self.samples.add(&Sample { at, heart: Some(heart), ..Sample::default() });
        self.save_samples(minutes);
    }

    /// Gives the journal what it does not have yet.
    pub(super) fn save_last_samples(&mut self) {
        let rest = self.samples.rest();
        self.save_samples(rest);
    }

    fn save_samples(&self, minutes: impl IntoIterator<Item = MinuteData>) {
        if let Some(journal) = &self.journal {
            minutes.into_iter().for_each(|minute| journal.samples(minute));
        }
    }
}
