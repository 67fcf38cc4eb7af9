//! The time in each zone, in one row of words.

use super::letters;
use super::text::{Side, after, put, width};
use crate::athlete::Zone;
use crate::tui::theme::Theme;
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A zone and the time in it.
type ZonePart = (Option<Zone>, Millis);

/// The columns between two zones.
const GAP: u16 = 3;

/// The words for a zone: its tag, on a patch of its colour, and the rest.
struct ZoneLabel {
    zone: Option<Zone>,
    tag: String,
    text: String,
}

impl ZoneLabel {
    fn of(part: &ZonePart, with_word: bool) -> ZoneLabel {
        let (zone, time) = *part;
        let time = clock(time.whole_secs());
        let tag = zone.map_or("–".to_string(), |zone| zone.to_string());
        let text = if with_word { format!("{} {time}", zone.map_or("no zone", Zone::effort)) } else { time };
        ZoneLabel { zone, tag, text }
    }

    /// The columns it takes in large letters, with the gap after it.
    fn large_width(&self) -> u16 {
        large_width(&self.tag).saturating_add(large_width(&self.text)).saturating_add(5 + GAP)
    }

    /// The columns it takes in ordinary letters, with the gap after it.
    fn small_width(&self) -> u16 {
        width(&self.tag) + width(&self.text) + 3 + GAP
    }

    fn draw_large(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let tag_width = large_width(&self.tag);
        let patch = Rect { width: (tag_width + 2).min(area.width), ..area };
        buf.set_style(patch, theme.patch(self.zone));
        letters::draw(buf, after(area, 1), &self.tag, 1, theme.patch(self.zone));
        letters::draw(buf, after(area, tag_width + 4), &self.text, 1, theme.strong());
    }

    fn draw_small(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let taken = put(buf, area, &format!(" {} ", self.tag), Side::Left, theme.patch(self.zone));
        put(buf, after(area, taken + 1), &self.text, Side::Left, Style::new());
    }
}

fn large_width(text: &str) -> u16 {
    letters::size(text, 1).map_or(u16::MAX, |(width, _)| width)
}

/// Adds up the widths of labels, without the gap after the last.
fn total_width(labels: &[ZoneLabel], width: impl Fn(&ZoneLabel) -> u16) -> u16 {
    labels.iter().map(width).fold(0, u16::saturating_add).saturating_sub(GAP)
}

/// Writes the time in each zone into a row, in large letters if the area has three rows and they fit. Zones that do
/// not fit are left out.
pub fn draw(buf: &mut Buffer, area: Rect, parts: &[ZonePart], theme: Theme) {
    let labels = |with_word| parts.iter().map(|p| ZoneLabel::of(p, with_word)).collect::<Vec<_>>();
    let fits = |all: &Vec<ZoneLabel>| total_width(all, ZoneLabel::large_width) <= area.width;
    let mut rest = area;
    if area.height >= 3
        && let Some(all) = [true, false].map(labels).into_iter().find(fits)
    {
        for label in &all {
            label.draw_large(buf, rest, theme);
            rest = after(rest, label.large_width());
        }
        return;
    }
    let with_words = labels(true);
    let fits = total_width(&with_words, ZoneLabel::small_width) <= area.width;
    for label in if fits { with_words } else { labels(false) } {
        if label.small_width().saturating_sub(GAP) > rest.width {
            return;
        }
        label.draw_small(buf, rest, theme);
        rest = after(rest, label.small_width());
    }
}
