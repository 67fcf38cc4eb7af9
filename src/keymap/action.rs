//! Everything that a key can do.

use clap::ValueEnum;

/// An action of a key. In the settings its name is in snake case: `end_step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Action {
    /// Pause the workout, or resume it.
    Pause,
    /// Go to the next step.
    Skip,
    /// Go to the start of this step, or to the step before.
    Back,
    /// Make this step longer.
    Extend,
    /// End a step that waits for the runner.
    EndStep,
    /// Leave the repeat for what follows it.
    EndRepeat,
    /// Set the belt one step faster.
    Faster,
    /// Set the belt one step slower.
    Slower,
    /// Enter the distance that the treadmill shows.
    Console,
    /// Turn the volume up.
    Louder,
    /// Turn the volume down.
    Softer,
    /// Mute the sound, or unmute it.
    Mute,
    /// Stop, after a question.
    Quit,
    /// Show the keys.
    Help,
    /// Select the previous item, or scroll up.
    Previous,
    /// Select the next item, or scroll down.
    Next,
    /// Go a page back.
    PageBack,
    /// Go a page on.
    PageOn,
    /// Go to the first item.
    First,
    /// Go to the last item.
    Last,
    /// Choose the selected item.
    Choose,
    /// Close the screen.
    Close,
    /// Stop here.
    Stop,
    /// Resume from where the session stopped.
    #[value(alias = "go_on")]
    Resume,
    /// Count the time away as run.
    CatchUp,
    /// Log the session.
    Log,
    /// Leave the session unfinished, to be resumed later.
    Later,
    /// Discard the session.
    Discard,
    /// Type a digit, or a decimal point.
    Number,
    /// Talk test: whole sentences.
    Sentences,
    /// Talk test: a few words at a time.
    Phrases,
    /// Talk test: nothing but gasps.
    Gasps,
    /// Quit at once.
    Interrupt,
    /// Suspend the program.
    Suspend,
    /// Search for a workout.
    Search,
    /// Open the workout or the session for editing.
    Edit,
    /// Create a workout.
    New,
    /// Copy a workout.
    Duplicate,
    /// Rename a workout.
    Rename,
    /// Change the warm-up.
    Warmup,
    /// Change the cool-down.
    Cooldown,
    /// Change a parameter.
    Parameter,
    /// Delete the item.
    Delete,
    /// Undo the latest change.
    Undo,
    /// Delete the last character.
    Erase,
    /// Delete the last word.
    EraseWord,
    /// Delete everything that was typed.
    EraseAll,
    /// Make the value smaller.
    Less,
    /// Make the value larger.
    More,
    /// Accept what is in the field.
    Keep,
    /// Leave the field as it was before.
    Cancel,
    /// Accept the offer.
    Take,
    /// Decline the offer.
    Leave,
    /// Mark this moment: the speed was set, or the belt has reached it.
    Mark,
    /// Too hard: ease off as the workout suggests next, or make the rest of the session easier.
    Ease,
    /// Add one recovery and one rep.
    OneMore,
    /// Cut the session to the minutes that are left.
    Minutes,
    /// Answer yes to the workout's question.
    Yes,
    /// Answer no to the workout's question.
    No,
    /// Show the signs that it is time to ease off.
    Signs,
    /// Show the list of steps, to jump to one.
    Steps,
    /// Show only the number, or everything again.
    Digits,
    /// Lock all other keys, or unlock them.
    Lock,
    /// Move a session of the plan to another day.
    Move,
    /// Show today.
    Today,
    /// Show the week.
    Week,
    /// Show the plan.
    Plan,
    /// Show the library.
    Library,
    /// Show the trends of the log.
    Trends,
    /// Count an action of the day as done.
    Done,
    /// Hold the day's reminders back, or no longer.
    Quiet,
    /// Say how you are this morning.
    Checkin,
    /// Show an earlier time.
    Earlier,
    /// Show a more recent time.
    Recent,
}

impl Action {
    /// The name in the settings.
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
    }

    /// Returns true if `name` is the action's name in the settings, or an older name for it.
    pub fn is_named(self, name: &str) -> bool {
        self.to_possible_value().is_some_and(|value| value.matches(name, false))
    }

    /// True if a runner may leave the action without a key: nothing depends on it.
    pub fn is_optional(self) -> bool {
        !matches!(
            self,
            Action::Pause
                | Action::EndStep
                | Action::Quit
                | Action::Help
                | Action::Choose
                | Action::Close
                | Action::Keep
                | Action::Cancel
                | Action::Stop
                | Action::Resume
                | Action::Later
                | Action::Leave
                | Action::Interrupt
                | Action::Suspend
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runners have these names in their settings: a variant must not be renamed without an alias.
    #[test]
    fn keeps_the_names_that_settings_use() {
        let names: Vec<String> = Action::value_variants().iter().map(|action| action.name()).collect();
        assert_eq!(
            names.join(" "),
            "pause skip back extend end_step end_repeat faster slower console louder softer mute quit help \
             previous next page_back page_on first last choose close stop resume catch_up log later discard number sentences \
             phrases gasps interrupt suspend search edit new duplicate rename warmup cooldown parameter delete undo erase \
             erase_word erase_all less more keep cancel take leave mark ease one_more minutes yes no signs steps digits lock \
             move today week plan library trends done quiet checkin earlier recent"
        );
        assert!(Action::Resume.is_named("go_on") && !Action::Pause.is_named("go_on"));
    }
}
