//! The actions that the article on micro-recovery names, and the file that they make.

/// An action of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferedAction {
    /// The name.
    pub name: &'static str,
    /// The workout of the library, if there is something to do to a clock.
    pub workout: Option<&'static str>,
    /// The value of `when`, as TOML.
    pub when: &'static str,
    /// What it is, in the words of the page.
    pub about: &'static str,
    /// True if it is chosen at first. The article says to begin with three to five.
    pub is_chosen: bool,
}

/// Every action of the article. The times of day are ours.
pub const OFFERED_ACTIONS: [OfferedAction; 7] = [
    OfferedAction {
        name: "Walk",
        workout: Some("walk-2min"),
        when: "\"every 60min\"",
        about: "2 minutes on your feet for every 60 of sitting",
        is_chosen: true,
    },
    OfferedAction {
        name: "Breathe",
        workout: Some("breathing-60s"),
        when: "[\"10:00\", \"15:30\"]",
        about: "60 seconds, the breath out longer than the breath in",
        is_chosen: true,
    },
    OfferedAction {
        name: "After lunch",
        workout: Some("walk-1min"),
        when: "[\"13:15\"]",
        about: "1 minute of walking after a meal",
        is_chosen: true,
    },
    OfferedAction {
        name: "Mobility",
        workout: Some("mobility-2min"),
        when: "[\"11:15\"]",
        about: "2 minutes for ankles, legs, hips and neck",
        is_chosen: false,
    },
    OfferedAction {
        name: "Posture",
        workout: Some("posture"),
        when: "[\"11:45\", \"16:45\"]",
        about: "a minute to sit well again",
        is_chosen: true,
    },
    OfferedAction {
        name: "Rest",
        workout: Some("nap-20"),
        when: "[\"14:15\"]",
        about: "10 to 20 minutes of quiet",
        is_chosen: false,
    },
    OfferedAction {
        name: "Snack",
        workout: None,
        when: "[\"10:30\", \"16:00\"]",
        about: "only a word: something small to eat",
        is_chosen: false,
    },
];

/// Writes `day.toml` with these actions.
pub fn day_text(actions: &[OfferedAction]) -> String {
    let mut text = "\
# Small breaks through the day. pacebell day shows them; pacebell day on reminds you of them.
hours = \"08:30-18:30\"                            # nothing comes outside them
days  = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]
quiet = [\"12:00-13:00\"]                          # reminders wait; afterwards one comes
"
    .to_string();
    for OfferedAction { name, workout, when, about, .. } in actions {
        text += &format!("\n# {}{}\n[[action]]\nname = \"{name}\"\n", about[..1].to_uppercase(), &about[1..]);
        if let Some(workout) = workout {
            text += &format!("do   = \"{workout}\"\n");
        }
        text += &format!("when = {when}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::read_day;
    use crate::diagnostic::SourceText;

    #[test]
    fn the_offered_file_reads_without_a_remark() {
        let chosen: Vec<OfferedAction> =
            OFFERED_ACTIONS.into_iter().filter(|action| action.is_chosen).collect();
        assert!((3..=5).contains(&chosen.len()));
        let day = read_day(&SourceText::new("day.toml", day_text(&chosen)));
        assert_eq!(day.problems, []);
        let names: Vec<String> = day.config.unwrap().actions.into_iter().map(|action| action.name).collect();
        assert_eq!(names, ["Walk", "Breathe", "After lunch", "Posture"]);
        let all = read_day(&SourceText::new("day.toml", day_text(&OFFERED_ACTIONS)));
        assert_eq!(all.config.unwrap().actions.len(), 7);
    }
}
