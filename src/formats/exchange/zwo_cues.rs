//! Texts of Zwift's workouts. Their times count from the start of the element, which may be a whole set of intervals.

use super::model::{CuePlace, ForeignCue};
use super::zwo_meta::ZwoText;
use crate::units::Millis;

/// The longest time that a text can wait, in seconds.
const LONGEST: f64 = 86_400.0;

/// Returns the texts of an element. In one with a time, a place in metres has no meaning, and stands for the start.
pub fn cues(texts: &[ZwoText], is_distance: bool) -> Vec<ForeignCue> {
    let mut cues: Vec<(f64, ForeignCue)> = texts.iter().map(|text| cue(text, is_distance)).collect();
    cues.sort_by(|a, b| a.0.total_cmp(&b.0));
    cues.into_iter().map(|(_, cue)| cue).collect()
}

fn cue(text: &ZwoText, is_distance: bool) -> (f64, ForeignCue) {
    let (order, at) = match (is_distance, text.metres, text.seconds) {
        // A program that knows no `distoffset` writes metres as seconds.
        (true, Some(metres), _) | (true, None, Some(metres)) => (metres, CuePlace::Metres(metres)),
        (false, _, Some(seconds)) => {
            let seconds = seconds.min(LONGEST);
            (seconds, CuePlace::Time(Millis::from_secs_f64(seconds)))
        }
        (false, Some(metres), None) if metres > 0.0 => (0.0, CuePlace::Metres(metres)),
        _ => (0.0, CuePlace::Time(Millis::ZERO)),
    };
    (order, ForeignCue { at, text: text.message.clone() })
}
