//! What comes next: its number and whether it is faster, large enough to be read from the belt.

use super::labels;
use super::{RunningScene, band};
use crate::display;
use crate::session::SessionPlace;
use crate::tui::widgets::large_text::{large, stack};
use crate::tui::widgets::letters;
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, beside, bottom, inset, put, top};
use crate::workout::sequence::PlannedStep;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Below this many columns the words stand below the number, where there is height for both.
const NARROW: u16 = 70;
/// Below this many columns a row says no more than the number, or the direction, and the words.
const NAMED: u16 = 33;

/// What band this is.
const NEXT: &str = "next";

/// What there is to say of a step to come.
struct NextStep {
    /// The zone: `Z5`.
    tag: String,
    /// The sign for where it leads, with the belt's number: `▲ 14.0`; without one in words: `▲ faster`.
    key: String,
    /// The direction in words.
    change: &'static str,
    title: String,
    length: String,
    number: Option<String>,
}

/// What there is to say of it; where letters are large, in so many columns of them.
fn coming(scene: &RunningScene<'_>, step: &PlannedStep, columns: Option<u16>) -> NextStep {
    let view = scene.view;
    let rails = view.next_on_rails && view.sequence.show_pace;
    let number = view.next_setting.filter(|s| view.sequence.show_pace && s.number > 0.0);
    let number = number.map(|s| view.treadmill.belt.text(s.number));
    let change = view.next_signal.map_or("", labels::change);
    let sign = change.split(' ').next().unwrap_or_default();
    let too_long = |columns| letters::size(step.title(), 1).is_none_or(|(width, _)| width > columns);
    let title = match columns.is_some_and(too_long) {
        _ if rails => labels::ON_RAILS,
        true => &step.target.words,
        false => step.title(),
    };
    // What is no more than the number itself is not said twice.
    let unit = view.treadmill.belt.unit.name();
    let title = if number.is_some() && title.ends_with(unit) { "" } else { title };
    NextStep {
        tag: step.target.start.zone.map_or("–".to_string(), |z| format!("Z{z}")),
        key: number.as_ref().map_or(change.to_string(), |number| format!("{sign} {number}")),
        change,
        title: title.to_string(),
        length: display::length(step),
        number,
    }
}

/// What comes next in a few words, the most first.
pub fn in_short(scene: &RunningScene<'_>) -> Vec<String> {
    match scene.view.next() {
        Some(step) => {
            let coming = coming(scene, step, None);
            vec![format!("{}  {}", coming.key, coming.title), coming.key]
        }
        None => vec![finish(scene).to_string()],
    }
}

fn finish(scene: &RunningScene<'_>) -> &'static str {
    match scene.view.position.place {
        SessionPlace::Step(_) => "then  the finish",
        SessionPlace::After => "well done",
    }
}

/// What comes next: dark until it is near, then lit.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let step = scene.view.next();
    let zone = step.and_then(|s| s.target.start.zone);
    let style = match (band::is_lit(scene), step) {
        (false, _) => scene.theme.coming(),
        (true, Some(_)) => scene.theme.patch(zone),
        (true, None) => scene.theme.loud(),
    };
    buf.set_style(area, style);
    let Some(step) = step else {
        large(buf, inset(area, 1), finish(scene), Side::Left, style);
        return;
    };
    let coming = coming(scene, step, (area.height >= 3).then_some(area.width));
    let patch = scene.theme.patch(zone);
    match area.height {
        0..3 => row(buf, area, &coming, (style, patch)),
        _ => letters_of(buf, area, &coming, (style, patch)),
    }
}

/// All of it in one row.
fn row(buf: &mut Buffer, area: Rect, coming: &NextStep, (style, patch): (Style, Style)) {
    let mut row = inset(area, 1);
    let at = beside(&mut row, text::width(&coming.tag) + 2);
    buf.set_style(at, patch);
    put(buf, at, &coming.tag, Side::Middle, patch);
    if row.width < NAMED {
        let says = format!("{}  {}  {}", coming.key, coming.title, coming.length);
        put(buf, row, &says, Side::Left, style);
        return;
    }
    let parts = ["next", &coming.title, &coming.length, coming.number.as_deref().unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    let says = parts.join("  ");
    let whole = text::width(coming.change) + text::width(&says) + 3 <= row.width;
    let sign = coming.change.split(' ').next().unwrap_or_default();
    let change = if whole { coming.change } else { sign };
    let at = beside(&mut row, text::width(change) + 2);
    put(buf, at, change, Side::Middle, style);
    large(buf, row, &says, Side::Left, style);
}

/// The number, or the direction, in letters as large as fit; beside it as much of the rest as there is room for.
fn letters_of(buf: &mut Buffer, area: Rect, coming: &NextStep, (style, patch): (Style, Style)) {
    let mut row = area;
    // Letters are blank above: what is left over goes below them.
    row.height -= row.height % 3;
    let narrow = area.width < NARROW;
    let words = match coming.title.as_str() {
        "" => format!("next  {}", coming.length),
        title => format!("{title}  {}", coming.length),
    };
    if narrow && area.height >= 6 {
        row.height += u16::from(!area.height.is_multiple_of(3));
        return stacked(buf, row, (coming, &words), (style, patch));
    }
    let scale = if area.width < 100 { 1 } else { (row.height / 3).min(2) };
    if scale > 0 {
        // The patch takes the blank rows as well.
        let rest = Rect { height: area.height, ..row };
        buf.set_style(tag_area(rest, (&coming.tag, scale)).0, patch);
    }
    let rest = inset(tag(buf, row, (&coming.tag, scale), patch), 1);
    let (said, others) = chosen(coming, rest);
    let taken = large(buf, rest, &said, Side::Left, style);
    let x = taken.right() + 2;
    let right = Rect { x, width: rest.right().saturating_sub(x), ..rest };
    match others.first() {
        // The word that says no more than what band this is stays small.
        Some(first) if first == NEXT => {
            let mut rest = right;
            for line in &others {
                put(buf, top(&mut rest, 1), line, Side::Right, style);
            }
        }
        _ => stack(buf, right, &others, Side::Right, style),
    }
}

/// The number, or the direction, over the words; just before a change in few rows the number alone is larger.
fn stacked(buf: &mut Buffer, area: Rect, (coming, words): (&NextStep, &str), (style, patch): (Style, Style)) {
    let mut row = area;
    let columns = row.width.saturating_sub(9);
    if row.height < 9 && letters::largest(&coming.key, columns, 6) == Some(2) {
        let taken = large(buf, inset(row, 1), &coming.key, Side::Left, style);
        let x = taken.right() + 2;
        let right = Rect { x, width: area.right().saturating_sub(x + 1), ..row };
        let others = [&coming.tag, &coming.title, &coming.length].map(String::clone);
        stack(buf, right, &others, Side::Right, style);
        return;
    }
    let mut below = bottom(&mut row, 3);
    // Between two lines of letters stays a row, where there is one.
    row.height -= row.height % 3;
    large(buf, inset(row, 1), &coming.key, Side::Left, style);
    below = inset(tag(buf, below, (&coming.tag, 1), patch), 1);
    let beside_length = below.width.saturating_sub(6);
    let titled = letters::largest(&coming.title, beside_length, 3).is_some();
    if letters::largest(words, below.width, 3).is_none() && titled {
        let at = beside(&mut below, text::width(&coming.length));
        put(buf, at, &coming.length, Side::Right, style);
        large(buf, below, &coming.title, Side::Left, style);
        return;
    }
    large(buf, below, words, Side::Left, style);
}

/// The columns for a zone's tag at the left of an area, and what is left of it.
fn tag_area(area: Rect, (tag, scale): (&str, u16)) -> (Rect, Rect) {
    let margin = if area.width < NARROW { 2 } else { 4 };
    let columns = letters::size(tag, scale).map_or(0, |(w, _)| w + margin).min(area.width);
    let rest = Rect { x: area.x + columns, width: area.width - columns, ..area };
    (Rect { width: columns, ..area }, rest)
}

/// Writes a zone's tag at the left of an area, and returns what is left of it.
fn tag(buf: &mut Buffer, area: Rect, (tag, scale): (&str, u16), patch: Style) -> Rect {
    let (at, rest) = tag_area(area, (tag, scale));
    buf.set_style(at, patch);
    large(buf, inset(at, 1), tag, Side::Middle, patch);
    rest
}

/// What is said large, and what small beside it.
fn chosen(coming: &NextStep, area: Rect) -> (String, Vec<String>) {
    let NextStep { key, title, length, .. } = coming;
    let next = NEXT.to_string();
    let untitled = title.is_empty();
    let titled = if untitled { key.clone() } else { format!("{key}  {title}") };
    let offered = [
        (format!("{titled}  {length}"), vec![next.clone()]),
        (titled, vec![next.clone(), length.clone()]),
        (key.clone(), vec![next, title.clone(), length.clone()]),
    ];
    let widest = |texts: &[String]| texts.iter().map(|t| text::width(t)).max().unwrap_or(0);
    for scale in (1..=area.height / 3).rev() {
        for (said, others) in &offered {
            // A title may be cut; the number may not.
            let beside = if said == key { widest(others).min(8) } else { widest(others) };
            let fits = |(width, _): (u16, u16)| width + beside + 2 <= area.width;
            if letters::size(said, scale).is_some_and(fits) {
                return (said.clone(), larger(others, letters::size(said, scale), area));
            }
        }
    }
    let [_, _, (said, _)] = offered;
    (said, Vec::new())
}

/// What stands beside it, without the word that says least where the others are large then.
fn larger(others: &[String], said: Option<(u16, u16)>, area: Rect) -> Vec<String> {
    let room = area.width.saturating_sub(said.map_or(0, |(width, _)| width) + 6);
    let mut others: Vec<String> = others.iter().filter(|o| !o.is_empty()).cloned().collect();
    let last: Vec<String> = others.iter().skip(1).cloned().collect();
    let large =
        |text: &String| letters::largest(text, room, area.height / (last.len() as u16).max(1)).is_some();
    if !last.is_empty() && last.iter().all(large) {
        others = last;
    }
    others
}
