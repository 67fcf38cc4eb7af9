//! XML files, element by element, as far as they are whole.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};
use std::borrow::Cow;

/// Decodes the text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, ..] => return wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return wide(u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // A file that was cut within a character is still UTF-8.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        byte => char::from(byte),
    }
}

/// A step through a file.
#[derive(Debug)]
pub enum XmlStep<'a> {
    /// An element begins.
    Open(XmlElement<'a>),
    /// An element ends: its name, and the text in it since the last tag.
    Close(String, String),
}

/// The start of an element.
#[derive(Debug)]
pub struct XmlElement<'a>(BytesStart<'a>);

impl XmlElement<'_> {
    /// Returns the name without the prefix of its namespace.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.0.try_get_attribute(name).ok()??;
        Some(attribute.value.trim().to_string())
    }
}

/// Reads a file step by step.
pub struct XmlWalk<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The names of the open elements, outermost first.
    path: Vec<String>,
    content: String,
    /// An empty element, which ends with the next step.
    empty: Option<String>,
}

impl<'a> XmlWalk<'a> {
    /// A walk through this text. Blanks in front of it do not matter.
    pub fn new(text: &'a str) -> Self {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        XmlWalk { text, reader, path: Vec::new(), content: String::new(), empty: None }
    }

    /// Returns the next step, and `None` at the end.
    ///
    /// # Errors
    /// If the file is not well formed, or ends within an element. The sentence names the line.
    pub fn next(&mut self) -> Result<Option<XmlStep<'a>>, String> {
        if let Some(name) = self.empty.take() {
            return Ok(Some(XmlStep::Close(name, String::new())));
        }
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                // A tag, a comment or another piece of syntax that does not end.
                Err(Error::Syntax(_)) => return Err(format!("it is cut short at line {}", self.line())),
                Err(_) => return Err(format!("it is damaged at line {}", self.line())),
            };
            match event {
                Event::Start(start) => {
                    let element = XmlElement(start);
                    self.path.push(element.name().to_string());
                    self.content.clear();
                    return Ok(Some(XmlStep::Open(element)));
                }
                Event::Empty(start) => {
                    let element = XmlElement(start);
                    self.empty = Some(element.name().to_string());
                    self.content.clear();
                    return Ok(Some(XmlStep::Open(element)));
                }
                Event::End(_) => {
                    let name = self.path.pop().unwrap_or_default();
                    return Ok(Some(XmlStep::Close(
                        name,
                        std::mem::take(&mut self.content).trim().to_string(),
                    )));
                }
                Event::Text(text) => self.content.push_str(&text),
                Event::CData(text) => self.content.push_str(&text.into_inner()),
                Event::GeneralRef(name) => self.content.extend(character(&name.into_inner())),
                Event::Eof if self.path.is_empty() => return Ok(None),
                Event::Eof => return Err(format!("it is cut short at line {}", self.line())),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Returns the name of the element around the one that just ended.
    pub fn parent(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Returns the line, counted from 1.
    fn line(&self) -> usize {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// Returns the character of an entity. Entities that a file defines by itself are not expanded.
pub fn character(name: &str) -> Option<char> {
    match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_decoded_by_their_marks() {
        assert_eq!(text(b"\xef\xbb\xbfab"), "ab");
        assert_eq!(text(b"\xff\xfea\0b\0"), "ab");
        assert_eq!(text(b"\xfe\xff\0a\0b"), "ab");
        assert_eq!(text(b"it\x92s"), "it’s");
    }

    #[test]
    fn texts_have_their_entities_and_empty_elements_end() {
        let mut walk = XmlWalk::new(" \n<a><b c='1'/>x &amp; &#233;<![CDATA[<y>]]></a>");
        let mut steps = Vec::new();
        while let Some(step) = walk.next().unwrap() {
            steps.push(match step {
                XmlStep::Open(element) => format!("{} {:?}", element.name(), element.attribute("c")),
                XmlStep::Close(name, text) => format!("/{name} {text}"),
            });
        }
        assert_eq!(steps, ["a None", "b Some(\"1\")", "/b ", "/a x & é<y>"]);
    }

    #[test]
    fn damage_is_found_with_its_line() {
        let problem = |text: &str| {
            let mut walk = XmlWalk::new(text);
            loop {
                match walk.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(problem) => return Some(problem),
                }
            }
        };
        assert_eq!(problem("<a>\n<b>\n"), Some("it is cut short at line 3".to_string()));
        assert_eq!(problem("<a>\n<b c="), Some("it is cut short at line 2".to_string()));
        assert_eq!(problem("<a>\n</b>\n"), Some("it is damaged at line 2".to_string()));
        assert_eq!(problem("<a></a>"), None);
    }
}
