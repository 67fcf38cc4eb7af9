//! What follows from a profile in words: the same on the screen and in a table.

use super::{PaceChange, PaceFigure, best, changes, equivalents, paces, result_words, time};
use crate::athlete::{Athlete, HeartRates, NamedPace, Zone, ZoneScheme};
use crate::belt::{Belt, BeltSetting};
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::units::{HeartRate, Incline, Speed, trimmed};

/// Everything, ready to be placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureTables {
    /// What all paces follow from, or how to begin.
    pub head: Vec<String>,
    /// The unit of the paces: `/km`.
    pub per: String,
    /// What the belt's numbers are in.
    pub unit: String,
    /// Every pace that is known.
    pub paces: Vec<PaceRow>,
    /// What the belt cannot do of them.
    pub notes: Vec<String>,
    /// Every race as it is predicted.
    pub races: Vec<RaceRow>,
    /// What the zones are by, or how to get some.
    pub zones_by: String,
    /// Heart-rate zones.
    pub zones: Vec<ZoneRow>,
    /// The belt, and what else the profile says: what it is about, and what it is.
    pub facts: Vec<(&'static str, String)>,
}

/// A pace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaceRow {
    /// Its name.
    pub name: &'static str,
    /// Its zone.
    pub zone: Option<u8>,
    /// The pace, without its unit.
    pub pace: String,
    /// What the belt is set to, with the incline where that stands in for speed.
    pub number: String,
    /// The true pace of that number.
    pub runs: String,
    /// Where it comes from.
    pub from: String,
}

/// A race.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RaceRow {
    /// Its name.
    pub name: &'static str,
    /// What it would take.
    pub time: String,
    /// The pace of that.
    pub pace: String,
    /// What it took: `ran 22:30`; `predicted` where it was not run lately.
    pub from: String,
    /// The day on which it was run, where that is known.
    pub on: String,
}

/// A zone of heart rates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneRow {
    /// Its number, 1 to 5.
    pub zone: u8,
    /// Its name: `Z5`, `Z5b`.
    pub name: String,
    /// The rates in it.
    pub beats: String,
}

/// A pace that a change of the profile changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its name.
    pub name: &'static str,
    /// Its zone.
    pub zone: Option<u8>,
    /// The pace before, with its unit; a dash where it was not known.
    pub was: String,
    /// The pace after.
    pub is: String,
    /// What the belt is set to for it.
    pub number: String,
}

/// The paces that a change of the profile changes, from the slowest to the fastest.
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

/// What becomes of the VDOT, where it changes: `VDOT 41.2 → 43.4`.
pub fn vdot_change(before: &Profile, after: &Profile) -> Option<String> {
    let words =
        |profile: &Profile| profile.athlete.vdot().map_or("–".to_string(), |vdot| format!("{vdot:.1}"));
    let (was, is) = (words(before), words(after));
    (was != is).then(|| format!("VDOT {was} → {is}"))
}

/// What a pace is called where it is listed: in full.
pub fn name(pace: NamedPace) -> &'static str {
    match pace {
        NamedPace::Marathon => "marathon",
        NamedPace::Half => "half",
        other => other.key(),
    }
}

/// Everything that follows from a profile, in its units.
pub fn sheet(profile: &Profile) -> FigureTables {
    let belt = profile.belt();
    let all = paces(profile);
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
        paces: below_each_other(all.iter().map(|pace| pace_row(profile, &belt, pace)).collect()),
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
        _ => vec!["No race result yet. `pacebell profile race 5K 22:30` puts one in.".to_string()],
    };
    let aside = athlete.results().iter().filter(|result| athlete.is_set_aside(result));
    lines.extend(aside.map(|r| format!("set aside, over a year older than the newest: {}", result_words(r))));
    lines
}

/// A pace without its unit.
fn bare(speed: Speed, profile: &Profile) -> String {
    let text = speed.pace_text(profile.units.pace);
    text.split('/').next().unwrap_or_default().to_string()
}

fn pace_row(profile: &Profile, belt: &Belt, pace: &PaceFigure) -> PaceRow {
    let usual = belt.incline(profile.athlete.flat.unwrap_or(Incline::FLAT));
    let at = match pace.nearest.incline {
        incline if incline == usual => String::new(),
        incline => format!(" at {incline}"),
    };
    PaceRow {
        name: name(pace.pace),
        zone: pace.zone(),
        pace: bare(pace.speed, profile),
        number: belt.text(pace.nearest.setting.number) + &at,
        runs: bare(pace.nearest.setting.speed, profile),
        from: pace.origin.words(),
    }
}

/// The belt's numbers with blanks in front, so that they stand below each other.
fn below_each_other(mut rows: Vec<PaceRow>) -> Vec<PaceRow> {
    let digits = |row: &PaceRow| row.number.split(' ').next().map_or(0, str::len);
    let widest = rows.iter().map(digits).max().unwrap_or(0);
    for row in &mut rows {
        row.number.insert_str(0, &" ".repeat(widest - digits(row)));
    }
    rows
}

fn races(profile: &Profile) -> Vec<RaceRow> {
    let row = |race: super::RaceEquivalent| {
        let speed = Speed::from_mps(race.race.distance().metres() / race.time.as_secs_f64());
        RaceRow {
            name: race.race.key(),
            time: time(race.time),
            pace: bare(speed, profile),
            from: race.own.map_or("predicted".to_string(), |own| format!("ran {}", time(own.time))),
            on: race.own.and_then(|own| own.on).map(|on| on.to_string()).unwrap_or_default(),
        }
    };
    equivalents(&profile.athlete).into_iter().map(row).collect()
}

fn zones_by(heart: &HeartRates) -> String {
    let figure = |name: &str, rate: Option<HeartRate>| rate.map(|r| format!("{name} {}", r.bpm()));
    let (name, from) = match heart.scheme() {
        None => return "No zones yet. `pacebell profile set athlete.hr_max 185` gives them.".to_string(),
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
    let zones: Vec<Zone> = match (friel, heart.zones()) {
        (Some(friel), _) => friel.to_vec(),
        (None, Some(zones)) => zones.to_vec(),
        (None, None) => Vec::new(),
    };
    let last = zones.len().saturating_sub(1);
    let row = |(i, zone): (usize, &Zone)| ZoneRow {
        zone: zone
            .name
            .chars()
            .next()
            .and_then(|c| c.to_digit(10))
            .and_then(|n| u8::try_from(n).ok())
            .unwrap_or(5),
        name: format!("Z{}", zone.name),
        beats: beats(zone, i == last),
    };
    zones.iter().enumerate().map(row).collect()
}

/// The rates of a zone, both ends in it. The highest ends with the maximum, which may be passed all the same.
fn beats(zone: &Zone, last: bool) -> String {
    let high = |high: HeartRate| if last { high.bpm() } else { high.bpm().saturating_sub(1) };
    match (zone.low, zone.high) {
        (Some(low), Some(end)) if high(end) > low.bpm() => format!("{}–{}", low.bpm(), high(end)),
        (Some(low), None) => format!("from {}", low.bpm()),
        (Some(low), Some(_)) => low.bpm().to_string(),
        (None, Some(end)) => format!("below {}", end.bpm()),
        (None, None) => String::new(),
    }
}

fn facts(profile: &Profile, belt: &Belt) -> Vec<(&'static str, String)> {
    let unit = belt.unit.name();
    let number = |number: f64| trimmed(number, 3);
    let steps = format!("{unit} in steps of {}", number(belt.step));
    let mut facts = vec![match profile.belt_name() {
        Some(name) => ("belt", format!("{}: {steps}", clean(name))),
        None if profile.has_belt() => ("belt", steps),
        None => ("belt", format!("{steps}, as long as you say nothing of yours")),
    }];
    let span = |low: Option<String>, high: Option<String>| match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("from {low}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (None, None) => None,
    };
    facts.extend(
        span(belt.lowest.map(number), belt.top.map(number)).map(|s| ("speeds", format!("{s} {unit}"))),
    );
    let inclines = span(belt.incline_lowest.map(|i| i.to_string()), belt.incline_top.map(|i| i.to_string()));
    facts.extend(inclines.map(|s| ("inclines", format!("{s} in steps of {}", belt.incline_step))));
    facts.push(("lag", lag_words(belt)));
    if belt.factor != 1.0 {
        facts.push(("factor", factor_words(belt)));
    }
    let athlete = &profile.athlete;
    let speed = |speed: Speed| {
        let shown = trimmed(profile.units.speed.number(speed), 1);
        format!("{shown} {}, {}", profile.units.speed.name(), speed.pace_text(profile.units.pace))
    };
    facts.extend(athlete.ceiling.map(|ceiling| ("ceiling", speed(ceiling))));
    facts.extend(athlete.flat.map(|flat| ("flat", format!("{flat} where a workout says no incline"))));
    facts.extend(athlete.weight.map(|weight| ("weight", weight.to_string())));
    let others =
        profile.belts.iter().map(|b| clean(&b.name)).filter(|n| Some(n.as_str()) != profile.belt_name());
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        facts.push(("other belts", others.join(", ")));
    }
    facts
}

/// Two numbers that a belt goes between, to say how long it takes: 8 and 12 km/h, or about that.
pub fn example(belt: &Belt) -> (BeltSetting, BeltSetting) {
    let (slow, quick) = (belt.setting(Speed::from_kmh(8.0)), belt.setting(Speed::from_kmh(12.0)));
    let round = |setting: BeltSetting| belt.setting_at(setting.number.round());
    (round(slow), round(quick))
}

/// What a belt's lag means: `2.5 s for each km/h: from 8.0 to 12.0 takes 10 s`.
pub fn lag_words(belt: &Belt) -> String {
    if belt.lag <= 0.0 {
        return "not known: `pacebell calibrate` measures it".to_string();
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

/// What a belt's factor means: `1.02: it shows 10.0 and runs 10.2 km/h`.
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
