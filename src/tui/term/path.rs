//! Finds the fewest bytes that write the given cells in the given order.
//!
//! A cell can be written in several ways: with its own character or with the block that covers the other part of the
//! cell, in reverse video or not. A cell that already shows its content may be written again instead of being skipped,
//! and a run of blanks may be sent as a length. Which way is short depends on what comes before and after. So this is a
//! search for the shortest path through the ways to write each cell, which keeps only a few pens per cell.

use super::cursor::{CursorPlace, digits, move_length, write_move};
use super::pen::{CellLook, PenState, complement};
use crate::tui::widgets::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use std::fmt::Write;
use std::ops::Range;

/// The fewest blanks whose length may be shorter than the blanks themselves.
const MANY_BLANKS: u16 = 8;
/// The most pens that are kept per cell.
const MOST_PENS: usize = 5;

/// The abilities of a terminal that make changes shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalTraits {
    /// True if cleared cells take the current background colour.
    pub fills: bool,
    /// True if block characters can be written in place of blanks, and in place of each other in reverse video.
    pub blocks: bool,
}

/// The bytes that change the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreenChange {
    /// The bytes.
    pub bytes: String,
    /// The attributes that they leave set.
    pub pen: PenState,
}

/// Cells of a row. Those that are marked have to be written, the first and the last among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSegment {
    /// The row.
    pub y: u16,
    /// The first column.
    pub x: u16,
    /// One mark for each column.
    pub marks: Vec<bool>,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathStep {
    /// Moves the cursor to a cell.
    Go(Position),
    /// Writes the content of a cell, or the block that covers its other part.
    Put { at: Position, is_complement: bool },
    /// Clears as many cells, and moves past them if more follows.
    Clear { count: u16, is_last: bool },
    /// Clears the rest of the row.
    ClearRow,
}

/// A path up to a step.
#[derive(Clone, Copy, Debug)]
struct PathNode {
    step: PathStep,
    /// The step before, by its index.
    before: Option<u32>,
    /// The bytes up to here.
    length: u32,
    pen: PenState,
    cursor: CursorPlace,
}

/// The search for the shortest path.
struct PathSearch<'a> {
    next: &'a Buffer,
    traits: TerminalTraits,
    /// The attributes that are set at the start.
    pen: PenState,
    nodes: Vec<PathNode>,
}

/// The ends of the paths to a cell, by their indices.
type PathEnds = Vec<u32>;

/// Returns the change that writes the segments, one after the other.
pub fn shortest(
    next: &Buffer,
    segments: &[RowSegment],
    traits: TerminalTraits,
    pen: PenState,
) -> ScreenChange {
    let mut search = PathSearch { next, traits, pen, nodes: Vec::new() };
    let mut ends = vec![];
    for segment in segments {
        ends = search.segment(segment, &ends);
    }
    search.write(&ends)
}

impl PathSearch<'_> {
    fn node(&self, index: u32) -> Option<PathNode> {
        self.nodes.get(index as usize).copied()
    }

    fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        self.next.cell(Position::new(x, y))
    }

    /// Continues all paths that end in `ends` with a segment.
    fn segment(&mut self, segment: &RowSegment, ends: &[u32]) -> PathEnds {
        let length = segment.marks.len();
        let mut layers: Vec<PathEnds> = vec![Vec::new(); length + 1];
        if let Some(first) = layers.first_mut() {
            let to = Position::new(segment.x, segment.y);
            *first = self.go(ends, to);
        }
        let looks: Vec<Option<CellLook>> =
            (segment.x..).take(length).map(|x| self.cell(x, segment.y).map(CellLook::of)).collect();
        for (index, look) in looks.iter().enumerate() {
            let ends = std::mem::take(&mut layers[index]);
            let Some(look) = look.filter(|_| !ends.is_empty()) else { continue };
            let x = segment.x + index as u16;
            let is_marked = segment.marks[index];
            let was_marked = index.checked_sub(1).is_none_or(|before| segment.marks[before]);
            if !is_marked && was_marked {
                let gap = segment.marks[index..].iter().take_while(|marked| !**marked).count();
                let over = self.go(&ends, Position::new(x + gap as u16, segment.y));
                self.merge(&mut layers[index + gap], &over);
            }
            let at = Position::new(x, segment.y);
            if is_marked || self.cell(x, segment.y).is_some_and(is_narrow) {
                let put = self.put(&ends, at, look);
                self.merge(&mut layers[index + 1], &put);
            }
            let starts_run = look.is_blank()
                && (is_marked != was_marked
                    || index.checked_sub(1).is_none_or(|before| looks[before] != Some(look)));
            if starts_run && self.traits.fills {
                self.clear_run(&ends, at, look, layers.split_at_mut(index).1);
            }
        }
        layers.pop().unwrap_or_default()
    }

    /// Continues the paths to a blank by clearing all blanks that look like it. `layers` begins at the blank.
    fn clear_run(&mut self, ends: &[u32], at: Position, look: CellLook, layers: &mut [PathEnds]) {
        let run = self.blanks(at, look);
        let length = layers.len() - 1;
        let last = self.next.area.width.saturating_sub(1);
        if run.end > last && run.len() > 3 {
            let cleared = self.clear(ends, look, PathStep::ClearRow);
            self.merge(&mut layers[length], &cleared);
            return;
        }
        let count = run.len().min(length);
        if count < usize::from(MANY_BLANKS) {
            return;
        }
        let is_last = count == length;
        let ends_with_mark =
            run.end == last && !is_last && self.cell(last, at.y).map(CellLook::of) == Some(look);
        let mut cleared = match ends_with_mark {
            true => self.clear(ends, look, PathStep::ClearRow),
            false => self.clear(ends, look, PathStep::Clear { count: count as u16, is_last }),
        };
        if ends_with_mark {
            cleared = self.go(&cleared, Position::new(last, at.y));
        }
        self.merge(&mut layers[count], &cleared);
    }

    /// The columns from a blank to the last one that looks like it and has the same character.
    fn blanks(&self, at: Position, look: CellLook) -> Range<u16> {
        let is_like =
            |x: &u16| self.cell(*x, at.y).is_some_and(|c| c.symbol() == " " && CellLook::of(c) == look);
        at.x..at.x + (at.x..).take_while(is_like).count() as u16
    }

    fn push(&mut self, node: PathNode) -> u32 {
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }

    /// Moves the cursor at the end of each path, or from anywhere at the start of the first one.
    fn go(&mut self, ends: &[u32], to: Position) -> PathEnds {
        let step = PathStep::Go(to);
        let cursor = CursorPlace::At(to);
        let start = CursorPlace::Unknown;
        if ends.is_empty() && self.nodes.is_empty() {
            let length = move_length(start, to);
            let first = PathNode { step, before: None, length, pen: self.pen, cursor };
            return vec![self.push(first)];
        }
        let mut moved = Vec::with_capacity(ends.len());
        for end in ends {
            let Some(node) = self.node(*end) else { continue };
            let length = node.length + move_length(node.cursor, to);
            moved.push(self.push(PathNode { step, before: Some(*end), length, cursor, ..node }));
        }
        moved
    }

    /// Writes a cell at the end of each path, in all ways.
    fn put(&mut self, ends: &[u32], at: Position, look: CellLook) -> PathEnds {
        let Some(symbol) = self.next.cell(at).map(Cell::symbol) else { return Vec::new() };
        let cursor = match symbol.is_ascii() || text::width(symbol) == 1 {
            true if at.x + 1 < self.next.area.width => CursorPlace::At(Position::new(at.x + 1, at.y)),
            true => CursorPlace::RowEnd(at.y),
            // Terminals disagree about the width of wide letters.
            false => CursorPlace::Unknown,
        };
        let other = complement(symbol).filter(|_| self.traits.blocks);
        let other = other.and_then(|other| look.complement().map(|look| (other.len(), look, true)));
        let ways = [Some((symbol.len(), look, false)), other];
        let mut put: PathEnds = Vec::new();
        for end in ends {
            let Some(node) = self.node(*end) else { continue };
            for (length, look, is_complement) in ways.into_iter().flatten() {
                for pen in node.pen.for_look(look) {
                    let length = node.length + pen.length_after(node.pen) + length as u32;
                    let step = PathStep::Put { at, is_complement };
                    self.add(&mut put, PathNode { step, before: Some(*end), length, pen, cursor });
                }
            }
        }
        put
    }

    /// Clears cells at the end of each path.
    fn clear(&mut self, ends: &[u32], look: CellLook, step: PathStep) -> PathEnds {
        let mut cleared: PathEnds = Vec::new();
        for end in ends {
            let Some(node) = self.node(*end) else { continue };
            let (bytes, cursor) = match (step, node.cursor) {
                (PathStep::Clear { count, is_last: false }, CursorPlace::At(at)) => {
                    (6 + 2 * digits(count), CursorPlace::At(Position::new(at.x + count, at.y)))
                }
                (PathStep::Clear { count, .. }, cursor) => (3 + digits(count), cursor),
                (_, cursor) => (3, cursor),
            };
            for pen in node.pen.for_look(look).filter(|pen| pen.fills()) {
                let length = node.length + pen.length_after(node.pen) + bytes;
                self.add(&mut cleared, PathNode { step, before: Some(*end), length, pen, cursor });
            }
        }
        cleared
    }

    /// Adds a path to those that end at the same cell, unless another one is as good.
    fn add(&mut self, ends: &mut PathEnds, node: PathNode) {
        let new = self.nodes.len() as u32;
        self.nodes.push(node);
        self.merge(ends, &[new]);
        if ends.last() != Some(&new) && !ends.contains(&new) {
            self.nodes.pop();
        }
    }

    /// Adds paths to those that end at the same cell. A path is left out if another one is as short even after it has
    /// changed to the same pen.
    fn merge(&self, ends: &mut PathEnds, more: &[u32]) {
        for new in more {
            let Some(node) = self.node(*new) else { continue };
            // A longer path is never as good, and the change of the pen is costly to measure.
            let is_as_good = |a: PathNode, b: PathNode| {
                a.length <= b.length && a.length + b.pen.length_after(a.pen) <= b.length
            };
            if ends.iter().filter_map(|end| self.node(*end)).any(|end| is_as_good(end, node)) {
                continue;
            }
            ends.retain(|end| self.node(*end).is_some_and(|end| !is_as_good(node, end)));
            ends.push(*new);
            if ends.len() > MOST_PENS {
                let longest = (0..ends.len()).max_by_key(|i| self.node(ends[*i]).map(|node| node.length));
                longest.map(|longest| ends.remove(longest));
            }
        }
    }

    /// Writes the shortest path.
    fn write(&self, ends: &[u32]) -> ScreenChange {
        let mut at = ends.iter().copied().min_by_key(|end| self.node(*end).map(|node| node.length));
        let mut path = Vec::new();
        while let Some(node) = at.and_then(|index| self.node(index)) {
            path.push(node);
            at = node.before;
        }
        let mut bytes = String::new();
        let (mut pen, mut cursor) = (self.pen, CursorPlace::Unknown);
        for node in path.iter().rev() {
            node.pen.write_after(pen, &mut bytes);
            match node.step {
                PathStep::Go(to) => write_move(cursor, to, &mut bytes),
                PathStep::Put { at, is_complement } => {
                    let symbol = self.next.cell(at).map_or(" ", Cell::symbol);
                    bytes.push_str(complement(symbol).filter(|_| is_complement).unwrap_or(symbol));
                }
                PathStep::Clear { count, is_last: true } => _ = write!(bytes, "\x1b[{count}X"),
                PathStep::Clear { count, is_last: false } => _ = write!(bytes, "\x1b[{count}X\x1b[{count}C"),
                PathStep::ClearRow => bytes.push_str("\x1b[K"),
            }
            (pen, cursor) = (node.pen, node.cursor);
        }
        ScreenChange { bytes, pen }
    }
}

/// True if a cell moves the cursor by one column in every terminal.
fn is_narrow(cell: &Cell) -> bool {
    cell.symbol().is_ascii() || text::width(cell.symbol()) == 1
}
