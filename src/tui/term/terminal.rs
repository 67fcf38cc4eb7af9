//! The terminal: taken, drawn on, and given back as it was, whatever happens.
//!
//! It asks the terminal nothing that would have to be answered, so the first picture does not wait. A frame is
//! one write of what has changed. A terminal that is gone is an error, never a panic.

use super::adapt::{dress, in_the_old_way, spelt};
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

/// The size of a terminal that does not say.
const USUAL: Size = Size { width: 80, height: 24 };

/// Has the terminal report clicks and the wheel, in the form that knows no largest column. Only those: crossterm's own
/// command asks for every movement too, and a mouse that is pushed along would wake the program a hundred times a second.
const CLICKS: &str = "\x1b[?1000h\x1b[?1006h";
/// Leaves the mouse to the terminal, so that text can be marked with it.
const NO_CLICKS: &str = "\x1b[?1006l\x1b[?1000l";

/// A change of so many bytes may be shorter in another way.
const MUCH: usize = 2000;

/// The thread that has taken the terminal.
static TAKEN_BY: Mutex<Option<ThreadId>> = Mutex::new(None);
/// The title that the terminal had before is on its stack.
static TITLED: AtomicBool = AtomicBool::new(false);
/// Something else has written on the screen: the next frame draws all of it.
static SMEARED: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// A terminal that is drawn on through `out`.
#[derive(Debug)]
pub struct Terminal<W: Write> {
    out: W,
    theme: Theme,
    size: Size,
    /// What the terminal shows; nothing where that is not known.
    shown: Option<Buffer>,
    taken: bool,
    bell: bool,
    clicks: bool,
    title: Title,
    /// A cleared screen takes the colour that is set.
    fills: bool,
}

/// The terminal's title.
#[derive(Debug, Default)]
struct Title {
    /// What it is to be, while that is not written yet.
    next: Option<String>,
    /// What it is; nothing while it is not ours.
    shown: Option<String>,
    /// The terminal has none.
    none: bool,
}

impl<W: Write> Terminal<W> {
    /// A terminal that is not taken yet, for pages in this theme.
    pub fn new(out: W, theme: Theme) -> Self {
        Terminal {
            out,
            theme,
            size: USUAL,
            shown: None,
            taken: false,
            bell: false,
            clicks: false,
            title: Title::default(),
            fills: fills(),
        }
    }

    /// Whether clicks are to be heard, from the next time on that it is taken.
    pub fn heed_clicks(&mut self, clicks: bool) {
        self.clicks = clicks;
    }

    /// Whether cleared cells take the colour that is set, whatever the terminal's name tells.
    pub fn fills_cleared(&mut self, fills: bool) {
        self.fills = fills;
    }

    /// Takes the terminal: raw keys, a screen of our own, no cursor.
    pub fn enter(&mut self) -> io::Result<()> {
        restore_first_on_panic();
        *TAKEN_BY.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        self.taken = true;
        self.shown = None;
        self.title.none = !takes_titles();
        if let Ok((width, height)) = crossterm::terminal::size()
            && width > 0
            && height > 0
        {
            self.resize(width, height);
        }
        raw_again()?;
        let mouse = Print(if self.clicks { CLICKS } else { NO_CLICKS });
        execute!(self.out, EnterAlternateScreen, DisableLineWrap, Hide, EnableBracketedPaste, mouse)
    }

    /// Gives the terminal back as it was. A second time it does nothing.
    pub fn leave(&mut self) -> io::Result<()> {
        if !self.taken {
            return Ok(());
        }
        self.taken = false;
        *TAKEN_BY.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let title = std::mem::take(&mut self.title).shown;
        TITLED.store(false, Ordering::Relaxed);
        give_back(&mut self.out, title.is_some())
    }

    /// The window has this size now.
    pub fn resize(&mut self, width: u16, height: u16) {
        // Nobody reads a larger one, and its cells have to fit into memory.
        self.size = Size { width: width.min(1000), height: height.min(500) };
        self.shown = None;
    }

    /// The whole of it.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.width, self.size.height)
    }

    /// Rings the terminal's bell with the next frame.
    pub fn ring(&mut self) {
        self.bell = true;
    }

    /// The terminal's title from the next frame on, until it is given back: what it was before is there again then.
    pub fn title(&mut self, text: String) {
        let text = spelt(&clean(&text), self.theme.signs());
        self.title.next = Some(text).filter(|text| self.title.shown.as_ref() != Some(text));
    }

    /// Shows what `paint` paints on an empty buffer.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        let mut next = Buffer::empty(self.area());
        paint(&mut next);
        dress(&mut next, self.theme);
        let bytes = self.frame(&next)?;
        if !bytes.is_empty() {
            self.out.write_all(&bytes)?;
            self.out.flush()?;
        }
        self.shown = Some(next);
        Ok(())
    }

    /// The bytes that turn what is shown into `next`.
    fn frame(&mut self, next: &Buffer) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if std::mem::take(&mut self.bell) {
            bytes.push(b'\x07');
        }
        self.title.write(&mut bytes)?;
        let anew = SMEARED.swap(false, Ordering::Relaxed);
        let known = self.shown.take().filter(|b| !anew && b.area == next.area);
        if known.as_ref() == Some(next) {
            return Ok(bytes);
        }
        queue!(bytes, BeginSynchronizedUpdate)?;
        bytes.append(&mut self.change(known, next)?);
        queue!(bytes, EndSynchronizedUpdate)?;
        Ok(if self.theme.has_few_colours() { in_the_old_way(&bytes) } else { bytes })
    }
}

impl<W: Write> Terminal<W> {
    /// What turns `known` (whatever there is, where that is nothing) into `next`, the shorter of two ways: what differs;
    /// or all of the screen in one colour, and what is not of that colour.
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
        if bytes.len() < MUCH || !self.fills {
            return Ok(bytes);
        }
        let Some((colour, cleared)) = cleared(next) else { return Ok(bytes) };
        let mut filled = Vec::new();
        queue!(filled, SetBackgroundColor(colour), Clear(ClearType::All), ResetColor)?;
        filled.append(&mut diff::change(&cleared, next, true));
        Ok(if filled.len() < bytes.len() { filled } else { bytes })
    }
}

/// The colour that stands behind most blanks of a buffer, and what a screen that is all of that colour has in common with
/// it.
fn cleared(next: &Buffer) -> Option<(crossterm::style::Color, Buffer)> {
    // Bold blanks are blank.
    let shows = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    let blank = |cell: &&Cell| cell.symbol() == " " && !cell.modifier.intersects(shows);
    let mut counts: Vec<(u8, usize)> = Vec::new();
    for cell in next.content.iter().filter(blank) {
        let Color::Indexed(colour) = cell.bg else { continue };
        match counts.iter_mut().find(|(known, _)| *known == colour) {
            Some((_, count)) => *count += 1,
            None => counts.push((colour, 1)),
        }
    }
    let (colour, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let mut cleared = next.clone();
    for cell in &mut cleared.content {
        let same = blank(&&*cell) && cell.bg == Color::Indexed(colour);
        if !same {
            cell.reset();
            cell.set_bg(Color::Indexed(colour));
        }
    }
    Some((crossterm::style::Color::AnsiValue(colour), cleared))
}

impl Title {
    /// Writes it where it changes; first has the terminal remember what it was.
    fn write(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let Some(next) = self.next.take().filter(|_| !self.none) else { return Ok(()) };
        if self.shown.is_none() {
            bytes.write_all(b"\x1b[22;0t")?;
            TITLED.store(true, Ordering::Relaxed);
        }
        write!(bytes, "\x1b]2;{next}\x1b\\")?;
        self.shown = Some(next);
        Ok(())
    }
}

/// A screen that is cleared takes the colour that is set: on these terminals. On others (GNU screen) it may be black.
fn fills() -> bool {
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

/// The Linux console, and what calls itself dumb, would show a title's bytes.
fn takes_titles() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb")
}

impl<W: Write> Drop for Terminal<W> {
    fn drop(&mut self) {
        // Nobody is left to be told that the terminal is gone.
        let _ = self.leave();
    }
}

/// Raw keys, also where they were raw once and a shell has put the terminal back since: `enable_raw_mode` alone
/// takes its own word for how the terminal is.
pub fn raw_again() -> io::Result<()> {
    disable_raw_mode()?;
    enable_raw_mode()
}

/// Both halves are tried, whatever becomes of the first.
fn give_back(out: &mut impl Write, titled: bool) -> io::Result<()> {
    let title = if titled { out.write_all(b"\x1b[23;0t") } else { Ok(()) };
    let screen = execute!(
        out,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        Print(NO_CLICKS),
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        Show
    );
    // What was pressed or clicked and not read is no command for the shell.
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    let keys = disable_raw_mode();
    title.and(screen).and(keys)
}

/// A panic's message is to be read on the screen where the program was started.
///
/// Where another thread panics the workout goes on: the screen is kept, and drawn anew over the message.
fn restore_first_on_panic() {
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let owner = TAKEN_BY.try_lock().map(|mut owner| {
                let here = *owner == Some(thread::current().id());
                if here {
                    *owner = None;
                }
                here
            });
            match owner {
                Ok(true) => drop(give_back(&mut io::stdout(), TITLED.load(Ordering::Relaxed))),
                _ => SMEARED.store(true, Ordering::Relaxed),
            }
            before(info);
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn say(text: &'static str) -> impl FnOnce(&mut Buffer) {
        move |buf: &mut Buffer| {
            buf.set_string(0, 0, text, Style::new());
        }
    }

    #[test]
    fn a_frame_writes_only_what_has_changed() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(false));
        terminal.resize(20, 3);
        terminal.draw(say("left 4:59")).unwrap();
        assert!(String::from_utf8_lossy(&terminal.out).contains("4:59"));
        terminal.out.clear();
        terminal.draw(say("left 4:58")).unwrap();
        let second = String::from_utf8_lossy(&terminal.out).into_owned();
        assert!(second.contains('8') && !second.contains("4:5"), "{second:?}");
        terminal.out.clear();
        terminal.draw(say("left 4:58")).unwrap();
        assert!(terminal.out.is_empty(), "nothing changed");
    }

    #[test]
    fn a_title_is_written_when_it_changes_and_cannot_command_the_terminal() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(true));
        let mut told = |title: &str| {
            terminal.out.clear();
            terminal.title(title.to_string());
            terminal.draw(say("now")).unwrap();
            String::from_utf8_lossy(&terminal.out).into_owned()
        };
        let first = told("4:59 hard");
        assert!(first.contains("\x1b[22;0t\x1b]2;4:59 hard\x1b\\"), "{first:?}");
        assert_eq!(told("4:58 hard"), "\x1b]2;4:58 hard\x1b\\", "the old one is kept once");
        assert_eq!(told("4:58 hard"), "");
        assert_eq!(told("a\x1b\\\x1b[2Jb\u{9c}\x07"), "\x1b]2;a\u{fffd}\\\u{fffd}[2Jb\u{fffd}\u{fffd}\x1b\\");
    }

    #[test]
    fn the_bell_rings_once() {
        let mut terminal = Terminal::new(Vec::new(), Theme::new(false));
        terminal.ring();
        terminal.draw(say("now")).unwrap();
        terminal.draw(say("now")).unwrap();
        assert_eq!(terminal.out.iter().filter(|b| **b == 7).count(), 1);
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error() {
        struct TerminalGone;
        impl Write for TerminalGone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from_raw_os_error(5))
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::Error::from_raw_os_error(5))
            }
        }
        let mut terminal = Terminal::new(TerminalGone, Theme::new(false));
        assert!(terminal.draw(say("anyone there?")).is_err());
    }
}
