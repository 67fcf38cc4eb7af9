//! Choosing a workout: the list, and what the chosen one holds. It reads no disk: it is given what there is.

use super::text::{self, Side, bottom, inset, put, top};
use super::theme::Theme;
use crate::keys::{self, Action, Context};
use crate::picture::Profile;
use crate::words;

use crate::workout::sequence::{PlannedStep, Rep, Sequence};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::sync::Arc;

/// How far a page key goes.
const PAGE: usize = 10;
/// From this width on the list and the chosen workout stand side by side.
const SIDE_BY_SIDE: u16 = 76;
/// More lines than any window has: summing up stops there.
const MOST_LINES: usize = 200;

/// A workout to choose.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the list calls it.
    pub name: String,
    /// What it is for.
    pub about: Option<String>,
    /// The workout, or why it cannot be run.
    pub sequence: Result<Arc<Sequence>, String>,
}

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Run the entry at this index.
    Run(usize),
    /// Nothing: leave.
    Quit,
    /// Leave at once, as Ctrl-C does.
    Interrupt,
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
}

/// The list and the mark on it.
#[derive(Clone, Debug)]
pub struct Picker {
    entries: Vec<Entry>,
    marked: usize,
    theme: Theme,
}

impl Picker {
    /// A picker with the mark on the first entry.
    pub fn new(entries: Vec<Entry>) -> Self {
        Picker { entries, marked: 0, theme: Theme::new(true) }
    }

    /// The same in other colours, or none.
    pub fn with_theme(self, theme: Theme) -> Self {
        Picker { theme, ..self }
    }

    /// What an input does: the choice, if it was one. A workout that cannot be run cannot be chosen.
    pub fn update(&mut self, input: &Input) -> Option<Picked> {
        let Input::Key(key) = input else { return None };
        let last = self.entries.len().saturating_sub(1);
        let to = match keys::action(Context::Picking, key)? {
            Action::Choose => {
                let runs = self.entries.get(self.marked).is_some_and(|e| e.sequence.is_ok());
                return runs.then_some(Picked::Run(self.marked));
            }
            Action::Close => return Some(Picked::Quit),
            Action::Interrupt => return Some(Picked::Interrupt),
            Action::Suspend => return Some(Picked::Suspend),
            Action::Previous => self.marked.saturating_sub(1),
            Action::Next => self.marked + 1,
            Action::PageBack => self.marked.saturating_sub(PAGE),
            Action::PageOn => self.marked + PAGE,
            Action::First => 0,
            Action::Last => last,
            _ => self.marked,
        };
        self.marked = to.min(last);
        None
    }

    /// Draws it over the whole screen.
    pub fn draw(&self, buf: &mut Buffer) {
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        if rest.height >= 6 {
            self.frame(buf, &mut rest);
        }
        if rest.width >= SIDE_BY_SIDE && rest.height >= 6 {
            let list = Rect { width: rest.width * 2 / 5, ..rest };
            let about = Rect { x: list.right() + 3, width: rest.width - list.width - 3, ..rest };
            self.list(buf, list);
            self.about(buf, about);
        } else {
            let rows = if rest.height >= 8 { rest.height / 2 } else { 0 };
            let mut about = bottom(&mut rest, rows);
            top(&mut about, 1);
            self.list(buf, rest);
            self.about(buf, about);
        }
    }

    fn frame(&self, buf: &mut Buffer, rest: &mut Rect) {
        let head = top(rest, 1);
        let count = format!("{} of {}", (self.marked + 1).min(self.entries.len()), self.entries.len());
        put(buf, head, "Choose a workout", Side::Left, self.theme.strong());
        if head.width > 30 {
            put(buf, head, &count, Side::Right, self.theme.quiet());
        }
        let hints: Vec<String> = keys::of(Context::Picking)
            .filter(|b| !b.short.is_empty())
            .map(|b| format!("{} {}", b.names.split("  ").next().unwrap_or_default(), b.short))
            .collect();
        put(buf, bottom(rest, 1), &hints.join("   "), Side::Left, self.theme.quiet());
        if rest.height > 12 {
            top(rest, 1);
            bottom(rest, 1);
        }
    }

    fn list(&self, buf: &mut Buffer, area: Rect) {
        if self.entries.is_empty() {
            put(buf, area, "There is no workout yet.", Side::Left, self.theme.quiet());
            return;
        }
        let shown = usize::from(area.height).max(1);
        // The mark stays in the middle where the list is longer than the window.
        let first = self.marked.saturating_sub(shown / 2).min(self.entries.len().saturating_sub(shown));
        let mut rest = area;
        for (index, entry) in self.entries.iter().enumerate().skip(first).take(shown) {
            let row = top(&mut rest, 1);
            let style = if index == self.marked { self.theme.loud() } else { Style::new() };
            buf.set_style(row.intersection(buf.area), style);
            let side = match &entry.sequence {
                Ok(sequence) => words::total(sequence),
                Err(_) => "cannot run".to_string(),
            };
            let inner = inset(row, 1);
            let taken = put(buf, inner, &side, Side::Right, style);
            let name = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
            put(buf, name, &entry.name, Side::Left, style);
        }
    }

    /// What the marked entry holds, most important first: a small window cuts off the rest.
    fn about(&self, buf: &mut Buffer, area: Rect) {
        let Some(entry) = self.entries.get(self.marked).filter(|_| !area.is_empty()) else {
            return;
        };
        let mut rest = area;
        let roomy = area.height >= 12;
        if roomy {
            put(buf, top(&mut rest, 1), &entry.name, Side::Left, self.theme.strong());
        }
        let sequence = match &entry.sequence {
            Ok(sequence) => sequence,
            Err(why) => {
                for line in text::wrap(why, rest.width, rest.height) {
                    put(buf, top(&mut rest, 1), &line, Side::Left, Style::new());
                }
                return;
            }
        };
        put(buf, top(&mut rest, 1), &words::total_and_steps(sequence), Side::Left, self.theme.strong());
        let most = if roomy { 3 } else { u16::from(rest.height > 2) };
        for line in text::wrap(entry.about.as_deref().unwrap_or_default(), rest.width, most) {
            put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.quiet());
        }
        top(&mut rest, u16::from(roomy));
        let rows = match rest.height {
            0..12 => rest.height.min(2),
            12..24 => 4,
            _ => 7,
        };
        self.profile(buf, top(&mut rest, rows), sequence);
        top(&mut rest, u16::from(roomy));
        let lines = summary(sequence);
        let shown = usize::from(rest.height);
        if shown < 2 && lines.len() > shown {
            return;
        }
        for (i, line) in lines.iter().take(shown).enumerate() {
            let more = i + 1 == shown && lines.len() > shown;
            let line = if more { "…" } else { line };
            put(buf, top(&mut rest, 1), line, Side::Left, Style::new());
        }
    }

    fn profile(&self, buf: &mut Buffer, area: Rect, sequence: &Sequence) {
        let profile = Profile::new(sequence, area.width);
        for (column, bar) in (0..area.width).zip(&profile.bars) {
            for row in 0..area.height {
                if let Some(cell) = buf.cell_mut((area.x + column, area.bottom() - 1 - row)) {
                    cell.set_char(bar.block(row, area.height)).set_style(self.theme.bar(bar.zone));
                }
            }
        }
    }
}

/// The steps, one a line; a repeat whose reps are alike is told once.
fn summary(sequence: &Sequence) -> Vec<String> {
    let mut lines = Vec::new();
    tell(&sequence.steps, 0, &mut lines);
    lines
}

fn tell(steps: &[PlannedStep], depth: usize, lines: &mut Vec<String>) {
    let indent = "   ".repeat(depth);
    let mut rest = steps;
    while let Some((step, others)) = rest.split_first() {
        if lines.len() >= MOST_LINES {
            return;
        }
        let Some(around) = step.reps.get(depth).copied() else {
            lines.push(format!("{indent}{}  {}", words::length(step), step.title()));
            rest = others;
            continue;
        };
        let inside = rest.iter().take_while(|s| s.reps.get(depth).is_some_and(|r| r.id == around.id));
        let (repeat, after) = rest.split_at(inside.count());
        rest = after;
        let first = pass(repeat, around, depth);
        if are_alike(repeat, first, depth) {
            lines.push(format!("{indent}{} ×", around.of));
            tell(first, depth + 1, lines);
        } else {
            tell(repeat, depth + 1, lines);
        }
    }
}

/// The steps of one rep, which a repeat begins with.
fn pass(repeat: &[PlannedStep], rep: Rep, depth: usize) -> &[PlannedStep] {
    let same = |s: &&PlannedStep| s.reps.get(depth).is_some_and(|r| r.n == rep.n);
    let count = repeat.iter().take_while(same).count();
    repeat.split_at(count).0
}

/// Whether every rep is like the first; the last may lack the recovery after it.
fn are_alike(repeat: &[PlannedStep], first: &[PlannedStep], depth: usize) -> bool {
    let mut rest = repeat;
    while let Some(rep) = rest.first().and_then(|s| s.reps.get(depth)) {
        let this = pass(rest, *rep, depth);
        rest = rest.split_at(this.len()).1;
        let alike =
            this.iter().zip(first).all(|(a, b)| a.end == b.end && a.target == b.target && a.label == b.label);
        let whole = this.len() == first.len() || (rest.is_empty() && this.len() + 1 == first.len());
        if !alike || !whole {
            return false;
        }
    }
    true
}
