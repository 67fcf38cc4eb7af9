//! The general search, with the parser as its judge.

use super::repair::{self, EditCost, EditedText, TextPieceKind, TextProblem, TrialReading};
use super::slip::{Advice, Slip};
use super::{Adviser, LONGEST_WHOLE, advice, foreign, kept, spoken};
use crate::workout::language::lexicon;

/// The most texts that the search reads.
const MOST_REPAIRS: usize = 90;
/// The highest cost of a fix that turns a label into steps.
const LIKELY: EditCost = 170;
/// Problems that no edit of the text solves.
const NOT_SEARCHED: [&str; 4] =
    ["ramp-start-without-unit", "missing-ramp-end", "invalid-ramp-end", "unclear-list-recovery"];
/// The most fixes of the search that are shown.
const MOST_SHOWN: usize = 2;

/// The cost of the first candidate of a rule.
const FIRST_RULE: EditCost = 60;
/// The cost of each further candidate.
const NEXT_RULE: EditCost = 30;
/// The cost of quoting words.
const QUOTED: EditCost = 120;
/// The cost of a word that a rule leaves out.
const LOST_WORD: EditCost = 60;
/// The cost of a number that a rule leaves out or changes.
const LOST_NUMBER: EditCost = 100;
/// The cost of a times sign that a rule leaves out.
const LOST_COUNT: EditCost = 150;
/// The cost of a target that no word stands for.
const INVENTED: EditCost = 150;

impl Adviser<'_> {
    /// Returns fixes found by editing the line; a long line's item is edited alone.
    pub(super) fn repaired(&mut self, slip: &Slip<'_>) -> Option<(EditCost, Advice)> {
        if NOT_SEARCHED.contains(&slip.code) {
            return None;
        }
        let wide = slip.widened();
        let slip = if slip.text.len() <= LONGEST_WHOLE { &wide } else { slip };
        if slip.whole().len() > LONGEST_WHOLE || self.names.knows_any() {
            return None;
        }
        let text = foreign::translated(slip.whole()).unwrap_or_else(|| slip.whole().to_string());
        let text = with_clocks(&with_race_paces(&text)).replace("km/u", "km/h").replace("km/t", "km/h");
        let mut left = MOST_REPAIRS;
        let found = repair::search(&text, |line, state| {
            let Some(next) = left.checked_sub(1) else { return TrialReading::Exhausted };
            left = next;
            self.reading(line, state)
        });
        let cost = found.first()?.cost;
        // A label seldom says what to do.
        if slip.code == "instruction-as-label" && cost > LIKELY {
            return None;
        }
        let mut candidates: Vec<_> = found
            .into_iter()
            .filter(|fix| {
                !kept::adds_length(slip.whole(), &fix.text, 2)
                    && kept::keeps_some_effort(slip.whole(), &fix.text)
            })
            .map(|fix| {
                let change = kept::change(slip.whole(), &fix.text);
                let candidate = slip.rewrite(fix.text).standing_for(fix.meant).computed();
                (change.is_some(), change.map_or(candidate.clone(), |change| candidate.noted(&change)))
            })
            .collect();
        if candidates.is_empty() {
            return None;
        }
        // A fix that keeps every number is likelier than one that does not.
        candidates.sort_by_key(|(changes, _)| *changes);
        if candidates.first().is_some_and(|(changes, _)| !changes) {
            candidates.retain(|(changes, _)| !changes);
        }
        let mut candidates: Vec<_> = candidates.into_iter().map(|(_, candidate)| candidate).collect();
        candidates.truncate(MOST_SHOWN);
        self.tries = self.tries.max(4 * MOST_SHOWN);
        Some((cost, Advice::ask(candidates).with_totals()))
    }

    /// Returns the cost of the first fix of a rule, on the scale of the search. Nothing if none can be read.
    pub(super) fn cost(&mut self, slip: &Slip<'_>, advice: &Advice) -> Option<EditCost> {
        let fix = self.tried(slip.code, advice).into_iter().next()?;
        let before = self.text.get(..fix.range.start).unwrap_or_default();
        let behind = self.text.get(fix.range.end..).unwrap_or_default();
        let line = format!("{before}{}{behind}", fix.text);
        let is_computed = advice.candidates.iter().any(|candidate| candidate.is_computed);
        let original = foreign::translated(self.text).unwrap_or_else(|| self.text.to_string());
        let changes_numbers = is_computed || kept::changes_numbers(slip.code);
        let inventions = kept::inventions(&original, &line) / if changes_numbers { 3 } else { 1 };
        let quotes = |text: &str| text.matches(['\'', '"']).count();
        let quoted = if quotes(&line) > quotes(self.text) { QUOTED } else { 0 };
        let parsed = self.read(&line);
        let invented =
            if slip.code == "unknown-target" && advice.lead.contains("no effort") { INVENTED } else { 0 };
        let numbers = if changes_numbers { 0 } else { LOST_NUMBER * kept::lost_numbers(&original, &line) };
        Some(
            numbers
                + inventions
                + quoted
                + invented
                + lost(&original, &line)
                + repair::strangeness(&parsed.items),
        )
    }

    fn reading(&mut self, line: &str, state: &EditedText) -> TrialReading {
        let parsed = self.read(line);
        let Some(problem) = parsed.problems.first() else {
            let text = spoken(&parsed.items);
            let is_kept = !text.is_empty()
                && !parsed.incomplete
                && kept::keeps_meaning(&state.meant, &text, state.code, false)
                && self.passes(&parsed.items, line);
            return if is_kept {
                let cost = repair::strangeness(&parsed.items) + kept::inventions(&state.meant, &text);
                TrialReading::Read(cost)
            } else {
                TrialReading::Unclear(Vec::new())
            };
        };
        let help = problem.help.clone().unwrap_or_default();
        let slip = Slip::new(line, problem.span.clone(), problem.code(), &help);
        let candidates = advice(&slip).map(|advice| advice.candidates).unwrap_or_default();
        let mut texts: Vec<String> = candidates.iter().map(|candidate| candidate.apply(line)).collect();
        if texts.is_empty() {
            texts = slip.quoted();
        }
        if problem.code().starts_with("unclear") && !texts.is_empty() {
            let readings = texts.iter().enumerate().filter_map(|(i, text)| {
                let parsed = self.read(text);
                let cost = NEXT_RULE * u32::try_from(i).unwrap_or(1)
                    + kept::inventions(&state.meant, &spoken(&parsed.items)) / 3;
                (parsed.problems.is_empty() && self.passes(&parsed.items, text)).then(|| (cost, text.clone()))
            });
            return TrialReading::Unclear(readings.collect());
        }
        let quotes = |text: &str| text.matches(['\'', '"']).count();
        let cost = |i: usize, text: &str| -> EditCost {
            let quoted = if quotes(text) > quotes(line) { QUOTED } else { 0 };
            let invented = if problem.code() == "unknown-target" { INVENTED } else { 0 };
            lost(line, text) + FIRST_RULE + NEXT_RULE * u32::try_from(i).unwrap_or(1) + quoted + invented
        };
        let texts = texts.into_iter().enumerate().map(|(i, text)| (cost(i, &text), text)).collect();
        TrialReading::Problem(TextProblem { at: problem.span.clone(), code: problem.code(), texts })
    }
}

/// Writes `10km` as a race where it stands for a pace: `6x1000 at 10km`.
fn with_race_paces(text: &str) -> String {
    let races =
        ["3", "5", "10", "15"].into_iter().flat_map(|race| [(race, "km"), (race, " km"), (race, "k")]);
    races.fold(text.to_string(), |text, (race, unit)| {
        let text = text.replace(&format!("@ {race}{unit} "), &format!("{race}K "));
        text.replace(&format!(" at {race}{unit} "), &format!(" {race}K "))
    })
}

/// Returns the cost of the words and times signs of `line` that are not in `text`.
fn lost(line: &str, text: &str) -> EditCost {
    let words = |text: &str| -> Vec<String> {
        let pieces = repair::split(text).into_iter();
        let telling =
            pieces.filter(|piece| piece.is("×") || piece.is("*") || piece.kind == TextPieceKind::Word);
        telling.map(|piece| canonical(&piece.text)).filter(|word| !word.is_empty()).collect()
    };
    let mut left = words(text);
    let mut cost = 0;
    for word in words(line) {
        match left.iter().position(|other| *other == word) {
            Some(at) => {
                left.swap_remove(at);
            }
            None => cost += if word == "×" { LOST_COUNT } else { LOST_WORD },
        }
    }
    cost
}

/// Returns a word as canonical notation spells it. Nothing for units and words between the parts.
fn canonical(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "x" | "*" | "times" | "sets" | "rounds" | "reps" => "×".to_string(),
        "with" | "w" | "of" | "at" | "and" | "then" | "the" | "a" | "k" | "m" | "for" | "in" | "pace"
        | "effort" | "run" | "jog" | "rest" | "recovery" | "each" | "by" | "r" | "rec" => String::new(),
        _ if lexicon::units().any(|unit| unit == lower) => String::new(),
        _ => lexicon::pace(&lower).map_or(lower, |(target, _)| format!("{target:?}")),
    }
}

/// Writes `1'30` as a clock.
fn with_clocks(text: &str) -> String {
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mut clocks = String::new();
    for (at, letter) in text.char_indices() {
        let behind = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        let is_clock =
            matches!(letter, '\'' | '′' | '’') && is_digit(clocks.chars().next_back()) && digits == 2;
        clocks.push(if is_clock { ':' } else { letter });
    }
    clocks
}
