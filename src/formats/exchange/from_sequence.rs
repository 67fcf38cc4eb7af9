//! A compiled workout of pacebell in the terms that other programs share.

use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind};
use crate::athlete::NamedPace;
use crate::units::{Distance, Millis, Speed};
use crate::workout::sequence::{
    CueTime, End, Intensity, Kind, PlannedStep, Relative, Sequence, Shift, Target, TextCue,
};

/// Efforts that are no pace of the profile.
const OTHER_EFFORTS: [&str; 3] = ["rest", "all-out", "strides"];

/// Returns a workout, with a line for whatever no other program has.
pub fn workout(sequence: &Sequence) -> ForeignWorkout {
    let steps: Vec<&PlannedStep> = sequence.steps.iter().filter(|step| !step.is_later_round()).collect();
    let mut report = ConversionNotes::default();
    tell_losses(sequence, &steps, &mut report);
    ForeignWorkout {
        format: None,
        name: sequence.name.clone(),
        about: sequence.about.clone(),
        author: sequence.author.clone(),
        tags: sequence.tags.clone(),
        items: folded(&steps, 0),
        notation: None,
        report: report.finish(),
    }
}

fn tell_losses(sequence: &Sequence, steps: &[&PlannedStep], report: &mut ConversionNotes) {
    let mut say = |count: usize, kind, words: &str| {
        if count > 0 {
            let times = if count == 1 { String::new() } else { format!(" ({count} steps)") };
            report.push(ConversionNote::new(kind, format!("{words}{times}")));
        }
    };
    let count = |is: fn(&PlannedStep) -> bool| steps.iter().filter(|step| is(step)).count();
    let is_range = |step: &PlannedStep| match step.end {
        // What becomes of a heart rate depends on the format.
        End::Time { lower, .. } => lower.is_some() && step.until.is_none(),
        End::Distance { lower, .. } => lower.is_some(),
        End::Open => false,
    };
    say(count(is_range), ReportKind::Changed, "a range of lengths became its longest");
    let may_end = |step: &&PlannedStep| step.reps.iter().any(|rep| rep.may_end && !rep.is_endless());
    let has_rep_range = steps.iter().any(may_end);
    say(usize::from(has_rep_range), ReportKind::Changed, "a range of repeats became its highest number");
    say(count(|step| step.target.breathing.is_some()), ReportKind::LeftOut, "guided breathing");
    say(
        usize::from(sequence.steps.len() > steps.len()),
        ReportKind::Changed,
        "an endless repeat became one round",
    );
    let has_questions =
        sequence.before.is_some() || !sequence.after_ask.is_empty() || !sequence.during_ease.is_empty();
    say(usize::from(has_questions), ReportKind::LeftOut, "the checklist, ways to ease off and questions");
}

/// Finds the repeats again in a list of steps, from the `depth`-th one around each step.
fn folded(steps: &[&PlannedStep], depth: usize) -> Vec<ForeignItem> {
    let mut items = Vec::new();
    let repeat_of = |step: &PlannedStep| step.reps.get(depth).map(|rep| rep.id);
    for run in steps.chunk_by(|a, b| repeat_of(a) == repeat_of(b)) {
        if run.first().and_then(|step| repeat_of(step)).is_none() {
            items.extend(run.iter().map(|step| ForeignItem::Step(foreign_step(step))));
            continue;
        }
        let rep_of = |step: &PlannedStep| step.reps.get(depth).map(|rep| rep.n);
        let reps: Vec<Vec<ForeignItem>> =
            run.chunk_by(|a, b| rep_of(a) == rep_of(b)).map(|rep| folded(rep, depth + 1)).collect();
        match repeat(&reps) {
            Some(repeat) => items.push(ForeignItem::Repeat(repeat)),
            None => items.extend(reps.into_iter().flatten()),
        }
    }
    items
}

/// Returns a repeat if all reps are alike, but for a recovery that the last one may lack.
fn repeat(reps: &[Vec<ForeignItem>]) -> Option<ForeignRepeat> {
    let (first, last) = (reps.first()?, reps.last()?);
    let count = u32::try_from(reps.len()).ok().filter(|count| *count > 1)?;
    let others = reps.get(..reps.len() - 1)?;
    let is_short = first.len() > 1 && last.len() + 1 == first.len() && first.starts_with(last);
    let is_alike = others.iter().all(|rep| rep == first) && (last == first || is_short);
    is_alike.then(|| ForeignRepeat {
        count,
        items: first.clone(),
        skips_last_rest: is_short,
        ..ForeignRepeat::default()
    })
}

fn foreign_step(step: &PlannedStep) -> ForeignStep {
    let end = match step.end {
        End::Time { upper, .. } => ForeignEnd::Time(upper),
        End::Distance { upper, .. } => ForeignEnd::Distance(upper.metres()),
        End::Open => ForeignEnd::Open,
    };
    let inclines = (step.incline.percent(), step.incline_to.unwrap_or(step.incline).percent());
    let mut targets = targets(&step.target);
    if inclines != (0.0, 0.0) && targets.iter().any(is_speed) {
        // An effort uphill is slower than its pace on the flat, which is what its name means elsewhere.
        targets.retain(|target| is_speed(target) || !is_share(target));
    }
    ForeignStep {
        kind: Some(step.kind).filter(|kind| *kind != Kind::Run),
        end,
        until: step.until.clone(),
        targets,
        incline: Some(inclines).filter(|inclines| *inclines != (0.0, 0.0)),
        label: step.label.clone(),
        cues: step.cues.iter().flat_map(|cue| cues(cue, step.end.planned())).collect(),
        place: Default::default(),
    }
}

/// True for a speed, also one that changes.
fn is_speed(target: &ForeignTarget) -> bool {
    match target {
        ForeignTarget::Speed { .. } => true,
        ForeignTarget::Ramp(from, to) => is_speed(from) && is_speed(to),
        _ => false,
    }
}

/// True for an effort or a share of a pace, also one that changes.
fn is_share(target: &ForeignTarget) -> bool {
    match target {
        ForeignTarget::Effort(_) | ForeignTarget::Fraction { .. } => true,
        ForeignTarget::Ramp(from, to) => is_share(from) && is_share(to),
        _ => false,
    }
}

/// Returns a text at each time at which it is shown.
fn cues(cue: &TextCue, length: Option<Millis>) -> Vec<ForeignCue> {
    let at = |time| ForeignCue { at: CuePlace::Time(time), text: cue.text.clone() };
    match (cue.when, length) {
        (CueTime::At(time), _) => vec![at(time)],
        (CueTime::BeforeEnd(before), Some(length)) => vec![at(length.saturating_sub(before))],
        (CueTime::Half, Some(length)) => vec![at(length.half())],
        (CueTime::Every(every), Some(length)) if every > Millis::ZERO => {
            let times = (1..).map(|n| every.times(n)).take_while(|time| *time < length);
            times.take(100).map(at).collect()
        }
        (CueTime::BeforeEnd(_) | CueTime::Half | CueTime::Every(_), _) => vec![at(Millis::ZERO)],
    }
}

/// Returns the targets: the words of the workout first, then everything in numbers, and last the words as they are.
fn targets(target: &Target) -> Vec<ForeignTarget> {
    let mut all = Vec::new();
    match (named(&target.start), target.ramp_to.as_ref().map(named)) {
        (Some(from), Some(Some(to))) if from != to => {
            all.push(ForeignTarget::Ramp(Box::new(from), Box::new(to)));
        }
        (Some(from), None) => all.push(from),
        _ => {}
    }
    let even = |speed: Speed| ForeignTarget::Speed { slow: speed.mps(), fast: speed.mps() };
    let ends = (target.start.speed, target.ramp_to.as_ref().and_then(|to| to.speed));
    match (ends, target.speed_range) {
        ((Some(from), Some(to)), _) => {
            all.push(ForeignTarget::Ramp(Box::new(even(from)), Box::new(even(to))))
        }
        ((Some(_), None), Some((slow, fast))) if slow.mps() > 0.0 => {
            all.push(ForeignTarget::Speed { slow: slow.mps(), fast: fast.mps() });
        }
        ((Some(speed), None), _) if speed.mps() > 0.0 => all.push(even(speed)),
        _ => {}
    }
    if let Some(heart) = &target.heart_rate {
        match heart.bpm {
            Some((low, high)) => all.push(ForeignTarget::Beats(f64::from(low), f64::from(high))),
            // A range of zones or of percent has no single zone, so it stays words.
            None => {
                let zone = target.start.zone.filter(|zone| heart.words == zone.to_string());
                all.extend(zone.map(|zone| ForeignTarget::Zone(zone.number(), zone.number())));
            }
        }
    }
    all.extend(target.rpe.map(|(low, high)| ForeignTarget::Rpe(low, high)));
    all.push(ForeignTarget::Words(target.words.clone()));
    all
}

/// Returns the named pace or effort of an intensity, and the share of it.
fn named(intensity: &Intensity) -> Option<ForeignTarget> {
    let Relative { base, by } = intensity.relative.as_ref()?;
    let other = OTHER_EFFORTS.into_iter().find(|word| word == base);
    let of = NamedPace::named(base).map(NamedPace::key).or(other)?;
    match *by {
        Shift::Fraction(share) => Some(ForeignTarget::Fraction { low: share, high: share, of }),
        Shift::Seconds { each: 0.0, .. } => Some(ForeignTarget::Effort(of)),
        Shift::Seconds { .. } => None,
    }
}

/// Returns the time that a distance takes in a step of the workout. `None` if its speed is not known.
pub fn time_of(step: &ForeignStep) -> Option<Millis> {
    match step.end {
        ForeignEnd::Time(time) => Some(time),
        ForeignEnd::Open => None,
        ForeignEnd::Distance(metres) => {
            let speed = step.targets.iter().find_map(mean_speed)?;
            Some(Distance::from_metres(metres).time_at(Speed::from_mps(speed)))
        }
    }
}

fn mean_speed(target: &ForeignTarget) -> Option<f64> {
    match target {
        ForeignTarget::Speed { slow, fast } => Some((slow + fast) / 2.0).filter(|speed| *speed > 0.0),
        ForeignTarget::Ramp(from, to) => Some((mean_speed(from)? + mean_speed(to)?) / 2.0),
        _ => None,
    }
}
