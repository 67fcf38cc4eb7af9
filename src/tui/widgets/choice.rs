//! A question with its answers, one a row: at the foot of the running screen, or below the text of a page.

use super::desk;
use super::list_cursor::ListCursor;
use super::scroll::Viewport;
use super::text::{Side, beside, bottom, clear, inset, put, top, wrap};
use crate::keymap::{Action, KeyBinding, KeyContext, Keymap};
use crate::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// From this height of the window on, there are blank rows between the answers of a page.
const LOOSE: u16 = 28;
/// The columns of the mark before an answer. The other words stand below those of the answers.
const INDENT: u16 = 2;

/// A list of answers, one of which is marked. The answers are the bindings of a key context that answer something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoicePrompt {
    context: KeyContext,
    marked: ListCursor,
    /// An answer of the context that makes no sense this time.
    hidden: Option<Action>,
}

/// The words around the answers. Each may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChoiceText<'a> {
    /// The question, above the answers.
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
        ChoicePrompt { context, marked: ListCursor::at(0), hidden: None }
    }

    /// Asks what to do with a session that is over, with the answer `usual` marked.
    pub fn ended(usual: Action) -> ChoicePrompt {
        let prompt = ChoicePrompt::new(KeyContext::Ended);
        let marked = prompt.answers().iter().position(|b| b.action == usual);
        ChoicePrompt { marked: ListCursor::at(marked.unwrap_or(0)), ..prompt }
    }

    /// Leaves an answer out.
    pub fn without(self, hidden: Action) -> ChoicePrompt {
        ChoicePrompt { hidden: Some(hidden), ..self }
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
        let is_shown = |b: &&KeyBinding| self.hidden != Some(b.action);
        Keymap::defaults().of(self.context).filter(is_answer).filter(is_shown).collect()
    }

    fn discards(&self) -> bool {
        self.answers().last().is_some_and(|b| b.action == Action::Discard)
    }

    /// The rows the prompt takes in a window.
    pub fn rows(&self, window: Rect, text: ChoiceText<'_>) -> u16 {
        let sizes = self.sizes_in(desk::column(window).width, window.height, text);
        sizes.total(self.answers().len()).min(window.height)
    }

    fn sizes_in(&self, columns: u16, window_height: u16, text: ChoiceText<'_>) -> ChoiceSizes {
        let loose = window_height >= LOOSE;
        let question = wrap(text.question, columns.saturating_sub(2 * INDENT), 2).len() as u16;
        ChoiceSizes {
            question,
            note: u16::from(!text.note.is_empty()),
            gap: u16::from(window_height >= desk::ROOMY),
            answer: if loose && question == 0 { 2 } else { 1 },
        }
    }

    /// The area of the prompt at the foot of a window.
    fn foot(&self, window: Rect, text: ChoiceText<'_>) -> Rect {
        let mut whole = window;
        bottom(&mut whole, self.rows(window, text))
    }

    /// The answer at a position, as [`ChoicePrompt::draw`] draws it at the foot of a window.
    pub fn answer_at(&self, window: Rect, text: ChoiceText<'_>, at: Position) -> Option<Action> {
        self.answer_in(desk::column(self.foot(window, text)), text, at)
    }

    /// The answer at a position, as [`ChoicePrompt::draw_in`] draws it into a column of a page.
    pub fn answer_in(&self, area: Rect, text: ChoiceText<'_>, at: Position) -> Option<Action> {
        let layout = self.layout(area, text);
        let (i, _) = layout.answers.into_iter().find(|(_, row)| row.contains(at))?;
        self.answers().get(i).map(|b| b.action)
    }

    /// Draws the prompt over the foot of a window, on a ground of its own, and returns the area above it.
    pub fn draw(&self, buf: &mut Buffer, window: Rect, text: ChoiceText<'_>, theme: Theme) -> Rect {
        let area = self.foot(window, text);
        clear(buf, area, theme.ask());
        let look = ChoiceLook { text: theme.ask(), strong: theme.ask_strong(), keys: theme.ask(), theme };
        self.draw_parts(buf, &self.layout(desk::column(area), text), text, look);
        Rect { height: area.y - window.y, ..window }
    }

    /// Draws the prompt into a column of a page, on the page's own ground.
    pub fn draw_in(&self, buf: &mut Buffer, area: Rect, text: ChoiceText<'_>, theme: Theme) {
        let look = ChoiceLook { text: Style::new(), strong: theme.strong(), keys: theme.quiet(), theme };
        self.draw_parts(buf, &self.layout(area, text), text, look);
    }

    fn draw_parts(&self, buf: &mut Buffer, layout: &ChoiceLayout, text: ChoiceText<'_>, look: ChoiceLook) {
        let mut question = layout.question;
        for line in wrap(text.question, question.width, question.height) {
            put(buf, top(&mut question, 1), &line, Side::Left, look.strong);
        }
        put(buf, layout.note, text.note, Side::Left, look.keys);
        for (i, row) in &layout.answers {
            self.draw_answer(buf, *row, *i, look);
        }
    }

    /// Lays the prompt out in exactly this column. If it is too low, the marked answer stays in sight.
    fn layout(&self, area: Rect, text: ChoiceText<'_>) -> ChoiceLayout {
        let count = self.answers().len();
        let all = self.sizes_in(area.width, u16::MAX, text);
        let dense = ChoiceSizes { gap: 0, answer: 1, ..all };
        let sizes = [all, ChoiceSizes { answer: 1, ..all }, dense];
        let sizes = sizes.into_iter().find(|sizes| sizes.total(count) <= area.height).unwrap_or(dense);
        let mut rest = area;
        top(&mut rest, if sizes.question > 0 { sizes.gap } else { 0 });
        let question = inset(top(&mut rest, sizes.question), INDENT);
        let has_note = rest.height > count as u16;
        let note_rows = if has_note { sizes.note } else { 0 };
        let mut note = Rect { height: 0, ..rest };
        if sizes.question > 0 {
            note = inset(top(&mut rest, note_rows), INDENT);
            top(&mut rest, sizes.gap);
        }
        // If they do not all fit, the marked one does.
        let shown = usize::from(rest.height / sizes.answer).max(1);
        let first = Viewport { rows: count, shown }.down_to(self.marked.index()).start;
        let answer = |i: usize| {
            let row = top(&mut rest, 1);
            top(&mut rest, if i + 1 < count { sizes.answer - 1 } else { 0 });
            (i, row)
        };
        let answers = (first..count).map(answer).filter(|(_, row)| row.height > 0).collect();
        if sizes.question == 0 {
            top(&mut rest, sizes.gap);
            note = inset(top(&mut rest, note_rows), INDENT);
        }
        ChoiceLayout { question, note, answers }
    }

    /// Draws an answer, with its keys on the right.
    fn draw_answer(&self, buf: &mut Buffer, row: Rect, index: usize, look: ChoiceLook) {
        let Some(answer) =
            self.answers().get(index).and_then(|b| look.theme.keymap().find(b.context, b.action))
        else {
            return;
        };
        let marked = index == self.marked.index();
        let choose = if marked { look.theme.keymap().label(self.context, Action::Choose) } else { "" };
        let keys = match choose {
            "" => answer.all_labels(),
            choose => format!("{choose}  {}", answer.all_labels()),
        };
        let (style, key_style, sign) = match marked {
            true => (look.theme.loud(), look.theme.loud(), "›"),
            false => (look.text, look.keys, " "),
        };
        let row = row.intersection(buf.area);
        if marked {
            buf.set_style(row, style);
        }
        let mut left = row;
        let taken =
            put(buf, Rect { width: row.width.saturating_sub(1), ..row }, &keys, Side::Right, key_style);
        beside(&mut left, taken + 3);
        put(buf, left, &format!("{sign} {}", answer.description), Side::Left, style);
    }
}

/// The areas of a prompt.
struct ChoiceLayout {
    question: Rect,
    note: Rect,
    /// The answers in sight, each with its index.
    answers: Vec<(usize, Rect)>,
}

/// The styles of a prompt. The marked answer is loud.
#[derive(Clone, Copy)]
struct ChoiceLook {
    text: Style,
    strong: Style,
    /// The keys and the note.
    keys: Style,
    theme: Theme,
}

/// The heights of a prompt's parts, in rows.
#[derive(Clone, Copy)]
struct ChoiceSizes {
    question: u16,
    note: u16,
    /// The blank rows between the parts, and around a prompt with a question.
    gap: u16,
    /// An answer with the blank rows below it. The last answer has none.
    answer: u16,
}

impl ChoiceSizes {
    fn total(&self, answers: usize) -> u16 {
        let gaps = match (self.question, self.note) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 3,
        };
        let answers = (answers as u16 * self.answer).saturating_sub(self.answer.saturating_sub(1));
        self.question + self.note + answers + gaps * self.gap
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
