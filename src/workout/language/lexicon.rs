//! The language's table of words: what the parser reads and what suggestions are made from.

use crate::workout::sequence::Kind;

/// A named effort or pace: a row of the table of meanings (some rows hold several).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
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
    /// Repetition pace.
    Fast,
    /// Everything there is.
    AllOut,
}

impl Named {
    /// The base's name, as the language spells it.
    pub const fn base(self) -> &'static str {
        match self {
            Named::Rest => "rest",
            Named::Walk => "walk",
            Named::Recovery => "recovery",
            Named::Easy => "easy",
            Named::Steady => "steady",
            Named::Marathon => "MP",
            Named::Half => "HMP",
            Named::Tempo => "tempo",
            Named::TenK => "10K",
            Named::FiveK => "5K",
            Named::Hard => "hard",
            Named::ThreeK => "3K",
            Named::Mile => "mile",
            Named::Fast => "fast",
            Named::AllOut => "all-out",
        }
    }

    /// Its row in the table of meanings; greater is harder.
    pub const fn rank(self) -> u8 {
        match self {
            Named::Rest => 0,
            Named::Walk => 1,
            Named::Recovery => 2,
            Named::Easy => 3,
            Named::Steady => 4,
            Named::Marathon => 5,
            Named::Half => 6,
            Named::Tempo => 7,
            Named::TenK => 8,
            Named::FiveK | Named::Hard => 9,
            Named::ThreeK | Named::Mile | Named::Fast => 10,
            Named::AllOut => 11,
        }
    }

    /// True for a word of how hard it is; false for a race's pace, and for standing still.
    pub const fn is_effort(self) -> bool {
        match self {
            Named::Walk
            | Named::Recovery
            | Named::Easy
            | Named::Steady
            | Named::Tempo
            | Named::Hard
            | Named::Fast
            | Named::AllOut => true,
            Named::Rest
            | Named::Marathon
            | Named::Half
            | Named::TenK
            | Named::FiveK
            | Named::ThreeK
            | Named::Mile => false,
        }
    }

    /// Its zone.
    pub const fn zone(self) -> u8 {
        match self {
            Named::Rest => 0,
            Named::Walk | Named::Recovery => 1,
            Named::Easy => 2,
            Named::Steady | Named::Marathon => 3,
            Named::Half | Named::Tempo | Named::TenK => 4,
            Named::FiveK | Named::Hard | Named::ThreeK | Named::Mile | Named::Fast | Named::AllOut => 5,
        }
    }
}

/// What a word does in the notation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// An effort or a pace, and how the screen shows it.
    Pace(Named, &'static str),
    /// A kind of step.
    Kind(Kind),
    /// Read after a target and ignored.
    Filler,
    /// Read before a target and ignored.
    At,
    /// A step that a key ends.
    Open,
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
pub const WORDS: &[(&str, Meaning)] = &[
    ("rest", Meaning::Pace(Named::Rest, "rest")),
    ("walk", Meaning::Pace(Named::Walk, "walk")),
    ("recovery", Meaning::Pace(Named::Recovery, "recovery")),
    ("very easy", Meaning::Pace(Named::Recovery, "very easy")),
    ("easy", Meaning::Pace(Named::Easy, "easy")),
    ("jog", Meaning::Pace(Named::Easy, "jog")),
    ("steady", Meaning::Pace(Named::Steady, "steady")),
    ("marathon", Meaning::Pace(Named::Marathon, "MP")),
    ("MP", Meaning::Pace(Named::Marathon, "MP")),
    ("half", Meaning::Pace(Named::Half, "HMP")),
    ("half marathon", Meaning::Pace(Named::Half, "HMP")),
    ("HMP", Meaning::Pace(Named::Half, "HMP")),
    ("tempo", Meaning::Pace(Named::Tempo, "tempo")),
    ("threshold", Meaning::Pace(Named::Tempo, "threshold")),
    ("10K", Meaning::Pace(Named::TenK, "10K")),
    ("5K", Meaning::Pace(Named::FiveK, "5K")),
    ("hard", Meaning::Pace(Named::Hard, "hard")),
    ("3K", Meaning::Pace(Named::ThreeK, "3K")),
    ("mile", Meaning::Pace(Named::Mile, "mile")),
    ("fast", Meaning::Pace(Named::Fast, "fast")),
    ("all out", Meaning::Pace(Named::AllOut, "all-out")),
    ("warm up", Meaning::Kind(Kind::Warmup)),
    ("cool down", Meaning::Kind(Kind::Cooldown)),
    ("recovery", Meaning::Kind(Kind::Recovery)),
    ("rest", Meaning::Kind(Kind::Rest)),
    ("interval", Meaning::Kind(Kind::Interval)),
    ("pace", Meaning::Filler),
    ("effort", Meaning::Filler),
    ("run", Meaning::Filler),
    ("at", Meaning::At),
    ("open", Meaning::Open),
    ("full", Meaning::Full),
    ("full recovery", Meaning::Full),
    ("alternate", Meaning::Alternate),
    ("for", Meaning::For),
    ("in", Meaning::In),
    ("incline", Meaning::Incline),
    ("breathe", Meaning::Breathe),
    ("ramp", Meaning::Ramp),
    ("RPE", Meaning::Rpe),
    ("Z", Meaning::Zone),
    ("zone", Meaning::Zone),
    ("s", Meaning::Time(1)),
    ("sec", Meaning::Time(1)),
    ("secs", Meaning::Time(1)),
    ("second", Meaning::Time(1)),
    ("seconds", Meaning::Time(1)),
    ("min", Meaning::Time(60)),
    ("mins", Meaning::Time(60)),
    ("minute", Meaning::Time(60)),
    ("minutes", Meaning::Time(60)),
    ("h", Meaning::Time(3600)),
    ("hr", Meaning::Time(3600)),
    ("hrs", Meaning::Time(3600)),
    ("hour", Meaning::Time(3600)),
    ("hours", Meaning::Time(3600)),
    ("km", Meaning::Length(1000.0)),
    ("kms", Meaning::Length(1000.0)),
    ("kilometre", Meaning::Length(1000.0)),
    ("kilometres", Meaning::Length(1000.0)),
    ("kilometer", Meaning::Length(1000.0)),
    ("kilometers", Meaning::Length(1000.0)),
    ("mi", Meaning::Length(crate::units::METRES_PER_MILE)),
    ("mile", Meaning::Length(crate::units::METRES_PER_MILE)),
    ("miles", Meaning::Length(crate::units::METRES_PER_MILE)),
    ("metre", Meaning::Length(1.0)),
    ("metres", Meaning::Length(1.0)),
    ("meter", Meaning::Length(1.0)),
    ("meters", Meaning::Length(1.0)),
    ("m", Meaning::Ambiguous),
    ("start", Meaning::Cue(CueWord::Start)),
    ("half", Meaning::Cue(CueWord::Half)),
    ("half way", Meaning::Cue(CueWord::Half)),
    ("end", Meaning::Cue(CueWord::End)),
    ("every", Meaning::Cue(CueWord::Every)),
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
pub fn lookup<T>(written: &str, wanted: impl Fn(Meaning) -> Option<T>) -> Option<T> {
    WORDS.iter().filter(|(spelling, _)| spells(spelling, written)).find_map(|(_, meaning)| wanted(*meaning))
}

/// What kind of step `written` names.
pub fn kind(written: &str) -> Option<Kind> {
    lookup(written, |m| match m {
        Meaning::Kind(kind) => Some(kind),
        _ => None,
    })
}

/// The effort or pace `written` names, and how it is shown.
pub fn pace(written: &str) -> Option<(Named, &'static str)> {
    lookup(written, |m| match m {
        Meaning::Pace(named, shown) => Some((named, shown)),
        _ => None,
    })
}

/// True where `written` means `meaning`.
pub fn is(written: &str, meaning: Meaning) -> bool {
    lookup(written, |m| (m == meaning).then_some(())).is_some()
}

/// Everything that may stand as a target or around it, for suggestions.
pub fn targets() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| match meaning {
        Meaning::Pace(..) | Meaning::Incline | Meaning::Breathe | Meaning::Ramp | Meaning::Rpe => {
            Some(if *spelling == "all out" { "all-out" } else { *spelling })
        }
        Meaning::Kind(Kind::Warmup) => Some("warmup"),
        Meaning::Kind(Kind::Cooldown) => Some("cooldown"),
        _ => None,
    })
}

/// Everything that a step may begin with, for suggestions.
pub fn starters() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| match meaning {
        Meaning::Kind(kind) => Some(kind.word()),
        Meaning::Open | Meaning::Alternate | Meaning::Full => Some(*spelling),
        _ => None,
    })
}

/// Every unit of time and distance, for suggestions.
pub fn units() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| {
        matches!(meaning, Meaning::Time(_) | Meaning::Length(_)).then_some(*spelling)
    })
}

/// Every word of a cue's time, for suggestions.
pub fn cue_times() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(spelling, meaning)| matches!(meaning, Meaning::Cue(_)).then_some(*spelling))
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
        assert_eq!(pace("mp").map(|p| p.0), Some(Named::Marathon));
        assert_eq!(pace("quick"), None);
    }

    #[test]
    fn two_meanings_of_one_word_are_both_found() {
        assert_eq!(kind("rest"), Some(Kind::Rest));
        assert_eq!(pace("rest").map(|p| p.0), Some(Named::Rest));
        assert!(is("mile", Meaning::Length(crate::units::METRES_PER_MILE)));
        assert_eq!(pace("mile").map(|p| p.0), Some(Named::Mile));
    }
}
