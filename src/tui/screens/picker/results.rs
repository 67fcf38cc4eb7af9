//! Which workouts are listed, and in which order: in sections, or as a search ranks them.

use super::entry::PickerEntry;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// So many recent ones at most: the list is to be seen, too.
const MOST_RECENT: usize = 5;
/// What a hit in the name counts, and one in the title: words in the text count once.
const IN_NAME: u32 = 4;
const IN_TITLE: u32 = 2;

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerSection {
    /// Run lately.
    Recent,
    /// The user's own.
    Mine,
    /// What comes with the program.
    BuiltIn,
    /// What a search found.
    Found,
}

impl PickerSection {
    /// What stands above it.
    pub const fn heading(self) -> &'static str {
        match self {
            PickerSection::Recent => "Recent",
            PickerSection::Mine => "Mine",
            PickerSection::BuiltIn => "Built in",
            PickerSection::Found => "",
        }
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchResults {
    /// Which of the entries.
    pub entry: usize,
    /// Where it stands.
    pub section: PickerSection,
    /// The characters of its name that a search hit.
    pub hits: Vec<u32>,
}

/// Every entry once, in the first section that it belongs to.
pub fn sections(entries: &[PickerEntry], recent: &[String]) -> Vec<SearchResults> {
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
        |section: PickerSection| move |entry: usize| SearchResults { entry, section, hits: Vec::new() };
    lately
        .iter()
        .copied()
        .map(listed(PickerSection::Recent))
        .chain(others(true).map(listed(PickerSection::Mine)))
        .chain(others(false).map(listed(PickerSection::BuiltIn)))
        .collect()
}

/// The entries in which every word is found, the best first: in the name or the title with letters left out, in
/// what it is for and its tags as it is written. Case and accents do not matter.
pub fn search(entries: &[PickerEntry], query: &str) -> Vec<SearchResults> {
    let atom =
        |word: &str, kind: AtomKind| Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false);
    let words: Vec<(Atom, Atom)> = query
        .split_whitespace()
        .map(|word| (atom(word, AtomKind::Fuzzy), atom(word, AtomKind::Substring)))
        .collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut found: Vec<(u32, SearchResults)> = Vec::new();
    for (entry, e) in entries.iter().enumerate() {
        let mut hits = Vec::new();
        let scores: Option<Vec<u32>> = words.iter().map(|w| score(e, w, &mut matcher, &mut hits)).collect();
        if let Some(scores) = scores {
            hits.sort_unstable();
            found.push((scores.iter().sum(), SearchResults { entry, section: PickerSection::Found, hits }));
        }
    }
    // What scores the same stays in the order of names.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, listed)| listed).collect()
}

fn score(
    entry: &PickerEntry,
    (fuzzy, exact): &(Atom, Atom),
    matcher: &mut Matcher,
    hits: &mut Vec<u32>,
) -> Option<u32> {
    let mut buffer = Vec::new();
    let name =
        fuzzy.indices(Utf32Str::new(&entry.name, &mut buffer), matcher, hits).map(|s| u32::from(s) * IN_NAME);
    let Some(sequence) = entry.runs().map(|r| &r.sequence) else {
        return name;
    };
    let title = fuzzy.score(Utf32Str::new(&sequence.name, &mut buffer), matcher);
    let texts = sequence.about.iter().chain(&sequence.tags);
    let text = texts.filter_map(|t| exact.score(Utf32Str::new(t, &mut buffer), matcher)).max();
    name.max(title.map(|s| u32::from(s) * IN_TITLE)).max(text.map(u32::from))
}
