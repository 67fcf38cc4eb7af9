//! The meaning of the runner's keys while a session runs. Both fronts use it, so a key does the same on the screen and
//! in lines of text.

use super::refusal::Refusal;
use super::{Request, VolumeChange, bends};
use crate::belt::BeltNote;
use crate::coach::View;
use crate::keymap::{self, Action, KeyContext, Keymap};
use crate::session::{Command, Phase, SessionPlace};
use crate::units::Speed;
use crossterm::event::KeyEvent;

/// The meaning of an action in the session as it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionMeaning {
    /// A request for the runtime.
    Request(Request),
    /// Stop the session. A front that can ask first does.
    Stop,
    /// Set the belt past the runner's ceiling. Only a front that can ask for confirmation may do it.
    PastCeiling {
        /// The speed to set.
        speed: Speed,
        /// The ceiling that is in the way.
        note: BeltNote,
    },
    /// The action is not possible now. The runner is told why.
    Refused(Refusal),
    /// Nothing for the session: the action opens a page, a list or a lock of the front.
    FrontOnly,
}

/// Returns the action of a key. While the workout asks something, the keys that answer it come before the others.
pub fn action_of_key(
    key: &KeyEvent,
    keymap: &Keymap,
    context: KeyContext,
    view: &View<'_>,
) -> Option<Action> {
    let answers = view.asks && context == KeyContext::Running;
    let answer = answers.then(|| keymap.action(KeyContext::Answering, key)).flatten();
    answer.or_else(|| keymap.action(context, key))
}

/// Returns the meaning of an action in the session as it stands.
pub fn meaning(action: Action, view: &View<'_>) -> ActionMeaning {
    let volume = |change| ActionMeaning::Request(Request::ChangeVolume(change));
    match action {
        Action::Interrupt => ActionMeaning::Request(Request::Interrupt),
        Action::Suspend => ActionMeaning::Request(Request::Suspend),
        _ if view.phase == Phase::Stopped => ActionMeaning::FrontOnly,
        Action::Louder => volume(VolumeChange::Louder),
        Action::Softer => volume(VolumeChange::Softer),
        Action::Mute => volume(VolumeChange::ToggleMute),
        Action::Undo if !view.can_undo => ActionMeaning::Refused(Refusal::NothingToUndo),
        Action::EndRepeat if view.after_repeat.is_none() => ActionMeaning::Refused(Refusal::NoRepeat),
        Action::Ease if view.sequence.during_ease.is_empty() => meaning_of(bends::ease(view)),
        Action::OneMore => meaning_of(bends::one_more(view)),
        Action::Minutes if !view.has_begun => ActionMeaning::Refused(Refusal::NotBegun),
        Action::Signs if view.sequence.during_signs.is_empty() => ActionMeaning::Refused(Refusal::NoSigns),
        Action::Faster => adjust(1, view),
        Action::Slower => adjust(-1, view),
        Action::Quit if view.phase != Phase::Ready && view.position.place != SessionPlace::After => {
            ActionMeaning::Stop
        }
        _ => match command(action, view) {
            Some(command) => ActionMeaning::Request(Request::Command(command)),
            None => ActionMeaning::FrontOnly,
        },
    }
}

fn meaning_of(bend: Result<Command, Refusal>) -> ActionMeaning {
    match bend {
        Ok(command) => ActionMeaning::Request(Request::Command(command)),
        Err(refusal) => ActionMeaning::Refused(refusal),
    }
}

/// The command that an action stands for, if it is one.
fn command(action: Action, view: &View<'_>) -> Option<Command> {
    Some(match (action, view.phase) {
        (Action::Pause | Action::EndStep, Phase::Ready) => Command::Start,
        (Action::Pause | Action::EndStep, Phase::Paused) => Command::Resume,
        (Action::EndStep, Phase::CountIn { .. }) => Command::Resume,
        (Action::Pause, _) => Command::Pause,
        (Action::EndStep, _) if view.position.place == SessionPlace::After => Command::Stop,
        (Action::EndStep, _) => Command::EndStep,
        (Action::EndRepeat, _) => Command::EndRepeat,
        (Action::Quit | Action::Stop, _) => Command::Stop,
        (Action::Resume, _) => Command::Resume,
        (Action::CatchUp, _) => Command::CatchUp,
        (Action::Skip, _) => Command::Skip,
        (Action::Back, _) => Command::Back,
        (Action::Extend, _) => Command::Extend(keymap::EXTENSION),
        (Action::Undo, _) => Command::Undo,
        (Action::Ease, _) => Command::EaseOff,
        (Action::Yes, _) => Command::Answer { yes: true },
        (Action::No, _) => Command::Answer { yes: false },
        _ => return None,
    })
}

/// Sets the belt a number of its steps faster, or the guided breath faster or slower.
fn adjust(steps: i64, view: &View<'_>) -> ActionMeaning {
    if let Some(change) = bends::breathe(steps > 0, view) {
        return meaning_of(change);
    }
    let Some(now) = view.setting.filter(|_| view.sequence.show_pace) else {
        return ActionMeaning::FrontOnly;
    };
    match view.adjusted(steps) {
        None if view.on_rails => ActionMeaning::Refused(Refusal::OnRails),
        None => ActionMeaning::Refused(Refusal::NextNumber),
        Some((setting, None)) => ActionMeaning::Request(Request::Command(Command::Adjust(setting.speed))),
        Some((_, Some(note))) => {
            ActionMeaning::PastCeiling { speed: view.treadmill.belt.stepped(now, steps).speed, note }
        }
    }
}
