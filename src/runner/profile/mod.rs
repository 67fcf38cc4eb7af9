//! The runner's profile: who runs, on which treadmill, in which units. Reads text into a [`Profile`], or reports all
//! its problems at once.
//!
//! ```toml
//! [athlete]
//! 5K      = { time = "22:30", on = 2026-09-13 }   # or just "22:30"
//! hr_max  = 185                                   # hr_rest, lthr; zones = "max", "reserve" or "lthr"
//! weight  = "70kg"
//! ceiling = "15km/h"                              # no target is faster without asking; a pace is fine, too
//! flat    = "1%"                                  # the incline of steps that give none
//!
//! [athlete.paces]                                 # these win over paces calculated from results
//! threshold = "4:40/km"
//!
//! [belt]                                          # applies to all belts
//! use = "gym"                                     # by default the first
//! ramp_every = "30s"
//!
//! [belt.gym]                                      # numbers are the console's own
//! unit = "km/h"
//! step = 0.1
//! lowest = 0.8
//! top = 16
//! incline_lowest = 0
//! incline_top = 15
//! incline_step = 0.5
//! lag = 2.5                                       # seconds for each km/h
//! factor = 1.02                                   # true speed over shown speed
//!
//! [units]
//! pace = "km"                                     # speed = "km/h", distance = "km"
//!
//! [sensors]                                       # `pacebell sensors choose` writes it
//! heart = { address = "F0:F1:F2:F3:F4:F5", name = "HRM-Dual" }
//! ```
//!
//! Everything is optional. A result that is more than a year older than the newest one is set aside, with a warning.
//! Nothing here reads a clock: the caller passes the date.

mod athlete_section;
mod belt_section;
mod race_results;
mod sensor_section;
mod value;

pub use race_results::{fastest, likelier_race, read_result};

use crate::athlete::Athlete;
use crate::belt::{Belt, Treadmill};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::sensors::SensorDevice;
use crate::spanned_toml::{self, SpannedTable, SpannedValue, misspelt, unknown_key, wrong_value};
use crate::units::{Incline, PaceUnit, SpeedUnit, parse};
use crate::workout::LineStyle;
use chrono::NaiveDate;
use std::ops::Range;
use toml::de::DeValue;
use value::{ValueForm, entries, read_value};

/// The units in which quantities are shown. The belt's numbers are in the belt's own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// The unit of paces.
    pub pace: PaceUnit,
    /// The unit of speeds.
    pub speed: SpeedUnit,
    /// The unit of distances.
    pub distance: PaceUnit,
}

/// A belt and the name that its owner gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedBelt {
    /// The name, without control characters.
    pub name: String,
    /// The belt.
    pub belt: Belt,
}

/// Everything that a profile says. The default is an empty profile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The runner.
    pub athlete: Athlete,
    /// The belts that have a name, in the order of the file.
    pub belts: Vec<NamedBelt>,
    /// The index of the belt in use, if the profile chooses one.
    used: Option<usize>,
    /// The figures that apply to all belts; the belt itself if none has a name.
    common: Belt,
    /// True if the profile describes a belt.
    has_belt: bool,
    /// The units in which quantities are shown.
    pub units: Units,
    /// The device that measures the heart rate, if one is chosen.
    pub heart_sensor: Option<SensorDevice>,
}

impl Units {
    /// The units that match a belt's unit.
    pub const fn of(speed: SpeedUnit) -> Self {
        let pace = match speed {
            SpeedUnit::KmPerHour => PaceUnit::Km,
            SpeedUnit::MilesPerHour => PaceUnit::Mi,
        };
        Units { pace, speed, distance: pace }
    }
}

impl Default for Units {
    fn default() -> Self {
        Units::of(SpeedUnit::default())
    }
}

/// A profile, and warnings about what looks wrong in it but may be intended.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedProfile {
    /// The profile.
    pub profile: Profile,
    /// Warnings, in the order of the text.
    pub warnings: Vec<Diagnostic>,
}

/// The tables of a profile.
const SECTIONS: [&str; 4] = ["athlete", "belt", "units", "sensors"];
/// The keys of `[units]`.
const UNIT_KEYS: [&str; 3] = ["pace", "speed", "distance"];

impl Profile {
    /// Reads a profile. Dates are compared with `today`, if it is given, to find future dates and old results.
    ///
    /// # Errors
    /// If the profile has errors. Returns all errors and warnings in the order of the text.
    pub fn parse(source: &SourceText, today: Option<NaiveDate>) -> Result<ParsedProfile, Vec<Diagnostic>> {
        let (table, syntax) = spanned_toml::parse(source);
        let mut reader = ProfileReader { today, problems: Vec::new() };
        let mut profile = Profile::default();
        let mut wanted = WantedUnits::default();
        let table = table.unwrap_or_default();
        // Units come first, because they are the default for belts.
        for section in ["units", "athlete", "belt", "sensors"] {
            let Some((_, value)) = entries(&table).into_iter().find(|(key, _)| key.get_ref() == section)
            else {
                continue;
            };
            let Some(inside) = reader.table(section, value) else { continue };
            match section {
                "units" => wanted = reader.units(inside),
                "athlete" => profile.athlete = reader.athlete(inside),
                "sensors" => profile.heart_sensor = reader.sensors(inside),
                _ => reader.belts(inside, wanted.belt(), &mut profile),
            }
        }
        for (key, _) in entries(&table) {
            if !SECTIONS.contains(&key.get_ref().as_ref()) {
                reader.problems.push(misplaced(&table, key));
            }
        }
        if !profile.has_belt {
            profile.common.unit = wanted.belt();
        }
        profile.units = wanted.with_belt(profile.belt().unit);
        let mut problems = spanned_toml::without_followers(source, syntax, reader.problems);
        problems.sort_by_key(|problem| problem.span.start);
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(problems);
        }
        Ok(ParsedProfile { profile, warnings: problems })
    }

    /// The belt in use; a default belt if the profile describes none.
    pub fn belt(&self) -> Belt {
        self.used_belt().map_or(self.common, |named| named.belt)
    }

    /// Returns the belt in use together with the runner's ceiling.
    pub fn treadmill(&self) -> Treadmill {
        Treadmill { belt: self.belt(), ceiling: self.athlete.ceiling }
    }

    /// Returns the units, and the incline of the flat, in which a workout is told in one line.
    pub fn line_style(&self) -> LineStyle {
        LineStyle {
            pace: self.units.pace,
            speed: self.units.speed,
            flat: self.athlete.flat.unwrap_or(Incline::FLAT),
            end_key: LineStyle::USUAL_END_KEY,
        }
    }

    /// The name of the belt in use.
    pub fn belt_name(&self) -> Option<&str> {
        self.used_belt().map(|named| named.name.as_str())
    }

    /// The belt with this name.
    pub fn belt_named(&self, name: &str) -> Option<&Belt> {
        self.belts.iter().find(|named| named.name == name).map(|named| &named.belt)
    }

    /// True if the profile describes a belt.
    pub fn has_belt(&self) -> bool {
        self.has_belt
    }

    fn used_belt(&self) -> Option<&NamedBelt> {
        self.belts.get(self.used.unwrap_or(0))
    }
}

/// The problem of a key outside its table. The help names the table it belongs to, if there is one.
fn misplaced(table: &SpannedTable<'_>, key: &spanned_toml::SpannedKey<'_>) -> Diagnostic {
    let name = key.get_ref().as_ref();
    let known = |keys: &[&str]| keys.iter().any(|k| k.eq_ignore_ascii_case(name));
    let home = match () {
        () if athlete_section::is_key(name) => "[athlete]",
        () if known(&belt_section::KEYS) => "[belt]",
        () if known(&UNIT_KEYS) => "[units]",
        () if known(&sensor_section::KEYS) => "[sensors]",
        () => return misspelt(table, key, &SECTIONS),
    };
    unknown_key(key, &SECTIONS).with_help(format!("it belongs below a line that reads `{home}`"))
}

/// The units that a profile asks for.
#[derive(Clone, Copy, Default)]
struct WantedUnits {
    pace: Option<PaceUnit>,
    speed: Option<SpeedUnit>,
    distance: Option<PaceUnit>,
}

impl WantedUnits {
    /// The unit of a belt that gives none.
    fn belt(self) -> SpeedUnit {
        match (self.speed, self.pace.or(self.distance)) {
            (Some(speed), _) => speed,
            (None, Some(PaceUnit::Mi)) => SpeedUnit::MilesPerHour,
            (None, _) => SpeedUnit::KmPerHour,
        }
    }

    /// All units. Those that the profile does not set follow from the belt's `unit`.
    fn with_belt(self, unit: SpeedUnit) -> Units {
        let default = Units::of(unit).pace;
        Units {
            pace: self.pace.or(self.distance).unwrap_or(default),
            speed: self.speed.unwrap_or(unit),
            distance: self.distance.or(self.pace).unwrap_or(default),
        }
    }
}

/// Reads the tables of a profile and collects the problems in them.
struct ProfileReader {
    today: Option<NaiveDate>,
    problems: Vec<Diagnostic>,
}

impl ProfileReader {
    /// Returns the value that was read, or adds the problem to `problems`.
    fn accept<T>(&mut self, read: Result<T, Diagnostic>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn error(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.problems.push(Diagnostic::error(span, message, label).with_help(help));
    }

    fn warn(&mut self, span: Range<usize>, message: impl Into<String>, label: &str, help: impl Into<String>) {
        self.problems.push(Diagnostic::warning(span, message, label).with_help(help));
    }

    fn table<'a, 'i>(&mut self, name: &str, value: &'a SpannedValue<'i>) -> Option<&'a SpannedTable<'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                let help = format!("write `[{name}]` on a line of its own, and its keys below");
                self.problems.push(wrong_value(name, value, &help));
                None
            }
        }
    }

    fn units(&mut self, table: &SpannedTable<'_>) -> WantedUnits {
        let mut units = WantedUnits::default();
        for (key, value) in entries(table) {
            let length = |example| ValueForm { what: "a unit of length", example };
            match key.get_ref().as_ref() {
                "pace" => {
                    let form = length("pace = \"km\"` or `pace = \"mi\"");
                    units.pace = self.accept(read_value("pace", value, &form, parse::pace_unit, |_| None));
                }
                "distance" => {
                    let form = length("distance = \"km\"` or `distance = \"mi\"");
                    units.distance =
                        self.accept(read_value("distance", value, &form, parse::pace_unit, |_| None));
                }
                "speed" => {
                    let form = ValueForm {
                        what: "a unit of speed",
                        example: "speed = \"km/h\"` or `speed = \"mph\"",
                    };
                    units.speed = self.accept(read_value("speed", value, &form, parse::speed_unit, |_| None));
                }
                _ => self.problems.push(misspelt(table, key, &UNIT_KEYS)),
            }
        }
        units
    }
}
