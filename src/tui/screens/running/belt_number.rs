//! The belt's number with its unit, pace and incline, and the zone: beside the time, or below it.

use super::fact_row::join_fitting;
use super::labels::{self, belt};
use super::scene::RunningScene;
use crate::session::Phase;
use crate::tui::widgets::large_text::{RankedLine, broken, large, number, ranked, stack};
use crate::tui::widgets::text::{self, Side, bottom, inset, middle, put, top};
use crate::tui::widgets::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The widest number that most belts show. Narrower numbers are drawn no larger, so that the size does not change.
const WIDEST: &str = "00.0";
/// The fewest columns for a number.
const NUMBER_COLUMNS: u16 = 23;

/// The colours of the number. One that has to be pressed stands out where the belt's number always is.
fn number_style(scene: &RunningScene<'_>, style: Style) -> Style {
    if is_to_press(scene) || belt::is_pressing(scene.view) { scene.theme.loud() } else { style }
}

/// True if the number has to be pressed now.
fn is_to_press(scene: &RunningScene<'_>) -> bool {
    let counts_in = matches!(scene.view.phase, Phase::CountIn { .. });
    let waits = counts_in && belt::belt(scene.view, scene.units).is_some();
    (waits || belt::press(scene.view).is_some()) && !scene.view.on_rails
}

/// Draws everything about the belt in a column, each line as large as it fits.
pub fn column(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, style: Style) {
    let style = number_style(scene, style);
    buf.set_style(area, style);
    let mut rest = inset(area, 2);
    top(&mut rest, u16::from(area.height >= 8));
    bottom(&mut rest, u16::from(area.height >= 18));
    let mut lines = Vec::new();
    if let Some(belt) = belt::belt(scene.view, scene.units) {
        let press = is_to_press(scene);
        if press && rest.height >= 12 {
            large(buf, top(&mut rest, 3), "press", Side::Middle, style);
            top(&mut rest, 1);
        }
        let most = if rest.height >= 12 { (rest.height / 2).max(8) } else { rest.height.saturating_sub(3) };
        let widest = if belt.number.len() <= WIDEST.len() { WIDEST } else { &belt.number };
        // The number must not be so close to the time that it looks like a part of it.
        let columns = (area.width * 4 / 5).max(NUMBER_COLUMNS).min(rest.width);
        let rows = digits::largest(widest, columns, most).map_or(3, |scale| digits::size(widest, scale).1);
        let at = middle(top(&mut rest, rows), columns, rows);
        number(buf, at, &belt.number, style);
        let gap = u16::from(rest.height >= 12);
        top(&mut rest, gap);
        lines.push(RankedLine::new(5, belt.unit));
        let remark = belt.remark.filter(|_| !press || area.height < 12);
        lines.extend(remark.map(|remark| RankedLine::new(0, remark.to_string())));
        lines.extend(belt.pace.map(|pace| RankedLine::new(2, pace)));
        lines.extend(labels::incline(scene.view).map(|incline| RankedLine::new(3, incline)));
        lines.extend(belt.asides.into_iter().map(|aside| RankedLine::new(6, aside)));
    } else {
        lines.extend(labels::incline(scene.view).map(|incline| RankedLine::new(3, incline)));
    }
    lines.extend(prompt_lines(scene, rest).into_iter().map(|line| RankedLine::new(1, line)));
    lines.extend(zone_line(scene, rest).map(|zone| RankedLine::new(4, zone)));
    ranked(buf, rest, &lines, style);
}

/// The prompt that ends the step: the longest that fits, broken into lines if there is height.
fn prompt_lines(scene: &RunningScene<'_>, area: Rect) -> Vec<String> {
    let prompts = labels::prompts(scene.view, scene.theme.keymap());
    if area.height >= 12
        && let Some(lines) = prompts.last().and_then(|p| broken(p, area.width))
    {
        return lines;
    }
    let is_large = |p: &&String| letters::largest(p, area.width, 3).is_some();
    let prompt = prompts.iter().find(is_large).or(prompts.iter().find(|p| text::width(p) <= area.width));
    prompt.or(prompts.last()).cloned().into_iter().collect()
}

/// The zone with its word, or without it if that could not be large.
fn zone_line(scene: &RunningScene<'_>, area: Rect) -> Option<String> {
    let zone = labels::zone(scene.view);
    let text = labels::zone_text(zone);
    match letters::largest(&text, area.width, 3) {
        Some(_) if zone.is_some() => Some(text),
        _ => labels::zone_tag(zone),
    }
}

/// Draws everything about the belt in a few rows: the number, beside it the facts, and at the right the prompt that ends
/// the step or the zone.
pub fn rows(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, style: Style) {
    let style = number_style(scene, style);
    buf.set_style(area, style);
    let area = inset(area, 1);
    let zone = labels::zone(scene.view);
    let prompts = labels::prompts(scene.view, scene.theme.keymap());
    let mut facts = Vec::new();
    let mut x = area.x;
    let belt = belt::belt(scene.view, scene.units);
    if let Some(belt) = &belt {
        let taken = match digits::largest(&belt.number, area.width, area.height) {
            Some(scale) => {
                let columns = digits::size(&belt.number, scale).0;
                number(buf, Rect { width: columns, ..area }, &belt.number, style)
            }
            None => large(buf, area, &belt.number, Side::Left, style),
        };
        x = taken.right() + 1 + u16::from(area.height > 1);
        facts.push(belt.unit_and_remark());
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
        put(buf, left, &join_fitting(&facts, left.width), Side::Left, bold);
        return;
    }
    let tag = labels::zone_tag(zone).unwrap_or_default();
    if !prompts.is_empty() && !tag.is_empty() {
        facts.push(tag.clone());
    }
    let facts_width = facts.iter().chain(&asides).map(|f| text::width(f)).max().unwrap_or(0);
    let beside = Rect { x: x + facts_width + 2, width: room.width.saturating_sub(facts_width + 2), ..area };
    let is_large = |p: &&String| letters::largest(p, beside.width, beside.height).is_some();
    let press = "press".to_string();
    let right = match is_to_press(scene) && is_large(&&press) {
        true => &press,
        false => prompts.iter().find(is_large).or(prompts.first()).unwrap_or(&tag),
    };
    let taken = large(buf, beside, right, Side::Right, style);
    let left = Rect { width: taken.x.saturating_sub(x + 1), ..room };
    draw_facts(buf, left, &facts, &asides, style);
}

/// Draws the facts at the foot of an area, as large as they fit, with the asides in small type below them. Without a row
/// for the asides, they follow the last fact.
fn draw_facts(buf: &mut Buffer, area: Rect, facts: &[String], asides: &[String], style: Style) {
    let mut facts = facts.to_vec();
    let many = facts.len() as u16;
    let has_row = !asides.is_empty() && area.height > many;
    if let (false, Some(last)) = (has_row, facts.last_mut()) {
        let all: Vec<String> = std::iter::once(&*last).chain(asides).cloned().collect();
        let joined = join_fitting(&all, area.width);
        *last = Some(joined).filter(|all| !all.is_empty()).unwrap_or(last.clone());
    }
    let below = u16::from(has_row);
    let each = if area.height.saturating_sub(below) / many.max(1) >= 3 { 3 } else { 1 };
    let mut all = area;
    let mut rest = bottom(&mut all, (many * each + below).min(area.height));
    let small = bottom(&mut rest, below);
    put(buf, small, &join_fitting(asides, small.width), Side::Left, style.add_modifier(Modifier::BOLD));
    stack(buf, rest, &facts, Side::Left, style);
}
