//! The phrases that come with the program: where each is in the one Ogg Vorbis file, and its samples.
//!
//! They are made by `assets/voice/make`. Each begins on a page of its own and is decoded by itself, when it is needed.

use super::resample::resampled;
use crate::audio::signal_synth::SAMPLE_RATE;
use crate::units::Millis;
use lewton::audio::{PreviousWindowRight, read_audio_packet};
use lewton::header::{IdentHeader, SetupHeader, read_header_ident, read_header_setup};
use std::collections::HashMap;
use std::sync::OnceLock;

const SOUND: &[u8] = include_bytes!("../../assets/voice/voice.ogg");
const INDEX: &str = include_str!("../../assets/voice/voice.tsv");
/// Of the samples in the file.
const CLIP_RATE: u32 = 16_000;
/// No phrase has more words.
const MOST_WORDS: usize = 8;

/// Where a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceClip {
    first: usize,
    bytes: usize,
    samples: usize,
}

impl VoiceClip {
    /// Its samples, [`SAMPLE_RATE`] a second. Nothing where the file is not what it should be.
    pub fn samples(self) -> Vec<i16> {
        let heard = headers().and_then(|(ident, setup)| {
            let pages = SOUND.get(self.first..self.first.checked_add(self.bytes)?)?;
            let mut window = PreviousWindowRight::new();
            let mut all = Vec::with_capacity(self.samples);
            for packet in packets(pages) {
                all.extend(read_audio_packet(ident, setup, &packet, &mut window).ok()?.into_iter().next()?);
            }
            all.truncate(self.samples);
            Some(all)
        });
        resampled(&heard.unwrap_or_default(), CLIP_RATE)
    }

    /// How many samples [`VoiceClip::samples`] has.
    pub const fn length(self) -> usize {
        self.samples * (SAMPLE_RATE / CLIP_RATE) as usize
    }
}

/// The words of a text, normalised as those of the phrases are: letters and digits only.
pub fn key(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every phrase.
pub fn all() -> impl Iterator<Item = (&'static str, VoiceClip)> {
    index().iter().map(|(key, clip)| (key.as_str(), *clip))
}

/// The phrases that say a text, and whether there is a pause after each; nothing where they cannot say all of it.
pub fn cover(text: &str) -> Option<Vec<(VoiceClip, bool)>> {
    let words: Vec<(String, bool)> = text
        .split_whitespace()
        .flat_map(|word| {
            let pause = word.ends_with(',');
            let parts: Vec<String> = key(word).split(' ').map(str::to_string).collect();
            let last = parts.len() - 1;
            parts.into_iter().enumerate().map(move |(i, part)| (part, pause && i == last))
        })
        .filter(|(word, _)| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let longest = (1..=MOST_WORDS.min(words.len() - from)).rev();
        let (taken, clip) = longest.into_iter().find_map(|n| {
            let part = words.get(from..from + n)?;
            let key = part.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
            Some((n, *index().get(&key)?))
        })?;
        from += taken;
        found.push((clip, words.get(from - 1).is_some_and(|(_, pause)| *pause)));
    }
    (!found.is_empty()).then_some(found)
}

/// How long so many samples are, rounded up.
pub fn length(samples: usize) -> Millis {
    Millis::new((samples as u64 * 1000).div_ceil(u64::from(SAMPLE_RATE)))
}

fn index() -> &'static HashMap<String, VoiceClip> {
    static INDEXED: OnceLock<HashMap<String, VoiceClip>> = OnceLock::new();
    INDEXED.get_or_init(|| {
        let entry = |line: &str| {
            let mut fields = line.split('\t');
            let mut number = || fields.next()?.parse().ok();
            let clip = VoiceClip { first: number()?, bytes: number()?, samples: number()? };
            Some((key(fields.next()?), clip))
        };
        INDEX.lines().filter_map(entry).collect()
    })
}

fn headers() -> Option<&'static (IdentHeader, SetupHeader)> {
    static HEADERS: OnceLock<Option<(IdentHeader, SetupHeader)>> = OnceLock::new();
    let read = || {
        let end = index().values().map(|clip| clip.first).min()?;
        let packets = packets(SOUND.get(..end)?);
        let ident = read_header_ident(packets.first()?).ok()?;
        let sizes = (ident.blocksize_0, ident.blocksize_1);
        let setup = read_header_setup(packets.get(2)?, ident.audio_channels, sizes).ok()?;
        Some((ident, setup))
    };
    HEADERS.get_or_init(read).as_ref()
}

/// The packets in pages of an Ogg stream: each page has a head of 27 bytes, then how long its pieces are; a piece of
/// 255 bytes goes on in the next.
fn packets(mut pages: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut open: Vec<u8> = Vec::new();
    while let Some((head, rest)) = pages.split_at_checked(27) {
        let Some((lengths, mut rest)) = head.last().and_then(|n| rest.split_at_checked(usize::from(*n)))
        else {
            break;
        };
        for length in lengths {
            let Some((piece, after)) = rest.split_at_checked(usize::from(*length)) else { return all };
            rest = after;
            open.extend_from_slice(piece);
            if *length < 255 {
                all.push(std::mem::take(&mut open));
            }
        }
        pages = rest;
    }
    all
}
