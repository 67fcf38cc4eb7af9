//! The priority of signals and phrases.

/// The priority of a signal or a phrase. Where there is no room for two, the one with the higher priority stays.
///
/// Priorities sort from the highest to the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Priority(u8);

impl Priority {
    /// The highest priority.
    pub const HIGHEST: Priority = Priority(0);

    /// Creates a priority from its rank: 0 is the highest.
    pub const fn new(rank: u8) -> Self {
        Priority(rank)
    }
}
