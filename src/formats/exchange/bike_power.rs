//! Power on a bike as a target for a runner.
//!
//! A share of a cyclist's threshold power is not the same share of a runner's threshold pace: easy riding is at 56 to 75 %
//! of one, easy running at 80 % of the other. So power becomes efforts by the bands of Coggan's power zones, unless the
//! runner asks for something else.

use super::model::ForeignTarget;
use std::ops::RangeInclusive;

/// The meaning of power on a bike for a runner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PowerReading {
    /// An effort for each band.
    #[default]
    Words,
    /// The same share of threshold pace.
    Pace,
    /// A perceived effort for each band.
    Rpe,
}

/// The numbers of the zones of power.
pub const POWER_ZONES: RangeInclusive<f64> = 1.0..=7.0;
/// The middle of each of Coggan's zones of power, as a share of threshold power.
const ZONE_SHARES: [f64; 7] = [0.5, 0.65, 0.83, 0.98, 1.13, 1.35, 1.6];

/// Returns the share of threshold power in the middle of a zone.
pub fn zone_share(zone: f64) -> f64 {
    let at = zone.clamp(*POWER_ZONES.start(), *POWER_ZONES.end()) as usize;
    ZONE_SHARES.get(at.saturating_sub(1)).copied().unwrap_or(1.0)
}

/// A band of power.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PowerBand {
    /// The highest share of threshold power in it, in whole percent.
    up_to: f64,
    effort: &'static str,
    rpe: (f64, f64),
}

/// The bands, the easiest first.
const BANDS: [PowerBand; 7] = [
    PowerBand { up_to: 29.0, effort: "walk", rpe: (1.0, 1.0) },
    PowerBand { up_to: 55.0, effort: "recovery", rpe: (2.0, 2.0) },
    PowerBand { up_to: 75.0, effort: "easy", rpe: (3.0, 3.0) },
    PowerBand { up_to: 90.0, effort: "steady", rpe: (4.0, 5.0) },
    PowerBand { up_to: 105.0, effort: "threshold", rpe: (6.0, 7.0) },
    PowerBand { up_to: 120.0, effort: "hard", rpe: (8.0, 8.0) },
    PowerBand { up_to: 150.0, effort: "fast", rpe: (9.0, 9.0) },
];
/// Everything above the bands.
const ABOVE: PowerBand = PowerBand { up_to: f64::INFINITY, effort: "all-out", rpe: (10.0, 10.0) };

fn band(share: f64) -> PowerBand {
    let percent = (share * 100.0).round();
    BANDS.into_iter().find(|band| percent <= band.up_to).unwrap_or(ABOVE)
}

impl PowerReading {
    /// Returns the target for a share of threshold power: 0.75 is 75 %.
    pub fn target(self, share: f64) -> ForeignTarget {
        match self {
            PowerReading::Words => ForeignTarget::Effort(band(share).effort),
            PowerReading::Pace => ForeignTarget::Fraction { low: share, high: share, of: "threshold" },
            PowerReading::Rpe => {
                let (low, high) = band(share).rpe;
                ForeignTarget::Rpe(low, high)
            }
        }
    }

    /// Returns the target for a zone of power.
    pub fn zone(self, zone: f64) -> ForeignTarget {
        self.target(zone_share(zone))
    }

    /// Returns the target for power that changes evenly, and false if it no longer changes.
    pub fn ramp(self, from: f64, to: f64) -> (ForeignTarget, bool) {
        if self == PowerReading::Rpe {
            // A perceived effort has no ramp: the range covers it.
            let (first, last) = (band(from).rpe, band(to).rpe);
            return (ForeignTarget::Rpe(first.0.min(last.0), first.1.max(last.1)), from == to);
        }
        let (first, last) = (self.target(from), self.target(to));
        if first == last {
            return (first, from == to);
        }
        (ForeignTarget::Ramp(Box::new(first), Box::new(last)), true)
    }

    /// Returns a sentence about a ramp that no longer changes.
    pub const fn lost_ramp(self) -> &'static str {
        match self {
            PowerReading::Words | PowerReading::Pace => "a ramp within one effort became an even step",
            PowerReading::Rpe => "a ramp became a range of perceived effort",
        }
    }

    /// Returns a sentence about what became of power.
    pub const fn sentence(self) -> &'static str {
        match self {
            PowerReading::Words => {
                "power on a bike became efforts by its bands, such as easy for 56 to 75 % of FTP; `--power pace` and `--power rpe` read it differently"
            }
            PowerReading::Pace => {
                "power on a bike became the same share of your threshold pace, which is slower than cyclists mean it"
            }
            PowerReading::Rpe => "power on a bike became a perceived effort by its bands",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn power_becomes_an_effort_by_its_band() {
        let word = |share| match PowerReading::Words.target(share) {
            ForeignTarget::Effort(word) => word,
            other => panic!("{other:?}"),
        };
        let shares = [0.29, 0.3, 0.55, 0.56, 0.75, 0.76, 0.9, 0.91, 1.05, 1.06, 1.2, 1.21, 1.5, 1.51, 4.4];
        let words = [
            "walk",
            "recovery",
            "recovery",
            "easy",
            "easy",
            "steady",
            "steady",
            "threshold",
            "threshold",
            "hard",
            "hard",
            "fast",
            "fast",
            "all-out",
            "all-out",
        ];
        assert_eq!(shares.map(word), words);
    }

    #[test]
    fn zones_of_power_are_the_efforts_of_their_bands() {
        let zones = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(|zone| PowerReading::Words.zone(zone));
        let efforts = ["recovery", "easy", "steady", "threshold", "hard", "fast", "all-out"];
        assert_eq!(zones, efforts.map(ForeignTarget::Effort));
    }

    #[test]
    fn a_ramp_within_a_band_no_longer_changes() {
        let (target, is_kept) = PowerReading::Words.ramp(0.6, 0.7);
        assert_eq!((target, is_kept), (ForeignTarget::Effort("easy"), false));
        assert!(PowerReading::Words.ramp(0.5, 0.7).1);
    }
}
