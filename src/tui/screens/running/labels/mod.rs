//! The texts of the running screen, derived from the view alone, before anything is placed.

pub mod belt;
pub mod distance;
pub mod incline;
pub mod time;
pub mod title;

pub use title::title;

use crate::athlete::Zone;
use crate::belt::{Belt, BeltNote};
use crate::coach::View;
use crate::cues::Signal;
use crate::display::step_colour::StepColours;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::session::SessionPlace;
use crate::units::{Millis, clock};
use crate::workout::sequence::{Activity, End, HeartLimit, Kind, PlannedStep};

/// The prompts to end a step that does not end by itself: in full first, then in a few words.
pub fn prompts(view: &View<'_>, units: Units, keymap: &Keymap) -> Vec<String> {
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
    if let Some(limit) = &step.until {
        return until_prompts(view, limit, key, from);
    }
    match step.end {
        End::Distance { time: None, .. } => match distance::console_at_end(view, units) {
            Some(reading) => vec![format!("at {reading}: {key}"), format!("then {key}")],
            None => vec![format!("on the console, then {key}"), format!("then {key}")],
        },
        End::Open => vec![format!("until you press {key}"), format!("{key} ends it")],
        _ if view.may_end() => vec![format!("{key} ends it now"), format!("{key} ends it")],
        _ => vec![format!("{key} ends it from {} on", clock(from.secs_left()))],
    }
}

/// Tells the runner what the step waits for. Without a heart rate the runner has to end it.
fn until_prompts(view: &View<'_>, limit: &HeartLimit, key: &str, from: Millis) -> Vec<String> {
    let rate = view.heart.and_then(|heart| heart.reading.fresh()).filter(|_| limit.bpm.is_some());
    let words = &limit.words;
    match (rate, view.may_end()) {
        (Some(_), true) => vec![format!("until {words}, or {key}"), format!("until {words}")],
        (None, true) => vec![format!("{key} at {words}"), format!("{key} ends it")],
        (_, false) => {
            let from = clock(from.secs_left());
            vec![format!("until {words}, from {from} on"), format!("until {words}")]
        }
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
fn after_repeat(view: &View<'_>) -> String {
    let then = view.after_repeat.and_then(|index| view.sequence.steps.get(index));
    then.map_or("the finish".to_string(), title::of_step)
}

/// Tells the runner how to end the repeat around the step.
fn repeat_prompts(view: &View<'_>, step: &PlannedStep, key: &str) -> Vec<String> {
    let then = after_repeat(view);
    if step.is_endless() {
        return vec![format!("{key}: on to {then}"), format!("until {key}")];
    }
    vec![format!("you may stop: {key}"), format!("{key}: on to {then}"), format!("{key} ends it")]
}

/// Everything else the runner should know about the step, the most important first.
pub fn details(view: &View<'_>, units: Units) -> Vec<String> {
    let Some(step) = view.step() else {
        return vec!["the workout is done".to_string()];
    };
    let mut all = Vec::new();
    let title = title(view);
    let is_in_title = |word: &str| contains(&title, word);
    let is_on_the_belt = title::effort_for_number(view, step).is_some();
    if !is_on_the_belt && !is_in_title(&step.target.words.to_lowercase()) {
        all.push(step.target.words.clone());
    }
    let is_said = |word: &str| is_in_title(word) || contains(&step.target.words, word);
    if let Some(beats) = step.target.heart_rate.as_ref().and_then(title::beats)
        && !is_said("bpm")
    {
        all.push(beats);
    }
    all.extend(view.eased.map(|way| format!("eased: {way}")));
    all.extend(notes(view));
    all.extend(belt::flat_pace(view, units));
    let kind = match step.kind {
        Kind::Warmup => "warm-up",
        Kind::Cooldown => "cool-down",
        Kind::Recovery => "recovery",
        Kind::Rest | Kind::Interval | Kind::Run => "",
    };
    if !kind.is_empty() && !is_said(kind) && !is_said(step.kind.word()) {
        all.push(kind.to_string());
    }
    if let End::Distance { time: None, .. } = step.end {
        let so_far = clock(view.position.into.whole_secs());
        all.push(match distance::console_at_end(view, units) {
            Some(reading) => format!("{reading} at the end, {so_far} so far"),
            None => format!("on the console, {so_far} so far"),
        });
    }
    all.extend(distance::of_step(view, units).filter(|_| view.sequence.activity.is_run()));
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

/// The zone whose colour the current step has. Unlike [`zone`], it tells work and recovery apart where no zone is known.
pub fn colour(view: &View<'_>) -> Option<Zone> {
    let step = view.step()?;
    let late = view.position.length.is_some_and(|l| view.position.into >= l.half());
    StepColours::of(view.sequence).zone(step, late)
}

/// The zone whose colour a step has at its start.
pub fn colour_of(view: &View<'_>, step: &PlannedStep) -> Option<Zone> {
    StepColours::of(view.sequence).zone(step, false)
}

/// The zone's tag, `Z5`, unless the step's words say the same.
pub fn zone_tag(view: &View<'_>) -> Option<String> {
    let zone = zone(view)?;
    let step = view.step().filter(|_| !view.on_rails && title::title(view) != zone.effort())?;
    title::tag(step, Some(zone))
}

/// The zone of a step in a list of steps: `Z5`, `–` if none is known, and nothing in a workout without zones.
pub fn zone_or_dash(zone: Option<Zone>, activity: Activity) -> String {
    let unknown = if activity.is_run() { "–" } else { "" };
    zone.map_or(unknown.to_string(), |zone| zone.to_string())
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

/// The direction of a change, as a sign and in words.
#[derive(Clone, Copy, Debug)]
pub struct DirectionLabel {
    /// `▲`
    pub sign: &'static str,
    /// `▲ faster`
    pub text: &'static str,
}

impl DirectionLabel {
    /// The sign of a number to press that is as hard as the one before and not the same.
    pub const CHANGED: DirectionLabel = DirectionLabel { sign: "→", text: "→" };

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
