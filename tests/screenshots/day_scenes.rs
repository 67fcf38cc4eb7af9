//! The pages of the day: a Monday afternoon with seven wins, its reminder, and the page that offers actions.

use super::scenes::{PageDrawing, page};
use chrono::{DateTime, Duration, FixedOffset};
use pacebell::day::{DayBoard, DayConfig, DayState, DeskPresence, WallMoment, WinMoment, due, read_day};
use pacebell::diagnostic::SourceText;
use pacebell::tui::Theme;
use pacebell::tui::screens::day::{DayOfferPage, DayPage, Reminder};

const DAY: &str = "hours = \"08:30-18:30\"\nquiet = [\"12:00-13:00\"]\n\
[[action]]\nname = \"Walk\"\ndo = \"2min walk\"\nwhen = \"every 60min\"\n\
[[action]]\nname = \"Breathe\"\ndo = \"breathing-60s\"\nwhen = \"15:30\"\n\
[[action]]\nname = \"Posture\"\ndo = \"posture\"\nwhen = [\"10:15\", \"16:45\"]\n\
[[action]]\nname = \"After lunch\"\ndo = \"walk-1min\"\nwhen = \"13:15\"\n\
[[action]]\nname = \"Snack\"\nwhen = [\"10:30\", \"16:00\"]\n";
const WINS: [(&str, &str); 7] = [
    ("Walk", "09:40"),
    ("Posture", "10:20"),
    ("Snack", "10:31"),
    ("Walk", "10:52"),
    ("Walk", "11:54"),
    ("After lunch", "13:21"),
    ("Walk", "13:48"),
];

fn at(time: &str) -> DateTime<FixedOffset> {
    format!("2026-11-30T{time}:00+01:00").parse().unwrap()
}

fn config() -> DayConfig {
    read_day(&SourceText::new("day.toml", DAY)).config.unwrap()
}

/// The wins of two weeks, with one day without any.
fn wins() -> Vec<WinMoment> {
    let win = |action: &str, at| WinMoment { action: action.to_string(), at: WallMoment::of(at) };
    let before = [2_i64, 5, 3, 6, 0, 6, 7, 7, 5, 2, 7, 6, 5].into_iter().zip((1..=13).rev());
    let earlier = before.flat_map(|(count, days)| {
        (0..count).map(move |nth| win("Walk", at("10:00") + Duration::minutes(nth) - Duration::days(days)))
    });
    earlier.chain(WINS.map(|(action, time)| win(action, at(time)))).collect()
}

fn day_page(now: DateTime<FixedOffset>, theme: Theme) -> DayPage {
    let mut state = DayState {
        sitting_since_ms: Some(at("13:48").timestamp_millis()),
        last_tick_ms: Some((now - Duration::minutes(1)).timestamp_millis()),
        ..DayState::default()
    };
    for (action, time) in WINS {
        let mark = state.marks.entry(action.to_lowercase()).or_default();
        mark.won = Some(WallMoment::of(at(time)));
    }
    let turn = due(&config(), now, &state, &DeskPresence::default());
    let board = DayBoard::new(&config(), now, &turn, &wins());
    DayPage::new(board, "Reminders: this terminal, and the desktop.".to_string(), theme)
}

/// The day, twelve minutes before the next walk.
pub fn day(theme: Theme) -> PageDrawing {
    page(day_page(at("14:36"), theme), theme)
}

/// The reminder.
pub fn reminder(theme: Theme) -> PageDrawing {
    let mut day = day_page(at("14:48"), theme);
    day.remind(Some(Reminder { place: 0 }));
    page(day, theme)
}

/// The first run.
pub fn offer(theme: Theme) -> PageDrawing {
    page(DayOfferPage::new(theme), theme)
}
