//! The parameters of a stream: who plays, in which format, and how far ahead.

use crate::audio::signal_synth::SAMPLE_RATE;
use pulseaudio::protocol::{
    ChannelMap, ChannelPosition, PlaybackStreamParams, Prop, Props, SampleFormat, SampleSpec,
    stream::BufferAttr, stream::StreamFlags,
};

/// Bytes in a frame: mono, 16 bits.
pub const FRAME_BYTES: u32 = 2;
/// The frames that server and device hold together: 200 ms. With requests of a fifth of that the server sleeps well. With
/// requests of half of it, PulseAudio drives the device at its shortest latency and uses a whole core.
const TARGET: u32 = 9600;
/// The fewest frames that the server asks for: 40 ms, which makes 25 wake-ups a second at most.
const REQUEST: u32 = 1920;

/// Returns the parameters of the stream.
pub fn playback_stream() -> PlaybackStreamParams {
    let mut props = Props::new();
    props.set(Prop::MediaName, c"Workout signals");
    // Not "event": those are muted along with the desktop's own sounds.
    props.set(Prop::MediaRole, c"music");
    PlaybackStreamParams {
        sample_spec: SampleSpec { format: SampleFormat::S16Le, channels: 1, sample_rate: SAMPLE_RATE },
        channel_map: ChannelMap::new([ChannelPosition::Mono]),
        buffer_attr: BufferAttr {
            target_length: TARGET * FRAME_BYTES,
            minimum_request_length: REQUEST * FRAME_BYTES,
            pre_buffering: 0,
            ..Default::default()
        },
        flags: StreamFlags { adjust_latency: true, ..Default::default() },
        props,
        ..Default::default()
    }
}

/// Returns the properties of this program that the desktop's volume control shows.
pub fn client_properties() -> Props {
    let mut props = Props::new();
    props.set(Prop::ApplicationName, c"pacebell");
    props.set(Prop::ApplicationId, c"pacebell");
    props.set(Prop::ApplicationIconName, c"alarm-symbolic");
    props
}
