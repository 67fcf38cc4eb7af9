//! The picker on the screen: the frame, the list, and the report on a workout that does not run.

use super::entry::{EntryContent, PickerEntry};
use super::{NameFor, Picker, PickerMode, list, preview};
use crate::keymap::{Action, KeyContext};
use crate::text::clean;
use crate::tui::screens::page::Page;
use crate::tui::widgets::key_hints::{hints, hints_with_choice};
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text::{Side, after, beside, bottom, inset, put, top, width};
use crate::tui::widgets::typed_line::TypedLine;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The least width at which the list and the preview stand side by side.
const SIDE_BY_SIDE: u16 = 88;
/// The least width at which the list has room for each workout in one line.
const WIDE: u16 = 138;
/// The least height that has room for the offer of a check-in.
const CHECKIN_HEIGHT: u16 = 16;
/// The rows around a report: its heading, a blank row and the keys.
const AROUND_REPORT: u16 = 3;

/// The lines of a report that fit an area.
pub fn report_rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(AROUND_REPORT)).max(1)
}

/// Draws the picker over the whole screen.
pub fn draw(picker: &Picker, buf: &mut Buffer) {
    picker.area.set(buf.area);
    if picker.help.draw(buf, picker.theme) {
        return;
    }
    let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
    if let (PickerMode::Mistakes(scroll), Some(entry)) = (&picker.mode, picker.entry()) {
        return draw_report(picker, buf, rest, entry, *scroll);
    }
    if rest.height >= 6 {
        draw_frame(picker, buf, &mut rest);
    }
    if rest.width >= SIDE_BY_SIDE && rest.height >= 6 {
        let columns = if rest.width >= WIDE { rest.width / 2 } else { rest.width * 9 / 20 };
        list::draw(picker, buf, Rect { width: columns, ..rest });
        preview::draw(picker, buf, after(rest, columns + 3));
    } else {
        let rows = match picker.mode {
            _ if rest.height >= 8 => rest.height * 3 / 5,
            // A field that is being filled in is in sight even in the lowest window.
            PickerMode::Filling(_) => rest.height,
            _ => 0,
        };
        let mut below = bottom(&mut rest, rows);
        top(&mut below, 1);
        list::draw(picker, buf, rest);
        preview::draw(picker, buf, below);
    }
}

fn draw_frame(picker: &Picker, buf: &mut Buffer, rest: &mut Rect) {
    let theme = picker.theme;
    let mut head = top(rest, 1);
    if head.width > 30 {
        let count = picker.rows();
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
        PickerMode::Naming(reason, line) => Some((reason, line)),
        _ => None,
    };
    if let Some((reason, line)) = naming {
        let label = match reason {
            NameFor::New => "Name of the new workout: ",
            NameFor::Copy(_) => "Name of the copy: ",
            NameFor::Rename(_) => "New name: ",
        };
        let line = TypedLine { label, text: line.text(), has_cursor: true };
        line.draw(buf, bottom(rest, 1), theme);
    }
    let offer = unfinished_line(picker, rest.width).filter(|_| naming.is_none());
    let shown = picker.message.as_deref().or(offer.as_deref());
    message::draw(buf, rest, shown, 3, theme);
    if let Some(line) = checkin_line(picker, rest).filter(|_| shown.is_none()) {
        put(buf, bottom(rest, 1), &line, Side::Left, theme.quiet());
    }
    if rest.height > 10 {
        top(rest, 1);
        if picker.message.is_none() && naming.is_none() {
            bottom(rest, 1);
        }
    }
}

/// The line about the unfinished session, with the key that leads to it, as long as fits into `columns`.
fn unfinished_line(picker: &Picker, columns: u16) -> Option<String> {
    let offer = picker.unfinished.as_ref().filter(|_| matches!(picker.mode, PickerMode::Choosing))?;
    let key = picker.theme.keymap().label(KeyContext::Picking, Action::Resume);
    let session = offer.line();
    let full = format!("{session}: {key} resumes, logs or discards it");
    if width(&full) <= columns {
        return Some(full);
    }
    // The key is never cut off: the name of the workout makes room for it.
    let (without_name, key) = (offer.line_without_name(), format!(": {key} resumes"));
    let forms = [format!("{session}{key}"), format!("{without_name}{key}")];
    let last = format!("unfinished{key}");
    Some(forms.into_iter().find(|form| width(form) <= columns).unwrap_or(last))
}

/// The line that offers a check-in, if there is room for it.
fn checkin_line(picker: &Picker, area: &Rect) -> Option<String> {
    let key = picker.theme.keymap().label(KeyContext::Picking, Action::Checkin);
    let is_shown = picker.offers_checkin && matches!(picker.mode, PickerMode::Choosing) && !key.is_empty();
    (is_shown && area.height >= CHECKIN_HEIGHT).then(|| format!("How are you? {key} answers in ten seconds."))
}

/// The key hints. On a workout that does not run, Enter shows why.
fn key_hints(picker: &Picker, columns: u16) -> String {
    let context = picker.context();
    let in_list = matches!(context, KeyContext::Picking | KeyContext::Searching);
    if in_list && picker.entry().is_some_and(PickerEntry::is_broken) {
        return hints_with_choice(picker.theme.keymap(), context, "show mistakes", columns);
    }
    hints(picker.theme.keymap(), context, columns)
}

/// Draws the report on a workout that does not run.
fn draw_report(
    picker: &Picker,
    buf: &mut Buffer,
    mut rest: Rect,
    entry: &PickerEntry,
    scroll: ScrollPosition,
) {
    let theme = picker.theme;
    let Some(broken) = picker.open().and_then(EntryContent::mistakes) else { return };
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
    let more = scroll.more_hint(view, theme.keymap(), KeyContext::Mistakes);
    let keys = hints(theme.keymap(), KeyContext::Mistakes, foot.width);
    put(buf, foot, &format!("{more}{keys}"), Side::Left, theme.quiet());
}
