//! What comes next: its number and whether it is faster, large enough to be read from the belt.

use super::{Scene, field};
use crate::tui::large::{large, stack};
use crate::tui::letters;
use crate::tui::reading;
use crate::tui::text::{self, Side, beside, inset, put, top};
use crate::words;
use crate::session::Place;
use crate::workout::sequence::PlannedStep;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Below this many columns the words stand below the number, where there is height for both.
const NARROW: u16 = 70;

/// What there is to say of a step to come.
struct Coming {
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

fn coming(scene: &Scene<'_>, step: &PlannedStep) -> Coming {
    let view = scene.view;
    let rails = view.next_on_rails && view.sequence.show_pace;
    let number = view.next_setting.filter(|s| view.sequence.show_pace && s.number > 0.0);
    let number = number.map(|s| view.treadmill.belt.text(s.number));
    let change = view.next_signal.map_or("", reading::change);
    let sign = change.split(' ').next().unwrap_or_default();
    Coming {
        tag: step.target.start.zone.map_or("–".to_string(), |z| format!("Z{z}")),
        key: number.as_ref().map_or(change.to_string(), |number| format!("{sign} {number}")),
        change,
        title: if rails { reading::ON_RAILS } else { step.title() }.to_string(),
        length: words::length(step),
        number,
    }
}

/// What comes next in a few words, the most first.
pub fn in_short(scene: &Scene<'_>) -> Vec<String> {
    match scene.view.next() {
        Some(step) => {
            let coming = coming(scene, step);
            vec![format!("{}  {}", coming.key, coming.title), coming.key]
        }
        None => vec![finish(scene).to_string()],
    }
}

fn finish(scene: &Scene<'_>) -> &'static str {
    match scene.view.position.place {
        Place::Step(_) => "then  the finish",
        Place::After => "well done",
    }
}

/// What comes next: dark until it is near, then lit.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let step = scene.view.next();
    let zone = step.and_then(|s| s.target.start.zone);
    let style = match (field::is_lit(scene), step) {
        (false, _) => scene.theme.coming(zone),
        (true, Some(_)) => scene.theme.patch(zone),
        (true, None) => scene.theme.loud(),
    };
    buf.set_style(area, style);
    let Some(step) = step else {
        large(buf, inset(area, 1), finish(scene), Side::Left, style);
        return;
    };
    let coming = coming(scene, step);
    let patch = scene.theme.patch(zone);
    match area.height {
        0..3 => row(buf, area, &coming, (style, patch)),
        _ => letters_of(buf, area, &coming, (style, patch)),
    }
}

/// All of it in one row.
fn row(buf: &mut Buffer, area: Rect, coming: &Coming, (style, patch): (Style, Style)) {
    let mut row = inset(area, 1);
    let at = beside(&mut row, text::width(&coming.tag) + 2);
    buf.set_style(at, patch);
    put(buf, at, &coming.tag, Side::Middle, patch);
    let mut says = format!("next  {}  {}", coming.title, coming.length);
    if let Some(number) = &coming.number {
        says.push_str(&format!("  {number}"));
    }
    let whole = text::width(coming.change) + text::width(&says) + 3 <= row.width;
    let sign = coming.change.split(' ').next().unwrap_or_default();
    let change = if whole { coming.change } else { sign };
    let at = beside(&mut row, text::width(change) + 2);
    put(buf, at, change, Side::Middle, style);
    large(buf, row, &says, Side::Left, style);
}

/// The number, or the direction, in letters as large as fit; beside it as much of the rest as there is room for.
fn letters_of(buf: &mut Buffer, area: Rect, coming: &Coming, (style, patch): (Style, Style)) {
    let mut row = area;
    let tag_scale = (area.height / 3).min(if area.width < 100 { 1 } else { 2 });
    let tag = letters::size(&coming.tag, tag_scale).map_or(0, |(w, _)| w + 4);
    let mut rest = Rect { x: row.x + tag, width: row.width.saturating_sub(tag), ..row };
    row.width = tag.min(row.width);
    buf.set_style(row, patch);
    large(buf, inset(row, 2), &coming.tag, Side::Middle, patch);
    rest = inset(rest, 1);
    let words = format!("{}  {}", coming.title, coming.length);
    if rest.width < NARROW && area.height >= 6 && letters::largest(&words, rest.width, 3).is_some() {
        let rows = area.height.saturating_sub(3);
        large(buf, top(&mut rest, rows), &coming.key, Side::Left, style);
        large(buf, rest, &words, Side::Left, style);
        return;
    }
    let (said, others) = chosen(coming, rest);
    let taken = large(buf, rest, &said, Side::Left, style);
    let x = taken.right() + 2;
    let right = Rect { x, width: rest.right().saturating_sub(x), ..rest };
    stack(buf, right, &others, Side::Right, style);
}

/// What is said large, and what small beside it.
fn chosen(coming: &Coming, area: Rect) -> (String, Vec<String>) {
    let Coming { key, title, length, .. } = coming;
    let next = "next".to_string();
    let offered = [
        (format!("{key}  {title}  {length}"), vec![next.clone()]),
        (format!("{key}  {title}"), vec![next.clone(), length.clone()]),
        (key.clone(), vec![next, title.clone(), length.clone()]),
    ];
    let widest = |texts: &[String]| texts.iter().map(|t| text::width(t)).max().unwrap_or(0);
    for scale in (1..=area.height / 3).rev() {
        for (said, others) in &offered {
            // A title may be cut; the number may not.
            let beside = if said == key { widest(others).min(8) } else { widest(others) };
            let fits = |(width, _): (u16, u16)| width + beside + 2 <= area.width;
            if letters::size(said, scale).is_some_and(fits) {
                return (said.clone(), others.clone());
            }
        }
    }
    let [_, _, (said, others)] = offered;
    (said, others)
}
