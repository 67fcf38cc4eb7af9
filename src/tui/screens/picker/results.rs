//! The workouts in the list, in their order: by section, or as a search ranks them.

use super::entry::PickerEntry;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The most recent workouts listed first; any more would push the list out of sight.
const MOST_RECENT: usize = 5;
/// The weight of a hit in the name; a hit in the description has weight 1.
const IN_NAME: u32 = 4;
/// The weight of a hit in the title.
const IN_TITLE: u32 = 2;

/// A section of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerSection {
    /// Run lately.
    Recent,
    /// The user's own.
    Mine,
    /// The workouts that come with the program.
    BuiltIn,
    /// The matches of a search.
    Found,
}

impl PickerSection {
    /// The heading of the section.
    pub const fn heading(self) -> &'static str {
        match self {
            PickerSection::Recent => "Recent",
            PickerSection::Mine => "Mine",
            PickerSection::BuiltIn => "Built in",
            PickerSection::Found => "",
        }
    }
}

/// A workout in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedWorkout {
    /// The index of its entry.
    pub entry: usize,
    /// The section it is in.
    pub section: PickerSection,
    /// The indices of the characters in its name that a search hit, in ascending order.
    pub hits: Vec<u32>,
}

/// Lists every entry once, in the first section it belongs to.
pub fn sections(entries: &[PickerEntry], recent: &[String]) -> Vec<ListedWorkout> {
    let position = |name: &String| entries.iter().position(|e| e.name == *name);
    let mut lately: Vec<usize> = Vec::new();
    for index in recent.iter().filter_map(position) {
        if lately.len() < MOST_RECENT && !lately.contains(&index) {
            lately.push(index);
        }
    }
    let others = |mine: bool| {
        let lately = &lately;
        let fits = move |(i, e): &(usize, &PickerEntry)| e.is_mine() == mine && !lately.contains(i);
        entries.iter().enumerate().filter(fits).map(|(i, _)| i)
    };
    let listed =
        |section: PickerSection| move |entry: usize| ListedWorkout { entry, section, hits: Vec::new() };
    lately
        .iter()
        .copied()
        .map(listed(PickerSection::Recent))
        .chain(others(true).map(listed(PickerSection::Mine)))
        .chain(others(false).map(listed(PickerSection::BuiltIn)))
        .collect()
}

/// Lists the entries that match every word of the query, best match first. The name and the title match with letters
/// left out, the description and the tags only as written. Case and accents do not matter.
pub fn search(entries: &[PickerEntry], query: &str) -> Vec<ListedWorkout> {
    let atom =
        |word: &str, kind: AtomKind| Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false);
    let words: Vec<QueryWord> = query
        .split_whitespace()
        .map(|word| QueryWord { fuzzy: atom(word, AtomKind::Fuzzy), exact: atom(word, AtomKind::Substring) })
        .collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut found: Vec<(u32, ListedWorkout)> = Vec::new();
    for (entry, e) in entries.iter().enumerate() {
        let mut hits = Vec::new();
        let scores: Option<Vec<u32>> = words.iter().map(|w| score(e, w, &mut matcher, &mut hits)).collect();
        if let Some(scores) = scores {
            hits.sort_unstable();
            found.push((scores.iter().sum(), ListedWorkout { entry, section: PickerSection::Found, hits }));
        }
    }
    // A stable sort: equal scores stay in the order of names.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, listed)| listed).collect()
}

/// A word of a query.
struct QueryWord {
    /// Matches with letters left out.
    fuzzy: Atom,
    /// Matches only as written.
    exact: Atom,
}

/// Scores an entry for a word, and notes the characters hit in its name. Returns `None` if nothing matches.
fn score(entry: &PickerEntry, word: &QueryWord, matcher: &mut Matcher, hits: &mut Vec<u32>) -> Option<u32> {
    let mut buffer = Vec::new();
    let QueryWord { fuzzy, exact } = word;
    let name =
        fuzzy.indices(Utf32Str::new(&entry.name, &mut buffer), matcher, hits).map(|s| u32::from(s) * IN_NAME);
    let Some(sequence) = entry.workout().map(|w| &w.sequence) else {
        return name;
    };
    let title = fuzzy.score(Utf32Str::new(&sequence.name, &mut buffer), matcher);
    let texts = sequence.about.iter().chain(&sequence.tags);
    let text = texts.filter_map(|t| exact.score(Utf32Str::new(t, &mut buffer), matcher)).max();
    name.max(title.map(|s| u32::from(s) * IN_TITLE)).max(text.map(u32::from))
}
