//! Writes workouts of Zwift. Repeats are unrolled: Zwift's own hold two steps at most, and no texts for each.

use super::export_losses::{ExportLosses, ExportOptions, escaped};
use super::from_sequence::time_of;
use super::model::{CuePlace, ForeignEnd, ForeignStep, ForeignTarget, ForeignWorkout};
use super::report::ReportKind;
use super::step_words::{speeds, target_words, unrolled};
use super::usual_shares::usual_share;
use crate::units::{Millis, Speed, trimmed};
use crate::workout::sequence::Kind;

/// The paces of a run by their number in a file.
const PACES: [(&str, u8); 6] = [("mile", 0), ("5K", 1), ("10K", 2), ("HMP", 3), ("half", 3), ("MP", 4)];
/// A share of a pace.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PaceShare {
    share: f64,
    pace: Option<u8>,
    is_exact: bool,
}

/// Returns the text of the file.
pub fn file(workout: &ForeignWorkout, options: &ExportOptions, losses: &mut ExportLosses) -> String {
    let steps = unrolled(&workout.items);
    let is_distance = steps.iter().all(|step| matches!(step.end, ForeignEnd::Distance(_)));
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<workout_file>\n".to_string();
    let mut element = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(&format!("  <{name}>{}</{name}>\n", escaped(value)));
        }
    };
    element("author", Some(workout.author.as_deref().unwrap_or("pacebell")));
    element("name", Some(&workout.name));
    element("description", workout.about.as_deref());
    element("sportType", Some("run"));
    element("durationType", Some(if is_distance { "distance" } else { "time" }));
    let base = ZwoBase::of(&steps, options, losses);
    let threshold = base.speed.map(|speed| trimmed(1000.0 / speed.mps(), 3));
    element("thresholdSecPerKm", threshold.as_deref());
    text.push_str("  <tags>\n");
    for tag in &workout.tags {
        text.push_str(&format!("    <tag name=\"{}\"/>\n", escaped(tag)));
    }
    text.push_str("  </tags>\n  <workout>\n");
    for step in steps {
        text.push_str(&element_of(step, is_distance, base, options, losses));
    }
    text + "  </workout>\n</workout_file>\n"
}

fn element_of(
    step: &ForeignStep,
    is_distance: bool,
    base: ZwoBase,
    options: &ExportOptions,
    losses: &mut ExportLosses,
) -> String {
    let length = match (step.end, is_distance) {
        (ForeignEnd::Distance(metres), true) => trimmed(metres, 3),
        _ => seconds(length(step, options, losses)),
    };
    let ZwoPower { name, power, pace, is_exact, is_easy } = power_of(step, base);
    if name == "SteadyState" && step.targets.iter().any(is_range) {
        losses.step(ReportKind::Changed, step, "a range of paces became its average");
    }
    if step.kind.is_some() && !matches!(name, "Warmup" | "Cooldown") {
        losses.kinds();
    }
    let pace = pace.map(|pace| format!(" pace=\"{pace}\"")).unwrap_or_default();
    let incline = step.incline.filter(|incline| *incline != (0.0, 0.0)).map(|(from, to)| {
        if from != to {
            losses.step(ReportKind::Changed, step, "a changing incline became its average");
        }
        format!(" Incline=\"{}\"", trimmed((from + to) / 200.0, 4))
    });
    let mut texts = Vec::new();
    if !is_exact && let Some(words) = target_words(step) {
        let text = match is_easy {
            true => "a target without a pace, such as a heart rate, became easy, with its words as a text",
            false => "the target became a usual share of threshold pace, with its words as a text",
        };
        losses.step(ReportKind::Changed, step, text);
        texts.push((0, words.to_string()));
    }
    if let Some(label) = &step.label {
        losses.step(ReportKind::KeptAsWords, step, "the label is a text");
        texts.push((0, label.clone()));
    }
    texts.extend(step.cues.iter().map(|cue| match cue.at {
        CuePlace::Time(at) => (at.whole_secs(), cue.text.clone()),
        CuePlace::Metres(metres) => (metres as u64, cue.text.clone()),
    }));
    if is_distance && texts.iter().any(|(at, _)| *at > 0) {
        losses.step(ReportKind::Changed, step, "texts in a step with a distance come at its start");
        texts.iter_mut().for_each(|(at, _)| *at = 0);
    }
    let open = format!("    <{name} Duration=\"{length}\" {power}{pace}{}", incline.unwrap_or_default());
    if texts.is_empty() {
        return format!("{open}/>\n");
    }
    let offset = if is_distance { "distoffset" } else { "timeoffset" };
    let texts: String = texts
        .iter()
        .map(|(at, text)| format!("      <textevent {offset}=\"{at}\" message=\"{}\"/>\n", escaped(text)))
        .collect();
    format!("{open}>\n{texts}    </{name}>\n")
}

/// True for a range of speeds, or of shares of a pace.
fn is_range(target: &ForeignTarget) -> bool {
    match target {
        ForeignTarget::Speed { slow: low, fast: high } | ForeignTarget::Fraction { low, high, .. } => {
            low != high
        }
        _ => false,
    }
}

/// The power of a step, and the element that has it.
struct ZwoPower {
    name: &'static str,
    power: String,
    pace: Option<u8>,
    is_exact: bool,
    /// True if nothing says how fast the step is.
    is_easy: bool,
}

/// The speed that shares without a named pace refer to.
#[derive(Clone, Copy, Debug)]
struct ZwoBase {
    /// The speed. `None` if the reader's threshold pace is meant.
    speed: Option<Speed>,
    /// True if it is the threshold speed of the runner.
    is_threshold: bool,
}

impl ZwoBase {
    /// The runner's threshold speed, or else the fastest speed of the steps, so that their paces are exact.
    fn of(steps: &[&ForeignStep], options: &ExportOptions, losses: &mut ExportLosses) -> Self {
        if let Some(speed) = options.threshold.filter(|speed| speed.mps() > 0.0) {
            return ZwoBase { speed: Some(speed), is_threshold: true };
        }
        let fastest = steps
            .iter()
            .filter_map(|step| speeds(step))
            .map(|band| if band.is_ramp { band.from.max(band.to) } else { (band.from + band.to) / 2.0 });
        let Some(fastest) = fastest.filter(|speed| *speed > 0.0).max_by(f64::total_cmp) else {
            return ZwoBase { speed: None, is_threshold: true };
        };
        let text = "your threshold pace is not known, so the fastest pace of the workout stands for it";
        losses.whole(ReportKind::Assumed, text);
        ZwoBase { speed: Some(Speed::from_mps(fastest)), is_threshold: false }
    }
}

fn power_of(step: &ForeignStep, base: ZwoBase) -> ZwoPower {
    let share = |target: &ForeignTarget| share(target, base);
    let ramps: Vec<(PaceShare, PaceShare)> = step
        .targets
        .iter()
        .filter_map(|target| match target {
            ForeignTarget::Ramp(from, to) => Some((share(from)?, share(to)?)),
            _ => None,
        })
        .filter(|(from, to)| from.pace == to.pace)
        .collect();
    if let Some((from, to)) = ramps.iter().find(|(from, to)| from.is_exact && to.is_exact).or(ramps.first()) {
        let name = match step.kind {
            Some(Kind::Warmup) if from.share < to.share => "Warmup",
            Some(Kind::Cooldown) if from.share > to.share => "Cooldown",
            _ => "Ramp",
        };
        let power = format!("PowerLow=\"{}\" PowerHigh=\"{}\"", trimmed(from.share, 5), trimmed(to.share, 5));
        let is_exact = from.is_exact && to.is_exact;
        return ZwoPower { name, power, pace: from.pace, is_exact, is_easy: false };
    }
    let shares: Vec<PaceShare> = step.targets.iter().filter_map(share).collect();
    let even = shares.iter().find(|share| share.is_exact).or(shares.first());
    let PaceShare { share, pace, is_exact } =
        even.copied().unwrap_or(PaceShare { share: 0.8, pace: None, is_exact: false });
    let power = format!("Power=\"{}\"", trimmed(share, 5));
    ZwoPower { name: "SteadyState", power, pace, is_exact, is_easy: even.is_none() }
}

/// Returns the time of a step in a file of times.
fn length(step: &ForeignStep, options: &ExportOptions, losses: &mut ExportLosses) -> Millis {
    match (time_of(step), step.end) {
        (Some(time), ForeignEnd::Time(_)) => time,
        (Some(time), _) => {
            losses.step(ReportKind::Changed, step, "the distance became the time that it takes");
            time
        }
        (None, ForeignEnd::Distance(metres)) => {
            // Six minutes a kilometre.
            losses.step(
                ReportKind::Assumed,
                step,
                "the distance became a time at 6:00/km, as no pace is known",
            );
            Millis::from_secs_f64((metres * 0.36).round())
        }
        (None, _) => {
            losses.step(ReportKind::Changed, step, "a step that waits for you has a time there, see --open");
            options.open
        }
    }
}

fn seconds(time: Millis) -> String {
    trimmed(time.as_secs_f64(), 3)
}

/// Returns the share of a pace that a target is. `None` for a ramp and for words.
fn share(target: &ForeignTarget, base: ZwoBase) -> Option<PaceShare> {
    let of_name = |name: &str, share: f64| {
        if let Some((_, pace)) = PACES.into_iter().find(|(known, _)| *known == name) {
            return Some(PaceShare { share, pace: Some(pace), is_exact: true });
        }
        let is_exact = name == "threshold" && base.is_threshold;
        is_exact.then_some(PaceShare { share, pace: None, is_exact })
    };
    let exact = match target {
        ForeignTarget::Effort(name) => of_name(name, 1.0),
        ForeignTarget::Fraction { low, high, of } => of_name(of, (low + high) / 2.0),
        ForeignTarget::Speed { slow, fast } => base.speed.map(|speed| PaceShare {
            share: (slow + fast) / 2.0 / speed.mps(),
            pace: None,
            is_exact: true,
        }),
        _ => None,
    };
    exact.or_else(|| Some(PaceShare { share: usual_share(target)?, pace: None, is_exact: false }))
}
