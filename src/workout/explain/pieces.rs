//! The steps of a sequence, gathered into the sets that they were written as.

use crate::workout::sequence::{PlannedStep, RepeatId};

/// A piece of a workout, as a runner would count them.
#[derive(Clone, Debug)]
pub enum Piece<'a> {
    /// A single step.
    Step(&'a PlannedStep),
    /// A repeat, a ladder or an `alternate`.
    Set(SetPiece<'a>),
}

/// The reps of a set, and the recovery between them.
#[derive(Clone, Debug)]
pub struct SetPiece<'a> {
    /// The set in [`crate::workout::sequence::Sequence::repeats`].
    pub id: RepeatId,
    /// Each rep, without the recovery after it.
    pub reps: Vec<Vec<Piece<'a>>>,
    /// The recovery after every rep but the last. Empty if there is none, or if the recoveries differ: then they are
    /// part of the reps.
    pub between: Vec<Piece<'a>>,
}

impl SetPiece<'_> {
    /// Returns true if every rep is like the first.
    pub fn is_uniform(&self) -> bool {
        self.reps.first().is_some_and(|first| self.reps.iter().all(|rep| same(rep, first)))
    }
}

/// Gathers `steps` into pieces.
pub fn pieces(steps: &[PlannedStep]) -> Vec<Piece<'_>> {
    let steps: Vec<&PlannedStep> = steps.iter().collect();
    gather(&steps, 0)
}

/// Gathers steps that are inside of `depth` repeats.
fn gather<'a>(steps: &[&'a PlannedStep], depth: usize) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = steps;
    while let Some((first, others)) = rest.split_first() {
        let Some(rep) = first.reps.get(depth) else {
            pieces.push(Piece::Step(first));
            rest = others;
            continue;
        };
        let inside = rest.iter().take_while(|step| step.reps.get(depth).is_some_and(|r| r.id == rep.id));
        let (these, others) = rest.split_at(inside.count());
        pieces.push(Piece::Set(set(rep.id, these, depth)));
        rest = others;
    }
    pieces
}

fn set<'a>(id: RepeatId, steps: &[&'a PlannedStep], depth: usize) -> SetPiece<'a> {
    let number = |step: &PlannedStep| step.reps.get(depth).map_or(0, |rep| rep.n);
    let passes = steps.chunk_by(|a, b| number(a) == number(b));
    let mut reps: Vec<Vec<Piece<'a>>> = passes.map(|pass| gather(pass, depth + 1)).collect();
    let between = split_off_recovery(&mut reps);
    SetPiece { id, reps, between }
}

/// Takes the recovery off every rep but the last, which has none, if it is the same after each.
fn split_off_recovery<'a>(reps: &mut [Vec<Piece<'a>>]) -> Vec<Piece<'a>> {
    let (Some(work), Some(first)) = (reps.last().map(Vec::len), reps.first()) else { return Vec::new() };
    let recovery: Vec<Piece<'a>> = first.get(work..).unwrap_or_default().to_vec();
    let but_last = reps.len() - 1;
    let all = reps.iter().take(but_last);
    if !all.into_iter().all(|rep| same(rep.get(work..).unwrap_or_default(), &recovery)) {
        return Vec::new();
    }
    for rep in reps.iter_mut().take(but_last) {
        rep.truncate(work);
    }
    recovery
}

/// Returns true if two lists of pieces are run alike.
pub fn same(a: &[Piece<'_>], b: &[Piece<'_>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_like(b))
}

impl Piece<'_> {
    /// Returns true if both pieces are run alike.
    pub fn is_like(&self, other: &Piece<'_>) -> bool {
        match (self, other) {
            (Piece::Step(a), Piece::Step(b)) => {
                a.end == b.end
                    && a.target == b.target
                    && a.kind == b.kind
                    && a.label == b.label
                    && (a.incline, a.incline_to) == (b.incline, b.incline_to)
            }
            (Piece::Set(a), Piece::Set(b)) => {
                a.reps.len() == b.reps.len()
                    && same(&a.between, &b.between)
                    && a.reps.iter().zip(&b.reps).all(|(a, b)| same(a, b))
            }
            _ => false,
        }
    }
}
