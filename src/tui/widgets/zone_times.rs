//! Time by zone, in words.

use super::letters;
use super::text::{Side, put, width};
use crate::display::zone_word;
use crate::tui::theme::Theme;
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A zone with the time in it.
type ZonePart = (Option<u8>, Millis);

/// Between two zones in words.
const GAP: u16 = 3;

/// The tag of a zone and what else is said of it: with a word, and without where there is less room.
fn said((zone, time): &ZonePart, with_word: bool) -> (String, String) {
    let time = clock(time.whole_secs());
    match zone {
        Some(zone) if with_word => (format!("Z{zone}"), format!("{} {time}", zone_word(*zone))),
        Some(zone) => (format!("Z{zone}"), time),
        None if with_word => ("–".to_string(), format!("no zone {time}")),
        None => ("–".to_string(), time),
    }
}

/// Says the times in a row, large where there is room for it; what does not fit is left out.
pub fn words(buf: &mut Buffer, area: Rect, parts: &[ZonePart], theme: Theme) {
    let told = |with_word| parts.iter().map(|p| said(p, with_word)).collect::<Vec<_>>();
    let big = |(tag, text): &(String, String)| {
        let columns = |t: &str| letters::size(t, 1).map_or(u16::MAX, |(w, _)| w);
        columns(tag).saturating_add(columns(text)).saturating_add(5 + GAP)
    };
    let small = |(tag, text): &(String, String)| width(tag) + width(text) + 3 + GAP;
    let whole = |sizes: Vec<u16>| sizes.into_iter().fold(0, u16::saturating_add).saturating_sub(GAP);
    let mut x = area.x;
    let right = |x: u16| Rect { x, width: area.right().saturating_sub(x), ..area };
    let roomy = |all: &Vec<(String, String)>| whole(all.iter().map(big).collect()) <= area.width;
    if area.height >= 3
        && let Some(all) = [true, false].map(told).into_iter().find(roomy)
    {
        for (zone, (tag, text)) in parts.iter().map(|(zone, _)| *zone).zip(all) {
            let (tag_width, _) = letters::size(&tag, 1).unwrap_or_default();
            let patch = Rect { width: tag_width + 2, ..right(x) }.intersection(area);
            buf.set_style(patch, theme.patch(zone));
            letters::draw(buf, right(x + 1), &tag, 1, theme.patch(zone));
            letters::draw(buf, right(x + tag_width + 4), &text, 1, theme.strong());
            x += tag_width + 4 + letters::size(&text, 1).map_or(0, |(w, _)| w) + 1 + GAP;
        }
        return;
    }
    let fits = whole(told(true).iter().map(small).collect()) <= area.width;
    for (zone, (tag, text)) in parts.iter().map(|(zone, _)| *zone).zip(told(fits)) {
        if x + small(&(tag.clone(), text.clone())).saturating_sub(GAP) > area.right() {
            return;
        }
        x += put(buf, right(x), &format!(" {tag} "), Side::Left, theme.patch(zone)) + 1;
        x += put(buf, right(x), &text, Side::Left, Style::new()) + GAP;
    }
}
