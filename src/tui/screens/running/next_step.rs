//! The next step: its number and direction, large enough to read from the belt.

use super::labels::{self, DirectionLabel, incline, time, title};
use super::scene::RunningScene;
use crate::belt::BeltSetting;
use crate::coach::View;
use crate::cues::Signal;
use crate::display;
use crate::keymap::{Action, KeyContext};
use crate::session::SessionPlace;
use crate::tui::widgets::large_text::{large, stack};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, after, bottom, inset, middle, put, top};
use crate::workout::sequence::PlannedStep;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// In fewer columns the words stand below the number, if there is height for both.
const NARROW: u16 = 70;
/// The width from which the label is large.
const LARGE_LABEL: u16 = 100;

/// The label of this part of the screen.
const NEXT: &str = "next";

/// The colours of the next step.
#[derive(Clone, Copy)]
struct NextStyles {
    /// The part as a whole: dark until the step is near, then lit.
    ground: Style,
    /// The label, on the colour of the step.
    label: Style,
}

/// The texts for the next step.
struct NextStep {
    /// The sign of the direction with the belt's number and its incline, `▲ 14.0 ▲6%`; without a number the direction in
    /// words.
    key: String,
    direction: DirectionLabel,
    /// The number with its incline.
    pair: Option<String>,
    title: String,
    length: String,
}

impl NextStep {
    /// The texts for a step. In large letters the title may take so many columns; one that is longer gives way to the
    /// target's words.
    fn of(scene: &RunningScene<'_>, step: &PlannedStep, columns: Option<u16>) -> NextStep {
        let view = scene.view;
        let on_rails = view.next_on_rails && view.sequence.show_pace;
        let number = view.next_setting.filter(|s| view.sequence.show_pace && s.number > 0.0);
        let number = number.map(|s| view.treadmill.belt.text(s.number));
        let incline = incline::next(view).filter(|_| !on_rails);
        let direction = match has_same_keys(view) {
            false if view.next_signal.map(Signal::meaning) == Some(Signal::Same) => DirectionLabel::CHANGED,
            _ => DirectionLabel::of(view.next_signal, view.sequence.activity),
        };
        let too_long =
            |columns| letters::size(&title::of_step(step), 1).is_none_or(|(width, _)| width > columns);
        let title = match columns.is_some_and(too_long) {
            _ if on_rails => title::ON_RAILS.to_string(),
            true => step.target.words.clone(),
            false => title::of_step(step),
        };
        // A title that is just the number need not repeat it.
        let unit = view.treadmill.belt.unit.name();
        let title = if number.is_some() && title.ends_with(unit) { String::new() } else { title };
        let tag = title::tag(step, step.target.start.zone).filter(|_| !on_rails);
        let title = [Some(title), tag].into_iter().flatten().filter(|t| !t.is_empty());
        let pair = match (&number, &incline) {
            (None, incline) => incline.clone(),
            (Some(number), incline) => Some(incline::with_number(number, incline.as_deref())),
        };
        let key = match (&number, &pair) {
            (Some(_), Some(pair)) => format!("{} {pair}", direction.sign),
            (_, incline) => incline::with_number(direction.text, incline.as_deref()).trim().to_string(),
        };
        let keys = scene.theme.keymap();
        NextStep {
            key,
            direction,
            pair,
            title: title.collect::<Vec<_>>().join(" "),
            length: display::length_until(step, keys.label(KeyContext::Running, Action::EndStep)),
        }
    }

    /// The number with its sign and its incline, without the spaces between them.
    fn narrow_key(&self) -> String {
        match &self.pair {
            Some(_) => self.key.replace(' ', ""),
            None => self.key.clone(),
        }
    }

    /// True if the number has twice the smallest size in one line.
    fn fits_twice(&self, area: Rect) -> bool {
        let room = inset(after(area, label_columns(false)), 1).width;
        area.height < 9
            && letters::size(&self.narrow_key(), 2).is_some_and(|(columns, _)| columns + 10 <= room)
    }

    /// The title and the length.
    fn words(&self) -> String {
        format!("{}  {}", self.title, self.length).trim().to_string()
    }
}

/// True if nothing has to be pressed for the next step. Without a number on either side, nobody can tell.
fn has_same_keys(view: &View<'_>) -> bool {
    let number = |setting: Option<BeltSetting>| setting.map(|s| view.treadmill.belt.text(s.number));
    let numbers = number(view.ends.or(view.setting)).zip(number(view.next_setting));
    let has_same_number = numbers.is_none_or(|(now, next)| now == next);
    let has_same_incline = !view.climbs() || view.next_incline.is_none_or(|next| next == view.incline_ends);
    !view.sequence.show_pace || has_same_number && has_same_incline
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
    let colour = step.and_then(|step| labels::colour_of(scene.view, step));
    let ground = match (time::is_coming(scene.view), step) {
        (false, _) => scene.theme.coming(),
        (true, Some(_)) => scene.theme.patch(colour),
        (true, None) => scene.theme.loud(),
    };
    buf.set_style(area, ground);
    let Some(step) = step else {
        large(buf, inset(area, 1), finish(scene), Side::Left, ground);
        return;
    };
    let next = NextStep::of(scene, step, (area.height >= 3).then_some(area.width));
    let styles = NextStyles { ground, label: scene.theme.patch(colour) };
    match area.height {
        0..3 => draw_row(buf, area, &next, styles),
        6.. if area.width < NARROW && !next.fits_twice(area) => draw_stacked(buf, area, &next, styles),
        _ => draw_beside(buf, area, &next, styles),
    }
}

/// The columns of the label, in large letters or not.
fn label_columns(is_large: bool) -> u16 {
    match letters::size(NEXT, 1) {
        Some((columns, _)) if is_large => columns + 4,
        _ => text::width(NEXT) + 2,
    }
}

/// Draws the label before the step that it names, on the colour of that step. Returns the rest of the area.
fn draw_label(buf: &mut Buffer, area: Rect, is_large: bool, styles: NextStyles) -> Rect {
    let at = Rect { width: label_columns(is_large).min(area.width), ..area };
    buf.set_style(at, styles.label);
    // The label is on the line of the large letters, which leave the spare rows below them.
    let line = Rect { height: (at.height - at.height % 3).max(1).min(at.height), ..inset(at, 1) };
    match is_large {
        true => _ = large(buf, middle(line, line.width, 3), NEXT, Side::Middle, styles.label),
        false => _ = put(buf, middle(line, line.width, 1), NEXT, Side::Middle, styles.label),
    }
    after(area, at.width)
}

/// Draws everything in one row.
fn draw_row(buf: &mut Buffer, area: Rect, next: &NextStep, styles: NextStyles) {
    let row = Rect { height: area.height.min(1), ..area };
    let row = inset(draw_label(buf, row, false, styles), 1);
    let in_short = join(&[&next.key, &next.title, &next.length]);
    let pair = next.pair.as_deref().unwrap_or_default();
    let in_full = join(&[next.direction.text, pair, &next.title, &next.length]);
    let words = if text::width(&in_full) <= row.width { in_full } else { in_short };
    put(buf, row, &words, Side::Left, styles.ground.add_modifier(Modifier::BOLD));
}

/// Joins the words that are not empty.
fn join(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().filter(|w| !w.is_empty()).copied().collect();
    words.join("  ")
}

/// Draws the number or the direction in letters as large as fit, and beside it as much of the rest as there is room for.
fn draw_beside(buf: &mut Buffer, area: Rect, next: &NextStep, styles: NextStyles) {
    // Letters have a blank row above them, so the spare rows go below.
    let line = Rect { height: area.height - area.height % 3, ..area };
    let room = |is_large| inset(after(line, label_columns(is_large)), 1);
    let (chosen, rest) = match NextWords::choose(next, room(false)) {
        Some(chosen) => {
            // The label is large only if that costs the step nothing.
            let with_large = NextWords::choose(next, room(true));
            let is_large = area.width >= LARGE_LABEL && with_large.as_ref() == Some(&chosen);
            draw_label(buf, area, is_large, styles);
            (chosen, room(is_large))
        }
        // In the narrowest windows the number matters more than the label.
        None => match NextWords::choose(next, inset(line, 1)) {
            Some(chosen) => (chosen, inset(line, 1)),
            None => return draw_row(buf, middle(area, area.width, 1), next, styles),
        },
    };
    let taken = large(buf, rest, &chosen.large, Side::Left, styles.ground);
    let mut right = after(rest, (taken.right() + 4).saturating_sub(rest.x));
    let count = chosen.small.len() as u16;
    let is_large = |line: &String| letters::largest(line, right.width, 3).is_some();
    if 3 * count <= right.height && chosen.small.iter().all(is_large) {
        stack(buf, bottom(&mut right, 3 * count), &chosen.small, Side::Left, styles.ground);
        return;
    }
    let right = after(rest, (taken.right() + 2).saturating_sub(rest.x));
    stack(buf, middle(right, right.width, count), &chosen.small, Side::Left, styles.ground);
}

/// Draws the number or the direction over the words.
fn draw_stacked(buf: &mut Buffer, area: Rect, next: &NextStep, styles: NextStyles) {
    let room = inset(draw_label(buf, area, false, styles), 1);
    // The two lines stay together, whatever room there is around them.
    let scale = letters::largest(&next.key, room.width, room.height.saturating_sub(3)).unwrap_or(1);
    let spare = room.height.saturating_sub(3 * scale + 3).min(1);
    let mut rest = middle(room, room.width, 3 * scale + spare + 3);
    let below = bottom(&mut rest, 3);
    large(buf, top(&mut rest, 3 * scale), &next.key, Side::Left, styles.ground);
    let words = next.words();
    let fits = |text: &str| letters::largest(text, below.width, 3).is_some();
    if !fits(&words) && fits(&next.title) {
        let taken = large(buf, below, &next.title, Side::Left, styles.ground);
        let right = after(below, (taken.right() + 2).saturating_sub(below.x));
        put(buf, middle(right, right.width, 1), &next.length, Side::Left, styles.ground);
        return;
    }
    large(buf, below, &words, Side::Left, styles.ground);
}

/// The words of the next step by size.
#[derive(PartialEq, Eq)]
struct NextWords {
    large: String,
    /// Written beside the large ones, one below the other.
    small: Vec<String>,
    /// The size of the large ones.
    scale: u16,
}

impl NextWords {
    /// Chooses as many large words as fit, in letters as large as fit. Returns `None` if not even the number can be large.
    fn choose(next: &NextStep, area: Rect) -> Option<NextWords> {
        let NextStep { key, title, length, .. } = next;
        let small =
            |words: &[&String]| words.iter().filter(|w| !w.is_empty()).map(|w| (*w).clone()).collect();
        let choices: [(String, Vec<String>); 5] = [
            (join(&[key, title, length]), Vec::new()),
            (join(&[key, title]), small(&[length])),
            (join(&[key, length]), small(&[title])),
            (key.clone(), small(&[title, length])),
            (next.narrow_key(), small(&[title, length])),
        ];
        let columns =
            |large: &String, scale| letters::size(large, scale).map_or(u16::MAX, |(columns, _)| columns);
        // A title may be cut if it has to be; the number and the length may not.
        let widest = |small: &[String]| small.iter().map(|text| text::width(text)).max().unwrap_or(0);
        let least = text::width(length).max(8);
        for scale in (1..=area.height / 3).rev() {
            let fits = |most: u16, (large, small): &&(String, Vec<String>)| {
                columns(large, scale).saturating_add(widest(small).min(most) + 2) <= area.width
            };
            let whole = choices.iter().find(|choice| fits(u16::MAX - 2, choice));
            if let Some((large, small)) = whole.or_else(|| choices.iter().find(|choice| fits(least, choice)))
            {
                return Some(NextWords { large: large.clone(), small: small.clone(), scale });
            }
        }
        let key = next.narrow_key();
        let fits = area.height >= 3 && columns(&key, 1) <= area.width;
        fits.then_some(NextWords { large: key, small: Vec::new(), scale: 1 })
    }
}
