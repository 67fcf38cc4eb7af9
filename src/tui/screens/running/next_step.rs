//! The next step: its number and direction, large enough to read from the belt.

use super::labels::{self, DirectionLabel, time};
use super::scene::RunningScene;
use crate::display;
use crate::session::SessionPlace;
use crate::tui::widgets::large_text::{large, stack};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, beside, bottom, inset, put, top};
use crate::workout::sequence::PlannedStep;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// In fewer columns the words stand below the number, if there is height for both.
const NARROW: u16 = 70;
/// In fewer columns a row shows only the number or the direction, and the words.
const NAMED: u16 = 33;

/// The label of this part of the screen.
const NEXT: &str = "next";

/// The texts for the next step.
struct NextStep {
    /// The zone: `Z5`.
    tag: String,
    /// The sign of the direction with the belt's number, `▲ 14.0`; without a number the direction in words.
    key: String,
    direction: DirectionLabel,
    title: String,
    length: String,
    number: Option<String>,
}

/// The colours of the next step.
#[derive(Clone, Copy)]
struct NextStyles {
    /// The part as a whole: dark until the step is near, then lit.
    ground: Style,
    /// The zone's tag.
    tag: Style,
}

impl NextStep {
    /// The texts for a step. In large letters the title may take so many columns; one that is longer gives way to the
    /// target's words.
    fn of(scene: &RunningScene<'_>, step: &PlannedStep, columns: Option<u16>) -> NextStep {
        let view = scene.view;
        let on_rails = view.next_on_rails && view.sequence.show_pace;
        let number = view.next_setting.filter(|s| view.sequence.show_pace && s.number > 0.0);
        let number = number.map(|s| view.treadmill.belt.text(s.number));
        let direction = DirectionLabel::of(view.next_signal, view.sequence.activity);
        let too_long = |columns| letters::size(step.title(), 1).is_none_or(|(width, _)| width > columns);
        let title = match columns.is_some_and(too_long) {
            _ if on_rails => labels::ON_RAILS,
            true => &step.target.words,
            false => step.title(),
        };
        // A title that is just the number need not repeat it.
        let unit = view.treadmill.belt.unit.name();
        let title = if number.is_some() && title.ends_with(unit) { "" } else { title };
        let key = match &number {
            Some(number) => format!("{} {number}", direction.sign),
            None => direction.text.to_string(),
        };
        NextStep {
            tag: labels::zone_or_dash(step.target.start.zone, scene.view.sequence.activity),
            key,
            direction,
            title: title.to_string(),
            length: display::length(step),
            number,
        }
    }

    /// The title and the length.
    fn words(&self) -> String {
        match self.title.as_str() {
            "" => format!("{NEXT}  {}", self.length),
            title => format!("{title}  {}", self.length),
        }
    }
}

/// The next step in a few words: first in full, then the number or direction alone.
pub fn in_short(scene: &RunningScene<'_>) -> Vec<String> {
    match scene.view.next() {
        Some(step) => {
            let next = NextStep::of(scene, step, None);
            vec![format!("{}  {}", next.key, next.title), next.key]
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

/// Draws the next step: dark until it is near, then lit.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let step = scene.view.next();
    let zone = step.and_then(|s| s.target.start.zone);
    let ground = match (time::is_coming(scene.view), step) {
        (false, _) => scene.theme.coming(),
        (true, Some(_)) => scene.theme.patch(zone),
        (true, None) => scene.theme.loud(),
    };
    buf.set_style(area, ground);
    let Some(step) = step else {
        large(buf, inset(area, 1), finish(scene), Side::Left, ground);
        return;
    };
    let next = NextStep::of(scene, step, (area.height >= 3).then_some(area.width));
    let styles = NextStyles { ground, tag: scene.theme.patch(zone) };
    match area.height {
        0..3 => draw_row(buf, area, &next, styles),
        6.. if area.width < NARROW => draw_stacked(buf, area, &next, styles),
        _ => draw_beside(buf, area, &next, styles),
    }
}

/// Draws everything in one row.
fn draw_row(buf: &mut Buffer, area: Rect, next: &NextStep, styles: NextStyles) {
    let mut row = inset(area, 1);
    let at = beside(&mut row, text::width(&next.tag) + 2);
    buf.set_style(at, styles.tag);
    put(buf, at, &next.tag, Side::Middle, styles.tag);
    if row.width < NAMED {
        let words = format!("{}  {}  {}", next.key, next.title, next.length);
        put(buf, row, &words, Side::Left, styles.ground);
        return;
    }
    let parts = [NEXT, &next.title, &next.length, next.number.as_deref().unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    let words = parts.join("  ");
    let fits = text::width(next.direction.text) + text::width(&words) + 3 <= row.width;
    let direction = if fits { next.direction.text } else { next.direction.sign };
    let at = beside(&mut row, text::width(direction) + 2);
    put(buf, at, direction, Side::Middle, styles.ground);
    large(buf, row, &words, Side::Left, styles.ground);
}

/// Draws the number or the direction in letters as large as fit, and beside it as much of the rest as there is room for.
fn draw_beside(buf: &mut Buffer, area: Rect, next: &NextStep, styles: NextStyles) {
    let mut row = area;
    // Letters have a blank row above them, so the spare rows go below.
    row.height -= row.height % 3;
    let scale = if area.width < 100 { 1 } else { (row.height / 3).min(2) };
    if scale > 0 {
        // The tag's colour takes the blank rows as well.
        buf.set_style(Rect { height: area.height, ..tag_area(row, &next.tag, scale) }, styles.tag);
    }
    let rest = inset(draw_tag(buf, row, &next.tag, scale, styles.tag), 1);
    let chosen = NextWords::choose(next, rest);
    let taken = large(buf, rest, &chosen.large, Side::Left, styles.ground);
    let x = taken.right() + 2;
    let right = Rect { x, width: rest.right().saturating_sub(x), ..rest };
    match chosen.small.first() {
        // The label alone stays small.
        Some(first) if first == NEXT => {
            let mut rest = right;
            for line in &chosen.small {
                put(buf, top(&mut rest, 1), line, Side::Right, styles.ground);
            }
        }
        _ => stack(buf, right, &chosen.small, Side::Right, styles.ground),
    }
}

/// Draws the number or the direction over the words. With few rows just before a change, the number alone is larger.
fn draw_stacked(buf: &mut Buffer, area: Rect, next: &NextStep, styles: NextStyles) {
    let mut row = area;
    row.height = row.height - row.height % 3 + u16::from(!area.height.is_multiple_of(3));
    let whole = row;
    let columns = row.width.saturating_sub(9);
    if row.height < 9 && letters::largest(&next.key, columns, 6) == Some(2) {
        let taken = large(buf, inset(row, 1), &next.key, Side::Left, styles.ground);
        let x = taken.right() + 2;
        let right = Rect { x, width: whole.right().saturating_sub(x + 1), ..row };
        let others = [&next.tag, &next.title, &next.length].map(String::clone);
        stack(buf, right, &others, Side::Right, styles.ground);
        return;
    }
    let mut below = bottom(&mut row, 3);
    // If there is a spare row, it separates the two lines of letters.
    row.height -= row.height % 3;
    large(buf, inset(row, 1), &next.key, Side::Left, styles.ground);
    below = inset(draw_tag(buf, below, &next.tag, 1, styles.tag), 1);
    let words = next.words();
    let beside_length = below.width.saturating_sub(6);
    let title_fits = letters::largest(&next.title, beside_length, 3).is_some();
    if letters::largest(&words, below.width, 3).is_none() && title_fits {
        let at = beside(&mut below, text::width(&next.length));
        put(buf, at, &next.length, Side::Right, styles.ground);
        large(buf, below, &next.title, Side::Left, styles.ground);
        return;
    }
    large(buf, below, &words, Side::Left, styles.ground);
}

/// The columns for a zone's tag at the left of an area.
fn tag_area(area: Rect, tag: &str, scale: u16) -> Rect {
    let margin = if area.width < NARROW { 2 } else { 4 };
    let columns = letters::size(tag, scale).map_or(0, |(w, _)| w + margin).min(area.width);
    Rect { width: columns, ..area }
}

/// Writes a zone's tag at the left of an area, and returns the rest of it.
fn draw_tag(buf: &mut Buffer, area: Rect, tag: &str, scale: u16, style: Style) -> Rect {
    let at = tag_area(area, tag, scale);
    buf.set_style(at, style);
    large(buf, inset(at, 1), tag, Side::Middle, style);
    Rect { x: area.x + at.width, width: area.width - at.width, ..area }
}

/// The words of the next step by size.
struct NextWords {
    large: String,
    /// Written beside the large ones, one below the other.
    small: Vec<String>,
}

impl NextWords {
    /// Chooses as many large words as fit, in letters as large as fit.
    fn choose(next: &NextStep, area: Rect) -> NextWords {
        let NextStep { key, title, length, .. } = next;
        let label = NEXT.to_string();
        let titled = if title.is_empty() { key.clone() } else { format!("{key}  {title}") };
        let choices = [
            NextWords { large: format!("{titled}  {length}"), small: vec![label.clone()] },
            NextWords { large: titled, small: vec![label.clone(), length.clone()] },
            NextWords { large: key.clone(), small: vec![label, title.clone(), length.clone()] },
        ];
        for scale in (1..=area.height / 3).rev() {
            for choice in &choices {
                let Some((columns, _)) = letters::size(&choice.large, scale) else { continue };
                let widest = choice.small.iter().map(|t| text::width(t)).max().unwrap_or(0);
                // A title may be cut; the number may not.
                let beside = if choice.large == *key { widest.min(8) } else { widest };
                if columns + beside + 2 <= area.width {
                    let right = Rect { width: area.width.saturating_sub(columns + 6), ..area };
                    let small = NextWords::without_label(&choice.small, right);
                    return NextWords { large: choice.large.clone(), small };
                }
            }
        }
        NextWords { large: key.clone(), small: Vec::new() }
    }

    /// The small words, without the label if the others are large then.
    fn without_label(words: &[String], area: Rect) -> Vec<String> {
        let words: Vec<String> = words.iter().filter(|word| !word.is_empty()).cloned().collect();
        let others: Vec<String> = words.iter().skip(1).cloned().collect();
        let each = area.height / (others.len() as u16).max(1);
        let is_large = |text: &String| letters::largest(text, area.width, each).is_some();
        if !others.is_empty() && others.iter().all(is_large) { others } else { words }
    }
}
