//! The places of everything on the running screen, worked out once for drawing and for clicks.
//!
//! Wide windows show the belt's number beside the time, others below it. High and narrow windows use their height. Tiny
//! windows have room for the number and a row or two.

use super::heart_rate;
use super::labels::time;
use super::message;
use super::panel;
use super::scene::RunningScene;
use super::standstill::Standstill;
use crate::tui::widgets::digits;
use crate::tui::widgets::text::{beside, bottom, inset, top};
use ratatui::layout::{Position, Rect};

/// Windows with fewer columns show only the number and a row or two.
const FULL_COLUMNS: u16 = 40;
/// Windows with fewer rows show only the number and a row or two.
const FULL_ROWS: u16 = 12;
/// The width from which the belt's number may stand beside the time.
const WIDE: u16 = 76;
/// The height from which a narrow window uses its height.
const TALL: u16 = 30;
/// The fewest columns for the belt's number with its margin.
const BELT_COLUMNS: u16 = 27;
/// The fewest rows for the time while a long message shows.
const LEAST_NUMBER: u16 = 5;
/// The width from which the sound and the keys share a row.
const ONE_FOOT: u16 = 100;

/// Something on the running screen that can be clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClickTarget {
    /// The time, and the belt's number beside or below it.
    Number,
    /// The step's title, and the line above it.
    Heading,
    /// The next step.
    Next,
    /// The message, or the details of the step.
    Words,
    /// The workout's chart.
    Chart,
    /// The sound and the keys.
    Foot,
}

/// The place of the belt's number relative to the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutShape {
    /// There is no belt's number, only the big number and a row or two.
    Bare,
    /// Below the time.
    Stacked,
    /// Below the time, in a window so high that both can be large.
    Tall,
    /// Beside the time.
    Beside,
}

/// The places of everything on the running screen. A part that is left out has no rows.
#[derive(Clone, Copy, Debug)]
pub struct RunningLayout {
    pub shape: LayoutShape,
    pub header: Rect,
    pub heading: Rect,
    pub number: Rect,
    pub belt: Rect,
    /// The measured heart rate. Without a sensor it has no rows.
    pub heart: Rect,
    pub next: Rect,
    /// A message to read, or else the details of the step.
    pub words: Rect,
    pub chart: Rect,
    pub foot: Rect,
}

impl RunningLayout {
    /// Lays out an area as wide as the window. A question may take the rows below it.
    pub fn of(area: Rect, scene: &RunningScene<'_>) -> RunningLayout {
        if scene.digits_only || area.width < FULL_COLUMNS || area.height < FULL_ROWS {
            return bare(area, scene);
        }
        let has_belt = panel::has_panel(scene);
        let shape = match area {
            Rect { width, height, .. } if height >= TALL && width < 2 * height => LayoutShape::Tall,
            Rect { width, height, .. } if has_belt && width >= WIDE && width >= 2 * height => {
                LayoutShape::Beside
            }
            _ => LayoutShape::Stacked,
        };
        let rows = PartRows::of(area, shape, scene);
        let mut rest = area;
        let header = top(&mut rest, rows.header);
        let mut foot = bottom(&mut rest, rows.foot);
        let mut chart = bottom(&mut rest, rows.chart);
        let mut words = bottom(&mut rest, rows.words);
        let gap = bottom(&mut rest, rows.gap);
        let mut next = bottom(&mut rest, rows.next);
        if time::is_coming(scene.view) && scene.message().is_none() && scene.status.log.is_written() {
            // Just before a change, nothing matters as much as the next step.
            next.height += gap.height + words.height + chart.height + foot.height;
            (words.height, chart.height, foot.height) = (0, 0, 0);
        }
        let heading = top(&mut rest, rows.heading);
        let (belt, heart) = match shape {
            LayoutShape::Beside => {
                let columns = belt_columns(rest, &time::big(scene.view, scene.units).text);
                let mut belt = beside(&mut rest, columns);
                let heart = heart_rate::rows_in_column(scene, belt.height);
                let heart = bottom(&mut belt, heart);
                (belt, heart)
            }
            _ => {
                let heart = bottom(&mut rest, heart_rate::rows_below(scene, area));
                let facts = if panel::has_facts(scene, area.width) { rows.facts } else { 0 };
                (bottom(&mut rest, if has_belt { rows.belt } else { facts }), heart)
            }
        };
        RunningLayout { shape, header, heading, number: rest, belt, heart, next, words, chart, foot }
    }

    /// Returns what is at a position.
    pub fn target_at(&self, position: Position) -> Option<ClickTarget> {
        // The gap below the next step belongs to it.
        let below = self.words.y.max(self.next.bottom()) - self.next.y;
        let next = Rect { height: if self.next.height > 0 { below } else { 0 }, ..self.next };
        let targets = [
            (self.header, ClickTarget::Heading),
            (self.heading, ClickTarget::Heading),
            (self.number, ClickTarget::Number),
            (self.belt, ClickTarget::Number),
            (self.heart, ClickTarget::Number),
            (next, ClickTarget::Next),
            (self.words, ClickTarget::Words),
            (self.chart, ClickTarget::Chart),
            (self.foot, ClickTarget::Foot),
        ];
        targets.into_iter().find(|(area, _)| area.contains(position)).map(|(_, target)| target)
    }

    /// True if the prompt that ends the step is beside or below the time.
    pub fn has_large_prompt(&self) -> bool {
        let is_wide = match self.shape {
            LayoutShape::Beside | LayoutShape::Tall => true,
            LayoutShape::Stacked | LayoutShape::Bare => self.belt.width >= panel::PROMPT_COLUMNS,
        };
        is_wide && self.belt.height >= 3
    }

    /// The place of the digits. If there is room, they do not touch what is above and below.
    pub fn digits(&self) -> Rect {
        let mut rest = self.number;
        if self.shape == LayoutShape::Bare {
            return rest;
        }
        top(&mut rest, u16::from(self.number.height >= 8));
        bottom(&mut rest, u16::from(self.number.height >= 10));
        match self.shape {
            LayoutShape::Beside => inset(rest, 1),
            _ => rest,
        }
    }
}

/// The number, with the title above it and the next step below. Digits-only mode has a single row below the number.
fn bare(area: Rect, scene: &RunningScene<'_>) -> RunningLayout {
    let mut rest = area;
    let none = Rect { height: 0, ..area };
    let stands_still = Standstill::of(scene).is_some();
    let heading = match area.height {
        _ if scene.digits_only => 0,
        9.. if stands_still => 3,
        6.. => 1,
        2.. if stands_still => 1,
        _ => 0,
    };
    let heading = top(&mut rest, heading);
    // A message has the last row, so that it covers neither the number nor the next step.
    let has_words = !scene.digits_only && area.height >= 8 && scene.message().is_some();
    let words = bottom(&mut rest, u16::from(has_words));
    let next = match area.height {
        _ if !scene.digits_only => u16::from(area.height >= 7),
        0..2 => 0,
        2..6 => u16::from(stands_still),
        _ => 1,
    };
    let next = bottom(&mut rest, next);
    let heart = u16::from(scene.view.heart.is_some() && area.height >= 5);
    let heart = bottom(&mut rest, heart);
    RunningLayout {
        shape: LayoutShape::Bare,
        header: none,
        heading,
        number: rest,
        belt: none,
        heart,
        next,
        words,
        chart: none,
        foot: none,
    }
}

/// The rows of everything but the time.
struct PartRows {
    header: u16,
    heading: u16,
    /// The belt's number and its facts, below the time.
    belt: u16,
    /// The facts alone, without a belt's number.
    facts: u16,
    next: u16,
    gap: u16,
    words: u16,
    chart: u16,
    foot: u16,
}

impl PartRows {
    #[rustfmt::skip]
    fn of(area: Rect, shape: LayoutShape, scene: &RunningScene<'_>) -> PartRows {
        let mut rows = match area.height {
            0..14 =>  PartRows { header: 0, heading: 1, belt: 3,  facts: 1, next: 1, gap: 0, words: 1, chart: 0, foot: 1 },
            14..18 => PartRows { header: 1, heading: 1, belt: 3,  facts: 1, next: 1, gap: 0, words: 1, chart: 1, foot: 1 },
            18..22 => PartRows { header: 1, heading: 1, belt: 3,  facts: 1, next: 4, gap: 0, words: 1, chart: 1, foot: 1 },
            22..28 => PartRows { header: 1, heading: 3, belt: 4,  facts: 3, next: 4, gap: 0, words: 1, chart: 2, foot: 1 },
            28..32 => PartRows { header: 1, heading: 3, belt: 5,  facts: 3, next: 4, gap: 0, words: 1, chart: 2, foot: 1 },
            32..44 => PartRows { header: 1, heading: 3, belt: 5,  facts: 3, next: 4, gap: 1, words: 1, chart: 4, foot: 1 },
            _ =>      PartRows { header: 1, heading: 6, belt: 10, facts: 6, next: 7, gap: 1, words: 3, chart: 6, foot: 1 },
        };
        rows.foot += u16::from(area.width < ONE_FOOT && area.height >= 32);
        if shape == LayoutShape::Tall {
            let large = u16::from(area.height >= 44);
            rows.heading = 8;
            rows.belt = 8 + 7 * large;
            rows.next = 6 + 4 * large;
        }
        if area.height < 22 && Standstill::of(scene).is_some() {
            // A clock that stands still says so in large letters even here, and the number stays as large as it was.
            rows.heading = 3;
            rows.words = u16::from(scene.message().is_some());
            match area.height {
                0..16 => (rows.belt, rows.chart, rows.header) = (1, 0, 0),
                _ => (rows.next, rows.chart) = (1, 1),
            }
        }
        if let Some(message) = scene.message() {
            let heart = heart_rate::rows_below(scene, area);
            let below = if shape == LayoutShape::Beside { 0 } else { rows.belt + heart };
            let others = rows.header + rows.heading + below + rows.next + rows.gap + rows.chart + rows.foot;
            let least = (area.height / 3 + 1).max(LEAST_NUMBER);
            let room = area.height.saturating_sub(others + least);
            rows.words = rows.words.max(message::rows(&message, area.width, room.max(rows.words)));
        }
        rows
    }
}

/// The columns for the belt: as many as leave the time as large as it can be, or nearly. They depend on the widest text
/// of its kind, for the belt to stay in place while the time runs down.
fn belt_columns(area: Rect, big: &str) -> u16 {
    const SHARES: [u16; 6] = [44, 40, 36, 32, 28, 24];
    let widest = if big.chars().count() <= 5 { "00:00" } else { big };
    let rows = |columns: u16| {
        let left = (area.width - columns.min(area.width)).saturating_sub(2);
        digits::largest(widest, left, area.height.saturating_sub(1)).map_or(0, |s| digits::size(widest, s).1)
    };
    let columns = |share: &u16| (area.width * share / 100).max(BELT_COLUMNS);
    let most = SHARES.iter().map(|s| rows(columns(s))).max().unwrap_or(0);
    let enough = |columns: &u16| rows(*columns) * 100 >= most * 85;
    SHARES.iter().map(columns).find(enough).unwrap_or(BELT_COLUMNS)
}
