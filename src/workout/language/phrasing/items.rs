//! Items of a line: labels, repeats, groups, ladders, `alternate`, and what joins them.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::{StepPhrase, StepPlace};
use super::words::PhraseMeaning;
use super::{PhraseReader, PhraseResult, PhrasingError, required};

/// The most items of a line that are read as phrases.
const MOST_PIECES: usize = 500;

/// The marks between a count and what is repeated.
const TIMES: [char; 6] = ['x', 'X', '×', '✕', '⨯', '*'];
const TIMES_WORDS: &[(&str, bool)] = &[
    ("times", false),
    ("reps of", false),
    ("lots of", false),
    ("repeats of", false),
    ("intervals of", false),
    ("sets of", true),
    ("rounds of", true),
];

impl PhraseReader<'_> {
    /// The items up to the end of the text or a closing bracket.
    pub(super) fn line(&mut self) -> PhraseResult<Vec<PhrasePiece>> {
        let mut pieces: Vec<PhrasePiece> = Vec::new();
        let mut after = false;
        loop {
            self.skip_list_mark();
            if self.scan.is_done() || self.scan.peek() == Some(')') {
                return Ok(pieces);
            }
            if pieces.len() >= MOST_PIECES {
                return Err(PhrasingError::Unread);
            }
            if pieces.last().is_some_and(PhrasePiece::lacks_recovery)
                && !after
                && let Some(share) = self.equal_share()
                && let Some(last) = pieces.last_mut()
            {
                last.set_recovery(RecoveryPhrase::Between(share));
                last.range.end = self.scan.at;
                match self.separator() {
                    Some(then) => after = then,
                    None => return Ok(pieces),
                }
                continue;
            }
            let start = self.scan.at;
            let bare = pieces.last().is_some_and(PhrasePiece::lacks_recovery);
            let mut piece = self.item(bare)?;
            // `60s hard, 60s easy x 8`: one of them, or both?
            let counted = matches!(&piece.body, PhraseBody::Repeat { .. }) && self.is_count(start);
            if counted && !pieces.is_empty() {
                return Err(PhrasingError::Unread);
            }
            piece.range = start..self.scan.at;
            piece.is_after = after && pieces.last().is_some_and(PhrasePiece::lacks_recovery);
            self.join(&mut pieces, piece)?;
            match self.separator() {
                Some(then) => after = then,
                None if !self.dangles() && (self.scan.is_done() || self.scan.peek() == Some(')')) => {
                    return Ok(pieces);
                }
                None => return Err(PhrasingError::Unread),
            }
        }
    }

    /// True where what was read since `start` ends with its count: `400m x 6`.
    pub(super) fn is_count(&self, start: usize) -> bool {
        let written = self.since(start);
        let digits = written.trim_end_matches(|c: char| c.is_ascii_digit());
        digits.len() < written.len()
            && digits.trim_end().ends_with(['x', 'X', '×'])
            && !digits.trim_end_matches(['x', 'X', '×', ' ']).ends_with(|c: char| c.is_ascii_digit())
    }

    /// Adds `piece` behind the others, as a recovery or as a part of the step before where it says so.
    pub(super) fn join(&mut self, pieces: &mut Vec<PhrasePiece>, piece: PhrasePiece) -> PhraseResult<()> {
        let Some(last) = pieces.last_mut() else {
            pieces.push(piece);
            return Ok(());
        };
        if let PhraseBody::Step(step) = &piece.body {
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
                    // The whole text belongs to the first of them; the rest are written behind it.
                    let range = if i == 0 { first..end } else { end..end };
                    pieces.push(PhrasePiece { label, body, range, is_after: false });
                }
                return Ok(());
            }
            if step.is_marked_recovery() && last.lacks_recovery() && !piece.is_after {
                last.range.end = piece.range.end;
                if step.after_each {
                    let inner = std::mem::take(last);
                    *last = after_each(inner, piece)?;
                } else {
                    last.set_recovery(RecoveryPhrase::Between(step.render_recovery()));
                }
                return Ok(());
            }
        }
        pieces.push(piece);
        Ok(())
    }

    /// One item. `bare` where a bare number may be a recovery's.
    pub(super) fn item(&mut self, bare: bool) -> PhraseResult<PhrasePiece> {
        let label = self.label();
        if !label.is_empty() {
            while self.scan.peek() == Some('\n') {
                self.scan.at += 1;
            }
        }
        let mut piece = self.unlabelled(bare)?;
        let mut named = super::scanner::TextScanner { text: &label, at: 0 };
        if let Some(PhraseMeaning::Target(target)) = named.longest(super::words::PHRASES)
            && named.is_done()
        {
            let work = target;
            if piece.give_target(work) {
                self.notes.push(format!("`{label}:` says how hard its steps are: {work}."));
            }
        }
        piece.label = label;
        self.count_behind(piece)
    }

    /// `(…) x 8` and `400m x 6`.
    pub(super) fn count_behind(&mut self, piece: PhrasePiece) -> PhraseResult<PhrasePiece> {
        let mut ahead = self.scan.clone();
        if ahead.eat(&TIMES[..5]).is_none() {
            return Ok(piece);
        }
        let count = required(ahead.number().filter(|n| n.fract() == 0.0 && (2.0..=500.0).contains(n)))?;
        if !matches!(piece.body, PhraseBody::Step(_) | PhraseBody::Group(_)) {
            return Err(PhrasingError::Unread);
        }
        self.scan = ahead;
        let (label, range) = (piece.label.clone(), piece.range.clone());
        let body = Box::new(PhrasePiece { label: String::new(), ..piece });
        let recovery = self.recovery(&body)?;
        let body = PhraseBody::Repeat { count: count.to_string(), body, recovery };
        Ok(PhrasePiece { label, body, range, is_after: false })
    }

    /// The label in front of an item, without its colon.
    pub(super) fn label(&mut self) -> String {
        self.scan.skip_spaces();
        let rest = self.scan.rest();
        if !rest.starts_with(char::is_alphabetic) {
            return String::new();
        }
        let mut before = ' ';
        let mut read = rest.char_indices().take(80).peekable();
        while let Some((i, c)) = read.next() {
            match c {
                ',' | '(' | ')' | '|' | '\n' | '@' => return String::new(),
                // `w/u:` and `c/d:` have a slash in them.
                '/' if i > 2 => return String::new(),
                ':' => {
                    let next = read.peek().map_or(' ', |(_, c)| *c);
                    if before.is_ascii_digit() && next.is_ascii_digit() {
                        return String::new();
                    }
                    let label = rest[..i].trim().to_string();
                    if ["r", "rec", "recovery", "rest"].contains(&label.to_lowercase().as_str()) {
                        return String::new();
                    }
                    self.scan.at += i + 1;
                    return label;
                }
                _ => before = c,
            }
        }
        String::new()
    }

    pub(super) fn unlabelled(&mut self, bare: bool) -> PhraseResult<PhrasePiece> {
        let before = self.scan.clone();
        // `tempo 3x10min`: the effort of every rep.
        if let Some(PhraseMeaning::Target(target)) = self.scan.longest(super::words::PHRASES)
            && let Ok(Some((count, sets))) = self.count()
        {
            let mut piece = self.repeat(count, sets)?;
            return if piece.give_target(target) { Ok(piece) } else { Err(PhrasingError::Unread) };
        }
        self.scan = before;
        let _ = self.scan.take("repeat") && self.scan.eat(&[':']).is_some();
        if let Some((count, sets)) = self.count()? {
            let _ = self.scan.eat(&[':']);
            return self.repeat(count, sets);
        }
        if let Some(piece) = self.dash_ladder()? {
            return Ok(piece);
        }
        if self.scan.peek() == Some('(') {
            return self.group_or_ladder();
        }
        if let Some(piece) = self.alternate()? {
            return Ok(piece);
        }
        if let Some(piece) = self.strides()? {
            return Ok(piece);
        }
        let place = if bare { StepPlace::BehindRepeat } else { StepPlace::Item };
        let step = self.step(place)?;
        Ok(PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() })
    }

    /// `6×`, `6-8 x`, `3 sets of`, `open×`: the count as notation, and whether whole sets are counted.
    pub(super) fn count(&mut self) -> PhraseResult<Option<(String, bool)>> {
        let before = self.scan.clone();
        let count =
            if self.scan.take("open") { Some("open".to_string()) } else { self.whole_number_or_range() };
        if let Some(count) = count {
            if self.scan.eat(&TIMES).is_some() {
                return Ok(Some((count, false)));
            }
            if let Some(sets) = self.scan.longest(TIMES_WORDS) {
                return Ok(Some((count, sets)));
            }
        }
        self.scan = before;
        Ok(None)
    }

    pub(super) fn whole_number_or_range(&mut self) -> Option<String> {
        let first = self.scan.number().filter(|n| n.fract() == 0.0 && *n >= 1.0)?;
        let before = self.scan.clone();
        if self.scan.range_mark()
            && let Some(second) = self.scan.number().filter(|n| n.fract() == 0.0 && *n > first)
        {
            return Some(format!("{first}-{second}"));
        }
        self.scan = before;
        Some(first.to_string())
    }

    pub(super) fn repeat(&mut self, count: String, sets: bool) -> PhraseResult<PhrasePiece> {
        let inner = if sets { self.count()? } else { None };
        let mut body = match inner {
            Some((inner, more)) => self.repeat(inner, more)?,
            None if self.scan.peek() == Some('(') => self.group()?,
            None => {
                if let Some(piece) = self.bare_pair(&count)? {
                    return Ok(piece);
                }
                let step = self.step(StepPlace::Body)?;
                PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() }
            }
        };
        if let PhraseBody::Group(_) = body.body {
            self.shared_target(&mut body)?;
        }
        if let Some(pair) = self.on_and_off(&body)? {
            body = pair;
        }
        let recovery = self.recovery(&body)?;
        let body = PhraseBody::Repeat { count, body: Box::new(body), recovery };
        Ok(PhrasePiece { body, ..PhrasePiece::default() })
    }

    /// `30s on 30s off` and `3min on, 90s off`: a pair, its recovery kept after the last rep too.
    pub(super) fn on_and_off(&mut self, body: &PhrasePiece) -> PhraseResult<Option<PhrasePiece>> {
        let PhraseBody::Step(on) = &body.body else { return Ok(None) };
        if !on.is_on {
            return Ok(None);
        }
        let before = self.scan.clone();
        let _ = self.scan.eat(&[',']);
        if self.scan.peek() != Some('/')
            && let Ok(off) = self.step(StepPlace::Recovery(on.length_sort()))
            && off.is_off
        {
            self.notes.push(
                "On and off are taken as hard and easy. The last off is kept: a `/` would leave it out."
                    .to_string(),
            );
            let piece = |step: StepPhrase| PhrasePiece {
                body: PhraseBody::Step(Box::new(step)),
                ..PhrasePiece::default()
            };
            let group = PhraseBody::Group(vec![piece((**on).clone()), piece(off)]);
            return Ok(Some(PhrasePiece { body: group, ..PhrasePiece::default() }));
        }
        self.scan = before;
        Ok(None)
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
