//! Full-screen pages, shown one at a time before and after a session.

use super::help::HelpOverlay;
use crate::frontend::LogStatus;
use crate::keymap::{self, Action, KeyContext, Keymap};
use crate::units::Moment;
use crossterm::event::{Event as Input, KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;

/// A full-screen page and its keys. A page reads no clock, writes no file, and does not know what its outcome leads to.
pub trait Page {
    /// The runner's decision, which ends the page.
    type Outcome;

    /// True if the page takes clicks. If it does not, the terminal can mark text with the mouse.
    const CLICKS: bool = false;

    /// Draws the page over the whole of an empty buffer.
    fn draw(&self, buf: &mut Buffer);

    /// The keys of the runner.
    fn keymap(&self) -> &'static Keymap;

    /// The context that gives keys their meaning on the page.
    fn context(&self) -> KeyContext;

    /// Handles a key, and returns the outcome if it ends the page.
    fn press(&mut self, key: PageKey) -> Option<Self::Outcome>;

    /// Handles a mouse event, and returns the outcome if it ends the page.
    fn click(&mut self, _mouse: &MouseEvent) -> Option<Self::Outcome> {
        None
    }

    /// Handles a text from the clipboard.
    fn paste(&mut self, _text: &str) {}

    /// The page's help, if it has one. While the help is open, it takes all the keys.
    fn help(&mut self) -> Option<&mut HelpOverlay> {
        None
    }

    /// Tells the page when the next input came, on a clock that starts with the first page.
    fn set_time(&mut self, _now: Moment) {}

    /// Tells the page whether the log is being written.
    fn set_log(&mut self, _log: &LogStatus) {}

    /// Handles an input, and returns a request if the page makes one.
    fn input(&mut self, input: &Input) -> Option<PageRequest<Self::Outcome>> {
        match input {
            Input::Key(key) => self.input_key(key),
            Input::Mouse(mouse) => self.click(mouse).map(PageRequest::Done),
            Input::Paste(text) => {
                if !self.help().is_some_and(|help| help.is_open()) {
                    self.paste(text);
                }
                None
            }
            _ => None,
        }
    }

    /// Handles a key, by way of the help while that is open.
    fn input_key(&mut self, key: &KeyEvent) -> Option<PageRequest<Self::Outcome>> {
        let keymap = self.keymap();
        let reading = self.help().is_some_and(|help| help.is_open());
        let context = if reading { KeyContext::Reading } else { self.context() };
        let key = PageKey { action: keymap.action(context, key), typed: keymap::typed(key) };
        match (key.action, self.help().filter(|_| reading)) {
            (Some(Action::Interrupt), _) => Some(PageRequest::Interrupt),
            (Some(Action::Suspend), _) => Some(PageRequest::Suspend),
            (Some(action), Some(help)) => {
                help.update(action, keymap);
                None
            }
            (None, Some(_)) => None,
            (_, None) => self.press(key).map(PageRequest::Done),
        }
    }
}

/// A page that goes on by itself, and tells of it in the terminal's title and with its bell.
pub trait TitledPage: Page {
    /// The title for the terminal.
    fn title(&self) -> String;

    /// Returns true once after something that the bell rings for.
    fn take_bell(&mut self) -> bool;
}

/// A key as a page sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageKey {
    /// The action bound to the key in the page's context.
    pub action: Option<Action>,
    /// The character that the key types.
    pub typed: Option<char>,
}

/// A page's request to its host.
#[derive(Clone, Debug, PartialEq)]
pub enum PageRequest<T> {
    /// Close the page with this outcome.
    Done(T),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// Quit at once, as Ctrl-C does.
    Interrupt,
}
