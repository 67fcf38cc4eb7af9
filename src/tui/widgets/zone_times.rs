//! The time in each zone, in one row of words.

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

    /// The columns it takes, with the gap after it.
    fn width(&self) -> u16 {
        width(&self.tag) + width(&self.text) + 3 + GAP
    }

    fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let taken = put(buf, area, &format!(" {} ", self.tag), Side::Left, theme.patch(self.zone));
        put(buf, after(area, taken + 1), &self.text, Side::Left, Style::new());
    }
}

/// Writes the time in each zone into a row. Zones that do not fit are left out.
pub fn draw(buf: &mut Buffer, area: Rect, parts: &[ZonePart], theme: Theme) {
    let labels = |with_word| parts.iter().map(|p| ZoneLabel::of(p, with_word)).collect::<Vec<_>>();
    let with_words = labels(true);
    let needed = with_words.iter().map(ZoneLabel::width).fold(0, u16::saturating_add).saturating_sub(GAP);
    let mut rest = area;
    for label in if needed <= area.width { with_words } else { labels(false) } {
        if label.width().saturating_sub(GAP) > rest.width {
            return;
        }
        label.draw(buf, rest, theme);
        rest = after(rest, label.width());
    }
}
