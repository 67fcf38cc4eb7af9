//! The coloured field: what to do, the time in dominant digits, the belt's number.

use super::large::{large, number, stack};
use super::reading;
use super::run::Scene;
use super::text::{self, Side, beside, bottom, inset, put, top};
use super::{digits, letters};
use crate::session::Phase;
use crate::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Whether time stands still.
pub fn is_still(scene: &Scene<'_>) -> bool {
    !matches!(scene.view.phase, Phase::Running)
}

/// The colours of the field, which say from the corner of an eye how things stand.
pub fn style(scene: &Scene<'_>) -> Style {
    if is_still(scene) { scene.theme.still() } else { scene.theme.field(reading::zone(scene.view)) }
}

/// The word for a clock that stands still, and what makes it go on.
pub fn still_words(scene: &Scene<'_>) -> Option<(String, &'static str)> {
    match scene.view.phase {
        Phase::Ready => Some(("READY".to_string(), "Space starts")),
        Phase::CountIn { .. } => {
            let number = reading::belt(scene.view, scene.units).map(|belt| format!("PRESS {}", belt.number));
            Some((number.unwrap_or("GET READY".to_string()), "get on: Enter starts now"))
        }
        Phase::Paused => Some(("PAUSED".to_string(), "Space goes on")),
        Phase::Absent { .. } => Some(("PAUSED".to_string(), "see below")),
        Phase::Running | Phase::Stopped => None,
    }
}

/// A band with a word that must not be overlooked and, below it, what to do about it.
pub fn still(buf: &mut Buffer, area: Rect, (word, how): (&str, &str), style: Style) {
    buf.set_style(area, style);
    let mut rest = area;
    if !how.is_empty() {
        let rows = if area.height >= 11 { 3 } else { 1 };
        bottom(&mut rest, u16::from(rows > 1));
        large(buf, bottom(&mut rest, rows), how, Side::Middle, style);
        bottom(&mut rest, u16::from(area.height >= 5));
    }
    large(buf, rest, word, Side::Middle, style);
}

/// The rows of the field's three storeys.
#[derive(Clone, Copy, Debug)]
struct Storeys {
    heading: u16,
    number: u16,
    belt: u16,
}

impl Storeys {
    /// The most generous heading and belt that leave the number half of the field, or all that it can use.
    fn of(area: Rect, big: &str, with_belt: bool) -> Storeys {
        const OFFERED: [(u16, u16); 7] = [(6, 10), (6, 5), (3, 5), (3, 3), (1, 3), (3, 1), (1, 1)];
        let tall = |spent: u16| {
            let left = area.height.saturating_sub(spent);
            digits::largest(big, area.width, left).map_or(0, |scale| digits::size(big, scale).1)
        };
        let most = tall(2);
        let (heading, belt) = OFFERED
            .into_iter()
            .filter(|(_, belt)| with_belt || *belt <= 3)
            .find(|(heading, belt)| {
                let rows = tall(heading + belt);
                let spare = area.height.saturating_sub(heading + belt + rows);
                let apart = *heading == 1 || spare >= 2;
                rows > 0 && apart && (rows == most || rows >= area.height / 2)
            })
            .unwrap_or((1, 1));
        Storeys { heading, number: area.height.saturating_sub(heading + belt), belt }
    }
}

/// The coloured field: what to do, the number, the belt.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let style = style(scene);
    buf.set_style(area, style);
    let mut rest = area;
    let big = reading::big(scene.view, scene.units);
    if let Some((word, how)) = still_words(scene) {
        let loud = scene.theme.loud();
        if area.height < 10 {
            still(buf, top(&mut rest, 3), (&word, ""), loud);
            let line = inset(bottom(&mut rest, 1), 1);
            put(buf, line, how, Side::Middle, style.add_modifier(Modifier::BOLD));
            number(buf, rest, &big, style);
            return;
        }
        let rows = area.height * 2 / 5 + u16::from(area.height >= 20);
        still(buf, top(&mut rest, rows), (&word, how), loud);
    }
    let has_belt = reading::belt(scene.view, scene.units).is_some();
    let storeys = Storeys::of(rest, &big, has_belt);
    let digits_rows =
        digits::largest(&big, rest.width, storeys.number).map_or(0, |s| digits::size(&big, s).1);
    let spare = storeys.number.saturating_sub(digits_rows);
    bottom(&mut rest, u16::from(spare >= 3 && storeys.belt > 1));
    top(&mut rest, u16::from(spare >= 4 && storeys.heading > 1));
    heading(buf, inset(top(&mut rest, storeys.heading), 1), scene, style);
    top(&mut rest, u16::from(spare >= 2));
    let ground = bottom(&mut rest, storeys.belt);
    // A number to press is not to be overlooked; it stands where the belt's number always stands.
    let style_of_belt = if reading::is_pressing(scene.view) { scene.theme.loud() } else { style };
    buf.set_style(ground, style_of_belt);
    belt(buf, inset(ground, 1), scene, style_of_belt);
    bottom(&mut rest, u16::from(spare >= 1));
    let at = number(buf, rest, &big, style);
    if let Some(unit) = reading::big_unit(scene.view, scene.units) {
        let x = at.right() + 2;
        let beside =
            Rect { x, y: at.bottom().saturating_sub(3), width: rest.right().saturating_sub(x), height: 3 };
        large(buf, beside, &unit, Side::Left, style);
    }
}

/// What to do, large, and beside it where in the repeats this is.
fn heading(buf: &mut Buffer, area: Rect, scene: &Scene<'_>, style: Style) {
    let view = scene.view;
    let reps = view.step().map(|s| words::reps(view.sequence, s)).unwrap_or_default();
    let mut lines = vec![reps.join(" · ")];
    lines.extend(reading::details(view, scene.units));
    lines.retain(|l| !l.is_empty());
    if area.height == 1 {
        lines = vec![joined(&lines, area.width * 2 / 3)];
    }
    let aside = lines.iter().map(|l| text::width(l)).max().unwrap_or(0);
    let room = Rect { width: area.width.saturating_sub(aside + 2).max(area.width / 2), ..area };
    let taken = large(buf, room, reading::title(view), Side::Left, style);
    let mut rest =
        Rect { x: taken.right() + 2, width: area.right().saturating_sub(taken.right() + 2), ..area };
    // Which rep it is matters most: it is large if only the others find room before it.
    if let [rep, others @ ..] = lines.as_slice()
        && area.height >= 3
        && !reps.is_empty()
        && !others.is_empty()
        && area.height / (lines.len() as u16) < 3
        && let Some((width, _)) = letters::size(rep, 1)
        && others.iter().all(|l| text::width(l) + width + 2 <= rest.width)
    {
        large(buf, beside(&mut rest, width), rep, Side::Right, style);
        rest.width = rest.width.saturating_sub(2);
        lines.remove(0);
        rest = bottom(&mut rest, lines.len() as u16);
    }
    stack(buf, rest, &lines, Side::Right, style);
}

/// The belt's number, large, with its unit, pace and incline, and at the right what ends the step, or the zone.
fn belt(buf: &mut Buffer, area: Rect, scene: &Scene<'_>, style: Style) {
    let zone = reading::zone(scene.view);
    let (mut facts, mut asides) = (Vec::new(), Vec::new());
    let mut x = area.x;
    if let Some(belt) = reading::belt(scene.view, scene.units) {
        let taken = match digits::largest(&belt.number, area.width, area.height) {
            Some(_) => {
                number(buf, Rect { width: digits_width(&belt.number, area), ..area }, &belt.number, style)
            }
            None => large(buf, area, &belt.number, Side::Left, style),
        };
        x = taken.right() + 1 + u16::from(area.height > 1);
        facts.push(belt.unit);
        facts.extend(belt.pace);
        asides = belt.asides;
    }
    facts.extend(reading::incline(scene.view));
    let prompts = reading::prompts(scene.view);
    if area.height == 1 {
        let room = Rect { x, width: area.right().saturating_sub(x), ..area };
        let right = prompts.into_iter().next().unwrap_or(reading::zone_text(zone));
        let taken = put(buf, room, &right, Side::Right, style.add_modifier(Modifier::BOLD));
        let left = Rect { width: room.width.saturating_sub(taken + 2), ..room };
        facts.append(&mut asides);
        put(buf, left, &joined(&facts, left.width), Side::Left, style.add_modifier(Modifier::BOLD));
        return;
    }
    let facts_width = facts.iter().chain(&asides).map(|f| text::width(f)).max().unwrap_or(0);
    let right =
        Rect { x: x + facts_width + 2, width: area.right().saturating_sub(x + facts_width + 2), ..area };
    let fits = |p: &&String| letters::largest(p, right.width, right.height).is_some();
    let tag = match prompts.iter().find(fits).or(prompts.first()) {
        Some(prompt) => prompt.clone(),
        None => zone.map_or(String::new(), |z| format!("Z{z}")),
    };
    let taken = large(buf, right, &tag, Side::Right, style);
    let left = Rect { x, width: taken.x.saturating_sub(x + 1), ..area };
    small_below(buf, left, (&facts, &asides), style);
}

/// Facts as large as they find room at the foot of an area, and below them, small, what else there is to know; where
/// there is no row for that, behind the last of them.
fn small_below(buf: &mut Buffer, area: Rect, (facts, asides): (&[String], &[String]), style: Style) {
    let mut facts = facts.to_vec();
    let many = facts.len() as u16;
    let has_row = !asides.is_empty() && area.height > many;
    if let (false, Some(last)) = (has_row, facts.last_mut()) {
        let all: Vec<String> = std::iter::once(&*last).chain(asides).cloned().collect();
        *last = Some(joined(&all, area.width)).filter(|all| !all.is_empty()).unwrap_or(last.clone());
    }
    let below = u16::from(has_row);
    let each = if area.height.saturating_sub(below) / many.max(1) >= 3 { 3 } else { 1 };
    let mut all = area;
    let mut rest = bottom(&mut all, (many * each + below).min(area.height));
    let small = bottom(&mut rest, below);
    put(buf, small, &joined(asides, small.width), Side::Left, style.add_modifier(Modifier::BOLD));
    stack(buf, rest, &facts, Side::Left, style);
}

/// As many texts as fit a row in whole.
fn joined(texts: &[String], columns: u16) -> String {
    let mut line = String::new();
    for text in texts {
        let gap = if line.is_empty() { "" } else { " · " };
        if text::width(&line) + text::width(gap) + text::width(text) <= columns {
            line.push_str(gap);
            line.push_str(text);
        }
    }
    line
}

/// The columns that a number takes as digits in an area.
fn digits_width(text: &str, area: Rect) -> u16 {
    digits::largest(text, area.width, area.height).map_or(0, |scale| digits::size(text, scale).0)
}
