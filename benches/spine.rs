//! How long the spine takes: `cargo bench`.

use divan::{Bencher, black_box};
use pacebell::cli::session;
use pacebell::cues::Verbosity;
use pacebell::runner::treadmill::Treadmill;
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

/// A flat workout of so many steps: ten thousand may cost at most twelve times a thousand.
#[divan::bench(args = [1_000, 10_000])]
fn compile_steps(bencher: Bencher, steps: usize) {
    let source = source(format!("{}×(4s hard, 4s easy)", steps / 2));
    bencher.bench_local(|| compile_notation(black_box(&source), None, &Options::default()));
}

/// The same, each step written out.
#[divan::bench(args = [1_000, 10_000])]
fn compile_written_steps(bencher: Bencher, steps: usize) {
    let source = source(vec!["4s hard"; steps].join(", "));
    bencher.bench_local(|| compile_notation(black_box(&source), None, &Options::default()));
}

/// A whole day, a minute at a time.
#[divan::bench]
fn simulate_a_day_of_minutes(bencher: Bencher) {
    let sequence = Arc::new(compiled("720×(60s hard, 60s easy)".into()));
    bencher.bench_local(|| {
        session(
            black_box(&sequence),
            (Treadmill::default(), Millis::from_secs(60), Verbosity::Off),
            |effect| drop(black_box(effect)),
        )
    });
}

/// A whole day in as many steps as there can be.
#[divan::bench]
fn simulate_a_day_of_ten_thousand_steps(bencher: Bencher) {
    let sequence = Arc::new(compiled("5000×(8s hard, 8s easy)".into()));
    bencher.bench_local(|| {
        session(
            black_box(&sequence),
            (Treadmill::default(), Millis::from_secs(60), Verbosity::Off),
            |effect| drop(black_box(effect)),
        )
    });
}

/// As many open steps as there can be: each end makes a new forecast.
#[divan::bench]
fn simulate_ten_thousand_open_steps(bencher: Bencher) {
    let sequence = Arc::new(compiled("5000×(open walk, 8s easy)".into()));
    bencher.bench_local(|| {
        session(
            black_box(&sequence),
            (Treadmill::default(), Millis::from_secs(1), Verbosity::Off),
            |effect| drop(black_box(effect)),
        )
    });
}
