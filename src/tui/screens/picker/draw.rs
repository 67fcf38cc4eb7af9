//! The picker on the screen: the frame, the list, and the report on a workout that does not run.

use super::entry::{EntryContent, EntryOwner, PickerEntry};
use super::results::{ListedWorkout, PickerSection};
use super::{Picker, PickerMode, preview};
use crate::athlete::Zone;
use crate::keymap::KeyContext;
use crate::text::clean;
use crate::tui::screens::page::Page;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::{hints, hints_with_choice};
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text::{Side, after, beside, bottom, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The least width at which the list and the preview stand side by side.
const SIDE_BY_SIDE: u16 = 76;
/// The rows around a report: its heading, a blank row and the keys.
const AROUND_REPORT: u16 = 3;

/// The fewest columns for a workout in one line.
const LINE_COLUMNS: u16 = 24;

/// The lines of a report that fit an area.
pub fn report_rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(AROUND_REPORT)).max(1)
}

/// A row of the list.
enum PickerRow<'a> {
    Heading(PickerSection),
    Blank,
    /// A workout, by its line in the list.
    Workout(usize, &'a ListedWorkout),
}

/// Draws the picker over the whole screen.
pub fn draw(picker: &Picker, buf: &mut Buffer) {
    picker.area.set(buf.area);
    if picker.help.draw(buf, picker.theme) {
        return;
    }
    let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
    if let (PickerMode::Mistakes(scroll), Some(entry)) = (&picker.mode, picker.entry()) {
        return draw_report(buf, rest, entry, *scroll, picker.theme);
    }
    if rest.height >= 6 {
        draw_frame(picker, buf, &mut rest);
    }
    if rest.width >= SIDE_BY_SIDE && rest.height >= 6 {
        let list = Rect { width: rest.width * 2 / 5, ..rest };
        draw_list(picker, buf, list);
        preview::draw(picker, buf, after(rest, list.width + 3));
    } else {
        let rows = match picker.mode {
            _ if rest.height >= 8 => rest.height * 3 / 5,
            // A field that is being filled in is in sight even in the lowest window.
            PickerMode::Filling(_) => rest.height,
            _ => 0,
        };
        let mut below = bottom(&mut rest, rows);
        top(&mut below, 1);
        draw_list(picker, buf, rest);
        preview::draw(picker, buf, below);
    }
}

fn draw_frame(picker: &Picker, buf: &mut Buffer, rest: &mut Rect) {
    let theme = picker.theme;
    let mut head = top(rest, 1);
    if head.width > 30 {
        let count = picker.listed.len();
        let number = (picker.cursor.index() + 1).min(count);
        let found = if picker.query.is_blank() { "" } else { " found" };
        let taken = put(buf, head, &format!("{number} of {count}{found}"), Side::Right, theme.quiet());
        beside(&mut head, taken + 1);
    }
    let searching = matches!(picker.mode, PickerMode::Searching);
    if searching || !picker.query.is_blank() {
        let line = TypedLine { label: "/ ", text: picker.query.text(), has_cursor: searching };
        line.draw(buf, head, theme);
    } else {
        put(buf, head, "Choose a workout", Side::Left, theme.strong());
    }
    let foot = bottom(rest, 1);
    put(buf, foot, &key_hints(picker, foot.width), Side::Left, theme.quiet());
    let naming = match &picker.mode {
        PickerMode::Naming(line) => Some(line),
        _ => None,
    };
    if let Some(line) = naming {
        let line = TypedLine { label: "Name of the new workout: ", text: line.text(), has_cursor: true };
        line.draw(buf, bottom(rest, 1), theme);
    }
    message::draw(buf, rest, picker.message.as_deref(), 3, theme);
    if rest.height > 10 {
        top(rest, 1);
        if picker.message.is_none() && naming.is_none() {
            bottom(rest, 1);
        }
    }
}

/// The key hints. On a workout that does not run, Enter shows why.
fn key_hints(picker: &Picker, columns: u16) -> String {
    let context = picker.context();
    let in_list = matches!(context, KeyContext::Picking | KeyContext::Searching);
    if in_list && picker.entry().is_some_and(|e| e.broken().is_some()) {
        return hints_with_choice(picker.theme.keymap(), context, "show mistakes", columns);
    }
    hints(picker.theme.keymap(), context, columns)
}

/// A line that is being typed.
struct TypedLine<'a> {
    label: &'a str,
    text: &'a str,
    has_cursor: bool,
}

impl TypedLine<'_> {
    /// Draws the line, and if it is too long, its end.
    fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let taken = put(buf, area, self.label, Side::Left, theme.quiet());
        let rest = after(area, taken);
        let room = rest.width.saturating_sub(1);
        let mut seen = self.text;
        while width(seen) > room {
            let mut characters = seen.chars();
            characters.next();
            seen = characters.as_str();
        }
        let taken = put(buf, rest, seen, Side::Left, theme.strong());
        if self.has_cursor {
            put(buf, after(rest, taken), "▏", Side::Left, theme.strong());
        }
    }
}

fn draw_list(picker: &Picker, buf: &mut Buffer, area: Rect) {
    let mut rest = area;
    if picker.listed.is_empty() {
        let text = match picker.query.is_blank() {
            true => "No workouts yet. Press n to create one.",
            false => "No matches.",
        };
        for line in wrap(text, area.width, area.height) {
            put(buf, top(&mut rest, 1), &line, Side::Left, picker.theme.quiet());
        }
        return;
    }
    let rows = rows(picker, area.height > 14);
    let marked = picker.cursor.index();
    let at = rows.iter().position(|r| matches!(r, PickerRow::Workout(i, _) if *i == marked));
    let view = Viewport { rows: rows.len(), shown: usize::from(area.height).max(1) };
    for row in rows.get(view.around(at.unwrap_or(0))).unwrap_or_default() {
        let line = top(&mut rest, 1);
        match row {
            PickerRow::Heading(section) => {
                put(buf, line, section.heading(), Side::Left, picker.theme.quiet());
            }
            PickerRow::Blank => {}
            PickerRow::Workout(i, listed) => draw_workout(picker, buf, line, listed, *i == marked),
        }
    }
}

fn rows(picker: &Picker, roomy: bool) -> Vec<PickerRow<'_>> {
    let mut rows = Vec::new();
    let mut section = PickerSection::Found;
    for (i, listed) in picker.listed.iter().enumerate() {
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

fn draw_workout(picker: &Picker, buf: &mut Buffer, line: Rect, listed: &ListedWorkout, marked: bool) {
    let Some(entry) = picker.entries.get(listed.entry) else { return };
    let theme = picker.theme;
    let style = if marked { theme.loud() } else { Style::new() };
    buf.set_style(line.intersection(buf.area), style);
    let mut inner = inset(line, 1);
    let name = clean(&entry.name);
    let (side, side_style) = match &entry.content {
        EntryContent::Unread => ("…".to_string(), style),
        EntryContent::Runs(workout) => (workout.total.clone(), style),
        EntryContent::Broken(broken) => {
            let mistake = format!("✗ {}", clean(&broken.first_mistake()));
            (mistake, if marked { style } else { theme.bar(Zone::new(5)) })
        }
    };
    // The total always fits; a mistake leaves room for the name, or takes 12 columns.
    let room = inner.width.saturating_sub(width(&name) + 2);
    let most = if entry.broken().is_some() { room.max(12).min(inner.width) } else { inner.width };
    let right = Rect { x: inner.right() - most, width: most, ..inner };
    let taken = put(buf, right, &side, Side::Right, side_style);
    beside(&mut inner, taken + 2);
    let taken = put(buf, inner, &name, Side::Left, style);
    if !marked {
        underline(buf, inner, &name, &listed.hits, theme);
    }
    let rest = after(inner, taken + 2);
    let owner = owner_words(entry.owner, listed.section);
    let quiet = if marked { style } else { theme.quiet() };
    let owner = owner.iter().find(|words| width(words) <= rest.width);
    let taken = owner.map_or(0, |owner| put(buf, rest, owner, Side::Left, quiet) + 2);
    let rest = after(rest, taken);
    if let (Some(workout), true) = (entry.workout(), rest.width >= LINE_COLUMNS) {
        put(buf, rest, &clean(&workout.line.fit_pieces(rest.width.into())), Side::Left, quiet);
    }
}

/// The words for a workout's owner, longest first. The headings of the list say the rest.
fn owner_words(owner: EntryOwner, section: PickerSection) -> &'static [&'static str] {
    match (owner, section) {
        (EntryOwner::MineOverBuiltIn, _) => {
            &["mine, replaces built-in", "replaces built-in", "not built-in", "mine"]
        }
        (EntryOwner::Mine, PickerSection::Recent | PickerSection::Found) => &["mine"],
        _ => &[],
    }
}

/// Underlines the characters that a search hit.
fn underline(buf: &mut Buffer, area: Rect, name: &str, hits: &[u32], theme: Theme) {
    let mut x = area.x;
    for (i, c) in name.chars().enumerate() {
        let columns = width(c.encode_utf8(&mut [0; 4]));
        if x + columns > area.right() {
            return;
        }
        if hits.binary_search(&(i as u32)).is_ok() {
            let style = theme.strong().add_modifier(Modifier::UNDERLINED);
            buf.set_style(Rect { x, width: columns, ..area }.intersection(buf.area), style);
        }
        x += columns;
    }
}

/// Draws the report on a workout that does not run.
fn draw_report(buf: &mut Buffer, mut rest: Rect, entry: &PickerEntry, scroll: ScrollPosition, theme: Theme) {
    let Some(broken) = entry.broken() else { return };
    let head = top(&mut rest, 1);
    let count = match broken.count {
        1 => "1 mistake".to_string(),
        n => format!("{n} mistakes"),
    };
    put(buf, head, &format!("{}: {count}", clean(&entry.name)), Side::Left, theme.strong());
    let foot = bottom(&mut rest, 1);
    top(&mut rest, 1);
    let view = Viewport { rows: broken.report.len(), shown: usize::from(rest.height) };
    for line in broken.report.get(scroll.visible(view)).unwrap_or_default() {
        let style = if line.is_title { theme.strong() } else { Style::new() };
        put(buf, top(&mut rest, 1), &line.text, Side::Left, style);
    }
    let keys = hints(theme.keymap(), KeyContext::Mistakes, foot.width);
    put(buf, foot, &format!("{}{keys}", scroll.more_hint(view)), Side::Left, theme.quiet());
}
