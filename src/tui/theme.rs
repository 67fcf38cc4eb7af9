//! Which colour means what. Every colour stands beside a word or a sign that says the same.
//!
//! All colours are chosen against a ground that is known, so the page's own ground is painted, too: `light` on a
//! dark terminal is what somebody asks for who runs in the sun, and grey text that is quiet on black is lost on
//! white. Only without colours the terminal's own are left as they are.

use crate::settings::Appearance;
use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// None: bold and reversed is all.
    Plain,
    /// The first sixteen, which every terminal shows in shades of its own.
    Sixteen,
    /// The 256 that nearly every terminal has.
    Full,
}

/// Which signs the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// All of them.
    All,
    /// Those of ASCII.
    Ascii,
}

/// How to dress the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colours: Option<&'static Colours>,
    /// The colours are among the first sixteen.
    few: bool,
    signs: Signs,
}

/// What is written, and on what.
type Pair = (u8, u8);

/// Indices into the terminal's 256 colours. Of the zones the first six are zones 0 to 5, the last is no zone.
#[derive(Debug, PartialEq, Eq)]
struct Colours {
    /// The page.
    ground: Pair,
    /// The field behind the digits.
    fields: [Pair; 7],
    /// What is still to be run, on the ground.
    bars: [u8; 7],
    /// The same darkened (on a light ground: faded), for what has been run: still to be told apart, no longer
    /// asking for attention.
    played: [u8; 7],
    flash: Pair,
    still: Pair,
    loud: Pair,
    ask: Pair,
    quiet: u8,
}

const fn on(text: u8, fields: [u8; 7]) -> [Pair; 7] {
    let [a, b, c, d, e, f, g] = fields;
    [(text, a), (text, b), (text, c), (text, d), (text, e), (text, f), (text, g)]
}

const BLACK: u8 = 16;
const WHITE: u8 = 231;

const DARK: Colours = Colours {
    ground: (253, BLACK),
    fields: on(BLACK, [250, 117, 114, 221, 214, 203, 252]),
    bars: [250, 117, 114, 221, 214, 203, 252],
    played: [239, 24, 22, 58, 94, 52, 240],
    flash: (BLACK, WHITE),
    still: (WHITE, 234),
    loud: (BLACK, WHITE),
    ask: (WHITE, 238),
    quiet: 246,
};

/// Dark digits on light fields, for they are read best in the sun; bars on white have to be darker than fields.
const LIGHT: Colours = Colours {
    ground: (BLACK, WHITE),
    fields: on(BLACK, [250, 117, 114, 221, 214, 203, 252]),
    bars: [244, 32, 28, 136, 166, 160, 243],
    played: [253, 153, 157, 229, 223, 217, 254],
    flash: (WHITE, BLACK),
    still: (BLACK, 255),
    loud: (WHITE, BLACK),
    ask: (BLACK, 252),
    quiet: 240,
};

/// Nothing is faint: what is quiet elsewhere is as light as the rest, and what has been run is still plain to see.
const CONTRAST: Colours = Colours {
    ground: (WHITE, BLACK),
    fields: on(BLACK, [252, 51, 46, 226, 214, 213, 254]),
    bars: [252, 51, 46, 226, 214, 213, 254],
    played: [242, 31, 28, 100, 130, 133, 243],
    flash: (BLACK, WHITE),
    still: (WHITE, BLACK),
    loud: (BLACK, WHITE),
    ask: (WHITE, 235),
    quiet: 252,
};

/// The harder, the brighter: from grey over blues to yellow, an axis that all eyes have. The brightest stops short
/// of white, which is for what is loud.
const COLOUR_BLIND: Colours = Colours {
    ground: (253, BLACK),
    fields: [(WHITE, 235), (WHITE, 20), (WHITE, 24), (BLACK, 37), (BLACK, 215), (BLACK, 221), (BLACK, 248)],
    bars: [241, 63, 68, 37, 215, 221, 248],
    played: [233, 234, 235, 236, 237, 239, 236],
    flash: (BLACK, WHITE),
    still: (WHITE, 232),
    loud: (BLACK, WHITE),
    ask: (WHITE, 238),
    quiet: 246,
};

/// Only the first eight stand behind anything: the console of Linux knows no lighter grounds. White on blue is
/// loud, for it is no zone's.
const SIXTEEN: Colours = Colours {
    ground: (7, 0),
    fields: [(0, 7), (0, 6), (0, 2), (0, 3), (15, 5), (15, 1), (0, 7)],
    bars: [7, 14, 10, 11, 13, 9, 7],
    played: [8; 7],
    flash: (0, 7),
    still: (15, 0),
    loud: (15, 4),
    ask: (15, 0),
    quiet: 7,
};

/// The console of Linux shows its ground, which is the lighter white, as the darker one.
const SIXTEEN_LIGHT: Colours = Colours {
    ground: (0, 15),
    fields: [(0, 7), (0, 6), (0, 2), (0, 3), (15, 5), (15, 1), (0, 7)],
    bars: [8, 6, 2, 3, 5, 1, 8],
    played: [7; 7],
    flash: (15, 0),
    still: (0, 15),
    loud: (15, 4),
    ask: (0, 7),
    quiet: 0,
};

impl Theme {
    /// The dark theme, or the one without any colour.
    pub const fn new(colour: bool) -> Self {
        Theme::of(Appearance::Dark, if colour { Palette::Full } else { Palette::Plain })
    }

    /// A theme on a terminal with so many colours.
    pub const fn of(look: Appearance, palette: Palette) -> Self {
        let colours = match (palette, look) {
            (Palette::Plain, _) | (_, Appearance::Plain) => None,
            // Of sixteen there are none to choose from: brightness is the terminal's affair, and tags tell.
            (Palette::Sixteen, Appearance::Light) => Some(&SIXTEEN_LIGHT),
            (Palette::Sixteen, _) => Some(&SIXTEEN),
            (Palette::Full, Appearance::Dark) => Some(&DARK),
            (Palette::Full, Appearance::Light) => Some(&LIGHT),
            (Palette::Full, Appearance::Contrast) => Some(&CONTRAST),
            (Palette::Full, Appearance::ColourBlind) => Some(&COLOUR_BLIND),
        };
        Theme { colours, few: matches!(palette, Palette::Sixteen), signs: Signs::All }
    }

    /// The same with these signs.
    pub const fn with(self, signs: Signs) -> Self {
        Theme { signs, ..self }
    }

    /// The signs that there are.
    pub const fn signs(self) -> Signs {
        self.signs
    }

    /// Whether its colours are the first sixteen, which old terminals have to be told in the old way.
    pub const fn has_few_colours(self) -> bool {
        self.few
    }

    /// The page itself.
    pub fn ground(self) -> Style {
        self.pair(|c| c.ground).unwrap_or_default()
    }

    /// The field behind the digits while a step of this zone runs.
    pub fn field(self, zone: Option<u8>) -> Style {
        self.pair(|c| of(&c.fields, zone)).unwrap_or_default()
    }

    /// The whole screen turned inside out, for the flash that stands in for a sound.
    pub fn flash(self) -> Style {
        self.pair(|c| c.flash).unwrap_or(Style::new().add_modifier(Modifier::REVERSED))
    }

    /// The field while time stands still: as quiet as the page, so that the change is seen from the corner of an
    /// eye.
    pub fn still(self) -> Style {
        self.pair(|c| c.still).unwrap_or_default()
    }

    /// A band that must not be overlooked: paused, words to read, the chosen answer.
    pub fn loud(self) -> Style {
        let loud = self.pair(|c| c.loud).unwrap_or(Style::new().add_modifier(Modifier::REVERSED));
        loud.add_modifier(Modifier::BOLD)
    }

    /// A question laid over the screen.
    pub fn ask(self) -> Style {
        self.pair(|c| c.ask).unwrap_or_default()
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
        self.text(|c| of(&c.bars, zone)).unwrap_or_default()
    }

    /// A bar of the profile that has been run.
    pub fn bar_played(self, zone: Option<u8>) -> Style {
        self.text(|c| of(&c.played, zone)).unwrap_or(Style::new().add_modifier(Modifier::DIM))
    }

    /// What is read when looked for.
    pub fn quiet(self) -> Style {
        self.text(|c| c.quiet).unwrap_or_default()
    }

    /// The same, heavier.
    pub fn bold(self, style: Style) -> Style {
        style.add_modifier(Modifier::BOLD)
    }

    /// What matters, in the page's own colours.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The field turned inside out: the last seconds of a step.
    pub fn turned(self, zone: Option<u8>) -> Style {
        let turned =
            self.colours.map(|colours| of(&colours.fields, zone)).map(|(text, ground)| (ground, text));
        let style = |(text, ground)| Style::new().fg(Color::Indexed(text)).bg(Color::Indexed(ground));
        turned.map_or(Style::new().add_modifier(Modifier::REVERSED), style)
    }

    /// What comes next while it is not near yet: quiet, and read from afar all the same.
    pub fn coming(self) -> Style {
        self.still().add_modifier(Modifier::BOLD)
    }

    fn pair(self, which: impl Fn(&Colours) -> Pair) -> Option<Style> {
        let (text, ground) = which(self.colours?);
        Some(Style::new().fg(Color::Indexed(text)).bg(Color::Indexed(ground)))
    }

    fn text(self, which: impl Fn(&Colours) -> u8) -> Option<Style> {
        Some(Style::new().fg(Color::Indexed(which(self.colours?))))
    }
}

/// That of a zone; the last where there is none.
fn of<T: Copy>(zones: &[T; 7], zone: Option<u8>) -> T {
    let [known @ .., none] = zones;
    zone.and_then(|z| known.get(usize::from(z)).copied()).unwrap_or(*none)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOKS: [Appearance; 4] =
        [Appearance::Dark, Appearance::Light, Appearance::Contrast, Appearance::ColourBlind];
    const ZONES: [Option<u8>; 7] = [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), None];

    fn full() -> impl Iterator<Item = (Appearance, Theme)> {
        LOOKS.into_iter().map(|look| (look, Theme::of(look, Palette::Full)))
    }

    /// The relative luminance (WCAG 2.2) of one of xterm's 256 colours, beyond the first sixteen.
    fn luminance(colour: Option<Color>) -> f64 {
        let Some(Color::Indexed(n @ 16..)) = colour else { panic!("{colour:?}") };
        let level = |n: u8| if n == 0 { 0.0 } else { 55.0 + 40.0 * f64::from(n) };
        let grey = |n: u8| 8.0 + 10.0 * f64::from(n);
        let rgb = match n {
            16..232 => [level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)],
            _ => [grey(n - 232); 3],
        };
        let linear = |v: f64| match v / 255.0 {
            v if v <= 0.04045 => v / 12.92,
            v => ((v + 0.055) / 1.055).powf(2.4),
        };
        rgb.into_iter().map(linear).zip([0.2126, 0.7152, 0.0722]).map(|(v, weight)| v * weight).sum()
    }

    fn between(a: f64, b: f64) -> f64 {
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn contrast(style: Style) -> f64 {
        between(luminance(style.fg), luminance(style.bg))
    }

    #[test]
    fn every_zone_has_its_own_colour_played_or_not() {
        for (look, theme) in full() {
            for a in 0..6 {
                for b in 0..a {
                    assert_ne!(theme.field(Some(a)), theme.field(Some(b)), "{look:?}");
                    assert_ne!(theme.bar(Some(a)), theme.bar(Some(b)), "{look:?}");
                    assert_ne!(theme.bar_played(Some(a)), theme.bar_played(Some(b)), "{look:?}");
                }
                assert_ne!(theme.bar(Some(a)), theme.bar_played(Some(a)), "{look:?}");
            }
        }
        for look in LOOKS {
            let theme = Theme::of(look, Palette::Sixteen);
            for a in 0..6 {
                assert!((0..a).all(|b| theme.field(Some(a)) != theme.field(Some(b))), "{look:?}");
                assert_ne!(theme.bar(Some(a)), theme.bar_played(Some(a)), "{look:?}");
                assert_ne!(theme.field(Some(a)).bg, theme.loud().bg);
            }
        }
    }

    #[test]
    fn digits_stand_out_from_every_field() {
        for (look, theme) in full() {
            let least = if look == Appearance::Contrast { 9.0 } else { 7.0 };
            for zone in ZONES {
                assert!(contrast(theme.field(zone)) >= least, "{look:?} {zone:?}");
            }
            for style in [theme.ground(), theme.flash(), theme.still(), theme.loud(), theme.ask()] {
                assert!(contrast(style) >= least, "{look:?} {style:?}");
            }
        }
    }

    #[test]
    fn what_is_drawn_on_the_ground_stands_out_from_it() {
        for (look, theme) in full() {
            let ground = luminance(theme.ground().bg);
            let against = |style: Style| between(luminance(style.fg), ground);
            assert!(
                against(theme.quiet()) >= if look == Appearance::Contrast { 12.0 } else { 6.0 },
                "{look:?}"
            );
            for zone in ZONES {
                assert!(against(theme.bar(zone)) >= 3.0, "{look:?} {zone:?}");
                assert!(against(theme.bar(zone)) > against(theme.bar_played(zone)), "{look:?} {zone:?}");
                let played = if look == Appearance::Contrast { 3.0 } else { 1.0 };
                assert!(against(theme.bar_played(zone)) >= played, "{look:?} {zone:?}");
            }
        }
    }

    #[test]
    fn for_the_colour_blind_a_harder_zone_is_a_brighter_one() {
        let theme = Theme::of(Appearance::ColourBlind, Palette::Full);
        let fields: Vec<f64> = (0..6).map(|z| luminance(theme.field(Some(z)).bg)).collect();
        let bars: Vec<f64> = (0..6).map(|z| luminance(theme.bar(Some(z)).fg)).collect();
        for scale in [fields, bars] {
            for pair in scale.windows(2) {
                assert!(pair[1] > pair[0] && between(pair[0], pair[1]) >= 1.25, "{scale:?}");
            }
            // What is loud is told apart from all of them.
            assert!(between(scale[5], luminance(theme.loud().bg)) >= 1.25);
        }
    }

    #[test]
    fn without_colour_there_is_none() {
        for theme in [
            Theme::new(false),
            Theme::of(Appearance::Light, Palette::Plain),
            Theme::of(Appearance::Plain, Palette::Full),
            Theme::of(Appearance::Plain, Palette::Sixteen),
        ] {
            let styles = [
                theme.ground(),
                theme.field(Some(5)),
                theme.flash(),
                theme.still(),
                theme.loud(),
                theme.ask(),
                theme.bar(Some(5)),
                theme.bar_played(Some(5)),
                theme.quiet(),
            ];
            assert!(styles.iter().all(|s| s.fg.is_none() && s.bg.is_none()));
            assert_ne!(theme.loud(), theme.still());
        }
    }

    #[test]
    fn sixteen_colours_are_the_first_sixteen_and_grounds_the_first_eight() {
        let theme = Theme::of(Appearance::Dark, Palette::Sixteen);
        let mut styles: Vec<Style> = ZONES.iter().map(|z| theme.field(*z)).collect();
        styles.extend([theme.ground(), theme.flash(), theme.still(), theme.loud(), theme.ask()]);
        for style in styles {
            assert!(matches!(style.fg, Some(Color::Indexed(0..16))), "{style:?}");
            assert!(matches!(style.bg, Some(Color::Indexed(0..8))), "{style:?}");
        }
    }
}
