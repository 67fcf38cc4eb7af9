//! What stands after a step's length: efforts, ramps, zones, RPE, breathing, words and inclines.

use super::found::{FoundText, did_you_mean};
use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;
use crate::workout::bounds::LONGEST_LABEL;
use crate::workout::language::document::TargetClass;

diagnostic_kinds! {
    /// Problems with a step's targets.
    pub enum TargetProblem<'a>: Error {
        UnknownTarget { word: &'a str, nearest: Option<&'static str> } = "unknown-target" {
            message: "unknown target {}", quoted(word);
            label: "not an effort, a pace or a zone";
            help: "{}", did_you_mean(
                *nearest,
                "write an effort (`easy`, `steady`, `hard`), a pace (`MP`, `10K`, `5:00/km`), \
                 a zone (`Z2`), or words in quotes",
            );
        }
        /// `8x400m w/ 90s reast`: the line can be read with the word that was meant.
        MisspelledWord { word: &'a str, meant: &'a str } = "misspelled-word" {
            message: "unknown word {}", quoted(word);
            label: "did you mean `{meant}`?";
            help: "write {} in its place", quoted(meant);
        }
        /// `8x400m on trail w/ 90s jog`: the line can be read without the piece.
        UnreadPiece { what: String, why: String } = "unread-piece" {
            message: "{what}";
            label: "{why}";
        }
        UnexpectedInTargets { found: FoundText<'a>, slip: TargetSlip } = "unexpected-in-targets" {
            message: "{found} is not read here";
            label: "neither an effort, a pace nor a zone";
            help: "{}", slip.help();
        }
        /// `10min pace`.
        FillerWithoutPace { word: &'a str, length: &'a str } = "filler-without-pace" {
            message: "{} without a pace", quoted(word);
            label: "which pace?";
            help: "write the pace before it: `{length} MP`, `{length} 10K` or `{length} easy`";
        }
        BareM = "bare-m" {
            message: "`M` could be a pace or a unit";
            label: "which?";
            help: "write `MP` for marathon pace, `mi` for miles";
        }
        MisplacedIn = "misplaced-in" {
            message: "`in` comes after a distance";
            label: "not here";
            help: "only a distance has a time of its own, like `400m in 90s`";
        }
        DuplicateTarget { class: TargetClass } = "duplicate-target" {
            message: "a second target of the same class ({})", class.name();
            label: "there is one already";
            help: "{}", match class {
                TargetClass::Pace => {
                    "leave one of them out; for a ramp write `A -> B`, for two steps put a comma"
                }
                _ => "leave one of them out",
            };
        }
        /// `400m in 90s 5:00/km`.
        PaceBesideIn { class: TargetClass } = "pace-beside-in" {
            message: "a second target of the same class ({})", class.name();
            label: "`in` gives the pace already";
            help: "the time after `in` is the pace: leave one of them out; an effort, like `hard`, may stay";
        }
        RampWithoutEnds = "ramp-without-ends" {
            message: "a ramp needs two ends";
            label: "from where to where?";
            help: "write both ends, like `ramp 6 -> 10 km/h` or `ramp easy -> MP`";
        }
        MissingRampEnd = "missing-ramp-end" {
            message: "the ramp's end is missing";
            label: "to where?";
            help: "write where it goes, like `easy -> MP` or `6 -> 10 km/h`";
        }
        SecondRamp = "second-ramp" {
            message: "a ramp goes once";
            label: "another ramp";
            help: "write one step for each ramp: `5min easy -> MP, 5min MP -> 10K`";
        }
        InvalidRampEnd { written: &'a str } = "invalid-ramp-end" {
            message: "a ramp cannot end at {}", quoted(written);
            label: "neither a pace nor an effort";
            help: "a ramp runs between two paces or efforts, like `easy -> MP` or `6 -> 10 km/h`; \
                   for zones write two steps: `5min Z2, 5min Z4`";
        }
        EmptyWords = "empty-words" {
            message: "these quotes are empty";
            label: "nothing to do";
            help: "write what to do between the quotes, like `\"squats\"`";
        }
        WordsTooLong = "words-too-long" {
            message: "these words are longer than {LONGEST_LABEL} characters";
            label: "too long";
            help: "shorten it; more can be said in a cue";
        }
        MissingTargetNumber { found: FoundText<'a>, example: &'static str } = "missing-target-number" {
            message: "{found} where a number should stand";
            label: "a number is needed here";
            help: "write a number, like `{example}`";
        }
        InvalidRpe = "invalid-rpe" {
            message: "there is no such RPE";
            label: "0 to 10";
            help: "write a number from 0 to 10, halves allowed, like `RPE 6.5`";
        }
        InvalidZone = "invalid-zone" {
            message: "there is no such zone";
            label: "Z1 to Z5";
            help: "write one zone from `Z1` to `Z5`, or a range of beats like `140-150bpm`";
        }
        BreathingWithoutUnit = "breathing-without-unit" {
            message: "a breathing pace is in breaths a minute";
            label: "no unit";
            help: "{BREATHE}";
        }
        ImpossibleBreathing = "impossible-breathing" {
            message: "no one breathes like this";
            label: "1 to 60 a minute";
            help: "{BREATHE}";
        }
        InvalidBreathingRatio = "invalid-breathing-ratio" {
            message: "this is no ratio";
            label: "in to out";
            help: "{BREATHE}";
        }
        InclineWithoutPercent { written: &'a str } = "incline-without-percent" {
            message: "an incline is in percent";
            label: "no unit";
            help: "write `{written}%`";
        }
        ImpossibleIncline = "impossible-incline" {
            message: "no treadmill is this steep";
            label: "-10% to 40%";
            help: "write an incline from -10% to 40%";
        }
        SecondIncline = "second-incline" {
            message: "a second incline";
            label: "there is one already";
            help: "leave one of them out; `incline 0 -> 4%` changes it evenly";
        }
    }
}

const BREATHE: &str = "write `breathe 6/min`, or `breathe 6/min 4:6`";

/// The common reasons for a mark among the targets that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSlip {
    /// A quote without its end.
    UnclosedQuote,
    /// A bracket that opens.
    Bracket,
    /// An arrow with nothing before it.
    Arrow,
    /// A range's mark with no number before it.
    RangeMark,
    /// A times sign after the step.
    CountLast,
    /// Anything else.
    Other,
}

impl TargetSlip {
    fn help(self) -> &'static str {
        match self {
            TargetSlip::UnclosedQuote => "close the quote on the same line",
            TargetSlip::Bracket => "brackets hold steps: put a comma before them",
            TargetSlip::Arrow => {
                "a ramp goes between two paces or efforts, like `easy -> MP` or `6 -> 10 km/h`"
            }
            TargetSlip::RangeMark => {
                "a range stands between two numbers, like `5:00-5:10/km`; for a ramp write `easy -> MP`"
            }
            TargetSlip::CountLast => "the count comes first: `8×60s hard / 60s easy`",
            TargetSlip::Other => "put a comma between two steps, a bar before a cue",
        }
    }
}
