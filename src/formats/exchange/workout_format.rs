//! The formats that workouts are read from.

/// A format that workouts are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkoutFormat {
    /// A workout of Zwift.
    Zwo,
    /// An ERG or MRC file.
    Erg,
    /// A FIT file.
    Fit,
    /// A workout of Garmin Connect as JSON.
    GarminJson,
    /// A workout of TrainingPeaks as JSON.
    TrainingPeaks,
    /// Workouts of a TCX file.
    Tcx,
    /// A list of workouts in pacebell's own notation.
    Notation,
    /// A workout of intervals.icu as text.
    Intervals,
    /// A workout of QZ.
    Qz,
}

impl WorkoutFormat {
    /// Returns the word for the format.
    pub const fn word(self) -> &'static str {
        match self {
            WorkoutFormat::Zwo => "zwo",
            WorkoutFormat::Erg => "erg",
            WorkoutFormat::Fit => "fit",
            WorkoutFormat::GarminJson => "garmin",
            WorkoutFormat::TrainingPeaks => "training-peaks",
            WorkoutFormat::Tcx => "tcx",
            WorkoutFormat::Notation => "notation",
            WorkoutFormat::Intervals => "intervals",
            WorkoutFormat::Qz => "qz",
        }
    }
}
