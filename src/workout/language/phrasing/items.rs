//! Items of a line: labels, repeats, groups, ladders and `alternate`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::repeats::{TIMES, TIMES_WORDS};
use super::step_phrase::StepPlace;
use super::words::PhraseMeaning;
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::workout::language::instruction_label::is_instruction;

/// The maximum number of steps of a set that is listed after a colon.
const MOST_LISTED: usize = 8;
/// Words before a count that say nothing more.
const SESSIONS: [&str; 17] = [
    "interval",
    "hiit",
    "billat",
    "fartlek",
    "intervals",
    "interval session",
    "tabata",
    "speed",
    "speedwork",
    "track",
    "session",
    "main set",
    "run",
    "do",
    "complete",
    "perform",
    "a",
];

/// Efforts that a label may name among other words: `threshold session`.
const LABELLED_EFFORTS: [&str; 6] = ["easy", "recovery", "steady", "tempo", "threshold", "97% threshold"];

impl PhraseReader<'_> {
    /// One item. `bare` where a bare number may be a recovery's.
    pub(super) fn item(&mut self, bare: bool) -> PhraseResult<PhrasePiece> {
        // The total of the steps before it is no step of its own.
        if self.scan.sees("for a total") || self.scan.sees("a total of") {
            return Err(PhrasingError::Unread);
        }
        let label = self.label();
        if label.is_empty()
            && let Some(piece) = self.headed_step()?
        {
            return Ok(piece);
        }
        if is_instruction(&label, self.scan.rest()) {
            return Err(PhrasingError::Unread);
        }
        if !label.is_empty() {
            while self.scan.peek() == Some('\n') {
                self.scan.at += 1;
            }
        }
        self.scan.skip_spaces();
        let start = self.scan.at;
        let is_tabata = self.scan.sees("tabata");
        let outer = std::mem::take(&mut self.label);
        self.label = if label.is_empty() { outer.clone() } else { label.clone() };
        let counted = self.counted_last(bare)?;
        let mut piece = match counted {
            Some(piece) => piece,
            None => self.unlabelled(bare)?,
        };
        self.label = outer;
        if let Some(work) = effort_of_label(&label)
            && piece.give_target(work)
        {
            self.notes.push(format!("`{label}:` says how hard its steps are: {work}."));
        }
        if is_tabata {
            self.make_tabata(&mut piece);
        }
        piece.label = label;
        let piece = self.with_trailing_count(piece, start)?;
        if matches!(piece.body, PhraseBody::Step(_)) && self.lacks_count(start) {
            return Err(PhrasingError::Unread);
        }
        Ok(piece)
    }

    /// Makes the reps of `tabata 8x20/10` all-out with rests between, as Tabata's are, where they say nothing else.
    fn make_tabata(&mut self, piece: &mut PhrasePiece) {
        if !piece.give_target("all-out") {
            return;
        }
        self.notes.push("Tabata intervals are taken as all-out, with rests between.".to_string());
        if let PhraseBody::Repeat { recovery: Some(RecoveryPhrase::Between(text, _)), .. } = &mut piece.body
            && !text.contains(' ')
        {
            text.push_str(" rest");
        }
    }

    /// Returns the target of a list that names none: the effort of its label, else hard.
    pub(super) fn default_list_target(&mut self, label: &str) -> String {
        match effort_of_label(label) {
            Some(work) => {
                self.notes.push(format!("`{label}:` says how hard its steps are: {work}."));
                work.to_string()
            }
            None => {
                self.notes.push("The list does not say how hard: taken as hard.".to_string());
                "hard".to_string()
            }
        }
    }

    /// `10km progression run: 10km from 6:00 to 5:00`: a title that begins with the length of its only step.
    fn headed_step(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        let (notes, start) = (self.notes.len(), self.scan.at);
        let title = match self.length(StepPlace::Item) {
            Ok(Some(length)) => length,
            _ => {
                self.scan = before;
                return Ok(None);
            }
        };
        let rest = self.scan.rest();
        let end =
            rest.find(|c: char| !c.is_alphabetic() && c != ' ').filter(|end| rest[*end..].starts_with(": "));
        if let Some(end) = end.filter(|end| *end > 1) {
            self.scan.at += end;
            let label = self.since(start).to_string();
            self.scan.at += 1;
            if let Ok(step) = self.step(StepPlace::Item)
                && step.length.as_ref().is_some_and(|length| length.text == title.text)
                && self.scan.peek().is_none_or(|c| ",;\n".contains(c))
            {
                let piece = PhrasePiece { label: format!("\"{label}\""), ..PhrasePiece::step(step) };
                return Ok(Some(piece));
            }
        }
        self.notes.truncate(notes);
        self.scan = before;
        Ok(None)
    }

    /// The label in front of an item, without its colon.
    pub(super) fn label(&mut self) -> String {
        self.scan.skip_spaces();
        let rest = self.scan.rest();
        let mut counted = self.ahead();
        if !rest.starts_with(char::is_alphabetic) || counted.counted_colon().is_some() {
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
                    // `Intervals 6x800m:90s` has its reps before the colon.
                    if holds_reps(&label) && !holds_reps(&rest[i..]) {
                        return String::new();
                    }
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
        if let Some(piece) = self.strides()? {
            return Ok(piece);
        }
        if let Some(piece) = self.listed_set()? {
            return Ok(piece);
        }
        if self.scan.take("12-3-30") {
            self.notes.push("`12-3-30` is the walk of 30 min at 3 mph and 12 %.".to_string());
            let body = PhraseBody::Notation("30min 3mph incline 12%".to_string());
            return Ok(PhrasePiece { body, ..PhrasePiece::default() });
        }
        if let Some(piece) = self.run_with_reps()? {
            return Ok(piece);
        }
        let known = self.run_on_and_off().or_else(|| self.run_walk()).or_else(|| self.speed_steps());
        if let Some(piece) = known {
            return Ok(piece);
        }
        if let Some(piece) = self.named_session()? {
            return Ok(piece);
        }
        self.session_words();
        let _ = self.scan.take("repeat") && self.scan.eat(&[':']).is_some();
        if let Some((count, sets)) = self.count()? {
            let _ = self.eat_colon();
            return self.repeat(count, sets);
        }
        if let Some(piece) = self.distance_alternating()? {
            return Ok(piece);
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
        self.reject_intervals_without_reps()?;
        if let Some(piece) = self.race().or_else(|| self.paceless_progression()) {
            return Ok(piece);
        }
        if !bare {
            self.reject_missing_length()?;
        }
        let place = if bare { StepPlace::AfterRepeat } else { StepPlace::Item };
        let step = self.step(place)?;
        Ok(PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() })
    }

    /// Skips what stands before a count and says nothing: `Fartlek 10x…`, `then run 6x…`.
    fn session_words(&mut self) {
        let before = self.scan.clone();
        while SESSIONS.iter().any(|word| self.scan.take(word)) {}
        let counted = self.ahead().count();
        if !matches!(counted, Ok(Some(_))) {
            self.scan = before;
        }
    }

    /// Takes a colon that does not belong to `:30`.
    fn eat_colon(&mut self) -> bool {
        self.scan.clone().seconds_of_clock().is_none() && self.scan.eat(&[':']).is_some()
    }

    /// `Repeat 6 times:`, `5 sets:`, `2 repetitions of:`. The count, where a list of steps is to be repeated.
    fn counted_colon(&mut self) -> Option<String> {
        let before = self.scan.clone();
        let repeat = self.scan.take("repeat");
        // `repeat x5:`, `x5:`
        let leads = self.scan.eat(&TIMES[..3]).is_some();
        let count = self.whole_number_or_range();
        let times = leads
            || self.scan.eat(&TIMES).is_some()
            || self.scan.longest(TIMES_WORDS).is_some()
            || ["sets", "rounds", "repetitions"].iter().any(|word| self.scan.take(word));
        let _ = times && self.scan.take("of");
        let rounds =
            self.since(before.at).to_lowercase().ends_with("rounds of") && self.scan.peek() != Some('(');
        if (times || repeat)
            && count.is_some()
            && (rounds || self.eat_colon() || self.scan.peek() == Some('\n'))
        {
            return count;
        }
        self.scan = before;
        None
    }

    /// `Repeat 6 times: 2min hard, 1min easy`. A warm-up or cool-down ends the list, and so does `then`.
    fn listed_set(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        let Some(count) = self.counted_colon() else { return Ok(None) };
        let mut pieces: Vec<PhrasePiece> = Vec::new();
        loop {
            let mark = self.scan.clone();
            let on_lines = self.scan.peek() == Some('\n');
            if on_lines {
                self.skip_list_mark();
            }
            let joined = on_lines
                || pieces.is_empty()
                || self.scan.eat(&[',', '+']).is_some()
                || self.scan.take("and");
            if !joined || self.scan.sees("then") {
                self.scan = mark;
                break;
            }
            let step = self.step(StepPlace::Item)?;
            if step.kind.is_some() {
                self.scan = mark;
                break;
            }
            pieces.push(PhrasePiece { body: PhraseBody::Step(Box::new(step)), ..PhrasePiece::default() });
        }
        if pieces.len() < 2 {
            self.scan = before;
            return Ok(None);
        }
        let easy = |piece: &PhrasePiece| matches!(&piece.body, PhraseBody::Step(step) if step.is_recovery() || step.targets.is_empty());
        let ends_twice = pieces.len() > 2 && pieces.iter().rev().take(2).all(easy);
        if ends_twice || pieces.len() > MOST_LISTED {
            return Err(PhrasingError::Unread);
        }
        let body = Box::new(PhrasePiece { body: PhraseBody::Group(pieces), ..PhrasePiece::default() });
        let body = PhraseBody::Repeat { count, body, recovery: None };
        Ok(Some(PhrasePiece { body, ..PhrasePiece::default() }))
    }
}

/// True for a text with a count and a length: `Intervals 6x800m`.
fn holds_reps(text: &str) -> bool {
    text.match_indices(TIMES).any(|(at, mark)| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let after = text.get(at + mark.len()..).unwrap_or_default().trim_start();
        let is_digit = |c: char| c.is_ascii_digit();
        before.ends_with(is_digit) && after.starts_with(is_digit)
    })
}

/// Returns the effort that a label names: `tempo`, `double threshold AM`, `Easy Tuesday`. A label with two of them names
/// none, and only a label of one phrase names a race's pace.
pub(super) fn effort_of_label(label: &str) -> Option<&'static str> {
    let target_at = |at: usize| {
        let mut named = super::scanner::TextScanner { text: label, at };
        match named.longest(super::words::PHRASES) {
            Some(PhraseMeaning::Target(target)) => Some((target, named.is_done(), named.at)),
            _ => None,
        }
    };
    if let Some((target, true, _)) = target_at(0) {
        return Some(target);
    }
    let mut found = None;
    let mut from = 0;
    for (at, _) in label.match_indices(|c: char| c.is_alphanumeric()) {
        let begins = label.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        if at < from || !begins {
            continue;
        }
        let Some((target, _, end)) = target_at(at) else { continue };
        if !LABELLED_EFFORTS.contains(&target) || found.is_some_and(|other| other != target) {
            return None;
        }
        (found, from) = (Some(target), end);
    }
    found
}
