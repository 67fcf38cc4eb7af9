//! The profile page: every pace with the belt's number, race times, heart rate zones and the belt.

use super::page::{Page, PageKey};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::figures::{FigureTables, PaceRow, RaceRow, ZoneRow};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::scroll::{ScrollPosition, Viewport};
use crate::tui::widgets::text::{Side, after, bottom, inset, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// The least width at which races and zones stand beside the paces.
const SIDE_BY_SIDE: u16 = 90;
/// The columns of the right half.
const RIGHT: u16 = 34;
/// The columns between the halves.
const GAP: u16 = 4;
/// The columns of a pace's name, on a patch of its zone's colour.
const NAME: u16 = 11;
/// The columns of a fact's name.
const ABOUT: u16 = 13;

/// A part of a line.
#[derive(Clone, Debug)]
struct LinePart {
    text: String,
    side: Side,
    columns: u16,
    style: Style,
}

fn part(text: &str, side: Side, columns: u16, style: Style) -> LinePart {
    LinePart { text: text.to_string(), side, columns, style }
}

/// The parts of a line, two columns apart.
type ProfileLine = Vec<LinePart>;

/// The profile page.
#[derive(Clone, Debug)]
pub struct ProfilePage {
    tables: FigureTables,
    theme: Theme,
    scroll: ScrollPosition,
    /// The lines in sight when it was last drawn: the page keys scroll by them.
    view: Cell<Viewport>,
}

impl ProfilePage {
    /// The page, at its top.
    pub fn new(tables: FigureTables, theme: Theme) -> Self {
        ProfilePage { tables, theme, scroll: ScrollPosition::TOP, view: Cell::default() }
    }

    fn lines(&self, columns: u16) -> Vec<ProfileLine> {
        let beside = columns >= SIDE_BY_SIDE;
        let left = if beside { columns - RIGHT - GAP } else { columns };
        let right = if beside { RIGHT } else { columns };
        let mut lines = self.paces(left);
        let mut others = self.races();
        if !others.is_empty() {
            others.push(ProfileLine::new());
        }
        others.extend(self.zones(right));
        if beside {
            let rows = lines.len().max(others.len());
            lines.resize(rows, ProfileLine::new());
            for (line, other) in lines.iter_mut().zip(others) {
                let taken: u16 = line.iter().map(|p| p.columns + 2).sum();
                let room = (left + GAP).saturating_sub(taken + 2);
                line.push(part("", Side::Left, room, Style::new()));
                line.extend(other);
            }
        } else {
            lines.push(ProfileLine::new());
            lines.extend(others);
        }
        lines.push(ProfileLine::new());
        lines.extend(self.facts(columns));
        lines
    }

    fn paces(&self, columns: u16) -> Vec<ProfileLine> {
        let rows = &self.tables.paces;
        let widest = |column: fn(&PaceRow) -> &String, heading: &str| {
            rows.iter().map(|row| width(column(row))).max().unwrap_or(0).max(width(heading))
        };
        let pace = widest(|r| &r.pace, &self.tables.per);
        let number = widest(|r| &r.number, &self.tables.unit);
        let runs = widest(|r| &r.runs, "runs");
        let from = columns.saturating_sub(NAME + pace + number + runs + 8);
        let quiet = self.theme.quiet();
        let row = |texts: [&str; 5], styles: [Style; 5]| -> ProfileLine {
            let sides = [Side::Left, Side::Right, Side::Left, Side::Right, Side::Left];
            let widths = [NAME, pace, number, runs, from];
            let parts = texts.into_iter().zip(styles).zip(sides).zip(widths);
            parts.map(|(((text, style), side), columns)| part(text, side, columns, style)).collect()
        };
        let heading = row([" pace", &self.tables.per, &self.tables.unit, "runs", "from"], [quiet; 5]);
        let plain = Style::new();
        let pace_line = |r: &PaceRow| {
            let name = format!(" {}", r.name);
            row(
                [&name, &r.pace, &r.number, &r.runs, &r.from],
                [self.theme.patch(r.zone), plain, self.theme.strong(), quiet, quiet],
            )
        };
        let mut lines: Vec<ProfileLine> =
            std::iter::once(heading).chain(rows.iter().map(pace_line)).collect();
        for note in &self.tables.notes {
            lines.extend(wrap(note, columns, 3).iter().map(|l| vec![part(l, Side::Left, columns, plain)]));
        }
        lines
    }

    fn races(&self) -> Vec<ProfileLine> {
        let quiet = self.theme.quiet();
        let row = |race: &RaceRow, style: Style| -> ProfileLine {
            vec![
                part(race.name, Side::Left, 8, style),
                part(&race.time, Side::Right, 7, if style == quiet { quiet } else { self.theme.strong() }),
                part(&race.from, Side::Left, 15, quiet),
            ]
        };
        if self.tables.races.is_empty() {
            return Vec::new();
        }
        let heading = RaceRow { name: "race", time: "time".to_string(), ..RaceRow::default() };
        let rows = self.tables.races.iter().map(|race| row(race, Style::new()));
        std::iter::once(row(&heading, quiet)).chain(rows).collect()
    }

    fn zones(&self, columns: u16) -> Vec<ProfileLine> {
        let row = |zone: &ZoneRow| -> ProfileLine {
            vec![
                part(&format!(" {}", zone.name), Side::Left, 5, self.theme.patch(Some(zone.zone))),
                part(&format!("{} bpm", zone.beats), Side::Left, columns.saturating_sub(7), Style::new()),
            ]
        };
        let heading = match self.tables.zones.is_empty() {
            true => self.tables.zones_by.clone(),
            false => format!("heart rate {}", self.tables.zones_by),
        };
        let heading = wrap(&heading, columns, 3);
        let heading = heading.iter().map(|line| vec![part(line, Side::Left, columns, self.theme.quiet())]);
        heading.chain(self.tables.zones.iter().map(row)).collect()
    }

    fn facts(&self, columns: u16) -> Vec<ProfileLine> {
        let room = columns.saturating_sub(ABOUT + 2).max(1);
        let mut lines = Vec::new();
        for fact in &self.tables.facts {
            for (i, row) in wrap(&clean(&fact.value), room, 3).iter().enumerate() {
                let name = if i == 0 { fact.label } else { "" };
                lines.push(vec![
                    part(name, Side::Left, ABOUT, self.theme.quiet()),
                    part(row, Side::Left, room, Style::new()),
                ]);
            }
        }
        lines
    }
}

fn draw_line(buf: &mut Buffer, row: Rect, line: &ProfileLine) {
    let mut rest = row;
    for part in line {
        let columns = part.columns.min(rest.width);
        let at = Rect { width: columns, ..rest };
        if part.style.bg.is_some() {
            buf.set_style(at.intersection(buf.area), part.style);
        }
        put(buf, at, &part.text, part.side, part.style);
        rest = after(rest, columns + 2);
    }
}

impl Page for ProfilePage {
    type Outcome = ();

    fn draw(&self, buf: &mut Buffer) {
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        let (columns, keys) = (rest.width, u16::from(rest.height > 3));
        let foot = bottom(&mut rest, keys);
        for line in self.tables.head.iter().flat_map(|line| wrap(line, columns, 2)) {
            put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.strong());
        }
        let lines = self.lines(rest.width);
        if usize::from(rest.height) > lines.len() {
            top(&mut rest, 1);
        }
        let view = Viewport { rows: lines.len(), shown: usize::from(rest.height) };
        self.view.set(view);
        for line in lines.get(self.scroll.visible(view)).unwrap_or_default() {
            draw_line(buf, top(&mut rest, 1), line);
        }
        let more = self.scroll.more_hint(view, self.theme.keymap(), KeyContext::Reading);
        let keys = hints(self.theme.keymap(), KeyContext::Reading, foot.width.saturating_sub(width(&more)));
        put(buf, foot, &format!("{more}{keys}"), Side::Left, self.theme.quiet());
    }

    fn keymap(&self) -> &'static Keymap {
        self.theme.keymap()
    }

    fn context(&self) -> KeyContext {
        KeyContext::Reading
    }

    fn press(&mut self, key: PageKey) -> Option<()> {
        let action = key.action?;
        self.scroll.update(action, self.view.get());
        (action == Action::Close).then_some(())
    }
}
