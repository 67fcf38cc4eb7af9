//! A whole run through a real PulseAudio, recorded at its null sink and measured. Real time, and it needs
//! `pulseaudio` and `pulseaudio-utils`, so it runs only when asked for: `cargo test -- --ignored`.

use crate::fixture;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const RATE: usize = 48_000;
/// A minute and a bit of everything that makes a sound.
const BLOCK: &str = "10s easy, 8s hard, 5s walk, 8s hard, 12s 10km/h, 6s 12km/h, 4s 12km/h, \
                     12s ramp 8 -> 9 km/h | half: tall, 8s easy";

/// One block; as many as fill the minutes that are asked for, in the long run.
fn workout() -> String {
    let minutes = std::env::var("PACEBELL_MINUTES").ok().and_then(|m| m.parse::<u32>().ok());
    format!("{}×({BLOCK})", minutes.map_or(1, |m| (m * 60).div_ceil(73)))
}

struct Server {
    child: Child,
    socket: String,
}

impl Server {
    fn start(home: &Path) -> Server {
        let socket = home.join("native").display().to_string();
        let child = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"])
            .args(["-L", &format!("module-native-protocol-unix auth-anonymous=1 socket={socket}")])
            .args(["-L", "module-null-sink sink_name=test rate=48000 channels=2"])
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("PULSE_RUNTIME_PATH", home.join("runtime"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pulseaudio is installed");
        let server = Server { child, socket };
        for _ in 0..100 {
            let asked = Command::new("pactl").arg("info").env("PULSE_SERVER", server.address()).output();
            if asked.expect("pulseaudio-utils is installed").status.success() {
                return server;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("PulseAudio did not start");
    }

    fn address(&self) -> String {
        format!("unix:{}", self.socket)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the sink played, and when each part of it arrived here.
#[derive(Default)]
struct Tape {
    samples: Vec<i16>,
    arrivals: Vec<(usize, Instant)>,
}

impl Tape {
    /// The instant of sample 0. Recording only ever delays, so the earliest claim is the truth.
    fn zero(&self) -> Instant {
        let late = &self.arrivals[self.arrivals.len() / 4..];
        let claim = |(n, at): &(usize, Instant)| *at - Duration::from_secs_f64(*n as f64 / RATE as f64);
        late.iter().map(claim).min().unwrap()
    }
}

impl Tape {
    /// By how much its seconds are too short, in millionths: a line through the earliest arrival in each five.
    fn fast(&self) -> f64 {
        let (first, begun) = self.arrivals[0];
        let late = |(n, at): &(usize, Instant)| {
            let second = (n - first) as f64 / RATE as f64;
            (second, at.saturating_duration_since(begun).as_secs_f64() - second)
        };
        let all: Vec<(f64, f64)> = self.arrivals.iter().map(late).collect();
        let earliest: Vec<(f64, f64)> = all
            .chunk_by(|a, b| (a.0 / 5.0) as u32 == (b.0 / 5.0) as u32)
            .map(|part| *part.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap())
            .skip(1)
            .collect();
        -slope(earliest.iter().copied()) * 1e6
    }
}

fn record(server: &Server) -> (Child, Arc<Mutex<Tape>>) {
    let mut child = Command::new("parec")
        .args([
            "-d",
            "test.monitor",
            "--latency-msec=10",
            "--format=s16le",
            "--rate=48000",
            "--channels=1",
            "--raw",
        ])
        .env("PULSE_SERVER", server.address())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut from = child.stdout.take().unwrap();
    let tape = Arc::new(Mutex::new(Tape::default()));
    let to = Arc::clone(&tape);
    thread::spawn(move || {
        let mut buffer = [0u8; 65_536];
        let mut odd = Vec::new();
        while let Ok(n @ 1..) = from.read(&mut buffer) {
            odd.extend_from_slice(&buffer[..n]);
            let mut tape = to.lock().unwrap();
            let whole = odd.len() / 2 * 2;
            tape.samples.extend(odd[..whole].chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])));
            odd.drain(..whole);
            let count = tape.samples.len();
            tape.arrivals.push((count, Instant::now()));
        }
    });
    (child, tape)
}

/// Where sounds begin: above a fiftieth of full scale after 60 ms below it.
fn onsets(samples: &[i16]) -> Vec<usize> {
    let (mut quiet, mut found) = (RATE, Vec::new());
    for (i, s) in samples.iter().enumerate() {
        if s.unsigned_abs() > 655 {
            if quiet > RATE * 60 / 1000 {
                found.push(i);
            }
            quiet = 0;
        } else {
            quiet += 1;
        }
    }
    found
}

/// By how many samples the recording is late against the render around one sound; to a sample.
fn lag(render: &[i16], at: usize, tape: &[i16], shift: isize) -> isize {
    let cut = &render[at..(at + RATE / 20).min(render.len() - 1)];
    // Of the steps from sample to sample: the tone that keeps headphones awake has hardly any.
    let step = |samples: &[i16], i: usize| i64::from(samples[i + 1]) - i64::from(samples[i]);
    // The least difference, not the greatest product: that would prefer the loud middle of a sound to its edge.
    let difference = |by: isize| -> i64 {
        let start = usize::try_from(at as isize + shift + by).unwrap();
        (0..cut.len()).map(|i| (step(render, at + i) - step(tape, start + i)).abs()).sum()
    };
    (-480..=480).min_by_key(|by| difference(*by)).unwrap()
}

/// The slope of the lags over time, in millionths.
fn drift(onsets: &[usize], lags: &[isize]) -> f64 {
    slope(onsets.iter().zip(lags).map(|(a, b)| (*a as f64, *b as f64))) * 1e6
}

/// Least squares.
fn slope(points: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let n = points.clone().count() as f64;
    let (x, y) = points.clone().fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let pairs = || points.clone().map(|p| (p.0 - x, p.1 - y));
    pairs().map(|(a, b)| a * b).sum::<f64>() / pairs().map(|(a, _)| a * a).sum::<f64>()
}

fn simulated(folder: &Path) -> (Vec<(f64, String, usize)>, Vec<i16>) {
    let wav = folder.join("expected.wav");
    let out = fixture::pacebell_at(folder)
        .args(["simulate", &workout(), "--cues", "--wav"])
        .arg(&wav)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    let cue = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        (words[0].parse().unwrap(), words[1].to_string(), words[2].parse().unwrap())
    };
    let render = hound::WavReader::open(&wav).unwrap().into_samples::<i16>().map(Result::unwrap).collect();
    (text.lines().map(cue).collect(), render)
}

/// A whole run, recorded, beside what it should have been.
struct Run {
    cues: Vec<(f64, String, usize)>,
    lines: Vec<(Instant, String)>,
    /// Of every onset: its sample in the render, and by how many samples it is late in the recording.
    late: Vec<(usize, isize)>,
    /// The instant of the render's first sample.
    zero: Instant,
    /// By how much the recording's seconds are too short, in millionths: the null sink's clock.
    fast: f64,
    /// Samples in the render.
    length: usize,
}

impl Run {
    /// Runs the workout with these arguments too.
    fn recorded(folder: &Path, arguments: &[&str]) -> Run {
        let (cues, render) = simulated(folder);
        let server = Server::start(folder);
        let (mut recorder, tape) = record(&server);
        // An idle null sink has up to two seconds in flight.
        thread::sleep(Duration::from_secs(5));
        let mut run = fixture::pacebell_at(folder)
            .args(["run", &workout(), "--plain"])
            .args(arguments)
            .env("PULSE_SERVER", server.address())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(run.stdout.take().unwrap());
        let lines: Vec<(Instant, String)> = out.lines().map(|l| (Instant::now(), l.unwrap())).collect();
        assert!(run.wait().unwrap().success());
        thread::sleep(Duration::from_millis(600));
        recorder.kill().unwrap();
        recorder.wait().unwrap();
        let tape = tape.lock().unwrap();

        let (heard, written) = (onsets(&tape.samples), onsets(&render));
        assert_eq!(written.len(), cues.len(), "simulate lists every onset in its own sound");
        assert_eq!(heard.len(), cues.len(), "every onset is heard, and no other: {heard:?}");
        let shift = heard[0] as isize - written[0] as isize;
        let late: Vec<(usize, isize)> =
            written.iter().map(|at| (*at, lag(&render, *at, &tape.samples, shift))).collect();
        let mut lags: Vec<isize> = late.iter().map(|(_, l)| *l).collect();
        lags.sort_unstable();
        let middle = lags[lags.len() / 2];
        let zero = tape.zero() + Duration::from_secs_f64((shift + middle) as f64 / RATE as f64);
        let late = late.iter().map(|(at, l)| (*at, l - middle)).collect();
        Run { cues, lines, late, zero, fast: tape.fast(), length: render.len() }
    }

    /// How far the worst of all onsets but one in a hundred is off by the clock on the wall, in samples.
    fn p99(&self) -> usize {
        let gained = |at: usize| (at as f64 - self.length as f64 / 2.0) * self.fast / 1e6;
        let off = |(at, late): &(usize, isize)| (*late as f64 - gained(*at)).abs().round() as usize;
        let mut off: Vec<usize> = self.late.iter().map(off).collect();
        off.sort_unstable();
        off[(off.len() * 99).div_ceil(100) - 1]
    }

    /// The drift against the clock on the wall, in microseconds a second.
    fn drift(&self) -> f64 {
        let (at, late): (Vec<usize>, Vec<isize>) = self.late.iter().copied().unzip();
        drift(&at, &late) - self.fast
    }
}

#[test]
#[ignore = "real time, and it needs pulseaudio and pulseaudio-utils"]
fn every_signal_is_heard_on_its_second_and_every_line_is_there_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::recorded(folder.path(), &[]);
    let (drift, p99) = (run.drift(), run.p99());
    println!("{} onsets, p99 {p99} samples, drift {drift:.3} µs/s", run.late.len());
    println!("the sink is {:.3} µs/s fast", run.fast);
    assert!(p99 <= RATE / 1000, "signals were {p99} samples off their seconds: {:?}", run.late);
    // In a minute the recorder's own jitter is worth more than that.
    assert!(std::env::var_os("PACEBELL_MINUTES").is_none() || drift.abs() < 2.0, "{drift} µs/s");

    let mut changes: Vec<&(f64, String, usize)> =
        run.cues.iter().filter(|(_, s, _)| ["faster", "easier", "same"].contains(&s.as_str())).collect();
    // *Same* has two onsets; the first is the change.
    changes.dedup_by_key(|(_, _, step)| *step);
    assert!(changes.len() >= 8);
    for (second, _, step) in changes {
        let Some((at, line)) = run.lines.iter().find(|(_, l)| l.contains(&format!("  step {step} of ")))
        else {
            panic!("no line for step {step}: {:?}", run.lines);
        };
        let due = run.zero + Duration::from_secs_f64(*second);
        let late = at.saturating_duration_since(due).as_secs_f64()
            - due.saturating_duration_since(*at).as_secs_f64();
        assert!((-0.045..0.125).contains(&late), "`{line}` came {late} s after its signal");
    }
}

#[test]
#[ignore = "real time, and it needs pulseaudio, pulseaudio-utils, alsa-utils and libasound2-plugins"]
fn through_aplay_every_signal_is_heard_within_five_milliseconds() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".asoundrc"), "pcm.!default { type pulse }\n").unwrap();
    let run = Run::recorded(folder.path(), &["--audio", "alsa"]);
    let p99 = run.p99();
    println!("{} onsets, p99 {p99} samples, drift {:.3} µs/s", run.late.len(), run.drift());
    assert!(p99 <= RATE * 5 / 1000, "signals were {p99} samples off their seconds: {:?}", run.late);
}
