//! A dialog in lines of text.

use crate::text::quoted;
use std::io::{self, BufRead, Read, Write};

/// The longest line that is read, in bytes. The rest of a longer one is read as the next line.
const LONGEST_LINE: u64 = 64 * 1024;

/// A dialog in lines of text: questions are printed, and lines are read as answers.
pub struct LineDialog<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
}

impl<'a> LineDialog<'a> {
    /// A dialog over this input and output.
    pub fn new(input: &'a mut dyn BufRead, out: &'a mut dyn Write) -> Self {
        LineDialog { input, out }
    }

    /// Prints a line.
    pub fn print(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Says that an answer is not understood, and what to write instead.
    pub fn reject(&mut self, answer: &str, help: &str) -> io::Result<()> {
        writeln!(self.out, "{} is not an answer: {help}", quoted(answer))
    }

    /// Shows everything printed so far, then reads a line without the blanks around it. Returns `None` at the end of the
    /// input.
    pub fn read_line(&mut self) -> io::Result<Option<String>> {
        self.out.flush()?;
        let mut bytes = Vec::new();
        let read = (&mut *self.input).take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok((read > 0).then(|| text.trim().to_string()))
    }

    /// Reads lines until one is in `answers`, in any case. Returns `None` at the end of the input. `help` says what to
    /// write instead of an unknown answer.
    pub fn choose<T: Copy>(&mut self, answers: &[(&str, T)], help: &str) -> io::Result<Option<T>> {
        loop {
            let Some(line) = self.read_line()? else { return Ok(None) };
            let word = line.to_lowercase();
            match answers.iter().find(|(known, _)| *known == word) {
                Some((_, answer)) => return Ok(Some(*answer)),
                None => self.reject(&line, help)?,
            }
        }
    }
}
