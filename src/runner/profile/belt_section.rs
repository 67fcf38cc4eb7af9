//! `[belt]` and `[belt.NAME]`: the limits of treadmills, in the numbers of their consoles.

use super::value::{ValueForm, entries, read_value};
use super::{NamedBelt, Profile, ProfileReader};
use crate::belt::Belt;
use crate::spanned_toml::{SpannedKey, SpannedTable, SpannedValue, list, misspelt};
use crate::text::{clean, nearest, quoted};
use crate::units::{Incline, Millis, SpeedUnit, parse, trimmed};
use std::ops::{Range, RangeInclusive};
use toml::de::DeValue;

/// The keys of a belt.
pub const KEYS: [&str; 10] = [
    "unit",
    "step",
    "lowest",
    "top",
    "incline_lowest",
    "incline_top",
    "incline_step",
    "lag",
    "factor",
    "ramp_every",
];
/// The key of `[belt]` that chooses the belt in use.
const USE: &str = "use";

const STEPS: RangeInclusive<f64> = 0.01..=2.0;
const PERCENT: RangeInclusive<f64> = -10.0..=40.0;
const INCLINE_STEPS: RangeInclusive<f64> = 0.1..=5.0;
const LAGS: RangeInclusive<f64> = 0.0..=60.0;
const FACTORS: RangeInclusive<f64> = 0.5..=2.0;
/// A factor outside this range gets a warning.
const USUAL_FACTORS: RangeInclusive<f64> = 0.85..=1.15;
const FASTEST_KMH: f64 = 50.0;
/// Treadmills are rarely faster than this.
const USUAL_TOP_KMH: f64 = 28.0;
const LONGEST_RAMP_EVERY: Millis = Millis::from_secs(3600);

/// A belt that is being read, with the places of the values that are compared at the end.
#[derive(Clone, Default)]
struct BeltDraft {
    belt: Belt,
    lowest: Option<Range<usize>>,
    incline_lowest: Option<Range<usize>>,
}

/// The keys of one belt, and the table they are in.
struct BeltTable<'a, 'i> {
    table: &'a SpannedTable<'i>,
    keys: Vec<(&'a SpannedKey<'i>, &'a SpannedValue<'i>)>,
    /// All keys that may be in this table.
    known: Vec<&'static str>,
}

impl<'a, 'i> BeltTable<'a, 'i> {
    /// The keys of `[belt]`, without the tables of named belts.
    fn common(table: &'a SpannedTable<'i>) -> Self {
        let mut keys = entries(table);
        keys.retain(|(key, value)| key.get_ref() != USE && !is_belt(value));
        BeltTable { table, keys, known: KEYS.into_iter().chain([USE]).collect() }
    }

    /// The keys of `[belt.NAME]`.
    fn named(table: &'a SpannedTable<'i>) -> Self {
        BeltTable { table, keys: entries(table), known: KEYS.to_vec() }
    }
}

/// True for the table of a named belt.
fn is_belt(value: &SpannedValue<'_>) -> bool {
    matches!(value.get_ref(), DeValue::Table(_))
}

impl ProfileReader {
    /// Reads all belts into `profile`. Belts are in `unit` unless they give their own.
    pub(crate) fn belts(&mut self, table: &SpannedTable<'_>, unit: SpeedUnit, profile: &mut Profile) {
        let mut common = BeltDraft { belt: Belt { unit, ..Belt::default() }, ..BeltDraft::default() };
        self.belt(&BeltTable::common(table), &mut common);
        if !entries(table).iter().any(|(_, value)| is_belt(value)) {
            self.check_belt(&common);
        }
        for (key, value) in entries(table) {
            let DeValue::Table(inside) = value.get_ref() else { continue };
            let mut draft = common.clone();
            self.belt(&BeltTable::named(inside), &mut draft);
            self.check_belt(&draft);
            profile.belts.push(NamedBelt { name: clean(key.get_ref()), belt: draft.belt });
        }
        profile.common = common.belt;
        profile.has_belt = !table.is_empty();
        let used = entries(table).into_iter().find(|(key, value)| key.get_ref() == USE && !is_belt(value));
        if let Some((_, value)) = used {
            profile.used = self.used(value, &profile.belts);
        }
    }

    fn used(&mut self, value: &SpannedValue<'_>, belts: &[NamedBelt]) -> Option<usize> {
        let form = ValueForm { what: "a belt's name", example: "use = \"gym\"" };
        let name = self.accept(read_value(USE, value, &form, |text| Some(clean(text)), |_| None))?;
        let found = belts.iter().position(|belt| belt.name == name);
        if found.is_none() {
            let names: Vec<&str> = belts.iter().map(|belt| belt.name.as_str()).collect();
            let help = match nearest(&name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => format!("describe it below a line that reads `[belt.{name}]`"),
                None => format!("the belts are {}", list(&names)),
            };
            self.error(value.span(), format!("there is no belt {}", quoted(&name)), "not described", help);
        }
        found
    }

    fn belt(&mut self, belt: &BeltTable<'_, '_>, draft: &mut BeltDraft) {
        // The unit comes first, because the other numbers are in it.
        if let Some((_, value)) = belt.keys.iter().find(|(key, _)| key.get_ref() == "unit") {
            let form = ValueForm { what: "a console's unit", example: "unit = \"km/h\"` or `unit = \"mph\"" };
            let unit = self.accept(read_value("unit", value, &form, parse::speed_unit, |_| None));
            draft.belt.unit = unit.unwrap_or(draft.belt.unit);
        }
        for (key, value) in &belt.keys {
            if !self.key(key.get_ref(), value, draft) {
                self.problems.push(misspelt(belt.table, key, &belt.known));
            }
        }
    }

    /// Reads one key. Returns false if there is no key of this name.
    fn key(&mut self, name: &str, value: &SpannedValue<'_>, draft: &mut BeltDraft) -> bool {
        let belt = &mut draft.belt;
        match name {
            "unit" => {}
            "step" => {
                let form = ValueForm { what: "a step", example: "step = 0.1" };
                belt.step = self.figure(name, value, &form, &STEPS).unwrap_or(belt.step);
            }
            "top" => belt.top = self.number(name, value, belt.unit).or(belt.top),
            "lowest" => {
                belt.lowest = self.number(name, value, belt.unit).or(belt.lowest);
                draft.lowest = Some(value.span());
            }
            "incline_top" => belt.incline_top = self.incline(name, value).or(belt.incline_top),
            "incline_lowest" => {
                belt.incline_lowest = self.incline(name, value).or(belt.incline_lowest);
                draft.incline_lowest = Some(value.span());
            }
            "incline_step" => {
                let form = ValueForm { what: "a step", example: "incline_step = 0.5" };
                let step = self.figure(name, value, &form, &INCLINE_STEPS).map(Incline::from_percent);
                belt.incline_step = step.unwrap_or(belt.incline_step);
            }
            "lag" => {
                let example = "lag = 2.5`, in seconds for each `km/h` or `mph";
                let form = ValueForm { what: "a number of seconds", example };
                belt.lag = self.figure(name, value, &form, &LAGS).unwrap_or(belt.lag);
            }
            "factor" => belt.factor = self.factor(value).unwrap_or(belt.factor),
            "ramp_every" => belt.ramp_every = self.ramp_every(value).unwrap_or(belt.ramp_every),
            _ => return false,
        }
        true
    }

    /// Reads a number. In quotes, `%` or `s` may follow it if that is its unit.
    fn figure(
        &mut self,
        key: &str,
        value: &SpannedValue<'_>,
        form: &ValueForm<'_>,
        range: &RangeInclusive<f64>,
    ) -> Option<f64> {
        let text = |text: &str| {
            let unit = match key {
                "lag" => "s",
                "incline_step" => "%",
                _ => "",
            };
            parse::number(text.trim().strip_suffix(unit).unwrap_or(text))
        };
        let number = self.accept(read_value(key, value, form, text, Some))?;
        if range.contains(&number) {
            return Some(number);
        }
        let message = format!("no treadmill has a {key} of {}", trimmed(number, 2));
        let label =
            format!("must be between {} and {}", trimmed(*range.start(), 2), trimmed(*range.end(), 2));
        self.error(value.span(), message, &label, form.help());
        None
    }

    /// Reads a speed in the console's unit, or with a unit of its own.
    fn number(&mut self, key: &str, value: &SpannedValue<'_>, unit: SpeedUnit) -> Option<f64> {
        let example = if key == "top" { "top = 16" } else { "lowest = 0.8" };
        let form = ValueForm { what: "a speed", example };
        let text =
            |text: &str| parse::speed(text).map(|speed| unit.number(speed)).or_else(|| parse::number(text));
        let number = self.accept(read_value(key, value, &form, text, Some))?;
        let kmh = unit.speed(number).kmh();
        let (word, least) =
            if key == "top" { ("top speed", f64::MIN_POSITIVE) } else { ("lowest speed", 0.0) };
        if !(least..=FASTEST_KMH).contains(&kmh) {
            let message = format!("no treadmill has a {word} of {} {}", trimmed(number, 2), unit.name());
            let label = if kmh < least { "below zero" } else { "above 50 km/h" };
            let label = if kmh == 0.0 { "the belt would never move" } else { label };
            self.error(value.span(), message, label, form.help());
            return None;
        }
        if key == "top" && kmh > USUAL_TOP_KMH {
            let message = format!("{} {} is very fast for a treadmill", trimmed(number, 2), unit.name());
            let help = "check the unit: `unit = \"km/h\"` or `unit = \"mph\"`";
            self.warn(value.span(), message, "is it in another unit?", help);
        }
        // Rounded to thousandths, so that 16 km/h is 9.942 mph.
        Some((number * 1000.0).round() / 1000.0)
    }

    fn incline(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<Incline> {
        let example = if key == "incline_top" { "incline_top = 15" } else { "incline_lowest = 0" };
        let form = ValueForm { what: "an incline", example };
        let bare = |number| Some(Incline::from_percent(number));
        let text = |text: &str| parse::incline(text).or_else(|| parse::number(text).and_then(bare));
        let incline = self.accept(read_value(key, value, &form, text, bare))?;
        if PERCENT.contains(&incline.percent()) {
            return Some(incline);
        }
        self.error(
            value.span(),
            format!("no treadmill has an incline of {incline}"),
            "must be between -10% and 40%",
            form.help(),
        );
        None
    }

    fn factor(&mut self, value: &SpannedValue<'_>) -> Option<f64> {
        let form = ValueForm { what: "a factor", example: "factor = 1.02" };
        let factor = self.figure("factor", value, &form, &FACTORS)?;
        if !USUAL_FACTORS.contains(&factor) {
            let message = format!("this console is {}% off", trimmed((factor - 1.0).abs() * 100.0, 1));
            let help = "write true speed divided by shown speed, like 1.02, or measure it again";
            self.warn(value.span(), message, "consoles are rarely that wrong", help);
        }
        Some(factor)
    }

    fn ramp_every(&mut self, value: &SpannedValue<'_>) -> Option<Millis> {
        let form = ValueForm { what: "a time", example: "ramp_every = \"30s\"" };
        let time = self.accept(read_value("ramp_every", value, &form, parse::time, |_| None))?;
        if time <= LONGEST_RAMP_EVERY {
            return Some(time);
        }
        self.error(value.span(), "too long between presses of a ramp", "at most an hour", form.help());
        None
    }

    /// Reports limits of a belt that contradict each other.
    fn check_belt(&mut self, draft: &BeltDraft) {
        let belt = &draft.belt;
        if let (Some(lowest), Some(top), Some(span)) = (belt.lowest, belt.top, &draft.lowest)
            && lowest >= top
        {
            let label = format!("the top is {}", trimmed(top, 2));
            self.error(
                span.clone(),
                "the lowest speed is not below the top speed",
                &label,
                "swap them or correct one",
            );
        }
        if let (Some(lowest), Some(top), Some(span)) =
            (belt.incline_lowest, belt.incline_top, &draft.incline_lowest)
            && lowest > top
        {
            let label = format!("the steepest is {top}");
            let message = "the lowest incline is above the steepest";
            self.error(span.clone(), message, &label, "swap them or correct one");
        }
    }
}
