//! The check-in in words, for the screen and for printed lines.

use crate::agenda::{CheckinReason, CheckinVerdict, DailyCheckin, UsualValue};

/// The list that marks rest.
pub const STOP_LIST: &str = "Sharp pain · fever or illness · an injury that changes your stride";
/// The scales, in the order of the answers.
pub const SCALES: [CheckinScale; 4] = [
    CheckinScale { name: "Sleep", words: ["awful", "poor", "usual", "good", "deep"] },
    CheckinScale { name: "Soreness", words: ["very", "sore", "usual", "little", "none"] },
    CheckinScale { name: "Energy", words: ["empty", "low", "usual", "fresh", "full"] },
    CheckinScale { name: "Mood", words: ["dark", "low", "usual", "good", "bright"] },
];

/// A scale from 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckinScale {
    /// The name.
    pub name: &'static str,
    /// A word for each number, from 1 on.
    pub words: [&'static str; 5],
}

/// Returns a mean and its deviation: `15.7 ± 0.9`.
pub fn usual(usual: UsualValue) -> String {
    format!("{:.1} ± {:.1}", usual.mean, usual.deviation)
}

/// Returns the numbers and what they mark: `14 of 20; your usual is 15.7 ± 0.9. 14 is lower by more than one
/// deviation: easier is marked.`
pub fn sentence(checkin: &DailyCheckin, verdict: &CheckinVerdict) -> String {
    let usual_sum = match verdict.usual {
        Some(sum) => format!("your usual is {}", usual(sum)),
        None => "10 check-ins give a usual sum".to_string(),
    };
    let heart = checkin.answers.resting_heart.map_or_else(String::new, |heart| match verdict.usual_heart {
        Some(rate) => format!(" Resting heart rate {heart}; your usual is {}.", usual(rate)),
        None => format!(" Resting heart rate {heart}."),
    });
    let lower = format!("{} is lower by more than one deviation: easier is marked.", verdict.sum);
    let why = match verdict.reason {
        CheckinReason::MustStop => "Pain, illness or an injury: rest is marked.",
        CheckinReason::TwoMornings => "The second such morning in a row: rest is marked.",
        CheckinReason::ScaleAtOne => "An answer is 1: easier is marked.",
        CheckinReason::BelowUsual => &lower,
        CheckinReason::LowSum => "10 or less counts as low: easier is marked.",
        CheckinReason::HighHeart => "Your heart rate is high by more than two deviations: easier is marked.",
        CheckinReason::Usual => "As planned is marked.",
    };
    format!("{} of 20; {usual_sum}.{heart} {why}", verdict.sum)
}
