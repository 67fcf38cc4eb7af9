//! The size of the terminal's window.

use ratatui::layout::Size;
use std::io::IsTerminal;

/// Returns the size of the window behind a stream, such as standard output. `None` if the stream is not a terminal, or the
/// terminal does not know its size.
///
/// The system is asked directly: crossterm starts `tput` twice if a command's output goes to a file.
#[cfg(unix)]
pub fn window_size(stream: &(impl IsTerminal + std::os::fd::AsFd)) -> Option<Size> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    known(Size::new(size.ws_col, size.ws_row))
}

/// Returns the size of the window behind a stream, such as standard output. `None` if the stream is not a terminal, or the
/// terminal does not know its size.
#[cfg(not(unix))]
pub fn window_size(stream: &impl IsTerminal) -> Option<Size> {
    let size = crossterm::terminal::size().ok().filter(|_| stream.is_terminal());
    size.and_then(|(width, height)| known(Size::new(width, height)))
}

fn known(size: Size) -> Option<Size> {
    (size.width > 0 && size.height > 0).then_some(size)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_no_window() {
        assert_eq!(window_size(&tempfile::tempfile().unwrap()), None);
    }
}
