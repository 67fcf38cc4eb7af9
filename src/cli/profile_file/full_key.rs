//! Keys of the profile without their table, and what they are called elsewhere.

use super::edit::dotted;
use crate::athlete::{NamedPace, Race};
use crate::cli::shell_word::command_line;
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
            (None, Some(value)) => format!("write `{}`", set(&key, Some(value))),
            (None, None) => format!("write `{key}`, and a pace such as 6:00/km"),
        });
    }
    Some(format!("write `{}`", set(full(key)?, value)))
}

/// Returns a key with its table: `max-hr` is `athlete.hr_max`.
pub fn full(key: &str) -> Option<&'static str> {
    let plain = plain(key);
    let names = || KEYS.iter().flat_map(|(_, names)| names.iter().copied());
    let known = names().find(|name| *name == plain).or_else(|| certain(&plain, names()))?;
    KEYS.iter().find(|(_, names)| names.contains(&known)).map(|(full, _)| *full)
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
        assert_eq!(help("hrmax", None).as_deref(), Some("write `athlete.hr_max`"));
        assert_eq!(help("colour", Some("red")), None);
    }
}
