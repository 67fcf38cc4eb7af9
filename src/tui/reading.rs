//! What the running screen says, as text: worked out of the view alone, before anything is placed.

use crate::coach::View;
use crate::cues::Signal;
use crate::session::Place;
use crate::units::{Incline, Millis, PaceUnit, Speed, SpeedUnit, clock, trimmed};
use crate::words::zone_word;
use crate::workout::sequence::{End, Kind, PlannedStep};

/// The units that a runner reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// Of the number on the belt's console.
    pub speed: SpeedUnit,
    /// Of a pace.
    pub pace: PaceUnit,
}

impl Default for Units {
    fn default() -> Self {
        Units { speed: SpeedUnit::KmPerHour, pace: PaceUnit::Km }
    }
}

/// The big number: time, or a distance to be read on the console.
pub fn big(view: &View<'_>) -> String {
    let position = &view.position;
    match (position.remaining(), view.step().map(|s| s.end)) {
        (Some(remaining), Some(_)) => clock(remaining.secs_left()),
        (None, Some(End::Distance { upper, .. })) => {
            let text = upper.to_string();
            text.split(' ').next().unwrap_or_default().to_string()
        }
        _ => format!("+{}", clock(position.into.whole_secs())),
    }
}

/// The unit of the big number, where it is a distance.
pub fn big_unit(view: &View<'_>) -> Option<String> {
    match (view.position.length, view.step().map(|s| s.end)) {
        (None, Some(End::Distance { upper, .. })) => upper.to_string().split(' ').nth(1).map(str::to_string),
        _ => None,
    }
}

/// What ends the step, where the runner does: in full, and then, where there is, in a few words.
pub fn prompts(view: &View<'_>) -> Vec<String> {
    let all = |texts: &[&str]| texts.iter().map(|t| (*t).to_string()).collect();
    let Some(step) = view.step() else {
        return all(&["done – until you press Enter", "Enter ends it"]);
    };
    let Some(from) = view.may_end_from else {
        return Vec::new();
    };
    match step.end {
        End::Distance { time: None, .. } => all(&["on the console, then Enter", "then Enter"]),
        End::Open => all(&["until you press Enter", "Enter ends it"]),
        _ if view.may_end() => all(&["Enter may end it now", "Enter ends it"]),
        _ => vec![format!("Enter may end it from {} on", clock(from.secs_left()))],
    }
}

/// What the step is called.
pub fn title<'a>(view: &View<'a>) -> &'a str {
    view.step().map_or("cool-down", PlannedStep::title)
}

/// What else there is to know of how to run the step, most important first.
pub fn details(view: &View<'_>) -> Vec<String> {
    let Some(step) = view.step() else {
        return vec!["the workout is done".to_string()];
    };
    let mut all = Vec::new();
    let title = step.title();
    if title != step.target.words {
        all.push(step.target.words.clone());
    }
    if let End::Distance { upper, time, .. } = step.end {
        match time {
            Some(_) => all.push(upper.to_string()),
            None => all.push(format!("on the console, {} so far", clock(view.position.into.whole_secs()))),
        }
    }
    let kind = match step.kind {
        Kind::Warmup => "warm-up",
        Kind::Cooldown => "cool-down",
        Kind::Recovery => "recovery",
        Kind::Rest | Kind::Interval | Kind::Run => "",
    };
    let said = |word: &str| contains(title, word) || contains(&step.target.words, word);
    if !kind.is_empty() && !said(kind) && !said(step.kind.word()) {
        all.push(kind.to_string());
    }
    if let Some((low, high)) = step.target.heart_rate.as_ref().and_then(|h| h.bpm)
        && !said("bpm")
    {
        all.push(match low == high {
            true => format!("{low} bpm"),
            false => format!("{low}–{high} bpm"),
        });
    }
    if let Some(word) = zone(view).map(zone_word).filter(|w| !said(w)) {
        all.push(word.to_string());
    }
    all
}

fn contains(text: &str, word: &str) -> bool {
    text.to_lowercase().contains(word)
}

/// The zone now: a ramp's start in its first half, then its end.
pub fn zone(view: &View<'_>) -> Option<u8> {
    let step = view.step()?;
    let late = view.position.length.is_some_and(|l| view.position.into >= l.half());
    match late {
        true => step.target.end().zone,
        false => step.target.start.zone,
    }
}

/// The zone and its word: `Z5 hard`.
pub fn zone_text(zone: Option<u8>) -> String {
    zone.map_or(String::new(), |z| format!("Z{z} {}", zone_word(z)))
}

/// What to press on the belt.
pub struct BeltWords {
    /// The number: `14.0`.
    pub number: String,
    /// Its unit, and in a ramp where it goes: `km/h → 16.0`.
    pub unit: String,
    /// The true pace of that number.
    pub pace: Option<String>,
}

/// The belt's number, where there is one and the workout is not run by feel.
pub fn belt(view: &View<'_>, units: Units) -> Option<BeltWords> {
    if !view.sequence.show_pace {
        return None;
    }
    let speed = view.speed?;
    let number = |s: Speed| format!("{:.1}", units.speed.number(s));
    let name = units.speed.name();
    let to = view.step().and_then(|s| s.target.ramp_to.as_ref()?.speed);
    Some(BeltWords {
        number: number(speed),
        unit: to.map_or(name.to_string(), |to| format!("{name} → {}", number(to))),
        pace: (speed.mps() > 0.0).then(|| speed.pace_text(units.pace)),
    })
}

/// The incline, unless the belt is level.
pub fn incline(view: &View<'_>) -> Option<String> {
    // To a tenth: more is on no console.
    let percent = |i: Incline| format!("{}%", trimmed(i.percent(), 1));
    let now = percent(view.incline);
    let to = view.step().and_then(|s| s.incline_to).map(percent);
    match to {
        Some(to) if to != now => Some(format!("incline {now} → {to}")),
        _ => (view.incline.percent() != 0.0).then(|| format!("incline {now}")),
    }
}

/// The word and sign for where the next step leads.
pub fn change(signal: Signal) -> &'static str {
    match signal {
        Signal::Faster => "▲ faster",
        Signal::Easier => "▼ easier",
        Signal::Same => "= the same",
        Signal::Finish | Signal::Count | Signal::Tick => "",
    }
}

/// The word alone.
pub fn change_word(signal: Signal) -> &'static str {
    change(signal).trim_start_matches(|c: char| !c.is_alphabetic())
}

/// What is left of the whole workout: `11:40`, with a `+` where an open step is still to come.
pub fn left(view: &View<'_>) -> String {
    let position = &view.position;
    match (position.left_is_open, position.left) {
        (true, Millis::ZERO) => "open".to_string(),
        (true, left) => format!("{}+", clock(left.secs_left())),
        (false, left) => clock(left.secs_left()),
    }
}

/// Which step it is: `step 3 of 16`.
pub fn count(view: &View<'_>) -> Option<String> {
    match view.position.place {
        Place::Step(index) => Some(format!("step {} of {}", index + 1, view.sequence.steps.len())),
        Place::After => None,
    }
}
