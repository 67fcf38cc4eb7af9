//! The glance test: from two metres, with a moving head, every figure that a runner needs can still be told from every
//! other, at every size at which it is in large type, and in every theme.
//!
//! The picture is blurred by half a cell. With 100 columns on a laptop, half a cell is 3 mm, or 5 arc minutes at two
//! metres; people with a tenth of normal vision resolve 10. Two pictures that differ in one figure must somewhere differ by
//! a fifth of full contrast. Where a window has no room for large type, a figure is ordinary text in bold with the contrast
//! that WCAG asks of text.

use super::running::inked;
use super::*;
use crate::screenshots::svg::{Rgb, colours};
use crate::screenshots::themes;
use pacebell::runner::profile::Profile;
use pacebell::tui::ClickTarget;
use pacebell::workout::{Options, SourceText, compile_notation};

/// The difference that is certain to be seen, as a share of full contrast.
const SEEN: f64 = 0.2;
/// The contrast that WCAG 2.2 asks of text (1.4.3).
const TEXT_CONTRAST: f64 = 4.5;

fn run(notation: &str, seconds: f64) -> Run {
    let profile = "[belt]\nincline_top = 15";
    let profile = Profile::parse(&SourceText::new("profile", profile), None).unwrap().profile;
    let source = SourceText::new("run", notation);
    let compiled = compile_notation(&source, Some(&profile.athlete), &Options::default());
    let sequence = Arc::new(compiled.unwrap_or_else(|e| panic!("{e:?}")).sequence);
    Run::on(sequence, Treadmill { belt: profile.belt(), ceiling: None }).to(seconds)
}

/// A figure on the screen, and the digits it can have.
struct Figure {
    name: &'static str,
    target: ClickTarget,
    at: fn(u32) -> Run,
    /// The text of a digit where it is not in large type.
    text: fn(u32) -> String,
}

const FIGURES: [Figure; 9] = [
    Figure {
        name: "the time",
        target: ClickTarget::Number,
        at: |n| run("60s 12km/h, 60s 14km/h", f64::from(40 - n)),
        text: |n| format!("0:2{n}"),
    },
    Figure {
        name: "the number",
        target: ClickTarget::Number,
        at: |n| run(&format!("60s 1{n}km/h, 60s 5km/h"), 20.0),
        text: |n| format!("1{n}.0"),
    },
    Figure {
        name: "the incline",
        target: ClickTarget::Number,
        at: |n| run(&format!("60s 12km/h ^{n}%, 60s 9km/h ^10%"), 20.0),
        text: |n| format!("▲{n}%"),
    },
    Figure {
        name: "the direction",
        target: ClickTarget::Next,
        at: |n| run(&format!("60s {}km/h, 60s 12km/h", 11 + 2 * (n % 2)), 20.0),
        text: |n| ["▲", "▼"][n as usize % 2].to_string(),
    },
    Figure {
        name: "the next number",
        target: ClickTarget::Next,
        at: |n| run(&format!("60s 6km/h, 60s 1{n}km/h"), 20.0),
        text: |n| format!("1{n}.0"),
    },
    Figure {
        name: "the next incline",
        target: ClickTarget::Next,
        at: |n| run(&format!("60s 12km/h ^10%, 60s 9km/h ^{n}%"), 20.0),
        text: |n| format!("▲{n}%"),
    },
    Figure {
        // At 12 km/h, ten metres take three seconds.
        name: "the distance left",
        target: ClickTarget::Number,
        at: |n| run("1km 12km/h", f64::from(180 - 3 * n)),
        text: |n| format!("4{n}0"),
    },
    Figure {
        name: "the heart rate",
        target: ClickTarget::Heading,
        at: |n| run(&format!("10min 14{n}bpm"), 20.0),
        text: |n| format!("14{n} bpm"),
    },
    Figure {
        name: "the measured heart rate",
        target: ClickTarget::Number,
        at: |n| run("60s 12km/h, 60s 5km/h", 20.0).measuring(140 + n as u8),
        text: |n| format!("♥ 14{n}"),
    },
];

/// Returns the luminance of a colour (WCAG 2.2), from 0 to 1.
fn luminance(colour: Rgb) -> f64 {
    let linear = |v: u8| match f64::from(v) / 255.0 {
        v if v <= 0.04045 => v / 12.92,
        v => ((v + 0.055) / 1.055).powf(2.4),
    };
    colour.into_iter().map(linear).zip([0.2126, 0.7152, 0.0722]).map(|(v, weight)| v * weight).sum()
}

/// Returns the brightness of a colour, from 0 to 1 (the luma of Rec. 709, which is what a photo of the screen shows).
fn brightness(colour: Rgb) -> f64 {
    colour.into_iter().zip([0.2126, 0.7152, 0.0722]).map(|(v, weight)| f64::from(v) / 255.0 * weight).sum()
}

/// The brightness of a picture's quarters of cells.
struct PixelPicture {
    width: usize,
    pixels: Vec<f64>,
}

impl PixelPicture {
    /// Returns the rows that show a target; the others are dark.
    fn of(buffer: &Buffer, rows: &[bool]) -> PixelPicture {
        let width = usize::from(buffer.area.width) * 2;
        let mut pixels = vec![0.0; buffer.content.len() * 4];
        for (at, cell) in buffer.content.iter().enumerate() {
            let (x, y) = (at % (width / 2) * 2, at / (width / 2) * 2);
            if !rows[y / 2] {
                continue;
            }
            let [ink, ground] = colours(cell).map(brightness);
            for (down, row) in inked(cell).into_iter().enumerate() {
                for (right, inked) in row.into_iter().enumerate() {
                    pixels[(y + down) * width + x + right] = if inked { ink } else { ground };
                }
            }
        }
        PixelPicture { width, pixels }
    }

    /// Returns the greatest difference between two pictures after a blur: 1-2-1 in halves of a cell both ways. A cell is
    /// twice as high as wide, so that is 1-1-2-2-1-1 from left to right.
    fn difference(&self, other: &PixelPicture) -> f64 {
        let mut blurred = vec![0.0; self.pixels.len()];
        for (at, (a, b)) in self.pixels.iter().zip(&other.pixels).enumerate().filter(|(_, (a, b))| a != b) {
            let (x, y) = (at % self.width, at / self.width);
            for (right, across) in [1.0, 1.0, 2.0, 2.0, 1.0, 1.0].into_iter().enumerate() {
                for (down, upwards) in [1.0, 2.0, 1.0].into_iter().enumerate() {
                    let place = [(x + right).wrapping_sub(2), (y + down).wrapping_sub(1)];
                    if place[0] < self.width
                        && let Some(pixel) =
                            blurred.get_mut(place[1].wrapping_mul(self.width).wrapping_add(place[0]))
                    {
                        *pixel += (a - b) * across * upwards / 32.0;
                    }
                }
            }
        }
        blurred.into_iter().map(f64::abs).fold(0.0, f64::max)
    }
}

/// Returns a run with another theme.
fn in_theme(run: &Run, theme: Theme) -> RunningScreen {
    let mut screen = RunningScreen::new(theme, Units::default()).flashing(false);
    screen.prepare(Rect::new(0, 0, 10, 10), &run.coach.view(run.at), &run.status, run.at);
    screen
}

/// Returns the digits' pictures in a theme at a size.
fn pictures_of(runs: &mut [Run], theme: Theme, size: (u16, u16)) -> Vec<Buffer> {
    let draw = |run: &mut Run| {
        run.screen = in_theme(run, theme);
        let mut buffer = run.draw(size);
        let ground = theme.ground();
        for cell in &mut buffer.content {
            cell.fg = if cell.fg == Color::Reset { ground.fg.unwrap_or(cell.fg) } else { cell.fg };
            cell.bg = if cell.bg == Color::Reset { ground.bg.unwrap_or(cell.bg) } else { cell.bg };
        }
        buffer
    };
    runs.iter_mut().map(draw).collect()
}

/// Returns a fault of a figure at a size. It is in large type in the rows that are marked.
fn fault(figure: &Figure, pictures: &[Buffer], rows: &[bool]) -> Option<String> {
    let written = |n: usize| text(&pictures[n]).contains(&(figure.text)(n as u32));
    if (0..pictures.len()).all(written) {
        let weak = (0..pictures.len()).find(|n| !is_plain_to_read(&pictures[*n], &(figure.text)(*n as u32)));
        return weak.map(|n| format!("{} is weak", (figure.text)(n as u32)));
    }
    let pixels: Vec<PixelPicture> = pictures.iter().map(|picture| PixelPicture::of(picture, rows)).collect();
    for (n, a) in pixels.iter().enumerate() {
        for (m, b) in pixels.iter().enumerate().skip(n + 1) {
            let difference = a.difference(b);
            if difference < SEEN {
                return Some(format!("{n} and {m} differ by {difference:.2}"));
            }
        }
    }
    None
}

/// Returns true if a text stands somewhere in bold, with the contrast that text needs.
fn is_plain_to_read(buffer: &Buffer, words: &str) -> bool {
    let columns = usize::from(buffer.area.width);
    let length = words.chars().count();
    (0..buffer.content.len().saturating_sub(length)).any(|at| {
        let cells = &buffer.content[at..at + length];
        let is_there = at % columns + length <= columns
            && cells.iter().map(Cell::symbol).eq(words.split("").filter(|c| !c.is_empty()));
        is_there
            && cells.iter().all(|cell| {
                let [ink, ground] = colours(cell).map(|colour| luminance(colour) + 0.05);
                cell.modifier.contains(Modifier::BOLD) && ink.max(ground) / ink.min(ground) >= TEXT_CONTRAST
            })
    })
}

#[test]
fn every_figure_is_legible_from_two_metres() {
    let sizes = [(200, 60), (160, 50), (120, 35), (100, 30), (80, 24), (60, 20), (40, 12), (30, 8)];
    let mut found = Vec::new();
    for figure in &FIGURES {
        let digits = if figure.name == "the direction" { 2 } else { 10 };
        let mut runs: Vec<Run> = (0..digits).map(figure.at).collect();
        for size in sizes {
            for (theme, look) in themes() {
                let pictures = pictures_of(&mut runs, look, size);
                let is_there = |y| runs[0].screen.target_at((0, y).into()) == Some(figure.target);
                let rows: Vec<bool> = (0..size.1).map(is_there).collect();
                if let Some(fault) = fault(figure, &pictures, &rows) {
                    found.push(format!("{} at {size:?} in {theme}: {fault}", figure.name));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
