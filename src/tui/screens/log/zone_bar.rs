//! The time in each zone as a bar in one row. Each zone shows its digit, so the bar reads without colour too.

use crate::athlete::Zone;
use crate::session::ZoneTimes;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{Side, after, put};
use crate::units::Millis;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns of each zone, in proportion to its time. While there is room, every zone gets at least one.
pub fn columns(parts: &[(Option<Zone>, Millis)], width: u16) -> Vec<u16> {
    let all: f64 = parts.iter().map(|(_, time)| time.as_secs_f64()).sum();
    let mut least = u16::from(parts.len() <= usize::from(width));
    if all <= 0.0 {
        least = 0;
    }
    let spare = width - (least * parts.len() as u16).min(width);
    let exact: Vec<f64> = parts
        .iter()
        .map(|(_, time)| if all > 0.0 { time.as_secs_f64() / all * f64::from(width) } else { 0.0 })
        .collect();
    let mut columns: Vec<u16> = exact.iter().map(|e| (e.floor() as u16).max(least)).collect();
    // Columns lost or gained by rounding go where the error is largest.
    for _ in 0..=spare.saturating_add(width) {
        let taken: u16 = columns.iter().sum();
        let error = |i: &usize| exact[*i] - f64::from(columns[*i]);
        let by_error = |a: &usize, b: &usize| error(a).total_cmp(&error(b));
        let (index, more) = match taken.cmp(&width) {
            std::cmp::Ordering::Less if all > 0.0 => ((0..columns.len()).max_by(by_error), true),
            std::cmp::Ordering::Greater => {
                ((0..columns.len()).filter(|i| columns[*i] > least).min_by(by_error), false)
            }
            _ => return columns,
        };
        match index.and_then(|i| columns.get_mut(i)) {
            Some(column) if more => *column += 1,
            Some(column) => *column -= 1,
            None => return columns,
        }
    }
    columns
}

/// Draws the bar over a whole row.
pub fn draw(buf: &mut Buffer, area: Rect, zones: &ZoneTimes, theme: Theme) {
    let parts = zones.parts();
    let mut x = area.x;
    for ((zone, _), width) in parts.iter().zip(columns(&parts, area.width)) {
        let at = Rect { x, width, ..area }.intersection(buf.area);
        let style = theme.field(*zone);
        let digit = zone.map_or('–', |z| char::from_digit(u32::from(z.number()), 10).unwrap_or('–'));
        let Some(colour) = style.bg else {
            // Without colour, every column shows the digit.
            put(buf, at, &digit.to_string().repeat(usize::from(width)), Side::Left, style);
            x = x.saturating_add(width);
            continue;
        };
        let taken = put(buf, at, &digit.to_string(), Side::Left, style);
        // The rest is a little lower than a row, so that the bars of two rows stay apart.
        let block = "▆".repeat(usize::from(width.saturating_sub(taken)));
        put(buf, after(at, taken), &block, Side::Left, Style::new().fg(colour));
        x = x.saturating_add(width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(minutes: &[u64], width: u16) -> Vec<u16> {
        let parts: Vec<_> =
            Zone::ALL.into_iter().zip(minutes).map(|(z, m)| (Some(z), Millis::from_secs(m * 60))).collect();
        columns(&parts, width)
    }

    #[test]
    fn a_bar_fills_its_width_and_shows_every_zone() {
        assert_eq!(split(&[17, 8], 25), [17, 8]);
        assert_eq!(split(&[90, 1], 12), [11, 1]);
        assert_eq!(split(&[1, 1, 1], 10).iter().sum::<u16>(), 10);
        assert_eq!(split(&[1, 600, 1, 1], 4), [1, 1, 1, 1]);
        assert_eq!(split(&[5], 6), [6]);
        assert_eq!(split(&[], 6), [0_u16; 0]);
        for width in 0..20 {
            for minutes in [&[1, 2, 3, 400, 5, 6][..], &[10, 10], &[0, 0]] {
                assert!(split(minutes, width).iter().sum::<u16>() <= width, "{width} {minutes:?}");
            }
        }
    }
}
