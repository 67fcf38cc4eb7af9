//! Bytes of sensors against implementations that are not ours, and which heart rate counts.
//!
//! `sensors/measurements.json` holds what `bluetooth-sig`, `bumble` and `pyftms` read from the same bytes;
//! `sensors/generate.py` writes it.

use pacebell::sensors::{
    BeltData, BeltFeatures, BeltInclineRange, BeltRecords, BeltSpeedRange, BeltStatus, FootPod, HeartBeat,
    HeartMonitor, HeartReading, SkinContact,
};
use pacebell::units::{HeartRate, Millis, Moment};
use proptest::prelude::*;
use serde_json::Value;

const SIG: &str = "bluetooth-sig";

/// A value that another implementation reads differently, and why ours stands.
struct Disagreement {
    bytes: &'static str,
    who: &'static str,
    field: &'static str,
    _ruling: &'static str,
}

const DISAGREEMENTS: &[Disagreement] = &[
    Disagreement {
        bytes: "0800e8030f00ff7f",
        who: SIG,
        field: "ramp_angle_setting",
        _ruling: "0x7FFF means that the angle is not available (FTMS 4.9.1.5), and is no angle of 3276.7°",
    },
    Disagreement {
        bytes: "8c05e803d204000f00ff7f6400ffffff965802",
        who: SIG,
        field: "ramp_angle_setting",
        _ruling: "as above",
    },
];

fn measurements(uuid: &str) -> Vec<(String, Vec<u8>, Value)> {
    let all: Vec<Value> = serde_json::from_str(include_str!("sensors/measurements.json")).unwrap();
    let rows = all.into_iter().filter(|row| row["uuid"] == uuid);
    rows.map(|row| {
        let text = row["bytes"].as_str().unwrap().to_string();
        let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        let bytes = pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
        (text, bytes, row)
    })
    .collect()
}

/// Compares a number with a field of another implementation, unless that is a listed disagreement. `field` may be a path.
#[track_caller]
fn same(bytes: &str, row: &Value, who: &str, field: &str, ours: Option<f64>) {
    if DISAGREEMENTS.iter().any(|d| d.bytes == bytes && d.who == who && d.field == field) {
        return;
    }
    let theirs = field.split('.').fold(&row[who], |value, part| &value[part]).as_f64();
    let is_same = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-6,
        (ours, theirs) => ours == theirs,
    };
    assert!(is_same, "{bytes}: {field} is {ours:?}, {who} reads {theirs:?}");
}

#[test]
fn reads_heart_rates_as_other_implementations_do() {
    for (text, bytes, row) in measurements("2A37") {
        let beat = HeartBeat::parse(&bytes).unwrap();
        for who in [SIG, "bumble"] {
            same(&text, &row, who, "heart_rate", Some(f64::from(beat.bpm)));
            let theirs = row[who]["rr_intervals"].as_array().cloned().unwrap_or_default();
            let theirs: Vec<u64> =
                theirs.iter().map(|s| (s.as_f64().unwrap() * 1000.0).round() as u64).collect();
            let ours: Vec<u64> = beat.intervals.iter().map(|interval| interval.get()).collect();
            assert_eq!(ours, theirs, "{text}: intervals of {who}");
        }
        let contact = row[SIG]["sensor_contact"].as_str().unwrap();
        let ours = match beat.contact {
            SkinContact::Unknown => "NOT_SUPPORTED",
            SkinContact::Detected => "DETECTED",
            SkinContact::Missing => "NOT_DETECTED",
        };
        assert_eq!(ours, contact, "{text}");
    }
}

#[test]
fn reads_foot_pods_as_another_implementation_does() {
    for (text, bytes, row) in measurements("2A53") {
        let pod = FootPod::parse(&bytes).unwrap();
        same(&text, &row, SIG, "instantaneous_speed", Some(pod.speed.mps()));
        same(&text, &row, SIG, "instantaneous_cadence", pod.cadence.map(f64::from));
        same(&text, &row, SIG, "instantaneous_stride_length", pod.stride.map(|d| d.metres()));
        same(&text, &row, SIG, "total_distance", pod.distance.map(|d| d.metres()));
        assert_eq!(Some(pod.is_running), row[SIG]["is_running"].as_bool(), "{text}");
    }
}

#[test]
fn reads_treadmills_as_other_implementations_do() {
    for (text, bytes, row) in measurements("2ACD") {
        let mut records = BeltRecords::default();
        // A part of a record shows with the last one, which has no field but the flags here.
        let data = records.take(&bytes).or_else(|| records.take(&[0, 0])).unwrap();
        let numbers: [(&str, &str, Option<f64>); 13] = [
            ("instantaneous_speed", "speed_instant", data.speed.map(|s| s.kmh())),
            ("average_speed", "speed_average", data.average_speed.map(|s| s.kmh())),
            ("total_distance", "distance_total", data.distance.map(|d| d.metres())),
            ("inclination", "inclination.inclination", data.incline.map(|i| i.percent())),
            ("ramp_angle_setting", "inclination.ramp_angle", data.ramp_angle),
            (
                "positive_elevation_gain",
                "elevation_gain.elevation_gain_positive",
                data.climb.map(|d| d.metres()),
            ),
            (
                "negative_elevation_gain",
                "elevation_gain.elevation_gain_negative",
                data.descent.map(|d| d.metres()),
            ),
            ("total_energy", "energy.energy_total", data.energy.map(f64::from)),
            ("heart_rate", "heart_rate", data.heart_rate.map(f64::from)),
            ("metabolic_equivalent", "metabolic_equivalent", data.metabolic_equivalent),
            ("elapsed_time", "time_elapsed", data.elapsed.map(|t| t.as_secs_f64())),
            ("force_on_belt", "force_on_belt.force_on_belt", data.force.map(f64::from)),
            ("power_output", "force_on_belt.power_output", data.power.map(f64::from)),
        ];
        for (sig, pyftms, ours) in numbers {
            same(&text, &row, SIG, sig, ours);
            // pyftms takes paces for one byte, and refuses the two of the present specification.
            if row["pyftms"]["refused"].is_null() {
                same(&text, &row, "pyftms", pyftms, ours);
            }
        }
        same(&text, &row, SIG, "remaining_time", data.remaining.map(|t| t.as_secs_f64()));
    }
}

#[test]
fn every_listed_disagreement_is_one() {
    let rows = measurements("2ACD");
    for Disagreement { bytes, who, field, .. } in DISAGREEMENTS {
        let (_, raw, row) = rows.iter().find(|(text, ..)| text == bytes).unwrap();
        let theirs = field.split('.').fold(&row[*who], |value, part| &value[part]).as_f64();
        let data = BeltRecords::default().take(raw).unwrap();
        assert_eq!(*field, "ramp_angle_setting");
        let ours = data.ramp_angle;
        assert_ne!(ours, theirs, "{bytes}: {field}");
    }
}

#[test]
fn reads_what_a_treadmill_can_do_as_another_implementation_does() {
    for (text, bytes, row) in measurements("2ACC") {
        let features = BeltFeatures::parse(&bytes).unwrap();
        let has = |list: &str, name: &str| {
            row[SIG][list].as_str().is_some_and(|names| names.split('|').any(|n| n == name))
        };
        let reported = [
            (features.average_speed, "AVERAGE_SPEED_SUPPORTED"),
            (features.distance, "TOTAL_DISTANCE_SUPPORTED"),
            (features.incline, "INCLINATION_SUPPORTED"),
            (features.heart_rate, "HEART_RATE_MEASUREMENT_SUPPORTED"),
            (features.elapsed, "ELAPSED_TIME_SUPPORTED"),
        ];
        for (ours, name) in reported {
            assert_eq!(ours, has("fitness_machine_features", name), "{text}: {name}");
        }
        let sets = "target_setting_features";
        assert_eq!(features.sets_speed, has(sets, "SPEED_TARGET_SETTING_SUPPORTED"), "{text}");
        assert_eq!(features.sets_incline, has(sets, "INCLINATION_TARGET_SETTING_SUPPORTED"), "{text}");
    }
    for (text, bytes, row) in measurements("2AD4") {
        let range = BeltSpeedRange::parse(&bytes).unwrap();
        same(&text, &row, SIG, "minimum", Some(range.lowest.kmh()));
        same(&text, &row, SIG, "maximum", Some(range.highest.kmh()));
        same(&text, &row, SIG, "minimum_increment", Some(range.step.kmh()));
    }
    for (text, bytes, row) in measurements("2AD5") {
        let range = BeltInclineRange::parse(&bytes).unwrap();
        same(&text, &row, SIG, "minimum", Some(range.lowest.percent()));
        same(&text, &row, SIG, "maximum", Some(range.highest.percent()));
        same(&text, &row, SIG, "minimum_increment", Some(range.step.percent()));
    }
}

#[test]
fn reads_the_status_of_a_treadmill_as_other_implementations_do() {
    for (text, bytes, row) in measurements("2ADA") {
        let status = BeltStatus::parse(&bytes).unwrap();
        let name = row[SIG]["op_code"].as_str().unwrap();
        let is_named = match status {
            BeltStatus::Reset => name == "RESET",
            BeltStatus::Stopped | BeltStatus::Paused => name == "FITNESS_MACHINE_STOPPED_OR_PAUSED_BY_USER",
            BeltStatus::SafetyKey => name == "FITNESS_MACHINE_STOPPED_BY_SAFETY_KEY",
            BeltStatus::Started => name == "FITNESS_MACHINE_STARTED_OR_RESUMED_BY_USER",
            BeltStatus::SpeedSet(_) => name == "TARGET_SPEED_CHANGED",
            BeltStatus::InclineSet(_) => name == "TARGET_INCLINATION_CHANGED",
            BeltStatus::ControlLost => name == "CONTROL_PERMISSION_LOST",
            BeltStatus::Other(_) => name == "TARGETED_DISTANCE_CHANGED",
        };
        assert!(is_named, "{text}: {status:?} is {name}");
        match status {
            // StopPauseCode of pyftms: 1 is a stop, 2 a pause.
            BeltStatus::Stopped => assert_eq!(row["pyftms"]["stop_pause"], 1, "{text}"),
            BeltStatus::Paused => assert_eq!(row["pyftms"]["stop_pause"], 2, "{text}"),
            BeltStatus::SpeedSet(speed) => {
                same(&text, &row, "pyftms", "target_speed", speed.map(|s| s.kmh()))
            }
            BeltStatus::InclineSet(incline) => {
                same(&text, &row, "pyftms", "target_inclination", incline.map(|i| i.percent()))
            }
            _ => {}
        }
    }
}

#[test]
fn a_record_in_several_notifications_is_one_record() {
    let mut records = BeltRecords::default();
    // The distance and the elapsed time come first, then the heart rate, and the speed last.
    assert_eq!(records.take(&[0x05, 0x04, 0xD2, 0x04, 0x00, 0x58, 0x02]), None);
    assert_eq!(records.take(&[0x01, 0x01, 0x96]), None);
    let data = records.take(&[0x00, 0x00, 0xE8, 0x03]).unwrap();
    assert_eq!(data.speed.map(|s| s.kmh().round()), Some(10.0));
    assert_eq!(data.distance.map(|d| d.metres()), Some(1234.0));
    assert_eq!((data.elapsed.map(|t| t.whole_secs()), data.heart_rate), (Some(600), Some(150)));
    // The next record begins anew.
    let next = records.take(&[0x00, 0x00, 0xE8, 0x03]).unwrap();
    assert_eq!((next.distance, next.heart_rate), (None, None));
    // A link that is lost in the middle leaves nothing behind.
    assert_eq!(records.take(&[0x01, 0x01, 0x96]), None);
    records.clear();
    assert_eq!(records.take(&[0x00, 0x00, 0xE8, 0x03]).unwrap().heart_rate, None);
}

#[test]
fn paces_of_one_and_of_two_bytes_hide_nothing_behind_them() {
    let heart_rate = |bytes: &[u8]| BeltRecords::default().take(bytes).unwrap().heart_rate;
    let flags_and_speed = [0x60, 0x01, 0xE8, 0x03];
    let record = |rest: &[u8]| [&flags_and_speed, rest].concat();
    assert_eq!(heart_rate(&record(&[0xB4, 0x00, 0xB9, 0x00, 0x96])), Some(150), "two bytes each");
    assert_eq!(heart_rate(&record(&[0x0A, 0x0B, 0x96])), Some(150), "one byte each");
    // Neither width fits: what is before the paces counts.
    let odd = BeltRecords::default().take(&record(&[1, 2, 3, 4])).unwrap();
    assert_eq!((odd.heart_rate, odd.speed.map(|s| s.kmh().round())), (None, Some(10.0)));
}

#[test]
fn what_fits_of_a_short_notification_is_kept() {
    let data = BeltRecords::default().take(&[0x04, 0x01, 0xE8, 0x03, 0xD2]).unwrap();
    assert_eq!((data.speed.map(|s| s.kmh().round()), data.distance), (Some(10.0), None));
    assert_eq!(HeartBeat::parse(&[0x18, 0x60, 0x01]).map(|beat| beat.bpm), Some(96));
    let beat = HeartBeat::parse(&[0x10, 0x60, 0x00, 0x04, 0x00]).unwrap();
    assert_eq!(beat.intervals.iter().map(|i| i.get()).collect::<Vec<_>>(), [1000]);
    assert_eq!((HeartBeat::parse(&[0x01, 0x60]), HeartBeat::parse(&[])), (None, None));
    assert_eq!(BeltRecords::default().take(&[0]), None);
    let pod = FootPod::parse(&[0x03, 0x00, 0x03, 0x5A, 0x69]).unwrap();
    assert_eq!((pod.cadence, pod.stride, pod.distance), (Some(90), None, None));
    assert_eq!(BeltStatus::parse(&[0x05, 0xE8]), Some(BeltStatus::SpeedSet(None)));
    assert_eq!(BeltStatus::parse(&[0x02]), Some(BeltStatus::Stopped));
    // A range that is upside down is no range.
    assert_eq!(BeltSpeedRange::parse(&[0x40, 0x06, 0x50, 0x00, 0x0A, 0x00]), None);
}

/// The fields of a record that are there, and their bytes, in the order of the specification.
fn any_record() -> impl Strategy<Value = (BeltData, Vec<u8>)> {
    let heart = proptest::option::of(any::<u8>());
    let distance = proptest::option::of(0u32..1 << 24);
    let elapsed = proptest::option::of(any::<u16>());
    (any::<u16>(), distance, heart, elapsed, 0u8..3).prop_map(|(speed, distance, heart, elapsed, pace)| {
        use pacebell::units::{Distance, Speed};
        let bit = |bit: u32, is_set: bool| u16::from(is_set) << bit;
        let flags = bit(2, distance.is_some()) | bit(5, pace > 0) | bit(8, heart.is_some());
        let flags = flags | bit(10, elapsed.is_some());
        let mut bytes = flags.to_le_bytes().to_vec();
        bytes.extend(speed.to_le_bytes());
        bytes.extend(distance.iter().flat_map(|d| d.to_le_bytes().into_iter().take(3)));
        bytes.extend((0..pace).map(|_| 7));
        bytes.extend(heart);
        bytes.extend(elapsed.iter().flat_map(|e| e.to_le_bytes()));
        let data = BeltData {
            speed: Some(Speed::from_kmh(f64::from(speed) / 100.0)),
            distance: distance.map(|d| Distance::from_metres(f64::from(d))),
            heart_rate: heart,
            elapsed: elapsed.map(|e| Millis::from_secs(u64::from(e))),
            ..BeltData::default()
        };
        (data, bytes)
    })
}

proptest! {
    #[test]
    fn no_bytes_cause_a_panic(notifications in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..48), 1..6)) {
        let mut records = BeltRecords::default();
        let mut heart = HeartMonitor::default();
        for (second, bytes) in notifications.iter().enumerate() {
            let at = Moment::new(1000 * second as u64);
            if let Some(beat) = HeartBeat::parse(bytes) {
                prop_assert!(beat.intervals.len() * 2 <= bytes.len());
                heart.take_strap(&beat, at);
            }
            if let Some(bpm) = records.take(bytes).and_then(|data| data.heart_rate) {
                heart.take_belt(bpm, at);
            }
            if let HeartReading::Rate { rate, .. } = heart.reading(at) {
                prop_assert!((30..=250).contains(&rate.bpm()));
            }
            let _ = (FootPod::parse(bytes), BeltFeatures::parse(bytes), BeltStatus::parse(bytes));
            let _ = (BeltSpeedRange::parse(bytes), BeltInclineRange::parse(bytes));
        }
    }

    #[test]
    fn a_record_reads_back((data, bytes) in any_record()) {
        prop_assert_eq!(BeltRecords::default().take(&bytes), Some(data));
    }

    #[test]
    fn a_record_that_is_cut_short_keeps_what_fits((data, bytes) in any_record(), cut in 0usize..12) {
        let short = &bytes[..bytes.len().saturating_sub(cut)];
        if let Some(read) = BeltRecords::default().take(short) {
            prop_assert!(read.speed.is_none() || read.speed == data.speed);
            prop_assert!(read.distance.is_none() || read.distance == data.distance);
        }
    }
}

fn beat(bpm: u16) -> HeartBeat {
    HeartBeat { bpm, contact: SkinContact::Unknown, intervals: Vec::new() }
}

fn at(ms: u64) -> Moment {
    Moment::new(ms)
}

fn rate(bpm: u32, is_stale: bool) -> HeartReading {
    HeartReading::Rate { rate: HeartRate::from_bpm(bpm), is_stale }
}

#[test]
fn a_heart_rate_is_dimmed_after_three_seconds_and_gone_after_five() {
    let mut heart = HeartMonitor::default();
    assert_eq!(heart.reading(at(0)), HeartReading::Missing);
    heart.take_strap(&beat(142), at(1_000));
    for (ms, expected) in [
        (1_000, rate(142, false)),
        (3_999, rate(142, false)),
        (4_000, rate(142, true)),
        (5_999, rate(142, true)),
        (6_000, HeartReading::Missing),
    ] {
        assert_eq!(heart.reading(at(ms)), expected, "after {ms} ms");
    }
    assert_eq!(heart.next_change(at(1_000)), Some(at(4_000)));
    assert_eq!(heart.next_change(at(4_000)), Some(at(6_000)));
    assert_eq!(heart.next_change(at(6_000)), None);
    // The same number again is a sign of life.
    heart.take_strap(&beat(142), at(6_500));
    assert_eq!(heart.reading(at(6_500)), rate(142, false));
}

#[test]
fn zero_is_no_heart_rate() {
    let mut heart = HeartMonitor::default();
    heart.take_strap(&beat(140), at(0));
    for ms in [1_000, 2_000, 3_000, 4_000, 5_000] {
        assert_eq!(heart.take_strap(&beat(0), at(ms)), None);
    }
    assert_eq!(heart.reading(at(2_000)), rate(140, false));
    assert_eq!(heart.reading(at(3_000)), rate(140, true));
    assert_eq!(heart.reading(at(5_000)), HeartReading::Missing);
    // Nor is what no runner has.
    assert_eq!(
        (heart.take_strap(&beat(29), at(6_000)), heart.take_strap(&beat(251), at(6_000))),
        (None, None)
    );
}

#[test]
fn a_strap_off_the_skin_gives_no_heart_rate() {
    let mut heart = HeartMonitor::default();
    heart.take_strap(&beat(140), at(0));
    let off = HeartBeat { contact: SkinContact::Missing, ..beat(140) };
    for second in 1..=6 {
        assert_eq!(heart.take_strap(&off, at(1_000 * second)), None);
    }
    assert_eq!(heart.reading(at(4_000)), rate(140, true));
    assert_eq!(heart.reading(at(6_000)), HeartReading::NoContact);
    assert_eq!(heart.reading(at(11_000)), HeartReading::Missing);
    heart.take_strap(&beat(120), at(12_000));
    assert_eq!(heart.reading(at(12_000)), rate(120, false));
}

#[test]
fn the_strap_counts_before_the_treadmill() {
    let mut heart = HeartMonitor::default();
    assert!(heart.take_belt(90, at(0)).is_some());
    assert_eq!(heart.reading(at(0)), rate(90, false));
    heart.take_strap(&beat(150), at(100));
    assert_eq!(heart.take_belt(90, at(1_000)), None);
    assert_eq!(heart.reading(at(1_000)), rate(150, false));
    // The strap is gone.
    assert!(heart.take_belt(91, at(5_100)).is_some());
    assert_eq!(heart.reading(at(5_100)), rate(91, false));
}
