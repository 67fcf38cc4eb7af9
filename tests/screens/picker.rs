//! Choosing a workout: what is on the screen, and what keys do there. No disk: workouts are given as texts.

use super::{control, key, text};
use crossterm::event::{Event as Input, KeyCode};
use pacebell::cli::render::render;
use pacebell::diagnostic::LineIndex;
use pacebell::tui::Theme;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::screens::picker::{
    BrokenFile, EntryContent, EntryOwner, Picker, PickerEntry, PickerRequest, ReportLine,
};
use pacebell::workout::{Options, SourceText, compile_file, parameters};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::slice;
use std::sync::Arc;

/// Where everything that counts has room.
const ROOMY: [(u16, u16); 3] = [(120, 35), (80, 24), (60, 20)];

const SHORT: &str = "name = \"Short intervals\"\nabout = \"VO2max and speed: eight hard minutes, easy jogs between.\"\nsteps = [\"8×60s hard / 60s easy\"]\n";
const STRIDES: &str = "name = \"Strides\"\nabout = \"Running form: short, fast, relaxed.\"\nsteps = [\"10min\", \"6×20s fast / 60s walk\"]\n";
const LONG: &str = "name = \"Long run\"\nabout = \"Endurance, by feel.\"\nsteps = [\"75-90min easy\"]\n";
const OPEN: &str = "name = \"Strides, full recovery\"\nabout = \"Speed without fatigue.\"\nsteps = [\"10min easy\", \"12×20s fast / full recovery\"]\n";
const TUESDAY: &str = "name = \"Tuesday with the club\"\nabout = \"Cruise intervals.\"\nsteps = [\"warmup 10min Z2\", \"Cruise: 5×4min {effort} / 1min jog\", \"cooldown 5min walk\"]\n\n[parameters.effort]\ndefault = \"tempo\"\nchoices = [\"steady\", \"tempo\", \"hard\"]\nabout = \"How the cruise feels.\"\n";
const HILLS: &str = "name = \"Hills\"\n\n# Thursdays\nsteps = [\n  \"10min easy\",\n  \"8×90s hrad ^4% / 2m walk\",\n]\ntag = []\n";
const WIDE: &str = "name = \"間歇訓練 – séries\"\nsteps = [\"4×(30s fast, 30s jog)\"]\n";

/// A picker with somebody who answers what it asks, as the shell does.
struct Desk {
    picker: Picker,
    shelf: Vec<(String, EntryOwner, String)>,
}

fn desk(shelf: &[(&str, EntryOwner, &str)], recent: &[&str]) -> Desk {
    let shelf: Vec<(String, EntryOwner, String)> =
        shelf.iter().map(|(n, w, t)| (n.to_string(), *w, t.to_string())).collect();
    let recent = recent.iter().map(|n| n.to_string()).collect();
    let mut desk = Desk { picker: Picker::new(entries(&shelf), recent, Theme::new(true)), shelf };
    desk.answer();
    desk
}

fn entries(shelf: &[(String, EntryOwner, String)]) -> Vec<PickerEntry> {
    let entry = |(name, owner, _): &(String, EntryOwner, String)| PickerEntry {
        name: name.clone(),
        owner: *owner,
        content: EntryContent::Unread,
    };
    shelf.iter().map(entry).collect()
}

fn library() -> Desk {
    desk(
        &[
            ("hills", EntryOwner::Mine, HILLS),
            ("long-run", EntryOwner::BuiltIn, LONG),
            ("short-intervals", EntryOwner::BuiltIn, SHORT),
            ("strides", EntryOwner::MineOverBuiltIn, STRIDES),
            ("strides-open", EntryOwner::BuiltIn, OPEN),
            ("tuesday", EntryOwner::Mine, TUESDAY),
            ("間歇", EntryOwner::Mine, WIDE),
        ],
        &["short-intervals", "gone", "tuesday"],
    )
}

fn content(name: &str, text: &str, options: &Options) -> EntryContent {
    let source = SourceText::new(format!("{name}.toml"), text);
    match compile_file(&source, None, options) {
        Ok(compiled) => EntryContent::runs(Arc::new(compiled.sequence), parameters(&source)),
        Err(problems) => EntryContent::broken(BrokenFile {
            line: problems.first().map(|p| LineIndex::new(text).place(p.span.start).line),
            message: problems[0].message.clone(),
            help: problems[0].help.clone(),
            count: problems.len(),
            report: ReportLine::report(problems.iter().map(|p| render(slice::from_ref(p), &source, false))),
        }),
    }
}

impl Desk {
    fn answer(&mut self) {
        for _ in 0..1000 {
            let Some((index, options)) = self.picker.next_to_read() else { return };
            let (name, _, text) = &self.shelf[index];
            self.picker.set_content(index, &options, content(name, text, &options));
        }
        panic!("it never knows enough");
    }

    fn press(&mut self, code: KeyCode) -> Option<PickerRequest> {
        self.input(&key(code))
    }

    fn input(&mut self, input: &Input) -> Option<PickerRequest> {
        let picked = self.picker.input(input);
        self.answer();
        match picked? {
            PageRequest::Done(request) => Some(request),
            other => panic!("{other:?}"),
        }
    }

    fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            assert_eq!(self.press(KeyCode::Char(c)), None, "{c} in {text}");
        }
    }

    fn after(mut self, text: &str) -> Desk {
        self.type_in(text);
        self
    }

    /// The file was changed elsewhere.
    fn rewrite(&mut self, name: &str, text: &str) {
        for (n, _, t) in &mut self.shelf {
            if n == name {
                *t = text.to_string();
            }
        }
        let mut now = entries(&self.shelf);
        for (entry, before) in now.iter_mut().zip(self.picker.entries()) {
            if entry.name != name {
                entry.content = before.content.clone();
            }
        }
        self.picker.replace(now);
        self.answer();
    }

    fn buffer(&mut self, (width, height): (u16, u16)) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        self.picker.draw(&mut buffer);
        buffer
    }

    fn text(&mut self, size: (u16, u16)) -> String {
        text(&self.buffer(size))
    }

    fn pictures(&mut self) -> String {
        let mut one = |size: &(u16, u16)| format!("── {}x{} ──\n{}", size.0, size.1, self.text(*size));
        super::SIZES.iter().map(&mut one).collect()
    }

    #[track_caller]
    fn shows(&mut self, what: &str) {
        for size in ROOMY {
            let text = self.text(size);
            assert!(text.contains(what), "{what:?} at {size:?} in\n{text}");
        }
    }

    /// The names in the list, from the marked one on.
    fn run(&mut self) -> Option<(String, String)> {
        match self.press(KeyCode::Enter) {
            Some(PickerRequest::Run { name, sequence }) => {
                Some((name, sequence.totals().time.seconds().to_string()))
            }
            None => None,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn first_open() {
    insta::assert_snapshot!(library().pictures());
}

#[test]
fn searching() {
    insta::assert_snapshot!(library().after("/strid").pictures());
}

#[test]
fn what_was_assumed_is_said() {
    let mut desk = library();
    desk.picker.show("strides");
    desk.shows("Assumed");
}

#[test]
fn a_broken_file() {
    let mut desk = library();
    desk.picker.show("hills");
    desk.press(KeyCode::Esc);
    insta::assert_snapshot!(desk.pictures());
}

#[test]
fn the_mistakes_of_a_file() {
    let mut desk = library();
    desk.picker.show("hills");
    insta::assert_snapshot!(desk.pictures());
}

#[test]
fn a_parameter_is_changed() {
    let mut desk = library();
    desk.picker.show("tuesday");
    desk.press(KeyCode::Char('p'));
    desk.press(KeyCode::Right);
    insta::assert_snapshot!(desk.pictures());
}

#[test]
fn a_value_that_will_not_do() {
    let mut desk = library();
    desk.picker.show("tuesday");
    desk.type_in("pquick");
    insta::assert_snapshot!(desk.pictures());
}

#[test]
fn a_new_workout_is_named() {
    insta::assert_snapshot!(library().after("nfriday").pictures());
}

#[test]
fn the_keys_of_the_picker() {
    insta::assert_snapshot!(library().after("?").pictures());
}

#[test]
fn recent_ones_come_first_then_mine_then_the_others_each_once() {
    let mut desk = library();
    let mut names = Vec::new();
    for _ in 0..desk.shelf.len() {
        if let Some(PickerRequest::Edit(name)) = desk.press(KeyCode::Char('e')) {
            names.push(name);
        }
        desk.press(KeyCode::Down);
    }
    assert_eq!(names, ["short-intervals", "tuesday", "hills", "strides", "間歇", "long-run", "strides-open"]);
    let text = desk.text((120, 35));
    let at = |what: &str| text.lines().position(|l| l.trim_start().starts_with(what)).unwrap();
    assert!(at("Recent") < at("Mine") && at("Mine") < at("Built in"), "{text}");
}

#[test]
fn a_name_that_shadows_says_so() {
    let mut desk = library();
    desk.picker.show("strides");
    assert!(desk.text((120, 35)).contains("mine, replaces the built-in one"));
    assert!(desk.text((80, 24)).contains("mine, replaces built-in"));
    desk.picker.show("long-run");
    assert!(desk.text((80, 24)).contains("strides  not built-in"));
}

#[test]
fn a_search_finds_names_titles_and_purposes_whatever_their_case_and_accents() {
    for (query, first) in [
        ("short", "short-intervals"),
        ("shrt", "short-intervals"),
        ("SHORT INT", "short-intervals"),
        ("club", "tuesday"),
        ("vo2max", "short-intervals"),
        ("strides", "strides"),
        ("strides full", "strides-open"),
        ("間", "間歇"),
        ("SERIES", "間歇"),
    ] {
        let mut desk = library().after("/").after(query);
        match desk.press(KeyCode::Enter) {
            Some(PickerRequest::Run { name, .. }) => assert_eq!(name, first, "{query}"),
            other => panic!("{query}: {other:?}"),
        }
    }
    let mut desk = library().after("/zzzz");
    desk.shows("No matches");
    assert_eq!(desk.press(KeyCode::Enter), None);
    desk.type_in("q");
    desk.input(&control('u'));
    desk.shows("1 of 7");
}

#[test]
fn letters_are_keys_again_after_tab_and_escape_shows_all() {
    let mut desk = library().after("/strides-o");
    desk.press(KeyCode::Tab);
    assert_eq!(desk.press(KeyCode::Char('e')), Some(PickerRequest::Edit("strides-open".to_string())));
    desk.shows("1 of 1 found");
    assert_eq!(desk.press(KeyCode::Esc), None);
    desk.shows("7 of 7");
    assert_eq!(
        desk.press(KeyCode::Char('e')),
        Some(PickerRequest::Edit("strides-open".to_string())),
        "marked still"
    );
    assert_eq!(desk.press(KeyCode::Esc), Some(PickerRequest::Quit));
    assert_eq!(desk.press(KeyCode::Char('q')), Some(PickerRequest::Quit));
}

#[test]
fn a_warm_up_and_a_cool_down_are_typed_in_place() {
    let mut desk = library().after("w10min");
    desk.shows("25:00, 16 steps");
    desk.press(KeyCode::Tab);
    desk.type_in("90s");
    assert_eq!(desk.press(KeyCode::Enter), None, "it is taken, not run");
    assert_eq!(desk.run(), Some(("short-intervals".to_string(), "1590.000".to_string())));
    // The arrow keys go by minutes; an empty field is none.
    let mut desk = library().after("w");
    desk.press(KeyCode::Right);
    desk.press(KeyCode::Right);
    desk.shows("21:00, 16 steps");
    desk.input(&control('u'));
    desk.press(KeyCode::Enter);
    assert_eq!(desk.run(), Some(("short-intervals".to_string(), "900.000".to_string())));
}

#[test]
fn escape_leaves_a_field_as_it_was() {
    let mut desk = library().after("c5min");
    desk.press(KeyCode::Enter);
    desk.type_in("c");
    desk.type_in("1h");
    desk.press(KeyCode::Esc);
    assert_eq!(desk.run(), Some(("short-intervals".to_string(), "1200.000".to_string())));
}

#[test]
fn what_is_wrong_in_a_field_is_said_and_not_taken() {
    let mut desk = library().after("w5");
    desk.shows("type a time with its unit");
    assert_eq!(desk.press(KeyCode::Enter), None);
    desk.shows("type a time with its unit");
    desk.type_in("min");
    desk.press(KeyCode::Enter);
    assert_eq!(desk.run(), Some(("short-intervals".to_string(), "1200.000".to_string())));
}

#[test]
fn a_parameter_reaches_the_workout_that_is_run() {
    let mut desk = library();
    desk.picker.show("tuesday");
    desk.type_in("phard");
    desk.press(KeyCode::Enter);
    let Some(PickerRequest::Run { sequence, .. }) = desk.press(KeyCode::Enter) else { panic!("it runs") };
    assert_eq!(sequence.steps[1].target.words, "hard");
    desk.picker.show("short-intervals");
    desk.type_in("p");
    desk.shows("has no parameters");
}

#[test]
fn every_parameter_of_the_library_can_be_changed() {
    let mut changed = 0;
    for entry in pacebell::library::built_in() {
        let declared = parameters(&entry.source());
        let mut desk = desk(&[(entry.name, EntryOwner::BuiltIn, entry.text)], &[]);
        for (i, parameter) in declared.iter().enumerate() {
            desk.type_in("p");
            for _ in 0..i {
                desk.press(KeyCode::Down);
            }
            desk.shows(&format!("{} ", parameter.name));
            let other = parameter.choices.iter().rfind(|c| **c != parameter.default);
            let value = other.unwrap_or(&parameter.default).clone();
            desk.type_in(&value);
            desk.shows(&format!(" {value}▏"));
            desk.press(KeyCode::Enter);
            assert!(desk.run().is_some(), "{} with {} = {value}", entry.name, parameter.name);
            changed += 1;
        }
    }
    assert!(changed > 0, "the library has parameters");
}

#[test]
fn a_broken_file_shows_its_mistakes_instead_of_running() {
    let mut desk = library();
    desk.picker.show("hills");
    desk.press(KeyCode::Esc);
    desk.shows("line 6");
    assert_eq!(desk.press(KeyCode::Enter), None);
    desk.shows("hills.toml:6");
    assert!(desk.text((80, 24)).contains("hills: 3 mistakes"));
    desk.buffer((60, 12));
    for _ in 0..100 {
        desk.press(KeyCode::Down);
    }
    assert!(desk.text((60, 12)).contains("`tags`"), "the last mistake can be reached");
    desk.press(KeyCode::Up);
    desk.press(KeyCode::PageUp);
    assert_eq!(desk.press(KeyCode::Char('e')), Some(PickerRequest::Edit("hills".to_string())));
}

#[test]
fn files_that_change_elsewhere_appear_and_the_mark_stays() {
    let mut desk = library();
    desk.picker.show("hills");
    desk.shows("hills.toml:6");
    desk.rewrite("hills", "name = \"Hills\"\nsteps = \"8×90s hard / 2min walk\"\n");
    desk.shows("26:00");
    desk.press(KeyCode::Char('w'));
    desk.press(KeyCode::Right);
    desk.rewrite("hills", "name = \"Hills\"\nsteps = \"10×90s hard / 2min walk\"\n");
    desk.shows("38:00, 20 steps");
    desk.shelf.retain(|(name, ..)| name != "hills");
    desk.picker.replace(entries(&desk.shelf));
    desk.answer();
    desk.shows("3 of 6");
    assert!(!desk.text((120, 35)).contains("hills"));
}

#[test]
fn a_name_is_asked_for_and_can_be_refused() {
    let mut desk = library().after("nmy own");
    assert_eq!(desk.press(KeyCode::Enter), Some(PickerRequest::New("my own".to_string())));
    desk.picker.say("you have a workout called `my own` already".to_string());
    desk.shows("already");
    desk.shows("my own▏");
    desk.type_in("2");
    assert!(!desk.text((80, 24)).contains("already"));
    desk.press(KeyCode::Esc);
    desk.shows("1 of 7");
}

#[test]
fn nothing_to_choose_from_is_no_trouble() {
    let mut desk = desk(&[], &["gone"]);
    for c in "ewcp/x".chars() {
        desk.press(KeyCode::Char(c));
    }
    for code in [KeyCode::Enter, KeyCode::Tab, KeyCode::Down, KeyCode::End, KeyCode::Enter, KeyCode::Esc] {
        assert!(!matches!(desk.press(code), Some(PickerRequest::Run { .. })));
    }
    desk.shows("No workouts yet");
}

#[test]
fn what_a_file_says_cannot_reach_the_terminal() {
    let text = "name = \"x\\u001b[2J\\u202ey\"\nabout = \"\\u009b31m\"\nsteps = [\"5s hard\", \"{a}\"]\n[parameters.a]\ndefault = \"5s easy\"\nabout = \"\\u001b[2J\"\n";
    let mut desk = desk(&[("a\u{1b}[2J\u{202e}b", EntryOwner::Mine, text)], &[]);
    for keys in ["", "p", "\u{1b}"] {
        desk.type_in(keys);
        for cell in &desk.buffer((120, 35)).content {
            assert!(!cell.symbol().chars().any(pacebell::text::is_hidden), "{:?}", cell.symbol());
        }
    }
}

#[test]
fn ten_thousand_characters_and_two_hundred_workouts_are_no_burden() {
    let shelf: Vec<(String, String)> = (0..200)
        .map(|i| (format!("mine-{i}"), format!("name = \"Number {i}\"\nsteps = \"{}min easy\"\n", i + 1)))
        .collect();
    let shelf: Vec<(&str, EntryOwner, &str)> =
        shelf.iter().map(|(n, t)| (n.as_str(), EntryOwner::Mine, t.as_str())).collect();
    let mut desk = desk(&shelf, &[]);
    for opener in ["/", "n", "w"] {
        desk.type_in(opener);
        desk.type_in(&"mine-7 跑́\u{200b}".repeat(1_000));
        for size in ROOMY {
            desk.buffer(size);
        }
        desk.press(KeyCode::Esc);
    }
    desk.type_in("/mine-177");
    assert_eq!(desk.run(), Some(("mine-177".to_string(), "10680.000".to_string())));
}

#[test]
fn only_what_is_marked_has_to_be_read_before_it_is_shown() {
    let shelf: Vec<(String, EntryOwner, String)> =
        (0..200).map(|i| (format!("mine-{i:03}"), EntryOwner::Mine, SHORT.to_string())).collect();
    let mut picker = Picker::new(entries(&shelf), Vec::new(), Theme::new(true));
    assert!(picker.is_waiting());
    let (index, options) = picker.next_to_read().unwrap();
    assert_eq!(index, 0);
    picker.set_content(index, &options, content("mine-000", SHORT, &options));
    assert!(!picker.is_waiting(), "it can be drawn, and run");
    assert!(picker.next_to_read().is_some(), "the others follow");
}

const KEYS: [KeyCode; 22] = [
    KeyCode::Char('/'),
    KeyCode::Char('e'),
    KeyCode::Char('n'),
    KeyCode::Char('w'),
    KeyCode::Char('c'),
    KeyCode::Char('p'),
    KeyCode::Char('?'),
    KeyCode::Char('5'),
    KeyCode::Char('m'),
    KeyCode::Char('跑'),
    KeyCode::Char('\u{301}'),
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Backspace,
    KeyCode::PageDown,
    KeyCode::PageUp,
    KeyCode::End,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_walk_of_keys_sizes_and_changes_breaks_the_picker(
        walk in prop::collection::vec((0..KEYS.len() + 2, 0..170_u16, 0..60_u16), 1..40),
    ) {
        let mut desk = library();
        for (what, width, height) in walk {
            match KEYS.get(what) {
                Some(code) => _ = desk.press(*code),
                None if what == KEYS.len() => desk.rewrite("tuesday", SHORT),
                None => desk.rewrite("short-intervals", HILLS),
            }
            desk.buffer((width, height));
        }
    }
}
