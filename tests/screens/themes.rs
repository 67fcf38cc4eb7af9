//! The running screen in every theme, and on terminals with fewer colours or without UTF-8.

use super::{Run, SIZES, text};
use crate::fixture;
use crate::screenshots::scenes::scene_named;
use crate::screenshots::svg::colours;
use crate::screenshots::themes;
use clap::ValueEnum;
use pacebell::athlete::Zone;
use pacebell::frontend::Frontend;
use pacebell::runner::profile::Units;
use pacebell::settings::Appearance;
use pacebell::tui::{Palette, RunningScreen, Signs, Theme, Tui};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use std::cell::RefCell;
use std::io;
use std::num::NonZero;
use std::rc::Rc;

const SIZE: (u16, u16) = (100, 30);

/// Returns a run in the middle of a workout.
fn run(theme: Theme) -> Run {
    let mut run = Run::of(fixture::intervals());
    run.screen = RunningScreen::new(theme, Units::default());
    run.to(452.0)
}

/// Returns each row's stretches of one style, as `columns text/background` and the modifiers.
pub(super) fn styles(buffer: &Buffer) -> String {
    let colour = |c: Color| match c {
        Color::Indexed(n) => n.to_string(),
        Color::Reset => "·".to_string(),
        other => format!("{other:?}"),
    };
    let told = |cell: &Cell| {
        let mut told = format!("{}/{}", colour(cell.fg), colour(cell.bg));
        for (modifier, name) in
            [(Modifier::BOLD, "bold"), (Modifier::DIM, "dim"), (Modifier::REVERSED, "reversed")]
        {
            if cell.modifier.contains(modifier) {
                told = told + " " + name;
            }
        }
        told
    };
    let mut lines = String::new();
    for (y, row) in buffer.content.chunks(usize::from(buffer.area.width)).enumerate() {
        let mut runs: Vec<(usize, String)> = Vec::new();
        for cell in row {
            let style = told(cell);
            match runs.last_mut() {
                Some((columns, before)) if *before == style => *columns += 1,
                _ => runs.push((1, style)),
            }
        }
        let row: Vec<String> =
            runs.into_iter().map(|(columns, style)| format!("{columns}× {style}")).collect();
        lines += &format!("{:>2}  {}\n", y + 1, row.join(", "));
    }
    lines
}

#[test]
fn a_theme_changes_colours_but_no_words() {
    // Without colours, two bars of the chart in one cell are one bar.
    let words = |theme| text(&run(theme).draw(SIZE)).replace(['▏', '▎', '▍', '▌', '▋', '▊', '▉'], "█");
    let dark = words(Theme::new(true));
    for &look in Appearance::value_variants() {
        assert_eq!(words(Theme::of(look, Palette::Full)), dark, "{look:?}");
    }
}

#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the bytes sent to the terminal for the running screen, and the screen that they produce.
fn told(theme: Theme, (width, height): (u16, u16)) -> (Vec<u8>, vt100::Parser) {
    let run = run(theme);
    let wire = Wire::default();
    let mut tui = Tui::on(wire.clone(), theme, Units::default());
    let view = run.coach.view(run.at);
    tui.handle_input(&crossterm::event::Event::Resize(width, height), &view);
    tui.show(&view, &run.status, run.at).unwrap();
    let bytes = wire.0.borrow().clone();
    let mut terminal = vt100::Parser::new(NonZero::new(height).unwrap(), NonZero::new(width).unwrap(), 0);
    terminal.process(&bytes);
    (bytes, terminal)
}

/// Returns the visible background colour of a cell.
fn ground(cell: &vt100::Cell) -> vt100::Color {
    if cell.inverse() { cell.fgcolor() } else { cell.bgcolor() }
}

/// Returns the cells in the colour of the digits as rows of a picture, however they are drawn.
fn lit(terminal: &vt100::Parser, ink: vt100::Color) -> Vec<Vec<bool>> {
    let (rows, columns) = terminal.screen().size();
    let is_lit = |row, column| {
        let cell = terminal.screen().cell(row, column).unwrap();
        match cell.contents() {
            "" | " " | "\u{a0}" => ground(cell) == ink,
            "█" => (if cell.inverse() { cell.bgcolor() } else { cell.fgcolor() }) == ink,
            // The last blank of a row.
            "." => cell.bgcolor() == ink && cell.fgcolor() == ink,
            _ => false,
        }
    };
    (0..rows.get()).map(|row| (0..columns.get()).map(|column| is_lit(row, column)).collect()).collect()
}

#[test]
fn without_utf_8_the_screen_is_ascii_with_the_digits_in_place() {
    let ascii = Theme::new(true).with(Signs::Ascii);
    for size in SIZES {
        let (bytes, shown) = told(ascii, size);
        assert!(bytes.is_ascii(), "{size:?}");
        let (_, usual) = told(Theme::new(true), size);
        let ink = vt100::Color::Idx(16);
        let whole = lit(&usual, ink);
        assert!(whole.iter().flatten().filter(|lit| **lit).count() > 20, "{size:?}");
        for (a, b) in lit(&shown, ink).iter().zip(&whole) {
            assert!(a.iter().zip(b).all(|(a, b)| *a || !*b), "{size:?}");
        }
    }
    let (_, shown) = told(ascii, SIZE);
    insta::assert_snapshot!("theme_ascii", shown.screen().contents());
}

#[test]
fn a_terminal_without_quarters_of_cells_shows_halves() {
    let halves = Theme::new(true).with(Signs::Halves);
    for size in SIZES {
        let (_, shown) = told(halves, size);
        let text = shown.screen().contents();
        let fine = |c: &char| ('▀'..='▟').contains(c) && !"▀▄█▌▐".contains(*c);
        assert_eq!(text.chars().filter(fine).collect::<String>(), "", "{size:?}");
        assert!(text.contains('▀') && text.contains('▄'), "{size:?} {text}");
    }
    insta::assert_snapshot!("theme_halves", told(halves, SIZE).1.screen().contents());
}

#[test]
fn the_number_to_press_never_has_the_background_of_the_time_beside_it() {
    for (name, theme) in themes() {
        let mut drawing = (scene_named("last-seconds").open)(theme);
        for size in [Size::new(160, 50), Size::new(100, 30), Size::new(80, 24)] {
            let picture = drawing(size);
            let ground = |x: u16| colours(&picture[(x, size.height / 2)])[1];
            assert_ne!(ground(1), ground(size.width - 2), "{name} {size}");
        }
    }
}

#[test]
fn a_theme_with_a_background_fills_the_whole_page() {
    for look in [Appearance::Light, Appearance::Dark] {
        let theme = Theme::of(look, Palette::Full);
        let (_, terminal) = told(theme, SIZE);
        let ground = theme.ground().bg;
        for (row, column) in [(0, 0), (0, 99), (29, 99), (29, 0)] {
            let cell = terminal.screen().cell(row, column).unwrap();
            let vt100::Color::Idx(bg) = self::ground(cell) else { panic!("{row} {column}: {cell:?}") };
            assert_eq!(Some(Color::Indexed(bg)), ground, "{row} {column}");
        }
    }
    let (_, plain) = told(Theme::new(false), SIZE);
    assert_eq!(plain.screen().cell(0, 0).unwrap().bgcolor(), vt100::Color::Default);
}

#[test]
fn sixteen_colours_use_the_codes_of_old_terminals() {
    let theme = Theme::of(Appearance::Dark, Palette::Sixteen);
    let (bytes, terminal) = told(theme, SIZE);
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("38;5;") && !text.contains("48;5;"));
    let grounds: Vec<_> = (0..30).map(|row| terminal.screen().cell(row, 99).unwrap().bgcolor()).collect();
    let field = theme.field(Zone::new(5)).bg;
    assert!(grounds.iter().any(|g| matches!(g, vt100::Color::Idx(n) if Some(Color::Indexed(*n)) == field)));
}

#[test]
fn with_the_flash_off_a_change_rings_but_does_not_flash() {
    let at_the_change = |on: bool| {
        let mut run = Run::of(fixture::intervals()).mute();
        run.screen = RunningScreen::new(Theme::new(true), Units::default()).flashing(on);
        let mut run = run.to(359.5);
        run.screen.take_bell();
        let mut run = run.to(360.0);
        assert!(run.screen.take_bell());
        let buffer = run.draw(SIZE);
        let first = buffer[(0, 0)].bg;
        buffer.content.iter().all(|cell| cell.bg == first)
    };
    assert!(at_the_change(true));
    assert!(!at_the_change(false));
}

#[test]
fn the_flash_inverts_the_page_in_every_theme() {
    for &look in Appearance::value_variants() {
        for palette in [Palette::Full, Palette::Sixteen] {
            let theme = Theme::of(look, palette);
            let mut run = Run::of(fixture::intervals()).mute();
            run.screen = RunningScreen::new(theme, Units::default());
            let lit = run.to(360.0).draw(SIZE);
            let ground = |cell: &Cell| (cell.bg, cell.modifier.contains(Modifier::REVERSED));
            let page = theme.ground().bg.unwrap_or(Color::Reset);
            assert!(lit.content.iter().all(|cell| ground(cell) != (page, false)), "{look:?} {palette:?}");
        }
    }
}
