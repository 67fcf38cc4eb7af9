//! Days as well-known plans have them, from `tests/plans/public-days.txt`: at least 97 of 100 can be written.

use crate::plans::BuiltIn;
use pacebell::athlete::Athlete;
use pacebell::diagnostic::SourceText;
use pacebell::plan::{Calendar, PlanAnchor, compile_plan, read_plan};
use std::collections::BTreeSet;

struct PublicDay {
    plan: &'static str,
    count: usize,
    line: &'static str,
    needs_profile: bool,
}

fn public_days() -> Vec<PublicDay> {
    let lines = include_str!("plans/public-days.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.splitn(3, " | ");
            let (plan, count, day) =
                (parts.next().unwrap(), parts.next().unwrap(), parts.next().expect(line));
            let needs_profile = day.starts_with("! ");
            let line = day.trim_start_matches("! ");
            PublicDay { plan, count: count.parse().unwrap(), line, needs_profile }
        })
        .collect()
}

/// Compiles a plan with this day.
fn compiled(line: &str, athlete: Option<&Athlete>) -> Option<Calendar> {
    let text = format!("name = \"Day\"\n[[week]]\nmon = '{line}'\n");
    let anchor = PlanAnchor::start("2026-12-07".parse().unwrap());
    compile_plan(&read_plan(&SourceText::new("day.toml", text)), anchor, athlete, &BuiltIn).ok()
}

#[test]
fn ninety_seven_of_a_hundred_days_of_well_known_plans_can_be_written() {
    let days = public_days();
    let athlete = Athlete::with_vdot(45.0);
    let (mut all, mut written) = (0, 0);
    for PublicDay { plan, count, line, needs_profile } in &days {
        assert!(compiled(line, Some(&athlete)).is_some(), "{plan}: {line}");
        assert_eq!(compiled(line, None).is_none(), *needs_profile, "{plan}: {line}");
        all += count;
        written += if *needs_profile { 0 } else { *count };
    }
    let plans: BTreeSet<&str> = days.iter().map(|day| day.plan).collect();
    assert!(plans.len() >= 6 && all > 900, "{} plans, {all} days", plans.len());
    assert!(written * 100 >= all * 97, "{written} of {all}");
}

/// The totals, added up by hand.
#[test]
fn the_days_mean_what_they_say() {
    for (line, minutes) in [
        ("5min brisk walk, 8×(60s run, 90s walk), 5min walk", 30.0),
        ("5min walk, 6×(90s run, 2min walk), 5min walk", 31.0),
        ("5min walk, 2×(90s run, 90s walk, 3min run, 3min walk), 5min walk", 28.0),
        ("5min walk, 3×5min run / 3min walk, 5min walk", 31.0),
        ("15min easy, 5×6min 97% threshold / 60s jog, 10min easy", 59.0),
        ("15min easy, 3×10min 95% threshold / 60s jog, 10min easy", 57.0),
        ("1h E, 2×(10min T, 2min rest), 30min E", 114.0),
        ("6-9×(4min easy, 1min walk)", 45.0),
    ] {
        assert!(public_days().iter().any(|day| day.line == line), "{line}");
        let calendar = compiled(line, None).unwrap();
        let workout = calendar.days().next().unwrap().items[0].workout().unwrap();
        assert!((workout.figures.time.as_secs_f64() / 60.0 - minutes).abs() < 0.01, "{line}");
    }
    for (line, miles) in [
        ("8mi w/ 4mi @ HMP", 8.0),
        ("9mi w/ 5mi @ 15K-HMP", 9.0),
        ("4mi E, 8mi M, 1mi T, 2mi E", 15.0),
        ("1.5mi easy, 2×3mi MP-10s/mi / 1mi jog, 1.5mi easy", 10.0),
        ("7mi w/ 2mi @ MP", 7.0),
    ] {
        assert!(public_days().iter().any(|day| day.line == line), "{line}");
        let calendar = compiled(line, None).unwrap();
        let distance = calendar.days().next().unwrap().items[0].workout().unwrap().sequence.totals().distance;
        assert!((distance.metres() / 1609.344 - miles).abs() < 0.01, "{line}: {} m", distance.metres());
    }
}
