//! The running screen, to be understood in half a second from two metres: the time in digits as large as the
//! window allows, on a field in the zone's colour; above it what to do, beside or below it the belt's number; then
//! what comes next, and the whole workout with the place in it.

mod band;
mod belt_number;
mod chrome;
pub(crate) mod console_distance;
pub(crate) mod flash;
pub(crate) mod input;
pub(crate) mod labels;
mod layout;
mod minimal;
mod next_step;
pub(crate) mod step_list;
pub(crate) mod warning_signs;

use crate::coach::View;
use crate::display::chart::IntensityChart;
use crate::frontend::Status;
use crate::tui::theme::Theme;
use crate::tui::widgets::large_text::{broken, large};
use crate::tui::widgets::letters;
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, beside, bottom, inset, middle, put, top};
use labels::Units;
use layout::{Layout, LayoutShape};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Everything a picture is made of.
pub struct RunningScene<'a> {
    /// How things stand.
    pub view: &'a View<'a>,
    /// What the shell has to say.
    pub status: &'a Status,
    /// The colours.
    pub theme: Theme,
    /// The units.
    pub units: Units,
    /// The workout's profile, made for the window's width.
    pub profile: &'a IntensityChart,
    /// What a key would not do, or what did not come about, while that is said.
    pub said: Option<&'a str>,
    /// The keys that answer the words to be read; empty where they ask nothing.
    pub answers: String,
    /// Whether all keys but one are locked.
    pub locked: bool,
    /// Whether there is to be nothing but the number and one line.
    pub digits_only: bool,
}

impl<'a> RunningScene<'a> {
    /// The words to read now, if there are any.
    fn reads(&self) -> Option<&'a str> {
        self.said.or(self.view.words)
    }
}

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClickTarget {
    /// The time, and the belt's number beside or below it.
    Number,
    /// What to do, and the line above it.
    Heading,
    /// What comes next.
    Next,
    /// The workout's profile.
    Profile,
    /// The sound and the keys.
    Foot,
}

/// How many columns the profile has in a window of this width.
pub fn profile_width(columns: u16) -> u16 {
    columns.saturating_sub(2)
}

/// What stands at a column and a row of an area on which the scene is drawn.
pub fn target(area: Rect, scene: &RunningScene<'_>, column: u16, row: u16) -> Option<ClickTarget> {
    Layout::of(area, scene).at(column, row)
}

/// Draws it on an area as wide as the window; below it there may be a question.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let layout = Layout::of(area, scene);
    if layout.shape == LayoutShape::Bare {
        return minimal::draw(buf, area, &layout, scene);
    }
    chrome::header(buf, inset(layout.header, 1), scene);
    let mut hides_next = false;
    match scene.reads() {
        // The workout's own words are large, if need be in the place of what comes next.
        Some(said) if scene.said.is_none() && spread(buf, (area, &layout), said, scene) => hides_next = true,
        // For a while words to read matter more than the keys.
        Some(said) => {
            let height = layout.profile.height + layout.foot.height;
            let answers = if scene.said.is_none() { scene.answers.as_str() } else { "" };
            band(buf, Rect { height, ..layout.profile }, (said, answers), scene.theme.loud());
        }
        None => {
            chrome::profile(buf, inset(layout.profile, 1), scene);
            chrome::foot(buf, layout.foot, scene);
        }
    }
    if !hides_next {
        next_step::draw(buf, layout.next, scene);
    }
    band::draw(buf, &layout, scene);
}

/// Words to read in large letters in more than one line, with the keys that answer them behind the last, over what comes
/// next; false where they would be large without that, or cannot be.
fn spread(buf: &mut Buffer, (area, layout): (Rect, &Layout), said: &str, scene: &RunningScene<'_>) -> bool {
    let answers = scene.answers.replace("   ", "  ");
    let answers = answers.as_str();
    let below = inset(Rect { height: layout.profile.height + layout.foot.height, ..layout.profile }, 1);
    let keys = if answers.is_empty() { 0 } else { 3 };
    if letters::largest(said, below.width, below.height.saturating_sub(keys)).is_some() {
        return false;
    }
    let whole = Rect { height: area.bottom().saturating_sub(layout.next.y), ..layout.next };
    let mut rest = inset(whole, 1);
    let Some(lines) = broken(said, rest.width) else { return false };
    let columns = |text: &str| letters::size(text, 1).map_or(0, |(columns, _)| columns);
    let last = lines.last().map_or(0, |line| columns(line));
    let behind = last + columns(answers) + 3 <= rest.width;
    let rows = lines.len() as u16 * 3;
    let own = if behind || answers.is_empty() { 0 } else { 1 };
    if rows + own > rest.height {
        return false;
    }
    let style = scene.theme.loud();
    buf.set_style(whole, style);
    let at = bottom(&mut rest, if own > 0 { whole.height - rows } else { 0 });
    large(buf, at, answers, Side::Right, style);
    let mut at = rest;
    for line in &lines {
        at = top(&mut rest, 3);
        large(buf, at, line, Side::Left, style);
    }
    if own == 0 {
        large(buf, at, answers, Side::Right, style);
    }
    true
}

/// Words to read now, and the keys that answer them.
fn band(buf: &mut Buffer, area: Rect, (said, answers): (&str, &str), style: Style) {
    buf.set_style(area, style);
    let mut inner = inset(area, 1);
    if !answers.is_empty() {
        let columns = letters::size(answers, 1).map_or(u16::MAX, |(columns, _)| columns);
        let lines = |columns| text::wrap(said, columns, inner.height);
        let room = inner.width.saturating_sub(columns.saturating_add(3));
        let whole = letters::largest(said, inner.width, inner.height.saturating_sub(3)).is_some();
        let at = match inner.height >= 3 && room >= 20 && !lines(room).iter().any(|l| l.ends_with('…')) {
            _ if whole => bottom(&mut inner, 3),
            true => beside(&mut inner, columns + 3),
            false => bottom(&mut inner, 1),
        };
        large(buf, at, answers, Side::Right, style);
    }
    if letters::largest(said, inner.width, inner.height).is_some() {
        large(buf, inner, said, Side::Middle, style);
        return;
    }
    let lines = text::wrap(said, inner.width, inner.height);
    let mut rest = middle(inner, inner.width, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut rest, 1), line, Side::Middle, style);
    }
}
