//! Named paces: those that a profile may give, and that are calculated from a VDOT otherwise.

use super::Race;
use crate::units::Distance;

/// A named pace, spelled in profiles as in workouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedPace {
    /// A walk.
    Walk,
    /// Easier than easy.
    Recovery,
    /// Easy running.
    Easy,
    /// Between easy and marathon pace.
    Steady,
    /// Marathon pace.
    Marathon,
    /// Half marathon pace.
    Half,
    /// 10 mile race pace.
    TenMile,
    /// 15K pace.
    FifteenK,
    /// Threshold pace, the tempo effort.
    Threshold,
    /// 10K pace.
    TenK,
    /// 5K pace.
    FiveK,
    /// Interval pace, the hard effort.
    Hard,
    /// 3K pace.
    ThreeK,
    /// Mile pace.
    Mile,
    /// 1500 m race pace.
    FifteenHundred,
    /// Repetition pace, the fast effort.
    Fast,
    /// 800 m race pace.
    EightHundred,
}

/// The figure that a pace is calculated from.
pub(super) enum PaceBasis {
    /// A fraction of the VDOT.
    Fraction(f64),
    /// The result of a race, run or predicted.
    Race(Race),
    /// The predicted pace over a distance that no profile has a result for.
    Distance(Distance),
    /// 400 m in six seconds less than at interval pace.
    Repetition,
    /// No figure: everyone walks at the same speed.
    None,
}

impl NamedPace {
    /// All named paces, from the slowest.
    pub const ALL: [NamedPace; 17] = [
        NamedPace::Walk,
        NamedPace::Recovery,
        NamedPace::Easy,
        NamedPace::Steady,
        NamedPace::Marathon,
        NamedPace::Half,
        NamedPace::TenMile,
        NamedPace::FifteenK,
        NamedPace::Threshold,
        NamedPace::TenK,
        NamedPace::FiveK,
        NamedPace::Hard,
        NamedPace::ThreeK,
        NamedPace::Mile,
        NamedPace::FifteenHundred,
        NamedPace::Fast,
        NamedPace::EightHundred,
    ];

    /// Returns the spellings, the usual one first.
    pub const fn spellings(self) -> &'static [&'static str] {
        match self {
            NamedPace::Walk => &["walk"],
            NamedPace::Recovery => &["recovery", "very easy"],
            NamedPace::Easy => &["easy", "jog"],
            NamedPace::Steady => &["steady"],
            NamedPace::Marathon => &["MP", "marathon"],
            NamedPace::Half => &["HMP", "half", "half marathon"],
            NamedPace::TenMile => &["10 mile"],
            NamedPace::FifteenK => &["15K"],
            NamedPace::Threshold => &["threshold", "tempo"],
            NamedPace::TenK => &["10K"],
            NamedPace::FiveK => &["5K"],
            NamedPace::Hard => &["hard"],
            NamedPace::ThreeK => &["3K"],
            NamedPace::Mile => &["mile"],
            NamedPace::FifteenHundred => &["1500"],
            NamedPace::Fast => &["fast"],
            NamedPace::EightHundred => &["800"],
        }
    }

    /// Returns the usual spelling, which is the key in the profile.
    pub fn key(self) -> &'static str {
        self.spellings().first().copied().unwrap_or_default()
    }

    /// Finds a pace by name, ignoring case.
    pub fn named(name: &str) -> Option<NamedPace> {
        let spells = |pace: &NamedPace| pace.spellings().iter().any(|s| s.eq_ignore_ascii_case(name.trim()));
        NamedPace::ALL.into_iter().find(spells)
    }

    /// False for the paces of races that few run: tables leave them out unless the profile is about them.
    pub const fn is_common(self) -> bool {
        !matches!(
            self,
            NamedPace::TenMile | NamedPace::FifteenK | NamedPace::FifteenHundred | NamedPace::EightHundred
        )
    }

    pub(super) const fn basis(self) -> PaceBasis {
        match self {
            NamedPace::Walk => PaceBasis::None,
            NamedPace::Recovery => PaceBasis::Fraction(0.59),
            NamedPace::Easy => PaceBasis::Fraction(0.67),
            NamedPace::Steady => PaceBasis::Fraction(0.74),
            NamedPace::Threshold => PaceBasis::Fraction(0.88),
            NamedPace::Hard => PaceBasis::Fraction(super::INTERVAL),
            NamedPace::Marathon => PaceBasis::Race(Race::Marathon),
            NamedPace::Half => PaceBasis::Race(Race::Half),
            NamedPace::TenMile => PaceBasis::Race(Race::TenMile),
            NamedPace::FifteenK => PaceBasis::Race(Race::FifteenK),
            NamedPace::TenK => PaceBasis::Race(Race::TenK),
            NamedPace::FiveK => PaceBasis::Race(Race::FiveK),
            NamedPace::ThreeK => PaceBasis::Race(Race::ThreeK),
            NamedPace::Mile => PaceBasis::Race(Race::Mile),
            NamedPace::FifteenHundred => PaceBasis::Race(Race::FifteenHundred),
            NamedPace::EightHundred => PaceBasis::Distance(Distance::from_metres(800.0)),
            NamedPace::Fast => PaceBasis::Repetition,
        }
    }
}
