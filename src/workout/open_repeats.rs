//! Repeats that the runner ends: endless ones, and ranges of reps.

use super::sequence::{PlannedStep, Rep, Repeat, RepeatId, Sequence, StepId};

impl PlannedStep {
    /// True inside a repeat that goes on until the runner ends it.
    pub fn is_endless(&self) -> bool {
        self.reps.iter().any(Rep::is_endless)
    }

    /// True if the runner may end a repeat around the step, and so leave the step out.
    pub fn may_end_repeat(&self) -> bool {
        self.reps.iter().any(|rep| rep.may_end)
    }

    /// True in the second and later rounds of an endless repeat, which only repeat the first one.
    pub fn is_later_round(&self) -> bool {
        self.reps.iter().any(|rep| rep.is_endless() && rep.n > 1)
    }
}

impl Sequence {
    /// The repeat with this id.
    pub fn repeat(&self, id: RepeatId) -> Option<&Repeat> {
        self.repeats.iter().find(|r| r.id == id)
    }

    /// True if a repeat in it goes on until the runner ends it.
    pub fn is_endless(&self) -> bool {
        self.repeats.iter().any(|repeat| repeat.of.is_none())
    }

    /// The number of steps, with only the first round of each endless repeat.
    pub fn written_steps(&self) -> usize {
        if !self.is_endless() {
            return self.steps.len();
        }
        self.steps.iter().filter(|step| !step.is_later_round()).count()
    }

    /// The number of the step at `index`, from 1. The later rounds of an endless repeat have the numbers of its first.
    pub fn step_number(&self, index: usize) -> usize {
        if !self.is_endless() {
            return index + 1;
        }
        let mut index = index;
        while let Some(first) = self.in_first_round(index) {
            index = first;
        }
        self.steps.iter().take(index + 1).filter(|step| !step.is_later_round()).count()
    }

    /// For a step in a later round of an endless repeat: the index of the same step in the first round.
    fn in_first_round(&self, index: usize) -> Option<usize> {
        let step = self.steps.get(index)?;
        let level = step.reps.iter().position(|rep| rep.is_endless() && rep.n > 1)?;
        let here = place(step, level);
        let before = self.steps.iter().take(index).rev().take_while(|step| place(step, level) == here);
        let start = index - before.count();
        let rest = self.steps.iter().skip(start);
        let is_first = |step: &&PlannedStep| step.reps.get(level).is_some_and(|rep| rep.n == 1);
        let round = rest.take_while(is_first).count();
        Some(start + (index - start).checked_rem(round)?)
    }

    /// True if the step at `index` is the first in which the runner may end a repeat.
    pub fn may_end_repeat_from(&self, index: usize) -> bool {
        let may_end = |index: usize| self.steps.get(index).is_some_and(PlannedStep::may_end_repeat);
        may_end(index) && !index.checked_sub(1).is_some_and(may_end)
    }

    /// The index after the innermost repeat around the step at `index` for which `which` is true.
    pub fn after_repeat(&self, index: usize, which: impl Fn(&Rep) -> bool) -> Option<usize> {
        let step = self.steps.get(index)?;
        let level = step.reps.iter().rposition(which)?;
        let here = place(step, level);
        Some(index + self.steps.iter().skip(index).take_while(|step| place(step, level) == here).count())
    }

    /// The steps that are planned for the runner, apart from those that an early end of a repeat leaves out; `was_run`
    /// says which of these were run after all.
    pub fn steps_to_run(&self, was_run: impl Fn(StepId) -> bool) -> usize {
        self.steps.iter().filter(|step| !step.may_end_repeat() || was_run(step.id)).count()
    }
}

/// A step's place in the repeats down to `level`, without its rep in that one: equal for the steps of one repeat.
fn place(step: &PlannedStep, level: usize) -> Vec<(RepeatId, Option<u32>)> {
    let reps = step.reps.iter().take(level + 1).enumerate();
    reps.map(|(i, rep)| (rep.id, (i < level).then_some(rep.n))).collect()
}
