//! What the server is asked for: who plays, what, and how far ahead.

use crate::audio::signal_synth::RATE;
use pulseaudio::protocol::{
    ChannelMap, ChannelPosition, PlaybackStreamParams, Prop, Props, SampleFormat, SampleSpec,
    stream::BufferAttr, stream::StreamFlags,
};

/// What to have in the server and the device together: 200 ms. With requests of a fifth of that the server sleeps
/// well; with requests of half of it, it would drive the device to its shortest latency and burn a core.
const TARGET: u32 = 9600;
/// The least to be asked for: 40 ms, so 25 wakes a second at most.
const REQUEST: u32 = 1920;

/// A stream of signals: mono, 16 bits, `frame` bytes a frame.
pub fn stream(frame: u32) -> PlaybackStreamParams {
    let mut props = Props::new();
    props.set(Prop::MediaName, c"Workout signals");
    // Not "event": those are muted along with the desktop's own noises.
    props.set(Prop::MediaRole, c"music");
    PlaybackStreamParams {
        sample_spec: SampleSpec { format: SampleFormat::S16Le, channels: 1, sample_rate: RATE },
        channel_map: ChannelMap::new([ChannelPosition::Mono]),
        buffer_attr: BufferAttr {
            target_length: TARGET * frame,
            minimum_request_length: REQUEST * frame,
            pre_buffering: 0,
            ..Default::default()
        },
        flags: StreamFlags { adjust_latency: true, ..Default::default() },
        props,
        ..Default::default()
    }
}

/// What the desktop's volume control shows.
pub fn client() -> Props {
    let mut props = Props::new();
    props.set(Prop::ApplicationName, c"pacebell");
    props.set(Prop::ApplicationId, c"pacebell");
    props.set(Prop::ApplicationIconName, c"alarm-symbolic");
    props
}
