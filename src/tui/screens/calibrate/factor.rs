//! Measures the belt's factor, its true speed over the speed it shows, by counting how often it comes round.

use crate::belt::Belt;
use crate::keymap::Action;
use crate::runner::figures::example;
use crate::tui::widgets::text_input::TextInput;
use crate::units::{Speed, parse};
use std::ops::RangeInclusive;

/// The factors that a profile takes.
const FACTORS: RangeInclusive<f64> = 0.5..=2.0;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorField {
    /// The speed on the console, in the belt's unit.
    Shown,
    /// The length of the belt, in metres.
    Length,
    /// The number of times it came round.
    Rounds,
    /// The time for those rounds, in seconds.
    Time,
}

impl FactorField {
    /// All fields, in the order shown.
    pub const ALL: [FactorField; 4] =
        [FactorField::Shown, FactorField::Length, FactorField::Rounds, FactorField::Time];

    /// The label before the field.
    pub fn label(self) -> &'static str {
        match self {
            FactorField::Shown => "speed shown",
            FactorField::Length => "belt length",
            FactorField::Rounds => "rounds",
            FactorField::Time => "time",
        }
    }

    /// The unit behind the field.
    pub fn unit(self, belt: &Belt) -> &'static str {
        match self {
            FactorField::Shown => belt.unit.name(),
            FactorField::Length => "m",
            FactorField::Rounds => "",
            FactorField::Time => "s",
        }
    }
}

/// The form, as far as it is filled in.
#[derive(Clone, Debug)]
pub struct FactorMeasurement {
    /// A line for each field, in their order.
    lines: [TextInput; 4],
    /// The index of the field that is being filled in.
    open: usize,
    /// True until a key changes the field: the first character replaces what is in it.
    fresh: bool,
}

impl FactorMeasurement {
    /// A form filled in with a minute at a usual speed.
    pub fn of(belt: &Belt) -> Self {
        let (_, usual) = example(belt);
        let lines = FactorField::ALL.map(|field| match field {
            FactorField::Shown => TextInput::new(&belt.text(usual.number)),
            FactorField::Length | FactorField::Rounds => TextInput::new(""),
            FactorField::Time => TextInput::new("60"),
        });
        FactorMeasurement { lines, open: 0, fresh: true }
    }

    /// True for the field that is being filled in.
    pub fn is_open(&self, field: FactorField) -> bool {
        FactorField::ALL.get(self.open) == Some(&field)
    }

    /// The text in a field.
    pub fn text(&self, field: FactorField) -> &str {
        let lines = FactorField::ALL.iter().zip(&self.lines);
        lines.filter(|(f, _)| **f == field).map(|(_, line)| line.text()).next().unwrap_or_default()
    }

    /// Opens the next field. After the last one comes the first.
    pub fn next_field(&mut self) {
        self.open_field(self.open + 1);
    }

    /// Opens the previous field. Before the first one comes the last.
    pub fn previous_field(&mut self) {
        self.open_field(self.open + self.lines.len() - 1);
    }

    fn open_field(&mut self, index: usize) {
        self.open = index % self.lines.len();
        self.fresh = true;
    }

    /// Erases in the open field as `action` asks.
    pub fn erase(&mut self, action: Action) {
        if let Some(line) = self.lines.get_mut(self.open) {
            line.erase(action);
        }
        self.fresh = false;
    }

    /// Types a digit or a decimal point into the open field. A comma becomes a point.
    pub fn push(&mut self, c: char) {
        if !(c.is_ascii_digit() || matches!(c, '.' | ',')) {
            return;
        }
        let Some(line) = self.lines.get_mut(self.open) else { return };
        if std::mem::take(&mut self.fresh) {
            line.erase(Action::EraseAll);
        }
        line.push(if c == ',' { '.' } else { c });
    }

    /// The true speed over the shown speed, to a thousandth; `None` until all fields are filled in.
    ///
    /// # Errors
    /// A message for the runner if no belt is that far off.
    pub fn result(&self, belt: &Belt) -> Option<Result<f64, String>> {
        let number = |field: FactorField| parse::number(self.text(field)).filter(|n| *n > 0.0);
        let shown = belt.unit.speed(number(FactorField::Shown)?);
        let metres = number(FactorField::Length)? * number(FactorField::Rounds)?;
        let run = Speed::from_mps(metres / number(FactorField::Time)?);
        let factor = (run.mps() / shown.mps() * 1000.0).round() / 1000.0;
        if FACTORS.contains(&factor) {
            return Some(Ok(factor));
        }
        let speed = belt.unit.number(run);
        Some(Err(format!("that would be {speed:.1} {}: check the numbers", belt.unit.name())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(texts: [&str; 4]) -> FactorMeasurement {
        let mut factor = FactorMeasurement::of(&Belt::default());
        for text in texts {
            text.chars().for_each(|c| factor.push(c));
            factor.next_field();
        }
        factor
    }

    #[test]
    fn the_factor_is_the_true_speed_over_the_shown_speed() {
        // 3.4 m × 60 in a minute is 204 m a minute, 12.24 km/h.
        assert_eq!(filled(["", "3.4", "60", ""]).result(&Belt::default()), Some(Ok(1.02)));
        // A kilometre in 5:10 at 12 km/h: 11.613 km/h.
        assert_eq!(filled(["12", "1000", "1", "310"]).result(&Belt::default()), Some(Ok(0.968)));
        assert_eq!(filled(["12.0", "3,4", "60", "60"]).result(&Belt::default()), Some(Ok(1.02)));
    }

    #[test]
    fn rejects_missing_and_impossible_numbers() {
        let belt = Belt::default();
        for texts in
            [["", "", "60", ""], ["", "3.4", "0", ""], ["", "3.4", "60", "."], ["x", "3.4", "6", "é"]]
        {
            assert!(!matches!(filled(texts).result(&belt), Some(Ok(_))), "{texts:?}");
        }
        let wrong = filled(["", "3.4", "600", ""]).result(&belt);
        assert_eq!(wrong, Some(Err("that would be 122.4 km/h: check the numbers".to_string())));
    }
}
