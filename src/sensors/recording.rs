//! Recordings: everything that a sensor sent in a session, as JSON with one value a line.
//!
//! The first line names the format: `{"pacebell_sensors":1}`. Each other line has the moment on the clock of the session, in
//! milliseconds, and a value as hexadecimal digits, or what became of the link:
//!
//! ```json
//! {"at_ms":1250,"from":"heart_rate","bytes":"0048"}
//! {"at_ms":9000,"link":"lost"}
//! ```

use super::Characteristic;
use crate::text::{clean, cut};
use crate::units::{Millis, Moment};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::sync::Arc;

/// The number of the format.
pub const RECORDING_FORMAT: u32 = 1;
/// The longest value of a characteristic, in bytes (Bluetooth Core, volume 3 part F, section 3.2.9).
const LONGEST_VALUE: usize = 512;
/// The latest moment in a recording.
const LATEST: Millis = Millis::from_secs(7 * 24 * 3600);
/// The most characters of a text from the file that are shown.
const LONGEST_SHOWN: usize = 40;

/// Something that a sensor did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SensorRecord {
    /// The moment on the clock of the session.
    pub at: Moment,
    /// What it did.
    pub what: RecordedNews,
}

/// What a sensor did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedNews {
    /// It sent a value.
    Value {
        /// The characteristic that sent it.
        from: Characteristic,
        /// The value.
        bytes: Vec<u8>,
    },
    /// The link to it is there.
    Linked,
    /// The link to it is lost.
    Lost,
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordingHeading {
    pacebell_sensors: u32,
}

/// Any other line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordLine {
    at_ms: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<ValueSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bytes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<LinkState>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ValueSource {
    HeartRate,
    Treadmill,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LinkState {
    Linked,
    Lost,
}

/// Returns the first line of a recording, without a line end.
pub fn recording_heading() -> String {
    json(&RecordingHeading { pacebell_sensors: RECORDING_FORMAT })
}

fn json(line: &impl Serialize) -> String {
    // Plain data without maps always serialises.
    serde_json::to_string(line).unwrap_or_default()
}

impl SensorRecord {
    /// Returns the record as a line, without a line end.
    pub fn line(&self) -> String {
        let mut line = RecordLine { at_ms: self.at, from: None, bytes: None, link: None };
        match &self.what {
            RecordedNews::Value { from, bytes } => {
                line.from = Some(match from {
                    Characteristic::HeartRate => ValueSource::HeartRate,
                    Characteristic::Treadmill => ValueSource::Treadmill,
                });
                line.bytes = Some(digits(bytes));
            }
            RecordedNews::Linked => line.link = Some(LinkState::Linked),
            RecordedNews::Lost => line.link = Some(LinkState::Lost),
        }
        json(&line)
    }
}

/// The reason why a text is no recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingProblem {
    /// The line, from 1.
    pub line: usize,
    /// The problem, without control characters.
    pub words: String,
}

/// Reads a recording.
///
/// # Errors
/// If the text is not one, or a newer version of pacebell wrote it.
pub fn parse_recording(text: &str) -> Result<Vec<SensorRecord>, RecordingProblem> {
    let problem = |index: usize, words: String| RecordingProblem { line: index + 1, words };
    let mut lines = text.lines().enumerate();
    let heading = lines.next().and_then(|(_, line)| serde_json::from_str::<RecordingHeading>(line).ok());
    match heading {
        Some(RecordingHeading { pacebell_sensors: RECORDING_FORMAT }) => {}
        Some(RecordingHeading { pacebell_sensors: other }) => {
            return Err(problem(0, format!("format {other} is from another version of pacebell")));
        }
        None => return Err(problem(0, format!("a recording begins with {}", recording_heading()))),
    }
    let mut records: Vec<SensorRecord> = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let record = record(line).map_err(|words| problem(index, words))?;
        if records.last().is_some_and(|last| last.at > record.at) {
            return Err(problem(index, "it is earlier than the line before".to_string()));
        }
        records.push(record);
    }
    match records.is_empty() {
        true => Err(problem(0, "it has no values".to_string())),
        false => Ok(records),
    }
}

/// Reads a line.
fn record(line: &str) -> Result<SensorRecord, String> {
    let shown = || clean(&cut(line, LONGEST_SHOWN));
    let RecordLine { at_ms: at, from, bytes, link } =
        serde_json::from_str(line).map_err(|_| format!("no line of a recording: {}", shown()))?;
    if at > Moment::default() + LATEST {
        return Err(format!("{} ms are more than a week", at.get()));
    }
    let what = match (from, bytes, link) {
        (Some(from), Some(text), None) => {
            let bytes = value(&text).ok_or_else(|| format!("no value of a sensor: {}", shown()))?;
            let from = match from {
                ValueSource::HeartRate => Characteristic::HeartRate,
                ValueSource::Treadmill => Characteristic::Treadmill,
            };
            RecordedNews::Value { from, bytes }
        }
        (None, None, Some(LinkState::Linked)) => RecordedNews::Linked,
        (None, None, Some(LinkState::Lost)) => RecordedNews::Lost,
        _ => return Err(format!("a line has `from` and `bytes`, or `link`: {}", shown())),
    };
    Ok(SensorRecord { at, what })
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads pairs of hexadecimal digits. `None` if the text is something else, or too long.
fn value(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() || pairs.len() > LONGEST_VALUE {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// A sensor that does again what a recording holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSensor {
    records: Arc<[SensorRecord]>,
    /// The number of records that are past.
    done: usize,
}

impl RecordedSensor {
    /// A sensor at the start of a recording.
    pub fn new(records: Arc<[SensorRecord]>) -> Self {
        RecordedSensor { records, done: 0 }
    }

    /// Returns the moment of the next record.
    pub fn next(&self) -> Option<Moment> {
        self.records.get(self.done).map(|record| record.at)
    }

    /// Takes the next record, if it is due.
    pub fn take(&mut self, now: Moment) -> Option<SensorRecord> {
        let record = self.records.get(self.done).filter(|record| record.at <= now)?.clone();
        self.done += 1;
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problem_of(text: &str) -> RecordingProblem {
        parse_recording(text).unwrap_err()
    }

    #[test]
    fn reads_the_lines_that_the_documentation_shows() {
        let text = "{\"pacebell_sensors\":1}\n{\"at_ms\":1250,\"from\":\"heart_rate\",\"bytes\":\"0048\"}\n\
                    \n{\"at_ms\":9000,\"link\":\"lost\"}\n";
        let value = RecordedNews::Value { from: Characteristic::HeartRate, bytes: vec![0, 72] };
        let expected = [
            SensorRecord { at: Moment::new(1250), what: value },
            SensorRecord { at: Moment::new(9000), what: RecordedNews::Lost },
        ];
        assert_eq!(parse_recording(text).unwrap(), expected);
    }

    #[test]
    fn refuses_what_is_no_recording_and_says_in_which_line() {
        let head = "{\"pacebell_sensors\":1}\n";
        assert_eq!(problem_of("").line, 1);
        assert!(problem_of("{\"pacebell_sensors\":2}\n").words.contains("another version"));
        assert!(problem_of(head).words.contains("no values"));
        for (line, words) in [
            ("nonsense \u{1b}[2J", "no line of a recording"),
            ("{\"at_ms\":-1,\"link\":\"lost\"}", "no line of a recording"),
            ("{\"at_ms\":1,\"link\":\"lost\",\"x\":1}", "no line of a recording"),
            ("{\"at_ms\":18446744073709551615,\"link\":\"lost\"}", "more than a week"),
            ("{\"at_ms\":1,\"from\":\"heart_rate\",\"bytes\":\"0g\"}", "no value"),
            ("{\"at_ms\":1,\"from\":\"heart_rate\",\"bytes\":\"004\"}", "no value"),
            ("{\"at_ms\":1,\"from\":\"heart_rate\"}", "`from` and `bytes`"),
            ("{\"at_ms\":1}", "`from` and `bytes`"),
        ] {
            let problem = problem_of(&format!("{head}{line}\n"));
            assert_eq!(problem.line, 2, "{line}");
            assert!(problem.words.contains(words) && !problem.words.contains('\u{1b}'), "{problem:?}");
        }
        let long = format!("{head}{{\"at_ms\":1,\"from\":\"treadmill\",\"bytes\":\"{}\"}}", "00".repeat(513));
        assert_eq!(problem_of(&long).line, 2);
        let back = format!("{head}{{\"at_ms\":2,\"link\":\"lost\"}}\n{{\"at_ms\":1,\"link\":\"lost\"}}\n");
        assert_eq!(
            problem_of(&back),
            RecordingProblem { line: 3, words: "it is earlier than the line before".into() }
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
            at in 0..1_000_000_u64,
            kind in 0..4_u8,
        ) {
            let what = match kind {
                0 => RecordedNews::Value { from: Characteristic::HeartRate, bytes },
                1 => RecordedNews::Value { from: Characteristic::Treadmill, bytes },
                2 => RecordedNews::Linked,
                _ => RecordedNews::Lost,
            };
            let record = SensorRecord { at: Moment::new(at), what };
            let text = format!("{}\n{}\n", recording_heading(), record.line());
            prop_assert_eq!(parse_recording(&text), Ok(vec![record]));
        }

        #[test]
        fn no_text_causes_a_panic(text in "\\PC*") {
            let _ = parse_recording(&format!("{}\n{text}", recording_heading()));
        }
    }
}
