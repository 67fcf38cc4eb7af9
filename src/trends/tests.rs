use super::*;
use crate::athlete::{Race, Zone};
use crate::units::{Distance, PaceUnit, Speed};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A run of so many minutes on a day, with an RPE.
fn run(on: &str, minutes: u64, rpe: Option<f64>) -> TrendSession {
    TrendSession {
        id: 1,
        on: day(on),
        name: "Easy".to_string(),
        time: Millis::from_secs(minutes * 60),
        rpe,
        is_run: true,
        zones: ZoneTimes::default(),
        covered: None,
        work: None,
    }
}

fn covered(km: f64, minutes: f64) -> Option<CoveredDistance> {
    let (distance, time) = (Distance::from_metres(km * 1000.0), Millis::from_secs_f64(minutes * 60.0));
    Some(CoveredDistance { distance, time, is_estimated: false })
}

fn with_distance(km: f64, session: TrendSession) -> TrendSession {
    let minutes = session.time.as_secs_f64() / 60.0;
    TrendSession { covered: covered(km, minutes), ..session }
}

fn input<'a>(sessions: &'a [TrendSession], today: &str, weeks: usize) -> TrendInput<'a> {
    TrendInput { sessions, results: &[], today: day(today), week_starts: Weekday::Mon, weeks }
}

fn trends(sessions: &[TrendSession], today: &str, weeks: usize) -> Trends {
    Trends::new(input(sessions, today, weeks))
}

#[track_caller]
fn assert_near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected}");
}

/// Returns the averages after these loads.
fn averages(start: LoadAverages, days: usize, load: f64) -> LoadAverages {
    (0..days).fold(start, |averages, _| averages.after(load))
}

#[test]
fn load_is_rpe_times_minutes() {
    assert_near(session_load(3.0, Millis::from_secs(45 * 60)), 135.0, 1e-9);
    assert_eq!(run("2026-11-23", 45, Some(3.0)).load(), Some(135.0));
    assert_eq!(run("2026-11-23", 45, None).load(), None);
}

#[test]
fn the_load_of_a_week_is_the_sum_of_its_days() {
    // 135, 105, 0, 85, 0, 320, 0.
    let sessions = [
        run("2026-11-23", 45, Some(3.0)),
        run("2026-11-24", 15, Some(7.0)),
        run("2026-11-26", 17, Some(5.0)),
        run("2026-11-28", 80, Some(4.0)),
    ];
    let week = trends(&sessions, "2026-11-29", 12).weeks.pop().unwrap();
    assert_eq!((week.load, week.without_rpe, week.runs), (Some(645.0), 0, 4));
}

#[test]
fn monotony_divides_by_the_deviation_of_the_population() {
    let week = LoadVariation::of_week([50.0, 0.0, 100.0, 50.0, 0.0, 150.0, 0.0]).unwrap();
    assert_near(week.monotony, 0.935, 0.0005);
    assert_near(week.strain, 327.4, 0.05);
    assert_eq!(LoadVariation::of_week([50.0; 7]), None, "all days are alike");
    assert_eq!(LoadVariation::of_week([0.0; 7]), None);
}

#[test]
fn the_averages_rise_from_zero_and_fall_in_days_off() {
    let six_weeks = averages(LoadAverages::default(), 42, 100.0);
    assert_near(six_weeks.long, 63.65, 0.005);
    assert_near(six_weeks.short, 99.85, 0.005);
    assert!(six_weeks.is_settled() && !averages(LoadAverages::default(), 41, 100.0).is_settled());
    let week = averages(LoadAverages::default(), 7, 100.0);
    assert_near(week.long, 15.52, 0.005);
    assert_near(week.short, 66.01, 0.005);
    let rested = averages(LoadAverages { long: 100.0, short: 100.0, days: 100 }, 14, 0.0);
    assert_near(rested.long, 71.36, 0.005);
    assert_near(rested.short, 11.55, 0.005);
}

#[test]
fn the_averages_begin_with_the_first_day_of_the_log() {
    // Seven days of 100: 20 min at RPE 5, Thursday to Wednesday.
    let sessions: Vec<_> = (19..=25).map(|d| run(&format!("2026-11-{d}"), 20, Some(5.0))).collect();
    let weeks = trends(&sessions, "2026-11-25", 12).weeks;
    assert_eq!(weeks.len(), 2, "the week of 16 November and that of 23 November");
    assert_near(weeks[1].averages.long, 15.52, 0.005);
    assert_near(weeks[1].averages.short, 66.01, 0.005);
    assert_eq!(weeks[1].averages.days, 7);
}

#[test]
fn a_week_without_its_seven_days_has_no_monotony() {
    let sessions = [run("2026-11-18", 20, Some(5.0)), run("2026-11-24", 20, Some(5.0))];
    let at = |today| trends(&sessions, today, 12).weeks;
    // The log begins on a Wednesday, so its first week is not known as a whole.
    assert_eq!(at("2026-11-28")[0].variation, None);
    assert_eq!(at("2026-11-28")[1].variation, None, "the week is not over on a Saturday");
    // One day of 100 and six of rest: mean 14.286, deviation 34.993.
    assert_near(at("2026-11-29")[1].variation.unwrap().monotony, 14.286 / 34.993, 0.0005);
}

#[test]
fn sessions_without_an_rpe_are_counted_and_named_and_have_no_load() {
    let sessions = [
        run("2026-11-16", 30, Some(4.0)),
        run("2026-11-23", 45, Some(3.0)),
        TrendSession { id: 7, name: "Hills".to_string(), ..run("2026-11-25", 50, None) },
    ];
    let trends = trends(&sessions, "2026-11-29", 12);
    let week = trends.weeks.last().unwrap();
    assert_eq!((week.load, week.without_rpe), (Some(135.0), 1));
    assert_eq!(week.variation, None, "the load of Wednesday is not known");
    let hills = UnratedSession { id: 7, on: day("2026-11-25"), name: "Hills".to_string() };
    assert_eq!(trends.unrated, [hills]);
    let only = [run("2026-11-23", 45, None)];
    assert_eq!(super::Trends::new(input(&only, "2026-11-29", 1)).weeks[0].load, None, "not 0");
}

#[test]
fn a_week_of_rest_has_a_load_of_zero_and_no_distance() {
    let sessions = [run("2026-11-09", 30, Some(4.0)), run("2026-11-23", 30, Some(4.0))];
    let weeks = trends(&sessions, "2026-11-29", 12).weeks;
    assert_eq!(weeks.len(), 3, "nothing before the log begins");
    assert_eq!((weeks[1].load, weeks[1].covered, weeks[1].easy()), (Some(0.0), None, None));
    assert!(weeks[1].load.unwrap().is_sign_positive(), "0 and not -0");
    assert_eq!(weeks[1].longest, None);
}

#[test]
fn the_distance_of_a_week_says_how_many_runs_have_none() {
    let sessions = [
        with_distance(10.0, run("2026-11-23", 60, None)),
        with_distance(5.5, run("2026-11-24", 30, None)),
        run("2026-11-25", 30, None),
        TrendSession { is_run: false, ..run("2026-11-26", 15, Some(4.0)) },
    ];
    let week = trends(&sessions, "2026-11-29", 12).weeks.pop().unwrap();
    assert_near(week.covered.unwrap().distance.metres(), 15_500.0, 1e-6);
    assert_eq!((week.without_distance, week.runs, week.others), (1, 3, 1));
    assert_eq!(week.time, Millis::from_secs(120 * 60), "the strength workout is not running");
    assert_eq!(week.load, Some(60.0), "but it is load");
}

#[test]
fn the_easy_share_is_zones_1_and_2_of_zones_1_to_5() {
    let mut zones = ZoneTimes::default();
    for (zone, minutes) in [(0, 5), (1, 20), (2, 40), (3, 10), (4, 4), (5, 6)] {
        zones.add(Zone::new(zone), Millis::from_secs(minutes * 60));
    }
    zones.add(None, Millis::from_secs(600));
    assert_near(easy_share(&zones).unwrap(), 60.0 / 80.0, 1e-9);
    assert_eq!(easy_share(&ZoneTimes::default()), None);
}

/// Returns the ratio of the spike that a run causes after another one, 12 days apart.
fn spike(before: TrendSession, run: TrendSession) -> Option<f64> {
    let begin = TrendSession { on: day("2026-09-01"), ..before.clone() };
    let sessions = [begin, TrendSession { on: day("2026-11-10"), ..before }, run];
    trends(&sessions, "2026-11-29", 12).spikes.first().map(|spike| spike.ratio)
}

#[test]
fn a_spike_is_longer_than_the_longest_run_of_30_days_by_more_than_a_tenth() {
    let minutes = |minutes| run("2026-11-22", minutes, None);
    assert_eq!(spike(minutes(90), minutes(99)), None);
    assert_near(spike(minutes(90), minutes(100)).unwrap(), 1.111, 0.001);
    let long = |km| with_distance(km, minutes(100));
    assert_near(spike(long(16.0), long(18.0)).unwrap(), 1.125, 1e-9);
    assert_eq!(spike(minutes(10), minutes(29)), None, "a short run is none");
}

#[test]
fn a_log_of_less_than_30_days_has_no_spikes() {
    let sessions = [run("2026-11-01", 30, None), run("2026-11-30", 90, None)];
    assert!(trends(&sessions, "2026-11-30", 12).spikes.is_empty());
    let sessions = [run("2026-10-31", 30, None), run("2026-11-02", 40, None), run("2026-11-30", 90, None)];
    let spikes = trends(&sessions, "2026-11-30", 12).spikes;
    assert_eq!((spikes.len(), spikes[0].longest.time), (1, Some(Millis::from_secs(2400))));
    let other_day = [run("2026-10-01", 90, None), run("2026-11-30", 60, None), run("2026-11-30", 90, None)];
    assert!(trends(&other_day, "2026-11-30", 12).spikes.is_empty(), "no run in the 30 days before");
}

#[test]
fn the_rate_of_injuries_is_that_of_the_study() {
    assert_eq!(overuse_rate(1.1), None);
    assert_eq!(overuse_rate(1.125), Some(1.64));
    assert_eq!(overuse_rate(1.31), Some(1.52));
    assert_eq!(overuse_rate(2.5), Some(2.28));
}

/// A run of a workout with a work pace per km, in weeks before 29 November.
fn effort(weeks_ago: u64, pace: f64, rpe: f64) -> TrendSession {
    let on = day("2026-11-28").checked_sub_days(Days::new(7 * weeks_ago)).unwrap();
    let name = "Tempo micro".to_string();
    let work = covered(2.0, 2.0 * pace / 60.0);
    TrendSession { on, name, work, ..run("2026-11-28", 17, Some(rpe)) }
}

fn same(efforts: [TrendSession; 4]) -> SameSession {
    trends(&efforts, "2026-11-29", 12).same.pop().unwrap()
}

fn pace(speed: Speed) -> f64 {
    speed.pace(PaceUnit::Km).round()
}

#[test]
fn the_latest_run_is_compared_with_the_median_of_the_three_before() {
    // 5:12 at RPE 6, then 5:05 at RPE 5.
    let found =
        same([effort(6, 330.0, 7.0), effort(4, 312.0, 6.0), effort(2, 300.0, 5.0), effort(0, 305.0, 5.0)]);
    assert_eq!((pace(found.before.speed), found.before.rpe), (312.0, 6.0));
    assert_eq!((pace(found.latest.speed), found.latest.rpe), (305.0, 5.0));
    assert_eq!(found.change, EffortChange::Better);
}

#[test]
fn a_change_counts_from_one_percent_or_one_point_of_effort() {
    let change = |pace: f64, rpe: f64| {
        same([effort(6, 300.0, 6.0), effort(4, 300.0, 6.0), effort(2, 300.0, 6.0), effort(0, pace, rpe)])
            .change
    };
    assert_eq!(change(297.0, 6.0), EffortChange::Better, "exactly 1 % faster");
    assert_eq!(change(297.0, 7.0), EffortChange::Better);
    assert_eq!(change(298.0, 6.0), EffortChange::Same);
    assert_eq!(change(302.0, 5.0), EffortChange::Better, "as fast, and easier by 1");
    assert_eq!(change(302.0, 5.5), EffortChange::Same);
    assert_eq!(change(299.0, 7.0), EffortChange::Worse, "as fast, and harder by 1");
    assert_eq!(change(303.0, 6.0), EffortChange::Worse);
    assert_eq!(change(290.0, 8.0), EffortChange::OtherEffort);
    assert_eq!(change(310.0, 4.0), EffortChange::OtherEffort);
}

#[test]
fn a_workout_run_three_times_is_not_compared() {
    let three = [effort(6, 312.0, 6.0), effort(4, 312.0, 6.0), effort(0, 305.0, 5.0)];
    assert!(trends(&three, "2026-11-29", 12).same.is_empty());
    let one_without_rpe = [
        effort(6, 312.0, 6.0),
        effort(4, 312.0, 6.0),
        TrendSession { rpe: None, ..effort(2, 312.0, 6.0) },
        effort(0, 305.0, 5.0),
    ];
    assert!(trends(&one_without_rpe, "2026-11-29", 12).same.is_empty());
}

#[test]
fn the_slope_is_the_median_of_all_pairs() {
    let points = [(0.0, 300.0), (2.0, 298.0), (4.0, 297.0), (6.0, 295.0)];
    assert_near(theil_sen(&points).unwrap(), -0.79, 0.005);
    let found =
        same([effort(6, 300.0, 6.0), effort(4, 298.0, 6.0), effort(2, 297.0, 6.0), effort(0, 295.0, 6.0)]);
    assert_near(found.slope.unwrap(), -0.79, 0.005);
    let apart =
        same([effort(9, 300.0, 6.0), effort(4, 298.0, 6.0), effort(2, 297.0, 6.0), effort(0, 295.0, 6.0)]);
    assert_eq!(apart.slope, None, "three runs within eight weeks");
    assert_eq!(theil_sen(&[(1.0, 300.0), (1.0, 290.0)]), None, "both on one day");
}

#[test]
fn trials_have_a_vdot() {
    let trial = |seconds, on: &str| RaceResult {
        race: Race::FiveK,
        time: Millis::from_secs(seconds),
        on: Some(day(on)),
    };
    let results = [
        trial(1332, "2026-11-13"),
        trial(1368, "2026-09-18"),
        trial(1351, "2026-10-16"),
        RaceResult::undated(Race::FiveK, Millis::from_secs(1300)),
    ];
    let sessions = [run("2026-09-18", 30, None)];
    let trends = Trends::new(TrendInput { results: &results, ..input(&sessions, "2026-11-29", 12) });
    let vdots: Vec<String> = trends.results.iter().map(|r| format!("{:.1}", r.vdot())).collect();
    assert_eq!(vdots, ["42.7", "43.3", "44.1"]);
    assert_eq!(trends.records.races, [trial(1332, "2026-11-13")]);
}

#[test]
fn records_stand_until_they_are_beaten() {
    let sessions = [
        TrendSession { id: 1, ..with_distance(16.0, run("2026-10-04", 90, None)) },
        TrendSession { id: 2, ..with_distance(16.5, run("2026-10-11", 88, None)) },
        TrendSession { id: 3, ..with_distance(16.5, run("2026-10-18", 90, None)) },
        TrendSession { id: 4, ..run("2026-10-17", 30, None) },
        TrendSession { id: 5, is_run: false, ..run("2026-10-20", 200, None) },
    ];
    let mut ordered = sessions.to_vec();
    ordered.sort_by_key(|s| s.on);
    let records = trends(&ordered, "2026-11-29", 1).records;
    assert_eq!(records.longest_time.unwrap().id, 1);
    assert_eq!(records.longest_distance.unwrap().id, 2);
    assert_eq!(records.week_time.unwrap().first, day("2026-10-12"));
    assert_eq!(
        records.week_distance.unwrap().first,
        day("2026-10-05"),
        "that week's sum is known as a whole"
    );
}

#[test]
fn the_mean_of_four_weeks_needs_four_weeks_with_a_load() {
    let mut sessions: Vec<_> = ["2026-10-26", "2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24"]
        .into_iter()
        .zip([10, 20, 30, 40, 90])
        .map(|(on, minutes)| run(on, minutes, Some(5.0)))
        .collect();
    // 50, 100, 150 and 200 before this week's 450.
    assert_eq!(trends(&sessions, "2026-11-29", 1).mean_load_before, Some(125.0));
    sessions[2].rpe = None;
    assert_eq!(trends(&sessions, "2026-11-29", 1).mean_load_before, None);
    assert_eq!(trends(&sessions[1..], "2026-11-29", 1).mean_load_before, None, "the log begins later");
}

#[test]
fn an_empty_log_has_no_trends() {
    let trends = trends(&[], "2026-11-29", 12);
    assert!(trends.weeks.is_empty() && trends.same.is_empty() && trends.spikes.is_empty());
    assert_eq!(trends.records, TrendRecords::default());
}

#[test]
fn weeks_before_the_window_count_but_are_not_shown() {
    let sessions: Vec<_> = (1..=29).map(|d| run(&format!("2026-11-{d:02}"), 20, Some(5.0))).collect();
    let weeks = trends(&sessions, "2026-11-29", 2).weeks;
    assert_eq!(weeks.iter().map(|w| w.first).collect::<Vec<_>>(), [day("2026-11-16"), day("2026-11-23")]);
    assert_eq!(weeks[1].averages.days, 29);
    let sunday = TrendInput { week_starts: Weekday::Sun, ..input(&sessions, "2026-11-29", 1) };
    assert_eq!(Trends::new(sunday).weeks[0].first, day("2026-11-29"));
}
