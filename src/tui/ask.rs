//! A question over the running screen. The digits above it stay in sight, for the clock may be going on.

use super::letters;
use super::text::{Side, bottom, inset, put, top};
use super::theme::Theme;
use crate::keys::{self, Action, Binding, Context};
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A question with its answers, one of which is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    context: Context,
    marked: usize,
}

impl Ask {
    /// Whether to stop.
    pub const QUITTING: Ask = Ask { context: Context::Quitting, marked: 0 };
    /// What to make of a time when nothing was alive.
    pub const ABSENCE: Ask = Ask { context: Context::Absence, marked: 0 };

    /// What a key does to it: the answer that was given, if it was one.
    pub fn update(&mut self, action: Action) -> Option<Action> {
        let count = self.answers().len().max(1);
        match action {
            Action::Previous => self.marked = (self.marked + count - 1) % count,
            Action::Next => self.marked = (self.marked + 1) % count,
            Action::Choose => return self.answers().get(self.marked).map(|b| b.action),
            Action::Stop | Action::GoOn | Action::CatchUp => return Some(action),
            _ => {}
        }
        None
    }

    fn answers(&self) -> Vec<&'static Binding> {
        let is_answer = |b: &&Binding| matches!(b.action, Action::Stop | Action::GoOn | Action::CatchUp);
        keys::of(self.context).filter(is_answer).collect()
    }

    /// The rows it takes at the foot of a window.
    pub fn rows(&self, window: Rect, (question, note): (&str, &str)) -> u16 {
        let plan = Plan::of(window, question);
        let rows = plan.head
            + self.answers().len() as u16 * plan.answer
            + u16::from(!note.is_empty())
            + 3 * plan.pad;
        rows.min(window.height)
    }

    /// Draws it on that many rows.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, (question, note): (&str, &str), theme: Theme) {
        let plan = Plan::of(window, question);
        let mut whole = window;
        let patch = bottom(&mut whole, self.rows(window, (question, note)));
        clear(buf, patch, theme);
        let mut rest = inset(patch, 1 + 2 * plan.pad);
        top(&mut rest, plan.pad);
        let heading = top(&mut rest, plan.head);
        match letters::largest(question, heading.width, heading.height) {
            Some(scale) => letters::draw(buf, heading, question, scale, theme.ask_strong()),
            None => drop(put(buf, heading, question, Side::Left, theme.ask_strong())),
        }
        if !note.is_empty() {
            put(buf, top(&mut rest, 1), note, Side::Left, theme.ask());
        }
        top(&mut rest, plan.pad);
        for (i, answer) in self.answers().into_iter().enumerate() {
            self.row(buf, top(&mut rest, plan.answer), (i, answer), theme);
        }
    }

    /// One answer with its keys.
    fn row(&self, buf: &mut Buffer, row: Rect, (i, answer): (usize, &Binding), theme: Theme) {
        let (style, sign, enter) = match i == self.marked {
            true => (theme.loud(), "›", "Enter  "),
            false => (theme.ask(), " ", ""),
        };
        let row = row.intersection(buf.area);
        buf.set_style(row, style);
        let keys = format!("{enter}{}", answer.names);
        let inner = inset(row, 1);
        let wide = |text: &str| letters::size(text, 1).map_or(u16::MAX, |(w, _)| w);
        if row.height >= 3 && wide(&keys).saturating_add(wide(answer.says)) < inner.width {
            letters::draw(buf, inner, answer.says, 1, style);
            let right = Rect { x: inner.right() - wide(&keys), width: wide(&keys), ..inner };
            letters::draw(buf, right, &keys, 1, style);
            return;
        }
        let taken = put(buf, inner, &keys, Side::Right, style);
        let left = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
        put(buf, left, &format!("{sign} {}", answer.says), Side::Left, style);
    }
}

/// How much room there is for a question.
struct Plan {
    head: u16,
    answer: u16,
    pad: u16,
}

impl Plan {
    fn of(window: Rect, question: &str) -> Plan {
        let (head, answer, pad) = match window.height {
            0..20 => (1, 1, 0),
            20..40 => (3, 1, 1),
            _ => (6, 3, 1),
        };
        let fits = letters::largest(question, inset(window, 1 + 2 * pad).width, head).is_some();
        Plan { head: if fits { head } else { 1 }, answer, pad }
    }
}

fn clear(buf: &mut Buffer, patch: Rect, theme: Theme) {
    for y in patch.y..patch.bottom() {
        for x in patch.x..patch.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(theme.ask());
            }
        }
    }
}

/// The question after an absence, and what there is to know for it.
pub fn absence(away: Millis, elapsed: Millis) -> (String, String) {
    (
        format!("Away for {}", clock(away.whole_secs())),
        format!("The clock stands at {}. Did you run on?", clock(elapsed.whole_secs())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_and_enter_reach_every_answer() {
        for ask in [Ask::QUITTING, Ask::ABSENCE] {
            let mut reached = Vec::new();
            for n in 0..ask.answers().len() {
                let mut ask = ask;
                for _ in 0..n {
                    assert_eq!(ask.update(Action::Next), None);
                }
                reached.extend(ask.update(Action::Choose));
            }
            let all: Vec<Action> = ask.answers().iter().map(|b| b.action).collect();
            assert_eq!(reached, all);
            let mut ask = ask;
            ask.update(Action::Previous);
            assert_eq!(ask.update(Action::Choose), all.last().copied(), "it goes round");
        }
    }
}
