//! What the runner wants with a key, a click or a turn of the wheel while a session is on the screen.

use super::ClickTarget;
use super::console_distance::ConsoleDistance;
use super::step_list::{StepList, StepListOutcome};
use super::{labels, warning_signs};
use crate::coach::View;
use crate::frontend::{Loudness, Request};
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::session::{Command, EventKind, Phase, SessionPlace};
use crate::tui::screens::help::HelpPage;
use crate::tui::widgets::choice::{ChoicePrompt, OpenChoice};
use crate::tui::widgets::toast::Toast;
use crate::tui::{Overlay, RunningScreen};
use crate::units::{Moment, clock};
use crossterm::event::{Event as Input, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

impl RunningScreen {
    /// What the runner wants with an input.
    pub fn update(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        let action = match input {
            Input::Key(key) => self.pressed(key, view)?,
            Input::Mouse(mouse) if !self.locked => self.pointed(mouse, view)?,
            // What is pasted is text and no keys, and here there is nothing to write into.
            _ => return None,
        };
        match action {
            Action::Interrupt => return Some(Request::Interrupt),
            Action::Suspend => return Some(Request::Suspend),
            _ => {}
        }
        if view.phase == Phase::Stopped {
            return None;
        }
        if let Phase::Absent { .. } = view.phase {
            return self.absence.update(action).and_then(answer).map(Request::Command);
        }
        if let (Overlay::Nothing, Some(loudness)) = (&self.over, Loudness::of(action)) {
            return Some(Request::Loudness(loudness));
        }
        self.act(action, view).map(Request::Command)
    }

    /// What a key asks for. A locked one says so.
    fn pressed(&mut self, key: &KeyEvent, view: &View<'_>) -> Option<Action> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let context = self.context(view);
        let asked = (view.asks && context == KeyContext::Running)
            .then(|| keymap::action(KeyContext::Answering, key))
            .flatten()
            .or_else(|| keymap::action(context, key));
        match (asked, &self.over) {
            (Some(Action::Interrupt | Action::Suspend | Action::Lock), _) => asked,
            _ if self.locked => {
                self.say_locked();
                None
            }
            (None, Overlay::Signs(_)) => Some(Action::Close),
            _ => asked,
        }
    }

    fn say_locked(&mut self) {
        let says = format!("keys are locked: {} unlocks", keymap::label(KeyContext::Running, Action::Lock));
        self.said = Some(Toast::telling(&says, self.now));
    }

    /// What a click asks for, or a turn of the wheel: on the running screen its parts are large keys.
    fn pointed(&mut self, mouse: &MouseEvent, view: &View<'_>) -> Option<Action> {
        match mouse.kind {
            // Letting go of it, and whatever the mouse does in between, is no second click.
            MouseEventKind::Down(MouseButton::Left) => self.clicked((mouse.column, mouse.row), view),
            MouseEventKind::ScrollUp if self.scrolls(view) => Some(Action::Previous),
            MouseEventKind::ScrollDown if self.scrolls(view) => Some(Action::Next),
            _ => None,
        }
    }

    fn scrolls(&self, view: &View<'_>) -> bool {
        let over = matches!(self.over, Overlay::Help(_) | Overlay::Listing(_) | Overlay::Signs(_));
        over && !matches!(view.phase, Phase::Absent { .. })
    }

    fn clicked(&mut self, at: (u16, u16), view: &View<'_>) -> Option<Action> {
        if let Some(choice) = self.asked(view) {
            return choice.prompt.answer_at(self.area, choice.text(), at.into());
        }
        match &mut self.over {
            Overlay::Help(_) | Overlay::Signs(_) => Some(Action::Close),
            Overlay::Listing(steps) => steps.point(at.1, self.area, view).then_some(Action::Choose),
            Overlay::Correcting(_) | Overlay::Quitting(_) => None,
            Overlay::Nothing => {
                let read = self.said(view, self.now).or(view.words).is_some();
                match self.spot(at, view, &crate::tui::BLANK)? {
                    ClickTarget::Number => Some(Action::Pause),
                    ClickTarget::Next => Some(Action::Skip),
                    ClickTarget::Heading => Some(Action::Back),
                    ClickTarget::Foot if !read => Some(Action::Help),
                    // There is something to be read.
                    ClickTarget::Foot | ClickTarget::Profile => None,
                }
            }
        }
    }

    /// The question on the screen.
    pub(crate) fn asked(&self, view: &View<'_>) -> Option<OpenChoice> {
        match (view.phase, &self.over) {
            (Phase::Absent { since, until }, _) => {
                let (away, elapsed) = (until.since(since), view.position.elapsed);
                Some(OpenChoice {
                    prompt: self.absence,
                    question: format!("Away for {}", clock(away.whole_secs())),
                    note: format!("The clock stands at {}. Did you run on?", clock(elapsed.whole_secs())),
                })
            }
            (_, Overlay::Quitting(prompt)) => {
                Some(OpenChoice { prompt: *prompt, question: "Stop here?".to_string(), note: String::new() })
            }
            _ => None,
        }
    }

    fn act(&mut self, action: Action, view: &View<'_>) -> Option<Command> {
        match &mut self.over {
            Overlay::Quitting(ask) => {
                let given = ask.update(action)?;
                self.over = Overlay::Nothing;
                // Going on is what the clock does anyway.
                answer(given).filter(|c| *c == Command::Stop)
            }
            Overlay::Correcting(correct) => {
                let command = correct.update(action, view)?;
                self.over = Overlay::Nothing;
                command
            }
            Overlay::Help(help) => {
                if help.update(action, self.area) {
                    self.over = Overlay::Nothing;
                }
                None
            }
            Overlay::Listing(steps) => {
                let chosen = steps.update(action, self.area, view)?;
                self.over = Overlay::Nothing;
                match chosen {
                    StepListOutcome::Step(index) => {
                        view.sequence.steps.get(index).map(|s| Command::GoTo(s.id))
                    }
                    StepListOutcome::Stay => None,
                }
            }
            Overlay::Signs(page) => {
                if page.update(action, self.area, view) {
                    self.over = Overlay::Nothing;
                }
                if action == Action::Ease { self.ease(view) } else { None }
            }
            Overlay::Nothing => self.run(action, view),
        }
    }

    fn run(&mut self, action: Action, view: &View<'_>) -> Option<Command> {
        let done = view.position.place == SessionPlace::After;
        match (action, view.phase) {
            (Action::Pause | Action::EndStep, Phase::Ready) => Some(Command::Start),
            (Action::Pause | Action::EndStep, Phase::Paused) => Some(Command::Resume),
            (Action::EndStep, Phase::CountIn { .. }) => Some(Command::Resume),
            (Action::Pause, _) => Some(Command::Pause),
            (Action::EndStep | Action::Quit, _) if done => Some(Command::Stop),
            (Action::EndStep, _) => Some(Command::EndStep),
            (Action::Quit, Phase::Ready) => Some(Command::Stop),
            (Action::Skip, _) => Some(Command::Skip),
            (Action::Back, _) => Some(Command::Back),
            (Action::Extend, _) => Some(Command::Extend(keymap::EXTENSION)),
            (Action::Faster, _) => self.adjust(1, view),
            (Action::Slower, _) => self.adjust(-1, view),
            (Action::Undo, _) => self.undo(view),
            (Action::Ease, _) => self.ease(view),
            (Action::Yes, _) => self.reply(true),
            (Action::No, _) => self.reply(false),
            _ => {
                self.open(action, view);
                None
            }
        }
    }

    /// What lies over the screen from now on, or how it is drawn.
    fn open(&mut self, action: Action, view: &View<'_>) {
        match action {
            Action::Quit => self.over = Overlay::Quitting(ChoicePrompt::QUITTING),
            Action::Help => self.over = Overlay::Help(HelpPage::RUNNING),
            Action::Steps => self.over = Overlay::Listing(StepList::at(view)),
            Action::Console => {
                self.over =
                    ConsoleDistance::begin(view, self.units).map_or(Overlay::Nothing, Overlay::Correcting);
            }
            Action::Signs if view.sequence.during_signs.is_empty() => {
                self.tell("this workout names no signs to look for");
            }
            Action::Signs => self.over = Overlay::Signs(warning_signs::WarningSigns::default()),
            Action::Digits => self.digits_only = !self.digits_only,
            Action::Lock => {
                self.locked = !self.locked;
                match self.locked {
                    true => self.say_locked(),
                    false => self.tell("keys are unlocked"),
                }
            }
            _ => {}
        }
    }

    fn tell(&mut self, says: &str) {
        self.said = Some(Toast::telling(says, self.now));
    }

    fn undo(&mut self, view: &View<'_>) -> Option<Command> {
        if view.can_undo {
            return Some(Command::Undo);
        }
        self.tell("nothing to undo: no skip, jump or longer step before this");
        None
    }

    /// The workout's next way to ease off; where it names none, what there is instead.
    fn ease(&mut self, view: &View<'_>) -> Option<Command> {
        if !view.sequence.during_ease.is_empty() {
            return self.reply_with(Command::EaseOff);
        }
        let mut says = "this workout names no way to ease off".to_string();
        let slower = keymap::label(KeyContext::Running, Action::Slower);
        if view.sequence.show_pace && view.adjusted(-1).is_some() && !slower.is_empty() {
            says.push_str(&format!(": {slower} slows the belt"));
        }
        self.tell(&says);
        None
    }

    fn reply(&mut self, yes: bool) -> Option<Command> {
        self.reply_with(Command::Answer { yes })
    }

    /// The answer is in words, which nothing else may hide.
    fn reply_with(&mut self, command: Command) -> Option<Command> {
        self.said = None;
        Some(command)
    }

    /// The belt so many steps faster. Past the ceiling only for who asks twice.
    fn adjust(&mut self, by: i64, view: &View<'_>) -> Option<Command> {
        if !view.sequence.show_pace || view.setting.is_none() {
            return None;
        }
        let Some((setting, note)) = view.adjusted(by) else {
            let why =
                if view.on_rails { "not from the rails" } else { "not now: the next number is on its way" };
            self.tell(why);
            return None;
        };
        let belt = &view.treadmill.belt;
        let Some(note) = note else { return Some(Command::Adjust(setting.speed)) };
        if self.said.take_if(|said| said.is_asking(self.now)).is_some() {
            let past = view.setting.map(|now| belt.stepped(now, by).speed)?;
            return Some(Command::Adjust(past));
        }
        let again = keymap::label(KeyContext::Running, Action::Faster);
        let says = format!("{}: {again} again goes past it", labels::note(&note, belt));
        self.said = Some(Toast::asking(says, self.now));
        None
    }

    fn context(&self, view: &View<'_>) -> KeyContext {
        match (view.phase, &self.over) {
            (Phase::Absent { .. }, _) => KeyContext::Absence,
            (_, Overlay::Quitting(_)) => KeyContext::Quitting,
            (_, Overlay::Correcting(_)) => KeyContext::Correcting,
            (_, Overlay::Help(_)) => KeyContext::Reading,
            (_, Overlay::Listing(_)) => KeyContext::Listing,
            (_, Overlay::Signs(_)) => KeyContext::Signs,
            (_, Overlay::Nothing) => KeyContext::Running,
        }
    }
}

/// What can be taken back, once it has happened, with the key that does it.
pub fn way_back(what: EventKind, at: Moment) -> Option<Toast> {
    let did = match what {
        EventKind::Skipped { .. } => "skipped",
        EventKind::WentBack => "back",
        EventKind::WentTo { .. } => "jumped",
        EventKind::Extended { .. } => "longer",
        EventKind::Undone => return Some(Toast::aside("undone".to_string(), at)),
        _ => return None,
    };
    match keymap::label(KeyContext::Running, Action::Undo) {
        "" => None,
        undo => Some(Toast::aside(format!("{did}: {undo} undoes it"), at)),
    }
}

/// The command that an answer stands for.
fn answer(given: Action) -> Option<Command> {
    match given {
        Action::Stop => Some(Command::Stop),
        Action::GoOn => Some(Command::Resume),
        Action::CatchUp => Some(Command::CatchUp),
        _ => None,
    }
}
