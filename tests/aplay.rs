//! Sound without a sound server: what reaches the program that plays it, and what is said when it fails.
//!
//! `aplay` is a script here that takes samples about as fast as a device does. Real time, a few seconds each.

use crate::fixture;
use pacebell::audio::signal_synth::samples;
use pacebell::cues::Signal::{Easier, Faster};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

const DEVICE: &str = "echo '  buffer_size  : 9600' >&2; echo '  period_size  : 4800' >&2\n";
const PLAYS: &str = "while [ $(head -c 9600 | tee -a $HOME/heard | wc -c) -gt 0 ]; do sleep 0.09; done\n";

/// What is printed in a run of five seconds with such a program, or none; and what that was given.
fn run(home: &Path, aplay: Option<&str>, audio: &str) -> (String, Vec<i16>) {
    let programs = home.join("programs");
    std::fs::create_dir(&programs).unwrap();
    if let Some(script) = aplay {
        let path = programs.join("aplay");
        std::fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let out = fixture::pacebell_at(home)
        .args(["run", "2s easy, 2s hard, 1s easy", "--plain", "--audio", audio])
        .env("PATH", programs)
        .env_remove("PULSE_SERVER")
        .env("PULSE_RUNTIME_PATH", home)
        .env("XDG_RUNTIME_DIR", home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(out.status.success());
    let heard = std::fs::read(home.join("heard")).unwrap_or_default();
    let heard = heard.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
    (String::from_utf8(out.stdout).unwrap(), heard)
}

#[test]
fn aplay_is_given_every_signal_whole() {
    let home = tempfile::tempdir().unwrap();
    let (said, heard) = run(home.path(), Some(&format!("{DEVICE}{PLAYS}")), "alsa");
    assert!(said.contains("sound: ALSA"), "{said}");
    assert!(!said.contains("no sound"), "{said}");
    for signal in [Faster, Easier] {
        let table = samples(signal);
        // The tone that keeps headphones awake is under it.
        let near =
            |part: &[i16]| part.iter().zip(table).all(|(a, b)| (i32::from(*a) - i32::from(*b)).abs() < 400);
        assert!(heard.windows(table.len()).any(near), "{signal:?} is not among {} samples", heard.len());
    }
}

#[test]
fn aplay_that_ends_is_started_again_and_both_are_said_once() {
    let home = tempfile::tempdir().unwrap();
    let once = "[ -e $HOME/again ] || { touch $HOME/again; for i in $(seq 10); do head -c 9600 >/dev/null; sleep 0.09; done; \
                echo 'aplay: pcm_write:2178: write error: No such\u{7} device' >&2; exit 1; }\n";
    let (said, heard) = run(home.path(), Some(&format!("{DEVICE}{once}{PLAYS}")), "alsa");
    let lines: Vec<&str> = said.lines().filter(|l| l.contains("sound")).collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(lines[0].ends_with("sound: ALSA") && lines[2].ends_with("sound: ALSA"), "{said}");
    assert!(lines[1].contains("aplay ended: write error: No such"), "{said}");
    assert!(!said.contains('\u{7}'), "cleaned");
    assert!(heard.iter().any(|s| s.unsigned_abs() > 6000), "signals are heard again");
}

#[test]
fn without_anything_that_plays_the_reason_is_told() {
    for (script, audio, why) in [
        (None, "alsa", "aplay is not installed: install alsa-utils"),
        (None, "auto", "no sound server is running: start PulseAudio or PipeWire (aplay is not installed"),
        (
            Some("echo 'aplay: main:831: audio open error: No such file' >&2; exit 1"),
            "auto",
            "(aplay ended: audio open error",
        ),
        (Some("echo 'period_size: 1440\nbuffer_size: 7200' >&2; cat >/dev/null"), "alsa", "discards sound"),
        (None, "bell", "no sound: as configured"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let (said, _) = run(home.path(), script, audio);
        assert!(said.contains(why), "{audio}: {said}");
        assert_eq!(said.lines().filter(|l| l.contains("no sound")).count(), 1, "said once: {said}");
    }
}

#[test]
fn with_sound_turned_off_nothing_is_looked_for() {
    let home = tempfile::tempdir().unwrap();
    let (said, heard) = run(home.path(), Some(&format!("touch $HOME/started\n{DEVICE}{PLAYS}")), "off");
    assert!(said.contains("sound: off") && !said.contains("bell"), "{said}");
    assert!(heard.is_empty() && !home.path().join("started").exists());
}
