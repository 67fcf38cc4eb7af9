//! Samples: what was measured in each second of a session, in eight bytes.

use crate::units::{HeartRate, Incline, Millis, Speed};

/// The bytes of a sample.
const SAMPLE_BYTES: usize = 8;
/// The length of a stretch of samples that is stored as one.
const MINUTE: u64 = 60_000;
/// The values that stand for "not measured". Zero stands for itself, except for the heart rate, which is never zero.
const NO_HEART: u8 = 0;
const NO_SPEED: u16 = u16::MAX;
const NO_INCLINE: i16 = i16::MAX;
const NO_CADENCE: u8 = u8::MAX;

/// What was measured at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// The active time.
    pub at: Millis,
    /// The heart rate.
    pub heart: Option<HeartRate>,
    /// The speed of the belt or of the runner.
    pub speed: Option<Speed>,
    /// The incline of the belt.
    pub incline: Option<Incline>,
    /// Steps per minute.
    pub cadence: Option<u8>,
}

impl Sample {
    /// Returns the minute of active time that the sample belongs to.
    pub fn minute(&self) -> u32 {
        u32::try_from(self.at.get() / MINUTE).unwrap_or(u32::MAX)
    }

    /// Returns the sample as bytes, little endian: the milliseconds in its minute, the heart rate in beats per minute, the
    /// speed in cm/s, the incline in 0.1 %, and the cadence per minute.
    pub fn encode(&self) -> [u8; SAMPLE_BYTES] {
        let into = u16::try_from(self.at.get() % MINUTE).unwrap_or(0);
        let heart = self.heart.and_then(|rate| u8::try_from(rate.bpm()).ok()).unwrap_or(NO_HEART);
        let speed = self.speed.map_or(NO_SPEED, |speed| within(speed.mps() * 100.0, 0.0, 65_534.0) as u16);
        let incline = self
            .incline
            .map_or(NO_INCLINE, |incline| within(incline.percent() * 10.0, -32_768.0, 32_766.0) as i16);
        let [into_low, into_high] = into.to_le_bytes();
        let [speed_low, speed_high] = speed.to_le_bytes();
        let [incline_low, incline_high] = incline.to_le_bytes();
        let cadence = self.cadence.unwrap_or(NO_CADENCE);
        [into_low, into_high, heart, speed_low, speed_high, incline_low, incline_high, cadence]
    }

    /// Reads the samples of a minute. Bytes that are not a whole sample are left out, and so are samples outside the minute.
    pub fn decode_minute(minute: u32, data: &[u8]) -> Vec<Sample> {
        let start = u64::from(minute) * MINUTE;
        let (samples, _) = data.as_chunks::<SAMPLE_BYTES>();
        let read = |bytes: &[u8; SAMPLE_BYTES]| {
            let [into_low, into_high, heart, speed_low, speed_high, incline_low, incline_high, cadence] =
                *bytes;
            let into = u64::from(u16::from_le_bytes([into_low, into_high]));
            let speed = u16::from_le_bytes([speed_low, speed_high]);
            let incline = i16::from_le_bytes([incline_low, incline_high]);
            (into < MINUTE).then(|| Sample {
                at: Millis::new(start + into),
                heart: (heart != NO_HEART).then(|| HeartRate::from_bpm(u32::from(heart))),
                speed: (speed != NO_SPEED).then(|| Speed::from_mps(f64::from(speed) / 100.0)),
                incline: (incline != NO_INCLINE).then(|| Incline::from_percent(f64::from(incline) / 10.0)),
                cadence: (cadence != NO_CADENCE).then_some(cadence),
            })
        };
        samples.iter().filter_map(read).collect()
    }
}

/// Rounds a number, and moves it into a range.
fn within(number: f64, least: f64, most: f64) -> f64 {
    number.round().clamp(least, most)
}

/// Collects samples, at most one for each second, minute by minute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleMinutes {
    minute: u32,
    data: Vec<u8>,
    /// The active time of the last sample.
    last: Option<Millis>,
    /// The active time up to which the samples were handed out.
    handed_out: Millis,
}

/// The samples of a minute so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinuteData {
    /// The minute of active time, from 0.
    pub minute: u32,
    /// The samples, eight bytes each.
    pub data: Vec<u8>,
}

impl SampleMinutes {
    /// The active time between two hand-outs of a minute that goes on.
    const INTERVAL: Millis = Millis::from_secs(10);

    /// Adds a sample, unless there is one of this second. Returns the minutes to be stored: one that is over, and the present
    /// one every ten seconds.
    pub fn add(&mut self, sample: &Sample) -> Vec<MinuteData> {
        if self.last.is_some_and(|last| last.whole_secs() >= sample.at.whole_secs()) {
            return Vec::new();
        }
        let mut stored = Vec::new();
        if self.last.is_some() && sample.minute() != self.minute {
            stored.extend(self.rest());
            self.data.clear();
        }
        self.minute = sample.minute();
        self.last = Some(sample.at);
        self.data.extend(sample.encode());
        if sample.at.saturating_sub(self.handed_out) >= SampleMinutes::INTERVAL {
            stored.extend(self.rest());
        }
        stored
    }

    /// Returns the present minute, if it has samples.
    pub fn rest(&mut self) -> Option<MinuteData> {
        self.handed_out = self.last.unwrap_or(self.handed_out);
        (!self.data.is_empty()).then(|| MinuteData { minute: self.minute, data: self.data.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(ms: u64, bpm: u32) -> Sample {
        Sample { at: Millis::new(ms), heart: Some(HeartRate::from_bpm(bpm)), ..Sample::default() }
    }

    #[test]
    fn a_sample_has_the_bytes_that_the_schema_describes() {
        let full = Sample {
            at: Millis::new(61_500),
            heart: Some(HeartRate::from_bpm(142)),
            speed: Some(Speed::from_mps(2.78)),
            incline: Some(Incline::from_percent(-1.5)),
            cadence: Some(0),
        };
        // 1500 ms, 142 bpm, 278 cm/s, -15 tenths of a percent, cadence 0.
        let bytes = [0xDC, 0x05, 142, 0x16, 0x01, 0xF1, 0xFF, 0];
        assert_eq!((full.minute(), full.encode()), (1, bytes));
        assert_eq!(Sample::decode_minute(1, &bytes), [full]);
        // What was not measured is not zero.
        let empty = Sample { at: Millis::new(61_500), ..Sample::default() };
        assert_eq!(Sample::decode_minute(1, &empty.encode()), [empty]);
    }

    #[test]
    fn damaged_bytes_are_left_out() {
        assert_eq!(Sample::decode_minute(0, &[1, 2, 3]), []);
        assert_eq!(Sample::decode_minute(u32::MAX, &[0xFF; 16]), []);
        let mut data = sample(1_000, 120).encode().to_vec();
        data.extend([9, 9, 9]);
        assert_eq!(Sample::decode_minute(0, &data), [sample(1_000, 120)]);
        for figure in [f64::NAN, f64::INFINITY, -1e300] {
            let odd = Sample {
                speed: Some(Speed::from_mps(figure)),
                incline: Some(Incline::from_percent(figure)),
                ..sample(0, 100_000)
            };
            assert_eq!(Sample::decode_minute(0, &odd.encode()).len(), 1);
        }
    }

    #[test]
    fn minutes_are_handed_out_every_ten_seconds_and_when_they_are_over() {
        let mut minutes = SampleMinutes::default();
        let mut stored = Vec::new();
        for second in 0..75 {
            for half in [0, 500] {
                stored.extend(minutes.add(&sample(second * 1000 + half, 120)));
            }
        }
        stored.extend(minutes.rest());
        let lengths: Vec<_> = stored.iter().map(|m| (m.minute, m.data.len() / SAMPLE_BYTES)).collect();
        assert_eq!(lengths, [(0, 11), (0, 21), (0, 31), (0, 41), (0, 51), (0, 60), (1, 10), (1, 15)]);
    }
}
