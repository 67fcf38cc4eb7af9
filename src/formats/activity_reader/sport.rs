//! Sports, as other programs name them.

/// The sport of an activity, as far as the log cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportedSport {
    /// A run, on a treadmill or outside.
    Run,
    /// Strength training.
    Strength,
    /// Anything else: `a bike ride`.
    Other(String),
    /// The file does not say.
    Unknown,
}

/// Words for running in the languages of Strava's export. A type that contains one of them is a run.
const RUNNING: [&str; 20] = [
    "run",
    "lauf",
    "course à pied",
    "course a pied",
    "carrera",
    "correr",
    "corsa",
    "corrida",
    "hardlo",
    "løb",
    "løp",
    "löp",
    "juoks",
    "bieg",
    "běh",
    "futás",
    "koşu",
    "бег",
    "跑",
    "ラン",
];
/// Words for strength training, in the same languages.
const STRENGTH: [&str; 10] =
    ["weight", "strength", "kraft", "gewicht", "musculation", "fuerza", "pesas", "pesi", "styrke", "styrka"];
/// Words of other sports, with the words for a message. They come first: `Ride` may be in the name of a bike run.
const OTHERS: [(&str, &str); 16] = [
    ("bik", "a bike ride"),
    ("ride", "a bike ride"),
    ("cycl", "a bike ride"),
    ("radfahr", "a bike ride"),
    ("vélo", "a bike ride"),
    ("ciclis", "a bike ride"),
    ("swim", "a swim"),
    ("schwimm", "a swim"),
    ("natation", "a swim"),
    ("walk", "a walk"),
    ("spaziergang", "a walk"),
    ("hik", "a hike"),
    ("wander", "a hike"),
    ("row", "rowing"),
    ("ski", "skiing"),
    ("yoga", "yoga"),
];

impl ImportedSport {
    /// Returns the sport of a name such as `Running`, `Virtual Run` or `Lauf`.
    pub fn of_name(name: &str) -> Self {
        let lower = name.trim().to_lowercase();
        let contains = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if lower.is_empty() {
            return ImportedSport::Unknown;
        }
        // Rollerskiing and a run with a stroller both begin like something else.
        if let Some((_, words)) = OTHERS.iter().find(|(word, _)| lower.starts_with(word)) {
            return ImportedSport::Other(words.to_string());
        }
        if contains(&RUNNING) {
            return ImportedSport::Run;
        }
        if contains(&STRENGTH) {
            return ImportedSport::Strength;
        }
        match OTHERS.iter().find(|(word, _)| lower.contains(word)) {
            Some((_, words)) => ImportedSport::Other(words.to_string()),
            None => ImportedSport::Other(format!("the sport is “{}”", crate::text::clean(name.trim()))),
        }
    }

    /// Returns the sport of the numbers in a FIT file.
    pub fn of_fit(sport: Option<u64>, sub_sport: Option<u64>) -> Self {
        let words = match (sport, sub_sport) {
            (None, _) => return ImportedSport::Unknown,
            (Some(1), _) => return ImportedSport::Run,
            (Some(10), Some(20)) => return ImportedSport::Strength,
            (Some(2 | 21), _) => "a bike ride",
            (Some(3), _) => "a transition",
            (Some(4), _) => "a workout on a fitness machine",
            (Some(5), _) => "a swim",
            (Some(11), _) => "a walk",
            (Some(12..=14), _) => "skiing",
            (Some(15), _) => "rowing",
            (Some(17), _) => "a hike",
            (Some(10), _) => "training that is neither a run nor strength",
            (Some(0), _) => "the sport is not named",
            (Some(sport), _) => return ImportedSport::Other(format!("sport {sport} of FIT")),
        };
        ImportedSport::Other(words.to_string())
    }

    /// True if two records may be of the same activity: one may not know its sport, or call it another.
    pub fn is_like(&self, other: &ImportedSport) -> bool {
        let is_other = |sport: &ImportedSport| matches!(sport, ImportedSport::Other(_));
        is_other(self) == is_other(other)
    }

    /// True for a run, and for what may be one.
    pub fn is_run(&self) -> bool {
        matches!(self, ImportedSport::Run | ImportedSport::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_known_in_several_languages() {
        let runs = [
            "Run",
            "Running",
            "Trail Run",
            "Virtual Run",
            "Lauf",
            "Course à pied",
            "Hardloopsessie",
            "Corsa",
        ];
        for name in runs.into_iter().chain([
            "Carrera",
            "Corrida",
            "running",
            "Traillauf",
            "treadmill_running",
            "ランニング",
        ]) {
            assert_eq!(ImportedSport::of_name(name), ImportedSport::Run, "{name}");
        }
        assert_eq!(ImportedSport::of_name("Weight Training"), ImportedSport::Strength);
        assert_eq!(ImportedSport::of_name(" "), ImportedSport::Unknown);
    }

    #[test]
    fn other_sports_are_named() {
        let words = |name: &str| match ImportedSport::of_name(name) {
            ImportedSport::Other(words) => words,
            sport => panic!("{name}: {sport:?}"),
        };
        for (name, expected) in [
            ("Ride", "a bike ride"),
            ("Biking", "a bike ride"),
            ("Virtual Ride", "a bike ride"),
            ("Radfahrt", "a bike ride"),
            ("E-Bike Ride", "a bike ride"),
            ("Swim", "a swim"),
            ("Walk", "a walk"),
            ("Hike", "a hike"),
            ("Kitesurf", "the sport is “Kitesurf”"),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }
}
