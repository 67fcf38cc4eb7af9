//! Draws on the terminal, and restores it at the end, even after a panic.
//!
//! The terminal is never queried, so the first frame does not wait for an answer. Frames are written by a thread of
//! their own, so a terminal that stops reading delays nothing else. A terminal that has gone away is an error, never a
//! panic.

use super::adapt::{adapt, spell};
use super::frame_thread::FrameMailbox;
use super::frame_writer::{FrameWriter, ScreenFrame, note_overwritten};
use super::window_size::window_size;
use crate::text::clean;
use crate::tui::theme::Theme;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::io::{self, Stdout, Write};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

/// The size to assume if the terminal reports none.
const DEFAULT_SIZE: Size = Size { width: 80, height: 24 };

/// Asks the terminal to report clicks and the wheel, in the encoding without a limit on columns. crossterm's own
/// command also asks for every movement, and moving the mouse would wake the program a hundred times a second.
const ENABLE_CLICKS: &str = "\x1b[?1000h\x1b[?1006h";
/// Leaves the mouse to the terminal, so that it can select text.
const DISABLE_CLICKS: &str = "\x1b[?1006l\x1b[?1000l";

/// The use of the terminal on standard output, for a panic or a signal that must restore it.
#[derive(Debug)]
struct TerminalUse {
    /// The thread that draws.
    by: ThreadId,
    /// The connection to the thread that writes.
    frames: Arc<FrameMailbox>,
}

static IN_USE: Mutex<Option<TerminalUse>> = Mutex::new(None);
static PANIC_HOOK: Once = Once::new();

/// A terminal to draw on.
#[derive(Debug)]
pub struct Terminal<W: Write> {
    output: FrameOutput<W>,
    theme: Theme,
    size: Size,
    is_entered: bool,
    clicks: bool,
    /// True if cleared cells take the current background colour.
    fills: bool,
    /// The bell, the title and the other things to go with the next frame.
    next: ScreenFrame,
}

/// The way that frames take to the terminal.
#[derive(Debug)]
enum FrameOutput<W: Write> {
    /// Each is written at once.
    Direct(FrameWriter<W>),
    /// A thread writes them to standard output; `None` while the terminal is not ours.
    Thread(Option<Arc<FrameMailbox>>),
}

impl Terminal<Stdout> {
    /// The terminal on standard output, for pages in this theme. A thread writes what is drawn. Nothing is written
    /// until [`enter`](Self::enter).
    pub fn on_stdout(theme: Theme) -> Self {
        Terminal::with_output(FrameOutput::Thread(None), theme)
    }
}

impl<W: Write> Terminal<W> {
    /// A terminal for pages in this theme, whose frames are written to `out` at once.
    pub fn new(out: W, theme: Theme) -> Self {
        let writer = FrameWriter::new(out, clears_in_colour(), theme);
        Terminal::with_output(FrameOutput::Direct(writer), theme)
    }

    fn with_output(output: FrameOutput<W>, theme: Theme) -> Self {
        Terminal {
            output,
            theme,
            size: DEFAULT_SIZE,
            is_entered: false,
            clicks: false,
            fills: clears_in_colour(),
            next: ScreenFrame::default(),
        }
    }

    /// Turns the reporting of clicks on or off, from the next [`enter`](Self::enter) on.
    pub fn report_clicks(&mut self, clicks: bool) {
        self.clicks = clicks;
    }

    /// Sets if cleared cells take the current background colour, instead of judging by the terminal's name.
    pub fn set_clears_in_colour(&mut self, fills: bool) {
        self.fills = fills;
        if let FrameOutput::Direct(writer) = &mut self.output {
            writer.fills = fills;
        }
    }

    /// Switches to raw mode and the alternate screen, and hides the cursor.
    ///
    /// # Errors
    /// If the terminal cannot be used. An error of the write itself may come with the next frame instead.
    pub fn enter(&mut self) -> io::Result<()> {
        restore_on_panic();
        self.is_entered = true;
        self.next.redraws_all = true;
        if let Some(size) = window_size(&io::stdout()) {
            self.resize(size.width, size.height);
        }
        enter_raw_mode()?;
        if let FrameOutput::Thread(frames) = &mut self.output
            && frames.is_none()
        {
            let mailbox = FrameMailbox::start(self.fills, self.theme)?;
            let used = TerminalUse { by: thread::current().id(), frames: Arc::clone(&mailbox) };
            *IN_USE.lock().unwrap_or_else(PoisonError::into_inner) = Some(used);
            *frames = Some(mailbox);
        }
        let mouse = Print(if self.clicks { ENABLE_CLICKS } else { DISABLE_CLICKS });
        self.next.modes.clear();
        queue!(self.next.modes, EnterAlternateScreen, DisableLineWrap, Hide, EnableBracketedPaste, mouse)?;
        self.send(None)
    }

    /// Restores the terminal. Calling this twice does no harm. A terminal that does not read is not waited for.
    ///
    /// # Errors
    /// If the terminal cannot be written to. Its modes are restored nonetheless.
    pub fn leave(&mut self) -> io::Result<()> {
        if !self.is_entered {
            return Ok(());
        }
        self.is_entered = false;
        self.next = ScreenFrame::default();
        let screen = match &mut self.output {
            FrameOutput::Direct(writer) => {
                let mut bytes = Vec::new();
                let restored = queue_restoring(&mut bytes, writer.take_saved_title());
                restored.and_then(|()| writer.out.write_all(&bytes)).and_then(|()| writer.out.flush())
            }
            FrameOutput::Thread(frames) => {
                *IN_USE.lock().unwrap_or_else(PoisonError::into_inner) = None;
                frames.take().map_or(Ok(()), |frames| frames.close(queue_restoring))
            }
        };
        screen.and(restore_keys())
    }

    /// Sets the size of the window, in cells.
    pub fn resize(&mut self, width: u16, height: u16) {
        // Nobody needs a larger screen, and the cells have to fit into memory.
        self.size = Size { width: width.min(1000), height: height.min(500) };
        self.next.redraws_all = true;
    }

    /// The area of the whole screen.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.width, self.size.height)
    }

    /// Rings the terminal's bell with the next frame.
    pub fn ring(&mut self) {
        self.next.bell = true;
    }

    /// Sets the terminal's title from the next frame on. [`leave`](Self::leave) restores the previous one.
    pub fn set_title(&mut self, text: String) {
        self.next.title = Some(spell(&clean(&text), self.theme.signs()));
    }

    /// Shows what `paint` draws on an empty buffer.
    ///
    /// # Errors
    /// If the terminal cannot be written to. The error may be that of an earlier frame.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        let mut screen = Buffer::empty(self.area());
        paint(&mut screen);
        adapt(&mut screen, self.theme);
        self.send(Some(screen))
    }

    /// Sends everything that is due to the terminal.
    fn send(&mut self, screen: Option<Buffer>) -> io::Result<()> {
        let frame = ScreenFrame { screen, ..std::mem::take(&mut self.next) };
        match &mut self.output {
            FrameOutput::Direct(writer) => writer.write(frame),
            FrameOutput::Thread(Some(frames)) => frames.put(frame),
            FrameOutput::Thread(None) => Ok(()),
        }
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

/// Writes the bytes that restore the title, if one is saved, and the screen.
fn queue_restoring(out: &mut Vec<u8>, has_saved_title: bool) -> io::Result<()> {
    if has_saved_title {
        out.write_all(b"\x1b[23;0t")?;
    }
    queue!(
        out,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        Print(DISABLE_CLICKS),
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        Show
    )
}

/// Restores the keys. Unread keys and clicks must not reach the shell.
fn restore_keys() -> io::Result<()> {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    disable_raw_mode()
}

/// Restores the terminal on standard output, for a program that is about to exit without having left it.
pub fn restore_now() {
    let in_use = IN_USE.try_lock().ok().and_then(|mut in_use| in_use.take());
    // An error means that the terminal is gone, and there is nothing to restore.
    let _ = in_use.map_or(Ok(()), |terminal| terminal.frames.close(queue_restoring)).and(restore_keys());
}

/// Restores the terminal before a panic message is printed, so that the message can be read.
///
/// If another thread panics, the workout continues: the screen stays, and the next frame is drawn over the message.
fn restore_on_panic() {
    PANIC_HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let ours = IN_USE
                .try_lock()
                .ok()
                .and_then(|mut in_use| in_use.take_if(|terminal| terminal.by == thread::current().id()));
            match ours {
                Some(terminal) => {
                    // An error means that the terminal is gone, and there is nothing to restore.
                    let _ = terminal.frames.close(queue_restoring).and(restore_keys());
                }
                None => note_overwritten(),
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

    /// Returns the bytes written since the last call.
    fn written(terminal: &mut Terminal<Vec<u8>>) -> Vec<u8> {
        match &mut terminal.output {
            FrameOutput::Direct(writer) => std::mem::take(&mut writer.out),
            FrameOutput::Thread(_) => unreachable!("tests write at once"),
        }
    }

    #[test]
    fn a_frame_writes_only_what_has_changed() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(false));
        terminal.resize(20, 3);
        terminal.draw(write("left 4:59")).unwrap();
        assert!(String::from_utf8_lossy(&written(&mut terminal)).contains("4:59"));
        terminal.draw(write("left 4:58")).unwrap();
        let second = String::from_utf8_lossy(&written(&mut terminal)).into_owned();
        assert!(second.contains('8') && !second.contains("4:5"), "{second:?}");
        terminal.draw(write("left 4:58")).unwrap();
        assert!(written(&mut terminal).is_empty(), "nothing changed");
    }

    #[test]
    fn writes_a_changed_title_without_control_characters() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(true));
        let mut title_bytes = |title: &str| {
            terminal.set_title(title.to_string());
            terminal.draw(write("now")).unwrap();
            String::from_utf8_lossy(&written(&mut terminal)).into_owned()
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
        assert_eq!(written(&mut terminal).iter().filter(|b| **b == 7).count(), 1);
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
