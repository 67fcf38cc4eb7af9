//! Recoveries on the rails: where the belt keeps its speed, because slowing down and speeding up again does not fit.

use super::{Belt, BeltCourse, BeltNote, PlannedStretch};

impl Belt {
    /// Puts recoveries on the rails where slowing down and speeding up again does not fit.
    pub(super) fn take_to_the_rails(&self, course: &BeltCourse<'_>, planned: &mut [PlannedStretch]) {
        for i in 0..planned.len().saturating_sub(1) {
            let found = self.rails(course, planned, i);
            if let (Some(note), Some(here)) = (found, planned.get_mut(i)) {
                here.on_rails = true;
                here.notes.push(note);
            }
        }
    }

    fn rails(&self, course: &BeltCourse<'_>, planned: &[PlannedStretch], i: usize) -> Option<BeltNote> {
        let stretch = course.stretches.get(i)?;
        let here = planned.get(i)?.begins.filter(|_| stretch.recovery)?;
        let (from, before) = match i.checked_sub(1) {
            Some(before) => (planned.get(before)?.ends?, course.stretches.get(before)?.planned?),
            // In the midst of it what the console shows is what it kept; a belt that stood has kept nothing.
            None => (course.shown?, course.before?),
        };
        let to = planned.get(i + 1)?.begins?;
        if here.number >= from.number || here.number >= to.number {
            return None;
        }
        let changes = self.travel(from.number, here.number) + self.travel(here.number, to.number);
        let shorter = stretch.planned?.min(before);
        (changes > shorter).then_some(BeltNote::OnRails { changes, shorter })
    }
}
