//! The look of what commands print on standard output: colours where it is a terminal, plain text everywhere else.
//!
//! Zones are patches with a background of their own, since the colours of the terminal's page are not known.

use super::context::Context;
use crate::athlete::Zone;
use crate::display::chart::{ChartBar, ChartCell, ChartInk};
use crate::settings;
use crate::tui::Theme;
use anstream::{AutoStream, ColorChoice};
use anstyle::{Ansi256Color, Color, Style};
use ratatui::style::Color as ThemeColor;
use std::io;

/// What a text is, and so how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextLook {
    /// Text without a look of its own.
    #[default]
    Plain,
    /// A title.
    Title,
    /// Text that is read only when looked for.
    Quiet,
    /// A zone, as a patch in its colour.
    Zone(Option<Zone>),
    /// A good outcome.
    Good,
    /// A bad outcome.
    Bad,
}

/// Paints texts, or leaves them as they are.
#[derive(Clone, Copy, Debug)]
pub struct TextPainter {
    /// The colours; `None` for plain text.
    theme: Option<Theme>,
}

impl TextPainter {
    /// A painter that leaves every text as it is.
    pub const PLAIN: TextPainter = TextPainter { theme: None };

    /// The painter for standard output.
    pub fn of_stdout(context: &Context) -> Self {
        if AutoStream::choice(&io::stdout()) == ColorChoice::Never {
            return TextPainter::PLAIN;
        }
        // Settings with mistakes change no more than the shades.
        let appearance = settings::settings().ok().and_then(|settings| settings.theme);
        TextPainter { theme: Some(context.terminal.painted(appearance)) }
    }

    /// Paints a chart, or returns `plain` if nothing is painted. Both end with a newline.
    pub fn chart(&self, bars: &[ChartBar], rows: u16, plain: impl FnOnce() -> String) -> String {
        match self.theme {
            Some(theme) => chart(theme, bars, rows).join("\n") + "\n",
            None => plain(),
        }
    }

    /// Paints a text.
    pub fn paint(&self, text: &str, look: TextLook) -> String {
        match self.theme.map(|theme| style(theme, look)) {
            Some(style) if !text.is_empty() && style != Style::new() => format!("{style}{text}{style:#}"),
            _ => text.to_string(),
        }
    }
}

/// Returns a chart as lines from the top, painted.
fn chart(theme: Theme, bars: &[ChartBar], rows: u16) -> Vec<String> {
    let line = |row: u16| {
        let cells: Vec<ChartCell> = bars.iter().map(|bar| bar.cell(row, rows)).collect();
        let end = cells.iter().rposition(|cell| cell.block != ' ').map_or(0, |last| last + 1);
        let alike = |a: &ChartCell, b: &ChartCell| (a.ink, a.ground) == (b.ink, b.ground);
        let run = |cells: &[ChartCell]| {
            let blocks: String = cells.iter().map(|cell| cell.block).collect();
            let style = cells.first().map_or(Style::new(), |cell| cell_style(theme, cell));
            format!("{style}{blocks}{style:#}")
        };
        cells.get(..end).unwrap_or_default().chunk_by(alike).map(run).collect()
    };
    (0..rows).rev().map(line).collect()
}

fn cell_style(theme: Theme, cell: &ChartCell) -> Style {
    let ink = |ink: ChartInk| match ink {
        ChartInk::Page => None,
        ChartInk::Zone(zone) => color(theme.bar(zone).fg),
    };
    match (ink(cell.ink), ink(cell.ground)) {
        // The colour of the page is not known, but reverse video has it.
        (None, Some(ground)) => Style::new().fg_color(Some(ground)).invert(),
        (ink, ground) => Style::new().fg_color(ink).bg_color(ground),
    }
}

fn style(theme: Theme, look: TextLook) -> Style {
    match look {
        TextLook::Plain => Style::new(),
        TextLook::Title => Style::new().bold(),
        TextLook::Quiet => Style::new().dimmed(),
        TextLook::Zone(zone) => {
            let field = theme.field(zone);
            Style::new().fg_color(color(field.fg)).bg_color(color(field.bg))
        }
        TextLook::Good => anstyle::AnsiColor::Green.on_default(),
        TextLook::Bad => anstyle::AnsiColor::Red.on_default().bold(),
    }
}

/// Returns a colour of the theme. The first sixteen get the sequences that every terminal with colours knows.
fn color(color: Option<ThemeColor>) -> Option<Color> {
    match color {
        Some(ThemeColor::Indexed(index)) => {
            let color = Ansi256Color(index);
            Some(color.into_ansi().map_or(Color::Ansi256(color), Color::Ansi))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Appearance;
    use crate::tui::Palette;

    fn painted(palette: Palette, look: TextLook) -> String {
        TextPainter { theme: Some(Theme::of(Appearance::Dark, palette)) }.paint("x", look)
    }

    #[test]
    fn a_zone_is_black_on_its_colour() {
        let zone = TextLook::Zone(Zone::new(5));
        assert_eq!(painted(Palette::Full, zone), "\u{1b}[38;5;16m\u{1b}[48;5;203mx\u{1b}[0m");
        // Terminals with sixteen colours take the 5 of 38;5;1 for blinking.
        assert_eq!(painted(Palette::Sixteen, zone), "\u{1b}[97m\u{1b}[41mx\u{1b}[0m");
        assert_eq!(painted(Palette::Plain, zone), "x");
    }

    #[test]
    fn without_colours_every_text_stays_as_it_is() {
        for look in [TextLook::Title, TextLook::Quiet, TextLook::Zone(None), TextLook::Bad] {
            assert_eq!(TextPainter::PLAIN.paint("x", look), "x");
        }
        assert_eq!(painted(Palette::Full, TextLook::Plain), "x");
    }
}
