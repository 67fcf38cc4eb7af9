//! Ways of writing a whole line that pacebell does not read, such as `8x[60s hard, 60s easy]` or `tabata`.
//!
//! These rules look at the text alone. They come before the ones for the problem that the parser found, because the
//! parser reports the first word that it cannot read, which is often not the word that is wrong.

use super::foreign;
use super::slip::{Advice, Candidate, Rule, Slip};
use super::words::leading_number;
use super::{belt, counted, figures, gym, imports, inner, listed, spelling, whole_forms};
use crate::workout::language::phrasing;

/// Sessions with a name, and notation for them.
const SESSIONS: &[(&[&str], &str)] = &[
    (&["tabata", "tabatas"], "8×20s all-out / 10s rest"),
    (&["fartlek"], "alternate 60s hard / 60s easy for 20min"),
    (&["norwegian 4x4", "4x4 norwegian"], "4×4min hard / 3min easy"),
    (&["strides", "a few strides", "some strides"], "4×20s strides"),
    (&["cooper test"], "12min all-out"),
    (&["marathon", "a marathon"], "42.2km MP"),
    (&["half marathon", "half-marathon", "a half marathon", "a half"], "21.1km HMP"),
    (&["long run", "lr", "long slow run", "lsd"], "90min easy"),
    (&["easy run", "recovery jog", "easy jog", "jog", "easy day"], "40min easy"),
    (&["recovery run", "recovery day"], "30min recovery"),
    (&["tempo run"], "20min tempo"),
    (&["threshold run"], "20min threshold"),
    (&["intervals", "speed work", "speedwork"], "8×60s hard / 60s easy"),
    (&["hills", "hill repeats", "hill reps", "hill sprints"], "8×45s hard incline 6% / 90s walk"),
    (&["billat", "30-30s", "30/30s"], "10×30s hard / 30s easy"),
];
/// Steps of other programs that end with a button.
const BUTTONS: [&str; 8] = [
    "lap button",
    "lap press",
    "press lap",
    "until lap press",
    "until lap button",
    "until lap button press",
    "until lap",
    "until button press",
];

/// Returns the advice of every rule that fits the line, the most certain first.
pub(super) fn advice(slip: &Slip<'_>) -> Vec<Advice> {
    let own: [Rule; 15] = [
        two_sessions,
        session,
        belt::advice,
        gym::advice,
        imports::dashed_list,
        imports::element,
        listed::paces,
        listed::times,
        listed::spoken_pace,
        listed::half_range,
        listed::ladder,
        listed::ramp,
        listed::bare_pace,
        listed::efforts_in_front,
        foreign::advice,
    ];
    let rules = whole_forms::RULES
        .iter()
        .chain(&own)
        .chain(&inner::RULES)
        .chain(&spelling::RULES)
        .chain(&figures::RULES)
        .chain(&counted::RULES)
        .chain(&[coded_paces as Rule]);
    rules.filter_map(|rule| rule(slip)).collect()
}

/// `AM: 5×2km threshold / 2min, PM: 10×400m / 60s`.
fn two_sessions(slip: &Slip<'_>) -> Option<Advice> {
    let at = phrasing::second_session(slip.whole())?.at.start;
    let (first, second) = slip.whole().split_at_checked(at)?;
    let first = first.trim_end_matches(|c: char| c.is_whitespace() || ",;/+-–.(".contains(c));
    let first = slip.rewrite(first).computed().noted("for the first");
    let second = slip.rewrite(second).computed().noted("for the second");
    Some(Advice::new("a workout is one session", vec![first, second]))
}

/// `tabata`, `until lap press`.
fn session(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim().to_lowercase();
    if BUTTONS.contains(&text.as_str()) {
        let lead = "a step that you end with Enter is `open`";
        return Some(Advice::new(lead, vec![slip.rewrite("open easy"), slip.rewrite("open rest")]));
    }
    let (_, notation) = SESSIONS.iter().find(|(names, _)| names.contains(&text.as_str()))?;
    Some(Advice::new("write out how long, for example", vec![slip.rewrite(*notation).computed()]))
}

/// `2E + 3T + 2E`: Daniels' codes, in miles or kilometres.
fn coded_paces(slip: &Slip<'_>) -> Option<Advice> {
    let pieces: Vec<(String, &str)> =
        slip.whole().split(['+', ',', ';']).map(coded_pace).collect::<Option<_>>()?;
    let of = |unit: &str| -> Candidate {
        let steps: Vec<String> =
            pieces.iter().map(|(number, pace)| format!("{number}{unit} {pace}")).collect();
        slip.rewrite(steps.join(", ")).computed()
    };
    let candidates =
        vec![of("mi").noted("for miles"), of("km").noted("for kilometres"), of("min").noted("for minutes")];
    Some(Advice::new("a length has a unit", candidates))
}

fn coded_pace(piece: &str) -> Option<(String, &'static str)> {
    let (number, code) = leading_number(piece.trim())?;
    let pace = match code.trim() {
        "E" | "L" => "easy",
        "M" => "MP",
        "T" => "threshold",
        "I" => "hard",
        "R" => "fast",
        _ => return None,
    };
    Some((number.to_string(), pace))
}
