//! The times on the running screen: the big number, the time left, the time of day at the end.

use super::belt::next_press;
use super::distance::{self, DistanceLabel};
use crate::coach::View;
use crate::frontend::Status;
use crate::runner::profile::Units;
use crate::session::{Phase, Position, SessionPlace};
use crate::units::{Millis, clock};
use crate::workout::lengths::ESTIMATE;
use crate::workout::sequence::End;
use chrono::Timelike;

/// The time before a change at which the screen begins to look different.
const SOON: Millis = Millis::from_secs(10);
/// Steps shorter than this look the same to their end; only the next step lights up.
const SHORT: Millis = Millis::from_secs(15);
const MINUTE: Millis = Millis::from_secs(60);
/// Added before a time of day is cut to its minute, so that it is rounded.
const HALF_A_MINUTE: Millis = Millis::from_secs(30);

/// The big number.
pub struct BigNumber {
    /// A time, or a distance.
    pub text: String,
    /// The unit of a distance.
    pub unit: Option<&'static str>,
    /// Says what the number is, in small type above the unit: `≈ left`.
    pub note: &'static str,
}

impl BigNumber {
    /// The number with its unit: `4:59`, `640 m`.
    pub fn with_unit(&self) -> String {
        match self.unit {
            Some(unit) => format!("{} {unit}", self.text),
            None => self.text.clone(),
        }
    }
}

/// Returns the big number: the time left, or in a step with a distance, the distance left.
pub fn big(view: &View<'_>, units: Units) -> BigNumber {
    let position = &view.position;
    let time = |text: String| BigNumber { text, unit: None, note: "" };
    let distance = |DistanceLabel { number, unit }, note| BigNumber { text: number, unit: Some(unit), note };
    if let Some(left) = view.count_in {
        return time(left.secs_left().to_string());
    }
    if let Some(left) = distance::left(view, units) {
        return distance(left, "≈ left");
    }
    match (position.remaining(), view.step().map(|s| s.end)) {
        (Some(remaining), Some(_)) => time(clock(remaining.secs_left())),
        (None, Some(End::Distance { upper, .. })) => distance(distance::written(upper, units), "in all"),
        _ => time(format!("+{}", clock(position.into.whole_secs()))),
    }
}

/// The time left in a step whose big number is the distance: `2:43 left`, `≈ 2:43 left`.
pub fn left_of_distance(view: &View<'_>) -> Option<String> {
    view.distance_left()?;
    let mark = if view.step()?.is_estimated() { ESTIMATE } else { "" };
    Some(format!("{mark}{} left", clock(view.position.remaining()?.secs_left())))
}

/// The time left in the workout: `11:40`, `≈ 11:40`, or `11:40+` with an open step still to come.
pub fn left(view: &View<'_>) -> String {
    let mark = if view.left_is_estimated() && view.position.left > Millis::ZERO { ESTIMATE } else { "" };
    format!("{mark}{}", left_unmarked(&view.position))
}

fn left_unmarked(position: &Position) -> String {
    match (position.left_is_open, position.left) {
        (true, Millis::ZERO) => "open".to_string(),
        (true, left) => format!("{}+", clock(left.secs_left())),
        (false, left) => clock(left.secs_left()),
    }
}

/// The time of day at which the workout ends, to the nearest minute: `ends 18:42`. With an open step still to come, the
/// earliest: `ends after 18:42`.
pub fn ends(view: &View<'_>, status: &Status) -> Option<String> {
    let Position { place, left, left_is_open, .. } = view.position;
    let at = status.time_after(left + HALF_A_MINUTE).filter(|_| place != SessionPlace::After)?;
    match (left_is_open, left) {
        (true, Millis::ZERO) => None,
        (true, _) => Some(format!("ends after {}", at.format("%H:%M"))),
        (false, _) => Some(format!("ends {}", at.format("%H:%M"))),
    }
}

/// The session time until [`ends`] changes while the clock stands still.
pub fn ends_changes_in(view: &View<'_>, status: &Status) -> Option<Millis> {
    ends(view, status)?;
    let at = status.time_after(view.position.left + HALF_A_MINUTE)?;
    let into_minute =
        Millis::new(u64::from(at.second()) * 1000 + u64::from(at.nanosecond() % 1_000_000_000) / 1_000_000);
    Some(status.rehearsal.session_time(MINUTE.saturating_sub(into_minute).max(Millis::new(1))))
}

/// True in the last ten seconds of a step, or the last third of a short one. A very short step has hardly begun, so it
/// never looks as if it were ending.
pub fn is_ending(view: &View<'_>) -> bool {
    ends_soon(view) && view.position.length.is_some_and(|length| length >= SHORT)
}

fn ends_soon(view: &View<'_>) -> bool {
    view.phase == Phase::Running && view.position.remaining().is_some_and(|left| left <= soon(view))
}

/// True if the next step, or the number to press for it, is about to come.
pub fn is_coming(view: &View<'_>) -> bool {
    let press = next_press(view).filter(|press| view.next().is_some_and(|next| next.id == press.change.step));
    ends_soon(view) || view.phase == Phase::Running && press.is_some_and(|press| press.wait <= soon(view))
}

fn soon(view: &View<'_>) -> Millis {
    // Whole seconds, for the change to come with a flip of the clock.
    view.position.length.map_or(SOON, |length| SOON.min(Millis::from_secs(length.whole_secs() / 3)))
}

/// The time until the next of the seconds on the screen flips.
pub fn next_flip(view: &View<'_>) -> Millis {
    let position = &view.position;
    let up = |counted: Millis| 1000 - counted.get() % 1000;
    let down = |left: Millis| match left.get() % 1000 {
        0 => 1000,
        part => part,
    };
    if let Some(left) = view.count_in {
        return Millis::new(down(left));
    }
    let mut next = up(position.elapsed).min(up(position.into));
    if let Some(remaining) = position.remaining() {
        next = next.min(down(remaining)).min(down(position.left));
    }
    let may_end_in = view.may_end_from.and_then(|from| from.checked_sub(position.into));
    if let Some(wait) = may_end_in.filter(|w| *w > Millis::ZERO) {
        next = next.min(wait.get());
    }
    Millis::new(next)
}
