//! `pacebell export`, `sounds` and `doctor`, and the volume keys, through the program itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot continue fails")]

use crate::fixture::pacebell_at;
use crate::pulse_server::{Kind, PulseServer};
use crate::terminal::Session;
use pacebell::audio::signal_synth::samples;
use pacebell::cues::Signal;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Returns a command that finds no sound server.
fn without_server(home: &Path, arguments: &[&str]) -> Command {
    let mut command = pacebell_at(home);
    command.args(arguments).stdin(Stdio::null());
    for name in ["PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"] {
        command.env(name, "/nowhere");
    }
    command
}

/// Returns a command that plays through `server`.
fn with_server(home: &Path, server: &PulseServer, arguments: &[&str]) -> Command {
    let mut command = without_server(home, arguments);
    command.env("PULSE_SERVER", format!("unix:{}", server.socket().display()));
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Reads `count` samples of a WAV file, from sample `from` on.
fn samples_of(file: &mut File, from: u64, count: usize) -> Vec<i16> {
    let mut bytes = vec![0; 2 * count];
    file.seek(SeekFrom::Start(44 + 2 * from)).unwrap();
    file.read_exact(&mut bytes).unwrap();
    bytes.chunks(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect()
}

#[test]
fn exports_every_cue_of_three_hours_on_its_sample() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("long.wav");
    let workout = "45×(150s hard, 90s 5:30/km)";
    let exported =
        without_server(home.path(), &["export", workout, "--to", "wav", "-o"]).arg(&path).output().unwrap();
    assert!(exported.status.success() && exported.stderr.is_empty(), "{}", err(&exported));
    assert!(out(&exported).contains("3:00:02"), "{}", out(&exported));
    let cues = out(&without_server(home.path(), &["simulate", workout, "--cues"]).output().unwrap());
    let mut file = File::open(&path).unwrap();
    assert_eq!(file.metadata().unwrap().len(), 44 + 2 * 48_000 * (3 * 3600 + 2));
    let mut count = 0;
    for line in cues.lines() {
        let (second, word) = line.split_once(' ').unwrap();
        let at = (second.parse::<f64>().unwrap() * 48_000.0).round() as u64;
        assert!(samples_of(&mut file, at - 480, 480).iter().all(|s| *s == 0), "silence before {line}");
        let heard = samples_of(&mut file, at, 4800);
        let meant = Signal::ALL.into_iter().filter(|signal| word.starts_with(signal.word()));
        let is = |signal: Signal| {
            signal.onsets().any(|onset| {
                let whole = [samples(signal), &[0; 4800]].concat();
                whole[onset.get() as usize * 48..].starts_with(&heard)
            })
        };
        assert!(meant.into_iter().any(is), "{line}");
        count += 1;
    }
    assert!(count > 300, "{cues}");
    // Silence takes no space on file systems with sparse files.
    #[cfg(target_os = "linux")]
    assert!(std::os::unix::fs::MetadataExt::blocks(&file.metadata().unwrap()) * 512 < 500_000_000);
}

#[test]
fn export_replaces_an_earlier_recording_and_no_other_file() {
    let home = tempfile::tempdir().unwrap();
    let export = |workout: &str, file: &str| {
        without_server(home.path(), &["export", workout, "-o"]).arg(home.path().join(file)).output().unwrap()
    };
    assert!(export("10s easy", "a.wav").status.success());
    assert!(export("20s easy", "a.wav").status.success());
    assert_eq!(hound::WavReader::open(home.path().join("a.wav")).unwrap().duration(), 22 * 48_000);
    fs::write(home.path().join("mine.toml"), "name = \"Mine\"").unwrap();
    fs::write(home.path().join("mine"), "name = \"Mine\"").unwrap();
    fs::create_dir(home.path().join("folder")).unwrap();
    let music =
        hound::WavSpec { channels: 2, ..hound::WavReader::open(home.path().join("a.wav")).unwrap().spec() };
    hound::WavWriter::create(home.path().join("music.wav"), music)
        .unwrap()
        .write_sample(7i16)
        .unwrap_or_default();
    let before = fs::read(home.path().join("music.wav")).unwrap();
    for (workout, file, status, says) in [
        ("10s easy", "mine.toml", 1, "already exists"),
        ("10s easy", "mine", 2, "does not end in a format"),
        ("10s easy", "music.wav", 1, "not a recording"),
        ("10s easy", "folder", 2, "is a folder"),
        ("10s easy", "nowhere/a.wav", 1, "cannot be written"),
        ("13h easy", "b.wav", 2, "at most 12:25:39"),
        ("10s easy", "short.gpx", 2, "ends in .wav, .flac, .fit"),
        ("10s easy", "short.ogg", 2, "ends in .flac; no encoder"),
        ("10s esay", "b.wav", 2, "did you mean"),
    ] {
        let refused = export(workout, file);
        assert_eq!(refused.status.code(), Some(status), "{workout} {file}: {}", err(&refused));
        assert!(err(&refused).contains(says) && err(&refused).contains("help"), "{}", err(&refused));
    }
    assert_eq!(fs::read_to_string(home.path().join("mine.toml")).unwrap(), "name = \"Mine\"");
    let mut left: Vec<_> =
        fs::read_dir(home.path()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(fs::read(home.path().join("music.wav")).unwrap(), before);
    // `pacebell` is the folder for state.
    assert_eq!(left, ["a.wav", "folder", "mine", "mine.toml", "music.wav", "pacebell"]);
}

#[test]
fn the_ending_chooses_the_format_of_an_export() {
    let home = tempfile::tempdir().unwrap();
    let export = |arguments: &[&str]| {
        let mut command = without_server(home.path(), &["export", "3×(20s hard, 10s easy)"]);
        command.args(arguments).current_dir(home.path()).output().unwrap()
    };
    for arguments in [["-o", "a.wav"], ["-o", "a.FLAC"]] {
        let exported = export(&arguments);
        assert!(exported.status.success(), "{}", err(&exported));
    }
    for name in ["plain", "-", "a.gpx"] {
        let refused = export(&["-o", name]);
        assert_eq!(refused.status.code(), Some(2), "{name}");
        assert!(err(&refused).contains(".flac, .fit"), "{}", err(&refused));
        assert!(!home.path().join(name).exists(), "{name}");
    }
    assert!(export(&["-o", "b", "--to", "flac"]).status.success());
    let wav: Vec<i16> = hound::WavReader::open(home.path().join("a.wav"))
        .unwrap()
        .into_samples()
        .map(Result::unwrap)
        .collect();
    for file in ["a.FLAC", "b"] {
        let mut reader = claxon::FlacReader::open(home.path().join(file)).unwrap();
        let heard: Vec<i16> = reader.samples().map(|sample| sample.unwrap() as i16).collect();
        assert!(heard == wav, "{file} has other samples than a.wav");
    }
    // An earlier recording of either format is replaced, and the size is said: 92 seconds of 48,000 samples.
    let again = export(&["-o", "a.FLAC"]);
    assert!(again.status.success(), "{}", err(&again));
    assert!(out(&export(&["-o", "a.wav"])).ends_with(", 8.8 MB\n"));
    let refused = export(&["-o", "a.wav", "--to", "flac"]);
    assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    assert!(err(&refused).contains("help: leave out `--to`"), "{}", err(&refused));
}

#[test]
fn export_follows_the_settings_but_ignores_the_volume_set_with_keys() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("pacebell")).unwrap();
    fs::write(home.path().join("pacebell/config.toml"), "[sound]\nsignals = \"low\"\nvolume.signals = 50\n")
        .unwrap();
    fs::write(home.path().join("pacebell/volume"), "10 muted\n").unwrap();
    let path = home.path().join("a.wav");
    let exported = without_server(home.path(), &["export", "10s easy", "-o"]).arg(&path).output().unwrap();
    assert!(exported.status.success(), "{}", err(&exported));
    let mut file = File::open(&path).unwrap();
    let finish = samples_of(&mut file, 480_000, samples(Signal::Finish).len());
    let peak = finish.iter().map(|s| s.unsigned_abs()).max().unwrap();
    // 10 dB below 0.6 of full scale.
    assert!((6100..6300).contains(&peak), "{peak}");
    let crossings = finish[2400..14_400].windows(2).filter(|w| w[0] < 0 && w[1] >= 0).count();
    assert!((150..165).contains(&crossings), "628 Hz in a quarter of a second, not {crossings}");
}

#[test]
fn sounds_describes_the_signals_if_there_is_no_device() {
    let home = tempfile::tempdir().unwrap();
    let shown = without_server(home.path(), &["sounds"]).output().unwrap();
    assert!(shown.status.success(), "{}", err(&shown));
    let text = out(&shown);
    assert!(text.starts_with("No sound: "), "{text}");
    for word in ["count", "faster", "easier", "same", "finish", "tick"] {
        assert!(text.lines().any(|line| line.trim_start().starts_with(word)), "{word} in {text}");
    }
}

/// Writes settings that leave only the signals audible.
fn disable_the_tone(home: &Path) {
    fs::create_dir_all(home.join("pacebell")).unwrap();
    fs::write(home.join("pacebell/config.toml"), "[sound]\nkeep_awake = false\nlead_in = false\n").unwrap();
}

#[test]
fn sounds_names_each_signal_as_it_plays_and_stops_when_interrupted() {
    let home = tempfile::tempdir().unwrap();
    disable_the_tone(home.path());
    let server = PulseServer::start(Kind::PulseAudio);
    let mut child = with_server(home.path(), &server, &["sounds"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut text = String::new();
    let mut from = child.stdout.take().unwrap();
    let mut piece = [0; 512];
    while !text.contains("a little faster") {
        let count = from.read(&mut piece).unwrap();
        assert!(count > 0, "{text}");
        text.push_str(std::str::from_utf8(&piece[..count]).unwrap());
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(text.starts_with("Playing through PulseAudio, volume 100 %."), "{text}");
    assert!(text.contains("much faster"), "{text}");
    let heard = server.heard();
    let first = heard.iter().position(|s| *s != 0).unwrap();
    assert!(heard[first..].starts_with(samples(Signal::Faster)));
}

#[test]
fn doctor_says_what_is_wrong_and_how_to_fix_it_and_creates_no_files() {
    let home = tempfile::tempdir().unwrap();
    let output = without_server(home.path(), &["doctor"]).output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(1), ""));
    let text = out(&output);
    assert!(text.starts_with("WRONG  sound: not working"), "{text}");
    for line in text.lines() {
        let marked = ["ok     ", "note   ", "WRONG  ", "       = "].iter().any(|mark| line.starts_with(mark));
        assert!(marked, "{line:?}");
    }
    for about in [
        "staying awake:",
        "terminal:",
        "settings:",
        "your workouts:",
        "log:",
        "config.toml:",
        "profile.toml:",
    ] {
        assert!(text.contains(about), "{about} in {text}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is made");
}

#[test]
fn doctor_plays_a_signal_and_succeeds_if_all_is_well() {
    let home = tempfile::tempdir().unwrap();
    disable_the_tone(home.path());
    let server = PulseServer::start(Kind::PulseAudio);
    let output = with_server(home.path(), &server, &["doctor"]).output().unwrap();
    let text = out(&output);
    assert!(output.status.success() && !text.contains("WRONG"), "{text}");
    assert!(text.contains("sound: PulseAudio, on ") && text.contains("ms after it is sent"), "{text}");
    let heard = server.heard();
    let first = heard.iter().position(|s| *s != 0).unwrap();
    assert!(heard[first..].starts_with(samples(Signal::Faster)));
}

#[test]
fn doctor_counts_mistakes_and_names_the_command_that_shows_them() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pacebell");
    fs::create_dir_all(folder.join("workouts")).unwrap();
    fs::write(folder.join("config.toml"), "theme = \"pink\"\nsond = 1\n").unwrap();
    fs::write(folder.join("profile.toml"), "[athlete]\nhr_max = \"many\"\n").unwrap();
    fs::write(folder.join("workouts/hills.toml"), "name = \"Hills\"\nsteps = [\"6×\"]\n").unwrap();
    fs::write(folder.join("log.db"), "no database at all").unwrap();
    let text = out(&without_server(home.path(), &["doctor"]).output().unwrap());
    for says in [
        "WRONG  config.toml: 2 mistakes\n       = `pacebell sounds`",
        "WRONG  profile.toml: 1 mistake\n       = `pacebell profile`",
        "WRONG  your library: 1 workout, 1 with mistakes\n       = `pacebell check hills`",
        "is not a pacebell log",
    ] {
        assert!(text.contains(says), "{says} in\n{text}");
    }
    for (command, status) in [("sounds", 2), ("profile", 2), ("check", 2)] {
        let arguments: &[&str] = if command == "check" { &["check", "hills"] } else { &[command] };
        let shown = without_server(home.path(), arguments).output().unwrap();
        assert_eq!(shown.status.code(), Some(status), "{command}: {}", err(&shown));
    }
}

#[test]
fn volume_keys_are_heard_shown_and_remembered() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("pacebell")).unwrap();
    fs::write(home.path().join("pacebell/asked"), "").unwrap();
    let run = || Session::start_with(&["run", "5min easy", "--plain"], &[("XDG_STATE_HOME", home.path())]);
    let remembered = || fs::read_to_string(home.path().join("pacebell/volume")).unwrap();
    let mut session = run();
    session.until("step 1 of 1");
    session.press("--");
    session.until("volume 80 %");
    session.press("\u{3}");
    session.end();
    assert_eq!(remembered(), "80\n");
    let mut session = run();
    session.until("step 1 of 1");
    session.press("-");
    session.until("volume 70 %");
    session.press("m");
    session.until("muted");
    session.press("\u{3}");
    session.end();
    assert_eq!(remembered(), "70 muted\n");
    let mut session = run();
    session.until("muted");
    session.press("+");
    session.until("volume 80 %");
    session.press("\u{3}");
    session.end();
    assert_eq!(remembered(), "80\n");
}

#[test]
fn the_remembered_volume_applies_from_the_first_signal() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("pacebell")).unwrap();
    fs::write(home.path().join("pacebell/volume"), "50\n").unwrap();
    disable_the_tone(home.path());
    let server = PulseServer::start(Kind::PulseAudio);
    let mut child = with_server(home.path(), &server, &["run", "1s easy, 3s hard", "--plain"]);
    let ended = child.output().unwrap();
    assert!(ended.status.success(), "{}", err(&ended));
    std::thread::sleep(Duration::from_millis(20));
    let peak = server.heard().iter().map(|s| s.unsigned_abs()).max().unwrap();
    assert!((6000..6300).contains(&peak), "10 dB below 0.6 of full scale, not {peak}");
}

#[test]
fn a_key_ends_sounds_and_restores_the_terminal() {
    for (key, status) in [("q", 0), ("\u{3}", 130)] {
        let server = PulseServer::start(Kind::PulseAudio);
        let address = format!("unix:{}", server.socket().display());
        let mut session = Session::start_with(&["sounds"], &[("PULSE_SERVER", Path::new(&address))]);
        session.until("much faster");
        session.press(key);
        assert_eq!(session.end(), status);
        session.assert_restored();
        assert!(!session.text().contains("finish"), "{}", session.text());
    }
}

#[test]
fn doctor_describes_the_terminal() {
    let mut session = Session::start(&["doctor"]);
    session.until("your library: 0 workouts");
    assert_eq!(session.end(), 1, "there is no sound");
    let text = session.text();
    for says in ["256 colours", "100 columns, 30 rows", "UTF-8", "its title"] {
        assert!(text.contains(says), "{says} in {text}");
    }
}
