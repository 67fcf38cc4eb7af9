//! The runner's choices about the items of a plan, and their form in the log.

use crate::plan::ItemId;
use chrono::NaiveDate;

/// A choice about an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanChoice {
    /// The item moves to another date.
    Move {
        /// The item.
        item: ItemId,
        /// The date.
        to: NaiveDate,
    },
    /// The item is left out.
    Skip {
        /// The item.
        item: ItemId,
    },
    /// Another session is taken for the item.
    Take {
        /// The item.
        item: ItemId,
        /// The session.
        session: TakenSession,
    },
    /// The week of the item and all later weeks move.
    Shift {
        /// The item.
        item: ItemId,
        /// The number of weeks. With 0 the plan goes on as it is, after the question was asked.
        weeks: i64,
    },
}

/// The session that is taken for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakenSession {
    /// An alternative of the item, counted from 1.
    Option(usize),
    /// A missed item, which replaces this one.
    Missed(ItemId),
    /// The item's session, but no longer than this: `90min`, `16km`.
    UpTo(String),
    /// A session of the log that was run for the item, by its start in milliseconds since 1970.
    Logged(i64),
}

impl PlanChoice {
    /// Reads a choice as the log keeps it: the item, the word, and the value.
    pub fn read(item: &str, word: &str, value: Option<&str>) -> Option<PlanChoice> {
        let item: ItemId = item.parse().ok()?;
        match (word, value) {
            ("move", Some(date)) => Some(PlanChoice::Move { item, to: date.parse().ok()? }),
            ("skip", _) => Some(PlanChoice::Skip { item }),
            ("take", Some(value)) => Some(PlanChoice::Take { item, session: TakenSession::read(value)? }),
            ("shift", Some(weeks)) => {
                let weeks = weeks.parse().ok().filter(|weeks| (0..=520).contains(weeks))?;
                Some(PlanChoice::Shift { item, weeks })
            }
            _ => None,
        }
    }

    /// Returns the item that the choice is about.
    pub const fn item(&self) -> ItemId {
        match self {
            PlanChoice::Move { item, .. }
            | PlanChoice::Skip { item }
            | PlanChoice::Take { item, .. }
            | PlanChoice::Shift { item, .. } => *item,
        }
    }

    /// Returns the word in the log.
    pub const fn word(&self) -> &'static str {
        match self {
            PlanChoice::Move { .. } => "move",
            PlanChoice::Skip { .. } => "skip",
            PlanChoice::Take { .. } => "take",
            PlanChoice::Shift { .. } => "shift",
        }
    }

    /// Returns the value in the log.
    pub fn value(&self) -> Option<String> {
        match self {
            PlanChoice::Move { to, .. } => Some(to.to_string()),
            PlanChoice::Skip { .. } => None,
            PlanChoice::Take { session: TakenSession::Option(number), .. } => Some(number.to_string()),
            PlanChoice::Take { session: TakenSession::Missed(item), .. } => Some(item.to_string()),
            PlanChoice::Take { session: TakenSession::UpTo(length), .. } => Some(length.clone()),
            PlanChoice::Take { session: TakenSession::Logged(start), .. } => Some(format!("@{start}")),
            PlanChoice::Shift { weeks, .. } => Some(weeks.to_string()),
        }
    }
}

impl TakenSession {
    fn read(value: &str) -> Option<TakenSession> {
        if let Some(start) = value.strip_prefix('@') {
            return start.parse().ok().map(TakenSession::Logged);
        }
        if let Ok(item) = value.parse() {
            return Some(TakenSession::Missed(item));
        }
        match value.parse() {
            Ok(0) => None,
            Ok(number) => Some(TakenSession::Option(number)),
            Err(_) => {
                Some(TakenSession::UpTo(value.to_string())).filter(|_| value.ends_with(char::is_alphabetic))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_read_back_as_the_log_keeps_them() {
        for (word, value) in [
            ("move", Some("2026-12-10")),
            ("skip", None),
            ("take", Some("2")),
            ("take", Some("w2-tue-1")),
            ("take", Some("90min")),
            ("take", Some("@1795600000000")),
            ("shift", Some("2")),
        ] {
            let choice = PlanChoice::read("w3-sun-1", word, value).unwrap();
            assert_eq!((choice.word(), choice.value().as_deref()), (word, value));
            assert_eq!(choice.item().to_string(), "w3-sun-1");
        }
        for (word, value) in
            [("move", None), ("take", Some("0")), ("take", Some("")), ("shift", Some("-1")), ("swap", None)]
        {
            assert_eq!(PlanChoice::read("w3-sun-1", word, value), None, "{word} {value:?}");
        }
    }
}
