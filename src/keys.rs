//! The keys: one table of what each does, and in its words. The help screen is made from it.

mod own;

pub use own::{Key, Keys, key_of, name_of};

use crate::units::Millis;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use own::asked_by;
use std::sync::OnceLock;

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
pub enum Context {
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
pub struct Binding {
    /// Where it holds.
    pub context: Context,
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

const fn plain(code: KeyCode) -> (KeyCode, KeyModifiers) {
    (code, KeyModifiers::NONE)
}

const fn letter(c: char) -> (KeyCode, KeyModifiers) {
    plain(KeyCode::Char(c))
}

const fn ctrl(c: char) -> (KeyCode, KeyModifiers) {
    (KeyCode::Char(c), KeyModifiers::CONTROL)
}

const fn binding(
    context: Context,
    keys: &'static [(KeyCode, KeyModifiers)],
    action: Action,
    [names, says, short]: [&'static str; 3],
) -> Binding {
    Binding { context, keys, action, names, says, short }
}

use KeyCode::{
    BackTab, Backspace, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab, Up,
};

const UPWARDS: &[(KeyCode, KeyModifiers)] = &[plain(Up), plain(Left), letter('k'), plain(BackTab)];
const DOWNWARDS: &[(KeyCode, KeyModifiers)] = &[plain(Down), plain(Right), letter('j'), plain(Tab)];
const ALL_WAYS_OUT: &[(KeyCode, KeyModifiers)] =
    &[plain(Esc), letter('q'), plain(Enter), letter('?'), letter('h'), letter(' ')];

/// Out of the way of fingers that meant something else.
const SHIFT_D: &[(KeyCode, KeyModifiers)] = &[letter('D')];
#[rustfmt::skip]
const NUMBER: &[(KeyCode, KeyModifiers)] = &[
    letter('0'), letter('1'), letter('2'), letter('3'), letter('4'), letter('5'), letter('6'), letter('7'),
    letter('8'), letter('9'), letter('.'), letter(','),
];

/// Every key.
///
/// Presentation clickers send PageDown and PageUp, and most have no more keys than those: one skips, the other pauses and
/// goes on. Whoever has a keyboard goes back with an arrow. Of the others a clicker may have, F5 and Esc begin and end
/// a show (go on; ask whether to stop), and the full stop or `b` blackens the screen (nothing but the number).
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    binding(Context::Running, &[letter(' '), plain(PageUp), letter('p'), plain(F(5))], Action::Pause, ["Space  PageUp", "Pause, and go on again", "pause"]),
    binding(Context::Running, &[plain(Right), plain(PageDown)], Action::Skip, ["→  PageDown", "Skip to the next step", "skip"]),
    binding(Context::Running, &[plain(Left)], Action::Back, ["←", "Back to the step's start, twice: to the step before", "back"]),
    binding(Context::Running, &[letter('u')], Action::Undo, ["u", "Undo a skip, a step back, a jump or a longer step", ""]),
    binding(Context::Running, &[plain(Up)], Action::Extend, ["↑", "Make this step 10 s longer", "+10 s"]),
    binding(Context::Running, &[plain(Enter)], Action::EndStep, ["Enter", "End a step that waits for you; go on after a pause", "end step"]),
    binding(Context::Running, &[letter('q'), plain(Esc)], Action::Quit, ["q  Esc", "Stop: asks first, the clock goes on meanwhile", "stop"]),
    binding(Context::Running, &[letter(']')], Action::Faster, ["]", "The belt one step faster, for the rest of this target", "faster"]),
    binding(Context::Running, &[letter('[')], Action::Slower, ["[", "The belt one step slower, for the rest of this target", "slower"]),
    binding(Context::Running, &[letter('c')], Action::Console, ["c", "The console shows a round distance now: put the clock right", "distance"]),
    binding(Context::Running, &[letter('+'), letter('=')], Action::Louder, ["+", "Louder", ""]),
    binding(Context::Running, &[letter('-'), letter('_')], Action::Softer, ["-", "Softer", ""]),
    binding(Context::Running, &[letter('m')], Action::Mute, ["m", "Mute the sound, and let it be heard again", ""]),
    binding(Context::Running, &[letter('e')], Action::Ease, ["e", "Ease off: the workout's next way to", ""]),
    binding(Context::Running, &[letter('s')], Action::Signs, ["s", "The signs that it is time to ease off", ""]),
    binding(Context::Running, &[letter('g')], Action::Steps, ["g", "The list of steps, to go to one", "steps"]),
    binding(Context::Running, &[letter('d'), letter('.'), letter('b')], Action::Digits, ["d  .", "Nothing but the number, or all of it again", "digits"]),
    binding(Context::Running, &[letter('l')], Action::Lock, ["l", "Lock every other key, and unlock them", "lock"]),
    binding(Context::Running, &[letter('?'), letter('h')], Action::Help, ["?", "These keys", "keys"]),
    binding(Context::Answering, &[letter('y')], Action::Yes, ["y", "Yes", "yes"]),
    binding(Context::Answering, &[letter('n')], Action::No, ["n", "No: the next way to ease off", "no"]),
    binding(Context::Listing, &[plain(Enter)], Action::Choose, ["Enter", "Go to the marked step", "go to it"]),
    binding(Context::Listing, &[plain(Up), letter('k')], Action::Previous, ["↑", "The step above", ""]),
    binding(Context::Listing, &[plain(Down), letter('j')], Action::Next, ["↓", "The step below", ""]),
    binding(Context::Listing, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Listing, &[plain(PageDown)], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Listing, &[plain(Home)], Action::First, ["Home", "The first step", ""]),
    binding(Context::Listing, &[plain(End), letter('G')], Action::Last, ["End", "The last step", ""]),
    binding(Context::Listing, &[plain(Esc), letter('q'), letter('g')], Action::Close, ["Esc  g", "Stay where it is", "back"]),
    binding(Context::Signs, &[letter('e')], Action::Ease, ["e", "Ease off", "ease off"]),
    binding(Context::Signs, &[plain(Up), letter('k')], Action::Previous, ["↑", "Up, where there is more", ""]),
    binding(Context::Signs, &[plain(Down), letter('j')], Action::Next, ["↓", "Down, where there is more", ""]),
    binding(Context::Signs, &[plain(Esc)], Action::Close, ["Esc", "Back to the run; any other key does it, too", "back"]),
    binding(Context::Checking, &[letter('n')], Action::No, ["n", "No, none of these", "none of these"]),
    binding(Context::Checking, &[letter('y')], Action::Yes, ["y", "Yes", "yes"]),
    binding(Context::Checking, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Checking, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Checking, &[plain(PageUp)], Action::PageBack, ["PageUp", "Up the list, where it is long", ""]),
    binding(Context::Checking, &[plain(PageDown)], Action::PageOn, ["PageDown", "Down the list, where it is long", ""]),
    binding(Context::Checking, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Checking, &[plain(Esc), letter('q')], Action::Close, ["Esc  q", "Leave without running", ""]),
    binding(Context::Advised, &[letter('r'), plain(Esc), letter('q')], Action::Stop, ["r  Esc", "Rest today", "rest"]),
    binding(Context::Advised, &[letter('a')], Action::GoOn, ["a", "Run anyway", "run anyway"]),
    binding(Context::Advised, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Advised, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Advised, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Quitting, &[letter('s'), letter('y')], Action::Stop, ["s", "Stop here", "stop here"]),
    binding(Context::Quitting, &[letter('g'), letter('n'), plain(Esc), letter('q'), letter(' '), plain(PageUp), plain(F(5))], Action::GoOn, ["g  Esc", "Go on", "go on"]),
    binding(Context::Absence, &[letter('g'), letter(' '), plain(PageUp), plain(F(5))], Action::GoOn, ["g  Space", "Go on from there", "go on"]),
    binding(Context::Absence, &[letter('c')], Action::CatchUp, ["c", "Catch up: I ran on", "catch up"]),
    binding(Context::Absence, &[letter('s'), letter('q')], Action::Stop, ["s", "Stop here", "stop"]),
    binding(Context::Quitting, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Quitting, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Quitting, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Absence, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Absence, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Absence, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Correcting, &[plain(Enter), letter('c')], Action::Choose, ["Enter", "Take it", "take it"]),
    binding(Context::Correcting, &[plain(Right), plain(Up), letter(']')], Action::More, ["→  ↑", "A hundredth more", ""]),
    binding(Context::Correcting, &[plain(Left), plain(Down), letter('[')], Action::Less, ["←  ↓", "A hundredth less", ""]),
    binding(Context::Correcting, &[plain(PageUp)], Action::PageBack, ["PageUp", "A tenth more", ""]),
    binding(Context::Correcting, &[plain(PageDown)], Action::PageOn, ["PageDown", "A tenth less", ""]),
    binding(Context::Correcting, &[plain(Esc), letter('q')], Action::Cancel, ["Esc", "Leave it as it is", "leave it"]),
    binding(Context::Reading, ALL_WAYS_OUT, Action::Close, ["Esc  Enter", "Leave this screen", "close"]),
    binding(Context::Reading, &[plain(Up), letter('k')], Action::Previous, ["↑", "Up", ""]),
    binding(Context::Reading, &[plain(Down), letter('j')], Action::Next, ["↓", "Down", ""]),
    binding(Context::Reading, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Reading, &[plain(PageDown)], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Unfinished, &[letter('g')], Action::GoOn, ["g", "Go on from there", "go on"]),
    binding(Context::Unfinished, &[letter('l')], Action::Log, ["l", "Log what was done", "log"]),
    binding(Context::Unfinished, &[plain(Esc), letter('q')], Action::Later, ["Esc", "Later", "later"]),
    binding(Context::Unfinished, SHIFT_D, Action::Discard, ["Shift-D", "Discard it", "discard"]),
    binding(Context::Unfinished, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Unfinished, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Unfinished, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Ended, &[letter('l')], Action::Log, ["l", "Log it", "log"]),
    binding(Context::Ended, &[letter('g'), plain(Esc), letter('q')], Action::Later, ["g  Esc", "Go on later", "later"]),
    binding(Context::Ended, SHIFT_D, Action::Discard, ["Shift-D", "Discard it", "discard"]),
    binding(Context::Ended, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Ended, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Ended, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Rating, &[plain(Up), letter('k')], Action::Previous, ["↑", "The answer above", ""]),
    binding(Context::Rating, &[plain(Down), letter('j')], Action::Next, ["↓", "The answer below", ""]),
    binding(Context::Rating, NUMBER, Action::Number, ["0–9  .", "Write the number; a point adds a half", ""]),
    binding(Context::Rating, &[letter('s')], Action::Sentences, ["s", "Breath: could say sentences", ""]),
    binding(Context::Rating, &[letter('p')], Action::Phrases, ["p", "Breath: could say phrases", ""]),
    binding(Context::Rating, &[letter('g')], Action::Gasps, ["g", "Breath: could only gasp", ""]),
    binding(Context::Rating, &[plain(Backspace), plain(Delete), ctrl('h')], Action::Erase, ["Backspace", "Take the answer away", ""]),
    binding(Context::Rating, &[plain(Enter)], Action::Keep, ["Enter", "Take the marked answer", "take it"]),
    binding(Context::Rating, &[plain(Esc), plain(Tab), plain(Right), plain(PageDown)], Action::PageOn, ["Esc  Tab  →", "Skip this question", "skip"]),
    binding(Context::Rating, &[plain(Left), plain(PageUp), plain(BackTab)], Action::PageBack, ["←  PageUp", "The question before", "back"]),
    binding(Context::Rating, &[letter('q'), ctrl('d')], Action::Close, ["q  Ctrl-D", "Leave the rest for later", "leave"]),
    binding(Context::Writing, &[plain(Backspace), ctrl('h')], Action::Erase, ["Backspace", "Erase a character", ""]),
    binding(Context::Writing, &[ctrl('w')], Action::EraseWord, ["Ctrl-W", "Erase a word", ""]),
    binding(Context::Writing, &[ctrl('u')], Action::EraseAll, ["Ctrl-U", "Erase it all", ""]),
    binding(Context::Writing, &[plain(Enter)], Action::Keep, ["Enter", "Take it", "take it"]),
    binding(Context::Writing, &[plain(Esc), plain(Tab), plain(PageDown)], Action::PageOn, ["Esc  Tab", "Skip this question", "skip"]),
    binding(Context::Writing, &[plain(PageUp), plain(BackTab)], Action::PageBack, ["PageUp", "The question before", "back"]),
    binding(Context::Writing, &[ctrl('d')], Action::Close, ["Ctrl-D", "Take it, and leave the rest for later", "done"]),
    binding(Context::Picking, &[plain(Enter), letter(' ')], Action::Choose, ["Enter", "Run it; where it cannot run: what is wrong with it", "run"]),
    binding(Context::Picking, &[letter('/'), ctrl('f')], Action::Search, ["/", "Search: names, titles, what they are for", "search"]),
    binding(Context::Picking, &[letter('e')], Action::Edit, ["e", "Edit it; of a built-in workout, a copy of your own", "edit"]),
    binding(Context::Picking, &[letter('n')], Action::New, ["n", "Start a new workout", "new"]),
    binding(Context::Picking, &[letter('q')], Action::Close, ["q", "Leave", "leave"]),
    binding(Context::Picking, &[letter('w')], Action::Warmup, ["w", "Put a warm-up in front", "warm-up"]),
    binding(Context::Picking, &[letter('c')], Action::Cooldown, ["c", "Put a cool-down behind", "cool-down"]),
    binding(Context::Picking, &[letter('p'), plain(Tab)], Action::Parameter, ["p  Tab", "Change its parameters", "parameters"]),
    binding(Context::Picking, &[plain(Up), letter('k')], Action::Previous, ["↑  k", "The one above", ""]),
    binding(Context::Picking, &[plain(Down), letter('j')], Action::Next, ["↓  j", "The one below", ""]),
    binding(Context::Picking, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Picking, &[plain(PageDown)], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Picking, &[plain(Home), letter('g')], Action::First, ["Home", "The first", ""]),
    binding(Context::Picking, &[plain(End), letter('G')], Action::Last, ["End", "The last", ""]),
    binding(Context::Picking, &[plain(Esc)], Action::Cancel, ["Esc", "Show all again; leave", ""]),
    binding(Context::Picking, &[letter('?'), letter('h')], Action::Help, ["?", "These keys", "keys"]),
    binding(Context::Searching, &[plain(Enter)], Action::Choose, ["Enter", "Run it", "run"]),
    binding(Context::Searching, &[plain(Up), ctrl('p')], Action::Previous, ["↑", "The one above", ""]),
    binding(Context::Searching, &[plain(Down), ctrl('n')], Action::Next, ["↓", "The one below", ""]),
    binding(Context::Searching, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Searching, &[plain(PageDown)], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Searching, &[plain(Tab)], Action::Keep, ["Tab", "To the list of what was found: letters are keys", "to the list"]),
    binding(Context::Searching, &[plain(Esc)], Action::Cancel, ["Esc", "Show all again", "show all"]),
    binding(Context::Searching, &[plain(Backspace), ctrl('h')], Action::Erase, ["Backspace", "Erase a character", ""]),
    binding(Context::Searching, &[ctrl('w')], Action::EraseWord, ["Ctrl-W", "Erase a word", ""]),
    binding(Context::Searching, &[ctrl('u')], Action::EraseAll, ["Ctrl-U", "Erase it all", ""]),
    binding(Context::Filling, &[plain(Enter)], Action::Keep, ["Enter", "Take it", "take it"]),
    binding(Context::Filling, &[plain(Esc)], Action::Cancel, ["Esc", "Leave it as it was", "undo"]),
    binding(Context::Filling, &[plain(Right)], Action::More, ["→", "A minute more, the next choice", ""]),
    binding(Context::Filling, &[plain(Left)], Action::Less, ["←", "A minute less, the choice before", ""]),
    binding(Context::Filling, &[plain(Down), plain(Tab)], Action::Next, ["↓  Tab", "The next field", ""]),
    binding(Context::Filling, &[plain(Up), plain(BackTab)], Action::Previous, ["↑", "The field before", ""]),
    binding(Context::Filling, &[plain(Backspace), ctrl('h')], Action::Erase, ["Backspace", "Erase a character", ""]),
    binding(Context::Filling, &[ctrl('w')], Action::EraseWord, ["Ctrl-W", "Erase a word", ""]),
    binding(Context::Filling, &[ctrl('u')], Action::EraseAll, ["Ctrl-U", "Erase it all", ""]),
    binding(Context::Mistakes, &[letter('e')], Action::Edit, ["e", "Edit it", "edit"]),
    binding(Context::Mistakes, ALL_WAYS_OUT, Action::Close, ["Esc", "Back to the list", "back"]),
    binding(Context::Mistakes, &[plain(Up), letter('k')], Action::Previous, ["↑", "Up", ""]),
    binding(Context::Mistakes, &[plain(Down), letter('j')], Action::Next, ["↓", "Down", ""]),
    binding(Context::Mistakes, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Mistakes, &[plain(PageDown)], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Logged, &[plain(Enter), plain(Right), letter(' ')], Action::Choose, ["Enter", "Look at the session", "look"]),
    binding(Context::Logged, &[letter('e')], Action::Edit, ["e", "Answer the questions about it, or answer them anew", "answer"]),
    binding(Context::Logged, &[letter('d'), plain(Delete)], Action::Delete, ["d", "Take it out of the log", "delete"]),
    binding(Context::Logged, &[letter('u')], Action::Undo, ["u", "Undo the latest change, then the one before it", "undo"]),
    binding(Context::Logged, &[letter('q'), plain(Esc)], Action::Close, ["q  Esc", "Leave", "leave"]),
    binding(Context::Logged, &[plain(Up), letter('k')], Action::Previous, ["↑  k", "The one above", ""]),
    binding(Context::Logged, &[plain(Down), letter('j')], Action::Next, ["↓  j", "The one below", ""]),
    binding(Context::Logged, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Logged, &[plain(PageDown)], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Logged, &[plain(Home), letter('g')], Action::First, ["Home", "The latest", ""]),
    binding(Context::Logged, &[plain(End), letter('G')], Action::Last, ["End", "The first of all", ""]),
    binding(Context::Logged, &[letter('?'), letter('h')], Action::Help, ["?", "These keys", "keys"]),
    binding(Context::Session, &[letter('e')], Action::Edit, ["e", "Answer the questions about it, or answer them anew", "answer"]),
    binding(Context::Session, &[letter('d'), plain(Delete)], Action::Delete, ["d", "Take it out of the log", "delete"]),
    binding(Context::Session, &[letter('q'), plain(Esc), plain(Left), plain(Enter), plain(Backspace)], Action::Close, ["q  Esc", "Back to the list", "back"]),
    binding(Context::Session, &[plain(Up), letter('k')], Action::Previous, ["↑  k", "Up", ""]),
    binding(Context::Session, &[plain(Down), letter('j')], Action::Next, ["↓  j", "Down", ""]),
    binding(Context::Session, &[plain(PageUp)], Action::PageBack, ["PageUp", "A page up", ""]),
    binding(Context::Session, &[plain(PageDown), letter(' ')], Action::PageOn, ["PageDown", "A page down", ""]),
    binding(Context::Session, &[plain(Home), letter('g')], Action::First, ["Home", "To the top", ""]),
    binding(Context::Session, &[plain(End), letter('G')], Action::Last, ["End", "To the end", ""]),
    binding(Context::Session, &[letter('?'), letter('h')], Action::Help, ["?", "These keys", "keys"]),
    binding(Context::Lag, &[letter(' ')], Action::Mark, ["Space", "Now: as you press the number, and as the belt is there", "now"]),
    binding(Context::Lag, &[plain(Enter)], Action::Keep, ["Enter", "Take what was measured into the profile", "take it"]),
    binding(Context::Lag, &[plain(Up), letter('+'), letter('=')], Action::More, ["↑  +", "A higher number to go to, before it is measured", ""]),
    binding(Context::Lag, &[plain(Down), letter('-')], Action::Less, ["↓  -", "A lower one", ""]),
    binding(Context::Lag, &[plain(Tab), plain(Right), plain(PageDown)], Action::PageOn, ["Tab  →", "On to how fast the belt really runs", "next"]),
    binding(Context::Lag, &[plain(Esc), letter('q')], Action::Close, ["Esc  q", "Leave; what was not taken is forgotten", "leave"]),
    binding(Context::Lag, &[plain(Backspace), plain(Delete), ctrl('h')], Action::Erase, ["Backspace", "Take the last measurement back", "back"]),
    binding(Context::Lag, &[letter('?'), letter('h')], Action::Help, ["?", "These keys", "keys"]),
    binding(Context::Factor, &[plain(Enter)], Action::Keep, ["Enter", "Take the factor into the profile", "take it"]),
    binding(Context::Factor, &[plain(Down), plain(Tab)], Action::Next, ["↓  Tab", "The next field", "next field"]),
    binding(Context::Factor, &[plain(Up), plain(BackTab)], Action::Previous, ["↑", "The field before", ""]),
    binding(Context::Factor, &[plain(Backspace), plain(Delete), ctrl('h')], Action::Erase, ["Backspace", "Erase a character", ""]),
    binding(Context::Factor, &[ctrl('u')], Action::EraseAll, ["Ctrl-U", "Erase it all", ""]),
    binding(Context::Factor, &[plain(Left), plain(PageUp)], Action::PageBack, ["←  PageUp", "Back to how long it takes", "back"]),
    binding(Context::Factor, &[plain(Esc), letter('q')], Action::Close, ["Esc  q", "Leave; what was not taken is forgotten", "leave"]),
    binding(Context::Factor, &[letter('?'), letter('h')], Action::Help, ["?", "These keys", "keys"]),
    binding(Context::Unit, &[plain(Enter), letter(' ')], Action::Keep, ["Enter", "Take the marked answer", "take it"]),
    binding(Context::Unit, &[plain(Tab), plain(Right), plain(PageDown)], Action::PageOn, ["Tab  →", "Skip this question", "skip"]),
    binding(Context::Unit, &[plain(Esc), letter('q')], Action::Close, ["Esc  q", "Skip all questions; they are not asked again", "skip all"]),
    binding(Context::Unit, &[plain(Up), letter('k')], Action::Previous, ["↑", "The answer above", ""]),
    binding(Context::Unit, &[plain(Down), letter('j')], Action::Next, ["↓", "The answer below", ""]),
    binding(Context::Race, &[plain(Enter)], Action::Keep, ["Enter", "Take the result", "take it"]),
    binding(Context::Race, &[plain(Up)], Action::Previous, ["↑", "A shorter race", ""]),
    binding(Context::Race, &[plain(Down)], Action::Next, ["↓", "A longer race", "another race"]),
    binding(Context::Race, &[plain(Esc), plain(Tab), plain(PageDown)], Action::Close, ["Esc  Tab", "Skip it; it is not asked again", "skip"]),
    binding(Context::Race, &[plain(Backspace), plain(Delete), ctrl('h')], Action::Erase, ["Backspace", "Erase a character", ""]),
    binding(Context::Race, &[ctrl('u')], Action::EraseAll, ["Ctrl-U", "Erase it all", ""]),
    binding(Context::Race, &[plain(Left), plain(PageUp), plain(BackTab)], Action::PageBack, ["←  PageUp", "The question before", "back"]),
    binding(Context::Trial, &[letter('t'), letter('y')], Action::Take, ["t", "Take the result", "take it"]),
    binding(Context::Trial, &[plain(Esc), letter('q'), letter('n')], Action::Leave, ["Esc", "Leave the profile", "leave it"]),
    binding(Context::Trial, UPWARDS, Action::Previous, ["↑  ←", "The answer before", ""]),
    binding(Context::Trial, DOWNWARDS, Action::Next, ["↓  →", "The answer after", ""]),
    binding(Context::Trial, &[plain(Enter)], Action::Choose, ["Enter", "Take the marked answer", ""]),
    binding(Context::Anywhere, &[ctrl('c')], Action::Interrupt, ["Ctrl-C", "Leave at once", ""]),
    binding(Context::Anywhere, &[ctrl('z')], Action::Suspend, ["Ctrl-Z", "Put the program to sleep; fg wakes it", ""]),
];

/// The table with the runner's own keys in it, where there are any.
///
/// It is for the whole program, which has one keyboard, and it is set at most once, before the first screen: nobody
/// sees it change, and no page has to be handed what is the same for all of them.
static OWN: OnceLock<Keys> = OnceLock::new();

/// Has these keys hold from here on. Only the first call does anything.
pub fn install(keys: Keys) {
    _ = OWN.set(keys);
}

fn table() -> &'static [Binding] {
    OWN.get().map_or(TABLE, |keys| &keys.rows)
}

/// What a key press asks for where it is pressed. Letting go of a key asks for nothing.
pub fn action(context: Context, key: &KeyEvent) -> Option<Action> {
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
pub fn name(context: Context, action: Action) -> &'static str {
    let row = of(context).find(|b| b.action == action);
    row.and_then(|b| b.names.split("  ").next()).unwrap_or_default()
}

/// What a pasted text types into a line: the keys of its first line of text, whatever else they may mean there.
pub fn pasted(text: &str) -> impl Iterator<Item = KeyEvent> + '_ {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
}

/// The rows of the table for one context, in order.
pub fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    table().iter().filter(move |b| b.context == context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for (i, a) in TABLE.iter().enumerate() {
            for b in &TABLE[i + 1..] {
                let meet = a.context.meets(b.context) || b.context == Context::Anywhere;
                let shared = a.keys.iter().find(|k| b.keys.contains(k));
                assert!(!meet || shared.is_none(), "{shared:?} in {:?}", a.context);
            }
        }
    }

    #[test]
    fn a_release_and_an_unknown_chord_do_nothing() {
        let mut key = KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE);
        assert_eq!(action(Context::Running, &key), Some(Action::Pause));
        key.kind = KeyEventKind::Release;
        assert_eq!(action(Context::Running, &key), None);
        let chord = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::ALT);
        assert_eq!(action(Context::Running, &chord), None);
        let plus = KeyEvent::new(KeyCode::Char('+'), KeyModifiers::SHIFT);
        assert_eq!(action(Context::Running, &plus), Some(Action::Louder));
    }
}
