//! The files that pacebell reads and writes: what is refused, who may read them, and what stays behind.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Runs a script in `home` with pacebell as `$0`, and fails if it takes longer than ten seconds.
fn shell(home: &Path, script: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_pacebell")]).current_dir(home);
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(name, home);
    }
    for name in ["PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"] {
        command.env(name, "/nowhere");
    }
    for name in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
        command.env(name, "unix:path=/nowhere");
    }
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(10);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("{script} hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("pacebell")).unwrap();
    home
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_refused() {
    for (file, command) in [
        ("pacebell/config.toml", "run --plain --audio off 1s"),
        ("pacebell/profile.toml", "profile"),
        ("hills.toml", "show hills.toml"),
        ("hills.toml", "check hills.toml"),
    ] {
        let home = home();
        let output = shell(home.path(), &format!("mkfifo {file} && exec \"$0\" {command}"));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && error.contains("is not a regular file"), "{command}: {error}");
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_beside_the_log_is_refused() {
    for ending in ["-journal", "-wal", "-shm"] {
        let home = home();
        let script = format!("\"$0\" log add 45min && mkfifo pacebell/log.db{ending} && \"$0\" log");
        let output = shell(home.path(), &script);
        let text = text_of(&output);
        assert!(!output.status.success(), "{text}");
        assert!(
            text.contains(&format!("log.db{ending} is not a file")) && text.contains("move it"),
            "{text}"
        );
    }
}

#[test]
fn a_workout_from_a_command_of_the_shell_is_read() {
    let home = home();
    std::fs::write(home.path().join("easy.toml"), "name = \"Easy\"\nsteps = [\"5min easy\"]\n").unwrap();
    let script = "exec bash -c '\"$0\" show <(cat easy.toml)' \"$0\"";
    let output = shell(home.path(), script);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_device_as_the_time_zone_is_refused() {
    let output = shell(home().path(), "TZ=/dev/zero exec \"$0\" list");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.contains("TZ=/dev/zero is not a regular file"), "{error}");
}

/// The output and the errors of a command.
fn text_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn doctor_reports_a_device_as_the_time_zone_and_checks_the_rest() {
    let home = home();
    shell(home.path(), "\"$0\" run --plain --audio off '1s easy' & sleep 0.7; kill -9 $!");
    let text = text_of(&shell(home.path(), "TZ=/dev/zero exec \"$0\" doctor --audio off"));
    assert!(text.contains("WRONG  time zone: TZ=/dev/zero is not a regular file"), "{text}");
    assert!(text.contains("remembered state: ") && text.contains("your workouts: "), "{text}");
}

#[test]
fn a_wrong_time_zone_is_a_warning() {
    let output = shell(home().path(), "TZ=Europe/Nowhere exec \"$0\" list");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && error.contains("warning: the time zone TZ=Europe/Nowhere is unknown"),
        "{error}"
    );
    for zone in ["CET-1CEST", ""] {
        let output = shell(home().path(), &format!("TZ={zone} exec \"$0\" list"));
        assert!(output.status.success() && output.stderr.is_empty(), "{zone}");
    }
}

#[test]
fn a_pipe_among_the_workouts_is_reported() {
    let home = home();
    let script = "mkdir pacebell/workouts; mkfifo pacebell/workouts/hills.toml; ";
    let text = text_of(&shell(home.path(), &format!("{script} exec \"$0\" show hills")));
    assert!(text.contains("hills.toml` is not a regular file"), "{text}");
    let text = text_of(&shell(home.path(), "exec \"$0\" doctor --audio off"));
    let line = text.lines().find(|line| line.contains("hills.toml")).unwrap_or_default();
    assert!(line.starts_with("WRONG  your workouts: ") && line.ends_with("is not a regular file"), "{text}");
    assert!(shell(home.path(), "exec \"$0\" list").status.success());
}

#[test]
fn a_pipe_in_the_place_of_a_file_that_can_be_lost_is_ignored() {
    let home = home();
    std::fs::create_dir(home.path().join("pacebell/half-made")).unwrap();
    let files = "volume recent asked half-made/1 half-made/2-0";
    let script = format!(
        "cd pacebell && mkfifo {files} && ln -s /dev/zero half-made/3-0 && cd .. && \"$0\" list > /dev/null && \
         exec \"$0\" run --plain --audio off '1s easy'"
    );
    let output = shell(home.path(), &script);
    assert!(output.status.success(), "{}", text_of(&output));
}

/// The names of the files in a folder that begin with a dot.
fn half_made(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| name.starts_with('.')).collect()
}

#[test]
fn a_recording_that_was_killed_is_swept_at_the_next_start_and_one_in_the_making_stays() {
    let home = home();
    let recordings = home.path().join("recordings");
    std::fs::create_dir(&recordings).unwrap();
    let mut export = crate::fixture::pacebell_at(home.path())
        .args(["export", "9h easy", "--output", "long.flac"])
        .current_dir(&recordings)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let end = Instant::now() + Duration::from_secs(10);
    while half_made(&recordings).is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    // It stays in the middle of its work, but lives.
    shell(home.path(), &format!("kill -STOP {}", export.id()));
    shell(home.path(), "exec \"$0\" list");
    assert_eq!(half_made(&recordings).len(), 1, "it is being written");
    export.kill().unwrap();
    export.wait().unwrap();
    assert_eq!(half_made(&recordings).len(), 1, "nobody has cleaned up yet");
    // Any command, in any folder.
    shell(home.path(), "exec \"$0\" list");
    assert!(half_made(&recordings).is_empty());
    assert_eq!(std::fs::read_dir(home.path().join("pacebell/half-made")).unwrap().count(), 0);
}

#[test]
fn the_profile_and_its_folder_are_for_their_owner_only() {
    let home = tempfile::tempdir().unwrap();
    let output = shell(home.path(), "umask 0; exec \"$0\" profile race 5k 25:00");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mode = |path: &str| home.path().join(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("pacebell"), mode("pacebell/profile.toml")), (0o700, 0o600));
}

#[test]
fn programs_in_the_current_folder_are_not_run() {
    let home = home();
    let script =
        "printf '#!/bin/sh\\ntouch was-run\\n' > aplay; chmod +x aplay; PATH=.:\"$PATH\" \"$0\" doctor";
    shell(home.path(), script);
    assert!(home.path().join("aplay").exists() && !home.path().join("was-run").exists());
}

#[test]
fn a_new_workout_without_room_leaves_no_file() {
    let home = home();
    let output = shell(home.path(), "ulimit -f 0; exec \"$0\" new hills");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.starts_with("error: "), "{error}");
    assert!(!home.path().join("pacebell/workouts/hills.toml").exists());
    assert!(shell(home.path(), "exec \"$0\" new hills").status.success());
}
