//! The numbers of a text, with what each may measure.

use crate::workout::language::lexer::{Lexer, Tok};

const MILE: f64 = 1609.344;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuantityKind {
    /// Seconds.
    Time,
    /// Metres, also of a race.
    Distance,
    /// Seconds a kilometre.
    Pace,
    /// Kilometres an hour.
    Speed,
    /// Percent.
    Percent,
    /// Beats a minute.
    Beats,
    /// A count, a zone or an effort's number.
    Plain,
}

/// One reading of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    pub(super) measure: QuantityKind,
    pub(super) value: f64,
}

impl Quantity {
    pub(super) fn equals(&self, other: &Quantity) -> bool {
        self.measure == other.measure && (self.value - other.value).abs() <= 0.005 * self.value.abs()
    }
}

/// A number as it stands in a text.
struct NumberText {
    /// The number; of a clock, its seconds if the first figure is minutes.
    value: f64,
    is_clock: bool,
    /// The unit in small letters, or the mark after the number.
    unit: String,
    /// The mark or word before the number.
    before: String,
    /// True after a word and a minus sign, as in `MP - 10`.
    is_offset: bool,
}

/// Returns the numbers of canonical notation.
pub(super) fn written(text: &str) -> Vec<Quantity> {
    let figures = figures(text);
    figures.iter().filter_map(|figure| known(figure).or_else(|| bare(figure).first().copied())).collect()
}

/// Returns what each number of a runner's text may mean. Numbers that no workout can hold, such as watts, are left out.
pub(super) fn meant(text: &str) -> Vec<Vec<Quantity>> {
    figures(text)
        .iter()
        .filter(|figure| !matches!(figure.unit.as_str(), "w" | "watt" | "watts"))
        .map(|figure| match known(figure) {
            Some(known) if figure.unit == "s" && figure.value >= 100.0 && !figure.is_clock => {
                vec![known, quantity(QuantityKind::Distance, figure.value)]
            }
            // `30/30 x 10`: the sign may belong to the count after it.
            Some(known) if figure.unit == "×" && figure.before == "/" => {
                [known].into_iter().chain(bare(figure)).collect()
            }
            Some(known) => vec![known],
            None if figure.is_offset && !figure.is_clock => vec![quantity(QuantityKind::Time, figure.value)],
            None => bare(figure),
        })
        .collect()
}

fn quantity(measure: QuantityKind, value: f64) -> Quantity {
    Quantity { measure, value }
}

/// Returns the quantity of a number whose unit is certain.
fn known(figure: &NumberText) -> Option<Quantity> {
    let value = figure.value;
    if ["z", "zone"].contains(&figure.before.as_str()) {
        return Some(quantity(QuantityKind::Plain, value));
    }
    Some(match (figure.unit.as_str(), figure.is_clock) {
        ("/km", true) => quantity(QuantityKind::Pace, value),
        ("/mi", true) => quantity(QuantityKind::Pace, value * 1000.0 / MILE),
        ("km/h" | "kph" | "kmh", false) => quantity(QuantityKind::Speed, value),
        ("mph", false) => quantity(QuantityKind::Speed, value * MILE / 1000.0),
        ("%", _) => quantity(QuantityKind::Percent, value),
        ("bpm", _) => quantity(QuantityKind::Beats, value),
        (_, true) => return None,
        ("×", _) => quantity(QuantityKind::Plain, value),
        ("s" | "sec" | "secs" | "second" | "seconds" | "\"", _) => quantity(QuantityKind::Time, value),
        ("min" | "mins" | "minute" | "minutes" | "'", _) => quantity(QuantityKind::Time, value * 60.0),
        ("h" | "hr" | "hrs" | "hour" | "hours", _) => quantity(QuantityKind::Time, value * 3600.0),
        ("km" | "k" | "kms", _) => quantity(QuantityKind::Distance, value * 1000.0),
        ("mi" | "mile" | "miles", _) => quantity(QuantityKind::Distance, value * MILE),
        _ => return None,
    })
}

/// Returns what a number without a certain unit may mean.
fn bare(figure: &NumberText) -> Vec<Quantity> {
    let (value, unit) = (figure.value, figure.unit.as_str());
    if figure.is_clock {
        let time = quantity(QuantityKind::Time, value);
        let hours = quantity(QuantityKind::Time, value * 60.0);
        return vec![
            time,
            hours,
            quantity(QuantityKind::Pace, value),
            quantity(QuantityKind::Pace, value * 1000.0 / MILE),
        ];
    }
    let metres = quantity(QuantityKind::Distance, value);
    let mut readings = Vec::new();
    if unit.starts_with('m') {
        readings.push(metres);
    } else {
        readings.push(quantity(QuantityKind::Plain, value));
    }
    if value < 100.0 {
        readings.push(quantity(QuantityKind::Time, value * 60.0));
        readings.push(quantity(QuantityKind::Distance, value * 1000.0));
        readings.push(quantity(QuantityKind::Distance, value * MILE));
    }
    if value < 100.0 || [120.0, 150.0, 180.0, 240.0].contains(&value) {
        readings.push(quantity(QuantityKind::Time, value));
    }
    if value >= 20.0 {
        readings.push(metres);
    }
    if ["^", "incline", "grade"].contains(&figure.before.as_str()) {
        readings.push(quantity(QuantityKind::Percent, value));
    }
    if (4.0..=25.0).contains(&value) {
        readings.push(quantity(QuantityKind::Speed, value));
    }
    if (3.0..=12.0).contains(&value) {
        readings.push(quantity(QuantityKind::Pace, value * 60.0));
    }
    readings
}

fn figures(text: &str) -> Vec<NumberText> {
    let lexer = Lexer::new(text);
    let mut tokens = Vec::new();
    let mut position = 0;
    loop {
        let token = lexer.token(position);
        if token.tok == Tok::End {
            break;
        }
        position = token.end.max(position + 1);
        tokens.push(token);
    }
    let slice = |i: usize| tokens.get(i).and_then(|token| text.get(token.range())).unwrap_or_default();
    let mut figures = Vec::new();
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        let Tok::Number(value) = token.tok else {
            i += 1;
            continue;
        };
        let before = i.checked_sub(1).map_or(String::new(), |i| slice(i).to_lowercase());
        let is_offset = ["-", "–", "−"].contains(&before.as_str())
            && i.checked_sub(2).is_some_and(|i| slice(i).starts_with(char::is_alphabetic));
        let mut figure = NumberText { value, is_clock: false, unit: String::new(), before, is_offset };
        i += 1;
        while slice(i) == ":"
            && let Some(Tok::Number(part)) = tokens.get(i + 1).map(|token| token.tok.clone())
        {
            figure.value = figure.value * 60.0 + part;
            figure.is_clock = true;
            i += 2;
        }
        figure.unit = unit(&slice, i);
        figures.push(figure);
    }
    joined(figures)
}

/// Returns the unit after a number, whose next token is `i`.
fn unit<'a>(slice: &impl Fn(usize) -> &'a str, i: usize) -> String {
    let next = slice(i).to_lowercase();
    match (next.as_str(), slice(i + 1).to_lowercase().as_str()) {
        ("/", unit @ ("km" | "mi")) => format!("/{unit}"),
        ("km", "/") if slice(i + 2).eq_ignore_ascii_case("h") => "km/h".to_string(),
        ("x" | "*" | "×", _) => "×".to_string(),
        ("′" | "'", _) => "'".to_string(),
        ("″" | "\"", _) => "\"".to_string(),
        // The first end of a range has the unit of the second.
        ("-" | "–", number) if number.starts_with(|c: char| c.is_ascii_digit()) => unit(slice, i + 2),
        _ => next,
    }
}

/// Joins `1h` and `30min`.
fn joined(figures: Vec<NumberText>) -> Vec<NumberText> {
    let mut all: Vec<NumberText> = Vec::new();
    for figure in figures {
        if figure.unit.starts_with("min")
            && figure.before.starts_with('h')
            && let Some(last) = all.last_mut()
            && last.unit == "h"
        {
            last.value = last.value * 60.0 + figure.value;
            last.unit = "min".to_string();
            continue;
        }
        all.push(figure);
    }
    all
}
