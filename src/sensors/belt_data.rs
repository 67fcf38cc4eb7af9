//! Treadmill Data, characteristic 0x2ACD of the Fitness Machine service (Fitness Machine Service 1.0, section 4.9).

use super::byte_reader::ByteReader;
use crate::units::{Distance, Incline, Millis, Speed};

/// The bit that is set in all notifications of a record but the last. The speed is in the last one.
const MORE_DATA: u16 = 1;
const HAS_AVERAGE_SPEED: u16 = 1 << 1;
const HAS_DISTANCE: u16 = 1 << 2;
const HAS_INCLINE: u16 = 1 << 3;
const HAS_GAIN: u16 = 1 << 4;
const HAS_PACE: u16 = 1 << 5;
const HAS_AVERAGE_PACE: u16 = 1 << 6;
const HAS_ENERGY: u16 = 1 << 7;
const HAS_HEART_RATE: u16 = 1 << 8;
const HAS_METABOLIC_EQUIVALENT: u16 = 1 << 9;
const HAS_ELAPSED: u16 = 1 << 10;
const HAS_REMAINING: u16 = 1 << 11;
const HAS_FORCE: u16 = 1 << 12;

/// The fields and the bytes that each takes, but for the two paces.
const WIDTHS: [(u16, usize); 10] = [
    (HAS_AVERAGE_SPEED, 2),
    (HAS_DISTANCE, 3),
    (HAS_INCLINE, 4),
    (HAS_GAIN, 4),
    (HAS_ENERGY, 5),
    (HAS_HEART_RATE, 1),
    (HAS_METABOLIC_EQUIVALENT, 1),
    (HAS_ELAPSED, 2),
    (HAS_REMAINING, 2),
    (HAS_FORCE, 4),
];
const FLAGS_WIDTH: usize = 2;
const SPEED_WIDTH: usize = 2;

/// The value of a signed number that is not available.
const NOT_AVAILABLE_S16: i16 = i16::MAX;
/// The value of an unsigned number that is not available.
const NOT_AVAILABLE_U16: u16 = u16::MAX;

/// What a treadmill reports. A field that it does not report, or that is cut short, is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BeltData {
    /// The speed of the belt.
    pub speed: Option<Speed>,
    /// The average speed since the start.
    pub average_speed: Option<Speed>,
    /// The distance since the start.
    pub distance: Option<Distance>,
    /// The incline.
    pub incline: Option<Incline>,
    /// The angle of the belt's deck, in degrees.
    pub ramp_angle: Option<f64>,
    /// The height climbed since the start.
    pub climb: Option<Distance>,
    /// The height descended since the start.
    pub descent: Option<Distance>,
    /// The energy since the start, in kilocalories.
    pub energy: Option<u16>,
    /// The heart rate in beats per minute as sent. Belts send 0 for "no value".
    pub heart_rate: Option<u8>,
    /// The metabolic equivalent.
    pub metabolic_equivalent: Option<f64>,
    /// The time since the start.
    pub elapsed: Option<Millis>,
    /// The time that remains.
    pub remaining: Option<Millis>,
    /// The force on the belt, in newtons.
    pub force: Option<i16>,
    /// The power, in watts.
    pub power: Option<i16>,
}

impl BeltData {
    /// Fills the fields that this record lacks from `earlier`.
    fn or(self, earlier: &BeltData) -> BeltData {
        BeltData {
            speed: self.speed.or(earlier.speed),
            average_speed: self.average_speed.or(earlier.average_speed),
            distance: self.distance.or(earlier.distance),
            incline: self.incline.or(earlier.incline),
            ramp_angle: self.ramp_angle.or(earlier.ramp_angle),
            climb: self.climb.or(earlier.climb),
            descent: self.descent.or(earlier.descent),
            energy: self.energy.or(earlier.energy),
            heart_rate: self.heart_rate.or(earlier.heart_rate),
            metabolic_equivalent: self.metabolic_equivalent.or(earlier.metabolic_equivalent),
            elapsed: self.elapsed.or(earlier.elapsed),
            remaining: self.remaining.or(earlier.remaining),
            force: self.force.or(earlier.force),
            power: self.power.or(earlier.power),
        }
    }
}

/// Puts records together that come in several notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BeltRecords {
    /// The fields of the record whose last notification is still to come.
    begun: BeltData,
}

impl BeltRecords {
    /// Takes a notification, and returns the record that it completes. Fields that fit are kept even if the bytes are too
    /// few.
    pub fn take(&mut self, bytes: &[u8]) -> Option<BeltData> {
        let (data, is_last) = read(bytes)?;
        let data = data.or(&self.begun);
        self.begun = if is_last { BeltData::default() } else { data };
        is_last.then_some(data)
    }

    /// Forgets a record that has begun. To be called when the link is lost.
    pub fn clear(&mut self) {
        self.begun = BeltData::default();
    }
}

/// Reads one notification. The flag is true if it is the last of its record.
fn read(bytes: &[u8]) -> Option<(BeltData, bool)> {
    let mut reader = ByteReader::new(bytes);
    let flags = reader.u16()?;
    let mut data = BeltData::default();
    // An error means that the bytes ended. What was read until then counts.
    let _ = read_fields(&mut reader, flags, bytes.len(), &mut data);
    Some((data, flags & MORE_DATA == 0))
}

fn read_fields(reader: &mut ByteReader<'_>, flags: u16, length: usize, data: &mut BeltData) -> Option<()> {
    let has = |bit| flags & bit != 0;
    let hundredths = |number: u16| Speed::from_kmh(f64::from(number) / 100.0);
    if !has(MORE_DATA) {
        data.speed = Some(hundredths(reader.u16()?));
    }
    if has(HAS_AVERAGE_SPEED) {
        data.average_speed = Some(hundredths(reader.u16()?));
    }
    if has(HAS_DISTANCE) {
        data.distance = Some(Distance::from_metres(f64::from(reader.u24()?)));
    }
    if has(HAS_INCLINE) {
        let tenths = |number: i16| (number != NOT_AVAILABLE_S16).then(|| f64::from(number) / 10.0);
        data.incline = tenths(reader.i16()?).map(Incline::from_percent);
        data.ramp_angle = tenths(reader.i16()?);
    }
    if has(HAS_GAIN) {
        let tenths = |number: u16| known(number).map(|n| Distance::from_metres(f64::from(n) / 10.0));
        data.climb = tenths(reader.u16()?);
        data.descent = tenths(reader.u16()?);
    }
    skip_paces(reader, flags, length)?;
    if has(HAS_ENERGY) {
        data.energy = known(reader.u16()?);
        // Per hour and per minute.
        let _ = (reader.u16()?, reader.u8()?);
    }
    if has(HAS_HEART_RATE) {
        data.heart_rate = Some(reader.u8()?);
    }
    if has(HAS_METABOLIC_EQUIVALENT) {
        data.metabolic_equivalent = Some(f64::from(reader.u8()?) / 10.0);
    }
    if has(HAS_ELAPSED) {
        data.elapsed = Some(Millis::from_secs(u64::from(reader.u16()?)));
    }
    if has(HAS_REMAINING) {
        data.remaining = Some(Millis::from_secs(u64::from(reader.u16()?)));
    }
    if has(HAS_FORCE) {
        let known = |number: i16| (number != NOT_AVAILABLE_S16).then_some(number);
        data.force = known(reader.i16()?);
        data.power = known(reader.i16()?);
    }
    Some(())
}

fn known(number: u16) -> Option<u16> {
    (number != NOT_AVAILABLE_U16).then_some(number)
}

/// Skips the two paces. Each takes two bytes by the present specification and one by its older description, which treadmills
/// follow too, so the length decides. `None` if neither makes it fit: then nothing behind the paces can be read.
fn skip_paces(reader: &mut ByteReader<'_>, flags: u16, length: usize) -> Option<()> {
    let paces = (flags & (HAS_PACE | HAS_AVERAGE_PACE)).count_ones();
    if paces == 0 {
        return Some(());
    }
    let speed = if flags & MORE_DATA == 0 { SPEED_WIDTH } else { 0 };
    let fields = WIDTHS.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, width)| width);
    let others = FLAGS_WIDTH + speed + fields.sum::<usize>();
    let both = length.checked_sub(others)?;
    let is_fitting = both == paces as usize || both == 2 * paces as usize;
    (is_fitting && reader.skip(both)).then_some(())
}
