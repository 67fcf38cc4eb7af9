//! Recoveries on the rails: the belt keeps its speed where slowing down and speeding up again would take too long.

use super::Belt;
use super::course::BeltCourse;
use super::deviation::BeltNote;
use super::press_schedule::PlannedStretch;

impl Belt {
    /// Marks the recoveries that are too short to slow down and speed up again.
    pub(super) fn mark_recoveries_on_rails(&self, course: &BeltCourse<'_>, planned: &mut [PlannedStretch]) {
        for i in 0..planned.len().saturating_sub(1) {
            let found = self.recovery_on_rails(course, planned, i);
            if let (Some(note), Some(here)) = (found, planned.get_mut(i)) {
                here.on_rails = true;
                here.notes.push(note);
            }
        }
    }

    fn recovery_on_rails(
        &self,
        course: &BeltCourse<'_>,
        planned: &[PlannedStretch],
        i: usize,
    ) -> Option<BeltNote> {
        let stretch = course.stretches.get(i)?;
        let here = planned.get(i)?.begins.filter(|_| stretch.recovery)?;
        let (from, before) = match i.checked_sub(1) {
            Some(before) => (planned.get(before)?.ends?, course.stretches.get(before)?.planned?),
            // During the recovery itself, the console still shows the speed that the belt has kept.
            // A belt that was stopped has not kept any.
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
