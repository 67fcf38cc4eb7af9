//! Standard output in the characters that the terminal has.

use crate::tui::Signs;
use crate::tui::term::adapt::spell;
use crate::tui::term::capabilities::TerminalCapabilities;
use std::io::{self, IsTerminal, StdoutLock, Write};

/// A writer that spells text for a terminal whose locale is not UTF-8. Files and pipes get UTF-8.
#[derive(Debug)]
pub struct SpelledOutput<W: Write> {
    out: W,
    signs: Signs,
    /// The beginning of a character whose other bytes are still to come.
    partial: Vec<u8>,
}

impl SpelledOutput<StdoutLock<'static>> {
    /// Locks standard output.
    pub fn stdout() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let signs = if is_terminal { TerminalCapabilities::detect().signs } else { Signs::All };
        SpelledOutput::to(io::stdout().lock(), signs)
    }
}

impl<W: Write> SpelledOutput<W> {
    fn to(out: W, signs: Signs) -> Self {
        SpelledOutput { out, signs, partial: Vec::new() }
    }
}

impl<W: Write> Write for SpelledOutput<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.signs == Signs::All {
            return self.out.write(bytes);
        }
        self.partial.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.partial) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.partial.len(),
        };
        let text: Vec<u8> = self.partial.drain(..whole).collect();
        self.out.write_all(spell(&String::from_utf8_lossy(&text), self.signs).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_characters_even_if_they_come_in_two_parts() {
        let mut out = SpelledOutput::to(Vec::new(), Signs::Ascii);
        for byte in "8×60s – ≈ 9:30".bytes() {
            out.write_all(&[byte]).unwrap();
        }
        assert_eq!(out.out, b"8x60s - ~ 9:30");
        let mut out = SpelledOutput::to(Vec::new(), Signs::All);
        out.write_all("8×60s".as_bytes()).unwrap();
        assert_eq!(out.out, "8×60s".as_bytes());
    }
}
