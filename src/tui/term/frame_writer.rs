//! Turns frames into bytes: each is a single write of what has changed since the one before.

use super::adapt::with_classic_colours;
use super::diff;
use super::path::TerminalTraits;
use super::pen::PenState;
use crate::tui::theme::{Signs, Theme};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// From this many bytes on, clearing the screen in one colour first may be shorter.
const LONG_CHANGE: usize = 2000;

/// A change of fewer bytes arrives in one piece, even over a network, and needs no marks of where it begins and ends.
const ONE_PACKET: usize = 1200;

/// True if something else has written on the screen. The next frame then draws all of it.
static OVERWRITTEN: AtomicBool = AtomicBool::new(false);

/// Makes the next frame draw the whole screen, because something else has written on it.
pub(super) fn note_overwritten() {
    OVERWRITTEN.store(true, Ordering::Relaxed);
}

/// Everything that the terminal should show, or do, next.
#[derive(Debug, Default)]
pub(super) struct ScreenFrame {
    /// Bytes that set the modes of the terminal. They come first.
    pub modes: Vec<u8>,
    /// The content of the screen; `None` leaves it as it is.
    pub screen: Option<Buffer>,
    /// The terminal's title; `None` leaves it as it is.
    pub title: Option<String>,
    /// True to ring the bell.
    pub bell: bool,
    /// True if the content of the screen is not known, so that all of it must be drawn.
    pub redraws_all: bool,
}

impl ScreenFrame {
    /// Replaces this frame with a newer one before it was shown. Whatever the newer one leaves as it is stays.
    pub fn supersede(&mut self, newer: ScreenFrame) {
        if !newer.modes.is_empty() {
            self.modes = newer.modes;
        }
        self.screen = newer.screen.or(self.screen.take());
        self.title = newer.title.or(self.title.take());
        self.bell |= newer.bell;
        self.redraws_all |= newer.redraws_all;
    }
}

/// Writes frames to `out`.
#[derive(Debug)]
pub(super) struct FrameWriter<W: Write> {
    pub out: W,
    /// What the terminal shows; `None` if that is not known.
    shown: Option<Buffer>,
    /// The attributes that the last frame left set.
    pen: PenState,
    /// The title written last; `None` if the title is not ours.
    title: Option<String>,
    /// True if the terminal can show a title.
    pub has_title: bool,
    /// True if cleared cells take the current background colour.
    pub fills: bool,
    theme: Theme,
}

impl<W: Write> FrameWriter<W> {
    /// A writer for a terminal whose content is not known.
    pub fn new(out: W, fills: bool, theme: Theme) -> Self {
        FrameWriter { out, shown: None, pen: PenState::RESET, title: None, has_title: true, fills, theme }
    }

    /// True if the terminal has its previous title saved.
    pub fn has_saved_title(&self) -> bool {
        self.title.is_some()
    }

    /// Returns true if the terminal has its previous title saved, and takes it as restored from now on.
    pub fn take_saved_title(&mut self) -> bool {
        self.title.take().is_some()
    }

    /// Writes what has changed.
    ///
    /// # Errors
    /// If `out` cannot be written to. The next frame then draws the whole screen.
    pub fn write(&mut self, frame: ScreenFrame) -> io::Result<()> {
        let known = self.shown.take().filter(|_| !frame.redraws_all);
        let bytes = self.bytes(&frame, known.as_ref())?;
        if !bytes.is_empty() {
            self.out.write_all(&bytes)?;
            self.out.flush()?;
        }
        self.shown = frame.screen.or(known);
        Ok(())
    }

    /// Returns the bytes that turn `known`, or a screen of unknown content, into the frame.
    fn bytes(&mut self, frame: &ScreenFrame, known: Option<&Buffer>) -> io::Result<Vec<u8>> {
        let mut bytes = frame.modes.clone();
        if frame.bell {
            bytes.push(b'\x07');
        }
        if let Some(title) = &frame.title {
            self.write_title(title, &mut bytes)?;
        }
        let Some(next) = &frame.screen else { return Ok(bytes) };
        let is_overwritten = OVERWRITTEN.swap(false, Ordering::Relaxed);
        let known = known.filter(|shown| !is_overwritten && shown.area == next.area);
        if known == Some(next) {
            return Ok(bytes);
        }
        let change = self.change(known, next)?;
        match change.len() {
            0..ONE_PACKET => bytes.extend(change),
            _ => {
                queue!(bytes, BeginSynchronizedUpdate)?;
                bytes.extend(change);
                queue!(bytes, EndSynchronizedUpdate)?;
            }
        }
        Ok(if self.theme.has_few_colours() { with_classic_colours(&bytes) } else { bytes })
    }

    /// Writes the title if it has changed. The first time, the terminal saves its previous title.
    fn write_title(&mut self, next: &str, bytes: &mut Vec<u8>) -> io::Result<()> {
        if !self.has_title || self.title.as_deref() == Some(next) {
            return Ok(());
        }
        if self.title.is_none() {
            bytes.write_all(b"\x1b[22;0t")?;
        }
        write!(bytes, "\x1b]2;{next}\x1b\\")?;
        self.title = Some(next.to_string());
        Ok(())
    }

    /// The abilities that make changes shorter. With few colours, bold would make a block another colour than a blank.
    fn traits(&self) -> TerminalTraits {
        let blocks = self.theme.signs() != Signs::Ascii && !self.theme.has_few_colours();
        TerminalTraits { fills: self.fills, blocks }
    }

    /// Returns the bytes that turn `known`, or a screen of unknown content, into `next`. They write either the cells
    /// that differ, or the whole screen in one colour and the cells that are not of that colour: whatever is shorter.
    fn change(&mut self, known: Option<&Buffer>, next: &Buffer) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if known.is_none() {
            queue!(bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All))?;
            self.pen = PenState::RESET;
        }
        let traits = self.traits();
        let change = match (known, main_background(next).filter(|_| traits.fills)) {
            (None, Some(colour)) => {
                // Trying both ways takes a millisecond or two, and this may be the first picture.
                diff::fill_and_change(colour, next, traits, self.pen)
            }
            (None, None) => diff::change(&Buffer::empty(next.area), next, traits, self.pen),
            (Some(before), colour) => {
                let change = diff::change(before, next, traits, self.pen);
                let is_long = change.bytes.len() >= LONG_CHANGE || is_uniform(next);
                let filled = colour.filter(|_| is_long);
                let filled = filled.map(|colour| diff::fill_and_change(colour, next, traits, self.pen));
                filled.into_iter().chain([change]).min_by_key(|way| way.bytes.len()).unwrap_or_default()
            }
        };
        self.pen = change.pen;
        bytes.extend_from_slice(change.bytes.as_bytes());
        Ok(bytes)
    }
}

/// True if all cells of a buffer are equal.
fn is_uniform(buf: &Buffer) -> bool {
    buf.content.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
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
