//! The quantities of a runner: time, distance, speed, pace, incline, heart rate and weight.
//!
//! Each quantity is a type of its own, so a pace cannot be passed where a speed is expected. They print as runners
//! write them (`4:17`, `14.0 km/h`). A time is rounded before it is split into minutes and seconds, so `3:60` never
//! appears.

mod body;
mod distance;
mod incline;
pub mod parse;
mod rehearsal;
mod speed;
mod time;
pub mod typed_time;

pub use body::{HeartRate, HeartRateRange, Weight};
pub use distance::{Distance, DistanceUnit, METRES_PER_MILE, PaceUnit, WrittenDistance};
pub use incline::Incline;
pub use rehearsal::Rehearsal;
pub use speed::{Speed, SpeedUnit};
pub use time::{Millis, Moment, clock};

/// Formats a number with at most `decimals` decimals and without trailing zeros.
pub fn trimmed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    match short {
        "-0" => "0".to_string(),
        short => short.to_string(),
    }
}
