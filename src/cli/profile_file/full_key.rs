//! Keys of the profile without their table, and what they are called elsewhere.

use super::edit::dotted;
use crate::athlete::{NamedPace, Race};
use crate::cli::shell_word::command_line;
use crate::settings;
use crate::text::certain;
use crate::units::typed_time::TypedTime;

/// The keys of the profile's tables, and other words for them.
const KEYS: [(&str, &[&str]); 19] = [
    (
        "athlete.hr_max",
        &[
            "hr_max",
            "max_hr",
            "hrmax",
            "maxhr",
            "max_heart_rate",
            "maximum_heart_rate",
            "heart_rate_max",
            "heart_rate",
            "hr",
        ],
    ),
    (
        "athlete.hr_rest",
        &["hr_rest", "rest_hr", "resting_hr", "resthr", "hrrest", "rhr", "resting_heart_rate", "resting"],
    ),
    ("athlete.lthr", &["lthr", "lt_hr", "threshold_hr", "threshold_heart_rate"]),
    ("athlete.zones", &["zones", "zone"]),
    ("athlete.weight", &["weight", "kg", "mass", "body_weight"]),
    ("athlete.ceiling", &["ceiling", "limit", "max_speed", "speed_limit"]),
    ("athlete.flat", &["flat", "incline"]),
    ("belt.use", &["use", "default_belt"]),
    ("belt.ramp_every", &["ramp_every"]),
    ("belt.step", &["step", "speed_step"]),
    ("belt.lowest", &["lowest", "min_speed"]),
    ("belt.top", &["top", "top_speed"]),
    ("belt.incline_lowest", &["incline_lowest", "min_incline"]),
    ("belt.incline_top", &["incline_top", "max_incline", "top_incline"]),
    ("belt.incline_step", &["incline_step"]),
    ("belt.lag", &["lag"]),
    ("belt.factor", &["factor", "calibration"]),
    ("units.speed", &["speed"]),
    ("units.distance", &["distance"]),
];
/// Units of a treadmill's console.
const SPEED_UNITS: [&str; 6] = ["mph", "km/h", "kmh", "kph", "kmph", "mi/h"];
/// Units of paces, and what the profile calls them.
const PACE_UNITS: [(&str, &str); 12] = [
    ("mi", "mi"),
    ("mile", "mi"),
    ("miles", "mi"),
    ("min/mi", "mi"),
    ("imperial", "mi"),
    ("km", "km"),
    ("kms", "km"),
    ("min/km", "km"),
    ("kilometers", "km"),
    ("kilometres", "km"),
    ("metric", "km"),
    ("k", "km"),
];

/// Returns the help for a key without its table, with the whole command if there is a `value` to set.
pub fn help(key: &str, value: Option<&str>) -> Option<String> {
    let plain = plain(key);
    if let Some(help) = setting_help(key, value.unwrap_or_default()) {
        return Some(help);
    }
    if plain == "vdot" {
        return Some("VDOT follows from a race result, such as `pacebell profile race 5K 22:30`".to_string());
    }
    if let Some(value) = value {
        let lines = set_lines(key, value);
        let is_race = lines.iter().any(|line| line.get(1).is_some_and(|command| command == "race"));
        let write = if is_race { "for a race result, write" } else { "write" };
        let lines: Vec<String> = lines.iter().map(|line| format!("`{}`", command_line(line))).collect();
        if !lines.is_empty() {
            return Some(format!("{write} {}", lines.join(" or ")));
        }
    }
    if plain.starts_with("unit") {
        let lines = [["belt.unit", "km/h"], ["units.pace", "km"]].map(|[key, value]| line(key, value));
        let [belt, pace] = lines.map(|line| command_line(&line));
        return Some(format!("write `{belt}` for the treadmill, or `{pace}` for paces"));
    }
    if value.is_none()
        && let Some(pace) = pace_key(&plain)
    {
        return Some(format!("write `{pace}`, and a pace such as 6:00/km"));
    }
    Some(format!("write `{}`", full(key).filter(|_| value.is_none())?))
}

/// Returns the command line for a key of one or more words and its value, such as `max hr 190`. Nothing if several lines
/// may be meant, or none.
pub fn set_line(words: &[String]) -> Option<Vec<String>> {
    let words: Vec<&str> = words.iter().flat_map(|word| word.splitn(2, '=')).collect();
    (1..words.len()).rev().find_map(|at| {
        let (key, value) = words.split_at_checked(at)?;
        let key = key.join(" ").to_lowercase();
        let mut lines = set_lines(key.trim_end_matches(" pace"), &value.concat());
        lines.pop().filter(|_| lines.is_empty())
    })
}

/// Returns the command lines, after the program's name, that may be meant by setting `key` to `value`. There are two for a
/// number that two units may follow.
fn set_lines(key: &str, value: &str) -> Vec<Vec<String>> {
    let plain = plain(key);
    if ["unit", "units", "belt", "treadmill", "pace"].contains(&plain.as_str()) {
        let lower = value.trim().to_lowercase();
        if SPEED_UNITS.contains(&lower.as_str()) {
            let unit = if lower.starts_with('m') { "mph" } else { "km/h" };
            return vec![line("belt.unit", unit)];
        }
        let unit = PACE_UNITS.iter().find(|(word, _)| *word == lower);
        return unit.map(|(_, unit)| line("units.pace", unit)).into_iter().collect();
    }
    let race = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(&plain));
    if let Some(race) = race.filter(|_| TypedTime::parse(value).is_some()) {
        return vec![["profile", "race", race.key(), value].map(str::to_string).to_vec()];
    }
    if let Some(key) = pace_key(&plain) {
        let is_clock = TypedTime::parse(value).is_some() && value.contains(':');
        return if is_clock {
            ["km", "mi"].map(|unit| line(&key, &format!("{value}/{unit}"))).to_vec()
        } else {
            either(&key, value, ["km/h", "mph"])
        };
    }
    match full(key) {
        Some(key @ "athlete.weight") => either(key, value, ["kg", "lb"]),
        Some(key @ "athlete.ceiling") => either(key, value, ["km/h", "mph"]),
        Some(key) => vec![line(key, value)],
        None => Vec::new(),
    }
}

/// Returns the key of a named pace with its table.
fn pace_key(name: &str) -> Option<String> {
    let pace = NamedPace::ALL.into_iter().find(|pace| pace.key().eq_ignore_ascii_case(name))?;
    Some(format!("athlete.paces.{}", dotted(&[pace.key().to_string()])))
}

/// Returns the lines that set `key` to `value`, in one of two units if it has none.
fn either(key: &str, value: &str, units: [&str; 2]) -> Vec<Vec<String>> {
    let value = value.replace(',', ".");
    if value.parse::<f64>().is_err() {
        return vec![line(key, &value)];
    }
    units.map(|unit| line(key, &format!("{value}{unit}"))).to_vec()
}

/// The keys of the settings, with the table that they are in.
const SETTINGS: [(&str, &str, &str); 13] = [
    ("theme", "", "theme"),
    ("flash", "", "flash"),
    ("week_starts", "", "week_starts"),
    ("voice", "sound", "voice"),
    ("output", "sound", "output"),
    ("audio", "sound", "output"),
    ("keep_awake", "sound", "keep_awake"),
    ("lead_in", "sound", "lead_in"),
    ("signals", "sound", "signals"),
    ("volume", "sound.volume", "signals"),
    ("ics", "calendar", "ics"),
    ("calendar", "calendar", "ics"),
    ("colour_theme", "", "theme"),
];

/// Returns the help for a key that is one of the settings, not of the profile: `theme`, `sound.voice`.
pub fn setting_help(key: &str, value: &str) -> Option<String> {
    let plain = plain(key);
    let plain = plain.rsplit('.').next().unwrap_or(&plain);
    let (_, table, key) = SETTINGS.iter().find(|(name, _, _)| *name == plain)?;
    let value = match value.trim() {
        "on" | "yes" if ["flash", "keep_awake", "lead_in"].contains(key) => "true".to_string(),
        "off" | "no" if ["flash", "keep_awake", "lead_in"].contains(key) => "false".to_string(),
        "true" => "true".to_string(),
        "false" => "false".to_string(),
        number if number.parse::<u8>().is_ok() => number.to_string(),
        "" => "…".to_string(),
        text => format!("\"{}\"", text.replace(['"', '\\'], "")),
    };
    let file = settings::settings_path()
        .map_or_else(|| "config.toml".to_string(), |path| path.display().to_string());
    let below = if table.is_empty() { String::new() } else { format!(" below a line `[{table}]`") };
    Some(format!("it is one of the settings: write `{key} = {value}`{below} in {file}"))
}

/// Returns a key with its table: `max-hr` is `athlete.hr_max`.
pub fn full(key: &str) -> Option<&'static str> {
    let plain = plain(key);
    let names = || KEYS.iter().flat_map(|(_, names)| names.iter().copied());
    let known = names().find(|name| *name == plain).or_else(|| certain(&plain, names()))?;
    KEYS.iter().find(|(_, names)| names.contains(&known)).map(|(full, _)| *full)
}

/// Returns any key of the profile with its table, races and paces included: `5K` is `athlete.5K`.
pub fn any(key: &str) -> Option<String> {
    let race = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(key));
    let pace = NamedPace::ALL.into_iter().find(|pace| pace.key().eq_ignore_ascii_case(key));
    let race = race.map(|race| dotted(&["athlete", race.key()].map(String::from)));
    let pace = pace.map(|pace| dotted(&["athlete", "paces", pace.key()].map(String::from)));
    race.or(pace).or_else(|| full(key).map(str::to_string))
}

fn plain(key: &str) -> String {
    key.trim().trim_end_matches([':', '=']).to_lowercase().replace(['-', ' '], "_")
}

/// Returns the command line that sets `key` to `value`, after the program's name.
fn line(key: &str, value: &str) -> Vec<String> {
    ["profile", "set", key, value].map(str::to_string).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_a_key_its_table() {
        for (key, value, written) in [
            ("hr_max", "186", "write `pacebell profile set athlete.hr_max 186`"),
            ("max-heart-rate", "186", "write `pacebell profile set athlete.hr_max 186`"),
            ("hr-rset", "48", "write `pacebell profile set athlete.hr_rest 48`"),
            ("units", "miles", "write `pacebell profile set units.pace mi`"),
            ("belt", "mph", "write `pacebell profile set belt.unit mph`"),
            ("5k", "22:30", "for a race result, write `pacebell profile race 5K 22:30`"),
            ("easy", "10km/h", "write `pacebell profile set athlete.paces.easy 10km/h`"),
            (
                "easy",
                "5:50",
                "write `pacebell profile set athlete.paces.easy 5:50/km` or `pacebell profile set athlete.paces.easy 5:50/mi`",
            ),
        ] {
            assert_eq!(help(key, Some(value)).as_deref(), Some(written), "{key} {value}");
        }
        for (key, value, written) in [
            (
                "weight",
                "70",
                "write `pacebell profile set athlete.weight 70kg` or `pacebell profile set athlete.weight 70lb`",
            ),
            ("weight", "70,5kg", "write `pacebell profile set athlete.weight 70.5kg`"),
            (
                "easy",
                "10",
                "write `pacebell profile set athlete.paces.easy 10km/h` or `pacebell profile set athlete.paces.easy 10mph`",
            ),
        ] {
            assert_eq!(help(key, Some(value)).as_deref(), Some(written), "{key} {value}");
        }
        let theme = help("theme", Some("dark")).unwrap();
        assert!(theme.contains("write `theme = \"dark\"` in ") && theme.ends_with("config.toml"), "{theme}");
        let voice = help("sound.voice", Some("off")).unwrap();
        assert!(voice.contains("write `voice = \"off\"` below a line `[sound]`"), "{voice}");
        assert_eq!(help("hrmax", None).as_deref(), Some("write `athlete.hr_max`"));
        assert_eq!(help("colour", Some("red")), None);
    }
}
