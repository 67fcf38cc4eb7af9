//! The page of the trends.

use super::{drawn, key, text};
use crate::screenshots::desk_scenes::trends_of;
use crossterm::event::KeyCode::{self, Char, Left, Right};
use pacebell::runner::profile::Units;
use pacebell::tui::Theme;
use pacebell::tui::screens::log::{LogRequest, TrendsPage};
use pacebell::tui::screens::page::{Page, PageRequest};

fn page(weeks: usize) -> TrendsPage {
    TrendsPage::new(trends_of(weeks), Units::default(), Theme::new(true))
}

fn press(page: &mut TrendsPage, code: KeyCode) -> Option<LogRequest> {
    match page.input(&key(code)) {
        Some(PageRequest::Done(request)) => Some(request),
        Some(other) => panic!("{other:?}"),
        None => None,
    }
}

/// Returns the row of a figure, without its name.
fn figure(page: &TrendsPage, size: (u16, u16), name: &str) -> Vec<String> {
    let text = text(&drawn(page, size));
    let row =
        text.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{text}"));
    row.trim_start()[name.len()..].split_whitespace().map(String::from).collect()
}

#[test]
fn plus_and_minus_ask_for_more_and_fewer_weeks() {
    let mut page = page(12);
    assert_eq!(press(&mut page, Char('+')), Some(LogRequest::MoreWeeks));
    assert_eq!(press(&mut page, Char('-')), Some(LogRequest::FewerWeeks));
    assert_eq!(figure(&page, (160, 50), "distance, km ").len(), 12);
    page.replace(trends_of(16));
    assert_eq!(figure(&page, (160, 50), "distance, km ").len(), 16);
    page.replace(trends_of(4));
    assert_eq!(figure(&page, (160, 50), "distance, km ").len(), 4);
}

#[test]
fn arrows_lead_to_the_weeks_that_do_not_fit() {
    let size = (60, 20);
    let all = figure(&page(16), (160, 50), "distance, km ");
    let mut page = page(16);
    let latest = figure(&page, size, "distance, km ");
    assert!(latest.len() < 16 && all.ends_with(&latest), "{all:?} {latest:?}");
    for _ in 0..8 {
        press(&mut page, Left);
        text(&drawn(&page, size));
    }
    let first = figure(&page, size, "distance, km ");
    assert!(all.starts_with(&first), "{all:?} {first:?}");
    assert!(text(&drawn(&page, size)).contains(&format!("1 to {} of 16 weeks", first.len())));
    for _ in 0..8 {
        press(&mut page, Right);
    }
    assert_eq!(figure(&page, size, "distance, km "), latest);
}

#[test]
fn each_bar_has_its_number_below() {
    for size in [(160, 50), (100, 30), (80, 24), (60, 20)] {
        let page = page(16);
        let text = text(&drawn(&page, size));
        let rows: Vec<&str> = text.lines().collect();
        let numbers =
            rows.iter().position(|row| row.trim_start().starts_with("load ") && !row.contains("week"));
        let numbers = rows[numbers.unwrap_or_else(|| panic!("{text}"))];
        let lowest = rows.iter().rfind(|row| row.contains('█')).unwrap();
        let bars = lowest.split(' ').filter(|part| part.contains('█')).count();
        assert_eq!(bars, numbers.split_whitespace().count() - 1, "{size:?}: {text}");
    }
}
