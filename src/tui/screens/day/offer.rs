//! The first run of the day: the article's actions, to choose from.

use crate::day::{OFFERED_ACTIONS, OfferedAction, USUAL_ACTIONS};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::tui::screens::page::{Page, PageKey};
use crate::tui::theme::Theme;
use crate::tui::widgets::desk::{self, DeskLayout};
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::list_cursor::ListCursor;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The words above the list.
const INTRODUCTION: &str = "Small breaks add up. Choose three to five to be reminded of, one at a time and never during a run. \
                            Their times are in day.toml, which you can edit later.";
/// The columns before a name.
const BEFORE: u16 = 4;

/// The page that offers actions.
#[derive(Clone, Debug)]
pub struct DayOfferPage {
    chosen: [bool; OFFERED_ACTIONS.len()],
    cursor: ListCursor,
    message: Option<String>,
    theme: Theme,
}

impl DayOfferPage {
    /// The page, with the usual actions chosen.
    pub fn new(theme: Theme) -> Self {
        let chosen = OFFERED_ACTIONS.map(|action| action.is_chosen);
        DayOfferPage { chosen, cursor: ListCursor::at(0), message: None, theme }
    }

    fn chosen(&self) -> Vec<OfferedAction> {
        OFFERED_ACTIONS
            .into_iter()
            .zip(self.chosen)
            .filter(|(_, chosen)| *chosen)
            .map(|(action, _)| action)
            .collect()
    }

    fn draw_actions(&self, buf: &mut Buffer, area: Rect) {
        let name = OFFERED_ACTIONS.iter().map(|action| width(action.name)).max().unwrap_or(0);
        let marked = self.cursor.index();
        let view = Viewport { rows: OFFERED_ACTIONS.len(), shown: usize::from(area.height) };
        let mut rest = area;
        for place in view.around(marked) {
            let Some(action) = OFFERED_ACTIONS.get(place) else { continue };
            let line = top(&mut rest, 1);
            let style = if place == marked { self.theme.loud() } else { Style::new() };
            if place == marked {
                buf.set_style(line.intersection(buf.area), style);
            }
            let is_chosen = self.chosen.get(place).copied().unwrap_or_default();
            put(buf, line, if is_chosen { "[x]" } else { "[ ]" }, Side::Left, style);
            put(buf, after(line, BEFORE), action.name, Side::Left, style);
            let about = after(line, BEFORE + name + 2);
            let quiet = if place == marked { style } else { self.theme.quiet() };
            let times = action.when.replace(['[', ']', '"'], "");
            let taken = if width(action.about) + width(&times) + 2 <= about.width {
                put(buf, about, &times, Side::Right, quiet)
            } else {
                0
            };
            let about = Rect { width: about.width.saturating_sub(taken), ..about };
            put(buf, about, action.about, Side::Left, quiet);
        }
    }
}

impl Page for DayOfferPage {
    /// The actions chosen; `None` if the runner left without any.
    type Outcome = Option<Vec<OfferedAction>>;

    fn draw(&self, buf: &mut Buffer) {
        let mut rest = buf.area;
        let foot = desk::take_foot(&mut rest);
        let line = hints(self.theme.keymap(), KeyContext::Breaks, foot.width);
        put(buf, foot, &line, Side::Left, self.theme.quiet());
        let columns = desk::column(rest).width;
        let introduction = wrap(INTRODUCTION, columns, 4);
        let gap = u16::from(rest.height >= desk::ROOMY);
        let body = introduction.len() as u16 + gap + OFFERED_ACTIONS.len() as u16;
        let layout = DeskLayout::of(rest, body, 1);
        layout.draw_title(buf, "The day around the run", "", self.theme);
        let mut area = layout.body;
        if area.height >= body {
            for line in &introduction {
                put(buf, top(&mut area, 1), line, Side::Left, Style::new());
            }
            top(&mut area, gap);
        }
        self.draw_actions(buf, area);
        let count = self.chosen.iter().filter(|chosen| **chosen).count();
        let note = match &self.message {
            Some(message) => message.clone(),
            None if count > USUAL_ACTIONS => format!("{count} chosen: three to five are easier to keep up"),
            None => format!("{count} chosen"),
        };
        put(buf, layout.foot, &note, Side::Left, self.theme.strong());
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Breaks
    }

    fn press(&mut self, key: PageKey) -> Option<Self::Outcome> {
        let action = key.action?;
        self.message = None;
        match action {
            Action::Choose => {
                if let Some(chosen) = self.chosen.get_mut(self.cursor.index()) {
                    *chosen = !*chosen;
                }
                None
            }
            Action::Keep if self.chosen().is_empty() => {
                self.message = Some("Choose one at least.".to_string());
                None
            }
            Action::Keep => Some(Some(self.chosen())),
            Action::Cancel => Some(None),
            _ => {
                self.cursor.update(action, OFFERED_ACTIONS.len(), 5);
                None
            }
        }
    }
}
