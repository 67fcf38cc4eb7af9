//! The rhythm of a step that guides the breath: whole breaths of equal length, so that none is cut.

use super::sequence::Breathing;
use crate::units::Millis;
use std::ops::RangeInclusive;

/// The rates that are guided, in breaths a minute. Faster breathing needs no guide, and slower breathing is an exercise of its
/// own.
const GUIDED: RangeInclusive<f64> = 3.0..=12.0;
/// The shortest part of a breath that is guided.
const SHORTEST_PART: Millis = Millis::new(1500);
/// The milliseconds of a minute.
const MINUTE: f64 = 60_000.0;

/// The rhythm of the breaths in one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreathRhythm {
    /// The number of breaths. `None` in a step without a known end.
    breaths: Option<u64>,
    /// The length of a breath in milliseconds. It need not be whole.
    each: f64,
    /// The share of the breath that goes in.
    inhale: f64,
}

/// A moment within a breath.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreathMoment {
    /// The number of the breath, from 1.
    pub breath: u64,
    /// The number of all breaths. `None` in a step without a known end.
    pub of: Option<u64>,
    /// True while breathing in.
    pub inhales: bool,
    /// The share of this part of the breath that is over, from 0 to 1.
    pub part: f64,
    /// The time left of this part of the breath.
    pub left: Millis,
}

impl BreathRhythm {
    /// Returns the rhythm of a breathing pace over a step of this length: round(length × rate) breaths, and one at least.
    /// `None` for a pace that is not guided.
    pub fn of(breathing: &Breathing, length: Option<Millis>) -> Option<BreathRhythm> {
        let Breathing { per_minute, inhale, exhale } = *breathing;
        if !GUIDED.contains(&per_minute) || inhale <= 0.0 || exhale <= 0.0 {
            return None;
        }
        let breaths =
            length.map(|length| ((length.get() as f64 * per_minute / MINUTE).round() as u64).max(1));
        let each = match (length, breaths) {
            (Some(length), Some(breaths)) => length.get() as f64 / breaths as f64,
            _ => MINUTE / per_minute,
        };
        let rhythm = BreathRhythm { breaths, each, inhale: inhale / (inhale + exhale) };
        let shortest = rhythm.inhale_length().min(rhythm.exhale_length());
        (shortest >= SHORTEST_PART).then_some(rhythm)
    }

    /// Returns the length of a breath in.
    pub fn inhale_length(&self) -> Millis {
        to_millis(self.each * self.inhale)
    }

    /// Returns the length of a breath out.
    pub fn exhale_length(&self) -> Millis {
        to_millis(self.each * (1.0 - self.inhale))
    }

    /// Returns the breaths a minute.
    pub fn per_minute(&self) -> f64 {
        MINUTE / self.each
    }

    /// Returns when each breath goes in and when it goes out, from the start of the step. Without a known end there is no end
    /// to them.
    pub fn turns(self) -> impl Iterator<Item = (Millis, Millis)> {
        let breaths = (0..).take_while(move |breath| self.breaths.is_none_or(|all| *breath < all));
        breaths.map(move |breath| {
            let start = breath as f64 * self.each;
            (to_millis(start), to_millis(start + self.each * self.inhale))
        })
    }

    /// Returns the moment of a breath that is this far into the step.
    pub fn at(&self, into: Millis) -> BreathMoment {
        let into = into.get() as f64;
        let last = self.breaths.map_or(u64::MAX, |breaths| breaths.saturating_sub(1));
        let breath = ((into / self.each).floor() as u64).min(last);
        let since = (into - breath as f64 * self.each).clamp(0.0, self.each);
        let turn = self.each * self.inhale;
        let (inhales, since, length) =
            if since < turn { (true, since, turn) } else { (false, since - turn, self.each - turn) };
        BreathMoment {
            breath: breath + 1,
            of: self.breaths,
            inhales,
            part: (since / length).clamp(0.0, 1.0),
            left: to_millis(length - since),
        }
    }
}

/// Rounds to whole milliseconds, half up.
fn to_millis(milliseconds: f64) -> Millis {
    Millis::from_secs_f64(milliseconds / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(per_minute: f64, seconds: u64) -> BreathRhythm {
        let breathing = Breathing { per_minute, inhale: 4.0, exhale: 6.0 };
        BreathRhythm::of(&breathing, Some(Millis::from_secs(seconds))).unwrap()
    }

    #[test]
    fn a_minute_has_whole_breaths_that_are_longer_out_than_in() {
        for (rate, breaths, inhale, exhale) in
            [(6.0, 6, 4000, 6000), (5.0, 5, 4800, 7200), (4.0, 4, 6000, 9000)]
        {
            let rhythm = rhythm(rate, 60);
            assert_eq!(rhythm.turns().count(), breaths);
            assert_eq!((rhythm.inhale_length().get(), rhythm.exhale_length().get()), (inhale, exhale));
        }
    }

    #[test]
    fn no_breath_is_cut_where_the_time_does_not_fit() {
        // 45 seconds at 6 a minute are 4.5 breaths, so 5 of 9 seconds each.
        let turns: Vec<(u64, u64)> = rhythm(6.0, 45).turns().map(|(a, b)| (a.get(), b.get())).collect();
        assert_eq!(turns, [(0, 3600), (9000, 12600), (18000, 21600), (27000, 30600), (36000, 39600)]);
        assert_eq!(rhythm(3.0, 5).turns().count(), 1);
    }

    #[test]
    fn a_moment_knows_its_breath_and_what_is_left() {
        let moment = rhythm(6.0, 60).at(Millis::new(22_000));
        assert_eq!((moment.breath, moment.of, moment.inhales), (3, Some(6), true));
        assert_eq!((moment.part, moment.left), (0.5, Millis::new(2000)));
        let moment = rhythm(6.0, 60).at(Millis::new(27_000));
        assert!(!moment.inhales && moment.part == 0.5 && moment.left == Millis::new(3000));
        let end = rhythm(6.0, 60).at(Millis::new(60_000));
        assert_eq!((end.breath, end.inhales, end.left), (6, false, Millis::ZERO));
    }

    #[test]
    fn only_slow_breathing_is_guided() {
        let of = |per_minute, inhale| {
            let breathing = Breathing { per_minute, inhale, exhale: 6.0 };
            BreathRhythm::of(&breathing, None).is_some()
        };
        assert!(of(3.0, 4.0) && of(12.0, 4.0));
        assert!(!of(2.9, 4.0) && !of(30.0, 4.0) && !of(12.0, 1.0));
    }
}
