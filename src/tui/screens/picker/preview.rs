//! What the marked workout holds, most important first: a small window cuts off the rest.

use super::adjust::{AdjustField, Adjustments, Outcome};
use super::entry::{BrokenFile, EntryOwner, PickerEntry, RunHistory};
use super::outline::outline;
use super::{Picker, PickerMode};
use crate::display;
use crate::display::chart::{IntensityChart, split};
use crate::display::zone_word;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{Side, put, top, width, wrap};
use crate::units::{Millis, clock};
use crate::workout::sequence::Sequence;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Between two fields in a row.
const GAP: u16 = 3;

/// Draws it.
pub fn draw(picker: &Picker, buf: &mut Buffer, area: Rect) {
    let Some(entry) = picker.entry().filter(|_| !area.is_empty()) else {
        return;
    };
    let mut rest = area;
    let theme = picker.theme;
    let roomy = area.height >= 14;
    if roomy {
        let title = entry.runs().map_or(entry.name.as_str(), |r| &r.sequence.name);
        put(buf, top(&mut rest, 1), &clean(title), Side::Left, theme.strong());
    }
    if let Some(broken) = entry.broken() {
        return mistake(broken, buf, rest, theme);
    }
    // While a change is in doubt or wrong, what is shown is the workout as it is written.
    let Some(runs) = picker.runs().or_else(|| entry.runs()) else {
        return;
    };
    total(picker, entry, runs, buf, top(&mut rest, 1));
    let sequence = &*runs.sequence;
    let most = if roomy { 3 } else { u16::from(rest.height > 3) };
    for line in wrap(sequence.about.as_deref().unwrap_or_default(), rest.width, most) {
        put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
    }
    top(&mut rest, u16::from(roomy));
    if let Some(written) = entry.runs() {
        fields(picker, written, buf, &mut rest);
    }
    top(&mut rest, u16::from(roomy));
    let rows = match rest.height {
        0..3 => 0,
        3..13 => 2,
        13..20 => 4,
        _ => 7,
    };
    profile(sequence, buf, top(&mut rest, rows), theme);
    zones(sequence, buf, &mut rest, theme);
    top(&mut rest, u16::from(roomy));
    steps_and_assumptions(sequence, buf, rest, theme);
}

/// The total, and whose workout it is.
fn total(picker: &Picker, entry: &PickerEntry, runs: &RunHistory, buf: &mut Buffer, row: Rect) {
    let whose: &[&str] = match entry.whose {
        EntryOwner::BuiltIn => &["built in"],
        EntryOwner::Mine => &["mine"],
        EntryOwner::Instead => &["mine, instead of the built-in one", "mine, not the built-in", "mine"],
    };
    let total = display::total_and_steps(&runs.sequence);
    let taken = put(buf, row, &total, Side::Left, picker.theme.strong());
    let left = Rect { x: row.x + taken, width: row.width - taken, ..row };
    if let Some(whose) = whose.iter().find(|w| width(w) + GAP <= left.width) {
        put(buf, left, whose, Side::Right, picker.theme.quiet());
    }
}

/// The first mistake in words; where there is room the lines of the file as well.
fn mistake(broken: &BrokenFile, buf: &mut Buffer, mut rest: Rect, theme: Theme) {
    let first = [(broken.first(), theme.strong()), (broken.help.clone().unwrap_or_default(), Style::new())];
    for (text, style) in first {
        for line in wrap(&clean(&text), rest.width, 4.min(rest.height)) {
            put(buf, top(&mut rest, 1), &line, Side::Left, style);
        }
    }
    let keys = match broken.count {
        0 | 1 => "Enter shows it larger, e edits it.".to_string(),
        n => format!("Enter shows all {n} mistakes, e edits them."),
    };
    if rest.height >= 6 {
        top(&mut rest, 1);
        // The message stands above already; in little room so does the line's number.
        let known = if rest.height < 10 { 3 } else { 1 };
        let shown = usize::from(rest.height) - 2;
        for line in broken.report.iter().skip(known).take(shown) {
            put(buf, top(&mut rest, 1), line, Side::Left, theme.quiet());
        }
        top(&mut rest, 1);
    }
    put(buf, rest, &keys, Side::Left, theme.quiet());
}

/// What can be changed, one beside the other as long as there is room; below the open one what may be in it.
fn fields(picker: &Picker, written: &RunHistory, buf: &mut Buffer, rest: &mut Rect) {
    let theme = picker.theme;
    let untouched = Adjustments::default();
    let adjusted = picker.adjusted().unwrap_or(&untouched);
    let open = match &picker.mode {
        PickerMode::Filling(filling) => Some(filling.field),
        _ => None,
    };
    let all = AdjustField::all(written);
    let mut row = top(rest, 1);
    for (i, field) in all.iter().enumerate() {
        let is_open = open == Some(i);
        let value = match (adjusted.text(field), is_open) {
            (text, true) => format!(" {}▏", clean(text)),
            ("", false) => "none".to_string(),
            (text, false) => clean(text),
        };
        let label = format!("{} {} ", field.key(), clean(field.label()));
        if width(&label) + width(&value) > row.width && row.x > rest.x && rest.height > 4 {
            row = top(rest, 1);
        }
        let value_style = match is_open {
            true => theme.loud(),
            false if adjusted.text(field).is_empty() => theme.quiet(),
            false => theme.strong(),
        };
        for (text, style) in [(&label, theme.quiet()), (&value, value_style)] {
            let taken = put(buf, row, text, Side::Left, style);
            row = Rect { x: row.x + taken, width: row.width - taken, ..row };
        }
        let gap = GAP.min(row.width);
        row = Rect { x: row.x + gap, width: row.width - gap, ..row };
    }
    let wrong = match &adjusted.outcome {
        Outcome::Wrong(why) => Some(why),
        _ => None,
    };
    let (text, style) = match (wrong, open.and_then(|i| all.get(i))) {
        (Some(why), _) => (format!("✗ {}", clean(why)), theme.bar(Some(5))),
        (None, Some(field)) => (clean(&field.hint()), theme.quiet()),
        (None, None) => return,
    };
    for line in wrap(&text, rest.width, if rest.height > 8 { 3 } else { 1 }) {
        put(buf, top(rest, 1), &line, Side::Left, style);
    }
}

fn profile(sequence: &Sequence, buf: &mut Buffer, area: Rect, theme: Theme) {
    let profile = IntensityChart::new(sequence, area.width);
    for (column, bar) in (0..area.width).zip(&profile.bars) {
        for row in 0..area.height {
            if let Some(cell) = buf.cell_mut((area.x + column, area.bottom() - 1 - row)) {
                cell.set_char(bar.block(row, area.height)).set_style(theme.bar(bar.zone));
            }
        }
    }
}

/// How long it stays in each zone: a line as long as the times, where there is room, and the times.
fn zones(sequence: &Sequence, buf: &mut Buffer, rest: &mut Rect, theme: Theme) {
    let split = split(sequence);
    let whole: Millis = split.iter().map(|(_, time)| *time).sum();
    if rest.height == 0 {
        return;
    }
    if rest.height > 6 && whole > Millis::ZERO {
        top(rest, 1);
        let line = top(rest, 1);
        let (mut from, mut before) = (line.x, Millis::ZERO);
        for (zone, time) in &split {
            before += *time;
            let share = before.get() as f64 / whole.get() as f64;
            let to = line.x + (share * f64::from(line.width)).round() as u16;
            let bar = Rect { x: from, width: to.saturating_sub(from), ..line };
            put(buf, bar, &"━".repeat(usize::from(bar.width)), Side::Left, theme.bar(*zone));
            from = to;
        }
    }
    let mut row = top(rest, 1);
    let open = sequence.totals().open.then(|| (None, "■ and until you press Enter".to_string()));
    let known = split.iter().map(|(zone, time)| {
        let word = zone.map_or("by effort", zone_word);
        (*zone, format!("■ {word} {}", clock(time.as_secs_f64().round() as u64)))
    });
    for (zone, text) in known.chain(open) {
        if width(&text) > row.width && row.x > rest.x && rest.height > 1 {
            row = top(rest, 1);
        }
        let sign = put(buf, row, "■", Side::Left, theme.bar(zone));
        let after = Rect { x: row.x + sign, width: row.width - sign, ..row };
        let taken = sign + put(buf, after, text.trim_start_matches('■'), Side::Left, Style::new());
        let taken = (taken + 2).min(row.width);
        row = Rect { x: row.x + taken, width: row.width - taken, ..row };
    }
}

/// The steps, and below them what looks wrong and what was assumed, which have the first call on room.
fn steps_and_assumptions(sequence: &Sequence, buf: &mut Buffer, rest: Rect, theme: Theme) {
    let rows = match rest.height {
        0..6 => 1,
        height => height / 3,
    };
    let mut assumed: Vec<String> = Vec::new();
    let warnings = sequence.warnings.iter().map(|w| format!("Warning: {w}"));
    for sentence in warnings.chain(sequence.assumptions.iter().map(|a| format!("Assumed: {a}"))) {
        let room = rows.saturating_sub(assumed.len() as u16);
        assumed.extend(wrap(&sentence, rest.width, room));
    }
    let gap = u16::from(!assumed.is_empty() && rest.height > 8);
    let mut steps = Rect { height: rest.height.saturating_sub(assumed.len() as u16 + gap), ..rest };
    let lines = outline(sequence);
    let shown = usize::from(steps.height);
    let used = lines.len().min(shown);
    // A mere ellipsis says nothing.
    if shown > 1 || lines.len() <= shown {
        for (i, line) in lines.iter().take(shown).enumerate() {
            let more = i + 1 == shown && lines.len() > shown;
            put(buf, top(&mut steps, 1), if more { "…" } else { line }, Side::Left, Style::new());
        }
    }
    let below = used as u16 + gap;
    let mut rest = Rect { y: rest.y + below, height: rest.height.saturating_sub(below), ..rest };
    for line in assumed {
        put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
    }
}
