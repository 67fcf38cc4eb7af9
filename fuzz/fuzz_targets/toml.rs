//! A workout file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pacebell::workout::{Options, SourceText, compile_file, format_file, parameters};
use pacebell_fuzz::{ATHLETE, check_workout};

fuzz_target!(|text: &str| {
    let source = SourceText::new("workout.toml", text);
    let _ = (parameters(&source), format_file(text));
    check_workout(&source, compile_file(&source, None, &Options::default()));
    check_workout(&source, compile_file(&source, Some(&ATHLETE), &Options::default()));
});
