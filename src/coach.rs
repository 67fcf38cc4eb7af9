//! A session and its cues, driven together: commands and moments in, effects and the next deadline out.
//!
//! Every front, the simulation and the tests drive a session through this and nothing else, so that what a test
//! sees is what a runner gets.

mod effect;
mod view;

pub use effect::{Announcement, Effect};
pub use view::View;

use crate::belt::Treadmill;
use crate::belt::{self, BeltSetting, PlannedStretch};
use crate::cues::{
    self, BeltChange, CueContext, CuePlan, InclineChange, SignalCue, TextOnScreen, Verbosity, speech,
};
use crate::session::{Command, Forecast, Phase, Position, Session, SessionPlace};
use crate::units::{Incline, Millis, Moment, Rehearsal};
use crate::workout::sequence::{Sequence, StepId};
use std::sync::Arc;

/// How long the count-in is where nobody knows what the belt needs: time to step onto it.
pub const COUNT_IN: Millis = Millis::from_secs(5);
/// How much of the count-in is for pressing the number, where the belt's own time is known.
const TIME_TO_PRESS: Millis = Millis::from_secs(3);
/// How long a number to press stays large, at least.
const SHOWN_PRESS: Millis = Millis::from_secs(4);
/// How long words stay on the screen.
const WORDS_STAY: Millis = Millis::from_secs(20);

/// Drives a session and its cues.
#[derive(Clone, Debug)]
pub struct Coach {
    session: Session,
    treadmill: Treadmill,
    rehearsal: Rehearsal,
    voice: Verbosity,
    plan: CuePlan,
    /// The steps of the forecast that the plan was made of.
    planned: Vec<StepId>,
    /// What the belt's console shows, if the runner pressed what was asked for; nothing where it stands still.
    shown: Option<BeltSetting>,
    /// The latest number that was due.
    pressed: Option<BeltChange>,
    /// How many of the plan's cues have had their second, of its words, and of the belt's numbers.
    cues_done: usize,
    words_done: usize,
    changes_done: usize,
    inclines_done: usize,
    /// The latest incline that was due on the way.
    tilted: Option<InclineChange>,
    showing: Option<ShownText>,
}

/// Words that are on the screen.
#[derive(Clone, Debug)]
struct ShownText {
    words: TextOnScreen,
    /// They are the workout's, and no answer to anything.
    open: bool,
}

impl Coach {
    /// A coach for one run of a sequence, in real time or in a rehearsal.
    pub fn new(sequence: Arc<Sequence>, treadmill: Treadmill, rehearsal: Rehearsal) -> Self {
        Coach::of(Session::new(sequence), treadmill, rehearsal)
    }

    /// A coach for the rest of a session. Time stands still in it, or a command that stops and starts it must come
    /// first.
    pub fn of(session: Session, treadmill: Treadmill, rehearsal: Rehearsal) -> Self {
        let mut coach = Coach {
            session,
            treadmill,
            rehearsal,
            voice: Verbosity::Off,
            plan: CuePlan::default(),
            planned: Vec::new(),
            shown: None,
            pressed: None,
            cues_done: 0,
            words_done: 0,
            changes_done: 0,
            inclines_done: 0,
            tilted: None,
            showing: None,
        };
        let forecast = coach.session.forecast(coach.session.latest());
        coach.follow(&forecast);
        coach.stand();
        coach
    }

    /// The same, for a runner who wants to be told so much.
    pub fn speaking(self, voice: Verbosity) -> Self {
        Coach { voice, ..self }
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Does what a command says. An absence is a command too, and must come instead of a [`Coach::tick`].
    pub fn handle(&mut self, command: Command, at: Moment) -> Vec<Effect> {
        let lived = match command {
            Command::Absence { since } => since,
            _ => at,
        };
        let mut effects = self.tick(lived);
        let revision = self.session.revision();
        let events = self.session.apply(command, at);
        effects.extend(events.into_iter().map(Effect::Happened));
        effects.extend(self.respond(command, &effects));
        if self.session.revision() != revision {
            self.take_note(command);
            let cuts = !matches!(command, Command::Extend(_) | Command::Adjust(_) | Command::Correct(_));
            effects.push(Effect::Announce(self.announce(at, cuts)));
            // What sounds at this very moment, a skip's signal, has come.
            effects.extend(self.due(at));
        }
        effects
    }

    /// Lets time pass: all that happened by then, in order.
    pub fn tick(&mut self, at: Moment) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.session.advance(at).into_iter().map(Effect::Happened).collect();
        effects.extend(self.due(at));
        // Stable: at the same instant what happened comes before what is heard of it.
        effects.sort_by_key(Effect::elapsed);
        effects
    }

    /// The next moment at which a tick has an effect. None: only a command has.
    pub fn next_deadline(&self) -> Option<Moment> {
        let anchor = self.session.anchor()?;
        let cue = self.plan.cues.get(self.cues_done).map(|c| anchor.moment_of(c.at).before(c.lead));
        let words = self.plan.words.get(self.words_done).map(|w| w.at);
        let change = self.plan.belt.get(self.changes_done).map(|c| c.at);
        let incline = self.plan.inclines.get(self.inclines_done).map(|c| c.at);
        let next = words.into_iter().chain(change).chain(incline).min().map(|at| anchor.moment_of(at));
        next.into_iter().chain(cue).chain(self.session.next_change()).min()
    }

    /// What to show as of a moment.
    pub fn view(&self, at: Moment) -> View<'_> {
        let position = self.session.position(at);
        let step = self.session.current();
        let next = match position.place {
            SessionPlace::Step(index) => self.session.sequence().steps.get(index + 1),
            SessionPlace::After => None,
        };
        let here = self.planned_here();
        let running = matches!(self.session.phase(), Phase::Running);
        // Before the clock goes on, what will have to be pressed.
        let asked = (!running).then(|| self.asked_for()).flatten();
        let due = self.pressed.as_ref().filter(|_| running);
        let incline = self.incline_now(&position);
        let shown = self.words_now(&position);
        View {
            sequence: self.session.sequence(),
            phase: self.session.phase(),
            position,
            may_end_from: self.session.may_end_from(),
            setting: if running { self.shown.filter(|_| self.is_for_here()) } else { asked },
            ends: here.and_then(|p| p.ends),
            incline,
            incline_ends: here.map_or(incline, |p| p.incline_ends),
            running: running.then(|| self.plan.presses.speed_at(position.elapsed)).flatten(),
            press: due
                .copied()
                .filter(|press| position.elapsed < (press.at + SHOWN_PRESS).max(press.arrives)),
            tilt: self
                .tilted
                .filter(|c| running && position.elapsed >= c.at && position.elapsed < c.at + SHOWN_PRESS)
                .map(|c| c.incline),
            next_press: self.plan.belt.get(self.changes_done).copied().filter(|_| running),
            next_setting: self.planned_next().filter(|p| !p.on_rails).and_then(|p| p.begins),
            next_on_rails: self.planned_next().is_some_and(|p| p.on_rails),
            notes: here.map_or(&[], |p| p.notes.as_slice()),
            on_rails: here.is_some_and(|p| p.on_rails),
            count_in: match self.session.phase() {
                Phase::CountIn { until } => Some(until.since(at)),
                _ => None,
            },
            treadmill: &self.treadmill,
            words: shown.map(|shown| shown.words.text.as_str()),
            asks: shown.is_some_and(|shown| self.asks(shown)),
            eased: self.ease(),
            can_undo: self.session.can_undo(),
            laps: self.session.laps(),
            next_signal: step.zip(next).map(|(a, b)| cues::direction(a, b)),
        }
    }

    /// True where what the console shows is what the step being run asks for, or the next one's, pressed ahead: not
    /// where nobody knows the step's speed, and the number is left over from the step before.
    fn is_for_here(&self) -> bool {
        let Some(here) = self.session.current() else { return true };
        let known = self.planned_here().is_none_or(|planned| planned.begins.is_some());
        known || self.pressed.is_some_and(|press| press.step > here.id)
    }

    fn incline_now(&self, position: &Position) -> Incline {
        let presses = &self.plan.presses;
        let pressed = presses.inclines.iter().take_while(|press| press.at <= position.elapsed).last();
        pressed.map_or(presses.incline, |press| press.incline)
    }

    /// The words that what was said of the effort calls for.
    fn respond(&mut self, command: Command, effects: &[Effect]) -> Option<Effect> {
        let eases = match command {
            Command::EaseOff => true,
            Command::Answer { yes } => !yes,
            _ => return None,
        };
        let Some(Effect::Happened(event)) = effects.last() else { return None };
        if !eases {
            self.showing = None;
            return None;
        }
        let text = self.ease()?.to_string();
        let step = self.session.current().or(self.session.sequence().steps.last())?.id;
        let words = TextOnScreen { at: event.elapsed, step, text };
        self.showing = Some(ShownText { words: words.clone(), open: false });
        Some(Effect::Said(words))
    }

    /// The latest of the workout's ways to ease off that was asked for.
    fn ease(&self) -> Option<&str> {
        let latest = self.session.eased().checked_sub(1)?;
        self.session.sequence().during_ease.get(latest).map(String::as_str)
    }

    /// What a command makes of the belt.
    fn take_note(&mut self, command: Command) {
        match command {
            // Whoever changed the speed has pressed it, unless the belt stands still.
            Command::Adjust(to) if self.session.phase() == Phase::Running => {
                self.shown = Some(self.treadmill.belt.setting(to))
            }
            // The belt stands still, or has been stopped by whatever was away.
            Command::Pause | Command::Stop | Command::Absence { .. } => {
                (self.shown, self.pressed) = (None, None)
            }
            _ => {}
        }
    }

    /// How long to count in before the clock starts: time to press the belt's number and get onto it, then what the
    /// belt needs to get there. Nothing where there is no number to press.
    pub fn count_in(&self) -> Option<Millis> {
        let setting = self.asked_for().filter(|s| s.number > 0.0)?;
        match self.treadmill.belt.travel(0.0, setting.number) {
            Millis::ZERO => Some(COUNT_IN),
            travel => Some(TIME_TO_PRESS + travel),
        }
    }

    /// True where it is known how long the belt needs to get to a speed.
    pub fn knows_lag(&self) -> bool {
        self.treadmill.belt.travel(0.0, 1.0) > Millis::ZERO
    }

    /// What the belt is to be brought to before the clock goes on; nothing where no speed is known.
    fn asked_for(&self) -> Option<BeltSetting> {
        let here = self.here()?;
        let elapsed = self.session.position(self.session.latest()).elapsed;
        let pressed = |press: &&belt::SpeedPress| press.stretch == here && press.press_at <= elapsed;
        self.plan.presses.speeds.iter().rfind(pressed).map(|press| press.setting)
    }

    /// What the plan has for the step being run.
    fn planned_here(&self) -> Option<&PlannedStretch> {
        self.plan.presses.stretches.get(self.here()?)
    }

    /// The same for the step after it.
    fn planned_next(&self) -> Option<&PlannedStretch> {
        self.plan.presses.stretches.get(self.here()? + 1)
    }

    /// Where in the plan the step being run stands.
    fn here(&self) -> Option<usize> {
        let here = self.session.current()?.id;
        self.planned.binary_search(&here).ok()
    }

    /// True where words are a question: in a workout that knows how to ease off, whatever has a question mark.
    fn asks(&self, shown: &ShownText) -> bool {
        shown.open && shown.words.text.contains('?') && !self.session.sequence().during_ease.is_empty()
    }

    fn words_now(&self, position: &Position) -> Option<&ShownText> {
        let shown = self.showing.as_ref()?;
        let words = &shown.words;
        let here = self.session.current().is_some_and(|s| s.id == words.step);
        let age = position.elapsed.checked_sub(words.at)?;
        // Words for a step's very end are read in the step after.
        ((here || age < WORDS_STAY.half()) && age < WORDS_STAY).then_some(shown)
    }

    fn announce(&mut self, at: Moment, cuts: bool) -> Announcement {
        let forecast = self.session.forecast(at);
        self.follow(&forecast);
        if forecast.anchor.is_none() {
            self.stand();
        }
        self.cues_done = 0;
        self.words_done = 0;
        self.changes_done = 0;
        self.inclines_done = 0;
        let footing = CueContext { treadmill: &self.treadmill, shown: self.shown };
        let sequence = self.session.sequence();
        let sayings = match forecast.anchor {
            Some(_) => speech::sayings(sequence, &footing, (&forecast, &self.plan), self.voice),
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

    fn follow(&mut self, forecast: &Forecast) {
        let footing = CueContext { treadmill: &self.treadmill, shown: self.shown };
        self.plan = cues::plan(self.session.sequence(), &footing, forecast, self.rehearsal);
        self.planned = forecast.steps.iter().map(|seen| seen.step).collect();
    }

    /// Nobody knows when what is planned comes; what the belt will have to show stands.
    fn stand(&mut self) {
        self.plan = CuePlan { presses: std::mem::take(&mut self.plan.presses), ..CuePlan::default() };
    }

    /// The cues and words whose second has come.
    fn due(&mut self, at: Moment) -> Vec<Effect> {
        let Some(anchor) = self.session.anchor() else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        // What is planned for the very moment at which the clock starts waits for it.
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
        while let Some(words) = self.plan.words.get(self.words_done).filter(|w| w.at <= now) {
            self.showing = Some(ShownText { words: words.clone(), open: true });
            effects.push(Effect::Said(words.clone()));
            self.words_done += 1;
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
