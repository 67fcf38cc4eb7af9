//! Where things stand on the running screen: worked out once, for drawing and for whoever points at something.
//!
//! Wide windows have the belt's number beside the time, others below it; high and narrow ones use their height; tiny
//! ones have room for the number and a row or two.

use super::labels;
use super::{ClickTarget, RunningScene, band};
use crate::tui::widgets::digits;
use crate::tui::widgets::text::{beside, bottom, inset, top};
use ratatui::layout::{Position, Rect};

/// Below this many columns and rows there is room for the digits and no more.
const LEAST: (u16, u16) = (40, 12);
/// From this width on the belt may stand beside the time.
const WIDE: u16 = 76;
/// From this height on a narrow window's height is made use of.
const TALL: u16 = 30;
/// The fewest columns for the belt's number and a margin.
const COLUMN: u16 = 27;
/// From this width on the sound and the keys share a row.
const ONE_FOOT: u16 = 100;

/// How the time and the belt's number stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutShape {
    /// The number, and a row or two.
    Bare,
    /// One below the other.
    Stacked,
    /// The same, in a window so high that each may be large.
    Tall,
    /// Side by side.
    Beside,
}

/// What stands where. What is not there has no rows.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub shape: LayoutShape,
    pub header: Rect,
    pub heading: Rect,
    pub number: Rect,
    pub belt: Rect,
    pub next: Rect,
    pub profile: Rect,
    pub foot: Rect,
}

impl Layout {
    /// The layout of an area that is as wide as the window; below it there may be a question.
    pub fn of(area: Rect, scene: &RunningScene<'_>) -> Layout {
        if scene.digits_only || area.width < LEAST.0 || area.height < LEAST.1 {
            return bare(area, scene);
        }
        let has_belt = labels::belt(scene.view, scene.units).is_some();
        let shape = match area {
            Rect { width, height, .. } if height >= TALL && width < 2 * height => LayoutShape::Tall,
            Rect { width, height, .. } if has_belt && width >= WIDE && width >= 2 * height => {
                LayoutShape::Beside
            }
            _ => LayoutShape::Stacked,
        };
        let rows = Rows::of(area, shape, scene);
        let mut rest = area;
        let header = top(&mut rest, rows.header);
        let foot = bottom(&mut rest, rows.foot);
        let profile = bottom(&mut rest, rows.profile);
        let gap = bottom(&mut rest, rows.gap);
        let mut next = bottom(&mut rest, rows.next);
        let (mut profile, mut foot) = (profile, foot);
        if band::is_lit(scene) && scene.reads().is_none() && scene.status.log.is_written() {
            // Just before a change nothing matters as much as what comes.
            next.height += gap.height + profile.height + foot.height;
            (profile.height, foot.height) = (0, 0);
        }
        let heading = top(&mut rest, rows.heading);
        let belt = match shape {
            LayoutShape::Beside => {
                let columns = column(rest, &labels::big(scene.view, scene.units));
                beside(&mut rest, columns)
            }
            _ => bottom(&mut rest, if has_belt { rows.belt } else { rows.facts }),
        };
        Layout { shape, header, heading, number: rest, belt, next, profile, foot }
    }

    /// What stands at a column and a row.
    pub fn at(&self, column: u16, row: u16) -> Option<ClickTarget> {
        // Whoever points between two of them means the upper.
        let below = self.profile.y.max(self.next.bottom()) - self.next.y;
        let next = Rect { height: if self.next.height > 0 { below } else { 0 }, ..self.next };
        let spots = [
            (self.header, ClickTarget::Heading),
            (self.heading, ClickTarget::Heading),
            (self.number, ClickTarget::Number),
            (self.belt, ClickTarget::Number),
            (next, ClickTarget::Next),
            (self.profile, ClickTarget::Profile),
            (self.foot, ClickTarget::Foot),
        ];
        let at = Position::new(column, row);
        spots.into_iter().find(|(area, _)| area.contains(at)).map(|(_, spot)| spot)
    }

    /// The place of the digits: not against what stands above and below, where there is room.
    pub fn digits(&self) -> Rect {
        let mut rest = self.number;
        if self.shape == LayoutShape::Bare {
            return rest;
        }
        top(&mut rest, u16::from(self.number.height >= 8));
        bottom(&mut rest, u16::from(self.number.height >= 20));
        match self.shape {
            LayoutShape::Beside => inset(rest, 1),
            _ => rest,
        }
    }
}

/// The number, with the title above it and what comes next below; of digits only, one row below it.
fn bare(area: Rect, scene: &RunningScene<'_>) -> Layout {
    let mut rest = area;
    let none = Rect { height: 0, ..area };
    let still = band::still_words(scene).is_some();
    let heading = match area.height {
        _ if scene.digits_only => 0,
        9.. if still => 3,
        6.. => 1,
        2.. if still => 1,
        _ => 0,
    };
    let heading = top(&mut rest, heading);
    let next = match area.height {
        _ if !scene.digits_only => u16::from(area.height >= 7),
        0..2 => 0,
        2..6 => u16::from(still),
        _ => 1,
    };
    let next = bottom(&mut rest, next);
    Layout {
        shape: LayoutShape::Bare,
        header: none,
        heading,
        number: rest,
        belt: none,
        next,
        profile: none,
        foot: none,
    }
}

/// The rows of everything but the time.
struct Rows {
    header: u16,
    heading: u16,
    /// The belt's, below the time.
    belt: u16,
    /// The same without a number.
    facts: u16,
    next: u16,
    gap: u16,
    profile: u16,
    foot: u16,
}

impl Rows {
    fn of(area: Rect, shape: LayoutShape, scene: &RunningScene<'_>) -> Rows {
        let mut rows = match area.height {
            0..16 => Rows { header: 1, heading: 1, belt: 1, facts: 1, next: 1, gap: 0, profile: 1, foot: 1 },
            16..22 => Rows { header: 1, heading: 1, belt: 3, facts: 1, next: 3, gap: 0, profile: 2, foot: 1 },
            22..28 => Rows { header: 1, heading: 3, belt: 3, facts: 3, next: 3, gap: 0, profile: 2, foot: 1 },
            28..32 => Rows { header: 1, heading: 3, belt: 5, facts: 3, next: 4, gap: 0, profile: 2, foot: 1 },
            32..44 => Rows { header: 1, heading: 3, belt: 5, facts: 3, next: 4, gap: 1, profile: 4, foot: 1 },
            _ => Rows { header: 1, heading: 6, belt: 10, facts: 6, next: 7, gap: 1, profile: 6, foot: 1 },
        };
        rows.foot += u16::from(area.width < ONE_FOOT && area.height >= 32);
        if shape == LayoutShape::Tall {
            let large = u16::from(area.height >= 44);
            rows.heading = 7 + large;
            rows.belt = 8 + 7 * large;
            rows.next = 6 + 4 * large;
        }
        if band::still_words(scene).is_some() && area.height < 22 {
            // That time stands still is said large all the same, and the number stays as large as it was.
            rows.heading = 3;
            (rows.next, rows.profile) = if rows.next > 1 { (1, 2) } else { (1, 0) };
            rows.header = u16::from(area.height >= 16);
        }
        rows
    }
}

/// The columns for the belt: as many as leave the time as large as it could be, or nearly. It goes by the widest
/// text of a kind, so that it stays where it is while the time runs down.
fn column(area: Rect, big: &str) -> u16 {
    const SHARES: [u16; 6] = [44, 40, 36, 32, 28, 24];
    let widest = if big.chars().count() <= 5 { "00:00" } else { big };
    let rows = |columns: u16| {
        let left = (area.width - columns.min(area.width)).saturating_sub(2);
        digits::largest(widest, left, area.height.saturating_sub(1)).map_or(0, |s| digits::size(widest, s).1)
    };
    let columns = |share: &u16| (area.width * share / 100).max(COLUMN);
    let most = SHARES.iter().map(|s| rows(columns(s))).max().unwrap_or(0);
    let enough = |columns: &u16| rows(*columns) * 100 >= most * 85;
    SHARES.iter().map(columns).find(enough).unwrap_or(COLUMN)
}
