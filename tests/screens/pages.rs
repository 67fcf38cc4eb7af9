//! Every page at every size, with its styles in every theme.
//!
//! A snapshot holds a page. Under each size is its text, with equal rows on one line, and then its styles: stretches of
//! columns, each with a letter. The table at the end says what a letter looks like in each theme.

use crate::screenshots::scenes::{PageScene, SCENES};
use crate::screenshots::{SIZES, THEMES, themes};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The letters of styles.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεζηθικλμνξοπρστυφχψω";
const MODIFIERS: [(Modifier, char); 4] =
    [(Modifier::BOLD, '*'), (Modifier::DIM, '~'), (Modifier::REVERSED, '!'), (Modifier::UNDERLINED, '_')];
/// The modifiers that show on a blank.
const ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED);

/// A cell's colours and modifiers. A blank has no text colour.
#[derive(Clone, Copy, PartialEq, Eq)]
struct CellLook {
    ink: Option<Color>,
    ground: Color,
    modifier: Modifier,
}

impl CellLook {
    fn of(cell: &Cell) -> CellLook {
        let is_blank = cell.symbol() == " ";
        let modifier = if is_blank { cell.modifier & ON_BLANKS } else { cell.modifier };
        let ink = (!is_blank || modifier.contains(Modifier::REVERSED)).then_some(cell.fg);
        CellLook { ink, ground: cell.bg, modifier }
    }

    fn is_blank(themes: &[CellLook; THEMES]) -> bool {
        themes.iter().all(|look| look.ink.is_none())
    }

    /// Returns true if two cells look alike, or would if the blank one of them held text.
    fn can_join(a: &[CellLook; THEMES], b: &[CellLook; THEMES]) -> bool {
        let same_ground =
            || a.iter().zip(b).all(|(a, b)| a.ground == b.ground && a.on_blanks() == b.on_blanks());
        a == b || ((CellLook::is_blank(a) || CellLook::is_blank(b)) && same_ground())
    }

    /// Returns the modifiers that show on a blank.
    fn on_blanks(self) -> Modifier {
        self.modifier & ON_BLANKS
    }

    /// Returns `text/background` with a sign for each modifier.
    fn words(self) -> String {
        let colour = |colour: Color| match colour {
            Color::Reset => "–".to_string(),
            Color::Indexed(n) => n.to_string(),
            other => other.to_string(),
        };
        let signs = MODIFIERS.iter().filter(|(modifier, _)| self.modifier.contains(*modifier));
        let signs: String = signs.map(|(_, sign)| sign).collect();
        format!("{}/{}{signs}", self.ink.map(colour).unwrap_or_default(), colour(self.ground))
    }
}

/// The styles of a page. Cells that look alike in every theme share a letter.
#[derive(Default)]
struct StyleTable {
    looks: Vec<[CellLook; THEMES]>,
}

impl StyleTable {
    fn index(&mut self, look: [CellLook; THEMES]) -> usize {
        self.looks.iter().position(|other| *other == look).unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        })
    }

    /// Returns a row's stretches, as numbers of columns with the letter of their style. Blanks belong to the text beside
    /// them.
    fn stretches(&mut self, pictures: &[Buffer; THEMES], row: usize) -> String {
        let columns = usize::from(pictures[0].area.width);
        let mut stretches: Vec<(usize, [CellLook; THEMES])> = Vec::new();
        for at in row * columns..(row + 1) * columns {
            let look = pictures.each_ref().map(|picture| CellLook::of(&picture.content[at]));
            match stretches.last_mut() {
                Some((columns, last)) if CellLook::can_join(last, &look) => {
                    *columns += 1;
                    *last = if CellLook::is_blank(last) { look } else { *last };
                }
                _ => stretches.push((1, look)),
            }
        }
        let words = stretches
            .into_iter()
            .map(|(columns, look)| format!("{columns}{}", LETTERS.chars().nth(self.index(look)).unwrap()));
        words.collect::<Vec<_>>().join(" ")
    }

    fn legend(&self) -> String {
        let line = |first: char, cells: [String; THEMES]| {
            let cells: String = cells.iter().map(|cell| format!("  {cell:<17}")).collect();
            format!("{first}{}\n", cells.trim_end())
        };
        let rows = LETTERS.chars().zip(&self.looks);
        let rows = rows.map(|(letter, look)| line(letter, look.map(CellLook::words)));
        let names = themes().map(|(name, _)| name.to_string());
        format!(
            "── text/background, * bold, ~ dim, ! reversed, _ underlined ──\n{}{}",
            line(' ', names),
            rows.collect::<String>()
        )
    }
}

/// Writes rows, with equal ones on one line.
fn rows(rows: &[String]) -> String {
    let mut text = String::new();
    let mut first = 0;
    for group in rows.chunk_by(|a, b| a == b) {
        let last = first + group.len();
        let label = if group.len() == 1 { last.to_string() } else { format!("{}–{last}", first + 1) };
        text = text + format!("{label:>5} {}", group[0]).trim_end() + "\n";
        first = last;
    }
    text
}

fn lines(buffer: &Buffer) -> Vec<String> {
    super::text(buffer).lines().map(String::from).collect()
}

fn snapshot(scene: &PageScene) -> String {
    let mut drawings = themes().map(|(_, theme)| (scene.open)(theme));
    let (mut table, mut text) = (StyleTable::default(), String::new());
    for size in SIZES {
        let pictures = drawings.each_mut().map(|draw| draw(size));
        let words = lines(&pictures[0]);
        let stretches: Vec<String> = (0..words.len()).map(|row| table.stretches(&pictures, row)).collect();
        text +=
            &format!("── {}x{} ──\n{}styles\n{}", size.width, size.height, rows(&words), rows(&stretches));
        // With fewer colours, two bars in a cell are one.
        for ((name, _), picture) in themes().into_iter().zip(&pictures) {
            let differ = lines(picture).into_iter().zip(&words).enumerate();
            for (row, (line, _)) in differ.filter(|(_, (line, usual))| line != *usual) {
                text += &format!("{name}, {} {line}\n", row + 1);
            }
        }
    }
    text + &table.legend()
}

#[test]
fn every_page_in_every_size_and_theme() {
    for scene in &SCENES {
        insta::assert_snapshot!(scene.name, snapshot(scene));
    }
}
