//! The belt's number, with its unit, pace and incline, and the zone: beside the time, or below it.

use super::RunningScene;
use super::band::joined;
use super::labels;
use crate::session::Phase;
use crate::tui::widgets::large_text::{RankedLine, broken, large, number, ranked, stack};
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, bottom, inset, middle, put, top};
use crate::tui::widgets::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The widest number that most belts show: all are as large as that one could be.
const WIDEST: &str = "00.0";
/// The columns that it takes at least.
const LEAST: u16 = 23;

/// A number to press is not to be overlooked; it stands where the belt's number always stands.
fn ground(scene: &RunningScene<'_>, style: Style) -> Style {
    if is_to_press(scene) || labels::is_pressing(scene.view) { scene.theme.loud() } else { style }
}

/// Whether the number is to be pressed now.
fn is_to_press(scene: &RunningScene<'_>) -> bool {
    let counted = matches!(scene.view.phase, Phase::CountIn { .. });
    let waits = counted && labels::belt(scene.view, scene.units).is_some();
    (waits || labels::press(scene.view).is_some()) && !scene.view.on_rails
}

/// All of it one below the other, as large as each line fits.
pub fn column(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, style: Style) {
    let style = ground(scene, style);
    buf.set_style(area, style);
    let mut rest = inset(area, 2);
    top(&mut rest, u16::from(area.height >= 8));
    bottom(&mut rest, u16::from(area.height >= 18));
    let mut lines = Vec::new();
    if let Some(belt) = labels::belt(scene.view, scene.units) {
        let press = is_to_press(scene);
        if press && rest.height >= 12 {
            large(buf, top(&mut rest, 3), "press", Side::Middle, style);
            top(&mut rest, 1);
        }
        let most = if rest.height >= 12 { (rest.height / 2).max(8) } else { rest.height.saturating_sub(3) };
        let widest = if belt.number.len() <= WIDEST.len() { WIDEST } else { &belt.number };
        // So near to the time it is not to look like a part of it.
        let columns = (area.width * 4 / 5).max(LEAST).min(rest.width);
        let rows = digits::largest(widest, columns, most).map_or(3, |scale| digits::size(widest, scale).1);
        let at = middle(top(&mut rest, rows), columns, rows);
        number(buf, at, &belt.number, style);
        let gap = u16::from(rest.height >= 12);
        top(&mut rest, gap);
        lines.push((5, belt.unit.to_string()));
        lines.extend(belt.more.map(|more| (0, more)).filter(|_| !press || area.height < 12));
        lines.extend(belt.pace.map(|pace| (2, pace)));
        lines.extend(labels::incline(scene.view).map(|incline| (3, incline)));
        lines.extend(belt.asides.into_iter().map(|aside| (6, aside)));
    } else {
        lines.extend(labels::incline(scene.view).map(|incline| (3, incline)));
    }
    let prompts = labels::prompts(scene.view);
    let fits = |p: &&String| letters::largest(p, rest.width, 3).is_some();
    let prompt = prompts.iter().find(fits).or(prompts.iter().find(|p| text::width(p) <= rest.width));
    match prompts.last().and_then(|p| broken(p, rest.width)) {
        Some(words) if rest.height >= 12 => lines.extend(words.into_iter().map(|line| (1, line))),
        _ => lines.extend(prompt.or(prompts.last()).map(|prompt| (1, prompt.clone()))),
    }
    let zone = labels::zone(scene.view);
    let tag = Some(labels::zone_text(zone)).filter(|tag| !tag.is_empty());
    let tag = tag.map(|tag| match letters::largest(&tag, rest.width, 3) {
        Some(_) => tag,
        None => zone.map_or(tag, |z| format!("Z{z}")),
    });
    lines.extend(tag.map(|tag| (4, tag)));
    let lines: Vec<_> = lines.into_iter().map(|(rank, text)| RankedLine::new(rank, text)).collect();
    ranked(buf, rest, &lines, style);
}

/// All of it side by side in a few rows: the number with its facts, and at the right what ends the step, or the zone.
pub fn storey(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, style: Style) {
    let style = ground(scene, style);
    buf.set_style(area, style);
    let area = inset(area, 1);
    let zone = labels::zone(scene.view);
    let prompts = labels::prompts(scene.view);
    let mut facts = Vec::new();
    let mut x = area.x;
    let belt = labels::belt(scene.view, scene.units);
    if let Some(belt) = &belt {
        let taken = match digits::largest(&belt.number, area.width, area.height) {
            Some(_) => {
                number(buf, Rect { width: digits_width(&belt.number, area), ..area }, &belt.number, style)
            }
            None => large(buf, area, &belt.number, Side::Left, style),
        };
        x = taken.right() + 1 + u16::from(area.height > 1);
        facts.push(belt.with_unit());
        facts.extend(belt.pace.clone());
    }
    facts.extend(labels::incline(scene.view));
    let mut asides = belt.map_or(Vec::new(), |belt| belt.asides);
    let room = Rect { x, width: area.right().saturating_sub(x), ..area };
    if area.height == 1 {
        let right = prompts.into_iter().next().unwrap_or(labels::zone_text(zone));
        let bold = style.add_modifier(Modifier::BOLD);
        let taken = put(buf, room, &right, Side::Right, bold);
        let left = Rect { width: room.width.saturating_sub(taken + 2), ..room };
        facts.append(&mut asides);
        put(buf, left, &joined(&facts, left.width), Side::Left, bold);
        return;
    }
    let tag = zone.map_or(String::new(), |z| format!("Z{z}"));
    if !prompts.is_empty() && !tag.is_empty() {
        facts.push(tag.clone());
    }
    let facts_width = facts.iter().chain(&asides).map(|f| text::width(f)).max().unwrap_or(0);
    let beside = Rect { x: x + facts_width + 2, width: room.width.saturating_sub(facts_width + 2), ..area };
    let fits = |p: &&String| letters::largest(p, beside.width, beside.height).is_some();
    let press = "press".to_string();
    let says = match is_to_press(scene) && letters::largest(&press, beside.width, beside.height).is_some() {
        true => &press,
        false => prompts.iter().find(fits).or(prompts.first()).unwrap_or(&tag),
    };
    let taken = large(buf, beside, says, Side::Right, style);
    let left = Rect { width: taken.x.saturating_sub(x + 1), ..room };
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

/// The columns that a number takes as digits in an area.
fn digits_width(text: &str, area: Rect) -> u16 {
    digits::largest(text, area.width, area.height).map_or(0, |scale| digits::size(text, scale).0)
}
