//! The language's table of words: what the parser reads and what suggestions are made from.

use crate::athlete::Zone;
use crate::workout::sequence::Kind;

/// A named effort or pace: a row of the table of meanings (some rows hold several).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedTarget {
    /// Belt stopped.
    Rest,
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
    /// Threshold pace.
    Tempo,
    /// 10K pace.
    TenK,
    /// 5K pace.
    FiveK,
    /// Interval pace.
    Hard,
    /// 3K pace.
    ThreeK,
    /// Mile pace.
    Mile,
    /// 1500 m race pace.
    FifteenHundred,
    /// 800 m race pace.
    EightHundred,
    /// Repetition pace.
    Fast,
    /// Everything there is.
    AllOut,
}

impl NamedTarget {
    /// The base's name, as the language spells it.
    pub const fn base(self) -> &'static str {
        match self {
            NamedTarget::Rest => "rest",
            NamedTarget::Walk => "walk",
            NamedTarget::Recovery => "recovery",
            NamedTarget::Easy => "easy",
            NamedTarget::Steady => "steady",
            NamedTarget::Marathon => "MP",
            NamedTarget::Half => "HMP",
            NamedTarget::TenMile => "10 mile",
            NamedTarget::FifteenK => "15K",
            NamedTarget::Tempo => "tempo",
            NamedTarget::TenK => "10K",
            NamedTarget::FiveK => "5K",
            NamedTarget::Hard => "hard",
            NamedTarget::ThreeK => "3K",
            NamedTarget::Mile => "mile",
            NamedTarget::FifteenHundred => "1500",
            NamedTarget::EightHundred => "800",
            NamedTarget::Fast => "fast",
            NamedTarget::AllOut => "all-out",
        }
    }

    /// Its row in the table of meanings; greater is harder.
    pub const fn rank(self) -> u8 {
        match self {
            NamedTarget::Rest => 0,
            NamedTarget::Walk => 1,
            NamedTarget::Recovery => 2,
            NamedTarget::Easy => 3,
            NamedTarget::Steady => 4,
            NamedTarget::Marathon => 5,
            NamedTarget::Half => 6,
            NamedTarget::TenMile | NamedTarget::FifteenK | NamedTarget::Tempo => 7,
            NamedTarget::TenK => 8,
            NamedTarget::FiveK | NamedTarget::Hard => 9,
            NamedTarget::ThreeK
            | NamedTarget::Mile
            | NamedTarget::FifteenHundred
            | NamedTarget::EightHundred
            | NamedTarget::Fast => 10,
            NamedTarget::AllOut => 11,
        }
    }

    /// True for a word that says how hard the effort is; false for a race's pace, and for standing still.
    pub const fn is_effort(self) -> bool {
        match self {
            NamedTarget::Walk
            | NamedTarget::Recovery
            | NamedTarget::Easy
            | NamedTarget::Steady
            | NamedTarget::Tempo
            | NamedTarget::Hard
            | NamedTarget::Fast
            | NamedTarget::AllOut => true,
            NamedTarget::Rest
            | NamedTarget::Marathon
            | NamedTarget::Half
            | NamedTarget::TenMile
            | NamedTarget::FifteenK
            | NamedTarget::TenK
            | NamedTarget::FiveK
            | NamedTarget::ThreeK
            | NamedTarget::Mile
            | NamedTarget::FifteenHundred
            | NamedTarget::EightHundred => false,
        }
    }

    /// Returns the zone of the effort.
    pub const fn zone(self) -> Zone {
        Zone::clamped(match self {
            NamedTarget::Rest => 0,
            NamedTarget::Walk | NamedTarget::Recovery => 1,
            NamedTarget::Easy => 2,
            NamedTarget::Steady | NamedTarget::Marathon => 3,
            NamedTarget::Half
            | NamedTarget::TenMile
            | NamedTarget::FifteenK
            | NamedTarget::Tempo
            | NamedTarget::TenK => 4,
            NamedTarget::FiveK
            | NamedTarget::Hard
            | NamedTarget::ThreeK
            | NamedTarget::Mile
            | NamedTarget::FifteenHundred
            | NamedTarget::EightHundred
            | NamedTarget::Fast
            | NamedTarget::AllOut => 5,
        })
    }
}

/// What a word does in the notation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WordMeaning {
    /// An effort or a pace, and how the screen shows it.
    Pace(NamedTarget, &'static str),
    /// A kind of step.
    Kind(Kind),
    /// Read after a target and ignored.
    Filler,
    /// Read before a target and ignored.
    At,
    /// A step that a key ends.
    Open,
    /// A heart rate that ends a step.
    Until,
    /// `full recovery`.
    Full,
    /// `alternate … for …`.
    Alternate,
    /// The time of an `alternate`.
    For,
    /// The time of a distance.
    In,
    /// An incline.
    Incline,
    /// A breathing pace.
    Breathe,
    /// A ramp.
    Ramp,
    /// A perceived effort.
    Rpe,
    /// A heart-rate zone.
    Zone,
    /// Seconds in one of a unit of time.
    Time(u32),
    /// Metres in one of a unit of distance.
    Length(f64),
    /// `m`: minutes, metres or miles.
    Ambiguous,
    /// A cue's time.
    Cue(CueWord),
}

/// The words a cue's time is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueWord {
    /// At the step's start.
    Start,
    /// Half-way.
    Half,
    /// At its end.
    End,
    /// Again and again.
    Every,
}

/// The table. Several words of a spelling are separated by single spaces; a hyphen or nothing may stand there too.
pub const WORDS: &[(&str, WordMeaning)] = &[
    ("rest", WordMeaning::Pace(NamedTarget::Rest, "rest")),
    ("walk", WordMeaning::Pace(NamedTarget::Walk, "walk")),
    ("recovery", WordMeaning::Pace(NamedTarget::Recovery, "recovery")),
    ("very easy", WordMeaning::Pace(NamedTarget::Recovery, "very easy")),
    ("easy", WordMeaning::Pace(NamedTarget::Easy, "easy")),
    ("jog", WordMeaning::Pace(NamedTarget::Easy, "jog")),
    ("steady", WordMeaning::Pace(NamedTarget::Steady, "steady")),
    ("marathon", WordMeaning::Pace(NamedTarget::Marathon, "MP")),
    ("MP", WordMeaning::Pace(NamedTarget::Marathon, "MP")),
    ("half", WordMeaning::Pace(NamedTarget::Half, "HMP")),
    ("half marathon", WordMeaning::Pace(NamedTarget::Half, "HMP")),
    ("HMP", WordMeaning::Pace(NamedTarget::Half, "HMP")),
    ("10 mile", WordMeaning::Pace(NamedTarget::TenMile, "10 mile")),
    ("15K", WordMeaning::Pace(NamedTarget::FifteenK, "15K")),
    ("tempo", WordMeaning::Pace(NamedTarget::Tempo, "tempo")),
    ("threshold", WordMeaning::Pace(NamedTarget::Tempo, "threshold")),
    ("10K", WordMeaning::Pace(NamedTarget::TenK, "10K")),
    ("5K", WordMeaning::Pace(NamedTarget::FiveK, "5K")),
    ("hard", WordMeaning::Pace(NamedTarget::Hard, "hard")),
    ("3K", WordMeaning::Pace(NamedTarget::ThreeK, "3K")),
    ("mile", WordMeaning::Pace(NamedTarget::Mile, "mile")),
    ("1500", WordMeaning::Pace(NamedTarget::FifteenHundred, "1500")),
    ("800", WordMeaning::Pace(NamedTarget::EightHundred, "800")),
    ("fast", WordMeaning::Pace(NamedTarget::Fast, "fast")),
    ("strides", WordMeaning::Pace(NamedTarget::Fast, "strides")),
    ("all out", WordMeaning::Pace(NamedTarget::AllOut, "all-out")),
    ("warm up", WordMeaning::Kind(Kind::Warmup)),
    ("WU", WordMeaning::Kind(Kind::Warmup)),
    ("cool down", WordMeaning::Kind(Kind::Cooldown)),
    ("warm down", WordMeaning::Kind(Kind::Cooldown)),
    ("CD", WordMeaning::Kind(Kind::Cooldown)),
    ("WD", WordMeaning::Kind(Kind::Cooldown)),
    ("recovery", WordMeaning::Kind(Kind::Recovery)),
    ("rest", WordMeaning::Kind(Kind::Rest)),
    ("interval", WordMeaning::Kind(Kind::Interval)),
    ("pace", WordMeaning::Filler),
    ("effort", WordMeaning::Filler),
    ("run", WordMeaning::Filler),
    ("at", WordMeaning::At),
    ("open", WordMeaning::Open),
    ("until", WordMeaning::Until),
    ("full", WordMeaning::Full),
    ("full recovery", WordMeaning::Full),
    ("alternate", WordMeaning::Alternate),
    ("for", WordMeaning::For),
    ("in", WordMeaning::In),
    ("incline", WordMeaning::Incline),
    ("breathe", WordMeaning::Breathe),
    ("ramp", WordMeaning::Ramp),
    ("RPE", WordMeaning::Rpe),
    ("Z", WordMeaning::Zone),
    ("zone", WordMeaning::Zone),
    ("s", WordMeaning::Time(1)),
    ("sec", WordMeaning::Time(1)),
    ("secs", WordMeaning::Time(1)),
    ("second", WordMeaning::Time(1)),
    ("seconds", WordMeaning::Time(1)),
    ("min", WordMeaning::Time(60)),
    ("mins", WordMeaning::Time(60)),
    ("minute", WordMeaning::Time(60)),
    ("minutes", WordMeaning::Time(60)),
    ("h", WordMeaning::Time(3600)),
    ("hr", WordMeaning::Time(3600)),
    ("hrs", WordMeaning::Time(3600)),
    ("hour", WordMeaning::Time(3600)),
    ("hours", WordMeaning::Time(3600)),
    ("km", WordMeaning::Length(1000.0)),
    ("kms", WordMeaning::Length(1000.0)),
    ("kilometre", WordMeaning::Length(1000.0)),
    ("kilometres", WordMeaning::Length(1000.0)),
    ("kilometer", WordMeaning::Length(1000.0)),
    ("kilometers", WordMeaning::Length(1000.0)),
    ("mi", WordMeaning::Length(crate::units::METRES_PER_MILE)),
    ("mile", WordMeaning::Length(crate::units::METRES_PER_MILE)),
    ("miles", WordMeaning::Length(crate::units::METRES_PER_MILE)),
    ("metre", WordMeaning::Length(1.0)),
    ("metres", WordMeaning::Length(1.0)),
    ("meter", WordMeaning::Length(1.0)),
    ("meters", WordMeaning::Length(1.0)),
    ("m", WordMeaning::Ambiguous),
    ("start", WordMeaning::Cue(CueWord::Start)),
    ("half", WordMeaning::Cue(CueWord::Half)),
    ("half way", WordMeaning::Cue(CueWord::Half)),
    ("end", WordMeaning::Cue(CueWord::End)),
    ("every", WordMeaning::Cue(CueWord::Every)),
];

/// True where `written` (words separated by single spaces) spells `spelling`.
fn spells(spelling: &str, written: &str) -> bool {
    // `warm up`, `warm-up` and `warmup` arrive as `warm up` or `warmup`.
    spelling.eq_ignore_ascii_case(written)
        || (spelling.contains(' ')
            && !written.contains(' ')
            && spelling.bytes().filter(|b| *b != b' ').eq(written.bytes().map(|b| b.to_ascii_lowercase())))
}

/// The first meaning of `written` for which `wanted` finds something.
pub fn lookup<T>(written: &str, wanted: impl Fn(WordMeaning) -> Option<T>) -> Option<T> {
    WORDS.iter().filter(|(spelling, _)| spells(spelling, written)).find_map(|(_, meaning)| wanted(*meaning))
}

/// What kind of step `written` names.
pub fn kind(written: &str) -> Option<Kind> {
    lookup(written, |m| match m {
        WordMeaning::Kind(kind) => Some(kind),
        _ => None,
    })
}

/// Returns the kind of step that a label names, whichever hyphens it is written with: `Warm-up`.
pub fn label_kind(label: &str) -> Option<Kind> {
    kind(&label.replace(['-', '\u{2010}', '\u{2011}'], " "))
}

/// The effort or pace `written` names, and how it is shown.
pub fn pace(written: &str) -> Option<(NamedTarget, &'static str)> {
    lookup(written, |m| match m {
        WordMeaning::Pace(named, shown) => Some((named, shown)),
        _ => None,
    })
}

/// True where `written` means `meaning`.
pub fn is(written: &str, meaning: WordMeaning) -> bool {
    lookup(written, |m| (m == meaning).then_some(())).is_some()
}

/// Everything that may stand as a target or around it, for suggestions.
pub fn targets() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| match meaning {
        WordMeaning::Pace(..)
        | WordMeaning::Incline
        | WordMeaning::Breathe
        | WordMeaning::Ramp
        | WordMeaning::Rpe => Some(if *spelling == "all out" { "all-out" } else { *spelling }),
        WordMeaning::Kind(Kind::Warmup) => Some("warmup"),
        WordMeaning::Kind(Kind::Cooldown) => Some("cooldown"),
        _ => None,
    })
}

/// Everything that a step may begin with, for suggestions.
pub fn starters() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| match meaning {
        WordMeaning::Kind(kind) => Some(kind.word()),
        WordMeaning::Open | WordMeaning::Alternate | WordMeaning::Full | WordMeaning::Until => {
            Some(*spelling)
        }
        _ => None,
    })
}

/// Every unit of time and distance, for suggestions.
pub fn units() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| {
        matches!(meaning, WordMeaning::Time(_) | WordMeaning::Length(_)).then_some(*spelling)
    })
}

/// Every word of a cue's time, for suggestions.
pub fn cue_times() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| matches!(meaning, WordMeaning::Cue(_)).then_some(*spelling))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_whatever_joins_them() {
        for written in ["warm up", "warmup", "WARMUP", "Warm Up"] {
            assert_eq!(kind(written), Some(Kind::Warmup), "{written}");
        }
        assert_eq!(pace("all out").map(|p| p.1), Some("all-out"));
        assert_eq!(pace("mp").map(|p| p.0), Some(NamedTarget::Marathon));
        assert_eq!(pace("quick"), None);
    }

    #[test]
    fn two_meanings_of_one_word_are_both_found() {
        assert_eq!(kind("rest"), Some(Kind::Rest));
        assert_eq!(pace("rest").map(|p| p.0), Some(NamedTarget::Rest));
        assert!(is("mile", WordMeaning::Length(crate::units::METRES_PER_MILE)));
        assert_eq!(pace("mile").map(|p| p.0), Some(NamedTarget::Mile));
    }
}
