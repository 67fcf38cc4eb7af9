//! The command line: what each command prints, where, and with which exit status.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs pacebell in an empty environment, with `input` as its standard input.
fn pacebell_with(arguments: &[&str], configuration: &Path, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pacebell"))
        .args(arguments)
        .env_clear()
        .env("XDG_CONFIG_HOME", configuration)
        .env("XDG_DATA_HOME", configuration)
        .env("XDG_STATE_HOME", configuration)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Writing fails if the program does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn pacebell(arguments: &[&str]) -> Output {
    pacebell_with(arguments, tempfile::tempdir().unwrap().path(), b"")
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", err(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Asserts that wrong input was refused: status 2 and a message without control characters. Returns the message.
fn refused(output: &Output) -> String {
    let text = err(output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.starts_with("error"), "{text}");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(text.len() < 20_000, "{} bytes of complaint", text.len());
    text
}

#[test]
fn without_a_terminal_shows_the_library_and_what_to_type_next() {
    let output = pacebell(&[]);
    let text = out(&output);
    for name in ["short-intervals", "timed-progression", "fifths", "strides-open", "pacebell run"] {
        assert!(text.contains(name), "{name} in {text}");
    }
    assert_eq!(err(&output), "");
}

#[test]
fn simulate_prints_each_event_with_its_second() {
    let text = out(&pacebell(&["simulate", "2×60s hard / 30s easy"]));
    let starts: Vec<&str> = text.lines().filter(|l| l.contains("step ")).collect();
    let seconds: Vec<&str> = starts.iter().map(|l| l.split_whitespace().next().unwrap()).collect();
    assert_eq!(seconds, ["0.000", "60.000", "90.000"]);
    assert!(starts[1].contains("easier") && starts[2].contains("faster"), "{text}");
    assert!(text.lines().last().unwrap().trim_start().starts_with("150.000  finish"), "{text}");
}

#[test]
fn typed_notation_causes_no_warning_about_its_numbers() {
    assert_eq!(err(&pacebell(&["simulate", "3×(8s hard, 40 min easy)"])), "");
}

#[test]
fn simulate_prints_a_line_for_each_onset_of_a_sound() {
    let text = out(&pacebell(&["simulate", "12s hard, 12s hard, 12s easy", "--cues"]));
    let expected = "9.000 count 2\n10.000 count 2\n11.000 count 2\n12.000 same 2\n12.230 same 2\n\
                    21.000 count 3\n22.000 count 3\n23.000 count 3\n24.000 easier 3\n\
                    33.000 count 3\n34.000 count 3\n35.000 count 3\n36.000 finish 3\n36.550 finish 3\n37.100 finish 3\n";
    assert_eq!(text, expected);
}

#[test]
fn simulate_ends_open_steps_after_the_given_time() {
    for (open, end) in [("60s", "70.000"), ("2min", "130.000"), ("1s", "11.000")] {
        let text = out(&pacebell(&["simulate", "open walk, 10s easy", "--open", open]));
        assert!(text.contains(&format!("{end}  finish")), "{open}: {text}");
    }
}

#[test]
fn the_wav_has_every_onset_on_its_sample() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cues.wav");
    let text = out(&pacebell(&[
        "simulate",
        "2×12s hard / 8s easy, 15s 10km/h",
        "--cues",
        "--wav",
        file.to_str().unwrap(),
    ]));
    let mut wav = hound::WavReader::open(&file).unwrap();
    assert_eq!((wav.spec().sample_rate, wav.spec().bits_per_sample), (48_000, 16));
    let samples: Vec<i16> = wav.samples().map(Result::unwrap).collect();
    let sounding = |range: std::ops::Range<usize>| samples[range].iter().any(|s| *s != 0);
    for line in text.lines() {
        let second: f64 = line.split(' ').next().unwrap().parse().unwrap();
        let at = (second * 48_000.0).round() as usize;
        assert!(!sounding(at - 480..at), "silence before {line}");
        assert!(sounding(at..at + 48), "sound at {line}");
    }
    assert!(text.lines().count() >= 6, "{text}");
}

#[test]
fn a_workout_is_a_file_a_name_its_beginning_standard_input_or_notation() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "name = \"Mine\"\nsteps = [\"7s easy\"]\n").unwrap();
    for (what, input, end) in [
        (file.to_str().unwrap(), "", "7.000"),
        ("short-intervals", "", "900.000"),
        ("short", "", "900.000"),
        ("-", "name = \"Piped\"\nsteps = \"9s easy\"\n", "9.000"),
        ("3s easy", "", "3.000"),
    ] {
        let text =
            out(&pacebell_with(&["simulate", what], tempfile::tempdir().unwrap().path(), input.as_bytes()));
        assert!(text.contains(&format!("{end}  finish")), "{what}: {text}");
    }
}

#[test]
fn user_workouts_are_found_by_name_and_shadow_built_in_ones() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pacebell/workouts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("Tuesday.toml"), "name = \"Tuesday\"\nsteps = \"7s easy\"\n").unwrap();
    std::fs::write(folder.join("fifths.toml"), "name = \"Mine\"\nsteps = \"9s easy\"\n").unwrap();
    std::fs::write(folder.join("broken.toml"), "steps = \"9s eazy\"\n").unwrap();
    let run = |arguments: &[&str]| pacebell_with(arguments, home.path(), b"");
    for (what, end) in [("tues", "7.000"), ("fifths", "9.000"), ("short", "900.000")] {
        assert!(out(&run(&["simulate", what])).contains(&format!("{end}  finish")), "{what}");
    }
    let list = out(&run(&["list"]));
    let (mine, others) = list.split_once("\n\n").unwrap();
    assert_eq!(
        mine.lines().collect::<Vec<_>>(),
        [
            "Mine",
            "  Tuesday  Tuesday",
            "    0:07  7 s easy",
            "  broken",
            "    has mistakes: see `pacebell check broken`",
            "  Mine  fifths  (yours, instead of the built-in one)",
            "    0:09  9 s easy",
        ]
    );
    assert!(others.contains("  Short intervals  short-intervals\n"), "{others}");
    assert!(!others.contains("  Fifths"), "{others}");
    assert!(refused(&run(&["show", "broken"])).contains("broken.toml:1"));
}

#[test]
fn list_groups_workouts_by_purpose_and_fits_80_columns() {
    let list = out(&pacebell(&["list"]));
    let headings: Vec<&str> =
        list.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect();
    assert_eq!(headings[..4], ["Intervals and speed", "Tempo and progression", "Easy", "Long"]);
    let place = |text: &str| list.find(text).unwrap();
    assert!(place("\nLong\n") < place("  Fifths  fifths\n"), "{list}");
    assert!(place("  Fifths  fifths\n") < place("\nHills\n"), "{list}");
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
}

#[test]
fn list_finds_words_in_titles_names_tags_and_groups() {
    let listed = |words: &[&str]| {
        let list = out(&pacebell(&[&["list"], words].concat()));
        let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("    "));
        names.map(|line| line.rsplit("  ").next().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(listed(&["YASSO"]), ["yasso-800s"]);
    assert_eq!(listed(&["mile", "repeats"]), ["mile-repeats"]);
    assert_eq!(listed(&["heart-rate"]), ["norwegian-4x4", "heart-rate-progression"]);
    assert_eq!(listed(&["races and"]), ["5k-time-trial"]);
    let nothing = refused(&pacebell(&["list", "zebra"]));
    assert!(nothing.contains("no workout in the library matches `zebra`"), "{nothing}");
}

/// Runs pacebell with variables that ask for colours or against them.
fn with_environment(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pacebell"));
    command.args(arguments).env_clear().env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(name, home.path());
    }
    out(&command.envs(environment.iter().copied()).output().unwrap())
}

/// Removes the escape sequences of colours.
fn without_colors(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
}

#[test]
fn colours_are_asked_for_or_against() {
    let show = &["show", "short-intervals"][..];
    let plain = with_environment(show, &[]);
    assert!(!plain.contains('\u{1b}'), "output that is not a terminal is plain");
    for (arguments, environment, is_coloured) in [
        (&["--color", "always"][..], &[][..], true),
        (&["--color=always"], &[("NO_COLOR", "1")], true),
        (&["--color", "auto"], &[], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
    ] {
        let shown = with_environment(&[show, arguments].concat(), environment);
        assert_eq!(shown.contains('\u{1b}'), is_coloured, "{arguments:?} {environment:?}");
        if !is_coloured {
            assert_eq!(shown, plain);
        }
    }
    for (arguments, is_coloured) in [
        (["--color", "always", "show", "short-intervals"].as_slice(), true),
        (&["--color", "always", "show", "short-intervals", "--color", "never"], false),
    ] {
        let shown = with_environment(arguments, &[]);
        assert_eq!(shown.contains('\u{1b}'), is_coloured, "{arguments:?}");
    }
}

#[test]
fn colours_change_no_character_of_a_list() {
    for arguments in [&["list"][..], &["check", "short-intervals"], &["profile"], &["log"]] {
        let plain = with_environment(arguments, &[]);
        let coloured = with_environment(&[arguments, &["--color", "always"]].concat(), &[]);
        assert_eq!(without_colors(&coloured), plain);
    }
    let shown = with_environment(&["show", "short-intervals", "--color", "always"], &[]);
    // The dark theme: black on red for zone 5, and on green for zone 2.
    assert!(shown.contains("\u{1b}[38;5;16m\u{1b}[48;5;203mZ5\u{1b}[0m"), "{shown}");
    assert!(shown.contains("\u{1b}[38;5;16m\u{1b}[48;5;114mZ2\u{1b}[0m"), "{shown}");
    let few = with_environment(&["show", "short-intervals", "--color", "always"], &[("TERM", "linux")]);
    assert!(few.contains("\u{1b}[41mZ5") && !few.contains("38;5"), "{few}");
}

#[test]
fn remembers_the_names_of_workouts_that_were_run() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("mine.toml");
    std::fs::write(&file, "name = \"Mine\"\nsteps = \"5s easy\"\n").unwrap();
    for what in ["short", "5s easy", file.to_str().unwrap()] {
        out(&pacebell_with(&["run", what, "--speed", "1000"], home.path(), b""));
    }
    let recent = std::fs::read_to_string(home.path().join("pacebell/recent")).unwrap();
    assert_eq!(recent, "short-intervals\n");
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let text = refused(&pacebell(&["show", "short-intervalls"]));
    assert!(text.contains("did you mean `short-intervals`?"), "{text}");
    let text = refused(&pacebell(&["show", "mine.toml"]));
    assert!(text.contains("no file"), "{text}");
    let text = refused(&pacebell(&["fmt", "mine.toml"]));
    assert!(text.contains("no file") && text.contains("check the path"), "{text}");
}

#[test]
fn warm_up_and_cool_down_wrap_any_workout() {
    let text = out(&pacebell(&["simulate", "short", "--warmup", "5min", "--cooldown", "3min"]));
    assert!(text.contains("1380.000  finish"), "{text}");
    let text = out(&pacebell(&["show", "60s hard", "--warmup", "5min"]));
    assert!(text.contains("6:00"), "{text}");
    assert!(!pacebell(&["show", "60s hard", "--warmup", "5"]).status.success());
}

#[test]
fn paces_come_from_a_race_result_in_the_profile() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pacebell")).unwrap();
    let profile = folder.path().join("pacebell/profile.toml");
    std::fs::write(&profile, "[athlete]\n\"5K\" = \"20:00\"\n").unwrap();
    // 5 km at 5K pace take as long as the race.
    let text = out(&pacebell_with(&["simulate", "5km 5K"], folder.path(), b""));
    assert!(text.contains("1200.000  finish"), "{text}");
    std::fs::write(&profile, "[athlete]\n\"5K\" = \"3:00\"\n\"10k\" = 45\n").unwrap();
    let text = refused(&pacebell_with(&["simulate", "5km 5K"], folder.path(), b""));
    assert!(text.contains("profile.toml:2") && text.contains("profile.toml:3"), "{text}");
}

#[test]
fn run_prints_lines_without_a_terminal() {
    let output = pacebell(&["run", "10s hard, 20s easy", "--speed", "100"]);
    // A simulation has no sound, so it does not name the output.
    let events: Vec<String> =
        out(&output).lines().filter(|l| !l.contains("sound: ")).map(String::from).collect();
    let simulated = out(&pacebell(&["simulate", "10s hard, 20s easy"]));
    assert_eq!(events, simulated.lines().collect::<Vec<_>>());
}

#[test]
fn a_reader_that_goes_away_is_not_an_error() {
    let shell = format!("{} show short | head -1", env!("CARGO_BIN_EXE_pacebell"));
    let output = Command::new("sh").args(["-c", &shell]).output().unwrap();
    assert_eq!(err(&output), "");
}

#[test]
fn hostile_notation_is_refused_in_little_memory() {
    let brackets = "(".repeat(10_000) + "60s" + &")".repeat(10_000);
    let repeats = "9×(".repeat(20) + "1s" + &")".repeat(20);
    let words = format!("open walk{}", " | every 1s: a".repeat(100));
    for notation in [
        "1000000×(1000000×1s)",
        "3000×open easy | every 1s: a",
        &words,
        "4294967296×1s",
        "99999999999999999999×1s",
        "1×1000000h",
        &brackets,
        &repeats,
    ] {
        let limited = format!("ulimit -v 400000; exec {} show \"$1\"", env!("CARGO_BIN_EXE_pacebell"));
        let output = Command::new("sh").args(["-c", &limited, "sh", notation]).output().unwrap();
        let text = refused(&output);
        assert!(text.contains("help"), "{text}");
    }
}

#[test]
fn hostile_files_are_refused_and_cannot_write_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let big = vec![b'a'; 100_000_000];
    let rubbish: Vec<u8> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let nested = [b"name = \"x\"\nsteps = ".as_slice(), &b"[".repeat(100_000)].concat();
    let tables = b"[a]\n[a.b]\n".repeat(5_000);
    let cases: [(&str, &[u8]); 6] = [
        ("big", &big),
        ("rubbish", &rubbish),
        ("nested", &nested),
        ("tables", &tables),
        (
            "escape",
            "name = \"\u{202e}x\u{2066}\"\nsteps = [\"\u{1b}[31m\u{9b}2J60s \u{202e}hard\u{7}\"]\n"
                .as_bytes(),
        ),
        ("empty", b""),
    ];
    for (name, bytes) in cases {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let limited = format!("ulimit -v 400000; exec {} show \"$1\"", env!("CARGO_BIN_EXE_pacebell"));
        let output = Command::new("sh").args(["-c", &limited, "sh"]).arg(&file).output().unwrap();
        let text = refused(&output);
        assert!(
            !text
                .chars()
                .any(|c| ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c))
        );
    }
    assert!(refused(&pacebell(&["show", "/dev/zero"])).contains("not a regular file"));
    assert!(refused(&pacebell(&["show", "/"])).contains("folder"));
}

#[test]
fn a_name_cannot_send_commands_to_the_terminal() {
    let workout = "name = \"x\\u001b[2J\\u202ey\\u0007\"\nabout = \"\\u009b31m\"\nsteps = [\"A\\u200f: 5s hard | 1s: \\u001b]0;t\"]\n";
    for command in ["show", "simulate"] {
        let output = pacebell_with(&[command, "-"], tempfile::tempdir().unwrap().path(), workout.as_bytes());
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &err(&output);
        let obeyed = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200f}".contains(c);
        assert!(!text.chars().any(obeyed), "{text:?}");
    }
}

#[test]
fn show_reports_all_mistakes_at_once() {
    let workout = "name = \"x\"\nsteps = [\"8×60s hrad / 60s easy\", \"5m easy\"]\ntag = []\n";
    let text =
        refused(&pacebell_with(&["show", "-"], tempfile::tempdir().unwrap().path(), workout.as_bytes()));
    assert_eq!(text.matches("error: ").count(), 3, "{text}");
    assert!(
        text.contains("did you mean `hard`?") && text.contains("5 minutes, 5 metres or 5 miles?"),
        "{text}"
    );
    assert!(text.contains("`tags`"), "{text}");
    assert!(text.contains("2 | steps = [\"8×60s hrad / 60s easy\", \"5m easy\"]"), "{text}");
}

/// Runs `check --fix` on a file. Returns the fixed text and the program's output.
fn fixed(text: &str) -> (String, Output) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, text).unwrap();
    let output = pacebell(&["check", "--fix", file.to_str().unwrap()]);
    (std::fs::read_to_string(&file).unwrap(), output)
}

#[test]
fn check_underlines_eight_mistakes_in_file_order() {
    let text = "name = \"x\"\ntag = []\nsteps = [\n  \"8×60s hrad / 60s easy\",\n  \"1,5km easy, 5m easy\",\n  \
                { time = 60 },\n  { tim = \"60s\" },\n  \"10K\",\n]\nincline = 99\n";
    let output = pacebell_with(&["check", "-"], tempfile::tempdir().unwrap().path(), text.as_bytes());
    let said = refused(&output);
    let lines: Vec<u32> = said
        .lines()
        .filter_map(|l| l.trim_start().strip_prefix("--> standard input:"))
        .map(|place| place.split(':').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(lines, [2, 4, 5, 5, 6, 7, 8, 10], "{said}");
    assert_eq!(said.matches("= help:").count(), 8, "{said}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("8 errors"));
}

#[test]
fn fix_changes_only_what_has_one_possible_fix() {
    let (text, output) =
        fixed("name = \"x\"\r\nsteps = [\"8×60s hrad / 60s easy\",\t\"5m easy\"] # mine\r\n");
    assert_eq!(text, "name = \"x\"\r\nsteps = [\"8×60s hard / 60s easy\",\t\"5m easy\"] # mine\r\n");
    assert_eq!(output.status.code(), Some(2), "5m stays ambiguous");
    let (text, output) = fixed("name = \"x\"\nsteps = \"hard 5 min, 1,5km easy\"\n");
    assert_eq!(text, "name = \"x\"\nsteps = \"5 min hard, 1.5km easy\"\n");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn fix_does_not_guess_and_changes_nothing_but_notation() {
    for text in [
        "name = \"x\"\nsteps = [\"warmup\", \"8×60s hard / 60s easy\", \"cooldown\"]  # mine\n",
        "name = \"x\"\nsteps = \"walk ^2%\" # mine\n",
        "name = \"x\"\nsteps = \"\"\"\nmile easy\"\"\"\n[parts]\na = \"60s easy\"\n",
        "name = \"x\"\nsteps = \"5min easy hrad sets\"\n",
    ] {
        let (after, output) = fixed(text);
        assert_eq!(after, text);
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn fmt_keeps_comments_and_is_idempotent() {
    let text = "# mine\nname = \"x\"  # yes\nsteps = [\"8 X 60 sec  hard/60s easy\"]\n";
    let once = out(&pacebell_with(&["fmt", "-"], tempfile::tempdir().unwrap().path(), text.as_bytes()));
    assert!(once.starts_with("# mine\nname = \"x\"  # yes\nsteps = [\"8×60s hard / 60s easy\"]"), "{once}");
    let twice = out(&pacebell_with(&["fmt", "-"], tempfile::tempdir().unwrap().path(), once.as_bytes()));
    assert_eq!(once, twice);
}

#[test]
fn set_gives_a_parameter_its_value() {
    let text = "name = \"x\"\nsteps = \"{n}×60s hard / 60s easy\"\n[parameters.n]\ndefault = 8\n";
    let total = |set: &[&str]| {
        let arguments = [&["simulate", "-"], set].concat();
        let lines = out(&pacebell_with(&arguments, tempfile::tempdir().unwrap().path(), text.as_bytes()));
        lines.lines().last().unwrap().split_whitespace().next().unwrap().to_string()
    };
    assert_eq!(total(&[]), "900.000");
    assert_eq!(total(&["--set", "n=3"]), "300.000");
    let wrong =
        pacebell_with(&["show", "-", "--set", "m=3"], tempfile::tempdir().unwrap().path(), text.as_bytes());
    assert!(refused(&wrong).contains("--set m"), "{}", err(&wrong));
}

#[test]
fn check_reports_every_target_out_of_bounds() {
    let text = refused(&pacebell(&["check", "5min Z7 RPE 11, 5min easy incline 50% RPE 12 | 6min: late"]));
    assert_eq!(text.matches("error: ").count(), 4, "{text}");
}

#[test]
fn run_refuses_settings_with_mistakes() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("pacebell")).unwrap();
    let settings = "theme = \"drak\"\n[keys]\npuase = [\"Spcae\"]\nskip = [\"q\"]\n";
    std::fs::write(home.path().join("pacebell/config.toml"), settings).unwrap();
    let text = refused(&pacebell_with(&["run", "--plain", "5min hard"], home.path(), b""));
    for said in [
        "unknown theme `drak`",
        "did you mean `dark`?",
        "did you mean `pause`?",
        "`q` is already the key for `quit`",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    // Commands without a screen do not read the settings.
    out(&pacebell_with(&["explain", "5min hard"], home.path(), b""));
    out(&pacebell_with(&["log", "--json"], home.path(), b""));
}

#[test]
fn lines_about_open_steps_name_the_key_of_the_settings() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("pacebell")).unwrap();
    std::fs::write(home.path().join("pacebell/config.toml"), "[keys]\nend_step = [\"x\"]\n").unwrap();
    for (arguments, said) in [
        (&["show", "open walk"][..], "until x"),
        (&["show", "open×(60s hard, 60s easy)"], "repeats until x"),
        (&["explain", "open×(60s hard, 60s easy)"], "until you press x"),
    ] {
        let text = out(&pacebell_with(arguments, home.path(), b""));
        assert!(text.contains(said) && !text.contains("Enter"), "{arguments:?}: {text}");
    }
}

#[test]
fn refuses_unknown_themes_and_flash_values() {
    assert!(refused(&pacebell(&["--theme", "solarized"])).contains("contrast"));
    assert!(
        refused(&pacebell(&["run", "fifths", "--flash", "maybe"])).contains("[possible values: on, off]")
    );
}

#[test]
fn words_that_are_not_a_command_are_answered_with_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "name = \"Mine\"\nsteps = [\"7s easy\"]\n").unwrap();
    let file = file.to_str().unwrap();
    let run_file = format!("run it with `pacebell run {file}`");
    let cases: [(&[&str], &str); 15] = [
        (&["8×60s hard / 60s easy"], "run it with `pacebell run \"8×60s hard / 60s easy\"`"),
        (&["8×60s", "hard", "/", "60s", "easy"], "run it with `pacebell run \"8×60s hard / 60s easy\"`"),
        (&["8×60s hrad"], "run it with `pacebell run \"8×60s hrad\"`"),
        (&["short-intervals"], "run it with `pacebell run short-intervals`"),
        (&["fif"], "run it with `pacebell run fifths`"),
        (&[file], &run_file),
        (&["rnu"], "did you mean `pacebell run`?"),
        (&["rnu", "8×60s hard"], "write `pacebell run \"8×60s hard\"`"),
        (&["strat", "hills"], "write `pacebell run hill-repeats`"),
        (&["go"], "write `pacebell` to choose a workout, or `pacebell run short-intervals`"),
        (&["start", "plan", "micro-run"], "write `pacebell plan start micro-run`"),
        (&["tuseday"], "write `pacebell week tuesday` for the sessions of your plan"),
        (&["version"], "write `pacebell --version`"),
        (
            &["delete", "hills"],
            "choose the workout in `pacebell` and press Delete, or write `pacebell log delete last` for the latest session",
        ),
        (&["zzzz"], "`pacebell --help` lists the commands, and `pacebell list` the workouts"),
    ];
    for (arguments, help) in cases {
        let text = refused(&pacebell(arguments));
        assert!(text.contains(&format!("  = help: {help}\n")), "{arguments:?}: {text}");
    }
    refused(&pacebell(&["\u{1b}[2J"]));
}

#[test]
fn options_that_do_nothing_are_refused() {
    for (arguments, says) in [
        (&["list", "--theme", "light"][..], "unexpected argument '--theme'"),
        (&["--theme", "light", "list"], "'--theme <THEME>' cannot be used with 'pacebell list'"),
        (&["show", "fifths", "--log", "x.db"], "unexpected argument '--log'"),
        (&["log", "--json", "show"], "'--json' cannot be used with 'pacebell log show'"),
        (&["log", "--json", "--csv"], "'--json' cannot be used with '--csv'"),
        (&["log", "--csv", "--theme", "dark"], "'--csv' cannot be used with '--theme <THEME>'"),
        (&["run", "-p", "--flash", "off", "5s easy"], "'--plain' cannot be used with '--flash <SWITCH>'"),
        (&["log", "edit", "1"], "--rpe <NUMBER>|--breath <BREATH>|--feel <FEEL>"),
    ] {
        let text = refused(&pacebell(arguments));
        assert!(text.contains(says), "{arguments:?}: {text}");
    }
}

#[test]
fn options_of_a_command_may_stand_in_front_of_it() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("mine.db");
    let log = log.to_str().unwrap();
    let run = |arguments: &[&str]| out(&pacebell_with(arguments, home.path(), b""));
    run(&["--log", log, "log", "add", "45min easy", "--on", "yesterday"]);
    for arguments in
        [["log", "--log", log, "show"], ["log", "show", "--log", log], ["--log", log, "log", "show"]]
    {
        assert!(run(&arguments).contains("45:00"), "{arguments:?}");
    }
    assert!(!run(&["log"]).contains("45:00"));
}

#[test]
fn short_options_stand_for_long_ones() {
    let text = out(&pacebell(&["simulate", "short", "-w", "5min", "-c", "3min"]));
    assert!(text.contains("1380.000  finish"), "{text}");
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| out(&pacebell_with(arguments, home.path(), b""));
    let added = run(&["log", "add", "45min easy", "--on", "yesterday", "-r", "3", "-n", "windy"]);
    assert!(added.contains("RPE 3") || added.contains("rpe 3"), "{added}");
    assert!(run(&["log", "show"]).contains("windy"));
}

#[test]
fn log_show_without_an_id_shows_the_latest_session() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| pacebell_with(arguments, home.path(), b"");
    assert!(refused(&run(&["log", "show"])).contains("the log is empty"));
    out(&run(&["log", "add", "45min easy", "--on", "yesterday"]));
    out(&run(&["log", "add", "30min steady", "--on", "3 days ago"]));
    assert!(out(&run(&["log", "show"])).contains("45:00"));
    assert_eq!(out(&run(&["log", "show", "--json"])), out(&run(&["log", "show", "1", "--json"])));
}

#[test]
fn a_session_of_the_log_has_a_number_and_a_day() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| pacebell_with(arguments, home.path(), b"");
    out(&run(&["log", "add", "45min easy", "--on", "yesterday"]));
    out(&run(&["log", "add", "30min steady", "--on", "3 days ago"]));
    for (session, shown) in
        [("last", "45:00"), ("yesterday", "45:00"), ("3 days ago", "30:00"), ("2", "30:00")]
    {
        assert!(out(&run(&["log", "show", session])).contains(shown), "{session}");
    }
    assert!(out(&run(&["log", "edit", "last", "--rpe", "5"])).contains('5'));
    assert!(refused(&run(&["log", "delete", "2 days ago"])).contains("there is no session on"));
    out(&run(&["log", "add", "20min easy", "--on", "yesterday"]));
    assert!(
        refused(&run(&["log", "delete", "yesterday"]))
            .contains("write the number: 1 for 45min easy, 3 for 20min easy")
    );
    out(&run(&["log", "delete", "3 days ago"]));
    assert!(!out(&run(&["log"])).contains("30min steady"));
}

#[test]
fn following_the_help_of_a_value_works() {
    let today = chrono::Local::now().date_naive();
    let day = (today - chrono::Duration::days(40)).format("%Y/%-m/%-d").to_string();
    let iso = (today - chrono::Duration::days(40)).format("%Y-%m-%d").to_string();
    let (digits, weeks) = (iso.replace('-', ""), "2weeks");
    for (wrong, help) in [
        (&["log", "list", "--since", &day][..], format!("did you mean {iso}?")),
        (&["log", "list", "--since", &digits], format!("did you mean {iso}?")),
        (&["log", "list", "--since", weeks], "did you mean \"2 weeks ago\"?".to_string()),
        (&["log", "add", "30min easy", "--pace", "5.00"], "write 5:00".to_string()),
        (&["log", "add", "30min easy", "--pace", "5:00min/km"], "write 5:00/km".to_string()),
        (&["profile", "race", "5K", "25:00:00"], "write `pacebell profile race 5K 25:00`".to_string()),
        (&["week", "tuseday"], "did you mean tuesday?".to_string()),
        (&["week", "next"], "did you mean \"next week\"?".to_string()),
        (&["run", "tody"], "did you mean `today`".to_string()),
        (&["run", "tuesday"], "`pacebell week tuesday` shows".to_string()),
        (&["config", "set", "theme", "dark"], "write `theme = \"dark\"` in ".to_string()),
        (
            &["profile", "set", "heart", "rate", "max", "185"],
            "write `pacebell profile set athlete.hr_max 185`".to_string(),
        ),
        (&["fmt"], "`pacebell fmt tuesday.toml`".to_string()),
        (&["day", "undo", "Walk"], "`pacebell day done Walk --undo`".to_string()),
        (&["import", "good.zwo", "-n"], "`pacebell import good.zwo --dry-run`".to_string()),
        (&["export", "hills", "--to", "zwo"], "-o hills.zwo`".to_string()),
    ] {
        let text = refused(&pacebell(wrong));
        assert!(text.contains(&help), "{wrong:?}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn usage_lines_name_the_program_and_not_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pb-x");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_pacebell"), &file).unwrap();
    for words in [&["run"][..], &["log", "frob"], &["run", "--help"]] {
        let output = Command::new(&file).args(words).env_clear().env("HOME", folder.path()).output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), err(&output));
        assert!(text.contains("Usage: pacebell ") && !text.contains("pb-x"), "{text}");
    }
}

/// Runs `--help` on a command.
fn help(command: &[&str]) -> String {
    out(&pacebell(&[command, &["--help"]].concat()))
}

/// The names of a command's subcommands, as its help lists them.
fn subcommands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names =
        list.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(String::from).collect()
}

#[test]
fn every_help_has_examples_and_fits_into_80_columns() {
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    let mut seen = 0;
    while let Some(command) = commands.pop() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let text = help(&words);
        assert!(text.contains("\nExamples:\n  pacebell"), "{command:?}");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{command:?}: {line}");
        }
        commands.extend(subcommands(&text).into_iter().map(|name| [command.clone(), vec![name]].concat()));
        seen += 1;
    }
    assert!(seen >= 27, "{seen}");
}

#[test]
fn examples_in_the_help_are_valid() {
    let home = tempfile::tempdir().unwrap();
    for command in subcommands(&help(&[])) {
        for line in help(&[&command]).lines().skip_while(|line| *line != "Examples:").skip(1) {
            // The shell handles the rest of the line.
            let line = line.split(['|', '<', '>']).next().unwrap().trim();
            // A shell parses the line, and pacebell parses it up to `--help`.
            let script = line.replacen("pacebell", "\"$0\"", 1) + " --help";
            let output = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_pacebell")])
                .env("HOME", home.path())
                .output()
                .unwrap();
            assert!(output.status.success(), "{line}: {}", err(&output));
        }
    }
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let commands = subcommands(&help(&[]));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = out(&pacebell(&["completions", shell]));
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell}: {command}");
        }
        assert!(script.contains("warmup"), "{shell}");
    }
    assert!(refused(&pacebell(&["completions", "tcsh"])).contains("bash"));
    assert!(out(&pacebell(&["man"])).contains(".TH pacebell 1"));
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    assert_eq!(out(&pacebell(&["man", "--dir", pages.to_str().unwrap()])), "");
    for command in &commands {
        let page = std::fs::read_to_string(pages.join(format!("pacebell-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    assert!(pages.join("pacebell-log-edit.1").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let home = tempfile::tempdir().unwrap();
    for command in [
        "--help",
        "--version",
        "run --help",
        "help log",
        "completions bash",
        "man",
        "list",
        "show short-intervals",
        "explain short-intervals",
        "simulate short-intervals",
        "schema",
        "language",
        "--help",
        "check short-intervals",
        "new mine",
        "log",
        "log --json",
        "log --csv",
        "profile",
        "profile --json",
        "",
    ] {
        let script = format!("\"$0\" {command} > /dev/full");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_pacebell")])
            .env_clear()
            .env("HOME", home.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{command}: {}", err(&output));
        assert!(err(&output).contains("error: No space left on device"), "{command}: {}", err(&output));
    }
}

#[test]
fn language_prints_the_page() {
    let printed = pacebell(&["language"]);
    assert!(printed.status.success(), "{}", err(&printed));
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/language.md")).unwrap();
    assert_eq!(out(&printed), page);
}

#[test]
fn notation_with_a_slash_and_no_spaces_is_no_path() {
    for notation in ["Hill:6x60s/60s", "tempo:3x5min/1min", "open@8:00/mi", "8x60s/60s", "(1min,2min)/1min"] {
        let shown = pacebell(&["show", notation]);
        assert!(shown.status.success(), "{notation}: {}", err(&shown));
    }
    // Notation with a mistake gets the help for notation.
    let wrong = pacebell(&["show", "Hill:6x60m/60s"]);
    assert!(err(&wrong).contains("Hill: 6×60 metres / 60s`"), "{}", err(&wrong));
    for path in ["workouts/tuesday", "./hills", "~/hills", "/tmp/pacebell-has-no-such-file"] {
        let missing = pacebell(&["show", path]);
        assert!(err(&missing).contains(&format!("there is no file `{path}`")), "{path}: {}", err(&missing));
        assert!(err(&missing).contains("taken for a path"), "{path}: {}", err(&missing));
    }
}

#[test]
fn standard_input_is_notation_or_toml() {
    let home = tempfile::tempdir().unwrap();
    let read = |command: &str, input: &str| pacebell_with(&[command, "-"], home.path(), input.as_bytes());
    let notation = read("show", "5km easy\n");
    let toml = read("show", "name = \"T\"\nsteps = \"5km easy\"\n");
    assert!(notation.status.success() && toml.status.success(), "{} {}", err(&notation), err(&toml));
    assert!(out(&notation).contains("5 km") && out(&toml).contains("5 km"), "{}", out(&notation));
    let phrase = read("explain", "6x400m 5K w/ 90s jog\n10min easy\n");
    assert!(out(&phrase).contains("Six times"), "{}", err(&phrase));
    for (input, read_as) in [("5km eeasy tempo\n", "notation"), ("name = \"T\nsteps = 5\n", "TOML")] {
        let wrong = read("show", input);
        assert!(err(&wrong).contains(&format!("standard input (read as {read_as}):")), "{}", err(&wrong));
    }
}

#[test]
fn no_tip_moves_a_value_before_its_command() {
    for words in [&["checkin", "3", "9", "3", "4"][..], &["schema", "nope"]] {
        let message = err(&pacebell(words));
        assert!(message.contains("invalid value") && !message.contains("tip:"), "{message}");
    }
}
