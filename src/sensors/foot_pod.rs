//! RSC Measurement, characteristic 0x2A53 of the Running Speed and Cadence service.

use super::byte_reader::ByteReader;
use crate::units::{Distance, Speed};

/// Bits of the flags (Running Speed and Cadence Service 1.0, section 3.1.1.1).
const HAS_STRIDE: u8 = 1;
const HAS_DISTANCE: u8 = 1 << 1;
const IS_RUNNING: u8 = 1 << 2;

/// One measurement of a foot pod.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FootPod {
    /// The speed over ground.
    pub speed: Speed,
    /// Steps per minute. Some pods count both feet, others one.
    pub cadence: Option<u8>,
    /// The length of a stride, if the pod tells it.
    pub stride: Option<Distance>,
    /// The distance since the pod was switched on, if the pod tells it.
    pub distance: Option<Distance>,
    /// True for running, false for walking.
    pub is_running: bool,
}

impl FootPod {
    /// Reads a measurement. `None` if the bytes end before the speed. Fields that are cut short are left out.
    pub fn parse(bytes: &[u8]) -> Option<FootPod> {
        let mut reader = ByteReader::new(bytes);
        let flags = reader.u8()?;
        let speed = Speed::from_mps(f64::from(reader.u16()?) / 256.0);
        let cadence = reader.u8();
        let stride = if flags & HAS_STRIDE == 0 { None } else { reader.u16() };
        let is_cut = cadence.is_none() || (flags & HAS_STRIDE != 0 && stride.is_none());
        let distance = if flags & HAS_DISTANCE == 0 || is_cut { None } else { reader.u32() };
        Some(FootPod {
            speed,
            cadence,
            stride: stride.map(|cm| Distance::from_metres(f64::from(cm) / 100.0)),
            distance: distance.map(|dm| Distance::from_metres(f64::from(dm) / 10.0)),
            is_running: flags & IS_RUNNING != 0,
        })
    }
}
