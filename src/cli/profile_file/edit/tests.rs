use super::*;
use crate::cli::profile_file::full_key;

const MINE: &str = "# Mine.\r\n[athlete]\n5k = { time = \"22:30\", on = 2026-09-13 } # windy\n  # heart\n  hr_max=185# by test\n\n[athlete.paces]\ntempo = \"4:40/km\"\n# the gym\n[belt.gym] # behind the mill\ntop   =  16 # squeaks\n\n# the end";

fn names(dotted: &str) -> Vec<String> {
    path(dotted, None).unwrap()
}

fn set_typed(text: &str, key: &str, typed: &str) -> String {
    set(text, &names(key), &value(typed)).unwrap()
}

/// Replaces a text that occurs once in [`MINE`].
fn swapped(from: &str, to: &str) -> String {
    assert_eq!(MINE.matches(from).count(), 1, "{from}");
    MINE.replace(from, to)
}

#[test]
fn set_changes_nothing_but_the_value() {
    for (key, typed, from, to) in [
        ("belt.gym.top", "18.5", "16 #", "18.5 #"),
        ("athlete.hr_max", "190", "185", "190"),
        ("athlete.paces.threshold", "4:30/km", "\"4:40/km\"", "\"4:30/km\""),
        ("athlete.5K.time", "21:59", "22:30", "21:59"),
        ("athlete.5K", "21:59", "{ time = \"22:30\", on = 2026-09-13 }", "\"21:59\""),
        ("athlete.5k.on", "2026-10-01", "2026-09-13", "2026-10-01"),
    ] {
        assert_eq!(set_typed(MINE, key, typed), swapped(from, to), "{key}");
    }
}

#[test]
fn a_new_key_goes_to_the_end_of_its_table() {
    for (key, typed, after, line) in [
        ("belt.gym.lag", "2.5", "top   =  16 # squeaks\n", "lag = 2.5\r\n"),
        ("athlete.weight", "70kg", "hr_max=185# by test\n", "weight = \"70kg\"\r\n"),
        ("athlete.10k", "47:10", "hr_max=185# by test\n", "10K = \"47:10\"\r\n"),
        ("athlete.paces.easy", "6:00/km", "\"4:40/km\"\n", "easy = \"6:00/km\"\r\n"),
    ] {
        assert_eq!(set_typed(MINE, key, typed), swapped(after, &format!("{after}{line}")), "{key}");
    }
    assert_eq!(set_typed("[belt]", "belt.top", "16"), "[belt]\ntop = 16\n");
    assert_eq!(set_typed("[belt] # x\n[units]", "belt.top", "16"), "[belt] # x\ntop = 16\n[units]");
}

#[test]
fn a_new_table_goes_to_the_end() {
    for (key, typed, table) in [
        ("belt.unit", "mph", "[belt]\r\nunit = \"mph\"\r\n"),
        ("belt.home.top", "20", "[belt.home]\r\ntop = 20\r\n"),
        ("belt.\"at work\".top", "20", "[belt.\"at work\"]\r\ntop = 20\r\n"),
        ("units.pace", "mi", "[units]\r\npace = \"mi\"\r\n"),
    ] {
        assert_eq!(set_typed(MINE, key, typed), format!("{MINE}\r\n\r\n{table}"), "{key}");
    }
    assert_eq!(set_typed("", "athlete.hr_max", "185"), "[athlete]\nhr_max = 185\n");
    assert_eq!(set_typed("# hi\n", "belt.unit", "mph"), "# hi\n\n[belt]\nunit = \"mph\"\n");
}

#[test]
fn dotted_keys_and_inline_tables_stay_what_they_are() {
    let dotted = "athlete.hr_max = 185 # a\nbelt = { unit = \"mph\" } # b\n[units]\n";
    assert_eq!(
        set_typed(dotted, "athlete.lthr", "168"),
        "athlete.hr_max = 185 # a\nathlete.lthr = 168\nbelt = { unit = \"mph\" } # b\n[units]\n"
    );
    assert_eq!(set_typed(dotted, "belt.top", "10"), dotted.replace("\"mph\" }", "\"mph\", top = 10 }"));
    assert_eq!(set_typed(dotted, "belt.unit", "km/h"), dotted.replace("mph", "km/h"));
    assert_eq!(
        set_typed(dotted, "belt.gym.top", "10"),
        dotted.replace("\"mph\" }", "\"mph\", gym.top = 10 }")
    );
    assert_eq!(set_typed("belt = {}\n", "belt.top", "10"), "belt = { top = 10 }\n");
    let removed = |key: &str| unset(dotted, &names(key)).unwrap();
    assert_eq!(removed("belt.unit"), dotted.replace("{ unit = \"mph\" }", "{ }"));
    assert_eq!(removed("athlete.hr_max"), dotted.replace("athlete.hr_max = 185 # a\n", ""));
}

#[test]
fn unset_leaves_the_rest_as_it_was() {
    for (key, line) in [
        ("belt.gym.top", "top   =  16 # squeaks\n"),
        ("athlete.hr_max", "  hr_max=185# by test\n"),
        ("athlete.5K", "5k = { time = \"22:30\", on = 2026-09-13 } # windy\n"),
        ("athlete.paces.tempo", "tempo = \"4:40/km\"\n"),
        ("athlete.5K.on", ", on = 2026-09-13"),
    ] {
        assert_eq!(unset(MINE, &names(key)).unwrap(), swapped(line, ""), "{key}");
    }
    assert_eq!(unset(MINE, &names("athlete.5K.time")).unwrap(), swapped("time = \"22:30\", ", ""));
    let table = "[belt.gym] # behind the mill\ntop   =  16 # squeaks\n";
    assert_eq!(unset(MINE, &names("belt.gym")).unwrap(), swapped(table, ""));
    assert_eq!(unset(MINE, &names("belt.home")).unwrap_err().problem, "`belt.home` is not in the profile");
    assert!(unset(MINE, &names("belt.gym.top.x")).is_err());
}

#[test]
fn a_result_replaces_an_earlier_one() {
    let time = Millis::from_secs(1320);
    let day = |text: &str| Some(text.parse().unwrap());
    let of = |text: &str, on| race(text, Race::FiveK, time, on).unwrap();
    assert_eq!(of("", day("2026-10-01")), "[athlete]\n5K = { time = \"22:00\", on = 2026-10-01 }\n");
    assert_eq!(of("[athlete]\n5K = \"25:00\" # x\n", None), "[athlete]\n5K = \"22:00\" # x\n");
    let both = swapped("22:30", "22:00");
    assert_eq!(of(MINE, day("2026-09-13")), both);
    assert_eq!(of(MINE, None), both.replace(", on = 2026-09-13", ""), "the old day belongs to the old time");
    let headed = "[athlete.5K]\ntime = \"25:00\" # x\n[belt]\n";
    assert_eq!(
        of(headed, day("2026-10-01")),
        "[athlete.5K]\ntime = \"22:00\" # x\non = 2026-10-01\n[belt]\n"
    );
    let exact = race("", Race::Mile, Millis::new(389_500), None).unwrap();
    assert_eq!(exact, "[athlete]\nmile = \"6:29.500\"\n");
}

#[test]
fn a_typed_value_becomes_toml() {
    for (typed, toml) in [
        ("16", "16"),
        ("-2.5", "-2.5"),
        ("22:30", "\"22:30\""),
        ("1:43:20", "\"1:43:20\""),
        ("01:43:20", "\"01:43:20\""),
        ("2026-09-13", "2026-09-13"),
        ("km/h", "\"km/h\""),
        ("\"22:30\"", "\"22:30\""),
        ("true", "\"true\""),
        ("a\"b\\c\u{1b}", "'a\"b\\c\u{1b}'"),
        ("{ time = \"22:30\" }", "{ time = \"22:30\" }"),
    ] {
        let value = value(typed);
        assert!(format!("a = {value}").parse::<toml::Table>().is_ok(), "{value}");
        if !typed.contains('\u{1b}') {
            assert_eq!(value, toml);
        }
    }
}

#[test]
fn refuses_keys_without_a_table() {
    for key in ["", "unit", "belt.", ".unit", "a.b.c.d.e", "belt unit", "belt.unit = 3\n"] {
        assert!(path(key, None).unwrap_err().help.contains("belt.unit"), "{key:?}");
    }
    assert!(
        set(MINE, &names("athlete.hr_max.now"), "1")
            .unwrap_err()
            .problem
            .contains("`athlete.hr_max` is not a table")
    );
    assert!(set(MINE, &names("belt.gym"), "1").unwrap_err().problem.contains("`belt.gym` is a table"));
}

#[test]
fn a_key_without_its_table_is_completed() {
    for (key, full) in [
        ("easy", "`athlete.paces.easy`"),
        ("hr_max", "`athlete.hr_max`"),
        ("max-hr", "`athlete.hr_max`"),
        ("unit", "belt.unit km/h`"),
    ] {
        let help = path(key, full_key::help(key, None)).unwrap_err().help;
        assert!(help.contains(full), "{key}: {help}");
    }
    assert_eq!(path("zzz", full_key::help("zzz", None)).unwrap_err().help, KEY_HELP);
}
