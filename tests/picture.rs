//! The chart of a workout at every width.

use crate::fixture::{self, plan, step};
use pacebell::athlete::Zone;
use pacebell::display::chart::{ChartInk, IntensityChart, profile, profile_in_a_list, text, time_in_zones};
use pacebell::units::Incline;
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
    let (empty, low, full) = (" ".repeat(10), "▅".repeat(10), "█".repeat(10));
    assert_eq!(text(&sequence, 20, 2), format!("{empty}{full}\n{low}{full}\n"));
}

#[test]
fn a_hill_is_as_high_as_the_speed_that_is_as_hard_on_the_flat() {
    // ACSM: 150 m/min on 4 % costs 0.2 · 150 + 0.9 · 150 · 0.04 = 35.4 ml/kg/min, as much as 177 m/min on the flat.
    let mut hill = step("9 km/h", 60, 4, 9.0);
    hill.incline = Incline::from_percent(4.0);
    let sequence = plan("two").then(hill).then(step("10.62 km/h", 60, 4, 10.62)).done();
    assert_eq!(text(&sequence, 8, 1), "████████\n");
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

/// The widths of the stretches in a zone, in eighths of a column, in the lowest row.
fn widths(chart: &IntensityChart, number: u8) -> Vec<usize> {
    let mut inks = Vec::new();
    for bar in &chart.bars {
        let cell = bar.cell(0, 8);
        // A part of a column is filled from the left.
        let filled = match cell.block {
            ' ' => 0,
            block => 8 - "█▉▊▋▌▍▎▏".chars().position(|c| c == block).unwrap(),
        };
        inks.extend((0..8).map(|at| if at < filled { cell.ink } else { cell.ground }));
    }
    let zone = ChartInk::Zone(Zone::new(number));
    inks.chunk_by(|a, b| a == b).filter(|run| run[0] == zone).map(<[_]>::len).collect()
}

#[test]
fn equal_reps_are_equally_wide_to_an_eighth_of_a_column() {
    // 25 minutes: a rep of 60 s has a twenty-fifth.
    for width in 40..200 {
        let reps = widths(&IntensityChart::new(&fixture::intervals(), width), 5);
        assert_eq!(reps.len(), 8, "{width}");
        let exact = f64::from(width) * 8.0 / 25.0;
        assert!(reps.iter().all(|rep| (*rep as f64 - exact).abs() <= 1.0), "{width}: {reps:?}");
        assert!(reps.iter().max().unwrap() - reps.iter().min().unwrap() <= 1, "{width}: {reps:?}");
    }
}

#[test]
fn equal_reps_narrower_than_a_column_are_equally_wide() {
    let mut workout = plan("short");
    for _ in 0..10 {
        workout = workout.then(step("fast", 20, 5, 18.0)).then(step("easy", 40, 2, 9.0));
    }
    let workout = workout.done();
    for width in 10..30 {
        let exact = (f64::from(width) * 8.0 / 30.0).round().max(4.0) as usize;
        assert_eq!(widths(&IntensityChart::new(&workout, width), 5), [exact; 10], "{width}");
    }
}

#[test]
fn short_reps_stand_apart_in_a_list() {
    // Eight reps and seven recoveries of the same length share eight columns.
    let mut workout = plan("short");
    for _ in 0..8 {
        workout = workout.then(step("hard", 60, 5, 0.0)).then(step("easy", 60, 2, 0.0));
    }
    let bars = profile_in_a_list(&workout.done(), 8);
    let picture: String = bars.iter().map(|bar| bar.block(0, 1)).collect();
    assert_eq!(picture, "▇▃▇▃▇▃▇▃", "and no bar touches the row above");
}

#[test]
fn printed_reps_are_equally_wide() {
    // Full, half and eighth blocks from the left; half blocks from the right.
    let eighths = |c| match c {
        '█' => 8,
        '▐' => 4,
        ' ' => 0,
        c => 8 - "█▉▊▋▌▍▎▏".chars().position(|block| block == c).unwrap(),
    };
    for width in 50..160 {
        let picture = text(&fixture::intervals(), width, 8);
        let top = picture.lines().next().unwrap();
        let mut reps: Vec<usize> = Vec::new();
        let mut before = 0;
        for now in top.chars().map(eighths) {
            match before > 0 && (before == 8 || now == 8) && now > 0 {
                true => *reps.last_mut().unwrap() += now,
                false if now > 0 => reps.push(now),
                false => {}
            }
            before = now;
        }
        assert_eq!(reps.len(), 8, "{width}: {top}");
        assert!(reps.iter().all(|rep| *rep == reps[0]), "{width}: {reps:?} {top}");
    }
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
