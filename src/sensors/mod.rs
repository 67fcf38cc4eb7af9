//! Bluetooth sensors: from the bytes of heart rate straps, foot pods and treadmills to values, and which of them count.
//!
//! The bytes are those of the Bluetooth SIG's Heart Rate 1.0, Running Speed and Cadence 1.0 and Fitness Machine 1.0 services.
//! Numbers are little endian. Nothing that a device sends causes a panic: fields that fit are kept, others left out. Links
//! and radios are not here, see `radio`.

mod belt_data;
mod belt_features;
mod belt_status;
mod byte_reader;
mod device;
mod foot_pod;
mod heart_beat;
mod heart_monitor;
mod heart_reach;
mod recording;
mod sample;
mod virtual_strap;

pub use belt_data::{BeltData, BeltRecords};
pub use belt_features::{BeltFeatures, BeltInclineRange, BeltSpeedRange};
pub use belt_status::BeltStatus;
pub use device::{Characteristic, DeviceAddress, SensorDevice, SensorService, full_uuid};
pub use foot_pod::FootPod;
pub use heart_beat::{HeartBeat, SkinContact};
pub use heart_monitor::{HeartMonitor, HeartReading, credible};
pub use heart_reach::{HeartReach, MOST_APART};
pub use recording::{
    RECORDING_FORMAT, RecordedNews, RecordedSensor, RecordingProblem, SensorRecord, parse_recording,
    recording_heading,
};
pub use sample::{MinuteData, Sample, SampleMinutes};
pub use virtual_strap::{StrapMeasurement, StrapQuirk, VirtualStrap};
