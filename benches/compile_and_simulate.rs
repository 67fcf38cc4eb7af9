//! Benchmarks of compiling and simulating workouts: `cargo bench --bench compile_and_simulate`.

use divan::{Bencher, black_box};
use pacebell::belt::Treadmill;
use pacebell::cli::{SimulationSettings, simulate_session};
use pacebell::cues::Verbosity;
use pacebell::units::Millis;
use pacebell::workout::{Options, SourceText, compile_notation, sequence::Sequence};
use std::sync::Arc;

fn main() {
    divan::main();
}

fn source(notation: String) -> SourceText {
    SourceText { name: "bench".into(), text: notation }
}

fn compiled(notation: String) -> Sequence {
    match compile_notation(&source(notation), None, &Options::default()) {
        Ok(compiled) => compiled.sequence,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

/// Compiles a flat workout. Ten thousand steps may take at most twelve times as long as a thousand.
#[divan::bench(args = [1_000, 10_000])]
fn compile_steps(bencher: Bencher, steps: usize) {
    let source = source(format!("{}×(4s hard, 4s easy)", steps / 2));
    bencher.bench_local(|| compile_notation(black_box(&source), None, &Options::default()));
}

/// Compiles a workout in which each step is written out.
#[divan::bench(args = [1_000, 10_000])]
fn compile_written_steps(bencher: Bencher, steps: usize) {
    let source = source(vec!["4s hard"; steps].join(", "));
    bencher.bench_local(|| compile_notation(black_box(&source), None, &Options::default()));
}

fn settings(open_seconds: u64) -> SimulationSettings {
    let (treadmill, open) = (Treadmill::default(), Millis::from_secs(open_seconds));
    SimulationSettings { treadmill, open, voice: Verbosity::Off }
}

/// Simulates a whole day of one-minute steps.
#[divan::bench]
fn simulate_a_day_of_minutes(bencher: Bencher) {
    let sequence = Arc::new(compiled("720×(60s hard, 60s easy)".into()));
    bencher.bench_local(|| {
        simulate_session(black_box(&sequence), &settings(60), |effect| drop(black_box(effect)))
    });
}

/// Simulates a whole day with the largest possible number of steps.
#[divan::bench]
fn simulate_a_day_of_ten_thousand_steps(bencher: Bencher) {
    let sequence = Arc::new(compiled("5000×(8s hard, 8s easy)".into()));
    bencher.bench_local(|| {
        simulate_session(black_box(&sequence), &settings(60), |effect| drop(black_box(effect)))
    });
}

/// Simulates the largest possible number of open steps. Each end of one leads to a new forecast.
#[divan::bench]
fn simulate_ten_thousand_open_steps(bencher: Bencher) {
    let sequence = Arc::new(compiled("5000×(open walk, 8s easy)".into()));
    bencher.bench_local(|| {
        simulate_session(black_box(&sequence), &settings(1), |effect| drop(black_box(effect)))
    });
}
