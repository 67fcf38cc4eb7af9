//! Sound on macOS and Windows, through cpal, anchored on the timestamps of its callbacks.
//!
//! The device's thread takes samples from a short queue and says when; the player's thread fills the queue. The
//! stream is dropped on its first error, and the supervisor makes another.
//!
//! Not promised: that it was ever heard. It was compiled for Windows, and tried on neither system.

use crate::audio::clock_fit::{ClockFit, Measurement};
use crate::audio::errors::SoundError;
use crate::audio::renderer::Renderer;
use crate::audio::signal_synth::RATE;
use crate::clock::monotonic;
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, OutputCallbackInfo, SampleFormat, SampleRate, StreamConfig, SupportedBufferSize};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What the device is asked to take at a time: 20 ms.
const PIECE: u32 = 960;
/// What is kept ready for it: 80 ms.
const READY: i64 = 3840;
/// How often that is looked after.
const ROUND: Duration = Duration::from_millis(20);
/// A device that takes nothing for so long is not playing.
const STILL: Duration = Duration::from_secs(3);

/// What passes between the two threads.
#[derive(Default)]
struct FrameQueue {
    samples: VecDeque<i16>,
    /// How many have been taken.
    taken: i64,
    latest: Option<Measurement>,
    /// Whether there were too few.
    dry: bool,
    failed: bool,
}

type SharedQueue = Arc<Mutex<FrameQueue>>;

fn locked(queue: &Mutex<FrameQueue>) -> MutexGuard<'_, FrameQueue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Plays on the default output until the player closes or the output fails.
pub fn play(desk: &mut Renderer) -> Result<(), SoundError> {
    let device = cpal::default_host().default_output_device().ok_or(SoundError::NoOutput)?;
    let config = config(&device)?;
    let queue = SharedQueue::default();
    let (takes, fails) = (queue.clone(), queue.clone());
    let channels = usize::from(config.channels);
    let stream = device
        .build_output_stream(
            &config,
            move |out: &mut [f32], info: &OutputCallbackInfo| take(&takes, out, channels, info),
            move |_| locked(&fails).failed = true,
            None,
        )
        .map_err(|error| SoundError::Device(error.to_string()))?;
    stream.play().map_err(|error| SoundError::Device(error.to_string()))?;
    desk.restart();
    feed(&queue, desk)
}

/// 48 kHz, as many channels as the device likes best, and a short buffer.
fn config(device: &cpal::Device) -> Result<StreamConfig, SoundError> {
    let unusable = |error: &dyn std::fmt::Display| SoundError::Device(error.to_string());
    let liked = device.default_output_config().map_err(|e| unusable(&e))?.channels();
    let rate = SampleRate(RATE);
    let all = device.supported_output_configs().map_err(|e| unusable(&e))?;
    let found = all
        .filter(|c| c.sample_format() == SampleFormat::F32)
        .filter_map(|c| c.try_with_sample_rate(rate))
        .min_by_key(|c| c.channels().abs_diff(liked))
        .ok_or(SoundError::Rate)?;
    // Without a fixed size some hosts take seconds at a time.
    let size = match found.buffer_size() {
        SupportedBufferSize::Range { min, max } => PIECE.clamp(*min, (*max).max(*min)),
        SupportedBufferSize::Unknown => PIECE,
    };
    Ok(StreamConfig { channels: found.channels(), sample_rate: rate, buffer_size: BufferSize::Fixed(size) })
}

/// Fills `out`, and notes when its first frame is heard.
fn take(queue: &Mutex<FrameQueue>, out: &mut [f32], channels: usize, info: &OutputCallbackInfo) {
    let now = monotonic();
    let times = info.timestamp();
    let delay = times.playback.duration_since(&times.callback).unwrap_or_default();
    let mut queue = locked(queue);
    queue.latest = Some(Measurement { asked: now, answered: now, frame: queue.taken as f64, delay });
    for frame in out.chunks_mut(channels.max(1)) {
        let sample = queue.samples.pop_front();
        queue.dry |= sample.is_none();
        queue.taken += i64::from(sample.is_some());
        frame.fill(f32::from(sample.unwrap_or_default()) / 32_768.0);
    }
}

/// Keeps the queue full.
fn feed(queue: &Mutex<FrameQueue>, desk: &mut Renderer) -> Result<(), SoundError> {
    let mut anchor = ClockFit::new(monotonic());
    let (mut written, mut bytes, mut heard) = (0, Vec::new(), monotonic());
    while !desk.mailbox.is_closed() {
        let (latest, taken, dry) = {
            let mut queue = locked(queue);
            if queue.failed {
                return Err(SoundError::Killed);
            }
            let dry = std::mem::take(&mut queue.dry) && written > 0;
            (queue.latest.take(), queue.taken, dry)
        };
        if dry {
            anchor.clear();
            desk.programme.take_back(monotonic());
        }
        match latest {
            Some(latest) => {
                desk.ready(NAME);
                heard = latest.asked;
                if !dry {
                    anchor.feed(&latest);
                }
            }
            None if stands_still(heard) => return Err(SoundError::Asleep),
            None => {}
        }
        if let Some(announcement) = desk.mailbox.take() {
            desk.programme.announce(announcement, written);
        }
        if let Some(mix) = desk.mailbox.take_mix() {
            desk.set_mix(mix, written);
        }
        let length = taken + READY - written;
        if length > 0 {
            desk.programme.advance(written, length, &anchor);
            desk.tend_tone(written, length);
            bytes.clear();
            desk.render(written, length, &mut bytes);
            let samples = bytes.chunks_exact(2).filter_map(|b| Some(i16::from_le_bytes(b.try_into().ok()?)));
            locked(queue).samples.extend(samples);
            written += length;
        }
        desk.programme.forget(taken - i64::from(RATE));
        desk.mailbox.leave(desk.left(&anchor));
        desk.mailbox.wait(ROUND);
    }
    Ok(())
}

const NAME: &str = if cfg!(windows) { "Windows" } else { "Core Audio" };

fn stands_still(since: Instant) -> bool {
    monotonic() >= since + STILL
}
