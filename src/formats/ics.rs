//! A plan as an iCalendar file (RFC 5545), for the calendar of a phone or a desktop.
//!
//! Every session is an event of a whole day that leaves the day free, without an alarm. Its id never changes, and its
//! revision counts the choices made about it, so importing a newer file updates the events of an older one.

use crate::plan::{Calendar, CalendarWeek, ItemId, PlanItem, PlannedSession};
use crate::workout::{LineStyle, explain};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// The program that the file names as its author.
const AUTHOR: &str = "-//pacebell//pacebell//EN";
/// The most octets in a line, without its line break.
const LONGEST_LINE: usize = 75;
/// The bytes at the beginning of a calendar that name the program that wrote it.
pub const HEAD_BYTES: u64 = 256;

/// True for the beginning of a calendar that pacebell has written, and of an empty file.
pub fn may_replace(head: &[u8]) -> bool {
    head.is_empty() || head.windows(AUTHOR.len()).any(|part| part == AUTHOR.as_bytes())
}

/// A plan's sessions, to write into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanEvents {
    /// The name of the calendar.
    pub name: String,
    /// The key of the block, which makes the ids of its events different from those of every other block.
    pub block_key: String,
    /// The time of the latest change to the block.
    pub changed: DateTime<Utc>,
    /// The sessions.
    pub events: Vec<PlanEvent>,
}

/// A session on its day, or on any day of its week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanEvent {
    /// The id of the item in its plan, such as `w3-sun-1`.
    pub item: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day: the first one too, unless the session is for any day of its week.
    pub to: NaiveDate,
    /// The title.
    pub title: String,
    /// Everything else to know, line by line.
    pub details: Vec<String>,
    /// The number of choices ever made about the session, including the ones undone.
    pub choices: u32,
    /// True if the runner skips it. The event stays in the file as cancelled, so that calendars remove it.
    pub skipped: bool,
}

/// The runner's decisions about an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemDecision {
    /// The first day, if it is not the one in the calendar.
    pub from: Option<NaiveDate>,
    /// The last day, if it is not the one in the calendar.
    pub to: Option<NaiveDate>,
    /// The alternative that was chosen, counted from 0.
    pub option: usize,
    /// True if it is skipped.
    pub skipped: bool,
    /// The number of choices ever made about it, including the ones undone.
    pub choices: u32,
}

impl PlanEvents {
    /// The sessions of a calendar, where `decision` has put them. Rest is left out.
    pub fn of(
        calendar: &Calendar,
        block_key: String,
        changed: DateTime<Utc>,
        style: &LineStyle,
        decision: impl Fn(ItemId) -> ItemDecision,
    ) -> Self {
        let mut events = Vec::new();
        for week in &calendar.weeks {
            let place = place(calendar, week);
            let days =
                week.days.iter().flat_map(|day| day.items.iter().map(|item| (day.date, day.date, item)));
            let ends = week.days.first().zip(week.days.last());
            let any = ends
                .into_iter()
                .flat_map(|(first, last)| week.any.iter().map(|item| (first.date, last.date, item)));
            for (from, to, item) in days.chain(any) {
                let decision = decision(item.id);
                let (from, to) = (decision.from.unwrap_or(from), decision.to.unwrap_or(to));
                events.extend(plan_event(item, decision, &place, style).map(|event| PlanEvent {
                    from,
                    to,
                    ..event
                }));
            }
        }
        PlanEvents { name: calendar.name.clone(), block_key, changed, events }
    }

    /// A calendar without events, for the time after a plan.
    pub fn none() -> Self {
        let (name, block_key) = ("pacebell".to_string(), String::new());
        PlanEvents { name, block_key, changed: DateTime::default(), events: Vec::new() }
    }

    /// Adds a session that is no longer planned, as cancelled.
    pub fn cancel(&mut self, item: &PlanItem, on: NaiveDate, choices: u32) {
        self.events.push(PlanEvent {
            item: item.id.to_string(),
            from: on,
            to: on,
            title: item.usual().title(),
            details: Vec::new(),
            choices,
            skipped: true,
        });
    }
}

/// Returns the place of a week in its plan: `Week 4 of 4: Recovery week`.
fn place(calendar: &Calendar, week: &CalendarWeek) -> String {
    let number = format!("Week {} of {}", week.number, calendar.weeks_in_plan);
    week.name.as_ref().map_or(number.clone(), |name| format!("{number}: {name}"))
}

/// Returns the event of an item, without its days. `None` for rest that was never anything else.
fn plan_event(item: &PlanItem, decision: ItemDecision, place: &str, style: &LineStyle) -> Option<PlanEvent> {
    let chosen = item.options.get(decision.option).unwrap_or(item.usual());
    if matches!(chosen, PlannedSession::Rest) && decision.choices > 0 {
        // Another alternative may have been in the calendar before.
        let other = item.options.iter().position(|option| !matches!(option, PlannedSession::Rest))?;
        let decision = ItemDecision { option: other, skipped: true, ..decision };
        return plan_event(item, decision, place, style);
    }
    let mut details = match chosen {
        PlannedSession::Rest => return None,
        PlannedSession::Race(_) => Vec::new(),
        PlannedSession::Workout(workout) => vec![explain(&workout.sequence, style)],
    };
    details.extend(item.about.clone());
    let others = item.options.iter().enumerate().filter(|(number, _)| *number != decision.option);
    details.extend(others.map(|(_, other)| format!("Or: {}", other.title())));
    details.push(place.to_string());
    let title = chosen.title();
    Some(PlanEvent {
        item: item.id.to_string(),
        from: NaiveDate::default(),
        to: NaiveDate::default(),
        title: if item.optional { format!("{title} (optional)") } else { title },
        details,
        choices: decision.choices,
        skipped: decision.skipped,
    })
}

/// Writes the sessions as an iCalendar file. The same sessions always give the same bytes.
pub fn text(plan: &PlanEvents) -> String {
    let mut lines = CalendarLines::default();
    lines.push("BEGIN", "VCALENDAR");
    lines.push("VERSION", "2.0");
    lines.push("PRODID", AUTHOR);
    lines.push("CALSCALE", "GREGORIAN");
    lines.push("METHOD", "PUBLISH");
    // The name in RFC 7986, and the one that most calendars read.
    lines.push("NAME", &escaped(&plan.name));
    lines.push("X-WR-CALNAME", &escaped(&plan.name));
    for event in &plan.events {
        lines.event(plan, event);
    }
    lines.push("END", "VCALENDAR");
    lines.text
}

/// The lines of an iCalendar file so far.
#[derive(Default)]
struct CalendarLines {
    text: String,
}

impl CalendarLines {
    fn event(&mut self, plan: &PlanEvents, event: &PlanEvent) {
        let day = |date: NaiveDate| date.format("%Y%m%d").to_string();
        self.push("BEGIN", "VEVENT");
        self.push("UID", &escaped(&format!("{}-{}@pacebell", plan.block_key, event.item)));
        self.push("DTSTAMP", &plan.changed.format("%Y%m%dT%H%M%SZ").to_string());
        self.push("SEQUENCE", &event.choices.to_string());
        self.push("DTSTART;VALUE=DATE", &day(event.from));
        // The end is the day after the last one.
        self.push("DTEND;VALUE=DATE", &day(event.to.checked_add_days(Days::new(1)).unwrap_or(event.to)));
        self.push("SUMMARY", &escaped(&event.title));
        if !event.details.is_empty() {
            self.push("DESCRIPTION", &escaped(&event.details.join("\n")));
        }
        self.push("TRANSP", "TRANSPARENT");
        if event.skipped {
            self.push("STATUS", "CANCELLED");
        }
        self.push("END", "VEVENT");
    }

    /// Adds a line, folded so that none is longer than [`LONGEST_LINE`].
    fn push(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LONGEST_LINE {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// Escapes text for a value, and leaves out control characters except line breaks and tabs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use icalendar::Component;

    fn event(item: &str, on: &str, title: &str) -> PlanEvent {
        let on = on.parse().unwrap();
        PlanEvent {
            item: item.to_string(),
            from: on,
            to: on,
            title: title.to_string(),
            details: Vec::new(),
            choices: 0,
            skipped: false,
        }
    }

    fn plan(events: Vec<PlanEvent>) -> PlanEvents {
        PlanEvents {
            name: "Micro-run, four weeks".to_string(),
            block_key: "0f3a".to_string(),
            changed: Utc.with_ymd_and_hms(2026, 12, 7, 6, 30, 0).unwrap(),
            events,
        }
    }

    /// Reads the lines of an iCalendar file as RFC 5545 defines them, and panics where they break it.
    fn lines(text: &str) -> Vec<(String, String)> {
        assert!(text.ends_with("\r\n"));
        let physical: Vec<&str> = text[..text.len() - 2].split("\r\n").collect();
        let mut logical: Vec<String> = Vec::new();
        for line in physical {
            assert!(!line.contains(['\r', '\n']), "a bare line break: {line:?}");
            assert!((1..=75).contains(&line.len()), "{} octets: {line:?}", line.len());
            match line.strip_prefix([' ', '\t']) {
                Some(rest) => logical.last_mut().expect("a line to continue").push_str(rest),
                None => logical.push(line.to_string()),
            }
        }
        let split = |line: String| {
            let (name, value) = line.split_once(':').expect("a name and a value");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-;=".contains(c)), "{name}");
            (name.to_string(), value.to_string())
        };
        logical.into_iter().map(split).collect()
    }

    /// Undoes the escapes of a text, and panics at one that RFC 5545 does not know.
    fn unescaped(value: &str) -> String {
        let (mut text, mut characters) = (String::new(), value.chars());
        while let Some(c) = characters.next() {
            match c {
                '\\' => match characters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(c @ ('\\' | ';' | ',')) => text.push(c),
                    other => panic!("\\{other:?} in {value}"),
                },
                ',' | ';' => panic!("{c} without a backslash in {value}"),
                _ => text.push(c),
            }
        }
        text
    }

    fn value<'a>(lines: &'a [(String, String)], name: &str) -> Vec<&'a str> {
        lines.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    #[test]
    fn a_session_is_a_whole_free_day_without_an_alarm() {
        let text = text(&plan(vec![event("w1-mon-1", "2026-12-31", "Recovery jog")]));
        let lines = lines(&text);
        for (name, wanted) in [
            ("UID", "0f3a-w1-mon-1@pacebell"),
            ("DTSTAMP", "20261207T063000Z"),
            ("DTSTART;VALUE=DATE", "20261231"),
            ("DTEND;VALUE=DATE", "20270101"),
            ("SEQUENCE", "0"),
            ("SUMMARY", "Recovery jog"),
            ("TRANSP", "TRANSPARENT"),
            ("VERSION", "2.0"),
            ("METHOD", "PUBLISH"),
        ] {
            assert_eq!(value(&lines, name), [wanted], "{name}");
        }
        assert_eq!(unescaped(value(&lines, "X-WR-CALNAME")[0]), "Micro-run, four weeks");
        assert_eq!(value(&lines, "BEGIN"), ["VCALENDAR", "VEVENT"]);
        assert_eq!(value(&lines, "END"), ["VEVENT", "VCALENDAR"]);
        assert!(value(&lines, "STATUS").is_empty());
    }

    #[test]
    fn any_text_survives_escapes_and_folding() {
        let long = "8×60 s hard; 60 s easy, „locker“ \\ easy – ".repeat(30);
        for details in
            [long.as_str(), "a,b;c\\d\\n", "  spaces  ", "\t", "BEGIN:VALARM", "老".repeat(99).as_str()]
        {
            for first in 0..80 {
                let mut event = event("w1-any-2", "2026-12-07", &format!("{}{details}", "x".repeat(first)));
                event.details = vec![details.to_string(), "Line two".to_string()];
                let lines = lines(&text(&plan(vec![event.clone()])));
                assert_eq!(unescaped(value(&lines, "SUMMARY")[0]), event.title);
                assert_eq!(
                    unescaped(value(&lines, "DESCRIPTION")[0]),
                    format!("{details}\nLine two"),
                    "after {first}"
                );
                assert_eq!(value(&lines, "BEGIN"), ["VCALENDAR", "VEVENT"], "nothing breaks out of its line");
            }
        }
    }

    #[test]
    fn another_reader_finds_the_same_events() {
        let mut strength = event("w1-any-1", "2026-12-07", "Strength A; \\ or B, as you like");
        strength.details = vec!["Three rounds, 15:00 in all.".to_string(), "x".repeat(200)];
        strength.choices = 3;
        let text = text(&plan(vec![event("w1-mon-1", "2026-12-07", "Recovery jog"), strength.clone()]));
        let read: icalendar::Calendar = text.parse().unwrap();
        let events: Vec<_> = read.components.iter().filter_map(|part| part.as_event()).collect();
        assert_eq!(events.len(), 2);
        assert_eq!(events[1].get_uid(), Some("0f3a-w1-any-1@pacebell"));
        assert_eq!(events[1].get_summary(), Some(strength.title.as_str()));
        assert_eq!(events[1].get_description(), Some(strength.details.join("\n").as_str()));
        assert_eq!(events[1].get_sequence(), Some(3));
        assert_eq!(events[1].property_value("TRANSP"), Some("TRANSPARENT"));
        let monday = "2026-12-07".parse().unwrap();
        assert_eq!(events[1].get_start(), Some(icalendar::DatePerhapsTime::Date(monday)));
    }

    #[test]
    fn a_choice_raises_the_revision_and_keeps_the_id() {
        let mut moved = event("w1-wed-1", "2026-12-09", "Short intervals");
        let before = lines(&text(&plan(vec![moved.clone()])));
        (moved.from, moved.to) = ("2026-12-10".parse().unwrap(), "2026-12-10".parse().unwrap());
        moved.choices = 1;
        let after = lines(&text(&plan(vec![moved.clone()])));
        assert_eq!(value(&before, "UID"), value(&after, "UID"));
        assert_eq!((value(&before, "SEQUENCE"), value(&after, "SEQUENCE")), (vec!["0"], vec!["1"]));
        assert_eq!(value(&after, "DTSTART;VALUE=DATE"), ["20261210"]);
        moved.skipped = true;
        assert_eq!(value(&lines(&text(&plan(vec![moved]))), "STATUS"), ["CANCELLED"]);
    }

    #[test]
    fn a_session_of_any_day_spans_its_week() {
        let mut any = event("w1-any-1", "2026-12-07", "Strength A");
        any.to = "2026-12-13".parse().unwrap();
        let lines = lines(&text(&plan(vec![any])));
        assert_eq!(value(&lines, "DTSTART;VALUE=DATE"), ["20261207"]);
        assert_eq!(value(&lines, "DTEND;VALUE=DATE"), ["20261214"]);
    }
}
