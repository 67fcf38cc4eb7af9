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
    let set = |key: &str, value: Option<&str>| match value {
        Some(value) => line(&["profile", "set", key, value]),
        None => key.to_string(),
    };
    if let Some(help) = setting_help(key, value.unwrap_or_default()) {
        return Some(help);
    }
    if plain == "vdot" {
        return Some("VDOT follows from a race result, such as `pacebell profile race 5K 22:30`".to_string());
    }
    if ["unit", "units", "belt", "treadmill", "pace"].contains(&plain.as_str()) {
        let lower = value.unwrap_or_default().trim().to_lowercase();
        if SPEED_UNITS.contains(&lower.as_str()) {
            let unit = if lower.starts_with('m') { "mph" } else { "km/h" };
            return Some(format!("write `{}`", set("belt.unit", Some(unit))));
        }
        if let Some((_, unit)) = PACE_UNITS.iter().find(|(word, _)| *word == lower) {
            return Some(format!("write `{}`", set("units.pace", Some(unit))));
        }
        return (plain.starts_with("unit"))
            .then(|| "write `belt.unit` for the treadmill or `units.pace` for paces".to_string());
    }
    let race = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(&plain));
    if let (Some(race), Some(value)) = (race, value.filter(|value| TypedTime::parse(value).is_some())) {
        return Some(format!("for a race result, write `{}`", line(&["profile", "race", race.key(), value])));
    }
    if let Some(pace) = NamedPace::ALL.into_iter().find(|pace| pace.key().eq_ignore_ascii_case(&plain)) {
        let key = format!("athlete.paces.{}", dotted(&[pace.key().to_string()]));
        let clock = value.filter(|value| TypedTime::parse(value).is_some() && value.contains(':'));
        return Some(match (clock, value) {
            (Some(clock), _) => {
                let with = |unit: &str| set(&key, Some(&format!("{clock}/{unit}")));
                format!("write `{}` or `{}`", with("km"), with("mi"))
            }
            (None, Some(value)) => either(&key, value, ["km/h", "mph"]),
            (None, None) => format!("write `{key}`, and a pace such as 6:00/km"),
        });
    }
    let full = full(key)?;
    Some(match (full, value) {
        ("athlete.weight", Some(value)) => either(full, value, ["kg", "lb"]),
        ("athlete.ceiling", Some(value)) => either(full, value, ["km/h", "mph"]),
        _ => format!("write `{}`", set(full, value)),
    })
}

/// Returns the lines that set `key` to `value`, in one of two units if it has none.
fn either(key: &str, value: &str, units: [&str; 2]) -> String {
    let value = value.replace(',', ".");
    if value.parse::<f64>().is_err() {
        return format!("write `{}`", line(&["profile", "set", key, &value]));
    }
    let [first, second] = units.map(|unit| line(&["profile", "set", key, &format!("{value}{unit}")]));
    format!("write `{first}` or `{second}`")
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

fn line(words: &[&str]) -> String {
    command_line(&words.iter().map(|word| (*word).to_string()).collect::<Vec<_>>())
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
