//! A question with its answers, at the foot of a screen: over the running one, where the digits above it stay in
//! sight, or below what there is to know for it.

use super::letters;
use super::text::{Side, bottom, inset, put, top, width};
use crate::keymap;
use crate::keymap::{Action, KeyBinding, KeyContext};
use crate::tui::theme::Theme;
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A question with its answers, one of which is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoicePrompt {
    context: KeyContext,
    marked: usize,
}

impl ChoicePrompt {
    /// Whether to stop.
    pub const QUITTING: ChoicePrompt = ChoicePrompt { context: KeyContext::Quitting, marked: 0 };
    /// What to make of a time when nothing was alive.
    pub const ABSENCE: ChoicePrompt = ChoicePrompt { context: KeyContext::Absence, marked: 0 };
    /// What to make of a session that was cut off.
    pub const UNFINISHED: ChoicePrompt = ChoicePrompt { context: KeyContext::Unfinished, marked: 0 };

    /// Whether anything of a checklist is so.
    pub const CHECKING: ChoicePrompt = ChoicePrompt { context: KeyContext::Checking, marked: 0 };
    /// Whether to run against its advice.
    pub const ADVISED: ChoicePrompt = ChoicePrompt { context: KeyContext::Advised, marked: 0 };

    /// Whether to take a time trial's result.
    pub const TRIAL: ChoicePrompt = ChoicePrompt { context: KeyContext::Trial, marked: 0 };

    /// What becomes of a session that is over, with this answer marked.
    pub fn ended(usual: Action) -> ChoicePrompt {
        let ask = ChoicePrompt { context: KeyContext::Ended, marked: 0 };
        let marked = ask.answers().iter().position(|b| b.action == usual);
        ChoicePrompt { marked: marked.unwrap_or(0), ..ask }
    }

    /// What keys mean to it.
    pub fn context(&self) -> KeyContext {
        self.context
    }

    /// What a key does to it: the answer that was given, if it was one.
    pub fn update(&mut self, action: Action) -> Option<Action> {
        let answers = self.answers();
        let count = answers.len().max(1);
        match action {
            // It goes round, but not backwards to what throws away.
            Action::Previous if self.marked == 0 && self.discards() => {}
            Action::Previous => self.marked = (self.marked + count - 1) % count,
            Action::Next => self.marked = (self.marked + 1) % count,
            Action::Choose => return answers.get(self.marked).map(|b| b.action),
            _ => return answers.iter().map(|b| b.action).find(|a| *a == action),
        }
        None
    }

    fn answers(&self) -> Vec<&'static KeyBinding> {
        let is_answer = |b: &&KeyBinding| {
            matches!(
                b.action,
                Action::Stop
                    | Action::GoOn
                    | Action::CatchUp
                    | Action::Log
                    | Action::Later
                    | Action::Discard
                    | Action::Take
                    | Action::Leave
                    | Action::Yes
                    | Action::No
            )
        };
        keymap::of(self.context).filter(is_answer).collect()
    }

    fn discards(&self) -> bool {
        self.answers().last().is_some_and(|b| b.action == Action::Discard)
    }

    /// The rows it takes at the foot of a window.
    pub fn rows(&self, window: Rect, (question, note): (&str, &str)) -> u16 {
        let plan = ChoiceLayout::of(window, question);
        let rows = plan.head
            + self.answers().len() as u16 * plan.answer
            + u16::from(!note.is_empty())
            + 3 * plan.pad;
        rows.min(window.height)
    }

    /// The answer at a column and a row, drawn on a window with these words.
    pub fn pointed(&self, window: Rect, words: (&str, &str), at: (u16, u16)) -> Option<Action> {
        let places = self.places(window, words);
        let (i, _) = places.answers.into_iter().find(|(_, row)| row.contains(at.into()))?;
        self.answers().get(i).map(|b| b.action)
    }

    /// Draws it on that many rows.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, (question, note): (&str, &str), theme: Theme) {
        let places = self.places(window, (question, note));
        clear(buf, places.patch, theme);
        let heading = places.heading;
        match letters::largest(question, heading.width, heading.height) {
            Some(scale) => letters::draw(buf, heading, question, scale, theme.ask_strong()),
            None => drop(put(buf, heading, question, Side::Left, theme.ask_strong())),
        }
        if let Some(line) = places.note {
            put(buf, line, note, Side::Left, theme.ask());
        }
        let answers = self.answers();
        for (i, row) in places.answers {
            if let Some(answer) = answers.get(i) {
                self.row(buf, row, (i, answer), theme);
            }
        }
    }

    /// Where everything of it stands in a window.
    fn places(&self, window: Rect, (question, note): (&str, &str)) -> ChoicePlaces {
        let plan = ChoiceLayout::of(window, question);
        let mut whole = window;
        let patch = bottom(&mut whole, self.rows(window, (question, note)));
        let mut rest = inset(patch, 1 + 2 * plan.pad);
        top(&mut rest, plan.pad);
        let count = self.answers().len();
        let heading = top(&mut rest, plan.head);
        let has_note = !note.is_empty() && rest.height > count as u16 * plan.answer;
        let note = has_note.then(|| match question {
            // Without a question it is no more than a footnote.
            "" => {
                bottom(&mut rest, plan.pad);
                bottom(&mut rest, 1)
            }
            _ => top(&mut rest, 1),
        });
        if !question.is_empty() {
            top(&mut rest, plan.pad);
        }
        // Where there is no room for all, the marked one is in sight.
        let shown = usize::from(rest.height / plan.answer).max(1);
        let first = (self.marked + 1).saturating_sub(shown);
        let answers = (first..count).map(|i| (i, top(&mut rest, plan.answer))).collect();
        ChoicePlaces { patch, heading, note, answers }
    }

    /// One answer with its keys.
    fn row(&self, buf: &mut Buffer, row: Rect, (i, answer): (usize, &KeyBinding), theme: Theme) {
        let (style, sign, enter) = match i == self.marked {
            true => {
                let choose = keymap::label(self.context(), Action::Choose);
                (theme.loud(), "›", if choose.is_empty() { String::new() } else { format!("{choose}  ") })
            }
            false => (theme.ask(), " ", String::new()),
        };
        let row = row.intersection(buf.area);
        buf.set_style(row, style);
        let keys = format!("{enter}{}", answer.all_labels());
        let inner = inset(row, 1);
        let wide = |text: &str| letters::size(text, 1).map_or(u16::MAX, |(w, _)| w);
        let words = wide(answer.description);
        if row.height >= 3 && words.saturating_add(wide(&keys)) < inner.width {
            letters::draw(buf, inner, answer.description, 1, style);
            let right = Rect { x: inner.right() - wide(&keys), width: wide(&keys), ..inner };
            letters::draw(buf, right, &keys, 1, style);
            return;
        }
        if row.height >= 3 && words.saturating_add(width(&keys)) < inner.width {
            letters::draw(buf, inner, answer.description, 1, style);
            put(buf, Rect { y: inner.y + 1, ..inner }, &keys, Side::Right, style);
            return;
        }
        let taken = put(buf, inner, &keys, Side::Right, style);
        let left = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
        put(buf, left, &format!("{sign} {}", answer.description), Side::Left, style);
    }
}

/// Where everything of a question stands.
struct ChoicePlaces {
    patch: Rect,
    heading: Rect,
    note: Option<Rect>,
    /// The answers in sight, by their index.
    answers: Vec<(usize, Rect)>,
}

/// How much room there is for a question.
struct ChoiceLayout {
    head: u16,
    answer: u16,
    pad: u16,
}

impl ChoiceLayout {
    fn of(window: Rect, question: &str) -> ChoiceLayout {
        if question.is_empty() {
            // Nothing goes on above it: the answers may be as large as the words there.
            let (answer, pad) = match window.height {
                0..16 => (1, 0),
                16..28 => (1, 1),
                28..44 => (3, 1),
                _ => (4, 1),
            };
            return ChoiceLayout { head: 0, answer, pad };
        }
        let (head, answer, pad) = match window.height {
            0..20 => (1, 1, 0),
            20..40 => (3, 1, 1),
            _ => (6, 3, 1),
        };
        let fits = letters::largest(question, inset(window, 1 + 2 * pad).width, head).is_some();
        ChoiceLayout { head: if fits { head } else { 1 }, answer, pad }
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
        let ended = ChoicePrompt::ended(Action::Log);
        for ask in [
            ChoicePrompt::QUITTING,
            ChoicePrompt::ABSENCE,
            ChoicePrompt::UNFINISHED,
            ChoicePrompt::TRIAL,
            ChoicePrompt::CHECKING,
            ChoicePrompt::ADVISED,
            ended,
        ] {
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
        }
    }

    #[test]
    fn it_goes_round_but_not_to_what_throws_away() {
        for (mut ask, reached) in [
            (ChoicePrompt::QUITTING, Action::GoOn),
            (ChoicePrompt::ABSENCE, Action::Stop),
            (ChoicePrompt::UNFINISHED, Action::GoOn),
            (ChoicePrompt::ended(Action::Log), Action::Log),
        ] {
            ask.update(Action::Previous);
            assert_eq!(ask.update(Action::Choose), Some(reached));
        }
    }

    #[test]
    fn the_marked_answer_is_in_sight_however_low_the_window() {
        let mut ask = ChoicePrompt::UNFINISHED;
        ask.update(Action::Next);
        ask.update(Action::Next);
        for height in 1..6 {
            let mut buf = Buffer::empty(Rect::new(0, 0, 40, height));
            let area = buf.area;
            ask.draw(&mut buf, area, ("", "a note"), Theme::new(true));
            let shown: String = buf.content.iter().map(|c| c.symbol()).collect();
            assert!(shown.contains("› Later"), "{height}: {shown}");
        }
    }
}
