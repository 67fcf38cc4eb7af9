//! The list of workouts: its headings and rows.

use super::Picker;
use super::entry::{EntryOwner, EntrySummary, PROFILE_COLUMNS, PickerEntry, RunnableWorkout};
use super::results::{ListedWorkout, PickerSection};
use super::typed_workout::TypedWorkout;
use crate::athlete::Zone;
use crate::display::chart::{self, ChartBar};
use crate::keymap::{Action, KeyContext};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The fewest columns for a workout in one line.
const LINE_COLUMNS: u16 = 24;
/// The fewest columns of a row with a small chart.
const WITH_PROFILE: u16 = 34;
/// The fewest rows of a list with blank rows between its groups.
const ROOMY: u16 = 15;

/// A row of the list.
enum PickerRow<'a> {
    Heading(PickerSection),
    Blank,
    /// Why the text in the search field does not read as a workout.
    Mistake(&'a str),
    /// The workout in the search field.
    Typed(&'a str, &'a RunnableWorkout),
    /// A workout, by its line in the list.
    Workout(usize, &'a ListedWorkout),
}

impl PickerRow<'_> {
    fn is_marked(&self, picker: &Picker) -> bool {
        match self {
            PickerRow::Typed(..) => picker.cursor.index() == 0,
            PickerRow::Workout(i, _) => *i + picker.typed_rows() == picker.cursor.index(),
            PickerRow::Heading(_) | PickerRow::Blank | PickerRow::Mistake(_) => false,
        }
    }
}

/// Draws the part of the list around the marked row.
pub fn draw(picker: &Picker, buf: &mut Buffer, area: Rect) {
    let mut rest = area;
    let rows = rows(picker, area.height >= ROOMY);
    let at = rows.iter().position(|row| row.is_marked(picker));
    let view = Viewport { rows: rows.len(), shown: usize::from(area.height).max(1) };
    for row in rows.get(view.around(at.unwrap_or(0))).unwrap_or_default() {
        let line = top(&mut rest, 1);
        match row {
            PickerRow::Heading(section) => {
                put(buf, line, section.heading(), Side::Left, picker.theme.quiet());
            }
            PickerRow::Blank => {}
            PickerRow::Mistake(message) => {
                let text = format!("not a workout: {}", clean(message));
                put(buf, inset(line, 1), &text, Side::Left, picker.theme.quiet());
            }
            PickerRow::Typed(text, workout) => {
                let is_marked = row.is_marked(picker);
                draw_typed(RowCanvas { theme: picker.theme, line, is_marked }, buf, text, workout);
            }
            PickerRow::Workout(_, listed) => {
                let is_marked = row.is_marked(picker);
                draw_workout(picker, buf, RowCanvas { theme: picker.theme, line, is_marked }, listed);
            }
        }
    }
    if picker.rows() == 0 {
        let key = picker.theme.keymap().label(KeyContext::Picking, Action::New);
        let text = match picker.query.is_blank() {
            true => format!("No workouts yet. Press {key} to create one."),
            false => "No matches.".to_string(),
        };
        for line in wrap(&text, area.width, rest.height) {
            put(buf, top(&mut rest, 1), &line, Side::Left, picker.theme.quiet());
        }
    }
}

fn rows(picker: &Picker, is_roomy: bool) -> Vec<PickerRow<'_>> {
    let mut rows = match &picker.typed {
        TypedWorkout::Runs(text, workout) => vec![PickerRow::Typed(text, workout)],
        TypedWorkout::Wrong(message) => vec![PickerRow::Mistake(message)],
        TypedWorkout::Nothing | TypedWorkout::Waiting(_) => Vec::new(),
    };
    let mut section = PickerSection::Found;
    for (i, listed) in picker.listed.iter().enumerate() {
        if listed.section != section {
            section = listed.section;
            if is_roomy && !rows.is_empty() {
                rows.push(PickerRow::Blank);
            }
            rows.push(PickerRow::Heading(section));
        }
        rows.push(PickerRow::Workout(i, listed));
    }
    rows
}

/// The place and the look of a row.
#[derive(Clone, Copy)]
struct RowCanvas {
    theme: Theme,
    line: Rect,
    is_marked: bool,
}

impl RowCanvas {
    /// Draws the small chart and the mark, and returns the room for the words with their style.
    fn begin(self, buf: &mut Buffer, profile: &[ChartBar]) -> (Rect, Style) {
        let mut line = self.line;
        if line.width >= WITH_PROFILE {
            let chart = Rect { width: PROFILE_COLUMNS, ..line };
            line = after(line, PROFILE_COLUMNS + 1);
            bars::draw(buf, chart, profile, |zone| self.theme.bar(zone));
        }
        let style = if self.is_marked { self.theme.loud() } else { Style::new() };
        buf.set_style(line.intersection(buf.area), style);
        (inset(line, 1), style)
    }

    fn quiet(self, style: Style) -> Style {
        if self.is_marked { style } else { self.theme.quiet() }
    }
}

fn draw_typed(row: RowCanvas, buf: &mut Buffer, text: &str, workout: &RunnableWorkout) {
    let profile = chart::profile_in_a_list(&workout.sequence, PROFILE_COLUMNS);
    let (mut inner, style) = row.begin(buf, &profile);
    let taken = put(buf, inner, &workout.total, Side::Right, style);
    inner.width = inner.width.saturating_sub(taken + 2);
    let taken = put(buf, inner, &format!("run \"{}\"", clean(text)), Side::Left, style);
    draw_reading(
        buf,
        after(inner, taken + 2),
        &workout.line.fit_pieces(inner.width.into()),
        row.quiet(style),
    );
}

fn draw_reading(buf: &mut Buffer, rest: Rect, line: &str, style: Style) {
    if rest.width >= LINE_COLUMNS {
        put(buf, rest, &clean(line), Side::Left, style);
    }
}

fn draw_workout(picker: &Picker, buf: &mut Buffer, row: RowCanvas, listed: &ListedWorkout) {
    let Some(entry) = picker.entries.get(listed.entry) else { return };
    let theme = row.theme;
    let profile = entry.runs().map(|summary| summary.profile.as_slice()).unwrap_or_default();
    let (mut inner, style) = row.begin(buf, profile);
    let title = clean(&entry.title);
    let (side, side_style) = match &entry.summary {
        EntrySummary::Unread => ("…".to_string(), style),
        EntrySummary::Runs(summary) => (summary.total.clone(), style),
        EntrySummary::Broken(mistake) => {
            let style = if row.is_marked { style } else { theme.bar(Zone::new(5)) };
            (format!("✗ {}", clean(mistake)), style)
        }
    };
    // The total always fits; a mistake leaves room for the title, or takes 12 columns.
    let room = inner.width.saturating_sub(width(&title) + 2);
    let most = if entry.is_broken() { room.max(12).min(inner.width) } else { inner.width };
    let right = Rect { x: inner.right() - most, width: most, ..inner };
    let taken = put(buf, right, &side, Side::Right, side_style);
    inner.width = inner.width.saturating_sub(taken + 2);
    let taken = put(buf, inner, &title, Side::Left, style);
    if !row.is_marked {
        underline(buf, Rect { width: taken, ..inner }, &title, &listed.hits.title, theme);
    }
    let rest = after(inner, taken + 2);
    let rest = draw_owner(buf, rest, entry, listed.section, row.quiet(style));
    let rest = draw_name(buf, rest, entry, listed, row);
    if let Some(summary) = entry.runs() {
        draw_reading(buf, rest, &summary.line.fit_pieces(rest.width.into()), row.quiet(style));
    }
}

/// Draws the words for a workout's owner if they fit, and returns the room after them.
fn draw_owner(
    buf: &mut Buffer,
    rest: Rect,
    entry: &PickerEntry,
    section: PickerSection,
    style: Style,
) -> Rect {
    let words = owner_words(entry.owner, section);
    match words.iter().find(|words| width(words) <= rest.width) {
        Some(words) => after(rest, put(buf, rest, words, Side::Left, style) + 2),
        None => rest,
    }
}

/// Draws the name of the file if it fits and the title does not say it, and returns the room after it.
fn draw_name(
    buf: &mut Buffer,
    rest: Rect,
    entry: &PickerEntry,
    listed: &ListedWorkout,
    row: RowCanvas,
) -> Rect {
    let name = clean(&entry.name);
    // A search may have found the name by a hyphen that the title does not have.
    let is_found = !listed.hits.name.is_empty() && listed.hits.title.is_empty();
    let is_said = words_of(&name) == words_of(&clean(&entry.title)) && !is_found;
    if is_said || width(&name) > rest.width {
        return rest;
    }
    let quiet = row.quiet(row.theme.loud());
    let taken = put(buf, rest, &name, Side::Left, quiet);
    if !row.is_marked {
        underline(buf, Rect { width: taken, ..rest }, &name, &listed.hits.name, row.theme);
    }
    after(rest, taken + 2)
}

/// The words of a name or a title in lower case, with the `x` of a file name for a `×`.
fn words_of(text: &str) -> Vec<String> {
    let text = text.replace('×', "x").to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_string).collect()
}

/// The words for a workout's owner, longest first. The headings of the list say the rest.
fn owner_words(owner: EntryOwner, section: PickerSection) -> &'static [&'static str] {
    match (owner, section) {
        (EntryOwner::MineOverBuiltIn, _) => {
            &["mine, replaces built-in", "replaces built-in", "not built-in", "mine"]
        }
        (EntryOwner::Mine, PickerSection::Recent | PickerSection::Found) => &["mine"],
        _ => &[],
    }
}

/// Underlines the characters that a search hit.
fn underline(buf: &mut Buffer, area: Rect, name: &str, hits: &[u32], theme: Theme) {
    let mut x = area.x;
    for (i, c) in name.chars().enumerate() {
        let columns = width(c.encode_utf8(&mut [0; 4]));
        if x + columns > area.right() {
            return;
        }
        if hits.binary_search(&(i as u32)).is_ok() {
            let style = theme.strong().add_modifier(Modifier::UNDERLINED);
            buf.set_style(Rect { x, width: columns, ..area }.intersection(buf.area), style);
        }
        x += columns;
    }
}
