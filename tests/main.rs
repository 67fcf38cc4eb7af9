//! What a user would notice, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot continue fails, and the end-to-end ones run in real time"
)]

mod activity_files;
mod agenda;
#[cfg(target_os = "linux")]
mod agreement;
mod aplay;
mod architecture;
mod articles;
mod audio;
#[cfg(target_os = "linux")]
mod awake;
mod bends;
#[cfg(target_os = "linux")]
mod bluetooth;
mod breathing;
mod budget;
mod built_in_plans;
mod checkin;
mod command_line;
mod day;
#[cfg(target_os = "linux")]
mod day_desktop;
mod evil_log;
mod exchange_round_trips;
mod files;
mod fixture;
mod formats;
mod heart_ends;
mod heart_words;
mod helps;
#[cfg(target_os = "linux")]
mod hostile;
mod imports;
mod journal;
mod kills;
mod language;
mod log;
mod log_file;
mod log_list;
mod log_merge;
mod meant_files;
mod mistyped;
mod paper;
mod picture;
mod plan_calendar;
mod plan_changes;
mod plan_commands;
mod plan_days;
mod plan_log;
mod plan_update;
mod plans;
mod profile;
mod profile_commands;
mod properties;
mod public_days;
mod pulse_server;
mod quantities;
mod readme;
mod real_sound;
mod screens;
#[allow(dead_code, reason = "its main function writes the pictures that a test compares")]
#[path = "screenshots/main.rs"]
mod screenshots;
mod sensors;
mod sessions;
mod signals;
mod sound_commands;
mod stalls;
mod starts;
#[cfg(target_os = "linux")]
mod straps;
mod strength;
mod structure;
mod terminal;
mod treadmill;
#[cfg(unix)]
mod trends;
mod unfinished;
mod voice;
mod walk;
mod workout_exports;
mod workout_files;
mod written_numbers;
