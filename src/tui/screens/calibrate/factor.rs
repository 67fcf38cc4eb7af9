//! Measuring how fast the belt really runs: how often it comes round in a time, or a distance that was measured
//! otherwise.

use crate::belt::Belt;
use crate::keymap::Action;
use crate::runner::figures::example;
use crate::tui::widgets::text_input::TextInput;
use crate::units::{Speed, parse};
use std::ops::RangeInclusive;

/// What a profile takes.
const FACTORS: RangeInclusive<f64> = 0.5..=2.0;
/// The fields in their order: what each is, and its unit.
pub const FIELDS: [(&str, &str); 4] =
    [("the console shows", ""), ("the belt is long", "m"), ("it came round", "times"), ("in", "s")];

/// The fields with what is typed.
#[derive(Clone, Debug)]
pub struct FactorMeasurement {
    lines: [TextInput; 4],
    /// Which is being filled in.
    pub at: usize,
    /// Nothing was typed into it yet: the first character takes the place of what stands there.
    fresh: bool,
}

impl FactorMeasurement {
    /// A minute at a usual number; the belt's length and its rounds are to be filled in.
    pub fn of(belt: &Belt) -> Self {
        let (_, at) = example(belt);
        let lines = [
            TextInput::new(&belt.text(at.number)),
            TextInput::new(""),
            TextInput::new(""),
            TextInput::new("60"),
        ];
        FactorMeasurement { lines, at: 0, fresh: true }
    }

    /// What is typed in a field.
    pub fn text(&self, field: usize) -> &str {
        self.lines.get(field).map_or("", TextInput::text)
    }

    /// Goes to the next field, or to the one before; round and round.
    pub fn go(&mut self, on: bool) {
        let count = self.lines.len();
        self.at = (self.at + if on { 1 } else { count - 1 }) % count;
        self.fresh = true;
    }

    /// Erases in the field as a key asks for.
    pub fn erase(&mut self, action: Action) {
        if let Some(line) = self.lines.get_mut(self.at) {
            line.erase(action);
        }
        self.fresh = false;
    }

    /// Types a character into the field; a comma is a point.
    pub fn push(&mut self, c: char) {
        let Some(line) = self.lines.get_mut(self.at).filter(|_| c.is_ascii_digit() || matches!(c, '.' | ','))
        else {
            return;
        };
        if std::mem::take(&mut self.fresh) {
            line.erase(Action::EraseAll);
        }
        line.push(if c == ',' { '.' } else { c });
    }

    /// True speed over shown speed, to a thousandth; nothing before all is filled in.
    ///
    /// # Errors
    /// Where no belt is so far off.
    pub fn result(&self, belt: &Belt) -> Option<Result<f64, String>> {
        let number = |field: usize| parse::number(self.text(field)).filter(|n| *n > 0.0);
        let shown = belt.unit.speed(number(0)?);
        let run = Speed::from_mps(number(1)? * number(2)? / number(3)?);
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
            factor.go(true);
        }
        factor
    }

    #[test]
    fn the_factor_is_true_over_shown() {
        // 3.4 m × 60 in a minute is 204 m a minute, 12.24 km/h.
        assert_eq!(filled(["", "3.4", "60", ""]).result(&Belt::default()), Some(Ok(1.02)));
        // A kilometre in 5:10 at 12 km/h: 11.613 km/h.
        assert_eq!(filled(["12", "1000", "1", "310"]).result(&Belt::default()), Some(Ok(0.968)));
        assert_eq!(filled(["12.0", "3,4", "60", "60"]).result(&Belt::default()), Some(Ok(1.02)));
    }

    #[test]
    fn what_is_missing_or_cannot_be_is_no_factor() {
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
