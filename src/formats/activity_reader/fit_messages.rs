//! The messages of a FIT file: <https://developer.garmin.com/fit/protocol/>.
//!
//! A reader of our own: what is whole in a file that was cut short must still be read, and developer fields, which nobody needs
//! here, are skipped even if nothing describes them.

use super::UnreadableActivity;
use crate::formats::fit::checksum;
use std::collections::HashMap;

/// The number of the field with the time, in every message that has one.
pub const TIMESTAMP: u8 = 253;

/// One message: its kind, and the fields that have a value.
#[derive(Clone, Debug, PartialEq)]
pub struct FitFields {
    /// The number of the kind of message.
    pub kind: u16,
    /// The fields by their numbers.
    fields: Vec<(u8, FitContent)>,
}

/// The value of a field. Of several values in a field, the first.
#[derive(Clone, Debug, PartialEq)]
enum FitContent {
    Whole(u64),
    Signed(i64),
    Real(f64),
    Text(String),
}

impl FitFields {
    /// Returns a whole number.
    pub fn number(&self, field: u8) -> Option<u64> {
        match self.content(field)? {
            FitContent::Whole(number) => Some(*number),
            FitContent::Signed(number) => u64::try_from(*number).ok(),
            FitContent::Real(number) => (*number >= 0.0 && *number < 1e15).then_some(*number as u64),
            FitContent::Text(_) => None,
        }
    }

    /// Returns a number divided by its scale.
    pub fn scaled(&self, field: u8, scale: f64) -> Option<f64> {
        let number = match self.content(field)? {
            FitContent::Whole(number) => *number as f64,
            FitContent::Signed(number) => *number as f64,
            FitContent::Real(number) => *number,
            FitContent::Text(_) => return None,
        };
        Some(number / scale)
    }

    /// Returns a text.
    pub fn text(&self, field: u8) -> Option<&str> {
        match self.content(field)? {
            FitContent::Text(text) => Some(text),
            _ => None,
        }
    }

    fn content(&self, field: u8) -> Option<&FitContent> {
        self.fields.iter().find(|(number, _)| *number == field).map(|(_, content)| content)
    }
}

/// A FIT file within a file, which may be a chain of them.
#[derive(Debug, Default)]
pub struct FitPart {
    /// The messages in order.
    pub messages: Vec<FitFields>,
    /// Sentences about damage.
    pub remarks: Vec<String>,
    /// True if the messages end before the file should.
    pub is_cut: bool,
}

/// The least bytes of a header.
const HEADER: usize = 12;

/// Reads all parts of a file. Only messages for which `wanted` is true are kept.
///
/// # Errors
/// If it does not begin with a header, or no message can be read.
pub fn parts(bytes: &[u8], wanted: impl Fn(u16) -> bool) -> Result<Vec<FitPart>, UnreadableActivity> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let Some(header) = FitHeader::read(bytes, at) else {
            let problem = "it does not begin with the header of a FIT file";
            let Some(last) = parts.last_mut() else { return Err(UnreadableActivity::new(problem)) };
            // Some programs pad their files.
            if bytes.get(at..).is_some_and(|rest| rest.iter().any(|byte| *byte != 0)) {
                let last: &mut FitPart = last;
                last.remarks.push(format!("{} bytes after its end were left out", bytes.len() - at));
            }
            break;
        };
        let (part, end) = read_part(bytes, at, &header, &wanted);
        parts.push(part);
        at = end;
    }
    match parts.iter().any(|part| !part.messages.is_empty()) {
        true => Ok(parts),
        false => Err(UnreadableActivity::new(match parts.first().and_then(|part| part.remarks.first()) {
            Some(remark) => format!("{remark}, and nothing in it can be read"),
            None => "it has no activity".to_string(),
        })),
    }
}

struct FitHeader {
    size: usize,
    data: usize,
}

impl FitHeader {
    fn read(bytes: &[u8], at: usize) -> Option<FitHeader> {
        let header = bytes.get(at..at.checked_add(HEADER)?)?;
        let size = usize::from(*header.first()?);
        if header.get(8..12) != Some(b".FIT") || size < HEADER || bytes.len() < at + size {
            return None;
        }
        let data = u32::from_le_bytes(header.get(4..8)?.try_into().ok()?);
        Some(FitHeader { size, data: usize::try_from(data).ok()? })
    }
}

/// Reads the part at `at`, and returns where the next one begins.
fn read_part(bytes: &[u8], at: usize, header: &FitHeader, wanted: &impl Fn(u16) -> bool) -> (FitPart, usize) {
    let from = at + header.size;
    // A device that lost its power has not written the length yet.
    let stated = if header.data == 0 { None } else { from.checked_add(header.data) };
    let whole = stated.filter(|end| *end <= bytes.len());
    let end = whole.unwrap_or(bytes.len());
    let mut reader = MessageReader { bytes, at: from, end, definitions: HashMap::new(), clock: None };
    let mut part = FitPart::default();
    let stopped = loop {
        match reader.next(wanted) {
            Ok(NextMessage::Kept(message)) => part.messages.push(message),
            Ok(NextMessage::Skipped) => {}
            Ok(NextMessage::End) => break None,
            Err(problem) => break Some(problem),
        }
    };
    match (stopped, whole) {
        (None, Some(end)) => {
            let sum = bytes.get(end..end + 2).map(|sum| u16::from_le_bytes([sum[0], sum[1]]));
            if sum.is_none_or(|sum| sum != checksum(bytes.get(at..end).unwrap_or_default())) {
                part.remarks.push("its checksum is wrong, so it may be damaged".to_string());
            }
        }
        (_, None) if header.data == 0 => {
            part.is_cut = true;
            part.remarks.push("the device never closed it, so its end may be missing".to_string());
        }
        (_, None) => {
            part.is_cut = true;
            let (have, stated) = (bytes.len() - at, header.size + header.data + 2);
            part.remarks.push(format!("it is cut short: {have} of {stated} bytes are there"));
        }
        (Some(problem), Some(_)) => {
            part.is_cut = true;
            part.remarks.push(format!("it is damaged at byte {}: {problem}", reader.at));
        }
    }
    // Behind damage, the length in the header still says where the next part begins.
    (part, end.saturating_add(2).min(bytes.len()))
}

/// The layout of a message.
struct FitLayout {
    kind: u16,
    is_big_endian: bool,
    fields: Vec<FieldLayout>,
    /// The bytes of the developer fields, which come last.
    skipped: usize,
}

#[derive(Clone, Copy)]
struct FieldLayout {
    number: u8,
    size: usize,
    base_type: u8,
}

enum NextMessage {
    Kept(FitFields),
    Skipped,
    End,
}

struct MessageReader<'a> {
    bytes: &'a [u8],
    /// The first byte of the next message.
    at: usize,
    end: usize,
    definitions: HashMap<u8, FitLayout>,
    /// The latest time, which messages with a compressed header count from.
    clock: Option<u64>,
}

/// The end of the bytes within a message.
const CUT: &str = "a message is cut";

impl MessageReader<'_> {
    /// Reads a message. After an error, `at` is still where the message begins.
    fn next(&mut self, wanted: &impl Fn(u16) -> bool) -> Result<NextMessage, &'static str> {
        if self.at >= self.end {
            return Ok(NextMessage::End);
        }
        let mut at = self.at;
        let header = self.take(&mut at, 1)?[0];
        // Bit 7: a compressed header, whose lowest five bits are seconds. Bit 6: a definition. Bit 5: with developer fields.
        let is_compressed = header & 0x80 != 0;
        let local = if is_compressed { (header >> 5) & 0x3 } else { header & 0xf };
        if !is_compressed && header & 0x40 != 0 {
            let layout = self.layout(&mut at, header & 0x20 != 0)?;
            self.definitions.insert(local, layout);
            self.at = at;
            return Ok(NextMessage::Skipped);
        }
        let layout = self.definitions.get(&local).ok_or("a message is not defined")?;
        let is_wanted = wanted(layout.kind);
        let mut fields = Vec::new();
        for field in &layout.fields {
            let bytes = self.take(&mut at, field.size)?;
            let is_time = field.number == TIMESTAMP;
            let content =
                if is_wanted || is_time { content(bytes, field, layout.is_big_endian) } else { None };
            if let (true, Some(FitContent::Whole(time))) = (is_time, &content) {
                self.clock = Some(*time);
            }
            fields.extend(content.map(|content| (field.number, content)));
        }
        self.take(&mut at, layout.skipped)?;
        let kind = layout.kind;
        if is_compressed && let Some(clock) = self.clock {
            // The seconds since the latest full time, modulo 32.
            let since = u64::from(header & 0x1f).wrapping_sub(clock) & 0x1f;
            self.clock = Some(clock.saturating_add(since));
            fields.push((TIMESTAMP, FitContent::Whole(clock.saturating_add(since))));
        }
        self.at = at;
        Ok(if is_wanted { NextMessage::Kept(FitFields { kind, fields }) } else { NextMessage::Skipped })
    }

    fn layout(&self, at: &mut usize, has_developer_fields: bool) -> Result<FitLayout, &'static str> {
        let [_, order, low, high, count] = self.take(at, 5)? else { return Err(CUT) };
        let is_big_endian = match order {
            0 => false,
            1 => true,
            _ => return Err("a definition is not readable"),
        };
        let kind =
            if is_big_endian { u16::from_be_bytes([*low, *high]) } else { u16::from_le_bytes([*low, *high]) };
        let fields = self.take(at, 3 * usize::from(*count))?.chunks_exact(3);
        let fields =
            fields.map(|f| FieldLayout { number: f[0], size: f[1].into(), base_type: f[2] }).collect();
        let mut skipped = 0;
        if has_developer_fields {
            let count = usize::from(self.take(at, 1)?[0]);
            skipped = self.take(at, 3 * count)?.chunks_exact(3).map(|field| usize::from(field[1])).sum();
        }
        Ok(FitLayout { kind, is_big_endian, fields, skipped })
    }

    fn take(&self, at: &mut usize, count: usize) -> Result<&[u8], &'static str> {
        let to = at.checked_add(count).filter(|to| *to <= self.end).ok_or(CUT)?;
        let taken = self.bytes.get(*at..to).ok_or(CUT)?;
        *at = to;
        Ok(taken)
    }
}

/// Returns the value of a field. `None` for the number that stands for no value, and for a field of another size than its
/// type.
fn content(bytes: &[u8], field: &FieldLayout, is_big_endian: bool) -> Option<FitContent> {
    /// The number of a type without the bit that says whether the order of its bytes matters.
    const NUMBER: u8 = 0x1f;
    let size = match field.base_type & NUMBER {
        7 => return text(bytes),
        // Numbers whose lack is zero are 10, 11, 12 and 16.
        0 | 1 | 2 | 10 | 13 => 1,
        3 | 4 | 11 => 2,
        5 | 6 | 8 | 12 => 4,
        9 | 14 | 15 | 16 => 8,
        _ => return None,
    };
    let first = bytes.get(..size)?;
    let mut value = 0u64;
    for i in 0..size {
        let byte = first[if is_big_endian { i } else { size - 1 - i }];
        value = value << 8 | u64::from(byte);
    }
    let all = u64::MAX >> (64 - 8 * size);
    match field.base_type & NUMBER {
        // Signed: the largest positive number is no value.
        1 | 3 | 5 | 14 => {
            let shift = 64 - 8 * size;
            (value != all >> 1).then_some(FitContent::Signed((value << shift) as i64 >> shift))
        }
        8 => Some(f64::from(f32::from_bits(value as u32))).filter(|v| v.is_finite()).map(FitContent::Real),
        9 => Some(f64::from_bits(value)).filter(|v| v.is_finite()).map(FitContent::Real),
        10 | 11 | 12 | 16 => (value != 0).then_some(FitContent::Whole(value)),
        _ => (value != all).then_some(FitContent::Whole(value)),
    }
}

fn text(bytes: &[u8]) -> Option<FitContent> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(bytes.get(..end)?).trim().to_string();
    (!text.is_empty()).then_some(FitContent::Text(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with these messages, whose checksum is right.
    fn file(data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![12, 0x20, 0, 8, data.len() as u8, 0, 0, 0];
        bytes.extend(b".FIT");
        bytes.extend(data);
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    #[test]
    fn compressed_headers_count_from_the_latest_time() {
        // Local message 0: a time. Local message 1: a heart rate, behind a header with five bits of time.
        let mut data = vec![0x40, 0, 0, 20, 0, 1, TIMESTAMP, 4, 0x86, 0];
        data.extend(1_000_000_005u32.to_le_bytes());
        data.extend([0x41, 0, 0, 20, 0, 1, 3, 1, 2]);
        // 1,000,000,005 ends in 5 modulo 32: 9 is four seconds later, and 2 is another 25.
        data.extend([0xa0 | 9, 140, 0xa0 | 2, 141]);
        let parts = parts(&file(&data), |kind| kind == 20).unwrap();
        let seconds: Vec<_> = parts[0].messages.iter().map(|message| message.number(TIMESTAMP)).collect();
        assert_eq!(seconds, [1_000_000_005, 1_000_000_009, 1_000_000_034].map(Some));
        assert_eq!(parts[0].messages[2].number(3), Some(141));
        assert!(parts[0].remarks.is_empty());
    }

    #[test]
    fn values_have_their_byte_order_and_developer_fields_are_skipped() {
        // Big-endian: a signed and an unsigned number, a text, no value, and two bytes of a developer's.
        let mut data = vec![0x60, 0, 1, 0, 18, 4, 1, 2, 0x83, 2, 4, 0x86, 3, 4, 7, 4, 1, 2, 1, 9, 2, 0];
        data.extend([0, 0xff, 0xfe, 0, 0, 1, 2]);
        data.extend(b"ab\0c");
        data.extend([0xff, 0x55, 0x55]);
        let parts = parts(&file(&data), |kind| kind == 18).unwrap();
        let message = &parts[0].messages[0];
        assert_eq!(message.scaled(1, 1.0), Some(-2.0));
        assert_eq!((message.number(1), message.number(2), message.text(3)), (None, Some(258), Some("ab")));
        assert_eq!(message.number(4), None);
        assert!(parts[0].remarks.is_empty());
    }
}
