//! A question over the running screen. The digits above it stay in sight, for the clock may be going on.

use super::letters;
use super::text::{Side, inset, put, top};
use super::theme::Theme;
use crate::keys::{self, Action, Binding, Context};
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The widest that a question is drawn.
const WIDEST: u16 = 76;

/// A question with its answers, one of which is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    context: Context,
    marked: usize,
}

impl Ask {
    /// Whether to stop.
    pub const QUITTING: Ask = Ask {
        context: Context::Quitting,
        marked: 0,
    };
    /// What to make of a time when nothing was alive.
    pub const ABSENCE: Ask = Ask {
        context: Context::Absence,
        marked: 0,
    };

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

    /// Draws it at the foot of an area.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, (question, note): (&str, &str), theme: Theme) {
        let answers = self.answers();
        let tall = area.height >= 20;
        let head = if tall && letters::size(question, 1).is_some_and(|(w, _)| w + 4 <= area.width.min(WIDEST))
        {
            3
        } else {
            1
        };
        let pad = u16::from(tall);
        let note_rows = u16::from(!note.is_empty());
        let height = (head + note_rows + answers.len() as u16 + 3 * pad + u16::from(tall)).min(area.height);
        let width = area.width.min(WIDEST);
        let patch = Rect {
            x: area.x + (area.width - width) / 2,
            y: area.bottom() - height,
            width,
            height,
        };
        clear(buf, patch, theme);
        let mut rest = inset(patch, 1);
        top(&mut rest, pad);
        let heading = top(&mut rest, head);
        match head {
            1 => drop(put(buf, heading, question, Side::Left, theme.ask_strong())),
            _ => letters::draw(buf, inset(heading, 1), question, 1, theme.ask_strong()),
        }
        top(&mut rest, pad);
        if note_rows > 0 {
            put(buf, inset(top(&mut rest, 1), pad), note, Side::Left, theme.ask());
            top(&mut rest, pad);
        }
        for (i, answer) in answers.iter().enumerate() {
            let row = top(&mut rest, 1);
            let marked = i == self.marked;
            let style = if marked { theme.loud() } else { theme.ask() };
            buf.set_style(row, style);
            let says = format!(" {}  {}", if marked { "›" } else { " " }, answer.says);
            let names = if marked {
                format!("Enter  {} ", answer.names)
            } else {
                format!("{} ", answer.names)
            };
            let taken = put(buf, row, &names, Side::Right, style);
            let left = Rect {
                width: row.width.saturating_sub(taken + 1),
                ..row
            };
            put(buf, left, &says, Side::Left, style);
        }
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
        format!(
            "The clock stands at {}. Did you run on?",
            clock(elapsed.whole_secs())
        ),
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
