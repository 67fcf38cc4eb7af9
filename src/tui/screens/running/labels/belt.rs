//! The belt's number, and everything said about it.

use crate::belt::{Belt, BeltSetting, Treadmill, flat_equivalent};
use crate::coach::View;
use crate::cues::{BeltChange, PressReason};
use crate::runner::profile::Units;
use crate::units::{Incline, Millis, Speed};
use std::fmt;

/// The number to set on the belt, with everything said about it.
pub struct BeltLabel {
    /// The number: `14.0`.
    pub number: String,
    /// The unit: `km/h`.
    pub unit: &'static str,
    /// The remark beside the unit.
    pub remark: Option<BeltRemark>,
    /// The true pace at that number, or what to do instead of looking at it.
    pub pace: Option<String>,
    /// The belt's speed on its way to the number, in small type.
    pub aside: Option<String>,
}

/// A remark about the belt's number.
pub enum BeltRemark {
    /// The belt keeps running while the feet are on the rails.
    RunsOn,
    /// The number has to be pressed now.
    PressNow,
    /// A ramp continues to this number.
    RampTo(String),
    /// Any number from the first to the second is on target.
    Range(String, String),
}

impl fmt::Display for BeltRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BeltRemark::RunsOn => f.write_str("on"),
            BeltRemark::PressNow => f.write_str("press now"),
            BeltRemark::RampTo(number) => write!(f, "→ {number}"),
            BeltRemark::Range(low, high) => write!(f, "{low}–{high}"),
        }
    }
}

impl BeltLabel {
    /// The unit and the remark: `km/h → 16.0`.
    pub fn unit_and_remark(&self) -> String {
        match &self.remark {
            None => self.unit.to_string(),
            Some(remark @ BeltRemark::PressNow) => format!("{}: {remark}", self.unit),
            Some(remark @ BeltRemark::Range(..)) => format!("{}, {remark}", self.unit),
            Some(remark @ (BeltRemark::RunsOn | BeltRemark::RampTo(_))) => {
                format!("{} {remark}", self.unit)
            }
        }
    }
}

/// The belt's number; `None` without one, or in a workout run by feel.
pub fn belt(view: &View<'_>, units: Units) -> Option<BeltLabel> {
    if !view.sequence.show_pace {
        return None;
    }
    let setting = view.setting?;
    let belt = &view.treadmill.belt;
    let name = belt.unit.name();
    let pace = Some(setting.speed.pace_text(units.pace));
    let (unit, remark, pace) = if view.on_rails {
        (name, Some(BeltRemark::RunsOn), Some("feet on the rails".to_string()))
    } else if press(view).is_some() {
        (name, Some(BeltRemark::PressNow), pace)
    } else if setting.number == 0.0 {
        ("stop the belt", None, None)
    } else if let Some(end) = ramp_end(view, setting) {
        (name, Some(BeltRemark::RampTo(belt.text(end.number))), pace)
    } else {
        (name, range(view, setting), pace)
    };
    Some(BeltLabel {
        number: belt.text(setting.number),
        unit,
        remark,
        pace,
        aside: on_its_way(view, setting),
    })
}

/// The setting that a ramp ends at, until the belt is there.
fn ramp_end(view: &View<'_>, now: BeltSetting) -> Option<BeltSetting> {
    view.step()?.target.ramp_to.as_ref()?;
    view.ends.filter(|ends| ends.number != now.number)
}

/// The numbers at both ends of a speed range, if they differ.
fn range(view: &View<'_>, now: BeltSetting) -> Option<BeltRemark> {
    let Treadmill { belt, ceiling } = view.treadmill;
    let step = view.step()?;
    let (low, high) = step.target.speed_range?;
    // A runner who goes past the ceiling has lifted it for this step.
    let ceiling = ceiling.filter(|ceiling| now.number <= belt.setting_up_to(*ceiling).number);
    let number = |speed: Speed| belt.nearest_setting(speed, step.incline, ceiling).setting.number;
    let (low, high) = (number(low), number(high));
    (low != high).then(|| BeltRemark::Range(belt.text(low.min(high)), belt.text(high.max(low))))
}

/// The number for the speed at which the belt really runs, while it is on its way to another: `at 12.3 now`.
fn on_its_way(view: &View<'_>, to: BeltSetting) -> Option<String> {
    let belt = &view.treadmill.belt;
    let number = belt.unit.number(view.running?) / true_over_shown(belt);
    // Within half of its smallest step, the belt shows the number already.
    let near = belt.step.abs().max(f64::EPSILON) / 2.0;
    ((number - to.number).abs() > near).then(|| format!("at {} now", belt.text(number)))
}

/// A belt's calibration factor: true speed over shown speed. It is 1 if the stored one makes no sense.
pub fn true_over_shown(belt: &Belt) -> f64 {
    if belt.factor.is_finite() && belt.factor > 0.0 { belt.factor } else { 1.0 }
}

/// The pace on a level belt that is just as hard, if this belt is not level. Between the cost of walking and that of running
/// there is a gap, in which a hill would come out easier than the flat: then nothing is said.
pub fn flat_pace(view: &View<'_>, units: Units) -> Option<String> {
    // A number pressed ahead of the next step has nothing to do with this step's incline.
    let is_here = view.sequence.show_pace && !view.on_rails && press(view).is_none();
    let setting = view.setting.filter(|setting| is_here && setting.number > 0.0)?;
    let climbs = view.incline != Incline::FLAT;
    let flat = climbs.then(|| flat_equivalent(setting.speed, view.incline, Incline::FLAT))?;
    let harder = view.incline > Incline::FLAT;
    let sensible = (flat.mps() >= setting.speed.mps()) == harder;
    sensible.then(|| format!("like {} flat", flat.pace_text(units.pace)))
}

/// True if a number or an incline has to be pressed now, other than at the start of a step.
pub fn is_pressing(view: &View<'_>) -> bool {
    press(view).is_some() || view.tilt.is_some()
}

/// The number to press now, other than the one the step started with.
pub fn press(view: &View<'_>) -> Option<String> {
    let press = view.press.filter(|p| matches!(p.why, PressReason::Ahead | PressReason::Ramp))?;
    view.sequence.show_pace.then(|| view.treadmill.belt.text(press.setting.number))
}

/// A number that has to be pressed later.
pub struct ComingPress {
    /// The number, and the step that it is for.
    pub change: BeltChange,
    /// The time until then.
    pub wait: Millis,
}

/// The next number to press.
pub fn next_press(view: &View<'_>) -> Option<ComingPress> {
    let change = view.next_press.filter(|_| view.sequence.show_pace)?;
    Some(ComingPress { change, wait: change.at.saturating_sub(view.position.elapsed) })
}
