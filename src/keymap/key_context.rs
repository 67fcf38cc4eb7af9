//! The contexts in which keys have a meaning.

use clap::ValueEnum;

/// A screen, a question or a field that keys act on. In the settings its name is in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum KeyContext {
    /// A running workout.
    Running,
    /// The workout asks a question while it runs. The keys of a running workout work too.
    Answering,
    /// The list of steps.
    Listing,
    /// The signs that it is time to ease off.
    Signs,
    /// The checklist before a workout.
    Checking,
    /// The checklist advises against running.
    Advised,
    /// The question whether to stop.
    Quitting,
    /// The question what to do after an absence.
    Absence,
    /// The field for the distance that the treadmill shows.
    Correcting,
    /// The field for the minutes that are left.
    Minutes,
    /// The help, or another text to read.
    Reading,
    /// An unfinished session, offered at the start.
    Unfinished,
    /// The page before a run while another session is unfinished.
    Starting,
    /// The question what to do with a session that is over.
    Ended,
    /// A question after a session, with a list of answers.
    Rating,
    /// A question after a session, answered in the runner's own words.
    Writing,
    /// The list of workouts.
    Picking,
    /// The search in the list of workouts.
    Searching,
    /// A field of a workout, or the name of a new one.
    Filling,
    /// The problems of a workout.
    Mistakes,
    /// The list of logged sessions.
    Logged,
    /// The filter of the list of logged sessions.
    Filtering,
    /// One logged session.
    Session,
    /// The trends of the log.
    Trends,
    /// The measurement of the belt's lag.
    Lag,
    /// The measurement of the belt's true speed.
    Factor,
    /// The question for the treadmill's unit, at the first start.
    Unit,
    /// The question for a race result, at the first start.
    Race,
    /// A time trial's result, offered for the profile.
    Trial,
    /// The sessions of today, while a plan is on.
    Today,
    /// A week of the plan.
    Week,
    /// The whole plan.
    Plan,
    /// The question to which day a session moves.
    Moving,
    /// The day with its small breaks.
    Day,
    /// The question which small breaks to begin with.
    Breaks,
    /// The check-in.
    Checkin,
    /// Every context.
    Anywhere,
}

impl KeyContext {
    /// The name in the settings.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
    }

    /// True if keys of both contexts work at the same time, so that no key can have a meaning in each.
    pub fn overlaps(self, other: KeyContext) -> bool {
        let pair = [self, other];
        self == other
            || pair.contains(&KeyContext::Anywhere)
            || pair.contains(&KeyContext::Running) && pair.contains(&KeyContext::Answering)
    }

    /// True if this character can be typed as text there, so that it cannot have another meaning.
    pub fn is_typed(self, c: char) -> bool {
        match self {
            KeyContext::Searching | KeyContext::Filtering | KeyContext::Filling | KeyContext::Writing => true,
            KeyContext::Rating | KeyContext::Race | KeyContext::Factor => {
                c.is_ascii_digit() || ".,:".contains(c)
            }
            KeyContext::Checkin => c.is_ascii_digit(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runners have these names in their settings: a variant must not be renamed without an alias.
    #[test]
    fn keeps_the_names_that_settings_use() {
        let names: Vec<String> = KeyContext::value_variants().iter().map(|c| c.name()).collect();
        assert_eq!(
            names.join(" "),
            "running answering listing signs checking advised quitting absence correcting minutes reading unfinished \
             starting ended rating writing picking searching filling mistakes logged filtering session trends lag factor unit race trial \
             today week plan moving day breaks checkin \
             anywhere"
        );
    }
}
