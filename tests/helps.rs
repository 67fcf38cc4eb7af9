//! Help works on the second try: the fixes that an error shows can be read, and mean what was meant.

use pacebell::athlete::Athlete;
use pacebell::diagnostic::{Diagnostic, SourceText, SuggestedFix, apply_fixes};
use pacebell::runner::profile::Profile;
use pacebell::units::clock;
use pacebell::workout::sequence::{PlannedStep, Sequence};
use pacebell::workout::{Compiled, Options, compile_notation};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn athlete() -> Athlete {
    let profile = SourceText::new("profile", "[athlete]\n\"5K\" = \"22:30\"\n");
    Profile::parse(&profile, None).expect("the profile is well formed").profile.athlete
}

fn compiled(text: &str) -> Result<Compiled, Vec<Diagnostic>> {
    compile_notation(&SourceText::new("workout", text), Some(&athlete()), &Options::default())
}

/// Returns `text` with `fix` applied.
fn fixed(text: &str, problem: &Diagnostic, fix: &SuggestedFix) -> String {
    let problem = problem.clone().with_fix(fix.span.clone(), fix.replacement.as_str());
    apply_fixes(text, &[problem])
}

/// Everything about a workout but where it was written.
fn meaning(sequence: &Sequence) -> Vec<String> {
    let step = |s: &PlannedStep| {
        let cues: Vec<_> = s.cues.iter().map(|cue| (cue.when, &cue.text)).collect();
        format!("{:?} {:?} {:?} {} {:?} {cues:?}", s.kind, s.role, s.end, s.target.words, s.incline)
    };
    sequence.steps.iter().map(step).collect()
}

fn total(sequence: &Sequence) -> String {
    let totals = sequence.totals();
    if totals.open { "open".to_string() } else { clock((totals.time.get() + 500) / 1000) }
}

#[test]
fn every_fix_of_the_table_can_be_read_and_one_means_what_was_meant() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language/helps.tsv");
    let mut wrong = Vec::new();
    for line in fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let [input, number, meant, time] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}")
        };
        let problems = match compiled(input) {
            Ok(_) => {
                wrong.push(format!("{input}: is read, and should not be"));
                continue;
            }
            Err(problems) => problems,
        };
        let problem = &problems[0];
        let help = problem.help.clone().unwrap_or_default();
        for fix in &problem.alternatives {
            if !help.contains(&format!("`{}`", fix.replacement)) {
                wrong.push(format!("{input}: `{}` is not in the help: {help}", fix.replacement));
            }
            if let Err(problems) = compiled(&fixed(input, problem, fix)) {
                wrong.push(format!("{input}: the fix `{}` fails: {}", fix.replacement, problems[0].message));
            }
        }
        let fix = problem.alternatives.get(number.parse::<usize>().unwrap() - 1);
        let read = fix.and_then(|fix| compiled(&fixed(input, problem, fix)).ok());
        let Some(read) = read else {
            wrong.push(format!("{input}: no fix {number} in {help}"));
            continue;
        };
        match compiled(meant) {
            Ok(meant) if meaning(&meant.sequence) == meaning(&read.sequence) => {}
            _ => wrong.push(format!("{input}: fix {number} does not mean {meant}: {help}")),
        }
        if total(&read.sequence) != time {
            wrong.push(format!("{input}: lasts {}, not {time}", total(&read.sequence)));
        }
    }
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_fix_drops_or_changes_what_the_runner_wrote() {
    // The text, and what a fix must not hold.
    let rows = [
        ("60min including 20min at tempo", "20%"),
        ("60min including 20min at tempo", "'"),
        ("8x45s @ 5k on 6% hill, 90s jog", "6min"),
        ("1:45 long run with last 30 at MP", "105s"),
        ("1:45 long run with last 30 at MP", "km/h"),
        ("run 5 min walk 1 min, repeat 6 times", "5min walk"),
        ("easy 20 min tempo 20 min easy 10 min", "20min tempo, 20min easy"),
        ("12-3-30", "3-12min"),
        ("10 min jog to warm up", "warmup 10min easy"),
        ("half marathon in 1:45", "s"),
        ("hard 60s easy 60s x10", "'"),
        ("easy 20 min tempo 20 min easy 10 min", "'"),
        ("1M @ 6:30, 800 @ 3:10, 400 @ 90", "h"),
        ("10 x 200 (200)", "min"),
        ("10 x 200 (:60)", "min"),
        ("6 x 2 min uphill at 10k effort, jog down", "'"),
        ("8x45s hills @ 6% w/ 90s jog", "6min"),
        ("run 5 min walk 1 min, repeat 6 times", "'"),
        ("6 by 800 with 2 mins rest", "'"),
        ("30-20-10 x 5", "bpm"),
        ("12-3-30", "bpm"),
        ("10 min jog to warm up", "'"),
        ("half marathon in 1:45", "105s"),
        ("8 rounds of 90s hard 90s easy", "'"),
        ("3 mi @ MP - 10", "min"),
        ("VO2 8 mi w/ 5x600m @ 5K pace", "2×8mi"),
        ("rec 4", "'rec'"),
        ("2x10x30\"/30\" R3'", "'R'"),
        ("10 yasso 800s", "'yasso'"),
        ("10 min @ 5.0 mph, 10 min @ 5.5", "km/h"),
        ("walk 10min incline 45%", "10min walk, 10min"),
        ("MP run 16 mi w/ 10 mi @ marathon race pace", "10min"),
        ("8 miles with miles 3-6 at tempo", "3-6"),
        ("6 miles @ 7:45-8", "min"),
        ("30 min @ 9 min pace", "9min"),
        ("10 miles @ MP +/- 5s", "MP, 5s"),
        ("45 MAF", "all-out"),
        ("18M w/ 10 @ MP", "10min"),
    ];
    let mut wrong = Vec::new();
    for (text, fragment) in rows {
        for problem in compiled(text).err().unwrap_or_default() {
            let shown = problem.alternatives.iter().map(|fix| &fix.replacement);
            wrong.extend(shown.filter(|fix| fix.contains(fragment)).map(|fix| format!("{text}: `{fix}`")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong fixes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_reading_of_an_unclear_line_shows_its_total() {
    // The text, and the totals with a 5K of 22:30, which the test of the table computes as well.
    let rows = [
        ("1km / 2min / 1km / 2min", ["12:47", "10:47"]),
        ("8x400, 200", ["22:22", "15:14"]),
        ("400m (90s), 800m (3:10)", ["4:40", "9:56"]),
    ];
    for (text, totals) in rows {
        let help = compiled(text).unwrap_err()[0].help.clone().unwrap_or_default();
        for total in totals {
            assert!(help.contains(&format!("({total}")), "{text}: {total} is not in {help}");
        }
    }
}

#[test]
fn a_fix_holds_the_whole_line() {
    for (text, meant) in [
        ("6x80m @ 5K, 90s jog", "6×80 metres 5K / 90s jog"),
        ("10min easy, 3x8m tempo / 2min", "10min easy, 3×8min tempo / 2min"),
    ] {
        let problems = compiled(text).unwrap_err();
        assert_eq!(problems[0].alternatives[0].replacement, meant, "{text}");
    }
}

/// A file with a mistake, a part of its first help, the corrected file, and its total.
struct FileHelp(&'static str, &'static str, &'static str, &'static str);

const FILE_HELPS: [FileHelp; 17] = [
    FileHelp(
        "name = \"T\"\nsteps:\n  - 10min easy\n  - 20min tempo\n",
        "`steps = [\"10min easy\", \"20min tempo\"]`",
        "name = \"T\"\nsteps = [\"10min easy\", \"20min tempo\"]\n",
        "30:00",
    ),
    FileHelp(
        "name = \"T\"\nincline = 5%\nsteps = [\"10min easy\"]\n",
        "`incline = 5`",
        "name = \"T\"\nincline = 5\nsteps = [\"10min easy\"]\n",
        "10:00",
    ),
    FileHelp(
        "name = \"T\"\n[[steps]]\nrepeat = 3\ntime = \"10min\"\ntarget = \"tempo\"\nbetween = \"2min jog\"\n",
        "`steps = [\"10min tempo\"]`",
        "name = \"T\"\n[[steps]]\nrepeat = 3\nsteps = [\"10min tempo\"]\nbetween = \"2min jog\"\n",
        "34:00",
    ),
    FileHelp(
        "name = \"T\"\n[[steps]]\nladder = \"1-2-1\"\nbetween = \"1min\"\n",
        "`steps = [\"1min hard\", \"2min hard\", \"1min hard\"]`, in the same table, and `ladder = true`",
        "name = \"T\"\n[[steps]]\nladder = true\nsteps = [\"1min hard\", \"2min hard\", \"1min hard\"]\nbetween = \"1min\"\n",
        "6:00",
    ),
    FileHelp(
        "name = \"T\"\n[[steps]]\ntime = \"20min\"\ntarget = 150\n",
        "`target = \"150bpm\"`",
        "name = \"T\"\n[[steps]]\ntime = \"20min\"\ntarget = \"150bpm\"\n",
        "20:00",
    ),
    FileHelp(
        "name = \"T\"\nwarmup = \"10min\"\nsteps = [\"20min tempo\"]\n",
        "`\"warmup 10min\"` among the `steps`",
        "name = \"T\"\nsteps = [\"warmup 10min\", \"20min tempo\"]\n",
        "30:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\"{warm}\", \"20min tempo\"]\n[part]\nwarm = \"10min easy\"\n",
        "did you mean `parts`?",
        "name = \"T\"\nsteps = [\"{warm}\", \"20min tempo\"]\n[parts]\nwarm = \"10min easy\"\n",
        "30:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\"8x60s hard / 60s easy\"]\nshow_pace = no\n",
        "`show_pace = false`",
        "name = \"T\"\nsteps = [\"8x60s hard / 60s easy\"]\nshow_pace = false\n",
        "15:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\"60s hard\", \"60s easy\"]\nrepeat = 8\n",
        "`steps = [\"8×(60s hard, 60s easy)\"]`",
        "name = \"T\"\nsteps = [\"8×(60s hard, 60s easy)\"]\n",
        "16:00",
    ),
    FileHelp(
        "name = \"T\"\nduration = \"45min\"\npace = \"easy\"\n",
        "`steps = [\"45min easy\"]`",
        "name = \"T\"\nsteps = [\"45min easy\"]\n",
        "45:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\"20min {how}\"]\n[parameters.how]\ndefault = \"easy\"\nchoices = [\"steady\", \"tempo\"]\n",
        "`choices = [\"steady\", \"tempo\", \"easy\"]`",
        "name = \"T\"\nsteps = [\"20min {how}\"]\n[parameters.how]\ndefault = \"easy\"\nchoices = [\"steady\", \"tempo\", \"easy\"]\n",
        "20:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = \"8x60s hard / 60s easy\"\n\n[[steps]]\nname = \"cooldown\"\ntime = \"10min\"\n",
        "`steps = [\"8x60s hard / 60s easy\", { kind = \"cooldown\", time = \"10min\" }]`",
        "name = \"T\"\nsteps = [\"8x60s hard / 60s easy\", { kind = \"cooldown\", time = \"10min\" }]\n",
        "25:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\n  \"10min easy\",\n  \"20min tempo\"\ntags = [\"long\"]\n",
        "`\"20min tempo\"]`",
        "name = \"T\"\nsteps = [\n  \"10min easy\",\n  \"20min tempo\"]\ntags = [\"long\"]\n",
        "30:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [10, \"20min tempo\"]\n",
        "`\"10min easy\"`",
        "name = \"T\"\nsteps = [\"10min easy\", \"20min tempo\"]\n",
        "30:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\"{n}x60s hard / 60s easy\"]\n[parameters]\nn = 8\n",
        "`n = { default = 8 }`",
        "name = \"T\"\nsteps = [\"{n}x60s hard / 60s easy\"]\n[parameters]\nn = { default = 8 }\n",
        "15:00",
    ),
    FileHelp(
        "name = \"T\"\nsteps = [\"10min easy\"]\nafter = [\"rpe\", \"feel\"]\n",
        "`after = { ask = [\"rpe\", \"feel\"] }`",
        "name = \"T\"\nsteps = [\"10min easy\"]\nafter = { ask = [\"rpe\", \"feel\"] }\n",
        "10:00",
    ),
    FileHelp(
        "name = \"T\"\n[[steps]]\ntime = \"10min\"\nspeed = 12\n",
        "`target = \"12km/h\"`",
        "name = \"T\"\n[[steps]]\ntime = \"10min\"\ntarget = \"12km/h\"\n",
        "10:00",
    ),
];

#[test]
fn the_help_of_a_file_leads_to_what_was_meant() {
    let read = |text: &str| {
        let options = Options::default();
        pacebell::workout::compile_file(&SourceText::new("t.toml", text), Some(&athlete()), &options)
    };
    for FileHelp(text, help, followed, time) in FILE_HELPS {
        let problems = read(text).unwrap_err();
        let shown = problems[0].help.clone().unwrap_or_default();
        assert!(shown.contains(help), "{text}: {shown}");
        if !time.is_empty() {
            assert_eq!(total(&read(followed).unwrap().sequence), time, "{followed}");
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// Phrases, their notation, and the steps of the built-in workouts.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join("tests/language").join(name)).unwrap();
    let phrases = read("phrases.tsv") + &read("sessions.tsv");
    let lines = phrases.lines().filter(|line| !line.starts_with('#'));
    let mut texts: Vec<String> =
        lines.flat_map(|line| line.split('\t')).filter(|text| *text != "ERROR").map(str::to_string).collect();
    let folder = fs::read_dir(root.join("workouts")).unwrap();
    // The order of a folder differs between machines.
    let files: BTreeSet<PathBuf> = folder.map(|file| file.unwrap().path()).collect();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let steps = text.lines().filter(|line| line.contains("steps"));
        texts.extend(steps.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_string));
    }
    texts
}

/// Drops, repeats, moves or misspells a word, or puts in one of another text.
fn mutated(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_string).collect();
    let at = dice.roll(words.len());
    let others: Vec<&str> = other.split(' ').collect();
    let stray = ["x", "/", ",", "(", ")", "60", "quickly", "K", "@", "w/", "10", "->", "easy", "1:75", "%"];
    match dice.roll(7) {
        0 => {
            words.remove(at);
        }
        1 => words.insert(at, others[dice.roll(others.len())].to_string()),
        2 => words[at] = others[dice.roll(others.len())].to_string(),
        3 => words.insert(at, stray[dice.roll(stray.len())].to_string()),
        4 => words[at] = stray[dice.roll(stray.len())].to_string(),
        5 => {
            let letters: Vec<char> = words[at].chars().collect();
            let without = dice.roll(letters.len());
            words[at] = letters.iter().enumerate().filter(|(i, _)| *i != without).map(|(_, c)| *c).collect();
        }
        _ => {
            let to = dice.roll(words.len());
            words.swap(at, to);
        }
    }
    words.join(" ")
}

#[test]
fn every_fix_of_a_mistyped_phrase_can_be_read() {
    let texts = texts();
    let mut dice = Dice(42);
    let (mut refused, mut fixable, mut wrong) = (0, 0, Vec::new());
    for _ in 0..120 {
        let (text, other) = (&texts[dice.roll(texts.len())], &texts[dice.roll(texts.len())]);
        let text = mutated(text, other, &mut dice);
        let Err(problems) = compiled(&text) else { continue };
        refused += 1;
        fixable += usize::from(!problems[0].alternatives.is_empty());
        for problem in &problems {
            let help = problem.help.clone().unwrap_or_default();
            for fix in &problem.alternatives {
                let fixed = fixed(&text, problem, fix);
                let new = fix.span.start..fix.span.start + fix.replacement.len();
                let left = compiled(&fixed).err().unwrap_or_default();
                // What a profile's paces rule out is not known where a fix is tried.
                let mut left = left;
                left.retain(|left| !["cue-past-end", "send-off-too-short"].contains(&left.code()));
                let here = left.iter().find(|left| left.span.start < new.end && new.start < left.span.end);
                // The next problem of a phrase is found only once the first is corrected.
                let of_phrases =
                    ["hill-without-incline", "maximum-aerobic-rate", "unclear-pace-unit", "unclear-bracket"];
                let is_phrase = of_phrases.contains(&problem.code());
                if let Some(left) = here.or(left.first().filter(|_| problems.len() == 1 && !is_phrase)) {
                    wrong.push(format!("{text:?} -> {fixed:?}: {} ({help})", left.message));
                }
            }
            if problem.alternatives.is_empty() && help.contains("write `") && !help.contains("like `") {
                wrong.push(format!("{text:?}: an untried fix: [{}] {help}", problem.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused > 45, "only {refused} texts were refused");
    // A fix that drops or changes something the runner wrote is not shown, so many errors only explain.
    assert!(fixable * 100 > refused * 60, "{fixable} of {refused} errors show a fix");
}
