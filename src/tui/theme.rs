//! The meaning of each colour. Nothing is said by colour alone: a word or a sign always says the same.
//!
//! Colours are chosen against a known background, so the page's background is painted too. A runner in the sun may ask
//! for `light` on a dark terminal, and grey text that is quiet on black is lost on white. Only without colours does the
//! terminal's own background stay.

use crate::athlete::Zone;
use crate::keymap::Keymap;
use crate::settings::Appearance;
use ratatui::style::{Color, Modifier, Style};

/// The colours that a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// None, only bold and reverse video.
    Plain,
    /// The first sixteen, in whatever shades the terminal shows them.
    Sixteen,
    /// The 256 that nearly every terminal has.
    Full,
}

/// The signs that a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// All of them.
    All,
    /// Half blocks, but no smaller parts of cells, and the letters and arrows of a console's font.
    Halves,
    /// ASCII only.
    Ascii,
}

/// The look of the screen: its colours, its signs, and the keys that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colours: Option<&'static Colours>,
    /// True if the colours are among the first sixteen.
    has_few_colours: bool,
    signs: Signs,
    /// The runner's keys. `None` for the default ones.
    keymap: Option<&'static Keymap>,
}

/// A text colour and a background, as indices into the terminal's 256 colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ColourPair {
    text: u8,
    ground: u8,
}

/// One of these for each of the zones 0 to 5, and the last for no zone.
type ByZone<T> = [T; 7];

/// All colours of a theme, as indices into the terminal's 256 colours.
#[derive(Debug, PartialEq, Eq)]
struct Colours {
    /// The page.
    page: ColourPair,
    /// The field behind the digits.
    fields: ByZone<ColourPair>,
    /// Bars of the chart that are still to come, on the page.
    bars: ByZone<u8>,
    /// Bars that have been run: darker than `bars`, or paler on a light page. Zones can still be told apart, but no
    /// longer ask for attention.
    played: ByZone<u8>,
    flash: ColourPair,
    still: ColourPair,
    loud: ColourPair,
    ask: ColourPair,
    quiet: u8,
}

const fn pair(text: u8, ground: u8) -> ColourPair {
    ColourPair { text, ground }
}

/// One text colour on several backgrounds.
const fn on_each(text: u8, grounds: ByZone<u8>) -> ByZone<ColourPair> {
    let [a, b, c, d, e, f, g] = grounds;
    [pair(text, a), pair(text, b), pair(text, c), pair(text, d), pair(text, e), pair(text, f), pair(text, g)]
}

const BLACK: u8 = 16;
const WHITE: u8 = 231;

const DARK: Colours = Colours {
    page: pair(253, BLACK),
    fields: on_each(BLACK, [250, 117, 114, 221, 214, 203, 252]),
    bars: [250, 117, 114, 221, 214, 203, 252],
    played: [239, 24, 22, 58, 94, 52, 240],
    flash: pair(BLACK, WHITE),
    still: pair(WHITE, 234),
    loud: pair(BLACK, WHITE),
    ask: pair(WHITE, 238),
    quiet: 246,
};

/// Dark digits on light fields read best in the sun. Bars on white have to be darker than fields.
const LIGHT: Colours = Colours {
    page: pair(BLACK, WHITE),
    fields: on_each(BLACK, [250, 117, 114, 221, 214, 203, 252]),
    bars: [244, 32, 28, 136, 166, 160, 243],
    played: [250, 117, 114, 179, 215, 210, 252],
    flash: pair(WHITE, BLACK),
    still: pair(BLACK, 255),
    loud: pair(WHITE, BLACK),
    ask: pair(BLACK, 252),
    quiet: 240,
};

/// Nothing is faint: quiet text is as light as the rest, and bars that have been run stay plain to see.
const CONTRAST: Colours = Colours {
    page: pair(WHITE, BLACK),
    fields: on_each(BLACK, [252, 51, 46, 226, 214, 213, 254]),
    bars: [252, 51, 46, 226, 214, 213, 254],
    played: [242, 31, 28, 100, 130, 133, 243],
    flash: pair(BLACK, WHITE),
    still: pair(WHITE, BLACK),
    loud: pair(BLACK, WHITE),
    ask: pair(WHITE, 235),
    quiet: 252,
};

/// The harder, the brighter: from grey through blue to yellow, an axis that all eyes see. The brightest stops short of
/// white, which is for loud bands.
const COLOUR_BLIND: Colours = Colours {
    page: pair(253, BLACK),
    fields: [
        pair(WHITE, 235),
        pair(WHITE, 20),
        pair(WHITE, 24),
        pair(BLACK, 110),
        pair(BLACK, 215),
        pair(BLACK, 221),
        pair(BLACK, 248),
    ],
    bars: [241, 63, 68, 110, 215, 221, 248],
    played: [233, 234, 235, 236, 237, 239, 236],
    flash: pair(BLACK, WHITE),
    still: pair(WHITE, 232),
    loud: pair(BLACK, WHITE),
    ask: pair(WHITE, 238),
    quiet: 246,
};

/// Only the first eight are backgrounds: the Linux console has no brighter ones. White on blue is loud, as no zone has
/// it.
const SIXTEEN: Colours = Colours {
    page: pair(7, 0),
    fields: [pair(0, 7), pair(0, 6), pair(0, 2), pair(0, 3), pair(15, 5), pair(15, 1), pair(0, 7)],
    bars: [7, 14, 10, 11, 13, 9, 7],
    played: [8; 7],
    flash: pair(0, 7),
    still: pair(15, 0),
    loud: pair(15, 4),
    ask: pair(15, 0),
    quiet: 7,
};

/// The Linux console shows a bright white background as plain white.
const SIXTEEN_LIGHT: Colours = Colours {
    page: pair(0, 15),
    fields: [pair(0, 7), pair(0, 6), pair(0, 2), pair(0, 3), pair(15, 5), pair(15, 1), pair(0, 7)],
    bars: [8, 6, 2, 3, 5, 1, 8],
    played: [7; 7],
    flash: pair(15, 0),
    still: pair(0, 15),
    loud: pair(15, 4),
    ask: pair(0, 7),
    quiet: 0,
};

impl Theme {
    /// The dark theme, or the one without colours.
    pub const fn new(colour: bool) -> Self {
        Theme::of(Appearance::Dark, if colour { Palette::Full } else { Palette::Plain })
    }

    /// The theme for an appearance on a terminal with these colours.
    pub const fn of(look: Appearance, palette: Palette) -> Self {
        let colours = match (palette, look) {
            (Palette::Plain, _) | (_, Appearance::Plain) => None,
            // Sixteen colours leave no choice: their shades are up to the terminal, and the tags name the zones.
            (Palette::Sixteen, Appearance::Light) => Some(&SIXTEEN_LIGHT),
            (Palette::Sixteen, _) => Some(&SIXTEEN),
            (Palette::Full, Appearance::Dark) => Some(&DARK),
            (Palette::Full, Appearance::Light) => Some(&LIGHT),
            (Palette::Full, Appearance::Contrast) => Some(&CONTRAST),
            (Palette::Full, Appearance::ColourBlind) => Some(&COLOUR_BLIND),
        };
        Theme {
            colours,
            has_few_colours: matches!(palette, Palette::Sixteen),
            signs: Signs::All,
            keymap: None,
        }
    }

    /// Changes the signs.
    pub const fn with(self, signs: Signs) -> Self {
        Theme { signs, ..self }
    }

    /// Names and reads these keys instead of the default ones.
    pub const fn with_keymap(self, keymap: &'static Keymap) -> Self {
        Theme { keymap: Some(keymap), ..self }
    }

    /// The keys.
    pub fn keymap(self) -> &'static Keymap {
        self.keymap.unwrap_or_else(Keymap::defaults)
    }

    /// The signs of the terminal.
    pub const fn signs(self) -> Signs {
        self.signs
    }

    /// True if the colours are the first sixteen, for which old terminals need the old escape sequences.
    pub const fn has_few_colours(self) -> bool {
        self.has_few_colours
    }

    /// The page itself.
    pub fn ground(self) -> Style {
        self.pair(|c| c.page).unwrap_or_default()
    }

    /// The field behind the digits while a step of this zone runs.
    pub fn field(self, zone: Option<Zone>) -> Style {
        self.pair(|c| of_zone(&c.fields, zone)).unwrap_or_default()
    }

    /// The whole screen inverted, for the flash at a change of step.
    pub fn flash(self) -> Style {
        self.pair(|c| c.flash).unwrap_or(Style::new().add_modifier(Modifier::REVERSED))
    }

    /// The field while the clock stands still. It is as quiet as the page, which shows even from the corner of an eye.
    pub fn still(self) -> Style {
        self.pair(|c| c.still).unwrap_or_default()
    }

    /// A band that nobody overlooks: a pause, words to read, the selected answer.
    pub fn loud(self) -> Style {
        let loud = self.pair(|c| c.loud).unwrap_or(Style::new().add_modifier(Modifier::REVERSED));
        loud.add_modifier(Modifier::BOLD)
    }

    /// A loud band beside a field: inverted if the field has the same background, so that the two stay apart.
    pub fn loud_beside(self, field: Style) -> Style {
        let loud = self.loud();
        let is_reversed = |style: Style| style.add_modifier.contains(Modifier::REVERSED);
        if loud.bg != field.bg || is_reversed(loud) != is_reversed(field) {
            return loud;
        }
        Style { fg: loud.bg, bg: loud.fg, ..loud }.remove_modifier(Modifier::REVERSED)
    }

    /// A question over the screen.
    pub fn ask(self) -> Style {
        self.pair(|c| c.ask).unwrap_or_default()
    }

    /// The words of the question itself.
    pub fn ask_strong(self) -> Style {
        self.ask().add_modifier(Modifier::BOLD)
    }

    /// A patch in a zone's colour, for the next step.
    pub fn patch(self, zone: Option<Zone>) -> Style {
        self.field(zone).add_modifier(Modifier::BOLD)
    }

    /// A bar of the chart that is still to come.
    pub fn bar(self, zone: Option<Zone>) -> Style {
        self.text(|c| of_zone(&c.bars, zone)).unwrap_or_default()
    }

    /// A bar of the chart that has been run.
    pub fn bar_played(self, zone: Option<Zone>) -> Style {
        self.text(|c| of_zone(&c.played, zone)).unwrap_or(Style::new().add_modifier(Modifier::DIM))
    }

    /// Text that is read only when looked for.
    pub fn quiet(self) -> Style {
        self.text(|c| c.quiet).unwrap_or_default()
    }

    /// Makes a style bold.
    pub fn bold(self, style: Style) -> Style {
        style.add_modifier(Modifier::BOLD)
    }

    /// Text that matters, in the page's own colours.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The field inverted, for the last seconds of a step.
    pub fn turned(self, zone: Option<Zone>) -> Style {
        let inverted = |c: &Colours| {
            let ColourPair { text, ground } = of_zone(&c.fields, zone);
            pair(ground, text)
        };
        self.pair(inverted).unwrap_or(Style::new().add_modifier(Modifier::REVERSED))
    }

    /// The next step while it is not near: quiet, but readable from afar.
    pub fn coming(self) -> Style {
        self.still().add_modifier(Modifier::BOLD)
    }

    fn pair(self, choose: impl Fn(&Colours) -> ColourPair) -> Option<Style> {
        let ColourPair { text, ground } = choose(self.colours?);
        Some(Style::new().fg(Color::Indexed(text)).bg(Color::Indexed(ground)))
    }

    fn text(self, choose: impl Fn(&Colours) -> u8) -> Option<Style> {
        Some(Style::new().fg(Color::Indexed(choose(self.colours?))))
    }
}

/// The entry for a zone.
fn of_zone<T: Copy>(zones: &ByZone<T>, zone: Option<Zone>) -> T {
    let [known @ .., none] = zones;
    zone.and_then(|z| known.get(usize::from(z.number())).copied()).unwrap_or(*none)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOKS: [Appearance; 4] =
        [Appearance::Dark, Appearance::Light, Appearance::Contrast, Appearance::ColourBlind];
    const ZONES: [Option<Zone>; 7] =
        [Zone::new(0), Zone::new(1), Zone::new(2), Zone::new(3), Zone::new(4), Zone::new(5), None];

    fn full() -> impl Iterator<Item = (Appearance, Theme)> {
        LOOKS.into_iter().map(|look| (look, Theme::of(look, Palette::Full)))
    }

    /// The relative luminance (WCAG 2.2) of one of xterm's 256 colours, except the first sixteen.
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

    fn contrast_ratio(a: f64, b: f64) -> f64 {
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn contrast(style: Style) -> f64 {
        contrast_ratio(luminance(style.fg), luminance(style.bg))
    }

    #[test]
    fn every_zone_has_its_own_colour_before_and_after_it_was_run() {
        for (look, theme) in full() {
            for a in 0..6 {
                for b in 0..a {
                    assert_ne!(theme.field(Zone::new(a)), theme.field(Zone::new(b)), "{look:?}");
                    assert_ne!(theme.bar(Zone::new(a)), theme.bar(Zone::new(b)), "{look:?}");
                    assert_ne!(theme.bar_played(Zone::new(a)), theme.bar_played(Zone::new(b)), "{look:?}");
                }
                assert_ne!(theme.bar(Zone::new(a)), theme.bar_played(Zone::new(a)), "{look:?}");
            }
        }
        for look in LOOKS {
            let theme = Theme::of(look, Palette::Sixteen);
            for a in 0..6 {
                assert!((0..a).all(|b| theme.field(Zone::new(a)) != theme.field(Zone::new(b))), "{look:?}");
                assert_ne!(theme.bar(Zone::new(a)), theme.bar_played(Zone::new(a)), "{look:?}");
                assert_ne!(theme.field(Zone::new(a)).bg, theme.loud().bg);
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
    fn bars_and_quiet_text_stand_out_from_the_page() {
        for (look, theme) in full() {
            let ground = luminance(theme.ground().bg);
            let against = |style: Style| contrast_ratio(luminance(style.fg), ground);
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
    fn harder_zones_are_brighter_for_the_colour_blind() {
        let theme = Theme::of(Appearance::ColourBlind, Palette::Full);
        let fields: Vec<f64> = (0..6).map(|z| luminance(theme.field(Zone::new(z)).bg)).collect();
        let bars: Vec<f64> = (0..6).map(|z| luminance(theme.bar(Zone::new(z)).fg)).collect();
        for scale in [fields, bars] {
            for pair in scale.windows(2) {
                assert!(pair[1] > pair[0] && contrast_ratio(pair[0], pair[1]) >= 1.25, "{scale:?}");
            }
            // A loud band differs from all of them.
            assert!(contrast_ratio(scale[5], luminance(theme.loud().bg)) >= 1.25);
        }
    }

    #[test]
    fn a_loud_band_stays_apart_from_every_field_beside_it() {
        let ground = |style: Style| (style.bg, style.add_modifier.contains(Modifier::REVERSED));
        let few = LOOKS.map(|look| (look, Theme::of(look, Palette::Sixteen)));
        for (look, theme) in full().chain(few).chain([(Appearance::Plain, Theme::new(false))]) {
            for zone in ZONES {
                let field = theme.turned(zone);
                let loud = theme.loud_beside(field);
                assert_ne!(ground(loud), ground(field), "{look:?} {zone:?}");
                assert!(loud.bg.is_none() || loud.bg != loud.fg, "{look:?} {zone:?}");
            }
        }
    }

    #[test]
    fn themes_without_colour_set_none() {
        for theme in [
            Theme::new(false),
            Theme::of(Appearance::Light, Palette::Plain),
            Theme::of(Appearance::Plain, Palette::Full),
            Theme::of(Appearance::Plain, Palette::Sixteen),
        ] {
            let styles = [
                theme.ground(),
                theme.field(Zone::new(5)),
                theme.flash(),
                theme.still(),
                theme.loud(),
                theme.ask(),
                theme.bar(Zone::new(5)),
                theme.bar_played(Zone::new(5)),
                theme.quiet(),
            ];
            assert!(styles.iter().all(|s| s.fg.is_none() && s.bg.is_none()));
            assert_ne!(theme.loud(), theme.still());
        }
    }

    #[test]
    fn sixteen_colours_use_only_eight_backgrounds() {
        let theme = Theme::of(Appearance::Dark, Palette::Sixteen);
        let mut styles: Vec<Style> = ZONES.iter().map(|z| theme.field(*z)).collect();
        styles.extend([theme.ground(), theme.flash(), theme.still(), theme.loud(), theme.ask()]);
        for style in styles {
            assert!(matches!(style.fg, Some(Color::Indexed(0..16))), "{style:?}");
            assert!(matches!(style.bg, Some(Color::Indexed(0..8))), "{style:?}");
        }
    }
}
