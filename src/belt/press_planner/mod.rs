//! Plans when to press what, such that the belt reaches each stretch's speed exactly as the stretch starts.
//!
//! The belt moves evenly from one number to the next and takes [`Belt::lag`] seconds per unit. A change between two
//! stretches is pressed early enough to be complete when the second one starts. A change within a ramp is pressed such
//! that it is half complete when it is due, which keeps the distance of the ramp. Where two changes do not fit into a
//! short step, the belt keeps its speed through the recovery, or through the short step itself if no recovery follows.

use super::console_steps::NUDGE;
use super::course::{BeltCourse, BeltStretch};
use super::deviation::BeltNote;
use super::even_line::EvenLine;
use super::motion::MotionLeg;
use super::press_schedule::{InclinePress, PlannedStretch, PressSchedule, SpeedPress};
use super::ramp::RampPress;
use super::{Belt, BeltSetting};
use crate::units::{Incline, Millis, Speed};

/// A setting that the belt should have reached at some time.
struct PressDue {
    stretch: usize,
    at: Millis,
    setting: BeltSetting,
    ramp: bool,
    /// True if it is pressed no earlier than it is due.
    hold: bool,
}

impl PressDue {
    fn pressed(&self, press_at: Millis, travel: Millis) -> SpeedPress {
        SpeedPress {
            stretch: self.stretch,
            press_at,
            arrive_at: press_at + travel,
            due: self.at,
            setting: self.setting,
            ramp: self.ramp,
        }
    }
}

/// The smallest delay worth a note.
const LATE: Millis = Millis::new(500);

impl Belt {
    /// Plans all presses of a course.
    pub fn plan_presses(&self, course: &BeltCourse<'_>) -> PressSchedule {
        let mut plan = PressSchedule::default();
        let mut changes = Vec::new();
        for (i, stretch) in course.stretches.iter().enumerate() {
            let level = stretch.speed.filter(|line| line.from == line.to || stretch.planned.is_none());
            let (mut stretch, mut ceiling) = (*stretch, course.ceiling);
            if let (Some(manual), Some(_)) = (stretch.by_hand, level) {
                stretch.speed = Some(EvenLine::level(manual.to));
                ceiling = manual.raised(ceiling);
            }
            let (mut planned, mut within) = self.plan_stretch(&stretch, ceiling);
            if let (Some(manual), None) = (stretch.by_hand, level) {
                self.shift_ramp(&manual, course.ceiling, &mut planned, &mut within);
            }
            let inclines = self.inclines(&stretch, ceiling, planned.incline);
            plan.inclines.extend(inclines.into_iter().map(|(at, incline)| InclinePress {
                stretch: i,
                at,
                incline,
            }));
            plan.stretches.push(planned);
            changes.push(within);
        }
        self.mark_recoveries_on_rails(course, &mut plan.stretches);
        plan.incline = settle_inclines(course, &mut plan.inclines);
        let due = self.due(course.stretches, &plan.stretches, &changes);
        self.place_presses(course, due, &mut plan);
        plan
    }

    /// Plans a stretch on its own. Returns what the belt does in it, and the changes of speed within it.
    fn plan_stretch(
        &self,
        stretch: &BeltStretch,
        ceiling: Option<Speed>,
    ) -> (PlannedStretch, Vec<RampPress>) {
        let slope = stretch.incline;
        let Some(line) = stretch.speed else {
            let [from, to] =
                [slope.from, slope.to].map(|incline| self.nearest_setting(Speed::default(), incline, None));
            let notes = merged(from.notes, to.notes);
            let planned = PlannedStretch {
                incline: from.incline,
                incline_ends: to.incline,
                notes,
                ..PlannedStretch::default()
            };
            return (planned, Vec::new());
        };
        let from = self.nearest_setting(line.from, slope.from, ceiling);
        let to = match stretch.planned {
            Some(_) => self.nearest_setting(line.to, slope.to, ceiling),
            None => from.clone(),
        };
        let most = ceiling.map_or(i64::MAX, |c| (self.exact_steps(c) + NUDGE).floor() as i64);
        let mut changes = match stretch.planned {
            Some(length) if line.from != line.to => self.changes_up_to(line.from, line.to, length, most),
            _ => Vec::new(),
        };
        changes.retain(|change| stretch.length.is_none_or(|length| change.at <= length));
        let planned = PlannedStretch {
            begins: Some(from.setting),
            ends: Some(changes.last().map_or(from.setting, |change| change.setting)),
            incline: from.incline,
            incline_ends: to.incline,
            on_rails: false,
            notes: merged(from.notes, to.notes),
        };
        (planned, changes)
    }

    /// Returns the inclines of a stretch: at its start, and within it where the incline or the speed ramps.
    fn inclines(
        &self,
        stretch: &BeltStretch,
        ceiling: Option<Speed>,
        first: Incline,
    ) -> Vec<(Millis, Incline)> {
        let mut inclines = vec![(stretch.start, first)];
        let Some(length) = stretch.planned else { return inclines };
        for pair in self.slope(stretch, ceiling).windows(2) {
            let [(begin, from), (end, to)] = pair else { continue };
            let time = |part: f64| Millis::from_secs_f64(length.as_secs_f64() * part);
            let begin = time(*begin);
            let changes = self.incline_changes(*from, *to, time(*end).saturating_sub(begin));
            inclines.extend(changes.into_iter().map(|(at, incline)| (stretch.start + begin + at, incline)));
        }
        let end = stretch.length.map(|length| stretch.start + length);
        inclines.retain(|(at, _)| end.is_none_or(|end| *at <= end));
        inclines
    }

    /// Returns the incline along a stretch as points of (part of its length, incline). The line bends where the speed
    /// passes the top of the belt.
    fn slope(&self, stretch: &BeltStretch, ceiling: Option<Speed>) -> Vec<(f64, Incline)> {
        let slope = stretch.incline;
        let ends = [(0.0, slope.from), (1.0, slope.to)];
        let (Some(line), Some(top)) = (stretch.speed, self.top_setting()) else {
            return ends.to_vec();
        };
        let held = |speed: Speed| ceiling.filter(|ceiling| speed.mps() > ceiling.mps()).unwrap_or(speed);
        let (from, to) = (held(line.from), held(line.to));
        let instead = |speed: Speed, incline: Incline| match self.is_past_top(speed) {
            true => self.exact_incline_instead(speed, incline, top),
            false => incline,
        };
        let mut points = vec![(0.0, instead(from, slope.from)), (1.0, instead(to, slope.to))];
        if self.is_past_top(from) != self.is_past_top(to) {
            let part = (top.speed.mps() - line.from.mps()) / (line.to.mps() - line.from.mps());
            let part = part.clamp(0.0, 1.0);
            let there = slope.from.percent() + (slope.to.percent() - slope.from.percent()) * part;
            points.insert(1, (part, Incline::from_percent(there)));
        }
        points
    }

    /// Returns the settings of a course with the time at which each is due.
    fn due(
        &self,
        stretches: &[BeltStretch],
        planned: &[PlannedStretch],
        changes: &[Vec<RampPress>],
    ) -> Vec<PressDue> {
        let mut due: Vec<PressDue> = Vec::new();
        let mut last: Option<BeltSetting> = None;
        for (i, ((stretch, planned), changes)) in stretches.iter().zip(planned).zip(changes).enumerate() {
            let Some(begins) = planned.begins.filter(|_| !planned.on_rails) else {
                continue;
            };
            // Where slowing down early would take up most of the stretch before, it starts at the end of that stretch.
            let before = i.checked_sub(1).and_then(|before| stretches.get(before)?.length);
            let takes_most = last.zip(before).is_some_and(|(last, length)| {
                let travel = self.travel(last.number, begins.number);
                begins.number < last.number && travel.times(2) > length
            });
            // A belt is stopped when the running ends, never while the runner is still on it.
            let hold = begins.number == 0.0 || takes_most;
            due.push(PressDue { stretch: i, at: stretch.start, setting: begins, ramp: false, hold });
            let ramp = |change: &RampPress| PressDue {
                stretch: i,
                at: stretch.start + change.at,
                setting: change.setting,
                ramp: true,
                hold: false,
            };
            due.extend(changes.iter().map(ramp));
            last = planned.ends;
        }
        due
    }

    /// Turns the due settings into presses.
    fn place_presses(&self, course: &BeltCourse<'_>, due: Vec<PressDue>, plan: &mut PressSchedule) {
        let in_force = self.in_force(&due, course.from);
        let (mut setting, done) = match (course.shown, due.get(in_force)) {
            (Some(shown), _) => (shown, self.pressed_already(&due, in_force, shown, course.from)),
            (None, Some(first)) => {
                // A change within a ramp is in force from its press on, a little before it is due.
                let press_at = if first.ramp { course.from } else { course.from.max(first.at) };
                plan.speeds.push(first.pressed(press_at, Millis::ZERO));
                (first.setting, in_force + 1)
            }
            (None, None) => return,
        };
        let start = plan.speeds.first().map_or(course.from, |press| press.press_at);
        let mut leg = MotionLeg { start, end: start, from: setting.speed, to: setting.speed };
        plan.motion.legs.push(leg);
        for due in due.into_iter().skip(done) {
            if due.setting.number == setting.number {
                continue;
            }
            let travel = self.travel(setting.number, due.setting.number);
            let ahead = match (due.hold, due.ramp) {
                (true, _) => Millis::ZERO,
                (false, true) => travel.half(),
                (false, false) => travel,
            };
            let earliest = if due.ramp { leg.start } else { leg.end.min(due.at) };
            let press_at = due.at.saturating_sub(ahead).max(earliest).max(course.from);
            let here = leg.speed_at(press_at);
            let press = due.pressed(press_at, self.travel(self.exact_number(here), due.setting.number));
            leg = MotionLeg { start: press_at, end: press.arrive_at, from: here, to: due.setting.speed };
            setting = due.setting;
            plan.motion.legs.push(leg);
            let late = press.arrive_at.saturating_sub(due.at.max(course.from));
            if let Some(stretch) = plan.stretches.get_mut(due.stretch)
                && !due.ramp
                && due.setting.number > 0.0
                && late >= LATE
            {
                stretch.notes.push(BeltNote::Late { by: late });
            }
            plan.speeds.push(press);
        }
    }

    /// Returns the index of the last setting that is due by `from`. A change within a ramp counts from its press on.
    fn in_force(&self, due: &[PressDue], from: Millis) -> usize {
        let mut number = None;
        let mut in_force = 0;
        for (i, due) in due.iter().enumerate() {
            let travel = number.map_or(Millis::ZERO, |number| self.travel(number, due.setting.number));
            let ahead = if due.ramp { travel.half() } else { Millis::ZERO };
            if due.at.saturating_sub(ahead) > from {
                break;
            }
            (in_force, number) = (i, Some(due.setting.number));
        }
        in_force
    }

    /// Returns how many of the due settings need no press any more: those before the one in force, and those that the
    /// console shows already because they were pressed ahead.
    fn pressed_already(&self, due: &[PressDue], in_force: usize, shown: BeltSetting, from: Millis) -> usize {
        let pairs = due.windows(2).enumerate().skip(in_force);
        let ahead = pairs.take_while(|(_, pair)| match pair {
            [before, next] => {
                next.at.saturating_sub(self.travel(before.setting.number, next.setting.number)) <= from
            }
            _ => false,
        });
        let shows = |pair: &[PressDue]| pair.last().is_some_and(|next| next.setting.number == shown.number);
        ahead.filter(|(_, pair)| shows(pair)).last().map_or(in_force, |(i, _)| i + 2)
    }

    /// Returns the number that stands for a true speed, not rounded to the belt's steps.
    fn exact_number(&self, speed: Speed) -> f64 {
        self.unit.number(speed) / self.factor()
    }
}

/// Merges the notes of both ends of a stretch. Of two notes of one kind, that of the end stays.
fn merged(from: Vec<BeltNote>, to: Vec<BeltNote>) -> Vec<BeltNote> {
    let same = |a: &BeltNote, b: &BeltNote| std::mem::discriminant(a) == std::mem::discriminant(b);
    let mut notes: Vec<BeltNote> = from.into_iter().filter(|a| !to.iter().any(|b| same(a, b))).collect();
    notes.extend(to);
    notes
}

/// Drops the presses that are past or change nothing. Returns the incline that is in force.
fn settle_inclines(course: &BeltCourse<'_>, inclines: &mut Vec<InclinePress>) -> Incline {
    let past = inclines.iter().take_while(|press| press.at <= course.from).count();
    let in_force = past.checked_sub(1).and_then(|last| inclines.get(last)).or(inclines.first());
    let in_force = in_force.map_or(Incline::FLAT, |press| press.incline);
    let mut now = Incline::FLAT;
    if let Some(last) = past.checked_sub(1).and_then(|last| inclines.get_mut(last)) {
        last.at = course.from;
        if course.shown.is_some() {
            now = last.incline;
        }
    }
    inclines.drain(..past.saturating_sub(1));
    inclines.retain(|press| {
        let new = press.incline != now;
        now = press.incline;
        new
    });
    in_force
}

#[cfg(test)]
mod tests;
