//! The check-in page: ten seconds with number keys, and three choices at the end.

use super::{drawn, key, text};
use crate::screenshots::desk_scenes::checkin_form;
use crossterm::event::KeyCode::{self, Backspace, Char, Down, Enter, Esc, Left, Right, Up};
use pacebell::agenda::{CheckinAnswers, CheckinChoice};
use pacebell::tui::Theme;
use pacebell::tui::screens::checkin::{CheckinForm, CheckinOutcome, CheckinPage};
use pacebell::tui::screens::page::{Page, PageRequest};
use proptest::prelude::*;

/// A page without answers, after ten mornings with a sum of 15.7 ± 0.95.
fn page() -> CheckinPage {
    CheckinPage::new(CheckinForm { given: None, ..checkin_form() }, Theme::new(true))
}

fn press(page: &mut CheckinPage, code: KeyCode) -> Option<CheckinOutcome> {
    match page.input(&key(code)) {
        Some(PageRequest::Done(outcome)) => Some(outcome),
        Some(other) => panic!("{other:?}"),
        None => None,
    }
}

/// Presses keys, none of which ends the page but the last one.
fn outcome(page: &mut CheckinPage, codes: &[KeyCode]) -> Option<CheckinOutcome> {
    let (last, others) = codes.split_last().unwrap();
    for code in others {
        assert_eq!(press(page, *code), None, "{code:?}");
    }
    press(page, *last)
}

fn shown(page: &CheckinPage) -> String {
    let words = text(&drawn(page, (100, 30)));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn answers(sleep: u8, soreness: u8, energy: u8, mood: u8) -> CheckinAnswers {
    CheckinAnswers { sleep, soreness, energy, mood, resting_heart: None, must_stop: false }
}

#[test]
fn four_digits_and_two_enters_are_a_whole_check_in() {
    let mut page = page();
    let digits = [Char('3'), Char('4'), Char('3'), Char('4'), Enter];
    assert_eq!(outcome(&mut page, &digits), None);
    let text = shown(&page);
    for words in ["14 of 20; your usual is 15.7 ± 0.9.", "easier is marked", "As planned", "▸ Easier", "Rest"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let expected = CheckinOutcome::Answered { answers: answers(3, 4, 3, 4), choice: CheckinChoice::Easier };
    assert_eq!(press(&mut page, Enter), Some(expected));
}

#[test]
fn every_choice_can_be_taken_whichever_is_marked() {
    for (codes, choice) in [
        (&[Enter][..], CheckinChoice::AsPlanned),
        (&[Down, Enter], CheckinChoice::Easier),
        (&[Down, Down, Enter], CheckinChoice::Rest),
    ] {
        let mut page = page();
        assert_eq!(outcome(&mut page, &[Char('4'), Char('4'), Char('4'), Char('4'), Enter]), None);
        let taken = outcome(&mut page, codes);
        assert_eq!(taken, Some(CheckinOutcome::Answered { answers: answers(4, 4, 4, 4), choice }));
    }
}

#[test]
fn something_on_the_stop_list_marks_rest() {
    let mut page = page();
    outcome(&mut page, &[Char('y'), Char('5'), Char('5'), Char('5'), Char('5'), Enter]);
    let text = shown(&page);
    assert!(text.contains("rest is marked") && text.contains("▸ Rest"), "{text}");
    let answers = CheckinAnswers { must_stop: true, ..answers(5, 5, 5, 5) };
    assert_eq!(
        press(&mut page, Enter),
        Some(CheckinOutcome::Answered { answers, choice: CheckinChoice::Rest })
    );
}

#[test]
fn a_heart_rate_is_taken_only_if_it_can_be_one() {
    let mut page = page();
    outcome(&mut page, &[Char('4'), Char('4'), Char('4'), Char('4'), Char('5'), Enter]);
    assert!(shown(&page).contains("A resting heart rate is 20 to 200"), "{}", shown(&page));
    let taken = outcome(&mut page, &[Char('2'), Enter, Enter]);
    let answers = CheckinAnswers { resting_heart: Some(52), ..answers(4, 4, 4, 4) };
    assert_eq!(taken, Some(CheckinOutcome::Answered { answers, choice: CheckinChoice::AsPlanned }));
}

#[test]
fn answers_can_be_changed_with_arrows_and_taken_back() {
    let mut page = page();
    // Sleep: the usual, and one more. Soreness: the usual with Enter. Energy: 5, then taken back and answered again.
    outcome(
        &mut page,
        &[Down, Right, Right, Down, Enter, Char('5'), Up, Backspace, Left, Left, Down, Char('3')],
    );
    let taken = outcome(&mut page, &[Enter, Up, Up, Up, Down, Down, Down, Down, Up, Enter]);
    let expected = answers(4, 3, 2, 3);
    assert!(
        matches!(taken, Some(CheckinOutcome::Answered { answers, .. }) if answers == expected),
        "{taken:?}"
    );
}

#[test]
fn an_open_scale_is_named_instead_of_guessed() {
    let mut page = page();
    outcome(&mut page, &[Char('3'), Down, Char('3'), Char('3'), Enter]);
    let text = shown(&page);
    assert!(text.contains("Soreness is still open: 1 to 5."), "{text}");
    assert_eq!(press(&mut page, Esc), Some(CheckinOutcome::Left));
}

#[test]
fn a_second_check_in_begins_with_the_answers_of_the_first() {
    let mut page = CheckinPage::new(checkin_form(), Theme::new(true));
    let taken = press(&mut page, Enter);
    let given = checkin_form().given.unwrap();
    assert!(matches!(taken, Some(CheckinOutcome::Answered { answers, .. }) if answers == given), "{taken:?}");
}

#[test]
fn the_row_of_the_cursor_is_in_sight_in_the_lowest_window() {
    let mut page = page();
    for name in ["Any?", "Sleep", "Soreness", "Energy", "Mood", "Heart rate"] {
        let text = text(&drawn(&page, (30, 8)));
        assert!(
            text.lines().any(|line| line.trim_start().starts_with(&format!("› {name}"))),
            "{name}: {text}"
        );
        press(&mut page, Enter);
    }
    let text = text(&drawn(&page, (30, 8)));
    assert!(text.contains("› ▸ Easier") || text.contains("› ▸ As planned"), "{text}");
}

proptest! {
    #[test]
    fn random_keys_and_windows_never_panic(
        keys in prop::collection::vec(prop::sample::select(vec![
            Up, Down, Left, Right, Enter, Backspace, Char('1'), Char('3'), Char('5'), Char('9'), Char('y'), Char('n'),
        ]), 0..40),
        width in 0u16..120,
        height in 0u16..40,
    ) {
        let mut page = page();
        for code in keys {
            if press(&mut page, code).is_some() {
                break;
            }
            drawn(&page, (width, height));
        }
    }
}
