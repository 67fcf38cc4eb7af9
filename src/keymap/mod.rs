//! The keys: one table of what each does, and in its words. The help screen is made from it.

mod default_bindings;
mod user_bindings;

pub use default_bindings::TABLE;
pub use user_bindings::{KeyPress, UserBindings, key_of, name_of};

use crate::units::Millis;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::sync::OnceLock;
use user_bindings::asked_by;

/// By how much one key press makes a step longer.
pub const EXTENSION: Millis = Millis::from_secs(10);

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Stop the clock, or start it again.
    Pause,
    /// To the next step.
    Skip,
    /// To this step's start, or to the step before.
    Back,
    /// Make this step longer.
    Extend,
    /// End a step that waits for the runner.
    EndStep,
    /// One step of the belt faster.
    Faster,
    /// One step of the belt slower.
    Slower,
    /// Say what distance the console shows.
    Console,
    /// The sound a step louder.
    Louder,
    /// The sound a step softer.
    Softer,
    /// Let nothing be heard, or let it be heard again.
    Mute,
    /// Ask whether to stop.
    Quit,
    /// Show the keys.
    Help,
    /// The answer before.
    Previous,
    /// The answer after.
    Next,
    /// The page before.
    PageBack,
    /// The page after.
    PageOn,
    /// The first of all.
    First,
    /// The last of all.
    Last,
    /// Take the chosen answer.
    Choose,
    /// Leave this screen.
    Close,
    /// Stop here.
    Stop,
    /// Go on from where it was.
    GoOn,
    /// Count the time that passed as run.
    CatchUp,
    /// Put what was done into the log.
    Log,
    /// Leave it as it is, to be taken up another time.
    Later,
    /// Throw away what was done.
    Discard,
    /// Write a digit, or a half.
    Number,
    /// By the talk test: whole sentences.
    Sentences,
    /// By the talk test: a few words at a time.
    Phrases,
    /// By the talk test: nothing but gasps.
    Gasps,
    /// Leave at once.
    Interrupt,
    /// Put the program to sleep.
    Suspend,
    /// Search for a workout.
    Search,
    /// Open the user's own copy in the editor.
    Edit,
    /// Start a new workout.
    New,
    /// Change the warm-up.
    Warmup,
    /// Change the cool-down.
    Cooldown,
    /// Change a parameter.
    Parameter,
    /// Take it away.
    Delete,
    /// Undo the latest change.
    Undo,
    /// Erase the last character.
    Erase,
    /// Erase the last word.
    EraseWord,
    /// Erase everything that was typed.
    EraseAll,
    /// The value before, a smaller one.
    Less,
    /// The value after, a greater one.
    More,
    /// Leave the field with what is in it.
    Keep,
    /// Leave the field as it was before.
    Cancel,
    /// Take what is offered.
    Take,
    /// Leave what is offered.
    Leave,
    /// It is now: the belt is told, or it has arrived.
    Mark,
    /// Run easier: the workout's next way to ease off.
    Ease,
    /// Yes, to what the workout asks on the way.
    Yes,
    /// No, to what the workout asks on the way.
    No,
    /// Show the signs that this run is turning into another.
    Signs,
    /// Show the list of steps, to go to one.
    Steps,
    /// Nothing but the number, or all of it again.
    Digits,
    /// Let no key do anything until this one is pressed again.
    Lock,
}

/// What is on the screen, and so what keys mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyContext {
    /// A workout.
    Running,
    /// The question whether to stop.
    Quitting,
    /// The distance that the console shows.
    Correcting,
    /// The question what to make of an absence.
    Absence,
    /// The help: something to read.
    Reading,
    /// A workout that asks something on the way; every key of a running one holds beside these.
    Answering,
    /// The list of steps.
    Listing,
    /// The signs that it is time to ease off.
    Signs,
    /// The checklist before a workout.
    Checking,
    /// Its advice, and whether to run anyway.
    Advised,
    /// A session that was cut off, offered again.
    Unfinished,
    /// A session that is over: what becomes of it.
    Ended,
    /// A question afterwards whose answers are a list.
    Rating,
    /// A question afterwards that is answered in words.
    Writing,
    /// A list of workouts to choose from.
    Picking,
    /// The same while a search is typed.
    Searching,
    /// A field of a workout, or the name of a new one.
    Filling,
    /// What is wrong with a workout.
    Mistakes,
    /// What was run, as a list.
    Logged,
    /// One session of it.
    Session,
    /// Measuring how long the belt takes.
    Lag,
    /// Measuring how fast it really runs.
    Factor,
    /// Asked at the first start what the treadmill shows.
    Unit,
    /// Asked at the first start for a race's result.
    Race,
    /// A time trial's result, offered for the profile.
    Trial,
    /// Whatever it is.
    Anywhere,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct KeyBinding {
    /// Where it holds.
    pub context: KeyContext,
    /// The keys that do it.
    pub keys: &'static [(KeyCode, KeyModifiers)],
    /// What they do.
    pub action: Action,
    /// The keys' names, as they are printed on keyboards.
    pub names: &'static str,
    /// What they do, in words.
    pub says: &'static str,
    /// The same in a word or two, for the hints at the foot of the screen; empty where there is no room for it.
    pub short: &'static str,
}

/// The table with the runner's own keys in it, where there are any.
///
/// It is for the whole program, which has one keyboard, and it is set at most once, before the first screen: nobody
/// sees it change, and no page has to be handed what is the same for all of them.
static OWN: OnceLock<UserBindings> = OnceLock::new();

/// Has these keys hold from here on. Only the first call does anything.
pub fn install(keys: UserBindings) {
    _ = OWN.set(keys);
}

fn table() -> &'static [KeyBinding] {
    OWN.get().map_or(TABLE, |keys| &keys.rows)
}

/// What a key press asks for where it is pressed. Letting go of a key asks for nothing.
pub fn action(context: KeyContext, key: &KeyEvent) -> Option<Action> {
    asked_by(table(), context, key)
}

/// The character that a key types, where it types one.
pub fn typed(key: &KeyEvent) -> Option<char> {
    let held = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match key.code {
        KeyCode::Char(c) if key.kind != KeyEventKind::Release && !held => Some(c),
        _ => None,
    }
}

/// The first of the keys that do something in a context, as it is named; nothing where none does.
pub fn name(context: KeyContext, action: Action) -> &'static str {
    let row = of(context).find(|b| b.action == action);
    row.and_then(|b| b.names.split("  ").next()).unwrap_or_default()
}

/// What a pasted text types into a line: the keys of its first line of text, whatever else they may mean there.
pub fn pasted(text: &str) -> impl Iterator<Item = KeyEvent> + '_ {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
}

/// The rows of the table for one context, in order.
pub fn of(context: KeyContext) -> impl Iterator<Item = &'static KeyBinding> {
    table().iter().filter(move |b| b.context == context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for (i, a) in TABLE.iter().enumerate() {
            for b in &TABLE[i + 1..] {
                let meet = a.context.meets(b.context) || b.context == KeyContext::Anywhere;
                let shared = a.keys.iter().find(|k| b.keys.contains(k));
                assert!(!meet || shared.is_none(), "{shared:?} in {:?}", a.context);
            }
        }
    }

    #[test]
    fn a_release_and_an_unknown_chord_do_nothing() {
        let mut key = KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE);
        assert_eq!(action(KeyContext::Running, &key), Some(Action::Pause));
        key.kind = KeyEventKind::Release;
        assert_eq!(action(KeyContext::Running, &key), None);
        let chord = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::ALT);
        assert_eq!(action(KeyContext::Running, &chord), None);
        let plus = KeyEvent::new(KeyCode::Char('+'), KeyModifiers::SHIFT);
        assert_eq!(action(KeyContext::Running, &plus), Some(Action::Louder));
    }
}
