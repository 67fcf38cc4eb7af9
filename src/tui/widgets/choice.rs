//! A question with its answers at the foot of a screen.

use super::letters;
use super::list_cursor::ListCursor;
use super::scroll::Viewport;
use super::text::{Side, bottom, clear, inset, put, top, width};
use crate::keymap::{Action, KeyBinding, KeyContext, Keymap};
use crate::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A list of answers, one of which is marked. The answers are the bindings of a key context that answer something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoicePrompt {
    context: KeyContext,
    marked: ListCursor,
}

/// The words around the answers. Each may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChoiceText<'a> {
    /// The question, above the answers in large letters if there is room.
    pub question: &'a str,
    /// A note: below the question, or below the answers if there is no question.
    pub note: &'a str,
}

/// A prompt with words made for the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenChoice {
    /// The answers.
    pub prompt: ChoicePrompt,
    /// The question.
    pub question: String,
    /// The note; may be empty.
    pub note: String,
}

impl OpenChoice {
    /// The words around the answers.
    pub fn text(&self) -> ChoiceText<'_> {
        ChoiceText { question: &self.question, note: &self.note }
    }
}

impl ChoicePrompt {
    /// Asks whether to stop.
    pub const QUITTING: ChoicePrompt = ChoicePrompt::new(KeyContext::Quitting);
    /// Asks what to do about the time while the program was away.
    pub const ABSENCE: ChoicePrompt = ChoicePrompt::new(KeyContext::Absence);
    /// Asks what to do with an unfinished session.
    pub const UNFINISHED: ChoicePrompt = ChoicePrompt::new(KeyContext::Unfinished);
    /// Asks whether anything on the checklist applies.
    pub const CHECKING: ChoicePrompt = ChoicePrompt::new(KeyContext::Checking);
    /// Asks whether to run against the checklist's advice.
    pub const ADVISED: ChoicePrompt = ChoicePrompt::new(KeyContext::Advised);
    /// Asks whether to save a time trial's result in the profile.
    pub const TRIAL: ChoicePrompt = ChoicePrompt::new(KeyContext::Trial);

    const fn new(context: KeyContext) -> ChoicePrompt {
        ChoicePrompt { context, marked: ListCursor::at(0) }
    }

    /// Asks what to do with a session that is over, with the answer `usual` marked.
    pub fn ended(usual: Action) -> ChoicePrompt {
        let prompt = ChoicePrompt::new(KeyContext::Ended);
        let marked = prompt.answers().iter().position(|b| b.action == usual);
        ChoicePrompt { marked: ListCursor::at(marked.unwrap_or(0)), ..prompt }
    }

    /// The context that gives keys their meaning here.
    pub fn context(&self) -> KeyContext {
        self.context
    }

    /// Moves the mark, or returns the answer that `action` gives.
    pub fn update(&mut self, action: Action) -> Option<Action> {
        let answers = self.answers();
        let count = answers.len().max(1);
        let marked = self.marked.index();
        match action {
            // The mark wraps around, but never backwards onto the answer that throws something away.
            Action::Previous if marked == 0 && self.discards() => {}
            Action::Previous => self.marked = ListCursor::at((marked + count - 1) % count),
            Action::Next => self.marked = ListCursor::at((marked + 1) % count),
            Action::Choose => return answers.get(marked).map(|b| b.action),
            _ => return answers.iter().map(|b| b.action).find(|a| *a == action),
        }
        None
    }

    fn answers(&self) -> Vec<&'static KeyBinding> {
        let is_answer = |b: &&KeyBinding| {
            matches!(
                b.action,
                Action::Stop
                    | Action::Resume
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
        Keymap::defaults().of(self.context).filter(is_answer).collect()
    }

    fn discards(&self) -> bool {
        self.answers().last().is_some_and(|b| b.action == Action::Discard)
    }

    /// The rows the prompt takes at the foot of a window.
    pub fn rows(&self, window: Rect, text: ChoiceText<'_>) -> u16 {
        let sizes = ChoiceSizes::of(window, text.question);
        let rows = sizes.heading
            + self.answers().len() as u16 * sizes.answer
            + u16::from(!text.note.is_empty())
            + 3 * sizes.padding;
        rows.min(window.height)
    }

    /// The answer at a position, as drawn at the foot of a window.
    pub fn answer_at(&self, window: Rect, text: ChoiceText<'_>, at: Position) -> Option<Action> {
        let layout = self.layout(window, text);
        let (i, _) = layout.answers.into_iter().find(|(_, row)| row.contains(at))?;
        self.answers().get(i).map(|b| b.action)
    }

    /// Draws the prompt at the foot of a window, and returns the area above it.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, text: ChoiceText<'_>, theme: Theme) -> Rect {
        let layout = self.layout(window, text);
        clear(buf, layout.area, theme.ask());
        let heading = layout.heading;
        match letters::largest(text.question, heading.width, heading.height) {
            Some(scale) => letters::draw(buf, heading, text.question, scale, theme.ask_strong()),
            None => drop(put(buf, heading, text.question, Side::Left, theme.ask_strong())),
        }
        if let Some(line) = layout.note {
            put(buf, line, text.note, Side::Left, theme.ask());
        }
        for (i, row) in layout.answers {
            self.draw_answer(buf, row, i, theme);
        }
        Rect { height: layout.area.y - window.y, ..window }
    }

    fn layout(&self, window: Rect, text: ChoiceText<'_>) -> ChoiceLayout {
        let sizes = ChoiceSizes::of(window, text.question);
        let mut whole = window;
        let area = bottom(&mut whole, self.rows(window, text));
        let mut rest = inset(area, 1 + 2 * sizes.padding);
        top(&mut rest, sizes.padding);
        let count = self.answers().len();
        let heading = top(&mut rest, sizes.heading);
        let has_note = !text.note.is_empty() && rest.height > count as u16 * sizes.answer;
        let note = has_note.then(|| match text.question {
            // Without a question, the note is a footnote to the answers.
            "" => {
                bottom(&mut rest, sizes.padding);
                bottom(&mut rest, 1)
            }
            _ => top(&mut rest, 1),
        });
        if !text.question.is_empty() {
            top(&mut rest, sizes.padding);
        }
        // If they do not all fit, the marked one does.
        let shown = usize::from(rest.height / sizes.answer).max(1);
        let first = Viewport { rows: count, shown }.down_to(self.marked.index()).start;
        let answers = (first..count).map(|i| (i, top(&mut rest, sizes.answer))).collect();
        ChoiceLayout { area, heading, note, answers }
    }

    /// Draws an answer with its keys, both in large letters if they fit, else the answer alone, else neither.
    fn draw_answer(&self, buf: &mut Buffer, row: Rect, index: usize, theme: Theme) {
        let Some(answer) = self.answers().get(index).and_then(|b| theme.keymap().find(b.context, b.action))
        else {
            return;
        };
        let marked = index == self.marked.index();
        let (style, sign) = if marked { (theme.loud(), "›") } else { (theme.ask(), " ") };
        let choose = if marked { theme.keymap().label(self.context, Action::Choose) } else { "" };
        let keys = match choose {
            "" => answer.all_labels(),
            choose => format!("{choose}  {}", answer.all_labels()),
        };
        let row = row.intersection(buf.area);
        buf.set_style(row, style);
        let inner = inset(row, 1);
        let large_width = |text: &str| letters::size(text, 1).map_or(u16::MAX, |(width, _)| width);
        let words = large_width(answer.description);
        if row.height >= 3 && words.saturating_add(large_width(&keys)) < inner.width {
            letters::draw(buf, inner, answer.description, 1, style);
            let keys_width = large_width(&keys);
            let right = Rect { x: inner.right() - keys_width, width: keys_width, ..inner };
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

/// The areas of a prompt.
struct ChoiceLayout {
    area: Rect,
    heading: Rect,
    note: Option<Rect>,
    /// The answers in sight, each with its index.
    answers: Vec<(usize, Rect)>,
}

/// The heights of a prompt's parts, in rows.
struct ChoiceSizes {
    heading: u16,
    answer: u16,
    padding: u16,
}

impl ChoiceSizes {
    fn of(window: Rect, question: &str) -> ChoiceSizes {
        if question.is_empty() {
            // The page above is at rest, so the answers may be as large as its words.
            let (answer, padding) = match window.height {
                0..16 => (1, 0),
                16..28 => (1, 1),
                28..44 => (3, 1),
                _ => (4, 1),
            };
            return ChoiceSizes { heading: 0, answer, padding };
        }
        let (heading, answer, padding) = match window.height {
            0..20 => (1, 1, 0),
            20..40 => (3, 1, 1),
            _ => (6, 3, 1),
        };
        let fits = letters::largest(question, inset(window, 1 + 2 * padding).width, heading).is_some();
        ChoiceSizes { heading: if fits { heading } else { 1 }, answer, padding }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_and_enter_reach_every_answer() {
        let ended = ChoicePrompt::ended(Action::Log);
        for prompt in [
            ChoicePrompt::QUITTING,
            ChoicePrompt::ABSENCE,
            ChoicePrompt::UNFINISHED,
            ChoicePrompt::TRIAL,
            ChoicePrompt::CHECKING,
            ChoicePrompt::ADVISED,
            ended,
        ] {
            let mut reached = Vec::new();
            for n in 0..prompt.answers().len() {
                let mut prompt = prompt;
                for _ in 0..n {
                    assert_eq!(prompt.update(Action::Next), None);
                }
                reached.extend(prompt.update(Action::Choose));
            }
            let all: Vec<Action> = prompt.answers().iter().map(|b| b.action).collect();
            assert_eq!(reached, all);
        }
    }

    #[test]
    fn the_mark_wraps_around_but_not_onto_discard() {
        for (mut prompt, reached) in [
            (ChoicePrompt::QUITTING, Action::Resume),
            (ChoicePrompt::ABSENCE, Action::Stop),
            (ChoicePrompt::UNFINISHED, Action::Resume),
            (ChoicePrompt::ended(Action::Log), Action::Log),
        ] {
            prompt.update(Action::Previous);
            assert_eq!(prompt.update(Action::Choose), Some(reached));
        }
    }

    #[test]
    fn the_marked_answer_is_in_sight_even_in_the_lowest_window() {
        let mut prompt = ChoicePrompt::UNFINISHED;
        prompt.update(Action::Next);
        prompt.update(Action::Next);
        for height in 1..6 {
            let mut buf = Buffer::empty(Rect::new(0, 0, 40, height));
            let area = buf.area;
            prompt.draw(&mut buf, area, ChoiceText { question: "", note: "a note" }, Theme::new(true));
            let shown: String = buf.content.iter().map(|c| c.symbol()).collect();
            assert!(shown.contains("› Decide later"), "{height}: {shown}");
        }
    }
}
