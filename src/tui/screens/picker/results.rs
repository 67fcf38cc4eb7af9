//! The workouts in the list, in their order: by section, or as a search ranks them.

use super::entry::PickerEntry;
use crate::library::WorkoutGroup;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The most recent workouts listed first; any more would push the list out of sight.
const MOST_RECENT: usize = 5;
/// The weight of a hit in the title or in the name of the file; a hit in the description has weight 1.
const IN_TITLE: u32 = 4;

/// A section of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PickerSection {
    /// Run lately.
    Recent,
    /// The user's own.
    Mine,
    /// The workouts that come with the program, by their purpose.
    BuiltIn(WorkoutGroup),
    /// The matches of a search.
    Found,
}

impl PickerSection {
    /// The heading of the section.
    pub const fn heading(self) -> &'static str {
        match self {
            PickerSection::Recent => "Recent",
            PickerSection::Mine => "Mine",
            PickerSection::BuiltIn(group) => group.heading(),
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
    /// The indices of the characters that a search hit.
    pub hits: SearchHits,
}

/// The indices of the characters that a search hit, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchHits {
    /// In the title.
    pub title: Vec<u32>,
    /// In the name of the file.
    pub name: Vec<u32>,
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
    let section = |entry: &PickerEntry| match entry.is_mine() {
        true => PickerSection::Mine,
        false => PickerSection::BuiltIn(entry.group),
    };
    let listed =
        |entry: usize, section: PickerSection| ListedWorkout { entry, section, hits: SearchHits::default() };
    let others = entries.iter().enumerate().filter(|(i, _)| !lately.contains(i));
    let mut others: Vec<ListedWorkout> = others.map(|(i, entry)| listed(i, section(entry))).collect();
    // A stable sort: within a section they stay in the order of names.
    others.sort_by_key(|listed| listed.section);
    lately.iter().map(|entry| listed(*entry, PickerSection::Recent)).chain(others).collect()
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
        let mut hits = SearchHits::default();
        let scores: Option<Vec<u32>> = words.iter().map(|w| score(e, w, &mut matcher, &mut hits)).collect();
        if let Some(scores) = scores {
            hits.title.sort_unstable();
            hits.name.sort_unstable();
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

/// Scores an entry for a word, and notes the characters hit. Returns `None` if nothing matches.
fn score(entry: &PickerEntry, word: &QueryWord, matcher: &mut Matcher, hits: &mut SearchHits) -> Option<u32> {
    let mut buffer = Vec::new();
    let QueryWord { fuzzy, exact } = word;
    let name = fuzzy.indices(Utf32Str::new(&entry.name, &mut buffer), matcher, &mut hits.name);
    let title = fuzzy.indices(Utf32Str::new(&entry.title, &mut buffer), matcher, &mut hits.title);
    let heading = name.max(title).map(|score| u32::from(score) * IN_TITLE);
    let texts = entry.runs().into_iter().flat_map(|summary| &summary.texts);
    let text = texts.filter_map(|t| exact.score(Utf32Str::new(t, &mut buffer), matcher)).max();
    heading.max(text.map(u32::from))
}
