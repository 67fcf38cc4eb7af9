//! Heart-rate zones, by the scheme that the athlete's figures allow.
//!
//! Zones are half-open: each begins where the one below it ends, so that every heart rate is in exactly one.

use crate::units::{HeartRate, HeartRateRange};

/// What a percentage of heart rate is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ZoneScheme {
    /// The maximum.
    Max,
    /// The reserve between rest and maximum (Karvonen).
    Reserve,
    /// The lactate threshold's heart rate (Friel).
    Threshold,
}

impl ZoneScheme {
    /// Every one.
    pub const ALL: [ZoneScheme; 3] = [ZoneScheme::Max, ZoneScheme::Reserve, ZoneScheme::Threshold];

    /// Its name in the profile.
    pub const fn key(self) -> &'static str {
        match self {
            ZoneScheme::Max => "max",
            ZoneScheme::Reserve => "reserve",
            ZoneScheme::Threshold => "lthr",
        }
    }

    /// What its percentages are of, as workouts write it: `HRmax`, `HRR`, `LTHR`.
    pub const fn base(self) -> &'static str {
        match self {
            ZoneScheme::Max => "HRmax",
            ZoneScheme::Reserve => "HRR",
            ZoneScheme::Threshold => "LTHR",
        }
    }

    /// The profile's keys that it needs.
    pub const fn needs(self) -> &'static [&'static str] {
        match self {
            ZoneScheme::Max => &["hr_max"],
            ZoneScheme::Reserve => &["hr_max", "hr_rest"],
            ZoneScheme::Threshold => &["lthr"],
        }
    }

    /// The percentages at which zones 2, 3, 4 and 5 begin.
    pub const fn cuts(self) -> [f64; 4] {
        match self {
            ZoneScheme::Max | ZoneScheme::Reserve => [60.0, 70.0, 80.0, 90.0],
            ZoneScheme::Threshold => [85.0, 90.0, 95.0, 100.0],
        }
    }
}

/// The percentages of the threshold's heart rate at which Friel's zones above the first begin.
const FRIEL_CUTS: [f64; 6] = [85.0, 90.0, 95.0, 100.0, 103.0, 107.0];
/// What Friel calls his zones.
const FRIEL_NAMES: [&str; 7] = ["1", "2", "3", "4", "5a", "5b", "5c"];
const NAMES: [&str; 5] = ["1", "2", "3", "4", "5"];

/// A zone of heart rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// `1` to `5`; Friel has `5a`, `5b` and `5c`.
    pub name: &'static str,
    /// The first heart rate that is in it. For the lowest zone the rate at rest, where that is known.
    pub low: Option<HeartRate>,
    /// The first heart rate that is above it, where the next zone begins. For the highest zone the maximum, where
    /// that is known; it is in the zone.
    pub high: Option<HeartRate>,
}

/// What is known of an athlete's heart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeartRates {
    /// The maximum.
    pub max: Option<HeartRate>,
    /// At rest.
    pub rest: Option<HeartRate>,
    /// At the lactate threshold.
    pub threshold: Option<HeartRate>,
    /// The scheme that the profile asks for.
    pub wanted: Option<ZoneScheme>,
}

impl HeartRates {
    fn allows(&self, scheme: ZoneScheme) -> bool {
        self.share(100.0, scheme).is_some()
    }

    /// The scheme of its zones: the one asked for, if its figures are known; else by threshold, by reserve, by
    /// maximum, the first that is possible.
    pub fn scheme(&self) -> Option<ZoneScheme> {
        let best = [ZoneScheme::Threshold, ZoneScheme::Reserve, ZoneScheme::Max];
        self.wanted.into_iter().chain(best).find(|scheme| self.allows(*scheme))
    }

    /// So many percent, to the nearest beat.
    pub fn share(&self, percent: f64, of: ZoneScheme) -> Option<HeartRate> {
        let whole = |rate: Option<HeartRate>| rate.map(|r| f64::from(r.bpm()));
        let beats = match of {
            ZoneScheme::Max => whole(self.max)? * percent / 100.0,
            ZoneScheme::Threshold => whole(self.threshold)? * percent / 100.0,
            ZoneScheme::Reserve => {
                let rest = whole(self.rest)?;
                rest + (whole(self.max)? - rest) * percent / 100.0
            }
        };
        Some(HeartRate::nearest(beats))
    }

    /// The five zones.
    pub fn zones(&self) -> Option<[Zone; 5]> {
        let scheme = self.scheme()?;
        self.cut(NAMES, scheme.cuts(), scheme)
    }

    /// Friel's seven zones, where the threshold is known.
    pub fn friel(&self) -> Option<[Zone; 7]> {
        self.cut(FRIEL_NAMES, FRIEL_CUTS, ZoneScheme::Threshold)
    }

    fn cut<const ZONES: usize, const CUTS: usize>(
        &self,
        names: [&'static str; ZONES],
        cuts: [f64; CUTS],
        scheme: ZoneScheme,
    ) -> Option<[Zone; ZONES]> {
        self.share(100.0, scheme)?;
        let edge = |i: usize| cuts.get(i).and_then(|percent| self.share(*percent, scheme));
        let mut number = 0;
        Some(names.map(|name| {
            let low = if number == 0 { self.rest } else { edge(number - 1) };
            let high = edge(number).or(self.max);
            number += 1;
            Zone { name, low, high }
        }))
    }

    /// The zone, 1 to 5, that a heart rate is in.
    pub fn zone_of(&self, rate: HeartRate) -> Option<u8> {
        let zones = self.zones()?;
        let above = zones.iter().skip(1).filter(|zone| zone.low.is_some_and(|low| rate >= low)).count();
        Some(1 + u8::try_from(above).unwrap_or(4))
    }

    /// The lowest and the highest beats a minute in a zone, 1 to 5.
    pub fn beats_in(&self, zone: u8) -> Option<(u32, u32)> {
        let index = usize::from(zone).checked_sub(1)?;
        let zones = self.zones()?;
        let at = zones.get(index)?;
        let low = at.low.map_or(HeartRateRange::LEAST, HeartRate::bpm);
        let last = index + 1 == zones.len();
        let high =
            at.high.map_or(HeartRateRange::MOST, |h| if last { h.bpm() } else { h.bpm().saturating_sub(1) });
        Some((low, high.max(low)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heart(max: u32, rest: u32, threshold: u32) -> HeartRates {
        let rate = |bpm| (bpm > 0).then(|| HeartRate::from_bpm(bpm));
        HeartRates { max: rate(max), rest: rate(rest), threshold: rate(threshold), wanted: None }
    }

    fn lows(zones: &[Zone]) -> Vec<u32> {
        zones.iter().skip(1).map(|z| z.low.unwrap().bpm()).collect()
    }

    #[test]
    fn karvonen_at_forty_with_sixty_at_rest() {
        let zones = heart(180, 60, 0).zones().unwrap();
        assert_eq!(lows(&zones), [132, 144, 156, 168]);
        assert_eq!(zones[0].low, Some(HeartRate::from_bpm(60)));
        assert_eq!(zones[4].high, Some(HeartRate::from_bpm(180)));
    }

    #[test]
    fn friels_seven_zones_by_threshold() {
        // 85, 90, 95, 100, 103 and 107 % of 160.
        assert_eq!(lows(&heart(0, 0, 160).friel().unwrap()), [136, 144, 152, 160, 165, 171]);
        assert_eq!(lows(&heart(0, 0, 160).zones().unwrap()), [136, 144, 152, 160]);
        assert_eq!(heart(190, 50, 0).friel(), None);
    }

    #[test]
    fn no_heart_rate_falls_between_two_zones() {
        for heart in [heart(185, 0, 0), heart(185, 47, 0), heart(0, 0, 163), heart(190, 55, 171)] {
            let zones = heart.zones().unwrap();
            for pair in zones.windows(2) {
                assert_eq!(pair[0].high, pair[1].low);
            }
            for beats in 30..=250 {
                let zone = heart.zone_of(HeartRate::from_bpm(beats)).unwrap();
                let (low, high) = heart.beats_in(zone).unwrap();
                let below_rest = zone == 1 && beats < low;
                let above_max = zone == 5 && beats > high;
                assert!(below_rest || above_max || (low..=high).contains(&beats), "{beats} in {zone}");
            }
        }
    }

    #[test]
    fn the_best_scheme_that_is_possible_is_taken() {
        assert_eq!(heart(185, 0, 0).scheme(), Some(ZoneScheme::Max));
        assert_eq!(heart(185, 50, 0).scheme(), Some(ZoneScheme::Reserve));
        assert_eq!(heart(185, 50, 165).scheme(), Some(ZoneScheme::Threshold));
        assert_eq!(heart(0, 50, 0).scheme(), None);
        let wanted = |wanted, heart| HeartRates { wanted: Some(wanted), ..heart }.scheme();
        assert_eq!(wanted(ZoneScheme::Max, heart(185, 50, 165)), Some(ZoneScheme::Max));
        assert_eq!(wanted(ZoneScheme::Threshold, heart(185, 50, 0)), Some(ZoneScheme::Reserve));
    }
}
