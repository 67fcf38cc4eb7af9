use super::*;
use crate::workout::{Options, SourceText, compile_notation};

const METRIC: LineStyle =
    LineStyle { pace: PaceUnit::Km, speed: SpeedUnit::KmPerHour, flat: Incline::FLAT, end_key: "Enter" };

fn line_of(notation: &str) -> WorkoutLine {
    let source = SourceText::new("x", notation);
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    line(&sequence, &METRIC)
}

#[test]
fn says_every_form_of_the_language() {
    for (notation, said) in [
        ("5x1km 4:10/km / 90s jog", "5 × 1 km at 4:10/km, 90 s jog between, 26:50"),
        ("8x60s hard", "8 × 60 s hard, nothing between, 8:00"),
        ("8x(60s hard, 60s easy)", "8 × (60 s hard, 60 s easy), 16:00"),
        (
            "warmup 10min, 6x400m 5K / 90s jog, cooldown 10min",
            "10 min warm-up, 6 × 400 m at 5K, 90 s jog between, 10 min cool-down, 2.4 km + 27:30",
        ),
        ("6-8x3min 5K / 45s jog", "6–8 × 3 min at 5K, 45 s jog between, 21:45–29:15"),
        ("8x400m in 90s on 2:30", "8 × 400 m at 3:45/km, a start every 2:30, 19:00"),
        ("3x12 squats / 60s rest", "3 × 12 squats, 60 s rest between, 2:00 + open"),
        ("12 reps in 36s 'squats'", "12 squats in 36 s, 0:36"),
        ("(1min, 2min, 3min, 2min, 1min) / 1min easy", "1-2-3-2-1 min hard, 60 s easy between, 13:00"),
        ("400-800-1200-800-400 @ 5K w/ 200m jog", "400-800-1200-800-400 m at 5K, 200 m jog between, open"),
        ("(2km MP, 1km 10K) / 90s jog", "2 km at MP, 1 km at 10K, 90 s jog between, 3 km + 1:30"),
        (
            "2x(4x30s fast / 30s jog) / 3min walk",
            "2 × (4 × 30 s fast, 30 s jog between), 3 min walk between, 10:00",
        ),
        ("6x3min hard / 50-90% jog", "6 × 3 min hard, jog between for 50–90 % of the rep, 25:30–31:30"),
        ("alternate 60s hard / 60s easy for 10min", "5 × (60 s hard, 60 s easy), 10:00"),
        ("alternate 60s hard / 60s easy for 4:30", "2 × 60 s hard, 30 s hard, 60 s easy between, 4:30"),
        ("10min or 2km easy", "10 min or 2 km easy, 10:00"),
        ("75-90min easy", "75–90 min easy, 1:15:00–1:30:00"),
        ("5-6km easy", "5–6 km easy, open"),
        ("open walk", "walk until Enter, open"),
        ("30min Z2", "30 min in Z2, 30:00"),
        ("20min HR 140-150", "20 min at 140–150 bpm, 20:00"),
        ("5km RPE 5", "5 km at RPE 5, open"),
        ("5min 6 -> 10km/h", "5 min at 6 → 10 km/h, 5:00"),
        ("20min easy -> tempo", "20 min easy → tempo, 20:00"),
        ("6x90s 12km/h ^4%", "6 × 90 s at 12 km/h on 4 %, nothing between, 9:00"),
        ("10min easy ^0% -> 4%", "10 min easy on 0 → 4 %, 10:00"),
        ("2min30s steady", "2:30 steady, 2:30"),
        ("1km MP+10s/km", "1 km at MP +10 s/km, open"),
    ] {
        assert_eq!(line_of(notation).fit(200), said, "{notation}");
    }
}

#[test]
fn leaves_out_the_least_important_pieces_first() {
    let line = line_of("warmup 10min, 3min steady, 6x400m in 90s / 90s jog, cooldown 10min");
    let whole =
        "10 min warm-up, 3 min steady, 6 × 400 m at 3:45/km, 90 s jog between, 10 min cool-down, 39:30";
    assert_eq!(line.fit(200), whole);
    assert_eq!(line.fit(whole.chars().count()), whole);
    assert_eq!(line.fit(80), "3 min steady, 6 × 400 m at 3:45/km, 90 s jog between + 2 more, 39:30");
    assert_eq!(line.fit(60), "6 × 400 m at 3:45/km, 90 s jog between + 3 more, 39:30");
    assert_eq!(line.fit(40), "6 × 400 m at 3:45/km, 90 s jog…, 39:30");
    assert_eq!(line.fit(5), "39:30");
    for columns in 0..120 {
        assert!(line.fit_pieces(columns).chars().count() <= columns);
        assert!(line.fit(columns).chars().count() <= columns.max(5));
    }
}

#[test]
fn writes_paces_in_the_runners_unit() {
    let source = SourceText::new("x", "3mi 8:00/mi, 1mi MP");
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    // 8:00 for 1.609344 km is 4:58 for one.
    assert_eq!(line(&sequence, &METRIC).fit(80), "3 mi at 4:58/km, 1 mi at MP, 1 mi + 24:00");
    let imperial = LineStyle { pace: PaceUnit::Mi, ..METRIC };
    assert_eq!(line(&sequence, &imperial).fit(80), "3 mi at 8:00/mi, 1 mi at MP, 1 mi + 24:00");
}
