//! The profile as a page: every pace with the belt's number, what races would take, zones, the belt. To be read, and
//! left.

use super::page::{Page, PageRequest};
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::runner::figures::{FigureTables, PaceRow, RaceRow, ZoneRow};
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::text::{Side, bottom, inset, put, top, width, wrap};
use crossterm::event::Event as Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell as Remembered;

/// From this width on races and zones stand beside the paces.
const SIDE_BY_SIDE: u16 = 90;
/// The columns of what stands on the right, and before it.
const RIGHT: u16 = 34;
const GAP: u16 = 4;
/// The columns of a name in its zone's colour.
const NAME: u16 = 11;
/// The columns of what a fact is about.
const ABOUT: u16 = 13;

/// Part of a line.
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

/// A line: parts, two columns apart.
type ProfileLine = Vec<LinePart>;

/// The page.
#[derive(Clone, Debug)]
pub struct ProfilePage {
    sheet: FigureTables,
    theme: Theme,
    /// The first line that is shown, and the last that may be first.
    first: usize,
    most: Remembered<usize>,
    height: Remembered<u16>,
}

impl ProfilePage {
    /// A page from its top.
    pub fn new(sheet: FigureTables, theme: Theme) -> Self {
        ProfilePage { sheet, theme, first: 0, most: Remembered::new(0), height: Remembered::new(0) }
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
        let rows = &self.sheet.paces;
        let widest = |of: fn(&PaceRow) -> &String, heading: &str| {
            rows.iter().map(|row| width(of(row))).max().unwrap_or(0).max(width(heading))
        };
        let pace = widest(|r| &r.pace, &self.sheet.per);
        let number = widest(|r| &r.number, &self.sheet.unit);
        let runs = widest(|r| &r.runs, "runs");
        let from = columns.saturating_sub(NAME + pace + number + runs + 8);
        let quiet = self.theme.quiet();
        let row = |texts: [&str; 5], styles: [Style; 5]| -> ProfileLine {
            let sides = [Side::Left, Side::Right, Side::Left, Side::Right, Side::Left];
            let widths = [NAME, pace, number, runs, from];
            let parts = texts.into_iter().zip(styles).zip(sides).zip(widths);
            parts.map(|(((text, style), side), columns)| part(text, side, columns, style)).collect()
        };
        let heading = row([" pace", &self.sheet.per, &self.sheet.unit, "runs", "from"], [quiet; 5]);
        let plain = Style::new();
        let one = |r: &PaceRow| {
            let name = format!(" {}", r.name);
            row(
                [&name, &r.pace, &r.number, &r.runs, &r.from],
                [self.theme.patch(r.zone), plain, self.theme.strong(), quiet, quiet],
            )
        };
        let mut lines: Vec<ProfileLine> = std::iter::once(heading).chain(rows.iter().map(one)).collect();
        for note in &self.sheet.notes {
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
        let heading = RaceRow { name: "race", time: "time".to_string(), ..RaceRow::default() };
        match self.sheet.races.is_empty() {
            true => Vec::new(),
            false => {
                let rows = self.sheet.races.iter().map(|race| row(race, Style::new()));
                std::iter::once(row(&heading, quiet)).chain(rows).collect()
            }
        }
    }

    fn zones(&self, columns: u16) -> Vec<ProfileLine> {
        let row = |zone: &ZoneRow| -> ProfileLine {
            vec![
                part(&format!(" {}", zone.name), Side::Left, 5, self.theme.patch(Some(zone.zone))),
                part(&format!("{} bpm", zone.beats), Side::Left, columns.saturating_sub(7), Style::new()),
            ]
        };
        let words = match self.sheet.zones.is_empty() {
            true => self.sheet.zones_by.clone(),
            false => format!("heart rate {}", self.sheet.zones_by),
        };
        let heading = wrap(&words, columns, 3);
        let heading = heading.iter().map(|line| vec![part(line, Side::Left, columns, self.theme.quiet())]);
        heading.chain(self.sheet.zones.iter().map(row)).collect()
    }

    fn facts(&self, columns: u16) -> Vec<ProfileLine> {
        let room = columns.saturating_sub(ABOUT + 2).max(1);
        let lines = |(about, is): &(&'static str, String)| -> Vec<ProfileLine> {
            let mut about = *about;
            let rows = wrap(&clean(is), room, 3).into_iter();
            rows.map(|row| {
                let about = std::mem::take(&mut about);
                vec![
                    part(about, Side::Left, ABOUT, self.theme.quiet()),
                    part(&row, Side::Left, room, Style::new()),
                ]
            })
            .collect()
        };
        self.sheet.facts.iter().flat_map(lines).collect()
    }

    fn go(&mut self, action: Action) {
        let page = usize::from(self.height.get().saturating_sub(4)).max(1);
        let to = match action {
            Action::Previous => self.first.saturating_sub(1),
            Action::Next => self.first + 1,
            Action::PageBack => self.first.saturating_sub(page),
            Action::PageOn => self.first + page,
            _ => self.first,
        };
        self.first = to.min(self.most.get());
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
        let taken = (columns + 2).min(rest.width);
        rest = Rect { x: rest.x + taken, width: rest.width - taken, ..rest };
    }
}

impl Page for ProfilePage {
    type Outcome = ();

    fn draw(&self, buf: &mut Buffer) {
        self.height.set(buf.area.height);
        let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
        let (columns, keys) = (rest.width, u16::from(rest.height > 3));
        let foot = bottom(&mut rest, keys);
        for line in self.sheet.head.iter().flat_map(|line| wrap(line, columns, 2)) {
            put(buf, top(&mut rest, 1), &line, Side::Left, self.theme.strong());
        }
        let all = self.lines(rest.width);
        if usize::from(rest.height) > all.len() {
            top(&mut rest, 1);
        }
        let shown = usize::from(rest.height);
        self.most.set(all.len().saturating_sub(shown));
        let first = self.first.min(self.most.get());
        for line in all.iter().skip(first).take(shown) {
            draw_line(buf, top(&mut rest, 1), line);
        }
        let more = match (first, first < self.most.get()) {
            (_, true) => "↓ more   ",
            (0, false) => "",
            _ => "↑ more   ",
        };
        let keys = hints(KeyContext::Reading, "", foot.width.saturating_sub(width(more)));
        put(buf, foot, &format!("{more}{keys}"), Side::Left, self.theme.quiet());
    }

    fn input(&mut self, input: &Input) -> Option<PageRequest<()>> {
        let Input::Key(key) = input else { return None };
        match keymap::action(KeyContext::Reading, key)? {
            Action::Interrupt => Some(PageRequest::Interrupt),
            Action::Suspend => Some(PageRequest::Suspend),
            Action::Close => Some(PageRequest::Done(())),
            action => {
                self.go(action);
                None
            }
        }
    }
}
