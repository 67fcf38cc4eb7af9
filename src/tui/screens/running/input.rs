//! The requests behind keys and clicks on the running screen.

use super::console_distance::{ConsoleDistance, ConsoleOutcome};
use super::held_key::{HeldKey, KeyVerdict};
use super::labels;
use super::layout::ClickTarget;
use super::minutes_left::{MinutesLeft, MinutesOutcome};
use super::overlay::Overlay;
use super::screen::RunningScreen;
use super::step_list::{StepList, StepListOutcome};
use super::toasts;
use super::warning_signs::WarningSigns;
use crate::belt::BeltNote;
use crate::coach::View;
use crate::frontend::Request;
use crate::frontend::actions::{self, ActionMeaning};
use crate::keymap::{Action, KeyContext};
use crate::session::{Command, Phase};
use crate::tui::screens::help::HelpPage;
use crate::tui::widgets::choice::ChoicePrompt;
use crate::tui::widgets::toast::Toast;
use crate::units::Speed;
use crossterm::event::{Event as Input, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

impl RunningScreen {
    /// Returns what the runner wants with an input.
    pub fn handle_input(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        self.now = self.now.max(view.at);
        let action = match input {
            Input::Key(key) => self.action_of_press(key, view)?,
            Input::Mouse(mouse) if !self.locked => {
                // A hand on the mouse holds no key.
                self.held_key = HeldKey::default();
                self.action_of_mouse(mouse, view)?
            }
            // Nothing here takes pasted text.
            _ => return None,
        };
        match actions::meaning(action, view) {
            ActionMeaning::Request(request @ (Request::Interrupt | Request::Suspend)) => Some(request),
            _ if view.phase == Phase::Stopped => None,
            _ if matches!(view.phase, Phase::Absent { .. }) => request_of(self.absence.update(action)?, view),
            meaning => match self.overlay {
                Overlay::None => self.handle_meaning(meaning, action, view),
                _ => self.handle_overlay(action, view),
            },
        }
    }

    /// The action of a key press. A held key skips, goes back or stops only once.
    fn action_of_press(&mut self, key: &KeyEvent, view: &View<'_>) -> Option<Action> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let verdict = self.held_key.judge(key, view.at, self.rehearsal);
        let action = self.action_of_key(key, view)?;
        match verdict {
            KeyVerdict::TakeBack if moves(action) && view.can_undo => Some(Action::Undo),
            KeyVerdict::Ignore | KeyVerdict::TakeBack if moves(action) || ends(action) => None,
            _ => Some(action),
        }
    }

    /// The action of a key. While the keys are locked, it only says so.
    fn action_of_key(&mut self, key: &KeyEvent, view: &View<'_>) -> Option<Action> {
        let action = actions::action_of_key(key, self.theme.keymap(), self.key_context(view), view);
        match (action, &self.overlay) {
            (None, Overlay::None) if !self.locked => {
                let unbound = self.unbound_keys.hint(key, self.now, self.theme.keymap());
                self.toast = unbound.or(self.toast.take());
                None
            }
            (Some(Action::Interrupt | Action::Suspend | Action::Lock), _) => action,
            _ if self.locked => {
                self.toast = Some(toasts::locked(self.now, self.theme.keymap()));
                None
            }
            (None, Overlay::Signs(_)) => Some(Action::Close),
            _ => action,
        }
    }

    fn key_context(&self, view: &View<'_>) -> KeyContext {
        match (view.phase, &self.overlay) {
            (Phase::Absent { .. }, _) => KeyContext::Absence,
            (_, Overlay::ConfirmStop(_)) => KeyContext::Quitting,
            (_, Overlay::ConsoleDistance(_)) => KeyContext::Correcting,
            (_, Overlay::Minutes(_)) => KeyContext::Minutes,
            (_, Overlay::Help(_)) => KeyContext::Reading,
            (_, Overlay::Steps(_)) => KeyContext::Listing,
            (_, Overlay::Signs(_)) => KeyContext::Signs,
            (_, Overlay::None) => KeyContext::Running,
        }
    }

    /// The action of a click or a turn of the wheel. The parts of the running screen work as large buttons.
    fn action_of_mouse(&mut self, mouse: &MouseEvent, view: &View<'_>) -> Option<Action> {
        match mouse.kind {
            // The release of the button is not a second click.
            MouseEventKind::Down(MouseButton::Left) => {
                self.action_of_click(Position::new(mouse.column, mouse.row), view)
            }
            MouseEventKind::ScrollUp if self.scrolls(view) => Some(Action::Previous),
            MouseEventKind::ScrollDown if self.scrolls(view) => Some(Action::Next),
            _ => None,
        }
    }

    fn scrolls(&self, view: &View<'_>) -> bool {
        let has_list = matches!(self.overlay, Overlay::Help(_) | Overlay::Steps(_) | Overlay::Signs(_));
        has_list && !matches!(view.phase, Phase::Absent { .. })
    }

    fn action_of_click(&mut self, position: Position, view: &View<'_>) -> Option<Action> {
        if let Some(choice) = self.open_choice(view) {
            return choice.prompt.answer_at(self.area, choice.text(), position);
        }
        match &mut self.overlay {
            Overlay::Help(_) | Overlay::Signs(_) => Some(Action::Close),
            Overlay::Steps(steps) => {
                steps.handle_click(position.y, self.area, view).then_some(Action::Choose)
            }
            Overlay::ConsoleDistance(_) | Overlay::Minutes(_) | Overlay::ConfirmStop(_) => None,
            Overlay::None => match self.target_at(position)? {
                ClickTarget::Number => Some(Action::Pause),
                ClickTarget::Next => Some(Action::Skip),
                ClickTarget::Heading => Some(Action::Back),
                ClickTarget::Foot => Some(Action::Help),
                ClickTarget::Words | ClickTarget::Chart => None,
            },
        }
    }

    /// Hands an action to the overlay.
    fn handle_overlay(&mut self, action: Action, view: &View<'_>) -> Option<Request> {
        match &mut self.overlay {
            Overlay::ConfirmStop(prompt) => {
                let answer = prompt.update(action)?;
                self.overlay = Overlay::None;
                // The clock never stopped, so resuming needs no command.
                request_of(answer, view).filter(|r| *r == Request::Command(Command::Stop))
            }
            Overlay::ConsoleDistance(distance) => {
                let outcome = distance.handle_action(action, view)?;
                self.overlay = Overlay::None;
                match outcome {
                    ConsoleOutcome::Correct(command) => Some(Request::Command(command)),
                    ConsoleOutcome::Cancel => None,
                }
            }
            Overlay::Minutes(minutes) => {
                let outcome = minutes.handle_action(action, view)?;
                self.overlay = Overlay::None;
                match outcome {
                    MinutesOutcome::Cut(command) => Some(Request::Command(command)),
                    MinutesOutcome::Cancel => None,
                }
            }
            Overlay::Help(help) => {
                if help.update(action, self.area, self.theme.keymap()) {
                    self.overlay = Overlay::None;
                }
                None
            }
            Overlay::Steps(steps) => {
                let outcome = steps.handle_action(action, self.area, view)?;
                self.overlay = Overlay::None;
                let StepListOutcome::GoTo(index) = outcome else { return None };
                view.sequence.steps.get(index).map(|step| Request::Command(Command::GoTo(step.id)))
            }
            Overlay::Signs(page) => {
                if page.handle_action(action, self.area, view) {
                    self.overlay = Overlay::None;
                }
                match action {
                    Action::Ease => self.handle_meaning(actions::meaning(action, view), action, view),
                    _ => None,
                }
            }
            Overlay::None => None,
        }
    }

    /// Carries out an action while nothing is over the screen.
    fn handle_meaning(&mut self, meaning: ActionMeaning, action: Action, view: &View<'_>) -> Option<Request> {
        match meaning {
            ActionMeaning::Request(request) => {
                if let Request::Command(Command::EaseOff | Command::Answer { .. }) = request {
                    // The reply is in words, which no toast may hide.
                    self.toast = None;
                }
                Some(request)
            }
            ActionMeaning::Stop => {
                self.overlay = Overlay::ConfirmStop(ChoicePrompt::QUITTING);
                None
            }
            ActionMeaning::PastCeiling { speed, note } => self.pass_ceiling(speed, &note, view),
            ActionMeaning::Refused(refusal) => {
                self.toast = Some(Toast::telling(&refusal.text(view, self.theme.keymap()), self.now));
                None
            }
            ActionMeaning::FrontOnly => {
                self.open(action, view);
                None
            }
        }
    }

    /// Sets the belt past the ceiling if the runner was asked just now; asks otherwise.
    fn pass_ceiling(&mut self, speed: Speed, note: &BeltNote, view: &View<'_>) -> Option<Request> {
        if self.toast.take_if(|toast| toast.is_asking(self.now)).is_some() {
            return Some(Request::Command(Command::Adjust(speed)));
        }
        let key = self.theme.keymap().label(KeyContext::Running, Action::Faster);
        let note = labels::note(note, &view.treadmill.belt);
        self.toast = Some(Toast::asking(format!("{note}: {key} again goes past it"), self.now));
        None
    }

    /// Opens a page or a list, or changes how the screen is drawn.
    fn open(&mut self, action: Action, view: &View<'_>) {
        match action {
            Action::Help => self.overlay = Overlay::Help(HelpPage::RUNNING),
            Action::Minutes => self.overlay = Overlay::Minutes(MinutesLeft::begin(view)),
            Action::Steps => self.overlay = Overlay::Steps(StepList::at_current_step(view)),
            Action::Console => {
                let distance = ConsoleDistance::begin(view, self.units);
                if distance.is_none() {
                    self.toast = Some(Toast::telling("the belt's distance is not known here", self.now));
                }
                self.overlay = distance.map_or(Overlay::None, Overlay::ConsoleDistance);
            }
            Action::Faster | Action::Slower => {
                self.toast = Some(Toast::telling("this step has no number of the belt to change", self.now));
            }
            Action::Signs => self.overlay = Overlay::Signs(WarningSigns::default()),
            Action::Digits => self.digits_only = !self.digits_only,
            Action::Lock => {
                self.locked = !self.locked;
                self.toast = Some(match self.locked {
                    true => toasts::locked(self.now, self.theme.keymap()),
                    false => Toast::telling("keys are unlocked", self.now),
                });
            }
            _ => {}
        }
    }
}

/// True for actions that move through the workout.
fn moves(action: Action) -> bool {
    matches!(action, Action::Skip | Action::Back)
}

/// True for actions that end a step, a repeat or the session, or answer the question about it.
fn ends(action: Action) -> bool {
    matches!(action, Action::EndStep | Action::EndRepeat | Action::Quit | Action::Stop | Action::Resume)
}

/// The request that an answer stands for.
fn request_of(answer: Action, view: &View<'_>) -> Option<Request> {
    match actions::meaning(answer, view) {
        ActionMeaning::Request(request) => Some(request),
        _ => None,
    }
}
