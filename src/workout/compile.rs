//! Compiles a [`Workout`] to a [`Sequence`]: unrolls its repeats and places every step in time.

mod alternate;
mod bracket_work;
pub mod compare;
mod counted_reps;
mod ends;
pub(crate) mod intensity;
mod named_pace;
mod repeat;
pub(crate) mod resolve;
pub mod resolved;
pub mod slope;
mod strength;
pub(crate) mod target;
mod target_words;
mod until;
pub(crate) mod workout_size;
mod written_end;

use super::sequence;
use super::sequence::{CueTime, End, PlannedStep, Rep, SEQUENCE_VERSION, Sequence, StepId, TextCue};
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::language::messages::size::SizeProblem;
use resolved::{
    Alternate, EarlyEnd, RepeatedItems, ResolvedCue, ResolvedItem, ResolvedNode, ResolvedRepeat,
    ResolvedStep, Workout,
};

/// Unrolls a workout.
///
/// # Errors
/// If it exceeds a bound, which is checked before anything is unrolled, or if it has no steps.
pub fn compile(workout: &Workout) -> Result<Sequence, Vec<Diagnostic>> {
    let problems = workout_size::check(workout);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut compiler = Compiler {
        steps: Vec::with_capacity(workout.items.len()),
        reps: Vec::new(),
        offset: Some(Millis::ZERO),
    };
    compiler.items(&workout.items);
    if compiler.steps.is_empty() {
        return Err(vec![Diagnostic::new(0..0, SizeProblem::NothingToRun)]);
    }
    let mut repeats = Vec::new();
    collect_repeats(&workout.items, &mut repeats);
    Ok(Sequence {
        version: SEQUENCE_VERSION,
        name: workout.name.clone(),
        activity: workout.activity,
        about: workout.about.clone(),
        author: workout.author.clone(),
        source: workout.source.clone(),
        tags: workout.tags.clone(),
        before: workout.before.clone(),
        during_ease: workout.during_ease.clone(),
        during_signs: workout.during_signs.clone(),
        after_ask: workout.after_ask.clone(),
        show_pace: workout.show_pace,
        repeats,
        steps: compiler.steps,
        assumptions: workout.assumptions.clone(),
        warnings: Vec::new(),
        easy: None,
        treadmill: None,
        is_lighter: false,
        bends: sequence::MadeBends::default(),
    })
}

fn collect_repeats(items: &[ResolvedItem], repeats: &mut Vec<sequence::Repeat>) {
    for item in items {
        match &item.node {
            ResolvedNode::Step(_) => {}
            ResolvedNode::Group(items) => collect_repeats(items, repeats),
            ResolvedNode::Repeat(repeat) => {
                repeats.push(named(repeat));
                match &repeat.reps {
                    RepeatedItems::Same(_, body) => collect_repeats(std::slice::from_ref(body), repeats),
                    RepeatedItems::Each(items) => collect_repeats(items, repeats),
                }
                if let Some(between) = &repeat.between {
                    collect_repeats(std::slice::from_ref(between), repeats);
                }
            }
            ResolvedNode::Alternate(alternate) => {
                repeats.push(sequence::Repeat {
                    id: alternate.id,
                    label: alternate.label.clone(),
                    of: Some(small(pairs(alternate))),
                    least: None,
                });
            }
        }
    }
}

fn named(repeat: &ResolvedRepeat) -> sequence::Repeat {
    let (of, least) = match repeat.early_end {
        EarlyEnd::Never => (Some(small(repeat.reps.count())), None),
        EarlyEnd::After(least) => (Some(small(repeat.reps.count())), Some(small(least))),
        EarlyEnd::Endless => (None, None),
    };
    sequence::Repeat { id: repeat.id, label: repeat.label.clone(), of, least }
}

/// Converts a count, which is within bounds here.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn pairs(alternate: &Alternate) -> u64 {
    match workout_size::leg_times(alternate) {
        Some((first, second)) => workout_size::leg_count(first, second, alternate.total).div_ceil(2),
        None => 0,
    }
}

struct Compiler {
    steps: Vec<PlannedStep>,
    /// The place in each repeat around the current item.
    reps: Vec<Rep>,
    /// The start of the next step, as long as it is known.
    offset: Option<Millis>,
}

impl Compiler {
    fn items(&mut self, items: &[ResolvedItem]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &ResolvedItem) {
        let first = self.steps.len();
        match &item.node {
            ResolvedNode::Step(step) => self.step(step),
            ResolvedNode::Group(items) => self.items(items),
            ResolvedNode::Repeat(repeat) => self.repeat(repeat),
            ResolvedNode::Alternate(alternate) => self.alternate(alternate),
        }
        if !item.cues.is_empty() {
            self.place(&item.cues, first);
        }
    }

    fn repeat(&mut self, repeat: &ResolvedRepeat) {
        let of = repeat.reps.count();
        let endless = repeat.early_end == EarlyEnd::Endless;
        for n in 1..=of {
            let rep = Rep {
                id: repeat.id,
                n: small(n),
                of: (!endless).then(|| small(of)),
                may_end: repeat.early_end.in_rep(n),
            };
            self.reps.push(rep);
            match &repeat.reps {
                RepeatedItems::Same(_, body) => self.item(body),
                RepeatedItems::Each(items) => {
                    if let Some(item) = usize::try_from(n - 1).ok().and_then(|i| items.get(i)) {
                        self.item(item);
                    }
                }
            }
            self.reps.pop();
            if let (Some(between), true) = (&repeat.between, n < of) {
                self.reps.push(Rep { may_end: repeat.early_end.after_rep(n), ..rep });
                self.item(between);
                self.reps.pop();
            }
        }
        if endless {
            self.offset = None;
        }
    }

    fn alternate(&mut self, alternate: &Alternate) {
        let of = pairs(alternate);
        let mut left = alternate.total;
        let mut n = 0;
        while left > Millis::ZERO {
            n += 1;
            self.reps.push(Rep { id: alternate.id, n: small(n), of: Some(small(of)), may_end: false });
            for leg in &alternate.legs {
                let length = leg.end.planned().unwrap_or_default();
                if left == Millis::ZERO {
                    break;
                }
                if length <= left {
                    self.step(leg);
                    left = left.saturating_sub(length);
                } else {
                    self.step(&cut(leg, left, length));
                    left = Millis::ZERO;
                }
            }
            self.reps.pop();
        }
    }

    fn step(&mut self, step: &ResolvedStep) {
        let planned = step.end.planned();
        self.steps.push(PlannedStep {
            id: StepId(small(self.steps.len() as u64)),
            kind: step.kind,
            role: step.role,
            label: step.label.clone(),
            end: step.end,
            written: step.written,
            until: step.until.clone(),
            target: step.target.clone(),
            incline: step.incline,
            incline_to: step.incline_to,
            reps: self.reps.clone(),
            cues: step.cues.iter().map(|cue| text_cue(cue, cue.when)).collect(),
            on_belt: None,
            offset: self.offset,
            source: step.source,
        });
        self.offset = self.offset.zip(planned).map(|(offset, planned)| offset + planned);
    }

    /// Gives the cues of a group to its steps, which begin at index `first`.
    fn place(&mut self, cues: &[ResolvedCue], first: usize) {
        let steps = self.steps.get(first..).unwrap_or_default();
        let mut starts = Vec::new();
        let mut total = Some(Millis::ZERO);
        for step in steps {
            if let Some(start) = total {
                starts.push(start);
            }
            let planned = step.end.planned().filter(|_| !step.is_endless());
            total = total.zip(planned).map(|(t, planned)| t + planned);
        }
        for cue in cues {
            let times = match (cue.when, total) {
                (CueTime::At(at), _) => vec![at],
                (CueTime::Half, Some(total)) => vec![total.half()],
                (CueTime::BeforeEnd(left), Some(total)) => vec![total.saturating_sub(left)],
                (CueTime::Every(each), Some(total)) if each > Millis::ZERO => {
                    let count = total.get().saturating_sub(1) / each.get();
                    (1..=count).map(|k| each.times(k)).collect()
                }
                _ => Vec::new(),
            };
            for at in times {
                let Some(within) = starts.partition_point(|start| *start <= at).checked_sub(1) else {
                    continue;
                };
                let start = starts.get(within).copied().unwrap_or_default();
                if let Some(step) = self.steps.get_mut(first + within) {
                    step.cues.push(text_cue(cue, CueTime::At(at.saturating_sub(start))));
                }
            }
        }
    }
}

fn text_cue(cue: &ResolvedCue, when: CueTime) -> TextCue {
    TextCue { when, text: cue.text.clone(), asks: cue.text.contains('?') }
}

/// Cuts a leg of this `length` after the time `left`.
fn cut(leg: &ResolvedStep, left: Millis, length: Millis) -> ResolvedStep {
    let mut leg = leg.clone();
    let speed = leg.target.speed_at(left, length);
    if let Some(end) = &mut leg.target.ramp_to {
        end.speed = speed;
    }
    leg.end = End::Time { upper: left, lower: None };
    leg.until = None;
    leg.cues.retain(|cue| match cue.when {
        CueTime::At(at) | CueTime::Every(at) | CueTime::BeforeEnd(at) => at <= left,
        CueTime::Half => true,
    });
    leg
}
