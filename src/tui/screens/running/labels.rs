//! What the running screen says, as text: worked out of the view alone, before anything is placed.

use crate::belt::Treadmill;
use crate::belt::{Belt, BeltNote, BeltSetting, flat_equivalent};
use crate::coach::View;
use crate::cues::{BeltChange, PressReason, Signal};
use crate::display::zone_word;
use crate::frontend::Status;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::session::{Phase, Position, SessionPlace};
use crate::units::{Distance, Incline, Millis, PaceUnit, Speed, clock, trimmed};
use crate::workout::sequence::{End, Kind, PlannedStep};
use chrono::Timelike;

pub use crate::runner::profile::Units;

/// So long before a change the screen looks different.
const SOON: Millis = Millis::from_secs(10);
/// A step that is shorter looks the same to its end: what comes next is lit, and that is all.
const SHORT: Millis = Millis::from_secs(15);
const MINUTE: Millis = Millis::from_secs(60);
/// Added before a time of day is cut to its minute.
const HALF_A_MINUTE: Millis = Millis::from_secs(30);

/// The big number: time, or a distance to be read on the console.
pub fn big(view: &View<'_>, units: Units) -> String {
    let position = &view.position;
    if let Some(left) = view.count_in {
        return left.secs_left().to_string();
    }
    match (position.remaining(), view.step().map(|s| s.end)) {
        (Some(remaining), Some(_)) => clock(remaining.secs_left()),
        (None, Some(End::Distance { upper, .. })) => {
            on_console(upper, units).split(' ').next().unwrap_or_default().to_string()
        }
        _ => format!("+{}", clock(position.into.whole_secs())),
    }
}

/// The unit of the big number, where it is a distance.
pub fn big_unit(view: &View<'_>, units: Units) -> Option<String> {
    match (view.position.length, view.step().map(|s| s.end)) {
        _ if view.count_in.is_some() => None,
        (None, Some(End::Distance { upper, .. })) => {
            on_console(upper, units).split(' ').nth(1).map(str::to_string)
        }
        _ => None,
    }
}

/// A distance as the runner's console has it: as it was written, but in miles for who has a console in miles.
fn on_console(distance: Distance, units: Units) -> String {
    match units.distance {
        PaceUnit::Km => distance.to_string(),
        PaceUnit::Mi => format!("{:.2} mi", distance.miles()),
    }
}

/// What ends the step, where the runner does: in full, and then, where there is, in a few words.
pub fn prompts(view: &View<'_>) -> Vec<String> {
    let key = keymap::label(KeyContext::Running, Action::EndStep);
    let all = |texts: &[&str]| texts.iter().map(|t| t.replace("Enter", key)).collect();
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
        _ => vec![format!("{key} may end it from {} on", clock(from.secs_left()))],
    }
}

/// What a recovery is called in which the belt keeps its speed.
pub const ON_RAILS: &str = "on the rails";

/// What the step is called.
pub fn title<'a>(view: &View<'a>) -> &'a str {
    // Whoever reads a number there would look for it on the belt.
    if view.on_rails && view.sequence.show_pace {
        return ON_RAILS;
    }
    view.step().map_or("cool-down", PlannedStep::title)
}

/// What else there is to know of how to run the step, most important first.
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
    all.extend(view.eased.map(|way| format!("eased: {way}")));
    all.extend(notes(view));
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
pub struct BeltLabels {
    /// The number: `14.0`.
    pub number: String,
    /// Its unit: `km/h`.
    pub unit: &'static str,
    /// What there is to say of it: in a ramp where it goes, `→ 16.0`.
    pub more: Option<String>,
    /// The true pace of that number, or what else there is to know of it.
    pub pace: Option<String>,
    /// What is as well to know, and small: where the belt is on its way, and what its incline comes to.
    pub asides: Vec<String>,
}

impl BeltLabels {
    /// The unit and what there is to say of it in one: `km/h → 16.0`.
    pub fn with_unit(&self) -> String {
        match self.more.as_deref() {
            None => self.unit.to_string(),
            Some(PRESS_NOW) => format!("{}: {PRESS_NOW}", self.unit),
            Some(more) if more.contains('–') => format!("{}, {more}", self.unit),
            Some(more) => format!("{} {more}", self.unit),
        }
    }
}

/// What is said of a number that is to be pressed.
pub const PRESS_NOW: &str = "press now";

/// The belt's number, where there is one and the workout is not run by feel.
pub fn belt(view: &View<'_>, units: Units) -> Option<BeltLabels> {
    if !view.sequence.show_pace {
        return None;
    }
    let setting = view.setting?;
    let belt = &view.treadmill.belt;
    let name = belt.unit.name();
    let pace = Some(setting.speed.pace_text(units.pace));
    let (unit, more, pace) = if view.on_rails {
        (name, Some("on".to_string()), Some("feet on the rails".to_string()))
    } else if press(view).is_some() {
        (name, Some(PRESS_NOW.to_string()), pace)
    } else if setting.number == 0.0 {
        ("stop the belt", None, None)
    } else if let Some(to) = goes_to(view, setting) {
        (name, Some(format!("→ {}", belt.text(to.number))), pace)
    } else if let Some((low, high)) = range(view, setting) {
        (name, Some(format!("{low}–{high}")), pace)
    } else {
        (name, None, pace)
    };
    // What is pressed ahead of the next step is not for this one's incline.
    let flat = flat(view, setting, units).filter(|_| !view.on_rails && press(view).is_none());
    let asides = on_its_way(view, setting).into_iter().chain(flat).collect();
    Some(BeltLabels { number: belt.text(setting.number), unit, more, pace, asides })
}

/// What a ramp takes the belt to, until it is there.
fn goes_to(view: &View<'_>, now: BeltSetting) -> Option<BeltSetting> {
    view.step()?.target.ramp_to.as_ref()?;
    view.ends.filter(|ends| ends.number != now.number)
}

/// The belt's numbers for both ends of a range, where they are two.
fn range(view: &View<'_>, now: BeltSetting) -> Option<(String, String)> {
    let Treadmill { belt, ceiling } = view.treadmill;
    let step = view.step()?;
    let (low, high) = step.target.speed_range?;
    // Whoever runs above the ceiling has said that it does not hold in this step.
    let ceiling = ceiling.filter(|ceiling| now.number <= belt.setting_up_to(*ceiling).number);
    let number = |speed: Speed| belt.nearest_setting(speed, step.incline, ceiling).setting.number;
    let (low, high) = (number(low), number(high));
    (low != high).then(|| (belt.text(low.min(high)), belt.text(high.max(low))))
}

/// What the console would show at the speed at which the belt really runs, while it is on its way: `at 12.3 now`.
fn on_its_way(view: &View<'_>, to: BeltSetting) -> Option<String> {
    let belt = &view.treadmill.belt;
    let number = belt.unit.number(view.running?) / true_over_shown(belt);
    // A belt that is nearer than half of its step shows the number.
    let near = belt.step.abs().max(f64::EPSILON) / 2.0;
    ((number - to.number).abs() > near).then(|| format!("at {} now", belt.text(number)))
}

/// A belt's calibration factor; 1 where a stored one makes no sense.
pub fn true_over_shown(belt: &Belt) -> f64 {
    if belt.factor.is_finite() && belt.factor > 0.0 { belt.factor } else { 1.0 }
}

/// The pace on the flat that costs as much, where the belt is not level. Between a walk's cost and a run's there is a
/// gap: what would make a hill easier than the flat is not said.
fn flat(view: &View<'_>, setting: BeltSetting, units: Units) -> Option<String> {
    let climbs = view.incline != Incline::FLAT && setting.number > 0.0;
    let flat = climbs.then(|| flat_equivalent(setting.speed, view.incline, Incline::FLAT))?;
    let harder = view.incline > Incline::FLAT;
    let sensible = (flat.mps() >= setting.speed.mps()) == harder;
    sensible.then(|| format!("like {} flat", flat.pace_text(units.pace)))
}

/// True where something is to be pressed now that the step did not begin with.
pub fn is_pressing(view: &View<'_>) -> bool {
    press(view).is_some() || view.tilt.is_some()
}

/// The number to press now, where that is not what the step began with.
pub fn press(view: &View<'_>) -> Option<String> {
    let press = view.press.filter(|p| matches!(p.why, PressReason::Ahead | PressReason::Ramp))?;
    view.sequence.show_pace.then(|| view.treadmill.belt.text(press.setting.number))
}

/// How long until the next number is to be pressed.
pub fn next_press(view: &View<'_>) -> Option<(BeltChange, Millis)> {
    let next = view.next_press.filter(|_| view.sequence.show_pace)?;
    Some((next, next.at.saturating_sub(view.position.elapsed)))
}

/// What the belt cannot do of the step, in words.
pub fn notes(view: &View<'_>) -> Vec<String> {
    let belt = &view.treadmill.belt;
    view.notes.iter().filter(|_| view.sequence.show_pace).map(|n| note(n, belt)).collect()
}

/// The same of one thing, in a few words.
pub fn note(note: &BeltNote, belt: &Belt) -> String {
    match *note {
        BeltNote::Ceiling { ceiling, .. } => {
            format!("ceiling {}", belt.text(belt.setting_up_to(ceiling).number))
        }
        BeltNote::PastTop { incline, .. } => format!("past the top: {incline} as hard"),
        BeltNote::BeyondBelt { .. } => "past what this belt can do".to_string(),
        BeltNote::BelowLowest { .. } => "slower than the belt can go".to_string(),
        BeltNote::Incline { nearest, .. } => format!("incline {nearest} is the nearest"),
        BeltNote::OnRails { .. } => "too short to slow the belt".to_string(),
        BeltNote::Late { by } => format!("belt {} s late", by.secs_left()),
    }
}

/// What the belt has covered of a step with a distance: `≈ 1.24 of 3 mi`.
pub fn covered(view: &View<'_>, units: Units) -> Option<String> {
    let End::Distance { upper, time: Some(_), .. } = view.step()?.end else { return None };
    let number = |d: Distance| d.metres() / units.distance.metres();
    let covered = number(view.position.covered?);
    Some(format!("≈ {covered:.2} of {} {}", trimmed(number(upper), 2), units.distance.name()))
}

/// The incline, unless the belt is level.
pub fn incline(view: &View<'_>) -> Option<String> {
    // To a tenth: more is on no console.
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

/// The word and sign for where the next step leads.
pub fn change(signal: Signal) -> &'static str {
    match signal.meaning() {
        Signal::Faster => "▲ faster",
        Signal::Easier => "▼ easier",
        Signal::Same => "= the same",
        _ => "",
    }
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

/// The time of day at which it will be over, to the nearest minute: `ends 18:42`; where an open step is still to
/// come, the earliest: `ends after 18:42`.
pub fn ends(view: &View<'_>, status: &Status) -> Option<String> {
    let Position { place, left, left_is_open, .. } = view.position;
    let at = status.time_in(left + HALF_A_MINUTE).filter(|_| place != SessionPlace::After)?;
    match (left_is_open, left) {
        (true, Millis::ZERO) => None,
        (true, _) => Some(format!("ends after {}", at.format("%H:%M"))),
        (false, _) => Some(format!("ends {}", at.format("%H:%M"))),
    }
}

/// How long until that reads otherwise, while time stands still.
pub fn ends_later_in(view: &View<'_>, status: &Status) -> Option<Millis> {
    ends(view, status)?;
    let at = status.time_in(view.position.left + HALF_A_MINUTE)?;
    let into =
        Millis::new(u64::from(at.second()) * 1000 + u64::from(at.nanosecond() % 1_000_000_000) / 1_000_000);
    let real = MINUTE.saturating_sub(into).max(Millis::new(1));
    Some(Millis::from_secs_f64(real.as_secs_f64() * status.speed.map_or(1.0, |speed| speed.0)))
}

/// Whether the step is about to end and is to look different: its last ten seconds, of a short one no more than a third.
/// A very short one has hardly begun.
pub fn is_ending(view: &View<'_>) -> bool {
    ends_soon(view) && view.position.length.is_some_and(|length| length >= SHORT)
}

fn ends_soon(view: &View<'_>) -> bool {
    view.phase == Phase::Running && view.position.remaining().is_some_and(|left| left <= soon(view))
}

/// Whether the next step, or the number that is to be pressed for it, is about to come.
pub fn is_coming(view: &View<'_>) -> bool {
    let press = next_press(view).filter(|(press, _)| view.next().is_some_and(|next| next.id == press.step));
    ends_soon(view) || view.phase == Phase::Running && press.is_some_and(|(_, wait)| wait <= soon(view))
}

fn soon(view: &View<'_>) -> Millis {
    // Whole seconds, so that it comes with one.
    view.position.length.map_or(SOON, |length| SOON.min(Millis::from_secs(length.whole_secs() / 3)))
}

/// Which step it is: `step 3 of 16`.
pub fn count(view: &View<'_>) -> Option<String> {
    match view.position.place {
        SessionPlace::Step(index) => Some(format!("step {} of {}", index + 1, view.sequence.steps.len())),
        SessionPlace::After => None,
    }
}
