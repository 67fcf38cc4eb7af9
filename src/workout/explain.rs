//! A sequence in a sentence of plain English.

use super::sequence::{End, Kind, PlannedStep, Sequence};
use crate::units::{Distance, Millis};

/// More items than this are counted, not told.
const MOST_TOLD: usize = 12;

/// What `sequence` is, in a sentence, and its total.
pub fn explain(sequence: &Sequence) -> String {
    let steps: Vec<&PlannedStep> = sequence.steps.iter().collect();
    let mut told = told(&steps, 0);
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    let mut text = told.join(", then ");
    if more > 0 {
        text += &format!(", and {more} more");
    }
    let mut characters = text.chars();
    let text: String = characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect();
    format!("{text}. {}", total(sequence))
}

fn total(sequence: &Sequence) -> String {
    let totals = sequence.totals();
    match (totals.open, totals.least < totals.time) {
        (true, _) if totals.time == Millis::ZERO => "How long it takes is yours to say.".to_string(),
        (true, _) => format!("{} in all, and what you end yourself.", totals.time),
        (false, true) => format!("{} to {} in all.", totals.least, totals.time),
        (false, false) => format!("{} in all.", totals.time),
    }
}

/// `steps` in words, with the repeats at `level` told as such.
fn told(steps: &[&PlannedStep], level: usize) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = steps;
    while let Some(first) = rest.first() {
        let length = match first.reps.get(level) {
            Some(rep) => {
                rest.iter().take_while(|s| s.reps.get(level).is_some_and(|r| r.id == rep.id)).count()
            }
            None => 1,
        };
        let (these, others) = rest.split_at(length.max(1));
        all.push(if first.reps.len() > level { repeated(these, level) } else { one(first) });
        rest = others;
    }
    all
}

/// A repeat: what it repeats, and what stands between.
fn repeated(steps: &[&PlannedStep], level: usize) -> String {
    let number = |step: &PlannedStep| step.reps.get(level).map_or(0, |rep| rep.n);
    let passes: Vec<&[&PlannedStep]> = steps.chunk_by(|a, b| number(a) == number(b)).collect();
    let words = |steps: &[&PlannedStep]| told(steps, level + 1);
    let (Some(first), Some(last)) = (passes.first(), passes.last()) else {
        return String::new();
    };
    if passes.len() == 1 {
        return words(first).join(" and ");
    }
    // The last rep has nothing after it that stands between.
    let work = |pass: &[&PlannedStep]| pass.get(..last.len().min(pass.len())).map(words).unwrap_or_default();
    let between = first.get(last.len()..).map(words).unwrap_or_default();
    let same = passes.iter().all(|pass| work(pass) == words(last));
    let tail =
        if between.is_empty() { String::new() } else { format!(", with {} between", between.join(" and ")) };
    if same {
        let nested = last.iter().any(|step| step.reps.len() > level + 1);
        let body = words(last).join(" and ");
        let body = if nested { format!("({body})") } else { body };
        return format!("{} {body}{tail}", times(passes.len()));
    }
    let rungs: Vec<String> = passes.iter().map(|pass| work(pass).join(" and ")).collect();
    format!("{}{tail}", rungs.join(", "))
}

fn times(count: usize) -> String {
    match count {
        2 => "twice".to_string(),
        3 => "three times".to_string(),
        4 => "four times".to_string(),
        5 => "five times".to_string(),
        6 => "six times".to_string(),
        7 => "seven times".to_string(),
        8 => "eight times".to_string(),
        9 => "nine times".to_string(),
        10 => "ten times".to_string(),
        n => format!("{n} times"),
    }
}

fn one(step: &PlannedStep) -> String {
    let kind = match step.kind {
        Kind::Warmup => " to warm up",
        Kind::Cooldown => " to cool down",
        _ => "",
    };
    let label = step.label.as_deref().map(|l| format!(" ({l})")).unwrap_or_default();
    match step.end {
        End::Open => format!("{}{kind}{label} until you press a key", step.target.words),
        _ => format!("{} {}{kind}{label}", length(&step.end), step.target.words),
    }
}

fn length(end: &End) -> String {
    match *end {
        End::Open => String::new(),
        End::Time { upper, lower: None } => time(upper),
        End::Time { upper, lower: Some(lower) } => format!("{} to {}", time(lower), time(upper)),
        End::Distance { upper, lower, .. } => {
            let text = |distance: Distance| distance.to_string();
            lower.map_or(text(upper), |lower| format!("{} to {}", text(lower), text(upper)))
        }
    }
}

fn time(time: Millis) -> String {
    let ms = time.get();
    match ms {
        _ if !ms.is_multiple_of(1000) => time.to_string(),
        _ if ms < 100_000 => plural(ms / 1000, "second"),
        _ if ms.is_multiple_of(3_600_000) => plural(ms / 3_600_000, "hour"),
        _ if ms.is_multiple_of(60_000) => plural(ms / 60_000, "minute"),
        _ => time.to_string(),
    }
}

fn plural(count: u64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    #[test]
    fn a_workout_is_told_as_a_runner_would() {
        for (notation, words) in [
            (
                "8×60s hard / 60s easy",
                "Eight times 60 seconds hard, with 60 seconds easy between. 15:00 in all.",
            ),
            ("8×(60s hard, 60s easy)", "Eight times 60 seconds hard and 60 seconds easy. 16:00 in all."),
            (
                "warmup 5min, 2×(4×30s fast / 30s jog) / 3min walk",
                "5 minutes easy to warm up, then twice (four times 30 seconds fast, with 30 seconds jog between), \
                 with 3 minutes walk between. 15:00 in all.",
            ),
            (
                "(1min, 2min, 1min) / 1min easy",
                "60 seconds hard, 2 minutes hard, 60 seconds hard, with 60 seconds easy between. 6:00 in all.",
            ),
            ("75-90min easy", "75 minutes to 90 minutes easy. 1:15:00 to 1:30:00 in all."),
            ("open walk", "Walk until you press a key. How long it takes is yours to say."),
            (
                "5min easy, open walk",
                "5 minutes easy, then walk until you press a key. 5:00 in all, and what you end yourself.",
            ),
            (
                "alternate 1min hard / 1min easy for 4min",
                "Twice 60 seconds hard and 60 seconds easy. 4:00 in all.",
            ),
        ] {
            let source = SourceText::new("x", notation);
            let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
            assert_eq!(explain(&sequence), words);
        }
    }
}
