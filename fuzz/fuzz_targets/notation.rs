//! A workout on the command line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pacebell::workout::{Options, SourceText, compile_notation, format_file};
use pacebell_fuzz::{ATHLETE, check_workout};

fuzz_target!(|text: &str| {
    let source = SourceText::new("notation", text);
    let compiled = compile_notation(&source, None, &Options::default());
    if let Ok(compiled) = &compiled {
        // What `pacebell fmt` makes of it is the same workout.
        let file = |text: &str| format!("name = \"x\"\nsteps = [{}]\n", serde_json::Value::from(text));
        let lengths = |steps: &[pacebell::workout::sequence::PlannedStep]| {
            steps.iter().map(|step| step.end).collect::<Vec<_>>()
        };
        if let Ok(formatted) = format_file(&file(text)) {
            let source = SourceText::new("formatted", formatted);
            let again = pacebell::workout::compile_file(&source, None, &Options::default());
            let again = again.unwrap_or_else(|problems| panic!("{}\n{problems:?}", source.text));
            assert_eq!(lengths(&again.sequence.steps), lengths(&compiled.sequence.steps), "{}", source.text);
        }
    }
    check_workout(&source, compiled);
    check_workout(&source, compile_notation(&source, Some(&ATHLETE), &Options::default()));
});
