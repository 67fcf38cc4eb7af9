//! Bends of a session in words: the next one that a key offers, and the one that was made.

use super::refusal::{Refusal, refusal_text};
use crate::coach::View;
use crate::keymap::{Action, KeyContext, Keymap};
use crate::session::{Command, SessionPlace};
use crate::units::{Millis, clock};
use crate::workout::bending::{self, BendPoint, BendRefusal, EASY_END};
use crate::workout::breath::BreathRhythm;
use crate::workout::sequence::{Activity, Bend, Kind, PlannedStep, Role, Sequence};

/// The shortest step in which offers are shown. A shorter one is for running, and each frame costs.
const READABLE: Millis = Millis::from_secs(15);

/// The words for an easy end.
const EASY: &str = "easy to the end";

/// The bends that keys offer at one place of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BendOffers {
    /// The next way to make the session easier, in words: `recoveries 1:30`.
    pub easing: Option<(Bend, String)>,
    /// True if a rep may be added.
    pub can_add: bool,
    /// True in a step that is over before the offer is read.
    pub is_short: bool,
}

impl BendOffers {
    /// Finds the bends that are possible now.
    pub fn of(view: &View<'_>) -> Self {
        // Nobody eases off a walk or a breathing drill.
        if !view.has_begun || view.sequence.activity == Activity::Other {
            return BendOffers::default();
        }
        let point = view.bend_point();
        // A workout with ways of its own offers those.
        let easing =
            view.sequence.during_ease.is_empty().then(|| bending::next_easing(view.sequence, &point));
        let easing = easing.flatten().map(|(bend, bent)| (bend, change(view.sequence, &bent.sequence, bend)));
        let can_add = bending::bend(view.sequence, &point, Bend::OneMore).is_ok();
        let is_short = matches!(view.position.place, SessionPlace::Step(index) if view.sequence.steps.get(index)
            .and_then(|step| step.end.planned()).is_some_and(|length| length < READABLE));
        BendOffers { easing, can_add, is_short }
    }

    /// Returns a sentence for each key that bends the session now: `too much? e: recoveries 1:30`.
    pub fn hints(&self, keymap: &Keymap) -> Vec<String> {
        let label = |action| keymap.label(KeyContext::Running, action);
        let hint = |action, words: &str| match label(action) {
            "" => None,
            key => Some(words.replace("{}", key)),
        };
        if self.is_short {
            return Vec::new();
        }
        let more = self.can_add.then(|| hint(Action::OneMore, "{}: one more rep")).flatten();
        let easing = self.easing.as_ref();
        let easing = easing.and_then(|(_, words)| hint(Action::Ease, &format!("too much? {{}}: {words}")));
        more.into_iter().chain(easing).collect()
    }

    /// Returns a bend that was made in words, if it was offered here; else in a few words.
    pub fn words_for(&self, bend: Bend) -> String {
        match (&self.easing, bend) {
            (Some((offered, words)), _) if *offered == bend => words.clone(),
            (_, Bend::OneMore) => "one more rep".to_string(),
            _ => bend.mark(),
        }
    }
}

/// Returns the meaning of the key for *too hard* in a workout that names no ways of its own.
pub fn ease(view: &View<'_>) -> Result<Command, Refusal> {
    if !view.has_begun {
        return Err(Refusal::NotBegun);
    }
    let next = bending::next_easing(view.sequence, &view.bend_point());
    next.map(|(bend, _)| Command::Bend(bend)).ok_or(Refusal::NothingEasier)
}

/// Returns the meaning of the key for one more rep.
pub fn one_more(view: &View<'_>) -> Result<Command, Refusal> {
    try_bend(view, Bend::OneMore)
}

/// The steps of the rate of breath, in tenths of a breath a minute.
const BREATH_STEP: u32 = 5;

/// Returns the command that makes the guided breath of the current step faster or slower by half a breath a minute. `None` in
/// a step that guides no breath.
pub fn breathe(is_faster: bool, view: &View<'_>) -> Option<Result<Command, Refusal>> {
    let breathing = view.step()?.target.breathing?;
    BreathRhythm::of(&breathing, view.position.length)?;
    let halves = breathing.per_minute * 2.0;
    // The next whole half in this direction.
    let next = if is_faster { (halves + 0.01).floor() + 1.0 } else { (halves - 0.01).ceil() - 1.0 };
    let tenths = next.max(0.0) as u32 * BREATH_STEP;
    Some(match try_bend(view, Bend::BreathRate(tenths)) {
        Err(Refusal::Bend(BendRefusal::NoEffect)) => Err(Refusal::BreathRate),
        other => other,
    })
}

/// Returns the command that leaves `left` of the session.
pub fn within(view: &View<'_>, left: Millis) -> Result<Command, Refusal> {
    try_bend(view, Bend::Within(view.position.elapsed + left))
}

fn try_bend(view: &View<'_>, bend: Bend) -> Result<Command, Refusal> {
    if !view.has_begun {
        return Err(Refusal::NotBegun);
    }
    match bending::bend(view.sequence, &view.bend_point(), bend) {
        Ok(_) => Ok(Command::Bend(bend)),
        Err(refusal) => Err(Refusal::Bend(refusal)),
    }
}

/// Returns what a bend changed, in a few words: `2 reps fewer`.
fn change(before: &Sequence, after: &Sequence, bend: Bend) -> String {
    match bend {
        Bend::LongerRecoveries => longer_recoveries(before, after),
        Bend::SlowerWork => slower_work(before, after),
        Bend::FewerReps => match reps(before).saturating_sub(reps(after)) {
            1 => "1 rep fewer".to_string(),
            count => format!("{count} reps fewer"),
        },
        Bend::EasyToTheEnd => match after.steps.last().and_then(|step| step.end.planned()) {
            Some(length) if length < EASY_END => EASY.to_string(),
            _ => format!("{} min {EASY}", EASY_END.whole_secs() / 60),
        },
        Bend::OneMore | Bend::Within(_) | Bend::BreathRate(_) => bend.mark(),
    }
}

/// Returns the pairs of steps that changed.
fn changed<'a>(
    before: &'a Sequence,
    after: &'a Sequence,
    role: Role,
) -> impl Iterator<Item = (&'a PlannedStep, &'a PlannedStep)> {
    let pairs = after.steps.iter().filter_map(|step| Some((before.step(step.id)?, step)));
    pairs.filter(move |(old, new)| {
        new.role == role && (old.end != new.end || old.target.words != new.target.words)
    })
}

/// `recoveries 1:30`, or how much longer they are if they differ.
fn longer_recoveries(before: &Sequence, after: &Sequence) -> String {
    let lengths = || changed(before, after, Role::Between).map(|(_, new)| new.end.planned());
    let first = lengths().next().flatten();
    match (first, lengths().count()) {
        (Some(length), 1) => format!("recovery {}", clock(length.whole_secs())),
        (Some(length), _) if lengths().all(|other| other == Some(length)) => {
            format!("recoveries {}", clock(length.whole_secs()))
        }
        _ => "longer recoveries".to_string(),
    }
}

/// `work at 10K` for an effort, and `a little slower` for a speed.
fn slower_work(before: &Sequence, after: &Sequence) -> String {
    let words = || changed(before, after, Role::Work).map(|(old, new)| (&old.target, &new.target));
    let Some((old, new)) = words().next() else { return "a little slower".to_string() };
    let is_same = words().all(|(a, b)| a.words == old.words && b.words == new.words);
    match is_same && new.start.speed.is_none() {
        true => format!("work at {}", new.words),
        false => "a little slower".to_string(),
    }
}

/// Returns the number of reps.
fn reps(sequence: &Sequence) -> usize {
    let work: Vec<&PlannedStep> =
        sequence.steps.iter().filter(|step| step.role == Role::Work && !step.reps.is_empty()).collect();
    let place = |step: &PlannedStep| step.reps.iter().map(|rep| (rep.id, rep.n)).collect::<Vec<_>>();
    work.chunk_by(|a, b| place(a) == place(b)).count()
}

/// Returns what is left of the session after a cut to `left`: `4 reps, then 1:00 easy`. Says why if that is not possible.
pub fn rest_within(view: &View<'_>, left: Millis) -> String {
    cut_words(view.sequence, &view.bend_point(), left)
}

/// Returns what is left of a session that has not begun after a cut to `total`, in words.
pub fn whole_within(sequence: &Sequence, total: Millis) -> String {
    cut_words(sequence, &BendPoint::before(sequence), total)
}

/// True if a session that has not begun can be run within `total`.
pub fn can_begin_within(sequence: &Sequence, total: Millis) -> bool {
    bending::bend(sequence, &BendPoint::before(sequence), Bend::Within(total)).is_ok()
}

fn cut_words(sequence: &Sequence, point: &BendPoint, left: Millis) -> String {
    let bent = match bending::bend(sequence, point, Bend::Within(point.elapsed + left)) {
        Ok(bent) => bent.sequence,
        Err(refusal) => return refusal_text(refusal, point.elapsed),
    };
    let dropped = reps(sequence).saturating_sub(reps(&bent));
    let easy = bent.steps.last().filter(|step| sequence.step(step.id).is_none());
    let mut pieces = Vec::new();
    if dropped > 0 {
        pieces.push(format!("{dropped} rep{} fewer", if dropped == 1 { "" } else { "s" }));
    }
    if let Some(length) = easy.and_then(|step| step.end.planned()) {
        pieces.push(format!("{} easy at the end", clock(length.whole_secs())));
    }
    pieces.extend(shorter_steps(sequence, &bent, point.index));
    pieces.join(", ")
}

/// `warm-up and cool-down shorter`, or the number of steps that are shorter from `from` on.
fn shorter_steps(before: &Sequence, after: &Sequence, from: usize) -> Option<String> {
    let is_shorter =
        |step: &&PlannedStep| before.step(step.id).is_some_and(|old| step.end.planned() < old.end.planned());
    let kinds: Vec<Kind> = after.steps.iter().skip(from).filter(is_shorter).map(|step| step.kind).collect();
    Some(match kinds[..] {
        [] => return None,
        [Kind::Warmup] => "warm-up shorter".to_string(),
        [Kind::Cooldown] => "cool-down shorter".to_string(),
        [Kind::Warmup, Kind::Cooldown] => "warm-up and cool-down shorter".to_string(),
        [_] => "1 step shorter".to_string(),
        _ => format!("{} steps shorter", kinds.len()),
    })
}
