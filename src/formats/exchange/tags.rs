//! The tags of an XML file one after the other, without regard to how they nest.
//!
//! Workout files are often mended by hand, and an XML parser refuses one in ten: a tag is closed twice or never, a quote is
//! missing, an ampersand is bare. Here a tag is a tag wherever it stands, and each fault is noted with its line. Entities
//! that a file defines are never expanded.

use super::report::{ConversionNotes, ReportKind, ReportPlace};
use crate::formats::activity_reader::xml::character;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A piece of a file.
#[derive(Debug, PartialEq)]
pub enum TagEvent<'a> {
    /// A tag that opens an element.
    Open(OpenTag<'a>),
    /// A tag that closes an element: its name.
    Close(&'a str),
    /// The text up to the next tag.
    Text(String),
}

/// A tag that opens an element.
#[derive(Debug, PartialEq)]
pub struct OpenTag<'a> {
    /// The name without the prefix of its namespace.
    pub name: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// True for `<x/>`.
    pub is_empty: bool,
    attributes: Vec<(&'a str, String)>,
}

impl OpenTag<'_> {
    /// Returns the value of an attribute, in any case. Of two with the same name, the first counts.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    /// Returns an attribute as a number. A decimal comma is read as a point.
    pub fn number(&self, name: &str) -> Option<f64> {
        number(self.attribute(name)?)
    }
}

/// Reads a number.
pub fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())
}

/// A kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TagFault {
    /// `&` that begins no entity.
    BareAmpersand,
    /// An attribute without its closing quote.
    MissingQuote,
    /// A value without quotes.
    UnquotedValue,
    /// `<` within a value.
    AngleInValue,
    /// Something in a tag that is not an attribute.
    StrayInTag,
    /// A tag without `>`.
    OpenTag,
    /// A tag that closes nothing.
    StrayClose,
    /// An element that is never closed.
    NeverClosed,
    /// Text between elements.
    StrayText,
    /// The file ends within an element.
    CutShort,
}

impl TagFault {
    /// Returns what was done about it.
    pub const fn repair(self) -> &'static str {
        match self {
            TagFault::BareAmpersand => "a bare & was read as &amp;",
            TagFault::MissingQuote => {
                "a closing quote is missing, so the value ends where the next attribute begins"
            }
            TagFault::UnquotedValue => "a value has no quotes",
            TagFault::AngleInValue => "< inside a value was read as text",
            TagFault::StrayInTag => "characters that are not an attribute were ignored",
            TagFault::OpenTag => "a tag has no >, so it ends where the next one begins",
            TagFault::StrayClose => "a closing tag that closes nothing was ignored",
            TagFault::NeverClosed => "an element is never closed, so it ends where the next one begins",
            TagFault::StrayText => "text between elements was ignored",
            TagFault::CutShort => "the file is cut short there",
        }
    }
}

/// The first place of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultPlace {
    /// The line, from 1.
    pub line: usize,
    /// The text there.
    pub original: String,
    /// How often it comes.
    pub count: usize,
}

/// The faults of a file, each kind once.
pub type TagFaults = BTreeMap<TagFault, FaultPlace>;

/// Adds a line for each kind of damage.
pub fn fault_notes(faults: &TagFaults, report: &mut ConversionNotes) {
    for (fault, found) in faults {
        let times = if found.count > 1 { format!(" ({} times)", found.count) } else { String::new() };
        let place = ReportPlace { step: None, line: Some(found.line) };
        let text = format!("{}{times}", fault.repair());
        report.push(place.note(ReportKind::Repaired, Some(found.original.clone()), text));
    }
}

/// Goes through the tags of a text.
pub struct TagWalk<'a> {
    text: &'a str,
    at: usize,
    /// The line of `counted`, and the place up to which lines were counted.
    line: usize,
    counted: usize,
    /// The faults so far.
    pub faults: TagFaults,
    /// True if the text declares a document type.
    pub has_doctype: bool,
}

/// The most attributes of a tag that are kept. No format has as many.
const MOST_ATTRIBUTES: usize = 200;
/// The most characters of the original that a fault quotes.
const QUOTED: usize = 60;

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

impl<'a> TagWalk<'a> {
    /// A walk through a text.
    pub fn new(text: &'a str) -> Self {
        TagWalk { text, at: 0, line: 1, counted: 0, faults: TagFaults::new(), has_doctype: false }
    }

    /// Returns the next piece, and `None` at the end.
    pub fn next(&mut self) -> Option<TagEvent<'a>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            if let Some(inside) = rest.strip_prefix("<!--") {
                self.skip(inside, 4, "-->");
            } else if let Some(inside) = rest.strip_prefix("<![CDATA[") {
                let length = inside.find("]]>").unwrap_or(inside.len());
                self.skip(inside, 9, "]]>");
                return Some(TagEvent::Text(inside.get(..length).unwrap_or_default().to_string()));
            } else if let Some(inside) = rest.strip_prefix("<?") {
                self.skip(inside, 2, "?>");
            } else if let Some(inside) = rest.strip_prefix("<!") {
                self.has_doctype = true;
                self.skip(inside, 2, ">");
            } else if let Some(inside) = rest.strip_prefix("</") {
                return Some(self.close(inside));
            } else if rest.strip_prefix('<').is_some_and(|inside| inside.starts_with(char::is_alphabetic)) {
                return Some(TagEvent::Open(self.open()));
            } else {
                return Some(TagEvent::Text(self.plain(rest)));
            }
        }
    }

    /// Notes a fault at the current place.
    pub fn fault(&mut self, fault: TagFault, original: &str) {
        let at = self.at;
        self.fault_at(at, fault, original);
    }

    /// Notes a fault at a line.
    pub fn fault_in_line(&mut self, line: usize, fault: TagFault, original: &str) {
        let place = || FaultPlace { line, original: original.chars().take(QUOTED).collect(), count: 0 };
        self.faults.entry(fault).or_insert_with(place).count += 1;
    }

    fn fault_at(&mut self, at: usize, fault: TagFault, original: &str) {
        let line = self.line_at(at);
        self.fault_in_line(line, fault, original);
    }

    fn line_at(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if at >= self.counted {
            let between = bytes.get(self.counted..at).unwrap_or_default();
            self.line += between.iter().filter(|byte| **byte == b'\n').count();
            self.counted = at;
        }
        self.line
    }

    fn skip(&mut self, inside: &str, opening: usize, end: &str) {
        let length = inside.find(end).map_or(inside.len(), |length| length + end.len());
        self.at += opening + length;
    }

    /// Reads text up to the next tag.
    fn plain(&mut self, rest: &'a str) -> String {
        // A `<` that begins no tag is text.
        let skip = usize::from(rest.starts_with('<'));
        let length = rest.get(skip..).and_then(|after| after.find('<')).map_or(rest.len(), |n| n + skip);
        let raw = rest.get(..length).unwrap_or_default();
        let start = self.at;
        let text = self.decode(raw, start).into_owned();
        self.at += length;
        text
    }

    fn close(&mut self, inside: &'a str) -> TagEvent<'a> {
        let name = inside.split(|c| !is_name(c)).next().unwrap_or_default();
        let length = inside.find(['>', '<']).unwrap_or(inside.len());
        let ends = inside.get(length..).is_some_and(|rest| rest.starts_with('>'));
        self.at += 2 + length + usize::from(ends);
        TagEvent::Close(local(name))
    }

    fn open(&mut self) -> OpenTag<'a> {
        let start = self.at;
        let line = self.line_at(start);
        self.at += 1;
        let name = self.take(is_name);
        let mut attributes = Vec::new();
        let mut is_empty = false;
        loop {
            self.take(char::is_whitespace);
            let Some(rest) = self.text.get(self.at..) else { break };
            if rest.starts_with('>') {
                self.at += 1;
                break;
            }
            if rest.starts_with("/>") {
                self.at += 2;
                is_empty = true;
                break;
            }
            if rest.is_empty() || rest.starts_with('<') {
                let original = self.text.get(start..self.at).unwrap_or_default();
                let fault = if rest.is_empty() { TagFault::CutShort } else { TagFault::OpenTag };
                self.fault_at(start, fault, original);
                break;
            }
            let key = self.take(is_name);
            if key.is_empty() {
                let stray = rest.chars().next().unwrap_or_default();
                // The rest of the line is looked for once, and not for each of many characters.
                let is_first = !self.faults.contains_key(&TagFault::StrayInTag);
                let line = if is_first { rest.lines().next() } else { None };
                self.fault(TagFault::StrayInTag, line.unwrap_or_default());
                self.at += stray.len_utf8();
                continue;
            }
            self.take(char::is_whitespace);
            if self.text.get(self.at..).is_some_and(|rest| rest.starts_with('=')) {
                self.at += 1;
                self.take(char::is_whitespace);
                let value = self.value(key);
                if attributes.len() < MOST_ATTRIBUTES {
                    attributes.push((local(key), value));
                }
            }
        }
        OpenTag { name: local(name), line, is_empty, attributes }
    }

    /// Takes the characters that fulfil a condition.
    fn take(&mut self, is_wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|c| !is_wanted(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Reads the value of an attribute.
    fn value(&mut self, key: &str) -> String {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            let length = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '<').unwrap_or(rest.len());
            let value = rest.get(..length).unwrap_or_default();
            let length = length - usize::from(value.ends_with('/'));
            self.fault(TagFault::UnquotedValue, &format!("{key}={}", value.trim_end_matches('/')));
            self.at += length;
            return value.trim_end_matches('/').to_string();
        };
        let inside = rest.get(1..).unwrap_or_default();
        let length = inside.find(quote);
        let value = length.and_then(|length| inside.get(..length));
        let after = length.and_then(|length| inside.get(length + 1..)).and_then(|rest| rest.chars().next());
        let joins = after.is_some_and(|c| !c.is_whitespace() && !matches!(c, '/' | '>' | '?'));
        match value {
            Some(value) if !(joins && ends_like_a_key(value)) => {
                if value.contains('<') {
                    self.fault(TagFault::AngleInValue, &format!("{key}={quote}{value}{quote}"));
                }
                self.at += value.len() + 2;
                self.decode(value, start).into_owned()
            }
            _ => {
                // The quote that was found belongs to a later attribute.
                let line = value.or(Some(inside)).unwrap_or_default();
                let until_tag = line.find(['<', '>']).unwrap_or(line.len());
                let line = line.get(..until_tag).unwrap_or_default().trim_end_matches('/');
                let value = without_key(line);
                self.fault(TagFault::MissingQuote, &format!("{key}={quote}{line}"));
                self.at += value.len() + 1;
                self.decode(value, start).trim().to_string()
            }
        }
    }

    /// Puts characters in the place of entities.
    fn decode(&mut self, raw: &'a str, start: usize) -> Cow<'a, str> {
        if !raw.contains('&') {
            return Cow::Borrowed(raw);
        }
        let mut decoded = String::with_capacity(raw.len());
        let mut rest = raw;
        let trimmed = raw.trim();
        while let Some((before, after)) = rest.split_once('&') {
            decoded.push_str(before);
            let name =
                after.split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or_default();
            let ends = after.get(name.len()..).is_some_and(|rest| rest.starts_with(';'));
            match character(name).filter(|_| ends) {
                Some(character) => {
                    decoded.push(character);
                    rest = after.get(name.len() + 1..).unwrap_or_default();
                }
                None => {
                    let at = start + raw.len() - after.len() - 1;
                    self.fault_at(at, TagFault::BareAmpersand, trimmed);
                    decoded.push('&');
                    rest = after;
                }
            }
        }
        decoded.push_str(rest);
        Cow::Owned(decoded)
    }
}

/// Returns a name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// True for a value such as `0 Cadence=`, whose quote was forgotten.
fn ends_like_a_key(value: &str) -> bool {
    without_key(value).len() < value.len()
}

/// Returns a value without the name of the next attribute at its end: `0` for `0 Cadence=`.
fn without_key(value: &str) -> &str {
    let Some(before) = value.trim_end().strip_suffix('=') else { return value };
    let key = before.trim_end();
    let value_end = key.trim_end_matches(is_name);
    if value_end.len() < key.len() && value_end.ends_with(char::is_whitespace) { value_end } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the tags with two of their attributes, and the texts.
    fn pieces(text: &str) -> (Vec<String>, Vec<(TagFault, usize)>) {
        let mut walk = TagWalk::new(text);
        let mut all = Vec::new();
        while let Some(event) = walk.next() {
            all.push(match event {
                TagEvent::Open(tag) => {
                    let of = |name| tag.attribute(name).unwrap_or("-");
                    format!("{} {} {}{}", tag.name, of("a"), of("b"), if tag.is_empty { " /" } else { "" })
                }
                TagEvent::Close(name) => format!("/{name}"),
                TagEvent::Text(text) => text,
            });
        }
        (all, walk.faults.iter().map(|(fault, place)| (*fault, place.line)).collect())
    }

    #[test]
    fn well_formed_files_have_no_faults() {
        let text =
            "<?xml version='1.0'?><!-- <no> --><x:t a=\"1 &amp; 2\" b='&#233;'><u/>hi<![CDATA[<&]]></x:t>";
        assert_eq!(
            pieces(text),
            (vec!["t 1 & 2 é", "u - - /", "hi", "<&", "/t"].into_iter().map(String::from).collect(), vec![])
        );
    }

    #[test]
    fn a_forgotten_quote_ends_the_value_before_the_next_attribute() {
        let (all, faults) = pieces("<t a=\"0 b=\"105\"/>\n<t a=\"2\"/>");
        assert_eq!(all, ["t 0 105 /", "\n", "t 2 - /"]);
        assert_eq!(faults, [(TagFault::MissingQuote, 1)]);
        let (all, faults) = pieces("<t a=\"0 />\n<t a=\"2\" b=\"3\"/>");
        assert_eq!(all, ["t 0 - /", "\n", "t 2 3 /"]);
        assert_eq!(faults, [(TagFault::MissingQuote, 1)]);
    }

    #[test]
    fn damage_is_noted_with_its_line_and_the_rest_is_read() {
        assert_eq!(pieces("\na & b"), (vec!["\na & b".to_string()], vec![(TagFault::BareAmpersand, 2)]));
        assert_eq!(
            pieces("<t a=\"< FTP\"/>"),
            (vec!["t < FTP - /".to_string()], vec![(TagFault::AngleInValue, 1)])
        );
        assert_eq!(pieces("<t a=1 b=2/>"), (vec!["t 1 2 /".to_string()], vec![(TagFault::UnquotedValue, 1)]));
        assert_eq!(pieces("<t a='1'\n<t/>").1, [(TagFault::OpenTag, 1)]);
        assert_eq!(pieces("<t a='1").1, [(TagFault::MissingQuote, 1), (TagFault::CutShort, 1)]);
        assert_eq!(pieces("x < y").0.concat(), "x < y");
    }

    #[test]
    fn a_text_that_is_cut_anywhere_ends() {
        let text = "<?xml?><!-- c --><t a=\"1 &amp; 2\" b='é'>\u{e9}&<u/><![CDATA[x]]></t>";
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            pieces(&text[..end]);
        }
    }
}
