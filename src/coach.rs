//! Drives a session together with its cues: commands and moments go in, effects and the next deadline come out.
//!
//! The screen, the plain output, the simulation and the tests all drive a session through [`Coach`], so that a test sees
//! what a runner gets.

mod ease;
mod effect;
mod heart;
mod view;

pub use effect::{Announcement, Effect};
pub use heart::HeartView;
pub use view::View;

use crate::belt::Treadmill;
use crate::belt::{self, BeltSetting, PlannedStretch};
use crate::cues::{
    self, BeltChange, CueContext, CuePlan, InclineChange, SignalCue, TextOnScreen, Verbosity, speech,
};
use crate::session::{Command, EventKind, Forecast, Phase, Position, Session, SessionPlace};
use crate::units::{Incline, Millis, Moment, Rehearsal};
use crate::workout::sequence::{Bend, Sequence, StepId};
use std::sync::Arc;

/// The count-in if the lag of the belt is unknown: time to step onto it.
pub const COUNT_IN: Millis = Millis::from_secs(5);
/// The part of the count-in for pressing the number, if the lag of the belt is known.
const TIME_TO_PRESS: Millis = Millis::from_secs(3);
/// The shortest time for which a number to press stays large.
const PRESS_SHOWN: Millis = Millis::from_secs(4);
/// The time for which a text stays on the screen.
const TEXT_SHOWN: Millis = Millis::from_secs(20);

/// Drives a session and its cues.
#[derive(Clone, Debug)]
pub struct Coach {
    session: Session,
    treadmill: Treadmill,
    rehearsal: Rehearsal,
    voice: Verbosity,
    plan: CuePlan,
    /// The steps of the forecast behind the plan.
    planned_steps: Vec<StepId>,
    /// The setting on the console, if the runner has pressed what was due. `None` while the belt stands still.
    shown: Option<BeltSetting>,
    /// The latest number that was due.
    pressed: Option<BeltChange>,
    /// The number of the plan's cues that are past, and of its texts, numbers and inclines.
    cues_done: usize,
    texts_done: usize,
    changes_done: usize,
    inclines_done: usize,
    /// The latest incline that was due within a step.
    tilted: Option<InclineChange>,
    /// The latest text on the screen.
    showing: Option<TextOnScreen>,
    /// The heart rate; `None` without a sensor.
    heart: Option<heart::HeartFollower>,
}

impl Coach {
    /// Creates a coach for a new session.
    pub fn new(sequence: Arc<Sequence>, treadmill: Treadmill, rehearsal: Rehearsal) -> Self {
        Coach::of(Session::new(sequence), treadmill, rehearsal)
    }

    /// Creates a coach for the rest of a session. The clock of the session must stand still, or the first command must
    /// stop it.
    pub fn of(session: Session, treadmill: Treadmill, rehearsal: Rehearsal) -> Self {
        let mut coach = Coach {
            session,
            treadmill,
            rehearsal,
            voice: Verbosity::Off,
            plan: CuePlan::default(),
            planned_steps: Vec::new(),
            shown: None,
            pressed: None,
            cues_done: 0,
            texts_done: 0,
            changes_done: 0,
            inclines_done: 0,
            tilted: None,
            showing: None,
            heart: None,
        };
        let forecast = coach.session.forecast(coach.session.latest());
        coach.follow(&forecast);
        coach.forget_times();
        coach
    }

    /// Sets the amount of speech.
    pub fn speaking(self, voice: Verbosity) -> Self {
        Coach { voice, ..self }
    }

    /// Returns the session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Executes a command. An absence is a command too, and replaces a [`Coach::tick`].
    pub fn handle(&mut self, command: Command, at: Moment) -> Vec<Effect> {
        let advance_to = match command {
            Command::Absence { since } => since,
            _ => at,
        };
        let mut effects = self.tick(advance_to);
        let revision = self.session.revision();
        let events = self.session.apply(command, at);
        let has_moved = events.iter().any(|event| matches!(event.what, EventKind::StepBegan { .. }));
        effects.extend(events.into_iter().map(Effect::Happened));
        effects.extend(self.respond(command, &effects));
        if self.session.revision() != revision {
            self.follow_belt(command);
            let cuts = match command {
                Command::Extend(_) | Command::Adjust(_) | Command::Correct(_) | Command::Reach { .. } => {
                    false
                }
                // A bend of the steps to come leaves what sounds now.
                Command::Bend(_) => has_moved,
                _ => true,
            };
            effects.push(Effect::Announce(self.announce(at, cuts)));
            // The signal of a skip sounds at this very moment.
            effects.extend(self.due(at));
        }
        effects
    }

    /// Lets time pass, and returns everything that happened until `at`, in order.
    pub fn tick(&mut self, at: Moment) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.session.advance(at).into_iter().map(Effect::Happened).collect();
        effects.extend(self.due(at));
        effects.extend(self.heart_words(at));
        // The sort is stable: an event comes before the signals of the same instant.
        effects.sort_by_key(Effect::elapsed);
        effects
    }

    /// Returns the next moment at which a tick has an effect, or `None` if only a command has one.
    pub fn next_deadline(&self) -> Option<Moment> {
        let anchor = self.session.anchor()?;
        let cue = self.plan.cues.get(self.cues_done).map(|c| anchor.moment_of(c.at).before(c.lead));
        let text = self.plan.words.get(self.texts_done).map(|t| t.at);
        let change = self.plan.belt.get(self.changes_done).map(|c| c.at);
        let incline = self.plan.inclines.get(self.inclines_done).map(|c| c.at);
        let next = text.into_iter().chain(change).chain(incline).min().map(|at| anchor.moment_of(at));
        next.into_iter().chain(cue).chain(self.session.next_change()).chain(self.heart_deadline()).min()
    }

    /// Returns the view at a moment.
    pub fn view(&self, at: Moment) -> View<'_> {
        let position = self.session.position(at);
        let step = self.session.current();
        let next = match position.place {
            SessionPlace::Step(index) => self.session.sequence().steps.get(index + 1),
            SessionPlace::After => None,
        };
        let here = self.planned_here();
        let running = matches!(self.session.phase(), Phase::Running);
        let start = (!running).then(|| self.start_setting()).flatten();
        let due = self.pressed.as_ref().filter(|_| running);
        let incline = self.incline_now(&position);
        let text = self.text_now(&position);
        View {
            at,
            sequence: self.session.sequence(),
            phase: self.session.phase(),
            has_begun: self.session.has_begun(),
            position,
            may_end_from: self.session.may_end_from(),
            ends_repeat: self.session.may_end_repeat(),
            after_repeat: self.session.after_repeat(),
            setting: if running { self.shown.filter(|_| self.shows_current_step()) } else { start },
            ends: here.and_then(|p| p.ends),
            incline,
            incline_ends: here.map_or(incline, |p| p.incline_ends),
            running: running.then(|| self.plan.presses.speed_at(position.elapsed)).flatten(),
            press: due
                .copied()
                .filter(|press| position.elapsed < (press.at + PRESS_SHOWN).max(press.arrives)),
            tilt: self
                .tilted
                .filter(|c| running && position.elapsed >= c.at && position.elapsed < c.at + PRESS_SHOWN)
                .map(|c| c.incline),
            next_press: self.plan.belt.get(self.changes_done).copied().filter(|_| running),
            next_setting: self.planned_next().filter(|p| !p.on_rails).and_then(|p| p.begins),
            next_incline: self.planned_next().map(|p| p.incline),
            next_on_rails: self.planned_next().is_some_and(|p| p.on_rails),
            notes: here.map_or(&[], |p| p.notes.as_slice()),
            on_rails: here.is_some_and(|p| p.on_rails),
            count_in: match self.session.phase() {
                Phase::CountIn { until } => Some(until.since(at)),
                _ => None,
            },
            treadmill: &self.treadmill,
            words: text.map(|text| text.text.as_str()),
            asks: text.is_some_and(|text| text.asks && self.can_ease()),
            eased: self.ease(),
            can_undo: self.session.can_undo(),
            laps: self.session.laps(),
            heart: self.heart(at),
            next_signal: step.zip(next).map(|(a, b)| cues::direction(a, b)),
        }
    }

    /// True if the number on the console belongs to the current step, or to the next one and was pressed ahead. False if
    /// the current step has no speed and the number is left over from the step before.
    fn shows_current_step(&self) -> bool {
        let Some(here) = self.session.current() else { return true };
        let known = self.planned_here().is_none_or(|planned| planned.begins.is_some());
        let sequence = self.session.sequence();
        let is_ahead = |step| sequence.index(step) > sequence.index(here.id);
        known || self.pressed.is_some_and(|press| is_ahead(press.step))
    }

    /// Returns the incline of the belt at a position.
    fn incline_now(&self, position: &Position) -> Incline {
        let presses = &self.plan.presses;
        let pressed = presses.inclines.iter().take_while(|press| press.at <= position.elapsed).last();
        pressed.map_or(presses.incline, |press| press.incline)
    }

    /// Updates the known setting of the belt after a command.
    fn follow_belt(&mut self, command: Command) {
        match command {
            // The runner has pressed the new speed.
            Command::Adjust(to) if self.session.phase() == Phase::Running => {
                self.shown = Some(self.treadmill.belt.setting(to))
            }
            // The rest of the step has a number of its own, if it is slower.
            Command::Bend(Bend::SlowerWork) if self.session.phase() == Phase::Running => {
                let speed = self.session.speed_by_hand();
                self.shown = speed.map(|to| self.treadmill.belt.setting(to)).or(self.shown);
            }
            // The belt stands still. After an absence, it must have been stopped.
            Command::Pause | Command::Stop | Command::Absence { .. } => {
                (self.shown, self.pressed) = (None, None)
            }
            _ => {}
        }
    }

    /// Returns the length of the count-in: time to press the number, and then for the belt to reach it. Returns `None` if
    /// there is no number to press.
    pub fn count_in(&self) -> Option<Millis> {
        let setting = self.start_setting().filter(|s| s.number > 0.0)?;
        match self.treadmill.belt.travel(0.0, setting.number) {
            Millis::ZERO => Some(COUNT_IN),
            travel => Some(TIME_TO_PRESS + travel),
        }
    }

    /// True if the lag of the belt is known.
    pub fn knows_lag(&self) -> bool {
        self.treadmill.belt.travel(0.0, 1.0) > Millis::ZERO
    }

    /// Returns the setting to press before the clock starts or resumes, if a speed is known.
    fn start_setting(&self) -> Option<BeltSetting> {
        let here = self.here()?;
        let elapsed = self.session.position(self.session.latest()).elapsed;
        let pressed = |press: &&belt::SpeedPress| press.stretch == here && press.press_at <= elapsed;
        self.plan.presses.speeds.iter().rfind(pressed).map(|press| press.setting)
    }

    /// Returns the plan for the current step.
    fn planned_here(&self) -> Option<&PlannedStretch> {
        self.plan.presses.stretches.get(self.here()?)
    }

    /// Returns the plan for the next step.
    fn planned_next(&self) -> Option<&PlannedStretch> {
        self.plan.presses.stretches.get(self.here()? + 1)
    }

    /// Returns the index of the current step in the plan.
    fn here(&self) -> Option<usize> {
        let here = self.session.current()?.id;
        self.planned_steps.iter().position(|step| *step == here)
    }

    /// Returns the text on the screen at a position.
    fn text_now(&self, position: &Position) -> Option<&TextOnScreen> {
        let text = self.showing.as_ref()?;
        let here = self.session.current().is_some_and(|s| s.id == text.step);
        let age = position.elapsed.checked_sub(text.at)?;
        // A text at the very end of a step is read in the next step; any other leaves with its step.
        let entered = position.elapsed.saturating_sub(position.into);
        let lasts = if here { TEXT_SHOWN } else { TEXT_SHOWN.half() };
        // After an undo, the text may be that of a later step.
        let sequence = self.session.sequence();
        let is_over = self.session.current().is_none_or(|s| sequence.index(text.step) < sequence.index(s.id));
        ((here || is_over && text.at >= entered) && age < lasts).then_some(text)
    }

    /// Makes a new plan, and announces its signals and speech.
    fn announce(&mut self, at: Moment, cuts: bool) -> Announcement {
        let forecast = self.session.forecast(at);
        self.follow(&forecast);
        if forecast.anchor.is_none() {
            self.forget_times();
        }
        self.cues_done = 0;
        self.texts_done = 0;
        self.changes_done = 0;
        self.inclines_done = 0;
        let context = CueContext { treadmill: &self.treadmill, shown: self.shown };
        let sequence = self.session.sequence();
        let sayings = match forecast.anchor {
            Some(_) => speech::sayings(sequence, &context, &forecast, &self.plan, self.voice),
            None => Vec::new(),
        };
        Announcement {
            revision: forecast.revision,
            from: forecast.from,
            anchor: forecast.anchor,
            cuts,
            cues: self.plan.cues.clone().into(),
            sayings: sayings.into(),
        }
    }

    /// Makes the plan of a forecast.
    fn follow(&mut self, forecast: &Forecast) {
        let context = CueContext { treadmill: &self.treadmill, shown: self.shown };
        self.plan = cues::plan(self.session.sequence(), &context, forecast, self.rehearsal);
        self.planned_steps = forecast.steps.iter().map(|seen| seen.step).collect();
    }

    /// Drops all cues, because the clock stands still. The settings of the belt stay known.
    fn forget_times(&mut self) {
        self.plan = CuePlan { presses: std::mem::take(&mut self.plan.presses), ..CuePlan::default() };
    }

    /// Returns the cues and texts that are due at a moment.
    fn due(&mut self, at: Moment) -> Vec<Effect> {
        let Some(anchor) = self.session.anchor() else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        // During the count-in, only its own signals are due.
        if let Phase::CountIn { until } = self.session.phase() {
            let early = |c: &&SignalCue| c.lead > Millis::ZERO && until.before(c.lead) <= at;
            while let Some(cue) = self.plan.cues.get(self.cues_done).filter(early) {
                effects.push(Effect::Sounded(cue.clone()));
                self.cues_done += 1;
            }
            return effects;
        }
        let now = anchor.elapsed_at(at);
        while let Some(cue) = self.plan.cues.get(self.cues_done).filter(|c| c.at <= now) {
            effects.push(Effect::Sounded(cue.clone()));
            self.cues_done += 1;
        }
        while let Some(text) = self.plan.words.get(self.texts_done).filter(|t| t.at <= now) {
            self.showing = Some(text.clone());
            effects.push(Effect::Said(text.clone()));
            self.texts_done += 1;
        }
        while let Some(change) = self.plan.belt.get(self.changes_done).filter(|c| c.at <= now) {
            (self.shown, self.pressed) = (Some(change.setting), Some(*change));
            effects.push(Effect::Changed(*change));
            self.changes_done += 1;
        }
        while let Some(change) = self.plan.inclines.get(self.inclines_done).filter(|c| c.at <= now) {
            self.tilted = Some(*change);
            effects.push(Effect::Tilted(*change));
            self.inclines_done += 1;
        }
        effects
    }
}
