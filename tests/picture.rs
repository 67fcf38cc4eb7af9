//! The chart of a workout at every width.

use crate::fixture::{self, plan, step};
use pacebell::athlete::Zone;
use pacebell::display::chart::{IntensityChart, profile, text, time_in_zones};
use pacebell::workout::sequence::Sequence;
use std::sync::Arc;

fn all() -> [Arc<Sequence>; 6] {
    [
        fixture::intervals(),
        fixture::ramp(),
        fixture::open(),
        fixture::range(),
        fixture::distance(),
        fixture::nested(),
    ]
}

#[test]
fn heights_show_speeds_if_all_are_known() {
    let sequence = plan("two").then(step("5 km/h", 60, 1, 5.0)).then(step("10 km/h", 60, 3, 10.0)).done();
    // Half of the fastest speed is a third of the way from a quarter to the whole: 2.7 eighths, or 5.3 of 16.
    assert_eq!(text(&sequence, 8, 1), "▃▃▃▃████\n");
    assert_eq!(text(&sequence, 8, 2), "    ████\n▅▅▅▅████\n");
}

#[test]
fn heights_show_zones_if_a_speed_is_unknown() {
    let sequence = plan("two").then(step("hard", 60, 5, 0.0)).then(step("walk", 180, 1, 5.0)).done();
    assert_eq!(text(&sequence, 8, 1), "██▂▂▂▂▂▂\n");
}

#[test]
fn a_short_sprint_stays_visible_in_a_long_run() {
    let sequence = plan("long")
        .then(step("easy", 2700, 2, 10.0))
        .then(step("sprint", 10, 5, 18.0))
        .then(step("easy", 2700, 2, 10.0))
        .done();
    for width in 1..200 {
        assert!(profile(&sequence, width).iter().any(|b| b.zone == Zone::new(5)), "{width}");
    }
}

#[test]
fn every_rep_and_recovery_wide_enough_is_visible() {
    let zones: Vec<_> = profile(&fixture::intervals(), 98).iter().map(|b| b.zone).collect();
    let begins = |number| {
        let zone = Zone::new(number);
        let before = [None].into_iter().chain(zones.iter().copied());
        before.zip(&zones).filter(|(a, b)| *a != zone && **b == zone).count()
    };
    assert_eq!(begins(5), 8);
    // One warm-up and seven recoveries.
    assert_eq!(begins(2), 8);
}

#[test]
fn every_column_has_a_bar_and_the_position_never_moves_left() {
    for sequence in all() {
        for width in 0..180 {
            let profile = IntensityChart::new(&sequence, width);
            assert_eq!(profile.bars.len(), usize::from(width));
            assert!(profile.bars.iter().all(|b| b.height > 0.0 && b.height <= 1.0));
            let mut before = 0;
            for index in 0..=sequence.steps.len() {
                for part in [0.0, 0.5, 1.0] {
                    let column = profile.column(index, part);
                    assert!(column >= before && column <= width.saturating_sub(1));
                    before = column;
                }
            }
        }
    }
}

#[test]
fn the_zone_split_adds_up_the_time_in_each_zone() {
    let times = |sequence: &Sequence| -> Vec<(Option<Zone>, u64)> {
        time_in_zones(sequence).into_iter().map(|(zone, time)| (zone, time.whole_secs())).collect()
    };
    // 5 min easy, 8×60 s hard with 7×60 s easy between, 5 min walk.
    assert_eq!(times(&fixture::intervals()), [(Zone::new(1), 300), (Zone::new(2), 720), (Zone::new(5), 480)]);
    // A ramp counts half where it starts and half where it ends: 5 + 5 min of ramps, 15 min between.
    assert_eq!(times(&fixture::ramp()), [(Zone::new(1), 300), (Zone::new(3), 1200)]);
    // Open steps have no time.
    assert_eq!(times(&fixture::open()), [(Zone::new(2), 600), (Zone::new(5), 240)]);
}
