//! The phrases that come with the program, in one Ogg Vorbis file.
//!
//! `assets/voice/make` makes the file. Each phrase begins on its own page, and is decoded by itself when it is needed.

use super::resample::resample;
use crate::audio::signal_synth::SAMPLE_RATE;
use lewton::audio::{PreviousWindowRight, read_audio_packet};
use lewton::header::{IdentHeader, SetupHeader, read_header_ident, read_header_setup};
use std::collections::HashMap;
use std::sync::OnceLock;

const SOUND: &[u8] = include_bytes!("../../assets/voice/voice.ogg");
const INDEX: &str = include_str!("../../assets/voice/voice.tsv");
/// The sample rate of the file.
const CLIP_RATE: u32 = 16_000;
/// The most words in a phrase.
const MAX_WORDS: usize = 8;

/// The place of a phrase in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceClip {
    /// The first byte.
    first: usize,
    bytes: usize,
    /// The number of samples, at [`CLIP_RATE`].
    samples: usize,
}

/// A clip in a longer text.
#[derive(Clone, Copy, Debug)]
pub struct CoveringClip {
    /// The clip.
    pub clip: VoiceClip,
    /// True if a comma follows in the text.
    pub pause_after: bool,
}

impl VoiceClip {
    /// Returns the samples at [`SAMPLE_RATE`]. Returns none if the file is damaged.
    pub fn samples(self) -> Vec<i16> {
        resample(&self.decode().unwrap_or_default(), CLIP_RATE)
    }

    fn decode(self) -> Option<Vec<i16>> {
        let headers = headers()?;
        let pages = SOUND.get(self.first..self.first.checked_add(self.bytes)?)?;
        let mut window = PreviousWindowRight::new();
        let mut all = Vec::with_capacity(self.samples);
        for packet in packets(pages) {
            let channels = read_audio_packet(&headers.ident, &headers.setup, &packet, &mut window).ok()?;
            all.extend(channels.into_iter().next()?);
        }
        all.truncate(self.samples);
        Some(all)
    }

    /// Returns the number of samples in [`VoiceClip::samples`].
    pub const fn length(self) -> usize {
        self.samples * (SAMPLE_RATE / CLIP_RATE) as usize
    }
}

/// Normalizes a text: lower case, with single spaces, and only letters, digits and apostrophes.
fn normalize(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns every phrase, normalized, and its clip.
pub fn all() -> impl Iterator<Item = (&'static str, VoiceClip)> {
    index().iter().map(|(text, clip)| (text.as_str(), *clip))
}

struct TextWord {
    normalized: String,
    pause_after: bool,
}

/// Returns the clips that say a text, or `None` if they cannot say all of it.
pub fn cover(text: &str) -> Option<Vec<CoveringClip>> {
    let words = words(text);
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let longest_first = (1..=MAX_WORDS.min(words.len() - from)).rev();
        let (taken, clip) = longest_first.into_iter().find_map(|n| {
            let part = words.get(from..from + n)?;
            let phrase = part.iter().map(|word| word.normalized.as_str()).collect::<Vec<_>>().join(" ");
            Some((n, *index().get(&phrase)?))
        })?;
        from += taken;
        let pause_after = words.get(from - 1).is_some_and(|word| word.pause_after);
        found.push(CoveringClip { clip, pause_after });
    }
    (!found.is_empty()).then_some(found)
}

fn words(text: &str) -> Vec<TextWord> {
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        let normalized = normalize(word);
        let mut parts = normalized.split(' ').peekable();
        while let Some(part) = parts.next() {
            let pause_after = word.ends_with(',') && parts.peek().is_none();
            if !part.is_empty() {
                all.push(TextWord { normalized: part.to_string(), pause_after });
            }
        }
    }
    all
}

fn index() -> &'static HashMap<String, VoiceClip> {
    static CLIPS: OnceLock<HashMap<String, VoiceClip>> = OnceLock::new();
    CLIPS.get_or_init(|| {
        let entry = |line: &str| {
            let mut fields = line.split('\t');
            let mut number = || fields.next()?.parse().ok();
            let clip = VoiceClip { first: number()?, bytes: number()?, samples: number()? };
            Some((normalize(fields.next()?), clip))
        };
        INDEX.lines().filter_map(entry).collect()
    })
}

struct VorbisHeaders {
    ident: IdentHeader,
    setup: SetupHeader,
}

fn headers() -> Option<&'static VorbisHeaders> {
    static HEADERS: OnceLock<Option<VorbisHeaders>> = OnceLock::new();
    let read = || {
        let end = index().values().map(|clip| clip.first).min()?;
        let packets = packets(SOUND.get(..end)?);
        let ident = read_header_ident(packets.first()?).ok()?;
        let sizes = (ident.blocksize_0, ident.blocksize_1);
        let setup = read_header_setup(packets.get(2)?, ident.audio_channels, sizes).ok()?;
        Some(VorbisHeaders { ident, setup })
    };
    HEADERS.get_or_init(read).as_ref()
}

/// Returns the packets in the pages of an Ogg stream. A page has a header of 27 bytes, the last of which is the number of
/// segments, then their lengths, then the segments. A segment of 255 bytes continues in the next one.
fn packets(mut pages: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut open: Vec<u8> = Vec::new();
    while let Some((header, rest)) = pages.split_at_checked(27) {
        let segments = header.last().and_then(|count| rest.split_at_checked(usize::from(*count)));
        let Some((lengths, mut rest)) = segments else { break };
        for length in lengths {
            let Some((segment, after)) = rest.split_at_checked(usize::from(*length)) else { return all };
            rest = after;
            open.extend_from_slice(segment);
            if *length < 255 {
                all.push(std::mem::take(&mut open));
            }
        }
        pages = rest;
    }
    all
}
