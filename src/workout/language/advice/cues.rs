//! Cues.

use super::slip::{Advice, Slip};
use super::words::{first_word, is_target, leading_count, leading_number};

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    Some(match slip.code {
        "missing-colon" => cue_colon(slip),
        "unknown-cue-time" => cue_time(slip),
        "empty-cue" => Advice::new(
            "a cue says something",
            vec![slip.rewrite(format!("{} relax", slip.whole().trim_end()))],
        ),
        "cue-past-end" | "cue-too-often" => cue_past_end(slip),
        _ => return None,
    })
}

fn cue_colon(slip: &Slip<'_>) -> Advice {
    let before = slip.before().trim_end();
    let rest = format!("{}{}", slip.word(), slip.behind());
    let mut candidates = vec![slip.rewrite(format!("{before}: {}", rest.trim()))];
    if rest.trim().is_empty() {
        candidates.insert(0, slip.rewrite(format!("{before}: relax")));
    }
    if let Some((reps, time)) = before.rsplit_once('|').filter(|_| is_target(slip.word())) {
        // `8x60s hard | 60s easy`
        let is_repeat = leading_count(reps).is_some() && !reps.contains(['/', '|']);
        let text = format!("{} / {} {}", reps.trim_end(), time.trim(), rest.trim());
        candidates.splice(0..0, is_repeat.then(|| slip.rewrite(text).noted("for a recovery")));
    }
    Advice::new("a cue says when and what, with a colon between", candidates)
}

fn cue_time(slip: &Slip<'_>) -> Advice {
    let (head, behind) = (slip.before(), slip.behind().trim_start());
    if leading_number(behind).is_some() {
        let sign = match slip.word().to_lowercase().as_str() {
            "last" | "final" => Some("-"),
            "at" | "after" | "from" | "in" | "@" => Some(""),
            "each" => Some("every "),
            _ => None,
        };
        if let Some(sign) = sign {
            return Advice::new(
                "a cue's time stands alone",
                vec![slip.rewrite(format!("{head}{sign}{behind}"))],
            );
        }
    }
    let nearest = slip.nearest();
    if let Some(nearest) = nearest {
        return Advice::ask(vec![slip.swap(nearest)]);
    }
    Advice::new(
        "a cue begins with `start`, `half`, `end`, a time like `5min` or `-60s`, or `every 5min`",
        vec![slip.swap("half")],
    )
}

/// A cue that falls outside of its step.
fn cue_past_end(slip: &Slip<'_>) -> Advice {
    let (when, text) = slip.word().split_at(slip.word().find(':').unwrap_or(slip.word().len()));
    let at = if when.trim_start().starts_with("every") {
        let (length, unit) = leading_number(slip.before().trim_start()).unwrap_or((10.0, "min"));
        let (unit, _) = first_word(unit);
        format!("every {}{unit}", (length / 5.0).max(1.0).round())
    } else {
        "half".to_string()
    };
    Advice::new("a cue falls within its step", vec![slip.swap(format!("{at}{text}"))])
}
