//! Draws the pictures in `docs/images` from the real screen: `cargo run --example screenshots`.
//!
//! There are pictures of single pages, and contact sheets: all pages, the running screen at all sizes, and in all themes.
//! `cargo run --example screenshots FOLDER` writes each page at each size and in each theme into a folder instead.

#![allow(clippy::unwrap_used, reason = "a picture that cannot be drawn stops the program")]

pub mod day_scenes;
pub mod desk_scenes;
pub mod plan_scenes;
pub mod scenes;
pub mod svg;

use pacebell::settings::Appearance;
use pacebell::tui::{Palette, Theme};
use ratatui::layout::Size;
use scenes::{PageDrawing, SCENES, scene_named};
use svg::CELL;

/// The sizes of windows to look at, from a large desktop to a phone.
pub const SIZES: [Size; 8] = [
    Size::new(200, 60),
    Size::new(160, 50),
    Size::new(120, 35),
    Size::new(100, 30),
    Size::new(80, 24),
    Size::new(60, 20),
    Size::new(40, 12),
    Size::new(30, 8),
];
/// The size of single pictures and of the pages on a sheet.
const USUAL: Size = Size::new(100, 30);
/// The gap between the pictures of a sheet, which has room for a caption.
const GAP: usize = 40;

/// The number of themes.
pub const THEMES: usize = 7;

/// Returns each theme with its name.
pub fn themes() -> [(&'static str, Theme); THEMES] {
    [
        ("dark", Appearance::Dark, Palette::Full),
        ("light", Appearance::Light, Palette::Full),
        ("contrast", Appearance::Contrast, Palette::Full),
        ("colour-blind", Appearance::ColourBlind, Palette::Full),
        ("plain", Appearance::Plain, Palette::Full),
        ("dark, 16 colours", Appearance::Dark, Palette::Sixteen),
        ("light, 16 colours", Appearance::Light, Palette::Sixteen),
    ]
    .map(|(name, look, palette)| (name, Theme::of(look, palette)))
}

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/images/");
        return pictures()
            .into_iter()
            .try_for_each(|(name, svg)| std::fs::write(format!("{folder}{name}"), svg));
    };
    std::fs::create_dir_all(&folder)?;
    for scene in &SCENES {
        for (theme, look) in themes() {
            let mut drawing = (scene.open)(look);
            for size in SIZES {
                let name = format!("{}-{theme}-{}x{}.svg", scene.name, size.width, size.height);
                std::fs::write(
                    format!("{folder}/{}", name.replace(", ", "-").replace(' ', "-")),
                    picture(&mut drawing, size),
                )?;
            }
        }
    }
    Ok(())
}

/// Returns the file name and the text of each picture.
pub fn pictures() -> [(&'static str, String); 5] {
    let dark = Theme::new(true);
    let single = |name| picture(&mut (scene_named(name).open)(dark), USUAL);
    [
        ("running.svg", single("hard-step")),
        ("last-seconds.svg", single("last-seconds")),
        ("pages.svg", pages()),
        ("sizes.svg", sizes()),
        ("themes.svg", all_themes()),
    ]
}

fn in_pixels(size: Size) -> [usize; 2] {
    [usize::from(size.width) * CELL[0], usize::from(size.height) * CELL[1]]
}

fn picture(drawing: &mut PageDrawing, size: Size) -> String {
    svg::document(in_pixels(size), &svg::shapes(&drawing(size)))
}

/// A picture on a sheet.
struct SheetPicture {
    caption: String,
    /// The top left corner.
    at: [usize; 2],
    shapes: String,
}

/// All pages at the usual size, three to a row.
fn pages() -> String {
    let [width, height] = in_pixels(USUAL).map(|length| length + GAP);
    let pictures = SCENES.iter().enumerate().map(|(n, scene)| SheetPicture {
        caption: scene.caption.to_string(),
        at: [n % 3 * width, n / 3 * height],
        shapes: svg::shapes(&(scene.open)(Theme::new(true))(USUAL)),
    });
    sheet([3 * width, SCENES.len().div_ceil(3) * height], pictures)
}

/// A rep in windows of all sizes, the largest on the left.
fn sizes() -> String {
    let mut drawing = (scene_named("hard-step").open)(Theme::new(true));
    let places =
        [[0, 0], [0, 1000], [1320, 1000], [1640, 0], [1640, 520], [2320, 520], [2320, 1000], [2320, 1240]];
    let pictures = SIZES.into_iter().zip(places).map(|(size, at)| SheetPicture {
        caption: format!("{}×{}", size.width, size.height),
        at,
        shapes: svg::shapes(&drawing(size)),
    });
    sheet([2840, 1840], pictures)
}

/// A rep in all themes.
fn all_themes() -> String {
    let size = Size::new(80, 24);
    let [width, height] = in_pixels(size).map(|length| length + GAP);
    let pictures = themes().into_iter().enumerate().map(|(n, (name, theme))| SheetPicture {
        caption: name.to_string(),
        at: [n % 3 * width, n / 3 * height],
        shapes: svg::shapes(&(scene_named("hard-step").open)(theme)(size)),
    });
    sheet([3 * width, 3 * height], pictures)
}

/// Puts pictures with their captions on grey paper.
fn sheet([width, height]: [usize; 2], pictures: impl Iterator<Item = SheetPicture>) -> String {
    let mut shapes = format!("<rect width=\"{width}\" height=\"{height}\" fill=\"#444\"/>\n");
    for SheetPicture { caption, at: [x, y], shapes: picture } in pictures {
        let [left, top] = [x + GAP / 2, y + GAP * 3 / 4];
        shapes.push_str(&format!(
            "<g transform=\"translate({left} {top})\">\n<text y=\"-8\" font-size=\"18\" fill=\"#fff\">{caption}</text>\n{picture}</g>\n"
        ));
    }
    svg::document([width, height], &shapes)
}
