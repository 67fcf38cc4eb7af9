//! The pace of reps that stands after their recovery: `3x3km off 3min @ MP`, `12x400m w/ 1min rest @ 5K`.

use super::open_questions::is_work;
use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::StepPhrase;
use super::{PhraseReader, PhraseResult};
use crate::units::{PaceUnit, Speed};
use crate::workout::language::messages::phrase::PhraseProblem;

/// The slowest pace in numbers that is surely that of reps, in km/h.
const SLOWEST_REPS: f64 = 9.0;

impl PhraseReader<'_> {
    /// Takes the pace out of `recovery` that can only be that of the reps: `3x8min r 3min @ LT`. `start` is where the
    /// recovery begins.
    ///
    /// # Errors
    ///
    /// Fails with both readings if the pace could be that of a jog.
    pub(super) fn without_pace_of_reps(
        &mut self,
        start: usize,
        repeat: &mut PhrasePiece,
        recovery: RecoveryPhrase,
    ) -> PhraseResult<RecoveryPhrase> {
        let RecoveryPhrase::Between(text, what) = &recovery else { return Ok(recovery) };
        let written = self.since(start).to_lowercase();
        let Some((length, target)) = text.split_once(' ') else { return Ok(recovery) };
        let told = written.contains('@') || written.contains(" at ");
        if !told || repeat.has_pace() || target.starts_with("in ") || !is_work(target) {
            return Ok(recovery);
        }
        let mut paced = repeat.clone();
        if !paced.give_target(target) {
            return Ok(recovery);
        }
        if speed_of(target).is_some_and(|speed| speed < SLOWEST_REPS) {
            let work = format!("{} / {length}", paced.render());
            let recovery = format!("{} / {text}", repeat.render());
            let target = target.to_string();
            return self.unclear(start, PhraseProblem::UnclearRecoveryPace { target, work, recovery });
        }
        let what = *what;
        self.note_pace_of_reps(target);
        *repeat = paced;
        Ok(RecoveryPhrase::Between(length.to_string(), what))
    }

    /// Gives reps without a pace the target after their recovery: `12x400m w/ 1min rest @ 5K`.
    pub(super) fn target_after_recovery(&mut self, piece: &mut PhrasePiece) -> PhraseResult<()> {
        let PhraseBody::Repeat { body, recovery: Some(_), .. } = &mut piece.body else { return Ok(()) };
        let PhraseBody::Step(step) = &mut body.body else { return Ok(()) };
        let before = self.scan.clone();
        let at = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        if !at || step.has_pace() {
            self.scan = before;
            return Ok(());
        }
        let mut paced = StepPhrase { ..(**step).clone() };
        if !self.after_at(&mut paced)? {
            match self.named_target() {
                Some(target) => paced.targets.push(target),
                None => {
                    self.scan = before;
                    return Ok(());
                }
            }
        }
        self.fillers();
        self.note_pace_of_reps(&paced.targets.join(" "));
        **step = paced;
        Ok(())
    }

    fn note_pace_of_reps(&mut self, target: &str) {
        self.notes.push(format!("`{target}` after the recovery is taken as the pace of the reps."));
    }

    /// True at a target that no recovery has: `1min rest @ 5K`.
    pub(super) fn sees_target_of_reps(&self, recovery: &StepPhrase) -> bool {
        let mut ahead = self.ahead();
        let at = ahead.scan.eat(&['@']).is_some() || ahead.scan.take("at");
        if !at || !recovery.is_recovery() {
            return false;
        }
        recovery.targets == ["rest"] || ahead.named_target().is_some_and(|target| is_work(&target))
    }
}

/// The speed of a pace or a speed in numbers, in km/h.
fn speed_of(target: &str) -> Option<f64> {
    let units = [("/km", PaceUnit::Km), ("/mi", PaceUnit::Mi)];
    if let Some((clock, unit)) =
        units.iter().find_map(|(text, unit)| Some((target.strip_suffix(text)?, *unit)))
    {
        let (minutes, seconds) = clock.rsplit('-').next()?.split_once(':')?;
        let seconds = minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?;
        return (seconds > 0.0).then(|| Speed::from_pace(seconds, unit).kmh());
    }
    let mile = PaceUnit::Mi.metres() / 1000.0;
    let speeds = [("km/h", 1.0), ("mph", mile)];
    let (number, size) = speeds.iter().find_map(|(text, size)| Some((target.strip_suffix(text)?, *size)))?;
    Some(number.rsplit('-').next()?.parse::<f64>().ok()? * size)
}
