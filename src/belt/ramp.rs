//! Ramps as presses: a line that moves evenly, as whole steps of the belt.

use super::{Belt, BeltSetting, EvenLine, NUDGE};
use crate::units::{Incline, Millis, Speed};

/// A new number on the way of a ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RampPress {
    /// When, counted from the ramp's start.
    pub at: Millis,
    /// What the belt is set to from then on.
    pub setting: BeltSetting,
}

/// No ramp is pressed more often, whatever figures are stored.
const MOST_PRESSES: u64 = 10_000;

/// A line in whole and broken steps, over a time.
struct RampLine {
    from: f64,
    to: f64,
    seconds: f64,
}

impl Belt {
    /// What to press, and when, for a speed that moves evenly from `from` to `to`.
    ///
    /// Presses are at least [`Belt::ramp_every`] apart, from each other and from both ends of the ramp; where that
    /// leaves room for none, one comes in the middle. With zero the belt changes wherever the line crosses halfway
    /// between two of its steps: change k of n at (k − ½)T/n. Either way they are placed so that the distance is
    /// the line's, to the millisecond. A line that leaves what the belt can do follows it as far as it can.
    pub fn changes(&self, from: Speed, to: Speed, over: Millis) -> Vec<RampPress> {
        self.changes_up_to(from, to, over, i64::MAX)
    }

    /// The same, never above so many steps.
    pub(super) fn changes_up_to(&self, from: Speed, to: Speed, over: Millis, most: i64) -> Vec<RampPress> {
        let (least, top) = self.bounds();
        let line =
            RampLine { from: self.exact_steps(from), to: self.exact_steps(to), seconds: over.as_secs_f64() };
        let change = |(at, steps): (Millis, i64)| RampPress { at, setting: self.setting_of(steps) };
        pressed(&line, (least, top.min(most).max(least)), self.ramp_every).into_iter().map(change).collect()
    }

    /// The mean speed of a line as the belt runs it, held at the ceiling and within what the belt can do.
    pub fn mean(&self, line: &EvenLine<Speed>, ceiling: Option<Speed>) -> Speed {
        let ends = [line.from, line.to].map(|end| self.reach(end, Incline::FLAT, ceiling).setting);
        let [from, to] = [line.from, line.to].map(|end| self.exact_steps(end));
        let (least, top) = self.bounds();
        let most = ceiling.map_or(i64::MAX, |ceiling| (self.exact_steps(ceiling) + NUDGE).floor() as i64);
        let most = top.min(most).max(least) as f64;
        if ends[0].number == ends[1].number || from == to {
            // Nothing is pressed on the way.
            return ends[0].speed;
        }
        // The area below a line that rises from nothing, cut off at a height.
        let below = |height: f64, end: f64| {
            if end <= height { end * end / 2.0 } else { height * end - height * height / 2.0 }
        };
        let (low, high) = (from.min(to), from.max(to));
        let least = least as f64;
        let clipped = |x: f64| {
            // Up to `x`, from the least on: what is below the least counts as the least.
            let over = (x - least).max(0.0);
            least * x + below(most - least, over)
        };
        let steps = (clipped(high) - clipped(low)) / (high - low);
        Speed::from_mps(self.unit.speed(steps * self.step()).mps() * self.factor())
    }

    /// The same as [`Belt::changes`] for an incline: when to press, and what it is then set to.
    pub fn incline_changes(&self, from: Incline, to: Incline, over: Millis) -> Vec<(Millis, Incline)> {
        let steps = |incline: Incline| incline.percent() / self.incline_step();
        let line = RampLine { from: steps(from), to: steps(to), seconds: over.as_secs_f64() };
        let presses = pressed(&line, self.incline_bounds(), self.ramp_every);
        presses.into_iter().map(|(at, steps)| (at, self.incline_of(steps))).collect()
    }
}

/// The presses of a line between two bounds, at least `every` apart.
fn pressed(line: &RampLine, (least, most): (i64, i64), every: Millis) -> Vec<(Millis, i64)> {
    let Some((start, line)) = within(line, least as f64, most as f64) else {
        return Vec::new();
    };
    let (first, last) = (nearest(line.from), nearest(line.to));
    let count = last.abs_diff(first);
    if count == 0 {
        return Vec::new();
    }
    let direction = if last > first { 1 } else { -1 };
    let (sizes, mut times) = placed(&line, count, every.as_secs_f64());
    let late = misplaced(&line, (first, direction), &sizes, &times);
    for time in &mut times {
        *time = (*time + late).clamp(0.0, line.seconds);
    }
    let mut steps = first;
    sizes
        .into_iter()
        .zip(times)
        .map(|(size, time)| {
            steps = steps.saturating_add(direction * i64::try_from(size).unwrap_or(i64::MAX));
            (Millis::from_secs_f64(start + time), steps)
        })
        .collect()
}

fn nearest(steps: f64) -> i64 {
    (steps + 0.5 + NUDGE).floor() as i64
}

/// The part of a line that is within bounds, and when it begins.
fn within(line: &RampLine, least: f64, most: f64) -> Option<(f64, RampLine)> {
    let rise = line.to - line.from;
    if rise == 0.0 || !rise.is_finite() {
        return None;
    }
    let part = |steps: f64| ((steps - line.from) / rise).clamp(0.0, 1.0);
    let (a, b) = (part(least), part(most));
    let (begin, end) = (a.min(b), a.max(b));
    let at = |part: f64| line.from + rise * part;
    (end > begin).then(|| {
        let seconds = (end - begin) * line.seconds;
        (begin * line.seconds, RampLine { from: at(begin), to: at(end), seconds })
    })
}

/// How many steps each press takes, and about when it comes.
fn placed(line: &RampLine, count: u64, every: f64) -> (Vec<u64>, Vec<f64>) {
    let (seconds, whole) = (line.seconds, count as f64);
    if count <= MOST_PRESSES && seconds / (2.0 * whole) >= every {
        let rise = (line.to - line.from).abs();
        let ahead = if line.to > line.from {
            nearest(line.from) as f64 - line.from
        } else {
            line.from - nearest(line.from) as f64
        };
        let crossing = |k: u64| (k as f64 - 0.5 + ahead) / rise * seconds;
        return ((1..=count).map(|_| 1).collect(), (1..=count).map(crossing).collect());
    }
    let room = (seconds / every + NUDGE).floor() as u64;
    let mut presses = room.saturating_sub(1).clamp(1, count.min(MOST_PRESSES));
    if presses.is_multiple_of(2) && !count.is_multiple_of(2) {
        // Only an odd number of presses shares an odd number of steps out evenly to both sides.
        presses -= 1;
    }
    let time = |k: u64| seconds * k as f64 / (presses + 1) as f64;
    (shared(count, presses), (1..=presses).map(time).collect())
}

/// `count` steps for so many presses, as even as can be and the same from both sides.
fn shared(count: u64, presses: u64) -> Vec<u64> {
    let (each, extra) = (count / presses, count % presses);
    let (pairs, more) = (presses / 2, extra / 2);
    let middle = (presses % 2 == 1).then_some(each + extra % 2);
    let half: Vec<u64> = (0..pairs).map(|i| each + (i + 1) * more / pairs - i * more / pairs).collect();
    half.iter().copied().chain(middle).chain(half.iter().rev().copied()).collect()
}

/// By how much all presses have to come later for the distance to be the line's.
fn misplaced(line: &RampLine, (first, direction): (i64, i64), sizes: &[u64], times: &[f64]) -> f64 {
    let count: u64 = sizes.iter().sum();
    let mean_of_line = (line.from + line.to) / 2.0 - first as f64;
    // What the presses add is Σ size × (seconds − time).
    let wanted = count as f64 * line.seconds - mean_of_line * direction as f64 * line.seconds;
    let placed: f64 = sizes.iter().zip(times).map(|(size, time)| *size as f64 * time).sum();
    (wanted - placed) / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fine() -> Belt {
        Belt { ramp_every: Millis::ZERO, ..Belt::default() }
    }

    fn changes(belt: &Belt, from: f64, to: f64, seconds: u64) -> Vec<(u64, f64)> {
        let changes = belt.changes(Speed::from_kmh(from), Speed::from_kmh(to), Millis::from_secs(seconds));
        changes.iter().map(|c| (c.at.get(), c.setting.number)).collect()
    }

    /// Metres run on the presses, by adding up rectangles.
    fn metres(belt: &Belt, from: f64, to: f64, seconds: f64) -> f64 {
        let over = Millis::from_secs_f64(seconds);
        let (mut at, mut speed, mut sum) = (0.0, belt.nearest(Speed::from_kmh(from)).mps(), 0.0);
        for change in belt.changes(Speed::from_kmh(from), Speed::from_kmh(to), over) {
            sum += speed * (change.at.as_secs_f64() - at);
            (at, speed) = (change.at.as_secs_f64(), change.setting.speed.mps());
        }
        sum + speed * (seconds - at)
    }

    #[test]
    fn a_fine_ramp_changes_halfway_between_two_steps() {
        let changes = changes(&fine(), 6.0, 10.0, 300);
        assert_eq!(changes.len(), 40);
        assert_eq!(changes[0], (3750, 6.1));
        assert_eq!(changes[1], (11_250, 6.2));
        assert_eq!(changes[39], (296_250, 10.0));
    }

    #[test]
    fn a_ramp_is_pressed_at_least_thirty_seconds_apart() {
        let changes = changes(&Belt::default(), 6.0, 10.0, 300);
        assert_eq!(changes.len(), 9);
        assert_eq!(changes[0].0, 30_000);
        assert_eq!(changes[8], (270_000, 10.0));
        assert!(changes.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 30_000));
        // 8 km/h on average for five minutes.
        assert!((metres(&Belt::default(), 6.0, 10.0, 300.0) - 2000.0 / 3.0).abs() < 0.01);
    }

    #[test]
    fn a_ramp_down_goes_down() {
        assert_eq!(changes(&fine(), 10.0, 9.8, 10), [(2500, 9.9), (7500, 9.8)]);
        // Two steps of five minutes are far enough apart as they are.
        assert_eq!(changes(&Belt::default(), 10.0, 9.8, 300), [(75_000, 9.9), (225_000, 9.8)]);
    }

    #[test]
    fn a_short_ramp_is_one_press_in_its_middle() {
        assert_eq!(changes(&Belt::default(), 8.0, 12.0, 40), [(20_000, 12.0)]);
    }

    #[test]
    fn ends_that_round_to_the_same_need_no_press() {
        assert_eq!(changes(&Belt::default(), 9.96, 10.04, 60), []);
        assert_eq!(changes(&Belt::default(), 10.0, 10.0, 60), []);
    }

    #[test]
    fn a_ramp_past_the_top_ends_there() {
        let belt = Belt { top: Some(16.0), ..fine() };
        let changes = changes(&belt, 14.0, 18.0, 400);
        assert_eq!(changes.len(), 20);
        // The line is at 16.0 half-way, so the last change is half a step before.
        assert_eq!(changes[19], (195_000, 16.0));
    }

    #[test]
    fn the_distance_is_the_lines_whatever_its_ends() {
        for (from, to, seconds) in [
            (6.04, 10.04, 300.0),
            (12.0, 12.37, 61.0),
            (9.33, 6.21, 1234.5),
            (8.0, 8.15, 47.0),
            (5.96, 17.94, 90.0),
        ] {
            for every in [0, 10, 30, 60] {
                let belt = Belt { ramp_every: Millis::from_secs(every), ..Belt::default() };
                let line = (from + to) / 2.0 / 3.6 * seconds;
                let run = metres(&belt, from, to, seconds);
                assert!((run / line - 1.0).abs() < 0.0005, "{from} to {to}, {every} s: {run} for {line}");
            }
        }
    }

    #[test]
    fn an_odd_number_of_steps_is_shared_from_both_sides() {
        assert_eq!(shared(40, 9), [4, 5, 4, 5, 4, 5, 4, 5, 4]);
        assert_eq!(shared(41, 3), [14, 13, 14]);
        assert_eq!(shared(4, 2), [2, 2]);
        for (count, presses) in [(40, 9), (41, 7), (100, 11), (12, 12), (6, 4)] {
            let sizes = shared(count, presses);
            assert_eq!(sizes.iter().sum::<u64>(), count);
            assert!(sizes.iter().rev().eq(sizes.iter()), "{sizes:?}");
        }
    }

    #[test]
    fn inclines_ramp_by_their_own_step() {
        let belt = Belt { ramp_every: Millis::ZERO, ..Belt::default() };
        let percent = Incline::from_percent;
        let changes = belt.incline_changes(percent(0.0), percent(2.0), Millis::from_secs(80));
        let said: Vec<_> = changes.iter().map(|(at, i)| (at.get(), i.percent())).collect();
        assert_eq!(said, [(10_000, 0.5), (30_000, 1.0), (50_000, 1.5), (70_000, 2.0)]);
    }
}
