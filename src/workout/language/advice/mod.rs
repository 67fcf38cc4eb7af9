//! Help that works on the second try: fixes made from the runner's own text, each read before it is shown.
//!
//! The parser says what is wrong and where. For each of its problems the rules here name candidates, the most
//! likely first. A candidate that cannot be read in the place of what it replaces is dropped, and so is one that
//! does not keep the numbers, efforts and words of what it replaces.

mod attempt;
mod belt;
mod clauses;
mod clocks;
mod counted;
mod cues;
mod figures;
mod foreign;
mod gym;
mod heart;
mod idioms;
mod imports;
mod inner;
mod kept;
mod keyboard;
mod listed;
mod missing_length;
mod missing_piece;
mod misspelled;
mod numbers;
mod pace_units;
mod paces;
mod quantity;
mod read_texts;
mod repair;
mod sentence;
mod sizes;
mod slip;
mod speed_slips;
mod spelling;
mod structure;
mod targets;
mod totals;
mod typos;
mod unread;
mod whole_forms;
mod whole_line;
mod words;

use super::document::{EndLine, Item, Node};
use super::notation::Notation;
use super::parser::{self, ParsedNotation};
use super::print;
use super::references::References;
use crate::diagnostic::{Diagnostic, SuggestedFix};
use crate::units::Millis;
use read_texts::ReadTexts;
use sentence::TriedFix;
use slip::{Advice, Candidate, Slip, Tone};
use std::ops::Range;
use std::rc::Rc;

/// The most problems of one string that get fixes.
const MOST_ADVISED: usize = 8;
/// The longest string, in bytes, whose problems get fixes.
const LONGEST_LINE: usize = 2000;
/// The longest line that a fix repeats as a whole, in bytes.
const LONGEST_WHOLE: usize = 120;
/// The most texts that are read for one string.
const MOST_TRIES: usize = 200;
/// Problems whose fixes are guesses: none is made upon another.
const FINAL: [&str; 3] = ["slash-without-repeat", "unknown-start", "second-slash"];
/// Problems of phrases. Only the first of them in a line is known.
const PHRASES: [&str; 7] = [
    "unknown-race",
    "maximum-aerobic-rate",
    "hill-without-incline",
    "unclear-units",
    "unclear-pace-unit",
    "unclear-clock",
    "unclear-bracket",
];
/// Problems that only the runner can answer. A fix would drop the condition.
const CONDITIONS: [&str; 2] = ["bare-until", "until-range"];
/// The beginnings of the codes of problems whose rule has the answers.
const QUESTIONS: [&str; 3] = ["unclear", "decimal-clock", "unplaced"];
/// The most slips in one item that are corrected one after the other.
const MOST_STEPS: usize = 3;

/// The cost at which a rule's fix is certain enough without a search for others.
const CERTAIN: u32 = 60;
/// The most that the fix of a rule may cost more than one that the search found.
const RULES_LEAD: u32 = 90;

/// Parses `notation` like [`parser::parse`], with tried fixes in the help of each problem.
pub fn parse(notation: &Notation, names: &References, depth: usize) -> ParsedNotation {
    let mut parsed = parser::parse(notation, names, depth);
    let read = ReadTexts::default();
    let found = misspelled::problems(notation, names, &parsed.problems, &read)
        .or_else(|| unread::problems(notation, names, &parsed.problems, &read));
    match found {
        Some(problems) => parsed.problems = problems,
        None => advise_with(notation, names, &mut parsed.problems, &read),
    }
    parsed
}

/// Puts tried fixes into the help of `problems`, which are problems of `notation`.
pub fn advise(notation: &Notation, names: &References, problems: &mut [Diagnostic]) {
    advise_with(notation, names, problems, &ReadTexts::default());
}

fn advise_with(notation: &Notation, names: &References, problems: &mut [Diagnostic], read: &ReadTexts) {
    if problems.is_empty() || notation.text.len() > LONGEST_LINE {
        return;
    }
    problems.sort_by_key(|problem| problem.span.start);
    let mut corrected: Vec<Range<usize>> = Vec::new();
    let known = match problems {
        [only] if PHRASES.contains(&only.code()) => usize::MAX,
        _ => problems.len(),
    };
    let has_others = problems.len() > 1;
    let text = notation.text.as_str();
    let mut adviser = Adviser { text, names, read_texts: read, tries: MOST_TRIES, has_others, known };
    for (i, problem) in problems.iter_mut().take(MOST_ADVISED).enumerate() {
        let help = problem.help.clone().unwrap_or_default();
        let slip = Slip::new(&notation.text, notation.decoded(problem.span.clone()), problem.code(), &help);
        if !may_be_fixed(notation, &slip) {
            continue;
        }
        let mut idiom = if i == 0 { adviser.first(&slip) } else { None };
        let nearest = adviser.nearest_word(&slip).filter(|_| idiom.is_none());
        let is_whole = |range: &Range<usize>| range.start == 0 && range.end == notation.text.len();
        if i > 0 && corrected.iter().any(is_whole) {
            problem.help = Some(sentence::CORRECTED.to_string());
            continue;
        }
        if i == 0 && idiom.is_none() && (nearest.is_none() || adviser.has_others) {
            idiom = adviser.respelt(&slip).filter(|respelt| adviser.is_faithful(&slip, respelt));
        }
        if i == 0 && idiom.is_none() && nearest.is_some() && adviser.has_others {
            idiom = adviser.repaired(&slip).map(|(_, repaired)| repaired);
        }
        if let Some(word) = nearest.filter(|_| idiom.is_none()) {
            problem.alternatives = vec![SuggestedFix { span: problem.span.clone(), replacement: word }];
            continue;
        }
        let Some(advice) = idiom.or_else(|| adviser.best(&slip, i == 0)) else { continue };
        // The fixes of an item's first problem correct all of it.
        let is_corrected = corrected.iter().any(|item| item.contains(&slip.at.start));
        if is_corrected && advice.tone == Tone::Ask {
            continue;
        }
        let fixes = if is_corrected { Vec::new() } else { adviser.tried(slip.code, &advice) };
        let fixes = if adviser.has_others && i > 0 { fixes } else { adviser.widened(fixes) };
        corrected.extend(fixes.first().map(|fix| fix.range.clone()));
        problem.help = Some(match fixes.is_empty() {
            true if is_corrected => sentence::CORRECTED.to_string(),
            true => sentence::explanation(problem.code(), &advice.lead, &help),
            false => sentence::sentence(&advice, &fixes),
        });
        problem.alternatives = fixes
            .into_iter()
            .map(|fix| SuggestedFix { span: notation.source(fix.range), replacement: fix.text })
            .collect();
    }
}

/// True for the problem of a text with several readings, which the runner has to choose from.
fn asks(code: &str) -> bool {
    PHRASES.contains(&code) || QUESTIONS.iter().any(|question| code.starts_with(question))
}

/// Returns the advice for a problem, or nothing if its own help holds no notation made from the text.
fn advice(slip: &Slip<'_>) -> Option<Advice> {
    numbers::advice(slip)
        .or_else(|| clocks::advice(slip))
        .or_else(|| paces::advice(slip))
        .or_else(|| targets::advice(slip))
        .or_else(|| structure::advice(slip))
        .or_else(|| cues::advice(slip))
        .or_else(|| sizes::advice(slip))
}

struct Adviser<'a> {
    text: &'a str,
    names: &'a References,
    /// The texts that were read for this line.
    read_texts: &'a ReadTexts,
    tries: usize,
    /// True if the text has several problems.
    has_others: bool,
    /// A line with a fix in its place has fewer problems than this.
    known: usize,
}

impl Adviser<'_> {
    /// Returns the advice that comes before the one for the problem: the text without slips, or the rules for lines.
    fn first(&mut self, slip: &Slip<'_>) -> Option<Advice> {
        if let Some(advice) =
            missing_piece::advice(&slip.widened()).filter(|_| slip.text.len() <= LONGEST_WHOLE)
            && !self.tried(slip.code, &advice).is_empty()
        {
            return Some(advice);
        }
        let is_one_word = !self.has_others && self.nearest_word(slip).is_some();
        let mended = if is_one_word { None } else { self.mended(slip) };
        let known = self.idiom(slip);
        let Some(mended) = mended.filter(|mended| mended.is_certain || known.is_none()) else { return known };
        let mended = mended.advice;
        // A rule that leads to the same text says why, too.
        let known = known.or_else(|| self.advice(slip));
        known.filter(|known| self.lead_to_the_same(slip, known, &mended)).or(Some(mended))
    }

    /// Returns the advice of the first rule for whole lines that has a fix.
    fn idiom(&mut self, slip: &Slip<'_>) -> Option<Advice> {
        let is_cue = slip.text.get(..slip.at.start).is_some_and(|before| before.contains('|'));
        if slip.text.len() > LONGEST_WHOLE || self.names.knows_any() || is_cue {
            return None;
        }
        let whole = slip.widened();
        idioms::advice(&whole).into_iter().find(|advice| self.is_faithful(slip, advice))
    }

    /// Returns the line with its typos corrected.
    fn respelt(&mut self, slip: &Slip<'_>) -> Option<Advice> {
        if slip.text.len() > LONGEST_WHOLE || self.names.knows_any() {
            return None;
        }
        typos::advice(&slip.widened()).filter(|advice| !self.tried(slip.code, advice).is_empty())
    }

    /// Returns the advice for `slip`; for the whole line where no candidate for the item alone can be read.
    fn advice(&mut self, slip: &Slip<'_>) -> Option<Advice> {
        let narrow = advice(slip)?;
        if slip.items.len() < 2
            || slip.text.len() > LONGEST_WHOLE
            || !self.tried(slip.code, &narrow).is_empty()
        {
            return Some(narrow);
        }
        let wide = advice(&slip.widened()).filter(|wide| !self.tried(slip.code, wide).is_empty());
        Some(wide.unwrap_or(narrow))
    }

    /// Returns the word that the problem's own help suggests, if the line can be read with it.
    fn nearest_word(&mut self, slip: &Slip<'_>) -> Option<String> {
        // A unit is chosen by its number.
        let word = slip.nearest().filter(|_| slip.code != "unknown-unit")?;
        let fix =
            TriedFix { range: slip.at.clone(), text: word.to_string(), total: None, note: String::new() };
        self.fits(&fix).then_some(fix.text)
    }

    /// Returns the candidates that can be read and keep what the runner wrote, in canonical notation.
    fn tried(&mut self, code: &str, advice: &Advice) -> Vec<TriedFix> {
        let mut fixes: Vec<TriedFix> = Vec::new();
        for (i, candidate) in advice.candidates.iter().enumerate() {
            // A less likely candidate has to be right as it stands, unless the text has other slips.
            let steps = if i == 0 || self.has_others { MOST_STEPS } else { 0 };
            let Some(fix) = self.fix(candidate, steps) else { continue };
            let replaced = self.text.get(fix.range.clone()).unwrap_or_default();
            let meant = candidate.stands_for.as_deref().unwrap_or(replaced);
            if !candidate.is_reading && !kept::keeps_meaning(meant, &fix.text, code, candidate.is_computed) {
                continue;
            }
            if fixes.iter().all(|known| known.text != fix.text) {
                fixes.push(fix);
            }
        }
        fixes
    }

    /// Returns the advice of the rules, unless the general search finds something better.
    fn best(&mut self, slip: &Slip<'_>, is_first: bool) -> Option<Advice> {
        let rules = self.advice(slip);
        if !is_first {
            return rules;
        }
        let Some(rules) = rules else { return self.repaired(slip).map(|(_, advice)| advice) };
        let cost = self.cost(slip, &rules);
        // A rule for a question has its answers.
        if cost.is_some_and(|cost| cost <= CERTAIN || asks(slip.code)) {
            return Some(rules);
        }
        let Some((other, repaired)) = self.repaired(slip) else { return Some(rules) };
        let is_better = cost.is_none_or(|cost| other + RULES_LEAD < cost);
        Some(if is_better { repaired } else { rules })
    }

    /// True if the first fix of `advice` can be read and quotes no word that stood without quotes.
    fn is_faithful(&mut self, slip: &Slip<'_>, advice: &Advice) -> bool {
        let fixes = self.tried(slip.code, advice);
        let quotes = |text: &str| text.matches(['\'', '"']).count();
        let is_meant = |candidate: &Candidate| quotes(&candidate.text) > quotes(slip.text);
        let quotes_on_purpose = advice.candidates.first().is_some_and(is_meant);
        fixes.first().is_some_and(|fix| quotes_on_purpose || quotes(&fix.text) <= quotes(slip.text))
    }

    fn fix(&mut self, candidate: &Candidate, steps: usize) -> Option<TriedFix> {
        let read = self.complete(&candidate.text, steps)?;
        let (range, note) = (candidate.range.clone(), candidate.note.clone());
        let fix = TriedFix { range, text: read.text, total: read.total, note };
        if self.fits(&fix) {
            return Some(fix);
        }
        // Beside its neighbours a text may need a word, such as `then`, that it does not need alone.
        let written = TriedFix { text: candidate.text.clone(), ..fix };
        self.fits(&written).then_some(written)
    }

    /// Reads `text`, and corrects the slips that are left in it. Returns the canonical notation.
    fn complete(&mut self, text: &str, steps: usize) -> Option<ReadText> {
        self.tries = self.tries.checked_sub(1)?;
        let parsed = self.read(text);
        let Some(problem) = parsed.problems.first() else {
            let text = spoken(&parsed.items);
            return (!text.is_empty() && !parsed.incomplete && self.passes(&parsed.items, &text))
                .then(|| ReadText { text, total: self.total(&parsed.items) });
        };
        let steps = steps.checked_sub(1)?;
        if FINAL.contains(&problem.code()) {
            return None;
        }
        let help = problem.help.clone().unwrap_or_default();
        let advice = advice(&Slip::new(text, problem.span.clone(), problem.code(), &help))?;
        advice.candidates.iter().find_map(|candidate| {
            let next = candidate.apply(text);
            if next == text { None } else { self.complete(&next, steps) }
        })
    }

    /// True if the line has one problem less with `fix` in its place.
    fn fits(&mut self, fix: &TriedFix) -> bool {
        let Some(tries) = self.tries.checked_sub(1) else { return false };
        self.tries = tries;
        let before = self.text.get(..fix.range.start).unwrap_or_default();
        let behind = self.text.get(fix.range.end..).unwrap_or_default();
        let line = format!("{before}{}{behind}", fix.text);
        if line == self.text {
            return false;
        }
        let parsed = self.read(&line);
        let new = fix.range.start..fix.range.start + fix.text.len();
        let overlaps = |at: &Range<usize>| at.start < new.end && new.start < at.end.max(at.start + 1);
        let unclear = |problem: &Diagnostic| problem.code().starts_with("unclear-recovery");
        let problems = &parsed.problems;
        !problems.iter().any(|problem| overlaps(&problem.span) || unclear(problem))
            && problems.len() < self.known
            && (!problems.is_empty()
                || self.passes(&parsed.items, &line) && !totals::is_too_short(&parsed.items))
    }

    /// True for items that compile and make a sensible workout.
    fn passes(&self, items: &[Item], text: &str) -> bool {
        totals::is_possible(items)
            && !totals::counts_twice(items)
            && self.names.trial.as_ref().is_none_or(|trial| trial.passes(items, text))
    }

    /// Returns the time that `items` take, for the athlete if there is one.
    fn total(&self, items: &[Item]) -> Option<Millis> {
        let measured = || self.names.trial.as_ref()?.total(items, self.text);
        totals::exact(items).or_else(measured)
    }

    fn read(&self, text: &str) -> Rc<ParsedNotation> {
        self.read_texts.read(text, || parser::parse(&Notation::verbatim(text, 0), self.names, 0))
    }
}

/// True if a fix may be looked for. Where a parameter's value or an escape stands, it could not be written back.
fn may_be_fixed(notation: &Notation, slip: &Slip<'_>) -> bool {
    notation.source(slip.scope.clone()).len() == slip.scope.len() && !CONDITIONS.contains(&slip.code)
}

/// A text that can be read.
struct ReadText {
    text: String,
    /// The time it takes, where that needs no profile.
    total: Option<Millis>,
}

/// Returns `items` as notation that can be typed: a step of a few minutes alone is written in seconds, because
/// `1:30 easy` typed alone may mean an hour and a half.
fn spoken(items: &[Item]) -> String {
    let text = print::line(items);
    if let [Item { node: Node::Step(step), .. }] = items
        && let EndLine::Time { upper, lower: None } = step.end
        && upper < Millis::from_secs(300)
    {
        let seconds = upper.get() / 1000;
        return text.replacen(
            &print::time(upper),
            &format!("{seconds}s"),
            usize::from(upper.get() % 1000 == 0),
        );
    }
    text
}
