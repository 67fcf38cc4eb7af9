//! The coloured field: what to do, and the time in dominant digits.

use super::labels;
use super::layout::{Layout, LayoutShape};
use super::{RunningScene, belt_number};
use crate::display;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::session::Phase;
use crate::tui::widgets::large_text::{large, number, stack};
use crate::tui::widgets::letters;
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, beside, bottom, inset, middle, put, top};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Below this many columns the repeats stand below the title, where there is height for both.
const NARROW: u16 = 70;

/// The colours of the field, which say from the corner of an eye how things stand.
pub fn style(scene: &RunningScene<'_>) -> Style {
    let zone = labels::zone(scene.view);
    match scene.view.phase {
        Phase::Running if labels::is_ending(scene.view) => scene.theme.turned(zone),
        Phase::Running => scene.theme.field(zone),
        _ => scene.theme.still(),
    }
}

/// Whether what comes next is lit.
pub fn is_lit(scene: &RunningScene<'_>) -> bool {
    labels::is_coming(scene.view)
}

/// The word for a clock that stands still, and what makes it go on.
pub fn still_words(scene: &RunningScene<'_>) -> Option<(String, String)> {
    let name = |action| keymap::label(KeyContext::Running, action);
    match scene.view.phase {
        Phase::Ready => Some(("READY".to_string(), format!("{} starts", name(Action::Pause)))),
        Phase::CountIn { .. } => {
            let number = labels::belt(scene.view, scene.units).filter(|_| !scene.view.on_rails);
            let press = number.map(|belt| format!("{PRESS}{}", belt.number));
            let words = press.unwrap_or(labels::title(scene.view).to_string());
            Some((words, get_on()))
        }
        Phase::Paused => Some(("PAUSED".to_string(), format!("{} goes on", name(Action::Pause)))),
        Phase::Absent { .. } => Some(("PAUSED".to_string(), "see below".to_string())),
        Phase::Running | Phase::Stopped => None,
    }
}

/// What comes before a number to press.
const PRESS: &str = "PRESS ";
/// What to do while it is counted in.
fn get_on() -> String {
    match keymap::label(KeyContext::Running, Action::EndStep) {
        "" => "get on".to_string(),
        key => format!("get on: {key} starts now"),
    }
}

/// The coloured field: what to do, the number, the belt.
pub fn draw(buf: &mut Buffer, layout: &Layout, scene: &RunningScene<'_>) {
    let style = style(scene);
    for area in [layout.heading, layout.number, layout.belt] {
        buf.set_style(area, style);
    }
    match still_words(scene) {
        Some(words) => still(buf, layout, scene, &words),
        None => heading(buf, inset(layout.heading, 1), scene, style),
    }
    let big = labels::big(scene.view, scene.units);
    let digits = layout.digits();
    let unit = labels::big_unit(scene.view, scene.units);
    let mut room = digits;
    let unit_columns = unit.as_ref().and_then(|u| letters::size(u, 1)).map_or(0, |(w, _)| w + 2);
    beside(&mut room, unit_columns);
    let at = number(buf, room, &big, style);
    if let Some(unit) = unit {
        let x = at.right() + 2;
        let y = at.bottom().saturating_sub(3);
        let beside = Rect { x, y, width: digits.right().saturating_sub(x), height: 3 };
        large(buf, beside, &unit, Side::Left, style);
    }
    match layout.shape {
        LayoutShape::Beside | LayoutShape::Tall => belt_number::column(buf, layout.belt, scene, style),
        LayoutShape::Stacked | LayoutShape::Bare => belt_number::storey(buf, layout.belt, scene, style),
    }
}

/// A band with a word that must not be overlooked and what to do about it; of a count-in, the first step in its own
/// colour, where its number has room elsewhere.
fn still(buf: &mut Buffer, layout: &Layout, scene: &RunningScene<'_>, (word, how): &(String, String)) {
    let area = layout.heading;
    let title = labels::title(scene.view).to_string();
    let counted = matches!(scene.view.phase, Phase::CountIn { .. });
    let apart = counted && (layout.belt.height >= 3 || !word.starts_with(PRESS));
    let (first, _) = named(scene, inset(area, 1));
    let (word, style) = match apart {
        true => (first, scene.theme.patch(labels::zone(scene.view))),
        false => (word.as_str(), scene.theme.loud()),
    };
    buf.set_style(area, style);
    let rest = inset(area, 1);
    if area.height < 3 {
        put(buf, rest, &joined(&[word.to_string(), (*how).to_string()], rest.width), Side::Middle, style);
        return;
    }
    let tag = labels::zone(scene.view).filter(|_| apart).map(|zone| format!("Z{zone}"));
    let mut others = vec![(*how).to_string()];
    if word != title {
        others.insert(0, title.clone());
    }
    if rest.width < NARROW && rest.height >= 6 {
        return heading_below(buf, rest, (word, &others), style);
    }
    if let Some(number) = word.strip_prefix(PRESS)
        && letters::largest(word, rest.width, rest.height).is_none()
    {
        put(buf, middle(rest, rest.width, 1), PRESS.trim_end(), Side::Left, style);
        large(buf, rest, number, Side::Middle, style);
        return;
    }
    // Where both are large what to do matters more than what was being done.
    let taken = large(buf, rest, word, Side::Left, style);
    let x = taken.right() + 2 + 4 * u16::from(tag.is_some());
    let mut right = Rect { x, width: rest.right().saturating_sub(x), ..rest };
    if let Some(tag) = tag {
        let columns = letters::size(&tag, (area.height / 3).max(1)).map_or(0, |(w, _)| w);
        if columns + text::width(how) + 4 <= right.width {
            let at = Rect { width: columns, ..right };
            large(buf, at, &tag, Side::Left, style);
            right = Rect { x: right.x + columns + 2, width: right.width - columns - 2, ..right };
        }
    }
    if right.height < 6 && letters::largest(how, right.width, right.height).is_some() {
        others = vec![(*how).to_string()];
    }
    others.retain(|o| text::width(o) <= right.width);
    stack(buf, right, &others, Side::Right, style);
}

/// What the step is called; where that cannot be large and its target can, the target's words, and then what it is called.
fn named<'a>(scene: &RunningScene<'a>, area: Rect) -> (&'a str, Option<&'a str>) {
    let title = labels::title(scene.view);
    let words = scene.view.step().map_or(title, |step| &step.target.words);
    let is_large = |text| letters::largest(text, area.width, area.height).is_some();
    match !is_large(title) && is_large(words) && !scene.view.on_rails {
        true => (words, Some(title)),
        false => (title, None),
    }
}

/// What to do, large, and beside it where in the repeats this is.
fn heading(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, style: Style) {
    let view = scene.view;
    let reps = view.step().map(|s| display::reps(view.sequence, s)).unwrap_or_default();
    let (title, label) = named(scene, area);
    // The innermost of sets of sets is what changes, and what is counted.
    let (sets, rep) = reps.split_at(reps.len().saturating_sub(1));
    let mut lines = rep.to_vec();
    lines.extend(label.map(str::to_string));
    lines.push(sets.join(" · "));
    lines.extend(labels::details(view, scene.units).into_iter().filter(|line| line != title));
    lines.retain(|l| !l.is_empty());
    if area.width < NARROW && area.height >= 6 {
        return heading_below(buf, area, (title, &lines), style);
    }
    if area.height == 1 {
        lines = vec![joined(&lines, area.width * 2 / 3)];
    }
    let aside = lines.iter().map(|l| text::width(l)).max().unwrap_or(0);
    let room = Rect { width: area.width.saturating_sub(aside + 2).max(area.width / 2), ..area };
    let taken = large(buf, room, title, Side::Left, style);
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

/// The same, one below the other: the first of the lines large, the others in a row.
fn heading_below(buf: &mut Buffer, area: Rect, (title, lines): (&str, &[String]), style: Style) {
    let mut rest = area;
    large(buf, top(&mut rest, 3), title, Side::Left, style);
    if let [first, others @ ..] = lines {
        large(buf, top(&mut rest, 3), first, Side::Left, style);
        let others = joined(others, rest.width);
        put(buf, rest, &others, Side::Left, style.add_modifier(Modifier::BOLD));
    }
}

/// As many texts as fit a row in whole.
pub fn joined(texts: &[String], columns: u16) -> String {
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
