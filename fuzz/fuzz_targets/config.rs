//! The settings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pacebell::diagnostic::SourceText;
use pacebell::settings::Settings;
use pacebell_fuzz::check_problems;

fuzz_target!(|text: &str| {
    let source = SourceText::new("config.toml", text);
    if let Err(problems) = Settings::parse(&source) {
        check_problems(&source, &problems);
    }
});
