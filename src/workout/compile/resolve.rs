//! Resolves a [`Document`] to a [`Workout`]: fills in kinds, roles and defaults, and makes targets absolute.

use super::bracket_work;
use super::counted_reps::count_reps;
use super::intensity;
use super::resolved::{
    EarlyEnd, RepeatedItems, ResolvedCue, ResolvedItem, ResolvedNode, ResolvedRepeat, ResolvedStep, Workout,
};
use super::slope;
use super::target;
use super::written_end::written_end;
use crate::athlete::Athlete;
use crate::diagnostic::{Diagnostic, LineIndex, SourceText};
use crate::text::quoted;
use crate::units::{Distance, Incline, Millis, Speed, trimmed};
use crate::workout::language::document as doc;
use crate::workout::language::document::{CueMoment, Document, EndLine, Span, StepLine, TargetLine};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::language::messages::activity::ActivityProblem;
use crate::workout::language::messages::pace::PaceProblem;
use crate::workout::language::print;
use crate::workout::sequence::{Activity, Breathing, CueTime, Kind, RepeatId, Role, SourceSpan, Target};

/// The context that a step inherits from the items around it.
#[derive(Clone, Debug, Default)]
pub(super) struct StepContext {
    /// True for the work of a repeat or a ladder, and the first leg of `alternate`.
    work: bool,
    /// True for the work of a repeat with a recovery.
    is_rested: bool,
    /// True in repeated brackets with a recovery in them or between them.
    beside_recovery: bool,
    /// True after a slash.
    between: bool,
    /// The kind that a label around the step names.
    kind: Option<Kind>,
    /// The label of a group around the step.
    label: Option<String>,
    /// The time of the rep before a recovery.
    rep: Option<Millis>,
    /// The step is the whole workout.
    alone: bool,
}

impl StepContext {
    /// The work of a repeat, with a recovery or without.
    pub(super) fn rested(self, is_rested: bool) -> StepContext {
        StepContext { is_rested, ..self }
    }

    /// True for a recovery.
    fn is_between(&self) -> bool {
        self.between && !self.work
    }
}

/// Gives `document` its meaning for `athlete`.
pub fn resolve(document: &Document, source: &SourceText, athlete: Option<&Athlete>) -> Workout {
    let is_run = document.activity.is_run();
    // Strength workouts take nothing from the figures of running.
    let athlete = athlete.filter(|_| is_run);
    let habit = athlete.and_then(|a| a.flat).map(Incline::percent).filter(|percent| *percent != 0.0);
    let mut resolver = Resolver {
        activity: document.activity,
        athlete,
        incline: document.incline.or(habit).unwrap_or(0.0),
        show_pace: !document.hide_pace,
        text: &source.text,
        lines: LineIndex::new(&source.text),
        repeats: 0,
        assumptions: document.notes.clone(),
        problems: Vec::new(),
    };
    if let (Some(habit), None) = (habit, document.incline) {
        let incline = Incline::from_percent(habit);
        resolver.note(format!("Where no incline is written it is {incline}: your profile's flat."));
    }
    if document.incline.is_some() && !is_run {
        let problem = ActivityProblem::InclineInStrength { what: document.activity.workout_words() };
        resolver.problems.push(Diagnostic::new(document.incline_span.clone(), problem));
    }
    let alone = matches!(document.items.as_slice(), [doc::Item { node: doc::Node::Step(_), .. }]);
    let items = resolver.items(&document.items, &StepContext { alone, ..StepContext::default() });
    let name = document.name.as_ref();
    Workout {
        name: name.map(|n| n.value.clone()).unwrap_or_default(),
        name_span: name.map_or(0..0, |n| n.span.clone()),
        activity: document.activity,
        about: document.about.clone(),
        author: document.author.clone(),
        source: document.source.clone(),
        tags: document.tags.clone(),
        before: document.before.clone(),
        during_ease: document.during_ease.clone(),
        during_signs: document.during_signs.clone(),
        after_ask: document.after_ask.clone(),
        show_pace: !document.hide_pace,
        items,
        assumptions: resolver.assumptions,
        problems: resolver.problems,
    }
}

pub(super) struct Resolver<'a> {
    pub(super) activity: Activity,
    pub(super) athlete: Option<&'a Athlete>,
    incline: f64,
    show_pace: bool,
    text: &'a str,
    lines: LineIndex<'a>,
    repeats: u32,
    assumptions: Vec<String>,
    pub(super) problems: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn items(&mut self, items: &[doc::Item], context: &StepContext) -> Vec<ResolvedItem> {
        items.iter().map(|item| self.item(item, context)).collect()
    }

    pub(super) fn item(&mut self, item: &doc::Item, outer: &StepContext) -> ResolvedItem {
        let mut context = outer.clone();
        context.kind = item.kind.or(context.kind);
        let node = match &item.node {
            doc::Node::Step(step) => {
                context.label = item.label.clone().or(context.label);
                ResolvedNode::Step(Box::new(self.step(step, &context)))
            }
            doc::Node::Group { items, .. } => {
                context.label = item.label.clone().or(context.label);
                context.beside_recovery =
                    context.work && items.len() > 1 && bracket_work::are_work(items, context.is_rested);
                let is_pair =
                    context.work && !context.is_rested && bracket_work::are_work_and_recovery(items);
                context.is_rested = false;
                // A single step in brackets may be the work of a repeat. None of several steps is.
                context.work &= items.len() == 1;
                let each = items.iter().enumerate().map(|(i, item)| {
                    context.beside_recovery |= is_pair && i == 0;
                    let resolved = self.item(item, &context);
                    context.beside_recovery &= !is_pair;
                    resolved
                });
                ResolvedNode::Group(each.collect())
            }
            doc::Node::Repeat { .. } => self.repeat(item, &context),
            doc::Node::Ladder { items, between, .. } => {
                if items.len() == 1 {
                    self.note_recovery_of_one();
                }
                let id = self.repeat_id();
                let rungs = self.items(items, &work(&context));
                let (reps, between) = match is_share(between) {
                    true => (self.rungs_with_recoveries(rungs, between, &context), None),
                    false => (rungs, Some(Box::new(self.item(between, &between_reps(&context, None))))),
                };
                let reps = RepeatedItems::Each(reps);
                ResolvedNode::Repeat(ResolvedRepeat {
                    id,
                    label: item.label.clone(),
                    reps,
                    early_end: EarlyEnd::Never,
                    between,
                })
            }
            doc::Node::Alternate { first, second, total } => {
                self.alternate(item, &context, [first, second], *total)
            }
        };
        let cues = self.cues(&item.cues, None);
        ResolvedItem { node, cues, span: item.span.clone() }
    }

    /// Pairs each rung of a ladder but the last with a recovery that is a share of it.
    fn rungs_with_recoveries(
        &mut self,
        rungs: Vec<ResolvedItem>,
        between: &doc::Item,
        context: &StepContext,
    ) -> Vec<ResolvedItem> {
        let last = rungs.len().saturating_sub(1);
        let mut each = Vec::new();
        for (i, rung) in rungs.into_iter().enumerate() {
            let (span, rep) = (rung.span.clone(), planned(&rung));
            let mut pair = vec![rung];
            if i < last {
                pair.push(self.item(between, &between_reps(context, rep)));
            }
            each.push(ResolvedItem { node: ResolvedNode::Group(pair), cues: Vec::new(), span });
        }
        each
    }

    /// Resolves cues. One at a distance comes when a step of this `speed` has covered it.
    fn cues(&mut self, lines: &[doc::CueLine], speed: Option<Speed>) -> Vec<ResolvedCue> {
        let mut cues = Vec::new();
        if !self.activity.is_run() {
            self.reject_cue_distances(lines);
        }
        for line in lines {
            let time = |distance: Distance| speed.map(|speed| distance.time_at(speed));
            let when = match line.when {
                CueMoment::Time(when) => Some(when),
                CueMoment::AtDistance(at) => time(at).map(CueTime::At),
                CueMoment::BeforeEnd(left) => time(left).map(CueTime::BeforeEnd),
                CueMoment::EveryDistance(each) => time(each).map(CueTime::Every),
            };
            match when {
                Some(when) => {
                    cues.push(ResolvedCue { when, text: line.text.clone(), span: line.span.clone() });
                }
                None => {
                    let written = quoted(self.text.get(line.span.clone()).unwrap_or_default());
                    self.note(format!(
                        "Without a pace, pacebell cannot tell when {written} is due, so it is left out."
                    ));
                }
            }
        }
        cues
    }

    pub(super) fn repeat_id(&mut self) -> RepeatId {
        self.repeats += 1;
        RepeatId(self.repeats - 1)
    }

    pub(super) fn step(&mut self, line: &StepLine, context: &StepContext) -> ResolvedStep {
        let kind = line.kind.or(context.kind).unwrap_or(match context {
            _ if self.is_strength_rest(line, context.is_between()) => Kind::Rest,
            StepContext { between: true, work: false, .. } => Kind::Recovery,
            StepContext { work: true, .. } => Kind::Interval,
            _ => Kind::Run,
        });
        let role = match kind {
            Kind::Warmup => Role::Warmup,
            Kind::Cooldown => Role::Cooldown,
            // A recovery run is no pause.
            Kind::Recovery if context.alone => Role::Work,
            Kind::Rest | Kind::Recovery => Role::Between,
            _ if context.between => Role::Between,
            _ => Role::Work,
        };
        let mut target = match self.activity {
            Activity::Run => self.target(line, kind, context),
            Activity::Strength | Activity::Other => self.strength_target(line, kind, role),
        };
        if let EndLine::Reps { upper, lower, .. } = line.end {
            count_reps(&mut target, lower, upper);
        }
        let end = self.end(line, &target, context.rep);
        let ends = self.until(line, role, &target, end);
        let speed = target.mean_speed().or(target.suggested).filter(|s| s.mps() > 0.0);
        let cues = self.cues(&line.cues, speed);
        let (from, to) = line.incline.unwrap_or((self.incline, None));
        ResolvedStep {
            kind,
            role,
            label: context.label.clone(),
            end: ends.end,
            written: written_end(line.end),
            until: ends.until,
            target,
            incline: Incline::from_percent(from),
            incline_to: to.map(Incline::from_percent),
            cues,
            span: line.span.clone(),
            source: self.source_span(&line.span),
        }
    }

    fn target(&mut self, line: &StepLine, kind: Kind, context: &StepContext) -> Target {
        let mut targets: Vec<&TargetLine> = line.targets.iter().map(|t| &t.value).collect();
        for written in line.targets.iter().filter(|t| intensity::is_out_of_reach(&t.value, self.athlete)) {
            self.problems.push(Diagnostic::new(written.span.clone(), PaceProblem::OffsetOutOfReach));
        }
        let timed = match line.end {
            EndLine::Distance { upper, within: Some((time, _)), unit, .. } => {
                Some(intensity::pace_of(upper, time, unit))
            }
            _ => None,
        };
        self.assume_ratios(line);
        let filled;
        if let EndLine::Reps { .. } = line.end {
            filled = intensity::effort(NamedTarget::Rest);
            targets.push(&filled);
        } else if targets.is_empty() && timed.is_none() {
            let named_kind = line.kind.or(context.kind);
            let (named, why) = match named_kind {
                Some(Kind::Recovery) => (NamedTarget::Recovery, ", being a recovery"),
                _ => default_target(kind, context),
            };
            self.assume(line, named, why);
            filled = intensity::effort(named);
            targets.push(&filled);
        }
        let mut target = target::target(&targets, timed, self.show_pace, self.athlete);
        let flat = self.athlete.and_then(|athlete| athlete.flat).unwrap_or(Incline::FLAT);
        let (from, to) = line.incline.unwrap_or((self.incline, None));
        let incline = Incline::from_percent((from + to.unwrap_or(from)) / 2.0);
        if timed.is_none() && slope::slow_down(&mut target, &targets, incline, flat) {
            self.note(
                "On a slope, an effort runs at the speed that is as hard as on the flat (ACSM).".to_string(),
            );
        }
        if let Some(athlete) = self.athlete {
            let (start, end) = (Incline::from_percent(from), Incline::from_percent(to.unwrap_or(from)));
            slope::zone_by_cost(&mut target, &targets, start, end, athlete);
        }
        target
    }

    fn assume(&mut self, line: &StepLine, named: NamedTarget, why: &str) {
        let written = self.text.get(line.span.clone()).unwrap_or_default().trim();
        // A text that was rewritten has no place of its own for each of its steps.
        let has_place = !written.is_empty() && !written.contains(", ");
        let written = if has_place { quoted(written) } else { quoted(&print::step(line)) };
        self.note(format!("{written} says nothing about how hard: taken as {}{why}.", named.base()));
    }

    pub(super) fn assume_ratios(&mut self, line: &StepLine) {
        for written in &line.targets {
            if let TargetLine::Breathe(breathing, false) = &written.value {
                self.assume_ratio(&written.span, breathing);
            }
        }
    }

    fn assume_ratio(&mut self, span: &Span, breathing: &Breathing) {
        let written = quoted(self.text.get(span.clone()).unwrap_or_default());
        let ratio = format!("{}:{}", trimmed(breathing.inhale, 1), trimmed(breathing.exhale, 1));
        self.note(format!("{written} says nothing about its ratio: taken as {ratio}, in to out."));
    }

    pub(super) fn note(&mut self, sentence: String) {
        if !self.assumptions.contains(&sentence) {
            self.assumptions.push(sentence);
        }
    }

    fn source_span(&self, span: &Span) -> SourceSpan {
        let place = self.lines.place(span.start);
        SourceSpan { line: place.line, column: place.column, length: self.lines.length(span) }
    }
}

pub(super) fn work(outer: &StepContext) -> StepContext {
    StepContext { work: true, is_rested: false, beside_recovery: false, label: None, ..outer.clone() }
}

/// Returns the context of a recovery. `rep` is the time of the rep before it.
pub(super) fn between_reps(outer: &StepContext, rep: Option<Millis>) -> StepContext {
    StepContext { work: false, beside_recovery: false, between: true, label: None, rep, ..outer.clone() }
}

/// How long an item takes, where that is known.
pub(super) fn planned(item: &ResolvedItem) -> Option<Millis> {
    match &item.node {
        ResolvedNode::Step(step) => step.end.planned(),
        ResolvedNode::Group(items) => {
            items.iter().try_fold(Millis::ZERO, |sum, item| Some(sum + planned(item)?))
        }
        ResolvedNode::Repeat(repeat) if repeat.early_end == EarlyEnd::Endless => None,
        ResolvedNode::Repeat(repeat) => {
            let reps = repeat.reps.count();
            let body = match &repeat.reps {
                RepeatedItems::Same(count, body) => planned(body)?.times(*count),
                RepeatedItems::Each(items) => {
                    items.iter().try_fold(Millis::ZERO, |sum, item| Some(sum + planned(item)?))?
                }
            };
            let between = repeat.between.as_deref().map_or(Some(Millis::ZERO), planned)?;
            Some(body + between.times(reps.saturating_sub(1)))
        }
        ResolvedNode::Alternate(alternate) => Some(alternate.total),
    }
}

fn is_share(item: &doc::Item) -> bool {
    matches!(&item.node, doc::Node::Step(step) if matches!(step.end, EndLine::Share { .. }))
}

/// Returns the target of a step that does not give one, and the reason.
fn default_target(kind: Kind, context: &StepContext) -> (NamedTarget, &'static str) {
    match kind {
        Kind::Rest => (NamedTarget::Rest, ", being a rest"),
        Kind::Interval if context.work => (NamedTarget::Hard, ", being the work of a repeat"),
        Kind::Interval => (NamedTarget::Hard, ", being an interval"),
        Kind::Run if context.beside_recovery => (NamedTarget::Hard, ", being repeated with a recovery"),
        _ => (NamedTarget::Easy, ""),
    }
}
