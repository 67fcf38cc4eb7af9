//! The texts of the running screen, derived from the view alone, before anything is placed.

pub mod belt;
pub mod time;

use crate::athlete::Zone;
use crate::belt::{Belt, BeltNote};
use crate::coach::View;
use crate::cues::Signal;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::session::SessionPlace;
use crate::units::{Distance, Incline, clock, trimmed};
use crate::workout::sequence::{Activity, End, Kind, PlannedStep};

/// The title of a recovery during which the belt keeps its speed.
pub const ON_RAILS: &str = "on the rails";

/// The prompts to end a step that does not end by itself: in full first, then in a few words.
pub fn prompts(view: &View<'_>, keymap: &Keymap) -> Vec<String> {
    let key = keymap.label(KeyContext::Running, Action::EndStep);
    let Some(step) = view.step() else {
        return vec![format!("done – press {key} to end"), format!("{key} ends it")];
    };
    let Some(from) = view.may_end_from else {
        return Vec::new();
    };
    if view.ends_repeat {
        return repeat_prompts(view, step, key);
    }
    match step.end {
        End::Distance { time: None, .. } => {
            vec![format!("on the console, then {key}"), format!("then {key}")]
        }
        End::Open => vec![format!("until you press {key}"), format!("{key} ends it")],
        _ if view.may_end() => vec![format!("{key} ends it now"), format!("{key} ends it")],
        _ => vec![format!("{key} ends it from {} on", clock(from.secs_left()))],
    }
}

/// Tells the runner how to leave the repeat in a step that the usual key only ends itself.
pub fn leave_repeat(view: &View<'_>, keymap: &Keymap) -> Option<String> {
    let key = keymap.label(KeyContext::Running, Action::EndRepeat);
    let step = view.step()?;
    (step.may_end_repeat() && !view.ends_repeat && !key.is_empty())
        .then(|| format!("{key}: on to {}", after_repeat(view)))
}

/// The title of what follows the repeat.
fn after_repeat<'a>(view: &View<'a>) -> &'a str {
    let then = view.after_repeat.and_then(|index| view.sequence.steps.get(index));
    then.map_or("the finish", PlannedStep::title)
}

/// Tells the runner how to end the repeat around the step.
fn repeat_prompts(view: &View<'_>, step: &PlannedStep, key: &str) -> Vec<String> {
    let then = after_repeat(view);
    if step.is_endless() {
        return vec![format!("{key}: on to {then}"), format!("until {key}")];
    }
    vec![format!("you may stop: {key}"), format!("{key}: on to {then}"), format!("{key} ends it")]
}

/// The step's title.
pub fn title<'a>(view: &View<'a>) -> &'a str {
    // A title with a number in it would have the runner look for that number on the belt.
    if view.on_rails && view.sequence.show_pace {
        return ON_RAILS;
    }
    view.step().map_or("cool-down", PlannedStep::title)
}

/// Everything else the runner should know about the step, the most important first.
pub fn details(view: &View<'_>, units: Units) -> Vec<String> {
    let Some(step) = view.step() else {
        return vec!["the workout is done".to_string()];
    };
    let mut all = Vec::new();
    let title = step.title();
    if title != step.target.words {
        all.push(step.target.words.clone());
    }
    if let End::Distance { time, .. } = step.end {
        match time {
            Some(_) => all.extend(covered(view, units)),
            None => all.push(format!("on the console, {} so far", clock(view.position.into.whole_secs()))),
        }
    }
    let kind = match step.kind {
        Kind::Warmup => "warm-up",
        Kind::Cooldown => "cool-down",
        Kind::Recovery => "recovery",
        Kind::Rest | Kind::Interval | Kind::Run => "",
    };
    let is_in_title = |word: &str| contains(title, word) || contains(&step.target.words, word);
    if !kind.is_empty() && !is_in_title(kind) && !is_in_title(step.kind.word()) {
        all.push(kind.to_string());
    }
    if let Some((low, high)) = step.target.heart_rate.as_ref().and_then(|h| h.bpm)
        && !is_in_title("bpm")
    {
        all.push(match low == high {
            true => format!("{low} bpm"),
            false => format!("{low}–{high} bpm"),
        });
    }
    all.extend(view.eased.map(|way| format!("eased: {way}")));
    all.extend(notes(view));
    if let Some(word) = zone(view).map(Zone::effort).filter(|w| !is_in_title(w)) {
        all.push(word.to_string());
    }
    all
}

fn contains(text: &str, word: &str) -> bool {
    text.to_lowercase().contains(word)
}

/// The current zone. Halfway through a ramp it changes from the start's to the end's.
pub fn zone(view: &View<'_>) -> Option<Zone> {
    let step = view.step()?;
    let late = view.position.length.is_some_and(|l| view.position.into >= l.half());
    match late {
        true => step.target.end().zone,
        false => step.target.start.zone,
    }
}

/// The zone with its word, `Z5 hard`; empty without a zone.
pub fn zone_text(zone: Option<Zone>) -> String {
    zone.map_or(String::new(), |zone| format!("{zone} {}", zone.effort()))
}

/// The zone alone, `Z5`.
pub fn zone_tag(zone: Option<Zone>) -> Option<String> {
    zone.map(|zone| zone.to_string())
}

/// The zone of a step in a list of steps: `Z5`, `–` if none is known, and nothing in a workout without zones.
pub fn zone_or_dash(zone: Option<Zone>, activity: Activity) -> String {
    let unknown = if activity.is_run() { "–" } else { "" };
    zone_tag(zone).unwrap_or_else(|| unknown.to_string())
}

/// Everything about the step that the belt cannot do.
pub fn notes(view: &View<'_>) -> Vec<String> {
    let belt = &view.treadmill.belt;
    view.notes.iter().filter(|_| view.sequence.show_pace).map(|n| note(n, belt)).collect()
}

/// Says in a few words what the belt cannot do.
pub fn note(note: &BeltNote, belt: &Belt) -> String {
    match *note {
        BeltNote::Ceiling { ceiling, .. } => {
            format!("ceiling {}", belt.text(belt.setting_up_to(ceiling).number))
        }
        BeltNote::PastTop { incline, .. } => format!("past top speed: {incline} is as hard"),
        BeltNote::BeyondBelt { .. } => "beyond what this belt can do".to_string(),
        BeltNote::BelowLowest { .. } => "slower than the belt can go".to_string(),
        BeltNote::Incline { nearest, .. } => format!("incline {nearest} is the nearest"),
        BeltNote::OnRails { .. } => "too short to slow the belt".to_string(),
        BeltNote::Late { by } => format!("belt {} s late", by.secs_left()),
    }
}

/// The part of a step's distance that the belt has covered: `≈ 1.24 of 3 mi`.
pub fn covered(view: &View<'_>, units: Units) -> Option<String> {
    let End::Distance { upper, time: Some(_), .. } = view.step()?.end else { return None };
    let number = |d: Distance| d.metres() / units.distance.metres();
    let covered = number(view.position.covered?);
    Some(format!("≈ {covered:.2} of {} {}", trimmed(number(upper), 2), units.distance.name()))
}

/// The incline, unless the belt is level and stays so.
pub fn incline(view: &View<'_>) -> Option<String> {
    // Consoles show no more than tenths.
    let percent = |i: Incline| format!("{}%", trimmed(i.percent(), 1));
    let (now, to) = (percent(view.incline), percent(view.incline_ends));
    if view.tilt.is_some() {
        return Some(format!("incline {now}: press now"));
    }
    match to != now {
        true => Some(format!("incline {now} → {to}")),
        false => (view.incline != Incline::FLAT).then(|| format!("incline {now}")),
    }
}

/// The direction of a change, as a sign and in words.
#[derive(Clone, Copy, Debug)]
pub struct DirectionLabel {
    /// `▲`
    pub sign: &'static str,
    /// `▲ faster`
    pub text: &'static str,
}

impl DirectionLabel {
    /// The direction that a signal stands for; empty for signals that stand for none.
    pub fn of(signal: Option<Signal>, activity: Activity) -> DirectionLabel {
        let (sign, text) = match signal.map(Signal::meaning) {
            Some(Signal::Faster) if !activity.is_run() => ("▲", "▲ harder"),
            Some(Signal::Faster) => ("▲", "▲ faster"),
            Some(Signal::Easier) => ("▼", "▼ easier"),
            // Two exercises are not the same because neither is said to be harder.
            Some(Signal::Same) if !activity.is_run() => ("→", "→"),
            Some(Signal::Same) => ("=", "= the same"),
            _ => ("", ""),
        };
        DirectionLabel { sign, text }
    }
}

/// The step's number: `step 3 of 16`.
pub fn count(view: &View<'_>) -> Option<String> {
    match view.position.place {
        SessionPlace::Step(index) => {
            let of = view.sequence.written_steps();
            Some(format!("step {} of {of}", view.sequence.step_number(index)))
        }
        SessionPlace::After => None,
    }
}
