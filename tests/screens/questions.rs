//! The questions after a session, one a screen.

use super::unfinished::KEYS;
use super::{SIZES, cells, control, drawn, key, pictures, press, text};
use crossterm::event::{Event as Input, KeyCode};
use pacebell::session::answers::{Answers, Breath, Feel, LONGEST_TEXT, SessionQuestion, Talk};
use pacebell::tui::Theme;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::screens::questions::QuestionsPage;
use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

const CALVES: &str = "Looser than before the run?";

fn all() -> Vec<SessionQuestion> {
    vec![
        SessionQuestion::Effort,
        SessionQuestion::Breath,
        SessionQuestion::Feel,
        SessionQuestion::Own(CALVES.to_string()),
        SessionQuestion::Note,
    ]
}

fn ask(asked: &[SessionQuestion], answers: Answers) -> QuestionsPage {
    QuestionsPage::new(asked.to_vec(), answers, Theme::new(true))
}

fn fresh(asked: &[SessionQuestion]) -> QuestionsPage {
    ask(asked, Answers::default())
}

/// Answers to all the questions.
fn answered() -> Answers {
    Answers {
        rpe: Some(4.5),
        breath: Some(Breath::Talk(Talk::Phrases)),
        feel: Some(Feel::Good),
        note: Some("Left calf tight in the last two reps. 跑步机上很热。".to_string()),
        own: vec![(CALVES.to_string(), "yes".to_string())],
    }
}

fn type_in(page: &mut QuestionsPage, text: &str) {
    for c in text.chars() {
        assert_eq!(page.input(&key(KeyCode::Char(c))), None, "{c} in {text}");
    }
}

/// Presses keys until the page ends, and returns the answers.
fn done(page: &mut QuestionsPage, codes: &[KeyCode]) -> Answers {
    match press(page, codes) {
        Some(PageRequest::Done(answers)) => answers,
        other => panic!("{other:?} after {codes:?}"),
    }
}

#[test]
fn effort_unanswered() {
    insta::assert_snapshot!(pictures(|size| drawn(&fresh(&all()), size)));
}

#[test]
fn effort_answered() {
    let mut page = fresh(&all());
    type_in(&mut page, "7");
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn breathlessness() {
    let mut page = ask(&all(), answered());
    press(&mut page, &[KeyCode::Enter]);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn feeling() {
    let mut page = fresh(&all());
    press(&mut page, &[KeyCode::Tab, KeyCode::Tab, KeyCode::Down]);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn a_question_from_the_workout() {
    let mut page = fresh(&all());
    press(&mut page, &[KeyCode::Tab, KeyCode::Tab, KeyCode::Tab]);
    type_in(&mut page, "a little");
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn a_note_with_wide_characters() {
    let mut page = ask(&all(), answered());
    press(&mut page, &[KeyCode::Tab; 4]);
    insta::assert_snapshot!(pictures(|size| drawn(&page, size)));
}

#[test]
fn keys_answer_all_questions() {
    use KeyCode::{Down, Enter};
    let mut page = fresh(&all());
    type_in(&mut page, "10");
    press(&mut page, &[Enter]);
    type_in(&mut page, "p");
    press(&mut page, &[Enter, Down, Down, Enter]);
    type_in(&mut page, "no");
    press(&mut page, &[Enter]);
    type_in(&mut page, "跑得好 – great");
    let answers = done(&mut page, &[Enter]);
    assert_eq!(
        answers,
        Answers {
            rpe: Some(10.0),
            breath: Some(Breath::Talk(Talk::Phrases)),
            feel: Some(Feel::Bad),
            note: Some("跑得好 – great".to_string()),
            own: vec![(CALVES.to_string(), "no".to_string())],
        }
    );
    assert_eq!(*page.answers(), answers);
}

#[test]
fn arrows_and_enter_reach_every_answer() {
    let reach = |asked: SessionQuestion, count: usize, first: KeyCode, on: KeyCode| -> Vec<Answers> {
        (1..=count)
            .map(|n| {
                let mut keys = vec![first];
                keys.extend(std::iter::repeat_n(on, n - 1));
                keys.push(KeyCode::Enter);
                done(&mut fresh(std::slice::from_ref(&asked)), &keys)
            })
            .collect()
    };
    // The first arrow key marks the middle.
    let up: Vec<f64> =
        reach(SessionQuestion::Effort, 7, KeyCode::Down, KeyCode::Up).iter().filter_map(|a| a.rpe).collect();
    assert_eq!(up, [5.0, 4.0, 3.0, 2.0, 1.0, 0.0, 0.0], "the list ends there");
    let down = reach(SessionQuestion::Breath, 10, KeyCode::Up, KeyCode::Down);
    let down: Vec<String> = down.iter().filter_map(|a| a.breath).map(|b| b.to_string()).collect();
    assert_eq!(down, ["5", "6", "7", "8", "9", "10", "sentences", "phrases", "gasps", "gasps"]);
    let feel: Vec<Feel> =
        reach(SessionQuestion::Feel, 3, KeyCode::Down, KeyCode::Up).iter().filter_map(|a| a.feel).collect();
    assert_eq!(feel, [Feel::SoSo, Feel::Good, Feel::Great]);
    let feel: Vec<Feel> =
        reach(SessionQuestion::Feel, 3, KeyCode::Up, KeyCode::Down).iter().filter_map(|a| a.feel).collect();
    assert_eq!(feel, [Feel::SoSo, Feel::Bad, Feel::Awful]);
}

#[test]
fn keys_type_every_answer() {
    let enter = |asked: SessionQuestion, text: &str| {
        let mut page = fresh(&[asked]);
        type_in(&mut page, text);
        done(&mut page, &[KeyCode::Enter])
    };
    for halves in 0..=20 {
        let number = f64::from(halves) / 2.0;
        assert_eq!(enter(SessionQuestion::Effort, &number.to_string()).rpe, Some(number));
        assert_eq!(enter(SessionQuestion::Breath, &number.to_string()).breath, Some(Breath::Borg(number)));
    }
    for (c, talk) in [("s", Talk::Sentences), ("p", Talk::Phrases), ("g", Talk::Gasps)] {
        assert_eq!(enter(SessionQuestion::Breath, c).breath, Some(Breath::Talk(talk)));
        assert_eq!(enter(SessionQuestion::Effort, c), Answers::default(), "effort has no talk test");
    }
    for (c, feel) in ["1", "2", "3", "4", "5"].into_iter().zip(Feel::ALL) {
        assert_eq!(enter(SessionQuestion::Feel, c).feel, Some(feel));
    }
    for c in ["0", "6", "9", "."] {
        assert_eq!(enter(SessionQuestion::Feel, c).feel, None);
    }
}

#[test]
fn skipping_keeps_the_earlier_answer() {
    use KeyCode::{Char, Down, Enter, Esc, PageDown, Right, Tab};
    let mut page = ask(&all(), answered());
    assert_eq!(press(&mut page, &[Char('9'), Esc, Char('1'), Tab, Down, Right]), None);
    type_in(&mut page, " and no");
    press(&mut page, &[PageDown]);
    type_in(&mut page, "!");
    assert_eq!(done(&mut page, &[Esc]), answered());
    // Enter accepts an earlier answer.
    assert_eq!(done(&mut ask(&all(), answered()), &[Enter; 5]), answered());
    assert_eq!(done(&mut fresh(&all()), &[Enter; 5]), Answers::default(), "no answer stays no answer");
}

#[test]
fn an_answer_can_be_cleared() {
    use KeyCode::{Backspace, Enter};
    let mut page = ask(&all(), answered());
    press(&mut page, &[Backspace, Enter, Backspace, Enter, Backspace, Enter]);
    for _ in 0..2 {
        page.input(&control('u'));
        if let Some(request) = press(&mut page, &[Enter]) {
            assert_eq!(request, PageRequest::Done(Answers::default()));
            return;
        }
    }
    panic!("the page does not end");
}

#[test]
fn goes_back_to_earlier_questions() {
    use KeyCode::{Enter, Left, PageUp};
    let mut page = fresh(&all());
    type_in(&mut page, "3");
    press(&mut page, &[Enter, Left]);
    assert!(text(&drawn(&page, (60, 20))).contains("1 of 5"));
    type_in(&mut page, "4");
    press(&mut page, &[Enter]);
    assert_eq!(page.answers().rpe, Some(4.0));
    press(&mut page, &[Enter, Enter]);
    type_in(&mut page, "half an answer");
    press(&mut page, &[PageUp]);
    assert!(text(&drawn(&page, (60, 20))).contains("3 of 5"));
    assert_eq!(page.answers().own(CALVES), Some("half an answer"), "going back keeps the text");
    press(&mut page, &[Left, Left, Left, Left]);
    assert!(text(&drawn(&page, (60, 20))).contains("1 of 5"));
}

#[test]
fn answers_so_far_survive_an_interrupt() {
    let mut page = fresh(&[SessionQuestion::Effort, SessionQuestion::Note, SessionQuestion::Feel]);
    type_in(&mut page, "8");
    assert_eq!(page.answers().rpe, None, "a mark counts only once it is accepted");
    press(&mut page, &[KeyCode::Enter]);
    type_in(&mut page, "left kn");
    assert_eq!(page.answers().rpe, Some(8.0));
    assert_eq!(page.answers().note.as_deref(), Some("left kn"));
    assert_eq!(page.input(&control('c')), Some(PageRequest::Interrupt));
    assert_eq!(page.answers().note.as_deref(), Some("left kn"));
    assert_eq!(page.input(&control('z')), Some(PageRequest::Suspend));
    press(&mut page, &[KeyCode::Esc]);
    assert_eq!(page.answers().note, None, "a skipped text does not count");
}

#[test]
fn one_key_leaves_the_other_questions() {
    let mut page = fresh(&all());
    type_in(&mut page, "6");
    press(&mut page, &[KeyCode::Enter]);
    type_in(&mut page, "2");
    let six = Answers { rpe: Some(6.0), ..Answers::default() };
    assert_eq!(press(&mut page, &[KeyCode::Char('q')]), Some(PageRequest::Done(six.clone())));
    let mut page = ask(&[SessionQuestion::Note], six.clone());
    type_in(&mut page, "quick");
    let note = Answers { note: Some("quick".to_string()), ..six };
    assert_eq!(page.input(&control('d')), Some(PageRequest::Done(note)));
}

#[test]
fn pasted_text_loses_invisible_characters() {
    let mut page = fresh(&[SessionQuestion::Note]);
    page.input(&Input::Paste("two\nlines\tand \u{1b}[2J\u{202e}more".to_string()));
    type_in(&mut page, "…");
    page.input(&Input::Paste("x".repeat(5000)));
    let note = done(&mut page, &[KeyCode::Enter]).note.unwrap();
    assert!(note.starts_with("two lines and [2Jmore…xxx"), "{note}");
    assert_eq!(note.chars().count(), LONGEST_TEXT);
    let mut page = fresh(&[SessionQuestion::Effort]);
    page.input(&Input::Paste("7".to_string()));
    assert_eq!(done(&mut page, &[KeyCode::Enter]), Answers::default(), "a list takes no pasted text");
}

#[test]
fn text_is_edited_at_its_end() {
    let mut page = ask(&[SessionQuestion::Note], answered());
    press(&mut page, &[KeyCode::Backspace]);
    page.input(&control('w'));
    type_in(&mut page, "Hot.");
    let note = done(&mut page, &[KeyCode::Enter]).note.unwrap();
    assert_eq!(note, "Left calf tight in the last two reps. Hot.");
}

#[test]
fn a_long_note_shows_its_end_and_the_room_left() {
    let mut page = fresh(&[SessionQuestion::Note]);
    page.input(&Input::Paste("word ".repeat(194)));
    type_in(&mut page, "the end");
    for size in SIZES {
        let text = text(&drawn(&page, size));
        assert!(text.contains("end▏"), "{size:?} in\n{text}");
        assert!(text.contains("23 characters left"), "{size:?} in\n{text}");
    }
}

#[test]
fn the_marked_answer_stands_out() {
    for (theme, loud) in [(true, Color::Indexed(231)), (false, Color::Reset)] {
        let mut page = QuestionsPage::new(all(), answered(), Theme::new(theme));
        type_in(&mut page, "7");
        let buffer = drawn(&page, (60, 20));
        let y = text(&buffer).lines().position(|l| l.starts_with(" ›")).unwrap() as u16;
        assert!(text(&buffer).lines().nth(usize::from(y)).unwrap().contains("7    very strong"));
        assert_eq!(buffer[(5, y)].bg, loud);
        assert_eq!(buffer[(5, y)].modifier.contains(Modifier::REVERSED), !theme);
        assert_ne!(buffer[(5, y)].style(), buffer[(5, y + 1)].style());
    }
}

#[test]
fn shows_the_words_of_borgs_scale() {
    let text_of = |page: &QuestionsPage| text(&drawn(page, (100, 30)));
    let effort = text_of(&fresh(&all()));
    for words in ["0    nothing at all", "3    moderate", "10    extremely strong, the most there is"] {
        assert!(effort.contains(words), "{words} in\n{effort}");
    }
    let mut page = fresh(&all());
    press(&mut page, &[KeyCode::Tab]);
    let breath = text_of(&page);
    for words in ["4    somewhat severe", "s    could say sentences", "g    could only gasp"] {
        assert!(breath.contains(words), "{words} in\n{breath}");
    }
    let mut low = fresh(&all());
    press(&mut low, &[KeyCode::Tab, KeyCode::Char('g')]);
    assert!(text(&drawn(&low, (40, 12))).contains("could only gasp"), "the marked answer is in sight");
}

#[test]
fn escape_sequences_in_a_question_do_not_reach_the_terminal() {
    let mut page = fresh(&[SessionQuestion::Own("calves\u{1b}[2J\u{202e}?".to_string())]);
    for size in SIZES {
        let hidden = |c: char| pacebell::text::is_hidden(c);
        assert!(cells(&drawn(&page, size)).all(|c| !c.symbol().chars().any(hidden)), "{size:?}");
    }
    type_in(&mut page, "ok");
    let own = done(&mut page, &[KeyCode::Enter]).own;
    assert_eq!(own[0].0, "calves\u{1b}[2J\u{202e}?", "the answer is stored under the original question");
}

#[test]
fn without_questions_the_page_ends_at_once() {
    let mut page = fresh(&[]);
    drawn(&page, (60, 20));
    assert_eq!(press(&mut page, &[KeyCode::Enter]), Some(PageRequest::Done(Answers::default())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_keys_and_windows_never_panic(
        walk in prop::collection::vec((0..KEYS.len() + 2, 0..170_u16, 0..60_u16), 1..60),
        filled: bool,
        question in ".{0,80}",
        pasted in ".{0,200}",
    ) {
        let mut asked = all();
        asked.push(SessionQuestion::Own(question));
        let mut page = ask(&asked, if filled { answered() } else { Answers::default() });
        for (what, width, height) in walk {
            let done = match KEYS.get(what) {
                Some(code) => press(&mut page, &[*code]),
                None if what == KEYS.len() => page.input(&Input::Paste(pasted.clone())),
                None => page.input(&control('u')),
            };
            drawn(&page, (width, height));
            let answers = page.answers();
            prop_assert!(answers.rpe.is_none_or(|r| (0.0..=10.0).contains(&r) && (r * 2.0).fract() == 0.0));
            prop_assert!(answers.note.as_ref().is_none_or(|n| n.chars().count() <= LONGEST_TEXT && !n.is_empty()));
            if done.is_some() {
                break;
            }
        }
    }
}
