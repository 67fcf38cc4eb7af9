//! Workouts that are no runs: steps without a belt. Efforts are words, and running in them is an error.

use super::resolve::Resolver;
use super::target;
use crate::diagnostic::Diagnostic;
use crate::workout::language::document::{
    CueLine, CueMoment, EndLine, HeartLine, PaceLine, PaceOffset, StepLine, TargetLine,
};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::language::messages::activity::ActivityProblem;
use crate::workout::sequence::{Activity, COOL_DOWN, Kind, Role, Target, WARM_UP};

impl Resolver<'_> {
    /// Returns the target of a step: words, without a speed or a zone.
    pub(super) fn strength_target(&mut self, line: &StepLine, kind: Kind, role: Role) -> Target {
        self.reject_running(line);
        self.assume_ratios(line);
        let mut targets: Vec<&TargetLine> = line.targets.iter().map(|target| &target.value).collect();
        let filled = TargetLine::Words(default_words(kind, role).to_string());
        if targets.is_empty() && !matches!(line.end, EndLine::Reps { .. }) {
            targets.push(&filled);
        }
        let mut target = target::target(&targets, None, true, None);
        take_running_out(&mut target);
        target
    }

    /// Reports everything in a step that needs a belt.
    fn reject_running(&mut self, line: &StepLine) {
        let what = self.activity.workout_words();
        if let EndLine::Distance { .. } | EndLine::First { .. } = line.end {
            self.problems
                .push(Diagnostic::new(line.span.clone(), ActivityProblem::DistanceInStrength { what }));
            return;
        }
        for target in &line.targets {
            let problem = match &target.value {
                TargetLine::Pace(from, to) if !is_effort(from) || !to.as_ref().is_none_or(is_effort) => {
                    ActivityProblem::PaceInStrength { what }
                }
                TargetLine::HeartRate(HeartLine::Zone(_) | HeartLine::Zones(..)) => {
                    ActivityProblem::ZoneInStrength { what }
                }
                _ => continue,
            };
            self.problems.push(Diagnostic::new(target.span.clone(), problem));
        }
        if line.incline.is_some() {
            self.problems
                .push(Diagnostic::new(line.span.clone(), ActivityProblem::InclineInStrength { what }));
        }
    }

    /// True for a step of a strength workout that only rests. One `between` reps does so unless it says otherwise.
    pub(super) fn is_strength_rest(&self, line: &StepLine, between: bool) -> bool {
        let rests = |target: &TargetLine| match target {
            TargetLine::Pace(PaceLine::Named { base, .. }, None) => {
                matches!(base, NamedTarget::Rest | NamedTarget::Walk | NamedTarget::Recovery)
            }
            _ => false,
        };
        let is_reps = matches!(line.end, EndLine::Reps { .. });
        let says_nothing = between && line.targets.is_empty() && !is_reps;
        self.activity == Activity::Strength
            && (says_nothing || line.targets.iter().any(|target| rests(&target.value)))
    }

    /// Reports cues that wait for a distance.
    pub(super) fn reject_cue_distances(&mut self, cues: &[CueLine]) {
        let what = self.activity.workout_words();
        for cue in cues.iter().filter(|cue| !matches!(cue.when, CueMoment::Time(_))) {
            self.problems
                .push(Diagnostic::new(cue.span.clone(), ActivityProblem::CueDistanceInStrength { what }));
        }
    }
}

/// True for an effort, alone or as an end of a range; false for a pace, a race and anything counted from one.
fn is_effort(line: &PaceLine) -> bool {
    let named = |base: NamedTarget| base.is_effort() || base == NamedTarget::Rest;
    match line {
        PaceLine::Named { base, by: PaceOffset::None, .. } => named(*base),
        PaceLine::Between(from, to) => named(from.base) && named(to.base),
        _ => false,
    }
}

/// Takes everything from `target` that is about running. Its words and the order of its efforts stay.
fn take_running_out(target: &mut Target) {
    for intensity in [Some(&mut target.start), target.ramp_to.as_mut()].into_iter().flatten() {
        (intensity.speed, intensity.zone) = (None, None);
    }
    (target.speed_range, target.suggested) = (None, None);
}

/// Returns the word for a step without a target.
fn default_words(kind: Kind, role: Role) -> &'static str {
    match (kind, role) {
        (Kind::Warmup, _) => WARM_UP,
        (Kind::Cooldown, _) => COOL_DOWN,
        (Kind::Rest | Kind::Recovery, _) | (_, Role::Between) => "rest",
        _ => "work",
    }
}
