//! Tests of sound without a sound server: the samples that reach `aplay`, and the messages when it fails.
//!
//! `aplay` is a script here that takes samples about as fast as a device does. The tests run in real time, for a few
//! seconds each.

use crate::fixture;
use pacebell::audio::signal_synth::samples;
use pacebell::cues::Signal::{Easier, Faster};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

/// Reports the sizes of a device.
const REPORTS_DEVICE: &str = "echo '  buffer_size  : 9600' >&2; echo '  period_size  : 4800' >&2\n";
/// Takes samples as a device would, and keeps them.
const PLAYS: &str = "while [ $(head -c 9600 | tee -a $HOME/heard | wc -c) -gt 0 ]; do sleep 0.09; done\n";

/// The outcome of a run of five seconds.
struct PlainRun {
    printed: String,
    /// The samples that `aplay` was given.
    heard: Vec<i16>,
}

/// Runs a workout of five seconds. `aplay` is a script, or is missing.
fn run(home: &Path, aplay: Option<&str>, audio: &str) -> PlainRun {
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
    PlainRun { printed: String::from_utf8(out.stdout).unwrap(), heard }
}

#[test]
fn aplay_gets_every_signal_in_full() {
    let home = tempfile::tempdir().unwrap();
    let PlainRun { printed, heard } = run(home.path(), Some(&format!("{REPORTS_DEVICE}{PLAYS}")), "alsa");
    assert!(printed.contains("sound: ALSA"), "{printed}");
    assert!(!printed.contains("no sound"), "{printed}");
    for signal in [Faster, Easier] {
        let table = samples(signal);
        // The tone that keeps headphones awake is mixed in.
        let near =
            |part: &[i16]| part.iter().zip(table).all(|(a, b)| (i32::from(*a) - i32::from(*b)).abs() < 400);
        assert!(heard.windows(table.len()).any(near), "{signal:?} is not among {} samples", heard.len());
    }
}

#[test]
fn aplay_is_restarted_when_it_ends_and_each_change_is_printed_once() {
    let home = tempfile::tempdir().unwrap();
    let once = "[ -e $HOME/again ] || { touch $HOME/again; for i in $(seq 10); do head -c 9600 >/dev/null; sleep 0.09; done; \
                echo 'aplay: pcm_write:2178: write error: No such\u{7} device' >&2; exit 1; }\n";
    let PlainRun { printed, heard } =
        run(home.path(), Some(&format!("{REPORTS_DEVICE}{once}{PLAYS}")), "alsa");
    let lines: Vec<&str> = printed.lines().filter(|l| l.contains("sound")).collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert!(lines[0].ends_with("sound: ALSA") && lines[2].ends_with("sound: ALSA"), "{printed}");
    assert!(lines[1].contains("aplay ended: write error: No such"), "{printed}");
    assert!(!printed.contains('\u{7}'), "control characters are removed");
    assert!(heard.iter().any(|s| s.unsigned_abs() > 6000), "signals are heard again");
}

#[test]
fn without_any_output_the_reason_is_printed() {
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
        let PlainRun { printed, .. } = run(home.path(), script, audio);
        assert!(printed.contains(why), "{audio}: {printed}");
        assert_eq!(
            printed.lines().filter(|l| l.contains("no sound")).count(),
            1,
            "it is printed once: {printed}"
        );
    }
}

#[test]
fn with_sound_turned_off_no_output_is_tried() {
    let home = tempfile::tempdir().unwrap();
    let PlainRun { printed, heard } =
        run(home.path(), Some(&format!("touch $HOME/started\n{REPORTS_DEVICE}{PLAYS}")), "off");
    assert!(printed.contains("sound: off") && !printed.contains("bell"), "{printed}");
    assert!(heard.is_empty() && !home.path().join("started").exists());
}
