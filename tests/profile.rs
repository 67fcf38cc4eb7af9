//! The runner's profile: its error messages, and the numbers derived from it.

use crate::language::place;
use pacebell::athlete::{NamedPace, Race, RaceResult, Zone};
use pacebell::belt::Belt;
use pacebell::diagnostic::{Diagnostic, Severity, SourceText};
use pacebell::runner::profile::{ParsedProfile, Profile};
use pacebell::units::{Incline, Millis, PaceUnit, Speed, SpeedUnit};
use pacebell::workout::on_belt;
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, compile_notation};
use std::fs;
use std::path::Path;

fn said(source: &SourceText, problems: &[Diagnostic]) -> String {
    let one = |problem: &Diagnostic| {
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        let help = problem.help.as_ref().map(|help| format!("  help: {help}\n")).unwrap_or_default();
        format!("{severity} {}\n{help}", place(source, problem))
    };
    problems.iter().map(one).collect()
}

fn parse(text: &str) -> ParsedProfile {
    let source = SourceText::new("profile", text);
    Profile::parse(&source, None).unwrap_or_else(|problems| panic!("{text}\n{}", said(&source, &problems)))
}

fn compiled(notation: &str, profile: &Profile) -> Sequence {
    let source = SourceText::new("workout", notation);
    compile_notation(&source, Some(&profile.athlete), &Options::default()).unwrap().sequence
}

#[test]
fn corpus_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profile");
    let mut wrong = String::new();
    let mut cases = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        cases += 1;
        let source = SourceText::new("profile", fs::read_to_string(&path).unwrap());
        let expected = fs::read_to_string(path.with_extension("err")).unwrap_or_default();
        let got = match Profile::parse(&source, Some("2026-10-01".parse().unwrap())) {
            Ok(parsed) => said(&source, &parsed.warnings),
            Err(problems) => said(&source, &problems),
        };
        if got != expected {
            wrong += &format!("{}: expected\n{expected}got\n{got}", path.display());
        }
    }
    assert!(cases >= 9, "{cases}");
    assert!(wrong.is_empty(), "{wrong}");
}

fn everything() -> Profile {
    parse(include_str!("profile/everything.toml")).profile
}

#[test]
fn reads_every_key() {
    let profile = everything();
    let athlete = &profile.athlete;
    let day = |text: &str| Some(text.parse().unwrap());
    let result = |race, seconds, on| RaceResult { race, time: Millis::from_secs(seconds), on };
    assert_eq!(
        athlete.results(),
        [
            result(Race::FiveK, 1350, day("2026-09-13")),
            result(Race::TenK, 2830, day("2026-04-02")),
            result(Race::Half, 6360, None)
        ]
    );
    let heart = athlete.heart;
    let rates = [heart.max, heart.rest, heart.threshold].map(|rate| rate.unwrap().bpm());
    assert_eq!(rates, [185, 52, 168]);
    // 52 + 60, 70, 80, 90 % of 133: 131.8, 145.1, 158.4, 171.7.
    let lows: Vec<u32> = heart.zones().unwrap()[1..].iter().map(|z| z.low.unwrap().bpm()).collect();
    assert_eq!(lows, [132, 145, 158, 172]);
    assert!((athlete.weight.unwrap().pounds() - 154.0).abs() < 1e-9);
    assert!((athlete.ceiling.unwrap().kmh() - 15.0).abs() < 1e-9);
    assert_eq!(athlete.flat, Some(Incline::from_percent(1.0)));
    let strap = profile.heart_sensor.as_ref().unwrap();
    assert_eq!((strap.address.to_string().as_str(), strap.name.as_str()), ("F0:F1:F2:F3:F4:F5", "HRM-Dual"));
    let paces = [NamedPace::Easy, NamedPace::Half, NamedPace::Threshold, NamedPace::Walk];
    let kmh = paces.map(|pace| (athlete.given(pace).unwrap().kmh() * 100.0).round() / 100.0);
    assert_eq!(kmh, [10.0, 12.1, 12.63, 5.47]);
    let names: Vec<&str> = profile.belts.iter().map(|belt| belt.name.as_str()).collect();
    assert_eq!((names, profile.belt_name()), (vec!["home", "gym"], Some("gym")));
    let home = Belt {
        unit: SpeedUnit::MilesPerHour,
        // 16 / 1.609344
        top: Some(9.942),
        ramp_every: Millis::from_secs(20),
        ..Belt::default()
    };
    assert_eq!(profile.belt_named("home"), Some(&home));
    let gym = Belt {
        unit: SpeedUnit::KmPerHour,
        step: 0.1,
        lowest: Some(0.8),
        top: Some(20.0),
        incline_lowest: Some(Incline::from_percent(-3.0)),
        incline_top: Some(Incline::from_percent(15.0)),
        incline_step: Incline::from_percent(0.5),
        lag: 2.5,
        factor: 1.02,
        ramp_every: Millis::from_secs(20),
    };
    assert_eq!(profile.belt(), gym);
}

#[test]
fn requires_no_key() {
    for text in ["", "[athlete]", "[belt]\n[units]\n[athlete.paces]"] {
        let profile = parse(text).profile;
        assert_eq!(profile, Profile::default());
        assert_eq!(
            (profile.athlete.vdot(), profile.belt(), profile.belt_name()),
            (None, Belt::default(), None)
        );
        assert!(!profile.has_belt());
        assert!(parse("[belt]\nunit = \"km/h\"").profile.has_belt());
    }
}

#[test]
fn units_default_to_the_belts_and_the_belt_to_the_units() {
    let of = |text: &str| {
        let profile = parse(text).profile;
        (profile.belt().unit, profile.units.pace, profile.units.speed, profile.units.distance)
    };
    let (kmh, mph, km, mi) = (SpeedUnit::KmPerHour, SpeedUnit::MilesPerHour, PaceUnit::Km, PaceUnit::Mi);
    assert_eq!(of(""), (kmh, km, kmh, km));
    assert_eq!(of("[belt]\nunit = \"mph\""), (mph, mi, mph, mi));
    assert_eq!(of("[belt.gym]\nunit = \"mph\"\n[belt.a]\nunit = \"km/h\""), (mph, mi, mph, mi));
    assert_eq!(of("[units]\npace = \"mi\""), (mph, mi, mph, mi));
    assert_eq!(of("[units]\npace = \"mi\"\n[belt.gym]\nstep = 0.2"), (mph, mi, mph, mi));
    assert_eq!(of("[units]\npace = \"mi\"\n[belt.gym]\nunit = \"km/h\""), (kmh, mi, kmh, mi));
    assert_eq!(of("[units]\nspeed = \"mph\"\ndistance = \"km\""), (mph, km, mph, km));
}

#[test]
fn heart_rate_targets_get_their_bpm_from_the_profile() {
    let notation = "5min Z3, 5min 75%HRmax, 5min 70%HRR, 5min 85-89%LTHR, 5min 140-150bpm, 5min Z5";
    let beats = |profile: &str| {
        let sequence = compiled(notation, &parse(profile).profile);
        let each = sequence.steps.iter().map(|step| step.target.heart_rate.as_ref().unwrap().bpm);
        each.collect::<Vec<_>>()
    };
    let written = Some((140, 150));
    assert_eq!(beats(""), [None, None, None, None, written, None]);
    // Karvonen: 60 + 70 % and 80 % of 120 are 144 and 156.
    assert_eq!(
        beats("[athlete]\nhr_max = 180\nhr_rest = 60"),
        [Some((144, 155)), Some((135, 135)), Some((144, 144)), None, written, Some((168, 180))]
    );
    // Friel: 90 and 95 % of 160 are 144 and 152; 85 and 89 % are 136 and 142.4.
    assert_eq!(
        beats("[athlete]\nlthr = 160"),
        [Some((144, 151)), None, None, Some((136, 142)), written, Some((160, 250))]
    );
}

#[test]
fn heart_rates_have_a_zone_with_a_profile() {
    let zones = |profile: &str| {
        let sequence = compiled("5min 140bpm, 5min 150-170bpm, 5min 100bpm", &parse(profile).profile);
        sequence.steps.iter().map(|step| step.target.start.zone).collect::<Vec<_>>()
    };
    assert_eq!(zones(""), [None, None, None]);
    assert_eq!(zones("[athlete]\nhr_max = 180\nhr_rest = 60"), [Zone::new(2), Zone::new(4), Zone::new(1)]);
}

#[test]
fn heart_rates_and_efforts_suggest_a_starting_speed() {
    let text = "[athlete.paces]\neasy = \"6:00/km\"\nthreshold = \"12.5km/h\"";
    let profile = parse(text).profile;
    let sequence =
        compiled("5min Z2, 5min RPE 6-7, 5min Z5, 5min Z2 11km/h, 5min RPE 3 Z4, 5min easy", &profile);
    let suggested: Vec<_> = sequence.steps.iter().map(|s| s.target.suggested.map(|s| s.kmh())).collect();
    let kmh = |number: f64| Some(Speed::from_kmh(number).kmh());
    assert_eq!(suggested[1..], [kmh(12.5), None, None, kmh(10.0), None]);
    assert!((suggested[0].unwrap() - 10.0).abs() < 1e-9);
    // The distance lasts as long as at this speed: 1 km at 6:00/km.
    assert_eq!(compiled("1km Z2", &profile).steps[0].end.planned(), Some(Millis::from_secs(360)));
}

#[test]
fn the_flat_incline_applies_where_none_is_written() {
    let profile = parse("[athlete]\nflat = \"1%\"").profile;
    let sequence = compiled("5min easy, 5min hard incline 0%, 5min hard incline 4%", &profile);
    let inclines: Vec<f64> = sequence.steps.iter().map(|step| step.incline.percent()).collect();
    assert_eq!(inclines, [1.0, 0.0, 4.0]);
    assert_eq!(sequence.assumptions, ["Where no incline is written it is 1%: your profile's flat."]);
    // 12 km/h at 4 % against 1 %: 12 × 1.18 / 1.045 = 13.55.
    let flat = on_belt::speed_on_flat(&profile.athlete, Speed::from_kmh(12.0), Incline::from_percent(4.0));
    assert!((flat.unwrap().kmh() - 13.550).abs() < 0.001);
    let level = on_belt::speed_on_flat(&profile.athlete, Speed::from_kmh(12.0), Incline::from_percent(1.0));
    assert_eq!(level, None);
}

#[test]
fn a_progression_in_miles_has_numbers_in_mph() {
    let belt = "[belt.gym]\nunit = \"mph\"\n";
    let numbers = |athlete: &str, notation: &str| {
        let profile = parse(&format!("{athlete}\n{belt}")).profile;
        let belt = profile.belt();
        let numbers = compiled(notation, &profile)
            .steps
            .into_iter()
            .map(|step| belt.text(belt.setting(step.target.start.speed.unwrap()).number));
        numbers.collect::<Vec<_>>()
    };
    let marathon = "3mi MP+90s/mi, 3mi MP+60s/mi, 3mi MP+30s/mi, 6mi MP";
    assert_eq!(numbers("[athlete.paces]\nMP = \"9:00/mi\"", marathon), ["5.7", "6.0", "6.3", "6.7"]);
    let fifths = "2mi 10K+60s/mi, 2mi 10K+45s/mi, 2mi 10K+30s/mi, 2mi 10K+15s/mi, 2mi 10K";
    assert_eq!(numbers("[athlete]\n10K = \"50:00\"", fifths), ["6.6", "6.8", "7.0", "7.2", "7.5"]);
}

/// Returns the warnings about a workout that the profile's belt cannot run, with their positions.
fn warned(profile: &str, notation: &str) -> Vec<(String, String)> {
    let profile = parse(profile).profile;
    let sequence = compiled(notation, &profile);
    let warnings = on_belt::warnings(&sequence, &profile.treadmill());
    let said = warnings.iter().map(|warning| {
        let diagnostic = warning.diagnostic(&pacebell::diagnostic::LineIndex::new(notation));
        assert_eq!(diagnostic.severity, Severity::Warning);
        (notation[diagnostic.span].to_string(), diagnostic.message)
    });
    said.collect()
}

fn pair(at: &str, said: &str) -> (String, String) {
    (at.to_string(), said.to_string())
}

#[test]
fn the_belts_limits_are_reported_where_the_target_is_written() {
    let gym = "[belt.gym]\ntop = 16\nincline_top = 12\n";
    assert_eq!(
        warned(gym, "5min 10km/h, 4×1min 18km/h / 1min easy, 5min 12km/h incline 20%, 5min 16km/h"),
        [
            pair("1min 18km/h", "18 km/h is above this belt's top speed: 16.0 at 3% is just as hard"),
            pair("5min 12km/h incline 20%", "this belt has no incline of 20%: its closest is 12%"),
        ]
    );
    assert_eq!(warned("", "5min 30km/h incline 20%"), []);
}

#[test]
fn targets_above_the_ceiling_are_reported() {
    let profile = "[athlete]\nceiling = \"15km/h\"\n";
    assert_eq!(
        warned(profile, "5min 14.9km/h, 5min 12 -> 17km/h, 1min 15km/h"),
        [pair("5min 12 -> 17km/h", "17 km/h is above your ceiling: held at 15 km/h")]
    );
}

#[test]
fn strides_on_a_slow_belt_are_reported() {
    let slow = "[belt.gym]\nlag = 2.5\n";
    assert_eq!(
        warned(slow, "10min 10km/h, 6×20s 18km/h / 60s 10km/h"),
        [pair(
            "60s 10km/h",
            "the belt needs 0:40 to slow down and speed up again, but the shorter step lasts 0:20: \
             keep the belt running and stand on the rails for the recovery"
        )]
    );
    assert_eq!(warned(slow, "10min 10km/h, 6×60s 14km/h / 60s 10km/h"), []);
    assert_eq!(warned("", "10min 10km/h, 6×20s 18km/h / 60s 10km/h"), []);
}
