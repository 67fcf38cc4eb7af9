//! Heart-rate zones, by the scheme that the athlete's figures allow.
//!
//! Zones are half-open: each begins where the one below ends, so every heart rate is in exactly one zone.

use super::zone::Zone;
use crate::units::{HeartRate, HeartRateRange};

/// The heart rate that percentages refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ZoneScheme {
    /// The maximum heart rate.
    Max,
    /// The reserve between resting and maximum heart rate (Karvonen).
    Reserve,
    /// The heart rate at the lactate threshold (Friel).
    Threshold,
}

impl ZoneScheme {
    /// All schemes.
    pub const ALL: [ZoneScheme; 3] = [ZoneScheme::Max, ZoneScheme::Reserve, ZoneScheme::Threshold];

    /// Returns the name in the profile.
    pub const fn key(self) -> &'static str {
        match self {
            ZoneScheme::Max => "max",
            ZoneScheme::Reserve => "reserve",
            ZoneScheme::Threshold => "lthr",
        }
    }

    /// Returns the name in workouts, behind a percentage: `HRmax`, `HRR`, `LTHR`.
    pub const fn base(self) -> &'static str {
        match self {
            ZoneScheme::Max => "HRmax",
            ZoneScheme::Reserve => "HRR",
            ZoneScheme::Threshold => "LTHR",
        }
    }

    /// Returns the keys of the profile that the scheme needs.
    pub const fn needs(self) -> &'static [&'static str] {
        match self {
            ZoneScheme::Max => &["hr_max"],
            ZoneScheme::Reserve => &["hr_max", "hr_rest"],
            ZoneScheme::Threshold => &["lthr"],
        }
    }

    /// Returns the percentages at which zones 2, 3, 4 and 5 begin.
    pub const fn cuts(self) -> [f64; 4] {
        match self {
            ZoneScheme::Max | ZoneScheme::Reserve => [60.0, 70.0, 80.0, 90.0],
            ZoneScheme::Threshold => [85.0, 90.0, 95.0, 100.0],
        }
    }
}

/// The percentages of the threshold heart rate at which Friel's zones begin, from the second on.
const FRIEL_CUTS: [f64; 6] = [85.0, 90.0, 95.0, 100.0, 103.0, 107.0];
/// Friel's zones: the name and number of each.
const FRIEL_NAMES: [(&str, u8); 7] =
    [("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5a", 5), ("5b", 5), ("5c", 5)];
/// The five zones: the name and number of each.
const NAMES: [(&str, u8); 5] = [("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5)];

/// A range of heart rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartRateZone {
    /// The name, `1` to `5`. Friel has `5a`, `5b` and `5c`.
    pub name: &'static str,
    /// The zone of intensity. Friel's three highest are all zone 5.
    pub zone: Zone,
    /// The lowest heart rate in the zone. For the lowest zone, the resting heart rate, if it is known.
    pub low: Option<HeartRate>,
    /// The first heart rate above the zone, where the next one begins. For the highest zone, the maximum heart rate, if
    /// it is known, which still belongs to the zone.
    pub high: Option<HeartRate>,
}

/// The known heart rates of an athlete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeartRates {
    /// The maximum heart rate.
    pub max: Option<HeartRate>,
    /// The resting heart rate.
    pub rest: Option<HeartRate>,
    /// The heart rate at the lactate threshold.
    pub threshold: Option<HeartRate>,
    /// The scheme that the profile asks for.
    pub wanted: Option<ZoneScheme>,
}

impl HeartRates {
    fn allows(&self, scheme: ZoneScheme) -> bool {
        self.share(100.0, scheme).is_some()
    }

    /// Returns the scheme of the zones: the wanted one if its heart rates are known. Otherwise the first possible of
    /// threshold, reserve and maximum.
    pub fn scheme(&self) -> Option<ZoneScheme> {
        let best = [ZoneScheme::Threshold, ZoneScheme::Reserve, ZoneScheme::Max];
        self.wanted.into_iter().chain(best).find(|scheme| self.allows(*scheme))
    }

    /// Returns a percentage as a heart rate, rounded to the nearest beat.
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

    /// Returns the five zones, or `None` if too little is known.
    pub fn zones(&self) -> Option<[HeartRateZone; 5]> {
        let scheme = self.scheme()?;
        self.cut(NAMES, scheme.cuts(), scheme)
    }

    /// Returns Friel's seven zones, or `None` if the threshold is unknown.
    pub fn friel(&self) -> Option<[HeartRateZone; 7]> {
        self.cut(FRIEL_NAMES, FRIEL_CUTS, ZoneScheme::Threshold)
    }

    fn cut<const ZONES: usize, const CUTS: usize>(
        &self,
        names: [(&'static str, u8); ZONES],
        cuts: [f64; CUTS],
        scheme: ZoneScheme,
    ) -> Option<[HeartRateZone; ZONES]> {
        self.share(100.0, scheme)?;
        let edge = |i: usize| cuts.get(i).and_then(|percent| self.share(*percent, scheme));
        let mut index = 0;
        Some(names.map(|(name, number)| {
            let low = if index == 0 { self.rest } else { edge(index - 1) };
            let high = edge(index).or(self.max);
            index += 1;
            HeartRateZone { name, zone: Zone::clamped(number), low, high }
        }))
    }

    /// Returns the zone that a heart rate is in.
    pub fn zone_of(&self, rate: HeartRate) -> Option<Zone> {
        let zones = self.zones()?;
        let above = zones.iter().rev().find(|zone| zone.low.is_some_and(|low| rate >= low));
        Some(above.or(zones.first())?.zone)
    }

    /// Returns the lowest and the highest beats per minute in a zone. Standing still has no heart rate of its own.
    pub fn beats_in(&self, zone: Zone) -> Option<(u32, u32)> {
        let index = usize::from(zone.number()).checked_sub(1)?;
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

    fn lows(zones: &[HeartRateZone]) -> Vec<u32> {
        zones.iter().skip(1).map(|z| z.low.unwrap().bpm()).collect()
    }

    #[test]
    fn karvonen_zones_are_shares_of_the_reserve() {
        let zones = heart(180, 60, 0).zones().unwrap();
        assert_eq!(lows(&zones), [132, 144, 156, 168]);
        assert_eq!(zones[0].low, Some(HeartRate::from_bpm(60)));
        assert_eq!(zones[4].high, Some(HeartRate::from_bpm(180)));
    }

    #[test]
    fn friel_zones_are_shares_of_the_threshold() {
        // 85, 90, 95, 100, 103 and 107 % of 160.
        assert_eq!(lows(&heart(0, 0, 160).friel().unwrap()), [136, 144, 152, 160, 165, 171]);
        assert_eq!(lows(&heart(0, 0, 160).zones().unwrap()), [136, 144, 152, 160]);
        assert_eq!(heart(190, 50, 0).friel(), None);
    }

    #[test]
    fn every_heart_rate_is_in_exactly_one_zone() {
        for heart in [heart(185, 0, 0), heart(185, 47, 0), heart(0, 0, 163), heart(190, 55, 171)] {
            let zones = heart.zones().unwrap();
            for pair in zones.windows(2) {
                assert_eq!(pair[0].high, pair[1].low);
            }
            for beats in 30..=250 {
                let zone = heart.zone_of(HeartRate::from_bpm(beats)).unwrap();
                let (low, high) = heart.beats_in(zone).unwrap();
                let below_rest = zone.number() == 1 && beats < low;
                let above_max = zone.number() == 5 && beats > high;
                assert!(below_rest || above_max || (low..=high).contains(&beats), "{beats} in {zone}");
            }
        }
    }

    #[test]
    fn the_best_possible_scheme_is_used() {
        assert_eq!(heart(185, 0, 0).scheme(), Some(ZoneScheme::Max));
        assert_eq!(heart(185, 50, 0).scheme(), Some(ZoneScheme::Reserve));
        assert_eq!(heart(185, 50, 165).scheme(), Some(ZoneScheme::Threshold));
        assert_eq!(heart(0, 50, 0).scheme(), None);
        let wanted = |wanted, heart| HeartRates { wanted: Some(wanted), ..heart }.scheme();
        assert_eq!(wanted(ZoneScheme::Max, heart(185, 50, 165)), Some(ZoneScheme::Max));
        assert_eq!(wanted(ZoneScheme::Threshold, heart(185, 50, 0)), Some(ZoneScheme::Reserve));
    }
}
