//! The id of an item: its week, its place in the week, and its number there.

use chrono::Weekday;
use std::fmt;
use std::str::FromStr;

/// The stable id of an item, such as `w3-sun-1` or `w3-any-2`. It names the place in the plan, not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    /// The number of the week, from 1.
    pub week: usize,
    /// The place in the week.
    pub slot: ItemSlot,
    /// The number of the item in its place, from 1.
    pub number: usize,
}

/// The place of an item in its week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemSlot {
    /// A day, counted from Monday as 0, as the plan's file names it. In the week of a race, dates may fall on other
    /// weekdays.
    Day(u8),
    /// Any day of the week.
    Any,
}

/// The keys of the days, from Monday.
pub(crate) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl ItemSlot {
    /// Returns the slot of a weekday.
    pub fn of(day: Weekday) -> ItemSlot {
        ItemSlot::Day(u8::try_from(day.num_days_from_monday()).unwrap_or_default())
    }

    /// Returns the key in a plan: `mon` to `sun`, or `any`.
    pub fn key(self) -> &'static str {
        match self {
            ItemSlot::Day(day) => DAYS.get(usize::from(day)).copied().unwrap_or("sun"),
            ItemSlot::Any => "any",
        }
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "w{}-{}-{}", self.week, self.slot.key(), self.number)
    }
}

impl FromStr for ItemId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let (Some(week), Some(slot), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let positive = |digits: &str| digits.parse::<usize>().ok().filter(|n| *n > 0).ok_or(());
        let slot = match slot {
            "any" => ItemSlot::Any,
            day => {
                let day = DAYS.iter().position(|known| *known == day).ok_or(())?;
                ItemSlot::Day(u8::try_from(day).map_err(|_| ())?)
            }
        };
        Ok(ItemId { week: positive(week.strip_prefix('w').ok_or(())?)?, slot, number: positive(number)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_as_they_are_printed() {
        for text in ["w3-sun-1", "w12-any-2", "w60-mon-6"] {
            assert_eq!(text.parse::<ItemId>().unwrap().to_string(), text);
        }
        for text in ["", "w0-sun-1", "w3-sun-0", "w3-sunday-1", "3-sun-1", "w3-sun", "w3-sun-1-1", "w3-sun-x"]
        {
            assert_eq!(text.parse::<ItemId>(), Err(()), "{text}");
        }
    }
}
