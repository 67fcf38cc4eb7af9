//! The encoding of FIT files: <https://developer.garmin.com/fit/protocol/>.
//!
//! A file is a header, records and a checksum. A record defines the fields of a message, or has the values of one whose
//! definition came before. Numbers are little-endian.

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::formats) enum FitValue {
    /// One of the names that the profile lists.
    Enum(u8),
    /// A number of one byte.
    Byte(u8),
    /// A number with a sign, of two bytes.
    Signed(i16),
    /// A number of two bytes.
    Short(u16),
    /// A number of four bytes.
    Long(u32),
    /// A number of four bytes that is never zero.
    NonZero(u32),
    /// A text in UTF-8.
    Text(String),
}

impl FitValue {
    /// Returns the number of the base type: <https://developer.garmin.com/fit/protocol/#basetype>.
    fn base_type(&self) -> u8 {
        match self {
            FitValue::Enum(_) => 0x00,
            FitValue::Byte(_) => 0x02,
            FitValue::Signed(_) => 0x83,
            FitValue::Short(_) => 0x84,
            FitValue::Long(_) => 0x86,
            FitValue::NonZero(_) => 0x8c,
            FitValue::Text(_) => 0x07,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            FitValue::Enum(value) | FitValue::Byte(value) => vec![*value],
            FitValue::Signed(value) => value.to_le_bytes().to_vec(),
            FitValue::Short(value) => value.to_le_bytes().to_vec(),
            FitValue::Long(value) | FitValue::NonZero(value) => value.to_le_bytes().to_vec(),
            FitValue::Text(text) => {
                let mut end = text.len().min(LONGEST_TEXT);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                let mut bytes: Vec<u8> = text.bytes().take(end).filter(|byte| *byte != 0).collect();
                bytes.push(0);
                bytes
            }
        }
    }
}

/// The most bytes of a text: a field has at most 255, with the zero at its end.
pub(in crate::formats) const LONGEST_TEXT: usize = 254;
/// The number of messages that can be defined at once.
const LOCAL_TYPES: usize = 16;
/// The bytes of a header.
const HEADER_BYTES: u8 = 14;
/// Version 2.0 of the protocol.
const PROTOCOL: u8 = 0x20;
/// Version 21.218 of the profile, with the names of messages and fields.
const PROFILE: u16 = 21_218;
/// Marks a record that defines a message.
const DEFINITION: u8 = 0x40;

/// A message: its number in the profile and its fields.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::formats) struct FitMessage {
    number: u16,
    fields: Vec<FitField>,
}

#[derive(Clone, Debug, PartialEq)]
struct FitField {
    number: u8,
    value: FitValue,
}

impl FitMessage {
    /// A message without fields.
    pub fn new(number: u16) -> Self {
        FitMessage { number, fields: Vec::new() }
    }

    /// Adds a field.
    pub fn with(mut self, number: u8, value: FitValue) -> Self {
        self.fields.push(FitField { number, value });
        self
    }

    /// Adds a field whose value is known.
    pub fn with_known(self, number: u8, value: Option<FitValue>) -> Self {
        match value {
            Some(value) => self.with(number, value),
            None => self,
        }
    }

    /// Returns the content of the record that defines the message, without its first byte.
    fn definition(&self) -> Vec<u8> {
        // Reserved, and then little-endian.
        let mut bytes = vec![0, 0];
        bytes.extend(self.number.to_le_bytes());
        bytes.push(self.fields.len() as u8);
        for field in &self.fields {
            bytes.extend([field.number, field.value.bytes().len() as u8, field.value.base_type()]);
        }
        bytes
    }
}

/// Returns the bytes of a file with these messages.
pub(in crate::formats) fn file(messages: &[FitMessage]) -> Vec<u8> {
    let mut records = Vec::new();
    let mut defined: Vec<Vec<u8>> = Vec::new();
    let mut next = 0;
    for message in messages {
        let definition = message.definition();
        let local = defined.iter().position(|known| *known == definition).unwrap_or_else(|| {
            let local = next;
            next = (next + 1) % LOCAL_TYPES;
            records.push(DEFINITION | local as u8);
            records.extend(&definition);
            match defined.get_mut(local) {
                Some(known) => *known = definition,
                None => defined.push(definition),
            }
            local
        });
        records.push(local as u8);
        records.extend(message.fields.iter().flat_map(|field| field.value.bytes()));
    }
    let mut bytes = vec![HEADER_BYTES, PROTOCOL];
    bytes.extend(PROFILE.to_le_bytes());
    bytes.extend((records.len() as u32).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes.extend(records);
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes
}

/// Returns the checksum of FIT files, CRC-16/ARC: <https://developer.garmin.com/fit/protocol/#crc>.
pub fn checksum(bytes: &[u8]) -> u16 {
    const POLYNOMIAL: u16 = 0xa001;
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(
            sum ^ u16::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ POLYNOMIAL } else { sum >> 1 },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_crc_16_arc() {
        // The check value of the catalogue of parametrised CRC algorithms.
        assert_eq!(checksum(b"123456789"), 0xbb3d);
    }

    #[test]
    fn a_message_is_defined_once_and_texts_end_with_a_zero() {
        let message = |value| FitMessage::new(20).with(253, FitValue::Long(value));
        let named = FitMessage::new(23).with(27, FitValue::Text("pé".to_string()));
        let bytes = file(&[message(1), message(2), named]);
        assert_eq!(bytes[8..12], *b".FIT");
        let records = [
            &[0x40, 0, 0, 20, 0, 1, 253, 4, 0x86][..],
            &[0, 1, 0, 0, 0],
            &[0, 2, 0, 0, 0],
            &[0x41, 0, 0, 23, 0, 1, 27, 4, 0x07],
            &[1, b'p', 0xc3, 0xa9, 0],
        ];
        assert_eq!(bytes[14..bytes.len() - 2], records.concat());
        assert_eq!(checksum(&bytes), 0, "a checksum over its own bytes is zero");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let bytes = FitValue::Text("é".repeat(200)).bytes();
        assert_eq!((bytes.len(), bytes.last()), (255, Some(&0)));
    }
}
