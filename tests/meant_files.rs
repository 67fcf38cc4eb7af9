//! Files as people write them who have not read the manual: the file that is shown with their mistakes is the one that
//! they meant.

use crate::fixture::pacebell_at;
use pacebell::diagnostic::SourceText;
use pacebell::units::clock;
use pacebell::workout::{Options, compile_file};
use std::fs;

/// A workout file with mistakes, the line of steps that was meant, and its total.
struct Written(&'static str, &'static str, &'static str);

const WORKOUTS: [Written; 24] = [
    Written(
        "name: Tuesday\nsteps:\n  - 10min easy\n  - 3x5min tempo / 2min easy\n",
        "10min easy, 3x5min tempo / 2min easy",
        "29:00",
    ),
    Written(
        "title: Track\nsteps:\n- warmup: 10min\n- repeat: 5\n  steps:\n    - 3min hard\n    - 2min easy\n",
        "warmup 10min, 5×(3min hard, 2min easy)",
        "35:00",
    ),
    Written(
        "---\nname: T\ntags: [hills, hard]\nsteps: 8x60s hard / 60s easy # jog\n",
        "8x60s hard / 60s easy",
        "15:00",
    ),
    Written(
        "{\n  // warm up first\n  \"name\": \"T\",\n  \"steps\": [\"10min easy\", \"20min tempo\"],\n}\n",
        "10min easy, 20min tempo",
        "30:00",
    ),
    Written(
        "{\"name\": \"T\", \"steps\": [{\"time\": \"10min\", \"target\": \"easy\"}, {\"duration\": 20, \"pace\": \"5:00\"}]}\n",
        "10min easy, 20min 5:00/km",
        "30:00",
    ),
    Written("name = \"T\"\n[steps]\n10min easy\n20min tempo\n", "10min easy, 20min tempo", "30:00"),
    Written("name = \"T\"\n[steps]\n\"10min easy\"\n\"20min tempo\"\n", "10min easy, 20min tempo", "30:00"),
    Written(
        "name = \"T\"\n[step]\ntime = \"10min\"\n[step]\ntime = \"20min\"\ntarget = \"tempo\"\n",
        "10min, 20min tempo",
        "30:00",
    ),
    Written("name = T\n[[steps]]\ntime = 10min\ntarget = easy\n", "10min easy", "10:00"),
    Written("name = \"T\"\n[[steps]]\nduration = 5min\npace = easy\n", "5min easy", "5:00"),
    Written(
        "name = \"T\"\n[[steps]]\nreps = 5\ntime = \"3min\"\ntarget = \"hard\"\nrest = \"2min\"\n",
        "5×3min hard / 2min",
        "23:00",
    ),
    Written(
        "name = \"T\"\n[[steps]]\nrepeats = 5\nsteps = [\"3min hard\"]\nrecovery = \"2min easy\"\n",
        "5×3min hard / 2min easy",
        "23:00",
    ),
    Written(
        "name = \"T\"\n[[steps]]\nrepeat = 8\nwork = \"60s hard\"\nrest = \"60s easy\"\n",
        "8×60s hard / 60s easy",
        "15:00",
    ),
    Written(
        "title = \"T\"\ntype = \"running\"\ndate = 2026-11-30\nintervals = [\"8x60s hard / 60s easy\"]\n",
        "8x60s hard / 60s easy",
        "15:00",
    ),
    Written("name = “T”\nsteps = [“10min easy”, “20min tempo”\n", "10min easy, 20min tempo", "30:00"),
    Written(
        "name = \"T\"\nwarm_up = \"10min easy\"\nmain = \"8x60s hard / 60s easy\"\ncool_down = \"5min easy\"\n",
        "warmup 10min easy, 8x60s hard / 60s easy, cooldown 5min easy",
        "30:00",
    ),
    Written(
        "name = \"T\"\n[warmup]\ntime = \"10min\"\n[main]\nrepeat = 5\nwork = \"3min hard\"\nrest = \"2min easy\"\n[cooldown]\ntime = \"10min\"\n",
        "warmup 10min, 5×3min hard / 2min easy, cooldown 10min",
        "43:00",
    ),
    Written(
        "name = \"T\"\nstep1 = \"10min easy\"\nstep2 = \"20min tempo\"\n",
        "10min easy, 20min tempo",
        "30:00",
    ),
    Written("name = \"T\"\n10min = \"easy\"\n20min = \"tempo\"\n", "10min easy, 20min tempo", "30:00"),
    Written("10min easy\n20min tempo\n", "10min easy, 20min tempo", "30:00"),
    Written(
        "[[workout]]\ntitle = \"T\"\n[[workout.steps]]\nlength = \"10min\"\nzone = 2\n",
        "10min Z2",
        "10:00",
    ),
    Written(
        "name \"T\"\nincline = 1,5\nsteps (\"10min easy\", \"20min tempo\")\n",
        "10min easy, 20min tempo",
        "30:00",
    ),
    Written(
        "name = \"T\"\nsteps = [[\"10min easy\"], [\"20min tempo\"]]\n",
        "10min easy, 20min tempo",
        "30:00",
    ),
    Written(
        "name = \"T\"\n[[steps]]\nname = \"Warm up\"\nminutes = 10\n[[steps]]\nminutes = 20\nspeed = 12\nnote = \"Relax\"\n",
        "warmup 10min, 20min 12km/h | start: 'Relax'",
        "30:00",
    ),
];

/// Everything about the steps of a file but where they were written, and their total.
fn meaning(text: &str) -> (Vec<String>, String) {
    let compiled = compile_file(&SourceText::new("t.toml", text), None, &Options::default());
    let sequence = compiled.unwrap_or_else(|problems| panic!("{text}: {}", problems[0].message)).sequence;
    let step = |step: &pacebell::workout::sequence::PlannedStep| {
        let cues: Vec<_> = step.cues.iter().map(|cue| (cue.when, &cue.text)).collect();
        format!("{:?} {:?} {:?} {} {cues:?}", step.kind, step.role, step.end, step.target.words)
    };
    (sequence.steps.iter().map(step).collect(), clock(sequence.totals().time.get() / 1000))
}

#[test]
fn the_file_that_is_shown_is_the_one_that_was_meant() {
    let mut wrong = Vec::new();
    for Written(text, steps, total) in WORKOUTS {
        let source = SourceText::new("t.toml", text);
        let Err(problems) = compile_file(&source, None, &Options::default()) else {
            wrong.push(format!("{text}: is read, and should not be"));
            continue;
        };
        let Some(meant) = problems.iter().find_map(|problem| problem.meant.as_deref()) else {
            wrong.push(format!("{text}: shows no file: {:?}", problems[0].help));
            continue;
        };
        let written = meaning(&format!("name = \"T\"\nsteps = \"{steps}\"\n"));
        if meaning(meant) != written || written.1 != *total {
            wrong.push(format!("{text}: {meant}\n{:?} is not {written:?} in {total}", meaning(meant)));
        }
    }
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_without_a_known_meaning_shows_none() {
    for text in [
        "name = \"T\"\n[[steps]]\ntime = \"10min\"\nfrobnicate = 3\n",
        "name: T\nsteps:\n  - 10min eeasy tempo\n",
        "<workout><name>T</name></workout>\n",
        "name = \"T\"\nname = \"U\"\nsteps = [\"10min easy\"]\n",
    ] {
        let problems = compile_file(&SourceText::new("t.toml", text), None, &Options::default()).unwrap_err();
        assert!(problems.iter().all(|problem| problem.meant.is_none()), "{text}: {problems:?}");
    }
}

/// Plans with mistakes, and the days that they mean.
const PLANS: [(&str, &[&str]); 8] = [
    ("name = \"P\"\n[week]\nmon = rest\ntue = \"8km easy\"\n", &["mon = \"rest\"", "tue = \"8km easy\""]),
    ("name = \"P\"\n[week]\ntue = \"8km easy\"\n[week]\ntue = \"9km easy\"\n", &["8km easy", "9km easy"]),
    ("name = \"P\"\n[week1]\ntue = \"8km easy\"\n[week2]\ntue = \"9km easy\"\n", &["8km easy", "9km easy"]),
    ("name: P\nweeks:\n  - mon: rest\n    tue: 8km easy\n  - tue: 9km easy\n", &["8km easy", "9km easy"]),
    (
        "name = \"P\"\n[[weeks]]\nmonday = \"-\"\ntuesday = 8km easy\n",
        &["mon = \"rest\"", "tue = \"8km easy\""],
    ),
    (
        "title = \"P\"\n[[week]]\ntue = [\"8km easy\", \"strength-a\"]\n",
        &["tue = \"8km easy and strength-a\""],
    ),
    ("name = \"P\"\nmon = \"rest\"\ntue = \"8km easy\"\nweeks = 3\n", &["[usual]", "times = 3"]),
    (
        "name = \"P\"\n[[week]]\nweek = 1\nrepeat = 3\ntue = “8km easy”\n",
        &["times = 3", "tue = \"8km easy\""],
    ),
];

#[test]
fn the_plan_and_the_workout_that_check_shows_pass_it() {
    const CHECK_PLAN: &[&str] = &["plan", "check"];
    const CHECK: &[&str] = &["check"];
    const STEPS: &[&str] = &["steps = ["];
    let home = tempfile::tempdir().unwrap();
    let check = |command: &[&str], text: &str| {
        let file = home.path().join("file.toml");
        fs::write(&file, text).unwrap();
        let output = pacebell_at(home.path()).args(command).arg(&file).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let plans = PLANS.map(|(text, pieces)| (CHECK_PLAN, text, pieces));
    let workouts = WORKOUTS.map(|Written(text, ..)| (CHECK, text, STEPS));
    for (command, text, pieces) in plans.into_iter().chain(workouts) {
        let (status, shown) = check(command, text);
        assert_eq!(status, Some(2), "{text}: {shown}");
        let Some((_, meant)) = shown.split_once("The file was probably meant like this:\n\n") else {
            panic!("{text}: {shown}");
        };
        assert!(pieces.iter().all(|piece| meant.contains(piece)), "{text}: {meant}");
        let (status, again) = check(command, meant);
        assert_eq!(status, Some(0), "{text}: {meant}\n{again}");
    }
}

#[test]
fn the_help_of_a_profile_can_be_followed() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pacebell");
    fs::create_dir_all(&folder).unwrap();
    // The profile, a part of the help, the profile with what it says, and a part of what `pacebell profile` shows then.
    for (text, help, followed, shows) in [
        (
            "[athlete]\nfive_k = 22.30\n",
            "`\"5K\" = \"22:30\"`",
            "[athlete]\n\"5K\" = \"22:30\"\n",
            "5K 22:30",
        ),
        ("[athlete]\n\"5K\" = 24.5\n", "`\"5K\" = \"24:30\"`", "[athlete]\n\"5K\" = \"24:30\"\n", "5K 24:30"),
        (
            "[athlete]\n\"10K\" = 00:48:10\n",
            "`\"10K\" = \"48:10\"`",
            "[athlete]\n\"10K\" = \"48:10\"\n",
            "10K 48:10",
        ),
        ("[athlete]\n5K: 22:30\n", "`5K = \"22:30\"`", "[athlete]\n5K = \"22:30\"\n", "5K 22:30"),
        (
            "[athlete]\nthreshold = \"4:30\"\n",
            "`threshold = \"4:30/km\"`",
            "[athlete.paces]\nthreshold = \"4:30/km\"\n",
            "4:30",
        ),
        ("athlete:\n  hr_max: 190\n", "`[athlete]`", "[athlete]\nhr_max = 190\n", ""),
        (
            "[athlete]\nhr_max = 190\n[athlete]\nhr_rest = 50\n",
            "below the first `[athlete]`",
            "[athlete]\nhr_max = 190\nhr_rest = 50\n",
            "",
        ),
    ] {
        let profile = |text: &str| {
            fs::write(folder.join("profile.toml"), text).unwrap();
            pacebell_at(home.path()).arg("profile").output().unwrap()
        };
        let refused = profile(text);
        let shown = String::from_utf8(refused.stderr).unwrap();
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(refused.status.code() == Some(2) && words.contains(help), "{text}: {shown}");
        let read = profile(followed);
        let shown = String::from_utf8(read.stdout).unwrap();
        assert!(read.status.success() && shown.contains(shows), "{followed}: {shown}");
    }
}
