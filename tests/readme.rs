//! Checks the README and the pages in `docs`: their workouts compile, their keys, commands and settings exist, and
//! their links lead somewhere.

use crate::fixture::pacebell_at;
use pacebell::athlete::NamedPace;
use pacebell::cues::NotePitch;
use pacebell::keymap::{Action, KeyContext, Keymap};
use pacebell::runner::profile::Profile;
use pacebell::settings::{Appearance, Settings};
use pacebell::workout::{Compiled, Diagnostic, Options, SourceText, compile_file, compile_notation};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A page of the documentation.
struct DocPage {
    /// The path from the root of the repository.
    path: String,
    text: String,
}

impl DocPage {
    fn read(path: &str) -> DocPage {
        let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        DocPage { path: path.to_string(), text }
    }

    /// The code blocks in a language.
    fn blocks(&self, language: &str) -> Vec<&str> {
        let opening = format!("```{language}\n");
        self.text.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
    }

    /// The text below a heading, up to the next heading of any level.
    fn section(&self, heading: &str) -> &str {
        let start = self.text.find(&format!("# {heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
        let body = self.text[start..].split_once('\n').unwrap().1;
        body.split("\n#").next().unwrap()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The README, the pages about the repository, and all of `docs`.
fn pages() -> Vec<DocPage> {
    let mut paths = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(String::from).to_vec();
    for entry in std::fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            paths.push(format!("docs/{name}"));
        }
    }
    assert!(paths.len() > 10, "{paths:?}");
    paths.iter().map(|path| DocPage::read(path)).collect()
}

/// The rows of a section's tables, as cells, without the headings.
fn rows(section: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = section.lines().collect();
    lines
        .windows(2)
        .filter(|pair| pair[0].starts_with("| ") && !pair[1].starts_with("|--"))
        .map(|pair| pair[0].trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// The texts between backticks.
fn codes(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn compile(notation: &str) -> Result<Compiled, Vec<Diagnostic>> {
    compile_notation(&SourceText::new("docs", notation), None, &Options::default())
}

fn assert_compiles(notation: &str) {
    if let Err(problems) = compile(notation) {
        panic!("{notation}: {problems:?}");
    }
}

/// Both texts compile to the same steps.
fn assert_same(phrase: &str, notation: &str) {
    let steps = |text: &str| -> Vec<String> {
        let compiled = compile(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        let steps = compiled.sequence.steps.iter();
        steps.map(|s| format!("{:?} {:?} {:?} {:?}", s.kind, s.end, s.target, s.incline)).collect()
    };
    assert_eq!(steps(phrase), steps(notation), "{phrase}");
}

#[test]
fn the_readme_has_at_most_1500_words() {
    let words = DocPage::read("README.md").text.split_whitespace().count();
    assert!(words <= 1500, "{words} words");
}

#[test]
fn every_workout_compiles() {
    let (mut lines, mut files) = (0, Vec::new());
    for page in pages() {
        for line in page.blocks("text").into_iter().flat_map(str::lines) {
            assert_compiles(line);
            lines += 1;
        }
        for text in page.blocks("toml").into_iter().filter(|b| b.starts_with("name ")) {
            // Plans have tests of their own.
            if text.contains("[[week]]") {
                continue;
            }
            let source = SourceText::new(page.path.clone(), text);
            let compiled = compile_file(&source, None, &Options::default());
            let compiled = compiled.unwrap_or_else(|problems| panic!("{}: {problems:?}", page.path));
            files.push((page.path.clone(), compiled.sequence.totals().time.seconds()));
        }
    }
    assert!(lines >= 15, "{lines} lines");
    // The README says 15:00 of the first; the second is 10 + 6×1:30 + 5×2:00 + 0:20 + 0:40 + 0:20 + 5 min.
    let readme: Vec<&str> =
        files.iter().filter(|(page, _)| page == "README.md").map(|(_, total)| total.as_str()).collect();
    assert_eq!(readme, ["900.000", "2120.000"]);
    assert!(files.len() >= 7, "{files:?}");
}

#[test]
fn every_example_in_the_language_reference_is_read() {
    let page = DocPage::read("docs/language.md");
    let first_column = |heading: &str| -> Vec<&str> {
        let cells: Vec<&str> = rows(page.section(heading)).iter().flat_map(|row| codes(row[0])).collect();
        assert!(!cells.is_empty(), "{heading}");
        cells
    };
    for length in first_column("Lengths") {
        assert_compiles(&format!("5min easy, {length}"));
    }
    for recovery in first_column("Recoveries") {
        assert_compiles(recovery);
    }
    for row in ["Phrases", "Recoveries"].into_iter().flat_map(|heading| rows(page.section(heading))) {
        let (written, meant) = (codes(row[0]), codes(row[1]));
        if row[1].starts_with('`') {
            assert_eq!(written.len(), meant.len(), "{row:?}");
            written.into_iter().zip(meant).for_each(|(phrase, notation)| assert_same(phrase, notation));
        }
    }
    for target in first_column("Targets").into_iter().chain(first_column("Efforts and paces")) {
        assert_compiles(&format!("5min {target}"));
    }
    for when in first_column("Cues") {
        assert_compiles(&format!("20min easy | {when}: text"));
    }
    for row in rows(page.section("Repeats")) {
        let notation = codes(row[0])[0];
        let totals = compile(notation).unwrap().sequence.totals();
        let total = match (totals.open, totals.least == totals.time) {
            (true, _) => "open".to_string(),
            (false, true) => totals.time.to_string(),
            (false, false) => format!("{}–{}", totals.least, totals.time),
        };
        assert_eq!(total, row[2], "{notation}");
    }
    for wrong in first_column("What is not read") {
        assert!(compile(wrong).is_err(), "{wrong} is read");
    }
    let lengths = page.section("Lengths");
    let units = lengths.lines().find(|line| line.starts_with("The units are")).unwrap();
    for unit in codes(units) {
        let number = if unit == "m" { 100 } else { 1 };
        assert_compiles(&format!("{number} {unit} easy"));
    }
}

#[test]
fn the_keys_are_the_keys_of_the_running_screen() {
    let page = DocPage::read("docs/running.md");
    let rows: Vec<String> = Keymap::defaults()
        .of(KeyContext::Running)
        .map(|b| {
            let names: Vec<String> = b.labels.iter().map(|label| format!("`{label}`")).collect();
            format!("| {} | {} |\n", names.join(" "), b.description)
        })
        .collect();
    let (before, rest) = page.text.split_once("<!-- keys").unwrap();
    let (heading, rest) = rest.split_once("|---|---|\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of keys").unwrap();
    let text = format!("{before}<!-- keys{heading}|---|---|\n{}<!-- end of keys{after}", rows.concat());
    assert_is_current(&page.path, &text);
}

/// The file holds the text. Otherwise it is rewritten under `INSTA_UPDATE=always`, as snapshots are.
fn assert_is_current(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(file, text).unwrap();
    } else {
        let current = std::fs::read_to_string(file).unwrap();
        assert!(
            current == text,
            "{path} is not current: run `INSTA_UPDATE=always cargo test --test main readme::` and look at it"
        );
    }
}

#[test]
fn the_pictures_show_the_current_screen() {
    let mut bytes = 0;
    for (name, svg) in crate::screenshots::pictures() {
        bytes += svg.len();
        assert_is_current(&format!("docs/images/{name}"), &svg);
    }
    assert!(bytes < 600_000, "the pictures take {bytes} bytes");
}

#[test]
fn the_profile_has_every_key() {
    let page = DocPage::read("docs/profile.md");
    let text = page.blocks("toml").into_iter().find(|b| b.contains("[athlete]")).unwrap();
    let parsed = Profile::parse(&SourceText::new("docs", text), None).unwrap();
    assert_eq!(parsed.warnings, []);
    let vdot = parsed.profile.athlete.vdot().unwrap();
    assert!((vdot - 43.38).abs() < 0.01, "{vdot}");
    for table in ["athlete", "belt", "units"] {
        let source = SourceText::new("wrong", format!("[{table}]\nnonsense = 1\n"));
        let problem = Profile::parse(&source, None).unwrap_err().remove(0);
        assert_lists_every_key(text, &problem, 3);
    }
    for pace in NamedPace::ALL {
        assert!(text.contains(pace.key()), "{}", pace.key());
    }
}

/// The help for an unknown key names all known ones.
fn assert_lists_every_key(text: &str, problem: &Diagnostic, fewest: usize) {
    let help = problem.help.as_deref().unwrap();
    let keys = codes(help);
    assert!(keys.len() >= fewest && keys.iter().all(|key| text.contains(key)), "{help}");
}

#[test]
fn the_settings_have_every_key() {
    let page = DocPage::read("docs/settings.md");
    let text = page.blocks("toml")[0];
    let settings = Settings::parse(&SourceText::new("docs", text)).unwrap();
    assert_eq!((settings.theme, settings.flash), (Some(Appearance::Light), false));
    assert_eq!(settings.sound.signals, NotePitch::Low);
    let names = |context, action| settings.keymap.find(context, action).unwrap().all_labels();
    assert_eq!(names(KeyContext::Running, Action::Pause), "Space  p  F5");
    assert_eq!(names(KeyContext::Running, Action::Skip), "PageDown  x");
    assert_eq!(names(KeyContext::Logged, Action::Undo), "Ctrl-U");
    for (table, fewest) in [("", 4), ("[sound]", 6), ("[sound.volume]", 3)] {
        let source = SourceText::new("wrong", format!("{table}\nnonsense = 1\n"));
        assert_lists_every_key(text, &Settings::parse(&source).unwrap_err()[0], fewest);
    }
    for theme in ["dark", "light", "contrast", "colour-blind", "none"] {
        assert!(text.contains(&format!("\"{theme}\"")), "{theme}");
    }
    for action in Keymap::defaults().of(KeyContext::Running).map(|b| b.action.name()) {
        assert!(page.text.contains(&format!("`{action}`")), "{action}");
    }
}

fn run(arguments: &[&str]) -> (bool, String) {
    let home = tempfile::tempdir().unwrap();
    let output = pacebell_at(home.path()).args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn the_example_of_an_error_is_what_the_program_prints() {
    let page = DocPage::read("docs/language.md");
    let home = tempfile::tempdir().unwrap();
    let file = "name  = \"Tuesday\"\nabout = \"Three times five minutes.\"\n\nsteps = [\"3×5′ tempoo / 1min easy\"]\n";
    std::fs::write(home.path().join("tuesday.toml"), file).unwrap();
    let mut command = pacebell_at(home.path());
    let output = command.current_dir(home.path()).args(["check", "tuesday.toml"]).output().unwrap();
    let printed = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
    let prompt = "```console\n$ pacebell check tuesday.toml\n";
    let (before, rest) = page.text.split_once(prompt).unwrap();
    let after = rest.split_once("```").unwrap().1;
    assert_is_current(&page.path, &format!("{before}{prompt}{printed}```{after}"));
}

/// The names of a command's subcommands, as its help lists them.
fn subcommands(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

#[test]
fn every_command_and_option_is_described() {
    let page = DocPage::read("docs/commands.md");
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    let (mut described, mut options) = (0, 0);
    while let Some(command) = commands.pop() {
        let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let (_, help) = run(&words);
        if !command.is_empty() {
            let name = command.join(" ");
            assert!(page.text.contains(&format!("| `pacebell {name}")), "{name}");
        }
        let reference = help.split("Examples:").next().unwrap();
        let flags = reference.split(|c: char| c.is_whitespace() || c == ',').filter(|word| {
            word.starts_with('-') && word.trim_start_matches('-').chars().all(|c| c.is_ascii_lowercase())
        });
        for flag in flags.filter(|flag| flag.len() > 1 && *flag != "--") {
            let is_described = codes(&page.text).iter().any(|code| code.split(' ').any(|word| word == flag));
            assert!(is_described, "{flag} of {command:?}");
            options += 1;
        }
        let next = subcommands(&help).into_iter().map(|name| [command.clone(), vec![name.into()]].concat());
        commands.extend(next);
        described += 1;
    }
    assert!(described >= 27 && options >= 150, "{described} commands, {options} options");
}

/// The words of a shell's line, up to a comment or a redirection.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' | '>' if !quoted => break,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_line_is_accepted() {
    let mut count = 0;
    for page in pages() {
        for line in page.blocks("console").into_iter().flat_map(str::lines) {
            let Some(arguments) = line.strip_prefix("$ pacebell ") else { continue };
            let mut words = shell_words(arguments);
            // `check` takes any word for notation.
            if words.is_empty() || words[0] == "check" {
                continue;
            }
            // The help is printed only if everything before it is an option that exists.
            words.push("--help".to_string());
            let (success, text) = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(success && text.contains("Usage:"), "{}: {line}: {text}", page.path);
            count += 1;
        }
    }
    assert!(count >= 20, "{count}");
}

/// A heading as it stands in a link: `The belt's number` is `the-belts-number`.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(kept)
        .collect::<String>()
        .replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let anchors: BTreeMap<PathBuf, Vec<String>> = pages
        .iter()
        .map(|page| {
            let headings = page.text.lines().filter(|line| line.starts_with('#')).map(anchor);
            (root().join(&page.path), headings.collect())
        })
        .collect();
    for page in &pages {
        let here = root().join(&page.path);
        for link in page.text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            if path.starts_with("https://") {
                continue;
            }
            let target = resolve(&here, path);
            assert!(target.exists(), "{}: {link}", page.path);
            let known =
                heading.is_empty() || anchors.get(&target).is_some_and(|a| a.iter().any(|a| a == heading));
            assert!(known, "{}: {link}", page.path);
        }
    }
}

#[test]
fn every_file_that_is_named_exists() {
    for page in pages() {
        let named = codes(&page.text).into_iter().filter(|code| !code.contains(['*', ' ', '\n']));
        for path in
            named.filter(|c| ["src/", "tests/", "assets/", "docs/", ".ci/"].iter().any(|f| c.starts_with(f)))
        {
            assert!(root().join(path).exists(), "{}: {path}", page.path);
        }
    }
}

/// The file that `path` means on the page `here`.
fn resolve(here: &Path, path: &str) -> PathBuf {
    let mut target = here.to_path_buf();
    if !path.is_empty() {
        target.pop();
    }
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            ".." => _ = target.pop(),
            part => target.push(part),
        }
    }
    target
}
