use super::*;
use crate::units::parse::race_time;

const RACES: [Race; 5] = [Race::FiveK, Race::TenK, Race::FifteenK, Race::Half, Race::Marathon];

fn seconds(text: &str) -> f64 {
    race_time(text).unwrap().as_secs_f64()
}

fn with_vdot(vdot: f64) -> Athlete {
    Athlete { vdot: Some(vdot), ..Athlete::default() }
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

fn result(race: Race, time: &str) -> RaceResult {
    RaceResult { race, time: race_time(time).unwrap(), on: None }
}

fn zone(number: u8) -> Zone {
    Zone::new(number).unwrap()
}

fn pace(speed: Option<Speed>) -> f64 {
    1000.0 / speed.unwrap().mps()
}

/// Daniels' printed tables: a VDOT, and its times for 5K, 10K, 15K, half marathon and marathon.
const PRINTED: [(f64, [&str; 5]); 5] = [
    (30.0, ["30:40", "1:03:46", "1:38:14", "2:21:04", "4:49:17"]),
    (40.0, ["24:08", "50:03", "1:17:06", "1:50:59", "3:49:45"]),
    (50.0, ["19:57", "41:21", "1:03:36", "1:31:35", "3:10:49"]),
    (60.0, ["17:03", "35:22", "54:18", "1:18:09", "2:43:25"]),
    (70.0, ["14:55", "31:00", "47:32", "1:08:21", "2:23:10"]),
];

#[test]
fn results_give_the_printed_vdot() {
    let known = result(Race::FiveK, "20:00").vdot();
    assert!((known - 49.81).abs() < 0.01, "{known}");
    for (expected, times) in PRINTED {
        for (race, time) in RACES.into_iter().zip(times) {
            let got = result(race, time).vdot();
            assert!((got - expected).abs() < 0.1, "{race:?} {time}: {got}");
        }
    }
}

#[test]
fn predictions_agree_with_the_printed_tables() {
    for (expected, times) in PRINTED {
        for (race, time) in RACES.into_iter().zip(times) {
            let got = with_vdot(expected).predicted(race.distance()).unwrap().as_secs_f64();
            let off = (got / seconds(time) - 1.0).abs();
            assert!(off < 0.002, "{expected} {race:?}: {got} against {time}");
        }
    }
}

/// Daniels and Gilbert's equation as published. It is zero where `vdot` and the time match. `solved` finds that time by
/// the secant method.
fn surplus(metres: f64, minutes: f64, vdot: f64) -> f64 {
    let v = metres / minutes;
    let needed = 0.000104 * v.powi(2) + 0.182258 * v - 4.60;
    let given =
        vdot * (0.8 + 0.1894393 * f64::exp(-0.012778 * minutes) + 0.2989558 * f64::exp(-0.1932605 * minutes));
    needed - given
}

fn solved(metres: f64, vdot: f64) -> f64 {
    let (mut a, mut b) = (metres / 250.0, metres / 200.0);
    for _ in 0..100 {
        let (fa, fb) = (surplus(metres, a, vdot), surplus(metres, b, vdot));
        if (b - a).abs() < 1e-9 || fa == fb {
            break;
        }
        (a, b) = (b, b - fb * (b - a) / (fb - fa));
    }
    b * 60.0
}

#[test]
fn predictions_solve_the_published_equation() {
    // Check the solver against a printed time.
    assert!((solved(5000.0, 50.0) / seconds("19:57") - 1.0).abs() < 0.002);
    for vdot in 30..=85 {
        let vdot = f64::from(vdot);
        for race in RACES {
            let expected = solved(race.distance().metres(), vdot);
            let got = with_vdot(vdot).predicted(race.distance()).unwrap().as_secs_f64();
            assert!((got / expected - 1.0).abs() < 0.002, "{vdot} {race:?}: {got} against {expected}");
        }
    }
}

#[test]
fn training_paces_agree_with_the_printed_tables() {
    let table = [
        (40.0, "6:19", "5:06", "4:42", "1:46"),
        (50.0, "5:18", "4:15", "3:55", "1:27"),
        (60.0, "4:35", "3:40", "3:23", "1:15"),
        (70.0, "4:02", "3:14", "2:59", "1:05"),
    ];
    for (vdot, easy, threshold, interval, repetition) in table {
        let athlete = with_vdot(vdot);
        let near = |named: NamedPace, printed: f64| {
            let got = pace(athlete.speed(named));
            assert!((got - printed).abs() <= 3.0, "{vdot} {named:?}: {got} against {printed}");
        };
        near(NamedPace::Threshold, seconds(threshold));
        near(NamedPace::Hard, seconds(interval));
        near(NamedPace::Fast, seconds(repetition) * 2.5);
        near(NamedPace::Easy, seconds(easy));
    }
}

#[test]
fn a_race_pace_comes_from_its_own_result() {
    let athlete =
        Athlete::from_results(vec![result(Race::TenK, "50:00"), result(Race::FiveK, "22:30")]).unwrap();
    assert!((pace(athlete.speed(NamedPace::TenK)) - 300.0).abs() < 1e-6);
    // The 5K is the better result, so all other paces are predicted from it.
    let alone = Athlete::from_results(vec![result(Race::FiveK, "22:30")]).unwrap();
    assert_eq!(athlete.vdot(), alone.vdot());
    assert_eq!(athlete.speed(NamedPace::Marathon), alone.speed(NamedPace::Marathon));
}

#[test]
fn a_given_pace_overrides_the_calculated_one() {
    let mut athlete = Athlete::from_results(vec![result(Race::FiveK, "22:30")]).unwrap();
    let (easy, hard) = (athlete.speed(NamedPace::Easy), athlete.speed(NamedPace::Hard));
    athlete.paces =
        vec![(NamedPace::Easy, Speed::from_kmh(9.0)), (NamedPace::Threshold, Speed::from_kmh(13.0))];
    assert_eq!(athlete.speed(NamedPace::Easy), Some(Speed::from_kmh(9.0)));
    assert_eq!(athlete.calculated(NamedPace::Easy), easy);
    assert_eq!(athlete.speed(NamedPace::Hard), hard);
    // It also holds for the zone and the effort that it belongs to.
    assert_eq!(athlete.zone_speed(zone(4)), Some(Speed::from_kmh(13.0)));
    assert_eq!(athlete.effort_speed(3.0), Some(Speed::from_kmh(9.0)));
}

#[test]
fn an_athlete_may_have_no_result() {
    let athlete =
        Athlete { paces: vec![(NamedPace::Threshold, Speed::from_kmh(13.0))], ..Athlete::default() };
    assert_eq!(athlete.vdot(), None);
    assert_eq!(athlete.predicted(Race::TenK.distance()), None);
    assert_eq!(athlete.speed(NamedPace::Threshold), Some(Speed::from_kmh(13.0)));
    for pace in NamedPace::ALL.into_iter().filter(|p| *p != NamedPace::Threshold) {
        assert_eq!(athlete.speed(pace), None, "{pace:?}");
    }
}

#[test]
fn impossible_results_are_refused() {
    assert_eq!(Athlete::from_results(vec![result(Race::FiveK, "3:00")]), None);
    assert_eq!(Athlete::from_results(vec![result(Race::FiveK, "2:30:00")]), None);
    assert_eq!(Athlete::from_results(vec![]), Some(Athlete::default()));
}

#[test]
fn an_outdated_result_is_set_aside() {
    let old = RaceResult { on: day("2024-05-01"), ..result(Race::TenK, "38:00") };
    let new = RaceResult { on: day("2026-09-13"), ..result(Race::FiveK, "22:30") };
    let undated = result(Race::Half, "1:45:00");
    let athlete = Athlete::from_results(vec![old, new, undated]).unwrap();
    assert!(athlete.is_set_aside(&old) && !athlete.is_set_aside(&new) && !athlete.is_set_aside(&undated));
    assert_eq!(athlete.vdot(), Some(new.vdot()));
    assert!(pace(athlete.speed(NamedPace::TenK)) > 270.0, "predicted, not 3:48/km");
    // A result within a year of the newest counts.
    let recent = RaceResult { on: day("2025-09-13"), ..old };
    assert_eq!(Athlete::from_results(vec![recent, new]).unwrap().vdot(), Some(recent.vdot()));
}

#[test]
fn harder_zones_and_efforts_suggest_higher_speeds() {
    let athlete = with_vdot(50.0);
    let zones: Vec<f64> = (1..=5).map(|number| athlete.zone_speed(zone(number)).unwrap().kmh()).collect();
    assert!(zones.is_sorted_by(|a, b| a < b), "{zones:?}");
    let efforts: Vec<f64> =
        [2.0, 3.0, 4.5, 6.5, 8.0, 9.0].map(|rpe| athlete.effort_speed(rpe).unwrap().kmh()).to_vec();
    assert!(efforts.is_sorted_by(|a, b| a < b), "{efforts:?}");
    assert_eq!((athlete.zone_speed(Zone::STANDING), athlete.effort_speed(10.0)), (None, None));
}

#[test]
fn paces_have_the_names_that_workouts_use() {
    assert_eq!(NamedPace::named("mp"), Some(NamedPace::Marathon));
    assert_eq!(NamedPace::named("Tempo"), Some(NamedPace::Threshold));
    assert_eq!(NamedPace::named("quick"), None);
}
