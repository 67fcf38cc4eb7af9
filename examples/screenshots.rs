//! Draws the pictures in `docs/images` from the real screen: `cargo run --example screenshots`.
//!
//! Each picture is the running screen at one moment of a simulated session, written as an SVG. Blocks are drawn as
//! shapes and text is stretched to its cells, so the picture looks the same in every font.

#![allow(clippy::unwrap_used, reason = "a picture that cannot be drawn stops the program")]

use chrono::NaiveTime;
use pacebell::audio::volume::Volume;
use pacebell::belt::Treadmill;
use pacebell::coach::Coach;
use pacebell::frontend::{LogStatus, SoundStatus, Status};
use pacebell::runner::profile::Profile;
use pacebell::session::Command;
use pacebell::tui::{RunningScreen, Theme};
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::{Options, SourceText, compile_file, on_belt};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

const PROFILE: &str = "[athlete]\n5K = \"22:30\"\n[belt]\nunit = \"km/h\"\ntop = 18\nlag = 2";
const WORKOUT: &str = include_str!("../workouts/short-intervals.toml");

/// The size of the window in cells, and of a cell in pixels.
const WINDOW: Rect = Rect { x: 0, y: 0, width: 90, height: 26 };
const CELL: [f64; 2] = [10.0, 20.0];

fn main() -> std::io::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/images/");
    pictures().into_iter().try_for_each(|(name, svg)| std::fs::write(format!("{folder}{name}"), svg))
}

/// Returns the file name and the text of each picture.
pub fn pictures() -> [(&'static str, String); 2] {
    [("running.svg", 752.0), ("last-seconds.svg", 833.0)]
        .map(|(name, seconds)| (name, svg(&screen_at(seconds))))
}

/// Runs the workout for this many seconds and draws the screen.
fn screen_at(seconds: f64) -> Buffer {
    let profile = Profile::parse(&SourceText::new("profile", PROFILE), None).unwrap().profile;
    let treadmill = Treadmill { belt: profile.belt(), ceiling: None };
    let source = SourceText::new("workout", WORKOUT);
    let options = Options { warmup: Some(Millis::from_secs(600)), ..Options::default() };
    let compiled = compile_file(&source, Some(&profile.athlete), &options).unwrap();
    let mut coach =
        Coach::new(Arc::new(on_belt::fit(compiled.sequence, &treadmill)), treadmill, Rehearsal::REAL_TIME);
    let mut screen = RunningScreen::new(Theme::new(true), profile.units).flashing(false);
    let status = Status {
        sound: SoundStatus::Heard("PulseAudio".to_string()),
        volume: Volume::default(),
        log: LogStatus::Written,
        rehearsal: Rehearsal::REAL_TIME,
        time: NaiveTime::from_hms_opt(18, 42, 0),
        may_sleep: None,
    };
    let (mut at, end) = (Moment::new(0), Moment::new((seconds * 1000.0) as u64));
    let mut effects = coach.handle(Command::Start, at);
    loop {
        for effect in &effects {
            screen.handle_effect(effect, &coach.view(at), &status, at);
        }
        if at == end {
            break;
        }
        at = coach.next_deadline().map_or(end, |deadline| deadline.min(end));
        effects = coach.tick(at);
    }
    let mut buffer = Buffer::empty(WINDOW);
    screen.prepare(WINDOW, &coach.view(at), &status, at);
    screen.draw(&mut buffer, &coach.view(at), &status, at);
    buffer
}

fn svg(buffer: &Buffer) -> String {
    let [width, height] = [f64::from(buffer.area.width) * CELL[0], f64::from(buffer.area.height) * CELL[1]];
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-size=\"16\" \
         font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" shape-rendering=\"crispEdges\">\n"
    );
    rect(&mut svg, [0.0, 0.0, width, height], "#000000");
    for y in 0..buffer.area.height {
        let row: Vec<&Cell> = (0..buffer.area.width).map(|x| &buffer[(x, y)]).collect();
        let mut x = 0;
        while let Some(first) = row.get(x) {
            let length = row.iter().skip(x).take_while(|cell| look(cell) == look(first)).count();
            let text: String = row.iter().skip(x).take(length).map(|cell| cell.symbol()).collect();
            draw(
                &mut svg,
                first,
                &text,
                [x as f64 * CELL[0], f64::from(y) * CELL[1], length as f64 * CELL[0]],
            );
            x += length;
        }
    }
    svg + "</svg>\n"
}

/// The block in a cell, its weight where it is text, and its two colours. Neighbours that look alike are drawn as one.
fn look(cell: &Cell) -> (Option<&str>, bool, [String; 2]) {
    let block = shape(cell.symbol()).map(|_| cell.symbol());
    let bold = block.is_none() && cell.modifier.contains(Modifier::BOLD);
    (block, bold, [hex(cell.fg, "#dadada"), hex(cell.bg, "#000000")])
}

/// The parts of its cell that a block fills: the left, the top, the width and the height, in eighths.
fn shape(symbol: &str) -> Option<Vec<[f64; 4]>> {
    if let Some(top) = "█▇▆▅▄▃▂▁".chars().position(|block| symbol == block.to_string()) {
        return Some(vec![[0.0, top as f64, 8.0, 8.0 - top as f64]]);
    }
    let quarters = match symbol {
        "▀" => return Some(vec![[0.0, 0.0, 8.0, 4.0]]),
        "▌" => return Some(vec![[0.0, 0.0, 4.0, 8.0]]),
        "▐" => return Some(vec![[4.0, 0.0, 4.0, 8.0]]),
        "▘" => "#...",
        "▝" => ".#..",
        "▖" => "..#.",
        "▗" => "...#",
        "▚" => "#..#",
        "▞" => ".##.",
        "▛" => "###.",
        "▜" => "##.#",
        "▙" => "#.##",
        "▟" => ".###",
        _ => return None,
    };
    let places = [[0.0, 0.0], [4.0, 0.0], [0.0, 4.0], [4.0, 4.0]];
    let filled = quarters.chars().zip(places).filter(|(quarter, _)| *quarter == '#');
    Some(filled.map(|(_, [left, top])| [left, top, 4.0, 4.0]).collect())
}

/// Draws cells of one kind: their background, and on it blocks or text.
fn draw(svg: &mut String, cell: &Cell, text: &str, [x, y, width]: [f64; 3]) {
    let ([cell_width, height], (_, bold, [ink, background])) = (CELL, look(cell));
    rect(svg, [x, y, width, height], &background);
    if let Some(parts) = shape(cell.symbol()) {
        // A part as wide as the cell runs on through its neighbours.
        let cells = if parts.iter().any(|[_, _, wide, _]| *wide < 8.0) { text.width() } else { 1 };
        let each = width / cells as f64;
        for column in 0..cells {
            for [left, top, wide, high] in &parts {
                let x = x + column as f64 * each + left / 8.0 * each;
                rect(svg, [x, y + top / 8.0 * height, wide / 8.0 * each, high / 8.0 * height], &ink);
            }
        }
        return;
    }
    let words = text.trim();
    if words.is_empty() {
        return;
    }
    let x = x + (text.width() - text.trim_start().width()) as f64 * cell_width;
    let (y, width) = (y + 0.75 * height, words.width() as f64 * cell_width);
    let weight = if bold { "bold" } else { "normal" };
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    svg.push_str(&format!(
        "<text xml:space=\"preserve\" x=\"{x}\" y=\"{y}\" textLength=\"{width}\" \
         lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\" font-weight=\"{weight}\">{words}</text>\n"
    ));
}

fn rect(svg: &mut String, [x, y, width, height]: [f64; 4], fill: &str) {
    svg.push_str(&format!("<path fill=\"{fill}\" d=\"M{x} {y}h{width}v{height}h-{width}z\"/>\n"));
}

/// One of xterm's 256 colours. The first sixteen are left to the terminal, and the full palette does not use them.
fn hex(colour: Color, otherwise: &str) -> String {
    let Color::Indexed(n @ 16..) = colour else { return otherwise.to_string() };
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let [red, green, blue] = match n {
        16..232 => [level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)],
        _ => [8 + 10 * (n - 232); 3],
    };
    format!("#{red:02x}{green:02x}{blue:02x}")
}
