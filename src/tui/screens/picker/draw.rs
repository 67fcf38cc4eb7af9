//! The picker's frame, its list, and what is wrong with a workout.

use super::entry::{EntryContent, EntryOwner, PickerEntry};
use super::results::{PickerSection, SearchResults};
use super::{Picker, PickerMode, preview};
use crate::keymap::KeyContext;
use crate::text::clean;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// From this width on the list and the chosen workout stand side by side.
const SIDE_BY_SIDE: u16 = 76;
/// The rows around a report: its heading, a blank one, the keys.
const AROUND: u16 = 3;

/// How many lines of a report fit an area.
pub fn rows_of_report(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(AROUND)).max(1)
}

/// A row of the list.
enum PickerRow<'a> {
    Heading(PickerSection),
    Blank,
    Workout(usize, &'a SearchResults),
}

impl Picker {
    /// Draws it over the whole screen.
    pub fn draw(&mut self, buf: &mut Buffer) {
        self.area = buf.area;
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        if let PickerMode::Help(help) = &self.mode {
            return help.draw(buf, buf.area, "", self.theme);
        }
        if let (PickerMode::Mistakes(first), Some(entry)) = (&self.mode, self.entry()) {
            return self.mistakes(buf, rest, entry, *first);
        }
        if rest.height >= 6 {
            self.frame(buf, &mut rest);
        }
        if rest.width >= SIDE_BY_SIDE && rest.height >= 6 {
            let list = Rect { width: rest.width * 2 / 5, ..rest };
            let about = Rect { x: list.right() + 3, width: rest.width - list.width - 3, ..rest };
            self.list_on(buf, list);
            preview::draw(self, buf, about);
        } else {
            let rows = match self.mode {
                _ if rest.height >= 8 => rest.height * 3 / 5,
                // What is being filled in is in sight however low the window is.
                PickerMode::Filling(_) => rest.height,
                _ => 0,
            };
            let mut about = bottom(&mut rest, rows);
            top(&mut about, 1);
            self.list_on(buf, rest);
            preview::draw(self, buf, about);
        }
    }

    fn frame(&self, buf: &mut Buffer, rest: &mut Rect) {
        let mut head = top(rest, 1);
        let of = if self.query.is_blank() { "" } else { " found" };
        let count = format!("{} of {}{of}", (self.marked + 1).min(self.listed.len()), self.listed.len());
        if head.width > 30 {
            let taken = put(buf, head, &count, Side::Right, self.theme.quiet());
            beside(&mut head, taken + 1);
        }
        let searching = matches!(self.mode, PickerMode::Searching);
        if searching || !self.query.is_blank() {
            self.typed(buf, head, ("/ ", self.query.text()), searching);
        } else {
            put(buf, head, "Choose a workout", Side::Left, self.theme.strong());
        }
        let foot = bottom(rest, 1);
        put(buf, foot, &self.hints(foot.width), Side::Left, self.theme.quiet());
        self.said(buf, rest);
        if rest.height > 10 {
            top(rest, 1);
            if self.message.is_none() && !matches!(self.mode, PickerMode::Naming(_)) {
                bottom(rest, 1);
            }
        }
    }

    /// The keys: of a workout that cannot run, what Enter does instead.
    fn hints(&self, columns: u16) -> String {
        let context = self.context();
        let broken = matches!(context, KeyContext::Picking | KeyContext::Searching)
            && self.entry().is_some_and(|e| e.broken().is_some());
        hints(context, if broken { "what is wrong" } else { "" }, columns)
    }

    /// What there is to say, and the name of a new workout, above the keys.
    fn said(&self, buf: &mut Buffer, rest: &mut Rect) {
        if let PickerMode::Naming(line) = &self.mode {
            let row = bottom(rest, 1);
            self.typed(buf, row, ("Name of the new workout: ", line.text()), true);
        }
        let message = self.message.as_deref().map(clean).unwrap_or_default();
        let lines = wrap(&message, rest.width, 3);
        let mut rows = bottom(rest, lines.len() as u16);
        for line in lines {
            put(buf, top(&mut rows, 1), &line, Side::Left, self.theme.strong());
        }
    }

    /// A line that is typed, with a cursor; where it is too long its end is seen.
    fn typed(&self, buf: &mut Buffer, area: Rect, (label, text): (&str, &str), cursor: bool) {
        let taken = put(buf, area, label, Side::Left, self.theme.quiet());
        let rest = Rect { x: area.x + taken, width: area.width.saturating_sub(taken), ..area };
        let room = rest.width.saturating_sub(1);
        let mut seen = text;
        while width(seen) > room {
            let mut characters = seen.chars();
            characters.next();
            seen = characters.as_str();
        }
        let taken = put(buf, rest, seen, Side::Left, self.theme.strong());
        if cursor {
            let at = Rect { x: rest.x + taken, width: rest.width.saturating_sub(taken), ..rest };
            put(buf, at, "▏", Side::Left, self.theme.strong());
        }
    }

    fn list_on(&self, buf: &mut Buffer, area: Rect) {
        if self.listed.is_empty() {
            let nothing = match self.query.is_blank() {
                true => "There is no workout yet: n starts one.",
                false => "Nothing is called like that.",
            };
            let mut rest = area;
            for line in wrap(nothing, area.width, area.height) {
                put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.quiet());
            }
            return;
        }
        let rows = self.rows(area.height > 14);
        let at =
            rows.iter().position(|r| matches!(r, PickerRow::Workout(i, _) if *i == self.marked)).unwrap_or(0);
        let shown = usize::from(area.height).max(1);
        // The mark stays in the middle where the list is longer than the window.
        let first = at.saturating_sub(shown / 2).min(rows.len().saturating_sub(shown));
        let mut rest = area;
        for row in rows.iter().skip(first).take(shown) {
            let line = top(&mut rest, 1);
            match row {
                PickerRow::Heading(section) => {
                    put(buf, line, section.heading(), Side::Left, self.theme.quiet());
                }
                PickerRow::Blank => {}
                PickerRow::Workout(i, listed) => self.workout(buf, line, listed, *i == self.marked),
            }
        }
    }

    fn rows(&self, roomy: bool) -> Vec<PickerRow<'_>> {
        let mut rows = Vec::new();
        let mut section = PickerSection::Found;
        for (i, listed) in self.listed.iter().enumerate() {
            if listed.section != section {
                section = listed.section;
                if roomy && !rows.is_empty() {
                    rows.push(PickerRow::Blank);
                }
                rows.push(PickerRow::Heading(section));
            }
            rows.push(PickerRow::Workout(i, listed));
        }
        rows
    }

    fn workout(&self, buf: &mut Buffer, line: Rect, listed: &SearchResults, marked: bool) {
        let Some(entry) = self.entries.get(listed.entry) else { return };
        let style = if marked { self.theme.loud() } else { Style::new() };
        buf.set_style(line.intersection(buf.area), style);
        let mut inner = inset(line, 1);
        let name = clean(&entry.name);
        let room = inner.width.saturating_sub(width(&name) + 2);
        let (side, side_style) = match &entry.content {
            EntryContent::Unread => ("…".to_string(), style),
            EntryContent::Runs(runs) => (runs.total.clone(), style),
            EntryContent::Broken(broken) => {
                let what = format!("✗ {}", clean(&broken.first()));
                (what, if marked { style } else { self.theme.bar(Some(5)) })
            }
        };
        // A long name leaves room for the total, a long mistake leaves room for the name.
        let most = if entry.broken().is_some() { room.max(12) } else { inner.width };
        let aside = Rect { x: inner.right() - most.min(inner.width), width: most.min(inner.width), ..inner };
        let taken = put(buf, aside, &side, Side::Right, side_style);
        beside(&mut inner, taken + 2);
        let whose: &[&str] = match (entry.whose, listed.section) {
            (EntryOwner::Instead, _) => &["mine, not the built-in", "not built in", "mine"],
            (EntryOwner::Mine, PickerSection::Recent | PickerSection::Found) => &["mine"],
            _ => &[],
        };
        let taken = put(buf, inner, &name, Side::Left, style);
        if !marked {
            self.underline(buf, inner, &name, &listed.hits);
        }
        let after = Rect { x: inner.x + taken + 2, width: inner.width.saturating_sub(taken + 2), ..inner };
        if let Some(whose) = whose.iter().find(|w| width(w) <= after.width) {
            put(buf, after, whose, Side::Left, if marked { style } else { self.theme.quiet() });
        }
    }

    /// Underlines what a search hit.
    fn underline(&self, buf: &mut Buffer, area: Rect, name: &str, hits: &[u32]) {
        let mut x = area.x;
        for (i, c) in name.chars().enumerate() {
            let wide = width(c.encode_utf8(&mut [0; 4]));
            if x + wide > area.right() {
                return;
            }
            if hits.binary_search(&(i as u32)).is_ok() {
                let style = self.theme.strong().add_modifier(Modifier::UNDERLINED);
                buf.set_style(Rect { x, width: wide, ..area }.intersection(buf.area), style);
            }
            x += wide;
        }
    }

    /// What is wrong with a workout, as lines to read.
    fn mistakes(&self, buf: &mut Buffer, mut rest: Rect, entry: &PickerEntry, first: usize) {
        let Some(broken) = entry.broken() else { return };
        let head = top(&mut rest, 1);
        let count = match broken.count {
            1 => "1 mistake".to_string(),
            n => format!("{n} mistakes"),
        };
        put(buf, head, &format!("{}: {count}", clean(&entry.name)), Side::Left, self.theme.strong());
        let foot = bottom(&mut rest, 1);
        top(&mut rest, 1);
        let shown = usize::from(rest.height);
        let first = first.min(broken.report.len().saturating_sub(shown));
        for line in broken.report.iter().skip(first).take(shown) {
            let style = match line.split_once(':') {
                Some(("error" | "warning", _)) => self.theme.strong(),
                _ => Style::new(),
            };
            put(buf, top(&mut rest, 1), line, Side::Left, style);
        }
        let below = broken.report.len().saturating_sub(first + shown);
        let more = match (first, below) {
            (0, 0) => "",
            (_, 0) => "↑ more   ",
            _ => "↓ more   ",
        };
        let hints = format!("{more}{}", hints(KeyContext::Mistakes, "", foot.width));
        put(buf, foot, &hints, Side::Left, self.theme.quiet());
    }
}
