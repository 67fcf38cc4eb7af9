//! A line between two values.

/// A quantity that changes linearly from one value to another, or stays constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EvenLine<T> {
    /// The value at the start.
    pub from: T,
    /// The value at the end.
    pub to: T,
}

impl<T: Copy> EvenLine<T> {
    /// A line that stays at one value.
    pub const fn level(at: T) -> Self {
        EvenLine { from: at, to: at }
    }
}
