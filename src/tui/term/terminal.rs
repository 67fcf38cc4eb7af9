//! Draws on the terminal, and restores it at the end, even after a panic.
//!
//! The terminal is never queried, so the first frame does not wait for an answer. Each frame is a single write of
//! what has changed. A terminal that has gone away is an error, never a panic.

use super::adapt::{adapt, spell, with_classic_colours};
use super::diff;
use crate::text::clean;
use crate::tui::theme::Theme;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, ResetColor, SetAttribute, SetBackgroundColor};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate,
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

/// The size to assume if the terminal reports none.
const DEFAULT_SIZE: Size = Size { width: 80, height: 24 };

/// Asks the terminal to report clicks and the wheel, in the encoding without a limit on columns. crossterm's own
/// command also asks for every movement, and moving the mouse would wake the program a hundred times a second.
const ENABLE_CLICKS: &str = "\x1b[?1000h\x1b[?1006h";
/// Leaves the mouse to the terminal, so that it can select text.
const DISABLE_CLICKS: &str = "\x1b[?1006l\x1b[?1000l";

/// From this many bytes on, clearing the screen in one colour first may be shorter.
const LONG_CHANGE: usize = 2000;

/// The thread that uses the terminal.
static USED_BY: Mutex<Option<ThreadId>> = Mutex::new(None);
/// True while the terminal has its previous title saved.
static TITLE_SAVED: AtomicBool = AtomicBool::new(false);
/// True if something else has written on the screen. The next frame then draws all of it.
static OVERWRITTEN: AtomicBool = AtomicBool::new(false);
static PANIC_HOOK: Once = Once::new();

/// A terminal to draw on, written to through `out`.
#[derive(Debug)]
pub struct Terminal<W: Write> {
    out: W,
    theme: Theme,
    size: Size,
    /// What the terminal shows; `None` if that is not known.
    shown: Option<Buffer>,
    is_entered: bool,
    bell: bool,
    clicks: bool,
    title: TitleState,
    /// True if cleared cells take the current background colour.
    fills: bool,
}

/// The state of the terminal's title.
#[derive(Debug, Default)]
struct TitleState {
    /// The title to write with the next frame.
    next: Option<String>,
    /// The title written last; `None` if the title is not ours.
    shown: Option<String>,
    /// True if the terminal cannot show a title.
    is_unsupported: bool,
}

impl<W: Write> Terminal<W> {
    /// A terminal for pages in this theme. Nothing is written until [`enter`](Self::enter).
    pub fn new(out: W, theme: Theme) -> Self {
        Terminal {
            out,
            theme,
            size: DEFAULT_SIZE,
            shown: None,
            is_entered: false,
            bell: false,
            clicks: false,
            title: TitleState::default(),
            fills: clears_in_colour(),
        }
    }

    /// Turns the reporting of clicks on or off, from the next [`enter`](Self::enter) on.
    pub fn report_clicks(&mut self, clicks: bool) {
        self.clicks = clicks;
    }

    /// Sets if cleared cells take the current background colour, instead of judging by the terminal's name.
    pub fn set_clears_in_colour(&mut self, fills: bool) {
        self.fills = fills;
    }

    /// Switches to raw mode and the alternate screen, and hides the cursor.
    pub fn enter(&mut self) -> io::Result<()> {
        restore_on_panic();
        *USED_BY.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        self.is_entered = true;
        self.shown = None;
        self.title.is_unsupported = !supports_titles();
        if let Ok((width, height)) = crossterm::terminal::size()
            && width > 0
            && height > 0
        {
            self.resize(width, height);
        }
        enter_raw_mode()?;
        let mouse = Print(if self.clicks { ENABLE_CLICKS } else { DISABLE_CLICKS });
        execute!(self.out, EnterAlternateScreen, DisableLineWrap, Hide, EnableBracketedPaste, mouse)
    }

    /// Restores the terminal. Calling this twice does no harm.
    pub fn leave(&mut self) -> io::Result<()> {
        if !self.is_entered {
            return Ok(());
        }
        self.is_entered = false;
        *USED_BY.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let title = std::mem::take(&mut self.title).shown;
        TITLE_SAVED.store(false, Ordering::Relaxed);
        restore(&mut self.out, title.is_some())
    }

    /// Sets the size of the window, in cells.
    pub fn resize(&mut self, width: u16, height: u16) {
        // Nobody needs a larger screen, and the cells have to fit into memory.
        self.size = Size { width: width.min(1000), height: height.min(500) };
        self.shown = None;
    }

    /// The area of the whole screen.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.width, self.size.height)
    }

    /// Rings the terminal's bell with the next frame.
    pub fn ring(&mut self) {
        self.bell = true;
    }

    /// Sets the terminal's title from the next frame on. [`leave`](Self::leave) restores the previous one.
    pub fn set_title(&mut self, text: String) {
        let text = spell(&clean(&text), self.theme.signs());
        self.title.next = Some(text).filter(|text| self.title.shown.as_ref() != Some(text));
    }

    /// Shows what `paint` draws on an empty buffer.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        let mut next = Buffer::empty(self.area());
        paint(&mut next);
        adapt(&mut next, self.theme);
        let bytes = self.frame(&next)?;
        if !bytes.is_empty() {
            self.out.write_all(&bytes)?;
            self.out.flush()?;
        }
        self.shown = Some(next);
        Ok(())
    }

    /// Returns the bytes that turn the shown screen into `next`.
    fn frame(&mut self, next: &Buffer) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if std::mem::take(&mut self.bell) {
            bytes.push(b'\x07');
        }
        self.title.write(&mut bytes)?;
        let overwritten = OVERWRITTEN.swap(false, Ordering::Relaxed);
        let known = self.shown.take().filter(|b| !overwritten && b.area == next.area);
        if known.as_ref() == Some(next) {
            return Ok(bytes);
        }
        queue!(bytes, BeginSynchronizedUpdate)?;
        bytes.append(&mut self.change(known, next)?);
        queue!(bytes, EndSynchronizedUpdate)?;
        Ok(if self.theme.has_few_colours() { with_classic_colours(&bytes) } else { bytes })
    }
}

impl<W: Write> Terminal<W> {
    /// Returns the bytes that turn `known`, or a screen of unknown content, into `next`. They write either the cells
    /// that differ, or the whole screen in one colour and the cells that are not of that colour: whatever is shorter.
    fn change(&self, known: Option<Buffer>, next: &Buffer) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let before = match known {
            Some(buffer) => buffer,
            None => {
                queue!(bytes, ResetColor, Clear(ClearType::All))?;
                Buffer::empty(next.area)
            }
        };
        bytes.append(&mut diff::change(&before, next, self.fills));
        if bytes.len() < LONG_CHANGE || !self.fills {
            return Ok(bytes);
        }
        let Some(colour) = main_background(next) else { return Ok(bytes) };
        let mut filled = Vec::new();
        let background = crossterm::style::Color::AnsiValue(colour);
        queue!(filled, SetBackgroundColor(background), Clear(ClearType::All), ResetColor)?;
        filled.append(&mut diff::change(&cleared_to(next, colour), next, true));
        Ok(if filled.len() < bytes.len() { filled } else { bytes })
    }
}

/// True for a blank cell on which no attribute shows. Bold does not show on a blank.
fn is_blank(cell: &Cell) -> bool {
    let shows = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    cell.symbol() == " " && !cell.modifier.intersects(shows)
}

/// The background colour of most blanks in a buffer.
fn main_background(buf: &Buffer) -> Option<u8> {
    let mut counts: Vec<(u8, usize)> = Vec::new();
    for cell in buf.content.iter().filter(|cell| is_blank(cell)) {
        let Color::Indexed(colour) = cell.bg else { continue };
        match counts.iter_mut().find(|(known, _)| *known == colour) {
            Some((_, count)) => *count += 1,
            None => counts.push((colour, 1)),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(colour, _)| colour)
}

/// Returns the screen after it was cleared to a background colour. Blanks of `buf` in that colour stay as they are.
fn cleared_to(buf: &Buffer, colour: u8) -> Buffer {
    let mut cleared = buf.clone();
    for cell in &mut cleared.content {
        if !is_blank(cell) || cell.bg != Color::Indexed(colour) {
            cell.reset();
            cell.set_bg(Color::Indexed(colour));
        }
    }
    cleared
}

impl TitleState {
    /// Writes the title if it has changed. The first time, the terminal saves its previous title.
    fn write(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let Some(next) = self.next.take().filter(|_| !self.is_unsupported) else { return Ok(()) };
        if self.shown.is_none() {
            bytes.write_all(b"\x1b[22;0t")?;
            TITLE_SAVED.store(true, Ordering::Relaxed);
        }
        write!(bytes, "\x1b]2;{next}\x1b\\")?;
        self.shown = Some(next);
        Ok(())
    }
}

/// True on terminals that clear in the current background colour. Others, such as GNU screen, may clear to black.
fn clears_in_colour() -> bool {
    const KNOWN: [&str; 12] = [
        "xterm",
        "tmux",
        "linux",
        "alacritty",
        "foot",
        "ghostty",
        "kitty",
        "konsole",
        "mintty",
        "rxvt",
        "vte",
        "wezterm",
    ];
    let term = std::env::var("TERM").unwrap_or_default();
    KNOWN.iter().any(|known| term.starts_with(known))
}

/// False for the Linux console and dumb terminals, which would print the bytes of a title.
fn supports_titles() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb")
}

impl<W: Write> Drop for Terminal<W> {
    fn drop(&mut self) {
        // An error means that the terminal is gone, and there is nobody left to tell.
        let _ = self.leave();
    }
}

/// Enables raw mode, even if a shell has turned it off behind our back: `enable_raw_mode` alone does nothing
/// if it has been called before.
fn enter_raw_mode() -> io::Result<()> {
    disable_raw_mode()?;
    enable_raw_mode()
}

/// Restores title, screen and keys. If one step fails, the others are still tried.
fn restore(out: &mut impl Write, title_saved: bool) -> io::Result<()> {
    let title = if title_saved { out.write_all(b"\x1b[23;0t") } else { Ok(()) };
    let screen = execute!(
        out,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        Print(DISABLE_CLICKS),
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        Show
    );
    // Unread keys and clicks must not reach the shell.
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    let keys = disable_raw_mode();
    title.and(screen).and(keys)
}

/// Restores the terminal before a panic message is printed, so that the message can be read.
///
/// If another thread panics, the workout continues: the screen stays, and the next frame is drawn over the message.
fn restore_on_panic() {
    PANIC_HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_ours = USED_BY.try_lock().map(|mut used_by| {
                let is_ours = *used_by == Some(thread::current().id());
                if is_ours {
                    *used_by = None;
                }
                is_ours
            });
            match is_ours {
                Ok(true) => drop(restore(&mut io::stdout(), TITLE_SAVED.load(Ordering::Relaxed))),
                _ => OVERWRITTEN.store(true, Ordering::Relaxed),
            }
            before(info);
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn write(text: &'static str) -> impl FnOnce(&mut Buffer) {
        move |buf: &mut Buffer| {
            buf.set_string(0, 0, text, Style::new());
        }
    }

    #[test]
    fn a_frame_writes_only_what_has_changed() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(false));
        terminal.resize(20, 3);
        terminal.draw(write("left 4:59")).unwrap();
        assert!(String::from_utf8_lossy(&terminal.out).contains("4:59"));
        terminal.out.clear();
        terminal.draw(write("left 4:58")).unwrap();
        let second = String::from_utf8_lossy(&terminal.out).into_owned();
        assert!(second.contains('8') && !second.contains("4:5"), "{second:?}");
        terminal.out.clear();
        terminal.draw(write("left 4:58")).unwrap();
        assert!(terminal.out.is_empty(), "nothing changed");
    }

    #[test]
    fn writes_a_changed_title_without_control_characters() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(true));
        let mut title_bytes = |title: &str| {
            terminal.out.clear();
            terminal.set_title(title.to_string());
            terminal.draw(write("now")).unwrap();
            String::from_utf8_lossy(&terminal.out).into_owned()
        };
        let first = title_bytes("4:59 hard");
        assert!(first.contains("\x1b[22;0t\x1b]2;4:59 hard\x1b\\"), "{first:?}");
        assert_eq!(title_bytes("4:58 hard"), "\x1b]2;4:58 hard\x1b\\", "the old title is saved only once");
        assert_eq!(title_bytes("4:58 hard"), "");
        assert_eq!(
            title_bytes("a\x1b\\\x1b[2Jb\u{9c}\x07"),
            "\x1b]2;a\u{fffd}\\\u{fffd}[2Jb\u{fffd}\u{fffd}\x1b\\"
        );
    }

    #[test]
    fn the_bell_rings_once() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(false));
        terminal.ring();
        terminal.draw(write("now")).unwrap();
        terminal.draw(write("now")).unwrap();
        assert_eq!(terminal.out.iter().filter(|b| **b == 7).count(), 1);
    }

    #[test]
    fn drawing_on_a_closed_terminal_is_an_error() {
        struct ClosedTerminal;
        impl Write for ClosedTerminal {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from_raw_os_error(5))
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::Error::from_raw_os_error(5))
            }
        }
        let mut terminal = Terminal::new(ClosedTerminal, Theme::new(false));
        assert!(terminal.draw(write("anyone there?")).is_err());
    }
}
