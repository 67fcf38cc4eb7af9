//! A session and its cues, driven together: commands and moments in, effects and the next deadline out.
//!
//! Every front, the simulation and the tests drive a session through this and nothing else, so that what a test
//! sees is what a runner gets.

use crate::belt::Belt;
use crate::cues::{self, BeltChange, Cue, Plan, Signal, Words};
use crate::session::{Anchor, Command, Event, Phase, Place, Position, Session};
use crate::units::{Incline, Millis, Moment, Speed};
use crate::workout::sequence::{PlannedStep, Sequence};
use std::sync::Arc;

/// How long words stay on the screen.
const WORDS_STAY: Millis = Millis::from_secs(20);

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Forget every signal that has not sounded, and expect these.
    Announce(Announcement),
    /// This happened.
    Happened(Event),
    /// This signal's second has come. Sound does not wait for this: it was announced.
    Sounded(Cue),
    /// These words' second has come.
    Said(Words),
    /// The belt's next number is due.
    Changed(BeltChange),
}

/// The signals to come. It replaces all announcements of older revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    /// The forecast's revision.
    pub revision: u64,
    /// The active time from which it holds.
    pub from: Millis,
    /// Ties active time to the clock. Without one time stands still and there is nothing to announce.
    pub anchor: Option<Anchor>,
    /// Whether a signal that sounds at `from` has lost its meaning too: after a skip it has, after an extension not.
    pub cuts: bool,
    /// The signals, in order.
    pub cues: Arc<[Cue]>,
}

/// Everything a front may show, as of one moment.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// What is being run.
    pub sequence: &'a Sequence,
    /// The state of the clock.
    pub phase: Phase,
    /// Where in the sequence, and how far.
    pub position: Position,
    /// From when into the step the runner's key ends it; nothing where it ends only by itself.
    pub may_end_from: Option<Millis>,
    /// The belt's number now, where the speed is known: rounded to the belt's step, on a ramp as it changes.
    pub speed: Option<Speed>,
    /// The incline now.
    pub incline: Incline,
    /// The words of a text cue, while they show.
    pub words: Option<&'a str>,
    /// Whether the next step is faster or easier; nothing before the finish.
    pub next_signal: Option<Signal>,
}

impl<'a> View<'a> {
    /// The step being run; nothing after the last.
    pub fn step(&self) -> Option<&'a PlannedStep> {
        match self.position.place {
            Place::Step(index) => self.sequence.steps.get(index),
            Place::After => None,
        }
    }

    /// The step after it.
    pub fn next(&self) -> Option<&'a PlannedStep> {
        match self.position.place {
            Place::Step(index) => self.sequence.steps.get(index + 1),
            Place::After => None,
        }
    }

    /// True where the runner's key would end the step now.
    pub fn may_end(&self) -> bool {
        self.may_end_from.is_some_and(|from| self.position.into >= from)
    }
}

/// Drives a session and its cues.
#[derive(Clone, Debug)]
pub struct Coach {
    session: Session,
    belt: Belt,
    speed: f64,
    plan: Plan,
    /// How many of the plan's cues have had their second, of its words, and of the belt's numbers.
    cues_done: usize,
    words_done: usize,
    changes_done: usize,
    showing: Option<Words>,
}

impl Coach {
    /// A coach for one run of a sequence, on a clock that gains `speed` seconds in each real one.
    pub fn new(sequence: Arc<Sequence>, belt: Belt, speed: f64) -> Self {
        Coach::of(Session::new(sequence), belt, speed)
    }

    /// A coach for the rest of a session. Time stands still in it, or a command that stops and starts it must come
    /// first.
    pub fn of(session: Session, belt: Belt, speed: f64) -> Self {
        Coach {
            session,
            belt,
            speed,
            plan: Plan::default(),
            cues_done: 0,
            words_done: 0,
            changes_done: 0,
            showing: None,
        }
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
        if self.session.revision() != revision {
            let cuts = !matches!(command, Command::Extend(_));
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
        effects.sort_by_key(when);
        effects
    }

    /// The next moment at which a tick has an effect. None: only a command has.
    pub fn next_deadline(&self) -> Option<Moment> {
        let anchor = self.session.anchor()?;
        let cue = self.plan.cues.get(self.cues_done).map(|c| c.at);
        let words = self.plan.words.get(self.words_done).map(|w| w.at);
        let change = self.plan.belt.get(self.changes_done).map(|c| c.at);
        let next = cue.into_iter().chain(words).chain(change).min().map(|at| anchor.moment_of(at));
        next.into_iter().chain(self.session.next_change()).min()
    }

    /// What to show as of a moment.
    pub fn view(&self, at: Moment) -> View<'_> {
        let position = self.session.position(at);
        let step = self.session.current();
        let next = match position.place {
            Place::Step(index) => self.session.sequence().steps.get(index + 1),
            Place::After => None,
        };
        View {
            sequence: self.session.sequence(),
            phase: self.session.phase(),
            position,
            may_end_from: self.session.may_end_from(),
            speed: step.and_then(|s| self.speed_now(s, &position)),
            incline: step.map_or(Incline::FLAT, |s| incline_now(s, &position)),
            words: self.words_now(&position),
            next_signal: step.zip(next).map(|(a, b)| cues::direction(a.target.end(), &b.target.start)),
        }
    }

    fn speed_now(&self, step: &PlannedStep, position: &Position) -> Option<Speed> {
        let start = step.target.start.speed?;
        let (Some(to), Some(length)) = (step.target.ramp_to.as_ref().and_then(|r| r.speed), position.length)
        else {
            return Some(self.belt.nearest(start));
        };
        let changes = self.belt.changes(start, to, length);
        let last = changes.iter().take_while(|change| change.at <= position.into).last();
        Some(last.map_or(self.belt.nearest(start), |change| change.setting.speed))
    }

    fn words_now(&self, position: &Position) -> Option<&str> {
        let words = self.showing.as_ref()?;
        let here = self.session.current().is_some_and(|s| s.id == words.step);
        let age = position.elapsed.checked_sub(words.at)?;
        // Words for a step's very end are read in the step after.
        ((here || age < WORDS_STAY.half()) && age < WORDS_STAY).then_some(words.text.as_str())
    }

    fn announce(&mut self, at: Moment, cuts: bool) -> Announcement {
        let forecast = self.session.forecast(at);
        self.plan = match forecast.anchor {
            Some(_) => cues::plan(self.session.sequence(), &self.belt, &forecast, self.speed),
            None => Plan::default(),
        };
        self.cues_done = 0;
        self.words_done = 0;
        self.changes_done = 0;
        Announcement {
            revision: forecast.revision,
            from: forecast.from,
            anchor: forecast.anchor,
            cuts,
            cues: self.plan.cues.clone().into(),
        }
    }

    /// The cues and words whose second has come.
    fn due(&mut self, at: Moment) -> Vec<Effect> {
        let Some(anchor) = self.session.anchor() else {
            return Vec::new();
        };
        let now = anchor.elapsed_at(at);
        let mut effects = Vec::new();
        while let Some(cue) = self.plan.cues.get(self.cues_done).filter(|c| c.at <= now) {
            effects.push(Effect::Sounded(cue.clone()));
            self.cues_done += 1;
        }
        while let Some(words) = self.plan.words.get(self.words_done).filter(|w| w.at <= now) {
            self.showing = Some(words.clone());
            effects.push(Effect::Said(words.clone()));
            self.words_done += 1;
        }
        while let Some(change) = self.plan.belt.get(self.changes_done).filter(|c| c.at <= now) {
            effects.push(Effect::Changed(*change));
            self.changes_done += 1;
        }
        effects
    }
}

fn when(effect: &Effect) -> Millis {
    match effect {
        Effect::Announce(a) => a.from,
        Effect::Happened(e) => e.elapsed,
        Effect::Sounded(c) => c.at,
        Effect::Said(w) => w.at,
        Effect::Changed(c) => c.at,
    }
}

fn incline_now(step: &PlannedStep, position: &Position) -> Incline {
    let (Some(to), Some(length)) = (step.incline_to, position.length) else {
        return step.incline;
    };
    let part = position.into.as_secs_f64() / length.as_secs_f64().max(0.001);
    let (from, to) = (step.incline.percent(), to.percent());
    Incline::from_percent(from + (to - from) * part.clamp(0.0, 1.0))
}
