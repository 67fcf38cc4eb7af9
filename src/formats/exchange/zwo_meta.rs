//! The elements of a Zwift workout as they stand in the file.

use super::tags::{OpenTag, TagEvent, TagFault, TagFaults, TagWalk};
use crate::workout::bounds::{MOST_STEPS, MOST_TEXTS};

/// A file of Zwift, element by element.
#[derive(Debug, Default)]
pub struct ZwoFile<'a> {
    /// The name.
    pub name: String,
    /// The description.
    pub about: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The tags, each once, and no more than a workout keeps.
    pub tags: Vec<String>,
    /// The number of tags after those.
    pub more_tags: usize,
    /// The sport, in lower case.
    pub sport: String,
    /// The unit of lengths, in lower case.
    pub duration_type: String,
    /// The seconds per kilometre at threshold.
    pub threshold_pace: Option<f64>,
    /// The steps in order.
    pub steps: Vec<ZwoStep<'a>>,
    /// The names of elements that are not known.
    pub unknown: Vec<(String, usize)>,
    /// True if there is a day of rest.
    pub is_rest_day: bool,
    /// The damage.
    pub faults: TagFaults,
    /// True if it declares a document type.
    pub has_doctype: bool,
}

/// A step of a file.
#[derive(Debug)]
pub struct ZwoStep<'a> {
    /// The element.
    pub tag: OpenTag<'a>,
    /// The texts.
    pub texts: Vec<ZwoText>,
}

/// A text of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct ZwoText {
    /// The seconds from the start of the element. `None` if it has none.
    pub seconds: Option<f64>,
    /// The metres from the start of the element.
    pub metres: Option<f64>,
    /// The text.
    pub message: String,
    /// The line.
    pub line: usize,
}

/// The elements that are steps, in lower case.
const STEPS: [&str; 10] = [
    "steadystate",
    "solidstate",
    "warmup",
    "cooldown",
    "ramp",
    "intervalst",
    "freeride",
    "maxeffort",
    "restday",
    "freerun",
];
/// The elements with a text that is kept.
const TEXTS: [&str; 7] =
    ["name", "description", "author", "sporttype", "durationtype", "thresholdsecperkm", "tag"];
/// The elements that mean nothing for a runner, or hold others.
const IGNORED: [&str; 24] = [
    "workout_file",
    "workout",
    "tags",
    "category",
    "subcategory",
    "ftpoverride",
    "uniqueid",
    "authoralt",
    "activitysavename",
    "categoryindex",
    "entid",
    "overridehash",
    "workoutplan",
    "ftpfemaleoverride",
    "ftpmaleoverride",
    "painindex",
    "show_avg",
    "visibleafter",
    "visibleoutsideplan",
    "workoutstatus",
    "gameplayevent",
    "hascadence",
    "lthr",
    "overunder",
];

/// True for one of some names, in any case.
fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The most steps that are read. One more than a workout may have shows that it has too many.
const MOST_STEPS_READ: usize = MOST_STEPS as usize + 1;
/// The most unknown elements that are remembered. A report has fewer lines.
const MOST_UNKNOWN: usize = 2000;

/// Reads the elements of a file.
pub fn read(text: &str) -> ZwoFile<'_> {
    let mut walk = TagWalk::new(text);
    let mut reader = ZwoReader::default();
    while reader.file.steps.len() < MOST_STEPS_READ
        && let Some(event) = walk.next()
    {
        match event {
            TagEvent::Open(tag) => reader.open(tag, &mut walk),
            TagEvent::Close(name) => reader.close(name, &mut walk),
            TagEvent::Text(text) => reader.text(&text, &mut walk),
        }
    }
    reader.take_text();
    let unclosed = reader.open_elements.pop();
    if let Some((name, line)) = unclosed {
        walk.fault_in_line(line, TagFault::CutShort, &format!("<{name}>"));
    }
    ZwoFile { faults: walk.faults, has_doctype: walk.has_doctype, ..reader.file }
}

#[derive(Default)]
struct ZwoReader<'a> {
    file: ZwoFile<'a>,
    /// The element whose text is read, in lower case, and the text so far.
    reading: Option<(String, String)>,
    /// The open elements with their lines, outermost first.
    open_elements: Vec<(&'a str, usize)>,
}

/// The most open elements that are remembered, for the report only.
const MOST_OPEN: usize = 64;

impl<'a> ZwoReader<'a> {
    fn open(&mut self, tag: OpenTag<'a>, walk: &mut TagWalk<'_>) {
        self.take_text();
        let name = tag.name.to_ascii_lowercase();
        let is_step = STEPS.contains(&name.as_str());
        let inside = self.open_elements.last().copied();
        match inside {
            // `<description/>` in the place of `</description>`.
            Some((open, _)) if tag.is_empty && open == tag.name && TEXTS.contains(&name.as_str()) => {
                walk.fault_in_line(tag.line, TagFault::NeverClosed, &format!("<{open}/>"));
                self.open_elements.pop();
                return;
            }
            Some((open, line)) if is_step && is_one_of(&STEPS, open) => {
                walk.fault_in_line(line, TagFault::NeverClosed, &format!("<{open}>"));
                self.open_elements.pop();
            }
            _ => {}
        }
        if !tag.is_empty && self.open_elements.len() < MOST_OPEN {
            self.open_elements.push((tag.name, tag.line));
        }
        match name.as_str() {
            "restday" => self.file.is_rest_day = true,
            "textevent" | "textnotification" => self.cue(&tag),
            "tag" if tag.attribute("name").is_some() => {
                self.keep_tag(tag.attribute("name").unwrap_or_default().to_string());
            }
            _ if is_step => self.file.steps.push(ZwoStep { tag, texts: Vec::new() }),
            _ if TEXTS.contains(&name.as_str()) && !tag.is_empty => {
                self.reading = Some((name, String::new()))
            }
            _ if TEXTS.contains(&name.as_str()) || IGNORED.contains(&name.as_str()) => {}
            _ if tag.attribute("duration").is_some() => {
                self.unknown(&tag);
                self.file.steps.push(ZwoStep { tag, texts: Vec::new() });
            }
            _ => self.unknown(&tag),
        }
    }

    fn unknown(&mut self, tag: &OpenTag<'_>) {
        if self.file.unknown.len() < MOST_UNKNOWN {
            self.file.unknown.push((tag.name.to_string(), tag.line));
        }
    }

    fn close(&mut self, name: &'a str, walk: &mut TagWalk<'_>) {
        self.take_text();
        match self.open_elements.iter().rposition(|(open, _)| *open == name) {
            Some(at) => {
                for (open, line) in self.open_elements.drain(at..).skip(1) {
                    walk.fault_in_line(line, TagFault::NeverClosed, &format!("<{open}>"));
                }
            }
            None => walk.fault(TagFault::StrayClose, &format!("</{name}>")),
        }
    }

    fn text(&mut self, text: &str, walk: &mut TagWalk<'_>) {
        match &mut self.reading {
            Some((_, so_far)) => so_far.push_str(text),
            None if text.trim().is_empty() => {}
            // The text of an element that is not kept.
            None => {
                let inside = self.open_elements.last().map(|(name, _)| *name);
                let is_kept = inside.is_some_and(|name| {
                    !is_one_of(&["workout", "workout_file", "tags"], name) && !is_one_of(&STEPS, name)
                });
                if !is_kept {
                    walk.fault(TagFault::StrayText, text.trim());
                }
            }
        }
    }

    /// Ends the text that is read.
    fn take_text(&mut self) {
        let Some((name, text)) = self.reading.take() else { return };
        let text = text.trim().to_string();
        let file = &mut self.file;
        match name.as_str() {
            _ if text.is_empty() => {}
            "name" if file.name.is_empty() => file.name = text,
            "description" => file.about = file.about.take().or(Some(text)),
            "author" => file.author = file.author.take().or(Some(text)),
            "sporttype" => file.sport = text.to_ascii_lowercase(),
            "durationtype" => file.duration_type = text.to_ascii_lowercase(),
            "thresholdsecperkm" => file.threshold_pace = super::tags::number(&text).filter(|n| *n > 0.0),
            "tag" => self.keep_tag(text),
            _ => {}
        }
    }

    fn keep_tag(&mut self, tag: String) {
        let tag = tag.trim();
        if tag.is_empty() || self.file.tags.iter().any(|known| known == tag) {
            return;
        }
        if self.file.tags.len() < MOST_TEXTS {
            self.file.tags.push(tag.to_string());
        } else {
            self.file.more_tags += 1;
        }
    }

    fn cue(&mut self, tag: &OpenTag<'_>) {
        let message =
            tag.attribute("message").or(tag.attribute("text")).unwrap_or_default().trim().to_string();
        let Some(step) = self.file.steps.last_mut().filter(|_| !message.is_empty()) else { return };
        let of = |name| tag.number(name).map(|n: f64| n.max(0.0));
        step.texts.push(ZwoText {
            seconds: of("timeoffset"),
            metres: of("distoffset"),
            message,
            line: tag.line,
        });
    }
}
