//! Ramps as presses: a line that rises or falls evenly, approximated in whole steps of the belt.

use super::console_steps::NUDGE;
use super::even_line::EvenLine;
use super::{Belt, BeltSetting};
use crate::units::{Incline, Millis, Speed};

/// A press within a ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RampPress {
    /// When, counted from the start of the ramp.
    pub at: Millis,
    /// The setting from then on.
    pub setting: BeltSetting,
}

/// The maximum number of presses of a ramp, whatever figures a profile or an old session holds.
const MOST_PRESSES: u64 = 10_000;

/// A line over time, in steps of the belt. Its ends need not be whole steps.
struct RampLine {
    from: f64,
    to: f64,
    seconds: f64,
}

impl Belt {
    /// Returns the presses of a ramp from one speed to another.
    ///
    /// Presses are at least [`Belt::ramp_every`] apart, from each other and from both ends of the ramp. Where that
    /// leaves no room, there is one press in the middle. With an interval of zero, the belt changes wherever the line
    /// crosses halfway between two steps: change k of n at (k − ½)T/n. Either way, the presses cover the distance of the
    /// line, to the millisecond. Outside the belt's range the line is cut off.
    pub fn changes(&self, from: Speed, to: Speed, over: Millis) -> Vec<RampPress> {
        self.changes_up_to(from, to, over, i64::MAX)
    }

    /// Returns the presses of [`Belt::changes`], with the line cut off at `most` steps.
    pub(super) fn changes_up_to(&self, from: Speed, to: Speed, over: Millis, most: i64) -> Vec<RampPress> {
        let (least, top) = self.bounds();
        let line =
            RampLine { from: self.exact_steps(from), to: self.exact_steps(to), seconds: over.as_secs_f64() };
        let change = |(at, steps): (Millis, i64)| RampPress { at, setting: self.setting_of(steps) };
        let most = top.min(most).max(least);
        place_presses(&line, least, most, self.ramp_every).into_iter().map(change).collect()
    }

    /// Returns the mean speed of a line as the belt runs it: within the belt's range, and at most at the ceiling.
    pub fn mean(&self, line: &EvenLine<Speed>, ceiling: Option<Speed>) -> Speed {
        let ends = [line.from, line.to].map(|end| self.nearest_setting(end, Incline::FLAT, ceiling).setting);
        let [from, to] = [line.from, line.to].map(|end| self.exact_steps(end));
        let (least, top) = self.bounds();
        let most = ceiling.map_or(i64::MAX, |ceiling| (self.exact_steps(ceiling) + NUDGE).floor() as i64);
        let most = top.min(most).max(least) as f64;
        if ends[0].number == ends[1].number || from == to {
            // The belt stays at one setting.
            return ends[0].speed;
        }
        // The area below a line that rises from zero, cut off at a height.
        let below = |height: f64, end: f64| {
            if end <= height { end * end / 2.0 } else { height * end - height * height / 2.0 }
        };
        let (low, high) = (from.min(to), from.max(to));
        let least = least as f64;
        let clipped = |x: f64| {
            // The area up to `x`. Anything below the lowest speed counts as the lowest speed.
            let over = (x - least).max(0.0);
            least * x + below(most - least, over)
        };
        let steps = (clipped(high) - clipped(low)) / (high - low);
        Speed::from_mps(self.unit.speed(steps * self.step()).mps() * self.factor())
    }

    /// Returns the presses of an incline that changes evenly: the time of each from the start, and the incline from
    /// then on. They are placed as by [`Belt::changes`].
    pub fn incline_changes(&self, from: Incline, to: Incline, over: Millis) -> Vec<(Millis, Incline)> {
        let steps = |incline: Incline| incline.percent() / self.incline_step();
        let line = RampLine { from: steps(from), to: steps(to), seconds: over.as_secs_f64() };
        let (least, most) = self.incline_bounds();
        let presses = place_presses(&line, least, most, self.ramp_every);
        presses.into_iter().map(|(at, steps)| (at, self.incline_of(steps))).collect()
    }
}

/// Returns the presses of a line between two bounds, at least `every` apart: the time of each, and the steps from then on.
fn place_presses(line: &RampLine, least: i64, most: i64, every: Millis) -> Vec<(Millis, i64)> {
    let Some((start, line)) = clip(line, least as f64, most as f64) else {
        return Vec::new();
    };
    let (first, last) = (nearest(line.from), nearest(line.to));
    let count = last.abs_diff(first);
    if count == 0 {
        return Vec::new();
    }
    let direction = if last > first { 1 } else { -1 };
    let (sizes, mut times) = spread(&line, count, every.as_secs_f64());
    let delay = distance_correction(&line, first, direction, &sizes, &times);
    for time in &mut times {
        *time = (*time + delay).clamp(0.0, line.seconds);
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

/// Returns the part of a line within bounds, and the seconds at which that part begins.
fn clip(line: &RampLine, least: f64, most: f64) -> Option<(f64, RampLine)> {
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

/// Spreads `count` steps over presses. Returns the steps of each press and its approximate time in seconds.
fn spread(line: &RampLine, count: u64, every: f64) -> (Vec<u64>, Vec<f64>) {
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
        // An odd number of steps is symmetrical only over an odd number of presses.
        presses -= 1;
    }
    let time = |k: u64| seconds * k as f64 / (presses + 1) as f64;
    (share_out(count, presses), (1..=presses).map(time).collect())
}

/// Shares `count` steps out over the presses, as evenly as possible and symmetrically.
fn share_out(count: u64, presses: u64) -> Vec<u64> {
    let (each, extra) = (count / presses, count % presses);
    let (pairs, more) = (presses / 2, extra / 2);
    let middle = (presses % 2 == 1).then_some(each + extra % 2);
    let half: Vec<u64> = (0..pairs).map(|i| each + (i + 1) * more / pairs - i * more / pairs).collect();
    half.iter().copied().chain(middle).chain(half.iter().rev().copied()).collect()
}

/// Returns the delay in seconds with which all presses together cover the distance of the line.
fn distance_correction(line: &RampLine, first: i64, direction: i64, sizes: &[u64], times: &[f64]) -> f64 {
    let count: u64 = sizes.iter().sum();
    let mean_of_line = (line.from + line.to) / 2.0 - first as f64;
    // The presses add Σ size × (seconds − time).
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

    /// Returns the metres that the presses cover, summed up as rectangles.
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
    fn a_falling_ramp_presses_lower_numbers() {
        assert_eq!(changes(&fine(), 10.0, 9.8, 10), [(2500, 9.9), (7500, 9.8)]);
        // Two presses within five minutes are far enough apart.
        assert_eq!(changes(&Belt::default(), 10.0, 9.8, 300), [(75_000, 9.9), (225_000, 9.8)]);
    }

    #[test]
    fn a_short_ramp_is_one_press_in_its_middle() {
        assert_eq!(changes(&Belt::default(), 8.0, 12.0, 40), [(20_000, 12.0)]);
    }

    #[test]
    fn a_ramp_within_one_step_needs_no_press() {
        assert_eq!(changes(&Belt::default(), 9.96, 10.04, 60), []);
        assert_eq!(changes(&Belt::default(), 10.0, 10.0, 60), []);
    }

    #[test]
    fn a_ramp_above_the_top_stops_at_the_top() {
        let belt = Belt { top: Some(16.0), ..fine() };
        let changes = changes(&belt, 14.0, 18.0, 400);
        assert_eq!(changes.len(), 20);
        // The line reaches 16.0 halfway, so the last press comes half a step earlier.
        assert_eq!(changes[19], (195_000, 16.0));
    }

    #[test]
    fn the_presses_cover_the_distance_of_the_line() {
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
    fn steps_are_shared_out_symmetrically() {
        assert_eq!(share_out(40, 9), [4, 5, 4, 5, 4, 5, 4, 5, 4]);
        assert_eq!(share_out(41, 3), [14, 13, 14]);
        assert_eq!(share_out(4, 2), [2, 2]);
        for (count, presses) in [(40, 9), (41, 7), (100, 11), (12, 12), (6, 4)] {
            let sizes = share_out(count, presses);
            assert_eq!(sizes.iter().sum::<u64>(), count);
            assert!(sizes.iter().rev().eq(sizes.iter()), "{sizes:?}");
        }
    }

    #[test]
    fn an_incline_ramps_in_its_own_steps() {
        let belt = Belt { ramp_every: Millis::ZERO, ..Belt::default() };
        let percent = Incline::from_percent;
        let changes = belt.incline_changes(percent(0.0), percent(2.0), Millis::from_secs(80));
        let presses: Vec<_> = changes.iter().map(|(at, i)| (at.get(), i.percent())).collect();
        assert_eq!(presses, [(10_000, 0.5), (30_000, 1.0), (50_000, 1.5), (70_000, 2.0)]);
    }
}
