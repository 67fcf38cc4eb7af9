//! A profile.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use pacebell::diagnostic::SourceText;
use pacebell::runner::figures::{changes, equivalents, paces, sheet};
use pacebell::runner::profile::Profile;
use pacebell::workout::{Options, compile_notation};
use pacebell_fuzz::{check_problems, check_workout};

fuzz_target!(|text: &str| {
    let source = SourceText::new("profile.toml", text);
    match Profile::parse(&source, NaiveDate::from_ymd_opt(2026, 11, 29)) {
        Err(problems) => check_problems(&source, &problems),
        Ok(parsed) => {
            check_problems(&source, &parsed.warnings);
            let profile = parsed.profile;
            let _ = (paces(&profile), equivalents(&profile.athlete), sheet(&profile));
            let _ = (changes(&Profile::default(), &profile), profile.treadmill(), profile.line_style());
            let workout = SourceText::new(
                "notation",
                "10min easy, 5min MP, 1km 5K ^4%, 3min ramp 8 -> 30 km/h, 1min Z5",
            );
            check_workout(&workout, compile_notation(&workout, Some(&profile.athlete), &Options::default()));
        }
    }
});
