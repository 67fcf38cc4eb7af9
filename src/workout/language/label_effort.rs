//! The effort that a label names: `tempo:`, `Easy run:`, `double threshold AM:`.

use super::lexicon::{self, NamedTarget};

/// Efforts that a label may name among other words.
const EFFORTS: [&str; 4] = ["easy", "steady", "tempo", "threshold"];

/// Returns the effort or the pace that `label` names, and how it is shown. A label of several words names an effort if one
/// of them is, and none of the others is a pace: `5K tempo` and `not too easy, hard` name none.
pub fn label_effort(label: &str) -> Option<(NamedTarget, &'static str)> {
    if let Some(named) = lexicon::pace(label) {
        return Some(named);
    }
    let mut found = None;
    for word in label.split([' ', '-', ',']) {
        let word = if word == "LT" { "threshold" } else { word };
        let Some(named) = lexicon::pace(word) else { continue };
        let is_effort = EFFORTS.iter().any(|effort| effort.eq_ignore_ascii_case(word));
        if !is_effort || found.is_some_and(|other| other != named) {
            return None;
        }
        found = Some(named);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_names_one_effort_or_none() {
        for (label, shown) in [
            ("tempo", Some("tempo")),
            ("Tempo run", Some("tempo")),
            ("double threshold AM", Some("threshold")),
            ("LT session", Some("threshold")),
            ("Easy Tuesday", Some("easy")),
            ("easy and hard", None),
            ("5K tempo", None),
            ("Thursday track", None),
        ] {
            assert_eq!(label_effort(label).map(|(_, shown)| shown), shown, "{label}");
        }
    }
}
