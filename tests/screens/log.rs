//! The pages of the log, without a file or a clock: the tests pass in the sessions and the time.

use super::{SIZES, cells, key, pictures, text};
use crate::fixture;
use chrono::{DateTime, FixedOffset, Weekday};
use crossterm::event::KeyCode::{Char, Down, End, Enter, Esc, Home, PageDown, PageUp, Up};
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use pacebell::diagnostic::SourceText;
use pacebell::formats::activity_reader::HeartBeats;
use pacebell::history::SessionId;
use pacebell::history::queries::{LogEntry, SessionDetails};
use pacebell::runner::profile::Units;
use pacebell::session::answers::{Answers, Breath, Feel, Talk};
use pacebell::session::manual_entry::untimed;
use pacebell::session::{Command, CoveredDistance, Session as Run, Summary};
use pacebell::tui::Theme;
use pacebell::tui::screens::log::{LogListPage, LogRequest, SessionPage};
use pacebell::tui::screens::page::{Page, PageRequest};
use pacebell::units::{Millis, Moment, Rehearsal, SpeedUnit};
use pacebell::workout::sequence::Sequence;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::sync::Arc;

fn time(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// Friday evening in Berlin.
fn now() -> DateTime<FixedOffset> {
    time("2026-11-20T20:00:00+01:00")
}

fn entry(id: i64, started: &str, (sequence, summary): (&Sequence, Summary), answers: Answers) -> LogEntry {
    LogEntry {
        id: SessionId(id),
        name: sequence.name.clone(),
        started: time(started),
        planned: summary.planned,
        active: summary.active,
        steps_done: summary.steps_done,
        steps_planned: summary.steps_planned,
        finished: summary.finished,
        zones: summary.zones,
        answers,
        rehearsed: None,
        by_hand: false,
        activity: sequence.activity,
        covered: CoveredDistance::of(sequence, &summary.laps),
        imported: None,
        heart: HeartBeats::default(),
        bends: Default::default(),
    }
}

fn done(sequence: &Arc<Sequence>, took: Option<u64>) -> Summary {
    untimed(sequence, took.map(Millis::from_secs)).unwrap().summary
}

fn rated(rpe: f64, breath: Breath) -> Answers {
    Answers { rpe: Some(rpe), breath: Some(breath), ..Answers::default() }
}

/// The sessions of three weeks, latest first.
fn weeks() -> Vec<LogEntry> {
    let (intervals, open, range) = (fixture::intervals(), fixture::open(), fixture::range());
    let of = |s: &Arc<Sequence>, took| (Arc::clone(s), done(s, took));
    let one = |id, started, (sequence, summary): (Arc<Sequence>, Summary), answers| {
        entry(id, started, (&sequence, summary), answers)
    };
    vec![
        LogEntry {
            rehearsed: Some(Rehearsal::new(20.0)),
            ..one(9, "2026-11-20T19:40:00+01:00", of(&intervals, None), Answers::default())
        },
        one(7, "2026-11-20T07:30:00+01:00", of(&intervals, None), rated(7.0, Breath::Borg(6.0))),
        LogEntry {
            by_hand: true,
            ..one(
                8,
                "2026-11-18T18:05:00+01:00",
                of(&open, Some(1800)),
                rated(4.5, Breath::Talk(Talk::Phrases)),
            )
        },
        one(5, "2026-11-16T07:15:00+01:00", of(&fixture::ramp(), None), Answers::default()),
        one(
            4,
            "2026-11-15T09:00:00+01:00",
            of(&range, Some(5000)),
            rated(5.0, Breath::Talk(Talk::Sentences)),
        ),
        one(3, "2026-11-12T23:30:00-08:00", of(&intervals, Some(700)), rated(9.0, Breath::Borg(9.5))),
        one(1, "2026-10-30T07:15:00+01:00", of(&fixture::nested(), None), rated(8.0, Breath::Borg(7.0))),
    ]
}

fn list(entries: Vec<LogEntry>) -> LogListPage {
    LogListPage::new(entries, Weekday::Mon, now(), Theme::new(true))
}

fn draw<P: Page>(page: &P, (width, height): (u16, u16)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    page.draw(&mut buffer);
    buffer
}

fn shown<P: Page>(page: &P, size: (u16, u16)) -> String {
    text(&draw(page, size))
}

fn press<P: Page>(page: &mut P, code: KeyCode) -> Option<P::Outcome> {
    match page.input(&key(code)) {
        Some(PageRequest::Done(outcome)) => Some(outcome),
        _ => None,
    }
}

/// The text of the marked row.
fn marked(page: &LogListPage) -> String {
    let buffer = draw(page, (100, 30));
    let loud = (0..30).find(|y| buffer[(1, *y)].bg == Color::Indexed(231));
    loud.map(|y| text(&buffer).lines().nth(usize::from(y)).unwrap().to_string()).unwrap_or_default()
}

/// Intervals that were paused once and stopped in the fourth rep, with every question answered.
fn session() -> SessionDetails {
    let sequence = fixture::intervals();
    let mut run = Run::new(Arc::clone(&sequence));
    let mut events = run.apply(Command::Start, Moment::new(0));
    events.extend(run.apply(Command::Pause, Moment::new(400_000)));
    events.extend(run.apply(Command::Resume, Moment::new(480_000)));
    events.extend(run.apply(Command::Skip, Moment::new(700_000)));
    events.extend(run.apply(Command::Stop, Moment::new(800_000)));
    let answers = Answers {
        rpe: Some(7.0),
        breath: Some(Breath::Borg(6.0)),
        feel: Some(Feel::SoSo),
        note: Some(
            "Legs heavy from Tuesday, better from the third rep on; the new shoes rub at the left heel"
                .to_string(),
        ),
        own: vec![
            ("Shoes?".to_string(), "the new ones".to_string()),
            ("Where would you still have had something left?".to_string(), "nowhere".to_string()),
        ],
    };
    let summary = Summary::of(&run);
    let laps = summary.laps.clone();
    SessionDetails {
        entry: entry(7, "2026-11-20T07:30:00-08:00", (&sequence, summary), answers),
        sequence: (*sequence).clone(),
        laps,
        events,
        lap_hearts: Vec::new(),
        samples: Vec::new(),
        athlete: None,
        source: SourceText::new("short-intervals.toml", ""),
    }
}

fn page() -> SessionPage {
    SessionPage::new(session(), *now().offset(), Theme::new(true))
}

#[test]
fn the_list() {
    insta::assert_snapshot!(pictures(|size| draw(&list(weeks()), size)));
}

#[test]
fn an_empty_log() {
    insta::assert_snapshot!(pictures(|size| draw(&list(Vec::new()), size)));
}

#[test]
fn a_session() {
    insta::assert_snapshot!(pictures(|size| draw(&page(), size)));
}

#[test]
fn a_session_without_laps() {
    let sequence = fixture::open();
    let summary = done(&sequence, Some(1800));
    let details = SessionDetails {
        entry: LogEntry {
            by_hand: true,
            ..entry(8, "2026-11-18T18:05:00+01:00", (&sequence, summary), Answers::default())
        },
        sequence: (*sequence).clone(),
        laps: Vec::new(),
        events: Vec::new(),
        lap_hearts: Vec::new(),
        samples: Vec::new(),
        athlete: None,
        source: SourceText::new("", ""),
    };
    let page = SessionPage::new(details, *now().offset(), Theme::new(true));
    insta::assert_snapshot!(pictures(|size| draw(&page, size)));
}

#[test]
fn a_week_sums_up_its_sessions() {
    let text = shown(&list(weeks()), (100, 30));
    // The load is 25 × 7 + 30 × 4.5. The ramp has no RPE but counts its 25:00; the rehearsal does not count at
    // all. The distance of a session is unknown, and so is that of the week.
    assert!(
        text.contains("This week, 16–22 Nov 2026") && text.contains("3 sessions · load 310 · 1:20:00"),
        "{text}"
    );
    // The load is 83⅓ × 5 + 11⅔ × 9, and the distances are 13.47 km and 2.06 km. A session late on Thursday in Los Angeles belongs to Thursday.
    assert!(
        text.contains("Last week, 9–15 Nov 2026")
            && text.contains("2 sessions · load 522 · 6:07/km · 1:35:00 · 15.53 km"),
        "{text}"
    );
    assert!(text.contains("Thu 12 Nov  23:30"), "{text}");
    let sunday = LogListPage::new(weeks(), Weekday::Sun, now(), Theme::new(true));
    let text = shown(&sunday, (100, 30));
    assert!(text.contains("This week, 15–21 Nov 2026") && text.contains("4 sessions"), "{text}");
}

#[test]
fn keys_move_the_mark_and_make_requests() {
    let mut page = list(weeks());
    assert!(marked(&page).contains("×20"), "{}", marked(&page));
    assert_eq!(press(&mut page, Enter), Some(LogRequest::Open(SessionId(9))));
    press(&mut page, Down);
    assert!(marked(&page).contains("07:30"));
    assert_eq!(press(&mut page, Char('e')), Some(LogRequest::Edit(SessionId(7))));
    assert_eq!(press(&mut page, Char('d')), Some(LogRequest::Delete(SessionId(7))));
    assert_eq!(press(&mut page, Char('u')), Some(LogRequest::Undo));
    press(&mut page, End);
    assert_eq!(press(&mut page, Enter), Some(LogRequest::Open(SessionId(1))));
    press(&mut page, Down);
    assert_eq!(press(&mut page, Enter), Some(LogRequest::Open(SessionId(1))), "the list ends there");
    press(&mut page, Up);
    press(&mut page, Home);
    assert_eq!(press(&mut page, Enter), Some(LogRequest::Open(SessionId(9))));
    assert_eq!(press(&mut page, Char('q')), Some(LogRequest::Leave));
    assert_eq!(press(&mut page, Esc), Some(LogRequest::Leave));
    let chord = Input::Key(KeyEvent::new(Char('c'), KeyModifiers::CONTROL));
    assert_eq!(page.input(&chord), Some(PageRequest::Interrupt));
}

#[test]
fn an_empty_log_only_allows_undo() {
    let mut page = list(Vec::new());
    for code in [Enter, Char('e'), Char('d'), Down, End, PageDown] {
        assert_eq!(press(&mut page, code), None);
    }
    assert_eq!(press(&mut page, Char('u')), Some(LogRequest::Undo));
    assert!(shown(&page, (60, 20)).contains("pacebell log add"));
}

#[test]
fn the_mark_stays_when_a_session_is_deleted_and_restored() {
    let mut page = list(weeks());
    press(&mut page, Down);
    let without: Vec<LogEntry> = weeks().into_iter().filter(|e| e.id != SessionId(7)).collect();
    page.replace(without);
    page.say("Deleted: Short intervals. Undo with u.".to_string());
    for size in [(100, 30), (60, 20), (40, 12)] {
        assert!(shown(&page, size).contains("Undo with u"), "{size:?}");
    }
    assert!(marked(&page).contains("Wed 18 Nov"), "the mark is on the next session: {}", marked(&page));
    page.replace(weeks());
    page.mark(SessionId(7));
    assert!(marked(&page).contains("Fri 20 Nov  07:30"), "{}", marked(&page));
    press(&mut page, Down);
    assert!(!shown(&page, (100, 30)).contains("brings it back"), "a message goes at the next key");
}

#[test]
fn page_keys_go_through_a_long_log_with_the_mark_in_sight() {
    let entries: Vec<LogEntry> = (0..400)
        .map(|day| {
            let one = weeks().remove(1);
            LogEntry { id: SessionId(1000 - day), started: one.started - chrono::Duration::days(day), ..one }
        })
        .collect();
    let mut page = list(entries);
    for size in [(100, 30), (60, 20), (40, 8)] {
        press(&mut page, Home);
        let mut seen = 0;
        for _ in 0..400 {
            shown(&page, size);
            press(&mut page, PageDown);
            seen += 1;
            let text = shown(&page, size);
            if size.0 > 60 {
                assert!(!marked(&page).is_empty(), "{text}");
            }
            if text.contains("400 of 400") {
                break;
            }
        }
        assert!(text(&draw(&page, size)).contains("400 of 400"), "{size:?}");
        assert!(seen > 400 / usize::from(size.1), "a page is at most the window: {seen} at {size:?}");
        press(&mut page, PageUp);
        assert!(!text(&draw(&page, size)).contains("400 of 400"), "{size:?}");
    }
}

#[test]
fn the_zone_bar_has_colours_and_digits() {
    let colours = |page: &LogListPage, row: u16| {
        let buffer = draw(page, (100, 30));
        let mut all: Vec<Color> =
            (0..100).map(|x| buffer[(x, row)].bg).filter(|c| *c != Color::Reset).collect();
        all.dedup();
        all
    };
    let page = list(weeks());
    let rows = shown(&page, (100, 30));
    let row = rows.lines().position(|l| l.contains("Wed 18 Nov")).unwrap() as u16;
    // 16:00 of walking, 10:00 easy and 4:00 fast.
    assert_eq!(colours(&page, row).len(), 3, "{rows}");
    let plain = LogListPage::new(weeks(), Weekday::Mon, now(), Theme::new(false));
    let buffer = draw(&plain, (160, 30));
    assert!(cells(&buffer).all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
    assert!(
        text(&buffer).lines().any(|l| l.contains("Wed 18 Nov") && l.contains("11111") && l.contains("22"))
    );
}

#[test]
fn sixty_columns_show_everything_important() {
    let text = shown(&list(weeks()), (60, 20));
    let row = text.lines().find(|l| l.contains("Thu 12")).unwrap();
    for words in ["Short inter", "11:40/25:00", "2.06", "9", "105"] {
        assert!(row.contains(words), "{words} in {row}");
    }
    assert!(text.contains("km") && text.contains("RPE") && text.contains("load"), "{text}");
}

#[test]
fn eighty_columns_show_distance_pace_and_zones() {
    let text = shown(&list(weeks()), (80, 24));
    let heading = text.lines().find(|l| l.contains("RPE")).unwrap();
    for words in ["run", "km", "/km", "time by zone", "load"] {
        assert!(heading.contains(words), "{words} in {heading}");
    }
    // 7 min at 9 km/h and 4:40 at 14 km/h in 11:40.
    let row = text.lines().find(|l| l.contains("Thu 12")).unwrap();
    assert!(row.contains("2.06") && row.contains("5:41"), "{row}");
    // The speed of some steps of this session is not known.
    let row = text.lines().find(|l| l.contains("Wed 18")).unwrap();
    assert!(!row.contains('.') || !row.contains("km"), "{row}");
}

#[test]
fn bars_are_as_long_as_the_sessions() {
    let buffer = draw(&list(weeks()), (160, 30));
    let rows = text(&buffer);
    let columns = |day: &str| {
        let y = rows.lines().position(|l| l.contains(day)).unwrap() as u16;
        // A zone's first column has its digit on its colour.
        let is_bar = |cell: &Cell| cell.bg != Color::Reset || cell.symbol() == "▆";
        (0..160).filter(|x| is_bar(&buffer[(*x, y)])).count()
    };
    // 1:23:20 fills the 24 columns; 30:00 are 36 % of that, and 10:00 are 12 %.
    assert_eq!([columns("Sun 15 Nov"), columns("Wed 18 Nov"), columns("Fri 30 Oct")], [24, 9, 3], "{rows}");
}

#[test]
fn distances_are_in_the_units_of_the_profile() {
    let miles = Units::of(SpeedUnit::MilesPerHour);
    let text = shown(&list(weeks()).in_units(miles), (80, 24));
    // 2.06 km are 1.28 miles; 5:41/km is 9:08/mi.
    let row = text.lines().find(|l| l.contains("Thu 12")).unwrap();
    assert!(row.contains("1.28") && row.contains("9:0") && text.contains("/mi"), "{text}");
    let text = shown(&page().in_units(miles), (100, 60));
    assert!(text.contains("Distance") && text.contains(" mi") && !text.contains("km"), "{text}");
}

#[test]
fn estimated_distances_are_marked() {
    let mut entries = weeks();
    for covered in entries.iter_mut().filter_map(|e| e.covered.as_mut()) {
        covered.is_estimated = true;
    }
    let text = shown(&list(entries), (80, 24));
    assert!(text.contains("≈2.06") && text.contains("≈5:41") && text.contains("≈ 15.53 km"), "{text}");
}

#[test]
fn a_session_shows_its_ratings_pauses_and_time_zone() {
    let text = shown(&page(), (100, 60));
    for words in [
        "Fri 20 Nov 2026, 07:30 (UTC-08:00)",
        // 800 s with a pause of 80 s, a skip 20 s into the third rep's recovery, and a stop 40 s into the next step.
        "12:00 of 25:00",
        "stopped before the end",
        "1 pause, 1:20",
        "84 = RPE 7 × 12 min",
        "7 – very strong",
        "6 – severe",
        "so-so",
        "the new ones",
        "Where would you still have had something",
        "nowhere",
        "the left heel",
        "0:20 of 1:00",
        "0:40 of 1:00",
        "rep 3 of 8",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    let here = SessionPage::new(session(), FixedOffset::west_opt(8 * 3600).unwrap(), Theme::new(true));
    assert!(!shown(&here, (100, 30)).contains("UTC"), "no time zone for a session in the local one");
}

#[test]
fn scrolling_a_session_stops_at_its_end() {
    let mut page = page();
    for size in [(100, 30), (60, 20), (40, 12), (30, 5)] {
        shown(&page, size);
        for _ in 0..100 {
            press(&mut page, Down);
            shown(&page, size);
        }
        let last = shown(&page, size);
        assert!(last.contains("11:20"), "the last lap starts at 11:20: {last}");
        press(&mut page, Up);
        assert_ne!(shown(&page, size), last, "it scrolls back at {size:?}");
        press(&mut page, End);
        assert_eq!(shown(&page, size), last);
        press(&mut page, Home);
    }
    assert_eq!(press(&mut page, Char('e')), Some(LogRequest::Edit(SessionId(7))));
    assert_eq!(press(&mut page, Char('d')), Some(LogRequest::Delete(SessionId(7))));
    assert_eq!(press(&mut page, Esc), Some(LogRequest::Leave));
}

#[test]
fn help_opens_and_closes() {
    let mut list = list(weeks());
    press(&mut list, Char('?'));
    let text = shown(&list, (100, 30));
    assert!(text.contains("Delete it from the log") && text.contains("Undo the latest change"), "{text}");
    assert_eq!(press(&mut list, Esc), None);
    assert!(shown(&list, (100, 30)).contains("Your log"));
    let mut page = page();
    press(&mut page, Char('?'));
    assert!(shown(&page, (100, 30)).contains("Back to the list"));
}

#[test]
fn control_characters_do_not_reach_the_screen() {
    let evil = "\u{1b}[31m\u{202e}evil\u{7}";
    let mut details = session();
    details.entry.name = evil.to_string();
    details.entry.answers.note = Some(evil.to_string());
    details.entry.answers.own = vec![(evil.to_string(), evil.to_string())];
    details.sequence.name = evil.to_string();
    for step in &mut details.sequence.steps {
        step.label = Some(evil.to_string());
    }
    let entries = vec![details.entry.clone()];
    let buffers = [
        draw(&list(entries), (100, 30)),
        draw(&SessionPage::new(details, *now().offset(), Theme::new(true)), (100, 60)),
    ];
    for buffer in buffers {
        assert!(cells(&buffer).all(|c| !c.symbol().chars().any(pacebell::text::is_hidden)));
        assert!(text(&buffer).contains("evil"));
    }
}

#[test]
fn works_in_tiny_windows() {
    let (mut one, mut other) = (list(weeks()), page());
    one.say("Deleted: something with a long name, on a day that is not so short either.".to_string());
    for width in 1..120 {
        for height in [1, 2, 3, 4, 5, 6, 7, 8, 12, 20] {
            for code in [Down, PageDown, Up, PageUp] {
                draw(&one, (width, height));
                draw(&other, (width, height));
                press(&mut one, code);
                press(&mut other, code);
            }
        }
    }
    for size in SIZES {
        assert!(!shown(&list(Vec::new()), size).trim().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_keys_and_windows_never_panic(
        codes in prop::collection::vec(prop::sample::select(&[
            Up, Down, PageUp, PageDown, Home, End, Enter, Esc, Char('?'), Char('e'), Char('d'), Char('u'), Char('q'),
        ][..]), 0..30),
        size in (1..150_u16, 1..60_u16),
        count in 0..8_usize,
    ) {
        let mut one = list(weeks().into_iter().take(count).collect());
        let mut other = page();
        for code in codes {
            press(&mut one, code);
            press(&mut other, code);
            draw(&one, size);
            draw(&other, size);
        }
    }
}
