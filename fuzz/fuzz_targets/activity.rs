//! The activities of other programs, and Strava's list of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pacebell::formats::activity_reader::{read, strava};

fuzz_target!(|bytes: &[u8]| {
    let activities = read(bytes).map(|read| read.activities).unwrap_or_default();
    let rows = strava::read(bytes).unwrap_or_default();
    for activity in activities.into_iter().chain(rows.into_iter().filter_map(|row| row.activity.ok())) {
        let sum: u64 = activity.laps.iter().map(|lap| lap.active.get()).sum();
        assert_eq!(sum, activity.active.get(), "laps add up");
        assert!(activity.remarks.iter().flat_map(|remark| remark.chars()).all(|c| !c.is_control()));
    }
});
