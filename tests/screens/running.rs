//! The running screen from two metres away: sizes, colours, flashes and click targets.

use super::*;
use pacebell::athlete::Zone;
use pacebell::library::built_in;
use pacebell::tui::ClickTarget;
use pacebell::units::Rehearsal;
use pacebell::workout::{Options, SourceText, compile_file, compile_notation};
use ratatui::layout::{Position, Rect};

fn compiled(notation: &str) -> Arc<Sequence> {
    let source = SourceText { name: "run".into(), text: notation.into() };
    Arc::new(
        compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence,
    )
}

fn run(notation: &str) -> Run {
    Run::on(compiled(notation), Treadmill::default())
}

/// A connected shape, measured in half rows and columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

impl Piece {
    /// Returns the rows of cells that the shape touches.
    fn rows(&self) -> usize {
        (self.top + self.height).div_ceil(2) - self.top / 2
    }
}

/// Returns, for each quarter of a cell, true if it is inked.
pub(super) fn inked(cell: &Cell) -> [[bool; 2]; 2] {
    let Some(symbol) = cell.symbol().chars().next().filter(|symbol| ('▀'..='▟').contains(symbol)) else {
        return [[false; 2]; 2];
    };
    let quarters = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█".chars().position(|block| symbol == block).unwrap_or(0);
    [[quarters & 1 > 0, quarters & 2 > 0], [quarters & 4 > 0, quarters & 8 > 0]]
}

/// Returns the connected shapes of a picture: one for each digit or letter.
pub(super) fn pieces(buffer: &Buffer) -> Vec<Piece> {
    let (width, height) = (usize::from(buffer.area.width) * 2, usize::from(buffer.area.height) * 2);
    let mut ink: Vec<bool> = Vec::new();
    for half_row in 0..height {
        let row = buffer.content.iter().skip(half_row / 2 * width / 2).take(width / 2);
        ink.extend(row.flat_map(|cell| inked(cell)[half_row % 2]));
    }
    let mut found = Vec::new();
    for start in 0..ink.len() {
        if !std::mem::take(&mut ink[start]) {
            continue;
        }
        let (mut xs, mut ys, mut open) = (Vec::new(), Vec::new(), vec![start]);
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            xs.push(x);
            ys.push(y);
            let around = (0..9).map(|n| ((x + n % 3).wrapping_sub(1), (y + n / 3).wrapping_sub(1)));
            for (x, y) in around {
                if x < width && y < height && std::mem::take(&mut ink[y * width + x]) {
                    open.push(y * width + x);
                }
            }
        }
        let (left, top) = (*xs.iter().min().unwrap(), *ys.iter().min().unwrap());
        let (right, bottom) = (xs.iter().max().unwrap() + 1, ys.iter().max().unwrap() + 1);
        let columns = right.div_ceil(2) - left / 2;
        found.push(Piece { left: left / 2, top, width: columns, height: bottom - top });
    }
    found
}

/// Returns the tallest shape, which is a digit of the time.
fn tallest(buffer: &Buffer) -> Piece {
    pieces(buffer).into_iter().max_by_key(|p| p.height).unwrap()
}

#[test]
fn the_screen_goes_dark_for_a_nap() {
    let source = built_in().into_iter().find(|workout| workout.name == "nap-20").unwrap().source();
    let nap = Arc::new(compile_file(&source, None, &Options::default()).unwrap().sequence);
    let mut run = Run::of(nap).to(5.0);
    assert!(run.text((80, 24)).contains("Nap 20"), "it can be read at first");
    let mut run = run.to(200.0);
    let dark = run.text((80, 24));
    assert_eq!(dark.split_whitespace().collect::<Vec<_>>(), ["17", "min"]);
    let style = |run: &mut Run| run.draw((80, 24)).content.iter().map(|cell| cell.bg).collect::<Vec<_>>();
    let grounds = style(&mut run);
    assert!(grounds.iter().all(|ground| *ground == grounds[0]), "no bright field");
    // After ten minutes it may end, and a key that says something lights the screen.
    let mut run = run.to(700.0);
    assert!(run.text((80, 24)).contains("Enter ends it"));
    run.press(KeyCode::Char('u'));
    assert!(run.text((80, 24)).contains("nothing to undo"));
}

#[test]
fn the_digits_take_at_least_a_third_of_the_height() {
    // Times left of a two-hour step, including the last ten seconds and times with hours.
    for (left, shown) in [(8, "0:08"), (754, "12:34"), (3723, "1:02:03")] {
        for notation in ["2h 12km/h, 5min 6km/h", "2h easy, 5min walk"] {
            for size in [(100, 30), (60, 20), (160, 50)] {
                let mut running = run(notation).to(7200.0 - f64::from(left));
                let mut paused = run(notation).to(7200.0 - f64::from(left)).after(&[KeyCode::Char(' ')]);
                for run in [&mut running, &mut paused] {
                    let rows = tallest(&run.draw(size)).rows();
                    assert!(
                        rows * 3 >= usize::from(size.1),
                        "{shown} of {notation} at {size:?}: {rows} rows"
                    );
                }
            }
        }
    }
}

#[test]
fn the_seconds_of_a_count_in_are_just_as_large() {
    for notation in ["5min 8km/h", "5min easy"] {
        for size in [(100, 30), (60, 20), (160, 50)] {
            let mut run = Run::ready(compiled(notation), Treadmill::default());
            run.tell(Command::CountIn(Millis::from_secs(5)));
            let rows = tallest(&run.draw(size)).rows();
            assert!(rows * 3 >= usize::from(size.1), "{notation} at {size:?}: {rows} rows");
        }
    }
}

#[test]
fn the_last_ten_seconds_invert_the_field_and_light_the_next_step() {
    for size in [(160, 50), (100, 30), (80, 24), (60, 20), (40, 12), (30, 8)] {
        let (mut before, mut after) =
            (run("60s 9km/h Z2, 60s 14km/h Z5").to(40.0), run("60s 9km/h Z2, 60s 14km/h Z5").to(50.0));
        let (before, after) = (before.draw(size), after.draw(size));
        // From 0:20 to 0:10, the digit 0 keeps its shape and place.
        assert_eq!(tallest(&before), tallest(&after), "{size:?}");
        let digit = tallest(&before);
        let at = ((digit.left + 1) as u16, (digit.top / 2 + 1) as u16);
        let (ink, paper) = (before[at].fg, before[at].bg);
        assert_eq!((after[at].fg, after[at].bg), (paper, ink), "{size:?}");
        // The next step takes at least as much of the window, and most of it is in its own colour now.
        let lit = |buffer: &Buffer| {
            let hard = Theme::new(true).field(Zone::new(5)).bg;
            cells(buffer).filter(|c| Some(c.bg) == hard).count()
        };
        assert!(lit(&after) >= lit(&before) + usize::from(size.0) / 2, "{size:?}");
    }
}

#[test]
fn without_colour_the_last_ten_seconds_differ_too() {
    let reversed = |second: f64| {
        let buffer = run("60s 9km/h, 60s 14km/h").plain().to(second).draw((100, 30));
        cells(&buffer).filter(|c| c.modifier.contains(Modifier::REVERSED)).count()
    };
    assert_eq!(reversed(49.0), 0);
    assert!(reversed(50.0) > 100 * 10);
}

#[test]
fn in_a_short_step_only_the_last_third_looks_different() {
    let field = |second: f64| run("15s 14km/h Z5, 60s 9km/h Z2").to(second).draw((100, 30))[(0, 10)].bg;
    assert_eq!(field(5.5), field(9.9));
    assert_ne!(field(9.9), field(10.1));
}

#[test]
fn the_next_step_is_larger_before_a_change() {
    for size in [(160, 50), (100, 30), (80, 24), (60, 20), (50, 60)] {
        let arrow = |second: f64| {
            let buffer = run("60s 9km/h Z2, 60s 14km/h Z5").to(second).draw(size);
            let lowest = Rect { height: size.1, ..buffer.area };
            let below = usize::from(lowest.height) * 2 / 3;
            // An arrow is as wide as it is high.
            let is_arrow = |p: &Piece| p.top / 2 >= below && p.width >= p.height;
            pieces(&buffer).into_iter().filter(is_arrow).map(|p| p.height).max()
        };
        // An arrow of six rows has no room to grow.
        assert!(arrow(50.0) > arrow(40.0) || arrow(40.0) >= Some(9), "{size:?}");
    }
}

fn corner(run: &mut Run) -> Color {
    run.draw((100, 30))[(0, 5)].bg
}

#[test]
fn a_change_flashes_with_and_without_sound() {
    for silent in [false, true] {
        let run = Run::of(fixture::intervals());
        let mut run = if silent { run.mute() } else { run }.to(356.5);
        run.screen.take_bell();
        let hard = corner(&mut run);
        run.wait_until(Moment::new(357_000));
        assert_eq!(run.screen.take_bell(), silent, "the count rings for who hears nothing");
        assert_eq!(corner(&mut run), hard, "the count does not flash");
        run.wait_until(Moment::new(360_000));
        assert_eq!(run.screen.take_bell(), silent);
        let lit = corner(&mut run);
        assert_ne!(lit, hard);
        let wait = run.next_redraw().unwrap();
        assert!(wait >= Millis::new(200) && wait <= Millis::new(300), "it is asked for when the flash ends");
        let until = run.at + wait;
        run.wait_until(until);
        assert_ne!(corner(&mut run), lit);
    }
}

#[test]
fn the_start_and_the_end_flash_unless_the_flash_is_off() {
    let flash = Theme::new(true).flash().bg.unwrap();
    assert_eq!(corner(&mut Run::of(fixture::intervals())), flash);
    assert_eq!(corner(&mut Run::of(fixture::intervals()).to(1500.0)), flash);
    let mut run = Run::ready(fixture::intervals(), Treadmill::default());
    run.screen = run.screen.flashing(false);
    run.tell(Command::Start);
    assert_ne!(corner(&mut run), flash);
    for second in (0..1510).step_by(10) {
        run.wait_until(Moment::new(second * 1000));
        assert_ne!(corner(&mut run), flash);
    }
}

#[test]
fn there_are_never_more_than_three_flashes_in_a_second() {
    let flash = Theme::new(true).flash().bg.unwrap();
    for rehearsal in [Rehearsal::REAL_TIME, Rehearsal::new(20.0)] {
        let mut run = Run::of(fixture::intervals());
        run.status.rehearsal = rehearsal;
        let second = rehearsal.session_time(Millis::from_secs(1)).get();
        let (mut was, mut flashes) = (false, 0);
        // Hold down the keys that skip and go back.
        for n in 0..40 {
            run.wait_until(Moment::new(second * 10 + n * second / 40));
            run.press(if n % 2 == 0 { KeyCode::Right } else { KeyCode::Left });
            let is = corner(&mut run) == flash;
            flashes += u32::from(is && !was);
            was = is;
        }
        assert!((1..=3).contains(&flashes), "{flashes}");
    }
}

#[test]
fn shows_the_time_of_day_at_which_the_workout_ends() {
    let says = |mut run: Run, time: Option<(u32, u32, u32)>| {
        run.status.time = time.and_then(|(h, m, s)| NaiveTime::from_hms_opt(h, m, s));
        let text = run.text((60, 20));
        text.lines().next().unwrap_or_default().to_string()
    };
    // 17:28 are left.
    assert!(says(hard(), Some((18, 42, 0))).ends_with("left 17:28   ends 18:59"));
    assert!(says(hard(), Some((18, 42, 3))).ends_with("ends 19:00"), "to the nearest minute");
    assert!(says(hard(), Some((23, 50, 0))).ends_with("ends 00:07"));
    assert!(says(hard(), None).ends_with("left 17:28"));
    // An open step is still to come, or is being run.
    let strides = || Run::of(fixture::open()).to(590.0);
    assert!(
        says(strides(), Some((18, 0, 0))).ends_with("ends after 18:04"),
        "{}",
        says(strides(), Some((18, 0, 0)))
    );
    let done = Run::of(fixture::intervals()).to(1585.0);
    assert!(!says(done, Some((18, 0, 0))).contains("ends"));
}

#[test]
fn digits_only_are_larger_and_have_one_line_of_text() {
    for size in [(100, 30), (60, 20), (40, 12), (30, 8)] {
        let mut run = hard();
        let usual = tallest(&run.draw(size)).rows();
        run.screen = run.screen.with_digits_only(true);
        let buffer = run.draw(size);
        assert!(tallest(&buffer).rows() >= usual, "{size:?}");
        let text = text(&buffer);
        let words = text.lines().filter(|line| line.chars().any(char::is_alphabetic)).count();
        assert!(words <= 1, "{text}");
        assert!(text.contains("hard 14.0") && text.contains("▼ 9.0"), "{text}");
        let mut paused = run.after(&[KeyCode::Char(' ')]);
        assert!(paused.text(size).contains("PAUSED"), "{size:?}");
    }
}

#[test]
fn a_click_hits_the_target_drawn_there() {
    for size in [(200, 60), (100, 30), (80, 24), (60, 20), (50, 60), (40, 12), (30, 8), (5, 2), (1, 1)] {
        let mut run = hard();
        let buffer = run.draw(size);
        let target = |x: u16, y: u16| run.screen.target_at(Position::new(x, y));
        let mut found = Vec::new();
        for y in 0..size.1 {
            let here = target(0, y);
            assert!(here.is_some(), "{size:?}: row {y}");
            found.extend(here.filter(|h| !found.contains(h)));
        }
        assert_eq!(target(size.0, size.1), None, "outside");
        if size.1 > 5 {
            let digit = tallest(&buffer);
            assert_eq!(
                target(digit.left as u16, digit.top as u16 / 2),
                Some(ClickTarget::Number),
                "{size:?}"
            );
        }
        let all = [
            ClickTarget::Heading,
            ClickTarget::Number,
            ClickTarget::Next,
            ClickTarget::Words,
            ClickTarget::Chart,
            ClickTarget::Foot,
        ];
        if size.1 >= 14 {
            assert_eq!(found, all, "{size:?}");
        }
    }
}

/// Returns a picture's styles: for each row, the stretches that look alike, as `from..to text/background modifiers`.
/// Blanks have no text colour, and equal rows share a line.
pub(super) fn styles(buffer: &Buffer) -> String {
    type Look = (Option<Color>, Color, Modifier);
    let colour = |c: Color| match c {
        Color::Reset => "–".to_string(),
        Color::Indexed(n) => n.to_string(),
        other => other.to_string(),
    };
    let words = |(ink, paper, more): &Look| {
        let ink = ink.map_or(" ".to_string(), colour);
        let more = if more.is_empty() { String::new() } else { format!(" {more:?}").replace(" |", "") };
        format!("{ink}/{}{more}", colour(*paper))
    };
    let mut lines: Vec<(u16, u16, String)> = Vec::new();
    for y in 0..buffer.area.height {
        let mut runs: Vec<(u16, Look)> = Vec::new();
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            let ink = (cell.symbol() != " ").then_some(cell.fg);
            match runs.last_mut() {
                Some((_, (last, paper, more)))
                    if *paper == cell.bg
                        && *more == cell.modifier
                        && (ink.is_none() || last.is_none() || *last == ink) =>
                {
                    *last = last.or(ink);
                }
                _ => runs.push((x, (ink, cell.bg, cell.modifier))),
            }
        }
        let ends = runs.iter().skip(1).map(|(x, _)| *x).chain([buffer.area.width]);
        let line: Vec<String> =
            runs.iter().zip(ends).map(|((x, look), end)| format!("{x}..{end} {}", words(look))).collect();
        let line = line.join("  ");
        match lines.last_mut() {
            Some((_, last, same)) if *same == line => *last = y,
            _ => lines.push((y, y, line)),
        }
    }
    lines.iter().map(|(from, to, line)| format!("{from}–{to}: {line}\n")).collect()
}

#[test]
fn styles_without_colour() {
    let mut ending = Run::of(fixture::intervals()).to(413.0).plain();
    let both = [hard().plain().draw((100, 30)), ending.draw((100, 30))];
    insta::assert_snapshot!(both.map(|b| styles(&b)).join("──\n"));
}

#[test]
fn everything_to_be_read_at_a_glance_has_enough_rows() {
    let buffer = run("60s 12km/h Z3, 60s 14km/h Z5").to(20.0).draw((100, 30));
    let all = pieces(&buffer);
    let digits: Vec<Piece> = all.iter().filter(|p| p.rows() >= 10).copied().collect();
    assert_eq!(digits.len(), 3, "three digits of 0:40");
    let beside = |p: &&Piece| p.left > 60 && p.top > 8 && p.top < 22 && p.height >= 8;
    assert_eq!(all.iter().filter(beside).count(), 3, "three digits of 12.0");
    // The label has letters in the field's own colour, which are shapes too.
    let band = |p: &&Piece| p.top / 2 >= 22 && p.top / 2 < 26 && p.rows() == 3;
    assert!(all.iter().filter(band).count() >= 6, "label, arrow and three digits of 14.0: {all:?}");
}
