//! The heading of a step: its title, and beside it the rep and the details.

use super::fact_row::join_fitting;
use super::labels::{self, time};
use super::scene::RunningScene;
use crate::display;
use crate::tui::widgets::large_text::{large, stack};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, beside, bottom, put, top};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// In fewer columns the lines stand below the title, if there is height for both.
const NARROW: u16 = 70;

/// A title, and the lines beside or below it.
pub struct Heading {
    /// The title.
    pub title: String,
    /// The lines, the most important first.
    pub lines: Vec<String>,
    /// True if the first line is the rep: `rep 3 of 8`.
    pub starts_with_rep: bool,
}

impl Heading {
    /// The heading of the step being run.
    pub fn of(scene: &RunningScene<'_>, area: Rect) -> Heading {
        let view = scene.view;
        let reps = view.step().map(|s| display::reps(view.sequence, s)).unwrap_or_default();
        let (title, label) = title_and_label(scene, area);
        // In nested repeats the innermost one changes most often.
        let (sets, rep) = reps.split_at(reps.len().saturating_sub(1));
        let mut lines = rep.to_vec();
        lines.extend(time::left_of_distance(view));
        lines.push(sets.join(" · "));
        lines.extend(label);
        lines.extend(labels::leave_repeat(view, scene.theme.keymap()));
        if scene.status.volume.muted && area.height == 1 {
            lines.push("muted".to_string());
        }
        lines.retain(|l| !l.is_empty());
        Heading { title, lines, starts_with_rep: !rep.is_empty() }
    }

    /// The title of the step being run, as [`Heading::of`] shows it.
    pub fn title(scene: &RunningScene<'_>, area: Rect) -> String {
        title_and_label(scene, area).0
    }

    /// True if the lines stand below the title.
    pub fn is_stacked(area: Rect) -> bool {
        area.width < NARROW && area.height >= 6
    }

    /// Draws the title large, and the lines beside or below it.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, style: Style) {
        if Heading::is_stacked(area) {
            return self.draw_stacked(buf, area, style);
        }
        let mut lines = match area.height {
            1 => vec![join_fitting(&self.lines, area.width * 2 / 3)],
            _ => self.lines.clone(),
        };
        let widest = lines.iter().map(|l| text::width(l)).max().unwrap_or(0);
        let room = Rect { width: area.width.saturating_sub(widest + 2).max(area.width / 2), ..area };
        let taken = large(buf, room, &self.title, Side::Left, style);
        let x = taken.right() + 2;
        let mut rest = Rect { x, width: area.right().saturating_sub(x), ..area };
        // The rep matters most: it is large even if only the other lines find room before it.
        if let [rep, others @ ..] = lines.as_slice()
            && area.height >= 3
            && self.starts_with_rep
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

    /// Draws the title and the first line large, one below the other, and the other lines in a row.
    pub fn draw_stacked(&self, buf: &mut Buffer, area: Rect, style: Style) {
        let mut rest = area;
        large(buf, top(&mut rest, 3), &self.title, Side::Left, style);
        if let [first, others @ ..] = self.lines.as_slice() {
            large(buf, top(&mut rest, 3), first, Side::Left, style);
            let gap = u16::from(rest.height > 1);
            top(&mut rest, gap);
            let others = join_fitting(others, rest.width);
            put(buf, rest, &others, Side::Left, style.add_modifier(Modifier::BOLD));
        }
    }
}

/// The step's title. If only its target can be large, the target's words and then the title.
fn title_and_label(scene: &RunningScene<'_>, area: Rect) -> (String, Option<String>) {
    let title = labels::title(scene.view);
    let target = scene.view.step().map_or(title.clone(), |step| step.target.words.clone());
    let is_large = |text: &str| letters::largest(text, area.width, area.height).is_some();
    match !is_large(&title) && is_large(&target) && !scene.view.on_rails {
        true => (target, Some(title)),
        false => (title, None),
    }
}
