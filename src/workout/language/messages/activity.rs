//! What a workout that is not a run cannot hold.

use crate::diagnostic::kind::diagnostic_kinds;
use crate::text::quoted;

diagnostic_kinds! {
    /// Problems with `activity`, and with running in a workout that is not a run.
    pub enum ActivityProblem<'a>: Error {
        UnknownActivity { word: &'a str } = "unknown-activity" {
            message: "unknown activity {}", quoted(word);
            label: "neither a run nor strength";
            help: "write `activity = \"strength\"` or `\"other\"`, or leave the key out for a run";
        }
        DistanceInStrength { what: &'a str } = "distance-in-strength" {
            message: "a distance in {what}";
            label: "nothing is run here";
            help: "write a time, counted reps or `open`, like `40s \"plank\"` or `12 reps \"squats\"`";
        }
        PaceInStrength { what: &'a str } = "pace-in-strength" {
            message: "a running pace in {what}";
            label: "nothing is run here";
            help: "write an effort (`easy`, `hard`), `RPE 7` or words in quotes";
        }
        ZoneInStrength { what: &'a str } = "zone-in-strength" {
            message: "a running zone in {what}";
            label: "nothing is run here";
            help: "write an effort (`easy`, `hard`), `RPE 7` or words in quotes";
        }
        InclineInStrength { what: &'a str } = "incline-in-strength" {
            message: "an incline in {what}";
            label: "there is no belt";
            help: "leave it out";
        }
        CueDistanceInStrength { what: &'a str } = "cue-distance-in-strength" {
            message: "a distance in {what}";
            label: "nothing is run here";
            help: "write a time, like `| 20s: …`, `| half: …` or `| -10s: …`";
        }
    }
}
