//! The pages around the profile: the profile itself, calibration, the first run, and a time trial's result.

use super::unfinished::KEYS;
use super::{SIZES, cells, control, drawn, key, pictures, press, text};
use crossterm::event::KeyCode;
use pacebell::athlete::Race;
use pacebell::belt::Belt;
use pacebell::diagnostic::SourceText;
use pacebell::frontend;
use pacebell::runner::figures;
use pacebell::runner::profile::Profile;
use pacebell::tui::Theme;
use pacebell::tui::screens::calibrate::{CalibrationPage, CalibrationResult};
use pacebell::tui::screens::first_run::{FirstRunAnswers, FirstRunPage};
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::screens::profile::ProfilePage;
use pacebell::tui::screens::time_trial::TimeTrialPage;
use pacebell::units::{Millis, Moment, SpeedUnit};
use proptest::prelude::*;

fn profile(text: &str) -> Profile {
    Profile::parse(&SourceText::new("profile", text), None).unwrap().profile
}

const MINE: &str = "[athlete]\n5K = { time = \"22:30\", on = 2026-09-13 }\n10K = \"47:10\"\nhr_max = 185\nhr_rest = 52\nceiling = \"15km/h\"\n\
                    [athlete.paces]\nMP = \"5:10/km\"\n[belt.gym]\nunit = \"km/h\"\nlowest = 0.8\ntop = 14\nincline_top = 15\nlag = 2.5\nfactor = 1.02\n[belt.home]\nunit = \"mph\"\n";

fn profile_page(text: &str) -> ProfilePage {
    ProfilePage::new(figures::sheet(&profile(text)), Theme::new(true))
}

#[test]
fn the_profile() {
    insta::assert_snapshot!(pictures(|size| drawn(&profile_page(MINE), size)));
}

#[test]
fn an_empty_profile_says_how_to_start() {
    let text = text(&drawn(&profile_page(""), (100, 30)));
    for words in ["pacebell profile race 5K 22:30", "athlete.hr_max", "pacebell calibrate"] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn scrolling_reaches_every_line_in_any_window() {
    for size in SIZES {
        let mut page = profile_page(MINE);
        let mut seen = text(&drawn(&page, size));
        for _ in 0..60 {
            assert_eq!(press(&mut page, &[KeyCode::Down]), None);
            seen.push_str(&text(&drawn(&page, size)));
        }
        for words in ["recovery", "fast", "marathon  3:34:43", "Z5", "2.5 s", "factor", "other belts"] {
            assert!(seen.contains(words), "{words} at {size:?}");
        }
        assert!(!seen.contains(":60"));
        press(&mut page, &[KeyCode::PageUp; 20]);
        assert!(text(&drawn(&page, size)).contains("walk"));
        assert_eq!(press(&mut page, &[KeyCode::Esc]), Some(PageRequest::Done(())));
    }
    assert_eq!(profile_page(MINE).input(&control('c')), Some(PageRequest::Interrupt));
}

fn calibration() -> CalibrationPage {
    CalibrationPage::new(Belt::default(), Some("gym".to_string()), Theme::new(true))
}

/// Presses Space at each of these seconds.
fn press_space_at(page: &mut CalibrationPage, seconds: &[f64]) {
    for second in seconds {
        page.set_time(Moment::new((second * 1000.0) as u64));
        assert_eq!(page.input(&key(KeyCode::Char(' '))), None);
    }
}

#[test]
fn before_the_first_lag_measurement() {
    insta::assert_snapshot!(pictures(|size| drawn(&calibration(), size)));
}

#[test]
fn during_a_lag_measurement() {
    let mut page = calibration();
    press_space_at(&mut page, &[3.0, 13.0, 20.0]);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn after_three_lag_measurements() {
    let mut page = calibration();
    press_space_at(&mut page, &[3.0, 13.0, 20.0, 30.4, 40.0, 49.6]);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
    // 4 km/h in 10, 10.4 and 9.6 s: the median is 2.5 s per km/h.
    assert_eq!(press(&mut page, &[KeyCode::Enter]), Some(PageRequest::Done(CalibrationResult::Lag(2.5))));
}

#[test]
fn measuring_the_factor() {
    let mut page = calibration();
    press(&mut page, &[KeyCode::Tab, KeyCode::Down]);
    for c in "3.4".chars() {
        press(&mut page, &[KeyCode::Char(c)]);
    }
    press(&mut page, &[KeyCode::Down, KeyCode::Char('6'), KeyCode::Char('0')]);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
    assert_eq!(press(&mut page, &[KeyCode::Enter]), Some(PageRequest::Done(CalibrationResult::Factor(1.02))));
}

#[test]
fn saves_nothing_that_was_not_measured() {
    for keys in [
        &[KeyCode::Enter][..],
        &[KeyCode::Char(' '), KeyCode::Enter],
        &[KeyCode::Tab, KeyCode::Enter],
        &[KeyCode::Tab, KeyCode::Char('x'), KeyCode::Enter],
    ] {
        let mut page = calibration();
        assert_eq!(press(&mut page, keys), None, "{keys:?}");
        let shown = text(&drawn(&page, (60, 20)));
        assert!(shown.contains("Nothing measured yet") || shown.contains("Fill in all four"), "{shown}");
    }
    let mut page = calibration();
    press_space_at(&mut page, &[3.0, 13.0]);
    assert_eq!(press(&mut page, &[KeyCode::Backspace, KeyCode::Enter]), None, "the measurement was deleted");
    assert_eq!(press(&mut page, &[KeyCode::Esc]), Some(PageRequest::Done(CalibrationResult::Leave)));
}

#[test]
fn confirms_a_saved_value_and_moves_to_the_other_part() {
    let mut page = calibration();
    page.show_saved(Belt { lag: 2.5, ..Belt::default() }, "Kept in your profile: lag 2.5".to_string());
    let shown = text(&drawn(&page, (60, 20)));
    assert!(shown.contains("Kept in your profile") && shown.contains("2 of 2"), "{shown}");
    press(&mut page, &[KeyCode::Left]);
    let shown = text(&drawn(&page, (60, 20)));
    assert!(shown.contains("1 of 2") && shown.contains("from 8.0 to 12.0 takes 10 s"), "{shown}");
}

fn first() -> FirstRunPage {
    FirstRunPage::new(Theme::new(true))
}

#[test]
fn first_run_unit() {
    insta::assert_snapshot!(pictures(|size| drawn(&first(), size)));
}

#[test]
fn first_run_race() {
    let mut page = first();
    press(&mut page, &[KeyCode::Enter]);
    for c in "22:30".chars() {
        press(&mut page, &[KeyCode::Char(c)]);
    }
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn first_run_questions_are_answered_or_skipped() {
    use KeyCode::{Char, Down, Enter, Esc, Left, Tab, Up};
    let mph = Some(SpeedUnit::MilesPerHour);
    let ten = Some((Race::TenK, Millis::from_secs(2830)));
    let typed = [Char('4'), Char('7'), Char('.'), Char('1'), Char('0')];
    for (keys, answers) in [
        (&[Esc][..], FirstRunAnswers::default()),
        (&[Char('q')], FirstRunAnswers::default()),
        (&[Tab, Esc], FirstRunAnswers::default()),
        (&[Enter, Esc], FirstRunAnswers { unit: Some(SpeedUnit::KmPerHour), result: None }),
        (&[Down, Enter, Enter], FirstRunAnswers { unit: mph, result: None }),
        (&[Down, Up, Down, Enter, Left, Enter, Tab], FirstRunAnswers { unit: mph, result: None }),
        (&[&[Tab, Down][..], &typed, &[Enter]].concat(), FirstRunAnswers { unit: None, result: ten }),
        (&[&[Down, Enter, Down][..], &typed, &[Enter]].concat(), FirstRunAnswers { unit: mph, result: ten }),
    ] {
        assert_eq!(press(&mut first(), keys), Some(PageRequest::Done(answers)), "{keys:?}");
    }
    let mut page = first();
    assert_eq!(press(&mut page, &[Enter, Char('3'), Char(':'), Char('0'), Char('0'), Enter]), None);
    assert!(text(&drawn(&page, (60, 20))).contains("no one runs 5K in 3:00"));
    page.input(&control('u'));
    assert_eq!(press(&mut page, &[Char('2'), Char('2'), Enter]), None);
    assert!(text(&drawn(&page, (60, 20))).contains("like 22:30"));
}

fn trial() -> TimeTrialPage {
    let (before, after) = (profile("[athlete]\n5K = \"25:00\""), profile(MINE));
    let trial = frontend::TrialOffer {
        result: "5K in 22:30".to_string(),
        vdot: figures::vdot_change(&before, &after),
        changes: figures::change_rows(&before, &after),
    };
    TimeTrialPage::new(trial, Theme::new(true))
}

#[test]
fn a_time_trial_result() {
    insta::assert_snapshot!(pictures(|size| drawn(&trial(), size)));
}

#[test]
fn a_time_trial_result_is_saved_or_left() {
    use KeyCode::{Char, Down, Enter, Esc, Up};
    for (keys, taken) in [
        (&[Enter][..], true),
        (&[Char('t')], true),
        (&[Down, Up, Enter], true),
        (&[Esc], false),
        (&[Char('q')], false),
        (&[Down, Enter], false),
    ] {
        assert_eq!(press(&mut trial(), keys), Some(PageRequest::Done(taken)), "{keys:?}");
    }
    assert_eq!(press(&mut trial(), &[Char('x'), Char(' ')]), None);
}

#[test]
fn escape_sequences_in_a_name_do_not_reach_the_terminal() {
    let evil = "[belt.\"x\\u001b[2J\\u202ey\"]\ntop = 16\n";
    let mut page = CalibrationPage::new(Belt::default(), Some("x\u{1b}[2J".to_string()), Theme::new(true));
    page.say("a\u{1b}b".to_string());
    for size in SIZES {
        let hidden = |c: char| pacebell::text::is_hidden(c);
        for buffer in [drawn(&profile_page(evil), size), drawn(&page, size)] {
            assert!(cells(&buffer).all(|c| !c.symbol().chars().any(hidden)), "{size:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_keys_and_windows_never_panic(
        walk in prop::collection::vec((0..KEYS.len(), 0..170_u16, 0..60_u16, 0..100_000_u64), 1..40),
        top in 1.0..40.0_f64,
        step in 0.01..2.0_f64,
    ) {
        let belt = Belt { top: Some(top), step, ..Belt::default() };
        let mut calibration = CalibrationPage::new(belt, None, Theme::new(true));
        let (mut first, mut profile, mut trial) = (first(), profile_page(MINE), trial());
        let mut now = 0;
        for (key, width, height, later) in walk {
            now += later;
            calibration.set_time(Moment::new(now));
            let keys = [KEYS[key]];
            if let Some(PageRequest::Done(CalibrationResult::Lag(lag))) = press(&mut calibration, &keys) {
                prop_assert!((0.0..=60.0).contains(&lag), "{lag}");
            }
            let _ = (press(&mut first, &keys), press(&mut profile, &keys), press(&mut trial, &keys));
            let size = (width, height);
            let _ = (drawn(&calibration, size), drawn(&first, size), drawn(&profile, size), drawn(&trial, size));
        }
    }
}
