//! The volume on the running screen: a change shows for a few seconds, and silence shows all the time.

use super::*;
use crossterm::event::KeyCode::Char;

#[test]
fn a_volume_key_shows_the_volume_for_a_few_seconds() {
    for (keys, says) in [
        ("-", "volume 90 %"),
        ("----", "volume 60 %"),
        ("-----------", "volume 10 %"),
        ("--+", "volume 90 %"),
        ("-m", "muted"),
        ("-mm", "volume 90 %"),
        ("--m+", "volume 90 %"),
    ] {
        let keys: Vec<KeyCode> = keys.chars().map(Char).collect();
        let mut run = hard();
        assert!(!run.text((100, 30)).contains("volume"));
        let mut run = run.after(&keys);
        for size in SIZES {
            let text = run.text(size);
            // Large windows show it in large letters.
            assert!(size.1 > 12 || text.contains(says), "{keys:?} at {size:?}:\n{text}");
        }
        assert!(run.next_redraw().is_some(), "it goes away by itself");
        let mut later = run.to(458.0);
        assert!(!later.text((100, 30)).contains("volume"), "{keys:?}");
    }
}

#[test]
fn every_window_shows_that_the_sound_is_off() {
    let mut run = hard().after(&[Char('m')]);
    run.draw((100, 30));
    let mut run = run.to(460.0);
    for size in SIZES {
        let text = run.text(size);
        assert!(text.contains("muted"), "{size:?}:\n{text}");
    }
    assert!(run.text((100, 30)).contains("muted: m unmutes"));
    let mut digits = run.after(&[Char('d')]);
    assert!(digits.text((100, 30)).contains("muted"));
    let mut heard = digits.after(&[Char('d'), Char('m')]);
    heard.draw((100, 30));
    let mut heard = heard.to(470.0);
    for size in SIZES {
        assert!(!heard.text(size).contains("muted"), "{size:?}");
    }
}

#[test]
fn muting_silences_the_bell_but_keeps_the_flash() {
    let mut run = Run::of(fixture::intervals()).mute();
    run = run.after(&[Char('m')]).to(359.9);
    let before = run.draw((100, 30));
    let mut run = run.to(360.1);
    assert!(!run.screen.take_bell());
    let style = |buffer: &Buffer| buffer[(0, 0)].style();
    assert_ne!(style(&run.draw((100, 30))), style(&before), "the whole screen is lit");
    let mut rings = Run::of(fixture::intervals()).mute().to(360.1);
    assert!(rings.screen.take_bell());
}

#[test]
fn a_locked_keyboard_keeps_its_volume() {
    let mut run = hard().after(&[Char('l')]);
    for key in ['+', '-', 'm'] {
        assert_eq!(run.press(Char(key)), None);
    }
}
