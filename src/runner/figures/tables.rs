//! The figures of a profile as texts, for the screen and for printed tables.

use super::{PaceChange, PaceFigure, best, changes, equivalents, paces, result_words, time};
use crate::athlete::{Athlete, HeartRateZone, HeartRates, NamedPace, Zone, ZoneScheme};
use crate::belt::{Belt, BeltSetting};
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::units::{HeartRate, Incline, Speed, trimmed};

/// All figures of a profile as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureTables {
    /// The VDOT and the result it comes from, or how to add a result.
    pub head: Vec<String>,
    /// The unit of the paces: `/km`.
    pub per: String,
    /// The unit of the belt's numbers.
    pub unit: String,
    /// All known paces.
    pub paces: Vec<PaceRow>,
    /// Notes on paces that the belt cannot run.
    pub notes: Vec<String>,
    /// All predicted races.
    pub races: Vec<RaceRow>,
    /// The scheme of the zones, or how to get zones.
    pub zones_by: String,
    /// The heart rate zones.
    pub zones: Vec<ZoneRow>,
    /// The belt, and everything else in the profile.
    pub facts: Vec<ProfileFact>,
}

/// A pace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaceRow {
    /// The name of the pace.
    pub name: &'static str,
    /// The zone.
    pub zone: Option<Zone>,
    /// The pace, without a unit.
    pub pace: String,
    /// The belt's number, and the incline if it makes up for speed. Numbers are right-aligned with blanks.
    pub number: String,
    /// The true pace at that number.
    pub runs: String,
    /// The origin of the pace.
    pub from: String,
}

/// A race.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RaceRow {
    /// The name of the race.
    pub name: &'static str,
    /// The predicted time.
    pub time: String,
    /// The pace of the predicted time.
    pub pace: String,
    /// The result, `ran 22:30`, or `predicted` without a current one.
    pub from: String,
    /// The date of the result, or nothing.
    pub on: String,
}

/// A heart rate zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneRow {
    /// The zone of intensity.
    pub zone: Zone,
    /// The name: `Z5`, `Z5b`.
    pub name: String,
    /// The heart rates of the zone.
    pub beats: String,
}

/// Something that the profile says, such as the belt's speeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFact {
    /// The subject: `belt`, `weight`.
    pub label: &'static str,
    /// The value in words.
    pub value: String,
}

/// A pace before and after a change of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeRow {
    /// The name of the pace.
    pub name: &'static str,
    /// The zone.
    pub zone: Option<Zone>,
    /// The pace before, with its unit; a dash if it was not known.
    pub was: String,
    /// The pace after, with its unit; a dash if it is not known.
    pub is: String,
    /// The belt's number for the new pace.
    pub number: String,
}

/// The paces that differ between two versions of a profile, from the slowest to the fastest.
pub fn change_rows(before: &Profile, after: &Profile) -> Vec<ChangeRow> {
    let belt = after.belt();
    let words = |speed: Option<Speed>| speed.map_or("–".to_string(), |s| s.pace_text(after.units.pace));
    let numbers = paces(after);
    let row = |change: PaceChange| {
        let now = numbers.iter().find(|pace| pace.pace == change.pace);
        let number =
            |pace: &PaceFigure| format!("{} {}", belt.text(pace.nearest.setting.number), belt.unit.name());
        ChangeRow {
            name: name(change.pace),
            zone: now.and_then(PaceFigure::zone),
            was: words(change.before),
            is: words(change.after),
            number: now.map(number).unwrap_or_default(),
        }
    };
    changes(before, after).into_iter().map(row).collect()
}

/// The change of the VDOT, if it changes: `VDOT 41.2 → 43.4`.
pub fn vdot_change(before: &Profile, after: &Profile) -> Option<String> {
    let words =
        |profile: &Profile| profile.athlete.vdot().map_or("–".to_string(), |vdot| format!("{vdot:.1}"));
    let (was, is) = (words(before), words(after));
    (was != is).then(|| format!("VDOT {was} → {is}"))
}

/// The full name of a pace, for lists.
pub fn name(pace: NamedPace) -> &'static str {
    match pace {
        NamedPace::Marathon => "marathon",
        NamedPace::Half => "half",
        other => other.key(),
    }
}

/// All figures of a profile, in the profile's units.
pub fn sheet(profile: &Profile) -> FigureTables {
    let belt = profile.belt();
    let mut all = paces(profile);
    all.retain(|figure| super::is_shown(&profile.athlete, figure.pace));
    let number_width = all.iter().map(|pace| belt.text(pace.nearest.setting.number).len()).max().unwrap_or(0);
    let sentences = |pace: &PaceFigure| {
        let name = name(pace.pace);
        pace.nearest
            .notes
            .iter()
            .map(move |note| format!("{name}: {}", note.sentence(&belt)))
            .collect::<Vec<_>>()
    };
    FigureTables {
        head: head(&profile.athlete),
        per: format!("/{}", profile.units.pace.name()),
        unit: belt.unit.name().to_string(),
        paces: all.iter().map(|pace| pace_row(profile, &belt, pace, number_width)).collect(),
        notes: all.iter().flat_map(sentences).collect(),
        races: races(profile),
        zones_by: zones_by(&profile.athlete.heart),
        zones: zones(&profile.athlete.heart),
        facts: facts(profile, &belt),
    }
}

fn head(athlete: &Athlete) -> Vec<String> {
    let mut lines = match (athlete.vdot(), best(athlete)) {
        (Some(vdot), Some(best)) => vec![format!("VDOT {vdot:.1}, from {}", result_words(&best))],
        _ => vec!["No race result yet. `pacebell profile race 5K 22:30` adds one.".to_string()],
    };
    let aside = athlete.results().iter().filter(|result| athlete.is_set_aside(result));
    lines.extend(aside.map(|r| format!("set aside, over a year older than the newest: {}", result_words(r))));
    lines
}

fn pace_row(profile: &Profile, belt: &Belt, pace: &PaceFigure, number_width: usize) -> PaceRow {
    let number = belt.text(pace.nearest.setting.number);
    let usual = belt.incline(profile.athlete.flat.unwrap_or(Incline::FLAT));
    let at = match pace.nearest.incline {
        incline if incline == usual => String::new(),
        incline => format!(" at {incline}"),
    };
    PaceRow {
        name: name(pace.pace),
        zone: pace.zone(),
        pace: pace.speed.pace_clock(profile.units.pace),
        number: format!("{number:>number_width$}{at}"),
        runs: pace.nearest.setting.speed.pace_clock(profile.units.pace),
        from: pace.origin.words(),
    }
}

fn races(profile: &Profile) -> Vec<RaceRow> {
    let row = |race: super::RaceEquivalent| {
        let speed = Speed::from_mps(race.race.distance().metres() / race.time.as_secs_f64());
        RaceRow {
            name: race.race.key(),
            time: time(race.time),
            pace: speed.pace_clock(profile.units.pace),
            from: race.own.map_or("predicted".to_string(), |own| format!("ran {}", time(own.time))),
            on: race.own.and_then(|own| own.on).map(|on| on.to_string()).unwrap_or_default(),
        }
    };
    equivalents(&profile.athlete).into_iter().map(row).collect()
}

fn zones_by(heart: &HeartRates) -> String {
    let figure = |name: &str, rate: Option<HeartRate>| rate.map(|r| format!("{name} {}", r.bpm()));
    let (name, from) = match heart.scheme() {
        None => return "No zones yet. `pacebell profile set athlete.hr_max 185` adds them.".to_string(),
        Some(ZoneScheme::Max) => ("by HRmax", vec![figure("hr_max", heart.max)]),
        Some(ZoneScheme::Reserve) => {
            ("by HRR (Karvonen)", vec![figure("hr_max", heart.max), figure("hr_rest", heart.rest)])
        }
        Some(ZoneScheme::Threshold) => ("by LTHR (Friel)", vec![figure("lthr", heart.threshold)]),
    };
    let from: Vec<String> = from.into_iter().flatten().collect();
    format!("{name}, from {}", from.join(" and "))
}

fn zones(heart: &HeartRates) -> Vec<ZoneRow> {
    let friel = heart.friel().filter(|_| heart.scheme() == Some(ZoneScheme::Threshold));
    let zones: Vec<HeartRateZone> = match (friel, heart.zones()) {
        (Some(friel), _) => friel.to_vec(),
        (None, Some(zones)) => zones.to_vec(),
        (None, None) => Vec::new(),
    };
    let last = zones.len().saturating_sub(1);
    let row = |(i, zone): (usize, &HeartRateZone)| ZoneRow {
        zone: zone.zone,
        name: format!("Z{}", zone.name),
        beats: beats(zone, i == last),
    };
    zones.iter().enumerate().map(row).collect()
}

/// The heart rates of a zone, including both ends. The highest zone ends at the maximum.
fn beats(zone: &HeartRateZone, last: bool) -> String {
    let high = |high: HeartRate| if last { high.bpm() } else { high.bpm().saturating_sub(1) };
    match (zone.low, zone.high) {
        (Some(low), Some(end)) if high(end) > low.bpm() => format!("{}–{}", low.bpm(), high(end)),
        (Some(low), None) => format!("from {}", low.bpm()),
        (Some(low), Some(_)) => low.bpm().to_string(),
        (None, Some(end)) => format!("below {}", end.bpm()),
        (None, None) => String::new(),
    }
}

fn facts(profile: &Profile, belt: &Belt) -> Vec<ProfileFact> {
    let unit = belt.unit.name();
    let number = |number: f64| trimmed(number, 3);
    let steps = format!("{unit} in steps of {}", number(belt.step));
    let belt_value = match profile.belt_name() {
        Some(name) => format!("{}: {steps}", clean(name)),
        None if profile.has_belt() => steps,
        None => format!("{steps}, unless you describe yours"),
    };
    let speeds = span(belt.lowest.map(number), belt.top.map(number));
    let inclines = span(belt.incline_lowest.map(|i| i.to_string()), belt.incline_top.map(|i| i.to_string()));
    let athlete = &profile.athlete;
    let speed = |speed: Speed| {
        let shown = trimmed(profile.units.speed.number(speed), 1);
        format!("{shown} {}, {}", profile.units.speed.name(), speed.pace_text(profile.units.pace))
    };
    let names = profile.belts.iter().map(|named| clean(&named.name));
    let others: Vec<String> = names.filter(|name| Some(name.as_str()) != profile.belt_name()).collect();
    let facts = [
        ("belt", Some(belt_value)),
        ("speeds", speeds.map(|span| format!("{span} {unit}"))),
        ("inclines", inclines.map(|span| format!("{span} in steps of {}", belt.incline_step))),
        ("lag", Some(lag_words(belt))),
        ("factor", (belt.factor != 1.0).then(|| factor_words(belt))),
        ("ceiling", athlete.ceiling.map(speed)),
        ("flat", athlete.flat.map(|flat| format!("{flat} if a workout gives no incline"))),
        ("weight", athlete.weight.map(|weight| weight.to_string())),
        ("other belts", (!others.is_empty()).then(|| others.join(", "))),
    ];
    facts.into_iter().filter_map(|(label, value)| Some(ProfileFact { label, value: value? })).collect()
}

/// The words for a range of which either end may be unknown.
fn span(low: Option<String>, high: Option<String>) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("from {low}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (None, None) => None,
    }
}

/// Two round settings near 8 and 12 km/h, as an example of how long the belt takes between them.
pub fn example(belt: &Belt) -> (BeltSetting, BeltSetting) {
    let (slow, quick) = (belt.setting(Speed::from_kmh(8.0)), belt.setting(Speed::from_kmh(12.0)));
    let round = |setting: BeltSetting| belt.setting_at(setting.number.round());
    (round(slow), round(quick))
}

/// The lag of a belt in words: `2.5 s for each km/h: from 8.0 to 12.0 takes 10 s`.
pub fn lag_words(belt: &Belt) -> String {
    if belt.lag <= 0.0 {
        return "unknown: `pacebell calibrate` measures it".to_string();
    }
    let (from, to) = example(belt);
    let takes = trimmed(belt.travel(from.number, to.number).as_secs_f64(), 1);
    format!(
        "{} s for each {}: from {} to {} takes {takes} s",
        trimmed(belt.lag, 2),
        belt.unit.name(),
        belt.text(from.number),
        belt.text(to.number)
    )
}

/// The factor of a belt in words: `1.02: it shows 10.0 and runs 10.2 km/h`.
pub fn factor_words(belt: &Belt) -> String {
    let (_, at) = example(belt);
    let true_number = trimmed(belt.unit.number(at.speed), 2);
    format!(
        "{}: it shows {} and runs {true_number} {}",
        trimmed(belt.factor, 3),
        belt.text(at.number),
        belt.unit.name()
    )
}
