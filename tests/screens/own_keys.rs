//! Keys of the runner's own on every page: the page names them and no default key in their place.

use super::{Run, drawn, text};
use crate::screenshots::scenes::{SCENES, scene_named};
use crossterm::event::KeyCode;
use pacebell::belt::{Belt, Treadmill};
use pacebell::keymap::{Action, KeyContext, KeyPress, Keymap};
use pacebell::runner::profile::{Profile, Units};
use pacebell::session::answers::{Answers, SessionQuestion};
use pacebell::tui::screens::calibrate::CalibrationPage;
use pacebell::tui::screens::picker::{
    AdjustedOptions, BrokenFile, EntryContent, EntryOwner, Picker, PickerEntry,
};
use pacebell::tui::screens::questions::QuestionsPage;
use pacebell::tui::{RunningScreen, Theme};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, SourceText, compile_notation};
use ratatui::layout::Size;
use std::sync::Arc;

/// The first of the characters that no page shows otherwise: Latin letters with unusual signs.
const FIRST_SIGN: u32 = 0x180;

/// Returns a keymap with a sign of its own for each binding, and the signs.
fn with_signs() -> (&'static Keymap, Vec<char>) {
    let mut keymap = Keymap::default();
    let signs: Vec<char> = (FIRST_SIGN..).filter_map(char::from_u32).take(keymap.bindings().len()).collect();
    for (binding, sign) in Keymap::defaults().bindings().iter().zip(&signs) {
        keymap.rebind(binding.context, binding.action, &[KeyPress::plain(KeyCode::Char(*sign))]);
    }
    (Box::leak(Box::new(keymap)), signs)
}

#[test]
fn every_page_names_the_keys_of_the_settings() {
    let (keymap, signs) = with_signs();
    let hints = Keymap::defaults().bindings().iter().filter(|binding| !binding.hint.is_empty());
    let default_hints: Vec<String> = hints.map(|b| format!("{} {}", b.label(), b.hint)).collect();
    let hints_of = |page: &str| -> Vec<String> {
        page.split("   ").flat_map(|part| part.split('\n')).map(|part| part.trim().to_string()).collect()
    };
    let mut pages_with_keys = 0;
    for scene in &SCENES {
        let size = Size::new(80, 24);
        let by_default = text(&(scene.open)(Theme::new(true))(size));
        let renamed = text(&(scene.open)(Theme::new(true).with_keymap(keymap))(size));
        let left: Vec<String> =
            hints_of(&renamed).into_iter().filter(|part| default_hints.contains(part)).collect();
        assert!(left.is_empty(), "{}: {left:?} in\n{renamed}", scene.name);
        // The last seconds of a step have no room for keys, and a question names them beside its answers.
        if hints_of(&by_default).iter().any(|part| default_hints.contains(part)) {
            pages_with_keys += 1;
            assert!(renamed.contains(|c| signs.contains(&c)), "{}: no key\n{renamed}", scene.name);
        }
    }
    assert!(pages_with_keys >= SCENES.len() - 5, "only {pages_with_keys} pages name their keys");
}

/// A question over the running screen takes the keys, so that the row of hints would be wrong.
#[test]
fn a_question_hides_the_keys_that_it_takes() {
    let theme = Theme::new(true);
    for name in ["stop", "steps", "absence"] {
        let page = text(&(scene_named(name).open)(theme)(Size::new(100, 30)));
        assert!(!page.contains("→ skip") && !page.contains("Space pause"), "{name}\n{page}");
    }
    assert!(text(&(scene_named("hard-step").open)(theme)(Size::new(100, 30))).contains("→ skip"));
}

fn open_workout() -> Sequence {
    let source = SourceText::new("open", "10min easy, open hard, open×(60s hard, 60s easy)");
    compile_notation(&source, None, &Options::default()).unwrap().sequence
}

/// Returns a picker with one workout of the user's.
fn picker(content: EntryContent, theme: Theme) -> Picker {
    let mut picker = Picker::new(vec![PickerEntry::unread("mine", EntryOwner::Mine)], Vec::new(), theme);
    picker.set_content(0, &AdjustedOptions::default(), content);
    picker
}

#[test]
fn sentences_name_the_keys_of_the_settings() {
    let (keymap, signs) = with_signs();
    let theme = Theme::new(true).with_keymap(keymap);
    let size = (100, 30);
    let broken = BrokenFile { message: "unknown key".to_string(), count: 2, ..BrokenFile::default() };
    let end = keymap.label(KeyContext::Running, Action::EndStep);
    let line_style = Profile::default().line_style().with_end_key(end);
    let breath = QuestionsPage::new(vec![SessionQuestion::Breath], Answers::default(), theme);
    let open = EntryContent::runs(Arc::new(open_workout()), Vec::new(), &line_style);
    let mut run = Run::on(Arc::new(open_workout()), Treadmill::default());
    run.screen = RunningScreen::new(theme, Units::default());
    let mut run = run.to(300.0);
    let pages = [
        ("calibration", text(&drawn(&CalibrationPage::new(Belt::default(), None, theme), size))),
        ("a broken workout", text(&drawn(&picker(EntryContent::broken(broken), theme), size))),
        ("an open workout", text(&drawn(&picker(open, theme), size))),
        ("no workouts", text(&drawn(&Picker::new(Vec::new(), Vec::new(), theme), size))),
        ("before an open step", text(&run.draw(size))),
        ("breathlessness", text(&drawn(&breath, size))),
    ];
    for action in [Action::Sentences, Action::Phrases, Action::Gasps] {
        let label = keymap.label(KeyContext::Rating, action);
        assert!(pages[5].1.contains(&format!("{label}    could")), "{}", pages[5].1);
    }
    assert!(pages[2].1.contains(&format!("until {end} ×")), "{}", pages[2].1);
    for (name, page) in pages {
        let keys = ["Enter", "Space", "Esc", "Tab", "Press n"];
        assert!(keys.iter().all(|key| !page.contains(key)), "{name}:\n{page}");
        assert!(page.contains(|c| signs.contains(&c)), "{name} names no key:\n{page}");
    }
}
