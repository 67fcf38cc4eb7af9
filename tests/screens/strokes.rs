//! The rows of a picture stay apart: a row of pixels, half a cell high, is empty between the large type of two rows, and
//! between large type and ordinary text.

use super::running::{Piece, inked, pieces};
use super::*;
use pacebell::runner::profile::Profile;
use pacebell::tui::ClickTarget;
use pacebell::workout::{Options, SourceText, compile_file, compile_notation};

const PROFILE: &str =
    "[athlete]\n5K = \"22:30\"\nhr_max = 185\n[belt]\nunit = \"km/h\"\ntop = 18\nincline_top = 15\nlag = 2";

/// The usual sizes, and others at which the layout differs.
const STROKE_SIZES: [(u16, u16); 23] = [
    (30, 8),
    (40, 12),
    (40, 15),
    (50, 14),
    (50, 60),
    (60, 16),
    (60, 20),
    (60, 40),
    (70, 18),
    (76, 22),
    (80, 24),
    (90, 27),
    (100, 30),
    (100, 18),
    (110, 33),
    (120, 35),
    (140, 40),
    (140, 60),
    (160, 20),
    (160, 45),
    (160, 50),
    (180, 55),
    (200, 60),
];

fn profile() -> Profile {
    Profile::parse(&SourceText::new("profile", PROFILE), None).unwrap().profile
}

fn run(workout: &str) -> Run {
    let profile = profile();
    let source = SourceText::new("run", workout);
    let compile = if workout.contains("steps") { compile_file } else { compile_notation };
    let compiled = compile(&source, Some(&profile.athlete), &Options::default());
    let sequence = Arc::new(compiled.unwrap_or_else(|e| panic!("{e:?}")).sequence);
    Run::on(sequence, Treadmill { belt: profile.belt(), ceiling: None })
}

/// Screens with everything that large type shows.
fn screens() -> Vec<(&'static str, Run)> {
    let strength = "name = \"Circuit\"\nactivity = \"strength\"\nsteps = \"3×(40s 'plank', 20s rest, 12 reps 'squats') / 60s\"\n";
    let asking = "5min 12km/h | 60s: can you say a full sentence?, 2min walk";
    vec![
        ("a hard step", run("8×60s hard / 60s easy").to(152.0)),
        ("last seconds", run("8×60s hard / 60s easy").to(172.5)),
        ("a change of the incline", run("90s 10.5km/h ^6%, 90s 10.5km/h ^2%").to(83.0)),
        ("a hill", run("4×(90s 10.5km/h ^6%, 2min 7km/h ^1.5%)").to(252.0)),
        ("a ramp", run("10min 8->12km/h ^0->4%, 20min 12km/h ^4%").to(130.0)),
        ("a distance", run("6×800m 5K / 400m jog").to(60.0)),
        ("a long distance", run("10km 12km/h, 5min walk").to(600.0)),
        ("a heart rate", run("20min 80-85%HRmax, 5min walk").to(300.0)),
        ("an hour", run("2h easy, 5min walk").to(300.0)),
        ("an open step", run("open easy, 5min walk").to(300.0)),
        ("strength", run(strength).to(12.0)),
        ("counted reps", run(strength).to(62.0)),
        ("a question", run(asking).to(62.0)),
        ("any effort", run("20min, 5min walk").to(62.0)),
        ("paused", run("8×60s hard / 60s easy").to(152.0).after(&[KeyCode::Char(' ')])),
        ("after the end", run("60s hard, 60s walk").to(200.0)),
        ("the console's distance", run("1km 12km/h, 2min walk").to(100.0).after(&[KeyCode::Char('c')])),
        ("locked", run("8×60s hard / 60s easy").to(152.0).after(&[KeyCode::Char('l')])),
        ("counting in", {
            let mut run = Run::ready(fixture::intervals(), Treadmill::default());
            run.tell(Command::CountIn(Millis::from_secs(5)));
            run.to(2.0)
        }),
    ]
}

/// Returns the faults of a picture, without its chart.
fn faults(buffer: &Buffer) -> Vec<String> {
    let mut faults = Vec::new();
    let is_text = |x: u16, y: u16| {
        let symbol = buffer[(x, y)].symbol();
        symbol != " " && !symbol.starts_with(|c| ('▀'..='▟').contains(&c))
    };
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let [above, below] = inked(&buffer[(x, y)]).map(|half| half.contains(&true));
            let near = |y: u16| (x.saturating_sub(1)..(x + 2).min(buffer.area.width)).any(|x| is_text(x, y));
            if above && y > 0 && near(y - 1) {
                faults.push(format!("{x},{y} touches text above"));
            }
            if below && y + 1 < buffer.area.height && near(y + 1) {
                faults.push(format!("{x},{y} touches text below"));
            }
        }
    }
    let is_letter = |piece: &&Piece| piece.height >= 5;
    let all = pieces(buffer);
    for upper in all.iter().filter(is_letter) {
        for lower in all.iter().filter(is_letter) {
            let gap = lower.top as i64 - (upper.top + upper.height) as i64;
            let overlaps = upper.left < lower.left + lower.width && lower.left < upper.left + upper.width;
            if overlaps && gap == 0 {
                faults.push(format!("{upper:?} and {lower:?} have no row between them"));
            }
            // A piece as high as two rows beside it is two letters that melted together.
            let melted = |piece: &Piece| {
                let is_beside =
                    piece.left < upper.left + upper.width + 2 && upper.left < piece.left + piece.width + 2;
                is_beside && piece.top <= upper.top && piece.top + piece.height >= lower.top + lower.height
            };
            if overlaps && (1..3).contains(&gap) && all.iter().any(melted) {
                faults.push(format!("two rows melt together beside {upper:?} and {lower:?}"));
            }
        }
    }
    faults
}

#[test]
fn no_two_rows_touch() {
    let mut found = Vec::new();
    for (name, mut run) in screens() {
        for (width, height) in STROKE_SIZES {
            let mut buffer = run.unlit((width, height));
            let overlay = if height < 20 { 2 } else { 5 };
            let is_behind = |y: u16| match name {
                "the console's distance" => y + overlay < height,
                _ => run.screen.target_at((0, y).into()) == Some(ClickTarget::Chart),
            };
            for y in (0..height).filter(|y| is_behind(*y)) {
                (0..width).for_each(|x| buffer[(x, y)].reset());
            }
            if let Some(fault) = faults(&buffer).first() {
                found.push(format!("{name} at {width}x{height}: {fault}"));
            }
        }
    }
    assert!(found.is_empty(), "{} pictures:\n{}", found.len(), found.join("\n"));
}
