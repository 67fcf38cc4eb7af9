//! Brackets, ladders and `alternate`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::{LengthSort, RECOVERIES, StepPlace};
use super::trailing_count::is_walk_run;
use super::{PhraseReader, PhraseResult, PhrasingError, required};

/// The maximum depth of nested brackets.
const DEEPEST: usize = 8;

impl PhraseReader<'_> {
    pub(super) fn group(&mut self) -> PhraseResult<PhrasePiece> {
        required(self.scan.eat(&['(']))?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PhrasingError::Unread);
        }
        let pieces = self.line()?;
        self.depth -= 1;
        required(self.scan.eat(&[')']))?;
        required(pieces.first())?;
        Ok(PhrasePiece { body: PhraseBody::Group(pieces), ..PhrasePiece::default() })
    }

    /// What a repeat has in brackets without commas: `(5min run / 1min walk)`, `(1' fast 1' slow)`. Nothing where the
    /// brackets hold anything else.
    pub(super) fn bracketed_pair(&mut self, count: &str) -> Option<PhrasePiece> {
        let before = self.scan.clone();
        let notes = self.notes.len();
        let found = self.bracketed_steps(count);
        if found.is_none() {
            self.scan = before;
            self.notes.truncate(notes);
        }
        found
    }

    fn bracketed_steps(&mut self, count: &str) -> Option<PhrasePiece> {
        self.scan.eat(&['('])?;
        let start = self.scan.clone();
        if let Ok(Some(pair)) = self.bare_pair(count) {
            let seconds = pair.length_sort() == Some(LengthSort::Seconds);
            self.scan.eat(&[')'])?;
            return seconds.then_some(pair);
        }
        self.scan = start;
        let mut steps = vec![self.step(StepPlace::Pair).ok()?];
        let slash = self.scan.eat(&['/']).is_some();
        while self.scan.eat(&[')']).is_none() {
            steps.push(self.step(StepPlace::Pair).ok()?);
        }
        let is_read = match steps.as_slice() {
            [run, walk] if slash => is_walk_run(run, walk),
            [_, _, ..] if !slash => steps.iter().all(|step| step.has_pace() || step.is_worded),
            _ => false,
        };
        let steps = steps.into_iter().map(PhrasePiece::step).collect();
        is_read.then(|| PhrasePiece::repeat(count.to_string(), PhrasePiece::group(steps)))
    }

    /// `(1min, 2min) 10K`: a target for every step in the brackets.
    pub(super) fn shared_target(&mut self, group: &mut PhrasePiece) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let _ = self.scan.take("@") || self.scan.take("at");
        // `(…) recovery 90 seconds` names the recovery, and not how hard the steps are.
        let target = self.named_target();
        let is_number = self.scan.peek().is_some_and(|c| c.is_ascii_digit());
        match target.filter(|target| !(is_number && RECOVERIES.contains(&target.as_str()))) {
            Some(target) => {
                self.fillers();
                if group.give_target(&target) { Ok(true) } else { Err(PhrasingError::Unread) }
            }
            None => {
                self.scan = before;
                Ok(false)
            }
        }
    }

    pub(super) fn ladder_after_comma(
        &mut self,
        rungs: Vec<PhrasePiece>,
        group: PhrasePiece,
    ) -> PhraseResult<PhrasePiece> {
        let mark = self.scan.clone();
        let sort = group.length_sort();
        if self.scan.eat(&[',']).is_some()
            && let Ok(step) = self.step(StepPlace::Recovery(sort))
            && step.is_recovery()
        {
            let recovery = Some(RecoveryPhrase::of(&step));
            let body = PhraseBody::Ladder { rungs, recovery };
            return Ok(PhrasePiece { body, ..PhrasePiece::default() });
        }
        self.scan = mark;
        Ok(group)
    }

    pub(super) fn group_or_ladder(&mut self) -> PhraseResult<PhrasePiece> {
        let mut group = self.group()?;
        let shared = self.shared_target(&mut group)?;
        let PhraseBody::Group(rungs) = &group.body else { return Ok(group) };
        let (is_ladder, rungs) = (rungs.len() > 1, rungs.clone());
        let recovery = self.recovery(&group)?;
        Ok(match recovery {
            Some(recovery) => {
                let body = PhraseBody::Ladder { rungs, recovery: Some(recovery) };
                PhrasePiece { body, ..PhrasePiece::default() }
            }
            // A bracket with a target after it is a ladder too, and a recovery may follow a comma.
            None if is_ladder && shared => self.ladder_after_comma(rungs, group)?,
            None => group,
        })
    }

    /// `alternate A / B [for …]`.
    pub(super) fn alternate(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        if !["alternate", "alternating between", "alternating"].iter().any(|word| self.scan.take(word)) {
            return Ok(None);
        }
        self.legs(None).map(Some)
    }

    /// `5 miles alternating 1 mile MP and 1 mile easy`.
    pub(super) fn distance_alternating(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        if let Ok(Some(length)) = self.length(StepPlace::Item) {
            self.fillers();
            if ["alternating between", "alternating", "alternate"].iter().any(|word| self.scan.take(word)) {
                return self.legs(Some(&length.text)).map(Some);
            }
        }
        self.scan = before;
        Ok(None)
    }

    /// The two legs of `alternate`, and how long they go on.
    fn legs(&mut self, total: Option<&str>) -> PhraseResult<PhrasePiece> {
        let mut first = self.step(StepPlace::Leg)?;
        let comma = self.scan.eat(&[',']).is_some();
        if !comma && self.scan.eat(&['/']).is_none() && !self.scan.take("and") && !self.scan.take("with") {
            return Err(PhrasingError::Unread);
        }
        let second = self.step(StepPlace::Leg)?;
        // Who walks in between does not run hard.
        if second.targets.iter().any(|target| target == "walk") {
            let _ = first.give_target("easy");
        }
        let until = ["until enter", "until tired", "for open", "forever", "until done", "as long as I like"];
        let mark = self.scan.clone();
        if self.scan.eat(&[',']).is_none() || !self.scan.sees("for") {
            self.scan = mark;
        }
        let end = if let Some(total) = total {
            format!(" for {total}")
        } else if self.scan.take("for a total of") || self.scan.take("for") {
            format!(" for {}", required(self.length(StepPlace::Item)?)?.text)
        } else {
            let endless = until.iter().any(|word| self.scan.take(word));
            // `alternate 1min hard, 1min easy` does not say how long.
            if comma && !endless {
                return Err(PhrasingError::Unread);
            }
            String::new()
        };
        let text = format!("alternate {} / {}{end}", first.render(), second.render());
        Ok(PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() })
    }
}
