//! Short names of paces: capital letters, and races that are named by their distance.

/// Single letters that are paces only as capitals.
pub(super) const CAPITALS: &[(&str, &str)] = &[
    ("T", "threshold"),
    ("E", "easy"),
    ("I", "hard"),
    ("H", "hard"),
    ("M", "MP"),
    ("R", "fast"),
    ("CI", "threshold"),
];

/// Race paces that are written with a number, longest first.
pub(super) const RACES: &[(&str, &str)] = &[
    ("10 mile race", "10 mile"),
    ("10 miler", "10 mile"),
    ("10 mile", "10 mile"),
    ("10mi pace", "10 mile"),
    ("10000m", "10K"),
    ("10000", "10K"),
    ("5000m", "5K"),
    ("5000", "5K"),
    ("3000m", "3K"),
    ("3000", "3K"),
    ("1500m", "1500"),
    ("1500", "1500"),
    ("800m pace", "800"),
    ("800 pace", "800"),
    ("15km pace", "15K"),
    ("10 k pace", "10K"),
    ("5 k pace", "5K"),
    ("3 k pace", "3K"),
    ("10km pace", "10K"),
    ("5km pace", "5K"),
    ("3km pace", "3K"),
    ("15 k", "15K"),
    ("10 k", "10K"),
    ("5 k", "5K"),
    ("3 k", "3K"),
    ("1 mile", "mile"),
];
