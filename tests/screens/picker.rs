//! The picker, without a disk: the tests pass in the workouts as texts.

use super::{control, key, text};
use crossterm::event::{Event as Input, KeyCode};
use pacebell::cli::render::{ErrorStyle, render};
use pacebell::diagnostic::LineIndex;
use pacebell::library::WorkoutGroup;
use pacebell::runner::profile::Profile;
use pacebell::tui::Theme;
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::tui::screens::picker::{
    AdjustedOptions, BrokenFile, EntryContent, EntryOwner, Picker, PickerEntry, PickerNeed, PickerRequest,
    ReportLine,
};
use pacebell::workout::bending::{BendPoint, BendRefusal, bend};
use pacebell::workout::sequence::Bend;
use pacebell::workout::{
    Compiled, Diagnostic, Options, SourceText, compile_file, compile_notation, parameters,
};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::slice;
use std::sync::Arc;

/// The sizes at which everything important fits.
const ROOMY: [(u16, u16); 3] = [(120, 35), (80, 24), (60, 20)];

const SHORT: &str = "name = \"Short intervals\"\nabout = \"VO2max and speed: eight hard minutes, easy jogs between.\"\ntags = [\"intervals\"]\nsteps = [\"8×60s hard / 60s easy\"]\n";
const STRIDES: &str = "name = \"Strides\"\nabout = \"Running form: short, fast, relaxed.\"\nsteps = [\"10min\", \"6×20s fast / 60s walk\"]\n";
const LONG: &str =
    "name = \"Long run\"\nabout = \"Endurance, by feel.\"\ntags = [\"long\"]\nsteps = [\"75-90min easy\"]\n";
const OPEN: &str = "name = \"Strides, full recovery\"\nabout = \"Speed without fatigue.\"\ntags = [\"strides\"]\nsteps = [\"10min easy\", \"12×20s fast / full recovery\"]\n";
const TUESDAY: &str = "name = \"Tuesday with the club\"\nabout = \"Cruise intervals.\"\nsteps = [\"warmup 10min Z2\", \"Cruise: 5×4min {effort} / 1min jog\", \"cooldown 5min walk\"]\n\n[parameters.effort]\ndefault = \"tempo\"\nchoices = [\"steady\", \"tempo\", \"hard\"]\nabout = \"How the cruise feels.\"\n";
const HILLS: &str = "name = \"Hills\"\n\n# Thursdays\nsteps = [\n  \"10min easy\",\n  \"8×90s hrad ^4% / 2m walk\",\n]\ntag = []\n";
const WIDE: &str = "name = \"間歇訓練 – séries\"\nsteps = [\"4×(30s fast, 30s jog)\"]\n";

/// A picker, and the files it reads from.
struct TestPicker {
    picker: Picker,
    files: Vec<(String, EntryOwner, String)>,
}

fn test_picker(files: &[(&str, EntryOwner, &str)], recent: &[&str]) -> TestPicker {
    let files: Vec<(String, EntryOwner, String)> =
        files.iter().map(|(n, w, t)| (n.to_string(), *w, t.to_string())).collect();
    let recent = recent.iter().map(|n| n.to_string()).collect();
    let mut screen = TestPicker { picker: Picker::new(entries(&files), recent, Theme::new(true)), files };
    screen.answer();
    screen
}

fn entries(files: &[(String, EntryOwner, String)]) -> Vec<PickerEntry> {
    let entry = |(name, owner, _): &(String, EntryOwner, String)| {
        let built_in = match name.as_str() {
            "long-run" => WorkoutGroup::Long,
            _ => WorkoutGroup::Intervals,
        };
        PickerEntry { group: built_in, ..PickerEntry::unread(name, *owner) }
    };
    files.iter().map(entry).collect()
}

fn library() -> TestPicker {
    test_picker(
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
    entry_content(compile_file(&source, None, options), &source)
}

/// The content of a workout with adjustments.
fn adjusted(name: &str, text: &str, adjusted: &AdjustedOptions) -> EntryContent {
    let content = content(name, text, &adjusted.options);
    let (Some(total), EntryContent::Runs(workout)) = (adjusted.within, &content) else { return content };
    let parameters = workout.parameters.clone();
    let runs =
        |sequence| EntryContent::runs(Arc::new(sequence), parameters, &Profile::default().line_style());
    match bend(&workout.sequence, &BendPoint::before(&workout.sequence), Bend::Within(total)) {
        Ok(bent) => runs(bent.sequence),
        Err(BendRefusal::ShortEnough(_)) => content,
        Err(refusal) => {
            EntryContent::broken(BrokenFile { message: format!("{refusal:?}"), ..BrokenFile::default() })
        }
    }
}

fn notation(text: &str) -> EntryContent {
    let source = SourceText::new("notation", text);
    entry_content(compile_notation(&source, None, &Options::default()), &source)
}

fn entry_content(compiled: Result<Compiled, Vec<Diagnostic>>, source: &SourceText) -> EntryContent {
    match compiled {
        Ok(compiled) => EntryContent::runs(
            Arc::new(compiled.sequence),
            parameters(source),
            &Profile::default().line_style(),
        ),
        Err(problems) => EntryContent::broken(BrokenFile {
            line: problems.first().map(|p| LineIndex::new(&source.text).place(p.span.start).line),
            message: problems[0].message.clone(),
            help: problems[0].help.clone(),
            count: problems.len(),
            report: ReportLine::report(
                problems
                    .iter()
                    .map(|p| render(slice::from_ref(p), source, ErrorStyle { color: false, columns: 80 })),
            ),
        }),
    }
}

impl TestPicker {
    /// Reads every workout the picker asks for.
    fn answer(&mut self) {
        for _ in 0..1000 {
            match self.picker.next_to_read() {
                None => return,
                Some(PickerNeed::Workout(index, options)) => {
                    let (name, _, text) = &self.files[index];
                    self.picker.set_content(index, &options, adjusted(name, text, &options));
                }
                Some(PickerNeed::Typed(text)) => self.picker.set_typed(&text, &notation(&text)),
            }
        }
        panic!("it asks without end");
    }

    fn show(&mut self, name: &str) {
        self.picker.show(name);
        self.answer();
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

    fn after(mut self, text: &str) -> TestPicker {
        self.type_in(text);
        self
    }

    /// Changes a file, as another program would.
    fn rewrite(&mut self, name: &str, text: &str) {
        for (n, _, t) in &mut self.files {
            if n == name {
                *t = text.to_string();
            }
        }
        let mut now = entries(&self.files);
        for (entry, before) in now.iter_mut().zip(self.picker.entries()) {
            if entry.name != name {
                *entry = before.clone();
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

    /// Runs the marked workout, and returns its name and its seconds.
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
fn shows_assumptions() {
    let mut screen = library();
    screen.show("strides");
    screen.shows("Assumed");
}

#[test]
fn a_broken_file() {
    let mut screen = library();
    screen.show("hills");
    screen.press(KeyCode::Esc);
    insta::assert_snapshot!(screen.pictures());
}

#[test]
fn the_report_on_a_broken_file() {
    let mut screen = library();
    screen.show("hills");
    insta::assert_snapshot!(screen.pictures());
}

#[test]
fn changing_a_parameter() {
    let mut screen = library();
    screen.show("tuesday");
    screen.press(KeyCode::Char('p'));
    screen.press(KeyCode::Right);
    insta::assert_snapshot!(screen.pictures());
}

#[test]
fn an_invalid_parameter_value() {
    let mut screen = library();
    screen.show("tuesday");
    screen.type_in("pquick");
    insta::assert_snapshot!(screen.pictures());
}

#[test]
fn naming_a_new_workout() {
    insta::assert_snapshot!(library().after("nfriday").pictures());
}

#[test]
fn help() {
    insta::assert_snapshot!(library().after("?").pictures());
}

#[test]
fn lists_recent_then_own_workouts_and_then_each_group() {
    let mut screen = library();
    let mut names = Vec::new();
    for _ in 0..screen.files.len() {
        if let Some(PickerRequest::Edit(name)) = screen.press(KeyCode::Char('e')) {
            names.push(name);
        }
        screen.press(KeyCode::Down);
    }
    assert_eq!(names, ["short-intervals", "tuesday", "hills", "strides", "間歇", "strides-open", "long-run"]);
    let text = screen.text((120, 35));
    let at = |what: &str| text.lines().position(|l| l.trim_start().starts_with(what)).unwrap();
    assert!(at("Recent") < at("Mine") && at("Mine") < at("Intervals"), "{text}");
    assert!(at("Intervals") < at("Long"), "{text}");
}

#[test]
fn says_that_an_own_workout_replaces_a_built_in_one() {
    let mut screen = library();
    screen.show("strides");
    assert!(screen.text((120, 35)).contains("mine, replaces the built-in one"));
    screen.show("long-run");
    assert!(screen.text((80, 24)).contains("Strides  mine, replaces built-in"));
}

#[test]
fn search_finds_names_titles_and_descriptions_in_any_case_and_accent() {
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
        let mut screen = library().after("/").after(query);
        match screen.press(KeyCode::Enter) {
            Some(PickerRequest::Run { name, .. }) => assert_eq!(name, first, "{query}"),
            other => panic!("{query}: {other:?}"),
        }
    }
    let mut screen = library().after("/zzzz");
    screen.shows("No matches");
    assert_eq!(screen.press(KeyCode::Enter), None);
    screen.type_in("q");
    screen.input(&control('u'));
    screen.shows("1 of 7");
}

#[test]
fn what_is_typed_runs_if_it_reads_as_a_workout() {
    let mut screen = library().after("/5×2min hard / 1min easy");
    screen.shows("run \"5×2min hard / 1min easy\"");
    // Five reps and the four recoveries between them.
    screen.shows("14:00");
    match screen.press(KeyCode::Enter) {
        Some(PickerRequest::RunTyped { text, sequence }) => {
            assert_eq!(text, "5×2min hard / 1min easy");
            assert_eq!(sequence.totals().time.seconds(), "840.000");
        }
        other => panic!("{other:?}"),
    }
    // The matches stay below it.
    let mut screen = library().after("/20min easy");
    screen.input(&control('u'));
    screen.type_in("short");
    assert!(!screen.text((80, 24)).contains("run \""), "a word is only searched for");
}

#[test]
fn says_why_what_is_typed_does_not_read_as_a_workout() {
    let mut screen = library().after("/8×60s hrad");
    screen.shows("not a workout: ");
    screen.shows("hrad");
    assert_eq!(screen.press(KeyCode::Enter), None);
    let mut screen = library().after("/the club");
    assert!(!screen.text((80, 24)).contains("not a workout"), "words without figures are a search");
}

#[test]
fn copies_renames_and_deletes_only_own_workouts() {
    let mut screen = library();
    screen.show("tuesday");
    screen.type_in("y");
    screen.shows("Name of the copy: tuesday-2▏");
    let copy = PickerRequest::Duplicate { from: "tuesday".to_string(), to: "tuesday-2".to_string() };
    assert_eq!(screen.press(KeyCode::Enter), Some(copy));
    screen.press(KeyCode::Esc);
    screen.type_in("R");
    screen.shows("New name: tuesday▏");
    screen.type_in("-hills");
    let rename = PickerRequest::Rename { from: "tuesday".to_string(), to: "tuesday-hills".to_string() };
    assert_eq!(screen.press(KeyCode::Enter), Some(rename));
    screen.press(KeyCode::Esc);
    assert_eq!(screen.press(KeyCode::Delete), Some(PickerRequest::Delete("tuesday".to_string())));
    assert_eq!(screen.press(KeyCode::Char('u')), Some(PickerRequest::Undo));
    screen.show("long-run");
    for key in ['R', 'x'] {
        assert_eq!(screen.press(KeyCode::Char(key)), None);
        assert!(screen.text((80, 24)).contains("y makes a copy of your own"));
    }
}

#[test]
fn the_outline_has_inclines_and_the_time_of_a_distance() {
    let mut screen = library().after("/3×(800m 5:00/km ^4%, 2min walk)");
    let text = screen.text((120, 35));
    assert!(text.contains("800 m (4:00)") && text.contains("incline 4%"), "{text}");
}

#[test]
fn a_warning_is_whole_in_a_narrow_window() {
    let mut screen = library().after("/10min easy, 3km hard, 5min walk");
    let wide = screen.text((160, 50));
    let warning =
        wide.lines().find_map(|line| line.split_once("Warning: ")).expect("a distance without a pace").1;
    let end = warning.split_whitespace().last().unwrap();
    for size in [(80, 24), (60, 20)] {
        let text = screen.text(size);
        let (_, from) = text.split_once("Warning: ").unwrap_or_else(|| panic!("{size:?} {text}"));
        assert!(from.contains(end) && !from.contains('…'), "{size:?} {text}");
    }
}

#[test]
fn a_row_has_the_title_and_the_file_where_the_title_does_not_say_it() {
    let mut screen = library();
    for size in [(160, 50), (120, 35), (80, 24), (60, 20)] {
        let text = screen.text(size);
        assert!(text.contains("Short intervals"), "{size:?} {text}");
    }
    let text = screen.text((160, 50));
    assert!(text.contains("Strides, full recovery  strides-open"), "{text}");
    assert!(!text.contains("Short intervals  short-intervals"), "{text}");
    screen.type_in("/short-");
    let text = screen.text((160, 50));
    assert!(text.contains("short-intervals"), "a name found by its hyphen is shown\n{text}");
}

#[test]
fn tab_leaves_the_search_field_and_escape_clears_the_search() {
    let mut screen = library().after("/strides-o");
    screen.press(KeyCode::Tab);
    assert_eq!(screen.press(KeyCode::Char('e')), Some(PickerRequest::Edit("strides-open".to_string())));
    screen.shows("1 of 1 found");
    assert_eq!(screen.press(KeyCode::Esc), None);
    screen.shows("6 of 7");
    assert_eq!(
        screen.press(KeyCode::Char('e')),
        Some(PickerRequest::Edit("strides-open".to_string())),
        "the mark stays"
    );
    assert_eq!(screen.press(KeyCode::Esc), Some(PickerRequest::Quit));
    assert_eq!(screen.press(KeyCode::Char('q')), Some(PickerRequest::Quit));
}

#[test]
fn a_warm_up_and_a_cool_down_are_set_in_the_preview() {
    let mut screen = library().after("w10min");
    screen.shows("25:00, 16 steps");
    screen.press(KeyCode::Tab);
    screen.type_in("90s");
    assert_eq!(screen.press(KeyCode::Enter), None, "it accepts the field and runs nothing");
    assert_eq!(screen.run(), Some(("short-intervals".to_string(), "1590.000".to_string())));
    // The arrow keys step by minutes; an empty field is no warm-up.
    let mut screen = library().after("w");
    screen.press(KeyCode::Right);
    screen.press(KeyCode::Right);
    screen.shows("21:00, 16 steps");
    screen.input(&control('u'));
    screen.press(KeyCode::Enter);
    assert_eq!(screen.run(), Some(("short-intervals".to_string(), "900.000".to_string())));
}

#[test]
fn a_time_limit_cuts_the_workout_before_it_runs() {
    // Six reps of a minute with a minute between take 11:00. The twelfth is easy.
    let mut screen = library().after("t12");
    screen.shows("12:00, 12 steps");
    assert_eq!(screen.press(KeyCode::Enter), None, "it accepts the field and runs nothing");
    let Some(PickerRequest::Run { sequence, .. }) = screen.press(KeyCode::Enter) else { panic!("it runs") };
    assert_eq!(sequence.bends.marks(), "cut to 12:00");
    // The arrow keys begin five minutes below the end.
    let mut screen = library().after("t");
    screen.press(KeyCode::Left);
    screen.shows("10:00, ");
    screen.press(KeyCode::Left);
    screen.shows("9:00, ");
    screen.press(KeyCode::Esc);
    screen.shows("15:00, 15 steps");
    assert_eq!(screen.run(), Some(("short-intervals".to_string(), "900.000".to_string())));
}

#[test]
fn a_time_that_is_too_short_is_not_run() {
    let mut screen = library().after("t10s");
    screen.press(KeyCode::Enter);
    screen.shows("TooShort");
    assert_eq!(screen.press(KeyCode::Esc), None);
    screen.shows("15:00, 15 steps");
}

#[test]
fn escape_restores_a_field() {
    let mut screen = library().after("c5min");
    screen.press(KeyCode::Enter);
    screen.type_in("c");
    screen.type_in("1h");
    screen.press(KeyCode::Esc);
    assert_eq!(screen.run(), Some(("short-intervals".to_string(), "1200.000".to_string())));
}

#[test]
fn an_invalid_value_is_explained_and_not_accepted() {
    let mut screen = library().after("w5");
    screen.shows("type a time with its unit");
    assert_eq!(screen.press(KeyCode::Enter), None);
    screen.shows("type a time with its unit");
    screen.type_in("min");
    screen.press(KeyCode::Enter);
    assert_eq!(screen.run(), Some(("short-intervals".to_string(), "1200.000".to_string())));
}

#[test]
fn a_parameter_changes_the_workout_that_runs() {
    let mut screen = library();
    screen.show("tuesday");
    screen.type_in("phard");
    screen.press(KeyCode::Enter);
    let Some(PickerRequest::Run { sequence, .. }) = screen.press(KeyCode::Enter) else { panic!("it runs") };
    assert_eq!(sequence.steps[1].target.words, "hard");
    screen.show("short-intervals");
    screen.type_in("p");
    screen.shows("has no parameters");
}

#[test]
fn every_parameter_of_the_library_can_be_set() {
    let mut changed = 0;
    for entry in pacebell::library::built_in() {
        let declared = parameters(&entry.source());
        let mut screen = test_picker(&[(entry.name, EntryOwner::BuiltIn, entry.text)], &[]);
        for (i, parameter) in declared.iter().enumerate() {
            screen.type_in("p");
            for _ in 0..i {
                screen.press(KeyCode::Down);
            }
            screen.shows(&format!("{} ", parameter.name));
            let other = parameter.choices.iter().rfind(|c| **c != parameter.default);
            let value = other.unwrap_or(&parameter.default).clone();
            screen.type_in(&value);
            screen.shows(&format!(" {value}▏"));
            screen.press(KeyCode::Enter);
            assert!(screen.run().is_some(), "{} with {} = {value}", entry.name, parameter.name);
            changed += 1;
        }
    }
    assert!(changed > 0, "the library has parameters");
}

#[test]
fn a_broken_file_shows_its_mistakes_instead_of_running() {
    let mut screen = library();
    screen.show("hills");
    screen.press(KeyCode::Esc);
    screen.shows("line 6");
    assert_eq!(screen.press(KeyCode::Enter), None);
    screen.shows("hills.toml:6");
    assert!(screen.text((80, 24)).contains("hills: 3 mistakes"));
    screen.buffer((60, 12));
    for _ in 0..100 {
        screen.press(KeyCode::Down);
    }
    assert!(screen.text((60, 12)).contains("`tags`"), "the last mistake can be reached");
    screen.press(KeyCode::Up);
    screen.press(KeyCode::PageUp);
    assert_eq!(screen.press(KeyCode::Char('e')), Some(PickerRequest::Edit("hills".to_string())));
}

#[test]
fn changed_files_reload_and_the_mark_stays() {
    let mut screen = library();
    screen.show("hills");
    screen.shows("hills.toml:6");
    screen.rewrite("hills", "name = \"Hills\"\nsteps = \"8×90s hard / 2min walk\"\n");
    screen.shows("26:00");
    screen.press(KeyCode::Char('w'));
    screen.press(KeyCode::Right);
    screen.rewrite("hills", "name = \"Hills\"\nsteps = \"10×90s hard / 2min walk\"\n");
    screen.shows("38:00, 20 steps");
    screen.files.retain(|(name, ..)| name != "hills");
    screen.picker.replace(entries(&screen.files));
    screen.answer();
    screen.shows("3 of 6");
    assert!(!screen.text((120, 35)).contains("hills"));
}

#[test]
fn asks_again_for_a_name_that_is_taken() {
    let mut screen = library().after("nmy own");
    assert_eq!(screen.press(KeyCode::Enter), Some(PickerRequest::New("my own".to_string())));
    screen.picker.say("you have a workout called `my own` already".to_string());
    screen.shows("already");
    screen.shows("my own▏");
    screen.type_in("2");
    assert!(!screen.text((80, 24)).contains("already"));
    screen.press(KeyCode::Esc);
    screen.shows("1 of 7");
}

#[test]
fn an_empty_library_works() {
    let mut screen = test_picker(&[], &["gone"]);
    for c in "ewcp/x".chars() {
        screen.press(KeyCode::Char(c));
    }
    for code in [KeyCode::Enter, KeyCode::Tab, KeyCode::Down, KeyCode::End, KeyCode::Enter, KeyCode::Esc] {
        assert!(!matches!(screen.press(code), Some(PickerRequest::Run { .. })));
    }
    screen.shows("No workouts yet");
}

#[test]
fn escape_sequences_in_a_file_do_not_reach_the_terminal() {
    let text = "name = \"x\\u001b[2J\\u202ey\"\nabout = \"\\u009b31m\"\nsteps = [\"5s hard\", \"{a}\"]\n[parameters.a]\ndefault = \"5s easy\"\nabout = \"\\u001b[2J\"\n";
    let mut screen = test_picker(&[("a\u{1b}[2J\u{202e}b", EntryOwner::Mine, text)], &[]);
    for keys in ["", "p", "\u{1b}"] {
        screen.type_in(keys);
        for cell in &screen.buffer((120, 35)).content {
            assert!(!cell.symbol().chars().any(pacebell::text::is_hidden), "{:?}", cell.symbol());
        }
    }
}

#[test]
fn copes_with_long_input_and_many_workouts() {
    let files: Vec<(String, String)> = (0..200)
        .map(|i| (format!("mine-{i}"), format!("name = \"Number {i}\"\nsteps = \"{}min easy\"\n", i + 1)))
        .collect();
    let files: Vec<(&str, EntryOwner, &str)> =
        files.iter().map(|(n, t)| (n.as_str(), EntryOwner::Mine, t.as_str())).collect();
    let mut screen = test_picker(&files, &[]);
    for opener in ["/", "n", "w"] {
        screen.type_in(opener);
        screen.type_in(&"mine-7 跑́\u{200b}".repeat(60));
        for size in ROOMY {
            screen.buffer(size);
        }
        screen.press(KeyCode::Esc);
    }
    screen.type_in("/mine-177");
    assert_eq!(screen.run(), Some(("mine-177".to_string(), "10680.000".to_string())));
}

#[test]
fn only_the_marked_workout_must_be_read_before_drawing() {
    let files: Vec<(String, EntryOwner, String)> =
        (0..200).map(|i| (format!("mine-{i:03}"), EntryOwner::Mine, SHORT.to_string())).collect();
    let mut picker = Picker::new(entries(&files), Vec::new(), Theme::new(true));
    assert!(picker.is_waiting());
    let Some(PickerNeed::Workout(index, options)) = picker.next_to_read() else { panic!("it reads") };
    assert_eq!(index, 0);
    picker.set_content(index, &options, adjusted("mine-000", SHORT, &options));
    assert!(!picker.is_waiting(), "it can be drawn and run");
    assert!(picker.next_to_read().is_some(), "the others are read later");
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
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_keys_sizes_and_changes_never_panic(
        walk in prop::collection::vec((0..KEYS.len() + 2, 0..170_u16, 0..60_u16), 1..40),
    ) {
        let mut screen = library();
        for (what, width, height) in walk {
            match KEYS.get(what) {
                Some(code) => _ = screen.press(*code),
                None if what == KEYS.len() => screen.rewrite("tuesday", SHORT),
                None => screen.rewrite("short-intervals", HILLS),
            }
            screen.buffer((width, height));
        }
    }
}
