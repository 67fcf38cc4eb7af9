//! Draws the cells of a terminal as an SVG: blocks as shapes, and text as text that is spaced to its cells, so that the
//! picture looks the same in every font.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// The size of a cell: a unit for each eighth of its width, and two for each eighth of its height.
pub const CELL: [usize; 2] = [8, 16];
/// The colours of text and background that a terminal shows where a page sets none.
const DEFAULT: [Rgb; 2] = [[0xda; 3], [0; 3]];
/// The first sixteen colours of xterm.
const FIRST: [Rgb; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// Returns a document around shapes.
pub fn document([width, height]: [usize; 2], shapes: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-size=\"13\" \
         font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\">\n{shapes}</svg>\n"
    )
}

/// Returns the shapes of a page, from the top left corner on.
pub fn shapes(buffer: &Buffer) -> String {
    let size = [usize::from(buffer.area.width), usize::from(buffer.area.height)];
    let [mut grounds, mut inks] = [PixelGrid::new(size), PixelGrid::new(size)];
    for (at, cell) in buffer.content.iter().enumerate() {
        let place = [at % size[0], at / size[0]];
        let [ink, ground] = colours(cell);
        grounds.fill(place, [0xff; 8], ground);
        if let Some(rows) = block(cell.symbol()) {
            inks.fill(place, rows, ink);
        }
    }
    let most = grounds.most().unwrap_or(DEFAULT[1]);
    let [width, height] = [size[0] * CELL[0], size[1] * CELL[1]];
    format!(
        "<g shape-rendering=\"crispEdges\">\n<path fill=\"{}\" d=\"M0 0h{width}v{height}h-{width}z\"/>\n{}{}</g>\n{}",
        hex(most),
        grounds.paths(Some(most)),
        inks.paths(None),
        texts(buffer)
    )
}

/// Returns the colours of a cell's text and background.
pub fn colours(cell: &Cell) -> [Rgb; 2] {
    let mut both = [rgb(cell.fg, DEFAULT[0]), rgb(cell.bg, DEFAULT[1])];
    if cell.modifier.contains(Modifier::REVERSED) {
        both.reverse();
    }
    if cell.modifier.contains(Modifier::DIM) {
        let ground = both[1];
        for (ink, ground) in both[0].iter_mut().zip(ground) {
            *ink = u8::midpoint(*ink, ground);
        }
    }
    both
}

/// One of xterm's 256 colours.
fn rgb(colour: Color, otherwise: Rgb) -> Rgb {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match colour {
        Color::Indexed(n @ ..16) => FIRST[usize::from(n)],
        Color::Indexed(n @ 16..232) => [level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)],
        Color::Indexed(n) => [8 + 10 * (n - 232); 3],
        _ => otherwise,
    }
}

fn hex(colour: Rgb) -> String {
    match colour.map(|part| format!("{part:02x}")) {
        parts if parts.iter().all(|part| part[..1] == part[1..]) => {
            parts.iter().fold("#".to_string(), |all, part| all + &part[..1])
        }
        parts => format!("#{}", parts.concat()),
    }
}

/// Returns the eighths that a block fills, as eight rows of bits with the leftmost highest; `None` for text.
pub fn block(symbol: &str) -> Option<[u8; 8]> {
    let mut characters = symbol.chars();
    let (Some(only), None) = (characters.next(), characters.next()) else { return None };
    let halves = |top: u8, bottom: u8| Some([top, top, top, top, bottom, bottom, bottom, bottom]);
    match only {
        '▁'..='█' => {
            let top = 7 - (only as usize - '▁' as usize);
            Some(std::array::from_fn(|row| if row < top { 0 } else { 0xff }))
        }
        '▉'..='▏' => Some([0xff << (only as u32 - '█' as u32); 8]),
        '▔' => Some([0xff, 0, 0, 0, 0, 0, 0, 0]),
        '▀' => halves(0xff, 0),
        '▐' => halves(0x0f, 0x0f),
        '▘' => halves(0xf0, 0),
        '▝' => halves(0x0f, 0),
        '▖' => halves(0, 0xf0),
        '▗' => halves(0, 0x0f),
        '▚' => halves(0xf0, 0x0f),
        '▞' => halves(0x0f, 0xf0),
        '▛' => halves(0xff, 0xf0),
        '▜' => halves(0xff, 0x0f),
        '▙' => halves(0xf0, 0xff),
        '▟' => halves(0x0f, 0xff),
        '─' => Some([0, 0, 0, 0xff, 0, 0, 0, 0]),
        '│' => Some([0x18; 8]),
        _ => None,
    }
}

/// Eighths of cells, each with a colour or none.
struct PixelGrid {
    width: usize,
    pixels: Vec<Option<Rgb>>,
}

impl PixelGrid {
    fn new([columns, rows]: [usize; 2]) -> PixelGrid {
        PixelGrid { width: columns * 8, pixels: vec![None; columns * 8 * rows * 8] }
    }

    /// Colours the eighths of a cell whose bits are set.
    fn fill(&mut self, [column, row]: [usize; 2], rows: [u8; 8], colour: Rgb) {
        for (down, bits) in rows.into_iter().enumerate() {
            for right in (0..8).filter(|right| bits & (0x80 >> right) != 0) {
                self.pixels[(row * 8 + down) * self.width + column * 8 + right] = Some(colour);
            }
        }
    }

    fn counts(&self) -> BTreeMap<Rgb, usize> {
        let mut counts = BTreeMap::new();
        for colour in self.pixels.iter().flatten() {
            *counts.entry(*colour).or_default() += 1;
        }
        counts
    }

    /// Returns the colour of most pixels.
    fn most(&self) -> Option<Rgb> {
        self.counts().into_iter().max_by_key(|(_, count)| *count).map(|(colour, _)| colour)
    }

    /// Returns one path for each colour, except one.
    fn paths(&self, except: Option<Rgb>) -> String {
        let colours = self.counts().into_keys().filter(|colour| Some(*colour) != except);
        let path = |colour| format!("<path fill=\"{}\" d=\"{}\"/>\n", hex(colour), self.outlines(colour));
        colours.map(path).collect()
    }

    fn is(&self, [x, y]: [i32; 2], colour: Rgb) -> bool {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width;
        inside && self.pixels.get(y as usize * self.width + x as usize) == Some(&Some(colour))
    }

    /// Returns the outlines of a colour's areas as the commands of a path.
    fn outlines(&self, colour: Rgb) -> String {
        let mut walked = vec![false; self.pixels.len()];
        let (mut path, mut at) = (String::new(), [0, 0]);
        for start in 0..self.pixels.len() {
            let corner = [(start % self.width) as i32, (start / self.width) as i32];
            let is_top = self.is(corner, colour) && !self.is([corner[0], corner[1] - 1], colour);
            if is_top && !walked[start] {
                path.push_str(&format!("m{} {}", corner[0] - at[0], (corner[1] - at[1]) * 2));
                at = corner;
                self.walk(colour, corner, &mut path, &mut walked);
            }
        }
        path
    }

    /// Walks round an area with the area to the right, from the left end of a top edge.
    fn walk(&self, colour: Rgb, start: [i32; 2], path: &mut String, walked: &mut [bool]) {
        let ([mut x, mut y], mut direction) = (start, [1, 0]);
        let mut straight = 0;
        loop {
            if direction == [1, 0] {
                walked[y as usize * self.width + x as usize] = true;
            }
            [x, y] = [x + direction[0], y + direction[1]];
            straight += 1;
            // The pixels ahead, to the left and to the right of the way.
            let [ahead_left, ahead_right] = match direction {
                [1, _] => [[x, y - 1], [x, y]],
                [-1, _] => [[x - 1, y], [x - 1, y - 1]],
                [_, 1] => [[x, y], [x - 1, y]],
                _ => [[x - 1, y - 1], [x, y - 1]],
            };
            let turned = match [self.is(ahead_left, colour), self.is(ahead_right, colour)] {
                [_, false] => [-direction[1], direction[0]],
                [true, true] => [direction[1], -direction[0]],
                [false, true] => direction,
            };
            let is_closed = [x, y] == start && turned == [1, 0];
            if turned != direction {
                // The last side is the way back to the start.
                match direction {
                    _ if is_closed => path.push('z'),
                    [along, 0] => path.push_str(&format!("h{}", along * straight)),
                    [_, along] => path.push_str(&format!("v{}", along * straight * 2)),
                }
                straight = 0;
            }
            if is_closed {
                return;
            }
            direction = turned;
        }
    }
}

/// Returns the words, in groups of one colour and weight.
fn texts(buffer: &Buffer) -> String {
    let mut groups: BTreeMap<(Rgb, bool), String> = BTreeMap::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let is_word = |cell: &Cell| block(cell.symbol()).is_none() && !cell.symbol().trim().is_empty();
            if !is_word(cell) {
                x += 1;
                continue;
            }
            let (mut words, mut end) = (String::new(), x);
            while end < buffer.area.width && look(&buffer[(end, y)]) == look(cell) {
                let symbol = buffer[(end, y)].symbol();
                let is_gap =
                    symbol == " " && (end + 1 >= buffer.area.width || !is_word(&buffer[(end + 1, y)]));
                if is_gap || block(symbol).is_some() {
                    break;
                }
                words.push_str(symbol);
                end += (symbol.width() as u16).max(1);
            }
            let [column, row] = [usize::from(x) * CELL[0], usize::from(y) * CELL[1] + 12];
            let length = usize::from(end - x) * CELL[0];
            let words = words.replace('&', "&amp;").replace('<', "&lt;");
            // One character cannot be spaced out.
            let length = if end - x > 1 { format!(" textLength=\"{length}\"") } else { String::new() };
            let text = format!("<text x=\"{column}\" y=\"{row}\"{length}>{words}</text>\n");
            groups.entry(look(cell)).or_default().push_str(&text);
            x = end;
        }
    }
    let group = |((ink, bold), texts): ((Rgb, bool), String)| {
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        format!("<g fill=\"{}\"{weight}>\n{texts}</g>\n", hex(ink))
    };
    groups.into_iter().map(group).collect()
}

/// Returns the colour of a cell's text, and true if it is bold.
fn look(cell: &Cell) -> (Rgb, bool) {
    (colours(cell)[0], cell.modifier.contains(Modifier::BOLD))
}
