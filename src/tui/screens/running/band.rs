//! The coloured band: the step's title, and the time in dominant digits.

use super::belt_number;
use super::fact_row::join_fitting;
use super::heading::Heading;
use super::labels::{self, time};
use super::layout::{LayoutShape, RunningLayout};
use super::scene::RunningScene;
use super::standstill::{Standstill, StandstillWord};
use crate::session::Phase;
use crate::tui::widgets::large_text::{large, number, raised, stack};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, after, beside, bottom, inset, middle, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The band's colours, which show the state of the session even from the corner of an eye.
pub fn style(scene: &RunningScene<'_>) -> Style {
    let zone = labels::colour(scene.view);
    match scene.view.phase {
        Phase::Running if time::is_ending(scene.view) => scene.theme.turned(zone),
        Phase::Running => scene.theme.field(zone),
        _ => scene.theme.still(),
    }
}

/// Draws the heading, the number and the belt.
pub fn draw(buf: &mut Buffer, layout: &RunningLayout, scene: &RunningScene<'_>) {
    let style = style(scene);
    for area in [layout.heading, layout.number, layout.belt] {
        buf.set_style(area, style);
    }
    match Standstill::of(scene) {
        Some(standstill) => draw_standstill(buf, layout, scene, &standstill),
        None => {
            let area = inset(layout.heading, 1);
            Heading::of(scene, area).draw(buf, area, style);
        }
    }
    draw_number(buf, layout.digits(), scene, style);
    match layout.shape {
        LayoutShape::Beside | LayoutShape::Tall => belt_number::column(buf, layout.belt, scene),
        LayoutShape::Stacked | LayoutShape::Bare => belt_number::rows(buf, layout.belt, scene, style),
    }
}

/// Draws the big number, with the unit of a distance beside it.
pub fn draw_number(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>, style: Style) {
    let big = time::big(scene.view, scene.units);
    let Some(unit) = big.unit else {
        number(buf, area, &big.text, style);
        return;
    };
    // The unit grows with the number, but stays far smaller.
    let scale = (area.height / 10).max(1);
    let is_large = area.height >= 5 && letters::size(unit, scale).is_some();
    let columns = match letters::size(unit, scale) {
        Some((columns, _)) if is_large => columns.max(text::width(big.note)),
        _ => text::width(unit),
    };
    let mut room = area;
    beside(&mut room, columns + 2);
    let at = number(buf, room, &big.text, style);
    let x = at.right() + 2;
    let mut below = Rect { x, width: area.right().saturating_sub(x), ..at };
    let rows = if is_large { 3 * scale } else { 1 };
    // On the baseline of the digits, which have an empty row of pixels below them.
    raised(buf, bottom(&mut below, rows), unit, Side::Left, style);
    if is_large {
        let gap = u16::from(below.height > 1);
        bottom(&mut below, gap);
        put(buf, bottom(&mut below, 1), big.note, Side::Left, style.add_modifier(Modifier::BOLD));
    }
}

/// Draws the heading while the clock stands still: a word that nobody overlooks, and what to do about it. During a
/// count-in it is the first step in its own colour, if the number to press has room elsewhere.
fn draw_standstill(
    buf: &mut Buffer,
    layout: &RunningLayout,
    scene: &RunningScene<'_>,
    standstill: &Standstill,
) {
    let area = layout.heading;
    let Standstill { word, hint } = standstill;
    let rest = inset(area, 1);
    let is_press = matches!(word, StandstillWord::Press(_));
    let shows_step =
        matches!(scene.view.phase, Phase::CountIn { .. }) && (layout.belt.height >= 3 || !is_press);
    let (text, style) = match shows_step {
        true => (Heading::title(scene, rest), scene.theme.patch(labels::colour(scene.view))),
        false => (word.text(), scene.theme.loud()),
    };
    buf.set_style(area, style);
    if area.height < 3 {
        put(buf, rest, &join_fitting(&[text, hint.clone()], rest.width), Side::Middle, style);
        return;
    }
    let title = labels::title(scene.view);
    let mut others = vec![hint.clone()];
    if text != title {
        others.insert(0, title);
    }
    if Heading::is_stacked(rest) {
        return Heading { title: text, lines: others, starts_with_rep: false }.draw_stacked(buf, rest, style);
    }
    if let StandstillWord::Press(number) = word
        && !shows_step
        && letters::largest(&text, rest.width, rest.height).is_none()
    {
        let taken = put(buf, middle(rest, rest.width, 1), StandstillWord::PRESS, Side::Left, style);
        let right = after(rest, taken + 2);
        let narrow = number.replace(' ', "");
        let fits = letters::largest(number, right.width, right.height).is_some();
        large(buf, right, if fits { number } else { &narrow }, Side::Left, style);
        return;
    }
    let tag = labels::zone_tag(scene.view).filter(|_| shows_step);
    // If both fit in large letters, what to do matters more than the step's title.
    let taken = large(buf, rest, &text, Side::Left, style);
    let x = taken.right() + 2 + 4 * u16::from(tag.is_some());
    let mut right = Rect { x, width: rest.right().saturating_sub(x), ..rest };
    if let Some(tag) = tag {
        let columns = letters::size(&tag, (area.height / 3).max(1)).map_or(0, |(w, _)| w);
        if columns + text::width(hint) + 4 <= right.width {
            let at = Rect { width: columns, ..right };
            large(buf, at, &tag, Side::Left, style);
            right = Rect { x: right.x + columns + 2, width: right.width - columns - 2, ..right };
        }
    }
    if right.height < 6 && letters::largest(hint, right.width, right.height).is_some() {
        others = vec![hint.clone()];
    }
    others.retain(|o| text::width(o) <= right.width);
    stack(buf, right, &others, Side::Right, style);
}
