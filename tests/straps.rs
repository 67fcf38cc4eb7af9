//! Straps on the command line and in a session, with a fake BlueZ.

use crate::bluetooth::FakeBluez;
use crate::terminal::Session;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// The folder of a runner with the strap in the profile.
fn home_with_strap() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pacebell");
    std::fs::create_dir(&folder).unwrap();
    let profile = "[athlete]\nhr_max = 185\n\n[sensors]\n\
                   heart = { address = \"F0:F1:F2:F3:F4:F5\", name = \"HRM-Dual:123\" }\n";
    std::fs::write(folder.join("profile.toml"), profile).unwrap();
    home
}

/// Runs a command of the program at the fake.
fn command(fake: &FakeBluez, home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pacebell"));
    command.args(arguments).env_clear().env("DBUS_SYSTEM_BUS_ADDRESS", fake.address());
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(name, home);
    }
    command
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_strap_is_listed_chosen_and_forgotten() {
    let fake = FakeBluez::start();
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| command(&fake, home.path(), arguments).output().unwrap();
    let listed = text(run(&["sensors", "--within", "1s"]).stdout);
    assert!(
        listed.starts_with("HRM-Dual:123 ") && listed.contains("F0:F1:F2:F3:F4:F5  heart rate"),
        "{listed}"
    );
    let chosen = run(&["sensors", "choose", "hrm"]);
    assert!(chosen.status.success(), "{}", text(chosen.stderr));
    let profile = home.path().join("pacebell/profile.toml");
    let written = std::fs::read_to_string(&profile).unwrap();
    let line = "heart = { address = \"F0:F1:F2:F3:F4:F5\", name = \"HRM-Dual:123\" }";
    assert!(written.contains(line), "{written}");
    assert!(text(run(&["sensors", "--within", "1s"]).stdout).contains("chosen"));
    assert!(run(&["sensors", "forget"]).status.success());
    assert!(!std::fs::read_to_string(&profile).unwrap().contains("heart ="));
    let other = run(&["sensors", "choose", "Polar", "--within", "1s"]);
    assert_eq!(other.status.code(), Some(1));
    assert!(text(other.stderr).contains("these were found: `HRM-Dual:123`"));
}

#[test]
fn without_bluetooth_the_commands_say_what_is_missing() {
    let fake = FakeBluez::start();
    fake.set(|state| state.has_adapter = false);
    let home = home_with_strap();
    for arguments in [&["sensors"][..], &["sensors", "watch"], &["sensors", "choose", "hrm"]] {
        let output = command(&fake, home.path(), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let error = text(output.stderr);
        assert!(error.contains("this machine has no Bluetooth adapter"), "{error}");
        assert!(error.contains("plug in a Bluetooth adapter"), "{error}");
    }
    let doctor = text(command(&fake, home.path(), &["doctor", "--audio", "off"]).output().unwrap().stdout);
    let line =
        "WRONG  heart rate: HRM-Dual:123 cannot be reached, because this machine has no Bluetooth adapter";
    assert!(doctor.contains(line), "{doctor}");
    fake.set(|state| state.has_adapter = true);
    let doctor = text(command(&fake, home.path(), &["doctor", "--audio", "off"]).output().unwrap().stdout);
    assert!(doctor.contains("ok     heart rate: from HRM-Dual:123 over Bluetooth"), "{doctor}");
}

#[test]
fn watching_prints_each_value() {
    let fake = FakeBluez::start();
    let home = home_with_strap();
    let mut child = command(&fake, home.path(), &["sensors", "watch", "--for", "10min"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().as_deref(), Some("looking for HRM-Dual:123; press Ctrl-C to stop"));
    assert_eq!(lines.next().as_deref(), Some("linked to HRM-Dual:123"));
    // 80 % of 185 is 148, where zone 4 begins.
    for (bytes, line) in
        [([0, 150], "150 bpm  Z4"), ([0, 0], "no heart rate"), ([4, 90], "no contact with the skin")]
    {
        fake.beat(&bytes);
        assert_eq!(lines.next().as_deref(), Some(line));
    }
    let told = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(fake.calls().last().map(String::as_str), Some("Disconnect"), "the strap is given back");
}

fn running(fake: &FakeBluez, home: &Path) -> Session {
    let address = fake.address();
    let bus = ("DBUS_SYSTEM_BUS_ADDRESS", Path::new(&address));
    // In a window as low as this, the heart rate is ordinary text.
    let environment = [bus, ("XDG_CONFIG_HOME", home)];
    let session = Session::start_at_size(&["run", "30min 10km/h"], &environment, (60, 19));
    session.until("♥ –");
    session
}

/// Beats until the screen shows a heart rate: the program may not have subscribed yet.
fn beat_until(fake: &FakeBluez, session: &Session, bpm: u8, shown: &str) {
    session.wait(shown, || {
        fake.beat(&[0, bpm]);
        session.text().contains(shown)
    });
}

#[test]
fn the_heart_rate_is_in_the_log_and_in_the_files_for_other_programs() {
    let fake = FakeBluez::start();
    let home = home_with_strap();
    let mut session = running(&fake, home.path());
    session.skip_count_in();
    beat_until(&fake, &session, 142, "♥ 142 Z3");
    fake.beat(&[0, 142]);
    // The first second of the workout is over, so that it has a sample.
    session.until("left 29:58");
    fake.beat(&[0, 146]);
    session.until("♥ 146");
    session.press("qs");
    session.until("Log it");
    session.press("l");
    session.until("1 of 3");
    session.wait("a heart rate in the log", || {
        session.query_log::<Option<i64>>("SELECT highest_heart FROM session") == [Some(146)]
    });
    let log = session.home().join("pacebell/log.db");
    let log = log.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let output = command(&fake, home.path(), &[arguments, &["--log", log]].concat()).output().unwrap();
        assert!(output.status.success(), "{}", text(output.stderr));
        text(output.stdout)
    };
    let shown = run(&["log", "show", "last"]);
    assert!(shown.contains("bpm, at most 146"), "{shown}");
    let file = home.path().join("run.tcx");
    run(&["log", "export", "last", "-o", file.to_str().unwrap()]);
    let file = std::fs::read_to_string(file).unwrap();
    assert!(file.contains("<HeartRateBpm><Value>146</Value></HeartRateBpm>"), "{file}");
}

#[test]
fn a_session_shows_the_heart_rate_and_takes_the_strap_again_after_a_crash() {
    let fake = FakeBluez::start();
    let home = home_with_strap();
    let session = running(&fake, home.path());
    beat_until(&fake, &session, 142, "♥ 142 Z3");
    session.signal("-KILL");
    drop(session);
    // BlueZ keeps the link of a program that died, and the strap does not advertise.
    fake.set(|state| state.calls.clear());
    let session = running(&fake, home.path());
    beat_until(&fake, &session, 150, "♥ 150 Z4");
    assert!(!fake.calls().contains(&"StartDiscovery".to_string()), "{:?}", fake.calls());
    // Nothing is ever written to a device.
    assert!(!fake.calls().contains(&"WriteValue".to_string()));
}

/// Runs a workout as lines, twenty or more times as fast, and returns them without their times.
fn plain_run(home: &Path, workout: &str, more: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_pacebell"))
        .args(["run", workout, "--plain", "--audio", "off", "--speed", "100"])
        .args(more)
        .env_clear()
        .envs(["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"].map(|name| (name, home)))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(output.stderr));
    text(output.stdout).lines().map(|line| line.trim_start_matches([' ', '.']).to_string()).collect()
}

/// The words of each line, without the time before them.
fn words(lines: &[String]) -> Vec<&str> {
    lines.iter().filter_map(|line| line.split_once("  ")).map(|(_, words)| words).collect()
}

#[test]
fn a_virtual_strap_ends_a_step_on_its_heart_rate_and_leaves_no_samples() {
    let home = tempfile::tempdir().unwrap();
    let lines = plain_run(home.path(), "10s-20min until HR > 100 12km/h, 60s easy", &["--sensor", "virtual"]);
    let words = words(&lines);
    let reached = words.iter().position(|line| line.ends_with(": step 1 is about to end"));
    let reached = reached.unwrap_or_else(|| panic!("{lines:?}"));
    let bpm: u32 =
        words[reached].strip_prefix("heart rate ").unwrap().split(':').next().unwrap().parse().unwrap();
    assert!((101..156).contains(&bpm), "{lines:?}");
    assert!(words[reached..].iter().any(|line| line.starts_with("step 2 of 2")), "{lines:?}");
    // Nobody had these heart rates.
    let log = rusqlite::Connection::open(home.path().join("pacebell/log.db")).unwrap();
    let samples: i64 = log.query_row("SELECT count(*) FROM sample", [], |row| row.get(0)).unwrap();
    assert_eq!(samples, 0);
}

#[test]
fn without_a_sensor_the_bounds_end_the_step() {
    let home = tempfile::tempdir().unwrap();
    let lines = plain_run(home.path(), "10s-2min until HR > 100 12km/h, 60s easy", &["--sensor", "off"]);
    assert!(!lines.iter().any(|line| line.contains("heart rate 1")), "{lines:?}");
    let second = lines.iter().find(|line| line.contains("step 2 of 2")).unwrap();
    assert!(second.starts_with("120.000"), "{lines:?}");
}

#[test]
fn sensor_off_leaves_the_chosen_strap_alone() {
    let fake = FakeBluez::start();
    let home = home_with_strap();
    let address = fake.address();
    let bus = ("DBUS_SYSTEM_BUS_ADDRESS", Path::new(&address));
    let environment = [bus, ("XDG_CONFIG_HOME", home.path())];
    let session = Session::start_at_size(&["run", "30min 10km/h", "--sensor", "off"], &environment, (60, 19));
    session.until("10");
    assert!(!session.text().contains('♥'), "{}", session.text());
    // The session keeps the machine awake, and asks for nothing else.
    assert!(fake.calls().iter().all(|call| call == "Inhibit"), "{:?}", fake.calls());
}

#[test]
fn a_recorded_sensor_sends_the_same_values_again() {
    let home = tempfile::tempdir().unwrap();
    let workout = "10s-20min until HR > 100 12km/h, 60s easy";
    let [first, second] = ["first.jsonl", "second.jsonl"].map(|name| home.path().join(name));
    let [first, second] = [&first, &second].map(|path| path.to_str().unwrap());
    plain_run(home.path(), workout, &["--sensor", "virtual", "--record-sensors", first]);
    let replayed = plain_run(home.path(), workout, &["--sensor", first, "--record-sensors", second]);
    assert!(words(&replayed).iter().any(|line| line.ends_with("step 1 is about to end")), "{replayed:?}");
    let read = |path: &str| -> Vec<String> {
        std::fs::read_to_string(path).unwrap().lines().map(str::to_string).collect()
    };
    let (recorded, again) = (read(first), read(second));
    assert!(again.len() > 20, "{again:?}");
    // The two runs end at their own moments, so one recording may be longer.
    let both = recorded.len().min(again.len());
    assert_eq!(recorded[..both], again[..both]);
}

#[test]
fn hostile_recordings_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pacebell"));
        command.args(["run", "60s easy", "--plain"]).args(arguments).env_clear();
        command.envs(["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"].map(|name| (name, home.path())));
        command.stdin(Stdio::null()).output().unwrap()
    };
    let file = home.path().join("run.jsonl");
    let path = file.to_str().unwrap();
    let contents: [&[u8]; 4] =
        [b"", b"\xff\xfe", b"{\"pacebell_sensors\":9}\n", b"{\"pacebell_sensors\":1}\n\x1b[2J\n"];
    for content in contents {
        std::fs::write(&file, content).unwrap();
        let output = run(&["--sensor", path]);
        let error = text(output.stderr);
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("run.jsonl") && error.contains("--record-sensors"), "{error}");
        assert!(!error.contains('\u{1b}'), "{error}");
    }
    let long = std::fs::File::create(&file).unwrap();
    long.set_len(17 * 1024 * 1024).unwrap();
    for path in [path, home.path().to_str().unwrap(), "./no-such.jsonl", "/dev/zero"] {
        assert_eq!(run(&["--sensor", path]).status.code(), Some(2), "{path}");
    }
    // A file that is there is not replaced.
    let output = run(&["--sensor", "virtual", "--record-sensors", path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(output.stderr).contains("run.jsonl"));
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 17 * 1024 * 1024);
}
