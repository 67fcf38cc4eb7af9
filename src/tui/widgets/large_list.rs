//! A list of texts to read while standing: in large letters if they fit, else small, and scrolled if necessary.

use super::large_text::broken;
use super::letters;
use super::scroll::{ScrollPosition, Viewport};
use super::text::{Side, fold, put, top};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The height of a large letter, in rows.
const LARGE: u16 = 3;

/// Texts, broken into lines for an area.
pub struct LargeList {
    /// The lines of each text.
    texts: Vec<Vec<String>>,
    /// The rows each line takes.
    each: u16,
    /// The blank rows between two texts.
    gap: u16,
}

impl LargeList {
    /// The texts in the largest layout that fits an area.
    pub fn of(texts: &[String], area: Rect) -> LargeList {
        let height = usize::from(area.height);
        if let Some(large) = texts
            .iter()
            .map(|text| broken(text, area.width))
            .collect::<Option<Vec<_>>>()
            .map(LargeList::large)
            && large.rows() <= height
        {
            return large;
        }
        LargeList::plain(texts, area)
    }

    /// The texts in ordinary letters, with blank rows between them if they fit.
    pub fn plain(texts: &[String], area: Rect) -> LargeList {
        let height = usize::from(area.height);
        let texts: Vec<Vec<String>> = texts.iter().map(|text| marked(text, area.width)).collect();
        let spaced = LargeList { texts, each: 1, gap: 1 };
        match spaced.rows() <= height {
            true => spaced,
            false => LargeList { gap: 0, ..spaced },
        }
    }

    fn large(texts: Vec<Vec<String>>) -> LargeList {
        LargeList { texts, each: LARGE, gap: 1 }
    }

    /// The rows in all.
    pub fn rows(&self) -> usize {
        let lines: usize = self.texts.iter().map(Vec::len).sum();
        lines * usize::from(self.each) + self.texts.len().saturating_sub(1) * usize::from(self.gap)
    }

    /// The rows in all, and how many fit into `height`.
    pub fn viewport(&self, height: u16) -> Viewport {
        Viewport { rows: self.rows(), shown: usize::from(height) }
    }

    /// Draws the list, scrolled to a position if it is too long for the area.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, scroll: ScrollPosition, style: Style) {
        let first = scroll.visible(self.viewport(area.height)).start;
        let mut rest = area;
        let spare = usize::from(area.height).saturating_sub(self.rows());
        top(&mut rest, (spare / 2) as u16);
        let mut passed = 0;
        for (i, text) in self.texts.iter().enumerate() {
            if i > 0 && self.gap > 0 {
                top(&mut rest, self.gap);
            }
            for line in text {
                // Only small text scrolls, and its lines are one row each.
                if passed >= first {
                    let row = top(&mut rest, self.each);
                    match self.each {
                        1 => drop(put(buf, row, line, Side::Left, style)),
                        _ => letters::draw(buf, row, line, 1, style),
                    }
                }
                passed += 1;
            }
        }
    }
}

/// Breaks a text into lines with a dash before the first, so the others are not taken for texts of their own.
fn marked(text: &str, columns: u16) -> Vec<String> {
    let rows = fold(text, columns.saturating_sub(2));
    let mark = |(i, row): (usize, &&str)| format!("{} {}", if i == 0 { "–" } else { " " }, row.trim_end());
    rows.iter().enumerate().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Action;

    fn drawn(texts: &[String], area: Rect, scroll: ScrollPosition) -> String {
        let mut buf = Buffer::empty(area);
        LargeList::of(texts, area).draw(&mut buf, area, scroll, Style::new());
        buf.content.iter().map(|c| c.symbol()).collect()
    }

    fn window(width: u16, height: u16) -> Rect {
        Rect::new(0, 0, width, height)
    }

    #[test]
    fn scrolling_reaches_every_word_in_any_window() {
        let texts: Vec<String> = ["sharp pain anywhere", "fever", "slept badly"].map(String::from).to_vec();
        for area in [window(12, 2), window(10, 1), window(30, 3), window(80, 24)] {
            let view = LargeList::of(&texts, area).viewport(area.height);
            let mut scroll = ScrollPosition::default();
            let mut all = drawn(&texts, area, scroll);
            for _ in 0..view.last_first() {
                scroll.update(Action::Next, view);
                all += &drawn(&texts, area, scroll);
            }
            let large = all.contains('█');
            for word in texts.iter().flat_map(|t| t.split(' ')) {
                assert!(large || all.contains(word), "{word} at {area}");
            }
        }
        assert!(drawn(&texts, window(120, 24), ScrollPosition::default()).contains('█'), "large if it fits");
    }

    #[test]
    fn a_list_that_fits_does_not_scroll() {
        let texts = vec!["fever".to_string(), "cough".to_string()];
        let mut scroll = ScrollPosition::default();
        scroll.update(Action::Last, Viewport { rows: 99, shown: 1 });
        assert_eq!(
            drawn(&texts, window(20, 5), scroll),
            drawn(&texts, window(20, 5), ScrollPosition::default())
        );
        drawn(&texts, window(0, 0), ScrollPosition::default());
        drawn(&[], window(20, 5), scroll);
    }
}
