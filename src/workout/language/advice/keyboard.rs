//! Slips of the keyboard: marks typed twice, letters for digits, brackets that do not match.
//!
//! The parser reports the first thing that it cannot read. In a phrase that is often a word that would be fine if the
//! rest of the phrase were: `5x1k @@ 10k pace` is no notation from `1k` on. These edits look at the text alone, wherever
//! the slip is, and the result has to be read as a whole.

mod edits;
mod marks;

use super::slip::{Advice, Candidate, Slip};
use super::{Adviser, repair, spoken, totals};

/// The longest text that is mended, in bytes.
const LONGEST: usize = 240;
/// The most texts that are read.
const MOST_READ: usize = 48;
/// The cost of a strange workout from which on nobody meant it.
const STRANGE: u32 = 200;

impl Adviser<'_> {
    /// Returns the whole text without its slips, if it can be read then.
    pub(super) fn mended(&mut self, slip: &Slip<'_>) -> Option<MendedAdvice> {
        let text = slip.text;
        let holds_cue = text.split_once('|').is_some_and(|(_, behind)| behind.contains(": "));
        if text.len() > LONGEST || self.names.knows_any() {
            return None;
        }
        let mended = if holds_cue { cue_texts(text) } else { texts(text, slip.code) };
        let (is_certain, fix) = mended
            .into_iter()
            .take(MOST_READ)
            .find_map(|mended| Some((mended.is_certain, self.reading_of(&mended)?)))?;
        let advice = Advice::ask(vec![Candidate { is_reading: true, ..slip.widened().rewrite(fix) }]);
        let is_tried = !self.tried(slip.code, &advice).is_empty();
        is_tried.then_some(MendedAdvice { advice, is_certain })
    }

    /// True if the first fix of each advice gives the same workout.
    pub(super) fn lead_to_the_same(&mut self, slip: &Slip<'_>, one: &Advice, other: &Advice) -> bool {
        let mut first = |advice: &Advice| {
            let fix = self.tried(slip.code, advice).into_iter().next()?;
            let before = self.text.get(..fix.range.start).unwrap_or_default();
            let behind = self.text.get(fix.range.end..).unwrap_or_default();
            let parsed = self.read(&format!("{before}{}{behind}", fix.text));
            parsed.problems.is_empty().then(|| spoken(&parsed.items))
        };
        let one = first(one);
        one.is_some() && one == first(other)
    }

    /// Returns the notation of a text that can be read and is no strange workout.
    fn reading_of(&self, mended: &MendedText) -> Option<String> {
        let parsed = self.read(&mended.text);
        let is_read = parsed.problems.is_empty()
            && !parsed.items.is_empty()
            && !parsed.incomplete
            && self.passes(&parsed.items, &mended.text)
            && !totals::is_too_short(&parsed.items)
            && (mended.is_certain || repair::strangeness(&parsed.items) < STRANGE);
        is_read.then(|| spoken(&parsed.items))
    }
}

/// The text without its slips, as advice.
pub(super) struct MendedAdvice {
    pub(super) advice: Advice,
    /// True if the slip could mean nothing else.
    pub(super) is_certain: bool,
}

/// A text with a slip corrected.
struct MendedText {
    text: String,
    /// True if the slip could mean nothing else.
    is_certain: bool,
}

/// Returns the text with a cue in quotes that holds commas: `20min easy | 10min: relax, breathe`.
fn cue_texts(text: &str) -> Vec<MendedText> {
    let quoted = |(bar, _): (usize, &str)| {
        let colon = bar + text.get(bar..)?.find(": ")? + 2;
        let cue = text.get(colon..)?;
        let ends = cue.match_indices(['|', ',']).map(|(at, _)| at).chain([cue.len()]);
        // A step begins with its length.
        let is_end = |at: &usize| {
            let behind = cue.get(*at..).unwrap_or_default();
            let next = behind.trim_start_matches([',', ' ']);
            behind.is_empty() || behind.starts_with('|') || next.starts_with(|c: char| c.is_ascii_digit())
        };
        let end = ends.clone().find(is_end)?;
        let words = cue.get(..end)?.trim();
        let is_plain = words.contains(',') && !words.contains(['\'', '"', '|']);
        let text = format!("{}'{words}'{}", text.get(..colon)?, cue.get(end..)?);
        is_plain.then_some(MendedText { text, is_certain: true })
    };
    text.match_indices('|').filter_map(quoted).collect()
}

/// Returns the text with its slips corrected, in several ways, the likeliest first. `code` is that of its problem.
fn texts(text: &str, code: &str) -> Vec<MendedText> {
    let clean = marks::cleaned(text);
    let mut respelt = repair::respellings(&clean);
    let spelt = if respelt.is_empty() { clean.clone() } else { respelt.remove(0) };
    let separated = marks::separated(&spelt);
    let mut edited = edits::edits(&spelt);
    // `MP + 20 s` is an offset.
    if separated != spelt && code != "offset-without-unit" {
        edited.push(separated.clone());
        edited.extend(edits::edits(&separated));
    }
    if !code.starts_with("ambiguous") {
        edited.push(edits::with_minutes(&spelt));
    }
    let certain = [clean, spelt].map(|text| MendedText { text, is_certain: true });
    let likely = edited.into_iter().chain(respelt).map(|text| MendedText { text, is_certain: false });
    let mut seen = vec![text.to_string()];
    let mut texts: Vec<MendedText> = certain.into_iter().chain(likely).collect();
    texts.retain(|mended| {
        let is_new = !seen.contains(&mended.text);
        seen.push(mended.text.clone());
        is_new
    });
    texts
}
