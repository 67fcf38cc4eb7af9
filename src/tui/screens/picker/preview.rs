//! The preview of the marked workout, the most important first: a small window cuts off the rest.

use super::adjust::{AdjustField, AdjustOutcome, Adjustments};
use super::entry::{BrokenFile, EntryContent, EntryOwner, PickerEntry, RunnableWorkout};
use super::outline::outline;
use super::{Picker, PickerMode};
use crate::athlete::Zone;
use crate::display;
use crate::display::chart::{IntensityChart, time_in_zones};
use crate::keymap::{Action, KeyContext};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;
use crate::tui::widgets::text::{Side, after, put, top, width, wrap};
use crate::units::{Millis, clock};
use crate::workout::sequence::Sequence;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns between two fields in a row.
const GAP: u16 = 3;

/// Draws the preview.
pub fn draw(picker: &Picker, buf: &mut Buffer, area: Rect) {
    let mut rest = area;
    let theme = picker.theme;
    let roomy = area.height >= 14;
    let typed = picker.marked_typed();
    if area.is_empty() || (typed.is_none() && picker.entry().is_none()) {
        return;
    }
    if roomy {
        let title = typed.map_or_else(|| picker.entry().map_or("", |entry| &entry.title), |(text, _)| text);
        put(buf, top(&mut rest, 1), &clean(title), Side::Left, theme.strong());
    }
    if let Some(broken) = picker.open().and_then(EntryContent::mistakes) {
        return draw_mistake(broken, buf, rest, theme);
    }
    // Until the adjusted workout is known to run, the preview shows the workout as written.
    let typed = typed.map(|(_, workout)| &**workout);
    let Some(workout) = typed.or_else(|| picker.adjusted_workout()).or_else(|| picker.written()) else {
        return;
    };
    let sequence = &*workout.sequence;
    draw_total(picker.entry(), sequence, buf, top(&mut rest, 1), theme);
    draw_line(workout, buf, &mut rest, theme);
    let most = match roomy {
        true => 3,
        // A warning matters more than the description.
        false => u16::from(rest.height > 3 && sequence.warnings.is_empty()),
    };
    for line in wrap(sequence.about.as_deref().unwrap_or_default(), rest.width, most) {
        put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
    }
    top(&mut rest, u16::from(roomy));
    if let Some(written) = picker.written() {
        draw_fields(picker, written, buf, &mut rest);
    }
    // Bars that touch text make both hard to read.
    let gap = u16::from(roomy || rest.height >= 5);
    top(&mut rest, gap);
    let rows = match rest.height {
        0..3 => 0,
        // The list has a small chart, and a warning needs the room.
        0..8 if !roomy && !sequence.warnings.is_empty() => 0,
        0..6 if !roomy && !sequence.assumptions.is_empty() => 0,
        3..13 => 2,
        13..20 => 4,
        _ => 7,
    };
    let chart = IntensityChart::new(sequence, rest.width);
    bars::draw(buf, top(&mut rest, rows), &chart.bars, |zone| theme.bar(zone));
    // A higher rest begins with a gap of its own.
    let gap = u16::from(rows > 0 && (2..=6).contains(&rest.height));
    top(&mut rest, gap);
    draw_zones(sequence, buf, &mut rest, theme);
    top(&mut rest, u16::from(roomy));
    draw_steps_and_assumptions(sequence, buf, rest, theme);
}

/// Draws the total, and on the right the workout's owner.
fn draw_total(entry: Option<&PickerEntry>, sequence: &Sequence, buf: &mut Buffer, row: Rect, theme: Theme) {
    let owner: &[&str] = match entry.map(|entry| entry.owner) {
        None => &["typed"],
        Some(EntryOwner::BuiltIn) => &["built in"],
        Some(EntryOwner::Mine) => &["mine"],
        Some(EntryOwner::MineOverBuiltIn) => {
            &["mine, replaces the built-in one", "mine, replaces built-in", "mine"]
        }
    };
    let taken = put(buf, row, &display::total_and_steps(sequence), Side::Left, theme.strong());
    let rest = after(row, taken);
    if let Some(owner) = owner.iter().find(|words| width(words) + GAP <= rest.width) {
        put(buf, rest, owner, Side::Right, theme.quiet());
    }
}

/// Draws the workout in one line, wrapped if there is room for two.
fn draw_line(workout: &RunnableWorkout, buf: &mut Buffer, rest: &mut Rect, theme: Theme) {
    let rows = match rest.height {
        0..4 => return,
        4..10 => 1,
        _ => 2,
    };
    // A wrapped line loses a few columns where it breaks.
    let columns = (usize::from(rest.width) * rows).saturating_sub((rows - 1) * 12);
    let line = clean(&workout.line.fit_pieces(columns));
    for line in wrap(&line, rest.width, rows as u16) {
        put(buf, top(rest, 1), &line, Side::Left, theme.strong());
    }
}

/// Draws the first mistake, and the start of the report if there is room.
fn draw_mistake(broken: &BrokenFile, buf: &mut Buffer, mut rest: Rect, theme: Theme) {
    let texts =
        [(broken.first_mistake(), theme.strong()), (broken.help.clone().unwrap_or_default(), Style::new())];
    for (text, style) in texts {
        for line in wrap(&clean(&text), rest.width, 4.min(rest.height)) {
            put(buf, top(&mut rest, 1), &line, Side::Left, style);
        }
    }
    let key = |action| theme.keymap().label(KeyContext::Picking, action);
    let (show, edit) = (key(Action::Choose), key(Action::Edit));
    let keys = match broken.count {
        0 | 1 => format!("{show} for the full report, {edit} to edit."),
        n => format!("{show} for all {n} mistakes, {edit} to edit."),
    };
    if rest.height >= 6 {
        top(&mut rest, 1);
        // The title of the report stands above already; in a low window, its place in the file goes too.
        let skipped = if rest.height < 10 { 3 } else { 1 };
        let shown = usize::from(rest.height) - 2;
        for line in broken.report.iter().skip(skipped).take(shown) {
            put(buf, top(&mut rest, 1), &line.text, Side::Left, theme.quiet());
        }
        top(&mut rest, 1);
    }
    put(buf, rest, &keys, Side::Left, theme.quiet());
}

/// Draws the fields that can be adjusted, and below them a hint about the open one, or what is wrong.
fn draw_fields(picker: &Picker, written: &RunnableWorkout, buf: &mut Buffer, rest: &mut Rect) {
    let theme = picker.theme;
    let untouched = Adjustments::default();
    let adjustments = picker.adjustments().unwrap_or(&untouched);
    let open = match &picker.mode {
        PickerMode::Filling(edit) => Some(edit.field),
        _ => None,
    };
    let fields = AdjustField::all(written);
    let texts: Vec<(String, String)> = fields
        .iter()
        .enumerate()
        .map(|(i, field)| {
            let value = match (adjustments.text(field), open == Some(i)) {
                (text, true) => format!(" {}▏", clean(text)),
                ("", false) => "none".to_string(),
                (text, false) => clean(text),
            };
            let key = theme.keymap().label(KeyContext::Picking, field.action());
            (format!("{key} {} ", clean(field.label())), value)
        })
        .collect();
    let whole: u16 = texts.iter().map(|(label, value)| width(label) + width(value) + GAP).sum();
    let mut row = top(rest, 1);
    // In a single row, the open field comes before what does not fit.
    let first = open.filter(|_| whole > row.width + GAP && rest.height <= 4).unwrap_or(0);
    for (i, (label, value)) in texts.iter().enumerate().skip(first) {
        if width(label) + width(value) > row.width && row.x > rest.x && rest.height > 4 {
            row = top(rest, 1);
        }
        let value_style =
            match (open == Some(i), fields.get(i).is_some_and(|f| adjustments.text(f).is_empty())) {
                (true, _) => theme.loud(),
                (false, true) => theme.quiet(),
                (false, false) => theme.strong(),
            };
        for (text, style) in [(label, theme.quiet()), (value, value_style)] {
            let taken = put(buf, row, text, Side::Left, style);
            row = after(row, taken);
        }
        row = after(row, GAP);
    }
    let (text, style) = match (&adjustments.outcome, open.and_then(|i| fields.get(i))) {
        (AdjustOutcome::Wrong(message), _) => (format!("✗ {}", clean(message)), theme.bar(Zone::new(5))),
        (_, Some(field)) => (clean(&field.hint(theme.keymap())), theme.quiet()),
        (_, None) => return,
    };
    for line in wrap(&text, rest.width, if rest.height > 8 { 3 } else { 1 }) {
        put(buf, top(rest, 1), &line, Side::Left, style);
    }
}

/// Draws the time in each zone: as a line in proportion, if there is room, and in words.
fn draw_zones(sequence: &Sequence, buf: &mut Buffer, rest: &mut Rect, theme: Theme) {
    let zones = time_in_zones(sequence);
    let whole: Millis = zones.iter().map(|(_, time)| *time).sum();
    if rest.height == 0 || !sequence.activity.is_run() {
        return;
    }
    if rest.height > 6 && whole > Millis::ZERO {
        top(rest, 1);
        let line = top(rest, 1);
        let (mut from, mut before) = (line.x, Millis::ZERO);
        for (zone, time) in &zones {
            before += *time;
            let share = before.get() as f64 / whole.get() as f64;
            let to = line.x + (share * f64::from(line.width)).round() as u16;
            let bar = Rect { x: from, width: to.saturating_sub(from), ..line };
            put(buf, bar, &"━".repeat(usize::from(bar.width)), Side::Left, theme.bar(*zone));
            from = to;
        }
    }
    let mut row = top(rest, 1);
    let key = theme.keymap().label(KeyContext::Running, Action::EndStep);
    let open = sequence.totals().open.then(|| (None, format!(" plus until you press {key}")));
    let known = zones.iter().map(|(zone, time)| {
        let word = zone.map_or("by effort", Zone::effort);
        (*zone, format!(" {word} {}", clock(time.as_secs_f64().round() as u64)))
    });
    for (zone, text) in known.chain(open) {
        if 1 + width(&text) > row.width && row.x > rest.x && rest.height > 1 {
            row = top(rest, 1);
        }
        let taken = put(buf, row, "■", Side::Left, theme.bar(zone));
        row = after(row, taken);
        let taken = put(buf, row, &text, Side::Left, Style::new());
        row = after(row, taken + 2);
    }
}

/// Draws the steps, and below them the warnings and assumptions, which get their room first.
fn draw_steps_and_assumptions(sequence: &Sequence, buf: &mut Buffer, rest: Rect, theme: Theme) {
    let rows = match rest.height {
        height if !sequence.warnings.is_empty() => height.clamp(1, (height / 3).max(3)),
        0..6 => 1,
        height => height / 3,
    };
    let mut notes: Vec<String> = Vec::new();
    let warnings = sequence.warnings.iter().map(|w| format!("Warning: {w}"));
    for sentence in warnings.chain(sequence.assumptions.iter().map(|a| format!("Assumed: {a}"))) {
        let room = rows.saturating_sub(notes.len() as u16);
        notes.extend(wrap(&sentence, rest.width, room));
    }
    let gap = u16::from(!notes.is_empty() && rest.height > 8);
    let mut steps = Rect { height: rest.height.saturating_sub(notes.len() as u16 + gap), ..rest };
    let lines = outline(sequence, theme.keymap().label(KeyContext::Running, Action::EndStep));
    let shown = usize::from(steps.height);
    let used = lines.len().min(shown);
    // A single row of several would only be an ellipsis.
    if shown > 1 || lines.len() <= shown {
        for (i, line) in lines.iter().take(shown).enumerate() {
            let more = i + 1 == shown && lines.len() > shown;
            put(buf, top(&mut steps, 1), if more { "…" } else { line }, Side::Left, Style::new());
        }
    }
    let below = used as u16 + gap;
    let mut rest = Rect { y: rest.y + below, height: rest.height.saturating_sub(below), ..rest };
    for line in notes {
        put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
    }
}
