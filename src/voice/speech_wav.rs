//! Reads the WAV files that speech programs write, and brings them to the level of the built-in clips.

use super::errors::SpeechError;
use super::resample::resample;
use crate::audio::SpokenSamples;

/// The peak of spoken words, as a share of full scale. The loudest of the built-in clips are like it.
const PEAK: f64 = 0.31;
/// Samples of silence kept at each end: 10 ms.
const MARGIN: usize = 480;
/// Samples in the fade at each end: 5 ms.
const FADE: f64 = 240.0;
/// A peak up to this counts as silence.
const SILENCE: u16 = 100;

/// Samples of one channel.
#[derive(Debug, PartialEq)]
struct WavSound {
    samples: Vec<i16>,
    rate: u32,
}

/// Returns the words in a WAV file as samples at [`crate::audio::signal_synth::SAMPLE_RATE`], trimmed, as loud as the
/// built-in clips and with soft ends. Anything beyond [`SpokenSamples::MAX_SECONDS`] is cut off.
///
/// # Errors
/// If the file is not a 16-bit WAV file, or contains no sound.
pub fn read_words(wav: &[u8]) -> Result<Vec<i16>, SpeechError> {
    let WavSound { mut samples, rate } = parse(wav).ok_or(SpeechError::NotWav)?;
    samples.truncate(SpokenSamples::MAX_SECONDS * rate as usize);
    normalize(trim(&resample(&samples, rate))).ok_or(SpeechError::Silent)
}

/// Reads the first channel of a 16-bit WAV file. Programs that write to a pipe do not know the length in advance and write
/// a wrong one; then the samples extend to the end of the file.
fn parse(wav: &[u8]) -> Option<WavSound> {
    if wav.get(..4)? != b"RIFF" || wav.get(8..12)? != b"WAVE" {
        return None;
    }
    let (mut rest, mut format) = (wav.get(12..)?, None);
    loop {
        let (name, length) = (rest.get(..4)?, u32_at(rest, 4)? as usize);
        let body = rest.get(8..)?;
        let (body, after) = body.split_at(length.min(body.len()));
        match name {
            b"fmt " => format = Some(parse_format(body)?),
            b"data" => {
                let WavFormat { channels, rate } = format?;
                let first_channel = |frame: &[u8]| u16_at(frame, 0).map(|s| s as i16);
                let samples = body.chunks_exact(2 * channels).filter_map(first_channel).collect();
                return Some(WavSound { samples, rate });
            }
            _ => {}
        }
        rest = after.get(length % 2..)?;
    }
}

struct WavFormat {
    channels: usize,
    rate: u32,
}

/// Reads a format chunk. Returns `None` unless it stands for 16-bit linear samples at a plausible rate.
fn parse_format(body: &[u8]) -> Option<WavFormat> {
    const PCM: u16 = 1;
    let format = WavFormat { channels: usize::from(u16_at(body, 2)?), rate: u32_at(body, 4)? };
    let is_supported = u16_at(body, 0)? == PCM
        && u16_at(body, 14)? == 16
        && (1..=8).contains(&format.channels)
        && (4_000..=192_000).contains(&format.rate);
    is_supported.then_some(format)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Removes the silence at both ends.
fn trim(samples: &[i16]) -> &[i16] {
    let peak = samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
    let is_sound = |s: &i16| s.unsigned_abs() > peak / 50;
    let (Some(first), Some(last)) = (samples.iter().position(is_sound), samples.iter().rposition(is_sound))
    else {
        return &[];
    };
    samples.get(first.saturating_sub(MARGIN)..(last + MARGIN).min(samples.len())).unwrap_or_default()
}

/// Brings samples to [`PEAK`] and fades both ends. Returns `None` for silence.
fn normalize(samples: &[i16]) -> Option<Vec<i16>> {
    let peak = samples.iter().map(|s| s.unsigned_abs()).max().filter(|peak| *peak > SILENCE)?;
    let gain = PEAK * f64::from(i16::MAX) / f64::from(peak);
    let last = samples.len() - 1;
    let normalized = samples.iter().enumerate().map(|(i, s)| {
        let fade = (i.min(last - i) as f64 / FADE).min(1.0);
        (f64::from(*s) * gain * fade) as i16
    });
    Some(normalized.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(length: u32, body: &[u8]) -> Vec<u8> {
        let mut all =
            b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x22\x56\0\0\x44\xac\0\0\x02\0\x10\0".to_vec();
        all.extend(b"LIST\x03\0\0\0abc\0data");
        all.extend(length.to_le_bytes());
        all.extend(body);
        all
    }

    #[test]
    fn a_file_with_a_wrong_length_is_read_to_its_end() {
        let body = [1, 0, 2, 0, 0xff, 0xff];
        for length in [6, 0x7fff_f000, u32::MAX] {
            let sound = WavSound { samples: vec![1, 2, -1], rate: 22_050 };
            assert_eq!(parse(&wav(length, &body)), Some(sound));
        }
    }

    #[test]
    fn a_damaged_or_silent_file_is_an_error() {
        let whole = wav(6, &[1, 0, 2, 0, 3, 0]);
        for cut in 0..whole.len() - 6 {
            assert_eq!(read_words(&whole[..cut]), Err(SpeechError::NotWav), "{cut}");
        }
        let page = b"<html>not found</html>, and some more of it";
        assert_eq!(read_words(page), Err(SpeechError::NotWav));
        assert_eq!(read_words(&whole), Err(SpeechError::Silent));
    }
}
