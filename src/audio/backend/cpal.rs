//! Sound on macOS and Windows, through cpal. The clock comes from the timestamps of its callbacks.
//!
//! The device's thread takes samples from a short queue and notes when they are heard. The player's thread fills the queue.
//! The stream is dropped on its first error, and the player makes another.
//!
//! This backend has been compiled for Windows, but tried on neither system.

use crate::audio::SoundSystem;
use crate::audio::clock_fit::{ClockFit, Measurement};
use crate::audio::errors::SoundError;
use crate::audio::renderer::Renderer;
use crate::audio::signal_synth::SAMPLE_RATE;
use crate::clock::monotonic;
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, OutputCallbackInfo, SampleFormat, StreamConfig, SupportedBufferSize};
use std::collections::VecDeque;
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The system that plays.
const SYSTEM: SoundSystem = if cfg!(windows) { SoundSystem::Windows } else { SoundSystem::CoreAudio };
/// The frames that the device is asked to take at a time: 20 ms.
const PERIOD: u32 = 960;
/// The frames kept ready for the device: 80 ms.
const QUEUED: i64 = 3840;
/// The time between two looks at the queue.
const REFILL_INTERVAL: Duration = Duration::from_millis(20);
/// A device that takes nothing for this long is not playing.
const STALL: Duration = Duration::from_secs(3);

/// The samples and the news that pass between the two threads.
#[derive(Default)]
struct FrameQueue {
    samples: VecDeque<i16>,
    /// The number of samples taken from the queue.
    taken: i64,
    latest: Option<Measurement>,
    /// True if the device found too few samples.
    ran_dry: bool,
    failed: bool,
}

type SharedQueue = Arc<Mutex<FrameQueue>>;

fn lock(queue: &Mutex<FrameQueue>) -> MutexGuard<'_, FrameQueue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Plays on the default output until the player closes or the output fails.
pub fn play(renderer: &mut Renderer) -> Result<(), SoundError> {
    let device = cpal::default_host().default_output_device().ok_or(SoundError::NoOutput)?;
    let config = stream_config(&device)?;
    let queue = SharedQueue::default();
    let (for_samples, for_errors) = (queue.clone(), queue.clone());
    let channels = usize::from(config.channels);
    let stream = device
        .build_output_stream(
            &config,
            move |out: &mut [f32], info: &OutputCallbackInfo| fill(&for_samples, out, channels, info),
            move |_| lock(&for_errors).failed = true,
            None,
        )
        .map_err(|error| unusable(&error))?;
    stream.play().map_err(|error| unusable(&error))?;
    renderer.restart();
    feed(&queue, renderer)
}

fn unusable(error: &dyn Display) -> SoundError {
    SoundError::DeviceUnusable(error.to_string())
}

/// Returns a configuration with 48 kHz, the device's usual number of channels if possible, and a short buffer.
fn stream_config(device: &cpal::Device) -> Result<StreamConfig, SoundError> {
    let usual = device.default_output_config().map_err(|e| unusable(&e))?.channels();
    let rate = cpal::SampleRate(SAMPLE_RATE);
    let all = device.supported_output_configs().map_err(|e| unusable(&e))?;
    let found = all
        .filter(|c| c.sample_format() == SampleFormat::F32)
        .filter_map(|c| c.try_with_sample_rate(rate))
        .min_by_key(|c| c.channels().abs_diff(usual))
        .ok_or(SoundError::UnsupportedRate)?;
    // Without a fixed size some hosts take seconds at a time.
    let size = match found.buffer_size() {
        SupportedBufferSize::Range { min, max } => PERIOD.clamp(*min, (*max).max(*min)),
        SupportedBufferSize::Unknown => PERIOD,
    };
    Ok(StreamConfig { channels: found.channels(), sample_rate: rate, buffer_size: BufferSize::Fixed(size) })
}

/// Fills `out` from the queue and notes when its first frame is heard. Runs on the device's thread.
fn fill(queue: &Mutex<FrameQueue>, out: &mut [f32], channels: usize, info: &OutputCallbackInfo) {
    let now = monotonic();
    let times = info.timestamp();
    let delay = times.playback.duration_since(&times.callback).unwrap_or_default();
    let mut queue = lock(queue);
    queue.latest = Some(Measurement { asked: now, answered: now, frame: queue.taken as f64, delay });
    for frame in out.chunks_mut(channels.max(1)) {
        let sample = queue.samples.pop_front();
        queue.ran_dry |= sample.is_none();
        queue.taken += i64::from(sample.is_some());
        frame.fill(f32::from(sample.unwrap_or_default()) / 32_768.0);
    }
}

/// Keeps the queue full.
fn feed(queue: &Mutex<FrameQueue>, renderer: &mut Renderer) -> Result<(), SoundError> {
    let mut clock = ClockFit::new(monotonic());
    let (mut written, mut bytes, mut last_callback) = (0, Vec::new(), monotonic());
    while !renderer.channel.is_closed() {
        let (latest, taken, ran_dry) = {
            let mut queue = lock(queue);
            if queue.failed {
                return Err(SoundError::StreamRemoved);
            }
            let ran_dry = std::mem::take(&mut queue.ran_dry) && written > 0;
            (queue.latest.take(), queue.taken, ran_dry)
        };
        if ran_dry {
            clock.reset();
            renderer.schedule.reschedule(monotonic());
        }
        match latest {
            Some(latest) => {
                renderer.report_ready(SYSTEM);
                last_callback = latest.asked;
                if !ran_dry {
                    clock.add(&latest);
                }
            }
            None if is_stalled(last_callback) => return Err(SoundError::OutputStalled),
            None => {}
        }
        if let Some(update) = renderer.channel.take_update() {
            renderer.schedule.announce(update, written);
        }
        if let Some(mix) = renderer.channel.take_mix() {
            renderer.set_mix(mix, written);
        }
        let length = taken + QUEUED - written;
        if length > 0 {
            renderer.schedule.advance(written, length, &clock);
            renderer.update_tone(written, length);
            bytes.clear();
            renderer.render(written, length, &mut bytes);
            let samples = bytes.chunks_exact(2).filter_map(|b| Some(i16::from_le_bytes(b.try_into().ok()?)));
            lock(queue).samples.extend(samples);
            written += length;
        }
        renderer.schedule.forget_before(taken - i64::from(SAMPLE_RATE));
        renderer.channel.set_remaining(renderer.remaining(&clock));
        renderer.channel.wait(REFILL_INTERVAL);
    }
    Ok(())
}

fn is_stalled(since: Instant) -> bool {
    monotonic() >= since + STALL
}
