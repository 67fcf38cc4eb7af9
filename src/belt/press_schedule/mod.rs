//! When to press what, so that the belt is at each stretch's speed on its second.
//!
//! The belt moves evenly from one number to the next, [`Belt::lag`] seconds for each of its unit. A change between two
//! stretches is pressed so much earlier that the belt arrives as the next one starts; a ramp's change so that half of
//! its way is behind it then, which keeps the ramp's distance. Where two changes do not fit in a short step the belt
//! keeps its speed through the recovery, or through the short step itself where no recovery follows.

use super::motion::MotionLeg;
use super::{Belt, BeltNote, BeltSetting, ManualSetting, NUDGE, RampPress};
use crate::units::{Incline, Millis, Speed};

/// A quantity that moves evenly, or stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EvenLine<T> {
    /// At the start.
    pub from: T,
    /// At the end.
    pub to: T,
}

impl<T: Copy> EvenLine<T> {
    /// It stays.
    pub const fn level(at: T) -> Self {
        EvenLine { from: at, to: at }
    }
}

/// What the belt is asked for, for a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeltStretch {
    /// When it starts, in the same time as the other stretches.
    pub start: Millis,
    /// How long it lasts; nothing where a key ends it.
    pub length: Option<Millis>,
    /// The true speed; nothing where no one knows it, and the belt is left alone.
    pub speed: Option<EvenLine<Speed>>,
    /// The incline.
    pub incline: EvenLine<Incline>,
    /// True where it may be stood out on the rails.
    pub recovery: bool,
    /// How long it was planned to last, whatever the runner has made of its length: its ramp takes so long, and stays
    /// at its end from then on.
    pub planned: Option<Millis>,
    /// What the runner has set by hand, where they have.
    pub by_hand: Option<ManualSetting>,
}

/// Stretches to plan for, and how the belt is when they begin.
#[derive(Clone, Copy, Debug)]
pub struct BeltCourse<'a> {
    /// The stretches, in order. The first may have begun already.
    pub stretches: &'a [BeltStretch],
    /// The speed that none passes, until the runner has said otherwise.
    pub ceiling: Option<Speed>,
    /// Nothing is pressed before this.
    pub from: Millis,
    /// What its console shows then; it is taken to run at that. Nothing: it has been brought to where it should be
    /// before the clock goes on, and the first press, at `from`, says what that is.
    pub shown: Option<BeltSetting>,
    /// How long what came before the first stretch was planned to last; nothing where nothing did.
    pub before: Option<Millis>,
}

/// A new number to press.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedPress {
    /// The stretch it is for, counted from 0.
    pub stretch: usize,
    /// When to press.
    pub press_at: Millis,
    /// When the belt is there.
    pub arrive_at: Millis,
    /// When it ought to be there: the stretch's start, or the middle of a ramp's change.
    pub due: Millis,
    /// What to set it to.
    pub setting: BeltSetting,
    /// True for a change on the way of a ramp.
    pub ramp: bool,
}

/// A new incline to press. Nobody measures how long that takes: it is pressed on its second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InclinePress {
    /// The stretch it is for, counted from 0.
    pub stretch: usize,
    /// When to press.
    pub at: Millis,
    /// What to set it to.
    pub incline: Incline,
}

/// What the belt does in one stretch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlannedStretch {
    /// What it is set to at the start; nothing where the speed is not known. On the rails it is not pressed.
    pub begins: Option<BeltSetting>,
    /// What it is set to at the end.
    pub ends: Option<BeltSetting>,
    /// The incline at the start.
    pub incline: Incline,
    /// The incline at the end.
    pub incline_ends: Incline,
    /// True where the belt keeps the speed of the stretch before, and the runner's feet are on the rails.
    pub on_rails: bool,
    /// What is otherwise than asked for.
    pub notes: Vec<BeltNote>,
}

/// All presses of a course, and how the belt then runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PressSchedule {
    /// The numbers to press, in order.
    pub speeds: Vec<SpeedPress>,
    /// The inclines to press, in order.
    pub inclines: Vec<InclinePress>,
    /// What the belt does in each stretch of the course.
    pub stretches: Vec<PlannedStretch>,
    /// The incline when the course begins to be pressed.
    pub incline: Incline,
    pub(super) legs: Vec<MotionLeg>,
}

/// A number that is due.
struct PressDue {
    stretch: usize,
    at: Millis,
    setting: BeltSetting,
    ramp: bool,
    /// It is not pressed before it is due.
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

/// Nobody notices a belt that is less late than this.
const LATE: Millis = Millis::new(500);

impl Belt {
    /// Plans every press of a course.
    pub fn presses(&self, course: &BeltCourse<'_>) -> PressSchedule {
        let mut plan = PressSchedule::default();
        let mut changes = Vec::new();
        for (i, stretch) in course.stretches.iter().enumerate() {
            let level = stretch.speed.filter(|line| line.from == line.to || stretch.planned.is_none());
            let (mut stretch, mut ceiling) = (*stretch, course.ceiling);
            if let (Some(hand), Some(_)) = (stretch.by_hand, level) {
                stretch.speed = Some(EvenLine::level(hand.to));
                ceiling = hand.raised(ceiling);
            }
            let (mut planned, mut on_the_way) = self.planned(&stretch, ceiling);
            if let (Some(hand), None) = (stretch.by_hand, level) {
                self.shift(&hand, course.ceiling, &mut planned, &mut on_the_way);
            }
            let inclines = self.inclines(&stretch, ceiling, planned.incline);
            plan.inclines.extend(inclines.into_iter().map(|(at, incline)| InclinePress {
                stretch: i,
                at,
                incline,
            }));
            plan.stretches.push(planned);
            changes.push(on_the_way);
        }
        self.take_to_the_rails(course, &mut plan.stretches);
        plan.incline = settle_inclines(course, &mut plan.inclines);
        let due = self.due(course.stretches, &plan.stretches, &changes);
        self.press(course, due, &mut plan);
        plan
    }

    /// What the belt does in a stretch by itself, and the changes on its way.
    fn planned(&self, stretch: &BeltStretch, ceiling: Option<Speed>) -> (PlannedStretch, Vec<RampPress>) {
        let slope = stretch.incline;
        let Some(line) = stretch.speed else {
            let [from, to] =
                [slope.from, slope.to].map(|incline| self.reach(Speed::default(), incline, None));
            let notes = merged(from.notes, to.notes);
            let planned = PlannedStretch {
                incline: from.incline,
                incline_ends: to.incline,
                notes,
                ..PlannedStretch::default()
            };
            return (planned, Vec::new());
        };
        let from = self.reach(line.from, slope.from, ceiling);
        let to = match stretch.planned {
            Some(_) => self.reach(line.to, slope.to, ceiling),
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

    /// The inclines of a stretch: at its start, and on the way where it or the speed ramps.
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

    /// The incline along a stretch as parts of its length: it bends where the speed passes the top.
    fn slope(&self, stretch: &BeltStretch, ceiling: Option<Speed>) -> Vec<(f64, Incline)> {
        let slope = stretch.incline;
        let ends = [(0.0, slope.from), (1.0, slope.to)];
        let (Some(line), Some(top)) = (stretch.speed, self.top_setting()) else {
            return ends.to_vec();
        };
        let held = |speed: Speed| ceiling.filter(|ceiling| speed.mps() > ceiling.mps()).unwrap_or(speed);
        let (from, to) = (held(line.from), held(line.to));
        let stand_in = |speed: Speed, incline: Incline| match self.is_past_top(speed) {
            true => self.exact_stand_in(speed, incline, top),
            false => incline,
        };
        let mut points = vec![(0.0, stand_in(from, slope.from)), (1.0, stand_in(to, slope.to))];
        if self.is_past_top(from) != self.is_past_top(to) {
            let part = (top.speed.mps() - line.from.mps()) / (line.to.mps() - line.from.mps());
            let part = part.clamp(0.0, 1.0);
            let there = slope.from.percent() + (slope.to.percent() - slope.from.percent()) * part;
            points.insert(1, (part, Incline::from_percent(there)));
        }
        points
    }

    /// The numbers of a course and when each is due.
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
            // Slowing down early would take most of what comes before: it begins at its end instead.
            let before = i.checked_sub(1).and_then(|before| stretches.get(before)?.length);
            let eats_most = last.zip(before).is_some_and(|(last, length)| {
                let travel = self.travel(last.number, begins.number);
                begins.number < last.number && travel.times(2) > length
            });
            // A rest begins where the running ends: the belt is stopped then, and not while one still runs.
            let hold = begins.number == 0.0 || eats_most;
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

    /// Turns what is due into presses.
    fn press(&self, course: &BeltCourse<'_>, due: Vec<PressDue>, plan: &mut PressSchedule) {
        let in_force = self.in_force(&due, course.from);
        let (mut setting, done) = match (course.shown, due.get(in_force)) {
            (Some(shown), _) => (shown, self.pressed_already(&due, in_force, (shown, course.from))),
            (None, Some(first)) => {
                // A ramp's change in force may be due a little later.
                let press_at = if first.ramp { course.from } else { course.from.max(first.at) };
                plan.speeds.push(first.pressed(press_at, Millis::ZERO));
                (first.setting, in_force + 1)
            }
            (None, None) => return,
        };
        let start = plan.speeds.first().map_or(course.from, |press| press.press_at);
        let mut leg = MotionLeg { start, end: start, from: setting.speed, to: setting.speed };
        plan.legs.push(leg);
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
            let press = due.pressed(press_at, self.travel(self.shown(here), due.setting.number));
            leg = MotionLeg { start: press_at, end: press.arrive_at, from: here, to: due.setting.speed };
            setting = due.setting;
            plan.legs.push(leg);
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

    /// The last of `due` whose second has come; a ramp's change counts from its press on.
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

    /// How many of `due` need no press any more: those before the one in force, or those too that are not due yet, but
    /// were pressed ahead, so that the console shows them already.
    fn pressed_already(
        &self,
        due: &[PressDue],
        in_force: usize,
        (shown, from): (BeltSetting, Millis),
    ) -> usize {
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

    /// What the console shows while the belt runs at `speed`, steps or not.
    fn shown(&self, speed: Speed) -> f64 {
        self.unit.number(speed) / self.factor()
    }
}

/// The notes of both ends of a stretch; of two of a kind the end's.
fn merged(from: Vec<BeltNote>, to: Vec<BeltNote>) -> Vec<BeltNote> {
    let same = |a: &BeltNote, b: &BeltNote| std::mem::discriminant(a) == std::mem::discriminant(b);
    let mut notes: Vec<BeltNote> = from.into_iter().filter(|a| !to.iter().any(|b| same(a, b))).collect();
    notes.extend(to);
    notes
}

/// Drops what is past, and what changes nothing. Gives the incline that is in force.
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
