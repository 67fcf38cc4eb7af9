//! Workouts of other programs. Whatever is read fits into a workout file, and into the files of other programs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pacebell::formats::exchange::export::{self, WorkoutExport};
use pacebell::formats::exchange::export_losses::ExportOptions;
use pacebell::formats::exchange::model::ForeignTotals;
use pacebell::formats::exchange::{self, ReadOptions, from_sequence, toml_writer};
use pacebell::units::Millis;
use pacebell::workout::{Options, SourceText, compile_file};

const FORMATS: [WorkoutExport; 6] = [
    WorkoutExport::Fit,
    WorkoutExport::Zwo,
    WorkoutExport::Qz,
    WorkoutExport::Garmin,
    WorkoutExport::Intervals,
    WorkoutExport::Tcx,
];

fuzz_target!(|bytes: &[u8]| {
    let _ = exchange::read_plan(bytes, "untitled", "a test");
    let read = exchange::read_all(bytes, "untitled", &ReadOptions::default()).unwrap_or_default();
    for workout in read.into_iter().flatten() {
        let text = toml_writer::file(&workout, "a test");
        let source = SourceText::new("imported.toml", text.as_str());
        let compiled = compile_file(&source, None, &Options::default());
        let sequence = compiled.unwrap_or_else(|problems| panic!("{text}\n{problems:?}")).sequence;
        if workout.notation.is_none() {
            assert_eq!(sequence.steps.len() as u64, ForeignTotals::of(&workout.items).steps, "{text}");
        }
        assert!(
            workout
                .report
                .iter()
                .flat_map(|line| line.sentence().chars().collect::<Vec<_>>())
                .all(|c| !c.is_control())
        );
        let options = ExportOptions { open: Millis::from_secs(60), threshold: None, created: None };
        for format in FORMATS {
            let Ok(file) = export::file(&from_sequence::workout(&sequence), format, &options) else {
                continue;
            };
            let again = exchange::read(&file.bytes, "untitled", &ReadOptions::default());
            assert!(again.is_ok(), "{format:?}: {again:?}\n{text}");
        }
    }
});
