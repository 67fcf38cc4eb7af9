//! `[athlete]`: race results, given paces, heart rates, and the runner's own limits.

use super::ProfileReader;
use super::race_results;
use super::race_results::SpannedResult;
use super::value::{ValueForm, entries, read_value};
use crate::athlete::{Athlete, HeartRates, NamedPace, Race, ZoneScheme};
use crate::spanned_toml::{SpannedKey, SpannedTable, SpannedValue, list, meant_key, misspelt};
use crate::text::quoted;
use crate::units::{HeartRate, Incline, PaceUnit, Speed, Weight, parse};
use std::ops::{Range, RangeInclusive};
use toml::de::DeValue;

/// The keys other than races.
const KEYS: [&str; 8] = ["paces", "hr_max", "hr_rest", "lthr", "zones", "weight", "ceiling", "flat"];

// Plausible heart rates, in beats per minute.
const HR_MAX: RangeInclusive<u32> = 100..=230;
const HR_REST: RangeInclusive<u32> = 25..=120;
const LTHR: RangeInclusive<u32> = 80..=220;
/// Plausible speeds of a runner, in km/h.
const KMH: RangeInclusive<f64> = 1.0..=45.0;
/// Plausible weights of a runner.
const KILOGRAMS: RangeInclusive<f64> = 25.0..=300.0;
/// Inclines that can stand for a flat road, in percent.
const FLAT: RangeInclusive<f64> = 0.0..=5.0;
/// Two paces may be in the wrong order if their ratio is below this.
const TOLERANCE: f64 = 1.03;

/// True for a key of `[athlete]`.
pub fn is_key(name: &str) -> bool {
    KEYS.contains(&name) || race_results::race_of_key(name).is_some()
}

/// The places of the heart rates in the text.
#[derive(Default)]
struct HeartSpans {
    rest: Option<Range<usize>>,
    threshold: Option<Range<usize>>,
    zones: Option<Range<usize>>,
}

impl ProfileReader {
    pub(crate) fn athlete(&mut self, table: &SpannedTable<'_>) -> Athlete {
        let mut results: Vec<SpannedResult> = Vec::new();
        let mut rest = Athlete::default();
        let mut spans = HeartSpans::default();
        let mut paces = Vec::new();
        for (key, value) in entries(table) {
            let name = key.get_ref().as_ref();
            match name {
                "paces" => paces = self.paces(value),
                "hr_max" | "hr_rest" | "lthr" | "zones" => {
                    self.heart(name, value, &mut rest.heart, &mut spans)
                }
                "weight" => rest.weight = self.weight(value),
                "ceiling" => {
                    rest.ceiling = self.speed(name, value, "ceiling = \"15km/h\"` or `ceiling = \"4:00/km\"")
                }
                "flat" => rest.flat = self.flat(value),
                _ => match race_results::race_of_key(name) {
                    Some(race) => self.add_result(race, key, value, &mut results),
                    None => {
                        let known: Vec<&str> = Race::ALL.map(Race::key).into_iter().chain(KEYS).collect();
                        let problem = misspelt(table, key, &known);
                        self.problems.push(match elsewhere(name, value, &known) {
                            Some(help) => problem.with_help(help),
                            None => problem,
                        });
                    }
                },
            }
        }
        self.check_heart(&rest.heart, &spans);
        let mut athlete = self.athlete_from_results(&results);
        (athlete.heart, athlete.weight) = (rest.heart, rest.weight);
        (athlete.ceiling, athlete.flat) = (rest.ceiling, rest.flat);
        athlete.paces = paces.iter().map(|(pace, speed, _)| (*pace, *speed)).collect();
        self.check_pace_order(&athlete, &paces);
        athlete
    }

    fn add_result(
        &mut self,
        race: Race,
        key: &SpannedKey<'_>,
        value: &SpannedValue<'_>,
        results: &mut Vec<SpannedResult>,
    ) {
        let Some(result) = self.result(race, value) else { return };
        if results.iter().any(|(other, _)| other.race == race) {
            let message = format!("{} is given twice", quoted(race.key()));
            self.error(key.span(), message, "the same race again", "remove one of them");
        } else {
            results.push(result);
        }
    }

    fn heart(
        &mut self,
        name: &str,
        value: &SpannedValue<'_>,
        heart: &mut HeartRates,
        spans: &mut HeartSpans,
    ) {
        match name {
            "hr_max" => heart.max = self.rate(name, value, &HR_MAX),
            "hr_rest" => {
                heart.rest = self.rate(name, value, &HR_REST);
                spans.rest = Some(value.span());
            }
            "lthr" => {
                heart.threshold = self.rate(name, value, &LTHR);
                spans.threshold = Some(value.span());
            }
            _ => {
                let form = ValueForm {
                    what: "a zone scheme",
                    example: "zones = \"max\"`, `\"reserve\"` or `\"lthr\"",
                };
                let scheme = |text: &str| {
                    ZoneScheme::ALL.into_iter().find(|s| s.key().eq_ignore_ascii_case(text.trim()))
                };
                heart.wanted = self.accept(read_value(name, value, &form, scheme, |_| None));
                spans.zones = Some(value.span());
            }
        }
    }

    fn rate(
        &mut self,
        key: &str,
        value: &SpannedValue<'_>,
        range: &RangeInclusive<u32>,
    ) -> Option<HeartRate> {
        let example = match key {
            "hr_max" => "hr_max = 185",
            "hr_rest" => "hr_rest = 55",
            _ => "lthr = 168",
        };
        let form = ValueForm { what: "a heart rate", example };
        if let DeValue::Integer(number) = value.get_ref()
            && let Ok(bpm) = number.as_str().parse::<u32>()
            && !range.contains(&bpm)
        {
            self.implausible_rate(key, bpm, value, range);
            return None;
        }
        let whole = |number: f64| parse::heart_rate(&number.to_string());
        let rate = self.accept(read_value(key, value, &form, parse::heart_rate, whole))?;
        if range.contains(&rate.bpm()) {
            return Some(rate);
        }
        self.implausible_rate(key, rate.bpm(), value, range);
        None
    }

    fn implausible_rate(
        &mut self,
        key: &str,
        bpm: u32,
        value: &SpannedValue<'_>,
        range: &RangeInclusive<u32>,
    ) {
        let message = format!("{bpm} bpm is not a plausible {}", name_of(key));
        let label = format!("must be between {} and {}", range.start(), range.end());
        // `1860` has a figure too many.
        let shorter = [bpm / 10, bpm / 100].into_iter().find(|shorter| range.contains(shorter));
        let likely = shorter.map_or(String::new(), |shorter| format!("{key} = {shorter}"));
        let example = match key {
            _ if shorter.is_some() => likely.as_str(),
            "hr_max" => "hr_max = 185",
            "hr_rest" => "hr_rest = 55",
            _ => "lthr = 168",
        };
        self.error(value.span(), message, &label, format!("write beats per minute, like `{example}`"));
    }

    /// Reports heart rates that contradict each other.
    fn check_heart(&mut self, heart: &HeartRates, spans: &HeartSpans) {
        if let (Some(max), Some(rest), Some(span)) = (heart.max, heart.rest, &spans.rest)
            && rest >= max
        {
            let message = "the resting heart rate is not below the maximum";
            self.error(span.clone(), message, "`hr_max` is lower", "swap them or correct one");
        }
        if let (Some(threshold), Some(span)) = (heart.threshold, &spans.threshold) {
            let (below, above) =
                (heart.rest.is_some_and(|r| r >= threshold), heart.max.is_some_and(|m| m <= threshold));
            if below || above {
                let message = "the threshold heart rate is not between rest and maximum";
                let label = if above { "`hr_max` is not higher" } else { "`hr_rest` is not lower" };
                self.error(span.clone(), message, label, "correct one of them");
            }
        }
        if let (Some(wanted), Some(span)) = (heart.wanted, &spans.zones)
            && heart.scheme() != Some(wanted)
        {
            let message = format!("zones by {} need {}", wanted.base(), list(wanted.needs()));
            let instead = match heart.scheme() {
                Some(scheme) => format!("until then, zones are by {}", scheme.base()),
                None => "until then, there are no zones".to_string(),
            };
            self.warn(span.clone(), message, "not given", format!("add it to `[athlete]`; {instead}"));
        }
    }

    fn weight(&mut self, value: &SpannedValue<'_>) -> Option<Weight> {
        let form = ValueForm { what: "a weight", example: "weight = \"70kg\"` or `weight = \"154lb\"" };
        let weight = self.accept(read_value("weight", value, &form, parse::weight, |_| None))?;
        if KILOGRAMS.contains(&weight.kilograms()) {
            return Some(weight);
        }
        self.error(value.span(), "not a plausible weight", "must be between 25 and 300 kg", form.help());
        None
    }

    fn flat(&mut self, value: &SpannedValue<'_>) -> Option<Incline> {
        let form = ValueForm { what: "an incline", example: "flat = \"1%\"" };
        let bare = |number| Some(Incline::from_percent(number));
        let flat = self.accept(read_value("flat", value, &form, parse::incline, bare))?;
        if FLAT.contains(&flat.percent()) {
            return Some(flat);
        }
        let message = format!("an incline of {flat} cannot stand for a flat road");
        self.error(value.span(), message, "must be between 0 and 5%", form.help());
        None
    }

    fn speed(&mut self, key: &str, value: &SpannedValue<'_>, example: &str) -> Option<Speed> {
        let form = ValueForm { what: "a speed or a pace", example };
        let speed = self.accept(read_value(key, value, &form, parse::speed, |_| None))?;
        if KMH.contains(&speed.kmh()) {
            return Some(speed);
        }
        self.error(value.span(), "no one runs at this speed", "must be between 1 and 45 km/h", form.help());
        None
    }

    /// Reads the given paces, each with the place of its value.
    fn paces(&mut self, value: &SpannedValue<'_>) -> Vec<(NamedPace, Speed, Range<usize>)> {
        let mut paces: Vec<(NamedPace, Speed, Range<usize>)> = Vec::new();
        let Some(table) = self.table("athlete.paces", value) else { return paces };
        for (key, value) in entries(table) {
            let Some(pace) = NamedPace::named(key.get_ref()) else {
                let known: Vec<&str> =
                    NamedPace::ALL.iter().flat_map(|pace| pace.spellings()).copied().collect();
                self.problems.push(misspelt(table, key, &known));
                continue;
            };
            let example = format!("{} = \"5:00/km\"", pace.key());
            let Some(speed) = self.speed(key.get_ref(), value, &example) else { continue };
            if paces.iter().any(|(other, ..)| *other == pace) {
                let message = format!("{} is given twice", quoted(pace.key()));
                let label = "another name for the same pace";
                self.error(key.span(), message, label, "remove one of them");
            } else {
                paces.push((pace, speed, value.span()));
            }
        }
        paces
    }

    /// Warns about a given pace that is faster than one that should be faster still.
    fn check_pace_order(&mut self, athlete: &Athlete, paces: &[(NamedPace, Speed, Range<usize>)]) {
        for (pace, speed, span) in paces {
            let faster = |other: &NamedPace| *other > *pace;
            let wrong = |other: &NamedPace| {
                let given = athlete.given(*other).is_some();
                let theirs = athlete.speed(*other)?.mps();
                let (slow, quick) = if faster(other) { (speed.mps(), theirs) } else { (theirs, speed.mps()) };
                // If both paces are given, only the easier one gets a warning.
                (slow > quick * TOLERANCE && (faster(other) || !given)).then_some(*other)
            };
            let Some(other) = NamedPace::ALL.iter().filter(|other| *other != pace).find_map(wrong) else {
                continue;
            };
            let word = if faster(&other) { "faster" } else { "slower" };
            let message = format!("{} is {word} than {}", quoted(pace.key()), quoted(other.key()));
            let theirs = athlete.speed(other).map(|s| s.pace_text(PaceUnit::Km)).unwrap_or_default();
            let label = format!("{} is {theirs}", quoted(other.key()));
            self.warn(span.clone(), message, &label, "check both; a given pace wins over the results");
        }
    }
}

/// Returns the help for a pace above `[athlete.paces]`, and for a race under another name: the line to write.
fn elsewhere(name: &str, value: &SpannedValue<'_>, known: &[&str]) -> Option<String> {
    if let Some(pace) = NamedPace::named(name) {
        let written = value.get_ref().as_str().map(str::trim).filter(|text| text.contains(':'));
        let clock = written.map_or("5:00", |text| text.split('/').next().unwrap_or(text));
        let unit = written.and_then(|text| text.split_once('/')).map_or("km", |(_, unit)| unit);
        return Some(format!(
            "paces have a table of their own: write `[athlete.paces]`, and below it `{} = \"{clock}/{unit}\"`",
            pace.key()
        ));
    }
    // A time in quotes needs nothing but the right key.
    let race =
        race_results::race_of_key(meant_key(name, known)?).filter(|_| value.get_ref().as_str().is_none())?;
    Some(race_results::form(race, Some(value)))
}

fn name_of(key: &str) -> &'static str {
    match key {
        "hr_max" => "maximum heart rate",
        "hr_rest" => "resting heart rate",
        _ => "threshold heart rate",
    }
}
