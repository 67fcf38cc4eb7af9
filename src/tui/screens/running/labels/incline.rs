//! The incline as one pair with the belt's number: `13.7 ▲6%`.

use super::belt;
use crate::coach::View;
use crate::units::{Incline, trimmed};

/// The incline to set now, with its sign, in a workout with inclines. While the next step's number has to be pressed
/// ahead, the incline of that step, for the two to be one pair.
pub fn now(view: &View<'_>) -> Option<String> {
    let ahead = belt::press(view).is_some()
        && view.press.zip(view.step()).is_some_and(|(press, step)| press.step != step.id);
    let incline = view.next_incline.filter(|_| ahead).unwrap_or(view.incline);
    view.climbs().then(|| signed(incline))
}

/// The incline of the next step, with its sign, in a workout with inclines.
pub fn next(view: &View<'_>) -> Option<String> {
    view.next_incline.filter(|_| view.climbs()).map(signed)
}

/// The incline in words: where it is a habit rather than a part of the workout, and while it changes.
pub fn words(view: &View<'_>) -> Option<String> {
    let (now, to) = (percent(view.incline), percent(view.incline_ends));
    match to != now {
        true => Some(format!("incline {now} → {to}")),
        false => (view.incline != Incline::FLAT && !view.climbs()).then(|| format!("incline {now}")),
    }
}

/// A number with its incline: `13.7 ▲6%`.
pub fn with_number(number: &str, incline: Option<&str>) -> String {
    match incline {
        Some(incline) => format!("{number} {incline}"),
        None => number.to_string(),
    }
}

fn signed(incline: Incline) -> String {
    let sign = if incline < Incline::FLAT { '▼' } else { '▲' };
    format!("{sign}{}", percent(Incline::from_percent(incline.percent().abs())))
}

/// The percent, in tenths: consoles show no more.
fn percent(incline: Incline) -> String {
    format!("{}%", trimmed(incline.percent(), 1))
}
