//! Sound servers, players, speech programs and buses that misbehave. The session goes on, the bell stands in, and no loop
//! spins.
//!
//! Each peer is watched for four seconds. `tests/long/watch-hostile-peers` watches each for a minute.

use crate::fixture::pacebell_at;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// The most processor time while a peer is watched.
const PROCESSOR_TIME: Duration = Duration::from_millis(500);
/// The most wake-ups of all threads in a second. A session that plays sound needs about fifty.
const WAKE_UPS: u64 = 150;
/// The longest wait for the line that says that there is no sound.
const SILENCE_NOTED: Duration = Duration::from_millis(2000 + 1500);

/// The time that each peer is watched.
fn watched() -> Duration {
    let seconds = std::env::var("PACEBELL_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(4))
}

/// A workout with a word that only a speech program can say.
const WORKOUT: &str = "gribble: 30min easy";

/// A session in lines of text.
struct Run {
    child: Child,
    lines: Receiver<String>,
}

impl Run {
    fn start(command: &mut Command) -> Run {
        let mut child = command
            .args(["run", "--plain", WORKOUT])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Run { child, lines }
    }

    #[track_caller]
    fn expect_line(&self, what: &str, within: Duration) {
        let end = Instant::now() + within;
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if line.contains(what) {
                return;
            }
        }
        panic!("no line with {what:?} within {within:?}");
    }

    /// Returns the processor time that the program has used.
    fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        // User and system time in hundredths of a second, the 14th and 15th field of all.
        let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().unwrap()).sum();
        Duration::from_millis(ticks * 10)
    }

    /// Returns the number of times that threads of the program have gone to sleep.
    fn wake_ups(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let status = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok());
        let count = |status: String| {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        };
        status.filter_map(count).sum()
    }

    /// Watches the program, and asserts that it neither works nor wakes up much.
    #[track_caller]
    fn assert_calm(&self) {
        let (time, wake_ups) = (self.processor_time(), self.wake_ups());
        thread::sleep(watched());
        let (time, wake_ups) = (self.processor_time() - time, self.wake_ups().saturating_sub(wake_ups));
        assert!(time <= PROCESSOR_TIME, "{time:?} of processor time");
        assert!(wake_ups <= WAKE_UPS * watched().as_secs(), "{wake_ups} wake-ups");
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers every connection on a socket with `talk`.
fn listen(socket: &Path, talk: fn(UnixStream)) {
    let listener = UnixListener::bind(socket).unwrap();
    thread::spawn(move || {
        listener.incoming().flatten().for_each(|stream| drop(thread::spawn(move || talk(stream))))
    });
}

/// Sends a byte every 50 ms: the head of a long message on the channel of commands, and then its content, which never
/// ends.
fn drip(mut stream: UnixStream) {
    let head = [0, 0, 200, 0, 255, 255, 255, 255].into_iter().chain(std::iter::repeat(0));
    for byte in head {
        if stream.write_all(&[byte]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Sends zeros without end.
fn flood(mut stream: UnixStream) {
    while stream.write_all(&[0; 65_536]).is_ok() {}
}

/// Reads everything and says nothing.
fn listen_only(mut stream: UnixStream) {
    let mut bytes = [0; 1024];
    while stream.read(&mut bytes).is_ok_and(|count| count > 0) {}
}

/// Sends a byte each second. Every byte might be the one that completes an answer.
fn trickle(mut stream: UnixStream) {
    while stream.write_all(&[0]).is_ok() {
        thread::sleep(Duration::from_secs(1));
    }
}

/// Closes the connection at once.
fn hang_up(stream: UnixStream) {
    drop(stream);
}

/// Reads the first message, answers half a message, and closes the connection.
fn hang_up_amid_the_handshake(mut stream: UnixStream) {
    let mut bytes = [0; 64];
    let _ = stream.read(&mut bytes);
    let _ = stream.write_all(&[0, 0, 0, 20, 255, 255, 255, 255, 0, 0]);
}

/// Announces a message of four gigabytes and never sends it.
fn announce_much(mut stream: UnixStream) {
    let _ = stream.write_all(&[255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    listen_only(stream);
}

#[track_caller]
fn assert_calm_with_server(talk: fn(UnixStream)) {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("native");
    listen(&socket, talk);
    let run = Run::start(pacebell_at(home.path()).env("PULSE_SERVER", format!("unix:{}", socket.display())));
    run.expect_line("no sound", SILENCE_NOTED);
    run.assert_calm();
}

#[test]
fn a_sound_server_that_drips_gives_way_to_the_bell() {
    assert_calm_with_server(drip);
}

#[test]
fn a_sound_server_that_floods_zeros_gives_way_to_the_bell() {
    assert_calm_with_server(flood);
}

#[test]
fn a_sound_server_that_never_answers_gives_way_to_the_bell() {
    assert_calm_with_server(listen_only);
}

#[test]
fn a_sound_server_that_sends_a_byte_each_second_gives_way_to_the_bell() {
    assert_calm_with_server(trickle);
}

#[test]
fn a_sound_server_that_hangs_up_gives_way_to_the_bell() {
    assert_calm_with_server(hang_up);
}

#[test]
fn a_sound_server_that_hangs_up_amid_the_handshake_gives_way_to_the_bell() {
    assert_calm_with_server(hang_up_amid_the_handshake);
}

#[test]
fn a_sound_server_that_announces_gigabytes_gives_way_to_the_bell() {
    assert_calm_with_server(announce_much);
}

/// Reports the sizes of a device.
const REPORTS_DEVICE: &str = "echo '  buffer_size  : 9600' >&2; echo '  period_size  : 4800' >&2\n";

#[track_caller]
fn assert_calm_with_aplay(script: &str) {
    let home = tempfile::tempdir().unwrap();
    let programs = home.path().join("programs");
    std::fs::create_dir(&programs).unwrap();
    let path = programs.join("aplay");
    std::fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = Run::start(
        pacebell_at(home.path())
            .args(["--audio", "alsa"])
            .env("PATH", programs)
            .env_remove("PULSE_SERVER")
            .env("PULSE_RUNTIME_PATH", home.path())
            .env("XDG_RUNTIME_DIR", home.path()),
    );
    run.expect_line("no sound", SILENCE_NOTED + Duration::from_secs(1));
    run.assert_calm();
}

#[test]
fn an_aplay_that_closes_its_input_and_lives_is_ended() {
    assert_calm_with_aplay("exec <&-\nsleep 600\n");
    assert_calm_with_aplay(&format!("{REPORTS_DEVICE}exec <&-\nsleep 600\n"));
}

#[test]
fn an_aplay_that_floods_its_errors_is_ended() {
    assert_calm_with_aplay("exec cat /dev/zero >&2\n");
    assert_calm_with_aplay(&format!("{REPORTS_DEVICE}exec yes >&2\n"));
}

#[test]
fn a_wrapper_that_outlives_its_player_is_ended() {
    assert_calm_with_aplay(&format!("{REPORTS_DEVICE}head -c 48000 > /dev/null\nexec <&-\nsleep 600\n"));
}

#[track_caller]
fn assert_calm_with_bus(talk: fn(UnixStream)) {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("bus");
    listen(&socket, talk);
    let mut command = pacebell_at(home.path());
    command.args(["--audio", "off"]);
    for name in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
        command.env(name, format!("unix:path={}", socket.display()));
    }
    let run = Run::start(&mut command);
    run.expect_line("step 1", Duration::from_secs(5));
    run.assert_calm();
}

#[test]
fn a_bus_that_floods_zeros_costs_nothing() {
    assert_calm_with_bus(flood);
}

#[test]
fn a_bus_that_drips_costs_nothing() {
    assert_calm_with_bus(drip);
}

#[test]
fn a_bus_that_hangs_up_amid_the_handshake_costs_nothing() {
    assert_calm_with_bus(hang_up_amid_the_handshake);
}

/// Speaks with programs that do what `script` says, after they have said that they were asked.
#[track_caller]
fn assert_calm_with_speech_program(script: &str) {
    let home = tempfile::tempdir().unwrap();
    let programs = home.path().join("programs");
    std::fs::create_dir(&programs).unwrap();
    for name in ["flite", "espeak-ng"] {
        let path = programs.join(name);
        let asked = home.path().join("asked").display().to_string();
        let first = "for file; do :; done";
        std::fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{first}\necho >> '{asked}'\n{script}"))
            .unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let run = Run::start(
        pacebell_at(home.path()).args(["--audio", "off", "--voice", "full"]).env("PATH", programs),
    );
    run.expect_line("step 1", Duration::from_secs(5));
    run.assert_calm();
    assert!(home.path().join("asked").exists(), "no program was asked to speak");
}

#[test]
fn a_speech_program_that_writes_without_end_costs_nothing() {
    assert_calm_with_speech_program("exec cat /dev/zero\n");
    // Only the first of the two programs is given a file.
    assert_calm_with_speech_program("[ \"$file\" = --stdout ] || exec cat /dev/zero > \"$file\"\n");
}

#[test]
fn a_speech_program_that_says_nothing_costs_nothing() {
    assert_calm_with_speech_program("exec sleep 600\n");
}
