//! Which colour means what. Every colour stands beside a word or a sign that says the same.

use ratatui::style::{Color, Modifier, Style};

/// The colours of zones 0 to 5, from the 256 that nearly every terminal has: all light enough for black digits.
const ZONES: [u8; 6] = [250, 117, 114, 221, 214, 203];
/// The same darkened, for what has been run: still to be told apart, no longer asking for attention.
const ZONES_PLAYED: [u8; 6] = [239, 24, 22, 58, 94, 52];
const BLACK: Color = Color::Indexed(16);
const WHITE: Color = Color::Indexed(231);
const NO_ZONE: u8 = 252;

/// How to dress the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colour: bool,
}

impl Theme {
    /// A theme with colour, or without any.
    pub const fn new(colour: bool) -> Self {
        Theme { colour }
    }

    /// The field behind the digits while a step of this zone runs.
    pub fn field(self, zone: Option<u8>) -> Style {
        match self.colour {
            true => Style::new().fg(BLACK).bg(self.of(zone)),
            false => Style::new(),
        }
    }

    /// The whole screen turned inside out, for the flash that stands in for a sound.
    pub fn flash(self) -> Style {
        match self.colour {
            true => Style::new().fg(BLACK).bg(WHITE),
            false => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// The field while time stands still: dark, so that the change is seen from the corner of an eye.
    pub fn still(self) -> Style {
        match self.colour {
            true => Style::new().fg(WHITE).bg(Color::Indexed(234)),
            false => Style::new(),
        }
    }

    /// A band that must not be overlooked: paused, words to read, the chosen answer.
    pub fn loud(self) -> Style {
        match self.colour {
            true => Style::new().fg(BLACK).bg(WHITE).add_modifier(Modifier::BOLD),
            false => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
        }
    }

    /// A question laid over the screen.
    pub fn ask(self) -> Style {
        match self.colour {
            true => Style::new().fg(WHITE).bg(Color::Indexed(238)),
            false => Style::new(),
        }
    }

    /// The question itself.
    pub fn ask_strong(self) -> Style {
        self.ask().add_modifier(Modifier::BOLD)
    }

    /// A patch in a zone's colour: what comes next.
    pub fn patch(self, zone: Option<u8>) -> Style {
        self.field(zone).add_modifier(Modifier::BOLD)
    }

    /// A bar of the profile that is still to come.
    pub fn bar(self, zone: Option<u8>) -> Style {
        match self.colour {
            true => Style::new().fg(self.of(zone)),
            false => Style::new(),
        }
    }

    /// A bar of the profile that has been run.
    pub fn bar_played(self, zone: Option<u8>) -> Style {
        let played = zone.and_then(|z| ZONES_PLAYED.get(usize::from(z)).copied());
        match self.colour {
            true => Style::new().fg(Color::Indexed(played.unwrap_or(240))),
            false => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// What is read when looked for.
    pub fn quiet(self) -> Style {
        match self.colour {
            true => Style::new().fg(Color::Indexed(246)),
            false => Style::new(),
        }
    }

    /// The same, heavier.
    pub fn bold(self, style: Style) -> Style {
        style.add_modifier(Modifier::BOLD)
    }

    /// What matters, in the terminal's own colours.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The field turned inside out: the last seconds of a step.
    pub fn turned(self, zone: Option<u8>) -> Style {
        match self.colour {
            true => Style::new().fg(self.of(zone)).bg(BLACK),
            false => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// What comes next while it is not near yet: dark, and read from afar all the same.
    pub fn coming(self) -> Style {
        match self.colour {
            true => Style::new().fg(WHITE).bg(BLACK).add_modifier(Modifier::BOLD),
            false => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    fn of(self, zone: Option<u8>) -> Color {
        let index = zone.and_then(|z| ZONES.get(usize::from(z)).copied());
        Color::Indexed(index.unwrap_or(NO_ZONE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_its_own_colour_played_or_not() {
        let theme = Theme::new(true);
        for a in 0..6 {
            for b in 0..a {
                assert_ne!(theme.field(Some(a)), theme.field(Some(b)));
                assert_ne!(theme.bar_played(Some(a)), theme.bar_played(Some(b)));
            }
            assert_ne!(theme.bar(Some(a)), theme.bar_played(Some(a)));
        }
    }

    #[test]
    fn without_colour_there_is_none() {
        let theme = Theme::new(false);
        let styles = [
            theme.field(Some(5)),
            theme.flash(),
            theme.still(),
            theme.loud(),
            theme.bar(Some(5)),
            theme.bar_played(Some(5)),
            theme.quiet(),
        ];
        assert!(styles.iter().all(|s| s.fg.is_none() && s.bg.is_none()));
        assert_ne!(theme.loud(), theme.still());
    }
}
