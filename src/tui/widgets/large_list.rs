//! A list of texts to be read standing: as large as there is room for, and scrolled where there is none.

use super::large_text::broken;
use super::letters;
use super::text::{Side, fold, put, top};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The rows of a large letter.
const LARGE: u16 = 3;

/// Texts broken into lines for an area.
pub struct LargeList {
    /// The lines of each text.
    texts: Vec<Vec<String>>,
    /// The rows of a line.
    each: u16,
    /// The blank rows between two texts.
    gap: u16,
}

impl LargeList {
    /// Texts as they fit an area best.
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

    fn rows(&self) -> usize {
        let lines: usize = self.texts.iter().map(Vec::len).sum();
        lines * usize::from(self.each) + self.texts.len().saturating_sub(1) * usize::from(self.gap)
    }

    /// The last row that may stand at the top of so many: 0 where all of it is in sight.
    pub fn last_first(&self, height: u16) -> usize {
        self.rows().saturating_sub(usize::from(height))
    }

    /// Draws it from its row `first` on; only what is too long for its area begins further down.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, first: usize, style: Style) {
        let first = first.min(self.last_first(area.height));
        let mut rest = area;
        let spare = usize::from(area.height).saturating_sub(self.rows());
        top(&mut rest, (spare / 2) as u16);
        let mut passed = 0;
        for (i, text) in self.texts.iter().enumerate() {
            if i > 0 && self.gap > 0 {
                top(&mut rest, self.gap);
            }
            for line in text {
                // Only what is in small letters is ever scrolled.
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

/// A text with a mark in front of it, so that its second line is not taken for another text.
fn marked(text: &str, columns: u16) -> Vec<String> {
    let rows = fold(text, columns.saturating_sub(2));
    let mark = |(i, row): (usize, &&str)| format!("{} {}", if i == 0 { "–" } else { " " }, row.trim_end());
    rows.iter().enumerate().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[String], (width, height): (u16, u16), first: usize) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let area = buf.area;
        LargeList::of(texts, area).draw(&mut buf, area, first, Style::new());
        buf.content.iter().map(|c| c.symbol()).collect()
    }

    #[test]
    fn every_word_is_reached_however_small_the_area() {
        let texts: Vec<String> = ["sharp pain anywhere", "fever", "slept badly"].map(String::from).to_vec();
        for size in [(12, 2), (10, 1), (30, 3), (80, 24)] {
            let last = LargeList::of(&texts, Rect::new(0, 0, size.0, size.1)).last_first(size.1);
            let all: String = (0..=last).map(|first| shown(&texts, size, first)).collect();
            let large = all.contains('█');
            for word in texts.iter().flat_map(|t| t.split(' ')) {
                assert!(large || all.contains(word), "{word} at {size:?}");
            }
        }
        assert!(shown(&texts, (120, 24), 0).contains('█'), "where there is room it is large");
    }

    #[test]
    fn nothing_is_scrolled_that_is_in_sight() {
        let texts = vec!["fever".to_string(), "cough".to_string()];
        assert_eq!(shown(&texts, (20, 5), 99), shown(&texts, (20, 5), 0));
        shown(&texts, (0, 0), 0);
        shown(&[], (20, 5), 3);
    }
}
