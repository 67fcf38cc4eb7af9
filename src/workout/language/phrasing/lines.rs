//! Lines: items one after the other, and what is said of the items before.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::StepPhrase;
use super::words::BetweenWhat;
use super::{PhraseReader, PhraseResult, PhrasingError, required};

/// The maximum number of items of a line that are read as phrases.
const MOST_PIECES: usize = 500;

impl PhraseReader<'_> {
    /// The items up to the end of the text or a closing bracket.
    pub(super) fn line(&mut self) -> PhraseResult<Vec<PhrasePiece>> {
        let mut pieces: Vec<PhrasePiece> = Vec::new();
        let mut after = false;
        loop {
            self.skip_list_mark();
            if self.scan.is_done() || self.scan.peek() == Some(')') {
                self.settle_line(&mut pieces);
                return Ok(pieces);
            }
            if pieces.len() >= MOST_PIECES {
                return Err(PhrasingError::Unread);
            }
            if !after && self.afterthought(&mut pieces)? {
                match self.separator() {
                    Some(then) => after = then,
                    None => {
                        self.settle_line(&mut pieces);
                        return Ok(pieces);
                    }
                }
                continue;
            }
            let start = self.scan.at;
            let bare = pieces.last().is_some_and(PhrasePiece::lacks_recovery);
            let mut piece = self.item(bare)?;
            piece.range = start..self.scan.at;
            if matches!(&piece.body, PhraseBody::Repeat { .. })
                && self.is_count(start)
                && !piece.is_run_walk()
            {
                piece = self.join_counted(&mut pieces, piece)?;
            }
            piece.is_after = after && pieces.last().is_some_and(PhrasePiece::lacks_recovery);
            if !self.join_list(&mut pieces, &piece)? {
                self.join(&mut pieces, piece)?;
            }
            self.close_line(&mut pieces)?;
            self.placed_part(&mut pieces)?;
            if self.sees_step_after(&pieces) {
                after = false;
                continue;
            }
            match self.separator() {
                Some(then) => after = then,
                None if !self.dangles() && (self.scan.is_done() || self.scan.peek() == Some(')')) => {
                    self.settle_line(&mut pieces);
                    return Ok(pieces);
                }
                None => return Err(PhrasingError::Unread),
            }
        }
    }

    /// Adds `piece` after the others, as a recovery or as a part of the step before where it says so.
    pub(super) fn join(&mut self, pieces: &mut Vec<PhrasePiece>, piece: PhrasePiece) -> PhraseResult<()> {
        if pieces.is_empty() {
            pieces.push(piece);
            return Ok(());
        }
        if let PhraseBody::Step(step) = &piece.body {
            if step.part.is_some() && !step.lacks_length() && pieces.iter().any(PhrasePiece::is_first_part) {
                pieces.push(piece);
                return Ok(());
            }
            let Some(last) = pieces.last_mut() else { return Err(PhrasingError::Unread) };
            if step.part.is_some() {
                let PhraseBody::Step(whole) = &last.body else { return Err(PhrasingError::Unread) };
                let (split, note) = required(whole.split(step))?;
                self.notes.extend(note);
                let end = piece.range.end;
                let first = last.range.start;
                let label = std::mem::take(&mut last.label);
                pieces.pop();
                for (i, step) in split.into_iter().enumerate() {
                    let body = PhraseBody::Step(Box::new(step));
                    let label = if i == 0 { label.clone() } else { String::new() };
                    // The whole text belongs to the first of them; the rest are written after it.
                    let range = if i == 0 { first..end } else { end..end };
                    pieces.push(PhrasePiece { label, body, range, is_after: false });
                }
                return Ok(());
            }
            let rests_between_sets =
                last.is_repeated_exercise() && step.is_recovery() && step.targets == ["rest"];
            if rests_between_sets && !piece.is_after && last.give_recovery(RecoveryPhrase::of(step)) {
                last.range.end = piece.range.end;
                return Ok(());
            }
            let marked = step.is_marked_recovery() && !piece.is_after;
            if marked && step.after_each && last.lacks_recovery() {
                last.range.end = piece.range.end;
                let inner = std::mem::take(last);
                *last = after_each(inner, piece)?;
                return Ok(());
            }
            // `3x(4 minutes, 2 minutes), 1 minute recoveries`: between the steps, or between the sets?
            let is_bare_set = pieces.last().is_some_and(PhrasePiece::is_bare_set);
            if is_bare_set && step.is_recovery() && !piece.is_after {
                return Err(PhrasingError::Unread);
            }
            if marked && self.is_after_reps(pieces, step.between) {
                let recovery = RecoveryPhrase::of(step);
                return self.join_recovery(pieces, recovery, piece.range.end);
            }
        }
        // `1 mile, 1200, 800, 400`: the first belongs to the others.
        if pieces.last().is_some_and(PhrasePiece::is_bare_length)
            && matches!(piece.body, PhraseBody::Ladder { .. })
        {
            return Err(PhrasingError::Unread);
        }
        pieces.push(piece);
        Ok(())
    }

    /// True where a recovery that says what it stands between follows a repeat or a ladder.
    fn is_after_reps(&self, pieces: &[PhrasePiece], what: Option<BetweenWhat>) -> bool {
        let repeats =
            |piece: &PhrasePiece| matches!(piece.body, PhraseBody::Repeat { .. } | PhraseBody::Ladder { .. });
        match what {
            Some(BetweenWhat::Sets) => true,
            Some(_) => pieces.last().is_some_and(repeats),
            None => pieces.last().is_some_and(PhrasePiece::lacks_recovery),
        }
    }

    /// Gives the last of `pieces` a recovery. `60s rest, 3min between sets`: a rest before it stands between the reps.
    fn join_recovery(
        &mut self,
        pieces: &mut Vec<PhrasePiece>,
        recovery: RecoveryPhrase,
        end: usize,
    ) -> PhraseResult<()> {
        let sets = matches!(recovery, RecoveryPhrase::Between(_, BetweenWhat::Sets));
        if sets
            && let [.., before, PhrasePiece { body: PhraseBody::Step(rest), is_after: false, .. }] =
                pieces.as_mut_slice()
            && rest.is_recovery()
            && before.has_sets()
        {
            let rest = RecoveryPhrase::of(rest);
            before.set_recovery(rest);
            pieces.pop();
        }
        let last = required(pieces.last_mut())?;
        last.range.end = end;
        if last.give_recovery(recovery) { Ok(()) } else { Err(PhrasingError::Unread) }
    }

    /// What a line says of the items before: `, equal jog`, `, with 400m jog`, `, 1% incline`, `, repeat 6 times`.
    fn afterthought(&mut self, pieces: &mut Vec<PhrasePiece>) -> PhraseResult<bool> {
        let before = self.scan.clone();
        if pieces.is_empty() {
            return Ok(false);
        }
        if self.repeats_all(pieces)?
            || self.recovery_after_comma(pieces)?
            || self.incline_after_comma(pieces)?
            || self.target_after_comma(pieces)
            || self.last_rep(pieces)?
        {
            let end = self.scan.at;
            if let Some(last) = pieces.last_mut() {
                last.range.end = end;
            }
            return Ok(true);
        }
        self.scan = before;
        Ok(false)
    }

    /// `run 5min, walk 1min, repeat 6 times`: two steps, with nothing but a warm-up before them.
    fn repeats_all(&mut self, pieces: &mut Vec<PhrasePiece>) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let count = if self.scan.take("repeat") {
            self.scan.eat(&['x', 'X', '×']);
            let count = self.scan.number();
            let _ = count.is_some() && (self.scan.take("times") || self.scan.eat(&['x', 'X', '×']).is_some());
            count
        } else if self.scan.eat(&['x', 'X', '×']).is_some() {
            self.scan.number()
        } else if let Some(count) = self.scan.number() {
            self.scan.take("times").then_some(count)
        } else {
            None
        };
        let count = count.filter(|n| n.fract() == 0.0 && (2.0..=500.0).contains(n));
        let ends = self.scan.peek().is_none_or(|c| ",;\n.)".contains(c)) || self.scan.sees("then");
        let Some(count) = count.filter(|_| ends) else {
            self.scan = before;
            return Ok(false);
        };
        let plain = |piece: &PhrasePiece| {
            let kind = |step: &StepPhrase| step.kind.is_none_or(|kind| kind == "recovery");
            piece.label.is_empty() && matches!(&piece.body, PhraseBody::Step(step) if kind(step))
        };
        let from = required(pieces.len().checked_sub(2))?;
        let (rest, set) = pieces.split_at(from);
        if !set.iter().all(plain) || !rest.iter().all(PhrasePiece::is_warmup) {
            return Err(PhrasingError::Unread);
        }
        let set = pieces.split_off(from);
        let range = set.first().map_or(0, |piece| piece.range.start)..self.scan.at;
        let body = Box::new(PhrasePiece { body: PhraseBody::Group(set), ..PhrasePiece::default() });
        let body = PhraseBody::Repeat { count: count.to_string(), body, recovery: None };
        pieces.push(PhrasePiece { body, range, ..PhrasePiece::default() });
        Ok(true)
    }

    /// `6x800m, with 400m jog`, `6x800m, RI 90s`, `6x800m, equal jog`.
    fn recovery_after_comma(&mut self, pieces: &mut [PhrasePiece]) -> PhraseResult<bool> {
        let Some(last) = pieces.last_mut().filter(|last| last.lacks_recovery()) else { return Ok(false) };
        let start = self.scan.at;
        let recovery = match self.equal_share(last.length_sort()) {
            Some(share) => share,
            None if self.sees_recovery_label() => match self.labelled_recovery(last.length_sort()) {
                Some(recovery) => recovery,
                None => return Ok(false),
            },
            None if self.introducer() && !self.sees_step_part() => {
                match self.introduced(start, last.length_sort()) {
                    Ok(recovery) => recovery,
                    Err(_) => return Ok(false),
                }
            }
            None => return Ok(false),
        };
        Ok(last.give_recovery(recovery))
    }

    /// `8x400m off 200m jog, 5k pace`: the pace of the reps, which the recovery cannot have.
    fn target_after_comma(&mut self, pieces: &mut [PhrasePiece]) -> bool {
        let before = self.scan.clone();
        let Some(last) = pieces.last_mut() else { return false };
        // `30 minutes at 12% incline, 3 mph`
        if matches!(&last.body, PhraseBody::Step(step) if step.incline.is_some()) {
            let speed = self.one_pace().filter(|_| self.sees_item_end());
            if speed.is_some_and(|speed| last.give_target(&speed)) {
                return true;
            }
            self.scan = before;
            return false;
        }
        if !matches!(last.body, PhraseBody::Repeat { .. }) {
            return false;
        }
        let start = self.scan.at;
        let _ = self.scan.take("all");
        let at = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        let target = self.one_pace().or_else(|| self.named_target());
        self.fillers();
        let written = self.since(start).to_lowercase();
        // `10k` alone could be a distance.
        let told = at || written.ends_with("pace") || written.ends_with("effort");
        let read = target.filter(|_| told && self.sees_item_end());
        if read.is_some_and(|target| !last.has_pace() && last.give_target(&target)) {
            return true;
        }
        self.scan = before;
        false
    }

    /// `10min at 6mph, 1% incline`. At the end of a list of belt speeds it is the incline of all of them.
    fn incline_after_comma(&mut self, pieces: &mut [PhrasePiece]) -> PhraseResult<bool> {
        let is_list = pieces.len() > 1 && pieces.iter().all(PhrasePiece::is_on_the_flat_belt);
        let Some(PhrasePiece { body: PhraseBody::Step(last), .. }) = pieces.last_mut() else {
            return Ok(false);
        };
        let mut slope = StepPhrase::default();
        if last.incline.is_some() || !self.incline(&mut slope)? {
            return Ok(false);
        }
        if !self.scan.peek().is_none_or(|c| ",;\n.)".contains(c)) {
            return Ok(false);
        }
        last.incline.clone_from(&slope.incline);
        if is_list && self.scan.is_done() {
            for piece in pieces.iter_mut() {
                if let PhraseBody::Step(step) = &mut piece.body {
                    step.incline.clone_from(&slope.incline);
                }
            }
            let incline = slope.incline.unwrap_or_default();
            self.notes.push(format!("`{incline}` at the end is taken as that of every step."));
        }
        Ok(true)
    }

    /// What may stand after the last item without a comma: `(last 3 at MP)`, and a recovery for a list of distances.
    fn close_line(&mut self, pieces: &mut Vec<PhrasePiece>) -> PhraseResult<()> {
        let before = self.scan.clone();
        if self.scan.eat(&['(']).is_some() && self.sees_step_part() {
            let mut part = self.item(false)?;
            required(self.scan.eat(&[')']))?;
            part.range = before.at..self.scan.at;
            return self.join(pieces, part);
        }
        self.scan = before.clone();
        if !is_list_of_lengths(pieces) || self.scan.peek().is_none_or(|c| ",;\n)".contains(c)) {
            return self.join_list_recovery(pieces);
        }
        let last = required(pieces.last())?.clone();
        let recovery = match self.recovery(&last) {
            Ok(Some(recovery @ RecoveryPhrase::Between(..))) => recovery,
            _ => {
                self.scan = before;
                return Ok(());
            }
        };
        let target = match &last.body {
            PhraseBody::Step(step) => step.targets.first().cloned(),
            _ => None,
        };
        let range = pieces.first().map_or(0, |piece| piece.range.start)..self.scan.at;
        let label = pieces.first_mut().map(|piece| std::mem::take(&mut piece.label)).unwrap_or_default();
        let mut rungs = std::mem::take(pieces);
        let target = target.unwrap_or_else(|| self.default_list_target(&label));
        for rung in &mut rungs {
            let _ = rung.give_target(&target);
        }
        let body = PhraseBody::Ladder { rungs, recovery: Some(recovery) };
        pieces.push(PhrasePiece { label, body, range, is_after: false });
        Ok(())
    }
}

/// True for three or more bare lengths of one sort; the last of them may have a target.
fn is_list_of_lengths(pieces: &[PhrasePiece]) -> bool {
    let bare = |(i, piece): (usize, &PhrasePiece)| match &piece.body {
        PhraseBody::Step(step) => {
            let last = i + 1 == pieces.len();
            step.length.is_some()
                && step.is_plain()
                && (piece.label.is_empty() || i == 0)
                && (step.targets.is_empty() || last)
        }
        _ => false,
    };
    let sort = pieces.first().and_then(PhrasePiece::length_sort);
    pieces.len() >= 3
        && pieces.iter().enumerate().all(bare)
        && pieces.iter().all(|piece| piece.length_sort() == sort)
}

impl PhrasePiece {
    /// True for a step that is a length and nothing else.
    fn is_bare_length(&self) -> bool {
        match &self.body {
            PhraseBody::Step(step) => {
                step.length.is_some() && step.targets.is_empty() && step.is_plain() && !step.is_worded
            }
            _ => false,
        }
    }

    /// True for a repeat of counted reps without a recovery: `3x12 squats`.
    fn is_repeated_exercise(&self) -> bool {
        let PhraseBody::Repeat { body, recovery: None, .. } = &self.body else { return false };
        matches!(&body.body, PhraseBody::Step(step) if step.counted.is_some())
    }

    /// True for a warm-up.
    pub(super) fn is_warmup(&self) -> bool {
        matches!(&self.body, PhraseBody::Step(step) if step.kind == Some("warmup"))
    }
}

/// `6x400m, 2min jog after each`: the recovery follows the last rep too.
fn after_each(repeat: PhrasePiece, piece: PhrasePiece) -> PhraseResult<PhrasePiece> {
    let PhrasePiece { label, body, range, is_after } = repeat;
    let PhraseBody::Repeat { count, body, .. } = body else { return Err(PhrasingError::Unread) };
    let mut inner = match body.body {
        PhraseBody::Group(pieces) => pieces,
        _ => vec![*body],
    };
    inner.push(piece);
    let group = PhrasePiece { body: PhraseBody::Group(inner), ..PhrasePiece::default() };
    let body = PhraseBody::Repeat { count, body: Box::new(group), recovery: None };
    Ok(PhrasePiece { label, body, range, is_after })
}
