//! The day in words, for its page and for printed lines.

use crate::day::{BoardRow, DayBoard, HoldReason, WinCount};
use crate::units::Millis;
use chrono::DateTime;

/// What sitting is where the desktop does not tell when the runner is away.
pub const CLOCK_TIME: &str = " Nothing tells when you are away, so sitting is clock time.";

/// The first line of the day: what comes next, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayHeadline {
    /// `Walk in 12 min`, `Walk now`, `Quiet until 18:00`, `Nothing more today`.
    pub title: String,
    /// The minutes until the next action, for large digits. `None` if there is nothing to wait for.
    pub minutes: Option<u64>,
    /// The next action's place in the file.
    pub place: Option<usize>,
}

/// Returns the first line of the day.
pub fn headline(board: &DayBoard) -> DayHeadline {
    let place = board.next();
    let row = place.and_then(|place| board.rows.get(place));
    if !board.within_hours {
        return DayHeadline {
            title: format!("Outside your hours, {} to {}", board.from, board.until),
            minutes: None,
            place: None,
        };
    }
    if let Some(reason) = board.held {
        return DayHeadline { title: held(board, reason), minutes: None, place: None };
    }
    let Some((row, next)) = row.and_then(|row| Some((row, row.next?))) else {
        return DayHeadline { title: "Nothing more today".to_string(), minutes: None, place: None };
    };
    match minutes_until(next.at_ms, board.now.timestamp_millis()) {
        0 => DayHeadline { title: format!("{} now", row.name), minutes: None, place },
        minutes => {
            DayHeadline { title: format!("{} in {minutes} min", row.name), minutes: Some(minutes), place }
        }
    }
}

/// Returns the minutes until a moment, rounded up.
fn minutes_until(at_ms: i64, now_ms: i64) -> u64 {
    u64::try_from(at_ms.saturating_sub(now_ms)).unwrap_or_default().div_ceil(60_000)
}

fn held(board: &DayBoard, reason: HoldReason) -> String {
    match reason {
        HoldReason::Session => "A session is running: reminders wait".to_string(),
        HoldReason::DoNotDisturb => "Do Not Disturb is on: reminders wait".to_string(),
        HoldReason::QuietTime => "Quiet time: reminders wait".to_string(),
        HoldReason::QuietUntil(until) => {
            let until = DateTime::from_timestamp_millis(until).unwrap_or_default();
            format!("Quiet until {}", until.with_timezone(board.now.offset()).format("%H:%M"))
        }
    }
}

/// Returns the sitting in words: `you have been sitting for 48 min`.
pub fn sitting(board: &DayBoard) -> Option<String> {
    let minutes = board.sitting.map(Millis::get)? / 60_000;
    (board.within_hours && minutes > 0).then(|| format!("you have been sitting for {minutes} min"))
}

/// Returns the times of an action today: `09:40 ✓`, `13:25 –`, `next 14:48`.
pub fn times(row: &BoardRow, board: &DayBoard) -> Vec<String> {
    let won = row.won.iter().map(|time| (*time, "✓"));
    let mut times: Vec<_> = won.chain(row.missed.map(|time| (time, "–"))).collect();
    times.sort_by_key(|(time, _)| *time);
    let mut texts: Vec<String> =
        times.into_iter().map(|(time, mark)| format!("{} {mark}", time.format("%H:%M"))).collect();
    if let Some(next) = row.next.filter(|_| board.within_hours) {
        let is_due = next.at_ms <= board.now.timestamp_millis();
        texts.push(if is_due { "now".to_string() } else { format!("next {}", next.local.format("%H:%M")) });
    }
    texts
}

/// Returns the wins of today: `7 small wins today`.
pub fn wins_today(wins: &WinCount) -> String {
    match wins.today() {
        0 => "No small win today yet".to_string(),
        1 => "1 small win today".to_string(),
        wins => format!("{wins} small wins today"),
    }
}

/// Returns a bar for each of the last days, today's last: `▂▅▃▆▁▆▇▇▅▂▇▆▅▇`. A day without a win is a dot.
pub fn bars(board: &DayBoard) -> String {
    const BARS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
    let most = board.wins.each_day.iter().copied().max().unwrap_or_default().max(BARS.len() as u32);
    let bar = |wins: u32| {
        let height = (wins as usize * BARS.len()).div_ceil(most as usize);
        height.checked_sub(1).and_then(|place| BARS.get(place)).copied().unwrap_or('·')
    };
    board.wins.each_day.iter().map(|wins| bar(*wins)).collect()
}
