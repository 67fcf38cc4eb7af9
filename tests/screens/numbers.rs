//! The numbers to read from the belt besides the time: the incline, distances, heart rates, and the colours without zones.

use super::*;
use pacebell::runner::profile::Profile;
use pacebell::settings::Appearance;
use pacebell::tui::Palette;
use pacebell::workout::{Options, SourceText, compile_notation};

fn hilly() -> Treadmill {
    let belt = Belt { incline_top: Some(Incline::from_percent(15.0)), ..Belt::default() };
    Treadmill { belt, ceiling: None }
}

fn run_with(profile: Option<&str>, notation: &str) -> Run {
    let profile =
        profile.map(|text| Profile::parse(&SourceText::new("profile", text), None).unwrap().profile);
    let athlete = profile.as_ref().map(|profile| &profile.athlete);
    let source = SourceText::new("run", notation);
    let compiled = compile_notation(&source, athlete, &Options::default());
    Run::on(Arc::new(compiled.unwrap_or_else(|e| panic!("{e:?}")).sequence), hilly())
}

fn run(notation: &str) -> Run {
    run_with(None, notation)
}

#[test]
fn the_number_and_the_incline_are_one_pair_now_and_next() {
    let mut hills = run("60s 12km/h incline 6%, 60s 9km/h, 60s 12km/h incline 2.5%").to(20.0);
    for size in [(30, 8), (40, 12)] {
        let text = hills.text(size);
        assert!(text.contains("9.0 ▲0%"), "the belt goes back to level at {size:?}:\n{text}");
    }
    assert!(hills.text((30, 8)).contains("12.0 ▲6%"));
    let mut level = hills.to(80.0);
    let text = level.text((30, 8));
    assert!(text.contains("9.0 ▲0%") && text.contains("▲ 12.0 ▲2.5%"), "{text}");
    // The last ten seconds keep both.
    let text = level.to(115.0).text((30, 8));
    assert!(text.contains("9.0 ▲0%") && text.contains("▲ 12.0 ▲2.5%"), "{text}");
}

#[test]
fn the_pair_is_large_from_forty_columns_on() {
    for size in [(200, 60), (160, 50), (120, 35), (100, 30), (80, 24), (60, 20), (40, 12)] {
        let mut flat = run("60s 12km/h, 60s 9km/h incline 6%").to(20.0);
        let mut steep = run("60s 12km/h incline 6%, 60s 9km/h").to(20.0);
        // Large letters are blocks, so the sign is not there as text, and the pictures differ.
        for run in [&mut flat, &mut steep] {
            let text = run.text(size);
            let above: Vec<&str> = text.lines().take_while(|line| !line.contains("next")).collect();
            assert!(!above.concat().contains('▲'), "{size:?}\n{text}");
        }
        assert_ne!(flat.text(size), steep.text(size), "{size:?}");
    }
}

#[test]
fn without_an_incline_in_the_workout_nothing_is_said_of_it() {
    for size in SIZES {
        for second in [20.0, 55.0] {
            let text = run("60s 12km/h, 60s 9km/h").to(second).text(size);
            assert!(!text.contains('%') && !text.contains("incline"), "{size:?}\n{text}");
        }
    }
}

#[test]
fn a_habit_of_one_percent_stays_small() {
    let mut run = run_with(Some("[athlete]\nflat = 1"), "60s 12km/h, 60s 9km/h").to(20.0);
    for size in [(100, 30), (60, 20)] {
        let text = run.text(size);
        assert!(text.contains("incline 1%") && !text.contains("▲1%"), "{size:?}\n{text}");
    }
}

#[test]
fn a_step_with_a_distance_counts_the_distance_down() {
    let mut run = run("2km 12km/h, 400m 12km/h").to(300.0);
    for (second, left, time) in
        [(300.0, "1.00", "5:00 left"), (480.0, "400", "2:00 left"), (598.0, "10", "0:02 left")]
    {
        run = run.to(second);
        let tiny = run.text((14, 2));
        assert!(tiny.contains(left), "{second}\n{tiny}");
        for size in [(60, 20), (40, 12)] {
            let text = run.text(size);
            assert!(text.contains(time) && text.contains("≈ left"), "{second} at {size:?}\n{text}");
        }
        assert!(run.text((60, 20)).contains("console 2.00"), "{second}");
    }
    assert!(run.to(610.0).text((60, 20)).contains("console 2.40"));
}

#[test]
fn the_header_shows_the_distance_and_the_average_pace() {
    // A kilometre at 12 km/h in 5:00, and 0:60 at 6 km/h: 1.1 km in 6:00 are 5:27 a kilometre.
    let mut run = run("5min 12km/h, 5min 6km/h").to(360.0);
    let text = run.text((120, 35));
    let header = text.lines().next().unwrap_or_default();
    for words in ["≈ 1.10 km", "avg 5:27/km", "elapsed 6:00", "left 4:00", "ends 18:46"] {
        assert!(header.contains(words), "{words} in {header}");
    }
    let narrow = run.text((40, 16));
    assert!(narrow.lines().next().unwrap_or_default().contains("left 4:00"), "{narrow}");
}

#[test]
fn a_known_heart_rate_is_in_beats() {
    // 90 to 95 % of 185 are 166.5 to 175.75 beats.
    let profile = "[athlete]\nhr_max = 185";
    let mut known = run_with(Some(profile), "10min 90-95%HRmax").to(20.0);
    let text = known.text((40, 12));
    assert!(text.lines().next().unwrap_or_default().contains("167–176 bpm"), "{text}");
    assert!(known.text((60, 20)).contains("90–95% HRmax"), "the words of the workout stay in small type");
    let text = run("10min 90-95%HRmax").to(20.0).text((40, 12));
    assert!(text.contains("90–95% HRmax"), "{text}");
}

#[test]
fn each_thing_is_said_once() {
    let profile = "[athlete]\n5K = \"22:30\"";
    let text = run_with(Some(profile), "400m 5K, 60s hard").to(20.0).text((60, 20));
    assert!(text.contains("5K pace") && text.contains("next"), "{text}");
    let text = run_with(Some(profile), "60s hard, 60s easy").to(20.0).text((60, 20));
    assert!(
        !text.contains("Z5") && text.matches("hard").count() <= 2,
        "the workout's name and the title\n{text}"
    );
}

#[test]
fn work_and_recovery_differ_in_colour_and_height_without_a_profile() {
    let at = |second: f64| run("3×20s 10km/h / 20s 7km/h").to(second).unlit((100, 30));
    let (work, recovery) = (at(5.0), at(25.0));
    assert_ne!(work[(0, 8)].bg, recovery[(0, 8)].bg);
    assert_eq!(work[(0, 8)].bg, at(45.0)[(0, 8)].bg);
    // The chart is in rows 27 and 28: bars of one step of five reach from column 1 to 19, and so on.
    let block = |x: u16| (work[(x, 27)].symbol().to_string(), work[(x, 28)].fg);
    assert_ne!(block(30), block(50));
}

/// Returns the lowest row of the screen that contains some words.
fn last_row(buffer: &Buffer, words: &str) -> u16 {
    let line = |y: u16| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let found = (0..buffer.area.height).rev().find(|y| line(*y).contains(words));
    found.unwrap_or_else(|| panic!("{words}: {buffer:?}"))
}

#[test]
fn the_number_below_the_time_has_another_ground_than_the_next_step() {
    for look in [Appearance::Dark, Appearance::Light] {
        let mut run = run("60s 12km/h, 60s 9km/h").to(20.0);
        run.screen = RunningScreen::new(Theme::of(look, Palette::Full), Units::default());
        let buffer = run.unlit((60, 20));
        let (belt, next) = (last_row(&buffer, "5:00/km"), last_row(&buffer, "next"));
        assert!(belt < next, "{belt} {next}");
        assert_ne!(buffer[(59, belt)].bg, buffer[(59, next)].bg, "{look:?}");
    }
}

#[test]
fn the_unit_is_between_the_number_and_the_incline() {
    let buffer = run_with(None, "10min 12.5km/h ^2%").to(60.0).unlit((100, 30));
    let (unit, pace) = (last_row(&buffer, "km/h"), last_row(&buffer, "4:48/km"));
    assert!(unit + 3 < pace, "the incline is between {unit} and {pace}");
}

#[test]
fn the_number_has_a_ground_of_its_own() {
    for size in [(160, 50), (100, 30), (80, 24)] {
        for second in [20.0, 55.0] {
            let buffer = run("60s 12km/h, 60s 9km/h").to(second).unlit(size);
            let row = size.1 / 2;
            let (field, panel) = (buffer[(0, row)].bg, buffer[(size.0 - 1, row)].bg);
            assert_ne!(field, panel, "{size:?} at {second}");
        }
    }
}
