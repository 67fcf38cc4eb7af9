//! The belt's number and its incline as one pair, with the unit and the pace, in a panel of their own: beside the time, or
//! below it.

use super::fact_row::join_fitting;
use super::labels::belt::BeltRemark;
use super::labels::{self, belt, distance, incline, time};
use super::panel::{PROMPT_COLUMNS, has_panel};
use super::scene::RunningScene;
use crate::session::Phase;
use crate::tui::widgets::large_text::{RankedLine, broken, large, number, raised, ranked, stack};
use crate::tui::widgets::text::{self, Side, bottom, inset, middle, put, top};
use crate::tui::widgets::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The widest number that most belts show. Narrower numbers are drawn no larger, so that the size does not change.
const WIDEST: &str = "00.0";
/// The fewest columns for a number.
const NUMBER_COLUMNS: u16 = 23;
/// The rows of a panel from which the incline has twice the smallest size.
const HIGH: u16 = 15;

/// The place of the panel.
#[derive(Clone, Copy)]
enum PanelPlace {
    BesideTime,
    BelowTime,
}

/// A panel's colours while the belt just runs. Below the time it has a ground of its own, because the row of the next
/// step, with a number of about the same size, follows it.
fn running_style(scene: &RunningScene<'_>, place: PanelPlace) -> Style {
    match place {
        PanelPlace::BesideTime => scene.theme.coming(),
        PanelPlace::BelowTime => scene.theme.ask_strong(),
    }
}

/// The panel's colours. It never has the ground of the time beside it, so that the two numbers cannot be taken for one.
/// A number that has to be pressed stands out where the belt's number always is.
fn panel_style(scene: &RunningScene<'_>, place: PanelPlace) -> Style {
    let is_pressing = is_to_press(scene) || belt::press(scene.view).is_some();
    match scene.view.phase {
        Phase::Running if is_pressing && time::is_ending(scene.view) => {
            scene.theme.loud_beside(scene.theme.turned(labels::colour(scene.view)))
        }
        _ if is_pressing => scene.theme.loud(),
        Phase::Running if time::is_ending(scene.view) => scene.theme.patch(labels::colour(scene.view)),
        Phase::Running => running_style(scene, place),
        _ => scene.theme.ask(),
    }
}

/// True if the number has to be pressed now.
fn is_to_press(scene: &RunningScene<'_>) -> bool {
    let counts_in = matches!(scene.view.phase, Phase::CountIn { .. });
    let waits = counts_in && belt::belt(scene.view, scene.units).is_some();
    (waits || belt::press(scene.view).is_some()) && !scene.view.on_rails
}

/// The incline's colours: those of the panel, unless only the incline has to be pressed.
fn incline_style(scene: &RunningScene<'_>, panel: Style) -> Style {
    if scene.view.tilt.is_some() { scene.theme.loud() } else { panel }
}

/// Draws everything about the belt in a column, each line as large as it fits.
pub fn column(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let style = panel_style(scene, PanelPlace::BesideTime);
    let mut area = area;
    // A row of the field keeps the panel apart from the heading above it.
    let gap = u16::from(area.height >= 8);
    top(&mut area, gap);
    buf.set_style(area, style);
    let incline = incline::now(scene.view);
    let mut rest = inset(area, 2);
    // With an incline below it, the number needs the row itself.
    top(&mut rest, u16::from(area.height >= if incline.is_some() { 9 } else { 8 }));
    bottom(&mut rest, u16::from(area.height >= 12));
    let press = is_to_press(scene);
    let belt = belt::belt(scene.view, scene.units);
    let is_press_large = press && rest.height >= 12 && belt.is_some();
    if is_press_large {
        large(buf, top(&mut rest, 3), "press", Side::Middle, style);
        let gap = u16::from(rest.height >= 12);
        top(&mut rest, gap);
    }
    let incline_rows = incline.as_ref().map_or(0, |_| incline_rows(rest));
    let (mut lines, mut has_unit) = (Vec::new(), false);
    if let Some(belt) = belt {
        let columns = (area.width * 9 / 10).max(NUMBER_COLUMNS).min(rest.width);
        draw_number(buf, &mut rest, &NumberLine { text: &belt.number, columns, incline_rows }, style);
        // The unit belongs to the number above it, not to the incline below it.
        match incline.is_some().then(|| rest.height.saturating_sub(incline_rows)) {
            Some(spare @ 3..) => {
                let rows = if spare >= 10 { 3 } else { 1 };
                large(buf, top(&mut rest, rows), belt.unit, Side::Middle, style);
                has_unit = true;
            }
            _ => lines.push(RankedLine::new(5, belt.unit)),
        }
        // A white field always says what to do, at the count-in as well as ahead of a step.
        let remark = if press { Some(BeltRemark::PressNow) } else { belt.remark };
        let remark = remark.filter(|_| !is_press_large);
        lines.extend(remark.map(|remark| RankedLine::new(0, remark.to_string())));
        lines.extend(belt.pace.map(|pace| RankedLine::new(2, pace)));
        lines.extend(belt.aside.map(|aside| RankedLine::new(6, aside)));
    }
    if let Some(incline) = incline {
        let line = InclineLine { text: incline, rows: incline_rows, is_below_unit: has_unit };
        draw_incline(buf, &mut rest, &line, incline_style(scene, style));
    }
    let gap = u16::from(rest.height >= if incline_rows > 0 { 3 } else { 4 });
    top(&mut rest, gap);
    lines.extend(incline::words(scene.view).map(|words| RankedLine::new(3, words)));
    lines.extend(prompt_lines(scene, rest).into_iter().map(|line| RankedLine::new(1, line)));
    lines.extend(console_line(scene).map(|line| RankedLine::new(1, line)));
    lines.extend(labels::zone_tag(scene.view).map(|tag| RankedLine::new(4, tag)));
    ranked(buf, rest, &lines, style);
}

/// The number as a line of the panel.
struct NumberLine<'a> {
    text: &'a str,
    columns: u16,
    incline_rows: u16,
}

/// Draws the number at the top of the room, as large as the incline below it allows.
fn draw_number(buf: &mut Buffer, rest: &mut Rect, line: &NumberLine<'_>, style: Style) {
    let NumberLine { text, columns, incline_rows } = *line;
    let most = match incline_rows {
        0 if rest.height >= 12 => (rest.height / 2).max(8),
        0 => rest.height.saturating_sub(3),
        rows => rest.height.saturating_sub(rows + if rest.height < 12 { 1 } else { 3 }),
    };
    let widest = if text.len() <= WIDEST.len() { WIDEST } else { text };
    let rows = digits::largest(widest, columns, most).map_or(3, |scale| digits::size(widest, scale).1);
    let at = middle(top(rest, rows), columns, rows);
    match incline_rows > 0 && digits::largest(text, at.width, at.height).is_none() {
        // Letters right above the incline keep clear of it.
        true => raised(buf, at, text, Side::Middle, style),
        false => number(buf, at, text, style),
    };
}

/// The incline as a line of the panel.
struct InclineLine {
    text: String,
    rows: u16,
    /// True if the unit is in ordinary letters right above it.
    is_below_unit: bool,
}

/// Draws the incline at the top of the room, so that it touches neither the unit above it nor lines below it.
fn draw_incline(buf: &mut Buffer, rest: &mut Rect, line: &InclineLine, style: Style) {
    let spare = rest.height.saturating_sub(line.rows);
    let gap = u16::from(spare > 2 || (line.is_below_unit && spare > 0));
    top(rest, gap);
    let at = top(rest, line.rows);
    buf.set_style(at, style);
    let write = if (1..3).contains(&rest.height) { raised } else { large };
    write(buf, at, &line.text, Side::Middle, style);
}

/// The rows for the incline in the panel's room.
fn incline_rows(room: Rect) -> u16 {
    if room.height >= HIGH { (room.height / 9 * 3).max(6) } else { 3 }
}

/// The console's reading at the end of the step, unless the prompt says it.
fn console_line(scene: &RunningScene<'_>) -> Option<String> {
    scene.view.distance_left()?;
    distance::console_at_end(scene.view, scene.units)
}

/// The prompt that ends the step: the longest that fits, broken into lines if there is height.
fn prompt_lines(scene: &RunningScene<'_>, area: Rect) -> Vec<String> {
    let prompts = labels::prompts(scene.view, scene.units, scene.theme.keymap());
    if area.height >= 12
        && let Some(lines) = prompts.last().and_then(|p| broken(p, area.width))
    {
        return lines;
    }
    let is_large = |p: &&String| letters::largest(p, area.width, 3).is_some();
    let prompt = prompts.iter().find(is_large).or(prompts.iter().find(|p| text::width(p) <= area.width));
    prompt.or(prompts.last()).cloned().into_iter().collect()
}

/// Draws everything about the belt in a few rows: the number with its incline, beside them the facts, and at the right
/// the prompt that ends the step or the zone. Without a number there is no panel, but the `field` of the time.
pub fn rows(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, field: Style) {
    let style = if has_panel(scene) { panel_style(scene, PanelPlace::BelowTime) } else { field };
    buf.set_style(area, style);
    let is_wide = area.width >= PROMPT_COLUMNS;
    let area = inset(area, 1);
    let prompts = labels::prompts(scene.view, scene.units, scene.theme.keymap());
    let prompts = if is_wide { prompts } else { Vec::new() };
    let tag = labels::zone_tag(scene.view).unwrap_or_default();
    let belt = belt::belt(scene.view, scene.units);
    let mut facts = Vec::new();
    if let Some(belt) = &belt {
        facts.push(belt.unit_and_remark());
        facts.extend(belt.pace.clone());
    }
    facts.extend(incline::words(scene.view));
    facts.extend(console_line(scene));
    let mut asides: Vec<String> = belt.iter().filter_map(|belt| belt.aside.clone()).collect();
    let number = belt.map(|belt| belt.number);
    let incline = incline::now(scene.view);
    if area.height <= 1 {
        let pair = incline::with_number(&number.unwrap_or_default(), incline.as_deref());
        facts.splice(0..1.min(facts.len()), facts.first().map(|unit| format!("{} {unit}", pair.trim())));
        facts.append(&mut asides);
        let right = prompts.into_iter().next().unwrap_or(tag);
        let bold = style.add_modifier(Modifier::BOLD);
        let taken = put(buf, area, &right, Side::Right, bold);
        let left = Rect { width: area.width.saturating_sub(taken + 2), ..area };
        put(buf, left, &join_fitting(&facts, left.width), Side::Left, bold);
        return;
    }
    let x = draw_pair(buf, area, number.as_deref(), incline.as_deref(), [style, incline_style(scene, style)]);
    if !prompts.is_empty() && !tag.is_empty() {
        facts.push(tag.clone());
    }
    let room = Rect { x, width: area.right().saturating_sub(x), ..area };
    facts.retain(|fact| text::width(fact) <= room.width);
    asides.retain(|aside| text::width(aside) <= room.width);
    let facts_width = facts.iter().chain(&asides).map(|f| text::width(f)).max().unwrap_or(0);
    let beside = Rect { x: x + facts_width + 2, width: room.width.saturating_sub(facts_width + 2), ..area };
    let is_large = |p: &&String| letters::largest(p, beside.width, beside.height).is_some();
    let press = "press".to_string();
    let right = match is_to_press(scene) && is_large(&&press) {
        true => &press,
        false => prompts.iter().find(is_large).or(prompts.first()).unwrap_or(&tag),
    };
    // What fits in neither size is left out, not cut.
    let right = if text::width(right) <= beside.width { right } else { "" };
    let taken = raised(buf, beside, right, Side::Right, style);
    let left = Rect { width: taken.x.saturating_sub(x + 1), ..room };
    draw_facts(buf, left, &facts, &asides, style);
}

/// Draws the number and its incline side by side at the left of an area. Returns the column after them.
fn draw_pair(
    buf: &mut Buffer,
    area: Rect,
    number: Option<&str>,
    incline: Option<&str>,
    [style, incline_style]: [Style; 2],
) -> u16 {
    const GAP: u16 = 2;
    let mut rest = area;
    for (i, (text, style)) in [(number, style), (incline, incline_style)].into_iter().enumerate() {
        let Some(text) = text else { continue };
        let scale = digits::largest(text, rest.width, rest.height);
        let taken = match scale {
            Some(scale) if i == 0 => {
                let (columns, rows) = digits::size(text, scale);
                let at = Rect { width: columns, ..middle(rest, rest.width, rows) };
                digits::draw(buf, at, text, scale, style);
                at
            }
            _ => raised(buf, rest, text, Side::Left, style),
        };
        if i == 1 {
            buf.set_style(taken, style);
        }
        let x = (taken.right() + GAP).min(area.right());
        rest = Rect { x, width: area.right() - x, ..area };
    }
    rest.x
}

/// Draws the facts at the foot of an area, as large as they fit, with the asides in small type below them. Without a row
/// for the asides, they follow the last fact.
fn draw_facts(buf: &mut Buffer, area: Rect, facts: &[String], asides: &[String], style: Style) {
    // A fact that does not fit is left out, not cut.
    let mut facts: Vec<String> = facts.iter().filter(|f| text::width(f) <= area.width).cloned().collect();
    facts.truncate(usize::from(area.height));
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
