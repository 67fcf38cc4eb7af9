//! Tests of the words said in a session, their times and their samples.

use pacebell::audio::SoundContent;
use pacebell::audio::mixer::Mixer;
use pacebell::audio::signal_synth::samples;
use pacebell::belt::Belt;
use pacebell::belt::Treadmill;
use pacebell::coach::{Announcement, Coach, Effect};
use pacebell::cues::{
    Phrase, PlacedPhrase, Priority, Signal, SpeechRoom, SpeechWindow, Verbosity, Word, fit, phrase,
};
use pacebell::library::built_in;
use pacebell::session::{Command, SessionPlace};
use pacebell::units::{Distance, Millis, Moment, Rehearsal};
use pacebell::voice::{self, SpeechError, Synthesizer};
use pacebell::workout::sequence::{Sequence, StepId};
use pacebell::workout::{Options, SourceText, compile_file, compile_notation};
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn compiled(notation: &str) -> Sequence {
    let source = SourceText::new("test", notation);
    compile_notation(&source, None, &Options::default()).unwrap_or_else(|e| panic!("{e:?}")).sequence
}

/// A finished session. Each step that waits for the runner was ended after a minute.
struct SimulatedSession {
    announcements: Vec<Announcement>,
    signals: Vec<(Millis, Signal)>,
}

fn simulate(sequence: Sequence, treadmill: Treadmill, voice: Verbosity, start: Command) -> SimulatedSession {
    let mut coach = Coach::new(Arc::new(sequence), treadmill, Rehearsal::REAL_TIME).speaking(voice);
    let mut now = Moment::default();
    let mut session = SimulatedSession { announcements: Vec::new(), signals: Vec::new() };
    let mut note = |effects: Vec<Effect>| {
        for effect in effects {
            match effect {
                Effect::Announce(announcement) => session.announcements.push(announcement),
                Effect::Sounded(cue) if cue.lead == Millis::ZERO => {
                    session.signals.push((cue.at, cue.signal))
                }
                _ => {}
            }
        }
    };
    note(coach.handle(start, now));
    loop {
        let position = coach.session().position(now);
        if position.place == SessionPlace::After {
            return session;
        }
        let key = position.length.is_none().then(|| now.before(position.into) + Millis::from_secs(60));
        match (coach.next_deadline(), key) {
            (Some(next), None) => {
                now = next;
                note(coach.tick(now));
            }
            (Some(next), Some(key)) if next < key => {
                now = next;
                note(coach.tick(now));
            }
            (_, Some(key)) => {
                now = key;
                note(coach.handle(Command::EndStep, now));
            }
            (None, None) => return session,
        }
    }
}

fn spoken_lines_on(treadmill: Treadmill, notation: &str, voice: Verbosity) -> Vec<String> {
    let session = simulate(compiled(notation), treadmill, voice, Command::Start);
    let said = voice::spoken_phrases(&session.announcements, &Synthesizer::default());
    said.iter().map(|(at, phrase)| format!("{} {}", at.seconds(), phrase.text())).collect()
}

fn spoken_lines(notation: &str) -> Vec<String> {
    spoken_lines_on(Treadmill::default(), notation, Verbosity::Full)
}

fn assert_spoken(notation: &str, wanted: &[&str]) {
    assert_eq!(spoken_lines(notation), wanted, "{notation}");
}

#[test]
fn each_change_of_a_fartlek_is_announced() {
    let all = spoken_lines("alternate 1min hard / 1min easy for 15min");
    // The first minute is announced when it begins. Every change is announced 10 s before the pips, which begin 3 s before
    // the change.
    assert_eq!(all[0], "0.550 Number one of eight, hard, sixty seconds");
    let change = |i: u32| f64::from(i) * 60.0 - 13.15;
    let counts = ["two", "three", "four", "five", "six", "seven"];
    for (i, count) in (0..).zip(counts) {
        assert!(all.contains(&format!("{:.3} Next: easy, sixty seconds", change(2 * i + 1))), "{all:?}");
        let hard = format!("{:.3} Next: number {count} of eight, hard, sixty seconds", change(2 * i + 2));
        assert!(all.contains(&hard), "{hard} is not in {all:?}");
    }
    assert!(all.contains(&"826.850 Next: last one, hard, sixty seconds".to_string()));
    assert!(all.contains(&"450.000 Halfway through the workout".to_string()));
    // The finish signal takes 1.45 s.
    assert_eq!(all.last().unwrap(), "901.600 Finished, well done");
    assert_eq!(all.len(), 1 + 14 + 1 + 1);
}

#[test]
fn a_short_step_has_at_most_one_announcement() {
    assert_spoken(
        "3×20s fast / 60s walk",
        &[
            "0.550 Number one of three, fast, twenty seconds",
            "20.550 Walk, five point zero, sixty seconds",
            "66.850 Next: number two of three, fast, twenty seconds",
            "86.850 Next: walk, five point zero, sixty seconds",
            "146.850 Next: last one, fast, twenty seconds",
            "181.600 Finished, well done",
        ],
    );
    // If the second step can only be announced during the first, the first is left out: the count-in named it.
    assert_spoken("20s hard, 20s easy", &["6.850 Next: easy, twenty seconds", "41.600 Finished, well done"]);
    let session = simulate(
        compiled("6×(20s 16km/h | half: light | 5s: tall | -5s: last, 25s 8km/h | half: breathe)"),
        slow_treadmill(),
        Verbosity::Full,
        Command::Start,
    );
    let said = voice::spoken_phrases(&session.announcements, &Synthesizer::default());
    assert!(said.len() >= 10, "{said:?}");
    let steps: Vec<u64> = (0..6).flat_map(|i| [i * 45, i * 45 + 20]).collect();
    for pair in steps.windows(2) {
        let inside = said.iter().filter(|(at, _)| (pair[0] * 1000..pair[1] * 1000).contains(&at.get()));
        assert!(inside.count() <= 1, "from {} s on: {said:?}", pair[0]);
    }
}

fn slow_treadmill() -> Treadmill {
    Treadmill { belt: Belt { lag: 1.0, ..Belt::default() }, ceiling: None }
}

#[test]
fn the_time_left_of_a_long_step_is_announced() {
    assert_spoken(
        "10min easy, 10min 12km/h, 20min easy",
        &[
            "0.550 Easy, ten minutes",
            "300.210 Halfway, five minutes left",
            "540.000 One minute left",
            "586.850 Next: twelve point zero, ten minutes",
            "900.210 Halfway, five minutes left",
            "1140.000 One minute left",
            "1186.850 Next: easy, twenty minutes",
            // This comes after the signal of the change, which takes 0.36 s.
            "1200.510 Halfway through the workout",
            "1800.210 Halfway, ten minutes left",
            "2100.000 Five minutes left",
            "2340.000 One minute left",
            "2401.600 Finished, well done",
        ],
    );
}

#[test]
fn each_speed_of_a_ramp_is_spoken_just_before_its_tick() {
    let session = simulate(
        compiled("5min 8km/h, 10min ramp 8 -> 12 km/h"),
        Treadmill::default(),
        Verbosity::Full,
        Command::Start,
    );
    let said = voice::spoken_phrases(&session.announcements, &Synthesizer::default());
    let numbers: Vec<&(Millis, Phrase)> = said.iter().filter(|(_, p)| p.text().ends_with(", now")).collect();
    assert_eq!(numbers.first().unwrap().1.text(), "Eight point two, now");
    assert_eq!(numbers.last().unwrap().1.text(), "Twelve point zero, now");
    for (at, phrase) in numbers {
        let end = *at + Synthesizer::default().length(phrase).unwrap();
        let tick = session.signals.iter().find(|(t, _)| *t >= end).unwrap();
        let gap = tick.0.saturating_sub(end).get();
        assert!(tick.1 == Signal::Tick && (150..1500).contains(&gap), "{} {gap} ms", phrase.text());
    }
}

#[test]
fn kilometres_sets_and_open_steps_are_announced() {
    assert_spoken(
        "2×1km 4:00/km / 90s walk",
        &[
            "0.550 Number one of two, fifteen point zero, one kilometre",
            "120.210 Halfway, two minutes left",
            "180.000 One minute left",
            "226.850 Next: walk, five point zero, ninety seconds",
            "316.850 Next: last one, fifteen point zero, one kilometre",
            "450.210 Halfway, two minutes left",
            "510.000 One minute left",
            "571.600 Finished, well done",
        ],
    );
    let sets = spoken_lines("2×(3×30s hard / 30s easy) / 3min walk");
    for line in [
        "0.550 Set one of two, hard, thirty seconds",
        "46.850 Next: number two of three, hard, thirty seconds",
        "106.850 Next: last of the set, hard, thirty seconds",
        "316.850 Next: set two of two, hard, thirty seconds",
        "436.850 Next: last one, hard, thirty seconds",
    ] {
        assert!(sets.iter().any(|s| s == line), "{line} is not in {sets:?}");
    }
    // An open step ends at a key press, so the next step cannot be announced before.
    assert_spoken(
        "open easy, 30s fast, 30s walk",
        &[
            "0.550 Easy, until you press enter",
            "60.550 Fast, thirty seconds",
            "76.850 Next: walk, five point zero, thirty seconds",
            "121.600 Finished, well done",
        ],
    );
}

#[test]
fn a_speed_is_spoken_early_enough_for_the_treadmill_to_reach_it() {
    let belt = Belt { lag: 2.5, ..Belt::default() };
    let treadmill = Treadmill { belt, ceiling: None };
    let notation = "60s 10km/h, 60s 14km/h";
    for voice in [Verbosity::Brief, Verbosity::Full] {
        let all = spoken_lines_on(treadmill, notation, voice);
        // The treadmill takes 10 s for 4 km/h, so the speed must be set at 50 s.
        let of = |words: &str| -> f64 {
            let line = all.iter().find(|s| s.contains(words)).unwrap_or_else(|| panic!("{words}: {all:?}"));
            line.split(' ').next().unwrap().parse().unwrap()
        };
        assert!((37.0..44.0).contains(&of("Next: fourteen point zero")), "{all:?}");
        assert!((47.0..49.0).contains(&of("Fourteen point zero, now")), "{all:?}");
    }
    // A long count-in has time for all of it. Its last three seconds belong to the pips.
    let start = Command::CountIn(Millis::from_secs(28));
    let session = simulate(compiled(notation), treadmill, Verbosity::Full, start);
    let first = &session.announcements[0];
    let placed = fit(&first.sayings, &room(first), |p| Synthesizer::default().length(p));
    let saying = &first.sayings[placed[0].saying];
    assert_eq!(saying.phrases[placed[0].phrase].text(), "Ten point zero, sixty seconds");
    assert!(placed[0].lead >= Millis::from_secs(3) + placed[0].length, "{placed:?}");
    // A short count-in only has time for the speed. The rest follows in the step.
    let session =
        simulate(compiled(notation), treadmill, Verbosity::Full, Command::CountIn(Millis::from_secs(5)));
    let first = &session.announcements[0];
    let placed = fit(&first.sayings, &room(first), |p| Synthesizer::default().length(p));
    assert_eq!(first.sayings[placed[0].saying].phrases[placed[0].phrase].text(), "Ten point zero");
}

fn room(announcement: &Announcement) -> SpeechRoom<'_> {
    SpeechRoom { cues: &announcement.cues, from: announcement.from, rehearsal: Rehearsal::REAL_TIME }
}

#[test]
fn a_workout_by_feel_has_no_spoken_speeds_and_a_brief_voice_only_changes() {
    let mut sequence = compiled("2min 8km/h | half: tall, 10min 12km/h, 2min 8km/h");
    let brief = spoken_lines_on(
        Treadmill::default(),
        "2min 8km/h | half: tall, 10min 12km/h, 2min 8km/h",
        Verbosity::Brief,
    );
    assert_eq!(
        brief,
        ["0.550 Eight point zero", "106.850 Next: twelve point zero", "706.850 Next: eight point zero"]
    );
    sequence.show_pace = false;
    let session = simulate(sequence, Treadmill::default(), Verbosity::Full, Command::Start);
    for (_, phrase) in voice::spoken_phrases(&session.announcements, &Synthesizer::default()) {
        assert!(!phrase.text().contains("point"), "{}", phrase.text());
    }
    let off =
        simulate(compiled("2min easy, 2min hard"), Treadmill::default(), Verbosity::Off, Command::Start);
    assert!(off.announcements.iter().all(|a| a.sayings.is_empty()));
}

#[test]
fn nothing_is_spoken_without_room() {
    let all = spoken_lines("10×(2s hard, 2s easy)");
    // The signals are 2 s apart, 0.4 s long, with 0.15 s of silence around them: there is room for one word at most.
    assert!(all.iter().all(|s| s.split(' ').count() <= 5), "{all:?}");
    let session =
        simulate(compiled("10×(2s hard, 2s easy)"), Treadmill::default(), Verbosity::Full, Command::Start);
    assert_silent_beside_signals(&session);
}

/// Asserts that the rendered speech is silent within 150 ms of every signal.
fn assert_silent_beside_signals(session: &SimulatedSession) {
    let synthesizer = Synthesizer::default();
    let frame = |at: Millis| at.get() as i64 * 48;
    let mut mixer = Mixer::default();
    for (at, phrase) in voice::spoken_phrases(&session.announcements, &synthesizer) {
        mixer.place(frame(at), SoundContent::Speech(synthesizer.say(&phrase).unwrap()));
    }
    for (at, signal) in &session.signals {
        let begin = frame(at.saturating_sub(Millis::new(150)));
        let end = frame(*at) + samples(*signal).len() as i64 + 150 * 48;
        let mut around = vec![0; (end - begin) as usize];
        mixer.render(begin, &mut around);
        assert!(around.iter().all(|s| *s == 0), "speech beside {signal:?} at {at}");
    }
}

#[test]
fn speech_never_overlaps_a_signal() {
    for notation in [
        "4×20s fast / 60s walk",
        "10min easy, 10min ramp 8 -> 12 km/h | every 25s: can you still talk? | -60s: last minute of the rise",
        "3×(10s hard, 6s easy, 3s fast | half: tall), open easy, 2×1km 4:00/km / 90s walk",
    ] {
        for treadmill in [Treadmill::default(), slow_treadmill()] {
            assert_silent_beside_signals(&simulate(
                compiled(notation),
                treadmill,
                Verbosity::Full,
                Command::Start,
            ));
        }
    }
}

#[test]
fn speech_is_not_repeated_when_plans_change() {
    let mut coach =
        Coach::new(Arc::new(compiled("60s 10km/h, 60s 12km/h")), Treadmill::default(), Rehearsal::REAL_TIME)
            .speaking(Verbosity::Full);
    let mut announcements = Vec::new();
    for (second, command) in [
        (0, Command::Start),
        // The runner sets a higher speed while the next change is being announced, from 46.85 s on.
        (48, Command::Adjust(pacebell::units::Speed::from_kmh(10.5))),
        (49, Command::Adjust(pacebell::units::Speed::from_kmh(10.6))),
    ] {
        for effect in coach.handle(command, Moment::new(second * 1000)) {
            if let Effect::Announce(announcement) = effect {
                announcements.push(announcement);
            }
        }
    }
    assert_eq!(announcements.len(), 3);
    let said = voice::spoken_phrases(&announcements, &Synthesizer::default());
    let next = said.iter().filter(|(_, p)| p.text() == "Next: twelve point zero, sixty seconds").count();
    assert_eq!(next, 1, "{said:?}");
    assert!(
        said.windows(2).all(|w| w[0].0 + Synthesizer::default().length(&w[0].1).unwrap() < w[1].0),
        "{said:?}"
    );
}

#[test]
fn the_built_in_clips_can_say_every_built_in_workout() {
    for entry in built_in() {
        let source = entry.source();
        let mut parameters: Vec<Vec<(String, String)>> = vec![Vec::new()];
        for parameter in pacebell::workout::parameters(&source) {
            for choice in &parameter.choices {
                parameters.push(vec![(parameter.name.clone(), choice.clone())]);
            }
        }
        for parameters in parameters {
            let options = Options { parameters, ..Options::default() };
            let sequence = compile_file(&source, None, &options).unwrap().sequence;
            let missing = voice::unknown_texts(&sequence);
            assert!(
                missing.is_empty(),
                "{}: add {missing:?} to assets/voice/phrases.txt and run make",
                entry.name
            );
        }
    }
}

fn can_say(words: &str) -> bool {
    Synthesizer::default().length(&Phrase(vec![Word::known(words)])).is_some()
}

#[test]
fn the_built_in_clips_can_say_every_phrase_of_the_program() {
    for words in phrase::FIXED {
        assert!(can_say(words), "{words}");
    }
    for n in 0..2000 {
        assert!(can_say(&phrase::number(n)), "{n}");
        let number = format!("{}.{}", n / 100, n % 100);
        assert!(can_say(&phrase::decimal(&number)), "{number}");
        assert!(can_say(&phrase::percent(n as f64 / 10.0 - 100.0)), "{n}");
        assert!(can_say(&phrase::distance(Distance::from_metres(n as f64 * 25.0))), "{n}");
        assert!(can_say(&phrase::distance(Distance::from_miles(n as f64 / 4.0))), "{n}");
        assert!(can_say(&format!("number {} of {}", phrase::number(n), phrase::number(n))));
    }
    for seconds in (0..8000).chain(20_000..20_100) {
        assert!(can_say(&phrase::left(Millis::from_secs(seconds))), "{seconds} s");
    }
}

#[test]
fn the_built_in_clips_are_small_free_and_well_formed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/voice");
    let size = |name: &str| std::fs::metadata(folder.join(name)).unwrap().len();
    assert!(size("voice.ogg") + size("voice.tsv") <= 3 * 512 * 1024);
    assert!(std::fs::read_to_string(folder.join("LICENSE")).unwrap().contains("Carnegie Mellon University"));
    let listed = std::fs::read_to_string(folder.join("phrases.txt")).unwrap();
    let listed = listed.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count();
    assert_eq!(voice::clips().count(), listed, "run assets/voice/make, and list each phrase once");
    for (name, clip) in voice::clips() {
        let sound = clip.samples();
        let loudest = |part: &[i16]| part.iter().map(|s| s.unsigned_abs()).max().unwrap();
        assert_eq!(sound.len(), clip.length(), "{name}");
        assert!((9_600..4 * 48_000).contains(&sound.len()), "{name}: {} samples", sound.len());
        assert!((3000..=11_468).contains(&loudest(&sound)), "{name}: peak {}", loudest(&sound));
        assert!(loudest(&sound[..24]) < 700 && loudest(&sound[sound.len() - 24..]) < 700, "{name} clicks");
        if name.len() < 5 {
            assert_eq!(sound, clip.samples(), "{name}");
        }
    }
}

#[test]
fn unpronounceable_words_are_replaced_or_omitted() {
    let all = spoken_lines("60s easy, 'Zwölf Xylophone': 60s 12km/h, 60s easy | half: '$(reboot) `id`'");
    // The text keeps all words of the workout. The sound leaves out those that cannot be pronounced.
    let synthesizer = Synthesizer::default();
    let unknown = Phrase(vec![Word::known("next"), Word::free("Zwölf Xylophone", Some("faster"))]);
    let known = Phrase(vec![Word::known("next"), Word::known("faster")]);
    assert_eq!(synthesizer.length(&unknown), synthesizer.length(&known));
    assert_eq!(synthesizer.length(&Phrase(vec![Word::free("Xylophone", None)])), None);
    assert!(!all.iter().any(|s| s.contains("reboot")), "{all:?}");
    // A word that is now available is spoken.
    let mut learned = Synthesizer::default();
    learned.learn("xylophone".into(), vec![1000; 24_000]);
    let length = learned.length(&Phrase(vec![Word::free("Xylophone", None)]));
    assert_eq!(length, Some(Millis::new(500)));
}

fn any_window() -> impl Strategy<Value = SpeechWindow> {
    (0u64..100_000, 0u64..12_000, 0u8..7, any::<bool>(), prop::collection::vec(200u64..5000, 1..4)).prop_map(
        |(from, room, rank, late, lengths)| SpeechWindow {
            from: Millis::new(from),
            by: Millis::new(from + room),
            lead: Millis::ZERO,
            priority: Priority::new(rank),
            // The text of each phrase is its length.
            phrases: lengths.iter().map(|l| Phrase(vec![Word::known(l.to_string())])).collect(),
            late,
            step: StepId(0),
        },
    )
}

fn length_from_text(phrase: &Phrase) -> Option<Millis> {
    phrase.text().parse().ok().map(Millis::new)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_short_step_has_at_most_one_announcement_apart_from_signals(
        steps in prop::collection::vec((2u64..60, 0usize..5, any::<bool>()), 1..8), lag in 0u8..4,
    ) {
        let targets = ["easy", "hard", "8km/h", "13km/h", "ramp 8 -> 12 km/h"];
        let step = |(seconds, target, cue): &(u64, usize, bool)| {
            format!("{seconds}s {}{}", targets[*target], if *cue && *seconds > 4 { " | half: tall | every 4s: hold back" } else { "" })
        };
        let notation = steps.iter().map(step).collect::<Vec<_>>().join(", ");
        let belt = Belt { lag: f64::from(lag), ramp_every: Millis::ZERO, ..Belt::default() };
        let session = simulate(compiled(&notation), Treadmill { belt, ceiling: None }, Verbosity::Full, Command::Start);
        let synthesizer = Synthesizer::default();
        let said = voice::spoken_phrases(&session.announcements, &synthesizer);
        let mut start = Millis::ZERO;
        for (seconds, ..) in &steps {
            let end = start + Millis::from_secs(*seconds);
            let inside = said.iter().filter(|(at, _)| *at >= start && *at < end).count();
            prop_assert!(*seconds >= 30 || inside <= 1, "{}: {} in {:?}", notation, inside, said);
            start = end;
        }
        for (at, phrase) in &said {
            let end = *at + synthesizer.length(phrase).unwrap();
            for (signal_at, signal) in &session.signals {
                let quiet = Millis::new(150);
                let apart = end + quiet <= *signal_at || *signal_at + signal.length() + quiet <= *at;
                prop_assert!(apart, "{}: {:?} at {} by {:?} at {}", notation, signal, signal_at, phrase, at);
            }
        }
    }

    #[test]
    fn any_phrase_gets_its_own_time_or_is_dropped(
        sayings in prop::collection::vec(any_window(), 0..40),
        steps in prop::collection::vec(1u64..40, 1..8),
    ) {
        let notation: Vec<String> = steps.iter().enumerate()
            .map(|(i, s)| format!("{s}s {}", ["easy", "hard"][i % 2])).collect();
        let session = simulate(compiled(&notation.join(", ")), Treadmill::default(), Verbosity::Off, Command::Start);
        let room = room(&session.announcements[0]);
        let placed = fit(&sayings, &room, length_from_text);
        prop_assert_eq!(&placed, &fit(&sayings, &room, length_from_text));
        let end = |p: &PlacedPhrase| p.at + p.length;
        for p in &placed {
            let saying = &sayings[p.saying];
            prop_assert!(p.at >= saying.from && end(p) <= saying.by);
            prop_assert_eq!(Some(p.length), length_from_text(&saying.phrases[p.phrase]));
            for (at, signal) in &session.signals {
                let near = *at < end(p) + Millis::new(150) && p.at < *at + signal.length() + Millis::new(150);
                prop_assert!(!near, "{:?} at {} beside {:?}", signal, at, p);
            }
        }
        prop_assert!(placed.windows(2).all(|w| end(&w[0]) < w[1].at));
        // Speech that was left out has no room beside more important speech.
        for (i, saying) in sayings.iter().enumerate() {
            if placed.iter().any(|p| p.saying == i) {
                continue;
            }
            let more: Vec<SpeechWindow> = std::iter::once(saying.clone())
                .chain(sayings.iter().filter(|s| s.priority < saying.priority).cloned()).collect();
            let without: Vec<SpeechWindow> = more.iter().skip(1).cloned().collect();
            // It does not move the more important speech either.
            let (with, without) = (fit(&more, &room, length_from_text), fit(&without, &room, length_from_text));
            let others = with.iter().filter(|p| p.saying != 0).map(|p| (p.saying - 1, p.at)).collect::<Vec<_>>();
            prop_assert_eq!(others, without.iter().map(|p| (p.saying, p.at)).collect::<Vec<_>>());
        }
    }
}

#[cfg(unix)]
mod programs {
    use super::*;
    use pacebell::clock::monotonic;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Creates a program that runs `script`.
    fn program(folder: &Path, name: &str, script: &str) {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Creates a folder with a fake `espeak-ng`. It records its arguments and input, and answers with half a second of a tone.
    fn fake_espeak() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 22_050,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut wav = hound::WavWriter::create(folder.path().join("tone.wav"), spec).unwrap();
        (0..11_025).for_each(|i| wav.write_sample(if i / 25 % 2 == 0 { 9000i16 } else { -9000 }).unwrap());
        wav.finalize().unwrap();
        let script = "here=$(dirname \"$0\")\nprintf '%s|' \"$@\" >> \"$here/argv\"\ncat >> \"$here/stdin\"\n\
                      cat \"$here/tone.wav\"";
        program(folder.path(), "espeak-ng", script);
        folder
    }

    fn wait<T>(mut ready: impl FnMut() -> Option<T>) -> T {
        let deadline = monotonic() + Duration::from_secs(20);
        loop {
            if let Some(found) = ready() {
                return found;
            }
            assert!(monotonic() < deadline, "timed out");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn only_letters_of_a_workout_reach_a_program() {
        let folder = fake_espeak();
        let marker = folder.path().join("ran");
        let evil = [
            format!("$(touch {0}) `touch {0}` '; touch {0} #", marker.display()),
            "\"; touch ran; \" && touch ran | sh\r\n--voice=x\n-f /etc/passwd\0\u{1b}[2J".to_string(),
            "word ".repeat(2000),
            "--stdout -w out.wav".to_string(),
        ];
        let mut sequence = compiled("60s easy");
        for text in &evil {
            sequence.steps[0].cues.push(pacebell::workout::sequence::TextCue {
                when: pacebell::workout::sequence::CueTime::Half,
                text: text.clone(),
                asks: false,
            });
        }
        let programs = voice::find_programs(folder.path().as_os_str());
        assert_eq!(programs.len(), 1);
        let unknown = voice::unknown_texts(&sequence);
        assert_eq!(unknown.len(), evil.len());
        for words in &unknown {
            let sound = programs[0].speak(words, &AtomicBool::new(false)).expect("samples");
            assert!(sound.len().abs_diff(24_000) < 100, "{} samples", sound.len());
            let peak = sound.iter().map(|s| s.unsigned_abs()).max().unwrap();
            assert!((9000..=11_468).contains(&peak), "{peak}");
        }
        let argv = fs::read_to_string(folder.path().join("argv")).unwrap();
        assert_eq!(
            argv,
            "-v|en-us|-s|165|--stdin|--stdout|".repeat(4),
            "the arguments do not depend on the text"
        );
        let stdin = fs::read_to_string(folder.path().join("stdin")).unwrap();
        let lines: Vec<&str> = stdin.lines().collect();
        assert_eq!(lines.len(), 4);
        for line in lines {
            assert!(line.chars().count() <= 400 && !line.starts_with('-'), "{line:?}");
            assert!(line.chars().all(|c| c.is_alphanumeric() || " ,'-".contains(c)), "{line:?}");
        }
        assert!(!marker.exists() && !folder.path().join("ran").exists());
    }

    #[test]
    fn a_program_that_fails_or_answers_nonsense_is_an_error() {
        for script in
            ["exit 1", "cat", "head -c 10000000 /dev/zero", "printf 'RIFF....WAVE'", "exec 0<&- 1>&-"]
        {
            let folder = tempfile::tempdir().unwrap();
            program(folder.path(), "flite", script);
            program(folder.path(), "espeak-ng", script);
            let programs = voice::find_programs(folder.path().as_os_str());
            let [to_file, to_stdout] = &programs[..] else { panic!("{programs:?}") };
            assert!(to_file.speak("hello", &AtomicBool::new(false)).is_err(), "{script}");
            let spoken = to_stdout.speak("hello", &AtomicBool::new(false));
            assert_eq!(spoken, Err(SpeechError::NotWav), "{script}");
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("espeak-ng"), "not to be run").unwrap();
        assert_eq!(voice::find_programs(folder.path().as_os_str()), []);
        assert_eq!(
            voice::find_programs(std::ffi::OsStr::new("relative:.:")),
            [],
            "relative folders are skipped"
        );
    }

    #[test]
    fn a_program_that_hung_once_is_not_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "espeak-ng", "echo asked >> \"$(dirname \"$0\")/asked\"\nsleep 600");
        let mut sequence = compiled("60s easy");
        for text in ["gribble", "wobbet", "snorfle"] {
            sequence.steps[0].cues.push(pacebell::workout::sequence::TextCue {
                when: pacebell::workout::sequence::CueTime::Half,
                text: text.to_string(),
                asks: false,
            });
        }
        let begun = monotonic();
        Synthesizer::for_workout(&sequence, &voice::find_programs(folder.path().as_os_str()));
        assert!(monotonic() - begun < Duration::from_secs(9), "each text took its time");
        assert_eq!(fs::read_to_string(folder.path().join("asked")).unwrap(), "asked\n");
    }

    #[test]
    fn a_pipe_in_the_place_of_the_sound_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "flite", "for file; do :; done\nmkfifo \"$file\"");
        let programs = voice::find_programs(folder.path().as_os_str());
        let begun = monotonic();
        assert!(programs[0].speak("hello", &AtomicBool::new(false)).is_err());
        assert!(monotonic() - begun < Duration::from_secs(4));
    }

    #[test]
    fn a_program_that_starts_others_is_ended_with_them() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "espeak-ng", "sleep 600 &\necho $! > \"$(dirname \"$0\")/child\"\nexit 0");
        let programs = voice::find_programs(folder.path().as_os_str());
        assert!(programs[0].speak("hello", &AtomicBool::new(false)).is_err());
        let child = fs::read_to_string(folder.path().join("child")).unwrap();
        let state = || fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
        wait(|| (state().is_empty() || state().contains(") Z ")).then_some(()));
    }

    #[test]
    fn a_program_that_hangs_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "espeak-ng", "echo $$ > \"$(dirname \"$0\")/pid\"\nexec sleep 600");
        let programs = voice::find_programs(folder.path().as_os_str());
        assert_eq!(programs[0].speak("hello", &AtomicBool::new(false)), Err(SpeechError::TimedOut));
        let pid = fs::read_to_string(folder.path().join("pid")).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists(), "{pid} is still running");
    }

    #[test]
    fn speech_is_ready_early_and_rendered_again_once_a_word_is_available() {
        let folder = fake_espeak();
        let sequence = compiled("30s easy, Xylophone: 30s hard");
        let session = simulate(sequence.clone(), Treadmill::default(), Verbosity::Full, Command::Start);
        let first = &session.announcements[0];
        let (sender, notices) = channel();
        let voice = voice::VoiceThread::open(
            &sequence,
            voice::find_programs(folder.path().as_os_str()),
            move |notice| {
                let _ = sender.send(notice);
            },
        );
        let start = monotonic();
        let script = voice::VoiceScript {
            revision: 7,
            timeline: Some(voice::VoiceTimeline {
                start,
                elapsed: Millis::ZERO,
                rehearsal: Rehearsal::REAL_TIME,
            }),
            cuts: true,
            cues: Arc::clone(&first.cues),
            sayings: Arc::clone(&first.sayings),
        };
        voice.announce(script.clone());
        // The phrase is `next`, the tone, `hard`, `thirty seconds`.
        let learned = Synthesizer::for_workout(&sequence, &voice::find_programs(folder.path().as_os_str()));
        let whole = learned.say(&Phrase(vec![
            Word::known("next"),
            Word::free("Xylophone", None),
            Word::free("hard", None),
            Word::known("thirty seconds"),
        ]));
        let whole = SoundContent::Speech(whole.unwrap());
        let cue = wait(|| {
            let notice = notices.recv_timeout(Duration::from_millis(10)).ok()?;
            assert_eq!(notice.revision, 7);
            assert!(notice.cues.is_sorted_by_key(|c| c.at));
            notice.cues.into_iter().find(|c| c.content.samples().len().abs_diff(whole.samples().len()) < 100)
        });
        assert_eq!(cue.at, start + Duration::from_millis(16_850));
        // There is no speech while the clock stands still.
        voice.announce(voice::VoiceScript { revision: 8, timeline: None, ..script });
        wait(|| notices.recv().ok().filter(|n| n.revision == 8 && n.cues.is_empty()));
    }
}

#[test]
fn no_speed_is_spoken_before_a_step_by_feel() {
    let lines = spoken_lines("2×60s 12km/h / 60s easy");
    let recoveries: Vec<&String> = lines.iter().filter(|line| line.contains("easy")).collect();
    assert!(!recoveries.is_empty(), "{lines:?}");
    assert!(recoveries.iter().all(|line| !line.contains("twelve")), "{recoveries:?}");
}
